/* Sentences: the pieces of a block are looked at from left to right; after each that can end a
   sentence (boundary.h) a small trained model decides from what stands before and behind. Sentences
   that grow beyond LONGEST pieces are cut at the best place behind them, so that later stages need
   not fear any input. */
#include "input/analyser.h"

#include "input/boundary.h"

enum { LONGEST = 400, SHORTEST_CUT = 200 };

typedef struct Cutter {
  Sentences *out;
  Arena *arena;
  Slice text;
  const Piece *pieces;
  size_t count;
} Cutter;

static Slice piece_text(const Cutter *c, size_t i)
{
  return slice_part(c->text, c->pieces[i].start, c->pieces[i].end);
}

/* How well can an over-long sentence be cut behind piece I? */
static int cut_quality(const Cutter *c, size_t i)
{
  if (c->pieces[i + 1].part) return -1;
  if (c->pieces[i].gap >= GAP_LINE) return 5;
  switch ((PieceKind)c->pieces[i].kind) {
  case PIECE_END:
  case PIECE_ELLIPSIS:
    return 4;
  case PIECE_DASH:
  case PIECE_CLOSE:
    return 2;
  case PIECE_PUNCTUATION:
    return slice_is(piece_text(c, i), ";") ? 4 : 3;
  default:
    return c->pieces[i].gap != GAP_NONE;
  }
}

/* The best place to cut [FIRST, FIRST + LONGEST): the index behind the last piece kept. */
static size_t cut_place(const Cutter *c, size_t first)
{
  size_t best = first + LONGEST;
  int best_quality = -1;
  for (size_t i = first + SHORTEST_CUT; i < first + LONGEST; i++) {
    const int quality = cut_quality(c, i);
    if (quality >= best_quality) {
      best = i + 1;
      best_quality = quality;
    }
  }
  return best;
}

static Token token_of(Slice text, const Piece *piece, bool last)
{
  Token token = {0};
  token.form = slice_part(text, piece->start, piece->end);
  token.start = piece->start;
  token.end = piece->end;
  token.head = -1;
  token.space_after = piece->gap != GAP_NONE || last;
  token.words = piece->words;
  return token;
}

static Status emit(Cutter *c, size_t first, size_t end)
{
  Sentences *out = c->out;
  if (out->count == out->capacity) {
    Sentence *grown =
        arena_grow(c->arena, out->items, &out->capacity, out->count, 1, sizeof *grown);
    if (!grown) return STATUS_MEMORY;
    out->items = grown;
  }
  Token *tokens = arena_alloc(c->arena, (end - first) * sizeof *tokens);
  if (!tokens) return STATUS_MEMORY;
  for (size_t i = first; i < end; i++)
    tokens[i - first] = token_of(c->text, &c->pieces[i], i + 1 == c->count);
  out->items[out->count++] = (Sentence){tokens,
                                        end - first,
                                        c->pieces[first].start,
                                        c->pieces[end - 1].end,
                                        first == 0 || c->pieces[first - 1].gap == GAP_BLANK,
                                        SLICE_NONE};
  return STATUS_OK;
}

/* Does a sentence end behind the last piece that BOUNDARY took in? */
static bool ends_here(const Boundary *boundary)
{
  bool certain;
  if (!boundary_possible(boundary, &certain)) return false;
  return certain || boundary_decide(boundary);
}

static Status cut_sentences(Cutter *c)
{
  size_t first = 0;
  Boundary boundary = {.text = c->text, .pieces = c->pieces, .count = c->count};
  boundary_begin(&boundary, 0);
  for (size_t i = 0; i < c->count; i++) {
    size_t end = i + 1;
    boundary_advance(&boundary, i);
    if (!ends_here(&boundary)) {
      if (end - first < LONGEST || end == c->count) continue;
      end = cut_place(c, first);
    }
    TRY(emit(c, first, end));
    boundary_begin(&boundary, end);
    first = end;
    i = end - 1;
  }
  return STATUS_OK;
}

Status analyser_segment(Sentences *out, Arena *arena, Slice text, Span block)
{
  Pieces pieces = {NULL, 0, 0};
  Status status = pieces_split(&pieces, text, block);
  Cutter cutter = {out, arena, text, pieces.items, pieces.count};
  if (status == STATUS_OK) status = cut_sentences(&cutter);
  pieces_clear(&pieces);
  return status;
}
