/* Attributes are short lists, so that they are searched from end to end. */
#include "sketch.h"

#include <math.h>

static Status set(Sketch *sketch, SketchAttributes *attributes, const char *name, Slice value,
                  bool html)
{
  Slice copy;
  TRY(arena_copy(&copy, &sketch->arena, value));
  for (size_t i = 0; i < attributes->count; i++) {
    if (strcmp(attributes->items[i].name, name) != 0) continue;
    attributes->items[i] = (SketchAttribute){name, copy.ptr, html};
    return STATUS_OK;
  }
  SketchAttribute *const grown =
      arena_grow(&sketch->arena, attributes->items, &attributes->capacity, attributes->count, 1,
                 sizeof *grown);
  if (!grown) return STATUS_MEMORY;
  attributes->items = grown;
  grown[attributes->count++] = (SketchAttribute){name, copy.ptr, html};
  return STATUS_OK;
}

Status sketch_set(Sketch *sketch, SketchAttributes *attributes, const char *name, Slice value)
{
  return set(sketch, attributes, name, value, false);
}

Status sketch_set_html(Sketch *sketch, SketchAttributes *attributes, const char *name, Slice value)
{
  return set(sketch, attributes, name, value, true);
}

Status sketch_set_text(Sketch *sketch, SketchAttributes *attributes, const char *name,
                       const char *value)
{
  return set(sketch, attributes, name, slice_of(value), false);
}

Status number_add(Buffer *out, double value)
{
  const long long thousandths = llround(value * 1000);
  const unsigned long long size =
      (unsigned long long)(thousandths < 0 ? -thousandths : thousandths);
  TRY(buffer_printf(out, "%s%llu", thousandths < 0 ? "-" : "", size / 1000));
  if (size % 1000 == 0) return STATUS_OK;
  TRY(buffer_printf(out, ".%03llu", size % 1000));
  while (out->bytes[out->count - 1] == '0') out->bytes[--out->count] = '\0';
  return STATUS_OK;
}

Status sketch_set_number(Sketch *sketch, SketchAttributes *attributes, const char *name,
                         double value)
{
  Buffer text = BUFFER_EMPTY;
  Status status = number_add(&text, value);
  if (!status) status = sketch_set(sketch, attributes, name, buffer_as_slice(&text));
  buffer_clear(&text);
  return status;
}

const char *sketch_get(const SketchAttributes *attributes, const char *name)
{
  for (size_t i = 0; i < attributes->count; i++)
    if (strcmp(attributes->items[i].name, name) == 0) return attributes->items[i].value;
  return NULL;
}

Status sketch_node(SketchNode **out, Sketch *sketch, Slice name)
{
  SketchNode *const grown = arena_grow(&sketch->arena, sketch->nodes, &sketch->node_capacity,
                                       sketch->node_count, 1, sizeof *grown);
  if (!grown) return STATUS_MEMORY;
  sketch->nodes = grown;
  Slice copy;
  TRY(arena_copy(&copy, &sketch->arena, name));
  *out = &grown[sketch->node_count++];
  **out = (SketchNode){.name = copy.ptr};
  return STATUS_OK;
}

Status sketch_edge(SketchEdge **out, Sketch *sketch, uint32_t from, uint32_t to, Slice key)
{
  SketchEdge *const grown = arena_grow(&sketch->arena, sketch->edges, &sketch->edge_capacity,
                                       sketch->edge_count, 1, sizeof *grown);
  if (!grown) return STATUS_MEMORY;
  sketch->edges = grown;
  Slice copy;
  TRY(arena_copy(&copy, &sketch->arena, key));
  *out = &grown[sketch->edge_count++];
  **out = (SketchEdge){.from = from, .to = to, .key = copy.ptr};
  return STATUS_OK;
}

void sketch_clear(Sketch *sketch)
{
  arena_clear(&sketch->arena);
  *sketch = (Sketch){0};
}
