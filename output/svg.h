/* The last touches on an SVG of Graphviz. */
#ifndef ENTENTE_SVG_H
#define ENTENTE_SVG_H

#include "graph/sink.h"

/* Append SVG with a title, a style sheet (what is pointed at stands out) and classes that keep
   apart what is of the graph ("node", "edge") and what is of the page ("mark"). */
Status svg_finish(Buffer *out, Slice svg, Slice title);

#endif
