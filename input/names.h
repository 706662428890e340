/* Names: which words are names of persons, organisations and places. A linear model over words,
   tags and clusters labels each word O, B-x or I-x; the best path through scores of any model. */
#ifndef ENTENTE_NAMES_H
#define ENTENTE_NAMES_H

#include "input/tagger.h"

#define NAMES_FEATURES 96
#define NAME_LABELS 9 /* O, then B and I of PER, ORG, LOC, MISC */

typedef struct NameView {
  const WordFacts *words;
  const uint8_t *tags;
  const uint8_t *labels; /* those before the word asked about are set */
  size_t count;
} NameView;

size_t names_features(uint64_t *out, const NameView *view, size_t i);

static inline uint8_t name_label(uint8_t type, bool begins)
{
  return type == NER_O ? 0 : (uint8_t)(2 * type - (begins ? 1 : 0));
}

static inline uint8_t name_type(uint8_t label)
{
  return (uint8_t)((label + 1) / 2);
}

static inline bool name_begins(uint8_t label)
{
  return label % 2 == 1;
}

/* Label the words of a sentence: sets LABELS. VIEW->labels is not looked at. SHARES, if not NULL,
   gets NAME_LABELS floats a word that say how likely each label is. */
void names_pass(uint8_t *labels, float *shares, const NameView *view, Scorer scorer);

#define NAMES_LONGEST 256 /* words, for names_decode */

/* The labels whose scores, STRIDE floats a word, have the highest sum of all in which each I-x
   follows a B-x or I-x (Viterbi 1967). */
void names_decode(uint8_t *labels, const float *scores, size_t stride, size_t count);

#endif
