/* Features are numbered while the examples come in, so that an epoch runs over plain arrays. */
#include "input/train/extract_learner.h"

#include "graph/memory.h"

#include <math.h>

#define DROPPED UINT32_MAX

/* ---- examples ---- */

static Status grow_slots(Dataset *d)
{
  const size_t capacity = d->slot_capacity ? 2 * d->slot_capacity : 1u << 16;
  uint32_t *slots = memory_zero(capacity * sizeof *slots);
  if (!slots) return STATUS_MEMORY;
  for (size_t i = 0; i < d->feature_count; i++) {
    size_t at = d->features[i] & (capacity - 1);
    while (slots[at]) at = (at + 1) & (capacity - 1);
    slots[at] = (uint32_t)i + 1;
  }
  memory_free(d->slots, d->slot_capacity * sizeof *slots);
  d->slots = slots;
  d->slot_capacity = capacity;
  return STATUS_OK;
}

static Status grow_features(Dataset *d)
{
  size_t capacity = d->feature_capacity;
  uint32_t *features = memory_grow(d->features, &capacity, d->feature_count, 1, sizeof *features);
  if (!features) return STATUS_MEMORY;
  d->features = features;
  uint32_t *seen = memory_array(d->seen, d->feature_capacity, capacity, sizeof *seen);
  if (!seen) return STATUS_MEMORY;
  d->seen = seen;
  d->feature_capacity = capacity;
  return STATUS_OK;
}

static Status number(uint32_t *out, Dataset *d, uint32_t feature)
{
  if (2 * (d->feature_count + 1) > d->slot_capacity) TRY(grow_slots(d));
  size_t at = feature & (d->slot_capacity - 1);
  for (; d->slots[at]; at = (at + 1) & (d->slot_capacity - 1))
    if (d->features[d->slots[at] - 1] == feature) {
      *out = d->slots[at] - 1;
      d->seen[*out]++;
      return STATUS_OK;
    }
  if (d->feature_count == d->feature_capacity) TRY(grow_features(d));
  d->features[d->feature_count] = feature;
  d->seen[d->feature_count] = 1;
  *out = (uint32_t)d->feature_count++;
  d->slots[at] = *out + 1;
  return STATUS_OK;
}

Status dataset_begin(Dataset *d, bool label, float weight, uint8_t fold)
{
  Example *grown = memory_grow(d->examples, &d->capacity, d->count, 1, sizeof *grown);
  if (!grown) return STATUS_MEMORY;
  d->examples = grown;
  grown[d->count++] = (Example){d->index_count, 0, weight, label, fold};
  return STATUS_OK;
}

Status dataset_add(Dataset *d, const Features *features, uint32_t key)
{
  uint32_t *grown =
      memory_grow(d->indexes, &d->index_capacity, d->index_count, features->count, sizeof *grown);
  if (!grown) return STATUS_MEMORY;
  d->indexes = grown;
  for (size_t i = 0; i < features->count; i++) {
    uint32_t index = 0;
    TRY(number(&index, d, mix_hash(features->items[i], key)));
    d->indexes[d->index_count++] = index;
  }
  d->examples[d->count - 1].count += (uint32_t)features->count;
  return STATUS_OK;
}

void dataset_finish(Dataset *d, uint32_t least)
{
  size_t to = 0;
  for (size_t i = 0; i < d->count; i++) {
    Example *e = &d->examples[i];
    const size_t from = e->first;
    const size_t first = to;
    for (size_t k = 0; k < e->count; k++)
      if (d->seen[d->indexes[from + k]] >= least) d->indexes[to++] = d->indexes[from + k];
    e->first = first;
    e->count = (uint32_t)(to - first);
  }
  d->index_count = to;
}

void dataset_clear(Dataset *d)
{
  memory_free(d->examples, 0);
  memory_free(d->indexes, 0);
  memory_free(d->features, 0);
  memory_free(d->seen, 0);
  memory_free(d->slots, 0);
  *d = (Dataset){0};
}

/* ---- learning ---- */

#define GRADIENT_LEAST 0.003f /* what is right already moves nothing */

typedef struct Coordinate {
  float z, root, w; /* ROOT: of the sum of squared gradients */
} Coordinate;

float dataset_score(const Dataset *d, size_t example, const float *weights)
{
  const Example *e = &d->examples[example];
  float sum = 0;
  for (size_t k = 0; k < e->count; k++) sum += weights[d->indexes[e->first + k]];
  return sum;
}

static float solve(const LearnerOptions *o, const Coordinate *c)
{
  if (fabsf(c->z) <= o->l1) return 0;
  const float sign = c->z < 0 ? -1.0f : 1.0f;
  return (sign * o->l1 - c->z) / ((o->beta + c->root) / o->alpha + o->l2);
}

static void step(Coordinate *state, const Dataset *d, size_t example, const LearnerOptions *o)
{
  const Example *e = &d->examples[example];
  float score = 0;
  for (size_t k = 0; k < e->count; k++) score += state[d->indexes[e->first + k]].w;
  const float g = (logistic(score) - (float)e->label) * e->weight;
  if (fabsf(g) < GRADIENT_LEAST) return;
  for (size_t k = 0; k < e->count; k++) {
    Coordinate *c = &state[d->indexes[e->first + k]];
    const float root = sqrtf(c->root * c->root + g * g);
    c->z += g - (root - c->root) / o->alpha * c->w;
    c->root = root;
    c->w = solve(o, c);
  }
}

/* A fixed shuffle: a linear congruence that visits every example once. */
static size_t stride_of(size_t count)
{
  size_t stride = count / 2 + 7919;
  for (;; stride++) {
    size_t a = stride, b = count;
    while (b) {
      const size_t r = a % b;
      a = b;
      b = r;
    }
    if (a == 1) return stride;
  }
}

Status learn(float **out, const Dataset *d, const LearnerOptions *o, int without)
{
  const size_t n = d->feature_count;
  Coordinate *state = memory_zero((n + 1) * sizeof *state);
  float *weights = memory_zero((n + 1) * sizeof *weights);
  if (!state || !weights) return STATUS_MEMORY;
  const size_t stride = d->count ? stride_of(d->count) : 1;
  for (int epoch = 0; epoch < o->epochs; epoch++)
    for (size_t i = 0, at = (size_t)epoch * 31; i < d->count; i++) {
      at = (at + stride) % d->count;
      if (d->examples[at].fold != without && d->examples[at].weight > 0) step(state, d, at, o);
    }
  for (size_t i = 0; i < n; i++) weights[i] = state[i].w;
  memory_free(state, 0);
  *out = weights;
  return STATUS_OK;
}

Status learn_folds(float **out, const Dataset *d, const LearnerOptions *o, int folds)
{
  for (int fold = 0; fold < folds; fold++) TRY(learn(&out[fold], d, o, fold));
  return STATUS_OK;
}

float dataset_sum(const Dataset *d, const float *weights, const Features *features, uint32_t key)
{
  float sum = 0;
  for (size_t i = 0; i < features->count; i++) {
    const uint32_t feature = mix_hash(features->items[i], key);
    size_t at = feature & (d->slot_capacity - 1);
    while (d->slots[at] && d->features[d->slots[at] - 1] != feature)
      at = (at + 1) & (d->slot_capacity - 1);
    if (d->slots[at]) sum += weights[d->slots[at] - 1];
  }
  return sum;
}

Status dataset_write(Buffer *out, const Dataset *d, const float *weights, float least)
{
  WeightPair *pairs = memory_array(NULL, 0, d->feature_count + 1, sizeof *pairs);
  if (!pairs) return STATUS_MEMORY;
  size_t count = 0;
  for (size_t i = 0; i < d->feature_count; i++)
    if (fabsf(weights[i]) >= least) pairs[count++] = (WeightPair){d->features[i], weights[i]};
  const Status status = linear_write(out, pairs, count);
  memory_free(pairs, 0);
  return status;
}
