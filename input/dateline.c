/* Where a date stands says how far to trust it: mark-up first, then a label ("Published:"), the
   dateline of an agency, "today, January 13, 2023", a line with nothing but a date above the
   article, the URL, and last the caller's own. A dateline often lacks the year ("Jan. 13 (UPI) —"):
   of the years that the text makes likely the one is taken whose weekday the article names, that is
   not before what it reports, nor behind the date of the page around it. */
#include "reader.h"

#include <stdio.h>

#include "graph/unicode.h"
#include "input/phrases.h"

#define DATELINE 120 /* bytes that a dateline may take */
#define YEARS 400    /* 1800 to 2199 */
#define FIRST_YEAR 1800
#define HEADER_WORDS 12 /* of a line with a date above the article */
#define LABELLED 30     /* words of a line with a labelled date */

/* What a paragraph begins with. */
typedef struct Dateline {
  Date date; /* day 0: none; year 0: not given */
  Slice agency;
  size_t length; /* bytes up to the article's first word */
} Dateline;

static Slice rest_of(Slice text, size_t from)
{
  return slice_part(text, from < text.len ? from : text.len, text.len);
}

static Slice unit_text(const Document *document, const Unit *unit)
{
  return slice_part(document->text, unit->span.start, unit->span.end);
}

static size_t skip_blanks(Slice text, size_t at)
{
  while (at < text.len) {
    size_t next = at;
    if (!unicode_is_space(utf8_next(text, &next))) break;
    at = next;
  }
  return at;
}

/* The length of a dash or colon that divides dateline and article; a hyphen needs a blank behind.
 */
static size_t divider_at(Slice text, bool colon)
{
  if (slice_starts(text, "\xe2\x80\x94") || slice_starts(text, "\xe2\x80\x93")) return 3;
  if (slice_starts(text, "--")) return 2;
  if (slice_starts(text, "- ")) return 1;
  if (slice_starts(text, "\xe2\x80\x95")) return 3;
  return colon && slice_starts(text, ": ") ? 1 : 0;
}

/* Does an article's sentence begin at the start of TEXT? */
static bool starts_sentence(Slice text)
{
  for (size_t at = 0; at < text.len;) {
    const uint32_t code = utf8_next(text, &at);
    if (unicode_is_upper(code) || unicode_is_digit(code)) return true;
    if (!unicode_is_punctuation(code) && !unicode_is_symbol(code)) return false;
  }
  return false;
}

/* "(AP)", "(Xinhua)", "[US]": names in brackets, without a sentence in them. */
static size_t bracket_at(Slice *inside, Slice text)
{
  if (text.len == 0 || (text.ptr[0] != '(' && text.ptr[0] != '[')) return 0;
  for (size_t i = 1; i < text.len && i < 40; i++) {
    if (text.ptr[i] != (text.ptr[0] == '(' ? ')' : ']')) continue;
    *inside = slice_part(text, 1, i);
    return starts_sentence(*inside) ? i + 1 : 0;
  }
  return 0;
}

/* The length of the word at the start of TEXT; *CAPITAL letters only, *NAME begins with one. */
static size_t word_at(bool *capital, bool *name, Slice text)
{
  size_t at = 0, letters = 0, uppers = 0;
  *name = false;
  while (at < text.len) {
    size_t next = at;
    const uint32_t code = utf8_next(text, &next);
    const bool letter = unicode_is_letter(code) || unicode_is_mark(code);
    if (!letter && code != '.' && code != '\'' && code != 0x2019 && code != '-') break;
    if (code == '-' && (next == text.len || text.ptr[next] == '-' || text.ptr[next] == ' ')) break;
    if (letter && letters++ == 0) *name = unicode_is_upper(code);
    uppers += unicode_is_upper(code);
    at = next;
  }
  *capital = letters > 0 && uppers == letters;
  return at;
}

typedef struct Scan {
  size_t at;
  unsigned names, capitals; /* words of places; those in capital letters */
  bool agency, dated;
} Scan;

/* Step over one part of a dateline: a date, an agency, a word of a place. */
static bool take_part(Scan *scan, Dateline *out, Slice text)
{
  const Slice rest = rest_of(text, scan->at);
  size_t length;
  bool capital, name;
  if (!scan->dated && date_at(&out->date, &length, rest) && out->date.day) {
    scan->dated = true;
  } else if ((length = bracket_at(&out->agency, rest))) {
    if (rest.ptr[0] == '(') scan->agency = true;
  } else if ((length = word_at(&capital, &name, rest)) && name && scan->names < 6) {
    scan->names++;
    scan->capitals += capital;
  } else {
    return false;
  }
  scan->at = skip_blanks(text, scan->at + length);
  while (scan->at < text.len && (text.ptr[scan->at] == ',' || text.ptr[scan->at] == '/')) {
    scan->at = skip_blanks(text, scan->at + 1);
  }
  return true;
}

/* Is there a dateline at the start of TEXT? It must have a date, an agency or a place in capitals,
   a dash behind it (or both of the first two), and a sentence behind that. Behind a place alone, a
   colon will do in the FIRST paragraph: later it may be an interview. */
static bool dateline_at(Dateline *out, Slice text, bool first)
{
  Scan scan = {0, 0, 0, false, false};
  *out = (Dateline){{0, 0, 0}, SLICE_NONE, 0};
  if (text.len > DATELINE) text.len = DATELINE;
  size_t divider = 0;
  while (scan.at < text.len) {
    divider = divider_at(rest_of(text, scan.at), first || scan.dated || scan.agency);
    if (divider || !take_part(&scan, out, text)) break;
    const bool both = scan.dated && scan.agency;
    const Slice rest = rest_of(text, scan.at);
    if (both && !divider_at(rest, true)) break;
  }
  if (!scan.dated) out->date = (Date){0, 0, 0};
  if (!scan.agency || text_holds(out->agency, "agenc")) out->agency = SLICE_NONE;
  const bool place = scan.capitals > 0 && scan.capitals == scan.names && scan.at > 3;
  if (!scan.dated && !scan.agency && !place) return false;
  if (!divider && !(scan.dated && scan.agency)) return false;
  out->length = skip_blanks(text, scan.at + divider);
  return starts_sentence(rest_of(text, out->length));
}

/* " date 2023-01-04 Japanese …": a full date written in figures, with a label or not. */
static bool stamp_at(Dateline *out, Slice text)
{
  size_t at = 0, length;
  *out = (Dateline){{0, 0, 0}, SLICE_NONE, 0};
  if (text_starts(text, "date")) at = 4;
  if (at < text.len && text.ptr[at] == ':') at++;
  at = skip_blanks(text, at);
  if (at >= text.len || text.ptr[at] < '0' || text.ptr[at] > '9') return false;
  if (!date_at(&out->date, &length, rest_of(text, at)) || out->date.year == 0) return false;
  const Slice written = slice_part(text, at, at + length);
  if (!memchr(written.ptr, '-', written.len) && at == 0) return false;
  out->length = skip_blanks(text, at + length);
  return out->length > at + length && starts_sentence(rest_of(text, out->length));
}

bool date_line(Slice line)
{
  Date date;
  size_t start = 0, length;
  if (line.len > 200 || !date_find(&date, &start, &length, line)) return false;
  if (date.year == 0 || date.day == 0) return false;
  if (start == 0) return length + 60 > line.len;
  if (start + length + 2 < line.len) return false;
  bool capital, name = true;
  for (size_t at = 0; at < start && name;) {
    const size_t word = word_at(&capital, &name, rest_of(line, at));
    if (word == 0) break;
    at = skip_blanks(line, at + word);
    if (at < start && line.ptr[at] == ',') at = skip_blanks(line, at + 1);
  }
  return name && start < 60;
}

/* Labels of dates, best first. */
static int label_rank(Slice line)
{
  static const char *const labels[] = {"published", "first published", "posted",  "date:",
                                       "dated",     "released",        "updated", "last updated"};
  for (int i = 0; i < 8; i++) {
    if (text_starts(line, labels[i])) return i;
  }
  return 8;
}

/* The date of the best labelled line, wherever it stands. */
static Date labelled_date(const Document *document, const Units *units)
{
  int best = 8;
  Date found = {0, 0, 0};
  for (size_t i = 0; i < units->count && best > 0; i++) {
    const Unit *const unit = &units->items[i];
    const Slice line = unit_text(document, unit);
    Date date;
    size_t start = 0, length;
    if (unit->words > LABELLED || unit->shape == UNIT_PROSE) continue;
    const int rank = label_rank(line);
    if (rank >= best || !date_find(&date, &start, &length, line)) continue;
    if (date.year == 0 || start > 40) continue;
    best = rank;
    found = date;
  }
  return found;
}

static size_t first_body(const Units *units)
{
  size_t i = 0;
  while (i < units->count && (units->items[i].furniture || units->items[i].heading)) i++;
  return i;
}

/* The date of the last line with one before unit END: the nearest to the article. */
static Date header_date(const Document *document, const Units *units, size_t end)
{
  for (size_t i = end; i-- > 0;) {
    const Unit *const unit = &units->items[i];
    const Slice line = unit_text(document, unit);
    Date date;
    size_t start = 0, length;
    if (unit->shape == UNIT_PROSE || unit->words > HEADER_WORDS || !unit->furniture) continue;
    if (!date_find(&date, &start, &length, line) || !date.year || !date.day) continue;
    char buffer[FOLDED];
    if (!phrase_credit(phrase_fold(buffer, line, true))) return date;
  }
  return (Date){0, 0, 0};
}

/* "today, January 13, 2023" in the first paragraphs. */
static Date todays_date(const Document *document, const Units *units, size_t first)
{
  for (size_t i = first, seen = 0; i < units->count && seen < 5; i++) {
    if (units->items[i].furniture) continue;
    seen++;
    const Slice text = unit_text(document, &units->items[i]);
    Date date;
    size_t start = 0, length;
    for (; date_find(&date, &start, &length, text); start += length) {
      if (date.year == 0 || date.day == 0 || start < 6) continue;
      const Slice before = slice_part(text, start < 9 ? 0 : start - 9, start);
      if (text_holds(before, "today")) return date;
    }
  }
  return (Date){0, 0, 0};
}

/* What the text knows of years: how often each is named; the last full date of the body. */
typedef struct YearEvidence {
  unsigned named[YEARS];
  Date latest, page; /* page: of the header, an upper bound; day 0: none */
  int weekday;       /* the first that the article names; -1: none */
} YearEvidence;

static void note_years(YearEvidence *evidence, Slice text)
{
  for (size_t at = 0; at + 4 <= text.len; at++) {
    int year = 0;
    size_t digits = 0;
    while (at + digits < text.len && text.ptr[at + digits] >= '0' && text.ptr[at + digits] <= '9') {
      if (digits < 4) year = year * 10 + (text.ptr[at + digits] - '0');
      digits++;
    }
    const bool decade = at + digits < text.len && text.ptr[at + digits] == 's';
    if (digits == 4 && !decade && year >= FIRST_YEAR && year < FIRST_YEAR + YEARS) {
      evidence->named[year - FIRST_YEAR]++;
    }
    at += digits;
  }
}

static bool is_full(Date date)
{
  return date.year > 0 && date.day > 0;
}

static void note_dates(YearEvidence *evidence, Slice text)
{
  Date date;
  size_t start = 0, length;
  for (; date_find(&date, &start, &length, text); start += length) {
    if (!is_full(date)) continue;
    if (!is_full(evidence->latest) || date_days(date) > date_days(evidence->latest)) {
      evidence->latest = date;
    }
  }
}

static void note_weekday(YearEvidence *evidence, Slice text)
{
  size_t length;
  for (size_t at = 0; at < text.len && evidence->weekday < 0; at++) {
    const bool starts = at == 0 || text.ptr[at - 1] == ' ';
    const int day = starts ? weekday_at(&length, rest_of(text, at)) : -1;
    if (day >= 0 && length > 5) evidence->weekday = day;
  }
}

static void gather(YearEvidence *evidence, const Document *document, const Units *units,
                   size_t first)
{
  *evidence = (YearEvidence){.weekday = -1};
  evidence->page = header_date(document, units, first);
  for (size_t i = 0; i < units->count; i++) {
    const Unit *const unit = &units->items[i];
    if (unit->words > 2000) continue;
    const Slice text = unit_text(document, unit);
    if (unit->furniture && unit->shape != UNIT_PROSE) continue;
    note_years(evidence, text);
    note_dates(evidence, text);
    if (!unit->furniture) note_weekday(evidence, text);
  }
}

static int score_year(const YearEvidence *evidence, Date date)
{
  int score = 0;
  const int days = date_days(date);
  const unsigned *const named = evidence->named + (date.year - FIRST_YEAR);
  if (named[0]) score += 2;
  if (date.year > FIRST_YEAR && named[-1]) score += 1;
  if (evidence->weekday >= 0) {
    const int behind = (days % 7 - evidence->weekday + 7) % 7;
    score += behind == 0 ? 4 : behind == 1 ? 2 : 0;
  }
  if (is_full(evidence->page)) score += days <= date_days(evidence->page) + 1 ? 1 : -8;
  if (is_full(evidence->latest)) {
    const int since = days - date_days(evidence->latest);
    score += since < -7 ? -3 : since < 366 ? 3 : 0;
  }
  return score;
}

/* The year for a date that lacks one, or 0. */
static int infer_year(const YearEvidence *evidence, Date date)
{
  int best = 0, most = 2;
  for (int year = FIRST_YEAR + 1; year < FIRST_YEAR + YEARS - 1; year++) {
    const unsigned *const named = evidence->named + (year - FIRST_YEAR);
    const bool page =
        is_full(evidence->page) && year >= evidence->page.year - 1 && year <= evidence->page.year;
    const bool next = named[-1] && (is_full(evidence->latest) || is_full(evidence->page));
    if (!named[0] && !next && !page) continue;
    date.year = year;
    const int score = score_year(evidence, date);
    if (score > most) best = year, most = score;
  }
  return best;
}

/* The year that makes DATE the nearest to the caller's. */
static int nearest_year(Date date, Date given)
{
  int best = given.year, least = 400;
  for (int year = given.year - 1; year <= given.year + 1; year++) {
    date.year = year;
    const int apart = date_days(date) - date_days(given);
    const int distance = apart < 0 ? -apart : apart;
    if (distance < least) best = year, least = distance;
  }
  return best;
}

/* A run of digits at *AT, its value and length; *AT moves behind it. */
static size_t digits_at(int *value, Slice text, size_t *at)
{
  const size_t start = *at;
  *value = 0;
  while (*at < text.len && text.ptr[*at] >= '0' && text.ptr[*at] <= '9') {
    if (*at - start < 8) *value = *value * 10 + (text.ptr[*at] - '0');
    ++*at;
  }
  return *at - start;
}

static bool is_day(Date date)
{
  return date.year > 1989 && date.year < 2100 && date.month >= 1 && date.month <= 12 &&
         date.day >= 1 && date.day <= 31;
}

/* "/2023/feb/03", "/2023/02/" behind a year; *DATE has the year. */
static bool url_month(Date *date, Slice rest)
{
  static const char *const months[] = {"/jan/", "/feb/", "/mar/", "/apr/", "/may/", "/jun/",
                                       "/jul/", "/aug/", "/sep/", "/oct/", "/nov/", "/dec/"};
  size_t at = 5;
  for (int i = 0; i < 12; i++) {
    if (!text_starts(rest, months[i])) continue;
    date->month = i + 1;
    return digits_at(&date->day, rest, &at) > 0 && is_day(*date);
  }
  at = 1;
  if (rest.len < 4 || rest.ptr[0] != '/') return false;
  return digits_at(&date->month, rest, &at) == 2 && at < rest.len && rest.ptr[at] == '/' &&
         is_day((Date){date->year, date->month, 1});
}

/* The date in a URL: "/2023/01/13/", "/20230113/", "/2023/jan/13/", "/2023/01/". */
static Date url_date(Slice url)
{
  Date date;
  size_t start = 0, length;
  if (date_find(&date, &start, &length, url) && date.year) return date;
  for (size_t at = 0; at < url.len; at++) {
    int value;
    const size_t digits = digits_at(&value, url, &at);
    date = (Date){value / 10000, value / 100 % 100, value % 100};
    if (digits == 8 && is_day(date)) return date;
    date = (Date){value, 0, 0};
    if (digits == 4 && is_day((Date){value, 1, 1}) && url_month(&date, rest_of(url, at))) {
      return date;
    }
  }
  return (Date){0, 0, 0};
}

/* Cut datelines from the first paragraphs; *OUT has what they say, day 0 if there is no date. */
static void cut_datelines(Dateline *out, const Document *document, Units *units, size_t first)
{
  *out = (Dateline){{0, 0, 0}, SLICE_NONE, 0};
  for (size_t i = first, seen = 0; i < units->count && seen < 4; i++) {
    Unit *const unit = &units->items[i];
    Dateline found;
    if (unit->furniture || unit->heading || unit->shape != UNIT_PROSE) continue;
    const Slice text = unit_text(document, unit);
    if (!dateline_at(&found, text, seen++ == 0) && !stamp_at(&found, text)) continue;
    unit->span.start += (uint32_t)found.length;
    if (out->date.day == 0) out->date = found.date;
    if (out->agency.len == 0) out->agency = found.agency;
  }
}

static Date complete_dateline(const Dateline *dateline, const Document *document,
                              const Units *units, size_t first, Date given)
{
  Date date = dateline->date;
  if (date.day == 0 || date.year) return date;
  YearEvidence evidence;
  gather(&evidence, document, units, first);
  date.year = is_full(given) ? nearest_year(date, given) : infer_year(&evidence, date);
  return date;
}

static Date find_date(const Document *document, const Units *units, const Dateline *dateline,
                      size_t first, Slice given)
{
  Date asked = {0, 0, 0}, date;
  size_t start = 0, length;
  date_find(&asked, &start, &length, given);
  if ((date = labelled_date(document, units)).year) return date;
  if ((date = complete_dateline(dateline, document, units, first, asked)).year) return date;
  if ((date = todays_date(document, units, first)).year) return date;
  if (dateline->date.day == 0 && (date = header_date(document, units, first)).year) return date;
  return url_date(document->url);
}

static void find_author(Document *document, const Units *units, size_t first)
{
  for (size_t i = 0; i < first && document->author.len == 0; i++) {
    const Unit *const unit = &units->items[i];
    const Slice line = unit_text(document, unit);
    if (!unit->furniture || unit->words > 8 || !text_starts(line, "by ")) continue;
    if (unit->smalls > 1 || unit->capitals < 2) continue;
    const Slice names = rest_of(line, 3);
    size_t end = 0;
    while (end < names.len && !strchr(",|/(", names.ptr[end])) end++;
    const Span span = text_trim(document->text,
                                (Span){unit->span.start + 3, unit->span.start + 3 + (uint32_t)end});
    document->author = slice_part(document->text, span.start, span.end);
  }
}

/* "Source: Example News" above the article: the words behind one of up to three LABELS. */
static Slice labelled_words(const Document *document, const Unit *unit, const char *const labels[3])
{
  const Slice line = unit_text(document, unit);
  for (size_t i = 0; i < 3 && labels[i]; i++) {
    if (!text_starts(line, labels[i])) continue;
    size_t end = strlen(labels[i]);
    while (end < line.len && line.ptr[end] != '|') end++;
    const Span whole = {unit->span.start + (uint32_t)strlen(labels[i]),
                        unit->span.start + (uint32_t)end};
    const Span span = text_trim(document->text, whole);
    return slice_part(document->text, span.start, span.end);
  }
  return SLICE_NONE;
}

static void find_labelled(Document *document, const Units *units, size_t first)
{
  for (size_t i = 0; i < first; i++) {
    const Unit *const unit = &units->items[i];
    if (!unit->furniture || unit->words > HEADER_WORDS) continue;
    const Slice source =
        labelled_words(document, unit, (const char *const[3]){"source:", "publisher:"});
    const Slice author =
        labelled_words(document, unit, (const char *const[3]){"author:", "byline:"});
    const Slice url = labelled_words(document, unit, (const char *const[3]){"url:", "link:"});
    if (document->publisher.len == 0) document->publisher = source;
    if (document->author.len == 0) document->author = author;
    if (document->url.len == 0) document->url = url;
    const Slice line = unit_text(document, unit);
    if (document->url.len == 0 && unit->words == 1 && text_starts(line, "http"))
      document->url = line;
  }
}

/* The headline, without "Title:". */
static void find_title(Document *document, Units *units, size_t headline)
{
  if (headline >= units->count) return;
  Unit *const unit = &units->items[headline];
  const Slice words = labelled_words(document, unit, (const char *const[3]){"title:", "headline:"});
  if (words.len) unit->span.start = (uint32_t)(words.ptr - document->text.ptr);
  if (document->title.len == 0) document->title = unit_text(document, unit);
}

/* The day of a dateline without a year, for those who know more of the world. */
static Status keep_day(Document *document, Date date)
{
  char text[8];
  if (date.day == 0) return STATUS_OK;
  snprintf(text, sizeof text, "%02u-%02u", (unsigned)date.month % 100, (unsigned)date.day % 100);
  return arena_copy(&document->day, document->arena, slice_of(text));
}

Status dateline_read(Document *document, Units *units, size_t headline,
                     const DocumentOptions *options)
{
  const size_t first = first_body(units);
  Dateline dateline;
  cut_datelines(&dateline, document, units, first);
  find_title(document, units, headline);
  find_author(document, units, first);
  find_labelled(document, units, first);
  if (document->publisher.len == 0) document->publisher = dateline.agency;
  if (document->date.len) return STATUS_OK;
  const Date date = find_date(document, units, &dateline, first, options->date);
  if (date.year) return date_write(&document->date, document->arena, date);
  document->date = options->date;
  return document->date.len ? STATUS_OK : keep_day(document, dateline.date);
}
