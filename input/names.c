/* Greedy labelling from left to right, and the best path through given scores; an inside label is
   allowed only after one of its type. */
#include "input/names.h"

#include "input/vectors.h"

#include <math.h>
#include <string.h>

static const WordFacts no_word = {.form = 1, .lower = 1, .shape = 1};

static const WordFacts *word_at(const NameView *view, size_t i, int step)
{
  if (step < 0 && i < (size_t)-step) return &no_word;
  const size_t at = i + (size_t)step;
  return at < view->count ? &view->words[at] : &no_word;
}

static uint32_t tag_at(const NameView *view, size_t i, int step)
{
  if (step < 0 && i < (size_t)-step) return TAG_EDGE;
  const size_t at = i + (size_t)step;
  return at < view->count ? view->tags[at] : TAG_EDGE;
}

static uint64_t *word_features(uint64_t *f, const NameView *view, size_t i)
{
  const WordFacts *const w = &view->words[i];
  const WordFacts *const p = word_at(view, i, -1), *const n = word_at(view, i, 1);
  *f++ = feature_1(601, w->form);
  *f++ = feature_1(602, w->lower);
  *f++ = feature_1(603, p->lower);
  *f++ = feature_1(604, n->lower);
  *f++ = feature_1(605, word_at(view, i, -2)->lower);
  *f++ = feature_1(606, word_at(view, i, 2)->lower);
  *f++ = feature_2(607, p->lower, w->lower);
  *f++ = feature_2(608, w->lower, n->lower);
  *f++ = feature_1(609, w->shape);
  *f++ = feature_3(610, p->shape, w->shape, n->shape);
  *f++ = feature_3(611, w->shape, w->caps, i == 0);
  *f++ = feature_2(612, p->lower, w->shape);
  *f++ = feature_2(613, n->lower, w->shape);
  for (unsigned k = 1; k < WORD_AFFIXES; k++) {
    *f++ = feature_1(620 + k, w->suffix[k]);
    *f++ = feature_1(630 + k, w->prefix[k]);
  }
  *f++ = feature_2(640, n->suffix[2], w->shape);
  return f;
}

static uint64_t *cluster_features(uint64_t *f, const NameView *view, size_t i)
{
  const WordFacts *const w = &view->words[i];
  const WordFacts *const p = word_at(view, i, -1), *const n = word_at(view, i, 1);
  *f++ = feature_1(650, w->cluster);
  *f++ = feature_1(651, w->coarse[1]);
  *f++ = feature_1(652, w->coarse[2]);
  *f++ = feature_1(653, p->cluster);
  *f++ = feature_1(654, n->cluster);
  *f++ = feature_2(655, p->cluster, w->cluster);
  *f++ = feature_2(656, w->cluster, n->cluster);
  *f++ = feature_2(657, p->cluster, n->cluster);
  *f++ = feature_1(658, word_at(view, i, -2)->cluster);
  *f++ = feature_1(659, word_at(view, i, 2)->cluster);
  *f++ = feature_2(660, p->cluster, w->shape);
  *f++ = feature_2(661, n->cluster, w->shape);
  *f++ = feature_1(662, w->coarse[0]);
  return f;
}

static uint64_t *tag_features(uint64_t *f, const NameView *view, size_t i)
{
  const uint32_t t = tag_at(view, i, 0), p = tag_at(view, i, -1), n = tag_at(view, i, 1);
  const WordFacts *const w = &view->words[i];
  *f++ = feature_1(670, t);
  *f++ = feature_2(671, p, t);
  *f++ = feature_2(672, t, n);
  *f++ = feature_3(673, p, t, n);
  *f++ = feature_2(674, t, w->lower);
  *f++ = feature_2(675, t, w->shape);
  *f++ = feature_2(676, t, w->coarse[1]);
  return f;
}

static uint32_t label_before(const NameView *view, size_t i, size_t step)
{
  return i >= step ? view->labels[i - step] : 15;
}

static uint64_t *history_features(uint64_t *f, const NameView *view, size_t i)
{
  const WordFacts *const w = &view->words[i], *const p = word_at(view, i, -1);
  const uint32_t l1 = label_before(view, i, 1), l2 = label_before(view, i, 2);
  *f++ = feature_1(680, l1);
  *f++ = feature_2(681, l1, l2);
  *f++ = feature_2(682, l1, w->lower);
  *f++ = feature_2(683, l1, w->cluster);
  *f++ = feature_2(684, l1, w->shape);
  *f++ = feature_2(685, l1, tag_at(view, i, 0));
  *f++ = feature_2(686, l1, p->lower);
  *f++ = feature_3(687, l1, p->lower, w->lower);
  *f++ = feature_3(688, l1, tag_at(view, i, 0), tag_at(view, i, 1));
  *f++ = feature_2(689, l1, w->coarse[1]);
  return f;
}

size_t names_features(uint64_t *out, const NameView *view, size_t i)
{
  uint64_t *f = out;
  *f++ = feature_1(600, 0);
  f = word_features(f, view, i);
  f = cluster_features(f, view, i);
  f = tag_features(f, view, i);
  f = history_features(f, view, i);
  return (size_t)(f - out);
}

static bool may_follow(uint8_t label, uint8_t before)
{
  return label == 0 || name_begins(label) || name_type(label) == name_type(before);
}

static uint8_t best_name_label(const int32_t *scores, uint8_t before)
{
  uint8_t best = 0;
  for (uint8_t label = 1; label < NAME_LABELS; label++) {
    if (!may_follow(label, before)) continue;
    if (scores[label] > scores[best]) best = label;
  }
  return best;
}

/* Score that makes a label e times as likely; found on held-out sentences. */
#define SOFTNESS 1000.0f

static void share_out(float *shares, const int32_t *scores)
{
  for (size_t label = 0; label < NAME_LABELS; label++) {
    shares[label] = (float)scores[label] / SOFTNESS;
  }
  vector_softmax(shares, NAME_LABELS);
}

void names_pass(uint8_t *labels, float *shares, const NameView *view, Scorer scorer)
{
  uint64_t features[NAMES_FEATURES];
  NameView now = *view;
  now.labels = labels;
  for (size_t i = 0; i < view->count; i++) {
    int32_t scores[SPARSE_LABELS] = {0};
    scorer.add(scores, scorer.handle, features, names_features(features, &now, i));
    labels[i] = best_name_label(scores, i ? labels[i - 1] : 0);
    if (shares) share_out(shares + i * NAME_LABELS, scores);
  }
}

static uint8_t best_of(const float *sums)
{
  uint8_t best = 0;
  for (uint8_t label = 1; label < NAME_LABELS; label++) {
    if (sums[label] > sums[best]) best = label;
  }
  return best;
}

/* The last label of the best path that LABEL may go on from; BEST is that of all paths. */
static uint8_t best_before(const float *sums, uint8_t label, uint8_t best)
{
  if (may_follow(label, best)) return best;
  const uint8_t begin = name_label(name_type(label), true);
  return sums[begin] > sums[label] ? begin : label;
}

void names_decode(uint8_t *labels, const float *scores, size_t stride, size_t count)
{
  uint8_t before[NAMES_LONGEST][NAME_LABELS];
  float sums[NAME_LABELS] = {0}, longer[NAME_LABELS];
  if (count == 0) return;
  for (uint8_t label = 1; label < NAME_LABELS; label++) {
    if (!name_begins(label)) sums[label] = -INFINITY;
  }
  for (size_t i = 0; i < count; i++) {
    const uint8_t best = best_of(sums);
    for (uint8_t label = 0; label < NAME_LABELS; label++) {
      before[i][label] = i ? best_before(sums, label, best) : label;
      longer[label] = sums[before[i][label]] + scores[i * stride + label];
    }
    memcpy(sums, longer, sizeof sums);
  }
  labels[count - 1] = best_of(sums);
  for (size_t i = count - 1; i > 0; i--) labels[i - 1] = before[i][labels[i]];
}
