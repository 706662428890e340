/* Block: all that one file says in a row about one subject; what the loaders of relations, frames,
   cues and world data work on. */
#ifndef ENTENTE_BLOCK_H
#define ENTENTE_BLOCK_H

#include "store.h"
#include "turtle.h"

typedef enum Property {
  PROPERTY_IGNORED,
  PROPERTY_TYPE,
  PROPERTY_LABEL,
  PROPERTY_ALT_LABEL,
  PROPERTY_DOMAIN,
  PROPERTY_RANGE,
  PROPERTY_NOTATION,
  PROPERTY_SAME_AS,
  PROPERTY_GENDER,
  PROPERTY_CLASS,
  PROPERTY_PHRASE,
  PROPERTY_OBJECT_ROLE,
  PROPERTY_SYMMETRIC,
  PROPERTY_LASTING,
  PROPERTY_FAMILY,
  PROPERTY_EVOKES,
  PROPERTY_VERB,
  PROPERTY_NOUN,
  PROPERTY_ADJECTIVE,
  PROPERTY_SUBJECT,
  PROPERTY_OBJECT,
  PROPERTY_MAKES,
  PROPERTY_REPORTS,
  PROPERTY_PEOPLE,
  PROPERTY_CAPITAL,
  PROPERTY_SEAT,
  PROPERTY_PLACE,
  PROPERTY_PERSON,
  PROPERTY_COUNTRY,
  PROPERTY_MEMBER,
  PROPERTY_MEMBER_OF,
  PROPERTY_SURNAME,
  PROPERTY_ARTICLE,
  PROPERTY_SURNAME_FIRST,
  PROPERTY_OF,
  PROPERTY_TITLE,
  PROPERTY_HELD,
  PROPERTY_FLAG,
  PROPERTY_PORTFOLIO,
  PROPERTY_BODY,
  PROPERTY_LEADER
} Property;

typedef struct Statement {
  Property property;
  TurtleTerm object; /* its text in the arena of the ontology */
  size_t line;
} Statement;

typedef struct Block {
  Slice subject; /* local name */
  Space space;
  const Statement *statements;
  size_t count;
  const char *file;
  bool user;
  const Report *report;
} Block;

/* Report what is wrong with STATEMENT (NULL: with the whole block); returns STATUS_QUERY. */
Status block_error(const Block *block, const Statement *statement, const char *text, Slice detail);

/* The first statement of PROPERTY, or NULL. */
const Statement *block_first(const Block *block, Property property);

/* Where the block ends; 0 if lines are not counted. */
size_t block_line(const Block *block);

/* "true" or "false" (or 1, 0). */
Status block_boolean(bool *out, const Block *block, const Statement *statement);

/* Relations, frames and cues (vocabulary.c). */
Status vocabulary_relation(Ontology *ontology, const Block *block);
Status vocabulary_frame(Ontology *ontology, const Block *block);
Status vocabulary_cue(Ontology *ontology, const Block *block);
Status vocabulary_finish(Ontology *ontology, const Report *report);
void vocabulary_clear(Ontology *ontology);

/* World data (world_build.c); false in *MINE if no class says what the subject is. */
Status world_block(bool *mine, Ontology *ontology, const Block *block);
Status world_finish(Ontology *ontology, const Report *report);
void world_clear(Ontology *ontology);

/* Titles and bodies (titles.c). */
Status titles_title(Ontology *ontology, const Block *block);
Status titles_portfolio(Ontology *ontology, const Block *block);
Status titles_body(Ontology *ontology, const Block *block);

/* Classes of common nouns (words.c). */
Status words_block(Ontology *ontology, const Block *block);

/* The class whose local name is NAME; false if there is none. */
bool entity_class_named(EntityClass *out, Slice name);

#endif
