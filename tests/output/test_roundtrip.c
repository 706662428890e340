/* Round trip as a law: what our writers write, readers of other libraries read back unchanged. */
#include "input/rdf.h"
#include "output/rdf.h"
#include "tests/support/check.h"
#include "tests/support/rdf_graphs.h"

#include <stdio.h>
#include <stdlib.h>

#define GRAPHS 1000u

typedef enum Reader { OURS, SERD, RAPTOR } Reader;

static void print(void *handle, const Message *m)
{
  (void)handle;
  fprintf(stderr, "%s:%zu:%zu: %s\n", m->file, m->line, m->column, m->text);
}

static Status read_back(Graph *graph, Slice text, Syntax syntax, Reader reader)
{
  const RdfReadOptions options = {.syntax = syntax};
  const Report loud = {print, NULL};
  switch (reader) {
  case SERD:
    return read_with_serd(graph, text, syntax) ? STATUS_INPUT : STATUS_OK;
  case RAPTOR:
    return read_with_raptor(graph, text, syntax) ? STATUS_INPUT : STATUS_OK;
  case OURS:
    break;
  }
  return rdf_read_bytes(graph, text, "back", &options, &loud);
}

/* raptor writes language tags in lower case. */
static unsigned sameness(Syntax syntax, Reader reader)
{
  return (syntax_info(syntax)->graphs ? SAME_NAMED : 0) |
         (reader == RAPTOR || syntax == SYNTAX_RDFXML ? SAME_ANY_CASE : 0);
}

/* Write the graph of SEED, read it back, compare. */
static void trip(uint64_t seed, unsigned flags, Syntax syntax, Reader reader)
{
  Graph *const written = random_graph(seed, flags);
  Graph *back;
  Buffer text = BUFFER_EMPTY;
  const Sink sink = buffer_sink(&text);
  assert_int_equal(graph_new(&back), STATUS_OK);
  assert_int_equal(rdf_write(&sink, written, syntax, NULL, NULL), STATUS_OK);
  const Status status = read_back(back, buffer_as_slice(&text), syntax, reader);
  if (status != STATUS_OK || !same_graphs(written, back, sameness(syntax, reader))) {
    fprintf(stderr, "%s, seed %llu:\n%s\n", syntax_info(syntax)->name, (unsigned long long)seed,
            text.bytes);
    show_difference(written, back);
    fail_msg("%s: %s", syntax_info(syntax)->name, status_text(status));
  }
  buffer_clear(&text);
  graph_free(back);
  graph_free(written);
}

static void trips(unsigned flags, Syntax syntax, Reader reader)
{
  for (uint64_t seed = 1; seed <= GRAPHS; seed++) trip(seed, flags, syntax, reader);
}

static void lines_through_ours(void **state)
{
  (void)state;
  trips(RANDOM_NAMED, SYNTAX_NTRIPLES, OURS);
  trips(RANDOM_NAMED, SYNTAX_NQUADS, OURS);
}

static void lines_through_serd(void **state)
{
  (void)state;
  trips(RANDOM_NAMED, SYNTAX_NTRIPLES, SERD);
  trips(RANDOM_NAMED, SYNTAX_NQUADS, SERD);
}

static void turtle_through_ours(void **state)
{
  (void)state;
  trips(RANDOM_NAMED, SYNTAX_TURTLE, OURS);
}

static void turtle_through_serd(void **state)
{
  (void)state;
  trips(RANDOM_NAMED, SYNTAX_TURTLE, SERD);
}

static void turtle_through_raptor(void **state)
{
  (void)state;
  trips(RANDOM_NAMED, SYNTAX_TURTLE, RAPTOR);
}

static void trig_through_ours(void **state)
{
  (void)state;
  trips(RANDOM_NAMED, SYNTAX_TRIG, OURS);
}

static void trig_through_serd(void **state)
{
  (void)state;
  trips(RANDOM_NAMED, SYNTAX_TRIG, SERD);
}

static void trig_through_raptor(void **state)
{
  (void)state;
  trips(RANDOM_NAMED | RANDOM_NO_BLANK_GRAPHS, SYNTAX_TRIG, RAPTOR);
}

static void xml_through_raptor(void **state)
{
  (void)state;
  trips(RANDOM_XML, SYNTAX_RDFXML, RAPTOR);
  trips(RANDOM_XML, SYNTAX_RDFXML, OURS);
}

static void rdf_json_through_raptor(void **state)
{
  (void)state;
  trips(0, SYNTAX_RDFJSON, RAPTOR);
  trips(0, SYNTAX_RDFJSON, OURS);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(lines_through_ours),    cmocka_unit_test(lines_through_serd),
      cmocka_unit_test(turtle_through_ours),   cmocka_unit_test(turtle_through_serd),
      cmocka_unit_test(turtle_through_raptor), cmocka_unit_test(trig_through_ours),
      cmocka_unit_test(trig_through_serd),     cmocka_unit_test(trig_through_raptor),
      cmocka_unit_test(xml_through_raptor),    cmocka_unit_test(rdf_json_through_raptor),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
