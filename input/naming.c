/* A document is called by its id, or by file name and content, never by where it lies; the IRI is
   made of that (RFC 3987), so it is the same wherever and in whatever order documents are read. */
#include "reader.h"

#include "graph/unicode.h"

/* May CODE stand in a segment of an IRI's path (RFC 3987, ipchar without escapes)? */
static bool in_segment(uint32_t code)
{
  if (code < 0x80) {
    return (code >= 'a' && code <= 'z') || (code >= 'A' && code <= 'Z') ||
           (code >= '0' && code <= '9') || (code && strchr("-._~!$&'()*+,;=:@", (int)code));
  }
  if (code < 0xa0 || code == 0xfffd || (code & 0xfffe) == 0xfffe) return false;
  if (code >= 0xfdd0 && code <= 0xfdef) return false;
  return code < 0xd800 || (code > 0xf8ff && code < 0xfff0) || (code > 0xffff && code < 0xe0000);
}

static bool is_hex(char c)
{
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

/* Append TEXT with what an IRI cannot hold escaped; a WHOLE IRI keeps its delimiters and escapes.
 */
static Status add_escaped(Buffer *out, Slice text, bool whole)
{
  for (size_t at = 0; at < text.len;) {
    const size_t start = at;
    const uint32_t code = utf8_next(text, &at);
    const bool escape =
        text.len - start > 2 && is_hex(text.ptr[start + 1]) && is_hex(text.ptr[start + 2]);
    const bool kept =
        whole && code && code < 0x80 && (strchr("/?#[]", (int)code) || (code == '%' && escape));
    if (kept || in_segment(code)) {
      TRY(buffer_add(out, text.ptr + start, at - start));
      continue;
    }
    for (size_t i = start; i < at; i++) {
      TRY(buffer_printf(out, "%%%02X", (unsigned)(unsigned char)text.ptr[i]));
    }
  }
  return STATUS_OK;
}

/* A URL that can name a document: a scheme that is one, and something behind it. */
static bool is_url(Slice url)
{
  return (text_starts(url, "http://") && url.len > 7) ||
         (text_starts(url, "https://") && url.len > 8);
}

static Status write_iri(Buffer *out, const Document *document, Slice base, bool by_url)
{
  Slice name = document->id;
  if (by_url) {
    name = document->url;
    const char *const fragment = memchr(name.ptr, '#', name.len);
    if (fragment) name.len = (size_t)(fragment - name.ptr);
  } else {
    TRY(buffer_slice(out, base));
    TRY(buffer_text(out, "document/"));
  }
  if (utf8_check(name) < name.len) return add_escaped(out, name, by_url);
  Buffer composed = BUFFER_EMPTY;
  Status status = unicode_nfc(&composed, name);
  if (status == STATUS_OK) status = add_escaped(out, buffer_as_slice(&composed), by_url);
  buffer_clear(&composed);
  return status;
}

static Slice file_name(Slice path)
{
  if (slice_is(path, "-")) return SLICE("stdin");
  size_t start = path.len;
  while (start > 0 && path.ptr[start - 1] != '/') start--;
  return slice_part(path, start, path.len);
}

Status document_make_id(Document *document)
{
  const Slice name = file_name(document->path);
  char *const id = arena_alloc(document->arena, name.len + 10);
  if (!id) return STATUS_MEMORY;
  static const char digits[] = "0123456789abcdef";
  if (name.len) memcpy(id, name.ptr, name.len);
  uint64_t hash = slice_hash(document->text, 0);
  id[name.len] = '-';
  for (size_t i = 0; i < 8; i++, hash <<= 4) id[name.len + 1 + i] = digits[hash >> 60];
  document->id = (Slice){id, name.len + 9};
  return STATUS_OK;
}

Status document_name(Document *document, Slice base)
{
  const bool by_url = document->id.len == 0 && is_url(document->url);
  if (document->id.len == 0) TRY(document_make_id(document));
  Buffer iri = BUFFER_EMPTY;
  Status status = write_iri(&iri, document, base, by_url);
  if (status == STATUS_OK)
    status = arena_copy(&document->iri, document->arena, buffer_as_slice(&iri));
  buffer_clear(&iri);
  return status;
}
