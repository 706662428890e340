/* Route: lead the edges of a sketch from node to node. */
#ifndef ENTENTE_ROUTE_H
#define ENTENTE_ROUTE_H

#include "sketch.h"

/* Give every edge of SKETCH, whose nodes have their places, one smooth curve from rim to rim that
   keeps off other nodes as far as bending helps; edges between the same two nodes lie side by side.
   Straight lines if SKETCH says so. */
Status route(Sketch *sketch);

#endif
