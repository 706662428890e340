/* Model: one file of named sections with a checksum; what the trainers write and the analyser and
   the extractor read. Layout, all little-endian: magic, version, number of sections, size, XXH64 of
   all that follows; a table of (name, offset, length); the sections, each on a 16-byte boundary.
   Bytes are borrowed and must outlive the Model. */
#ifndef ENTENTE_MODEL_H
#define ENTENTE_MODEL_H

#include "graph/report.h"
#include "graph/sink.h"

#define MODEL_NAME_SIZE 16 /* longest section name and its NUL */

typedef struct Model {
  Slice bytes;
} Model;

typedef struct ModelSection {
  const char *name; /* shorter than MODEL_NAME_SIZE */
  Slice content;
} ModelSection;

/* Check BYTES, which must start on an 8-byte boundary (embedded files and Buffers do). What is
   damaged, foreign or of another version is reported and ends in STATUS_INPUT. */
Status model_open(Model *out, Slice bytes, const Report *report);

/* The section called NAME, aligned like the bytes; ptr is NULL if there is none. */
Slice model_section(const Model *model, const char *name);

/* All sections, in the order of the file: sets *OUT to the one at INDEX; false past the last. */
bool model_section_at(ModelSection *out, const Model *model, size_t index);

/* Append a whole model file made of SECTIONS to OUT (usually empty). */
Status model_write(Buffer *out, const ModelSection *sections, size_t count);

/* Append MODEL's file to OUT with section NAME added, or replaced in its place. */
Status model_replace(Buffer *out, const Model *model, const char *name, Slice content);

/* The bytes of a file on disk, and back (beside it first, then renamed). For trainers. */
Status model_read_file(Buffer *out, const char *path, const Report *report);
Status model_write_file(const char *path, Slice bytes, const Report *report);

#endif
