/* What the two halves of the Turtle reader share. Private to input/rdf_turtle*.c. */
#ifndef ENTENTE_INPUT_RDF_TURTLE_H
#define ENTENTE_INPUT_RDF_TURTLE_H

#include "graph/arena.h"
#include "input/rdf_window.h"
#include "ontology/table.h"

typedef struct Turtle {
  RdfReading *reading;
  Window window;
  const char *error; /* why the statement is bad; static */
  bool unlimited;    /* the error is about size, not syntax */
  Buffer token;      /* the text of the term read last */
  Buffer name;       /* scratch for prefixes, references and numbers */
  Buffer base;       /* IRI that references are resolved against */
  Arena arena;       /* of prefixes */
  Table prefixes;    /* name -> index in namespaces */
  Slice *namespaces;
  size_t namespace_count, namespace_capacity;
  Quad *pending; /* statements of the one being read */
  size_t pending_count, pending_capacity;
  TermId graph;   /* of the block we are in */
  bool in_block;  /* of TriG, between braces */
  unsigned depth; /* of brackets */
} Turtle;

/* Note why the document is bad here; always STATUS_INPUT. */
Status turtle_fail(Turtle *turtle, const char *error);

/* Step over white space and comments; the byte behind them, or -1. */
int turtle_next(Turtle *turtle);

/* Is the word at this place WORD, and not just the beginning of a longer one or of a name with a
   prefix? Case counts unless ANY_CASE; WORD is in lower case. */
bool turtle_at_word(Turtle *turtle, const char *word, bool any_case);

/* "<...>", resolved, to TOKEN. */
Status turtle_reference(Turtle *turtle);

/* An IRI as reference or name with a prefix, to TOKEN; to a term. */
Status turtle_iri_text(Turtle *turtle);
Status turtle_iri(TermId *out, Turtle *turtle);

/* The name before a colon, and the colon, to NAME. */
Status turtle_prefix(Turtle *turtle);
Status turtle_declare(Turtle *turtle, Slice name, Slice iri);

/* "_:label". */
Status turtle_blank(TermId *out, Turtle *turtle);

/* Strings with what follows them; numbers; true and false. */
Status turtle_string(TermId *out, Turtle *turtle);
Status turtle_number(TermId *out, Turtle *turtle);

#endif
