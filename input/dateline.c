#include "reader.h"

static bool digits(Slice text, size_t from, size_t to)
{
  for (size_t i = from; i < to; i++) {
    if (i >= text.len || text.ptr[i] < '0' || text.ptr[i] > '9') return false;
  }
  return true;
}

Status date_read(Slice *out, Arena *arena, Slice text)
{
  *out = SLICE_NONE;
  const bool whole = text.len >= 10 && digits(text, 0, 4) && text.ptr[4] == '-' &&
                     digits(text, 5, 7) && text.ptr[7] == '-' && digits(text, 8, 10);
  return whole ? arena_copy(out, arena, slice_part(text, 0, 10)) : STATUS_OK;
}

Status dateline_read(Document *document, Units *units, size_t headline,
                     const DocumentOptions *options)
{
  if (headline < units->count && document->title.len == 0) {
    const Span span = units->items[headline].span;
    document->title = slice_part(document->text, span.start, span.end);
  }
  if (document->date.len == 0) document->date = options->date;
  return STATUS_OK;
}
