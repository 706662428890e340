/* Arena: memory that is dropped whole. Blocks are aligned for any type and never move. */
#ifndef ENTENTE_ARENA_H
#define ENTENTE_ARENA_H

#include "slice.h"
#include "status.h"

#include <stddef.h>

typedef struct ArenaChunk ArenaChunk;

typedef struct Arena {
  ArenaChunk *chunk; /* the newest, NULL while empty */
  size_t used;       /* bytes given out of the newest chunk */
  size_t total;      /* bytes held in all chunks */
} Arena;

#define ARENA_EMPTY ((Arena){NULL, 0, 0})

/* Free everything; the arena is empty and usable again. */
void arena_clear(Arena *arena);

/* Forget everything but keep one chunk, for the next document. */
void arena_reset(Arena *arena);

/* SIZE bytes, not zeroed; NULL if memory is short. */
void *arena_alloc(Arena *arena, size_t size);

/* COUNT zeroed elements of SIZE bytes; NULL on overflow or lack of memory. */
void *arena_array(Arena *arena, size_t count, size_t size);

/* Copy TEXT, with a NUL after it that is not counted. */
Status arena_copy(Slice *out, Arena *arena, Slice text);

/* Grow an array in the arena to hold MORE than COUNT elements, at least doubling it (the old block
   stays behind until the arena is cleared). Sets *CAPACITY; NULL if memory is short. */
void *arena_grow(Arena *arena, void *block, size_t *capacity, size_t count, size_t more,
                 size_t size);

#endif
