/* Questions to the world data: who goes by a name, who held an office, who is a member. Nothing is
   written once the data is loaded, so any number of threads may ask. */
#include "store.h"

#include "graph/unicode.h"

size_t world_count(const Ontology *ontology)
{
  return ontology->world.entities.count;
}

const WorldEntity *world_entity(const Ontology *ontology, WorldId id)
{
  return id < ontology->world.entities.count ? LIST_AT(WorldEntity, ontology->world.entities, id)
                                             : NULL;
}

/* ---- names ---- */

/* In capitals throughout, with more than four letters. */
static bool is_shouted(Slice key)
{
  size_t letters = 0;
  for (size_t at = 0; at < key.len;) {
    const uint32_t code = utf8_next(key, &at);
    if (unicode_is_lower(code)) return false;
    letters += unicode_is_letter(code);
  }
  return letters > 4;
}

static size_t group_names(const WorldName **out, const World *world, uint32_t group)
{
  if (group == TABLE_NONE) return 0;
  *out = world->names + world->groups[group].start;
  return world->groups[group].count;
}

static bool is_non_ascii(Slice key)
{
  for (size_t i = 0; i < key.len; i++) {
    if ((unsigned char)key.ptr[i] >= 0x80) return true;
  }
  return false;
}

/* Without memory a name is not found, which a caller could not tell from a rare spelling anyway. */
static uint32_t find_plain(const World *world, Slice key)
{
  Buffer plain = BUFFER_EMPTY;
  uint32_t group = TABLE_NONE;
  if (unicode_plain(&plain, key) == STATUS_OK)
    group = table_get(&world->exact, buffer_as_slice(&plain));
  buffer_clear(&plain);
  return group;
}

/* "BANK OF ENGLAND", "KIM JONG-UN": as it would stand in running text. */
static uint32_t find_shouted(const World *world, Slice key)
{
  NameKey lowered;
  uint32_t group = TABLE_NONE;
  if (name_lower(&lowered, key, true)) group = table_get(&world->exact, key_slice(&lowered));
  if (group == TABLE_NONE && name_lower(&lowered, key, false))
    group = table_get(&world->exact, key_slice(&lowered));
  return group;
}

/* "James N. Miller" is James Miller, if that is a person. */
static uint32_t find_bare(const World *world, Slice key)
{
  NameKey bare;
  if (!name_without_initial(&bare, key)) return TABLE_NONE;
  const uint32_t group = table_get(&world->exact, key_slice(&bare));
  if (group == TABLE_NONE) return TABLE_NONE;
  const WorldName *const name = &world->names[world->groups[group].start];
  const bool person = LIST_AT(WorldEntity, world->entities, name->entity)->class == ENTITY_PERSON;
  return person ? group : TABLE_NONE;
}

static size_t find_key(const WorldName **out, const World *world, Slice key)
{
  uint32_t group = table_get(&world->exact, key);
  if (group == TABLE_NONE && is_non_ascii(key)) group = find_plain(world, key);
  if (group == TABLE_NONE && is_shouted(key)) group = find_shouted(world, key);
  if (group == TABLE_NONE) group = find_bare(world, key);
  return group_names(out, world, group);
}

size_t world_find(const WorldName **out, const Ontology *ontology, Slice name)
{
  NameKey key;
  *out = NULL;
  return name_key(&key, name) ? find_key(out, &ontology->world, key_slice(&key)) : 0;
}

/* The most words that a name starting with WORD can have. */
static size_t most_words(const World *world, Slice word)
{
  NameKey key, folded;
  if (!name_key(&key, word)) return 0;
  if (name_fold(&folded, name_first_piece(key_slice(&key)))) return 0;
  const uint32_t most = table_get(&world->first, key_slice(&folded));
  return most == TABLE_NONE ? 0 : most;
}

size_t world_match(const WorldName **out, size_t *count, const Ontology *ontology,
                   const Slice *words, size_t word_count)
{
  *out = NULL;
  *count = 0;
  if (word_count == 0) return 0;
  const bool initial = word_count > 2 && words[1].len == 2 && words[1].ptr[1] == '.';
  const size_t most = most_words(&ontology->world, words[0]) + initial;
  for (size_t n = most < word_count ? most : word_count; n > 0; n--) {
    NameKey key;
    if (!name_key_join(&key, words, n)) continue;
    *count = find_key(out, &ontology->world, key_slice(&key));
    if (*count) return n;
  }
  return 0;
}

size_t world_names(const Slice **out, const Ontology *ontology, WorldId id)
{
  *out = NULL;
  if (id >= ontology->world.entities.count) return 0;
  const uint32_t *const starts = ontology->world.aliases_of.starts;
  *out = ontology->world.alias_texts + starts[id];
  return starts[id + 1] - starts[id];
}

/* ---- offices ---- */

size_t world_holdings_of(const Holding *const **out, const Ontology *ontology, WorldId person)
{
  *out = NULL;
  if (person >= ontology->world.entities.count) return 0;
  const uint32_t *const starts = ontology->world.held_by.starts;
  *out = ontology->world.holdings + starts[person];
  return starts[person + 1] - starts[person];
}

/* What is asked for: a title of the vocabulary, or words that must equal those of the office. */
typedef struct Sought {
  const Title *title;
  Slice words;
} Sought;

static bool is_sought(const HeldOffice *held, const Sought *sought)
{
  const unsigned both = TITLE_FOREIGN_MINISTER | TITLE_DEFENCE_MINISTER;
  if (!sought->title || !held->title) return slice_equal(held->holding.title, sought->words);
  if (held->title == sought->title) return true;
  const unsigned flags = held->title->flags;
  if (slice_is(sought->title->name, "prime minister")) /* chancellor, taoiseach */
    return (flags & TITLE_HEAD_OF_GOVERNMENT) && !(flags & TITLE_HEAD_OF_STATE);
  return flags & sought->title->flags & both;
}

/* Whether A is before B, as far as both are precise. */
static bool before(Slice a, Slice b)
{
  const size_t n = a.len < b.len ? a.len : b.len;
  return n && memcmp(a.ptr, b.ptr, n) < 0;
}

/* An unknown end is at the latest where the next holder begins; NEXT may be empty. */
static bool may_cover(const HeldOffice *held, Slice next, Slice date)
{
  const Slice end = held->holding.to.len || held->open ? held->holding.to : next;
  return !before(date, held->holding.from) && !(end.len && before(end, date));
}

static bool is_vague(const HeldOffice *held, Slice next, Slice date)
{
  if (held->open) return held->seen.len && before(held->seen, date);
  return !held->holding.from.len || (!held->holding.to.len && !next.len);
}

/* The holders are given latest first. Two that may both have held the office on DATE make the
   answer unsure, but on the very day of a change it is the new one. */
static WorldId holder_on(const World *world, const uint32_t *held, size_t count,
                         const Sought *sought, Slice date)
{
  WorldId found = WORLD_NONE;
  Slice next = SLICE_NONE;
  for (size_t i = 0; i < count; i++) {
    const HeldOffice *const h = LIST_AT(HeldOffice, world->held, held[i]);
    if (!is_sought(h, sought)) continue;
    if (!date.len) return h->holding.person;
    if (may_cover(h, next, date)) {
      if (found != WORLD_NONE && found != h->holding.person) return WORLD_NONE;
      if (is_vague(h, next, date)) return WORLD_NONE;
      found = h->holding.person;
      if (date.len == 10 && slice_equal(h->holding.from, date)) return found;
    }
    next = h->holding.from;
  }
  return found;
}

WorldId world_holder(const Ontology *ontology, WorldId country, Slice title, Slice date)
{
  const World *const world = &ontology->world;
  if (country >= world->entities.count) return WORLD_NONE;
  NameKey key;
  Sought sought = {NULL, title};
  if (name_key(&key, title)) sought.title = title_find(ontology, key_slice(&key));
  if (sought.title && sought.title->flags & TITLE_LEADER) {
    sought.words = LIST_AT(WorldDraft, world->drafts, country)->leader;
    sought.title = title_find(ontology, sought.words);
    if (!sought.title) return WORLD_NONE;
  }
  const uint32_t *const starts = world->held_in.starts;
  return holder_on(world, world->held_in.items + starts[country],
                   starts[country + 1] - starts[country], &sought, date);
}

/* ---- members ---- */

size_t world_members(const WorldId **out, const Ontology *ontology, WorldId organization)
{
  *out = NULL;
  if (organization >= ontology->world.entities.count) return 0;
  const uint32_t *const starts = ontology->world.members_of.starts;
  *out = ontology->world.members_of.items + starts[organization];
  return starts[organization + 1] - starts[organization];
}

bool world_is_member(const Ontology *ontology, WorldId entity, WorldId organization)
{
  const WorldId *members;
  const size_t count = world_members(&members, ontology, organization);
  for (size_t i = 0; i < count; i++) {
    if (members[i] == entity) return true;
  }
  return false;
}
