/* Output files appear whole or not at all. */
#include "output/file.h"
#include "tests/support/check.h"
#include "tests/support/failing_memory.h"
#include "tests/support/scratch.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

static char folder[64];

static const char *path_of(const char *name)
{
  static char path[256];
  snprintf(path, sizeof path, "%s/%s", folder, name);
  return path;
}

static int set_up(void **state)
{
  (void)state;
  scratch_new(folder);
  return 0;
}

static int tear_down(void **state)
{
  (void)state;
  scratch_remove(folder);
  return 0;
}

static bool exists(const char *path)
{
  struct stat info;
  return stat(path, &info) == 0;
}

static size_t files_in_folder(void)
{
  char command[128], answer[16] = "";
  snprintf(command, sizeof command, "ls -A %s | wc -l", folder);
  FILE *const pipe = popen(command, "r");
  assert_non_null(pipe);
  assert_non_null(fgets(answer, sizeof answer, pipe));
  pclose(pipe);
  return (size_t)atoi(answer);
}

static void has_content(const char *path, const char *wanted)
{
  char bytes[256] = "";
  FILE *const file = fopen(path, "rb");
  assert_non_null(file);
  bytes[fread(bytes, 1, sizeof bytes - 1, file)] = '\0';
  fclose(file);
  assert_string_equal(bytes, wanted);
}

static File *opened(const char *path, const char *text)
{
  File *file;
  assert_int_equal(file_open(&file, path, NULL), STATUS_OK);
  const Sink sink = file_sink(file);
  assert_int_equal(sink_text(&sink, text), STATUS_OK);
  return file;
}

static void appears_on_commit(void **state)
{
  (void)state;
  const char *const path = path_of("a.ttl");
  File *const file = opened(path, "text");
  assert_false(exists(path));
  assert_int_equal(file_commit(file), STATUS_OK);
  has_content(path, "text");
  assert_int_equal(files_in_folder(), 1);
}

static void old_content_stays_until_then(void **state)
{
  (void)state;
  const char *const path = path_of("a.ttl");
  assert_int_equal(file_commit(opened(path, "old")), STATUS_OK);
  assert_int_equal(chmod(path, 0640), 0);
  File *file = opened(path, "new");
  has_content(path, "old");
  file_discard(file);
  has_content(path, "old");
  file = opened(path, "new");
  assert_int_equal(file_finish(file), STATUS_OK);
  has_content(path, "old");
  assert_int_equal(file_commit(file), STATUS_OK);
  has_content(path, "new");
  struct stat info;
  assert_int_equal(stat(path, &info), 0);
  assert_int_equal(info.st_mode & 0777, 0640);
  assert_int_equal(files_in_folder(), 1);
  file_discard(NULL);
}

static void links_are_followed(void **state)
{
  (void)state;
  char link[256];
  snprintf(link, sizeof link, "%s", path_of("link.ttl"));
  assert_int_equal(file_commit(opened(path_of("real.ttl"), "old")), STATUS_OK);
  assert_int_equal(symlink("real.ttl", link), 0);
  assert_int_equal(file_commit(opened(link, "new")), STATUS_OK);
  has_content(path_of("real.ttl"), "new");
  struct stat info;
  assert_int_equal(lstat(link, &info), 0);
  assert_true(S_ISLNK(info.st_mode));
}

static Status written(const char *path, size_t bytes, Buffer *messages)
{
  File *file;
  const Report report = scratch_report(messages);
  const Status status = file_open(&file, path, &report);
  if (status != STATUS_OK) return status;
  const Sink sink = file_sink(file);
  for (size_t i = 0; i < bytes; i++) sink_write(&sink, "x", 1);
  return file_commit(file);
}

static void full_and_missing_places(void **state)
{
  (void)state;
  Buffer messages = BUFFER_EMPTY;
  assert_int_equal(written("/dev/full", 10, &messages), STATUS_IO);
  assert_non_null(strstr(messages.bytes, "/dev/full"));
  messages.count = 0;
  assert_int_equal(written("/dev/full", 1000000, &messages), STATUS_IO);
  assert_int_equal(written("/dev/null", 1000000, NULL), STATUS_OK);
  assert_int_equal(written(path_of("no/such/folder.ttl"), 1, &messages), STATUS_IO);
  assert_int_equal(written(folder, 1, &messages), STATUS_IO);
  assert_int_equal(files_in_folder(), 0);
  buffer_clear(&messages);
}

static void gzip_by_name(void **state)
{
  (void)state;
  char bytes[64] = "";
  assert_int_equal(file_commit(opened(path_of("a.ttl.gz"), "some text")), STATUS_OK);
  gzFile file = gzopen(path_of("a.ttl.gz"), "rb");
  assert_int_equal(gzread(file, bytes, sizeof bytes - 1), 9);
  assert_false(gzdirect(file));
  gzclose(file);
  assert_string_equal(bytes, "some text");
  assert_int_equal(file_commit(opened(path_of("b.ttl.gz"), "some text")), STATUS_OK);
  char command[256];
  snprintf(command, sizeof command, "cmp -s %s/a.ttl.gz %s/b.ttl.gz", folder, folder);
  assert_int_equal(system(command), 0);
}

/* With stdout closed nothing written to "-" may land in another file. */
static void closed_stdout(void **state)
{
  (void)state;
  Buffer messages = BUFFER_EMPTY;
  fflush(stdout);
  const int kept = dup(STDOUT_FILENO);
  close(STDOUT_FILENO);
  File *const file = opened(path_of("a.ttl"), "text");
  const Status status = written("-", 3, &messages);
  const Status committed = file_commit(file);
  dup2(kept, STDOUT_FILENO);
  close(kept);
  assert_int_equal(status, STATUS_IO);
  assert_int_equal(committed, STATUS_OK);
  has_content(path_of("a.ttl"), "text");
  buffer_clear(&messages);
}

static bool write_once(void *handle)
{
  File *file;
  const char *const path = handle;
  if (file_open(&file, path, NULL) != STATUS_OK) return false;
  const Sink sink = file_sink(file);
  if (sink_text(&sink, "text") != STATUS_OK) {
    file_discard(file);
    return false;
  }
  return file_commit(file) == STATUS_OK;
}

static void memory_fails(void **state)
{
  (void)state;
  char path[256];
  snprintf(path, sizeof path, "%s", path_of("a.ttl.gz"));
  assert_int_not_equal(failing_memory_each(write_once, path, 100), 0);
  assert_int_equal(files_in_folder(), 1);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test_setup_teardown(appears_on_commit, set_up, tear_down),
      cmocka_unit_test_setup_teardown(old_content_stays_until_then, set_up, tear_down),
      cmocka_unit_test_setup_teardown(links_are_followed, set_up, tear_down),
      cmocka_unit_test_setup_teardown(full_and_missing_places, set_up, tear_down),
      cmocka_unit_test_setup_teardown(gzip_by_name, set_up, tear_down),
      cmocka_unit_test_setup_teardown(closed_stdout, set_up, tear_down),
      cmocka_unit_test_setup_teardown(memory_fails, set_up, tear_down),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
