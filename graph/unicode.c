/* The only file that includes utf8proc. */
#include "unicode.h"

#include <stdlib.h>
#include <utf8proc.h>

static size_t sequence_length(unsigned char lead)
{
  if (lead < 0x80) return 1;
  if (lead >= 0xC2 && lead <= 0xDF) return 2;
  if (lead >= 0xE0 && lead <= 0xEF) return 3;
  if (lead >= 0xF0 && lead <= 0xF4) return 4;
  return 0;
}

/* RFC 3629 section 4: no overlong forms, no surrogates, nothing above U+10FFFF. */
static bool second_is_legal(unsigned char lead, unsigned char second)
{
  switch (lead) {
  case 0xE0:
    return second >= 0xA0;
  case 0xED:
    return second <= 0x9F;
  case 0xF0:
    return second >= 0x90;
  case 0xF4:
    return second <= 0x8F;
  default:
    return true;
  }
}

/* Bytes of the well-formed sequence at P (with LEFT bytes left), or 0. */
static size_t well_formed(const unsigned char *p, size_t left)
{
  const size_t n = sequence_length(p[0]);
  if (n == 0 || n > left) return 0;
  for (size_t i = 1; i < n; i++) {
    if ((p[i] & 0xC0) != 0x80) return 0;
  }
  return n > 1 && !second_is_legal(p[0], p[1]) ? 0 : n;
}

uint32_t utf8_next(Slice text, size_t *at)
{
  const unsigned char *const p = (const unsigned char *)text.ptr + *at;
  const size_t n = well_formed(p, text.len - *at);
  if (n == 0) {
    *at += 1;
    return 0xFFFD;
  }
  *at += n;
  switch (n) {
  case 1:
    return p[0];
  case 2:
    return (uint32_t)(p[0] & 0x1F) << 6 | (p[1] & 0x3F);
  case 3:
    return (uint32_t)(p[0] & 0x0F) << 12 | (uint32_t)(p[1] & 0x3F) << 6 | (p[2] & 0x3F);
  default:
    return (uint32_t)(p[0] & 0x07) << 18 | (uint32_t)(p[1] & 0x3F) << 12 |
           (uint32_t)(p[2] & 0x3F) << 6 | (p[3] & 0x3F);
  }
}

size_t utf8_encode(char out[4], uint32_t code)
{
  const utf8proc_ssize_t n = utf8proc_encode_char((utf8proc_int32_t)code, (utf8proc_uint8_t *)out);
  return n > 0 ? (size_t)n : 0;
}

/* Are the eight bytes at P all ASCII? */
static bool eight_ascii(const char *p)
{
  uint64_t word;
  memcpy(&word, p, sizeof word);
  return (word & 0x8080808080808080u) == 0;
}

size_t utf8_check(Slice text)
{
  size_t at = 0;
  while (at < text.len) {
    if (text.len - at >= 8 && eight_ascii(text.ptr + at)) {
      at += 8;
      continue;
    }
    const size_t n = well_formed((const unsigned char *)text.ptr + at, text.len - at);
    if (n == 0) return at;
    at += n;
  }
  return at;
}

size_t utf8_count(Slice text)
{
  size_t count = 0, at = 0;
  while (at < text.len) {
    utf8_next(text, &at);
    count++;
  }
  return count;
}

static bool is_ascii(Slice text)
{
  for (size_t i = 0; i < text.len; i++) {
    if ((unsigned char)text.ptr[i] >= 0x80) return false;
  }
  return true;
}

static Status map(Buffer *out, Slice text, unsigned options)
{
  utf8proc_uint8_t *mapped = NULL;
  const utf8proc_ssize_t n =
      utf8proc_map((const utf8proc_uint8_t *)text.ptr, (utf8proc_ssize_t)text.len, &mapped,
                   (utf8proc_option_t)(UTF8PROC_STABLE | options));
  if (n < 0) return n == UTF8PROC_ERROR_NOMEM ? STATUS_MEMORY : STATUS_INPUT;
  const Status status = buffer_add(out, mapped, (size_t)n);
  free(mapped);
  return status;
}

static Status fold_ascii(Buffer *out, Slice text)
{
  TRY(buffer_slice(out, text));
  for (size_t i = out->count - text.len; i < out->count; i++) {
    const char c = out->bytes[i];
    if (c >= 'A' && c <= 'Z') out->bytes[i] = (char)(c - 'A' + 'a');
  }
  return STATUS_OK;
}

Status unicode_nfc(Buffer *out, Slice text)
{
  return is_ascii(text) ? buffer_slice(out, text) : map(out, text, UTF8PROC_COMPOSE);
}

Status unicode_fold(Buffer *out, Slice text)
{
  return is_ascii(text) ? fold_ascii(out, text)
                        : map(out, text, UTF8PROC_COMPOSE | UTF8PROC_CASEFOLD);
}

Status unicode_strip(Buffer *out, Slice text)
{
  return is_ascii(text)
             ? fold_ascii(out, text)
             : map(out, text, UTF8PROC_DECOMPOSE | UTF8PROC_CASEFOLD | UTF8PROC_STRIPMARK);
}

/* Letters with a stroke or without a dot, and ligatures: Unicode does not decompose them. */
static const char *plain_letter(uint32_t code)
{
  static const struct {
    uint32_t code;
    const char *plain;
  } letters[] = {{0xC6, "Ae"}, {0xD0, "D"},   {0xD8, "O"},   {0xDE, "Th"}, {0xDF, "ss"},
                 {0xE6, "ae"}, {0xF0, "d"},   {0xF8, "o"},   {0xFE, "th"}, {0x110, "D"},
                 {0x111, "d"}, {0x126, "H"},  {0x127, "h"},  {0x131, "i"}, {0x141, "L"},
                 {0x142, "l"}, {0x152, "Oe"}, {0x153, "oe"}, {0x18F, "A"}, {0x259, "a"}};
  for (size_t i = 0; i < sizeof letters / sizeof *letters; i++) {
    if (letters[i].code == code) return letters[i].plain;
  }
  return NULL;
}

Status unicode_plain(Buffer *out, Slice text)
{
  if (is_ascii(text)) return buffer_slice(out, text);
  Buffer bare = BUFFER_EMPTY;
  Status status = map(&bare, text, UTF8PROC_DECOMPOSE | UTF8PROC_STRIPMARK);
  const Slice letters = buffer_as_slice(&bare);
  for (size_t at = 0; status == STATUS_OK && at < letters.len;) {
    const size_t start = at;
    const char *const plain = plain_letter(utf8_next(letters, &at));
    status = plain ? buffer_text(out, plain) : buffer_slice(out, slice_part(letters, start, at));
  }
  buffer_clear(&bare);
  return status;
}

uint32_t unicode_lower(uint32_t code)
{
  return (uint32_t)utf8proc_tolower((utf8proc_int32_t)code);
}

uint32_t unicode_upper(uint32_t code)
{
  return (uint32_t)utf8proc_toupper((utf8proc_int32_t)code);
}

static utf8proc_category_t category(uint32_t code)
{
  return utf8proc_category((utf8proc_int32_t)code);
}

bool unicode_is_upper(uint32_t code)
{
  const utf8proc_category_t c = category(code);
  return c == UTF8PROC_CATEGORY_LU || c == UTF8PROC_CATEGORY_LT;
}

bool unicode_is_lower(uint32_t code)
{
  return category(code) == UTF8PROC_CATEGORY_LL;
}

bool unicode_is_letter(uint32_t code)
{
  const utf8proc_category_t c = category(code);
  return c >= UTF8PROC_CATEGORY_LU && c <= UTF8PROC_CATEGORY_LO;
}

bool unicode_is_digit(uint32_t code)
{
  return category(code) == UTF8PROC_CATEGORY_ND;
}

bool unicode_is_mark(uint32_t code)
{
  const utf8proc_category_t c = category(code);
  return c >= UTF8PROC_CATEGORY_MN && c <= UTF8PROC_CATEGORY_ME;
}

bool unicode_is_space(uint32_t code)
{
  return (code >= 0x09 && code <= 0x0D) || code == 0x85 || code == 0x200B || code == 0xFEFF ||
         (category(code) >= UTF8PROC_CATEGORY_ZS && category(code) <= UTF8PROC_CATEGORY_ZP);
}

bool unicode_is_punctuation(uint32_t code)
{
  const utf8proc_category_t c = category(code);
  return c >= UTF8PROC_CATEGORY_PC && c <= UTF8PROC_CATEGORY_PO;
}

bool unicode_is_symbol(uint32_t code)
{
  const utf8proc_category_t c = category(code);
  return c >= UTF8PROC_CATEGORY_SM && c <= UTF8PROC_CATEGORY_SO;
}
