/* The tokeniser: a block is cut at white space into chunks, a chunk from left to right into pieces
   as the English treebanks of Universal Dependencies (EWT and GUM, 2.16) cut them: hyphens and
   slashes between words stand alone except after a few prefixes, clitics ("n't", "'s") are words of
   a multiword token, units are cut from numbers. Look-ahead never goes further than the piece it
   decides, or a fixed number of bytes, so the time is linear. */
#include "input/pieces.h"

#include "graph/memory.h"
#include "graph/unicode.h"
#include "input/piece_marks.h"
#include "input/piece_words.h"

typedef struct Reader {
  Pieces *out;
  Slice text;
  size_t chunk, end;  /* the chunk being cut */
  bool single_quoted; /* an opening ' has not been closed */
} Reader;

/* ---------------------------------------------------------------- characters */

enum { IS_LETTER = 1, IS_UPPER = 2, IS_DIGIT = 4, IS_SPACE = 8, IS_MARK = 16 };

static unsigned ascii_class(unsigned c)
{
  if (c - 'a' < 26) return IS_LETTER;
  if (c - 'A' < 26) return IS_LETTER | IS_UPPER;
  if (c - '0' < 10) return IS_DIGIT;
  return c <= ' ' || c == 127 ? IS_SPACE : 0;
}

static unsigned wide_class(uint32_t c)
{
  if (unicode_is_letter(c)) return unicode_is_upper(c) ? IS_LETTER | IS_UPPER : IS_LETTER;
  if (unicode_is_mark(c)) return IS_MARK;
  if (unicode_is_digit(c)) return IS_DIGIT;
  return unicode_is_space(c) ? IS_SPACE : 0;
}

/* The class of the character at AT, *NEXT behind it; 0 at END. */
static unsigned class_at(Slice text, size_t at, size_t end, size_t *next)
{
  *next = at;
  if (at >= end) return 0;
  const unsigned char c = (unsigned char)text.ptr[at];
  if (c < 128) {
    *next = at + 1;
    return ascii_class(c);
  }
  const uint32_t code = utf8_next((Slice){text.ptr, end}, next);
  return wide_class(code);
}

static unsigned class_of(const Reader *r, size_t at)
{
  size_t next;
  return class_at(r->text, at, r->end, &next);
}

static int byte_at(const Reader *r, size_t at)
{
  return at < r->end ? (unsigned char)r->text.ptr[at] : 0;
}

static bool looking_at(const Reader *r, size_t at, const char *what)
{
  const size_t n = strlen(what);
  return at + n <= r->end && memcmp(r->text.ptr + at, what, n) == 0;
}

/* Bytes of the apostrophe at AT (' or U+2019 or `), 0 if there is none. */
static size_t apostrophe(const Reader *r, size_t at)
{
  const int c = byte_at(r, at);
  if (c == '\'') return 1;
  return looking_at(r, at, "\xE2\x80\x99") ? 3 : 0;
}

static int lower(int c)
{
  return c >= 'A' && c <= 'Z' ? c + 32 : c;
}

/* ---------------------------------------------------------------- pieces */

static Status add(Reader *r, size_t start, size_t end, PieceKind kind)
{
  Pieces *out = r->out;
  if (out->count == out->capacity) {
    Piece *grown = memory_grow(out->items, &out->capacity, out->count, 1, sizeof *grown);
    if (!grown) return STATUS_MEMORY;
    out->items = grown;
  }
  out->items[out->count++] =
      (Piece){(uint32_t)start, (uint32_t)end, (uint8_t)kind, GAP_NONE, 0, false};
  return STATUS_OK;
}

static bool link_byte(int c)
{
  return c > ' ' && c != '<' && c != '>' && c != '"' && c < 128;
}

static bool mail_byte(int c)
{
  return (ascii_class((unsigned)c) & (IS_LETTER | IS_DIGIT)) || (c && strchr("._%+-", c));
}

/* Does an e-mail address begin at AT? */
static bool mail_begins(const Reader *r, size_t at)
{
  size_t i = at;
  while (i < at + 64 && mail_byte(byte_at(r, i))) i++;
  if (i == at || byte_at(r, i) != '@') return false;
  size_t dot = ++i;
  while (dot < i + 64 && mail_byte(byte_at(r, dot)) && byte_at(r, dot) != '.') dot++;
  return dot > i && byte_at(r, dot) == '.' && mail_byte(byte_at(r, dot + 1));
}

static bool scheme_begins(const Reader *r, size_t at)
{
  size_t i = at;
  while (i < at + 12 && (ascii_class((unsigned)byte_at(r, i)) & IS_LETTER)) i++;
  return i > at && looking_at(r, i, "://");
}

/* "state.gov/briefings": a host with a known top domain and a path. */
static bool host_begins(const Reader *r, size_t at)
{
  size_t label = at, i = at;
  for (; i < at + 64; i++) {
    const int c = byte_at(r, i);
    if (c == '/') break;
    if (c == '.')
      label = i + 1;
    else if (!mail_byte(c))
      return false;
  }
  return label > at && i < at + 64 && word_is_domain(slice_part(r->text, label, i));
}

/* The end of a link that begins at AT, or AT. Closing punctuation stays outside. */
static size_t link_end(const Reader *r, size_t at)
{
  const int c = byte_at(r, at);
  if (c >= 128) return at;
  if (!scheme_begins(r, at) && !looking_at(r, at, "www.") && !mail_begins(r, at) &&
      !host_begins(r, at))
    return at;
  size_t end = at;
  bool open = false;
  for (; end < r->end && link_byte(byte_at(r, end)); end++) open |= byte_at(r, end) == '(';
  while (end > at && strchr(open ? ".,;:!?'*]" : ".,;:!?'*])", byte_at(r, end - 1))) end--;
  return end;
}

/* How long is the clitic whose apostrophe stands at AT ("'s", "'ll")? 0 if none. */
static size_t clitic(const Reader *r, size_t at)
{
  const size_t mark = apostrophe(r, at);
  if (!mark) return 0;
  size_t end = at + mark;
  while (end < at + mark + 3 && (ascii_class((unsigned)byte_at(r, end)) & IS_LETTER)) end++;
  if (class_of(r, end) & (IS_LETTER | IS_DIGIT)) return 0;
  return word_is_clitic(slice_part(r->text, at + mark, end)) ? end - at : 0;
}

/* "n't" at AT - 1, its apostrophe at AT: the end of it, else 0. */
static size_t negation(const Reader *r, size_t start, size_t at)
{
  const size_t mark = apostrophe(r, at);
  if (!mark || at < start + 2 || lower(byte_at(r, at - 1)) != 'n') return 0;
  const size_t end = at + mark + 1;
  if (lower(byte_at(r, end - 1)) != 't' || (class_of(r, end) & (IS_LETTER | IS_DIGIT))) return 0;
  return end;
}

/* Is the full stop at DOT inside a word ("U.S", "Amazon.com"), not the end of one glued to the
 * next? */
static bool inner_stop(const Reader *r, size_t start, size_t dot)
{
  size_t next;
  const unsigned after = class_at(r->text, dot + 1, r->end, &next);
  if (!(after & (IS_LETTER | IS_DIGIT))) return false;
  const bool capitalised =
      (after & IS_UPPER) && (class_of(r, next) & (IS_LETTER | IS_UPPER)) == IS_LETTER;
  return !(capitalised && dot > start + 1 && byte_at(r, dot - 1) >= 'a');
}

/* Does the & at AT join letters as in "AT&T"? */
static bool inner_ampersand(const Reader *r, size_t start, size_t at)
{
  return at > start && (class_of(r, at + 1) & IS_UPPER) && at - start <= 4;
}

static size_t word_end(const Reader *r, size_t start)
{
  size_t at = start, next;
  while (at < r->end) {
    const unsigned class = class_at(r->text, at, r->end, &next);
    if (!(class & (IS_LETTER | IS_DIGIT | IS_MARK))) {
      const int c = byte_at(r, at);
      const size_t mark = apostrophe(r, at);
      if (mark) {
        if (clitic(r, at) || negation(r, start, at)) break;
        if (at == start || !(class_of(r, at + mark) & IS_LETTER)) break;
        next = at + mark;
      } else if (c == '.') {
        if (!inner_stop(r, start, at)) break;
      } else if (c == '&') {
        if (!inner_ampersand(r, start, at)) break;
      } else if (c == '-') {
        if (at - start > 7 || !(class_of(r, next) & (IS_LETTER | IS_DIGIT)) ||
            !word_is_prefix(slice_part(r->text, start, at)))
          break;
      } else if (c != '_') {
        break;
      }
    }
    at = next;
  }
  return at;
}

/* The first character after the chunk, or after AT in it, that is no space. */
static size_t beyond(const Reader *r, size_t at)
{
  size_t next;
  const size_t limit = at + 16;
  while (at < limit && at < r->text.len) {
    if (!(class_at(r->text, at, r->text.len, &next) & IS_SPACE)) break;
    at = next;
  }
  return at;
}

static unsigned class_beyond(const Reader *r, size_t at)
{
  size_t next;
  return class_at(r->text, beyond(r, at), r->text.len, &next);
}

/* "U.S", "p.m", "J": single letters between full stops. */
static bool dotted(Slice word)
{
  for (size_t i = 0; i < word.len; i++) {
    const unsigned class = ascii_class((unsigned char)word.ptr[i]);
    if (i % 2 ? word.ptr[i] != '.' : !(class & IS_LETTER)) return false;
  }
  return word.len % 2 == 1;
}

/* Does the full stop behind WORD (at DOT) belong to it? */
static bool abbreviates(const Reader *r, Slice word, size_t dot)
{
  const bool ellipsis = byte_at(r, dot + 1) == '.' && byte_at(r, dot + 2) == '.';
  if (byte_at(r, dot) != '.' || ellipsis || word.len > 12) return false;
  const unsigned after = class_beyond(r, dot + 1);
  if (dotted(word))
    return word.len > 1 || ((after & IS_UPPER) && *word.ptr != 'I' && *word.ptr < 'a');
  return word_is_abbreviation(word, (after & IS_DIGIT) != 0);
}

/* Cut the clitics that follow the word [START, *AT) and join all to one multiword token. */
static Status add_clitics(Reader *r, size_t start, size_t *at)
{
  const size_t first = r->out->count;
  size_t end = *at, n = negation(r, start, end);
  TRY(add(r, start, n ? end - 1 : end, PIECE_WORD));
  if (n) {
    TRY(add(r, end - 1, n, PIECE_WORD));
    end = n;
  }
  while ((n = clitic(r, end)) != 0 && r->out->count - first < 4) {
    TRY(add(r, end, end + n, PIECE_WORD));
    end += n;
  }
  *at = end;
  const size_t count = r->out->count - first;
  if (count > 1) r->out->items[first].words = (uint8_t)count;
  for (size_t i = 1; i < count; i++) r->out->items[first + i].part = true;
  return STATUS_OK;
}

static Status add_pair(Reader *r, size_t start, size_t cut, size_t end)
{
  TRY(add(r, start, cut, PIECE_WORD));
  r->out->items[r->out->count - 1].words = 2;
  TRY(add(r, cut, end, PIECE_WORD));
  r->out->items[r->out->count - 1].part = true;
  return STATUS_OK;
}

/* "parents'": the apostrophe of a plural possessive, not a closing quote. */
static size_t plural_possessive(const Reader *r, size_t start, size_t at)
{
  const size_t mark = apostrophe(r, at);
  if (!mark || r->single_quoted || at < start + 2 || lower(byte_at(r, at - 1)) != 's') return 0;
  return class_of(r, at + mark) & (IS_LETTER | IS_DIGIT) ? 0 : at + mark;
}

static Status add_word(Reader *r, size_t *at)
{
  const size_t start = *at;
  size_t end = word_end(r, start);
  const Slice word = slice_part(r->text, start, end);
  if (byte_at(r, end) == '$' && word.len <= 3 && (class_of(r, start) & IS_UPPER)) {
    *at = end + 1;
    return add(r, start, end + 1, PIECE_SYMBOL);
  }
  if (abbreviates(r, word, end)) {
    const size_t n = clitic(r, end + 1);
    *at = end + 1 + n;
    if (n) return add_pair(r, start, end + 1, end + 1 + n);
    return add(r, start, end + 1, PIECE_ABBREVIATION);
  }
  const size_t cut = word_fused(word), possessive = plural_possessive(r, start, end);
  *at = possessive ? possessive : end;
  if (cut && !apostrophe(r, end)) return add_pair(r, start, start + cut, end);
  if (possessive && !clitic(r, end)) return add_pair(r, start, end, possessive);
  *at = end;
  return add_clitics(r, start, at);
}

/* ---------------------------------------------------------------- numbers */

static size_t digits_end(const Reader *r, size_t at)
{
  size_t next;
  while (class_at(r->text, at, r->end, &next) & IS_DIGIT) at = next;
  return at;
}

/* "713-853-1696", "2023-01-13": digits with two hyphens or more; else AT. */
static size_t hyphened_digits(const Reader *r, size_t at)
{
  size_t end = digits_end(r, at);
  int hyphens = 0;
  while (byte_at(r, end) == '-' && (class_of(r, end + 1) & IS_DIGIT)) {
    end = digits_end(r, end + 1);
    hyphens++;
    if (hyphens == 1 && byte_at(r, end) != '-') break;
  }
  const bool telephone = hyphens == 1 && end == at + 8 && byte_at(r, at + 3) == '-';
  return hyphens >= 2 || telephone ? end : at;
}

/* Is the comma at AT inside a number: three digits behind it and no more? */
static bool thousands(const Reader *r, size_t at)
{
  for (size_t i = 1; i <= 3; i++) {
    if (!(ascii_class((unsigned)byte_at(r, at + i)) & IS_DIGIT)) return false;
  }
  return !(ascii_class((unsigned)byte_at(r, at + 4)) & IS_DIGIT);
}

/* Digits with , . : / between them. */
static size_t number_end(const Reader *r, size_t at)
{
  const size_t whole = hyphened_digits(r, at);
  if (whole > at) return whole;
  size_t end = digits_end(r, at);
  while (end < r->end && strchr(",.:/", byte_at(r, end)) && (class_of(r, end + 1) & IS_DIGIT)) {
    if (byte_at(r, end) == ',' && !thousands(r, end)) break;
    end = digits_end(r, end + 1);
  }
  return end;
}

static Status add_number(Reader *r, size_t *at)
{
  const size_t start = *at;
  size_t end = number_end(r, start);
  if (class_of(r, end) & IS_LETTER) {
    const size_t word = word_end(r, end);
    const Slice tail = slice_part(r->text, end, word);
    if (word_is_ordinal(tail) || !word_is_unit(tail)) end = word;
  } else if (clitic(r, end) && lower(byte_at(r, end + clitic(r, end) - 1)) == 's') {
    end += clitic(r, end);
  }
  *at = end;
  return add(r, start, end, PIECE_NUMBER);
}

/* ---------------------------------------------------------------- marks */

static size_t run_end(const Reader *r, size_t at)
{
  const int c = byte_at(r, at);
  size_t end = at + 1;
  while (end < r->end && byte_at(r, end) == c) end++;
  return end;
}

static size_t emoticon_end(const Reader *r, size_t at)
{
  const size_t end = at + word_emoticon(slice_part(r->text, at, r->end));
  return byte_at(r, end) == '/' || (class_of(r, end) & (IS_LETTER | IS_DIGIT)) ? at : end;
}

static Status add_stops(Reader *r, size_t *at)
{
  const size_t start = *at;
  size_t end = run_end(r, start);
  const bool dots = byte_at(r, start) == '.';
  if (!dots) {
    while (end < r->end && strchr("!?", byte_at(r, end))) end++;
  }
  *at = end;
  return add(r, start, end, dots && end > start + 1 ? PIECE_ELLIPSIS : PIECE_END);
}

static Status add_single_quote(Reader *r, size_t *at, size_t mark)
{
  const size_t start = *at, n = clitic(r, start);
  if (start == r->chunk && n && start + n == r->end) { /* a clitic that stands alone */
    *at = start + n;
    return add(r, start, start + n, PIECE_WORD);
  }
  if (start == r->chunk && (class_of(r, start + mark) & IS_DIGIT)) { /* '90s */
    *at = start + mark;
    TRY(add_number(r, at));
    r->out->items[r->out->count - 1].start = (uint32_t)start;
    return STATUS_OK;
  }
  const bool opens = mark == 1 && (class_of(r, start + mark) & (IS_LETTER | IS_DIGIT)) != 0;
  size_t end = start + mark;
  if (!opens && mark == 1 && byte_at(r, end) == '\'') end++;
  r->single_quoted = opens;
  *at = end;
  return add(r, start, end, opens ? PIECE_OPEN : PIECE_CLOSE);
}

/* ".5" */
static Status add_fraction(Reader *r, size_t *at)
{
  const size_t start = *at;
  *at = start + 1;
  TRY(add_number(r, at));
  r->out->items[r->out->count - 1].start = (uint32_t)start;
  return STATUS_OK;
}

static Status add_ascii_mark(Reader *r, size_t *at)
{
  const size_t start = *at;
  const int c = byte_at(r, start);
  if (c == '.' && start == r->chunk && (class_of(r, start + 1) & IS_DIGIT))
    return add_fraction(r, at);
  if (c == '.' || c == '!' || c == '?') return add_stops(r, at);
  if (looking_at(r, start, "[...]")) {
    *at = start + 5;
    return add(r, start, *at, PIECE_ELLIPSIS);
  }
  const size_t face = emoticon_end(r, start);
  if (face > start) {
    *at = face;
    return add(r, start, face, PIECE_SYMBOL);
  }
  if ((c == '@' || c == '#') && (class_of(r, start + 1) & IS_LETTER)) {
    *at = word_end(r, start + 1);
    return add(r, start, *at, PIECE_WORD);
  }
  *at = c && strchr("-*_=~#<>`+^$", c) ? run_end(r, start) : start + 1;
  return add(r, start, *at, mark_kind((uint32_t)c));
}

static Status add_wide_mark(Reader *r, size_t *at)
{
  const size_t start = *at, mark = apostrophe(r, start);
  if (mark) return add_single_quote(r, at, mark);
  const Slice rest = {r->text.ptr, r->end};
  const uint32_t first = utf8_next(rest, at);
  const PieceKind kind = mark_kind(first);
  r->single_quoted |= first == 0x2018;
  if (kind == PIECE_SYMBOL) *at = symbol_end(rest, *at, first);
  return add(r, start, *at, kind);
}

/* ---------------------------------------------------------------- chunks */

/* A combining mark goes to whatever stands before it. */
static bool join_mark(Reader *r, size_t *at)
{
  Pieces *out = r->out;
  if (*at == r->chunk || !out->count || out->items[out->count - 1].end != *at) return false;
  class_at(r->text, *at, r->end, at);
  out->items[out->count - 1].end = (uint32_t)*at;
  return true;
}

static Status next_piece(Reader *r, size_t *at)
{
  const unsigned class = class_of(r, *at);
  if ((class & IS_MARK) && join_mark(r, at)) return STATUS_OK;
  if (class & (IS_LETTER | IS_DIGIT)) {
    const size_t link = link_end(r, *at);
    if (link > *at) {
      const size_t start = *at;
      *at = link;
      return add(r, start, link, PIECE_LINK);
    }
    return class & IS_DIGIT ? add_number(r, at) : add_word(r, at);
  }
  const int c = byte_at(r, *at);
  if (c == '\'') return add_single_quote(r, at, 1);
  if (class & IS_MARK) return add_word(r, at);
  return c < 128 ? add_ascii_mark(r, at) : add_wide_mark(r, at);
}

/* Step over white space from AT; what kind of gap was it? */
static PieceGap skip_space(Slice text, size_t *at, size_t end)
{
  int lines = 0;
  size_t next;
  const size_t start = *at;
  while (*at < end && (class_at(text, *at, end, &next) & IS_SPACE)) {
    lines +=
        text.ptr[*at] == '\n' || (text.ptr[*at] == '\r' && (next == end || text.ptr[next] != '\n'));
    *at = next;
  }
  if (lines) return lines > 1 ? GAP_BLANK : GAP_LINE;
  return *at > start ? GAP_SPACE : GAP_NONE;
}

static size_t chunk_end(Slice text, size_t at, size_t end)
{
  size_t next;
  while (at < end && !(class_at(text, at, end, &next) & IS_SPACE)) at = next;
  return at;
}

Status pieces_split(Pieces *out, Slice text, Span block)
{
  const size_t end = block.end < text.len ? block.end : text.len;
  Reader r = {out, {text.ptr, end}, 0, 0, false};
  size_t at = block.start;
  skip_space(text, &at, end);
  while (at < end) {
    r.chunk = at;
    r.end = chunk_end(text, at, end);
    while (at < r.end) TRY(next_piece(&r, &at));
    const PieceGap gap = skip_space(text, &at, end);
    if (out->count) out->items[out->count - 1].gap = (uint8_t)gap;
    r.single_quoted &= gap != GAP_BLANK;
  }
  return STATUS_OK;
}

void pieces_clear(Pieces *pieces)
{
  memory_free(pieces->items, pieces->capacity * sizeof *pieces->items);
  *pieces = (Pieces){NULL, 0, 0};
}
