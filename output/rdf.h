/* RDF out: a graph to bytes in any of the RDF syntaxes. The same statements give the same bytes,
   whatever order they were added in. Nothing illegal is written. */
#ifndef ENTENTE_OUTPUT_RDF_H
#define ENTENTE_OUTPUT_RDF_H

#include "graph/graph.h"
#include "graph/prefixes.h"
#include "graph/report.h"
#include "graph/sink.h"
#include "graph/syntax.h"

typedef struct RdfWriteOptions {
  Slice base;             /* namespace for the prefix "id"; empty: ENT_DATA */
  const Prefix *prefixes; /* more prefixes, those of files that were read, say */
  size_t prefix_count;
  const char *file; /* where it goes, for messages; may be NULL */
  bool skip_bad;    /* leave out what cannot be said, with a warning for each, instead of failing */
  size_t *skipped;  /* counts what was left out; may be NULL */
} RdfWriteOptions;

/* Write GRAPH to SINK in SYNTAX. OPTIONS may be NULL.
   Syntaxes without named graphs get the union of all graphs. N-Triples and N-Quads are in canonical
   form (that of RDF Dataset Canonicalization, W3C 2024, blank node labels kept), sorted by bytes.
   Turtle and TriG: prefixes used, subjects in sections (entities, situations, quotes, documents,
   the rest), types first, blank nodes nested and lists in parentheses where that says the same.
   STATUS_INPUT: a statement cannot be said in SYNTAX (reported; what was written is not whole);
   STATUS_ARGUMENT: SYNTAX cannot be written. */
Status rdf_write(const Sink *sink, Graph *graph, Syntax syntax, const RdfWriteOptions *options,
                 const Report *report);

/* The single syntaxes; called through rdf_write. */
Status lines_write(const Sink *sink, Graph *graph, bool quads, const RdfWriteOptions *options,
                   const Report *report);
Status turtle_write(const Sink *sink, Graph *graph, bool graphs, const RdfWriteOptions *options,
                    const Report *report);
Status rdf_xml_write(const Sink *sink, Graph *graph, const RdfWriteOptions *options,
                     const Report *report);
Status rdf_json_write(const Sink *sink, Graph *graph, const RdfWriteOptions *options,
                      const Report *report);
Status jsonld_write(const Sink *sink, Graph *graph, const RdfWriteOptions *options,
                    const Report *report);

#endif
