/* Sparse weights in a closed hash table that is read in place. Three quarters of the slots are
   taken, so a look-up that fails ends after a few probes; a 16-bit check keeps strangers apart. */
#include "input/linear.h"

#include "graph/memory.h"

#include <math.h>

#define HEADER 8

static uint32_t get32(const unsigned char *bytes)
{
  return (uint32_t)bytes[0] | (uint32_t)bytes[1] << 8 | (uint32_t)bytes[2] << 16 |
         (uint32_t)bytes[3] << 24;
}

static void put32(unsigned char *bytes, uint32_t value)
{
  for (int i = 0; i < 4; i++) bytes[i] = (unsigned char)(value >> (8 * i));
}

static uint32_t check_of(uint32_t feature)
{
  return (feature & 0xFFFFu) | 1u; /* never 0: 0 marks a free slot */
}

/* Slots in the order of the features' upper bits. */
static uint32_t home_of(uint32_t feature, uint32_t count)
{
  return (uint32_t)(((uint64_t)feature * count) >> 32);
}

float linear_get(const Linear *weights, uint32_t feature)
{
  if (!weights->slots) return 0;
  const uint32_t check = check_of(feature);
  for (uint32_t at = home_of(feature, weights->count);; at = at + 1 < weights->count ? at + 1 : 0) {
    const uint32_t slot = get32(weights->slots + 4 * (size_t)at);
    if ((slot & 0xFFFFu) == check) return (float)(int16_t)(slot >> 16) * weights->scale;
    if (slot == 0) return 0;
  }
}

float linear_sum(const Linear *weights, const Features *features, uint32_t key)
{
  float sum = 0;
  for (size_t i = 0; i < features->count; i++)
    sum += linear_get(weights, mix_hash(features->items[i], key));
  return sum;
}

Status linear_open(Linear *out, size_t *used, Slice bytes)
{
  if (bytes.len < HEADER) return STATUS_INPUT;
  const unsigned char *b = (const unsigned char *)bytes.ptr;
  const uint32_t count = get32(b);
  const uint32_t scale = get32(b + 4);
  if (count == 0 || bytes.len - HEADER < 4 * (size_t)count) return STATUS_INPUT;
  bool free_slot = false;
  for (size_t i = 0; i < count && !free_slot; i++) free_slot = get32(b + HEADER + 4 * i) == 0;
  if (!free_slot) return STATUS_INPUT;
  *out = (Linear){b + HEADER, count, 0};
  memcpy(&out->scale, &scale, sizeof scale);
  *used = HEADER + 4 * (size_t)count;
  return STATUS_OK;
}

static float largest(const WeightPair *pairs, size_t count)
{
  float most = 0;
  for (size_t i = 0; i < count; i++)
    if (fabsf(pairs[i].weight) > most) most = fabsf(pairs[i].weight);
  return most;
}

static void place(unsigned char *slots, uint32_t count, const WeightPair *pair, float scale)
{
  const long stored = lroundf(pair->weight / scale);
  if (stored == 0) return;
  uint32_t at = home_of(pair->feature, count);
  while (get32(slots + 4 * (size_t)at) != 0) at = at + 1 < count ? at + 1 : 0;
  put32(slots + 4 * (size_t)at, check_of(pair->feature) | (uint32_t)(uint16_t)stored << 16);
}

Status linear_write(Buffer *out, const WeightPair *pairs, size_t count)
{
  const float most = largest(pairs, count);
  const float scale = most > 0 ? most / 32767.0f : 1.0f;
  const uint32_t slots = (uint32_t)(count + count / 3 + 4);
  const size_t size = HEADER + 4 * (size_t)slots;
  unsigned char *bytes = memory_zero(size);
  if (!bytes) return STATUS_MEMORY;
  uint32_t raw;
  memcpy(&raw, &scale, sizeof raw);
  put32(bytes, slots);
  put32(bytes + 4, raw);
  for (size_t i = 0; i < count; i++) place(bytes + HEADER, slots, &pairs[i], scale);
  const Status status = buffer_add(out, bytes, size);
  memory_free(bytes, size);
  return status;
}

float logistic(float score)
{
  return 1.0f / (1.0f + expf(-score));
}
