/* Parser of the fast mode: projective dependency trees by arc-hybrid transitions without a root
   token (Kuhlmann, Gómez-Rodríguez and Satta 2011): the last word left on the stack is the root, so
   that every derivation has 2n - 1 steps and every result is a tree with one root. Greedy; features
   after Zhang and Nivre 2011 with word clusters. */
#ifndef ENTENTE_PARSER_H
#define ENTENTE_PARSER_H

#include "input/tagger.h"

#define PARSER_LONGEST 256 /* words; the caller cuts longer sentences */
#define PARSER_FEATURES 32
#define PARSER_STEPS (2 * PARSER_LONGEST)

/* A word as the parser sees it. */
typedef struct ParserWord {
  uint32_t form;    /* hash of the lower-case form */
  uint16_t cluster; /* 0 unknown */
  uint8_t tag;
  uint8_t name;       /* NerType + 1 inside a name, else 0 */
  uint16_t name_last; /* index of the last word of its name; its own where it is in none */
  uint16_t name_first;
} ParserWord;

/* Set all but the name of OUT, which is left in none. */
void parser_word(ParserWord *out, const WordFacts *facts, uint8_t tag);

/* Labels of the classifier: 0 shift, then left arcs by Deprel, then right arcs. */
enum { ACTION_SHIFT = 0, ACTION_LEFT = 1, ACTION_RIGHT = ACTION_LEFT + DEPREL_COUNT };
#define ACTIONS (ACTION_RIGHT + DEPREL_COUNT)
_Static_assert(ACTIONS <= SPARSE_LABELS, "an action is a label");

/* A word on the stack, or the first of the buffer, with the children it has. */
typedef struct StackItem {
  int16_t word;                 /* -1: nothing there */
  int16_t below;                /* item under it, in the space's pool; -1 */
  int16_t left;                 /* outermost left child; -1 */
  uint64_t left_set, right_set; /* labels of the children, as bits */
} StackItem;

typedef struct ParserState {
  StackItem front; /* first word of the buffer with its left children */
  int32_t top;     /* item; -1 when the stack is empty */
  int16_t next;    /* first word of the buffer */
  uint8_t action;
  int32_t margin; /* by how much the action beat the best other one */
} ParserState;

typedef struct ParserSpace {
  StackItem items[PARSER_STEPS];
  int32_t item_count;
} ParserSpace;

typedef struct ParserArc {
  int32_t head; /* -1 for the root */
  int32_t margin;
  uint8_t label;
} ParserArc;

/* The first state of COUNT words, with nothing on the stack. */
void parser_start(ParserState *state, ParserSpace *space, size_t count);

/* Which kinds of action are allowed; at least one is until the end. */
typedef struct Allowed {
  bool shift, left, right;
} Allowed;
Allowed parser_allowed(const ParserState *state, const ParserSpace *space, const ParserWord *words,
                       size_t count);

bool parser_is_done(const ParserState *state, const ParserSpace *space, size_t count);

/* Set *NEXT to what ACTION makes of *STATE (they may be the same); makes at most one item. */
void parser_apply(ParserState *next, const ParserState *state, ParserSpace *space, uint8_t action,
                  size_t count);

/* Word on top of the stack and the one under it; -1 where there is none. */
int parser_top(const ParserState *state, const ParserSpace *space);
int parser_second(const ParserState *state, const ParserSpace *space);

size_t parser_features(uint64_t *out, const ParserState *state, const ParserSpace *space,
                       const ParserWord *words, size_t count);

/* Parse COUNT words, 1 to PARSER_LONGEST: sets ARCS. */
void parser_greedy(ParserArc *arcs, ParserSpace *space, const ParserWord *words, size_t count,
                   Scorer scorer);

#endif
