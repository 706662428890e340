/* RDF in: files or bytes in any RDF syntax to statements of a graph. No document can make the
   reader open a file or the network. */
#ifndef ENTENTE_INPUT_RDF_H
#define ENTENTE_INPUT_RDF_H

#include "graph/graph.h"
#include "graph/prefixes.h"
#include "graph/report.h"
#include "graph/syntax.h"

/* Called for each prefix a document declares; the text dies when it returns. */
typedef Status (*PrefixHandler)(void *handle, Slice name, Slice iri);

typedef struct RdfReadOptions {
  Syntax syntax; /* SYNTAX_NONE: by the path's extension */
  Slice base;    /* IRI that relative ones are resolved against; empty: "file:///" and the path */
  bool skip_bad; /* go on after a bad statement where the syntax allows */
  size_t limit;  /* most bytes of (uncompressed) input; 0: RDF_LIMIT */
  PrefixHandler prefix; /* may be NULL */
  void *prefix_handle;
  size_t *skipped; /* counts bad statements passed over; may be NULL */
} RdfReadOptions;

#define RDF_LIMIT ((size_t)1 << 36)

/* Add the statements of PATH ("-" is stdin, gzip is undone) to GRAPH. OPTIONS may be NULL.
   Errors are reported with file, line and message: STATUS_INPUT for bad syntax (the statements
   before it are in the graph), STATUS_IO, STATUS_MEMORY, STATUS_LIMIT for what goes beyond the
   limits of depth or size, STATUS_ARGUMENT for an unknown syntax. With skip_bad a document with bad
   statements is STATUS_OK, and *skipped says how many there were.
   Blank nodes of one document stay apart from those already in the graph: where the graph has any,
   labels get a suffix that depends on PATH alone. */
Status rdf_read(Graph *graph, const char *path, const RdfReadOptions *options,
                const Report *report);

/* The same from memory; NAME takes the place of the path in messages. */
Status rdf_read_bytes(Graph *graph, Slice bytes, const char *name, const RdfReadOptions *options,
                      const Report *report);

#endif
