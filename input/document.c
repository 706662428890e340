/* A path leads to a format by its extension or by --from, a format to a reader, and each reader
   hands its documents to reader_give, which completes them: blocks, date and publisher, id and IRI.
 */
#include "document.h"

#include "graph/memory.h"
#include "input/conllu.h"
#include "input/decode.h"
#include "input/reader.h"
#include "input/source.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>

#define DEEPEST 64          /* folders inside folders */
#define MOST_WORDLESS 5000u /* characters of what is no text that are left out without a word */

static Status text_read(Reader *reader);
static Status conllu_read(Reader *reader);

static const struct {
  const char *extension, *format;
  Status (*read)(Reader *reader);
} formats[] = {
    {".txt", "txt", text_read},      {".html", "html", html_read},
    {".htm", "html", html_read},     {".xhtml", "html", html_read},
    {".jsonl", "jsonl", jsonl_read}, {".conllu", "conllu", conllu_read},
};
#define FORMATS (sizeof formats / sizeof *formats)

void document_arena_free(Arena *arena)
{
  if (!arena) return;
  arena_clear(arena);
  memory_free(arena, sizeof *arena);
}

Status reader_begin(Document *out, Reader *reader)
{
  if (reader->arena) {
    arena_reset(reader->arena);
  } else {
    reader->arena = memory_zero(sizeof *reader->arena);
    if (!reader->arena) return STATUS_MEMORY;
  }
  *out = (Document){.arena = reader->arena};
  return arena_copy(&out->path, reader->arena, slice_of(reader->path)); /* outlives the folder */
}

Status reader_skip(Reader *reader, Status status)
{
  if (reader->stopped) return status;
  if (status != STATUS_INPUT && status != STATUS_LIMIT && status != STATUS_IO) return status;
  ++*reader->skipped;
  return STATUS_OK;
}

static BlockKind kind_of(const Unit *unit)
{
  if (unit->heading) return BLOCK_HEADLINE;
  return unit->shape == UNIT_ITEM ? BLOCK_ITEM : BLOCK_PARAGRAPH;
}

static Status make_blocks(Document *document, const Units *units)
{
  document->blocks = arena_array(document->arena, units->count, sizeof *document->blocks);
  if (!document->blocks) return STATUS_MEMORY;
  for (size_t i = 0; i < units->count; i++) {
    const Unit *const unit = &units->items[i];
    if (unit->furniture || unit->span.start >= unit->span.end) continue;
    document->blocks[document->block_count++] = (Block){kind_of(unit), unit->span};
  }
  return STATUS_OK;
}

/* Nothing may fall between two units, such as a bullet. */
static void close_gaps(const Document *document, Units *units)
{
  uint32_t before = 0;
  for (size_t i = 0; i < units->count; i++) {
    Unit *const unit = &units->items[i];
    unit->span = text_trim(document->text, (Span){before, unit->span.end});
    before = unit->span.end;
  }
}

static Status complete(Document *document, Units *units, const DocumentOptions *options)
{
  Units own = {NULL, 0, 0};
  size_t headline;
  if (!units) {
    units = &own;
    TRY(layout_units(units, document->arena, document->text));
  }
  if (options->whole) {
    close_gaps(document, units);
  } else {
    TRY(furniture_mark(&headline, units, document->text, document->arena));
    TRY(dateline_read(document, units, headline, options));
  }
  if (document->author.len == 0) document->author = options->author;
  TRY(make_blocks(document, units));
  return document_name(document, options->base);
}

static Status hand_on(Reader *reader, Document *document)
{
  const Status status = reader->each(reader->handle, document);
  if (!document->arena) reader->arena = NULL;
  reader->stopped = status != STATUS_OK;
  return status;
}

/* The line at OFFSET of a plain text; of a web page it is not known. */
static size_t line_of(const Reader *reader, Slice text, size_t offset, bool plain)
{
  size_t line = 1;
  if (reader->line || !plain) return reader->line;
  for (size_t i = 0; i < offset; i++) line += text.ptr[i] == '\n';
  return line;
}

/* Tell of the first run that is left out because it is not made of words. */
static bool tell_wordless(const Reader *reader, const Document *document, const Units *units,
                          bool plain)
{
  for (size_t i = 0; i < units->count; i++) {
    const Unit *const unit = &units->items[i];
    if (!unit->furniture || !unit_is_wordless(unit) || unit->chars < MOST_WORDLESS) continue;
    report(reader->report, SEVERITY_WARNING, reader->path,
           line_of(reader, document->text, unit->span.start, plain), 0,
           "%u characters with hardly any white space are left out", (unsigned)unit->chars);
    return true;
  }
  return false;
}

Status reader_give(Reader *reader, Document *document, Units *units)
{
  Units own = {NULL, 0, 0};
  if (!units) {
    units = &own;
    TRY(layout_units(units, document->arena, document->text));
  }
  TRY(complete(document, units, reader->options));
  const bool left_out = tell_wordless(reader, document, units, units == &own);
  if (document->block_count == 0) {
    report(reader->report, SEVERITY_ERROR, reader->path, reader->line, 0, "holds no article");
    return STATUS_INPUT;
  }
  if (left_out) ++*reader->skipped;
  return hand_on(reader, document);
}

static bool is_blank(Slice text)
{
  const Span rest = text_trim(text, (Span){0, (uint32_t)text.len});
  return rest.start == rest.end;
}

static Status fail_empty(const Reader *reader)
{
  report(reader->report, SEVERITY_ERROR, reader->path, 0, 0, "is empty");
  return STATUS_INPUT;
}

static Status text_bytes(Document *document, const Reader *reader, Slice bytes)
{
  TRY(decode(&document->text, document->arena, bytes, reader->path, 0, reader->report));
  const Slice text = document->text;
  if (is_blank(text)) return fail_empty(reader);
  const bool borrowed = text.ptr >= bytes.ptr && text.ptr <= bytes.ptr + bytes.len;
  return borrowed ? arena_copy(&document->text, document->arena, text) : STATUS_OK;
}

Status reader_text(Document *document, Reader *reader)
{
  TRY(reader_begin(document, reader));
  Buffer bytes = BUFFER_EMPTY;
  Status status = source_read_all(&bytes, reader->path, DOCUMENT_LIMIT, reader->report);
  if (status == STATUS_OK) status = text_bytes(document, reader, buffer_as_slice(&bytes));
  buffer_clear(&bytes);
  return status;
}

static Status text_read(Reader *reader)
{
  Document document;
  TRY(reader_text(&document, reader));
  TRY(document_make_id(&document));
  return reader_give(reader, &document, NULL);
}

/* Hand on the documents in TEXT; damaged sentences are counted. */
static Status read_parsed(Reader *reader, Slice text)
{
  ConlluReader parsed = conllu_reader(text, reader->path, false, reader->report);
  Status status = STATUS_OK;
  while (status == STATUS_OK) {
    Document document;
    TRY(reader_begin(&document, reader));
    status = conllu_next(&document, NULL, &parsed, document.arena);
    if (status != STATUS_OK) break;
    document.path = slice_of(reader->path);
    document.arena = reader->arena;
    status = document_name(&document, reader->options->base);
    if (document.date.len == 0) document.date = reader->options->date;
    if (document.author.len == 0) document.author = reader->options->author;
    if (status == STATUS_OK) status = hand_on(reader, &document);
  }
  *reader->skipped += parsed.skipped;
  return status == STATUS_NOT_FOUND && !reader->stopped ? STATUS_OK : status;
}

static Status conllu_read(Reader *reader)
{
  Arena arena = ARENA_EMPTY;
  Buffer bytes = BUFFER_EMPTY;
  Slice text;
  Status status = source_read_all(&bytes, reader->path, DOCUMENT_LIMIT, reader->report);
  if (status == STATUS_OK) {
    status = decode(&text, &arena, buffer_as_slice(&bytes), reader->path, 0, reader->report);
  }
  if (status == STATUS_OK && is_blank(text))
    status = fail_empty(reader);
  else if (status == STATUS_OK)
    status = read_parsed(reader, text);
  buffer_clear(&bytes);
  arena_clear(&arena);
  return status;
}

/* The index of the format that the extension of PATH stands for, or FORMATS. */
static size_t format_of(const char *path)
{
  Slice name = slice_of(path);
  if (name.len > 3 && text_is(slice_part(name, name.len - 3, name.len), ".gz")) name.len -= 3;
  for (size_t i = 0; i < FORMATS; i++) {
    const size_t length = strlen(formats[i].extension);
    if (name.len > length &&
        text_is(slice_part(name, name.len - length, name.len), formats[i].extension)) {
      return i;
    }
  }
  return FORMATS;
}

bool document_path(const char *path)
{
  return format_of(path) < FORMATS;
}

static Status read_format(Reader *reader, size_t format)
{
  return reader_skip(reader, formats[format].read(reader));
}

static Status fail_system(const Reader *reader)
{
  char text[128];
  if (strerror_r(errno, text, sizeof text) != 0) strcpy(text, "cannot be read");
  report(reader->report, SEVERITY_ERROR, reader->path, 0, 0, "%s", text);
  return STATUS_IO;
}

static Status read_file(Reader *reader)
{
  const Slice asked = reader->options->format;
  size_t format = 0;
  if (asked.len) {
    while (format < FORMATS && !slice_is(asked, formats[format].format)) format++;
  } else if (strcmp(reader->path, "-") != 0) {
    format = format_of(reader->path);
  }
  if (format < FORMATS) return read_format(reader, format);
  if (asked.len) {
    report(reader->report, SEVERITY_ERROR, reader->path, 0, 0, "\"%.*s\" is not a document format",
           SLICE_ARGS(asked));
    return STATUS_ARGUMENT;
  }
  struct stat about;
  if (stat(reader->path, &about) != 0) return reader_skip(reader, fail_system(reader));
  report(reader->report, SEVERITY_ERROR, reader->path, 0, 0,
         "has an extension that is not known; say what it is with --from");
  return reader_skip(reader, STATUS_INPUT);
}

typedef struct Names {
  char **items;
  size_t count, capacity;
} Names;

static void names_clear(Names *names)
{
  for (size_t i = 0; i < names->count; i++) memory_free(names->items[i], 0);
  memory_free(names->items, names->capacity * sizeof *names->items);
}

/* Append FOLDER/NAME. */
static Status names_add(Names *names, const char *folder, const char *name)
{
  Buffer path = BUFFER_EMPTY;
  const bool closed = slice_ends(slice_of(folder), "/");
  Status status = buffer_printf(&path, "%s%s%s", folder, closed ? "" : "/", name);
  char **const items = memory_grow(names->items, &names->capacity, names->count, 1, sizeof *items);
  if (!items)
    status = STATUS_MEMORY;
  else
    names->items = items;
  if (status == STATUS_OK)
    names->items[names->count++] = path.bytes;
  else
    buffer_clear(&path);
  return status;
}

static int by_bytes(const void *a, const void *b)
{
  return strcmp(*(char *const *)a, *(char *const *)b);
}

/* The names in the folder reader->path, hidden ones left out, in byte order. */
static Status list_folder(Names *names, const Reader *reader)
{
  DIR *const listing = opendir(reader->path);
  if (!listing) return fail_system(reader);
  Status status = STATUS_OK;
  for (struct dirent *entry; status == STATUS_OK;) {
    errno = 0;
    entry = readdir(listing);
    if (!entry) break;
    if (entry->d_name[0] != '.') status = names_add(names, reader->path, entry->d_name);
  }
  if (status == STATUS_OK && errno) status = fail_system(reader);
  closedir(listing);
  if (names->count) qsort(names->items, names->count, sizeof *names->items, by_bytes);
  return status;
}

static Status read_folder(Reader *reader, int depth);

/* An entry of a folder: a folder, a document, or one of the OTHERS. A link to a folder is not
   followed, so that there is no way around in circles. */
static Status read_entry(size_t *others, Reader *reader, int depth)
{
  struct stat about;
  if (lstat(reader->path, &about) != 0) return reader_skip(reader, fail_system(reader));
  if (S_ISDIR(about.st_mode)) return read_folder(reader, depth + 1);
  const size_t format = format_of(reader->path);
  if (format < FORMATS) return read_format(reader, format);
  ++*others;
  return STATUS_OK;
}

static Status read_folder(Reader *reader, int depth)
{
  const char *const folder = reader->path;
  Names names = {NULL, 0, 0};
  size_t others = 0;
  if (depth == DEEPEST) {
    report(reader->report, SEVERITY_ERROR, folder, 0, 0, "is too deep a folder");
    return reader_skip(reader, STATUS_LIMIT);
  }
  Status status = reader_skip(reader, list_folder(&names, reader));
  for (size_t i = 0; i < names.count && status == STATUS_OK; i++) {
    reader->path = names.items[i];
    status = read_entry(&others, reader, depth);
  }
  reader->path = folder;
  if (others) {
    report(reader->report, SEVERITY_NOTE, folder, 0, 0, "%zu other files are not documents",
           others);
  }
  names_clear(&names);
  return status;
}

Status documents_read(const char *path, const DocumentOptions *options, DocumentHandler each,
                      void *handle, size_t *skipped, const Report *report)
{
  Reader reader = {path, options, each, handle, skipped, report, NULL, false, 0};
  struct stat about;
  const bool folder = strcmp(path, "-") != 0 && stat(path, &about) == 0 && S_ISDIR(about.st_mode);
  const Status status = folder ? read_folder(&reader, 0) : read_file(&reader);
  document_arena_free(reader.arena);
  return status;
}
