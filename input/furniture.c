#include "article.h"

Status furniture_mark(size_t *headline, Units *units, Slice text, Arena *arena)
{
  (void)text;
  (void)arena;
  *headline = units->count;
  for (size_t i = 0; i < units->count && units->items[i].shape == UNIT_SHORT; i++) {
    units->items[i].heading = true;
    if (i == 0) *headline = 0;
  }
  return STATUS_OK;
}
