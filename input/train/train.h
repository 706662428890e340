/* What the parts of the trainer share: the corpus, and one function for each section. */
#ifndef ENTENTE_TRAIN_H
#define ENTENTE_TRAIN_H

#include "graph/arena.h"
#include "graph/report.h"
#include "input/lemma.h"
#include "input/names.h"
#include "input/network.h"
#include "input/parser.h"
#include "input/train/keys.h"
#include "input/train/learner.h"

typedef struct Example {
  Sentence sentence;
  WordFacts *facts;
  uint8_t *gold;  /* tags */
  uint8_t *first; /* of a first pass that has not seen the sentence */
  uint8_t *tags;  /* of a second pass that has not seen it either */
  uint32_t document;
  uint8_t treebank; /* in the order they were read */
  bool names_only;  /* has no trees and tags of its own */
  bool echo;        /* of another, in other letters: tells nothing of how words are written */
} Example;

typedef struct Corpus {
  Example *items;
  size_t count, capacity;
  uint32_t documents;
  uint8_t treebanks;
  Arena arena;
} Corpus;

void corpus_clear(Corpus *corpus);

/* Append the unpacked bytes of an .xz file. */
Status read_packed(Buffer *out, const char *path, const Report *report);

/* Add a treebank (CoNLL-U) or a list of words and their name labels. */
Status corpus_read_treebank(Corpus *corpus, const char *path, const Report *report);
Status corpus_read_names(Corpus *corpus, const char *path, const Report *report);

/* Repeat some of the sentences all in small letters and a few all in capitals, the way people write
   on the web and in headlines. */
Status corpus_add_echoes(Corpus *corpus);

/* Look the words up; after the lexicon is known. */
Status corpus_look_up(Corpus *corpus, const Words *words);

/* Set the gold tags; those not in the set are TAG_EDGE. */
void corpus_set_tags(Corpus *corpus, const TagSet *tags);

/* A permutation of 0 to COUNT - 1 that is the same on every run. */
void shuffle(uint32_t *order, size_t count, uint64_t seed);

/* Words of running text: one number a token, its word's. */
typedef struct Vocabulary Vocabulary;

typedef struct Text {
  Vocabulary *vocabulary;
  uint32_t *tokens; /* TEXT_BREAK between sentences */
  size_t count, capacity;
} Text;
#define TEXT_BREAK UINT32_MAX

Status text_add_file(Text *text, const char *path, const Report *report);
Status text_add_corpus(Text *text, const Corpus *corpus);
void text_clear(Text *text);
size_t vocabulary_size(const Vocabulary *vocabulary);
Slice vocabulary_word(const Vocabulary *vocabulary, uint32_t word);

/* Sections "words" and "clusters". */
Status train_words(Buffer *words, Buffer *clusters, const Text *text, const Corpus *corpus,
                   const TagSet *tags, const Report *report);

/* Section "tags". */
Status train_tag_set(Buffer *out, const Corpus *corpus);

/* Sections "lemmas", "rules", "feats". */
Status train_lemmas(Buffer *lemmas, Buffer *rules, Buffer *feats, const Corpus *corpus,
                    Arena *arena);

/* Sections "tagger" and "tagger2"; sets the examples' first and tags by jackknifing. */
Status train_taggers(Buffer *first, Buffer *second, Corpus *corpus, const TagSet *tags,
                     const Report *report);

Status train_names(Buffer *out, const Corpus *corpus, const Report *report);
/* A vector for each frequent word of free text, by its key in the network's wide table. */
typedef struct WordVectors {
  Keys keys;
  float *rows; /* NETWORK_WIDE each */
} WordVectors;
Status train_vectors(WordVectors *out, const Text *text, const Report *report);
void word_vectors_clear(WordVectors *vectors);

/* Section "network". */
Status train_network(Buffer *out, const Corpus *corpus, const WordVectors *vectors, size_t rounds,
                     const Report *report);
Status train_fast_parser(Buffer *out, const Corpus *corpus, size_t rounds, const Report *report);

/* Drop the smallest weights of SECTION until it has about BUDGET bytes. */
Status shrink_weights(Buffer *section, size_t budget, const char *name, const Report *report);

/* Report how well MODEL does on the treebank at PATH, in both modes. */
Status evaluate(Slice model, const char *path, const Report *report);

#endif
