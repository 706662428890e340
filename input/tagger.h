/* Tagger: parts of speech. A tag is a pair (UPOS, XPOS) seen together in the treebanks; all else
   works with its number. Two passes: left to right with the tags before, then again with the first
   pass's tags on the right side too (not in fast mode). */
#ifndef ENTENTE_TAGGER_H
#define ENTENTE_TAGGER_H

#include "input/sentence.h"
#include "input/words.h"

#define TAG_LIMIT 254
#define TAG_EDGE 255 /* stands for the tag before the first and after the last word */

typedef struct TagSet {
  Slice xpos[TAG_LIMIT];
  uint8_t upos[TAG_LIMIT];
  size_t count;
} TagSet;

/* Lines "PROPN NNP"; the strings are borrowed. */
Status tag_set_read(TagSet *out, Slice text);

/* The tag for UPOS and XPOS, else the first with that UPOS, else TAG_EDGE. */
uint8_t tag_find(const TagSet *tags, uint8_t upos, Slice xpos);

/* Where scores come from: the model's weights, or weights that are being learnt. */
typedef struct Scorer {
  void (*add)(int32_t *scores, const void *handle, const uint64_t *features, size_t count);
  const void *handle;
} Scorer;

Scorer scorer_of(const Sparse *weights);

#define TAGGER_FEATURES 96

/* The words of a sentence as the tagger sees them, and the tags so far. */
typedef struct TagView {
  const WordFacts *words;
  const uint8_t *tags;  /* those before the word asked about are set */
  const uint8_t *first; /* all tags of the first pass; NULL in the first pass */
  size_t count;
} TagView;

/* Write the features of word I; returns how many, at most TAGGER_FEATURES. */
size_t tagger_features(uint64_t *out, const TagView *view, size_t i);

/* One pass over the COUNT words of a sentence: sets TAGS. FIRST is NULL, or what the first pass
   found. LABELS is the number of tags. */
void tagger_pass(uint8_t *tags, const WordFacts *words, size_t count, const uint8_t *first,
                 Scorer scorer, size_t labels);

size_t best_label(const int32_t *scores, size_t labels);

#endif
