/* What the RDF readers share: one reading of one document. Private to input/rdf*.c. */
#ifndef ENTENTE_INPUT_RDF_READER_H
#define ENTENTE_INPUT_RDF_READER_H

#include "graph/sink.h"
#include "input/rdf.h"
#include "input/source.h"

/* Where the bytes come from: a source, or a slice. */
typedef struct RdfBytes {
  Source *source; /* NULL: rest */
  Slice rest;
} RdfBytes;

Status rdf_bytes(size_t *count, RdfBytes *from, void *bytes, size_t capacity);

/* IRIs met lately, by a cheap hash: most terms of a document are one of few. The texts are those of
   the graph. */
#define RDF_CACHE 1024u
typedef struct RdfCached {
  Slice text;
  TermId id;
} RdfCached;

typedef struct RdfReading {
  Graph *graph;
  const char *name; /* for messages */
  const RdfReadOptions *options;
  const Report *report;
  Syntax syntax;
  RdfBytes bytes;
  Slice base;
  Buffer suffix; /* of blank node labels; empty while the graph has none */
  Buffer label;  /* scratch */
  size_t skipped;
  size_t blank_count; /* generated so far */
  RdfCached *cache;   /* RDF_CACHE of them; NULL: none */
} RdfReading;

/* The term of an IRI (legal, as it was before) if it is in the cache, else TERM_ANY. */
TermId rdf_cached_iri(const RdfReading *reading, Slice iri);

/* The term of a legal IRI, which the cache then knows. */
Status rdf_iri(TermId *out, RdfReading *reading, Slice iri);

/* The blank node that the document calls LABEL; one that has no name in it. */
Status rdf_blank(TermId *out, RdfReading *reading, Slice label);
Status rdf_new_blank(TermId *out, RdfReading *reading);

/* A literal; DATATYPE is empty for plain ones. xsd:string is plain. */
Status rdf_literal(TermId *out, RdfReading *reading, Slice lexical, Slice datatype, Slice language);

/* Report bad syntax; with skip_bad it is a warning, counted, and the answer is STATUS_OK. */
Status rdf_bad(RdfReading *reading, size_t line, size_t column, const char *message);

/* The readers of the single syntaxes. */
Status rdf_read_lines(RdfReading *reading);
Status rdf_read_turtle(RdfReading *reading);
Status rdf_read_raptor(RdfReading *reading);
Status rdf_read_jsonld(RdfReading *reading);
Status rdf_read_json(RdfReading *reading);

#endif
