/* Learning names, from both treebanks' layers and further labelled text. */
#include "graph/memory.h"
#include "input/train/train.h"

#define ROUNDS 10

static Status learn_sentence(Learner *learner, const Example *example, uint8_t *labels)
{
  uint64_t features[NAMES_FEATURES];
  const NameView view = {.words = example->facts,
                         .tags = example->tags,
                         .labels = labels,
                         .count = example->sentence.count};
  const Scorer scorer = learner_scorer(learner);
  for (size_t i = 0; i < view.count; i++) {
    int32_t scores[SPARSE_LABELS] = {0};
    const Token *const token = &example->sentence.tokens[i];
    const uint8_t gold = name_label(token->ner, token->ner_begins);
    const size_t n = names_features(features, &view, i);
    scorer.add(scores, scorer.handle, features, n);
    labels[i] = (uint8_t)best_label(scores, NAME_LABELS);
    if (labels[i] != gold) {
      TRY(learner_update(learner, features, n, gold, 1));
      TRY(learner_update(learner, features, n, labels[i], -1));
    }
    learner_tick(learner);
  }
  return STATUS_OK;
}

static Status learn_rounds(Learner *learner, const Corpus *corpus, uint32_t *order)
{
  uint8_t labels[4096];
  for (size_t round = 0; round < ROUNDS; round++) {
    shuffle(order, corpus->count, round + 77);
    for (size_t i = 0; i < corpus->count; i++) {
      const Example *const example = &corpus->items[order[i]];
      if (example->sentence.count > sizeof labels) continue;
      TRY(learn_sentence(learner, example, labels));
    }
  }
  return STATUS_OK;
}

Status train_names(Buffer *out, const Corpus *corpus, const Report *sink)
{
  (void)sink;
  Learner *learner = NULL;
  uint32_t *const order = memory_zero(corpus->count * sizeof *order);
  Status status = order ? learner_new(&learner) : STATUS_MEMORY;
  if (status == STATUS_OK) status = learn_rounds(learner, corpus, order);
  if (status == STATUS_OK) status = learner_write(out, learner, 2, 8);
  learner_free(learner);
  memory_free(order, 0);
  return status;
}
