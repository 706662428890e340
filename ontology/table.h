/* Table: from strings to 32-bit numbers, by open addressing. The keys are borrowed. */
#ifndef ENTENTE_TABLE_H
#define ENTENTE_TABLE_H

#include "graph/slice.h"
#include "graph/status.h"

#define TABLE_NONE UINT32_MAX

typedef struct TableSlot {
  Slice key; /* ptr NULL if free */
  uint32_t hash, value;
} TableSlot;

typedef struct Table {
  TableSlot *slots;
  size_t capacity; /* a power of two, or 0 */
  size_t count;
} Table;

/* Set KEY to VALUE, whether it was there or not. KEY must outlive the table. */
Status table_put(Table *table, Slice key, uint32_t value);

/* The value of KEY, or TABLE_NONE. */
uint32_t table_get(const Table *table, Slice key);

/* Free the slots; the table is empty and usable again. */
void table_clear(Table *table);

#endif
