/* Make allocations fail on purpose, and count what is held. Not thread-safe. */
#ifndef ENTENTE_TESTS_FAILING_MEMORY_H
#define ENTENTE_TESTS_FAILING_MEMORY_H

#include <stdbool.h>
#include <stddef.h>

/* From now on every allocation from number NTH on fails (1: the very next one); 0: none does. */
void failing_memory_start(size_t nth);

/* From now on only allocation number NTH fails. */
void failing_memory_start_once(size_t nth);

/* Back to the usual allocator. What was allocated in between may still be freed. */
void failing_memory_stop(void);

bool failing_memory_failed(void); /* did one fail since the start */
size_t failing_memory_held(void); /* blocks allocated since the start and not freed yet */

/* Call TRIAL with the first allocation failing, then the second and so on, until one goes by
   without a failure (at most MOST times). TRIAL frees all it got and returns true if it was
   successful. Returns how many trials it took; 0 if a trial leaked, if it claimed success though it
   broke, or if MOST was too few. */
size_t failing_memory_each(bool (*trial)(void *handle), void *handle, size_t most);

#endif
