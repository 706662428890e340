/* What the parser looks at: the two or three topmost words of the stack, the first of the buffer,
   and their outermost children; words, tags, clusters, distances, valencies, labels. */
#include "input/parser.h"

void parser_word(ParserWord *out, const WordFacts *facts, uint8_t tag, uint8_t upos)
{
  *out = (ParserWord){.form = facts->lower,
                      .cluster = facts->cluster,
                      .group = facts->coarse[1],
                      .kind = facts->coarse[0],
                      .tag = tag,
                      .upos = upos};
}

/* A place in the state: the word there, or its absence. */
typedef struct Place {
  uint32_t w, p, c, k; /* form, tag, cluster, upper part of its path */
  uint32_t u;          /* UPOS */
} Place;

typedef struct Places {
  Place s0, s1, s2, n0, n1, n2;
  Place s0l, s0l2, s0r, s0r2, s1l, s1r, n0l, n0l2;
  const StackItem *top, *second, *front;
} Places;

static const StackItem empty_item = {.word = -1, .below = -1, .left = {-1, -1}, .right = {-1, -1}};

static Place place(const ParserWord *words, int i)
{
  if (i < 0) return (Place){3, TAG_EDGE, 0xFFFF, 0xFFFF, 31};
  const ParserWord *const w = &words[i];
  return (Place){w->form, w->tag, w->cluster, w->group, w->upos};
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
  out->s2 = place(words, item_at(space, out->second->below)->word);
  out->n0 = place(words, next < n ? next : -1);
  out->n1 = place(words, next + 1 < n ? next + 1 : -1);
  out->n2 = place(words, next + 2 < n ? next + 2 : -1);
  out->s0l = place(words, out->top->left[0]);
  out->s0l2 = place(words, out->top->left[1]);
  out->s0r = place(words, out->top->right[0]);
  out->s0r2 = place(words, out->top->right[1]);
  out->s1l = place(words, out->second->left[0]);
  out->s1r = place(words, out->second->right[0]);
  out->n0l = place(words, out->front->left[0]);
  out->n0l2 = place(words, out->front->left[1]);
}

static uint32_t distance(int from, int to)
{
  if (from < 0 || to < 0) return 0;
  const int d = to - from;
  return d <= 4 ? (uint32_t)d : d <= 6 ? 5u : d <= 10 ? 6u : 7u;
}

static uint64_t *single_features(uint64_t *f, const Places *a)
{
  *f++ = feature_1(300, a->s0.w);
  *f++ = feature_1(301, a->s0.p);
  *f++ = feature_2(302, a->s0.w, a->s0.p);
  *f++ = feature_1(303, a->s1.w);
  *f++ = feature_1(304, a->s1.p);
  *f++ = feature_2(305, a->s1.w, a->s1.p);
  *f++ = feature_1(306, a->n0.w);
  *f++ = feature_1(307, a->n0.p);
  *f++ = feature_2(308, a->n0.w, a->n0.p);
  *f++ = feature_2(309, a->n1.w, a->n1.p);
  *f++ = feature_1(310, a->n1.p);
  *f++ = feature_2(311, a->n2.w, a->n2.p);
  *f++ = feature_1(312, a->s0.c);
  *f++ = feature_1(313, a->s1.c);
  *f++ = feature_1(314, a->n0.c);
  *f++ = feature_2(315, a->s2.w, a->s2.p);
  return f;
}

static uint64_t *pair_features(uint64_t *f, const Places *a)
{
  *f++ = feature_4(320, a->s0.w, a->s0.p, a->n0.w, a->n0.p);
  *f++ = feature_2(321, a->s0.w, a->n0.w);
  *f++ = feature_3(322, a->s0.w, a->s0.p, a->n0.p);
  *f++ = feature_3(323, a->s0.p, a->n0.w, a->n0.p);
  *f++ = feature_2(324, a->s0.p, a->n0.p);
  *f++ = feature_4(325, a->s1.w, a->s1.p, a->s0.w, a->s0.p);
  *f++ = feature_2(326, a->s1.w, a->s0.w);
  *f++ = feature_3(327, a->s1.w, a->s1.p, a->s0.p);
  *f++ = feature_3(328, a->s1.p, a->s0.w, a->s0.p);
  *f++ = feature_2(329, a->s1.p, a->s0.p);
  *f++ = feature_2(330, a->n0.p, a->n1.p);
  *f++ = feature_2(331, a->n0.w, a->n1.p);
  *f++ = feature_2(332, a->n0.w, a->n1.w);
  *f++ = feature_2(333, a->s0.c, a->n0.c);
  *f++ = feature_2(334, a->s1.c, a->s0.c);
  *f++ = feature_2(335, a->s0.c, a->n0.p);
  *f++ = feature_2(336, a->s0.p, a->n0.c);
  *f++ = feature_2(337, a->s1.c, a->s0.p);
  *f++ = feature_2(338, a->s1.p, a->s0.c);
  *f++ = feature_2(339, a->s0.k, a->n0.k);
  *f++ = feature_2(340, a->s1.k, a->s0.k);
  *f++ = feature_2(341, a->s0.w, a->n0.c);
  *f++ = feature_2(342, a->s0.c, a->n0.w);
  *f++ = feature_2(343, a->s1.w, a->s0.c);
  *f++ = feature_2(344, a->s1.c, a->s0.w);
  *f++ = feature_2(345, a->s1.w, a->n0.w);
  *f++ = feature_2(346, a->s1.p, a->n0.p);
  return f;
}

static uint64_t *triple_features(uint64_t *f, const Places *a)
{
  *f++ = feature_3(350, a->n0.p, a->n1.p, a->n2.p);
  *f++ = feature_3(351, a->s0.p, a->n0.p, a->n1.p);
  *f++ = feature_3(352, a->s1.p, a->s0.p, a->n0.p);
  *f++ = feature_3(353, a->s2.p, a->s1.p, a->s0.p);
  *f++ = feature_3(354, a->s0.p, a->s0l.p, a->n0.p);
  *f++ = feature_3(355, a->s0.p, a->s0r.p, a->n0.p);
  *f++ = feature_3(356, a->s0.p, a->n0.p, a->n0l.p);
  *f++ = feature_3(357, a->s1.p, a->s0.p, a->s0l.p);
  *f++ = feature_3(358, a->s1.p, a->s0.p, a->s0r.p);
  *f++ = feature_3(359, a->s1.p, a->s1r.p, a->s0.p);
  *f++ = feature_3(360, a->s1.p, a->s1l.p, a->s0.p);
  *f++ = feature_3(361, a->s1.k, a->s0.k, a->n0.k);
  *f++ = feature_4(362, a->s1.p, a->s0.p, a->n0.p, a->n1.p);
  *f++ = feature_3(363, a->s0.w, a->n0.p, a->n1.p);
  *f++ = feature_3(364, a->s1.p, a->s0.w, a->n0.p);
  *f++ = feature_3(365, a->s1.w, a->s0.p, a->n0.p);
  *f++ = feature_3(366, a->s1.p, a->s0.p, a->n0.w);
  *f++ = feature_3(367, a->s1.w, a->s0.w, a->s0l.w);
  *f++ = feature_3(368, a->s1.w, a->s0.p, a->s0l.w);
  *f++ = feature_3(369, a->s1.p, a->s0.w, a->s0l.w);
  *f++ = feature_3(370, a->s1.c, a->s0.c, a->s0l.w);
  *f++ = feature_3(371, a->s1.p, a->s0.p, a->s0l.w);
  *f++ = feature_3(372, a->s0.w, a->n0.w, a->n1.p);
  *f++ = feature_3(373, a->s0.p, a->n0.w, a->n1.c);
  *f++ = feature_3(374, a->s1.p, a->n0.w, a->n1.p);
  *f++ = feature_3(375, a->s0.c, a->n0.w, a->n1.c);
  return f;
}

static uint64_t *child_features(uint64_t *f, const Places *a)
{
  const StackItem *const t = a->top, *const s = a->second, *const n = a->front;
  *f++ = feature_3(380, a->s0.p, a->s0l.p, t->left_label[0]);
  *f++ = feature_3(381, a->s0.p, a->s0r.p, t->right_label[0]);
  *f++ = feature_3(382, a->n0.p, a->n0l.p, n->left_label[0]);
  *f++ = feature_3(383, a->s1.p, a->s1l.p, s->left_label[0]);
  *f++ = feature_3(384, a->s1.p, a->s1r.p, s->right_label[0]);
  *f++ = feature_1(385, a->s0l.w);
  *f++ = feature_1(386, a->s0r.w);
  *f++ = feature_1(387, a->n0l.w);
  *f++ = feature_1(388, a->s1r.w);
  *f++ = feature_1(389, a->s1l.w);
  *f++ = feature_3(390, a->s0.p, a->s0l.p, a->s0l2.p);
  *f++ = feature_3(391, a->s0.p, a->s0r.p, a->s0r2.p);
  *f++ = feature_3(392, a->n0.p, a->n0l.p, a->n0l2.p);
  *f++ = feature_3(393, a->s0.w, t->left_label[0], t->right_label[0]);
  *f++ = feature_3(394, a->s1.w, s->left_label[0], s->right_label[0]);
  *f++ = feature_4(395, a->s0.w, a->s0r.w, t->right_label[0], a->n0.w);
  *f++ = feature_4(396, a->s1.p, s->right_label[0], a->s0.p, a->s0l.w);
  return f;
}

static uint64_t *count_features(uint64_t *f, const Places *a)
{
  const StackItem *const t = a->top, *const s = a->second, *const n = a->front;
  const uint32_t near = distance(t->word, n->word), far = distance(s->word, t->word);
  *f++ = feature_2(400, a->s0.w, near);
  *f++ = feature_2(401, a->s0.p, near);
  *f++ = feature_2(402, a->n0.w, near);
  *f++ = feature_2(403, a->n0.p, near);
  *f++ = feature_3(404, a->s0.p, a->n0.p, near);
  *f++ = feature_3(405, a->s1.p, a->s0.p, far);
  *f++ = feature_2(406, a->s1.w, far);
  *f++ = feature_2(407, a->s0.w, far);
  *f++ = feature_2(410, a->s0.w, t->right_count);
  *f++ = feature_2(411, a->s0.p, t->right_count);
  *f++ = feature_2(412, a->s0.w, t->left_count);
  *f++ = feature_2(413, a->s0.p, t->left_count);
  *f++ = feature_2(414, a->n0.w, n->left_count);
  *f++ = feature_2(415, a->n0.p, n->left_count);
  *f++ = feature_2(416, a->s1.p, s->right_count);
  *f++ = feature_2(417, a->s1.w, s->right_count);
  *f++ = feature_2(420, a->s0.w, t->right_set);
  *f++ = feature_2(421, a->s0.p, t->right_set);
  *f++ = feature_2(422, a->s0.w, t->left_set);
  *f++ = feature_2(423, a->s0.p, t->left_set);
  *f++ = feature_2(424, a->n0.w, n->left_set);
  *f++ = feature_2(425, a->n0.p, n->left_set);
  *f++ = feature_2(426, a->s1.p, s->right_set);
  *f++ = feature_2(427, a->s1.w, s->right_set);
  *f++ = feature_2(428, a->s1.p, s->left_set);
  *f++ = feature_4(429, a->s1.p, s->right_set, a->s0.p, t->left_set);
  *f++ = feature_4(430, a->s0.p, t->left_set, a->n0.p, n->left_set);
  return f;
}

size_t parser_features(uint64_t *out, const ParserState *state, const ParserSpace *space,
                       const ParserWord *words, size_t count)
{
  Places places;
  find_places(&places, state, space, words, count);
  uint64_t *f = out;
  *f++ = feature_1(299, 0);
  f = single_features(f, &places);
  f = pair_features(f, &places);
  f = triple_features(f, &places);
  f = child_features(f, &places);
  f = count_features(f, &places);
  return (size_t)(f - out);
}

size_t parser_fast_features(uint64_t *out, const ParserState *state, const ParserSpace *space,
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
