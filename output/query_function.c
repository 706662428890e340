/* The functions of SPARQL 1.1 section 17.4 and the casts of section 17.5. */
#include "query_exec.h"

#include "graph/unicode.h"
#include "query_regex.h"

#include <math.h>
#include <stdio.h>

static Value no_memory(Exec *exec)
{
  (void)exec_fail(exec, STATUS_MEMORY, "out of memory");
  return value_error();
}

static bool is_string(Value value)
{
  return value.kind == VALUE_STRING || value.kind == VALUE_LANGUAGE;
}

/* Argument compatibility rules (17.4.3.1.2). */
static bool compatible(Value a, Value b)
{
  if (!is_string(a) || !is_string(b)) return false;
  return b.kind == VALUE_STRING ||
         (a.kind == VALUE_LANGUAGE && slice_equal(a.term.language, b.term.language));
}

/* TEXT with the language of LIKE. */
static Value like(Value model, Slice text)
{
  return value_language(text, model.kind == VALUE_LANGUAGE ? model.term.language : SLICE_NONE);
}

static Slice nonnull(Slice text)
{
  return text.ptr ? text : SLICE("");
}

static char *room(Exec *exec, size_t size)
{
  char *const text = arena_alloc(&exec->scratch, size + 1);
  if (!text) (void)exec_fail(exec, STATUS_MEMORY, "out of memory");
  return text;
}

/* ---- about terms ---- */

static Value str(Exec *exec, Value value)
{
  if (value.kind == VALUE_ERROR || value.kind == VALUE_BLANK) return value_error();
  QueryTerm term;
  if (value_term(&term, value, &exec->scratch) != STATUS_OK) return no_memory(exec);
  return value_string(nonnull(term.text));
}

static Value datatype(Exec *exec, Value value)
{
  if (!value_is_literal(value)) return value_error();
  if (value.kind == VALUE_LANGUAGE) return value_iri(SLICE(RDF_LANG_STRING));
  QueryTerm term;
  if (value_term(&term, value, &exec->scratch) != STATUS_OK) return no_memory(exec);
  return value_iri(term.datatype.len ? term.datatype : SLICE(XSD "string"));
}

static bool iri_is_legal(Slice iri)
{
  size_t colon = 0;
  while (colon < iri.len && iri.ptr[colon] != ':') colon++;
  for (size_t i = 0; i < iri.len; i++) {
    if ((unsigned char)iri.ptr[i] <= 0x20 || strchr("<>\"{}|^`\\", iri.ptr[i])) return false;
  }
  return colon > 0 && colon < iri.len;
}

static Value iri(Exec *exec, Value value)
{
  if (value.kind == VALUE_IRI) return value;
  if (value.kind != VALUE_STRING) return value_error();
  if (iri_is_legal(value.term.text)) return value_iri(value.term.text);
  (void)exec_fail(exec, STATUS_QUERY, "IRI('%.*s') is not an absolute IRI",
                  value.term.text.len > 200 ? 200 : (int)value.term.text.len,
                  value.term.text.len ? value.term.text.ptr : "");
  return value_error();
}

static Value same_term(Exec *exec, Value a, Value b)
{
  TermId x, y;
  if (a.kind == VALUE_ERROR || b.kind == VALUE_ERROR) return value_error();
  if (exec_intern(&x, exec, a) != STATUS_OK || exec_intern(&y, exec, b) != STATUS_OK) {
    return no_memory(exec);
  }
  return value_boolean(x == y);
}

static Value with_datatype(Value text, Value type)
{
  if (text.kind != VALUE_STRING || type.kind != VALUE_IRI) return value_error();
  if (slice_is(type.term.text, RDF_LANG_STRING)) return value_error();
  QueryTerm term = {TERM_LITERAL, nonnull(text.term.text), type.term.text, SLICE_NONE};
  if (slice_is(term.datatype, XSD "string")) term.datatype = SLICE_NONE;
  return value_of_term(term);
}

static bool is_language(Slice tag)
{
  size_t part = 0;
  for (size_t i = 0; i < tag.len; i++) {
    const char c = tag.ptr[i];
    if (c == '-' && part > 0) {
      part = 0;
      continue;
    }
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    if (!letter && !(c >= '0' && c <= '9' && i > part)) return false;
    if (++part > 8) return false;
  }
  return part > 0;
}

static Value with_language(Value text, Value tag)
{
  if (text.kind != VALUE_STRING || tag.kind != VALUE_STRING) return value_error();
  if (!is_language(tag.term.text)) return value_error();
  return value_language(nonnull(text.term.text), tag.term.text);
}

static char lower(char c)
{
  return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

/* Basic filtering of RFC 4647. */
static Value language_matches(Value tag, Value range)
{
  if (tag.kind != VALUE_STRING || range.kind != VALUE_STRING) return value_error();
  const Slice a = tag.term.text, b = range.term.text;
  if (slice_is(b, "*")) return value_boolean(a.len > 0);
  if (a.len < b.len || (a.len > b.len && a.ptr[b.len] != '-')) return value_boolean(false);
  for (size_t i = 0; i < b.len; i++) {
    if (lower(a.ptr[i]) != lower(b.ptr[i])) return value_boolean(false);
  }
  return value_boolean(b.len > 0);
}

/* ---- strings ---- */

static Value concat(Exec *exec, const Expr *expr, const TermId *row)
{
  Slice *const parts = arena_array(&exec->scratch, expr->count + 1, sizeof *parts);
  if (!parts) return no_memory(exec);
  size_t length = 0;
  Slice language = SLICE_NONE;
  bool same = true;
  for (size_t i = 0; i < expr->count; i++) {
    const Value value = evaluate(exec, expr->args[i], row);
    if (!is_string(value)) return value_error();
    parts[i] = value.term.text;
    length += parts[i].len;
    if (i == 0) language = value.term.language;
    same = same && slice_equal(language, value.term.language);
  }
  if (length > (1u << 28)) {
    (void)exec_fail(exec, STATUS_LIMIT, "CONCAT makes a string of more than 256 MB");
    return value_error();
  }
  char *const text = room(exec, length);
  if (!text) return value_error();
  size_t used = 0;
  for (size_t i = 0; i < expr->count; i++) {
    if (parts[i].len) memcpy(text + used, parts[i].ptr, parts[i].len);
    used += parts[i].len;
  }
  return value_language((Slice){text, used}, same ? language : SLICE_NONE);
}

/* Where NEEDLE first stands in TEXT; SIZE_MAX if nowhere. */
static size_t find(Slice text, Slice needle)
{
  for (size_t i = 0; i + needle.len <= text.len; i++) {
    if (!needle.len || memcmp(text.ptr + i, needle.ptr, needle.len) == 0) return i;
  }
  return SIZE_MAX;
}

static Value about_strings(Function function, Value a, Value b)
{
  if (!compatible(a, b)) return value_error();
  const Slice text = nonnull(a.term.text), part = nonnull(b.term.text);
  const bool fits = part.len <= text.len;
  if (function == FUNCTION_STRSTARTS) {
    return value_boolean(fits && slice_equal(slice_part(text, 0, part.len), part));
  }
  if (function == FUNCTION_STRENDS) {
    return value_boolean(fits &&
                         slice_equal(slice_part(text, text.len - part.len, text.len), part));
  }
  const size_t at = find(text, part);
  if (function == FUNCTION_CONTAINS) return value_boolean(at != SIZE_MAX);
  if (at == SIZE_MAX) return value_string(SLICE(""));
  if (function == FUNCTION_STRBEFORE) return like(a, slice_part(text, 0, at));
  return like(a, slice_part(text, at + part.len, text.len));
}

/* XPath's round. */
static double round_half_up(double x)
{
  const double below = floor(x);
  return x - below >= 0.5 ? below + 1 : below;
}

static Value substring(Value value, Value start, const Value *length)
{
  if (!is_string(value) || !value_is_numeric(start)) return value_error();
  if (length && !value_is_numeric(*length)) return value_error();
  const Slice text = nonnull(value.term.text);
  const double first = round_half_up(value_as_real(start));
  const double end = length ? first + round_half_up(value_as_real(*length)) : (double)INFINITY;
  size_t from = text.len, to = text.len, at = 0;
  bool inside = false;
  for (double position = 1; at < text.len; position++) {
    const bool in = position >= first && position < end;
    if (in && !inside) from = at;
    if (!in && inside) {
      to = at;
      break;
    }
    inside = in;
    (void)utf8_next(text, &at);
  }
  return like(value, slice_part(text, from, to));
}

/* Characters whose other case is more than one character, or depends on their place. */
static bool is_special(uint32_t c)
{
  return c == 0x130 || c == 0x149 || c == 0x1F0 || c == 0x390 || c == 0x3A3 || c == 0x3B0 ||
         c == 0x587 || (c >= 0x1E96 && c <= 0x1E9E) || (c >= 0x1F50 && c <= 0x1FFC) ||
         (c >= 0xFB00 && c <= 0xFB17);
}

static Value change_case(Exec *exec, Value value, bool up)
{
  if (!is_string(value)) return value_error();
  const Slice text = nonnull(value.term.text);
  char *const out = room(exec, text.len * 4);
  if (!out) return value_error();
  size_t used = 0;
  for (size_t at = 0; at < text.len;) {
    const uint32_t c = utf8_next(text, &at);
    if (up && c == 0xDF) {
      memcpy(out + used, "SS", 2);
      used += 2;
      continue;
    }
    if (is_special(c)) {
      (void)exec_fail(exec, STATUS_LIMIT, "%s of U+%04X is not supported", up ? "UCASE" : "LCASE",
                      (unsigned)c);
      return value_error();
    }
    used += utf8_encode(out + used, up ? unicode_upper(c) : unicode_lower(c));
  }
  return like(value, (Slice){out, used});
}

static Value encode_for_uri(Exec *exec, Value value)
{
  if (!is_string(value)) return value_error();
  const Slice text = nonnull(value.term.text);
  char *const out = room(exec, text.len * 3);
  if (!out) return value_error();
  size_t used = 0;
  for (size_t i = 0; i < text.len; i++) {
    const char c = text.ptr[i];
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                       (c && strchr("-_.~", c));
    if (plain) {
      out[used++] = c;
    } else {
      used += (size_t)snprintf(out + used, 4, "%%%02X", (unsigned char)c);
    }
  }
  return value_string((Slice){out, used});
}

/* ---- regular expressions ---- */

/* The compiled pattern, kept where pattern and flags are constants. NULL if it is none. */
static const Regex *compiled(Exec *exec, Value pattern, Value flags, void **kept, bool constant)
{
  if (constant && *kept != NULL) return *kept;
  Regex *regex;
  const Status status = regex_compile(&regex, nonnull(pattern.term.text), nonnull(flags.term.text),
                                      constant ? exec->arena : &exec->scratch);
  if (status == STATUS_MEMORY) (void)no_memory(exec);
  if (status == STATUS_LIMIT) {
    (void)exec_fail(exec, STATUS_QUERY,
                    "this regular expression is not supported: no back-references, \\p, \\i, \\c, "
                    "class subtraction or very large patterns");
  }
  if (status != STATUS_OK) return NULL;
  if (constant) *kept = regex;
  return regex;
}

/* The pattern is argument 1, the flags argument FLAG. */
static const Regex *regex_of(Exec *exec, const Expr *expr, const TermId *row, size_t flag)
{
  const Value pattern = evaluate(exec, expr->args[1], row);
  Value flags = value_string(SLICE(""));
  bool constant = expr->args[1]->kind == EXPR_CONSTANT;
  if (expr->count > flag) {
    flags = evaluate(exec, expr->args[flag], row);
    constant = constant && expr->args[flag]->kind == EXPR_CONSTANT;
  }
  if (pattern.kind != VALUE_STRING || flags.kind != VALUE_STRING) return NULL;
  return compiled(exec, pattern, flags, &expr->args[1]->plan, constant);
}

static bool find_match(Exec *exec, RegexMatch *match, const Regex *regex, Slice text, size_t from)
{
  bool found = false;
  if (exec_spend(exec, 1 + text.len / 16) != STATUS_OK) return false;
  if (regex_find(&found, match, regex, text, from, &exec->scratch) != STATUS_OK) {
    (void)no_memory(exec);
    return false;
  }
  return found;
}

static Value regex_matches(Exec *exec, const Expr *expr, const TermId *row)
{
  const Value text = evaluate(exec, expr->args[0], row);
  if (!is_string(text)) return value_error();
  const Regex *const regex = regex_of(exec, expr, row, 2);
  if (!regex) return value_error();
  RegexMatch match;
  return value_boolean(find_match(exec, &match, regex, nonnull(text.term.text), 0));
}

typedef struct Growing {
  char *bytes;
  size_t count, capacity;
} Growing;

static bool append(Growing *out, Exec *exec, Slice text)
{
  char *const bytes =
      arena_grow(&exec->scratch, out->bytes, &out->capacity, out->count, text.len + 1, 1);
  if (!bytes) {
    (void)no_memory(exec);
    return false;
  }
  out->bytes = bytes;
  if (text.len) memcpy(bytes + out->count, text.ptr, text.len);
  out->count += text.len;
  return true;
}

/* The replacement with $N filled in; false if it is not legal. */
static bool append_replacement(Growing *out, Exec *exec, Slice with, const RegexMatch *match,
                               Slice text)
{
  for (size_t i = 0; i < with.len; i++) {
    Slice piece = slice_part(with, i, i + 1);
    const char next = i + 1 < with.len ? with.ptr[i + 1] : '\0';
    if (with.ptr[i] == '\\') {
      if (next != '\\' && next != '$') return false;
      i++;
      piece = slice_part(with, i, i + 1);
    } else if (with.ptr[i] == '$') {
      if (next < '0' || next > '9') return false;
      const size_t group = (size_t)(next - '0');
      const bool set = match->start[group] != SIZE_MAX;
      piece = set ? slice_part(text, match->start[group], match->end[group]) : SLICE("");
      i++;
    }
    if (!append(out, exec, piece)) return false;
  }
  return true;
}

static Value replace_in(Exec *exec, Value value, const Regex *regex, Slice with)
{
  const Slice text = nonnull(value.term.text);
  Growing out = {NULL, 0, 0};
  RegexMatch match;
  if (find_match(exec, &match, regex, SLICE(""), 0)) return value_error(); /* matches nothing */
  size_t at = 0;
  while (exec->failure == STATUS_OK && find_match(exec, &match, regex, text, at)) {
    if (match.end[0] == match.start[0]) {
      (void)exec_fail(exec, STATUS_QUERY, "REPLACE with a pattern that matches nothing at all");
      return value_error();
    }
    if (!append(&out, exec, slice_part(text, at, match.start[0]))) return value_error();
    if (!append_replacement(&out, exec, with, &match, text)) return value_error();
    at = match.end[0];
  }
  if (!append(&out, exec, slice_part(text, at, text.len))) return value_error();
  return like(value, (Slice){out.bytes, out.count});
}

static Value regex_replace(Exec *exec, const Expr *expr, const TermId *row)
{
  const Value text = evaluate(exec, expr->args[0], row);
  const Value with = evaluate(exec, expr->args[2], row);
  if (!is_string(text) || with.kind != VALUE_STRING) return value_error();
  const Regex *const regex = regex_of(exec, expr, row, 3);
  return regex ? replace_in(exec, text, regex, nonnull(with.term.text)) : value_error();
}

/* ---- numbers ---- */

static Value whole(Decimal decimal, ValueKind kind)
{
  return kind == VALUE_INTEGER ? value_integer(decimal.mantissa) : value_decimal(decimal);
}

/* FLOOR, and CEIL and ROUND by way of it, exactly. */
static Decimal floor_decimal(Decimal decimal)
{
  int64_t unit = 1;
  for (unsigned i = 0; i < decimal.scale; i++) unit *= 10;
  int64_t floored = decimal.mantissa / unit;
  if (decimal.mantissa % unit < 0) floored--;
  return (Decimal){floored, 0};
}

static Value round_exact(Function function, Value value)
{
  Decimal decimal = value.as.decimal;
  switch (function) {
  case FUNCTION_ABS:
    if (decimal.mantissa < 0) decimal.mantissa = -decimal.mantissa;
    break;
  case FUNCTION_FLOOR:
    decimal = floor_decimal(decimal);
    break;
  case FUNCTION_CEIL:
    decimal.mantissa = -decimal.mantissa;
    decimal = floor_decimal(decimal);
    decimal.mantissa = -decimal.mantissa;
    break;
  default:
    if (decimal.scale && decimal_add(&decimal, decimal, (Decimal){5, 1})) {
      decimal = floor_decimal(decimal);
    }
    break;
  }
  return whole(decimal, value.kind);
}

static Value round_number(Exec *exec, Function function, Value value)
{
  if (value.kind == VALUE_HUGE) return arithmetic(exec, EXPR_ADD, value, value);
  if (!value_is_numeric(value)) return value_error();
  if (value.kind <= VALUE_DECIMAL) return round_exact(function, value);
  const double x = value.as.real;
  switch (function) {
  case FUNCTION_ABS:
    return value_real(fabs(x), value.kind);
  case FUNCTION_FLOOR:
    return value_real(floor(x), value.kind);
  case FUNCTION_CEIL:
    return value_real(ceil(x), value.kind);
  default:
    return value_real(floor(x) == x ? x : round_half_up(x), value.kind);
  }
}

/* ---- dates ---- */

static bool is_moment(Value value)
{
  return value.kind >= VALUE_DATETIME && value.kind <= VALUE_YEAR;
}

static Value zone_name(Exec *exec, const Moment *moment)
{
  if (!moment->zoned) return value_string(SLICE(""));
  if (!moment->zone) return value_string(SLICE("Z"));
  char *const text = room(exec, 8);
  if (!text) return value_error();
  const int zone = moment->zone < 0 ? -moment->zone : moment->zone;
  const int length =
      snprintf(text, 8, "%c%02d:%02d", moment->zone < 0 ? '-' : '+', zone / 60 % 100, zone % 60);
  return value_string((Slice){text, (size_t)length});
}

/* -00:00 is written as it stands. */
static Value zone_of(Exec *exec, Value value)
{
  const Slice text = value.term.text;
  if (!value.as.moment.zone && slice_ends(text, "00:00") && text.len > 6) {
    const char sign = text.ptr[text.len - 6];
    if (sign == '-') return value_string(SLICE("-00:00"));
    if (sign == '+') return value_string(SLICE("+00:00"));
  }
  return zone_name(exec, &value.as.moment);
}

/* A date has no hour, a year no month: those are errors. */
static Value part_of_date(Exec *exec, Function function, Value value)
{
  if (!is_moment(value)) return value_error();
  const Moment *const moment = &value.as.moment;
  const bool day = value.kind == VALUE_DATETIME || value.kind == VALUE_DATE;
  const bool time = value.kind == VALUE_DATETIME;
  Decimal seconds;
  switch (function) {
  case FUNCTION_YEAR:
    return value_integer(moment->year);
  case FUNCTION_MONTH:
    return value.kind == VALUE_YEAR ? value_error() : value_integer(moment->month);
  case FUNCTION_DAY:
    return day ? value_integer(moment->day) : value_error();
  case FUNCTION_HOURS:
    return time ? value_integer(moment->hour % 24) : value_error();
  case FUNCTION_MINUTES:
    return time ? value_integer(moment->minute) : value_error();
  case FUNCTION_SECONDS:
    if (!time || !decimal_multiply(&seconds, (Decimal){moment->nanoseconds, 0}, (Decimal){1, 9})) {
      return value_error();
    }
    return value_decimal(seconds);
  default:
    return zone_of(exec, value);
  }
}

/* ---- calls ---- */

static Value coalesce(Exec *exec, const Expr *expr, const TermId *row)
{
  for (size_t i = 0; i < expr->count; i++) {
    const Value value = evaluate(exec, expr->args[i], row);
    if (value.kind != VALUE_ERROR || exec->failure != STATUS_OK) return value;
  }
  return value_error();
}

static Value choose(Exec *exec, const Expr *expr, const TermId *row)
{
  const int truth = effective_boolean(exec, evaluate(exec, expr->args[0], row));
  return truth < 0 ? value_error() : evaluate(exec, expr->args[truth ? 1 : 2], row);
}

static Value one_argument(Exec *exec, Function function, Value value)
{
  if (value.kind == VALUE_ERROR) return value;
  switch (function) {
  case FUNCTION_STR:
    return str(exec, value);
  case FUNCTION_DATATYPE:
    return datatype(exec, value);
  case FUNCTION_IRI:
    return iri(exec, value);
  case FUNCTION_LANG:
    return value_is_literal(value) ? value_string(nonnull(value.term.language)) : value_error();
  case FUNCTION_ISBLANK:
    return value_boolean(value.kind == VALUE_BLANK);
  case FUNCTION_ISIRI:
    return value_boolean(value.kind == VALUE_IRI);
  case FUNCTION_ISLITERAL:
    return value_boolean(value_is_literal(value));
  case FUNCTION_ISNUMERIC:
    return value_boolean(value_is_numeric(value) || value.kind == VALUE_HUGE);
  case FUNCTION_STRLEN:
    return is_string(value) ? value_integer((int64_t)utf8_count(value.term.text)) : value_error();
  case FUNCTION_UCASE:
    return change_case(exec, value, true);
  case FUNCTION_LCASE:
    return change_case(exec, value, false);
  case FUNCTION_ENCODE_FOR_URI:
    return encode_for_uri(exec, value);
  case FUNCTION_ABS:
  case FUNCTION_CEIL:
  case FUNCTION_FLOOR:
  case FUNCTION_ROUND:
    return round_number(exec, function, value);
  default:
    return part_of_date(exec, function, value);
  }
}

static Value two_arguments(Exec *exec, Function function, Value a, Value b)
{
  if (a.kind == VALUE_ERROR || b.kind == VALUE_ERROR) return value_error();
  switch (function) {
  case FUNCTION_SAMETERM:
    return same_term(exec, a, b);
  case FUNCTION_STRDT:
    return with_datatype(a, b);
  case FUNCTION_STRLANG:
    return with_language(a, b);
  case FUNCTION_LANGMATCHES:
    return language_matches(a, b);
  case FUNCTION_SUBSTR:
    return substring(a, b, NULL);
  default:
    return about_strings(function, a, b);
  }
}

Value call_function(Exec *exec, const Expr *expr, const TermId *row)
{
  const Function function = expr->name.function;
  switch (function) {
  case FUNCTION_BOUND:
    return value_boolean(row[expr->args[0]->node.id] != TERM_ANY);
  case FUNCTION_COALESCE:
    return coalesce(exec, expr, row);
  case FUNCTION_IF:
    return choose(exec, expr, row);
  case FUNCTION_CONCAT:
    return concat(exec, expr, row);
  case FUNCTION_REGEX:
    return regex_matches(exec, expr, row);
  case FUNCTION_REPLACE:
    return regex_replace(exec, expr, row);
  default:
    break;
  }
  const Value first = evaluate(exec, expr->args[0], row);
  if (expr->count == 1) return one_argument(exec, function, first);
  const Value second = evaluate(exec, expr->args[1], row);
  if (expr->count == 2) return two_arguments(exec, function, first, second);
  const Value third = evaluate(exec, expr->args[2], row);
  return substring(first, second, &third);
}

/* ---- casts ---- */

static Value cast_boolean(Value value)
{
  if (value.kind == VALUE_BOOLEAN) return value;
  if (value.kind == VALUE_INTEGER || value.kind == VALUE_DECIMAL) {
    return value_boolean(value.as.decimal.mantissa != 0);
  }
  if (value.kind == VALUE_FLOAT || value.kind == VALUE_DOUBLE) {
    return value_boolean(value.as.real != 0 && !isnan(value.as.real));
  }
  if (value.kind != VALUE_STRING) return value_error();
  const Slice text = value.term.text;
  if (slice_is(text, "true") || slice_is(text, "1")) return value_boolean(true);
  if (slice_is(text, "false") || slice_is(text, "0")) return value_boolean(false);
  return value_error();
}

/* The decimal that a floating point number is, where it has few enough digits. */
static bool decimal_of_real(Decimal *out, double real)
{
  double unit = 1;
  for (unsigned scale = 0; scale < 16; scale++, unit *= 10) {
    const double moved = real * unit;
    if (fabs(moved) > 1e15) return false;
    if (moved != floor(moved)) continue;
    *out = (Decimal){(int64_t)moved, scale};
    return true;
  }
  return false;
}

static Value too_long(Exec *exec)
{
  (void)exec_fail(exec, STATUS_LIMIT, "a number of more than 18 digits is calculated with");
  return value_error();
}

static Value cast_decimal(Exec *exec, Value value, bool integer)
{
  Decimal decimal = {0, 0};
  switch (value.kind) {
  case VALUE_BOOLEAN:
    decimal.mantissa = value.as.boolean;
    break;
  case VALUE_INTEGER:
  case VALUE_DECIMAL:
    decimal = value.as.decimal;
    break;
  case VALUE_FLOAT:
  case VALUE_DOUBLE:
    if (isnan(value.as.real) || isinf(value.as.real)) return value_error();
    if (!decimal_of_real(&decimal, integer ? trunc(value.as.real) : value.as.real)) {
      return too_long(exec);
    }
    break;
  case VALUE_STRING: {
    if (integer && value.term.text.len && memchr(value.term.text.ptr, '.', value.term.text.len)) {
      return value_error();
    }
    const int done = decimal_parse(&decimal, value.term.text);
    if (done <= 0) return done < 0 ? too_long(exec) : value_error();
    break;
  }
  case VALUE_HUGE:
    return too_long(exec);
  default:
    return value_error();
  }
  if (!integer) return value_decimal(decimal);
  if (decimal.mantissa >= 0) return value_integer(floor_decimal(decimal).mantissa);
  decimal.mantissa = -decimal.mantissa;
  return value_integer(-floor_decimal(decimal).mantissa);
}

static Value cast_real(Exec *exec, Value value, ValueKind kind)
{
  double real;
  if (value.kind == VALUE_HUGE) return too_long(exec);
  if (value.kind == VALUE_BOOLEAN) return value_real(value.as.boolean, kind);
  if (value_is_numeric(value)) return value_real(value_as_real(value), kind);
  if (value.kind != VALUE_STRING || !real_parse(&real, value.term.text)) return value_error();
  return value_real(real, kind);
}

/* The text of a moment put into the form of the other type: the time cut out or put in. */
static Value cast_moment(Exec *exec, Value value, bool time)
{
  const ValueKind wanted = time ? VALUE_DATETIME : VALUE_DATE;
  if (value.kind != VALUE_STRING && value.kind != VALUE_DATETIME && value.kind != VALUE_DATE) {
    return value_error();
  }
  const Slice text = nonnull(value.term.text), type = slice_of(time ? XSD "dateTime" : XSD "date");
  if (value.kind == wanted || value.kind == VALUE_STRING) {
    const Value result = value_of_term((QueryTerm){TERM_LITERAL, text, type, SLICE_NONE});
    return result.kind == wanted ? result : value_error();
  }
  const Slice zone =
      value.as.moment.zoned ? zone_name(exec, &value.as.moment).term.text : SLICE("");
  char *const out = room(exec, text.len + 20);
  if (!out) return value_error();
  size_t day = value.kind == VALUE_DATE && value.as.moment.zoned
                   ? text.len - (slice_ends(text, "Z") ? 1 : 6)
                   : text.len;
  const char *const t = memchr(text.ptr, 'T', text.len);
  if (t) day = (size_t)(t - text.ptr);
  const int length = snprintf(out, text.len + 20, "%.*s%s%.*s", (int)day, text.ptr,
                              time ? "T00:00:00" : "", SLICE_ARGS(zone));
  return value_of_term((QueryTerm){TERM_LITERAL, {out, (size_t)length}, type, SLICE_NONE});
}

Value call_cast(Exec *exec, Cast cast, Value value)
{
  if (value.kind == VALUE_ERROR || value.kind == VALUE_BLANK) return value_error();
  switch (cast) {
  case CAST_STRING:
    return str(exec, value);
  case CAST_BOOLEAN:
    return cast_boolean(value);
  case CAST_INTEGER:
    return cast_decimal(exec, value, true);
  case CAST_DECIMAL:
    return cast_decimal(exec, value, false);
  case CAST_FLOAT:
    return cast_real(exec, value, VALUE_FLOAT);
  case CAST_DOUBLE:
    return cast_real(exec, value, VALUE_DOUBLE);
  case CAST_DATETIME:
    return cast_moment(exec, value, true);
  case CAST_DATE:
    return cast_moment(exec, value, false);
  }
  return value_error();
}
