/* Star: the picture of one node that deals with all the others, who hardly deal with each other. */
#ifndef ENTENTE_STAR_H
#define ENTENTE_STAR_H

#include "graph/view.h"
#include "sketch.h"

/* The node in the middle, if VIEW is a star; false otherwise. */
bool star_hub(uint32_t *hub, const View *view);

/* Set the nodes of SKETCH, whose sizes are known, around HUB: those that deal most with it first,
   clockwise from above, on an ellipse that is as small as leaves room between them. */
Status star_place(Sketch *sketch, const View *view, uint32_t hub);

#endif
