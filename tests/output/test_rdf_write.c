/* The writers: what the bytes look like, and what is refused. */
#include "graph/vocabulary.h"
#include "input/rdf.h"
#include "output/rdf.h"
#include "tests/support/check.h"
#include "tests/support/failing_memory.h"
#include "tests/support/rdf_graphs.h"
#include "tests/support/scratch.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>

static Graph *graph_of(const char *trig)
{
  Graph *graph;
  const RdfReadOptions options = {.syntax = SYNTAX_TRIG, .base = SLICE("http://example.org/")};
  assert_int_equal(graph_new(&graph), STATUS_OK);
  assert_int_equal(rdf_read_bytes(graph, slice_of(trig), "test", &options, NULL), STATUS_OK);
  return graph;
}

static Buffer written(Graph *graph, Syntax syntax)
{
  Buffer out = BUFFER_EMPTY;
  const Sink sink = buffer_sink(&out);
  assert_int_equal(rdf_write(&sink, graph, syntax, NULL, NULL), STATUS_OK);
  assert_int_equal(buffer_add(&out, "", 0), STATUS_OK);
  return out;
}

static void writes(const char *trig, Syntax syntax, const char *expected)
{
  Graph *const graph = graph_of(trig);
  Buffer out = written(graph, syntax);
  assert_string_equal(out.bytes, expected);
  buffer_clear(&out);
  graph_free(graph);
}

#define PREFIXES                                                                                   \
  "@prefix ent: <" ENT "> . @prefix id: <" ENT_DATA "> . @prefix rdfs: <" RDFS "> . "              \
  "@prefix schema: <" SCHEMA "> . @prefix xsd: <" XSD "> . "

static void turtle_is_readable(void **state)
{
  (void)state;
  writes(PREFIXES
         "<http://example.org/doc#char=0,5> ent:exact \"A met\" ; a ent:Quote ."
         "<http://example.org/doc> schema:headline \"A\" ; a schema:NewsArticle ."
         "id:Meeting-1 ent:factuality ent:Actual ; a ent:Meeting ; ent:agent id:B, id:A ;"
         "  ent:date \"2023-01\"^^xsd:gYearMonth ."
         "id:B a ent:Person ; rdfs:label \"B\" . id:A rdfs:label \"A\" ; a ent:Person ."
         "<http://example.org/x> rdfs:label \"one\\ntwo\", 1, 1.0, 1.0e0, true, \"1\"^^xsd:byte .",
         SYNTAX_TURTLE,
         "@prefix ent: <https://w3id.org/entente#> .\n"
         "@prefix id: <https://w3id.org/entente/id/> .\n"
         "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n"
         "@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .\n"
         "@prefix schema: <http://schema.org/> .\n"
         "\n# Entities\n"
         "\nid:A a ent:Person ;\n    rdfs:label \"A\" .\n"
         "\nid:B a ent:Person ;\n    rdfs:label \"B\" .\n"
         "\n# Situations\n"
         "\nid:Meeting-1 a ent:Meeting ;\n    ent:agent id:A, id:B ;\n"
         "    ent:date \"2023-01\"^^xsd:gYearMonth ;\n    ent:factuality ent:Actual .\n"
         "\n# Quotes\n"
         "\n<http://example.org/doc#char=0,5> a ent:Quote ;\n    ent:exact \"A met\" .\n"
         "\n# Documents\n"
         "\n<http://example.org/doc> a schema:NewsArticle ;\n    schema:headline \"A\" .\n"
         "\n# Other\n"
         "\n<http://example.org/x> rdfs:label \"1\"^^xsd:byte, 1, 1.0, \"1.0e0\"^^xsd:double, "
         "\"\"\"one\ntwo\"\"\", true .\n");
}

static void nesting_and_lists(void **state)
{
  (void)state;
  writes("<a:s> <a:p> ( 1 [ <a:q> <a:o> ] ) . _:r <a:p> _:r . _:x <a:p> _:y . _:z <a:p> _:y .",
         SYNTAX_TURTLE,
         "\n# Other\n"
         "\n<a:s> <a:p> ( 1 [\n            <a:q> <a:o>\n        ] ) .\n"
         "\n_:r <a:p> _:r .\n"
         "\n_:x <a:p> _:y .\n"
         "\n_:z <a:p> _:y .\n");
}

static void trig_names_graphs(void **state)
{
  (void)state;
  writes("<a:s> <a:p> <a:o> . <a:h> { <a:s> <a:p> <a:o> } <a:g> { <a:s> <a:p> 1, [] }", SYNTAX_TRIG,
         "\n<a:s> <a:p> <a:o> .\n"
         "\n<a:g> {\n    <a:s> <a:p> 1, [] .\n}\n"
         "\n<a:h> {\n    <a:s> <a:p> <a:o> .\n}\n");
}

static void lines_are_canonical(void **state)
{
  (void)state;
  const char *const trig =
      "<a:s> <a:p> \"\\t\\b\\n\\r\\f\\\"\\\\\\u007F\\u0001\\u00E9\", \"x\"@en, 1 . "
      "<a:g> { <a:s> <a:p> <a:o> . <a:r> <a:p> <a:o> } "
      "<a:s> <a:p> <a:o>, \"x\" .";
  writes(trig, SYNTAX_NQUADS,
         "<a:r> <a:p> <a:o> <a:g> .\n"
         "<a:s> <a:p> \"1\"^^<http://www.w3.org/2001/XMLSchema#integer> .\n"
         "<a:s> <a:p> \"\\t\\b\\n\\r\\f\\\"\\\\\\u007F\\u0001\xC3\xA9\" .\n"
         "<a:s> <a:p> \"x\" .\n"
         "<a:s> <a:p> \"x\"@en .\n"
         "<a:s> <a:p> <a:o> .\n"
         "<a:s> <a:p> <a:o> <a:g> .\n");
  writes("<a:s> <a:p> <a:o> . <a:g> { <a:s> <a:p> <a:o> }", SYNTAX_NTRIPLES,
         "<a:s> <a:p> <a:o> .\n");
}

static int compare_lines(const void *a, const void *b)
{
  return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* Lines come out as sort(1) would put them in the C locale. */
static void lines_are_sorted(void **state)
{
  (void)state;
  for (uint64_t seed = 1; seed < 200; seed++) {
    char *lines[400];
    size_t count = 0;
    Graph *const graph = random_graph(seed, RANDOM_NAMED);
    Buffer out = written(graph, SYNTAX_NQUADS);
    Buffer copy = BUFFER_EMPTY, sorted = BUFFER_EMPTY;
    assert_int_equal(buffer_slice(&copy, buffer_as_slice(&out)), STATUS_OK);
    for (char *p = strtok(copy.bytes, "\n"); p && count < 400; p = strtok(NULL, "\n")) {
      lines[count++] = p;
    }
    if (count) qsort(lines, count, sizeof *lines, compare_lines);
    for (size_t i = 0; i < count; i++) {
      assert_int_equal(buffer_printf(&sorted, "%s\n", lines[i]), STATUS_OK);
    }
    if (count) assert_string_equal(out.bytes, sorted.bytes);
    buffer_clear(&out);
    buffer_clear(&copy);
    buffer_clear(&sorted);
    graph_free(graph);
  }
}

static TermId copy_term(Graph *to, const Graph *from, TermId id)
{
  TermId copy = TERM_ANY, type = TERM_ANY;
  if (id == TERM_ANY) return TERM_ANY;
  const Term t = graph_term(from, id);
  if (t.kind == TERM_IRI) assert_int_equal(graph_iri(&copy, to, t.text), STATUS_OK);
  if (t.kind == TERM_BLANK) assert_int_equal(graph_blank(&copy, to, t.text), STATUS_OK);
  if (t.kind != TERM_LITERAL) return copy;
  if (t.datatype) type = copy_term(to, from, t.datatype);
  assert_int_equal(graph_literal(&copy, to, t.text, type, t.language), STATUS_OK);
  return copy;
}

/* The same statements, added in the opposite order, objects interned before subjects. */
static Graph *turned_around(Graph *graph)
{
  Graph *turned;
  GraphCursor *cursor;
  Quad quads[400];
  size_t count = 0;
  assert_int_equal(graph_new(&turned), STATUS_OK);
  assert_int_equal(graph_match(&cursor, graph, (Quad){0, 0, 0, 0}), STATUS_OK);
  while (count < 400 && graph_next(cursor, &quads[count])) count++;
  graph_match_end(cursor);
  while (count > 0) {
    const Quad *const q = &quads[--count];
    Quad copy;
    copy.object = copy_term(turned, graph, q->object);
    copy.graph = copy_term(turned, graph, q->graph);
    copy.predicate = copy_term(turned, graph, q->predicate);
    copy.subject = copy_term(turned, graph, q->subject);
    assert_int_equal(graph_add(turned, copy), STATUS_OK);
  }
  return turned;
}

static void order_of_adding_is_no_matter(void **state)
{
  (void)state;
  const Syntax syntaxes[] = {SYNTAX_TURTLE,  SYNTAX_TRIG,   SYNTAX_NTRIPLES, SYNTAX_NQUADS,
                             SYNTAX_RDFJSON, SYNTAX_JSONLD, SYNTAX_RDFXML};
  for (uint64_t seed = 1; seed < 200; seed++) {
    Graph *const graph = random_graph(seed, RANDOM_NAMED | RANDOM_XML);
    Graph *const turned = turned_around(graph);
    for (size_t i = 0; i < 7; i++) {
      Buffer a = written(graph, syntaxes[i]), b = written(turned, syntaxes[i]);
      assert_string_equal(a.bytes, b.bytes);
      buffer_clear(&a);
      buffer_clear(&b);
    }
    graph_free(graph);
    graph_free(turned);
  }
}

/* ---- what is refused ---- */

typedef struct Bad {
  const char *subject, *predicate, *object; /* object: IRI if it begins with "<" */
  const char *datatype, *language;
  const char *part_of_message;
} Bad;

static TermId iri(Graph *graph, const char *text)
{
  TermId id;
  assert_int_equal(graph_iri(&id, graph, slice_of(text)), STATUS_OK);
  return id;
}

static Graph *graph_with(const Bad *bad)
{
  Graph *graph;
  TermId object, type = TERM_ANY;
  assert_int_equal(graph_new(&graph), STATUS_OK);
  if (bad->object[0] == '<') {
    object = iri(graph, bad->object + 1);
  } else {
    if (bad->datatype) type = iri(graph, bad->datatype);
    assert_int_equal(
        graph_literal(&object, graph, slice_of(bad->object), type, slice_of(bad->language)),
        STATUS_OK);
  }
  const Quad quad = {iri(graph, bad->subject), iri(graph, bad->predicate), object, TERM_ANY};
  assert_int_equal(graph_add(graph, quad), STATUS_OK);
  const Quad fine = {iri(graph, "a:s"), iri(graph, "a:p"), iri(graph, "a:o"), TERM_ANY};
  assert_int_equal(graph_add(graph, fine), STATUS_OK);
  return graph;
}

static void refuses(const Bad *bad, Syntax syntax)
{
  Graph *const graph = graph_with(bad);
  Buffer out = BUFFER_EMPTY, messages = BUFFER_EMPTY;
  const Sink sink = buffer_sink(&out);
  const Report report = scratch_report(&messages);
  size_t skipped = 0;
  RdfWriteOptions options = {.file = "out"};
  assert_int_equal(rdf_write(&sink, graph, syntax, &options, &report), STATUS_INPUT);
  assert_int_equal(out.count, 0);
  assert_non_null(strstr(messages.bytes, bad->part_of_message));
  assert_non_null(strstr(messages.bytes, "cannot write"));
  options.skip_bad = true;
  options.skipped = &skipped;
  assert_int_equal(rdf_write(&sink, graph, syntax, &options, NULL), STATUS_OK);
  assert_int_equal(skipped, 1);
  Graph *back;
  const RdfReadOptions reading = {.syntax = syntax};
  assert_int_equal(graph_new(&back), STATUS_OK);
  if (syntax != SYNTAX_JSONLD) {
    assert_int_equal(rdf_read_bytes(back, buffer_as_slice(&out), "b", &reading, NULL), STATUS_OK);
    assert_int_equal(graph_size(back), 1);
  }
  graph_free(back);
  buffer_clear(&out);
  buffer_clear(&messages);
  graph_free(graph);
}

static void illegal_terms(void **state)
{
  (void)state;
  const Bad bad[] = {
      {"relative", "a:p", "<a:o", NULL, NULL, "relative"},
      {"a:s", "p", "<a:o", NULL, NULL, "absolute"},
      {"a:s", "a:p", "<a:b c", NULL, NULL, "a:b c"},
      {"a:s", "a:p", "<a:<x>", NULL, NULL, "IRI"},
      {"a:s", "a:p", "<a:\"", NULL, NULL, "IRI"},
      {"a:s", "a:p", "<a:{x}", NULL, NULL, "IRI"},
      {"a:s", "a:p", "<a:\\u0041", NULL, NULL, "IRI"},
      {"a:s", "a:p", "<a:\x01", NULL, NULL, "IRI"},
      {"a:s", "a:p", "<a:\xC3\x28", NULL, NULL, "UTF-8"},
      {"a:s", "a:p", "<a:\xED\xA0\x80", NULL, NULL, "UTF-8"},
      {"a:s", "a:p", "x\xFF", NULL, NULL, "UTF-8"},
      {"a:s", "a:p", "x\xC0\xAF", NULL, NULL, "UTF-8"},
      {"a:s", "a:p", "x", "relative", NULL, "absolute"},
      {"a:s", "a:p", "x", "a:b>c", NULL, "IRI"},
      {"a:s", "a:p", "x", NULL, "not a tag", "language"},
      {"a:s", "a:p", "x", NULL, "en_US", "language"},
      {"a:s", "a:p", "x", NULL, "en-", "language"},
      {"a:s", "a:p", "x", NULL, "abcdefghi", "language"},
      {"a:s", "a:p", "x", NULL, "1", "language"},
  };
  const Syntax syntaxes[] = {SYNTAX_TURTLE,  SYNTAX_TRIG,   SYNTAX_NTRIPLES, SYNTAX_NQUADS,
                             SYNTAX_RDFJSON, SYNTAX_JSONLD, SYNTAX_RDFXML};
  for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
    for (size_t k = 0; k < 7; k++) refuses(&bad[i], syntaxes[k]);
  }
}

static void nul_is_refused(void **state)
{
  (void)state;
  Graph *graph;
  TermId object;
  Buffer messages = BUFFER_EMPTY, out = BUFFER_EMPTY;
  const Sink sink = buffer_sink(&out);
  const Report report = scratch_report(&messages);
  assert_int_equal(graph_new(&graph), STATUS_OK);
  assert_int_equal(graph_literal(&object, graph, (Slice){"a\0b", 3}, TERM_ANY, SLICE_NONE),
                   STATUS_OK);
  assert_int_equal(graph_add(graph, (Quad){iri(graph, "a:s"), iri(graph, "a:p"), object, TERM_ANY}),
                   STATUS_OK);
  assert_int_equal(rdf_write(&sink, graph, SYNTAX_NTRIPLES, NULL, &report), STATUS_INPUT);
  assert_non_null(strstr(messages.bytes, "U+0000"));
  buffer_clear(&messages);
  buffer_clear(&out);
  graph_free(graph);
}

static void what_xml_cannot_say(void **state)
{
  (void)state;
  const Bad bad[] = {
      {"a:s", "http://example.org/", "x", NULL, NULL, "http://example.org/"},
      {"a:s", "http://example.org/1", "x", NULL, NULL, "XML name"},
      {"a:s", "http://example.org/p?q=", "x", NULL, NULL, "XML name"},
      {"a:s", "a:p", "\x01", NULL, NULL, "XML"},
      {"a:s", "a:p", "\xEF\xBF\xBE", NULL, NULL, "XML"},
      {"a:s", "a:p", "a<b/>", RDF "XMLLiteral", NULL, "markup"},
  };
  for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) refuses(&bad[i], SYNTAX_RDFXML);
}

/* An ill-typed literal is legal, but never stands bare. */
static void ill_typed_literals_keep_their_quotes(void **state)
{
  (void)state;
  writes("@prefix xsd: <" XSD "> . <a:s> <a:p> \"abc\"^^xsd:integer, \"1.\"^^xsd:decimal, "
         "\"TRUE\"^^xsd:boolean, \"1\"^^xsd:boolean, \"1.5\"^^xsd:double .",
         SYNTAX_TURTLE,
         "@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .\n\n# Other\n\n"
         "<a:s> <a:p> \"1\"^^xsd:boolean, \"1.\"^^xsd:decimal, \"1.5\"^^xsd:double, "
         "\"TRUE\"^^xsd:boolean,\n        \"abc\"^^xsd:integer .\n");
}

/* ---- JSON-LD: expanded by hand, as far as what we write needs ---- */

typedef struct Expander {
  json_t *context;
  Graph *graph;
} Expander;

static void expand_iri(Buffer *out, const Expander *e, const char *text)
{
  const char *const colon = strchr(text, ':');
  out->count = 0;
  assert_non_null(colon);
  char prefix[64];
  snprintf(prefix, sizeof prefix, "%.*s", (int)(colon - text), text);
  const json_t *const space = json_object_get(e->context, prefix);
  if (json_is_string(space) && strncmp(colon, "://", 3) != 0) {
    assert_int_equal(buffer_printf(out, "%s%s", json_string_value(space), colon + 1), STATUS_OK);
  } else {
    assert_int_equal(buffer_text(out, text), STATUS_OK);
  }
}

static TermId node_of(const Expander *e, const char *text)
{
  TermId id;
  Buffer name = BUFFER_EMPTY;
  if (strncmp(text, "_:", 2) == 0) {
    assert_int_equal(graph_blank(&id, e->graph, slice_of(text + 2)), STATUS_OK);
    return id;
  }
  expand_iri(&name, e, text);
  assert_int_equal(graph_iri(&id, e->graph, buffer_as_slice(&name)), STATUS_OK);
  buffer_clear(&name);
  return id;
}

static TermId literal_of(const Expander *e, const json_t *value, const char *type,
                         const char *language)
{
  TermId id;
  const Slice text = {json_string_value(value), json_string_length(value)};
  assert_int_equal(
      graph_literal(&id, e->graph, text, type ? node_of(e, type) : TERM_ANY, slice_of(language)),
      STATUS_OK);
  return id;
}

static TermId object_of(const Expander *e, const char *key, const json_t *value)
{
  const json_t *const term = json_object_get(e->context, key);
  const char *const type =
      json_is_object(term) ? json_string_value(json_object_get(term, "@type")) : NULL;
  if (json_is_string(value)) {
    const bool node = strcmp(key, "@type") == 0 || (type && strcmp(type, "@id") == 0);
    return node ? node_of(e, json_string_value(value)) : literal_of(e, value, type, NULL);
  }
  const json_t *const id = json_object_get(value, "@id");
  if (id) return node_of(e, json_string_value(id));
  return literal_of(e, json_object_get(value, "@value"),
                    json_string_value(json_object_get(value, "@type")),
                    json_string_value(json_object_get(value, "@language")));
}

static void expand_node(const Expander *e, json_t *node, TermId graph)
{
  const TermId subject = node_of(e, json_string_value(json_object_get(node, "@id")));
  const char *key;
  json_t *value, *one;
  size_t i;
  json_object_foreach(node, key, value)
  {
    if (strcmp(key, "@id") == 0) continue;
    if (strcmp(key, "@graph") == 0) {
      json_array_foreach(value, i, one) expand_node(e, one, subject);
      continue;
    }
    const TermId predicate =
        strcmp(key, "@type") == 0 ? iri(e->graph, RDF "type") : node_of(e, key);
    const size_t count = json_is_array(value) ? json_array_size(value) : 1;
    for (i = 0; i < count; i++) {
      one = json_is_array(value) ? json_array_get(value, i) : value;
      const Quad quad = {subject, predicate, object_of(e, key, one), graph};
      assert_int_equal(graph_add(e->graph, quad), STATUS_OK);
    }
  }
}

static void json_ld_expands_to_the_same(void **state)
{
  (void)state;
  for (uint64_t seed = 1; seed <= 1000; seed++) {
    Graph *const graph = random_graph(seed, RANDOM_NAMED);
    Buffer out = written(graph, SYNTAX_JSONLD);
    json_error_t error;
    json_t *const root = json_loadb(out.bytes, out.count, JSON_REJECT_DUPLICATES, &error);
    if (!root) fail_msg("seed %llu: %s", (unsigned long long)seed, error.text);
    Expander e = {.context = json_object_get(root, "@context")};
    assert_int_equal(graph_new(&e.graph), STATUS_OK);
    size_t i;
    json_t *node;
    json_array_foreach(json_object_get(root, "@graph"), i, node) expand_node(&e, node, TERM_ANY);
    if (!same_graphs(graph, e.graph, SAME_NAMED)) {
      show_difference(graph, e.graph);
      fail_msg("seed %llu: %s", (unsigned long long)seed, out.bytes);
    }
    json_decref(root);
    buffer_clear(&out);
    graph_free(e.graph);
    graph_free(graph);
  }
}

/* ---- memory ---- */

typedef struct Trial {
  Graph *graph;
  Syntax syntax;
} Trial;

static bool write_once(void *handle)
{
  const Trial *const trial = handle;
  Buffer out = BUFFER_EMPTY;
  const Sink sink = buffer_sink(&out);
  const Status status = rdf_write(&sink, trial->graph, trial->syntax, NULL, NULL);
  buffer_clear(&out);
  assert_true(status == STATUS_OK || status == STATUS_MEMORY);
  return status == STATUS_OK;
}

static bool read_once(void *handle)
{
  const Trial *const trial = handle;
  static const char *const texts[] = {
      [SYNTAX_TURTLE] = "@prefix x: <a:> . x:s a x:o ; x:p [ x:q ( 1 \"a\"@en \"b\"^^x:t ) ] .",
      [SYNTAX_TRIG] = "@prefix x: <a:> . x:g { _:s x:p 1.5 } { x:s x:p \"\"\"x\"\"\" }",
      [SYNTAX_NQUADS] = "<a:s> <a:p> \"\\u0041\"^^<a:\\u0041> _:g .\n",
      [SYNTAX_RDFXML] =
          "<r:RDF xmlns:r='" RDF "' xmlns:e='http://e.org/'><e:C><e:p>x</e:p></e:C></r:RDF>"};
  Graph *graph;
  const RdfReadOptions options = {.syntax = trial->syntax, .base = SLICE("http://example.org/")};
  if (graph_new(&graph) != STATUS_OK) return false;
  const Status status = rdf_read_bytes(graph, slice_of(texts[trial->syntax]), "t", &options, NULL);
  graph_free(graph);
  assert_true(status == STATUS_OK || status == STATUS_MEMORY);
  return status == STATUS_OK;
}

static void memory_fails_everywhere(void **state)
{
  (void)state;
  const Syntax writers[] = {SYNTAX_TURTLE,  SYNTAX_TRIG,   SYNTAX_NTRIPLES, SYNTAX_NQUADS,
                            SYNTAX_RDFJSON, SYNTAX_JSONLD, SYNTAX_RDFXML};
  const Syntax readers[] = {SYNTAX_TURTLE, SYNTAX_TRIG, SYNTAX_NQUADS, SYNTAX_RDFXML};
  Trial trial = {NULL, SYNTAX_NONE};
  for (uint64_t seed = 1; !trial.graph || graph_size(trial.graph) < 40; seed++) {
    graph_free(trial.graph);
    trial.graph = random_graph(seed, RANDOM_NAMED | RANDOM_XML);
  }
  assert_int_equal(graph_index(trial.graph), STATUS_OK);
  for (size_t i = 0; i < 7; i++) {
    trial.syntax = writers[i];
    if (!failing_memory_each(write_once, &trial, 3000))
      fail_msg("%s out", syntax_info(writers[i])->name);
  }
  for (size_t i = 0; i < 4; i++) {
    trial.syntax = readers[i];
    if (!failing_memory_each(read_once, &trial, 3000))
      fail_msg("%s in", syntax_info(readers[i])->name);
  }
  graph_free(trial.graph);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(turtle_is_readable),
      cmocka_unit_test(nesting_and_lists),
      cmocka_unit_test(trig_names_graphs),
      cmocka_unit_test(lines_are_canonical),
      cmocka_unit_test(lines_are_sorted),
      cmocka_unit_test(order_of_adding_is_no_matter),
      cmocka_unit_test(illegal_terms),
      cmocka_unit_test(nul_is_refused),
      cmocka_unit_test(what_xml_cannot_say),
      cmocka_unit_test(ill_typed_literals_keep_their_quotes),
      cmocka_unit_test(json_ld_expands_to_the_same),
      cmocka_unit_test(memory_fails_everywhere),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
