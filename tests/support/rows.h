/* Rows: graphs for tests, written as tables. */
#ifndef ENTENTE_TEST_ROWS_H
#define ENTENTE_TEST_ROWS_H

#include "graph/fact.h"
#include "ontology/ontology.h"

typedef struct Row {
  const char *subject; /* "P:Fumio Kishida": P person, C country, O organisation, L place,
                          A agreement, F office, T thing */
  const char *relation;
  const char *object;
  const char *date; /* NULL: none */
  Factuality factuality;
  const char *document, *quote; /* NULL: none */
  unsigned start;               /* of the quote */
} Row;

/* Add COUNT rows to GRAPH; relations are those of ONTOLOGY. Aborts on any failure. */
void rows_add(Graph *graph, const Ontology *ontology, const Row *rows, size_t count);

/* The embedded ontology, loaded once for the process. */
const Ontology *rows_ontology(void);

#endif
