/* CivilDate expressions: a table of sentences, read without tags and tree, and trees for which
   clause a date belongs to. */
#include "input/analyser.h"
#include "input/conllu.h"
#include "input/time.h"

#include "tests/support/check.h"
#include "tests/support/table.h"

#include <stdio.h>
#include <stdlib.h>

static TimeDirection direction_of(Slice name)
{
  if (slice_is(name, "past")) return TIME_PAST;
  return slice_is(name, "future") ? TIME_FUTURE : TIME_PRESENT;
}

/* "2023-01-13@2022-11-05": the document's date and the reference. */
static void split_dates(Slice field, Slice *document, Slice *reference)
{
  const char *mark = field.len ? memchr(field.ptr, '@', field.len) : NULL;
  const size_t n = mark ? (size_t)(mark - field.ptr) : field.len;
  *document = (Slice){field.ptr, n};
  *reference = mark ? slice_part(field, n + 1, field.len) : SLICE_NONE;
}

/* Everything found in the sentence, as the table writes it. */
static void describe(Buffer *out, const TableRow *row, Arena *arena)
{
  const Slice text = row->fields[2];
  Slice document, reference;
  Sentences sentences = {NULL, 0, 0};
  split_dates(row->fields[0], &document, &reference);
  assert_int_equal(analyser_segment(&sentences, arena, text, (Span){0, (uint32_t)text.len}),
                   STATUS_OK);
  for (size_t i = 0; i < sentences.count; i++) {
    const Sentence *sentence = &sentences.items[i];
    TimeExpression *times;
    size_t count;
    assert_int_equal(time_find(&times, &count, arena, sentence), STATUS_OK);
    for (size_t k = 0; k < count; k++) {
      char value[11];
      const Token *first = &sentence->tokens[times[k].first];
      const Token *last = &sentence->tokens[times[k].end - 1];
      const bool known =
          time_resolve(value, &times[k], document, reference, direction_of(row->fields[1]));
      buffer_printf(out, "%s%.*s=%s", out->count ? "; " : "",
                    SLICE_ARGS(slice_part(text, first->start, last->end)), known ? value : "-");
    }
  }
}

static void check_row(const TableRow *row, void *handle)
{
  size_t *failed = handle;
  Arena arena = ARENA_EMPTY;
  Buffer found = BUFFER_EMPTY;
  describe(&found, row, &arena);
  if (!slice_equal(buffer_as_slice(&found), row->fields[3])) {
    fprintf(stderr, "line %zu: %.*s\n  wanted %.*s\n  found  %.*s\n", row->line,
            SLICE_ARGS(row->fields[2]), SLICE_ARGS(row->fields[3]),
            SLICE_ARGS(buffer_as_slice(&found)));
    ++*failed;
  }
  buffer_clear(&found);
  arena_clear(&arena);
}

static void test_dates(void **state)
{
  (void)state;
  size_t failed = 0;
  assert_true(table_each("tests/data/time/dates.tsv", check_row, &failed) > 150);
  assert_int_equal(failed, 0);
}

typedef struct Trees {
  Document document;
  Arena *arena;
  size_t failed;
} Trees;

static const Sentence *sentence_called(const Trees *trees, Slice id)
{
  for (size_t i = 0; i < trees->document.sentence_count; i++) {
    const Sentence *sentence = &trees->document.sentences[i];
    if (slice_equal(sentence->id, id)) return sentence;
  }
  fail_msg("no sentence %.*s", SLICE_ARGS(id));
  return NULL;
}

static int32_t token_called(const Sentence *sentence, Slice form)
{
  for (size_t i = 0; i < sentence->count; i++) {
    if (slice_equal(sentence->tokens[i].form, form)) return (int32_t)i;
  }
  fail_msg("no token %.*s", SLICE_ARGS(form));
  return -1;
}

static void check_event(const TableRow *row, void *handle)
{
  Trees *trees = handle;
  const Sentence *sentence = sentence_called(trees, row->fields[0]);
  const int32_t trigger = token_called(sentence, row->fields[1]);
  TimeExpression *times;
  size_t count;
  assert_int_equal(time_find(&times, &count, trees->arena, sentence), STATUS_OK);
  const TimeExpression *time = time_of_event(times, count, sentence, trigger);
  Slice words = SLICE("-");
  if (time) {
    const Token *tokens = sentence->tokens;
    words = slice_part(trees->document.text, tokens[time->first].start, tokens[time->end - 1].end);
  }
  const TimeDirection direction = time_direction(sentence, trigger);
  if (slice_equal(words, row->fields[2]) && direction == direction_of(row->fields[3])) return;
  fprintf(stderr, "line %zu: %.*s %.*s: found %.*s, direction %d\n", row->line,
          SLICE_ARGS(row->fields[0]), SLICE_ARGS(row->fields[1]), SLICE_ARGS(words),
          (int)direction);
  trees->failed++;
}

static void test_events(void **state)
{
  (void)state;
  Arena arena = ARENA_EMPTY;
  Trees trees = {.arena = &arena};
  size_t size;
  char *bytes = table_file("tests/data/time/events.conllu", &size);
  ConlluReader reader = conllu_reader((Slice){bytes, size}, "events.conllu", false, NULL);
  assert_int_equal(conllu_next(&trees.document, NULL, &reader, &arena), STATUS_OK);
  assert_int_equal(reader.skipped, 0);
  assert_true(table_each("tests/data/time/events.tsv", check_event, &trees) > 20);
  assert_int_equal(trees.failed, 0);
  free(bytes);
  arena_clear(&arena);
}

static void test_calendar(void **state)
{
  (void)state;
  CivilDate date;
  char text[11];
  assert_int_equal(civil_days((CivilDate){1970, 1, 1}), 0);
  assert_int_equal(civil_weekday((CivilDate){2023, 1, 13}), 5);
  assert_int_equal(civil_weekday((CivilDate){2000, 2, 29}), 2);
  assert_int_equal(civil_weekday((CivilDate){1, 1, 1}), 1);
  for (int32_t day = civil_days((CivilDate){1, 1, 1}); day <= civil_days((CivilDate){9999, 12, 31});
       day += 17) {
    assert_true(civil_valid(civil_from_days(day)));
    assert_int_equal(civil_days(civil_from_days(day)), day);
  }
  assert_false(civil_valid(civil_from_days(civil_days((CivilDate){1, 1, 1}) - 1)));
  assert_false(civil_valid(civil_from_days(civil_days((CivilDate){9999, 12, 31}) + 1)));
  assert_true(civil_read(&date, SLICE("2024-02-29T10:00:00Z")));
  assert_int_equal(civil_write(text, date), 10);
  assert_string_equal(text, "2024-02-29");
  assert_false(civil_read(&date, SLICE("2023-02-29")));
  assert_false(civil_read(&date, SLICE("2023-13")));
  assert_false(civil_read(&date, SLICE("2023-1-1")));
  assert_false(civil_read(&date, SLICE("13 January")));
  assert_false(civil_read(&date, SLICE_NONE));
}

int main(void)
{
  const struct CMUnitTest tests[] = {cmocka_unit_test(test_dates), cmocka_unit_test(test_events),
                                     cmocka_unit_test(test_calendar)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
