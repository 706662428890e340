/* Spread: move boxes apart until none overlap. */
#ifndef ENTENTE_SPREAD_H
#define ENTENTE_SPREAD_H

#include "sketch.h"

/* Move the nodes of SKETCH so that none comes nearer to another than GAP, each as little as may be.
   For large graphs: time is linear where there is room. */
Status spread(Sketch *sketch, double gap);

#endif
