#include "input/table_names.h"

#include "graph/unicode.h"
#include "graph/vocabulary.h"
#include "ontology/words.h"

#define ACTORS (1u << ENTITY_PERSON | 1u << ENTITY_COUNTRY | 1u << ENTITY_ORGANIZATION)
#define ALL_CLASSES ((1u << ENTITY_CLASSES) - 1)

void table_names_clear(TableNames *names)
{
  table_clear(&names->by_name);
  table_clear(&names->by_relation);
}

/* ---- relations ---- */

static bool is_word_character(char c)
{
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         (unsigned char)c >= 0x80;
}

static char upper(char c)
{
  return c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
}

static char lower(char c)
{
  return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

/* "flew over", "flew_over" and "flewOver" to "flewOver"; empty if it cannot be a name. */
static Status local_name(Slice *out, Arena *arena, Slice text)
{
  char *const name = arena_alloc(arena, text.len + 1);
  if (!name) return STATUS_MEMORY;
  size_t count = 0;
  bool start = false;
  for (size_t i = 0; i < text.len; i++) {
    if (is_word_character(text.ptr[i])) {
      name[count] = start && count ? upper(text.ptr[i]) : text.ptr[i];
      count++;
    }
    start = !is_word_character(text.ptr[i]);
  }
  if (count) name[0] = lower(name[0]);
  const bool good =
      count && !(name[0] >= '0' && name[0] <= '9') && utf8_check((Slice){name, count}) == count;
  *out = (Slice){name, good ? count : 0};
  return STATUS_OK;
}

/* "flewOver" to "flew over". */
static Status phrase_of(Slice *out, Arena *arena, Slice name)
{
  char *const phrase = arena_alloc(arena, 2 * name.len + 1);
  if (!phrase) return STATUS_MEMORY;
  size_t count = 0;
  for (size_t i = 0; i < name.len; i++) {
    const bool capital = name.ptr[i] >= 'A' && name.ptr[i] <= 'Z';
    if (capital && i > 0) phrase[count++] = ' ';
    phrase[count++] = lower(name.ptr[i]);
  }
  *out = (Slice){phrase, count};
  return STATUS_OK;
}

static Status own_relation(RelationName *relation, Arena *arena, Slice name)
{
  Slice class_name;
  TRY(arena_copy(&class_name, arena, name));
  char *const first = arena_alloc(arena, name.len + 1);
  if (!first) return STATUS_MEMORY;
  memcpy(first, name.ptr, name.len);
  first[0] = upper(first[0]);
  relation->schema.name = name;
  relation->schema.class_name = (Slice){first, name.len};
  relation->schema.object_role = SLICE("theme");
  relation->subject_classes = ACTORS;
  relation->object_classes = ALL_CLASSES;
  return phrase_of(&relation->schema.phrase, arena, name);
}

static const Relation *relation_by_phrase(const Ontology *ontology, Slice text)
{
  for (size_t i = 0; i < ontology_relation_count(ontology); i++) {
    const Relation *const relation = ontology_relation(ontology, (RelationId)i);
    if (slice_equal(relation->schema.phrase, text)) return relation;
  }
  return NULL;
}

static const Relation *relation_of(const Ontology *ontology, Slice text, Slice name)
{
  RelationId id = ontology_find_relation(ontology, text);
  if (id == RELATION_NONE) id = ontology_find_relation(ontology, name);
  return id == RELATION_NONE ? relation_by_phrase(ontology, text) : ontology_relation(ontology, id);
}

static Status add_relation(RelationName **out, TableNames *names, Slice text, Slice name)
{
  const Relation *const known = relation_of(names->ontology, text, name);
  RelationName *const relation = arena_array(names->arena, 1, sizeof *relation);
  RelationName **const grown = arena_grow(names->arena, names->relations, &names->relation_capacity,
                                          names->relation_count, 1, sizeof *grown);
  if (!relation || !grown) return STATUS_MEMORY;
  names->relations = grown;
  *out = relation;
  if (known) {
    *relation = (RelationName){known->schema, known->subject_classes, known->object_classes, true};
  } else {
    TRY(own_relation(relation, names->arena, name));
  }
  grown[names->relation_count++] = relation;
  return STATUS_OK;
}

Status table_relation(const RelationName **out, bool *new, TableNames *names, Slice text)
{
  const uint32_t seen = table_get(&names->by_relation, text);
  *new = false;
  *out = seen == TABLE_NONE ? NULL : names->relations[seen];
  if (*out) return STATUS_OK;
  Slice key, name;
  RelationName *relation;
  TRY(arena_copy(&key, names->arena, text));
  TRY(local_name(&name, names->arena, text));
  if (!name.len) return STATUS_OK;
  TRY(add_relation(&relation, names, key, name));
  *new = !relation->known;
  *out = relation;
  return table_put(&names->by_relation, key, (uint32_t)names->relation_count - 1);
}

/* ---- entities ---- */

WorldId table_in_world(const Ontology *ontology, Slice text, unsigned classes)
{
  const WorldName *found;
  const size_t count = world_find(&found, ontology, text);
  WorldId first = WORLD_NONE;
  for (size_t i = 0; i < count; i++) {
    if (found[i].kind != NAME_CANONICAL && found[i].kind != NAME_ALIAS) continue;
    if (1u << world_entity(ontology, found[i].entity)->class & classes) return found[i].entity;
    if (first == WORLD_NONE) first = found[i].entity;
  }
  return first;
}

static bool class_by_name(EntityClass *out, Slice name)
{
  for (int i = 0; i < ENTITY_CLASSES; i++) {
    if (!slice_is(name, entity_class_name((EntityClass)i))) continue;
    *out = (EntityClass)i;
    return true;
  }
  return false;
}

static Status describe(NamedThing *thing, TableNames *names, WorldId world)
{
  const WorldEntity *const w = world_entity(names->ontology, world);
  thing->classed = true;
  thing->entity.class = w->class;
  thing->entity.label = w->name;
  thing->entity.name_count = world_names(&thing->entity.names, names->ontology, world);
  if (!w->wikidata.len) return STATUS_OK;
  Buffer iri = BUFFER_EMPTY;
  Status status = buffer_printf(&iri, WIKIDATA "%.*s", SLICE_ARGS(w->wikidata));
  if (status == STATUS_OK) {
    status = arena_copy(&thing->entity.same_as, names->arena, buffer_as_slice(&iri));
  }
  buffer_clear(&iri);
  return status;
}

static Status add_thing(uint32_t *out, TableNames *names, Slice key, Slice label, WorldId world)
{
  NamedThing *const grown = arena_grow(names->arena, names->things, &names->thing_capacity,
                                       names->thing_count, 1, sizeof *grown);
  if (!grown) return STATUS_MEMORY;
  names->things = grown;
  NamedThing *const thing = &grown[names->thing_count];
  *thing = (NamedThing){.entity = {.class = ENTITY_THING, .label = label}, .in_all = ALL_CLASSES};
  if (world != WORLD_NONE) TRY(describe(thing, names, world));
  *out = (uint32_t)names->thing_count++;
  return table_put(&names->by_name, key, *out);
}

static Status name_of(Slice *out, Arena *arena, Slice text)
{
  Buffer name = BUFFER_EMPTY;
  Status status = unicode_nfc(&name, text);
  if (status == STATUS_OK) status = arena_copy(out, arena, buffer_as_slice(&name));
  buffer_clear(&name);
  return status;
}

/* Is WORD the adjective or the people of a state ("Japanese")? */
static bool is_demonym(const Ontology *ontology, Slice word)
{
  const WorldName *found;
  const size_t count = world_find(&found, ontology, word);
  return count > 0 && (found[0].kind == NAME_ADJECTIVE || found[0].kind == NAME_PEOPLE);
}

/* Does TEXT hold a proper noun: a word with a capital, or a digit in it, that is no demonym? */
static bool holds_name(const Ontology *ontology, Slice text)
{
  for (size_t start = 0; start < text.len;) {
    const char *const blank = memchr(text.ptr + start, ' ', text.len - start);
    const size_t end = blank ? (size_t)(blank - text.ptr) : text.len;
    const Slice word = slice_part(text, start, end);
    size_t at = 0;
    if (word.len && unicode_is_upper(utf8_next(word, &at)) && !is_demonym(ontology, word)) {
      return true;
    }
    start = end + 1;
  }
  return false;
}

/* The key of what is not in the world data: its name, and the document it is kept to, if any. */
static Status key_of(Slice *out, Slice *scope, TableNames *names, Slice name, Slice document)
{
  *out = name;
  *scope = SLICE_NONE;
  if (!document.len || holds_name(names->ontology, name)) return STATUS_OK;
  *scope = document;
  Buffer key = BUFFER_EMPTY;
  Status status = buffer_printf(&key, "%.*s\n%.*s", SLICE_ARGS(name), SLICE_ARGS(document));
  if (status == STATUS_OK) status = arena_copy(out, names->arena, buffer_as_slice(&key));
  buffer_clear(&key);
  return status;
}

/* Things of the world data are kept under an id, not a name, as two may be called the same. */
static Status world_thing(uint32_t *out, TableNames *names, WorldId world)
{
  char id[16] = {'\x01'};
  memcpy(id + 1, &world, sizeof world);
  const Slice key = {id, 1 + sizeof world};
  *out = table_get(&names->by_name, key);
  if (*out != TABLE_NONE) return STATUS_OK;
  Slice kept;
  TRY(arena_copy(&kept, names->arena, key));
  return add_thing(out, names, kept, SLICE_NONE, world);
}

Status table_thing(uint32_t *out, TableNames *names, Slice text, unsigned classes, Slice class_name,
                   Slice document)
{
  EntityClass class = ENTITY_THING;
  const bool given = class_by_name(&class, class_name);
  const unsigned allowed = given ? 1u << class : classes;
  Slice name;
  TRY(name_of(&name, names->arena, text));
  const WorldId world = table_in_world(names->ontology, name, allowed);
  const bool fits =
      world != WORLD_NONE && (!given || world_entity(names->ontology, world)->class == class);
  if (fits) return world_thing(out, names, world);
  Slice key, scope;
  TRY(key_of(&key, &scope, names, name, document));
  *out = table_get(&names->by_name, key);
  if (*out == TABLE_NONE) TRY(add_thing(out, names, key, name, WORLD_NONE));
  NamedThing *const thing = &names->things[*out];
  thing->entity.scope = scope;
  if (given) {
    thing->classed = true;
    thing->entity.class = class;
  }
  thing->in_all &= classes;
  thing->in_some |= classes;
  return STATUS_OK;
}

Status table_known_thing(bool *found, uint32_t *out, TableNames *names, Slice text, Slice document)
{
  Slice name, key, scope;
  TRY(name_of(&name, names->arena, text));
  TRY(key_of(&key, &scope, names, name, document));
  *out = table_get(&names->by_name, key);
  *found = *out != TABLE_NONE;
  if (*found) return STATUS_OK;
  const WorldId world = table_in_world(names->ontology, name, ACTORS);
  *found = world != WORLD_NONE;
  return *found ? world_thing(out, names, world) : STATUS_OK;
}

/* ---- classes of names that nothing is known of ---- */

static Slice last_word(Slice text)
{
  size_t start = text.len;
  while (start > 0 && text.ptr[start - 1] != ' ') start--;
  return slice_part(text, start, text.len);
}

/* "Treaty on the Prohibition" by its head, the word before the first preposition. */
static Slice head_of(Slice name)
{
  static const char *const breaks[] = {" of ", " on ",   " for ",    " in ",
                                       " to ", " with ", " between "};
  size_t end = name.len;
  for (size_t i = 1; i < name.len; i++) {
    for (size_t b = 0; b < sizeof breaks / sizeof *breaks && i < end; b++) {
      if (slice_starts(slice_part(name, i, name.len), breaks[b])) end = i;
    }
  }
  return slice_part(name, 0, end);
}

/* The bits of WORD, or of what it is the plural of. */
static unsigned bits_of(const Ontology *ontology, Buffer *word)
{
  unsigned bits = ontology_word(ontology, buffer_as_slice(word));
  if (!bits && word->count > 3 && word->bytes[word->count - 1] == 's') {
    word->count--;
    bits = ontology_word(ontology, buffer_as_slice(word));
  }
  if (!bits && word->count > 3 && slice_ends(buffer_as_slice(word), "ie")) {
    word->bytes[--word->count - 1] = 'y';
    bits = ontology_word(ontology, buffer_as_slice(word));
  }
  return bits;
}

static Status class_by_words(unsigned *out, const Ontology *ontology, Slice name)
{
  Buffer word = BUFFER_EMPTY;
  const Status status = unicode_fold(&word, last_word(head_of(name)));
  const unsigned bits = status == STATUS_OK ? bits_of(ontology, &word) : 0;
  buffer_clear(&word);
  *out = 0;
  if (bits & WORD_AGREEMENT)
    *out = 1u << ENTITY_AGREEMENT;
  else if (bits & (WORD_GROUP | WORD_BODY))
    *out = 1u << ENTITY_ORGANIZATION;
  else if (bits & WORD_STATE)
    *out = 1u << ENTITY_COUNTRY;
  return status;
}

/* How many letters of NAME from FROM on are up to a blank, hyphen or apostrophe. */
static Slice part_from(Slice name, size_t from)
{
  size_t at = from, end = from;
  while (at < name.len) {
    const uint32_t c = utf8_next(name, &at);
    if (c == ' ' || c == '-' || c == '\'' || c == 0x2019) break;
    end = at;
  }
  return slice_part(name, from, end);
}

/* One to five words with a capital ("Dae-jung" is one), and short ones and particles between: how
   people are written. */
static bool looks_like_person(const Ontology *ontology, Slice name)
{
  size_t words = 0;
  bool start = true;
  for (size_t at = 0; at < name.len;) {
    const size_t from = at;
    const uint32_t c = utf8_next(name, &at);
    if (unicode_is_digit(c)) return false;
    if (start && unicode_is_upper(c)) {
      words++;
    } else if (start && unicode_is_letter(c)) {
      const Slice part = part_from(name, from);
      const bool particle = ontology_word(ontology, part) & WORD_PARTICLE;
      if (!particle && (part.len > 3 || words == 0)) return false;
    }
    start = c == ' ' || (start && !unicode_is_letter(c));
  }
  return words >= 1 && words <= 5;
}

static bool starts_with_capital(Slice name)
{
  size_t at = 0;
  return name.len && unicode_is_upper(utf8_next(name, &at));
}

static EntityClass first_of(unsigned classes, const EntityClass *order, size_t count)
{
  for (size_t i = 0; i < count; i++) {
    if (1u << order[i] & classes) return order[i];
  }
  return ENTITY_THING;
}

static Status classify(NamedThing *thing, const Ontology *ontology)
{
  static const EntityClass as_name[] = {ENTITY_ORGANIZATION, ENTITY_PLACE,  ENTITY_AGREEMENT,
                                        ENTITY_OFFICE,       ENTITY_PERSON, ENTITY_COUNTRY,
                                        ENTITY_THING};
  static const EntityClass as_words[] = {ENTITY_THING,  ENTITY_AGREEMENT,    ENTITY_OFFICE,
                                         ENTITY_PLACE,  ENTITY_ORGANIZATION, ENTITY_PERSON,
                                         ENTITY_COUNTRY};
  const Slice name = thing->entity.label;
  const unsigned classes = thing->in_all ? thing->in_all : thing->in_some;
  unsigned by_words = 0;
  TRY(class_by_words(&by_words, ontology, name));
  const bool capital = starts_with_capital(last_word(head_of(name)));
  if (by_words & classes) {
    thing->entity.class = first_of(by_words & classes, as_name, ENTITY_CLASSES);
  } else if (classes & 1u << ENTITY_PERSON && looks_like_person(ontology, name)) {
    thing->entity.class = ENTITY_PERSON;
  } else {
    thing->entity.class = first_of(classes, capital ? as_name : as_words, ENTITY_CLASSES);
  }
  return STATUS_OK;
}

Status table_could_be_person(bool *out, const Ontology *ontology, Slice name)
{
  unsigned other = 0;
  TRY(class_by_words(&other, ontology, name));
  *out = !other && looks_like_person(ontology, name);
  return STATUS_OK;
}

Status table_entities(const Entity **out, TableNames *names)
{
  Entity *const entities = arena_array(names->arena, names->thing_count, sizeof *entities);
  if (!entities) return STATUS_MEMORY;
  for (size_t i = 0; i < names->thing_count; i++) {
    if (!names->things[i].classed) TRY(classify(&names->things[i], names->ontology));
    entities[i] = names->things[i].entity;
  }
  *out = entities;
  return STATUS_OK;
}
