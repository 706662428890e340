/* Graphviz, behind one file. It has global state and leaks a little, so that laying out and
   rendering belong into a child process (output/draw.c); writing DOT does not. */
#ifndef ENTENTE_GRAPHVIZ_H
#define ENTENTE_GRAPHVIZ_H

#include "sketch.h"

/* Append SKETCH in the DOT language, without positions. */
Status graphviz_dot(Buffer *out, const Sketch *sketch);

/* The layout engines and renderers. A process may open this once only: Graphviz's plugins remember
   fonts of the first that are freed with it, and look at them when a second is used. */
typedef struct Graphviz Graphviz;
Status graphviz_open(Graphviz **out);
void graphviz_close(Graphviz *graphviz); /* NULL is allowed */

/* Lay SKETCH out with the engine LAYOUT ("dot", "neato", …) and note where everything is. PINNED:
   nodes have their places already; "nop" moves them only as far as they overlap. */
Status graphviz_place(Graphviz *graphviz, Sketch *sketch, const char *layout, bool pinned);

/* Append SKETCH, which has been placed, drawn as FORMAT ("svg", "png", "pdf"). */
Status graphviz_render(Buffer *out, Graphviz *graphviz, const Sketch *sketch, const char *format);

#endif
