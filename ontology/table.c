/* Linear probing in an array of hashes and entry numbers that is at most half full; the entries
   stand densely beside it, so that a probe reads eight bytes and growing moves no key. */
#include "table.h"

#include "graph/memory.h"

#define FIRST_CAPACITY 64u

/* The slot of KEY, or the free one where it belongs. */
static TableSlot *find_slot(const Table *table, Slice key, uint32_t hash)
{
  const size_t mask = table->capacity - 1;
  for (size_t at = hash & mask;; at = (at + 1) & mask) {
    TableSlot *const slot = &table->slots[at];
    if (!slot->entry) return slot;
    if (slot->hash == hash && slice_equal(table->entries[slot->entry - 1].key, key)) return slot;
  }
}

static void place(TableSlot *slots, size_t capacity, TableSlot slot)
{
  size_t at = slot.hash & (capacity - 1);
  while (slots[at].entry) at = (at + 1) & (capacity - 1);
  slots[at] = slot;
}

static Status grow(Table *table)
{
  const size_t capacity = table->capacity ? table->capacity * 4 : FIRST_CAPACITY;
  TableSlot *const slots = memory_zero(capacity * sizeof *slots);
  if (!slots) return STATUS_MEMORY;
  for (size_t i = 0; i < table->capacity; i++) {
    if (table->slots[i].entry) place(slots, capacity, table->slots[i]);
  }
  memory_free(table->slots, table->capacity * sizeof *slots);
  table->slots = slots;
  table->capacity = capacity;
  return STATUS_OK;
}

static uint32_t hash_of(Slice key)
{
  return (uint32_t)slice_hash(key, 0);
}

Status table_put(Table *table, Slice key, uint32_t value)
{
  if (2 * (table->count + 1) > table->capacity) TRY(grow(table));
  const uint32_t hash = hash_of(key);
  TableSlot *const slot = find_slot(table, key, hash);
  if (slot->entry) {
    table->entries[slot->entry - 1].value = value;
    return STATUS_OK;
  }
  TableEntry *const entries =
      memory_grow(table->entries, &table->room, table->count, 1, sizeof *entries);
  if (!entries) return STATUS_MEMORY;
  table->entries = entries;
  entries[table->count++] = (TableEntry){key, value};
  *slot = (TableSlot){hash, (uint32_t)table->count};
  return STATUS_OK;
}

uint32_t table_get(const Table *table, Slice key)
{
  if (table->count == 0) return TABLE_NONE;
  const TableSlot *const slot = find_slot(table, key, hash_of(key));
  return slot->entry ? table->entries[slot->entry - 1].value : TABLE_NONE;
}

void table_clear(Table *table)
{
  memory_free(table->slots, table->capacity * sizeof(TableSlot));
  memory_free(table->entries, table->room * sizeof(TableEntry));
  *table = TABLE_EMPTY;
}
