/* Spring layouts are made in two steps. First without regard to overlaps, with an invisible edge
   from each person or body to the state it acts for, so that those of one side come to lie
   together. Then the whole is turned and drawn together to fill a broad frame, and nodes are
   moved apart. Only dot leads its edges itself. Stars, which twopi is for, have a place of their
   own. */
#include "arrange.h"

#include "route.h"
#include "spread.h"
#include "star.h"

#include <math.h>

/* The node of the state called NAME; nodes come sorted by label. */
static bool find_state(uint32_t *out, const View *view, Slice name)
{
  uint32_t low = 0, high = view->node_count;
  while (low < high) {
    const uint32_t middle = low + (high - low) / 2;
    if (slice_compare(view->nodes[middle].label, name) < 0)
      low = middle + 1;
    else
      high = middle;
  }
  *out = low;
  return low < view->node_count && slice_equal(view->nodes[low].label, name);
}

static Status add_pulls(Sketch *sketch, const View *view)
{
  for (uint32_t i = 0; i < view->node_count; i++) {
    uint32_t state;
    SketchEdge *edge;
    const Slice name = view->nodes[i].state;
    if (!name.len || !find_state(&state, view, name) || state == i) continue;
    TRY(sketch_edge(&edge, sketch, i, state, SLICE("pull")));
    TRY(sketch_set_text(sketch, &edge->attributes, "len", "1.2"));
  }
  return STATUS_OK;
}

static SketchPoint turned(SketchPoint at, double c, double s)
{
  return (SketchPoint){c * at.x + s * at.y, c * at.y - s * at.x};
}

typedef struct Extent {
  double width, height;
} Extent;

static Extent extent_turned(const Sketch *sketch, double angle)
{
  const double c = cos(angle), s = sin(angle);
  SketchPoint low = {INFINITY, INFINITY}, high = {-INFINITY, -INFINITY};
  for (size_t i = 0; i < sketch->node_count; i++) {
    const SketchPoint at = turned(sketch->nodes[i].at, c, s);
    low = (SketchPoint){fmin(low.x, at.x), fmin(low.y, at.y)};
    high = (SketchPoint){fmax(high.x, at.x), fmax(high.y, at.y)};
  }
  return (Extent){high.x - low.x, high.y - low.y};
}

#define BREADTH 1.5 /* of the frame that the picture should fill, by its height */
#define ANGLES 36
#define ROOM 64.0 /* points that a node needs beside itself */
#define FEW 300   /* nodes up to which Graphviz moves them apart */
#define GAP 12.0
#define SPARSE 5.4 /* how much of the area may be empty, by what the nodes need */

static double best_angle(const Sketch *sketch)
{
  double best = 0, least = INFINITY;
  for (int i = 0; i < ANGLES; i++) {
    const double angle = i * 3.14159265358979 / ANGLES;
    const Extent extent = extent_turned(sketch, angle);
    const double size = fmax(extent.width / BREADTH, extent.height);
    if (size < least * 0.999) {
      least = size;
      best = angle;
    }
  }
  return best;
}

/* Draw a sparse picture together. */
static double best_scale(const Sketch *sketch, double angle)
{
  double need = 0;
  for (size_t i = 0; i < sketch->node_count; i++)
    need += (sketch->nodes[i].width + ROOM) * (sketch->nodes[i].height + ROOM);
  for (size_t i = 0; i < sketch->edge_count; i++)
    need += (sketch->edges[i].label_width + 12) * (sketch->edges[i].label_height + 12);
  const Extent extent = extent_turned(sketch, angle);
  const double area = extent.width * extent.height;
  return area > 0 ? fmin(1.5, fmax(0.55, sqrt(need * SPARSE / area))) : 1;
}

/* Turn all places so that they fill a broad frame best, and draw them together. */
static void turn(Sketch *sketch)
{
  const double angle = best_angle(sketch), scale = best_scale(sketch, angle);
  for (size_t i = 0; i < sketch->node_count; i++) {
    const SketchPoint at = turned(sketch->nodes[i].at, cos(angle) * scale, sin(angle) * scale);
    sketch->nodes[i].at = (SketchPoint){round(at.x), round(at.y)};
  }
}

/* Let Graphviz place the nodes only: it is slow at leading edges around them. */
static Status place(Graphviz *graphviz, Sketch *sketch, const char *layout, bool pinned)
{
  const char *const splines = sketch_get(&sketch->graph, "splines");
  TRY(sketch_set_text(sketch, &sketch->graph, "splines", ""));
  TRY(graphviz_place(graphviz, sketch, layout, pinned));
  return sketch_set_text(sketch, &sketch->graph, "splines", splines ? splines : "true");
}

static Status place_roughly(Graphviz *graphviz, Sketch *sketch, const View *view,
                            const char *layout)
{
  const size_t edges = sketch->edge_count;
  const char *const overlap = sketch_get(&sketch->graph, "overlap");
  TRY(add_pulls(sketch, view));
  TRY(sketch_set_text(sketch, &sketch->graph, "overlap", "true"));
  TRY(place(graphviz, sketch, layout, false));
  sketch->edge_count = edges;
  return sketch_set_text(sketch, &sketch->graph, "overlap", overlap ? overlap : "prism");
}

static Status place_with_springs(Graphviz *graphviz, Sketch *sketch, const View *view,
                                 const char *layout)
{
  TRY(place_roughly(graphviz, sketch, view, layout));
  turn(sketch);
  return sketch->node_count > FEW ? spread(sketch, GAP) : place(graphviz, sketch, "nop", true);
}

Status arrange(Graphviz *graphviz, Sketch *sketch, const View *view, const char *layout)
{
  const bool springs =
      strcmp(layout, "neato") == 0 || strcmp(layout, "fdp") == 0 || strcmp(layout, "sfdp") == 0;
  uint32_t hub;
  if (strcmp(layout, "dot") == 0) return graphviz_place(graphviz, sketch, layout, false);
  TRY(springs && sketch->node_count > 1 ? place_with_springs(graphviz, sketch, view, layout)
                                        : place(graphviz, sketch, layout, false));
  if (strcmp(layout, "twopi") == 0 && star_hub(&hub, view)) TRY(star_place(sketch, view, hub));
  return route(sketch);
}
