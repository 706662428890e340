/* Facts become situations: grouping loses and invents no pair, the merge law holds, plain triples
   stand for actual situations only. */
#include "graph/fact.h"
#include "graph/grouping.h"
#include "graph/vocabulary.h"

#include "tests/support/check.h"

#include <stdio.h>
#include <stdlib.h>

static uint32_t roll(uint32_t below)
{
  static uint64_t state = 1;
  return check_below(&state, below);
}

static int by_number(const void *handle, uint32_t a, uint32_t b)
{
  (void)handle;
  return (a > b) - (a < b);
}

#define PEOPLE 7

static void mark(bool table[PEOPLE][PEOPLE], uint32_t a, uint32_t b, bool symmetric)
{
  table[a][b] = true;
  if (symmetric) table[b][a] = true;
}

static void mark_group(bool table[PEOPLE][PEOPLE], const Group *group, bool symmetric)
{
  const bool one_side = group->objects.count == 0;
  const Side *const others = one_side ? &group->subjects : &group->objects;
  for (size_t i = 0; i < group->subjects.count; i++) {
    for (size_t j = one_side ? i + 1 : 0; j < others->count; j++) {
      mark(table, group->subjects.members[i], others->members[j], symmetric);
    }
  }
}

static void grouping_keeps_the_pairs(void **unused)
{
  (void)unused;
  for (int round = 0; round < 3000; round++) {
    const bool symmetric = round % 2;
    Pair pairs[12];
    bool wanted[PEOPLE][PEOPLE] = {{false}}, found[PEOPLE][PEOPLE] = {{false}};
    const uint32_t count = roll(12) + 1;
    for (uint32_t i = 0; i < count; i++) {
      pairs[i] = (Pair){roll(PEOPLE), roll(PEOPLE)};
      if (symmetric && pairs[i].subject == pairs[i].object) continue;
      mark(wanted, pairs[i].subject, pairs[i].object, symmetric);
    }
    Arena arena = ARENA_EMPTY;
    Group *groups;
    size_t group_count;
    assert_int_equal(
        group_pairs(&groups, &group_count, &arena, pairs, count, symmetric, by_number, NULL), 0);
    for (size_t i = 0; i < group_count; i++) mark_group(found, &groups[i], symmetric);
    assert_memory_equal(wanted, found, sizeof wanted);
    arena_clear(&arena);
  }
}

static void a_clique_is_one_group(void **unused)
{
  (void)unused;
  Pair pairs[] = {{0, 1}, {2, 0}, {1, 2}};
  Arena arena = ARENA_EMPTY;
  Group *groups;
  size_t count;
  group_pairs(&groups, &count, &arena, pairs, 3, true, by_number, NULL);
  assert_int_equal(count, 1);
  assert_int_equal(groups[0].subjects.count, 3);
  assert_int_equal(groups[0].objects.count, 0);
  arena_clear(&arena);
}

static const FactSchema met = {
    {"metWith", 7}, {"Meeting", 7}, {"met with", 8}, {"coAgent", 7}, true};
static const FactSchema backed = {
    {"supported", 9}, {"Support", 7}, {"supported", 9}, {"theme", 5}, false};

static const Entity people[] = {
    {.class = ENTITY_PERSON, .label = {"Ada Example", 11}},
    {.class = ENTITY_PERSON, .label = {"Bo \"B\" <Sample>", 15}},
    {.class = ENTITY_COUNTRY, .label = {"Ruritania", 9}},
    {.class = ENTITY_PERSON, .label = {"Cy", 2}, .scope = {"urn:doc:1", 9}},
};

static void random_facts(Fact *facts, size_t count, uint32_t documents)
{
  static const char *const names[] = {"urn:doc:0", "urn:doc:1", "urn:doc:2"};
  static const char *const dates[] = {"", "2023", "2023-01", "2023-01-13"};
  for (size_t i = 0; i < count; i++) {
    const uint32_t start = roll(3) * 10;
    facts[i] = (Fact){.schema = roll(2) ? &met : &backed,
                      .subject = roll(4),
                      .object = roll(4),
                      .date = slice_of(dates[roll(4)]),
                      .factuality = (Factuality)roll(4),
                      .attributed_entity = roll(3) ? -1 : (int32_t)roll(4),
                      .confidence = roll(101),
                      .document = slice_of(names[roll(documents)]),
                      .start = start,
                      .end = start + 5,
                      .quote = SLICE("quote")};
  }
}

static void add(Graph *graph, const Fact *facts, size_t count)
{
  const FactSet set = {SLICE(ENT_DATA), people, 4, facts, count, NULL, 0};
  assert_int_equal(facts_add(graph, &set), STATUS_OK);
}

static bool holds(Graph *in, const Graph *from, Quad q)
{
  Term terms[4];
  TermId ids[4] = {0};
  const TermId from_ids[4] = {q.subject, q.predicate, q.object, q.graph};
  for (int i = 0; i < 4; i++) {
    if (from_ids[i] == TERM_ANY) continue;
    terms[i] = graph_term(from, from_ids[i]);
    if (terms[i].datatype) {
      terms[i].datatype = graph_find_iri(in, graph_term(from, terms[i].datatype).text);
    }
    ids[i] = graph_find_term(in, &terms[i]);
    if (ids[i] == TERM_ANY) return false;
  }
  return graph_contains(in, (Quad){ids[0], ids[1], ids[2], ids[3]});
}

static void assert_within(Graph *part, Graph *whole)
{
  GraphCursor *cursor;
  Quad q;
  graph_match(&cursor, part, (Quad){0, 0, 0, 0});
  while (graph_next(cursor, &q)) assert_true(holds(whole, part, q));
  graph_match_end(cursor);
}

/* Document by document, in another order, gives the statements of all at once. */
static void merge_law(void **unused)
{
  (void)unused;
  for (int round = 0; round < 200; round++) {
    Fact facts[20], part[20];
    random_facts(facts, 20, 3);
    Graph *together, *apart;
    graph_new(&together);
    graph_new(&apart);
    add(together, facts, 20);
    for (char document = '2'; document >= '0'; document--) {
      size_t n = 0;
      for (size_t i = 20; i-- > 0;) {
        if (facts[i].document.ptr[8] == document) part[n++] = facts[i];
      }
      add(apart, part, n);
    }
    assert_int_equal(graph_size(together), graph_size(apart));
    assert_within(together, apart);
    graph_free(together);
    graph_free(apart);
  }
}

static TermId ent(Graph *graph, const char *name)
{
  char iri[128];
  snprintf(iri, sizeof iri, ENT "%s", name);
  return graph_find_iri(graph, slice_of(iri));
}

static void only_what_is_actual_is_a_plain_triple(void **unused)
{
  (void)unused;
  for (int f = 0; f < 4; f++) {
    Graph *graph;
    graph_new(&graph);
    const Fact fact = {.schema = &backed,
                       .subject = 0,
                       .object = 2,
                       .factuality = (Factuality)f,
                       .attributed_entity = -1};
    add(graph, &fact, 1);
    const TermId plain = ent(graph, "supported");
    const size_t count = plain ? graph_count(graph, (Quad){0, plain, 0, 0}) : 0;
    assert_int_equal(count, f == FACTUALITY_ACTUAL);
    assert_int_equal(graph_count(graph, (Quad){0, ent(graph, "factuality"), 0, 0}), 1);
    graph_free(graph);
  }
}

static void names_are_legal_in_iris(void **unused)
{
  (void)unused;
  Buffer iri = BUFFER_EMPTY;
  entity_iri(&iri, SLICE("x:"), &people[1]);
  assert_string_equal(iri.bytes, "x:Bo_%22B%22_%3CSample%3E");
  iri.count = 0;
  entity_iri(&iri, SLICE("x:"), &people[3]);
  assert_int_equal(iri.count, strlen("x:Cy-12345678"));
  buffer_clear(&iri);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(grouping_keeps_the_pairs),
      cmocka_unit_test(a_clique_is_one_group),
      cmocka_unit_test(merge_law),
      cmocka_unit_test(only_what_is_actual_is_a_plain_triple),
      cmocka_unit_test(names_are_legal_in_iris),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
