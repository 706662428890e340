/* Claim: one relation that a sentence states, with the words it rests on. */
#ifndef ENTENTE_CLAIM_H
#define ENTENTE_CLAIM_H

#include "input/document.h"
#include "ontology/ontology.h"

/* A participant as it stands in the sentence: tokens [first, end) with the head among them. */
typedef struct Mention {
  int32_t sentence;         /* index in the document; -1: not in the text (the document's author) */
  int32_t head, first, end; /* token indexes in that sentence */
} Mention;

typedef struct Claim {
  RelationId relation;
  Mention subject, object;
  int32_t trigger_first,
      trigger_end;              /* tokens of the subject's sentence; empty where none evokes it */
  int32_t date_first, date_end; /* tokens of the date expression; empty if none */
  Mention by;                   /* who says so; by.sentence is -1 and by.head -1 if nobody */
  Factuality factuality;
  float confidence; /* 0 to 1 */
  uint32_t frame;   /* index of the ontology's frame, or UINT32_MAX */
} Claim;

typedef struct Claims {
  Claim *items;
  size_t count, capacity;
} Claims;

#endif
