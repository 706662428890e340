/* Learning the network: Adam (Kingma and Ba 2015) on small batches, dropout between the layers (Gal
   and Ghahramani 2016) and of rare words (Kiperwasser and Goldberg 2016), and in the end the mean
   of the weights on the way (Polyak and Juditsky 1992). One thread and our own arithmetic: the same
   data gives the same weights. */
#include "graph/memory.h"
#include "input/train/gradient.h"
#include "input/train/keys.h"
#include "input/train/train.h"

#include <math.h>

#define BATCH 16 /* sentences */
#define RATE 0.002f
#define DECAY_1 0.9f
#define DECAY_2 0.98f
#define CLIP 8.0f
#define SEEN_AT_LEAST 2 /* times in the treebanks, to have a row */
#define SNAPSHOT 40     /* batches from one to the next */
#define DROP_INPUT 0.15f
#define DROP_LAYER 0.3f

/* Weights with what Adam keeps of each, and their mean. */
typedef struct Weights {
  float *value, *slope, *first, *second;
  double *sum;
  size_t count;
} Weights;

/* Rows of the narrow table, updated only where a batch touched them. */
typedef struct RowWeights {
  Weights weights;
  Keys keys;
  uint32_t *touched;
  bool *is_touched;
  size_t touched_count, width;
} RowWeights;

typedef struct Teaching {
  const Corpus *corpus;
  NetworkWord *words; /* of all sentences, one after the other */
  size_t *start;      /* of each sentence */
  Weights dense;
  RowWeights narrow;
  const WordVectors *vectors;
  Gradient *gradient;
  NetworkSpace *space;
  float *input_mask, *layer_masks[NETWORK_LAYERS];
  int16_t tags[NETWORK_LONGEST], names[NETWORK_LONGEST];
  int32_t heads[NETWORK_LONGEST];
  uint8_t relations[NETWORK_LONGEST];
  NetworkWord dropped[NETWORK_LONGEST];
  uint64_t random;
  size_t step, steps, snapshots;
} Teaching;

/* ---- weights ---- */

static void fill_mask(Teaching *t, float *mask, size_t count, float drop)
{
  const float kept = 1 / (1 - drop);
  for (size_t i = 0; i < count; i++) mask[i] = chance_share(&t->random) < drop ? 0 : kept;
}

static Status weights_new(Weights *out, size_t count)
{
  *out = (Weights){.count = count};
  out->value = memory_zero(count * sizeof(float));
  out->slope = memory_zero(count * sizeof(float));
  out->first = memory_zero(count * sizeof(float));
  out->second = memory_zero(count * sizeof(float));
  out->sum = memory_zero(count * sizeof(double));
  return out->value && out->slope && out->first && out->second && out->sum ? STATUS_OK
                                                                           : STATUS_MEMORY;
}

static void weights_clear(Weights *w)
{
  memory_free(w->value, 0);
  memory_free(w->slope, 0);
  memory_free(w->first, 0);
  memory_free(w->second, 0);
  memory_free(w->sum, 0);
}

static void fill_random(Teaching *t, float *values, size_t count, float reach)
{
  for (size_t i = 0; i < count; i++) values[i] = (2 * chance_share(&t->random) - 1) * reach;
}

/* Glorot and Bengio 2010; forget gates start open. */
static void begin_dense(Teaching *t)
{
  for (size_t m = 0; m < NET_COUNT; m++) {
    const NetworkShape s = network_shape(m);
    float *const at = t->dense.value + s.offset;
    const size_t out = m < NET_TAG ? NETWORK_HIDDEN : s.columns;
    if (s.rows > 1) fill_random(t, at, s.rows * s.columns, sqrtf(6.0f / (float)(s.rows + out)));
    if (m == NET_ROOT || m == NET_PARENT_ROOT) fill_random(t, at, s.columns, 0.3f);
    for (size_t j = 0; m < NET_TAG && s.rows == 1 && j < NETWORK_HIDDEN; j++) {
      at[NETWORK_HIDDEN + j] = 1;
    }
  }
}

typedef struct Pace {
  float rate, fix_1, fix_2, shrink;
} Pace;

static void improve(Weights *w, size_t from, size_t count, const Pace *pace)
{
  for (size_t i = from; i < from + count; i++) {
    const float slope = w->slope[i] * pace->shrink;
    w->first[i] = DECAY_1 * w->first[i] + (1 - DECAY_1) * slope;
    w->second[i] = DECAY_2 * w->second[i] + (1 - DECAY_2) * slope * slope;
    const float root = sqrtf(w->second[i] * pace->fix_2);
    w->value[i] -= pace->rate * w->first[i] * pace->fix_1 / (root + 1e-6f);
    w->slope[i] = 0;
  }
}

static void improve_rows(RowWeights *rows, const Pace *pace)
{
  for (size_t i = 0; i < rows->touched_count; i++) {
    const uint32_t row = rows->touched[i];
    improve(&rows->weights, row * rows->width, rows->width, pace);
    rows->is_touched[row] = false;
  }
  rows->touched_count = 0;
}

static void take_snapshot(Weights *w)
{
  for (size_t i = 0; i < w->count; i++) w->sum[i] += (double)w->value[i];
}

static void use_mean(Weights *w, size_t snapshots)
{
  for (size_t i = 0; i < w->count && snapshots; i++)
    w->value[i] = (float)(w->sum[i] / (double)snapshots);
}

/* ---- tables ---- */

static Status begin_rows(RowWeights *out, uint32_t *keys, size_t count)
{
  TRY(keys_count(&out->keys, keys, count, SEEN_AT_LEAST));
  out->width = NETWORK_NARROW;
  out->touched = memory_zero(out->keys.count * sizeof *out->touched);
  out->is_touched = memory_zero(out->keys.count * sizeof *out->is_touched);
  if (!out->touched || !out->is_touched) return STATUS_MEMORY;
  return weights_new(&out->weights, out->keys.count * out->width);
}

static NetworkTable table_of(const Keys *keys)
{
  return (NetworkTable){keys->keys, keys->count};
}

static void rows_clear(RowWeights *rows)
{
  weights_clear(&rows->weights);
  keys_clear(&rows->keys);
  memory_free(rows->touched, 0);
  memory_free(rows->is_touched, 0);
}

static Status make_rows(Teaching *t, size_t words)
{
  uint32_t *const keys = memory_zero(words * NETWORK_TRAITS * sizeof *keys);
  if (!keys) return STATUS_MEMORY;
  for (size_t i = 0; i < words; i++) {
    memcpy(keys + i * NETWORK_TRAITS, t->words[i].narrow, sizeof t->words[i].narrow);
  }
  const Status status = begin_rows(&t->narrow, keys, words * NETWORK_TRAITS);
  const NetworkTable narrow = table_of(&t->narrow.keys), wide = table_of(&t->vectors->keys);
  for (size_t i = 0; i < words && !status; i++) {
    network_rows(&t->words[i], &wide, &narrow);
  }
  memory_free(keys, 0);
  return status;
}

static Status look_at_corpus(Teaching *t)
{
  size_t words = 0;
  t->start = memory_zero((t->corpus->count + 1) * sizeof *t->start);
  if (!t->start) return STATUS_MEMORY;
  for (size_t i = 0; i < t->corpus->count; i++) {
    t->start[i] = words;
    words += t->corpus->items[i].sentence.count;
  }
  t->start[t->corpus->count] = words;
  t->words = memory_zero(words * sizeof *t->words);
  if (!t->words) return STATUS_MEMORY;
  for (size_t i = 0; i < t->corpus->count; i++) {
    const Example *const e = &t->corpus->items[i];
    for (size_t k = 0; k < e->sentence.count; k++) {
      network_keys(&t->words[t->start[i] + k], &e->facts[k], e->tags[k]);
    }
  }
  return make_rows(t, words);
}

/* ---- a sentence ---- */

static void touch(RowWeights *rows, uint32_t row)
{
  if (rows->is_touched[row]) return;
  rows->is_touched[row] = true;
  rows->touched[rows->touched_count++] = row;
}

/* Words are forgotten, the rarer the likelier, so that the row of unknown words learns too. */
static void drop_words(Teaching *t, const NetworkWord *words, size_t count)
{
  for (size_t i = 0; i < count; i++) {
    t->dropped[i] = words[i];
    uint32_t *const word = &t->dropped[i].narrow[NETWORK_WORD];
    const float times = (float)t->narrow.keys.times[*word];
    if (chance_share(&t->random) < 0.04f + 0.4f / (0.4f + times)) *word = 0;
    if (chance_share(&t->random) < 0.04f) t->dropped[i].wide = 0;
  }
}

static void sum_input(Teaching *t, size_t count)
{
  memset(t->space->input, 0, count * NETWORK_INPUT * sizeof(float));
  for (size_t i = 0; i < count; i++) {
    float *const out = t->space->input + i * NETWORK_INPUT;
    memcpy(out, t->vectors->rows + (size_t)t->dropped[i].wide * NETWORK_WIDE,
           NETWORK_WIDE * sizeof *out);
    for (size_t k = 0; k < NETWORK_TRAITS; k++) {
      float *const place = out + network_trait_place(k);
      const float *const row =
          t->narrow.weights.value + (size_t)t->dropped[i].narrow[k] * NETWORK_NARROW;
      for (size_t j = 0; j < NETWORK_NARROW; j++) place[j] += row[j];
    }
  }
}

static void back_input(Teaching *t, size_t count)
{
  for (size_t i = 0; i < count; i++) {
    const float *const d = t->gradient->input + i * NETWORK_INPUT;
    for (size_t k = 0; k < NETWORK_TRAITS; k++) {
      const float *const place = d + network_trait_place(k);
      float *const row = t->narrow.weights.slope + (size_t)t->dropped[i].narrow[k] * NETWORK_NARROW;
      touch(&t->narrow, t->dropped[i].narrow[k]);
      for (size_t j = 0; j < NETWORK_NARROW; j++) row[j] += place[j];
    }
  }
}

/* What GUM calls an organisation EWT and Wikigold often call a place (states that act): that is
   left open. */
static int16_t gold_name(const Example *e, const Token *token)
{
  if (e->treebank == 1 && token->ner == NER_ORG) return -1;
  return (int16_t)name_label(token->ner, token->ner_begins);
}

static NetworkGold gold_of(Teaching *t, const Example *e)
{
  for (size_t i = 0; i < e->sentence.count; i++) {
    const Token *const token = &e->sentence.tokens[i];
    t->tags[i] = e->names_only || e->gold[i] == TAG_EDGE ? -1 : (int16_t)e->gold[i];
    t->names[i] = gold_name(e, token);
    t->heads[i] = token->head;
    t->relations[i] = token->deprel;
  }
  return (NetworkGold){t->tags, t->names, e->names_only ? NULL : t->heads, t->relations};
}

static void learn_sentence(Teaching *t, size_t index)
{
  const Example *const e = &t->corpus->items[index];
  const size_t count = e->sentence.count;
  const NetworkGold gold = gold_of(t, e);
  drop_words(t, t->words + t->start[index], count);
  sum_input(t, count);
  fill_mask(t, t->input_mask, count * NETWORK_INPUT, DROP_INPUT);
  NetworkMasks masks = {.input = t->input_mask};
  for (size_t i = 0; i < NETWORK_LAYERS; i++) {
    fill_mask(t, t->layer_masks[i], NETWORK_BOTH, DROP_LAYER);
    masks.layers[i] = t->layer_masks[i];
  }
  gradient_add(t->gradient, t->space, t->dense.value, count, &masks, &gold);
  back_input(t, count);
}

/* ---- batches ---- */

static float slope_size(const Weights *w)
{
  double sum = 0;
  for (size_t i = 0; i < w->count; i++) sum += (double)w->slope[i] * (double)w->slope[i];
  return (float)sqrt(sum);
}

static Pace pace_of(Teaching *t, size_t words)
{
  const float per_word = 1 / (float)(words ? words : 1);
  const float size = slope_size(&t->dense) * per_word * 20;
  const float done = (float)t->step / (float)t->steps;
  const float warm = t->step < 200 ? (float)t->step / 200 : 1;
  return (Pace){RATE * warm * (1.02f - done), 1 / (1 - powf(DECAY_1, (float)t->step)),
                1 / (1 - powf(DECAY_2, (float)t->step)),
                per_word * 20 * (size > CLIP ? CLIP / size : 1)};
}

static void end_batch(Teaching *t, size_t words)
{
  t->step++;
  const Pace pace = pace_of(t, words);
  improve(&t->dense, 0, t->dense.count, &pace);
  improve_rows(&t->narrow, &pace);
  gradient_turn(t->gradient, t->dense.value);
  if (t->step * 10 < t->steps * 6 || t->step % SNAPSHOT) return;
  take_snapshot(&t->dense);
  take_snapshot(&t->narrow.weights);
  t->snapshots++;
}

static void learn_round(Teaching *t, const uint32_t *order)
{
  size_t words = 0, sentences = 0;
  for (size_t i = 0; i < t->corpus->count; i++) {
    const size_t count = t->corpus->items[order[i]].sentence.count;
    if (count > NETWORK_LONGEST) continue;
    learn_sentence(t, order[i]);
    words += count;
    if (++sentences % BATCH) continue;
    end_batch(t, words);
    words = 0;
  }
}

static Status learn_rounds(Teaching *t, size_t rounds, const Report *sink)
{
  uint32_t *const order = memory_zero(t->corpus->count * sizeof *order);
  if (!order) return STATUS_MEMORY;
  t->steps = rounds * (t->corpus->count / BATCH) + 1;
  for (size_t round = 0; round < rounds; round++) {
    shuffle(order, t->corpus->count, round + 4321);
    t->gradient->loss = 0;
    learn_round(t, order);
    report(sink, SEVERITY_NOTE, NULL, 0, 0, "network, round %zu: loss of a word %.3f", round + 1,
           t->gradient->loss / (double)t->start[t->corpus->count]);
  }
  memory_free(order, 0);
  return STATUS_OK;
}

/* ---- the whole ---- */

static Status begin(Teaching *t)
{
  TRY(look_at_corpus(t));
  TRY(weights_new(&t->dense, network_size()));
  t->gradient = memory_zero(sizeof *t->gradient);
  t->space = memory_zero(sizeof *t->space);
  t->input_mask = memory_zero(NETWORK_LONGEST * NETWORK_INPUT * sizeof(float));
  if (!t->gradient || !t->space || !t->input_mask) return STATUS_MEMORY;
  for (size_t i = 0; i < NETWORK_LAYERS; i++) {
    t->layer_masks[i] = memory_zero(NETWORK_BOTH * sizeof(float));
    if (!t->layer_masks[i]) return STATUS_MEMORY;
  }
  t->gradient->dense = t->dense.slope;
  t->gradient->turned = memory_zero(network_size() * sizeof(float));
  if (!t->gradient->turned) return STATUS_MEMORY;
  begin_dense(t);
  fill_random(t, t->narrow.weights.value, t->narrow.weights.count, 0.1f);
  gradient_turn(t->gradient, t->dense.value);
  return STATUS_OK;
}

static void end(Teaching *t)
{
  for (size_t i = 0; i < NETWORK_LAYERS; i++) memory_free(t->layer_masks[i], 0);
  if (t->gradient) memory_free(t->gradient->turned, 0);
  memory_free(t->gradient, 0);
  memory_free(t->space, 0);
  memory_free(t->input_mask, 0);
  weights_clear(&t->dense);
  rows_clear(&t->narrow);
  memory_free(t->words, 0);
  memory_free(t->start, 0);
  memory_free(t, sizeof *t);
}

static Status write(Buffer *out, Teaching *t)
{
  use_mean(&t->dense, t->snapshots);
  use_mean(&t->narrow.weights, t->snapshots);
  const NetworkTable narrow = table_of(&t->narrow.keys), wide = table_of(&t->vectors->keys);
  return network_write(out, t->dense.value, &wide, t->vectors->rows, &narrow,
                       t->narrow.weights.value);
}

Status train_network(Buffer *out, const Corpus *corpus, const WordVectors *vectors, size_t rounds,
                     const Report *sink)
{
  Teaching *const t = memory_zero(sizeof *t);
  if (!t) return STATUS_MEMORY;
  t->corpus = corpus;
  t->vectors = vectors;
  Status status = begin(t);
  if (!status) status = learn_rounds(t, rounds, sink);
  if (!status) status = write(out, t);
  end(t);
  return status;
}
