/* Coreference: whom pronouns and plural descriptions mean, by rule: agreement, salience (subjects
   of near sentences first, after Lappin and Leass 1994), and never against the grammar of the
   sentence. */
#ifndef ENTENTE_COREFERENCE_H
#define ENTENTE_COREFERENCE_H

#include "input/resolve.h"

/* Whom the pronoun at TOKEN of SENTENCE means. */
void pronoun_referents(Referents *out, const Entities *entities, int32_t sentence, int32_t token);

/* Which classes a plural description is about. */
enum { ABOUT_PEOPLE = 1u << 0, ABOUT_STATES = 1u << 1, ABOUT_BODIES = 1u << 2 };

/* The COUNT entities of the kinds ABOUT (people with TITLE_HEAD as the last word of their title, if
   not empty) that stand together most recently before the phrase at TOKEN of SENTENCE. */
void group_referents(Referents *out, const Entities *entities, int32_t sentence, int32_t token,
                     unsigned about, Slice title_head, uint32_t count);

/* The last entity of the kinds ABOUT named before TOKEN of SENTENCE, at most REACH sentences back;
   ENTITY_NONE if there is none. */
uint32_t last_named(const Entities *entities, int32_t sentence, int32_t token, unsigned about,
                    int32_t reach);

#endif
