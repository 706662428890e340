/* One document a line. Lines are read and parsed one by one, so memory is that of the longest. The
   only file that uses jansson; so the JSON-LD of web pages is read here too. */
#include "reader.h"

#include "input/decode.h"
#include "input/source.h"

#include <jansson.h>

#define NESTING 8 /* of arrays and graphs searched for an article in JSON-LD */

static Slice string_slice(const json_t *value)
{
  return (Slice){json_string_value(value), json_string_length(value)};
}

/* The words of VALUE: a string, a whole number, the name of an object, or the first of an array. */
static Status words_of(Slice *out, Arena *arena, const json_t *value)
{
  *out = SLICE_NONE;
  if (json_is_array(value)) value = json_array_get(value, 0);
  if (json_is_object(value)) value = json_object_get(value, "name");
  if (json_is_string(value)) return arena_copy(out, arena, string_slice(value));
  if (!json_is_integer(value)) return STATUS_OK;
  Buffer digits = BUFFER_EMPTY;
  Status status = buffer_printf(&digits, "%lld", (long long)json_integer_value(value));
  if (status == STATUS_OK) status = arena_copy(out, arena, buffer_as_slice(&digits));
  buffer_clear(&digits);
  return status;
}

/* Set FIELD from the first of the NAMES (up to three, then NULL) that OBJECT has, unless it is set.
 */
static Status fill(Slice *field, Arena *arena, const json_t *object, const char *const names[3])
{
  for (size_t i = 0; i < 3 && names[i] && field->len == 0; i++) {
    TRY(words_of(field, arena, json_object_get(object, names[i])));
  }
  return STATUS_OK;
}

static Status fill_date(Document *document, const json_t *object, const char *const names[3])
{
  Slice written = SLICE_NONE;
  if (document->date.len) return STATUS_OK;
  TRY(fill(&written, document->arena, object, names));
  return date_read(&document->date, document->arena, written);
}

static Status fail_line(const Reader *reader, size_t line, size_t column, const char *text)
{
  report(reader->report, SEVERITY_ERROR, reader->path, line, column, "%s", text);
  return STATUS_INPUT;
}

static Status fill_document(Document *document, const Reader *reader, const json_t *object,
                            size_t line)
{
  Arena *const arena = document->arena;
  if (!json_is_object(object)) return fail_line(reader, line, 0, "is not a JSON object");
  if (!json_is_string(json_object_get(object, "text"))) {
    return fail_line(reader, line, 0, "has no \"text\"");
  }
  TRY(fill(&document->text, arena, object, (const char *const[3]){"text"}));
  TRY(fill(&document->id, arena, object, (const char *const[3]){"id"}));
  TRY(fill(&document->url, arena, object, (const char *const[3]){"url"}));
  TRY(fill(&document->title, arena, object, (const char *const[3]){"title", "headline"}));
  TRY(fill(&document->author, arena, object, (const char *const[3]){"author"}));
  TRY(fill(&document->publisher, arena, object, (const char *const[3]){"publisher"}));
  return fill_date(document, object, (const char *const[3]){"date", "datePublished"});
}

static Status read_line(Reader *reader, Slice line, size_t number)
{
  Document document;
  TRY(reader_begin(&document, reader));
  Slice text;
  TRY(decode(&text, document.arena, line, reader->path, number, reader->report));
  if (text_trim(text, (Span){0, (uint32_t)text.len}).start == text.len) return STATUS_OK;
  json_error_t error;
  json_t *const object = json_loadb(text.ptr, text.len, 0, &error);
  if (!object) return fail_line(reader, number, (size_t)error.column, error.text);
  Status status = fill_document(&document, reader, object, number);
  json_decref(object);
  if (status != STATUS_OK) return status;
  if (text_trim(document.text, (Span){0, (uint32_t)document.text.len}).start == document.text.len) {
    return fail_line(reader, number, 0, "has an empty \"text\"");
  }
  return reader_give(reader, &document, NULL);
}

static Status read_lines(Reader *reader, Source *source, Buffer *line)
{
  for (;;) {
    bool more;
    Status status = source_line(&more, source, line, DOCUMENT_LIMIT);
    const size_t number = reader->line = source_line_number(source);
    if (status == STATUS_LIMIT) {
      fail_line(reader, number, 0, "is too long a line");
    } else if (status != STATUS_OK || !more) {
      return status;
    } else {
      status = read_line(reader, buffer_as_slice(line), number);
    }
    TRY(reader_skip(reader, status));
  }
}

Status jsonl_read(Reader *reader)
{
  Source *source;
  TRY(source_open(&source, reader->path, SOURCE_NO_LIMIT, reader->report));
  Buffer line = BUFFER_EMPTY;
  const Status status = read_lines(reader, source, &line);
  buffer_clear(&line);
  source_close(source);
  return status;
}

static bool names_article(const json_t *type)
{
  if (json_is_array(type)) type = json_array_get(type, 0);
  const Slice name = string_slice(type);
  return name.len && (slice_ends(name, "Article") || slice_ends(name, "BlogPosting"));
}

static const json_t *find_article(const json_t *value, int nesting)
{
  if (nesting == 0) return NULL;
  if (json_is_object(value)) {
    if (names_article(json_object_get(value, "@type"))) return value;
    return find_article(json_object_get(value, "@graph"), nesting - 1);
  }
  size_t i;
  const json_t *item;
  json_array_foreach(value, i, item)
  {
    const json_t *const found = find_article(item, nesting - 1);
    if (found) return found;
  }
  return NULL;
}

static Status fill_page(Document *document, Slice *body, const json_t *article)
{
  Arena *const arena = document->arena;
  TRY(fill(&document->title, arena, article, (const char *const[3]){"headline", "name"}));
  TRY(fill(&document->author, arena, article, (const char *const[3]){"author", "creator"}));
  TRY(fill(&document->publisher, arena, article, (const char *const[3]){"publisher"}));
  TRY(fill(&document->url, arena, article, (const char *const[3]){"url", "mainEntityOfPage"}));
  TRY(fill(body, arena, article, (const char *const[3]){"articleBody"}));
  return fill_date(document, article,
                   (const char *const[3]){"datePublished", "dateCreated", "dateModified"});
}

Status jsonld_read(Document *document, Slice *body, Slice json)
{
  json_error_t error;
  json_t *const data = json_loadb(json.ptr, json.len, 0, &error);
  if (!data) return STATUS_OK;
  const json_t *const article = find_article(data, NESTING);
  const Status status = article ? fill_page(document, body, article) : STATUS_OK;
  json_decref(data);
  return status;
}
