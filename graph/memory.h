/* All allocation goes through one hook, so that tests can fail the Nth allocation. */
#ifndef ENTENTE_MEMORY_H
#define ENTENTE_MEMORY_H

#include <stddef.h>

/* Like realloc, told the old size too; a new size of 0 frees and returns NULL. */
typedef void *(*MemoryHook)(void *handle, void *block, size_t old_size, size_t new_size);

/* Install HOOK for the whole process; NULL brings the default back. Not thread-safe: for tests. */
void memory_set_hook(MemoryHook hook, void *handle);

/* Resize BLOCK; NULL with the block untouched if memory is short. */
void *memory_resize(void *block, size_t old_size, size_t new_size);

/* Allocate SIZE zeroed bytes. */
void *memory_zero(size_t size);

/* Resize an array from OLD to NEW elements of SIZE bytes; NULL on overflow or lack of memory. */
void *memory_array(void *block, size_t old_count, size_t new_count, size_t size);

/* Free BLOCK; NULL is allowed. The old size may be 0 where it is not known. */
void memory_free(void *block, size_t old_size);

/* Grow an array that holds COUNT of *CAPACITY elements so that MORE fit, at least doubling it.
   Returns the (moved) block and sets *CAPACITY, or NULL with everything untouched. */
void *memory_grow(void *block, size_t *capacity, size_t count, size_t more, size_t size);

#endif
