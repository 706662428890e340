/* Written by hand rather than through a tree of JSON values: the shape is fixed and the stream
   long. */
#include "output/records.h"

static Status add_string(Buffer *out, Slice text)
{
  TRY(buffer_text(out, "\""));
  size_t from = 0;
  for (size_t i = 0; i < text.len; i++) {
    const unsigned char c = (unsigned char)text.ptr[i];
    if (c >= 0x20 && c != '"' && c != '\\') continue;
    TRY(buffer_slice(out, slice_part(text, from, i)));
    switch (c) {
    case '"':
      TRY(buffer_text(out, "\\\""));
      break;
    case '\\':
      TRY(buffer_text(out, "\\\\"));
      break;
    case '\n':
      TRY(buffer_text(out, "\\n"));
      break;
    case '\r':
      TRY(buffer_text(out, "\\r"));
      break;
    case '\t':
      TRY(buffer_text(out, "\\t"));
      break;
    default:
      TRY(buffer_printf(out, "\\u%04x", c));
    }
    from = i + 1;
  }
  TRY(buffer_slice(out, slice_part(text, from, text.len)));
  return buffer_text(out, "\"");
}

static Status add_member(Buffer *out, const char *name, Slice text)
{
  TRY(buffer_printf(out, ",\"%s\":", name));
  return add_string(out, text);
}

static Status add_span(Buffer *out, const RecordPart *part)
{
  return buffer_printf(out, "\"start\":%u,\"end\":%u}", part->start, part->end);
}

static Status add_party(Buffer *out, const char *name, const RecordPart *part)
{
  TRY(buffer_printf(out, ",\"%s\":{\"label\":", name));
  TRY(add_string(out, part->label));
  TRY(buffer_text(out, ","));
  return add_span(out, part);
}

static Status add_words(Buffer *out, const char *name, const RecordPart *part)
{
  if (part->end <= part->start) return buffer_printf(out, ",\"%s\":null", name);
  TRY(buffer_printf(out, ",\"%s\":{", name));
  return add_span(out, part);
}

static Status add_record(Buffer *out, const Record *r)
{
  TRY(buffer_text(out, "{\"document\":"));
  TRY(add_string(out, r->document));
  TRY(buffer_printf(out, ",\"start\":%u,\"end\":%u", r->start, r->end));
  TRY(add_member(out, "quote", r->quote));
  TRY(add_member(out, "relation", r->relation));
  TRY(add_member(out, "factuality", slice_of(factuality_name(r->factuality))));
  if (r->date.len) {
    TRY(add_member(out, "date", r->date));
  } else {
    TRY(buffer_text(out, ",\"date\":null"));
  }
  TRY(buffer_printf(out, ",\"confidence\":%u.%02u", r->confidence / 100, r->confidence % 100));
  TRY(add_party(out, "subject", &r->subject));
  TRY(add_party(out, "object", &r->object));
  TRY(add_words(out, "trigger", &r->trigger));
  if (r->by.label.len) {
    TRY(add_party(out, "attributedTo", &r->by));
  } else {
    TRY(buffer_text(out, ",\"attributedTo\":null"));
  }
  TRY(add_words(out, "dateText", &r->date_text));
  return buffer_text(out, "}\n");
}

Status records_write(const Sink *sink, const Record *records, size_t count)
{
  Buffer line = BUFFER_EMPTY;
  Status status = STATUS_OK;
  for (size_t i = 0; i < count && !status; i++) {
    line.count = 0;
    status = add_record(&line, &records[i]);
    if (!status) status = sink_slice(sink, buffer_as_slice(&line));
  }
  buffer_clear(&line);
  return status;
}
