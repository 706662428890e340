/* Linear models over hashed features: the form in which the extractor's weights are stored. */
#ifndef ENTENTE_LINEAR_H
#define ENTENTE_LINEAR_H

#include "graph/sink.h"

#define FEATURES_MAX 224

/* The features of one decision; what does not fit is dropped. */
typedef struct Features {
  uint32_t items[FEATURES_MAX];
  size_t count;
} Features;

static inline uint32_t mix_hash(uint32_t a, uint32_t b)
{
  uint32_t h = (a ^ (b * 0x9E3779B1u)) + 0x7F4A7C15u;
  h = (h ^ (h >> 15)) * 0x85EBCA6Bu;
  h = (h ^ (h >> 13)) * 0xC2B2AE35u;
  return h ^ (h >> 16);
}

static inline void feature_add(Features *features, uint32_t template, uint32_t value)
{
  if (features->count < FEATURES_MAX)
    features->items[features->count++] = mix_hash(value, template);
}

static inline void feature_add2(Features *features, uint32_t template, uint32_t a, uint32_t b)
{
  feature_add(features, template, mix_hash(a, b));
}

/* Linear by hash: open addressing, each slot a 16-bit check and a 16-bit weight. */
typedef struct Linear {
  const unsigned char *slots; /* 4 bytes each, little-endian; NULL: every weight is 0 */
  uint32_t count;             /* of slots */
  float scale;                /* of the stored weights */
} Linear;

float linear_get(const Linear *weights, uint32_t feature);

/* Sum of the weights of FEATURES, each mixed with KEY. */
float linear_sum(const Linear *weights, const Features *features, uint32_t key);

/* Open what linear_write wrote; *used is how many bytes it took. STATUS_INPUT if damaged. */
Status linear_open(Linear *out, size_t *used, Slice bytes);

typedef struct WeightPair {
  uint32_t feature;
  float weight;
} WeightPair;

/* Append a table of PAIRS (features all different) to OUT; a multiple of four bytes. */
Status linear_write(Buffer *out, const WeightPair *pairs, size_t count);

float logistic(float score);

#endif
