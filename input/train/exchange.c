/* The change of the likelihood by a move is a sum over the classes of a word's neighbours, so a
   move costs what the word's neighbourhood is wide. x log x comes from a table. */
#include "input/train/exchange.h"

#include "graph/memory.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define TABLE 65536

typedef struct Classes {
  size_t count;
  uint32_t *pairs;          /* count x count: how often class b follows class a */
  uint32_t *transposed;     /* the same, by the second class */
  uint32_t *sums;           /* frequency of each class */
  uint32_t *after, *before; /* of the word in hand: by class */
  uint16_t *after_seen, *before_seen;
  size_t after_count, before_count;
  double *table;
} Classes;

static double x_log_x(const Classes *c, uint32_t x)
{
  return x < TABLE ? c->table[x] : (double)x * log((double)x);
}

static int compare_pairs(const void *a, const void *b)
{
  const Pair *const x = a, *const y = b;
  if (x->left != y->left) return x->left < y->left ? -1 : 1;
  return (x->right > y->right) - (x->right < y->right);
}

static size_t merge_pairs(Pair *pairs, size_t count)
{
  size_t n = 0;
  if (count) qsort(pairs, count, sizeof *pairs, compare_pairs);
  for (size_t i = 0; i < count; i++) {
    if (n && compare_pairs(&pairs[n - 1], &pairs[i]) == 0) {
      pairs[n - 1].times += pairs[i].times;
    } else {
      pairs[n++] = pairs[i];
    }
  }
  return n;
}

static Status neighbours_new(Neighbours *out, size_t items, size_t pairs)
{
  out->start = memory_zero((items + 2) * sizeof *out->start);
  out->other = memory_zero(pairs * sizeof *out->other);
  out->times = memory_zero(pairs * sizeof *out->times);
  return out->start && out->other && out->times ? STATUS_OK : STATUS_MEMORY;
}

static void fill_neighbours(Neighbours *out, const Pair *pairs, size_t count, size_t items,
                            int backwards)
{
  for (size_t i = 0; i < count; i++) out->start[(backwards ? pairs[i].right : pairs[i].left) + 2]++;
  for (size_t i = 2; i < items + 2; i++) out->start[i] += out->start[i - 1];
  for (size_t i = 0; i < count; i++) {
    const uint32_t at = out->start[(backwards ? pairs[i].right : pairs[i].left) + 1]++;
    out->other[at] = backwards ? pairs[i].left : pairs[i].right;
    out->times[at] = pairs[i].times;
  }
}

Status bigrams_make(Bigrams *out, Pair *pairs, size_t pair_count, size_t items)
{
  *out = (Bigrams){.items = items};
  const size_t n = merge_pairs(pairs, pair_count);
  TRY(neighbours_new(&out->after, items, n));
  TRY(neighbours_new(&out->before, items, n));
  out->frequency = memory_zero(items * sizeof *out->frequency);
  if (!out->frequency) return STATUS_MEMORY;
  fill_neighbours(&out->after, pairs, n, items, 0);
  fill_neighbours(&out->before, pairs, n, items, 1);
  for (size_t i = 0; i < n; i++) out->frequency[pairs[i].left] += pairs[i].times;
  return STATUS_OK;
}

static void neighbours_clear(Neighbours *neighbours)
{
  memory_free(neighbours->start, 0);
  memory_free(neighbours->other, 0);
  memory_free(neighbours->times, 0);
}

void bigrams_clear(Bigrams *bigrams)
{
  neighbours_clear(&bigrams->after);
  neighbours_clear(&bigrams->before);
  memory_free(bigrams->frequency, 0);
}

static void classes_clear(Classes *c)
{
  memory_free(c->pairs, 0);
  memory_free(c->transposed, 0);
  memory_free(c->sums, 0);
  memory_free(c->after, 0);
  memory_free(c->before, 0);
  memory_free(c->after_seen, 0);
  memory_free(c->before_seen, 0);
  memory_free(c->table, 0);
}

static Status classes_new(Classes *c, size_t count)
{
  *c = (Classes){.count = count};
  c->pairs = memory_zero(count * count * sizeof *c->pairs);
  c->transposed = memory_zero(count * count * sizeof *c->transposed);
  c->sums = memory_zero(count * sizeof *c->sums);
  c->after = memory_zero(count * sizeof *c->after);
  c->before = memory_zero(count * sizeof *c->before);
  c->after_seen = memory_zero(count * sizeof *c->after_seen);
  c->before_seen = memory_zero(count * sizeof *c->before_seen);
  c->table = memory_zero(TABLE * sizeof *c->table);
  if (!c->pairs || !c->transposed || !c->sums || !c->after || !c->before || !c->after_seen ||
      !c->before_seen || !c->table) {
    return STATUS_MEMORY;
  }
  for (size_t x = 1; x < TABLE; x++) c->table[x] = (double)x * log((double)x);
  return STATUS_OK;
}

static size_t gather_side(uint32_t *by_class, uint16_t *seen, const Neighbours *neighbours,
                          size_t item, const uint16_t *classes)
{
  size_t n = 0;
  for (uint32_t i = neighbours->start[item]; i < neighbours->start[item + 1]; i++) {
    if (neighbours->other[i] == item) continue; /* a word after itself tells little */
    const uint16_t class = classes[neighbours->other[i]];
    if (by_class[class] == 0) seen[n++] = class;
    by_class[class] += neighbours->times[i];
  }
  return n;
}

static void forget(Classes *c)
{
  for (size_t i = 0; i < c->after_count; i++) c->after[c->after_seen[i]] = 0;
  for (size_t i = 0; i < c->before_count; i++) c->before[c->before_seen[i]] = 0;
}

/* Put the item in hand into CLASS, or (SIGN -1) take it out. */
static void place(Classes *c, size_t class, uint32_t frequency, int sign)
{
  const uint32_t s = (uint32_t)sign;
  for (size_t i = 0; i < c->after_count; i++) {
    const size_t other = c->after_seen[i];
    c->pairs[class * c->count + other] += s * c->after[other];
    c->transposed[other * c->count + class] += s * c->after[other];
  }
  for (size_t i = 0; i < c->before_count; i++) {
    const size_t other = c->before_seen[i];
    c->pairs[other * c->count + class] += s * c->before[other];
    c->transposed[class * c->count + other] += s * c->before[other];
  }
  c->sums[class] += s * frequency;
}

static double gain_of(const Classes *c, size_t class, uint32_t frequency)
{
  double gain = -2 * (x_log_x(c, c->sums[class] + frequency) - x_log_x(c, c->sums[class]));
  const uint32_t *const row = c->pairs + class * c->count;
  for (size_t i = 0; i < c->after_count; i++) {
    const uint32_t n = row[c->after_seen[i]];
    gain += x_log_x(c, n + c->after[c->after_seen[i]]) - x_log_x(c, n);
  }
  const uint32_t *const column = c->transposed + class * c->count;
  for (size_t i = 0; i < c->before_count; i++) {
    const uint32_t n = column[c->before_seen[i]];
    gain += x_log_x(c, n + c->before[c->before_seen[i]]) - x_log_x(c, n);
  }
  return gain;
}

static size_t best_class(const Classes *c, size_t now, uint32_t frequency)
{
  size_t best = now;
  double most = gain_of(c, now, frequency);
  for (size_t class = 0; class < c->count; class ++) {
    const double gain = class == now ? most : gain_of(c, class, frequency);
    if (gain > most + 1e-9) {
      most = gain;
      best = class;
    }
  }
  return best;
}

static void take_in_hand(Classes *c, const Bigrams *bigrams, size_t item, const uint16_t *classes)
{
  c->after_count = gather_side(c->after, c->after_seen, &bigrams->after, item, classes);
  c->before_count = gather_side(c->before, c->before_seen, &bigrams->before, item, classes);
}

static size_t move_all(Classes *c, uint16_t *classes, const Bigrams *bigrams)
{
  size_t moved = 0;
  for (size_t item = 0; item < bigrams->items; item++) {
    const size_t now = classes[item];
    take_in_hand(c, bigrams, item, classes);
    place(c, now, bigrams->frequency[item], -1);
    const size_t best = best_class(c, now, bigrams->frequency[item]);
    place(c, best, bigrams->frequency[item], 1);
    classes[item] = (uint16_t)best;
    moved += best != now;
    forget(c);
  }
  return moved;
}

/* All items' pairs at once, each counted from its left side. */
static void start_classes(Classes *c, uint16_t *classes, const Bigrams *bigrams)
{
  for (size_t item = 0; item < bigrams->items; item++) {
    classes[item] = (uint16_t)(item % c->count);
  }
  for (size_t item = 0; item < bigrams->items; item++) {
    take_in_hand(c, bigrams, item, classes);
    c->before_count = 0;
    place(c, classes[item], bigrams->frequency[item], 1);
    memset(c->after, 0, c->count * sizeof *c->after);
    memset(c->before, 0, c->count * sizeof *c->before);
  }
}

Status exchange(uint16_t *classes, const Bigrams *bigrams, size_t count, size_t rounds)
{
  Classes c;
  Status status = count ? classes_new(&c, count) : STATUS_ARGUMENT;
  if (status == STATUS_OK) {
    start_classes(&c, classes, bigrams);
    while (rounds-- && move_all(&c, classes, bigrams)) continue;
  }
  if (count) classes_clear(&c);
  return status;
}
