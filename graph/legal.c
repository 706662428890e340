/* The productions of Turtle 1.1 (section 6.5), RFC 3987 as far as RDF needs it, BCP 47's outline
   and the lexical spaces of XML Schema 1.1 part 2. Everything is checked on code points or bytes;
   nothing here allocates. */
#include "legal.h"

#include "unicode.h"
#include "vocabulary.h"

static bool is_alpha(char c)
{
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_digit(char c)
{
  return c >= '0' && c <= '9';
}

static bool is_hex(char c)
{
  return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

const char *illegal_text(Slice text)
{
  if (text.len && memchr(text.ptr, 0, text.len)) return "U+0000 in a literal";
  return utf8_check(text) == text.len ? NULL : "not well-formed UTF-8";
}

const char *illegal_xml_text(Slice text)
{
  size_t at = 0;
  while (at < text.len) {
    const uint32_t c = utf8_next(text, &at);
    if (c < 0x20 && c != '\t' && c != '\n' && c != '\r') return "a character that XML cannot hold";
    if (c == 0xFFFE || c == 0xFFFF) return "a character that XML cannot hold";
  }
  return NULL;
}

static bool has_scheme(Slice iri)
{
  if (iri.len == 0 || !is_alpha(iri.ptr[0])) return false;
  for (size_t i = 1; i < iri.len; i++) {
    const char c = iri.ptr[i];
    if (c == ':') return true;
    if (!is_alpha(c) && !is_digit(c) && c != '+' && c != '-' && c != '.') return false;
  }
  return false;
}

/* What IRIREF forbids: 1; the bytes of characters beyond ASCII: 2. */
static const unsigned char iri_bytes[256] = {
    1,
    1,
    1,
    1,
    1,
    1,
    1,
    1,
    1,
    1,
    1,
    1,
    1,
    1,
    1,
    1,
    1,
    1,
    1,
    1,
    1,
    1,
    1,
    1,
    1,
    1,
    1,
    1,
    1,
    1,
    1,
    1,
    1,
    ['"'] = 1,
    ['<'] = 1,
    ['>'] = 1,
    ['\\'] = 1,
    ['^'] = 1,
    ['`'] = 1,
    ['{'] = 1,
    ['|'] = 1,
    ['}'] = 1,
#define FOUR(AT) [AT] = 2, [(AT) + 1] = 2, [(AT) + 2] = 2, [(AT) + 3] = 2
#define SIXTEEN(AT) FOUR(AT), FOUR((AT) + 4), FOUR((AT) + 8), FOUR((AT) + 12)
    SIXTEEN(0x80),
    SIXTEEN(0x90),
    SIXTEEN(0xA0),
    SIXTEEN(0xB0),
    SIXTEEN(0xC0),
    SIXTEEN(0xD0),
    SIXTEEN(0xE0),
    SIXTEEN(0xF0),
};

const char *illegal_iri(Slice iri)
{
  if (!has_scheme(iri)) return "an IRI that is not absolute";
  unsigned char seen = 0;
  for (size_t i = 0; i < iri.len; i++) seen |= iri_bytes[(unsigned char)iri.ptr[i]];
  if (seen & 1) return "an IRI with a character it may not hold";
  return !(seen & 2) || utf8_check(iri) == iri.len ? NULL : "not well-formed UTF-8";
}

const char *illegal_language(Slice tag)
{
  size_t run = 0;
  bool first = true;
  for (size_t i = 0; i < tag.len; i++) {
    const char c = tag.ptr[i];
    if (c == '-' && run > 0) {
      run = 0;
      first = false;
    } else if (is_alpha(c) || (is_digit(c) && !first)) {
      if (++run > 8) return "a language tag with a part of more than eight characters";
    } else {
      return "not a language tag";
    }
  }
  return run ? NULL : "not a language tag";
}

/* ---- lexical forms ---- */

static size_t digits(Slice s, size_t at)
{
  size_t n = 0;
  while (at + n < s.len && is_digit(s.ptr[at + n])) n++;
  return n;
}

static size_t sign(Slice s)
{
  return s.len && (s.ptr[0] == '+' || s.ptr[0] == '-');
}

static bool is_integer(Slice s)
{
  const size_t at = sign(s), n = digits(s, at);
  return n > 0 && at + n == s.len;
}

static size_t decimal_end(Slice s)
{
  size_t at = sign(s);
  const size_t whole = digits(s, at);
  at += whole;
  size_t part = 0;
  if (at < s.len && s.ptr[at] == '.') {
    part = digits(s, at + 1);
    at += 1 + part;
  }
  return whole + part ? at : 0;
}

static bool is_decimal(Slice s)
{
  const size_t end = decimal_end(s);
  return end > 0 && end == s.len;
}

static bool is_double(Slice s)
{
  if (slice_is(s, "INF") || slice_is(s, "+INF") || slice_is(s, "-INF") || slice_is(s, "NaN")) {
    return true;
  }
  const size_t end = decimal_end(s);
  if (end == 0 || end == s.len) return end > 0;
  return (s.ptr[end] == 'e' || s.ptr[end] == 'E') && is_integer(slice_part(s, end + 1, s.len));
}

static bool is_boolean(Slice s)
{
  return slice_is(s, "true") || slice_is(s, "false") || slice_is(s, "1") || slice_is(s, "0");
}

/* A number of exactly two digits at AT, between LOW and HIGH. */
static bool two(Slice s, size_t at, unsigned low, unsigned high)
{
  if (at + 2 > s.len || !is_digit(s.ptr[at]) || !is_digit(s.ptr[at + 1])) return false;
  const unsigned value = (unsigned)(s.ptr[at] - '0') * 10 + (unsigned)(s.ptr[at + 1] - '0');
  return value >= low && value <= high;
}

static bool is_zone(Slice s)
{
  if (s.len == 0 || slice_is(s, "Z")) return true;
  return s.len == 6 && (s.ptr[0] == '+' || s.ptr[0] == '-') && two(s, 1, 0, 14) &&
         s.ptr[3] == ':' && two(s, 4, 0, 59);
}

static size_t year_end(Slice s)
{
  const size_t at = s.len && s.ptr[0] == '-', n = digits(s, at);
  if (n < 4 || (n > 4 && s.ptr[at] == '0')) return 0;
  return at + n;
}

static size_t month_end(Slice s)
{
  const size_t end = year_end(s);
  return end && end < s.len && s.ptr[end] == '-' && two(s, end + 1, 1, 12) ? end + 3 : 0;
}

static unsigned days_of(Slice s, size_t month_at)
{
  static const unsigned char days[12] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const unsigned month =
      (unsigned)(s.ptr[month_at] - '0') * 10 + (unsigned)(s.ptr[month_at + 1] - '0');
  unsigned year = 0;
  for (size_t i = s.ptr[0] == '-'; i + 1 < month_at; i++) {
    year = (year * 10 + (unsigned)(s.ptr[i] - '0')) % 400;
  }
  const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  return month == 2 && leap ? 29 : days[month - 1];
}

static size_t day_end(Slice s)
{
  const size_t end = month_end(s);
  if (!end || end >= s.len || s.ptr[end] != '-') return 0;
  return two(s, end + 1, 1, days_of(s, end - 2)) ? end + 3 : 0;
}

static bool ends_in_zone(Slice s, size_t end)
{
  return end && is_zone(slice_part(s, end, s.len));
}

static bool is_time(Slice s)
{
  if (s.len < 8 || !two(s, 0, 0, 24) || s.ptr[2] != ':' || !two(s, 3, 0, 59) || s.ptr[5] != ':' ||
      !two(s, 6, 0, 59)) {
    return false;
  }
  size_t at = 8;
  if (at < s.len && s.ptr[at] == '.') {
    const size_t n = digits(s, at + 1);
    if (n == 0) return false;
    at += 1 + n;
  }
  return is_zone(slice_part(s, at, s.len));
}

static bool is_date_time(Slice s)
{
  const size_t end = day_end(s);
  return end && end < s.len && s.ptr[end] == 'T' && is_time(slice_part(s, end + 1, s.len));
}

static bool is_date(Slice s)
{
  return ends_in_zone(s, day_end(s));
}

static bool is_year_month(Slice s)
{
  return ends_in_zone(s, month_end(s));
}

static bool is_year(Slice s)
{
  return ends_in_zone(s, year_end(s));
}

static bool is_natural(Slice s)
{
  return is_integer(s) && (s.ptr[0] != '-' || strspn(s.ptr + 1, "0") >= s.len - 1);
}

const char *ill_typed(Slice lexical, Slice datatype)
{
  static const struct {
    const char *name;
    bool (*holds)(Slice);
  } types[] = {
      {"integer", is_integer},
      {"decimal", is_decimal},
      {"double", is_double},
      {"float", is_double},
      {"boolean", is_boolean},
      {"date", is_date},
      {"dateTime", is_date_time},
      {"time", is_time},
      {"gYear", is_year},
      {"gYearMonth", is_year_month},
      {"long", is_integer},
      {"int", is_integer},
      {"short", is_integer},
      {"byte", is_integer},
      {"nonNegativeInteger", is_natural},
      {"unsignedLong", is_natural},
      {"unsignedInt", is_natural},
  };
  if (!slice_starts(datatype, XSD)) return NULL;
  const Slice name = slice_part(datatype, sizeof XSD - 1, datatype.len);
  for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
    if (slice_is(name, types[i].name)) {
      return types[i].holds(lexical) ? NULL : "a value that its datatype does not have";
    }
  }
  return NULL;
}

/* ---- terms ---- */

const char *illegal_term(const Graph *graph, TermId id)
{
  if (id == TERM_ANY) return NULL;
  const Term term = graph_term(graph, id);
  if (term.kind == TERM_IRI) return illegal_iri(term.text);
  if (term.kind == TERM_BLANK) return NULL;
  const char *reason = illegal_text(term.text);
  if (!reason && term.language.len) reason = illegal_language(term.language);
  if (!reason && term.datatype != TERM_ANY) reason = illegal_term(graph, term.datatype);
  return reason;
}

static bool in_ranges(uint32_t c, const uint32_t (*ranges)[2], size_t count)
{
  for (size_t i = 0; i < count; i++) {
    if (c >= ranges[i][0] && c <= ranges[i][1]) return true;
  }
  return false;
}

bool legal_name_start(uint32_t c)
{
  static const uint32_t ranges[][2] = {
      {'A', 'Z'},       {'a', 'z'},       {'0', '9'},       {'_', '_'},
      {0xC0, 0xD6},     {0xD8, 0xF6},     {0xF8, 0x2FF},    {0x370, 0x37D},
      {0x37F, 0x1FFF},  {0x200C, 0x200D}, {0x2070, 0x218F}, {0x2C00, 0x2FEF},
      {0x3001, 0xD7FF}, {0xF900, 0xFDCF}, {0xFDF0, 0xFFFD}, {0x10000, 0xEFFFF}};
  return in_ranges(c, ranges, sizeof ranges / sizeof *ranges);
}

bool legal_name_part(uint32_t c)
{
  static const uint32_t ranges[][2] = {{'-', '-'}, {0xB7, 0xB7}, {0x300, 0x36F}, {0x203F, 0x2040}};
  return legal_name_start(c) || in_ranges(c, ranges, sizeof ranges / sizeof *ranges);
}

bool legal_blank_label(Slice label)
{
  if (label.len == 0 || label.ptr[label.len - 1] == '.') return false;
  if (utf8_check(label) != label.len) return false;
  size_t at = 0;
  if (!legal_name_start(utf8_next(label, &at))) return false;
  while (at < label.len) {
    const uint32_t c = utf8_next(label, &at);
    if (c != '.' && !legal_name_part(c)) return false;
  }
  return true;
}

bool legal_local_name(Slice name)
{
  if (name.len && name.ptr[name.len - 1] == '.') return false;
  size_t at = 0;
  while (at < name.len) {
    const bool first = at == 0;
    const uint32_t c = utf8_next(name, &at);
    if (c == '%') {
      if (at + 2 > name.len || !is_hex(name.ptr[at]) || !is_hex(name.ptr[at + 1])) return false;
    } else if (first ? !legal_name_start(c) : c != '.' && !legal_name_part(c)) {
      return false;
    }
  }
  return true;
}
