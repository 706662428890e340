/* Date expressions by their words: month names, weekdays, years, "last week", "three days ago". */
#include "input/attribution.h"

static bool one_of(Slice form, const char *const *words)
{
  char lower[16];
  if (form.len >= sizeof lower) return false;
  for (size_t i = 0; i < form.len; i++)
    lower[i] = form.ptr[i] >= 'A' && form.ptr[i] <= 'Z' ? (char)(form.ptr[i] + 32) : form.ptr[i];
  for (; *words; words++)
    if (slice_equal((Slice){lower, form.len}, slice_of(*words))) return true;
  return false;
}

static const char *const names[] = {
    "january",   "february",  "march",   "april",    "may",      "june",   "july",
    "august",    "september", "october", "november", "december", "monday", "tuesday",
    "wednesday", "thursday",  "friday",  "saturday", "sunday",   "jan.",   "feb.",
    "aug.",      "sept.",     "oct.",    "nov.",     "dec.",     NULL};
static const char *const alone[] = {"today",    "yesterday", "tomorrow", "tonight",
                                    "recently", "overnight", "weekend",  NULL};
static const char *const units[] = {
    "day",     "days",  "week",    "weeks",   "month",     "months", "year",    "years",   "hours",
    "weekend", "night", "evening", "morning", "afternoon", "decade", "decades", "century", NULL};
static const char *const before[] = {"last",   "this",   "next", "past", "earlier",  "later",
                                     "early",  "late",   "the",  "in",   "previous", "following",
                                     "coming", "recent", "few",  "same", "these",    "a",
                                     "mid",    "-",      "over", "of",   NULL};
static const char *const pointing[] = {"last",     "this",      "next",   "past",
                                       "previous", "following", "coming", "recent",
                                       "earlier",  "later",     NULL};
static const char *const after[] = {"ago", "earlier", "later", "before", "past", NULL};

static bool digits(Slice form, size_t least, size_t most)
{
  if (form.len < least || form.len > most) return false;
  for (size_t i = 0; i < form.len; i++)
    if (form.ptr[i] < '0' || form.ptr[i] > '9') return false;
  return true;
}

static bool year(Slice form)
{
  if (form.len == 5 && form.ptr[4] == 's') form.len = 4;
  return digits(form, 4, 4) && (form.ptr[0] == '1' || (form.ptr[0] == '2' && form.ptr[1] == '0'));
}

static bool core(const Scene *scene, int32_t i)
{
  const Token *t = scene_token(scene, i);
  const bool upper = t->form.len && t->form.ptr[0] >= 'A' && t->form.ptr[0] <= 'Z';
  if (one_of(t->form, alone)) return true;
  if (upper && one_of(t->form, names)) return !slice_is(t->lemma, "may") || t->upos == UPOS_PROPN;
  return year(t->form) || one_of(t->form, units);
}

/* A unit of time is a date only with something that points at one. */
static bool dated(const Scene *scene, const DateSpan *span)
{
  bool unit_only = true, points = false;
  for (int32_t i = span->first; i < span->end; i++) {
    const Slice form = scene_token(scene, i)->form;
    if (core(scene, i) && !one_of(form, units)) unit_only = false;
    if (one_of(form, pointing) || one_of(form, after)) points = true;
  }
  return !unit_only || points;
}

static DateSpan widen(const Scene *scene, int32_t at, int32_t low)
{
  const int32_t n = (int32_t)scene->sentence->count;
  DateSpan span = {at, at + 1};
  while (span.first > low) {
    const Slice form = scene_token(scene, span.first - 1)->form;
    if (!one_of(form, before) && !digits(form, 1, 2)) break;
    span.first--;
  }
  while (span.end < n) {
    const Slice form = scene_token(scene, span.end)->form;
    const bool comma = slice_is(form, ",") && span.end + 1 < n && core(scene, span.end + 1) &&
                       !one_of(scene_token(scene, span.end + 1)->form, alone);
    if (!core(scene, span.end) && !digits(form, 1, 2) && !one_of(form, after) && !comma) break;
    span.end++;
  }
  static const char *const loose[] = {"the", "in", "a", "of", "-", "over", NULL};
  while (span.first < at && one_of(scene_token(scene, span.first)->form, loose)) span.first++;
  return span;
}

size_t dates_find(DateSpan *out, size_t most, const Scene *scene)
{
  size_t count = 0;
  int32_t low = 0;
  for (int32_t i = 0; i < (int32_t)scene->sentence->count && count < most; i++) {
    if (!core(scene, i)) continue;
    const DateSpan span = widen(scene, i, low);
    if (dated(scene, &span)) out[count++] = span;
    low = span.end;
    i = span.end - 1;
  }
  return count;
}
