/* Mentions: what can take part in a relation. Names come first (the recogniser's and the world's),
   then other nominals and the clauses that say what was announced or demanded. A span is the
   shortest that names its participant: no article, no trailing clause, no title before a name. */
#include "input/scene.h"

#include "input/titles.h"
#include "ontology/words.h"

#define NAME_WORDS 10

/* ---- sorts ---- */

static unsigned sort_of_noun(const Ontology *ontology, Slice lemma)
{
  const unsigned word = ontology_word(ontology, lemma);
  const Title *title = NULL;
  if (word & WORD_AGREEMENT) return SORT_AGREEMENT;
  if (word & WORD_BODY) return SORT_GROUP;
  if (world_is_title(&title, ontology, &lemma, 1) && !(title->flags & TITLE_PREFIX))
    return SORT_OFFICE;
  if (word & WORD_STATE_BODY) return SORT_FORCES;
  if (word & (WORD_LEADER | WORD_COUNTERPART | WORD_PEOPLE)) return SORT_PEOPLE;
  if (word & (WORD_STATE | WORD_SIDE)) return SORT_STATE;
  return word & WORD_GROUP ? SORT_GROUP : SORT_OTHER;
}

/* ---- spans ---- */

static int32_t subtree_first(const Scene *scene, int32_t token)
{
  int32_t first = token;
  for (int32_t c = scene->nodes[token].first_child; c >= 0 && c < first;
       c = scene->nodes[c].next_sibling) {
    const int32_t f = subtree_first(scene, c);
    if (f < first) first = f;
  }
  return first;
}

static bool is_person(const Scene *scene, int32_t token)
{
  return scene_token(scene, token)->ner == NER_PER;
}

static bool left_part(const Scene *scene, int32_t head, int32_t child)
{
  switch (scene_token(scene, child)->deprel) {
  case DEPREL_AMOD:
  case DEPREL_COMPOUND:
  case DEPREL_NUMMOD:
  case DEPREL_NMOD:
  case DEPREL_NMOD_UNMARKED:
  case DEPREL_NMOD_POSS:
    return !is_person(scene, child) || !is_person(scene, head);
  case DEPREL_NMOD_DESC:
  case DEPREL_FLAT:
    return is_person(scene, child) == is_person(scene, head);
  default:
    return false;
  }
}

/* "leaders to further …" is no part of who they are, "plan to build …" is what it is. */
static bool is_people(const Scene *scene, int32_t token)
{
  const unsigned sort = sort_of_noun(scene->ontology, scene_token(scene, token)->lemma);
  return sort == SORT_OFFICE || sort == SORT_PEOPLE || sort == SORT_FORCES;
}

static bool right_part(const Scene *scene, int32_t head, int32_t child)
{
  if (is_person(scene, child) != is_person(scene, head)) {
    const uint8_t rel = scene_token(scene, child)->deprel;
    if (rel == DEPREL_FLAT || rel == DEPREL_COMPOUND || rel == DEPREL_NMOD_DESC) return false;
  }
  switch (scene_token(scene, child)->deprel) {
  case DEPREL_COMPOUND:
  case DEPREL_FLAT:
  case DEPREL_NUMMOD:
  case DEPREL_NMOD:
  case DEPREL_NMOD_DESC:
  case DEPREL_AMOD:
    return true;
  case DEPREL_ACL:
    return (scene_token(scene, child)->features & FEAT_INF) && !is_people(scene, head);
  default:
    return false;
  }
}

/* Where the part that starts at CHILD ends: before its own trailing clauses. */
static int32_t trimmed_end(const Scene *scene, int32_t token)
{
  int32_t end = token + 1;
  for (int32_t c = scene->nodes[token].first_child; c >= 0; c = scene->nodes[c].next_sibling) {
    if (c < token) continue;
    switch (deprel_base((Deprel)scene_token(scene, c)->deprel)) {
    case DEPREL_PUNCT:
    case DEPREL_ADVCL:
    case DEPREL_PARATAXIS:
    case DEPREL_APPOS:
    case DEPREL_DISCOURSE:
      return end;
    case DEPREL_ACL:
      if (scene_token(scene, c)->deprel == DEPREL_ACL_RELCL) return end;
      break;
    default:
      break;
    }
    const int32_t e = trimmed_end(scene, c);
    if (e > end) end = e;
  }
  return end;
}

static bool is_article(const Scene *scene, int32_t token)
{
  const Token *t = scene_token(scene, token);
  return t->upos == UPOS_DET || t->upos == UPOS_PUNCT || t->upos == UPOS_ADP ||
         t->upos == UPOS_CCONJ || t->upos == UPOS_PART || t->upos == UPOS_SCONJ;
}

/* "Secretary of Defense Lloyd Austin": the office ends where the name of its holder begins, which
   follows neither a preposition nor another title ("adviser to President Vogel"). */
static void cut_holder(const Scene *scene, SceneMention *m)
{
  if (is_person(scene, m->head)) return;
  for (int32_t i = m->head + 2; i < m->end; i++) {
    const Token *before = scene_token(scene, i - 1);
    if (!is_person(scene, i) || is_person(scene, i - 1)) continue;
    if (before->upos != UPOS_NOUN && before->upos != UPOS_PROPN) continue;
    const int32_t own = m->head + title_at(scene->ontology, scene->sentence, m->head);
    if (own != i && title_ends_at(scene->ontology, scene->sentence, i)) continue;
    m->end = i;
  }
}

static void noun_span(const Scene *scene, SceneMention *m)
{
  m->first = m->head;
  m->end = m->head + 1;
  for (int32_t c = scene->nodes[m->head].first_child; c >= 0; c = scene->nodes[c].next_sibling) {
    if (c < m->head && left_part(scene, m->head, c)) {
      const int32_t f = subtree_first(scene, c);
      if (f < m->first) m->first = f;
    } else if (c > m->head && right_part(scene, m->head, c)) {
      const int32_t e = trimmed_end(scene, c);
      if (e > m->end) m->end = e;
    } else if (c > m->head) {
      const uint8_t rel = scene_token(scene, c)->deprel;
      if (rel == DEPREL_PUNCT || rel == DEPREL_APPOS || rel == DEPREL_ACL_RELCL) break;
    }
  }
  while (m->first < m->head && is_article(scene, m->first)) m->first++;
  cut_holder(scene, m);
}

/* "Canadian Prime Minister" before a name: the words of the title lie beside each other there. */
static void title_span(const Scene *scene, SceneMention *m)
{
  const int32_t name = scene->nodes[m->head].head;
  if (name <= m->head || !is_person(scene, name)) return;
  while (m->first > 0) {
    const Token *t = scene_token(scene, m->first - 1);
    const int32_t head = scene->nodes[m->first - 1].head;
    if (t->ner == NER_PER || (head != name && head < m->first) || head > name) break;
    if (t->upos != UPOS_ADJ && t->upos != UPOS_NOUN && t->upos != UPOS_PROPN) break;
    m->first--;
  }
  for (int32_t i = m->first; i <= m->head; i++) { /* "Attorney General" headed by "Attorney" */
    const int32_t end = i + title_at(scene->ontology, scene->sentence, i);
    if (end > m->end && end <= name) m->end = end;
  }
}

/* "not attend" in "said it would not attend": the word that denies TOKEN, else TOKEN. */
static int32_t negation_before(const Scene *scene, int32_t token)
{
  for (int32_t c = scene->nodes[token].first_child; c >= 0 && c < token;
       c = scene->nodes[c].next_sibling) {
    const Token *t = scene_token(scene, c);
    const FactualityCue *cue = t->deprel == DEPREL_ADVMOD
                                   ? ontology_cue(scene->ontology, t->lemma, TRIGGER_ADJECTIVE)
                                   : NULL;
    if (cue && cue->makes == FACTUALITY_DENIED && !cue->reports) return c;
  }
  return token;
}

static void clause_span(const Scene *scene, SceneMention *m)
{
  const int32_t subject = scene_child(scene, m->head, DEPREL_NSUBJ);
  m->first = m->head;
  if (subject >= 0 && subject < m->head && scene_token(scene, subject)->upos != UPOS_PRON)
    m->first = subtree_first(scene, subject);
  while (m->first < m->head && is_article(scene, m->first)) m->first++;
  if (m->first == m->head) m->first = negation_before(scene, m->head);
  m->end = trimmed_end(scene, m->head);
}

/* ---- adding ---- */

static Status add(Scene *scene, SceneMention m)
{
  if (scene->nodes[m.head].mention >= 0) return STATUS_OK;
  SceneMention *grown = arena_grow(scene->arena, scene->mentions, &scene->mention_capacity,
                                   scene->mention_count, 1, sizeof m);
  if (!grown) return STATUS_MEMORY;
  scene->mentions = grown;
  m.anchor = scene_anchor(scene, m.head, &m.climbed);
  scene->nodes[m.head].mention = (int32_t)scene->mention_count;
  scene->mentions[scene->mention_count++] = m;
  return STATUS_OK;
}

static int32_t span_head(const Scene *scene, int32_t first, int32_t end)
{
  for (int32_t i = first; i < end; i++) {
    const int32_t head = scene->nodes[i].head;
    const uint8_t upos = scene_token(scene, i)->upos;
    if ((head < first || head >= end) && upos != UPOS_PUNCT && upos != UPOS_DET && upos != UPOS_ADP)
      return i;
  }
  return end - 1;
}

static MentionKind kind_of_entity(const Ontology *ontology, const WorldName *name)
{
  const WorldEntity *entity = world_entity(ontology, name->entity);
  if (name->kind == NAME_ADJECTIVE || name->kind == NAME_PEOPLE) return MENTION_DEMONYM;
  switch (entity->class) {
  case ENTITY_PERSON:
    return MENTION_PERSON;
  case ENTITY_COUNTRY:
    return MENTION_STATE;
  case ENTITY_ORGANIZATION:
    return MENTION_ORGANIZATION;
  case ENTITY_PLACE:
    return MENTION_PLACE;
  case ENTITY_AGREEMENT:
  case ENTITY_OFFICE:
  case ENTITY_THING:
    break;
  }
  return MENTION_NAME;
}

static MentionKind kind_of_ner(uint8_t ner)
{
  switch ((NerType)ner) {
  case NER_PER:
    return MENTION_PERSON;
  case NER_ORG:
    return MENTION_ORGANIZATION;
  case NER_LOC:
    return MENTION_PLACE;
  case NER_MISC:
  case NER_O:
    break;
  }
  return MENTION_NAME;
}

static const WorldName *world_at(const Scene *scene, int32_t first, int32_t end, size_t *words)
{
  Slice forms[NAME_WORDS];
  size_t n = 0;
  for (int32_t i = first; i < end && n < NAME_WORDS; i++) forms[n++] = scene_token(scene, i)->form;
  const WorldName *names = NULL;
  size_t count = 0;
  *words = world_match(&names, &count, scene->ontology, forms, n);
  return *words && count ? names : NULL;
}

static void trim_name(const Scene *scene, int32_t *first, int32_t *end)
{
  while (*end - *first > 1) {
    const Token *head = scene_token(scene, *first);
    const Token *last = scene_token(scene, *end - 1);
    if (head->upos == UPOS_DET || head->upos == UPOS_PUNCT)
      ++*first;
    else if (last->upos == UPOS_PUNCT || slice_is(last->form, "'s"))
      --*end;
    else
      break;
  }
}

static Status add_name(Scene *scene, int32_t first, int32_t end)
{
  const uint8_t ner = scene_token(scene, first)->ner;
  trim_name(scene, &first, &end);
  SceneMention m = {.head = span_head(scene, first, end),
                    .first = first,
                    .end = end,
                    .kind = (uint8_t)kind_of_ner(ner),
                    .entity = WORLD_NONE};
  size_t words = 0;
  const WorldName *name = world_at(scene, first, end, &words);
  if (name && (int32_t)words == end - first && ner != NER_PER) {
    m.kind = (uint8_t)kind_of_entity(scene->ontology, name);
    m.entity = name->entity;
    m.world = true;
  }
  return add(scene, m);
}

static Status add_recognised(Scene *scene)
{
  const int32_t n = (int32_t)scene->sentence->count;
  for (int32_t i = 0; i < n;) {
    const uint8_t ner = scene_token(scene, i)->ner;
    int32_t end = i + 1;
    if (ner != NER_O) {
      while (end < n && scene_token(scene, end)->ner == ner && !scene_token(scene, end)->ner_begins)
        end++;
      TRY(add_name(scene, i, end));
    }
    i = end;
  }
  return STATUS_OK;
}

static bool starts_upper(Slice form)
{
  return form.len && ((form.ptr[0] >= 'A' && form.ptr[0] <= 'Z') || (form.ptr[0] & 0x80));
}

static bool inside_person(const Scene *scene, int32_t first, int32_t end)
{
  for (int32_t i = first; i < end; i++)
    if (is_person(scene, i)) return true;
  return false;
}

static Status add_world(Scene *scene)
{
  const int32_t n = (int32_t)scene->sentence->count;
  for (int32_t i = 0; i < n;) {
    size_t words = 0;
    const Token *t = scene_token(scene, i);
    const WorldName *name = starts_upper(t->form) ? world_at(scene, i, n, &words) : NULL;
    const int32_t end = i + (name ? (int32_t)words : 1);
    if (name && !inside_person(scene, i, end) && name->kind != NAME_SURNAME) {
      TRY(add(scene, (SceneMention){.head = span_head(scene, i, end),
                                    .first = i,
                                    .end = end,
                                    .kind = (uint8_t)kind_of_entity(scene->ontology, name),
                                    .world = true,
                                    .entity = name->entity}));
    }
    i = end;
  }
  return STATUS_OK;
}

/* Tokens that are within a name already found stand for nothing of their own. */
static Status mark_taken(const Scene *scene, bool **out)
{
  *out = arena_array(scene->arena, scene->sentence->count + 1, sizeof **out);
  if (!*out) return STATUS_MEMORY;
  for (size_t i = 0; i < scene->mention_count; i++)
    for (int32_t k = scene->mentions[i].first; k < scene->mentions[i].end; k++) (*out)[k] = true;
  return STATUS_OK;
}

static bool nominal(const Scene *scene, int32_t token)
{
  const Token *t = scene_token(scene, token);
  switch ((Upos)t->upos) {
  case UPOS_NOUN:
    return t->deprel != DEPREL_COMPOUND || starts_upper(t->form) ||
           is_person(scene, scene->nodes[token].head < 0 ? token : scene->nodes[token].head);
  case UPOS_PROPN:
    return t->deprel != DEPREL_FLAT && t->deprel != DEPREL_FIXED;
  case UPOS_PRON:
    return !(t->features & (FEAT_REL | FEAT_INT)) && t->deprel != DEPREL_EXPL;
  case UPOS_NUM:
  case UPOS_DET:
  case UPOS_ADJ:
    switch (deprel_base((Deprel)t->deprel)) {
    case DEPREL_NSUBJ:
    case DEPREL_OBJ:
    case DEPREL_OBL:
      return true;
    default:
      return false;
    }
  default:
    return false;
  }
}

static bool clause(const Scene *scene, int32_t token)
{
  const Token *t = scene_token(scene, token);
  if (t->upos != UPOS_VERB && t->upos != UPOS_ADJ && t->upos != UPOS_NOUN) return false;
  int32_t top = token;
  while (scene_token(scene, top)->deprel == DEPREL_CONJ && scene->nodes[top].head >= 0)
    top = scene->nodes[top].head;
  switch (deprel_base((Deprel)scene_token(scene, top)->deprel)) {
  case DEPREL_CCOMP:
  case DEPREL_XCOMP:
  case DEPREL_CSUBJ:
    return true;
  case DEPREL_ADVCL:
  case DEPREL_ACL:
    return t->upos == UPOS_VERB;
  default:
    return false;
  }
}

static Status add_nominal(Scene *scene, int32_t token)
{
  SceneMention m = {.head = token, .first = token, .end = token + 1, .entity = WORLD_NONE};
  const Token *t = scene_token(scene, token);
  if (t->upos == UPOS_PRON) {
    m.kind = MENTION_PRONOUN;
    return add(scene, m);
  }
  m.kind = t->upos == UPOS_NUM ? MENTION_NUMBER : MENTION_NOUN;
  noun_span(scene, &m);
  title_span(scene, &m);
  return add(scene, m);
}

static Status add_nominals(Scene *scene)
{
  bool *taken = NULL;
  TRY(mark_taken(scene, &taken));
  for (int32_t i = 0; i < (int32_t)scene->sentence->count; i++) {
    if (taken[i]) continue;
    if (nominal(scene, i)) {
      TRY(add_nominal(scene, i));
    } else if (clause(scene, i)) {
      SceneMention m = {.head = i, .kind = MENTION_CLAUSE, .entity = WORLD_NONE};
      clause_span(scene, &m);
      TRY(add(scene, m));
    }
  }
  return STATUS_OK;
}

static bool holds_name(const Scene *scene, const SceneMention *m)
{
  for (int32_t i = m->first; i < m->end; i++) {
    const int32_t inner = scene->nodes[i].mention;
    if (inner >= 0 && scene->mentions[inner].kind < MENTION_PRONOUN) return true;
  }
  return false;
}

static void find_sorts(Scene *scene)
{
  for (size_t i = 0; i < scene->mention_count; i++) {
    SceneMention *m = &scene->mentions[i];
    m->sort = m->kind;
    if (m->kind != MENTION_NOUN) continue;
    const unsigned noun = sort_of_noun(scene->ontology, scene_token(scene, m->head)->lemma);
    m->sort = (uint8_t)(MENTION_KINDS + 2 * noun + holds_name(scene, m));
  }
}

Status scene_find_mentions(Scene *scene)
{
  TRY(add_recognised(scene));
  TRY(add_world(scene));
  TRY(add_nominals(scene));
  find_sorts(scene);
  return STATUS_OK;
}
