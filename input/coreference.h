/* Coreference: whom pronouns and plural descriptions ("the two leaders") mean. One pass over the
   document keeps what stands out: names and pronouns by agreement and salience (subjects of near
   sentences first, after Lappin and Leass 1994), never against the grammar of the sentence; and the
   last group of people, states and bodies that were named together. */
#ifndef ENTENTE_COREFERENCE_H
#define ENTENTE_COREFERENCE_H

#include "input/entities.h"

/* What one mention denotes: one entity, several ("both sides"), or none that is sure. */
typedef struct Referents {
  uint32_t items[8]; /* of Entities.items */
  uint32_t count;    /* 0: unsure */
  bool guessed;      /* by pronoun or description rather than by name */
} Referents;

typedef struct Coreference {
  struct Anaphor *items; /* by sentence and token */
  size_t count, capacity;
} Coreference;

/* Which classes a description is about. */
enum { ABOUT_PEOPLE = 1u << 0, ABOUT_STATES = 1u << 1, ABOUT_BODIES = 1u << 2 };

/* Resolve all pronouns and plural descriptions; OUT lives in the arena of ENTITIES. Entities that
   only stand for others (the states of two leaders) may be added. */
Status coreference_find(Coreference *out, Entities *entities);

/* Whom the pronoun or description with its head at TOKEN means; NULL if that is no anaphor or it is
   not sure. */
const Referents *coreference_at(const Coreference *coreference, int32_t sentence, int32_t token);

/* The last entity of the kinds ABOUT named before TOKEN of SENTENCE, at most REACH sentences back;
   ENTITY_NONE if there is none. */
uint32_t last_named(const Entities *entities, int32_t sentence, int32_t token, unsigned about,
                    int32_t reach);

#endif
