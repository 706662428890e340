/* World data from blocks of Turtle. An entity may be referred to before it is declared; what is
   never declared is an error in the end. Later files add names and members and override the rest.
 */
#include "block.h"

#include "graph/memory.h"

#include <stdlib.h>

static Status add_entity(Ontology *ontology, Slice id, const char *file, size_t line)
{
  World *const world = &ontology->world;
  WorldEntity *const entity = list_add(&world->entities, &ontology->arena, sizeof *entity);
  WorldDraft *const draft = list_add(&world->drafts, &ontology->arena, sizeof *draft);
  if (!entity || !draft) return STATUS_MEMORY;
  entity->country = WORLD_NONE;
  *draft = (WorldDraft){.id = id, .file = file, .line = line};
  return STATUS_OK;
}

Status world_intern(WorldId *out, Ontology *ontology, Slice id, const char *file, size_t line)
{
  World *const world = &ontology->world;
  *out = table_get(&world->ids, id);
  if (*out != WORLD_NONE) return STATUS_OK;
  TRY(add_entity(ontology, id, file, line));
  *out = (WorldId)world->entities.count - 1;
  return table_put(&world->ids, id, *out);
}

static Status refer(WorldId *out, Ontology *ontology, const Block *block,
                    const Statement *statement)
{
  if (statement->object.kind != TURTLE_IRI || statement->object.space != SPACE_ID)
    return block_error(block, statement, "an entity (id:…) expected, not ", statement->object.text);
  return world_intern(out, ontology, statement->object.text, block->file, statement->line);
}

static Status add_pair(List *list, Arena *arena, WorldId first, WorldId second)
{
  Pair *const pair = list_add(list, arena, sizeof *pair);
  if (!pair) return STATUS_MEMORY;
  *pair = (Pair){first, second};
  return STATUS_OK;
}

Status world_add_alias(Ontology *ontology, WorldId id, Slice text)
{
  Alias *const alias = list_add(&ontology->world.aliases, &ontology->arena, sizeof *alias);
  if (!alias) return STATUS_MEMORY;
  *alias = (Alias){id, text};
  return world_add_name(ontology, id, NAME_ALIAS, text);
}

static Status set_gender(WorldEntity *entity, const Block *block, const Statement *statement)
{
  const Slice text = statement->object.text;
  entity->female = slice_is(text, "female");
  entity->male = slice_is(text, "male");
  if (entity->female || entity->male) return STATUS_OK;
  return block_error(block, statement, "male or female expected, not ", text);
}

static Status set_same_as(WorldEntity *entity, const Block *block, const Statement *statement)
{
  if (statement->object.space != SPACE_WIKIDATA)
    return block_error(block, statement, "not a Wikidata item: ", statement->object.text);
  entity->wikidata = statement->object.text;
  return STATUS_OK;
}

static Status set_body(Ontology *ontology, const Block *block, const Statement *statement,
                       WorldId id)
{
  const uint32_t body = table_get(&ontology->world.body_words, statement->object.text);
  if (body == TABLE_NONE)
    return block_error(block, statement, "unknown kind of body ", statement->object.text);
  return add_pair(&ontology->world.bodies_of, &ontology->arena, id, body);
}

/* Statements that tie ID to another entity. */
static Status set_reference(Ontology *ontology, const Block *block, const Statement *statement,
                            WorldId id)
{
  World *const world = &ontology->world;
  WorldId other;
  TRY(refer(&other, ontology, block, statement));
  switch ((int)statement->property) {
  case PROPERTY_CAPITAL:
    return add_pair(&world->capitals, &ontology->arena, other, id);
  case PROPERTY_MEMBER:
    return add_pair(&world->members, &ontology->arena, id, other);
  case PROPERTY_MEMBER_OF:
    return add_pair(&world->members, &ontology->arena, other, id);
  default:
    LIST_AT(WorldEntity, world->entities, id)->country = other;
    return STATUS_OK;
  }
}

/* "Mumbai | Bombay": a place in the state STATE, declared by its names. */
static Status add_place(Ontology *ontology, const Block *block, const Statement *statement,
                        WorldId state)
{
  Slice rest = statement->object.text, key, id;
  const Slice name = name_trim(name_cut(&rest, '|'));
  if (!name.len) return block_error(block, statement, "a place without name", SLICE(""));
  TRY(name_local(&id, &ontology->arena, name));
  World *const world = &ontology->world;
  WorldId place = (WorldId)world->entities.count;
  if (table_get(&world->ids, id) == TABLE_NONE)
    TRY(world_intern(&place, ontology, id, block->file, statement->line));
  else
    TRY(add_entity(ontology, id, block->file, statement->line));
  LIST_AT(WorldDraft, world->drafts, place)->declared = true;
  *LIST_AT(WorldEntity, world->entities, place) =
      (WorldEntity){.class = ENTITY_PLACE, .name = name, .country = state};
  TRY(world_label_key(&key, &ontology->arena, ENTITY_PLACE, name));
  if (table_get(&world->labels, key) == TABLE_NONE) TRY(table_put(&world->labels, key, place));
  TRY(world_add_name(ontology, place, NAME_CANONICAL, name));
  while (rest.len) TRY(world_add_alias(ontology, place, name_trim(name_cut(&rest, '|'))));
  return STATUS_OK;
}

/* Persons wait until all is read: how a name may be turned depends on the state. */
static Status add_person(Ontology *ontology, const Block *block, const Statement *statement,
                         WorldId state)
{
  Citizen *const citizen = list_add(&ontology->world.citizens, &ontology->arena, sizeof *citizen);
  if (!citizen) return STATUS_MEMORY;
  *citizen = (Citizen){state, statement->object.text, block->file, statement->line};
  return STATUS_OK;
}

static Status set_entity(Ontology *ontology, const Block *block, const Statement *statement,
                         WorldId id)
{
  World *const world = &ontology->world;
  WorldDraft *const draft = LIST_AT(WorldDraft, world->drafts, id);
  const Slice text = statement->object.text;
  switch ((int)statement->property) {
  case PROPERTY_ALT_LABEL:
    return world_add_alias(ontology, id, text);
  case PROPERTY_ADJECTIVE:
    return world_add_name(ontology, id, NAME_ADJECTIVE, text);
  case PROPERTY_PEOPLE:
    return world_add_name(ontology, id, NAME_PEOPLE, text);
  case PROPERTY_SEAT:
    return world_add_name(ontology, id, NAME_SEAT, text);
  case PROPERTY_SURNAME:
    return world_add_name(ontology, id, NAME_SURNAME, text);
  case PROPERTY_GENDER:
    return set_gender(LIST_AT(WorldEntity, world->entities, id), block, statement);
  case PROPERTY_SAME_AS:
    return set_same_as(LIST_AT(WorldEntity, world->entities, id), block, statement);
  case PROPERTY_ARTICLE:
    return block_boolean(&LIST_AT(WorldEntity, world->entities, id)->article, block, statement);
  case PROPERTY_SURNAME_FIRST:
    return block_boolean(&draft->surname_first, block, statement);
  case PROPERTY_PLACE:
    return add_place(ontology, block, statement, id);
  case PROPERTY_PERSON:
    return add_person(ontology, block, statement, id);
  case PROPERTY_LEADER:
    draft->leader = text;
    return STATUS_OK;
  case PROPERTY_BODY:
    return set_body(ontology, block, statement, id);
  case PROPERTY_CAPITAL:
  case PROPERTY_MEMBER:
  case PROPERTY_MEMBER_OF:
  case PROPERTY_COUNTRY:
    return set_reference(ontology, block, statement, id);
  default:
    return STATUS_OK;
  }
}

Status world_label_key(Slice *out, Arena *arena, EntityClass class, Slice label)
{
  char *const text = arena_alloc(arena, label.len + 1);
  if (!text) return STATUS_MEMORY;
  text[0] = (char)('0' + (int)class);
  memcpy(text + 1, label.ptr, label.len);
  *out = (Slice){text, label.len + 1};
  return STATUS_OK;
}

static bool class_of(EntityClass *out, const Block *block)
{
  for (size_t i = 0; i < block->count; i++) {
    const Statement *const s = &block->statements[i];
    if (s->property == PROPERTY_TYPE && s->object.space == SPACE_ENT &&
        entity_class_named(out, s->object.text))
      return true;
  }
  return false;
}

static Status set_label(Ontology *ontology, WorldId id, EntityClass class, Slice text)
{
  World *const world = &ontology->world;
  WorldEntity *const entity = LIST_AT(WorldEntity, world->entities, id);
  if (slice_equal(entity->name, text)) return STATUS_OK;
  Slice key;
  TRY(world_label_key(&key, &ontology->arena, class, text));
  TRY(table_put(&world->labels, key, id));
  entity->name = text;
  return world_add_name(ontology, id, NAME_CANONICAL, text);
}

/* The entity that BLOCK is about: by its IRI, or by class and label when the IRI is new. */
static Status entity_of(WorldId *out, Ontology *ontology, const Block *block, EntityClass class,
                        const Statement *label)
{
  World *const world = &ontology->world;
  if (label && table_get(&world->ids, block->subject) == TABLE_NONE) {
    Slice key;
    TRY(world_label_key(&key, &ontology->arena, class, label->object.text));
    const uint32_t known = table_get(&world->labels, key);
    if (known != TABLE_NONE) {
      *out = known;
      return table_put(&world->ids, block->subject, known);
    }
  }
  return world_intern(out, ontology, block->subject, block->file, block_line(block));
}

static Status declare(Ontology *ontology, const Block *block, EntityClass class)
{
  const Statement *const label = block_first(block, PROPERTY_LABEL);
  WorldId id;
  TRY(entity_of(&id, ontology, block, class, label));
  WorldDraft *const draft = LIST_AT(WorldDraft, ontology->world.drafts, id);
  if (!draft->declared && !label) return block_error(block, NULL, "no rdfs:label", SLICE(""));
  WorldEntity *const entity = LIST_AT(WorldEntity, ontology->world.entities, id);
  if (draft->declared && entity->class != class)
    return block_error(block, NULL, "has another class already", SLICE(""));
  draft->declared = true;
  entity->class = class;
  entity->state = class == ENTITY_COUNTRY;
  if (label) TRY(set_label(ontology, id, class, label->object.text));
  if (label && class == ENTITY_PERSON && !block_first(block, PROPERTY_SURNAME))
    TRY(world_add_surname(ontology, id, label->object.text));
  for (size_t i = 0; i < block->count; i++)
    TRY(set_entity(ontology, block, &block->statements[i], id));
  return STATUS_OK;
}

/* Of an entity whose class a later file gives. */
static Status describe_ahead(Ontology *ontology, const Block *block)
{
  const Statement *const label = block_first(block, PROPERTY_LABEL);
  if (label) return block_error(block, label, "a label, but no class says what this is", SLICE(""));
  WorldId id;
  TRY(world_intern(&id, ontology, block->subject, block->file, block_line(block)));
  for (size_t i = 0; i < block->count; i++)
    TRY(set_entity(ontology, block, &block->statements[i], id));
  return STATUS_OK;
}

static Status find_or_add_office(OfficeDraft **out, Ontology *ontology, const Block *block)
{
  World *const world = &ontology->world;
  const uint32_t known = table_get(&world->office_ids, block->subject);
  if (known != TABLE_NONE) {
    *out = LIST_AT(OfficeDraft, world->offices, known);
    return STATUS_OK;
  }
  *out = list_add(&world->offices, &ontology->arena, sizeof **out);
  if (!*out) return STATUS_MEMORY;
  **out = (OfficeDraft){.id = block->subject, .of = WORLD_NONE, .file = block->file};
  return table_put(&world->office_ids, block->subject, (uint32_t)world->offices.count - 1);
}

static Status set_office(OfficeDraft *office, Ontology *ontology, const Block *block,
                         const Statement *statement)
{
  switch ((int)statement->property) {
  case PROPERTY_LABEL:
    office->label = statement->object.text;
    break;
  case PROPERTY_TITLE:
    office->title = statement->object.text;
    break;
  case PROPERTY_OF:
    return refer(&office->of, ontology, block, statement);
  case PROPERTY_HELD: {
    Slice *const held = list_add(&office->held, &ontology->arena, sizeof *held);
    if (!held) return STATUS_MEMORY;
    *held = statement->object.text;
    break;
  }
  default:
    break;
  }
  return STATUS_OK;
}

static Status declare_office(Ontology *ontology, const Block *block)
{
  OfficeDraft *office = NULL;
  TRY(find_or_add_office(&office, ontology, block));
  office->file = block->file;
  office->line = block_line(block);
  for (size_t i = 0; i < block->count; i++)
    TRY(set_office(office, ontology, block, &block->statements[i]));
  if (!office->title.len) return block_error(block, NULL, "an office without title", SLICE(""));
  if (office->of == WORLD_NONE)
    return block_error(block, NULL, "an office of nothing (ent:of)", SLICE(""));
  return STATUS_OK;
}

Status world_block(bool *mine, Ontology *ontology, const Block *block)
{
  const World *const world = &ontology->world;
  *mine = block->space == SPACE_ID;
  if (!*mine) return STATUS_OK;
  EntityClass class;
  if (class_of(&class, block))
    return class == ENTITY_OFFICE ? declare_office(ontology, block)
                                  : declare(ontology, block, class);
  if (table_get(&world->office_ids, block->subject) != TABLE_NONE)
    return declare_office(ontology, block);
  const uint32_t known = table_get(&world->ids, block->subject);
  if (known != TABLE_NONE && LIST_AT(WorldDraft, world->drafts, known)->declared)
    return declare(ontology, block, LIST_AT(WorldEntity, world->entities, known)->class);
  return describe_ahead(ontology, block);
}

static Status check_declared(const World *world, const Report *report_to)
{
  for (size_t i = 0; i < world->drafts.count; i++) {
    const WorldDraft *const draft = LIST_AT(WorldDraft, world->drafts, i);
    if (draft->declared) continue;
    report(report_to, SEVERITY_ERROR, draft->file, draft->line, 0, "id:%.*s is nowhere declared",
           SLICE_ARGS(draft->id));
    return STATUS_QUERY;
  }
  return STATUS_OK;
}

static Status shelve_aliases(World *world, Arena *arena)
{
  const size_t count = world->aliases.count;
  Pair *const pairs = arena_array(arena, count + 1, sizeof *pairs);
  world->alias_texts = arena_array(arena, count + 1, sizeof *world->alias_texts);
  if (!pairs || !world->alias_texts) return STATUS_MEMORY;
  for (size_t i = 0; i < count; i++)
    pairs[i] = (Pair){LIST_AT(Alias, world->aliases, i)->entity, (uint32_t)i};
  TRY(shelf_build(&world->aliases_of, arena, pairs, count, world->entities.count));
  for (size_t i = 0; i < count; i++)
    world->alias_texts[i] = LIST_AT(Alias, world->aliases, world->aliases_of.items[i])->text;
  return STATUS_OK;
}

/* A capital by any of its names stands for the state. */
static Status add_capital_names(Ontology *ontology)
{
  World *const world = &ontology->world;
  for (size_t i = 0; i < world->capitals.count; i++) {
    const Pair pair = *LIST_AT(Pair, world->capitals, i);
    TRY(world_add_name(ontology, pair.second, NAME_CAPITAL,
                       LIST_AT(WorldEntity, world->entities, pair.first)->name));
    const uint32_t *const starts = world->aliases_of.starts;
    for (uint32_t k = starts[pair.first]; k < starts[pair.first + 1]; k++)
      TRY(world_add_name(ontology, pair.second, NAME_CAPITAL, world->alias_texts[k]));
  }
  return STATUS_OK;
}

static int compare_pairs(const void *left, const void *right)
{
  const Pair *const a = left, *const b = right;
  if (a->first != b->first) return a->first < b->first ? -1 : 1;
  return (a->second > b->second) - (a->second < b->second);
}

static Status shelve_members(World *world, Arena *arena)
{
  Pair *const pairs = world->members.items;
  size_t kept = 0;
  if (world->members.count) qsort(pairs, world->members.count, sizeof *pairs, compare_pairs);
  for (size_t i = 0; i < world->members.count; i++) {
    if (kept && compare_pairs(&pairs[kept - 1], &pairs[i]) == 0) continue;
    pairs[kept++] = pairs[i];
  }
  return shelf_build(&world->members_of, arena, pairs, kept, world->entities.count);
}

Status world_finish(Ontology *ontology, const Report *report_to)
{
  World *const world = &ontology->world;
  Arena *const arena = &ontology->arena;
  TRY(world_build_offices(ontology, report_to));
  TRY(check_declared(world, report_to));
  TRY(shelve_aliases(world, arena));
  TRY(shelve_members(world, arena));
  TRY(add_capital_names(ontology));
  return world_build_names(world, arena);
}

void world_clear(Ontology *ontology)
{
  World *const world = &ontology->world;
  Table *const tables[] = {&world->ids,   &world->labels,      &world->office_ids, &world->exact,
                           &world->first, &world->title_words, &world->body_words};
  for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) table_clear(tables[i]);
}
