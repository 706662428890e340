/* The readers: every construct of the syntaxes to the right statements, everything else refused
   with its place; then errors passed over, and hostile documents. */
#include "graph/vocabulary.h"
#include "input/rdf.h"
#include "tests/support/check.h"
#include "tests/support/rdf_graphs.h"
#include "tests/support/scratch.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>

#define FOLDER "tests/data/"

/* ---- suites ---- */

static Buffer read_file(const char *path)
{
  Buffer out = BUFFER_EMPTY;
  char block[4096];
  FILE *const file = fopen(path, "rb");
  assert_non_null(file);
  for (size_t n; (n = fread(block, 1, sizeof block, file)) > 0;) {
    assert_int_equal(buffer_add(&out, block, n), STATUS_OK);
  }
  fclose(file);
  return out;
}

static Status read_path(Graph *graph, const char *path, Syntax syntax, Buffer *messages)
{
  const RdfReadOptions options = {.syntax = syntax, .base = SLICE("http://example.org/")};
  const Report report = scratch_report(messages);
  return rdf_read(graph, path, &options, &report);
}

static void good(const char *stem, const char *extension, Syntax syntax)
{
  char input[600], expected[600];
  Buffer messages = BUFFER_EMPTY;
  Graph *read, *wanted;
  snprintf(input, sizeof input, "%s.%s", stem, extension);
  snprintf(expected, sizeof expected, "%s.nq", stem);
  assert_int_equal(graph_new(&read), STATUS_OK);
  assert_int_equal(graph_new(&wanted), STATUS_OK);
  if (read_path(read, input, syntax, &messages) != STATUS_OK) {
    fail_msg("%s: %s", input, messages.bytes ? messages.bytes : "no message");
  }
  Buffer text = read_file(expected);
  if (text.count) {
    assert_int_equal(read_with_serd(wanted, buffer_as_slice(&text), SYNTAX_NQUADS), 0);
  }
  if (!same_graphs(read, wanted, SAME_NAMED)) {
    show_difference(wanted, read);
    fail_msg("%s: not the statements of %s", input, expected);
  }
  buffer_clear(&text);
  buffer_clear(&messages);
  graph_free(read);
  graph_free(wanted);
}

/* Refused, with file and line in the message. */
static void bad(const char *path, Syntax syntax)
{
  Buffer messages = BUFFER_EMPTY;
  Graph *graph;
  assert_int_equal(graph_new(&graph), STATUS_OK);
  if (read_path(graph, path, syntax, &messages) != STATUS_INPUT) fail_msg("%s is accepted", path);
  char start[640];
  snprintf(start, sizeof start, "%s:", path);
  assert_non_null(messages.bytes);
  if (strncmp(messages.bytes, start, strlen(start)) != 0) fail_msg("%s: %s", path, messages.bytes);
  buffer_clear(&messages);
  graph_free(graph);
}

typedef void (*Case)(const char *stem, const char *extension, Syntax syntax);

static void bad_case(const char *stem, const char *extension, Syntax syntax)
{
  char path[600];
  snprintf(path, sizeof path, "%s.%s", stem, extension);
  bad(path, syntax);
}

/* All files of a folder with the extension; there must be at least LEAST of them. */
static void each(const char *folder, const char *extension, Syntax syntax, Case run, size_t least)
{
  DIR *const directory = opendir(folder);
  assert_non_null(directory);
  size_t count = 0;
  for (struct dirent *entry; (entry = readdir(directory));) {
    char stem[560];
    char *const dot = strrchr(entry->d_name, '.');
    if (!dot || strcmp(dot + 1, extension) != 0) continue;
    snprintf(stem, sizeof stem, "%s/%.*s", folder, (int)(dot - entry->d_name), entry->d_name);
    run(stem, extension, syntax);
    count++;
  }
  closedir(directory);
  assert_true(count >= least);
}

static void turtle_suite(void **state)
{
  (void)state;
  each(FOLDER "turtle/good", "ttl", SYNTAX_TURTLE, good, 60);
  each(FOLDER "turtle/good", "ttl", SYNTAX_TRIG, good, 60);
  each(FOLDER "turtle/bad", "ttl", SYNTAX_TURTLE, bad_case, 90);
}

static void trig_suite(void **state)
{
  (void)state;
  each(FOLDER "trig/good", "trig", SYNTAX_TRIG, good, 15);
  each(FOLDER "trig/bad", "trig", SYNTAX_TRIG, bad_case, 20);
}

static void lines_suite(void **state)
{
  (void)state;
  each(FOLDER "ntriples/good", "nt", SYNTAX_NTRIPLES, good, 15);
  each(FOLDER "ntriples/good", "nt", SYNTAX_NQUADS, good, 15);
  each(FOLDER "ntriples/bad", "nt", SYNTAX_NTRIPLES, bad_case, 50);
  each(FOLDER "nquads/good", "in", SYNTAX_NQUADS, good, 5);
  each(FOLDER "nquads/bad", "nq", SYNTAX_NQUADS, bad_case, 8);
}

static void rdf_xml_suite(void **state)
{
  (void)state;
  each(FOLDER "rdfxml/good", "rdf", SYNTAX_RDFXML, good, 20);
  each(FOLDER "rdfxml/bad", "rdf", SYNTAX_RDFXML, bad_case, 20);
}

/* ---- single things ---- */

typedef struct Reading {
  Graph *graph;
  Status status;
  size_t skipped;
  Buffer messages;
} Reading;

static Reading read_text(Slice text, Syntax syntax, bool skip_bad)
{
  Reading r = {.messages = BUFFER_EMPTY};
  const RdfReadOptions options = {.syntax = syntax,
                                  .base = SLICE("http://example.org/"),
                                  .skip_bad = skip_bad,
                                  .skipped = &r.skipped};
  const Report report = scratch_report(&r.messages);
  assert_int_equal(graph_new(&r.graph), STATUS_OK);
  r.status = rdf_read_bytes(r.graph, text, "text", &options, &report);
  return r;
}

static void done(Reading *r)
{
  graph_free(r->graph);
  buffer_clear(&r->messages);
}

static void place_of_errors(void **state)
{
  (void)state;
  Reading r = read_text(SLICE("@prefix : <http://e.org/> .\n:s :p :o .\n:s :p  ~ .\n"),
                        SYNTAX_TURTLE, false);
  assert_int_equal(r.status, STATUS_INPUT);
  assert_int_equal(graph_size(r.graph), 1);
  assert_non_null(strstr(r.messages.bytes, "text:3:8:"));
  done(&r);
  r = read_text(SLICE("<a:s> <a:p> <a:o> .\n\n<a:s> <a:p> oops .\n"), SYNTAX_NTRIPLES, false);
  assert_int_equal(r.status, STATUS_INPUT);
  assert_non_null(strstr(r.messages.bytes, "text:3:13:"));
  done(&r);
}

static void bad_lines_passed_over(void **state)
{
  (void)state;
  Reading r =
      read_text(SLICE("<a:s> <a:p> <a:o> .\nnonsense\n<a:s> <a:p> \"x .\n<a:s> <a:p> <a:q> .\n"
                      "<a:s> <a:p> \"a\\z\" .\n<a:s> <a:p> <a:r> .\n"),
                SYNTAX_NTRIPLES, true);
  assert_int_equal(r.status, STATUS_OK);
  assert_int_equal(graph_size(r.graph), 3);
  assert_int_equal(r.skipped, 3);
  assert_non_null(strstr(r.messages.bytes, "text:2:"));
  assert_non_null(strstr(r.messages.bytes, "text:3:"));
  assert_non_null(strstr(r.messages.bytes, "text:5:"));
  done(&r);
}

/* A bad sentence leaves nothing behind, not even its good half. */
static void bad_sentences_passed_over(void **state)
{
  (void)state;
  Reading r = read_text(SLICE("@prefix : <http://e.org/> .\n"
                              ":a :p :b .\n"
                              ":a :q :c ; :r ~ ; \n   :t :u .\n"
                              ":a :p :d .\n"
                              "x:a :p :e .\n"
                              ":a :p ( 1 2 [ :q \"open ] ) .\n"
                              ":a :p :f .\n"),
                        SYNTAX_TURTLE, true);
  assert_int_equal(r.status, STATUS_OK);
  assert_int_equal(graph_size(r.graph), 3);
  assert_int_equal(r.skipped, 3);
  done(&r);
  r = read_text(SLICE("@prefix : <http://e.org/> .\n:g {\n  :a :p :b .\n  :a :p ~\n}\n"
                      ":h {\n  :a ~ :b .\n  :a :p :d\n}\n:a :p :e .\n"),
                SYNTAX_TRIG, true);
  assert_int_equal(r.status, STATUS_OK);
  assert_int_equal(graph_size(r.graph), 3);
  assert_int_equal(r.skipped, 2);
  done(&r);
}

/* Blank nodes of two documents stay two, even where they have the same label. */
static void blank_nodes_stay_apart(void **state)
{
  (void)state;
  const Slice text = SLICE("_:a <a:p> _:a .\n");
  const RdfReadOptions options = {.syntax = SYNTAX_NTRIPLES};
  Graph *graph;
  assert_int_equal(graph_new(&graph), STATUS_OK);
  assert_int_equal(rdf_read_bytes(graph, text, "one", &options, NULL), STATUS_OK);
  const Term a = {.kind = TERM_BLANK, .text = SLICE("a")};
  assert_int_not_equal(graph_find_term(graph, &a), TERM_ANY);
  assert_int_equal(rdf_read_bytes(graph, text, "two", &options, NULL), STATUS_OK);
  assert_int_equal(graph_size(graph), 2);
  graph_free(graph);
}

/* A label that looks like a generated one is not mistaken for one. */
static void generated_labels(void **state)
{
  (void)state;
  const Syntax syntaxes[] = {SYNTAX_TURTLE, SYNTAX_TRIG};
  for (size_t i = 0; i < 2; i++) {
    Reading r = read_text(SLICE("<a:s> <a:p> [] . _:genid1 <a:p> _:genid1x . _:genid2 <a:p> [] ."),
                          syntaxes[i], false);
    const TermId p = graph_find_iri(r.graph, SLICE("a:p"));
    assert_int_equal(graph_count(r.graph, (Quad){TERM_ANY, p, TERM_ANY, TERM_ANY}), 3);
    assert_int_equal(graph_term_count(r.graph), 7);
    done(&r);
  }
}

static Status count_prefix(void *handle, Slice name, Slice iri)
{
  if (slice_is(name, "x") && slice_is(iri, "http://e.org/")) ++*(size_t *)handle;
  return STATUS_OK;
}

static void prefixes_are_told(void **state)
{
  (void)state;
  size_t count = 0;
  RdfReadOptions options = {
      .syntax = SYNTAX_TURTLE, .prefix = count_prefix, .prefix_handle = &count};
  Graph *graph;
  assert_int_equal(graph_new(&graph), STATUS_OK);
  rdf_read_bytes(graph, SLICE("@prefix x: <http://e.org/> ."), "t", &options, NULL);
  options.syntax = SYNTAX_RDFXML;
  rdf_read_bytes(graph,
                 SLICE("<rdf:RDF xmlns:rdf='" RDF "' xmlns:x='http://e.org/'><x:C/></rdf:RDF>"),
                 "t", &options, NULL);
  assert_int_equal(count, 2);
  graph_free(graph);
}

static void rdfa_and_rdf_json(void **state)
{
  (void)state;
  Reading r = read_text(
      SLICE("<html xmlns='http://www.w3.org/1999/xhtml' prefix='e: http://example.org/'><body "
            "about='http://example.org/s'><p property='e:p'>text</p></body></html>"),
      SYNTAX_RDFA, false);
  assert_int_equal(r.status, STATUS_OK);
  const Term text = {.kind = TERM_LITERAL, .text = SLICE("text")};
  const Quad wanted = {graph_find_iri(r.graph, SLICE("http://example.org/s")),
                       graph_find_iri(r.graph, SLICE("http://example.org/p")),
                       graph_find_term(r.graph, &text), TERM_ANY};
  assert_true(graph_contains(r.graph, wanted));
  done(&r);
  r = read_text(
      SLICE("{\"http://e.org/s\": {\"http://e.org/p\": [{\"type\": \"literal\", \"value\": "
            "\"x\", \"lang\": \"en\"}]}}"),
      SYNTAX_RDFJSON, false);
  assert_int_equal(r.status, STATUS_OK);
  assert_int_equal(graph_size(r.graph), 1);
  done(&r);
  r = read_text(SLICE("{\"http://e.org/s\": {"), SYNTAX_RDFJSON, false);
  assert_int_equal(r.status, STATUS_INPUT);
  done(&r);
}

/* ---- hostile documents ---- */

static void repeat(Buffer *out, const char *text, size_t times)
{
  for (size_t i = 0; i < times; i++) assert_int_equal(buffer_text(out, text), STATUS_OK);
}

static Status status_of(const Buffer *text, Syntax syntax)
{
  Reading r = read_text(buffer_as_slice(text), syntax, false);
  const Status status = r.status;
  done(&r);
  return status;
}

static void deep_nesting(void **state)
{
  (void)state;
  Buffer text = BUFFER_EMPTY;
  repeat(&text, "<a:s> <a:p> ", 1);
  repeat(&text, "(", 200000);
  assert_int_equal(status_of(&text, SYNTAX_TURTLE), STATUS_LIMIT);
  text.count = 0;
  repeat(&text, "<a:s> <a:p> ", 1);
  repeat(&text, "[ <a:p> ", 200000);
  assert_int_equal(status_of(&text, SYNTAX_TRIG), STATUS_LIMIT);
  text.count = 0;
  repeat(&text, "<rdf:RDF xmlns:rdf='" RDF "' xmlns:e='http://e.org/'>", 1);
  repeat(&text, "<e:C><e:p>", 50000);
  assert_int_equal(status_of(&text, SYNTAX_RDFXML), STATUS_LIMIT);
  assert_int_equal(status_of(&text, SYNTAX_RDFA), STATUS_LIMIT);
  text.count = 0;
  repeat(&text, "<rdf:RDF xmlns:rdf='" RDF "' xmlns:e='http://e.org/'><!-- ", 1);
  repeat(&text, "<a>", 300);
  repeat(&text, "--><e:C><e:p><![CDATA[", 1);
  repeat(&text, "<a>", 300);
  repeat(&text, "]]></e:p></e:C>", 1);
  repeat(&text, "<e:C e:p='>'/>", 300);
  repeat(&text, "</rdf:RDF>", 1);
  assert_int_equal(status_of(&text, SYNTAX_RDFXML), STATUS_OK);
  buffer_clear(&text);
}

static void long_lists_and_terms(void **state)
{
  (void)state;
  Buffer text = BUFFER_EMPTY;
  repeat(&text, "<a:s> <a:p> (", 1);
  repeat(&text, " 1", 200000);
  repeat(&text, ") .", 1);
  assert_int_equal(status_of(&text, SYNTAX_TURTLE), STATUS_OK);
  text.count = 0;
  repeat(&text, "<a:s> <a:p> \"", 1);
  repeat(&text, "0123456789abcdef", 1u << 19);
  repeat(&text, "\" .\n", 1);
  assert_int_equal(status_of(&text, SYNTAX_TURTLE), STATUS_OK);
  assert_int_equal(status_of(&text, SYNTAX_NTRIPLES), STATUS_OK);
  text.count = 0;
  repeat(&text, "<a:", 1);
  repeat(&text, ".", 1u << 20);
  assert_int_equal(status_of(&text, SYNTAX_TURTLE), STATUS_INPUT);
  text.count = 0;
  repeat(&text, "@prefix : <a:> . :a", 1);
  repeat(&text, ".", 1u << 18);
  assert_int_equal(status_of(&text, SYNTAX_TURTLE), STATUS_INPUT);
  buffer_clear(&text);
}

static void entities_stay_small(void **state)
{
  (void)state;
  Buffer text = BUFFER_EMPTY;
  repeat(&text, "<?xml version='1.0'?><!DOCTYPE r [<!ENTITY e0 'lol'>", 1);
  for (int i = 1; i < 12; i++) {
    assert_int_equal(buffer_printf(&text, "<!ENTITY e%d '", i), STATUS_OK);
    for (int k = 0; k < 10; k++) assert_int_equal(buffer_printf(&text, "&e%d;", i - 1), STATUS_OK);
    repeat(&text, "'>", 1);
  }
  repeat(&text,
         "]><rdf:RDF xmlns:rdf='" RDF "' xmlns:e='http://e.org/'><e:C><e:p>&e11;</e:p></e:C>"
         "</rdf:RDF>",
         1);
  assert_int_not_equal(status_of(&text, SYNTAX_RDFXML), STATUS_OK);
  buffer_clear(&text);
}

/* What an external entity names is not read: its text must not turn up in the graph. */
static void no_file_is_read(void **state)
{
  (void)state;
  char folder[64], secret[256], document[1024];
  scratch_new(folder);
  scratch_write(secret, folder, "secret.txt", "SECRET", 6);
  snprintf(document, sizeof document,
           "<?xml version='1.0'?><!DOCTYPE r [<!ENTITY x SYSTEM 'file://%s'>]><rdf:RDF "
           "xmlns:rdf='" RDF "' xmlns:e='http://e.org/'><e:C><e:p>a&x;b</e:p></e:C></rdf:RDF>",
           secret);
  Reading r = read_text(slice_of(document), SYNTAX_RDFXML, false);
  for (TermId id = 1; id <= graph_term_count(r.graph); id++) {
    const Slice text = graph_term(r.graph, id).text;
    for (size_t at = 0; at + 6 <= text.len; at++) {
      assert_int_not_equal(memcmp(text.ptr + at, "SECRET", 6), 0);
    }
  }
  done(&r);
  scratch_remove(folder);
}

/* Cut and damaged documents: any answer but a crash. */
static void damaged_documents(void **state)
{
  (void)state;
  const Syntax syntaxes[] = {SYNTAX_TURTLE, SYNTAX_TRIG,    SYNTAX_NTRIPLES,
                             SYNTAX_NQUADS, SYNTAX_RDFJSON, SYNTAX_RDFXML};
  const char text[] =
      "@prefix : <http://e.org/> . :g { :s a :o, \"x\\u0041\"@en-GB ; :p 1.5e3, [ :q ( 1 true ) ] }"
      " <a:s> <a:p> \"\"\"l\"\"\"^^:t . _:a <a:p> _:b <a:g> .\n<x xmlns='a'>&#65;</x>{\"a\":{}}";
  uint64_t random = 5;
  for (int i = 0; i < 3000; i++) {
    char copy[sizeof text];
    memcpy(copy, text, sizeof text);
    for (uint32_t k = check_below(&random, 4); k > 0; k--) {
      copy[check_below(&random, sizeof text - 1)] = (char)check_below(&random, 256);
    }
    const size_t start = check_below(&random, 100);
    const size_t length = check_below(&random, (uint32_t)(sizeof text - start));
    Reading r = read_text((Slice){copy + start, length}, syntaxes[i % 6], i % 2);
    assert_true(r.status == STATUS_OK || r.messages.count > 0);
    done(&r);
  }
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(turtle_suite),
      cmocka_unit_test(trig_suite),
      cmocka_unit_test(lines_suite),
      cmocka_unit_test(rdf_xml_suite),
      cmocka_unit_test(place_of_errors),
      cmocka_unit_test(bad_lines_passed_over),
      cmocka_unit_test(bad_sentences_passed_over),
      cmocka_unit_test(blank_nodes_stay_apart),
      cmocka_unit_test(generated_labels),
      cmocka_unit_test(prefixes_are_told),
      cmocka_unit_test(rdfa_and_rdf_json),
      cmocka_unit_test(deep_nesting),
      cmocka_unit_test(long_lists_and_terms),
      cmocka_unit_test(entities_stay_small),
      cmocka_unit_test(no_file_is_read),
      cmocka_unit_test(damaged_documents),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
