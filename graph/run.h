/* Run: a set of quads that never changes, kept compressed in every order that look-ups need. */
#ifndef ENTENTE_RUN_H
#define ENTENTE_RUN_H

#include "graph.h"

#include <stdatomic.h>

typedef enum Order {
  ORDER_SPOG,
  ORDER_POSG,
  ORDER_OSPG,
  ORDER_GSPO, /* the graph-first orders are kept only where there is more than one graph */
  ORDER_GPOS,
  ORDER_GOSP
} Order;
#define ORDERS 6
#define ORDERS_ONE_GRAPH 3

/* A quad with its columns in the sequence of some order. */
typedef struct Key {
  uint32_t column[4];
} Key;

/* One order: blocks of RUN_BLOCK keys, the first of each whole in HEADS, the others in BYTES. */
typedef struct Sorted {
  Key *heads;
  size_t *offsets; /* of a block's second key in BYTES */
  unsigned char *bytes;
  size_t count, block_count, byte_count;
} Sorted;

typedef struct Run {
  atomic_size_t references;
  size_t count;
  bool one_graph;
  TermId graph; /* if one_graph */
  Sorted sorted[ORDERS];
} Run;

/* A place in an order; KEY is valid while AT < sorted->count. */
typedef struct Reader {
  const Sorted *sorted;
  size_t at;
  const unsigned char *next; /* where the key after this one is written */
  Key key;
} Reader;

/* What to look for: the first WIDTH columns of KEY in ORDER. */
typedef struct Range {
  Order order;
  unsigned width;
  Key key;
} Range;

/* The order that answers PATTERN without skipping, and the prefix to look for in it. */
Range range_of(Quad pattern);

/* Fit RANGE to RUN, which may lack the graph-first orders. Returns false if nothing can match. */
bool range_fit(Range *range, const Run *run);

Key key_of(Quad quad, Order order);
Quad key_quad(Key key, Order order);
int key_compare(const Key *a, const Key *b, unsigned width);

/* Make a run of COUNT > 0 different quads. QUADS is left in some other order. */
Status run_new(Run **out, Quad *quads, size_t count);

/* Unite and subtract: *PLUS gets the quads that are in more of ADDED than of TAKEN, *MINUS those in
   fewer. Either is NULL where there are none. */
typedef struct RunInput {
  const Run *run;
  int sign;
} RunInput;
Status run_merge(Run **plus, Run **minus, const RunInput *inputs, size_t count);

Run *run_share(Run *run);
void run_release(Run *run); /* NULL is allowed */
size_t run_memory(const Run *run);

/* Go to the first key whose prefix is not below KEY (or, if AFTER, above it). */
void reader_seek(Reader *reader, const Sorted *sorted, const Key *key, unsigned width, bool after);
void reader_start(Reader *reader, const Sorted *sorted);
void reader_next(Reader *reader);

/* Go on to the first key that is not below KEY; never back. */
void reader_advance(Reader *reader, const Key *key);

static inline bool reader_done(const Reader *reader)
{
  return reader->at >= reader->sorted->count;
}

#endif
