/* RDF/XML through raptor; the only file of output/ that includes it. What RDF/XML has
   no way to say is found before anything is written: predicates that do not end in an XML name,
   characters outside XML 1.0, XML literals with markup (raptor would write them as they are). */
#include "order.h"

#include "graph/legal.h"
#include "graph/memory.h"
#include "graph/unicode.h"

#include <raptor2.h>

typedef struct RaptorWriter {
  const Sink *sink;
  const Order *order;
  raptor_world *world;
  raptor_serializer *serializer;
  raptor_iostream *stream;
  const RdfWriteOptions *options;
  const Report *report;
  Buffer label;  /* scratch */
  Status status; /* of the first failure */
} RaptorWriter;

/* ---- what RDF/XML cannot say ---- */

static bool is_xml_name_part(uint32_t c, bool first)
{
  if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_') return true;
  return !first && ((c >= '0' && c <= '9') || c == '-' || c == '.');
}

/* Does the IRI end in a name that an element can have, with something before it? ASCII names only,
   as raptor splits no others. */
static bool ends_in_name(Slice iri)
{
  size_t start = iri.len;
  while (start > 0 && is_xml_name_part((unsigned char)iri.ptr[start - 1], false)) start--;
  while (start < iri.len && !is_xml_name_part((unsigned char)iri.ptr[start], true)) start++;
  return start > 0 && start < iri.len;
}

static const char *unsayable_in_xml(const Graph *graph, const Quad *quad)
{
  if (!ends_in_name(graph_term(graph, quad->predicate).text)) {
    return "a predicate that does not end in an XML name";
  }
  const Term object = graph_term(graph, quad->object);
  if (object.kind != TERM_LITERAL) return NULL;
  const char *const reason = illegal_xml_text(object.text);
  if (reason || object.datatype == TERM_ANY) return reason;
  const bool markup = object.text.len && (memchr(object.text.ptr, '<', object.text.len) ||
                                          memchr(object.text.ptr, '&', object.text.len));
  const bool xml = slice_is(graph_term(graph, object.datatype).text, RDF "XMLLiteral");
  return xml && markup ? "an XML literal with markup" : NULL;
}

/* Leave out, or complain about, what XML cannot hold. */
static Status keep_sayable(Order *order, const RdfWriteOptions *options, const Report *report)
{
  const bool skip = options && options->skip_bad;
  size_t kept = 0;
  for (size_t i = 0; i < order->count; i++) {
    const char *const reason = unsayable_in_xml(order->graph, &order->quads[i]);
    if (!reason) {
      order->quads[kept++] = order->quads[i];
      continue;
    }
    order_complain(order, order->quads[i], reason, skip ? SEVERITY_WARNING : SEVERITY_ERROR,
                   options, report);
    if (!skip) return STATUS_INPUT;
    if (options->skipped) ++*options->skipped;
  }
  order->count = kept;
  return STATUS_OK;
}

/* ---- raptor's side ---- */

static void take_log(void *handle, raptor_log_message *message)
{
  RaptorWriter *const w = handle;
  if (message->level < RAPTOR_LOG_LEVEL_ERROR || w->status != STATUS_OK) return;
  w->status = STATUS_INTERNAL;
  report(w->report, SEVERITY_ERROR, w->options ? w->options->file : NULL, 0, 0, "%s",
         message->text);
}

static int write_bytes(void *handle, const void *bytes, size_t size, size_t count)
{
  RaptorWriter *const w = handle;
  if (w->status != STATUS_OK) return 0;
  w->status = sink_write(w->sink, bytes, size * count);
  return w->status == STATUS_OK ? (int)count : 0;
}

static int write_byte(void *handle, const int byte)
{
  const char c = (char)byte;
  return write_bytes(handle, &c, 1, 1) == 1 ? 0 : 1;
}

static const raptor_iostream_handler handler = {
    .version = 2, .write_byte = write_byte, .write_bytes = write_bytes};

/* ---- terms ---- */

static const unsigned char *bytes_of(Slice text)
{
  return (const unsigned char *)(text.ptr ? text.ptr : "");
}

static raptor_uri *new_uri(RaptorWriter *w, Slice iri)
{
  return raptor_new_uri_from_counted_string(w->world, bytes_of(iri), iri.len);
}

static raptor_term *new_iri(RaptorWriter *w, Slice iri)
{
  raptor_uri *const uri = new_uri(w, iri);
  raptor_term *const term = uri ? raptor_new_term_from_uri(w->world, uri) : NULL;
  if (uri) raptor_free_uri(uri);
  return term;
}

/* A label has to be an XML name: "n_" goes before what begins otherwise, and before "n_". */
static raptor_term *new_blank(RaptorWriter *w, Slice token)
{
  const Slice label = slice_part(token, 2, token.len);
  const bool plain = is_xml_name_part((unsigned char)label.ptr[0], true);
  w->label.count = 0;
  if (buffer_add(&w->label, "n_", !plain || slice_starts(label, "n_") ? 2 : 0) != STATUS_OK ||
      buffer_slice(&w->label, label) != STATUS_OK) {
    return NULL;
  }
  return raptor_new_term_from_counted_blank(w->world, bytes_of(buffer_as_slice(&w->label)),
                                            w->label.count);
}

/* Raptor copies a language up to its NUL, whatever length it is told. */
static raptor_term *new_literal(RaptorWriter *w, const Term *term)
{
  w->label.count = 0;
  if (buffer_slice(&w->label, term->language) != STATUS_OK) return NULL;
  raptor_uri *datatype = NULL;
  if (term->datatype != TERM_ANY) {
    datatype = new_uri(w, graph_term(w->order->graph, term->datatype).text);
    if (!datatype) return NULL;
  }
  raptor_term *const made = raptor_new_term_from_counted_literal(
      w->world, bytes_of(term->text), term->text.len, datatype,
      term->language.len ? bytes_of(buffer_as_slice(&w->label)) : NULL,
      (unsigned char)term->language.len);
  if (datatype) raptor_free_uri(datatype);
  return made;
}

static raptor_term *new_term(RaptorWriter *w, TermId id)
{
  const Term term = graph_term(w->order->graph, id);
  switch (term.kind) {
  case TERM_IRI:
    return new_iri(w, term.text);
  case TERM_BLANK:
    return new_blank(w, order_token(w->order, id));
  case TERM_LITERAL:
    return new_literal(w, &term);
  }
  return NULL;
}

static Status write_statement(RaptorWriter *w, const Quad *quad)
{
  raptor_statement statement;
  raptor_statement_init(&statement, w->world);
  statement.subject = new_term(w, quad->subject);
  statement.predicate = new_term(w, quad->predicate);
  statement.object = new_term(w, quad->object);
  int failed = 1;
  if (statement.subject && statement.predicate && statement.object) {
    failed = raptor_serializer_serialize_statement(w->serializer, &statement);
    if (failed && w->status == STATUS_OK) w->status = STATUS_INTERNAL;
  } else if (w->status == STATUS_OK) {
    w->status = STATUS_MEMORY;
  }
  raptor_statement_clear(&statement);
  return w->status;
}

/* ---- running ---- */

static Status name_prefix(RaptorWriter *w, const Prefix *prefix)
{
  char name[32];
  if (prefix->name.len >= sizeof name || illegal_iri(prefix->iri)) return STATUS_OK;
  if (prefix->name.len) memcpy(name, prefix->name.ptr, prefix->name.len);
  name[prefix->name.len] = '\0';
  raptor_uri *const uri = new_uri(w, prefix->iri);
  if (!uri) return STATUS_MEMORY;
  raptor_serializer_set_namespace(w->serializer, uri, (const unsigned char *)name);
  raptor_free_uri(uri);
  return STATUS_OK;
}

/* Of the predeclared prefixes those of predicates in use. */
static Status name_prefixes(RaptorWriter *w)
{
  size_t count;
  const Prefix *const all = prefixes(&count);
  for (size_t i = 0; i < count; i++) {
    bool used = false;
    for (size_t q = 0; q < w->order->count && !used; q++) {
      const TermId predicate = w->order->quads[q].predicate;
      if (q > 0 && predicate == w->order->quads[q - 1].predicate) continue;
      const Slice iri = graph_term(w->order->graph, predicate).text;
      used = iri.len > all[i].iri.len && memcmp(iri.ptr, all[i].iri.ptr, all[i].iri.len) == 0;
    }
    if (used && !slice_is(all[i].name, "rdf")) TRY(name_prefix(w, &all[i]));
  }
  return STATUS_OK;
}

static Status run(RaptorWriter *w)
{
  if (!(w->world = raptor_new_world())) return STATUS_MEMORY;
  raptor_world_set_log_handler(w->world, w, take_log);
  if (raptor_world_open(w->world) != 0) return STATUS_MEMORY;
  if (!(w->serializer = raptor_new_serializer(w->world, "rdfxml"))) return STATUS_MEMORY;
  if (!(w->stream = raptor_new_iostream_from_handler(w->world, w, &handler))) return STATUS_MEMORY;
  TRY(name_prefixes(w));
  raptor_serializer_set_option(w->serializer, RAPTOR_OPTION_RELATIVE_URIS, NULL, 0);
  if (raptor_serializer_start_to_iostream(w->serializer, NULL, w->stream) != 0) {
    return w->status != STATUS_OK ? w->status : STATUS_INTERNAL;
  }
  for (size_t i = 0; i < w->order->count; i++) TRY(write_statement(w, &w->order->quads[i]));
  if (raptor_serializer_serialize_end(w->serializer) != 0 && w->status == STATUS_OK) {
    return STATUS_INTERNAL;
  }
  return w->status;
}

static void finish(RaptorWriter *w)
{
  if (w->serializer) raptor_free_serializer(w->serializer);
  if (w->stream) raptor_free_iostream(w->stream);
  if (w->world) raptor_free_world(w->world);
  buffer_clear(&w->label);
}

Status rdf_xml_write(const Sink *sink, Graph *graph, const RdfWriteOptions *options,
                     const Report *report)
{
  Order order;
  TRY(order_new(&order, graph, ORDER_UNION, options, report));
  RaptorWriter w = {.sink = sink, .order = &order, .options = options, .report = report};
  Status status = keep_sayable(&order, options, report);
  if (status == STATUS_OK) status = run(&w);
  finish(&w);
  order_clear(&order);
  return status;
}
