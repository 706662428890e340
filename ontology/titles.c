/* Titles of people and kinds of bodies. A portfolio ("finance") stands for the titles that are made
   of it: "finance minister", "minister of finance", "minister for finance"; "finance secretary",
   "secretary of finance"; and for "finance ministry" and "ministry of finance". */
#include "block.h"

#include "graph/memory.h"
#include "graph/unicode.h"

static const struct {
  const char *name;
  unsigned flag;
} flags[] = {{"office", TITLE_OFFICE},
             {"headOfState", TITLE_HEAD_OF_STATE | TITLE_OFFICE},
             {"headOfGovernment", TITLE_HEAD_OF_GOVERNMENT | TITLE_OFFICE},
             {"foreignMinister", TITLE_FOREIGN_MINISTER | TITLE_MINISTER | TITLE_OFFICE},
             {"defenceMinister", TITLE_DEFENCE_MINISTER | TITLE_MINISTER | TITLE_OFFICE},
             {"minister", TITLE_MINISTER | TITLE_OFFICE},
             {"envoy", TITLE_ENVOY},
             {"spokesperson", TITLE_SPOKESPERSON},
             {"military", TITLE_MILITARY},
             {"courtesy", TITLE_COURTESY},
             {"address", TITLE_ADDRESS},
             {"leader", TITLE_LEADER},
             {"prefix", TITLE_PREFIX},
             {"female", TITLE_FEMALE},
             {"male", TITLE_MALE}};

static Status set_flag(unsigned *out, const Block *block, const Statement *statement)
{
  for (size_t i = 0; i < sizeof flags / sizeof *flags; i++) {
    if (!slice_is(statement->object.text, flags[i].name)) continue;
    *out |= flags[i].flag;
    return STATUS_OK;
  }
  return block_error(block, statement, "unknown flag ", statement->object.text);
}

static Status collect_flags(unsigned *out, const Block *block)
{
  *out = 0;
  for (size_t i = 0; i < block->count; i++) {
    if (block->statements[i].property == PROPERTY_FLAG)
      TRY(set_flag(out, block, &block->statements[i]));
  }
  return STATUS_OK;
}

static Status fold_to_arena(Slice *out, Arena *arena, Slice text)
{
  Buffer folded = BUFFER_EMPTY;
  Status status = unicode_fold(&folded, text);
  if (status == STATUS_OK) status = arena_copy(out, arena, buffer_as_slice(&folded));
  buffer_clear(&folded);
  return status;
}

static Status put_word(Table *table, Ontology *ontology, Slice text, uint32_t value)
{
  Slice folded;
  TRY(fold_to_arena(&folded, &ontology->arena, text));
  return table_put(table, folded, value);
}

static Status add_title(uint32_t *out, Ontology *ontology, Slice label, unsigned flag_bits)
{
  World *const world = &ontology->world;
  Slice name;
  TRY(fold_to_arena(&name, &ontology->arena, label));
  *out = table_get(&world->title_words, name);
  Title *const title = *out == TABLE_NONE
                           ? list_add(&world->titles, &ontology->arena, sizeof *title)
                           : LIST_AT(Title, world->titles, *out);
  if (!title) return STATUS_MEMORY;
  if (*out == TABLE_NONE) *out = (uint32_t)world->titles.count - 1;
  *title = (Title){name, label, flag_bits};
  return table_put(&world->title_words, name, *out);
}

Status titles_title(Ontology *ontology, const Block *block)
{
  const Statement *const label = block_first(block, PROPERTY_LABEL);
  if (!label) return block_error(block, NULL, "no rdfs:label", SLICE(""));
  unsigned flag_bits;
  uint32_t title;
  TRY(collect_flags(&flag_bits, block));
  TRY(add_title(&title, ontology, label->object.text, flag_bits));
  for (size_t i = 0; i < block->count; i++) {
    const Statement *const s = &block->statements[i];
    if (s->property == PROPERTY_ALT_LABEL)
      TRY(put_word(&ontology->world.title_words, ontology, s->object.text, title));
  }
  return STATUS_OK;
}

/* ---- portfolios ---- */

static Status title_case(Buffer *out, Slice text)
{
  bool start = true;
  for (size_t at = 0; at < text.len;) {
    const char *const space = memchr(text.ptr + at, ' ', text.len - at);
    const size_t end = space ? (size_t)(space - text.ptr) : text.len;
    const Slice word = slice_part(text, at, end);
    const bool small =
        !start && (slice_is(word, "of") || slice_is(word, "for") || slice_is(word, "and") ||
                   slice_is(word, "to") || slice_is(word, "the") || slice_is(word, "in"));
    char bytes[4];
    size_t next = at;
    const uint32_t first = word.len ? utf8_next(text, &next) : ' ';
    const size_t n = utf8_encode(bytes, small ? first : unicode_upper(first));
    if (word.len) TRY(buffer_add(out, bytes, n));
    TRY(buffer_slice(out, slice_part(text, next, end)));
    if (end < text.len) TRY(buffer_add(out, " ", 1));
    at = end + 1;
    start = false;
  }
  return STATUS_OK;
}

static Status filled(Slice *out, Arena *arena, const char *pattern, Slice form)
{
  Buffer text = BUFFER_EMPTY;
  Status status = STATUS_OK;
  for (const char *p = pattern; *p && status == STATUS_OK; p++)
    status = *p == '*' ? buffer_slice(&text, form) : buffer_add(&text, p, 1);
  if (status == STATUS_OK) status = arena_copy(out, arena, buffer_as_slice(&text));
  buffer_clear(&text);
  return status;
}

static Status filled_label(Slice *out, Arena *arena, const char *pattern, Slice form)
{
  Slice text;
  TRY(filled(&text, arena, pattern, form));
  Buffer label = BUFFER_EMPTY;
  Status status = title_case(&label, text);
  if (status == STATUS_OK) status = arena_copy(out, arena, buffer_as_slice(&label));
  buffer_clear(&label);
  return status;
}

/* Name TITLE by each of PATTERNS, filled with FORM; a title that has the name already keeps it. */
static Status add_patterns(Ontology *ontology, Table *table, const char *const *patterns,
                           Slice form, uint32_t value)
{
  for (; *patterns; patterns++) {
    Slice text;
    TRY(filled(&text, &ontology->arena, *patterns, form));
    if (table_get(table, text) == TABLE_NONE) TRY(table_put(table, text, value));
  }
  return STATUS_OK;
}

static Status add_body(uint32_t *out, Ontology *ontology, Slice label)
{
  World *const world = &ontology->world;
  Slice name;
  TRY(fold_to_arena(&name, &ontology->arena, label));
  *out = table_get(&world->body_words, name);
  if (*out != TABLE_NONE) return STATUS_OK;
  Body *const body = list_add(&world->bodies, &ontology->arena, sizeof *body);
  if (!body) return STATUS_MEMORY;
  *body = (Body){name, label};
  *out = (uint32_t)world->bodies.count - 1;
  return table_put(&world->body_words, name, *out);
}

typedef struct Portfolio {
  uint32_t minister, secretary, ministry;
} Portfolio;

static Status add_form(Ontology *ontology, const Portfolio *portfolio, Slice form)
{
  static const char *const minister[] = {"* minister", "minister of *", "minister for *",
                                         "minister of the *", NULL};
  static const char *const secretary[] = {"* secretary", "secretary of *", "secretary for *",
                                          "secretary of the *", NULL};
  static const char *const ministry[] = {
      "* ministry",      "ministry of *", "ministry for *",      "ministry of the *",
      "department of *", "* department",  "department of the *", NULL};
  World *const world = &ontology->world;
  Slice folded;
  TRY(fold_to_arena(&folded, &ontology->arena, form));
  TRY(add_patterns(ontology, &world->title_words, minister, folded, portfolio->minister));
  TRY(add_patterns(ontology, &world->title_words, secretary, folded, portfolio->secretary));
  return add_patterns(ontology, &world->body_words, ministry, folded, portfolio->ministry);
}

Status titles_portfolio(Ontology *ontology, const Block *block)
{
  const Statement *const label = block_first(block, PROPERTY_LABEL);
  if (!label) return block_error(block, NULL, "no rdfs:label", SLICE(""));
  const Slice form = label->object.text;
  const Statement *const full = block_first(block, PROPERTY_PORTFOLIO);
  const Slice long_form = full ? full->object.text : form;
  Arena *const arena = &ontology->arena;
  Portfolio portfolio;
  unsigned flag_bits;
  Slice text;
  TRY(collect_flags(&flag_bits, block));
  TRY(filled_label(&text, arena, "* minister", form));
  TRY(add_title(&portfolio.minister, ontology, text, flag_bits | TITLE_MINISTER | TITLE_OFFICE));
  TRY(filled_label(&text, arena, "* secretary", form));
  TRY(add_title(&portfolio.secretary, ontology, text, flag_bits | TITLE_MINISTER | TITLE_OFFICE));
  TRY(filled_label(&text, arena, "ministry of *", long_form));
  TRY(add_body(&portfolio.ministry, ontology, text));
  TRY(add_form(ontology, &portfolio, form));
  TRY(add_form(ontology, &portfolio, long_form));
  for (size_t i = 0; i < block->count; i++) {
    if (block->statements[i].property == PROPERTY_ALT_LABEL)
      TRY(add_form(ontology, &portfolio, block->statements[i].object.text));
  }
  return STATUS_OK;
}

Status titles_body(Ontology *ontology, const Block *block)
{
  const Statement *const label = block_first(block, PROPERTY_LABEL);
  if (!label) return block_error(block, NULL, "no rdfs:label", SLICE(""));
  uint32_t body;
  TRY(add_body(&body, ontology, label->object.text));
  for (size_t i = 0; i < block->count; i++) {
    const Statement *const s = &block->statements[i];
    if (s->property == PROPERTY_ALT_LABEL)
      TRY(put_word(&ontology->world.body_words, ontology, s->object.text, body));
  }
  return STATUS_OK;
}

/* ---- look-ups ---- */

#define TITLE_WORDS_MAX 7

const Title *title_find(const Ontology *ontology, Slice folded)
{
  const uint32_t found = table_get(&ontology->world.title_words, folded);
  return found == TABLE_NONE ? NULL : LIST_AT(Title, ontology->world.titles, found);
}

/* A plural made singular: "ministers" -> "minister", "secretaries" -> "secretary"; in titles of
   several words that of the head: "secretaries of state" is left to the vocabulary. */
static bool singular(NameKey *key)
{
  if (key->len > 4 && memcmp(key->text + key->len - 3, "ies", 3) == 0) {
    key->text[key->len - 3] = 'y';
    key->len -= 2;
    return true;
  }
  if (key->len < 4 || key->text[key->len - 1] != 's' || key->text[key->len - 2] == 's')
    return false;
  if (key->len > 3 && memcmp(key->text + key->len - 3, "men", 3) == 0) return false;
  key->len--;
  return true;
}

static bool plural_men(NameKey *key)
{
  if (key->len < 5 || memcmp(key->text + key->len - 3, "men", 3) != 0) return false;
  key->text[key->len - 2] = 'a';
  return true;
}

static uint32_t find_in(const Table *table, NameKey *key)
{
  uint32_t found = table_get(table, key_slice(key));
  if (found == TABLE_NONE && (plural_men(key) || singular(key)))
    found = table_get(table, key_slice(key));
  return found;
}

static size_t longest(uint32_t *out, const Table *table, const Slice *words, size_t count)
{
  for (size_t n = count < TITLE_WORDS_MAX ? count : TITLE_WORDS_MAX; n > 0; n--) {
    NameKey key;
    if (!name_key_join(&key, words, n)) continue;
    *out = find_in(table, &key);
    if (*out != TABLE_NONE) return n;
  }
  return 0;
}

size_t world_is_title(const Title **out, const Ontology *ontology, const Slice *words, size_t count)
{
  uint32_t found = TABLE_NONE;
  const size_t n = longest(&found, &ontology->world.title_words, words, count);
  *out = n ? LIST_AT(Title, ontology->world.titles, found) : NULL;
  return n;
}

size_t world_is_body(const Body **out, const Ontology *ontology, const Slice *words, size_t count)
{
  uint32_t found = TABLE_NONE;
  const size_t n = longest(&found, &ontology->world.body_words, words, count);
  *out = n ? LIST_AT(Body, ontology->world.bodies, found) : NULL;
  return n;
}

WorldId world_body(const Ontology *ontology, WorldId country, const Body *body)
{
  const World *const world = &ontology->world;
  const uint32_t index = (uint32_t)(body - LIST_AT(Body, world->bodies, 0));
  for (size_t i = 0; i < world->bodies_of.count; i++) {
    const Pair *const pair = LIST_AT(Pair, world->bodies_of, i);
    if (pair->second == index &&
        LIST_AT(WorldEntity, world->entities, pair->first)->country == country)
      return pair->first;
  }
  return WORLD_NONE;
}

/* " of Japan", " of the United States". */
static Status append_of(Buffer *out, const Ontology *ontology, WorldId of)
{
  if (of == WORLD_NONE) return STATUS_OK;
  const WorldEntity *const entity = LIST_AT(WorldEntity, ontology->world.entities, of);
  TRY(buffer_text(out, entity->article ? " of the " : " of "));
  return buffer_slice(out, entity->name);
}

Status world_body_label(Buffer *out, const Ontology *ontology, WorldId country, const Body *body)
{
  const WorldId known = world_body(ontology, country, body);
  if (known != WORLD_NONE)
    return buffer_slice(out, LIST_AT(WorldEntity, ontology->world.entities, known)->name);
  TRY(buffer_slice(out, body->label));
  return append_of(out, ontology, country);
}

Status world_office_label(Buffer *out, const Ontology *ontology, WorldId of, Slice title)
{
  NameKey key, folded = {.len = 0};
  if (name_key(&key, title)) TRY(name_fold(&folded, key_slice(&key)));
  const Title *const known = title_find(ontology, key_slice(&folded));
  if (known && known->flags & TITLE_OFFICE)
    TRY(buffer_slice(out, known->label));
  else
    TRY(title_case(out, title));
  return append_of(out, ontology, of);
}
