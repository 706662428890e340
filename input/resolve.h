/* Resolve: which entities a claim's participants are. Names, roles, pronouns, plural descriptions
   ("the two leaders"), bodies of a state; what stays unsure is marked as such. */
#ifndef ENTENTE_RESOLVE_H
#define ENTENTE_RESOLVE_H

#include "input/claim.h"
#include "input/coreference.h"

typedef struct ResolvedClaim {
  Referents subject, object;
  uint32_t by; /* ENTITY_NONE if nobody, or nobody known */
} ResolvedClaim;

/* Resolve all claims of a document. OUT has one element for each, in the entities' arena. New
   entities (things, bodies, offices) are added to ENTITIES. */
Status resolve_claims(ResolvedClaim **out, Entities *entities, const Claims *claims);

#endif
