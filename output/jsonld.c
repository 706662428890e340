/* JSON-LD 1.1, written by hand: a context with the prefixes in use and a type for each predicate
   whose objects are all IRIs or all of one datatype, then one node object for each subject, those
   of a named graph inside the node of its name. Values that such a term would coerce are written
   plain; all else is an explicit value object, so that expansion gives back the very statements. */
#include "order.h"

#include "graph/legal.h"
#include "graph/memory.h"
#include "output/json.h"

#define MOST_PREFIXES 64u

/* What a predicate's term says of its objects in the context. */
enum { OBJECTS_MIXED, OBJECTS_NODES, OBJECTS_TYPED, OBJECTS_PLAIN };

typedef struct Coercion {
  unsigned char kind; /* OBJECTS_… */
  bool used;
  TermId datatype; /* of OBJECTS_TYPED */
} Coercion;

typedef struct JsonWriter {
  const Sink *sink;
  const Order *order;
  Buffer block;
  Prefix prefixes[MOST_PREFIXES];
  bool used[MOST_PREFIXES];
  size_t prefix_count;
  Coercion *coercions; /* by predicate */
  TermId type;
} JsonWriter;

/* ---- JSON ---- */

static Status put(JsonWriter *w, const char *bytes, size_t count)
{
  TRY(buffer_add(&w->block, bytes, count));
  if (w->block.count < (size_t)1 << 16) return STATUS_OK;
  TRY(sink_write(w->sink, w->block.bytes, w->block.count));
  w->block.count = 0;
  return STATUS_OK;
}

static Status put_text(JsonWriter *w, const char *text)
{
  return put(w, text, strlen(text));
}

static Status put_escaped(JsonWriter *w, Slice text)
{
  TRY(json_add_escaped(&w->block, text));
  return put(w, "", 0);
}

static Status put_string(JsonWriter *w, Slice text)
{
  TRY(json_add_string(&w->block, text));
  return put(w, "", 0);
}

/* ---- IRIs ---- */

static void add_prefixes(JsonWriter *w, const RdfWriteOptions *options)
{
  size_t count;
  const Prefix *const ours = prefixes(&count);
  for (size_t i = 0; i < count; i++) {
    w->prefixes[i] = ours[i];
    if (slice_is(ours[i].name, "id") && options && options->base.len) {
      w->prefixes[i].iri = options->base;
    }
  }
  w->prefix_count = count;
}

/* A compact IRI must not look like one with an authority ("id://x"). */
static size_t prefix_of(const JsonWriter *w, Slice iri)
{
  size_t best = MOST_PREFIXES;
  for (size_t i = 0; i < w->prefix_count; i++) {
    const Slice space = w->prefixes[i].iri;
    if (space.len >= iri.len || memcmp(space.ptr, iri.ptr, space.len) != 0) continue;
    if (best == MOST_PREFIXES || space.len > w->prefixes[best].iri.len) best = i;
  }
  if (best == MOST_PREFIXES) return best;
  const Slice local = slice_part(iri, w->prefixes[best].iri.len, iri.len);
  const char last = w->prefixes[best].iri.ptr[w->prefixes[best].iri.len - 1];
  const bool good = (last == '/' || last == '#' || last == ':') && !slice_starts(local, "//");
  return good ? best : MOST_PREFIXES;
}

/* An absolute IRI whose scheme is one of our prefixes would be expanded: it gets none of ours. */
static Status put_iri(JsonWriter *w, Slice iri)
{
  const size_t prefix = prefix_of(w, iri);
  if (prefix == MOST_PREFIXES) return put_string(w, iri);
  TRY(put_text(w, "\""));
  TRY(put_escaped(w, w->prefixes[prefix].name));
  TRY(put_text(w, ":"));
  TRY(put_escaped(w, slice_part(iri, w->prefixes[prefix].iri.len, iri.len)));
  return put_text(w, "\"");
}

static Slice text_of(const JsonWriter *w, TermId id)
{
  return graph_term(w->order->graph, id).text;
}

static Status put_node_name(JsonWriter *w, TermId id)
{
  if (graph_term(w->order->graph, id).kind == TERM_IRI) return put_iri(w, text_of(w, id));
  return put_string(w, order_token(w->order, id));
}

/* ---- the context ---- */

static void note_prefix(JsonWriter *w, TermId id)
{
  const Term term = graph_term(w->order->graph, id);
  if (term.kind == TERM_BLANK) return;
  if (term.kind == TERM_LITERAL) {
    if (term.datatype != TERM_ANY) note_prefix(w, term.datatype);
    return;
  }
  const size_t prefix = prefix_of(w, term.text);
  if (prefix != MOST_PREFIXES) w->used[prefix] = true;
}

/* An IRI such as "id:x" or "ent:y" in the data would be taken for a compact one: then the prefix of
   that name is not declared at all. */
static void drop_clashing(JsonWriter *w)
{
  for (TermId id = 1; id <= w->order->term_count; id++) {
    const Slice token = order_token(w->order, id);
    if (token.len < 3 || token.ptr[0] != '<') continue;
    const Slice iri = slice_part(token, 1, token.len - 1);
    for (size_t i = 0; i < w->prefix_count; i++) {
      const Slice name = w->prefixes[i].name;
      if (iri.len > name.len && iri.ptr[name.len] == ':' &&
          memcmp(iri.ptr, name.ptr, name.len) == 0) {
        w->prefixes[i] = w->prefixes[--w->prefix_count];
        break;
      }
    }
  }
}

static unsigned char kind_of(const Term *object)
{
  if (object->kind != TERM_LITERAL) return OBJECTS_NODES;
  if (object->datatype != TERM_ANY) return OBJECTS_TYPED;
  return object->language.len ? OBJECTS_MIXED : OBJECTS_PLAIN;
}

static void note_object(JsonWriter *w, const Quad *quad)
{
  Coercion *const coercion = &w->coercions[quad->predicate];
  const Term object = graph_term(w->order->graph, quad->object);
  const unsigned char kind = kind_of(&object);
  if (!coercion->used) {
    *coercion = (Coercion){kind, true, object.datatype};
  } else if (coercion->kind != kind || coercion->datatype != object.datatype) {
    coercion->kind = OBJECTS_MIXED;
  }
}

static void survey(JsonWriter *w)
{
  drop_clashing(w);
  for (size_t i = 0; i < w->order->count; i++) {
    const Quad *const q = &w->order->quads[i];
    note_prefix(w, q->subject);
    note_prefix(w, q->predicate);
    note_prefix(w, q->object);
    if (q->graph != TERM_ANY) note_prefix(w, q->graph);
    if (q->predicate != w->type) note_object(w, q);
  }
}

static Status put_coercion(JsonWriter *w, TermId predicate)
{
  const Coercion *const coercion = &w->coercions[predicate];
  TRY(put_text(w, ",\n    "));
  TRY(put_iri(w, text_of(w, predicate)));
  TRY(put_text(w, ": {\"@id\": "));
  TRY(put_string(w, text_of(w, predicate)));
  TRY(put_text(w, ", \"@type\": "));
  TRY(coercion->kind == OBJECTS_NODES ? put_text(w, "\"@id\"")
                                      : put_iri(w, text_of(w, coercion->datatype)));
  return put_text(w, "}");
}

/* Predicates in the order of their forms, so that the context is the same every time. */
static Status put_coercions(JsonWriter *w)
{
  TermId *const ids = memory_array(NULL, 0, w->order->term_count + 1, sizeof *ids);
  if (!ids) return STATUS_MEMORY;
  size_t count = 0;
  for (TermId id = 1; id <= w->order->term_count; id++) {
    const unsigned char kind = w->coercions[id].kind;
    if (!w->coercions[id].used || (kind != OBJECTS_NODES && kind != OBJECTS_TYPED)) continue;
    size_t at = count++;
    for (;
         at > 0 && slice_compare(order_token(w->order, ids[at - 1]), order_token(w->order, id)) > 0;
         at--) {
      ids[at] = ids[at - 1];
    }
    ids[at] = id;
  }
  Status status = STATUS_OK;
  for (size_t i = 0; i < count && status == STATUS_OK; i++) status = put_coercion(w, ids[i]);
  memory_free(ids, (w->order->term_count + 1) * sizeof *ids);
  return status;
}

static Status put_context(JsonWriter *w)
{
  TRY(put_text(w, "{\n  \"@context\": {\n    \"@version\": 1.1"));
  for (size_t i = 0; i < w->prefix_count; i++) {
    if (!w->used[i]) continue;
    TRY(put_text(w, ",\n    "));
    TRY(put_string(w, w->prefixes[i].name));
    TRY(put_text(w, ": "));
    TRY(put_string(w, w->prefixes[i].iri));
  }
  TRY(put_coercions(w));
  return put_text(w, "\n  },\n  \"@graph\": [");
}

/* ---- nodes ---- */

static Status put_literal(JsonWriter *w, const Term *term, unsigned char coerced)
{
  const bool bare = coerced == OBJECTS_TYPED ||
                    (term->datatype == TERM_ANY && !term->language.len && coerced != OBJECTS_NODES);
  if (bare) return put_string(w, term->text);
  TRY(put_text(w, "{\"@value\": "));
  TRY(put_string(w, term->text));
  if (term->language.len) {
    TRY(put_text(w, ", \"@language\": "));
    TRY(put_string(w, term->language));
  } else if (term->datatype != TERM_ANY) {
    TRY(put_text(w, ", \"@type\": "));
    TRY(put_iri(w, text_of(w, term->datatype)));
  }
  return put_text(w, "}");
}

static Status put_object(JsonWriter *w, const Quad *quad)
{
  const Term term = graph_term(w->order->graph, quad->object);
  const unsigned char coerced = w->coercions[quad->predicate].kind;
  if (term.kind == TERM_LITERAL) return put_literal(w, &term, coerced);
  if (quad->predicate == w->type || coerced == OBJECTS_NODES) return put_node_name(w, quad->object);
  TRY(put_text(w, "{\"@id\": "));
  TRY(put_node_name(w, quad->object));
  return put_text(w, "}");
}

static Status indent(JsonWriter *w, unsigned depth)
{
  TRY(put_text(w, "\n"));
  for (unsigned i = 0; i < depth; i++) TRY(put_text(w, "  "));
  return STATUS_OK;
}

static bool same_node(const Quad *a, const Quad *b)
{
  return a->subject == b->subject && a->graph == b->graph;
}

/* Can this rdf:type be said with @type? Not if the object is a literal: then as any other. */
static bool said_as_type(const JsonWriter *w, const Quad *quad)
{
  return quad->predicate == w->type &&
         graph_term(w->order->graph, quad->object).kind != TERM_LITERAL;
}

static bool same_key(const JsonWriter *w, const Quad *a, const Quad *b)
{
  return a->predicate == b->predicate && said_as_type(w, a) == said_as_type(w, b);
}

/* One key with its value or values; *AT goes behind the last of them. */
static Status put_property(JsonWriter *w, size_t *at, size_t end, unsigned depth)
{
  const Quad *const q = w->order->quads;
  size_t last = *at + 1;
  while (last < end && same_key(w, &q[last], &q[*at])) last++;
  TRY(put_text(w, ","));
  TRY(indent(w, depth));
  TRY(said_as_type(w, &q[*at]) ? put_text(w, "\"@type\"")
                               : put_iri(w, text_of(w, q[*at].predicate)));
  TRY(put_text(w, last - *at > 1 ? ": [" : ": "));
  const size_t first = *at;
  for (; *at < last; ++*at) {
    if (*at > first) TRY(put_text(w, ", "));
    TRY(put_object(w, &q[*at]));
  }
  return put_text(w, last - first > 1 ? "]" : "");
}

static Status put_node(JsonWriter *w, size_t *at, unsigned depth)
{
  const Quad *const q = w->order->quads;
  size_t end = *at + 1;
  while (end < w->order->count && same_node(&q[end], &q[*at])) end++;
  TRY(indent(w, depth));
  TRY(put_text(w, "{\"@id\": "));
  TRY(put_node_name(w, q[*at].subject));
  while (*at < end) TRY(put_property(w, at, end, depth + 1));
  return put_text(w, "}");
}

static Status put_graph(JsonWriter *w, size_t *at)
{
  const Quad *const q = w->order->quads;
  const TermId graph = q[*at].graph;
  TRY(indent(w, 2));
  TRY(put_text(w, "{\"@id\": "));
  TRY(put_node_name(w, graph));
  TRY(put_text(w, ", \"@graph\": ["));
  for (bool first = true; *at < w->order->count && q[*at].graph == graph; first = false) {
    if (!first) TRY(put_text(w, ","));
    TRY(put_node(w, at, 3));
  }
  return put_text(w, "]}");
}

static Status write_all(JsonWriter *w)
{
  survey(w);
  TRY(put_context(w));
  for (size_t at = 0; at < w->order->count;) {
    if (at > 0) TRY(put_text(w, ","));
    TRY(w->order->quads[at].graph == TERM_ANY ? put_node(w, &at, 2) : put_graph(w, &at));
  }
  TRY(put_text(w, "\n  ]\n}\n"));
  return sink_write(w->sink, w->block.bytes, w->block.count);
}

Status jsonld_write(const Sink *sink, Graph *graph, const RdfWriteOptions *options,
                    const Report *report)
{
  Order order;
  TRY(order_new(&order, graph, ORDER_GRAPH_FIRST | ORDER_READABLE, options, report));
  JsonWriter w = {.sink = sink, .order = &order};
  add_prefixes(&w, options);
  w.type = graph_find_iri(graph, SLICE(RDF "type"));
  const size_t size = (order.term_count + 1) * sizeof *w.coercions;
  w.coercions = memory_zero(size);
  const Status status = w.coercions ? write_all(&w) : STATUS_MEMORY;
  memory_free(w.coercions, size);
  buffer_clear(&w.block);
  order_clear(&order);
  return status;
}
