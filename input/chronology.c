#include "input/chronology.h"

#include "input/calendar.h"
#include "input/time.h"
#include "ontology/words.h"

#define LEAD_PARAGRAPHS 2
#define LEAD_SENTENCES 2 /* of each, that tell what is new */
#define SCENE 3          /* sentences that one scene goes on without a new date */
#define PARAGRAPH 6      /* sentences of it that are looked back over */
#define LEAD_DAYS 7      /* what is new is not older */
#define ALSO 8           /* sentences that "also" looks back over */

typedef struct Chronology {
  Evidence *evidence;
  const Entities *entities;
  const Claims *claims;
  const ResolvedClaim *resolved;
  Table happenings; /* relation and participants -> the dated claim last seen */
  Slice lead;       /* the day the article is about; empty if unknown */
} Chronology;

static bool is_event(const Chronology *c, size_t i)
{
  return !ontology_relation(c->entities->ontology, c->claims->items[i].relation)->lasting;
}

static bool has_trigger(const Claim *claim)
{
  return claim->trigger_first >= 0 && claim->trigger_first < claim->trigger_end;
}

static const Sentence *sentence_of(const Chronology *c, size_t i)
{
  return &c->entities->sentences[c->evidence[i].sentence];
}

/* The verb whose tense counts for TOKEN: itself, or what governs it. */
static int32_t verb_of(const Sentence *s, int32_t token)
{
  for (int steps = 0; steps < 12 && token >= 0; steps++) {
    if (s->tokens[token].upos == UPOS_VERB) return token;
    token = s->tokens[token].head;
  }
  return -1;
}

/* "had met", "had been meeting": before the time that the text is about. */
static bool is_pluperfect(const Sentence *s, int32_t trigger)
{
  const int32_t verb = verb_of(s, trigger);
  for (size_t i = 0; verb >= 0 && i < s->count; i++) {
    const Token *const t = &s->tokens[i];
    if (t->head == verb && t->deprel == DEPREL_AUX && slice_is(t->lemma, "have") &&
        (t->features & FEAT_PAST)) {
      return true;
    }
  }
  return false;
}

static bool has_own_date(const Claim *claim)
{
  return claim->date_first >= 0 && claim->date_first < claim->date_end;
}

/* ---- the same happening, told elsewhere ---- */

static Status happening_key(Slice *out, const Chronology *c, size_t i)
{
  const Claim *const claim = &c->claims->items[i];
  const Referents *const s = &c->resolved[i].subject, *const o = &c->resolved[i].object;
  *out = SLICE_NONE;
  if (s->count != 1 || o->count != 1) return STATUS_OK;
  const Relation *const relation = ontology_relation(c->entities->ontology, claim->relation);
  uint32_t key[4] = {claim->relation, s->items[0], o->items[0], claim->factuality};
  if (relation->schema.symmetric && key[1] > key[2]) {
    key[1] = o->items[0];
    key[2] = s->items[0];
  }
  return arena_copy(out, c->entities->arena, (Slice){(const char *)key, sizeof key});
}

static Status note_happenings(Chronology *c)
{
  for (size_t i = 0; i < c->claims->count; i++) {
    Slice key;
    if (!c->evidence[i].date.len || !is_event(c, i)) continue;
    TRY(happening_key(&key, c, i));
    if (key.len && table_get(&c->happenings, key) == TABLE_NONE) {
      TRY(table_put(&c->happenings, key, (uint32_t)i));
    }
  }
  return STATUS_OK;
}

static Status date_of_same(Slice *out, const Chronology *c, size_t i)
{
  Slice key;
  *out = SLICE_NONE;
  TRY(happening_key(&key, c, i));
  const uint32_t same = key.len ? table_get(&c->happenings, key) : TABLE_NONE;
  if (same != TABLE_NONE) *out = c->evidence[same].date;
  return STATUS_OK;
}

/* ---- the clause that it hangs on ---- */

/* The date of a claim of the same sentence whose trigger governs this one. */
static Slice date_of_governor(const Chronology *c, size_t i)
{
  const Sentence *const s = sentence_of(c, i);
  int32_t at = c->claims->items[i].trigger_first;
  for (int steps = 0; steps < 12 && at >= 0; steps++) {
    at = s->tokens[at].head;
    for (size_t k = i; at >= 0 && k-- > 0 && c->evidence[k].sentence == c->evidence[i].sentence;) {
      if (c->claims->items[k].trigger_first == at && c->evidence[k].date.len) {
        return c->evidence[k].date;
      }
    }
  }
  return SLICE_NONE;
}

/* ---- days ---- */

static bool is_day(Slice date)
{
  return date.len == 10;
}

static int days_of(Slice date)
{
  int parts[3] = {0, 0, 0}, part = 0;
  for (size_t i = 0; i < date.len && part < 3; i++) {
    if (date.ptr[i] == '-')
      part++;
    else
      parts[part] = parts[part] * 10 + (date.ptr[i] - '0');
  }
  return date_days((Date){parts[0], parts[1], parts[2]});
}

/* Is DATE in the days before the document, which its news tells of? */
static bool is_recent(const Chronology *c, Slice date)
{
  const Slice document = c->entities->document->date;
  if (!is_day(document) || !is_day(date)) return false;
  const int age = days_of(document) - days_of(date);
  return age >= 0 && age <= LEAD_DAYS;
}

/* ---- what the same people did next ---- */

static bool takes_part(const ResolvedClaim *claim, uint32_t entity)
{
  for (uint32_t i = 0; i < claim->subject.count; i++) {
    if (claim->subject.items[i] == entity) return true;
  }
  for (uint32_t i = 0; i < claim->object.count; i++) {
    if (claim->object.items[i] == entity) return true;
  }
  return false;
}

static bool is_simple_past(const Sentence *s, int32_t trigger)
{
  const int32_t verb = verb_of(s, trigger);
  return verb >= 0 && (s->tokens[verb].features & FEAT_PAST) &&
         (s->tokens[verb].features & FEAT_FIN);
}

static bool all_take_part(const Chronology *c, size_t i, size_t k)
{
  const Referents *const actors = &c->resolved[i].subject;
  for (uint32_t a = 0; a < actors->count; a++) {
    if (!takes_part(&c->resolved[k], actors->items[a])) return false;
  }
  return actors->count > 0;
}

/* "He had come from Rome, where he met the king": that too was before. */
static bool is_flashback(const Sentence *s, int32_t trigger)
{
  int32_t verb = verb_of(s, trigger);
  for (int steps = 0; steps < 4 && verb >= 0; steps++) {
    if (is_pluperfect(s, verb)) return true;
    verb = verb_of(s, s->tokens[verb].head);
  }
  return false;
}

static bool told_before(const Chronology *c, size_t k)
{
  return is_event(c, k) && c->claims->items[k].factuality == FACTUALITY_ACTUAL &&
         c->evidence[k].date.len == 10 &&
         !is_flashback(sentence_of(c, k), c->claims->items[k].trigger_first);
}

/* "Lind, who met the minister on Sunday, assured him …": the same who act in the same sentence, if
   that was in the days that the article tells of. */
static Slice date_of_sentence(const Chronology *c, size_t i)
{
  if (!is_simple_past(sentence_of(c, i), c->claims->items[i].trigger_first)) return SLICE_NONE;
  for (size_t k = i; k-- > 0 && c->evidence[k].sentence == c->evidence[i].sentence;) {
    if (!told_before(c, k) || !all_take_part(c, i, k) || !is_recent(c, c->evidence[k].date))
      continue;
    return c->evidence[k].date;
  }
  return SLICE_NONE;
}

/* Does "also" go with the word that evokes the claim, or with its verb? */
static bool says_also(const Chronology *c, const Sentence *s, int32_t trigger)
{
  const Ontology *const ontology = c->entities->ontology;
  const int32_t verb = verb_of(s, trigger);
  for (size_t i = 0; verb >= 0 && i < s->count; i++) {
    if (s->tokens[i].head != verb) continue;
    if (ontology_word(ontology, s->tokens[i].lemma) & WORD_ADDITION) return true;
  }
  return false;
}

/* "He also signed …": the day of what the same people did last. */
static Slice date_of_also(const Chronology *c, size_t i)
{
  const Sentence *const s = sentence_of(c, i);
  const int32_t trigger = c->claims->items[i].trigger_first;
  if (!is_simple_past(s, trigger) || !says_also(c, s, trigger)) return SLICE_NONE;
  for (size_t k = i; k-- > 0 && c->evidence[i].sentence - c->evidence[k].sentence <= ALSO;) {
    if (!told_before(c, k) || !all_take_part(c, i, k)) continue;
    return is_recent(c, c->evidence[k].date) ? c->evidence[k].date : SLICE_NONE;
  }
  return SLICE_NONE;
}

/* "They condemned …" right after a dated meeting of those who condemn: the day of the event told
   last, if all who act took part in it. */
static Slice date_of_scene(const Chronology *c, size_t i)
{
  const Referents *const actors = &c->resolved[i].subject;
  if (!actors->count || !is_simple_past(sentence_of(c, i), c->claims->items[i].trigger_first)) {
    return SLICE_NONE;
  }
  for (size_t k = i; k-- > 0 && c->evidence[i].sentence - c->evidence[k].sentence <= SCENE;) {
    if (c->evidence[k].sentence == c->evidence[i].sentence || !told_before(c, k)) continue;
    return all_take_part(c, i, k) ? c->evidence[k].date : SLICE_NONE;
  }
  return SLICE_NONE;
}

/* The day that SENTENCE gives for its main verb in the past; empty if none. */
static Status day_of_sentence(Slice *out, const Chronology *c, int32_t sentence)
{
  const Sentence *const s = &c->entities->sentences[sentence];
  TimeExpression *times;
  size_t count;
  char text[11];
  int32_t root = 0;
  *out = SLICE_NONE;
  while (root < (int32_t)s->count && s->tokens[root].head >= 0) root++;
  if (root == (int32_t)s->count || !is_simple_past(s, root)) return STATUS_OK;
  TRY(time_find(&times, &count, c->entities->arena, s));
  const TimeExpression *const time = time_of_event(times, count, s, root);
  if (!time || !time_resolve(text, time, c->entities->document->date, SLICE_NONE, TIME_PAST)) {
    return STATUS_OK;
  }
  return strlen(text) == 10 ? arena_copy(out, c->entities->arena, slice_of(text)) : STATUS_OK;
}

/* "The committee met on May 3. … They condemned …": what a pronoun or description does in the past
   is told of the day that its paragraph gave last. */
static Status date_of_paragraph(Slice *out, const Chronology *c, size_t i)
{
  *out = SLICE_NONE;
  const int32_t sentence = c->evidence[i].sentence;
  if (!c->resolved[i].subject.guessed) return STATUS_OK;
  if (!is_simple_past(sentence_of(c, i), c->claims->items[i].trigger_first)) return STATUS_OK;
  for (int32_t at = sentence; at > 0 && sentence - at < PARAGRAPH && !out->len; at--) {
    if (c->entities->sentences[at].new_paragraph) return STATUS_OK;
    TRY(day_of_sentence(out, c, at - 1));
  }
  return STATUS_OK;
}

/* ---- what is new ---- */

/* How many sentences of BLOCK come before SENTENCE. */
static int32_t sentences_before(const Entities *e, const Block *block, int32_t sentence)
{
  int32_t before = 0;
  while (before < sentence && e->sentences[sentence - 1 - before].start >= block->span.start) {
    before++;
  }
  return before;
}

/* Is the sentence in a headline, among the points above the article, or among the first of its
   first paragraphs? */
static bool is_lead(const Chronology *c, int32_t sentence)
{
  const Document *const d = c->entities->document;
  const uint32_t start = c->entities->sentences[sentence].start;
  int paragraphs = 0;
  for (size_t i = 0; i < d->block_count && paragraphs < LEAD_PARAGRAPHS; i++) {
    const Block *const block = &d->blocks[i];
    paragraphs += block->kind == BLOCK_PARAGRAPH;
    if (start < block->span.start || start >= block->span.end) continue;
    return sentences_before(c->entities, block, sentence) < LEAD_SENTENCES;
  }
  return false;
}

/* The first day that the lead names, else the day of the document. */
static void find_lead(Chronology *c)
{
  const Slice document = c->entities->document->date;
  if (!is_day(document)) return;
  c->lead = document;
  for (size_t i = 0; i < c->claims->count; i++) {
    const Slice date = c->evidence[i].date;
    if (c->evidence[i].sentence > 3 * LEAD_SENTENCES) break;
    if (!is_recent(c, date) || !is_event(c, i)) continue;
    if (c->claims->items[i].factuality != FACTUALITY_ACTUAL) continue;
    c->lead = date;
    return;
  }
}

/* Does the word stand for what is told, not for a circumstance of it ("since the invasion")? */
static bool is_told(const Sentence *s, int32_t trigger)
{
  const Token *const t = &s->tokens[trigger];
  if (t->upos == UPOS_VERB) return true;
  const Deprel deprel = (Deprel)t->deprel;
  return deprel == DEPREL_ROOT || deprel == DEPREL_OBJ || deprel == DEPREL_PARATAXIS;
}

/* Does the sentence say when, if only vaguely ("recently")? */
static Status says_when(bool *out, const Chronology *c, size_t i)
{
  TimeExpression *times;
  size_t count;
  const Sentence *const s = sentence_of(c, i);
  TRY(time_find(&times, &count, c->entities->arena, s));
  *out = time_of_event(times, count, s, c->claims->items[i].trigger_first) != NULL;
  return STATUS_OK;
}

static Status date_of_lead(Slice *out, const Chronology *c, size_t i)
{
  bool dated;
  *out = SLICE_NONE;
  if (!c->lead.len || !is_lead(c, c->evidence[i].sentence)) return STATUS_OK;
  if (!is_told(sentence_of(c, i), c->claims->items[i].trigger_first)) return STATUS_OK;
  TRY(says_when(&dated, c, i));
  if (!dated) *out = c->lead;
  return STATUS_OK;
}

/* ---- */

static Status fill(Chronology *c, size_t i)
{
  const Claim *const claim = &c->claims->items[i];
  Slice *const date = &c->evidence[i].date;
  const bool happens =
      claim->factuality == FACTUALITY_ACTUAL || claim->factuality == FACTUALITY_PLANNED;
  if (date->len || !happens || !is_event(c, i) || has_own_date(claim) || !has_trigger(claim)) {
    return STATUS_OK;
  }
  TRY(date_of_same(date, c, i));
  if (date->len || claim->factuality != FACTUALITY_ACTUAL) return STATUS_OK;
  if (is_pluperfect(sentence_of(c, i), claim->trigger_first)) return STATUS_OK;
  *date = date_of_governor(c, i);
  if (!date->len) TRY(date_of_lead(date, c, i));
  if (!date->len) *date = date_of_sentence(c, i);
  if (!date->len) *date = date_of_also(c, i);
  if (!date->len) *date = date_of_scene(c, i);
  return date->len ? STATUS_OK : date_of_paragraph(date, c, i);
}

Status chronology_fill(Evidence *evidence, const Entities *entities, const Claims *claims,
                       const ResolvedClaim *resolved)
{
  Chronology c = {
      .evidence = evidence, .entities = entities, .claims = claims, .resolved = resolved};
  Status status = note_happenings(&c);
  if (!status) find_lead(&c);
  for (size_t i = 0; i < claims->count && !status; i++) status = fill(&c, i);
  table_clear(&c.happenings);
  return status;
}
