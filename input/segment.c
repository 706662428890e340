/* Sentences: the pieces of a block are looked at from left to right; after each that can end a
   sentence (a stop, a closing quote behind one, an abbreviation, a line end) rules decide from the
   piece and what follows. Sentences that grow beyond LONGEST pieces are cut at the best place
   behind them, so that later stages need not fear any input. */
#include "input/analyser.h"

#include "graph/memory.h"
#include "graph/unicode.h"
#include "input/pieces.h"

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

static uint32_t first_code(const Cutter *c, size_t i)
{
  size_t at = 0;
  return utf8_next(piece_text(c, i), &at);
}

static bool is_closing(const Cutter *c, size_t i)
{
  const PieceKind kind = (PieceKind)c->pieces[i].kind;
  return kind == PIECE_CLOSE ||
         (kind == PIECE_QUOTE && (i == 0 || c->pieces[i - 1].gap == GAP_NONE));
}

/* May a sentence begin at piece I? Opening marks are passed over. */
static bool may_begin(const Cutter *c, size_t i)
{
  while (i < c->count && (c->pieces[i].kind == PIECE_OPEN || c->pieces[i].kind == PIECE_QUOTE ||
                          c->pieces[i].kind == PIECE_DASH))
    i++;
  if (i >= c->count) return true;
  const uint32_t code = first_code(c, i);
  if (unicode_is_letter(code)) return !unicode_is_lower(code);
  return c->pieces[i].kind != PIECE_PUNCTUATION && c->pieces[i].kind != PIECE_CLOSE &&
         c->pieces[i].kind != PIECE_END;
}

static const char *const starters[] = {
    "The",  "A",       "An",     "He",     "She",   "It",       "They",   "We",   "I",
    "You",  "This",    "That",   "These",  "Those", "In",       "On",     "At",   "But",
    "And",  "However", "His",    "Her",    "Its",   "Their",    "There",  "When", "If",
    "As",   "For",     "After",  "Before", "While", "What",     "Who",    "Why",  "How",
    "So",   "Or",      "My",     "Our",    "Since", "Although", "Though", "Some", "Many",
    "Most", "Both",    "Please", "With",   "From",  "By"};

static bool starts_sentence(const Cutter *c, size_t i)
{
  const Slice word = piece_text(c, i);
  for (size_t k = 0; k < sizeof starters / sizeof *starters; k++) {
    if (slice_is(word, starters[k])) return true;
  }
  return false;
}

/* The last piece before the marks that close a sentence and end at I. */
static size_t before_closing(const Cutter *c, size_t first, size_t i)
{
  while (i > first && is_closing(c, i)) i--;
  return i;
}

/* Does a sentence that began at FIRST end with piece I? */
static bool ends_here(const Cutter *c, size_t first, size_t i)
{
  const Piece *piece = &c->pieces[i];
  if (i + 1 >= c->count || piece->gap == GAP_BLANK) return true;
  if (piece->gap == GAP_NONE && c->pieces[i + 1].kind != PIECE_WORD) return false;
  const size_t core = before_closing(c, first, i);
  switch ((PieceKind)c->pieces[core].kind) {
  case PIECE_END:
  case PIECE_ELLIPSIS:
    return piece->gap != GAP_NONE && may_begin(c, i + 1);
  case PIECE_ABBREVIATION:
    return core + 0 == i && starts_sentence(c, i + 1);
  default:
    return false;
  }
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

static Status cut_sentences(Cutter *c)
{
  size_t first = 0;
  for (size_t i = 0; i < c->count; i++) {
    size_t end = i + 1;
    if (!ends_here(c, first, i)) {
      if (end - first < LONGEST || end == c->count) continue;
      end = cut_place(c, first);
    }
    TRY(emit(c, first, end));
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
