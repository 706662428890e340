/* The terminals of Turtle (W3C 2014, section 6.5). Runs of plain bytes are copied whole; what needs
   a second look (escapes, letters beyond ASCII, dots in names) goes one by one. */
#include "input/rdf_turtle.h"

#include "graph/legal.h"
#include "graph/unicode.h"
#include "graph/vocabulary.h"
#include "input/rdf_iri.h"

Status turtle_fail(Turtle *t, const char *error)
{
  if (!t->error) t->error = error;
  return t->window.status != STATUS_OK ? t->window.status : STATUS_INPUT;
}

static int peek(Turtle *t, size_t ahead)
{
  return window_peek(&t->window, ahead);
}

int turtle_next(Turtle *t)
{
  for (;;) {
    const int c = peek(t, 0);
    if (c == '#') {
      while (peek(t, 0) >= 0 && peek(t, 0) != '\n' && peek(t, 0) != '\r')
        window_skip(&t->window, 1);
    } else if (c == ' ' || c == '\t' || c == '\n' || c == '\r') {
      window_skip(&t->window, 1);
    } else {
      return c;
    }
  }
}

static bool is_digit(int c)
{
  return c >= '0' && c <= '9';
}

static bool is_letter(int c)
{
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* ---- code points ---- */

/* The code point AHEAD of the place and its length in bytes; 0 and no length where there is none or
   it is not well-formed. */
static uint32_t code_point(Turtle *t, size_t ahead, size_t *length)
{
  const int c = peek(t, ahead);
  *length = c >= 0;
  if (c < 0x80) return c < 0 ? 0 : (uint32_t)c;
  peek(t, ahead + 3);
  const size_t left = t->window.count - t->window.at - ahead;
  const Slice text = {t->window.bytes + t->window.at + ahead, left < 4 ? left : 4};
  size_t at = 0;
  const uint32_t code = utf8_next(text, &at);
  *length = at;
  if (code == 0xFFFD && at == 1) *length = 0;
  return *length ? code : 0;
}

static bool is_name_part(uint32_t code)
{
  return code && legal_name_part(code);
}

bool turtle_at_word(Turtle *t, const char *word, bool any_case)
{
  size_t n = 0;
  for (; word[n]; n++) {
    const int c = peek(t, n);
    if (c != word[n] && !(any_case && is_letter(c) && (c | 0x20) == word[n])) return false;
  }
  size_t length;
  const uint32_t after = code_point(t, n, &length);
  if (after == ':' || is_name_part(after)) return false;
  return after != '.' || !is_name_part(code_point(t, n + 1, &length));
}

/* ---- escapes ---- */

static int hex_value(int c)
{
  if (is_digit(c)) return c - '0';
  const int low = c | 0x20;
  return c > 0 && low >= 'a' && low <= 'f' ? low - 'a' + 10 : -1;
}

/* "\u" or "\U" with its digits. */
static Status take_code_point(Turtle *t, Buffer *out)
{
  const size_t digits = peek(t, 1) == 'u' ? 4 : 8;
  uint32_t code = 0;
  for (size_t i = 0; i < digits; i++) {
    const int value = hex_value(peek(t, 2 + i));
    if (value < 0 || code > 0xFFFFFFF) return turtle_fail(t, "an escape that is not hexadecimal");
    code = code << 4 | (uint32_t)value;
  }
  if (code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF)) {
    return turtle_fail(t, "an escape for what is no character");
  }
  char bytes[4];
  window_skip(&t->window, 2 + digits);
  return buffer_add(out, bytes, utf8_encode(bytes, code));
}

static Status take_string_escape(Turtle *t, Buffer *out)
{
  static const char letters[] = "tbnrf\"'\\", values[] = "\t\b\n\r\f\"'\\";
  const int c = peek(t, 1);
  if (c == 'u' || c == 'U') return take_code_point(t, out);
  const char *const found = c > 0 ? strchr(letters, c) : NULL;
  if (!found) return turtle_fail(t, "an unknown escape");
  window_skip(&t->window, 2);
  return buffer_add(out, &values[found - letters], 1);
}

/* ---- IRIs ---- */

/* Bytes that end a run in a reference: '>', '\' and what is not allowed there. */
static const unsigned char reference_stops[256] = {
    1,         1,          1,         1,         1,         1,         1,
    1,         1,          1,         1,         1,         1,         1,
    1,         1,          1,         1,         1,         1,         1,
    1,         1,          1,         1,         1,         1,         1,
    1,         1,          1,         1,         1,         ['"'] = 1, ['<'] = 1,
    ['>'] = 1, ['\\'] = 1, ['^'] = 1, ['`'] = 1, ['{'] = 1, ['|'] = 1, ['}'] = 1};

static Status check_iri(Turtle *t)
{
  const Slice iri = buffer_as_slice(&t->token);
  const bool known = rdf_cached_iri(t->reading, iri) != TERM_ANY;
  const char *const reason = known ? NULL : illegal_iri(iri);
  return reason ? turtle_fail(t, reason) : STATUS_OK;
}

Status turtle_reference(Turtle *t)
{
  t->name.count = t->token.count = 0;
  window_skip(&t->window, 1);
  for (;;) {
    TRY(window_take(&t->name, &t->window, reference_stops));
    const int c = peek(t, 0);
    if (c == '>') break;
    if (c == '\\' && (peek(t, 1) == 'u' || peek(t, 1) == 'U')) {
      TRY(take_code_point(t, &t->name));
    } else {
      return turtle_fail(t, c < 0 ? "an IRI without its end"
                                  : "an IRI with a character it may not hold");
    }
  }
  window_skip(&t->window, 1);
  TRY(iri_resolve(&t->token, buffer_as_slice(&t->base), buffer_as_slice(&t->name)));
  return check_iri(t);
}

/* How many dots stand AHEAD, if a name goes on behind them; else 0. */
static size_t inner_dots(Turtle *t, bool local)
{
  size_t dots = 0, length;
  while (peek(t, dots) == '.') dots++;
  const uint32_t code = code_point(t, dots, &length);
  const bool goes_on =
      is_name_part(code) || (local && (code == ':' || code == '%' || code == '\\'));
  return goes_on ? dots : 0;
}

static const unsigned char plain_stops[256] = {
#define STOP8(AT)                                                                                  \
  [AT] = 1, [(AT) + 1] = 1, [(AT) + 2] = 1, [(AT) + 3] = 1, [(AT) + 4] = 1, [(AT) + 5] = 1,        \
  [(AT) + 6] = 1, [(AT) + 7] = 1
#define STOP32(AT) STOP8(AT), STOP8((AT) + 8), STOP8((AT) + 16), STOP8((AT) + 24)
    STOP32(0), STOP8(32),  [40] = 1,    [41] = 1,    [42] = 1,    [43] = 1,   [44] = 1,  ['.'] = 1,
    ['/'] = 1, [':'] = 1,  [';'] = 1,   ['<'] = 1,   ['='] = 1,   ['>'] = 1,  ['?'] = 1, ['@'] = 1,
    ['['] = 1, ['\\'] = 1, [']'] = 1,   ['^'] = 1,   ['`'] = 1,   ['{'] = 1,  ['|'] = 1, ['}'] = 1,
    ['~'] = 1, [127] = 1,  STOP32(128), STOP32(160), STOP32(192), STOP32(224)};

/* Name characters and dots between them, to OUT. */
static Status take_name(Turtle *t, Buffer *out)
{
  for (;;) {
    TRY(window_take(out, &t->window, plain_stops));
    size_t length;
    const uint32_t code = code_point(t, 0, &length);
    size_t take = code == '.' ? inner_dots(t, false) : 0;
    if (code >= 0x80 && legal_name_part(code)) take = length;
    if (!take) return STATUS_OK;
    TRY(buffer_add(out, t->window.bytes + t->window.at, take));
    window_skip(&t->window, take);
  }
}

Status turtle_prefix(Turtle *t)
{
  size_t length;
  const uint32_t first = code_point(t, 0, &length);
  t->name.count = 0;
  if (first != ':' && (!legal_name_start(first) || is_digit((int)first) || first == '_')) {
    return turtle_fail(t, "a term expected");
  }
  TRY(take_name(t, &t->name));
  if (peek(t, 0) != ':') return turtle_fail(t, "a colon expected after a prefix");
  window_skip(&t->window, 1);
  return STATUS_OK;
}

/* "\-" and the like, or "%20", in a local name. */
static Status take_local_escape(Turtle *t)
{
  if (peek(t, 0) == '%') {
    if (hex_value(peek(t, 1)) < 0 || hex_value(peek(t, 2)) < 0) {
      return turtle_fail(t, "a percent sign without two digits");
    }
    TRY(buffer_add(&t->token, t->window.bytes + t->window.at, 3));
    window_skip(&t->window, 3);
    return STATUS_OK;
  }
  const int c = peek(t, 1);
  if (c <= 0 || !strchr("_~.-!$&'()*+,;=/?#@%", c)) return turtle_fail(t, "an unknown escape");
  TRY(buffer_add(&t->token, t->window.bytes + t->window.at + 1, 1));
  window_skip(&t->window, 2);
  return STATUS_OK;
}

static Status take_local_name(Turtle *t)
{
  for (bool first = true;; first = false) {
    size_t length;
    const uint32_t code = code_point(t, 0, &length);
    size_t take = 0;
    if (code == '%' || code == '\\') {
      TRY(take_local_escape(t));
      continue;
    }
    if (code == ':')
      take = 1;
    else if (code == '.')
      take = first ? 0 : inner_dots(t, true);
    else if (first ? code && legal_name_start(code) : is_name_part(code))
      take = length;
    if (!take) return STATUS_OK;
    TRY(buffer_add(&t->token, t->window.bytes + t->window.at, take));
    window_skip(&t->window, take);
    TRY(window_take(&t->token, &t->window, plain_stops));
  }
}

static Status take_prefixed(Turtle *t)
{
  TRY(turtle_prefix(t));
  const uint32_t index = table_get(&t->prefixes, buffer_as_slice(&t->name));
  if (index == TABLE_NONE) return turtle_fail(t, "a prefix that is not declared");
  t->token.count = 0;
  TRY(buffer_slice(&t->token, t->namespaces[index]));
  TRY(take_local_name(t));
  return check_iri(t);
}

Status turtle_iri_text(Turtle *t)
{
  return peek(t, 0) == '<' ? turtle_reference(t) : take_prefixed(t);
}

Status turtle_iri(TermId *out, Turtle *t)
{
  TRY(turtle_iri_text(t));
  return rdf_iri(out, t->reading, buffer_as_slice(&t->token));
}

Status turtle_declare(Turtle *t, Slice name, Slice iri)
{
  const RdfReadOptions *const options = t->reading->options;
  Slice kept_iri, kept_name;
  TRY(arena_copy(&kept_iri, &t->arena, iri));
  const uint32_t index = table_get(&t->prefixes, name);
  if (options->prefix) TRY(options->prefix(options->prefix_handle, name, iri));
  if (index != TABLE_NONE) {
    t->namespaces[index] = kept_iri;
    return STATUS_OK;
  }
  Slice *const grown = arena_grow(&t->arena, t->namespaces, &t->namespace_capacity,
                                  t->namespace_count, 1, sizeof *grown);
  if (!grown) return STATUS_MEMORY;
  t->namespaces = grown;
  grown[t->namespace_count] = kept_iri;
  TRY(arena_copy(&kept_name, &t->arena, name));
  return table_put(&t->prefixes, kept_name, (uint32_t)t->namespace_count++);
}

/* ---- blank nodes ---- */

Status turtle_blank(TermId *out, Turtle *t)
{
  if (peek(t, 1) != ':') return turtle_fail(t, "a term expected");
  window_skip(&t->window, 2);
  t->token.count = 0;
  size_t length;
  const uint32_t first = code_point(t, 0, &length);
  if (!first || !legal_name_start(first)) return turtle_fail(t, "not a blank node label");
  TRY(take_name(t, &t->token));
  if (peek(t, 0) == ':') return turtle_fail(t, "not a blank node label");
  return rdf_blank(out, t->reading, buffer_as_slice(&t->token));
}

/* ---- literals ---- */

static const unsigned char string_stops[256] = {
    ['"'] = 1, ['\''] = 1, ['\\'] = 1, ['\n'] = 1, ['\r'] = 1};

static bool three_quotes(Turtle *t, int quote)
{
  return peek(t, 0) == quote && peek(t, 1) == quote && peek(t, 2) == quote;
}

static Status take_string_body(Turtle *t, int quote, bool is_long)
{
  for (;;) {
    TRY(window_take(&t->token, &t->window, string_stops));
    const int c = peek(t, 0);
    if (c < 0) return turtle_fail(t, "a string without its end");
    if (c == quote && (!is_long || three_quotes(t, quote))) break;
    if ((c == '\n' || c == '\r') && !is_long) return turtle_fail(t, "a string without its end");
    if (c == '\\') {
      TRY(take_string_escape(t, &t->token));
    } else {
      TRY(buffer_add(&t->token, t->window.bytes + t->window.at, 1));
      window_skip(&t->window, 1);
    }
  }
  window_skip(&t->window, is_long ? 3 : 1);
  return STATUS_OK;
}

static Status take_language(Turtle *t)
{
  window_skip(&t->window, 1);
  t->name.count = 0;
  while (is_letter(peek(t, 0)) || is_digit(peek(t, 0)) || peek(t, 0) == '-') {
    TRY(buffer_add(&t->name, t->window.bytes + t->window.at, 1));
    window_skip(&t->window, 1);
  }
  const char *const reason = illegal_language(buffer_as_slice(&t->name));
  return reason ? turtle_fail(t, reason) : STATUS_OK;
}

/* The datatype's IRI takes TOKEN, so the text moves to NAME's place meanwhile. */
static Status take_typed(TermId *out, Turtle *t)
{
  Buffer text = t->token;
  t->token = BUFFER_EMPTY;
  window_skip(&t->window, 2);
  Status status = turtle_iri_text(t);
  if (status == STATUS_OK) {
    status = rdf_literal(out, t->reading, buffer_as_slice(&text), buffer_as_slice(&t->token),
                         SLICE_NONE);
  }
  buffer_clear(&text);
  return status;
}

Status turtle_string(TermId *out, Turtle *t)
{
  const int quote = peek(t, 0);
  const bool is_long = three_quotes(t, quote);
  window_skip(&t->window, is_long ? 3 : 1);
  t->token.count = 0;
  TRY(take_string_body(t, quote, is_long));
  const char *const reason = illegal_text(buffer_as_slice(&t->token));
  if (reason) return turtle_fail(t, reason);
  if (peek(t, 0) == '^' && peek(t, 1) == '^') return take_typed(out, t);
  t->name.count = 0;
  if (peek(t, 0) == '@') TRY(take_language(t));
  return rdf_literal(out, t->reading, buffer_as_slice(&t->token), SLICE_NONE,
                     buffer_as_slice(&t->name));
}

static Status take_digits(Turtle *t, size_t *count)
{
  for (*count = 0; is_digit(peek(t, 0)); ++*count) {
    TRY(buffer_add(&t->token, t->window.bytes + t->window.at, 1));
    window_skip(&t->window, 1);
  }
  return STATUS_OK;
}

static Status take_byte(Turtle *t)
{
  TRY(buffer_add(&t->token, t->window.bytes + t->window.at, 1));
  window_skip(&t->window, 1);
  return STATUS_OK;
}

static bool is_sign(int c)
{
  return c == '+' || c == '-';
}

/* Does an exponent stand AHEAD: "e", perhaps a sign, a digit? */
static bool at_exponent(Turtle *t, size_t ahead)
{
  const int c = peek(t, ahead);
  if (c != 'e' && c != 'E') return false;
  return is_digit(peek(t, ahead + 1 + is_sign(peek(t, ahead + 1))));
}

Status turtle_number(TermId *out, Turtle *t)
{
  const char *type = XSD "integer";
  size_t whole, part = 0;
  t->token.count = 0;
  if (is_sign(peek(t, 0))) TRY(take_byte(t));
  TRY(take_digits(t, &whole));
  if (peek(t, 0) == '.' && (is_digit(peek(t, 1)) || (whole && at_exponent(t, 1)))) {
    type = XSD "decimal";
    TRY(take_byte(t));
    TRY(take_digits(t, &part));
  }
  if (whole + part == 0) return turtle_fail(t, "a number expected");
  if (at_exponent(t, 0)) {
    type = XSD "double";
    TRY(take_byte(t));
    if (is_sign(peek(t, 0))) TRY(take_byte(t));
    TRY(take_digits(t, &part));
  }
  return rdf_literal(out, t->reading, buffer_as_slice(&t->token), slice_of(type), SLICE_NONE);
}
