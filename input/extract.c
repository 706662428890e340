/* Decoding: trigger, relation, participants, pair, each step pruned by a model's score; then what
   surrounds the claim. Frames of relations without weights are matched by rule. */
#include "input/extract.h"

#include "graph/memory.h"
#include "input/attribution.h"
#include "input/reread.h"
#include "input/section.h"

#include <stdio.h>

#define TOKENS_MAX 400
#define RULE_CONFIDENCE 0.8f

/* ---- loading ---- */

static void add_untrained(Extractor *e)
{
  const size_t n = ontology_relation_count(e->ontology);
  for (size_t id = 0; id < n; id++) {
    bool known = false;
    for (size_t i = 0; i < e->local_count; i++) known |= e->relations[i] == (RelationId)id;
    if (known || e->local_count == LOCAL_MAX) continue;
    const Relation *relation = ontology_relation(e->ontology, (RelationId)id);
    e->relations[e->local_count] = (RelationId)id;
    e->symmetric[e->local_count++] = relation->schema.symmetric;
  }
}

Status extractor_new(Extractor **out, const Model *model, const Ontology *ontology, const Report *r)
{
  const Slice section = model ? model_section(model, "extract") : SLICE_NONE;
  Extractor *e = memory_zero(sizeof *e);
  if (!e) return STATUS_MEMORY;
  e->ontology = ontology;
  e->located = -1;
  e->has_words = section.len && words_open(&e->words, model) == STATUS_OK;
  Status status = section.len ? section_open(e, section) : STATUS_OK;
  if (status == STATUS_INPUT)
    report(r, SEVERITY_ERROR, NULL, 0, 0, "the model's part for extraction is damaged");
  if (status == STATUS_OK) {
    add_untrained(e);
    status = frames_compile(e);
  }
  if (status != STATUS_OK) {
    extractor_free(e);
    return status;
  }
  *out = e;
  return STATUS_OK;
}

void extractor_free(Extractor *extractor)
{
  if (!extractor) return;
  lexicon_clear(&extractor->lexicon);
  memory_free(extractor->frames, extractor->frame_capacity * sizeof *extractor->frames);
  memory_free(extractor, sizeof *extractor);
}

Status extractor_space_new(ExtractorSpace **out, const Extractor *extractor)
{
  (void)extractor;
  *out = memory_zero(sizeof **out);
  return *out ? STATUS_OK : STATUS_MEMORY;
}

void extractor_space_free(ExtractorSpace *space)
{
  if (!space) return;
  arena_clear(&space->arena);
  memory_free(space, sizeof *space);
}

void claims_clear(Claims *claims)
{
  memory_free(claims->items, claims->capacity * sizeof *claims->items);
  *claims = (Claims){NULL, 0, 0};
}

/* ---- one sentence ---- */

typedef struct Decoder {
  const Extractor *e;
  Scene scene;
  const ExtractContext *context;
  int32_t index;
  Claims *out;
  size_t first;   /* of this sentence's claims */
  Features *base; /* of each mention, for the trigger at hand */
  ArgumentScore *scores;
  TimeExpression *dates;
  size_t date_count;
  bool named; /* does the sentence name anybody? */
} Decoder;

static void trace(const Decoder *d, int32_t trigger, int local, const char *what, float value)
{
  const ExtractTrace *t = d->context ? d->context->trace : NULL;
  if (!t) return;
  char line[256];
  const Relation *r = ontology_relation(d->e->ontology, d->e->relations[local]);
  snprintf(line, sizeof line, "%.*s -> %.*s: %s %.2f",
           SLICE_ARGS(scene_token(&d->scene, trigger)->form), SLICE_ARGS(r->schema.name), what,
           (double)value);
  t->line(t->handle, line);
}

static Mention mention_of(const Decoder *d, const SceneMention *m)
{
  return (Mention){d->index, m->head, m->first, m->end};
}

static const Mention nobody = {-1, -1, -1, -1};

/* The claim of the same relation and participants that is already there, or NULL. */
static Claim *same_claim(const Decoder *d, const Claim *claim, bool symmetric)
{
  for (size_t i = d->first; i < d->out->count; i++) {
    Claim *c = &d->out->items[i];
    if (c->relation != claim->relation) continue;
    const bool straight =
        c->subject.head == claim->subject.head && c->object.head == claim->object.head;
    const bool turned =
        symmetric && c->subject.head == claim->object.head && c->object.head == claim->subject.head;
    if (straight || turned) return c;
  }
  return NULL;
}

/* What the model says dates the event; where it says nothing, what the tree says: measured on
   held-out sentences the tree alone finds more dates than the model, the two together most. */
static const TimeExpression *date_of_claim(const Decoder *d, const Claim *claim, int32_t trigger,
                                           int local)
{
  const int date = date_of(d->e, &d->scene, trigger, local, d->dates, d->date_count);
  if (date >= 0) return &d->dates[date];
  if (ontology_relation(d->e->ontology, claim->relation)->lasting) return NULL;
  return time_of_event(d->dates, d->date_count, d->scene.sentence, trigger);
}

static void surround(Decoder *d, Claim *claim, int32_t trigger, int local)
{
  claim->factuality = factuality_of(d->e, &d->scene, trigger, local);
  const int32_t by = attribution_of(&d->scene, trigger);
  if (by >= 0) {
    const SceneMention *m = &d->scene.mentions[by];
    if (m->head != claim->subject.head && m->kind != MENTION_CLAUSE) claim->by = mention_of(d, m);
  }
  const TimeExpression *const date = date_of_claim(d, claim, trigger, local);
  const bool happened = claim->factuality == FACTUALITY_ACTUAL;
  if (date && !(happened && date->role == TIME_BY)) { /* "agreed to cut taxes by 2030" */
    claim->date_first = date->first;
    claim->date_end = date->end;
  }
}

static Status add_claim(Decoder *d, int32_t trigger, int local, Mention subject, Mention object,
                        float confidence, uint32_t frame)
{
  Claim claim = {.relation = d->e->relations[local],
                 .subject = subject,
                 .object = object,
                 .trigger_first = trigger,
                 .trigger_end = trigger + 1,
                 .date_first = 0,
                 .date_end = 0,
                 .by = nobody,
                 .confidence = confidence,
                 .frame = frame};
  if (trigger < 0) claim.trigger_first = claim.trigger_end = 0;
  Claim *same = same_claim(d, &claim, d->e->symmetric[local]);
  if (same && same->confidence >= confidence) return STATUS_OK;
  if (trigger >= 0) surround(d, &claim, trigger, local);
  if (same) {
    *same = claim;
    return STATUS_OK;
  }
  Claim *grown = memory_grow(d->out->items, &d->out->capacity, d->out->count, 1, sizeof claim);
  if (!grown) return STATUS_MEMORY;
  d->out->items = grown;
  grown[d->out->count++] = claim;
  return STATUS_OK;
}

/* "Friday", "3 May": says when, and takes no part. */
static bool tells_time(const Decoder *d, const SceneMention *m)
{
  if (m->kind < MENTION_NAME || m->kind == MENTION_PRONOUN) return false;
  for (size_t i = 0; i < d->date_count; i++)
    if (d->dates[i].first <= m->head && m->head < d->dates[i].end) return true;
  return false;
}

static void score_arguments(Decoder *d, int32_t trigger, int local, bool *has_frame)
{
  const Scene *scene = &d->scene;
  for (size_t i = 0; i < scene->mention_count; i++)
    for (int role = 0; role < 2; role++) {
      const SceneMention *m = &scene->mentions[i];
      ArgumentScore *s = &d->scores[i];
      Features specific = {.count = 0};
      s->frame[role] = frames_fill(d->e, scene, trigger, local, m, (Role)role, has_frame);
      s->score[role] = -100;
      if (!argument_allowed(m, (Role)role) || tells_time(d, m)) continue;
      features_frame(&specific, s->frame[role], *has_frame, role);
      s->score[role] = score_both(&d->e->weights[PART_ARGUMENT], &d->base[i], local, role) +
                       score_both(&d->e->weights[PART_ARGUMENT], &specific, local, role);
    }
  rank_arguments(d->scores, scene->mention_count);
}

static float confidence_of(const Extractor *e, int local, float score)
{
  const Calibration *k = &e->calibration[local];
  return logistic(k->a * score + k->b);
}

static uint32_t frame_index(const Decoder *d, int32_t trigger, int local)
{
  const LexiconEntry *entry = lexicon_find(&d->e->lexicon, d->scene.nodes[trigger].lemma);
  for (int32_t f = entry ? entry->frame : -1; f >= 0; f = d->e->frames[f].next)
    if (d->e->frames[f].local == local && frame_at(&d->e->frames[f], &d->scene, trigger))
      return d->e->frames[f].index;
  return UINT32_MAX;
}

/* The sentences learnt from all name somebody. Where none is named and nobody who acts for a state
   or group takes part ("he lifted the box"), words mislead more often. */
#define NOBODY_NAMED 0.6f

static bool acts(const SceneMention *m)
{
  return m->sort < MENTION_PRONOUN || m->sort >= MENTION_KINDS + 2 * SORT_OFFICE;
}

static float doubt(const Decoder *d, const SceneMention *s, const SceneMention *o)
{
  return d->named || acts(s) || acts(o) ? 1.0f : NOBODY_NAMED;
}

static Status try_pair(Decoder *d, int32_t trigger, int local, const PairScores *scores,
                       const SceneMention *s, const SceneMention *o)
{
  Features pair, stacked = {.count = 0};
  features_pair(&pair, &d->scene, trigger, s, o);
  features_scores(&stacked, scores);
  const Linear *w = &d->e->weights[PART_PAIR];
  const float score = score_both(w, &pair, local, 0) + score_both(w, &stacked, local, 0);
  const float confidence = confidence_of(d->e, local, score) * doubt(d, s, o);
  if (confidence < d->e->calibration[local].threshold) return STATUS_OK;
  return add_claim(d, trigger, local, mention_of(d, s), mention_of(d, o), confidence,
                   frame_index(d, trigger, local));
}

static Status try_relation(Decoder *d, int32_t trigger, int local, const TriggerScore *evoked)
{
  const size_t n = d->scene.mention_count;
  bool has_frame = false;
  score_arguments(d, trigger, local, &has_frame);
  PairScores scores = {.trigger = *evoked, .has_frame = has_frame};
  best_scores(scores.best, d->scores, n);
  for (size_t i = 0; i < n; i++) {
    if (!argument_kept(&d->scores[i], ROLE_SUBJECT)) continue;
    for (size_t k = 0; k < n; k++) {
      const SceneMention *s = &d->scene.mentions[i], *o = &d->scene.mentions[k];
      if (!argument_kept(&d->scores[k], ROLE_OBJECT)) continue;
      if (!pair_allowed(d->e->symmetric[local], s, o)) continue;
      scores.subject = &d->scores[i];
      scores.object = &d->scores[k];
      TRY(try_pair(d, trigger, local, &scores, s, o));
    }
  }
  return STATUS_OK;
}

/* A clause beside or below another that has the same subject if it names none: "attended the
   summit; also met with the king", "visited Oslo to meet the king". */
static bool shares_subject(const Scene *scene, int32_t token)
{
  if (scene->nodes[token].head < 0) return false;
  switch (deprel_base((Deprel)scene_token(scene, token)->deprel)) {
  case DEPREL_CONJ:
  case DEPREL_PARATAXIS:
  case DEPREL_LIST:
  case DEPREL_ADVCL:
    return true;
  default:
    return false;
  }
}

/* "Met with the president": the author of a diary did it. */
static bool authored(const Decoder *d, int32_t trigger)
{
  const Node *node = &d->scene.nodes[trigger];
  if (!d->context || !d->context->author || node->subject >= 0) return false;
  if (scene_child(&d->scene, trigger, DEPREL_AUX_PASS) >= 0) return false;
  int32_t top = trigger;
  while (shares_subject(&d->scene, top)) top = d->scene.nodes[top].head;
  return d->scene.nodes[top].head < 0 && scene_token(&d->scene, trigger)->upos == UPOS_VERB;
}

static Status try_author(Decoder *d, int32_t trigger, int local, float trigger_score)
{
  const float evoked = logistic(trigger_score + 1);
  bool has_frame = false;
  score_arguments(d, trigger, local, &has_frame);
  for (size_t i = 0; i < d->scene.mention_count; i++) {
    const SceneMention *m = &d->scene.mentions[i];
    const ArgumentScore *s = &d->scores[i];
    float fits = logistic(s->score[ROLE_OBJECT]);
    if (s->frame[ROLE_OBJECT] && fits < 0.7f) fits = 0.7f;
    if (evoked * fits < 0.4f || m->head == trigger) continue;
    TRY(add_claim(d, trigger, local, nobody, mention_of(d, m), evoked * fits,
                  frame_index(d, trigger, local)));
  }
  return STATUS_OK;
}

/* ---- by rule ---- */

static Status match_frame(Decoder *d, const CompiledFrame *frame, int32_t trigger)
{
  const size_t n = d->scene.mention_count;
  const float sure = scene_token(&d->scene, trigger)->score;
  for (size_t i = 0; i < n; i++) {
    const SceneMention *s = &d->scene.mentions[i];
    const int rank_s = frame_fills(frame, &d->scene, trigger, s, ROLE_SUBJECT);
    if (!rank_s || !argument_allowed(s, ROLE_SUBJECT) || tells_time(d, s)) continue;
    for (size_t k = 0; k < n; k++) {
      const SceneMention *o = &d->scene.mentions[k];
      const int rank_o = frame_fills(frame, &d->scene, trigger, o, ROLE_OBJECT);
      if (!rank_o || s->head == o->head || tells_time(d, o)) continue;
      const float confidence =
          RULE_CONFIDENCE * (0.75f + 0.25f * sure) / (1.0f + 0.1f * (float)(rank_s + rank_o - 2));
      TRY(add_claim(d, trigger, frame->local, mention_of(d, s), mention_of(d, o), confidence,
                    frame->index));
    }
  }
  return STATUS_OK;
}

static Status match_rules(Decoder *d, int32_t trigger, const LexiconEntry *entry)
{
  for (int32_t f = entry->frame; f >= 0; f = d->e->frames[f].next) {
    const CompiledFrame *frame = &d->e->frames[f];
    const bool rule = frame->frame->user || (size_t)frame->local >= d->e->trained_count;
    if (rule && frame_at(frame, &d->scene, trigger)) TRY(match_frame(d, frame, trigger));
  }
  return STATUS_OK;
}

/* ---- the whole ---- */

static void score_relations(const Decoder *d, int32_t trigger, uint64_t relations,
                            TriggerScore *scores)
{
  const Linear *w = &d->e->weights[PART_TRIGGER];
  Features features, evoked;
  features_trigger(&features, &d->scene, trigger);
  for (int local = 0; local < (int)d->e->trained_count; local++) {
    if (!(relations >> local & 1)) continue;
    features_evoked(&evoked, d->e, &d->scene, trigger, local);
    scores[local].score =
        linear_sum(w, &features, key_of(local, 0)) + score_both(w, &evoked, local, 0);
  }
  rank_relations(scores, relations);
}

static Status try_trigger(Decoder *d, int32_t trigger)
{
  uint64_t relations = trigger_relations(d->e, &d->scene, trigger);
  if (!relations) return STATUS_OK;
  TRY(match_rules(d, trigger, lexicon_find(&d->e->lexicon, d->scene.nodes[trigger].lemma)));
  relations &= ((uint64_t)1 << d->e->trained_count) - 1;
  TriggerScore scores[LOCAL_MAX];
  bool based = false;
  score_relations(d, trigger, relations, scores);
  for (int local = 0; local < (int)d->e->trained_count; local++) {
    if (!(relations >> local & 1) || d->e->relations[local] == RELATION_NONE) continue;
    const float score = scores[local].score;
    trace(d, trigger, local, score > TRIGGER_FLOOR ? "evoked" : "refused", score);
    if (score <= TRIGGER_FLOOR) continue;
    for (size_t i = 0; i < d->scene.mention_count && !based; i++)
      features_argument(&d->base[i], &d->scene, trigger, &d->scene.mentions[i]);
    based = true;
    if (authored(d, trigger))
      TRY(try_author(d, trigger, local, score));
    else
      TRY(try_relation(d, trigger, local, &scores[local]));
  }
  return STATUS_OK;
}

static int32_t place_trigger(const Scene *scene, const SceneMention *a, const SceneMention *b)
{
  const int32_t low = a->head < b->head ? a->end : b->end;
  const int32_t high = a->head < b->head ? b->first : a->first;
  for (int32_t i = low; i < high; i++) {
    const uint8_t upos = scene_token(scene, i)->upos;
    if (upos == UPOS_ADP || upos == UPOS_NOUN) return i;
  }
  return -1;
}

static Status try_places(Decoder *d)
{
  const int local = d->e->located;
  if (local < 0 || d->e->relations[local] == RELATION_NONE) return STATUS_OK;
  for (size_t i = 0; i < d->scene.mention_count; i++)
    for (size_t k = 0; k < d->scene.mention_count; k++) {
      const SceneMention *in = &d->scene.mentions[i], *out = &d->scene.mentions[k];
      if (!place_allowed(&d->scene, in, out)) continue;
      Features features;
      features_place(&features, &d->scene, in, out);
      const float score = linear_sum(&d->e->weights[PART_PLACE], &features, key_shared(0));
      const float confidence = confidence_of(d->e, local, score);
      if (confidence < d->e->calibration[local].threshold) continue;
      const int32_t trigger = place_trigger(&d->scene, in, out);
      TRY(add_claim(d, trigger, local, mention_of(d, in), mention_of(d, out), confidence,
                    UINT32_MAX));
    }
  return STATUS_OK;
}

static Status decode(Decoder *d, Arena *arena)
{
  TRY(time_find(&d->dates, &d->date_count, arena, d->scene.sentence));
  const size_t n = d->scene.mention_count;
  for (size_t i = 0; i < n; i++) d->named |= d->scene.mentions[i].kind < MENTION_PRONOUN;
  d->base = arena_alloc(arena, (n + 1) * sizeof *d->base);
  d->scores = arena_array(arena, n + 1, sizeof *d->scores);
  if (!d->base || !d->scores) return STATUS_MEMORY;
  for (int32_t t = 0; t < (int32_t)d->scene.sentence->count; t++) TRY(try_trigger(d, t));
  return try_places(d);
}

Status extract_sentence(Claims *out, const Extractor *extractor, ExtractorSpace *space,
                        const Sentence *sentence, int32_t index, const ExtractContext *context)
{
  if (sentence->count == 0 || sentence->count > TOKENS_MAX) return STATUS_OK;
  arena_reset(&space->arena);
  Decoder d = {.e = extractor, .context = context, .index = index, .out = out, .first = out->count};
  TRY(scene_new(&d.scene, &space->arena, sentence, extractor->ontology,
                extractor->has_words ? &extractor->words : NULL));
  return decode(&d, &space->arena);
}

bool extract_worth_parsing(const Extractor *extractor, const Sentence *sentence)
{
  size_t names = 0;
  bool evokes = false, actor = false;
  for (size_t i = 0; i < sentence->count; i++) {
    const Token *t = &sentence->tokens[i];
    names += t->ner != NER_O && t->ner_begins;
    actor |= t->ner != NER_O || t->upos == UPOS_PRON || t->upos == UPOS_PROPN;
    if (!evokes && (t->upos == UPOS_VERB || upos_nominal(t->upos) || t->upos == UPOS_ADJ)) {
      const LexiconEntry *entry = lexicon_find(&extractor->lexicon, text_hash(t->lemma));
      evokes = (entry && entry->relations) || reread_evokes(t, extractor->ontology);
    }
  }
  return (evokes && (actor || sentence->count <= 30)) || names > 1;
}
