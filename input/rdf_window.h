/* Window: the bytes of a document around the place a parser is at, with its line and column. */
#ifndef ENTENTE_INPUT_RDF_WINDOW_H
#define ENTENTE_INPUT_RDF_WINDOW_H

#include "input/rdf_reader.h"

typedef struct Window {
  RdfBytes *from;
  char *bytes;
  size_t at, count, capacity;
  bool ended;    /* there is no more to read */
  Status status; /* of reading; bytes seem to end where it failed */
  size_t line;   /* from 1 */
  size_t column; /* in bytes, from 1 */
} Window;

Status window_start(Window *window, RdfBytes *from);
void window_clear(Window *window);

/* See to it that byte number AHEAD from here is in the window; false if the document ends before.
 */
bool window_fill(Window *window, size_t ahead);

/* The byte AHEAD of the place, -1 past the end. */
static inline int window_peek(Window *w, size_t ahead)
{
  if (w->count - w->at <= ahead && !window_fill(w, ahead)) return -1;
  return (unsigned char)w->bytes[w->at + ahead];
}

/* Append bytes to OUT up to the first that STOPS (by byte) marks; a line feed must be one. */
Status window_take(Buffer *out, Window *window, const unsigned char stops[256]);

/* Step over COUNT bytes, which have been looked at. */
static inline void window_skip(Window *w, size_t count)
{
  for (size_t i = 0; i < count; i++) {
    const bool line_feed = w->bytes[w->at++] == '\n';
    w->line += line_feed;
    w->column = line_feed ? 1 : w->column + 1;
  }
}

#endif
