/* Table: from strings to 32-bit numbers. The keys are borrowed. */
#ifndef ENTENTE_TABLE_H
#define ENTENTE_TABLE_H

#include "graph/slice.h"
#include "graph/status.h"

#define TABLE_NONE UINT32_MAX

typedef struct TableEntry {
  Slice key;
  uint32_t value;
} TableEntry;

typedef struct TableSlot {
  uint32_t hash;
  uint32_t entry; /* index + 1; 0 if free */
} TableSlot;

typedef struct Table {
  TableSlot *slots;
  size_t capacity;     /* of the slots: a power of two, or 0 */
  TableEntry *entries; /* in the order in which they came */
  size_t count, room;
} Table;

#define TABLE_EMPTY ((Table){NULL, 0, NULL, 0, 0})

/* Set KEY to VALUE, whether it was there or not. KEY must outlive the table. */
Status table_put(Table *table, Slice key, uint32_t value);

/* The value of KEY, or TABLE_NONE. */
uint32_t table_get(const Table *table, Slice key);

/* Free everything; the table is empty and usable again. */
void table_clear(Table *table);

#endif
