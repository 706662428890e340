/* Evidence: for each claim the words that say it, and the day it happened. */
#ifndef ENTENTE_EVIDENCE_H
#define ENTENTE_EVIDENCE_H

#include "input/claim.h"

typedef struct Evidence {
  int32_t sentence;
  Span span;  /* bytes: from the first to the last word that the claim rests on, with the words that
                 govern it ("denied that …") */
  Span group; /* the span of all claims of the same happening: equal trigger, relation, factuality
                 and date */
  Slice date; /* ISO, or empty */
} Evidence;

/* The words and, for events, the date that the sentence itself gives: OUT has one element for each
   claim, in ARENA. */
Status evidence_find(Evidence **out, Arena *arena, const Ontology *ontology, const Claims *claims,
                     const Document *document, const Sentence *sentences);

/* Find the happenings, once all dates are known: sets the groups. */
Status evidence_group(Evidence *evidence, Arena *arena, const Claims *claims);

#endif
