/* Fuzz target: bytes as text through the whole analyser, what comes out held against its promises,
   written as CoNLL-U and read back. One first byte in four takes the beam. */
#undef NDEBUG
#include "fuzz.h"

#include "input/analyser.h"
#include "input/conllu.h"
#include "input/time.h"

#include <assert.h>

static Analyser *analyser; /* loaded once; lives as long as the program */
static AnalyserSpace *space;

static void load(void)
{
  const Slice model = analyser_embedded_model();
  if (analyser || !model.len) return;
  Status status = analyser_new(&analyser, model, NULL, NULL);
  assert(status == STATUS_OK);
  status = analyser_space_new(&space, analyser);
  assert(status == STATUS_OK);
}

/* One root, and every token reaches it. */
static void check_tree(const Sentence *sentence)
{
  size_t roots = 0;
  for (size_t i = 0; i < sentence->count; i++) {
    const Token *token = &sentence->tokens[i];
    int32_t at = (int32_t)i;
    size_t steps = 0;
    assert(token->head < (int32_t)sentence->count);
    assert((token->head < 0) == (token->deprel == DEPREL_ROOT));
    assert(token->upos > UPOS_NONE && token->upos < UPOS_COUNT);
    assert(token->deprel > DEPREL_NONE && token->deprel < DEPREL_COUNT);
    while (sentence->tokens[at].head >= 0 && steps++ <= sentence->count) {
      at = sentence->tokens[at].head;
    }
    assert(steps <= sentence->count);
    roots += token->head < 0;
  }
  assert(roots == 1);
}

static void check_tokens(const Sentences *sentences, Slice text)
{
  uint32_t at = 0;
  for (size_t i = 0; i < sentences->count; i++) {
    for (size_t k = 0; k < sentences->items[i].count; k++) {
      const Token *token = &sentences->items[i].tokens[k];
      assert(token->start >= at && token->end > token->start && token->end <= text.len);
      at = token->end;
    }
  }
}

static void check_times(const Sentence *sentence, Arena *arena)
{
  TimeExpression *times;
  size_t count;
  char value[11];
  const Status status = time_find(&times, &count, arena, sentence);
  assert(status == STATUS_OK);
  for (size_t i = 0; i < count; i++) {
    assert(times[i].first < times[i].end && (size_t)times[i].end <= sentence->count);
    assert(i == 0 || times[i - 1].end <= times[i].first);
    time_resolve(value, &times[i], SLICE("2024-02-29"), SLICE("1999-12"), (TimeDirection)(i % 3));
  }
  for (size_t i = 0; i < sentence->count; i += 7) {
    time_direction(sentence, (int32_t)i);
    time_of_event(times, count, sentence, (int32_t)i);
  }
}

/* What is written is read again without complaint, and no sentence is lost. */
static void check_writing(const Sentences *sentences, Slice text, Arena *arena)
{
  Buffer out = BUFFER_EMPTY;
  const Sink sink = buffer_sink(&out);
  const Document document = {.id = SLICE("fuzz"), .text = text};
  Status status = conllu_write(&sink, &document, sentences->items, sentences->count);
  assert(status == STATUS_OK);
  ConlluReader reader = conllu_reader(buffer_as_slice(&out), "fuzz", !analyser, NULL);
  Document again;
  status = conllu_next(&again, NULL, &reader, arena);
  assert(status == (sentences->count ? STATUS_OK : STATUS_NOT_FOUND));
  assert(reader.skipped == 0 && again.sentence_count == sentences->count);
  buffer_clear(&out);
}

static void annotate(Sentences *sentences, AnalyserMode mode, Arena *arena)
{
  Status status = STATUS_OK;
  for (size_t i = 0; i < sentences->count && !status; i++) {
    status = analyser_tag(analyser, space, &sentences->items[i], arena);
  }
  if (!status) status = analyser_names(analyser, space, sentences->items, sentences->count);
  for (size_t i = 0; i < sentences->count && !status; i++) {
    status = analyser_parse(analyser, space, &sentences->items[i], arena, mode);
    check_tree(&sentences->items[i]);
  }
  assert(status == STATUS_OK);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
  const Slice text = {(const char *)bytes, size};
  Arena arena = ARENA_EMPTY;
  Sentences sentences = {NULL, 0, 0};
  load();
  const Status status = analyser_segment(&sentences, &arena, text, (Span){0, (uint32_t)size});
  assert(status == STATUS_OK);
  check_tokens(&sentences, text);
  if (analyser) annotate(&sentences, size && bytes[0] % 4 ? ANALYSE_FAST : ANALYSE_FULL, &arena);
  for (size_t i = 0; i < sentences.count; i++) check_times(&sentences.items[i], &arena);
  check_writing(&sentences, text, &arena);
  arena_clear(&arena);
  return 0;
}
