/* Every allocation of a query fails once, and from then on: nothing crashes or leaks, and the
   status says so. */
#include "output/query.h"
#include "tests/support/check.h"
#include "tests/support/failing_memory.h"

#include <stdio.h>

static Graph *graph;

static int set_up(void **state)
{
  (void)state;
  if (graph_new(&graph) != STATUS_OK) return 1;
  for (unsigned i = 1; i <= 60; i++) {
    char text[32];
    TermId id;
    snprintf(text, sizeof text, "http://e/%u", i);
    if (i % 3 == 0) {
      if (graph_literal(&id, graph, slice_of(text), TERM_ANY, SLICE("en"))) return 1;
    } else if (graph_iri(&id, graph, slice_of(text))) {
      return 1;
    }
  }
  for (unsigned i = 0; i < 100; i++) {
    const Quad quad = {i % 19 * 3 + 1, i % 2 + 1, i * 7 % 60 + 1, i % 4 ? 0 : 4};
    if (graph_add(graph, quad) != STATUS_OK) return 1;
  }
  return graph_index(graph) != STATUS_OK;
}

static int tear_down(void **state)
{
  (void)state;
  graph_free(graph);
  return 0;
}

typedef struct Trial {
  const char *query;
  QueryResults results;
} Trial;

static bool run(void *handle)
{
  const Trial *const trial = handle;
  Buffer out = BUFFER_EMPTY;
  const Sink sink = buffer_sink(&out);
  Graph *made = NULL;
  const Status status =
      query_run(&made, &sink, graph, slice_of(trial->query), trial->results, NULL);
  assert_true(status == STATUS_OK || status == STATUS_MEMORY);
  if (status != STATUS_OK) assert_null(made);
  graph_free(made);
  buffer_clear(&out);
  return status == STATUS_OK;
}

static void test_each_allocation(void **state)
{
  (void)state;
  static const char *const QUERIES[] = {
      "SELECT * { ?s ?p ?o . ?o ?q ?x FILTER(?s != ?x && REGEX(STR(?s), '[0-9]')) } ORDER BY ?s",
      "SELECT DISTINCT ?s (CONCAT(STR(?s), 'x') AS ?t) { { ?s <http://e/1> ?o } UNION { ?o ?p ?s } "
      "}",
      "SELECT ?p (COUNT(DISTINCT ?s) AS ?n) (MIN(?o) AS ?m) (GROUP_CONCAT(STR(?o)) AS ?all) "
      "{ ?s ?p ?o } GROUP BY ?p HAVING (COUNT(*) > 1)",
      "SELECT * { ?s <http://e/2> ?o OPTIONAL { ?o ?p ?x } MINUS { ?s <http://e/1> ?z } "
      "FILTER NOT EXISTS { ?x <http://e/1> ?s } }",
      "SELECT ?g ?s { GRAPH ?g { ?s ?p ?o . { SELECT ?o { ?a ?b ?o } LIMIT 3 } } VALUES ?s { UNDEF "
      "} }",
      "SELECT ?x { <http://e/1> (<http://e/1>|<http://e/2>)+ ?x }",
      "CONSTRUCT { ?s ?p [ <http://e/1> ?o ] } { ?s ?p ?o }",
      "DESCRIBE <http://e/1>",
      "ASK { ?s ?p ?o }"};
  for (size_t i = 0; i < sizeof QUERIES / sizeof *QUERIES; i++) {
    Trial trial = {QUERIES[i], (QueryResults)(i % 5)};
    assert_true(failing_memory_each(run, &trial, 5000) > 5);
  }
}

int main(void)
{
  const struct CMUnitTest tests[] = {cmocka_unit_test(test_each_allocation)};
  return cmocka_run_group_tests(tests, set_up, tear_down);
}
