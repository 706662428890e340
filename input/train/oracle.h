/* Oracle: what the parser should do, given the right tree. */
#ifndef ENTENTE_ORACLE_H
#define ENTENTE_ORACLE_H

#include "input/train/train.h"

typedef struct Tree {
  int16_t head[PARSER_LONGEST]; /* -1 for the root */
  uint8_t label[PARSER_LONGEST];
  size_t count;
} Tree;

/* Copy the tree of a sentence of at most PARSER_LONGEST words, lifting arcs that cross others to
   the grandparent until none does (Nivre and Nilsson 2005, without their labels). */
void tree_of(Tree *out, const Sentence *sentence);

/* How many arcs of TREE each kind of action puts out of reach (Goldberg and Nivre 2013). */
typedef struct Costs {
  int shift, left, right;
} Costs;
Costs oracle_costs(const ParserState *state, const ParserSpace *space, const Tree *tree);

#endif
