/* One function per kind of token; each takes the longest run that its production allows. Characters
   beyond ASCII are taken as letters of names. */
#include "query_lexer.h"

#include "graph/unicode.h"

static char at(Slice text, size_t index)
{
  return index < text.len ? text.ptr[index] : '\0';
}

static bool is_digit(char c)
{
  return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (unsigned char)c >= 0x80;
}

static bool is_name(char c)
{
  return is_letter(c) || is_digit(c) || c == '_';
}

static int hex_value(char c)
{
  if (is_digit(c)) return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

static size_t skip_space(Slice text, size_t i)
{
  while (i < text.len) {
    const char c = text.ptr[i];
    if (c == '#') {
      while (i < text.len && text.ptr[i] != '\n' && text.ptr[i] != '\r') i++;
    } else if (c == ' ' || c == '\t' || c == '\n' || c == '\r') {
      i++;
    } else {
      break;
    }
  }
  return i;
}

static Status bad(LexToken *out, size_t end, const char *what)
{
  out->kind = TOKEN_BAD;
  out->text = slice_of(what);
  out->end = end;
  return STATUS_OK;
}

/* Undo \uXXXX or \UXXXXXXXX at I into OUT; returns how many bytes were read, 0 if it is wrong. */
static size_t code_escape(Slice text, size_t i, char *out, size_t *length)
{
  const size_t digits = at(text, i + 1) == 'u' ? 4 : 8;
  uint32_t code = 0;
  for (size_t k = 0; k < digits; k++) {
    const int value = hex_value(at(text, i + 2 + k));
    if (value < 0 || code > 0x10FFFF) return 0;
    code = code * 16 + (uint32_t)value;
  }
  if (code == 0 || code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF)) return 0;
  *length = utf8_encode(out, code);
  return digits + 2;
}

/* Undo the escape at I, a backslash; 0 if it is none of a string. */
static size_t string_escape(Slice text, size_t i, char *out, size_t *length)
{
  static const char FROM[] = "tnrbf\"'\\", TO[] = "\t\n\r\b\f\"'\\";
  const char c = at(text, i + 1);
  if (c == 'u' || c == 'U') return code_escape(text, i, out, length);
  const char *const found = c ? strchr(FROM, c) : NULL;
  if (!found) return 0;
  *out = TO[found - FROM];
  *length = 1;
  return 2;
}

typedef size_t (*Unescape)(Slice text, size_t i, char *out, size_t *length);

/* TEXT[start, end) with its escapes undone. */
static Status unescape(Slice *out, Slice text, size_t start, size_t end, Unescape escape,
                       Arena *arena)
{
  *out = slice_part(text, start, end);
  if (!memchr(text.ptr + start, '\\', end - start)) return STATUS_OK;
  char *const copy = arena_alloc(arena, end - start + 4);
  if (!copy) return STATUS_MEMORY;
  size_t used = 0;
  for (size_t i = start; i < end;) {
    size_t length = 1, read = 1;
    if (text.ptr[i] == '\\') {
      read = escape(text, i, copy + used, &length);
      if (!read) return STATUS_INPUT;
    } else {
      copy[used] = text.ptr[i];
    }
    used += length;
    i += read;
  }
  *out = (Slice){copy, used};
  return STATUS_OK;
}

static bool legal_in_iri(char c)
{
  return (unsigned char)c > 0x20 && !strchr("<>\"{}|^`", c);
}

/* The end of an IRI that starts at I with '<'; 0 if there is none. */
static size_t iri_end(Slice text, size_t i)
{
  for (i++; i < text.len && legal_in_iri(text.ptr[i]); i++) {
    if (text.ptr[i] == '\\' && at(text, i + 1) != 'u' && at(text, i + 1) != 'U') return 0;
  }
  return at(text, i) == '>' ? i + 1 : 0;
}

static Status lex_iri(LexToken *out, Slice text, size_t i, size_t end, Arena *arena)
{
  out->kind = TOKEN_IRI;
  out->end = end;
  const Status status = unescape(&out->text, text, i + 1, end - 1, code_escape, arena);
  if (status == STATUS_INPUT) return bad(out, end, "bad escape in an IRI");
  for (size_t k = 0; status == STATUS_OK && k < out->text.len; k++) {
    if (!legal_in_iri(out->text.ptr[k])) return bad(out, end, "character not allowed in an IRI");
  }
  return status;
}

static Status lex_string(LexToken *out, Slice text, size_t i, Arena *arena)
{
  const char quote = text.ptr[i];
  const size_t width = at(text, i + 1) == quote && at(text, i + 2) == quote ? 3 : 1;
  size_t end = i + width;
  for (;; end++) {
    if (end >= text.len) return bad(out, text.len, "string that does not end");
    const char c = text.ptr[end];
    if (c == '\\') {
      end++;
    } else if (width == 1 && (c == '\n' || c == '\r')) {
      return bad(out, end, "line break in a short string");
    } else if (c == quote &&
               (width == 1 || (at(text, end + 1) == quote && at(text, end + 2) == quote))) {
      break;
    }
  }
  out->kind = TOKEN_STRING;
  out->end = end + width;
  const Status status = unescape(&out->text, text, i + width, end, string_escape, arena);
  return status == STATUS_INPUT ? bad(out, out->end, "bad escape in a string") : status;
}

static Status lex_number(LexToken *out, Slice text, size_t i)
{
  const size_t start = i;
  bool fraction = false;
  while (is_digit(at(text, i))) i++;
  out->kind = TOKEN_INTEGER;
  if (at(text, i) == '.') {
    size_t k = i + 1;
    while (is_digit(at(text, k))) k++;
    fraction = k > i + 1;
    const bool exponent = at(text, k) == 'e' || at(text, k) == 'E';
    if (fraction || (exponent && i > start)) i = k;
    if (fraction) out->kind = TOKEN_DECIMAL;
  }
  if (at(text, i) == 'e' || at(text, i) == 'E') {
    size_t k = i + 1;
    if (at(text, k) == '+' || at(text, k) == '-') k++;
    if (is_digit(at(text, k))) {
      while (is_digit(at(text, k))) k++;
      i = k;
      out->kind = TOKEN_DOUBLE;
    }
  }
  if (is_letter(at(text, i)) || at(text, i) == '_') return bad(out, i, "letter after a number");
  out->text = slice_part(text, start, i);
  out->end = i;
  return STATUS_OK;
}

/* Names may hold dots, but not at their end. */
static size_t name_end(Slice text, size_t i)
{
  const size_t start = i;
  while (is_name(at(text, i)) || at(text, i) == '-' || at(text, i) == '.') i++;
  while (i > start && text.ptr[i - 1] == '.') i--;
  return i;
}

static bool local_escape(char c)
{
  return c && strchr("_~.-!$&'()*+,;=/?#@%", c);
}

/* The end of the local part that starts at I. */
static size_t local_end(Slice text, size_t i)
{
  size_t end = i;
  for (;;) {
    const char c = at(text, i);
    if (c == '\\' && local_escape(at(text, i + 1))) {
      i += 2;
    } else if (c == '%' && hex_value(at(text, i + 1)) >= 0 && hex_value(at(text, i + 2)) >= 0) {
      i += 3;
    } else if (is_name(c) || c == ':' || c == '-') {
      i++;
    } else if (c == '.') {
      i++;
      continue;
    } else {
      return end;
    }
    end = i;
  }
}

static size_t drop_backslash(Slice text, size_t i, char *out, size_t *length)
{
  *out = at(text, i + 1);
  *length = 1;
  return 2;
}

static Status lex_name(LexToken *out, Slice text, size_t i, size_t colon, Arena *arena)
{
  out->kind = TOKEN_NAME;
  out->prefix = slice_part(text, i, colon);
  if (at(text, colon + 1) == '-' || at(text, colon + 1) == '.') {
    out->text = SLICE("");
    out->end = colon + 1;
    return STATUS_OK;
  }
  out->end = local_end(text, colon + 1);
  return unescape(&out->text, text, colon + 1, out->end, drop_backslash, arena);
}

static Status lex_word(LexToken *out, Slice text, size_t i, Arena *arena)
{
  size_t end = is_letter(at(text, i)) ? name_end(text, i) : i;
  if (at(text, end) == ':') return lex_name(out, text, i, end, arena);
  end = i;
  while (is_name(at(text, end))) end++;
  out->kind = TOKEN_WORD;
  out->text = slice_part(text, i, end);
  out->end = end;
  return STATUS_OK;
}

static Status lex_variable(LexToken *out, Slice text, size_t i)
{
  size_t end = i + 1;
  while (is_name(at(text, end))) end++;
  out->kind = TOKEN_VARIABLE;
  out->text = slice_part(text, i + 1, end);
  out->end = end;
  return STATUS_OK;
}

static Status lex_blank(LexToken *out, Slice text, size_t i)
{
  const size_t end = name_end(text, i + 2);
  if (end == i + 2 || at(text, i + 2) == '-') return bad(out, i + 2, "blank node without a label");
  out->kind = TOKEN_BLANK;
  out->text = slice_part(text, i + 2, end);
  out->end = end;
  return STATUS_OK;
}

static Status lex_language(LexToken *out, Slice text, size_t i)
{
  size_t end = i + 1;
  while (is_letter(at(text, end)) && (unsigned char)at(text, end) < 0x80) end++;
  while (end > i + 1 && at(text, end) == '-' &&
         (is_digit(at(text, end + 1)) || is_letter(at(text, end + 1)))) {
    end++;
    while (is_digit(at(text, end)) ||
           (is_letter(at(text, end)) && (unsigned char)at(text, end) < 0x80)) {
      end++;
    }
  }
  if (end == i + 1) return bad(out, end, "'@' without a language tag");
  out->kind = TOKEN_LANGUAGE;
  out->text = slice_part(text, i + 1, end);
  out->end = end;
  return STATUS_OK;
}

static Status lex_mark(LexToken *out, Slice text, size_t i)
{
  static const char *const PAIRS[] = {"^^", "&&", "||", "!=", "<=", ">="};
  size_t width = 1;
  for (size_t k = 0; k < sizeof PAIRS / sizeof *PAIRS; k++) {
    if (text.ptr[i] == PAIRS[k][0] && at(text, i + 1) == PAIRS[k][1]) width = 2;
  }
  if (!strchr("{}()[].;,=<>!+-*/^|?&", text.ptr[i]) || (width == 1 && text.ptr[i] == '&')) {
    return bad(out, i + 1, "unexpected character");
  }
  out->kind = TOKEN_MARK;
  out->text = slice_part(text, i, i + width);
  out->end = i + width;
  return STATUS_OK;
}

Status lex_next(LexToken *out, Slice text, size_t from, Arena *arena)
{
  const size_t i = skip_space(text, from);
  *out = (LexToken){TOKEN_END, SLICE_NONE, SLICE_NONE, i, i};
  if (i >= text.len) return STATUS_OK;
  const char c = text.ptr[i], next = at(text, i + 1);
  if (c == '\0') return bad(out, i + 1, "unexpected character");
  if (c == '<') {
    const size_t end = iri_end(text, i);
    return end ? lex_iri(out, text, i, end, arena) : lex_mark(out, text, i);
  }
  if (c == '"' || c == '\'') return lex_string(out, text, i, arena);
  if (is_digit(c) || (c == '.' && is_digit(next))) return lex_number(out, text, i);
  if ((c == '?' || c == '$') && is_name(next)) return lex_variable(out, text, i);
  if (c == '_' && next == ':') return lex_blank(out, text, i);
  if (c == '@') return lex_language(out, text, i);
  if (is_letter(c) || c == ':') return lex_word(out, text, i, arena);
  return lex_mark(out, text, i);
}
