/* What the bytes are is told by a byte order mark, else by trying: text without NUL that is UTF-8
   is UTF-8. Where it is not, either a few bytes of a UTF-8 text are damaged, or it is Windows-1252:
   then nearly every high byte stands where that character makes sense (é between letters, a curly
   quote, a dash), and hardly two of them look like UTF-8 by accident. */
#include "decode.h"

#include "graph/unicode.h"

typedef struct Place {
  const char *path;
  size_t line;
  const Report *report;
} Place;

static Status refuse(const Place *place, const char *what, size_t offset)
{
  report(place->report, SEVERITY_ERROR, place->path, place->line, 0, "%s (byte %zu)", what, offset);
  return STATUS_INPUT;
}

/* Windows-1252 from 0x80 to 0x9F; 0 where nothing is assigned. */
static const uint16_t windows_high[32] = {
    0x20ac, 0,      0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160,
    0x2039, 0x0152, 0,      0x017d, 0,      0,      0x2018, 0x2019, 0x201c, 0x201d, 0x2022,
    0x2013, 0x2014, 0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0,      0x017e, 0x0178};

uint32_t windows_code(unsigned char byte)
{
  return byte >= 0x80 && byte < 0xa0 ? windows_high[byte - 0x80] : byte;
}

static bool is_letter_at(Slice bytes, size_t at)
{
  return at < bytes.len && unicode_is_letter(windows_code((unsigned char)bytes.ptr[at]));
}

static bool is_lower_at(Slice bytes, size_t at)
{
  return at < bytes.len && unicode_is_lower(windows_code((unsigned char)bytes.ptr[at]));
}

/* Does the high byte at AT make sense there as Windows-1252? AT - 1 wraps to beyond the end. */
static bool plausible(Slice bytes, size_t at)
{
  const unsigned char byte = (unsigned char)bytes.ptr[at];
  const uint32_t code = windows_code(byte);
  if (code == 0 || byte == 0xff) return false;
  if (byte == 0xa1 || byte == 0xbf) return is_letter_at(bytes, at + 1);
  if (byte == 0xaf || byte == 0xb8 || byte == 0xa8 || byte == 0xa6 || byte == 0xac) return false;
  if (!unicode_is_letter(code)) return true;
  if (unicode_is_upper(code)) {
    if (is_lower_at(bytes, at - 1)) return false;
    return is_letter_at(bytes, at + 1) || is_letter_at(bytes, at - 1);
  }
  return is_letter_at(bytes, at - 1) || is_letter_at(bytes, at + 1);
}

/* How many sequences of several bytes are UTF-8, how many bytes are not, and how many of these
   would be odd in Windows-1252. */
typedef struct Counts {
  size_t sequences, stray, odd;
} Counts;

static Counts count_high(Slice bytes)
{
  Counts counts = {0, 0, 0};
  for (size_t at = 0; at < bytes.len;) {
    if ((unsigned char)bytes.ptr[at] < 0x80) {
      at++;
      continue;
    }
    const size_t start = at;
    utf8_next(bytes, &at);
    if (at - start > 1) {
      counts.sequences++;
    } else {
      counts.stray++;
      counts.odd += !plausible(bytes, start);
    }
  }
  return counts;
}

/* Every byte takes at most three in UTF-8. */
static Status decode_windows(Slice *out, Arena *arena, Slice bytes)
{
  size_t length = 0;
  char scratch[4];
  for (size_t i = 0; i < bytes.len; i++) {
    length += utf8_encode(scratch, windows_code((unsigned char)bytes.ptr[i]));
  }
  char *const text = arena_alloc(arena, length);
  if (!text) return STATUS_MEMORY;
  size_t at = 0;
  for (size_t i = 0; i < bytes.len; i++) {
    at += utf8_encode(text + at, windows_code((unsigned char)bytes.ptr[i]));
  }
  *out = (Slice){text, length};
  return STATUS_OK;
}

static uint32_t unit16(Slice bytes, size_t at, bool big)
{
  const unsigned char a = (unsigned char)bytes.ptr[at], b = (unsigned char)bytes.ptr[at + 1];
  return big ? (uint32_t)a << 8 | b : (uint32_t)b << 8 | a;
}

/* The code point at *AT; UINT32_MAX where half a surrogate pair or half a unit stands. */
static uint32_t next16(Slice bytes, size_t *at, bool big)
{
  if (bytes.len - *at < 2) return UINT32_MAX;
  const uint32_t first = unit16(bytes, *at, big);
  *at += 2;
  if (first < 0xd800 || first > 0xdfff) return first;
  if (first > 0xdbff || bytes.len - *at < 2) return UINT32_MAX;
  const uint32_t second = unit16(bytes, *at, big);
  if (second < 0xdc00 || second > 0xdfff) return UINT32_MAX;
  *at += 2;
  return 0x10000 + ((first - 0xd800) << 10) + (second - 0xdc00);
}

static Status decode_utf16(Slice *out, Arena *arena, Slice bytes, bool big, const Place *place)
{
  char *const text = arena_alloc(arena, bytes.len / 2 * 3 + 1);
  if (!text) return STATUS_MEMORY;
  size_t length = 0;
  for (size_t at = 0; at < bytes.len;) {
    const size_t start = at;
    const uint32_t code = next16(bytes, &at, big);
    if (code == UINT32_MAX) return refuse(place, "is not valid UTF-16", start + 2);
    if (code == 0) return refuse(place, "is not text but binary data", start + 2);
    length += utf8_encode(text + length, code);
  }
  *out = (Slice){text, length};
  return STATUS_OK;
}

/* Formats that people put where text is expected, by their first bytes. */
static const struct {
  Slice magic;
  const char *message;
} foreign[] = {
    {{"\x89PNG\r\n", 6}, "is not text but a PNG picture"},
    {{"\xff\xd8\xff", 3}, "is not text but a JPEG picture"},
    {{"GIF8", 4}, "is not text but a GIF picture"},
    {{"%PDF-", 5}, "is not text but a PDF file"},
    {{"PK\x03\x04", 4}, "is not text but a zip archive or an office file"},
    {{"\xd0\xcf\x11\xe0", 4}, "is not text but an office file"},
    {{"\xfd"
      "7zXZ",
      5},
     "is not text but xz compressed data"},
    {{"BZh9", 4}, "is not text but bzip2 compressed data"},
    {{"\x28\xb5\x2f\xfd", 4}, "is not text but zstd compressed data"},
    {{"\xff\xfe\x00\x00", 4}, "is UTF-32, which is not read"},
    {{"\x00\x00\xfe\xff", 4}, "is UTF-32, which is not read"},
};

static bool begins(Slice bytes, Slice magic)
{
  return bytes.len >= magic.len && memcmp(bytes.ptr, magic.ptr, magic.len) == 0;
}

/* Control characters that text does not hold: none may be NUL, few may be another. */
static Status check_text(Slice bytes, const Place *place)
{
  for (size_t i = 0; i < sizeof foreign / sizeof *foreign; i++) {
    if (begins(bytes, foreign[i].magic)) return refuse(place, foreign[i].message, 0);
  }
  return STATUS_OK;
}

static Status check_controls(Slice bytes, const Place *place)
{
  const char *const nul = bytes.len ? memchr(bytes.ptr, '\0', bytes.len) : NULL;
  if (nul) return refuse(place, "is not text but binary data", (size_t)(nul - bytes.ptr));
  size_t controls = 0, first = 0;
  for (size_t i = 0; i < bytes.len; i++) {
    const unsigned char byte = (unsigned char)bytes.ptr[i];
    if (byte >= 0x20 || (byte >= '\t' && byte <= '\r')) continue;
    if (controls++ == 0) first = i;
  }
  return controls > 3 && controls * 50 > bytes.len
             ? refuse(place, "is not text but binary data", first)
             : STATUS_OK;
}

/* Not UTF-8 from offset WRONG on: Windows-1252, or refused. */
static Status decode_high(Slice *out, Arena *arena, Slice bytes, size_t wrong, const Place *place)
{
  const Counts counts = count_high(bytes);
  if (counts.sequences * 4 > counts.stray || counts.odd * 10 > counts.stray) {
    return refuse(place, "is not valid UTF-8", wrong);
  }
  report(place->report, SEVERITY_WARNING, place->path, place->line, 0,
         "is not UTF-8 (byte %zu); read as Windows-1252", wrong);
  return decode_windows(out, arena, bytes);
}

Status decode(Slice *out, Arena *arena, Slice bytes, const char *path, size_t line,
              const Report *report)
{
  const Place place = {path, line, report};
  *out = bytes;
  TRY(check_text(bytes, &place));
  if (begins(bytes, SLICE("\xff\xfe"))) {
    return decode_utf16(out, arena, slice_part(bytes, 2, bytes.len), false, &place);
  }
  if (begins(bytes, SLICE("\xfe\xff"))) {
    return decode_utf16(out, arena, slice_part(bytes, 2, bytes.len), true, &place);
  }
  TRY(check_controls(bytes, &place));
  const bool marked = begins(bytes, SLICE("\xef\xbb\xbf"));
  const size_t wrong = utf8_check(bytes);
  if (wrong == bytes.len) {
    if (marked) *out = slice_part(bytes, 3, bytes.len);
    return STATUS_OK;
  }
  if (marked) return refuse(&place, "is not valid UTF-8", wrong);
  return decode_high(out, arena, bytes, wrong, &place);
}
