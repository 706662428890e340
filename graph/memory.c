#include "memory.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static void *default_hook(void *handle, void *block, size_t old_size, size_t new_size)
{
  (void)handle;
  (void)old_size;
  if (new_size == 0) {
    free(block);
    return NULL;
  }
  return realloc(block, new_size);
}

static MemoryHook current_hook = default_hook;
static void *current_handle;

void memory_set_hook(MemoryHook hook, void *handle)
{
  current_hook = hook ? hook : default_hook;
  current_handle = handle;
}

void *memory_resize(void *block, size_t old_size, size_t new_size)
{
  return current_hook(current_handle, block, old_size, new_size);
}

void *memory_zero(size_t size)
{
  void *const block = memory_resize(NULL, 0, size ? size : 1);
  if (block) memset(block, 0, size ? size : 1);
  return block;
}

void *memory_array(void *block, size_t old_count, size_t new_count, size_t size)
{
  if (size && new_count > SIZE_MAX / size) return NULL;
  return memory_resize(block, old_count * size, new_count * size);
}

void memory_free(void *block, size_t old_size)
{
  if (block) memory_resize(block, old_size, 0);
}

void *memory_grow(void *block, size_t *capacity, size_t count, size_t more, size_t size)
{
  if (block && count <= *capacity && more <= *capacity - count) return block;
  if (more > SIZE_MAX / 2 - count) return NULL;
  size_t wanted = *capacity < 8 ? 8 : *capacity;
  while (wanted < count + more) wanted = wanted > SIZE_MAX / 2 ? count + more : wanted * 2;
  void *const moved = memory_array(block, *capacity, wanted, size);
  if (moved) *capacity = wanted;
  return moved;
}
