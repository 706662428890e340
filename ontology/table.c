/* Linear probing in a table that is at most half full. A slot keeps 32 bits of the hash, so that
   growing does not hash again and most unequal keys are told apart without reading them. */
#include "table.h"

#include "graph/memory.h"

static TableSlot *find_slot(const Table *table, Slice key, uint32_t hash)
{
  size_t at = hash & (table->capacity - 1);
  for (;;) {
    TableSlot *const slot = &table->slots[at];
    if (!slot->key.ptr || (slot->hash == hash && slice_equal(slot->key, key))) return slot;
    at = (at + 1) & (table->capacity - 1);
  }
}

static uint32_t hash_of(Slice key)
{
  return (uint32_t)slice_hash(key, 0);
}

static Status grow(Table *table)
{
  const size_t capacity = table->capacity ? table->capacity * 2 : 64;
  Table larger = {memory_array(NULL, 0, capacity, sizeof(TableSlot)), capacity, table->count};
  if (!larger.slots) return STATUS_MEMORY;
  memset(larger.slots, 0, capacity * sizeof(TableSlot));
  for (size_t i = 0; i < table->capacity; i++) {
    const TableSlot *const slot = &table->slots[i];
    if (slot->key.ptr) *find_slot(&larger, slot->key, slot->hash) = *slot;
  }
  table_clear(table);
  *table = larger;
  return STATUS_OK;
}

Status table_put(Table *table, Slice key, uint32_t value)
{
  if (2 * (table->count + 1) > table->capacity) TRY(grow(table));
  const Slice held = key.ptr ? key : SLICE("");
  const uint32_t hash = hash_of(held);
  TableSlot *const slot = find_slot(table, held, hash);
  if (!slot->key.ptr) {
    table->count++;
    slot->key = held;
    slot->hash = hash;
  }
  slot->value = value;
  return STATUS_OK;
}

uint32_t table_get(const Table *table, Slice key)
{
  if (table->count == 0) return TABLE_NONE;
  const TableSlot *const slot = find_slot(table, key, hash_of(key));
  return slot->key.ptr ? slot->value : TABLE_NONE;
}

void table_clear(Table *table)
{
  memory_free(table->slots, table->capacity * sizeof(TableSlot));
  *table = (Table){NULL, 0, 0};
}
