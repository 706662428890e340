/* Everything added is a node or an edge of the sketch with a fixed place, so that whatever format
   Graphviz draws has it. Labels of edges lie on their line, on a patch of background, at the first
   of some places from the middle outwards where they touch no node and no other label. */
#include "page.h"

#include "wording.h"

#include <math.h>

typedef struct Box {
  double left, bottom, right, top;
} Box;

typedef struct Page {
  Sketch *sketch;
  const View *view;
  const LookOptions *options;
  const Theme *theme;
  Box content;
  Box *taken; /* nodes, then labels */
  size_t taken_count;
  size_t node_count, edge_count; /* before the page */
  double x, y;                   /* where the next entry of the legend goes: left, middle */
  unsigned marks;
  Buffer text, html;
} Page;

/* ---- boxes ---- */

static Box box_around(SketchPoint at, double width, double height)
{
  return (Box){at.x - width / 2, at.y - height / 2, at.x + width / 2, at.y + height / 2};
}

static bool boxes_touch(Box a, Box b)
{
  return a.left < b.right && b.left < a.right && a.bottom < b.top && b.bottom < a.top;
}

static void widen(Box *box, Box with)
{
  box->left = fmin(box->left, with.left);
  box->bottom = fmin(box->bottom, with.bottom);
  box->right = fmax(box->right, with.right);
  box->top = fmax(box->top, with.top);
}

static void measure(Page *page)
{
  page->content = (Box){INFINITY, INFINITY, -INFINITY, -INFINITY};
  for (size_t i = 0; i < page->taken_count; i++) widen(&page->content, page->taken[i]);
  for (size_t i = 0; i < page->edge_count; i++)
    for (uint32_t j = 0; j < page->sketch->edges[i].point_count; j++)
      widen(&page->content, box_around(page->sketch->edges[i].points[j], 4, 4));
  if (!page->taken_count) page->content = (Box){0, 0, 0, 0};
}

/* ---- marks ---- */

static Status new_mark(SketchNode **out, Page *page, const char *class, SketchPoint at)
{
  char name[32] = "mark ";
  Buffer text = BUFFER_EMPTY;
  Status status = buffer_printf(&text, "%s%u", name, page->marks++);
  if (!status) status = sketch_node(out, page->sketch, buffer_as_slice(&text));
  buffer_clear(&text);
  TRY(status);
  (*out)->at = at;
  TRY(sketch_set_text(page->sketch, &(*out)->attributes, "class", class));
  TRY(sketch_set_number(page->sketch, &(*out)->attributes, "margin", 0));
  return sketch_set_text(page->sketch, &(*out)->attributes, "tooltip", " ");
}

static Status set_size(Page *page, SketchNode *mark, double width, double height)
{
  TRY(sketch_set_text(page->sketch, &mark->attributes, "fixedsize", "true"));
  TRY(sketch_set_number(page->sketch, &mark->attributes, "width", width / 72));
  return sketch_set_number(page->sketch, &mark->attributes, "height", height / 72);
}

/* A line of words that starts at LEFT. */
static Status add_words(Page *page, const char *class, double left, double middle, double size,
                        const char *colour, bool bold, Slice words)
{
  const double width = ceil(words_width(words) * size * (bold ? 1.12 : 1.05)) + 4;
  const double height = ceil(size * 1.4);
  SketchNode *mark;
  if (!words.len) return STATUS_OK;
  TRY(new_mark(&mark, page, class, (SketchPoint){left + width / 2, middle}));
  TRY(set_size(page, mark, width, height));
  TRY(sketch_set_text(page->sketch, &mark->attributes, "shape", "plain"));
  TRY(sketch_set_text(page->sketch, &mark->attributes, "fontcolor", colour));
  TRY(sketch_set_number(page->sketch, &mark->attributes, "fontsize", size));
  page->html.count = 0;
  TRY(buffer_printf(&page->html,
                    "<TABLE BORDER=\"0\" CELLBORDER=\"0\" CELLSPACING=\"0\" CELLPADDING=\"0\" "
                    "WIDTH=\"%d\" HEIGHT=\"%d\" FIXEDSIZE=\"TRUE\"><TR><TD ALIGN=\"LEFT\">%s",
                    (int)width, (int)height, bold ? "<B>" : ""));
  TRY(words_html(&page->html, words));
  TRY(buffer_printf(&page->html, "%s</TD></TR></TABLE>", bold ? "</B>" : ""));
  return sketch_set_html(page->sketch, &mark->attributes, "label", buffer_as_slice(&page->html));
}

static Status add_anchor(uint32_t *out, Page *page, SketchPoint at)
{
  SketchNode *mark;
  TRY(new_mark(&mark, page, "mark anchor", at));
  TRY(set_size(page, mark, 0.72, 0.72));
  TRY(sketch_set_text(page->sketch, &mark->attributes, "shape", "point"));
  TRY(sketch_set_text(page->sketch, &mark->attributes, "style", "invis"));
  *out = (uint32_t)page->sketch->node_count - 1;
  return STATUS_OK;
}

/* A straight line from A to B. */
static Status add_line(SketchEdge **out, Page *page, SketchPoint a, SketchPoint b,
                       const char *colour, double width)
{
  uint32_t from, to;
  TRY(add_anchor(&from, page, a));
  TRY(add_anchor(&to, page, b));
  TRY(sketch_edge(out, page->sketch, from, to, SLICE("mark")));
  SketchEdge *const edge = *out;
  edge->points = arena_array(&page->sketch->arena, 4, sizeof *edge->points);
  if (!edge->points) return STATUS_MEMORY;
  edge->point_count = 4;
  for (int i = 0; i < 4; i++)
    edge->points[i] = (SketchPoint){a.x + (b.x - a.x) * i / 3, a.y + (b.y - a.y) * i / 3};
  SketchAttributes *const attributes = &edge->attributes;
  TRY(sketch_set_text(page->sketch, attributes, "class", "mark"));
  TRY(sketch_set_text(page->sketch, attributes, "dir", "none"));
  TRY(sketch_set_text(page->sketch, attributes, "color", colour));
  TRY(sketch_set_text(page->sketch, attributes, "tooltip", " "));
  return sketch_set_number(page->sketch, attributes, "penwidth", width);
}

/* ---- labels of edges ---- */

static SketchPoint on_curve(const SketchPoint *p, double t)
{
  const double u = 1 - t;
  const double a = u * u * u, b = 3 * u * u * t, c = 3 * u * t * t, d = t * t * t;
  return (SketchPoint){a * p[0].x + b * p[1].x + c * p[2].x + d * p[3].x,
                       a * p[0].y + b * p[1].y + c * p[2].y + d * p[3].y};
}

#define STEPS 8u /* straight pieces a curve is measured in */

static double distance(SketchPoint a, SketchPoint b)
{
  return hypot(a.x - b.x, a.y - b.y);
}

/* The point at SHARE (0 to 1) of the length of EDGE. */
static SketchPoint along(const SketchEdge *edge, double share)
{
  const uint32_t curves = (edge->point_count - 1) / 3;
  double total = 0, wanted;
  SketchPoint last = edge->points[0], next;
  for (uint32_t i = 0; i < curves * STEPS; i++, last = next) {
    next = on_curve(edge->points + 3 * (size_t)(i / STEPS), (i % STEPS + 1) / (double)STEPS);
    total += distance(last, next);
  }
  wanted = total * share;
  last = edge->points[0];
  for (uint32_t i = 0; i < curves * STEPS; i++, last = next) {
    next = on_curve(edge->points + 3 * (size_t)(i / STEPS), (i % STEPS + 1) / (double)STEPS);
    const double length = distance(last, next);
    if (wanted <= length && length > 0)
      return (SketchPoint){last.x + (next.x - last.x) * wanted / length,
                           last.y + (next.y - last.y) * wanted / length};
    wanted -= length;
  }
  return last;
}

static bool is_free(const Page *page, Box box)
{
  for (size_t i = 0; i < page->taken_count; i++)
    if (boxes_touch(box, page->taken[i])) return false;
  return true;
}

/* Where the label of EDGE may lie; false if there is no place. */
static bool find_place(const Page *page, SketchEdge *edge, double width, double height)
{
  static const double shares[] = {0.5, 0.44, 0.56, 0.38, 0.62, 0.32, 0.68, 0.26, 0.74, 0.2, 0.8};
  if (edge->point_count < 4) return false;
  for (size_t i = 0; i < sizeof shares / sizeof *shares; i++) {
    const SketchPoint at = along(edge, shares[i]);
    if (!is_free(page, box_around(at, width, height))) continue;
    edge->label_at = at;
    return true;
  }
  return false;
}

static Status copy_attribute(Page *page, SketchNode *to, const SketchEdge *from, const char *name)
{
  const char *const value = sketch_get(&from->attributes, name);
  return value ? sketch_set_text(page->sketch, &to->attributes, name, value) : STATUS_OK;
}

static Status add_label(Page *page, const SketchEdge *edge)
{
  SketchNode *mark;
  const char *const label = sketch_get(&edge->attributes, "label");
  TRY(new_mark(&mark, page, "mark label", edge->label_at));
  SketchAttributes *const a = &mark->attributes;
  TRY(sketch_set_text(page->sketch, a, "shape", "box"));
  TRY(sketch_set_text(page->sketch, a, "style", "filled"));
  TRY(sketch_set_text(page->sketch, a, "fillcolor", page->theme->background));
  TRY(sketch_set_text(page->sketch, a, "color", page->theme->background));
  TRY(sketch_set_text(page->sketch, a, "penwidth", "0"));
  TRY(sketch_set_text(page->sketch, a, "margin", "0.02,0"));
  TRY(sketch_set_text(page->sketch, a, "height", "0"));
  TRY(sketch_set_text(page->sketch, a, "width", "0"));
  TRY(sketch_set_text(page->sketch, a, "fontsize", "9"));
  TRY(sketch_set_html(page->sketch, a, "label", slice_of(label)));
  TRY(copy_attribute(page, mark, edge, "fontcolor"));
  TRY(copy_attribute(page, mark, edge, "tooltip"));
  TRY(copy_attribute(page, mark, edge, "URL"));
  return copy_attribute(page, mark, edge, "target");
}

static Status place_label(Page *page, size_t index)
{
  SketchEdge *const edge = &page->sketch->edges[index];
  const double width = edge->label_width + 4, height = edge->label_height + 1;
  if (edge->label_width <= 0) return STATUS_OK;
  if (!edge->label_placed || !is_free(page, box_around(edge->label_at, width, height)))
    if (!find_place(page, edge, width, height)) return STATUS_OK;
  page->taken[page->taken_count++] = box_around(edge->label_at, width, height);
  return add_label(page, edge);
}

static Status place_labels(Page *page)
{
  page->taken = arena_array(&page->sketch->arena, page->node_count + page->edge_count + 1,
                            sizeof *page->taken);
  if (!page->taken) return STATUS_MEMORY;
  for (size_t i = 0; i < page->node_count; i++) {
    const SketchNode *const node = &page->sketch->nodes[i];
    page->taken[page->taken_count++] = box_around(node->at, node->width + 2, node->height + 2);
  }
  for (size_t i = 0; i < page->edge_count; i++) {
    TRY(place_label(page, i));
    if (sketch_get(&page->sketch->edges[i].attributes, "label"))
      TRY(sketch_set_text(page->sketch, &page->sketch->edges[i].attributes, "label", ""));
  }
  return STATUS_OK;
}

/* ---- legend ---- */

#define ENTRY_SIZE 10.0
#define ROW 19.0
#define GAP 20.0
#define SAMPLE 30.0

/* Begin an entry with a sample of WIDTH and these words: wraps to the next row if need be. */
static void begin_entry(Page *page, Slice words)
{
  const double width = SAMPLE + 6 + words_width(words) * ENTRY_SIZE * 1.05;
  if (page->x > page->content.left && page->x + width > page->content.right) {
    page->x = page->content.left;
    page->y -= ROW;
  }
}

static Status end_entry(Page *page, Slice words)
{
  TRY(add_words(page, "mark legend", page->x + SAMPLE + 6, page->y, ENTRY_SIZE, page->theme->text,
                false, words));
  page->x += SAMPLE + 6 + words_width(words) * ENTRY_SIZE * 1.05 + GAP;
  return STATUS_OK;
}

static Status add_node_entry(Page *page, EntityClass class, uint32_t count)
{
  const NodeStyle *const style = &page->theme->nodes[class];
  page->text.count = 0;
  TRY(buffer_printf(&page->text, "%s %u", look_class_name(class, count != 1), count));
  const Slice words = buffer_as_slice(&page->text);
  begin_entry(page, words);
  SketchNode *mark;
  TRY(new_mark(&mark, page, "mark legend", (SketchPoint){page->x + SAMPLE / 2, page->y}));
  TRY(set_size(page, mark, SAMPLE - 4, 14));
  SketchAttributes *const a = &mark->attributes;
  TRY(sketch_set_text(page->sketch, a, "shape", style->shape));
  TRY(sketch_set_text(page->sketch, a, "style", style->style));
  TRY(sketch_set_text(page->sketch, a, "fillcolor", style->fill));
  TRY(sketch_set_text(page->sketch, a, "color", style->line));
  TRY(sketch_set_text(page->sketch, a, "label", ""));
  return end_entry(page, words);
}

static Status add_line_entry(Page *page, SketchEdge **out, const char *colour, double width,
                             const char *words, uint32_t count)
{
  page->text.count = 0;
  TRY(buffer_printf(&page->text, "%s %u", words, count));
  begin_entry(page, buffer_as_slice(&page->text));
  const SketchPoint a = {page->x, page->y}, b = {page->x + SAMPLE, page->y};
  TRY(add_line(out, page, a, b, colour, width));
  return end_entry(page, buffer_as_slice(&page->text));
}

static Status add_factuality_entry(Page *page, Factuality factuality, uint32_t count)
{
  const char *const colour =
      factuality == FACTUALITY_DENIED ? page->theme->denied : page->theme->muted;
  static const char *const styles[] = {"solid", "dashed", "dotted", "solid"};
  SketchEdge *edge;
  TRY(add_line_entry(page, &edge, colour, 2, factuality_name(factuality), count));
  if (factuality == FACTUALITY_DENIED) {
    edge->has_start = edge->has_end = true;
    edge->start = (SketchPoint){edge->points[0].x - 4, edge->points[0].y};
    edge->end = (SketchPoint){edge->points[3].x + 4, edge->points[3].y};
    TRY(sketch_set_text(page->sketch, &edge->attributes, "dir", "both"));
    TRY(sketch_set_text(page->sketch, &edge->attributes, "arrowhead", "tee"));
    TRY(sketch_set_text(page->sketch, &edge->attributes, "arrowtail", "tee"));
  }
  return sketch_set_text(page->sketch, &edge->attributes, "style", styles[factuality]);
}

static void new_row(Page *page)
{
  if (page->x > page->content.left) page->y -= ROW;
  page->x = page->content.left;
}

static Status add_legend(Page *page)
{
  Legend legend;
  SketchEdge *edge;
  look_legend(&legend, page->view);
  for (int i = 0; i < ENTITY_CLASSES; i++)
    if (legend.classes[i]) TRY(add_node_entry(page, (EntityClass)i, legend.classes[i]));
  new_row(page);
  for (int i = 0; i <= FAMILY_OTHER; i++)
    if (legend.families[i])
      TRY(add_line_entry(page, &edge, page->theme->families[i], 3, look_family_name((Family)i),
                         legend.families[i]));
  for (int i = FACTUALITY_PLANNED; i <= FACTUALITY_DENIED; i++)
    if (legend.factualities[i])
      TRY(add_factuality_entry(page, (Factuality)i, legend.factualities[i]));
  if (legend.heaviest > 1)
    TRY(add_line_entry(page, &edge, page->theme->muted, look_width(legend.heaviest),
                       "events:", legend.heaviest));
  new_row(page);
  return STATUS_OK;
}

/* ---- title and note ---- */

#define LEAST_WIDTH 460.0

static Status add_head(Page *page)
{
  const double left = page->content.left;
  page->text.count = 0;
  TRY(look_title(&page->text, page->view, page->options));
  const double room = (page->content.right - left) / 19;
  Buffer title = BUFFER_EMPTY;
  Status status = words_wrap(&title, buffer_as_slice(&page->text), room, 1);
  if (!status)
    status = add_words(page, "mark title", left, page->content.top + 56, 18, page->theme->text,
                       true, buffer_as_slice(&title));
  buffer_clear(&title);
  TRY(status);
  page->text.count = 0;
  TRY(look_subtitle(&page->text, page->view));
  return add_words(page, "mark subtitle", left, page->content.top + 35, 11, page->theme->muted,
                   false, buffer_as_slice(&page->text));
}

static Status add_foot(Page *page)
{
  SketchEdge *rule;
  const double y = page->content.bottom - 20;
  TRY(add_line(&rule, page, (SketchPoint){page->content.left, y},
               (SketchPoint){page->content.right, y}, page->theme->rule, 0.8));
  page->x = page->content.left;
  page->y = y - ROW;
  TRY(add_legend(page));
  page->text.count = 0;
  TRY(look_note(&page->text, page->view));
  return add_words(page, "mark note", page->content.left, page->y, 9, page->theme->muted, false,
                   buffer_as_slice(&page->text));
}

static Status compose(Page *page)
{
  TRY(place_labels(page));
  measure(page);
  const double narrow = LEAST_WIDTH - (page->content.right - page->content.left);
  if (narrow > 0) {
    page->content.left -= narrow / 2;
    page->content.right += narrow / 2;
  }
  TRY(sketch_set_text(page->sketch, &page->sketch->graph, "layout", "nop2"));
  TRY(add_head(page));
  return add_foot(page);
}

Status page_compose(Sketch *sketch, const View *view, const LookOptions *options)
{
  Page page = {.sketch = sketch,
               .view = view,
               .options = options,
               .theme = look_theme(options->theme),
               .node_count = sketch->node_count,
               .edge_count = sketch->edge_count};
  const Status status = compose(&page);
  buffer_clear(&page.text);
  buffer_clear(&page.html);
  return status;
}
