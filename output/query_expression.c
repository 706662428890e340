/* Expressions of the SPARQL grammar. && and || keep their operands in one list, so that a long
   chain is not a deep tree; chains of other operators are limited in length. */
#include "query_parser.h"

#define MOST_CHAIN 500u
#define ANY_COUNT 255u

typedef struct FunctionRow {
  const char *name;
  Function function;
  unsigned char least, most; /* arguments */
} FunctionRow;

static const FunctionRow FUNCTIONS[] = {
    {"ABS", FUNCTION_ABS, 1, 1},
    {"BOUND", FUNCTION_BOUND, 1, 1},
    {"CEIL", FUNCTION_CEIL, 1, 1},
    {"COALESCE", FUNCTION_COALESCE, 0, ANY_COUNT},
    {"CONCAT", FUNCTION_CONCAT, 0, ANY_COUNT},
    {"CONTAINS", FUNCTION_CONTAINS, 2, 2},
    {"DATATYPE", FUNCTION_DATATYPE, 1, 1},
    {"DAY", FUNCTION_DAY, 1, 1},
    {"ENCODE_FOR_URI", FUNCTION_ENCODE_FOR_URI, 1, 1},
    {"FLOOR", FUNCTION_FLOOR, 1, 1},
    {"HOURS", FUNCTION_HOURS, 1, 1},
    {"IF", FUNCTION_IF, 3, 3},
    {"IRI", FUNCTION_IRI, 1, 1},
    {"ISBLANK", FUNCTION_ISBLANK, 1, 1},
    {"ISIRI", FUNCTION_ISIRI, 1, 1},
    {"ISLITERAL", FUNCTION_ISLITERAL, 1, 1},
    {"ISNUMERIC", FUNCTION_ISNUMERIC, 1, 1},
    {"ISURI", FUNCTION_ISIRI, 1, 1},
    {"LANG", FUNCTION_LANG, 1, 1},
    {"LANGMATCHES", FUNCTION_LANGMATCHES, 2, 2},
    {"LCASE", FUNCTION_LCASE, 1, 1},
    {"MINUTES", FUNCTION_MINUTES, 1, 1},
    {"MONTH", FUNCTION_MONTH, 1, 1},
    {"REGEX", FUNCTION_REGEX, 2, 3},
    {"REPLACE", FUNCTION_REPLACE, 3, 4},
    {"ROUND", FUNCTION_ROUND, 1, 1},
    {"SAMETERM", FUNCTION_SAMETERM, 2, 2},
    {"SECONDS", FUNCTION_SECONDS, 1, 1},
    {"STR", FUNCTION_STR, 1, 1},
    {"STRAFTER", FUNCTION_STRAFTER, 2, 2},
    {"STRBEFORE", FUNCTION_STRBEFORE, 2, 2},
    {"STRDT", FUNCTION_STRDT, 2, 2},
    {"STRENDS", FUNCTION_STRENDS, 2, 2},
    {"STRLANG", FUNCTION_STRLANG, 2, 2},
    {"STRLEN", FUNCTION_STRLEN, 1, 1},
    {"STRSTARTS", FUNCTION_STRSTARTS, 2, 2},
    {"SUBSTR", FUNCTION_SUBSTR, 2, 3},
    {"TZ", FUNCTION_TZ, 1, 1},
    {"UCASE", FUNCTION_UCASE, 1, 1},
    {"URI", FUNCTION_IRI, 1, 1},
    {"YEAR", FUNCTION_YEAR, 1, 1},
};

static const struct {
  const char *name, *instead;
} REFUSED[] = {
    {"RAND", "its answer would differ from run to run"},
    {"NOW", "write the date into the query: the answer must not depend on the clock"},
    {"UUID", "its answer would differ from run to run"},
    {"STRUUID", "its answer would differ from run to run"},
    {"BNODE", "use IRI() with a name made from the row"},
    {"TIMEZONE", "use TZ(), which gives the zone as a string"},
    {"MD5", "compare the strings themselves"},
    {"SHA1", "compare the strings themselves"},
    {"SHA256", "compare the strings themselves"},
    {"SHA384", "compare the strings themselves"},
    {"SHA512", "compare the strings themselves"},
};

static const struct {
  const char *name;
  Aggregate aggregate;
} AGGREGATES[] = {
    {"COUNT", AGGREGATE_COUNT},
    {"SUM", AGGREGATE_SUM},
    {"MIN", AGGREGATE_MIN},
    {"MAX", AGGREGATE_MAX},
    {"AVG", AGGREGATE_AVG},
    {"SAMPLE", AGGREGATE_SAMPLE},
    {"GROUP_CONCAT", AGGREGATE_GROUP_CONCAT},
};

static const struct {
  const char *iri;
  Cast cast;
} CASTS[] = {
    {XSD "string", CAST_STRING},   {XSD "boolean", CAST_BOOLEAN},   {XSD "integer", CAST_INTEGER},
    {XSD "decimal", CAST_DECIMAL}, {XSD "float", CAST_FLOAT},       {XSD "double", CAST_DOUBLE},
    {XSD "date", CAST_DATE},       {XSD "dateTime", CAST_DATETIME},
};

#define COUNT_OF(TABLE) (sizeof(TABLE) / sizeof *(TABLE))

Status parser_expr(Expr **out, Parser *parser, ExprKind kind, size_t args)
{
  Expr *const expr = arena_array(parser->arena, 1, sizeof *expr);
  if (!expr) return STATUS_MEMORY;
  expr->kind = kind;
  expr->count = args;
  expr->args = arena_array(parser->arena, args ? args : 1, sizeof *expr->args);
  *out = expr;
  return expr->args ? STATUS_OK : STATUS_MEMORY;
}

static Status binary(Expr **out, Parser *parser, ExprKind kind, Expr *left, Expr *right)
{
  TRY(parser_expr(out, parser, kind, 2));
  (*out)->args[0] = left;
  (*out)->args[1] = right;
  return STATUS_OK;
}

/* Expressions in a row that grows as they are read. */
typedef struct List {
  Expr **items;
  size_t count, capacity;
} List;

static Status list_add(List *list, Parser *parser, Expr *expr)
{
  Expr **const items =
      parser_push(parser, list->items, &list->count, &list->capacity, sizeof *items);
  if (!items) return STATUS_MEMORY;
  list->items = items;
  list->items[list->count - 1] = expr;
  return STATUS_OK;
}

static Status from_list(Expr **out, Parser *parser, ExprKind kind, const List *list)
{
  TRY(parser_expr(out, parser, kind, 0));
  (*out)->args = list->items;
  (*out)->count = list->count;
  return STATUS_OK;
}

/* ( ) or ( e, e, … ) at the cursor, appended to LIST. */
static Status arguments(List *list, Parser *parser)
{
  bool more;
  TRY(parser_take_mark(parser, "("));
  TRY(parser_skip_mark(&more, parser, ")"));
  if (more) return STATUS_OK;
  do {
    Expr *expr;
    TRY(parse_expression(&expr, parser));
    TRY(list_add(list, parser, expr));
    TRY(parser_skip_mark(&more, parser, ","));
  } while (more);
  return parser_take_mark(parser, ")");
}

/* ---- calls ---- */

static const FunctionRow *find_function(const Parser *parser)
{
  for (size_t i = 0; i < COUNT_OF(FUNCTIONS); i++) {
    if (parser_is_word(parser, FUNCTIONS[i].name)) return &FUNCTIONS[i];
  }
  return NULL;
}

static size_t find_aggregate(const Parser *parser)
{
  size_t i = 0;
  while (i < COUNT_OF(AGGREGATES) && !parser_is_word(parser, AGGREGATES[i].name)) i++;
  return i;
}

static Status call(Expr **out, Parser *parser, const FunctionRow *row)
{
  const Parser before = *parser;
  List list = {NULL, 0, 0};
  TRY(parser_advance(parser));
  TRY(arguments(&list, parser));
  if (list.count < row->least || (row->most != ANY_COUNT && list.count > row->most)) {
    return parser_error(&before, "%s takes %u to %u arguments, not %zu", row->name, row->least,
                        row->most, list.count);
  }
  if (row->function == FUNCTION_BOUND && list.items[0]->kind != EXPR_VARIABLE) {
    return parser_error(&before, "BOUND takes a variable");
  }
  TRY(from_list(out, parser, EXPR_CALL, &list));
  (*out)->name.function = row->function;
  return STATUS_OK;
}

static Status separator(Expr *expr, Parser *parser)
{
  bool found;
  TRY(parser_skip_mark(&found, parser, ";"));
  if (!found) return STATUS_OK;
  TRY(parser_take_word(parser, "SEPARATOR"));
  TRY(parser_take_mark(parser, "="));
  if (parser->token.kind != TOKEN_STRING) return parser_expected(parser, "a string");
  expr->separator = parser->token.text;
  return parser_advance(parser);
}

static Status aggregate_argument(Expr *expr, Parser *parser)
{
  TRY(parser_skip_word(&expr->distinct, parser, "DISTINCT"));
  if (expr->name.aggregate == AGGREGATE_COUNT) {
    TRY(parser_skip_mark(&expr->star, parser, "*"));
    if (expr->star) return STATUS_OK;
  }
  TRY(parse_expression(&expr->args[0], parser));
  expr->count = 1;
  return expr->name.aggregate == AGGREGATE_GROUP_CONCAT ? separator(expr, parser) : STATUS_OK;
}

static Status aggregate(Expr **out, Parser *parser, size_t which)
{
  if (!parser->aggregates_allowed) {
    return parser_error(parser, "%s is not allowed here", AGGREGATES[which].name);
  }
  if (parser->in_aggregate) return parser_error(parser, "an aggregate in an aggregate");
  TRY(parser_advance(parser));
  TRY(parser_take_mark(parser, "("));
  TRY(parser_expr(out, parser, EXPR_AGGREGATE, 1));
  Expr *const expr = *out;
  expr->count = 0;
  expr->separator = SLICE(" ");
  expr->name.aggregate = AGGREGATES[which].aggregate;
  parser->in_aggregate = true;
  TRY(aggregate_argument(expr, parser));
  parser->in_aggregate = false;
  Select *const select = parser->select;
  Expr **const all = parser_push(parser, select->aggregates, &select->aggregate_count,
                                 &select->aggregate_capacity, sizeof *all);
  if (!all) return STATUS_MEMORY;
  select->aggregates = all;
  expr->index = select->aggregate_count - 1;
  all[expr->index] = expr;
  select->grouped = true;
  return parser_take_mark(parser, ")");
}

static Status exists(Expr **out, Parser *parser, bool negated)
{
  if (parser->aggregates_allowed) {
    return parser_refuse(parser, "EXISTS outside of FILTER and BIND is", "put it in a FILTER");
  }
  TRY(parser_take_word(parser, "EXISTS"));
  TRY(parser_expr(out, parser, EXPR_EXISTS, 0));
  (*out)->negated = negated;
  const size_t bgp = parser->bgp;
  TRY(parse_group(&(*out)->pattern, parser));
  parser->bgp = bgp; /* a filter does not end a basic graph pattern */
  return STATUS_OK;
}

static Status cast(Expr **out, Parser *parser, TermId iri, const Parser *before)
{
  const Slice name = query_term(parser->terms, iri).text;
  size_t i = 0;
  while (i < COUNT_OF(CASTS) && !slice_is(name, CASTS[i].iri)) i++;
  if (i == COUNT_OF(CASTS)) {
    return parser_error(before, "function <%.*s> not supported; only the casts of XML Schema are",
                        SLICE_ARGS(name));
  }
  List list = {NULL, 0, 0};
  TRY(arguments(&list, parser));
  if (list.count != 1) return parser_error(before, "a cast takes one argument");
  TRY(from_list(out, parser, EXPR_CAST, &list));
  (*out)->name.cast = CASTS[i].cast;
  return STATUS_OK;
}

/* ---- primary expressions ---- */

static Status constant(Expr **out, Parser *parser, TermId term)
{
  TRY(parser_expr(out, parser, EXPR_CONSTANT, 0));
  (*out)->node = (Node){false, term};
  return STATUS_OK;
}

static Status iri_or_cast(Expr **out, Parser *parser)
{
  const Parser before = *parser;
  TermId iri;
  TRY(parser_iri(&iri, parser));
  return parser_is_mark(parser, "(") ? cast(out, parser, iri, &before) : constant(out, parser, iri);
}

static Status variable(Expr **out, Parser *parser)
{
  uint32_t index;
  TRY(parser_variable(&index, parser, parser->token.text));
  TRY(parser_advance(parser));
  TRY(parser_expr(out, parser, EXPR_VARIABLE, 0));
  (*out)->node = (Node){true, index};
  return STATUS_OK;
}

static Status word(Expr **out, Parser *parser)
{
  const FunctionRow *const row = find_function(parser);
  if (row) return call(out, parser, row);
  const size_t which = find_aggregate(parser);
  if (which < COUNT_OF(AGGREGATES)) return aggregate(out, parser, which);
  if (parser_is_word(parser, "EXISTS")) return exists(out, parser, false);
  if (parser_is_word(parser, "NOT")) {
    TRY(parser_advance(parser));
    return exists(out, parser, true);
  }
  for (size_t i = 0; i < COUNT_OF(REFUSED); i++) {
    if (!parser_is_word(parser, REFUSED[i].name)) continue;
    return parser_error(parser, "%s() not supported; %s", REFUSED[i].name, REFUSED[i].instead);
  }
  return parser_expected(parser, "an expression");
}

static Status bracketed(Expr **out, Parser *parser)
{
  TRY(parser_take_mark(parser, "("));
  TRY(parse_expression(out, parser));
  return parser_take_mark(parser, ")");
}

static Status primary(Expr **out, Parser *parser)
{
  if (parser_is_mark(parser, "(")) return bracketed(out, parser);
  if (parser->token.kind == TOKEN_VARIABLE) return variable(out, parser);
  if (parser_at_iri(parser)) return iri_or_cast(out, parser);
  if (parser_at_literal(parser)) {
    TermId term;
    TRY(parser_literal(&term, parser));
    return constant(out, parser, term);
  }
  if (parser->token.kind == TOKEN_WORD) return word(out, parser);
  return parser_expected(parser, "an expression");
}

static Status unary(Expr **out, Parser *parser)
{
  static const struct {
    const char *mark;
    ExprKind kind;
  } SIGNS[] = {{"!", EXPR_NOT}, {"+", EXPR_PLUS}, {"-", EXPR_MINUS}};
  if (parser_at_literal(parser)) return primary(out, parser);
  for (size_t i = 0; i < COUNT_OF(SIGNS); i++) {
    if (!parser_is_mark(parser, SIGNS[i].mark)) continue;
    TRY(parser_advance(parser));
    TRY(parser_expr(out, parser, SIGNS[i].kind, 1));
    return primary(&(*out)->args[0], parser);
  }
  return primary(out, parser);
}

/* ---- operators, from tight to loose ---- */

typedef Status (*Operand)(Expr **out, Parser *parser);

/* Left-associative chain of two operators. */
static Status chain(Expr **out, Parser *parser, Operand operand, const char *const marks[2],
                    const ExprKind kinds[2])
{
  TRY(operand(out, parser));
  for (size_t length = 0;; length++) {
    const int which = parser_is_mark(parser, marks[0])   ? 0
                      : parser_is_mark(parser, marks[1]) ? 1
                                                         : -1;
    if (which < 0) return STATUS_OK;
    if (length >= MOST_CHAIN)
      return parser_error(parser, "more than %u operators in a row", MOST_CHAIN);
    TRY(parser_advance(parser));
    Expr *right;
    TRY(operand(&right, parser));
    TRY(binary(out, parser, kinds[which], *out, right));
  }
}

static Status multiplicative(Expr **out, Parser *parser)
{
  static const char *const MARKS[2] = {"*", "/"};
  static const ExprKind KINDS[2] = {EXPR_MULTIPLY, EXPR_DIVIDE};
  return chain(out, parser, unary, MARKS, KINDS);
}

static Status additive(Expr **out, Parser *parser)
{
  static const char *const MARKS[2] = {"+", "-"};
  static const ExprKind KINDS[2] = {EXPR_ADD, EXPR_SUBTRACT};
  return chain(out, parser, multiplicative, MARKS, KINDS);
}

static Status in_list(Expr **out, Parser *parser, bool negated)
{
  List list = {NULL, 0, 0};
  TRY(list_add(&list, parser, *out));
  TRY(parser_take_word(parser, "IN"));
  TRY(arguments(&list, parser));
  return from_list(out, parser, negated ? EXPR_NOT_IN : EXPR_IN, &list);
}

static Status relational(Expr **out, Parser *parser)
{
  static const struct {
    const char *mark;
    ExprKind kind;
  } OPERATORS[] = {{"=", EXPR_EQUAL},          {"!=", EXPR_UNEQUAL}, {"<=", EXPR_LESS_EQUAL},
                   {">=", EXPR_GREATER_EQUAL}, {"<", EXPR_LESS},     {">", EXPR_GREATER}};
  TRY(additive(out, parser));
  for (size_t i = 0; i < COUNT_OF(OPERATORS); i++) {
    if (!parser_is_mark(parser, OPERATORS[i].mark)) continue;
    TRY(parser_advance(parser));
    Expr *right;
    TRY(additive(&right, parser));
    return binary(out, parser, OPERATORS[i].kind, *out, right);
  }
  if (parser_is_word(parser, "IN")) return in_list(out, parser, false);
  if (!parser_is_word(parser, "NOT")) return STATUS_OK;
  TRY(parser_advance(parser));
  return in_list(out, parser, true);
}

/* One operand is passed on as it is. */
static Status list_of(Expr **out, Parser *parser, Operand operand, const char *mark, ExprKind kind)
{
  TRY(operand(out, parser));
  if (!parser_is_mark(parser, mark)) return STATUS_OK;
  List list = {NULL, 0, 0};
  TRY(list_add(&list, parser, *out));
  for (bool more = true; more;) {
    TRY(parser_skip_mark(&more, parser, mark));
    if (!more) break;
    Expr *next;
    TRY(operand(&next, parser));
    TRY(list_add(&list, parser, next));
  }
  return from_list(out, parser, kind, &list);
}

static Status conjunction(Expr **out, Parser *parser)
{
  return list_of(out, parser, relational, "&&", EXPR_AND);
}

Status parse_expression(Expr **out, Parser *parser)
{
  *out = NULL;
  TRY(parser_deeper(parser));
  TRY(list_of(out, parser, conjunction, "||", EXPR_OR));
  parser->depth--;
  return STATUS_OK;
}

bool parser_at_call(const Parser *parser)
{
  if (parser_at_iri(parser)) return true;
  if (parser->token.kind != TOKEN_WORD) return false;
  if (find_function(parser) || find_aggregate(parser) < COUNT_OF(AGGREGATES)) return true;
  for (size_t i = 0; i < COUNT_OF(REFUSED); i++) {
    if (parser_is_word(parser, REFUSED[i].name)) return true;
  }
  return parser_is_word(parser, "EXISTS") || parser_is_word(parser, "NOT");
}

Status parse_constraint(Expr **out, Parser *parser)
{
  if (parser_is_mark(parser, "(")) return bracketed(out, parser);
  if (!parser_at_call(parser)) return parser_expected(parser, "'(' or a function");
  TRY(primary(out, parser));
  if ((*out)->kind == EXPR_CONSTANT) return parser_expected(parser, "'('");
  return STATUS_OK;
}
