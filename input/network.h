/* Network: what the analyser's default mode thinks with. Two layers of bidirectional LSTM
   (Hochreiter and Schmidhuber 1997) read the words of a sentence; on what they make of them stand
   linear layers for tags and names, a biaffine one for heads (Dozat and Manning 2017) and a small
   one for relations. */
#ifndef ENTENTE_NETWORK_H
#define ENTENTE_NETWORK_H

#include "input/model.h"
#include "input/vectors.h"
#include "input/words.h"

#define NETWORK_LONGEST 256 /* words; the caller cuts longer sentences */
#define NETWORK_LAYERS 2
#define NETWORK_HIDDEN 96 /* of one direction */
#define NETWORK_BOTH (2 * NETWORK_HIDDEN)
#define NETWORK_GATES (4 * NETWORK_HIDDEN) /* in, forget, out, new */
#define NETWORK_WIDE 64                    /* floats that a word's own row has */
#define NETWORK_NARROW 32                  /* floats that the row of a trait has */
#define NETWORK_TRAITS 14
#define NETWORK_WORD 13 /* the trait that is the word itself */
#define NETWORK_INPUT (NETWORK_WIDE + 4 * NETWORK_NARROW)
#define NETWORK_ARC 96
#define NETWORK_LABEL 96
#define NETWORK_TAGS 96 /* columns for tags, names and relations: some stay unused */
#define NETWORK_NAMES 16
#define NETWORK_RELATIONS 64
#define NETWORK_REACHES 32 /* classes of distance and direction between word and head */

/* The dense matrices, one after the other. */
enum {
  NET_LSTM, /* for each layer and direction: input rows, recurrent rows, one row of biases */
  NET_LSTM_RECURRENT,
  NET_LSTM_BIAS,
  NET_TAG = NET_LSTM + 3 * NETWORK_LAYERS * 2,
  NET_TAG_BIAS,
  NET_NAME,
  NET_NAME_BIAS,
  NET_DEPENDENT,
  NET_DEPENDENT_BIAS,
  NET_HEAD,
  NET_HEAD_BIAS,
  NET_ROOT,
  NET_BIAFFINE,
  NET_POPULAR, /* how apt a word is to be a head at all */
  NET_REACH,
  NET_CHILD,
  NET_PARENT,
  NET_PARENT_ROOT,
  NET_CHILD_BIAS,
  NET_RELATION,
  NET_RELATION_BIAS,
  NET_COUNT
};

typedef struct NetworkShape {
  size_t rows, columns, offset; /* in floats */
} NetworkShape;
NetworkShape network_shape(size_t matrix);
size_t network_size(void); /* floats of all */

/* Rows that are looked up by a key, the keys rising; row 0 stands for all that are not there. The
   wide ones are of words of free text, learnt from that alone; the narrow ones of traits of words
   (tag, clusters, endings, the word itself), learnt with the network. */
typedef struct NetworkTable {
  const uint32_t *keys;
  size_t count;
} NetworkTable;

typedef struct Network {
  float *dense;
  NetworkTable wide, narrow;
  const int8_t *wide_rows; /* in the model */
  const int16_t *narrow_rows;
  float wide_scale, narrow_scale;
} Network;

/* The rows of a word. */
typedef struct NetworkWord {
  uint32_t wide, narrow[NETWORK_TRAITS];
} NetworkWord;

/* The row of KEY; 0 where there is none. */
uint32_t network_row(const NetworkTable *table, uint32_t key);
/* Where in the input a trait's row is added. */
size_t network_trait_place(size_t trait);
/* The keys that FACTS and TAG are looked up by. */
void network_keys(NetworkWord *out, const WordFacts *facts, uint8_t tag);
/* The rows of what network_keys gave. */
void network_rows(NetworkWord *word, const NetworkTable *wide, const NetworkTable *narrow);

/* Read section "network" of MODEL; STATUS_INPUT if it holds none. */
Status network_open(Network *out, const Model *model);
void network_close(Network *network);
/* Append such a section to OUT. WIDE_ROWS and NARROW_ROWS are whole tables of floats. */
Status network_write(Buffer *out, const float *dense, const NetworkTable *wide,
                     const float *wide_rows, const NetworkTable *narrow, const float *narrow_rows);

/* What is worked out for a sentence; a row for each word. */
typedef struct NetworkLayer {
  float gates[2][NETWORK_LONGEST * NETWORK_GATES]; /* after their functions */
  float cell[2][NETWORK_LONGEST * NETWORK_HIDDEN];
  float bent[2][NETWORK_LONGEST * NETWORK_HIDDEN]; /* tanh of the cells */
  float out[NETWORK_LONGEST * NETWORK_BOTH];
} NetworkLayer;

#define NETWORK_HEADS (NETWORK_LONGEST + VECTOR) /* columns: the words, then the root */

typedef struct NetworkSpace {
  float input[NETWORK_LONGEST * NETWORK_INPUT];
  NetworkLayer layers[NETWORK_LAYERS];
  float tags[NETWORK_LONGEST * NETWORK_TAGS]; /* scores */
  float names[NETWORK_LONGEST * NETWORK_NAMES];
  float dependents[NETWORK_LONGEST * NETWORK_ARC];
  float heads[(NETWORK_LONGEST + 1) * NETWORK_ARC];
  float turned[NETWORK_LONGEST * NETWORK_ARC]; /* dependents times the biaffine matrix */
  float flipped[NETWORK_ARC * NETWORK_HEADS];  /* heads, transposed */
  float arcs[NETWORK_LONGEST * NETWORK_HEADS]; /* probabilities of heads */
  float children[NETWORK_LONGEST * NETWORK_LABEL];
  float parents[(NETWORK_LONGEST + 1) * NETWORK_LABEL];
  float pairs[NETWORK_LONGEST * NETWORK_LABEL];
  float relations[NETWORK_LONGEST * NETWORK_RELATIONS]; /* scores */
} NetworkSpace;

/* Factors for the floats of the input and of each layer's output; NULL for none. In training. */
typedef struct NetworkMasks {
  const float *input;                  /* for each word */
  const float *layers[NETWORK_LAYERS]; /* for the sentence */
} NetworkMasks;

/* Fill the input from the rows in the model. */
void network_input(NetworkSpace *space, const Network *network, const NetworkWord *words,
                   size_t count);

/* From the input of COUNT words to the last layer's output. DENSE are all matrices. */
void network_encode(NetworkSpace *space, const float *dense, size_t count,
                    const NetworkMasks *masks);
/* Multiply COUNT rows by MASK, which has a value for each column or, with EACH, for each place;
   NULL leaves them as they are. */
void network_mask(float *rows, const float *mask, size_t count, size_t columns, bool each);
/* Scores of tags and names. */
void network_tags(NetworkSpace *space, const float *dense, size_t count);
/* Probabilities of heads: ARCS[i * NETWORK_HEADS + h], h = COUNT for the root. */
void network_arcs(NetworkSpace *space, const float *dense, size_t count);
/* Scores of relations, heads being given; -1 for the root. */
void network_relations(NetworkSpace *space, const float *dense, const int32_t *heads, size_t count);

/* Class of the way from word I to its head H. */
size_t network_reach(size_t i, size_t h, size_t count);

#endif
