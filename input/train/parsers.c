/* Learning to parse fast: with a dynamic oracle and the parser's own mistakes (Goldberg and Nivre
   2012). */
#include "graph/memory.h"
#include "input/train/oracle.h"

typedef struct Work {
  ParserSpace space;
  ParserWord words[PARSER_LONGEST];
  Tree tree;
  size_t wrong; /* actions, in this round */
} Work;

static void look_at(Work *work, const Example *example)
{
  for (size_t i = 0; i < example->sentence.count; i++) {
    const uint8_t tag = example->tags[i];
    parser_word(&work->words[i], &example->facts[i], tag);
  }
  tree_of(&work->tree, &example->sentence);
}

static void offer_right(int *best, const int32_t *scores, int action, bool allowed, int cost)
{
  if (allowed && cost == 0 && (*best < 0 || scores[action] > scores[*best])) *best = action;
}

/* The best-scored action that loses nothing, by kinds; -1 if there is none. */
static int best_right_action(const Work *work, const ParserState *state, const int32_t *scores,
                             Allowed allowed)
{
  const Costs costs = oracle_costs(state, &work->space, &work->tree);
  const int top = parser_top(state, &work->space);
  const int label = top < 0 ? 0 : work->tree.label[top];
  int best = -1;
  if (label != DEPREL_ROOT && top >= 0) {
    offer_right(&best, scores, ACTION_LEFT + label, allowed.left, costs.left);
    offer_right(&best, scores, ACTION_RIGHT + label, allowed.right, costs.right);
  }
  offer_right(&best, scores, ACTION_SHIFT, allowed.shift, costs.shift);
  return best;
}

static int best_allowed(const int32_t *scores, Allowed allowed)
{
  int best = allowed.shift ? ACTION_SHIFT : -1;
  for (int a = ACTION_LEFT + 1; a < ACTIONS; a++) {
    if (a == ACTION_RIGHT || !(a < ACTION_RIGHT ? allowed.left : allowed.right)) continue;
    if (best < 0 || scores[a] > scores[best]) best = a;
  }
  return best;
}

static Status learn_greedily(Learner *learner, Work *work, bool explore)
{
  const size_t count = work->tree.count;
  const Scorer scorer = learner_scorer(learner);
  uint64_t features[PARSER_FEATURES];
  ParserState state;
  parser_start(&state, &work->space, count);
  while (!parser_is_done(&state, &work->space, count)) {
    int32_t scores[SPARSE_LABELS] = {0};
    const size_t n = parser_features(features, &state, &work->space, work->words, count);
    scorer.add(scores, scorer.handle, features, n);
    const Allowed allowed = parser_allowed(&state, &work->space, work->words, count);
    const int guess = best_allowed(scores, allowed);
    int right = best_right_action(work, &state, scores, allowed);
    if (right < 0) right = guess;
    if (guess != right) {
      work->wrong++;
      TRY(learner_update(learner, features, n, (uint8_t)right, 1));
      TRY(learner_update(learner, features, n, (uint8_t)guess, -1));
    }
    learner_tick(learner);
    parser_apply(&state, &state, &work->space, (uint8_t)(explore ? guess : right), count);
  }
  return STATUS_OK;
}

static Status learn_rounds(Learner *learner, Work *work, const Corpus *corpus, uint32_t *order,
                           size_t rounds, const Report *sink)
{
  for (size_t round = 0; round < rounds; round++) {
    shuffle(order, corpus->count, round + 1234);
    work->wrong = 0;
    for (size_t i = 0; i < corpus->count; i++) {
      const Example *const example = &corpus->items[order[i]];
      if (example->names_only || example->sentence.count > PARSER_LONGEST) continue;
      look_at(work, example);
      TRY(learn_greedily(learner, work, round > 0));
    }
    report(sink, SEVERITY_NOTE, NULL, 0, 0, "fast parser, round %zu: %zu mistakes", round + 1,
           work->wrong);
  }
  return STATUS_OK;
}

Status train_fast_parser(Buffer *out, const Corpus *corpus, size_t rounds, const Report *sink)
{
  Learner *learner = NULL;
  Work *const work = memory_zero(sizeof *work);
  uint32_t *const order = memory_zero(corpus->count * sizeof *order);
  Status status = order && work ? learner_new(&learner) : STATUS_MEMORY;
  if (status == STATUS_OK) status = learn_rounds(learner, work, corpus, order, rounds, sink);
  if (status == STATUS_OK) status = learner_write(out, learner, 3, 16);
  learner_free(learner);
  memory_free(order, 0);
  memory_free(work, sizeof *work);
  return status;
}
