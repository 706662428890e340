#include "table.h"

#include "check.h"

#include <stdio.h>
#include <stdlib.h>

char *table_file(const char *path, size_t *size)
{
  FILE *file = fopen(path, "rb");
  if (!file) fail_msg("cannot open %s", path);
  size_t capacity = 1 << 16, n;
  char *bytes = malloc(capacity);
  *size = 0;
  while (bytes && (n = fread(bytes + *size, 1, capacity - *size, file)) > 0) {
    *size += n;
    if (*size == capacity) bytes = realloc(bytes, capacity *= 2);
  }
  fclose(file);
  assert_non_null(bytes);
  return bytes;
}

static Slice trimmed(Slice text)
{
  while (text.len && *text.ptr == ' ') text = slice_part(text, 1, text.len);
  while (text.len && (text.ptr[text.len - 1] == ' ' || text.ptr[text.len - 1] == '\r')) text.len--;
  return text;
}

/* The part of *REST before MARK; *REST moves behind it. */
static Slice cut(Slice *rest, char mark)
{
  const char *end = memchr(rest->ptr, mark, rest->len);
  const Slice part = {rest->ptr, end ? (size_t)(end - rest->ptr) : rest->len};
  *rest = slice_part(*rest, part.len + (end != NULL), rest->len);
  return part;
}

static TableRow row_of(Slice line, size_t number)
{
  TableRow row = {.line = number};
  while (line.len && row.count < TABLE_COLUMNS) row.fields[row.count++] = trimmed(cut(&line, '|'));
  return row;
}

size_t table_each(const char *path, void (*each)(const TableRow *row, void *handle), void *handle)
{
  size_t size, cases = 0, number = 0;
  char *bytes = table_file(path, &size);
  for (Slice rest = {bytes, size}; rest.len;) {
    const Slice line = cut(&rest, '\n');
    number++;
    if (!line.len || *line.ptr == '#') continue;
    const TableRow row = row_of(line, number);
    each(&row, handle);
    cases++;
  }
  free(bytes);
  return cases;
}
