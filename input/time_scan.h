/* Scan: a sentence as words of time, and the small steps that the matchers of time expressions are
   made of. A step takes a position and returns the one behind what it took, or the same if nothing.
   For input/time.c. */
#ifndef ENTENTE_TIME_SCAN_H
#define ENTENTE_TIME_SCAN_H

#include "input/time.h"
#include "input/time_words.h"

typedef struct Scan {
  const Sentence *sentence;
  const TimeWord *words; /* one for each token */
  int32_t count;
} Scan;

static inline bool is(const Scan *s, int32_t at, uint32_t classes)
{
  return at >= 0 && at < s->count && (s->words[at].classes & classes) != 0;
}

static inline bool form_is(const Scan *s, int32_t at, const char *form)
{
  return at >= 0 && at < s->count && slice_is(s->sentence->tokens[at].form, form);
}

static inline int32_t take(const Scan *s, int32_t at, uint32_t classes)
{
  return is(s, at, classes) ? at + 1 : at;
}

static inline int16_t value(const Scan *s, int32_t at)
{
  return s->words[at].value;
}

static inline bool tagged(const Scan *s, int32_t at, Upos upos)
{
  return at >= 0 && at < s->count && s->sentence->tokens[at].upos == upos;
}

/* A number in words or digits: "three", "twenty - four", "a few" (0), "two or three" (0), "1". */
int32_t scan_number(const Scan *s, int32_t at, int *out);

bool scan_is_day(const Scan *s, int32_t at); /* a number from 1 to 31 in digits, or an ordinal */
bool scan_phrase_ends(const Scan *s, int32_t at); /* does a noun phrase end before AT? */

/* "early", "the end of", "first half of", "later in the": what stands before a time. */
int32_t scan_edge(const Scan *s, int32_t at);

/* The year behind a month or season: ", 2023", "of 2023", "of that year", "last year". */
int32_t scan_year(const Scan *s, int32_t at, TimeExpression *out);

/* A way to say a time: sets OUT from the words at AT. */
typedef int32_t (*TimeMatcher)(const Scan *s, int32_t at, TimeExpression *out);

/* Those of dates in their own right, ended by NULL; scan_month is asked for alone too. */
extern const TimeMatcher time_absolute[];
int32_t scan_month(const Scan *s, int32_t at, TimeExpression *out);

#endif
