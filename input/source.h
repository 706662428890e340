/* Source: bytes of a file or of stdin, read in blocks; gzip is undone wherever the content starts
   with its magic number, whatever the name. Errors are reported once, with the path. */
#ifndef ENTENTE_SOURCE_H
#define ENTENTE_SOURCE_H

#include "graph/report.h"
#include "graph/sink.h"

typedef struct Source Source;

#define SOURCE_NO_LIMIT ((size_t)0)

/* Open PATH, "-" being stdin. PATH and REPORT must outlive the source. LIMIT is the most bytes that
   may come out of it, uncompressed: one more and reading ends with STATUS_LIMIT. A folder, or what
   cannot be opened, is STATUS_IO; an empty file whose name ends in ".gz" is STATUS_INPUT. */
Status source_open(Source **out, const char *path, size_t limit, const Report *report);
void source_close(Source *source); /* NULL is allowed */

/* Read up to CAPACITY bytes; *COUNT is 0 only at the end. STATUS_INPUT if compressed data is
   damaged or ends early: what came before it has been given out by then. */
Status source_read(size_t *count, Source *source, void *bytes, size_t capacity);

/* Replace LINE with the next line, without its line feed (and a carriage return before it); *MORE
   is false, and LINE empty, once there is none. A line of more than LONGEST bytes (0: any length
   goes) is cut there, its rest passed over, and the answer is STATUS_LIMIT, not reported: the next
   call goes on behind it. */
Status source_line(bool *more, Source *source, Buffer *line, size_t longest);
size_t source_line_number(const Source *source); /* of the line read last, from 1 */

/* Append everything in PATH to OUT. What was read before an error stays in OUT. */
Status source_read_all(Buffer *out, const char *path, size_t limit, const Report *report);

#endif
