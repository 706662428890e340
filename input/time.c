/* Finding date expressions: every token gets its class of time word (time_words.c), then small
   matchers, one for each way to say a time, are tried at each token and the longest match wins.
   Those of dates in their own right are in time_absolute.c, those that hang on another day here. */
#include "input/time_scan.h"

/* ---------------------------------------------------------------- relative to the document */

/* "Friday", "Monday evening", "Thursday of last week", "Sunday night". */
static int32_t weekday(const Scan *s, int32_t at, TimeExpression *out)
{
  if (!is(s, at, W_WEEKDAY)) return at;
  out->kind = TIME_WEEKDAY;
  out->weekday = (uint8_t)value(s, at);
  int32_t i = take(s, at + 1, W_PART);
  const int32_t side = take(s, i, W_OF);
  if (is(s, side, W_SIDE) && is(s, side + 1, W_UNIT) && value(s, side + 1) == TIME_WEEK) {
    out->offset = value(s, side);
    out->offset_known = true;
    return side + 2;
  }
  return i;
}

/* "today", "yesterday evening", "tomorrow morning". */
static int32_t now(const Scan *s, int32_t at, TimeExpression *out)
{
  if (!is(s, at, W_NOW)) return at;
  out->kind = form_is(s, at, "now") || form_is(s, at, "Now") ? TIME_VAGUE : TIME_OFFSET;
  out->unit = TIME_DAY;
  out->offset = value(s, at);
  out->offset_known = true;
  return take(s, at + 1, W_PART);
}

/* What "last", "this", "next" stand before: a unit, month, weekday, season or part of a day. */
static int32_t sided(const Scan *s, int32_t at, int side, bool strict, TimeExpression *out)
{
  out->offset = (int16_t)side;
  out->offset_known = true;
  if (is(s, at, W_WEEKDAY)) {
    const int32_t end = weekday(s, at, out);
    out->offset_known = false;
    out->offset = (int16_t)side;
    out->strict = strict;
    return end;
  }
  if (is(s, at, W_MONTH)) {
    const int32_t end = scan_month(s, at, out);
    out->strict = strict && out->date.day == 0;
    out->anchored = is(s, at - 1, W_ANCHOR);
    return end;
  }
  out->kind = TIME_OFFSET;
  out->unit = TIME_DAY;
  if (is(s, at, W_PART)) {
    if (side > 0) return at;
    out->offset = form_is(s, at, "night") && side < 0 ? -1 : (int16_t)side;
    return at + 1;
  }
  out->unit = TIME_SEASON;
  if (is(s, at, W_SEASON)) {
    out->date.month = (uint8_t)value(s, at);
    return at + 1;
  }
  if (!is(s, at, W_UNIT)) return at;
  out->unit = (uint8_t)value(s, at);
  return at + 1;
}

/* "last month", "the past two decades", "the coming weeks", "this past Friday", "next May",
   "the following day", "that same day", "the previous several days". */
static int32_t side(const Scan *s, int32_t at, TimeExpression *out)
{
  if (!is(s, at, W_SIDE)) return at;
  int32_t i = at;
  int direction = value(s, i), amount = 1;
  bool anchored = is(s, i, W_ANCHOR);
  i++;
  if (is(s, i, W_SIDE) && direction == 0) { /* "this past", "that same" */
    direction = value(s, i);
    anchored |= is(s, i, W_ANCHOR);
    i++;
  }
  const bool that = form_is(s, i - 1, "that") || form_is(s, i - 1, "That");
  const int32_t counted = that ? i : scan_number(s, i, &amount);
  const bool many = counted > i;
  i = take(s, counted, W_FISCAL);
  if (i < s->count && many && is(s, i, W_RECENT)) i++;
  const int32_t end = sided(s, i, direction, direction != 0, out);
  if (end == i) return at;
  const Slice last = s->sentence->tokens[end - 1].form;
  const bool plural = out->kind == TIME_OFFSET && is(s, end - 1, W_UNIT) && slice_ends(last, "s");
  anchored |= direction > 0 && out->unit == TIME_DAY; /* "the next day" */
  if (anchored && out->kind == TIME_OFFSET) out->kind = TIME_ANCHORED;
  if (many || plural) out->kind = TIME_VAGUE;
  return end;
}

/* "weekend" alone: "over the weekend". */
static int32_t weekend(const Scan *s, int32_t at, TimeExpression *out)
{
  if (!is(s, at, W_UNIT) || value(s, at) != TIME_WEEKEND) return at;
  out->kind = TIME_OFFSET;
  out->unit = TIME_WEEKEND;
  return at + 1;
}

/* "the end of the year", "earlier in the day": an edge and a unit without "this". */
static int32_t edge_unit(const Scan *s, int32_t at, TimeExpression *out)
{
  const int32_t i = scan_edge(s, at);
  if (i == at || !is(s, i, W_UNIT) || !is(s, i - 1, W_ARTICLE)) return at;
  if (value(s, i) == TIME_HOUR || is(s, i + 1, W_OF)) return at;
  out->kind = TIME_OFFSET;
  out->unit = (uint8_t)value(s, i);
  out->offset_known = true;
  return i + 1;
}

/* ---------------------------------------------------------------- counted units */

/* What stands behind "three days": "ago", "earlier", "later", "before", "from now". */
static int32_t distance(const Scan *s, int32_t at, int amount, TimeExpression *out)
{
  out->offset = (int16_t)amount;
  out->offset_known = amount > 0;
  out->kind = amount > 0 ? TIME_ANCHORED : TIME_VAGUE;
  if (is(s, at, W_AGO)) {
    out->kind = amount > 0 ? TIME_OFFSET : TIME_VAGUE;
    out->offset = (int16_t)-amount;
    return at + 1;
  }
  if (form_is(s, at, "from") && form_is(s, at + 1, "now")) {
    out->kind = amount > 0 ? TIME_OFFSET : TIME_VAGUE;
    return at + 2;
  }
  if (!is(s, at, W_BEFORE | W_AFTER)) return at;
  const bool preposition = is(s, at, W_IN) || is(s, at, W_SIDE);
  if (preposition && !scan_phrase_ends(s, at + 1)) {
    out->kind = TIME_VAGUE; /* from an event: "two days before the summit" */
    return at;
  }
  if (is(s, at, W_BEFORE)) out->offset = (int16_t)-amount;
  return at + 1;
}

/* Is the count the length of something ("20 hour ritual", "three-day visit", "two years of war")?
 */
static bool measures(const Scan *s, int32_t unit)
{
  if (is(s, unit - 1, W_DASH)) return true;
  return is(s, unit + 1, W_OF) || is(s, unit + 1, W_DASH) || form_is(s, unit + 1, "'s");
}

/* A count of units that nothing places in time: "in two weeks", "within ten days", "for a year". */
static TimeKind loose_count(const Scan *s, int32_t first, int32_t unit, int amount)
{
  const bool future = form_is(s, first - 1, "in") || form_is(s, first - 1, "In");
  if (future && amount > 0 && !measures(s, unit) && value(s, unit) != TIME_HOUR) return TIME_OFFSET;
  const bool within = form_is(s, first - 1, "within") || form_is(s, first - 1, "Within");
  return within ? TIME_VAGUE : TIME_DURATION;
}

/* "more than", "just over", "nearly" */
static int32_t about(const Scan *s, int32_t at)
{
  int32_t i = at;
  while (i < at + 3 && is(s, i, W_ABOUT) && !(i == at && is(s, i, W_IN))) i++;
  return i;
}

static int32_t half_behind(const Scan *s, int32_t at)
{
  const bool half = form_is(s, at, "and") && form_is(s, at + 1, "a") && form_is(s, at + 2, "half");
  return half ? at + 3 : at;
}

/* "three days ago", "a year earlier", "in two weeks", "for ten years", "weeks later". */
static int32_t counted(const Scan *s, int32_t at, TimeExpression *out)
{
  int amount = 0;
  const int32_t start = about(s, at), unit_at = scan_number(s, start, &amount);
  const int32_t unit = unit_at > start ? take(s, unit_at, W_DASH) : unit_at;
  if (!is(s, unit, W_UNIT) || value(s, unit) == TIME_WEEKEND || (start > at && unit == start))
    return at;
  if (unit == at && !slice_ends(s->sentence->tokens[unit].form, "s")) {
    if (!is(s, at - 1, W_ARTICLE)) return at; /* "the day before", "the year after" */
    amount = 1;
  }
  out->unit = (uint8_t)value(s, unit);
  const int32_t behind = half_behind(s, unit + 1);
  const int32_t end = distance(s, behind, amount, out);
  if (end > behind) return end;
  if (unit == at) return at;
  out->kind = (uint8_t)loose_count(s, at, unit, amount);
  return behind;
}

/* "recently", "soon"; "recent days", "in recent years". */
static int32_t vague(const Scan *s, int32_t at, TimeExpression *out)
{
  out->kind = TIME_VAGUE;
  if (is(s, at, W_VAGUE)) return at + 1;
  if (is(s, at, W_RECENT) && is(s, at + 1, W_UNIT)) return at + 2;
  return at;
}

/* ---------------------------------------------------------------- the sentence */

static const TimeMatcher relative[] = {weekday,   now,     side,  weekend,
                                       edge_unit, counted, vague, NULL};

static TimeExpression blank_expression(void)
{
  return (TimeExpression){.year_offset = TIME_NO_YEAR, .head = -1};
}

/* Try all of MATCHERS at AT; *END is behind the longest match so far, *OUT what it says. */
static void try_all(const Scan *s, const TimeMatcher *matchers, int32_t at, int32_t *end,
                    TimeExpression *out)
{
  for (; *matchers; matchers++) {
    TimeExpression candidate = blank_expression();
    const int32_t behind = (*matchers)(s, at, &candidate);
    if (behind <= at || behind <= *end) continue;
    *end = behind;
    *out = candidate;
  }
}

/* The longest match at AT; before it an edge ("early", "late") may stand. */
static int32_t longest(const Scan *s, int32_t at, TimeExpression *out)
{
  int32_t end = at;
  const int32_t core = scan_edge(s, at);
  try_all(s, time_absolute, at, &end, out);
  try_all(s, relative, at, &end, out);
  if (core == at) return end;
  try_all(s, time_absolute, core, &end, out);
  try_all(s, relative, core, &end, out);
  return end;
}

/* The token of the span whose head is outside; without a tree the last. */
static int32_t span_head(const Sentence *sentence, int32_t first, int32_t end)
{
  for (int32_t i = first; i < end; i++) {
    const Token *token = &sentence->tokens[i];
    if (token->deprel != DEPREL_NONE && token->deprel != DEPREL_PUNCT &&
        (token->head < first || token->head >= end))
      return i;
  }
  return end - 1;
}

static TimeRole role_of(const Scan *s, int32_t first)
{
  static const struct {
    const char *word;
    TimeRole role;
  } roles[] = {{"since", TIME_SINCE},   {"from", TIME_SINCE},    {"until", TIME_UNTIL},
               {"till", TIME_UNTIL},    {"through", TIME_UNTIL}, {"by", TIME_BY},
               {"before", TIME_BEFORE}, {"after", TIME_AFTER},   {"for", TIME_FOR},
               {"over", TIME_FOR}};
  int32_t at = first - 1;
  while (at >= 0 && first - at <= 4 && is(s, at, W_ARTICLE | W_ABOUT | W_EDGE | W_OF) &&
         !is(s, at, W_IN))
    at--;
  if (at < 0) return TIME_AT;
  for (size_t i = 0; i < sizeof roles / sizeof *roles; i++) {
    const Slice form = s->sentence->tokens[at].form;
    const Slice rest = form.len ? slice_part(form, 1, form.len) : form;
    if (form.len && (form.ptr[0] | 32) == roles[i].word[0] && slice_is(rest, roles[i].word + 1)) {
      return roles[i].role;
    }
  }
  return TIME_AT;
}

/* "the 2015 deal", "Friday's meeting" is none: is [FIRST, END) a premodifier of a noun? Not in "in
   1983 forces landed", whatever the tree says. */
static bool modifies(const Scan *s, const TimeExpression *time)
{
  if (time->kind != TIME_DATE || time->end >= s->count) return false;
  if (is(s, time->first - 1, W_IN) || time->role != TIME_AT) return false;
  const Token *head = &s->sentence->tokens[time->head];
  if (head->deprel == DEPREL_NONE) {
    return is(s, time->first - 1, W_ARTICLE) && time->date.month == 0 &&
           tagged(s, time->end, UPOS_NOUN);
  }
  if (head->head < time->end) return false;
  const Deprel base = deprel_base((Deprel)head->deprel);
  const Upos governor = (Upos)s->sentence->tokens[head->head].upos;
  return (base == DEPREL_COMPOUND || base == DEPREL_NUMMOD || base == DEPREL_AMOD ||
          base == DEPREL_NMOD) &&
         (governor == UPOS_NOUN || governor == UPOS_PROPN);
}

static void finish(const Scan *s, TimeExpression *time, int32_t first, int32_t end)
{
  time->first = first;
  time->end = end;
  time->head = span_head(s->sentence, first, end);
  time->role = (uint8_t)role_of(s, first);
  const bool lasts = time->kind == TIME_DURATION || time->kind == TIME_VAGUE;
  if (time->role == TIME_FOR && !lasts) time->role = TIME_AT; /* "planned for next month" */
  if (modifies(s, time)) time->role = TIME_MODIFIER;
}

static bool any_time(const TimeWord *words, size_t count)
{
  const uint32_t telling = W_MONTH | W_WEEKDAY | W_YEAR | W_DECADE | W_UNIT | W_NOW | W_PART |
                           W_SEASON | W_DATE | W_VAGUE | W_HOLIDAY | W_ORDINAL;
  for (size_t i = 0; i < count; i++) {
    if (words[i].classes & telling) return true;
  }
  return false;
}

Status time_find(TimeExpression **out, size_t *count, Arena *arena, const Sentence *sentence)
{
  *out = NULL;
  *count = 0;
  TimeWord *words = arena_alloc(arena, (sentence->count + 1) * sizeof *words);
  if (!words) return STATUS_MEMORY;
  for (size_t i = 0; i < sentence->count; i++) words[i] = time_word(sentence, (int32_t)i);
  if (!any_time(words, sentence->count)) return STATUS_OK;
  const Scan scan = {sentence, words, (int32_t)sentence->count};
  size_t capacity = 0;
  for (int32_t at = 0; at < scan.count;) {
    TimeExpression found = blank_expression();
    const int32_t end = longest(&scan, at, &found);
    if (end > at) {
      TimeExpression *grown = arena_grow(arena, *out, &capacity, *count, 1, sizeof *grown);
      if (!grown) return STATUS_MEMORY;
      *out = grown;
      finish(&scan, &found, at, end);
      grown[(*count)++] = found;
    }
    at = end > at ? end : at + 1;
  }
  return STATUS_OK;
}
