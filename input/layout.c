/* Plain text has three habits: a paragraph is a line; it is a group of lines with a blank line
   behind it, broken at a fixed width; or each line stands for itself. The width shows where a line
   goes on with a small letter in the next: the longest such line gives it. In text broken that way
   a line belongs to the one before if its first word would not have fitted there. */
#include "article.h"

#include "graph/unicode.h"

#define WIDEST 130 /* columns of the widest text that is broken by hand */
#define NARROWEST 30

typedef struct Line {
  Span span; /* trimmed; empty for a blank line */
  uint32_t chars, indent, first_word;
  size_t next; /* where the line after it begins */
  bool starts_small, final;
} Line;

bool text_starts(Slice text, const char *words)
{
  size_t i = 0;
  for (; words[i]; i++) {
    if (i == text.len) return false;
    const char c = text.ptr[i];
    if ((c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c) != words[i]) return false;
  }
  return true;
}

bool text_is(Slice text, const char *words)
{
  return text.len == strlen(words) && text_starts(text, words);
}

bool text_holds(Slice text, const char *words)
{
  for (size_t i = 0; i + strlen(words) <= text.len; i++) {
    if (text_starts(slice_part(text, i, text.len), words)) return true;
  }
  return false;
}

/* The code point that ends just before *AT, and step back over it. */
static uint32_t previous(Slice text, uint32_t start, uint32_t *at)
{
  uint32_t from = *at - 1;
  while (from > start && *at - from < 4 && ((unsigned char)text.ptr[from] & 0xc0) == 0x80) from--;
  *at = from;
  size_t next = from;
  return utf8_next(text, &next);
}

Span text_trim(Slice text, Span span)
{
  while (span.start < span.end) {
    size_t at = span.start;
    if (!unicode_is_space(utf8_next(text, &at))) break;
    span.start = (uint32_t)at;
  }
  while (span.start < span.end) {
    uint32_t at = span.end;
    if (!unicode_is_space(previous(text, span.start, &at))) break;
    span.end = at;
  }
  return span;
}

static bool closes(uint32_t code)
{
  return code == '"' || code == '\'' || code == ')' || code == ']' || code == 0x2019 ||
         code == 0x201d || code == 0xbb;
}

/* SPAN without a reference such as "[12]" at its end. */
static Span without_reference(Slice text, Span span)
{
  uint32_t at = span.end;
  if (at < span.start + 3 || text.ptr[at - 1] != ']') return span;
  at--;
  while (at > span.start && text.ptr[at - 1] >= '0' && text.ptr[at - 1] <= '9') at--;
  if (at > span.start && text.ptr[at - 1] == '[') span.end = at - 1;
  return span;
}

/* Does SPAN end with a full stop, a question or exclamation mark, before quotes and brackets? */
static bool ends_sentence(Slice text, Span span)
{
  span = without_reference(text, span);
  for (uint32_t at = span.end; at > span.start;) {
    const uint32_t code = previous(text, span.start, &at);
    if (closes(code)) continue;
    return code == '.' || code == '!' || code == '?' || code == 0x2026;
  }
  return false;
}

static bool is_line_end(uint32_t code)
{
  return code == '\n' || code == '\r' || code == '\f' || code == 0x2028 || code == 0x2029;
}

static uint32_t next_code(Slice text, size_t *at)
{
  const unsigned char c = (unsigned char)text.ptr[*at];
  if (c >= 0x80) return utf8_next(text, at);
  *at += 1;
  return c;
}

/* The line at FROM. */
static Line line_at(Slice text, size_t from)
{
  Line line = {.next = text.len};
  size_t end = text.len;
  bool word = false, blank = true;
  uint32_t trailing = 0;
  for (size_t at = from; at < text.len;) {
    const size_t start = at;
    const uint32_t code = next_code(text, &at);
    if (is_line_end(code)) {
      if (code == '\r' && at < text.len && text.ptr[at] == '\n') at++;
      end = start;
      line.next = at;
      break;
    }
    const bool space = unicode_is_space(code);
    if (space && blank) line.indent++;
    if (!space && blank) line.starts_small = unicode_is_lower(code), word = true;
    blank = blank && space;
    if (!blank) line.chars++;
    trailing = space ? trailing + 1 : 0;
    word = word && !space;
    if (word) line.first_word++;
  }
  line.span = text_trim(text, (Span){(uint32_t)from, (uint32_t)end});
  line.chars = blank ? 0 : line.chars - trailing;
  line.final = ends_sentence(text, line.span);
  if (text_starts(slice_part(text, line.span.start, line.span.end), "http"))
    line.starts_small = false;
  return line;
}

static bool is_blank(const Line *line)
{
  return line->span.start == line->span.end;
}

/* How the text is broken into lines: the width, or 0 where each line stands for itself. */
static uint32_t find_width(Slice text)
{
  uint32_t width = 0;
  size_t pairs = 0, continued = 0;
  Line before = {.span = {0, 0}};
  for (size_t at = 0; at < text.len;) {
    const Line line = line_at(text, at);
    at = line.next;
    if (!is_blank(&before) && !is_blank(&line)) {
      pairs++;
      if (!before.final && line.starts_small && before.chars >= NARROWEST &&
          before.chars <= WIDEST) {
        continued++;
        if (before.chars > width) width = before.chars;
      }
    }
    before = line;
  }
  return continued * 8 >= pairs ? width : 0;
}

/* The length of the bullet at the start of SPAN with the blanks behind it, or 0. */
static uint32_t bullet_length(Slice text, Span span)
{
  static const char *const bullets[] = {"- ", "-- ", "* ", "+ ", "•",  "◦",
                                        "▪",  "■",   "●",  "‣",  "– ", "— "};
  const Slice line = slice_part(text, span.start, span.end);
  size_t length = 0;
  for (size_t i = 0; i < sizeof bullets / sizeof *bullets && !length; i++) {
    if (slice_starts(line, bullets[i])) length = strlen(bullets[i]);
  }
  if (!length) {
    size_t digits = 0;
    while (digits < line.len && digits < 3 && line.ptr[digits] >= '0' && line.ptr[digits] <= '9')
      digits++;
    if (digits == 0 || digits > 2 || line.len < digits + 3) return 0;
    if (line.ptr[digits] != '.' && line.ptr[digits] != ')') return 0;
    if (line.ptr[digits + 1] != ' ') return 0;
    length = digits + 2;
  }
  const Span rest = text_trim(text, (Span){span.start + (uint32_t)length, span.end});
  return rest.start == rest.end ? 0 : rest.start - span.start;
}

/* The length of "## " before a heading, as light mark-up writes it; 0 if there is none. */
static uint32_t heading_length(Slice text, Span span)
{
  uint32_t at = span.start;
  while (at < span.end && text.ptr[at] == '#') at++;
  const uint32_t marks = at - span.start;
  return marks > 0 && marks <= 6 && at + 1 < span.end && text.ptr[at] == ' ' ? marks + 1 : 0;
}

/* Does LINE go on with the paragraph that BEFORE belongs to? */
static bool goes_on(const Line *before, const Line *line, uint32_t width)
{
  if (before->chars > WIDEST) return false;
  if (!before->final && line->starts_small && before->chars >= NARROWEST) return true;
  if (width == 0 || line->indent > before->indent + 1) return false;
  if (before->chars + 1 + line->first_word > width) return true;
  return !before->final && before->chars * 10 >= width * 7;
}

/* A paragraph that is being put together. */
typedef struct Open {
  Span span;
  bool item, heading;
} Open;

static Status close_unit(Units *units, Arena *arena, Slice text, const Open *open)
{
  if (open->span.start == open->span.end) return STATUS_OK;
  TRY(units_add(units, arena, text, open->span, open->item));
  if (!open->heading) return STATUS_OK;
  Unit *const unit = &units->items[units->count - 1];
  unit->shape = UNIT_SHORT;
  unit->marked = unit->heading = true;
  return STATUS_OK;
}

Status layout_units(Units *units, Arena *arena, Slice text)
{
  const uint32_t width = find_width(text);
  Open open = {{0, 0}, false, false};
  Line before = {.span = {0, 0}};
  for (size_t at = 0; at < text.len;) {
    const Line line = line_at(text, at);
    const uint32_t bullet = bullet_length(text, line.span);
    const uint32_t heading = heading_length(text, line.span);
    const bool apart = is_blank(&line) || is_blank(&before) || bullet || heading || open.heading;
    at = line.next;
    if (!apart && goes_on(&before, &line, width)) {
      open.span.end = line.span.end;
    } else {
      TRY(close_unit(units, arena, text, &open));
      open.span = (Span){line.span.start + bullet + heading, line.span.end};
      open.item = bullet > 0;
      open.heading = heading > 0;
    }
    before = line;
  }
  return close_unit(units, arena, text, &open);
}

static void count_one(uint16_t *count)
{
  if (*count < UINT16_MAX) ++*count;
}

static bool divides(Slice word)
{
  static const char *const dividers[] = {"|", "/", "·", "•", ">", "»", "›", "::"};
  for (size_t i = 0; i < sizeof dividers / sizeof *dividers; i++) {
    if (slice_is(word, dividers[i])) return true;
  }
  return false;
}

/* Count the word at [START, END). The first letter decides, behind quotes and brackets. */
static void measure_word(Unit *unit, Slice text, size_t start, size_t end)
{
  unit->words++;
  if (divides(slice_part(text, start, end))) {
    count_one(&unit->bars);
    return;
  }
  if (memchr(text.ptr + start, '|', end - start)) count_one(&unit->bars);
  uint32_t code = 0;
  for (size_t at = start; at < end && at < start + 8;) {
    code = next_code(text, &at);
    if (!unicode_is_punctuation(code)) break;
  }
  if (unicode_is_upper(code))
    count_one(&unit->capitals);
  else if (unicode_is_digit(code))
    count_one(&unit->digits);
  else if (unicode_is_letter(code))
    count_one(&unit->smalls);
}

static void measure(Unit *unit, Slice text)
{
  const Slice part = {text.ptr, unit->span.end};
  size_t word = SIZE_MAX;
  unsigned blanks = 0;
  for (size_t at = unit->span.start; at < part.len;) {
    const size_t start = at;
    const uint32_t code = next_code(part, &at);
    unit->chars++;
    if (unicode_is_space(code)) {
      if (word != SIZE_MAX) measure_word(unit, text, word, start);
      word = SIZE_MAX;
      blanks += code == '\t' ? 3 : 1;
      continue;
    }
    if (blanks >= 3 && word == SIZE_MAX) count_one(&unit->gaps);
    blanks = 0;
    if (word == SIZE_MAX) word = start;
  }
  if (word != SIZE_MAX) measure_word(unit, text, word, unit->span.end);
  unit->final = ends_sentence(text, unit->span);
}

/* A sentence shows by its end, or by its length and words in small letters. Before a list, or in a
   resolution, it ends with another mark. */
static bool is_prose(const Unit *unit, Slice text)
{
  if (unit->smalls == 0) return false;
  if (unit->final) return unit->words >= 2;
  if (unit->words >= 8 && strchr(":;,", text.ptr[unit->span.end - 1])) return true;
  return unit->words >= 25 && unit->smalls * 3 >= unit->capitals;
}

Status units_add(Units *units, Arena *arena, Slice text, Span span, bool item)
{
  Unit *const items =
      arena_grow(arena, units->items, &units->capacity, units->count, 1, sizeof *items);
  if (!items) return STATUS_MEMORY;
  units->items = items;
  Unit *const unit = &items[units->count++];
  *unit = (Unit){.span = span};
  measure(unit, text);
  unit->shape = item ? UNIT_ITEM : is_prose(unit, text) ? UNIT_PROSE : UNIT_SHORT;
  return STATUS_OK;
}
