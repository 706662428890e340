/* Words: what can be said of a word by itself, looked up or computed once and shared by tagger,
   names and parser: hashes of its parts, its shape, its cluster, how often free text capitalises
   it, which tags it is known with. */
#ifndef ENTENTE_WORDS_H
#define ENTENTE_WORDS_H

#include "input/model.h"
#include "input/sparse.h"

#define WORD_AFFIXES 5
#define WORD_LEVELS 3

typedef struct WordFacts {
  uint32_t form, lower;          /* hashes */
  uint32_t prefix[WORD_AFFIXES]; /* of the lower-case form, 1 to 5 bytes; 0 where it is shorter */
  uint32_t suffix[WORD_AFFIXES];
  uint32_t shape;               /* hash of "Xxx-dd" with runs cut short */
  uint16_t cluster;             /* number from 1; 0 unknown */
  uint16_t coarse[WORD_LEVELS]; /* the groups of some 16, 64 and 256 that its cluster is in */
  uint16_t tags;                /* class of the tags it is known with; 0 unknown */
  uint8_t caps; /* how often free text writes it with a capital, 1 to 6; 0 unknown */
  bool upper, all_upper, digit, hyphen, letter;
} WordFacts;

/* Labels of the rows of the section "words", keyed by word_key. */
enum { WORD_CLUSTER, WORD_CAPS, WORD_TAGS };

typedef struct Words {
  Sparse table;
  const uint16_t *coarse; /* WORD_LEVELS of each cluster */
  size_t cluster_count;
} Words;

Status words_open(Words *out, const Model *model);

/* Facts about FORM; linear in its length. */
void word_facts(WordFacts *out, const Words *words, Slice form);

uint32_t form_hash(Slice form);
uint64_t word_key(uint32_t hash);
/* The hash that a form is looked up by: digits are all the same. */
uint32_t word_look_up_hash(Slice form);
/* Key of the capitals count, which is kept with the lower-case form. */
uint64_t word_caps_key(uint32_t lower_hash);

/* Write FORM in lower case, cut to SIZE bytes; returns how many bytes. */
size_t word_lower(char *out, size_t size, Slice form);

#endif
