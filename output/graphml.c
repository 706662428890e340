/* GraphML (http://graphml.graphdrawing.org/): a mixed graph of what a view shows; nodes and edges
   carry the facts as data, no look. */
#include "draw.h"
#include "wording.h"

static Status add_clean(Buffer *out, Slice text)
{
  Buffer clean = BUFFER_EMPTY;
  Status status = words_clean(&clean, text);
  if (!status) status = words_xml(out, buffer_as_slice(&clean));
  buffer_clear(&clean);
  return status;
}

static Status add_data(Buffer *out, const char *key, Slice text)
{
  if (!text.len) return STATUS_OK;
  TRY(buffer_printf(out, "      <data key=\"%s\">", key));
  TRY(add_clean(out, text));
  return buffer_text(out, "</data>\n");
}

static Status add_count(Buffer *out, const char *key, uint32_t count)
{
  return buffer_printf(out, "      <data key=\"%s\">%u</data>\n", key, count);
}

static Status add_keys(Buffer *out)
{
  static const char *const keys[][3] = {
      {"node", "label", "string"},     {"node", "class", "string"},
      {"node", "iri", "string"},       {"node", "office", "string"},
      {"node", "state", "string"},     {"node", "weight", "int"},
      {"edge", "relations", "string"}, {"edge", "family", "string"},
      {"edge", "count", "int"},        {"edge", "actual", "int"},
      {"edge", "planned", "int"},      {"edge", "possible", "int"},
      {"edge", "denied", "int"},       {"edge", "first", "string"},
      {"edge", "last", "string"},      {"edge", "quote", "string"},
      {"edge", "document", "string"},  {"edge", "direction", "string"},
  };
  for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
    TRY(buffer_printf(out, "  <key id=\"%c_%s\" for=\"%s\" attr.name=\"%s\" attr.type=\"%s\"/>\n",
                      keys[i][0][0], keys[i][1], keys[i][0], keys[i][1], keys[i][2]));
  return STATUS_OK;
}

static Status add_node(Buffer *out, const ViewNode *node, uint32_t index)
{
  TRY(buffer_printf(out, "    <node id=\"n%u\">\n", index));
  TRY(add_data(out, "n_label", node->label));
  TRY(add_data(out, "n_class", slice_of(entity_class_name(node->class))));
  TRY(add_data(out, "n_iri", node->iri));
  TRY(add_data(out, "n_office", node->office));
  TRY(add_data(out, "n_state", node->state));
  TRY(add_count(out, "n_weight", node->weight));
  return buffer_text(out, "    </node>\n");
}

static const char *direction_of(const ViewEdge *edge)
{
  if (edge->forward) return edge->backward ? "both" : "forward";
  return edge->backward ? "backward" : "none";
}

static Status add_edge(Buffer *out, Buffer *text, const View *view, const ViewEdge *edge,
                       uint32_t index)
{
  static const char *const counts[] = {"e_actual", "e_planned", "e_possible", "e_denied"};
  TRY(buffer_printf(out, "    <edge id=\"e%u\" source=\"n%u\" target=\"n%u\">\n", index, edge->from,
                    edge->to));
  text->count = 0;
  TRY(look_relations(text, view, edge));
  TRY(add_data(out, "e_relations", buffer_as_slice(text)));
  text->count = 0;
  TRY(look_families(text, edge));
  TRY(add_data(out, "e_family", buffer_as_slice(text)));
  TRY(add_data(out, "e_direction", slice_of(direction_of(edge))));
  TRY(add_count(out, "e_count", edge->count));
  for (int i = 0; i < 4; i++) TRY(add_count(out, counts[i], edge->by_factuality[i]));
  TRY(add_data(out, "e_first", edge->first));
  TRY(add_data(out, "e_last", edge->last));
  if (edge->quote_count) {
    TRY(add_data(out, "e_quote", edge->quotes[0].text));
    TRY(add_data(out, "e_document", edge->quotes[0].document));
  }
  return buffer_text(out, "    </edge>\n");
}

static Status add_graph(Buffer *out, Buffer *text, const View *view)
{
  TRY(buffer_text(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                       "<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">\n"));
  TRY(add_keys(out));
  TRY(buffer_text(out, "  <graph id=\"entente\" edgedefault=\"directed\">\n"));
  for (uint32_t i = 0; i < view->node_count; i++) TRY(add_node(out, &view->nodes[i], i));
  for (uint32_t i = 0; i < view->edge_count; i++)
    TRY(add_edge(out, text, view, &view->edges[i], i));
  return buffer_text(out, "  </graph>\n</graphml>\n");
}

Status graphml_write(Buffer *out, const View *view)
{
  Buffer text = BUFFER_EMPTY;
  const Status status = add_graph(out, &text, view);
  buffer_clear(&text);
  return status;
}
