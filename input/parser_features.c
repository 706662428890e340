/* What the parser looks at: the two topmost words of the stack, the first three of the buffer,
   their outermost left children; words, tags, clusters, distance, labels. */
#include "input/parser.h"

void parser_word(ParserWord *out, const WordFacts *facts, uint8_t tag)
{
  *out = (ParserWord){.form = facts->lower, .cluster = facts->cluster, .tag = tag};
}

/* A place in the state: the word there, or its absence. */
typedef struct Place {
  uint32_t w, p, c; /* form, tag, cluster */
} Place;

typedef struct Places {
  Place s0, s1, n0, n1, n2;
  Place s0l, n0l; /* outermost left children */
  const StackItem *top, *second, *front;
} Places;

static const StackItem empty_item = {.word = -1, .below = -1, .left = -1};

static Place place(const ParserWord *words, int i)
{
  if (i < 0) return (Place){3, TAG_EDGE, 0xFFFF};
  const ParserWord *const w = &words[i];
  return (Place){w->form, w->tag, w->cluster};
}

static const StackItem *item_at(const ParserSpace *space, int index)
{
  return index < 0 ? &empty_item : &space->items[index];
}

static void find_places(Places *out, const ParserState *state, const ParserSpace *space,
                        const ParserWord *words, size_t count)
{
  out->top = item_at(space, state->top);
  out->second = item_at(space, out->top->below);
  out->front = &state->front;
  const int next = state->next, n = (int)count;
  out->s0 = place(words, out->top->word);
  out->s1 = place(words, out->second->word);
  out->n0 = place(words, next < n ? next : -1);
  out->n1 = place(words, next + 1 < n ? next + 1 : -1);
  out->n2 = place(words, next + 2 < n ? next + 2 : -1);
  out->s0l = place(words, out->top->left);
  out->n0l = place(words, out->front->left);
}

static uint32_t distance(int from, int to)
{
  if (from < 0 || to < 0) return 0;
  const int d = to - from;
  return d <= 4 ? (uint32_t)d : d <= 6 ? 5u : d <= 10 ? 6u : 7u;
}

size_t parser_features(uint64_t *out, const ParserState *state, const ParserSpace *space,
                       const ParserWord *words, size_t count)
{
  Places a;
  find_places(&a, state, space, words, count);
  const StackItem *const t = a.top, *const s = a.second, *const n = a.front;
  const uint32_t near = distance(t->word, n->word);
  uint64_t *f = out;
  *f++ = feature_2(500, a.s0.w, a.s0.p);
  *f++ = feature_2(501, a.s1.w, a.s1.p);
  *f++ = feature_2(502, a.n0.w, a.n0.p);
  *f++ = feature_2(503, a.n1.w, a.n1.p);
  *f++ = feature_2(504, a.s0.c, a.n0.c);
  *f++ = feature_2(505, a.s1.c, a.s0.c);
  *f++ = feature_3(506, a.s0.w, a.s0.p, a.n0.p);
  *f++ = feature_3(507, a.s0.p, a.n0.w, a.n0.p);
  *f++ = feature_3(508, a.s0.p, a.n0.p, near);
  *f++ = feature_3(509, a.s1.w, a.s1.p, a.s0.p);
  *f++ = feature_3(510, a.s1.p, a.s0.w, a.s0.p);
  *f++ = feature_3(511, a.s0.p, a.n0.p, a.n1.p);
  *f++ = feature_3(512, a.s1.p, a.s0.p, a.n0.p);
  *f++ = feature_3(513, a.n0.p, a.n1.p, a.n2.p);
  *f++ = feature_3(514, a.s0.p, a.n0.p, a.n0l.p);
  *f++ = feature_3(515, a.s0.p, t->left_set, a.n0.p);
  *f++ = feature_3(516, a.s1.p, a.s0.p, t->left_set);
  *f++ = feature_3(517, a.s0.w, t->right_set, a.n0.p);
  *f++ = feature_3(518, a.n0.p, n->left_set, a.s0.p);
  *f++ = feature_3(519, a.s1.w, s->right_set, a.s0.p);
  *f++ = feature_3(520, a.s1.w, a.s0.p, a.s0l.w);
  *f++ = feature_3(521, a.s1.p, a.s0.w, a.s0l.w);
  *f++ = feature_2(522, a.s0.w, a.n0.w);
  *f++ = feature_2(523, a.s1.w, a.s0.w);
  return (size_t)(f - out);
}
