/* The only file here that includes Serd. Serd hands over prefixed names as they stand; they are
   taken apart against the prefixes declared so far, each of which is known to be one of our
   namespaces or not, so that no IRI has to be put together. To know the line of a statement the
   text is fed byte by byte. */
#include "turtle.h"

#include "graph/arena.h"
#include "graph/sink.h"

#include <serd/serd.h>
#include <stdio.h>

#define PREFIXES_MAX 64
#define DEPTH_MAX 100u

typedef struct Prefix {
  Slice name, iri;
  Space space;
} Prefix;

typedef struct Reading {
  const TurtleSink *sink;
  const Report *report;
  const char *file;
  Status status; /* of the sink, or of the first error */
  Prefix prefixes[PREFIXES_MAX];
  size_t prefix_count;
  Arena arena;
  Buffer joined[3]; /* IRIs of other namespaces: of subject, predicate, object */
  Slice text;
  size_t at, line;
} Reading;

static const struct {
  const char *iri;
  Space space;
} spaces[] = {
    {"https://w3id.org/entente#", SPACE_ENT},
    {"https://w3id.org/entente/id/", SPACE_ID},
    {"http://www.w3.org/1999/02/22-rdf-syntax-ns#", SPACE_RDF},
    {"http://www.w3.org/2000/01/rdf-schema#", SPACE_RDFS},
    {"http://www.w3.org/2004/02/skos/core#", SPACE_SKOS},
    {"http://www.w3.org/2002/07/owl#", SPACE_OWL},
    {"http://xmlns.com/foaf/0.1/", SPACE_FOAF},
    {"http://www.wikidata.org/entity/", SPACE_WIKIDATA},
};

static Slice node_slice(const SerdNode *node)
{
  return (Slice){(const char *)node->buf, node->n_bytes};
}

static SerdStatus stop(Reading *reading, Status status)
{
  if (!reading->status) reading->status = status;
  return SERD_ERR_INTERNAL;
}

static SerdStatus complain(Reading *reading, Status status, const char *text, Slice detail)
{
  if (!reading->status)
    report(reading->report, SEVERITY_ERROR, reading->file, reading->line, 0, "%s%.*s", text,
           SLICE_ARGS(detail));
  return stop(reading, status);
}

static void split_full(TurtleTerm *out, Slice iri)
{
  for (size_t i = 0; i < sizeof spaces / sizeof *spaces; i++) {
    if (!slice_starts(iri, spaces[i].iri)) continue;
    out->space = spaces[i].space;
    out->text = slice_part(iri, strlen(spaces[i].iri), iri.len);
    return;
  }
  out->space = SPACE_OTHER;
  out->text = iri;
}

static const Prefix *find_prefix(const Reading *reading, Slice name)
{
  for (size_t i = reading->prefix_count; i-- > 0;) {
    if (slice_equal(reading->prefixes[i].name, name)) return &reading->prefixes[i];
  }
  return NULL;
}

static SerdStatus split_prefixed(Reading *reading, TurtleTerm *out, Slice name, Buffer *joined)
{
  const char *const colon = memchr(name.ptr, ':', name.len);
  const size_t at = colon ? (size_t)(colon - name.ptr) : 0;
  const Prefix *const prefix = find_prefix(reading, slice_part(name, 0, at));
  if (!prefix) return complain(reading, STATUS_INPUT, "undeclared prefix in ", name);
  const Slice local = slice_part(name, at + 1, name.len);
  out->space = prefix->space;
  out->text = local;
  if (prefix->space != SPACE_OTHER) return SERD_SUCCESS;
  joined->count = 0;
  if (buffer_slice(joined, prefix->iri) || buffer_slice(joined, local))
    return stop(reading, STATUS_MEMORY);
  split_full(out, buffer_as_slice(joined)); /* a prefix may end inside one of our namespaces */
  return SERD_SUCCESS;
}

static SerdStatus take_term(Reading *reading, TurtleTerm *out, const SerdNode *node, int place)
{
  *out = (TurtleTerm){TURTLE_IRI, SPACE_OTHER, node_slice(node)};
  switch (node->type) {
  case SERD_URI:
    split_full(out, out->text);
    return SERD_SUCCESS;
  case SERD_CURIE:
    return split_prefixed(reading, out, out->text, &reading->joined[place]);
  case SERD_LITERAL:
    out->kind = TURTLE_LITERAL;
    return SERD_SUCCESS;
  case SERD_BLANK:
    out->kind = TURTLE_BLANK;
    return SERD_SUCCESS;
  case SERD_NOTHING:
    break;
  }
  return stop(reading, STATUS_INTERNAL);
}

static SerdStatus on_statement(void *handle, SerdStatementFlags flags, const SerdNode *graph,
                               const SerdNode *subject, const SerdNode *predicate,
                               const SerdNode *object, const SerdNode *datatype,
                               const SerdNode *language)
{
  (void)flags;
  (void)graph;
  (void)datatype;
  (void)language;
  Reading *const reading = handle;
  TurtleTerm s, p, o;
  if (take_term(reading, &s, subject, 0) || take_term(reading, &p, predicate, 1) ||
      take_term(reading, &o, object, 2))
    return SERD_ERR_INTERNAL;
  const Status status = reading->sink->statement(reading->sink->handle, &s, &p, &o, reading->line);
  return status ? stop(reading, status) : SERD_SUCCESS;
}

static SerdStatus on_prefix(void *handle, const SerdNode *name, const SerdNode *iri)
{
  Reading *const reading = handle;
  if (reading->prefix_count == PREFIXES_MAX)
    return complain(reading, STATUS_INPUT, "too many prefixes", SLICE(""));
  Prefix *const prefix = &reading->prefixes[reading->prefix_count];
  if (arena_copy(&prefix->name, &reading->arena, node_slice(name)) ||
      arena_copy(&prefix->iri, &reading->arena, node_slice(iri)))
    return stop(reading, STATUS_MEMORY);
  TurtleTerm split;
  split_full(&split, prefix->iri);
  prefix->space = split.text.len == 0 ? split.space : SPACE_OTHER;
  reading->prefix_count++;
  return SERD_SUCCESS;
}

static SerdStatus on_error(void *handle, const SerdError *error)
{
  Reading *const reading = handle;
  if (reading->status) return SERD_SUCCESS; /* ours, or a consequence of the first */
  char text[512];
  vsnprintf(text, sizeof text, error->fmt, *error->args);
  text[strcspn(text, "\r\n")] = '\0';
  report(reading->report, SEVERITY_ERROR, reading->file, error->line, error->col, "%s", text);
  reading->status = STATUS_INPUT;
  return SERD_SUCCESS;
}

static size_t next_byte(void *out, size_t size, size_t count, void *handle)
{
  (void)size;
  (void)count;
  Reading *const reading = handle;
  if (reading->at == reading->text.len) return 0;
  const char byte = reading->text.ptr[reading->at++];
  if (byte == '\n') reading->line++;
  *(char *)out = byte;
  return 1;
}

static int no_error(void *handle)
{
  (void)handle;
  return 0;
}

/* Where the string, IRI or comment that starts at AT ends; AT itself if none starts there. */
static size_t skip_text(Slice text, size_t at)
{
  const char open = text.ptr[at];
  if (open != '"' && open != '\'' && open != '<' && open != '#') return at;
  const char close = (char)(open == '<' ? '>' : open == '#' ? '\n' : open);
  const char triple[] = {open, open, open, '\0'};
  const bool is_long =
      (open == '"' || open == '\'') && slice_starts(slice_part(text, at, text.len), triple);
  for (at += is_long ? 3 : 1; at < text.len; at++) {
    if (text.ptr[at] == '\\' && open != '#')
      at++;
    else if (!is_long && text.ptr[at] == close)
      return at;
    else if (is_long && slice_starts(slice_part(text, at, text.len), triple))
      return at + 2;
  }
  return text.len;
}

/* Serd reads nested brackets by recursion: those that would exhaust the stack are refused first. */
static bool is_too_deep(Reading *reading)
{
  size_t depth = 0;
  reading->line = 1;
  for (size_t at = 0; at < reading->text.len; at++) {
    const size_t end = skip_text(reading->text, at);
    for (; at < end && at < reading->text.len; at++) reading->line += reading->text.ptr[at] == '\n';
    if (at >= reading->text.len) break;
    const char c = reading->text.ptr[at];
    reading->line += c == '\n';
    if (c == '[' || c == '(') depth++;
    if ((c == ']' || c == ')') && depth) depth--;
    if (depth > DEPTH_MAX) return true;
  }
  return false;
}

static SerdStatus run(SerdReader *reader, Reading *reading, bool count_lines)
{
  if (!count_lines) return serd_reader_read_string(reader, (const uint8_t *)reading->text.ptr);
  if (is_too_deep(reading)) return complain(reading, STATUS_INPUT, "nested too deeply", SLICE(""));
  reading->line = 1;
  return serd_reader_read_source(reader, next_byte, no_error, reading,
                                 (const uint8_t *)reading->file, 1);
}

Status turtle_read(Slice text, const char *file, bool count_lines, const TurtleSink *sink,
                   const Report *report)
{
  Reading reading = {.sink = sink, .report = report, .file = file, .text = text};
  SerdReader *const reader =
      serd_reader_new(SERD_TURTLE, &reading, NULL, NULL, on_prefix, on_statement, NULL);
  if (!reader) return STATUS_MEMORY;
  serd_reader_set_strict(reader, true);
  serd_reader_set_error_sink(reader, on_error, &reading);
  const SerdStatus outcome = run(reader, &reading, count_lines);
  serd_reader_free(reader);
  if (outcome > SERD_FAILURE && !reading.status)
    complain(&reading, STATUS_INPUT, "not Turtle", SLICE(""));
  for (int i = 0; i < 3; i++) buffer_clear(&reading.joined[i]);
  arena_clear(&reading.arena);
  return reading.status;
}
