/* Widths are those of Helvetica, which the fonts of every system imitate; a letter beyond ASCII
   counts as wide as a figure, or one em if it is of a script with square letters. */
#include "wording.h"

#include "graph/unicode.h"

#define ELLIPSIS "\xE2\x80\xA6"
#define EN_DASH "\xE2\x80\x93"

/* ---- cleaning ---- */

static bool is_unwanted(uint32_t code)
{
  return code < 0x20 || (code >= 0x7F && code < 0xA0) || (code >= 0x202A && code <= 0x202E) ||
         (code >= 0x2066 && code <= 0x2069) || (code >= 0xFDD0 && code <= 0xFDEF) ||
         (code & 0xFFFE) == 0xFFFE || code == 0xFEFF || (code >= 0xFFF9 && code <= 0xFFFB);
}

static Status add_code(Buffer *out, uint32_t code)
{
  char bytes[4];
  return buffer_add(out, bytes, utf8_encode(bytes, code));
}

Status words_clean(Buffer *out, Slice text)
{
  const size_t start = out->count;
  bool blank = false;
  for (size_t at = 0; at < text.len;) {
    const uint32_t code = utf8_next(text, &at);
    const bool space = unicode_is_space(code) || code == '\t' || code == '\n' || code == '\r';
    blank |= space;
    if (space || is_unwanted(code)) continue;
    if (blank && out->count > start) TRY(buffer_text(out, " "));
    blank = false;
    TRY(add_code(out, code));
  }
  return buffer_text(out, "");
}

/* ---- widths ---- */

static const uint16_t helvetica[95] = {
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333,  278, 278, 556, 556, 556,
    556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556, 1015, 667, 667, 722, 722, 667,
    611, 778, 722, 278, 500, 667, 556, 833, 722, 778, 667, 778, 722, 667,  611, 722, 667, 944, 667,
    667, 611, 278, 278, 278, 469, 556, 333, 556, 556, 500, 556, 556, 278,  556, 556, 222, 222, 500,
    222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500,  500, 334, 260, 334, 584};

static double code_width(uint32_t code)
{
  if (code >= 0x20 && code < 0x7F) return helvetica[code - 0x20] / 1000.0;
  if (unicode_is_mark(code) || code < 0x20) return 0;
  return code >= 0x1100 ? 1.05 : 0.6;
}

double words_width(Slice text)
{
  double width = 0;
  for (size_t at = 0; at < text.len;) width += code_width(utf8_next(text, &at));
  return width * 1.04;
}

/* ---- wrapping ---- */

/* The longest start of TEXT that is at most WIDTH wide, but at least one letter. */
static size_t fitting(Slice text, double width)
{
  double used = 0;
  size_t end = 0;
  for (size_t at = 0; at < text.len; end = at) {
    const uint32_t code = utf8_next(text, &at);
    used += code_width(code);
    if (used > width && end > 0) break;
  }
  return end;
}

/* Where to break TEXT, which is too long for a line that ends at FIT: after the last blank or
   hyphen, or in the word if that is longer than a line. */
static size_t break_at(Slice text, size_t fit)
{
  if (fit >= text.len || text.ptr[fit] == ' ') return fit;
  for (size_t i = fit; i > 0; i--)
    if (text.ptr[i - 1] == ' ' || (text.ptr[i - 1] == '-' && i > 3)) return i;
  return fit;
}

static Slice trim(Slice text)
{
  while (text.len && text.ptr[0] == ' ') text = slice_part(text, 1, text.len);
  while (text.len && text.ptr[text.len - 1] == ' ') text.len--;
  return text;
}

static Status add_cut(Buffer *out, Slice text, double width)
{
  Slice line = trim(slice_part(text, 0, fitting(text, width - 1)));
  const size_t at = break_at(text, line.len);
  if (at > line.len / 3 && at < line.len) line = trim(slice_part(text, 0, at));
  while (line.len && strchr(",;:-", line.ptr[line.len - 1])) line.len--;
  TRY(buffer_slice(out, line));
  return buffer_text(out, ELLIPSIS);
}

/* The width that spreads TEXT evenly over as many lines as it needs. */
static double even_width(Slice text, double width)
{
  const double all = words_width(text);
  double lines = 1;
  while (lines * width < all) lines++;
  const double even = all / lines * 1.12;
  return even < width ? even + 0.5 : width;
}

Status words_wrap(Buffer *out, Slice text, double width, unsigned lines)
{
  const double even = even_width(text, width);
  for (unsigned line = 1; text.len; line++) {
    const size_t fit = fitting(text, line == lines ? width : even);
    if (line > 1) TRY(buffer_text(out, "\n"));
    if (fit >= text.len) return buffer_slice(out, text);
    if (line == lines) return add_cut(out, text, width);
    const size_t end = break_at(text, fit);
    TRY(buffer_slice(out, trim(slice_part(text, 0, end))));
    text = trim(slice_part(text, end, text.len));
  }
  return STATUS_OK;
}

Status words_shorten(Buffer *out, Slice text, size_t limit)
{
  size_t end = 0;
  for (size_t at = 0, count = 0; at < text.len && count < limit; count++) {
    utf8_next(text, &at);
    if (count + 1 < limit || at == text.len) end = at;
  }
  TRY(buffer_slice(out, slice_part(text, 0, end)));
  return end < text.len ? buffer_text(out, ELLIPSIS) : STATUS_OK;
}

/* ---- escaping ---- */

typedef const char *(*Escape)(char c);

static Status add_escaped(Buffer *out, Slice text, Escape escape)
{
  size_t start = 0;
  for (size_t i = 0; i < text.len; i++) {
    const char *const instead = escape(text.ptr[i]);
    if (!instead) continue;
    TRY(buffer_slice(out, slice_part(text, start, i)));
    TRY(buffer_text(out, instead));
    start = i + 1;
  }
  return text.len ? buffer_slice(out, slice_part(text, start, text.len)) : STATUS_OK;
}

static const char *escape_xml(char c)
{
  switch (c) {
  case '&':
    return "&amp;";
  case '<':
    return "&lt;";
  case '>':
    return "&gt;";
  case '"':
    return "&quot;";
  case '\n':
    return "&#10;";
  default:
    return NULL;
  }
}

static const char *escape_html(char c)
{
  if (c == '\\') return "\\\\";
  return c == '\n' ? "<BR/>" : escape_xml(c);
}

/* Graphviz goes twice over the backslashes of tooltips. */
static const char *escape_twice(char c)
{
  switch (c) {
  case '\\':
    return "\\\\\\\\";
  case '&':
    return "&amp;";
  case '\n':
    return "\\n";
  default:
    return NULL;
  }
}

Status words_html(Buffer *out, Slice text)
{
  return add_escaped(out, text, escape_html);
}

Status words_escaped(Buffer *out, Slice text)
{
  return add_escaped(out, text, escape_twice);
}

Status words_xml(Buffer *out, Slice text)
{
  return add_escaped(out, text, escape_xml);
}

/* ---- dates ---- */

static unsigned two_digits(Slice date, size_t at)
{
  if (at + 2 > date.len) return 0;
  const unsigned tens = (unsigned)(date.ptr[at] - '0'), ones = (unsigned)(date.ptr[at + 1] - '0');
  return tens < 10 && ones < 10 ? tens * 10 + ones : 0;
}

Status words_date(Buffer *out, Slice date)
{
  static const char *const months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                       "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const unsigned month = two_digits(date, 5), day = two_digits(date, 8);
  const bool plain = date.len == 4 || date.len == 7 || date.len == 10;
  if (!plain || month > 12 || (date.len > 4 && month == 0)) return words_clean(out, date);
  if (day) TRY(buffer_printf(out, "%u ", day));
  if (month) TRY(buffer_printf(out, "%s ", months[month - 1]));
  return words_clean(out, slice_part(date, 0, 4));
}

Status words_period(Buffer *out, Slice first, Slice last)
{
  if (first.len) TRY(words_date(out, first));
  if (slice_equal(first, last) || !last.len) return STATUS_OK;
  TRY(buffer_text(out, " " EN_DASH " "));
  return words_date(out, last);
}
