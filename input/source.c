/* A file descriptor, a block of raw bytes, and zlib between that and a block of plain ones where
   the content is gzip (RFC 1952; several members one after the other count as one file). zlib is
   used nowhere else. Its memory comes from the common hook. */
#include "source.h"

#include "graph/memory.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#define BLOCK ((size_t)64 * 1024)

struct Source {
  const char *path;
  const Report *report;
  int file;
  bool compressed, ended; /* ended: the descriptor has no more bytes */
  bool inside;            /* in the middle of a gzip member */
  size_t limit, given;    /* bytes that may come out and that did; limit 0: any number */
  size_t raw_total;       /* bytes read from the descriptor */
  z_stream zlib;
  size_t raw_start, raw_end;     /* what of raw is unread */
  size_t plain_start, plain_end; /* what of plain is unread; lines only */
  size_t line;
  Status failed; /* an error already reported */
  unsigned char raw[BLOCK];
  char plain[BLOCK];
};

static Status fail(Source *source, Status status, const char *text)
{
  report(source->report, SEVERITY_ERROR, source->path, 0, 0, "%s", text);
  source->failed = status;
  return status;
}

static Status fail_system(Source *source, int error)
{
  char text[128];
  if (strerror_r(error, text, sizeof text) != 0) strcpy(text, "cannot be read");
  return fail(source, STATUS_IO, text);
}

static voidpf zlib_allocate(voidpf handle, uInt count, uInt size)
{
  (void)handle;
  return memory_array(NULL, 0, count, size);
}

static void zlib_release(voidpf handle, voidpf block)
{
  (void)handle;
  memory_free(block, 0);
}

/* Fill the empty raw block; it stays empty at the end of the file. */
static Status fill_raw(Source *source)
{
  if (source->ended) return STATUS_OK;
  ssize_t count;
  do {
    count = read(source->file, source->raw, BLOCK);
  } while (count < 0 && errno == EINTR);
  if (count < 0) return fail_system(source, errno);
  source->raw_start = 0;
  source->raw_end = (size_t)count;
  source->raw_total += (size_t)count;
  source->ended = count == 0;
  return STATUS_OK;
}

/* Have at least two bytes in the raw block, if the file has them: the length of a magic number. */
static Status fill_two(Source *source)
{
  if (source->raw_end == source->raw_start) TRY(fill_raw(source));
  while (source->raw_end - source->raw_start == 1 && !source->ended) {
    const unsigned char first = source->raw[source->raw_start];
    const ssize_t count = read(source->file, source->raw + 1, BLOCK - 1);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return fail_system(source, errno);
    source->raw[0] = first;
    source->raw_start = 0;
    source->raw_end = (size_t)count + 1;
    source->raw_total += (size_t)count;
    source->ended = count == 0;
  }
  return STATUS_OK;
}

static bool at_magic(const Source *source)
{
  return source->raw_end - source->raw_start >= 2 && source->raw[source->raw_start] == 0x1f &&
         source->raw[source->raw_start + 1] == 0x8b;
}

static Status begin(Source *source)
{
  TRY(fill_two(source));
  if (source->raw_end == source->raw_start && slice_ends(slice_of(source->path), ".gz")) {
    return fail(source, STATUS_INPUT, "is empty, not a gzip file");
  }
  if (!at_magic(source)) return STATUS_OK;
  source->zlib.zalloc = zlib_allocate;
  source->zlib.zfree = zlib_release;
  if (inflateInit2(&source->zlib, 16 + MAX_WBITS) != Z_OK) return STATUS_MEMORY;
  source->compressed = source->inside = true;
  return STATUS_OK;
}

static Status open_file(Source *source)
{
  if (strcmp(source->path, "-") == 0) {
    source->file = STDIN_FILENO;
    return STATUS_OK;
  }
  source->file = open(source->path, O_RDONLY | O_CLOEXEC);
  if (source->file < 0) return fail_system(source, errno);
  struct stat about;
  if (fstat(source->file, &about) != 0) return fail_system(source, errno);
  return S_ISDIR(about.st_mode) ? fail_system(source, EISDIR) : STATUS_OK;
}

Status source_open(Source **out, const char *path, size_t limit, const Report *report)
{
  *out = NULL;
  Source *const source = memory_resize(NULL, 0, sizeof *source);
  if (!source) return STATUS_MEMORY;
  memset(source, 0, offsetof(Source, raw));
  source->path = path;
  source->limit = limit;
  source->report = report;
  source->file = -1;
  Status status = open_file(source);
  if (status == STATUS_OK) status = begin(source);
  if (status != STATUS_OK) {
    source_close(source);
    return status;
  }
  *out = source;
  return STATUS_OK;
}

void source_close(Source *source)
{
  if (!source) return;
  if (source->compressed) inflateEnd(&source->zlib);
  if (source->file > STDIN_FILENO) close(source->file);
  memory_free(source, sizeof *source);
}

/* Behind the end of a member: another one, or nothing, or bytes that mean nothing. */
static Status next_member(Source *source)
{
  TRY(fill_two(source));
  source->inside = at_magic(source);
  if (source->inside) return inflateReset(&source->zlib) == Z_OK ? STATUS_OK : STATUS_INTERNAL;
  if (source->raw_end > source->raw_start) {
    report(source->report, SEVERITY_WARNING, source->path, 0, 0,
           "bytes behind the end of the compressed data are ignored");
  }
  source->ended = true;
  source->raw_start = source->raw_end = 0;
  return STATUS_OK;
}

static Status fail_damaged(Source *source, const char *what)
{
  const size_t at = source->raw_total - (source->raw_end - source->raw_start);
  report(source->report, SEVERITY_ERROR, source->path, 0, 0, "compressed data %s at byte %zu", what,
         at);
  source->failed = STATUS_INPUT;
  return STATUS_INPUT;
}

static Status inflate_some(size_t *count, Source *source, void *bytes, size_t capacity)
{
  z_stream *const zlib = &source->zlib;
  const uInt room = capacity > BLOCK ? (uInt)BLOCK : (uInt)capacity;
  zlib->next_out = bytes;
  zlib->avail_out = room;
  while (source->inside && zlib->avail_out == room) {
    if (source->raw_start == source->raw_end) TRY(fill_raw(source));
    if (source->raw_start == source->raw_end) return fail_damaged(source, "ends too early");
    zlib->next_in = source->raw + source->raw_start;
    zlib->avail_in = (uInt)(source->raw_end - source->raw_start);
    const int result = inflate(zlib, Z_NO_FLUSH);
    source->raw_start = source->raw_end - zlib->avail_in;
    if (result == Z_MEM_ERROR) return STATUS_MEMORY;
    if (result == Z_STREAM_END)
      TRY(next_member(source));
    else if (result != Z_OK && result != Z_BUF_ERROR)
      return fail_damaged(source, "is damaged");
  }
  *count = room - zlib->avail_out;
  return STATUS_OK;
}

static Status copy_some(size_t *count, Source *source, void *bytes, size_t capacity)
{
  if (source->raw_start == source->raw_end) TRY(fill_raw(source));
  const size_t there = source->raw_end - source->raw_start;
  *count = there < capacity ? there : capacity;
  if (*count) memcpy(bytes, source->raw + source->raw_start, *count);
  source->raw_start += *count;
  return STATUS_OK;
}

Status source_read(size_t *count, Source *source, void *bytes, size_t capacity)
{
  *count = 0;
  if (source->failed != STATUS_OK) return source->failed;
  if (capacity == 0) return STATUS_ARGUMENT;
  if (source->compressed)
    TRY(inflate_some(count, source, bytes, capacity));
  else
    TRY(copy_some(count, source, bytes, capacity));
  source->given += *count;
  if (!source->limit || source->given <= source->limit) return STATUS_OK;
  *count = 0;
  report(source->report, SEVERITY_ERROR, source->path, 0, 0, "is longer than %zu bytes",
         source->limit);
  source->failed = STATUS_LIMIT;
  return STATUS_LIMIT;
}

/* Take from the plain block up to the line feed or its end; *DONE if a line feed was there. */
static Status take_piece(bool *done, bool *cut, Source *source, Buffer *line, size_t longest)
{
  const char *const start = source->plain + source->plain_start;
  const size_t there = source->plain_end - source->plain_start;
  const char *const feed = memchr(start, '\n', there);
  const size_t length = feed ? (size_t)(feed - start) : there;
  const size_t room = longest ? longest - line->count : length;
  *done = feed != NULL;
  *cut = *cut || length > room;
  source->plain_start += length + *done;
  return buffer_add(line, start, length < room ? length : room);
}

Status source_line(bool *more, Source *source, Buffer *line, size_t longest)
{
  bool done = false, cut = false;
  line->count = 0;
  *more = false;
  while (!done) {
    if (source->plain_start == source->plain_end) {
      source->plain_start = 0;
      TRY(source_read(&source->plain_end, source, source->plain, BLOCK));
      if (source->plain_end == 0) break;
    }
    if (!*more) source->line++;
    *more = true;
    TRY(take_piece(&done, &cut, source, line, longest));
  }
  if (line->count && line->bytes[line->count - 1] == '\r') line->bytes[--line->count] = '\0';
  return cut ? STATUS_LIMIT : STATUS_OK;
}

size_t source_line_number(const Source *source)
{
  return source->line;
}

static Status read_on(Buffer *out, Source *source)
{
  char *const block = source->plain;
  for (;;) {
    size_t count;
    TRY(source_read(&count, source, block, BLOCK));
    if (count == 0) return STATUS_OK;
    TRY(buffer_add(out, block, count));
  }
}

Status source_read_all(Buffer *out, const char *path, size_t limit, const Report *report)
{
  Source *source;
  TRY(source_open(&source, path, limit, report));
  const Status status = read_on(out, source);
  source_close(source);
  return status;
}
