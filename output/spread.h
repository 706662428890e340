/* Spread: move boxes apart until none overlap. */
#ifndef ENTENTE_SPREAD_H
#define ENTENTE_SPREAD_H

#include "sketch.h"

/* Move the nodes of SKETCH so that none comes nearer to another than GAP, keeping their order as far
   as that goes. For large graphs: a step takes linear time where nodes are spread evenly. */
Status spread(Sketch *sketch, double gap);

#endif
