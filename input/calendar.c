/* Names of months and weekdays may be cut to three letters or more, with a full stop or not. */
#include "calendar.h"

#include "graph/sink.h"

#define MONTHS 12
#define WEEKDAYS 7

static const char *const months[MONTHS] = {"january",   "february", "march",    "april",
                                           "may",       "june",     "july",     "august",
                                           "september", "october",  "november", "december"};
static const char *const weekdays[WEEKDAYS] = {"monday", "tuesday",  "wednesday", "thursday",
                                               "friday", "saturday", "sunday"};

static char lower(char c)
{
  return (char)(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
}

static bool is_letter(char c)
{
  return (lower(c) >= 'a' && lower(c) <= 'z') || (unsigned char)c >= 0x80;
}

static bool is_digit(char c)
{
  return c >= '0' && c <= '9';
}

/* The index of the name that TEXT starts with, -1 if none; *LENGTH takes in a full stop. */
static int name_at(size_t *length, Slice text, const char *const *names, int count)
{
  size_t letters = 0;
  while (letters < text.len && is_letter(text.ptr[letters])) letters++;
  if (letters < 3 || text.ptr[0] < 'A' || text.ptr[0] > 'Z') return -1;
  for (int i = 0; i < count; i++) {
    size_t same = 0;
    while (same < letters && names[i][same] == lower(text.ptr[same])) same++;
    const size_t whole = strlen(names[i]);
    if (same < letters || (letters > 5 && letters < whole)) continue;
    const bool dotted = letters < whole && letters < text.len && text.ptr[letters] == '.';
    *length = letters + dotted;
    return i;
  }
  return -1;
}

int weekday_at(size_t *length, Slice text)
{
  return name_at(length, text, weekdays, WEEKDAYS);
}

/* A number of at most MOST digits with nothing of a number behind it; 0 if there is none. */
static int number_at(size_t *length, Slice text, size_t most)
{
  size_t digits = 0;
  int value = 0;
  *length = 0;
  while (digits < text.len && is_digit(text.ptr[digits])) {
    if (digits == most) return 0;
    value = value * 10 + (text.ptr[digits++] - '0');
  }
  *length = digits;
  return value;
}

static Slice after(Slice text, size_t length)
{
  return slice_part(text, length < text.len ? length : text.len, text.len);
}

/* The length of blanks, and of one comma before them if COMMA. */
static size_t blanks(Slice text, bool comma)
{
  size_t length = comma && text.len && text.ptr[0] == ',' ? 1 : 0;
  while (length < text.len && (text.ptr[length] == ' ' || text.ptr[length] == '\n')) length++;
  if (text.len > length + 1 && memcmp(text.ptr + length, "\xc2\xa0", 2) == 0) length += 2;
  return length;
}

static int year_at(size_t *length, Slice text)
{
  const int year = number_at(length, text, 4);
  const bool whole =
      year >= 1000 && year < 3000 && (*length == text.len || !is_letter(text.ptr[*length]));
  return whole ? year : 0;
}

static bool is_legal(Date date)
{
  static const int days[MONTHS] = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  if (date.month < 1 || date.month > MONTHS || date.day < 0 || date.day > days[date.month - 1])
    return false;
  const int y = date.year;
  const bool leap = y == 0 || (y % 4 == 0 && (y % 100 != 0 || y % 400 == 0));
  return leap || date.month != 2 || date.day < 29;
}

/* "13", "1st", "the 13th"; the ordinal's letters belong to it. */
static int day_at(size_t *length, Slice text)
{
  const int day = number_at(length, text, 2);
  if (day < 1 || day > 31) return 0;
  const Slice rest = after(text, *length);
  static const char *const endings[] = {"st", "nd", "rd", "th"};
  for (size_t i = 0; i < 4; i++) {
    if (slice_starts(rest, endings[i])) *length += 2;
  }
  return *length < text.len && is_letter(text.ptr[*length]) ? 0 : day;
}

/* A year behind a comma or blanks; *LENGTH grows by both. */
static void take_year(Date *date, size_t *length, Slice text)
{
  const size_t gap = blanks(after(text, *length), true);
  size_t digits;
  if (gap == 0) return;
  date->year = year_at(&digits, after(text, *length + gap));
  if (date->year) *length += gap + digits;
}

/* "13 January 2023", "13 January", "13 of January". */
static bool day_first(Date *out, size_t *length, Slice text)
{
  size_t step;
  out->day = day_at(length, text);
  if (out->day == 0) return false;
  size_t gap = blanks(after(text, *length), false);
  if (gap == 0) return false;
  *length += gap;
  if (slice_starts(after(text, *length), "of ")) *length += 3;
  out->month = name_at(&step, after(text, *length), months, MONTHS) + 1;
  if (out->month == 0) return false;
  *length += step;
  take_year(out, length, text);
  return true;
}

/* "January 13, 2023", "Jan. 13", "January 2023". */
static bool month_first(Date *out, size_t *length, Slice text)
{
  size_t step = 0;
  out->month = name_at(length, text, months, MONTHS) + 1;
  if (out->month == 0) return false;
  const size_t gap = blanks(after(text, *length), false);
  if (gap == 0) return false;
  out->day = day_at(&step, after(text, *length + gap));
  if (out->day) {
    *length += gap + step;
    take_year(out, length, text);
    return true;
  }
  take_year(out, length, text);
  return out->year != 0;
}

/* "2023-01-13", "2023/1/13", "13.01.2023", "13/1/2023"; not "1/2/2023", which may be either. */
static bool numeric(Date *out, size_t *length, Slice text)
{
  int parts[3];
  size_t at = 0, step;
  char divider = 0;
  for (int i = 0; i < 3; i++) {
    parts[i] = number_at(&step, after(text, at), 4);
    if (parts[i] == 0) return false;
    at += step;
    if (i == 2) break;
    if (at >= text.len || !strchr("-/.", text.ptr[at]) || (i && text.ptr[at] != divider))
      return false;
    divider = text.ptr[at++];
  }
  *length = at;
  if (parts[0] >= 1000)
    *out = (Date){parts[0], parts[1], parts[2]};
  else if (parts[2] >= 1000 && (divider == '.' || parts[0] > 12))
    *out = (Date){parts[2], parts[1], parts[0]};
  else if (parts[2] >= 1000 && parts[1] > 12)
    *out = (Date){parts[2], parts[0], parts[1]};
  else
    return false;
  return at == text.len || !is_digit(text.ptr[at]);
}

bool date_at(Date *out, size_t *length, Slice text)
{
  size_t before = 0, name;
  if (weekday_at(&name, text) >= 0) before = name + blanks(after(text, name), true);
  const Slice rest = after(text, before);
  for (int form = 0; form < 3; form++) {
    *out = (Date){0, 0, 0};
    const bool found = form == 0   ? numeric(out, length, rest)
                       : form == 1 ? day_first(out, length, rest)
                                   : month_first(out, length, rest);
    if (!found || !is_legal(*out)) continue;
    *length += before;
    return true;
  }
  return false;
}

bool date_find(Date *out, size_t *start, size_t *length, Slice text)
{
  for (size_t at = *start; at < text.len; at++) {
    const char c = text.ptr[at];
    if (!is_digit(c) && (c < 'A' || c > 'Z')) continue;
    if (at > 0 && (is_letter(text.ptr[at - 1]) || is_digit(text.ptr[at - 1]))) continue;
    if (!date_at(out, length, slice_part(text, at, text.len))) continue;
    *start = at;
    return true;
  }
  return false;
}

int date_days(Date date)
{
  static const int before[MONTHS] = {0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334};
  const int y = date.year - 1;
  const bool leap = date.year % 4 == 0 && (date.year % 100 != 0 || date.year % 400 == 0);
  return y * 365 + y / 4 - y / 100 + y / 400 + before[date.month - 1] + (leap && date.month > 2) +
         date.day - 1;
}

Status date_write(Slice *out, Arena *arena, Date date)
{
  Buffer text = BUFFER_EMPTY;
  Status status = buffer_printf(&text, "%04d", date.year);
  if (status == STATUS_OK && date.month) status = buffer_printf(&text, "-%02d", date.month);
  if (status == STATUS_OK && date.month && date.day)
    status = buffer_printf(&text, "-%02d", date.day);
  if (status == STATUS_OK) status = arena_copy(out, arena, buffer_as_slice(&text));
  buffer_clear(&text);
  return status;
}

/* "2023", "2023-01": what date_at does not take, as a whole. */
static bool coarse(Date *out, Slice text)
{
  size_t length = 0, step = 0;
  *out = (Date){year_at(&length, text), 0, 0};
  if (out->year == 0) return false;
  if (length < text.len && text.ptr[length] == '-') {
    out->month = number_at(&step, after(text, length + 1), 2);
    if (!is_legal(*out)) return false;
    length += 1 + step;
  }
  return length == text.len;
}

Status date_read(Slice *out, Arena *arena, Slice text)
{
  Date date;
  size_t start = 0, length;
  *out = SLICE_NONE;
  while (text.len && text.ptr[0] == ' ') text = after(text, 1);
  while (text.len && text.ptr[text.len - 1] == ' ') text.len--;
  if (coarse(&date, text)) return date_write(out, arena, date);
  if (!date_find(&date, &start, &length, text) || date.year == 0) return STATUS_OK;
  return date_write(out, arena, date);
}
