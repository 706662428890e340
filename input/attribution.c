/* Factuality by a linear model over modals, negation, mood and governors with the cues of the
   ontology among its features; without a model by the cues alone. The source is the subject of the
   nearest reporting verb above the trigger, or what "according to" names. */
#include "input/attribution.h"

#define CLIMB 8

/* ---- factuality ---- */

const FactualityCue *cue_at(const Scene *scene, int32_t token)
{
  const Token *t = scene_token(scene, token);
  const TriggerKind kind = t->upos == UPOS_VERB || t->upos == UPOS_AUX ? TRIGGER_VERB
                           : upos_nominal(t->upos)                     ? TRIGGER_NOUN
                                                                       : TRIGGER_ADJECTIVE;
  return ontology_cue(scene->ontology, t->lemma, kind);
}

static Factuality by_cues(const Scene *scene, int32_t trigger)
{
  for (int32_t c = scene->nodes[trigger].first_child; c >= 0; c = scene->nodes[c].next_sibling) {
    const Token *t = scene_token(scene, c);
    const Deprel base = deprel_base((Deprel)t->deprel);
    const FactualityCue *cue = cue_at(scene, c);
    const bool modifies = base == DEPREL_AUX || base == DEPREL_ADVMOD || base == DEPREL_DET ||
                          base == DEPREL_AMOD || base == DEPREL_MARK;
    if (modifies && cue && !cue->reports) return cue->makes;
  }
  const int32_t head = scene->nodes[trigger].head;
  const FactualityCue *cue = head < 0 ? NULL : cue_at(scene, head);
  return cue && !cue->reports ? cue->makes : FACTUALITY_ACTUAL;
}

/* "did not sign", "was never a member", "no talks": plain enough to need no model. */
static bool negated(const Scene *scene, int32_t trigger)
{
  for (int32_t c = scene->nodes[trigger].first_child; c >= 0; c = scene->nodes[c].next_sibling) {
    const Token *t = scene_token(scene, c);
    const Deprel base = deprel_base((Deprel)t->deprel);
    const bool modifies = base == DEPREL_DET || (base == DEPREL_ADVMOD && t->upos != UPOS_ADV);
    const FactualityCue *cue = modifies && c < trigger ? cue_at(scene, c) : NULL;
    if (cue && !cue->reports && cue->makes == FACTUALITY_DENIED) return true;
  }
  return false;
}

Factuality factuality_of(const Extractor *extractor, const Scene *scene, int32_t trigger, int local)
{
  if (!extractor->trained_count) return by_cues(scene, trigger);
  if (negated(scene, trigger)) return FACTUALITY_DENIED;
  Features features;
  features_factuality(&features, scene, trigger);
  Factuality best = FACTUALITY_ACTUAL;
  float most = -1e9f;
  for (int f = FACTUALITY_ACTUAL; f <= FACTUALITY_DENIED; f++) {
    float score = linear_sum(&extractor->weights[PART_FACTUALITY], &features, key_shared(f));
    if ((size_t)local < extractor->trained_count)
      score += linear_sum(&extractor->weights[PART_FACTUALITY], &features, key_of(local, f) * 4u);
    if (score > most) {
      most = score;
      best = (Factuality)f;
    }
  }
  return best;
}

/* ---- who says so ---- */

static int32_t mention_at(const Scene *scene, int32_t token)
{
  return token < 0 ? -1 : scene->nodes[token].mention;
}

static int32_t according_to(const Scene *scene, int32_t token)
{
  for (int32_t c = scene->nodes[token].first_child; c >= 0; c = scene->nodes[c].next_sibling) {
    const int32_t marker = scene_child(scene, c, DEPREL_CASE);
    if (marker < 0) continue;
    const FactualityCue *cue =
        ontology_cue(scene->ontology, scene_token(scene, marker)->lemma, TRIGGER_ADJECTIVE);
    if (cue && cue->reports) return mention_at(scene, c);
  }
  return -1;
}

static int32_t reporter(const Scene *scene, int32_t verb)
{
  const FactualityCue *cue = cue_at(scene, verb);
  if (!cue || !cue->reports) return -1;
  return mention_at(scene, scene->nodes[verb].subject);
}

/* A parenthetical "…, X said" hangs below the clause it reports. */
static int32_t aside(const Scene *scene, int32_t token)
{
  for (int32_t c = scene->nodes[token].first_child; c >= 0; c = scene->nodes[c].next_sibling)
    if (scene_token(scene, c)->deprel == DEPREL_PARATAXIS) {
      const int32_t by = reporter(scene, c);
      if (by >= 0) return by;
    }
  return -1;
}

int32_t attribution_of(const Scene *scene, int32_t trigger)
{
  int32_t below = trigger;
  for (int i = 0; i < CLIMB && below >= 0; i++) {
    int32_t by = according_to(scene, below);
    if (by < 0) by = aside(scene, below);
    if (by >= 0) return by;
    const int32_t head = scene->nodes[below].head;
    const uint8_t rel = scene_token(scene, below)->deprel;
    if (head >= 0 && (rel == DEPREL_CCOMP || rel == DEPREL_XCOMP || rel == DEPREL_PARATAXIS)) {
      by = reporter(scene, head);
      if (by >= 0) return by;
    }
    below = head;
  }
  return -1;
}

/* ---- when ---- */

int date_of(const Extractor *extractor, const Scene *scene, int32_t trigger, int local,
            const TimeExpression *dates, size_t count)
{
  int best = -1;
  float most = 0;
  for (size_t i = 0; i < count; i++) {
    Features features;
    features_date(&features, scene, trigger, dates, count, i);
    float score = linear_sum(&extractor->weights[PART_DATE], &features, key_shared(0));
    if ((size_t)local < extractor->trained_count)
      score += linear_sum(&extractor->weights[PART_DATE], &features, key_of(local, 0));
    if (score > most) {
      most = score;
      best = (int)i;
    }
  }
  return best;
}
