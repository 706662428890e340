/* Arrange: find a place for everything in a sketch. */
#ifndef ENTENTE_ARRANGE_H
#define ENTENTE_ARRANGE_H

#include "graph/view.h"
#include "graphviz.h"

/* Lay out SKETCH, a sketch of VIEW, with the engine LAYOUT. What engines of the spring kind give is
   turned so that it lies broad, and people are drawn towards the state they act for. */
Status arrange(Graphviz *graphviz, Sketch *sketch, const View *view, const char *layout);

#endif
