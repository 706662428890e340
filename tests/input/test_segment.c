/* Sentences and tokens: a table of texts, and inputs made to hurt. */
#include "input/analyser.h"

#include "graph/sink.h"
#include "graph/unicode.h"
#include "tests/support/check.h"
#include "tests/support/failing_memory.h"
#include "tests/support/table.h"

#include <stdio.h>
#include <stdlib.h>

enum { LONGEST = 400 };

static Slice with_lines(Buffer *out, Slice text)
{
  static const char mark[] = "\xE2\x90\xA4";
  for (size_t i = 0; i < text.len;) {
    const bool line = i + 3 <= text.len && memcmp(text.ptr + i, mark, 3) == 0;
    buffer_add(out, line ? "\n" : text.ptr + i, 1);
    i += line ? 3 : 1;
  }
  return buffer_as_slice(out);
}

static void describe(Buffer *out, const Sentences *sentences)
{
  for (size_t i = 0; i < sentences->count; i++) {
    const Sentence *sentence = &sentences->items[i];
    size_t inside = 0;
    for (size_t k = 0; k < sentence->count; k++) {
      const char *gap = inside ? "+" : k ? " " : i ? " \xC2\xB6 " : "";
      buffer_printf(out, "%s%.*s", gap, SLICE_ARGS(sentence->tokens[k].form));
      if (sentence->tokens[k].words) inside = sentence->tokens[k].words;
      if (inside) inside--;
    }
  }
}

static void check_row(const TableRow *row, void *handle)
{
  size_t *failed = handle;
  Arena arena = ARENA_EMPTY;
  Buffer text = BUFFER_EMPTY, found = BUFFER_EMPTY;
  Sentences sentences = {NULL, 0, 0};
  const Slice whole = with_lines(&text, row->fields[0]);
  assert_int_equal(analyser_segment(&sentences, &arena, whole, (Span){0, (uint32_t)whole.len}),
                   STATUS_OK);
  describe(&found, &sentences);
  if (!slice_equal(buffer_as_slice(&found), row->fields[1])) {
    fprintf(stderr, "line %zu:\n  wanted %.*s\n  found  %.*s\n", row->line,
            SLICE_ARGS(row->fields[1]), SLICE_ARGS(buffer_as_slice(&found)));
    ++*failed;
  }
  buffer_clear(&text);
  buffer_clear(&found);
  arena_clear(&arena);
}

static void test_cases(void **state)
{
  (void)state;
  size_t failed = 0;
  assert_true(table_each("tests/data/segment/cases.tsv", check_row, &failed) > 50);
  assert_int_equal(failed, 0);
}

static bool all_space(Slice text, size_t from, size_t to)
{
  for (size_t at = from; at < to;) {
    const uint32_t code = utf8_next((Slice){text.ptr, to}, &at);
    if (code > ' ' && code != 127 && !unicode_is_space(code)) return false;
  }
  return true;
}

/* Every byte that is no space lies in exactly one token, sentences are bounded and in order. */
static void check_cover(Slice text)
{
  Arena arena = ARENA_EMPTY;
  Sentences sentences = {NULL, 0, 0};
  size_t at = 0;
  assert_int_equal(analyser_segment(&sentences, &arena, text, (Span){0, (uint32_t)text.len}),
                   STATUS_OK);
  for (size_t i = 0; i < sentences.count; i++) {
    const Sentence *sentence = &sentences.items[i];
    assert_in_range(sentence->count, 1, LONGEST);
    assert_int_equal(sentence->start, sentence->tokens[0].start);
    for (size_t k = 0; k < sentence->count; k++) {
      const Token *token = &sentence->tokens[k];
      assert_true(token->start >= at && token->end > token->start && token->end <= text.len);
      assert_true(all_space(text, at, token->start));
      assert_ptr_equal(token->form.ptr, text.ptr + token->start);
      assert_int_equal(token->form.len, token->end - token->start);
      at = token->end;
    }
    assert_int_equal(sentence->end, at);
  }
  assert_true(all_space(text, at, text.len));
  arena_clear(&arena);
}

/* UNIT again and again, SIZE bytes in all. */
static void check_repeated(const char *unit, size_t size)
{
  const size_t length = strlen(unit);
  char *bytes = malloc(size);
  assert_non_null(bytes);
  for (size_t i = 0; i < size; i++) bytes[i] = unit[i % length];
  check_cover((Slice){bytes, size});
  free(bytes);
}

static void test_hostile(void **state)
{
  (void)state;
  static const char *const units[] = {"a",
                                      "word ",
                                      "((((",
                                      "\"'",
                                      ". ",
                                      "a.b.",
                                      "1-",
                                      "1-1,",
                                      "x@y.",
                                      "'s",
                                      "n't",
                                      "!?",
                                      "-",
                                      "www.a",
                                      "http://)",
                                      "e-",
                                      "\xF0\x9F\x91\x8D",
                                      "\xE2\x80\x8D",
                                      "\xCC\x81",
                                      "\xFF",
                                      "\xE2\x80",
                                      "A. ",
                                      "Mr. \"(",
                                      "''``",
                                      "\xD7\xA9",
                                      "\n",
                                      "\r\n\t ",
                                      "a\n",
                                      "$1m/2k-"};
  for (size_t i = 0; i < sizeof units / sizeof *units; i++) check_repeated(units[i], 300000);
  check_repeated("a", 5 << 20);
  check_cover((Slice){"", 0});
  check_cover(SLICE("\0\0a\0"));
}

static void test_random_bytes(void **state)
{
  (void)state;
  uint64_t seed = 20230113;
  char bytes[512];
  for (int round = 0; round < 3000; round++) {
    static const char common[] = "aA1. '\"-,!\n@/:\xE2\x80\x99\x93";
    const size_t n = check_below(&seed, sizeof bytes);
    for (size_t i = 0; i < n; i++) {
      bytes[i] =
          round % 2 ? (char)check_below(&seed, 256) : common[check_below(&seed, sizeof common - 1)];
    }
    check_cover((Slice){bytes, n});
  }
}

/* A block inside a longer text: offsets count from the text's start, nothing outside is looked at.
 */
static void test_block(void **state)
{
  (void)state;
  Arena arena = ARENA_EMPTY;
  Sentences sentences = {NULL, 0, 0};
  const Slice text = SLICE("Menu. He met Ann. Footer.");
  assert_int_equal(analyser_segment(&sentences, &arena, text, (Span){6, 17}), STATUS_OK);
  assert_int_equal(sentences.count, 1);
  assert_int_equal(sentences.items[0].start, 6);
  assert_int_equal(sentences.items[0].end, 17);
  assert_true(sentences.items[0].new_paragraph);
  assert_int_equal(analyser_segment(&sentences, &arena, text, (Span){18, 25}), STATUS_OK);
  assert_int_equal(sentences.count, 2);
  arena_clear(&arena);
}

static bool try_segment(void *handle)
{
  (void)handle;
  Arena arena = ARENA_EMPTY;
  Sentences sentences = {NULL, 0, 0};
  const Slice text = SLICE("He met Ann. They didn't agree. It was Jan. 3.");
  const bool done =
      analyser_segment(&sentences, &arena, text, (Span){0, (uint32_t)text.len}) == STATUS_OK;
  arena_clear(&arena);
  return done;
}

static void test_failing_memory(void **state)
{
  (void)state;
  assert_true(failing_memory_each(try_segment, NULL, 100) > 1);
}

int main(void)
{
  const struct CMUnitTest tests[] = {cmocka_unit_test(test_cases), cmocka_unit_test(test_hostile),
                                     cmocka_unit_test(test_random_bytes),
                                     cmocka_unit_test(test_block),
                                     cmocka_unit_test(test_failing_memory)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
