/* The arithmetic of the network against the plain definition and the mathematics library. */
#include "input/vectors.h"
#include "tests/support/check.h"

#include <math.h>
#include <stdbool.h>

static float number(uint64_t *seed)
{
  return (float)check_below(seed, 2000) / 1000.0f - 1.0f;
}

static void fill(float *out, size_t count, uint64_t *seed)
{
  for (size_t i = 0; i < count; i++) out[i] = number(seed);
}

static void try_product(size_t n, size_t k, size_t m, bool turned)
{
  static float a[32 * 32], b[32 * 96], c[32 * 96], before[32 * 96];
  uint64_t seed = n * 10007 + k * 101 + m + 1;
  fill(a, n * k, &seed);
  fill(b, k * m, &seed);
  fill(before, n * m, &seed);
  for (size_t i = 0; i < n * m; i++) c[i] = before[i];
  const Factor factor = {a, turned ? 1 : k, turned ? n : 1};
  matrix_add_product(c, m, factor, (Rows){b, m}, n, k, m);
  for (size_t i = 0; i < n; i++) {
    for (size_t j = 0; j < m; j++) {
      double sum = (double)before[i * m + j];
      for (size_t x = 0; x < k; x++) {
        sum += (double)a[turned ? x * n + i : i * k + x] * (double)b[x * m + j];
      }
      assert_true(fabs(sum - (double)c[i * m + j]) < 1e-4);
    }
  }
}

static void test_product_is_the_sum_of_products(void **state)
{
  (void)state;
  for (size_t n = 1; n <= 9; n++) {
    for (size_t m = VECTOR; m <= 96; m += VECTOR) {
      try_product(n, 7, m, false);
      try_product(n, 1, m, true);
      try_product(n, 32, m, true);
    }
  }
}

static void test_functions_are_near_those_of_the_library(void **state)
{
  (void)state;
  for (float x = -12; x < 12; x += 0.37f) {
    float t[VECTOR] = {x, x + 0.1f}, s[VECTOR] = {x, x + 0.1f};
    vector_tanh(t, VECTOR);
    vector_sigmoid(s, VECTOR);
    for (size_t i = 0; i < 2; i++) {
      const double at = (double)x + (i ? 0.1 : 0);
      assert_true(fabs((double)t[i] - tanh(at)) < 2e-4);
      assert_true(fabs((double)s[i] - 1 / (1 + exp(-at))) < 2e-4);
    }
    assert_true(fabs((double)scalar_exp(x) / exp((double)x) - 1) < 1e-4);
    if (x > 0) assert_true(fabs((double)scalar_log(x) - log((double)x)) < 1e-4);
  }
  assert_true(scalar_exp(-1e9f) >= 0 && scalar_exp(-1e9f) < 1e-30f);
  assert_true(scalar_exp(1e9f) > 1e38f);
}

static void test_shares_sum_to_one(void **state)
{
  (void)state;
  float scores[5] = {-1000, 3, 3, 2.5f, -1};
  const float log_sum = vector_softmax(scores, 5);
  float sum = 0;
  for (size_t i = 0; i < 5; i++) sum += scores[i];
  assert_true(fabsf(sum - 1) < 1e-5f);
  assert_true(scores[1] == scores[2] && scores[1] > scores[3] && scores[0] < 1e-30f);
  assert_true(fabs((double)log_sum - log(2 * exp(3.0) + exp(2.5) + exp(-1.0))) < 1e-3);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_product_is_the_sum_of_products),
      cmocka_unit_test(test_functions_are_near_those_of_the_library),
      cmocka_unit_test(test_shares_sum_to_one),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
