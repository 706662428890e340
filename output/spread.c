/* In each step every overlapping pair is pushed apart along the axis on which it overlaps less,
   half the way each; after some steps the whole is stretched a little too, so that there is an end.
   Pairs are found in a grid whose cells are as large as the largest box. */
#include "spread.h"

#include <math.h>
#include <stdlib.h>

#define MOST_STEPS 600
#define STEPS_BEFORE_STRETCH 20
#define STRETCH 1.02

typedef struct Cell {
  int64_t key;
  uint32_t node;
} Cell;

typedef struct Spreader {
  SketchNode *nodes;
  size_t count;
  double gap, cell_width, cell_height;
  Cell *cells; /* sorted by key, then node */
} Spreader;

static int compare_cells(const void *a, const void *b)
{
  const Cell *const x = a, *const y = b;
  if (x->key != y->key) return x->key < y->key ? -1 : 1;
  return (x->node > y->node) - (x->node < y->node);
}

#define ROW_FACTOR (INT64_C(1) << 31)

static int64_t key_of(int64_t column, int64_t row)
{
  return row * ROW_FACTOR + column;
}

static int64_t column_of(const Spreader *s, const SketchNode *node)
{
  return (int64_t)floor(node->at.x / s->cell_width);
}

static int64_t row_of(const Spreader *s, const SketchNode *node)
{
  return (int64_t)floor(node->at.y / s->cell_height);
}

static void fill_grid(Spreader *s)
{
  for (size_t i = 0; i < s->count; i++)
    s->cells[i] = (Cell){key_of(column_of(s, &s->nodes[i]), row_of(s, &s->nodes[i])), (uint32_t)i};
  qsort(s->cells, s->count, sizeof *s->cells, compare_cells);
}

/* The first of the cells that is not before KEY. */
static size_t first_of(const Spreader *s, int64_t key)
{
  size_t low = 0, high = s->count;
  while (low < high) {
    const size_t middle = low + (high - low) / 2;
    if (s->cells[middle].key < key)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

/* Push A and B apart if they overlap; a comes before b, which decides where they coincide. */
static bool push(const Spreader *s, SketchNode *a, SketchNode *b)
{
  const double x = (a->width + b->width) / 2 + s->gap - fabs(a->at.x - b->at.x);
  const double y = (a->height + b->height) / 2 + s->gap - fabs(a->at.y - b->at.y);
  if (x <= 0.01 || y <= 0.01) return false;
  if (x * (a->height + b->height) < y * (a->width + b->width)) {
    const double way = a->at.x > b->at.x ? x / 2 : -x / 2;
    a->at.x += way;
    b->at.x -= way;
  } else {
    const double way = a->at.y > b->at.y ? y / 2 : -y / 2;
    a->at.y += way;
    b->at.y -= way;
  }
  return true;
}

static bool push_in_row(const Spreader *s, uint32_t node, int64_t column, int64_t row)
{
  bool moved = false;
  const int64_t last = key_of(column + 1, row);
  for (size_t i = first_of(s, key_of(column - 1, row)); i < s->count && s->cells[i].key <= last;
       i++)
    if (s->cells[i].node > node) moved |= push(s, &s->nodes[node], &s->nodes[s->cells[i].node]);
  return moved;
}

static bool step(Spreader *s)
{
  bool moved = false;
  fill_grid(s);
  for (uint32_t i = 0; i < s->count; i++) {
    const int64_t column = column_of(s, &s->nodes[i]), row = row_of(s, &s->nodes[i]);
    for (int64_t k = -1; k <= 1; k++) moved |= push_in_row(s, i, column, row + k);
  }
  return moved;
}

Status spread(Sketch *sketch, double gap)
{
  Spreader s = {.nodes = sketch->nodes, .count = sketch->node_count, .gap = gap};
  s.cells = arena_array(&sketch->arena, s.count + 1, sizeof *s.cells);
  if (!s.cells) return STATUS_MEMORY;
  for (size_t i = 0; i < s.count; i++) {
    s.cell_width = fmax(s.cell_width, s.nodes[i].width + gap);
    s.cell_height = fmax(s.cell_height, s.nodes[i].height + gap);
  }
  for (int i = 0; i < MOST_STEPS && step(&s); i++) {
    if (i < STEPS_BEFORE_STRETCH) continue;
    for (size_t j = 0; j < s.count; j++) {
      s.nodes[j].at.x *= STRETCH;
      s.nodes[j].at.y *= STRETCH;
    }
  }
  return STATUS_OK;
}
