/* Greedy tagging with a linear model (averaged perceptron; Collins 2002, features after Ratnaparkhi
   1996 and Toutanova 2003) over words, affixes, shapes, clusters, capitals in free text and the
   tags a word is known with. */
#include "input/tagger.h"

#include "graph/unicode.h"

static const WordFacts before_first = {.form = 1, .lower = 1, .shape = 1};
static const WordFacts after_last = {.form = 2, .lower = 2, .shape = 2};

Status tag_set_read(TagSet *out, Slice text)
{
  out->count = 0;
  for (size_t at = 0; at < text.len;) {
    const Slice rest = slice_part(text, at, text.len);
    const char *const line_end = memchr(rest.ptr, '\n', rest.len);
    const Slice line = {rest.ptr, line_end ? (size_t)(line_end - rest.ptr) : rest.len};
    const char *const space = line.len ? memchr(line.ptr, ' ', line.len) : NULL;
    if (!space || out->count == TAG_LIMIT) return STATUS_INPUT;
    const size_t middle = (size_t)(space - line.ptr);
    out->upos[out->count] = (uint8_t)upos_of(slice_part(line, 0, middle));
    out->xpos[out->count++] = slice_part(line, middle + 1, line.len);
    at += line.len + 1;
  }
  return out->count ? STATUS_OK : STATUS_INPUT;
}

uint8_t tag_find(const TagSet *tags, uint8_t upos, Slice xpos)
{
  size_t fallback = TAG_EDGE;
  for (size_t i = 0; i < tags->count; i++) {
    if (tags->upos[i] != upos) continue;
    if (slice_equal(tags->xpos[i], xpos)) return (uint8_t)i;
    if (fallback == TAG_EDGE) fallback = i;
  }
  return (uint8_t)fallback;
}

static void add_weights(int32_t *scores, const void *handle, const uint64_t *features, size_t count)
{
  sparse_add(scores, handle, features, count);
}

Scorer scorer_of(const Sparse *weights)
{
  return (Scorer){add_weights, weights};
}

static const WordFacts *word_at(const TagView *view, size_t i, int step)
{
  if (step < 0 && i < (size_t)-step) return &before_first;
  const size_t at = i + (size_t)step;
  return at < view->count ? &view->words[at] : &after_last;
}

static uint64_t *form_features(uint64_t *f, const TagView *view, size_t i)
{
  const WordFacts *const w = &view->words[i];
  const WordFacts *const p = word_at(view, i, -1), *const n = word_at(view, i, 1);
  *f++ = feature_1(100, w->form);
  *f++ = feature_1(101, w->lower);
  *f++ = feature_1(102, p->lower);
  *f++ = feature_1(103, n->lower);
  *f++ = feature_1(104, word_at(view, i, -2)->lower);
  *f++ = feature_1(105, word_at(view, i, 2)->lower);
  *f++ = feature_2(106, p->lower, w->lower);
  *f++ = feature_2(107, w->lower, n->lower);
  *f++ = feature_2(108, p->lower, n->lower);
  *f++ = feature_2(109, p->shape, w->shape);
  *f++ = feature_2(110, w->shape, n->shape);
  *f++ = feature_3(111, w->shape, i == 0, w->caps);
  *f++ = feature_2(112, w->shape, w->suffix[1]);
  *f++ = feature_1(113, p->suffix[2]);
  *f++ = feature_1(114, n->suffix[2]);
  *f++ = feature_2(115, w->suffix[1], n->suffix[1]);
  return f;
}

static uint64_t *affix_features(uint64_t *f, const WordFacts *w)
{
  for (unsigned k = 0; k < WORD_AFFIXES; k++) {
    if (w->suffix[k]) *f++ = feature_2(120 + k, w->suffix[k], 0);
    if (w->prefix[k]) *f++ = feature_2(130 + k, w->prefix[k], 0);
  }
  *f++ = feature_4(140, w->upper, w->digit, w->hyphen, w->all_upper);
  *f++ = feature_1(141, w->shape);
  return f;
}

static uint64_t *cluster_features(uint64_t *f, const TagView *view, size_t i)
{
  const WordFacts *const w = &view->words[i];
  const WordFacts *const p = word_at(view, i, -1), *const n = word_at(view, i, 1);
  *f++ = feature_1(150, w->cluster);
  *f++ = feature_1(151, w->coarse[0]);
  *f++ = feature_1(152, w->coarse[1]);
  *f++ = feature_1(153, w->coarse[2]);
  *f++ = feature_1(154, p->cluster);
  *f++ = feature_1(155, n->cluster);
  *f++ = feature_2(156, p->cluster, w->cluster);
  *f++ = feature_2(157, w->cluster, n->cluster);
  *f++ = feature_2(158, p->cluster, n->cluster);
  *f++ = feature_2(159, w->cluster, w->suffix[1]);
  *f++ = feature_1(160, word_at(view, i, 2)->cluster);
  *f++ = feature_1(161, word_at(view, i, -2)->cluster);
  *f++ = feature_3(162, p->coarse[1], w->coarse[1], n->coarse[1]);
  *f++ = feature_2(163, w->coarse[1], w->upper);
  return f;
}

static uint64_t *lexicon_features(uint64_t *f, const TagView *view, size_t i)
{
  const WordFacts *const w = &view->words[i], *const n = word_at(view, i, 1);
  *f++ = feature_1(170, w->tags);
  *f++ = feature_1(171, n->tags);
  *f++ = feature_2(172, w->tags, n->tags);
  *f++ = feature_2(173, n->tags, word_at(view, i, 2)->tags);
  *f++ = feature_3(174, w->tags, w->shape, i == 0);
  *f++ = feature_3(175, w->caps, w->upper, i == 0);
  *f++ = feature_3(176, w->caps, w->upper, n->upper);
  return f;
}

static uint64_t *history_features(uint64_t *f, const TagView *view, size_t i)
{
  const WordFacts *const w = &view->words[i], *const n = word_at(view, i, 1);
  const uint32_t t1 = i > 0 ? view->tags[i - 1] : TAG_EDGE;
  const uint32_t t2 = i > 1 ? view->tags[i - 2] : TAG_EDGE;
  *f++ = feature_1(180, t1);
  *f++ = feature_1(181, t2);
  *f++ = feature_2(182, t1, t2);
  *f++ = feature_2(183, t1, w->lower);
  *f++ = feature_2(184, t1, w->tags);
  *f++ = feature_2(185, t1, w->cluster);
  *f++ = feature_2(186, t1, n->lower);
  *f++ = feature_3(187, t1, w->suffix[2], w->upper);
  *f++ = feature_3(188, t1, w->tags, n->tags);
  *f++ = feature_3(189, t1, t2, w->tags);
  *f++ = feature_3(190, t1, t2, w->lower);
  *f++ = feature_2(191, t1, n->cluster);
  return f;
}

static uint64_t *second_features(uint64_t *f, const TagView *view, size_t i)
{
  const WordFacts *const w = &view->words[i];
  const uint32_t t0 = view->first[i];
  const uint32_t t1 = i > 0 ? view->tags[i - 1] : TAG_EDGE;
  const uint32_t n1 = i + 1 < view->count ? view->first[i + 1] : TAG_EDGE;
  const uint32_t n2 = i + 2 < view->count ? view->first[i + 2] : TAG_EDGE;
  *f++ = feature_1(200, t0);
  *f++ = feature_1(201, n1);
  *f++ = feature_2(202, n1, n2);
  *f++ = feature_2(203, t1, n1);
  *f++ = feature_2(204, n1, w->lower);
  *f++ = feature_2(205, n1, w->tags);
  *f++ = feature_2(206, n1, w->suffix[2]);
  *f++ = feature_3(207, t1, n1, w->lower);
  *f++ = feature_3(208, t1, n1, w->tags);
  *f++ = feature_3(209, n1, n2, w->tags);
  *f++ = feature_3(210, t0, t1, n1);
  *f++ = feature_2(211, t0, w->lower);
  *f++ = feature_2(212, n1, w->cluster);
  *f++ = feature_2(213, n2, w->lower);
  return f;
}

size_t tagger_features(uint64_t *out, const TagView *view, size_t i)
{
  uint64_t *f = out;
  *f++ = feature_1(99, 0);
  f = form_features(f, view, i);
  f = affix_features(f, &view->words[i]);
  f = cluster_features(f, view, i);
  f = lexicon_features(f, view, i);
  f = history_features(f, view, i);
  if (view->first) f = second_features(f, view, i);
  return (size_t)(f - out);
}

size_t best_label(const int32_t *scores, size_t labels)
{
  size_t best = 0;
  for (size_t i = 1; i < labels; i++) {
    if (scores[i] > scores[best]) best = i;
  }
  return best;
}

void tagger_pass(uint8_t *tags, const WordFacts *words, size_t count, const uint8_t *first,
                 Scorer scorer, size_t labels)
{
  uint64_t features[TAGGER_FEATURES];
  int32_t scores[SPARSE_LABELS];
  const TagView view = {words, tags, first, count};
  for (size_t i = 0; i < count; i++) {
    memset(scores, 0, labels * sizeof *scores);
    scorer.add(scores, scorer.handle, features, tagger_features(features, &view, i));
    tags[i] = (uint8_t)best_label(scores, labels);
  }
}
