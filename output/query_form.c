/* SELECT, ASK, CONSTRUCT and DESCRIBE around a pattern, the modifiers behind it, and the rules
   about what may be projected (section 18.2.4 and the notes to the grammar). */
#include "query_parser.h"
#include "query_scope.h"

static Status add_item(Select *select, Parser *parser, Projection item)
{
  for (size_t i = 0; i < select->item_count; i++) {
    if (select->items[i].variable != item.variable) continue;
    if (!item.expr && !select->items[i].expr) return STATUS_OK;
    return parser_error(parser, "?%.*s is projected twice",
                        SLICE_ARGS(select->variables.names[item.variable]));
  }
  Projection *const items = parser_push(parser, select->items, &select->item_count,
                                        &select->item_capacity, sizeof *items);
  if (!items) return STATUS_MEMORY;
  select->items = items;
  items[select->item_count - 1] = item;
  return STATUS_OK;
}

/* EXPR AS ?v, up to the bracket. */
static Status named_expression(Projection *out, Parser *parser)
{
  TRY(parse_expression(&out->expr, parser));
  TRY(parser_take_word(parser, "AS"));
  if (parser->token.kind != TOKEN_VARIABLE) return parser_expected(parser, "a variable");
  TRY(parser_variable(&out->variable, parser, parser->token.text));
  return parser_advance(parser);
}

static Status select_item(Select *select, Parser *parser)
{
  Projection item = {NO_VARIABLE, NULL};
  if (parser->token.kind == TOKEN_VARIABLE) {
    TRY(parser_variable(&item.variable, parser, parser->token.text));
    TRY(parser_advance(parser));
    return add_item(select, parser, item);
  }
  TRY(parser_take_mark(parser, "("));
  TRY(named_expression(&item, parser));
  TRY(add_item(select, parser, item));
  return parser_take_mark(parser, ")");
}

static Status select_clause(Select *select, Parser *parser)
{
  bool reduced; /* REDUCED may leave all duplicates in */
  TRY(parser_skip_word(&select->distinct, parser, "DISTINCT"));
  if (!select->distinct) TRY(parser_skip_word(&reduced, parser, "REDUCED"));
  TRY(parser_skip_mark(&select->star, parser, "*"));
  if (select->star) return STATUS_OK;
  if (parser->token.kind != TOKEN_VARIABLE && !parser_is_mark(parser, "(")) {
    return parser_expected(parser, "variables or '*'");
  }
  parser->aggregates_allowed = true;
  while (parser->token.kind == TOKEN_VARIABLE || parser_is_mark(parser, "(")) {
    TRY(select_item(select, parser));
  }
  parser->aggregates_allowed = false;
  return STATUS_OK;
}

static Status where_clause(Select *select, Parser *parser)
{
  bool word;
  if (parser_is_word(parser, "FROM")) {
    return parser_refuse(parser, "FROM is",
                         "name the graph files on the command line, and use GRAPH");
  }
  TRY(parser_skip_word(&word, parser, "WHERE"));
  return parse_group(&select->where, parser);
}

/* ---- modifiers ---- */

static Status group_key(Select *select, Parser *parser)
{
  Projection key = {NO_VARIABLE, NULL};
  if (parser->token.kind == TOKEN_VARIABLE) {
    TRY(parser_variable(&key.variable, parser, parser->token.text));
    TRY(parser_advance(parser));
  } else if (parser_is_mark(parser, "(")) {
    TRY(parser_advance(parser));
    TRY(parse_expression(&key.expr, parser));
    if (parser_is_word(parser, "AS")) {
      TRY(parser_advance(parser));
      if (parser->token.kind != TOKEN_VARIABLE) return parser_expected(parser, "a variable");
      TRY(parser_variable(&key.variable, parser, parser->token.text));
      TRY(parser_advance(parser));
    }
    TRY(parser_take_mark(parser, ")"));
  } else {
    TRY(parse_constraint(&key.expr, parser));
  }
  if (key.expr && key.variable == NO_VARIABLE && key.expr->kind == EXPR_VARIABLE) {
    key = (Projection){key.expr->node.id, NULL};
  }
  Projection *const keys =
      parser_push(parser, select->keys, &select->key_count, &select->key_capacity, sizeof *keys);
  if (!keys) return STATUS_MEMORY;
  select->keys = keys;
  keys[select->key_count - 1] = key;
  return STATUS_OK;
}

static bool at_condition(const Parser *parser)
{
  return parser->token.kind == TOKEN_VARIABLE || parser_is_mark(parser, "(") ||
         parser_at_call(parser);
}

static Status group_clause(Select *select, Parser *parser)
{
  bool found;
  TRY(parser_skip_word(&found, parser, "GROUP"));
  if (!found) return STATUS_OK;
  TRY(parser_take_word(parser, "BY"));
  select->grouped = true;
  if (!at_condition(parser)) return parser_expected(parser, "what to group by");
  while (at_condition(parser)) TRY(group_key(select, parser));
  return STATUS_OK;
}

static Status having_clause(Select *select, Parser *parser)
{
  bool found;
  TRY(parser_skip_word(&found, parser, "HAVING"));
  if (!found) return STATUS_OK;
  select->grouped = true;
  parser->aggregates_allowed = true;
  do {
    Expr **const all = parser_push(parser, select->having, &select->having_count,
                                   &select->having_capacity, sizeof *all);
    if (!all) return STATUS_MEMORY;
    select->having = all;
    TRY(parse_constraint(&all[select->having_count - 1], parser));
  } while (parser_is_mark(parser, "(") || parser_at_call(parser));
  parser->aggregates_allowed = false;
  return STATUS_OK;
}

static Status order_condition(Select *select, Parser *parser)
{
  Ordering ordering = {NULL, false};
  bool directed;
  TRY(parser_skip_word(&ordering.descending, parser, "DESC"));
  directed = ordering.descending;
  if (!directed) TRY(parser_skip_word(&directed, parser, "ASC"));
  if (directed && !parser_is_mark(parser, "(")) return parser_expected(parser, "'('");
  if (parser->token.kind == TOKEN_VARIABLE) {
    uint32_t variable;
    TRY(parser_variable(&variable, parser, parser->token.text));
    TRY(parser_advance(parser));
    TRY(parser_expr(&ordering.expr, parser, EXPR_VARIABLE, 0));
    ordering.expr->node = (Node){true, variable};
  } else {
    TRY(parse_constraint(&ordering.expr, parser));
  }
  Ordering *const order = parser_push(parser, select->order, &select->order_count,
                                      &select->order_capacity, sizeof *order);
  if (!order) return STATUS_MEMORY;
  select->order = order;
  order[select->order_count - 1] = ordering;
  return STATUS_OK;
}

static Status order_clause(Select *select, Parser *parser)
{
  bool found;
  TRY(parser_skip_word(&found, parser, "ORDER"));
  if (!found) return STATUS_OK;
  TRY(parser_take_word(parser, "BY"));
  parser->aggregates_allowed = true;
  do {
    TRY(order_condition(select, parser));
  } while (at_condition(parser) || parser_is_word(parser, "ASC") || parser_is_word(parser, "DESC"));
  parser->aggregates_allowed = false;
  return STATUS_OK;
}

static Status whole_number(uint64_t *out, Parser *parser)
{
  if (parser->token.kind != TOKEN_INTEGER) return parser_expected(parser, "a whole number");
  *out = 0;
  for (size_t i = 0; i < parser->token.text.len; i++) {
    const uint64_t digit = (uint64_t)(parser->token.text.ptr[i] - '0');
    *out = *out > (UINT64_MAX - digit) / 10 ? UINT64_MAX : *out * 10 + digit;
  }
  return parser_advance(parser);
}

static Status slice_clause(Select *select, Parser *parser)
{
  bool limit = false, offset = false;
  for (;;) {
    if (!limit && parser_is_word(parser, "LIMIT")) {
      TRY(parser_advance(parser));
      TRY(whole_number(&select->limit, parser));
      limit = select->limited = true;
    } else if (!offset && parser_is_word(parser, "OFFSET")) {
      TRY(parser_advance(parser));
      TRY(whole_number(&select->offset, parser));
      offset = true;
    } else {
      return STATUS_OK;
    }
  }
}

/* ---- rules ---- */

static Status expand_star(Select *select, Parser *parser)
{
  if (select->grouped)
    return parser_error(parser, "SELECT * cannot be grouped; name the variables");
  VariableSet scope = {{0}};
  scope_possible(&scope, select->where, select);
  for (size_t i = 0; select->values && i < select->values->variable_count; i++) {
    set_add(&scope, select->values->variables[i]);
  }
  for (uint32_t i = 0; i < select->variables.count; i++) {
    if (!set_has(&scope, i) || !select->variables.names[i].len) continue;
    TRY(add_item(select, parser, (Projection){i, NULL}));
  }
  return STATUS_OK;
}

/* Variables outside of aggregates must be among ALLOWED. */
static Status check_grouped(const Expr *expr, const VariableSet *allowed, const Select *select,
                            const Parser *parser, const char *hint)
{
  if (expr->kind == EXPR_AGGREGATE) return STATUS_OK;
  if (expr->kind == EXPR_VARIABLE && !set_has(allowed, expr->node.id)) {
    return parser_error(parser, "?%.*s is neither grouped by nor in an aggregate%s",
                        SLICE_ARGS(select->variables.names[expr->node.id]), hint);
  }
  for (size_t i = 0; i < expr->count; i++) {
    TRY(check_grouped(expr->args[i], allowed, select, parser, hint));
  }
  return STATUS_OK;
}

static Status check_new(uint32_t variable, const VariableSet *scope, const Select *select,
                        const Parser *parser)
{
  if (!set_has(scope, variable)) return STATUS_OK;
  return parser_error(parser, "?%.*s after AS has a value already; take another name",
                      SLICE_ARGS(select->variables.names[variable]));
}

static Status check_keys(VariableSet *keys, VariableSet *scope, const Select *select,
                         const Parser *parser)
{
  for (size_t i = 0; i < select->key_count; i++) {
    const Projection *const key = &select->keys[i];
    if (key->expr && key->variable != NO_VARIABLE) {
      TRY(check_new(key->variable, scope, select, parser));
      set_add(scope, key->variable);
    }
    if (key->variable != NO_VARIABLE) set_add(keys, key->variable);
  }
  return STATUS_OK;
}

static Status check_items(VariableSet *keys, VariableSet *scope, const Select *select,
                          const Parser *parser)
{
  for (size_t i = 0; i < select->item_count; i++) {
    const Projection *const item = &select->items[i];
    const Expr plain = {.kind = EXPR_VARIABLE, .node = {true, item->variable}};
    const Expr *const expr = item->expr ? item->expr : &plain;
    if (select->grouped) TRY(check_grouped(expr, keys, select, parser, ""));
    if (!item->expr) continue;
    TRY(check_new(item->variable, scope, select, parser));
    set_add(scope, item->variable);
    set_add(keys, item->variable);
  }
  return STATUS_OK;
}

static Status check_select(const Select *select, const Parser *parser)
{
  VariableSet scope = {{0}}, keys = {{0}};
  scope_possible(&scope, select->where, select);
  TRY(check_keys(&keys, &scope, select, parser));
  for (size_t i = 0; i < select->having_count; i++) {
    TRY(check_grouped(select->having[i], &keys, select, parser,
                      " (HAVING does not see names given with AS: repeat the aggregate)"));
  }
  TRY(check_items(&keys, &scope, select, parser));
  for (size_t i = 0; i < select->order_count && select->grouped; i++) {
    TRY(check_grouped(select->order[i].expr, &keys, select, parser, ""));
  }
  return STATUS_OK;
}

static Status modifiers(Select *select, Parser *parser)
{
  bool values;
  TRY(group_clause(select, parser));
  TRY(having_clause(select, parser));
  TRY(order_clause(select, parser));
  TRY(slice_clause(select, parser));
  TRY(parser_skip_word(&values, parser, "VALUES"));
  if (values) TRY(parse_values(&select->values, parser));
  if (select->star) TRY(expand_star(select, parser));
  return check_select(select, parser);
}

/* ---- forms ---- */

/* CONSTRUCT WHERE { triples }: the pattern is the template. */
static Status short_construct(Select *select, Parser *parser)
{
  TRY(where_clause(select, parser));
  const Pattern *const where = select->where;
  const bool simple =
      where->count == 0 || (where->count == 1 && where->parts[0]->kind == PATTERN_TRIPLES);
  if (!simple) return parser_error(parser, "CONSTRUCT WHERE takes plain triples only");
  if (!where->count) return STATUS_OK;
  select->template_ = where->parts[0]->triples;
  select->template_count = where->parts[0]->triple_count;
  for (size_t i = 0; i < select->template_count; i++) {
    if (select->template_[i].path) {
      return parser_error(parser, "a property path cannot be constructed");
    }
  }
  for (size_t i = 0; i < select->variables.count; i++) {
    if (select->variables.names[i].len) continue;
    return parser_refuse(parser, "blank nodes in CONSTRUCT WHERE are", "use variables");
  }
  return STATUS_OK;
}

static Status construct(Select *select, Parser *parser)
{
  if (!parser_is_mark(parser, "{")) {
    TRY(short_construct(select, parser));
  } else {
    TRY(parse_template(parser));
    TRY(where_clause(select, parser));
  }
  return modifiers(select, parser);
}

static Status add_described(Select *select, Parser *parser, Node node)
{
  Node *const described = parser_push(parser, select->described, &select->described_count,
                                      &select->described_capacity, sizeof *described);
  if (!described) return STATUS_MEMORY;
  select->described = described;
  described[select->described_count - 1] = node;
  return STATUS_OK;
}

static Status described_nodes(Select *select, Parser *parser)
{
  for (;;) {
    Node node = {parser->token.kind == TOKEN_VARIABLE, 0};
    if (node.is_variable) {
      TRY(parser_variable(&node.id, parser, parser->token.text));
      TRY(parser_advance(parser));
    } else if (parser_at_iri(parser)) {
      TRY(parser_iri(&node.id, parser));
    } else {
      break;
    }
    TRY(add_described(select, parser, node));
  }
  return select->described_count ? STATUS_OK : parser_expected(parser, "what to describe");
}

static Status describe(Select *select, Parser *parser)
{
  TRY(parser_skip_mark(&select->star, parser, "*"));
  if (!select->star) TRY(described_nodes(select, parser));
  if (!select->star && !parser_is_word(parser, "WHERE") && !parser_is_mark(parser, "{")) {
    if (parser_is_word(parser, "FROM")) return where_clause(select, parser);
    select->where = arena_array(parser->arena, 1, sizeof *select->where);
    if (!select->where) return STATUS_MEMORY;
    select->where->kind = PATTERN_GROUP;
  } else {
    TRY(where_clause(select, parser));
  }
  TRY(modifiers(select, parser));
  for (size_t i = 0; i < select->item_count; i++) {
    TRY(add_described(select, parser, (Node){true, select->items[i].variable}));
  }
  return STATUS_OK;
}

Status parse_form(Parser *parser, Select *select)
{
  TRY(parser_advance(parser));
  switch (select->form) {
  case QUERY_SELECT:
    TRY(select_clause(select, parser));
    TRY(where_clause(select, parser));
    return modifiers(select, parser);
  case QUERY_ASK:
    TRY(where_clause(select, parser));
    return modifiers(select, parser);
  case QUERY_CONSTRUCT:
    return construct(select, parser);
  case QUERY_DESCRIBE:
    return describe(select, parser);
  }
  return STATUS_INTERNAL;
}
