/* Buckets of a few rows each, one or two cache lines long; a row is a 16-bit fingerprint of the
   feature, the number of cells, their labels, then their values. Small, because only what was
   learnt is stored, and quick, because all look-ups of a feature vector are asked for (prefetched)
   before the first is needed. */
#include "input/sparse.h"

#include "graph/memory.h"

#include <stdlib.h>

#define ROWS_PER_BUCKET 3
#define HEADER_WORDS 4 /* magic, bits, bytes in the pool, nothing */
#define TABLE_MAGIC 0x31745745u
#define BLOCK 128 /* features looked up together */

static uint16_t fingerprint(uint64_t feature)
{
  return (uint16_t)feature;
}

static uint32_t bucket_of(uint64_t feature, uint32_t mask)
{
  return (uint32_t)(feature >> 20) & mask;
}

static bool offsets_are_sound(const uint32_t *offsets, size_t buckets, size_t pool)
{
  if (offsets[0] != 0 || offsets[buckets] != pool) return false;
  for (size_t i = 0; i < buckets; i++) {
    if (offsets[i] > offsets[i + 1]) return false;
  }
  return true;
}

Status sparse_open(Sparse *out, Slice section)
{
  uint32_t header[HEADER_WORDS];
  if (section.len < sizeof header || (uintptr_t)section.ptr % 4 != 0) return STATUS_INPUT;
  memcpy(header, section.ptr, sizeof header);
  if (header[0] != TABLE_MAGIC || header[1] > 26) return STATUS_INPUT;
  const size_t buckets = (size_t)1 << header[1];
  const size_t table = (buckets + 1) * sizeof(uint32_t);
  if (section.len != sizeof header + table + header[2]) return STATUS_INPUT;
  const void *const start = section.ptr + sizeof header;
  out->offsets = start;
  out->pool = (const uint8_t *)section.ptr + sizeof header + table;
  out->mask = (uint32_t)(buckets - 1);
  return offsets_are_sound(out->offsets, buckets, header[2]) ? STATUS_OK : STATUS_INPUT;
}

static uint32_t read_16(const uint8_t *p)
{
  uint16_t value;
  memcpy(&value, p, sizeof value);
  return value;
}

static int16_t cell_value(SparseRow row, size_t index)
{
  int16_t value;
  memcpy(&value, row.labels + row.count + index * 2, sizeof value);
  return value;
}

static SparseRow find_row(const Sparse *weights, uint32_t bucket, uint16_t print)
{
  const uint8_t *p = weights->pool + weights->offsets[bucket];
  const uint8_t *const end = weights->pool + weights->offsets[bucket + 1];
  while (end - p >= 3) {
    const size_t count = p[2];
    if ((size_t)(end - p) < 3 + 3 * count) break;
    if (read_16(p) == print) return (SparseRow){p + 3, count};
    p += 3 + 3 * count;
  }
  return (SparseRow){NULL, 0};
}

SparseRow sparse_row(const Sparse *weights, uint64_t feature)
{
  return find_row(weights, bucket_of(feature, weights->mask), fingerprint(feature));
}

int32_t sparse_value(const Sparse *weights, uint64_t feature, uint8_t label, int32_t otherwise)
{
  const SparseRow row = sparse_row(weights, feature);
  for (size_t i = 0; i < row.count; i++) {
    if (row.labels[i] == label) return cell_value(row, i);
  }
  return otherwise;
}

static void add_block(int32_t *scores, const Sparse *weights, const uint64_t *features,
                      size_t count)
{
  uint32_t buckets[BLOCK];
  for (size_t i = 0; i < count; i++) {
    buckets[i] = bucket_of(features[i], weights->mask);
    __builtin_prefetch(weights->offsets + buckets[i]);
  }
  for (size_t i = 0; i < count; i++) {
    __builtin_prefetch(weights->pool + weights->offsets[buckets[i]]);
  }
  for (size_t i = 0; i < count; i++) {
    const SparseRow row = find_row(weights, buckets[i], fingerprint(features[i]));
    for (size_t k = 0; k < row.count; k++) scores[row.labels[k]] += cell_value(row, k);
  }
}

void sparse_add(int32_t *scores, const Sparse *weights, const uint64_t *features, size_t count)
{
  for (size_t i = 0; i < count; i += BLOCK) {
    add_block(scores, weights, features + i, count - i < BLOCK ? count - i : BLOCK);
  }
}

/* ---- writing ---- */

static uint32_t writing_bits(size_t features)
{
  uint32_t bits = 0;
  while (((size_t)ROWS_PER_BUCKET << bits) < features && bits < 26) bits++;
  return bits;
}

static int compare_cells(const void *a, const void *b)
{
  const SparseCell *const x = a, *const y = b;
  if (x->feature != y->feature) return x->feature < y->feature ? -1 : 1;
  return (x->label > y->label) - (x->label < y->label);
}

static size_t row_length(const SparseCell *cells, size_t count)
{
  size_t n = 1;
  while (n < count && n < 255 && cells[n].feature == cells[0].feature) n++;
  return n;
}

static size_t count_rows(const SparseCell *cells, size_t count)
{
  size_t rows = 0;
  for (size_t i = 0; i < count; i += row_length(cells + i, count - i)) rows++;
  return rows;
}

static void place_row(uint8_t *at, const SparseCell *cells, size_t count)
{
  const uint16_t print = fingerprint(cells->feature);
  memcpy(at, &print, sizeof print);
  at[2] = (uint8_t)count;
  for (size_t i = 0; i < count; i++) {
    at[3 + i] = cells[i].label;
    memcpy(at + 3 + count + 2 * i, &cells[i].value, sizeof cells[i].value);
  }
}

/* Set OFFSETS to the bytes of each bucket's rows, then to where they start. */
static uint32_t measure(uint32_t *offsets, uint32_t bits, const SparseCell *cells, size_t count)
{
  const uint32_t mask = (uint32_t)(((uint64_t)1 << bits) - 1);
  for (size_t i = 0, n; i < count; i += n) {
    n = row_length(cells + i, count - i);
    offsets[bucket_of(cells[i].feature, mask)] += (uint32_t)(3 + 3 * n);
  }
  uint32_t total = 0;
  for (size_t b = 0; b <= mask; b++) {
    const uint32_t bytes = offsets[b];
    offsets[b] = total;
    total += bytes;
  }
  offsets[(size_t)mask + 1] = total;
  return total;
}

/* Place the rows; moves each offset to the end of its bucket, which is where the next starts. */
static void fill(uint8_t *pool, uint32_t *offsets, uint32_t bits, const SparseCell *cells,
                 size_t count)
{
  const uint32_t mask = (uint32_t)(((uint64_t)1 << bits) - 1);
  for (size_t i = 0, n; i < count; i += n) {
    n = row_length(cells + i, count - i);
    uint32_t *const at = &offsets[bucket_of(cells[i].feature, mask)];
    place_row(pool + *at, cells + i, n);
    *at += (uint32_t)(3 + 3 * n);
  }
  memmove(offsets + 1, offsets, ((size_t)mask + 1) * sizeof *offsets);
  offsets[0] = 0;
}

Status sparse_make(Buffer *out, SparseCell *cells, size_t count)
{
  if (count) qsort(cells, count, sizeof *cells, compare_cells);
  const uint32_t bits = writing_bits(count_rows(cells, count));
  const size_t places = ((size_t)1 << bits) + 1;
  uint32_t *const offsets = memory_zero(places * sizeof *offsets);
  if (!offsets) return STATUS_MEMORY;
  const uint32_t total = measure(offsets, bits, cells, count);
  uint8_t *const pool = memory_zero(total);
  Status status = pool ? STATUS_OK : STATUS_MEMORY;
  if (pool) {
    fill(pool, offsets, bits, cells, count);
    const uint32_t header[HEADER_WORDS] = {TABLE_MAGIC, bits, total, 0};
    status = buffer_add(out, header, sizeof header);
    if (status == STATUS_OK) status = buffer_add(out, offsets, places * sizeof *offsets);
    if (status == STATUS_OK) status = buffer_add(out, pool, total);
  }
  memory_free(pool, total);
  memory_free(offsets, places * sizeof *offsets);
  return status;
}
