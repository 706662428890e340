/* Relation tables: what is written is read back to the same graph; tables by hand; maps. */
#include "graph/vocabulary.h"
#include "input/rdf.h"
#include "input/table.h"
#include "output/rdf.h"
#include "output/table.h"
#include "tests/support/check.h"
#include "tests/support/failing_memory.h"
#include "tests/support/scratch.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static Ontology *ontology;

static int load(void **state)
{
  (void)state;
  return ontology_load(&ontology, NULL, 0, NULL) == STATUS_OK ? 0 : -1;
}

static int unload(void **state)
{
  (void)state;
  ontology_free(ontology);
  return 0;
}

typedef struct Reading {
  Graph *graph;
  Status status;
  size_t skipped;
  Buffer messages;
} Reading;

static Reading read_slice(Slice table, const char *map)
{
  Reading r = {.messages = BUFFER_EMPTY};
  const Report report = scratch_report(&r.messages);
  const TableOptions options = {.ontology = ontology, .map = slice_of(map), .skipped = &r.skipped};
  assert_int_equal(graph_new(&r.graph), STATUS_OK);
  r.status = table_read_bytes(r.graph, table, "table", &options, &report);
  return r;
}

static Reading read_table(const char *table, const char *map)
{
  return read_slice(slice_of(table), map);
}

static void done(Reading *r)
{
  graph_free(r->graph);
  buffer_clear(&r->messages);
}

static Buffer table_of(Graph *graph, char separator)
{
  Buffer out = BUFFER_EMPTY;
  const Sink sink = buffer_sink(&out);
  assert_int_equal(table_write(&sink, graph, ontology, separator), STATUS_OK);
  return out;
}

static Buffer lines_of(Graph *graph)
{
  Buffer out = BUFFER_EMPTY;
  const Sink sink = buffer_sink(&out);
  assert_int_equal(rdf_write(&sink, graph, SYNTAX_NQUADS, NULL, NULL), STATUS_OK);
  assert_int_equal(buffer_add(&out, "", 0), STATUS_OK);
  return out;
}

static bool contains(const Graph *graph, const char *s, const char *p, const char *o)
{
  const Quad quad = {graph_find_iri(graph, slice_of(s)), graph_find_iri(graph, slice_of(p)),
                     graph_find_iri(graph, slice_of(o)), TERM_ANY};
  return quad.subject && quad.predicate && quad.object && graph_contains(graph, quad);
}

/* The graph of TABLE, written as a table and read again, is the same to the byte, in CSV and TSV.
 */
static void survives(const char *table)
{
  const char separators[] = {',', '\t'};
  Reading first = read_table(table, NULL);
  if (first.status != STATUS_OK || first.skipped) fail_msg("%s", first.messages.bytes);
  Buffer wanted = lines_of(first.graph);
  for (size_t i = 0; i < 2; i++) {
    Buffer written = table_of(first.graph, separators[i]);
    Reading again = read_table(written.bytes, NULL);
    Buffer got = lines_of(again.graph);
    assert_int_equal(again.skipped, 0);
    assert_string_equal(got.bytes, wanted.bytes);
    buffer_clear(&got);
    buffer_clear(&written);
    done(&again);
  }
  buffer_clear(&wanted);
  done(&first);
}

#define HEADER                                                                                     \
  "subject,relation,object,date,factuality,attributedTo,confidence,document,start,end,quote\r\n"

static void full_tables_come_back(void **state)
{
  (void)state;
  survives(HEADER
           "Fumio Kishida,metWith,Joe Biden,2023-01-13,actual,,0.9,http://e.org/1,0,6,They m\r\n");
  survives(HEADER
           "Ann Lee,metWith,Bo Ek,2023-01-13,actual,,0.9,http://e.org/1,0,6,\"a, \"\"b\"\"\n\"\r\n"
           "Ann Lee,metWith,Cy Fox,2023-01-13,actual,,0.9,http://e.org/1,0,6,\"a, \"\"b\"\"\n\"\r\n"
           "Ann Lee,metWith,Bo Ek,2023-01-13,actual,Japan,0.5,http://e.org/2,3,9,second\r\n"
           "Japan,signed,Treaty of Nowhere,2023,planned,an official,1,http://e.org/2,3,9,second\r\n"
           "Japan,criticized,Russia,,denied,,0.05,http://e.org/2,10,12,no\r\n"
           "Japan,supported,what he said,2022-02,possible,,0.05,http://e.org/2,10,12,no\r\n");
  survives(HEADER "Ann Lee,metWith,Bo Ek,2023-01-13,actual,,,,,,\r\n"
                  "Ann Lee,metWith,Bo Ek,2023-01-13,actual,,,http://e.org/1,,,\r\n"
                  "Ann Lee,metWith,Bo Ek,2023-01-13,actual,,0.3,http://e.org/1,1,3,ab\r\n");
  survives(HEADER);
}

/* All with all: three who met each other come back as one meeting. */
static void mutual_meetings(void **state)
{
  (void)state;
  const char *const table = HEADER "Ann Lee,metWith,Bo Ek,,actual,,1,http://e.org/1,0,3,met\r\n"
                                   "Bo Ek,metWith,Cy Fox,,actual,,1,http://e.org/1,0,3,met\r\n"
                                   "Cy Fox,metWith,Ann Lee,,actual,,1,http://e.org/1,0,3,met\r\n";
  survives(table);
  Reading r = read_table(table, NULL);
  const Quad meetings = {TERM_ANY, graph_find_iri(r.graph, SLICE(RDF "type")),
                         graph_find_iri(r.graph, SLICE(ENT "Meeting")), TERM_ANY};
  assert_int_equal(graph_count(r.graph, meetings), 1);
  Buffer written = table_of(r.graph, ',');
  assert_string_equal(written.bytes,
                      HEADER "Ann Lee,metWith,Bo Ek,,actual,,1.0,http://e.org/1,0,3,met\r\n"
                             "Ann Lee,metWith,Cy Fox,,actual,,1.0,http://e.org/1,0,3,met\r\n"
                             "Bo Ek,metWith,Cy Fox,,actual,,1.0,http://e.org/1,0,3,met\r\n");
  buffer_clear(&written);
  done(&r);
}

/* Random facts, nasty names and quotes. */
static void random_tables_come_back(void **state)
{
  (void)state;
  static const char *const names[] = {
      "Ann Lee",     "Bo Ek", "\"X, Y\"",       "\"say \"\"hi\"\"\"",
      "Caf\xC3\xA9", "a;b",   "\"line\nbreak\""};
  static const char *const relations[] = {"metWith", "signed", "visited", "criticized",
                                          "supported"};
  static const char *const factualities[] = {"actual", "planned", "possible", "denied"};
  uint64_t random = 11;
  for (int round = 0; round < 60; round++) {
    Buffer table = BUFFER_EMPTY;
    assert_int_equal(buffer_text(&table, HEADER), STATUS_OK);
    for (uint32_t n = check_below(&random, 12); n > 0; n--) {
      const uint32_t a = check_below(&random, 7), b = (a + 1 + check_below(&random, 6)) % 7;
      const uint32_t at = check_below(&random, 3);
      assert_int_equal(
          buffer_printf(&table, "%s,%s,%s,20%02u,%s,,0.5,http://e.org/%u,%u,%u,q%u\r\n", names[a],
                        relations[check_below(&random, 5)], names[b], 10 + check_below(&random, 2),
                        factualities[check_below(&random, 4)], check_below(&random, 2), at, at + 2,
                        at),
          STATUS_OK);
    }
    survives(table.bytes);
    buffer_clear(&table);
  }
}

static void tables_by_hand(void **state)
{
  (void)state;
  const char *const tables[] = {
      "subject,relation,object,date\nJapan,visited,France,2023-01-13\n",
      "\xEF\xBB\xBFSubject;Relation;Object;Date\r\n\"Japan\";visited;France;2023-01-13\r\n",
      "object\tdate\trelation\tsubject\r\nFrance\t2023-01-13\tvisited\tJapan",
      "\n\nsubject,relation,object,date\n\n Japan , visited , France ,2023-01-13\n\n",
      "subject,relation,object,date,note\rJapan,visited,France,2023-01-13,hello\r",
      "subject,relation,object,date\nJapan,visited,France,2023-01-13,\n",
  };
  for (size_t i = 0; i + 1 < sizeof tables / sizeof *tables; i++) {
    Reading r = read_table(tables[i], NULL);
    assert_int_equal(r.status, STATUS_OK);
    assert_int_equal(r.skipped, 0);
    assert_true(contains(r.graph, ENT_DATA "Japan", ENT "visited", ENT_DATA "France"));
    assert_true(contains(r.graph, ENT_DATA "Japan", RDF "type", ENT "Country"));
    done(&r);
  }
}

static void classes_are_inferred(void **state)
{
  (void)state;
  Reading r = read_table("subject,relation,object,objectClass\n"
                         "Jane Q. Sample,holdsOffice,Minister of Samples,\n"
                         "Sample Alliance,visited,Sampleville,\n"
                         "Jane Q. Sample,signed,Sample Framework Treaty,\n"
                         "Jane Q. Sample,announced,a new budget,\n"
                         "Jane Q. Sample,criticized,Oddname,Place\n",
                         NULL);
  assert_int_equal(r.status, STATUS_OK);
  assert_true(contains(r.graph, ENT_DATA "Jane_Q._Sample", RDF "type", ENT "Person"));
  assert_true(contains(r.graph, ENT_DATA "Minister_of_Samples", RDF "type", ENT "Office"));
  assert_true(contains(r.graph, ENT_DATA "Sample_Alliance", RDF "type", ENT "Organization"));
  assert_true(contains(r.graph, ENT_DATA "Sample_Framework_Treaty", RDF "type", ENT "Agreement"));
  assert_true(contains(r.graph, ENT_DATA "a_new_budget", RDF "type", ENT "Thing"));
  assert_true(contains(r.graph, ENT_DATA "Oddname", RDF "type", ENT "Place"));
  done(&r);
}

static void unknown_relations(void **state)
{
  (void)state;
  Reading r = read_table("subject,relation,object\nAnn Lee,flew over,Japan\nBo Ek,flew over,Japan\n"
                         "Ann Lee,met with,Bo Ek\nAnn Lee,!!,Bo Ek\n",
                         NULL);
  assert_int_equal(r.status, STATUS_OK);
  assert_int_equal(r.skipped, 1);
  assert_true(contains(r.graph, ENT_DATA "Ann_Lee", ENT "flewOver", ENT_DATA "Japan"));
  assert_true(contains(r.graph, ENT_DATA "Ann_Lee", ENT "metWith", ENT_DATA "Bo_Ek"));
  const char *const first = strstr(r.messages.bytes, "flew over");
  assert_non_null(first);
  assert_null(strstr(first + 1, "flew over"));
  Buffer written = table_of(r.graph, ',');
  assert_non_null(strstr(written.bytes, "Bo Ek,flewOver,Japan,"));
  buffer_clear(&written);
  done(&r);
}

static void bad_rows_are_left_out(void **state)
{
  (void)state;
  static const struct {
    const char *row, *reason;
  } rows[] = {
      {",visited,Japan,,,,,,,,", "no subject"},
      {"Ann Lee,,Japan,,,,,,,,", "no relation"},
      {"Ann Lee,visited,,,,,,,,,", "no object"},
      {"Ann Lee,visited,Japan,yesterday,,,,,,,", "date"},
      {"Ann Lee,visited,Japan,2023-02-30,,,,,,,", "date"},
      {"Ann Lee,visited,Japan,2023-13,,,,,,,", "date"},
      {"Ann Lee,visited,Japan,,perhaps,,,,,,", "factuality"},
      {"Ann Lee,visited,Japan,,,,1.5,,,,", "confidence"},
      {"Ann Lee,visited,Japan,,,,much,,,,", "confidence"},
      {"Ann Lee,visited,Japan,,,,,http://e.org/,x,5,q", "start"},
      {"Ann Lee,visited,Japan,,,,,http://e.org/,7,5,q", "end"},
      {"Ann Lee,visited,Japan,,,,,,,,,,,,more", "more fields"},
      {"Ann Lee,metWith,Ann Lee,,,,,,,,", "same"},
      {"\"Ann\" Lee,visited,Japan,,,,,,,,", "quotation marks"},
  };
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    Buffer table = BUFFER_EMPTY;
    assert_int_equal(buffer_printf(&table,
                                   HEADER "Bo Ek,visited,France,,,,,,,,\n%s\n"
                                          "Cy Fox,visited,France,,,,,,,,\n",
                                   rows[i].row),
                     STATUS_OK);
    Reading r = read_table(table.bytes, NULL);
    assert_int_equal(r.status, STATUS_OK);
    assert_int_equal(r.skipped, 1);
    assert_non_null(strstr(r.messages.bytes, "table:3:"));
    if (!strstr(r.messages.bytes, rows[i].reason)) fail_msg("%s", r.messages.bytes);
    assert_true(contains(r.graph, ENT_DATA "Cy_Fox", ENT "visited", ENT_DATA "France"));
    buffer_clear(&table);
    done(&r);
  }
}

static void a_quote_left_open(void **state)
{
  (void)state;
  Reading r =
      read_table("subject,relation,object\n\"Ann Lee,visited,Japan\nBo Ek,visited,France\n", NULL);
  assert_int_equal(r.status, STATUS_OK);
  assert_int_equal(r.skipped, 1);
  assert_true(contains(r.graph, ENT_DATA "Bo_Ek", ENT "visited", ENT_DATA "France"));
  done(&r);
}

static void maps(void **state)
{
  (void)state;
  const char *const table = "id\twho\twhere\tday\n7\tAnn Lee\tJapan\t2020-05-01\n";
  Reading r = read_table(table, "subject=who relation=visited object=where date=day");
  assert_int_equal(r.status, STATUS_OK);
  assert_true(contains(r.graph, ENT_DATA "Ann_Lee", ENT "visited", ENT_DATA "Japan"));
  done(&r);
  r = read_table(table, "# two facts a row\nsubject=who relation=\"visited\" object=\"France\" "
                        "document=\"http://e.org/{id}\" quote=\"{who} in {where}\"\n"
                        "subject=\"{who} Jr\" relation=criticized object=where");
  assert_int_equal(r.status, STATUS_OK);
  assert_true(contains(r.graph, ENT_DATA "Ann_Lee_Jr", ENT "criticized", ENT_DATA "Japan"));
  const TermId quote = graph_find_iri(r.graph, SLICE("http://e.org/7#char=0,16"));
  assert_int_not_equal(quote, TERM_ANY);
  done(&r);
}

static bool holds(const Graph *graph, const char *person, const char *office)
{
  return contains(graph, person, ENT "holdsOffice", office);
}

static void titles_are_no_part_of_names(void **state)
{
  (void)state;
  Reading r = read_table("guest,from,class\n"
                         "President Ann Lee-min,Peru,\n"
                         "Crown Prince Sheikh Omar bin Zed,Kuwait,\n"
                         "former Prime Minister Cy Fox,Peru,\n"
                         "President Lim,Peru,\n"
                         "King Nagrom IV,Ruritania,\n"
                         "President Bo Ek and Prime Minister Cy Fox,Peru,\n"
                         "Prime Minister Di Gray,\"Korea, South\",\n"
                         "Foreign Ministry of Peru,Peru,\n",
                         "subject=guest subjectState=from relation=visited object=\"Japan\"");
  assert_int_equal(r.status, STATUS_OK);
  assert_true(holds(r.graph, ENT_DATA "Ann_Lee-min", ENT_DATA "President_of_Peru"));
  assert_true(holds(r.graph, ENT_DATA "Omar_bin_Zed", ENT_DATA "Crown_Prince_of_Kuwait"));
  assert_true(contains(r.graph, ENT_DATA "Cy_Fox", ENT "visited", ENT_DATA "Japan"));
  assert_false(holds(r.graph, ENT_DATA "Cy_Fox", ENT_DATA "Prime_Minister_of_Peru"));
  assert_true(holds(r.graph, ENT_DATA "President_Lim", ENT_DATA "President_of_Peru"));
  assert_true(holds(r.graph, ENT_DATA "Nagrom_IV", ENT_DATA "King_of_Ruritania"));
  assert_true(contains(r.graph, ENT_DATA "President_Bo_Ek_and_Prime_Minister_Cy_Fox", ENT "visited",
                       ENT_DATA "Japan"));
  assert_true(holds(r.graph, ENT_DATA "Di_Gray", ENT_DATA "Prime_Minister_of_South_Korea"));
  done(&r);
  r = read_table("subject,relation,object\nPeruvian President Ann Lee,visited,\"Korea, South\"\n"
                 "General Motors,criticized,Peru\nPresident Ann Lee,visited,Japan\n",
                 NULL);
  assert_true(holds(r.graph, ENT_DATA "Ann_Lee", ENT_DATA "President_of_Peru"));
  assert_true(contains(r.graph, ENT_DATA "Ann_Lee", ENT "visited", ENT_DATA "South_Korea"));
  assert_true(contains(r.graph, ENT_DATA "Ann_Lee", ENT "visited", ENT_DATA "Japan"));
  assert_true(contains(r.graph, ENT_DATA "General_Motors", ENT "criticized", ENT_DATA "Peru"));
  done(&r);
  r = read_table(HEADER "President Ann Lee,visited,Japan,,actual,,1,,,,\r\n", NULL);
  assert_true(contains(r.graph, ENT_DATA "President_Ann_Lee", ENT "visited", ENT_DATA "Japan"));
  done(&r);
}

static void bad_maps(void **state)
{
  (void)state;
  static const char *const bad[] = {
      "subject=who relation=visited",
      "subject=nobody relation=visited object=where",
      "subject=who relation=visited object=\"{nowhere}\"",
      "subject=who relation=visited object=\"{where\"",
      "subject=who relation=visited object=\"open",
      "subject=who relation=visited object=where colour=day",
      "subject",
  };
  for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
    Reading r = read_table("who,where\nAnn Lee,Japan\n", bad[i]);
    assert_int_equal(r.status, STATUS_ARGUMENT);
    assert_true(r.messages.count > 0);
    done(&r);
  }
  Reading r = read_table("who,where\nAnn Lee,Japan\n", NULL);
  assert_int_equal(r.status, STATUS_INPUT);
  assert_non_null(strstr(r.messages.bytes, "subject"));
  done(&r);
  r = read_table("", NULL);
  assert_int_equal(r.status, STATUS_INPUT);
  done(&r);
}

/* A century of visits, where it is at hand. */
static void foreign_tables(void **state)
{
  (void)state;
  static const struct {
    const char *path, *map;
    size_t least;
  } tables[] = {
      {"../shared/travels/president-travels.tsv",
       "subject=name relation=visited object=country date=start", 700},
      {"../shared/travels/visits.tsv",
       "subject=visitor relation=visited object=\"United States\" date=start subjectState=from",
       2500},
  };
  for (size_t i = 0; i < 2; i++) {
    Graph *graph;
    size_t skipped = 0;
    if (access(tables[i].path, R_OK) != 0) {
      print_message("%s is not here\n", tables[i].path);
      continue;
    }
    const TableOptions options = {
        .ontology = ontology, .map = slice_of(tables[i].map), .skipped = &skipped};
    assert_int_equal(graph_new(&graph), STATUS_OK);
    assert_int_equal(table_read(graph, tables[i].path, &options, NULL), STATUS_OK);
    const Quad visits = {TERM_ANY, graph_find_iri(graph, SLICE(RDF "type")),
                         graph_find_iri(graph, SLICE(ENT "Visit")), TERM_ANY};
    assert_true(graph_count(graph, visits) >= tables[i].least);
    assert_true(skipped < 10);
    graph_free(graph);
  }
}

static void damaged_tables(void **state)
{
  (void)state;
  const char table[] =
      HEADER "Ann Lee,metWith,\"Bo \"\"Ek\",2023,actual,x; y,0.9,http://e.org,0,6,q\r\n"
             "Japan;signed;x\t\"\n\"a\"b,,,,\"";
  uint64_t random = 3;
  for (int i = 0; i < 3000; i++) {
    char copy[sizeof table];
    memcpy(copy, table, sizeof table);
    for (uint32_t k = check_below(&random, 6); k > 0; k--) {
      copy[check_below(&random, sizeof table - 1)] = ",;\t\"\n\r\0x\xFF"[check_below(&random, 9)];
    }
    Reading r = read_slice((Slice){copy, check_below(&random, sizeof table)}, NULL);
    assert_true(r.status == STATUS_OK || r.status == STATUS_INPUT);
    done(&r);
  }
}

static bool trip_once(void *handle)
{
  Graph *graph;
  Buffer out = BUFFER_EMPTY;
  const Sink sink = buffer_sink(&out);
  const TableOptions options = {.ontology = handle};
  const Slice table =
      SLICE(HEADER "Ann Lee,metWith,Bo Ek,2023,actual,x; y,0.9,http://e.org,0,6,q\r\n"
                   "Japan,flew,\"a\"\"b\",2023,actual,,0.9,d,0,6,q\r\n");
  if (graph_new(&graph) != STATUS_OK) return false;
  Status status = table_read_bytes(graph, table, "t", &options, NULL);
  if (status == STATUS_OK) status = table_write(&sink, graph, handle, ',');
  graph_free(graph);
  buffer_clear(&out);
  assert_true(status == STATUS_OK || status == STATUS_MEMORY);
  return status == STATUS_OK;
}

static bool titles_once(void *handle)
{
  Graph *graph;
  const TableOptions options = {.ontology = handle};
  const Slice table = SLICE("subject,relation,object\n"
                            "Peruvian President Ann Lee,visited,\"Korea, South\"\n");
  if (graph_new(&graph) != STATUS_OK) return false;
  const Status status = table_read_bytes(graph, table, "t", &options, NULL);
  graph_free(graph);
  assert_true(status == STATUS_OK || status == STATUS_MEMORY);
  return status == STATUS_OK;
}

static void memory_fails(void **state)
{
  (void)state;
  assert_int_not_equal(failing_memory_each(titles_once, ontology, 3000), 0);
  assert_int_not_equal(failing_memory_each(trip_once, ontology, 3000), 0);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(full_tables_come_back),
      cmocka_unit_test(mutual_meetings),
      cmocka_unit_test(random_tables_come_back),
      cmocka_unit_test(tables_by_hand),
      cmocka_unit_test(classes_are_inferred),
      cmocka_unit_test(unknown_relations),
      cmocka_unit_test(bad_rows_are_left_out),
      cmocka_unit_test(a_quote_left_open),
      cmocka_unit_test(maps),
      cmocka_unit_test(titles_are_no_part_of_names),
      cmocka_unit_test(bad_maps),
      cmocka_unit_test(foreign_tables),
      cmocka_unit_test(damaged_tables),
      cmocka_unit_test(memory_fails),
  };
  return cmocka_run_group_tests(tests, load, unload);
}
