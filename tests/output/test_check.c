/* The check: a sound graph has no findings, and each way of breaking it is found. */
#include "graph/vocabulary.h"
#include "input/rdf.h"
#include "input/table.h"
#include "input/texts.h"
#include "ontology/embedded.h"
#include "output/aligned.h"
#include "output/check.h"
#include "tests/support/check.h"
#include "tests/support/failing_memory.h"
#include "tests/support/scratch.h"

#include <stdio.h>

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

#define PREFIXES                                                                                   \
  "@prefix ent: <" ENT "> . @prefix id: <" ENT_DATA "> . @prefix rdfs: <" RDFS "> . "              \
  "@prefix xsd: <" XSD "> . @prefix : <http://e.org/> .\n"
#define PEOPLE                                                                                     \
  "id:A a ent:Person ; rdfs:label \"A\" . id:B a ent:Person ; rdfs:label \"B\" . "                 \
  "id:T a ent:Agreement ; rdfs:label \"T\" .\n"
#define QUOTE                                                                                      \
  "<http://e.org/d#char=2,7> a ent:Quote ; ent:exact \"A met\" ; ent:start 2 ; ent:end 7 ; "       \
  "ent:document :d ; ent:confidence 0.5 .\n"
#define MEETING                                                                                    \
  "id:m a ent:Meeting ; rdfs:label \"A met with B\" ; ent:agent id:A ; ent:coAgent id:B ; "        \
  "ent:factuality ent:Actual ; ent:evidence <http://e.org/d#char=2,7> ; "                          \
  "ent:date \"2023-01-13\"^^xsd:date .\n"
#define EDGE "id:A ent:metWith id:B .\n"
#define SOUND PREFIXES PEOPLE QUOTE MEETING EDGE

static Graph *graph_of(const char *text)
{
  Graph *graph;
  const RdfReadOptions options = {.syntax = SYNTAX_TRIG};
  assert_int_equal(graph_new(&graph), STATUS_OK);
  assert_int_equal(rdf_read_bytes(graph, slice_of(text), "t", &options, NULL), STATUS_OK);
  return graph;
}

static Buffer findings_of(CheckCounts *counts, const char *text, CheckText texts, void *handle)
{
  Graph *const graph = graph_of(text);
  Buffer out = BUFFER_EMPTY;
  const Sink sink = buffer_sink(&out);
  const CheckOptions options = {ontology, texts, handle};
  assert_int_equal(check_graph(counts, &sink, graph, &options), STATUS_OK);
  assert_int_equal(buffer_add(&out, "", 0), STATUS_OK);
  graph_free(graph);
  return out;
}

static void sound_graphs(void **state)
{
  (void)state;
  static const char *const texts[] = {
      SOUND,
      PREFIXES PEOPLE QUOTE MEETING "id:B ent:metWith id:A .",
      PREFIXES ":d {" PEOPLE QUOTE MEETING EDGE "} :e {" PEOPLE QUOTE MEETING EDGE "}",
      "",
  };
  for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
    CheckCounts counts;
    Buffer out = findings_of(&counts, texts[i], NULL, NULL);
    assert_string_equal(out.bytes, "");
    assert_int_equal(counts.findings, 0);
    assert_int_equal(counts.situations, *texts[i] != '\0');
    buffer_clear(&out);
  }
}

static void finds(const char *text, const char *subject, const char *reason)
{
  CheckCounts counts;
  Buffer out = findings_of(&counts, text, NULL, NULL);
  char wanted[256];
  snprintf(wanted, sizeof wanted, "<%s> %s", subject, reason);
  if (!strstr(out.bytes, wanted)) fail_msg("\"%s\" not among:\n%s", wanted, out.bytes);
  buffer_clear(&out);
}

static void unsound_situations(void **state)
{
  (void)state;
  const char *const m = ENT_DATA "m";
  finds(PREFIXES PEOPLE MEETING EDGE, m, "has evidence that is no quote");
  finds(PREFIXES PEOPLE QUOTE MEETING, m, "is Actual but has no plain edge to: " ENT_DATA "B");
  finds(SOUND "id:m ent:factuality ent:Planned .", m, "has more than one factuality");
  finds(SOUND "id:m ent:factuality ent:Maybe .", m, "has an unknown factuality: " ENT "Maybe");
  finds(SOUND "id:m ent:date \"2023\"^^xsd:gYear .", m, "has more than one date");
  finds(SOUND "id:n ent:factuality ent:Actual ; ent:date \"2023-02-30\"^^xsd:date .", ENT_DATA "n",
        "has a date that is none: 2023-02-30");
  finds(SOUND "id:n ent:factuality ent:Actual ; ent:date \"2023\"^^xsd:date .", ENT_DATA "n",
        "has a date of another type");
  finds(SOUND "id:n ent:factuality ent:Actual ; ent:date \"2023\" .", ENT_DATA "n",
        "has a date of another type");
  finds(SOUND "id:n ent:factuality ent:Actual .", ENT_DATA "n", "has no class");
  finds(SOUND "id:n ent:factuality ent:Actual .", ENT_DATA "n", "has no label");
  finds(SOUND "id:n ent:factuality ent:Actual .", ENT_DATA "n", "has no evidence");
  finds(SOUND "id:n ent:factuality ent:Actual .", ENT_DATA "n", "has no agent");
  finds(SOUND "id:n a ent:Picnic ; ent:factuality ent:Actual .", ENT_DATA "n",
        "has a class of no relation");
  finds(SOUND "id:n a ent:Meeting ; ent:factuality ent:Planned ; ent:agent id:A .", ENT_DATA "n",
        "has an agent alone");
  finds(SOUND "id:m ent:bystander id:A .", m, "has an unknown role: " ENT "bystander");
  finds(SOUND "id:m a ent:Visit .", m, "has more than one class");
  finds(SOUND "id:n a ent:Meeting .", ENT_DATA "n", "has no factuality");
}

static void domains_and_ranges(void **state)
{
  (void)state;
  finds(SOUND "id:m ent:coAgent id:T . id:A ent:metWith id:T .", ENT_DATA "m",
        "has a filler outside of the relation's range: " ENT_DATA "T");
  finds(SOUND "id:m ent:agent id:T . id:T ent:metWith id:B .", ENT_DATA "m",
        "has an agent outside of the relation's domain: " ENT_DATA "T");
  finds(SOUND "id:m ent:agent id:X .", ENT_DATA "X", "plays a role but has no class");
  finds(SOUND "id:m ent:agent id:X .", ENT_DATA "X", "plays a role but has no label");
}

static void edges_without_situations(void **state)
{
  (void)state;
  finds(SOUND "id:A ent:signed id:T .", ENT_DATA "A",
        "has a plain edge without an Actual situation: signed " ENT_DATA "T");
  /* Planned is not Actual, and a visit goes one way only. */
  finds(SOUND "id:s a ent:Signing ; ent:factuality ent:Planned ; ent:agent id:A ; ent:theme id:T ."
              "id:A ent:signed id:T .",
        ENT_DATA "A", "has a plain edge without an Actual situation: signed " ENT_DATA "T");
  finds(SOUND
        "id:s a ent:Support ; ent:factuality ent:Actual ; ent:agent id:A ; ent:recipient id:B ."
        "id:B ent:supported id:A .",
        ENT_DATA "B", "has a plain edge without an Actual situation: supported " ENT_DATA "A");
}

static void unsound_quotes(void **state)
{
  (void)state;
  const char *const q = "http://e.org/d#char=3,5";
#define OTHER "<http://e.org/d#char=3,5> a ent:Quote ; ent:exact \"xy\" ; "
  finds(SOUND OTHER "ent:document :d ; ent:start 3 ; ent:end 5 .", q, "has no confidence");
  finds(SOUND OTHER "ent:confidence 1.5 .", q, "has no confidence from 0 to 1: 1.5");
  finds(SOUND OTHER "ent:confidence 1.0 .", q, "has no document");
  finds(SOUND OTHER "ent:document :d ; ent:start 3 .", q, "has no start or no end");
  finds(SOUND OTHER "ent:document :d ; ent:start 5 ; ent:end 3 .", q, "ends before it starts");
  finds(SOUND OTHER "ent:document :d ; ent:start 3 ; ent:end 6 .", q,
        "has words that are not as long as its offsets say");
  finds(SOUND OTHER "ent:document :d ; ent:start 2 ; ent:end 4 .", q,
        "has an IRI that does not say its document and offsets");
  finds(SOUND "id:A :height \"tall\"^^xsd:integer .", ENT_DATA "A",
        "has a value that its datatype does not have: tall");
}

static Status give_text(Slice *out, void *handle, Slice document, Slice source)
{
  (void)source;
  assert_true(slice_is(document, "http://e.org/d"));
  *out = slice_of(handle);
  return STATUS_OK;
}

static void quotes_against_texts(void **state)
{
  (void)state;
  static const struct {
    char text[64];
    const char *reason;
  } texts[] = {
      {"\xC3\xA9 A met B.", ""},
      {"e A met", ""},
      {"A met B.", "is not what its text says there: met B"},
      {"e A me", "lies outside of its text"},
      {"", "lies outside of its text"},
  };
  for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
    CheckCounts counts;
    char text[64];
    memcpy(text, texts[i].text, sizeof text);
    Buffer out = findings_of(&counts, SOUND, give_text, text);
    assert_int_equal(counts.compared, 1);
    assert_int_equal(counts.findings, *texts[i].reason != '\0');
    assert_non_null(strstr(out.bytes, texts[i].reason));
    buffer_clear(&out);
  }
}

/* Texts are found where the graph says, or by name in a folder; the only one of a file is it. */
static void texts_by_source(void **state)
{
  (void)state;
  char folder[64], path[256];
  Texts *texts;
  Slice text;
  const DocumentOptions options = {.base = SLICE(ENT_DATA)};
  scratch_new(folder);
  scratch_write(path, folder, "one.txt", "A met B in Paris.\n", 18);
  assert_int_equal(texts_new(&texts, folder, &options), STATUS_OK);
  assert_int_equal(texts_find(&text, texts, SLICE("http://e.org/d"), slice_of(path)), STATUS_OK);
  assert_true(slice_starts(text, "A met B"));
  assert_int_equal(texts_find(&text, texts, SLICE("http://e.org/d"), SLICE("no/one.txt")),
                   STATUS_OK);
  assert_true(slice_starts(text, "A met B"));
  assert_int_equal(texts_find(&text, texts, SLICE("http://e.org/d"), SLICE("two.txt")), STATUS_OK);
  assert_null(text.ptr);
  assert_int_equal(texts_find(&text, texts, SLICE("http://e.org/d"), SLICE("")), STATUS_OK);
  assert_null(text.ptr);
  texts_free(texts);
  texts_free(NULL);
  scratch_remove(folder);
}

static Graph *vocabulary_graph(void)
{
  Graph *graph;
  const RdfReadOptions options = {.syntax = SYNTAX_TURTLE};
  assert_int_equal(graph_new(&graph), STATUS_OK);
  for (const EmbeddedFile *file = embedded_files; file->name; file++) {
    if (strcmp(file->name, "ontology/relations.ttl") != 0) continue;
    const Slice text = {file->bytes, file->size};
    assert_int_equal(rdf_read_bytes(graph, text, file->name, &options, NULL), STATUS_OK);
  }
  assert_true(graph_size(graph) > 100);
  return graph;
}

static bool contains(const Graph *graph, const char *s, const char *p, const char *o)
{
  const Quad quad = {graph_find_iri(graph, slice_of(s)), graph_find_iri(graph, slice_of(p)),
                     graph_find_iri(graph, slice_of(o)), TERM_ANY};
  return quad.subject && quad.predicate && quad.object && graph_contains(graph, quad);
}

static void alignment(void **state)
{
  (void)state;
  Graph *const vocabulary = vocabulary_graph(), *const graph = graph_of(SOUND);
  const size_t before = graph_size(graph);
  assert_int_equal(graph_align(graph, vocabulary), STATUS_OK);
  assert_true(contains(graph, ENT_DATA "A", RDF "type", FOAF "Person"));
  assert_true(contains(graph, ENT_DATA "A", RDF "type", SCHEMA "Person"));
  assert_true(contains(graph, ENT_DATA "A", RDF "type", PROV "Agent"));
  assert_true(contains(graph, ENT_DATA "m", RDF "type", SEM "Event"));
  assert_true(contains(graph, ENT_DATA "m", SEM "hasActor", ENT_DATA "B"));
  assert_true(contains(graph, ENT_DATA "m", PROV "wasDerivedFrom", "http://e.org/d#char=2,7"));
  assert_true(contains(graph, ENT_DATA "A", ENT "metWith", ENT_DATA "B"));
  const size_t after = graph_size(graph);
  assert_true(after > before);
  assert_int_equal(graph_align(graph, vocabulary), STATUS_OK);
  assert_int_equal(graph_size(graph), after);
  graph_free(graph);
  graph_free(vocabulary);
}

static bool check_once(void *handle)
{
  Graph *const graph = handle;
  CheckCounts counts;
  char text[] = "e A met";
  Buffer out = BUFFER_EMPTY;
  const Sink sink = buffer_sink(&out);
  const CheckOptions options = {ontology, give_text, text};
  const Status status = check_graph(&counts, &sink, graph, &options);
  buffer_clear(&out);
  assert_true(status == STATUS_OK || status == STATUS_MEMORY);
  return status == STATUS_OK;
}

static void memory_fails(void **state)
{
  (void)state;
  Graph *const graph = graph_of(SOUND "id:A ent:signed id:T .");
  assert_int_equal(graph_index(graph), STATUS_OK);
  assert_int_not_equal(failing_memory_each(check_once, graph, 2000), 0);
  graph_free(graph);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(sound_graphs),       cmocka_unit_test(unsound_situations),
      cmocka_unit_test(domains_and_ranges), cmocka_unit_test(edges_without_situations),
      cmocka_unit_test(unsound_quotes),     cmocka_unit_test(quotes_against_texts),
      cmocka_unit_test(texts_by_source),    cmocka_unit_test(alignment),
      cmocka_unit_test(memory_fails),
  };
  return cmocka_run_group_tests(tests, load, unload);
}
