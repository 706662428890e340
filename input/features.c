/* What the models look at. Each template has a number of its own; values are hashes, so that no
   string is built. Every feature is mixed with the relation (and role) when it is weighed. */
#include "input/attribution.h"
#include "input/extractor.h"

#define NEAR 5

enum { /* templates: trigger */
       T_LEMMA = 1,
       T_FORM,
       T_POS,
       T_PREV,
       T_NEXT,
       T_PREV2,
       T_NEXT2,
       T_REL,
       T_HEAD,
       T_CHILD,
       T_CHILD_KIND,
       T_CHILD_PREP,
       T_SUBJECT,
       T_OBJECT,
       T_AROUND,
       T_BEFORE_KIND,
       T_AFTER_KIND,
       T_ACTORS,
       T_CLUSTER,
       T_HEAD_CLUSTER,
       T_LEMMA_OBJECT,
       T_LEMMA_PREP,
       T_LEMMA_REL,
       T_LEMMA_SUBJECT,
       T_CHILD_CLUSTER,
       T_LEMMA_HEAD,
       T_LEMMA_ACTORS,
       T_CHILD_LEMMA,
       T_SIBLING,
       T_NAME,
       T_LEMMA_NEXT,
       T_LEMMA_PREV,
       T_OBJECT_PREP,
       T_BIAS,
       /* argument */
       A_PATH = 60,
       A_ANCHORED,
       A_ANCHORED_POS,
       A_KIND,
       A_PATH_KIND,
       A_LEMMA,
       A_PREP,
       A_TRIGGER_PATH,
       A_TRIGGER_PREP,
       A_ORDER,
       A_BETWEEN,
       A_NEAREST,
       A_SUBJECT,
       A_OBJECT,
       A_HEAD,
       A_NEXT,
       A_PREV,
       A_CLUSTER,
       A_LENGTH,
       A_WORDS,
       A_NUMBER,
       A_SELF,
       A_INSIDE,
       A_SAME_LOGICAL,
       A_KIND_ORDER,
       A_WORLD,
       A_REL,
       A_REL_POS,
       A_TRIGGER_KIND,
       A_CLUSTER_PATH,
       A_ROOT_SUBJECT,
       A_TRIGGER_LEMMA,
       A_NESTED,
       A_WORD_BETWEEN,
       A_PATH_UP,
       A_HEAD_MENTION,
       A_SUBJECT_KIND,
       A_OBJECT_KIND,
       A_BIAS,
       A_DET,
       /* pair */
       P_PATHS = 120,
       P_KINDS,
       P_ORDER,
       P_SAME,
       P_PATH,
       P_PATH_KINDS,
       P_LEMMAS,
       P_TRIGGER_KINDS,
       P_SCORE_T,
       P_SCORE_S,
       P_SCORE_O,
       P_RANKS,
       P_SCORES,
       P_FRAMES,
       P_DISTANCE,
       P_CLIMB,
       P_LOGICAL,
       P_SUBJECT_LEMMA,
       P_OBJECT_LEMMA,
       P_BIAS,
       P_ACTORS,
       P_TRIGGER,
       P_POS,
       P_ALL_SCORES,
       P_WITHIN,
       P_FRAME,
       P_ORDER_KINDS,
       /* place */
       L_BETWEEN = 170,
       L_KINDS,
       L_PATH,
       L_WORLD,
       L_DISTANCE,
       L_AFTER,
       L_BEFORE,
       L_HEADS,
       L_ORDER,
       L_WORDS,
       L_BETWEEN_KINDS,
       L_LEMMA,
       L_BIAS,
       /* factuality */
       F_LEMMA = 190,
       F_FORM,
       F_XPOS,
       F_AUX,
       F_NEGATION,
       F_UP,
       F_UP_REL,
       F_CUE,
       F_MARK,
       F_MODIFIER,
       F_PREV,
       F_BIAS,
       F_UP2,
       F_OBJECT,
       F_UP_AUX,
       F_UP_NEGATION,
       F_TENSE,
       F_BEFORE,
       F_ROOT,
       F_PATH,
       F_REL,
       F_DEPTH,
       /* date */
       D_PATH = 220,
       D_DISTANCE,
       D_ORDER,
       D_RANK,
       D_PREP,
       D_REL,
       D_COUNT,
       D_BIAS,
       D_LEMMA,
       D_BETWEEN,
       D_KIND,
       D_CHOSEN,
       /* a relation at its trigger */
       E_FRAMES = 240,
       E_SUBJECT,
       E_OBJECT,
       E_BOTH,
       E_WORDS,
       P_LEAD,
       P_MARGIN,
       P_WEAKEST,
       F_FIRST
};

static uint32_t bin(int32_t distance)
{
  const int32_t d = distance < 0 ? -distance : distance;
  uint32_t b = d <= 3 ? (uint32_t)d : d <= 5 ? 4u : d <= 8 ? 5u : d <= 14 ? 6u : d <= 24 ? 7u : 8u;
  return distance < 0 ? b : b + 16u;
}

static const Node *node_at(const Scene *scene, int32_t token)
{
  static const Node outside = {.lemma = 1, .form = 1, .mention = -1, .head = -1};
  if (token < 0 || token >= (int32_t)scene->sentence->count) return &outside;
  return &scene->nodes[token];
}

static uint32_t kind_at(const Scene *scene, int32_t token)
{
  const int32_t m = token < 0 ? -1 : scene->nodes[token].mention;
  return m < 0 ? 30u : scene->mentions[m].kind;
}

static uint32_t sort_at(const Scene *scene, int32_t token)
{
  const int32_t m = token < 0 ? -1 : scene->nodes[token].mention;
  return m < 0 ? MENTION_SORTS : scene->mentions[m].sort;
}

static uint32_t pos_of(const Scene *scene, int32_t token)
{
  return (uint32_t)scene_token(scene, token)->upos * 2u + scene->nodes[token].passive;
}

/* The kind of the nearest actor on one side, and whether it is near. */
static uint32_t nearest_kind(const Scene *scene, int32_t token, int32_t step)
{
  const int32_t n = (int32_t)scene->sentence->count;
  for (int32_t i = token + step, d = 1; i >= 0 && i < n; i += step, d++) {
    const uint32_t kind = kind_at(scene, i);
    if (kind < MENTION_KINDS && kind != MENTION_NOUN && kind != MENTION_CLAUSE)
      return kind * 2u + (d <= NEAR);
  }
  return 60u;
}

/* ---- trigger ---- */

static void trigger_children(Features *out, const Scene *scene, int32_t trigger)
{
  const uint32_t lemma = scene->nodes[trigger].lemma;
  for (int32_t c = scene->nodes[trigger].first_child; c >= 0; c = scene->nodes[c].next_sibling) {
    const Node *child = &scene->nodes[c];
    const uint32_t rel = scene_token(scene, c)->deprel;
    if (rel == DEPREL_PUNCT) continue;
    feature_add2(out, T_CHILD, rel, child->lemma);
    feature_add2(out, T_CHILD_KIND, rel, sort_at(scene, c));
    feature_add(out, T_CHILD_LEMMA, child->lemma);
    if (child->cluster[0]) {
      feature_add2(out, T_CHILD_CLUSTER, rel, child->cluster[0]);
      feature_add2(out, T_CHILD_CLUSTER, rel + 1000u, child->cluster[1]);
    }
    if (child->prep) {
      feature_add2(out, T_CHILD_PREP, child->prep, sort_at(scene, c));
      feature_add2(out, T_LEMMA_PREP, lemma, child->prep);
    }
    feature_add2(out, T_LEMMA_REL, lemma, mix_hash(rel, sort_at(scene, c)));
  }
}

static void trigger_context(Features *out, const Scene *scene, int32_t trigger)
{
  const uint32_t lemma = scene->nodes[trigger].lemma;
  feature_add(out, T_PREV, node_at(scene, trigger - 1)->form);
  feature_add(out, T_NEXT, node_at(scene, trigger + 1)->form);
  feature_add(out, T_PREV2, node_at(scene, trigger - 2)->lemma);
  feature_add(out, T_NEXT2, node_at(scene, trigger + 2)->lemma);
  feature_add2(out, T_LEMMA_NEXT, lemma, node_at(scene, trigger + 1)->lemma);
  feature_add2(out, T_LEMMA_PREV, lemma, node_at(scene, trigger - 1)->lemma);
  for (int32_t i = trigger - NEAR; i <= trigger + NEAR; i++)
    if (i != trigger) feature_add(out, T_AROUND, node_at(scene, i)->lemma);
  const uint32_t before = nearest_kind(scene, trigger, -1), after = nearest_kind(scene, trigger, 1);
  feature_add(out, T_BEFORE_KIND, before);
  feature_add(out, T_AFTER_KIND, after);
  feature_add2(out, T_LEMMA_ACTORS, lemma, before * 64u + after);
  const uint32_t actors = scene->actors[scene->sentence->count];
  feature_add(out, T_ACTORS, actors > 3 ? 3 : actors);
}

static void trigger_governor(Features *out, const Scene *scene, int32_t trigger)
{
  const Node *node = &scene->nodes[trigger];
  const uint32_t rel = scene_token(scene, trigger)->deprel;
  const Node *head = node_at(scene, node->head);
  feature_add(out, T_REL, rel);
  feature_add2(out, T_HEAD, rel, head->lemma);
  feature_add2(out, T_LEMMA_HEAD, node->lemma, head->lemma);
  if (head->cluster[0]) {
    feature_add2(out, T_HEAD_CLUSTER, rel, head->cluster[0]);
    feature_add2(out, T_HEAD_CLUSTER, rel + 1000u, head->cluster[1]);
    feature_add2(out, T_HEAD_CLUSTER, node->lemma, head->cluster[0]);
  }
  if (node->head < 0) return;
  for (int32_t c = head->first_child; c >= 0; c = scene->nodes[c].next_sibling)
    if (c != trigger && scene->nodes[c].prep)
      feature_add2(out, T_SIBLING, node->lemma, scene->nodes[c].prep);
}

void features_trigger(Features *out, const Scene *scene, int32_t trigger)
{
  const Node *node = &scene->nodes[trigger];
  const uint32_t pos = pos_of(scene, trigger);
  out->count = 0;
  feature_add(out, T_BIAS, 0);
  feature_add(out, T_LEMMA, node->lemma);
  feature_add2(out, T_FORM, node->form, pos);
  feature_add(out, T_POS, pos);
  feature_add2(out, T_POS, node->lemma, pos);
  for (int i = 0; i < 2; i++)
    if (node->cluster[i]) feature_add2(out, T_CLUSTER, (uint32_t)i, node->cluster[i]);
  if (kind_at(scene, trigger) < MENTION_KINDS) feature_add(out, T_NAME, kind_at(scene, trigger));
  trigger_governor(out, scene, trigger);
  const uint32_t subject = sort_at(scene, node->subject), object = sort_at(scene, node->object);
  feature_add2(out, T_SUBJECT, subject, node->subject_by);
  feature_add2(out, T_LEMMA_SUBJECT, node->lemma, subject);
  feature_add2(out, T_OBJECT, object, node_at(scene, node->object)->lemma);
  feature_add2(out, T_LEMMA_OBJECT, node->lemma, object);
  feature_add2(out, T_LEMMA_OBJECT, node->lemma + 1u, node_at(scene, node->object)->cluster[0]);
  feature_add2(out, T_OBJECT, 99, node_at(scene, node->object)->cluster[1]);
  feature_add2(out, T_LEMMA_OBJECT, node->lemma, node_at(scene, node->object)->lemma);
  trigger_children(out, scene, trigger);
  trigger_context(out, scene, trigger);
}

/* What FRAME finds at TRIGGER: the kind of the best filler of ROLE, and its rank. */
static uint32_t filler_of(const CompiledFrame *frame, const Scene *scene, int32_t trigger,
                          Role role)
{
  uint32_t found = 0;
  int best = 100;
  for (size_t i = 0; i < scene->mention_count; i++) {
    const int rank = frame_fills(frame, scene, trigger, &scene->mentions[i], role);
    if (!rank || rank >= best) continue;
    best = rank;
    found = scene->mentions[i].sort + 1u;
  }
  return found;
}

void features_evoked(Features *out, const Extractor *e, const Scene *scene, int32_t trigger,
                     int local)
{
  const LexiconEntry *entry = lexicon_find(&e->lexicon, scene->nodes[trigger].lemma);
  uint32_t frames = 0, others = 0;
  out->count = 0;
  for (int32_t f = entry ? entry->frame : -1; f >= 0; f = e->frames[f].next) {
    const CompiledFrame *frame = &e->frames[f];
    if (!frame_at(frame, scene, trigger)) continue;
    others += frame->local != local;
    if (frame->local != local || frames > 2) continue;
    frames++;
    const uint32_t subject = filler_of(frame, scene, trigger, ROLE_SUBJECT);
    const uint32_t object = filler_of(frame, scene, trigger, ROLE_OBJECT);
    feature_add2(out, E_SUBJECT, subject, frame->frame->kind);
    feature_add2(out, E_OBJECT, object, frame->frame->kind);
    feature_add2(out, E_BOTH, subject, object);
    feature_add2(out, E_BOTH, subject > 0, (uint32_t)(object > 0) + 100u);
    feature_add(out, E_WORDS, (uint32_t)frame->word_count);
  }
  feature_add2(out, E_FRAMES, frames > 2 ? 2 : frames, others > 3 ? 3 : others);
  feature_add2(out, E_FRAMES, frames > 0, pos_of(scene, trigger) + 100u);
  feature_add2(out, E_FRAMES, frames > 0, scene->nodes[trigger].cluster[0] + 10000u);
}

/* ---- argument ---- */

static void argument_place(Features *out, const Scene *scene, int32_t trigger,
                           const SceneMention *m)
{
  const int32_t distance = m->head - trigger;
  const int32_t low = distance < 0 ? m->head + 1 : trigger + 1;
  const int32_t high = distance < 0 ? trigger : m->head;
  int between = high > low ? scene->actors[high] - scene->actors[low] : 0;
  if (between > 3) between = 3;
  const uint32_t side = distance < 0, kind = m->kind;
  feature_add(out, A_ORDER, bin(distance));
  feature_add2(out, A_ORDER, bin(distance), kind);
  feature_add2(out, A_BETWEEN, (uint32_t)between * 2u + side, kind);
  feature_add2(out, A_KIND_ORDER, kind * 2u + side, pos_of(scene, trigger));
  if (high - low <= 3) {
    uint32_t words = side;
    for (int32_t i = low; i < high; i++) words = mix_hash(words, scene->nodes[i].lemma);
    feature_add(out, A_WORDS, words);
  }
  for (int32_t i = low; i < high && high - low <= 8; i++)
    feature_add2(out, A_WORD_BETWEEN, side, scene->nodes[i].lemma);
}

static void argument_path(Features *out, const Scene *scene, int32_t trigger, const SceneMention *m)
{
  const ScenePath raw = scene_path(scene, trigger, m->head);
  const ScenePath path = scene_path(scene, trigger, m->anchor);
  const Node *node = &scene->nodes[trigger];
  const Node *anchor = &scene->nodes[m->anchor];
  const uint32_t pos = pos_of(scene, trigger);
  const uint32_t rel = scene_token(scene, m->anchor)->deprel;
  feature_add(out, A_PATH, raw.hash);
  feature_add(out, A_ANCHORED, path.hash);
  feature_add2(out, A_ANCHORED_POS, path.hash, pos);
  feature_add2(out, A_PATH_KIND, path.hash, m->sort);
  feature_add2(out, A_TRIGGER_PATH, path.hash, node->lemma);
  feature_add2(out, A_PREP, anchor->prep, rel);
  feature_add2(out, A_PREP, anchor->prep, pos);
  feature_add2(out, A_TRIGGER_PREP, mix_hash(anchor->prep, rel), node->lemma);
  feature_add2(out, A_LENGTH, (uint32_t)(path.up > 4 ? 4 : path.up),
               (uint32_t)(path.down > 4 ? 4 : path.down));
  if (node->cluster[0]) {
    feature_add2(out, A_CLUSTER_PATH, path.hash, node->cluster[0]);
    feature_add2(out, A_CLUSTER_PATH, path.hash + 1u, node->cluster[1]);
  }
  const Node *mine = &scene->nodes[m->head];
  if (mine->cluster[0]) feature_add2(out, A_CLUSTER_PATH, path.hash + 2u, mine->cluster[0]);
  feature_add2(out, A_REL, rel, m->climbed);
  feature_add2(out, A_REL_POS, rel, pos);
  feature_add2(out, A_HEAD, rel, node_at(scene, anchor->head)->lemma);
  feature_add2(out, A_PATH_UP, (uint32_t)path.up, rel);
}

static void argument_logical(Features *out, const Scene *scene, int32_t trigger,
                             const SceneMention *m)
{
  const Node *node = &scene->nodes[trigger];
  const bool subject =
      node->subject >= 0 && (node->subject == m->anchor || node->subject == m->head);
  const bool object = node->object >= 0 && (node->object == m->anchor || node->object == m->head);
  const uint32_t pos = pos_of(scene, trigger);
  if (subject) {
    feature_add(out, A_SUBJECT, node->subject_by);
    feature_add2(out, A_SUBJECT, node->subject_by, pos);
    feature_add2(out, A_SUBJECT_KIND, node->subject_by, m->sort);
    feature_add(out, A_SUBJECT, 99);
    feature_add2(out, A_SUBJECT, 99, node->lemma);
  } else {
    feature_add2(out, A_SUBJECT, 100, kind_at(scene, node->subject));
  }
  if (object) {
    feature_add(out, A_OBJECT, node->object_by);
    feature_add2(out, A_OBJECT_KIND, node->object_by, m->sort);
    feature_add2(out, A_OBJECT, 99, node->lemma);
  } else {
    feature_add2(out, A_OBJECT, 100, kind_at(scene, node->object));
  }
}

static bool determined(const Scene *scene, int32_t head, uint32_t *lemma)
{
  const int32_t det = scene_child(scene, head, DEPREL_DET);
  if (det >= 0) *lemma = scene->nodes[det].lemma;
  return det >= 0;
}

static void argument_self(Features *out, const Scene *scene, int32_t trigger, const SceneMention *m)
{
  const Node *node = &scene->nodes[m->head];
  uint32_t det = 0;
  feature_add(out, A_BIAS, 0);
  feature_add(out, A_KIND, m->kind);
  feature_add2(out, A_KIND, m->sort, 99);
  feature_add(out, A_LEMMA, node->lemma);
  feature_add2(out, A_TRIGGER_LEMMA, node->lemma, scene->nodes[trigger].lemma);
  feature_add2(out, A_TRIGGER_KIND, m->sort, scene->nodes[trigger].lemma);
  feature_add2(out, A_TRIGGER_LEMMA, node->cluster[1], scene->nodes[trigger].cluster[1] + 1000u);
  feature_add2(out, A_TRIGGER_LEMMA, node->cluster[0], scene->nodes[trigger].lemma);
  feature_add(out, A_NEXT, node_at(scene, m->end)->lemma);
  feature_add(out, A_PREV, node_at(scene, m->first - 1)->lemma);
  for (int i = 0; i < 2; i++)
    if (node->cluster[i]) feature_add2(out, A_CLUSTER, (uint32_t)i, node->cluster[i]);
  if (determined(scene, m->head, &det)) feature_add2(out, A_DET, det, m->kind);
  const uint32_t number = (scene_token(scene, m->head)->features & FEAT_PLUR) != 0;
  feature_add2(out, A_NUMBER, number, m->kind);
  feature_add2(out, A_WORLD, m->world, scene_token(scene, m->head)->ner);
  if (m->head == trigger) feature_add(out, A_SELF, 0);
  if (m->first <= trigger && trigger < m->end) feature_add(out, A_INSIDE, m->head == trigger);
  if (scene_dominates(scene, m->head, trigger)) feature_add(out, A_INSIDE, 5);
  const int32_t head = node->head;
  feature_add(out, A_HEAD_MENTION, head < 0 ? 31u : kind_at(scene, head));
}

void features_argument(Features *out, const Scene *scene, int32_t trigger, const SceneMention *m)
{
  out->count = 0;
  argument_self(out, scene, trigger, m);
  argument_path(out, scene, trigger, m);
  argument_logical(out, scene, trigger, m);
  argument_place(out, scene, trigger, m);
}

void features_frame(Features *out, int frame_rank, bool has_frame, int role)
{
  feature_add2(out, P_FRAME, (uint32_t)(frame_rank > 4 ? 4 : frame_rank) * 2u + has_frame,
               (uint32_t)role);
}

/* ---- pair ---- */

static uint32_t order_of(int32_t trigger, const SceneMention *s, const SceneMention *o)
{
  return (uint32_t)(s->head < trigger) + 2u * (o->head < trigger) + 4u * (s->head < o->head) +
         8u * (s->head == trigger) + 16u * (o->head == trigger);
}

static void pair_relation(Features *out, const Scene *scene, const SceneMention *s,
                          const SceneMention *o)
{
  const ScenePath path = scene_path(scene, s->head, o->head);
  feature_add(out, P_PATH, path.hash);
  feature_add2(out, P_PATH_KINDS, path.hash, s->sort * 64u + o->sort);
  feature_add(out, P_SAME, s->anchor == o->anchor);
  feature_add(out, P_DISTANCE, bin(o->head - s->head));
  feature_add2(out, P_CLIMB, s->climbed, o->climbed);
  const uint32_t within =
      (s->first <= o->head && o->head < s->end) + 2u * (o->first <= s->head && s->head < o->end);
  feature_add(out, P_WITHIN, within);
  const int32_t low = s->head < o->head ? s->head : o->head;
  const int32_t high = s->head < o->head ? o->head : s->head;
  const int between = high > low ? scene->actors[high] - scene->actors[low + 1] : 0;
  feature_add(out, P_ACTORS, (uint32_t)(between > 4 ? 4 : between));
}

void features_pair(Features *out, const Scene *scene, int32_t trigger, const SceneMention *s,
                   const SceneMention *o)
{
  const Node *node = &scene->nodes[trigger];
  const uint32_t kinds = s->sort * 64u + o->sort;
  out->count = 0;
  feature_add(out, P_BIAS, 0);
  feature_add(out, P_TRIGGER, node->lemma);
  feature_add(out, P_POS, pos_of(scene, trigger));
  feature_add(out, P_KINDS, kinds);
  feature_add2(out, P_TRIGGER_KINDS, node->lemma, kinds);
  feature_add(out, P_ORDER, order_of(trigger, s, o));
  feature_add2(out, P_ORDER_KINDS, order_of(trigger, s, o), kinds);
  feature_add2(out, P_LEMMAS, scene->nodes[s->head].lemma, scene->nodes[o->head].lemma);
  feature_add2(out, P_SUBJECT_LEMMA, scene->nodes[s->head].lemma, o->kind);
  feature_add2(out, P_OBJECT_LEMMA, scene->nodes[o->head].lemma, s->kind);
  const uint32_t classes =
      mix_hash(scene->nodes[s->head].cluster[0], scene->nodes[o->head].cluster[0]);
  feature_add(out, P_LEMMAS, classes + 1u);
  feature_add2(out, P_LEMMAS, classes, node->cluster[0]);
  feature_add2(out, P_PATHS, scene_path(scene, trigger, s->anchor).hash,
               scene_path(scene, trigger, o->anchor).hash);
  feature_add2(out, P_LOGICAL, node->subject == s->anchor, node->object == o->anchor);
  pair_relation(out, scene, s, o);
}

static uint32_t score_bin(float score)
{
  const float clipped = score < -6 ? -6 : score > 6 ? 6 : score;
  return (uint32_t)((clipped + 6) * 1.5f);
}

void features_scores(Features *out, const PairScores *s)
{
  const float subject = s->subject->score[ROLE_SUBJECT], object = s->object->score[ROLE_OBJECT];
  const uint32_t t = score_bin(s->trigger.score), a = score_bin(subject), b = score_bin(object);
  const int rank_s = s->subject->rank[ROLE_SUBJECT], rank_o = s->object->rank[ROLE_OBJECT];
  const uint32_t ranks =
      (uint32_t)(rank_s > 3 ? 3 : rank_s) * 4u + (uint32_t)(rank_o > 3 ? 3 : rank_o);
  feature_add(out, P_SCORE_T, t);
  feature_add(out, P_SCORE_S, a);
  feature_add(out, P_SCORE_O, b);
  feature_add2(out, P_SCORES, a, b);
  feature_add(out, P_RANKS, ranks);
  feature_add2(out, P_ALL_SCORES, t / 2, mix_hash(a / 2, b / 2));
  feature_add2(out, P_ALL_SCORES, 77, score_bin((s->trigger.score + subject + object) / 3));
  feature_add2(out, P_ALL_SCORES, 78, score_bin(subject < object ? subject : object));
  const uint32_t lead = score_bin(s->trigger.lead);
  feature_add2(out, P_LEAD, lead, (uint32_t)(s->trigger.rank > 2 ? 2 : s->trigger.rank));
  feature_add2(out, P_LEAD, lead / 2 + 100u, t / 2);
  const uint32_t behind_s = score_bin(subject - s->best[ROLE_SUBJECT]);
  const uint32_t behind_o = score_bin(object - s->best[ROLE_OBJECT]);
  feature_add(out, P_MARGIN, behind_s);
  feature_add(out, P_MARGIN, behind_o + 100u);
  feature_add2(out, P_MARGIN, behind_s, behind_o + 200u);
  feature_add2(out, P_FRAMES,
               (uint32_t)(s->subject->frame[ROLE_SUBJECT] > 0) +
                   2u * (s->object->frame[ROLE_OBJECT] > 0),
               s->has_frame);
}

/* ---- place ---- */

void features_place(Features *out, const Scene *scene, const SceneMention *inner,
                    const SceneMention *outer)
{
  const bool forward = inner->head < outer->head;
  const int32_t low = forward ? inner->end : outer->end,
                high = forward ? outer->first : inner->first;
  const uint32_t kinds = (inner->kind * 32u + outer->kind) * 2u + forward;
  uint32_t words = forward;
  out->count = 0;
  for (int32_t i = low; i < high && high - low <= 4; i++)
    words = mix_hash(words, scene->nodes[i].form);
  feature_add(out, L_BIAS, 0);
  feature_add(out, L_KINDS, kinds);
  feature_add(out, L_BETWEEN, high - low <= 4 ? words : 3u);
  feature_add2(out, L_BETWEEN_KINDS, high - low <= 4 ? words : 3u, kinds);
  for (int32_t i = low; i < high && high - low <= 8; i++)
    feature_add2(out, L_WORDS, forward, scene->nodes[i].lemma);
  const uint32_t path = scene_path(scene, inner->head, outer->head).hash;
  feature_add(out, L_PATH, path);
  feature_add2(out, L_PATH, path, kinds);
  feature_add(out, L_DISTANCE, bin(high - low));
  feature_add2(out, L_AFTER, node_at(scene, outer->end)->form, kinds);
  feature_add2(out, L_BEFORE, node_at(scene, inner->first - 1)->form, kinds);
  feature_add(out, L_HEADS, scene->nodes[outer->head].lemma);
  feature_add(out, L_LEMMA, scene->nodes[inner->head].lemma);
  feature_add2(out, L_WORLD, inner->world, outer->world);
  const uint32_t ner =
      scene_token(scene, inner->head)->ner * 8u + scene_token(scene, outer->head)->ner;
  feature_add2(out, L_WORLD, ner + 9u, kinds);
  if (inner->entity != WORLD_NONE && outer->entity != WORLD_NONE) {
    const WorldEntity *in = world_entity(scene->ontology, inner->entity);
    feature_add2(out, L_ORDER, in->country == outer->entity, inner->entity == outer->entity);
  }
}

/* ---- factuality ---- */

static uint32_t cue_of(const Scene *scene, int32_t token)
{
  const FactualityCue *cue = cue_at(scene, token);
  return cue ? 1u + (uint32_t)cue->makes * 2u + cue->reports : 0;
}

static void modality_of(Features *out, const Scene *scene, int32_t token, uint32_t level)
{
  for (int32_t c = scene->nodes[token].first_child; c >= 0; c = scene->nodes[c].next_sibling) {
    const Token *t = scene_token(scene, c);
    switch (deprel_base((Deprel)t->deprel)) {
    case DEPREL_AUX:
      feature_add2(out, F_AUX, level, scene->nodes[c].form);
      if (cue_of(scene, c)) feature_add2(out, F_CUE, level + 16, cue_of(scene, c));
      break;
    case DEPREL_MARK:
    case DEPREL_CASE:
      feature_add2(out, F_MARK, level, scene->nodes[c].lemma);
      break;
    case DEPREL_DET:
    case DEPREL_ADVMOD:
    case DEPREL_AMOD:
      feature_add2(out, F_MODIFIER, level, scene->nodes[c].lemma);
      if (cue_of(scene, c)) feature_add2(out, F_CUE, level + 8, cue_of(scene, c));
      break;
    default:
      break;
    }
  }
}

static void governors(Features *out, const Scene *scene, int32_t trigger)
{
  int32_t below = trigger;
  uint32_t path = 0;
  for (uint32_t level = 1; level <= 4; level++) {
    const int32_t head = scene->nodes[below].head;
    if (head < 0) break;
    const uint32_t rel = scene_token(scene, below)->deprel;
    path = mix_hash(path, rel);
    feature_add2(out, F_UP, path, scene->nodes[head].lemma);
    feature_add2(out, F_UP_REL, rel, scene->nodes[head].lemma);
    if (cue_of(scene, head)) {
      feature_add2(out, F_CUE, level, cue_of(scene, head));
      feature_add2(out, F_CUE, path, cue_of(scene, head));
    }
    if (level <= 2) modality_of(out, scene, head, level);
    if (level <= 2) feature_add2(out, F_PATH, path, scene_token(scene, head)->upos);
    if (level == 1) feature_add2(out, F_XPOS, 7, text_hash(scene_token(scene, head)->xpos));
    below = head;
  }
}

/* A cue among the auxiliaries and modifiers of TOKEN: negation before the rest; 0 if none. */
static uint32_t cue_beside(const Scene *scene, int32_t token)
{
  uint32_t found = 0;
  for (int32_t c = scene->nodes[token].first_child; c >= 0; c = scene->nodes[c].next_sibling) {
    const uint32_t cue = cue_of(scene, c);
    switch (deprel_base((Deprel)scene_token(scene, c)->deprel)) {
    case DEPREL_AUX:
    case DEPREL_ADVMOD:
    case DEPREL_AMOD:
    case DEPREL_DET:
    case DEPREL_MARK:
    case DEPREL_CC:
      if (cue && cue % 2 == 1 && cue > found) found = cue;
      break;
    default:
      break;
    }
  }
  return found;
}

/* Does what TOKEN hangs on decide whether it happens: "plans to visit", "hold talks", "may sign"?
 */
static bool complement(const Scene *scene, int32_t token)
{
  const Token *t = scene_token(scene, token);
  switch (deprel_base((Deprel)t->deprel)) {
  case DEPREL_OBJ:
  case DEPREL_XCOMP:
  case DEPREL_CCOMP:
    return true;
  case DEPREL_NSUBJ:
    return t->deprel == DEPREL_NSUBJ_PASS;
  case DEPREL_ACL:
  case DEPREL_ADVCL:
    return t->deprel != DEPREL_ACL_RELCL && (t->features & FEAT_INF);
  case DEPREL_CONJ:
  case DEPREL_OBL:
  case DEPREL_NMOD:
    return t->upos != UPOS_VERB || deprel_base((Deprel)t->deprel) == DEPREL_CONJ;
  default:
    return false;
  }
}

/* The first cue on the way up through what TRIGGER completes, and how far up; a report ends it. */
static void first_cue(Features *out, const Scene *scene, int32_t trigger)
{
  int32_t at = trigger;
  uint32_t cue = cue_beside(scene, at), level = 0;
  while (!cue && level < 4 && complement(scene, at) && scene->nodes[at].head >= 0) {
    const bool beside = scene_token(scene, at)->deprel == DEPREL_CONJ;
    at = scene->nodes[at].head;
    level++;
    cue = cue_beside(scene, at);
    if (!cue && !beside) cue = cue_of(scene, at);
    if (cue && cue % 2 == 0) cue = 100;
  }
  feature_add(out, F_FIRST, cue);
  feature_add2(out, F_FIRST, cue, level + 1);
  feature_add2(out, F_FIRST, cue, 100u + scene_token(scene, trigger)->upos);
  feature_add2(out, F_FIRST, cue, mix_hash(200u, scene->nodes[at].lemma));
}

void features_factuality(Features *out, const Scene *scene, int32_t trigger)
{
  const Node *node = &scene->nodes[trigger];
  const Token *t = scene_token(scene, trigger);
  out->count = 0;
  feature_add(out, F_BIAS, 0);
  feature_add(out, F_LEMMA, node->lemma);
  feature_add(out, F_FORM, node->form);
  feature_add2(out, F_XPOS, text_hash(t->xpos), t->upos);
  feature_add(out, F_REL, t->deprel);
  feature_add2(out, F_REL, t->deprel, text_hash(t->xpos));
  for (int32_t i = trigger - 4; i < trigger; i++)
    feature_add(out, F_BEFORE, node_at(scene, i)->lemma);
  feature_add(out, F_PREV, node_at(scene, trigger - 1)->form);
  feature_add2(out, F_PREV, node_at(scene, trigger - 1)->form, node_at(scene, trigger - 2)->form);
  modality_of(out, scene, trigger, 0);
  governors(out, scene, trigger);
  first_cue(out, scene, trigger);
}

/* ---- date ---- */

static int date_rank(int32_t trigger, const TimeExpression *dates, size_t count, size_t at)
{
  int rank = 0;
  for (size_t k = 0; k < count; k++) {
    const int32_t mine = dates[at].first - trigger, other = dates[k].first - trigger;
    rank += (other < 0 ? -other : other) < (mine < 0 ? -mine : mine);
  }
  return rank;
}

void features_date(Features *out, const Scene *scene, int32_t trigger, const TimeExpression *dates,
                   size_t count, size_t at)
{
  const int32_t first = dates[at].first, end = dates[at].end;
  const int rank = date_rank(trigger, dates, count, at);
  const int32_t head = dates[at].head;
  const TimeExpression *chosen = time_of_event(dates, count, scene->sentence, trigger);
  const ScenePath path = scene_path(scene, trigger, head);
  out->count = 0;
  feature_add(out, D_BIAS, 0);
  feature_add2(out, D_KIND, dates[at].kind, dates[at].role);
  feature_add2(out, D_CHOSEN, chosen != NULL, chosen == &dates[at]);
  feature_add(out, D_PATH, path.hash);
  feature_add2(out, D_PATH, (uint32_t)(path.up > 4 ? 4 : path.up),
               (uint32_t)(path.down > 4 ? 4 : path.down));
  feature_add2(out, D_PATH, path.up == 0, path.down == 1);
  feature_add(out, D_DISTANCE, bin(first - trigger));
  feature_add2(out, D_RANK, (uint32_t)(rank > 3 ? 3 : rank), count > 3 ? 3u : (uint32_t)count);
  feature_add2(out, D_PREP, scene->nodes[head].prep, node_at(scene, first - 1)->lemma);
  feature_add2(out, D_REL, scene_token(scene, head)->deprel, scene_token(scene, trigger)->upos);
  feature_add(out, D_LEMMA, scene->nodes[trigger].lemma);
  feature_add2(out, D_LEMMA, 1, scene->nodes[head].lemma);
  const int32_t low = first < trigger ? end : trigger + 1, high = first < trigger ? trigger : first;
  uint32_t verbs = 0;
  for (int32_t i = low; i < high; i++) verbs += scene_token(scene, i)->upos == UPOS_VERB;
  feature_add2(out, D_BETWEEN, verbs > 3 ? 3 : verbs, first < trigger);
}
