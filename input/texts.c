/* One file is held at a time, as quotes come ordered by document. */
#include "input/texts.h"

#include "graph/memory.h"
#include "graph/sink.h"
#include "ontology/table.h"

#include <unistd.h>

typedef struct Text {
  Slice iri, text;
} Text;

struct Texts {
  const char *folder;
  const DocumentOptions *options;
  Buffer path; /* of the file that is held */
  Arena arena;
  Text *items;
  size_t count, capacity;
  Table by_iri;
};

Status texts_new(Texts **out, const char *folder, const DocumentOptions *options)
{
  *out = memory_zero(sizeof **out);
  if (!*out) return STATUS_MEMORY;
  (*out)->folder = folder;
  (*out)->options = options;
  return STATUS_OK;
}

static void drop(Texts *texts)
{
  table_clear(&texts->by_iri);
  arena_clear(&texts->arena);
  texts->items = NULL;
  texts->count = texts->capacity = 0;
}

void texts_free(Texts *texts)
{
  if (!texts) return;
  drop(texts);
  buffer_clear(&texts->path);
  memory_free(texts, sizeof *texts);
}

static Status keep(void *handle, Document *document)
{
  Texts *const texts = handle;
  Text *const grown =
      arena_grow(&texts->arena, texts->items, &texts->capacity, texts->count, 1, sizeof *grown);
  if (!grown) return STATUS_MEMORY;
  texts->items = grown;
  Text *const text = &grown[texts->count];
  TRY(arena_copy(&text->iri, &texts->arena, document->iri));
  TRY(arena_copy(&text->text, &texts->arena, document->text));
  return table_put(&texts->by_iri, text->iri, (uint32_t)texts->count++);
}

static Slice file_name(Slice path)
{
  size_t start = path.len;
  while (start > 0 && path.ptr[start - 1] != '/') start--;
  return slice_part(path, start, path.len);
}

/* The path to try: SOURCE itself, or its name in the folder. */
static Status choose_path(Buffer *out, const Texts *texts, Slice source)
{
  out->count = 0;
  TRY(buffer_slice(out, source));
  if (!texts->folder || access(out->bytes, R_OK) == 0) return STATUS_OK;
  out->count = 0;
  TRY(buffer_printf(out, "%s/", texts->folder));
  return buffer_slice(out, file_name(source));
}

static Status load(Texts *texts, Slice source)
{
  size_t skipped = 0;
  Buffer path = BUFFER_EMPTY;
  Status status = choose_path(&path, texts, source);
  if (status != STATUS_OK || slice_equal(buffer_as_slice(&path), buffer_as_slice(&texts->path))) {
    buffer_clear(&path);
    return status;
  }
  drop(texts);
  buffer_clear(&texts->path);
  texts->path = path;
  if (access(path.bytes, R_OK) != 0) return STATUS_OK;
  return documents_read(path.bytes, texts->options, keep, texts, &skipped, NULL);
}

Status texts_find(Slice *out, void *handle, Slice document, Slice source)
{
  Texts *const texts = handle;
  *out = SLICE_NONE;
  if (!source.len || slice_is(source, "-")) return STATUS_OK;
  const Status status = load(texts, source);
  if (status == STATUS_MEMORY) return status;
  uint32_t at = table_get(&texts->by_iri, document);
  if (at == TABLE_NONE && texts->count == 1) at = 0;
  if (at != TABLE_NONE) *out = texts->items[at].text;
  if (at != TABLE_NONE && !out->ptr) *out = SLICE("");
  return STATUS_OK;
}
