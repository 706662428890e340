/* Learning to parse: the beam with max-violation updates (Huang, Fayong and Guo 2012), the fast
   mode with a dynamic oracle and its own mistakes (Goldberg and Nivre 2012). */
#include "graph/memory.h"
#include "input/train/oracle.h"

typedef struct Work {
  ParserSpace beam, right;
  ParserWord words[PARSER_LONGEST];
  Tree tree;
  uint8_t actions[PARSER_STEPS];
  size_t wrong; /* sentences, in this round */
} Work;

static void look_at(Work *work, const Example *example)
{
  for (size_t i = 0; i < example->sentence.count; i++) {
    const uint8_t tag = example->tags[i];
    parser_word(&work->words[i], &example->facts[i], tag, 0);
  }
  tree_of(&work->tree, &example->sentence);
}

static int32_t action_score(const Work *work, const ParserState *state, const ParserSpace *space,
                            uint8_t action, Scorer scorer)
{
  uint64_t features[PARSER_FEATURES];
  int32_t scores[SPARSE_LABELS] = {0};
  const size_t n = parser_features(features, state, space, work->words, work->tree.count);
  scorer.add(scores, scorer.handle, features, n);
  return scores[action];
}

static Status change(Learner *learner, const Work *work, const ParserState *state,
                     const ParserSpace *space, uint8_t action, int32_t delta)
{
  uint64_t features[PARSER_FEATURES];
  const size_t n = parser_features(features, state, space, work->words, work->tree.count);
  return learner_update(learner, features, n, action, delta);
}

/* Take back the steps to the state at INDEX and reward as many right ones, but for what they share.
 */
static Status correct(Learner *learner, const Work *work, size_t index, size_t step)
{
  for (; step > 0; step--) {
    const ParserState *const made = &work->beam.states[index];
    if (made->gold) return STATUS_OK;
    index = (size_t)made->previous;
    TRY(change(learner, work, &work->beam.states[index], &work->beam, made->action, -1));
    TRY(change(learner, work, &work->right.states[step - 1], &work->right, work->actions[step - 1],
               1));
  }
  return STATUS_OK;
}

static Status learn_with_beam(Learner *learner, Work *work)
{
  const size_t count = work->tree.count;
  const Scorer scorer = learner_scorer(learner);
  parser_start(&work->beam.states[0], &work->beam, count);
  parser_start(&work->right.states[0], &work->right, count);
  size_t from = 0, width = 1, worst_step = 0;
  int32_t worst = 0;
  for (size_t step = 1; step < 2 * count; step++) {
    const size_t to = step * PARSER_BEAM;
    const uint8_t action = work->actions[step - 1];
    ParserState *const before = &work->right.states[step - 1], *const after = before + 1;
    width = parser_step(&work->beam, from, width, to, work->words, count, scorer, action);
    parser_apply(after, before, &work->right, action, count);
    after->score = before->score + action_score(work, before, &work->right, action, scorer);
    const int32_t violation = work->beam.states[to].score - after->score;
    if (!work->beam.states[to].gold && violation >= worst) {
      worst = violation;
      worst_step = step;
    }
    from = to;
  }
  if (work->beam.states[from].gold) return STATUS_OK;
  work->wrong++;
  return correct(learner, work, worst_step * PARSER_BEAM, worst_step);
}

static void offer_right(int *best, const int32_t *scores, int action, bool allowed, int cost)
{
  if (allowed && cost == 0 && (*best < 0 || scores[action] > scores[*best])) *best = action;
}

/* The best-scored action that loses nothing, by kinds; -1 if there is none. */
static int best_right_action(const Work *work, const ParserState *state, const int32_t *scores,
                             Allowed allowed)
{
  const Costs costs = oracle_costs(state, &work->beam, &work->tree);
  const int top = parser_top(state, &work->beam);
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
  parser_start(&state, &work->beam, count);
  while (!parser_is_done(&state, &work->beam, count)) {
    int32_t scores[SPARSE_LABELS] = {0};
    const size_t n = parser_fast_features(features, &state, &work->beam, work->words, count);
    scorer.add(scores, scorer.handle, features, n);
    const Allowed allowed = parser_allowed(&state, &work->beam, work->words, count);
    const int guess = best_allowed(scores, allowed);
    int right = best_right_action(work, &state, scores, allowed);
    if (right < 0) right = guess;
    if (guess != right) {
      work->wrong++;
      TRY(learner_update(learner, features, n, (uint8_t)right, 1));
      TRY(learner_update(learner, features, n, (uint8_t)guess, -1));
    }
    learner_tick(learner);
    parser_apply(&state, &state, &work->beam, (uint8_t)(explore ? guess : right), count);
  }
  return STATUS_OK;
}

static Status learn_example(Learner *learner, Work *work, const Example *example, bool fast,
                            size_t round)
{
  look_at(work, example);
  if (fast) return learn_greedily(learner, work, round > 0);
  oracle_actions(work->actions, &work->tree);
  TRY(learn_with_beam(learner, work));
  learner_tick(learner);
  return STATUS_OK;
}

static Status learn_rounds(Learner *learner, Work *work, const Corpus *corpus, uint32_t *order,
                           bool fast, size_t rounds, const Report *sink)
{
  for (size_t round = 0; round < rounds; round++) {
    shuffle(order, corpus->count, round + 1234);
    work->wrong = 0;
    for (size_t i = 0; i < corpus->count; i++) {
      const Example *const example = &corpus->items[order[i]];
      if (example->names_only || example->sentence.count > PARSER_LONGEST) continue;
      TRY(learn_example(learner, work, example, fast, round));
    }
    report(sink, SEVERITY_NOTE, NULL, 0, 0, "%s parser, round %zu: %zu mistakes",
           fast ? "fast" : "beam", round + 1, work->wrong);
  }
  return STATUS_OK;
}

static Status train(Buffer *out, const Corpus *corpus, bool fast, size_t rounds, uint32_t rare,
                    int32_t small, const Report *sink)
{
  Learner *learner = NULL;
  Work *const work = memory_zero(sizeof *work);
  uint32_t *const order = memory_zero(corpus->count * sizeof *order);
  Status status = order && work ? learner_new(&learner) : STATUS_MEMORY;
  if (status == STATUS_OK) status = learn_rounds(learner, work, corpus, order, fast, rounds, sink);
  if (status == STATUS_OK) status = learner_write(out, learner, rare, small);
  learner_free(learner);
  memory_free(order, 0);
  memory_free(work, sizeof *work);
  return status;
}

Status train_parser(Buffer *out, const Corpus *corpus, size_t rounds, const Report *sink)
{
  return train(out, corpus, false, rounds, 3, 16, sink);
}

Status train_fast_parser(Buffer *out, const Corpus *corpus, size_t rounds, const Report *sink)
{
  return train(out, corpus, true, rounds, 3, 16, sink);
}
