/* Random graphs and queries over a few terms, so that things meet often; and queries as text. */
#include "naive_sparql.h"

#include "tests/support/check.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void *blocks[20000];
static size_t block_count;

static void *make(size_t size)
{
  void *const block = calloc(1, size);
  if (!block || block_count == sizeof blocks / sizeof *blocks) abort();
  blocks[block_count++] = block;
  return block;
}

void n_random_free(void)
{
  while (block_count > 0) free(blocks[--block_count]);
}

static unsigned below(uint64_t *random, unsigned bound)
{
  return check_below(random, bound);
}

/* ---- terms and data ---- */

static int iri(const char *name)
{
  char text[32];
  snprintf(text, sizeof text, "http://e/%s", name);
  return n_term(N_IRI, text, "");
}

static int random_node(uint64_t *random)
{
  static const char *const NAMES[] = {"a", "b", "c", "d"};
  return iri(NAMES[below(random, 4)]);
}

static int random_property(uint64_t *random)
{
  static const char *const NAMES[] = {"p", "q", "r"};
  return iri(NAMES[below(random, 3)]);
}

static int random_literal(uint64_t *random)
{
  static const struct {
    NKind kind;
    const char *text, *language;
  } LITERALS[] = {{N_INTEGER, "1", ""},    {N_INTEGER, "2", ""},    {N_INTEGER, "10", ""},
                  {N_DECIMAL, "1.0", ""},  {N_DECIMAL, "2.5", ""},  {N_STRING, "x", ""},
                  {N_STRING, "xy", ""},    {N_STRING, "", ""},      {N_STRING, "1", ""},
                  {N_LANGUAGE, "x", "en"}, {N_LANGUAGE, "y", "de"}, {N_BOOLEAN, "true", ""},
                  {N_INTEGER, "-3", ""},   {N_BOOLEAN, "false", ""}};
  const unsigned which = below(random, sizeof LITERALS / sizeof *LITERALS);
  return n_term(LITERALS[which].kind, LITERALS[which].text, LITERALS[which].language);
}

static int random_term(uint64_t *random)
{
  return below(random, 5) < 3 ? random_node(random) : random_literal(random);
}

static int random_graph(uint64_t *random)
{
  return iri(below(random, 2) ? "g" : "h");
}

void n_random_data(NData *out, uint64_t *random)
{
  const size_t wanted = 4 + below(random, 40);
  out->count = 0;
  for (size_t tries = 0; tries < 200 && out->count < wanted; tries++) {
    const NQuad quad = {random_node(random), random_property(random), random_term(random),
                        below(random, 2) ? NO_TERM : random_graph(random)};
    bool known = false;
    for (size_t i = 0; i < out->count; i++) {
      known = known || memcmp(&out->quads[i], &quad, sizeof quad) == 0;
    }
    if (!known) out->quads[out->count++] = quad;
  }
}

/* ---- expressions ---- */

typedef struct Maker {
  uint64_t *random;
  unsigned depth;
  bool bound; /* BIND was used: a second one would mostly be an error */
} Maker;

static NGroup *random_group(Maker *maker, unsigned most);

static NExpr *expr(XKind kind, size_t count)
{
  NExpr *const out = make(sizeof *out);
  out->kind = kind;
  out->count = count;
  return out;
}

static NExpr *variable(int index)
{
  NExpr *const out = expr(X_VARIABLE, 0);
  out->variable = index;
  return out;
}

static NExpr *random_atom(Maker *maker)
{
  if (below(maker->random, 3)) return variable((int)below(maker->random, 5));
  NExpr *const out = expr(X_TERM, 0);
  out->term = random_term(maker->random);
  return out;
}

static NExpr *random_value(Maker *maker, unsigned depth)
{
  static const XKind KINDS[] = {X_ADD,      X_SUB,    X_MUL,    X_STR,      X_LANG,
                                X_DATATYPE, X_STRLEN, X_CONCAT, X_COALESCE, X_IF};
  if (!depth || below(maker->random, 2)) return random_atom(maker);
  const XKind kind = KINDS[below(maker->random, sizeof KINDS / sizeof *KINDS)];
  const size_t count = kind == X_IF ? 3
                       : kind == X_STR || kind == X_LANG || kind == X_DATATYPE || kind == X_STRLEN
                           ? 1
                           : 2;
  NExpr *const out = expr(kind, count);
  for (size_t i = 0; i < count; i++) out->args[i] = random_value(maker, depth - 1);
  return out;
}

static NExpr *random_test(Maker *maker, unsigned depth)
{
  static const XKind COMPARE[] = {X_EQ, X_NE, X_LT, X_GT, X_LE, X_GE, X_IN, X_NOT_IN};
  static const XKind CHECK[] = {X_ISIRI, X_ISLITERAL, X_ISNUMERIC};
  NExpr *out;
  const unsigned which = below(maker->random, depth ? 10 : 6);
  if (which == 0) {
    out = expr(X_BOUND, 0);
    out->variable = (int)below(maker->random, 5);
  } else if (which == 1) {
    out = expr(CHECK[below(maker->random, 3)], 1);
    out->args[0] = random_value(maker, 1);
  } else if (which < 6) {
    const XKind kind = COMPARE[below(maker->random, 8)];
    out = expr(kind, kind == X_IN || kind == X_NOT_IN ? 3 : 2);
    for (size_t i = 0; i < out->count; i++) out->args[i] = random_value(maker, i ? 1 : 2);
  } else if (which < 8) {
    out = expr(below(maker->random, 2) ? X_AND : X_OR, 2);
    for (size_t i = 0; i < 2; i++) out->args[i] = random_test(maker, depth - 1);
  } else if (which == 8) {
    out = expr(X_NOT, 1);
    out->args[0] = random_test(maker, depth - 1);
  } else {
    out = expr(below(maker->random, 2) ? X_SAMETERM : X_CONTAINS, 2);
    for (size_t i = 0; i < 2; i++) out->args[i] = random_value(maker, 1);
  }
  return out;
}

static NExpr *random_filter(Maker *maker)
{
  if (maker->depth > 1 || below(maker->random, 4)) return random_test(maker, 2);
  NExpr *const out = expr(below(maker->random, 2) ? X_EXISTS : X_NOT_EXISTS, 0);
  maker->depth++;
  out->pattern = random_group(maker, 2);
  maker->depth--;
  return out;
}

/* ---- patterns ---- */

static NNode random_place(Maker *maker, int (*constant)(uint64_t *), unsigned odds)
{
  if (below(maker->random, 10) < odds) return N_VARIABLE((int)below(maker->random, 4));
  return constant(maker->random);
}

static void fill_triples(NElement *element, Maker *maker)
{
  element->kind = E_TRIPLES;
  element->triple_count = 1 + below(maker->random, 2);
  for (size_t i = 0; i < element->triple_count; i++) {
    element->triples[i][0] = random_place(maker, random_node, 9);
    element->triples[i][1] = random_place(maker, random_property, 1);
    element->triples[i][2] = random_place(maker, random_term, 9);
  }
}

static NPath *random_path(Maker *maker, unsigned depth)
{
  NPath *const out = make(sizeof *out);
  out->kind = depth ? (PKind)below(maker->random, 7) : P_IRI;
  out->iri = random_property(maker->random);
  if (out->kind != P_IRI) out->parts[0] = random_path(maker, depth - 1);
  if (out->kind == P_SEQUENCE || out->kind == P_ALTERNATIVE) {
    out->parts[1] = random_path(maker, depth - 1);
  }
  return out;
}

static void fill_path(NElement *element, Maker *maker)
{
  element->kind = E_PATH;
  element->path = random_path(maker, 3);
  element->triples[0][0] = random_place(maker, random_node, 7);
  element->triples[0][2] = random_place(maker, random_term, 7);
}

static void fill_values(NElement *element, Maker *maker)
{
  element->kind = E_VALUES;
  element->variable = (int)below(maker->random, 4);
  element->second = (element->variable + 1) % 4;
  element->wide = below(maker->random, 2);
  element->value_count = 1 + below(maker->random, 3);
  for (size_t i = 0; i < element->value_count; i++) {
    for (unsigned k = 0; k < 2; k++) {
      element->values[i][k] = below(maker->random, 5) ? random_term(maker->random) : NO_TERM;
    }
  }
}

static NSelect *random_inner_select(Maker *maker);

static void fill_nested(NElement *element, Maker *maker, EKind kind)
{
  element->kind = kind;
  maker->depth++;
  if (kind == E_SELECT) {
    element->select = random_inner_select(maker);
  } else {
    element->group_count = kind == E_UNION ? 2 : 1;
    for (size_t i = 0; i < element->group_count; i++) element->groups[i] = random_group(maker, 3);
  }
  maker->depth--;
  if (kind == E_GRAPH) element->graph = random_place(maker, random_graph, 7);
}

static void fill_element(NElement *element, Maker *maker)
{
  static const EKind NESTED[] = {E_OPTIONAL, E_OPTIONAL, E_MINUS, E_UNION,
                                 E_GROUP,    E_GRAPH,    E_GRAPH, E_SELECT};
  const unsigned which = below(maker->random, 12);
  if (which < 3 && below(maker->random, 3) == 0) {
    fill_path(element, maker);
  } else if (which < 3 || (which < 8 && maker->depth > 2)) {
    fill_triples(element, maker);
  } else if (which < 8) {
    fill_nested(element, maker, NESTED[below(maker->random, 8)]);
  } else if (which < 10) {
    element->kind = E_FILTER;
    element->expr = random_filter(maker);
  } else if (which == 10 || maker->bound) {
    fill_values(element, maker);
  } else {
    maker->bound = true;
    element->kind = E_BIND;
    element->variable = 4;
    element->expr = random_value(maker, 2);
  }
}

static NGroup *random_group(Maker *maker, unsigned most)
{
  NGroup *const out = make(sizeof *out);
  const size_t count = 1 + below(maker->random, most);
  if (below(maker->random, 5)) fill_triples(&out->elements[out->count++], maker);
  while (out->count < count) fill_element(&out->elements[out->count++], maker);
  return out;
}

/* ---- SELECT ---- */

static void plain_items(NSelect *out, Maker *maker)
{
  const unsigned count = 1 + below(maker->random, 4);
  const unsigned first = below(maker->random, 5);
  for (unsigned i = 0; i < count; i++) {
    out->items[out->item_count++] = (NItem){(int)((first + i) % 5), NULL};
  }
}

static NExpr *random_aggregate(Maker *maker)
{
  static const XKind KINDS[] = {X_COUNT_STAR, X_COUNT, X_COUNT,  X_SUM,         X_SUM,
                                X_MIN,        X_MAX,   X_SAMPLE, X_GROUP_CONCAT};
  const XKind kind = KINDS[below(maker->random, sizeof KINDS / sizeof *KINDS)];
  NExpr *const out = expr(kind, kind == X_COUNT_STAR ? 0 : 1);
  out->distinct = below(maker->random, 3) == 0;
  if (out->count) out->args[0] = random_value(maker, 1);
  return out;
}

static void fill_groups(NSelect *out, Maker *maker)
{
  out->grouped = true;
  out->key_count = below(maker->random, 3);
  for (size_t i = 0; i < out->key_count; i++) out->keys[i] = (NItem){(int)i * 2, NULL};
  if (out->key_count && below(maker->random, 4) == 0) {
    out->key_count = 1;
    out->keys[0] = (NItem){5, random_value(maker, 2)};
  }
  for (size_t i = 0; i < out->key_count; i++) {
    out->items[out->item_count++] = (NItem){out->keys[i].variable, NULL};
  }
  const bool key_is_f = out->key_count && out->keys[0].variable == 5;
  out->items[out->item_count++] = (NItem){key_is_f ? 3 : 5, random_aggregate(maker)};
  if (below(maker->random, 4) == 0) {
    out->having = expr(below(maker->random, 2) ? X_GT : X_LE, 2);
    out->having->args[0] = random_aggregate(maker);
    out->having->args[1] = expr(X_TERM, 0);
    out->having->args[1]->term = n_term(N_INTEGER, "1", "");
  }
}

static NSelect *random_inner_select(Maker *maker)
{
  NSelect *const out = make(sizeof *out);
  out->limit = out->offset = -1;
  out->where = random_group(maker, 3);
  out->distinct = below(maker->random, 3) == 0;
  if (below(maker->random, 3) == 0) {
    fill_groups(out, maker);
  } else {
    plain_items(out, maker);
  }
  return out;
}

NSelect *n_random_select(uint64_t *random)
{
  Maker maker = {random, 0, false};
  NSelect *const out = make(sizeof *out);
  out->limit = out->offset = -1;
  out->where = random_group(&maker, 4);
  out->distinct = below(random, 4) == 0;
  if (below(random, 4) == 0) {
    fill_groups(out, &maker);
  } else {
    plain_items(out, &maker);
    if (below(random, 6) == 0 && out->item_count < 4) {
      out->items[out->item_count++] = (NItem){5, random_value(&maker, 2)};
    }
  }
  if (below(random, 3) == 0) {
    out->order_count = 1 + below(random, 2);
    for (size_t i = 0; i < out->order_count; i++) {
      out->order[i] = out->items[below(random, (unsigned)out->item_count)].variable;
      out->descending[i] = below(random, 2);
    }
  }
  if (below(random, 5) == 0) out->limit = (int)below(random, 6);
  if (below(random, 8) == 0) out->offset = (int)below(random, 3);
  return out;
}

/* ---- text ---- */

typedef struct Text {
  char *out;
  size_t size, used;
} Text;

static void put(Text *text, const char *what)
{
  const int length = snprintf(text->out + text->used, text->size - text->used, "%s", what);
  text->used += (size_t)length;
  if (text->used >= text->size) abort();
}

static void put_variable(Text *text, int index)
{
  const char name[] = {'?', (char)('a' + index), ' ', '\0'};
  put(text, name);
}

static void put_node(Text *text, NNode node)
{
  char term[160];
  if (node < NO_TERM) {
    put_variable(text, -2 - node);
    return;
  }
  n_term_tsv(term, sizeof term, node);
  put(text, node == NO_TERM ? "UNDEF" : term);
  put(text, " ");
}

static void put_group(Text *text, const NGroup *group);

static void put_expr(Text *text, const NExpr *from);

static void put_call(Text *text, const char *name, const NExpr *from, size_t first,
                     const char *between)
{
  put(text, name);
  put(text, "(");
  for (size_t i = first; i < from->count; i++) {
    if (i > first) put(text, between);
    put_expr(text, from->args[i]);
  }
  put(text, ")");
}

static void put_aggregate(Text *text, const NExpr *from)
{
  static const char *const NAMES[] = {"COUNT", "COUNT",  "SUM",         "MIN",
                                      "MAX",   "SAMPLE", "GROUP_CONCAT"};
  put(text, NAMES[from->kind - X_COUNT_STAR]);
  put(text, from->distinct ? "(DISTINCT " : "(");
  if (from->kind == X_COUNT_STAR) {
    put(text, "*");
  } else {
    put_expr(text, from->args[0]);
  }
  put(text, from->kind == X_GROUP_CONCAT ? "; separator='|')" : ")");
}

static void put_expr(Text *text, const NExpr *from)
{
  static const char *const NAMES[] = {[X_AND] = "&&",
                                      [X_OR] = "||",
                                      [X_EQ] = "=",
                                      [X_NE] = "!=",
                                      [X_LT] = "<",
                                      [X_GT] = ">",
                                      [X_LE] = "<=",
                                      [X_GE] = ">=",
                                      [X_ADD] = "+",
                                      [X_SUB] = "-",
                                      [X_MUL] = "*",
                                      [X_NOT] = "!",
                                      [X_ISIRI] = "isIRI",
                                      [X_ISLITERAL] = "isLiteral",
                                      [X_ISNUMERIC] = "isNumeric",
                                      [X_STR] = "STR",
                                      [X_LANG] = "LANG",
                                      [X_DATATYPE] = "DATATYPE",
                                      [X_SAMETERM] = "sameTerm",
                                      [X_COALESCE] = "COALESCE",
                                      [X_IF] = "IF",
                                      [X_STRLEN] = "STRLEN",
                                      [X_CONTAINS] = "CONTAINS",
                                      [X_CONCAT] = "CONCAT"};
  switch (from->kind) {
  case X_TERM:
    put_node(text, from->term);
    return;
  case X_VARIABLE:
    put_variable(text, from->variable);
    return;
  case X_BOUND:
    put(text, "BOUND(");
    put_variable(text, from->variable);
    put(text, ")");
    return;
  case X_IN:
  case X_NOT_IN:
    put(text, "(");
    put_expr(text, from->args[0]);
    put_call(text, from->kind == X_IN ? " IN " : " NOT IN ", from, 1, ", ");
    put(text, ")");
    return;
  case X_EXISTS:
  case X_NOT_EXISTS:
    put(text, from->kind == X_EXISTS ? "EXISTS " : "NOT EXISTS ");
    put_group(text, from->pattern);
    return;
  default:
    break;
  }
  if (from->kind >= X_COUNT_STAR) {
    put_aggregate(text, from);
  } else if ((from->kind >= X_AND && from->kind <= X_GE && from->kind != X_NOT) ||
             (from->kind >= X_ADD && from->kind <= X_MUL)) {
    put_call(text, "", from, 0, NAMES[from->kind]);
  } else {
    put_call(text, NAMES[from->kind], from, 0, ", ");
  }
}

static void put_values(Text *text, const NElement *element)
{
  put(text, "VALUES (");
  put_variable(text, element->variable);
  if (element->wide) put_variable(text, element->second);
  put(text, ") { ");
  for (size_t i = 0; i < element->value_count; i++) {
    put(text, "(");
    put_node(text, element->values[i][0]);
    if (element->wide) put_node(text, element->values[i][1]);
    put(text, ")");
  }
  put(text, " } ");
}

static void put_select(Text *text, const NSelect *select);

static void put_path(Text *text, const NPath *path)
{
  static const char *const BEHIND[] = {[P_STAR] = "*", [P_PLUS] = "+", [P_MAYBE] = "?"};
  if (path->kind == P_IRI) {
    put_node(text, path->iri);
    return;
  }
  put(text, path->kind == P_INVERSE ? "^(" : "(");
  put_path(text, path->parts[0]);
  if (path->parts[1]) {
    put(text, path->kind == P_SEQUENCE ? "/" : "|");
    put_path(text, path->parts[1]);
  }
  put(text, ")");
  if (path->kind >= P_STAR) put(text, BEHIND[path->kind]);
}

static void put_element(Text *text, const NElement *element)
{
  static const char *const WORDS[] = {[E_OPTIONAL] = "OPTIONAL ",
                                      [E_MINUS] = "MINUS ",
                                      [E_GROUP] = "",
                                      [E_UNION] = "",
                                      [E_GRAPH] = "GRAPH "};
  switch (element->kind) {
  case E_TRIPLES:
    for (size_t i = 0; i < element->triple_count; i++) {
      for (unsigned k = 0; k < 3; k++) put_node(text, element->triples[i][k]);
      put(text, ". ");
    }
    return;
  case E_PATH:
    put_node(text, element->triples[0][0]);
    put_path(text, element->path);
    put(text, " ");
    put_node(text, element->triples[0][2]);
    put(text, ". ");
    return;
  case E_FILTER:
    put(text, "FILTER ( ");
    put_expr(text, element->expr);
    put(text, " ) ");
    return;
  case E_BIND:
    put(text, "BIND ( ");
    put_expr(text, element->expr);
    put(text, " AS ");
    put_variable(text, element->variable);
    put(text, ") ");
    return;
  case E_VALUES:
    put_values(text, element);
    return;
  case E_SELECT:
    put(text, "{ ");
    put_select(text, element->select);
    put(text, "} ");
    return;
  default:
    break;
  }
  put(text, WORDS[element->kind]);
  if (element->kind == E_GRAPH) put_node(text, element->graph);
  for (size_t i = 0; i < element->group_count; i++) {
    if (i) put(text, "UNION ");
    put_group(text, element->groups[i]);
  }
}

static void put_group(Text *text, const NGroup *group)
{
  put(text, "{ ");
  for (size_t i = 0; i < group->count; i++) put_element(text, &group->elements[i]);
  put(text, "} ");
}

static void put_items(Text *text, const NItem *items, size_t count)
{
  for (size_t i = 0; i < count; i++) {
    if (!items[i].expr) {
      put_variable(text, items[i].variable);
      continue;
    }
    put(text, "( ");
    put_expr(text, items[i].expr);
    put(text, " AS ");
    put_variable(text, items[i].variable);
    put(text, ") ");
  }
}

static void put_select(Text *text, const NSelect *select)
{
  char number[32];
  put(text, select->distinct ? "SELECT DISTINCT " : "SELECT ");
  put_items(text, select->items, select->item_count);
  put(text, "WHERE ");
  put_group(text, select->where);
  if (select->key_count) put(text, "GROUP BY ");
  put_items(text, select->keys, select->key_count);
  if (select->having) {
    put(text, "HAVING ( ");
    put_expr(text, select->having);
    put(text, " ) ");
  }
  if (select->order_count) put(text, "ORDER BY ");
  for (size_t i = 0; i < select->order_count; i++) {
    put(text, select->descending[i] ? "DESC( " : "ASC( ");
    put_variable(text, select->order[i]);
    put(text, ") ");
  }
  snprintf(number, sizeof number, "LIMIT %d ", select->limit);
  if (select->limit >= 0) put(text, number);
  snprintf(number, sizeof number, "OFFSET %d ", select->offset);
  if (select->offset >= 0) put(text, number);
}

void n_write_select(char *out, size_t size, const NSelect *select)
{
  Text text = {out, size, 0};
  put_select(&text, select);
}
