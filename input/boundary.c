/* The features look at the word before the stop, the stop with what closes behind it, the word that
   would begin the next sentence and its neighbour, and at what the sentence holds so far. Words go
   in by hash of their lower-case bytes and by shape. */
#include "input/boundary.h"

#include "graph/unicode.h"

/* ---------------------------------------------------------------- the sentence so far */

void boundary_begin(Boundary *boundary, size_t first)
{
  boundary->first = first;
  boundary->quoted = false;
  boundary->depth = 0;
  boundary->lower_so_far = false;
}

static bool lower_word(const Boundary *b, const Piece *piece)
{
  const unsigned char c = (unsigned char)b->text.ptr[piece->start];
  return piece->kind == PIECE_WORD && c >= 'a' && c <= 'z' && piece->end - piece->start > 3;
}

void boundary_advance(Boundary *b, size_t at)
{
  const Piece *piece = &b->pieces[at];
  b->at = at;
  b->lower_so_far |= lower_word(b, piece);
  if (piece->kind == PIECE_QUOTE) b->quoted = !b->quoted;
  if (piece->kind == PIECE_OPEN) b->depth++;
  if (piece->kind == PIECE_CLOSE && b->depth) b->depth--;
}

static bool listed(const Boundary *b, const Piece *piece, const char *const *words, size_t count)
{
  const Slice text = slice_part(b->text, piece->start, piece->end);
  for (size_t i = 0; i < count; i++) {
    if (slice_is(text, words[i])) return true;
  }
  return false;
}
#define LISTED(b, piece, words) listed(b, piece, words, sizeof(words) / sizeof *(words))

static bool capital(const Boundary *b, const Piece *piece)
{
  size_t at = 0;
  return unicode_is_upper(utf8_next(slice_part(b->text, piece->start, piece->end), &at));
}

/* An abbreviation in the middle of a name: a title, or an initial between capitalised words. */
static bool inside_name(const Boundary *b, const Piece *piece)
{
  static const char *const titles[] = {"Mr.",   "Mrs.", "Ms.",  "Dr.",  "Gen.",  "Sen.",  "Rep.",
                                       "Gov.",  "Lt.",  "Col.", "Sgt.", "Capt.", "Maj.",  "Adm.",
                                       "Prof.", "Rev.", "Mt.",  "St.",  "Cmdr.", "Brig.", "Hon."};
  static const char *const starters[] = {
      "The",  "He",  "She", "It",    "They", "We",  "In",   "On",    "At", "But",  "A", "An",
      "This", "His", "Her", "Their", "For",  "And", "That", "There", "If", "When", "As"};
  const Piece *next = piece + 1;
  if (piece->kind != PIECE_ABBREVIATION || !capital(b, next)) return false;
  if (LISTED(b, piece, titles)) return true;
  return piece->end - piece->start == 2 && b->at > b->first && piece[-1].kind == PIECE_WORD &&
         capital(b, piece - 1) && !LISTED(b, next, starters);
}

bool boundary_possible(const Boundary *b, bool *certain)
{
  const Piece *piece = &b->pieces[b->at];
  *certain = b->at + 1 >= b->count || piece->gap == GAP_BLANK;
  if (*certain) return true;
  const Piece *next = piece + 1;
  if (next->part || inside_name(b, piece)) return false;
  if (piece->gap == GAP_NONE) {
    return (piece->kind == PIECE_END || piece->kind == PIECE_ELLIPSIS) && next->kind == PIECE_WORD;
  }
  return (piece->kind > PIECE_WORD && piece->kind != PIECE_LINK) || !lower_word(b, next);
}

/* ---------------------------------------------------------------- features */

typedef enum Shape {
  SHAPE_NONE,
  SHAPE_LOWER,
  SHAPE_CAPITAL,
  SHAPE_CAPITALS,
  SHAPE_INITIAL,
  SHAPE_DIGITS,
  SHAPE_WIDE,
  SHAPE_I,
  SHAPE_MARK
} Shape;

static uint32_t mix(uint32_t a, uint32_t b)
{
  uint32_t h = (a ^ (b * 0x9E3779B1u)) + 0x7F4A7C15u;
  h = (h ^ (h >> 15)) * 0x85EBCA6Bu;
  return h ^ (h >> 13);
}

static const Piece *piece_at(const Boundary *b, size_t i)
{
  return i < b->count ? &b->pieces[i] : NULL;
}

static uint32_t word_hash(const Boundary *b, const Piece *piece)
{
  if (!piece) return 1;
  if (piece->kind == PIECE_ELLIPSIS) return 2;
  uint32_t h = 2166136261u;
  const size_t most = piece->start + 24;
  for (size_t i = piece->start; i < piece->end && i < most; i++) {
    unsigned char c = (unsigned char)b->text.ptr[i];
    if (c >= 'A' && c <= 'Z') c = (unsigned char)(c + 32);
    if (c >= '0' && c <= '9') c = '0';
    h = (h ^ c) * 16777619u;
  }
  return h;
}

static Shape wide_shape(const Boundary *b, const Piece *piece)
{
  size_t at = 0;
  const uint32_t code = utf8_next(slice_part(b->text, piece->start, piece->end), &at);
  if (unicode_is_upper(code)) return SHAPE_CAPITAL;
  if (unicode_is_lower(code)) return SHAPE_LOWER;
  return unicode_is_letter(code) ? SHAPE_WIDE : SHAPE_MARK;
}

static Shape shape_of(const Boundary *b, const Piece *piece)
{
  if (!piece) return SHAPE_NONE;
  const unsigned char c = (unsigned char)b->text.ptr[piece->start];
  const uint32_t length = piece->end - piece->start;
  if (c >= 128) return wide_shape(b, piece);
  if (c >= '0' && c <= '9') return SHAPE_DIGITS;
  if (c >= 'a' && c <= 'z') return SHAPE_LOWER;
  if (c < 'A' || c > 'Z') return SHAPE_MARK;
  if (length == 1) return c == 'I' ? SHAPE_I : SHAPE_INITIAL;
  const unsigned char second = (unsigned char)b->text.ptr[piece->start + 1];
  return second >= 'A' && second <= 'Z' ? SHAPE_CAPITALS : SHAPE_CAPITAL;
}

static bool closes(const Boundary *b, size_t i)
{
  const Piece *piece = &b->pieces[i];
  return piece->kind == PIECE_CLOSE ||
         (piece->kind == PIECE_QUOTE && i > b->first && b->pieces[i - 1].gap == GAP_NONE);
}

static bool opens(const Piece *piece)
{
  return piece->kind == PIECE_OPEN || piece->kind == PIECE_QUOTE || piece->kind == PIECE_DASH;
}

static uint32_t bucketed(size_t length)
{
  return (uint32_t)(length < 6 ? length : length < 10 ? 6 : length < 20 ? 7 : length < 40 ? 8 : 9);
}

/* What the features are made of. */
typedef struct View {
  const Piece *current, *core, *before, *second, *next, *begin, *behind;
  uint32_t core_key, before_word, begin_word, before_shape, begin_shape, behind_shape, length;
} View;

static View view_of(const Boundary *b)
{
  View v = {0};
  size_t core = b->at, begin = b->at + 1;
  while (core > b->first && closes(b, core)) core--;
  while (begin < b->count && begin < b->at + 4 && opens(&b->pieces[begin])) begin++;
  v.current = &b->pieces[b->at];
  v.core = &b->pieces[core];
  v.before = core > b->first ? &b->pieces[core - 1] : NULL;
  v.second = core > b->first + 1 ? &b->pieces[core - 2] : NULL;
  v.next = piece_at(b, b->at + 1);
  v.begin = piece_at(b, begin);
  v.behind = piece_at(b, begin + 1);
  const bool word = v.core->kind == PIECE_WORD || v.core->kind == PIECE_NUMBER;
  v.core_key = mix(v.core->kind, word ? 0 : word_hash(b, v.core));
  v.before_word = word_hash(b, v.before);
  v.begin_word = word_hash(b, v.begin);
  v.before_shape = shape_of(b, v.before);
  v.begin_shape = shape_of(b, v.begin);
  v.behind_shape = shape_of(b, v.behind);
  v.length = bucketed(b->at - b->first);
  return v;
}

size_t boundary_features(uint32_t out[BOUNDARY_FEATURES], const Boundary *b)
{
  const View v = view_of(b);
  const uint32_t kind = v.core->kind, gap = v.current->gap;
  const uint32_t open = (uint32_t)(b->quoted + 2 * (b->depth > 0));
  const uint32_t marks = mix(v.current->kind, v.next->kind);
  const uint32_t before_length = v.before ? bucketed(v.before->end - v.before->start) : 10;
  const uint32_t behind_word = word_hash(b, v.behind);
  const uint32_t keys[] = {
      v.core_key,
      mix(v.core_key, gap),
      mix(v.core_key, v.begin_shape),
      mix(v.core_key, v.before_shape),
      mix(v.core_key, mix(v.before_shape, v.begin_shape)),
      mix(v.core_key, mix(v.begin_shape, v.behind_shape)),
      mix(kind, word_hash(b, v.core)),
      mix(word_hash(b, v.core), v.begin_word),
      mix(kind, v.before_word),
      mix(v.before_word, mix(v.begin_shape, kind)),
      mix(kind, v.begin_word),
      mix(v.begin_word, v.begin_shape),
      mix(v.begin_word, mix(v.begin_shape, v.core_key)),
      mix(v.core_key, mix(marks, open)),
      mix(v.core_key, mix(v.length, v.begin_shape)),
      mix(v.core_key, before_length),
      mix(kind, mix(open, gap)),
      mix(kind, mix(b->lower_so_far, mix(v.begin_shape, v.length))),
      mix(word_hash(b, &b->pieces[b->first]), mix(v.length, kind)),
      mix(word_hash(b, v.second), mix(kind, v.begin_shape)),
      mix(behind_word, mix(kind, v.begin_shape)),
      mix(v.begin ? v.begin->kind : 0u, mix(v.core_key, gap)),
      mix(word_hash(b, v.core), mix(v.begin_shape, v.length)),
  };
  const size_t count = sizeof keys / sizeof *keys;
  for (size_t i = 0; i < count; i++) {
    out[i] = mix(keys[i], (uint32_t)i + 101) & (BOUNDARY_BUCKETS - 1);
  }
  return count;
}

/* Behind a bare word in the middle of a line: nothing but what follows speaks for an end. */
static bool bare(const Boundary *b)
{
  size_t core = b->at;
  while (core > b->first && closes(b, core)) core--;
  return (b->pieces[core].kind == PIECE_WORD || b->pieces[core].kind == PIECE_NUMBER) &&
         b->pieces[b->at].gap == GAP_SPACE;
}

bool boundary_decide(const Boundary *boundary)
{
  enum { BARE_MARGIN = 32 }; /* 2 in the logarithm of the odds */
  uint32_t features[BOUNDARY_FEATURES];
  const size_t count = boundary_features(features, boundary);
  int sum = 0;
  for (size_t i = 0; i < count; i++) sum += boundary_weights[features[i]];
  return sum > (bare(boundary) ? BARE_MARGIN : 0);
}
