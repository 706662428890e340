#include "sink.h"

#include "memory.h"

#include <stdarg.h>
#include <stdio.h>

void buffer_clear(Buffer *buffer)
{
  memory_free(buffer->bytes, buffer->capacity);
  *buffer = BUFFER_EMPTY;
}

static Status reserve(Buffer *buffer, size_t count)
{
  if (count == SIZE_MAX) return STATUS_MEMORY;
  char *const moved =
      memory_grow(buffer->bytes, &buffer->capacity, buffer->count, count + 1, sizeof(char));
  if (!moved) return STATUS_MEMORY;
  buffer->bytes = moved;
  return STATUS_OK;
}

Status buffer_add(Buffer *buffer, const void *bytes, size_t count)
{
  TRY(reserve(buffer, count));
  if (count) memcpy(buffer->bytes + buffer->count, bytes, count);
  buffer->count += count;
  buffer->bytes[buffer->count] = '\0';
  return STATUS_OK;
}

Status buffer_text(Buffer *buffer, const char *text)
{
  return buffer_add(buffer, text, strlen(text));
}

Status buffer_slice(Buffer *buffer, Slice text)
{
  return buffer_add(buffer, text.ptr, text.len);
}

Status buffer_printf(Buffer *buffer, const char *format, ...)
{
  va_list arguments;
  va_start(arguments, format);
  const int length = vsnprintf(NULL, 0, format, arguments);
  va_end(arguments);
  if (length < 0) return STATUS_ARGUMENT;
  TRY(reserve(buffer, (size_t)length));
  va_start(arguments, format);
  vsnprintf(buffer->bytes + buffer->count, (size_t)length + 1, format, arguments);
  va_end(arguments);
  buffer->count += (size_t)length;
  return STATUS_OK;
}

static Status write_to_buffer(void *handle, const void *bytes, size_t count)
{
  return buffer_add(handle, bytes, count);
}

Sink buffer_sink(Buffer *buffer)
{
  return (Sink){write_to_buffer, buffer};
}
