/* Article: between the text of a page and the blocks of a document. A unit is a paragraph, a line
   or a list item; the steps below find them, tell furniture from article, and read what the edges
   of an article say about it. Everything here is inside documents_read. */
#ifndef ENTENTE_ARTICLE_H
#define ENTENTE_ARTICLE_H

#include "input/document.h"

typedef enum UnitShape {
  UNIT_PROSE, /* holds a sentence */
  UNIT_SHORT, /* a headline, a menu line, a date: no sentence by its form */
  UNIT_ITEM   /* of a list; the bullet is not part of the span */
} UnitShape;

typedef struct Unit {
  Span span;                 /* bytes, trimmed */
  uint32_t chars;            /* code points */
  uint32_t words;            /* runs without white space */
  uint16_t capitals, smalls; /* words that begin with a capital, with a small letter; saturating */
  uint16_t digits;           /* words that begin with a digit */
  uint16_t gaps;             /* runs of three blanks or more, tabs */
  uint16_t bars;             /* words that only divide: | / · • > */
  uint8_t shape;             /* UnitShape */
  bool final;                /* ends as a sentence does */
  bool heading;              /* marked up as a heading, or chosen as one */
  bool marked;               /* shape and heading come from mark-up and hold */
  bool ends;                 /* says that the article is over */
  bool furniture;
} Unit;

typedef struct Units {
  Unit *items;
  size_t count, capacity;
} Units;

/* Append a unit for SPAN of TEXT with its measures taken; shape by form. */
Status units_add(Units *units, Arena *arena, Slice text, Span span, bool item);

/* Is it no text but one long word, or a few: data, a picture in letters? */
static inline bool unit_is_wordless(const Unit *unit)
{
  return unit->chars > 200 && unit->chars / 40 > unit->words;
}

/* Find the units of plain TEXT: lines, or paragraphs of lines broken at a fixed width. */
Status layout_units(Units *units, Arena *arena, Slice text);

/* Mark as furniture what is not part of the article, and as headings its headlines; *HEADLINE is
   the index of the article's own, or units->count. */
Status furniture_mark(size_t *headline, Units *units, Slice text, Arena *arena);

/* Is a short line only there to give a date ("15 September 2020", "PARIS, Sept. 20, 2021")? */
bool date_line(Slice line);

/* Read date, publisher and author from what stands around the article and from the dateline, which
   is cut from its unit. Only fills what DOCUMENT does not know. */
Status dateline_read(Document *document, Units *units, size_t headline,
                     const DocumentOptions *options);

/* TEXT (ASCII) in lower case equal to, starting with, holding WORDS (lower case). */
bool text_is(Slice text, const char *words);
bool text_starts(Slice text, const char *words);
bool text_holds(Slice text, const char *words);

/* TEXT without white space at its ends. */
Span text_trim(Slice text, Span span);

#endif
