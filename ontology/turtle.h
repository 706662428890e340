/* Turtle: a Turtle text as a run of statements. */
#ifndef ENTENTE_TURTLE_H
#define ENTENTE_TURTLE_H

#include "graph/report.h"
#include "graph/slice.h"
#include "graph/status.h"

/* The namespaces that the ontology files use; an IRI in none of them is SPACE_OTHER. */
typedef enum Space {
  SPACE_OTHER,
  SPACE_ENT,
  SPACE_ID,
  SPACE_RDF,
  SPACE_RDFS,
  SPACE_SKOS,
  SPACE_OWL,
  SPACE_FOAF,
  SPACE_WIKIDATA
} Space;

typedef enum TurtleKind { TURTLE_IRI, TURTLE_LITERAL, TURTLE_BLANK } TurtleKind;

/* Valid only during the call that hands it over. */
typedef struct TurtleTerm {
  TurtleKind kind;
  Space space; /* of an IRI */
  Slice text;  /* of an IRI the part after its namespace, the whole of it in SPACE_OTHER */
} TurtleTerm;

typedef struct TurtleSink {
  /* LINE is that of the statement's end, 0 where lines are not counted. */
  Status (*statement)(void *handle, const TurtleTerm *subject, const TurtleTerm *predicate,
                      const TurtleTerm *object, size_t line);
  void *handle;
} TurtleSink;

/* Read TEXT, which must be followed by a NUL byte. A syntax error is reported as in FILE and ends
   in STATUS_INPUT; a status of the sink ends the reading. COUNT_LINES costs a call for each byte.
 */
Status turtle_read(Slice text, const char *file, bool count_lines, const TurtleSink *sink,
                   const Report *report);

#endif
