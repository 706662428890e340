/* Vectors of eight floats by the extension that gcc and clang share; the machine's own width is
   used where it has wider ones (gcc picks a clone at start-up). */
#include "input/vectors.h"

#include <stdint.h>
#include <string.h>

typedef float V8 __attribute__((vector_size(32), aligned(4), may_alias));

#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__)
#define WIDE __attribute__((target_clones("avx2", "default")))
#else
#define WIDE
#endif

/* Loops of a few rounds written out, so that their sums stay in registers. */
#if defined(__clang__)
#define UNROLL _Pragma("unroll")
#else
#define UNROLL _Pragma("GCC unroll 8")
#endif

static const V8 *read_at(const float *p)
{
  return (const V8 *)(const void *)p;
}

static V8 *write_at(float *p)
{
  return (V8 *)(void *)p;
}

/* ---- products ---- */

/* Four rows of C and 16 columns at a time: eight sums stay in registers. */
#define FOUR_ROWS(WIDTH)                                                                           \
  V8 s[4][WIDTH];                                                                                  \
  UNROLL for (size_t r = 0; r < 4; r++)                                                            \
  {                                                                                                \
    UNROLL for (size_t j = 0; j < (WIDTH); j++) s[r][j] = *read_at(c + r * c_stride + j * VECTOR); \
  }                                                                                                \
  for (size_t i = 0; i < k; i++) {                                                                 \
    const float *const row = b.at + i * b.stride;                                                  \
    UNROLL for (size_t r = 0; r < 4; r++)                                                          \
    {                                                                                              \
      const float x = a.at[r * a.row + i * a.column];                                              \
      UNROLL for (size_t j = 0; j < (WIDTH); j++) s[r][j] += *read_at(row + j * VECTOR) * x;       \
    }                                                                                              \
  }                                                                                                \
  UNROLL for (size_t r = 0; r < 4; r++)                                                            \
  {                                                                                                \
    UNROLL for (size_t j = 0; j < (WIDTH); j++) * write_at(c + r * c_stride + j * VECTOR) =        \
        s[r][j];                                                                                   \
  }

#define ONE_ROW(WIDTH)                                                                             \
  V8 s[WIDTH];                                                                                     \
  UNROLL for (size_t j = 0; j < (WIDTH); j++) s[j] = *read_at(c + j * VECTOR);                     \
  for (size_t i = 0; i < k; i++) {                                                                 \
    const float *const row = b.at + i * b.stride;                                                  \
    const float x = a.at[i * a.column];                                                            \
    UNROLL for (size_t j = 0; j < (WIDTH); j++) s[j] += *read_at(row + j * VECTOR) * x;            \
  }                                                                                                \
  UNROLL for (size_t j = 0; j < (WIDTH); j++) * write_at(c + j * VECTOR) = s[j];

WIDE static void four_rows(float *c, size_t c_stride, Factor a, Rows b, size_t k, size_t m)
{
  for (; m >= 2 * VECTOR; m -= 2 * VECTOR, c += 2 * VECTOR, b.at += 2 * VECTOR) {
    FOUR_ROWS(2)
  }
  if (m) {
    FOUR_ROWS(1)
  }
}

WIDE static void one_row(float *c, Factor a, Rows b, size_t k, size_t m)
{
  for (; m >= 8 * VECTOR; m -= 8 * VECTOR, c += 8 * VECTOR, b.at += 8 * VECTOR) {
    ONE_ROW(8)
  }
  for (; m; m -= VECTOR, c += VECTOR, b.at += VECTOR) {
    ONE_ROW(1)
  }
}

void matrix_add_product(float *c, size_t c_stride, Factor a, Rows b, size_t n, size_t k, size_t m)
{
  for (; n >= 4; n -= 4, c += 4 * c_stride, a.at += 4 * a.row) four_rows(c, c_stride, a, b, k, m);
  for (; n; n--, c += c_stride, a.at += a.row) one_row(c, a, b, k, m);
}

/* ---- functions ---- */

/* Eight values, cut to at most LIMIT either way. */
static inline void clamp(float *out, const float *values, float limit)
{
  for (size_t i = 0; i < VECTOR; i++) {
    const float x = values[i] < limit ? values[i] : limit;
    out[i] = x > -limit ? x : -limit;
  }
}

/* A continued fraction of tanh, cut at the seventh term: better than 1e-4 within the limits. */
#define TANH_OF_Y                                                                                  \
  const V8 z = y * y;                                                                              \
  const V8 above = y * (135135.0f + z * (17325.0f + z * (378.0f + z)));                            \
  const V8 below = 135135.0f + z * (62370.0f + z * (3150.0f + z * 28.0f));

WIDE void vector_tanh(float *values, size_t count)
{
  for (size_t i = 0; i < count; i += VECTOR) {
    clamp(values + i, values + i, 4.97f);
    const V8 y = *read_at(values + i);
    TANH_OF_Y
    *write_at(values + i) = above / below;
  }
}

WIDE void vector_sigmoid(float *values, size_t count)
{
  for (size_t i = 0; i < count; i += VECTOR) {
    clamp(values + i, values + i, 9.94f);
    const V8 y = *read_at(values + i) * 0.5f;
    TANH_OF_Y
    *write_at(values + i) = 0.5f + 0.5f * above / below;
  }
}

void vector_relu(float *values, size_t count)
{
  for (size_t i = 0; i < count; i++) values[i] = values[i] > 0 ? values[i] : 0;
}

WIDE float vector_dot(const float *a, const float *b, size_t count)
{
  V8 sums = *read_at(a) * *read_at(b);
  for (size_t i = VECTOR; i < count; i += VECTOR) sums += *read_at(a + i) * *read_at(b + i);
  return ((sums[0] + sums[4]) + (sums[1] + sums[5])) + ((sums[2] + sums[6]) + (sums[3] + sums[7]));
}

WIDE void vector_add_scaled(float *out, const float *values, float scale, size_t count)
{
  for (size_t i = 0; i < count; i += VECTOR) *write_at(out + i) += *read_at(values + i) * scale;
}

float scalar_exp(float x)
{
  if (x < -87.0f) return 0;
  if (x > 88.0f) x = 88.0f;
  const float scaled = x * 1.44269504f;
  const int32_t whole = (int32_t)(scaled < 0 ? scaled - 0.5f : scaled + 0.5f);
  const float f = (scaled - (float)whole) * 0.69314718f;
  const float power =
      1 + f * (1 + f * (0.5f + f * (0.16666667f + f * (0.041666667f + f * 0.0083333333f))));
  const uint32_t bits = (uint32_t)(whole + 127) << 23;
  float two;
  memcpy(&two, &bits, sizeof two);
  return power * two;
}

float scalar_log(float x)
{
  if (x < 1e-30f) x = 1e-30f;
  uint32_t bits;
  memcpy(&bits, &x, sizeof bits);
  const int32_t whole = (int32_t)(bits >> 23) - 127;
  bits = (bits & 0x7FFFFFu) | 0x3F800000u;
  float m;
  memcpy(&m, &bits, sizeof m);
  const float y = (m - 1) / (m + 1), z = y * y;
  const float part =
      2 * y * (1 + z * (0.33333333f + z * (0.2f + z * (0.14285714f + z * 0.11111111f))));
  return part + (float)whole * 0.69314718f;
}

float vector_softmax(float *values, size_t count)
{
  float most = values[0], sum = 0;
  for (size_t i = 1; i < count; i++) most = values[i] > most ? values[i] : most;
  for (size_t i = 0; i < count; i++) {
    values[i] = scalar_exp(values[i] - most);
    sum += values[i];
  }
  for (size_t i = 0; i < count; i++) values[i] /= sum;
  return most + scalar_log(sum);
}
