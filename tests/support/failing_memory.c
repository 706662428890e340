/* The hook counts allocations and blocks. Growing a block may move it, so that stale pointers are
   found; a shrinking one may fail as well. */
#include "failing_memory.h"

#include "graph/memory.h"

#include <stdlib.h>

static struct {
  size_t calls, nth, held;
  bool once, failed;
} state;

static bool must_fail(void)
{
  state.calls++;
  const bool fail = state.nth && (state.once ? state.calls == state.nth : state.calls >= state.nth);
  if (fail) state.failed = true;
  return fail;
}

static void *hook(void *handle, void *block, size_t old_size, size_t new_size)
{
  (void)handle;
  (void)old_size;
  if (new_size == 0) {
    if (block) state.held--;
    free(block);
    return NULL;
  }
  if (must_fail()) return NULL;
  void *const result = realloc(block, new_size);
  if (!block && result) state.held++;
  return result;
}

static void start(size_t nth, bool once)
{
  state.calls = state.held = 0;
  state.nth = nth;
  state.once = once;
  state.failed = false;
  memory_set_hook(hook, NULL);
}

void failing_memory_start(size_t nth)
{
  start(nth, false);
}

void failing_memory_start_once(size_t nth)
{
  start(nth, true);
}

void failing_memory_stop(void)
{
  memory_set_hook(NULL, NULL);
}

bool failing_memory_failed(void)
{
  return state.failed;
}

size_t failing_memory_held(void)
{
  return state.held;
}

size_t failing_memory_each(bool (*trial)(void *handle), void *handle, size_t most)
{
  for (size_t nth = 1; nth <= most; nth++) {
    failing_memory_start(nth);
    const bool success = trial(handle);
    failing_memory_stop();
    if (state.held) return 0;
    if (!state.failed) return success ? nth : 0;
  }
  return 0;
}
