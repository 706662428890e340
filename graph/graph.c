/* Quads that were added or removed lately wait in a small hash table; a look-up first moves them
   into a run (see run.h). Runs stand in levels, each with the quads it adds and those it takes from
   the levels below; levels of like size are merged, so there are few, and a change costs
   O(log n) on average. Runs never change and are counted, so an open cursor keeps the state it
   started on. A quad is in the graph if it is in more added than taken runs, which also makes
   counting a sum over the levels. */
#include "graph.h"

#include "dictionary.h"
#include "memory.h"
#include "radix.h"
#include "run.h"

#define MOST_PENDING ((size_t)1 << 18)
#define FIRST_SLOTS 32u
#define MOST_LEVELS 32u

/* What became of a pending quad. SAME: nothing, it was added and removed again. */
typedef enum Change { CHANGE_SAME, CHANGE_ADD, CHANGE_REMOVE } Change;

typedef struct Pending {
  Quad *quads;
  unsigned char *changes; /* Change of each */
  size_t count, capacity, change_capacity;
  uint32_t *slots; /* open addressing: index + 1; 0 is free */
  size_t slot_count;
} Pending;

typedef struct Level {
  Run *plus, *minus; /* NULL if empty */
} Level;

typedef struct Store {
  Pending pending;
  Level *levels; /* oldest and largest first; the first takes nothing */
  size_t level_count, level_capacity;
} Store;

struct Graph {
  Dictionary terms;
  Store *store; /* apart, so that reading a constant graph can bring it up to date */
};

Status graph_new(Graph **out)
{
  *out = NULL;
  Graph *const graph = memory_zero(sizeof *graph);
  if (!graph) return STATUS_MEMORY;
  graph->store = memory_zero(sizeof *graph->store);
  if (!graph->store) {
    memory_free(graph, sizeof *graph);
    return STATUS_MEMORY;
  }
  graph->terms = DICTIONARY_EMPTY;
  *out = graph;
  return STATUS_OK;
}

static void level_release(Level *level)
{
  run_release(level->plus);
  run_release(level->minus);
}

static void pending_clear(Pending *pending)
{
  memory_free(pending->quads, pending->capacity * sizeof *pending->quads);
  memory_free(pending->changes, pending->change_capacity);
  memory_free(pending->slots, pending->slot_count * sizeof *pending->slots);
  *pending = (Pending){0};
}

void graph_free(Graph *graph)
{
  if (!graph) return;
  Store *const store = graph->store;
  for (size_t i = 0; i < store->level_count; i++) level_release(&store->levels[i]);
  memory_free(store->levels, store->level_capacity * sizeof *store->levels);
  pending_clear(&store->pending);
  memory_free(store, sizeof *store);
  dictionary_clear(&graph->terms);
  memory_free(graph, sizeof *graph);
}

/* ---- terms ---- */

Status graph_iri(TermId *out, Graph *graph, Slice iri)
{
  return dictionary_intern(out, &graph->terms, (Term){TERM_IRI, iri, TERM_ANY, SLICE_NONE});
}

Status graph_blank(TermId *out, Graph *graph, Slice label)
{
  return dictionary_intern(out, &graph->terms, (Term){TERM_BLANK, label, TERM_ANY, SLICE_NONE});
}

Status graph_literal(TermId *out, Graph *graph, Slice lexical, TermId datatype, Slice language)
{
  return dictionary_intern(out, &graph->terms, (Term){TERM_LITERAL, lexical, datatype, language});
}

TermId graph_find_iri(const Graph *graph, Slice iri)
{
  return dictionary_find(&graph->terms, (Term){TERM_IRI, iri, TERM_ANY, SLICE_NONE});
}

TermId graph_find_term(const Graph *graph, const Term *term)
{
  return dictionary_find(&graph->terms, *term);
}

Term graph_term(const Graph *graph, TermId id)
{
  return dictionary_term(&graph->terms, id);
}

size_t graph_term_count(const Graph *graph)
{
  return graph->terms.count;
}

/* ---- pending quads ---- */

static bool same_quad(Quad a, Quad b)
{
  return a.subject == b.subject && a.predicate == b.predicate && a.object == b.object &&
         a.graph == b.graph;
}

static size_t hash_quad(Quad quad)
{
  uint64_t hash = (uint64_t)quad.subject << 32 | quad.object;
  hash = (hash ^ hash >> 32) * 0x9E3779B97F4A7C15u;
  hash ^= ((uint64_t)quad.predicate << 32 | quad.graph) * 0xC2B2AE3D27D4EB4Fu;
  hash = (hash ^ hash >> 29) * 0xBF58476D1CE4E5B9u;
  return (size_t)(hash ^ hash >> 32);
}

/* The slot of QUAD, or the free slot where it belongs. */
static size_t find_slot(const Pending *pending, Quad quad)
{
  const size_t mask = pending->slot_count - 1;
  size_t at = hash_quad(quad) & mask;
  while (pending->slots[at] && !same_quad(pending->quads[pending->slots[at] - 1], quad)) {
    at = (at + 1) & mask;
  }
  return at;
}

static unsigned char *find_change(const Pending *pending, Quad quad)
{
  if (!pending->count) return NULL;
  const uint32_t slot = pending->slots[find_slot(pending, quad)];
  return slot ? &pending->changes[slot - 1] : NULL;
}

static Status grow_slots(Pending *pending)
{
  const size_t count = pending->slot_count ? pending->slot_count * 2 : FIRST_SLOTS;
  uint32_t *const slots = memory_array(NULL, 0, count, sizeof *slots);
  if (!slots) return STATUS_MEMORY;
  memset(slots, 0, count * sizeof *slots);
  memory_free(pending->slots, pending->slot_count * sizeof *slots);
  pending->slots = slots;
  pending->slot_count = count;
  for (size_t i = 0; i < pending->count; i++) {
    pending->slots[find_slot(pending, pending->quads[i])] = (uint32_t)i + 1;
  }
  return STATUS_OK;
}

static Status pending_add(Pending *pending, Quad quad, Change change)
{
  if (pending->count >= pending->slot_count / 4 * 3) TRY(grow_slots(pending));
  Quad *const quads =
      memory_grow(pending->quads, &pending->capacity, pending->count, 1, sizeof *quads);
  if (!quads) return STATUS_MEMORY;
  pending->quads = quads;
  unsigned char *const changes =
      memory_grow(pending->changes, &pending->change_capacity, pending->count, 1, 1);
  if (!changes) return STATUS_MEMORY;
  pending->changes = changes;
  pending->slots[find_slot(pending, quad)] = (uint32_t)pending->count + 1;
  pending->quads[pending->count] = quad;
  pending->changes[pending->count++] = (unsigned char)change;
  return STATUS_OK;
}

/* Forget all, but keep the room unless it is large. Slots are freed last in, first out, so that no
   search for an earlier quad ends too soon. */
static void pending_empty(Pending *pending)
{
  if (pending->capacity > MOST_PENDING / 16) {
    pending_clear(pending);
    return;
  }
  while (pending->count > 0) {
    const size_t slot = find_slot(pending, pending->quads[pending->count - 1]);
    pending->slots[slot] = 0;
    pending->count--;
  }
}

/* ---- levels ---- */

static size_t level_size(const Level *level)
{
  return (level->plus ? level->plus->count : 0) + (level->minus ? level->minus->count : 0);
}

static bool run_contains(const Run *run, const Key *key)
{
  if (!run) return false;
  Reader reader;
  reader_seek(&reader, &run->sorted[ORDER_SPOG], key, 4, false);
  return !reader_done(&reader) && key_compare(&reader.key, key, 4) == 0;
}

/* The newest level that knows the quad decides. */
static bool levels_contain(const Store *store, Quad quad)
{
  const Key key = key_of(quad, ORDER_SPOG);
  for (size_t i = store->level_count; i-- > 0;) {
    if (run_contains(store->levels[i].plus, &key)) return true;
    if (run_contains(store->levels[i].minus, &key)) return false;
  }
  return false;
}

static Status merge_levels(Store *store, size_t first)
{
  const size_t most = 2 * (store->level_count - first);
  RunInput *const inputs = memory_array(NULL, 0, most, sizeof *inputs);
  if (!inputs) return STATUS_MEMORY;
  size_t count = 0;
  for (size_t i = first; i < store->level_count; i++) {
    const Level *const level = &store->levels[i];
    if (level->plus) inputs[count++] = (RunInput){level->plus, 1};
    if (level->minus) inputs[count++] = (RunInput){level->minus, -1};
  }
  Level merged = {NULL, NULL};
  const Status status = run_merge(&merged.plus, &merged.minus, inputs, count);
  memory_free(inputs, most * sizeof *inputs);
  if (status != STATUS_OK) return status;
  for (size_t i = first; i < store->level_count; i++) level_release(&store->levels[i]);
  store->level_count = first;
  if (merged.plus || merged.minus) store->levels[store->level_count++] = merged;
  return STATUS_OK;
}

/* Merge the newest levels until each is less than half of the one below. */
static Status settle(Store *store)
{
  if (store->level_count < 2) return STATUS_OK;
  size_t first = store->level_count - 1;
  size_t size = level_size(&store->levels[first]);
  while (first > 0 && size * 2 >= level_size(&store->levels[first - 1])) {
    size += level_size(&store->levels[--first]);
  }
  return first + 1 < store->level_count ? merge_levels(store, first) : STATUS_OK;
}

/* ---- from pending to a level ---- */

static const unsigned char BY_SPOG[4] = {3, 2, 1, 0};

/* A level being walked in step with sorted quads. */
typedef struct Walk {
  Reader plus, minus;
} Walk;

static const Sorted NOTHING;

static bool walk_meets(Reader *reader, const Key *key)
{
  reader_advance(reader, key);
  return !reader_done(reader) && key_compare(&reader->key, key, 4) == 0;
}

/* Like levels_contain, for keys that only grow. */
static bool walks_contain(Walk *walks, size_t count, const Key *key)
{
  for (size_t i = count; i-- > 0;) {
    if (walk_meets(&walks[i].plus, key)) return true;
    if (walk_meets(&walks[i].minus, key)) return false;
  }
  return false;
}

/* Keep of the sorted QUADS those that the levels lack; returns how many. */
static size_t keep_new(Quad *quads, size_t count, const Store *store, Walk *walks)
{
  for (size_t i = 0; i < store->level_count; i++) {
    const Level *const level = &store->levels[i];
    reader_start(&walks[i].plus, level->plus ? &level->plus->sorted[ORDER_SPOG] : &NOTHING);
    reader_start(&walks[i].minus, level->minus ? &level->minus->sorted[ORDER_SPOG] : &NOTHING);
  }
  size_t kept = 0;
  for (size_t i = 0; i < count; i++) {
    const Key key = key_of(quads[i], ORDER_SPOG);
    if (!walks_contain(walks, store->level_count, &key)) quads[kept++] = quads[i];
  }
  return kept;
}

static Status drop_known(size_t *kept, Quad *quads, size_t count, const Store *store)
{
  *kept = count;
  if (!store->level_count || !count) return STATUS_OK;
  Quad *const scratch = memory_array(NULL, 0, count, sizeof *scratch);
  Walk *const walks = memory_array(NULL, 0, store->level_count, sizeof *walks);
  const Status status = scratch && walks ? STATUS_OK : STATUS_MEMORY;
  if (status == STATUS_OK) {
    radix_sort(quads, scratch, count, BY_SPOG, 4);
    *kept = keep_new(quads, count, store, walks);
  }
  memory_free(scratch, count * sizeof *scratch);
  memory_free(walks, store->level_count * sizeof *walks);
  return status;
}

static size_t take_changes(Quad *out, const Pending *pending, Change change)
{
  size_t count = 0;
  for (size_t i = 0; i < pending->count; i++) {
    if (pending->changes[i] == (unsigned char)change) out[count++] = pending->quads[i];
  }
  return count;
}

/* Removed quads are known to be in the levels: that is seen to when they are removed. */
static Status make_level(Level *out, const Store *store, Quad *room)
{
  size_t count = take_changes(room, &store->pending, CHANGE_ADD);
  TRY(drop_known(&count, room, count, store));
  if (count) TRY(run_new(&out->plus, room, count));
  count = take_changes(room, &store->pending, CHANGE_REMOVE);
  return count ? run_new(&out->minus, room, count) : STATUS_OK;
}

static Status flush(Store *store)
{
  const size_t count = store->pending.count;
  if (!count) return STATUS_OK;
  Level *const levels =
      memory_grow(store->levels, &store->level_capacity, store->level_count, 1, sizeof *levels);
  if (!levels) return STATUS_MEMORY;
  store->levels = levels;
  Quad *const room = memory_array(NULL, 0, count, sizeof *room);
  if (!room) return STATUS_MEMORY;
  Level level = {NULL, NULL};
  const Status status = make_level(&level, store, room);
  memory_free(room, count * sizeof *room);
  if (status != STATUS_OK) {
    level_release(&level);
    return status;
  }
  if (level.plus || level.minus) store->levels[store->level_count++] = level;
  pending_empty(&store->pending);
  return STATUS_OK;
}

/* A look-up is right on unmerged levels too, so it does not fail where merging does. */
static Status bring_up_to_date(Store *store)
{
  TRY(flush(store));
  (void)settle(store);
  return STATUS_OK;
}

static Status flush_if_full(Store *store)
{
  if (store->pending.count < MOST_PENDING) return STATUS_OK;
  TRY(flush(store));
  return store->level_count >= MOST_LEVELS ? settle(store) : STATUS_OK;
}

/* ---- quads ---- */

static bool bad_quad(const Graph *graph, Quad quad)
{
  const size_t count = graph->terms.count;
  return !quad.subject || quad.subject > count || !quad.predicate || quad.predicate > count ||
         !quad.object || quad.object > count || quad.graph > count;
}

static Quad stored(Quad quad)
{
  if (quad.graph == TERM_DEFAULT_GRAPH) quad.graph = TERM_ANY;
  return quad;
}

Status graph_add(Graph *graph, Quad quad)
{
  Store *const store = graph->store;
  quad = stored(quad);
  if (bad_quad(graph, quad)) return STATUS_ARGUMENT;
  unsigned char *const change = find_change(&store->pending, quad);
  if (change) {
    *change = *change == CHANGE_REMOVE ? CHANGE_SAME : CHANGE_ADD;
    return STATUS_OK;
  }
  TRY(flush_if_full(store));
  return pending_add(&store->pending, quad, CHANGE_ADD);
}

/* CHANGE_SAME leaves open whether the levels have the quad; only they can tell. */
static bool store_contains(const Store *store, Quad quad)
{
  const unsigned char *const change = find_change(&store->pending, quad);
  if (change && *change != CHANGE_SAME) return *change == CHANGE_ADD;
  return levels_contain(store, quad);
}

Status graph_remove(Graph *graph, Quad quad)
{
  Store *const store = graph->store;
  quad = stored(quad);
  if (bad_quad(graph, quad) || !store_contains(store, quad)) return STATUS_NOT_FOUND;
  const Change wanted = levels_contain(store, quad) ? CHANGE_REMOVE : CHANGE_SAME;
  unsigned char *const change = find_change(&store->pending, quad);
  if (change) {
    *change = (unsigned char)wanted;
    return STATUS_OK;
  }
  TRY(flush_if_full(store));
  return pending_add(&store->pending, quad, wanted);
}

bool graph_contains(const Graph *graph, Quad quad)
{
  quad = stored(quad);
  return !bad_quad(graph, quad) && store_contains(graph->store, quad);
}

Status graph_index(Graph *graph)
{
  TRY(flush(graph->store));
  return settle(graph->store);
}

/* ---- matching ---- */

typedef struct Source {
  Run *run;
  int sign;
  Order order;
  size_t left; /* keys of the range still to come, with the one under the reader */
  Reader reader;
} Source;

struct GraphCursor {
  Order order; /* in which the quads come; what a run of one graph has instead agrees with it */
  size_t count;
  Source sources[];
};

/* The place of the range of PATTERN in RUN, and how many keys it has. */
static size_t find_range(Reader *reader, Order *order, const Run *run, Range range)
{
  if (!run || !range_fit(&range, run)) return 0;
  const Sorted *const sorted = &run->sorted[range.order];
  *order = range.order;
  if (!range.width) {
    reader_start(reader, sorted);
    return sorted->count;
  }
  Reader end;
  reader_seek(&end, sorted, &range.key, range.width, true);
  reader_seek(reader, sorted, &range.key, range.width, false);
  return end.at - reader->at;
}

static void add_source(GraphCursor *cursor, Run *run, int sign, Range range)
{
  Source *const source = &cursor->sources[cursor->count];
  source->left = find_range(&source->reader, &source->order, run, range);
  if (!source->left) return;
  source->run = run_share(run);
  source->sign = sign;
  cursor->count++;
}

Status graph_match(GraphCursor **out, Graph *graph, Quad pattern)
{
  Store *const store = graph->store;
  *out = NULL;
  TRY(bring_up_to_date(store));
  const Range range = range_of(pattern);
  GraphCursor *const cursor =
      memory_resize(NULL, 0, sizeof *cursor + 2 * store->level_count * sizeof *cursor->sources);
  if (!cursor) return STATUS_MEMORY;
  cursor->order = range.order;
  cursor->count = 0;
  for (size_t i = 0; i < store->level_count; i++) {
    add_source(cursor, store->levels[i].plus, 1, range);
    add_source(cursor, store->levels[i].minus, -1, range);
  }
  *out = cursor;
  return STATUS_OK;
}

static Quad source_take(Source *source)
{
  const Quad quad = key_quad(source->reader.key, source->order);
  if (--source->left) reader_next(&source->reader);
  return quad;
}

static Key source_key(const Source *source, Order order)
{
  return key_of(key_quad(source->reader.key, source->order), order);
}

/* Take the least quad off all sources that stand on it; false at the end. */
static bool take_least(GraphCursor *cursor, Quad *out, int *sum)
{
  bool found = false;
  Key least = {{0, 0, 0, 0}};
  for (size_t i = 0; i < cursor->count; i++) {
    if (!cursor->sources[i].left) continue;
    const Key key = source_key(&cursor->sources[i], cursor->order);
    if (!found || key_compare(&key, &least, 4) < 0) least = key;
    found = true;
  }
  *sum = 0;
  for (size_t i = 0; i < cursor->count; i++) {
    Source *const source = &cursor->sources[i];
    if (!source->left) continue;
    const Key key = source_key(source, cursor->order);
    if (key_compare(&key, &least, 4) != 0) continue;
    *out = source_take(source);
    *sum += source->sign;
  }
  return found;
}

bool graph_next(GraphCursor *cursor, Quad *out)
{
  if (cursor->count == 1) {
    Source *const only = &cursor->sources[0];
    if (!only->left) return false;
    *out = source_take(only);
    return true;
  }
  for (int sum; take_least(cursor, out, &sum);) {
    if (sum > 0) return true;
  }
  return false;
}

void graph_match_end(GraphCursor *cursor)
{
  if (!cursor) return;
  for (size_t i = 0; i < cursor->count; i++) run_release(cursor->sources[i].run);
  memory_free(cursor, 0);
}

static size_t count_levels(const Store *store, Quad pattern)
{
  const Range range = range_of(pattern);
  size_t sum = 0;
  Reader reader;
  Order order;
  for (size_t i = 0; i < store->level_count; i++) {
    sum += find_range(&reader, &order, store->levels[i].plus, range);
    sum -= find_range(&reader, &order, store->levels[i].minus, range);
  }
  return sum;
}

static bool fits(Quad quad, Quad pattern)
{
  return (!pattern.subject || pattern.subject == quad.subject) &&
         (!pattern.predicate || pattern.predicate == quad.predicate) &&
         (!pattern.object || pattern.object == quad.object) &&
         (!pattern.graph || stored(pattern).graph == quad.graph);
}

/* Without memory for an index the pending quads are counted one by one. */
static size_t count_all(Store *store, Quad pattern)
{
  (void)bring_up_to_date(store);
  size_t sum = count_levels(store, pattern);
  for (size_t i = 0; i < store->pending.count; i++) {
    const Quad quad = store->pending.quads[i];
    if (!fits(quad, pattern)) continue;
    const bool below = levels_contain(store, quad);
    if (store->pending.changes[i] == CHANGE_ADD && !below) sum++;
    if (store->pending.changes[i] == CHANGE_REMOVE && below) sum--;
  }
  return sum;
}

size_t graph_count(Graph *graph, Quad pattern)
{
  return count_all(graph->store, pattern);
}

size_t graph_size(const Graph *graph)
{
  return count_all(graph->store, (Quad){TERM_ANY, TERM_ANY, TERM_ANY, TERM_ANY});
}

/* The least graph id of RUN that is not below FROM; 0 if none. */
static TermId graph_from(const Run *run, TermId from)
{
  if (!run) return TERM_ANY;
  if (run->one_graph) return run->graph >= from ? run->graph : TERM_ANY;
  const Key key = {{from, 0, 0, 0}};
  Reader reader;
  reader_seek(&reader, &run->sorted[ORDER_GSPO], &key, 1, false);
  return reader_done(&reader) ? TERM_ANY : reader.key.column[0];
}

TermId graph_next_graph(Graph *graph, TermId after)
{
  Store *const store = graph->store;
  (void)bring_up_to_date(store);
  for (TermId least = after;;) {
    const TermId from = least + 1;
    least = TERM_ANY;
    for (size_t i = 0; i < store->level_count; i++) {
      const TermId here = graph_from(store->levels[i].plus, from);
      if (here && (!least || here < least)) least = here;
    }
    if (!least || graph_count(graph, (Quad){TERM_ANY, TERM_ANY, TERM_ANY, least})) return least;
  }
}

size_t graph_memory(const Graph *graph)
{
  const Store *const store = graph->store;
  const Pending *const pending = &store->pending;
  size_t sum = sizeof *graph + sizeof *store + dictionary_memory(&graph->terms);
  sum += pending->capacity * sizeof *pending->quads + pending->change_capacity +
         pending->slot_count * sizeof *pending->slots;
  sum += store->level_capacity * sizeof *store->levels;
  for (size_t i = 0; i < store->level_count; i++) {
    sum += run_memory(store->levels[i].plus) + run_memory(store->levels[i].minus);
  }
  return sum;
}
