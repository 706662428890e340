/* Summary: what a graph holds, in a few lines for people. */
#ifndef ENTENTE_SUMMARY_H
#define ENTENTE_SUMMARY_H

#include "graph/graph.h"
#include "graph/sink.h"

typedef struct SummaryCounts {
  size_t documents, sentences; /* read just now */
  double seconds;
} SummaryCounts;

/* Write to SINK how many entities and situations GRAPH has, situations by class. */
Status summary_write(const Sink *sink, Graph *graph, const SummaryCounts *counts);

#endif
