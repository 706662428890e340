/* Going back through the network, layer by layer, in the order opposite to input/network.c. */
#include "input/train/gradient.h"

#include <string.h>

void gradient_turn(Gradient *gradient, const float *dense)
{
  for (size_t m = 0; m < NET_COUNT; m++) {
    const NetworkShape shape = network_shape(m);
    const float *const from = dense + shape.offset;
    float *const to = gradient->turned + shape.offset;
    for (size_t i = 0; i < shape.rows; i++) {
      for (size_t j = 0; j < shape.columns; j++)
        to[j * shape.rows + i] = from[i * shape.columns + j];
    }
  }
}

/* For OUT = IN times MATRIX plus BIAS: from the gradient D of OUT that of the matrix, of the bias
   and, added to D_IN, of IN. BIAS is NET_COUNT where there is none. */
static void back_apply(Gradient *g, float *d_in, const float *d, const float *in, size_t matrix,
                       size_t bias, size_t count)
{
  const NetworkShape shape = network_shape(matrix);
  matrix_add_product(g->dense + shape.offset, shape.columns, (Factor){in, 1, shape.rows},
                     (Rows){d, shape.columns}, shape.rows, count, shape.columns);
  if (bias < NET_COUNT) {
    float *const sums = g->dense + network_shape(bias).offset;
    for (size_t i = 0; i < count; i++) {
      for (size_t j = 0; j < shape.columns; j++) sums[j] += d[i * shape.columns + j];
    }
  }
  matrix_add_product(d_in, shape.rows, (Factor){d, shape.columns, 1},
                     (Rows){g->turned + shape.offset, shape.rows}, count, shape.columns,
                     shape.rows);
}

static void back_relu(float *d, const float *out, size_t count)
{
  for (size_t i = 0; i < count; i++) d[i] = out[i] > 0 ? d[i] : 0;
}

/* Scores become the gradient of minus the logarithm of the right one's probability. */
static double back_softmax(float *scores, size_t labels, size_t columns, int right)
{
  if (right < 0) {
    memset(scores, 0, columns * sizeof *scores);
    return 0;
  }
  vector_softmax(scores, labels);
  const float share = scores[right];
  scores[right] -= 1;
  memset(scores + labels, 0, (columns - labels) * sizeof *scores);
  return -(double)scalar_log(share);
}

static void back_tags(Gradient *g, NetworkSpace *space, size_t count, const NetworkGold *gold)
{
  const float *const in = space->layers[NETWORK_LAYERS - 1].out;
  float *const d_in = g->layers[NETWORK_LAYERS - 1];
  for (size_t i = 0; i < count; i++) {
    g->loss +=
        back_softmax(space->tags + i * NETWORK_TAGS, NETWORK_TAGS, NETWORK_TAGS, gold->tags[i]);
    g->loss += back_softmax(space->names + i * NETWORK_NAMES, NETWORK_NAMES, NETWORK_NAMES,
                            gold->names[i]);
  }
  back_apply(g, d_in, space->tags, in, NET_TAG, NET_TAG_BIAS, count);
  back_apply(g, d_in, space->names, in, NET_NAME, NET_NAME_BIAS, count);
}

/* Probabilities of heads become gradients of their scores. */
static void lose_arcs(Gradient *g, NetworkSpace *space, size_t count, const int32_t *heads)
{
  float *const reach = g->dense + network_shape(NET_REACH).offset;
  for (size_t i = 0; i < count; i++) {
    float *const d = space->arcs + i * NETWORK_HEADS;
    const size_t right = heads[i] < 0 ? count : (size_t)heads[i];
    g->loss -= (double)scalar_log(d[right]);
    d[right] -= 1;
    for (size_t h = 0; h <= count; h++) {
      if (h != i) reach[network_reach(i, h, count)] += d[h];
    }
  }
}

static void back_arcs(Gradient *g, NetworkSpace *space, size_t count, const int32_t *heads)
{
  const float *const in = space->layers[NETWORK_LAYERS - 1].out;
  float *const d_in = g->layers[NETWORK_LAYERS - 1];
  const size_t width = NETWORK_ARC;
  lose_arcs(g, space, count, heads);
  memset(g->turned_arcs, 0, count * width * sizeof(float));
  matrix_add_product(g->turned_arcs, width, (Factor){space->arcs, NETWORK_HEADS, 1},
                     (Rows){space->heads, width}, count, count + 1, width);
  memset(g->heads, 0, (count + 1) * width * sizeof(float));
  matrix_add_product(g->heads, width, (Factor){space->arcs, 1, NETWORK_HEADS},
                     (Rows){space->turned, width}, count + 1, count, width);
  memset(g->dependents, 0, count * width * sizeof(float));
  back_apply(g, g->dependents, g->turned_arcs, space->dependents, NET_BIAFFINE, NET_POPULAR, count);
  float *const root = g->dense + network_shape(NET_ROOT).offset;
  for (size_t j = 0; j < width; j++) root[j] += g->heads[count * width + j];
  back_relu(g->dependents, space->dependents, count * width);
  back_relu(g->heads, space->heads, count * width);
  back_apply(g, d_in, g->dependents, in, NET_DEPENDENT, NET_DEPENDENT_BIAS, count);
  back_apply(g, d_in, g->heads, in, NET_HEAD, NET_HEAD_BIAS, count);
}

static void back_relations(Gradient *g, NetworkSpace *space, size_t count, const NetworkGold *gold)
{
  const float *const in = space->layers[NETWORK_LAYERS - 1].out;
  float *const d_in = g->layers[NETWORK_LAYERS - 1];
  const size_t width = NETWORK_LABEL;
  for (size_t i = 0; i < count; i++) {
    g->loss += back_softmax(space->relations + i * NETWORK_RELATIONS, NETWORK_RELATIONS,
                            NETWORK_RELATIONS, gold->relations[i]);
  }
  memset(g->pairs, 0, count * width * sizeof(float));
  back_apply(g, g->pairs, space->relations, space->pairs, NET_RELATION, NET_RELATION_BIAS, count);
  back_relu(g->pairs, space->pairs, count * width);
  memset(g->parents, 0, (count + 1) * width * sizeof(float));
  for (size_t i = 0; i < count; i++) {
    const size_t head = gold->heads[i] < 0 ? count : (size_t)gold->heads[i];
    for (size_t j = 0; j < width; j++) g->parents[head * width + j] += g->pairs[i * width + j];
  }
  float *const root = g->dense + network_shape(NET_PARENT_ROOT).offset;
  for (size_t j = 0; j < width; j++) root[j] += g->parents[count * width + j];
  back_apply(g, d_in, g->pairs, in, NET_CHILD, NET_CHILD_BIAS, count);
  back_apply(g, d_in, g->parents, in, NET_PARENT, NET_COUNT, count);
}

/* One step of a cell: from the gradients of its output and of the cell those of the gates. */
static void back_cell(float *d_gates, float *d_cell, const float *d_out, const NetworkLayer *layer,
                      size_t direction, size_t at, const float *cell_before)
{
  const size_t h = NETWORK_HIDDEN;
  const float *const gates = layer->gates[direction] + at * NETWORK_GATES;
  const float *const bent = layer->bent[direction] + at * h;
  for (size_t j = 0; j < h; j++) {
    const float in = gates[j], kept = gates[h + j], out = gates[2 * h + j], new = gates[3 * h + j];
    const float d = d_cell[j] + d_out[j] * out * (1 - bent[j] * bent[j]);
    d_gates[j] = d * new *in *(1 - in);
    d_gates[h + j] = cell_before ? d * cell_before[j] * kept * (1 - kept) : 0;
    d_gates[2 * h + j] = d_out[j] * bent[j] * out * (1 - out);
    d_gates[3 * h + j] = d * in * (1 - new *new);
    d_cell[j] = d * kept;
  }
}

static void back_direction(Gradient *g, float *d_in, const float *d_out, const float *in,
                           const NetworkLayer *layer, size_t matrix, size_t direction, size_t count)
{
  const size_t h = NETWORK_HIDDEN;
  const NetworkShape recurrent = network_shape(matrix + 1);
  const Rows turned = {g->turned + recurrent.offset, h};
  float d_cell[NETWORK_HIDDEN] = {0}, d_own[NETWORK_HIDDEN], d_after[NETWORK_HIDDEN] = {0};
  for (size_t step = count; step-- > 0;) {
    const size_t at = direction ? count - 1 - step : step;
    const size_t before = direction ? at + 1 : at - 1;
    float *const d_gates = g->gates + at * NETWORK_GATES;
    for (size_t j = 0; j < h; j++) {
      d_own[j] = d_after[j] + d_out[at * NETWORK_BOTH + direction * h + j];
    }
    back_cell(d_gates, d_cell, d_own, layer, direction, at,
              step ? layer->cell[direction] + before * h : NULL);
    memset(d_after, 0, sizeof d_after);
    if (!step) continue;
    matrix_add_product(d_after, h, (Factor){d_gates, 0, 1}, turned, 1, NETWORK_GATES, h);
  }
  back_apply(g, d_in, g->gates, in, matrix, matrix + 2, count);
}

/* The recurrent matrix's own gradient: each output before times the gates after it. The layer's
   output has been masked since; OUT and the cell give it as it was. */
static void back_recurrent(Gradient *g, const NetworkLayer *layer, size_t matrix, size_t direction,
                           size_t count)
{
  float *const plain = g->plain;
  const size_t h = NETWORK_HIDDEN;
  if (count < 2) return;
  for (size_t i = 0; i < count; i++) {
    for (size_t j = 0; j < h; j++) {
      plain[i * h + j] = layer->gates[direction][i * NETWORK_GATES + 2 * h + j] *
                         layer->bent[direction][i * h + j];
    }
  }
  const NetworkShape shape = network_shape(matrix + 1);
  const size_t first_out = direction ? 1 : 0, first_gate = direction ? 0 : 1;
  matrix_add_product(g->dense + shape.offset, NETWORK_GATES, (Factor){plain + first_out * h, 1, h},
                     (Rows){g->gates + first_gate * NETWORK_GATES, NETWORK_GATES}, h, count - 1,
                     NETWORK_GATES);
}

static void back_layers(Gradient *g, const NetworkSpace *space, size_t count,
                        const NetworkMasks *masks)
{
  memset(g->input, 0, count * NETWORK_INPUT * sizeof(float));
  memset(g->layers[0], 0, count * NETWORK_BOTH * sizeof(float));
  for (size_t number = NETWORK_LAYERS; number-- > 0;) {
    const NetworkLayer *const layer = &space->layers[number];
    float *const d_out = g->layers[number];
    if (masks) network_mask(d_out, masks->layers[number], count, NETWORK_BOTH, false);
    for (size_t direction = 0; direction < 2; direction++) {
      const size_t matrix = NET_LSTM + 6 * number + 3 * direction;
      const float *const in = number ? space->layers[number - 1].out : space->input;
      back_direction(g, number ? g->layers[number - 1] : g->input, d_out, in, layer, matrix,
                     direction, count);
      back_recurrent(g, layer, matrix, direction, count);
    }
  }
  if (masks) network_mask(g->input, masks->input, count, NETWORK_INPUT, true);
}

void gradient_add(Gradient *gradient, NetworkSpace *space, const float *dense, size_t count,
                  const NetworkMasks *masks, const NetworkGold *gold)
{
  network_encode(space, dense, count, masks);
  network_tags(space, dense, count);
  memset(gradient->layers[NETWORK_LAYERS - 1], 0, count * NETWORK_BOTH * sizeof(float));
  back_tags(gradient, space, count, gold);
  if (gold->heads) {
    network_arcs(space, dense, count);
    back_arcs(gradient, space, count, gold->heads);
    network_relations(space, dense, gold->heads, count);
    back_relations(gradient, space, count, gold);
  }
  back_layers(gradient, space, count, masks);
}
