/* Outputs: all files that one command writes. Claims and analyses stream in while documents are
   read; the graph is written at the end; then all files appear at once, or none. */
#ifndef ENTENTE_OUTPUTS_H
#define ENTENTE_OUTPUTS_H

#include "graph/record.h"
#include "output/draw.h"
#include "output/formats.h"
#include "output/rdf.h"

typedef struct Outputs Outputs;

typedef struct OutputOptions {
  RdfWriteOptions rdf;
  const DrawOptions *draw; /* of diagrams; its ontology names the relations of tables too */
} OutputOptions;

/* Open PATHS ("-" is stdout) in the formats of their extensions, or in TO where that is given. An
   unknown format and the same path twice are reported: STATUS_ARGUMENT. */
Status outputs_open(Outputs **out, const char *const *paths, size_t count, const char *to,
                    const Report *report);

/* Is there an output of KIND? */
bool outputs_has(const Outputs *outputs, FormatKind kind);

/* Write RECORDS to every output of claims. */
Status outputs_records(Outputs *outputs, const Record *records, size_t count);

/* The sinks of all outputs of KIND, for what is written elsewhere: the one at INDEX, false past the
   last. */
bool outputs_sink(Sink *out, const Outputs *outputs, FormatKind kind, size_t index);

/* Write GRAPH to all outputs that hold one, then put all files in their places. STATUS_LIMIT or
   STATUS_INTERNAL if only a picture failed: its DOT source then stands in PATH.dot. */
Status outputs_commit(Outputs *outputs, Graph *graph, const OutputOptions *options);

/* Discard what was not committed; NULL is allowed. */
void outputs_free(Outputs *outputs);

#endif
