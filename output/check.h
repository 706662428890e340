/* Check: does a graph keep to the ontology and the data model (design, sections 3 and 4)? */
#ifndef ENTENTE_CHECK_H
#define ENTENTE_CHECK_H

#include "graph/graph.h"
#include "graph/sink.h"
#include "ontology/ontology.h"

/* Give the text of DOCUMENT (IRI) that came from SOURCE (path as the graph has it, may be empty);
   OUT->ptr is NULL if it is not at hand. The text has to last until the next call. */
typedef Status (*CheckText)(Slice *out, void *handle, Slice document, Slice source);

typedef struct CheckOptions {
  const Ontology *ontology;
  CheckText text; /* NULL: quotes are not compared with their texts */
  void *handle;
} CheckOptions;

typedef struct CheckCounts {
  size_t findings;
  size_t situations, quotes, edges; /* looked at */
  size_t compared;                  /* quotes held against their text */
} CheckCounts;

/* Look at everything in GRAPH; write each finding to SINK as one line, "<subject> reason", in the
   order of the subjects' IRIs: situations, then quotes, edges, and what else is there. Found are:
   situations without class, agent, label, evidence, with a factuality, date or role that is none;
   fillers that domain or range of the relation rule out, or that have no class or label; Actual
   situations without their plain edges and plain edges without an Actual situation; quotes that
   are not whole or whose offsets, IRI or words do not fit each other or the text; values that their
   datatypes do not have. */
Status check_graph(CheckCounts *out, const Sink *sink, Graph *graph, const CheckOptions *options);

#endif
