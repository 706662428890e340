#include "input/train/keys.h"

#include "graph/memory.h"

#include <stdlib.h>

static int compare_keys(const void *a, const void *b)
{
  const uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
  return (x > y) - (x < y);
}

Status keys_count(Keys *out, uint32_t *all, size_t count, size_t at_least)
{
  if (count) qsort(all, count, sizeof *all, compare_keys);
  out->keys = memory_zero((count + 1) * sizeof *out->keys);
  out->times = memory_zero((count + 1) * sizeof *out->times);
  if (!out->keys || !out->times) return STATUS_MEMORY;
  out->count = 1;
  for (size_t i = 0, n; i < count; i += n) {
    for (n = 1; i + n < count && all[i + n] == all[i];) n++;
    if (n < at_least) continue;
    out->keys[out->count] = all[i];
    out->times[out->count++] = (uint32_t)n;
  }
  return STATUS_OK;
}

void keys_clear(Keys *keys)
{
  memory_free(keys->keys, 0);
  memory_free(keys->times, 0);
  *keys = (Keys){.keys = NULL};
}

uint32_t chance_draw(uint64_t *state)
{
  *state += 0x9E3779B97F4A7C15u;
  uint64_t z = *state;
  z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9u;
  z = (z ^ z >> 27) * 0x94D049BB133111EBu;
  return (uint32_t)(z >> 32);
}

float chance_share(uint64_t *state)
{
  return (float)(chance_draw(state) >> 8) / 16777216.0f;
}
