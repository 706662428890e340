/* Explain: the words behind what a graph says of someone: each situation with its quotes, documents
   and offsets. */
#ifndef ENTENTE_EXPLAIN_H
#define ENTENTE_EXPLAIN_H

#include "graph/graph.h"
#include "graph/report.h"
#include "graph/sink.h"
#include "ontology/ontology.h"

typedef struct ExplainQuestion {
  Slice name;     /* who takes part */
  Slice relation; /* local name; empty: any */
  Slice other;    /* who else takes part; empty: anybody */
} ExplainQuestion;

/* Write to SINK what GRAPH says, for people to read. STATUS_NOT_FOUND, reported, if a name is not
   in the graph (with the nearest names), STATUS_ARGUMENT if the relation is unknown. *FOUND is the
   number of situations. */
Status explain_write(size_t *found, const Sink *sink, Graph *graph, const Ontology *ontology,
                     const ExplainQuestion *question, const Report *report);

#endif
