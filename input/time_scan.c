/* The steps that several matchers share. */
#include "input/time_scan.h"

int32_t scan_number(const Scan *s, int32_t at, int *out)
{
  int32_t i = at;
  if (!is(s, i, W_NUMBER)) return at;
  *out = value(s, i++);
  if (*out == 1 && is(s, at, W_ARTICLE) && is(s, i, W_NUMBER) && value(s, i) == 0) {
    *out = value(s, i++);
    if (is(s, i, W_OF)) i++;
    return i;
  }
  if (is(s, i, W_NUMBER) && value(s, i) >= 100 && *out < 100 && !is(s, i, W_YEAR)) {
    *out *= value(s, i++); /* "two hundred" */
  }
  if (*out >= 20 && *out < 100 && is(s, i, W_DASH) && is(s, i + 1, W_NUMBER)) {
    *out += value(s, i + 1);
    i += 2;
  }
  if (is(s, i, W_JOIN) && is(s, i + 1, W_NUMBER) && !is(s, i + 1, W_ARTICLE)) {
    *out = 0;
    i += 2;
  }
  return is(s, i, W_OF) && *out == 0 ? i + 1 : i;
}

bool scan_is_day(const Scan *s, int32_t at)
{
  return is(s, at, W_NUMBER | W_ORDINAL) && !is(s, at, W_ARTICLE | W_YEAR) && value(s, at) >= 1 &&
         value(s, at) <= 31 && (is(s, at, W_ORDINAL) || *s->sentence->tokens[at].form.ptr <= '9');
}

/* "early", "late", "mid" stand before a time as they are, "end", "start" only with "of". */
static bool edge_word(const Scan *s, int32_t at)
{
  static const char *const nouns[] = {"end", "start", "beginning", "middle", "close", "half"};
  if (!is(s, at, W_EDGE)) return false;
  for (size_t i = 0; i < sizeof nouns / sizeof *nouns; i++) {
    if (form_is(s, at, nouns[i])) return is(s, at + 1, W_OF);
  }
  return true;
}

int32_t scan_edge(const Scan *s, int32_t at)
{
  int32_t i = at;
  if (is(s, i, W_ORDINAL) && is(s, i + 1, W_UNIT | W_EDGE) && is(s, i + 2, W_OF))
    i += 3;
  else if (edge_word(s, i))
    i += is(s, i + 1, W_OF) ? 2 : 1;
  else
    return at;
  if (form_is(s, i, "in") || form_is(s, i, "on")) i++;
  if (is(s, i, W_DASH)) i++;
  if (is(s, i, W_ARTICLE) && !is(s, i, W_NUMBER)) i++;
  return i;
}

int32_t scan_year(const Scan *s, int32_t at, TimeExpression *out)
{
  int32_t i = take(s, at, W_COMMA | W_OF);
  if (is(s, i, W_YEAR)) {
    out->date.year = value(s, i);
    return i + 1;
  }
  if (i > at && is(s, at, W_COMMA)) return at;
  if (is(s, i, W_SIDE) && is(s, i + 1, W_UNIT) && value(s, i + 1) == TIME_YEAR) {
    out->year_offset = value(s, i);
    out->anchored = is(s, i, W_ANCHOR);
    return i + 2;
  }
  return at;
}

bool scan_phrase_ends(const Scan *s, int32_t at)
{
  return at >= s->count || tagged(s, at, UPOS_PUNCT) || tagged(s, at, UPOS_AUX) ||
         tagged(s, at, UPOS_CCONJ) || tagged(s, at, UPOS_ADP) ||
         *s->sentence->tokens[at].form.ptr < '0';
}
