/* Fact: one row of the relation table, the one form in which relations enter the graph, whether
   from text or from a table. facts_add turns facts into situations, quotes and direct edges
   (design: one node per happening, IRI from content alone). */
#ifndef ENTENTE_FACT_H
#define ENTENTE_FACT_H

#include "graph.h"
#include "sink.h"

typedef enum Factuality {
  FACTUALITY_ACTUAL,
  FACTUALITY_PLANNED,
  FACTUALITY_POSSIBLE,
  FACTUALITY_DENIED
} Factuality;

typedef enum EntityClass {
  ENTITY_PERSON,
  ENTITY_COUNTRY,
  ENTITY_ORGANIZATION,
  ENTITY_PLACE,
  ENTITY_AGREEMENT,
  ENTITY_OFFICE,
  ENTITY_THING
} EntityClass;
#define ENTITY_CLASSES 7

/* An entity as it is written to the graph. */
typedef struct Entity {
  EntityClass class;
  Slice label;        /* canonical name, NFC */
  Slice scope;        /* empty, or the document that a bare unresolved name belongs to */
  const Slice *names; /* other names */
  size_t name_count;
  Slice same_as; /* IRI, or empty */
} Entity;

/* How a relation stands in the graph; rows of the ontology, given by the caller. */
typedef struct FactSchema {
  Slice name;        /* "metWith" */
  Slice class_name;  /* "Meeting" */
  Slice phrase;      /* "met with", for labels */
  Slice object_role; /* "theme", "coAgent", …: local name in the vocabulary */
  bool symmetric;
} FactSchema;

typedef struct Fact {
  const FactSchema *schema;
  uint32_t subject, object; /* indexes into the entities */
  Slice date;               /* lexical form 2023-01-13, 2023-01 or 2023; empty if none */
  Factuality factuality;
  Slice attributed_to;       /* label; empty if none */
  int32_t attributed_entity; /* index into the entities, or -1: the label is a literal then */
  uint32_t confidence;       /* in hundredths, 0 to 100 */
  Slice document;            /* IRI; empty for rows without a source */
  uint32_t start, end;       /* code points, end exclusive */
  Slice quote;
} Fact;

/* What is known of a document. Empty slices are left out. */
typedef struct DocumentFacts {
  Slice iri, headline, date, publisher, source, author;
} DocumentFacts;

typedef struct FactSet {
  Slice base; /* of entity IRIs, "https://w3id.org/entente/id/" */
  const Entity *entities;
  size_t entity_count;
  const Fact *facts;
  size_t fact_count;
  const DocumentFacts *documents;
  size_t document_count;
} FactSet;

/* Add SET to GRAPH. A document's statements go to the named graph of the document, those of facts
   without a document to the default graph. Adding two sets one after the other gives the same
   statements as adding each to a graph of its own and uniting them. */
Status facts_add(Graph *graph, const FactSet *set);

const char *factuality_name(Factuality factuality); /* "actual", as in tables */
const char *entity_class_name(EntityClass class);   /* "Person": local name in the vocabulary */

/* Append the IRI of an entity: base and the canonical name with what an IRI cannot hold escaped. */
Status entity_iri(Buffer *out, Slice base, const Entity *entity);

#endif
