/* The best path through scores of name labels against all paths of short sentences. */
#include "input/names.h"
#include "tests/support/check.h"

#include <math.h>
#include <string.h>

#define STRIDE 12
#define WORDS 4

static float scores[WORDS * STRIDE];

static void draw_scores(size_t count, uint64_t *seed)
{
  for (size_t i = 0; i < count * STRIDE; i++) scores[i] = (float)check_below(seed, 100000) / 1000;
}

static bool is_path(const uint8_t *labels, size_t count)
{
  for (size_t i = 0; i < count; i++) {
    const bool inside = labels[i] && !name_begins(labels[i]);
    if (inside && (i == 0 || name_type(labels[i]) != name_type(labels[i - 1]))) return false;
  }
  return true;
}

static float path_score(const uint8_t *labels, size_t count)
{
  float sum = 0;
  for (size_t i = 0; i < count; i++) sum += scores[i * STRIDE + labels[i]];
  return sum;
}

/* The highest sum of all paths. */
static float try_all(size_t count)
{
  size_t paths = 1;
  float best = -INFINITY;
  for (size_t i = 0; i < count; i++) paths *= NAME_LABELS;
  for (size_t path = 0; path < paths; path++) {
    uint8_t labels[WORDS];
    size_t rest = path;
    for (size_t i = 0; i < count; i++, rest /= NAME_LABELS) {
      labels[i] = (uint8_t)(rest % NAME_LABELS);
    }
    if (is_path(labels, count)) best = fmaxf(best, path_score(labels, count));
  }
  return best;
}

static void test_best_of_all_paths(void **state)
{
  uint64_t seed = 5;
  (void)state;
  for (size_t turn = 0; turn < 200; turn++) {
    const size_t count = 1 + turn % WORDS;
    uint8_t labels[WORDS];
    draw_scores(count, &seed);
    names_decode(labels, scores, STRIDE, count);
    assert_true(is_path(labels, count));
    assert_true(fabsf(path_score(labels, count) - try_all(count)) < 1e-3f);
  }
}

/* A greedy reader takes O for the first word and can then not go on inside. */
static void test_later_words_count(void **state)
{
  uint8_t labels[2];
  (void)state;
  memset(scores, 0, sizeof scores);
  scores[0] = 2;
  scores[name_label(NER_LOC, true)] = 1;
  scores[STRIDE + name_label(NER_LOC, false)] = 5;
  names_decode(labels, scores, STRIDE, 2);
  assert_int_equal(labels[0], name_label(NER_LOC, true));
  assert_int_equal(labels[1], name_label(NER_LOC, false));
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_best_of_all_paths),
      cmocka_unit_test(test_later_words_count),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
