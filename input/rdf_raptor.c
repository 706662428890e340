/* RDF/XML and RDFa through raptor; the only file of input/ that includes it. What raptor lets pass
   is checked here: terms that are not legal end the reading like any other bad syntax. Raptor is
   told that nodes the document names begin with "u" and others with "g", so that the two cannot be
   mistaken for each other. */
#include "input/rdf_reader.h"

#include "graph/legal.h"
#include "graph/memory.h"
#include "input/xml_depth.h"

#include <raptor2.h>
#include <stdlib.h>

#define BLOCK ((size_t)1 << 16)
#define DEEPEST_XML 256u /* raptor's time grows with the square of the depth */

typedef struct Raptor {
  RdfReading *reading;
  raptor_world *world;
  raptor_parser *parser;
  raptor_uri *base;
  Status status;    /* of the first failure */
  size_t generated; /* blank nodes without a name so far */
  size_t line;      /* that raptor was given last */
  XmlDepth depth;
} Raptor;

static Slice uri_text(raptor_uri *uri)
{
  size_t length;
  const char *const text = (const char *)raptor_uri_as_counted_string(uri, &length);
  return (Slice){text, length};
}

static void stop(Raptor *r, Status status)
{
  if (r->status == STATUS_OK) r->status = status;
  if (r->parser) raptor_parser_parse_abort(r->parser);
}

static void complain(Raptor *r, const raptor_locator *at, const char *text)
{
  if (r->status != STATUS_OK) return;
  const size_t line = at && at->line > 0 ? (size_t)at->line : r->line;
  const size_t column = at && at->column > 0 ? (size_t)at->column : 0;
  report(r->reading->report, SEVERITY_ERROR, r->reading->name, line, column, "%s", text);
  r->status = STATUS_INPUT;
}

/* What RDF/XML 1.1 forbids, but raptor only warns of. */
static bool is_error(const char *text)
{
  return strstr(text, "aboutEach") || strstr(text, "bagID");
}

static void take_log(void *handle, raptor_log_message *message)
{
  Raptor *const r = handle;
  if (message->level >= RAPTOR_LOG_LEVEL_ERROR || is_error(message->text))
    complain(r, message->locator, message->text);
}

/* Raptor frees what is returned, and expects what it passed in to be freed. */
static unsigned char *name_blank(void *handle, unsigned char *label)
{
  Raptor *const r = handle;
  const size_t size = (label ? strlen((const char *)label) : 20) + 2;
  char *const name = raptor_alloc_memory(size);
  if (!name) return NULL;
  if (label)
    snprintf(name, size, "u%s", (const char *)label);
  else
    snprintf(name, size, "g%zu", ++r->generated);
  if (label) raptor_free_memory(label);
  return (unsigned char *)name;
}

/* ---- statements ---- */

static Status take_literal(TermId *out, RdfReading *reading, const raptor_term_literal_value *value)
{
  const Slice lexical = {(const char *)value->string, value->string_len};
  const Slice language = {(const char *)value->language, value->language ? value->language_len : 0};
  const Slice datatype = value->datatype ? uri_text(value->datatype) : SLICE_NONE;
  return rdf_literal(out, reading, lexical, datatype, language);
}

static Status take_blank(TermId *out, RdfReading *reading, Slice name)
{
  if (name.len > 1 && name.ptr[0] == 'u')
    return rdf_blank(out, reading, slice_part(name, 1, name.len));
  reading->label.count = 0;
  TRY(buffer_text(&reading->label, "genid"));
  TRY(buffer_slice(&reading->label, slice_part(name, name.len > 0, name.len)));
  TRY(buffer_slice(&reading->label, buffer_as_slice(&reading->suffix)));
  return graph_blank(out, reading->graph, buffer_as_slice(&reading->label));
}

static Status take_term(TermId *out, RdfReading *reading, const raptor_term *term)
{
  switch (term->type) {
  case RAPTOR_TERM_TYPE_URI:
    return graph_iri(out, reading->graph, uri_text(term->value.uri));
  case RAPTOR_TERM_TYPE_LITERAL:
    return take_literal(out, reading, &term->value.literal);
  case RAPTOR_TERM_TYPE_BLANK:
    return take_blank(
        out, reading,
        (Slice){(const char *)term->value.blank.string, term->value.blank.string_len});
  case RAPTOR_TERM_TYPE_UNKNOWN:
    break;
  }
  return STATUS_INTERNAL;
}

static Status take_statement(Raptor *r, const raptor_statement *statement)
{
  RdfReading *const reading = r->reading;
  Quad quad = {TERM_ANY, TERM_ANY, TERM_ANY, TERM_ANY};
  TRY(take_term(&quad.subject, reading, statement->subject));
  TRY(take_term(&quad.predicate, reading, statement->predicate));
  TRY(take_term(&quad.object, reading, statement->object));
  if (statement->graph) TRY(take_term(&quad.graph, reading, statement->graph));
  const TermId ids[] = {quad.subject, quad.predicate, quad.object, quad.graph};
  for (size_t i = 0; i < 4; i++) {
    const char *const reason = illegal_term(reading->graph, ids[i]);
    if (!reason) continue;
    complain(r, raptor_parser_get_locator(r->parser), reason);
    return STATUS_INPUT;
  }
  return graph_add(reading->graph, quad);
}

static void on_statement(void *handle, raptor_statement *statement)
{
  Raptor *const r = handle;
  if (r->status != STATUS_OK) return;
  const Status status = take_statement(r, statement);
  if (status != STATUS_OK) stop(r, status);
}

static void on_namespace(void *handle, raptor_namespace *space)
{
  Raptor *const r = handle;
  const RdfReadOptions *const options = r->reading->options;
  raptor_uri *const uri = raptor_namespace_get_uri(space);
  if (!options->prefix || !uri || r->status != STATUS_OK) return;
  const char *const name = (const char *)raptor_namespace_get_prefix(space);
  const Status status = options->prefix(options->prefix_handle, slice_of(name), uri_text(uri));
  if (status != STATUS_OK) stop(r, status);
}

/* ---- running ---- */

static const char *parser_name(Syntax syntax)
{
  switch (syntax) {
  case SYNTAX_RDFXML:
    return "rdfxml";
  case SYNTAX_RDFA:
    return "rdfa";
  case SYNTAX_NONE:
  case SYNTAX_TURTLE:
  case SYNTAX_TRIG:
  case SYNTAX_NTRIPLES:
  case SYNTAX_NQUADS:
  case SYNTAX_RDFJSON:
  case SYNTAX_JSONLD:
    break;
  }
  return NULL;
}

static Status start(Raptor *r)
{
  RdfReading *const reading = r->reading;
  if (!(r->world = raptor_new_world())) return STATUS_MEMORY;
  raptor_world_set_log_handler(r->world, r, take_log);
  raptor_world_set_generate_bnodeid_handler(r->world, r, name_blank);
  if (raptor_world_open(r->world) != 0) return STATUS_MEMORY;
  r->parser = raptor_new_parser(r->world, parser_name(reading->syntax));
  r->base = raptor_new_uri_from_counted_string(r->world, (const unsigned char *)reading->base.ptr,
                                               reading->base.len);
  if (!r->parser || !r->base) return STATUS_MEMORY;
  raptor_parser_set_option(r->parser, RAPTOR_OPTION_NO_NET, NULL, 1);
  raptor_parser_set_option(r->parser, RAPTOR_OPTION_NO_FILE, NULL, 1);
  raptor_parser_set_option(r->parser, RAPTOR_OPTION_LOAD_EXTERNAL_ENTITIES, NULL, 0);
  raptor_parser_set_statement_handler(r->parser, r, on_statement);
  raptor_parser_set_namespace_handler(r->parser, r, on_namespace);
  return raptor_parser_parse_start(r->parser, r->base) == 0 ? STATUS_OK : STATUS_INTERNAL;
}

static bool is_xml(Syntax syntax)
{
  return syntax == SYNTAX_RDFXML || syntax == SYNTAX_RDFA;
}

static Status feed_bytes(Raptor *r, const unsigned char *bytes, size_t count, bool last)
{
  if (is_xml(r->reading->syntax)) {
    xml_depth_feed(&r->depth, (Slice){(const char *)bytes, count});
    if (r->depth.deepest > DEEPEST_XML) {
      report(r->reading->report, SEVERITY_ERROR, r->reading->name, r->line, 0,
             "elements nested more than %u deep", DEEPEST_XML);
      return STATUS_LIMIT;
    }
  }
  const int failed = raptor_parser_parse_chunk(r->parser, bytes, count, last);
  if (failed && r->status == STATUS_OK) {
    complain(r, raptor_parser_get_locator(r->parser), "bad syntax");
  }
  return r->status;
}

/* Line by line, as raptor does not always say where an error is. */
static Status feed_lines(Raptor *r, const unsigned char *block, size_t count)
{
  for (size_t at = 0; at < count;) {
    const unsigned char *const end = memchr(block + at, '\n', count - at);
    const size_t next = end ? (size_t)(end - block) + 1 : count;
    TRY(feed_bytes(r, block + at, next - at, false));
    r->line += end != NULL;
    at = next;
  }
  return STATUS_OK;
}

static Status feed(Raptor *r, unsigned char *block)
{
  size_t count;
  r->line = 1;
  do {
    TRY(rdf_bytes(&count, &r->reading->bytes, block, BLOCK));
    TRY(count ? feed_lines(r, block, count) : feed_bytes(r, block, 0, true));
  } while (count > 0);
  return STATUS_OK;
}

static void finish(Raptor *r)
{
  if (r->parser) raptor_free_parser(r->parser);
  if (r->base) raptor_free_uri(r->base);
  if (r->world) raptor_free_world(r->world);
}

Status rdf_read_raptor(RdfReading *reading)
{
  Raptor r = {.reading = reading};
  unsigned char *const block = memory_resize(NULL, 0, BLOCK);
  Status status = block ? start(&r) : STATUS_MEMORY;
  if (status == STATUS_OK) status = feed(&r, block);
  memory_free(block, BLOCK);
  finish(&r);
  return status;
}
