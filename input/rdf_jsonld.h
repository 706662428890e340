/* What the two halves of the JSON-LD reader share, and the loading of JSON. Private to
   input/rdf_json*.c, which are the files that know jansson beside input/jsonl.c. */
#ifndef ENTENTE_INPUT_RDF_JSONLD_H
#define ENTENTE_INPUT_RDF_JSONLD_H

#include "input/rdf_reader.h"

#include <jansson.h>

typedef struct Context {
  const struct Context *parent;   /* NULL: the document's own */
  const json_t *terms;            /* an object, or NULL */
  const json_t *vocab, *language; /* strings; NULL: none */
  Slice base;
} Context;

typedef struct JsonReader {
  RdfReading *reading;
  const char *error; /* static */
  TermId graph;      /* that statements go to */
} JsonReader;

/* A term's definition and the context it stands in. */
typedef struct Definition {
  const json_t *value; /* NULL: not defined */
  const Context *context;
} Definition;

/* Note why the document is bad; always STATUS_INPUT. */
Status jsonld_fail(JsonReader *j, const char *error);

/* Iterators of jansson take what they do not change as if they did. */
json_t *jsonld_unconst(const json_t *value);

Slice jsonld_text(const json_t *value);

Definition jsonld_term(const Context *context, const char *term);

/* Append what TEXT stands for: a keyword, an IRI, "_:label", or nothing. VOCAB: it may be a term or
   relative to @vocab; else it is relative to the base. */
Status jsonld_expand(Buffer *out, JsonReader *j, const Context *context, const char *text,
                     bool vocab);

/* The node that TEXT names. */
Status jsonld_node(TermId *out, JsonReader *j, const Context *context, const char *text,
                   bool vocab);

/* Do INSIDE within the context LOCAL (one, or an array from INDEX on), which OUTER holds. */
typedef Status (*Inside)(JsonReader *j, const Context *context, void *handle);
Status jsonld_within(JsonReader *j, const Context *outer, const json_t *local, size_t index,
                     Inside inside, void *handle);

/* The whole document as JSON; errors are reported with line and column. */
Status jsonld_load(json_t **out, RdfReading *reading);

#endif
