/* The model container: sections come back as written; damage of any kind is refused. */
#include "input/model.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static size_t messages;

static void count_message(void *handle, const Message *message)
{
  (void)handle;
  assert_non_null(message->text);
  messages++;
}

static const Report counting = {count_message, NULL};

static void make(Buffer *out)
{
  const ModelSection sections[] = {
      {"parser", SLICE("some weights")}, {"empty", SLICE("")}, {"words", SLICE("a b c")}};
  *out = BUFFER_EMPTY;
  assert_int_equal(model_write(out, sections, 3), STATUS_OK);
}

static void sections_come_back(void **state)
{
  (void)state;
  Buffer file;
  make(&file);
  Model model;
  assert_int_equal(model_open(&model, buffer_as_slice(&file), &counting), STATUS_OK);
  assert_true(slice_is(model_section(&model, "parser"), "some weights"));
  assert_true(slice_is(model_section(&model, "words"), "a b c"));
  assert_int_equal((uintptr_t)model_section(&model, "words").ptr % 16, 0);
  assert_int_equal(model_section(&model, "empty").len, 0);
  assert_null(model_section(&model, "absent").ptr);
  buffer_clear(&file);
}

static void a_section_is_replaced_or_added(void **state)
{
  (void)state;
  Buffer file, second = BUFFER_EMPTY, third = BUFFER_EMPTY;
  make(&file);
  Model model;
  assert_int_equal(model_open(&model, buffer_as_slice(&file), NULL), STATUS_OK);
  assert_int_equal(model_replace(&second, &model, "parser", SLICE("other")), STATUS_OK);
  assert_int_equal(model_open(&model, buffer_as_slice(&second), NULL), STATUS_OK);
  assert_int_equal(model_replace(&third, &model, "extract", SLICE("new")), STATUS_OK);
  assert_int_equal(model_open(&model, buffer_as_slice(&third), NULL), STATUS_OK);
  assert_true(slice_is(model_section(&model, "parser"), "other"));
  assert_true(slice_is(model_section(&model, "extract"), "new"));
  assert_true(slice_is(model_section(&model, "words"), "a b c"));
  buffer_clear(&file);
  buffer_clear(&second);
  buffer_clear(&third);
}

static void every_changed_byte_is_noticed(void **state)
{
  (void)state;
  Buffer file;
  make(&file);
  Model model;
  for (size_t i = 0; i < file.count; i++) {
    file.bytes[i] ^= 0x20;
    messages = 0;
    assert_int_equal(model_open(&model, buffer_as_slice(&file), &counting), STATUS_INPUT);
    assert_int_equal(messages, 1);
    file.bytes[i] ^= 0x20;
  }
  assert_int_equal(model_open(&model, buffer_as_slice(&file), &counting), STATUS_OK);
  buffer_clear(&file);
}

static void every_cut_is_noticed(void **state)
{
  (void)state;
  Buffer file;
  make(&file);
  Model model;
  for (size_t n = 0; n < file.count; n++) {
    assert_int_equal(model_open(&model, (Slice){file.bytes, n}, NULL), STATUS_INPUT);
  }
  buffer_clear(&file);
}

static void foreign_files_are_refused(void **state)
{
  (void)state;
  static const char text[] __attribute__((aligned(16))) =
      "@prefix ent: <https://w3id.org/entente#> . # not a model at all";
  Model model;
  messages = 0;
  assert_int_equal(model_open(&model, slice_of(text), &counting), STATUS_INPUT);
  assert_int_equal(messages, 1);
  assert_null(model_section(&model, "parser").ptr);
}

static void names_that_do_not_fit_are_refused(void **state)
{
  (void)state;
  Buffer file = BUFFER_EMPTY;
  const ModelSection section = {"a-name-that-is-too-long", SLICE("x")};
  assert_int_equal(model_write(&file, &section, 1), STATUS_ARGUMENT);
  buffer_clear(&file);
}

static void files_go_to_disk_and_back(void **state)
{
  (void)state;
  const char *const path = "build/tests/test.model";
  Buffer file, back = BUFFER_EMPTY;
  make(&file);
  assert_int_equal(model_write_file(path, buffer_as_slice(&file), NULL), STATUS_OK);
  assert_int_equal(model_read_file(&back, path, NULL), STATUS_OK);
  assert_true(slice_equal(buffer_as_slice(&file), buffer_as_slice(&back)));
  assert_int_equal(model_read_file(&back, "build/no/such.model", &counting), STATUS_IO);
  remove(path);
  buffer_clear(&file);
  buffer_clear(&back);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(sections_come_back),
      cmocka_unit_test(a_section_is_replaced_or_added),
      cmocka_unit_test(every_changed_byte_is_noticed),
      cmocka_unit_test(every_cut_is_noticed),
      cmocka_unit_test(foreign_files_are_refused),
      cmocka_unit_test(names_that_do_not_fit_are_refused),
      cmocka_unit_test(files_go_to_disk_and_back),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
