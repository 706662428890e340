/* What a SPARQL query says, as the parser leaves it. Everything lives in the query's arena. */
#ifndef ENTENTE_QUERY_AST_H
#define ENTENTE_QUERY_AST_H

#include "graph/arena.h"
#include "graph/report.h"
#include "output/query_terms.h"

#define MOST_VARIABLES 256u
#define NO_VARIABLE UINT32_MAX

/* Variables of one SELECT, numbered from 0. A sub-select has its own; what it projects is matched
   to the outer ones by name. Blank nodes of patterns are variables without a name. */
typedef struct Variables {
  Slice *names;
  size_t count, capacity;
} Variables;

typedef struct VariableSet {
  uint64_t bits[MOST_VARIABLES / 64];
} VariableSet;

/* A variable, or a constant term. */
typedef struct Node {
  bool is_variable;
  uint32_t id; /* index of the variable, or TermId */
} Node;

typedef enum PathKind {
  PATH_IRI,
  PATH_INVERSE,
  PATH_SEQUENCE,
  PATH_ALTERNATIVE,
  PATH_ZERO_OR_MORE,
  PATH_ONE_OR_MORE,
  PATH_ZERO_OR_ONE
} PathKind;

typedef struct Path Path;
struct Path {
  PathKind kind;
  TermId iri; /* PATH_IRI */
  Path **parts;
  size_t count;
};

typedef struct Triple {
  Node subject, predicate, object;
  Path *path; /* instead of the predicate; NULL if there is none */
} Triple;

typedef enum ExprKind {
  EXPR_CONSTANT,
  EXPR_VARIABLE,
  EXPR_OR,
  EXPR_AND,
  EXPR_NOT,
  EXPR_EQUAL,
  EXPR_UNEQUAL,
  EXPR_LESS,
  EXPR_GREATER,
  EXPR_LESS_EQUAL,
  EXPR_GREATER_EQUAL,
  EXPR_IN,
  EXPR_NOT_IN,
  EXPR_ADD,
  EXPR_SUBTRACT,
  EXPR_MULTIPLY,
  EXPR_DIVIDE,
  EXPR_PLUS,
  EXPR_MINUS,
  EXPR_CALL,
  EXPR_CAST,
  EXPR_EXISTS,
  EXPR_AGGREGATE
} ExprKind;

typedef enum Function {
  FUNCTION_ABS,
  FUNCTION_BOUND,
  FUNCTION_CEIL,
  FUNCTION_COALESCE,
  FUNCTION_CONCAT,
  FUNCTION_CONTAINS,
  FUNCTION_DATATYPE,
  FUNCTION_DAY,
  FUNCTION_ENCODE_FOR_URI,
  FUNCTION_FLOOR,
  FUNCTION_HOURS,
  FUNCTION_IF,
  FUNCTION_IRI,
  FUNCTION_ISBLANK,
  FUNCTION_ISIRI,
  FUNCTION_ISLITERAL,
  FUNCTION_ISNUMERIC,
  FUNCTION_LANG,
  FUNCTION_LANGMATCHES,
  FUNCTION_LCASE,
  FUNCTION_MINUTES,
  FUNCTION_MONTH,
  FUNCTION_REGEX,
  FUNCTION_REPLACE,
  FUNCTION_ROUND,
  FUNCTION_SAMETERM,
  FUNCTION_SECONDS,
  FUNCTION_STR,
  FUNCTION_STRAFTER,
  FUNCTION_STRBEFORE,
  FUNCTION_STRDT,
  FUNCTION_STRENDS,
  FUNCTION_STRLANG,
  FUNCTION_STRLEN,
  FUNCTION_STRSTARTS,
  FUNCTION_SUBSTR,
  FUNCTION_TZ,
  FUNCTION_UCASE,
  FUNCTION_YEAR
} Function;

typedef enum Cast {
  CAST_STRING,
  CAST_BOOLEAN,
  CAST_INTEGER,
  CAST_DECIMAL,
  CAST_FLOAT,
  CAST_DOUBLE,
  CAST_DATETIME,
  CAST_DATE
} Cast;

typedef enum Aggregate {
  AGGREGATE_COUNT,
  AGGREGATE_SUM,
  AGGREGATE_MIN,
  AGGREGATE_MAX,
  AGGREGATE_AVG,
  AGGREGATE_SAMPLE,
  AGGREGATE_GROUP_CONCAT
} Aggregate;

typedef struct Pattern Pattern;
typedef struct Expr Expr;
struct Expr {
  ExprKind kind;
  Node node; /* constant or variable */
  Expr **args;
  size_t count;
  union {
    Function function;
    Cast cast;
    Aggregate aggregate;
  } name;
  bool distinct;    /* aggregate */
  bool negated;     /* NOT EXISTS */
  bool star;        /* COUNT(*) */
  Slice separator;  /* GROUP_CONCAT */
  size_t index;     /* aggregate or EXISTS: place among those of its SELECT */
  Pattern *pattern; /* EXISTS */
  void *plan;       /* EXISTS: put there by the planner; REGEX: the compiled constant pattern */
};

typedef struct Values {
  uint32_t *variables;
  size_t variable_count;
  TermId *cells; /* rows one after the other; TERM_ANY is UNDEF */
  size_t row_count;
} Values;

typedef struct Select Select;

typedef enum PatternKind {
  PATTERN_TRIPLES,
  PATTERN_GROUP, /* parts */
  PATTERN_UNION, /* parts: the branches */
  PATTERN_OPTIONAL,
  PATTERN_MINUS,
  PATTERN_GRAPH,
  PATTERN_FILTER,
  PATTERN_BIND,
  PATTERN_VALUES,
  PATTERN_SELECT
} PatternKind;

struct Pattern {
  PatternKind kind;
  Pattern **parts; /* of a group or union; the single part of OPTIONAL, MINUS, GRAPH is a group */
  size_t count, capacity;
  Triple *triples;
  size_t triple_count, triple_capacity;
  Node graph;        /* PATTERN_GRAPH */
  Expr *expr;        /* PATTERN_FILTER, PATTERN_BIND */
  uint32_t variable; /* PATTERN_BIND */
  Values *values;
  Select *select;
};

typedef struct Projection {
  uint32_t variable;
  Expr *expr; /* NULL for a plain variable */
} Projection;

typedef struct Ordering {
  Expr *expr;
  bool descending;
} Ordering;

typedef enum QueryForm { QUERY_SELECT, QUERY_ASK, QUERY_CONSTRUCT, QUERY_DESCRIBE } QueryForm;

struct Select {
  QueryForm form;
  Variables variables;
  bool distinct, star, grouped, limited;
  Projection *items;
  size_t item_count, item_capacity;
  Pattern *where;   /* a group */
  Projection *keys; /* GROUP BY; the variable may be NO_VARIABLE */
  size_t key_count, key_capacity;
  Expr **having;
  size_t having_count, having_capacity;
  Ordering *order;
  size_t order_count, order_capacity;
  uint64_t limit, offset;
  Values *values; /* after the query; NULL if none */
  Expr **aggregates;
  size_t aggregate_count, aggregate_capacity;
  Triple *template_; /* CONSTRUCT */
  size_t template_count, template_capacity;
  Node *described; /* DESCRIBE */
  size_t described_count, described_capacity;
};

typedef struct Prefix {
  Slice name, iri;
} Prefix;

typedef struct Query {
  Select *select;
  Prefix *prefixes; /* the known ones first, then the declared */
  size_t prefix_count, prefix_capacity;
} Query;

/* Parse TEXT. All of *OUT lives in ARENA; constants are interned in TERMS. */
Status query_parse(Query *out, Slice text, QueryTerms *terms, Arena *arena, const Report *report);

static inline void set_add(VariableSet *set, uint32_t variable)
{
  set->bits[variable / 64] |= (uint64_t)1 << variable % 64;
}

static inline bool set_has(const VariableSet *set, uint32_t variable)
{
  return set->bits[variable / 64] >> variable % 64 & 1;
}

#endif
