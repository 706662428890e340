#include "input/dating.h"

#include "input/calendar.h"

#include <stdio.h>

#define FIRST_YEAR 1945
#define LAST_YEAR 2050
#define LEAST_HOLDERS 2 /* fewer say too little */

static bool held(const Holding *h, Slice date)
{
  const bool begun = h->from.len && slice_compare(h->from, date) <= 0;
  return begun && (!h->to.len || slice_compare(date, h->to) <= 0);
}

static bool in_office(const Ontology *ontology, WorldId person, Slice date)
{
  const Holding *const *holdings;
  const size_t count = world_holdings_of(&holdings, ontology, person);
  for (size_t i = 0; i < count; i++) {
    if (held(holdings[i], date)) return true;
  }
  return false;
}

static int holders_on(const Entities *e, Slice date)
{
  int count = 0;
  for (size_t i = 0; i < e->count; i++) {
    const Known *const known = &e->items[i];
    if (known->entity.class != ENTITY_PERSON || known->world == WORLD_NONE) continue;
    count += in_office(e->ontology, known->world, date);
  }
  return count;
}

/* Weekdays that the first sentences name, as bits 1 << 0 (Monday) to 1 << 6. */
static unsigned weekdays_named(const Entities *e)
{
  unsigned days = 0;
  for (size_t s = 0; s < e->sentence_count && s < 6; s++) {
    for (size_t i = 0; i < e->sentences[s].count; i++) {
      size_t length;
      const Slice form = e->sentences[s].tokens[i].form;
      const int day = weekday_at(&length, form);
      if (day >= 0 && length == form.len) days |= 1u << day;
    }
  }
  return days;
}

static int number_at(Slice text, size_t at)
{
  return (text.ptr[at] - '0') * 10 + (text.ptr[at + 1] - '0');
}

Status document_date_infer(Document *document, const Entities *e)
{
  if (document->date.len || document->day.len != 5) return STATUS_OK;
  const unsigned weekdays = weekdays_named(e);
  const int month = number_at(document->day, 0), day = number_at(document->day, 3);
  char text[24], best[24] = "";
  int most = 2 * LEAST_HOLDERS - 1;
  bool sure = false;
  for (int year = FIRST_YEAR; year <= LAST_YEAR; year++) {
    snprintf(text, sizeof text, "%04d-%02d-%02d", year, month, day);
    const int weekday = date_days((Date){year, month, day}) % 7;
    const bool named = (weekdays >> weekday) & 1u;
    const int score = 2 * holders_on(e, slice_of(text)) + named;
    if (score < most) continue;
    sure = score > most;
    most = score;
    memcpy(best, text, sizeof best);
  }
  return sure ? arena_copy(&document->date, document->arena, slice_of(best)) : STATUS_OK;
}
