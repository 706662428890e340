/* Graph against a plain array of quads that is searched from end to end. */
#include "graph/graph.h"
#include "tests/support/check.h"

#include <stdio.h>
#include <stdlib.h>

#define IDS 7u
#define MOST 4096u

typedef struct Model {
  Quad quads[MOST];
  size_t count;
} Model;

static bool same(Quad a, Quad b)
{
  return memcmp(&a, &b, sizeof a) == 0;
}

static size_t model_find(const Model *model, Quad quad)
{
  size_t at = 0;
  while (at < model->count && !same(model->quads[at], quad)) at++;
  return at;
}

static bool model_add(Model *model, Quad quad)
{
  if (model_find(model, quad) < model->count) return false;
  assert_true(model->count < MOST);
  model->quads[model->count++] = quad;
  return true;
}

static bool model_remove(Model *model, Quad quad)
{
  const size_t at = model_find(model, quad);
  if (at == model->count) return false;
  model->quads[at] = model->quads[--model->count];
  return true;
}

static bool matches(Quad quad, Quad pattern)
{
  const TermId graph = pattern.graph == TERM_DEFAULT_GRAPH ? 0 : pattern.graph;
  return (!pattern.subject || pattern.subject == quad.subject) &&
         (!pattern.predicate || pattern.predicate == quad.predicate) &&
         (!pattern.object || pattern.object == quad.object) &&
         (pattern.graph == TERM_ANY || graph == quad.graph);
}

static Graph *graph_of_terms(unsigned count)
{
  Graph *graph;
  assert_int_equal(graph_new(&graph), STATUS_OK);
  for (unsigned i = 1; i <= count; i++) {
    char text[32];
    snprintf(text, sizeof text, "http://example.org/%u", i);
    TermId id;
    assert_int_equal(graph_iri(&id, graph, slice_of(text)), STATUS_OK);
    assert_int_equal(id, i);
  }
  return graph;
}

static Quad random_quad(uint64_t *random, unsigned ids, unsigned graphs)
{
  return (Quad){check_below(random, ids) + 1, check_below(random, 3) + 1,
                check_below(random, ids) + 1, check_below(random, graphs)};
}

static Quad random_pattern(uint64_t *random, unsigned ids, unsigned graphs)
{
  Quad quad = random_quad(random, ids, graphs);
  const unsigned keep = check_below(random, 16);
  if (!(keep & 1)) quad.subject = TERM_ANY;
  if (!(keep & 2)) quad.predicate = TERM_ANY;
  if (!(keep & 4)) quad.object = TERM_ANY;
  if (!(keep & 8)) {
    quad.graph = TERM_ANY;
  } else if (quad.graph == 0) {
    quad.graph = TERM_DEFAULT_GRAPH;
  }
  return quad;
}

/* All that match come once each, and count says how many. */
static void check_match(Graph *graph, const Model *model, Quad pattern)
{
  size_t expected = 0, seen = 0;
  for (size_t i = 0; i < model->count; i++) expected += matches(model->quads[i], pattern);
  assert_int_equal(graph_count(graph, pattern), expected);
  Model found = {.count = 0};
  GraphCursor *cursor;
  assert_int_equal(graph_match(&cursor, graph, pattern), STATUS_OK);
  for (Quad quad; graph_next(cursor, &quad); seen++) {
    assert_true(matches(quad, pattern));
    assert_true(model_find(model, quad) < model->count);
    assert_true(model_add(&found, quad));
  }
  graph_match_end(cursor);
  assert_int_equal(seen, expected);
}

static void check_graphs(Graph *graph, const Model *model, unsigned graphs)
{
  TermId at = TERM_ANY;
  for (TermId id = 1; id < graphs; id++) {
    bool used = false;
    for (size_t i = 0; i < model->count; i++) used |= model->quads[i].graph == id;
    if (used) assert_int_equal((at = graph_next_graph(graph, at)), id);
  }
  assert_int_equal(graph_next_graph(graph, at), TERM_ANY);
}

static void change(Graph *graph, Model *model, uint64_t *random, Quad quad)
{
  if (check_below(random, 3)) {
    assert_int_equal(graph_add(graph, quad), STATUS_OK);
    model_add(model, quad);
  } else {
    const Status expected = model_remove(model, quad) ? STATUS_OK : STATUS_NOT_FOUND;
    assert_int_equal(graph_remove(graph, quad), expected);
  }
}

static void run_random(uint64_t seed, unsigned ids, unsigned graphs, unsigned steps)
{
  uint64_t random = seed;
  Graph *const graph = graph_of_terms(ids > 3 ? ids : 3);
  Model *const model = calloc(1, sizeof *model);
  assert_non_null(model);
  const unsigned patience = check_below(&random, 40) + 1;
  for (unsigned i = 0; i < steps; i++) {
    change(graph, model, &random, random_quad(&random, ids, graphs));
    const Quad other = random_quad(&random, ids, graphs);
    assert_int_equal(graph_contains(graph, other), model_find(model, other) < model->count);
    if (check_below(&random, patience)) continue;
    check_match(graph, model, random_pattern(&random, ids, graphs));
    assert_int_equal(graph_size(graph), model->count);
    check_graphs(graph, model, graphs);
  }
  check_match(graph, model, (Quad){0, 0, 0, 0});
  free(model);
  graph_free(graph);
}

static void test_random(void **state)
{
  (void)state;
  for (unsigned seed = 1; seed <= 60; seed++) run_random(seed * 7919, IDS, seed % 4 + 1, 400);
  for (unsigned seed = 1; seed <= 4; seed++) run_random(seed * 104729, 40, 3, 3000);
}

/* A cursor keeps the state it started on, whatever happens behind it. */
static void test_snapshot(void **state)
{
  (void)state;
  uint64_t random = 42;
  Graph *const graph = graph_of_terms(40);
  static Model model, before;
  for (unsigned i = 0; i < 500; i++) {
    change(graph, &model, &random, random_quad(&random, 40, 2));
  }
  before = model;
  GraphCursor *cursor;
  assert_int_equal(graph_match(&cursor, graph, (Quad){0, 0, 0, 0}), STATUS_OK);
  size_t seen = 0;
  for (Quad quad; graph_next(cursor, &quad); seen++) {
    assert_true(model_find(&before, quad) < before.count);
    change(graph, &model, &random, random_quad(&random, 40, 2));
    if (seen % 16 == 0) check_match(graph, &model, random_pattern(&random, 40, 2));
  }
  graph_match_end(cursor);
  assert_int_equal(seen, before.count);
  graph_free(graph);
}

static void fill(Graph *graph, uint64_t seed, unsigned count)
{
  for (unsigned i = 0; i < count; i++) {
    assert_int_equal(graph_add(graph, random_quad(&seed, 1000, 3)), STATUS_OK);
    if (i % 1000 == 0) assert_true(graph_size(graph) > 0);
  }
}

static void test_same_order(void **state)
{
  (void)state;
  Graph *const one = graph_of_terms(1000), *const two = graph_of_terms(1000);
  fill(one, 5, 20000);
  fill(two, 5, 20000);
  for (unsigned i = 0; i < 16; i++) {
    const Quad pattern = {i & 1 ? 3 : 0, i & 2 ? 2 : 0, i & 4 ? 5 : 0, i & 8 ? 1 : 0};
    GraphCursor *a, *b;
    assert_int_equal(graph_match(&a, one, pattern), STATUS_OK);
    assert_int_equal(graph_match(&b, two, pattern), STATUS_OK);
    Quad x, y;
    while (graph_next(a, &x)) {
      assert_true(graph_next(b, &y));
      assert_true(same(x, y));
    }
    assert_false(graph_next(b, &y));
    graph_match_end(a);
    graph_match_end(b);
  }
  graph_free(one);
  graph_free(two);
}

/* More quads than wait at once, with every one added twice. */
static void test_many(void **state)
{
  (void)state;
  Graph *const graph = graph_of_terms(4000);
  for (unsigned round = 0; round < 2; round++) {
    for (unsigned i = 0; i < 300000; i++) {
      const Quad quad = {i % 4000 + 1, i / 4000 + 1, (i * 7u) % 4000 + 1, 0};
      assert_int_equal(graph_add(graph, quad), STATUS_OK);
    }
  }
  assert_int_equal(graph_size(graph), 300000);
  assert_int_equal(graph_count(graph, (Quad){17, 0, 0, 0}), 75);
  assert_int_equal(graph_count(graph, (Quad){0, 3, 0, 0}), 4000);
  assert_true(graph_memory(graph) < 300000 * 40u);
  for (unsigned i = 0; i < 300000; i++) {
    const Quad quad = {i % 4000 + 1, i / 4000 + 1, (i * 7u) % 4000 + 1, 0};
    if (i % 3) assert_int_equal(graph_remove(graph, quad), STATUS_OK);
  }
  assert_int_equal(graph_size(graph), 100000);
  graph_free(graph);
}

static void check_term(Graph *graph, TermId id, TermKind kind, Slice text, Slice language)
{
  const Term term = graph_term(graph, id);
  assert_int_equal(term.kind, kind);
  assert_true(slice_equal(term.text, text));
  assert_true(slice_equal(term.language, language));
  assert_int_equal(graph_find_term(graph, &term), id);
}

static void test_terms(void **state)
{
  (void)state;
  Graph *graph;
  assert_int_equal(graph_new(&graph), STATUS_OK);
  const Slice text = SLICE("a");
  TermId iri, blank, plain, english, british, typed, string, type, xsd_string;
  assert_int_equal(graph_iri(&iri, graph, text), STATUS_OK);
  assert_int_equal(graph_blank(&blank, graph, text), STATUS_OK);
  assert_int_equal(graph_literal(&plain, graph, text, TERM_ANY, SLICE_NONE), STATUS_OK);
  assert_int_equal(graph_literal(&english, graph, text, TERM_ANY, SLICE("en")), STATUS_OK);
  assert_int_equal(graph_literal(&british, graph, text, TERM_ANY, SLICE("en-GB")), STATUS_OK);
  assert_int_equal(graph_iri(&type, graph, SLICE("http://example.org/type")), STATUS_OK);
  assert_int_equal(graph_literal(&typed, graph, text, type, SLICE_NONE), STATUS_OK);
  const TermId all[] = {iri, blank, plain, english, british, type, typed};
  for (size_t i = 0; i < sizeof all / sizeof *all; i++) assert_int_equal(all[i], i + 1);
  check_term(graph, iri, TERM_IRI, text, SLICE_NONE);
  check_term(graph, blank, TERM_BLANK, text, SLICE_NONE);
  check_term(graph, plain, TERM_LITERAL, text, SLICE_NONE);
  check_term(graph, british, TERM_LITERAL, text, SLICE("en-GB"));
  assert_int_equal(graph_term(graph, typed).datatype, type);
  const Slice xsd = SLICE("http://www.w3.org/2001/XMLSchema#string");
  assert_int_equal(graph_iri(&xsd_string, graph, xsd), STATUS_OK);
  assert_int_equal(graph_literal(&string, graph, text, xsd_string, SLICE_NONE), STATUS_OK);
  assert_int_equal(string, plain);
  assert_int_equal(graph_find_iri(graph, SLICE("b")), TERM_ANY);
  assert_int_equal(graph_literal(&string, graph, text, 999, SLICE_NONE), STATUS_ARGUMENT);
  graph_free(graph);
}

static void test_long_and_odd_text(void **state)
{
  (void)state;
  Graph *graph;
  assert_int_equal(graph_new(&graph), STATUS_OK);
  char *const text = malloc(3000000);
  assert_non_null(text);
  memset(text, 'x', 3000000);
  TermId empty, nul, large, again;
  assert_int_equal(graph_literal(&empty, graph, SLICE_NONE, TERM_ANY, SLICE_NONE), STATUS_OK);
  assert_int_equal(graph_literal(&nul, graph, SLICE("a\0b"), TERM_ANY, SLICE_NONE), STATUS_OK);
  const Slice all = {text, 3000000};
  assert_int_equal(graph_literal(&large, graph, all, TERM_ANY, SLICE_NONE), STATUS_OK);
  assert_int_equal(graph_literal(&again, graph, all, TERM_ANY, SLICE_NONE), STATUS_OK);
  assert_int_equal(large, again);
  check_term(graph, empty, TERM_LITERAL, SLICE_NONE, SLICE_NONE);
  check_term(graph, nul, TERM_LITERAL, SLICE("a\0b"), SLICE_NONE);
  check_term(graph, large, TERM_LITERAL, all, SLICE_NONE);
  free(text);
  graph_free(graph);
}

static void test_bad_arguments(void **state)
{
  (void)state;
  graph_free(NULL);
  graph_match_end(NULL);
  Graph *const graph = graph_of_terms(3);
  assert_int_equal(graph_add(graph, (Quad){0, 1, 1, 0}), STATUS_ARGUMENT);
  assert_int_equal(graph_add(graph, (Quad){1, 4, 1, 0}), STATUS_ARGUMENT);
  assert_int_equal(graph_add(graph, (Quad){1, 1, 1, 4}), STATUS_ARGUMENT);
  assert_int_equal(graph_remove(graph, (Quad){9, 9, 9, 9}), STATUS_NOT_FOUND);
  assert_false(graph_contains(graph, (Quad){9, 9, 9, 9}));
  assert_int_equal(graph_size(graph), 0);
  check_match(graph, &(Model){.count = 0}, (Quad){9, 0, 0, 0});
  graph_free(graph);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_random),       cmocka_unit_test(test_snapshot),
      cmocka_unit_test(test_same_order),   cmocka_unit_test(test_many),
      cmocka_unit_test(test_terms),        cmocka_unit_test(test_long_and_odd_text),
      cmocka_unit_test(test_bad_arguments)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
