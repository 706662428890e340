/* Table: a file of test cases, one a line, fields between " | "; lines with # are comments. */
#ifndef ENTENTE_TESTS_TABLE_H
#define ENTENTE_TESTS_TABLE_H

#include "graph/slice.h"

enum { TABLE_COLUMNS = 8 };

typedef struct TableRow {
  Slice fields[TABLE_COLUMNS]; /* without the spaces around them; empty where missing */
  size_t count;
  size_t line;
} TableRow;

/* Call EACH for every case of the file at PATH; how many there were. */
size_t table_each(const char *path, void (*each)(const TableRow *row, void *handle), void *handle);

/* The whole file at PATH; the caller frees it. Fails the test if it cannot be read. */
char *table_file(const char *path, size_t *size);

#endif
