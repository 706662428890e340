/* Which expression dates which event, and where a clause lies in time: both walk from the trigger
   towards the root and stop where another clause begins. Paths are bounded,
   so a tree that is none does no harm. */
#include "input/time.h"

static const Token *token_at(const Sentence *sentence, int32_t i)
{
  return i >= 0 && (size_t)i < sentence->count ? &sentence->tokens[i] : NULL;
}

static bool lemma_among(const Token *token, const char *const *words, size_t count)
{
  for (size_t i = 0; i < count; i++) {
    if (slice_is(token->lemma, words[i])) return true;
  }
  return false;
}
#define LEMMA_IN(token, list) lemma_among(token, list, sizeof(list) / sizeof *(list))

/* ---------------------------------------------------------------- tense */

enum { LONGEST_PATH = 64, FOLLOWS = 12 };

typedef enum Tense { TENSE_NONE, TENSE_PAST, TENSE_PRESENT, TENSE_FUTURE } Tense;

/* By the auxiliaries of token I: the modal decides, else the past of any. */
static Tense auxiliary_tense(const Sentence *sentence, int32_t i)
{
  static const char *const modals[] = {"will", "shall", "would",  "may",  "might",
                                       "can",  "could", "should", "must", "ought"};
  Tense tense = TENSE_NONE;
  bool perfect_modal = false;
  for (size_t k = 0; k < sentence->count; k++) {
    const Token *token = &sentence->tokens[k];
    const Deprel base = deprel_base((Deprel)token->deprel);
    if (token->head != i || (base != DEPREL_AUX && base != DEPREL_COP)) continue;
    const bool have = slice_is(token->lemma, "have");
    perfect_modal |= have && tense == TENSE_FUTURE;
    if (LEMMA_IN(token, modals))
      tense = TENSE_FUTURE;
    else if (tense != TENSE_FUTURE && (have || (token->features & FEAT_PAST)))
      tense = TENSE_PAST;
    else if (tense == TENSE_NONE && (token->features & FEAT_PRES))
      tense = TENSE_PRESENT;
  }
  return perfect_modal ? TENSE_PAST : tense;
}

static Tense own_tense(const Sentence *sentence, int32_t i)
{
  const Token *token = &sentence->tokens[i];
  const Tense by_auxiliary = auxiliary_tense(sentence, i);
  if (by_auxiliary != TENSE_NONE) return by_auxiliary;
  if (token->features & FEAT_FIN) {
    return token->features & FEAT_PAST ? TENSE_PAST : TENSE_PRESENT;
  }
  const bool participle = (token->features & FEAT_PART) != 0 && token->upos == UPOS_VERB;
  return participle && (token->features & (FEAT_PAST | FEAT_PASS)) ? TENSE_PAST : TENSE_NONE;
}

TimeDirection time_direction(const Sentence *sentence, int32_t trigger)
{
  bool infinitive = false;
  int32_t at = trigger;
  for (size_t steps = 0; steps < LONGEST_PATH && token_at(sentence, at); steps++) {
    const Token *token = &sentence->tokens[at];
    switch (own_tense(sentence, at)) {
    case TENSE_PAST:
      return TIME_PAST;
    case TENSE_FUTURE:
      return TIME_FUTURE;
    case TENSE_PRESENT:
      return infinitive ? TIME_FUTURE : TIME_PRESENT;
    case TENSE_NONE:
      break;
    }
    infinitive |= token->upos == UPOS_VERB && (token->features & FEAT_INF) != 0;
    at = token->head;
  }
  return infinitive ? TIME_FUTURE : TIME_PRESENT;
}

/* ---------------------------------------------------------------- dates of events */

static bool may_date(const TimeExpression *time)
{
  return time->kind != TIME_DURATION && time->role != TIME_FOR && time->role != TIME_UNTIL &&
         time->role != TIME_MODIFIER;
}

/* How telling: a day before a month or year, these before the vague. */
static int weight(const TimeExpression *time)
{
  switch ((TimeKind)time->kind) {
  case TIME_DATE:
    return time->date.day ? 4 : 3;
  case TIME_WEEKDAY:
    return 4;
  case TIME_OFFSET:
  case TIME_ANCHORED:
    return 3;
  case TIME_VAGUE:
    return 1;
  case TIME_DURATION:
    break;
  }
  return 0;
}

/* The token an expression hangs on; through a noun like "morning" in "the morning of May 3", and
   through one that stands behind it by chance: "in 1983 forces landed". */
static int32_t governor(const Sentence *sentence, const TimeExpression *time)
{
  static const char *const carriers[] = {"morning", "evening", "night", "afternoon", "day",
                                         "week",    "month",   "start", "beginning", "end",
                                         "hour",    "early",   "late",  "course",    "eve"};
  int32_t at = sentence->tokens[time->head].head;
  const Token *token = token_at(sentence, at);
  for (int steps = 0; steps < 3 && token && LEMMA_IN(token, carriers); steps++) {
    at = token->head;
    token = token_at(sentence, at);
  }
  const bool chance = token && time->kind == TIME_DATE && time->role != TIME_MODIFIER &&
                      at >= time->end && token->upos != UPOS_VERB;
  return chance ? token->head : at;
}

static int32_t distance_to(const TimeExpression *time, int32_t token)
{
  return time->first > token ? time->first - token : token - time->first;
}

/* "the 2003 invasion": a modifier dates the very noun before which it stands. */
static bool names_event(const TimeExpression *time, const Sentence *sentence, int32_t at)
{
  return time->role == TIME_MODIFIER && sentence->tokens[time->head].head == at;
}

/* The best expression that hangs on token AT. */
static const TimeExpression *hanging_on(const TimeExpression *times, size_t count,
                                        const Sentence *sentence, int32_t at, bool trigger)
{
  const TimeExpression *best = NULL;
  for (size_t i = 0; i < count; i++) {
    const TimeExpression *time = &times[i];
    const bool fits = may_date(time) || (trigger && names_event(time, sentence, at));
    if (!fits || governor(sentence, time) != at) continue;
    const int gain = best ? weight(time) - weight(best) : 1;
    if (gain > 0 || (gain == 0 && distance_to(time, at) < distance_to(best, at))) best = time;
  }
  return best;
}

/* Is the way up from TOKEN inside its clause, so that a date above dates it too? */
static bool same_clause(const Token *token)
{
  const bool finite = (token->features & FEAT_FIN) != 0;
  switch (deprel_base((Deprel)token->deprel)) {
  case DEPREL_OBJ:
  case DEPREL_OBL:
  case DEPREL_NSUBJ:
  case DEPREL_NMOD:
  case DEPREL_COMPOUND:
  case DEPREL_AMOD:
  case DEPREL_APPOS:
  case DEPREL_IOBJ:
  case DEPREL_FLAT:
  case DEPREL_XCOMP:
  case DEPREL_CONJ:
  case DEPREL_LIST:
  case DEPREL_DEP:
    return true;
  case DEPREL_ACL:
  case DEPREL_ADVCL:
    return !finite && token->deprel != DEPREL_ACL_RELCL;
  default:
    return false;
  }
}

/* Steps from AT up to TRIGGER through what depends on it in its own clause; 0 if it is not below.
 */
static int steps_below(const Sentence *sentence, int32_t at, int32_t trigger)
{
  for (int steps = 0; steps <= 4 && token_at(sentence, at); steps++) {
    if (at == trigger) return steps;
    const Token *token = &sentence->tokens[at];
    const Deprel base = deprel_base((Deprel)token->deprel);
    if (!same_clause(token) || base == DEPREL_NSUBJ || base == DEPREL_XCOMP) return 0;
    const bool verb = token->upos == UPOS_VERB || token->upos == UPOS_AUX;
    if (verb && (base == DEPREL_CONJ || token->head != trigger)) return 0;
    if (verb && sentence->tokens[trigger].upos == UPOS_VERB) return 0;
    at = token->head;
  }
  return 0;
}

/* The expression behind the trigger that the tree hangs on one of its objects: "arrested 22 people
   on Monday", "a truce declared by both sides on Monday". */
static const TimeExpression *hanging_below(const TimeExpression *times, size_t count,
                                           const Sentence *sentence, int32_t trigger)
{
  const TimeExpression *best = NULL;
  int fewest = 5;
  for (size_t i = 0; i < count; i++) {
    if (!may_date(&times[i]) || times[i].kind == TIME_VAGUE || times[i].first < trigger) continue;
    const int steps = steps_below(sentence, governor(sentence, &times[i]), trigger);
    if (steps == 0 || steps >= fewest) continue;
    best = &times[i];
    fewest = steps;
  }
  return best;
}

/* An expression that opens the sentence: nothing but a preposition and an article before it. */
static const TimeExpression *opening(const TimeExpression *times, size_t count)
{
  for (size_t i = 0; i < count; i++) {
    if (times[i].first <= 2 && may_date(&times[i])) return &times[i];
  }
  return NULL;
}

/* A clause that says what happened at the same time: "joined in May, when the leaders met". */
static bool simultaneous(const Sentence *sentence, int32_t clause)
{
  static const char *const same[] = {"when", "while"};
  if (deprel_base((Deprel)sentence->tokens[clause].deprel) != DEPREL_ADVCL) return false;
  for (int32_t i = 0; i < clause; i++) {
    if (sentence->tokens[i].head == clause && LEMMA_IN(&sentence->tokens[i], same)) return true;
  }
  return false;
}

/* The expression on a clause below TRIGGER that happened at the same time. */
static const TimeExpression *hanging_beside(const TimeExpression *times, size_t count,
                                            const Sentence *sentence, int32_t trigger)
{
  for (int32_t i = 0; i < (int32_t)sentence->count; i++) {
    if (sentence->tokens[i].head != trigger || !simultaneous(sentence, i)) continue;
    const TimeExpression *found = hanging_on(times, count, sentence, i, false);
    if (found) return found;
  }
  return NULL;
}

/* The day on the subject of a verb: "the first flight, on May 3, took him to the talks". */
static const TimeExpression *hanging_on_subject(const TimeExpression *times, size_t count,
                                                const Sentence *sentence, int32_t verb)
{
  if (sentence->tokens[verb].upos != UPOS_VERB) return NULL;
  for (size_t i = 0; i < count; i++) {
    const int32_t at = governor(sentence, &times[i]);
    const Token *const token = token_at(sentence, at);
    if (!token || token->head != verb || weight(&times[i]) < 4 || !may_date(&times[i])) continue;
    if (deprel_base((Deprel)token->deprel) == DEPREL_NSUBJ) return &times[i];
  }
  return NULL;
}

/* Whatever the tree says, a day behind a verb with no other verb between says when: "who met the
   envoy, Abel Tan, in Rome on Sunday". */
static const TimeExpression *following(const TimeExpression *times, size_t count,
                                       const Sentence *sentence, int32_t trigger)
{
  if (sentence->tokens[trigger].upos != UPOS_VERB) return NULL;
  for (size_t i = 0; i < count; i++) {
    if (times[i].first <= trigger) continue;
    const Token *const token = token_at(sentence, governor(sentence, &times[i]));
    const bool hangs = !token || token->upos == UPOS_VERB || token->upos == UPOS_AUX;
    if (hangs || weight(&times[i]) < 4 || times[i].first - trigger > FOLLOWS) return NULL;
    for (int32_t k = trigger + 1; k < times[i].first; k++) {
      if (sentence->tokens[k].upos == UPOS_VERB) return NULL;
    }
    return may_date(&times[i]) ? &times[i] : NULL;
  }
  return NULL;
}

static bool has_tree(const Sentence *sentence, int32_t trigger)
{
  return token_at(sentence, trigger) && sentence->tokens[trigger].deprel != DEPREL_NONE;
}

/* The expression that the tree holds near the trigger, in its clause or those above that go on. */
static const TimeExpression *time_in_tree(const TimeExpression *times, size_t count,
                                          const Sentence *sentence, int32_t trigger)
{
  int32_t at = trigger;
  for (size_t steps = 0; steps < LONGEST_PATH; steps++) {
    const TimeExpression *found = hanging_on(times, count, sentence, at, at == trigger);
    const Token *token = &sentence->tokens[at];
    if (!found && at == trigger) found = hanging_below(times, count, sentence, trigger);
    if (!found) found = hanging_beside(times, count, sentence, at);
    if (!found) found = hanging_on_subject(times, count, sentence, at);
    if (found) return found;
    if (token->head < 0) return opening(times, count);
    const bool inside = same_clause(token) || simultaneous(sentence, at);
    if (!inside || !token_at(sentence, token->head)) return NULL;
    at = token->head;
  }
  return NULL;
}

const TimeExpression *time_of_event(const TimeExpression *times, size_t count,
                                    const Sentence *sentence, int32_t trigger)
{
  if (!count || !token_at(sentence, trigger)) return NULL;
  if (!has_tree(sentence, trigger)) return count == 1 && may_date(times) ? times : NULL;
  const TimeExpression *const found = time_in_tree(times, count, sentence, trigger);
  return found ? found : following(times, count, sentence, trigger);
}
