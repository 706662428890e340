/* Keys: which occur often enough to have a row of their own; and chance that is the same on every
   run. What learning vectors and learning the network share. */
#ifndef ENTENTE_KEYS_H
#define ENTENTE_KEYS_H

#include "graph/status.h"

#include <stddef.h>
#include <stdint.h>

/* Rising keys and how often each occurs, after a first one, 0, that stands for all others. */
typedef struct Keys {
  uint32_t *keys, *times;
  size_t count;
} Keys;

/* Those of the COUNT keys ALL, which are sorted on the way, that occur AT_LEAST times. */
Status keys_count(Keys *out, uint32_t *all, size_t count, size_t at_least);
void keys_clear(Keys *keys);

/* splitmix64 (Steele, Lea and Flood 2014); 32 bits, and a share of 1. */
uint32_t chance_draw(uint64_t *state);
float chance_share(uint64_t *state);

#endif
