/* Values: what terms mean to operators and functions (XPath and XQuery Functions and Operators as
   SPARQL 1.1 section 17 takes them). Integers and decimals are exact to 18 digits; beyond that the
   value is VALUE_HUGE and calculating with it is refused rather than rounded. Dates and times
   without a zone are taken as UTC. */
#ifndef ENTENTE_QUERY_VALUE_H
#define ENTENTE_QUERY_VALUE_H

#include "graph/arena.h"
#include "output/query_terms.h"

typedef enum ValueKind {
  VALUE_ERROR,
  VALUE_IRI,
  VALUE_BLANK,
  VALUE_STRING,   /* plain or xsd:string */
  VALUE_LANGUAGE, /* with a language tag */
  VALUE_BOOLEAN,
  VALUE_INTEGER, /* and the types derived from it */
  VALUE_DECIMAL,
  VALUE_FLOAT,
  VALUE_DOUBLE,
  VALUE_DATETIME,
  VALUE_DATE,
  VALUE_YEAR_MONTH,
  VALUE_YEAR,
  VALUE_HUGE, /* an integer or decimal of too many digits */
  VALUE_OTHER /* another datatype, or a lexical form that is not of its type */
} ValueKind;

/* MANTISSA / 10^SCALE, without zeros at the end of the fraction. */
typedef struct Decimal {
  int64_t mantissa;
  unsigned scale;
} Decimal;

typedef struct Moment {
  int64_t year; /* as written, in its own zone */
  unsigned month, day, hour, minute;
  int64_t nanoseconds; /* of the minute */
  bool zoned;
  int zone; /* minutes east of UTC */
} Moment;

typedef struct Value {
  ValueKind kind;
  TermId id; /* TERM_ANY if it was computed */
  QueryTerm
      term; /* lexical form, datatype and language; of computed numbers only the value is set */
  union {
    bool boolean;
    Decimal decimal; /* integers have scale 0 */
    double real;
    Moment moment;
  } as;
} Value;

Value value_of(const QueryTerms *terms, TermId id);
Value value_of_term(QueryTerm term);

/* The term of a value that is not an error; text of numbers is put in ARENA. */
Status value_term(QueryTerm *out, Value value, Arena *arena);

Value value_error(void);
Value value_boolean(bool boolean);
Value value_integer(int64_t integer);
Value value_decimal(Decimal decimal);
Value value_real(double real, ValueKind kind); /* VALUE_FLOAT or VALUE_DOUBLE */
Value value_string(Slice text);
Value value_language(Slice text, Slice language);
Value value_iri(Slice text);

static inline bool value_is_numeric(Value value)
{
  return value.kind >= VALUE_INTEGER && value.kind <= VALUE_DOUBLE;
}

static inline bool value_is_literal(Value value)
{
  return value.kind >= VALUE_STRING;
}

double value_as_real(Value value); /* of a numeric value */

/* Exact arithmetic. False if the result has too many digits; division gives at most 18. */
bool decimal_add(Decimal *out, Decimal a, Decimal b);
bool decimal_subtract(Decimal *out, Decimal a, Decimal b);
bool decimal_multiply(Decimal *out, Decimal a, Decimal b);
bool decimal_divide(Decimal *out, Decimal a, Decimal b); /* B is not 0 */
int decimal_compare(Decimal a, Decimal b);

/* Parse [+-]digits[.digits] whole. 1 done, 0 not a number, -1 too many digits. */
int decimal_parse(Decimal *out, Slice text);

/* Parse a float or double of XML Schema; false if it is none. */
bool real_parse(double *out, Slice text);

/* How A stands to B by the operators = and <: -1, 0, 1. */
typedef enum Comparison {
  COMPARE_LESS = -1,
  COMPARE_EQUAL = 0,
  COMPARE_GREATER = 1,
  COMPARE_UNORDERED,  /* comparable, but NaN */
  COMPARE_TYPE_ERROR, /* no such operator for these */
  COMPARE_HUGE        /* cannot say, for want of digits */
} Comparison;
Comparison value_compare(Value a, Value b);

/* RDFterm-equal and the operators for =: equal, not equal (COMPARE_LESS), an error or huge. */
Comparison value_equal(Value a, Value b);

/* A total order for ORDER BY, MIN and MAX: unbound (VALUE_ERROR), blank nodes, IRIs, literals; it
   agrees with < where that is defined. */
int value_order(Value a, Value b);

#endif
