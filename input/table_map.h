/* Table map: which column, constant or mix of both fills which part of a fact. */
#ifndef ENTENTE_TABLE_MAP_H
#define ENTENTE_TABLE_MAP_H

#include "graph/arena.h"
#include "graph/report.h"

typedef enum TablePart {
  PART_SUBJECT,
  PART_RELATION,
  PART_OBJECT,
  PART_DATE,
  PART_FACTUALITY,
  PART_ATTRIBUTED,
  PART_CONFIDENCE,
  PART_DOCUMENT,
  PART_START,
  PART_END,
  PART_QUOTE,
  PART_SUBJECT_CLASS,
  PART_OBJECT_CLASS,
  PART_SUBJECT_STATE,
  PART_OBJECT_STATE
} TablePart;
#define TABLE_PARTS 15

typedef struct Binding {
  enum { BIND_NOTHING, BIND_COLUMN, BIND_CONSTANT, BIND_TEMPLATE } kind;
  size_t column; /* of BIND_COLUMN */
  Slice text;    /* of the others; a template has column names in braces */
} Binding;

/* One clause: the facts that each row gives. */
typedef struct TableClause {
  Binding parts[TABLE_PARTS];
} TableClause;

typedef struct TableMap {
  const Slice *header;
  size_t column_count;
  TableClause *clauses;
  size_t clause_count;
} TableMap;

/* Make the map for a table with HEADER. TEXT is empty (columns go by their names) or clauses
   separated by ";" or line feeds, each of parts PART=VALUE with blanks between them; "#" begins a
   comment that goes to the end of the line. PART is the name of a column of the relation table, or
   subjectClass, objectClass, subjectState or objectState; VALUE is the name of a column, or in
   double quotes a constant, in which {name} stands for a column's value. A relation may be named
   without quotes. Errors are reported with FILE and are STATUS_ARGUMENT. */
Status table_map(TableMap *out, Arena *arena, Slice text, const Slice *header, size_t columns,
                 const char *file, const Report *report);

/* The value of PART in a row; in the arena if it is put together. */
Status table_value(Slice *out, Arena *arena, const TableMap *map, const TableClause *clause,
                   TablePart part, const Slice *fields, size_t count);

#endif
