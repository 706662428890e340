/* Fuzz target: bytes up to the first NUL as a column mapping, if there is one, then a table. What
   was read is written as a table and read again. */
#undef NDEBUG
#include "fuzz.h"

#include "input/table.h"
#include "output/table.h"

#include <assert.h>

static Ontology *ontology; /* loaded once */

static Graph *read_table(Slice text, Slice map)
{
  Graph *graph;
  const TableOptions options = {.ontology = ontology, .map = map};
  assert(graph_new(&graph) == STATUS_OK);
  const Status status = table_read_bytes(graph, text, "fuzz", &options, NULL);
  assert(status == STATUS_OK || status == STATUS_INPUT || status == STATUS_ARGUMENT);
  return graph;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
  const uint8_t *const nul = size ? memchr(bytes, 0, size) : NULL;
  const size_t map = nul ? (size_t)(nul - bytes) : 0, start = nul ? map + 1 : 0;
  if (!ontology) assert(ontology_load(&ontology, NULL, 0, NULL) == STATUS_OK);
  Graph *const graph = read_table((Slice){(const char *)bytes + start, size - start},
                                  (Slice){(const char *)bytes, map});
  Buffer out = BUFFER_EMPTY;
  const Sink sink = buffer_sink(&out);
  assert(table_write(&sink, graph, ontology, size % 2 ? ',' : '\t') == STATUS_OK);
  graph_free(read_table(buffer_as_slice(&out), SLICE_NONE));
  buffer_clear(&out);
  graph_free(graph);
  return 0;
}
