/* SPARQL beside an evaluator that knows only the definitions: equal or refused, never different.
   Then the traps that other engines fall into, by hand. */
#include "output/query.h"
#include "tests/support/check.h"
#include "tests/support/naive_sparql.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- random queries ---- */

static void keep_message(void *handle, const Message *message)
{
  snprintf(handle, 512, "%zu:%zu: %s", message->line, message->column, message->text);
}

static TermId graph_term_of(Graph *graph, int id)
{
  const NTerm *const term = n_term_at(id);
  const Slice text = slice_of(term->text);
  TermId out = TERM_ANY, type = TERM_ANY;
  const char *datatype = NULL;
  switch (term->kind) {
  case N_IRI: assert_int_equal(graph_iri(&out, graph, text), STATUS_OK); return out;
  case N_STRING:
  case N_LANGUAGE: break;
  case N_INTEGER: datatype = "http://www.w3.org/2001/XMLSchema#integer"; break;
  case N_DECIMAL: datatype = "http://www.w3.org/2001/XMLSchema#decimal"; break;
  case N_BOOLEAN: datatype = "http://www.w3.org/2001/XMLSchema#boolean"; break;
  }
  if (datatype) assert_int_equal(graph_iri(&type, graph, slice_of(datatype)), STATUS_OK);
  assert_int_equal(graph_literal(&out, graph, text, type, slice_of(term->language)), STATUS_OK);
  return out;
}

static Graph *graph_of(const NData *data)
{
  Graph *graph;
  assert_int_equal(graph_new(&graph), STATUS_OK);
  for (size_t i = 0; i < data->count; i++) {
    const NQuad *const quad = &data->quads[i];
    const Quad in = {graph_term_of(graph, quad->s), graph_term_of(graph, quad->p),
                     graph_term_of(graph, quad->o),
                     quad->g == NO_TERM ? TERM_ANY : graph_term_of(graph, quad->g)};
    assert_int_equal(graph_add(graph, in), STATUS_OK);
  }
  return graph;
}

typedef struct Lines {
  char **items;
  size_t count;
} Lines;

/* Cut TEXT, which is changed, into its lines after the first. */
static Lines cut(char *text)
{
  Lines lines = {calloc(20001, sizeof *lines.items), 0};
  assert_non_null(lines.items);
  for (char *at = strchr(text, '\n'); at && at[1]; at = strchr(at + 1, '\n')) {
    *at = '\0';
    lines.items[lines.count++] = at + 1;
  }
  const size_t length = lines.count ? strlen(lines.items[lines.count - 1]) : 0;
  if (length) lines.items[lines.count - 1][length - 1] = '\0';
  return lines;
}

static Lines naive_lines(const NRows *rows, const NSelect *select)
{
  Lines lines = {calloc(20001, sizeof *lines.items), rows->count};
  assert_non_null(lines.items);
  for (size_t i = 0; i < rows->count; i++) {
    char *const line = lines.items[i] = calloc(1, 800);
    assert_non_null(line);
    for (size_t k = 0; k < select->item_count; k++) {
      const size_t used = strlen(line);
      if (k) strcpy(line + used, "\t");
      n_term_tsv(line + used + (k ? 1 : 0), 160, rows->rows[i].terms[select->items[k].variable]);
    }
  }
  return lines;
}

static bool take_line(Lines *from, const char *line, bool *taken)
{
  for (size_t i = 0; i < from->count; i++) {
    if (taken[i] || strcmp(from->items[i], line) != 0) continue;
    taken[i] = true;
    return true;
  }
  return false;
}

static size_t expected_count(const NSelect *select, size_t all)
{
  const size_t skip = select->offset > 0 ? (size_t)select->offset : 0;
  size_t count = all > skip ? all - skip : 0;
  if (select->limit >= 0 && count > (size_t)select->limit) count = (size_t)select->limit;
  return count;
}

/* Must A come before B? Not where terms are met whose order is left open. */
static bool must_precede(const NRow *a, const NRow *b, const NSelect *select)
{
  for (size_t i = 0; i < select->order_count; i++) {
    const int x = a->terms[select->order[i]], y = b->terms[select->order[i]];
    const int order = n_order(x, y);
    if (order) return (order < 0) != select->descending[i];
    if (x != y) return false;
  }
  return false;
}

static const NRow *row_of(const char *line, const NRows *rows, const Lines *expected)
{
  size_t i = 0;
  while (strcmp(expected->items[i], line) != 0) i++;
  return &rows->rows[i];
}

/* No row comes behind one that it must precede, nor is one left out for LIMIT that must precede
   what is there. */
static bool right_order(const Lines *got, const NRows *rows, const Lines *expected,
                        const bool *taken, const NSelect *select)
{
  for (size_t i = 0; i < got->count; i++) {
    const NRow *const here = row_of(got->items[i], rows, expected);
    for (size_t k = 0; k < i; k++) {
      if (must_precede(here, row_of(got->items[k], rows, expected), select)) return false;
    }
    for (size_t k = 0; k < rows->count && select->offset <= 0; k++) {
      if (!taken[k] && must_precede(&rows->rows[k], here, select)) return false;
    }
  }
  return true;
}

static bool same_answer(char *text, const NRows *rows, const NSelect *select)
{
  Lines got = cut(text), expected = naive_lines(rows, select);
  bool *const taken = calloc(expected.count + 1, sizeof *taken);
  assert_non_null(taken);
  bool same = got.count == expected_count(select, rows->count);
  for (size_t i = 0; i < got.count && same; i++) same = take_line(&expected, got.items[i], taken);
  if (same && select->order_count) same = right_order(&got, rows, &expected, taken, select);
  for (size_t i = 0; i < expected.count; i++) free(expected.items[i]);
  free(expected.items);
  free(got.items);
  free(taken);
  return same;
}

typedef struct Tally {
  size_t equal, refused, open, with_rows;
} Tally;

static void compare_one(Tally *tally, uint64_t seed)
{
  static char query[20000];
  char message[512] = "";
  uint64_t random = seed * 0x9E3779B97F4A7C15u + 1;
  NData data;
  n_random_data(&data, &random);
  const NSelect *const select = n_random_select(&random);
  n_write_select(query, sizeof query, select);
  NRows rows = n_select(&data, select);
  if (rows.too_many || rows.undefined) {
    tally->open++;
  } else {
    Graph *const graph = graph_of(&data);
    Buffer out = BUFFER_EMPTY;
    const Sink sink = buffer_sink(&out);
    const Report to = {keep_message, message};
    Graph *none;
    const Status status = query_run(&none, &sink, graph, slice_of(query), RESULTS_TSV, &to);
    if (status == STATUS_QUERY || status == STATUS_LIMIT) {
      tally->refused++;
      assert_true(message[0] != '\0');
      if (getenv("SHOW_REFUSED")) print_message("%s\n  %s\n", query, message);
    } else {
      assert_int_equal(status, STATUS_OK);
      char *const copy = strdup(out.bytes);
      if (!same_answer(copy, &rows, select)) {
        print_message("seed %llu: %zu rows expected\n%s\n%s\n", (unsigned long long)seed,
                      rows.count, query, out.bytes);
        for (size_t i = 0; i < data.count; i++) {
          char s[160], p[160], o[160], g[160];
          n_term_tsv(s, sizeof s, data.quads[i].s);
          n_term_tsv(p, sizeof p, data.quads[i].p);
          n_term_tsv(o, sizeof o, data.quads[i].o);
          n_term_tsv(g, sizeof g, data.quads[i].g);
          print_message("%s %s %s %s .\n", s, p, o, g);
        }
        fail();
      }
      free(copy);
      tally->equal++;
      tally->with_rows += rows.count > 0;
    }
    buffer_clear(&out);
    graph_free(graph);
  }
  n_rows_free(&rows);
  n_random_free();
}

static void test_beside_definitions(void **state)
{
  (void)state;
  Tally tally = {0, 0, 0, 0};
  const char *const wanted = getenv("QUERIES");
  const uint64_t count = wanted ? strtoull(wanted, NULL, 10) : 3000;
  for (uint64_t seed = 1; seed <= count; seed++) compare_one(&tally, seed);
  print_message("%zu equal (%zu with rows), %zu refused, %zu left open\n", tally.equal,
                tally.with_rows, tally.refused, tally.open);
  assert_true(tally.with_rows >= 300);
  assert_true(tally.refused * 4 < tally.equal);
}

int main(void)
{
  const struct CMUnitTest tests[] = {cmocka_unit_test(test_beside_definitions)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
