/* JSON-LD read: constructs to the right statements, what is not handled refused; our own output
   comes back unchanged. */
#include "graph/vocabulary.h"
#include "input/rdf.h"
#include "output/rdf.h"
#include "tests/support/check.h"
#include "tests/support/failing_memory.h"
#include "tests/support/rdf_graphs.h"
#include "tests/support/scratch.h"

#include <stdio.h>

static Status read_text(Graph **out, const char *text, Syntax syntax, Buffer *messages)
{
  const RdfReadOptions options = {.syntax = syntax, .base = SLICE("http://example.org/")};
  const Report report = scratch_report(messages);
  assert_int_equal(graph_new(out), STATUS_OK);
  return rdf_read_bytes(*out, slice_of(text), "text", &options, &report);
}

/* DOCUMENT, in JSON-LD, says what TRIG says. */
static void says(const char *document, const char *trig)
{
  Graph *read, *wanted;
  Buffer messages = BUFFER_EMPTY;
  if (read_text(&read, document, SYNTAX_JSONLD, &messages) != STATUS_OK) {
    fail_msg("%s\n%s", document, messages.bytes);
  }
  assert_int_equal(read_text(&wanted, trig, SYNTAX_TRIG, &messages), STATUS_OK);
  if (!same_graphs(read, wanted, SAME_NAMED)) {
    show_difference(wanted, read);
    fail_msg("%s", document);
  }
  buffer_clear(&messages);
  graph_free(read);
  graph_free(wanted);
}

static void is_refused(const char *document)
{
  Graph *graph;
  Buffer messages = BUFFER_EMPTY;
  if (read_text(&graph, document, SYNTAX_JSONLD, &messages) != STATUS_INPUT) {
    fail_msg("accepted: %s", document);
  }
  assert_non_null(strstr(messages.bytes, "text:"));
  buffer_clear(&messages);
  graph_free(graph);
}

static void nodes_and_values(void **state)
{
  (void)state;
  says("{}", "");
  says("[]", "");
  says("{\"@id\": \"a:s\", \"a:p\": \"x\"}", "<a:s> <a:p> \"x\" .");
  says("{\"@id\": \"s\", \"a:p\": {\"@id\": \"#o\"}}",
       "<http://example.org/s> <a:p> <http://example.org/#o> .");
  says("[{\"@id\": \"a:s\", \"a:p\": [1, true, 2.5, \"x\", null]}, {\"a:q\": []}]",
       "<a:s> <a:p> 1, true, 2.5E0, \"x\" .");
  says("{\"@id\": \"a:s\", \"@type\": [\"a:C\", \"a:D\"]}", "<a:s> a <a:C>, <a:D> .");
  says("{\"a:p\": {\"a:q\": {}}}", "[] <a:p> [ <a:q> [] ] .");
  says("{\"@id\": \"_:x\", \"a:p\": {\"@id\": \"_:x\"}}", "_:x <a:p> _:x .");
  says("{\"@id\": \"a:s\", \"a:p\": [{\"@value\": \"x\", \"@language\": \"en\"}, {\"@value\": "
       "\"y\", "
       "\"@type\": \"a:t\"}, {\"@value\": 5}, {\"@value\": null}, {\"@set\": [1]}]}",
       "<a:s> <a:p> \"x\"@en, \"y\"^^<a:t>, 5, 1 .");
  says("{\"@id\": \"a:s\", \"unknown\": 1, \"a:p\": 10.0}", "<a:s> <a:p> 10 .");
  says("{\"@id\": \"a:s\", \"a:p\": [1e30, 0.00001, -1.25]}",
       "<a:s> <a:p> 1.0E30, 1.0E-5, -1.25E0 .");
}

static void lists(void **state)
{
  (void)state;
  says("{\"@id\": \"a:s\", \"a:p\": {\"@list\": [1, {\"@id\": \"a:x\"}, {\"@list\": []}]}}",
       "<a:s> <a:p> ( 1 <a:x> () ) .");
  says("{\"@context\": {\"p\": {\"@id\": \"a:p\", \"@container\": \"@list\"}}, \"@id\": \"a:s\", "
       "\"p\": [1, [2, 3]]}",
       "<a:s> <a:p> ( 1 ( 2 3 ) ) .");
}

static void contexts(void **state)
{
  (void)state;
  says(
      "{\"@context\": {\"e\": \"http://e.org/\", \"name\": \"e:name\", \"knows\": {\"@id\": "
      "\"e:knows\", \"@type\": \"@id\"}, \"id\": \"@id\", \"type\": \"@type\", \"born\": {\"@id\": "
      "\"e:born\", \"@type\": \"e:year\"}}, \"id\": \"e:a\", \"type\": \"e:C\", \"name\": \"A\", "
      "\"knows\": [\"e:b\", \"c\"], \"born\": \"1960\"}",
      "@prefix e: <http://e.org/> . e:a a e:C ; e:name \"A\" ; e:knows e:b, <c> ; e:born "
      "\"1960\"^^e:year .");
  says("{\"@context\": {\"@vocab\": \"http://v.org/\", \"@base\": \"http://b.org/x/\", "
       "\"@language\": "
       "\"de\", \"raw\": {\"@language\": null}, \"fr\": {\"@language\": \"fr\"}}, \"@id\": "
       "\"../a\", "
       "\"@type\": \"C\", \"p\": \"w\", \"raw\": \"r\", \"fr\": \"f\"}",
       "@prefix v: <http://v.org/> . <http://b.org/a> a v:C ; v:p \"w\"@de ; v:raw \"r\" ; v:fr "
       "\"f\"@fr .");
  says("{\"@context\": [{\"p\": \"a:p\"}, {\"q\": \"a:q\"}], \"@id\": \"a:s\", \"p\": 1, \"q\": "
       "{\"@context\": {\"p\": \"a:r\"}, \"@id\": \"a:o\", \"p\": 2}}",
       "<a:s> <a:p> 1 ; <a:q> <a:o> . <a:o> <a:r> 2 .");
  says("{\"@context\": {\"p\": \"a:p\"}, \"@id\": \"a:s\", \"p\": {\"@context\": null, \"@id\": "
       "\"a:o\", \"p\": 2, \"a:q\": 3}}",
       "<a:s> <a:p> <a:o> . <a:o> <a:q> 3 .");
  says("{\"@context\": {\"p\": \"a:p\", \"x\": null}, \"@id\": \"a:s\", \"p\": 1, \"x\": 2}",
       "<a:s> <a:p> 1 .");
  says("{\"@context\": {\"@vocab\": \"a:\", \"k\": {\"@type\": \"@vocab\"}, \"C\": \"b:C\"}, "
       "\"@id\": "
       "\"a:s\", \"k\": [\"C\", \"D\"]}",
       "<a:s> <a:k> <b:C>, <a:D> .");
  says("{\"@context\": {\"l\": {\"@id\": \"a:l\", \"@container\": \"@language\"}, \"i\": {\"@id\": "
       "\"a:i\", \"@container\": \"@index\"}}, \"@id\": \"a:s\", \"l\": {\"en\": \"x\", \"de\": "
       "[\"y\", \"z\"], \"@none\": \"w\"}, \"i\": {\"one\": 1, \"two\": 2}}",
       "<a:s> <a:l> \"x\"@en, \"y\"@de, \"z\"@de, \"w\" ; <a:i> 1, 2 .");
}

static void graphs_and_reversed(void **state)
{
  (void)state;
  says("{\"@graph\": [{\"@id\": \"a:s\", \"a:p\": 1}]}", "<a:s> <a:p> 1 .");
  says("{\"@id\": \"a:g\", \"a:q\": 2, \"@graph\": [{\"@id\": \"a:s\", \"a:p\": 1}]}",
       "<a:g> <a:q> 2 . <a:g> { <a:s> <a:p> 1 }");
  says("{\"@id\": \"a:s\", \"@reverse\": {\"a:p\": [{\"@id\": \"a:x\"}, {\"@id\": \"a:y\"}]}}",
       "<a:x> <a:p> <a:s> . <a:y> <a:p> <a:s> .");
  says("{\"@context\": {\"child\": {\"@reverse\": \"a:parent\", \"@type\": \"@id\"}}, \"@id\": "
       "\"a:s\", "
       "\"child\": \"a:c\"}",
       "<a:c> <a:parent> <a:s> .");
  says("{\"@included\": [{\"@id\": \"a:s\", \"a:p\": 1}]}", "<a:s> <a:p> 1 .");
}

static void refusals(void **state)
{
  (void)state;
  static const char *const bad[] = {
      "",
      "{",
      "1",
      "\"x\"",
      "{\"a\": 1, \"a\": 2}",
      "{\"@context\": \"http://example.org/context\", \"a:p\": 1}",
      "{\"@context\": [\"file:///etc/passwd\"], \"a:p\": 1}",
      "{\"@context\": {\"@import\": \"x\"}, \"a:p\": 1}",
      "{\"@context\": {\"p\": {\"@id\": \"a:p\", \"@context\": {}}}, \"p\": 1}",
      "{\"@context\": {\"p\": {\"@id\": \"a:p\", \"@container\": \"@graph\"}}, \"p\": 1}",
      "{\"@context\": {\"p\": {\"@id\": \"a:p\", \"@type\": \"@json\"}}, \"p\": {}}",
      "{\"@context\": {\"a\": \"b:\", \"b\": \"a:\"}, \"a:p\": 1}",
      "{\"@context\": {\"a\": 5}, \"a:p\": 1}",
      "{\"@id\": 5}",
      "{\"@type\": 5}",
      "{\"@nest\": {}}",
      "{\"@id\": \"a b\", \"a:p\": 1}",
      "{\"@id\": \"a:s\", \"a:p\": {\"@id\": \"a:<x>\"}}",
      "{\"@id\": \"a:s\", \"a:p\": {\"@value\": \"x\", \"@language\": \"not a tag\"}}",
      "{\"@id\": \"a:s\", \"a:p\": {\"@value\": {}}}",
      "{\"@id\": \"a:s\", \"_:p\": 1}",
      "{\"@id\": \"_:a b\", \"a:p\": 1}",
      "{\"@id\": \"a:s\", \"@reverse\": {\"a:p\": 1}}",
      "{\"@id\": \"a:s\", \"a:p\": \"\\u0000\"}",
  };
  for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) is_refused(bad[i]);
}

static void deep_documents(void **state)
{
  (void)state;
  Buffer text = BUFFER_EMPTY;
  for (int i = 0; i < 100000; i++) assert_int_equal(buffer_text(&text, "{\"a:p\":"), STATUS_OK);
  is_refused(text.bytes);
  text.count = 0;
  for (int i = 0; i < 1000; i++) assert_int_equal(buffer_text(&text, "{\"a:p\":"), STATUS_OK);
  assert_int_equal(buffer_text(&text, "1"), STATUS_OK);
  for (int i = 0; i < 1000; i++) assert_int_equal(buffer_text(&text, "}"), STATUS_OK);
  Graph *graph;
  assert_int_equal(read_text(&graph, text.bytes, SYNTAX_JSONLD, NULL), STATUS_OK);
  assert_int_equal(graph_size(graph), 1000);
  graph_free(graph);
  buffer_clear(&text);
}

static void our_own_output(void **state)
{
  (void)state;
  for (uint64_t seed = 1; seed <= 1000; seed++) {
    Graph *const graph = random_graph(seed, RANDOM_NAMED);
    Graph *back;
    Buffer text = BUFFER_EMPTY, messages = BUFFER_EMPTY;
    const Sink sink = buffer_sink(&text);
    assert_int_equal(rdf_write(&sink, graph, SYNTAX_JSONLD, NULL, NULL), STATUS_OK);
    const Status status = read_text(&back, text.bytes, SYNTAX_JSONLD, &messages);
    if (status != STATUS_OK || !same_graphs(graph, back, SAME_NAMED)) {
      show_difference(graph, back);
      fail_msg("seed %llu: %s\n%s", (unsigned long long)seed, text.bytes,
               messages.bytes ? messages.bytes : "");
    }
    buffer_clear(&text);
    buffer_clear(&messages);
    graph_free(graph);
    graph_free(back);
  }
}

static bool read_once(void *handle)
{
  Graph *graph;
  const RdfReadOptions options = {.syntax = SYNTAX_JSONLD};
  if (graph_new(&graph) != STATUS_OK) return false;
  const Status status = rdf_read_bytes(graph, slice_of(handle), "t", &options, NULL);
  graph_free(graph);
  assert_true(status == STATUS_OK || status == STATUS_MEMORY);
  return status == STATUS_OK;
}

static void memory_fails(void **state)
{
  (void)state;
  char text[] =
      "{\"@context\": {\"e\": \"http://e.org/\", \"p\": {\"@id\": \"e:p\", \"@type\": \"@id\"}, "
      "\"@base\": \"http://e.org/\"}, \"@id\": \"e:s\", \"p\": [\"x\", {\"e:q\": {\"@list\": [1, "
      "\"y\"]}}], \"@graph\": {\"e:r\": {\"@value\": \"z\", \"@type\": \"e:t\"}}}";
  assert_int_not_equal(failing_memory_each(read_once, text, 2000), 0);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(nodes_and_values), cmocka_unit_test(lists),
      cmocka_unit_test(contexts),         cmocka_unit_test(graphs_and_reversed),
      cmocka_unit_test(refusals),         cmocka_unit_test(deep_documents),
      cmocka_unit_test(our_own_output),   cmocka_unit_test(memory_fails),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
