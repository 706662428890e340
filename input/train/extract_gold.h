/* Gold: annotated sentences, analysed and aligned with tokens, for the extractor's trainer. */
#ifndef ENTENTE_TRAIN_GOLD_H
#define ENTENTE_TRAIN_GOLD_H

#include "input/analyser.h"
#include "input/extractor.h"

/* A relation as written: substrings of the text. */
typedef struct GoldRelation {
  Slice type, subject, object, trigger, date, by;
  Factuality factuality;
} GoldRelation;

typedef struct GoldDocument {
  Slice id, text;
  GoldRelation *relations;
  size_t relation_count;
  bool sampled; /* drawn at random, so that the rates of relations are those of real text */
} GoldDocument;

typedef struct GoldSet {
  GoldDocument *items;
  size_t count, capacity;
  Arena arena;
} GoldSet;

/* Read a .jsonl of annotated sentences. */
Status gold_read(GoldSet *out, const char *path, const Report *report);

/* A relation found on the tokens of a sentence: mention indexes, token indexes; -1 where not found.
 */
typedef struct Aligned {
  int local;
  int32_t trigger, subject, object;
  int32_t date_first, date_end;
  bool dated;
  Factuality factuality;
  const GoldRelation *relation;
} Aligned;

typedef struct GoldSentence {
  const GoldDocument *document;
  Sentence *sentence;
  Scene scene;
  Aligned *aligned;
  size_t aligned_count;
  uint8_t fold;
} GoldSentence;

typedef struct GoldCorpus {
  GoldSentence *items;
  size_t count, capacity;
} GoldCorpus;

#define GOLD_FOLDS 5

/* Analyse all documents of SET; everything lives in its arena but the items. */
Status gold_analyse(GoldCorpus *out, GoldSet *set, const Analyser *analyser,
                    const Extractor *extractor);

/* Find the annotated words; RELATIONS gives names their local index. */
Status gold_align(GoldCorpus *corpus, GoldSet *set, const Extractor *extractor);

/* Does [start, end) overlap an occurrence of WORDS in TEXT by half of the shorter? */
bool gold_overlaps(Slice text, Slice words, uint32_t start, uint32_t end);

#endif
