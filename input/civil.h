/* Dates of the proleptic Gregorian calendar, with the precision they have: no clock, no locale. */
#ifndef ENTENTE_CIVIL_H
#define ENTENTE_CIVIL_H

#include "graph/slice.h"

/* Years 1 to 9999. A date of month or year precision has day or also month 0. */
typedef struct CivilDate {
  int16_t year;
  uint8_t month, day;
} CivilDate;

/* Read "2023-01-13", "2023-01" or "2023"; a time after a T or a space is passed over. */
bool civil_read(CivilDate *out, Slice text);

/* Write the date as precisely as it is known, NUL-terminated; the length. */
size_t civil_write(char out[11], CivilDate date);

bool civil_valid(CivilDate date);
int civil_month_days(int year, int month);

/* Days since 1970-01-01 of a date of day precision, and back; out of range gives an invalid date.
 */
int32_t civil_days(CivilDate date);
CivilDate civil_from_days(int32_t days);

int civil_weekday(CivilDate date); /* 1 Monday to 7 Sunday */

/* The month AMOUNT months later (earlier if negative), of month precision. */
CivilDate civil_add_months(CivilDate date, int amount);

/* What [FIRST, LAST] have in common: the day, the month or the year; invalid if nothing. */
CivilDate civil_common(CivilDate first, CivilDate last);

#endif
