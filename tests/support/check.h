/* cmocka with what it needs before it. */
#ifndef ENTENTE_TESTS_CHECK_H
#define ENTENTE_TESTS_CHECK_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

/* A small generator of numbers that are the same everywhere (xorshift64*). */
static inline uint64_t check_random(uint64_t *state)
{
  *state ^= *state >> 12;
  *state ^= *state << 25;
  *state ^= *state >> 27;
  return *state * 0x2545F4914F6CDD1Du;
}

/* Below BOUND. */
static inline uint32_t check_below(uint64_t *state, uint32_t bound)
{
  return (uint32_t)(check_random(state) >> 33) % bound;
}

#endif
