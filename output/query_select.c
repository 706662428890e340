/* From the rows of a pattern to those of the whole SELECT (section 18.2.4): grouping, HAVING,
   VALUES, AS, ORDER BY, DISTINCT, OFFSET and LIMIT, in that order. Solutions that need not be held
   are passed straight on, and the pattern is stopped once LIMIT is reached. */
#include "query_plan.h"

#include "graph/memory.h"

#include <stdlib.h>

/* ---- sets of rows ---- */

static size_t hash_row(const TermId *row, size_t width)
{
  uint64_t hash = width;
  for (size_t i = 0; i < width; i++) {
    hash = (hash ^ row[i]) * 0x9E3779B97F4A7C15u;
    hash ^= hash >> 32;
  }
  return (size_t)hash;
}

static size_t find_slot(const RowSet *set, const TermId *row)
{
  const size_t width = set->rows.width, mask = set->slot_count - 1;
  size_t at = hash_row(row, width) & mask;
  while (set->slots[at]) {
    const TermId *const other = solution_at(&set->rows, set->slots[at] - 1);
    if (!width || memcmp(other, row, width * sizeof *row) == 0) break;
    at = (at + 1) & mask;
  }
  return at;
}

static Status grow_slots(RowSet *set, Exec *exec)
{
  const size_t count = set->slot_count ? set->slot_count * 2 : 16;
  uint32_t *const slots = memory_array(NULL, 0, count, sizeof *slots);
  if (!slots) return exec_fail(exec, STATUS_MEMORY, "out of memory");
  memset(slots, 0, count * sizeof *slots);
  memory_free(set->slots, set->slot_count * sizeof *slots);
  set->slots = slots;
  set->slot_count = count;
  for (size_t i = 0; i < set->rows.count; i++) {
    slots[find_slot(set, solution_at(&set->rows, i))] = (uint32_t)i + 1;
  }
  return STATUS_OK;
}

Status row_set_add(uint32_t *index, bool *is_new, RowSet *set, Exec *exec, const TermId *row)
{
  if (set->rows.count >= set->slot_count / 4 * 3) TRY(grow_slots(set, exec));
  const size_t slot = find_slot(set, row);
  *is_new = set->slots[slot] == 0;
  if (*is_new) {
    TRY(solutions_add(&set->rows, exec, row));
    set->slots[slot] = (uint32_t)set->rows.count;
  }
  *index = set->slots[slot] - 1;
  return STATUS_OK;
}

void row_set_clear(RowSet *set, Exec *exec)
{
  solutions_clear(&set->rows, exec);
  memory_free(set->slots, set->slot_count * sizeof *set->slots);
  set->slots = NULL;
  set->slot_count = 0;
}

/* ---- the end of the pipeline ---- */

typedef struct Finish {
  Exec *exec;
  const Select *select;
  const RowSink *sink;
  Groups *groups;
  RowSet seen;    /* DISTINCT: projected columns */
  Solutions held; /* ORDER BY */
  Solutions keys; /* terms to order by, of the rows held */
  Solutions out;
  uint64_t skipped, passed;
} Finish;

static Status flush(Finish *finish)
{
  const Status status =
      finish->out.count ? finish->sink->take(finish->sink->handle, &finish->out) : STATUS_OK;
  finish->out.count = 0;
  return status;
}

static bool reached_limit(const Finish *finish)
{
  return finish->select->limited && finish->passed >= finish->select->limit;
}

static Status pass_on(Finish *finish, const TermId *row)
{
  if (reached_limit(finish)) return STATUS_ENOUGH;
  if (finish->skipped < finish->select->offset) {
    finish->skipped++;
    return STATUS_OK;
  }
  finish->passed++;
  TRY(solutions_add(&finish->out, finish->exec, row));
  if (finish->out.count >= BATCH || reached_limit(finish)) TRY(flush(finish));
  return reached_limit(finish) ? STATUS_ENOUGH : STATUS_OK;
}

static Status distinct(Finish *finish, const TermId *row)
{
  const Select *const select = finish->select;
  if (!select->distinct) return pass_on(finish, row);
  TermId projected[MOST_VARIABLES];
  uint32_t index;
  bool is_new;
  for (size_t i = 0; i < select->item_count; i++) projected[i] = row[select->items[i].variable];
  TRY(row_set_add(&index, &is_new, &finish->seen, finish->exec, projected));
  return is_new ? pass_on(finish, row) : STATUS_OK;
}

static Status hold(Finish *finish, const TermId *row)
{
  const Select *const select = finish->select;
  TermId keys[MOST_VARIABLES];
  for (size_t i = 0; i < select->order_count; i++) {
    TRY(exec_term(&keys[i], finish->exec, select->order[i].expr, row));
  }
  TRY(solutions_add(&finish->keys, finish->exec, keys));
  return solutions_add(&finish->held, finish->exec, row);
}

/* AS, then to the order or onwards. */
static Status extend(Finish *finish, TermId *row)
{
  const Select *const select = finish->select;
  for (size_t i = 0; i < select->item_count; i++) {
    const Projection *const item = &select->items[i];
    if (item->expr) TRY(exec_term(&row[item->variable], finish->exec, item->expr, row));
  }
  return select->order_count ? hold(finish, row) : distinct(finish, row);
}

/* The VALUES behind the query. */
static Status join_values(Finish *finish, const TermId *row)
{
  const Values *const values = finish->select->values;
  const size_t width = finish->select->variables.count;
  TermId joined[MOST_VARIABLES];
  for (size_t k = 0; k < (values ? values->row_count : 1); k++) {
    bool good = true;
    memcpy(joined, row, width * sizeof *row);
    for (size_t i = 0; values && i < values->variable_count; i++) {
      const TermId value = values->cells[k * values->variable_count + i];
      TermId *const cell = &joined[values->variables[i]];
      good = good && (!value || !*cell || *cell == value);
      if (value) *cell = value;
    }
    if (good) TRY(extend(finish, joined));
  }
  return STATUS_OK;
}

static Status take_group(void *handle, const TermId *row)
{
  Finish *const finish = handle;
  for (size_t i = 0; i < finish->select->having_count; i++) {
    bool good;
    TRY(exec_filter(&good, finish->exec, finish->select->having[i], row));
    if (!good) return STATUS_OK;
  }
  return join_values(finish, row);
}

static Status take_batch(void *handle, const Solutions *batch)
{
  Finish *const finish = handle;
  if (finish->groups) return groups_take(finish->groups, batch);
  for (size_t i = 0; i < batch->count; i++) TRY(join_values(finish, solution_at(batch, i)));
  return STATUS_OK;
}

/* ---- ORDER BY ---- */

/* A term to order by and its rank: terms that neither precedes get the same. */
typedef struct Ranked {
  TermId id;
  uint32_t rank;
  Value value;
} Ranked;

static int by_value(const void *a, const void *b)
{
  const Ranked *const x = a, *const y = b;
  const int order = value_order(x->value, y->value);
  return order ? order : (x->id > y->id) - (x->id < y->id);
}

static int by_id(const void *a, const void *b)
{
  const Ranked *const x = a, *const y = b;
  return (x->id > y->id) - (x->id < y->id);
}

/* Rank the different ids of one column of the keys: *OUT is sorted by id. */
static Status rank_column(Ranked **out, size_t *count, Finish *finish, size_t column)
{
  RowSet ids = {{NULL, 1, 0, 0}, NULL, 0};
  Status status = STATUS_OK;
  uint32_t index;
  bool is_new;
  for (size_t i = 0; i < finish->keys.count && status == STATUS_OK; i++) {
    status =
        row_set_add(&index, &is_new, &ids, finish->exec, &solution_at(&finish->keys, i)[column]);
  }
  *count = ids.rows.count;
  *out = status == STATUS_OK ? memory_array(NULL, 0, *count + 1, sizeof **out) : NULL;
  for (size_t i = 0; *out && i < *count; i++) {
    const TermId id = ids.rows.cells[i];
    (*out)[i] = (Ranked){id, 0, value_of(finish->exec->terms, id)};
  }
  row_set_clear(&ids, finish->exec);
  if (status == STATUS_OK && !*out) return exec_fail(finish->exec, STATUS_MEMORY, "out of memory");
  if (status != STATUS_OK) return status;
  qsort(*out, *count, sizeof **out, by_value);
  for (size_t i = 1; i < *count; i++) {
    const bool same = value_order((*out)[i - 1].value, (*out)[i].value) == 0;
    (*out)[i].rank = (*out)[i - 1].rank + !same;
  }
  qsort(*out, *count, sizeof **out, by_id);
  return STATUS_OK;
}

/* Replace the ids of a column by ranks, turned round where the order is descending. */
static Status rank_keys(Finish *finish, size_t column)
{
  Ranked *ranks;
  size_t count;
  TRY(rank_column(&ranks, &count, finish, column));
  for (size_t i = 0; i < finish->keys.count; i++) {
    TermId *const cell = &solution_at(&finish->keys, i)[column];
    const Ranked wanted = {.id = *cell};
    const Ranked *const found = bsearch(&wanted, ranks, count, sizeof *ranks, by_id);
    *cell = finish->select->order[column].descending ? UINT32_MAX - found->rank : found->rank;
  }
  memory_free(ranks, (count + 1) * sizeof *ranks);
  return STATUS_OK;
}

static bool goes_first(const Finish *finish, uint32_t a, uint32_t b)
{
  const TermId *const x = solution_at(&finish->keys, a), *const y = solution_at(&finish->keys, b);
  for (size_t i = 0; i < finish->keys.width; i++) {
    if (x[i] != y[i]) return x[i] < y[i];
  }
  return a < b;
}

static void merge(const Finish *finish, uint32_t *to, const uint32_t *from, size_t low,
                  size_t middle, size_t high)
{
  size_t a = low, b = middle;
  for (size_t i = low; i < high; i++) {
    const bool left = a < middle && (b >= high || goes_first(finish, from[a], from[b]));
    to[i] = left ? from[a++] : from[b++];
  }
}

/* Row numbers in order; the other half of the block is scratch. */
static uint32_t *sort_rows(const Finish *finish, uint32_t *block)
{
  const size_t count = finish->keys.count;
  uint32_t *from = block, *to = block + count;
  for (size_t i = 0; i < count; i++) from[i] = (uint32_t)i;
  for (size_t run = 1; run < count; run *= 2) {
    for (size_t low = 0; low < count; low += 2 * run) {
      const size_t middle = low + run < count ? low + run : count;
      const size_t high = low + 2 * run < count ? low + 2 * run : count;
      merge(finish, to, from, low, middle, high);
    }
    uint32_t *const other = from;
    from = to;
    to = other;
  }
  return from;
}

static Status release_held(Finish *finish)
{
  const size_t count = finish->held.count;
  if (!count) return STATUS_OK;
  for (size_t i = 0; i < finish->select->order_count; i++) TRY(rank_keys(finish, i));
  uint32_t *const block = memory_array(NULL, 0, 2 * count, sizeof *block);
  if (!block) return exec_fail(finish->exec, STATUS_MEMORY, "out of memory");
  const uint32_t *const rows = sort_rows(finish, block);
  Status status = STATUS_OK;
  for (size_t i = 0; i < count && status == STATUS_OK; i++) {
    status = distinct(finish, solution_at(&finish->held, rows[i]));
  }
  memory_free(block, 2 * count * sizeof *block);
  return status;
}

/* ---- the whole ---- */

static Status run_where(Finish *finish, SelectPlan *plan, TermId graph)
{
  const RowSink sink = {take_batch, finish};
  TermId row[MOST_VARIABLES] = {TERM_ANY};
  if (plan->graph != NO_VARIABLE) row[plan->graph] = graph;
  if (finish->select->grouped) TRY(groups_new(&finish->groups, finish->exec, finish->select));
  TRY(plan_run_row(finish->exec, plan->where, row, &sink));
  if (finish->groups) TRY(groups_finish(finish->groups, take_group, finish));
  return STATUS_OK;
}

static void finish_clear(Finish *finish)
{
  groups_free(finish->groups);
  row_set_clear(&finish->seen, finish->exec);
  solutions_clear(&finish->held, finish->exec);
  solutions_clear(&finish->keys, finish->exec);
  solutions_clear(&finish->out, finish->exec);
}

Status select_run(Exec *exec, SelectPlan *plan, TermId graph, const RowSink *sink)
{
  Select *const select = plan->select;
  Finish finish = {.exec = exec, .select = select, .sink = sink};
  finish.seen.rows.width = select->item_count;
  finish.held.width = finish.out.width = select->variables.count;
  finish.keys.width = select->order_count;
  if (select->order_count > MOST_VARIABLES) {
    return exec_fail(exec, STATUS_QUERY, "ORDER BY with too many keys");
  }
  Status status = reached_limit(&finish) ? STATUS_ENOUGH : run_where(&finish, plan, graph);
  if (status == STATUS_OK) status = release_held(&finish);
  if (status == STATUS_OK) status = flush(&finish);
  finish_clear(&finish);
  return status == STATUS_ENOUGH ? STATUS_OK : status;
}
