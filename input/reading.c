/* The way of one document: blocks, sentences, claims, entities, facts. */
#include "input/reading.h"

#include "input/chronology.h"
#include "input/dating.h"
#include "input/resolve.h"
#include "input/time.h"

Status reader_space_init(ReaderSpace *out, const Reader *reader)
{
  *out = (ReaderSpace){NULL, NULL};
  TRY(analyser_space_new(&out->analyser, reader->analyser));
  const Status status =
      reader->extractor ? extractor_space_new(&out->extractor, reader->extractor) : STATUS_OK;
  if (status) reader_space_clear(out);
  return status;
}

void reader_space_clear(ReaderSpace *space)
{
  analyser_space_free(space->analyser);
  if (space->extractor) extractor_space_free(space->extractor);
  *space = (ReaderSpace){NULL, NULL};
}

/* ---- analysis ---- */

static Status segment_blocks(Sentences *out, const Document *document)
{
  for (size_t i = 0; i < document->block_count; i++) {
    const size_t before = out->count;
    TRY(analyser_segment(out, document->arena, document->text, document->blocks[i].span));
    if (out->count > before) out->items[before].new_paragraph = true;
  }
  return STATUS_OK;
}

static bool must_parse(const Reader *reader, const Sentence *sentence)
{
  return reader->parse_all || !reader->extractor ||
         extract_worth_parsing(reader->extractor, sentence);
}

static Status tag_and_parse(Reading *out, Sentences *sentences, const Reader *reader,
                            ReaderSpace *space, Arena *arena)
{
  for (size_t i = 0; i < sentences->count; i++) {
    TRY(analyser_tag(reader->analyser, space->analyser, &sentences->items[i], arena));
    out->word_count += sentences->items[i].count;
  }
  TRY(analyser_names(reader->analyser, space->analyser, sentences->items, sentences->count));
  for (size_t i = 0; i < sentences->count; i++) {
    Sentence *const s = &sentences->items[i];
    if (!must_parse(reader, s)) continue;
    TRY(analyser_parse(reader->analyser, space->analyser, s, arena, reader->mode));
    out->parsed_count++;
  }
  return STATUS_OK;
}

static bool any_name(const Sentence *sentences, size_t count)
{
  for (size_t i = 0; i < count; i++) {
    for (size_t k = 0; k < sentences[i].count; k++) {
      if (sentences[i].tokens[k].ner != NER_O) return true;
    }
  }
  return false;
}

static Status copy_sentence(Sentence *out, const Sentence *sentence, Arena *arena)
{
  *out = *sentence;
  out->tokens = arena_array(arena, out->count, sizeof *out->tokens);
  if (!out->tokens) return STATUS_MEMORY;
  memcpy(out->tokens, sentence->tokens, out->count * sizeof *out->tokens);
  return STATUS_OK;
}

/* Names of a sentence that has everything else: those that our own analysis finds. */
static Status name_sentence(Sentence *sentence, const Reader *reader, ReaderSpace *space,
                            Arena *arena)
{
  Sentence ours;
  if (!must_parse(reader, sentence)) return STATUS_OK;
  TRY(copy_sentence(&ours, sentence, arena));
  TRY(analyser_parse(reader->analyser, space->analyser, &ours, arena, reader->mode));
  for (size_t i = 0; i < ours.count; i++) {
    sentence->tokens[i].ner = ours.tokens[i].ner;
    sentence->tokens[i].ner_begins = ours.tokens[i].ner_begins;
  }
  return STATUS_OK;
}

/* A document that came with its trees keeps them; only names are looked for if it marks none. */
static Status adopt(Reading *out, const Reader *reader, ReaderSpace *space,
                    const Document *document)
{
  const size_t count = document->sentence_count;
  out->parsed_count = count;
  for (size_t i = 0; i < count; i++) out->word_count += document->sentences[i].count;
  if (!count || any_name(document->sentences, count)) return STATUS_OK;
  Sentence *copies = arena_array(document->arena, count, sizeof *copies);
  if (!copies) return STATUS_MEMORY;
  for (size_t i = 0; i < count; i++) {
    TRY(copy_sentence(&copies[i], &document->sentences[i], document->arena));
  }
  TRY(analyser_names(reader->analyser, space->analyser, copies, count));
  for (size_t i = 0; i < count; i++) {
    TRY(name_sentence(&copies[i], reader, space, document->arena));
  }
  out->sentences = copies;
  return STATUS_OK;
}

Status document_analyse(Reading *out, const Reader *reader, ReaderSpace *space,
                        const Document *document)
{
  *out = (Reading){.sentences = document->sentences, .sentence_count = document->sentence_count};
  if (document->sentences) return adopt(out, reader, space, document);
  Sentences sentences = {NULL, 0, 0};
  TRY(segment_blocks(&sentences, document));
  TRY(tag_and_parse(out, &sentences, reader, space, document->arena));
  out->sentences = sentences.items;
  out->sentence_count = sentences.count;
  return STATUS_OK;
}

/* ---- claims ---- */

static Status find_claims(Claims *out, const Reading *reading, const Reader *reader,
                          ReaderSpace *space, const Document *document)
{
  const ExtractContext context = {document->author.len > 0, reader->trace};
  for (size_t i = 0; i < reading->sentence_count; i++) {
    const Sentence *const s = &reading->sentences[i];
    if (!extract_worth_parsing(reader->extractor, s)) continue;
    TRY(extract_sentence(out, reader->extractor, space->extractor, s, (int32_t)i, &context));
  }
  return STATUS_OK;
}

/* ---- facts ---- */

typedef struct Builder {
  const Reader *reader;
  const Document *document;
  const CodePoints *points;
  Entities *entities;
  const Claims *claims;
  const ResolvedClaim *resolved;
  const Evidence *evidence; /* beside the claims */
  Arena *arena;
  Fact *facts;
  size_t fact_count, fact_capacity;
  Record *records;
  size_t record_count;
  uint32_t *votes; /* by entity and class, for entities the world data does not know */
} Builder;

static uint32_t point(const Builder *b, uint32_t byte)
{
  return code_points_before(b->points, byte);
}

static Slice label_of(const Builder *b, uint32_t entity)
{
  return b->entities->items[entity].entity.label;
}

static uint32_t hundredths(double confidence)
{
  return confidence <= 0 ? 0 : confidence >= 1 ? 100 : (uint32_t)(confidence * 100 + 0.5);
}

/* A participant that was guessed makes the claim less sure. */
static double confidence_of(const Builder *b, size_t i)
{
  double confidence = b->claims->items[i].confidence;
  if (b->resolved[i].subject.guessed) confidence *= 0.9;
  if (b->resolved[i].object.guessed) confidence *= 0.9;
  return confidence;
}

static Status fill_part(RecordPart *out, const Builder *b, const Mention *m,
                        const Referents *referents)
{
  *out = (RecordPart){SLICE_NONE, 0, 0};
  if (m->sentence >= 0) {
    const Sentence *const s = &b->entities->sentences[m->sentence];
    out->start = point(b, s->tokens[m->first].start);
    out->end = point(b, s->tokens[m->end - 1].end);
    TRY(entities_text(&out->label, b->entities, m->sentence, m->first, m->end));
  }
  if (referents && referents->count == 1) out->label = label_of(b, referents->items[0]);
  return STATUS_OK;
}

static RecordPart token_part(const Builder *b, int32_t sentence, int32_t first, int32_t end)
{
  if (first < 0 || first >= end) return (RecordPart){SLICE_NONE, 0, 0};
  const Token *const tokens = b->entities->sentences[sentence].tokens;
  return (RecordPart){SLICE_NONE, point(b, tokens[first].start), point(b, tokens[end - 1].end)};
}

static Status add_record(Builder *b, size_t i)
{
  const Claim *const claim = &b->claims->items[i];
  const Evidence *const evidence = &b->evidence[i];
  Record *const record = &b->records[b->record_count];
  *record = (Record){
      .document = b->document->iri,
      .quote = slice_part(b->document->text, evidence->span.start, evidence->span.end),
      .start = point(b, evidence->span.start),
      .end = point(b, evidence->span.end),
      .relation = ontology_relation(b->reader->ontology, claim->relation)->schema.name,
      .factuality = claim->factuality,
      .date = evidence->date,
      .confidence = hundredths(confidence_of(b, i)),
  };
  if (claim->frame < ontology_frame_count(b->reader->ontology)) {
    record->frame = ontology_frame(b->reader->ontology, claim->frame)->name;
  }
  const int32_t sentence = evidence->sentence;
  record->trigger = token_part(b, sentence, claim->trigger_first, claim->trigger_end);
  record->date_text = token_part(b, sentence, claim->date_first, claim->date_end);
  TRY(fill_part(&record->subject, b, &claim->subject, &b->resolved[i].subject));
  TRY(fill_part(&record->object, b, &claim->object, &b->resolved[i].object));
  if (claim->by.sentence >= 0) TRY(fill_part(&record->by, b, &claim->by, NULL));
  if (b->resolved[i].by != ENTITY_NONE) record->by.label = label_of(b, b->resolved[i].by);
  b->record_count++;
  return STATUS_OK;
}

/* ---- classes of entities that only the text knows: what most of its relations want ---- */

static void vote(Builder *b, const Referents *referents, unsigned classes)
{
  for (uint32_t k = 0; k < referents->count; k++) {
    for (unsigned c = 0; c < ENTITY_CLASSES; c++) {
      if ((classes >> c) & 1u) b->votes[referents->items[k] * ENTITY_CLASSES + c]++;
    }
  }
}

static Status settle_classes(Builder *b)
{
  b->votes = arena_array(b->arena, b->entities->count * ENTITY_CLASSES, sizeof *b->votes);
  if (!b->votes) return STATUS_MEMORY;
  for (size_t i = 0; i < b->claims->count; i++) {
    const Relation *const relation =
        ontology_relation(b->reader->ontology, b->claims->items[i].relation);
    vote(b, &b->resolved[i].subject, relation->subject_classes);
    vote(b, &b->resolved[i].object, relation->object_classes);
  }
  for (size_t e = 0; e < b->entities->count; e++) {
    Known *const known = &b->entities->items[e];
    if (known->world != WORLD_NONE) continue;
    const uint32_t *const votes = &b->votes[e * ENTITY_CLASSES];
    for (unsigned c = 0; c < ENTITY_CLASSES; c++) {
      if (c != ENTITY_COUNTRY && votes[c] > votes[known->entity.class]) {
        known->entity.class = (EntityClass)c;
      }
    }
  }
  return STATUS_OK;
}

static bool allowed(const Builder *b, uint32_t entity, unsigned classes)
{
  return (classes >> b->entities->items[entity].entity.class) & 1u;
}

/* ---- */

static Status add_fact(Builder *b, size_t i, uint32_t subject, uint32_t object)
{
  const Claim *const claim = &b->claims->items[i];
  const Evidence *const evidence = &b->evidence[i];
  const Relation *const relation = ontology_relation(b->reader->ontology, claim->relation);
  if (subject == object || !allowed(b, subject, relation->subject_classes) ||
      !allowed(b, object, relation->object_classes)) {
    return STATUS_OK;
  }
  Fact *const facts =
      arena_grow(b->arena, b->facts, &b->fact_capacity, b->fact_count, 1, sizeof *facts);
  if (!facts) return STATUS_MEMORY;
  b->facts = facts;
  Fact *const fact = &facts[b->fact_count++];
  *fact = (Fact){
      .schema = &relation->schema,
      .subject = subject,
      .object = object,
      .date = evidence->date,
      .factuality = claim->factuality,
      .attributed_entity = b->resolved[i].by == ENTITY_NONE ? -1 : (int32_t)b->resolved[i].by,
      .confidence = hundredths(confidence_of(b, i)),
      .document = b->document->iri,
      .start = point(b, evidence->group.start),
      .end = point(b, evidence->group.end),
      .quote = slice_part(b->document->text, evidence->group.start, evidence->group.end),
  };
  if (claim->by.sentence >= 0 && b->resolved[i].by == ENTITY_NONE) {
    TRY(entities_text(&fact->attributed_to, b->entities, claim->by.sentence, claim->by.first,
                      claim->by.end));
  }
  return STATUS_OK;
}

/* All pairs of the two sides; "the two leaders met" pairs them with each other. */
static Status add_facts(Builder *b, size_t i)
{
  const Claim *const claim = &b->claims->items[i];
  const Referents *const s = &b->resolved[i].subject, *const o = &b->resolved[i].object;
  const bool one_side = claim->subject.sentence == claim->object.sentence &&
                        claim->subject.head == claim->object.head;
  for (uint32_t j = 0; j < s->count; j++) {
    for (uint32_t k = one_side ? j + 1 : 0; k < o->count; k++) {
      TRY(add_fact(b, i, s->items[j], o->items[k]));
    }
  }
  return STATUS_OK;
}

static Status entities_for_graph(Reading *out, Builder *b)
{
  Entity *const entities = arena_array(b->arena, b->entities->count, sizeof *entities);
  if (!entities) return STATUS_MEMORY;
  for (size_t i = 0; i < b->entities->count; i++) entities[i] = b->entities->items[i].entity;
  out->document = (DocumentFacts){b->document->iri,
                                  b->document->title,
                                  b->document->date,
                                  b->document->publisher,
                                  b->document->url.len ? b->document->url : b->document->path,
                                  b->document->author};
  out->facts = (FactSet){b->reader->base, entities, b->entities->count, b->facts, b->fact_count,
                         &out->document,  1};
  out->records = b->records;
  out->record_count = b->record_count;
  return STATUS_OK;
}

static Status build(Reading *out, Builder *b)
{
  ResolvedClaim *resolved;
  Evidence *evidence;
  TRY(code_points_new(&b->points, b->arena, b->document->text));
  TRY(resolve_claims(&resolved, b->entities, b->claims));
  TRY(evidence_find(&evidence, b->arena, b->reader->ontology, b->claims, b->document,
                    b->entities->sentences));
  TRY(chronology_fill(evidence, b->entities, b->claims, resolved));
  TRY(evidence_group(evidence, b->arena, b->claims));
  b->resolved = resolved;
  b->evidence = evidence;
  TRY(settle_classes(b));
  b->records = arena_array(b->arena, b->claims->count, sizeof *b->records);
  if (!b->records) return STATUS_MEMORY;
  for (size_t i = 0; i < b->claims->count; i++) {
    if (hundredths(confidence_of(b, i)) < b->reader->min_confidence) continue;
    TRY(add_record(b, i));
    TRY(add_facts(b, i));
  }
  return entities_for_graph(out, b);
}

static Status understand(Reading *out, const Reader *reader, Document *document,
                         const Claims *claims)
{
  Entities entities;
  TRY(entities_find(&entities, document->arena, reader->ontology, document, out->sentences,
                    out->sentence_count));
  Builder b = {.reader = reader,
               .document = document,
               .entities = &entities,
               .claims = claims,
               .arena = document->arena};
  Status status = document_date_infer(document, &entities);
  if (!status) status = build(out, &b);
  entities_clear(&entities);
  return status;
}

Status document_understand(Reading *out, const Reader *reader, ReaderSpace *space,
                           Document *document)
{
  TRY(document_analyse(out, reader, space, document));
  Claims claims = {NULL, 0, 0};
  Status status = find_claims(&claims, out, reader, space, document);
  if (!status) status = understand(out, reader, document, &claims);
  claims_clear(&claims);
  return status;
}
