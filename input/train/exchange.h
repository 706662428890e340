/* Exchange: word classes that make a class bigram model of a text likely (Kneser and Ney 1993;
   Martin, Liermann and Ney 1998): each word in turn moves to the class where it helps most. */
#ifndef ENTENTE_EXCHANGE_H
#define ENTENTE_EXCHANGE_H

#include "graph/status.h"

#include <stddef.h>
#include <stdint.h>

/* Neighbours of item i: [start[i], start[i + 1]) of other and times. */
typedef struct Neighbours {
  uint32_t *start;
  uint32_t *other;
  uint32_t *times;
} Neighbours;

typedef struct Bigrams {
  size_t items;
  Neighbours after, before;
  uint32_t *frequency; /* of each item */
} Bigrams;

/* Count how often each two of ITEMS items follow each other in PAIRS (left, right, times). */
typedef struct Pair {
  uint32_t left, right, times;
} Pair;
Status bigrams_make(Bigrams *out, Pair *pairs, size_t pair_count, size_t items);
void bigrams_clear(Bigrams *bigrams);

/* Set CLASSES[i], 0 to COUNT - 1, for each item. Items should stand in order of falling frequency.
 */
Status exchange(uint16_t *classes, const Bigrams *bigrams, size_t count, size_t rounds);

#endif
