/* Pieces: the written tokens of a block of text, before sentences are cut. For input/segment.c. */
#ifndef ENTENTE_PIECES_H
#define ENTENTE_PIECES_H

#include "graph/slice.h"
#include "graph/status.h"
#include "input/sentence.h"

typedef enum PieceKind {
  PIECE_WORD,
  PIECE_ABBREVIATION, /* with its full stop: "Gen.", "U.S.", "J." */
  PIECE_NUMBER,
  PIECE_LINK,     /* URL, e-mail, file name */
  PIECE_END,      /* . ! ? and runs of them */
  PIECE_ELLIPSIS, /* ... and the like */
  PIECE_OPEN,     /* opening quote or bracket */
  PIECE_CLOSE,    /* closing quote or bracket */
  PIECE_QUOTE,    /* " : opening or closing */
  PIECE_DASH,
  PIECE_PUNCTUATION,
  PIECE_SYMBOL, /* currency, bullets, emoji, emoticons */
  PIECE_KINDS
} PieceKind;

/* What stands between a piece and the next. */
typedef enum PieceGap { GAP_NONE, GAP_SPACE, GAP_LINE, GAP_BLANK } PieceGap;

typedef struct Piece {
  uint32_t start, end; /* bytes */
  uint8_t kind, gap;   /* PieceKind; PieceGap */
  uint8_t words;       /* first word of a multiword token: how many words; else 0 */
  bool part;           /* a later word of a multiword token */
} Piece;

typedef struct Pieces {
  Piece *items; /* on the heap; pieces_clear frees it */
  size_t count, capacity;
} Pieces;

/* Append the pieces of TEXT[block]. Time linear in the block, whatever the bytes. */
Status pieces_split(Pieces *out, Slice text, Span block);
void pieces_clear(Pieces *pieces);

#endif
