/* Names are collected sentence by sentence: those the analyser found and those the world data
   knows. Full names of people make entities first; bare surnames then look for theirs anywhere in
   the document, then in the world data, and stay with the document if neither has them. */
#include "input/entities.h"

#include "graph/unicode.h"
#include "graph/vocabulary.h"
#include "input/titles.h"
#include "ontology/words.h"

#define LONGEST_NAME 12 /* words of a person's name; more are not one */

/* ---- text ---- */

Status entities_text(Slice *out, Entities *entities, int32_t sentence, int32_t first, int32_t end)
{
  const Sentence *const s = &entities->sentences[sentence];
  *out = SLICE("");
  if (first < 0 || end > (int32_t)s->count || first >= end) return STATUS_OK;
  const Slice raw =
      slice_part(entities->document->text, s->tokens[first].start, s->tokens[end - 1].end);
  Buffer line = BUFFER_EMPTY;
  bool space = false;
  Status status = STATUS_OK;
  for (size_t at = 0; at < raw.len && !status;) {
    const size_t from = at;
    const bool blank = unicode_is_space(utf8_next(raw, &at));
    if (!blank) status = buffer_slice(&line, slice_part(raw, from, at));
    if (blank && !space && line.count) status = buffer_text(&line, " ");
    space = blank;
  }
  if (!status) status = arena_copy(out, entities->arena, buffer_as_slice(&line));
  buffer_clear(&line);
  while (out->len && out->ptr[out->len - 1] == ' ') out->len--;
  return status;
}

/* Folded, without diacritics, hyphens as spaces: how names are compared. */
static Status fold_name(Slice *out, Arena *arena, const char *prefix, Slice name)
{
  Buffer text = BUFFER_EMPTY;
  Status status = buffer_text(&text, prefix);
  if (!status) status = unicode_strip(&text, name);
  for (size_t i = 0; i < text.count; i++) {
    if (text.bytes[i] == '-') text.bytes[i] = ' ';
  }
  if (!status) status = arena_copy(out, arena, buffer_as_slice(&text));
  buffer_clear(&text);
  return status;
}

/* ---- the entities of the document ---- */

static Status nfc_copy(Slice *out, Arena *arena, Slice text)
{
  Buffer normal = BUFFER_EMPTY;
  Status status = unicode_nfc(&normal, text);
  if (!status) status = arena_copy(out, arena, buffer_as_slice(&normal));
  buffer_clear(&normal);
  return status;
}

static Status add_name(Entities *e, Known *known, Slice name)
{
  Slice normal;
  TRY(nfc_copy(&normal, e->arena, name));
  if (slice_equal(normal, known->entity.label)) return STATUS_OK;
  for (size_t i = 0; i < known->entity.name_count; i++) {
    if (slice_equal(normal, known->entity.names[i])) return STATUS_OK;
  }
  if (known->entity.name_count >= 64) return STATUS_OK;
  Slice *const names =
      arena_array(e->arena, known->entity.name_count + 1, sizeof *known->entity.names);
  if (!names) return STATUS_MEMORY;
  if (known->entity.name_count) {
    memcpy(names, known->entity.names, known->entity.name_count * sizeof *names);
  }
  names[known->entity.name_count++] = normal;
  known->entity.names = names;
  return STATUS_OK;
}

static Status describe_from_world(Entities *e, Known *known, WorldId world)
{
  const WorldEntity *const w = world_entity(e->ontology, world);
  known->world = world;
  known->state = w->class == ENTITY_COUNTRY ? world : w->country;
  known->gender = w->female ? FEAT_FEM : w->male ? FEAT_MASC : 0;
  known->entity.name_count = world_names(&known->entity.names, e->ontology, world);
  if (!w->wikidata.len) return STATUS_OK;
  Buffer iri = BUFFER_EMPTY;
  Status status = buffer_printf(&iri, WIKIDATA "%.*s", SLICE_ARGS(w->wikidata));
  if (!status) status = arena_copy(&known->entity.same_as, e->arena, buffer_as_slice(&iri));
  buffer_clear(&iri);
  return status;
}

Status entities_add(uint32_t *out, Entities *e, EntityClass class, Slice name, WorldId world,
                    bool scoped)
{
  const char prefix[2] = {(char)('0' + class), '\0'};
  Slice key, label;
  TRY(nfc_copy(&label, e->arena, name));
  TRY(fold_name(&key, e->arena, prefix, label));
  *out = table_get(&e->by_name, key);
  if (*out != TABLE_NONE) return STATUS_OK;
  Known *const items = arena_grow(e->arena, e->items, &e->capacity, e->count, 1, sizeof *items);
  if (!items) return STATUS_MEMORY;
  e->items = items;
  Known *const known = &items[e->count];
  *known = (Known){.entity = {.class = class, .label = label},
                   .world = WORLD_NONE,
                   .state = WORLD_NONE,
                   .next = ENTITY_NONE};
  if (scoped) known->entity.scope = e->document->iri;
  if (world != WORLD_NONE) TRY(describe_from_world(e, known, world));
  *out = (uint32_t)e->count++;
  return table_put(&e->by_name, key, *out);
}

Status entities_world(uint32_t *out, Entities *e, WorldId world)
{
  const WorldEntity *const w = world_entity(e->ontology, world);
  return entities_add(out, e, w->class, w->name, world, false);
}

/* ---- people ---- */

/* The words of a person's name, folded. */
typedef struct PersonName {
  Slice words[LONGEST_NAME];
  size_t count;
} PersonName;

static Status person_name(PersonName *out, Arena *arena, Slice name)
{
  Slice folded;
  TRY(fold_name(&folded, arena, "", name));
  out->count = 0;
  for (size_t at = 0; at < folded.len && out->count < LONGEST_NAME;) {
    size_t end = at;
    while (end < folded.len && folded.ptr[end] != ' ') end++;
    if (end > at) out->words[out->count++] = slice_part(folded, at, end);
    at = end + 1;
  }
  return STATUS_OK;
}

static bool has_word(const PersonName *name, Slice word)
{
  for (size_t i = 0; i < name->count; i++) {
    if (slice_equal(name->words[i], word)) return true;
  }
  return false;
}

/* "Alejandro N. Mayorkas" and "Alejandro Mayorkas", "Hayashi Yoshimasa" and "Yoshimasa Hayashi":
   all words of the shorter stand in the longer, and it has at least two. */
static bool same_person(const PersonName *a, const PersonName *b)
{
  const PersonName *const shorter = a->count <= b->count ? a : b;
  const PersonName *const longer = shorter == a ? b : a;
  if (shorter->count < 2) return false;
  for (size_t i = 0; i < shorter->count; i++) {
    if (!has_word(longer, shorter->words[i])) return false;
  }
  return true;
}

/* A word leads to whoever had it first; namesakes are chained behind. */
static Status index_person(Entities *e, uint32_t person, Slice word)
{
  const uint32_t first = table_get(&e->by_word, word);
  if (first == TABLE_NONE) return table_put(&e->by_word, word, person);
  Known *const known = &e->items[person];
  if (first == person || known->next != ENTITY_NONE || e->items[first].next == person) {
    return STATUS_OK;
  }
  known->next = e->items[first].next;
  e->items[first].next = person;
  return STATUS_OK;
}

/* The longest chain of namesakes that is looked through. */
#define NAMESAKES 16

static Status find_namesake(uint32_t *out, Entities *e, const PersonName *name)
{
  *out = ENTITY_NONE;
  const Slice ends[2] = {name->words[name->count - 1], name->words[0]};
  for (int k = 0; k < 2; k++) {
    uint32_t at = table_get(&e->by_word, ends[k]);
    for (int step = 0; at != TABLE_NONE && at != ENTITY_NONE && step < NAMESAKES; step++) {
      PersonName other;
      TRY(person_name(&other, e->arena, e->items[at].entity.label));
      if (same_person(name, &other)) {
        *out = at;
        return STATUS_OK;
      }
      at = e->items[at].next;
    }
  }
  return STATUS_OK;
}

static WorldId world_person(const Ontology *ontology, Slice name)
{
  const WorldName *found;
  const size_t count = world_find(&found, ontology, name);
  for (size_t i = 0; i < count; i++) {
    if (world_entity(ontology, found[i].entity)->class != ENTITY_PERSON) continue;
    if (found[i].kind != NAME_SURNAME) return found[i].entity;
  }
  return WORLD_NONE;
}

/* A person by full name. */
static Status add_person(uint32_t *out, Entities *e, Slice text)
{
  const WorldId world = world_person(e->ontology, text);
  PersonName name;
  if (world != WORLD_NONE) {
    TRY(entities_world(out, e, world));
  } else {
    TRY(person_name(&name, e->arena, text));
    if (name.count) TRY(find_namesake(out, e, &name));
    if (!name.count || *out == ENTITY_NONE) {
      TRY(entities_add(out, e, ENTITY_PERSON, text, WORLD_NONE, false));
    }
  }
  TRY(add_name(e, &e->items[*out], text));
  TRY(person_name(&name, e->arena, e->items[*out].entity.label));
  if (name.count) TRY(index_person(e, *out, name.words[0]));
  if (name.count > 1) TRY(index_person(e, *out, name.words[name.count - 1]));
  TRY(person_name(&name, e->arena, text));
  return name.count > 1 ? index_person(e, *out, name.words[name.count - 1]) : STATUS_OK;
}

static bool held_office_by(const Ontology *ontology, WorldId person, Slice date)
{
  const Holding *const *holdings;
  const size_t count = world_holdings_of(&holdings, ontology, person);
  for (size_t i = 0; i < count; i++) {
    const Holding *const h = holdings[i];
    const bool begun = !h->from.len || !date.len || slice_compare(h->from, date) <= 0;
    const bool over = h->to.len && date.len && slice_compare(h->to, date) < 0;
    if (begun && !over) return true;
  }
  return false;
}

/* The one person of the world data who goes by SURNAME and is in office on the document's date. */
static WorldId world_surname(const Entities *e, Slice surname)
{
  const WorldName *found;
  const size_t count = world_find(&found, e->ontology, surname);
  WorldId sure = WORLD_NONE;
  size_t people = 0;
  for (size_t i = 0; i < count; i++) {
    const WorldEntity *const w = world_entity(e->ontology, found[i].entity);
    if (w->class != ENTITY_PERSON) continue;
    if (!held_office_by(e->ontology, found[i].entity, e->document->date)) continue;
    if (found[i].entity == sure) continue;
    sure = found[i].entity;
    people++;
  }
  return people == 1 ? sure : WORLD_NONE;
}

/* A bare surname (or given name): someone of this document, someone in office, or kept apart. */
static Status find_surname(uint32_t *out, Entities *e, Slice text)
{
  PersonName name;
  TRY(person_name(&name, e->arena, text));
  *out = name.count ? table_get(&e->by_word, name.words[name.count - 1]) : TABLE_NONE;
  if (*out != TABLE_NONE) return STATUS_OK;
  const WorldId world = world_surname(e, text);
  if (world != WORLD_NONE) return add_person(out, e, world_entity(e->ontology, world)->name);
  TRY(entities_add(out, e, ENTITY_PERSON, text, WORLD_NONE, true));
  return name.count ? index_person(e, *out, name.words[name.count - 1]) : STATUS_OK;
}

Status entities_person(uint32_t *out, Entities *e, Slice name)
{
  const bool full = memchr(name.ptr, ' ', name.len) != NULL;
  return full ? add_person(out, e, name) : find_surname(out, e, name);
}

/* ---- what the world data says of a name ---- */

typedef struct Readings {
  WorldId actor, place, person;
  bool adjective;
} Readings;

static Readings read_name(const Ontology *ontology, const WorldName *found, size_t count)
{
  Readings r = {WORLD_NONE, WORLD_NONE, WORLD_NONE, false};
  for (size_t i = 0; i < count; i++) {
    switch (world_entity(ontology, found[i].entity)->class) {
    case ENTITY_PERSON:
      if (r.person == WORLD_NONE && found[i].kind != NAME_SURNAME) r.person = found[i].entity;
      break;
    case ENTITY_PLACE:
      if (r.place == WORLD_NONE) r.place = found[i].entity;
      break;
    case ENTITY_COUNTRY:
    case ENTITY_ORGANIZATION:
    case ENTITY_AGREEMENT:
    case ENTITY_OFFICE:
    case ENTITY_THING:
      if (r.actor != WORLD_NONE) break;
      r.actor = found[i].entity;
      r.adjective = found[i].kind == NAME_ADJECTIVE || found[i].kind == NAME_PEOPLE;
      break;
    }
  }
  return r;
}

static Readings look_up(const Entities *e, Slice text)
{
  const WorldName *found;
  const size_t count = world_find(&found, e->ontology, text);
  return read_name(e->ontology, found, count);
}

/* ---- mentions ---- */

static bool is_capitalised(const Token *token)
{
  size_t at = 0;
  return token->form.len && unicode_is_upper(utf8_next(token->form, &at));
}

static int32_t head_of_span(const Sentence *s, int32_t first, int32_t end)
{
  for (int32_t i = first; i < end; i++) {
    const int32_t head = s->tokens[i].head;
    if (head < first || head >= end) return i;
  }
  return end - 1;
}

/* Trim an article, punctuation and the possessive from a name. */
static void trim(const Sentence *s, int32_t *first, int32_t *end)
{
  while (*first < *end &&
         (s->tokens[*first].upos == UPOS_DET || s->tokens[*first].upos == UPOS_PUNCT)) {
    (*first)++;
  }
  while (*end > *first &&
         (s->tokens[*end - 1].upos == UPOS_PUNCT || slice_is(s->tokens[*end - 1].form, "'s") ||
          slice_is(s->tokens[*end - 1].form, "\xE2\x80\x99s"))) {
    if (slice_ends(s->tokens[*end - 1].form, ".")) break;
    (*end)--;
  }
}

static Status push_mention(Entities *e, const NameMention *mention)
{
  NameMention *const moved =
      arena_grow(e->arena, e->mentions, &e->mention_capacity, e->mention_count, 1, sizeof *moved);
  if (!moved) return STATUS_MEMORY;
  e->mentions = moved;
  moved[e->mention_count++] = *mention;
  return STATUS_OK;
}

/* "the International Atomic Energy Agency (IAEA)" */
static Status note_acronym(Entities *e, const Sentence *s, int32_t end, uint32_t entity)
{
  if (end + 2 >= (int32_t)s->count || !slice_is(s->tokens[end].form, "(") ||
      !slice_is(s->tokens[end + 2].form, ")")) {
    return STATUS_OK;
  }
  const Slice form = s->tokens[end + 1].form;
  size_t capitals = 0;
  for (size_t at = 0; at < form.len;) capitals += unicode_is_upper(utf8_next(form, &at));
  if (capitals < 2 || form.len > 12) return STATUS_OK;
  TRY(add_name(e, &e->items[entity], form));
  return table_get(&e->acronyms, form) == TABLE_NONE ? table_put(&e->acronyms, form, entity)
                                                     : STATUS_OK;
}

static EntityClass class_of_name(const Entities *e, const Sentence *s, int32_t head, NerType type)
{
  const unsigned words = ontology_word(e->ontology, s->tokens[head].lemma);
  if (words & WORD_AGREEMENT) return ENTITY_AGREEMENT;
  switch (type) {
  case NER_PER:
    return ENTITY_PERSON;
  case NER_LOC:
    return ENTITY_PLACE;
  case NER_ORG:
    return ENTITY_ORGANIZATION;
  case NER_O:
  case NER_MISC:
    break;
  }
  return ENTITY_THING;
}

static Status set_readings(Entities *e, NameMention *m, const Readings *r)
{
  m->adjective = r->adjective;
  if (r->actor != WORLD_NONE) TRY(entities_world(&m->actor, e, r->actor));
  if (r->place != WORLD_NONE) TRY(entities_world(&m->place, e, r->place));
  if (r->actor == WORLD_NONE) m->actor = m->place;
  if (r->place == WORLD_NONE) m->place = m->actor;
  return STATUS_OK;
}

/* The state named right before token FIRST: "Peru 's Congress", "the Philippine Senate". */
static WorldId state_before(const Entities *e, const Sentence *s, int32_t first)
{
  int32_t end = first;
  if (end > 0 && (slice_is(s->tokens[end - 1].form, "'s") ||
                  slice_is(s->tokens[end - 1].form, "\xE2\x80\x99s")))
    end--;
  for (int32_t n = end < 3 ? end : 3; n > 0; n--) {
    Slice forms[3];
    for (int32_t i = 0; i < n; i++) forms[i] = s->tokens[end - n + i].form;
    const WorldName *found;
    size_t count;
    if (world_match(&found, &count, e->ontology, forms, (size_t)n) != (size_t)n) continue;
    const Readings r = read_name(e->ontology, found, count);
    return r.actor != WORLD_NONE && world_entity(e->ontology, r.actor)->state ? r.actor
                                                                              : WORLD_NONE;
  }
  return WORLD_NONE;
}

/* "Congress" after the name of another state is that state's own: *DONE, and M has its body. */
static Status give_to_state(bool *done, Entities *e, NameMention *m, WorldId body)
{
  const Sentence *const s = &e->sentences[m->sentence];
  const WorldEntity *const w = body == WORLD_NONE ? NULL : world_entity(e->ontology, body);
  *done = false;
  if (!w || w->class != ENTITY_ORGANIZATION || w->country == WORLD_NONE) return STATUS_OK;
  const WorldId state = state_before(e, s, m->first);
  if (state == WORLD_NONE || state == w->country) return STATUS_OK;
  Slice text, words[4];
  const int32_t count = m->end - m->first;
  for (int32_t i = 0; i < count && i < 4; i++)
    TRY(fold_name(&words[i], e->arena, "", s->tokens[m->first + i].form));
  const Body *kind;
  if (count > 4 || world_is_body(&kind, e->ontology, words, (size_t)count) != (size_t)count)
    return STATUS_OK;
  Buffer label = BUFFER_EMPTY;
  Status status = world_body_label(&label, e->ontology, state, kind);
  if (!status) status = arena_copy(&text, e->arena, buffer_as_slice(&label));
  buffer_clear(&label);
  TRY(status);
  *done = true;
  TRY(entities_add(&m->actor, e, ENTITY_ORGANIZATION, text, world_body(e->ontology, state, kind),
                   false));
  e->items[m->actor].state = state;
  m->place = m->actor;
  return STATUS_OK;
}

/* A name that is no person: from the world data, by its acronym, or new. */
static Status name_thing(Entities *e, NameMention *m, NerType type, Slice text)
{
  const Readings r = look_up(e, text);
  bool done;
  TRY(give_to_state(&done, e, m, r.actor));
  if (done) return STATUS_OK;
  if (r.actor != WORLD_NONE || r.place != WORLD_NONE) return set_readings(e, m, &r);
  uint32_t entity = table_get(&e->acronyms, text);
  if (entity == TABLE_NONE) {
    const Sentence *const s = &e->sentences[m->sentence];
    TRY(entities_add(&entity, e, class_of_name(e, s, m->head, type), text, WORLD_NONE, false));
  }
  m->actor = m->place = entity;
  return STATUS_OK;
}

/* Is a name tagged as a person better read as something else, or the reverse? */
static bool reads_as_person(const Entities *e, NerType type, Slice text)
{
  const Readings r = look_up(e, text);
  if (type == NER_PER)
    return r.person != WORLD_NONE || (r.actor == WORLD_NONE && r.place == WORLD_NONE);
  return r.person != WORLD_NONE && r.actor == WORLD_NONE && r.place == WORLD_NONE;
}

/* "Amira Haddad of Jordan": the name ends before the preposition. */
static int32_t end_of_person(const Sentence *s, int32_t first, int32_t end)
{
  for (int32_t i = first + 1; i < end; i++) {
    if (slice_is(s->tokens[i].form, "of")) return i;
  }
  return end;
}

static bool is_hyphen(const Sentence *s, int32_t at)
{
  return at > 0 && at + 1 < (int32_t)s->count && slice_is(s->tokens[at].form, "-") &&
         !s->tokens[at].space_after && !s->tokens[at - 1].space_after;
}

/* Is the token at AT a particle of a name, as written in lower case ("al", "bin")? */
static bool is_particle(const Entities *e, const Sentence *s, int32_t at)
{
  return at > 0 && at < (int32_t)s->count &&
         (ontology_word(e->ontology, s->tokens[at].form) & WORD_PARTICLE);
}

/* "Abdullah II": of kings and popes. */
static bool is_numeral(const Sentence *s, int32_t at)
{
  const Slice form = at < (int32_t)s->count ? s->tokens[at].form : SLICE_NONE;
  if (!form.len || form.len > 5 || s->tokens[at].upos == UPOS_PRON) return false;
  for (size_t i = 0; i < form.len; i++) {
    if (form.ptr[i] != 'I' && form.ptr[i] != 'V' && form.ptr[i] != 'X') return false;
  }
  return true;
}

/* Where the name that goes up to END really ends: what a hyphen joins to it without a space is part
   of it ("Moon Jae-in"), and a particle with the name after it ("Abdel Fattah al-Sisi"). */
static int32_t whole_name_end(const Entities *e, const Sentence *s, int32_t end)
{
  const int32_t count = (int32_t)s->count;
  for (int steps = 0; steps < 4; steps++) {
    int32_t next = end;
    if (is_hyphen(s, next)) {
      end += 2;
      continue;
    }
    while (is_particle(e, s, next)) next++;
    if (next > end && is_hyphen(s, next)) next++;
    if (next == end || next >= count || !is_capitalised(&s->tokens[next])) break;
    end = next + 1;
  }
  return is_numeral(s, end) ? end + 1 : end;
}

/* "al-Assad" of which only the last word was found. */
static int32_t whole_name_start(const Entities *e, const Sentence *s, int32_t first)
{
  const int32_t before = is_hyphen(s, first - 1) ? first - 2 : first - 1;
  const bool joined = before >= 0 && before < first - 1;
  return joined && (is_particle(e, s, before) || is_capitalised(&s->tokens[before])) ? before
                                                                                     : first;
}

/* Sets *NEXT to where to look on. */
static Status collect_name(int32_t *next, Entities *e, int32_t sentence, int32_t first, int32_t end)
{
  const Sentence *const s = &e->sentences[sentence];
  const NerType type = (NerType)s->tokens[first].ner;
  bool titled = false;
  trim(s, &first, &end);
  if (type == NER_PER) {
    const int32_t titles = titles_before_name(e->ontology, s, first, end);
    first += titles;
    titled = titles > 0 || title_ends_at(e->ontology, s, first);
    end = whole_name_end(e, s, end_of_person(s, first, end));
    first = whole_name_start(e, s, first);
  }
  if (end > *next) *next = end;
  if (first >= end) return STATUS_OK;
  NameMention m = {sentence,    first,       end,  head_of_span(s, first, end),
                   ENTITY_NONE, ENTITY_NONE, false};
  Slice text;
  TRY(entities_text(&text, e, sentence, first, end));
  if (!text.len) return STATUS_OK;
  if (!titled && !reads_as_person(e, type, text)) {
    TRY(name_thing(e, &m, type, text));
    TRY(note_acronym(e, s, end, m.actor));
  } else if (memchr(text.ptr, ' ', text.len)) {
    TRY(entities_person(&m.actor, e, text));
    m.place = m.actor;
  }
  return push_mention(e, &m); /* bare surnames stay without an entity until all is collected */
}

/* A name after a title that the analyser did not find ("Mr Okoro"); returns how many tokens title
   and name have, 0 if there is none. */
static Status collect_titled(int32_t *length, Entities *e, int32_t sentence, int32_t at)
{
  const Sentence *const s = &e->sentences[sentence];
  const int32_t count = (int32_t)s->count;
  const int32_t first = at + title_at(e->ontology, s, at);
  int32_t end = first;
  *length = 0;
  while (first > at && end < count && end - first < 4 && s->tokens[end].upos == UPOS_PROPN &&
         (s->tokens[end].ner == NER_O || s->tokens[end].ner == NER_PER) &&
         is_capitalised(&s->tokens[end]) && !title_at(e->ontology, s, end)) {
    end++;
  }
  if (end == first) return STATUS_OK;
  end = whole_name_end(e, s, end);
  NameMention m = {sentence,    first,       end,  head_of_span(s, first, end),
                   ENTITY_NONE, ENTITY_NONE, false};
  Slice text;
  TRY(entities_text(&text, e, sentence, first, end));
  const Readings r = look_up(e, text);
  if (r.actor != WORLD_NONE || r.place != WORLD_NONE) return STATUS_OK;
  if (end - first > 1) TRY(entities_person(&m.actor, e, text));
  m.place = m.actor;
  *length = end - at;
  return push_mention(e, &m);
}

/* A name the analyser did not find but the world data knows; returns how many tokens it has. */
static Status collect_known(int32_t *length, Entities *e, int32_t sentence, const Slice *forms,
                            int32_t at)
{
  const Sentence *const s = &e->sentences[sentence];
  *length = 1;
  if (!is_capitalised(&s->tokens[at])) return STATUS_OK;
  const WorldName *found;
  size_t count;
  const size_t words = world_match(&found, &count, e->ontology, forms + at, s->count - (size_t)at);
  if (!words) return STATUS_OK;
  const Readings r = read_name(e->ontology, found, count);
  const int32_t end = at + (int32_t)words;
  NameMention m = {sentence, at, end, head_of_span(s, at, end), ENTITY_NONE, ENTITY_NONE, false};
  bool done;
  TRY(give_to_state(&done, e, &m, r.actor));
  if (!done) TRY(set_readings(e, &m, &r));
  if (m.actor == ENTITY_NONE && r.person != WORLD_NONE && words > 1) {
    TRY(add_person(&m.actor, e, world_entity(e->ontology, r.person)->name));
    m.place = m.actor;
  }
  if (m.actor == ENTITY_NONE) return STATUS_OK;
  *length = (int32_t)words;
  return push_mention(e, &m);
}

/* Where the name that the analyser found at FIRST ends; FIRST if it found none. */
static int32_t end_of_found(const Sentence *s, int32_t first)
{
  const Token *const t = &s->tokens[first];
  int32_t end = first + 1;
  if (!t->ner_begins || t->ner == NER_O) return first;
  while (end < (int32_t)s->count && s->tokens[end].ner == t->ner && !s->tokens[end].ner_begins) {
    end++;
  }
  return end;
}

/* Does the world data know a longer name here ("South Korean" where only "South" was found)? */
static bool known_is_longer(const Entities *e, const Sentence *s, const Slice *forms, int32_t first,
                            int32_t end)
{
  const WorldName *found;
  size_t count;
  if (!is_capitalised(&s->tokens[first])) return false;
  const size_t words =
      world_match(&found, &count, e->ontology, forms + first, s->count - (size_t)first);
  if ((int32_t)words <= end - first) return false;
  const Readings r = read_name(e->ontology, found, count);
  return r.actor != WORLD_NONE || r.place != WORLD_NONE;
}

static Status collect_sentence(Entities *e, int32_t sentence)
{
  const Sentence *const s = &e->sentences[sentence];
  Slice *const forms = arena_array(e->arena, s->count + 1, sizeof *forms);
  if (!forms) return STATUS_MEMORY;
  for (size_t i = 0; i < s->count; i++) forms[i] = s->tokens[i].form;
  for (int32_t i = 0; i < (int32_t)s->count;) {
    const int32_t first = i, end = end_of_found(s, i);
    int32_t length = 0;
    if (end > first && !known_is_longer(e, s, forms, first, end)) {
      i = end;
      TRY(collect_name(&i, e, sentence, first, end));
      continue;
    }
    if (end == first) TRY(collect_titled(&length, e, sentence, i));
    if (!length) TRY(collect_known(&length, e, sentence, forms, i));
    i += length;
  }
  return STATUS_OK;
}

/* ---- surnames and titles, once all full names are known ---- */

/* Short forms. A last word stands for whoever had it last, a first word for whoever had it first
   ("Kim"); once a short form stands for someone it goes on to. */
typedef struct ShortForms {
  Table recent, settled; /* folded word -> entity */
} ShortForms;

static Status remember(ShortForms *forms, Entities *e, const NameMention *m, Slice text)
{
  PersonName name;
  TRY(person_name(&name, e->arena, text));
  if (!name.count) return STATUS_OK;
  TRY(table_put(&forms->recent, name.words[name.count - 1], m->actor));
  if (name.count < 2 || table_get(&forms->recent, name.words[0]) != TABLE_NONE) return STATUS_OK;
  return table_put(&forms->recent, name.words[0], m->actor);
}

/* "King Salman", "Pope Francis": known to the world data with the title. */
static Status find_with_title(uint32_t *out, Entities *e, const NameMention *m)
{
  Slice text;
  *out = TABLE_NONE;
  if (m->first == 0 || !title_ends_at(e->ontology, &e->sentences[m->sentence], m->first)) {
    return STATUS_OK;
  }
  TRY(entities_text(&text, e, m->sentence, m->first - 1, m->end));
  const WorldId world = world_person(e->ontology, text);
  return world == WORLD_NONE ? STATUS_OK
                             : add_person(out, e, world_entity(e->ontology, world)->name);
}

static Status resolve_surname(ShortForms *forms, Entities *e, NameMention *m, Slice text)
{
  PersonName name;
  TRY(person_name(&name, e->arena, text));
  const Slice word = name.count ? name.words[name.count - 1] : SLICE("");
  m->actor = table_get(&forms->settled, word);
  if (m->actor == TABLE_NONE) m->actor = table_get(&forms->recent, word);
  if (m->actor == TABLE_NONE) TRY(find_with_title(&m->actor, e, m));
  if (m->actor == TABLE_NONE) TRY(find_surname(&m->actor, e, text));
  m->place = m->actor;
  return table_put(&forms->settled, word, m->actor);
}

static Status resolve_short_forms(ShortForms *forms, Entities *e)
{
  for (size_t i = 0; i < e->mention_count; i++) {
    NameMention *const m = &e->mentions[i];
    if (m->actor != ENTITY_NONE && e->items[m->actor].entity.class != ENTITY_PERSON) continue;
    Slice text;
    TRY(entities_text(&text, e, m->sentence, m->first, m->end));
    if (m->actor == ENTITY_NONE) TRY(resolve_surname(forms, e, m, text));
    TRY(remember(forms, e, m, text));
  }
  return STATUS_OK;
}

static Status resolve_surnames(Entities *e)
{
  ShortForms forms;
  memset(&forms, 0, sizeof forms);
  const Status status = resolve_short_forms(&forms, e);
  table_clear(&forms.recent);
  table_clear(&forms.settled);
  return status;
}

static WorldId state_of_tokens(const Entities *e, int32_t sentence, int32_t first, int32_t end)
{
  for (uint32_t i = e->first_mention[sentence]; i < e->first_mention[sentence + 1]; i++) {
    const NameMention *const m = &e->mentions[i];
    if (m->first < first || m->end > end) continue;
    const Known *const known = &e->items[m->actor];
    if (known->entity.class == ENTITY_COUNTRY) return known->world;
    if (known->entity.class == ENTITY_ORGANIZATION) return known->state;
  }
  return WORLD_NONE;
}

static void note_titles(Entities *e)
{
  for (size_t i = 0; i < e->mention_count; i++) {
    const NameMention *const m = &e->mentions[i];
    Known *const known = &e->items[m->actor];
    if (known->entity.class != ENTITY_PERSON) continue;
    const Sentence *const s = &e->sentences[m->sentence];
    const TitleSpan t = title_of_name(e->ontology, s, m->first, m->end);
    if (t.gender && !known->gender) known->gender = t.gender;
    if (t.first >= t.end) continue;
    if (t.title.len && !known->title.len) known->title = t.title;
    WorldId state = state_of_tokens(e, m->sentence, t.first, t.end);
    if (state == WORLD_NONE && m->end < (int32_t)s->count &&
        slice_is(s->tokens[m->end].form, "of")) {
      state = state_of_tokens(e, m->sentence, m->end, m->end + 3);
    }
    if (state != WORLD_NONE && known->state == WORLD_NONE) known->state = state;
  }
}

static Status index_mentions(Entities *e)
{
  e->first_mention = arena_array(e->arena, e->sentence_count + 1, sizeof *e->first_mention);
  if (!e->first_mention) return STATUS_MEMORY;
  uint32_t at = 0;
  for (size_t s = 0; s <= e->sentence_count; s++) {
    while (at < e->mention_count && e->mentions[at].sentence < (int32_t)s) at++;
    e->first_mention[s] = at;
  }
  return STATUS_OK;
}

static Status find_all(Entities *e)
{
  for (size_t s = 0; s < e->sentence_count; s++) TRY(collect_sentence(e, (int32_t)s));
  TRY(resolve_surnames(e));
  TRY(index_mentions(e));
  note_titles(e);
  return STATUS_OK;
}

Status entities_find(Entities *out, Arena *arena, const Ontology *ontology,
                     const Document *document, const Sentence *sentences, size_t count)
{
  *out = (Entities){.arena = arena,
                    .ontology = ontology,
                    .document = document,
                    .sentences = sentences,
                    .sentence_count = count};
  const Status status = find_all(out);
  if (status) entities_clear(out);
  return status;
}

void entities_clear(Entities *entities)
{
  table_clear(&entities->by_name);
  table_clear(&entities->by_word);
  table_clear(&entities->acronyms);
}

Status entities_by_word(uint32_t *out, Entities *e, int32_t sentence, int32_t token)
{
  *out = ENTITY_NONE;
  const Token *const t = &e->sentences[sentence].tokens[token];
  if (token == 0 || !is_capitalised(t)) return STATUS_OK;
  Slice word;
  TRY(fold_name(&word, e->arena, "", t->form));
  const uint32_t found = table_get(&e->by_word, word);
  if (found != TABLE_NONE) *out = found;
  return STATUS_OK;
}

const NameMention *entities_mention_at(const Entities *e, int32_t sentence, int32_t head)
{
  const NameMention *best = NULL;
  if (sentence < 0 || (size_t)sentence >= e->sentence_count) return NULL;
  for (uint32_t i = e->first_mention[sentence]; i < e->first_mention[sentence + 1]; i++) {
    const NameMention *const m = &e->mentions[i];
    if (head < m->first || head >= m->end) continue;
    if (!best || m->end - m->first > best->end - best->first) best = m;
  }
  return best;
}
