/* N-Triples and N-Quads, each production as it stands in the W3C grammars of 2014 (neither Serd nor
   raptor keeps to them: both take overlong UTF-8, surrogates and more than one statement a line).
   Text is read in large blocks; a term without escapes goes to the graph straight from the block.
 */
#include "input/rdf_reader.h"

#include "graph/legal.h"
#include "graph/memory.h"
#include "graph/unicode.h"

#define BLOCK ((size_t)1 << 20)
#define LONGEST_LINE ((size_t)1 << 30)

typedef struct Line {
  RdfReading *reading;
  Slice text;
  size_t at;
  const char *error; /* of the first thing wrong, at AT */
  Buffer unescaped;  /* scratch, kept from line to line */
  Buffer datatype;
} Line;

/* A term before it is interned. */
typedef struct Parsed {
  TermKind kind;
  Slice text, datatype, language;
} Parsed;

static bool fail(Line *line, const char *error)
{
  if (!line->error) line->error = error;
  return false;
}

static char peek(const Line *line)
{
  return line->at < line->text.len ? line->text.ptr[line->at] : '\0';
}

static void skip_blanks(Line *line)
{
  while (peek(line) == ' ' || peek(line) == '\t') line->at++;
}

/* ---- escapes ---- */

static int hex_value(char c)
{
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* \u or \U at *AT in TEXT, AT being on the letter. */
static bool add_code_point(Line *line, Buffer *out, Slice text, size_t *at)
{
  const size_t count = text.ptr[*at] == 'u' ? 4 : 8;
  uint32_t code = 0;
  if (text.len - *at <= count) return fail(line, "an escape that is cut short");
  for (size_t i = 1; i <= count; i++) {
    const int value = hex_value(text.ptr[*at + i]);
    if (value < 0 || code > 0xFFFFFFF) return fail(line, "an escape that is not hexadecimal");
    code = code << 4 | (uint32_t)value;
  }
  if (code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF)) {
    return fail(line, "an escape for what is no character");
  }
  char bytes[4];
  *at += count + 1;
  return buffer_add(out, bytes, utf8_encode(bytes, code)) == STATUS_OK || fail(line, "");
}

static bool add_short_escape(Line *line, Buffer *out, char c)
{
  static const char letters[] = "tbnrf\"'\\", values[] = "\t\b\n\r\f\"'\\";
  const char *const found = c ? strchr(letters, c) : NULL;
  if (!found) return fail(line, "an unknown escape");
  return buffer_add(out, &values[found - letters], 1) == STATUS_OK || fail(line, "");
}

/* Append TEXT with escapes undone; those of one letter only in strings. An empty error stands for
   lack of memory. */
static bool unescape(Line *line, Buffer *out, Slice text, bool string)
{
  out->count = 0;
  for (size_t at = 0; at < text.len;) {
    const char *const back = memchr(text.ptr + at, '\\', text.len - at);
    const size_t end = back ? (size_t)(back - text.ptr) : text.len;
    if (buffer_slice(out, slice_part(text, at, end)) != STATUS_OK) return fail(line, "");
    at = end;
    if (!back) break;
    if (++at == text.len) return fail(line, "an escape that is cut short");
    if (text.ptr[at] == 'u' || text.ptr[at] == 'U') {
      if (!add_code_point(line, out, text, &at)) return false;
    } else {
      if (!string) return fail(line, "an escape that an IRI may not hold");
      if (!add_short_escape(line, out, text.ptr[at++])) return false;
    }
  }
  return true;
}

/* ---- terms ---- */

static bool parse_iri(Line *line, Slice *out, Buffer *scratch)
{
  const size_t start = ++line->at;
  const char *const end = memchr(line->text.ptr + start, '>', line->text.len - start);
  if (!end) return fail(line, "an IRI without its end");
  Slice iri = {line->text.ptr + start, (size_t)(end - line->text.ptr) - start};
  if (memchr(iri.ptr, '\\', iri.len)) {
    if (!unescape(line, scratch, iri, false)) return false;
    iri = buffer_as_slice(scratch);
  }
  if (rdf_cached_iri(line->reading, iri) == TERM_ANY) {
    const char *const reason = illegal_iri(iri);
    if (reason) return fail(line, reason);
  }
  line->at = (size_t)(end - line->text.ptr) + 1;
  *out = iri;
  return true;
}

static bool in_label(unsigned char c)
{
  return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_' ||
         c == '-' || c == '.' || c >= 0x80;
}

static bool parse_blank(Line *line, Parsed *out)
{
  if (line->at + 1 >= line->text.len || line->text.ptr[line->at + 1] != ':') {
    return fail(line, "a term expected");
  }
  const size_t start = line->at + 2;
  size_t end = start;
  while (end < line->text.len && in_label((unsigned char)line->text.ptr[end])) end++;
  while (end > start && line->text.ptr[end - 1] == '.') end--;
  out->kind = TERM_BLANK;
  out->text = slice_part(line->text, start, end);
  if (!legal_blank_label(out->text)) return fail(line, "not a blank node label");
  line->at = end;
  if (peek(line) == ':') return fail(line, "not a blank node label");
  return true;
}

static bool parse_language(Line *line, Parsed *out)
{
  const size_t start = ++line->at;
  size_t end = start;
  while (end < line->text.len && (in_label((unsigned char)line->text.ptr[end]))) end++;
  while (end > start && line->text.ptr[end - 1] == '.') end--;
  out->language = slice_part(line->text, start, end);
  const char *const reason = illegal_language(out->language);
  if (reason) return fail(line, reason);
  line->at = end;
  return true;
}

/* The offset of the quote that ends the string begun before AT, or the line's length. */
static size_t string_end(Slice text, size_t at, bool *escaped)
{
  while (at < text.len && text.ptr[at] != '"') {
    const bool back = text.ptr[at] == '\\';
    *escaped |= back;
    at += back ? 2 : 1;
  }
  return at < text.len ? at : text.len;
}

static bool parse_literal(Line *line, Parsed *out)
{
  bool escaped = false;
  const size_t start = ++line->at, end = string_end(line->text, start, &escaped);
  if (end == line->text.len) return fail(line, "a string without its end");
  out->kind = TERM_LITERAL;
  out->text = slice_part(line->text, start, end);
  if (escaped) {
    if (!unescape(line, &line->unescaped, out->text, true)) return false;
    out->text = buffer_as_slice(&line->unescaped);
  }
  const char *const reason = illegal_text(out->text);
  if (reason) return fail(line, reason);
  line->at = end + 1;
  if (peek(line) == '@') return parse_language(line, out);
  if (peek(line) != '^') return true;
  if (line->text.len - line->at < 3 || memcmp(line->text.ptr + line->at, "^^<", 3) != 0) {
    return fail(line, "a datatype expected");
  }
  line->at += 2;
  return parse_iri(line, &out->datatype, &line->datatype);
}

static bool parse_term(Line *line, Parsed *out, bool literals, bool blanks)
{
  memset(out, 0, sizeof *out);
  skip_blanks(line);
  switch (peek(line)) {
  case '<':
    out->kind = TERM_IRI;
    return parse_iri(line, &out->text, &line->unescaped);
  case '_':
    return blanks ? parse_blank(line, out) : fail(line, "an IRI expected");
  case '"':
    return literals ? parse_literal(line, out) : fail(line, "a literal in a wrong place");
  default:
    return fail(line, line->at < line->text.len ? "a term expected" : "a line that ends early");
  }
}

/* ---- lines ---- */

static Status intern(TermId *out, RdfReading *reading, const Parsed *term)
{
  switch (term->kind) {
  case TERM_IRI:
    return rdf_iri(out, reading, term->text);
  case TERM_BLANK:
    return rdf_blank(out, reading, term->text);
  case TERM_LITERAL:
    return rdf_literal(out, reading, term->text, term->datatype, term->language);
  }
  return STATUS_INTERNAL;
}

static bool at_end(Line *line)
{
  skip_blanks(line);
  return line->at == line->text.len || peek(line) == '#';
}

/* One term of a statement into the graph; STATUS_INPUT if the line is bad. */
static Status take_term(TermId *out, Line *line, bool literals, bool blanks)
{
  Parsed term;
  if (!parse_term(line, &term, literals, blanks)) return STATUS_INPUT;
  return intern(out, line->reading, &term);
}

static Status take_dot(Line *line)
{
  skip_blanks(line);
  if (peek(line) != '.')
    fail(line, "a full stop expected");
  else
    line->at++;
  if (!line->error && !at_end(line)) fail(line, "more after the full stop");
  return line->error ? STATUS_INPUT : STATUS_OK;
}

static Status take_statement(Line *line)
{
  Quad quad = {TERM_ANY, TERM_ANY, TERM_ANY, TERM_ANY};
  TRY(take_term(&quad.subject, line, false, true));
  TRY(take_term(&quad.predicate, line, false, false));
  TRY(take_term(&quad.object, line, true, true));
  skip_blanks(line);
  if (line->reading->syntax == SYNTAX_NQUADS && peek(line) != '.') {
    TRY(take_term(&quad.graph, line, false, true));
  }
  TRY(take_dot(line));
  return graph_add(line->reading->graph, quad);
}

static Status take_line(Line *line, Slice text, size_t number)
{
  line->text = text;
  line->at = 0;
  line->error = NULL;
  if (at_end(line)) return STATUS_OK;
  const Status status = take_statement(line);
  if (status != STATUS_INPUT || !line->error) return status;
  if (!*line->error) return STATUS_MEMORY;
  return rdf_bad(line->reading, number, line->at + 1, line->error);
}

/* A line feed ends a line, and so does a carriage return. */
static Status take_lines(Line *line, Slice text, size_t number)
{
  const char *cr;
  while (text.len && (cr = memchr(text.ptr, '\r', text.len))) {
    const size_t end = (size_t)(cr - text.ptr);
    TRY(take_line(line, slice_part(text, 0, end), number));
    text = slice_part(text, end + 1, text.len);
  }
  return take_line(line, text, number);
}

/* Whole lines of BLOCK; *USED is how many bytes they were. The last line needs no line feed. */
static Status take_block(Line *line, Slice block, bool last, size_t *number, size_t *used)
{
  size_t at = 0;
  while (at < block.len) {
    const char *const lf = memchr(block.ptr + at, '\n', block.len - at);
    if (!lf && !last) break;
    const size_t end = lf ? (size_t)(lf - block.ptr) : block.len;
    TRY(take_lines(line, slice_part(block, at, end), ++*number));
    at = lf ? end + 1 : end;
  }
  *used = at;
  return STATUS_OK;
}

typedef struct Blocks {
  char *bytes;
  size_t count, capacity;
  size_t number; /* of the line read last */
} Blocks;

static Status read_blocks(RdfReading *reading, Line *line, Blocks *b)
{
  for (bool first = true, last = false; !last; first = false) {
    char *const moved = memory_grow(b->bytes, &b->capacity, b->count, BLOCK, 1);
    if (!moved) return STATUS_MEMORY;
    b->bytes = moved;
    size_t got, used, start = 0;
    TRY(rdf_bytes(&got, &reading->bytes, b->bytes + b->count, BLOCK));
    last = got == 0;
    b->count += got;
    if (first && b->count >= 3 && memcmp(b->bytes, "\xEF\xBB\xBF", 3) == 0) start = 3;
    TRY(take_block(line, (Slice){b->bytes + start, b->count - start}, last, &b->number, &used));
    b->count -= used + start;
    memmove(b->bytes, b->bytes + start + used, b->count);
    if (b->count > LONGEST_LINE) {
      report(reading->report, SEVERITY_ERROR, reading->name, b->number + 1, 0,
             "a line of more than 1 GiB");
      return STATUS_LIMIT;
    }
  }
  return STATUS_OK;
}

Status rdf_read_lines(RdfReading *reading)
{
  Line line = {.reading = reading};
  Blocks blocks = {0};
  const Status status = read_blocks(reading, &line, &blocks);
  memory_free(blocks.bytes, blocks.capacity);
  buffer_clear(&line.unescaped);
  buffer_clear(&line.datatype);
  return status;
}
