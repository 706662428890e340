/* Boundary: does a sentence end behind this piece? A linear model over hashed features, its weights
   a table in boundary_weights.c that input/train/boundary_main.c writes. For input/segment.c. */
#ifndef ENTENTE_BOUNDARY_H
#define ENTENTE_BOUNDARY_H

#include "input/pieces.h"

enum { BOUNDARY_BUCKETS = 1 << 13, BOUNDARY_FEATURES = 24 };

extern const int8_t boundary_weights[BOUNDARY_BUCKETS];

/* The sentence so far, [first, at]. */
typedef struct Boundary {
  Slice text;
  const Piece *pieces;
  size_t count;
  size_t first, at;
  bool quoted;       /* an odd number of " in the sentence */
  int depth;         /* brackets and curly quotes open */
  bool lower_so_far; /* a word in lower case has been seen */
} Boundary;

/* Begin a sentence at piece FIRST; then take in one piece after the other. */
void boundary_begin(Boundary *boundary, size_t first);
void boundary_advance(Boundary *boundary, size_t at);

/* Can a sentence end behind the piece at all? What certainly does (the last piece, before an empty
   line) is no question either: *CERTAIN. */
bool boundary_possible(const Boundary *boundary, bool *certain);

/* The buckets that speak; how many. */
size_t boundary_features(uint32_t out[BOUNDARY_FEATURES], const Boundary *boundary);

bool boundary_decide(const Boundary *boundary);

#endif
