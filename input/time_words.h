/* Words of time: what kind of word each token of a sentence is, for input/time.c. */
#ifndef ENTENTE_TIME_WORDS_H
#define ENTENTE_TIME_WORDS_H

#include "input/civil.h"
#include "input/sentence.h"

enum {
  W_MONTH = 1 << 0,   /* value 1 to 12 */
  W_WEEKDAY = 1 << 1, /* value 1 to 7 */
  W_NUMBER = 1 << 2,  /* value; "a few" and the like: 0 */
  W_ORDINAL = 1 << 3, /* value */
  W_YEAR = 1 << 4,    /* value */
  W_DECADE = 1 << 5,  /* "1980s" */
  W_UNIT = 1 << 6,    /* value: TimeUnit */
  W_NOW = 1 << 7,     /* "today": value: days from the document */
  W_SIDE = 1 << 8,    /* "last", "this", "next": value -1, 0, 1; with W_ANCHOR "previous", … */
  W_ANCHOR = 1 << 9,
  W_EDGE = 1 << 10, /* "early", "late", "end", "middle" */
  W_AGO = 1 << 11,
  W_BEFORE = 1 << 12,
  W_AFTER = 1 << 13,
  W_PART = 1 << 14, /* of a day */
  W_SEASON = 1 << 15,
  W_ARTICLE = 1 << 16,
  W_OF = 1 << 17,
  W_COMMA = 1 << 18,
  W_DASH = 1 << 19,
  W_JOIN = 1 << 20,    /* and, to, or, through */
  W_DATE = 1 << 21,    /* "2023-01-13", "11/28/2000" */
  W_VAGUE = 1 << 22,   /* "recently" */
  W_HOLIDAY = 1 << 23, /* value 100 * month + day */
  W_ABOUT = 1 << 24,   /* "nearly", "more", "than" */
  W_RECENT = 1 << 25,
  W_FISCAL = 1 << 26,
  W_SHORT = 1 << 27, /* may be another word: "may", "march", "sat", "fall" */
  W_IN = 1 << 28     /* prepositions that open a time: in, on, since, … */
};

typedef struct TimeWord {
  uint32_t classes;
  int16_t value;
  CivilDate date; /* of W_DATE */
} TimeWord;

TimeWord time_word(const Sentence *sentence, int32_t token);

#endif
