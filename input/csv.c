#include "input/csv.h"

/* The separator seen most in the first line outside of quotes; a comma if there is none. */
static char guess_separator(Slice text)
{
  static const char candidates[] = ",;\t";
  size_t counts[3] = {0};
  bool quoted = false;
  for (size_t i = 0; i < text.len && (quoted || (text.ptr[i] != '\n' && text.ptr[i] != '\r'));
       i++) {
    if (text.ptr[i] == '"') quoted = !quoted;
    for (size_t c = 0; c < 3 && !quoted; c++) counts[c] += text.ptr[i] == candidates[c];
  }
  size_t best = 0;
  for (size_t c = 1; c < 3; c++) {
    if (counts[c] > counts[best]) best = c;
  }
  return candidates[best];
}

void csv_start(Csv *csv, Slice text, char separator)
{
  if (slice_starts(text, "\xEF\xBB\xBF")) text = slice_part(text, 3, text.len);
  *csv = (Csv){.text = text, .line = 1, .separator = separator};
  if (!separator) csv->separator = guess_separator(text);
}

static bool at_line_end(const Csv *csv, size_t at)
{
  return at >= csv->text.len || csv->text.ptr[at] == '\n' || csv->text.ptr[at] == '\r';
}

static bool ends_field(const Csv *csv, size_t at)
{
  return at_line_end(csv, at) || csv->text.ptr[at] == csv->separator;
}

static Slice take_plain(Csv *csv)
{
  const size_t start = csv->at;
  while (!ends_field(csv, csv->at)) csv->at++;
  return slice_part(csv->text, start, csv->at);
}

/* Where the quoted field that begins at START (behind its quote) ends; the text's length if it does
   not. *DOUBLED: quotes in it are doubled. */
static size_t closing_quote(const Csv *csv, size_t start, bool *doubled)
{
  const Slice text = csv->text;
  for (size_t i = start; i < text.len; i++) {
    if (text.ptr[i] == '\n' && csv->unclosed) return text.len;
    if (text.ptr[i] != '"') continue;
    if (i + 1 >= text.len || text.ptr[i + 1] != '"') return i;
    *doubled = true;
    i++;
  }
  return text.len;
}

static Status undouble(Slice *field, Arena *arena)
{
  char *const bytes = arena_alloc(arena, field->len + 1);
  if (!bytes) return STATUS_MEMORY;
  size_t count = 0;
  for (size_t i = 0; i < field->len; i++) {
    bytes[count++] = field->ptr[i];
    if (field->ptr[i] == '"') i++;
  }
  *field = (Slice){bytes, count};
  return STATUS_OK;
}

static Status take_quoted(Slice *out, Csv *csv, Arena *arena, bool *broken)
{
  bool doubled = false;
  const size_t start = csv->at + 1, end = closing_quote(csv, start, &doubled);
  if (end == csv->text.len || !ends_field(csv, end + 1)) {
    if (end == csv->text.len) csv->unclosed = true;
    *broken = csv->separator != '\t'; /* in tables with tabs a quote is often just a character */
    *out = take_plain(csv);
    return STATUS_OK;
  }
  *out = slice_part(csv->text, start, end);
  for (size_t i = start; i < end; i++) csv->line += csv->text.ptr[i] == '\n';
  csv->at = end + 1;
  return doubled ? undouble(out, arena) : STATUS_OK;
}

static void skip_line_end(Csv *csv)
{
  const Slice text = csv->text;
  if (csv->at < text.len && text.ptr[csv->at] == '\r') {
    csv->at++;
    csv->line += csv->at >= text.len || text.ptr[csv->at] != '\n';
  }
  if (csv->at < text.len && text.ptr[csv->at] == '\n') {
    csv->at++;
    csv->line++;
  }
}

Status csv_next(bool *more, CsvRow *row, Csv *csv, Arena *arena)
{
  while (csv->at < csv->text.len && at_line_end(csv, csv->at)) skip_line_end(csv);
  *row = (CsvRow){NULL, 0, csv->line, false};
  *more = csv->at < csv->text.len;
  while (*more) {
    Slice field;
    if (csv->at < csv->text.len && csv->text.ptr[csv->at] == '"') {
      TRY(take_quoted(&field, csv, arena, &row->broken));
    } else {
      field = take_plain(csv);
    }
    Slice *const fields =
        arena_grow(arena, csv->fields, &csv->capacity, row->count, 1, sizeof *fields);
    if (!fields) return STATUS_MEMORY;
    csv->fields = row->fields = fields;
    row->fields[row->count++] = field;
    if (at_line_end(csv, csv->at)) break;
    csv->at++;
  }
  skip_line_end(csv);
  return STATUS_OK;
}
