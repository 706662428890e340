/* Relations, frames and cues. Frames and cues are collected as drafts, property by property, so
   that a later file can restate one property and leave the rest; when all files are read each
   trigger of a draft becomes a Frame, found through its head lemma. */
#include "block.h"

#include "graph/memory.h"

static const char *const class_names[ENTITY_CLASSES] = {
    "Person", "Country", "Organization", "Place", "Agreement", "Office", "Thing"};

#define ACTORS (1u << ENTITY_PERSON | 1u << ENTITY_COUNTRY | 1u << ENTITY_ORGANIZATION)
#define ALL_CLASSES ((1u << ENTITY_CLASSES) - 1)

bool entity_class_named(EntityClass *out, Slice name)
{
  for (int i = 0; i < ENTITY_CLASSES; i++) {
    if (!slice_is(name, class_names[i])) continue;
    *out = (EntityClass)i;
    return true;
  }
  return false;
}

/* ---- relations ---- */

static Status add_classes(unsigned *classes, const Block *block, const Statement *statement)
{
  const TurtleTerm *const term = &statement->object;
  EntityClass class;
  if (term->space == SPACE_ENT && slice_is(term->text, "Actor"))
    *classes |= ACTORS;
  else if (term->space == SPACE_ENT && slice_is(term->text, "Entity"))
    *classes |= ALL_CLASSES;
  else if (term->space == SPACE_ENT && entity_class_named(&class, term->text))
    *classes |= 1u << class;
  else
    return block_error(block, statement, "not a class of entities: ", term->text);
  return STATUS_OK;
}

static Status set_family(Relation *relation, const Block *block, const Statement *statement)
{
  static const char *const names[] = {"Cooperation", "Agreement", "Criticism", "Coercion",
                                      "Force",       "Lasting",   "Other"};
  for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
    if (!slice_is(statement->object.text, names[i])) continue;
    relation->family = (Family)i;
    return STATUS_OK;
  }
  return block_error(block, statement, "unknown family ", statement->object.text);
}

static Status set_relation(Relation *relation, const Block *block, const Statement *statement)
{
  switch ((int)statement->property) {
  case PROPERTY_CLASS:
    relation->schema.class_name = statement->object.text;
    break;
  case PROPERTY_PHRASE:
    relation->schema.phrase = statement->object.text;
    break;
  case PROPERTY_OBJECT_ROLE:
    relation->schema.object_role = statement->object.text;
    break;
  case PROPERTY_NOTATION:
    if (relation->notation.len == 0) relation->notation = statement->object.text;
    break;
  case PROPERTY_SYMMETRIC:
    return block_boolean(&relation->schema.symmetric, block, statement);
  case PROPERTY_LASTING:
    return block_boolean(&relation->lasting, block, statement);
  case PROPERTY_FAMILY:
    return set_family(relation, block, statement);
  case PROPERTY_DOMAIN:
    return add_classes(&relation->subject_classes, block, statement);
  case PROPERTY_RANGE:
    return add_classes(&relation->object_classes, block, statement);
  default:
    break;
  }
  return STATUS_OK;
}

static Status find_or_add_relation(Relation **out, Ontology *ontology, const Block *block)
{
  const uint32_t known = table_get(&ontology->relation_names, block->subject);
  if (known != TABLE_NONE) {
    *out = LIST_AT(Relation, ontology->relations, known);
    return STATUS_OK;
  }
  if (ontology->relations.count == RELATION_NONE)
    return block_error(block, NULL, "too many relations", SLICE(""));
  Relation *const relation = list_add(&ontology->relations, &ontology->arena, sizeof *relation);
  if (!relation) return STATUS_MEMORY;
  relation->schema.name = block->subject;
  relation->schema.object_role = SLICE("theme");
  relation->family = FAMILY_OTHER;
  *out = relation;
  return table_put(&ontology->relation_names, block->subject,
                   (uint32_t)ontology->relations.count - 1);
}

/* "metWith" -> "met with", for relations that give no phrase. */
static Status default_phrase(Slice *out, Arena *arena, Slice name)
{
  Buffer text = BUFFER_EMPTY;
  Status status = STATUS_OK;
  for (size_t i = 0; i < name.len && status == STATUS_OK; i++) {
    const char c = name.ptr[i];
    const bool upper = c >= 'A' && c <= 'Z';
    const char low = (char)(upper ? c - 'A' + 'a' : c);
    if (upper) status = buffer_add(&text, " ", 1);
    if (status == STATUS_OK) status = buffer_add(&text, &low, 1);
  }
  if (status == STATUS_OK) status = arena_copy(out, arena, buffer_as_slice(&text));
  buffer_clear(&text);
  return status;
}

/* "exportedTo" -> "ExportedTo". */
static Status default_class(Slice *out, Arena *arena, Slice name)
{
  char *const text = arena_alloc(arena, name.len + 1);
  if (!text) return STATUS_MEMORY;
  memcpy(text, name.ptr, name.len);
  if (name.len && text[0] >= 'a' && text[0] <= 'z') text[0] = (char)(text[0] - 'a' + 'A');
  *out = (Slice){text, name.len};
  return STATUS_OK;
}

Status vocabulary_relation(Ontology *ontology, const Block *block)
{
  Relation *relation = NULL;
  TRY(find_or_add_relation(&relation, ontology, block));
  if (block_first(block, PROPERTY_DOMAIN)) relation->subject_classes = 0;
  if (block_first(block, PROPERTY_RANGE)) relation->object_classes = 0;
  if (block_first(block, PROPERTY_NOTATION)) relation->notation = SLICE_NONE;
  for (size_t i = 0; i < block->count; i++)
    TRY(set_relation(relation, block, &block->statements[i]));
  if (!relation->subject_classes) relation->subject_classes = ACTORS;
  if (!relation->object_classes) relation->object_classes = ALL_CLASSES;
  if (!relation->schema.phrase.len)
    TRY(default_phrase(&relation->schema.phrase, &ontology->arena, block->subject));
  if (!relation->schema.class_name.len)
    TRY(default_class(&relation->schema.class_name, &ontology->arena, block->subject));
  return STATUS_OK;
}

/* ---- frames and cues as drafts ---- */

/* Cut TEXT at white space; the pieces go to LIST of Slice. */
static Status add_words(List *list, Arena *arena, Slice text)
{
  size_t at = 0;
  while (at < text.len) {
    size_t end = at;
    while (end < text.len && text.ptr[end] != ' ') end++;
    if (end > at) {
      Slice *const word = list_add(list, arena, sizeof *word);
      if (!word) return STATUS_MEMORY;
      *word = slice_part(text, at, end);
    }
    at = end + 1;
  }
  return STATUS_OK;
}

static Status add_trigger(List words[3], Ontology *ontology, const Block *block,
                          const Statement *statement)
{
  const Slice text = statement->object.text;
  if (text.len == 0 || text.ptr[0] == ' ')
    return block_error(block, statement, "an empty trigger", SLICE(""));
  const int kind = (int)statement->property - (int)PROPERTY_VERB;
  Slice *const word = list_add(&words[kind], &ontology->arena, sizeof *word);
  if (!word) return STATUS_MEMORY;
  *word = text;
  return STATUS_OK;
}

static void forget_restated(List words[3], const Block *block)
{
  for (int kind = 0; kind < 3; kind++) {
    if (block_first(block, (Property)(PROPERTY_VERB + kind))) words[kind].count = 0;
  }
}

static Status check_pattern(const Block *block, const Statement *statement)
{
  const Slice text = statement->object.text;
  for (size_t i = 0; i < text.len; i++) {
    const char c = text.ptr[i];
    const bool legal = (c >= 'a' && c <= 'z') || (c && strchr(":_- '*", c));
    if (!legal) return block_error(block, statement, "not a pattern: ", text);
  }
  return STATUS_OK;
}

static Status set_frame(FrameDraft *draft, Ontology *ontology, const Block *block,
                        const Statement *statement)
{
  switch ((int)statement->property) {
  case PROPERTY_EVOKES:
    draft->relation = statement->object.text;
    break;
  case PROPERTY_VERB:
  case PROPERTY_NOUN:
  case PROPERTY_ADJECTIVE:
    return add_trigger(draft->words, ontology, block, statement);
  case PROPERTY_SUBJECT:
    TRY(check_pattern(block, statement));
    return add_words(&draft->subject, &ontology->arena, statement->object.text);
  case PROPERTY_OBJECT:
    TRY(check_pattern(block, statement));
    return add_words(&draft->object, &ontology->arena, statement->object.text);
  default:
    break;
  }
  return STATUS_OK;
}

/* The draft of NAME in LIST, added if it is new. */
static Status find_or_add(void **out, List *list, Table *table, Arena *arena, Slice name,
                          size_t size)
{
  const uint32_t known = table_get(table, name);
  if (known != TABLE_NONE) {
    *out = (char *)list->items + size * known;
    return STATUS_OK;
  }
  *out = list_add(list, arena, size);
  return *out ? table_put(table, name, (uint32_t)list->count - 1) : STATUS_MEMORY;
}

Status vocabulary_frame(Ontology *ontology, const Block *block)
{
  void *found;
  TRY(find_or_add(&found, &ontology->frame_drafts, &ontology->frame_names, &ontology->arena,
                  block->subject, sizeof(FrameDraft)));
  FrameDraft *const draft = found;
  draft->name = block->subject;
  draft->user = draft->user || block->user;
  draft->file = block->file;
  draft->line = block_line(block);
  forget_restated(draft->words, block);
  if (block_first(block, PROPERTY_SUBJECT)) draft->subject.count = 0;
  if (block_first(block, PROPERTY_OBJECT)) draft->object.count = 0;
  for (size_t i = 0; i < block->count; i++)
    TRY(set_frame(draft, ontology, block, &block->statements[i]));
  return STATUS_OK;
}

static Status set_makes(CueDraft *draft, const Block *block, const Statement *statement)
{
  static const char *const names[] = {"Actual", "Planned", "Possible", "Denied"};
  for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
    if (!slice_is(statement->object.text, names[i])) continue;
    draft->makes = (Factuality)i;
    return STATUS_OK;
  }
  return block_error(block, statement, "unknown factuality ", statement->object.text);
}

static Status set_cue(CueDraft *draft, Ontology *ontology, const Block *block,
                      const Statement *statement)
{
  switch ((int)statement->property) {
  case PROPERTY_VERB:
  case PROPERTY_NOUN:
  case PROPERTY_ADJECTIVE:
    return add_trigger(draft->words, ontology, block, statement);
  case PROPERTY_MAKES:
    return set_makes(draft, block, statement);
  case PROPERTY_REPORTS:
    return block_boolean(&draft->reports, block, statement);
  default:
    break;
  }
  return STATUS_OK;
}

Status vocabulary_cue(Ontology *ontology, const Block *block)
{
  void *found;
  TRY(find_or_add(&found, &ontology->cue_drafts, &ontology->cue_names, &ontology->arena,
                  block->subject, sizeof(CueDraft)));
  CueDraft *const draft = found;
  draft->name = block->subject;
  forget_restated(draft->words, block);
  for (size_t i = 0; i < block->count; i++)
    TRY(set_cue(draft, ontology, block, &block->statements[i]));
  return STATUS_OK;
}

/* ---- from drafts to frames and cues ---- */

static Status draft_error(const FrameDraft *draft, const Report *report_to, const char *text,
                          Slice detail)
{
  report(report_to, SEVERITY_ERROR, draft->file, draft->line, 0, "%.*s: %s%.*s",
         SLICE_ARGS(draft->name), text, SLICE_ARGS(detail));
  return STATUS_QUERY;
}

static Status add_frame(Ontology *ontology, const FrameDraft *draft, RelationId relation,
                        TriggerKind kind, Slice words)
{
  List lemmas = {NULL, 0, 0};
  TRY(add_words(&lemmas, &ontology->arena, words));
  Frame *const frame = list_add(&ontology->frames, &ontology->arena, sizeof *frame);
  if (!frame) return STATUS_MEMORY;
  *frame = (Frame){.relation = relation,
                   .kind = kind,
                   .lemmas = lemmas.items,
                   .lemma_count = lemmas.count,
                   .subject = draft->subject.items,
                   .object = draft->object.items,
                   .subject_count = draft->subject.count,
                   .object_count = draft->object.count,
                   .name = draft->name,
                   .user = draft->user};
  return STATUS_OK;
}

static Status expand_frame(Ontology *ontology, const FrameDraft *draft, const Report *report_to)
{
  if (!draft->relation.len)
    return draft_error(draft, report_to, "the frame evokes no relation", SLICE(""));
  const RelationId relation = ontology_find_relation(ontology, draft->relation);
  if (relation == RELATION_NONE)
    return draft_error(draft, report_to, "unknown relation ", draft->relation);
  for (int kind = 0; kind < 3; kind++) {
    for (size_t i = 0; i < draft->words[kind].count; i++)
      TRY(add_frame(ontology, draft, relation, (TriggerKind)kind,
                    *LIST_AT(Slice, draft->words[kind], i)));
  }
  return STATUS_OK;
}

/* Group the frames by kind and head lemma: count, lay out, fill. */
static Status index_frames(Ontology *ontology)
{
  Arena *const arena = &ontology->arena;
  const size_t count = ontology->frames.count;
  uint32_t *const group_of = arena_array(arena, count + 1, sizeof *group_of);
  ontology->frame_order = arena_array(arena, count + 1, sizeof *ontology->frame_order);
  if (!group_of || !ontology->frame_order) return STATUS_MEMORY;
  for (size_t i = 0; i < count; i++) {
    const Frame *const frame = LIST_AT(Frame, ontology->frames, i);
    Table *const table = &ontology->frame_lemmas[frame->kind];
    group_of[i] = table_get(table, frame->lemmas[0]);
    if (group_of[i] == TABLE_NONE) {
      group_of[i] = (uint32_t)ontology->frame_spans.count;
      if (!list_add(&ontology->frame_spans, arena, sizeof(Span))) return STATUS_MEMORY;
      TRY(table_put(table, frame->lemmas[0], group_of[i]));
    }
    LIST_AT(Span, ontology->frame_spans, group_of[i])->count++;
  }
  uint32_t start = 0;
  for (size_t g = 0; g < ontology->frame_spans.count; g++) {
    Span *const span = LIST_AT(Span, ontology->frame_spans, g);
    span->start = start;
    start += span->count;
    span->count = 0;
  }
  for (size_t i = 0; i < count; i++) {
    Span *const span = LIST_AT(Span, ontology->frame_spans, group_of[i]);
    ontology->frame_order[span->start + span->count++] = (uint32_t)i;
  }
  return STATUS_OK;
}

static Status add_cue(Ontology *ontology, const CueDraft *draft, TriggerKind kind, Slice lemma)
{
  FactualityCue *const cue = list_add(&ontology->cues, &ontology->arena, sizeof *cue);
  if (!cue) return STATUS_MEMORY;
  *cue = (FactualityCue){lemma, kind, draft->makes, draft->reports};
  return table_put(&ontology->cue_lemmas[kind], lemma, (uint32_t)ontology->cues.count - 1);
}

static Status expand_cue(Ontology *ontology, const CueDraft *draft)
{
  for (int kind = 0; kind < 3; kind++) {
    for (size_t i = 0; i < draft->words[kind].count; i++)
      TRY(add_cue(ontology, draft, (TriggerKind)kind, *LIST_AT(Slice, draft->words[kind], i)));
  }
  return STATUS_OK;
}

Status vocabulary_finish(Ontology *ontology, const Report *report_to)
{
  for (size_t i = 0; i < ontology->frame_drafts.count; i++)
    TRY(expand_frame(ontology, LIST_AT(FrameDraft, ontology->frame_drafts, i), report_to));
  for (size_t i = 0; i < ontology->cue_drafts.count; i++)
    TRY(expand_cue(ontology, LIST_AT(CueDraft, ontology->cue_drafts, i)));
  return index_frames(ontology);
}

void vocabulary_clear(Ontology *ontology)
{
  table_clear(&ontology->relation_names);
  table_clear(&ontology->frame_names);
  table_clear(&ontology->cue_names);
  for (int kind = 0; kind < 3; kind++) {
    table_clear(&ontology->frame_lemmas[kind]);
    table_clear(&ontology->cue_lemmas[kind]);
  }
}

/* ---- look-ups ---- */

size_t ontology_relation_count(const Ontology *ontology)
{
  return ontology->relations.count;
}

const Relation *ontology_relation(const Ontology *ontology, RelationId id)
{
  return id < ontology->relations.count ? LIST_AT(Relation, ontology->relations, id) : NULL;
}

RelationId ontology_find_relation(const Ontology *ontology, Slice name)
{
  const uint32_t found = table_get(&ontology->relation_names, name);
  return found == TABLE_NONE ? RELATION_NONE : (RelationId)found;
}

size_t ontology_frame_count(const Ontology *ontology)
{
  return ontology->frames.count;
}

const Frame *ontology_frame(const Ontology *ontology, size_t index)
{
  return index < ontology->frames.count ? LIST_AT(Frame, ontology->frames, index) : NULL;
}

size_t ontology_frames_of(const uint32_t **out, const Ontology *ontology, Slice lemma,
                          TriggerKind kind)
{
  const uint32_t group = table_get(&ontology->frame_lemmas[kind], lemma);
  *out = NULL;
  if (group == TABLE_NONE) return 0;
  const Span *const span = LIST_AT(Span, ontology->frame_spans, group);
  *out = ontology->frame_order + span->start;
  return span->count;
}

const FactualityCue *ontology_cue(const Ontology *ontology, Slice lemma, TriggerKind kind)
{
  const uint32_t found = table_get(&ontology->cue_lemmas[kind], lemma);
  return found == TABLE_NONE ? NULL : LIST_AT(FactualityCue, ontology->cues, found);
}
