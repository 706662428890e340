/* A participant is looked at as a name first, then as a pronoun, a plural description, a role, a
   body of a state, and last as a thing that is called what the text calls it. */
#include "input/resolve.h"

#include "input/titles.h"
#include "ontology/words.h"

typedef struct Resolver {
  Entities *entities;
  const Ontology *ontology;
  Coreference coreference;
} Resolver;

/* A participant, and what its relation lets it be. */
typedef struct Slot {
  const Sentence *sentence;
  Mention mention;
  unsigned classes; /* bits 1u << EntityClass */
  bool subject;
  bool place; /* the relation goes somewhere: a capital is meant as a place */
} Slot;

#define ACTORS ((1u << ENTITY_PERSON) | (1u << ENTITY_COUNTRY) | (1u << ENTITY_ORGANIZATION))

static bool may_be(const Slot *slot, EntityClass class)
{
  return (slot->classes >> class) & 1u;
}

static void set_one(Referents *out, uint32_t entity, bool guessed)
{
  *out = (Referents){.items = {entity}, .count = entity == ENTITY_NONE ? 0 : 1, .guessed = guessed};
}

static const Token *head_token(const Slot *slot)
{
  return &slot->sentence->tokens[slot->mention.head];
}

/* Whom the pronoun or description at TOKEN means, if that is one entity. */
static uint32_t single_referent(const Resolver *r, int32_t sentence, int32_t token)
{
  const Referents *const found = coreference_at(&r->coreference, sentence, token);
  return found && found->count == 1 ? found->items[0] : ENTITY_NONE;
}

/* ---- names ---- */

/* A capital that acts is its state; where something happens it is a place. */
static uint32_t reading(const Slot *slot, const NameMention *m)
{
  return slot->place ? m->place : m->actor;
}

/* The state named inside [first, end), by noun or adjective; ENTITY_NONE if none. SKIP is left out.
 */
static uint32_t state_inside(const Resolver *r, const Slot *slot, int32_t skip)
{
  const Entities *const e = r->entities;
  const int32_t s = slot->mention.sentence;
  for (uint32_t i = e->first_mention[s]; i < e->first_mention[s + 1]; i++) {
    const NameMention *const m = &e->mentions[i];
    if (m->first < slot->mention.first || m->end > slot->mention.end) continue;
    if (skip >= m->first && skip < m->end) continue;
    if (e->items[m->actor].entity.class == ENTITY_COUNTRY) return m->actor;
  }
  return ENTITY_NONE;
}

/* "Ukraine's", "its" at the start of the phrase: the state it stands for. */
static uint32_t state_of_phrase(const Resolver *r, const Slot *slot)
{
  const uint32_t named = state_inside(r, slot, -1);
  if (named != ENTITY_NONE) return named;
  for (int32_t i = slot->mention.first; i < slot->mention.end; i++) {
    const Token *const t = &slot->sentence->tokens[i];
    if (t->upos != UPOS_PRON || t->deprel != DEPREL_NMOD_POSS) continue;
    const uint32_t owner = single_referent(r, slot->mention.sentence, i);
    if (owner != ENTITY_NONE && r->entities->items[owner].entity.class == ENTITY_COUNTRY) {
      return owner;
    }
  }
  return ENTITY_NONE;
}

/* ---- roles ---- */

static Slice last_word(Slice title)
{
  size_t at = title.len;
  while (at > 0 && title.ptr[at - 1] != ' ') at--;
  return slice_part(title, at, title.len);
}

static int fits_role(const Known *known, Slice title, WorldId state)
{
  if (known->entity.class != ENTITY_PERSON || !known->title.len) return 0;
  if (state != WORLD_NONE && known->state != state) return 0;
  if (slice_equal(known->title, title)) return 3;
  return slice_equal(last_word(known->title), last_word(title)) ? 1 : 0;
}

/* The person of the document with TITLE, the best fit mentioned last before the phrase. */
static uint32_t person_with_title(const Resolver *r, const Slot *slot, Slice title, WorldId state)
{
  const Entities *const e = r->entities;
  uint32_t best = ENTITY_NONE;
  int best_fit = 0;
  for (uint32_t i = e->first_mention[slot->mention.sentence + 1]; i-- > 0;) {
    const NameMention *const m = &e->mentions[i];
    if (m->sentence == slot->mention.sentence && m->first >= slot->mention.first) continue;
    const int fit = fits_role(&e->items[m->actor], title, state);
    if (fit > best_fit) {
      best_fit = fit;
      best = m->actor;
    }
    if (best_fit == 3) break;
    if (slot->mention.sentence - m->sentence > 60) break;
  }
  return best;
}

static Status role_referent(Referents *out, const Resolver *r, const Slot *slot, Slice title)
{
  Entities *const e = r->entities;
  const uint32_t state = state_of_phrase(r, slot);
  const WorldId world = state == ENTITY_NONE ? WORLD_NONE : e->items[state].world;
  uint32_t person = person_with_title(r, slot, title, world);
  if (person == ENTITY_NONE && world != WORLD_NONE) {
    const WorldId holder = world_holder(r->ontology, world, title, e->document->date);
    if (holder != WORLD_NONE) TRY(entities_world(&person, e, holder));
  }
  set_one(out, person != ENTITY_NONE ? person : state, true);
  return STATUS_OK;
}

/* "his Chinese counterpart": who has the owner's title there. */
static Status counterpart_referent(Referents *out, const Resolver *r, const Slot *slot)
{
  const Entities *const e = r->entities;
  Slice title = SLICE_NONE;
  for (int32_t i = slot->mention.first; i < slot->mention.end && !title.len; i++) {
    const Token *const t = &slot->sentence->tokens[i];
    if (t->upos != UPOS_PRON) continue;
    const uint32_t owner = single_referent(r, slot->mention.sentence, i);
    if (owner != ENTITY_NONE) title = e->items[owner].title;
  }
  if (title.len) return role_referent(out, r, slot, title);
  set_one(out, state_inside(r, slot, -1), true);
  return STATUS_OK;
}

/* ---- descriptions ---- */

static bool is_plural(const Token *head)
{
  return (head->features & FEAT_PLUR) != 0;
}

static bool is_definite(const Slot *slot)
{
  for (int32_t i = slot->mention.first - 1; i < slot->mention.end; i++) {
    if (i < 0) continue;
    const Slice word = slot->sentence->tokens[i].lemma;
    if (slice_is(word, "the") || slice_is(word, "both") || slice_is(word, "these") ||
        slice_is(word, "two")) {
      return true;
    }
  }
  return false;
}

/* ---- what the text calls it ---- */

/* The phrase without a leading article. */
static Status phrase_text(Slice *out, const Resolver *r, const Slot *slot)
{
  int32_t first = slot->mention.first, end = slot->mention.end;
  while (first < slot->mention.head && slot->sentence->tokens[first].upos == UPOS_DET) first++;
  while (end > slot->mention.head + 1 && slot->sentence->tokens[end - 1].upos == UPOS_PUNCT &&
         !slice_is(slot->sentence->tokens[end - 1].form, "\"")) {
    end--;
  }
  return entities_text(out, r->entities, slot->mention.sentence, first, end);
}

static bool holds_proper_noun(const Slot *slot)
{
  for (int32_t i = slot->mention.first; i < slot->mention.end; i++) {
    if (slot->sentence->tokens[i].upos == UPOS_PROPN) return true;
  }
  return false;
}

/* The likeliest class among those the relation allows. */
static EntityClass class_of_phrase(const Slot *slot, unsigned words)
{
  if ((words & WORD_AGREEMENT) && may_be(slot, ENTITY_AGREEMENT)) return ENTITY_AGREEMENT;
  if (may_be(slot, ENTITY_OFFICE) && !may_be(slot, ENTITY_PERSON)) return ENTITY_OFFICE;
  static const EntityClass order[] = {ENTITY_THING,  ENTITY_AGREEMENT, ENTITY_ORGANIZATION,
                                      ENTITY_PERSON, ENTITY_PLACE,     ENTITY_OFFICE,
                                      ENTITY_COUNTRY};
  for (size_t i = 0; i < sizeof order / sizeof *order; i++) {
    if (may_be(slot, order[i])) return order[i];
  }
  return ENTITY_THING;
}

static Status phrase_referent(Referents *out, const Resolver *r, const Slot *slot, unsigned words)
{
  Slice text;
  uint32_t entity;
  const uint8_t upos = head_token(slot)->upos;
  out->count = 0;
  /* "those", "some": whoever that is */
  if ((upos == UPOS_PRON || upos == UPOS_DET) && (slot->classes & ACTORS)) return STATUS_OK;
  TRY(phrase_text(&text, r, slot));
  if (!text.len) return STATUS_OK;
  TRY(entities_add(&entity, r->entities, class_of_phrase(slot, words), text, WORLD_NONE,
                   !holds_proper_noun(slot)));
  set_one(out, entity, false);
  return STATUS_OK;
}

/* "Japan's foreign ministry" -> "Foreign Ministry of Japan", "Canadian Prime Minister" -> "Prime
   Minister of Canada": capitals, and the state at the end. */
static Status label_of_state(Slice *out, const Resolver *r, const Slot *slot, int32_t first,
                             int32_t end, uint32_t state)
{
  Buffer label = BUFFER_EMPTY;
  Slice text;
  TRY(entities_text(&text, r->entities, slot->mention.sentence, first, end));
  Status status = buffer_slice(&label, text);
  for (size_t i = 0; i < label.count; i++) {
    const bool starts = i == 0 || label.bytes[i - 1] == ' ';
    const bool small = i > 0 && (slice_starts(slice_part(text, i, text.len), "of ") ||
                                 slice_starts(slice_part(text, i, text.len), "and ") ||
                                 slice_starts(slice_part(text, i, text.len), "for "));
    if (starts && !small && label.bytes[i] >= 'a' && label.bytes[i] <= 'z') label.bytes[i] -= 32;
  }
  if (!status && state != ENTITY_NONE) {
    const Known *const known = &r->entities->items[state];
    const WorldEntity *const world = world_entity(r->ontology, known->world);
    status = buffer_printf(&label, world && world->article ? " of the %.*s" : " of %.*s",
                           SLICE_ARGS(known->entity.label));
  }
  if (!status) status = arena_copy(out, r->entities->arena, buffer_as_slice(&label));
  buffer_clear(&label);
  return status;
}

/* Do the phrase and the chief name of the title end in the same word ("armed forces minister" and
   "defence minister")? Others ("foreign policy chief" for "high representative") keep their words.
 */
static bool ends_alike(const Slot *slot, const TitleSpan *t)
{
  const Slice last = last_word(t->title);
  return slice_equal(slot->sentence->tokens[t->end - 1].lemma, last) ||
         slice_is(slot->sentence->tokens[t->first].lemma, "secretary");
}

/* By the world data's way of naming offices where it knows the owner ("of the United Kingdom"). */
static Status label_of_office(Slice *out, const Resolver *r, const Slot *slot, const TitleSpan *t,
                              uint32_t owner)
{
  const WorldId world = r->entities->items[owner].world;
  if (world == WORLD_NONE || !ends_alike(slot, t)) {
    return label_of_state(out, r, slot, t->first, t->end, owner);
  }
  Buffer label = BUFFER_EMPTY;
  Status status = world_office_label(&label, r->ontology, world, t->title);
  if (!status) status = arena_copy(out, r->entities->arena, buffer_as_slice(&label));
  buffer_clear(&label);
  return status;
}

/* The state or body that the title at [first, end) is of: the last named right before it
   ("Japanese", "NATO"), or after "of"; ENTITY_NONE if the phrase does not say. */
static uint32_t owner_of_title(const Resolver *r, const Slot *slot, int32_t first, int32_t end)
{
  const Entities *const e = r->entities;
  const int32_t s = slot->mention.sentence;
  uint32_t owner = ENTITY_NONE;
  for (uint32_t i = e->first_mention[s]; i < e->first_mention[s + 1]; i++) {
    const NameMention *const m = &e->mentions[i];
    if (e->items[m->actor].entity.class == ENTITY_PERSON || m->first < slot->mention.first)
      continue;
    const bool after = m->first > end && m->first <= end + 2 && m->end <= slot->mention.end &&
                       slice_is(slot->sentence->tokens[end].form, "of");
    if (after || (m->end <= first && first - m->end <= 2)) owner = m->actor;
  }
  return owner;
}

/* What the holder is known to have that title of, by the world data. */
static Status owner_by_world(uint32_t *out, const Resolver *r, const Known *holder, Slice title)
{
  const Holding *const *holdings;
  const size_t count = world_holdings_of(&holdings, r->ontology, holder->world);
  for (size_t i = 0; i < count; i++) {
    if (slice_equal(holdings[i]->title, title) && holdings[i]->country != WORLD_NONE) {
      return entities_world(out, r->entities, holdings[i]->country);
    }
  }
  return STATUS_OK;
}

/* The state of an office whose phrase does not name it: HOLDER's. */
static Status owner_by_holder(uint32_t *out, const Resolver *r, const Referents *holder,
                              Slice title)
{
  *out = ENTITY_NONE;
  if (holder->count != 1) return STATUS_OK;
  const Known *const known = &r->entities->items[holder->items[0]];
  if (known->world != WORLD_NONE) return owner_by_world(out, r, known, title);
  if (known->state == WORLD_NONE || !slice_equal(known->title, title)) return STATUS_OK;
  return entities_world(out, r->entities, known->state);
}

/* "Canadian Prime Minister" -> "Prime Minister of Canada"; with no state named, that of HOLDER. */
static Status office_referent(Referents *out, const Resolver *r, const Slot *slot,
                              const Referents *holder)
{
  const TitleSpan t = title_in_phrase(r->ontology, slot->sentence, slot->mention.first,
                                      slot->mention.end, slot->mention.head);
  if (t.first >= t.end) {
    /* "North Korean" is no office */
    const Mention *const m = &slot->mention;
    const bool name = entities_mention_at(r->entities, m->sentence, m->head) != NULL;
    return name ? STATUS_OK : phrase_referent(out, r, slot, 0);
  }
  const Token *const last = &slot->sentence->tokens[t.end - 1];
  if (ontology_word(r->ontology, last->lemma) & WORD_COUNTERPART) return STATUS_OK;
  uint32_t owner = owner_of_title(r, slot, t.first, t.end);
  if (owner == ENTITY_NONE) TRY(owner_by_holder(&owner, r, holder, t.title));
  if (owner == ENTITY_NONE) return phrase_referent(out, r, slot, 0);
  Slice label;
  uint32_t office;
  TRY(label_of_office(&label, r, slot, &t, owner));
  TRY(entities_add(&office, r->entities, ENTITY_OFFICE, label, WORLD_NONE, false));
  set_one(out, office, false);
  return STATUS_OK;
}

/* A ministry, parliament or court of a state: [words around the head that are no state]. */
static Status body_referent(Referents *out, const Resolver *r, const Slot *slot)
{
  const uint32_t state = state_inside(r, slot, -1);
  if (state == ENTITY_NONE) return phrase_referent(out, r, slot, WORD_BODY);
  const Entities *const e = r->entities;
  int32_t first = slot->mention.first;
  for (uint32_t i = e->first_mention[slot->mention.sentence];
       i < e->first_mention[slot->mention.sentence + 1]; i++) {
    if (e->mentions[i].end <= slot->mention.head && e->mentions[i].end > first) {
      first = e->mentions[i].end;
    }
  }
  while (first < slot->mention.head && (slot->sentence->tokens[first].upos == UPOS_PART ||
                                        slot->sentence->tokens[first].upos == UPOS_DET)) {
    first++;
  }
  Slice label;
  uint32_t body;
  TRY(label_of_state(&label, r, slot, first, slot->mention.head + 1, state));
  TRY(entities_add(&body, r->entities, ENTITY_ORGANIZATION, label, WORLD_NONE, false));
  r->entities->items[body].state = e->items[state].world;
  set_one(out, body, false);
  return STATUS_OK;
}

/* "French, Italian and British leaders": the states, all of them. */
static void states_of_plural(Referents *out, const Resolver *r, const Slot *slot)
{
  const Entities *const e = r->entities;
  const int32_t s = slot->mention.sentence;
  out->count = 0;
  out->guessed = false;
  for (uint32_t i = e->first_mention[s]; i < e->first_mention[s + 1]; i++) {
    const NameMention *const m = &e->mentions[i];
    if (m->first < slot->mention.first || m->end > slot->mention.head) continue;
    if (e->items[m->actor].entity.class != ENTITY_COUNTRY || !m->adjective) continue;
    bool known = out->count == sizeof out->items / sizeof *out->items;
    for (uint32_t k = 0; k < out->count; k++) known |= out->items[k] == m->actor;
    if (!known) out->items[out->count++] = m->actor;
  }
}

/* ---- dispatch ---- */

static Status common_noun(Referents *out, const Resolver *r, const Slot *slot,
                          const Referents *holder)
{
  const Token *const head = head_token(slot);
  const unsigned words = ontology_word(r->ontology, head->lemma);
  if (may_be(slot, ENTITY_OFFICE) && !may_be(slot, ENTITY_THING) && !slot->subject) {
    return office_referent(out, r, slot, holder);
  }
  const bool acts = (slot->classes & ACTORS) != 0;
  if (acts && (words & WORD_COUNTERPART)) return counterpart_referent(out, r, slot);
  if (acts && (words & WORD_BODY)) return body_referent(out, r, slot);
  if (acts && is_plural(head) && (words & (WORD_STATE_BODY | WORD_LEADER))) {
    states_of_plural(out, r, slot);
    if (out->count) return STATUS_OK;
  }
  if (acts && (words & WORD_STATE_BODY)) {
    const uint32_t state = state_of_phrase(r, slot);
    if (state != ENTITY_NONE) {
      set_one(out, state, false);
      return STATUS_OK;
    }
  }
  if (acts && !is_plural(head)) {
    const TitleSpan t = title_in_phrase(r->ontology, slot->sentence, slot->mention.first,
                                        slot->mention.end, slot->mention.head);
    if (t.first < t.end) {
      TRY(role_referent(out, r, slot, t.title));
      if (out->count) return STATUS_OK;
    } else if ((words & (WORD_STATE | WORD_GROUP)) && is_definite(slot) &&
               slot->mention.end - slot->mention.first <= 2) {
      const unsigned about = words & WORD_STATE ? ABOUT_STATES : ABOUT_BODIES;
      set_one(out, last_named(r->entities, slot->mention.sentence, slot->mention.first, about, 3),
              true);
      if (out->count) return STATUS_OK;
    }
  }
  return phrase_referent(out, r, slot, words);
}

static bool is_pronoun(const Token *token)
{
  return token->upos == UPOS_PRON && (token->features & (FEAT_PRS | FEAT_POSS | FEAT_REFL));
}

/* "Mr Le Drian" parsed with "Mr" as its head, or "Prime Minister" right before the name: the person
   whose title the head is. */
static const NameMention *titled_name(const Resolver *r, const Slot *slot)
{
  const Entities *const e = r->entities;
  const int32_t s = slot->mention.sentence, head = slot->mention.head;
  for (uint32_t i = e->first_mention[s]; i < e->first_mention[s + 1]; i++) {
    const NameMention *const m = &e->mentions[i];
    if (m->first <= head || m->first > slot->mention.end) continue;
    if (e->items[m->actor].entity.class != ENTITY_PERSON) continue;
    const TitleSpan t = title_of_name(r->ontology, slot->sentence, m->first, m->end);
    const int32_t from = t.first < t.end && t.end <= m->first ? t.first : m->first - 1;
    return head >= from ? m : NULL;
  }
  return NULL;
}

/* Is the name what the phrase is about, or only inside it ("Kremlin" in "Kremlin spokesman")? */
static const NameMention *name_of(const Resolver *r, const Slot *slot)
{
  const NameMention *m =
      entities_mention_at(r->entities, slot->mention.sentence, slot->mention.head);
  if (!m && (slot->classes & ACTORS)) m = titled_name(r, slot);
  if (!m || m->actor == ENTITY_NONE) return NULL;
  const bool office = may_be(slot, ENTITY_OFFICE) && !(slot->classes & ACTORS);
  return office && r->entities->items[m->actor].entity.class != ENTITY_OFFICE ? NULL : m;
}

static Status resolve_mention(Referents *out, const Resolver *r, const Slot *slot,
                              const Referents *holder)
{
  *out = (Referents){.count = 0};
  const Mention *const m = &slot->mention;
  if (m->head < 0 || (size_t)m->head >= slot->sentence->count) return STATUS_OK;
  const NameMention *const name = name_of(r, slot);
  if (name) {
    set_one(out, reading(slot, name), false);
    return STATUS_OK;
  }
  const Referents *const meant = coreference_at(&r->coreference, m->sentence, m->head);
  if (meant) *out = *meant;
  if (meant || is_pronoun(head_token(slot))) return STATUS_OK;
  uint32_t person = ENTITY_NONE;
  if (slot->classes & ACTORS) TRY(entities_by_word(&person, r->entities, m->sentence, m->head));
  if (person == ENTITY_NONE) return common_noun(out, r, slot, holder);
  set_one(out, person, false);
  return STATUS_OK;
}

static Status resolve_author(Referents *out, const Resolver *r)
{
  const Slice author = r->entities->document->author;
  uint32_t entity = ENTITY_NONE;
  if (author.len) TRY(entities_person(&entity, r->entities, author));
  set_one(out, entity, false);
  return STATUS_OK;
}

/* HOLDER: who stands on the other side, for offices. */
static Status resolve_side(Referents *out, const Resolver *r, const Slot *slot,
                           const Referents *holder)
{
  *out = (Referents){.count = 0};
  if (slot->mention.sentence >= 0) return resolve_mention(out, r, slot, holder);
  return slot->subject ? resolve_author(out, r) : STATUS_OK;
}

static const Sentence *sentence_of(const Resolver *r, const Mention *m)
{
  return m->sentence < 0 ? NULL : &r->entities->sentences[m->sentence];
}

static bool takes_place(const Relation *relation)
{
  const Slice role = relation->schema.object_role;
  return relation->family == FAMILY_FORCE || slice_is(role, "destination") ||
         slice_is(role, "source") || slice_is(role, "location");
}

static Status resolve_claim(ResolvedClaim *out, const Resolver *r, const Claim *claim)
{
  const Relation *const relation = ontology_relation(r->ontology, claim->relation);
  const bool place = takes_place(relation) && ((relation->object_classes >> ENTITY_PLACE) & 1u);
  const bool both = (relation->subject_classes >> ENTITY_PLACE) & 1u;
  const Slot subject = {sentence_of(r, &claim->subject), claim->subject, relation->subject_classes,
                        true, place && both};
  const Slot object = {sentence_of(r, &claim->object), claim->object, relation->object_classes,
                       false, place};
  const Slot by = {sentence_of(r, &claim->by), claim->by, ACTORS, true, false};
  const Referents nobody = {.count = 0};
  TRY(resolve_side(&out->subject, r, &subject, &nobody));
  TRY(resolve_side(&out->object, r, &object, &out->subject));
  out->by = ENTITY_NONE;
  if (claim->by.sentence < 0) return STATUS_OK;
  Referents source;
  TRY(resolve_side(&source, r, &by, &nobody));
  if (source.count == 1) out->by = source.items[0];
  return STATUS_OK;
}

Status resolve_claims(ResolvedClaim **out, Entities *entities, const Claims *claims)
{
  Resolver r = {entities, entities->ontology, {NULL, 0, 0}};
  TRY(coreference_find(&r.coreference, entities));
  *out = arena_array(entities->arena, claims->count, sizeof **out);
  if (!*out) return STATUS_MEMORY;
  for (size_t i = 0; i < claims->count; i++) {
    TRY(resolve_claim(&(*out)[i], &r, &claims->items[i]));
  }
  return STATUS_OK;
}
