/* What a unit says comes first (phrases.c: "Leave a reply"), then its form (columns, dividers, no
   letters, one endless word), then repetition, then where it stands. Sentences make the body, from
   the first to the last. Before it, short lines are headlines or menus: the article's own headline
   is the one whose words come back in the first paragraphs. Inside it, a short line is a heading,
   many in a row are a list of links. Behind it, they are furniture. */
#include "article.h"

#include "graph/unicode.h"
#include "input/phrases.h"

#include <stdlib.h>

#define NEAR 8       /* units within which a paragraph that comes again is a caption */
#define OPENING 1500 /* bytes of the body that a headline is compared with */
#define OPENING_WORDS 300
#define LINK_RUN 4   /* so many short lines in a row are a list of links */
#define BARE_WORDS 4 /* "Related news" announces links, "Read more: ..." is one */
#define MOST_ENDS 4  /* lines that end an article, if there is one in the file */
#define TITLE_WORDS 20

static Slice words_of(Slice text, const Unit *unit)
{
  return slice_part(text, unit->span.start, unit->span.end);
}

static bool is_short(const Unit *unit)
{
  return unit->shape == UNIT_SHORT && !unit->furniture;
}

static bool is_body(const Unit *unit)
{
  if (unit->furniture || unit->heading) return false;
  if (unit->shape == UNIT_PROSE) return true;
  return unit->shape == UNIT_ITEM && unit->final && unit->words >= 5;
}

static size_t count_letters(Slice text, size_t enough)
{
  size_t letters = 0;
  for (size_t at = 0; at < text.len && letters < enough;) {
    letters += unicode_is_letter(utf8_next(text, &at));
  }
  return letters;
}

/* Forms that no sentence and no headline has. */
static bool odd_form(const Unit *unit, Slice words)
{
  if (unit_is_wordless(unit)) return true;
  if (unit->shape == UNIT_PROSE) return false;
  if (count_letters(words, 3) < 3) return true;
  if (unit->final && unit->shape == UNIT_ITEM) return false;
  if (unit->gaps > 0 && unit->words <= 14 && unit->shape != UNIT_ITEM) return true;
  if (unit->words == 1 && (text_starts(words, "http") || text_starts(words, "www."))) return true;
  if (unit->bars >= 2 || (unit->bars == 1 && unit->words <= 5)) return true;
  return unit->shape == UNIT_ITEM && unit->words <= 1;
}

/* "By Ada Nilsen in Oslo": names with hardly a word between them. */
static bool is_byline(const Unit *unit, Slice folded)
{
  return slice_starts(folded, "by ") && unit->words <= 10 && unit->smalls <= 3 &&
         unit->capitals >= 2 && !unit->final;
}

/* "See GRAIN, Page A6", "GRAIN, from A1": where a printed article goes on. */
static bool is_jump(const Unit *unit, Slice folded)
{
  size_t at = folded.len;
  while (at > 0 && folded.ptr[at - 1] >= '0' && folded.ptr[at - 1] <= '9') at--;
  if (at == folded.len || unit->words > 8 || at < 6 || unit->final) return false;
  if (folded.ptr[at - 1] >= 'a' && folded.ptr[at - 1] <= 'h') at--;
  const Slice before = slice_part(folded, 0, at);
  return slice_ends(before, "page ") || slice_ends(before, ", from ") ||
         slice_ends(before, "pages ");
}

/* "[1/2] The two shake hands": a picture of a row; "1:02 The two arrive": a film. */
static bool is_numbered(const Unit *unit, Slice folded)
{
  const bool bracket = folded.len && folded.ptr[0] == '[';
  const char middle = bracket ? '/' : ':';
  size_t at = bracket, digits = 0;
  while (at < folded.len && folded.ptr[at] >= '0' && folded.ptr[at] <= '9') at++, digits++;
  if (digits == 0 || digits > 2 || at + 1 >= folded.len || folded.ptr[at] != middle) return false;
  const size_t second = ++at;
  while (at < folded.len && folded.ptr[at] >= '0' && folded.ptr[at] <= '9') at++;
  if (at == second || at == folded.len) return false;
  return bracket ? folded.ptr[at] == ']' : folded.ptr[at] == ' ' && unit->shape == UNIT_SHORT;
}

/* "12 Comments" */
static bool is_comment_count(Slice folded)
{
  size_t digits = 0;
  while (digits < folded.len && folded.ptr[digits] >= '0' && folded.ptr[digits] <= '9') digits++;
  const Slice rest = slice_part(folded, digits, folded.len);
  return digits > 0 && (slice_is(rest, " comments") || slice_is(rest, " comment"));
}

static PhraseKind judge(const Unit *unit, Slice text)
{
  const Slice words = words_of(text, unit);
  char buffer[FOLDED];
  const Slice start = phrase_fold(buffer, words, false);
  if (is_comment_count(start)) return PHRASE_END;
  if (is_numbered(unit, start)) return PHRASE_FURNITURE;
  if (unit->words <= 80) {
    const PhraseKind kind = phrase_line(start, unit->words);
    if (kind != PHRASE_NONE) return kind;
  }
  if (odd_form(unit, words)) return PHRASE_FURNITURE;
  if (unit->shape != UNIT_PROSE && unit->words <= 20 && phrase_menu(start)) return PHRASE_FURNITURE;
  if (unit->shape == UNIT_SHORT) {
    if (is_byline(unit, start) || is_jump(unit, start) || date_line(words)) return PHRASE_FURNITURE;
  }
  if (unit->words > 80) return PHRASE_NONE;
  return phrase_credit(phrase_fold(buffer, words, true)) ? PHRASE_FURNITURE : PHRASE_NONE;
}

/* "The two shake hands in Kyiv.(Pool)": a caption is a sentence; its source is not part of it. */
static void cut_source(Unit *unit, Slice text)
{
  const Slice words = words_of(text, unit);
  size_t open = words.len;
  if (unit->shape != UNIT_SHORT || unit->words < 5 || !slice_ends(words, ")")) return;
  while (open > 0 && words.len - open < 40 && words.ptr[open - 1] != '(') open--;
  if (open < 3 || words.ptr[open - 1] != '(') return;
  const Span before = {unit->span.start, unit->span.start + (uint32_t)open - 1};
  const Span sentence = text_trim(text, before);
  if (text.ptr[sentence.end - 1] != '.' || unit->smalls == 0) return;
  unit->span = sentence;
  unit->final = true;
  unit->shape = UNIT_PROSE;
}

static size_t prose_of(const Units *units)
{
  size_t chars = 0;
  for (size_t i = 0; i < units->count; i++) {
    if (is_body(&units->items[i])) chars += units->items[i].chars;
  }
  return chars;
}

/* A line that calls for comments ends the article if most of the text is behind us: else it stands
   above the article. Where there are many such lines, there are many articles in one file. */
static void mark_end(Units *units)
{
  const size_t all = prose_of(units);
  size_t before = 0, ends = 0, end = units->count;
  for (size_t i = 0; i < units->count; i++) {
    const Unit *const unit = &units->items[i];
    if (is_body(unit)) before += unit->chars;
    if (unit->ends) ends++;
    if (unit->ends && before * 2 > all && end == units->count) end = i;
  }
  for (size_t i = end; i < units->count && ends <= MOST_ENDS; i++) units->items[i].furniture = true;
}

static void mark_phrases(Units *units, Slice text)
{
  bool list = false;
  for (size_t i = 0; i < units->count; i++) {
    Unit *const unit = &units->items[i];
    cut_source(unit, text);
    const PhraseKind kind = unit->furniture ? PHRASE_FURNITURE : judge(unit, text);
    const bool brief = unit->shape != UNIT_PROSE && !unit->final && !unit->marked;
    const bool bare = unit->words <= BARE_WORDS;
    unit->ends = kind == PHRASE_END;
    unit->furniture = kind != PHRASE_NONE || (list && brief);
    list = (kind == PHRASE_LIST && bare) || (list && brief);
  }
  mark_end(units);
}

/* A unit by the start of its words, so that a caption with a credit equals one without. */
typedef struct Key {
  uint64_t hash;
  uint32_t index;
} Key;

static int compare_keys(const void *a, const void *b)
{
  const Key *const x = a, *const y = b;
  if (x->hash != y->hash) return x->hash < y->hash ? -1 : 1;
  return (x->index > y->index) - (x->index < y->index);
}

static Key key_of(const Units *units, Slice text, size_t index)
{
  char buffer[FOLDED];
  Slice start = phrase_fold(buffer, words_of(text, &units->items[index]), false);
  if (start.len > 120) start.len = 120;
  while (start.len && strchr(".!? ", start.ptr[start.len - 1])) start.len--;
  return (Key){slice_hash(start, 0), (uint32_t)index};
}

/* What is said twice is said once: a short line anywhere, a paragraph close by. If one of the two
   is a caption, the other is one as well. */
static void mark_repeated(Units *units, const Key *keys)
{
  for (size_t i = 1; i < units->count; i++) {
    if (keys[i].hash != keys[i - 1].hash) continue;
    Unit *const first = &units->items[keys[i - 1].index], *const again =
                                                              &units->items[keys[i].index];
    const bool close = keys[i].index - keys[i - 1].index <= NEAR;
    if (again->shape == UNIT_PROSE && !close) continue;
    if (close && again->furniture && first->shape == UNIT_PROSE) first->furniture = true;
    again->furniture = true;
  }
}

static Status mark_repetitions(Units *units, Slice text, Arena *arena)
{
  Key *const keys = arena_array(arena, units->count, sizeof *keys);
  if (!keys) return STATUS_MEMORY;
  for (size_t i = 0; i < units->count; i++) keys[i] = key_of(units, text, i);
  qsort(keys, units->count, sizeof *keys, compare_keys);
  mark_repeated(units, keys);
  return STATUS_OK;
}

/* The words, four letters or more, that the body begins with; sorted hashes. */
typedef struct Opening {
  uint64_t words[OPENING_WORDS];
  size_t count;
} Opening;

static int compare_hashes(const void *a, const void *b)
{
  const uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
  return (x > y) - (x < y);
}

/* The hash of the next word of four bytes or more from *AT on, lower-cased; 0 at the end. */
static uint64_t next_word(Slice text, size_t *at)
{
  char word[32];
  size_t length = 0;
  while (*at <= text.len) {
    const unsigned char c = *at < text.len ? (unsigned char)text.ptr[*at] : ' ';
    const bool letter =
        c >= 0x80 || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    ++*at;
    if (letter && length < sizeof word) word[length++] = (char)(c >= 'A' && c <= 'Z' ? c + 32 : c);
    if (letter) continue;
    if (length >= 4) return slice_hash((Slice){word, length}, 0) | 1;
    length = 0;
  }
  return 0;
}

static void read_opening(Opening *opening, const Units *units, Slice text, size_t first)
{
  size_t left = OPENING;
  opening->count = 0;
  for (size_t i = first; i < units->count && left; i++) {
    if (!is_body(&units->items[i])) continue;
    Slice words = words_of(text, &units->items[i]);
    if (words.len > left) words.len = left;
    left -= words.len;
    uint64_t word;
    for (size_t at = 0; opening->count < OPENING_WORDS && (word = next_word(words, &at));) {
      opening->words[opening->count++] = word;
    }
  }
  qsort(opening->words, opening->count, sizeof *opening->words, compare_hashes);
}

static size_t shared_words(const Opening *opening, Slice words)
{
  size_t shared = 0, at = 0;
  for (uint64_t word; (word = next_word(words, &at));) {
    shared += bsearch(&word, opening->words, opening->count, sizeof word, compare_hashes) != NULL;
  }
  return shared;
}

static size_t score_headline(const Unit *unit, const Opening *opening, Slice text)
{
  if (!is_short(unit) || unit->words < 2) return 0;
  size_t score = 1 + shared_words(opening, words_of(text, unit)) * 2;
  if (unit->words > 2) score++;
  if (unit->bars > 0) score /= 2; /* "World | Pact signed" */
  if (unit->marked && unit->heading) score += 4;
  return score;
}

/* The first line before the body that is nearly as good a headline as the best. */
static size_t choose_headline(const Units *units, const Opening *opening, Slice text, size_t first)
{
  size_t most = 0;
  for (size_t i = 0; i < first; i++) {
    const size_t score = score_headline(&units->items[i], opening, text);
    if (score > most) most = score;
  }
  for (size_t i = 0; i < first && most > 0; i++) {
    if (score_headline(&units->items[i], opening, text) * 2 > most) return i;
  }
  return units->count;
}

/* Before the body: choose the headline, keep what goes with it, drop the rest. */
static size_t mark_header(Units *units, Slice text, size_t first)
{
  Opening opening;
  read_opening(&opening, units, text, first);
  const size_t best = choose_headline(units, &opening, text, first);
  for (size_t i = 0; i < first; i++) {
    Unit *const unit = &units->items[i];
    if (unit->shape == UNIT_ITEM && unit->words < 5) unit->furniture = true;
    if (!is_short(unit)) continue;
    const bool with = i > best && i - best <= 2 && unit->words >= 5 &&
                      shared_words(&opening, words_of(text, unit)) >= 2;
    unit->heading = i == best || with;
    unit->furniture = !unit->heading;
  }
  return best;
}

/* A run of short lines inside the body. */
static void mark_run(Units *units, size_t from, size_t to)
{
  for (size_t i = from; i < to; i++) {
    Unit *const unit = &units->items[i];
    unit->furniture = !unit->marked && (to - from >= LINK_RUN || unit->words < 2);
    unit->heading = !unit->furniture;
  }
}

static void mark_body(Units *units, size_t first, size_t last)
{
  for (size_t i = first; i <= last; i++) {
    size_t end = i;
    while (end <= last && is_short(&units->items[end])) end++;
    mark_run(units, i, end);
    if (end > i) i = end - 1;
  }
}

/* "Joining the call were the following leaders:" */
static bool announces(const Unit *unit, Slice text)
{
  return !unit->furniture && unit->words >= 4 && text.ptr[unit->span.end - 1] == ':';
}

/* Short lines behind such a one are a list, though they have no bullets. */
static void mark_lists(Units *units, Slice text, size_t from)
{
  for (size_t i = from; i + 1 < units->count; i++) {
    if (!announces(&units->items[i], text)) continue;
    for (; i + 1 < units->count; i++) {
      Unit *const next = &units->items[i + 1];
      if (!is_short(next) || next->marked || announces(next, text)) break;
      next->shape = UNIT_ITEM;
    }
  }
}

static bool is_list_item(const Unit *unit, size_t least)
{
  return unit->shape == UNIT_ITEM && !unit->furniture && unit->words >= least;
}

/* Behind the last sentence a list may still follow, and a heading before it. */
static void mark_tail(Units *units, Slice text, size_t from)
{
  size_t i = from;
  size_t least = announces(&units->items[i - 1], text) ? 1 : 4;
  if (i + 1 < units->count && is_short(&units->items[i])) {
    if (announces(&units->items[i], text)) least = 1;
    if (is_list_item(&units->items[i + 1], least)) units->items[i++].heading = true;
  }
  while (i < units->count && is_list_item(&units->items[i], least)) i++;
  for (; i < units->count; i++) units->items[i].furniture = true;
}

/* No sentence at all: a headline, or notes without full stops. */
static size_t mark_bare(Units *units)
{
  size_t headline = units->count;
  for (size_t i = 0; i < units->count; i++) {
    Unit *const unit = &units->items[i];
    if (!is_short(unit)) continue;
    if (headline == units->count) headline = i;
    unit->heading = i == headline;
  }
  return headline;
}

static size_t next_body(const Units *units, size_t from)
{
  while (from < units->count && !is_body(&units->items[from])) from++;
  return from;
}

/* A headline may be a sentence: the first, if it is a question or date and author stand below. */
static bool is_sentence_headline(const Units *units, size_t first, Slice text)
{
  const Unit *const unit = &units->items[first];
  if (unit->words > TITLE_WORDS || next_body(units, first + 1) == units->count) return false;
  for (size_t i = 0; i < first; i++) {
    if (!units->items[i].furniture) return false;
  }
  const Unit *const below = &units->items[first + 1];
  const char end = text.ptr[unit->span.end - 1];
  return end == '?' || end == '!' || (below->furniture && below->shape != UNIT_PROSE);
}

Status furniture_mark(size_t *headline, Units *units, Slice text, Arena *arena)
{
  mark_phrases(units, text);
  TRY(mark_repetitions(units, text, arena));
  size_t first = next_body(units, 0), last = units->count;
  if (first == units->count) {
    *headline = mark_bare(units);
    return STATUS_OK;
  }
  const bool sentence = is_sentence_headline(units, first, text);
  if (sentence) {
    units->items[first].heading = true;
    *headline = first;
    first = next_body(units, first);
  }
  while (!is_body(&units->items[last - 1])) last--;
  const size_t found = mark_header(units, text, first);
  if (!sentence) *headline = found;
  mark_lists(units, text, first);
  mark_body(units, first, last - 1);
  mark_tail(units, text, last);
  return STATUS_OK;
}
