/* What is considered at all: which words may evoke something, which mentions may take part, which
   pairs make sense. Generous, but cheap: most words fall out at the first look-up. */
#include "input/extractor.h"

#define PLACE_REACH 12

static bool evoking(const Token *t)
{
  if (t->ner == NER_PER || t->ner == NER_LOC) return false;
  switch ((Upos)t->upos) {
  case UPOS_VERB:
  case UPOS_NOUN:
  case UPOS_PROPN:
  case UPOS_ADJ:
  case UPOS_ADV:
    return true;
  default:
    return false;
  }
}

uint64_t trigger_relations(const Extractor *extractor, const Scene *scene, int32_t token)
{
  if (!evoking(scene_token(scene, token))) return 0;
  const LexiconEntry *entry = lexicon_find(&extractor->lexicon, scene->nodes[token].lemma);
  return entry ? entry->relations : 0;
}

bool argument_allowed(const SceneMention *mention, Role role)
{
  return role == ROLE_OBJECT || mention->kind != MENTION_CLAUSE;
}

bool pair_allowed(bool symmetric, const SceneMention *subject, const SceneMention *object)
{
  if (subject->head == object->head) return false;
  if (symmetric) return subject->head < object->head && object->kind != MENTION_CLAUSE;
  return true;
}

bool place_allowed(const Scene *scene, const SceneMention *inner, const SceneMention *outer)
{
  const int32_t apart = inner->head - outer->head;
  if (inner->head == outer->head || apart > PLACE_REACH || apart < -PLACE_REACH) return false;
  const bool outside =
      outer->kind == MENTION_PLACE || outer->kind == MENTION_STATE ||
      outer->kind == MENTION_DEMONYM || outer->kind == MENTION_NAME ||
      (outer->kind == MENTION_NOUN && scene_token(scene, outer->head)->ner != NER_O);
  return outside && inner->kind != MENTION_PERSON && inner->kind != MENTION_PRONOUN &&
         inner->kind != MENTION_CLAUSE && inner->kind != MENTION_NUMBER;
}

void rank_arguments(ArgumentScore *scores, size_t count)
{
  for (int role = 0; role < 2; role++)
    for (size_t i = 0; i < count; i++) {
      scores[i].rank[role] = 0;
      for (size_t k = 0; k < count; k++)
        scores[i].rank[role] += scores[k].score[role] > scores[i].score[role];
    }
}

void rank_relations(TriggerScore *scores, uint64_t relations)
{
  for (int i = 0; i < LOCAL_MAX; i++) {
    if (!(relations >> i & 1)) continue;
    float best = -20;
    scores[i].rank = 0;
    for (int k = 0; k < LOCAL_MAX; k++) {
      if (k == i || !(relations >> k & 1)) continue;
      scores[i].rank += scores[k].score > scores[i].score;
      if (scores[k].score > best) best = scores[k].score;
    }
    scores[i].lead = scores[i].score - best;
  }
}

void best_scores(float best[2], const ArgumentScore *scores, size_t count)
{
  best[0] = best[1] = -100;
  for (size_t i = 0; i < count; i++)
    for (int role = 0; role < 2; role++)
      if (scores[i].score[role] > best[role]) best[role] = scores[i].score[role];
}
