#include "input/table_map.h"

#include "graph/sink.h"

static const char *const part_names[TABLE_PARTS] = {
    "subject",      "relation",     "object",      "date",         "factuality",
    "attributedTo", "confidence",   "document",    "start",        "end",
    "quote",        "subjectClass", "objectClass", "subjectState", "objectState"};

static char lower(char c)
{
  return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static bool same_word(Slice a, Slice b)
{
  for (size_t i = 0; a.len == b.len && i < a.len; i++) {
    if (lower(a.ptr[i]) != lower(b.ptr[i])) return false;
  }
  return a.len == b.len;
}

static Slice trim(Slice text)
{
  while (text.len && strchr(" \t\r\n", text.ptr[0])) text = slice_part(text, 1, text.len);
  while (text.len && strchr(" \t\r\n", text.ptr[text.len - 1])) text.len--;
  return text;
}

static bool find_column(size_t *out, const TableMap *map, Slice name)
{
  for (size_t i = 0; i < map->column_count; i++) {
    if (same_word(trim(map->header[i]), name)) {
      *out = i;
      return true;
    }
  }
  return false;
}

typedef struct MapParser {
  TableMap *map;
  Slice text;
  size_t at;
  const char *file;
  const Report *report;
} MapParser;

static Status complain(const MapParser *p, const char *what, Slice which)
{
  report(p->report, SEVERITY_ERROR, p->file, 0, 0, "in the column mapping: %s \"%.*s\"", what,
         SLICE_ARGS(which));
  return STATUS_ARGUMENT;
}

static bool ends_clause(char c)
{
  return c == ';' || c == '\n';
}

static void skip_space(MapParser *p)
{
  while (p->at < p->text.len && strchr(" \t\r", p->text.ptr[p->at])) p->at++;
  if (p->at < p->text.len && p->text.ptr[p->at] == '#') {
    while (p->at < p->text.len && p->text.ptr[p->at] != '\n') p->at++;
  }
}

static Slice take_until(MapParser *p, const char *stops)
{
  const size_t start = p->at;
  while (p->at < p->text.len && !strchr(stops, p->text.ptr[p->at])) p->at++;
  return slice_part(p->text, start, p->at);
}

static Status check_template(const MapParser *p, Slice text)
{
  for (size_t i = 0; i < text.len; i++) {
    if (text.ptr[i] != '{') continue;
    const char *const close = memchr(text.ptr + i, '}', text.len - i);
    size_t column;
    if (!close) return complain(p, "a brace is not closed in", text);
    const Slice name = slice_part(text, i + 1, (size_t)(close - text.ptr));
    if (!find_column(&column, p->map, name)) return complain(p, "there is no column", name);
    i += name.len + 1;
  }
  return STATUS_OK;
}

static Status take_quoted(MapParser *p, Binding *binding)
{
  p->at++;
  binding->text = take_until(p, "\"");
  if (p->at == p->text.len) return complain(p, "a quote is not closed in", binding->text);
  p->at++;
  const bool braces = binding->text.len && memchr(binding->text.ptr, '{', binding->text.len);
  binding->kind = braces ? BIND_TEMPLATE : BIND_CONSTANT;
  return check_template(p, binding->text);
}

static Status take_value(MapParser *p, TablePart part, Binding *binding)
{
  if (p->at < p->text.len && p->text.ptr[p->at] == '"') return take_quoted(p, binding);
  binding->text = take_until(p, " \t\r\n;");
  binding->kind = BIND_COLUMN;
  if (find_column(&binding->column, p->map, binding->text)) return STATUS_OK;
  binding->kind = BIND_CONSTANT;
  if (part == PART_RELATION && binding->text.len) return STATUS_OK;
  return complain(p, "there is no column (put a constant in double quotes)", binding->text);
}

static Status take_part(MapParser *p, TableClause *clause)
{
  const Slice name = take_until(p, "=\n;");
  if (p->at == p->text.len || p->text.ptr[p->at] != '=') {
    return complain(p, "PART=VALUE expected instead of", name);
  }
  p->at++;
  for (size_t i = 0; i < TABLE_PARTS; i++) {
    if (same_word(trim(name), slice_of(part_names[i]))) {
      return take_value(p, (TablePart)i, &clause->parts[i]);
    }
  }
  return complain(p, "there is no part", name);
}

static Status check_clause(const MapParser *p, const TableClause *clause)
{
  for (size_t i = PART_SUBJECT; i <= PART_OBJECT; i++) {
    if (clause->parts[i].kind == BIND_NOTHING) {
      report(p->report, SEVERITY_ERROR, p->file, 0, 0,
             "no column \"%s\": name it in the header or map columns with --map", part_names[i]);
      return STATUS_ARGUMENT;
    }
  }
  return STATUS_OK;
}

static Status take_clause(MapParser *p, TableClause *clause, bool *empty)
{
  *empty = true;
  for (skip_space(p); p->at < p->text.len && !ends_clause(p->text.ptr[p->at]); skip_space(p)) {
    TRY(take_part(p, clause));
    *empty = false;
  }
  p->at++;
  return *empty ? STATUS_OK : check_clause(p, clause);
}

static void map_by_names(TableMap *map)
{
  for (size_t i = 0; i < TABLE_PARTS; i++) {
    Binding *const binding = &map->clauses[0].parts[i];
    if (find_column(&binding->column, map, slice_of(part_names[i]))) binding->kind = BIND_COLUMN;
  }
}

Status table_map(TableMap *out, Arena *arena, Slice text, const Slice *header, size_t columns,
                 const char *file, const Report *report)
{
  size_t most = 1;
  for (size_t i = 0; i < text.len; i++) most += ends_clause(text.ptr[i]);
  *out = (TableMap){header, columns, arena_array(arena, most, sizeof(TableClause)), 0};
  if (!out->clauses) return STATUS_MEMORY;
  MapParser p = {out, text, 0, file, report};
  while (p.at < text.len) {
    bool empty;
    TRY(take_clause(&p, &out->clauses[out->clause_count], &empty));
    out->clause_count += !empty;
  }
  if (out->clause_count) return STATUS_OK;
  map_by_names(out);
  out->clause_count = 1;
  return check_clause(&p, &out->clauses[0]);
}

static Status fill_template(Buffer *out, const TableMap *map, Slice text, const Slice *fields,
                            size_t count)
{
  size_t start = 0;
  for (size_t i = 0; i < text.len; i++) {
    if (text.ptr[i] != '{') continue;
    const size_t close = (size_t)((const char *)memchr(text.ptr + i, '}', text.len - i) - text.ptr);
    size_t column = 0;
    TRY(buffer_slice(out, slice_part(text, start, i)));
    find_column(&column, map, slice_part(text, i + 1, close));
    if (column < count) TRY(buffer_slice(out, trim(fields[column])));
    start = close + 1;
    i = close;
  }
  return buffer_slice(out, slice_part(text, start, text.len));
}

Status table_value(Slice *out, Arena *arena, const TableMap *map, const TableClause *clause,
                   TablePart part, const Slice *fields, size_t count)
{
  const Binding *const binding = &clause->parts[part];
  Buffer filled = BUFFER_EMPTY;
  Status status = STATUS_OK;
  *out = SLICE_NONE;
  switch (binding->kind) {
  case BIND_NOTHING:
    break;
  case BIND_CONSTANT:
    *out = binding->text;
    break;
  case BIND_COLUMN:
    if (binding->column >= count) break;
    *out = part == PART_QUOTE ? fields[binding->column] : trim(fields[binding->column]);
    break;
  case BIND_TEMPLATE:
    status = fill_template(&filled, map, binding->text, fields, count);
    if (status == STATUS_OK) status = arena_copy(out, arena, buffer_as_slice(&filled));
    buffer_clear(&filled);
    break;
  }
  return status;
}
