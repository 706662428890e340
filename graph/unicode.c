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

/* Latin letters from U+00C0 to U+017F without their marks; ligatures and strokes too, which Unicode
   does not decompose. */
static const char *plain_letter(uint32_t code)
{
  static const char letters[] = "A\0A\0A\0A\0A\0A\0AeC\0E\0E\0E\0E\0I\0I\0I\0I\0D\0N\0O\0O\0O\0O\0O"
                                "\0\0\0O\0U\0U\0U\0U\0Y\0Thss"
                                "a\0a\0a\0a\0a\0a\0aec\0e\0e\0e\0e\0i\0i\0i\0i\0d\0n\0o\0o\0o\0o\0o"
                                "\0\0\0o\0u\0u\0u\0u\0y\0thy\0"
                                "A\0a\0A\0a\0A\0a\0C\0c\0C\0c\0C\0c\0C\0c\0D\0d\0D\0d\0E\0e\0E\0e\0"
                                "E\0e\0E\0e\0E\0e\0G\0g\0G\0g\0"
                                "G\0g\0G\0g\0H\0h\0H\0h\0I\0i\0I\0i\0I\0i\0I\0i\0I\0i\0IJijJ\0j\0K"
                                "\0k\0\0\0L\0l\0L\0l\0L\0l\0\0\0"
                                "\0\0L\0l\0N\0n\0N\0n\0N\0n\0\0\0\0\0\0\0O\0o\0O\0o\0O\0o\0OeoeR\0r"
                                "\0R\0r\0R\0r\0S\0s\0S\0s\0S\0s\0"
                                "S\0s\0T\0t\0T\0t\0T\0t\0U\0u\0U\0u\0U\0u\0U\0u\0U\0u\0U\0u\0W\0w\0"
                                "Y\0y\0Y\0Z\0z\0Z\0z\0Z\0z\0";
  if (code < 0xC0 || code >= 0x17F) return NULL;
  const char *const letter = letters + 2 * (code - 0xC0);
  return *letter ? letter : NULL;
}

static Status add_plain(Buffer *out, Slice letter)
{
  size_t at = 0;
  const char *const plain = plain_letter(utf8_next(letter, &at));
  if (plain) return buffer_add(out, plain, plain[1] ? 2 : 1);
  return map(out, letter, UTF8PROC_DECOMPOSE | UTF8PROC_STRIPMARK);
}

Status unicode_plain(Buffer *out, Slice text)
{
  size_t at = 0;
  while (at < text.len) {
    const size_t start = at;
    while (at < text.len && (unsigned char)text.ptr[at] < 0x80) at++;
    TRY(buffer_add(out, text.ptr + start, at - start));
    if (at == text.len) break;
    const size_t letter = at;
    utf8_next(text, &at);
    TRY(add_plain(out, slice_part(text, letter, at)));
  }
  return STATUS_OK;
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
  if (code < 0x80) return code == ' ' || (code >= 0x09 && code <= 0x0D);
  return code == 0x85 || code == 0x200B || code == 0xFEFF ||
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
