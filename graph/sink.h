/* Sink: where bytes go; Buffer: a growable run of bytes that can be one. */
#ifndef ENTENTE_SINK_H
#define ENTENTE_SINK_H

#include "slice.h"
#include "status.h"

typedef struct Sink {
  Status (*write)(void *handle, const void *bytes, size_t count);
  void *handle;
} Sink;

typedef struct Buffer {
  char *bytes; /* NUL-terminated once anything was written */
  size_t count, capacity;
} Buffer;

#define BUFFER_EMPTY ((Buffer){NULL, 0, 0})

void buffer_clear(Buffer *buffer);
Status buffer_add(Buffer *buffer, const void *bytes, size_t count);
Status buffer_text(Buffer *buffer, const char *text);
Status buffer_slice(Buffer *buffer, Slice text);
Status buffer_printf(Buffer *buffer, const char *format, ...) __attribute__((format(printf, 2, 3)));
Sink buffer_sink(Buffer *buffer);

static inline Slice buffer_as_slice(const Buffer *buffer)
{
  return (Slice){buffer->bytes, buffer->count};
}

static inline Status sink_write(const Sink *sink, const void *bytes, size_t count)
{
  return count ? sink->write(sink->handle, bytes, count) : STATUS_OK;
}

static inline Status sink_slice(const Sink *sink, Slice text)
{
  return sink_write(sink, text.ptr, text.len);
}

static inline Status sink_text(const Sink *sink, const char *text)
{
  return sink_write(sink, text, strlen(text));
}

#endif
