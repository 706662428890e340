/* Calendar: dates as English news writes them. */
#ifndef ENTENTE_CALENDAR_H
#define ENTENTE_CALENDAR_H

#include "graph/arena.h"

/* A date as precise as known: parts that are not known are 0. */
typedef struct Date {
  int year, month, day;
} Date;

/* Is there a date at the start of TEXT, as far as *LENGTH bytes? "13 January 2023", "Tue 21 Mar",
   "Jan. 13, 2023", "January 2023", "2023-01-13", "13.01.2023"; a bare year is none, nor is a number
   where day and month cannot be told apart. A weekday before it belongs to it. */
bool date_at(Date *out, size_t *length, Slice text);

/* The first date in TEXT that begins at or behind *START, where it begins; false if none. */
bool date_find(Date *out, size_t *start, size_t *length, Slice text);

/* Days since 1 January 1 of a full date, Gregorian; day 0 was a Monday. */
int date_days(Date date);

/* The weekday that TEXT starts with, 0 Monday to 6 Sunday, with the length of its name; -1 if none.
 */
int weekday_at(size_t *length, Slice text);

/* The date in TEXT, written freely or as in ISO 8601 with a time, as "2023-01-13", "2023-01" or
   "2023"; empty if there is none. */
Status date_read(Slice *out, Arena *arena, Slice text);

/* DATE so written. */
Status date_write(Slice *out, Arena *arena, Date date);

#endif
