/* The section "extract" of the model: what the trainer writes and extractor_new opens. Layout,
   little-endian: version, counts; names of the relations; calibration and biases; the lexicon; one
   table of weights for each Part. */
#ifndef ENTENTE_SECTION_H
#define ENTENTE_SECTION_H

#include "input/extractor.h"

/* Read SECTION into the learnt parts of EXTRACTOR; STATUS_INPUT if damaged. */
Status section_open(Extractor *extractor, Slice section);

/* Append a section: the learnt parts of EXTRACTOR, its first trained_count relations, and TABLES
   (one for each Part, as linear_write made them). */
Status section_write(Buffer *out, const Extractor *extractor, const Buffer *tables);

#endif
