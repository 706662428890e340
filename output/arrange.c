/* Spring layouts are made in two steps. First without regard to overlaps, with an invisible edge
   from each person or body to the state it acts for, so that those of one side come to lie
   together. Then the whole is turned until its longest axis is level (principal component of the
   places), nodes are moved apart and the edges are led around them. */
#include "arrange.h"

#include "graphviz.h"

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

/* Turn all places by the angle that makes the longest axis level. */
static void turn(Sketch *sketch)
{
  double x = 0, y = 0, xx = 0, xy = 0, yy = 0;
  const double count = (double)sketch->node_count;
  for (size_t i = 0; i < sketch->node_count; i++) {
    x += sketch->nodes[i].at.x / count;
    y += sketch->nodes[i].at.y / count;
  }
  for (size_t i = 0; i < sketch->node_count; i++) {
    const double dx = sketch->nodes[i].at.x - x, dy = sketch->nodes[i].at.y - y;
    xx += dx * dx;
    xy += dx * dy;
    yy += dy * dy;
  }
  const double angle = atan2(2 * xy, xx - yy) / 2, c = cos(angle), s = sin(angle);
  for (size_t i = 0; i < sketch->node_count; i++) {
    SketchPoint *const at = &sketch->nodes[i].at;
    const double dx = at->x - x, dy = at->y - y;
    *at = (SketchPoint){round(c * dx + s * dy), round(c * dy - s * dx)};
  }
}

static Status arrange_roughly(Sketch *sketch, const View *view, const char *layout)
{
  const size_t edges = sketch->edge_count;
  const char *const overlap = sketch_get(&sketch->graph, "overlap");
  const char *const splines = sketch_get(&sketch->graph, "splines");
  TRY(add_pulls(sketch, view));
  TRY(sketch_set_text(sketch, &sketch->graph, "overlap", "true"));
  TRY(sketch_set_text(sketch, &sketch->graph, "splines", ""));
  TRY(graphviz_place(sketch, layout, false));
  sketch->edge_count = edges;
  if (overlap) TRY(sketch_set_text(sketch, &sketch->graph, "overlap", overlap));
  return sketch_set_text(sketch, &sketch->graph, "splines", splines ? splines : "true");
}

Status arrange(Sketch *sketch, const View *view, const char *layout)
{
  const bool springs =
      strcmp(layout, "neato") == 0 || strcmp(layout, "fdp") == 0 || strcmp(layout, "sfdp") == 0;
  if (!springs || sketch->node_count < 2) return graphviz_place(sketch, layout, false);
  TRY(arrange_roughly(sketch, view, layout));
  turn(sketch);
  return graphviz_place(sketch, "nop", true);
}
