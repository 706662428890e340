/* Each node is set down where the ellipse first leaves it clear of the one before; the ellipse is
   the smallest on which all find room, found by halving. What room is left is shared out. */
#include "star.h"

#include <math.h>
#include <stdlib.h>

#define FULL 6.28318530717959
#define BREADTH 1.45 /* of the ellipse, by its height */
#define GAP 16.0     /* points between neighbours */
#define LEAST 150.0  /* half the height: room for labels on the spokes */
#define STEP 0.002
#define MOST_OTHERS 10u /* one edge in so many may lie between other nodes than the hub */

bool star_hub(uint32_t *hub, const View *view)
{
  if (view->node_count < 3) return false;
  *hub = 0;
  for (uint32_t i = 1; i < view->node_count; i++)
    if (view->nodes[i].weight > view->nodes[*hub].weight) *hub = i;
  uint32_t others = 0, spokes = 0;
  for (uint32_t i = 0; i < view->edge_count; i++) {
    const ViewEdge *const edge = &view->edges[i];
    const bool spoke = edge->from == *hub || edge->to == *hub;
    const bool again = i && edge->from == edge[-1].from && edge->to == edge[-1].to;
    if (spoke && again) continue;
    *(spoke ? &spokes : &others) += 1;
  }
  return spokes + 1 >= view->node_count && others * MOST_OTHERS <= view->edge_count;
}

typedef struct Leaf {
  uint32_t node, weight;
  double width, height;
  double angle;
} Leaf;

static int compare_leaves(const void *a, const void *b)
{
  const Leaf *const x = a, *const y = b;
  if (x->weight != y->weight) return x->weight > y->weight ? -1 : 1;
  return (x->node > y->node) - (x->node < y->node);
}

/* Clockwise from above. */
static SketchPoint point_on(double radius, double angle)
{
  return (SketchPoint){radius * BREADTH * sin(angle), radius * cos(angle)};
}

static bool clear_of(const Leaf *a, const Leaf *b, double radius, double angle, double other)
{
  const SketchPoint p = point_on(radius, angle), q = point_on(radius, other);
  return fabs(p.x - q.x) >= (a->width + b->width) / 2 + GAP ||
         fabs(p.y - q.y) >= (a->height + b->height) / 2 + GAP;
}

/* Set the leaves one after the other; the room left between the last and the first, negative if
   there is none. */
static double set_down(Leaf *leaves, size_t count, double radius)
{
  double angle = 0;
  leaves[0].angle = 0;
  for (size_t i = 1; i < count; i++) {
    while (angle < FULL &&
           !clear_of(&leaves[i], &leaves[i - 1], radius, angle, leaves[i - 1].angle))
      angle += STEP;
    leaves[i].angle = angle;
  }
  double end = angle;
  while (end < 2 * FULL && !clear_of(&leaves[0], &leaves[count - 1], radius, end, angle))
    end += STEP;
  return FULL - end;
}

static double smallest(Leaf *leaves, size_t count)
{
  double small = LEAST, large = LEAST;
  while (set_down(leaves, count, large) < 0) large *= 2;
  for (int i = 0; i < 20 && small < large; i++) {
    const double middle = (small + large) / 2;
    if (set_down(leaves, count, middle) < 0)
      small = middle;
    else
      large = middle;
  }
  return large;
}

/* The leaves of the view, by weight. */
static Status gather(Leaf **out, size_t *count, Sketch *sketch, const View *view, uint32_t hub)
{
  Leaf *const leaves = arena_array(&sketch->arena, view->node_count + 1, sizeof *leaves);
  if (!leaves) return STATUS_MEMORY;
  *count = 0;
  for (uint32_t i = 0; i < view->node_count; i++) {
    const SketchNode *const node = &sketch->nodes[i];
    if (i != hub)
      leaves[(*count)++] = (Leaf){i, view->nodes[i].weight, node->width, node->height, 0};
  }
  qsort(leaves, *count, sizeof *leaves, compare_leaves);
  *out = leaves;
  return STATUS_OK;
}

Status star_place(Sketch *sketch, const View *view, uint32_t hub)
{
  Leaf *leaves;
  size_t count;
  TRY(gather(&leaves, &count, sketch, view, hub));
  const double radius = smallest(leaves, count);
  const double left = set_down(leaves, count, radius) / (double)count;
  for (size_t i = 0; i < count; i++) {
    const SketchPoint at = point_on(radius, leaves[i].angle + left * (double)i);
    sketch->nodes[leaves[i].node].at = (SketchPoint){round(at.x), round(at.y)};
  }
  sketch->nodes[hub].at = (SketchPoint){0, 0};
  return STATUS_OK;
}
