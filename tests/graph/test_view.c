/* Views: what counts as an edge, what the filters leave, and that nothing depends on order. */
#include "graph/view.h"

#include "graph/nearest.h"
#include "graph/vocabulary.h"
#include "tests/support/check.h"
#include "tests/support/failing_memory.h"
#include "tests/support/rows.h"
#include "tests/support/scratch.h"

#include <stdio.h>

static const Row dealings[] = {
    {"P:Ann Alder", "metWith", "P:Bob Birch", "2023-01-13", FACTUALITY_ACTUAL, "http://d.org/1",
     "Alder met Birch.", 10},
    {"P:Bob Birch", "metWith", "P:Ann Alder", "2023-02", FACTUALITY_PLANNED, "http://d.org/2",
     "Birch will meet Alder.", 20},
    {"P:Ann Alder", "supported", "P:Bob Birch", NULL, FACTUALITY_ACTUAL, "http://d.org/2",
     "Alder backs Birch.", 90},
    {"P:Bob Birch", "criticized", "P:Ann Alder", "2022", FACTUALITY_ACTUAL, "http://d.org/1",
     "Birch blamed Alder.", 50},
    {"P:Ann Alder", "holdsOffice", "F:President of France", "2021", FACTUALITY_ACTUAL,
     "http://d.org/1", "President Alder", 1},
    {"P:Ann Alder", "holdsOffice", "F:Prime Minister of France", "2020", FACTUALITY_ACTUAL,
     "http://d.org/1", "Prime Minister Alder", 2},
    {"P:Bob Birch", "holdsOffice", "F:President of Germany", NULL, FACTUALITY_ACTUAL,
     "http://d.org/1", "President Birch", 3},
    {"C:Poland", "visited", "C:Germany", "2020-05-01", FACTUALITY_ACTUAL, NULL, NULL, 0},
    {"P:Ann Alder", "announced", "T:a plan", "2023-01-14", FACTUALITY_ACTUAL, "http://d.org/1",
     "Alder announced a plan.", 200},
    {"L:Lyon", "locatedIn", "C:France", NULL, FACTUALITY_ACTUAL, "http://d.org/1", "Lyon, France",
     300},
};
#define DEALINGS (sizeof dealings / sizeof *dealings)

static ViewRelation schema[64];

static ViewOptions plain_options(ViewLevel level)
{
  const Ontology *const ontology = rows_ontology();
  const size_t count = ontology_relation_count(ontology);
  assert_true(count <= 64);
  for (size_t i = 0; i < count; i++) {
    const Relation *const relation = ontology_relation(ontology, (RelationId)i);
    schema[i] = (ViewRelation){relation->schema, relation->family, relation->lasting};
  }
  return (ViewOptions){.level = level,
                       .schema = schema,
                       .schema_count = count,
                       .other_family = FAMILY_OTHER,
                       .max_quotes = 2};
}

static Graph *graph_of(const Row *rows, size_t count)
{
  Graph *graph;
  assert_int_equal(graph_new(&graph), STATUS_OK);
  rows_add(graph, rows_ontology(), rows, count);
  return graph;
}

/* Whatever stands after " of ", for people and offices. */
static Slice state_by_office(void *handle, EntityClass *class, Slice label, Slice office)
{
  (void)handle;
  if (*class == ENTITY_COUNTRY) return label;
  if (*class == ENTITY_OFFICE) office = label;
  for (size_t i = 4; i < office.len && *class != ENTITY_PLACE; i++) {
    if (memcmp(office.ptr + i - 4, " of ", 4) != 0) continue;
    const Slice whose = slice_part(office, i, office.len);
    *class = slice_is(whose, "the Union") ? ENTITY_ORGANIZATION : ENTITY_COUNTRY;
    return whose;
  }
  return SLICE_NONE;
}

static const ViewEdge *edge_between(const View *view, const char *from, const char *to)
{
  for (uint32_t i = 0; i < view->edge_count; i++) {
    const ViewEdge *const edge = &view->edges[i];
    if (slice_is(view->nodes[edge->from].label, from) && slice_is(view->nodes[edge->to].label, to))
      return edge;
  }
  return NULL;
}

static const ViewNode *node_called(const View *view, const char *label)
{
  for (uint32_t i = 0; i < view->node_count; i++)
    if (slice_is(view->nodes[i].label, label)) return &view->nodes[i];
  return NULL;
}

static void makes(View *view, const Row *rows, size_t count, const ViewOptions *options)
{
  Graph *const graph = graph_of(rows, count);
  assert_int_equal(view_make(view, graph, options, NULL), STATUS_OK);
  graph_free(graph); /* slices of terms die here: only counts may be looked at */
}

static void test_bundles_a_pair(void **state)
{
  (void)state;
  View view;
  Graph *const graph = graph_of(dealings, DEALINGS);
  const ViewOptions options = plain_options(VIEW_ACTOR);
  assert_int_equal(view_make(&view, graph, &options, NULL), STATUS_OK);
  const ViewEdge *const to = edge_between(&view, "Ann Alder", "Bob Birch");
  const ViewEdge *const back = edge_between(&view, "Bob Birch", "Ann Alder");
  assert_non_null(to);
  assert_non_null(back);
  assert_int_equal(to->count, 3);
  assert_int_equal(to->part_count, 2);
  assert_int_equal(to->parts[0].total, 2);
  assert_int_equal(to->by_factuality[FACTUALITY_ACTUAL], 2);
  assert_int_equal(to->by_factuality[FACTUALITY_PLANNED], 1);
  assert_true(to->forward && !to->backward);
  assert_true(slice_is(to->first, "2023-01-13") && slice_is(to->last, "2023-02"));
  assert_int_equal(to->quote_total, 3);
  assert_int_equal(to->quote_count, 2);
  assert_int_equal(back->count, 1);
  assert_int_equal(back->families, 1u << FAMILY_CRITICISM);
  view_clear(&view);
  graph_free(graph);
}

static void test_folds_offices_and_leaves_details_out(void **state)
{
  (void)state;
  View view;
  Graph *const graph = graph_of(dealings, DEALINGS);
  ViewOptions options = plain_options(VIEW_ACTOR);
  assert_int_equal(view_make(&view, graph, &options, NULL), STATUS_OK);
  assert_true(slice_is(node_called(&view, "Ann Alder")->office, "President of France"));
  assert_null(node_called(&view, "President of France"));
  assert_null(node_called(&view, "a plan"));
  assert_null(node_called(&view, "Lyon"));
  assert_int_equal(view.details_left_out, 2);
  view_clear(&view);
  options.details = true;
  assert_int_equal(view_make(&view, graph, &options, NULL), STATUS_OK);
  assert_non_null(node_called(&view, "a plan"));
  assert_non_null(node_called(&view, "Lyon"));
  assert_int_equal(view.details_left_out, 0);
  view_clear(&view);
  graph_free(graph);
}

/* Ann Alder, as she is called by COUNT of these offices. */
static void check_office(const char *const *offices, size_t count, const char *expected)
{
  Row rows[9] = {{"P:Ann Alder", "metWith", "P:Bob Birch", NULL, FACTUALITY_ACTUAL, NULL, NULL, 0}};
  for (size_t i = 0; i < count; i++)
    rows[i + 1] = (Row){"P:Ann Alder",     "holdsOffice",    offices[i], NULL,
                        FACTUALITY_ACTUAL, "http://d.org/1", "Alder",    (unsigned)i * 10};
  View view;
  Graph *const graph = graph_of(rows, count + 1);
  ViewOptions options = plain_options(VIEW_ACTOR);
  options.state_of = state_by_office;
  assert_int_equal(view_make(&view, graph, &options, NULL), STATUS_OK);
  const Slice office = node_called(&view, "Ann Alder")->office;
  if (!slice_is(office, expected)) fail_msg("%.*s, not %s", SLICE_ARGS(office), expected);
  view_clear(&view);
  graph_free(graph);
}

static void test_chooses_the_office_that_most_says(void **state)
{
  (void)state;
  static const char *const head[] = {"F:Leader of the Union", "F:President of France"};
  static const char *const often[] = {"F:President of France", "F:Chief of the Union",
                                      "F:Chief of the Union"};
  static const char *const known[] = {"F:Minister", "F:Minister", "F:Trade Minister of France"};
  static const char *const longest[] = {"F:Envoy of France", "F:Special Envoy of France"};
  check_office(head, 2, "President of France");
  check_office(often, 3, "Chief of the Union");
  check_office(known, 3, "Trade Minister of France");
  check_office(longest, 2, "Special Envoy of France");
}

static void test_counts_people_for_their_states(void **state)
{
  (void)state;
  View view;
  Graph *const graph = graph_of(dealings, DEALINGS);
  ViewOptions options = plain_options(VIEW_COUNTRY);
  options.state_of = state_by_office;
  assert_int_equal(view_make(&view, graph, &options, NULL), STATUS_OK);
  assert_int_equal(view.node_count, 3);
  assert_int_equal(view.edge_count, 3); /* two families between France and Germany */
  unsigned families = 0;
  for (uint32_t i = 0; i < view.edge_count; i++) families |= view.edges[i].families;
  assert_int_equal(families, 1u << FAMILY_COOPERATION | 1u << FAMILY_CRITICISM);
  const ViewEdge *const edge = edge_between(&view, "France", "Germany");
  assert_non_null(edge);
  assert_int_equal(edge->count, 3);
  assert_int_equal(node_called(&view, "Germany")->class, ENTITY_COUNTRY);
  assert_true(node_called(&view, "Germany")->iri.len > 0); /* Poland visited it: it is an entity */
  view_clear(&view);
  graph_free(graph);
}

static void test_pairs_those_who_sign_together(void **state)
{
  (void)state;
  static const Row rows[] = {
      {"C:Chile", "signed", "A:the pact", "2023", FACTUALITY_ACTUAL, "http://d.org/1", "both", 5},
      {"C:Peru", "signed", "A:the pact", "2023", FACTUALITY_ACTUAL, "http://d.org/1", "both", 5},
  };
  View view;
  const ViewOptions options = plain_options(VIEW_COUNTRY);
  makes(&view, rows, 2, &options);
  assert_int_equal(view.edge_count, 1);
  assert_false(view.edges[0].forward || view.edges[0].backward);
  assert_int_equal(view.edges[0].families, 1u << FAMILY_AGREEMENT);
  view_clear(&view);
}

/* How many situations stand behind the edges that OPTIONS leave. */
static uint32_t left(const ViewOptions *options)
{
  View view;
  makes(&view, dealings, DEALINGS, options);
  const uint32_t count = view.situation_count;
  view_clear(&view);
  return count;
}

static void test_filters(void **state)
{
  (void)state;
  ViewOptions options = plain_options(VIEW_ACTOR);
  assert_int_equal(left(&options), 5);
  const Slice meetings = SLICE("metWith");
  options.relations = &meetings;
  options.relation_count = 1;
  assert_int_equal(left(&options), 2);
  options.factualities = 1u << FACTUALITY_PLANNED;
  assert_int_equal(left(&options), 1);
  options = plain_options(VIEW_ACTOR);
  options.min_weight = 2;
  assert_int_equal(left(&options), 3);
}

static void test_filters_by_date_at_any_precision(void **state)
{
  (void)state;
  ViewOptions options = plain_options(VIEW_ACTOR);
  options.since = SLICE("2023-02-10"); /* February 2023 as a whole may be later */
  assert_int_equal(left(&options), 1);
  options.since = SLICE("2023-01-15"); /* the date of the document, for what is undated */
  assert_int_equal(left(&options), 2);
  options.since = SLICE("2023-01-16");
  assert_int_equal(left(&options), 1);
  options.since = SLICE("2022");
  options.until = SLICE("2022-06");
  assert_int_equal(left(&options), 1);
  options.until = SLICE("2023-01");
  assert_int_equal(left(&options), 3);
}

static void test_focus(void **state)
{
  (void)state;
  static const Row chain[] = {
      {"C:Aland", "metWith", "C:Bland", NULL, FACTUALITY_ACTUAL, NULL, NULL, 0},
      {"C:Bland", "visited", "C:Cland", NULL, FACTUALITY_ACTUAL, NULL, NULL, 0},
      {"C:Dland", "visited", "C:Cland", NULL, FACTUALITY_ACTUAL, NULL, NULL, 0},
  };
  View view;
  const Slice name = SLICE("aland"); /* case is forgiven */
  ViewOptions options = plain_options(VIEW_ACTOR);
  options.focus = &name;
  options.focus_count = 1;
  makes(&view, chain, 3, &options);
  assert_int_equal(view.node_count, 2);
  view_clear(&view);
  options.depth = 2;
  makes(&view, chain, 3, &options);
  assert_int_equal(view.node_count, 3);
  view_clear(&view);
  options.depth = 9;
  makes(&view, chain, 3, &options);
  assert_int_equal(view.node_count, 4);
  view_clear(&view);
}

static void test_unknown_focus_names_the_nearest(void **state)
{
  (void)state;
  View view;
  Buffer messages = BUFFER_EMPTY;
  const Report sink = scratch_report(&messages);
  Graph *const graph = graph_of(dealings, DEALINGS);
  const Slice name = SLICE("Brich");
  ViewOptions options = plain_options(VIEW_ACTOR);
  options.focus = &name;
  options.focus_count = 1;
  assert_int_equal(view_make(&view, graph, &options, &sink), STATUS_NOT_FOUND);
  assert_non_null(strstr(messages.bytes, "did you mean Bob Birch?"));
  assert_null(strstr(messages.bytes, "Alder"));
  buffer_clear(&messages);
  graph_free(graph);
}

static void test_nearest_names(void **state)
{
  (void)state;
  Slice near[3];
  size_t count;
  Arena arena = ARENA_EMPTY;
  Graph *const graph = graph_of(dealings, DEALINGS);
  assert_int_equal(nearest_names(near, &count, 3, &arena, graph, SLICE("Alder")), STATUS_OK);
  assert_int_equal(count, 1);
  assert_true(slice_is(near[0], "Ann Alder"));
  assert_int_equal(nearest_names(near, &count, 3, &arena, graph, SLICE("qqqqqq")), STATUS_OK);
  assert_int_equal(count, 0);
  assert_int_equal(nearest_names(near, &count, 3, &arena, graph, SLICE("")), STATUS_OK);
  arena_clear(&arena);
  graph_free(graph);
}

static void test_cuts_to_the_strongest(void **state)
{
  (void)state;
  View view;
  ViewOptions options = plain_options(VIEW_ACTOR);
  options.max_nodes = 2;
  makes(&view, dealings, DEALINGS, &options);
  assert_int_equal(view.node_count, 2);
  assert_int_equal(view.edge_count, 2);
  assert_int_equal(view.edges_left_out, 1);
  assert_int_equal(view.nodes_left_out, 2);
  view_clear(&view);
  options.max_nodes = 0;
  options.max_edges = 1;
  makes(&view, dealings, DEALINGS, &options);
  assert_int_equal(view.edge_count, 1);
  assert_int_equal(view.edges[0].count, 3);
  view_clear(&view);
}

static void print_view(Buffer *out, const View *view)
{
  for (uint32_t i = 0; i < view->node_count; i++)
    buffer_printf(out, "%.*s %.*s %u\n", SLICE_ARGS(view->nodes[i].label),
                  SLICE_ARGS(view->nodes[i].office), view->nodes[i].weight);
  for (uint32_t i = 0; i < view->edge_count; i++) {
    const ViewEdge *const edge = &view->edges[i];
    buffer_printf(out, "%u %u %u %.*s", edge->from, edge->to, edge->count, SLICE_ARGS(edge->first));
    for (uint32_t j = 0; j < edge->part_count; j++)
      buffer_printf(out, " %.*s", SLICE_ARGS(view->relations[edge->parts[j].relation].schema.name));
    for (uint32_t j = 0; j < edge->quote_count; j++)
      buffer_printf(out, " '%.*s'", SLICE_ARGS(edge->quotes[j].text));
    buffer_text(out, "\n");
  }
}

static void print_of(Buffer *out, const Row *rows, size_t count, ViewLevel level)
{
  View view;
  Graph *const graph = graph_of(rows, count);
  ViewOptions options = plain_options(level);
  options.state_of = state_by_office;
  options.details = true;
  assert_int_equal(view_make(&view, graph, &options, NULL), STATUS_OK);
  print_view(out, &view);
  view_clear(&view);
  graph_free(graph);
}

static void test_does_not_depend_on_order(void **state)
{
  (void)state;
  Buffer expected[2] = {BUFFER_EMPTY, BUFFER_EMPTY}, got = BUFFER_EMPTY;
  Row rows[DEALINGS];
  uint64_t seed = 7;
  memcpy(rows, dealings, sizeof rows);
  for (int level = 0; level < 2; level++)
    print_of(&expected[level], rows, DEALINGS, (ViewLevel)level);
  for (int round = 0; round < 40; round++) {
    for (uint32_t i = DEALINGS - 1; i > 0; i--) {
      const uint32_t j = check_below(&seed, i + 1);
      const Row swap = rows[i];
      rows[i] = rows[j];
      rows[j] = swap;
    }
    got.count = 0;
    print_of(&got, rows, DEALINGS, (ViewLevel)(round % 2));
    assert_string_equal(got.bytes, expected[round % 2].bytes);
  }
  buffer_clear(&expected[0]);
  buffer_clear(&expected[1]);
  buffer_clear(&got);
}

static void add_triple(Graph *graph, const char *subject, const char *predicate, const char *object)
{
  Quad quad = {0};
  assert_int_equal(graph_iri(&quad.subject, graph, slice_of(subject)), STATUS_OK);
  assert_int_equal(graph_iri(&quad.predicate, graph, slice_of(predicate)), STATUS_OK);
  assert_int_equal(graph_iri(&quad.object, graph, slice_of(object)), STATUS_OK);
  assert_int_equal(graph_add(graph, quad), STATUS_OK);
}

static void test_plain_triples_count_where_no_situation_does(void **state)
{
  (void)state;
  View view;
  Graph *const graph = graph_of(dealings, DEALINGS);
  const ViewOptions options = plain_options(VIEW_ACTOR);
  add_triple(graph, "http://x.org/Elm", ENT "visited", "http://x.org/Fir");
  add_triple(graph, ENT_DATA "Bob_Birch", ENT "metWith", ENT_DATA "Ann_Alder"); /* known */
  add_triple(graph, "http://x.org/Elm", RDF "type", ENT "Country");
  assert_int_equal(view_make(&view, graph, &options, NULL), STATUS_OK);
  assert_int_equal(view.situation_count, 5);
  view_clear(&view);
  add_triple(graph, "http://x.org/Fir", RDF "type", ENT "Country");
  assert_int_equal(view_make(&view, graph, &options, NULL), STATUS_OK);
  assert_int_equal(view.situation_count, 6);
  assert_non_null(edge_between(&view, "Elm", "Fir")); /* named by their IRIs */
  view_clear(&view);
  graph_free(graph);
}

static void test_empty_graph(void **state)
{
  (void)state;
  View view;
  Graph *graph;
  const ViewOptions options = plain_options(VIEW_COUNTRY);
  assert_int_equal(graph_new(&graph), STATUS_OK);
  assert_int_equal(view_make(&view, graph, &options, NULL), STATUS_OK);
  assert_int_equal(view.node_count + view.edge_count, 0);
  view_clear(&view);
  graph_free(graph);
}

static bool view_once(void *graph)
{
  View view;
  ViewOptions options = plain_options(VIEW_COUNTRY);
  options.state_of = state_by_office;
  const Status status = view_make(&view, graph, &options, NULL);
  if (!status) view_clear(&view);
  return !status;
}

static void test_survives_want_of_memory(void **state)
{
  (void)state;
  Graph *const graph = graph_of(dealings, DEALINGS);
  assert_int_equal(graph_index(graph), STATUS_OK);
  assert_true(failing_memory_each(view_once, graph, 5000) > 20);
  graph_free(graph);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_bundles_a_pair),
      cmocka_unit_test(test_folds_offices_and_leaves_details_out),
      cmocka_unit_test(test_chooses_the_office_that_most_says),
      cmocka_unit_test(test_counts_people_for_their_states),
      cmocka_unit_test(test_pairs_those_who_sign_together),
      cmocka_unit_test(test_filters),
      cmocka_unit_test(test_filters_by_date_at_any_precision),
      cmocka_unit_test(test_focus),
      cmocka_unit_test(test_unknown_focus_names_the_nearest),
      cmocka_unit_test(test_nearest_names),
      cmocka_unit_test(test_cuts_to_the_strongest),
      cmocka_unit_test(test_does_not_depend_on_order),
      cmocka_unit_test(test_plain_triples_count_where_no_situation_does),
      cmocka_unit_test(test_empty_graph),
      cmocka_unit_test(test_survives_want_of_memory),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
