/* Members are ranked first, so that everything after works on small integers. Directed pairs:
   subjects with the same set of objects share a group. Symmetric pairs: each connected component
   that is a clique or complete bipartite is a group; any other falls apart into the directed groups
   of its pairs, smaller member first. */
#include "grouping.h"

#include "memory.h"

#include <stdlib.h>

typedef struct Grouping {
  Arena *arena;
  const uint32_t *names; /* rank -> member */
  uint32_t rank_count;
  Group *groups;
  size_t count, capacity;
} Grouping;

/* ---- ranks ---- */

/* Merge sort, since qsort has no handle. */
static void sort_members(uint32_t *items, uint32_t *space, size_t count, MemberOrder order,
                         const void *handle)
{
  for (size_t width = 1; width < count; width *= 2) {
    for (size_t low = 0; low < count; low += 2 * width) {
      const size_t middle = low + width < count ? low + width : count;
      const size_t high = low + 2 * width < count ? low + 2 * width : count;
      size_t i = low, j = middle;
      for (size_t k = low; k < high; k++) {
        const bool left = i < middle && (j >= high || order(handle, items[i], items[j]) <= 0);
        space[k] = left ? items[i++] : items[j++];
      }
    }
    memcpy(items, space, count * sizeof *items);
  }
}

static uint32_t rank_of(const Grouping *g, uint32_t member, MemberOrder order, const void *handle)
{
  uint32_t low = 0, high = g->rank_count;
  while (low + 1 < high) {
    const uint32_t middle = low + (high - low) / 2;
    if (order(handle, member, g->names[middle]) < 0) {
      high = middle;
    } else {
      low = middle;
    }
  }
  return low;
}

static Status rank_members(Grouping *g, Pair *pairs, size_t count, MemberOrder order,
                           const void *handle)
{
  uint32_t *const names = arena_array(g->arena, 2 * count, sizeof *names);
  uint32_t *const space = arena_array(g->arena, 2 * count, sizeof *space);
  if (!names || !space) return STATUS_MEMORY;
  for (size_t i = 0; i < count; i++) {
    names[2 * i] = pairs[i].subject;
    names[2 * i + 1] = pairs[i].object;
  }
  sort_members(names, space, 2 * count, order, handle);
  for (size_t i = 0; i < 2 * count; i++) {
    if (i == 0 || order(handle, names[g->rank_count - 1], names[i])) {
      names[g->rank_count++] = names[i];
    }
  }
  g->names = names;
  for (size_t i = 0; i < count; i++) {
    pairs[i].subject = rank_of(g, pairs[i].subject, order, handle);
    pairs[i].object = rank_of(g, pairs[i].object, order, handle);
  }
  return STATUS_OK;
}

static int compare_pairs(const void *a, const void *b)
{
  const Pair *const x = a, *const y = b;
  if (x->subject != y->subject) return x->subject < y->subject ? -1 : 1;
  return (x->object > y->object) - (x->object < y->object);
}

/* Drop pairs of one with itself and put the smaller member first. */
static size_t turn_pairs(Pair *pairs, size_t count)
{
  size_t kept = 0;
  for (size_t i = 0; i < count; i++) {
    const Pair p = pairs[i];
    if (p.subject == p.object) continue;
    pairs[kept++] = p.subject < p.object ? p : (Pair){p.object, p.subject};
  }
  return kept;
}

/* Sort and drop duplicates. */
static size_t tidy_pairs(Pair *pairs, size_t count)
{
  size_t kept = 0;
  if (count) qsort(pairs, count, sizeof *pairs, compare_pairs);
  for (size_t i = 0; i < count; i++) {
    if (i == 0 || compare_pairs(&pairs[kept - 1], &pairs[i])) pairs[kept++] = pairs[i];
  }
  return kept;
}

/* ---- groups ---- */

static Status add_group(Grouping *g, const uint32_t *subjects, size_t subject_count,
                        const uint32_t *objects, size_t object_count)
{
  Group *const groups =
      arena_grow(g->arena, g->groups, &g->capacity, g->count, 1, sizeof *g->groups);
  uint32_t *const members = arena_array(g->arena, subject_count + object_count, sizeof *members);
  if (!groups || !members) return STATUS_MEMORY;
  for (size_t i = 0; i < subject_count; i++) members[i] = g->names[subjects[i]];
  for (size_t i = 0; i < object_count; i++) members[subject_count + i] = g->names[objects[i]];
  g->groups = groups;
  groups[g->count++] = (Group){{members, subject_count}, {members + subject_count, object_count}};
  return STATUS_OK;
}

/* A subject's run in the sorted pairs. */
typedef struct Run {
  const Pair *pairs;
  size_t count;
} Run;

static int compare_runs(const void *a, const void *b)
{
  const Run *const x = a, *const y = b;
  for (size_t i = 0; i < x->count && i < y->count; i++) {
    const uint32_t p = x->pairs[i].object, q = y->pairs[i].object;
    if (p != q) return p < q ? -1 : 1;
  }
  if (x->count != y->count) return x->count < y->count ? -1 : 1;
  return (x->pairs->subject > y->pairs->subject) - (x->pairs->subject < y->pairs->subject);
}

static bool same_objects(const Run *a, const Run *b)
{
  if (a->count != b->count) return false;
  for (size_t i = 0; i < a->count; i++) {
    if (a->pairs[i].object != b->pairs[i].object) return false;
  }
  return true;
}

static size_t find_runs(Run *runs, const Pair *pairs, size_t count)
{
  size_t run_count = 0;
  for (size_t i = 0; i < count; i++) {
    if (i == 0 || pairs[i].subject != pairs[i - 1].subject) runs[run_count++] = (Run){&pairs[i], 0};
    runs[run_count - 1].count++;
  }
  return run_count;
}

static Status group_directed(Grouping *g, const Pair *pairs, size_t count)
{
  Run *const runs = arena_array(g->arena, count, sizeof *runs);
  uint32_t *const members = arena_array(g->arena, 2 * count, sizeof *members);
  if (!runs || !members) return STATUS_MEMORY;
  const size_t run_count = find_runs(runs, pairs, count);
  if (run_count) qsort(runs, run_count, sizeof *runs, compare_runs);
  for (size_t first = 0, next; first < run_count; first = next) {
    for (next = first; next < run_count && same_objects(&runs[first], &runs[next]); next++) {
      members[next - first] = runs[next].pairs->subject;
    }
    uint32_t *const objects = members + count;
    for (size_t i = 0; i < runs[first].count; i++) objects[i] = runs[first].pairs[i].object;
    TRY(add_group(g, members, next - first, objects, runs[first].count));
  }
  return STATUS_OK;
}

/* ---- symmetric pairs ---- */

typedef struct Adjacency {
  uint32_t *first; /* of each rank in `next`; one more at the end */
  uint32_t *next;
  uint8_t *colour; /* 0 not seen, 1, 2 */
  uint32_t *queue;
} Adjacency;

static Status adjacency_new(Adjacency *a, Grouping *g, const Pair *pairs, size_t count)
{
  const size_t n = g->rank_count;
  a->first = arena_array(g->arena, n + 2, sizeof *a->first);
  a->next = arena_array(g->arena, 2 * count, sizeof *a->next);
  a->colour = arena_array(g->arena, n, sizeof *a->colour);
  a->queue = arena_array(g->arena, n, sizeof *a->queue);
  if (!a->first || !a->next || !a->colour || !a->queue) return STATUS_MEMORY;
  for (size_t i = 0; i < count; i++) {
    a->first[pairs[i].subject + 2]++;
    a->first[pairs[i].object + 2]++;
  }
  for (size_t i = 2; i < n + 2; i++) a->first[i] += a->first[i - 1];
  for (size_t i = 0; i < count; i++) {
    a->next[a->first[pairs[i].subject + 1]++] = pairs[i].object;
    a->next[a->first[pairs[i].object + 1]++] = pairs[i].subject;
  }
  return STATUS_OK;
}

/* Breadth first from START, colouring alternately; returns how many members, left in the queue. */
static size_t walk_component(Adjacency *a, uint32_t start, bool *bipartite)
{
  size_t head = 0, tail = 0;
  a->queue[tail++] = start;
  a->colour[start] = 1;
  *bipartite = true;
  while (head < tail) {
    const uint32_t at = a->queue[head++];
    for (uint32_t i = a->first[at]; i < a->first[at + 1]; i++) {
      const uint32_t other = a->next[i];
      if (!a->colour[other]) {
        a->colour[other] = (uint8_t)(3 - a->colour[at]);
        a->queue[tail++] = other;
      } else if (a->colour[other] == a->colour[at]) {
        *bipartite = false;
      }
    }
  }
  return tail;
}

static int compare_ranks(const void *a, const void *b)
{
  const uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
  return (x > y) - (x < y);
}

static size_t pairs_within(const Adjacency *a, const uint32_t *members, size_t count)
{
  size_t ends = 0;
  for (size_t i = 0; i < count; i++) ends += a->first[members[i] + 1] - a->first[members[i]];
  return ends / 2;
}

static Status add_two_sides(Grouping *g, const Adjacency *a, const uint32_t *members, size_t count)
{
  uint32_t *const sides = arena_array(g->arena, count, sizeof *sides);
  if (!sides) return STATUS_MEMORY;
  size_t n = 0;
  for (int colour = 1; colour <= 2; colour++) {
    for (size_t i = 0; i < count; i++) {
      if (a->colour[members[i]] == colour) sides[n++] = members[i];
    }
  }
  size_t ones = 0;
  while (ones < count && a->colour[sides[ones]] == 1) ones++;
  return add_group(g, sides, ones, sides + ones, count - ones);
}

/* The pairs of a component that is neither clique nor complete bipartite, smaller member first. */
static Status add_irregular(Grouping *g, const Adjacency *a, const uint32_t *members, size_t count,
                            size_t pair_count)
{
  Pair *const pairs = arena_array(g->arena, pair_count, sizeof *pairs);
  if (!pairs) return STATUS_MEMORY;
  size_t n = 0;
  for (size_t i = 0; i < count; i++) {
    for (uint32_t k = a->first[members[i]]; k < a->first[members[i] + 1]; k++) {
      if (a->next[k] > members[i]) pairs[n++] = (Pair){members[i], a->next[k]};
    }
  }
  qsort(pairs, n, sizeof *pairs, compare_pairs);
  return group_directed(g, pairs, n);
}

static Status group_symmetric(Grouping *g, const Pair *pairs, size_t count)
{
  Adjacency a;
  TRY(adjacency_new(&a, g, pairs, count));
  for (uint32_t start = 0; start < g->rank_count; start++) {
    if (a.colour[start] || a.first[start] == a.first[start + 1]) continue;
    bool bipartite;
    const size_t n = walk_component(&a, start, &bipartite);
    uint32_t *const members = arena_array(g->arena, n, sizeof *members);
    if (!members) return STATUS_MEMORY;
    memcpy(members, a.queue, n * sizeof *members);
    qsort(members, n, sizeof *members, compare_ranks);
    const size_t pair_count = pairs_within(&a, members, n);
    size_t ones = 0;
    for (size_t i = 0; i < n; i++) ones += a.colour[members[i]] == 1;
    if (n > 2 && pair_count == n * (n - 1) / 2) {
      TRY(add_group(g, members, n, NULL, 0));
    } else if (bipartite && pair_count == ones * (n - ones)) {
      TRY(add_two_sides(g, &a, members, n));
    } else {
      TRY(add_irregular(g, &a, members, n, pair_count));
    }
  }
  return STATUS_OK;
}

Status group_pairs(Group **out, size_t *count, Arena *arena, Pair *pairs, size_t pair_count,
                   bool symmetric, MemberOrder order, const void *handle)
{
  Grouping g = {.arena = arena};
  *out = NULL;
  *count = 0;
  if (!pair_count) return STATUS_OK;
  TRY(rank_members(&g, pairs, pair_count, order, handle));
  const size_t turned = symmetric ? turn_pairs(pairs, pair_count) : pair_count;
  const size_t kept = tidy_pairs(pairs, turned);
  TRY(symmetric ? group_symmetric(&g, pairs, kept) : group_directed(&g, pairs, kept));
  *out = g.groups;
  *count = g.count;
  return STATUS_OK;
}
