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
  double unit;                   /* by which title and legend grow with the picture */
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
  TRY(sketch_set_text(page->sketch, &(*out)->attributes, "style", "solid"));
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
  TRY(sketch_set_text(page->sketch, &mark->attributes, "shape", "plaintext"));
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

static void measure_edge(Box *box, const SketchEdge *edge)
{
  for (uint32_t i = 0; i + 3 < edge->point_count; i += 3)
    for (unsigned step = 0; step <= STEPS; step++)
      widen(box, box_around(on_curve(edge->points + i, step / (double)STEPS), 6, 6));
}

static void measure(Page *page)
{
  page->content = (Box){INFINITY, INFINITY, -INFINITY, -INFINITY};
  for (size_t i = 0; i < page->taken_count; i++) widen(&page->content, page->taken[i]);
  for (size_t i = 0; i < page->edge_count; i++)
    measure_edge(&page->content, &page->sketch->edges[i]);
  if (!page->taken_count) page->content = (Box){0, 0, 0, 0};
}

/* The point at SHARE (0 to 1) of the way along EDGE: curves count alike. */
static SketchPoint along(const SketchEdge *edge, double share)
{
  const uint32_t curves = (edge->point_count - 1) / 3;
  const double where = fmin(fmax(share, 0), 1) * curves;
  const uint32_t curve = where >= curves ? curves - 1 : (uint32_t)where;
  return on_curve(edge->points + 3 * (size_t)curve, where - curve);
}

static bool is_free(const Page *page, Box box)
{
  for (size_t i = 0; i < page->taken_count; i++)
    if (boxes_touch(box, page->taken[i])) return false;
  return true;
}

static const double shares[] = {0.5, 0.44, 0.56, 0.38, 0.62, 0.32, 0.68, 0.26, 0.74, 0.2, 0.8};
#define SHARES (sizeof shares / sizeof *shares)

static double length_of(const SketchEdge *edge)
{
  double total = 0;
  SketchPoint last = edge->points[0];
  for (uint32_t i = 0; i + 3 < edge->point_count; i += 3)
    for (unsigned step = 1; step <= STEPS; step++) {
      const SketchPoint next = on_curve(edge->points + i, step / (double)STEPS);
      total += distance(last, next);
      last = next;
    }
  return total;
}

/* The direction of EDGE around SHARE of its length, of length 1. */
static SketchPoint direction_at(const SketchEdge *edge, double share)
{
  const SketchPoint a = along(edge, share - 0.05), b = along(edge, share + 0.05);
  const double length = distance(a, b);
  if (length <= 0) return (SketchPoint){1, 0};
  return (SketchPoint){(b.x - a.x) / length, (b.y - a.y) / length};
}

#define MOST_CROSSINGS_SEEN 400u /* edges up to which labels try to stay off other edges */

/* Whether BOX lies on an edge other than EDGE. */
static bool hides_edge(const Page *page, const SketchEdge *edge, Box box)
{
  for (size_t i = 0; i < page->edge_count; i++) {
    const SketchEdge *const other = &page->sketch->edges[i];
    if (other == edge) continue;
    for (uint32_t j = 0; j + 3 < other->point_count; j += 3)
      for (unsigned step = 0; step <= 2 * STEPS; step++)
        if (boxes_touch(box, box_around(on_curve(other->points + j, step / (2.0 * STEPS)), 1, 1)))
          return true;
  }
  return false;
}

static bool good_place(const Page *page, const SketchEdge *edge, Box box, bool strict)
{
  return is_free(page, box) && !(strict && hides_edge(page, edge, box));
}

/* On the line, unless the label would hide most of it. */
static bool place_on_line(const Page *page, SketchEdge *edge, double width, double height,
                          bool strict)
{
  const double length = length_of(edge);
  for (size_t i = 0; i < SHARES; i++) {
    const SketchPoint way = direction_at(edge, shares[i]), at = along(edge, shares[i]);
    const double hidden = fmin(width / fmax(fabs(way.x), 0.01), height / fmax(fabs(way.y), 0.01));
    if (hidden > 0.6 * length) continue;
    if (!good_place(page, edge, box_around(at, width, height), strict)) continue;
    edge->label_at = at;
    return true;
  }
  return false;
}

static bool place_beside(const Page *page, SketchEdge *edge, double width, double height,
                         bool strict)
{
  for (size_t i = 0; i < 2 * SHARES; i++) {
    const SketchPoint way = direction_at(edge, shares[i / 2]), at = along(edge, shares[i / 2]);
    const double off = (width * fabs(way.y) + height * fabs(way.x)) / 2 + 3;
    const double side = i % 2 ? -off : off;
    const SketchPoint place = {at.x - way.y * side, at.y + way.x * side};
    if (!good_place(page, edge, box_around(place, width, height), strict)) continue;
    edge->label_at = place;
    return true;
  }
  return false;
}

/* Where the label of EDGE may lie; false if there is no place. */
static bool find_place(const Page *page, SketchEdge *edge, double width, double height)
{
  if (edge->point_count < 4) return false;
  if (page->edge_count <= MOST_CROSSINGS_SEEN && (place_on_line(page, edge, width, height, true) ||
                                                  place_beside(page, edge, width, height, true)))
    return true;
  return place_on_line(page, edge, width, height, false) ||
         place_beside(page, edge, width, height, false);
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
  if (!find_place(page, edge, width, height))
    if (!edge->label_placed || !is_free(page, box_around(edge->label_at, width, height)))
      return STATUS_OK;
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

/* In units. */
#define ENTRY_SIZE 10.0
#define ROW 19.0
#define GAP 18.0
#define SAMPLE 30.0

static double entry_width(const Page *page, Slice words)
{
  return (SAMPLE + 6 + words_width(words) * ENTRY_SIZE * 1.05) * page->unit;
}

/* Begin an entry with a sample of WIDTH and these words: wraps to the next row if need be. */
static void begin_entry(Page *page, Slice words)
{
  const bool first = page->x <= page->content.left;
  if (first || page->x + entry_width(page, words) <= page->content.right) return;
  page->x = page->content.left;
  page->y -= ROW * page->unit;
}

static Status end_entry(Page *page, Slice words)
{
  TRY(add_words(page, "mark legend", page->x + (SAMPLE + 6) * page->unit, page->y - page->unit,
                ENTRY_SIZE * page->unit, page->theme->text, false, words));
  page->x += entry_width(page, words) + GAP * page->unit;
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
  const double width = (SAMPLE - 2) * page->unit, height = 14 * page->unit;
  TRY(new_mark(&mark, page, "mark legend", (SketchPoint){page->x + width / 2, page->y}));
  TRY(set_size(page, mark, width, height));
  SketchAttributes *const a = &mark->attributes;
  TRY(sketch_set_text(page->sketch, a, "shape", style->shape));
  TRY(sketch_set_text(page->sketch, a, "style", style->style));
  TRY(sketch_set_text(page->sketch, a, "fillcolor", style->fill));
  TRY(sketch_set_text(page->sketch, a, "color", style->line));
  TRY(sketch_set_text(page->sketch, a, "label", ""));
  return end_entry(page, words);
}

/* An entry whose sample is a line; what it says stands in page->text. */
static Status add_line_entry(Page *page, SketchEdge **out, const char *colour, double width)
{
  begin_entry(page, buffer_as_slice(&page->text));
  const SketchPoint a = {page->x, page->y}, b = {page->x + SAMPLE * page->unit, page->y};
  TRY(end_entry(page, buffer_as_slice(&page->text)));
  return add_line(out, page, a, b, colour, width);
}

static Status add_family_entry(Page *page, Family family, uint32_t count)
{
  SketchEdge *edge;
  page->text.count = 0;
  TRY(buffer_printf(&page->text, "%s %u", look_family_name(family), count));
  return add_line_entry(page, &edge, page->theme->families[family], 3 * page->unit);
}

/* Shorten LINE at both ends to make room for bars. */
static Status add_bars(Page *page, SketchEdge *line)
{
  const double bar = 5 * page->unit;
  line->has_start = line->has_end = true;
  line->start = line->points[0];
  line->end = line->points[3];
  line->points[0].x += bar;
  line->points[3].x -= bar;
  TRY(sketch_set_text(page->sketch, &line->attributes, "dir", "both"));
  TRY(sketch_set_text(page->sketch, &line->attributes, "arrowhead", "tee"));
  return sketch_set_text(page->sketch, &line->attributes, "arrowtail", "tee");
}

static Status add_factuality_entry(Page *page, Factuality factuality, uint32_t count)
{
  static const char *const styles[] = {"solid", "dashed", "dotted", "solid"};
  const bool denied = factuality == FACTUALITY_DENIED;
  SketchEdge *edge;
  page->text.count = 0;
  TRY(buffer_printf(&page->text, "%s %u", factuality_name(factuality), count));
  TRY(add_line_entry(page, &edge, denied ? page->theme->denied : page->theme->muted,
                     1.7 * page->unit));
  if (denied) TRY(add_bars(page, edge));
  return sketch_set_text(page->sketch, &edge->attributes, "style", styles[factuality]);
}

static Status add_width_entry(Page *page, uint32_t count, uint32_t heaviest)
{
  SketchEdge *edge;
  page->text.count = 0;
  TRY(buffer_printf(&page->text, count == 1 ? "%u event" : "%u events", count));
  return add_line_entry(page, &edge, page->theme->muted, look_width(count, heaviest));
}

static void new_row(Page *page)
{
  if (page->x > page->content.left) page->y -= ROW * page->unit;
  page->x = page->content.left;
}

/* What the thinnest and the thickest line stand for, in one row. */
static Status add_widths(Page *page, uint32_t heaviest)
{
  const double width = 2 * entry_width(page, SLICE("1000 events")) + GAP * page->unit;
  if (heaviest < 2) return STATUS_OK;
  if (page->x + width > page->content.right) new_row(page);
  TRY(add_width_entry(page, 1, heaviest));
  return add_width_entry(page, heaviest, heaviest);
}

static Status add_legend(Page *page)
{
  Legend legend;
  look_legend(&legend, page->view);
  for (int i = 0; i < ENTITY_CLASSES; i++)
    if (legend.classes[i]) TRY(add_node_entry(page, (EntityClass)i, legend.classes[i]));
  new_row(page);
  for (int i = 0; i <= FAMILY_OTHER; i++)
    if (legend.families[i]) TRY(add_family_entry(page, (Family)i, legend.families[i]));
  for (int i = FACTUALITY_PLANNED; i <= FACTUALITY_DENIED; i++)
    if (legend.factualities[i])
      TRY(add_factuality_entry(page, (Factuality)i, legend.factualities[i]));
  TRY(add_widths(page, legend.heaviest));
  new_row(page);
  return STATUS_OK;
}

#define LEAST_WIDTH 460.0

static Status add_head(Page *page)
{
  const double left = page->content.left, unit = page->unit;
  Buffer title = BUFFER_EMPTY;
  page->text.count = 0;
  TRY(look_title(&page->text, page->view, page->options));
  const double room = (page->content.right - left) / (20 * unit);
  Status status = words_wrap(&title, buffer_as_slice(&page->text), room, 1);
  if (!status)
    status = add_words(page, "mark title", left, page->content.top + 46 * unit, 18 * unit,
                       page->theme->text, true, buffer_as_slice(&title));
  buffer_clear(&title);
  TRY(status);
  page->text.count = 0;
  TRY(look_subtitle(&page->text, page->view));
  return add_words(page, "mark subtitle", left, page->content.top + 26 * unit, 11 * unit,
                   page->theme->muted, false, buffer_as_slice(&page->text));
}

static Status add_foot(Page *page)
{
  SketchEdge *rule;
  const double y = page->content.bottom - 14 * page->unit;
  TRY(add_line(&rule, page, (SketchPoint){page->content.left, y},
               (SketchPoint){page->content.right, y}, page->theme->rule, 0.8));
  page->x = page->content.left;
  page->y = y - ROW * page->unit;
  TRY(add_legend(page));
  page->text.count = 0;
  TRY(look_note(&page->text, page->view));
  return add_words(page, "mark note", page->content.left, page->y, 9 * page->unit,
                   page->theme->muted, false, buffer_as_slice(&page->text));
}

/* A narrow picture is widened for its title; on a wide one title and legend grow. */
static void set_frame(Page *page)
{
  const double width = page->content.right - page->content.left;
  if (width < LEAST_WIDTH) {
    page->content.left -= (LEAST_WIDTH - width) / 2;
    page->content.right += (LEAST_WIDTH - width) / 2;
  }
  page->unit = fmin(fmax(fmax(sqrt(width / 700), width / 2600), 1), 40);
}

static Status compose(Page *page)
{
  TRY(place_labels(page));
  measure(page);
  set_frame(page);
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
