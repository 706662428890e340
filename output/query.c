/* From the text of a query to its answer: parse, plan, run, write. The engine is our own: Rasqal,
   which librdf brings, answers a number of queries wrongly without a word, and slowly (it can still
   be used on our index through graph/storage.h). */
#include "query.h"

#include "query_construct.h"
#include "query_results.h"

typedef struct Collected {
  Exec *exec;
  const Select *select;
  Solutions rows; /* projected */
} Collected;

static Status take_rows(void *handle, const Solutions *batch)
{
  Collected *const collected = handle;
  TermId row[MOST_VARIABLES];
  for (size_t i = 0; i < batch->count; i++) {
    for (size_t k = 0; k < collected->select->item_count; k++) {
      row[k] = solution_at(batch, i)[collected->select->items[k].variable];
    }
    TRY(solutions_add(&collected->rows, collected->exec, row));
  }
  return STATUS_OK;
}

static Status write_rows(const Sink *out, const Query *query, const Collected *collected,
                         QueryResults results)
{
  const Select *const select = query->select;
  Exec *const exec = collected->exec;
  Slice *const names = arena_array(exec->arena, select->item_count + 1, sizeof *names);
  if (!names) return STATUS_MEMORY;
  for (size_t i = 0; i < select->item_count; i++) {
    names[i] = select->variables.names[select->items[i].variable];
  }
  const ResultTable table = {.names = names,
                             .column_count = select->item_count,
                             .row_count = collected->rows.count,
                             .cells = collected->rows.cells,
                             .terms = exec->terms,
                             .prefixes = query->prefixes,
                             .prefix_count = query->prefix_count};
  return results_write(out, &table, results, exec->report);
}

static Status run_select(const Sink *out, Exec *exec, const Query *query, SelectPlan *plan,
                         QueryResults results)
{
  Collected collected = {.exec = exec, .select = query->select};
  collected.rows.width = query->select->item_count;
  const RowSink sink = {take_rows, &collected};
  Status status = select_run(exec, plan, TERM_ANY, &sink);
  if (status == STATUS_OK) status = write_rows(out, query, &collected, results);
  solutions_clear(&collected.rows, exec);
  return status;
}

static Status note_row(void *handle, const Solutions *batch)
{
  *(bool *)handle = batch->count > 0;
  return STATUS_ENOUGH;
}

static Status run_ask(const Sink *out, Exec *exec, SelectPlan *plan, QueryResults results)
{
  bool truth = false;
  const RowSink sink = {note_row, &truth};
  TRY(select_run(exec, plan, TERM_ANY, &sink));
  return results_write_truth(out, truth, results);
}

static Status run(Graph **constructed, const Sink *out, Exec *exec, const Query *query,
                  QueryResults results)
{
  SelectPlan *plan;
  TRY(plan_select(&plan, exec, query->select, false));
  switch (query->select->form) {
  case QUERY_SELECT:
    return run_select(out, exec, query, plan, results);
  case QUERY_ASK:
    return run_ask(out, exec, plan, results);
  case QUERY_CONSTRUCT:
  case QUERY_DESCRIBE:
    return construct_run(constructed, exec, plan);
  }
  return STATUS_INTERNAL;
}

Status query_run(Graph **constructed, const Sink *out, Graph *graph, Slice query,
                 QueryResults results, const Report *report)
{
  return query_run_within(constructed, out, graph, query, results, QUERY_LIMITS, report);
}

Status query_run_within(Graph **constructed, const Sink *out, Graph *graph, Slice query,
                        QueryResults results, QueryLimits limits, const Report *report)
{
  *constructed = NULL;
  Arena arena = ARENA_EMPTY;
  QueryTerms terms;
  Query parsed;
  TRY(query_terms_init(&terms, graph));
  Exec exec = {
      .terms = &terms, .arena = &arena, .scratch = ARENA_EMPTY, .report = report, .limits = limits};
  Status status = query_parse(&parsed, query, &terms, &arena, report);
  if (status == STATUS_OK) status = run(constructed, out, &exec, &parsed, results);
  plans_clear(&exec);
  arena_clear(&exec.scratch);
  arena_clear(&arena);
  query_terms_clear(&terms);
  return status;
}
