#include "input/document.h"

#include "tests/support/scratch.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

static char folder[64], path[256];
static Buffer messages, seen;
static Report into;
static size_t skipped, documents, largest;

static int set_up(void **state)
{
  (void)state;
  scratch_new(folder);
  messages = seen = BUFFER_EMPTY;
  into = scratch_report(&messages);
  skipped = documents = largest = 0;
  return 0;
}

static int tear_down(void **state)
{
  (void)state;
  scratch_remove(folder);
  buffer_clear(&messages);
  buffer_clear(&seen);
  return 0;
}

static Status note(void *handle, Document *document)
{
  (void)handle;
  documents++;
  if (document->arena->total > largest) largest = document->arena->total;
  const Slice fields[] = {document->iri,       document->id,     document->url, document->title,
                          document->publisher, document->author, document->date};
  for (size_t i = 0; i < 7; i++) buffer_printf(&seen, "%.*s|", SLICE_ARGS(fields[i]));
  return buffer_printf(&seen, "%.*s\n", SLICE_ARGS(document->text));
}

static void read_file(const char *file)
{
  static const DocumentOptions options = {.base = {"https://example.org/", 20}};
  assert_int_equal(documents_read(file, &options, note, NULL, &skipped, &into), STATUS_OK);
}

static void read_lines(const char *lines)
{
  scratch_write(path, folder, "a.jsonl", lines, strlen(lines));
  messages.count = seen.count = skipped = documents = 0;
  read_file(path);
}

static bool said(const char *words)
{
  return messages.count && strstr(messages.bytes, words);
}

static void test_fields(void **state)
{
  (void)state;
  read_lines(
      "{\"id\":\"n-1\",\"url\":\"https://news.example/x\",\"title\":\"Rome, Oslo\","
      "\"date\":\"2023-01-13T10:00:00Z\",\"publisher\":{\"name\":\"N\"},\"author\":[\"A B\"],"
      "\"text\":\"It\\u2019s signed.\"}\n");
  assert_string_equal(seen.bytes, "https://example.org/document/n-1|n-1|https://news.example/x|"
                                  "Rome, Oslo|N|A B|2023-01-13|It’s signed.\n");
  assert_int_equal(messages.count, 0);
}

static void test_iris(void **state)
{
  (void)state;
  static const struct {
    const char *line, *iri;
  } rows[] = {
      {"{\"id\":\"a/b c?#%\",\"text\":\"It met.\"}",
       "https://example.org/document/a%2Fb%20c%3F%23%25|"},
      {"{\"id\":\"Erdo\\u011fan\",\"text\":\"It met.\"}", "https://example.org/document/Erdoğan|"},
      {"{\"id\":\"e\\u0301\",\"text\":\"It met.\"}", "https://example.org/document/é|"},
      {"{\"id\":17,\"text\":\"It met.\"}", "https://example.org/document/17|"},
      {"{\"url\":\"https://n.example/a b?q=%20#c\",\"text\":\"It met.\"}",
       "https://n.example/a%20b?q=%20|"},
      {"{\"url\":\"javascript:1\",\"text\":\"It met.\"}", "https://example.org/document/a.jsonl-"},
      {"{\"text\":\"It met.\"}", "https://example.org/document/a.jsonl-"},
  };
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    read_lines(rows[i].line);
    assert_int_equal(documents, 1);
    assert_memory_equal(seen.bytes, rows[i].iri, strlen(rows[i].iri));
  }
}

static void test_broken_lines_among_good(void **state)
{
  (void)state;
  read_lines("{\"id\":\"1\",\"text\":\"It met.\"}\n"
             "{\"id\":\"2\",\"text\":\n"
             "\n"
             "[1,2]\n"
             "{\"id\":\"3\"}\n"
             "{\"id\":\"4\",\"text\":5}\n"
             "{\"id\":\"5\",\"text\":\" \"}\n"
             "{\"id\":\"6\",\"text\":\"\xff\"}\n"
             "{\"id\":\"7\",\"text\":\"Menu\"}\n"
             "{\"id\":\"1\",\"text\":\"Two met.\"}");
  assert_int_equal(documents, 2);
  assert_int_equal(skipped, 7);
  assert_true(said("a.jsonl:9: holds no article"));
  assert_non_null(strstr(seen.bytes, "Two met."));
  assert_true(said("a.jsonl:2:"));
  assert_true(said("a.jsonl:4: is not a JSON object"));
  assert_true(said("a.jsonl:5: has no \"text\""));
  assert_true(said("a.jsonl:6: has no \"text\""));
  assert_true(said("a.jsonl:7: has an empty \"text\""));
  assert_true(said("a.jsonl:8: is not valid UTF-8"));
  assert_false(said("a.jsonl:3:"));
}

static void test_mark_and_endings(void **state)
{
  (void)state;
  read_lines("\xef\xbb\xbf{\"id\":\"1\",\"text\":\"It met.\"}\r\n{\"id\":\"2\",\"text\":\"Two "
             "met.\"}\r\n");
  assert_int_equal(documents, 2);
  assert_int_equal(messages.count, 0);
}

static void test_nested_deep(void **state)
{
  (void)state;
  Buffer lines = BUFFER_EMPTY;
  for (int i = 0; i < 100000; i++) buffer_text(&lines, "[");
  buffer_text(&lines, "\n{\"text\":\"It met.\"}\n");
  read_lines(lines.bytes);
  buffer_clear(&lines);
  assert_int_equal(documents, 1);
  assert_int_equal(skipped, 1);
  assert_true(said("a.jsonl:1:"));
}

/* The arena is used again, so that many lines take no more memory than one. */
static void test_memory_does_not_grow(void **state)
{
  (void)state;
  Buffer lines = BUFFER_EMPTY;
  for (int i = 0; i < 20000; i++) {
    buffer_printf(&lines, "{\"id\":\"%d\",\"text\":\"Rome met Oslo again, a source said.\"}\n", i);
  }
  read_lines(lines.bytes);
  buffer_clear(&lines);
  assert_int_equal(documents, 20000);
  assert_true(largest < 65536);
}

static void test_data(void **state)
{
  (void)state;
  const char *const good = "tests/data/documents/good/three.jsonl";
  FILE *const there = fopen(good, "rb");
  if (!there) skip();
  fclose(there);
  read_file(good);
  assert_int_equal(documents, 3);
  assert_int_equal(skipped, 0);
  read_file("tests/data/documents/bad/broken-line.jsonl");
  assert_int_equal(documents, 5);
  assert_int_equal(skipped, 1);
  assert_true(said("broken-line.jsonl:2:"));
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
  const struct CMUnitTest tests[] = {
      TEST(test_fields),
      TEST(test_iris),
      TEST(test_broken_lines_among_good),
      TEST(test_mark_and_endings),
      TEST(test_nested_deep),
      TEST(test_memory_does_not_grow),
      TEST(test_data),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
