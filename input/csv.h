/* CSV: rows of separated values as RFC 4180 has them, and as spreadsheets write them: any line end,
   commas, semicolons or tabs. */
#ifndef ENTENTE_CSV_H
#define ENTENTE_CSV_H

#include "graph/arena.h"

typedef struct Csv {
  Slice text;
  size_t at;
  size_t line; /* of AT, from 1 */
  char separator;
  bool unclosed; /* a quote without its end was met: quotes no longer reach over lines */
  Slice *fields; /* of the row read last */
  size_t capacity;
} Csv;

typedef struct CsvRow {
  Slice *fields; /* until the next row; each borrowed from the text, or in the arena */
  size_t count;
  size_t line;
  bool broken; /* a quote in it is not closed, or more follows it */
} CsvRow;

/* Begin with TEXT, which must live as long as the rows. SEPARATOR 0: guessed from the first row. */
void csv_start(Csv *csv, Slice text, char separator);

/* The next row that is not empty; *MORE is false at the end. */
Status csv_next(bool *more, CsvRow *row, Csv *csv, Arena *arena);

#endif
