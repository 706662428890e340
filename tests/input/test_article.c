/* Documents as files: each in good/ has beside it what must be read from it, as "title|publisher|
   author|date" and the blocks; nothing may be read from those in bad/ without a message. */
#include "input/document.h"

#include "input/source.h"
#include "tests/support/scratch.h"

#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#define GOOD "tests/data/documents/good"
#define BAD "tests/data/documents/bad"

static const DocumentOptions options = {.base = {"https://example.org/", 20}};

static Status describe(void *handle, Document *document)
{
  Buffer *const out = handle;
  const Slice fields[] = {document->title, document->publisher, document->author, document->date};
  for (size_t i = 0; i < 4; i++) {
    buffer_slice(out, fields[i]);
    buffer_text(out, i < 3 ? "|" : "\n");
  }
  for (size_t i = 0; i < document->block_count; i++) {
    const Span span = document->blocks[i].span;
    buffer_printf(out, "%c ", "HPI"[document->blocks[i].kind]);
    for (uint32_t at = span.start; at < span.end; at++) {
      buffer_add(out, document->text.ptr[at] == '\n' ? "/" : document->text.ptr + at, 1);
    }
    buffer_text(out, "\n");
  }
  return STATUS_OK;
}

/* Go over the files in FOLDER whose names do not end in ".expected". */
static size_t each_file(const char *folder, void (*visit)(const char *path))
{
  size_t count = 0;
  DIR *const listing = opendir(folder);
  if (!listing) skip();
  for (struct dirent *entry; (entry = readdir(listing));) {
    char path[512];
    const Slice name = slice_of(entry->d_name);
    if (name.ptr[0] == '.' || slice_ends(name, ".expected")) continue;
    snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
    visit(path);
    count++;
  }
  closedir(listing);
  return count;
}

static void check_good(const char *path)
{
  char beside[600];
  Buffer read = BUFFER_EMPTY, expected = BUFFER_EMPTY;
  size_t skipped = 0;
  assert_int_equal(documents_read(path, &options, describe, &read, &skipped, NULL), STATUS_OK);
  assert_int_equal(skipped, 0);
  snprintf(beside, sizeof beside, "%s.expected", path);
  assert_int_equal(source_read_all(&expected, beside, SOURCE_NO_LIMIT, NULL), STATUS_OK);
  assert_string_equal(read.bytes, expected.bytes);
  buffer_clear(&read);
  buffer_clear(&expected);
}

static void test_good(void **state)
{
  (void)state;
  assert_true(each_file(GOOD, check_good) >= 15);
}

static void check_bad(const char *path)
{
  Buffer read = BUFFER_EMPTY, messages = BUFFER_EMPTY;
  const Report into = scratch_report(&messages);
  size_t skipped = 0;
  assert_int_equal(documents_read(path, &options, describe, &read, &skipped, &into), STATUS_OK);
  assert_int_equal(skipped, 1);
  assert_non_null(messages.bytes);
  assert_memory_equal(messages.bytes, path, strlen(path));
  if (!strstr(path, "line")) assert_int_equal(read.count, 0);
  buffer_clear(&read);
  buffer_clear(&messages);
}

static void test_bad(void **state)
{
  (void)state;
  assert_true(each_file(BAD, check_bad) >= 12);
}

/* In one go the good ones of both folders come out, and each bad one is told. */
static void test_together(void **state)
{
  (void)state;
  Buffer read = BUFFER_EMPTY, messages = BUFFER_EMPTY;
  const Report into = scratch_report(&messages);
  size_t skipped = 0;
  if (documents_read(BAD, &options, describe, &read, &skipped, NULL) || skipped == 0) skip();
  assert_int_equal(
      documents_read("tests/data/documents", &options, describe, &read, &skipped, &into),
      STATUS_OK);
  assert_non_null(strstr(read.bytes, "Lund met Bruni"));
  assert_non_null(strstr(messages.bytes, "picture.txt: is not text but a PNG picture"));
  buffer_clear(&read);
  buffer_clear(&messages);
}

int main(int count, char **arguments)
{
  if (count == 2) { /* show what is read from a file, to be compared and kept */
    Buffer read = BUFFER_EMPTY;
    size_t skipped = 0;
    documents_read(arguments[1], &options, describe, &read, &skipped, NULL);
    fwrite(read.bytes, 1, read.count, stdout);
    buffer_clear(&read);
    return 0;
  }
  const struct CMUnitTest tests[] = {cmocka_unit_test(test_good), cmocka_unit_test(test_bad),
                                     cmocka_unit_test(test_together)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
