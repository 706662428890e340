/* The only writer of files; the only file of output/ that includes zlib. Descriptors below 3 are
   avoided, so that with stdout closed nothing written to "-" can land in another output. */
#define _XOPEN_SOURCE 700 /* realpath */
#define ZLIB_CONST
#include "file.h"

#include "graph/memory.h"
#include "graph/syntax.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#define BLOCK ((size_t)1 << 16)
#define MOST_TRIES 1000u

struct File {
  int descriptor; /* -1 once closed */
  bool regular;   /* written beside, to be renamed */
  bool compressed;
  Status status; /* of the first failure */
  Buffer path;   /* as given, for messages */
  Buffer target; /* where the file is to appear: links are followed */
  Buffer beside; /* where it is written; empty unless regular */
  const Report *report;
  size_t held; /* bytes in block */
  unsigned char block[BLOCK];
  z_stream stream;
};

static Status complain(File *file, const char *what, int error)
{
  if (file->status == STATUS_OK) {
    file->status = STATUS_IO;
    report(file->report, SEVERITY_ERROR, file->path.bytes, 0, 0, "%s: %s", what, strerror(error));
  }
  return file->status;
}

/* ---- bytes ---- */

static Status write_bytes(File *file, const unsigned char *bytes, size_t count)
{
  while (count > 0) {
    const ssize_t n = write(file->descriptor, bytes, count);
    if (n < 0 && errno == EINTR) continue;
    if (n < 0) return complain(file, "cannot write", errno);
    bytes += n;
    count -= (size_t)n;
  }
  return STATUS_OK;
}

static Status flush_block(File *file)
{
  const size_t held = file->held;
  file->held = 0;
  return write_bytes(file, file->block, held);
}

static Status write_plain(File *file, const void *bytes, size_t count)
{
  if (count > BLOCK - file->held) TRY(flush_block(file));
  if (count > BLOCK) return write_bytes(file, bytes, count);
  memcpy(file->block + file->held, bytes, count);
  file->held += count;
  return STATUS_OK;
}

/* Run the compressor until it has taken all input and, for Z_FINISH, given all output. */
static Status deflate_all(File *file, int flush)
{
  unsigned char out[16384];
  int result;
  do {
    file->stream.next_out = out;
    file->stream.avail_out = sizeof out;
    result = deflate(&file->stream, flush);
    if (result == Z_STREAM_ERROR) return STATUS_INTERNAL;
    TRY(write_plain(file, out, sizeof out - file->stream.avail_out));
  } while (file->stream.avail_out == 0 || (flush == Z_FINISH && result != Z_STREAM_END));
  return STATUS_OK;
}

static Status write_compressed(File *file, const void *bytes, size_t count)
{
  const unsigned char *at = bytes;
  while (count > 0) {
    const uInt part = count > 1u << 30 ? 1u << 30 : (uInt)count;
    file->stream.next_in = at;
    file->stream.avail_in = part;
    TRY(deflate_all(file, Z_NO_FLUSH));
    at += part;
    count -= part;
  }
  return STATUS_OK;
}

static Status write_to_file(void *handle, const void *bytes, size_t count)
{
  File *const file = handle;
  TRY(file->status);
  if (file->descriptor < 0) return STATUS_ARGUMENT;
  const Status status =
      file->compressed ? write_compressed(file, bytes, count) : write_plain(file, bytes, count);
  if (file->status == STATUS_OK) file->status = status;
  return status;
}

Sink file_sink(File *file)
{
  return (Sink){write_to_file, file};
}

/* ---- compression ---- */

static voidpf zlib_alloc(voidpf handle, uInt items, uInt size)
{
  (void)handle;
  return memory_array(NULL, 0, items, size);
}

static void zlib_free(voidpf handle, voidpf block)
{
  (void)handle;
  memory_free(block, 0);
}

static Status start_compression(File *file)
{
  enum { GZIP = 15 + 16 };
  file->stream.zalloc = zlib_alloc;
  file->stream.zfree = zlib_free;
  if (deflateInit2(&file->stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, GZIP, 8, Z_DEFAULT_STRATEGY) !=
      Z_OK) {
    return STATUS_MEMORY;
  }
  file->compressed = true;
  return STATUS_OK;
}

/* ---- opening ---- */

/* Keep clear of the standard streams. */
static int raise_descriptor(int descriptor)
{
  if (descriptor < 0 || descriptor > 2) return descriptor;
  const int raised = fcntl(descriptor, F_DUPFD_CLOEXEC, 3);
  const int error = errno;
  close(descriptor);
  errno = error;
  return raised;
}

static Status open_stdout(File *file)
{
  file->descriptor = raise_descriptor(dup(STDOUT_FILENO));
  return file->descriptor < 0 ? complain(file, "cannot write", errno) : STATUS_OK;
}

static Status open_directly(File *file)
{
  file->descriptor = raise_descriptor(open(file->target.bytes, O_WRONLY | O_CLOEXEC | O_NOCTTY));
  return file->descriptor < 0 ? complain(file, "cannot open for writing", errno) : STATUS_OK;
}

static Status open_beside(File *file, mode_t mode)
{
  for (unsigned i = 0; i < MOST_TRIES; i++) {
    buffer_clear(&file->beside);
    TRY(buffer_printf(&file->beside, "%s.%ld-%u.part", file->target.bytes, (long)getpid(), i));
    file->descriptor =
        raise_descriptor(open(file->beside.bytes, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666));
    if (file->descriptor >= 0 || errno != EEXIST) break;
  }
  if (file->descriptor < 0) {
    const int error = errno;
    buffer_clear(&file->beside);
    return complain(file, "cannot open for writing", error);
  }
  file->regular = true;
  if (mode && fchmod(file->descriptor, mode & 0777) != 0) {
    return complain(file, "cannot open for writing", errno);
  }
  return STATUS_OK;
}

/* Follow links, so that a link stays one and its target is replaced. */
static Status find_target(File *file)
{
  char *const real = realpath(file->path.bytes, NULL);
  const Status status = buffer_text(&file->target, real ? real : file->path.bytes);
  free(real);
  return status;
}

static Status open_path(File *file)
{
  struct stat info;
  TRY(find_target(file));
  if (stat(file->target.bytes, &info) != 0) {
    return errno == ENOENT ? open_beside(file, 0)
                           : complain(file, "cannot open for writing", errno);
  }
  if (!S_ISREG(info.st_mode)) return open_directly(file);
  if (access(file->target.bytes, W_OK) != 0) {
    return complain(file, "cannot open for writing", errno);
  }
  return open_beside(file, info.st_mode);
}

static Status open_file(File *file, const char *path)
{
  TRY(buffer_text(&file->path, strcmp(path, "-") == 0 ? "stdout" : path));
  TRY(strcmp(path, "-") == 0 ? open_stdout(file) : open_path(file));
  return path_is_gzip(path) ? start_compression(file) : STATUS_OK;
}

Status file_open(File **out, const char *path, const Report *report)
{
  *out = NULL;
  File *const file = memory_zero(sizeof *file);
  if (!file) return STATUS_MEMORY;
  file->descriptor = -1;
  file->report = report;
  const Status status = open_file(file, path);
  if (status != STATUS_OK) {
    file_discard(file);
    return status;
  }
  *out = file;
  return STATUS_OK;
}

/* ---- closing ---- */

static void end_compression(File *file)
{
  if (!file->compressed) return;
  deflateEnd(&file->stream);
  file->compressed = false;
}

static void close_descriptor(File *file)
{
  const int descriptor = file->descriptor;
  file->descriptor = -1;
  if (descriptor >= 0 && close(descriptor) != 0 && errno != EINTR) {
    complain(file, "cannot write", errno);
  }
}

Status file_finish(File *file)
{
  if (file->descriptor < 0) return file->status;
  Status status = file->status;
  if (status == STATUS_OK && file->compressed) status = deflate_all(file, Z_FINISH);
  if (status == STATUS_OK) status = flush_block(file);
  if (file->status == STATUS_OK) file->status = status;
  end_compression(file);
  close_descriptor(file);
  return file->status;
}

Status file_commit(File *file)
{
  Status status = file_finish(file);
  if (status == STATUS_OK && file->regular) {
    if (rename(file->beside.bytes, file->target.bytes) == 0)
      file->regular = false;
    else
      status = complain(file, "cannot write", errno);
  }
  file_discard(file);
  return status;
}

void file_discard(File *file)
{
  if (!file) return;
  end_compression(file);
  if (file->descriptor >= 0) close(file->descriptor);
  if (file->regular) unlink(file->beside.bytes);
  buffer_clear(&file->path);
  buffer_clear(&file->target);
  buffer_clear(&file->beside);
  memory_free(file, sizeof *file);
}
