/* Day numbers after Howard Hinnant, "chrono-compatible low-level date algorithms": a year begins in
   March, so that the leap day comes last, and 400 years have 146,097 days. */
#include "input/civil.h"

static bool leap(int year)
{
  return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

int civil_month_days(int year, int month)
{
  static const uint8_t days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  if (month < 1 || month > 12) return 0;
  return month == 2 && leap(year) ? 29 : days[month - 1];
}

bool civil_valid(CivilDate date)
{
  if (date.year < 1 || date.year > 9999 || date.month > 12) return false;
  return date.month ? date.day <= civil_month_days(date.year, date.month) : date.day == 0;
}

/* COUNT digits at *AT; -1 if there are not so many. */
static int digits(Slice text, size_t *at, size_t count)
{
  int value = 0;
  if (text.len - *at < count) return -1;
  for (size_t i = 0; i < count; i++) {
    const char c = text.ptr[*at + i];
    if (c < '0' || c > '9') return -1;
    value = value * 10 + (c - '0');
  }
  *at += count;
  return value;
}

bool civil_read(CivilDate *out, Slice text)
{
  int part[3] = {0, 0, 0};
  size_t at = 0;
  part[0] = digits(text, &at, 4);
  for (int i = 1; i < 3 && at < text.len && text.ptr[at] == '-'; i++) {
    at++;
    part[i] = digits(text, &at, 2);
    if (part[i] < 1) return false;
  }
  if (part[0] < 0 || (at < text.len && text.ptr[at] != 'T' && text.ptr[at] != ' ')) return false;
  *out = (CivilDate){(int16_t)part[0], (uint8_t)part[1], (uint8_t)part[2]};
  return civil_valid(*out);
}

static char *put_digits(char *out, int value, int count)
{
  for (int i = count - 1; i >= 0; i--) {
    out[i] = (char)('0' + value % 10);
    value /= 10;
  }
  return out + count;
}

size_t civil_write(char out[11], CivilDate date)
{
  char *end = put_digits(out, date.year, 4);
  if (date.month) {
    *end++ = '-';
    end = put_digits(end, date.month, 2);
    if (date.day) {
      *end++ = '-';
      end = put_digits(end, date.day, 2);
    }
  }
  *end = '\0';
  return (size_t)(end - out);
}

int32_t civil_days(CivilDate date)
{
  const int32_t year = date.year - (date.month <= 2);
  const int32_t era = year / 400, of_era = year - era * 400;
  const int32_t of_year = (153 * (date.month + (date.month > 2 ? -3 : 9)) + 2) / 5 + date.day - 1;
  return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

CivilDate civil_from_days(int32_t days)
{
  const int32_t shifted = days + 719468;
  if (shifted < 306 || shifted > 3652365) return (CivilDate){0, 0, 0};
  const int32_t era = shifted / 146097, of_era = shifted - era * 146097;
  const int32_t year = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
  const int32_t of_year = of_era - (365 * year + year / 4 - year / 100);
  const int32_t month = (5 * of_year + 2) / 153;
  const int32_t day = of_year - (153 * month + 2) / 5 + 1;
  const int32_t civil = month < 10 ? month + 3 : month - 9;
  return (CivilDate){(int16_t)(year + era * 400 + (civil <= 2)), (uint8_t)civil, (uint8_t)day};
}

int civil_weekday(CivilDate date)
{
  const int32_t rest = (civil_days(date) + 3) % 7; /* 1970-01-01 was a Thursday */
  return 1 + (rest < 0 ? rest + 7 : rest);
}

CivilDate civil_add_months(CivilDate date, int amount)
{
  const int months = date.year * 12 + date.month - 1 + amount;
  if (months < 12 || months >= 120000) return (CivilDate){0, 0, 0};
  return (CivilDate){(int16_t)(months / 12), (uint8_t)(months % 12 + 1), 0};
}

CivilDate civil_common(CivilDate first, CivilDate last)
{
  if (first.year != last.year) return (CivilDate){0, 0, 0};
  if (first.month != last.month) return (CivilDate){first.year, 0, 0};
  return (CivilDate){first.year, first.month, first.day == last.day ? first.day : 0};
}
