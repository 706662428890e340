/* Numbers in as few bytes as they need: seven bits a byte, low ones first (LEB128). */
#ifndef ENTENTE_VARINT_H
#define ENTENTE_VARINT_H

#include <stdint.h>

#define VARINT_LONGEST 10

/* Write VALUE to OUT, which has room for VARINT_LONGEST bytes; returns the end. */
static inline unsigned char *varint_write(unsigned char *out, uint64_t value)
{
  while (value >= 0x80) {
    *out++ = (unsigned char)(value | 0x80);
    value >>= 7;
  }
  *out++ = (unsigned char)value;
  return out;
}

/* Read what varint_write wrote; returns the end. */
static inline const unsigned char *varint_read(uint64_t *value, const unsigned char *at)
{
  uint64_t byte = *at++;
  uint64_t sum = byte & 0x7F;
  for (unsigned shift = 7; byte & 0x80; shift += 7) {
    byte = *at++;
    sum |= (byte & 0x7F) << shift;
  }
  *value = sum;
  return at;
}

static inline const unsigned char *varint_read32(uint32_t *value, const unsigned char *at)
{
  uint32_t byte = *at++;
  uint32_t sum = byte & 0x7F;
  for (unsigned shift = 7; byte & 0x80; shift += 7) {
    byte = *at++;
    sum |= (byte & 0x7F) << shift;
  }
  *value = sum;
  return at;
}

#endif
