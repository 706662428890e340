/* Title, subtitle, note and legend: what a stranger must be told, in words and counts. */
#include "look.h"
#include "wording.h"

#define DOT_SIGN " \xC2\xB7 "

void look_legend(Legend *out, const View *view)
{
  *out = (Legend){0};
  for (uint32_t i = 0; i < view->node_count; i++) out->classes[view->nodes[i].class]++;
  for (uint32_t i = 0; i < view->edge_count; i++) {
    const ViewEdge *const edge = &view->edges[i];
    for (uint32_t j = 0; j < edge->part_count; j++) {
      const unsigned family = view->relations[edge->parts[j].relation].family;
      out->families[family <= FAMILY_OTHER ? family : FAMILY_OTHER] += edge->parts[j].total;
    }
    for (int j = 0; j < 4; j++) out->factualities[j] += edge->by_factuality[j];
    if (edge->count > out->heaviest) out->heaviest = edge->count;
    out->directed |= edge->forward || edge->backward;
  }
}

Status look_title(Buffer *out, const View *view, const LookOptions *options)
{
  if (options->title.len) return words_clean(out, options->title);
  bool first = true;
  for (uint32_t i = 0; i < view->node_count; i++) {
    if (!view->nodes[i].focus) continue;
    if (!first) TRY(buffer_text(out, ", "));
    TRY(words_clean(out, view->nodes[i].label));
    first = false;
  }
  if (!first) return buffer_text(out, ": dealings with others");
  return buffer_text(out, view->level == VIEW_COUNTRY ? "Which state deals with which"
                                                      : "Who deals with whom");
}

static Status add_count(Buffer *out, uint32_t count, const char *one, const char *many)
{
  return count ? buffer_printf(out, "%s%u %s", out->count ? DOT_SIGN : "", count,
                               count == 1 ? one : many)
               : STATUS_OK;
}

Status look_subtitle(Buffer *out, const View *view)
{
  uint32_t actors = 0;
  for (uint32_t i = 0; i < view->node_count; i++)
    actors += view->nodes[i].class <= ENTITY_ORGANIZATION;
  TRY(words_period(out, view->first, view->last));
  TRY(view->level == VIEW_COUNTRY ? add_count(out, actors, "state or bloc", "states and blocs")
                                  : add_count(out, actors, "actor", "actors"));
  TRY(add_count(out, view->situation_count, "event", "events"));
  return add_count(out, view->document_count, "document", "documents");
}

static const char *plural(uint32_t count)
{
  return count == 1 ? "" : "s";
}

Status look_note(Buffer *out, const View *view)
{
  if (view->edges_left_out) {
    const uint32_t all = view->edges_left_out + view->edge_count;
    TRY(buffer_printf(out, "The %u strongest of %u links", view->edge_count, all));
    if (view->nodes_left_out)
      TRY(buffer_printf(out, ", without %u node%s", view->nodes_left_out,
                        plural(view->nodes_left_out)));
  }
  if (view->details_left_out)
    TRY(buffer_printf(out, "%s %u link%s to things announced, agreed or criticised",
                      out->count ? "; without" : "Without", view->details_left_out,
                      plural(view->details_left_out)));
  return out->count ? buffer_text(out, ". --all shows all.") : STATUS_OK;
}

Status look_relations(Buffer *out, const View *view, const ViewEdge *edge)
{
  for (uint32_t i = 0; i < edge->part_count; i++) {
    if (i) TRY(buffer_text(out, " "));
    TRY(buffer_slice(out, view->relations[edge->parts[i].relation].schema.name));
  }
  return STATUS_OK;
}

Status look_families(Buffer *out, const ViewEdge *edge)
{
  bool first = true;
  for (unsigned i = 0; i <= FAMILY_OTHER; i++) {
    if (!(edge->families & 1u << i)) continue;
    TRY(buffer_printf(out, "%s%s", first ? "" : " ", look_family_name((Family)i)));
    first = false;
  }
  return STATUS_OK;
}

/* ---- for DOT, whose layout is not ours: the label of the graph ---- */

static Status add_line(Buffer *out, const char *open, Slice text, const char *close)
{
  if (!text.len) return STATUS_OK;
  TRY(buffer_text(out, open));
  TRY(words_html(out, text));
  return buffer_text(out, close);
}

static Status add_entries(Buffer *out, const Legend *legend, const Theme *theme)
{
  for (int i = 0; i <= FAMILY_OTHER; i++)
    if (legend->families[i])
      TRY(buffer_printf(out, "<FONT COLOR=\"%s\">\xE2\x96\xA0 </FONT>%s %u   ", theme->families[i],
                        look_family_name((Family)i), legend->families[i]));
  static const char *const lines[] = {"", "dashed: planned", "dotted: possible",
                                      "grey, barred: denied"};
  for (int i = FACTUALITY_PLANNED; i <= FACTUALITY_DENIED; i++)
    if (legend->factualities[i])
      TRY(buffer_printf(out, "%s %u   ", lines[i], legend->factualities[i]));
  return STATUS_OK;
}

Status look_graph_label(Buffer *out, const View *view, const LookOptions *options)
{
  Buffer text = BUFFER_EMPTY;
  Legend legend;
  look_legend(&legend, view);
  Status status = look_title(&text, view, options);
  if (!status)
    status = add_line(out, "<FONT POINT-SIZE=\"20\"><B>", buffer_as_slice(&text), "</B></FONT>");
  text.count = 0;
  if (!status) status = look_subtitle(&text, view);
  if (!status) status = add_line(out, "<BR/><FONT POINT-SIZE=\"11\">", buffer_as_slice(&text), "");
  text.count = 0;
  if (!status) status = buffer_text(out, "<BR/>");
  if (!status) status = add_entries(out, &legend, look_theme(options->theme));
  if (!status) status = look_note(&text, view);
  if (!status) status = add_line(out, "<BR/>", buffer_as_slice(&text), "");
  buffer_clear(&text);
  return status ? status : buffer_text(out, "</FONT>");
}
