/* Fuzz target: a letter for the format (t, h, j, c) and the bytes of a file. Whatever is read has
   UTF-8 text, blocks in order that begin and end between characters, an IRI and a date that are
   ones, and comes out the same a second time. */
#define _XOPEN_SOURCE 700
#undef NDEBUG
#include "fuzz.h"

#include "graph/unicode.h"
#include "input/document.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static void check_date(Slice date)
{
  assert(date.len == 0 || date.len == 4 || date.len == 7 || date.len == 10);
  for (size_t i = 0; i < date.len; i++) {
    const char c = date.ptr[i];
    assert(i == 4 || i == 7 ? c == '-' : c >= '0' && c <= '9');
  }
}

static void check_iri(Slice iri)
{
  assert(iri.len > 0 && utf8_check(iri) == iri.len);
  for (size_t i = 0; i < iri.len; i++) {
    assert((unsigned char)iri.ptr[i] > ' ' && !strchr("<>\"{}|\\^`#", iri.ptr[i]));
  }
}

static bool is_boundary(Slice text, size_t at)
{
  return at == text.len || ((unsigned char)text.ptr[at] & 0xc0) != 0x80;
}

static void check_blocks(const Document *document)
{
  const CodePoints *index;
  uint32_t end = 0, count = 0;
  const Status status = code_points_new(&index, document->arena, document->text);
  assert(status == STATUS_OK);
  for (size_t i = 0; i < document->block_count; i++) {
    const Span span = document->blocks[i].span;
    assert(span.start >= end && span.start < span.end && span.end <= document->text.len);
    assert(is_boundary(document->text, span.start) && is_boundary(document->text, span.end));
    assert(code_points_before(index, span.start) >= count);
    end = span.end;
    count = code_points_before(index, end);
  }
  assert(code_points_before(index, document->text.len) == utf8_count(document->text));
}

static Status look(void *handle, Document *document)
{
  uint64_t *const hash = handle;
  assert(utf8_check(document->text) == document->text.len);
  check_date(document->date);
  check_iri(document->iri);
  check_blocks(document);
  *hash = slice_hash(document->text, slice_hash(document->iri, *hash));
  for (size_t i = 0; i < document->block_count; i++) {
    const Span span = document->blocks[i].span;
    *hash = slice_hash(slice_part(document->text, span.start, span.end), *hash);
  }
  return STATUS_OK;
}

static Slice format_of(uint8_t letter)
{
  switch (letter) {
  case 'h':
    return SLICE("html");
  case 'j':
    return SLICE("jsonl");
  case 'c':
    return SLICE("conllu");
  default:
    return SLICE("txt");
  }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
  uint64_t hashes[2] = {0, 0};
  char path[64];
  if (size == 0) return 0;
  FILE *const file = tmpfile();
  if (!file) abort();
  fwrite(bytes + 1, 1, size - 1, file);
  fflush(file);
  snprintf(path, sizeof path, "/dev/fd/%d", fileno(file));
  const DocumentOptions options = {.base = SLICE("https://example.org/"),
                                   .format = format_of(bytes[0])};
  for (int i = 0; i < 2; i++) {
    size_t skipped = 0;
    const Status status = documents_read(path, &options, look, &hashes[i], &skipped, NULL);
    assert(status == STATUS_OK);
  }
  fclose(file);
  assert(hashes[0] == hashes[1]);
  return 0;
}
