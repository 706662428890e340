/* Slice: a borrowed run of bytes, usually UTF-8; not NUL-terminated. */
#ifndef ENTENTE_SLICE_H
#define ENTENTE_SLICE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

typedef struct Slice {
  const char *ptr;
  size_t len;
} Slice;

#define SLICE(LITERAL) ((Slice){(LITERAL), sizeof(LITERAL) - 1})
#define SLICE_NONE ((Slice){NULL, 0})

/* For printf("%.*s", SLICE_ARGS(slice)). */
#define SLICE_ARGS(SLICE) (int)(SLICE).len, (SLICE).ptr

static inline Slice slice_of(const char *text)
{
  return (Slice){text, text ? strlen(text) : 0};
}

static inline bool slice_equal(Slice a, Slice b)
{
  return a.len == b.len && (a.len == 0 || memcmp(a.ptr, b.ptr, a.len) == 0);
}

static inline bool slice_is(Slice a, const char *text)
{
  return slice_equal(a, slice_of(text));
}

static inline Slice slice_part(Slice a, size_t start, size_t end)
{
  return (Slice){a.ptr ? a.ptr + start : NULL, end - start}; /* NULL + 0 is undefined in C11 */
}

static inline bool slice_starts(Slice a, const char *prefix)
{
  const size_t n = strlen(prefix);
  return a.len >= n && memcmp(a.ptr, prefix, n) == 0;
}

static inline bool slice_ends(Slice a, const char *suffix)
{
  const size_t n = strlen(suffix);
  return a.len >= n && memcmp(a.ptr + a.len - n, suffix, n) == 0;
}

/* Order by bytes, which for UTF-8 is the order of code points; the shorter of equals comes first.
 */
static inline int slice_compare(Slice a, Slice b)
{
  const size_t n = a.len < b.len ? a.len : b.len;
  const int order = n ? memcmp(a.ptr, b.ptr, n) : 0;
  return order ? order : (a.len > b.len) - (a.len < b.len);
}

/* The number from 1 to 999,999 that A is; false if it is none. */
bool slice_count(unsigned *out, Slice a);

/* 64-bit hash (xxHash XXH64): the same on every machine. */
uint64_t slice_hash(Slice a, uint64_t seed);

#endif
