/* Learning to tag. What later stages learn from must look like what they will meet, so each fifth
   of the corpus is tagged by a tagger that learnt from the other four. */
#include "graph/memory.h"
#include "input/train/train.h"

#define FOLDS 5
#define FIRST_ROUNDS 8
#define SECOND_ROUNDS 8

typedef struct Task {
  Corpus *corpus;
  size_t labels;
  bool second;
  size_t left_out; /* fold, or FOLDS for none */
} Task;

/* Folds are made of whole documents, so that a document's own names do not help. */
static size_t fold_of(const Example *example)
{
  return example->document % FOLDS;
}

static Status learn_sentence(Learner *learner, const Task *task, const Example *example,
                             uint8_t *tags)
{
  uint64_t features[TAGGER_FEATURES];
  int32_t scores[SPARSE_LABELS];
  const TagView view = {example->facts, tags, task->second ? example->first : NULL,
                        example->sentence.count};
  const Scorer scorer = learner_scorer(learner);
  for (size_t i = 0; i < view.count; i++) {
    memset(scores, 0, sizeof scores);
    const size_t n = tagger_features(features, &view, i);
    scorer.add(scores, scorer.handle, features, n);
    const uint8_t guess = (uint8_t)best_label(scores, task->labels), gold = example->gold[i];
    if (gold != TAG_EDGE && guess != gold) {
      TRY(learner_update(learner, features, n, gold, 1));
      TRY(learner_update(learner, features, n, guess, -1));
    }
    learner_tick(learner);
    tags[i] = guess;
  }
  return STATUS_OK;
}

static Status learn_rounds(Learner *learner, const Task *task, size_t rounds, uint32_t *order,
                           uint8_t *tags)
{
  const Corpus *const corpus = task->corpus;
  for (size_t round = 0; round < rounds; round++) {
    shuffle(order, corpus->count, round + 1);
    for (size_t i = 0; i < corpus->count; i++) {
      const Example *const example = &corpus->items[order[i]];
      if (example->names_only || fold_of(example) == task->left_out) continue;
      TRY(learn_sentence(learner, task, example, tags));
    }
  }
  return STATUS_OK;
}

static size_t longest_sentence(const Corpus *corpus)
{
  size_t longest = 1;
  for (size_t i = 0; i < corpus->count; i++) {
    if (corpus->items[i].sentence.count > longest) longest = corpus->items[i].sentence.count;
  }
  return longest;
}

/* Learn the weights of one pass; append them to OUT. */
static Status learn_pass(Buffer *out, const Task *task, size_t rounds)
{
  Learner *learner = NULL;
  uint32_t *const order = memory_zero(task->corpus->count * sizeof *order);
  uint8_t *const tags = memory_zero(longest_sentence(task->corpus));
  Status status = order && tags ? learner_new(&learner) : STATUS_MEMORY;
  if (status == STATUS_OK) status = learn_rounds(learner, task, rounds, order, tags);
  if (status == STATUS_OK) status = learner_write(out, learner, 2, 8);
  learner_free(learner);
  memory_free(order, 0);
  memory_free(tags, 0);
  return status;
}

static void apply_fold(const Task *task, const Sparse *weights)
{
  for (size_t i = 0; i < task->corpus->count; i++) {
    Example *const example = &task->corpus->items[i];
    const bool all = task->left_out == FOLDS;
    if (all ? !example->names_only : example->names_only || fold_of(example) != task->left_out) {
      continue;
    }
    tagger_pass(task->second ? example->tags : example->first, example->facts,
                example->sentence.count, task->second ? example->first : NULL, scorer_of(weights),
                task->labels);
  }
}

static Status run_task(Buffer *out, const Task *task, size_t rounds)
{
  Sparse weights;
  TRY(learn_pass(out, task, rounds));
  TRY(sparse_open(&weights, buffer_as_slice(out)));
  apply_fold(task, &weights);
  return STATUS_OK;
}

static size_t count_right(const Corpus *corpus, bool second)
{
  size_t right = 0;
  for (size_t i = 0; i < corpus->count; i++) {
    const Example *const e = &corpus->items[i];
    for (size_t k = 0; k < e->sentence.count && !e->names_only; k++) {
      right += (second ? e->tags[k] : e->first[k]) == e->gold[k];
    }
  }
  return right;
}

static Status train_pass(Buffer *out, Corpus *corpus, const TagSet *tags, bool second,
                         const Report *sink)
{
  const size_t rounds = second ? SECOND_ROUNDS : FIRST_ROUNDS;
  for (size_t fold = 0; fold < FOLDS; fold++) {
    Buffer section = BUFFER_EMPTY;
    const Task task = {corpus, tags->count, second, fold};
    const Status status = run_task(&section, &task, rounds);
    buffer_clear(&section);
    TRY(status);
  }
  report(sink, SEVERITY_NOTE, NULL, 0, 0, "tagger pass %d: %zu tags right on held-out folds",
         second ? 2 : 1, count_right(corpus, second));
  const Task task = {corpus, tags->count, second, FOLDS};
  return run_task(out, &task, rounds);
}

Status train_taggers(Buffer *first, Buffer *second, Corpus *corpus, const TagSet *tags,
                     const Report *sink)
{
  TRY(train_pass(first, corpus, tags, false, sink));
  return train_pass(second, corpus, tags, true, sink);
}
