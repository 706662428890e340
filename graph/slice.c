/* The only file that includes xxHash. */
#include "slice.h"

#include <xxhash.h>

uint64_t slice_hash(Slice a, uint64_t seed)
{
  return XXH64(a.ptr ? a.ptr : "", a.len, seed);
}
