/* Quotes and brackets open or close by their shape, " by its place; emoji sequences are glued by
   joiners and modifiers (Unicode Technical Standard 51), flags are pairs of regional letters. */
#include "input/piece_marks.h"

#include "graph/unicode.h"

static PieceKind ascii_mark_kind(uint32_t c)
{
  switch (c) {
  case '(':
  case '[':
  case '{':
  case '<':
    return PIECE_OPEN;
  case ')':
  case ']':
  case '}':
  case '>':
    return PIECE_CLOSE;
  case '"':
    return PIECE_QUOTE;
  case '-':
    return PIECE_DASH;
  case '$':
  case '%':
  case '+':
  case '=':
  case '*':
  case '#':
  case '|':
  case '~':
  case '^':
    return PIECE_SYMBOL;
  default:
    return PIECE_PUNCTUATION;
  }
}

static PieceKind wide_mark_kind(uint32_t c)
{
  switch (c) {
  case 0x2018:
  case 0x201C:
  case 0x201E:
  case 0x201A:
  case 0xAB:
  case 0x300C:
  case 0xFF08:
    return PIECE_OPEN;
  case 0x2019:
  case 0x201D:
  case 0xBB:
  case 0x300D:
  case 0xFF09:
    return PIECE_CLOSE;
  case 0x2010:
  case 0x2011:
  case 0x2012:
  case 0x2013:
  case 0x2014:
  case 0x2015:
  case 0x2212:
    return PIECE_DASH;
  case 0x2026:
    return PIECE_ELLIPSIS;
  case 0x3002:
  case 0xFF01:
  case 0xFF1F:
  case 0x61F:
  case 0x6D4:
  case 0x964:
  case 0xFF0E:
    return PIECE_END;
  default:
    return unicode_is_punctuation(c) && c != 0x2022 ? PIECE_PUNCTUATION : PIECE_SYMBOL;
  }
}

/* What joins a symbol to the one before: variation selectors, skin tones, the zero-width joiner. */
static bool joins(uint32_t c)
{
  return c == 0x200D || (c >= 0xFE00 && c <= 0xFE0F) || (c >= 0x1F3FB && c <= 0x1F3FF) ||
         (c >= 0xE0020 && c <= 0xE007F);
}

static bool regional(uint32_t c)
{
  return c >= 0x1F1E6 && c <= 0x1F1FF;
}

size_t symbol_end(Slice text, size_t at, uint32_t first)
{
  uint32_t before = first;
  for (size_t next = at; at < text.len; at = next) {
    const uint32_t c = utf8_next(text, &next);
    const bool flag = regional(c) && regional(before) && before == first;
    if (!joins(c) && before != 0x200D && !flag) break;
    before = flag ? 0 : c;
  }
  return at;
}

PieceKind mark_kind(uint32_t code)
{
  return code < 128 ? ascii_mark_kind(code) : wide_mark_kind(code);
}
