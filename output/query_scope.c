/* Starting a pattern from the rows found so far is far faster than joining afterwards, but is the
   same only while no part of the pattern can tell the difference: an expression, the right side of
   an OPTIONAL or of a MINUS must not see a variable from outside that the pattern itself might
   leave unbound. */
#include "query_scope.h"

static void add_node(VariableSet *set, Node node)
{
  if (node.is_variable) set_add(set, node.id);
}

static void add_triples(VariableSet *set, const Pattern *pattern)
{
  for (size_t i = 0; i < pattern->triple_count; i++) {
    const Triple *const triple = &pattern->triples[i];
    add_node(set, triple->subject);
    if (!triple->path) add_node(set, triple->predicate);
    add_node(set, triple->object);
  }
}

uint32_t scope_outer(const Select *outer, const Select *inner, size_t item)
{
  const Slice name = inner->variables.names[inner->items[item].variable];
  for (size_t i = 0; i < outer->variables.count; i++) {
    if (slice_equal(outer->variables.names[i], name)) return (uint32_t)i;
  }
  return NO_VARIABLE;
}

static void add_select(VariableSet *set, const Select *inner, const Select *outer)
{
  for (size_t i = 0; i < inner->item_count; i++) {
    const uint32_t variable = scope_outer(outer, inner, i);
    if (variable != NO_VARIABLE) set_add(set, variable);
  }
}

static void add_parts(VariableSet *set, const Pattern *pattern, const Select *outer)
{
  for (size_t i = 0; i < pattern->count; i++) scope_possible(set, pattern->parts[i], outer);
}

void scope_possible(VariableSet *set, const Pattern *pattern, const Select *outer)
{
  switch (pattern->kind) {
  case PATTERN_TRIPLES:
    add_triples(set, pattern);
    break;
  case PATTERN_GRAPH:
    add_node(set, pattern->graph);
    add_parts(set, pattern, outer);
    break;
  case PATTERN_GROUP:
  case PATTERN_UNION:
  case PATTERN_OPTIONAL:
    add_parts(set, pattern, outer);
    break;
  case PATTERN_MINUS:
  case PATTERN_FILTER:
    break;
  case PATTERN_BIND:
    set_add(set, pattern->variable);
    break;
  case PATTERN_VALUES:
    for (size_t i = 0; i < pattern->values->variable_count; i++) {
      set_add(set, pattern->values->variables[i]);
    }
    break;
  case PATTERN_SELECT:
    add_select(set, pattern->select, outer);
    break;
  }
}

static bool always_bound(const Values *values, size_t column)
{
  for (size_t row = 0; row < values->row_count; row++) {
    if (!values->cells[row * values->variable_count + column]) return false;
  }
  return true;
}

static void certain_of_union(VariableSet *set, const Pattern *pattern, const Select *outer)
{
  VariableSet all = {{0}};
  for (size_t i = 0; i < pattern->count; i++) {
    VariableSet branch = {{0}};
    scope_certain(&branch, pattern->parts[i], outer);
    if (i == 0) all = branch;
    set_intersect(&all, &branch);
  }
  set_unite(set, &all);
}

void scope_certain(VariableSet *set, const Pattern *pattern, const Select *outer)
{
  switch (pattern->kind) {
  case PATTERN_TRIPLES:
    add_triples(set, pattern);
    break;
  case PATTERN_GRAPH:
    add_node(set, pattern->graph); /* fall through */
  case PATTERN_GROUP:
    for (size_t i = 0; i < pattern->count; i++) scope_certain(set, pattern->parts[i], outer);
    break;
  case PATTERN_UNION:
    certain_of_union(set, pattern, outer);
    break;
  case PATTERN_VALUES:
    for (size_t i = 0; i < pattern->values->variable_count; i++) {
      if (always_bound(pattern->values, i)) set_add(set, pattern->values->variables[i]);
    }
    break;
  case PATTERN_OPTIONAL:
  case PATTERN_MINUS:
  case PATTERN_FILTER:
  case PATTERN_BIND:
  case PATTERN_SELECT:
    break;
  }
}

void scope_mentioned_in(VariableSet *set, const Pattern *pattern, const Select *outer)
{
  scope_possible(set, pattern, outer);
  if (pattern->expr) scope_mentioned(set, pattern->expr, outer);
  for (size_t i = 0; i < pattern->count; i++) scope_mentioned_in(set, pattern->parts[i], outer);
}

void scope_mentioned(VariableSet *set, const Expr *expr, const Select *outer)
{
  if (expr->kind == EXPR_VARIABLE) add_node(set, expr->node);
  if (expr->kind == EXPR_EXISTS) scope_mentioned_in(set, expr->pattern, outer);
  for (size_t i = 0; i < expr->count; i++) scope_mentioned(set, expr->args[i], outer);
}

bool scope_has_exists(const Expr *expr)
{
  bool found = expr->kind == EXPR_EXISTS;
  for (size_t i = 0; i < expr->count && !found; i++) found = scope_has_exists(expr->args[i]);
  return found;
}

/* ---- starting from rows ---- */

static VariableSet overlap(VariableSet set, const VariableSet *shared)
{
  set_intersect(&set, shared);
  return set;
}

static bool expression_ok(const Expr *expr, const VariableSet *shared, const VariableSet *certain,
                          const Select *outer)
{
  VariableSet mentioned = {{0}};
  scope_mentioned(&mentioned, expr, outer);
  mentioned = overlap(mentioned, shared);
  return set_within(&mentioned, certain);
}

/* The right side of OPTIONAL or MINUS, after parts that always bind CERTAIN. */
static bool right_side_ok(const Pattern *part, const VariableSet *shared,
                          const VariableSet *certain, const Select *outer)
{
  VariableSet inside = {{0}};
  scope_mentioned_in(&inside, part, outer);
  inside = overlap(inside, shared);
  return set_within(&inside, certain);
}

static bool bind_ok(const Pattern *part, const VariableSet *shared, const VariableSet *certain,
                    const Select *outer)
{
  return !set_has(shared, part->variable) && expression_ok(part->expr, shared, certain, outer);
}

static bool branches_ok(const Pattern *either, const VariableSet *shared, const Select *outer)
{
  for (size_t i = 0; i < either->count; i++) {
    if (!scope_can_start_from(either->parts[i], shared, outer)) return false;
  }
  return true;
}

/* Does an expression inside mention VARIABLE, or is there EXISTS, MINUS or a sub-select? */
static bool sees(const Pattern *pattern, uint32_t variable, const Select *outer)
{
  if (pattern->expr) {
    VariableSet set = {{0}};
    scope_mentioned(&set, pattern->expr, outer);
    if (set_has(&set, variable) || scope_has_exists(pattern->expr)) return true;
  }
  bool found = pattern->kind == PATTERN_SELECT || pattern->kind == PATTERN_MINUS;
  for (size_t i = 0; i < pattern->count && !found; i++) {
    found = sees(pattern->parts[i], variable, outer);
  }
  return found;
}

bool scope_needs_each_graph(const Pattern *group, Node graph, const Select *outer)
{
  VariableSet name = {{0}};
  if (!graph.is_variable) return false;
  set_add(&name, graph.id);
  return sees(group, graph.id, outer) || !scope_can_start_from(group, &name, outer);
}

static bool graph_ok(const Pattern *part, const VariableSet *shared, const Select *outer)
{
  if (scope_needs_each_graph(part->parts[0], part->graph, outer)) return false;
  return scope_can_start_from(part->parts[0], shared, outer);
}

static bool part_ok(const Pattern *part, const VariableSet *shared, const VariableSet *certain,
                    const Select *outer)
{
  switch (part->kind) {
  case PATTERN_TRIPLES:
  case PATTERN_VALUES:
  case PATTERN_SELECT:
  case PATTERN_FILTER:
    return true; /* filters are looked at when the group ends */
  case PATTERN_GROUP:
    return scope_can_start_from(part, shared, outer);
  case PATTERN_UNION:
    return branches_ok(part, shared, outer);
  case PATTERN_GRAPH:
    return graph_ok(part, shared, outer);
  case PATTERN_OPTIONAL:
  case PATTERN_MINUS:
    return right_side_ok(part, shared, certain, outer);
  case PATTERN_BIND:
    return bind_ok(part, shared, certain, outer);
  }
  return false;
}

bool scope_can_start_from(const Pattern *pattern, const VariableSet *shared, const Select *outer)
{
  VariableSet certain = {{0}};
  for (size_t i = 0; i < pattern->count; i++) {
    const Pattern *const part = pattern->parts[i];
    if (!part_ok(part, shared, &certain, outer)) return false;
    scope_certain(&certain, part, outer);
  }
  for (size_t i = 0; i < pattern->count; i++) {
    const Pattern *const part = pattern->parts[i];
    if (part->kind != PATTERN_FILTER) continue;
    if (!expression_ok(part->expr, shared, &certain, outer)) return false;
  }
  return true;
}
