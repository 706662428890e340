/* Boxes are set down one after the other, those in the middle first, each at the free place nearest
   to where the layout has it: places are tried on a spiral around that. What is taken is marked in
   a bitmap of coarse squares, so that a trial takes constant time. */
#include "spread.h"

#include <math.h>
#include <stdlib.h>

#define SQUARE 8.0            /* points */
#define MOST_SQUARES 40000000 /* the bitmap stays below 40 MB */
#define MOST_RINGS 150
#define BREADTH 1.5
#define EMPTINESS 2.6
#define RING_WIDTH 22.0
#define RING_HEIGHT 11.0

typedef struct Turn {
  double distance;
  uint32_t node;
} Turn;

typedef struct Spreader {
  SketchNode *nodes;
  size_t count;
  double gap, square;
  SketchPoint corner; /* lower left of the bitmap */
  int columns, rows;
  unsigned char *taken;
} Spreader;

typedef struct Squares {
  int left, bottom, right, top; /* inclusive */
} Squares;

static Squares squares_of(const Spreader *s, const SketchNode *node, SketchPoint at)
{
  const double x = at.x - s->corner.x, y = at.y - s->corner.y;
  const double w = (node->width + s->gap) / 2, h = (node->height + s->gap) / 2;
  return (Squares){(int)floor((x - w) / s->square), (int)floor((y - h) / s->square),
                   (int)floor((x + w) / s->square), (int)floor((y + h) / s->square)};
}

static unsigned char *row_at(const Spreader *s, int row)
{
  return s->taken + (size_t)row * (size_t)s->columns;
}

static bool is_free(const Spreader *s, Squares q)
{
  if (q.left < 0 || q.bottom < 0 || q.right >= s->columns || q.top >= s->rows) return false;
  for (int row = q.bottom; row <= q.top; row++)
    if (memchr(row_at(s, row) + q.left, 1, (size_t)(q.right - q.left + 1))) return false;
  return true;
}

static bool set_down(Spreader *s, SketchNode *node, SketchPoint at)
{
  const Squares q = squares_of(s, node, at);
  if (!is_free(s, q)) return false;
  for (int row = q.bottom; row <= q.top; row++)
    memset(row_at(s, row) + q.left, 1, (size_t)(q.right - q.left + 1));
  node->at = at;
  return true;
}

static bool set_down_near(Spreader *s, SketchNode *node)
{
  const SketchPoint wish = node->at;
  if (set_down(s, node, wish)) return true;
  for (int ring = 1; ring < MOST_RINGS; ring++) {
    const int places = 6 * ring;
    for (int i = 0; i < places; i++) {
      const double angle = 6.28318530717959 * (i + 0.5 * (ring % 2)) / places;
      const SketchPoint at = {round(wish.x + ring * RING_WIDTH * cos(angle)),
                              round(wish.y + ring * RING_HEIGHT * sin(angle))};
      if (set_down(s, node, at)) return true;
    }
  }
  return false;
}

static int compare_turns(const void *a, const void *b)
{
  const Turn *const x = a, *const y = b;
  if (x->distance < y->distance || x->distance > y->distance)
    return x->distance < y->distance ? -1 : 1;
  return (x->node > y->node) - (x->node < y->node);
}

/* The nodes from the middle outwards, in an ellipse that is broader than high. */
static Status order_turns(Turn **out, SketchPoint *middle, const Spreader *s, Arena *arena)
{
  Turn *const turns = arena_array(arena, s->count + 1, sizeof *turns);
  if (!turns) return STATUS_MEMORY;
  *middle = (SketchPoint){0, 0};
  for (size_t i = 0; i < s->count; i++) {
    middle->x += s->nodes[i].at.x / (double)s->count;
    middle->y += s->nodes[i].at.y / (double)s->count;
  }
  for (size_t i = 0; i < s->count; i++) {
    const SketchPoint at = s->nodes[i].at;
    turns[i] = (Turn){hypot((at.x - middle->x) / BREADTH, at.y - middle->y), (uint32_t)i};
  }
  qsort(turns, s->count, sizeof *turns, compare_turns);
  *out = turns;
  return STATUS_OK;
}

/* Layouts are crowded in the middle: move each along its ray until there is as much room within as
   the boxes within need. */
static void even_out(Spreader *s, const Turn *turns, SketchPoint middle)
{
  double need = 0;
  for (size_t i = 0; i < s->count; i++) {
    SketchNode *const node = &s->nodes[turns[i].node];
    need += (node->width + s->gap) * (node->height + s->gap) * EMPTINESS;
    if (turns[i].distance <= 0) continue;
    const double factor = sqrt(need / (3.14159265358979 * BREADTH)) / turns[i].distance;
    node->at.x = round(middle.x + (node->at.x - middle.x) * factor);
    node->at.y = round(middle.y + (node->at.y - middle.y) * factor);
  }
}

/* A bitmap twice as wide and high as the layout. */
static Status lay_bitmap(Spreader *s, Arena *arena)
{
  SketchPoint low = {INFINITY, INFINITY}, high = {-INFINITY, -INFINITY};
  double area = 0;
  for (size_t i = 0; i < s->count; i++) {
    const SketchNode *const node = &s->nodes[i];
    low = (SketchPoint){fmin(low.x, node->at.x), fmin(low.y, node->at.y)};
    high = (SketchPoint){fmax(high.x, node->at.x), fmax(high.y, node->at.y)};
    area += (node->width + s->gap) * (node->height + s->gap);
  }
  const double margin = 1000 + sqrt(area);
  const double width = high.x - low.x + 2 * margin, height = high.y - low.y + 2 * margin;
  s->corner = (SketchPoint){low.x - margin, low.y - margin};
  s->square = fmax(SQUARE, sqrt(width * height / MOST_SQUARES));
  s->columns = (int)(width / s->square) + 1;
  s->rows = (int)(height / s->square) + 1;
  s->taken = arena_array(arena, (size_t)s->columns, (size_t)s->rows);
  return s->taken ? STATUS_OK : STATUS_MEMORY;
}

Status spread(Sketch *sketch, double gap)
{
  Spreader s = {.nodes = sketch->nodes, .count = sketch->node_count, .gap = gap};
  Arena arena = ARENA_EMPTY;
  Turn *turns = NULL;
  SketchPoint middle;
  double shelf = 0;
  TRY(order_turns(&turns, &middle, &s, &arena));
  even_out(&s, turns, middle);
  Status status = s.count ? lay_bitmap(&s, &arena) : STATUS_OK;
  for (size_t i = 0; i < s.count && !status; i++) {
    SketchNode *const node = &s.nodes[turns[i].node];
    if (set_down_near(&s, node)) continue;
    shelf += node->height + gap; /* below everything: there is no room anywhere near */
    node->at.y = s.corner.y - shelf;
  }
  arena_clear(&arena);
  return status;
}
