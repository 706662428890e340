/* From Turtle to structures. Each file is read as a run of blocks, one per subject; the class that
   a block states, or that its subject had before, says which loader takes it. Later files add to
   earlier ones or override them; what refers forward is resolved when all are read. */
#include "block.h"
#include "embedded.h"

#include "graph/memory.h"
#include "graph/unicode.h"

#include <errno.h>
#include <stdio.h>

typedef struct Loader {
  Ontology *ontology;
  const Report *report;
  const char *file;
  bool user;
  TurtleTerm subject;
  List statements; /* Statement, of the block being read */
} Loader;

#define NAMED(SPACE, NAME, PROPERTY, KIND)                                                         \
  {                                                                                                \
    SPACE, {NAME, sizeof(NAME) - 1}, PROPERTY, KIND                                                \
  }

static const struct {
  Space space;
  Slice name;
  Property property;
  TurtleKind kind; /* of its objects */
} properties[] = {
    NAMED(SPACE_RDF, "type", PROPERTY_TYPE, TURTLE_IRI),
    NAMED(SPACE_RDFS, "label", PROPERTY_LABEL, TURTLE_LITERAL),
    NAMED(SPACE_RDFS, "domain", PROPERTY_DOMAIN, TURTLE_IRI),
    NAMED(SPACE_RDFS, "range", PROPERTY_RANGE, TURTLE_IRI),
    NAMED(SPACE_SKOS, "altLabel", PROPERTY_ALT_LABEL, TURTLE_LITERAL),
    NAMED(SPACE_SKOS, "notation", PROPERTY_NOTATION, TURTLE_LITERAL),
    NAMED(SPACE_OWL, "sameAs", PROPERTY_SAME_AS, TURTLE_IRI),
    NAMED(SPACE_FOAF, "gender", PROPERTY_GENDER, TURTLE_LITERAL),
    NAMED(SPACE_ENT, "class", PROPERTY_CLASS, TURTLE_IRI),
    NAMED(SPACE_ENT, "phrase", PROPERTY_PHRASE, TURTLE_LITERAL),
    NAMED(SPACE_ENT, "objectRole", PROPERTY_OBJECT_ROLE, TURTLE_IRI),
    NAMED(SPACE_ENT, "symmetric", PROPERTY_SYMMETRIC, TURTLE_LITERAL),
    NAMED(SPACE_ENT, "lasting", PROPERTY_LASTING, TURTLE_LITERAL),
    NAMED(SPACE_ENT, "family", PROPERTY_FAMILY, TURTLE_IRI),
    NAMED(SPACE_ENT, "evokes", PROPERTY_EVOKES, TURTLE_IRI),
    NAMED(SPACE_ENT, "verb", PROPERTY_VERB, TURTLE_LITERAL),
    NAMED(SPACE_ENT, "noun", PROPERTY_NOUN, TURTLE_LITERAL),
    NAMED(SPACE_ENT, "adjective", PROPERTY_ADJECTIVE, TURTLE_LITERAL),
    NAMED(SPACE_ENT, "subject", PROPERTY_SUBJECT, TURTLE_LITERAL),
    NAMED(SPACE_ENT, "object", PROPERTY_OBJECT, TURTLE_LITERAL),
    NAMED(SPACE_ENT, "makes", PROPERTY_MAKES, TURTLE_IRI),
    NAMED(SPACE_ENT, "reports", PROPERTY_REPORTS, TURTLE_LITERAL),
    NAMED(SPACE_ENT, "people", PROPERTY_PEOPLE, TURTLE_LITERAL),
    NAMED(SPACE_ENT, "capital", PROPERTY_CAPITAL, TURTLE_IRI),
    NAMED(SPACE_ENT, "seat", PROPERTY_SEAT, TURTLE_LITERAL),
    NAMED(SPACE_ENT, "place", PROPERTY_PLACE, TURTLE_LITERAL),
    NAMED(SPACE_ENT, "person", PROPERTY_PERSON, TURTLE_LITERAL),
    NAMED(SPACE_ENT, "country", PROPERTY_COUNTRY, TURTLE_IRI),
    NAMED(SPACE_ENT, "member", PROPERTY_MEMBER, TURTLE_IRI),
    NAMED(SPACE_ENT, "memberOf", PROPERTY_MEMBER_OF, TURTLE_IRI),
    NAMED(SPACE_ENT, "surname", PROPERTY_SURNAME, TURTLE_LITERAL),
    NAMED(SPACE_ENT, "article", PROPERTY_ARTICLE, TURTLE_LITERAL),
    NAMED(SPACE_ENT, "surnameFirst", PROPERTY_SURNAME_FIRST, TURTLE_LITERAL),
    NAMED(SPACE_ENT, "of", PROPERTY_OF, TURTLE_IRI),
    NAMED(SPACE_ENT, "title", PROPERTY_TITLE, TURTLE_LITERAL),
    NAMED(SPACE_ENT, "held", PROPERTY_HELD, TURTLE_LITERAL),
    NAMED(SPACE_ENT, "flag", PROPERTY_FLAG, TURTLE_LITERAL),
    NAMED(SPACE_ENT, "portfolio", PROPERTY_PORTFOLIO, TURTLE_LITERAL),
    NAMED(SPACE_ENT, "body", PROPERTY_BODY, TURTLE_LITERAL),
    NAMED(SPACE_ENT, "leader", PROPERTY_LEADER, TURTLE_LITERAL),
};

void *list_add(List *list, Arena *arena, size_t size)
{
  void *const items = list->count < list->capacity
                          ? list->items
                          : arena_grow(arena, list->items, &list->capacity, list->count, 1, size);
  if (!items) return NULL;
  list->items = items;
  void *const item = (char *)items + size * list->count++;
  return memset(item, 0, size);
}

size_t block_line(const Block *block)
{
  return block->count ? block->statements[block->count - 1].line : 0;
}

Status block_error(const Block *block, const Statement *statement, const char *text, Slice detail)
{
  const size_t line = statement ? statement->line : block_line(block);
  report(block->report, SEVERITY_ERROR, block->file, line, 0, "%.*s: %s%.*s",
         SLICE_ARGS(block->subject), text, SLICE_ARGS(detail));
  return STATUS_QUERY;
}

const Statement *block_first(const Block *block, Property property)
{
  for (size_t i = 0; i < block->count; i++) {
    if (block->statements[i].property == property) return &block->statements[i];
  }
  return NULL;
}

Status block_boolean(bool *out, const Block *block, const Statement *statement)
{
  const Slice text = statement->object.text;
  const bool yes = slice_is(text, "true") || slice_is(text, "1");
  if (!yes && !slice_is(text, "false") && !slice_is(text, "0"))
    return block_error(block, statement, "true or false expected, not ", text);
  *out = yes;
  return STATUS_OK;
}

static Status check_kind(const Loader *loader, TurtleKind wanted, const TurtleTerm *object,
                         Slice property, size_t line)
{
  if (object->kind == wanted) return STATUS_OK;
  report(loader->report, SEVERITY_ERROR, loader->file, line, 0, "%.*s: %s expected, not %.*s",
         SLICE_ARGS(property), wanted == TURTLE_IRI ? "an IRI" : "a literal",
         SLICE_ARGS(object->text));
  return STATUS_QUERY;
}

static Status find_property(Property *out, const Loader *loader, const TurtleTerm *predicate,
                            const TurtleTerm *object, size_t line)
{
  for (size_t i = 0; i < sizeof properties / sizeof *properties; i++) {
    if (properties[i].space != predicate->space) continue;
    if (!slice_equal(predicate->text, properties[i].name)) continue;
    *out = properties[i].property;
    return check_kind(loader, properties[i].kind, object, properties[i].name, line);
  }
  *out = PROPERTY_IGNORED;
  if (predicate->space != SPACE_ENT) return STATUS_OK;
  report(loader->report, SEVERITY_ERROR, loader->file, line, 0, "unknown property ent:%.*s",
         SLICE_ARGS(predicate->text));
  return STATUS_QUERY;
}

typedef Status (*BlockLoader)(Ontology *ontology, const Block *block);

static BlockLoader loader_of_class(Slice name)
{
  static const struct {
    const char *name;
    BlockLoader load;
  } loaders[] = {
      {"Relation", vocabulary_relation}, {"Frame", vocabulary_frame},     {"Cue", vocabulary_cue},
      {"Title", titles_title},           {"Portfolio", titles_portfolio}, {"Body", titles_body},
      {"WordClass", words_block},
  };
  for (size_t i = 0; i < sizeof loaders / sizeof *loaders; i++) {
    if (slice_is(name, loaders[i].name)) return loaders[i].load;
  }
  return NULL;
}

static BlockLoader loader_of(const Ontology *ontology, const Block *block)
{
  for (size_t i = 0; i < block->count; i++) {
    const Statement *const s = &block->statements[i];
    if (s->property != PROPERTY_TYPE || s->object.space != SPACE_ENT) continue;
    const BlockLoader found = loader_of_class(s->object.text);
    if (found) return found;
  }
  if (table_get(&ontology->relation_names, block->subject) != TABLE_NONE)
    return vocabulary_relation;
  if (table_get(&ontology->frame_names, block->subject) != TABLE_NONE) return vocabulary_frame;
  if (table_get(&ontology->cue_names, block->subject) != TABLE_NONE) return vocabulary_cue;
  return NULL;
}

/* Classes and properties of the vocabulary itself are there for readers of the file. */
static bool is_description(const Block *block)
{
  for (size_t i = 0; i < block->count; i++) {
    const Statement *const s = &block->statements[i];
    if (s->property == PROPERTY_TYPE && s->object.space != SPACE_ENT) return true;
  }
  return false;
}

static bool has_our_class(const Block *block)
{
  for (size_t i = 0; i < block->count; i++) {
    const Statement *const s = &block->statements[i];
    EntityClass class;
    if (s->property == PROPERTY_TYPE && s->object.space == SPACE_ENT &&
        (loader_of_class(s->object.text) || entity_class_named(&class, s->object.text)))
      return true;
  }
  return false;
}

static Status end_block(Loader *loader)
{
  if (loader->statements.count == 0) return STATUS_OK;
  const Block block = {loader->subject.text,
                       loader->subject.space,
                       loader->statements.items,
                       loader->statements.count,
                       loader->file,
                       loader->user,
                       loader->report};
  loader->statements.count = 0;
  if (block.space == SPACE_ENT) {
    const BlockLoader load = loader_of(loader->ontology, &block);
    if (load) return load(loader->ontology, &block);
  }
  bool mine;
  TRY(world_block(&mine, loader->ontology, &block));
  if (block.space == SPACE_OTHER && has_our_class(&block))
    return block_error(&block, NULL, "only what has an IRI in ent: or id: is read", SLICE(""));
  if (mine || block.space == SPACE_OTHER || is_description(&block)) return STATUS_OK;
  return block_error(&block, NULL, "no class says what this is", SLICE(""));
}

static Status on_statement(void *handle, const TurtleTerm *subject, const TurtleTerm *predicate,
                           const TurtleTerm *object, size_t line)
{
  Loader *const loader = handle;
  Arena *const arena = &loader->ontology->arena;
  if (subject->space != loader->subject.space ||
      !slice_equal(subject->text, loader->subject.text)) {
    TRY(end_block(loader));
    loader->subject = *subject;
    TRY(arena_copy(&loader->subject.text, arena, subject->text));
  }
  Property property;
  TRY(find_property(&property, loader, predicate, object, line));
  if (property == PROPERTY_IGNORED) return STATUS_OK;
  Statement *const statement = list_add(&loader->statements, arena, sizeof *statement);
  if (!statement) return STATUS_MEMORY;
  *statement = (Statement){property, *object, line};
  return arena_copy(&statement->object.text, arena, object->text);
}

static Status load_text(Loader *loader, const char *file, Slice text)
{
  loader->file = file;
  loader->subject = (TurtleTerm){TURTLE_BLANK, SPACE_OTHER, SLICE_NONE};
  loader->statements.count = 0;
  const TurtleSink sink = {on_statement, loader};
  TRY(turtle_read(text, file, loader->user, &sink, loader->report));
  return end_block(loader);
}

static Status load_embedded(Loader *loader)
{
  for (const EmbeddedFile *file = embedded_files; file->name; file++) {
    const Slice name = slice_of(file->name);
    if (!slice_ends(name, ".ttl")) continue;
    TRY(load_text(loader, file->name, (Slice){file->bytes, file->size}));
  }
  return STATUS_OK;
}

static Status read_file(Buffer *out, FILE *stream)
{
  char chunk[16384];
  size_t n;
  while ((n = fread(chunk, 1, sizeof chunk, stream)) > 0) TRY(buffer_add(out, chunk, n));
  return ferror(stream) ? STATUS_IO : STATUS_OK;
}

static Status check_bytes(Loader *loader, const char *name, Slice text)
{
  const char *const nul = memchr(text.ptr, '\0', text.len);
  const size_t at = nul ? (size_t)(nul - text.ptr) : utf8_check(text);
  if (at == text.len) return STATUS_OK;
  size_t line = 1;
  for (size_t i = 0; i < at; i++) line += text.ptr[i] == '\n';
  report(loader->report, SEVERITY_ERROR, name, line, 0, nul ? "a NUL byte" : "not UTF-8");
  return STATUS_INPUT;
}

static Status load_file(Loader *loader, const char *name)
{
  FILE *const stream = fopen(name, "rb");
  if (!stream) {
    report(loader->report, SEVERITY_ERROR, name, 0, 0, "%s", strerror(errno));
    return STATUS_IO;
  }
  Buffer text = BUFFER_EMPTY;
  Status status = read_file(&text, stream);
  fclose(stream);
  if (status == STATUS_IO) report(loader->report, SEVERITY_ERROR, name, 0, 0, "cannot be read");
  if (status == STATUS_OK) status = buffer_add(&text, "\n", 1);
  if (status == STATUS_OK) status = check_bytes(loader, name, buffer_as_slice(&text));
  if (status == STATUS_OK) status = load_text(loader, name, buffer_as_slice(&text));
  buffer_clear(&text);
  return status == STATUS_INPUT ? STATUS_QUERY : status;
}

static Status load_all(Loader *loader, const char *const *files, size_t count)
{
  TRY(load_embedded(loader));
  loader->user = true;
  for (size_t i = 0; i < count; i++) TRY(load_file(loader, files[i]));
  TRY(vocabulary_finish(loader->ontology, loader->report));
  return world_finish(loader->ontology, loader->report);
}

Status ontology_load(Ontology **out, const char *const *files, size_t count, const Report *report)
{
  *out = NULL;
  Ontology *const ontology = memory_zero(sizeof *ontology);
  if (!ontology) return STATUS_MEMORY;
  Loader loader = {.ontology = ontology, .report = report};
  const Status status = load_all(&loader, files, count);
  if (status) {
    ontology_free(ontology);
    return status;
  }
  *out = ontology;
  return STATUS_OK;
}

void ontology_free(Ontology *ontology)
{
  if (!ontology) return;
  vocabulary_clear(ontology);
  table_clear(&ontology->words);
  table_clear(&ontology->verb_forms);
  world_clear(ontology);
  arena_clear(&ontology->arena);
  memory_free(ontology, sizeof *ontology);
}
