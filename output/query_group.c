/* GROUP BY and the aggregates (section 18.5.1). Solutions are put in groups by the ids of their key
   terms; each group has an accumulator for each aggregate. Where the Recommendation leaves open
   what an error among the values does (MIN, MAX, GROUP_CONCAT), the query is refused. */
#include "query_plan.h"

#include "graph/memory.h"
#include "graph/sink.h"

typedef struct Accumulator {
  uint64_t count; /* values without error */
  bool error;
  Value sum;
  TermId best; /* MIN, MAX, SAMPLE */
  Buffer text;
  RowSet seen; /* DISTINCT */
} Accumulator;

struct Groups {
  Exec *exec;
  const Select *select;
  RowSet keys;
  Accumulator *items; /* aggregate_count for each group */
  size_t capacity;    /* in accumulators */
};

static Status no_memory(Exec *exec)
{
  return exec_fail(exec, STATUS_MEMORY, "out of memory");
}

Status groups_new(Groups **out, Exec *exec, const Select *select)
{
  *out = memory_zero(sizeof **out);
  if (!*out) return no_memory(exec);
  (*out)->exec = exec;
  (*out)->select = select;
  (*out)->keys.rows.width = select->key_count;
  return STATUS_OK;
}

void groups_free(Groups *groups)
{
  if (!groups) return;
  const size_t count = groups->keys.rows.count * groups->select->aggregate_count;
  for (size_t i = 0; i < count && i < groups->capacity; i++) {
    buffer_clear(&groups->items[i].text);
    row_set_clear(&groups->items[i].seen, groups->exec);
  }
  memory_free(groups->items, groups->capacity * sizeof *groups->items);
  row_set_clear(&groups->keys, groups->exec);
  memory_free(groups, sizeof *groups);
}

static const char *name_of(const Expr *aggregate)
{
  static const char *const NAMES[] = {"COUNT", "SUM",    "MIN",         "MAX",
                                      "AVG",   "SAMPLE", "GROUP_CONCAT"};
  return NAMES[aggregate->name.aggregate];
}

/* ---- accumulating ---- */

static Status refuse_error(Exec *exec, const Expr *aggregate)
{
  return exec_fail(exec, STATUS_QUERY,
                   "%s over a value that is unbound or an error is not supported; "
                   "leave such rows out with FILTER(BOUND(…))",
                   name_of(aggregate));
}

static Status add_error(Accumulator *to, Exec *exec, const Expr *aggregate)
{
  switch (aggregate->name.aggregate) {
  case AGGREGATE_COUNT:
  case AGGREGATE_SAMPLE:
    return STATUS_OK;
  case AGGREGATE_SUM:
  case AGGREGATE_AVG:
    to->error = true;
    return STATUS_OK;
  case AGGREGATE_MIN:
  case AGGREGATE_MAX:
  case AGGREGATE_GROUP_CONCAT:
    break;
  }
  return refuse_error(exec, aggregate);
}

static Status add_best(Accumulator *to, Exec *exec, TermId id, int wanted)
{
  if (to->best != TERM_ANY) {
    const int order = value_order(value_of(exec->terms, id), value_of(exec->terms, to->best));
    if (order * wanted <= 0) return STATUS_OK;
  }
  to->best = id;
  return STATUS_OK;
}

static Status add_text(Accumulator *to, Exec *exec, const Expr *aggregate, Value value)
{
  QueryTerm term;
  if (!value_is_literal(value)) {
    return exec_fail(exec, STATUS_QUERY, "GROUP_CONCAT takes literals; use STR() on other terms");
  }
  TRY(value_term(&term, value, &exec->scratch));
  if (to->count > 1) TRY(buffer_slice(&to->text, aggregate->separator));
  return buffer_slice(&to->text, term.text);
}

static void add_number(Accumulator *to, Exec *exec, Value value)
{
  to->sum = to->count > 1 ? arithmetic(exec, EXPR_ADD, to->sum, value)
                          : arithmetic(exec, EXPR_ADD, value_integer(0), value);
  to->sum.id = TERM_ANY;
  if (to->sum.kind == VALUE_ERROR) to->error = true;
}

static Status add_value(Accumulator *to, Exec *exec, const Expr *aggregate, Value value, TermId id)
{
  to->count++;
  switch (aggregate->name.aggregate) {
  case AGGREGATE_COUNT:
    return STATUS_OK;
  case AGGREGATE_SUM:
  case AGGREGATE_AVG:
    if (!to->error) add_number(to, exec, value);
    return STATUS_OK;
  case AGGREGATE_MIN:
    return add_best(to, exec, id, -1);
  case AGGREGATE_MAX:
    return add_best(to, exec, id, 1);
  case AGGREGATE_SAMPLE:
    if (!to->best) to->best = id;
    return STATUS_OK;
  case AGGREGATE_GROUP_CONCAT:
    return add_text(to, exec, aggregate, value);
  }
  return STATUS_INTERNAL;
}

/* COUNT(*): solutions, told apart by the variables that have a name. */
static Status add_row(Accumulator *to, const Groups *groups, const Expr *aggregate,
                      const TermId *row)
{
  const Variables *const variables = &groups->select->variables;
  bool is_new = true;
  uint32_t index;
  if (aggregate->distinct) {
    TermId named[MOST_VARIABLES];
    for (size_t i = 0; i < variables->count; i++) {
      named[i] = variables->names[i].len ? row[i] : TERM_ANY;
    }
    to->seen.rows.width = variables->count;
    TRY(row_set_add(&index, &is_new, &to->seen, groups->exec, named));
  }
  if (is_new) to->count++;
  return STATUS_OK;
}

static Status accumulate(Accumulator *to, Groups *groups, const Expr *aggregate, const TermId *row)
{
  Exec *const exec = groups->exec;
  if (aggregate->star) return add_row(to, groups, aggregate, row);
  const Value value = evaluate(exec, aggregate->args[0], row);
  TermId id = TERM_ANY;
  uint32_t index;
  bool is_new = true;
  Status status = exec->failure;
  if (status == STATUS_OK && value.kind == VALUE_ERROR) return add_error(to, exec, aggregate);
  if (status == STATUS_OK) status = exec_intern(&id, exec, value);
  if (status == STATUS_OK && aggregate->distinct) {
    to->seen.rows.width = 1;
    status = row_set_add(&index, &is_new, &to->seen, exec, &id);
  }
  if (status == STATUS_OK && is_new) status = add_value(to, exec, aggregate, value, id);
  arena_reset(&exec->scratch);
  return status == STATUS_OK ? exec->failure : status;
}

/* ---- groups ---- */

static Status reserve(Groups *groups)
{
  const size_t each = groups->select->aggregate_count;
  const size_t wanted = groups->keys.rows.count * each;
  if (!each || wanted <= groups->capacity) return STATUS_OK;
  const size_t old = groups->capacity;
  Accumulator *const items =
      memory_grow(groups->items, &groups->capacity, old, wanted - old, sizeof *items);
  if (!items) return no_memory(groups->exec);
  memset(items + old, 0, (groups->capacity - old) * sizeof *items);
  groups->items = items;
  return STATUS_OK;
}

static Status find_group(uint32_t *out, Groups *groups, const TermId *row)
{
  const Select *const select = groups->select;
  TermId key[MOST_VARIABLES];
  bool is_new;
  if (select->key_count > MOST_VARIABLES) {
    return exec_fail(groups->exec, STATUS_QUERY, "GROUP BY with too many keys");
  }
  for (size_t i = 0; i < select->key_count; i++) {
    const Projection *const item = &select->keys[i];
    if (item->expr) {
      TRY(exec_term(&key[i], groups->exec, item->expr, row));
    } else {
      key[i] = row[item->variable];
    }
  }
  TRY(row_set_add(out, &is_new, &groups->keys, groups->exec, key));
  return is_new ? reserve(groups) : STATUS_OK;
}

Status groups_take(Groups *groups, const Solutions *batch)
{
  const Select *const select = groups->select;
  for (size_t i = 0; i < batch->count; i++) {
    uint32_t group;
    TRY(find_group(&group, groups, solution_at(batch, i)));
    for (size_t k = 0; k < select->aggregate_count; k++) {
      TRY(accumulate(&groups->items[group * select->aggregate_count + k], groups,
                     select->aggregates[k], solution_at(batch, i)));
    }
  }
  return STATUS_OK;
}

static Value finish_one(const Accumulator *from, Exec *exec, const Expr *aggregate)
{
  switch (aggregate->name.aggregate) {
  case AGGREGATE_COUNT:
    return value_integer((int64_t)from->count);
  case AGGREGATE_SUM:
    if (from->error) return value_error();
    return from->count ? from->sum : value_integer(0);
  case AGGREGATE_AVG:
    if (from->error) return value_error();
    if (!from->count) return value_integer(0);
    return arithmetic(exec, EXPR_DIVIDE, from->sum, value_integer((int64_t)from->count));
  case AGGREGATE_MIN:
  case AGGREGATE_MAX:
  case AGGREGATE_SAMPLE:
    return value_of(exec->terms, from->best);
  case AGGREGATE_GROUP_CONCAT:
    return value_string(from->text.count ? buffer_as_slice(&from->text) : SLICE(""));
  }
  return value_error();
}

static Status finish_group(Groups *groups, size_t group, Value *values, RowTaker take, void *handle)
{
  const Select *const select = groups->select;
  TermId row[MOST_VARIABLES] = {TERM_ANY};
  for (size_t i = 0; i < select->key_count; i++) {
    if (select->keys[i].variable == NO_VARIABLE) continue;
    row[select->keys[i].variable] = solution_at(&groups->keys.rows, group)[i];
  }
  for (size_t i = 0; i < select->aggregate_count; i++) {
    const Accumulator *const from = &groups->items[group * select->aggregate_count + i];
    values[i] = finish_one(from, groups->exec, select->aggregates[i]);
  }
  TRY(groups->exec->failure);
  groups->exec->aggregates = values;
  const Status status = take(handle, row);
  groups->exec->aggregates = NULL;
  return status;
}

/* Without keys there is one group, even of nothing. */
static Status make_only_group(Groups *groups)
{
  const TermId none = TERM_ANY;
  uint32_t index;
  bool is_new;
  if (groups->keys.rows.count || groups->select->key_count) return STATUS_OK;
  TRY(row_set_add(&index, &is_new, &groups->keys, groups->exec, &none));
  return reserve(groups);
}

Status groups_finish(Groups *groups, RowTaker take, void *handle)
{
  const size_t count = groups->select->aggregate_count;
  TRY(make_only_group(groups));
  Value *const values = memory_array(NULL, 0, count + 1, sizeof *values);
  if (!values) return no_memory(groups->exec);
  Status status = STATUS_OK;
  for (size_t i = 0; i < groups->keys.rows.count && status == STATUS_OK; i++) {
    status = finish_group(groups, i, values, take, handle);
  }
  memory_free(values, (count + 1) * sizeof *values);
  return status;
}
