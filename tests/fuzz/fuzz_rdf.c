/* Fuzz target: the first byte chooses syntax and skip_bad, the rest is a document. What was read is
   written as N-Quads and TriG; N-Quads read again give the same bytes, TriG as many statements. */
#undef NDEBUG
#include "fuzz.h"

#include "input/rdf.h"
#include "output/rdf.h"

#include <assert.h>

static const Syntax syntaxes[] = {SYNTAX_TURTLE, SYNTAX_TRIG,    SYNTAX_NTRIPLES, SYNTAX_NQUADS,
                                  SYNTAX_RDFXML, SYNTAX_RDFJSON, SYNTAX_RDFA,     SYNTAX_JSONLD};

static Graph *read_as(Slice text, Syntax syntax, bool skip_bad, Status *status)
{
  Graph *graph;
  const RdfReadOptions options = {
      .syntax = syntax, .base = SLICE("http://example.org/"), .skip_bad = skip_bad};
  assert(graph_new(&graph) == STATUS_OK);
  *status = rdf_read_bytes(graph, text, "fuzz", &options, NULL);
  return graph;
}

static void write_as(Buffer *out, Graph *graph, Syntax syntax)
{
  const Sink sink = buffer_sink(out);
  assert(rdf_write(&sink, graph, syntax, NULL, NULL) == STATUS_OK);
}

static void survives(Graph *graph, const Buffer *lines, Syntax syntax)
{
  Status status;
  Buffer text = BUFFER_EMPTY, again = BUFFER_EMPTY;
  write_as(&text, graph, syntax);
  Graph *const back = read_as(buffer_as_slice(&text), syntax, false, &status);
  assert(status == STATUS_OK);
  assert(graph_size(back) == graph_size(graph));
  write_as(&again, back, SYNTAX_NQUADS);
  if (syntax == SYNTAX_NQUADS) {
    assert(slice_equal(buffer_as_slice(&again), buffer_as_slice(lines)));
  }
  buffer_clear(&text);
  buffer_clear(&again);
  graph_free(back);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
  if (size == 0) return 0;
  Status status;
  Buffer lines = BUFFER_EMPTY;
  const Slice text = {(const char *)bytes + 1, size - 1};
  Graph *const graph = read_as(text, syntaxes[bytes[0] % 8], bytes[0] & 8, &status);
  write_as(&lines, graph, SYNTAX_NQUADS);
  survives(graph, &lines, SYNTAX_NQUADS);
  survives(graph, &lines, SYNTAX_TRIG);
  buffer_clear(&lines);
  graph_free(graph);
  return 0;
}
