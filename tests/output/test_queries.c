/* The queries that ship in tests/data/queries, each run on a small graph of facts and compared with
   the table beside it. */
#include "graph/fact.h"
#include "output/query.h"
#include "tests/support/check.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define FOLDER "tests/data/queries"

static const FactSchema MEETING = {
    {"metWith", 7}, {"Meeting", 7}, {"met with", 8}, {"coAgent", 7}, true};
static const FactSchema SIGNING = {
    {"signed", 6}, {"Signing", 7}, {"signed", 6}, {"theme", 5}, false};
static const FactSchema VISIT = {
    {"visited", 7}, {"Visit", 5}, {"visited", 7}, {"destination", 11}, false};

enum { KISHIDA, BIDEN, SUNAK, JAPAN, BRITAIN, PACT, WASHINGTON, MACRON };

#define TEXT(LITERAL)                                                                              \
  {                                                                                                \
    LITERAL, sizeof LITERAL - 1                                                                    \
  }
#define ENTITY(CLASS, NAME)                                                                        \
  {                                                                                                \
    .class = CLASS, .label = TEXT(NAME)                                                            \
  }

static const Entity ENTITIES[] = {ENTITY(ENTITY_PERSON, "Fumio Kishida"),
                                  ENTITY(ENTITY_PERSON, "Joe Biden"),
                                  ENTITY(ENTITY_PERSON, "Rishi Sunak"),
                                  ENTITY(ENTITY_COUNTRY, "Japan"),
                                  ENTITY(ENTITY_COUNTRY, "United Kingdom"),
                                  ENTITY(ENTITY_AGREEMENT, "Reciprocal Access Agreement"),
                                  ENTITY(ENTITY_PLACE, "Washington"),
                                  ENTITY(ENTITY_PERSON, "Emmanuel Macron")};

#define ONE TEXT("https://news.example.org/one")
#define TWO TEXT("https://news.example.org/two")

/* Which facts, with what they rest on. */
static const Fact FACTS[] = {
    {&MEETING,
     KISHIDA,
     BIDEN,
     TEXT("2023-01-13"),
     FACTUALITY_ACTUAL,
     {NULL, 0},
     -1,
     90,
     ONE,
     0,
     28,
     TEXT("Kishida met Biden on Friday.")},
    {&MEETING, KISHIDA, BIDEN, TEXT("2023-01-13"), FACTUALITY_ACTUAL, TEXT("the White House"), -1,
     80, TWO, 10, 36, TEXT("Biden and Kishida held talks")},
    {&MEETING,
     BIDEN,
     SUNAK,
     TEXT("2023-03-13"),
     FACTUALITY_ACTUAL,
     {NULL, 0},
     -1,
     70,
     TWO,
     50,
     70,
     TEXT("Biden received Sunak")},
    {&MEETING,
     MACRON,
     BIDEN,
     TEXT("2023-04"),
     FACTUALITY_PLANNED,
     {NULL, 0},
     -1,
     60,
     TWO,
     80,
     104,
     TEXT("Macron is to meet Biden")},
    {&MEETING,
     BIDEN,
     SUNAK,
     {NULL, 0},
     FACTUALITY_PLANNED,
     {NULL, 0},
     -1,
     60,
     ONE,
     200,
     224,
     TEXT("Biden will meet Sunak")},
    {&SIGNING,
     JAPAN,
     PACT,
     TEXT("2023-01-11"),
     FACTUALITY_ACTUAL,
     {NULL, 0},
     -1,
     95,
     ONE,
     100,
     150,
     TEXT("Japan and the United Kingdom signed the agreement.")},
    {&SIGNING,
     BRITAIN,
     PACT,
     TEXT("2023-01-11"),
     FACTUALITY_ACTUAL,
     {NULL, 0},
     -1,
     95,
     ONE,
     100,
     150,
     TEXT("Japan and the United Kingdom signed the agreement.")},
    {&VISIT,
     SUNAK,
     WASHINGTON,
     TEXT("2023-03"),
     FACTUALITY_PLANNED,
     {NULL, 0},
     -1,
     50,
     TWO,
     110,
     140,
     TEXT("Sunak plans to visit Washington")},
    {&VISIT,
     KISHIDA,
     WASHINGTON,
     TEXT("2023-01-12"),
     FACTUALITY_ACTUAL,
     {NULL, 0},
     -1,
     50,
     ONE,
     160,
     190,
     TEXT("Kishida arrived in Washington")},
    {&VISIT,
     MACRON,
     WASHINGTON,
     TEXT("2023"),
     FACTUALITY_PLANNED,
     {NULL, 0},
     -1,
     50,
     TWO,
     150,
     180,
     TEXT("Macron plans to visit Washington")},
};

static Graph *graph_of_facts(void)
{
  Graph *graph;
  const FactSet set = {.base = TEXT("https://w3id.org/entente/id/"),
                       .entities = ENTITIES,
                       .entity_count = sizeof ENTITIES / sizeof *ENTITIES,
                       .facts = FACTS,
                       .fact_count = sizeof FACTS / sizeof *FACTS};
  assert_int_equal(graph_new(&graph), STATUS_OK);
  assert_int_equal(facts_add(graph, &set), STATUS_OK);
  return graph;
}

static bool read_file(Buffer *out, const char *name, const char *extension)
{
  char path[512], bytes[4096];
  snprintf(path, sizeof path, "%s/%s%s", FOLDER, name, extension);
  FILE *const file = fopen(path, "rb");
  if (!file) return false;
  for (size_t count; (count = fread(bytes, 1, sizeof bytes, file)) > 0;) {
    assert_int_equal(buffer_add(out, bytes, count), STATUS_OK);
  }
  fclose(file);
  return true;
}

static void print(void *handle, const Message *message)
{
  print_error("%s:%zu: %s\n", (const char *)handle, message->line, message->text);
}

static void run_query(Graph *graph, char *name)
{
  Buffer query = BUFFER_EMPTY, expected = BUFFER_EMPTY, out = BUFFER_EMPTY;
  const Sink sink = buffer_sink(&out);
  const Report to = {print, name};
  Graph *none;
  assert_true(read_file(&query, name, ".rq"));
  assert_int_equal(query_run(&none, &sink, graph, buffer_as_slice(&query), RESULTS_TSV, &to),
                   STATUS_OK);
  if (!read_file(&expected, name, ".tsv"))
    print_error("%s has no table beside it\n%s", name, out.bytes);
  assert_non_null(expected.bytes);
  assert_string_equal(out.bytes, expected.bytes);
  buffer_clear(&query);
  buffer_clear(&expected);
  buffer_clear(&out);
}

static void test_shipped_queries(void **state)
{
  (void)state;
  Graph *const graph = graph_of_facts();
  DIR *const folder = opendir(FOLDER);
  assert_non_null(folder);
  size_t count = 0;
  for (struct dirent *entry; (entry = readdir(folder)) != NULL;) {
    char name[256];
    const size_t length = strlen(entry->d_name);
    if (length < 4 || strcmp(entry->d_name + length - 3, ".rq") != 0) continue;
    snprintf(name, sizeof name, "%.*s", (int)(length - 3), entry->d_name);
    run_query(graph, name);
    count++;
  }
  closedir(folder);
  assert_true(count >= 8);
  graph_free(graph);
}

int main(void)
{
  const struct CMUnitTest tests[] = {cmocka_unit_test(test_shipped_queries)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
