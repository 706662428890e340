/* Weights are kept in the model as 16-bit numbers (the wide rows as 8-bit ones) with one scale for
   a matrix. The dense ones are made floats when the model is opened; the rows of words stay as they
   are until they are needed.
 */
#include "input/network.h"

#include "graph/memory.h"

#include <string.h>

#define MAGIC 0x3154454Eu

/* ---- shapes ---- */

static NetworkShape lstm_shape(size_t matrix)
{
  const size_t layer = (matrix - NET_LSTM) / 6, part = (matrix - NET_LSTM) % 3;
  const size_t in = layer ? NETWORK_BOTH : NETWORK_INPUT;
  return (NetworkShape){part == 0 ? in : part == 1 ? NETWORK_HIDDEN : 1, NETWORK_GATES, 0};
}

static NetworkShape bare_shape(size_t matrix)
{
  static const NetworkShape heads[] = {
      {NETWORK_BOTH, NETWORK_TAGS, 0},
      {1, NETWORK_TAGS, 0},
      {NETWORK_BOTH, NETWORK_NAMES, 0},
      {1, NETWORK_NAMES, 0},
      {NETWORK_BOTH, NETWORK_ARC, 0},
      {1, NETWORK_ARC, 0},
      {NETWORK_BOTH, NETWORK_ARC, 0},
      {1, NETWORK_ARC, 0},
      {1, NETWORK_ARC, 0},
      {NETWORK_ARC, NETWORK_ARC, 0},
      {1, NETWORK_ARC, 0},
      {1, NETWORK_REACHES, 0},
      {NETWORK_BOTH, NETWORK_LABEL, 0},
      {NETWORK_BOTH, NETWORK_LABEL, 0},
      {1, NETWORK_LABEL, 0},
      {1, NETWORK_LABEL, 0},
      {NETWORK_LABEL, NETWORK_RELATIONS, 0},
      {1, NETWORK_RELATIONS, 0},
  };
  return matrix < NET_TAG ? lstm_shape(matrix) : heads[matrix - NET_TAG];
}

NetworkShape network_shape(size_t matrix)
{
  NetworkShape shape = bare_shape(matrix);
  for (size_t i = 0; i < matrix; i++) {
    const NetworkShape before = bare_shape(i);
    shape.offset += before.rows * before.columns;
  }
  return shape;
}

size_t network_size(void)
{
  const NetworkShape last = network_shape(NET_COUNT - 1);
  return last.offset + last.rows * last.columns;
}

static const float *matrix_at(const float *dense, size_t matrix)
{
  return dense + network_shape(matrix).offset;
}

static Rows rows_of(const float *dense, size_t matrix)
{
  const NetworkShape shape = network_shape(matrix);
  return (Rows){dense + shape.offset, shape.columns};
}

/* ---- words ---- */

size_t network_trait_place(size_t trait)
{
  const size_t place = trait == NETWORK_WORD ? 3 : trait >= 4 ? 2 : trait ? 1 : 0;
  return NETWORK_WIDE + NETWORK_NARROW * place;
}

static uint32_t trait_key(size_t trait, uint64_t value)
{
  const uint64_t mixed = feature_1((uint32_t)(3000 + trait), value);
  return (uint32_t)(mixed ^ mixed >> 32) | 1;
}

void network_keys(NetworkWord *out, const WordFacts *f, uint8_t tag)
{
  const uint64_t marks = (uint64_t)f->caps * 32 + (uint64_t)f->upper * 16 + f->all_upper * 8u +
                         f->digit * 4u + f->hyphen * 2u + f->letter;
  const uint64_t values[NETWORK_TRAITS] = {tag,          f->cluster,   f->coarse[1], f->coarse[2],
                                           f->suffix[0], f->suffix[1], f->suffix[2], f->suffix[3],
                                           f->prefix[1], f->prefix[2], f->shape,     marks,
                                           f->tags,      f->lower};
  out->wide = f->lower | 1;
  for (size_t i = 0; i < NETWORK_TRAITS; i++) out->narrow[i] = trait_key(i, values[i]);
}

uint32_t network_row(const NetworkTable *table, uint32_t key)
{
  size_t low = 1, high = table->count;
  while (low < high) {
    const size_t middle = (low + high) / 2;
    if (table->keys[middle] < key) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low < table->count && table->keys[low] == key ? (uint32_t)low : 0;
}

void network_rows(NetworkWord *word, const NetworkTable *wide, const NetworkTable *narrow)
{
  word->wide = network_row(wide, word->wide);
  for (size_t i = 0; i < NETWORK_TRAITS; i++)
    word->narrow[i] = network_row(narrow, word->narrow[i]);
}

void network_input(NetworkSpace *space, const Network *network, const NetworkWord *words,
                   size_t count)
{
  memset(space->input, 0, count * NETWORK_INPUT * sizeof(float));
  for (size_t i = 0; i < count; i++) {
    float *const out = space->input + i * NETWORK_INPUT;
    const int8_t *const wide = network->wide_rows + (size_t)words[i].wide * NETWORK_WIDE;
    for (size_t j = 0; j < NETWORK_WIDE; j++) out[j] = (float)wide[j] * network->wide_scale;
    for (size_t t = 0; t < NETWORK_TRAITS; t++) {
      const int16_t *const row = network->narrow_rows + (size_t)words[i].narrow[t] * NETWORK_NARROW;
      float *const place = out + network_trait_place(t);
      for (size_t j = 0; j < NETWORK_NARROW; j++) place[j] += (float)row[j] * network->narrow_scale;
    }
  }
}

/* ---- the layers ---- */

void network_mask(float *rows, const float *mask, size_t count, size_t columns, bool each)
{
  for (size_t i = 0; mask && i < count; i++) {
    for (size_t j = 0; j < columns; j++) rows[i * columns + j] *= mask[each ? i * columns + j : j];
  }
}

static void fill_rows(float *out, const float *row, size_t count, size_t columns)
{
  for (size_t i = 0; i < count; i++) memcpy(out + i * columns, row, columns * sizeof *out);
}

/* OUT = IN times MATRIX plus the row of biases after it. */
static void apply(float *out, const float *in, const float *dense, size_t matrix, size_t bias,
                  size_t count)
{
  const NetworkShape shape = network_shape(matrix);
  fill_rows(out, matrix_at(dense, bias), count, shape.columns);
  matrix_add_product(out, shape.columns, (Factor){in, shape.rows, 1}, rows_of(dense, matrix), count,
                     shape.rows, shape.columns);
}

static void step_cell(NetworkLayer *layer, size_t direction, size_t at, const float *cell_before)
{
  const size_t h = NETWORK_HIDDEN;
  float *const gates = layer->gates[direction] + at * NETWORK_GATES;
  float *const cell = layer->cell[direction] + at * h;
  float *const bent = layer->bent[direction] + at * h;
  float *const out = layer->out + at * NETWORK_BOTH + direction * h;
  vector_sigmoid(gates, 3 * h);
  vector_tanh(gates + 3 * h, h);
  for (size_t j = 0; j < h; j++) {
    const float kept = cell_before ? gates[h + j] * cell_before[j] : 0;
    cell[j] = gates[j] * gates[3 * h + j] + kept;
    bent[j] = cell[j];
  }
  vector_tanh(bent, h);
  for (size_t j = 0; j < h; j++) out[j] = gates[2 * h + j] * bent[j];
}

static void run_direction(NetworkLayer *layer, const float *in, const float *dense, size_t number,
                          size_t direction, size_t count)
{
  const size_t matrix = NET_LSTM + 6 * number + 3 * direction;
  float *const gates = layer->gates[direction];
  apply(gates, in, dense, matrix, matrix + 2, count);
  for (size_t step = 0; step < count; step++) {
    const size_t at = direction ? count - 1 - step : step;
    const size_t before = direction ? at + 1 : at - 1;
    if (step) {
      const Factor out = {layer->out + before * NETWORK_BOTH + direction * NETWORK_HIDDEN, 0, 1};
      matrix_add_product(gates + at * NETWORK_GATES, NETWORK_GATES, out, rows_of(dense, matrix + 1),
                         1, NETWORK_HIDDEN, NETWORK_GATES);
    }
    step_cell(layer, direction, at, step ? layer->cell[direction] + before * NETWORK_HIDDEN : NULL);
  }
}

void network_encode(NetworkSpace *space, const float *dense, size_t count,
                    const NetworkMasks *masks)
{
  const float *in = space->input;
  if (masks) network_mask(space->input, masks->input, count, NETWORK_INPUT, true);
  for (size_t number = 0; number < NETWORK_LAYERS; number++) {
    NetworkLayer *const layer = &space->layers[number];
    for (size_t direction = 0; direction < 2; direction++) {
      run_direction(layer, in, dense, number, direction, count);
    }
    if (masks) network_mask(layer->out, masks->layers[number], count, NETWORK_BOTH, false);
    in = layer->out;
  }
}

/* ---- what stands on them ---- */

static const float *last_layer(const NetworkSpace *space)
{
  return space->layers[NETWORK_LAYERS - 1].out;
}

void network_tags(NetworkSpace *space, const float *dense, size_t count)
{
  apply(space->tags, last_layer(space), dense, NET_TAG, NET_TAG_BIAS, count);
  apply(space->names, last_layer(space), dense, NET_NAME, NET_NAME_BIAS, count);
}

size_t network_reach(size_t i, size_t h, size_t count)
{
  if (h == count) return 0;
  const size_t far = h > i ? h - i : i - h;
  const size_t class = far < 7    ? far
                       : far < 10 ? 7
                       : far < 14 ? 8
                       : far < 20 ? 9
                       : far < 30 ? 10
                                  : 11;
  return h > i ? class : class + 12;
}

static void flip_heads(NetworkSpace *space, size_t count)
{
  for (size_t h = 0; h <= count; h++) {
    for (size_t j = 0; j < NETWORK_ARC; j++) {
      space->flipped[j * NETWORK_HEADS + h] = space->heads[h * NETWORK_ARC + j];
    }
  }
}

static size_t whole_vectors(size_t count)
{
  return (count + VECTOR - 1) / VECTOR * VECTOR;
}

void network_arcs(NetworkSpace *space, const float *dense, size_t count)
{
  const float *const in = last_layer(space), *const reach = matrix_at(dense, NET_REACH);
  apply(space->dependents, in, dense, NET_DEPENDENT, NET_DEPENDENT_BIAS, count);
  apply(space->heads, in, dense, NET_HEAD, NET_HEAD_BIAS, count);
  vector_relu(space->dependents, count * NETWORK_ARC);
  vector_relu(space->heads, count * NETWORK_ARC);
  memcpy(space->heads + count * NETWORK_ARC, matrix_at(dense, NET_ROOT),
         NETWORK_ARC * sizeof(float));
  flip_heads(space, count);
  fill_rows(space->turned, matrix_at(dense, NET_POPULAR), count, NETWORK_ARC);
  matrix_add_product(space->turned, NETWORK_ARC, (Factor){space->dependents, NETWORK_ARC, 1},
                     rows_of(dense, NET_BIAFFINE), count, NETWORK_ARC, NETWORK_ARC);
  for (size_t i = 0; i < count; i++) {
    for (size_t h = 0; h <= count; h++) {
      space->arcs[i * NETWORK_HEADS + h] = h == i ? -1e4f : reach[network_reach(i, h, count)];
    }
  }
  matrix_add_product(space->arcs, NETWORK_HEADS, (Factor){space->turned, NETWORK_ARC, 1},
                     (Rows){space->flipped, NETWORK_HEADS}, count, NETWORK_ARC,
                     whole_vectors(count + 1));
  for (size_t i = 0; i < count; i++) vector_softmax(space->arcs + i * NETWORK_HEADS, count + 1);
}

void network_relations(NetworkSpace *space, const float *dense, const int32_t *heads, size_t count)
{
  const float *const in = last_layer(space);
  const size_t width = NETWORK_LABEL;
  apply(space->children, in, dense, NET_CHILD, NET_CHILD_BIAS, count);
  memset(space->parents, 0, count * width * sizeof(float));
  matrix_add_product(space->parents, width, (Factor){in, NETWORK_BOTH, 1},
                     rows_of(dense, NET_PARENT), count, NETWORK_BOTH, width);
  memcpy(space->parents + count * width, matrix_at(dense, NET_PARENT_ROOT), width * sizeof(float));
  for (size_t i = 0; i < count; i++) {
    const size_t head = heads[i] < 0 ? count : (size_t)heads[i];
    for (size_t j = 0; j < width; j++) {
      space->pairs[i * width + j] =
          space->children[i * width + j] + space->parents[head * width + j];
    }
  }
  vector_relu(space->pairs, count * width);
  apply(space->relations, space->pairs, dense, NET_RELATION, NET_RELATION_BIAS, count);
}

/* ---- in the model ---- */

typedef struct NetworkHeader {
  uint32_t magic, size, wide, narrow;
  float wide_scale, narrow_scale;
  float scales[NET_COUNT];
} NetworkHeader;

/* A scale is a power of two or less than one, never what would make infinities. */
static bool scale_is_sound(float scale)
{
  return scale >= 0 && scale < 1;
}

static bool header_is_sound(const NetworkHeader *header, size_t length)
{
  const size_t need = sizeof *header + (size_t)header->wide * (4 + NETWORK_WIDE) +
                      (size_t)header->narrow * (4 + 2 * NETWORK_NARROW) + 2 * network_size();
  bool sound = header->magic == MAGIC && header->size == network_size() && header->wide &&
               header->narrow && length == need && scale_is_sound(header->wide_scale) &&
               scale_is_sound(header->narrow_scale);
  for (size_t i = 0; i < NET_COUNT; i++) sound = sound && scale_is_sound(header->scales[i]);
  return sound;
}

static void unpack(float *dense, const int16_t *packed, const float *scales)
{
  for (size_t i = 0; i < NET_COUNT; i++) {
    const NetworkShape shape = network_shape(i);
    for (size_t k = 0; k < shape.rows * shape.columns; k++) {
      dense[shape.offset + k] = (float)packed[shape.offset + k] * scales[i];
    }
  }
}

Status network_open(Network *out, const Model *model)
{
  *out = (Network){.dense = NULL};
  const Slice section = model_section(model, "network");
  NetworkHeader header;
  if (section.len < sizeof header) return STATUS_INPUT;
  memcpy(&header, section.ptr, sizeof header);
  if (!header_is_sound(&header, section.len)) return STATUS_INPUT;
  const void *const start = section.ptr + sizeof header;
  const uint32_t *const keys = start;
  out->wide = (NetworkTable){keys, header.wide};
  out->narrow = (NetworkTable){keys + header.wide, header.narrow};
  const void *const narrow_rows = keys + header.wide + header.narrow;
  const int16_t *const dense =
      (const int16_t *)narrow_rows + (size_t)header.narrow * NETWORK_NARROW;
  const void *const wide_rows = dense + network_size();
  out->narrow_rows = narrow_rows;
  out->wide_rows = wide_rows;
  out->wide_scale = header.wide_scale;
  out->narrow_scale = header.narrow_scale;
  out->dense = memory_zero(network_size() * sizeof *out->dense);
  if (!out->dense) return STATUS_MEMORY;
  unpack(out->dense, dense, header.scales);
  return STATUS_OK;
}

void network_close(Network *network)
{
  memory_free(network->dense, network_size() * sizeof *network->dense);
  network->dense = NULL;
}

static float scale_of(const float *values, size_t count, float most_packed)
{
  float most = 1e-6f;
  for (size_t i = 0; i < count; i++) {
    const float size = values[i] < 0 ? -values[i] : values[i];
    most = size > most ? size : most;
  }
  return most / most_packed;
}

static int packed(float value, float scale)
{
  const float scaled = value / scale;
  return (int)(scaled < 0 ? scaled - 0.5f : scaled + 0.5f);
}

static Status pack(Buffer *out, const float *values, size_t count, float scale)
{
  for (size_t i = 0; i < count; i++) {
    const int16_t value = (int16_t)packed(values[i], scale);
    TRY(buffer_add(out, &value, sizeof value));
  }
  return STATUS_OK;
}

static Status pack_small(Buffer *out, const float *values, size_t count, float scale)
{
  for (size_t i = 0; i < count; i++) {
    const int8_t value = (int8_t)packed(values[i], scale);
    TRY(buffer_add(out, &value, sizeof value));
  }
  return STATUS_OK;
}

Status network_write(Buffer *out, const float *dense, const NetworkTable *wide,
                     const float *wide_rows, const NetworkTable *narrow, const float *narrow_rows)
{
  NetworkHeader header = {.magic = MAGIC,
                          .size = (uint32_t)network_size(),
                          .wide = (uint32_t)wide->count,
                          .narrow = (uint32_t)narrow->count};
  const size_t wide_count = wide->count * NETWORK_WIDE,
               narrow_count = narrow->count * NETWORK_NARROW;
  header.wide_scale = scale_of(wide_rows, wide_count, 127);
  header.narrow_scale = scale_of(narrow_rows, narrow_count, 32767);
  for (size_t i = 0; i < NET_COUNT; i++) {
    const NetworkShape shape = network_shape(i);
    header.scales[i] = scale_of(dense + shape.offset, shape.rows * shape.columns, 32767);
  }
  TRY(buffer_add(out, &header, sizeof header));
  TRY(buffer_add(out, wide->keys, wide->count * sizeof *wide->keys));
  TRY(buffer_add(out, narrow->keys, narrow->count * sizeof *narrow->keys));
  TRY(pack(out, narrow_rows, narrow_count, header.narrow_scale));
  for (size_t i = 0; i < NET_COUNT; i++) {
    const NetworkShape shape = network_shape(i);
    TRY(pack(out, dense + shape.offset, shape.rows * shape.columns, header.scales[i]));
  }
  return pack_small(out, wide_rows, wide_count, header.wide_scale);
}
