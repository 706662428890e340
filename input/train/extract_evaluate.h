/* Evaluate: claims against annotation, counted as the annotation's own scorer does. */
#ifndef ENTENTE_TRAIN_EVALUATE_H
#define ENTENTE_TRAIN_EVALUATE_H

#include "input/train/extract_gold.h"

/* Extract from every sentence of CORPUS (in the order of its documents) and print the figures;
   BRIEF: one line only; VERBOSE: misses (-), false alarms (+) and hits (=) too. */
Status evaluate(const GoldCorpus *corpus, const Extractor *extractor, bool verbose, bool brief);

/* A claim found, and whether it is annotated. */
typedef struct Judgement {
  float confidence;
  bool right, place; /* PLACE: of locatedIn */
} Judgement;

typedef struct Judgements {
  Judgement *items; /* heap */
  size_t count, capacity;
} Judgements;

/* Append a judgement for each claim that EXTRACTOR finds in CORPUS. */
Status judge(Judgements *out, const GoldCorpus *corpus, const Extractor *extractor);

#endif
