/* From names to entities. Every spelling of a name is a key of a table whose values are groups; a
   group is a run of (entity, kind), best kind first. Spellings that differ only in diacritics or
   hyphens are keys of their own, so that a look-up is one probe; capitals go through a second
   table. */
#include "block.h"

#include "graph/memory.h"
#include "graph/unicode.h"

/* The group of KEY in TABLE, a new one if it is not there. */
static Status group_of(uint32_t *out, World *world, Arena *arena, Table *table, Slice key)
{
  *out = table_get(table, key);
  if (*out != TABLE_NONE) return STATUS_OK;
  Slice kept;
  TRY(arena_copy(&kept, arena, key));
  *out = world->group_count++;
  return table_put(table, kept, *out);
}

static Status add_to_group(World *world, Arena *arena, uint32_t group, WorldName name)
{
  RawName *const raw = list_add(&world->raw, arena, sizeof *raw);
  if (!raw) return STATUS_MEMORY;
  *raw = (RawName){group, name};
  return STATUS_OK;
}

static Status note_first_piece(World *world, Arena *arena, Slice text)
{
  const uint32_t pieces = name_piece_count(text);
  NameKey piece;
  TRY(name_fold(&piece, name_first_piece(text)));
  const uint32_t known = table_get(&world->first, key_slice(&piece));
  if (known != TABLE_NONE && known >= pieces) return STATUS_OK;
  Slice kept;
  TRY(arena_copy(&kept, arena, key_slice(&piece)));
  return table_put(&world->first, kept, pieces);
}

static Status add_spelling(Ontology *ontology, WorldName name, Slice text)
{
  World *const world = &ontology->world;
  Arena *const arena = &ontology->arena;
  const uint32_t groups = world->group_count;
  uint32_t group;
  TRY(group_of(&group, world, arena, &world->exact, text));
  TRY(add_to_group(world, arena, group, name));
  return group == groups ? note_first_piece(world, arena, text) : STATUS_OK;
}

static bool is_non_ascii(Slice text)
{
  for (size_t i = 0; i < text.len; i++) {
    if ((unsigned char)text.ptr[i] >= 0x80) return true;
  }
  return false;
}

/* KEY with each hyphen as SIGN, and the letter after it in capitals or as it stands. */
static void respell_hyphens(NameKey *out, Slice key, char sign, bool capital)
{
  out->len = key.len;
  bool after = false;
  for (size_t i = 0; i < key.len; i++) {
    const char c = key.ptr[i];
    const bool lower = c >= 'a' && c <= 'z';
    out->text[i] = c == '-' ? sign : (char)(after && capital && lower ? c - 'a' + 'A' : c);
    after = c == '-';
  }
}

/* "Jong-un": "Jong-Un", "Jong Un", "Jong un". */
static Status add_hyphen_spellings(Ontology *ontology, WorldName name, Slice key)
{
  if (!memchr(key.ptr, '-', key.len)) return STATUS_OK;
  NameKey other;
  respell_hyphens(&other, key, '-', true);
  TRY(add_spelling(ontology, name, key_slice(&other)));
  respell_hyphens(&other, key, ' ', true);
  TRY(add_spelling(ontology, name, key_slice(&other)));
  respell_hyphens(&other, key, ' ', false);
  return add_spelling(ontology, name, key_slice(&other));
}

/* KEY without COUNT bytes at AT: "Bashar Assad". */
static Status add_without(Ontology *ontology, WorldName name, Slice key, size_t at, size_t count)
{
  NameKey other = {.len = key.len - count};
  memcpy(other.text, key.ptr, at);
  memcpy(other.text + at, key.ptr + at + count, key.len - at - count);
  return add_spelling(ontology, name, key_slice(&other));
}

/* The Arabic article at a word's start: "al-Sisi", "el-Sisi", "Al-Sisi", "El-Sisi". */
static Status add_article_spellings(Ontology *ontology, WorldName name, Slice key)
{
  static const char *const articles[] = {"al-", "el-", "Al-", "El-"};
  for (size_t i = 0; i + 4 < key.len; i++) {
    if (i && key.ptr[i - 1] != ' ') continue;
    const bool article =
        strchr("aeAE", key.ptr[i]) && key.ptr[i + 1] == 'l' && key.ptr[i + 2] == '-';
    if (!article) continue;
    for (size_t k = 0; k < 4; k++) {
      NameKey other = {.len = key.len};
      memcpy(other.text, key.ptr, key.len);
      memcpy(other.text + i, articles[k], 3);
      TRY(add_spelling(ontology, name, key_slice(&other)));
      TRY(add_hyphen_spellings(ontology, name, key_slice(&other)));
    }
    return i ? add_without(ontology, name, key, i, 3) : STATUS_OK;
  }
  return STATUS_OK;
}

static Status add_ascii_spellings(Ontology *ontology, WorldName name, Slice key)
{
  TRY(add_spelling(ontology, name, key));
  TRY(add_hyphen_spellings(ontology, name, key));
  return add_article_spellings(ontology, name, key);
}

static Status add_plain_spellings(Ontology *ontology, WorldName name, Slice key)
{
  Buffer plain = BUFFER_EMPTY;
  Status status = unicode_plain(&plain, key);
  if (status == STATUS_OK && plain.count <= sizeof((NameKey *)0)->text)
    status = add_ascii_spellings(ontology, name, buffer_as_slice(&plain));
  buffer_clear(&plain);
  return status;
}

Status world_add_name(Ontology *ontology, WorldId entity, NameKind kind, Slice text)
{
  NameKey key;
  const WorldName name = {entity, kind};
  if (!name_key(&key, text) || key.len == 0) return STATUS_OK;
  const Slice spelling = key_slice(&key);
  TRY(add_ascii_spellings(ontology, name, spelling));
  if (is_non_ascii(spelling)) TRY(add_plain_spellings(ontology, name, spelling));
  if (slice_starts(spelling, "The "))
    TRY(add_ascii_spellings(ontology, name, slice_part(spelling, 4, spelling.len)));
  return STATUS_OK;
}

static bool is_in_group(const World *world, const Span *group, WorldName name)
{
  for (uint32_t i = 0; i < group->count; i++) {
    const WorldName *const other = &world->names[group->start + i];
    if (other->entity == name.entity && other->kind == name.kind) return true;
  }
  return false;
}

/* Counting sort: one pass for each kind keeps the order of the files within a kind. */
Status world_build_names(World *world, Arena *arena)
{
  world->groups = arena_array(arena, (size_t)world->group_count + 1, sizeof *world->groups);
  world->names = arena_array(arena, world->raw.count + 1, sizeof *world->names);
  if (!world->groups || !world->names) return STATUS_MEMORY;
  for (size_t i = 0; i < world->raw.count; i++)
    world->groups[LIST_AT(RawName, world->raw, i)->group].count++;
  uint32_t start = 0;
  for (uint32_t g = 0; g < world->group_count; g++) {
    world->groups[g].start = start;
    start += world->groups[g].count;
    world->groups[g].count = 0;
  }
  for (int kind = NAME_CANONICAL; kind <= NAME_SURNAME; kind++) {
    for (size_t i = 0; i < world->raw.count; i++) {
      const RawName *const raw = LIST_AT(RawName, world->raw, i);
      Span *const group = &world->groups[raw->group];
      if ((int)raw->name.kind != kind || is_in_group(world, group, raw->name)) continue;
      world->names[group->start + group->count++] = raw->name;
    }
  }
  return STATUS_OK;
}

Status shelf_build(Shelf *out, Arena *arena, const Pair *pairs, size_t count, size_t entities)
{
  out->starts = arena_array(arena, entities + 2, sizeof *out->starts);
  out->items = arena_array(arena, count + 1, sizeof *out->items);
  if (!out->starts || !out->items) return STATUS_MEMORY;
  uint32_t *const counts = out->starts + 2;
  for (size_t i = 0; i < count; i++) counts[pairs[i].first]++;
  for (size_t e = 1; e < entities; e++) counts[e] += counts[e - 1];
  uint32_t *const next = out->starts + 1; /* now where each begins; when filled, where it ends */
  for (size_t i = 0; i < count; i++) out->items[next[pairs[i].first]++] = pairs[i].second;
  return STATUS_OK;
}
