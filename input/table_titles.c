/* Words are taken off the front as long as titles, found folded in the ontology, begin there. */
#include "input/table_titles.h"

#include "graph/unicode.h"
#include "input/table_names.h"

#define MOST_WORDS 16
#define PEOPLE (1u << ENTITY_PERSON)
#define HOLDERS (1u << ENTITY_COUNTRY | 1u << ENTITY_ORGANIZATION)

typedef struct Titles {
  Arena *arena;
  const Ontology *ontology;
  Slice text;
  Slice words[MOST_WORDS], folded[MOST_WORDS];
  size_t count;
  size_t first;       /* word of the name proper */
  const Title *title; /* the first that can be held; NULL if none */
  bool held;          /* and is: nothing before it says "former" or "deputy" */
  WorldId state;      /* WORLD_NONE if TEXT names none */
} Titles;

static Status split(Titles *t)
{
  for (size_t start = 0; start < t->text.len && t->count < MOST_WORDS;) {
    const char *const blank = memchr(t->text.ptr + start, ' ', t->text.len - start);
    const size_t end = blank ? (size_t)(blank - t->text.ptr) : t->text.len;
    const Slice word = slice_part(t->text, start, end);
    start = end + 1;
    if (!word.len) continue;
    Buffer folded = BUFFER_EMPTY;
    Status status = unicode_fold(&folded, word);
    if (!status) status = arena_copy(&t->folded[t->count], t->arena, buffer_as_slice(&folded));
    buffer_clear(&folded);
    TRY(status);
    t->words[t->count++] = word;
  }
  return STATUS_OK;
}

static size_t title_at(const Titles *t, const Title **out, size_t at)
{
  return world_is_title(out, t->ontology, t->folded + at, t->count - at);
}

/* "Egyptian President …", "Saudi Arabia's King …": a state right before a title. */
static void skip_state(Titles *t)
{
  const WorldName *names;
  const Title *title;
  size_t count;
  const size_t n = world_match(&names, &count, t->ontology, t->words, t->count);
  if (!n || n == t->count || !title_at(t, &title, n)) return;
  if (world_entity(t->ontology, names[0].entity)->class != ENTITY_COUNTRY) return;
  t->state = names[0].entity;
  t->first = n;
}

static void skip_titles(Titles *t, bool all)
{
  const unsigned loose = TITLE_COURTESY | TITLE_MILITARY;
  const Title *title;
  bool prefixed = false;
  for (size_t n; t->first < t->count && (n = title_at(t, &title, t->first)) > 0;) {
    if (title->flags & loose && !all && !t->title) return;
    if (title->flags & TITLE_PREFIX) prefixed = true;
    if (!t->title && title->flags & TITLE_OFFICE) {
      t->title = title;
      t->held = !prefixed;
    }
    t->first += n;
  }
}

static Slice rest(const Titles *t)
{
  const size_t start = (size_t)(t->words[t->first].ptr - t->text.ptr);
  return slice_part(t->text, start, t->text.len);
}

/* "Ann Lee and Prime Minister Bo Ek", "Ann Lee, Prime Minister Bo Ek". */
static bool names_several(const Titles *t)
{
  const Title *title;
  for (size_t i = t->first + 1; i < t->count; i++) {
    const Slice before = t->folded[i - 1];
    const bool joint = slice_is(before, "and") || slice_ends(before, ",");
    if (joint && title_at(t, &title, i)) return true;
  }
  return false;
}

/* The only person of STATE who is called by the surname NAME, WORLD_NONE if there are more. */
static WorldId by_surname(const Ontology *ontology, Slice name, WorldId state)
{
  const WorldName *names;
  const size_t count = world_find(&names, ontology, name);
  WorldId found = WORLD_NONE;
  for (size_t i = 0; i < count; i++) {
    const WorldEntity *const entity = world_entity(ontology, names[i].entity);
    if (entity->class != ENTITY_PERSON || entity->country != state) continue;
    if (found != WORLD_NONE && found != names[i].entity) return WORLD_NONE;
    found = names[i].entity;
  }
  return found;
}

/* One word names nobody in particular ("President Kim"), unless the state's people tell. */
static Slice name_of(const Titles *t, WorldId state)
{
  const Slice name = rest(t);
  const WorldId known = state == WORLD_NONE ? WORLD_NONE : by_surname(t->ontology, name, state);
  if (known != WORLD_NONE) return world_entity(t->ontology, known)->name;
  const bool several = t->first + 1 < t->count;
  return several || table_in_world(t->ontology, name, PEOPLE) != WORLD_NONE ? name : t->text;
}

static Status office_of(Slice *out, const Titles *t, WorldId world, Slice state)
{
  Buffer office = BUFFER_EMPTY;
  Status status = world_office_label(&office, t->ontology, world, t->title->name);
  if (!status && world == WORLD_NONE) status = buffer_text(&office, " of ");
  if (!status && world == WORLD_NONE) status = buffer_slice(&office, state);
  if (!status) status = arena_copy(out, t->arena, buffer_as_slice(&office));
  buffer_clear(&office);
  return status;
}

Status table_titled(TitledName *out, Arena *arena, const Ontology *ontology, Slice text,
                    Slice state, bool person)
{
  Titles t = {.arena = arena, .ontology = ontology, .text = text, .state = WORLD_NONE};
  bool plausible;
  *out = (TitledName){text, SLICE_NONE};
  TRY(split(&t));
  skip_state(&t);
  const size_t before = t.first;
  skip_titles(&t, person || state.len > 0);
  if (t.first == before || t.first == t.count || names_several(&t)) return STATUS_OK;
  TRY(table_could_be_person(&plausible, ontology, rest(&t)));
  if (!plausible && !person) return STATUS_OK;
  const WorldId world = t.state != WORLD_NONE ? t.state
                        : state.len           ? table_in_world(ontology, state, HOLDERS)
                                              : WORLD_NONE;
  out->name = name_of(&t, world);
  if (!t.title || !t.held || (world == WORLD_NONE && !state.len)) return STATUS_OK;
  return office_of(&out->office, &t, world, state);
}

Status table_upright(Slice *out, Arena *arena, const Ontology *ontology, Slice text)
{
  const char *const comma = text.len ? memchr(text.ptr, ',', text.len) : NULL;
  const size_t at = comma ? (size_t)(comma - text.ptr) : 0;
  const unsigned any = (1u << ENTITY_CLASSES) - 1;
  *out = text;
  if (!comma || at + 2 >= text.len || comma[1] != ' ') return STATUS_OK;
  if (table_in_world(ontology, text, any) != WORLD_NONE) return STATUS_OK;
  const Slice first = slice_part(text, at + 2, text.len), last = slice_part(text, 0, at);
  Buffer turned = BUFFER_EMPTY;
  Slice name = SLICE_NONE;
  Status status = buffer_printf(&turned, "%.*s %.*s", SLICE_ARGS(first), SLICE_ARGS(last));
  if (!status) status = arena_copy(&name, arena, buffer_as_slice(&turned));
  buffer_clear(&turned);
  TRY(status);
  if (table_in_world(ontology, name, any) != WORLD_NONE) *out = name;
  return STATUS_OK;
}
