/* Table names: the entities and relations that a table speaks of, each once. */
#ifndef ENTENTE_TABLE_NAMES_H
#define ENTENTE_TABLE_NAMES_H

#include "graph/arena.h"
#include "ontology/ontology.h"
#include "ontology/table.h"

typedef struct NamedThing {
  Entity entity;
  bool classed;     /* by the world data or by hand */
  unsigned in_all;  /* classes that all its relations allow */
  unsigned in_some; /* classes that any of them allows */
} NamedThing;

typedef struct RelationName {
  FactSchema schema;
  unsigned subject_classes, object_classes;
  bool known; /* to the ontology */
} RelationName;

typedef struct TableNames {
  const Ontology *ontology;
  Arena *arena;
  NamedThing *things;
  size_t thing_count, thing_capacity;
  Table by_name;            /* of things; keys of things in the world data begin with their class */
  RelationName **relations; /* each in a place of its own, as facts point to them */
  size_t relation_count, relation_capacity;
  Table by_relation; /* as written in the table */
} TableNames;

/* Free what is not in the arena. */
void table_names_clear(TableNames *names);

/* The relation called TEXT: local name, phrase, or words that make a local name; NULL with
   STATUS_OK if it can be none. *NEW: it is not in the ontology and was not met before. */
Status table_relation(const RelationName **out, bool *new, TableNames *names, Slice text);

/* The entity called TEXT, which CLASSES (bits) allow; CLASS_NAME, if not empty, says which it is.
   What holds no name ("the agreement", "Japanese officials") is another thing in each DOCUMENT.
 */
Status table_thing(uint32_t *out, TableNames *names, Slice text, unsigned classes, Slice class_name,
                   Slice document);

/* The entity that goes by TEXT already in this table or in the world data; false if there is none.
 */
Status table_known_thing(bool *found, uint32_t *out, TableNames *names, Slice text, Slice document);

/* The first thing called TEXT that CLASSES allow, else the first at all, by a name that is its
   own: not an adjective, a capital or a surname. WORLD_NONE if there is none. */
WorldId table_in_world(const Ontology *ontology, Slice text, unsigned classes);

/* Whether NAME is written as people are, and no word in it says that it is something else. */
Status table_could_be_person(bool *out, const Ontology *ontology, Slice name);

/* Decide the class of every entity; *OUT are they, for a FactSet. */
Status table_entities(const Entity **out, TableNames *names);

#endif
