/* The stack is a list in a pool, so a step costs the same however long the sentence is. */
#include "input/parser.h"

static const StackItem no_item = {.word = -1, .below = -1, .left = -1};

static StackItem fresh_item(int word, size_t count)
{
  StackItem item = no_item;
  if (word < (int)count) item.word = (int16_t)word;
  return item;
}

void parser_start(ParserState *state, ParserSpace *space, size_t count)
{
  space->item_count = 0;
  *state = (ParserState){.front = fresh_item(0, count), .top = -1};
}

int parser_top(const ParserState *state, const ParserSpace *space)
{
  return state->top < 0 ? -1 : space->items[state->top].word;
}

int parser_second(const ParserState *state, const ParserSpace *space)
{
  if (state->top < 0) return -1;
  const int below = space->items[state->top].below;
  return below < 0 ? -1 : space->items[below].word;
}

bool parser_is_done(const ParserState *state, const ParserSpace *space, size_t count)
{
  return state->next >= (int)count && parser_second(state, space) < 0;
}

/* A name must be one subtree: no word of it gets a head outside while others still wait for
   theirs, and nothing is laid on a name whose parts are not joined yet. */
Allowed parser_allowed(const ParserState *state, const ParserSpace *space, const ParserWord *words,
                       size_t count)
{
  const int top = parser_top(state, space), second = parser_second(state, space);
  const int front = state->next;
  Allowed allowed = {front < (int)count, top >= 0 && front < (int)count, second >= 0};
  if (top < 0 || words[top].name_first == words[top].name_last) return allowed;
  const int first = words[top].name_first, last = words[top].name_last;
  if (second >= first && front > last) allowed.left = allowed.shift = false;
  if (second < first && front <= last) allowed.right = false;
  return allowed;
}

static int32_t push_item(ParserSpace *space, StackItem item)
{
  space->items[space->item_count] = item;
  return space->item_count++;
}

void parser_apply(ParserState *next, const ParserState *state, ParserSpace *space, uint8_t action,
                  size_t count)
{
  ParserState made = *state;
  made.action = action;
  if (action == ACTION_SHIFT) {
    made.front.below = (int16_t)state->top;
    made.top = push_item(space, made.front);
    made.next++;
    made.front = fresh_item(made.next, count);
  } else if (action < ACTION_RIGHT) {
    const StackItem *const top = &space->items[state->top];
    made.front.left = top->word;
    made.front.left_set |= (uint64_t)1 << (action - ACTION_LEFT);
    made.top = top->below;
  } else {
    const StackItem *const top = &space->items[state->top];
    StackItem head = space->items[top->below];
    head.right_set |= (uint64_t)1 << (action - ACTION_RIGHT);
    made.top = push_item(space, head);
  }
  *next = made;
}

/* Actions [from, to) that may be a candidate; DEPREL_NONE and root are never assigned. */
typedef struct Range {
  size_t from, to;
} Range;

static size_t ranges_of(Range *out, Allowed allowed)
{
  size_t n = 0;
  if (allowed.shift) out[n++] = (Range){ACTION_SHIFT, ACTION_SHIFT + 1};
  if (allowed.left) out[n++] = (Range){ACTION_LEFT + 1, ACTION_RIGHT};
  if (allowed.right) out[n++] = (Range){ACTION_RIGHT + 1, ACTIONS};
  return n;
}

typedef struct Leaders {
  int32_t best, second;
  size_t action;
} Leaders;

static Leaders find_leaders(const int32_t *scores, const Range *ranges, size_t count)
{
  Leaders leaders = {INT32_MIN / 2, INT32_MIN / 2, 0};
  for (size_t r = 0; r < count; r++) {
    for (size_t a = ranges[r].from; a < ranges[r].to; a++) {
      if (scores[a] > leaders.best) {
        leaders.second = leaders.best;
        leaders.best = scores[a];
        leaders.action = a;
      } else if (scores[a] > leaders.second) {
        leaders.second = scores[a];
      }
    }
  }
  return leaders;
}

/* Read the arc that led from BEFORE to AFTER, if it was one. */
static void read_arc(ParserArc *arcs, const ParserState *before, const ParserState *after,
                     const ParserSpace *space)
{
  if (after->action == ACTION_SHIFT) return;
  const int top = parser_top(before, space);
  const bool left = after->action < ACTION_RIGHT;
  arcs[top].head = left ? before->next : parser_second(before, space);
  arcs[top].label = (uint8_t)(after->action - (left ? ACTION_LEFT : ACTION_RIGHT));
  arcs[top].margin = after->margin;
}

void parser_greedy(ParserArc *arcs, ParserSpace *space, const ParserWord *words, size_t count,
                   Scorer scorer)
{
  uint64_t features[PARSER_FEATURES];
  ParserState state;
  parser_start(&state, space, count);
  while (!parser_is_done(&state, space, count)) {
    int32_t scores[SPARSE_LABELS] = {0};
    Range ranges[3];
    const size_t n = parser_features(features, &state, space, words, count);
    scorer.add(scores, scorer.handle, features, n);
    const size_t kinds = ranges_of(ranges, parser_allowed(&state, space, words, count));
    const Leaders leaders = find_leaders(scores, ranges, kinds);
    ParserState next;
    parser_apply(&next, &state, space, (uint8_t)leaders.action, count);
    next.margin = leaders.best - leaders.second;
    read_arc(arcs, &state, &next, space);
    state = next;
  }
  arcs[parser_top(&state, space)] = (ParserArc){-1, state.margin, DEPREL_ROOT};
}
