/* Each edge is one cubic curve between the centres of its nodes, bent sideways by the amount, among
   some, that leads it through the fewest other nodes; then cut off at the rims, with room for the
   heads of arrows. This is cheap and gives calm pictures; a visibility graph, as Graphviz uses,
   takes the cube of the number of corners. */
#include "route.h"

#include <math.h>
#include <stdlib.h>

#define SAMPLES 24        /* points at which a curve is looked at */
#define SIDE_BY_SIDE 22.0 /* between curves of a pair */
#define CLEARANCE 5.0     /* to nodes that are passed */
#define MOST_BEND 0.5     /* by the distance of the ends */
#define ARROW_LENGTH 10.0 /* of an arrowhead of size 1, as Graphviz draws it */

typedef struct Curve {
  SketchPoint p[4];
} Curve;

typedef struct PairPlace {
  uint32_t low, high, edge;
} PairPlace;

static SketchPoint point_at(const Curve *c, double t)
{
  const double u = 1 - t;
  const double k[4] = {u * u * u, 3 * u * u * t, 3 * u * t * t, t * t * t};
  SketchPoint out = {0, 0};
  for (int i = 0; i < 4; i++) {
    out.x += k[i] * c->p[i].x;
    out.y += k[i] * c->p[i].y;
  }
  return out;
}

/* From A to B, BEND points off the straight line in the middle, to the left; with a SKEW from -1 to
   1 farther off towards one end than the other. */
static Curve curve_between(SketchPoint a, SketchPoint b, double bend, double skew)
{
  const double dx = b.x - a.x, dy = b.y - a.y, length = hypot(dx, dy);
  const double h = length > 0 ? bend * 4 / 3 / length : 0;
  const SketchPoint off = {-dy * h, dx * h};
  return (Curve){{a,
                  {a.x + dx / 3 + off.x * (1 + skew), a.y + dy / 3 + off.y * (1 + skew)},
                  {a.x + dx * 2 / 3 + off.x * (1 - skew), a.y + dy * 2 / 3 + off.y * (1 - skew)},
                  b}};
}

/* The part of CURVE from T0 to T1. */
static Curve part_of(const Curve *curve, double t0, double t1)
{
  const double step = (t1 - t0) / 3;
  const double ts[2] = {t0, t1};
  Curve out;
  for (int i = 0; i < 2; i++) {
    const double t = ts[i], u = 1 - t;
    const SketchPoint *const p = curve->p;
    const SketchPoint speed = {
        3 * (u * u * (p[1].x - p[0].x) + 2 * u * t * (p[2].x - p[1].x) + t * t * (p[3].x - p[2].x)),
        3 * (u * u * (p[1].y - p[0].y) + 2 * u * t * (p[2].y - p[1].y) +
             t * t * (p[3].y - p[2].y))};
    const SketchPoint at = point_at(curve, t);
    const double way = i ? -step : step;
    out.p[3 * i] = at;
    out.p[1 + i] = (SketchPoint){at.x + speed.x * way, at.y + speed.y * way};
  }
  return out;
}

/* ---- rims ---- */

static bool inside_hexagon(double x, double y)
{
  return x <= 1 && y <= 1 && 2 * x + y <= 2;
}

/* Whether AT lies within the shape of NODE. */
static bool inside(const SketchNode *node, const char *shape, SketchPoint at)
{
  const double x = fabs(at.x - node->at.x) / (node->width / 2 + 1);
  const double y = (at.y - node->at.y) / (node->height / 2 + 1);
  if (strcmp(shape, "ellipse") == 0) return x * x + y * y <= 1;
  if (strcmp(shape, "hexagon") == 0) return inside_hexagon(x, fabs(y));
  if (strcmp(shape, "invhouse") == 0) return x <= 1 && y <= 1 && y >= -1 + x * 0.5;
  return x <= 1 && fabs(y) <= 1;
}

static const char *shape_of(const Sketch *sketch, const SketchNode *node)
{
  const char *const own = sketch_get(&node->attributes, "shape");
  const char *const usual = sketch_get(&sketch->node_defaults, "shape");
  return own ? own : usual ? usual : "box";
}

/* Where CURVE leaves NODE, seen from its start (FORWARD) or its end: a parameter. */
static double leaving(const Curve *curve, const SketchNode *node, const char *shape, bool forward)
{
  double within = forward ? 0 : 1, without = within;
  for (int i = 1; i <= SAMPLES; i++) {
    without = forward ? (double)i / SAMPLES : 1 - (double)i / SAMPLES;
    if (!inside(node, shape, point_at(curve, without))) break;
    within = without;
  }
  for (int i = 0; i < 20; i++) {
    const double middle = (within + without) / 2;
    if (inside(node, shape, point_at(curve, middle)))
      within = middle;
    else
      without = middle;
  }
  return without;
}

/* The parameter, from FROM towards TO, at which CURVE is LENGTH away from its point at FROM. */
static double step_back(const Curve *curve, double from, double to, double length)
{
  const SketchPoint tip = point_at(curve, from);
  double near = from, far = to;
  for (int i = 0; i < 24; i++) {
    const double middle = (near + far) / 2;
    const SketchPoint at = point_at(curve, middle);
    if (hypot(at.x - tip.x, at.y - tip.y) < length)
      near = middle;
    else
      far = middle;
  }
  return near;
}

/* ---- arrows ---- */

static double number_of(const Sketch *sketch, const SketchEdge *edge, const char *name,
                        double otherwise)
{
  const char *text = sketch_get(&edge->attributes, name);
  if (!text) text = sketch_get(&sketch->edge_defaults, name);
  if (!text) return otherwise;
  double number = 0, unit = 1;
  for (; *text >= '0' && *text <= '9'; text++) number = number * 10 + (*text - '0');
  if (*text == '.') text++;
  for (; *text >= '0' && *text <= '9'; text++) number += (*text - '0') * (unit /= 10);
  return number;
}

static double arrow_length(const Sketch *sketch, const SketchEdge *edge)
{
  const char *const head = sketch_get(&edge->attributes, "arrowhead");
  const double size = number_of(sketch, edge, "arrowsize", 1) * ARROW_LENGTH;
  return head && strcmp(head, "tee") == 0 ? size / 4 : size;
}

static void read_direction(SketchEdge *edge)
{
  const char *const dir = sketch_get(&edge->attributes, "dir");
  const bool both = dir && strcmp(dir, "both") == 0;
  edge->has_start = both || (dir && strcmp(dir, "back") == 0);
  edge->has_end = both || !dir || strcmp(dir, "forward") == 0;
}

/* Cut CURVE off at the rims of its nodes and the heads of its arrows. */
static Status finish(Sketch *sketch, SketchEdge *edge, const Curve *curve)
{
  const SketchNode *const from = &sketch->nodes[edge->from], *const to = &sketch->nodes[edge->to];
  double t0 = leaving(curve, from, shape_of(sketch, from), true);
  double t1 = leaving(curve, to, shape_of(sketch, to), false);
  if (t0 > t1) t0 = t1 = 0.5;
  const double length = arrow_length(sketch, edge), middle = (t0 + t1) / 2;
  read_direction(edge);
  edge->start = point_at(curve, t0);
  edge->end = point_at(curve, t1);
  if (edge->has_start) t0 = step_back(curve, t0, middle, length);
  if (edge->has_end) t1 = step_back(curve, t1, middle, length);
  const Curve shown = part_of(curve, t0, t1);
  edge->points = arena_array(&sketch->arena, 4, sizeof *edge->points);
  if (!edge->points) return STATUS_MEMORY;
  memcpy(edge->points, shown.p, sizeof shown.p);
  edge->point_count = 4;
  edge->label_placed = false;
  return STATUS_OK;
}

/* ---- bends ---- */

/* How many points of CURVE lie in nodes that EDGE has nothing to do with. */
static unsigned points_in_nodes(const Sketch *sketch, const SketchEdge *edge, const Curve *curve)
{
  SketchPoint points[SAMPLES];
  SketchPoint low = curve->p[0], high = curve->p[0];
  unsigned count = 0;
  for (int i = 0; i < SAMPLES; i++) {
    points[i] = point_at(curve, (i + 0.5) / SAMPLES);
    low = (SketchPoint){fmin(low.x, points[i].x), fmin(low.y, points[i].y)};
    high = (SketchPoint){fmax(high.x, points[i].x), fmax(high.y, points[i].y)};
  }
  for (size_t i = 0; i < sketch->node_count; i++) {
    const SketchNode *const node = &sketch->nodes[i];
    const double w = node->width / 2 + CLEARANCE, h = node->height / 2 + CLEARANCE;
    if (i == edge->from || i == edge->to) continue;
    if (node->at.x + w < low.x || node->at.x - w > high.x) continue;
    if (node->at.y + h < low.y || node->at.y - h > high.y) continue;
    for (int j = 0; j < SAMPLES; j++)
      count += fabs(points[j].x - node->at.x) < w && fabs(points[j].y - node->at.y) < h;
  }
  return count;
}

static int compare_places(const void *a, const void *b)
{
  const PairPlace *const x = a, *const y = b;
  if (x->low != y->low) return x->low < y->low ? -1 : 1;
  if (x->high != y->high) return x->high < y->high ? -1 : 1;
  return (x->edge > y->edge) - (x->edge < y->edge);
}

/* The edges between the same two nodes, and how all of them are led. */
typedef struct Pair {
  const PairPlace *places;
  size_t count;
  double bend, skew; /* of the middle of them, seen from the lower node */
} Pair;

static Curve pair_curve(const Sketch *sketch, const Pair *pair, size_t i)
{
  const SketchEdge *const edge = &sketch->edges[pair->places[i].edge];
  const double across = ((double)i - ((double)pair->count - 1) / 2) * SIDE_BY_SIDE;
  const bool up = edge->from < edge->to;
  const double bend = pair->bend + across;
  return curve_between(sketch->nodes[edge->from].at, sketch->nodes[edge->to].at, up ? bend : -bend,
                       up ? pair->skew : -pair->skew);
}

static unsigned pair_points(const Sketch *sketch, const Pair *pair)
{
  unsigned count = 0;
  for (size_t i = 0; i < pair->count; i++) {
    const Curve curve = pair_curve(sketch, pair, i);
    count += points_in_nodes(sketch, &sketch->edges[pair->places[i].edge], &curve);
  }
  return count;
}

/* Bend the edges of a pair together, so that they stay side by side. */
static void choose_bend(const Sketch *sketch, Pair *pair)
{
  static const double bends[] = {0,   14,  -14,  28,  -28,  45,  -45,  65,  -65, 90,
                                 -90, 120, -120, 160, -160, 210, -210, 270, -270};
  static const double skews[] = {0, 0.6, -0.6};
  const SketchPoint a = sketch->nodes[pair->places->low].at;
  const SketchPoint b = sketch->nodes[pair->places->high].at;
  const double most = MOST_BEND * hypot(a.x - b.x, a.y - b.y);
  Pair trial = *pair;
  unsigned least = sketch->straight ? 0 : pair_points(sketch, pair);
  for (size_t i = 3; i < 3 * sizeof bends / sizeof *bends && least > 0; i++) {
    trial.bend = bends[i / 3];
    trial.skew = skews[i % 3];
    if (fabs(trial.bend) > most) continue;
    const unsigned count = pair_points(sketch, &trial);
    if (count >= least) continue;
    least = count;
    *pair = trial;
  }
}

static Status route_pair(Sketch *sketch, const PairPlace *places, size_t count)
{
  Pair pair = {places, count, 0, 0};
  choose_bend(sketch, &pair);
  for (size_t i = 0; i < count; i++) {
    const Curve curve = pair_curve(sketch, &pair, i);
    TRY(finish(sketch, &sketch->edges[places[i].edge], &curve));
  }
  return STATUS_OK;
}

static Status route_sorted(Sketch *sketch, const PairPlace *places)
{
  for (size_t first = 0, next; first < sketch->edge_count; first = next) {
    next = first + 1;
    while (next < sketch->edge_count && places[next].low == places[first].low &&
           places[next].high == places[first].high)
      next++;
    TRY(route_pair(sketch, places + first, next - first));
  }
  return STATUS_OK;
}

Status route(Sketch *sketch)
{
  PairPlace *const places = arena_array(&sketch->arena, sketch->edge_count + 1, sizeof *places);
  if (!places) return STATUS_MEMORY;
  for (uint32_t i = 0; i < sketch->edge_count; i++) {
    const SketchEdge *const edge = &sketch->edges[i];
    const bool up = edge->from < edge->to;
    places[i] = (PairPlace){up ? edge->from : edge->to, up ? edge->to : edge->from, i};
  }
  qsort(places, sketch->edge_count, sizeof *places, compare_places);
  return route_sorted(sketch, places);
}
