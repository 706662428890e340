/* A list of chunks, newest first, each twice the size of the one before up to a limit. */
#include "arena.h"

#include "memory.h"

#include <stdint.h>

#define ALIGNMENT 16u
#define FIRST_CHUNK 4096u
#define LARGEST_CHUNK (1u << 20)

struct ArenaChunk {
  ArenaChunk *next;
  size_t size; /* bytes of payload */
  _Alignas(ALIGNMENT) unsigned char bytes[];
};

static void free_chunks(ArenaChunk *chunk)
{
  while (chunk) {
    ArenaChunk *const next = chunk->next;
    memory_free(chunk, sizeof *chunk + chunk->size);
    chunk = next;
  }
}

void arena_clear(Arena *arena)
{
  free_chunks(arena->chunk);
  *arena = ARENA_EMPTY;
}

void arena_reset(Arena *arena)
{
  if (!arena->chunk) return;
  free_chunks(arena->chunk->next);
  arena->chunk->next = NULL;
  arena->total = arena->chunk->size;
  arena->used = 0;
}

static bool add_chunk(Arena *arena, size_t size)
{
  size_t wanted = arena->chunk ? arena->chunk->size * 2 : FIRST_CHUNK;
  if (wanted > LARGEST_CHUNK) wanted = LARGEST_CHUNK;
  if (wanted < size) wanted = size;
  if (wanted > SIZE_MAX - sizeof(ArenaChunk)) return false;
  ArenaChunk *const chunk = memory_resize(NULL, 0, sizeof *chunk + wanted);
  if (!chunk) return false;
  chunk->next = arena->chunk;
  chunk->size = wanted;
  arena->chunk = chunk;
  arena->used = 0;
  arena->total += wanted;
  return true;
}

void *arena_alloc(Arena *arena, size_t size)
{
  if (size > SIZE_MAX - ALIGNMENT) return NULL;
  const size_t rounded = (size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
  if (!arena->chunk || arena->chunk->size - arena->used < rounded) {
    if (!add_chunk(arena, rounded)) return NULL;
  }
  void *const block = arena->chunk->bytes + arena->used;
  arena->used += rounded;
  return block;
}

void *arena_array(Arena *arena, size_t count, size_t size)
{
  if (size && count > SIZE_MAX / size) return NULL;
  void *const block = arena_alloc(arena, count * size);
  if (block) memset(block, 0, count * size);
  return block;
}

Status arena_copy(Slice *out, Arena *arena, Slice text)
{
  char *const copy = arena_alloc(arena, text.len + 1);
  if (!copy) return STATUS_MEMORY;
  if (text.len) memcpy(copy, text.ptr, text.len);
  copy[text.len] = '\0';
  *out = (Slice){copy, text.len};
  return STATUS_OK;
}

void *arena_grow(Arena *arena, void *block, size_t *capacity, size_t count, size_t more,
                 size_t size)
{
  if (block && count <= *capacity && more <= *capacity - count) return block;
  if (more > SIZE_MAX / 4 - count) return NULL;
  size_t wanted = *capacity < 8 ? 8 : *capacity * 2;
  if (wanted < count + more) wanted = count + more;
  if (size && wanted > SIZE_MAX / size) return NULL;
  void *const moved = arena_alloc(arena, wanted * size);
  if (!moved) return NULL;
  if (count) memcpy(moved, block, count * size);
  *capacity = wanted;
  return moved;
}
