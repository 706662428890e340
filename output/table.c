#include "output/table.h"

#include "graph/memory.h"
#include "graph/situation.h"
#include "graph/vocabulary.h"

#include <stdlib.h>

/* The columns, in order. */
enum {
  COLUMN_SUBJECT,
  COLUMN_RELATION,
  COLUMN_OBJECT,
  COLUMN_DATE,
  COLUMN_FACTUALITY,
  COLUMN_ATTRIBUTED,
  COLUMN_CONFIDENCE,
  COLUMN_DOCUMENT,
  COLUMN_START,
  COLUMN_END,
  COLUMN_QUOTE,
  COLUMNS
};

static const char *const headers[COLUMNS] = {"subject",    "relation",     "object",     "date",
                                             "factuality", "attributedTo", "confidence", "document",
                                             "start",      "end",          "quote"};

typedef struct Row {
  Slice fields[COLUMNS];
} Row;

typedef struct TableWriter {
  Graph *graph;
  const Ontology *ontology;
  Vocabulary words;
  TermId end, confidence;
  Situations situations;
  Arena arena;
  Row *rows;
  size_t count, capacity;
} TableWriter;

/* ---- names ---- */

/* Labels of entities; what has none goes by its IRI. */
static Status label_of(Slice *out, TableWriter *w, TermId term)
{
  const Term t = graph_term(w->graph, term);
  *out = SLICE_NONE;
  if (t.kind != TERM_LITERAL) TRY(graph_text_of(out, w->graph, term, w->words.label));
  if (!out->len) *out = t.text;
  return STATUS_OK;
}

static Slice local_name(const TableWriter *w, TermId term)
{
  const Slice iri = graph_term(w->graph, term).text;
  return slice_starts(iri, ENT) ? slice_part(iri, sizeof ENT - 1, iri.len) : iri;
}

static const FactSchema *schema_of(const TableWriter *w, Slice class_name)
{
  for (size_t i = 0; i < ontology_relation_count(w->ontology); i++) {
    const Relation *const relation = ontology_relation(w->ontology, (RelationId)i);
    if (slice_equal(relation->schema.class_name, class_name)) return &relation->schema;
  }
  return NULL;
}

static Status relation_of(Slice *out, TableWriter *w, const Situation *situation,
                          const FactSchema *schema)
{
  if (schema) {
    *out = schema->name;
    return STATUS_OK;
  }
  TRY(arena_copy(out, &w->arena, local_name(w, situation->class)));
  char *const copy = arena_alloc(&w->arena, out->len + 1);
  if (!copy) return STATUS_MEMORY;
  memcpy(copy, out->ptr, out->len);
  if (copy[0] >= 'A' && copy[0] <= 'Z') copy[0] = (char)(copy[0] - 'A' + 'a');
  out->ptr = copy;
  return STATUS_OK;
}

/* ---- quotes ---- */

static int compare_slices(const void *a, const void *b)
{
  return slice_compare(*(const Slice *)a, *(const Slice *)b);
}

/* Put SOURCES in order, each once, into one field. */
static Status join_sources(Slice *out, TableWriter *w, Slice *sources, size_t count)
{
  Buffer joined = BUFFER_EMPTY;
  Status status = STATUS_OK;
  if (count > 1) qsort(sources, count, sizeof *sources, compare_slices);
  for (size_t i = 0; i < count && status == STATUS_OK; i++) {
    if (i > 0 && slice_equal(sources[i], sources[i - 1])) continue;
    if (joined.count) status = buffer_text(&joined, "; ");
    if (status == STATUS_OK) status = buffer_slice(&joined, sources[i]);
  }
  if (status == STATUS_OK) status = arena_copy(out, &w->arena, buffer_as_slice(&joined));
  buffer_clear(&joined);
  return status;
}

typedef struct Sources {
  Slice *items;
  size_t count, capacity;
} Sources;

static Status add_source(TableWriter *w, Sources *sources, TermId term)
{
  Slice *const grown =
      arena_grow(&w->arena, sources->items, &sources->capacity, sources->count, 1, sizeof *grown);
  if (!grown) return STATUS_MEMORY;
  sources->items = grown;
  return label_of(&grown[sources->count++], w, term);
}

/* Of several values the least by text, as the graph may come from anywhere. */
static void keep_least(Slice *field, Slice text)
{
  if (!field->ptr || slice_compare(text, *field) < 0) *field = text;
}

static Status take_quote(Row *row, TableWriter *w, Sources *sources, Quad quad)
{
  const TermId p = quad.predicate;
  const Slice text = graph_term(w->graph, quad.object).text;
  if (p == w->words.attributed_to) return add_source(w, sources, quad.object);
  if (p == w->words.exact) keep_least(&row->fields[COLUMN_QUOTE], text);
  if (p == w->words.document) keep_least(&row->fields[COLUMN_DOCUMENT], text);
  if (p == w->words.start) keep_least(&row->fields[COLUMN_START], text);
  if (p == w->end) keep_least(&row->fields[COLUMN_END], text);
  if (p == w->confidence) keep_least(&row->fields[COLUMN_CONFIDENCE], text);
  return STATUS_OK;
}

static Status read_quote(Row *row, TableWriter *w, TermId quote)
{
  GraphCursor *cursor;
  Sources sources = {0};
  Status status = STATUS_OK;
  TRY(graph_match(&cursor, w->graph, (Quad){quote, TERM_ANY, TERM_ANY, TERM_ANY}));
  for (Quad quad; status == STATUS_OK && graph_next(cursor, &quad);) {
    status = take_quote(row, w, &sources, quad);
  }
  graph_match_end(cursor);
  TRY(status);
  return join_sources(&row->fields[COLUMN_ATTRIBUTED], w, sources.items, sources.count);
}

/* ---- rows ---- */

static Status add_row(TableWriter *w, const Row *row)
{
  Row *const grown = arena_grow(&w->arena, w->rows, &w->capacity, w->count, 1, sizeof *grown);
  if (!grown) return STATUS_MEMORY;
  w->rows = grown;
  grown[w->count++] = *row;
  return STATUS_OK;
}

static Status add_pair(TableWriter *w, Row *row, TermId subject, TermId object)
{
  TRY(label_of(&row->fields[COLUMN_SUBJECT], w, subject));
  TRY(label_of(&row->fields[COLUMN_OBJECT], w, object));
  return add_row(w, row);
}

static int compare_by_text(const TableWriter *w, TermId a, TermId b)
{
  return slice_compare(graph_term(w->graph, a).text, graph_term(w->graph, b).text);
}

/* Pairs of agents with the fillers of the other role, or, if there are none and the relation goes
   both ways, with each other. */
static Status add_pairs(TableWriter *w, Row *row, const Situation *s, const FactSchema *schema)
{
  const Role *const roles = w->situations.roles + s->first_role;
  const bool both_ways = schema && schema->symmetric;
  bool one_side = true;
  for (size_t i = 0; i < s->role_count; i++) one_side &= roles[i].role == w->words.agent;
  for (size_t i = 0; i < s->role_count; i++) {
    if (roles[i].role != w->words.agent) continue;
    for (size_t j = 0; j < s->role_count; j++) {
      const bool agent = roles[j].role == w->words.agent;
      const TermId subject = roles[i].filler, object = roles[j].filler;
      if (agent && !(one_side && both_ways && compare_by_text(w, subject, object) < 0)) continue;
      TRY(add_pair(w, row, subject, object));
    }
  }
  return STATUS_OK;
}

/* A row without quote for each graph that states the situation but has no evidence for it. */
static Status add_bare_rows(TableWriter *w, Row *row, const Situation *s, const FactSchema *schema)
{
  GraphCursor *cursor;
  Status status = STATUS_OK;
  TRY(graph_match(&cursor, w->graph, (Quad){s->term, w->words.factuality, TERM_ANY, TERM_ANY}));
  for (Quad q; status == STATUS_OK && graph_next(cursor, &q);) {
    const TermId graph = q.graph == TERM_ANY ? TERM_DEFAULT_GRAPH : q.graph;
    const Quad evidence = {s->term, w->words.evidence, TERM_ANY, graph};
    if (w->words.evidence != TERM_ANY && graph_count(w->graph, evidence) > 0) continue;
    row->fields[COLUMN_DOCUMENT] = q.graph ? graph_term(w->graph, q.graph).text : SLICE_NONE;
    status = add_pairs(w, row, s, schema);
  }
  graph_match_end(cursor);
  return status;
}

static Status add_situation(TableWriter *w, const Situation *s)
{
  if (s->class == TERM_ANY) return STATUS_OK;
  const FactSchema *const schema = schema_of(w, local_name(w, s->class));
  Row row = {0};
  TRY(relation_of(&row.fields[COLUMN_RELATION], w, s, schema));
  row.fields[COLUMN_DATE] = s->date;
  row.fields[COLUMN_FACTUALITY] = slice_of(factuality_name(s->factuality));
  TRY(add_bare_rows(w, &row, s, schema));
  for (size_t i = 0; i < s->quote_count; i++) {
    Row quoted = row;
    TRY(read_quote(&quoted, w, w->situations.quotes[s->first_quote + i]));
    TRY(add_pairs(w, &quoted, s, schema));
  }
  return STATUS_OK;
}

/* Offsets as numbers: the shorter is the smaller. */
static int compare_offsets(Slice a, Slice b)
{
  if (a.len != b.len) return a.len < b.len ? -1 : 1;
  return slice_compare(a, b);
}

static int compare_rows(const void *a, const void *b)
{
  static const int keys[] = {COLUMN_DOCUMENT,   COLUMN_START,   COLUMN_END,
                             COLUMN_RELATION,   COLUMN_SUBJECT, COLUMN_OBJECT,
                             COLUMN_FACTUALITY, COLUMN_DATE,    COLUMN_ATTRIBUTED,
                             COLUMN_CONFIDENCE, COLUMN_QUOTE};
  const Row *const x = a, *const y = b;
  int order = 0;
  for (size_t i = 0; i < COLUMNS && !order; i++) {
    const Slice p = x->fields[keys[i]], q = y->fields[keys[i]];
    const bool offset = keys[i] == COLUMN_START || keys[i] == COLUMN_END;
    order = offset ? compare_offsets(p, q) : slice_compare(p, q);
  }
  return order;
}

/* ---- bytes ---- */

static bool needs_quotes(Slice field, char separator)
{
  for (size_t i = 0; i < field.len; i++) {
    const char c = field.ptr[i];
    if (c == separator || c == '"' || c == '\n' || c == '\r') return true;
  }
  return false;
}

static Status add_field(Buffer *out, Slice field, char separator)
{
  if (!needs_quotes(field, separator)) return buffer_slice(out, field);
  TRY(buffer_add(out, "\"", 1));
  size_t start = 0;
  for (size_t i = 0; i < field.len; i++) {
    if (field.ptr[i] != '"') continue;
    TRY(buffer_slice(out, slice_part(field, start, i + 1)));
    start = i;
  }
  TRY(buffer_slice(out, slice_part(field, start, field.len)));
  return buffer_add(out, "\"", 1);
}

static Status write_row(const Sink *sink, Buffer *line, const Row *row, char separator)
{
  line->count = 0;
  for (size_t i = 0; i < COLUMNS; i++) {
    if (i > 0) TRY(buffer_add(line, &separator, 1));
    TRY(add_field(line, row->fields[i], separator));
  }
  TRY(buffer_text(line, separator == '\t' ? "\n" : "\r\n"));
  return sink_write(sink, line->bytes, line->count);
}

static Status write_rows(const Sink *sink, const TableWriter *w, Buffer *line, char separator)
{
  Row header;
  for (size_t i = 0; i < COLUMNS; i++) header.fields[i] = slice_of(headers[i]);
  TRY(write_row(sink, line, &header, separator));
  for (size_t i = 0; i < w->count; i++) {
    if (i > 0 && compare_rows(&w->rows[i], &w->rows[i - 1]) == 0) continue;
    TRY(write_row(sink, line, &w->rows[i], separator));
  }
  return STATUS_OK;
}

static Status collect(TableWriter *w)
{
  TRY(situations_read(&w->situations, &w->arena, w->graph, &w->words));
  for (size_t i = 0; i < w->situations.count; i++) {
    TRY(add_situation(w, &w->situations.items[i]));
  }
  if (w->count) qsort(w->rows, w->count, sizeof *w->rows, compare_rows);
  return STATUS_OK;
}

Status table_write(const Sink *sink, Graph *graph, const Ontology *ontology, char separator)
{
  TableWriter w = {.graph = graph, .ontology = ontology, .arena = ARENA_EMPTY};
  Buffer line = BUFFER_EMPTY;
  vocabulary_find(&w.words, graph);
  w.end = vocabulary_term(graph, SLICE("end"));
  w.confidence = vocabulary_term(graph, SLICE("confidence"));
  Status status = collect(&w);
  if (status == STATUS_OK) status = write_rows(sink, &w, &line, separator);
  buffer_clear(&line);
  arena_clear(&w.arena);
  return status;
}
