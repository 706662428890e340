/* The count at every STEP bytes is kept; the rest is counted on demand: in UTF-8, the bytes that do
   not continue a sequence. */
#include "document.h"

/* Steps between the counts that are kept; a look-up decodes at most so many bytes. */
#define STEP ((size_t)256)

struct CodePoints {
  Slice text;
  uint32_t *before; /* code points before byte i * STEP */
};

static bool starts_code_point(char byte)
{
  return ((unsigned char)byte & 0xc0) != 0x80;
}

Status code_points_new(const CodePoints **out, Arena *arena, Slice text)
{
  CodePoints *const index = arena_alloc(arena, sizeof *index);
  uint32_t *const before = arena_array(arena, text.len / STEP + 1, sizeof *before);
  if (!index || !before) return STATUS_MEMORY;
  uint32_t count = 0;
  for (size_t i = 0; i < text.len; i++) {
    if (i % STEP == 0) before[i / STEP] = count;
    count += starts_code_point(text.ptr[i]);
  }
  if (text.len % STEP == 0) before[text.len / STEP] = count;
  *index = (CodePoints){text, before};
  *out = index;
  return STATUS_OK;
}

uint32_t code_points_before(const CodePoints *index, size_t offset)
{
  if (offset > index->text.len) offset = index->text.len;
  uint32_t count = index->before[offset / STEP];
  for (size_t i = offset / STEP * STEP; i < offset; i++) {
    count += starts_code_point(index->text.ptr[i]);
  }
  return count;
}
