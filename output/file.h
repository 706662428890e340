/* File: an output file that appears whole or not at all. Bytes go to a new file beside PATH, which
   takes its place on file_commit; until then, and on any failure, PATH is as it was. "-" is stdout;
   what is not a regular file (a device, a pipe) is written to directly. A path that ends in ".gz"
   is compressed; the same bytes give the same file. */
#ifndef ENTENTE_FILE_H
#define ENTENTE_FILE_H

#include "graph/report.h"
#include "graph/sink.h"

typedef struct File File;

/* Open PATH for writing; errors are reported with the path and are STATUS_IO or STATUS_MEMORY.
   PATH is copied; REPORT must outlive the file. */
Status file_open(File **out, const char *path, const Report *report);

/* A sink that lives as long as FILE. Once a write has failed all later ones do. */
Sink file_sink(File *file);

/* Write out what is held back and close; the file can then only be committed or discarded. With
   several outputs, finish all before committing any. */
Status file_finish(File *file);

/* Finish, put the file in its place, and free it, whatever the outcome. */
Status file_commit(File *file);

/* Forget what was written and free; NULL is allowed. */
void file_discard(File *file);

#endif
