/* From the pattern of a SELECT to steps. Joins commute, so within a run of parts that are only
   joined the order is ours: VALUES and sub-selects first, then all triple patterns together, then
   the rest. A part is answered starting from the rows so far wherever that is the same as joining
   (see query_scope.c), else on its own. Filters go where their variables are first bound. */
#include "query_plan.h"

typedef struct Planner {
  Exec *exec;
  Select *select;
  bool in_exists;
  VariableSet outside; /* in EXISTS: what the row outside may bind */
  VariableSet fixed;   /* in EXISTS: what it always binds; constants, as it were */
} Planner;

/* The rows at one place in the plan of a group. */
typedef struct Place {
  Plan *plan;
  Node graph;
  VariableSet possible, certain;
  Filter *filters;
  bool *placed;
  size_t filter_count;
} Place;

static const Node ALL_GRAPHS = {false, TERM_ANY};

static Status compile_group(Planner *planner, Plan *plan, const Pattern *group,
                            const VariableSet *possible, Node graph);

static Status out_of_memory(Exec *exec)
{
  return exec_fail(exec, STATUS_MEMORY, "out of memory");
}

static Status new_plan(Plan **out, const Planner *planner)
{
  *out = arena_array(planner->exec->arena, 1, sizeof **out);
  if (!*out) return out_of_memory(planner->exec);
  (*out)->select = planner->select;
  (*out)->next = planner->exec->plans;
  planner->exec->plans = *out;
  return STATUS_OK;
}

static Status add_step(Step **out, const Planner *planner, Plan *plan, StepKind kind)
{
  Step *const steps =
      arena_grow(planner->exec->arena, plan->steps, &plan->capacity, plan->count, 1, sizeof *steps);
  if (!steps) return out_of_memory(planner->exec);
  if (++planner->exec->step_count > MOST_PLAN_STEPS) {
    return exec_fail(planner->exec, STATUS_QUERY, "the query has more than %u parts",
                     MOST_PLAN_STEPS);
  }
  plan->steps = steps;
  *out = &steps[plan->count++];
  memset(*out, 0, sizeof **out);
  (*out)->kind = kind;
  (*out)->variable = NO_VARIABLE;
  return STATUS_OK;
}

static Status one_plan(Step *step, const Planner *planner, Plan *plan)
{
  step->plans = arena_array(planner->exec->arena, 1, sizeof *step->plans);
  if (!step->plans) return out_of_memory(planner->exec);
  step->plans[0] = plan;
  step->plan_count = 1;
  return STATUS_OK;
}

static Status hidden_variable(uint32_t *out, const Planner *planner)
{
  Variables *const all = &planner->select->variables;
  if (all->count >= MOST_VARIABLES) {
    return exec_fail(planner->exec, STATUS_QUERY, "the query has too many variables");
  }
  Slice *const names =
      arena_grow(planner->exec->arena, all->names, &all->capacity, all->count, 1, sizeof *names);
  if (!names) return out_of_memory(planner->exec);
  all->names = names;
  names[all->count] = SLICE_NONE;
  *out = (uint32_t)all->count++;
  return STATUS_OK;
}

static bool can_start(const Planner *planner, const Pattern *pattern, VariableSet possible)
{
  set_subtract(&possible, &planner->fixed);
  return scope_can_start_from(pattern, &possible, planner->select);
}

/* ---- filters ---- */

static Status plan_exists(Planner *planner, Expr *expr, const Place *place);

/* Plan the EXISTS inside of an expression. */
static Status plan_expression(Planner *planner, Expr *expr, const Place *place)
{
  if (expr->kind == EXPR_EXISTS) TRY(plan_exists(planner, expr, place));
  for (size_t i = 0; i < expr->count; i++) TRY(plan_expression(planner, expr->args[i], place));
  return STATUS_OK;
}

static Status refuse_exists(const Planner *planner)
{
  return exec_fail(planner->exec, STATUS_QUERY,
                   "EXISTS with OPTIONAL, MINUS, BIND or VALUES inside that shares "
                   "variables with the outside is not supported; use plain triples and FILTER");
}

static Status plan_exists(Planner *planner, Expr *expr, const Place *place)
{
  VariableSet mentioned = {{0}};
  scope_mentioned_in(&mentioned, expr->pattern, planner->select);
  Planner inner = *planner;
  inner.in_exists = true;
  inner.outside = place->possible;
  set_unite(&inner.outside, &planner->outside);
  set_unite(&inner.fixed, &place->certain);
  VariableSet loose = inner.outside;
  set_intersect(&loose, &mentioned);
  if (!can_start(&inner, expr->pattern, loose)) return refuse_exists(planner);
  Plan *plan;
  TRY(new_plan(&plan, planner));
  TRY(compile_group(&inner, plan, expr->pattern, &inner.outside, place->graph));
  expr->plan = plan;
  return STATUS_OK;
}

static Status collect_filters(Place *place, Planner *planner, const Pattern *group)
{
  Arena *const arena = planner->exec->arena;
  place->filters = arena_array(arena, group->count + 1, sizeof *place->filters);
  place->placed = arena_array(arena, group->count + 1, sizeof *place->placed);
  if (!place->filters || !place->placed) return out_of_memory(planner->exec);
  for (size_t i = 0; i < group->count; i++) {
    if (group->parts[i]->kind != PATTERN_FILTER) continue;
    Filter *const filter = &place->filters[place->filter_count++];
    filter->expr = group->parts[i]->expr;
    scope_mentioned(&filter->variables, filter->expr, planner->select);
  }
  return STATUS_OK;
}

static Status add_filter(Place *place, Planner *planner, size_t index)
{
  Step *step;
  place->placed[index] = true;
  TRY(plan_expression(planner, place->filters[index].expr, place));
  TRY(add_step(&step, planner, place->plan, STEP_FILTER));
  step->expr = place->filters[index].expr;
  return STATUS_OK;
}

/* Place the filters that can no longer change; all of them at the END of the group. */
static Status place_filters(Place *place, Planner *planner, bool end)
{
  for (size_t i = 0; i < place->filter_count; i++) {
    const Filter *const filter = &place->filters[i];
    if (place->placed[i]) continue;
    const bool ready = set_within(&filter->variables, &place->certain) &&
                       !set_is_empty(&filter->variables) && !scope_has_exists(filter->expr);
    if (ready || end) TRY(add_filter(place, planner, i));
  }
  return STATUS_OK;
}

/* ---- triples ---- */

/* A GRAPH with nothing but triples inside, which can stand among the other triple patterns. */
static bool plain_graph(const Pattern *part)
{
  if (part->kind != PATTERN_GRAPH) return false;
  const Pattern *const group = part->parts[0];
  for (size_t i = 0; i < group->count; i++) {
    const Pattern *const inner = group->parts[i];
    if (inner->kind != PATTERN_TRIPLES) return false;
    for (size_t k = 0; k < inner->triple_count; k++) {
      if (inner->triples[k].path) return false;
    }
  }
  return group->count > 0;
}

static size_t count_triples(const Pattern *part)
{
  size_t count = part->triple_count;
  for (size_t i = 0; i < part->count; i++) count += count_triples(part->parts[i]);
  return count;
}

static void take_triples(QuadPattern *out, size_t *count, const Pattern *part, Node graph,
                         bool paths)
{
  if (part->kind == PATTERN_GRAPH) graph = part->graph;
  for (size_t i = 0; i < part->triple_count; i++) {
    const Triple *const triple = &part->triples[i];
    if ((triple->path != NULL) != paths) continue;
    out[(*count)++] =
        (QuadPattern){{triple->subject, triple->predicate, triple->object, graph}, triple->path};
  }
  for (size_t i = 0; i < part->count; i++) take_triples(out, count, part->parts[i], graph, paths);
}

static bool joins_triples(const Pattern *part)
{
  return part->kind == PATTERN_TRIPLES || plain_graph(part);
}

static Status add_quads(Place *place, Planner *planner, QuadPattern *patterns, size_t count)
{
  Arena *const arena = planner->exec->arena;
  Step *step;
  TRY(add_step(&step, planner, place->plan, STEP_QUADS));
  step->patterns = patterns;
  step->pattern_count = count;
  step->bound = place->certain;
  step->done = arena_array(arena, count, sizeof *step->done);
  step->out = arena_array(arena, count, sizeof *step->out);
  step->filters = arena_array(arena, place->filter_count + 1, sizeof *step->filters);
  return step->done && step->out && step->filters ? STATUS_OK : out_of_memory(planner->exec);
}

static void add_bound(VariableSet *set, const QuadPattern *pattern)
{
  for (unsigned i = 0; i < 4; i++) {
    if (pattern->part[i].is_variable) set_add(set, pattern->part[i].id);
  }
}

/* EXISTS makes constants of variables, and a path of no length from a constant need not be in the
   graph; so that the two cannot differ, such a path is refused. */
static Status check_path(const Planner *planner, const QuadPattern *pattern)
{
  const bool zero = pattern->path->kind != PATH_ONE_OR_MORE;
  if (!planner->in_exists || !zero) return STATUS_OK;
  if (!pattern->part[0].is_variable || !pattern->part[2].is_variable) return STATUS_OK;
  return exec_fail(planner->exec, STATUS_QUERY,
                   "the paths * and ? between variables are not supported in EXISTS; use +");
}

/* Give the step the filters that its own patterns make ready. */
static void share_filters(Place *place, Step *step)
{
  for (size_t i = 0; i < place->filter_count; i++) {
    const Filter *const filter = &place->filters[i];
    if (place->placed[i] || scope_has_exists(filter->expr)) continue;
    if (step->filter_count == MOST_SHARED_FILTERS) break;
    if (!set_within(&filter->variables, &place->certain)) continue;
    if (set_within(&filter->variables, &step->bound)) continue; /* left to place_filters */
    step->filters[step->filter_count++] = *filter;
    place->placed[i] = true;
  }
}

/* Triple patterns of parts [from, to), and of GRAPHs that hold nothing else. */
static Status compile_triples(Place *place, Planner *planner, const Pattern *group, size_t from,
                              size_t to)
{
  size_t most = 0, count = 0;
  for (size_t i = from; i < to; i++) {
    if (joins_triples(group->parts[i])) most += count_triples(group->parts[i]);
  }
  if (!most) return STATUS_OK;
  QuadPattern *const patterns = arena_array(planner->exec->arena, most, sizeof *patterns);
  if (!patterns) return out_of_memory(planner->exec);
  for (unsigned paths = 0; paths < 2; paths++) {
    const size_t first = count;
    for (size_t i = from; i < to; i++) {
      if (!joins_triples(group->parts[i])) continue;
      take_triples(patterns, &count, group->parts[i], place->graph, paths);
    }
    if (!paths && count) TRY(add_quads(place, planner, patterns, count));
    const size_t step = place->plan->count - 1;
    for (size_t i = first; i < count; i++) add_bound(&place->certain, &patterns[i]);
    set_unite(&place->possible, &place->certain);
    if (!paths && count) share_filters(place, &place->plan->steps[step]);
    for (size_t i = first; paths && i < count; i++) {
      Step *path;
      TRY(check_path(planner, &patterns[i]));
      TRY(add_step(&path, planner, place->plan, STEP_PATH));
      path->patterns = &patterns[i];
      path->pattern_count = 1;
    }
  }
  return STATUS_OK;
}

/* ---- parts that are answered on their own ---- */

static Status check_outside(const Planner *planner, const Pattern *pattern)
{
  if (!planner->in_exists) return STATUS_OK;
  VariableSet mentioned = {{0}};
  scope_mentioned_in(&mentioned, pattern, planner->select);
  set_intersect(&mentioned, &planner->outside);
  return set_is_empty(&mentioned) ? STATUS_OK : refuse_exists(planner);
}

/* A step of KIND that joins with the answers of the group PATTERN. */
static Status compile_apart(Step **out, Place *place, Planner *planner, const Pattern *pattern,
                            StepKind kind, Node graph)
{
  const VariableSet none = {{0}};
  Plan *inner;
  TRY(check_outside(planner, pattern));
  TRY(new_plan(&inner, planner));
  TRY(compile_group(planner, inner, pattern, &none, graph));
  TRY(add_step(out, planner, place->plan, kind));
  TRY(one_plan(*out, planner, inner));
  (*out)->graph = graph;
  scope_possible(&(*out)->shared, pattern, planner->select);
  set_intersect(&(*out)->shared, &place->possible);
  return STATUS_OK;
}

static Status compile_select(Place *place, Planner *planner, const Pattern *part)
{
  Step *step;
  if (planner->in_exists) {
    return exec_fail(planner->exec, STATUS_QUERY,
                     "a sub-select inside EXISTS is not supported; "
                     "join it outside and filter by its variables");
  }
  const bool in_graph = place->graph.is_variable || place->graph.id != TERM_ANY;
  SelectPlan *plan;
  TRY(plan_select(&plan, planner->exec, part->select, in_graph));
  TRY(add_step(&step, planner, place->plan, STEP_JOIN));
  step->select = plan;
  step->graph = place->graph;
  scope_possible(&step->shared, part, planner->select);
  set_intersect(&step->shared, &place->possible);
  return STATUS_OK;
}

/* ---- parts ---- */

/* A group where the rows are: from them if that is the same, else beside them. */
static Status compile_inner(Place *place, Planner *planner, const Pattern *group, Node graph)
{
  if (can_start(planner, group, place->possible)) {
    return compile_group(planner, place->plan, group, &place->possible, graph);
  }
  Step *step;
  return compile_apart(&step, place, planner, group, STEP_JOIN, graph);
}

static Status compile_union(Place *place, Planner *planner, const Pattern *part)
{
  Plan **const plans = arena_array(planner->exec->arena, part->count, sizeof *plans);
  if (!plans) return out_of_memory(planner->exec);
  for (size_t i = 0; i < part->count; i++) {
    TRY(new_plan(&plans[i], planner));
    Place branch = *place;
    branch.plan = plans[i];
    TRY(compile_inner(&branch, planner, part->parts[i], place->graph));
  }
  Step *step;
  TRY(add_step(&step, planner, place->plan, STEP_UNION));
  step->plans = plans;
  step->plan_count = part->count;
  return STATUS_OK;
}

/* The group without its own filters, which are the condition of the OPTIONAL. */
static Status without_filters(Pattern **out, const Planner *planner, const Pattern *group)
{
  Arena *const arena = planner->exec->arena;
  Pattern *const copy = *out = arena_array(arena, 1, sizeof *copy);
  if (!copy) return out_of_memory(planner->exec);
  *copy = *group;
  copy->parts = arena_array(arena, group->count + 1, sizeof *copy->parts);
  if (!copy->parts) return out_of_memory(planner->exec);
  copy->count = 0;
  for (size_t i = 0; i < group->count; i++) {
    if (group->parts[i]->kind != PATTERN_FILTER) copy->parts[copy->count++] = group->parts[i];
  }
  return STATUS_OK;
}

static Status condition(Step *step, Place *place, Planner *planner, const Pattern *group)
{
  Place after = *place;
  after.filters = NULL;
  after.filter_count = 0;
  scope_possible(&after.possible, group, planner->select);
  TRY(collect_filters(&after, planner, group));
  for (size_t i = 0; i < after.filter_count; i++) {
    TRY(plan_expression(planner, after.filters[i].expr, &after));
  }
  step->filters = after.filters;
  step->filter_count = after.filter_count;
  return STATUS_OK;
}

static Status compile_optional(Place *place, Planner *planner, const Pattern *part)
{
  const Pattern *const group = part->parts[0];
  Pattern *bare;
  Step *step;
  TRY(without_filters(&bare, planner, group));
  if (!can_start(planner, bare, place->possible)) {
    TRY(compile_apart(&step, place, planner, bare, STEP_LEFT_JOIN, place->graph));
    const size_t at = place->plan->count - 1;
    return condition(&place->plan->steps[at], place, planner, group);
  }
  Plan *inner;
  TRY(new_plan(&inner, planner));
  TRY(compile_group(planner, inner, group, &place->possible, place->graph));
  TRY(add_step(&step, planner, place->plan, STEP_OPTIONAL));
  return one_plan(step, planner, inner);
}

/* Does the group begin by looking for a triple, which finds the graph as well? */
static bool needs_graph(const Pattern *group)
{
  const Pattern *const first = group->count ? group->parts[0] : NULL;
  if (!first || first->kind != PATTERN_TRIPLES) return false;
  for (size_t k = 0; k < first->triple_count; k++) {
    if (!first->triples[k].path) return true;
  }
  return false;
}

static Status add_graphs(Plan *plan, Planner *planner, Node graph)
{
  Step *step;
  TRY(add_step(&step, planner, plan, STEP_GRAPHS));
  step->graph = graph;
  return STATUS_OK;
}

/* Graph by graph, as section 18.6 defines it: the name is joined afterwards. */
static Status compile_each_graph(Place *place, Planner *planner, const Pattern *part)
{
  Node hidden = {true, 0};
  Step *step;
  TRY(hidden_variable(&hidden.id, planner));
  TRY(compile_apart(&step, place, planner, part->parts[0], STEP_JOIN, hidden));
  step->each_graph = true;
  step->variable = hidden.id;
  step->graph = part->graph;
  VariableSet shared = {{0}};
  scope_possible(&shared, part, planner->select);
  set_intersect(&shared, &place->possible);
  step->shared = shared;
  return STATUS_OK;
}

static Status compile_graph(Place *place, Planner *planner, const Pattern *part)
{
  const Pattern *const group = part->parts[0];
  const Node graph = part->graph;
  if (scope_needs_each_graph(group, graph, planner->select)) {
    return compile_each_graph(place, planner, part);
  }
  if (!needs_graph(group)) TRY(add_graphs(place->plan, planner, graph));
  if (can_start(planner, group, place->possible)) {
    return compile_group(planner, place->plan, group, &place->possible, graph);
  }
  if (graph.is_variable) return compile_each_graph(place, planner, part);
  Step *step;
  return compile_apart(&step, place, planner, group, STEP_JOIN, graph);
}

static bool outside_has(const Planner *planner, uint32_t variable)
{
  return planner->in_exists && set_has(&planner->outside, variable);
}

static Status compile_bind(Place *place, Planner *planner, const Pattern *part)
{
  Step *step;
  if (outside_has(planner, part->variable)) return refuse_exists(planner);
  TRY(plan_expression(planner, part->expr, place));
  TRY(add_step(&step, planner, place->plan, STEP_BIND));
  step->expr = part->expr;
  step->variable = part->variable;
  return STATUS_OK;
}

static Status compile_values(Place *place, Planner *planner, const Values *values)
{
  Step *step;
  for (size_t i = 0; i < values->variable_count; i++) {
    if (outside_has(planner, values->variables[i])) return refuse_exists(planner);
  }
  TRY(add_step(&step, planner, place->plan, STEP_VALUES));
  step->values = values;
  return STATUS_OK;
}

static Status compile_part(Place *place, Planner *planner, const Pattern *part)
{
  Step *step;
  switch (part->kind) {
  case PATTERN_TRIPLES:
  case PATTERN_FILTER:
    return STATUS_OK;
  case PATTERN_GROUP:
    return compile_inner(place, planner, part, place->graph);
  case PATTERN_UNION:
    return compile_union(place, planner, part);
  case PATTERN_OPTIONAL:
    return compile_optional(place, planner, part);
  case PATTERN_MINUS:
    return compile_apart(&step, place, planner, part->parts[0], STEP_MINUS, place->graph);
  case PATTERN_GRAPH:
    return compile_graph(place, planner, part);
  case PATTERN_BIND:
    return compile_bind(place, planner, part);
  case PATTERN_VALUES:
    return compile_values(place, planner, part->values);
  case PATTERN_SELECT:
    return compile_select(place, planner, part);
  }
  return STATUS_INTERNAL;
}

static bool only_joined(const Pattern *part)
{
  return part->kind != PATTERN_OPTIONAL && part->kind != PATTERN_MINUS &&
         part->kind != PATTERN_BIND;
}

static Status compile_and_count(Place *place, Planner *planner, const Pattern *part)
{
  TRY(compile_part(place, planner, part));
  scope_possible(&place->possible, part, planner->select);
  scope_certain(&place->certain, part, planner->select);
  return place_filters(place, planner, false);
}

/* Parts [from, to), which are only joined: VALUES and sub-selects, triples, the rest. */
static Status compile_run(Place *place, Planner *planner, const Pattern *group, size_t from,
                          size_t to)
{
  for (unsigned turn = 0; turn < 3; turn++) {
    if (turn == 1) {
      TRY(compile_triples(place, planner, group, from, to));
      TRY(place_filters(place, planner, false));
      continue;
    }
    for (size_t i = from; i < to; i++) {
      const Pattern *const part = group->parts[i];
      if (joins_triples(part) || part->kind == PATTERN_FILTER) continue;
      const bool early = part->kind == PATTERN_VALUES || part->kind == PATTERN_SELECT;
      if (early == (turn == 0)) TRY(compile_and_count(place, planner, part));
    }
  }
  return STATUS_OK;
}

static Status compile_group(Planner *planner, Plan *plan, const Pattern *group,
                            const VariableSet *possible, Node graph)
{
  Place place = {.plan = plan, .graph = graph, .possible = *possible};
  TRY(collect_filters(&place, planner, group));
  for (size_t i = 0; i < group->count;) {
    size_t end = i;
    while (end < group->count && only_joined(group->parts[end])) end++;
    if (end > i) {
      TRY(compile_run(&place, planner, group, i, end));
      i = end;
    } else {
      TRY(compile_and_count(&place, planner, group->parts[i++]));
    }
  }
  return place_filters(&place, planner, true);
}

static Status plan_aggregates(const Select *select, Exec *exec)
{
  for (size_t i = 0; i < select->aggregate_count; i++) {
    for (size_t k = 0; k < select->aggregates[i]->count; k++) {
      if (!scope_has_exists(select->aggregates[i]->args[k])) continue;
      return exec_fail(exec, STATUS_QUERY, "EXISTS in an aggregate is not supported");
    }
  }
  return STATUS_OK;
}

Status plan_select(SelectPlan **out, Exec *exec, Select *select, bool in_graph)
{
  Planner planner = {.exec = exec, .select = select};
  SelectPlan *const plan = *out = arena_array(exec->arena, 1, sizeof *plan);
  if (!plan) return out_of_memory(exec);
  plan->select = select;
  plan->graph = NO_VARIABLE;
  Node graph = ALL_GRAPHS;
  if (in_graph) {
    graph.is_variable = true;
    TRY(hidden_variable(&graph.id, &planner));
    plan->graph = graph.id;
  }
  TRY(plan_aggregates(select, exec));
  TRY(new_plan(&plan->where, &planner));
  const VariableSet none = {{0}};
  if (in_graph && !needs_graph(select->where)) TRY(add_graphs(plan->where, &planner, graph));
  return compile_group(&planner, plan->where, select->where, &none, graph);
}
