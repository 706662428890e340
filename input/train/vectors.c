/* Vectors of words from free text: skip-grams with negative samples (Mikolov et al. 2013), each
   distance and direction with output vectors of its own, which tells more of syntax (Ling et al.
   2015). */
#include "graph/memory.h"
#include "input/network.h"
#include "input/train/train.h"

#include <math.h>

#define REACH 2 /* words to either side */
#define PLACES (2 * REACH)
#define NEGATIVES 5
#define ROUNDS 4
#define RATE 0.05f
#define SEEN_AT_LEAST 9
#define FREQUENT 5e-4f /* share of the text above which a word is passed over now and then */
#define LOTS (1u << 20)
#define NO_WORD 0

typedef struct Skipping {
  uint32_t *tokens; /* of the text: rows, NO_WORD for rare words and breaks */
  size_t token_count;
  Keys keys;       /* one for each row */
  float *in, *out; /* OUT has PLACES vectors a row */
  float *kept;     /* how likely a word is not passed over */
  uint32_t *lots;  /* rows, each as often as it is to be drawn */
  uint64_t random;
} Skipping;

/* ---- words ---- */

static Status number_words(Skipping *s, const Text *text)
{
  const size_t words = vocabulary_size(text->vocabulary);
  uint32_t *const keys = memory_zero(words * sizeof *keys);
  uint32_t *const sorted = memory_zero(text->count * sizeof *sorted);
  s->tokens = memory_zero(text->count * sizeof *s->tokens);
  const bool made = keys && sorted && s->tokens;
  for (size_t i = 0; i < words && made; i++) {
    WordFacts facts;
    word_facts(&facts, NULL, vocabulary_word(text->vocabulary, (uint32_t)i));
    keys[i] = facts.lower | 1;
  }
  size_t count = 0;
  for (size_t i = 0; i < text->count && made; i++) {
    if (text->tokens[i] != TEXT_BREAK) sorted[count++] = keys[text->tokens[i]];
  }
  const Status status = made ? keys_count(&s->keys, sorted, count, SEEN_AT_LEAST) : STATUS_MEMORY;
  const NetworkTable table = {s->keys.keys, s->keys.count};
  for (size_t i = 0; i < text->count && !status; i++) {
    const uint32_t word = text->tokens[i];
    s->tokens[i] = word == TEXT_BREAK ? NO_WORD : network_row(&table, keys[word]);
  }
  s->token_count = text->count;
  memory_free(keys, 0);
  memory_free(sorted, 0);
  return status;
}

/* Rows are drawn by their frequency to the power of 3/4. */
static void cast_lots(Skipping *s)
{
  double all = 0, words = 0, sum = 0;
  for (size_t i = 1; i < s->keys.count; i++) {
    all += pow((double)s->keys.times[i], 0.75);
    words += (double)s->keys.times[i];
  }
  size_t at = 0;
  for (size_t i = 1; i < s->keys.count; i++) {
    sum += pow((double)s->keys.times[i], 0.75);
    while (at < LOTS && (double)at < sum / all * LOTS) s->lots[at++] = (uint32_t)i;
    const double share = (double)s->keys.times[i] / words / (double)FREQUENT;
    s->kept[i] = share > 1 ? (float)sqrt(1 / share) : 1;
  }
  for (; at < LOTS; at++) s->lots[at] = 1;
}

static Status begin(Skipping *s, const Text *text)
{
  s->random = 99;
  TRY(number_words(s, text));
  s->in = memory_zero(s->keys.count * NETWORK_WIDE * sizeof(float));
  s->out = memory_zero(s->keys.count * PLACES * NETWORK_WIDE * sizeof(float));
  s->kept = memory_zero(s->keys.count * sizeof(float));
  s->lots = memory_zero(LOTS * sizeof *s->lots);
  if (!s->in || !s->out || !s->kept || !s->lots) return STATUS_MEMORY;
  for (size_t i = NETWORK_WIDE; i < s->keys.count * NETWORK_WIDE; i++) {
    s->in[i] = (chance_share(&s->random) - 0.5f) / NETWORK_WIDE;
  }
  cast_lots(s);
  return STATUS_OK;
}

/* ---- learning ---- */

static void learn_pair(Skipping *s, uint32_t word, uint32_t neighbour, size_t place, float rate)
{
  float *const in = s->in + (size_t)word * NETWORK_WIDE;
  float change[NETWORK_WIDE] = {0};
  for (size_t i = 0; i <= NEGATIVES; i++) {
    const uint32_t target = i ? s->lots[chance_draw(&s->random) % LOTS] : neighbour;
    if (i && target == neighbour) continue;
    float *const out = s->out + ((size_t)target * PLACES + place) * NETWORK_WIDE;
    const float share = 1 / (1 + scalar_exp(-vector_dot(in, out, NETWORK_WIDE)));
    const float step = rate * ((i ? 0 : 1) - share);
    vector_add_scaled(change, out, step, NETWORK_WIDE);
    vector_add_scaled(out, in, step, NETWORK_WIDE);
  }
  vector_add_scaled(in, change, 1, NETWORK_WIDE);
}

static void learn_word(Skipping *s, size_t at, float rate)
{
  for (size_t far = 1; far <= REACH; far++) {
    if (at >= far && s->tokens[at - far] != NO_WORD) {
      learn_pair(s, s->tokens[at], s->tokens[at - far], far - 1, rate);
    }
    if (at + far < s->token_count && s->tokens[at + far] != NO_WORD) {
      learn_pair(s, s->tokens[at], s->tokens[at + far], REACH + far - 1, rate);
    }
  }
}

static void learn(Skipping *s, const Report *sink)
{
  const float all = (float)(ROUNDS * s->token_count);
  for (size_t round = 0; round < ROUNDS; round++) {
    for (size_t i = 0; i < s->token_count; i++) {
      if (s->tokens[i] == NO_WORD || chance_share(&s->random) > s->kept[s->tokens[i]]) continue;
      const float done = (float)(round * s->token_count + i) / all;
      learn_word(s, i, RATE * (1.001f - done));
    }
    report(sink, SEVERITY_NOTE, NULL, 0, 0, "vectors, round %zu", round + 1);
  }
}

/* Let all vectors have the size that the other inputs of the network begin with. */
static void scale_rows(Skipping *s)
{
  double sum = 0;
  const size_t count = s->keys.count * NETWORK_WIDE;
  for (size_t i = 0; i < count; i++) sum += (double)s->in[i] * (double)s->in[i];
  const float scale = 0.25f / (float)sqrt(sum / (double)count + 1e-12);
  for (size_t i = 0; i < count; i++) {
    const float x = s->in[i] * scale;
    s->in[i] = x > 1 ? 1 : x < -1 ? -1 : x;
  }
}

Status train_vectors(WordVectors *out, const Text *text, const Report *sink)
{
  Skipping s = {.tokens = NULL};
  Status status = begin(&s, text);
  if (!status) {
    report(sink, SEVERITY_NOTE, NULL, 0, 0, "vectors of %zu words", s.keys.count);
    learn(&s, sink);
    scale_rows(&s);
  }
  *out = (WordVectors){s.keys, s.in};
  memory_free(s.tokens, 0);
  memory_free(s.out, 0);
  memory_free(s.kept, 0);
  memory_free(s.lots, 0);
  return status;
}

void word_vectors_clear(WordVectors *vectors)
{
  keys_clear(&vectors->keys);
  memory_free(vectors->rows, 0);
  vectors->rows = NULL;
}
