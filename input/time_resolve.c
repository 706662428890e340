/* What a date expression means: the said parts as they are, the unsaid filled from the document's
   date in the direction of the clause's tense. A span of days keeps what its ends have in common:
   "last week" is a month, or a year where the week lies in two months. */
#include "input/time.h"

typedef struct Frame {
  CivilDate document, reference; /* year 0: unknown */
  TimeDirection direction;
} Frame;

static const CivilDate nowhere = {0, 0, 0};

/* Is A, of the precision they share, later than B? -1, 0, 1 like a comparison. */
static int compare_in_year(CivilDate a, CivilDate b)
{
  if (a.month != b.month) return a.month < b.month ? -1 : 1;
  if (!a.day || !b.day || a.day == b.day) return 0;
  return a.day < b.day ? -1 : 1;
}

/* The year for a month and day said without one. */
static int16_t year_for(CivilDate date, const TimeExpression *time, const Frame *frame)
{
  const CivilDate at = frame->document;
  if (!at.month || (time->offset_known && time->offset == 0)) return at.year;
  const int order = compare_in_year(date, at);
  const bool backward = time->strict ? time->offset < 0 : frame->direction == TIME_PAST;
  const bool forward = time->strict ? time->offset > 0 : frame->direction == TIME_FUTURE;
  if (backward) return (int16_t)(at.year - (order > 0 || (order == 0 && time->strict)));
  if (forward) return (int16_t)(at.year + (order < 0 || (order == 0 && time->strict)));
  const int distance = date.month - at.month;
  if (distance > 6) return (int16_t)(at.year - 1);
  return (int16_t)(at.year + (distance < -6));
}

/* The latest or next day of that number. */
static CivilDate resolve_day(uint8_t day, const Frame *frame)
{
  const CivilDate at = frame->document;
  if (!at.day) return nowhere;
  const bool before = day > at.day && frame->direction != TIME_FUTURE;
  const bool after = day < at.day && frame->direction == TIME_FUTURE;
  CivilDate date = civil_add_months(at, after - before);
  date.day = day;
  return date;
}

static CivilDate resolve_date(const TimeExpression *time, Frame frame)
{
  CivilDate date = time->date;
  if (date.day && !date.month) return resolve_day(date.day, &frame);
  if (!date.year) {
    if (!frame.document.year || (time->anchored && frame.reference.year)) {
      date.year = frame.reference.year;
    } else if (time->year_offset == TIME_NO_YEAR) {
      date.year = year_for(date, time, &frame);
    } else {
      date.year = frame.document.year;
    }
    if (time->year_offset != TIME_NO_YEAR) date.year = (int16_t)(date.year + time->year_offset);
  }
  if (time->range) date.day = 0; /* a year still 0 makes it invalid */
  return date;
}

/* The Monday of the week of DATE, in days. */
static int32_t monday(CivilDate date)
{
  return civil_days(date) - (civil_weekday(date) - 1);
}

static CivilDate resolve_weekday(const TimeExpression *time, const Frame *frame)
{
  const CivilDate at = frame->document;
  if (!at.day) return nowhere;
  const int32_t today = civil_days(at);
  if (time->offset_known) return civil_from_days(monday(at) + 7 * time->offset + time->weekday - 1);
  const int32_t back = (civil_weekday(at) - time->weekday + 7) % 7;
  const int32_t ahead = (7 - back) % 7;
  if (time->strict && time->offset < 0) return civil_from_days(today - (back ? back : 7));
  if (time->strict) return civil_from_days(today + (ahead ? ahead : 7));
  if (frame->direction == TIME_FUTURE) return civil_from_days(today + ahead);
  if (frame->direction == TIME_PAST || back <= 3) return civil_from_days(today - back);
  return civil_from_days(today + ahead);
}

static CivilDate span_of_days(int32_t first, int32_t count)
{
  return civil_common(civil_from_days(first), civil_from_days(first + count - 1));
}

/* The weekend meant: the one before, at or after the document's week. */
static CivilDate resolve_weekend(const TimeExpression *time, CivilDate base,
                                 TimeDirection direction)
{
  int32_t saturday = monday(base) + 5;
  const bool begun = civil_weekday(base) >= 6;
  if (time->offset_known && time->offset != 0) {
    saturday += 7 * (time->offset < 0 ? -1 : begun ? 1 : 0);
  } else if (direction == TIME_PAST && !begun) {
    saturday -= 7;
  }
  return span_of_days(saturday, 2);
}

/* "last summer": the latest that is over; "next": the first that has not begun. */
static CivilDate resolve_season(const TimeExpression *time, CivilDate base)
{
  const int first = time->date.month;
  if (!first || first == 12 || !base.month) return nowhere;
  int year = base.year;
  if (time->offset < 0 && base.month <= first + 2) year--;
  if (time->offset > 0 && base.month >= first) year++;
  return (CivilDate){(int16_t)year, 0, 0};
}

static CivilDate resolve_offset(const TimeExpression *time, CivilDate base, TimeDirection direction)
{
  const int32_t n = time->offset;
  if (!base.year || n > 4000 || n < -4000) return nowhere;
  switch ((TimeUnit)time->unit) {
  case TIME_HOUR:
    return base.day ? civil_from_days(civil_days(base) + n / 24) : nowhere;
  case TIME_DAY:
    return base.day ? civil_from_days(civil_days(base) + n) : nowhere;
  case TIME_WEEK:
    return base.day ? span_of_days(monday(base) + 7 * n, 7) : nowhere;
  case TIME_WEEKEND:
    return base.day ? resolve_weekend(time, base, direction) : nowhere;
  case TIME_MONTH:
    return base.month ? civil_add_months(base, n) : nowhere;
  case TIME_QUARTER: {
    if (!base.month) return nowhere;
    const CivilDate month = civil_add_months(base, 3 * n);
    return (CivilDate){month.year, 0, 0};
  }
  case TIME_SEASON:
    return resolve_season(time, base);
  case TIME_YEAR:
    return (CivilDate){(int16_t)(base.year + n), 0, 0};
  case TIME_DECADE:
    break;
  }
  return nowhere;
}

static CivilDate resolve(const TimeExpression *time, const Frame *frame)
{
  switch ((TimeKind)time->kind) {
  case TIME_DATE:
    return resolve_date(time, *frame);
  case TIME_WEEKDAY:
    return resolve_weekday(time, frame);
  case TIME_OFFSET:
    return resolve_offset(time, frame->document, frame->direction);
  case TIME_ANCHORED:
    /* What came later than an unknown day is unknown; earlier is at least before the document. */
    if (!frame->reference.year && time->offset > 0 && frame->direction == TIME_PAST) return nowhere;
    return resolve_offset(time, frame->reference.year ? frame->reference : frame->document,
                          frame->direction);
  case TIME_VAGUE:
  case TIME_DURATION:
    break;
  }
  return nowhere;
}

bool time_resolve(char out[11], const TimeExpression *time, Slice document, Slice reference,
                  TimeDirection direction)
{
  Frame frame = {nowhere, nowhere, direction};
  if (!civil_read(&frame.document, document)) frame.document = nowhere;
  if (!civil_read(&frame.reference, reference)) frame.reference = nowhere;
  const CivilDate date = resolve(time, &frame);
  *out = '\0';
  if (!civil_valid(date)) return false;
  civil_write(out, date);
  return true;
}
