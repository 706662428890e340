#include "input/source.h"

#include "tests/support/scratch.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

static char folder[64];
static Buffer messages, content;
static Report into;

static int set_up(void **state)
{
  (void)state;
  scratch_new(folder);
  messages = content = BUFFER_EMPTY;
  into = scratch_report(&messages);
  return 0;
}

static int tear_down(void **state)
{
  (void)state;
  scratch_remove(folder);
  buffer_clear(&messages);
  buffer_clear(&content);
  return 0;
}

/* Read what NAME would hold if it had these bytes. */
static Status read_bytes(const char *name, const void *bytes, size_t count, size_t limit)
{
  char path[256];
  scratch_write(path, folder, name, bytes, count);
  content.count = 0;
  return source_read_all(&content, path, limit, &into);
}

static bool said(const char *words)
{
  return messages.count && strstr(messages.bytes, words);
}

/* "Rome met Oslo.\n" as gzip makes it. */
static const unsigned char packed[] = {0x1f, 0x8b, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x02,
                                       0x03, 0x0b, 0xca, 0xcf, 0x4d, 0x55, 0xc8, 0x4d, 0x2d,
                                       0x51, 0xf0, 0x2f, 0xce, 0xc9, 0xd7, 0xe3, 0x02, 0x00,
                                       0x9b, 0xa8, 0xa8, 0x18, 0x0f, 0x00, 0x00, 0x00};

static void test_plain(void **state)
{
  (void)state;
  assert_int_equal(read_bytes("a.txt", "one\ntwo", 7, SOURCE_NO_LIMIT), STATUS_OK);
  assert_true(slice_is(buffer_as_slice(&content), "one\ntwo"));
  assert_int_equal(read_bytes("b.txt", "", 0, SOURCE_NO_LIMIT), STATUS_OK);
  assert_int_equal(content.count, 0);
  assert_int_equal(read_bytes("c.txt", "\x1f", 1, SOURCE_NO_LIMIT), STATUS_OK);
  assert_int_equal(content.count, 1);
  assert_int_equal(messages.count, 0);
}

static void test_gzip_by_content(void **state)
{
  (void)state;
  assert_int_equal(read_bytes("a.txt", packed, sizeof packed, SOURCE_NO_LIMIT), STATUS_OK);
  assert_true(slice_is(buffer_as_slice(&content), "Rome met Oslo.\n"));
  assert_int_equal(messages.count, 0);
}

static void test_gzip_members(void **state)
{
  (void)state;
  unsigned char twice[2 * sizeof packed + 3];
  memcpy(twice, packed, sizeof packed);
  memcpy(twice + sizeof packed, packed, sizeof packed);
  memcpy(twice + 2 * sizeof packed, "end", 3);
  assert_int_equal(read_bytes("a.gz", twice, 2 * sizeof packed, SOURCE_NO_LIMIT), STATUS_OK);
  assert_true(slice_is(buffer_as_slice(&content), "Rome met Oslo.\nRome met Oslo.\n"));
  assert_int_equal(messages.count, 0);
  assert_int_equal(read_bytes("a.gz", twice, sizeof twice, SOURCE_NO_LIMIT), STATUS_OK);
  assert_int_equal(content.count, 30);
  assert_true(said("ignored"));
}

static void test_gzip_cut_anywhere(void **state)
{
  (void)state;
  for (size_t count = 2; count < sizeof packed; count++) {
    messages.count = 0;
    assert_int_equal(read_bytes("a.gz", packed, count, SOURCE_NO_LIMIT), STATUS_INPUT);
    assert_true(said("a.gz: compressed data ends too early"));
  }
  assert_int_equal(read_bytes("a.gz", "", 0, SOURCE_NO_LIMIT), STATUS_INPUT);
  assert_true(said("a.gz: is empty"));
}

static void test_gzip_damaged(void **state)
{
  (void)state;
  unsigned char bad[sizeof packed];
  memcpy(bad, packed, sizeof packed);
  bad[28] ^= 1; /* the checksum */
  assert_int_equal(read_bytes("a.gz", bad, sizeof bad, SOURCE_NO_LIMIT), STATUS_INPUT);
  assert_true(said("is damaged at byte"));
}

static void test_limit(void **state)
{
  (void)state;
  assert_int_equal(read_bytes("a.txt", "12345", 5, 5), STATUS_OK);
  assert_int_equal(messages.count, 0);
  assert_int_equal(read_bytes("a.txt", "123456", 6, 5), STATUS_LIMIT);
  assert_true(said("a.txt: is longer than 5 bytes"));
  assert_int_equal(read_bytes("a.gz", packed, sizeof packed, 14), STATUS_LIMIT);
}

static void test_unreadable(void **state)
{
  (void)state;
  char path[256];
  assert_int_equal(source_read_all(&content, folder, 0, &into), STATUS_IO);
  assert_true(said("s a directory"));
  snprintf(path, sizeof path, "%s/missing.txt", folder);
  assert_int_equal(source_read_all(&content, path, 0, &into), STATUS_IO);
  assert_true(said("missing.txt: No such file"));
  if (geteuid() == 0) return; /* root may read everything */
  scratch_write(path, folder, "closed.txt", "x", 1);
  chmod(path, 0);
  assert_int_equal(source_read_all(&content, path, 0, &into), STATUS_IO);
  assert_true(said("closed.txt: Permission denied"));
}

static void test_lines(void **state)
{
  (void)state;
  char path[256];
  scratch_write(path, folder, "a.jsonl", "one\r\n\nlonger\nlast", 17);
  Source *source;
  Buffer line = BUFFER_EMPTY;
  bool more;
  assert_int_equal(source_open(&source, path, 0, &into), STATUS_OK);
  static const struct {
    const char *text;
    Status status;
  } expected[] = {
      {"one", STATUS_OK}, {"", STATUS_OK}, {"longe", STATUS_LIMIT}, {"last", STATUS_OK}};
  for (size_t i = 0; i < 4; i++) {
    assert_int_equal(source_line(&more, source, &line, 5), expected[i].status);
    assert_true(more);
    assert_true(slice_is(buffer_as_slice(&line), expected[i].text));
    assert_int_equal(source_line_number(source), i + 1);
  }
  assert_int_equal(source_line(&more, source, &line, 5), STATUS_OK);
  assert_false(more);
  buffer_clear(&line);
  source_close(source);
}

static void test_long_file(void **state)
{
  (void)state;
  const size_t size = 1000001;
  char *const bytes = malloc(size);
  memset(bytes, 'x', size);
  bytes[size / 2] = '\n';
  assert_int_equal(read_bytes("a.txt", bytes, size, SOURCE_NO_LIMIT), STATUS_OK);
  assert_int_equal(content.count, size);
  assert_memory_equal(content.bytes, bytes, size);
  free(bytes);
}

static void test_close_nothing(void **state)
{
  (void)state;
  source_close(NULL);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test_setup_teardown(test_plain, set_up, tear_down),
      cmocka_unit_test_setup_teardown(test_gzip_by_content, set_up, tear_down),
      cmocka_unit_test_setup_teardown(test_gzip_members, set_up, tear_down),
      cmocka_unit_test_setup_teardown(test_gzip_cut_anywhere, set_up, tear_down),
      cmocka_unit_test_setup_teardown(test_gzip_damaged, set_up, tear_down),
      cmocka_unit_test_setup_teardown(test_limit, set_up, tear_down),
      cmocka_unit_test_setup_teardown(test_unreadable, set_up, tear_down),
      cmocka_unit_test_setup_teardown(test_lines, set_up, tear_down),
      cmocka_unit_test_setup_teardown(test_long_file, set_up, tear_down),
      cmocka_unit_test(test_close_nothing),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
