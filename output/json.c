#include "output/json.h"

static Status add_escape(Buffer *out, unsigned char c)
{
  switch (c) {
  case '"':
    return buffer_text(out, "\\\"");
  case '\\':
    return buffer_text(out, "\\\\");
  case '\n':
    return buffer_text(out, "\\n");
  case '\r':
    return buffer_text(out, "\\r");
  case '\t':
    return buffer_text(out, "\\t");
  default:
    return buffer_printf(out, "\\u%04X", c);
  }
}

Status json_add_escaped(Buffer *out, Slice text)
{
  size_t start = 0;
  for (size_t i = 0; i < text.len; i++) {
    const unsigned char c = (unsigned char)text.ptr[i];
    if (c >= 0x20 && c != '"' && c != '\\' && c != 0x7F) continue;
    TRY(buffer_slice(out, slice_part(text, start, i)));
    TRY(add_escape(out, c));
    start = i + 1;
  }
  return buffer_slice(out, slice_part(text, start, text.len));
}

Status json_add_string(Buffer *out, Slice text)
{
  TRY(buffer_add(out, "\"", 1));
  TRY(json_add_escaped(out, text));
  return buffer_add(out, "\"", 1);
}
