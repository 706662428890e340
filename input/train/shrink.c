/* Making a table of weights fit a budget: the smallest weights go first. */
#include "graph/memory.h"
#include "input/train/train.h"

#define HEADER_BYTES 16

/* All cells of an open table; features keep the bits that place and name their rows. */
static size_t read_cells(SparseCell *out, const Sparse *weights)
{
  size_t n = 0;
  for (size_t bucket = 0; bucket <= weights->mask; bucket++) {
    const uint8_t *p = weights->pool + weights->offsets[bucket];
    const uint8_t *const end = weights->pool + weights->offsets[bucket + 1];
    for (size_t count; end - p >= 3; p += 3 + 3 * count) {
      uint16_t print;
      memcpy(&print, p, sizeof print);
      count = p[2];
      for (size_t i = 0; i < count && out; i++) {
        out[n + i] = (SparseCell){(uint64_t)bucket << 20 | print, 0, p[3 + i]};
        memcpy(&out[n + i].value, p + 3 + count + 2 * i, sizeof out->value);
      }
      n += count;
    }
  }
  return n;
}

static bool is_small(int16_t value, int32_t small)
{
  return value < small && value > -small;
}

/* Bytes of the table of the cells that are not SMALL, apart from the offsets of its buckets. */
static size_t size_without(const SparseCell *cells, size_t count, int32_t small)
{
  size_t size = HEADER_BYTES;
  uint64_t last = UINT64_MAX;
  for (size_t i = 0; i < count; i++) {
    if (is_small(cells[i].value, small)) continue;
    if (cells[i].feature != last) size += 3 + 2; /* a share of the offsets */
    last = cells[i].feature;
    size += 3;
  }
  return size;
}

static int32_t find_threshold(const SparseCell *cells, size_t count, size_t budget)
{
  int32_t low = 1, high = INT16_MAX;
  while (low < high) {
    const int32_t middle = (low + high) / 2;
    if (size_without(cells, count, middle) > budget) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

static Status write_rest(Buffer *out, SparseCell *cells, size_t count, int32_t small)
{
  size_t kept = 0;
  for (size_t i = 0; i < count; i++) {
    if (!is_small(cells[i].value, small)) cells[kept++] = cells[i];
  }
  return sparse_make(out, cells, kept);
}

Status shrink_weights(Buffer *section, size_t budget, const char *name, const Report *sink)
{
  Sparse weights;
  if (section->count <= budget) return STATUS_OK;
  TRY(sparse_open(&weights, buffer_as_slice(section)));
  const size_t count = read_cells(NULL, &weights);
  SparseCell *const cells = memory_zero(count * sizeof *cells);
  if (!cells) return STATUS_MEMORY;
  read_cells(cells, &weights);
  const int32_t small = find_threshold(cells, count, budget);
  report(sink, SEVERITY_NOTE, NULL, 0, 0, "%s: weights below %d of 1/%d are dropped", name,
         (int)small, WEIGHT_SCALE);
  Buffer out = BUFFER_EMPTY;
  const Status status = write_rest(&out, cells, count, small);
  memory_free(cells, count * sizeof *cells);
  if (status == STATUS_OK) {
    buffer_clear(section);
    *section = out;
  } else {
    buffer_clear(&out);
  }
  return status;
}
