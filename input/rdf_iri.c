#include "input/rdf_iri.h"

/* The five components (RFC 3986, appendix B); ptr NULL where one is not there at all. */
typedef struct Parts {
  Slice scheme, authority, path, query, fragment;
} Parts;

static size_t scheme_length(Slice text)
{
  for (size_t i = 0; i < text.len; i++) {
    const char c = text.ptr[i];
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    if (c == ':') return i;
    if (!letter && (i == 0 || !((c >= '0' && c <= '9') || (c && strchr("+-.", c))))) return 0;
  }
  return 0;
}

bool iri_is_absolute(Slice text)
{
  return scheme_length(text) > 0;
}

/* The part of *REST before any of STOPS, which *REST then begins behind. */
static Slice take(Slice *rest, const char *stops)
{
  size_t end = 0;
  while (end < rest->len && (rest->ptr[end] == '\0' || !strchr(stops, rest->ptr[end]))) end++;
  const Slice taken = slice_part(*rest, 0, end);
  *rest = slice_part(*rest, end, rest->len);
  return taken;
}

static Parts split(Slice text)
{
  Parts parts = {0};
  const size_t scheme = scheme_length(text);
  if (scheme) {
    parts.scheme = slice_part(text, 0, scheme);
    text = slice_part(text, scheme + 1, text.len);
  }
  if (slice_starts(text, "//")) {
    text = slice_part(text, 2, text.len);
    parts.authority = take(&text, "/?#");
  }
  parts.path = take(&text, "?#");
  if (text.len && text.ptr[0] == '?') {
    text = slice_part(text, 1, text.len);
    parts.query = take(&text, "#");
  }
  if (text.len) parts.fragment = slice_part(text, 1, text.len);
  return parts;
}

static size_t last_slash(const Buffer *out, size_t start)
{
  size_t at = out->count;
  while (at > start && out->bytes[at - 1] != '/') at--;
  return at > start ? at - 1 : start;
}

/* Append PATH without its dot segments (section 5.2.4). */
static Status add_path(Buffer *out, Slice path)
{
  const size_t start = out->count;
  while (path.len) {
    size_t end = path.ptr[0] == '/';
    while (end < path.len && path.ptr[end] != '/') end++;
    const Slice segment = slice_part(path, 0, end);
    const bool last = end == path.len;
    const bool one = slice_is(segment, "/.") || slice_is(segment, ".");
    const bool two = slice_is(segment, "/..") || slice_is(segment, "..");
    if (two && segment.ptr[0] == '/') out->count = last_slash(out, start);
    if (!one && !two)
      TRY(buffer_slice(out, segment));
    else if (last && segment.ptr[0] == '/')
      TRY(buffer_add(out, "/", 1));
    path = slice_part(path, end, path.len);
    /* A leading "./" or "../" goes with its slash. */
    if ((one || two) && segment.ptr[0] == '.' && path.len) path = slice_part(path, 1, path.len);
  }
  return STATUS_OK;
}

/* The base's path up to its last slash, then REFERENCE's (section 5.2.3). */
static Status add_merged(Buffer *out, const Parts *base, Slice path)
{
  Buffer merged = BUFFER_EMPTY;
  size_t keep = base->path.len;
  while (keep > 0 && base->path.ptr[keep - 1] != '/') keep--;
  Status status = base->authority.ptr && base->path.len == 0
                      ? buffer_add(&merged, "/", 1)
                      : buffer_slice(&merged, slice_part(base->path, 0, keep));
  if (status == STATUS_OK) status = buffer_slice(&merged, path);
  if (status == STATUS_OK) status = add_path(out, buffer_as_slice(&merged));
  buffer_clear(&merged);
  return status;
}

static Status add_part(Buffer *out, const char *before, Slice part)
{
  if (!part.ptr) return STATUS_OK;
  TRY(buffer_text(out, before));
  return buffer_slice(out, part);
}

Status iri_resolve(Buffer *out, Slice base_text, Slice reference)
{
  if (iri_is_absolute(reference)) return buffer_slice(out, reference);
  const Parts base = split(base_text);
  Parts r = split(reference);
  TRY(buffer_slice(out, base.scheme));
  TRY(buffer_add(out, ":", 1));
  TRY(add_part(out, "//", r.authority.ptr ? r.authority : base.authority));
  if (r.authority.ptr || (r.path.len && r.path.ptr[0] == '/')) {
    TRY(add_path(out, r.path));
  } else if (r.path.len == 0) {
    TRY(buffer_slice(out, base.path));
    if (!r.query.ptr) r.query = base.query;
  } else {
    TRY(add_merged(out, &base, r.path));
  }
  TRY(add_part(out, "?", r.query));
  return add_part(out, "#", r.fragment);
}
