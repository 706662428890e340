/* Chooses the reader, and keeps blank nodes of different documents apart. */
#include "input/rdf_reader.h"

#include "graph/memory.h"
#include "graph/vocabulary.h"

Status rdf_bytes(size_t *count, RdfBytes *from, void *bytes, size_t capacity)
{
  if (from->source) return source_read(count, from->source, bytes, capacity);
  *count = from->rest.len < capacity ? from->rest.len : capacity;
  if (*count) memcpy(bytes, from->rest.ptr, *count);
  from->rest = slice_part(from->rest, *count, from->rest.len);
  return STATUS_OK;
}

/* By length and last bytes, in which IRIs differ most. */
static size_t place_of(Slice iri)
{
  uint64_t last = 0;
  const size_t n = iri.len < sizeof last ? iri.len : sizeof last;
  if (n) memcpy(&last, iri.ptr + iri.len - n, n);
  return (size_t)((last ^ iri.len * 0x9E3779B97F4A7C15u) * 0xBF58476D1CE4E5B9u >> 32) % RDF_CACHE;
}

TermId rdf_cached_iri(const RdfReading *reading, Slice iri)
{
  if (!reading->cache) return TERM_ANY;
  const RdfCached *const cached = &reading->cache[place_of(iri)];
  return cached->id != TERM_ANY && slice_equal(cached->text, iri) ? cached->id : TERM_ANY;
}

Status rdf_iri(TermId *out, RdfReading *reading, Slice iri)
{
  *out = rdf_cached_iri(reading, iri);
  if (*out != TERM_ANY) return STATUS_OK;
  TRY(graph_iri(out, reading->graph, iri));
  if (!reading->cache) return STATUS_OK;
  const Slice text = graph_term(reading->graph, *out).text;
  reading->cache[place_of(iri)] = (RdfCached){text, *out};
  return STATUS_OK;
}

/* Names that generated nodes could have are moved out of their way: "genid7" becomes "genid7x". */
static bool looks_generated(Slice label)
{
  if (!slice_starts(label, "genid")) return false;
  size_t at = 5;
  while (at < label.len && label.ptr[at] >= '0' && label.ptr[at] <= '9') at++;
  if (at == 5) return false;
  while (at < label.len && label.ptr[at] == 'x') at++;
  return at == label.len;
}

static bool generates_blanks(Syntax syntax)
{
  return syntax != SYNTAX_NTRIPLES && syntax != SYNTAX_NQUADS && syntax != SYNTAX_RDFJSON;
}

Status rdf_blank(TermId *out, RdfReading *reading, Slice label)
{
  const bool move = generates_blanks(reading->syntax) && looks_generated(label);
  if (!move && !reading->suffix.count) return graph_blank(out, reading->graph, label);
  reading->label.count = 0;
  TRY(buffer_slice(&reading->label, label));
  TRY(buffer_add(&reading->label, "x", move));
  TRY(buffer_slice(&reading->label, buffer_as_slice(&reading->suffix)));
  return graph_blank(out, reading->graph, buffer_as_slice(&reading->label));
}

Status rdf_new_blank(TermId *out, RdfReading *reading)
{
  reading->label.count = 0;
  TRY(buffer_printf(&reading->label, "genid%zu%.*s", ++reading->blank_count,
                    (int)reading->suffix.count,
                    reading->suffix.bytes ? reading->suffix.bytes : ""));
  return graph_blank(out, reading->graph, buffer_as_slice(&reading->label));
}

Status rdf_literal(TermId *out, RdfReading *reading, Slice lexical, Slice datatype, Slice language)
{
  TermId type = TERM_ANY;
  if (datatype.len && !language.len && !slice_is(datatype, XSD "string")) {
    TRY(rdf_iri(&type, reading, datatype));
  }
  return graph_literal(out, reading->graph, lexical, type, language);
}

Status rdf_bad(RdfReading *reading, size_t line, size_t column, const char *message)
{
  const bool skip = reading->options->skip_bad;
  report(reading->report, skip ? SEVERITY_WARNING : SEVERITY_ERROR, reading->name, line, column,
         "%s", message);
  reading->skipped += skip;
  return skip ? STATUS_OK : STATUS_INPUT;
}

static bool has_blanks(const Graph *graph)
{
  const size_t count = graph_term_count(graph);
  for (TermId id = 1; id <= count; id++) {
    if (graph_term(graph, id).kind == TERM_BLANK) return true;
  }
  return false;
}

static Status choose_suffix(RdfReading *reading)
{
  if (!has_blanks(reading->graph)) return STATUS_OK;
  return buffer_printf(&reading->suffix, "-%08lx",
                       (unsigned long)(slice_hash(slice_of(reading->name), 0) & 0xFFFFFFFFu));
}

static Status make_base(Buffer *out, const RdfReading *reading)
{
  if (reading->options->base.len) return buffer_slice(out, reading->options->base);
  TRY(buffer_text(out, "file:///"));
  for (const char *p = reading->name; *p; p++) {
    const unsigned char c = (unsigned char)*p;
    if (c == '/' && p == reading->name) continue;
    if (c <= 0x20 || c >= 0x7F || strchr("<>\"{}|^`\\%?#", c))
      TRY(buffer_printf(out, "%%%02X", c));
    else
      TRY(buffer_add(out, p, 1));
  }
  return STATUS_OK;
}

static Status dispatch(RdfReading *reading)
{
  switch (reading->syntax) {
  case SYNTAX_NTRIPLES:
  case SYNTAX_NQUADS:
    return rdf_read_lines(reading);
  case SYNTAX_TURTLE:
  case SYNTAX_TRIG:
    return rdf_read_turtle(reading);
  case SYNTAX_RDFXML:
  case SYNTAX_RDFA:
    return rdf_read_raptor(reading);
  case SYNTAX_RDFJSON:
    return rdf_read_json(reading);
  case SYNTAX_JSONLD:
    return rdf_read_jsonld(reading);
  case SYNTAX_NONE:
    break;
  }
  report(reading->report, SEVERITY_ERROR, reading->name, 0, 0,
         "not in an RDF syntax that can be read");
  return STATUS_ARGUMENT;
}

static Status read_all(RdfReading *reading)
{
  Buffer base = BUFFER_EMPTY;
  reading->cache = memory_zero(RDF_CACHE * sizeof *reading->cache);
  Status status = reading->cache ? choose_suffix(reading) : STATUS_MEMORY;
  if (status == STATUS_OK) status = make_base(&base, reading);
  reading->base = buffer_as_slice(&base);
  if (status == STATUS_OK) status = dispatch(reading);
  if (reading->options->skipped) *reading->options->skipped += reading->skipped;
  memory_free(reading->cache, RDF_CACHE * sizeof *reading->cache);
  buffer_clear(&base);
  buffer_clear(&reading->suffix);
  buffer_clear(&reading->label);
  return status;
}

static const RdfReadOptions defaults;

static RdfReading start(Graph *graph, const char *name, const RdfReadOptions *options,
                        const Report *report)
{
  RdfReading reading = {.graph = graph, .name = name, .report = report};
  reading.options = options ? options : &defaults;
  reading.syntax = reading.options->syntax;
  if (reading.syntax == SYNTAX_NONE) reading.syntax = syntax_of_path(name);
  return reading;
}

Status rdf_read(Graph *graph, const char *path, const RdfReadOptions *options, const Report *report)
{
  RdfReading reading = start(graph, path, options, report);
  const size_t limit = reading.options->limit ? reading.options->limit : RDF_LIMIT;
  TRY(source_open(&reading.bytes.source, path, limit, report));
  const Status status = read_all(&reading);
  source_close(reading.bytes.source);
  return status;
}

Status rdf_read_bytes(Graph *graph, Slice bytes, const char *name, const RdfReadOptions *options,
                      const Report *report)
{
  RdfReading reading = start(graph, name, options, report);
  reading.bytes.rest = bytes;
  return read_all(&reading);
}
