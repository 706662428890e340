/* The algebra of section 18 over arrays of rows. Numbers are exact in thousandths; a query that
   leaves that range is given up and marked. */
#include "naive_sparql.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MOST_ROWS 20000

/* ---- terms ---- */

static NTerm terms[4096];
static size_t term_count;

int n_term(NKind kind, const char *text, const char *language)
{
  for (size_t i = 0; i < term_count; i++) {
    if (terms[i].kind == kind && strcmp(terms[i].text, text) == 0 &&
        strcmp(terms[i].language, language) == 0) {
      return (int)i;
    }
  }
  if (term_count == sizeof terms / sizeof *terms) abort();
  NTerm *const term = &terms[term_count];
  term->kind = kind;
  snprintf(term->text, sizeof term->text, "%s", text);
  snprintf(term->language, sizeof term->language, "%s", language);
  return (int)term_count++;
}

const NTerm *n_term_at(int id)
{
  return &terms[id];
}

void n_term_tsv(char *out, size_t size, int id)
{
  const char *const xsd = "http://www.w3.org/2001/XMLSchema#";
  *out = '\0';
  if (id == NO_TERM) return;
  const NTerm *const t = &terms[id];
  switch (t->kind) {
  case N_IRI:
    snprintf(out, size, "<%s>", t->text);
    break;
  case N_STRING:
    snprintf(out, size, "\"%s\"", t->text);
    break;
  case N_LANGUAGE:
    snprintf(out, size, "\"%s\"@%s", t->text, t->language);
    break;
  case N_INTEGER:
    snprintf(out, size, "\"%s\"^^<%sinteger>", t->text, xsd);
    break;
  case N_DECIMAL:
    snprintf(out, size, "\"%s\"^^<%sdecimal>", t->text, xsd);
    break;
  case N_BOOLEAN:
    snprintf(out, size, "\"%s\"^^<%sboolean>", t->text, xsd);
    break;
  }
}

static bool is_number(int id)
{
  return id != NO_TERM && (terms[id].kind == N_INTEGER || terms[id].kind == N_DECIMAL);
}

static bool is_literal(int id)
{
  return id != NO_TERM && terms[id].kind != N_IRI;
}

static bool is_text(int id)
{
  return id != NO_TERM && (terms[id].kind == N_STRING || terms[id].kind == N_LANGUAGE);
}

static long long thousandths(int id)
{
  const char *const text = terms[id].text;
  const char *const point = strchr(text, '.');
  long long value = strtoll(text, NULL, 10) * 1000, unit = 100;
  const bool negative = text[0] == '-';
  for (const char *at = point ? point + 1 : ""; *at; at++, unit /= 10) {
    value += (negative ? -1 : 1) * (*at - '0') * unit;
  }
  return value;
}

static int number(long long value, bool integer)
{
  char text[48];
  const long long size = value < 0 ? -value : value;
  const char *const sign = value < 0 ? "-" : "";
  if (integer) {
    snprintf(text, sizeof text, "%s%lld", sign, size / 1000);
    return n_term(N_INTEGER, text, "");
  }
  snprintf(text, sizeof text, "%s%lld.%03lld", sign, size / 1000, size % 1000);
  size_t length = strlen(text);
  while (text[length - 1] == '0' && text[length - 2] != '.') text[--length] = '\0';
  return n_term(N_DECIMAL, text, "");
}

static int boolean(bool value)
{
  return n_term(N_BOOLEAN, value ? "true" : "false", "");
}

/* ---- rows ---- */

static void add(NRows *rows, const NRow *row)
{
  if (rows->count >= MOST_ROWS) {
    rows->too_many = true;
    return;
  }
  if (rows->count == rows->capacity) {
    rows->capacity = rows->capacity ? rows->capacity * 2 : 16;
    rows->rows = realloc(rows->rows, rows->capacity * sizeof *rows->rows);
    if (!rows->rows) abort();
  }
  rows->rows[rows->count++] = *row;
}

void n_rows_free(NRows *rows)
{
  free(rows->rows);
  rows->rows = NULL;
  rows->count = rows->capacity = 0;
}

static NRow empty_row(void)
{
  NRow row;
  for (int i = 0; i < NV; i++) row.terms[i] = NO_TERM;
  return row;
}

static NRows unit(void)
{
  NRows rows = {NULL, 0, 0, false, false};
  const NRow row = empty_row();
  add(&rows, &row);
  return rows;
}

static bool agree(const NRow *a, const NRow *b)
{
  for (int i = 0; i < NV; i++) {
    if (a->terms[i] != NO_TERM && b->terms[i] != NO_TERM && a->terms[i] != b->terms[i]) {
      return false;
    }
  }
  return true;
}

static NRow merge(const NRow *a, const NRow *b)
{
  NRow row = *a;
  for (int i = 0; i < NV; i++) {
    if (row.terms[i] == NO_TERM) row.terms[i] = b->terms[i];
  }
  return row;
}

static void pass_marks(NRows *to, const NRows *from)
{
  to->too_many = to->too_many || from->too_many;
  to->undefined = to->undefined || from->undefined;
}

/* What a pattern is evaluated against. FIXED: what EXISTS put in the place of variables. */
typedef struct Where {
  const NData *data;
  int graph;
  NRow fixed;
  bool *undefined;
} Where;

static NRows group(const NGroup *from, const Where *where);

/* ---- expressions ---- */

static int value_of(const NExpr *expr, const NRow *row, const Where *where);

static int truth(int id)
{
  if (id == NO_TERM) return -1;
  switch (terms[id].kind) {
  case N_BOOLEAN:
    return strcmp(terms[id].text, "true") == 0;
  case N_STRING:
  case N_LANGUAGE:
    return terms[id].text[0] != '\0';
  case N_INTEGER:
  case N_DECIMAL:
    return thousandths(id) != 0;
  case N_IRI:
    break;
  }
  return -1;
}

static int from_truth(int value)
{
  return value < 0 ? NO_TERM : boolean(value > 0);
}

/* The operator =: 1, 0, or -1 for an error. */
static int equal(int a, int b)
{
  if (a == NO_TERM || b == NO_TERM) return -1;
  if (is_number(a) && is_number(b)) return thousandths(a) == thousandths(b);
  if (terms[a].kind == N_STRING && terms[b].kind == N_STRING) return a == b;
  if (terms[a].kind == N_BOOLEAN && terms[b].kind == N_BOOLEAN) return a == b;
  if (a == b) return 1;
  return is_literal(a) && is_literal(b) ? -1 : 0;
}

static int less(int a, int b, bool or_equal)
{
  if (a == NO_TERM || b == NO_TERM) return -1;
  long long order;
  if (is_number(a) && is_number(b)) {
    order = thousandths(a) - thousandths(b);
  } else if (terms[a].kind == terms[b].kind &&
             (terms[a].kind == N_STRING || terms[a].kind == N_BOOLEAN)) {
    order = strcmp(terms[a].text, terms[b].text);
  } else {
    return -1;
  }
  return order < 0 || (or_equal && order == 0);
}

static int in_list(const NExpr *expr, const NRow *row, const Where *where, bool wanted)
{
  const int left = value_of(expr->args[0], row, where);
  bool error = false;
  for (size_t i = 1; i < expr->count; i++) {
    const int same = equal(left, value_of(expr->args[i], row, where));
    if (same > 0) return boolean(wanted);
    if (same < 0) error = true;
  }
  return error ? NO_TERM : boolean(!wanted);
}

static int connect(int a, int b, int deciding)
{
  if (a == deciding || b == deciding) return boolean(deciding);
  return a < 0 || b < 0 ? NO_TERM : boolean(!deciding);
}

static int calculate(XKind kind, int a, int b, const Where *where)
{
  if (!is_number(a) || !is_number(b)) return NO_TERM;
  const bool integer = terms[a].kind == N_INTEGER && terms[b].kind == N_INTEGER;
  const long long x = thousandths(a), y = thousandths(b);
  if (x > 1000000000 || x < -1000000000 || y > 1000000000 || y < -1000000000) {
    *where->undefined = true;
    return NO_TERM;
  }
  if (kind == X_ADD) return number(x + y, integer);
  if (kind == X_SUB) return number(x - y, integer);
  if (x * y % 1000 != 0) *where->undefined = true; /* more digits than there are here */
  return number(x * y / 1000, integer);
}

static int text_function(XKind kind, int id)
{
  static const char *const TYPES[] = {"", "string", "", "integer", "decimal", "boolean"};
  char text[80];
  if (id == NO_TERM) return NO_TERM;
  switch (kind) {
  case X_STR:
    return n_term(N_STRING, terms[id].text, "");
  case X_LANG:
    return is_literal(id) ? n_term(N_STRING, terms[id].language, "") : NO_TERM;
  case X_STRLEN:
    return is_text(id) ? number((long long)strlen(terms[id].text) * 1000, true) : NO_TERM;
  default:
    break;
  }
  if (!is_literal(id)) return NO_TERM;
  if (terms[id].kind == N_LANGUAGE) {
    return n_term(N_IRI, "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString", "");
  }
  snprintf(text, sizeof text, "http://www.w3.org/2001/XMLSchema#%s", TYPES[terms[id].kind]);
  return n_term(N_IRI, text, "");
}

static int contains(int a, int b)
{
  if (!is_text(a) || !is_text(b)) return NO_TERM;
  if (terms[b].kind == N_LANGUAGE && strcmp(terms[a].language, terms[b].language) != 0) {
    return NO_TERM;
  }
  return boolean(strstr(terms[a].text, terms[b].text) != NULL);
}

static int concat(int a, int b, const Where *where)
{
  char text[96];
  if (!is_text(a) || !is_text(b)) return NO_TERM;
  snprintf(text, sizeof text, "%s%s", terms[a].text, terms[b].text);
  if (strlen(text) > 40) *where->undefined = true;
  const bool same = strcmp(terms[a].language, terms[b].language) == 0;
  const bool tagged = same && terms[a].language[0];
  text[40] = '\0';
  return n_term(tagged ? N_LANGUAGE : N_STRING, text, tagged ? terms[a].language : "");
}

static bool exists(const NExpr *expr, const NRow *row, const Where *where)
{
  Where inside = *where;
  inside.fixed = merge(row, &where->fixed);
  NRows rows = group(expr->pattern, &inside);
  const bool found = rows.count > 0;
  if (rows.too_many || rows.undefined) *where->undefined = true;
  n_rows_free(&rows);
  return found;
}

static int lazy(const NExpr *expr, const NRow *row, const Where *where)
{
  if (expr->kind == X_COALESCE) {
    for (size_t i = 0; i < expr->count; i++) {
      const int value = value_of(expr->args[i], row, where);
      if (value != NO_TERM) return value;
    }
    return NO_TERM;
  }
  const int condition = truth(value_of(expr->args[0], row, where));
  return condition < 0 ? NO_TERM : value_of(expr->args[condition ? 1 : 2], row, where);
}

static int lookup(int variable, const NRow *row, const Where *where)
{
  return row->terms[variable] != NO_TERM ? row->terms[variable] : where->fixed.terms[variable];
}

static int simple(const NExpr *expr, int a, int b, const Where *where)
{
  switch (expr->kind) {
  case X_AND:
    return connect(truth(a), truth(b), 0);
  case X_OR:
    return connect(truth(a), truth(b), 1);
  case X_NOT:
    return from_truth(truth(a) < 0 ? -1 : !truth(a));
  case X_EQ:
    return from_truth(equal(a, b));
  case X_NE:
    return from_truth(equal(a, b) < 0 ? -1 : !equal(a, b));
  case X_LT:
    return from_truth(less(a, b, false));
  case X_GT:
    return from_truth(less(b, a, false));
  case X_LE:
    return from_truth(less(a, b, true));
  case X_GE:
    return from_truth(less(b, a, true));
  case X_ADD:
  case X_SUB:
  case X_MUL:
    return calculate(expr->kind, a, b, where);
  case X_ISIRI:
    return a == NO_TERM ? NO_TERM : boolean(terms[a].kind == N_IRI);
  case X_ISLITERAL:
    return a == NO_TERM ? NO_TERM : boolean(is_literal(a));
  case X_ISNUMERIC:
    return a == NO_TERM ? NO_TERM : boolean(is_number(a));
  case X_SAMETERM:
    return a == NO_TERM || b == NO_TERM ? NO_TERM : boolean(a == b);
  case X_CONTAINS:
    return contains(a, b);
  case X_CONCAT:
    return concat(a, b, where);
  default:
    return text_function(expr->kind, a);
  }
}

static int value_of(const NExpr *expr, const NRow *row, const Where *where)
{
  switch (expr->kind) {
  case X_TERM:
    return expr->term;
  case X_VARIABLE:
    return lookup(expr->variable, row, where);
  case X_BOUND:
    return boolean(lookup(expr->variable, row, where) != NO_TERM);
  case X_IN:
    return in_list(expr, row, where, true);
  case X_NOT_IN:
    return in_list(expr, row, where, false);
  case X_COALESCE:
  case X_IF:
    return lazy(expr, row, where);
  case X_EXISTS:
    return boolean(exists(expr, row, where));
  case X_NOT_EXISTS:
    return boolean(!exists(expr, row, where));
  default:
    break;
  }
  const int a = value_of(expr->args[0], row, where);
  const int b = expr->count > 1 ? value_of(expr->args[1], row, where) : NO_TERM;
  return simple(expr, a, b, where);
}

/* ---- patterns ---- */

static NRows join(const NRows *a, const NRows *b)
{
  NRows out = {NULL, 0, 0, false, false};
  pass_marks(&out, a);
  pass_marks(&out, b);
  for (size_t i = 0; i < a->count; i++) {
    for (size_t k = 0; k < b->count; k++) {
      if (!agree(&a->rows[i], &b->rows[k])) continue;
      const NRow row = merge(&a->rows[i], &b->rows[k]);
      add(&out, &row);
    }
  }
  return out;
}

static int node_value(NNode node, const NRow *row, const Where *where)
{
  return node >= 0 ? node : lookup(-2 - node, row, where);
}

static bool bind(NRow *row, NNode node, int term, const Where *where)
{
  const int known = node_value(node, row, where);
  if (known != NO_TERM) return known == term;
  row->terms[-2 - node] = term;
  return true;
}

static bool in_active(const NData *data, size_t at, int graph)
{
  const NQuad q = data->quads[at];
  if (graph != ALL_GRAPHS) return q.g == graph;
  for (size_t i = 0; i < at; i++) { /* the union has each triple once */
    const NQuad r = data->quads[i];
    if (r.s == q.s && r.p == q.p && r.o == q.o) return false;
  }
  return true;
}

static NRows triples(const NElement *element, const Where *where)
{
  NRows rows = unit();
  for (size_t t = 0; t < element->triple_count; t++) {
    NRows next = {NULL, 0, 0, false, false};
    for (size_t i = 0; i < rows.count; i++) {
      for (size_t k = 0; k < where->data->count; k++) {
        if (!in_active(where->data, k, where->graph)) continue;
        const NQuad quad = where->data->quads[k];
        NRow row = rows.rows[i];
        if (bind(&row, element->triples[t][0], quad.s, where) &&
            bind(&row, element->triples[t][1], quad.p, where) &&
            bind(&row, element->triples[t][2], quad.o, where)) {
          add(&next, &row);
        }
      }
    }
    pass_marks(&next, &rows);
    n_rows_free(&rows);
    rows = next;
  }
  return rows;
}

/* ---- paths: pairs of nodes, as a table of how often each pair is there ---- */

#define MOST_NODES 80

typedef struct Pairs {
  int nodes[MOST_NODES]; /* of the graph, then the constants of the pattern that it lacks */
  size_t count, in_graph;
  int times[MOST_NODES][MOST_NODES];
} Pairs;

static size_t node_index(Pairs *pairs, int term)
{
  size_t i = 0;
  while (i < pairs->count && pairs->nodes[i] != term) i++;
  if (i == MOST_NODES) abort();
  if (i == pairs->count) pairs->nodes[pairs->count++] = term;
  return i;
}

static void clear_times(Pairs *pairs)
{
  memset(pairs->times, 0, sizeof pairs->times);
}

static void path_pairs(Pairs *out, const NPath *path, const Where *where);

static Pairs *part_pairs(const Pairs *like, const NPath *path, const Where *where)
{
  Pairs *const out = malloc(sizeof *out);
  if (!out) abort();
  *out = *like;
  path_pairs(out, path, where);
  return out;
}

static void path_iri(Pairs *out, int iri, const Where *where)
{
  for (size_t k = 0; k < where->data->count; k++) {
    const NQuad quad = where->data->quads[k];
    if (quad.p != iri || !in_active(where->data, k, where->graph)) continue;
    out->times[node_index(out, quad.s)][node_index(out, quad.o)]++;
  }
}

static void path_two(Pairs *out, const NPath *path, const Where *where)
{
  Pairs *const a = part_pairs(out, path->parts[0], where);
  Pairs *const b = part_pairs(out, path->parts[1], where);
  for (size_t i = 0; i < out->count; i++) {
    for (size_t k = 0; k < out->count; k++) {
      if (path->kind == P_ALTERNATIVE) {
        out->times[i][k] = a->times[i][k] + b->times[i][k];
        continue;
      }
      for (size_t m = 0; m < out->count; m++) {
        out->times[i][k] += a->times[i][m] * b->times[m][k];
      }
    }
  }
  free(a);
  free(b);
}

/* Each pair once: reached by one step, by any number, or by none. */
static void path_closure(Pairs *out, const NPath *path, const Where *where)
{
  Pairs *const step = part_pairs(out, path->parts[0], where);
  for (size_t i = 0; i < out->count; i++) {
    for (size_t k = 0; k < out->count; k++) out->times[i][k] = step->times[i][k] > 0;
  }
  for (size_t m = 0; m < out->count && path->kind != P_MAYBE; m++) {
    for (size_t i = 0; i < out->count; i++) {
      for (size_t k = 0; k < out->count; k++) {
        out->times[i][k] |= out->times[i][m] && out->times[m][k];
      }
    }
  }
  for (size_t i = 0; i < out->count && path->kind != P_PLUS; i++) out->times[i][i] = 1;
  free(step);
}

static void path_pairs(Pairs *out, const NPath *path, const Where *where)
{
  clear_times(out);
  switch (path->kind) {
  case P_IRI:
    path_iri(out, path->iri, where);
    return;
  case P_SEQUENCE:
  case P_ALTERNATIVE:
    path_two(out, path, where);
    return;
  case P_STAR:
  case P_PLUS:
  case P_MAYBE:
    path_closure(out, path, where);
    return;
  case P_INVERSE:
    break;
  }
  Pairs *const part = part_pairs(out, path->parts[0], where);
  for (size_t i = 0; i < out->count; i++) {
    for (size_t k = 0; k < out->count; k++) out->times[i][k] = part->times[k][i];
  }
  free(part);
}

static void start_pairs(Pairs *pairs, const NElement *element, const Where *where)
{
  pairs->count = 0;
  for (size_t k = 0; k < where->data->count; k++) {
    if (!in_active(where->data, k, where->graph)) continue;
    (void)node_index(pairs, where->data->quads[k].s);
    (void)node_index(pairs, where->data->quads[k].o);
  }
  pairs->in_graph = pairs->count;
  for (unsigned end = 0; end < 3; end += 2) {
    const NRow none = empty_row();
    const int constant = node_value(element->triples[0][end], &none, where);
    if (constant != NO_TERM) (void)node_index(pairs, constant);
  }
}

/* The outermost sequences, alternatives and inverses are translated (18.2.2.4), with new variables
   between the parts of a sequence; so a node that the graph lacks is met only by a path of no
   length that stands beside that very constant. FROM and TO are constants or NO_TERM. */
static void outer_pairs(Pairs *out, const NPath *path, int from, int to, const Where *where)
{
  clear_times(out);
  if (path->kind == P_SEQUENCE || path->kind == P_ALTERNATIVE) {
    const bool sequence = path->kind == P_SEQUENCE;
    Pairs *const a = malloc(sizeof *a), *const b = malloc(sizeof *b);
    if (!a || !b) abort();
    *a = *b = *out;
    outer_pairs(a, path->parts[0], from, sequence ? NO_TERM : to, where);
    outer_pairs(b, path->parts[1], sequence ? NO_TERM : from, to, where);
    for (size_t i = 0; i < out->count; i++) {
      for (size_t k = 0; k < out->count; k++) {
        if (!sequence) out->times[i][k] = a->times[i][k] + b->times[i][k];
        for (size_t m = 0; m < out->count && sequence; m++) {
          out->times[i][k] += a->times[i][m] * b->times[m][k];
        }
      }
    }
    free(a);
    free(b);
  } else if (path->kind == P_INVERSE) {
    Pairs *const part = malloc(sizeof *part);
    if (!part) abort();
    *part = *out;
    outer_pairs(part, path->parts[0], to, from, where);
    for (size_t i = 0; i < out->count; i++) {
      for (size_t k = 0; k < out->count; k++) out->times[i][k] = part->times[k][i];
    }
    free(part);
  } else {
    path_pairs(out, path, where);
    for (size_t i = out->in_graph; i < out->count; i++) {
      if (out->nodes[i] != from && out->nodes[i] != to) out->times[i][i] = 0;
    }
  }
}

static NRows path_rows(const NElement *element, const Where *where)
{
  static Pairs pairs;
  NRows out = {NULL, 0, 0, false, false};
  start_pairs(&pairs, element, where);
  const NRow none = empty_row();
  outer_pairs(&pairs, element->path, node_value(element->triples[0][0], &none, where),
              node_value(element->triples[0][2], &none, where), where);
  for (size_t i = 0; i < pairs.count; i++) {
    for (size_t k = 0; k < pairs.count; k++) {
      NRow row = empty_row();
      if (!pairs.times[i][k]) continue;
      if (!bind(&row, element->triples[0][0], pairs.nodes[i], where)) continue;
      if (!bind(&row, element->triples[0][2], pairs.nodes[k], where)) continue;
      for (int n = 0; n < pairs.times[i][k]; n++) add(&out, &row);
    }
  }
  return out;
}

static bool holds(const NExpr *const *filters, size_t count, const NRow *row, const Where *where)
{
  for (size_t i = 0; i < count; i++) {
    if (truth(value_of(filters[i], row, where)) <= 0) return false;
  }
  return true;
}

static NRows left_join(const NRows *a, const NGroup *right, const Where *where)
{
  NGroup bare = {.count = 0};
  const NExpr *filters[4];
  size_t filter_count = 0;
  for (size_t i = 0; i < right->count; i++) {
    if (right->elements[i].kind == E_FILTER) {
      filters[filter_count++] = right->elements[i].expr;
    } else {
      bare.elements[bare.count++] = right->elements[i];
    }
  }
  NRows b = group(&bare, where), out = {NULL, 0, 0, false, false};
  pass_marks(&out, a);
  pass_marks(&out, &b);
  for (size_t i = 0; i < a->count; i++) {
    bool matched = false;
    for (size_t k = 0; k < b.count; k++) {
      if (!agree(&a->rows[i], &b.rows[k])) continue;
      const NRow row = merge(&a->rows[i], &b.rows[k]);
      if (!holds(filters, filter_count, &row, where)) continue;
      matched = true;
      add(&out, &row);
    }
    if (!matched) add(&out, &a->rows[i]);
  }
  n_rows_free(&b);
  return out;
}

static bool share(const NRow *a, const NRow *b)
{
  for (int i = 0; i < NV; i++) {
    if (a->terms[i] != NO_TERM && b->terms[i] != NO_TERM) return true;
  }
  return false;
}

static NRows minus(const NRows *a, const NRows *b)
{
  NRows out = {NULL, 0, 0, false, false};
  pass_marks(&out, a);
  pass_marks(&out, b);
  for (size_t i = 0; i < a->count; i++) {
    bool gone = false;
    for (size_t k = 0; k < b->count && !gone; k++) {
      gone = agree(&a->rows[i], &b->rows[k]) && share(&a->rows[i], &b->rows[k]);
    }
    if (!gone) add(&out, &a->rows[i]);
  }
  return out;
}

static NRows extend(const NRows *a, const NElement *element, const Where *where)
{
  NRows out = {NULL, 0, 0, false, false};
  pass_marks(&out, a);
  for (size_t i = 0; i < a->count; i++) {
    NRow row = a->rows[i];
    row.terms[element->variable] = value_of(element->expr, &row, where);
    add(&out, &row);
  }
  return out;
}

static bool graph_exists(const NData *data, int graph)
{
  for (size_t i = 0; i < data->count; i++) {
    if (data->quads[i].g == graph) return true;
  }
  return false;
}

static NRows in_graph(const NElement *element, const Where *where)
{
  NRows out = {NULL, 0, 0, false, false};
  const NNode name = element->graph;
  const NRow none = empty_row();
  const int known = node_value(name, &none, where);
  for (int graph = 0; graph < (int)term_count; graph++) {
    if (!graph_exists(where->data, graph) || (known != NO_TERM && known != graph)) continue;
    Where inside = *where;
    inside.graph = graph;
    NRows rows = group(element->groups[0], &inside);
    pass_marks(&out, &rows);
    for (size_t i = 0; i < rows.count; i++) {
      NRow row = rows.rows[i];
      if (name >= 0 || bind(&row, name, graph, where)) add(&out, &row);
    }
    n_rows_free(&rows);
  }
  return out;
}

static NRows values(const NElement *element)
{
  NRows out = {NULL, 0, 0, false, false};
  for (size_t i = 0; i < element->value_count; i++) {
    NRow row = empty_row();
    row.terms[element->variable] = element->values[i][0];
    if (element->wide) row.terms[element->second] = element->values[i][1];
    add(&out, &row);
  }
  return out;
}

static NRows append(NRows a, NRows b)
{
  for (size_t i = 0; i < b.count; i++) add(&a, &b.rows[i]);
  pass_marks(&a, &b);
  n_rows_free(&b);
  return a;
}

static NRows select_rows(const NSelect *select, const Where *where);

static NRows element_rows(const NElement *element, const Where *where)
{
  switch (element->kind) {
  case E_TRIPLES:
    return triples(element, where);
  case E_PATH:
    return path_rows(element, where);
  case E_UNION:
    return append(group(element->groups[0], where), group(element->groups[1], where));
  case E_GROUP:
    return group(element->groups[0], where);
  case E_GRAPH:
    return in_graph(element, where);
  case E_VALUES:
    return values(element);
  case E_SELECT:
    return select_rows(element->select, where);
  case E_OPTIONAL:
  case E_MINUS:
  case E_FILTER:
  case E_BIND:
    break;
  }
  return unit();
}

static NRows step(const NRows *rows, const NElement *element, const Where *where)
{
  if (element->kind == E_OPTIONAL) return left_join(rows, element->groups[0], where);
  if (element->kind == E_BIND) return extend(rows, element, where);
  NRows other =
      element->kind == E_MINUS ? group(element->groups[0], where) : element_rows(element, where);
  NRows next = element->kind == E_MINUS ? minus(rows, &other) : join(rows, &other);
  n_rows_free(&other);
  return next;
}

static NRows group(const NGroup *from, const Where *where)
{
  NRows rows = unit();
  const NExpr *filters[4];
  size_t filter_count = 0;
  for (size_t i = 0; i < from->count; i++) {
    const NElement *const element = &from->elements[i];
    if (element->kind == E_FILTER) {
      filters[filter_count++] = element->expr;
      continue;
    }
    NRows next = step(&rows, element, where);
    n_rows_free(&rows);
    rows = next;
  }
  size_t kept = 0;
  for (size_t i = 0; i < rows.count; i++) {
    if (holds(filters, filter_count, &rows.rows[i], where)) rows.rows[kept++] = rows.rows[i];
  }
  rows.count = kept;
  return rows;
}

/* ---- SELECT ---- */

static int order_class(int id)
{
  if (id == NO_TERM) return 0;
  return terms[id].kind == N_IRI ? 1 : is_number(id) ? 2 : 3 + (int)terms[id].kind;
}

int n_order(int a, int b)
{
  const int x = order_class(a), y = order_class(b);
  if (x >= 2 && y >= 2 && x != y) return 0; /* literals of different types */
  if (x != y) return x < y ? -1 : 1;
  if (a == NO_TERM || a == b) return 0;
  if (is_number(a)) {
    const long long order = thousandths(a) - thousandths(b);
    return (order > 0) - (order < 0);
  }
  const int order = strcmp(terms[a].text, terms[b].text);
  return terms[a].kind == N_LANGUAGE ? 0 : (order > 0) - (order < 0);
}

/* Values of an aggregate's argument over the rows of a group, each once if DISTINCT. */
typedef struct Bag {
  int values[MOST_ROWS];
  size_t count;
  bool error;
} Bag;

static void fill_bag(Bag *bag, const NExpr *expr, const NRows *rows, const Where *where)
{
  bag->count = 0;
  bag->error = false;
  for (size_t i = 0; i < rows->count; i++) {
    const int value = value_of(expr->args[0], &rows->rows[i], where);
    bool known = value == NO_TERM;
    bag->error = bag->error || value == NO_TERM;
    for (size_t k = 0; k < bag->count && expr->distinct && !known; k++) {
      known = bag->values[k] == value;
    }
    if (!known) bag->values[bag->count++] = value;
  }
}

static int sum(const Bag *bag, const Where *where)
{
  int total = number(0, true);
  for (size_t i = 0; i < bag->count && total != NO_TERM; i++) {
    total = calculate(X_ADD, total, bag->values[i], where);
  }
  return bag->error ? NO_TERM : total;
}

/* Equal least values that are different terms: which one is left open. */
static int extreme(const Bag *bag, int wanted, const Where *where)
{
  int best = NO_TERM;
  if (bag->error) *where->undefined = true;
  for (size_t i = 0; i < bag->count; i++) {
    const int value = bag->values[i];
    const int order = best == NO_TERM ? wanted : n_order(value, best);
    if (order == 0 && value != best) *where->undefined = true;
    if (order == wanted) best = value;
  }
  return best;
}

static int joined(const Bag *bag, const Where *where)
{
  char text[48] = "";
  for (size_t i = 0; i < bag->count; i++) {
    if (!is_literal(bag->values[i])) *where->undefined = true;
    const size_t used = strlen(text), more = strlen(terms[bag->values[i]].text) + 1;
    if (used + more > 40) {
      *where->undefined = true;
      break;
    }
    snprintf(text + used, sizeof text - used, "%s%s", i ? "|" : "", terms[bag->values[i]].text);
  }
  if (bag->count > 1 || bag->error) *where->undefined = true; /* in any order */
  return n_term(N_STRING, text, "");
}

static size_t count_distinct(const NRows *rows)
{
  size_t count = 0;
  for (size_t i = 0; i < rows->count; i++) {
    size_t k = 0;
    while (k < i && memcmp(&rows->rows[k], &rows->rows[i], sizeof(NRow)) != 0) k++;
    count += k == i;
  }
  return count;
}

static int aggregate(const NExpr *expr, const NRows *rows, const Where *where)
{
  static Bag bag;
  if (expr->kind == X_COUNT_STAR) {
    const size_t count = expr->distinct ? count_distinct(rows) : rows->count;
    return number((long long)count * 1000, true);
  }
  fill_bag(&bag, expr, rows, where);
  switch (expr->kind) {
  case X_COUNT:
    return number((long long)bag.count * 1000, true);
  case X_SUM:
    return sum(&bag, where);
  case X_MIN:
    return extreme(&bag, -1, where);
  case X_MAX:
    return extreme(&bag, 1, where);
  case X_SAMPLE:
    if (bag.count > 1) *where->undefined = true;
    return bag.count ? bag.values[0] : NO_TERM;
  default:
    return joined(&bag, where);
  }
}

static int group_value(const NExpr *expr, const NRows *rows, const NRow *keys, const Where *where)
{
  if (expr->kind >= X_COUNT_STAR) return aggregate(expr, rows, where);
  if (expr->kind == X_VARIABLE) return keys->terms[expr->variable];
  if (expr->kind == X_TERM) return expr->term;
  NExpr constant[2] = {{.kind = X_TERM}, {.kind = X_TERM}}, copy = *expr;
  for (size_t i = 0; i < expr->count && i < 2; i++) {
    constant[i].term = group_value(expr->args[i], rows, keys, where);
    copy.args[i] = &constant[i];
  }
  return value_of(&copy, keys, where);
}

static void finish_group(NRows *out, const NSelect *select, const NRows *rows, NRow keys,
                         const Where *where)
{
  if (select->having && truth(group_value(select->having, rows, &keys, where)) <= 0) return;
  NRow row = keys;
  for (size_t i = 0; i < select->item_count; i++) {
    const NItem *const item = &select->items[i];
    if (item->expr) row.terms[item->variable] = group_value(item->expr, rows, &keys, where);
  }
  add(out, &row);
}

static NRow keys_of(const NSelect *select, const NRow *row, const Where *where)
{
  NRow keys = empty_row();
  for (size_t i = 0; i < select->key_count; i++) {
    const NItem *const key = &select->keys[i];
    keys.terms[key->variable] =
        key->expr ? value_of(key->expr, row, where) : row->terms[key->variable];
  }
  return keys;
}

static NRows grouped(const NSelect *select, const NRows *rows, const Where *where)
{
  NRows out = {NULL, 0, 0, false, false};
  bool *const done = calloc(rows->count + 1, sizeof *done);
  if (!done) abort();
  if (!rows->count && !select->key_count) finish_group(&out, select, rows, empty_row(), where);
  for (size_t i = 0; i < rows->count; i++) {
    if (done[i]) continue;
    const NRow keys = keys_of(select, &rows->rows[i], where);
    NRows members = {NULL, 0, 0, false, false};
    for (size_t k = i; k < rows->count; k++) {
      const NRow other = keys_of(select, &rows->rows[k], where);
      if (done[k] || memcmp(&other, &keys, sizeof keys) != 0) continue;
      done[k] = true;
      add(&members, &rows->rows[k]);
    }
    finish_group(&out, select, &members, keys, where);
    n_rows_free(&members);
  }
  free(done);
  pass_marks(&out, rows);
  return out;
}

static void extend_items(NRows *rows, const NSelect *select, const Where *where)
{
  for (size_t i = 0; i < rows->count; i++) {
    for (size_t k = 0; k < select->item_count; k++) {
      const NItem *const item = &select->items[k];
      NRow *const row = &rows->rows[i];
      if (item->expr) row->terms[item->variable] = value_of(item->expr, row, where);
    }
  }
}

static int compare_rows(const NSelect *select, const NRow *a, const NRow *b)
{
  for (size_t i = 0; i < select->order_count; i++) {
    const int v = select->order[i];
    const int order = n_order(a->terms[v], b->terms[v]);
    if (order) return select->descending[i] ? -order : order;
  }
  return 0;
}

static void sort(NRows *rows, const NSelect *select)
{
  for (size_t i = 1; i < rows->count; i++) {
    const NRow row = rows->rows[i];
    size_t at = i;
    for (; at > 0 && compare_rows(select, &row, &rows->rows[at - 1]) < 0; at--) {
      rows->rows[at] = rows->rows[at - 1];
    }
    rows->rows[at] = row;
  }
}

static void project(NRows *rows, const NSelect *select)
{
  for (size_t i = 0; i < rows->count; i++) {
    NRow row = empty_row();
    for (size_t k = 0; k < select->item_count; k++) {
      const int v = select->items[k].variable;
      row.terms[v] = rows->rows[i].terms[v];
    }
    rows->rows[i] = row;
  }
}

static void drop_duplicates(NRows *rows)
{
  size_t kept = 0;
  for (size_t i = 0; i < rows->count; i++) {
    size_t k = 0;
    while (k < kept && memcmp(&rows->rows[k], &rows->rows[i], sizeof(NRow)) != 0) k++;
    if (k == kept) rows->rows[kept++] = rows->rows[i];
  }
  rows->count = kept;
}

static NRows select_rows(const NSelect *select, const Where *where)
{
  NRows rows = group(select->where, where);
  if (select->grouped) {
    NRows groups = grouped(select, &rows, where);
    n_rows_free(&rows);
    rows = groups;
  } else {
    extend_items(&rows, select, where);
  }
  if (select->order_count) sort(&rows, select);
  project(&rows, select);
  if (select->distinct) drop_duplicates(&rows);
  return rows;
}

NRows n_select(const NData *data, const NSelect *select)
{
  bool undefined = false;
  const Where where = {data, ALL_GRAPHS, empty_row(), &undefined};
  NRows rows = select_rows(select, &where);
  rows.undefined = rows.undefined || undefined;
  return rows;
}
