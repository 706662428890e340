/* Each format is a function that writes one term and a few lines around it. What is written goes
   through a buffer, so that the sink is called for large pieces only. */
#include "query_results.h"

#include "graph/memory.h"
#include "graph/unicode.h"

#define FLUSH_AT 65536u

typedef struct Writer {
  const Sink *sink;
  Buffer buffer;
  const ResultTable *table;
  Status status; /* the first failure */
} Writer;

bool query_results_named(QueryResults *out, Slice name)
{
  static const char *const NAMES[] = {"table", "csv", "tsv", "json", "xml"};
  for (size_t i = 0; i < sizeof NAMES / sizeof *NAMES; i++) {
    *out = (QueryResults)i;
    if (slice_is(name, NAMES[i])) return true;
  }
  return false;
}

static void put(Writer *writer, Slice text)
{
  if (writer->status == STATUS_OK) writer->status = buffer_slice(&writer->buffer, text);
}

static void puts_(Writer *writer, const char *text)
{
  put(writer, slice_of(text));
}

static void drain(Writer *writer, size_t least)
{
  if (writer->status != STATUS_OK || writer->buffer.count < least) return;
  writer->status = sink_write(writer->sink, writer->buffer.bytes, writer->buffer.count);
  writer->buffer.count = 0;
}

static Status finish(Writer *writer)
{
  drain(writer, 1);
  buffer_clear(&writer->buffer);
  return writer->status;
}

static TermId cell(const Writer *writer, size_t row, size_t column)
{
  return writer->table->cells[row * writer->table->column_count + column];
}

/* ---- escapes ---- */

/* Put TEXT with the bytes that ESCAPE has something for replaced. */
static void put_escaped(Writer *writer, Slice text, const char *(*escape)(char, char *))
{
  size_t from = 0;
  char room[16];
  for (size_t i = 0; i < text.len; i++) {
    const char *const instead = escape(text.ptr[i], room);
    if (!instead) continue;
    put(writer, slice_part(text, from, i));
    puts_(writer, instead);
    from = i + 1;
  }
  put(writer, slice_part(text, from, text.len));
}

static const char *hexadecimal(char *room, const char *prefix, char c)
{
  static const char DIGITS[] = "0123456789ABCDEF";
  const size_t length = strlen(prefix);
  memcpy(room, prefix, length);
  room[length] = DIGITS[(unsigned char)c >> 4];
  room[length + 1] = DIGITS[(unsigned char)c & 15];
  room[length + 2] = '\0';
  return room;
}

static const char *escape_turtle(char c, char *room)
{
  (void)room;
  switch (c) {
  case '"':
    return "\\\"";
  case '\\':
    return "\\\\";
  case '\n':
    return "\\n";
  case '\r':
    return "\\r";
  case '\t':
    return "\\t";
  default:
    return NULL;
  }
}

static const char *escape_json(char c, char *room)
{
  const char *const known = escape_turtle(c, room);
  if (known || (unsigned char)c >= 0x20) return known;
  return hexadecimal(room, "\\u00", c);
}

static const char *escape_xml(char c, char *room)
{
  (void)room;
  switch (c) {
  case '&':
    return "&amp;";
  case '<':
    return "&lt;";
  case '>':
    return "&gt;";
  case '"':
    return "&quot;";
  case '\r':
    return "&#xD;";
  default:
    return NULL;
  }
}

/* In a table everything is on one line. */
static const char *escape_line(char c, char *room)
{
  if (c == '\n' || c == '\r' || c == '\t') return escape_turtle(c, room);
  if ((unsigned char)c < 0x20 || c == 0x7F) return hexadecimal(room, "\\x", c);
  return NULL;
}

static const char *double_quote(char c, char *room)
{
  (void)room;
  return c == '"' ? "\"\"" : NULL;
}

/* ---- CSV and TSV ---- */

static void put_csv(Writer *writer, Slice text)
{
  bool quoted = false;
  for (size_t i = 0; i < text.len && !quoted; i++) {
    quoted = text.ptr[i] && strchr("\",\r\n", text.ptr[i]);
  }
  if (!quoted) {
    put(writer, text);
    return;
  }
  puts_(writer, "\"");
  put_escaped(writer, text, double_quote);
  puts_(writer, "\"");
}

static void csv_term(Writer *writer, QueryTerm term)
{
  if (term.kind == TERM_BLANK) puts_(writer, "_:");
  put_csv(writer, term.text);
}

static void tsv_term(Writer *writer, QueryTerm term)
{
  switch (term.kind) {
  case TERM_IRI:
    puts_(writer, "<");
    put(writer, term.text);
    puts_(writer, ">");
    return;
  case TERM_BLANK:
    puts_(writer, "_:");
    put(writer, term.text);
    return;
  case TERM_LITERAL:
    break;
  }
  puts_(writer, "\"");
  put_escaped(writer, term.text, escape_turtle);
  puts_(writer, "\"");
  if (term.language.len) {
    puts_(writer, "@");
    put(writer, term.language);
  } else if (term.datatype.len) {
    puts_(writer, "^^<");
    put(writer, term.datatype);
    puts_(writer, ">");
  }
}

static Status write_lines(const Sink *out, const ResultTable *table, bool tabs)
{
  Writer writer = {out, BUFFER_EMPTY, table, STATUS_OK};
  const char *const between = tabs ? "\t" : ",", *const end = tabs ? "\n" : "\r\n";
  for (size_t i = 0; i < table->column_count; i++) {
    if (i) puts_(&writer, between);
    if (tabs) puts_(&writer, "?");
    put(&writer, table->names[i]);
  }
  puts_(&writer, end);
  for (size_t row = 0; row < table->row_count; row++) {
    for (size_t i = 0; i < table->column_count; i++) {
      if (i) puts_(&writer, between);
      const TermId id = cell(&writer, row, i);
      if (id && tabs) tsv_term(&writer, query_term(table->terms, id));
      if (id && !tabs) csv_term(&writer, query_term(table->terms, id));
    }
    puts_(&writer, end);
    drain(&writer, FLUSH_AT);
  }
  return finish(&writer);
}

/* ---- JSON ---- */

static void json_string(Writer *writer, Slice text)
{
  puts_(writer, "\"");
  put_escaped(writer, text, escape_json);
  puts_(writer, "\"");
}

static void json_member(Writer *writer, const char *name, Slice value)
{
  puts_(writer, name);
  json_string(writer, value);
}

static void json_term(Writer *writer, QueryTerm term)
{
  static const char *const TYPES[] = {"uri", "literal", "bnode"};
  json_member(writer, "{\"type\": ", slice_of(TYPES[term.kind]));
  json_member(writer, ", \"value\": ", term.text);
  if (term.language.len) json_member(writer, ", \"xml:lang\": ", term.language);
  if (term.datatype.len) json_member(writer, ", \"datatype\": ", term.datatype);
  puts_(writer, "}");
}

static void json_row(Writer *writer, size_t row)
{
  const ResultTable *const table = writer->table;
  bool first = true;
  puts_(writer, row ? ",\n    {" : "\n    {");
  for (size_t i = 0; i < table->column_count; i++) {
    const TermId id = cell(writer, row, i);
    if (!id) continue;
    puts_(writer, first ? "" : ", ");
    json_string(writer, table->names[i]);
    puts_(writer, ": ");
    json_term(writer, query_term(table->terms, id));
    first = false;
  }
  puts_(writer, "}");
}

static Status write_json(const Sink *out, const ResultTable *table)
{
  Writer writer = {out, BUFFER_EMPTY, table, STATUS_OK};
  puts_(&writer, "{\n  \"head\": {\"vars\": [");
  for (size_t i = 0; i < table->column_count; i++) {
    if (i) puts_(&writer, ", ");
    json_string(&writer, table->names[i]);
  }
  puts_(&writer, "]},\n  \"results\": {\"bindings\": [");
  for (size_t row = 0; row < table->row_count; row++) {
    json_row(&writer, row);
    drain(&writer, FLUSH_AT);
  }
  puts_(&writer, table->row_count ? "\n  ]}\n}\n" : "]}\n}\n");
  return finish(&writer);
}

/* ---- XML ---- */

#define XML_HEAD                                                                                   \
  "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"                                                   \
  "<sparql xmlns=\"http://www.w3.org/2005/sparql-results#\">\n"

static void xml_term(Writer *writer, QueryTerm term)
{
  static const char *const TAGS[] = {"uri", "literal", "bnode"};
  puts_(writer, "<");
  puts_(writer, TAGS[term.kind]);
  if (term.language.len || term.datatype.len) {
    puts_(writer, term.language.len ? " xml:lang=\"" : " datatype=\"");
    put_escaped(writer, term.language.len ? term.language : term.datatype, escape_xml);
    puts_(writer, "\"");
  }
  puts_(writer, ">");
  put_escaped(writer, term.text, escape_xml);
  puts_(writer, "</");
  puts_(writer, TAGS[term.kind]);
  puts_(writer, ">");
}

static void xml_row(Writer *writer, size_t row)
{
  const ResultTable *const table = writer->table;
  puts_(writer, "    <result>\n");
  for (size_t i = 0; i < table->column_count; i++) {
    const TermId id = cell(writer, row, i);
    if (!id) continue;
    puts_(writer, "      <binding name=\"");
    put_escaped(writer, table->names[i], escape_xml);
    puts_(writer, "\">");
    xml_term(writer, query_term(table->terms, id));
    puts_(writer, "</binding>\n");
  }
  puts_(writer, "    </result>\n");
}

/* XML 1.0 has no way to write most control characters, nor U+FFFE and U+FFFF. */
static bool xml_can_say(Slice text)
{
  for (size_t i = 0; i < text.len; i++) {
    const unsigned char c = (unsigned char)text.ptr[i];
    if (c < 0x20 && c != '\t' && c != '\n' && c != '\r') return false;
    if (c == 0xEF && i + 2 < text.len && (unsigned char)text.ptr[i + 1] == 0xBF &&
        (unsigned char)text.ptr[i + 2] >= 0xBE) {
      return false;
    }
  }
  return true;
}

static Status check_xml(const ResultTable *table, const Report *to)
{
  for (size_t i = 0; i < table->row_count * table->column_count; i++) {
    if (!table->cells[i] || xml_can_say(query_term(table->terms, table->cells[i]).text)) continue;
    report(to, SEVERITY_ERROR, "query", 0, 0,
           "row %zu holds a character that XML cannot say; take JSON or TSV",
           i / table->column_count + 1);
    return STATUS_LIMIT;
  }
  return STATUS_OK;
}

static Status write_xml(const Sink *out, const ResultTable *table, const Report *to)
{
  TRY(check_xml(table, to));
  Writer writer = {out, BUFFER_EMPTY, table, STATUS_OK};
  puts_(&writer, XML_HEAD "  <head>\n");
  for (size_t i = 0; i < table->column_count; i++) {
    puts_(&writer, "    <variable name=\"");
    put_escaped(&writer, table->names[i], escape_xml);
    puts_(&writer, "\"/>\n");
  }
  puts_(&writer, "  </head>\n  <results>\n");
  for (size_t row = 0; row < table->row_count; row++) {
    xml_row(&writer, row);
    drain(&writer, FLUSH_AT);
  }
  puts_(&writer, "  </results>\n</sparql>\n");
  return finish(&writer);
}

/* ---- the table for people ---- */

static bool plain_local(Slice local)
{
  for (size_t i = 0; i < local.len; i++) {
    const char c = local.ptr[i];
    const bool plain = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                       c == '_' || (c == '-' && i) || (unsigned char)c >= 0x80 ||
                       (c == '.' && i && i + 1 < local.len);
    if (!plain) return false;
  }
  return true;
}

/* The prefix with the longest IRI that leaves a plain local name; NULL if there is none. */
static const Prefix *find_prefix(const ResultTable *table, Slice iri)
{
  const Prefix *best = NULL;
  for (size_t i = 0; i < table->prefix_count; i++) {
    const Prefix *const prefix = &table->prefixes[i];
    if (iri.len < prefix->iri.len || memcmp(iri.ptr, prefix->iri.ptr, prefix->iri.len) != 0)
      continue;
    if (best && best->iri.len > prefix->iri.len) continue;
    if (plain_local(slice_part(iri, prefix->iri.len, iri.len))) best = prefix;
  }
  return best;
}

static void put_iri(Writer *writer, Slice iri)
{
  const Prefix *const prefix = find_prefix(writer->table, iri);
  if (!prefix) {
    puts_(writer, "<");
    put_escaped(writer, iri, escape_line);
    puts_(writer, ">");
    return;
  }
  put(writer, prefix->name);
  puts_(writer, ":");
  put(writer, slice_part(iri, prefix->iri.len, iri.len));
}

static bool speaks_for_itself(Slice datatype)
{
  static const char *const TYPES[] = {"integer", "decimal", "double",     "float",   "boolean",
                                      "date",    "gYear",   "gYearMonth", "dateTime"};
  for (size_t i = 0; i < sizeof TYPES / sizeof *TYPES; i++) {
    if (slice_starts(datatype, XSD) && slice_ends(datatype, TYPES[i]) &&
        datatype.len == sizeof XSD - 1 + strlen(TYPES[i])) {
      return true;
    }
  }
  return datatype.len == 0;
}

static void table_term(Writer *writer, TermId id)
{
  if (!id) return;
  const QueryTerm term = query_term(writer->table->terms, id);
  switch (term.kind) {
  case TERM_IRI:
    put_iri(writer, term.text);
    return;
  case TERM_BLANK:
    puts_(writer, "_:");
    break;
  case TERM_LITERAL:
    break;
  }
  put_escaped(writer, term.text, escape_line);
  if (term.language.len) {
    puts_(writer, "@");
    put(writer, term.language);
  } else if (!speaks_for_itself(term.datatype)) {
    puts_(writer, "^^");
    put_iri(writer, term.datatype);
  }
}

/* Write a cell, or only measure it: returns how many code points it has. */
static size_t table_cell(Writer *writer, size_t row, size_t column, bool keep)
{
  const size_t before = writer->buffer.count;
  table_term(writer, cell(writer, row, column));
  if (writer->status != STATUS_OK) return 0;
  const Slice text = {writer->buffer.bytes + before, writer->buffer.count - before};
  const size_t width = text.len ? utf8_count(text) : 0;
  if (!keep) writer->buffer.count = before;
  return width;
}

static void pad(Writer *writer, const char *with, size_t count)
{
  while (count-- > 0) puts_(writer, with);
}

static void table_head(Writer *writer, const size_t *widths)
{
  const ResultTable *const table = writer->table;
  for (unsigned line = 0; line < 2; line++) {
    for (size_t i = 0; i < table->column_count; i++) {
      const bool last = i + 1 == table->column_count;
      if (line) {
        pad(writer, "-", widths[i]);
      } else {
        put(writer, table->names[i]);
        if (!last) pad(writer, " ", widths[i] - utf8_count(table->names[i]));
      }
      if (!last) puts_(writer, "  ");
    }
    puts_(writer, "\n");
  }
}

static void table_row_(Writer *writer, size_t row, const size_t *widths)
{
  const size_t columns = writer->table->column_count;
  for (size_t i = 0; i < columns; i++) {
    const size_t width = table_cell(writer, row, i, true);
    if (i + 1 == columns) break;
    pad(writer, " ", widths[i] - width + 2);
  }
  while (writer->buffer.count && writer->buffer.bytes[writer->buffer.count - 1] == ' ') {
    writer->buffer.count--;
  }
  puts_(writer, "\n");
}

static Status write_table(const Sink *out, const ResultTable *table)
{
  Writer writer = {out, BUFFER_EMPTY, table, STATUS_OK};
  const size_t columns = table->column_count;
  size_t *const widths = memory_zero((columns + 1) * sizeof *widths);
  if (!widths) return STATUS_MEMORY;
  for (size_t i = 0; i < columns; i++) widths[i] = utf8_count(table->names[i]);
  for (size_t row = 0; row < table->row_count; row++) {
    for (size_t i = 0; i < columns; i++) {
      const size_t width = table_cell(&writer, row, i, false);
      if (width > widths[i]) widths[i] = width;
    }
  }
  table_head(&writer, widths);
  for (size_t row = 0; row < table->row_count && writer.status == STATUS_OK; row++) {
    table_row_(&writer, row, widths);
    drain(&writer, FLUSH_AT);
  }
  memory_free(widths, (columns + 1) * sizeof *widths);
  return finish(&writer);
}

/* ---- all formats ---- */

Status results_write(const Sink *out, const ResultTable *table, QueryResults format,
                     const Report *to)
{
  switch (format) {
  case RESULTS_TABLE:
    return write_table(out, table);
  case RESULTS_CSV:
    return write_lines(out, table, false);
  case RESULTS_TSV:
    return write_lines(out, table, true);
  case RESULTS_JSON:
    return write_json(out, table);
  case RESULTS_XML:
    return write_xml(out, table, to);
  }
  return STATUS_ARGUMENT;
}

Status results_write_truth(const Sink *out, bool truth, QueryResults format)
{
  switch (format) {
  case RESULTS_TABLE:
  case RESULTS_TSV:
    return sink_text(out, truth ? "true\n" : "false\n");
  case RESULTS_CSV:
    return sink_text(out, truth ? "true\r\n" : "false\r\n");
  case RESULTS_JSON:
    return sink_text(out, truth ? "{\n  \"head\": {},\n  \"boolean\": true\n}\n"
                                : "{\n  \"head\": {},\n  \"boolean\": false\n}\n");
  case RESULTS_XML:
    TRY(sink_text(out, XML_HEAD "  <head/>\n  <boolean>"));
    return sink_text(out, truth ? "true</boolean>\n</sparql>\n" : "false</boolean>\n</sparql>\n");
  }
  return STATUS_ARGUMENT;
}
