/* Explain: the words behind what a graph says of someone: each situation with its quotes, documents
   and offsets. */
#ifndef ENTENTE_EXPLAIN_H
#define ENTENTE_EXPLAIN_H

#include "graph/record.h"
#include "graph/report.h"
#include "graph/sink.h"
#include "ontology/ontology.h"

typedef struct ExplainQuestion {
  Slice name;     /* who takes part */
  Slice relation; /* local name; empty: any */
  Slice other;    /* who else takes part; empty: anybody */
} ExplainQuestion;

/* How a document was read, for those who want to know why: hands every claim of the document that
   came from SOURCE (a path) to TAKE. STATUS_NOT_FOUND if the source is not at hand. */
typedef struct ExplainSource {
  Status (*records)(void *handle, Slice source,
                    Status (*take)(void *taker, Slice text, const Record *record), void *taker);
  void *handle;
} ExplainSource;

/* Write to SINK what GRAPH says, for people to read; with SOURCES (may be NULL) also which words
   were taken for whom, and which word and frame said so. STATUS_NOT_FOUND, reported, if a name is
   not in the graph (with the nearest names), STATUS_ARGUMENT if the relation is unknown. *FOUND is
   the number of situations. */
Status explain_write(size_t *found, const Sink *sink, Graph *graph, const Ontology *ontology,
                     const ExplainQuestion *question, const ExplainSource *sources,
                     const Report *report);

#endif
