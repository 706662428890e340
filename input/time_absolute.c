/* Dates in their own right: days, months, years, decades, holidays, and dates in digits. */
#include "input/time_scan.h"

/* A second day after "4": "- 10", "and 28", "to 10"; sets the range. */
static int32_t more_days(const Scan *s, int32_t at, TimeExpression *out)
{
  if (!is(s, at, W_DASH | W_JOIN) || !scan_is_day(s, at + 1)) return at;
  if (is(s, at + 2, W_UNIT)) return at;
  out->range = true;
  return at + 2;
}

/* "January 13, 2023", "March 2022", "September 4 - 10", "June of that year", "May". */
int32_t scan_month(const Scan *s, int32_t at, TimeExpression *out)
{
  if (!is(s, at, W_MONTH)) return at;
  out->kind = TIME_DATE;
  out->date.month = (uint8_t)value(s, at);
  int32_t i = at + 1;
  const int32_t comma = take(s, i, W_COMMA);
  if (scan_is_day(s, i) || (comma > i && scan_is_day(s, comma) && is(s, at - 2, W_WEEKDAY))) {
    i = comma;
    out->date.day = (uint8_t)value(s, i);
    i = more_days(s, i + 1, out);
  }
  return scan_year(s, i, out);
}

/* "13 January 2023", "the 13th of January", "7 to 10 August". */
static int32_t day_first(const Scan *s, int32_t at, TimeExpression *out)
{
  if (!scan_is_day(s, at)) return at;
  const int32_t days = more_days(s, at + 1, out);
  const int32_t month = take(s, days, W_OF);
  if (!is(s, month, W_MONTH)) return at;
  out->kind = TIME_DATE;
  out->date.month = (uint8_t)value(s, month);
  out->date.day = (uint8_t)value(s, at);
  return scan_year(s, month + 1, out);
}

/* "on the 15th": a day of a month unsaid. */
static int32_t day_alone(const Scan *s, int32_t at, TimeExpression *out)
{
  const bool on_the =
      (form_is(s, at - 2, "on") || form_is(s, at - 2, "On")) && form_is(s, at - 1, "the");
  if (!on_the || !is(s, at, W_ORDINAL) || !scan_is_day(s, at) || !scan_phrase_ends(s, at + 1))
    return at;
  if (*s->sentence->tokens[at].form.ptr > '9') return at;
  out->kind = TIME_DATE;
  out->date.day = (uint8_t)value(s, at);
  return at + 1;
}

/* "Friday, July 22", "Friday 22 July 2022": the weekday adds nothing. */
static int32_t weekday_date(const Scan *s, int32_t at, TimeExpression *out)
{
  if (!is(s, at, W_WEEKDAY)) return at;
  int32_t i = take(s, at + 1, W_COMMA);
  if (is(s, i, W_ARTICLE) && !is(s, i, W_NUMBER)) i++;
  const int32_t end = is(s, i, W_MONTH) ? scan_month(s, i, out) : day_first(s, i, out);
  return end > i && out->date.day ? end : at;
}

/* "Vision 2030", "Expo 2015": is the year part of a name before it? */
static bool names_year(const Scan *s, int32_t at)
{
  if (at < 1 || s->words[at - 1].classes) return false;
  const Token *before = &s->sentence->tokens[at - 1];
  const char first = *before->form.ptr;
  if (before->upos == UPOS_PROPN) return true;
  return before->upos == UPOS_NONE && at > 1 && first >= 'A' && first <= 'Z';
}

/* Is the year at AT more than a number? After a preposition or an opening mark, or not before what
   it counts. */
static bool plausible_year(const Scan *s, int32_t at)
{
  const bool placed = form_is(s, at - 1, "in") || form_is(s, at - 1, "In") ||
                      form_is(s, at - 1, "since") || form_is(s, at - 1, "Since");
  if (value(s, at) < 1500 && !placed) return false;
  const bool usual = value(s, at) >= 1700 && value(s, at) <= 2099;
  if (is(s, at + 1, W_UNIT) || form_is(s, at + 1, "%")) return false;
  const Token *token = &s->sentence->tokens[at];
  const bool counts = token->deprel == DEPREL_NUMMOD && token->head > at &&
                      (s->sentence->tokens[token->head].features & FEAT_PLUR);
  if ((counts && !(placed && usual)) || form_is(s, at - 1, "$") || form_is(s, at - 1, "\xC2\xA3") ||
      form_is(s, at - 1, "\xE2\x82\xAC"))
    return false;
  if (is(s, at - 1, W_IN | W_EDGE | W_OF)) return true;
  if (names_year(s, at)) return false;
  return usual;
}

/* "2023", "1994 and 1995", "2022 - 2023", "1919 - 20". */
static int32_t year_alone(const Scan *s, int32_t at, TimeExpression *out)
{
  if (!is(s, at, W_YEAR) || !plausible_year(s, at)) return at;
  out->kind = TIME_DATE;
  out->date.year = value(s, at);
  const bool join = is(s, at + 1, W_DASH | W_JOIN);
  if (join && is(s, at + 2, W_YEAR) && value(s, at + 2) > value(s, at)) {
    out->kind = TIME_VAGUE;
    return at + 3;
  }
  if (is(s, at + 1, W_DASH) && is(s, at + 2, W_NUMBER) &&
      s->sentence->tokens[at + 2].form.len == 2) {
    out->kind = TIME_VAGUE;
    return at + 3;
  }
  return at + 1;
}

/* "summer of 1938", "spring 2022". A season without a year is left to its "last", "this", "next".
 */
static int32_t season_year(const Scan *s, int32_t at, TimeExpression *out)
{
  if (!is(s, at, W_SEASON)) return at;
  const int32_t end = scan_year(s, at + 1, out);
  out->kind = TIME_DATE;
  if (end > at + 1) return end;
  out->kind = TIME_VAGUE;
  return is(s, at - 1, W_ARTICLE | W_IN | W_EDGE) && !is(s, at + 1, W_OF) ? at + 1 : at;
}

/* "1980s", "the early 1990s". */
static int32_t decade(const Scan *s, int32_t at, TimeExpression *out)
{
  if (!is(s, at, W_DECADE)) return at;
  out->kind = TIME_VAGUE;
  return at + 1;
}

static int32_t written_date(const Scan *s, int32_t at, TimeExpression *out)
{
  if (!is(s, at, W_DATE)) return at;
  out->kind = TIME_DATE;
  out->date = s->words[at].date;
  return at + 1;
}

/* "Christmas", "Christmas 2021", "Fourth of July" is day_first. */
static int32_t holiday(const Scan *s, int32_t at, TimeExpression *out)
{
  if (!is(s, at, W_HOLIDAY)) return at;
  out->kind = TIME_DATE;
  out->date.month = (uint8_t)(value(s, at) / 100);
  out->date.day = (uint8_t)(value(s, at) % 100);
  int32_t i = at + 1;
  if (form_is(s, i, "Eve")) {
    out->date.day--;
    i++;
  } else if (form_is(s, i, "Day")) {
    i++;
  }
  return scan_year(s, i, out);
}

/* "fiscal year 2023", "Fiscal Year ( FY ) 2023". */
static int32_t fiscal_year(const Scan *s, int32_t at, TimeExpression *out)
{
  if (!is(s, at, W_FISCAL) || !is(s, at + 1, W_UNIT)) return at;
  int32_t i = at + 2;
  if (form_is(s, i, "(") && form_is(s, i + 2, ")")) i += 3;
  if (!is(s, i, W_YEAR)) return at;
  out->kind = TIME_DATE;
  out->date.year = value(s, i);
  return i + 1;
}

const TimeMatcher time_absolute[] = {day_alone,  weekday_date, scan_month, day_first,
                                     year_alone, season_year,  decade,     written_date,
                                     holiday,    fiscal_year,  NULL};
