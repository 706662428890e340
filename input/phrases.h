/* Phrases: what page furniture says. Inside furniture.c and html.c. */
#ifndef ENTENTE_PHRASES_H
#define ENTENTE_PHRASES_H

#include "graph/slice.h"

#define FOLDED 400 /* bytes of a unit that are looked at, from its start or its end */

typedef enum PhraseKind {
  PHRASE_NONE,
  PHRASE_FURNITURE, /* this line is */
  PHRASE_LIST,      /* and short lines after it are: "Related news" */
  PHRASE_END        /* and so is all after it: "Leave a reply" */
} PhraseKind;

/* TEXT in lower case (ASCII), straight quotes, single blanks, at most FOLDED - 1 bytes: its first,
   or its last ones. */
Slice phrase_fold(char out[FOLDED], Slice text, bool from_end);

/* What the whole of a line of so many WORDS, folded, is. */
PhraseKind phrase_line(Slice folded, size_t words);

/* Does a paragraph, of which FOLDED is the end, end in the credit of a picture? */
bool phrase_credit(Slice folded);

/* Is every word of a folded line one of menus, buttons, dates and numbers? */
bool phrase_menu(Slice folded);

#endif
