/* Sparse: a constant table from hashed features to sparse rows of 16-bit numbers, used in place
   from a section of the model. Linear classifiers, the lexicon and the lemma rules all live in such
   tables. A feature that was never learnt has no row (one in some ten thousand is taken for
   another). */
#ifndef ENTENTE_SPARSE_H
#define ENTENTE_SPARSE_H

#include "graph/sink.h"
#include "graph/slice.h"
#include "graph/status.h"

#define SPARSE_LABELS 256 /* a row's labels are below this: score arrays have so many places */

typedef struct Sparse {
  const uint32_t *offsets; /* where each bucket starts in the pool, and where the last ends */
  const uint8_t *pool;
  uint32_t mask; /* buckets - 1 */
} Sparse;

/* What a row holds; labels rise. Values are read with sparse_value. */
typedef struct SparseRow {
  const uint8_t *labels;
  size_t count;
} SparseRow;

/* A cell of a table that is to be written; one feature's cells stand together, labels rising. */
typedef struct SparseCell {
  uint64_t feature;
  int16_t value;
  uint8_t label;
} SparseCell;

/* Use SECTION (aligned) in place; STATUS_INPUT if it does not hold such a table. */
Status sparse_open(Sparse *out, Slice section);

/* Add the rows of COUNT features to SCORES, which has SPARSE_LABELS places. */
void sparse_add(int32_t *scores, const Sparse *weights, const uint64_t *features, size_t count);

/* The row of FEATURE; count is 0 if there is none. */
SparseRow sparse_row(const Sparse *weights, uint64_t feature);

/* The value for LABEL in FEATURE's row, or OTHERWISE. */
int32_t sparse_value(const Sparse *weights, uint64_t feature, uint8_t label, int32_t otherwise);

/* Append a table of CELLS to OUT. Cells are sorted on the way. */
Status sparse_make(Buffer *out, SparseCell *cells, size_t count);

/* Mix VALUE into the hash of a feature; start from the number of its template. */
static inline uint64_t feature_mix(uint64_t hash, uint64_t value)
{
  const uint64_t mixed = (hash ^ value) * 0x9FB21C651E98DF25u;
  return mixed ^ (mixed >> 32);
}

static inline uint64_t feature_1(uint32_t template, uint64_t a)
{
  return feature_mix(feature_mix(0x51ED270B5F7C0000u + template, a), 0x2545F491u);
}

static inline uint64_t feature_2(uint32_t template, uint64_t a, uint64_t b)
{
  return feature_mix(feature_mix(0x51ED270B5F7C0000u + template, a), b);
}

static inline uint64_t feature_3(uint32_t template, uint64_t a, uint64_t b, uint64_t c)
{
  return feature_mix(feature_2(template, a, b), c);
}

static inline uint64_t feature_4(uint32_t template, uint64_t a, uint64_t b, uint64_t c, uint64_t d)
{
  return feature_mix(feature_3(template, a, b, c), d);
}

#endif
