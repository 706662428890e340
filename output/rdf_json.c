/* RDF/JSON (W3C note of 2013), by hand: raptor writes characters beyond the Basic Multilingual
   Plane with an escape that JSON does not have. */
#include "order.h"

#include "output/json.h"

#define BLOCK ((size_t)1 << 16)

static Status add_name(Buffer *out, const Order *order, TermId id)
{
  const Term term = graph_term(order->graph, id);
  return json_add_string(out, term.kind == TERM_IRI ? term.text : order_token(order, id));
}

static Status add_value(Buffer *out, const Order *order, TermId id)
{
  static const char *const types[] = {
      [TERM_IRI] = "uri", [TERM_LITERAL] = "literal", [TERM_BLANK] = "bnode"};
  const Term term = graph_term(order->graph, id);
  TRY(buffer_text(out, "{\"type\": \""));
  TRY(buffer_text(out, types[term.kind]));
  TRY(buffer_text(out, "\", \"value\": "));
  TRY(term.kind == TERM_LITERAL ? json_add_string(out, term.text) : add_name(out, order, id));
  if (term.language.len) {
    TRY(buffer_text(out, ", \"lang\": "));
    TRY(json_add_string(out, term.language));
  } else if (term.datatype != TERM_ANY) {
    TRY(buffer_text(out, ", \"datatype\": "));
    TRY(json_add_string(out, graph_term(order->graph, term.datatype).text));
  }
  return buffer_text(out, "}");
}

/* Everything up to the value: what is the same as in the statement before is not said again. */
static Status add_keys(Buffer *out, const Order *order, size_t at)
{
  const Quad *const q = &order->quads[at];
  const bool same_subject = at > 0 && q[-1].subject == q->subject;
  if (same_subject && q[-1].predicate == q->predicate) return buffer_text(out, ", ");
  if (same_subject) {
    TRY(buffer_text(out, "],\n    "));
  } else {
    TRY(buffer_text(out, at > 0 ? "]\n  },\n  " : "\n  "));
    TRY(add_name(out, order, q->subject));
    TRY(buffer_text(out, ": {\n    "));
  }
  TRY(add_name(out, order, q->predicate));
  return buffer_text(out, ": [");
}

static Status write_all(const Sink *sink, const Order *order, Buffer *block)
{
  TRY(buffer_text(block, "{"));
  for (size_t i = 0; i < order->count; i++) {
    TRY(add_keys(block, order, i));
    TRY(add_value(block, order, order->quads[i].object));
    if (block->count < BLOCK) continue;
    TRY(sink_write(sink, block->bytes, block->count));
    block->count = 0;
  }
  TRY(buffer_text(block, order->count ? "]\n  }\n}\n" : "}\n"));
  return sink_write(sink, block->bytes, block->count);
}

Status rdf_json_write(const Sink *sink, Graph *graph, const RdfWriteOptions *options,
                      const Report *report)
{
  Order order;
  TRY(order_new(&order, graph, ORDER_UNION | ORDER_READABLE, options, report));
  Buffer block = BUFFER_EMPTY;
  const Status status = write_all(sink, &order, &block);
  buffer_clear(&block);
  order_clear(&order);
  return status;
}
