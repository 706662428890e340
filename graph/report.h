/* Report: where messages go. Library code never prints; it hands a Message to the caller's sink. */
#ifndef ENTENTE_REPORT_H
#define ENTENTE_REPORT_H

#include <stddef.h>

typedef enum Severity { SEVERITY_NOTE, SEVERITY_WARNING, SEVERITY_ERROR } Severity;

typedef struct Message {
  Severity severity;
  const char *file;    /* NULL if no file is concerned */
  size_t line, column; /* from 1; 0 if unknown */
  const char *text;    /* one line, no full stop, no line feed */
} Message;

/* May be called from several threads at once: emit does its own locking. */
typedef struct Report {
  void (*emit)(void *handle, const Message *message);
  void *handle;
} Report;

/* Format a message and hand it to REPORT; a NULL report swallows it. FILE may be NULL, LINE and
   COLUMN 0. The text is cut at 1023 bytes. */
void report(const Report *report, Severity severity, const char *file, size_t line, size_t column,
            const char *format, ...) __attribute__((format(printf, 6, 7)));

#endif
