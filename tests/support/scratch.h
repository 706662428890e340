/* Scratch: files that a test writes and that go away with it; messages that a test looks at. */
#ifndef ENTENTE_TESTS_SCRATCH_H
#define ENTENTE_TESTS_SCRATCH_H

#include "graph/report.h"
#include "graph/sink.h"

/* A new folder of the test's own, at most 64 bytes of path. */
void scratch_new(char folder[64]);

/* Write COUNT bytes to FOLDER/NAME and give the path (at most 256 bytes). */
void scratch_write(char path[256], const char *folder, const char *name, const void *bytes,
                   size_t count);

/* Remove FOLDER and everything in it. */
void scratch_remove(const char *folder);

/* A report that appends "file:line:column: text\n" (what is known of it) to a buffer. */
Report scratch_report(Buffer *messages);

#endif
