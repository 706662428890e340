#include "input/document.h"

#include "tests/support/scratch.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

static char folder[64];
static Buffer messages, blocks, about;
static Report into;
static size_t skipped, documents;

static int set_up(void **state)
{
  (void)state;
  scratch_new(folder);
  messages = blocks = about = BUFFER_EMPTY;
  into = scratch_report(&messages);
  return 0;
}

static int tear_down(void **state)
{
  (void)state;
  scratch_remove(folder);
  buffer_clear(&messages);
  buffer_clear(&blocks);
  buffer_clear(&about);
  return 0;
}

/* Every block as "H words\n", and what is known as "title|publisher|author|date|url". */
static Status note(void *handle, Document *document)
{
  (void)handle;
  documents++;
  for (size_t i = 0; i < document->block_count; i++) {
    const Span span = document->blocks[i].span;
    buffer_printf(&blocks, "%c ", "HPI"[document->blocks[i].kind]);
    buffer_slice(&blocks, slice_part(document->text, span.start, span.end));
    buffer_text(&blocks, "\n");
  }
  const Slice fields[] = {document->title, document->publisher, document->author, document->date};
  for (size_t i = 0; i < 4; i++) buffer_printf(&about, "%.*s|", SLICE_ARGS(fields[i]));
  return buffer_slice(&about, document->url);
}

static void read_path(const char *path)
{
  static const DocumentOptions options = {.base = {"https://example.org/", 20}};
  messages.count = blocks.count = about.count = skipped = documents = 0;
  assert_int_equal(documents_read(path, &options, note, NULL, &skipped, &into), STATUS_OK);
  buffer_text(&blocks, "");
  buffer_text(&about, "");
}

static void read_bytes(const char *bytes, size_t count)
{
  char path[256];
  scratch_write(path, folder, "a.html", bytes, count);
  read_path(path);
}

static void read_page(const char *page)
{
  read_bytes(page, strlen(page));
}

static bool said(const char *words)
{
  return messages.count && strstr(messages.bytes, words);
}

#define PACT "Italy and Norway signed a pact on fish in Rome on Friday, officials of both said."
#define THANKS "Norway's prime minister thanked her hosts for their patience in the long talks."

static void test_article(void **state)
{
  (void)state;
  read_page("<html><head><title>Pact signed | Example News</title>"
            "<meta property='og:site_name' content='Example News'>"
            "<meta property='article:published_time' content='2023-01-13T09:00:00+01:00'>"
            "<meta name=author content='Ada Nilsen'>"
            "<link rel=canonical href='https://news.example/pact'>"
            "<script>document.write('<p>Never shown.</p>');</script><style>p{}</style></head>"
            "<body><nav><ul><li><a href=/>Home</a><li><a href=/w>World</a></ul></nav>"
            "<article><h1>Rome &amp; Oslo sign a pact</h1><p>" PACT "<p>" THANKS "</p>"
            "<h2>What comes next</h2><ul><li>Both meet again in June.</li></ul></article>"
            "<aside><p>It rains in most of the country, and the wind will turn to the north.</p>"
            "</aside><footer>&copy; 2023 Example News</footer></body></html>");
  assert_string_equal(blocks.bytes, "H Rome & Oslo sign a pact\nP " PACT "\nP " THANKS
                                    "\nH What comes next\nI Both meet again in June.\n");
  assert_string_equal(about.bytes, "Rome & Oslo sign a pact|Example News|Ada Nilsen|2023-01-13|"
                                   "https://news.example/pact");
  assert_int_equal(messages.count, 0);
}

static void test_structured_data(void **state)
{
  (void)state;
  read_page("<script type='application/ld+json'>{\"@graph\":[{\"@type\":\"WebPage\"},"
            "{\"@type\":\"NewsArticle\",\"headline\":\"Pact signed\",\"datePublished\":"
            "\"2023-01-13T08:00Z\",\"author\":[{\"name\":\"Ada Nilsen\"}],"
            "\"publisher\":{\"name\":\"Example News\"}}]}</script>"
            "<script type='application/ld+json'>{ broken</script>"
            "<div><p>" PACT "</p></div>");
  assert_string_equal(about.bytes, "Pact signed|Example News|Ada Nilsen|2023-01-13|");
  read_page("<script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"articleBody\":\"" PACT
            "\\n" THANKS "\"}</script><div id=app></div>");
  assert_string_equal(blocks.bytes, "P " PACT "\nP " THANKS "\n");
}

/* Without <article>: by the text itself. */
static void test_main_text_by_density(void **state)
{
  (void)state;
  read_page("<body><div id=top><a href=1>World</a> <a href=2>Sport</a></div>"
            "<div id=wrap><div id=col1><h1>Rome and Oslo sign a pact</h1><div><p>" PACT
            "</p><p>" THANKS
            "</p></div></div><div id=col2><ul><li><a href=3>A storm hits the coast</a></li>"
            "<li><a href=4>A minister resigns</a></li></ul></div></div>"
            "<div class=related-posts><p>" PACT " An older story.</p></div></body>");
  assert_string_equal(blocks.bytes, "H Rome and Oslo sign a pact\nP " PACT "\nP " THANKS "\n");
}

/* A class that says furniture is not believed when it holds the article. */
static void test_misleading_class(void **state)
{
  (void)state;
  read_page("<body><div class='widget'><p>" PACT "</p><p>" THANKS "</p></div></body>");
  assert_string_equal(blocks.bytes, "P " PACT "\nP " THANKS "\n");
}

static void test_text_inside(void **state)
{
  (void)state;
  read_page("<p>Rome&#146;s U.<b>N.</b> envoy,&nbsp;Ada&#32;Nilsen, <i>did</i>\n  not sign "
            "&euro;5&mdash;she\n"
            "left&hellip;<br><br>She came back.");
  assert_string_equal(blocks.bytes, "P Rome’s U.N. envoy, Ada Nilsen, did not sign €5—she left…\n"
                                    "P She came back.\n");
}

static void test_title_and_site(void **state)
{
  (void)state;
  read_page("<title>Pact signed - Example News</title><h1>Pact signed</h1><p>" PACT);
  assert_string_equal(about.bytes, "Pact signed|Example News|||");
  read_page("<title>Pact signed | Example News</title><p>" PACT);
  assert_string_equal(about.bytes, "Pact signed||||");
  read_page("<title>Rome - Oslo pact</title><h1>A pact on fish</h1><p>" PACT);
  assert_string_equal(about.bytes, "A pact on fish||||");
}

static void test_encodings(void **state)
{
  (void)state;
  read_page("<meta charset=iso-8859-1><p>Erdo\xc4\x9f"
            "an met Macron in Paris.");
  assert_string_equal(blocks.bytes, "P Erdoğan met Macron in Paris.\n");
  read_page("<meta charset=windows-1252><p>Sim\xf3n met Macron in \x93Paris\x94.");
  assert_string_equal(blocks.bytes, "P Simón met Macron in “Paris”.\n");
  assert_true(said("Windows-1252"));
}

static void test_nothing_to_read(void **state)
{
  (void)state;
  read_page("<html><body><nav>Home</nav></body></html>");
  assert_true(said("a.html: holds no article"));
  assert_int_equal(skipped, 1);
  read_page("");
  assert_true(said("a.html: is empty"));
  assert_int_equal(skipped, 1);
}

/* A good paragraph, START, and PIECE so many times. */
static char *repeat(const char *start, const char *piece, size_t count)
{
  static const char *const good = "<p>" PACT "</p>";
  const size_t length = strlen(piece), before = strlen(good) + strlen(start);
  char *const text = malloc(before + length * count + 1);
  strcat(strcpy(text, good), start);
  for (size_t i = 0; i < count; i++) memcpy(text + before + i * length, piece, length);
  text[before + length * count] = '\0';
  return text;
}

static void test_hostile_pages(void **state)
{
  (void)state;
  static const struct {
    const char *start, *piece;
    size_t count;
    const char *message;
  } rows[] = {
      {"", "<div>", 100000, "a.html:1: is nested too deep"},
      {"", "<span>", 100000, "a.html:1: is nested too deep"},
      {"", "<p a", 100000, ""},
      {"<p", " a", 100000, "a.html:1: has a tag with too many attributes"},
      {"", "</b>", 100000, ""},
      {"", "<!--", 100000, ""},
      {"", "<", 100000, "a.html: 100000 characters"},
      {"", "&", 100000, "a.html: 100000 characters"},
      {"", "<p>", 100000, ""},
      {"", "<table>", 1000, "a.html:1: is nested too deep"},
      {"", "<a href=\"", 100000, ""},
      {"", "<script>", 100000, ""},
      {"", "<html><body>", 10000, ""},
  };
  for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
    char *const page = repeat(rows[i].start, rows[i].piece, rows[i].count);
    read_page(page);
    free(page);
    assert_true(*rows[i].message ? said(rows[i].message) : messages.count == 0);
    assert_int_equal(skipped, *rows[i].message != 0);
    if (documents) assert_memory_equal(blocks.bytes, "P " PACT, strlen("P " PACT));
  }
}

static void test_data(void **state)
{
  (void)state;
  const char *const page = "tests/data/documents/good/page.html";
  FILE *const there = fopen(page, "rb");
  if (!there) skip();
  fclose(there);
  read_path(page);
  assert_int_equal(documents, 1);
  assert_null(strstr(blocks.bytes, "Subscribe"));
  assert_null(strstr(blocks.bytes, "cookie"));
  assert_non_null(strstr(blocks.bytes, "P The treaty lets"));
  assert_string_equal(about.bytes, "Oslo and Rome settle their quarrel over cod|The Fjord Courier|"
                                   "Ada Nilsen|2023-02-03|https://courier.example/cod");
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
  const struct CMUnitTest tests[] = {
      TEST(test_article),
      TEST(test_structured_data),
      TEST(test_main_text_by_density),
      TEST(test_misleading_class),
      TEST(test_text_inside),
      TEST(test_encodings),
      TEST(test_title_and_site),
      TEST(test_nothing_to_read),
      TEST(test_hostile_pages),
      TEST(test_data),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
