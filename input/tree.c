#include "input/tree.h"

#include <string.h>

#define NEVER (-1e9f)
enum { LEFT, RIGHT }; /* where the head of a span is */

static float *score_at(TreeSpace *space, size_t word, size_t head)
{
  return &space->score[word * NETWORK_HEADS + head];
}

/* ---- names ---- */

static float best_outside(TreeSpace *space, size_t word, size_t from, size_t to, size_t count)
{
  float best = NEVER;
  for (size_t h = 0; h <= count; h++) {
    if ((h < from || h > to) && *score_at(space, word, h) > best) best = *score_at(space, word, h);
  }
  return best;
}

static float best_inside(TreeSpace *space, size_t word, size_t from, size_t to)
{
  float best = NEVER;
  for (size_t h = from; h <= to; h++) {
    if (h != word && *score_at(space, word, h) > best) best = *score_at(space, word, h);
  }
  return best;
}

/* The name from FROM to TO hangs outside by the word that gains most by it, all others inside. */
static void bind_name(TreeSpace *space, size_t from, size_t to, size_t count)
{
  size_t head = from;
  float most = NEVER;
  for (size_t i = from; i <= to; i++) {
    const float gain = best_outside(space, i, from, to, count) - best_inside(space, i, from, to);
    if (gain > most) {
      most = gain;
      head = i;
    }
  }
  for (size_t i = from; i <= to; i++) {
    for (size_t h = 0; h <= count; h++) {
      const bool inside = h >= from && h <= to;
      if (inside == (i == head)) *score_at(space, i, h) = NEVER;
    }
  }
}

static void bind_names(TreeSpace *space, const bool *continues, size_t count)
{
  for (size_t from = 0, to; from < count; from = to + 1) {
    to = from;
    while (to + 1 < count && continues[to + 1]) to++;
    if (to > from) bind_name(space, from, to, count);
  }
}

/* ---- the simple case ---- */

static size_t best_head(TreeSpace *space, size_t word, size_t count)
{
  size_t best = count;
  for (size_t h = 0; h < count; h++) {
    if (*score_at(space, word, h) > *score_at(space, word, best)) best = h;
  }
  return best;
}

/* A projective tree with one root is one where the words hang together as brackets do. */
static bool is_tree(const int32_t *heads, size_t count)
{
  int32_t stack[NETWORK_LONGEST] = {0};
  size_t waiting[NETWORK_LONGEST] = {0}, depth = 0, roots = 0;
  for (size_t i = 0; i < count; i++) {
    if (heads[i] < 0) {
      roots++;
    } else {
      waiting[heads[i]]++;
    }
  }
  for (size_t next = 0; next < count; next++) {
    while (depth && !waiting[stack[depth - 1]] && heads[stack[depth - 1]] == (int32_t)next) {
      waiting[next]--;
      depth--;
    }
    stack[depth++] = (int32_t)next;
    while (depth > 1 && !waiting[stack[depth - 1]] && heads[stack[depth - 1]] == stack[depth - 2]) {
      waiting[stack[depth - 2]]--;
      depth--;
    }
  }
  return roots == 1 && depth == 1;
}

/* ---- the chart ---- */

static size_t cell(size_t from, size_t to)
{
  return from * NETWORK_LONGEST + to;
}

static void begin_chart(TreeSpace *space, size_t count)
{
  for (size_t i = 0; i < count; i++) {
    space->closed[LEFT][cell(i, i)] = 0;
    space->closed[RIGHT][cell(i, i)] = 0;
  }
}

/* Two finished halves meet and an arc is laid over them, either way. */
static void join(TreeSpace *space, size_t from, size_t to)
{
  float best = 2 * NEVER;
  size_t at = from;
  for (size_t k = from; k < to; k++) {
    const float sum = space->closed[LEFT][cell(from, k)] + space->closed[RIGHT][cell(k + 1, to)];
    if (sum > best) {
      best = sum;
      at = k;
    }
  }
  space->open_at[cell(from, to)] = (uint8_t)at;
  space->open[LEFT][cell(from, to)] = best + *score_at(space, to, from);
  space->open[RIGHT][cell(from, to)] = best + *score_at(space, from, to);
}

static void finish_left(TreeSpace *space, size_t from, size_t to)
{
  float best = 4 * NEVER;
  for (size_t k = from + 1; k <= to; k++) {
    const float sum = space->open[LEFT][cell(from, k)] + space->closed[LEFT][cell(k, to)];
    if (sum <= best) continue;
    best = sum;
    space->closed_at[LEFT][cell(from, to)] = (uint8_t)k;
  }
  space->closed[LEFT][cell(from, to)] = best;
}

static void finish_right(TreeSpace *space, size_t from, size_t to)
{
  float best = 4 * NEVER;
  for (size_t k = from; k < to; k++) {
    const float sum = space->closed[RIGHT][cell(from, k)] + space->open[RIGHT][cell(k, to)];
    if (sum <= best) continue;
    best = sum;
    space->closed_at[RIGHT][cell(from, to)] = (uint8_t)k;
  }
  space->closed[RIGHT][cell(from, to)] = best;
}

static void fill_chart(TreeSpace *space, size_t count)
{
  begin_chart(space, count);
  for (size_t length = 1; length < count; length++) {
    for (size_t from = 0; from + length < count; from++) {
      join(space, from, from + length);
      finish_left(space, from, from + length);
      finish_right(space, from, from + length);
    }
  }
}

static void read_closed(int32_t *heads, const TreeSpace *space, int side, size_t from, size_t to);

static void read_open(int32_t *heads, const TreeSpace *space, int side, size_t from, size_t to)
{
  const size_t k = space->open_at[cell(from, to)];
  if (side == LEFT) {
    heads[to] = (int32_t)from;
  } else {
    heads[from] = (int32_t)to;
  }
  read_closed(heads, space, LEFT, from, k);
  read_closed(heads, space, RIGHT, k + 1, to);
}

static void read_closed(int32_t *heads, const TreeSpace *space, int side, size_t from, size_t to)
{
  if (from == to) return;
  const size_t k = space->closed_at[side][cell(from, to)];
  if (side == LEFT) {
    read_open(heads, space, LEFT, from, k);
    read_closed(heads, space, LEFT, k, to);
  } else {
    read_closed(heads, space, RIGHT, from, k);
    read_open(heads, space, RIGHT, k, to);
  }
}

static void read_tree(int32_t *heads, TreeSpace *space, size_t count)
{
  size_t root = 0;
  float best = 8 * NEVER;
  for (size_t i = 0; i < count; i++) {
    const float sum = space->closed[RIGHT][cell(0, i)] + space->closed[LEFT][cell(i, count - 1)] +
                      *score_at(space, i, count);
    if (sum <= best) continue;
    best = sum;
    root = i;
  }
  heads[root] = -1;
  read_closed(heads, space, RIGHT, 0, root);
  read_closed(heads, space, LEFT, root, count - 1);
}

void tree_find(int32_t *heads, TreeSpace *space, const float *arcs, const bool *continues,
               size_t count)
{
  for (size_t i = 0; i < count; i++) {
    for (size_t h = 0; h <= count; h++) {
      *score_at(space, i, h) = h == i ? NEVER : scalar_log(arcs[i * NETWORK_HEADS + h]);
    }
  }
  bind_names(space, continues, count);
  for (size_t i = 0; i < count; i++) {
    const size_t head = best_head(space, i, count);
    heads[i] = head == count ? -1 : (int32_t)head;
  }
  if (is_tree(heads, count)) return;
  fill_chart(space, count);
  read_tree(heads, space, count);
}
