/* Words: what common nouns, and a few small words, can stand for, from ontology/words.ttl. */
#ifndef ENTENTE_ONTOLOGY_WORDS_H
#define ENTENTE_ONTOLOGY_WORDS_H

#include "ontology/ontology.h"

enum {
  WORD_STATE_BODY =
      1u << 0,           /* with a state's name it is the state that acts: "troops", "officials" */
  WORD_BODY = 1u << 1,   /* a body of its own: "ministry", "parliament", "embassy" */
  WORD_STATE = 1u << 2,  /* a state: "country", "kingdom" */
  WORD_GROUP = 1u << 3,  /* an organisation: "alliance", "bloc" */
  WORD_SIDE = 1u << 4,   /* whoever was named: "side", "party" */
  WORD_LEADER = 1u << 5, /* people who lead: "leader", "president", "minister" */
  WORD_COUNTERPART = 1u << 6, /* "counterpart" */
  WORD_AGREEMENT = 1u << 7,   /* "treaty", "memorandum" */
  WORD_PARTICLE = 1u << 8,    /* inside a person's name: "al", "bin", "van" */
  WORD_PEOPLE = 1u << 9,      /* people by what they do: "rebel", "worker", "opposition" */
  WORD_ADDITION = 1u << 10    /* beside a verb: one more thing the same people did: "also" */
};

/* The bits of LEMMA (in lower case); 0 if it is in no list. */
unsigned ontology_word(const Ontology *ontology, Slice lemma);

/* The verb that FORM (in lower case) is an irregular past tense or participle of; empty if none. */
Slice ontology_verb(const Ontology *ontology, Slice form);

#endif
