/* Time: date expressions of a sentence, what day they mean, and which event they date. No clock is
   asked: "Friday" is read against the date of the document. */
#ifndef ENTENTE_TIME_H
#define ENTENTE_TIME_H

#include "graph/arena.h"
#include "input/civil.h"
#include "input/sentence.h"

typedef enum TimeKind {
  TIME_DATE,     /* "January 13, 2023", "13 January", "in 2021", "March 2022", "2023-01-13" */
  TIME_WEEKDAY,  /* "Friday", "last Friday", "Thursday of last week" */
  TIME_OFFSET,   /* so many units from the document: "yesterday", "last month", "three days ago" */
  TIME_ANCHORED, /* so many units from what was told before: "a day earlier", "the following day" */
  TIME_VAGUE,    /* "recently", "in recent days", "1980s": a time, but no date */
  TIME_DURATION  /* "for three days", "20 hour": no date of an event */
} TimeKind;

typedef enum TimeUnit {
  TIME_HOUR,
  TIME_DAY,
  TIME_WEEK,
  TIME_WEEKEND,
  TIME_MONTH,
  TIME_QUARTER,
  TIME_SEASON,
  TIME_YEAR,
  TIME_DECADE
} TimeUnit;

/* What the preposition before it, or the noun after it, makes of the expression. */
typedef enum TimeRole {
  TIME_AT,    /* on, in, at, during, or nothing */
  TIME_SINCE, /* since, from: a start */
  TIME_UNTIL, /* until, till, through */
  TIME_BY,    /* by: at the latest */
  TIME_BEFORE,
  TIME_AFTER,
  TIME_FOR,     /* for, over: as long as */
  TIME_MODIFIER /* "the 2015 deal": dates its noun and nothing else */
} TimeRole;

typedef struct TimeExpression {
  int32_t first, end, head; /* tokens, without preposition; HEAD is where the tree holds it */
  uint8_t kind, role;       /* TimeKind, TimeRole */
  uint8_t weekday;          /* 1 Monday to 7 Sunday; 0 none */
  bool strict;              /* "last Friday", "next May": not the present one */
  bool range;               /* "September 4-10": the days between, precision month */
  CivilDate date;           /* TIME_DATE: what is said; unsaid parts 0 */
  bool anchored;            /* that year's: the missing year is that of what was told before */
  int16_t year_offset;      /* with year 0: INT16_MIN unsaid, 0 "this year", -1 "last year" */
  uint8_t unit;             /* TimeUnit of an offset */
  int16_t offset;           /* in units: -1 "last month"; of a weekday: weeks; past weeks -1 */
  bool offset_known;        /* is OFFSET said ("last", "next", "ago")? */
} TimeExpression;

#define TIME_NO_YEAR ((int16_t)INT16_MIN)

typedef enum TimeDirection { TIME_PAST, TIME_PRESENT, TIME_FUTURE } TimeDirection;

/* All expressions of SENTENCE from left to right, not overlapping, in ARENA. Needs forms; uses
   parts of speech and tree where they are there. */
Status time_find(TimeExpression **out, size_t *count, Arena *arena, const Sentence *sentence);

/* What it means, as precise as it is said: "2023-01-13", "2023-01" or "2023", NUL-terminated.
   DOCUMENT is the date of the document, empty if unknown; REFERENCE the date of what the text told
   last, for "the following day" (empty: the document's). False, and OUT empty, where it is vague or
   what it hangs on is unknown. */
bool time_resolve(char out[11], const TimeExpression *time, Slice document, Slice reference,
                  TimeDirection direction);

/* Where the clause of token TRIGGER lies in time, by tense, auxiliaries and what governs it. */
TimeDirection time_direction(const Sentence *sentence, int32_t trigger);

/* The expression that dates the event of token TRIGGER, or NULL: one that hangs on the trigger,
   else on its objects behind it, else on what governs it in the same clause up to the verb and
   those coordinated before it (a clause with "when" counts as the same), else one that opens the
   sentence. Durations, ends ("until"),
   modifiers of other nouns and what belongs to other clauses are passed over. */
const TimeExpression *time_of_event(const TimeExpression *times, size_t count,
                                    const Sentence *sentence, int32_t trigger);

#endif
