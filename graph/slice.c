/* The only file that includes xxHash. */
#include "slice.h"

#include <xxhash.h>

uint64_t slice_hash(Slice a, uint64_t seed)
{
  return XXH64(a.ptr ? a.ptr : "", a.len, seed);
}

bool slice_count(unsigned *out, Slice a)
{
  *out = 0;
  for (size_t i = 0; i < a.len; i++) {
    if (a.ptr[i] < '0' || a.ptr[i] > '9' || *out > 99999) return false;
    *out = *out * 10 + (unsigned)(a.ptr[i] - '0');
  }
  return *out > 0;
}
