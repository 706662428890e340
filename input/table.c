/* Rows become facts in memory, entities are classed once all rows are seen, and facts_add makes the
   statements: the same way that facts from text take. */
#include "input/table.h"

#include "graph/legal.h"
#include "graph/prefixes.h"
#include "graph/unicode.h"
#include "input/csv.h"
#include "input/decode.h"
#include "input/source.h"
#include "input/table_map.h"
#include "input/table_names.h"
#include "input/table_titles.h"

#define LIMIT ((size_t)1 << 32)

typedef struct TableReader {
  Graph *graph;
  const char *name; /* of the file */
  const TableOptions *options;
  const Report *report;
  Arena arena;
  TableMap map;
  TableNames names;
  Fact *facts;
  size_t fact_count, fact_capacity;
  DocumentFacts *documents;
  size_t document_count, document_capacity;
  Table by_document;
} TableReader;

/* A row on its way to facts. */
typedef struct RowReader {
  TableReader *table;
  const TableClause *clause;
  const CsvRow *row;
} RowReader;

static Status value(Slice *out, const RowReader *r, TablePart part)
{
  TableReader *const t = r->table;
  return table_value(out, &t->arena, &t->map, r->clause, part, r->row->fields, r->row->count);
}

/* Tell what is wrong with the row; the status means: pass over it. */
static Status bad_row(const RowReader *r, const char *what, Slice which)
{
  report(r->table->report, SEVERITY_WARNING, r->table->name, r->row->line, 0,
         "row left out: %s%s%.*s%s", what, which.len ? " \"" : "",
         (int)(which.len < 200 ? which.len : 200), which.len ? which.ptr : "",
         which.len ? "\"" : "");
  return STATUS_INPUT;
}

/* ---- parts of a fact ---- */

static Status take_date(Fact *fact, const RowReader *r)
{
  TRY(value(&fact->date, r, PART_DATE));
  const char *const type = fact->date.len == 4   ? XSD "gYear"
                           : fact->date.len == 7 ? XSD "gYearMonth"
                                                 : XSD "date";
  const bool legal = fact->date.len <= 10 && !ill_typed(fact->date, slice_of(type));
  return !fact->date.len || legal ? STATUS_OK : bad_row(r, "not a date", fact->date);
}

static Status take_factuality(Fact *fact, const RowReader *r)
{
  Slice text;
  TRY(value(&text, r, PART_FACTUALITY));
  Buffer folded = BUFFER_EMPTY;
  const Status status = unicode_fold(&folded, text);
  bool found = text.len == 0;
  for (int i = 0; i < 4 && status == STATUS_OK && !found; i++) {
    found = slice_is(buffer_as_slice(&folded), factuality_name((Factuality)i));
    if (found) fact->factuality = (Factuality)i;
  }
  buffer_clear(&folded);
  TRY(status);
  return found ? STATUS_OK : bad_row(r, "not a factuality", text);
}

static bool parse_number(uint32_t *out, Slice text)
{
  uint64_t number = 0;
  for (size_t i = 0; i < text.len; i++) {
    if (text.ptr[i] < '0' || text.ptr[i] > '9') return false;
    number = number * 10 + (uint64_t)(text.ptr[i] - '0');
    if (number > UINT32_MAX) return false;
  }
  *out = (uint32_t)number;
  return text.len > 0;
}

/* "0.87", "1", ".9", with a comma too, in hundredths; further digits are rounded off. */
static bool parse_confidence(uint32_t *out, Slice text)
{
  size_t point = 0;
  while (point < text.len && text.ptr[point] != '.' && text.ptr[point] != ',') point++;
  uint32_t whole = 0, part = 0, scale = 100;
  if (point > 0 && !parse_number(&whole, slice_part(text, 0, point))) return false;
  if (whole > 1 || text.len - point == 1 || text.len == 0) return false;
  for (size_t i = point + 1; i < text.len; i++) {
    if (text.ptr[i] < '0' || text.ptr[i] > '9') return false;
    const uint32_t digit = (uint32_t)(text.ptr[i] - '0');
    if (scale > 1)
      part += digit * (scale / 10);
    else if (scale == 1)
      part += digit >= 5;
    scale = scale > 1 ? scale / 10 : 0;
  }
  *out = whole * 100 + part;
  return *out <= 100;
}

static Status take_confidence(Fact *fact, const RowReader *r)
{
  Slice text;
  TRY(value(&text, r, PART_CONFIDENCE));
  fact->confidence = 100;
  if (!text.len || parse_confidence(&fact->confidence, text)) return STATUS_OK;
  return bad_row(r, "not a confidence from 0 to 1", text);
}

/* What is no IRI names a document under the base. */
static Status document_iri(Slice *out, TableReader *t, Slice text)
{
  if (!illegal_iri(text)) {
    *out = text;
    return STATUS_OK;
  }
  Buffer iri = BUFFER_EMPTY;
  Status status = buffer_printf(&iri, "%.*sdocument/", SLICE_ARGS(t->options->base));
  for (size_t i = 0; i < text.len && status == STATUS_OK; i++) {
    const unsigned char c = (unsigned char)text.ptr[i];
    const bool kept = c > 0x20 && c != 0x7F && !strchr("<>\"{}|^`\\%?#[]", c);
    status = kept ? buffer_add(&iri, &text.ptr[i], 1) : buffer_printf(&iri, "%%%02X", c);
  }
  if (status == STATUS_OK) status = arena_copy(out, &t->arena, buffer_as_slice(&iri));
  buffer_clear(&iri);
  return status;
}

static Status note_document(TableReader *t, Slice iri)
{
  if (!iri.len || table_get(&t->by_document, iri) != TABLE_NONE) return STATUS_OK;
  DocumentFacts *const grown = arena_grow(&t->arena, t->documents, &t->document_capacity,
                                          t->document_count, 1, sizeof *grown);
  if (!grown) return STATUS_MEMORY;
  t->documents = grown;
  grown[t->document_count] = (DocumentFacts){.iri = iri};
  return table_put(&t->by_document, iri, (uint32_t)t->document_count++);
}

static Status take_span(Fact *fact, const RowReader *r)
{
  const Binding *const parts = r->clause->parts;
  Slice start, end;
  TRY(value(&start, r, PART_START));
  TRY(value(&end, r, PART_END));
  if (!start.len && !end.len) {
    if (parts[PART_START].kind == BIND_NOTHING && parts[PART_END].kind == BIND_NOTHING) {
      fact->end = (uint32_t)utf8_count(fact->quote);
    }
    return STATUS_OK;
  }
  if (!parse_number(&fact->start, start)) return bad_row(r, "not a start", start);
  if (!parse_number(&fact->end, end)) return bad_row(r, "not an end", end);
  return fact->start <= fact->end ? STATUS_OK : bad_row(r, "an end before its start", end);
}

static Status take_source(Fact *fact, const RowReader *r)
{
  Slice text;
  TRY(value(&text, r, PART_DOCUMENT));
  TRY(value(&fact->quote, r, PART_QUOTE));
  TRY(take_span(fact, r));
  if (!text.len) return STATUS_OK;
  return document_iri(&fact->document, r->table, text);
}

/* ---- rows ---- */

static Status take_relation(const RelationName **out, Fact *fact, const RowReader *r)
{
  Slice text;
  bool new;
  TRY(value(&text, r, PART_RELATION));
  if (!text.len) return bad_row(r, "no relation", SLICE_NONE);
  TRY(table_relation(out, &new, &r->table->names, text));
  if (!*out) return bad_row(r, "not a relation", text);
  if (new) {
    report(r->table->report, SEVERITY_WARNING, r->table->name, r->row->line, 0,
           "the ontology has no relation \"%.*s\": it gets a property of its own",
           SLICE_ARGS(text));
  }
  fact->schema = &(*out)->schema;
  return STATUS_OK;
}

static Status add_fact(TableReader *t, const Fact *fact)
{
  Fact *const grown =
      arena_grow(&t->arena, t->facts, &t->fact_capacity, t->fact_count, 1, sizeof *grown);
  if (!grown) return STATUS_MEMORY;
  t->facts = grown;
  grown[t->fact_count++] = *fact;
  return STATUS_OK;
}

/* Not written by us, who give every row a confidence. */
static bool is_foreign(const TableReader *t)
{
  return t->map.clauses[0].parts[PART_CONFIDENCE].kind == BIND_NOTHING;
}

/* PERSON holds OFFICE: what a title before the name says, from the same source as FACT. */
static Status add_office(TableReader *t, Fact fact, uint32_t person, Slice office)
{
  const RelationName *relation;
  bool new;
  TRY(table_relation(&relation, &new, &t->names, SLICE("holdsOffice")));
  fact.schema = &relation->schema;
  fact.subject = person;
  fact.date = SLICE_NONE;
  fact.factuality = FACTUALITY_ACTUAL;
  TRY(table_thing(&fact.object, &t->names, office, 1u << ENTITY_OFFICE, SLICE("Office"),
                  fact.document));
  return add_fact(t, &fact);
}

/* The entity at the subject's or object's side, and what office its title says that it holds. */
static Status take_thing(uint32_t *out, Slice *office, const RowReader *r, bool subject,
                         unsigned classes, Slice document)
{
  TableReader *const t = r->table;
  Slice text, class_name, state;
  TRY(value(&text, r, subject ? PART_SUBJECT : PART_OBJECT));
  TRY(value(&class_name, r, subject ? PART_SUBJECT_CLASS : PART_OBJECT_CLASS));
  TRY(value(&state, r, subject ? PART_SUBJECT_STATE : PART_OBJECT_STATE));
  if (!text.len) return bad_row(r, subject ? "no subject" : "no object", SLICE_NONE);
  const bool person = slice_is(class_name, "Person");
  TitledName titled = {text, SLICE_NONE};
  if (is_foreign(t)) {
    const Ontology *const ontology = t->options->ontology;
    TRY(table_upright(&titled.name, &t->arena, ontology, text));
    TRY(table_upright(&state, &t->arena, ontology, state));
    if (person || (!class_name.len && classes & 1u << ENTITY_PERSON)) {
      TRY(table_titled(&titled, &t->arena, ontology, titled.name, state, person));
    }
  }
  *office = titled.office;
  if (office->len) class_name = SLICE("Person");
  return table_thing(out, &t->names, titled.name, classes, class_name, document);
}

/* Sources of one quote stand in one field with "; " between: a fact for each. */
static Status add_attributed(TableReader *t, Fact *fact, Slice sources)
{
  for (size_t at = 0; at < sources.len;) {
    size_t end = at;
    while (end < sources.len && !slice_starts(slice_part(sources, end, sources.len), "; ")) end++;
    const Slice source = slice_part(sources, at, end);
    at = end < sources.len ? end + 2 : end;
    if (!source.len) continue;
    bool found;
    uint32_t entity;
    TRY(table_known_thing(&found, &entity, &t->names, source, fact->document));
    fact->attributed_to = source;
    fact->attributed_entity = found ? (int32_t)entity : -1;
    TRY(add_fact(t, fact));
  }
  return fact->attributed_to.len ? STATUS_OK : add_fact(t, fact);
}

static Status take_fact(const RowReader *r)
{
  Fact fact = {.attributed_entity = -1};
  const RelationName *relation;
  Slice sources, offices[2];
  if (r->row->broken) return bad_row(r, "quotation marks that do not match", SLICE_NONE);
  if (r->row->count > r->table->map.column_count) {
    return bad_row(r, "more fields than the header has", SLICE_NONE);
  }
  for (size_t i = 0; i < r->row->count; i++) {
    if (illegal_text(r->row->fields[i])) return bad_row(r, "a NUL in it", SLICE_NONE);
  }
  TRY(take_date(&fact, r));
  TRY(take_factuality(&fact, r));
  TRY(take_confidence(&fact, r));
  TRY(take_relation(&relation, &fact, r));
  TRY(take_source(&fact, r));
  TRY(take_thing(&fact.subject, &offices[0], r, true, relation->subject_classes, fact.document));
  TRY(take_thing(&fact.object, &offices[1], r, false, relation->object_classes, fact.document));
  if (fact.subject == fact.object) return bad_row(r, "subject and object are the same", SLICE_NONE);
  TRY(note_document(r->table, fact.document));
  if (offices[0].len) TRY(add_office(r->table, fact, fact.subject, offices[0]));
  if (offices[1].len) TRY(add_office(r->table, fact, fact.object, offices[1]));
  TRY(value(&sources, r, PART_ATTRIBUTED));
  return add_attributed(r->table, &fact, sources);
}

static Status take_row(TableReader *t, const CsvRow *row)
{
  for (size_t i = 0; i < t->map.clause_count; i++) {
    const Status status = take_fact(&(RowReader){t, &t->map.clauses[i], row});
    if (status == STATUS_INPUT) {
      if (t->options->skipped) ++*t->options->skipped;
      return STATUS_OK;
    }
    TRY(status);
  }
  return STATUS_OK;
}

static Status take_rows(TableReader *t, Slice text)
{
  Csv csv;
  CsvRow row;
  bool more;
  csv_start(&csv, text, 0);
  TRY(csv_next(&more, &row, &csv, &t->arena));
  if (!more) {
    report(t->report, SEVERITY_ERROR, t->name, 0, 0, "an empty table");
    return STATUS_INPUT;
  }
  Slice *const header = arena_array(&t->arena, row.count, sizeof *header);
  if (!header) return STATUS_MEMORY;
  memcpy(header, row.fields, row.count * sizeof *header);
  const Status mapped =
      table_map(&t->map, &t->arena, t->options->map, header, row.count, t->name, t->report);
  if (mapped == STATUS_ARGUMENT && !t->options->map.len) return STATUS_INPUT;
  TRY(mapped);
  TRY(csv_next(&more, &row, &csv, &t->arena));
  while (more) {
    TRY(take_row(t, &row));
    TRY(csv_next(&more, &row, &csv, &t->arena));
  }
  return STATUS_OK;
}

static Status read_table(TableReader *t, Slice bytes)
{
  Slice text;
  FactSet set = {.base = t->options->base};
  TRY(decode(&text, &t->arena, bytes, t->name, 0, t->report));
  TRY(take_rows(t, text));
  TRY(table_entities(&set.entities, &t->names));
  set.entity_count = t->names.thing_count;
  set.facts = t->facts;
  set.fact_count = t->fact_count;
  set.documents = t->documents;
  set.document_count = t->document_count;
  return facts_add(t->graph, &set);
}

Status table_read_bytes(Graph *graph, Slice bytes, const char *name, const TableOptions *options,
                        const Report *report)
{
  TableOptions with_base = *options;
  if (!with_base.base.len) with_base.base = SLICE(ENT_DATA);
  TableReader t = {.graph = graph, .name = name, .options = &with_base, .report = report};
  t.names.ontology = options->ontology;
  t.names.arena = &t.arena;
  const Status status = read_table(&t, bytes);
  table_names_clear(&t.names);
  table_clear(&t.by_document);
  arena_clear(&t.arena);
  return status;
}

Status table_read(Graph *graph, const char *path, const TableOptions *options, const Report *report)
{
  Buffer bytes = BUFFER_EMPTY;
  const size_t limit = options->limit ? options->limit : LIMIT;
  Status status = source_read_all(&bytes, path, limit, report);
  if (status == STATUS_OK) {
    status = table_read_bytes(graph, buffer_as_slice(&bytes), path, options, report);
  }
  buffer_clear(&bytes);
  return status;
}

Status table_map_text(Buffer *out, const char *argument, const Report *report)
{
  if (argument[0] != '@') return buffer_text(out, argument);
  return source_read_all(out, argument + 1, (size_t)1 << 20, report);
}
