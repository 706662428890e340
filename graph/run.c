/* Every key but the first of a block says in a byte which column is the first to differ from the
   key before, whether the last column stays, and (up to 30) by how much the column grows; the
   columns after it follow as varints. That is 2 to 6 bytes a key instead of 16, a block is decoded
   in a fraction of a microsecond, and the place of a key in its order is known from its block, so
   that ranges are counted without walking them. */
#include "run.h"

#include "memory.h"
#include "radix.h"
#include "varint.h"

#define RUN_BLOCK 32u
#define INLINE_DELTA 31u
#define LONGEST_KEY (1 + 4 * VARINT_LONGEST)

/* Which field of a quad (as four ids in a row) stands in each column of each order. */
static const unsigned char FIELDS[ORDERS][4] = {{0, 1, 2, 3}, {1, 2, 0, 3}, {2, 0, 1, 3},
                                                {3, 0, 1, 2}, {3, 1, 2, 0}, {3, 2, 0, 1}};

Key key_of(Quad quad, Order order)
{
  const uint32_t field[4] = {quad.subject, quad.predicate, quad.object, quad.graph};
  const unsigned char *const at = FIELDS[order];
  return (Key){{field[at[0]], field[at[1]], field[at[2]], field[at[3]]}};
}

Quad key_quad(Key key, Order order)
{
  uint32_t field[4];
  for (unsigned i = 0; i < 4; i++) field[FIELDS[order][i]] = key.column[i];
  return (Quad){field[0], field[1], field[2], field[3]};
}

int key_compare(const Key *a, const Key *b, unsigned width)
{
  for (unsigned i = 0; i < width; i++) {
    if (a->column[i] != b->column[i]) return a->column[i] < b->column[i] ? -1 : 1;
  }
  return 0;
}

Range range_of(Quad pattern)
{
  static const struct {
    unsigned char order, width;
  } BY_BOUND[8] = {{ORDER_SPOG, 0}, {ORDER_SPOG, 1}, {ORDER_POSG, 1}, {ORDER_SPOG, 2},
                   {ORDER_OSPG, 1}, {ORDER_OSPG, 2}, {ORDER_POSG, 2}, {ORDER_SPOG, 3}};
  const unsigned bound =
      (pattern.subject ? 1u : 0u) | (pattern.predicate ? 2u : 0u) | (pattern.object ? 4u : 0u);
  const bool any_graph = pattern.graph == TERM_ANY;
  Range range = {(Order)BY_BOUND[bound].order, BY_BOUND[bound].width, {{0, 0, 0, 0}}};
  if (pattern.graph == TERM_DEFAULT_GRAPH) pattern.graph = TERM_ANY;
  if (!any_graph) {
    range.order = (Order)(range.order + ORDER_GSPO);
    range.width++;
  }
  range.key = key_of(pattern, range.order);
  return range;
}

bool range_fit(Range *range, const Run *run)
{
  if (!run->one_graph || range->order < ORDER_GSPO) return true;
  if (run->graph != range->key.column[0]) return false;
  const Quad quad = key_quad(range->key, range->order);
  range->order = (Order)(range->order - ORDER_GSPO);
  range->width--;
  range->key = key_of(quad, range->order);
  return true;
}

/* ---- reading ---- */

static const unsigned char *decode(Key *key, const unsigned char *at)
{
  const unsigned tag = *at++;
  unsigned column = tag & 3;
  uint32_t delta = tag >> 3;
  if (delta == INLINE_DELTA) {
    at = varint_read32(&delta, at);
    delta += INLINE_DELTA;
  }
  key->column[column] += delta + 1;
  const unsigned end = tag & 4 ? 3 : 4;
  while (++column < end) at = varint_read32(&key->column[column], at);
  return at;
}

static void start_block(Reader *reader, size_t block)
{
  reader->at = block * RUN_BLOCK;
  reader->key = reader->sorted->heads[block];
  const unsigned char *const bytes = reader->sorted->bytes; /* NULL if no block has a second key */
  reader->next = bytes ? bytes + reader->sorted->offsets[block] : NULL;
}

void reader_start(Reader *reader, const Sorted *sorted)
{
  reader->sorted = sorted;
  reader->at = 0;
  if (sorted->count) start_block(reader, 0);
}

void reader_next(Reader *reader)
{
  reader->at++;
  if (reader->at % RUN_BLOCK) {
    if (reader->at < reader->sorted->count) reader->next = decode(&reader->key, reader->next);
  } else if (reader->at < reader->sorted->count) {
    start_block(reader, reader->at / RUN_BLOCK);
  }
}

/* The first block from FROM on whose head is not below KEY (or, if AFTER, above it). */
static size_t find_block(const Sorted *sorted, size_t from, const Key *key, unsigned width,
                         bool after)
{
  size_t low = from, high = sorted->block_count;
  while (low < high) {
    const size_t middle = low + (high - low) / 2;
    if (key_compare(&sorted->heads[middle], key, width) < (after ? 1 : 0)) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

void reader_seek(Reader *reader, const Sorted *sorted, const Key *key, unsigned width, bool after)
{
  const int bar = after ? 1 : 0;
  reader->sorted = sorted;
  reader->at = 0;
  if (!sorted->count) return;
  const size_t block = find_block(sorted, 0, key, width, after);
  start_block(reader, block ? block - 1 : 0);
  while (!reader_done(reader) && key_compare(&reader->key, key, width) < bar) reader_next(reader);
}

void reader_advance(Reader *reader, const Key *key)
{
  if (reader_done(reader)) return;
  const Sorted *const sorted = reader->sorted;
  const size_t following = reader->at / RUN_BLOCK + 1;
  if (following < sorted->block_count && key_compare(&sorted->heads[following], key, 4) <= 0) {
    start_block(reader, find_block(sorted, following, key, 4, true) - 1);
  }
  while (!reader_done(reader) && key_compare(&reader->key, key, 4) < 0) reader_next(reader);
}

/* ---- writing ---- */

typedef struct Writer {
  Sorted *sorted;
  size_t capacity, block_capacity, offset_capacity;
  Key last;
} Writer;

static unsigned char *encode(unsigned char *out, const Key *last, const Key *key)
{
  unsigned column = 0;
  while (column < 3 && key->column[column] == last->column[column]) column++;
  const bool same_end = column < 3 && key->column[3] == last->column[3];
  const uint32_t delta = key->column[column] - last->column[column] - 1;
  const uint32_t code = delta < INLINE_DELTA ? delta : INLINE_DELTA;
  *out++ = (unsigned char)(column | (same_end ? 4u : 0u) | code << 3);
  if (code == INLINE_DELTA) out = varint_write(out, delta - INLINE_DELTA);
  const unsigned end = same_end ? 3 : 4;
  while (++column < end) out = varint_write(out, key->column[column]);
  return out;
}

static Status start_head(Writer *writer, const Key *key)
{
  Sorted *const sorted = writer->sorted;
  Key *const heads =
      memory_grow(sorted->heads, &writer->block_capacity, sorted->block_count, 1, sizeof *heads);
  if (!heads) return STATUS_MEMORY;
  sorted->heads = heads;
  size_t *const offsets = memory_grow(sorted->offsets, &writer->offset_capacity,
                                      sorted->block_count, 1, sizeof *offsets);
  if (!offsets) return STATUS_MEMORY;
  sorted->offsets = offsets;
  sorted->heads[sorted->block_count] = *key;
  sorted->offsets[sorted->block_count++] = sorted->byte_count;
  return STATUS_OK;
}

static Status write_key(Writer *writer, const Key *key)
{
  Sorted *const sorted = writer->sorted;
  if (sorted->count % RUN_BLOCK == 0) {
    TRY(start_head(writer, key));
  } else {
    unsigned char *const bytes =
        memory_grow(sorted->bytes, &writer->capacity, sorted->byte_count, LONGEST_KEY, 1);
    if (!bytes) return STATUS_MEMORY;
    sorted->bytes = bytes;
    sorted->byte_count = (size_t)(encode(bytes + sorted->byte_count, &writer->last, key) - bytes);
  }
  sorted->count++;
  writer->last = *key;
  return STATUS_OK;
}

/* Give back what was allocated ahead, if that works. */
static void *shrink(void *block, size_t from, size_t to)
{
  if (from == to || !block) return block;
  void *const moved = memory_resize(block, from, to);
  return moved || !to ? moved : block;
}

static void finish(Writer *writer)
{
  Sorted *const sorted = writer->sorted;
  const size_t blocks = sorted->block_count;
  sorted->bytes = shrink(sorted->bytes, writer->capacity, sorted->byte_count);
  sorted->heads = shrink(sorted->heads, writer->block_capacity * sizeof *sorted->heads,
                         blocks * sizeof *sorted->heads);
  sorted->offsets = shrink(sorted->offsets, writer->offset_capacity * sizeof *sorted->offsets,
                           blocks * sizeof *sorted->offsets);
}

static void sorted_clear(Sorted *sorted)
{
  memory_free(sorted->heads, 0);
  memory_free(sorted->offsets, 0);
  memory_free(sorted->bytes, 0);
}

Run *run_share(Run *run)
{
  if (run) atomic_fetch_add_explicit(&run->references, 1, memory_order_relaxed);
  return run;
}

void run_release(Run *run)
{
  if (!run || atomic_fetch_sub_explicit(&run->references, 1, memory_order_acq_rel) != 1) return;
  for (unsigned i = 0; i < ORDERS; i++) sorted_clear(&run->sorted[i]);
  memory_free(run, sizeof *run);
}

static Run *empty_run(void)
{
  Run *const run = memory_zero(sizeof *run);
  if (run) atomic_init(&run->references, 1);
  return run;
}

size_t run_memory(const Run *run)
{
  if (!run) return 0;
  size_t sum = sizeof *run;
  for (unsigned i = 0; i < ORDERS; i++) {
    const Sorted *const sorted = &run->sorted[i];
    sum += sorted->block_count * (sizeof *sorted->heads + sizeof *sorted->offsets);
    sum += sorted->byte_count;
  }
  return sum;
}

/* ---- a run of quads ---- */

/* Each order is reached from the one before by stable sorts of few fields: SPOG by O gives OSPG,
   that by P gives POSG, that by G gives GPOS, that by S and G gives GSPO, and so on. */
typedef struct Step {
  Order order;
  unsigned count;
  unsigned char field[4]; /* least significant first */
} Step;

static const Step STEPS[ORDERS] = {
    {ORDER_SPOG, 4, {3, 2, 1, 0}}, {ORDER_OSPG, 1, {2}},    {ORDER_POSG, 1, {1}},
    {ORDER_GPOS, 1, {3}},          {ORDER_GSPO, 2, {0, 3}}, {ORDER_GOSP, 2, {2, 3}},
};

static Status write_order(Sorted *sorted, const Quad *quads, size_t count, Order order)
{
  Writer writer = {sorted, 0, 0, 0, {{0, 0, 0, 0}}};
  Status status = STATUS_OK;
  for (size_t i = 0; i < count && status == STATUS_OK; i++) {
    const Key key = key_of(quads[i], order);
    status = write_key(&writer, &key);
  }
  finish(&writer);
  return status;
}

static bool same_graph(const Quad *quads, size_t count)
{
  for (size_t i = 1; i < count; i++) {
    if (quads[i].graph != quads[0].graph) return false;
  }
  return true;
}

static Status fill_run(Run *run, Quad *quads, Quad *scratch, size_t count)
{
  for (unsigned i = 0; i < ORDERS; i++) {
    const Step *const step = &STEPS[i];
    if (run->one_graph && step->order >= ORDER_GSPO) continue;
    radix_sort(quads, scratch, count, step->field, step->count);
    TRY(write_order(&run->sorted[step->order], quads, count, step->order));
  }
  return STATUS_OK;
}

Status run_new(Run **out, Quad *quads, size_t count)
{
  *out = NULL;
  Run *const run = empty_run();
  Quad *const scratch = run ? memory_array(NULL, 0, count, sizeof *scratch) : NULL;
  Status status = scratch ? STATUS_OK : STATUS_MEMORY;
  if (scratch) {
    run->count = count;
    run->one_graph = same_graph(quads, count);
    run->graph = quads[0].graph;
    status = fill_run(run, quads, scratch, count);
    memory_free(scratch, count * sizeof *scratch);
  }
  if (status == STATUS_OK) {
    *out = run;
  } else {
    run_release(run);
  }
  return status;
}

/* ---- merging ---- */

/* One input, read in the order being merged. An input of one graph lacks the graph-first orders:
   its key of the order without the graph is turned by one column. */
typedef struct Feed {
  Reader reader;
  Key key;
  int sign;
  bool turned;
} Feed;

static void load_key(Feed *feed)
{
  const uint32_t *const c = feed->reader.key.column;
  feed->key = feed->turned ? (Key){{c[3], c[0], c[1], c[2]}} : feed->reader.key;
}

static void start_feeds(Feed *feeds, const RunInput *inputs, size_t count, Order order)
{
  for (size_t i = 0; i < count; i++) {
    const Run *const run = inputs[i].run;
    feeds[i].sign = inputs[i].sign;
    feeds[i].turned = run->one_graph && order >= ORDER_GSPO;
    reader_start(&feeds[i].reader,
                 &run->sorted[feeds[i].turned ? (Order)(order - ORDER_GSPO) : order]);
    load_key(&feeds[i]);
  }
}

/* Take the least key off the feeds that stand on it, and sum up their signs. False at the end. */
static bool take_least(Key *key, int *sum, Feed *feeds, size_t count)
{
  bool found = false;
  for (size_t i = 0; i < count; i++) {
    if (reader_done(&feeds[i].reader)) continue;
    if (!found || key_compare(&feeds[i].key, key, 4) < 0) *key = feeds[i].key;
    found = true;
  }
  *sum = 0;
  for (size_t i = 0; i < count && found; i++) {
    if (reader_done(&feeds[i].reader) || key_compare(&feeds[i].key, key, 4) != 0) continue;
    *sum += feeds[i].sign;
    reader_next(&feeds[i].reader);
    load_key(&feeds[i]);
  }
  return found;
}

static Status merge_order(Sorted *plus, Sorted *minus, Feed *feeds, size_t count)
{
  Writer up = {plus, 0, 0, 0, {{0, 0, 0, 0}}}, down = {minus, 0, 0, 0, {{0, 0, 0, 0}}};
  Key key = {{0, 0, 0, 0}};
  Status status = STATUS_OK;
  for (int sum; status == STATUS_OK && take_least(&key, &sum, feeds, count);) {
    if (sum) status = write_key(sum > 0 ? &up : &down, &key);
  }
  finish(&up);
  finish(&down);
  return status;
}

/* Whether all inputs lie in one graph, and in which. */
static bool one_graph(TermId *graph, const RunInput *inputs, size_t count)
{
  *graph = inputs[0].run->graph;
  for (size_t i = 0; i < count; i++) {
    if (!inputs[i].run->one_graph || inputs[i].run->graph != *graph) return false;
  }
  return true;
}

static Status merge_into(Run *up, Run *down, Feed *feeds, const RunInput *inputs, size_t count)
{
  up->one_graph = down->one_graph = one_graph(&up->graph, inputs, count);
  down->graph = up->graph;
  const unsigned orders = up->one_graph ? ORDERS_ONE_GRAPH : ORDERS;
  for (unsigned order = 0; order < orders; order++) {
    start_feeds(feeds, inputs, count, (Order)order);
    TRY(merge_order(&up->sorted[order], &down->sorted[order], feeds, count));
  }
  up->count = up->sorted[ORDER_SPOG].count;
  down->count = down->sorted[ORDER_SPOG].count;
  return STATUS_OK;
}

static Run *unless_empty(Run *run)
{
  if (run->count) return run;
  run_release(run);
  return NULL;
}

Status run_merge(Run **plus, Run **minus, const RunInput *inputs, size_t count)
{
  *plus = *minus = NULL;
  Run *const up = empty_run(), *const down = empty_run();
  Feed *const feeds = memory_array(NULL, 0, count, sizeof *feeds);
  Status status = up && down && feeds ? STATUS_OK : STATUS_MEMORY;
  if (status == STATUS_OK) status = merge_into(up, down, feeds, inputs, count);
  if (feeds) memory_free(feeds, count * sizeof *feeds);
  if (status != STATUS_OK) {
    run_release(up);
    run_release(down);
    return status;
  }
  *plus = unless_empty(up);
  *minus = unless_empty(down);
  return STATUS_OK;
}
