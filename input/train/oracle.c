#include "input/train/oracle.h"

static bool reaches(const Tree *tree, int from, int ancestor)
{
  for (size_t steps = 0; from >= 0 && steps <= tree->count; steps++) {
    if (from == ancestor) return true;
    from = tree->head[from];
  }
  return false;
}

/* Does the arc to WORD span a word that is not below its head? */
static bool crosses(const Tree *tree, int word)
{
  const int head = tree->head[word];
  if (head < 0) return false;
  const int low = head < word ? head : word, high = head < word ? word : head;
  for (int i = low + 1; i < high; i++) {
    if (!reaches(tree, i, head)) return true;
  }
  return false;
}

/* The shortest arc that crosses another, or -1. */
static int shortest_crossing(const Tree *tree)
{
  int found = -1, length = 0;
  for (int i = 0; i < (int)tree->count; i++) {
    if (!crosses(tree, i)) continue;
    const int n = tree->head[i] > i ? tree->head[i] - i : i - tree->head[i];
    if (found < 0 || n < length) {
      found = i;
      length = n;
    }
  }
  return found;
}

void tree_of(Tree *out, const Sentence *sentence)
{
  out->count = sentence->count;
  for (size_t i = 0; i < sentence->count; i++) {
    out->head[i] = (int16_t)sentence->tokens[i].head;
    out->label[i] = sentence->tokens[i].deprel;
  }
  for (int word; (word = shortest_crossing(out)) >= 0;) {
    const int16_t head = out->head[word];
    if (out->head[head] < 0) return; /* an arc of the root cannot cross below it */
    out->head[word] = out->head[head];
  }
}

static int buffer_dependents(const Tree *tree, int word, int next)
{
  int n = 0;
  for (int i = next; i < (int)tree->count; i++) n += tree->head[i] == word;
  return n;
}

static int stack_links(const ParserState *state, const ParserSpace *space, const Tree *tree)
{
  const int front = state->next;
  int n = 0;
  for (int at = state->top; at >= 0; at = space->items[at].below) {
    const int word = space->items[at].word;
    n += tree->head[word] == front;
    n += at != state->top && tree->head[front] == word;
  }
  return n;
}

Costs oracle_costs(const ParserState *state, const ParserSpace *space, const Tree *tree)
{
  Costs costs = {0, 0, 0};
  const int top = parser_top(state, space), second = parser_second(state, space);
  const int front = state->next, count = (int)tree->count;
  if (front < count) costs.shift = stack_links(state, space, tree);
  if (top < 0) return costs;
  const int lost = buffer_dependents(tree, top, front);
  const int head = tree->head[top];
  costs.left = lost + (head < 0 || head == second || head > front);
  costs.right = lost + (head < 0 || head >= front);
  return costs;
}
