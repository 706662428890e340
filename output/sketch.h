/* Sketch: a drawing as data: nodes and edges with Graphviz attributes, and, once it has been laid
   out, where they are. It knows nothing of Graphviz's types. Everything lies in the sketch's arena.
   Lengths are points (1/72 inch), y upwards. */
#ifndef ENTENTE_SKETCH_H
#define ENTENTE_SKETCH_H

#include "graph/arena.h"
#include "graph/sink.h"

typedef struct SketchAttribute {
  const char *name;
  const char *value; /* NUL-terminated UTF-8, escaped as Graphviz wants it */
  bool html;         /* an HTML-like label */
} SketchAttribute;

typedef struct SketchAttributes {
  SketchAttribute *items;
  size_t count, capacity;
} SketchAttributes;

typedef struct SketchPoint {
  double x, y;
} SketchPoint;

typedef struct SketchNode {
  const char *name; /* unique */
  SketchAttributes attributes;
  SketchPoint at; /* centre */
  double width, height;
} SketchNode;

typedef struct SketchEdge {
  uint32_t from, to;
  const char *key;
  SketchAttributes attributes;
  SketchPoint *points; /* a chain of cubic Bezier curves: 3n + 1 points; NULL if not drawn */
  uint32_t point_count;
  bool has_start, has_end; /* arrowheads, with their tips */
  SketchPoint start, end;
  double label_width, label_height; /* as Graphviz measured the label; 0 if it has none */
  SketchPoint label_at;
  bool label_placed;
} SketchEdge;

typedef struct Sketch {
  SketchAttributes graph, node_defaults, edge_defaults;
  SketchNode *nodes;
  size_t node_count, node_capacity;
  SketchEdge *edges;
  size_t edge_count, edge_capacity;
  bool straight; /* edges as straight lines: too many to bend them round nodes */
  Arena arena;
} Sketch;

/* Set NAME to VALUE (copied) among ATTRIBUTES, replacing what it was. */
Status sketch_set(Sketch *sketch, SketchAttributes *attributes, const char *name, Slice value);
Status sketch_set_html(Sketch *sketch, SketchAttributes *attributes, const char *name, Slice value);
Status sketch_set_text(Sketch *sketch, SketchAttributes *attributes, const char *name,
                       const char *value);
/* A number with at most three decimals, the same in every locale. */
Status sketch_set_number(Sketch *sketch, SketchAttributes *attributes, const char *name,
                         double value);

const char *sketch_get(const SketchAttributes *attributes, const char *name); /* NULL if not set */

/* Add a node or an edge; *OUT is valid until the next is added. */
Status sketch_node(SketchNode **out, Sketch *sketch, Slice name);
Status sketch_edge(SketchEdge **out, Sketch *sketch, uint32_t from, uint32_t to, Slice key);

void sketch_clear(Sketch *sketch);

/* Append VALUE with at most three decimals. */
Status number_add(Buffer *out, double value);

#endif
