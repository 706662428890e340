/* Every allocation of the graph fails once: nothing crashes or leaks, and what was there stays. */
#include "graph/graph.h"
#include "tests/support/check.h"
#include "tests/support/failing_memory.h"

#include <stdio.h>

#define TERMS 200u
#define QUADS 300u

static bool intern_all(Graph *graph)
{
  for (unsigned i = 0; i < TERMS; i++) {
    char text[400];
    const int length = snprintf(text, sizeof text, "%0*u", 3 + (int)i, i);
    TermId id;
    if (graph_literal(&id, graph, (Slice){text, (size_t)length}, TERM_ANY, SLICE_NONE)) {
      return false;
    }
    if (id != i + 1) return false;
  }
  return true;
}

static Quad quad_of(unsigned i)
{
  return (Quad){i % TERMS + 1, i % 5 + 1, i % 17 + 1, i % 3};
}

static bool walk(Graph *graph, Quad pattern, size_t *seen)
{
  GraphCursor *cursor;
  if (graph_match(&cursor, graph, pattern) != STATUS_OK) return false;
  *seen = 0;
  for (Quad quad; graph_next(cursor, &quad);) ++*seen;
  graph_match_end(cursor);
  return true;
}

/* Add, look up, remove and look up again, giving up at the first failure. */
static bool work(Graph *graph)
{
  if (!intern_all(graph)) return false;
  size_t seen;
  for (unsigned i = 0; i < QUADS; i++) {
    if (graph_add(graph, quad_of(i)) != STATUS_OK) return false;
    if (i % 50 == 0 && !walk(graph, (Quad){0, 1, 0, 0}, &seen)) return false;
  }
  for (unsigned i = 0; i < QUADS; i += 2) {
    if (graph_remove(graph, quad_of(i)) != STATUS_OK) return false;
    if (i % 50 == 0 && !walk(graph, (Quad){1, 0, 0, 0}, &seen)) return false;
  }
  return walk(graph, (Quad){0, 0, 0, 0}, &seen) && seen == QUADS / 2;
}

static bool trial(void *handle)
{
  (void)handle;
  Graph *graph;
  if (graph_new(&graph) != STATUS_OK) return false;
  const bool success = work(graph);
  graph_free(graph);
  return success;
}

static void test_each_allocation(void **state)
{
  (void)state;
  assert_true(failing_memory_each(trial, NULL, 10000) > 20);
}

/* One failure in the middle must not lose or invent quads; the counts hold even while no index can
   be made. */
static bool survive(size_t nth)
{
  Graph *graph;
  assert_int_equal(graph_new(&graph), STATUS_OK);
  assert_true(intern_all(graph));
  size_t added = 0, seen = 0;
  failing_memory_start_once(nth);
  for (unsigned i = 0; i < QUADS; i++) {
    const bool had = graph_contains(graph, quad_of(i));
    if (graph_add(graph, quad_of(i)) == STATUS_OK && !had) added++;
    if (i % 40 == 0) (void)walk(graph, (Quad){0, 0, 0, 0}, &seen);
    assert_int_equal(graph_size(graph), added);
  }
  const bool failed = failing_memory_failed();
  failing_memory_stop();
  assert_true(walk(graph, (Quad){0, 0, 0, 0}, &seen));
  assert_int_equal(seen, added);
  graph_free(graph);
  return failed;
}

static void test_survives_one(void **state)
{
  (void)state;
  size_t nth = 1;
  while (survive(nth)) nth += 1 + nth / 20;
  assert_true(nth > 50);
}

static void test_counts_without_memory(void **state)
{
  (void)state;
  Graph *graph;
  assert_int_equal(graph_new(&graph), STATUS_OK);
  assert_true(intern_all(graph));
  for (unsigned i = 0; i < QUADS; i++) assert_int_equal(graph_add(graph, quad_of(i)), STATUS_OK);
  size_t expected[3], seen;
  const Quad patterns[3] = {{0, 2, 0, 0}, {3, 0, 0, 0}, {0, 0, 4, TERM_DEFAULT_GRAPH}};
  failing_memory_start(1);
  for (unsigned i = 0; i < 3; i++) expected[i] = graph_count(graph, patterns[i]);
  GraphCursor *cursor;
  assert_int_equal(graph_match(&cursor, graph, patterns[0]), STATUS_MEMORY);
  assert_null(cursor);
  failing_memory_stop();
  for (unsigned i = 0; i < 3; i++) {
    assert_true(walk(graph, patterns[i], &seen));
    assert_int_equal(seen, expected[i]);
  }
  graph_free(graph);
}

int main(void)
{
  const struct CMUnitTest tests[] = {cmocka_unit_test(test_each_allocation),
                                     cmocka_unit_test(test_survives_one),
                                     cmocka_unit_test(test_counts_without_memory)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
