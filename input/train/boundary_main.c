/* Trainer of the sentence boundaries: train-boundary [-t] FILE.conllu... > input/boundary_weights.c
   Logistic regression by stochastic gradient over the hashed features of input/boundary.h,
   averaged, in a fixed order: the same files give the same table. With -t the last file is not
   trained on but measured, and no table is written. */
#include "graph/memory.h"
#include "input/boundary.h"
#include "input/conllu.h"
#include "input/model.h"

#include <math.h>
#include <stdio.h>

enum { EPOCHS = 30, SCALE = 16 };

typedef struct Example {
  uint32_t features[BOUNDARY_FEATURES];
  uint8_t count;
  bool ends;
} Example;

typedef struct Examples {
  Example *items;
  size_t count, capacity;
} Examples;

static Status add_example(Examples *out, const Boundary *boundary, bool ends)
{
  if (out->count == out->capacity) {
    Example *grown = memory_grow(out->items, &out->capacity, out->count, 1, sizeof *grown);
    if (!grown) return STATUS_MEMORY;
    out->items = grown;
  }
  Example *example = &out->items[out->count++];
  example->count = (uint8_t)boundary_features(example->features, boundary);
  example->ends = ends;
  return STATUS_OK;
}

/* The pieces of one block against the sentences that end in it; *NEXT is the first of these. */
static Status read_block(Examples *out, const Document *document, Span span, size_t *next)
{
  Pieces pieces = {NULL, 0, 0};
  TRY(pieces_split(&pieces, document->text, span));
  Boundary boundary = {.text = document->text, .pieces = pieces.items, .count = pieces.count};
  boundary_begin(&boundary, 0);
  for (size_t i = 0; i < pieces.count; i++) {
    bool certain;
    const uint32_t end = pieces.items[i].end;
    while (*next < document->sentence_count && document->sentences[*next].end < end) ++*next;
    const bool ends = *next < document->sentence_count && document->sentences[*next].end == end;
    boundary_advance(&boundary, i);
    if (boundary_possible(&boundary, &certain) && !certain) {
      TRY(add_example(out, &boundary, ends));
    }
    if (ends || certain) boundary_begin(&boundary, i + 1);
  }
  pieces_clear(&pieces);
  return STATUS_OK;
}

static Status read_file(Examples *out, const char *path)
{
  Buffer bytes = BUFFER_EMPTY;
  Arena arena = ARENA_EMPTY;
  Document document;
  TRY(model_read_file(&bytes, path, NULL));
  ConlluReader reader = conllu_reader(buffer_as_slice(&bytes), path, true, NULL);
  Status status;
  while ((status = conllu_next(&document, NULL, &reader, &arena)) == STATUS_OK) {
    size_t next = 0;
    for (size_t i = 0; i < document.block_count; i++) {
      TRY(read_block(out, &document, document.blocks[i].span, &next));
    }
    arena_clear(&arena);
  }
  buffer_clear(&bytes);
  return status == STATUS_NOT_FOUND ? STATUS_OK : status;
}

static float score(const Example *example, const float *weights)
{
  float sum = 0;
  for (size_t i = 0; i < example->count; i++) sum += weights[example->features[i]];
  return sum;
}

static void train(float *average, const Examples *examples)
{
  static float weights[BOUNDARY_BUCKETS];
  uint64_t order = 88172645463325252u;
  float steps = 0;
  for (int epoch = 0; epoch < EPOCHS; epoch++) {
    const float rate = 0.05f / (1 + 0.5f * (float)epoch);
    for (size_t n = 0; n < examples->count; n++) {
      order ^= order << 13, order ^= order >> 7, order ^= order << 17;
      const Example *example = &examples->items[order % examples->count];
      const float error = (example->ends ? 1.0f : 0.0f) - 1 / (1 + expf(-score(example, weights)));
      for (size_t i = 0; i < example->count; i++) {
        float *weight = &weights[example->features[i]];
        *weight += rate * (error - 0.0004f * *weight);
      }
    }
    if (epoch < EPOCHS / 3) continue;
    steps++;
    for (size_t i = 0; i < BOUNDARY_BUCKETS; i++) average[i] += weights[i];
  }
  for (size_t i = 0; i < BOUNDARY_BUCKETS; i++) average[i] /= steps;
}

static int quantised(float weight)
{
  const float scaled = roundf(weight * SCALE);
  return (int)fmaxf(-127, fminf(127, scaled));
}

static void print_table(const float *weights)
{
  printf("/* Written by input/train/boundary_main.c (make boundaries). */\n/* clang-format off */\n"
         "#include \"input/boundary.h\"\n\n"
         "const int8_t boundary_weights[BOUNDARY_BUCKETS] = {");
  for (size_t i = 0; i < BOUNDARY_BUCKETS; i++) {
    printf("%s%d,", i % 24 ? "" : "\n", quantised(weights[i]));
  }
  printf("\n};\n");
}

static void measure(const Examples *examples, const float *weights)
{
  size_t right = 0, said = 0, gold = 0;
  for (size_t n = 0; n < examples->count; n++) {
    const Example *example = &examples->items[n];
    int sum = 0;
    for (size_t i = 0; i < example->count; i++) sum += quantised(weights[example->features[i]]);
    said += sum > 0;
    gold += example->ends;
    right += sum > 0 && example->ends;
  }
  printf("%zu questions, %zu boundaries: precision %.4f recall %.4f\n", examples->count, gold,
         (double)right / (double)said, (double)right / (double)gold);
}

int main(int argc, char **argv)
{
  static float weights[BOUNDARY_BUCKETS];
  const bool test = argc > 2 && strcmp(argv[1], "-t") == 0;
  Examples examples = {NULL, 0, 0}, held = {NULL, 0, 0};
  for (int i = 1 + test; i < argc; i++) {
    const bool last = test && i == argc - 1;
    if (read_file(last ? &held : &examples, argv[i]) != STATUS_OK) {
      fprintf(stderr, "cannot read %s\n", argv[i]);
      return 3;
    }
  }
  if (!examples.count) return 2;
  train(weights, &examples);
  if (test)
    measure(&held, weights);
  else
    print_table(weights);
  return 0;
}
