/* Pictures: nothing overlaps, nothing in a label breaks them, the same rows give the same bytes. */
#include "output/draw.h"

#include "graph/unicode.h"
#include "graph/vocabulary.h"
#include "output/arrange.h"
#include "output/child.h"
#include "output/page.h"
#include "output/spread.h"
#include "output/svg.h"
#include "output/wording.h"
#include "tests/support/check.h"
#include "tests/support/failing_memory.h"
#include "tests/support/rows.h"
#include "tests/support/scratch.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* ---- words ---- */

static void check_words(Status (*make)(Buffer *out, Slice text), const char *text,
                        const char *expected)
{
  Buffer out = BUFFER_EMPTY;
  assert_int_equal(make(&out, slice_of(text)), STATUS_OK);
  assert_string_equal(out.bytes, expected);
  buffer_clear(&out);
}

static void test_cleans_words(void **state)
{
  (void)state;
  check_words(words_clean, "  a\t\n b\x01\x7F ", "a b");
  check_words(words_clean, "x\xE2\x80\xAEy\xEF\xBF\xBEz", "xyz"); /* override, noncharacter */
  check_words(words_clean, "\xFF", "\xEF\xBF\xBD");
  check_words(words_xml, "<a b=\"&\">", "&lt;a b=&quot;&amp;&quot;&gt;");
  check_words(words_html, "\\N<", "\\\\N&lt;");
  check_words(words_escaped, "\\N&amp;\n", "\\\\\\\\N&amp;amp;\\n");
  check_words(words_date, "2023-01-03", "3 Jan 2023");
  check_words(words_date, "2023-12", "Dec 2023");
  check_words(words_date, "1815", "1815");
  check_words(words_date, "2023-99-99", "2023-99-99");
}

static void check_wrap(const char *text, double width, unsigned lines, const char *expected)
{
  Buffer out = BUFFER_EMPTY;
  assert_int_equal(words_wrap(&out, slice_of(text), width, lines), STATUS_OK);
  assert_string_equal(out.bytes, expected);
  buffer_clear(&out);
}

static void test_wraps_words(void **state)
{
  (void)state;
  check_wrap("United States", 10, 3, "United States");
  check_wrap("Democratic Republic of the Congo", 9, 3, "Democratic Republic\nof the Congo");
  check_wrap("aaaa bbbb cccc dddd eeee ffff", 4, 2, "aaaa\nbbbb\xE2\x80\xA6");
  Buffer out = BUFFER_EMPTY;
  char longest[401];
  memset(longest, 'm', 400);
  longest[400] = '\0';
  assert_int_equal(words_wrap(&out, slice_of(longest), 10, 3), STATUS_OK);
  assert_true(out.count < 50); /* three lines of ten ems */
  assert_non_null(strstr(out.bytes, "\xE2\x80\xA6"));
  buffer_clear(&out);
}

static void test_svg_head_and_classes(void **state)
{
  (void)state;
  Buffer out = BUFFER_EMPTY;
  const Slice raw = SLICE("<?xml?>\n<svg width=\"1\"\n viewBox=\"0\">\n"
                          "<g id=\"a\" class=\"node mark label\">\n</g>\n</svg>\n");
  assert_int_equal(svg_finish(&out, raw, SLICE("A & B")), STATUS_OK);
  assert_non_null(strstr(out.bytes, "viewBox=\"0\">\n<title>A &amp; B</title>\n<style>"));
  assert_non_null(strstr(out.bytes, "class=\"mark label\""));
  buffer_clear(&out);
}

/* ---- drawing ---- */

static const Row dealings[] = {
    {"P:Fumio Kishida", "metWith", "P:Joe Biden", "2023-01-13", FACTUALITY_ACTUAL, "http://d.org/1",
     "Kishida met Biden & \"smiled\" <broadly>.", 10},
    {"P:Fumio Kishida", "holdsOffice", "F:Prime Minister of Japan", NULL, FACTUALITY_ACTUAL,
     "http://d.org/1", "Prime Minister", 60},
    {"C:Russia", "attacked", "C:Ukraine", "2022-02-24", FACTUALITY_ACTUAL, "http://d.org/1",
     "Russia invaded Ukraine.", 90},
    {"C:China", "threatened", "C:Taiwan", NULL, FACTUALITY_POSSIBLE, "http://d.org/1",
     "China might threaten.", 150},
    {"P:Joe Biden", "visited", "C:Ukraine", "2023-02", FACTUALITY_PLANNED, "http://d.org/2",
     "Biden will visit.", 10},
    {"C:Japan", "signed", "A:Treaty of Peace", "1951", FACTUALITY_DENIED, "http://d.org/2",
     "Japan did not sign.", 80},
};
#define DEALINGS (sizeof dealings / sizeof *dealings)

static Graph *graph_of(const Row *rows, size_t count)
{
  Graph *graph;
  assert_int_equal(graph_new(&graph), STATUS_OK);
  rows_add(graph, rows_ontology(), rows, count);
  return graph;
}

static DrawOptions usual(void)
{
  return (DrawOptions){.ontology = rows_ontology()};
}

/* Draw ROWS in one format; the caller clears the buffer. */
static Buffer drawn(const Row *rows, size_t count, DrawFormat format, const DrawOptions *options)
{
  DrawOutput output = {.format = format};
  Graph *const graph = graph_of(rows, count);
  assert_int_equal(draw(&output, 1, graph, options, NULL), STATUS_OK);
  graph_free(graph);
  return output.bytes;
}

static unsigned occurrences(const Buffer *text, const char *wanted)
{
  unsigned count = 0;
  for (const char *at = text->bytes; (at = strstr(at, wanted)); at += strlen(wanted)) count++;
  return count;
}

static void test_svg_has_what_the_view_has(void **state)
{
  (void)state;
  const DrawOptions options = usual();
  Buffer svg = drawn(dealings, DEALINGS, DRAW_SVG, &options);
  assert_int_equal(occurrences(&svg, "class=\"node "), 8);
  assert_int_equal(occurrences(&svg, "class=\"edge "), 5);
  assert_int_equal(occurrences(&svg, "stroke-dasharray=\"5,2\""), 2); /* and in the legend */
  assert_non_null(strstr(svg.bytes, "smiled&quot; &lt;broadly&gt;"));
  assert_non_null(strstr(svg.bytes, "Prime Minister of Japan"));
  assert_non_null(strstr(svg.bytes, "coercion 1"));
  assert_null(strstr(svg.bytes, "criticism"));
  assert_non_null(strstr(svg.bytes, "1951 \xE2\x80\x93 Feb 2023"));
  buffer_clear(&svg);
}

static void test_other_formats_begin_as_they_must(void **state)
{
  (void)state;
  DrawOutput outputs[] = {{.format = DRAW_PNG}, {.format = DRAW_PDF}, {.format = DRAW_DOT}};
  DrawOptions options = usual();
  options.theme = THEME_DARK;
  Graph *const graph = graph_of(dealings, DEALINGS);
  assert_int_equal(draw(outputs, 3, graph, &options, NULL), STATUS_OK);
  assert_memory_equal(outputs[0].bytes.bytes, "\x89PNG", 4);
  assert_memory_equal(outputs[1].bytes.bytes, "%PDF", 4);
  assert_memory_equal(outputs[2].bytes.bytes, "digraph ", 8);
  for (int i = 0; i < 3; i++) buffer_clear(&outputs[i].bytes);
  graph_free(graph);
}

static void test_links_only_when_asked(void **state)
{
  (void)state;
  DrawOptions options = usual();
  Buffer svg = drawn(dealings, DEALINGS, DRAW_SVG, &options);
  assert_null(strstr(svg.bytes, "xlink:href"));
  buffer_clear(&svg);
  options.link_template = SLICE("https://x.org/?a=1&q={iri}");
  svg = drawn(dealings, DEALINGS, DRAW_SVG, &options);
  assert_non_null(strstr(svg.bytes, "xlink:href=\"https://x.org/?a=1&amp;q=https%3A%2F%2F"));
  buffer_clear(&svg);
}

static void test_same_rows_same_bytes(void **state)
{
  (void)state;
  Row turned[DEALINGS];
  for (size_t i = 0; i < DEALINGS; i++) turned[i] = dealings[DEALINGS - 1 - i];
  const DrawFormat formats[] = {DRAW_DOT, DRAW_SVG, DRAW_GRAPHML, DRAW_GEXF};
  const DrawOptions options = usual();
  for (int i = 0; i < 4; i++) {
    Buffer a = drawn(dealings, DEALINGS, formats[i], &options);
    Buffer b = drawn(turned, DEALINGS, formats[i], &options);
    assert_string_equal(a.bytes, b.bytes);
    buffer_clear(&a);
    buffer_clear(&b);
  }
}

static void test_empty_view_is_a_picture(void **state)
{
  (void)state;
  DrawOutput output = {.format = DRAW_SVG};
  const DrawOptions options = usual();
  Graph *graph;
  assert_int_equal(graph_new(&graph), STATUS_OK);
  assert_int_equal(draw(&output, 1, graph, &options, NULL), STATUS_OK);
  assert_non_null(strstr(output.bytes.bytes, "</svg>"));
  buffer_clear(&output.bytes);
  graph_free(graph);
}

static void test_refuses_unknown_names(void **state)
{
  (void)state;
  const Slice relation = SLICE("metwith");
  Buffer messages = BUFFER_EMPTY;
  const Report sink = scratch_report(&messages);
  DrawOutput output = {.format = DRAW_DOT};
  DrawOptions options = usual();
  Graph *const graph = graph_of(dealings, DEALINGS);
  options.relations = &relation;
  options.relation_count = 1;
  assert_int_equal(draw(&output, 1, graph, &options, &sink), STATUS_ARGUMENT);
  assert_non_null(strstr(messages.bytes, "metwith"));
  options = usual();
  options.layout = "osage; rm";
  assert_int_equal(draw(&output, 1, graph, &options, &sink), STATUS_ARGUMENT);
  buffer_clear(&messages);
  buffer_clear(&output.bytes);
  graph_free(graph);
}

static bool draw_dot(void *graph)
{
  DrawOutput output = {.format = DRAW_DOT};
  const DrawOptions options = usual();
  const Status status = draw(&output, 1, graph, &options, NULL);
  buffer_clear(&output.bytes);
  return !status;
}

static void test_survives_want_of_memory(void **state)
{
  (void)state;
  Graph *const graph = graph_of(dealings, 2);
  assert_int_equal(graph_index(graph), STATUS_OK);
  assert_true(failing_memory_each(draw_dot, graph, 20000) > 20);
  graph_free(graph);
}

/* ---- what Graphviz cannot digest ---- */

#define MANY_NODES 260u
#define MANY_EDGES 2600u

static void test_gives_dot_when_layout_takes_too_long(void **state)
{
  (void)state;
  static char names[MANY_NODES][16];
  static Row rows[MANY_EDGES];
  uint64_t seed = 3;
  for (unsigned i = 0; i < MANY_NODES; i++) snprintf(names[i], sizeof names[i], "C:Land %u", i);
  for (unsigned i = 0; i < MANY_EDGES; i++)
    rows[i] = (Row){.subject = names[check_below(&seed, MANY_NODES)],
                    .relation = "visited",
                    .object = names[check_below(&seed, MANY_NODES)]};
  Buffer messages = BUFFER_EMPTY;
  const Report sink = scratch_report(&messages);
  DrawOutput output = {.format = DRAW_SVG};
  DrawOptions options = usual();
  options.all = true;
  options.layout = "dot";
  options.timeout = 1;
  Graph *const graph = graph_of(rows, MANY_EDGES);
  assert_int_equal(draw(&output, 1, graph, &options, &sink), STATUS_LIMIT);
  assert_true(output.failed);
  assert_memory_equal(output.bytes.bytes, "digraph ", 8);
  assert_non_null(strstr(messages.bytes, "more than 1 s"));
  buffer_clear(&messages);
  buffer_clear(&output.bytes);
  graph_free(graph);
}

static Status die(void *handle, Buffer *out)
{
  (void)out;
  if (handle) abort();
  _exit(77);
}

static void test_survives_a_dying_child(void **state)
{
  (void)state;
  Buffer out = BUFFER_EMPTY;
  int abort_it = 1;
  assert_int_equal(child_run(&out, 10, die, NULL), STATUS_INTERNAL);
  assert_int_equal(child_run(&out, 10, die, &abort_it), STATUS_INTERNAL);
  buffer_clear(&out);
}

/* ---- nothing overlaps ---- */

static bool touch(const SketchNode *a, const SketchNode *b, double slack)
{
  return fabs(a->at.x - b->at.x) + slack < (a->width + b->width) / 2 &&
         fabs(a->at.y - b->at.y) + slack < (a->height + b->height) / 2;
}

static void test_spread_moves_boxes_apart(void **state)
{
  (void)state;
  uint64_t seed = 11;
  Sketch sketch = {0};
  for (int i = 0; i < 600; i++) {
    SketchNode *node;
    assert_int_equal(sketch_node(&node, &sketch, SLICE("x")), STATUS_OK);
    node->at = (SketchPoint){check_below(&seed, 400), check_below(&seed, 300)};
    node->width = 20 + check_below(&seed, i % 50 ? 100 : 600);
    node->height = 12 + check_below(&seed, 40);
  }
  assert_int_equal(spread(&sketch, 8), STATUS_OK);
  for (size_t i = 0; i < 600; i++)
    for (size_t j = 0; j < i; j++) assert_false(touch(&sketch.nodes[i], &sketch.nodes[j], -7.9));
  sketch_clear(&sketch);
}

static void random_rows(Row *rows, size_t count, char (*names)[40], unsigned name_count,
                        uint64_t *seed)
{
  static const char *const relations[] = {"metWith", "criticized", "signed", "visited", "attacked"};
  for (unsigned i = 0; i < name_count; i++)
    snprintf(names[i], sizeof names[i], "%c:%.*s %u", "PCOLA"[i % 5], (int)check_below(seed, 25),
             "Republic of the Long Names", i);
  for (size_t i = 0; i < count; i++)
    rows[i] = (Row){.subject = names[check_below(seed, name_count)],
                    .relation = relations[check_below(seed, 5)],
                    .object = names[check_below(seed, name_count)],
                    .date = check_below(seed, 2) ? "2023-01-01" : NULL,
                    .factuality = (Factuality)check_below(seed, 4)};
}

typedef struct Layout {
  const View *view;
  const char *engine;
} Layout;

/* In the child: lay out and compose the page, then give a byte for each pair that overlaps: of
   nodes, or of a node and a label. Marks are measured by what was reserved for them. */
static Status find_overlaps(void *handle, Buffer *out)
{
  const Layout *const layout = handle;
  const LookOptions look = {.layout = layout->engine};
  Sketch sketch;
  TRY(look_sketch(&sketch, layout->view, &look));
  Graphviz *graphviz;
  TRY(graphviz_open(&graphviz));
  TRY(arrange(graphviz, &sketch, layout->view, layout->engine));
  const size_t nodes = sketch.node_count;
  SketchNode *const boxes = arena_array(&sketch.arena, nodes + sketch.edge_count, sizeof *boxes);
  if (!boxes) return STATUS_MEMORY;
  memcpy(boxes, sketch.nodes, nodes * sizeof *boxes);
  TRY(page_compose(&sketch, layout->view, &look));
  size_t count = nodes, labels = 0;
  for (size_t i = 0; i < layout->view->edge_count; i++) {
    const SketchEdge *const edge = &sketch.edges[i];
    for (size_t j = nodes; j < sketch.node_count && edge->label_width > 0; j++) {
      const SketchNode *const mark = &sketch.nodes[j];
      const char *const class = sketch_get(&mark->attributes, "class");
      if (strcmp(class, "mark label") || fabs(mark->at.x - edge->label_at.x) > 0.01 ||
          fabs(mark->at.y - edge->label_at.y) > 0.01)
        continue;
      boxes[count++] =
          (SketchNode){.at = mark->at, .width = edge->label_width, .height = edge->label_height};
      labels++;
      break;
    }
  }
  for (size_t i = 0; i < count; i++)
    for (size_t j = 0; j < i; j++)
      if (touch(&boxes[i], &boxes[j], 0.5)) TRY(buffer_text(out, "!"));
  sketch_clear(&sketch);
  const bool roomy = layout->view->edge_count > 10 && layout->view->edge_count < 90;
  return labels || !roomy ? STATUS_OK : STATUS_NOT_FOUND;
}

static void check_rows(const Row *rows, size_t row_count, const char *engine)
{
  Graph *const graph = graph_of(rows, row_count);
  Buffer overlaps = BUFFER_EMPTY;
  View view;
  const ViewOptions options = {.details = true, .other_family = FAMILY_OTHER};
  assert_int_equal(view_make(&view, graph, &options, NULL), STATUS_OK);
  Layout layout = {&view, engine};
  assert_int_equal(child_run(&overlaps, 60, find_overlaps, &layout), STATUS_OK);
  if (overlaps.count)
    print_message("%s %u %zu: %s\n", engine, view.node_count, row_count, overlaps.bytes);
  assert_int_equal(overlaps.count, 0);
  buffer_clear(&overlaps);
  view_clear(&view);
  graph_free(graph);
}

static void check_no_overlaps(unsigned name_count, size_t row_count, const char *engine,
                              uint64_t *seed)
{
  static char names[400][40];
  static Row rows[900];
  random_rows(rows, row_count, names, name_count, seed);
  check_rows(rows, row_count, engine);
}

static void test_nothing_overlaps(void **state)
{
  (void)state;
  uint64_t seed = 5;
  check_no_overlaps(3, 2, "dot", &seed);
  check_no_overlaps(8, 12, "dot", &seed);
  check_no_overlaps(30, 50, "neato", &seed);
  check_no_overlaps(60, 90, "neato", &seed);
  check_no_overlaps(60, 80, "fdp", &seed);
  check_no_overlaps(120, 200, "sfdp", &seed);
  check_no_overlaps(390, 700, "sfdp", &seed);
}

/* One that deals with all the others gets them around it. */
static void test_stars_are_drawn_as_stars(void **state)
{
  (void)state;
  char names[21][16];
  Row rows[24];
  for (size_t i = 0; i < 21; i++) snprintf(names[i], sizeof names[i], "C:State %zu", i);
  for (size_t i = 0; i < 24; i++)
    rows[i] = (Row){.subject = names[0],
                    .relation = "visited",
                    .object = names[i < 20 ? i + 1 : 7],
                    .date = i < 20  ? "2021"
                            : i % 2 ? "2022"
                                    : "2023",
                    .factuality = FACTUALITY_ACTUAL};
  DrawOutput dot = {.format = DRAW_DOT};
  Graph *graph = graph_of(rows, 24);
  const DrawOptions options = {.ontology = rows_ontology()};
  assert_int_equal(draw(&dot, 1, graph, &options, NULL), STATUS_OK);
  assert_non_null(strstr(dot.bytes.bytes, "layout=twopi"));
  buffer_clear(&dot.bytes);
  graph_free(graph);
  check_rows(rows, 24, "twopi");
}

/* ---- nothing of ours is left ---- */

#define RENDERS 200

static Status render_once(Graphviz *graphviz, const View *view)
{
  const LookOptions look = {.layout = "neato"};
  Sketch sketch;
  Buffer svg = BUFFER_EMPTY;
  TRY(look_sketch(&sketch, view, &look));
  Status status = arrange(graphviz, &sketch, view, look.layout);
  if (!status) status = page_compose(&sketch, view, &look);
  if (!status) status = graphviz_render(&svg, graphviz, &sketch, "svg");
  buffer_clear(&svg);
  sketch_clear(&sketch);
  return status;
}

/* In the child: many renders in one process. */
static Status render_often(void *view, Buffer *out)
{
  Graphviz *graphviz;
  Status status = STATUS_OK;
  failing_memory_start(0);
  TRY(graphviz_open(&graphviz));
  for (int i = 0; i < RENDERS && !status; i++) status = render_once(graphviz, view);
  graphviz_close(graphviz);
  const size_t held = failing_memory_held();
  failing_memory_stop();
  return status ? status : buffer_printf(out, "%zu", held);
}

static void test_leaves_no_memory_behind(void **state)
{
  (void)state;
  Buffer held = BUFFER_EMPTY;
  View view;
  Graph *const graph = graph_of(dealings, DEALINGS);
  const ViewOptions options = {.details = true, .other_family = FAMILY_OTHER};
  assert_int_equal(view_make(&view, graph, &options, NULL), STATUS_OK);
  assert_int_equal(child_run(&held, 120, render_often, &view), STATUS_OK);
  assert_string_equal(held.bytes, "0");
  buffer_clear(&held);
  view_clear(&view);
  graph_free(graph);
}

/* ---- labels of every kind ---- */

static const char *const pieces[] = {"&",
                                     "<",
                                     ">",
                                     "\"",
                                     "'",
                                     "\\",
                                     "\\N",
                                     "\\n",
                                     "\\G",
                                     "&amp;",
                                     "]]>",
                                     "--",
                                     "->",
                                     "%3",
                                     "\x01",
                                     "\x0B",
                                     "\n",
                                     "\t",
                                     "{a|b}",
                                     "<b>",
                                     "</a>",
                                     "\xC2\xA0",
                                     "é",
                                     "日本",
                                     "العربية",
                                     "עברית",
                                     "😀",
                                     "\xE2\x80\xAE",
                                     "\xF0\x9F\x87\xAF\xF0\x9F\x87\xB5",
                                     "a ",
                                     "the ",
                                     "wwwwwwwwwwwwwwwwwwwwwwwwwwwwww",
                                     "\xEF\xBF\xBE",
                                     "\xCC\x81"};
#define PIECES (sizeof pieces / sizeof *pieces)

static void nasty_name(char *out, size_t size, uint64_t *seed)
{
  const size_t wanted = 1 + check_below(seed, check_below(seed, 4) ? 8 : 150);
  size_t used = (size_t)snprintf(out, size, "%c:", "PCOLAT"[check_below(seed, 6)]);
  for (size_t i = 0; i < wanted; i++) {
    const char *const piece = pieces[check_below(seed, PIECES)];
    if (used + strlen(piece) + 1 > size) break;
    used += (size_t)snprintf(out + used, size - used, "%s", piece);
  }
}

#define NASTY 24u

static void check_nasty(uint64_t *seed, const char *folder)
{
  static char names[NASTY][420];
  Row rows[NASTY];
  for (unsigned i = 0; i < NASTY; i++) nasty_name(names[i], sizeof names[i], seed);
  for (unsigned i = 0; i < NASTY; i++)
    rows[i] = (Row){names[i],
                    "metWith",
                    names[(i + 1) % NASTY],
                    "2023-01-01",
                    FACTUALITY_ACTUAL,
                    "http://d.org/<x>&\"y",
                    names[(i + 2) % NASTY],
                    i * 500};
  DrawOutput outputs[] = {
      {.format = DRAW_SVG}, {.format = DRAW_GRAPHML}, {.format = DRAW_GEXF}, {.format = DRAW_DOT}};
  DrawOptions options = usual();
  options.link = true;
  Graph *const graph = graph_of(rows, NASTY);
  assert_int_equal(draw(outputs, 4, graph, &options, NULL), STATUS_OK);
  for (int i = 0; i < 4; i++) {
    char path[256], command[512];
    scratch_write(path, folder, "drawn", outputs[i].bytes.bytes, outputs[i].bytes.count);
    assert_int_equal(utf8_check(buffer_as_slice(&outputs[i].bytes)), outputs[i].bytes.count);
    snprintf(command, sizeof command, i == 3 ? "dot -Tcanon %s >/dev/null" : "xmllint --noout %s",
             path);
    assert_int_equal(system(command), 0);
    buffer_clear(&outputs[i].bytes);
  }
  graph_free(graph);
}

static void test_any_label_gives_valid_files(void **state)
{
  (void)state;
  if (system("command -v xmllint >/dev/null && command -v dot >/dev/null") != 0) skip();
  char folder[64];
  uint64_t seed = 99;
  scratch_new(folder);
  for (int i = 0; i < 12; i++) check_nasty(&seed, folder);
  scratch_remove(folder);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_cleans_words),
      cmocka_unit_test(test_wraps_words),
      cmocka_unit_test(test_svg_head_and_classes),
      cmocka_unit_test(test_svg_has_what_the_view_has),
      cmocka_unit_test(test_other_formats_begin_as_they_must),
      cmocka_unit_test(test_links_only_when_asked),
      cmocka_unit_test(test_same_rows_same_bytes),
      cmocka_unit_test(test_empty_view_is_a_picture),
      cmocka_unit_test(test_refuses_unknown_names),
      cmocka_unit_test(test_survives_want_of_memory),
      cmocka_unit_test(test_gives_dot_when_layout_takes_too_long),
      cmocka_unit_test(test_survives_a_dying_child),
      cmocka_unit_test(test_spread_moves_boxes_apart),
      cmocka_unit_test(test_nothing_overlaps),
      cmocka_unit_test(test_stars_are_drawn_as_stars),
      cmocka_unit_test(test_leaves_no_memory_behind),
      cmocka_unit_test(test_any_label_gives_valid_files),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
