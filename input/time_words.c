/* One table from word to class, looked up in lower case by halving; numbers, years and dates in
   digits are read by hand. */
#include "input/time_words.h"

#include "input/time.h"

typedef struct Entry {
  const char *word;
  uint32_t classes;
  int16_t value;
} Entry;

/* Sorted by bytes. */
static const Entry entries[] = {
    {"a", W_ARTICLE | W_NUMBER, 1},
    {"about", W_ABOUT, 0},
    {"after", W_AFTER | W_IN, 0},
    {"afternoon", W_PART, 0},
    {"afterwards", W_AFTER, 0},
    {"ago", W_AGO, 0},
    {"almost", W_ABOUT, 0},
    {"an", W_ARTICLE | W_NUMBER, 1},
    {"and", W_JOIN, 0},
    {"apr", W_MONTH, 4},
    {"apr.", W_MONTH, 4},
    {"april", W_MONTH, 4},
    {"around", W_ABOUT | W_IN, 0},
    {"at", W_IN, 0},
    {"aug", W_MONTH, 8},
    {"aug.", W_MONTH, 8},
    {"august", W_MONTH, 8},
    {"autumn", W_SEASON, 9},
    {"before", W_BEFORE | W_IN, 0},
    {"beginning", W_EDGE, 0},
    {"between", W_IN, 0},
    {"by", W_IN, 0},
    {"calendar", W_FISCAL, 0},
    {"centuries", W_UNIT, TIME_DECADE},
    {"century", W_UNIT, TIME_DECADE},
    {"christmas", W_HOLIDAY, 1225},
    {"close", W_EDGE, 0},
    {"coming", W_SIDE, 1},
    {"couple", W_NUMBER, 0},
    {"current", W_SIDE, 0},
    {"currently", W_VAGUE, 0},
    {"dawn", W_PART, 0},
    {"day", W_UNIT, TIME_DAY},
    {"days", W_UNIT, TIME_DAY},
    {"dec", W_MONTH, 12},
    {"dec.", W_MONTH, 12},
    {"decade", W_UNIT, TIME_DECADE},
    {"decades", W_UNIT, TIME_DECADE},
    {"december", W_MONTH, 12},
    {"during", W_IN, 0},
    {"earlier", W_EDGE | W_BEFORE, 0},
    {"early", W_EDGE, 0},
    {"eight", W_NUMBER, 8},
    {"eighteen", W_NUMBER, 18},
    {"eighteenth", W_ORDINAL, 18},
    {"eighth", W_ORDINAL, 8},
    {"eighty", W_NUMBER, 80},
    {"eleven", W_NUMBER, 11},
    {"eleventh", W_ORDINAL, 11},
    {"end", W_EDGE, 0},
    {"evening", W_PART, 0},
    {"fall", W_SEASON | W_SHORT, 9},
    {"feb", W_MONTH, 2},
    {"feb.", W_MONTH, 2},
    {"february", W_MONTH, 2},
    {"few", W_NUMBER, 0},
    {"fifteen", W_NUMBER, 15},
    {"fifteenth", W_ORDINAL, 15},
    {"fifth", W_ORDINAL, 5},
    {"fifty", W_NUMBER, 50},
    {"first", W_ORDINAL, 1},
    {"fiscal", W_FISCAL, 0},
    {"five", W_NUMBER, 5},
    {"following", W_SIDE | W_ANCHOR, 1},
    {"for", W_IN, 0},
    {"fortnight", W_UNIT, TIME_WEEK},
    {"forty", W_NUMBER, 40},
    {"four", W_NUMBER, 4},
    {"fourteen", W_NUMBER, 14},
    {"fourteenth", W_ORDINAL, 14},
    {"fourth", W_ORDINAL, 4},
    {"fri", W_WEEKDAY | W_SHORT, 5},
    {"fri.", W_WEEKDAY, 5},
    {"friday", W_WEEKDAY, 5},
    {"fridays", W_VAGUE, 0},
    {"from", W_IN, 0},
    {"half", W_EDGE | W_UNIT, TIME_SEASON},
    {"hour", W_UNIT, TIME_HOUR},
    {"hours", W_UNIT, TIME_HOUR},
    {"hundred", W_NUMBER, 100},
    {"in", W_IN, 0},
    {"jan", W_MONTH, 1},
    {"jan.", W_MONTH, 1},
    {"january", W_MONTH, 1},
    {"jul", W_MONTH | W_SHORT, 7},
    {"jul.", W_MONTH, 7},
    {"july", W_MONTH, 7},
    {"jun", W_MONTH | W_SHORT, 6},
    {"jun.", W_MONTH, 6},
    {"june", W_MONTH, 6},
    {"just", W_ABOUT, 0},
    {"last", W_SIDE, -1},
    {"late", W_EDGE, 0},
    {"lately", W_VAGUE, 0},
    {"later", W_EDGE | W_AFTER, 0},
    {"less", W_ABOUT, 0},
    {"mar", W_MONTH | W_SHORT, 3},
    {"mar.", W_MONTH | W_SHORT, 3},
    {"march", W_MONTH | W_SHORT, 3},
    {"may", W_MONTH | W_SHORT, 5},
    {"mid", W_EDGE, 0},
    {"middle", W_EDGE, 0},
    {"midnight", W_PART, 0},
    {"minute", W_UNIT, TIME_HOUR},
    {"minutes", W_UNIT, TIME_HOUR},
    {"moments", W_UNIT, TIME_HOUR},
    {"mon.", W_WEEKDAY, 1},
    {"monday", W_WEEKDAY, 1},
    {"mondays", W_VAGUE, 0},
    {"month", W_UNIT, TIME_MONTH},
    {"months", W_UNIT, TIME_MONTH},
    {"more", W_ABOUT, 0},
    {"morning", W_PART, 0},
    {"mornings", W_PART, 0},
    {"near", W_IN, 0},
    {"nearly", W_ABOUT, 0},
    {"next", W_SIDE, 1},
    {"night", W_PART, 0},
    {"nights", W_UNIT, TIME_DAY},
    {"nine", W_NUMBER, 9},
    {"nineteen", W_NUMBER, 19},
    {"nineteenth", W_ORDINAL, 19},
    {"ninety", W_NUMBER, 90},
    {"ninth", W_ORDINAL, 9},
    {"noon", W_PART, 0},
    {"nov", W_MONTH, 11},
    {"nov.", W_MONTH, 11},
    {"november", W_MONTH, 11},
    {"now", W_NOW | W_SHORT, 0},
    {"nowadays", W_VAGUE, 0},
    {"oct", W_MONTH, 10},
    {"oct.", W_MONTH, 10},
    {"october", W_MONTH, 10},
    {"of", W_OF, 0},
    {"on", W_IN, 0},
    {"one", W_NUMBER, 1},
    {"or", W_JOIN, 0},
    {"over", W_ABOUT | W_IN, 0},
    {"overnight", W_NOW, 0},
    {"past", W_SIDE, -1},
    {"preceding", W_SIDE | W_ANCHOR, -1},
    {"previous", W_SIDE | W_ANCHOR, -1},
    {"previously", W_BEFORE, 0},
    {"prior", W_SIDE | W_ANCHOR | W_BEFORE, -1},
    {"quarter", W_UNIT, TIME_QUARTER},
    {"quarters", W_UNIT, TIME_QUARTER},
    {"recent", W_RECENT, 0},
    {"recently", W_VAGUE, 0},
    {"same", W_SIDE | W_ANCHOR, 0},
    {"sat.", W_WEEKDAY, 6},
    {"saturday", W_WEEKDAY, 6},
    {"saturdays", W_VAGUE, 0},
    {"second", W_ORDINAL, 2},
    {"sep", W_MONTH, 9},
    {"sep.", W_MONTH, 9},
    {"sept", W_MONTH, 9},
    {"sept.", W_MONTH, 9},
    {"september", W_MONTH, 9},
    {"seven", W_NUMBER, 7},
    {"seventeen", W_NUMBER, 17},
    {"seventeenth", W_ORDINAL, 17},
    {"seventh", W_ORDINAL, 7},
    {"seventy", W_NUMBER, 70},
    {"several", W_NUMBER, 0},
    {"since", W_IN, 0},
    {"six", W_NUMBER, 6},
    {"sixteen", W_NUMBER, 16},
    {"sixteenth", W_ORDINAL, 16},
    {"sixth", W_ORDINAL, 6},
    {"sixty", W_NUMBER, 60},
    {"some", W_ABOUT, 0},
    {"soon", W_VAGUE, 0},
    {"spring", W_SEASON | W_SHORT, 3},
    {"start", W_EDGE, 0},
    {"subsequent", W_SIDE | W_ANCHOR, 1},
    {"summer", W_SEASON, 6},
    {"sun.", W_WEEKDAY, 7},
    {"sunday", W_WEEKDAY, 7},
    {"sundays", W_VAGUE, 0},
    {"ten", W_NUMBER, 10},
    {"tenth", W_ORDINAL, 10},
    {"than", W_ABOUT, 0},
    {"thanksgiving", W_HOLIDAY, 1100},
    {"that", W_SIDE | W_ANCHOR, 0},
    {"the", W_ARTICLE, 0},
    {"these", W_SIDE, 0},
    {"third", W_ORDINAL, 3},
    {"thirteen", W_NUMBER, 13},
    {"thirteenth", W_ORDINAL, 13},
    {"thirtieth", W_ORDINAL, 30},
    {"thirty", W_NUMBER, 30},
    {"this", W_SIDE, 0},
    {"thousand", W_NUMBER, 1000},
    {"three", W_NUMBER, 3},
    {"through", W_IN | W_JOIN, 0},
    {"throughout", W_IN, 0},
    {"thu.", W_WEEKDAY, 4},
    {"thurs.", W_WEEKDAY, 4},
    {"thursday", W_WEEKDAY, 4},
    {"thursdays", W_VAGUE, 0},
    {"till", W_IN, 0},
    {"to", W_JOIN, 0},
    {"today", W_NOW, 0},
    {"tomorrow", W_NOW, 1},
    {"tonight", W_NOW, 0},
    {"tue.", W_WEEKDAY, 2},
    {"tues.", W_WEEKDAY, 2},
    {"tuesday", W_WEEKDAY, 2},
    {"tuesdays", W_VAGUE, 0},
    {"twelfth", W_ORDINAL, 12},
    {"twelve", W_NUMBER, 12},
    {"twentieth", W_ORDINAL, 20},
    {"twenty", W_NUMBER, 20},
    {"two", W_NUMBER, 2},
    {"until", W_IN, 0},
    {"upcoming", W_SIDE, 1},
    {"upon", W_IN, 0},
    {"wed.", W_WEEKDAY, 3},
    {"wednesday", W_WEEKDAY, 3},
    {"wednesdays", W_VAGUE, 0},
    {"week", W_UNIT, TIME_WEEK},
    {"weekend", W_UNIT, TIME_WEEKEND},
    {"weekends", W_VAGUE, 0},
    {"weeks", W_UNIT, TIME_WEEK},
    {"winter", W_SEASON, 12},
    {"within", W_IN, 0},
    {"year", W_UNIT, TIME_YEAR},
    {"years", W_UNIT, TIME_YEAR},
    {"yesterday", W_NOW, -1},
};

enum { LONGEST_WORD = 13, ENTRIES = sizeof entries / sizeof *entries };

static const Entry *find_entry(Slice word)
{
  size_t low = 0, high = ENTRIES;
  while (low < high) {
    const size_t middle = (low + high) / 2;
    const int order = slice_compare(slice_of(entries[middle].word), word);
    if (order == 0) return &entries[middle];
    if (order < 0)
      low = middle + 1;
    else
      high = middle;
  }
  return NULL;
}

/* The digits at the start of TEXT, at most five: their count, their value in *VALUE. */
static size_t leading_number(int *value, Slice text)
{
  size_t n = 0;
  *value = 0;
  while (n < text.len && n < 5 && text.ptr[n] >= '0' && text.ptr[n] <= '9') {
    *value = *value * 10 + (text.ptr[n++] - '0');
  }
  return n;
}

static bool ordinal_ending(Slice tail)
{
  return slice_is(tail, "st") || slice_is(tail, "nd") || slice_is(tail, "rd") ||
         slice_is(tail, "th") || slice_is(tail, "d");
}

/* "11/28/2000", "9/11/2001", "28.11.2000": the month is first unless it cannot be. */
static bool slashed_date(CivilDate *out, Slice text)
{
  int part[3];
  size_t at = 0;
  for (int i = 0; i < 3; i++) {
    const size_t n = leading_number(&part[i], slice_part(text, at, text.len));
    at += n;
    if (!n || (i < 2 && (at >= text.len || (text.ptr[at] != '/' && text.ptr[at] != '.'))))
      return false;
    at += i < 2;
  }
  if (at != text.len || part[2] < 1000 || part[2] > 2999 || part[0] > 31 || part[1] > 31)
    return false;
  const bool day_first = part[0] > 12 || memchr(text.ptr, '.', text.len);
  *out = (CivilDate){(int16_t)part[2], (uint8_t)part[day_first ? 1 : 0],
                     (uint8_t)part[day_first ? 0 : 1]};
  return out->month && out->day && civil_valid(*out);
}

static TimeWord digits_word(Slice form)
{
  TimeWord out = {0};
  int value;
  const size_t n = leading_number(&value, form);
  const Slice tail = slice_part(form, n, form.len);
  if (tail.len && n == 4 && civil_read(&out.date, form) && out.date.day) {
    out.classes = W_DATE;
  } else if (!tail.len && n <= 4) {
    out.value = (int16_t)value;
    out.classes = n == 4 && value >= 1000 && value <= 2199 ? W_YEAR | W_NUMBER : W_NUMBER;
  } else if (ordinal_ending(tail) && value >= 1 && value <= 31) {
    out.value = (int16_t)value;
    out.classes = W_ORDINAL;
  } else if (n == 4 && (slice_is(tail, "s") || slice_is(tail, "'s"))) {
    out.classes = W_DECADE;
  } else if (slashed_date(&out.date, form)) {
    out.classes = W_DATE;
  }
  return out;
}

/* The bytes before the part that tells in "mid-1954", "mid-March", "mid-1930s". */
static size_t prefix_length(Slice form)
{
  if (form.len > 4 && (slice_starts(form, "mid-") || slice_starts(form, "Mid-"))) return 4;
  return 0;
}

/* "'21": the year nearest to ours of that ending. */
static TimeWord short_year(Slice form)
{
  int year;
  const size_t mark = *form.ptr == '\'' ? 1 : 3;
  const bool marked =
      mark == 1 || slice_starts(form, "\xE2\x80\x98") || slice_starts(form, "\xE2\x80\x99");
  if (!marked || form.len != mark + 2) return (TimeWord){0};
  if (leading_number(&year, slice_part(form, mark, form.len)) != 2) return (TimeWord){0};
  return (TimeWord){W_YEAR, (int16_t)(year + (year < 50 ? 2000 : 1900)), {0, 0, 0}};
}

static TimeWord lettered_word(Slice form)
{
  char lower[LONGEST_WORD];
  if (form.len > LONGEST_WORD - 1) return (TimeWord){0};
  for (size_t i = 0; i < form.len; i++) {
    const char c = form.ptr[i];
    lower[i] = c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
  }
  const Entry *entry = find_entry((Slice){lower, form.len});
  return entry ? (TimeWord){entry->classes, entry->value, {0, 0, 0}} : (TimeWord){0};
}

static bool capital(Slice form)
{
  return form.len && *form.ptr >= 'A' && *form.ptr <= 'Z';
}

static bool digits_at(const Sentence *sentence, int32_t i)
{
  if (i < 0 || (size_t)i >= sentence->count) return false;
  const char c = *sentence->tokens[i].form.ptr;
  return c >= '0' && c <= '9';
}

/* "may", "march", "fall": the month or season only if it is written and tagged as a name. */
static bool other_word(const Sentence *sentence, int32_t i, Slice form, const TimeWord *word)
{
  const Token *token = &sentence->tokens[i];
  const Upos upos = (Upos)token->upos;
  if (token->ner == NER_PER) return true; /* Theresa May */
  if (!(word->classes & W_SHORT)) return false;
  if (form.len == 3 && (word->classes & W_MONTH) && word->value != 5) { /* "21 Mar", "Jul 4" */
    return !digits_at(sentence, i - 1) && !digits_at(sentence, i + 1);
  }
  if (upos == UPOS_AUX || upos == UPOS_VERB || upos == UPOS_ADJ) return true;
  if (word->classes & W_SEASON) return false;
  if (word->classes & W_NOW) return upos == UPOS_NONE;
  return !capital(form) || (upos == UPOS_NONE && i == 0);
}

TimeWord time_word(const Sentence *sentence, int32_t i)
{
  Slice form = sentence->tokens[i].form;
  const size_t prefix = prefix_length(form);
  form = slice_part(form, prefix, form.len);
  if (!form.len) return (TimeWord){0};
  const char c = *form.ptr;
  if (form.len == 1 && (c == ',' || c == '-')) {
    return (TimeWord){c == ',' ? W_COMMA : W_DASH, 0, {0, 0, 0}};
  }
  if (slice_is(form, "\xE2\x80\x93") || slice_is(form, "\xE2\x80\x94")) {
    return (TimeWord){W_DASH, 0, {0, 0, 0}};
  }
  if (c >= '0' && c <= '9') return digits_word(form);
  if ((c < 'a' || c > 'z') && (c < 'A' || c > 'Z')) return short_year(form);
  const TimeWord word = lettered_word(form);
  if ((word.classes & (W_SHORT | W_MONTH)) && other_word(sentence, i, form, &word))
    return (TimeWord){0};
  if ((word.classes & W_MONTH) && !capital(form)) return (TimeWord){0};
  return word;
}
