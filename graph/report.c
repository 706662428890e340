#include "report.h"

#include <stdarg.h>
#include <stdio.h>

void report(const Report *report, Severity severity, const char *file, size_t line, size_t column,
            const char *format, ...)
{
  if (!report || !report->emit) return;
  char text[1024];
  va_list arguments;
  va_start(arguments, format);
  vsnprintf(text, sizeof text, format, arguments);
  va_end(arguments);
  const Message message = {severity, file, line, column, text};
  report->emit(report->handle, &message);
}
