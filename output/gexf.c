/* GEXF 1.2draft (https://gexf.net/): what a view shows, with dates for Gephi's timeline: an edge
   lives from its first to its last date. Dates must be whole days there, so that a month or a year
   is widened to its first or last day. All edges are directed, since some readers do not take both
   kinds in one graph; "direction" says which are not. */
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

static Status add_value(Buffer *out, const char *key, Slice text)
{
  if (!text.len) return STATUS_OK;
  TRY(buffer_printf(out, "          <attvalue for=\"%s\" value=\"", key));
  TRY(add_clean(out, text));
  return buffer_text(out, "\"/>\n");
}

static Status add_count(Buffer *out, const char *key, uint32_t count)
{
  return buffer_printf(out, "          <attvalue for=\"%s\" value=\"%u\"/>\n", key, count);
}

static unsigned digits(Slice date, size_t start, size_t end)
{
  unsigned number = 0;
  for (size_t i = start; i < end && i < date.len; i++) {
    const unsigned digit = (unsigned)(date.ptr[i] - '0');
    if (digit > 9) return 0;
    number = number * 10 + digit;
  }
  return number;
}

static unsigned days_in(unsigned year, unsigned month)
{
  static const unsigned char days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
  return month == 2 && leap ? 29 : days[month - 1];
}

/* Append NAME="2023-01-31" for DATE ("2023-01") widened to its start or its end. */
static Status add_day(Buffer *out, const char *name, Slice date, bool end)
{
  const unsigned year = digits(date, 0, 4);
  unsigned month = digits(date, 5, 7), day = digits(date, 8, 10);
  if (!year || month > 12 || day > 31) return STATUS_OK;
  if (!month) month = end ? 12 : 1;
  if (!day) day = end ? days_in(year, month) : 1;
  return buffer_printf(out, " %s=\"%04u-%02u-%02u\"", name, year, month, day);
}

static Status add_attributes(Buffer *out)
{
  static const char *const keys[][3] = {
      {"node", "class", "string"},     {"node", "iri", "string"},
      {"node", "office", "string"},    {"node", "state", "string"},
      {"node", "links", "integer"},    {"edge", "relations", "string"},
      {"edge", "family", "string"},    {"edge", "direction", "string"},
      {"edge", "actual", "integer"},   {"edge", "planned", "integer"},
      {"edge", "possible", "integer"}, {"edge", "denied", "integer"},
      {"edge", "quote", "string"},     {"edge", "document", "string"},
  };
  for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
    const bool first = i == 0 || keys[i][0] != keys[i - 1][0];
    if (first && i) TRY(buffer_text(out, "    </attributes>\n"));
    if (first) TRY(buffer_printf(out, "    <attributes class=\"%s\">\n", keys[i][0]));
    TRY(buffer_printf(out, "      <attribute id=\"%s\" title=\"%s\" type=\"%s\"/>\n", keys[i][1],
                      keys[i][1], keys[i][2]));
  }
  return buffer_text(out, "    </attributes>\n");
}

static Status add_node(Buffer *out, const ViewNode *node, uint32_t index)
{
  TRY(buffer_printf(out, "      <node id=\"n%u\" label=\"", index));
  TRY(add_clean(out, node->label));
  TRY(buffer_text(out, "\">\n        <attvalues>\n"));
  TRY(add_value(out, "class", slice_of(entity_class_name(node->class))));
  TRY(add_value(out, "iri", node->iri));
  TRY(add_value(out, "office", node->office));
  TRY(add_value(out, "state", node->state));
  TRY(add_count(out, "links", node->weight));
  return buffer_text(out, "        </attvalues>\n      </node>\n");
}

static Status open_edge(Buffer *out, const ViewEdge *edge, uint32_t index)
{
  const bool turn = edge->backward && !edge->forward;
  TRY(buffer_printf(out, "      <edge id=\"e%u\" source=\"n%u\" target=\"n%u\"", index,
                    turn ? edge->to : edge->from, turn ? edge->from : edge->to));
  TRY(buffer_printf(out, " weight=\"%u\"", edge->count));
  if (edge->first.len) TRY(add_day(out, "start", edge->first, false));
  if (edge->last.len) TRY(add_day(out, "end", edge->last, true));
  return STATUS_OK;
}

static const char *direction_of(const ViewEdge *edge)
{
  if (edge->forward && edge->backward) return "both";
  return edge->forward || edge->backward ? "forward" : "none";
}

static Status add_edge(Buffer *out, Buffer *text, const View *view, const ViewEdge *edge,
                       uint32_t index)
{
  TRY(open_edge(out, edge, index));
  text->count = 0;
  TRY(look_relations(text, view, edge));
  TRY(buffer_text(out, " label=\""));
  TRY(add_clean(out, buffer_as_slice(text)));
  TRY(buffer_text(out, "\">\n        <attvalues>\n"));
  TRY(add_value(out, "relations", buffer_as_slice(text)));
  text->count = 0;
  TRY(look_families(text, edge));
  TRY(add_value(out, "family", buffer_as_slice(text)));
  TRY(add_value(out, "direction", slice_of(direction_of(edge))));
  for (int i = 0; i < 4; i++)
    TRY(add_count(out, factuality_name((Factuality)i), edge->by_factuality[i]));
  if (edge->quote_count) {
    TRY(add_value(out, "quote", edge->quotes[0].text));
    TRY(add_value(out, "document", edge->quotes[0].document));
  }
  return buffer_text(out, "        </attvalues>\n      </edge>\n");
}

static Status add_graph(Buffer *out, Buffer *text, const View *view)
{
  TRY(buffer_text(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                       "<gexf xmlns=\"http://www.gexf.net/1.2draft\" version=\"1.2\">\n"
                       "  <graph mode=\"dynamic\" defaultedgetype=\"directed\" "
                       "timeformat=\"date\">\n"));
  TRY(add_attributes(out));
  TRY(buffer_text(out, "    <nodes>\n"));
  for (uint32_t i = 0; i < view->node_count; i++) TRY(add_node(out, &view->nodes[i], i));
  TRY(buffer_text(out, "    </nodes>\n    <edges>\n"));
  for (uint32_t i = 0; i < view->edge_count; i++)
    TRY(add_edge(out, text, view, &view->edges[i], i));
  return buffer_text(out, "    </edges>\n  </graph>\n</gexf>\n");
}

Status gexf_write(Buffer *out, const View *view)
{
  Buffer text = BUFFER_EMPTY;
  const Status status = add_graph(out, &text, view);
  buffer_clear(&text);
  return status;
}
