/* The words of a claim are its participants, its trigger, its date and its source, and the chain of
   words that govern the trigger through complements ("refused to sign", "denied that it had
   signed"), since they decide what is said. */
#include "input/evidence.h"

#include "input/time.h"

#include <stdlib.h>

typedef struct Tokens {
  int32_t first, end;
} Tokens;

static void include(Tokens *t, int32_t first, int32_t end)
{
  if (first < 0 || first >= end) return;
  if (t->first < 0 || first < t->first) t->first = first;
  if (end > t->end) t->end = end;
}

static void include_mention(Tokens *t, const Mention *m, int32_t sentence)
{
  if (m->sentence == sentence) include(t, m->first, m->end);
}

static bool governs(Deprel deprel)
{
  switch (deprel) {
  case DEPREL_XCOMP:
  case DEPREL_CCOMP:
  case DEPREL_CSUBJ:
  case DEPREL_ACL:
  case DEPREL_CONJ:
    return true;
  default:
    return false;
  }
}

static bool colours(Deprel deprel)
{
  return deprel == DEPREL_AUX || deprel == DEPREL_AUX_PASS || deprel == DEPREL_MARK ||
         deprel == DEPREL_NSUBJ || deprel == DEPREL_NSUBJ_PASS || deprel == DEPREL_COP;
}

static void include_governors(Tokens *t, const Sentence *s, int32_t trigger)
{
  int32_t at = trigger;
  for (int steps = 0; steps < 6; steps++) {
    const Deprel deprel = (Deprel)s->tokens[at].deprel;
    const int32_t head = s->tokens[at].head;
    if (head < 0 || !governs(deprel)) break;
    if (deprel != DEPREL_CONJ) include(t, head, head + 1);
    at = head;
  }
}

/* Auxiliaries, negation, marks and subjects of the governing words, inside reach of them. */
static void include_colours(Tokens *t, const Sentence *s)
{
  const Tokens core = *t;
  for (int32_t i = 0; i < (int32_t)s->count; i++) {
    const Token *const token = &s->tokens[i];
    const bool negates = (token->features & FEAT_NEG) || slice_is(token->lemma, "not");
    if (token->head < core.first || token->head >= core.end) continue;
    if (s->tokens[token->head].upos != UPOS_VERB) continue;
    if (negates || colours((Deprel)token->deprel)) include(t, i, i + 1);
  }
}

static int32_t sentence_of(const Claim *claim)
{
  return claim->subject.sentence >= 0 ? claim->subject.sentence : claim->object.sentence;
}

static Tokens tokens_of(const Claim *claim, const Sentence *s, int32_t sentence)
{
  Tokens t = {-1, -1};
  include_mention(&t, &claim->subject, sentence);
  include_mention(&t, &claim->object, sentence);
  include_mention(&t, &claim->by, sentence);
  include(&t, claim->trigger_first, claim->trigger_end);
  include(&t, claim->date_first, claim->date_end);
  const bool verbal = claim->trigger_first >= 0 && claim->trigger_first < claim->trigger_end;
  if (verbal) {
    include_governors(&t, s, claim->trigger_first);
    include_colours(&t, s);
  }
  if (t.first < 0) t = (Tokens){0, (int32_t)s->count};
  return t;
}

static Span bytes_of(const Sentence *s, Tokens t)
{
  return (Span){s->tokens[t.first].start, s->tokens[t.end - 1].end};
}

/* ---- the day ---- */

/* Dates are resolved claim by claim in the order of the text. */
typedef struct Calendar {
  Arena *arena;
  const Document *document;
  int32_t sentence; /* that TIMES are of; -1 before the first */
  TimeExpression *times;
  size_t count;
  char last[11]; /* the day told before, for "a day later" */
} Calendar;

static const TimeExpression *expression_at(const Calendar *c, int32_t first, int32_t end)
{
  for (size_t i = 0; i < c->count; i++) {
    if (c->times[i].first < end && c->times[i].end > first) return &c->times[i];
  }
  return NULL;
}

/* The expression that begins at token END, or behind a preposition there; NULL if there is none. */
static const TimeExpression *expression_behind(const Calendar *c, const Sentence *s, int32_t end)
{
  for (size_t i = 0; i < c->count; i++) {
    const TimeExpression *const t = &c->times[i];
    const bool prepositional =
        end < (int32_t)s->count && t->first == end + 1 && s->tokens[end].upos == UPOS_ADP;
    if (t->role == TIME_AT && (prepositional || t->first == end)) return t;
  }
  return NULL;
}

/* What dates the claim: what stands right behind its object ("received A on Sunday and B on
   Monday"), else what the extractor found, else what stands behind its last word ("a meeting
   between A and B on May 3"). */
static const TimeExpression *expression_of(const Calendar *c, const Claim *claim, const Sentence *s)
{
  const bool own = claim->date_first >= 0 && claim->date_first < claim->date_end;
  const TimeExpression *const behind = expression_behind(c, s, claim->object.end);
  if (behind || own) {
    return behind ? behind : expression_at(c, claim->date_first, claim->date_end);
  }
  const int32_t last =
      claim->subject.end > claim->trigger_end ? claim->subject.end : claim->trigger_end;
  return claim->trigger_first < claim->trigger_end ? expression_behind(c, s, last) : NULL;
}

static TimeDirection direction_of(const Claim *claim, const Sentence *s)
{
  const bool ahead =
      claim->factuality == FACTUALITY_PLANNED || claim->factuality == FACTUALITY_POSSIBLE;
  if (claim->trigger_first < 0 || claim->trigger_first >= (int32_t)s->count) {
    return ahead ? TIME_FUTURE : TIME_PAST;
  }
  const TimeDirection direction = time_direction(s, claim->trigger_first);
  if (direction == TIME_PRESENT && ahead) return TIME_FUTURE;
  /* What is reported as a fact has happened, whatever tense the headline uses. */
  return direction == TIME_FUTURE && claim->factuality == FACTUALITY_ACTUAL ? TIME_PAST : direction;
}

static Status date_of(Slice *out, Calendar *c, const Claim *claim, const Sentence *s,
                      int32_t sentence)
{
  char text[11];
  *out = SLICE_NONE;
  if (c->sentence != sentence) {
    TRY(time_find(&c->times, &c->count, c->arena, s));
    c->sentence = sentence;
  }
  const TimeExpression *const time = expression_of(c, claim, s);
  if (!time ||
      !time_resolve(text, time, c->document->date, slice_of(c->last), direction_of(claim, s))) {
    return STATUS_OK;
  }
  memcpy(c->last, text, sizeof c->last);
  return arena_copy(out, c->arena, slice_of(text));
}

/* ---- happenings ---- */

typedef struct Key {
  const Claim *claim;
  Evidence *evidence;
} Key;

static int compare_ints(int64_t a, int64_t b)
{
  return (a > b) - (a < b);
}

static int compare_keys(const Key *a, const Key *b)
{
  int order = compare_ints(a->evidence->sentence, b->evidence->sentence);
  if (!order) order = compare_ints(a->claim->trigger_first, b->claim->trigger_first);
  if (!order) order = compare_ints(a->claim->trigger_end, b->claim->trigger_end);
  if (!order) order = compare_ints(a->claim->relation, b->claim->relation);
  if (!order) order = compare_ints(a->claim->factuality, b->claim->factuality);
  if (!order) order = slice_compare(a->evidence->date, b->evidence->date);
  /* Without a trigger nothing says that two claims are one happening. */
  if (!order && a->claim->trigger_first >= a->claim->trigger_end) {
    order = compare_ints(a->claim - b->claim, 0);
  }
  return order;
}

static int compare_for_sort(const void *a, const void *b)
{
  const Key *const x = a, *const y = b;
  const int order = compare_keys(x, y);
  return order ? order : compare_ints(x->claim - y->claim, 0);
}

static void join_group(Key *keys, size_t count)
{
  Span span = keys[0].evidence->span;
  for (size_t i = 1; i < count; i++) {
    const Span other = keys[i].evidence->span;
    if (other.start < span.start) span.start = other.start;
    if (other.end > span.end) span.end = other.end;
  }
  for (size_t i = 0; i < count; i++) keys[i].evidence->group = span;
}

Status evidence_group(Evidence *evidence, Arena *arena, const Claims *claims)
{
  Key *const keys = arena_array(arena, claims->count, sizeof *keys);
  if (!keys) return STATUS_MEMORY;
  for (size_t i = 0; i < claims->count; i++) keys[i] = (Key){&claims->items[i], &evidence[i]};
  if (claims->count) qsort(keys, claims->count, sizeof *keys, compare_for_sort);
  for (size_t first = 0, next; first < claims->count; first = next) {
    next = first + 1;
    while (next < claims->count && !compare_keys(&keys[first], &keys[next])) next++;
    join_group(keys + first, next - first);
  }
  return STATUS_OK;
}

Status evidence_find(Evidence **out, Arena *arena, const Ontology *ontology, const Claims *claims,
                     const Document *document, const Sentence *sentences)
{
  *out = arena_array(arena, claims->count, sizeof **out);
  if (!*out) return STATUS_MEMORY;
  Calendar calendar = {.arena = arena, .document = document, .sentence = -1};
  for (size_t i = 0; i < claims->count; i++) {
    const Claim *const claim = &claims->items[i];
    Evidence *const evidence = &(*out)[i];
    evidence->sentence = sentence_of(claim);
    const Sentence *const s = &sentences[evidence->sentence];
    evidence->span = bytes_of(s, tokens_of(claim, s, evidence->sentence));
    if (ontology_relation(ontology, claim->relation)->lasting) continue;
    TRY(date_of(&evidence->date, &calendar, claim, s, evidence->sentence));
  }
  return STATUS_OK;
}
