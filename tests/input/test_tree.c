/* The likeliest tree against all trees of short sentences; and that what is found is a tree however
   long the sentence and wild the probabilities. */
#include "input/tree.h"
#include "tests/support/check.h"

#include <math.h>
#include <string.h>

static TreeSpace space;
static float arcs[NETWORK_LONGEST * NETWORK_HEADS];

static void draw_arcs(size_t count, uint64_t *seed)
{
  for (size_t i = 0; i < count; i++) {
    float sum = 0;
    float *const row = arcs + i * NETWORK_HEADS;
    for (size_t h = 0; h <= count; h++) sum += row[h] = h == i ? 0 : (float)(check_below(seed, 1000) + 1);
    for (size_t h = 0; h <= count; h++) row[h] /= sum;
  }
}

static bool reaches_root(const int32_t *heads, size_t count, size_t word)
{
  size_t steps = 0;
  for (int32_t at = (int32_t)word; at >= 0; at = heads[at]) {
    if (++steps > count) return false;
  }
  return true;
}

static bool crosses(const int32_t *heads, size_t a, size_t b)
{
  if (heads[a] < 0 || heads[b] < 0) return false;
  const int32_t x = (int32_t)a, y = (int32_t)b;
  const int32_t a1 = x < heads[a] ? x : heads[a], a2 = x < heads[a] ? heads[a] : x;
  const int32_t b1 = y < heads[b] ? y : heads[b], b2 = y < heads[b] ? heads[b] : y;
  return a1 < b1 && b1 < a2 && a2 < b2;
}

static bool covers_root(const int32_t *heads, size_t count, size_t word)
{
  for (size_t i = 0; i < count; i++) {
    const int32_t low = (int32_t)i < heads[i] ? (int32_t)i : heads[i];
    const int32_t high = (int32_t)i < heads[i] ? heads[i] : (int32_t)i;
    if (heads[i] >= 0 && low < (int32_t)word && (int32_t)word < high) return true;
  }
  return false;
}

static bool is_projective_tree(const int32_t *heads, size_t count)
{
  size_t roots = 0;
  for (size_t i = 0; i < count; i++) {
    if (!reaches_root(heads, count, i)) return false;
    if (heads[i] < 0 && covers_root(heads, count, i)) return false;
    roots += heads[i] < 0;
    for (size_t k = 0; k < count; k++) {
      if (crosses(heads, i, k)) return false;
    }
  }
  return roots == 1;
}

static double weight(const int32_t *heads, size_t count)
{
  double sum = 0;
  for (size_t i = 0; i < count; i++) {
    sum += log((double)arcs[i * NETWORK_HEADS + (heads[i] < 0 ? count : (size_t)heads[i])]);
  }
  return sum;
}

/* The weight of the best of all trees, by trying every choice of heads. */
static double best_weight(size_t count)
{
  int32_t heads[8] = {0};
  double best = -1e9;
  size_t all = 1;
  for (size_t i = 0; i < count; i++) all *= count + 1;
  for (size_t choice = 0; choice < all; choice++) {
    size_t rest = choice;
    bool able = true;
    for (size_t i = 0; i < count; i++, rest /= count + 1) {
      heads[i] = (int32_t)(rest % (count + 1)) - 1;
      able = able && heads[i] != (int32_t)i;
    }
    if (!able || !is_projective_tree(heads, count)) continue;
    const double w = weight(heads, count);
    if (w > best) best = w;
  }
  return best;
}

static void test_no_tree_is_likelier(void **state)
{
  (void)state;
  const bool continues[8] = {false};
  uint64_t seed = 5;
  for (size_t round = 0; round < 60; round++) {
    const size_t count = 1 + round % 5;
    int32_t heads[8];
    draw_arcs(count, &seed);
    tree_find(heads, &space, arcs, continues, count);
    assert_true(is_projective_tree(heads, count));
    assert_true(fabs(weight(heads, count) - best_weight(count)) < 1e-3);
  }
}

static size_t heads_outside(const int32_t *heads, size_t from, size_t to)
{
  size_t n = 0;
  for (size_t i = from; i <= to; i++) n += heads[i] < (int32_t)from || heads[i] > (int32_t)to;
  return n;
}

static void test_names_hang_by_one_word(void **state)
{
  (void)state;
  uint64_t seed = 11;
  for (size_t round = 0; round < 200; round++) {
    const size_t count = 2 + check_below(&seed, 60);
    bool continues[64] = {false};
    int32_t heads[64];
    for (size_t i = 1; i < count; i++) continues[i] = check_below(&seed, 3) == 0;
    draw_arcs(count, &seed);
    tree_find(heads, &space, arcs, continues, count);
    assert_true(is_projective_tree(heads, count));
    for (size_t from = 0, to; from < count; from = to + 1) {
      for (to = from; to + 1 < count && continues[to + 1];) to++;
      assert_int_equal(heads_outside(heads, from, to), 1);
    }
  }
}

static void test_longest_sentence_has_a_tree(void **state)
{
  (void)state;
  static bool continues[NETWORK_LONGEST];
  int32_t heads[NETWORK_LONGEST];
  uint64_t seed = 17;
  draw_arcs(NETWORK_LONGEST, &seed);
  tree_find(heads, &space, arcs, continues, NETWORK_LONGEST);
  assert_true(is_projective_tree(heads, NETWORK_LONGEST));
  memset(continues + 1, true, sizeof continues - 1);
  tree_find(heads, &space, arcs, continues, NETWORK_LONGEST);
  assert_true(is_projective_tree(heads, NETWORK_LONGEST));
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_no_tree_is_likelier),
      cmocka_unit_test(test_names_hang_by_one_word),
      cmocka_unit_test(test_longest_sentence_has_a_tree),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
