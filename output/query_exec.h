/* The state of a query being answered: its terms, its memory, what it may still spend, and what
   went wrong. A row is an array of term ids, one for each variable of its SELECT; 0 is unbound. */
#ifndef ENTENTE_QUERY_EXEC_H
#define ENTENTE_QUERY_EXEC_H

#include "output/query.h"
#include "output/query_ast.h"
#include "output/query_value.h"

typedef struct Exec {
  QueryTerms *terms;
  Arena *arena;    /* lives as long as the query */
  Arena scratch;   /* for one expression */
  unsigned nested; /* EXISTS being answered inside of an expression: the scratch is in use */
  const Report *report;
  Status failure; /* of an expression; the query ends with it */
  QueryLimits limits;
  uint64_t steps;
  size_t bytes;            /* held in tables */
  const Value *aggregates; /* of the group being finished */
  struct Plan *plans;      /* all of them */
  size_t step_count;       /* in all plans */
} Exec;

/* Solutions. Grows as needed; freed with solutions_clear. */
typedef struct Solutions {
  TermId *cells;
  size_t width, count, capacity; /* capacity in rows */
} Solutions;

void solutions_clear(Solutions *table, Exec *exec);
Status solutions_add(Solutions *table, Exec *exec, const TermId *row);

static inline TermId *solution_at(const Solutions *table, size_t row)
{
  return table->cells + row * table->width;
}

/* Count COUNT steps of work; STATUS_LIMIT, reported, once there were too many. */
Status exec_spend(Exec *exec, uint64_t count);

/* End the query with STATUS and a message. Returns STATUS. */
Status exec_fail(Exec *exec, Status status, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* query_evaluate.c: the value of EXPR for ROW; VALUE_ERROR if it has none. Texts of the value live
   in the scratch arena, which the caller resets. Check exec->failure afterwards. */
Value evaluate(Exec *exec, const Expr *expr, const TermId *row);

/* The effective boolean value: 1, 0, or -1 for an error. */
int effective_boolean(Exec *exec, Value value);

/* Evaluate EXPR as a filter and reset the scratch arena. */
Status exec_filter(bool *passes, Exec *exec, const Expr *expr, const TermId *row);

/* Evaluate EXPR to a term, TERM_ANY for an error, and reset the scratch arena. */
Status exec_term(TermId *out, Exec *exec, const Expr *expr, const TermId *row);

/* Intern a value; TERM_ANY for an error. */
Status exec_intern(TermId *out, Exec *exec, Value value);

/* query_function.c: a call with its arguments not evaluated yet; a cast. */
Value call_function(Exec *exec, const Expr *expr, const TermId *row);
Value call_cast(Exec *exec, Cast cast, Value value);

/* Operators on numbers: EXPR_ADD to EXPR_DIVIDE. */
Value arithmetic(Exec *exec, ExprKind kind, Value a, Value b);

/* query_plan.c: does the pattern of an EXISTS have a solution that agrees with ROW? */
bool exists_solution(Exec *exec, const Expr *expr, const TermId *row);

#endif
