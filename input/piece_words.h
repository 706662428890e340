/* The words that the tokeniser knows. Letters are compared without regard to case unless said. */
#ifndef ENTENTE_PIECE_WORDS_H
#define ENTENTE_PIECE_WORDS_H

#include "graph/slice.h"

bool word_is_prefix(Slice word);  /* the hyphen behind it parts nothing: "anti", "co", "mid" */
bool word_is_unit(Slice word);    /* is cut from a number: "km", "bn", "pm" */
bool word_is_ordinal(Slice word); /* stays with its number: "th", "s" */
bool word_is_clitic(Slice word);  /* behind an apostrophe: "s", "ll" */
bool word_is_domain(Slice word);  /* top domain of a host: "com" */

/* Does a full stop behind WORD belong to it ("Gen", "etc", "Mass")? BEFORE_NUMBER also takes "No",
 * "Fig". */
bool word_is_abbreviation(Slice word, bool before_number);

/* Where the second word begins in one that the treebanks count as two ("cannot"); 0 if it is one.
 */
size_t word_fused(Slice word);

/* Bytes of the emoticon at the start of TEXT; 0 if there is none. */
size_t word_emoticon(Slice text);

#endif
