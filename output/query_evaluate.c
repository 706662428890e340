/* Operators of SPARQL expressions, with the three values true, false and error (section 17.2). */
#include "query_exec.h"

#include "graph/memory.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>

/* ---- budget and tables ---- */

Status exec_fail(Exec *exec, Status status, const char *format, ...)
{
  if (exec->failure != STATUS_OK) return exec->failure;
  exec->failure = status;
  if (status == STATUS_MEMORY) return status;
  char message[512];
  va_list args;
  va_start(args, format);
  vsnprintf(message, sizeof message, format, args);
  va_end(args);
  report(exec->report, SEVERITY_ERROR, "query", 0, 0, "%s", message);
  return status;
}

Status exec_spend(Exec *exec, uint64_t count)
{
  exec->steps += count;
  if (exec->steps <= exec->limits.steps) return STATUS_OK;
  return exec_fail(exec, STATUS_LIMIT,
                   "the query looks at too many combinations; join its parts by shared variables");
}

/* Rows without columns take room too, so that there is always something to point at. */
static size_t row_size(const Solutions *table)
{
  return (table->width ? table->width : 1) * sizeof *table->cells;
}

void solutions_clear(Solutions *table, Exec *exec)
{
  const size_t bytes = table->capacity * row_size(table);
  memory_free(table->cells, bytes);
  exec->bytes -= bytes;
  table->cells = NULL;
  table->count = table->capacity = 0;
}

static Status solutions_grow(Solutions *table, Exec *exec)
{
  const size_t row = row_size(table);
  const size_t wanted = table->capacity < 4 ? 4 : table->capacity * 2;
  const size_t more = (wanted - table->capacity) * row;
  if (exec->bytes + more > exec->limits.bytes) {
    return exec_fail(exec, STATUS_LIMIT, "the query holds too many rows; add LIMIT or narrow it");
  }
  TermId *const cells = memory_array(table->cells, table->capacity, wanted, row);
  if (!cells) return exec_fail(exec, STATUS_MEMORY, "out of memory");
  table->cells = cells;
  table->capacity = wanted;
  exec->bytes += more;
  return STATUS_OK;
}

Status solutions_add(Solutions *table, Exec *exec, const TermId *row)
{
  if (table->count == table->capacity) TRY(solutions_grow(table, exec));
  if (table->width) memcpy(solution_at(table, table->count), row, table->width * sizeof *row);
  table->count++;
  return STATUS_OK;
}

/* ---- operators ---- */

int effective_boolean(Exec *exec, Value value)
{
  switch (value.kind) {
  case VALUE_BOOLEAN:
    return value.as.boolean;
  case VALUE_STRING:
  case VALUE_LANGUAGE:
    return value.term.text.len > 0;
  case VALUE_INTEGER:
  case VALUE_DECIMAL:
    return value.as.decimal.mantissa != 0;
  case VALUE_FLOAT:
  case VALUE_DOUBLE:
    return value.as.real != 0 && !isnan(value.as.real);
  case VALUE_HUGE:
    return 1;
  case VALUE_OTHER: {
    static const char *const TYPES[] = {"boolean", "integer", "decimal", "float", "double"};
    if (!slice_starts(value.term.datatype, XSD)) return -1;
    const Slice name = slice_part(value.term.datatype, sizeof XSD - 1, value.term.datatype.len);
    for (size_t i = 0; i < sizeof TYPES / sizeof *TYPES; i++) {
      if (slice_is(name, TYPES[i])) return 0; /* not of its lexical form */
    }
    return -1;
  }
  case VALUE_ERROR:
  case VALUE_IRI:
  case VALUE_BLANK:
  case VALUE_DATETIME:
  case VALUE_DATE:
  case VALUE_YEAR_MONTH:
  case VALUE_YEAR:
    break;
  }
  (void)exec;
  return -1;
}

static Value from_truth(int truth)
{
  return truth < 0 ? value_error() : value_boolean(truth > 0);
}

/* && and ||: DECIDING is the truth that decides alone, whatever errors there are beside it. */
static Value connect(Exec *exec, const Expr *expr, const TermId *row, int deciding)
{
  int truth = !deciding;
  for (size_t i = 0; i < expr->count; i++) {
    const int part = effective_boolean(exec, evaluate(exec, expr->args[i], row));
    if (part == deciding) return value_boolean(deciding);
    if (part < 0) truth = -1;
  }
  return from_truth(truth);
}

static Value huge(Exec *exec)
{
  (void)exec_fail(exec, STATUS_LIMIT, "a number of more than 18 digits is calculated with");
  return value_error();
}

static Value equality(Exec *exec, Value a, Value b, bool wanted)
{
  const Comparison order = value_equal(a, b);
  if (order == COMPARE_HUGE) return huge(exec);
  if (order == COMPARE_TYPE_ERROR) return value_error();
  return value_boolean((order == COMPARE_EQUAL) == wanted);
}

static Value inequality(Exec *exec, ExprKind kind, Value a, Value b)
{
  const Comparison order = value_compare(a, b);
  if (order == COMPARE_HUGE) return huge(exec);
  if (order == COMPARE_TYPE_ERROR) return value_error();
  switch (kind) {
  case EXPR_LESS:
    return value_boolean(order == COMPARE_LESS);
  case EXPR_GREATER:
    return value_boolean(order == COMPARE_GREATER);
  case EXPR_LESS_EQUAL:
    return value_boolean(order == COMPARE_LESS || order == COMPARE_EQUAL);
  default:
    return value_boolean(order == COMPARE_GREATER || order == COMPARE_EQUAL);
  }
}

static Value in_list(Exec *exec, const Expr *expr, const TermId *row, bool wanted)
{
  const Value value = evaluate(exec, expr->args[0], row);
  bool error = false;
  for (size_t i = 1; i < expr->count; i++) {
    const Value same = equality(exec, value, evaluate(exec, expr->args[i], row), true);
    if (same.kind == VALUE_ERROR) error = true;
    if (same.kind == VALUE_BOOLEAN && same.as.boolean) return value_boolean(wanted);
  }
  return error ? value_error() : value_boolean(!wanted);
}

/* ---- arithmetic ---- */

static Value exact(Exec *exec, ExprKind kind, Value a, Value b)
{
  Decimal result = {0, 0};
  const Decimal x = a.as.decimal, y = b.as.decimal;
  bool good = true;
  switch (kind) {
  case EXPR_ADD:
    good = decimal_add(&result, x, y);
    break;
  case EXPR_SUBTRACT:
    good = decimal_subtract(&result, x, y);
    break;
  case EXPR_MULTIPLY:
    good = decimal_multiply(&result, x, y);
    break;
  default:
    if (y.mantissa == 0) return value_error();
    good = decimal_divide(&result, x, y);
    break;
  }
  if (!good) return huge(exec);
  const bool integer = kind != EXPR_DIVIDE && a.kind == VALUE_INTEGER && b.kind == VALUE_INTEGER;
  return integer ? value_integer(result.mantissa) : value_decimal(result);
}

static Value inexact(ExprKind kind, Value a, Value b)
{
  const bool wide = a.kind == VALUE_DOUBLE || b.kind == VALUE_DOUBLE;
  const double x = value_as_real(a), y = value_as_real(b);
  const ValueKind result = wide ? VALUE_DOUBLE : VALUE_FLOAT;
  switch (kind) {
  case EXPR_ADD:
    return value_real(x + y, result);
  case EXPR_SUBTRACT:
    return value_real(x - y, result);
  case EXPR_MULTIPLY:
    return value_real(x * y, result);
  default:
    return value_real(x / y, result);
  }
}

Value arithmetic(Exec *exec, ExprKind kind, Value a, Value b)
{
  const bool a_number = value_is_numeric(a) || a.kind == VALUE_HUGE;
  const bool b_number = value_is_numeric(b) || b.kind == VALUE_HUGE;
  if (!a_number || !b_number) return value_error();
  if (a.kind == VALUE_HUGE || b.kind == VALUE_HUGE) return huge(exec);
  if (a.kind <= VALUE_DECIMAL && b.kind <= VALUE_DECIMAL) return exact(exec, kind, a, b);
  return inexact(kind, a, b);
}

static Value negate(Exec *exec, Value value)
{
  if (value.kind == VALUE_FLOAT || value.kind == VALUE_DOUBLE) {
    return value_real(-value.as.real, value.kind);
  }
  return arithmetic(exec, EXPR_SUBTRACT, value_integer(0), value);
}

static Value keep_number(Exec *exec, Value value)
{
  if (value.kind == VALUE_HUGE) return huge(exec);
  return value_is_numeric(value) ? value : value_error();
}

static Value one_operand(Exec *exec, const Expr *expr, const TermId *row)
{
  const Value value = evaluate(exec, expr->args[0], row);
  if (expr->kind == EXPR_MINUS) return negate(exec, value);
  if (expr->kind == EXPR_PLUS) return keep_number(exec, value);
  const int truth = effective_boolean(exec, value);
  return from_truth(truth < 0 ? -1 : !truth);
}

static Value two_operands(Exec *exec, const Expr *expr, const TermId *row)
{
  const Value a = evaluate(exec, expr->args[0], row), b = evaluate(exec, expr->args[1], row);
  if (expr->kind == EXPR_EQUAL || expr->kind == EXPR_UNEQUAL) {
    return equality(exec, a, b, expr->kind == EXPR_EQUAL);
  }
  return expr->kind >= EXPR_ADD ? arithmetic(exec, expr->kind, a, b)
                                : inequality(exec, expr->kind, a, b);
}

Value evaluate(Exec *exec, const Expr *expr, const TermId *row)
{
  switch (expr->kind) {
  case EXPR_CONSTANT:
    return value_of(exec->terms, expr->node.id);
  case EXPR_VARIABLE:
    return value_of(exec->terms, row[expr->node.id]);
  case EXPR_OR:
    return connect(exec, expr, row, 1);
  case EXPR_AND:
    return connect(exec, expr, row, 0);
  case EXPR_NOT:
  case EXPR_PLUS:
  case EXPR_MINUS:
    return one_operand(exec, expr, row);
  case EXPR_EQUAL:
  case EXPR_UNEQUAL:
  case EXPR_LESS:
  case EXPR_GREATER:
  case EXPR_LESS_EQUAL:
  case EXPR_GREATER_EQUAL:
  case EXPR_ADD:
  case EXPR_SUBTRACT:
  case EXPR_MULTIPLY:
  case EXPR_DIVIDE:
    return two_operands(exec, expr, row);
  case EXPR_IN:
    return in_list(exec, expr, row, true);
  case EXPR_NOT_IN:
    return in_list(exec, expr, row, false);
  case EXPR_CALL:
    return call_function(exec, expr, row);
  case EXPR_CAST:
    return call_cast(exec, expr->name.cast, evaluate(exec, expr->args[0], row));
  case EXPR_EXISTS:
    return value_boolean(exists_solution(exec, expr, row) != expr->negated);
  case EXPR_AGGREGATE:
    return exec->aggregates[expr->index];
  }
  return value_error();
}

Status exec_filter(bool *passes, Exec *exec, const Expr *expr, const TermId *row)
{
  *passes = effective_boolean(exec, evaluate(exec, expr, row)) > 0;
  if (!exec->nested) arena_reset(&exec->scratch);
  return exec->failure;
}

Status exec_intern(TermId *out, Exec *exec, Value value)
{
  *out = value.id;
  if (value.kind == VALUE_ERROR || value.id) return STATUS_OK;
  QueryTerm term;
  TRY(value_term(&term, value, &exec->scratch));
  return query_intern(out, exec->terms, term);
}

Status exec_term(TermId *out, Exec *exec, const Expr *expr, const TermId *row)
{
  const Status status = exec_intern(out, exec, evaluate(exec, expr, row));
  if (!exec->nested) arena_reset(&exec->scratch);
  return status == STATUS_OK ? exec->failure : status;
}
