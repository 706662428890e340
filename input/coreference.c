#include "input/coreference.h"

#define REACH 3 /* sentences that a pronoun looks back */

static unsigned kind_of(const Entities *e, uint32_t entity)
{
  switch (e->items[entity].entity.class) {
  case ENTITY_PERSON:
    return ABOUT_PEOPLE;
  case ENTITY_COUNTRY:
    return ABOUT_STATES;
  case ENTITY_ORGANIZATION:
    return ABOUT_BODIES;
  case ENTITY_PLACE:
  case ENTITY_AGREEMENT:
  case ENTITY_OFFICE:
  case ENTITY_THING:
    break;
  }
  return 0;
}

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

static bool is_possessive(const Token *pronoun)
{
  return pronoun->deprel == DEPREL_NMOD_POSS || (pronoun->features & FEAT_POSS);
}

/* "He met him": two arguments of one verb are not the same, save in possessives and reflexives. */
static bool is_barred(const Sentence *s, const NameMention *m, int32_t token)
{
  const Token *const pronoun = &s->tokens[token];
  if (is_possessive(pronoun)) return governor(s, token) == m->head;
  if (pronoun->features & FEAT_REFL) return false;
  return governor(s, m->head) == governor(s, token);
}

static bool agrees(const Entities *e, const NameMention *m, const Token *pronoun)
{
  const Known *const known = &e->items[m->actor];
  const unsigned kind = kind_of(e, m->actor);
  const unsigned gender = pronoun->features & (FEAT_MASC | FEAT_FEM);
  if (gender) {
    return kind == ABOUT_PEOPLE && (!known->gender || (known->gender & gender));
  }
  return (kind == ABOUT_STATES || kind == ABOUT_BODIES) && !m->adjective;
}

/* How much a mention stands out, seen DISTANCE sentences later. */
static int salience(const Entities *e, const NameMention *m, int32_t distance)
{
  const Token *const head = &e->sentences[m->sentence].tokens[m->head];
  int score = 10 - 4 * distance;
  if (is_subject(head)) score += 5;
  if (head->deprel == DEPREL_NMOD || head->deprel == DEPREL_NMOD_POSS) score -= 3;
  if (head->deprel == DEPREL_OBL || head->deprel == DEPREL_COMPOUND) score -= 2;
  return score;
}

static void add_referent(Referents *out, uint32_t entity)
{
  for (uint32_t i = 0; i < out->count; i++) {
    if (out->items[i] == entity) return;
  }
  if (out->count < sizeof out->items / sizeof *out->items) out->items[out->count++] = entity;
}

static void singular_referent(Referents *out, const Entities *e, int32_t sentence, int32_t token)
{
  const Token *const pronoun = &e->sentences[sentence].tokens[token];
  const NameMention *best = NULL;
  int best_score = -100;
  for (int32_t back = 0; back <= REACH && back <= sentence; back++) {
    const int32_t at = sentence - back;
    for (uint32_t i = e->first_mention[at + 1]; i-- > e->first_mention[at];) {
      const NameMention *const m = &e->mentions[i];
      if (back == 0 && (m->first >= token || is_barred(&e->sentences[at], m, token))) continue;
      if (!agrees(e, m, pronoun)) continue;
      const int score = salience(e, m, back);
      if (score > best_score) {
        best = m;
        best_score = score;
      }
    }
  }
  if (best) add_referent(out, best->actor);
}

/* Members of the coordination that ends last before TOKEN in the sentence. */
static void coordinated(Referents *out, const Entities *e, int32_t sentence, int32_t token,
                        unsigned about)
{
  const Sentence *const s = &e->sentences[sentence];
  for (uint32_t i = e->first_mention[sentence + 1]; i-- > e->first_mention[sentence];) {
    const NameMention *const m = &e->mentions[i];
    const Token *const head = &s->tokens[m->head];
    if (m->first >= token || head->deprel != DEPREL_CONJ || !(kind_of(e, m->actor) & about))
      continue;
    const NameMention *const first = entities_mention_at(e, sentence, head->head);
    if (!first || kind_of(e, first->actor) != kind_of(e, m->actor)) continue;
    if (out->count && first->actor != out->items[0]) continue;
    add_referent(out, first->actor);
    add_referent(out, m->actor);
  }
}

static void plural_referents(Referents *out, const Entities *e, int32_t sentence, int32_t token)
{
  const unsigned all = ABOUT_PEOPLE | ABOUT_STATES | ABOUT_BODIES;
  coordinated(out, e, sentence, token, all);
  for (int32_t back = 1; back <= 2 && back <= sentence && out->count < 2; back++) {
    out->count = 0;
    const int32_t at = sentence - back;
    coordinated(out, e, at, (int32_t)e->sentences[at].count, all);
  }
  if (out->count < 2) out->count = 0;
}

void pronoun_referents(Referents *out, const Entities *entities, int32_t sentence, int32_t token)
{
  const Token *const pronoun = &entities->sentences[sentence].tokens[token];
  *out = (Referents){.count = 0, .guessed = true};
  if (pronoun->features & (FEAT_FIRST | FEAT_SECOND | FEAT_REL | FEAT_INT | FEAT_DEM)) return;
  if (pronoun->features & FEAT_PLUR) {
    plural_referents(out, entities, sentence, token);
  } else if (pronoun->features & (FEAT_MASC | FEAT_FEM | FEAT_NEUT)) {
    singular_referent(out, entities, sentence, token);
  }
}

/* ---- groups ---- */

static bool title_ends_with(Slice title, Slice word)
{
  if (!word.len) return true;
  return title.len >= word.len && memcmp(title.ptr + title.len - word.len, word.ptr, word.len) == 0;
}

static bool belongs(const Entities *e, const NameMention *m, unsigned about, Slice title_head)
{
  if (!(kind_of(e, m->actor) & about)) return false;
  if (kind_of(e, m->actor) != ABOUT_PEOPLE) return true;
  return title_ends_with(e->items[m->actor].title, title_head);
}

static void collect_backwards(Referents *out, const Entities *e, int32_t sentence, int32_t token,
                              unsigned about, Slice title_head, uint32_t wanted)
{
  for (uint32_t i = e->first_mention[sentence + 1]; i-- > e->first_mention[sentence];) {
    const NameMention *const m = &e->mentions[i];
    if (m->first >= token || !belongs(e, m, about, title_head)) continue;
    if (out->count < wanted) add_referent(out, m->actor);
  }
}

void group_referents(Referents *out, const Entities *entities, int32_t sentence, int32_t token,
                     unsigned about, Slice title_head, uint32_t count)
{
  *out = (Referents){.count = 0, .guessed = true};
  for (int32_t back = 0; back <= 2 * REACH && back <= sentence; back++) {
    const int32_t at = sentence - back;
    const int32_t before = back ? (int32_t)entities->sentences[at].count : token;
    Referents here = {.count = 0};
    collect_backwards(&here, entities, at, before, about, title_head, count);
    if (here.count == count) {
      *out = here;
      out->guessed = true;
      return;
    }
    if (out->count < count) {
      collect_backwards(out, entities, at, before, about, title_head, count);
    }
  }
  if (out->count < count) out->count = 0;
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
