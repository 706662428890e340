/* Least significant digit first, eleven bits at a time; digits in which all ids agree are skipped.
   Few quads are sorted by insertion, where clearing the counters would cost more. */
#include "radix.h"

#define DIGIT_BITS 11u
#define DIGIT_VALUES (1u << DIGIT_BITS)
#define DIGITS 3u
#define FEW 48u

static uint32_t field_of(const Quad *quad, unsigned field)
{
  switch (field) {
  case 0:
    return quad->subject;
  case 1:
    return quad->predicate;
  case 2:
    return quad->object;
  default:
    return quad->graph;
  }
}

static bool before(const Quad *a, const Quad *b, const unsigned char *field, unsigned fields)
{
  for (unsigned i = fields; i-- > 0;) {
    const uint32_t x = field_of(a, field[i]), y = field_of(b, field[i]);
    if (x != y) return x < y;
  }
  return false;
}

static void insertion_sort(Quad *quads, size_t count, const unsigned char *field, unsigned fields)
{
  for (size_t i = 1; i < count; i++) {
    const Quad quad = quads[i];
    size_t at = i;
    for (; at > 0 && before(&quad, &quads[at - 1], field, fields); at--) quads[at] = quads[at - 1];
    quads[at] = quad;
  }
}

/* Turn counts into starts; false if all quads share one value. */
static bool starts_of(size_t *counts, size_t count)
{
  size_t sum = 0;
  for (unsigned value = 0; value < DIGIT_VALUES; value++) {
    const size_t here = counts[value];
    if (here == count) return false;
    counts[value] = sum;
    sum += here;
  }
  return true;
}

static void scatter(Quad *to, const Quad *from, size_t count, size_t *starts, unsigned field,
                    unsigned shift)
{
  for (size_t i = 0; i < count; i++) {
    const uint32_t digit = field_of(&from[i], field) >> shift & (DIGIT_VALUES - 1);
    to[starts[digit]++] = from[i];
  }
}

static void count_digits(size_t counts[DIGITS][DIGIT_VALUES], const Quad *quads, size_t count,
                         unsigned field)
{
  memset(counts, 0, DIGITS * sizeof *counts);
  for (size_t i = 0; i < count; i++) {
    const uint32_t id = field_of(&quads[i], field);
    counts[0][id & (DIGIT_VALUES - 1)]++;
    counts[1][id >> DIGIT_BITS & (DIGIT_VALUES - 1)]++;
    counts[2][id >> 2 * DIGIT_BITS]++;
  }
}

void radix_sort(Quad *quads, Quad *scratch, size_t count, const unsigned char *field,
                unsigned fields)
{
  if (count <= FEW) {
    insertion_sort(quads, count, field, fields);
    return;
  }
  size_t counts[DIGITS][DIGIT_VALUES];
  Quad *from = quads, *to = scratch;
  for (unsigned i = 0; i < fields; i++) {
    count_digits(counts, from, count, field[i]);
    for (unsigned digit = 0; digit < DIGITS; digit++) {
      if (!starts_of(counts[digit], count)) continue;
      scatter(to, from, count, counts[digit], field[i], digit * DIGIT_BITS);
      Quad *const other = from;
      from = to;
      to = other;
    }
  }
  if (from != quads) memcpy(quads, from, count * sizeof *quads);
}
