#include "input/rdf_window.h"

#include "graph/memory.h"

#define BLOCK ((size_t)1 << 18)

Status window_start(Window *window, RdfBytes *from)
{
  *window = (Window){.from = from, .line = 1, .column = 1};
  if (window_peek(window, 0) == 0xEF && window_peek(window, 1) == 0xBB &&
      window_peek(window, 2) == 0xBF) {
    window->at = 3;
  }
  return window->status;
}

void window_clear(Window *window)
{
  memory_free(window->bytes, window->capacity);
  *window = (Window){0};
}

bool window_fill(Window *window, size_t ahead)
{
  while (!window->ended && window->count - window->at <= ahead) {
    if (window->at > 0) {
      window->count -= window->at;
      memmove(window->bytes, window->bytes + window->at, window->count);
      window->at = 0;
    }
    char *const moved = memory_grow(window->bytes, &window->capacity, window->count, BLOCK, 1);
    size_t got = 0;
    if (moved) window->bytes = moved;
    window->status =
        moved ? rdf_bytes(&got, window->from, window->bytes + window->count, BLOCK) : STATUS_MEMORY;
    window->count += got;
    window->ended = window->status != STATUS_OK || got == 0;
  }
  return window->count - window->at > ahead;
}

Status window_take(Buffer *out, Window *window, const unsigned char stops[256])
{
  while (window_peek(window, 0) >= 0) {
    const char *const start = window->bytes + window->at;
    const size_t most = window->count - window->at;
    size_t n = 0;
    while (n < most && !stops[(unsigned char)start[n]]) n++;
    TRY(buffer_add(out, start, n));
    window->at += n;
    window->column += n;
    if (n < most) break;
  }
  return window->status;
}
