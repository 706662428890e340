/* Marks: what kind of piece a character that is neither letter, digit nor space makes. */
#ifndef ENTENTE_PIECE_MARKS_H
#define ENTENTE_PIECE_MARKS_H

#include "input/pieces.h"

PieceKind mark_kind(uint32_t code);

/* The end of the symbol in TEXT whose first character FIRST ends at AT: emoji with skin tones,
   joiners and flags stay whole. */
size_t symbol_end(Slice text, size_t at, uint32_t first);

#endif
