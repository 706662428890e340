/* Which datatypes are known, and how the values of each are read, written and compared. */
#include "query_value.h"

#include <locale.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#define MOST_DIGITS 18

__extension__ typedef __int128 Wide;

static const Value ERROR_VALUE = {.kind = VALUE_ERROR};

Value value_error(void)
{
  return ERROR_VALUE;
}

Value value_boolean(bool boolean)
{
  Value value = {.kind = VALUE_BOOLEAN};
  value.as.boolean = boolean;
  return value;
}

Value value_integer(int64_t integer)
{
  Value value = {.kind = VALUE_INTEGER};
  value.as.decimal = (Decimal){integer, 0};
  return value;
}

Value value_decimal(Decimal decimal)
{
  Value value = {.kind = VALUE_DECIMAL};
  value.as.decimal = decimal;
  return value;
}

Value value_real(double real, ValueKind kind)
{
  Value value = {.kind = kind};
  value.as.real = kind == VALUE_FLOAT ? (double)(float)real : real;
  return value;
}

Value value_string(Slice text)
{
  return (Value){.kind = VALUE_STRING, .term = {TERM_LITERAL, text, SLICE_NONE, SLICE_NONE}};
}

Value value_language(Slice text, Slice language)
{
  if (!language.len) return value_string(text);
  return (Value){.kind = VALUE_LANGUAGE, .term = {TERM_LITERAL, text, SLICE_NONE, language}};
}

Value value_iri(Slice text)
{
  return (Value){.kind = VALUE_IRI, .term = {TERM_IRI, text, SLICE_NONE, SLICE_NONE}};
}

/* ---- decimals ---- */

static int64_t power_of_ten(unsigned exponent)
{
  int64_t power = 1;
  while (exponent-- > 0) power *= 10;
  return power;
}

/* MANTISSA / 10^SCALE as a Decimal; false if it has too many digits. */
static bool narrow(Decimal *out, Wide mantissa, unsigned scale)
{
  while (scale > 0 && mantissa % 10 == 0) {
    mantissa /= 10;
    scale--;
  }
  const Wide limit = power_of_ten(MOST_DIGITS);
  if (mantissa >= limit || mantissa <= -limit || scale > MOST_DIGITS) return false;
  *out = (Decimal){(int64_t)mantissa, scale};
  return true;
}

static Wide scaled(Decimal a, unsigned scale)
{
  return (Wide)a.mantissa * power_of_ten(scale - a.scale);
}

bool decimal_add(Decimal *out, Decimal a, Decimal b)
{
  const unsigned scale = a.scale > b.scale ? a.scale : b.scale;
  return narrow(out, scaled(a, scale) + scaled(b, scale), scale);
}

bool decimal_subtract(Decimal *out, Decimal a, Decimal b)
{
  b.mantissa = -b.mantissa;
  return decimal_add(out, a, b);
}

bool decimal_multiply(Decimal *out, Decimal a, Decimal b)
{
  return narrow(out, (Wide)a.mantissa * b.mantissa, a.scale + b.scale);
}

/* Long division: digits of the fraction until it ends or there are enough. */
bool decimal_divide(Decimal *out, Decimal a, Decimal b)
{
  const unsigned scale = a.scale > b.scale ? a.scale : b.scale;
  const Wide over = scaled(a, scale), under = scaled(b, scale);
  const Wide limit = power_of_ten(MOST_DIGITS - 1);
  Wide quotient = over / under, rest = over % under;
  unsigned digits = 0;
  while (rest != 0 && digits < MOST_DIGITS && quotient < limit && quotient > -limit) {
    rest *= 10;
    quotient = quotient * 10 + rest / under;
    rest %= under;
    digits++;
  }
  return narrow(out, quotient, digits);
}

int decimal_compare(Decimal a, Decimal b)
{
  const unsigned scale = a.scale > b.scale ? a.scale : b.scale;
  const Wide x = scaled(a, scale), y = scaled(b, scale);
  return (x > y) - (x < y);
}

static bool is_digit(char c)
{
  return c >= '0' && c <= '9';
}

static int end_of_decimal(Decimal *out, Wide mantissa, unsigned scale, bool huge, bool negative)
{
  if (huge) return -1;
  return narrow(out, negative ? -mantissa : mantissa, scale) ? 1 : -1;
}

int decimal_parse(Decimal *out, Slice text)
{
  size_t i = 0, digits = 0;
  const bool negative = text.len && text.ptr[0] == '-';
  if (text.len && (text.ptr[0] == '-' || text.ptr[0] == '+')) i++;
  Wide mantissa = 0;
  unsigned scale = 0, zeros = 0; /* zeros not yet known to matter */
  bool point = false, huge = false;
  for (; i < text.len; i++) {
    const char c = text.ptr[i];
    if (c == '.' && !point) {
      point = true;
      continue;
    }
    if (!is_digit(c)) return 0;
    digits++;
    if (point && c == '0') {
      zeros++;
      continue;
    }
    const unsigned steps = point ? zeros + 1 : 1;
    huge = huge || scale + steps > 2 * MOST_DIGITS;
    for (unsigned k = 0; k < steps && !huge; k++) {
      huge = mantissa > (Wide)power_of_ten(MOST_DIGITS);
      mantissa *= 10;
    }
    if (!huge) mantissa += c - '0';
    if (point) scale += steps;
    zeros = 0;
  }
  return digits ? end_of_decimal(out, mantissa, scale, huge, negative) : 0;
}

/* ---- floating point ---- */

/* Is TEXT [+-]digits[.digits][e[+-]digits], or a special value? */
static bool real_syntax(Slice text)
{
  size_t i = 0, digits = 0;
  if (i < text.len && (text.ptr[i] == '-' || text.ptr[i] == '+')) i++;
  for (; i < text.len && is_digit(text.ptr[i]); i++) digits++;
  if (i < text.len && text.ptr[i] == '.') i++;
  for (; i < text.len && is_digit(text.ptr[i]); i++) digits++;
  if (!digits) return false;
  if (i == text.len) return true;
  if (text.ptr[i] != 'e' && text.ptr[i] != 'E') return false;
  i++;
  if (i < text.len && (text.ptr[i] == '-' || text.ptr[i] == '+')) i++;
  const size_t exponent = i;
  while (i < text.len && is_digit(text.ptr[i])) i++;
  return i > exponent && i == text.len;
}

/* strtod follows the locale, so it is given the point that the locale wants. */
bool real_parse(double *out, Slice text)
{
  if (slice_is(text, "NaN")) return *out = (double)NAN, true;
  if (slice_is(text, "INF") || slice_is(text, "+INF")) return *out = (double)INFINITY, true;
  if (slice_is(text, "-INF")) return *out = (double)-INFINITY, true;
  char copy[400];
  const char *const point = localeconv()->decimal_point;
  if (!real_syntax(text) || text.len > 300) return false;
  size_t used = 0;
  for (size_t i = 0; i < text.len; i++) {
    if (text.ptr[i] != '.') {
      copy[used++] = text.ptr[i];
    } else {
      used += (size_t)snprintf(copy + used, sizeof copy - used, "%s", point);
    }
  }
  copy[used] = '\0';
  *out = strtod(copy, NULL);
  return true;
}

/* The digits of a positive number, shortest that read back the same, and its decimal exponent. */
static void shortest(char digits[32], int *exponent, double real, bool single)
{
  for (int precision = 0; precision < 17; precision++) {
    char text[64];
    snprintf(text, sizeof text, "%.*e", precision, real);
    const double back = strtod(text, NULL);
    if (precision < 16 && (single ? (float)back != (float)real : back != real)) continue;
    const char *const e = strchr(text, 'e');
    size_t used = 0;
    for (const char *at = text; at < e; at++) {
      if (is_digit(*at)) digits[used++] = *at;
    }
    digits[used] = '\0';
    *exponent = (int)strtol(e + 1, NULL, 10);
    return;
  }
}

/* The canonical form of XML Schema: 1.5E0. */
static int write_real(char *out, size_t size, double real, bool single)
{
  if (isnan(real)) return snprintf(out, size, "NaN");
  if (isinf(real)) return snprintf(out, size, real < 0 ? "-INF" : "INF");
  const char *const sign = signbit(real) ? "-" : "";
  if (real == 0) return snprintf(out, size, "%s0.0E0", sign);
  char digits[32] = "0";
  int exponent = 0;
  shortest(digits, &exponent, fabs(real), single);
  const char *const rest = digits[1] ? digits + 1 : "0";
  return snprintf(out, size, "%s%c.%sE%d", sign, digits[0], rest, exponent);
}

static int write_decimal(char *out, size_t size, Decimal decimal)
{
  const bool negative = decimal.mantissa < 0;
  const uint64_t mantissa = negative ? 0 - (uint64_t)decimal.mantissa : (uint64_t)decimal.mantissa;
  const uint64_t unit = (uint64_t)power_of_ten(decimal.scale);
  const char *const sign = negative ? "-" : "";
  if (!decimal.scale) return snprintf(out, size, "%s%llu.0", sign, (unsigned long long)mantissa);
  return snprintf(out, size, "%s%llu.%0*llu", sign, (unsigned long long)(mantissa / unit),
                  (int)decimal.scale, (unsigned long long)(mantissa % unit));
}

/* ---- dates ---- */

/* COUNT digits at *AT. */
static bool read_digits(unsigned *out, Slice text, size_t *at, size_t count)
{
  *out = 0;
  for (size_t i = 0; i < count; i++, ++*at) {
    if (*at >= text.len || !is_digit(text.ptr[*at])) return false;
    *out = *out * 10 + (unsigned)(text.ptr[*at] - '0');
  }
  return true;
}

static bool read_mark(Slice text, size_t *at, char mark)
{
  if (*at >= text.len || text.ptr[*at] != mark) return false;
  ++*at;
  return true;
}

static bool read_year(Moment *out, Slice text, size_t *at)
{
  const bool negative = read_mark(text, at, '-');
  const size_t start = *at;
  out->year = 0;
  while (*at < text.len && is_digit(text.ptr[*at]) && *at - start < 12) {
    out->year = out->year * 10 + (text.ptr[(*at)++] - '0');
  }
  const size_t digits = *at - start;
  if (digits < 4 || (digits > 4 && text.ptr[start] == '0')) return false;
  if (negative) out->year = -out->year;
  return true;
}

static unsigned days_of(int64_t year, unsigned month)
{
  static const unsigned char DAYS[12] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  return DAYS[month - 1] + (month == 2 && leap ? 1u : 0u);
}

static bool read_seconds(Moment *out, Slice text, size_t *at)
{
  unsigned seconds;
  if (!read_digits(&seconds, text, at, 2) || seconds > 59) return false;
  int64_t fraction = 0, unit = 1000000000;
  if (read_mark(text, at, '.')) {
    const size_t start = *at;
    for (; *at < text.len && is_digit(text.ptr[*at]); ++*at) {
      unit /= 10;
      fraction += (text.ptr[*at] - '0') * unit;
    }
    if (*at == start || *at - start > 9) return false;
  }
  out->nanoseconds = seconds * INT64_C(1000000000) + fraction;
  return true;
}

static bool read_time(Moment *out, Slice text, size_t *at)
{
  if (!read_mark(text, at, 'T') || !read_digits(&out->hour, text, at, 2) ||
      !read_mark(text, at, ':') || !read_digits(&out->minute, text, at, 2) ||
      !read_mark(text, at, ':') || !read_seconds(out, text, at)) {
    return false;
  }
  if (out->hour == 24) return out->minute == 0 && out->nanoseconds == 0;
  return out->hour < 24 && out->minute < 60;
}

static bool read_zone(Moment *out, Slice text, size_t *at)
{
  if (*at == text.len) return true;
  out->zoned = true;
  if (read_mark(text, at, 'Z')) return *at == text.len;
  const bool west = text.ptr[*at] == '-';
  unsigned hours, minutes;
  if (!read_mark(text, at, '-') && !read_mark(text, at, '+')) return false;
  if (!read_digits(&hours, text, at, 2) || !read_mark(text, at, ':') ||
      !read_digits(&minutes, text, at, 2) || minutes > 59 || hours * 60 + minutes > 840) {
    return false;
  }
  out->zone = (int)(hours * 60 + minutes) * (west ? -1 : 1);
  return *at == text.len;
}

static bool moment_parse(Moment *out, Slice text, ValueKind kind)
{
  size_t at = 0;
  *out = (Moment){.month = 1, .day = 1};
  if (!read_year(out, text, &at)) return false;
  if (kind != VALUE_YEAR) {
    if (!read_mark(text, &at, '-') || !read_digits(&out->month, text, &at, 2)) return false;
    if (out->month < 1 || out->month > 12) return false;
  }
  if (kind == VALUE_DATE || kind == VALUE_DATETIME) {
    if (!read_mark(text, &at, '-') || !read_digits(&out->day, text, &at, 2)) return false;
    if (out->day < 1 || out->day > days_of(out->year, out->month)) return false;
  }
  if (kind == VALUE_DATETIME && !read_time(out, text, &at)) return false;
  return read_zone(out, text, &at);
}

/* Minutes since the year 0 in UTC (days from civil, after Howard Hinnant). */
static int64_t minutes_of(const Moment *moment)
{
  const int64_t year = moment->year - (moment->month <= 2);
  const int64_t era = (year >= 0 ? year : year - 399) / 400;
  const int64_t of_era = year - era * 400;
  const int64_t month = moment->month;
  const int64_t of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + moment->day - 1;
  const int64_t days = era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year;
  return (days * 24 + moment->hour) * 60 + moment->minute - moment->zone;
}

static int moment_compare(const Moment *a, const Moment *b)
{
  const int64_t x = minutes_of(a), y = minutes_of(b);
  if (x != y) return x < y ? -1 : 1;
  return (a->nanoseconds > b->nanoseconds) - (a->nanoseconds < b->nanoseconds);
}

/* ---- from terms ---- */

static ValueKind kind_of_type(Slice datatype)
{
  static const struct {
    const char *name;
    ValueKind kind;
  } TYPES[] = {
      {"integer", VALUE_INTEGER},
      {"decimal", VALUE_DECIMAL},
      {"double", VALUE_DOUBLE},
      {"float", VALUE_FLOAT},
      {"boolean", VALUE_BOOLEAN},
      {"date", VALUE_DATE},
      {"dateTime", VALUE_DATETIME},
      {"gYear", VALUE_YEAR},
      {"gYearMonth", VALUE_YEAR_MONTH},
      {"int", VALUE_INTEGER},
      {"long", VALUE_INTEGER},
      {"short", VALUE_INTEGER},
      {"byte", VALUE_INTEGER},
      {"nonNegativeInteger", VALUE_INTEGER},
      {"positiveInteger", VALUE_INTEGER},
      {"nonPositiveInteger", VALUE_INTEGER},
      {"negativeInteger", VALUE_INTEGER},
      {"unsignedLong", VALUE_INTEGER},
      {"unsignedInt", VALUE_INTEGER},
      {"unsignedShort", VALUE_INTEGER},
      {"unsignedByte", VALUE_INTEGER},
      {"dateTimeStamp", VALUE_DATETIME},
      {"string", VALUE_STRING},
  };
  if (!slice_starts(datatype, XSD)) return VALUE_OTHER;
  const Slice name = slice_part(datatype, sizeof XSD - 1, datatype.len);
  for (size_t i = 0; i < sizeof TYPES / sizeof *TYPES; i++) {
    if (slice_is(name, TYPES[i].name)) return TYPES[i].kind;
  }
  return VALUE_OTHER;
}

static bool boolean_parse(bool *out, Slice text)
{
  *out = slice_is(text, "true") || slice_is(text, "1");
  return *out || slice_is(text, "false") || slice_is(text, "0");
}

static ValueKind read_decimal(Value *value, ValueKind kind)
{
  const Slice text = value->term.text;
  if (kind == VALUE_INTEGER && text.len && memchr(text.ptr, '.', text.len)) return VALUE_OTHER;
  const int done = decimal_parse(&value->as.decimal, text);
  return done > 0 ? kind : done < 0 ? VALUE_HUGE : VALUE_OTHER;
}

static ValueKind read_value(Value *value, ValueKind kind)
{
  const Slice text = value->term.text;
  bool good = true;
  switch (kind) {
  case VALUE_BOOLEAN:
    good = boolean_parse(&value->as.boolean, text);
    break;
  case VALUE_INTEGER:
  case VALUE_DECIMAL:
    return read_decimal(value, kind);
  case VALUE_FLOAT:
  case VALUE_DOUBLE:
    good = real_parse(&value->as.real, text);
    if (kind == VALUE_FLOAT) value->as.real = (double)(float)value->as.real;
    break;
  case VALUE_DATETIME:
  case VALUE_DATE:
  case VALUE_YEAR_MONTH:
  case VALUE_YEAR:
    good = moment_parse(&value->as.moment, text, kind);
    break;
  case VALUE_ERROR:
  case VALUE_IRI:
  case VALUE_BLANK:
  case VALUE_STRING:
  case VALUE_LANGUAGE:
  case VALUE_HUGE:
  case VALUE_OTHER:
    break;
  }
  return good ? kind : VALUE_OTHER;
}

Value value_of_term(QueryTerm term)
{
  Value value = {.term = term};
  switch (term.kind) {
  case TERM_IRI:
    value.kind = VALUE_IRI;
    return value;
  case TERM_BLANK:
    value.kind = VALUE_BLANK;
    return value;
  case TERM_LITERAL:
    break;
  }
  if (term.language.len) {
    value.kind = VALUE_LANGUAGE;
  } else if (!term.datatype.len) {
    value.kind = VALUE_STRING;
  } else {
    value.kind = read_value(&value, kind_of_type(term.datatype));
  }
  return value;
}

Value value_of(const QueryTerms *terms, TermId id)
{
  if (id == TERM_ANY) return ERROR_VALUE;
  Value value = value_of_term(query_term(terms, id));
  value.id = id;
  return value;
}

static Status typed(QueryTerm *out, const char *text, const char *datatype, Arena *arena)
{
  *out = (QueryTerm){TERM_LITERAL, SLICE_NONE, slice_of(datatype), SLICE_NONE};
  return arena_copy(&out->text, arena, slice_of(text));
}

Status value_term(QueryTerm *out, Value value, Arena *arena)
{
  char text[64];
  *out = value.term;
  if (value.id || value.term.text.ptr) return STATUS_OK;
  switch (value.kind) {
  case VALUE_BOOLEAN:
    return typed(out, value.as.boolean ? "true" : "false", XSD "boolean", arena);
  case VALUE_INTEGER:
    snprintf(text, sizeof text, "%lld", (long long)value.as.decimal.mantissa);
    return typed(out, text, XSD "integer", arena);
  case VALUE_DECIMAL:
    write_decimal(text, sizeof text, value.as.decimal);
    return typed(out, text, XSD "decimal", arena);
  case VALUE_FLOAT:
    write_real(text, sizeof text, value.as.real, true);
    return typed(out, text, XSD "float", arena);
  case VALUE_DOUBLE:
    write_real(text, sizeof text, value.as.real, false);
    return typed(out, text, XSD "double", arena);
  case VALUE_ERROR:
  case VALUE_IRI:
  case VALUE_BLANK:
  case VALUE_STRING:
  case VALUE_LANGUAGE:
  case VALUE_DATETIME:
  case VALUE_DATE:
  case VALUE_YEAR_MONTH:
  case VALUE_YEAR:
  case VALUE_HUGE:
  case VALUE_OTHER:
    break;
  }
  return STATUS_OK; /* an empty text */
}

double value_as_real(Value value)
{
  if (value.kind == VALUE_FLOAT || value.kind == VALUE_DOUBLE) return value.as.real;
  char text[64];
  double real = 0;
  write_decimal(text, sizeof text, value.as.decimal);
  (void)real_parse(&real, slice_of(text));
  return real;
}

/* ---- comparing ---- */

static Comparison sign(int order)
{
  return order < 0 ? COMPARE_LESS : order > 0 ? COMPARE_GREATER : COMPARE_EQUAL;
}

static Comparison compare_numbers(Value a, Value b)
{
  const bool exact = a.kind <= VALUE_DECIMAL && b.kind <= VALUE_DECIMAL;
  if (exact) return sign(decimal_compare(a.as.decimal, b.as.decimal));
  double x = value_as_real(a), y = value_as_real(b);
  if (a.kind != VALUE_DOUBLE && b.kind != VALUE_DOUBLE) {
    x = (double)(float)x;
    y = (double)(float)y;
  }
  if (isnan(x) || isnan(y)) return COMPARE_UNORDERED;
  return sign((x > y) - (x < y));
}

static bool huge_matters(Value a, Value b)
{
  return (a.kind == VALUE_HUGE && (value_is_numeric(b) || b.kind == VALUE_HUGE)) ||
         (b.kind == VALUE_HUGE && value_is_numeric(a));
}

Comparison value_compare(Value a, Value b)
{
  if (value_is_numeric(a) && value_is_numeric(b)) return compare_numbers(a, b);
  if (huge_matters(a, b)) return COMPARE_HUGE;
  if (a.kind != b.kind) return COMPARE_TYPE_ERROR;
  switch (a.kind) {
  case VALUE_STRING:
    return sign(slice_compare(a.term.text, b.term.text));
  case VALUE_BOOLEAN:
    return sign((a.as.boolean > b.as.boolean) - (a.as.boolean < b.as.boolean));
  case VALUE_DATETIME:
  case VALUE_DATE:
  case VALUE_YEAR_MONTH:
  case VALUE_YEAR:
    return sign(moment_compare(&a.as.moment, &b.as.moment));
  case VALUE_ERROR:
  case VALUE_IRI:
  case VALUE_BLANK:
  case VALUE_LANGUAGE:
  case VALUE_INTEGER:
  case VALUE_DECIMAL:
  case VALUE_FLOAT:
  case VALUE_DOUBLE:
  case VALUE_HUGE:
  case VALUE_OTHER:
    break;
  }
  return COMPARE_TYPE_ERROR;
}

static bool same_term(Value a, Value b)
{
  if (a.id && b.id) return a.id == b.id;
  return a.kind == b.kind && slice_equal(a.term.text, b.term.text) &&
         slice_equal(a.term.datatype, b.term.datatype) &&
         slice_equal(a.term.language, b.term.language);
}

Comparison value_equal(Value a, Value b)
{
  if (a.kind == VALUE_ERROR || b.kind == VALUE_ERROR) return COMPARE_TYPE_ERROR;
  const Comparison order = value_compare(a, b);
  if (order == COMPARE_HUGE && a.id && a.id == b.id) return COMPARE_EQUAL;
  if (order == COMPARE_HUGE) return COMPARE_HUGE;
  if (order != COMPARE_TYPE_ERROR) return order == COMPARE_EQUAL ? COMPARE_EQUAL : COMPARE_LESS;
  if (same_term(a, b)) return COMPARE_EQUAL;
  return value_is_literal(a) && value_is_literal(b) ? COMPARE_TYPE_ERROR : COMPARE_LESS;
}

/* Groups of literals that < compares among themselves, in the order they are sorted in. */
static int order_class(Value value)
{
  switch (value.kind) {
  case VALUE_ERROR:
    return 0;
  case VALUE_BLANK:
    return 1;
  case VALUE_IRI:
    return 2;
  case VALUE_INTEGER:
  case VALUE_DECIMAL:
  case VALUE_FLOAT:
  case VALUE_DOUBLE:
    return 3;
  case VALUE_HUGE:
    return 4;
  case VALUE_STRING:
    return 5;
  case VALUE_LANGUAGE:
    return 6;
  case VALUE_BOOLEAN:
    return 7;
  case VALUE_YEAR:
    return 8;
  case VALUE_YEAR_MONTH:
    return 9;
  case VALUE_DATE:
    return 10;
  case VALUE_DATETIME:
    return 11;
  case VALUE_OTHER:
    return 12;
  }
  return 13;
}

/* NaN comes before all numbers. */
static int order_numbers(Value a, Value b)
{
  const Comparison order = compare_numbers(a, b);
  if (order != COMPARE_UNORDERED) return order;
  return (int)isnan(value_as_real(b)) - (int)isnan(value_as_real(a));
}

int value_order(Value a, Value b)
{
  const int class_a = order_class(a), class_b = order_class(b);
  if (class_a != class_b) return class_a < class_b ? -1 : 1;
  if (a.kind == VALUE_ERROR) return 0;
  if (value_is_numeric(a)) return order_numbers(a, b);
  const Comparison order = value_compare(a, b);
  if (order == COMPARE_LESS || order == COMPARE_GREATER) return order;
  if (order == COMPARE_EQUAL) return 0;
  int by = slice_compare(a.term.text, b.term.text);
  if (!by) by = slice_compare(a.term.language, b.term.language);
  return by ? by : slice_compare(a.term.datatype, b.term.datatype);
}
