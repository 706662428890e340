/* Tree: the likeliest dependency tree where each word has a probability for each head: projective,
   with one root, by dynamic programming (Eisner 1996), each name one subtree. */
#ifndef ENTENTE_TREE_H
#define ENTENTE_TREE_H

#include "input/network.h"
#include "input/sentence.h"

typedef struct TreeSpace {
  float score[NETWORK_LONGEST * NETWORK_HEADS]; /* logarithms */
  float open[2][NETWORK_LONGEST * NETWORK_LONGEST], closed[2][NETWORK_LONGEST * NETWORK_LONGEST];
  uint8_t open_at[NETWORK_LONGEST * NETWORK_LONGEST];
  uint8_t closed_at[2][NETWORK_LONGEST * NETWORK_LONGEST];
} TreeSpace;

/* Set HEADS, -1 for the root, from ARCS as network_arcs makes them. A name goes on from the word
   before it where CONTINUES is set. COUNT is 1 to NETWORK_LONGEST. */
void tree_find(int32_t *heads, TreeSpace *space, const float *arcs, const bool *continues,
               size_t count);

#endif
