/* Gradient: how the loss of a sentence changes with each weight of the network. */
#ifndef ENTENTE_GRADIENT_H
#define ENTENTE_GRADIENT_H

#include "input/network.h"

/* What a sentence should come to; -1 where nothing is known. */
typedef struct NetworkGold {
  const int16_t *tags, *names;
  const int32_t *heads; /* -1 for the root; NULL: no tree is known */
  const uint8_t *relations;
} NetworkGold;

typedef struct Gradient {
  float *dense;  /* sums, of the dense matrices */
  float *turned; /* the matrices transposed, for going back; set by gradient_turn */
  float input[NETWORK_LONGEST * NETWORK_INPUT];
  float layers[NETWORK_LAYERS][NETWORK_LONGEST * NETWORK_BOTH];
  float gates[NETWORK_LONGEST * NETWORK_GATES];
  float turned_arcs[NETWORK_LONGEST * NETWORK_ARC];
  float dependents[NETWORK_LONGEST * NETWORK_ARC];
  float heads[(NETWORK_LONGEST + 1) * NETWORK_ARC];
  float pairs[NETWORK_LONGEST * NETWORK_LABEL];
  float parents[(NETWORK_LONGEST + 1) * NETWORK_LABEL];
  float plain[NETWORK_LONGEST * NETWORK_HIDDEN]; /* outputs of a layer before their mask */
  double loss;
} Gradient;

/* After the weights have changed. */
void gradient_turn(Gradient *gradient, const float *dense);

/* Work SPACE out for its input of COUNT words and add the gradient of the loss: to the dense sums,
   and to INPUT, which is set. */
void gradient_add(Gradient *gradient, NetworkSpace *space, const float *dense, size_t count,
                  const NetworkMasks *masks, const NetworkGold *gold);

#endif
