/* RDF graphs for tests: random ones with nasty terms, and equality up to names of blank nodes. */
#ifndef ENTENTE_TESTS_RDF_GRAPHS_H
#define ENTENTE_TESTS_RDF_GRAPHS_H

#include "graph/graph.h"
#include "graph/syntax.h"

typedef enum RandomGraphFlag {
  RANDOM_NAMED = 1u << 0, /* some statements in named graphs */
  RANDOM_XML = 1u << 1,   /* only what RDF/XML can say */
  RANDOM_NO_BLANK_GRAPHS = 1u << 2
} RandomGraphFlag;

/* The same SEED and FLAGS give the same graph; asserts on failure. */
Graph *random_graph(uint64_t seed, unsigned flags);

/* Do A and B hold the same statements up to names of blank nodes (by colour refinement, which tells
   apart all but very regular graphs)? */
typedef enum SameFlag {
  SAME_NAMED = 1u << 0,   /* graph names count; else the unions are compared */
  SAME_ANY_CASE = 1u << 1 /* language tags may differ in case */
} SameFlag;
bool same_graphs(Graph *a, Graph *b, unsigned flags);

/* Read BYTES with Serd alone, for comparison with our own readers; a status as Serd gives it. */
int read_with_serd(Graph *graph, Slice bytes, Syntax syntax);

/* The same with raptor; 0 if it had nothing to complain about. */
int read_with_raptor(Graph *graph, Slice bytes, Syntax syntax);

/* Describe what A has and B has not, and the reverse, as canonical N-Quads on stderr. */
void show_difference(Graph *a, Graph *b);

#endif
