#include "input/coreference.h"

#include "ontology/words.h"

#define REACH 3       /* sentences that a pronoun looks back */
#define GROUP_REACH 6 /* sentences that a group stays in mind after it was last spoken of */
#define KINDS 3
#define MOST_SALIENT 64

typedef struct Anaphor {
  int32_t sentence, token;
  Referents referents;
} Anaphor;

/* Something that was named or meant by a pronoun. */
typedef struct Salient {
  uint32_t entity;
  int32_t sentence, token;
  bool adjective;
} Salient;

typedef struct GroupInMind {
  Referents members;
  int32_t sentence; /* last spoken of; -1 before the first */
} GroupInMind;

typedef struct Discourse {
  Entities *e;
  Coreference *out;
  Salient salient[MOST_SALIENT]; /* a ring */
  size_t salient_count;
  GroupInMind groups[KINDS];
  int32_t spoken_of; /* the last sentence that spoke of a group by pronoun or description */
} Discourse;

/* ---- kinds ---- */

static int kind_index(const Entities *e, uint32_t entity)
{
  switch (e->items[entity].entity.class) {
  case ENTITY_PERSON:
    return 0;
  case ENTITY_COUNTRY:
    return 1;
  case ENTITY_ORGANIZATION:
    return 2;
  case ENTITY_PLACE:
  case ENTITY_AGREEMENT:
  case ENTITY_OFFICE:
  case ENTITY_THING:
    break;
  }
  return -1;
}

static unsigned kind_of(const Entities *e, uint32_t entity)
{
  const int kind = kind_index(e, entity);
  return kind < 0 ? 0 : 1u << kind;
}

static void add_referent(Referents *out, uint32_t entity)
{
  for (uint32_t i = 0; i < out->count; i++) {
    if (out->items[i] == entity) return;
  }
  if (out->count < sizeof out->items / sizeof *out->items) out->items[out->count++] = entity;
}

static const Sentence *sentence_at(const Discourse *d, int32_t sentence)
{
  return &d->e->sentences[sentence];
}

/* ---- grammar ---- */

static bool is_subject(const Token *token)
{
  return deprel_base((Deprel)token->deprel) == DEPREL_NSUBJ;
}

/* The governor of the noun phrase at TOKEN, past coordination; -1 at the root. */
static int32_t governor(const Sentence *s, int32_t token)
{
  for (int steps = 0; steps < 8; steps++) {
    const Token *const t = &s->tokens[token];
    if (t->deprel != DEPREL_CONJ || t->head < 0) return t->head;
    token = t->head;
  }
  return -1;
}

/* "He met him": two arguments of one verb are not the same, save in possessives and reflexives. */
static bool is_barred(const Sentence *s, int32_t name, int32_t token)
{
  const Token *const pronoun = &s->tokens[token];
  if (pronoun->deprel == DEPREL_NMOD_POSS || (pronoun->features & FEAT_POSS)) {
    return governor(s, token) == name;
  }
  return !(pronoun->features & FEAT_REFL) && governor(s, name) == governor(s, token);
}

/* ---- one entity ---- */

static void remember(Discourse *d, uint32_t entity, int32_t sentence, int32_t token, bool adjective)
{
  d->salient[d->salient_count++ % MOST_SALIENT] = (Salient){entity, sentence, token, adjective};
}

static bool agrees(const Discourse *d, const Salient *s, const Token *pronoun)
{
  const Known *const known = &d->e->items[s->entity];
  const unsigned kind = kind_of(d->e, s->entity);
  const unsigned gender = pronoun->features & (FEAT_MASC | FEAT_FEM);
  if (gender) return kind == ABOUT_PEOPLE && (!known->gender || (known->gender & gender));
  return (kind & (ABOUT_STATES | ABOUT_BODIES)) && !s->adjective;
}

/* How much a mention stands out, seen DISTANCE sentences later. */
static int salience(const Discourse *d, const Salient *s, int32_t distance)
{
  const Token *const head = &sentence_at(d, s->sentence)->tokens[s->token];
  int score = 10 - 4 * distance;
  if (is_subject(head)) score += 5;
  if (head->deprel == DEPREL_NMOD || head->deprel == DEPREL_NMOD_POSS) score -= 3;
  if (head->deprel == DEPREL_OBL || head->deprel == DEPREL_COMPOUND) score -= 2;
  return score;
}

static void one_referent(Referents *out, const Discourse *d, int32_t sentence, int32_t token)
{
  const Sentence *const s = sentence_at(d, sentence);
  const size_t kept = d->salient_count < MOST_SALIENT ? d->salient_count : MOST_SALIENT;
  int best = -100;
  for (size_t back = 1; back <= kept; back++) {
    const Salient *const candidate = &d->salient[(d->salient_count - back) % MOST_SALIENT];
    const int32_t distance = sentence - candidate->sentence;
    if (distance > REACH) break;
    if (distance == 0 && is_barred(s, candidate->token, token)) continue;
    if (!agrees(d, candidate, &s->tokens[token])) continue;
    const int score = salience(d, candidate, distance);
    if (score <= best) continue;
    best = score;
    *out = (Referents){.items = {candidate->entity}, .count = 1, .guessed = true};
  }
}

/* ---- groups ---- */

/* The names coordinated with the one at FIRST, all of its kind, that stand before token BEFORE. */
static void coordination(Referents *out, const Entities *e, int32_t sentence,
                         const NameMention *first, int32_t before)
{
  const Sentence *const s = &e->sentences[sentence];
  *out = (Referents){.count = 0, .guessed = true};
  add_referent(out, first->actor);
  for (uint32_t i = e->first_mention[sentence]; i < e->first_mention[sentence + 1]; i++) {
    const NameMention *const m = &e->mentions[i];
    const Token *const head = &s->tokens[m->head];
    if (head->deprel != DEPREL_CONJ || head->head < first->first || head->head >= first->end)
      continue;
    if (m->end <= before && kind_of(e, m->actor) == kind_of(e, first->actor)) {
      add_referent(out, m->actor);
    }
  }
}

/* The coordination of KIND before token BEFORE: that of the subject, else the first. */
static bool find_coordination(Referents *out, const Entities *e, int32_t sentence, int kind,
                              int32_t before)
{
  const Sentence *const s = &e->sentences[sentence];
  bool found = false;
  for (uint32_t i = e->first_mention[sentence]; i < e->first_mention[sentence + 1]; i++) {
    const NameMention *const m = &e->mentions[i];
    const Token *const head = &s->tokens[m->head];
    if (kind_index(e, m->actor) != kind || head->deprel == DEPREL_CONJ) continue;
    if (found && !is_subject(head)) continue;
    Referents members;
    coordination(&members, e, sentence, m, before);
    if (members.count < 2) continue;
    *out = members;
    found = true;
  }
  return found;
}

/* Everyone of KIND spoken of in the sentence just read. */
static void everyone(Referents *out, const Discourse *d, int32_t sentence, int kind)
{
  const size_t kept = d->salient_count < MOST_SALIENT ? d->salient_count : MOST_SALIENT;
  *out = (Referents){.count = 0, .guessed = true};
  for (size_t back = kept; back > 0; back--) {
    const Salient *const s = &d->salient[(d->salient_count - back) % MOST_SALIENT];
    if (s->sentence == sentence && !s->adjective && kind_index(d->e, s->entity) == kind) {
      add_referent(out, s->entity);
    }
  }
}

static void update_groups(Discourse *d, int32_t sentence)
{
  const int32_t end = (int32_t)sentence_at(d, sentence)->count;
  for (int kind = 0; kind < KINDS; kind++) {
    Referents members;
    if (!find_coordination(&members, d->e, sentence, kind, end)) {
      if (d->spoken_of == sentence) continue;
      everyone(&members, d, sentence, kind);
      if (members.count < 2 || members.count > 4) continue;
    }
    d->groups[kind] = (GroupInMind){members, sentence};
  }
}

static bool in_mind(const GroupInMind *group, int32_t sentence)
{
  return group->sentence >= 0 && sentence - group->sentence <= GROUP_REACH;
}

/* The group last spoken of among the kinds ABOUT; NULL if none is in mind. */
static GroupInMind *last_group(Discourse *d, int32_t sentence, unsigned about)
{
  GroupInMind *last = NULL;
  for (int kind = 0; kind < KINDS; kind++) {
    GroupInMind *const group = &d->groups[kind];
    if (!((about >> kind) & 1u) || !in_mind(group, sentence)) continue;
    if (!last || group->sentence > last->sentence) last = group;
  }
  return last;
}

/* "Both countries" after two leaders: their states. */
static Status states_of(Referents *out, Discourse *d, const Referents *people)
{
  *out = (Referents){.count = 0, .guessed = true};
  for (uint32_t i = 0; i < people->count; i++) {
    uint32_t state;
    const WorldId world = d->e->items[people->items[i]].state;
    if (world == WORLD_NONE) continue;
    TRY(entities_world(&state, d->e, world));
    add_referent(out, state);
  }
  return STATUS_OK;
}

static Status group_referents(Referents *out, Discourse *d, int32_t sentence, unsigned about)
{
  GroupInMind *group = last_group(d, sentence, about);
  if (group) {
    *out = group->members;
  } else if ((about & ABOUT_STATES) && (group = last_group(d, sentence, ABOUT_PEOPLE))) {
    TRY(states_of(out, d, &group->members));
  }
  if (group) group->sentence = d->spoken_of = sentence;
  return STATUS_OK;
}

/* ---- descriptions ---- */

typedef struct Description {
  unsigned about;
  uint32_t count; /* 0: not said */
  bool definite;
} Description;

static void look_at_dependents(Description *out, const Sentence *s, int32_t token)
{
  static const char *const numbers[] = {"two", "three", "four", "five", "six"};
  for (int32_t i = token > 6 ? token - 6 : 0; i < token; i++) {
    const Token *const t = &s->tokens[i];
    if (t->head != token) continue;
    if (slice_is(t->lemma, "the") || slice_is(t->lemma, "both") || slice_is(t->lemma, "these")) {
      out->definite = true;
    }
    if (slice_is(t->lemma, "both")) out->count = 2;
    for (uint32_t n = 0; n < 5; n++) {
      if (slice_is(t->lemma, numbers[n])) out->count = n + 2;
    }
    /* "French leaders", "leaders of Europe" are named, not meant */
    const Deprel deprel = deprel_base((Deprel)t->deprel);
    const bool plain = deprel == DEPREL_DET || deprel == DEPREL_NUMMOD || deprel == DEPREL_CASE ||
                       deprel == DEPREL_PUNCT || deprel == DEPREL_CC;
    if (!plain && (t->upos == UPOS_PROPN || deprel == DEPREL_NMOD || deprel == DEPREL_COMPOUND)) {
      out->about = 0;
    }
  }
  if (token + 1 < (int32_t)s->count && slice_is(s->tokens[token + 1].form, "of")) out->about = 0;
}

static Description describe(const Discourse *d, const Sentence *s, int32_t token)
{
  const Token *const t = &s->tokens[token];
  Description out = {0, 0, false};
  if (t->upos == UPOS_NOUN && (t->features & FEAT_PLUR)) {
    const unsigned words = ontology_word(d->e->ontology, t->lemma);
    if (words & WORD_LEADER)
      out.about = ABOUT_PEOPLE;
    else if (words & WORD_STATE)
      out.about = ABOUT_STATES;
    else if (words & WORD_SIDE)
      out.about = ABOUT_PEOPLE | ABOUT_STATES | ABOUT_BODIES;
  } else if (is_subject(t) && (slice_is(t->lemma, "two") || slice_is(t->lemma, "both"))) {
    return (Description){ABOUT_PEOPLE | ABOUT_STATES | ABOUT_BODIES, 2, true};
  }
  if (out.about) look_at_dependents(&out, s, token);
  return out;
}

/* ---- plural pronouns ---- */

/* The last plural noun before token BEFORE that is a subject, of another verb; -1 if none. */
static int32_t plural_subject(const Sentence *s, int32_t before)
{
  for (int32_t i = before; i-- > 0;) {
    const Token *const t = &s->tokens[i];
    if (t->upos == UPOS_NOUN && (t->features & FEAT_PLUR) && is_subject(t) &&
        !is_barred(s, i, before)) {
      return i;
    }
  }
  return -1;
}

/* The state whose forces or officials the noun at TOKEN names: "Iraqi forces". */
static void state_of_noun(Referents *out, const Discourse *d, int32_t sentence, int32_t token)
{
  const Sentence *const s = sentence_at(d, sentence);
  if (!(ontology_word(d->e->ontology, s->tokens[token].lemma) & WORD_STATE_BODY)) return;
  for (uint32_t i = d->e->first_mention[sentence]; i < d->e->first_mention[sentence + 1]; i++) {
    const NameMention *const m = &d->e->mentions[i];
    if (s->tokens[m->head].head == token && (kind_of(d->e, m->actor) & ABOUT_STATES)) {
      add_referent(out, m->actor);
    }
  }
}

/* "Mazda and Toyota announced their withdrawal": those coordinated before it in the sentence; whom
   a plural subject before it names ("Iraqi forces say they …"), or nobody; else the group in mind.
 */
static Status plural_referents(Referents *out, Discourse *d, int32_t sentence, int32_t token)
{
  const Sentence *const s = sentence_at(d, sentence);
  for (int kind = 0; kind < KINDS; kind++) {
    if (find_coordination(out, d->e, sentence, kind, token)) return STATUS_OK;
  }
  const int32_t subject = plural_subject(s, token);
  if (subject >= 0 && !describe(d, s, subject).about) {
    state_of_noun(out, d, sentence, subject);
    return STATUS_OK;
  }
  return group_referents(out, d, sentence, ABOUT_PEOPLE | ABOUT_STATES | ABOUT_BODIES);
}

/* ---- the pass ---- */

static Status note_anaphor(Discourse *d, int32_t sentence, int32_t token,
                           const Referents *referents)
{
  Coreference *const c = d->out;
  if (!referents->count) return STATUS_OK;
  Anaphor *const items =
      arena_grow(d->e->arena, c->items, &c->capacity, c->count, 1, sizeof *items);
  if (!items) return STATUS_MEMORY;
  c->items = items;
  items[c->count++] = (Anaphor){sentence, token, *referents};
  for (uint32_t i = 0; i < referents->count; i++) {
    remember(d, referents->items[i], sentence, token, false);
  }
  return STATUS_OK;
}

static bool is_pronoun(const Token *t)
{
  return t->upos == UPOS_PRON && (t->features & (FEAT_PRS | FEAT_POSS | FEAT_REFL)) &&
         !(t->features & (FEAT_FIRST | FEAT_SECOND | FEAT_REL | FEAT_INT | FEAT_DEM));
}

static Status read_token(Discourse *d, int32_t sentence, int32_t token)
{
  const Sentence *const s = sentence_at(d, sentence);
  const Token *const t = &s->tokens[token];
  Referents referents = {.count = 0, .guessed = true};
  if (is_pronoun(t)) {
    if (t->features & FEAT_PLUR) {
      TRY(plural_referents(&referents, d, sentence, token));
    } else if (t->features & (FEAT_MASC | FEAT_FEM | FEAT_NEUT)) {
      one_referent(&referents, d, sentence, token);
    }
  } else {
    const Description description = describe(d, s, token);
    if (!description.about || !description.definite) return STATUS_OK;
    TRY(group_referents(&referents, d, sentence, description.about));
    if (description.count && referents.count != description.count) referents.count = 0;
  }
  return note_anaphor(d, sentence, token, &referents);
}

static Status read_sentence(Discourse *d, int32_t sentence)
{
  const Sentence *const s = sentence_at(d, sentence);
  uint32_t next = d->e->first_mention[sentence];
  const uint32_t end = d->e->first_mention[sentence + 1];
  for (int32_t i = 0; i < (int32_t)s->count; i++) {
    if (next < end && d->e->mentions[next].first == i) {
      const NameMention *const m = &d->e->mentions[next++];
      remember(d, m->actor, sentence, m->head, m->adjective);
      i = m->end > i ? m->end - 1 : i;
      continue;
    }
    TRY(read_token(d, sentence, i));
  }
  update_groups(d, sentence);
  return STATUS_OK;
}

Status coreference_find(Coreference *out, Entities *entities)
{
  Discourse d = {.e = entities, .out = out, .spoken_of = -1};
  *out = (Coreference){NULL, 0, 0};
  for (int kind = 0; kind < KINDS; kind++) d.groups[kind].sentence = -1;
  for (size_t s = 0; s < entities->sentence_count; s++) TRY(read_sentence(&d, (int32_t)s));
  return STATUS_OK;
}

const Referents *coreference_at(const Coreference *c, int32_t sentence, int32_t token)
{
  size_t low = 0, high = c->count;
  while (low < high) {
    const size_t middle = low + (high - low) / 2;
    const Anaphor *const a = &c->items[middle];
    if (a->sentence < sentence || (a->sentence == sentence && a->token < token)) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  if (low == c->count) return NULL;
  const Anaphor *const a = &c->items[low];
  return a->sentence == sentence && a->token == token ? &a->referents : NULL;
}

uint32_t last_named(const Entities *entities, int32_t sentence, int32_t token, unsigned about,
                    int32_t reach)
{
  for (int32_t back = 0; back <= reach && back <= sentence; back++) {
    const int32_t at = sentence - back;
    const int32_t before = back ? (int32_t)entities->sentences[at].count : token;
    for (uint32_t i = entities->first_mention[at + 1]; i-- > entities->first_mention[at];) {
      const NameMention *const m = &entities->mentions[i];
      if (m->first < before && (kind_of(entities, m->actor) & about)) return m->actor;
    }
  }
  return ENTITY_NONE;
}
