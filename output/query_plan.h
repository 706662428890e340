/* The plan of a SELECT: operators that turn rows into rows, each handing its rows on in batches. */
#ifndef ENTENTE_QUERY_PLAN_H
#define ENTENTE_QUERY_PLAN_H

#include "output/query_exec.h"
#include "output/query_scope.h"

#define BATCH 1024u /* rows handed on at once */
#define MOST_SHARED_FILTERS 16u
#define MOST_PLAN_STEPS 1000u /* of a query; each is a level of recursion */

/* What a taker of rows returns when it wants no more. */
#define STATUS_ENOUGH STATUS_NOT_FOUND

typedef struct RowSink {
  Status (*take)(void *handle, const Solutions *batch);
  void *handle;
} RowSink;

/* A triple pattern and the graph to look in: a variable, a term, or TERM_ANY for all together. */
typedef struct QuadPattern {
  Node part[4];
  const Path *path; /* instead of the predicate */
} QuadPattern;

typedef enum StepKind {
  STEP_QUADS,  /* patterns, in the order that the data suggests */
  STEP_PATH,   /* the one pattern, with a path */
  STEP_GRAPHS, /* the graph exists; a variable is bound to each in turn */
  STEP_FILTER,
  STEP_BIND,
  STEP_VALUES,
  STEP_UNION,    /* inner plans, each from the rows that come in */
  STEP_OPTIONAL, /* inner plan, from each row */
  STEP_JOIN,     /* with the answers of an inner plan or SELECT that is answered on its own */
  STEP_LEFT_JOIN,
  STEP_MINUS
} StepKind;

typedef struct Plan Plan;
typedef struct SelectPlan SelectPlan;

typedef struct Filter {
  Expr *expr;
  VariableSet variables;
} Filter;

/* The answers that a join looks rows up in. */
typedef struct Answers {
  Solutions rows;
  uint32_t *heads, *next; /* chains of row numbers + 1 by hash of the key */
  size_t head_count;
  uint32_t *key; /* variables that every row binds, and rows that come in may */
  size_t key_count;
  TermId graph; /* value of the plan's hidden graph variable that they hold for */
  bool ready;
} Answers;

typedef struct Step {
  StepKind kind;
  QuadPattern *patterns;
  size_t pattern_count;
  VariableSet bound; /* by the rows that come in, always */
  Filter *filters;   /* to be applied as soon as their variables are bound */
  size_t filter_count;
  Node graph; /* STEP_GRAPHS; of the plans inside, for joins */
  Expr *expr;
  uint32_t variable;
  const Values *values;
  Plan **plans;
  size_t plan_count;
  SelectPlan *select; /* of a join: instead of a plan */
  bool each_graph;    /* join: answer for each named graph in turn, with the hidden VARIABLE */
  VariableSet shared; /* join: what both sides may bind */
  /* while running */
  Solutions *out; /* one for each pattern, else one */
  bool *done;     /* patterns */
  Answers answers;
} Step;

struct Plan {
  const Select *select;
  Step *steps;
  size_t count, capacity;
  Plan *next; /* all plans of the query, to clear them */
};

struct SelectPlan {
  Select *select;
  Plan *where;
  uint32_t graph; /* hidden variable that holds the graph to look in, or NO_VARIABLE */
};

/* Plan SELECT. GRAPH: false is all graphs, true the one held by a hidden variable. */
Status plan_select(SelectPlan **out, Exec *exec, Select *select, bool in_graph);

/* Free what running its plans left behind. */
void plans_clear(Exec *exec);

/* query_flow.c: run the steps from FIRST on over the rows IN. */
Status plan_run(Exec *exec, Plan *plan, size_t first, const Solutions *in, const RowSink *sink);

/* Run the plan from one row: ROW, or the empty one if NULL. */
Status plan_run_row(Exec *exec, Plan *plan, const TermId *row, const RowSink *sink);

/* query_path.c: the nodes that PATTERN's path leads to. Hands each row to TAKE. */
typedef Status (*RowTaker)(void *handle, const TermId *row);
Status path_match(Exec *exec, const QuadPattern *pattern, const TermId *row, size_t width,
                  RowTaker take, void *handle);

/* query_select.c: hand the rows of a whole SELECT, as wide as its variables, to SINK. */
Status select_run(Exec *exec, SelectPlan *plan, TermId graph, const RowSink *sink);

/* query_group.c: grouping and aggregates. */
typedef struct Groups Groups;
Status groups_new(Groups **out, Exec *exec, const Select *select);
Status groups_take(Groups *groups, const Solutions *batch);
/* Hand a row for each group to TAKE, with exec->aggregates set. */
Status groups_finish(Groups *groups, RowTaker take, void *handle);
void groups_free(Groups *groups);

/* A set of rows, numbered in the order of their first appearance. */
typedef struct RowSet {
  Solutions rows;
  uint32_t *slots;
  size_t slot_count;
} RowSet;
Status row_set_add(uint32_t *index, bool *is_new, RowSet *set, Exec *exec, const TermId *row);
void row_set_clear(RowSet *set, Exec *exec);

#endif
