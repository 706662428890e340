/* Offices and who held them. A holding is one literal, "2021-10-04/2024-10-01 Fumio Kishida": an
   ISO 8601 interval (".." still in office, nothing: not known), the name with slashes around the
   surname where it is not the last word ("/Xi/ Jinping"), "(f)" after a woman's name, other names
   after bars. The person is declared by it. Particles belong to a surname: "von der Leyen". */
#include "block.h"

#include "graph/memory.h"

#include <stdlib.h>

typedef struct HeldText {
  Slice from, to, seen;
  bool open, female;
  Slice name;    /* with its marks */
  Slice aliases; /* after the first bar, or empty */
} HeldText;

/* Nothing, YYYY, YYYY-MM or YYYY-MM-DD. */
static bool is_date(Slice text)
{
  if (text.len != 0 && text.len != 4 && text.len != 7 && text.len != 10) return false;
  for (size_t i = 0; i < text.len; i++) {
    const bool digit = text.ptr[i] >= '0' && text.ptr[i] <= '9';
    if (i == 4 || i == 7 ? text.ptr[i] != '-' : !digit) return false;
  }
  const int month = text.len >= 7 ? (text.ptr[5] - '0') * 10 + text.ptr[6] - '0' : 1;
  const int day = text.len == 10 ? (text.ptr[8] - '0') * 10 + text.ptr[9] - '0' : 1;
  return month >= 1 && month <= 12 && day >= 1 && day <= 31;
}

/* "/Xi/ Jinping (f) | other name | other name". */
static void parse_name(HeldText *out, Slice text)
{
  Slice rest = text;
  out->name = name_trim(name_cut(&rest, '|'));
  out->aliases = name_trim(rest);
  out->female = slice_ends(out->name, "(f)");
  if (out->female) out->name = name_trim(slice_part(out->name, 0, out->name.len - 3));
}

static bool parse_held(HeldText *out, Slice text)
{
  Slice rest = text;
  Slice interval = name_cut(&rest, ' ');
  if (name_find(interval, '/') == interval.len) return false;
  out->from = name_cut(&interval, '/');
  out->to = interval;
  out->open = slice_ends(interval, "..");
  out->seen = out->open ? slice_part(interval, 0, interval.len - 2) : SLICE_NONE;
  if (out->open) out->to = SLICE_NONE;
  parse_name(out, rest);
  const bool ordered = !out->to.len || slice_compare(out->from, out->to) <= 0;
  const bool dates = is_date(out->from) && is_date(out->to) && is_date(out->seen);
  return dates && ordered && out->name.len > 0;
}

static Slice surname_of(Slice marked)
{
  const size_t open = name_find(marked, '/');
  if (open < marked.len) {
    const Slice after = slice_part(marked, open + 1, marked.len);
    return slice_part(after, 0, name_find(after, '/'));
  }
  if (slice_ends(marked, " Jr.")) marked.len -= 4;
  size_t start = marked.len;
  while (start && marked.ptr[start - 1] != ' ') start--;
  while (start > 1) {
    size_t before = start - 1;
    while (before && marked.ptr[before - 1] != ' ') before--;
    const char c = marked.ptr[before];
    if (before == 0 || c < 'a' || c > 'z') break;
    start = before;
  }
  return slice_part(marked, start, marked.len);
}

static bool is_regnal(Slice word)
{
  for (size_t i = 0; i < word.len; i++) {
    if (!strchr("IVX", word.ptr[i])) return false;
  }
  return word.len > 0;
}

static bool starts_with_rank(Slice name)
{
  static const char *const ranks[] = {"King ",   "Queen ",  "Emperor ", "Pope ",    "Emir ",
                                      "Sultan ", "Prince ", "Sheikh ",  "General ", "Princess "};
  for (size_t i = 0; i < sizeof ranks / sizeof *ranks; i++) {
    if (slice_starts(name, ranks[i])) return true;
  }
  return false;
}

/* "von der Leyen": also "Von der Leyen" and "Leyen"; "al-Sisi": also "Sisi". */
static Status add_surname_forms(Ontology *ontology, WorldId person, Slice surname)
{
  TRY(world_add_name(ontology, person, NAME_SURNAME, surname));
  const bool article = slice_starts(surname, "al-") || slice_starts(surname, "el-") ||
                       slice_starts(surname, "Al-") || slice_starts(surname, "El-");
  if (article)
    return world_add_name(ontology, person, NAME_SURNAME, slice_part(surname, 3, surname.len));
  const bool particle = surname.len && surname.ptr[0] >= 'a' && surname.ptr[0] <= 'z';
  if (!particle) return STATUS_OK;
  Slice capital;
  TRY(arena_copy(&capital, &ontology->arena, surname));
  char *const first = (char *)(uintptr_t)capital.ptr;
  first[0] = (char)(first[0] - 'a' + 'A');
  TRY(world_add_name(ontology, person, NAME_SURNAME, capital));
  size_t last = surname.len;
  while (last && surname.ptr[last - 1] != ' ') last--;
  return world_add_name(ontology, person, NAME_SURNAME, slice_part(surname, last, surname.len));
}

Status world_add_surname(Ontology *ontology, WorldId person, Slice name)
{
  const Slice surname = surname_of(name);
  const bool none = surname.len == name.len || is_regnal(surname) || slice_starts(surname, "of ");
  if (none || starts_with_rank(name)) return STATUS_OK;
  return add_surname_forms(ontology, person, surname);
}

/* MARKED without its slashes. */
static Status plain_name(Slice *out, Arena *arena, Slice marked)
{
  char *const text = arena_alloc(arena, marked.len + 1);
  if (!text) return STATUS_MEMORY;
  size_t len = 0;
  for (size_t i = 0; i < marked.len; i++) {
    if (marked.ptr[i] != '/') text[len++] = marked.ptr[i];
  }
  *out = name_trim((Slice){text, len});
  return STATUS_OK;
}

/* The surname and the rest in the other order: "Kishida Fumio", "Jinping Xi". */
static Status add_turned_name(Ontology *ontology, WorldId person, Slice marked, Slice plain)
{
  const Slice surname = surname_of(marked);
  if (surname.len == 0 || surname.len >= plain.len) return STATUS_OK;
  const bool last = slice_equal(slice_part(plain, plain.len - surname.len, plain.len), surname);
  const bool first = slice_equal(slice_part(plain, 0, surname.len), surname);
  if (!last && !first) return STATUS_OK;
  const Slice rest = last ? slice_part(plain, 0, plain.len - surname.len - 1)
                          : slice_part(plain, surname.len + 1, plain.len);
  Buffer turned = BUFFER_EMPTY;
  const Slice a = last ? surname : rest, b = last ? rest : surname;
  Status status = buffer_printf(&turned, "%.*s %.*s", SLICE_ARGS(a), SLICE_ARGS(b));
  if (status == STATUS_OK)
    status = world_add_name(ontology, person, NAME_ALIAS, buffer_as_slice(&turned));
  buffer_clear(&turned);
  return status;
}

static Status add_person_alias(Ontology *ontology, WorldId person, Slice marked, Slice alias)
{
  if (name_find(alias, ' ') == alias.len)
    return world_add_name(ontology, person, NAME_SURNAME, alias);
  TRY(world_add_alias(ontology, person, alias));
  if (name_find(marked, '/') < marked.len || is_regnal(surname_of(marked))) return STATUS_OK;
  return world_add_surname(ontology, person, alias);
}

/* The person called PLAIN, declared now if the files have not done so. */
static Status find_or_add_person(WorldId *out, Ontology *ontology, Slice plain, Slice marked,
                                 const char *file, size_t line)
{
  World *const world = &ontology->world;
  Slice key, id;
  TRY(world_label_key(&key, &ontology->arena, ENTITY_PERSON, plain));
  *out = table_get(&world->labels, key);
  if (*out != WORLD_NONE) return STATUS_OK;
  TRY(name_local(&id, &ontology->arena, plain));
  TRY(world_intern(out, ontology, id, file, line));
  LIST_AT(WorldDraft, world->drafts, *out)->declared = true;
  WorldEntity *const entity = LIST_AT(WorldEntity, world->entities, *out);
  entity->class = ENTITY_PERSON;
  entity->name = plain;
  TRY(table_put(&world->labels, key, *out));
  TRY(world_add_name(ontology, *out, NAME_CANONICAL, plain));
  return world_add_surname(ontology, *out, marked);
}

static Status take_person(WorldId *out, Ontology *ontology, const HeldText *held, WorldId of,
                          const char *file, size_t line)
{
  World *const world = &ontology->world;
  Slice plain;
  TRY(plain_name(&plain, &ontology->arena, held->name));
  TRY(find_or_add_person(out, ontology, plain, held->name, file, line));
  WorldEntity *const person = LIST_AT(WorldEntity, world->entities, *out);
  const bool of_state = LIST_AT(WorldEntity, world->entities, of)->state;
  if (person->country == WORLD_NONE && of_state) person->country = of;
  person->female = person->female || held->female;
  person->male = !person->female;
  if (LIST_AT(WorldDraft, world->drafts, of)->surname_first)
    TRY(add_turned_name(ontology, *out, held->name, plain));
  Slice rest = held->aliases;
  while (rest.len) {
    const Slice alias = name_trim(name_cut(&rest, '|'));
    if (alias.len) TRY(add_person_alias(ontology, *out, held->name, alias));
  }
  return STATUS_OK;
}

static Status office_label(Slice *out, Ontology *ontology, const OfficeDraft *office)
{
  *out = office->label;
  if (out->len) return STATUS_OK;
  Buffer text = BUFFER_EMPTY;
  Status status = world_office_label(&text, ontology, office->of, office->title);
  if (status == STATUS_OK) status = arena_copy(out, &ontology->arena, buffer_as_slice(&text));
  buffer_clear(&text);
  return status;
}

static Status add_held(Ontology *ontology, const OfficeDraft *office, Slice label, Slice text,
                       const Report *report_to)
{
  HeldText held;
  if (!parse_held(&held, text)) {
    report(report_to, SEVERITY_ERROR, office->file, office->line, 0, "%.*s: not a holding: %.*s",
           SLICE_ARGS(office->id), SLICE_ARGS(text));
    return STATUS_QUERY;
  }
  WorldId person;
  TRY(take_person(&person, ontology, &held, office->of, office->file, office->line));
  HeldOffice *const entry = list_add(&ontology->world.held, &ontology->arena, sizeof *entry);
  if (!entry) return STATUS_MEMORY;
  entry->holding = (Holding){person, office->of, label, office->title, held.from, held.to};
  entry->title = title_find(ontology, office->title);
  entry->open = held.open;
  entry->seen = held.seen;
  return STATUS_OK;
}

static int latest_first(const void *left, const void *right)
{
  const HeldOffice *const a = left, *const b = right;
  const int order = slice_compare(b->holding.from, a->holding.from);
  if (order) return order;
  if (a->holding.person != b->holding.person) return a->holding.person < b->holding.person ? -1 : 1;
  return slice_compare(a->holding.office, b->holding.office);
}

/* Lay the shelves by person and by state over the holdings, latest first. */
static Status shelve_holdings(World *world, Arena *arena)
{
  const size_t count = world->held.count;
  if (count) qsort(world->held.items, count, sizeof(HeldOffice), latest_first);
  Pair *const pairs = arena_array(arena, count + 1, sizeof *pairs);
  world->holdings = arena_array(arena, count + 1, sizeof *world->holdings);
  if (!pairs || !world->holdings) return STATUS_MEMORY;
  for (uint32_t i = 0; i < count; i++)
    pairs[i] = (Pair){LIST_AT(HeldOffice, world->held, i)->holding.country, i};
  TRY(shelf_build(&world->held_in, arena, pairs, count, world->entities.count));
  for (uint32_t i = 0; i < count; i++)
    pairs[i].first = LIST_AT(HeldOffice, world->held, i)->holding.person;
  TRY(shelf_build(&world->held_by, arena, pairs, count, world->entities.count));
  for (size_t i = 0; i < count; i++)
    world->holdings[i] = &LIST_AT(HeldOffice, world->held, world->held_by.items[i])->holding;
  return STATUS_OK;
}

static Status add_citizen(Ontology *ontology, const Citizen *citizen, const Report *report_to)
{
  HeldText text = {.open = false};
  WorldId person;
  parse_name(&text, citizen->text);
  if (text.name.len)
    return take_person(&person, ontology, &text, citizen->state, citizen->file, citizen->line);
  report(report_to, SEVERITY_ERROR, citizen->file, citizen->line, 0, "a person without name");
  return STATUS_QUERY;
}

Status world_build_offices(Ontology *ontology, const Report *report_to)
{
  World *const world = &ontology->world;
  for (size_t i = 0; i < world->offices.count; i++) {
    const OfficeDraft *const office = LIST_AT(OfficeDraft, world->offices, i);
    Slice label = SLICE_NONE;
    TRY(office_label(&label, ontology, office));
    for (size_t k = 0; k < office->held.count; k++)
      TRY(add_held(ontology, office, label, *LIST_AT(Slice, office->held, k), report_to));
  }
  for (size_t i = 0; i < world->citizens.count; i++)
    TRY(add_citizen(ontology, LIST_AT(Citizen, world->citizens, i), report_to));
  return shelve_holdings(world, &ontology->arena);
}
