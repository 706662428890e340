/* Our librdf storage beside the ones librdf brings: the same random calls, the same answers. */
#include "graph/storage.h"
#include "tests/support/check.h"

#include <librdf.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Rasqal 0.9.33 leaks some of every query. */
const char *__lsan_default_suppressions(void);
const char *__lsan_default_suppressions(void)
{
  return "leak:librasqal\n";
}

static librdf_world *world;

static int swallow(void *handle, librdf_log_message *message)
{
  (void)handle;
  (void)message;
  return 1;
}

static int set_up(void **state)
{
  (void)state;
  world = librdf_new_world();
  librdf_world_open(world);
  librdf_world_set_logger(world, NULL, swallow);
  return storage_register(world) != STATUS_OK || storage_register(world) != STATUS_OK;
}

static int tear_down(void **state)
{
  (void)state;
  librdf_free_world(world);
  return 0;
}

typedef struct Side {
  librdf_storage *storage;
  librdf_model *model;
} Side;

static Side open_side(const char *name, const char *options)
{
  Side side;
  side.storage = librdf_new_storage(world, name, "test", options);
  assert_non_null(side.storage);
  side.model = librdf_new_model(world, side.storage, NULL);
  assert_non_null(side.model);
  return side;
}

static void close_side(Side *side)
{
  librdf_free_model(side->model);
  librdf_free_storage(side->storage);
}

/* ---- answers as sorted lists of lines ---- */

typedef struct Lines {
  char **items;
  size_t count;
} Lines;

static int compare_lines(const void *a, const void *b)
{
  return strcmp(*(char *const *)a, *(char *const *)b);
}

static void lines_add(Lines *lines, char *line)
{
  lines->items = realloc(lines->items, (lines->count + 1) * sizeof *lines->items);
  assert_non_null(lines->items);
  lines->items[lines->count++] = line;
}

static void write_node(librdf_node *node, raptor_iostream *out)
{
  if (node) {
    librdf_node_write(node, out);
  } else {
    raptor_iostream_write_byte('-', out);
  }
  raptor_iostream_write_byte(' ', out);
}

/* COUNT nodes, which may be NULL, as one line. */
static char *line_of(librdf_node *const *nodes, size_t count)
{
  void *text = NULL;
  raptor_iostream *const out =
      raptor_new_iostream_to_string(librdf_world_get_raptor(world), &text, NULL, malloc);
  assert_non_null(out);
  for (size_t i = 0; i < count; i++) write_node(nodes[i], out);
  raptor_free_iostream(out);
  assert_non_null(text);
  return text;
}

static char *join(librdf_statement *statement, librdf_node *context)
{
  librdf_node *const nodes[4] = {librdf_statement_get_subject(statement),
                                 librdf_statement_get_predicate(statement),
                                 librdf_statement_get_object(statement), context};
  return line_of(nodes, 4);
}

static Lines stream_lines(librdf_stream *stream)
{
  Lines lines = {NULL, 0};
  assert_non_null(stream);
  for (; !librdf_stream_end(stream); librdf_stream_next(stream)) {
    lines_add(&lines, join(librdf_stream_get_object(stream), librdf_stream_get_context2(stream)));
  }
  librdf_free_stream(stream);
  return lines;
}

static Lines iterator_lines(librdf_iterator *iterator)
{
  Lines lines = {NULL, 0};
  assert_non_null(iterator);
  for (; !librdf_iterator_end(iterator); librdf_iterator_next(iterator)) {
    librdf_node *const node = librdf_iterator_get_object(iterator);
    lines_add(&lines, line_of(&node, 1));
  }
  librdf_free_iterator(iterator);
  return lines;
}

/* Both answers have the same lines as often; frees them. */
static void check_lines(Lines a, Lines b)
{
  if (a.count) qsort(a.items, a.count, sizeof *a.items, compare_lines);
  if (b.count) qsort(b.items, b.count, sizeof *b.items, compare_lines);
  assert_int_equal(a.count, b.count);
  for (size_t i = 0; i < a.count; i++) {
    assert_string_equal(a.items[i], b.items[i]);
    free(a.items[i]);
    free(b.items[i]);
  }
  free(a.items);
  free(b.items);
}

/* ---- random terms ---- */

static librdf_node *uri(const char *kind, uint32_t number)
{
  char text[64];
  snprintf(text, sizeof text, "http://example.org/%s%u", kind, number);
  return librdf_new_node_from_uri_string(world, (const unsigned char *)text);
}

static librdf_node *literal(uint64_t *random)
{
  static const char *const TEXTS[] = {"", "a", "\"quoted\"\n", "J\xC3\xBCrgen", "7"};
  static const char *const LANGUAGES[] = {NULL, NULL, "en", "de-AT"};
  const unsigned char *const text = (const unsigned char *)TEXTS[check_below(random, 5)];
  if (check_below(random, 3)) {
    return librdf_new_node_from_literal(world, text, LANGUAGES[check_below(random, 4)], 0);
  }
  librdf_uri *const type =
      librdf_new_uri(world, (const unsigned char *)"http://www.w3.org/2001/XMLSchema#integer");
  librdf_node *const node = librdf_new_node_from_typed_literal(world, text, NULL, type);
  librdf_free_uri(type);
  return node;
}

static librdf_node *blank(uint32_t number)
{
  char text[16];
  snprintf(text, sizeof text, "b%u", number);
  return librdf_new_node_from_blank_identifier(world, (const unsigned char *)text);
}

static librdf_node *random_subject(uint64_t *random)
{
  const uint32_t number = check_below(random, 6);
  return number < 4 ? uri("s", number) : blank(number);
}

static librdf_node *random_object(uint64_t *random)
{
  const uint32_t number = check_below(random, 9);
  return number < 3 ? uri("s", number) : number < 5 ? blank(number) : literal(random);
}

static librdf_statement *random_statement(uint64_t *random, bool pattern)
{
  librdf_node *part[3] = {random_subject(random), uri("p", check_below(random, 3)),
                          random_object(random)};
  for (unsigned i = 0; i < 3 && pattern; i++) {
    if (check_below(random, 2)) continue;
    librdf_free_node(part[i]);
    part[i] = NULL;
  }
  return librdf_new_statement_from_nodes(world, part[0], part[1], part[2]);
}

/* ---- the same questions to both ---- */

static void check_find(Side *a, Side *b, uint64_t *random)
{
  librdf_statement *const pattern = random_statement(random, true);
  check_lines(stream_lines(librdf_model_find_statements(a->model, pattern)),
              stream_lines(librdf_model_find_statements(b->model, pattern)));
  librdf_free_statement(pattern);
}

static void check_nodes(Side *a, Side *b, uint64_t *random)
{
  librdf_node *const subject = random_subject(random), *const object = random_object(random);
  librdf_node *const property = uri("p", check_below(random, 3));
  check_lines(iterator_lines(librdf_model_get_sources(a->model, property, object)),
              iterator_lines(librdf_model_get_sources(b->model, property, object)));
  check_lines(iterator_lines(librdf_model_get_arcs(a->model, subject, object)),
              iterator_lines(librdf_model_get_arcs(b->model, subject, object)));
  check_lines(iterator_lines(librdf_model_get_targets(a->model, subject, property)),
              iterator_lines(librdf_model_get_targets(b->model, subject, property)));
  check_lines(iterator_lines(librdf_model_get_arcs_in(a->model, object)),
              iterator_lines(librdf_model_get_arcs_in(b->model, object)));
  check_lines(iterator_lines(librdf_model_get_arcs_out(a->model, subject)),
              iterator_lines(librdf_model_get_arcs_out(b->model, subject)));
  assert_int_equal(!librdf_model_has_arc_in(a->model, object, property),
                   !librdf_model_has_arc_in(b->model, object, property));
  assert_int_equal(!librdf_model_has_arc_out(a->model, subject, property),
                   !librdf_model_has_arc_out(b->model, subject, property));
  librdf_free_node(subject);
  librdf_free_node(object);
  librdf_free_node(property);
}

static void check_whole(Side *a, Side *b)
{
  assert_int_equal(librdf_model_size(a->model), librdf_model_size(b->model));
  check_lines(stream_lines(librdf_model_as_stream(a->model)),
              stream_lines(librdf_model_as_stream(b->model)));
}

static void add_or_remove(Side *a, Side *b, uint64_t *random)
{
  librdf_statement *const statement = random_statement(random, false);
  const int has = librdf_model_contains_statement(a->model, statement);
  assert_int_equal(!has, !librdf_model_contains_statement(b->model, statement));
  if (check_below(random, 5) < 3) {
    assert_int_equal(librdf_model_add_statement(a->model, statement), 0);
    assert_int_equal(librdf_model_add_statement(b->model, statement), 0);
  } else if (has) {
    assert_int_equal(librdf_model_remove_statement(a->model, statement), 0);
    assert_int_equal(librdf_model_remove_statement(b->model, statement), 0);
  } else {
    assert_int_not_equal(librdf_model_remove_statement(a->model, statement), 0);
  }
  librdf_free_statement(statement);
}

static void compare_without_contexts(const char *name, const char *options)
{
  uint64_t random = 2026;
  Side ours = open_side("entente", "contexts='no'"), theirs = open_side(name, options);
  for (unsigned i = 0; i < 1500; i++) {
    add_or_remove(&ours, &theirs, &random);
    if (i % 4 == 0) check_find(&ours, &theirs, &random);
    if (i % 16 == 0) check_nodes(&ours, &theirs, &random);
    if (i % 32 == 0) check_whole(&ours, &theirs);
  }
  librdf_node *const context = uri("g", 0);
  librdf_statement *const statement = random_statement(&random, false);
  assert_int_not_equal(librdf_model_context_add_statement(ours.model, context, statement), 0);
  librdf_free_statement(statement);
  librdf_free_node(context);
  close_side(&ours);
  close_side(&theirs);
}

static void test_beside_trees(void **state)
{
  (void)state;
  compare_without_contexts("trees", NULL);
}

static void test_beside_hashes(void **state)
{
  (void)state;
  compare_without_contexts("hashes", "hash-type='memory'");
}

static void test_beside_memory(void **state)
{
  (void)state;
  compare_without_contexts("memory", NULL);
}

static bool has_in_context(librdf_model *model, librdf_statement *statement, librdf_node *context)
{
  librdf_stream *const stream = librdf_model_find_statements_in_context(model, statement, context);
  assert_non_null(stream);
  const bool has = !librdf_stream_end(stream);
  librdf_free_stream(stream);
  return has;
}

/* The other storages keep a statement as often as it is added to a context, so it is added once. */
static void change_context(Side *a, Side *b, uint64_t *random)
{
  librdf_statement *const statement = random_statement(random, false);
  librdf_node *const context = uri("g", check_below(random, 3));
  const bool has = has_in_context(a->model, statement, context);
  assert_int_equal(has, has_in_context(b->model, statement, context));
  if (!has) {
    assert_int_equal(librdf_model_context_add_statement(a->model, context, statement), 0);
    assert_int_equal(librdf_model_context_add_statement(b->model, context, statement), 0);
    assert_int_equal(librdf_model_context_add_statement(a->model, context, statement), 0);
  } else if (check_below(random, 2)) {
    assert_int_equal(librdf_model_context_remove_statement(a->model, context, statement), 0);
    assert_int_equal(librdf_model_context_remove_statement(b->model, context, statement), 0);
  } else if (!check_below(random, 30)) {
    assert_int_equal(librdf_model_context_remove_statements(a->model, context), 0);
    assert_int_equal(librdf_model_context_remove_statements(b->model, context), 0);
  }
  librdf_free_statement(statement);
  librdf_free_node(context);
}

static void check_contexts(Side *a, Side *b, uint64_t *random)
{
  check_lines(iterator_lines(librdf_model_get_contexts(a->model)),
              iterator_lines(librdf_model_get_contexts(b->model)));
  librdf_node *const context = uri("g", check_below(random, 4));
  librdf_statement *const pattern = random_statement(random, true);
  check_lines(stream_lines(librdf_model_context_as_stream(a->model, context)),
              stream_lines(librdf_model_context_as_stream(b->model, context)));
  check_lines(stream_lines(librdf_model_find_statements_in_context(a->model, pattern, context)),
              stream_lines(librdf_model_find_statements_in_context(b->model, pattern, context)));
  assert_int_equal(!librdf_model_contains_context(a->model, context),
                   !librdf_model_contains_context(b->model, context));
  librdf_free_statement(pattern);
  librdf_free_node(context);
}

/* Beside "memory": "hashes" leaks its contexts. */
static void test_contexts(void **state)
{
  (void)state;
  uint64_t random = 77;
  Side ours = open_side("entente", NULL);
  Side theirs = open_side("memory", "contexts='yes'");
  for (unsigned i = 0; i < 1500; i++) {
    change_context(&ours, &theirs, &random);
    if (i % 4 == 0) check_find(&ours, &theirs, &random);
    if (i % 8 == 0) check_contexts(&ours, &theirs, &random);
    if (i % 16 == 0) check_nodes(&ours, &theirs, &random);
    if (i % 32 == 0) check_whole(&ours, &theirs);
  }
  close_side(&ours);
  close_side(&theirs);
}

/* Rasqal runs on our index and answers as it does on librdf's. */
static Lines query_lines(Side *side, const char *text)
{
  Lines lines = {NULL, 0};
  librdf_query *const query =
      librdf_new_query(world, "sparql", NULL, (const unsigned char *)text, NULL);
  librdf_query_results *const results = librdf_model_query_execute(side->model, query);
  assert_non_null(results);
  for (; !librdf_query_results_finished(results); librdf_query_results_next(results)) {
    librdf_node *nodes[8];
    const int count = librdf_query_results_get_bindings_count(results);
    assert_in_range(count, 1, 8);
    for (int i = 0; i < count; i++) {
      nodes[i] = librdf_query_results_get_binding_value(results, i);
    }
    lines_add(&lines, line_of(nodes, (size_t)count));
    for (int i = 0; i < count; i++) {
      if (nodes[i]) librdf_free_node(nodes[i]);
    }
  }
  librdf_free_query_results(results);
  librdf_free_query(query);
  return lines;
}

static void test_rasqal(void **state)
{
  (void)state;
  static const char *const QUERIES[] = {
      "PREFIX e: <http://example.org/> SELECT * WHERE { ?s e:p0 ?o . ?o e:p1 ?x }",
      "PREFIX e: <http://example.org/> SELECT ?s WHERE { ?s ?p e:s1 }",
      "PREFIX e: <http://example.org/> SELECT * WHERE { e:s0 ?p ?o OPTIONAL { ?o e:p2 ?x } }",
      ("PREFIX e: <http://example.org/> SELECT DISTINCT ?o WHERE { { ?s e:p0 ?o } UNION "
       "{ ?s e:p1 ?o } FILTER(isLiteral(?o)) }")};
  uint64_t random = 5;
  Side ours = open_side("entente", NULL), theirs = open_side("memory", NULL);
  for (unsigned i = 0; i < 400; i++) add_or_remove(&ours, &theirs, &random);
  for (size_t i = 0; i < sizeof QUERIES / sizeof *QUERIES; i++) {
    Lines answer = query_lines(&ours, QUERIES[i]);
    assert_true(answer.count > 0);
    check_lines(answer, query_lines(&theirs, QUERIES[i]));
  }
  close_side(&ours);
  close_side(&theirs);
}

/* Adding a stream leaves its contexts behind, as librdf has it. */
static void test_copies_streams(void **state)
{
  (void)state;
  uint64_t random = 9;
  Side from = open_side("memory", "contexts='yes'");
  Side ours = open_side("entente", NULL);
  Side theirs = open_side("memory", "contexts='yes'");
  for (unsigned i = 0; i < 100; i++) change_context(&ours, &from, &random);
  for (unsigned round = 0; round < 2; round++) {
    Side *const to = round ? &theirs : &ours;
    if (!round) {
      librdf_stream *const old = librdf_model_as_stream(ours.model);
      for (; !librdf_stream_end(old); librdf_stream_next(old)) {
        librdf_model_context_remove_statement(ours.model, librdf_stream_get_context2(old),
                                              librdf_stream_get_object(old));
      }
      librdf_free_stream(old);
      assert_int_equal(librdf_model_size(ours.model), 0);
    }
    librdf_stream *const stream = librdf_model_as_stream(from.model);
    assert_int_equal(librdf_model_add_statements(to->model, stream), 0);
    librdf_free_stream(stream);
  }
  check_whole(&ours, &theirs);
  close_side(&from);
  close_side(&ours);
  close_side(&theirs);
}

/* A storage over a graph of ours shares its quads and leaves the graph alive. */
static void test_over_a_graph(void **state)
{
  (void)state;
  Graph *graph;
  TermId id[3];
  assert_int_equal(graph_new(&graph), STATUS_OK);
  for (unsigned i = 0; i < 3; i++) {
    const char text[2] = {(char)('a' + i), 0};
    assert_int_equal(graph_iri(&id[i], graph, slice_of(text)), STATUS_OK);
  }
  assert_int_equal(graph_add(graph, (Quad){id[0], id[1], id[2], 0}), STATUS_OK);
  Side side;
  assert_int_equal(storage_over(&side.storage, world, graph), STATUS_OK);
  assert_ptr_equal(storage_graph(side.storage), graph);
  side.model = librdf_new_model(world, side.storage, NULL);
  assert_int_equal(librdf_model_size(side.model), 1);
  uint64_t random = 3;
  librdf_statement *const statement = random_statement(&random, false);
  assert_int_equal(librdf_model_add_statement(side.model, statement), 0);
  librdf_free_statement(statement);
  assert_int_equal(librdf_model_sync(side.model), 0);
  librdf_storage *const copy = librdf_new_storage_from_storage(side.storage);
  assert_non_null(copy);
  assert_int_equal(graph_size(storage_graph(copy)), 0);
  librdf_free_storage(copy);
  close_side(&side);
  assert_int_equal(graph_size(graph), 2);
  graph_free(graph);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_beside_trees),  cmocka_unit_test(test_beside_hashes),
      cmocka_unit_test(test_beside_memory), cmocka_unit_test(test_contexts),
      cmocka_unit_test(test_rasqal),        cmocka_unit_test(test_copies_streams),
      cmocka_unit_test(test_over_a_graph)};
  return cmocka_run_group_tests(tests, set_up, tear_down);
}
