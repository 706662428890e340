#include "input/document.h"

#include "graph/memory.h"
#include "graph/unicode.h"
#include "tests/support/scratch.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

static char folder[64];
static Buffer messages, seen;
static Report into;
static size_t skipped, documents;
static Document last; /* its arena is kept */

static void forget(void)
{
  document_arena_free(last.arena);
  last = (Document){.arena = NULL};
  messages.count = seen.count = 0;
  skipped = documents = 0;
}

static int set_up(void **state)
{
  (void)state;
  scratch_new(folder);
  messages = seen = BUFFER_EMPTY;
  into = scratch_report(&messages);
  forget();
  return 0;
}

static int tear_down(void **state)
{
  (void)state;
  forget();
  scratch_remove(folder);
  buffer_clear(&messages);
  buffer_clear(&seen);
  return 0;
}

/* Keep the document, and write "id|title|date\n" to seen. */
static Status keep(void *handle, Document *document)
{
  (void)handle;
  document_arena_free(last.arena);
  last = *document;
  document->arena = NULL;
  documents++;
  return buffer_printf(&seen, "%.*s|%.*s|%.*s\n", SLICE_ARGS(last.id), SLICE_ARGS(last.title),
                       SLICE_ARGS(last.date));
}

static const DocumentOptions plain = {.base = {"https://example.org/", 20}};

static Status read_path(const char *path)
{
  forget();
  return documents_read(path, &plain, keep, NULL, &skipped, &into);
}

static void read_bytes(const char *name, const void *bytes, size_t count)
{
  char path[256];
  scratch_write(path, folder, name, bytes, count);
  assert_int_equal(read_path(path), STATUS_OK);
}

static void read_text(const char *name, const char *text)
{
  read_bytes(name, text, strlen(text));
}

static bool said(const char *words)
{
  return messages.count && strstr(messages.bytes, words);
}

/* The words of block I, "H: ", "P: " or "I: " before them. */
static const char *block(size_t i)
{
  static char text[512];
  if (i >= last.block_count) return "none";
  const Span span = last.blocks[i].span;
  snprintf(text, sizeof text, "%c: %.*s", "HPI"[last.blocks[i].kind], (int)(span.end - span.start),
           last.text.ptr + span.start);
  return text;
}

static void test_encodings(void **state)
{
  (void)state;
  static const struct {
    const char *bytes;
    size_t count;
    const char *text, *message;
  } rows[] = {
      {"Macron met Erdo\xc4\x9f"
       "an.",
       20, "Macron met Erdoğan.", ""},
      {"\xef\xbb\xbfMacron met him.", 18, "Macron met him.", ""},
      {"\xff\xfeM\0a\0o\0 \0\x3d\xd8\x00\xde.\0", 16, "Mao \xf0\x9f\x98\x80.", ""},
      {"\xfe\xff\0M\0a\0o\0 \x01\x1f\0.", 14, "Mao ğ.", ""},
      {"The caf\xe9 \x96 it\x92s \x93open\x94.", 23, "The café – it’s “open”.", "Windows-1252"},
      {"Sim\xf3n Bol\xedvar", 13, "Simón Bolívar", "Windows-1252"},
  };
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    read_bytes("a.txt", rows[i].bytes, rows[i].count);
    assert_int_equal(documents, 1);
    assert_true(slice_is(last.text, rows[i].text));
    assert_true(*rows[i].message ? said(rows[i].message) : messages.count == 0);
    assert_int_equal(skipped, 0);
  }
}

static void test_not_text(void **state)
{
  (void)state;
  static const struct {
    const char *bytes;
    size_t count;
    const char *message;
  } rows[] = {
      {"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", 16, "a.txt: is not text but a PNG picture (byte 0)"},
      {"Rome\0Oslo", 9, "a.txt: is not text but binary data (byte 4)"},
      {"\xff\xfe\0\0R\0\0\0", 8, "UTF-32"},
      {"\xff\xfeR\0\x00\xdc.\0", 8, "a.txt: is not valid UTF-16 (byte 4)"},
      {"\xff\xfeR", 3, "a.txt: is not valid UTF-16 (byte 2)"},
      {"\xef\xbb\xbfRome \xff", 9, "a.txt: is not valid UTF-8 (byte 8)"},
      {"Rome \xff\xfe Oslo", 12, "a.txt: is not valid UTF-8 (byte 5)"},
      {"Rome \xc3\x28 Oslo", 12, "a.txt: is not valid UTF-8 (byte 5)"},
      {"na\xc3\xafve \xe2\x80", 9, "a.txt: is not valid UTF-8 (byte 7)"},
      {"", 0, "a.txt: is empty"},
      {" \r\n\t\n", 5, "a.txt: is empty"},
  };
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    read_bytes("a.txt", rows[i].bytes, rows[i].count);
    assert_int_equal(documents, 0);
    assert_int_equal(skipped, 1);
    assert_true(said(rows[i].message));
  }
}

static void test_blocks_of_lines(void **state)
{
  (void)state;
  read_text("a.txt", "Rome and Oslo sign a pact\r\n\r\nItaly signed it on Monday.\r\n"
                     "Norway did so later, a source said.\r\n");
  assert_string_equal(block(0), "H: Rome and Oslo sign a pact");
  assert_string_equal(block(1), "P: Italy signed it on Monday.");
  assert_string_equal(block(2), "P: Norway did so later, a source said.");
  assert_int_equal(last.block_count, 3);
  assert_true(slice_is(last.title, "Rome and Oslo sign a pact"));
}

static void test_blocks_of_broken_lines(void **state)
{
  (void)state;
  read_text("a.txt", "The foreign minister of Italy met her colleague\n"
                     "from Norway in Rome on Monday and spoke about\n"
                     "the treaty. Both were pleased.\n\n"
                     "They will meet again next year in Oslo, as the\n"
                     "ministry said.\n");
  assert_int_equal(last.block_count, 2);
  assert_string_equal(block(0), "P: The foreign minister of Italy met her colleague\n"
                                "from Norway in Rome on Monday and spoke about\n"
                                "the treaty. Both were pleased.");
}

static void test_items(void **state)
{
  (void)state;
  read_text("a.txt", "The two agreed on three things.\n\n- Italy sends two ships\n* Norway pays\n"
                     "1. Both meet every year\n\nNothing else was said.\n");
  assert_string_equal(block(1), "I: Italy sends two ships");
  assert_string_equal(block(2), "I: Norway pays");
  assert_string_equal(block(3), "I: Both meet every year");
  assert_string_equal(block(4), "P: Nothing else was said.");
}

static void test_names(void **state)
{
  (void)state;
  read_text("a b.txt", "Rome met Oslo.");
  assert_int_equal(last.id.len, 16);
  assert_true(slice_starts(last.id, "a b.txt-"));
  assert_true(slice_starts(last.iri, "https://example.org/document/a%20b.txt-"));
  char first[64], path[256], inner[128];
  snprintf(first, sizeof first, "%.*s", SLICE_ARGS(last.id));
  snprintf(inner, sizeof inner, "%s/inner", folder);
  mkdir(inner, 0700);
  scratch_write(path, inner, "a b.txt", "Rome met Oslo.", 14);
  assert_int_equal(read_path(path), STATUS_OK);
  assert_true(slice_is(last.id, first));
  scratch_write(path, inner, "a b.txt", "Rome left Oslo.", 15);
  assert_int_equal(read_path(path), STATUS_OK);
  assert_false(slice_is(last.id, first));
}

static void test_folder(void **state)
{
  (void)state;
  char path[256], inner[128];
  snprintf(inner, sizeof inner, "%s/b", folder);
  mkdir(inner, 0700);
  scratch_write(path, folder, "c.jsonl", "{\"id\":\"c\",\"text\":\"It met.\"}", 27);
  scratch_write(path, folder, "a.txt", "It signed.", 10);
  scratch_write(path, folder, ".hidden.txt", "It hid.", 7);
  scratch_write(path, folder, "z.bin", "\0", 1);
  scratch_write(path, inner, "B.TXT", "It left.", 8);
  assert_int_equal(symlink(folder, strcat(strcpy(path, inner), "/loop")), 0);
  assert_int_equal(read_path(folder), STATUS_OK);
  assert_int_equal(documents, 3);
  assert_int_equal(skipped, 0);
  const char *const a = strstr(seen.bytes, "a.txt-"), *const b = strstr(seen.bytes, "B.TXT-");
  assert_true(a && b && a < b && strstr(b, "\nc|"));
}

static void test_unreadable(void **state)
{
  (void)state;
  char path[256];
  snprintf(path, sizeof path, "%s/missing.txt", folder);
  assert_int_equal(read_path(path), STATUS_OK);
  assert_true(said("missing.txt: No such file"));
  assert_int_equal(skipped, 1);
  read_text("a.docx", "It met.");
  assert_true(said("a.docx: has an extension that is not known"));
  assert_int_equal(skipped, 1);
  read_bytes("b.txt.gz", "", 0);
  assert_true(said("b.txt.gz: is empty, not a gzip file"));
  assert_int_equal(skipped, 1);
  read_bytes("b.txt.gz", "\x1f\x8b\x08\0\0", 5);
  assert_true(said("b.txt.gz: compressed data ends too early"));
  assert_int_equal(skipped, 1);
  if (geteuid() == 0) return; /* root may read everything */
  snprintf(path, sizeof path, "%s/closed", folder);
  mkdir(path, 0);
  assert_int_equal(read_path(path), STATUS_OK);
  assert_true(said("closed: Permission denied"));
  assert_int_equal(skipped, 1);
}

static Status refuse(void *handle, Document *document)
{
  (void)handle;
  (void)document;
  documents++;
  return STATUS_INPUT;
}

static void test_handler_ends_reading(void **state)
{
  (void)state;
  char path[256];
  const char *const lines = "{\"text\":\"It met.\"}\n{\"text\":\"It left.\"}\n";
  scratch_write(path, folder, "a.jsonl", lines, strlen(lines));
  assert_int_equal(documents_read(path, &plain, refuse, NULL, &skipped, &into), STATUS_INPUT);
  assert_int_equal(documents, 1);
  assert_int_equal(skipped, 0);
}

static void test_format_asked_for(void **state)
{
  (void)state;
  char path[256];
  scratch_write(path, folder, "a.log", "It met.", 7);
  DocumentOptions options = plain;
  options.format = SLICE("txt");
  assert_int_equal(documents_read(path, &options, keep, NULL, &skipped, &into), STATUS_OK);
  assert_int_equal(documents, 1);
  options.format = SLICE("doc");
  assert_int_equal(documents_read(path, &options, keep, NULL, &skipped, &into), STATUS_ARGUMENT);
}

static void test_parsed(void **state)
{
  (void)state;
  static const char *const rows =
      "# newdoc id = visit\n# date = 2023-01-13\n# sent_id = 1\n# text = Macron left.\n"
      "1\tMacron\tMacron\tPROPN\tNNP\t_\t2\tnsubj\t_\t_\n"
      "2\tleft\tleave\tVERB\tVBD\t_\t0\troot\t_\tSpaceAfter=No\n"
      "3\t.\t.\tPUNCT\t.\t_\t2\tpunct\t_\t_\n\n";
  read_text("a.conllu", rows);
  assert_int_equal(documents, 1);
  assert_true(slice_is(last.iri, "https://example.org/document/visit"));
  assert_true(slice_is(last.date, "2023-01-13"));
  assert_int_equal(last.sentence_count, 1);
  assert_int_equal(last.sentences[0].count, 3);
  read_text("b.conllu", "\n");
  assert_true(said("b.conllu: is empty"));
  assert_int_equal(skipped, 1);
}

static void test_long_line(void **state)
{
  (void)state;
  const size_t size = 50u << 20;
  char *const bytes = malloc(size);
  memset(bytes, 'x', size);
  read_bytes("a.txt", bytes, size);
  assert_true(said("a.txt:1: 52428800 characters with hardly any white space are left out"));
  assert_true(said("a.txt: holds no article"));
  assert_int_equal(documents, 0);
  assert_int_equal(skipped, 1);
  memcpy(bytes, "Rome met Oslo.\n", 15);
  read_bytes("a.txt", bytes, size);
  free(bytes);
  assert_true(said("a.txt:2: 52428785 characters"));
  assert_int_equal(skipped, 1);
  assert_int_equal(documents, 1);
  assert_int_equal(last.text.len, size);
  assert_string_equal(block(0), "P: Rome met Oslo.");
}

static void test_code_points(void **state)
{
  (void)state;
  Arena arena = ARENA_EMPTY;
  Buffer text = BUFFER_EMPTY;
  for (int i = 0; i < 500; i++) buffer_text(&text, "aé€😀");
  const Slice whole = buffer_as_slice(&text);
  const CodePoints *index;
  assert_int_equal(code_points_new(&index, &arena, whole), STATUS_OK);
  uint32_t count = 0;
  for (size_t at = 0; at < whole.len; count++) {
    assert_int_equal(code_points_before(index, at), count);
    utf8_next(whole, &at);
  }
  assert_int_equal(code_points_before(index, whole.len), 2000);
  assert_int_equal(code_points_new(&index, &arena, SLICE_NONE), STATUS_OK);
  assert_int_equal(code_points_before(index, 0), 0);
  arena_clear(&arena);
  buffer_clear(&text);
}

/* Fails the Nth allocation and all after it. */
static void *fail_late(void *handle, void *block_, size_t old_size, size_t new_size)
{
  size_t *const left = handle;
  (void)old_size;
  if (new_size == 0) {
    free(block_);
    return NULL;
  }
  if (*left == 0) return NULL;
  --*left;
  return realloc(block_, new_size);
}

/* Read PATH with one allocation, two, three …, until it can be read; each time it ends cleanly. */
static void starve(const char *path)
{
  Status status = STATUS_MEMORY;
  documents = 0;
  for (size_t n = 0; documents == 0; n++) {
    size_t left = n;
    assert_true(n < 500);
    memory_set_hook(fail_late, &left);
    status = documents_read(path, &plain, refuse, NULL, &skipped, NULL);
    memory_set_hook(NULL, NULL);
    assert_int_equal(status, documents ? STATUS_INPUT : STATUS_MEMORY);
  }
}

static void test_memory_runs_out(void **state)
{
  (void)state;
  static const struct {
    const char *name, *content;
  } files[] = {
      {"a.txt", "Rome meets Oslo\n\nROME, Feb. 3 (UPI) -- Rome met Oslo in 2023."},
      {"a.jsonl",
       "{\"id\":\"1\",\"url\":\"https://n.example/2023/02/03/\",\"text\":\"Rome met Oslo.\"}"},
      {"a.html",
       "<title>Pact - News</title><script type='application/ld+json'>{\"@type\":"
       "\"NewsArticle\",\"headline\":\"Pact\"}</script><h1>Pact</h1><ul><li>Rome met Oslo.</ul>"},
      {"b.txt", "\xff\xfeR\0o\0m\0e\0 \0m\0e\0t\0.\0"},
  };
  for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
    char path[256];
    const size_t size = i < 3 ? strlen(files[i].content) : 20;
    scratch_write(path, folder, files[i].name, files[i].content, size);
    starve(path);
  }
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
  const struct CMUnitTest tests[] = {
      TEST(test_encodings),
      TEST(test_not_text),
      TEST(test_blocks_of_lines),
      TEST(test_blocks_of_broken_lines),
      TEST(test_items),
      TEST(test_names),
      TEST(test_folder),
      TEST(test_unreadable),
      TEST(test_handler_ends_reading),
      TEST(test_format_asked_for),
      TEST(test_parsed),
      TEST(test_long_line),
      TEST(test_code_points),
      TEST(test_memory_runs_out),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
