/* Running a plan. Each step puts its rows in a table of its own and hands the table to the next
   step whenever it is full, so that what is held at once is small and a taker that has enough ends
   it all at once. A step is never entered again before it has returned. */
#include "query_plan.h"

#include "graph/memory.h"

#define SAMPLES 4u

/* From a step to the steps behind it. */
typedef struct Flow {
  Exec *exec;
  Plan *plan;
  size_t next;
  const RowSink *sink;
  Solutions *out;
} Flow;

static Status flow_flush(Flow *flow)
{
  Status status = STATUS_OK;
  if (flow->out->count) {
    status = plan_run(flow->exec, flow->plan, flow->next, flow->out, flow->sink);
  }
  flow->out->count = 0;
  return status;
}

static Status flow_row(Flow *flow, const TermId *row)
{
  TRY(solutions_add(flow->out, flow->exec, row));
  return flow->out->count >= BATCH ? flow_flush(flow) : STATUS_OK;
}

static Status flow_take(void *handle, const TermId *row)
{
  return flow_row(handle, row);
}

/* ---- triple patterns ---- */

/* The pattern as a quad to look for; false if nothing can match. */
static bool substitute(Quad *out, const QuadPattern *pattern, const TermId *row)
{
  TermId ids[4];
  for (unsigned i = 0; i < 4; i++) {
    const Node node = pattern->part[i];
    ids[i] = node.is_variable ? row[node.id] : node.id;
    if (ids[i] & TERM_COMPUTED) return false;
  }
  *out = (Quad){ids[0], ids[1], ids[2], ids[3]};
  return true;
}

/* Fill the variables of PATTERN in ROW from QUAD; false if one is there twice and differs. */
static bool fill(TermId *row, const QuadPattern *pattern, Quad quad)
{
  const TermId ids[4] = {quad.subject, quad.predicate, quad.object, quad.graph};
  for (unsigned i = 0; i < 4; i++) {
    const Node node = pattern->part[i];
    if (!node.is_variable) continue;
    if (row[node.id] != TERM_ANY && row[node.id] != ids[i]) return false;
    row[node.id] = ids[i];
  }
  return true;
}

typedef struct Quads {
  Exec *exec;
  Plan *plan;
  size_t step;
  const RowSink *sink;
  TermId *row; /* room for one */
} Quads;

static Step *quads_step(const Quads *quads)
{
  return &quads->plan->steps[quads->step];
}

static Status quads_level(Quads *quads, size_t level, const Solutions *in);

/* How many quads PATTERN adds to some of the rows. */
static size_t cost(const Quads *quads, const QuadPattern *pattern, const Solutions *in)
{
  Graph *const graph = quads->exec->terms->graph;
  size_t sum = 0;
  for (size_t i = 0; i < SAMPLES && i < in->count; i++) {
    const size_t row = in->count <= SAMPLES ? i : i * (in->count - 1) / (SAMPLES - 1);
    Quad quad;
    if (substitute(&quad, pattern, solution_at(in, row))) sum += graph_count(graph, quad);
  }
  return sum;
}

/* The pattern not done yet that makes the fewest rows. */
static size_t choose(const Quads *quads, size_t level, const Solutions *in)
{
  const Step *const step = quads_step(quads);
  size_t best = SIZE_MAX, least = SIZE_MAX;
  for (size_t i = 0; i < step->pattern_count; i++) {
    if (step->done[i]) continue;
    const bool last = level + 1 == step->pattern_count;
    const size_t here = last ? 0 : cost(quads, &step->patterns[i], in);
    if (here < least || best == SIZE_MAX) {
      best = i;
      least = here;
    }
    if (least == 0) break;
  }
  return best;
}

static void add_bound(VariableSet *set, const QuadPattern *pattern)
{
  for (unsigned i = 0; i < 4; i++) {
    if (pattern->part[i].is_variable) set_add(set, pattern->part[i].id);
  }
}

/* The filters that pattern WHICH makes ready, as a list of indexes; returns how many. */
static size_t ready_filters(size_t *out, const Step *step, size_t which)
{
  VariableSet before = step->bound, after;
  for (size_t i = 0; i < step->pattern_count; i++) {
    if (step->done[i]) add_bound(&before, &step->patterns[i]);
  }
  after = before;
  add_bound(&after, &step->patterns[which]);
  size_t count = 0;
  for (size_t i = 0; i < step->filter_count; i++) {
    const VariableSet *const variables = &step->filters[i].variables;
    if (set_within(variables, &after) && !set_within(variables, &before)) out[count++] = i;
  }
  return count;
}

static Status passes(bool *out, const Quads *quads, const size_t *filters, size_t count)
{
  *out = true;
  for (size_t i = 0; i < count && *out; i++) {
    TRY(exec_filter(out, quads->exec, quads_step(quads)->filters[filters[i]].expr, quads->row));
  }
  return STATUS_OK;
}

typedef struct Level {
  const QuadPattern *pattern;
  Solutions *out;
  size_t index;
  size_t filters[MOST_SHARED_FILTERS];
  size_t filter_count;
} Level;

static Status add_match(Quads *quads, Level *level, const TermId *from, Quad quad)
{
  bool good;
  memcpy(quads->row, from, level->out->width * sizeof *from);
  if (!fill(quads->row, level->pattern, quad)) return STATUS_OK;
  TRY(passes(&good, quads, level->filters, level->filter_count));
  if (!good) return STATUS_OK;
  TRY(solutions_add(level->out, quads->exec, quads->row));
  if (level->out->count < BATCH) return STATUS_OK;
  TRY(quads_level(quads, level->index + 1, level->out));
  level->out->count = 0;
  return STATUS_OK;
}

static bool same_triple(Quad a, Quad b)
{
  return a.subject == b.subject && a.predicate == b.predicate && a.object == b.object;
}

/* Where all graphs are looked at together, the index has equal triples side by side. A graph
   variable never stands for the default graph. */
static Status match_row(Quads *quads, Level *level, const TermId *row)
{
  const Node where = level->pattern->part[3];
  const bool together = !where.is_variable && where.id == TERM_ANY;
  Quad wanted, quad, last = {TERM_ANY, TERM_ANY, TERM_ANY, TERM_ANY};
  if (!substitute(&wanted, level->pattern, row)) return STATUS_OK;
  GraphCursor *cursor;
  TRY(graph_match(&cursor, quads->exec->terms->graph, wanted));
  Status status = STATUS_OK;
  while (status == STATUS_OK && graph_next(cursor, &quad)) {
    status = exec_spend(quads->exec, 1);
    if (together && same_triple(quad, last)) continue;
    last = quad;
    if (where.is_variable && quad.graph == TERM_ANY) continue;
    if (status == STATUS_OK) status = add_match(quads, level, row, quad);
  }
  graph_match_end(cursor);
  return status;
}

static Status quads_rows(Quads *quads, Level *level, const Solutions *in)
{
  for (size_t i = 0; i < in->count; i++) {
    TRY(exec_spend(quads->exec, 1));
    TRY(match_row(quads, level, solution_at(in, i)));
  }
  const Status status =
      level->out->count ? quads_level(quads, level->index + 1, level->out) : STATUS_OK;
  level->out->count = 0;
  return status;
}

static Status quads_level(Quads *quads, size_t index, const Solutions *in)
{
  Step *const step = quads_step(quads);
  if (index == step->pattern_count) {
    return plan_run(quads->exec, quads->plan, quads->step + 1, in, quads->sink);
  }
  const size_t which = choose(quads, index, in);
  Level level = {.pattern = &step->patterns[which], .out = &step->out[index], .index = index};
  level.filter_count = ready_filters(level.filters, step, which);
  level.out->width = in->width;
  level.out->count = 0;
  step->done[which] = true;
  const Status status = quads_rows(quads, &level, in);
  step->done[which] = false;
  return status;
}

static Status run_quads(Flow *flow, Step *step, const Solutions *in)
{
  Quads quads = {flow->exec, flow->plan, flow->next - 1, flow->sink, NULL};
  memset(step->done, 0, step->pattern_count * sizeof *step->done);
  quads.row = memory_array(NULL, 0, in->width + 1, sizeof *quads.row);
  if (!quads.row) return exec_fail(flow->exec, STATUS_MEMORY, "out of memory");
  const Status status = quads_level(&quads, 0, in);
  memory_free(quads.row, (in->width + 1) * sizeof *quads.row);
  return status;
}

/* ---- rows one by one ---- */

static Status run_path(Flow *flow, Step *step, const Solutions *in)
{
  for (size_t i = 0; i < in->count; i++) {
    TRY(path_match(flow->exec, step->patterns, solution_at(in, i), in->width, flow_take, flow));
  }
  return STATUS_OK;
}

static Status graphs_row(Flow *flow, Node node, TermId *row)
{
  Graph *const graph = flow->exec->terms->graph;
  const TermId known = node.is_variable ? row[node.id] : node.id;
  if (known & TERM_COMPUTED) return STATUS_OK;
  if (known) {
    const size_t count = graph_count(graph, (Quad){TERM_ANY, TERM_ANY, TERM_ANY, known});
    return count ? flow_row(flow, row) : STATUS_OK;
  }
  for (TermId at = graph_next_graph(graph, TERM_ANY); at; at = graph_next_graph(graph, at)) {
    TRY(exec_spend(flow->exec, 1));
    row[node.id] = at;
    TRY(flow_row(flow, row));
  }
  return STATUS_OK;
}

static Status run_graphs(Flow *flow, const Step *step, const Solutions *in)
{
  TermId row[MOST_VARIABLES];
  for (size_t i = 0; i < in->count; i++) {
    memcpy(row, solution_at(in, i), in->width * sizeof *row);
    TRY(graphs_row(flow, step->graph, row));
  }
  return STATUS_OK;
}

static Status run_filter(Flow *flow, const Step *step, const Solutions *in)
{
  for (size_t i = 0; i < in->count; i++) {
    bool good;
    TRY(exec_spend(flow->exec, 1));
    TRY(exec_filter(&good, flow->exec, step->expr, solution_at(in, i)));
    if (good) TRY(flow_row(flow, solution_at(in, i)));
  }
  return STATUS_OK;
}

static Status run_bind(Flow *flow, const Step *step, const Solutions *in)
{
  TermId row[MOST_VARIABLES];
  for (size_t i = 0; i < in->count; i++) {
    memcpy(row, solution_at(in, i), in->width * sizeof *row);
    TRY(exec_term(&row[step->variable], flow->exec, step->expr, row));
    TRY(flow_row(flow, row));
  }
  return STATUS_OK;
}

/* Merge the values of row K; false if they do not agree with ROW. */
static bool merge_values(TermId *row, const Values *values, size_t k)
{
  for (size_t i = 0; i < values->variable_count; i++) {
    const TermId value = values->cells[k * values->variable_count + i];
    TermId *const cell = &row[values->variables[i]];
    if (value && *cell && *cell != value) return false;
    if (value) *cell = value;
  }
  return true;
}

static Status run_values(Flow *flow, const Step *step, const Solutions *in)
{
  TermId row[MOST_VARIABLES];
  for (size_t i = 0; i < in->count; i++) {
    TRY(exec_spend(flow->exec, step->values->row_count));
    for (size_t k = 0; k < step->values->row_count; k++) {
      memcpy(row, solution_at(in, i), in->width * sizeof *row);
      if (merge_values(row, step->values, k)) TRY(flow_row(flow, row));
    }
  }
  return STATUS_OK;
}

/* ---- plans inside ---- */

static Status take_on(void *handle, const Solutions *batch)
{
  const Flow *const flow = handle;
  return plan_run(flow->exec, flow->plan, flow->next, batch, flow->sink);
}

static Status run_union(Flow *flow, const Step *step, const Solutions *in)
{
  const RowSink sink = {take_on, flow};
  for (size_t i = 0; i < step->plan_count; i++) {
    TRY(plan_run(flow->exec, step->plans[i], 0, in, &sink));
  }
  return STATUS_OK;
}

typedef struct Optional {
  Flow *flow;
  bool matched;
} Optional;

static Status take_optional(void *handle, const Solutions *batch)
{
  Optional *const optional = handle;
  for (size_t i = 0; i < batch->count; i++) {
    optional->matched = true;
    TRY(flow_row(optional->flow, solution_at(batch, i)));
  }
  return STATUS_OK;
}

static Status run_optional(Flow *flow, const Step *step, const Solutions *in)
{
  for (size_t i = 0; i < in->count; i++) {
    Optional optional = {flow, false};
    const RowSink sink = {take_optional, &optional};
    TRY(exec_spend(flow->exec, 1));
    TRY(plan_run_row(flow->exec, step->plans[0], solution_at(in, i), &sink));
    if (!optional.matched) TRY(flow_row(flow, solution_at(in, i)));
  }
  return STATUS_OK;
}

/* ---- joins with answers found apart ---- */

typedef struct Collect {
  Exec *exec;
  Solutions *rows;
  const Select *outer, *inner; /* a sub-select's rows are renamed; else NULL */
  TermId graph;                /* each_graph: the graph at hand */
  const Step *step;
} Collect;

/* Put the name of the graph in the row; false if the row has another. */
static bool name_graph(TermId *row, const Collect *collect)
{
  if (!collect->step->each_graph) return true;
  row[collect->step->variable] = TERM_ANY;
  TermId *const name = &row[collect->step->graph.id];
  if (*name && *name != collect->graph) return false;
  *name = collect->graph;
  return true;
}

static Status take_rows(void *handle, const Solutions *batch)
{
  const Collect *const collect = handle;
  TermId row[MOST_VARIABLES];
  for (size_t i = 0; i < batch->count; i++) {
    memcpy(row, solution_at(batch, i), batch->width * sizeof *row);
    if (name_graph(row, collect)) TRY(solutions_add(collect->rows, collect->exec, row));
  }
  return STATUS_OK;
}

static Status take_selected(void *handle, const Solutions *batch)
{
  const Collect *const collect = handle;
  TermId row[MOST_VARIABLES];
  for (size_t i = 0; i < batch->count; i++) {
    memset(row, 0, sizeof row);
    for (size_t k = 0; k < collect->inner->item_count; k++) {
      const uint32_t to = scope_outer(collect->outer, collect->inner, k);
      row[to] = solution_at(batch, i)[collect->inner->items[k].variable];
    }
    TRY(solutions_add(collect->rows, collect->exec, row));
  }
  return STATUS_OK;
}

static Status collect_each_graph(Exec *exec, Step *step, Collect *collect)
{
  Graph *const graph = exec->terms->graph;
  const RowSink sink = {take_rows, collect};
  TermId row[MOST_VARIABLES] = {TERM_ANY};
  for (TermId at = graph_next_graph(graph, TERM_ANY); at; at = graph_next_graph(graph, at)) {
    collect->graph = row[step->variable] = at;
    TRY(plan_run_row(exec, step->plans[0], row, &sink));
  }
  return STATUS_OK;
}

static Status collect_answers(Flow *flow, Step *step, TermId graph)
{
  Collect collect = {flow->exec, &step->answers.rows, flow->plan->select, NULL, TERM_ANY, step};
  const RowSink sink = {take_rows, &collect}, renamed = {take_selected, &collect};
  if (step->each_graph) return collect_each_graph(flow->exec, step, &collect);
  if (step->select) {
    collect.inner = step->select->select;
    return select_run(flow->exec, step->select, graph, &renamed);
  }
  TermId row[MOST_VARIABLES] = {TERM_ANY};
  if (step->graph.is_variable) row[step->graph.id] = graph;
  return plan_run_row(flow->exec, step->plans[0], row, &sink);
}

static void answers_clear(Answers *answers, Exec *exec)
{
  solutions_clear(&answers->rows, exec);
  memory_free(answers->heads, answers->head_count * sizeof *answers->heads);
  memory_free(answers->next, 0);
  memory_free(answers->key, MOST_VARIABLES * sizeof *answers->key);
  *answers = (Answers){.ready = false};
}

static size_t hash_key(const Answers *answers, const TermId *row)
{
  uint64_t hash = 0;
  for (size_t i = 0; i < answers->key_count; i++) {
    hash = (hash ^ row[answers->key[i]]) * 0x9E3779B97F4A7C15u;
    hash ^= hash >> 29;
  }
  return (size_t)hash & (answers->head_count - 1);
}

/* The key: shared variables that all answers bind. */
static void choose_key(Answers *answers, const Step *step)
{
  for (uint32_t variable = 0; variable < answers->rows.width; variable++) {
    bool good = set_has(&step->shared, variable);
    for (size_t i = 0; good && i < answers->rows.count; i++) {
      good = solution_at(&answers->rows, i)[variable] != TERM_ANY;
    }
    if (good) answers->key[answers->key_count++] = variable;
  }
}

static Status index_answers(Exec *exec, Answers *answers, const Step *step)
{
  const size_t count = answers->rows.count;
  answers->head_count = 16;
  while (answers->head_count < count) answers->head_count *= 2;
  answers->key = memory_array(NULL, 0, MOST_VARIABLES, sizeof *answers->key);
  answers->heads = memory_zero(answers->head_count * sizeof *answers->heads);
  answers->next = memory_array(NULL, 0, count + 1, sizeof *answers->next);
  if (!answers->key || !answers->heads || !answers->next) {
    return exec_fail(exec, STATUS_MEMORY, "out of memory");
  }
  choose_key(answers, step);
  for (size_t i = count; i-- > 0;) {
    const size_t at = hash_key(answers, solution_at(&answers->rows, i));
    answers->next[i] = answers->heads[at];
    answers->heads[at] = (uint32_t)i + 1;
  }
  return STATUS_OK;
}

/* Make the answers that ROW is to be joined with. They are kept until the graph changes. */
static Status answer(Flow *flow, Step *step, const TermId *row, size_t width)
{
  Answers *const answers = &step->answers;
  const bool varies = step->graph.is_variable && !step->each_graph;
  const TermId graph = varies ? row[step->graph.id] : step->select ? step->graph.id : TERM_ANY;
  if (answers->ready && answers->graph == graph) return STATUS_OK;
  answers_clear(answers, flow->exec);
  answers->rows.width = width;
  TRY(collect_answers(flow, step, graph));
  TRY(index_answers(flow->exec, answers, step));
  answers->graph = graph;
  answers->ready = true;
  return STATUS_OK;
}

/* Walks the answers that may agree with a row. */
typedef struct Walk {
  const Answers *answers;
  uint32_t at; /* row + 1 */
  bool all;
} Walk;

static Walk walk_start(const Answers *answers, const TermId *row)
{
  Walk walk = {answers, 0, false};
  for (size_t i = 0; i < answers->key_count; i++) walk.all = walk.all || !row[answers->key[i]];
  if (walk.all) {
    walk.at = answers->rows.count ? 1 : 0;
  } else {
    walk.at = answers->heads[hash_key(answers, row)];
  }
  return walk;
}

static const TermId *walk_next(Walk *walk)
{
  if (!walk->at) return NULL;
  const TermId *const row = solution_at(&walk->answers->rows, walk->at - 1);
  if (walk->all) {
    walk->at = walk->at < walk->answers->rows.count ? walk->at + 1 : 0;
  } else {
    walk->at = walk->answers->next[walk->at - 1];
  }
  return row;
}

static bool merge_rows(TermId *out, const TermId *a, const TermId *b, size_t width)
{
  for (size_t i = 0; i < width; i++) {
    if (a[i] && b[i] && a[i] != b[i]) return false;
    out[i] = a[i] ? a[i] : b[i];
  }
  return true;
}

static Status conditions_hold(bool *out, Exec *exec, const Step *step, const TermId *row)
{
  *out = true;
  for (size_t i = 0; i < step->filter_count && *out; i++) {
    TRY(exec_filter(out, exec, step->filters[i].expr, row));
  }
  return STATUS_OK;
}

static Status join_row(Flow *flow, Step *step, const TermId *row, size_t width)
{
  TermId merged[MOST_VARIABLES];
  bool matched = false, good;
  TRY(answer(flow, step, row, width));
  Walk walk = walk_start(&step->answers, row);
  for (const TermId *other; (other = walk_next(&walk)) != NULL;) {
    TRY(exec_spend(flow->exec, 1));
    if (!merge_rows(merged, row, other, width)) continue;
    TRY(conditions_hold(&good, flow->exec, step, merged));
    if (!good) continue;
    matched = true;
    TRY(flow_row(flow, merged));
  }
  return matched || step->kind == STEP_JOIN ? STATUS_OK : flow_row(flow, row);
}

static Status run_join(Flow *flow, Step *step, const Solutions *in)
{
  for (size_t i = 0; i < in->count; i++) TRY(join_row(flow, step, solution_at(in, i), in->width));
  return STATUS_OK;
}

/* Do the rows agree, and share a variable that both bind? Hidden variables do not count. */
static bool takes_away(const Select *select, const TermId *a, const TermId *b, size_t width)
{
  bool shared = false;
  for (size_t i = 0; i < width; i++) {
    if (!a[i] || !b[i]) continue;
    if (a[i] != b[i]) return false;
    shared = shared || select->variables.names[i].len > 0;
  }
  return shared;
}

static Status run_minus(Flow *flow, Step *step, const Solutions *in)
{
  for (size_t i = 0; i < in->count; i++) {
    const TermId *const row = solution_at(in, i);
    bool gone = false;
    TRY(answer(flow, step, row, in->width));
    Walk walk = walk_start(&step->answers, row);
    for (const TermId *other; !gone && (other = walk_next(&walk)) != NULL;) {
      TRY(exec_spend(flow->exec, 1));
      gone = takes_away(flow->plan->select, row, other, in->width);
    }
    if (!gone) TRY(flow_row(flow, row));
  }
  return STATUS_OK;
}

/* ---- plans ---- */

static Status run_step(Flow *flow, Step *step, const Solutions *in)
{
  switch (step->kind) {
  case STEP_QUADS:
    return run_quads(flow, step, in);
  case STEP_PATH:
    return run_path(flow, step, in);
  case STEP_GRAPHS:
    return run_graphs(flow, step, in);
  case STEP_FILTER:
    return run_filter(flow, step, in);
  case STEP_BIND:
    return run_bind(flow, step, in);
  case STEP_VALUES:
    return run_values(flow, step, in);
  case STEP_UNION:
    return run_union(flow, step, in);
  case STEP_OPTIONAL:
    return run_optional(flow, step, in);
  case STEP_JOIN:
  case STEP_LEFT_JOIN:
    return run_join(flow, step, in);
  case STEP_MINUS:
    return run_minus(flow, step, in);
  }
  return STATUS_INTERNAL;
}

Status plan_run(Exec *exec, Plan *plan, size_t first, const Solutions *in, const RowSink *sink)
{
  if (first == plan->count) return sink->take(sink->handle, in);
  Step *const step = &plan->steps[first];
  if (!step->out) {
    step->out = arena_array(exec->arena, 1, sizeof *step->out);
    if (!step->out) return exec_fail(exec, STATUS_MEMORY, "out of memory");
  }
  Flow flow = {exec, plan, first + 1, sink, step->out};
  if (step->kind == STEP_QUADS) return run_quads(&flow, step, in);
  step->out->width = in->width;
  step->out->count = 0;
  TRY(run_step(&flow, step, in));
  return flow_flush(&flow);
}

Status plan_run_row(Exec *exec, Plan *plan, const TermId *row, const RowSink *sink)
{
  TermId copy[MOST_VARIABLES] = {TERM_ANY};
  const size_t width = plan->select->variables.count;
  if (row) memcpy(copy, row, width * sizeof *copy);
  const Solutions one = {copy, width, 1, 1};
  return plan_run(exec, plan, 0, &one, sink);
}

static Status stop(void *handle, const Solutions *batch)
{
  *(bool *)handle = batch->count > 0;
  return STATUS_ENOUGH;
}

bool exists_solution(Exec *exec, const Expr *expr, const TermId *row)
{
  bool found = false;
  const RowSink sink = {stop, &found};
  exec->nested++;
  const Status status = plan_run_row(exec, expr->plan, row, &sink);
  exec->nested--;
  if (status != STATUS_OK && status != STATUS_ENOUGH)
    (void)exec_fail(exec, status, "out of memory");
  return found;
}

static void step_clear(Step *step, Exec *exec)
{
  const size_t tables = step->kind == STEP_QUADS ? step->pattern_count : 1;
  for (size_t i = 0; step->out && i < tables; i++) solutions_clear(&step->out[i], exec);
  answers_clear(&step->answers, exec);
}

void plans_clear(Exec *exec)
{
  for (Plan *plan = exec->plans; plan; plan = plan->next) {
    for (size_t i = 0; i < plan->count; i++) step_clear(&plan->steps[i], exec);
  }
}
