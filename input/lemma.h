/* Lemma: lemmas and features by rule and exception, both learnt. A rule says how many bytes to cut
   off the end and what to add; it is looked up by the whole word and its tag, then by shorter and
   shorter endings; a verb that this would make no known word is tried with and without a final e
   and a doubled consonant. */
#ifndef ENTENTE_LEMMA_H
#define ENTENTE_LEMMA_H

#include "graph/arena.h"
#include "input/tagger.h"

#define LEMMA_ENDING 6 /* bytes of the longest ending that has a rule */
#define LEMMA_RULES 32767
#define LEMMA_LONGEST 256 /* bytes of a word; longer ones are their own lemma */

typedef struct LemmaRule {
  Slice add;
  uint16_t cut;
  bool keep_case;
} LemmaRule;

typedef struct Lemmas {
  Sparse table;
  LemmaRule *rules; /* owned */
  size_t rule_count;
  Slice *feats;   /* owned; the strings are borrowed from the model */
  uint32_t *bits; /* the same, as FEAT_… bits */
  size_t feats_count;
  const Words *words; /* borrowed: what a lemma had better be */
} Lemmas;

/* Labels of the rows. */
enum { LEMMA_RULE, LEMMA_FEATS };

Status lemmas_open(Lemmas *out, const Model *model, const Words *words);
void lemmas_close(Lemmas *lemmas);

/* Set lemma, feats and features of TOKEN, whose tag is TAG. */
Status lemma_token(Token *token, const Lemmas *lemmas, uint8_t tag, Arena *arena);

uint64_t lemma_word_key(Slice form, uint8_t tag);
/* Of the last N bytes of the lower-case form; 0 bytes is the tag alone. */
uint64_t lemma_ending_key(Slice lower, size_t n, uint8_t tag);

/* Write what RULE makes of FORM to OUT, which has room for LEMMA_LONGEST + rule's text; false if
   the rule cuts more than there is. */
bool lemma_apply(char *out, size_t *length, const LemmaRule *rule, Slice form);

#endif
