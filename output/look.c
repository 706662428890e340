/* Nodes: the class gives shape and colour, the weight the size of the letters. Edges: families give
   the colours (several run side by side), the number of situations the width, the most certain
   factuality the line. What does not fit in a label stands in the tooltip, with the evidence. */
#include "look.h"

#include "graph/unicode.h"
#include "wording.h"

#include <math.h>

#define TIMES "\xC3\x97"
#define DOT_SIGN " \xC2\xB7 "

/* What the making of a sketch shares. */
typedef struct Looker {
  Sketch *out;
  const View *view;
  const LookOptions *options;
  const Theme *theme;
  Buffer text, clean, more; /* scratch */
  uint32_t heaviest;        /* situations of the heaviest edge */
  bool crowded;             /* no room for words on edges beyond counts */
  bool dates;               /* room for dates on edges */
} Looker;

#define CROWDED 90u        /* edges from which labels are only counts */
#define LASTING_SILENT 30u /* edges from which ties that last have none: grey says it */
#define NO_WORDS 1500u     /* edges from which there are no labels at all */
#define MANY 300u          /* nodes from which the great ones must be seen from afar */
#define FEW_FOR_DATES 30u

double look_width(uint32_t count, uint32_t heaviest)
{
  if (count <= 1) return 1.1;
  if (heaviest <= 8) return 1.1 + 1.05 * log2(count);
  return 1.1 + 5.4 * sqrt((count - 1.0) / (heaviest - 1.0));
}

/* ---- words ---- */

static void start(Looker *l)
{
  l->text.count = 0;
}

static Status clean(Looker *l, Slice text)
{
  l->clean.count = 0;
  return words_clean(&l->clean, text);
}

/* For names and attributes that Graphviz does not unescape, but cgraph writes wrongly if they end
   in a backslash. */
static Status clean_plain(Looker *l, Slice text)
{
  TRY(clean(l, text));
  for (size_t i = 0; i < l->clean.count; i++)
    if (l->clean.bytes[i] == '\\') l->clean.bytes[i] = '/';
  return STATUS_OK;
}

static Slice label_of(Looker *l, const ViewNode *node, Status *status)
{
  *status = clean(l, node->label);
  if (!*status && !l->clean.count) *status = clean(l, node->iri);
  return buffer_as_slice(&l->clean);
}

static Status count_word(Buffer *out, uint32_t count, const char *one, const char *many)
{
  return buffer_printf(out, "%u %s", count, count == 1 ? one : many);
}

static Factuality best_of(const uint32_t count[4])
{
  for (int i = 0; i < 4; i++)
    if (count[i]) return (Factuality)i;
  return FACTUALITY_ACTUAL;
}

/* "met with", with "(planned)" if it is less certain than SHOWN. */
static Status phrase(Buffer *out, const View *view, const ViewPart *part, Factuality shown)
{
  const Factuality best = best_of(part->count);
  TRY(words_clean(out, view->relations[part->relation].schema.phrase));
  return best > shown ? buffer_printf(out, " (%s)", factuality_name(best)) : STATUS_OK;
}

static Status phrase_counted(Buffer *out, const View *view, const ViewPart *part, Factuality shown)
{
  TRY(phrase(out, view, part, shown));
  return part->total > 1 ? buffer_printf(out, " " TIMES "%u", part->total) : STATUS_OK;
}

/* ---- links ---- */

static bool is_plain(unsigned char c)
{
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         (c && strchr("-._~", c));
}

static Status percent_encode(Buffer *out, Slice text, bool whole)
{
  for (size_t i = 0; i < text.len; i++) {
    const unsigned char c = (unsigned char)text.ptr[i];
    const bool keep = whole ? is_plain(c) : c > 0x20 && c < 0x7F && !strchr("\"<>\\^`{|}", c);
    TRY(keep ? buffer_add(out, &text.ptr[i], 1) : buffer_printf(out, "%%%02X", c));
  }
  return STATUS_OK;
}

static size_t find(Slice text, const char *wanted)
{
  const size_t n = strlen(wanted);
  for (size_t i = 0; i + n <= text.len; i++)
    if (memcmp(text.ptr + i, wanted, n) == 0) return i;
  return text.len;
}

static Status set_link(Looker *l, SketchAttributes *attributes, Slice iri)
{
  if (!l->options->link || !iri.len) return STATUS_OK;
  const Slice template = l->options->link_template;
  l->more.count = 0;
  const size_t at = find(template, "{iri}");
  TRY(percent_encode(&l->more, slice_part(template, 0, at), false));
  TRY(percent_encode(&l->more, iri, template.len > 0));
  if (at + 5 < template.len)
    TRY(percent_encode(&l->more, slice_part(template, at + 5, template.len), false));
  start(l);
  TRY(words_escaped(&l->text, buffer_as_slice(&l->more)));
  TRY(sketch_set_text(l->out, attributes, "target", "_blank"));
  return sketch_set(l->out, attributes, "URL", buffer_as_slice(&l->text));
}

/* ---- nodes ---- */

static Status set_id(Looker *l, SketchAttributes *attributes, char kind, Slice content)
{
  start(l);
  TRY(buffer_printf(&l->text, "%c%016llx", kind, (unsigned long long)slice_hash(content, 7)));
  return sketch_set(l->out, attributes, "id", buffer_as_slice(&l->text));
}

static Slice key_of(const ViewNode *node)
{
  return node->iri.len ? node->iri : node->label;
}

/* Labels are names where nobody else is called so; they come sorted. */
static Status node_name(Looker *l, Slice *out, uint32_t index)
{
  const ViewNode *const nodes = l->view->nodes;
  const Slice label = nodes[index].label;
  const bool shared =
      (index > 0 && slice_equal(nodes[index - 1].label, label)) ||
      (index + 1 < l->view->node_count && slice_equal(nodes[index + 1].label, label));
  TRY(clean_plain(l, label));
  *out = buffer_as_slice(&l->clean);
  if (!shared && slice_equal(*out, label)) return STATUS_OK;
  TRY(clean_plain(l, key_of(&nodes[index])));
  *out = buffer_as_slice(&l->clean);
  return STATUS_OK;
}

static double letter_size(const Looker *l, const ViewNode *node)
{
  const double base = l->theme->nodes[node->class].size;
  const bool many = l->view->node_count > MANY;
  const double factor = many ? 6 : l->view->level == VIEW_COUNTRY ? 1.5 : 0.6;
  const bool actor = node->class <= ENTITY_ORGANIZATION;
  const double more = actor ? factor * log2(1 + node->weight / (many ? 8.0 : 4.0)) : 0;
  return base + fmin(more, many ? 60 : 9);
}

static unsigned lines_for(EntityClass class)
{

  return class == ENTITY_THING || class == ENTITY_AGREEMENT ? 4 : 3;
}

static double ems_for(EntityClass class)
{
  switch (class) {
  case ENTITY_PERSON:
    return 10;
  case ENTITY_COUNTRY:
    return 8;
  case ENTITY_ORGANIZATION:
    return 10;
  case ENTITY_PLACE:
    return 9;
  case ENTITY_AGREEMENT:
    return 11;
  case ENTITY_OFFICE:
    return 10;
  case ENTITY_THING:
    return 13;
  }
  return 10;
}

/* Append TEXT, wrapped, for an HTML-like label. */
static Status add_wrapped(Looker *l, Slice text, double ems, unsigned lines)
{
  l->more.count = 0;
  TRY(words_wrap(&l->more, text, ems, lines));
  return words_html(&l->text, buffer_as_slice(&l->more));
}

static Status set_node_label(Looker *l, SketchNode *out, const ViewNode *node)
{
  Status status;
  const Slice label = label_of(l, node, &status);
  TRY(status);
  const bool bold = node->class == ENTITY_COUNTRY || node->class == ENTITY_PERSON;
  start(l);
  if (bold) TRY(buffer_text(&l->text, "<B>"));
  TRY(add_wrapped(l, label, ems_for(node->class), lines_for(node->class)));
  if (bold) TRY(buffer_text(&l->text, "</B>"));
  if (node->class == ENTITY_PERSON && node->office.len) {
    TRY(clean(l, node->office));
    TRY(buffer_printf(&l->text, "<BR/><FONT POINT-SIZE=\"9\" COLOR=\"%s\">", l->theme->muted));
    TRY(add_wrapped(l, buffer_as_slice(&l->clean), 15, 2));
    TRY(buffer_text(&l->text, "</FONT>"));
  }
  return sketch_set_html(l->out, &out->attributes, "label", buffer_as_slice(&l->text));
}

static Status set_node_tooltip(Looker *l, SketchNode *out, const ViewNode *node)
{
  Status status;
  const Slice label = label_of(l, node, &status);
  TRY(status);
  l->more.count = 0;
  TRY(buffer_slice(&l->more, label));
  TRY(buffer_printf(&l->more, "\n%s", look_class_name(node->class, false)));
  if (node->office.len) {
    TRY(buffer_text(&l->more, ", "));
    TRY(words_clean(&l->more, node->office));
  }
  if (node->state.len && !slice_equal(node->state, node->label)) {
    TRY(buffer_text(&l->more, "\nfor "));
    TRY(words_clean(&l->more, node->state));
  }
  TRY(buffer_text(&l->more, "\n"));
  TRY(count_word(&l->more, node->weight, "link", "links"));
  start(l);
  TRY(words_escaped(&l->text, buffer_as_slice(&l->more)));
  return sketch_set(l->out, &out->attributes, "tooltip", buffer_as_slice(&l->text));
}

/* Set what is not the default already: a shorter file, and less to look up. */
static Status set_style(Looker *l, SketchAttributes *attributes, const SketchAttributes *defaults,
                        const char *name, const char *value)
{
  const char *const usual = sketch_get(defaults, name);
  if (usual && strcmp(usual, value) == 0) return STATUS_OK;
  return sketch_set_text(l->out, attributes, name, value);
}

static Status set_node_style(Looker *l, SketchNode *out, const ViewNode *node)
{
  const NodeStyle *const style = &l->theme->nodes[node->class];
  SketchAttributes *const a = &out->attributes;
  const SketchAttributes *const d = &l->out->node_defaults;
  TRY(set_style(l, a, d, "shape", style->shape));
  TRY(set_style(l, a, d, "style", style->style));
  if (style->margin) TRY(sketch_set_text(l->out, a, "margin", style->margin));
  TRY(set_style(l, a, d, "fillcolor", style->fill));
  TRY(set_style(l, a, d, "color", node->focus ? l->theme->focus : style->line));
  TRY(set_style(l, a, d, "fontcolor", style->text));
  TRY(sketch_set_number(l->out, a, "fontsize", round(2 * letter_size(l, node)) / 2));
  if (node->focus) TRY(sketch_set_text(l->out, a, "penwidth", "3"));
  start(l);
  TRY(buffer_printf(&l->text, "%s%s", look_class_name(node->class, false),
                    node->focus ? " focus" : ""));
  return sketch_set(l->out, a, "class", buffer_as_slice(&l->text));
}

static Status add_node(Looker *l, uint32_t index)
{
  const ViewNode *const node = &l->view->nodes[index];
  SketchNode *out;
  Slice name;
  TRY(node_name(l, &name, index));
  TRY(sketch_node(&out, l->out, name));
  TRY(set_node_label(l, out, node));
  TRY(set_node_style(l, out, node));
  TRY(set_node_tooltip(l, out, node));
  TRY(set_id(l, &out->attributes, 'n', key_of(node)));
  if (node->iri.len) {
    TRY(clean_plain(l, node->iri));
    TRY(sketch_set(l->out, &out->attributes, "iri", buffer_as_slice(&l->clean)));
  }
  const bool known = node->same_as.len && !l->options->link_template.len;
  return set_link(l, &out->attributes, known ? node->same_as : node->iri);
}

/* ---- edges ---- */

static unsigned family_of(const Looker *l, const ViewPart *part)
{
  const unsigned family = l->view->relations[part->relation].family;
  return family <= FAMILY_OTHER ? family : FAMILY_OTHER;
}

#define MOST_COLOURS 3
#define VEIL "80" /* opacity of lines where there are very many */

/* The families of EDGE, that of the most frequent relation first. Returns how many. */
static unsigned families_of(const Looker *l, unsigned out[FAMILY_OTHER + 1], const ViewEdge *edge)
{
  unsigned count = 0, seen = 0;
  for (uint32_t i = 0; i < edge->part_count; i++) {
    const unsigned family = family_of(l, &edge->parts[i]);
    if (seen & 1u << family) continue;
    seen |= 1u << family;
    out[count++] = family;
  }
  return count;
}

static Status set_colour(Looker *l, SketchEdge *out, const ViewEdge *edge)
{
  unsigned families[FAMILY_OTHER + 1];
  const unsigned count = families_of(l, families, edge);
  const bool denied = best_of(edge->by_factuality) == FACTUALITY_DENIED;
  start(l);
  for (unsigned i = 0; i < count && i < MOST_COLOURS && !denied; i++)
    TRY(buffer_printf(&l->text, "%s%s%s", i ? ":" : "", l->theme->families[families[i]],
                      l->out->straight ? VEIL : ""));
  if (denied) TRY(buffer_text(&l->text, l->theme->denied));
  TRY(set_style(l, &out->attributes, &l->out->edge_defaults, "color", l->text.bytes));
  const char *const words = denied      ? l->theme->muted
                            : count > 1 ? l->theme->text
                                        : l->theme->family_words[families[0]];
  const bool silent = l->view->edge_count > NO_WORDS;
  return silent ? STATUS_OK : sketch_set_text(l->out, &out->attributes, "fontcolor", words);
}

static Status set_arrows(Looker *l, SketchEdge *out, const ViewEdge *edge, double width)
{
  SketchAttributes *const a = &out->attributes;
  if (best_of(edge->by_factuality) == FACTUALITY_DENIED) {
    TRY(sketch_set_text(l->out, a, "arrowhead", "tee"));
    TRY(sketch_set_text(l->out, a, "arrowtail", "tee"));
    return sketch_set_text(l->out, a, "dir", "both");
  }
  const char *const dir = edge->forward && edge->backward ? "both"
                          : edge->forward                 ? "forward"
                          : edge->backward                ? "back"
                                                          : "none";
  if (!edge->forward || edge->backward) TRY(sketch_set_text(l->out, a, "dir", dir));
  if (l->out->straight) return STATUS_OK;
  return sketch_set_number(l->out, a, "arrowsize", 0.55 + 0.06 * width);
}

static Status set_line(Looker *l, SketchEdge *out, const ViewEdge *edge)
{
  static const char *const styles[] = {NULL, "dashed", "dotted", NULL};
  unsigned families[FAMILY_OTHER + 1];
  const unsigned colours = families_of(l, families, edge);
  const Factuality factuality = best_of(edge->by_factuality);
  double width = look_width(edge->count, l->heaviest);
  TRY(set_colour(l, out, edge));
  TRY(set_arrows(l, out, edge, width));
  if (colours > 1) width = fmax(1.2, width / (colours < MOST_COLOURS ? colours : MOST_COLOURS));
  if (factuality == FACTUALITY_POSSIBLE) width = fmax(width, 1.8);
  TRY(sketch_set_number(l->out, &out->attributes, "penwidth", round(width * 10) / 10));
  if (styles[factuality])
    TRY(sketch_set_text(l->out, &out->attributes, "style", styles[factuality]));
  start(l);
  TRY(buffer_text(&l->text, factuality_name(factuality)));
  for (unsigned i = 0; i < colours; i++)
    TRY(buffer_printf(&l->text, " %s", look_family_name((Family)families[i])));
  return sketch_set(l->out, &out->attributes, "class", buffer_as_slice(&l->text));
}

#define LABEL_LINES 3u
#define LABEL_RELATIONS 16u

/* The parts of EDGE with both directions of a relation as one. Returns how many. */
static uint32_t join_parts(ViewPart out[LABEL_RELATIONS], const ViewEdge *edge)
{
  uint32_t count = 0;
  for (uint32_t i = 0; i < edge->part_count && count < LABEL_RELATIONS; i++) {
    uint32_t at = 0;
    while (at < count && out[at].relation != edge->parts[i].relation) at++;
    if (at == count) out[count++] = (ViewPart){.relation = edge->parts[i].relation};
    for (int j = 0; j < 4; j++) out[at].count[j] += edge->parts[i].count[j];
    out[at].total += edge->parts[i].total;
  }
  return count;
}

static Status add_label_parts(Looker *l, const ViewEdge *edge)
{
  ViewPart parts[LABEL_RELATIONS];
  const uint32_t count = join_parts(parts, edge);
  for (uint32_t i = 0; i < count && i < LABEL_LINES; i++) {
    const bool last = i + 1 == LABEL_LINES && count > LABEL_LINES;
    if (i) TRY(buffer_text(&l->text, "<BR/>"));
    if (last) return buffer_printf(&l->text, "+%u more", count - i);
    l->clean.count = 0;
    TRY(phrase_counted(&l->clean, l->view, &parts[i], best_of(edge->by_factuality)));
    TRY(add_wrapped(l, buffer_as_slice(&l->clean), 16, 2));
  }
  return STATUS_OK;
}

static Status add_label_date(Looker *l, const ViewEdge *edge)
{
  if (!l->dates || !edge->first.len) return STATUS_OK;
  TRY(buffer_printf(&l->text, "<BR/><FONT POINT-SIZE=\"8\" COLOR=\"%s\">", l->theme->muted));
  const bool several =
      edge->first.len >= 4 && edge->last.len >= 4 && !slice_equal(edge->first, edge->last);
  const Slice first = several ? slice_part(edge->first, 0, 4) : edge->first;
  const Slice last = several ? slice_part(edge->last, 0, 4) : edge->last;
  l->clean.count = 0;
  TRY(words_period(&l->clean, first, last));
  TRY(words_html(&l->text, buffer_as_slice(&l->clean)));
  return buffer_text(&l->text, "</FONT>");
}

static Status set_edge_label(Looker *l, SketchEdge *out, const ViewEdge *edge)
{
  start(l);
  const bool lasting = edge->families == 1u << FAMILY_LASTING && edge->part_count == 1;
  if (lasting && l->view->edge_count > LASTING_SILENT) return STATUS_OK;
  if (l->crowded && (edge->count < 2 || l->view->edge_count > NO_WORDS)) return STATUS_OK;
  TRY(l->crowded ? buffer_printf(&l->text, TIMES "%u", edge->count) : add_label_parts(l, edge));
  TRY(add_label_date(l, edge));
  return sketch_set_html(l->out, &out->attributes, "label", buffer_as_slice(&l->text));
}

/* ---- evidence ---- */

#define QUOTE_LETTERS 260u

static Status add_quote(Buffer *out, Buffer *scratch, const QuoteWords *quote)
{
  scratch->count = 0;
  TRY(words_clean(scratch, quote->text));
  TRY(buffer_text(out, "\n\n\xE2\x80\x9C"));
  TRY(words_shorten(out, buffer_as_slice(scratch), QUOTE_LETTERS));
  TRY(buffer_text(out, "\xE2\x80\x9D\n"));
  if (quote->attributed_to.len) {
    TRY(buffer_text(out, "according to "));
    TRY(words_clean(out, quote->attributed_to));
    TRY(buffer_text(out, "; "));
  }
  scratch->count = 0;
  TRY(words_clean(scratch, quote->headline.len ? quote->headline : quote->document));
  TRY(words_shorten(out, buffer_as_slice(scratch), 120));
  if (!quote->date.len) return STATUS_OK;
  TRY(buffer_text(out, ", "));
  return words_date(out, quote->date);
}

/* "Fumio Kishida met with Joe Biden ×3" for each part. */
static Status add_part_sentence(Looker *l, Buffer *out, const ViewEdge *edge, const ViewPart *part)
{
  const ViewNode *const from = &l->view->nodes[part->backward ? edge->to : edge->from];
  const ViewNode *const to = &l->view->nodes[part->backward ? edge->from : edge->to];
  TRY(words_clean(out, from->label));
  TRY(buffer_text(out, " "));
  TRY(phrase(out, l->view, part, FACTUALITY_ACTUAL));
  TRY(buffer_text(out, " "));
  TRY(words_clean(out, to->label));
  return part->total > 1 ? buffer_printf(out, " " TIMES "%u", part->total) : STATUS_OK;
}

#define TOOLTIP_PARTS 8u

static Status evidence(Looker *l, Buffer *out, const ViewEdge *edge)
{
  for (uint32_t i = 0; i < edge->part_count && i < TOOLTIP_PARTS; i++) {
    if (i) TRY(buffer_text(out, "\n"));
    TRY(add_part_sentence(l, out, edge, &edge->parts[i]));
  }
  if (edge->part_count > TOOLTIP_PARTS) TRY(buffer_text(out, "\n\xE2\x80\xA6"));
  if (edge->first.len) {
    TRY(buffer_text(out, "\n"));
    TRY(words_period(out, edge->first, edge->last));
  }
  for (uint32_t i = 0; i < edge->quote_count; i++) TRY(add_quote(out, &l->clean, &edge->quotes[i]));
  if (edge->quote_total > edge->quote_count)
    TRY(buffer_printf(out, "\n\nand %u more", edge->quote_total - edge->quote_count));
  return STATUS_OK;
}

static Status set_edge_tooltip(Looker *l, SketchEdge *out, const ViewEdge *edge)
{
  l->more.count = 0;
  TRY(evidence(l, &l->more, edge));
  start(l);
  TRY(words_escaped(&l->text, buffer_as_slice(&l->more)));
  return sketch_set(l->out, &out->attributes, "tooltip", buffer_as_slice(&l->text));
}

static Status set_facts(Looker *l, SketchEdge *out, const ViewEdge *edge)
{
  SketchAttributes *const a = &out->attributes;
  start(l);
  for (uint32_t i = 0; i < edge->part_count; i++) {
    if (i) TRY(buffer_text(&l->text, " "));
    TRY(words_clean(&l->text, l->view->relations[edge->parts[i].relation].schema.name));
  }
  TRY(sketch_set(l->out, a, "relations", buffer_as_slice(&l->text)));
  TRY(sketch_set_number(l->out, a, "count", edge->count));
  if (edge->first.len) {
    TRY(clean_plain(l, edge->first));
    TRY(sketch_set(l->out, a, "first", buffer_as_slice(&l->clean)));
    if (slice_equal(edge->first, edge->last)) return STATUS_OK;
    TRY(clean_plain(l, edge->last));
    TRY(sketch_set(l->out, a, "last", buffer_as_slice(&l->clean)));
  }
  return STATUS_OK;
}

/* How long an engine that goes by lengths should make the edge: room for its label. */
static Status set_length(Looker *l, SketchEdge *out)
{
  if (l->out->straight) return STATUS_OK;
  const char *const label = sketch_get(&out->attributes, "label");
  double widest = 0, width = 0;
  bool tag = false;
  for (const char *c = label ? label : ""; *c; c++) {
    if (*c == '<') {
      tag = true;
      if (strncmp(c, "<BR", 3) == 0) width = 0;
    }
    if (!tag) width += 0.55 * 9;
    if (*c == '>') tag = false;
    widest = fmax(widest, width);
  }
  return sketch_set_number(l->out, &out->attributes, "len", 0.9 + widest / 72);
}

static Status edge_id(Looker *l, SketchEdge *out, const ViewEdge *edge)
{
  l->more.count = 0;
  TRY(buffer_slice(&l->more, key_of(&l->view->nodes[edge->from])));
  TRY(buffer_text(&l->more, "\n"));
  TRY(buffer_slice(&l->more, key_of(&l->view->nodes[edge->to])));
  if (l->view->level == VIEW_COUNTRY) TRY(buffer_printf(&l->more, "\n%u", edge->families));
  return set_id(l, &out->attributes, 'e', buffer_as_slice(&l->more));
}

static Status add_edge(Looker *l, const ViewEdge *edge)
{
  SketchEdge *out;
  l->more.count = 0;
  if (l->view->level == VIEW_COUNTRY)
    for (unsigned i = 0; i <= FAMILY_OTHER; i++)
      if (edge->families & 1u << i) TRY(buffer_text(&l->more, look_family_name((Family)i)));
  TRY(sketch_edge(&out, l->out, edge->from, edge->to, buffer_as_slice(&l->more)));
  TRY(set_line(l, out, edge));
  TRY(set_edge_label(l, out, edge));
  TRY(set_length(l, out));
  TRY(set_edge_tooltip(l, out, edge));
  TRY(set_facts(l, out, edge));
  TRY(edge_id(l, out, edge));
  const Slice document = edge->quote_count ? edge->quotes[0].document : SLICE_NONE;
  return l->options->link_template.len ? STATUS_OK : set_link(l, &out->attributes, document);
}

/* ---- the whole ---- */

static Status set_defaults(Looker *l)
{
  Sketch *const s = l->out;
  const NodeStyle *const person = &l->theme->nodes[ENTITY_PERSON];
  const struct {
    SketchAttributes *where;
    const char *name, *value;
  } defaults[] = {
      {&s->graph, "bgcolor", l->theme->background},
      {&s->graph, "charset", "UTF-8"},
      {&s->graph, "fontcolor", l->theme->text},
      {&s->graph, "fontname", LOOK_FONT},
      {&s->graph, "linelength", "0"},
      {&s->graph, "outputorder", "edgesfirst"},
      {&s->graph, "pad", "0.3"},
      {&s->node_defaults, "shape", person->shape},
      {&s->node_defaults, "style", person->style},
      {&s->node_defaults, "fillcolor", person->fill},
      {&s->node_defaults, "color", person->line},
      {&s->node_defaults, "fontcolor", person->text},
      {&s->edge_defaults, "color", l->theme->families[FAMILY_COOPERATION]},
      {&s->node_defaults, "fontname", LOOK_FONT},
      {&s->node_defaults, "height", "0.2"},
      {&s->node_defaults, "width", "0.4"},
      {&s->node_defaults, "margin", "0.13,0.07"},
      {&s->node_defaults, "penwidth", "1.1"},
      {&s->edge_defaults, "arrowsize", "0.6"},
      {&s->edge_defaults, "fontname", LOOK_FONT},
      {&s->edge_defaults, "fontsize", "9"},
  };
  for (size_t i = 0; i < sizeof defaults / sizeof *defaults; i++)
    TRY(sketch_set_text(s, defaults[i].where, defaults[i].name, defaults[i].value));
  return STATUS_OK;
}

static Status set_layout(Looker *l)
{
  Sketch *const s = l->out;
  const char *const layout = l->options->layout;
  const bool dot = strcmp(layout, "dot") == 0;
  s->straight = l->view->edge_count > 900;
  const struct {
    const char *name, *value;
  } settings[] = {
      {"layout", layout},
      {"splines", s->straight && !dot ? "line" : "true"},
      {"nodesep", dot ? "0.3" : NULL},
      {"ranksep", dot ? "0.7" : NULL},
      {"rankdir", dot ? "LR" : NULL},
      {"overlap", dot ? NULL : "prism"},
      {"sep", dot ? NULL : "+14,+10"},
      {"esep", dot ? NULL : "+5"},
      {"pack", dot ? NULL : "true"},
  };
  for (size_t i = 0; i < sizeof settings / sizeof *settings; i++)
    if (settings[i].value) TRY(sketch_set_text(s, &s->graph, settings[i].name, settings[i].value));
  return STATUS_OK;
}

static Status make(Looker *l)
{
  for (uint32_t i = 0; i < l->view->edge_count; i++)
    if (l->view->edges[i].count > l->heaviest) l->heaviest = l->view->edges[i].count;
  TRY(set_defaults(l));
  TRY(set_layout(l));
  for (uint32_t i = 0; i < l->view->node_count; i++) TRY(add_node(l, i));
  for (uint32_t i = 0; i < l->view->edge_count; i++) TRY(add_edge(l, &l->view->edges[i]));
  return STATUS_OK;
}

Status look_sketch(Sketch *out, const View *view, const LookOptions *options)
{
  *out = (Sketch){0};
  Looker l = {.out = out,
              .view = view,
              .options = options,
              .theme = look_theme(options->theme),
              .crowded = view->edge_count > CROWDED,
              .dates = view->edge_count <= FEW_FOR_DATES};
  const Status status = make(&l);
  buffer_clear(&l.text);
  buffer_clear(&l.clean);
  buffer_clear(&l.more);
  if (status) sketch_clear(out);
  return status;
}
