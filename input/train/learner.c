#include "input/train/learner.h"

#include "graph/memory.h"

typedef struct Cell {
  int64_t total; /* sum of the weight over all examples before LAST */
  int32_t weight;
  uint32_t last; /* example of the last change */
  uint8_t label;
} Cell;

typedef struct Slot {
  uint64_t feature;
  Cell *cells; /* NULL: free */
  uint16_t count, capacity;
  uint32_t changes;
} Slot;

struct Learner {
  Slot *slots;
  size_t count, mask;
  uint32_t now;
};

Status learner_new(Learner **out)
{
  Learner *const learner = memory_zero(sizeof *learner);
  if (!learner) return STATUS_MEMORY;
  learner->mask = ((size_t)1 << 16) - 1;
  learner->now = 1;
  learner->slots = memory_zero((learner->mask + 1) * sizeof *learner->slots);
  *out = learner;
  if (learner->slots) return STATUS_OK;
  memory_free(learner, sizeof *learner);
  return STATUS_MEMORY;
}

void learner_free(Learner *learner)
{
  if (!learner) return;
  for (size_t i = 0; i <= learner->mask; i++) {
    memory_free(learner->slots[i].cells, learner->slots[i].capacity * sizeof(Cell));
  }
  memory_free(learner->slots, 0);
  memory_free(learner, sizeof *learner);
}

static Slot *slot_of(Slot *slots, size_t mask, uint64_t feature)
{
  size_t at = (feature >> 8) & mask;
  while (slots[at].cells && slots[at].feature != feature) at = (at + 1) & mask;
  return &slots[at];
}

static void add_rows(int32_t *scores, const void *handle, const uint64_t *features, size_t count)
{
  const Learner *const learner = handle;
  for (size_t i = 0; i < count; i++) {
    __builtin_prefetch(&learner->slots[(features[i] >> 8) & learner->mask]);
  }
  const Slot *found[256];
  for (size_t i = 0; i < count; i++) {
    found[i] = slot_of(learner->slots, learner->mask, features[i]);
    __builtin_prefetch(found[i]->cells);
  }
  for (size_t i = 0; i < count; i++) {
    const Cell *const cells = found[i]->cells;
    if (!cells) continue;
    for (size_t k = 0; k < found[i]->count; k++) scores[cells[k].label] += cells[k].weight;
  }
}

Scorer learner_scorer(const Learner *learner)
{
  return (Scorer){add_rows, learner};
}

static Status grow(Learner *learner)
{
  const size_t mask = learner->mask * 2 + 1;
  Slot *const slots = memory_zero((mask + 1) * sizeof *slots);
  if (!slots) return STATUS_MEMORY;
  for (size_t i = 0; i <= learner->mask; i++) {
    const Slot *const old = &learner->slots[i];
    if (old->cells) *slot_of(slots, mask, old->feature) = *old;
  }
  memory_free(learner->slots, 0);
  learner->slots = slots;
  learner->mask = mask;
  return STATUS_OK;
}

static Status find_or_add(Slot **out, Learner *learner, uint64_t feature)
{
  if (learner->count * 2 > learner->mask) TRY(grow(learner));
  Slot *const slot = slot_of(learner->slots, learner->mask, feature);
  if (!slot->cells) {
    slot->cells = memory_zero(2 * sizeof(Cell));
    if (!slot->cells) return STATUS_MEMORY;
    slot->feature = feature;
    slot->capacity = 2;
    learner->count++;
  }
  *out = slot;
  return STATUS_OK;
}

static Status find_cell(Cell **out, Slot *slot, uint8_t label)
{
  for (size_t i = 0; i < slot->count; i++) {
    if (slot->cells[i].label == label) {
      *out = &slot->cells[i];
      return STATUS_OK;
    }
  }
  size_t capacity = slot->capacity;
  Cell *const cells = memory_grow(slot->cells, &capacity, slot->count, 1, sizeof(Cell));
  if (!cells) return STATUS_MEMORY;
  slot->cells = cells;
  slot->capacity = (uint16_t)capacity;
  *out = &cells[slot->count++];
  **out = (Cell){.label = label};
  return STATUS_OK;
}

Status learner_update(Learner *learner, const uint64_t *features, size_t count, uint8_t label,
                      int32_t delta)
{
  for (size_t i = 0; i < count; i++) {
    Slot *slot;
    Cell *cell;
    TRY(find_or_add(&slot, learner, features[i]));
    TRY(find_cell(&cell, slot, label));
    slot->changes++;
    cell->total += (int64_t)cell->weight * (learner->now - cell->last);
    cell->last = learner->now;
    cell->weight += delta;
  }
  return STATUS_OK;
}

void learner_tick(Learner *learner)
{
  learner->now++;
}

static int32_t averaged(const Cell *cell, uint32_t now)
{
  const int64_t total = cell->total + (int64_t)cell->weight * (now - cell->last);
  const int64_t scaled = total * WEIGHT_SCALE / now;
  return scaled > INT16_MAX ? INT16_MAX : scaled < -INT16_MAX ? -INT16_MAX : (int32_t)scaled;
}

static size_t collect(SparseCell *out, const Learner *learner, uint32_t rare, int32_t small)
{
  size_t n = 0;
  for (size_t i = 0; i <= learner->mask; i++) {
    const Slot *const slot = &learner->slots[i];
    if (!slot->cells || slot->changes < rare) continue;
    for (size_t k = 0; k < slot->count; k++) {
      const int32_t value = averaged(&slot->cells[k], learner->now);
      if (value < small && value > -small) continue;
      if (out) out[n] = (SparseCell){slot->feature, (int16_t)value, slot->cells[k].label};
      n++;
    }
  }
  return n;
}

Status learner_write(Buffer *out, const Learner *learner, uint32_t rare, int32_t small)
{
  const size_t count = collect(NULL, learner, rare, small);
  SparseCell *const cells = memory_zero(count * sizeof *cells);
  if (!cells) return STATUS_MEMORY;
  collect(cells, learner, rare, small);
  const Status status = sparse_make(out, cells, count);
  memory_free(cells, count * sizeof *cells);
  return status;
}
