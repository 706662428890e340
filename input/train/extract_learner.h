/* Learner: binary logistic regression over sparse features, for the trainers of the extractor.
   FTRL-proximal (McMahan et al. 2013): per-coordinate steps, L1 keeps the tables small. */
#ifndef ENTENTE_TRAIN_LEARNER_H
#define ENTENTE_TRAIN_LEARNER_H

#include "input/linear.h"

typedef struct Example {
  size_t first;   /* in the indexes */
  uint32_t count; /* features */
  float weight;
  uint8_t label, fold;
} Example;

/* Examples whose features are numbered; features seen once are dropped by dataset_finish. */
typedef struct Dataset {
  Example *examples;
  size_t count, capacity;
  uint32_t *indexes;
  size_t index_count, index_capacity;
  uint32_t *features; /* by number: the hash */
  uint32_t *seen;
  size_t feature_count, feature_capacity;
  uint32_t *slots; /* hash table of numbers + 1 */
  size_t slot_capacity;
} Dataset;

Status dataset_begin(Dataset *data, bool label, float weight, uint8_t fold);
Status dataset_add(Dataset *data, const Features *features, uint32_t key);
void dataset_finish(Dataset *data, uint32_t least);
void dataset_clear(Dataset *data);

typedef struct LearnerOptions {
  float alpha, beta, l1, l2;
  int epochs;
} LearnerOptions;

/* Learn from all examples but those of fold WITHOUT (-1: from all). *out: a weight for each
   feature number, heap. */
Status learn(float **out, const Dataset *data, const LearnerOptions *options, int without);

float dataset_score(const Dataset *data, size_t example, const float *weights);

/* Sum of WEIGHTS for features that need not be of an example. */
float dataset_sum(const Dataset *data, const float *weights, const Features *features,
                  uint32_t key);

/* Models that have each not seen one fold: out[FOLD] is heap. */
Status learn_folds(float **out, const Dataset *data, const LearnerOptions *options, int folds);

/* Append a weight table (linear.h) of the weights that matter. */
Status dataset_write(Buffer *out, const Dataset *data, const float *weights, float least);

#endif
