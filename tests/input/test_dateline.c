/* Dates, datelines, and which of several dates is the document's, as tables. */
#include "input/calendar.h"
#include "input/document.h"

#include "tests/support/scratch.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

static void test_dates(void **state)
{
  (void)state;
  static const struct {
    const char *text, *iso;
  } rows[] = {
      {"2023-01-13", "2023-01-13"},
      {"2023-01-13T23:59:59+09:00", "2023-01-13"},
      {"2023/1/3", "2023-01-03"},
      {"2023", "2023"},
      {"2023-01", "2023-01"},
      {" 13 January 2023 ", "2023-01-13"},
      {"Tue 21 Mar 2023 at 9:52pm", "2023-03-21"},
      {"Wednesday, July 15, 2015", "2015-07-15"},
      {"Sept. 20, 2021", "2021-09-20"},
      {"the 3rd of May 1998", "1998-05-03"},
      {"January 2023", "2023-01"},
      {"13.01.2023", "2023-01-13"},
      {"25/12/2022", "2022-12-25"},
      {"12/25/2022", "2022-12-25"},
      {"Feb 29, 2024", "2024-02-29"},
      {"1/2/2022", ""}, /* either way */
      {"Feb 29, 2023", ""},
      {"Jan. 13", ""},
      {"32 January 2023", "2023-01"},
      {"2023-13-01", ""},
      {"20233", ""},
      {"Mark 5, 2023", ""},
      {"", ""},
  };
  Arena arena = ARENA_EMPTY;
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    Slice iso;
    assert_int_equal(date_read(&iso, &arena, slice_of(rows[i].text)), STATUS_OK);
    if (!slice_is(iso, rows[i].iso)) fail_msg("%s: %.*s", rows[i].text, SLICE_ARGS(iso));
  }
  arena_clear(&arena);
}

static void test_weekdays(void **state)
{
  (void)state;
  assert_int_equal(date_days((Date){1, 1, 1}), 0);
  assert_int_equal(date_days((Date){2023, 1, 13}) % 7, 4);
  assert_int_equal(date_days((Date){2000, 2, 29}) % 7, 1);
  assert_int_equal(date_days((Date){2024, 12, 31}) - date_days((Date){2024, 1, 1}), 365);
}

typedef struct Seen {
  char body[256], date[16], publisher[64];
} Seen;

static Status look(void *handle, Document *document)
{
  Seen *const seen = handle;
  seen->body[0] = '\0';
  for (size_t i = 0; i < document->block_count && !seen->body[0]; i++) {
    const Span span = document->blocks[i].span;
    if (document->blocks[i].kind != BLOCK_PARAGRAPH) continue;
    snprintf(seen->body, sizeof seen->body, "%.*s", (int)(span.end - span.start),
             document->text.ptr + span.start);
  }
  snprintf(seen->date, sizeof seen->date, "%.*s", SLICE_ARGS(document->date));
  snprintf(seen->publisher, sizeof seen->publisher, "%.*s", SLICE_ARGS(document->publisher));
  return STATUS_OK;
}

static Seen read_with(const char *text, const char *name, const char *date)
{
  Seen seen = {"", "", ""};
  char folder[64], path[256];
  size_t skipped = 0;
  const DocumentOptions options = {.base = SLICE("https://example.org/"), .date = slice_of(date)};
  scratch_new(folder);
  scratch_write(path, folder, name, text, strlen(text));
  assert_int_equal(documents_read(path, &options, look, &seen, &skipped, NULL), STATUS_OK);
  scratch_remove(folder);
  assert_int_equal(skipped, 0);
  return seen;
}

#define BODY "Italy met Norway on Friday."

static void test_datelines(void **state)
{
  (void)state;
  static const struct {
    const char *text, *body, *date, *publisher;
  } rows[] = {
      {"ROME, Feb. 3, 2023 (UPI) — " BODY, BODY, "2023-02-03", "UPI"},
      {"ROME, Italy (AP) — " BODY, BODY, "", "AP"},
      {"OSLO/ROME (Reuters) - " BODY, BODY, "", "Reuters"},
      {"Rome, Feb 3, 2023 (PTI) " BODY, BODY, "2023-02-03", "PTI"},
      {"Rome [Italy], February 3, 2023 (ANI): " BODY, BODY, "2023-02-03", "ANI"},
      {"ROME -- " BODY, BODY, "", ""},
      {"ROME: " BODY, BODY, "", ""},
      {"Feb. 3, 2023 – " BODY, BODY, "2023-02-03", ""},
      {"WASHINGTON, D.C. — “We met,” Lund said.", "“We met,” Lund said.", "", ""},
      {"date 2023-02-03 " BODY, BODY, "2023-02-03", ""},
      {"2023-02-03: " BODY, BODY, "2023-02-03", ""},
      /* what is none */
      {"Italy — the host — met Norway.", "Italy — the host — met Norway.", "", ""},
      {"NATO — the alliance — met Norway.", "NATO — the alliance — met Norway.", "", ""},
      {"Lund (AP) met him.", "Lund (AP) met him.", "", ""},
      {"February 3, 2023 was a Friday.", "February 3, 2023 was a Friday.", "", ""},
      {"Lund said: No.", "Lund said: No.", "", ""},
  };
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    const Seen seen = read_with(rows[i].text, "a.txt", "");
    assert_string_equal(seen.body, rows[i].body);
    assert_string_equal(seen.date, rows[i].date);
    assert_string_equal(seen.publisher, rows[i].publisher);
  }
}

static void test_which_date(void **state)
{
  (void)state;
  static const struct {
    const char *text, *given, *date;
  } rows[] = {
      {"Pact signed\n\nPosted Fri 3 Feb 2023 at 9:52pm\n\n" BODY, "", "2023-02-03"},
      {"Pact signed\n\n3 February 2023\n\n" BODY, "", "2023-02-03"},
      {"Pact signed\n\nROME, Feb. 3, 2023\n\n" BODY, "", "2023-02-03"},
      {"Italy met Norway today, February 3, 2023.\n\nThey had met on May 2, 2019.", "",
       "2023-02-03"},
      /* of a page read later: the dateline is the day, the page gives the year */
      {"Saturday, May 18, 2024\n\nPact signed in Rome\n\nFeb. 3 (UPI) — " BODY
       " They had met in Bari on Nov. 13, 2022.",
       "", "2023-02-03"},
      {"Feb. 3 (UPI) — " BODY " The quarrel began in 2023.", "", "2023-02-03"},
      {"Feb. 3 (UPI) — " BODY, "2023-01-20", "2023-02-03"},
      {"Dec. 31 (UPI) — " BODY, "2023-01-02", "2022-12-31"},
      {"Feb. 3 (UPI) — " BODY, "", ""},
      {BODY, "2023-02-04", "2023-02-04"},
      {BODY " They had met on May 2, 2019.", "", ""},
      {"Pact signed\n\n3 February 2023\n\n" BODY, "2020-01-01", "2023-02-03"},
      {"Pact signed in Rome\n\n" BODY "\n\nMore of it followed.\n\nPublished: 4 Feb 2023", "",
       "2023-02-04"},
  };
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    assert_string_equal(read_with(rows[i].text, "a.txt", rows[i].given).date, rows[i].date);
  }
}

static void test_date_of_url(void **state)
{
  (void)state;
  static const struct {
    const char *url, *date;
  } rows[] = {
      {"https://n.example/2023/02/03/pact", "2023-02-03"},
      {"https://n.example/world/2023-02-03-pact", "2023-02-03"},
      {"https://n.example/20230203/pact.html", "2023-02-03"},
      {"https://n.example/2023/feb/03/pact", "2023-02-03"},
      {"https://n.example/2023/02/pact", "2023-02"},
      {"https://n.example/20239999/pact", ""},
      {"https://n.example/1234567890", ""},
      {"https://n.example/pact", ""},
  };
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    char line[256];
    snprintf(line, sizeof line, "{\"id\":\"a\",\"url\":\"%s\",\"text\":\"" BODY "\"}", rows[i].url);
    assert_string_equal(read_with(line, "a.jsonl", "").date, rows[i].date);
  }
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_dates),       cmocka_unit_test(test_weekdays),
      cmocka_unit_test(test_datelines),   cmocka_unit_test(test_which_date),
      cmocka_unit_test(test_date_of_url),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
