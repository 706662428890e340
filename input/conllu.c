/* Reading CoNLL-U. A sentence is the lines up to an empty one: they are copied to the arena at once
   and the tokens point into that copy. Then the tree is checked and the words are laid into the
   text of the document, by "# text" if it agrees with them. */
#include "input/conllu.h"

#include "graph/memory.h"
#include "graph/unicode.h"

enum { ID, FORM, LEMMA, UPOS, XPOS, FEATS, HEAD, DEPREL, DEPS, MISC, COLUMNS };

/* What the comments before a sentence say. */
typedef struct Comments {
  bool new_document, new_paragraph;
  Slice sentence_id, text;
} Comments;

typedef struct Builder {
  ConlluReader *reader;
  Arena *arena;
  Document *document;
  Buffer text;
  Sentence *sentences;
  size_t count, capacity, block_capacity;
  bool new_paragraph; /* the next sentence begins one */
  bool glued;         /* no space before the next sentence */
} Builder;

/* A written token of several words: rows [first, first + words). */
typedef struct Range {
  size_t first, words;
  Slice form;
  bool space_after;
} Range;

typedef struct Rows {
  Builder *builder;
  Token *tokens;
  Range *ranges;
  size_t count, range_count;
  Comments comments;
  size_t line; /* of the row being read */
} Rows;

/* ---------------------------------------------------------------- lines and fields */

static Slice take_line(Slice *rest)
{
  const char *end = memchr(rest->ptr, '\n', rest->len);
  const size_t n = end ? (size_t)(end - rest->ptr) : rest->len;
  Slice line = {rest->ptr, n};
  *rest = slice_part(*rest, end ? n + 1 : n, rest->len);
  if (line.len && line.ptr[line.len - 1] == '\r') line.len--;
  return line;
}

static bool blank(Slice line)
{
  for (size_t i = 0; i < line.len; i++) {
    if (line.ptr[i] != ' ' && line.ptr[i] != '\t') return false;
  }
  return true;
}

/* The lines of the next sentence, after any empty ones; *LINES counts what was passed. */
static Slice sentence_lines(Slice rest, size_t *before, size_t *lines)
{
  *before = *lines = 0;
  Slice left = rest;
  while (left.len) {
    Slice behind = left;
    if (!blank(take_line(&behind))) break;
    left = behind;
    ++*before;
  }
  Slice block = {left.ptr, 0};
  while (left.len) {
    if (blank(take_line(&left))) break;
    ++*lines;
    block.len = (size_t)(left.ptr - block.ptr);
  }
  return block;
}

static Slice trim(Slice text)
{
  while (text.len && (*text.ptr == ' ' || *text.ptr == '\t')) text = slice_part(text, 1, text.len);
  while (text.len && (text.ptr[text.len - 1] == ' ' || text.ptr[text.len - 1] == '\t')) text.len--;
  return text;
}

/* Split LINE at tabs into exactly COLUMNS fields, none empty. */
static bool split_columns(Slice fields[COLUMNS], Slice line)
{
  size_t n = 0, start = 0;
  for (size_t i = 0; i <= line.len; i++) {
    if (i < line.len && line.ptr[i] != '\t') continue;
    if (n == COLUMNS || i == start) return false;
    fields[n++] = slice_part(line, start, i);
    start = i + 1;
  }
  return n == COLUMNS;
}

/* Read a number of at most seven digits at the start of *TEXT and step over it. */
static bool take_number(size_t *out, Slice *text)
{
  size_t n = 0, value = 0;
  while (n < text->len && n < 8 && text->ptr[n] >= '0' && text->ptr[n] <= '9') {
    value = value * 10 + (size_t)(text->ptr[n++] - '0');
  }
  *text = slice_part(*text, n, text->len);
  *out = value;
  return n > 0 && n < 8;
}

static bool whole_number(size_t *out, Slice text)
{
  return take_number(out, &text) && text.len == 0;
}

static Slice or_empty(Slice field)
{
  return slice_is(field, "_") ? SLICE_NONE : field;
}

/* The value of KEY in a MISC column; empty if absent. */
static Slice misc_value(Slice misc, const char *key)
{
  const size_t n = strlen(key);
  for (size_t start = 0, i = 0; i <= misc.len; i++) {
    if (i < misc.len && misc.ptr[i] != '|') continue;
    const Slice pair = slice_part(misc, start, i);
    if (pair.len > n && pair.ptr[n] == '=' && memcmp(pair.ptr, key, n) == 0) {
      return slice_part(pair, n + 1, pair.len);
    }
    start = i + 1;
  }
  return SLICE_NONE;
}

/* ---------------------------------------------------------------- comments */

/* The value of "# KEY = VALUE", also of "# meta::KEY = VALUE". */
static bool comment_value(Slice *out, Slice line, const char *key)
{
  Slice text = trim(slice_part(line, 1, line.len));
  if (slice_starts(text, "meta::")) text = slice_part(text, 6, text.len);
  const size_t n = strlen(key);
  if (!slice_starts(text, key)) return false;
  text = trim(slice_part(text, n, text.len));
  if (!text.len || *text.ptr != '=') return false;
  *out = trim(slice_part(text, 1, text.len));
  return true;
}

static bool comment_is(Slice line, const char *what)
{
  const Slice text = trim(slice_part(line, 1, line.len));
  const size_t n = strlen(what);
  return slice_starts(text, what) && (text.len == n || text.ptr[n] == ' ');
}

static void read_comment(Comments *out, Document *document, Slice line)
{
  out->new_document |= comment_is(line, "newdoc");
  out->new_paragraph |= comment_is(line, "newpar") || comment_is(line, "newdoc");
  comment_value(&out->sentence_id, line, "sent_id");
  comment_value(&out->text, line, "text");
  comment_value(&document->id, line, "newdoc id");
  comment_value(&document->date, line, "date");
  comment_value(&document->url, line, "url");
  comment_value(&document->title, line, "title");
  comment_value(&document->author, line, "author");
  comment_value(&document->publisher, line, "publisher");
}

static bool begins_document(Slice lines)
{
  while (lines.len && *lines.ptr == '#') {
    if (comment_is(take_line(&lines), "newdoc")) return true;
  }
  return false;
}

/* ---------------------------------------------------------------- rows */

static bool complain(const Rows *rows, const char *what, Slice value)
{
  const ConlluReader *reader = rows->builder->reader;
  const int shown = value.len > 60 ? 60 : (int)value.len;
  report(reader->report, SEVERITY_WARNING, reader->file, rows->line, 0,
         "%s%s%.*s; the sentence is left out", what, shown ? ": " : "", shown, value.ptr);
  return false;
}

/* Names of other tag sets. */
static NerType foreign_ner(Slice name)
{
  static const struct {
    const char *name;
    NerType type;
  } known[] = {{"PERSON", NER_PER},   {"GPE", NER_LOC},          {"FAC", NER_LOC},
               {"LOCATION", NER_LOC}, {"ORGANIZATION", NER_ORG}, {"NORP", NER_MISC},
               {"EVENT", NER_MISC},   {"LAW", NER_MISC},         {"WORK_OF_ART", NER_MISC},
               {"OTH", NER_MISC},     {"OBJ", NER_MISC}};
  for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
    if (slice_is(name, known[i].name)) return known[i].type;
  }
  return ner_of(name);
}

static void read_ner(Token *token, Slice misc)
{
  const Slice tag = misc_value(misc, "NER");
  if (tag.len < 3 || tag.ptr[1] != '-') return;
  token->ner = (uint8_t)foreign_ner(slice_part(tag, 2, tag.len));
  token->ner_begins =
      token->ner != NER_O && (*tag.ptr == 'B' || *tag.ptr == 'S' || *tag.ptr == 'U');
}

static bool read_annotation(Rows *rows, Token *token, const Slice fields[COLUMNS])
{
  size_t head;
  token->upos = (uint8_t)upos_of(fields[UPOS]);
  if (token->upos == UPOS_NONE) return complain(rows, "unknown part of speech", fields[UPOS]);
  token->deprel = (uint8_t)deprel_of(fields[DEPREL]);
  if (token->deprel == DEPREL_NONE) return complain(rows, "unknown relation", fields[DEPREL]);
  if (!whole_number(&head, fields[HEAD])) return complain(rows, "no head", fields[HEAD]);
  token->head = (int32_t)head - 1;
  token->xpos = or_empty(fields[XPOS]);
  token->feats = or_empty(fields[FEATS]);
  token->features = features_of(token->feats);
  token->lemma = slice_is(fields[LEMMA], "_") ? token->form : fields[LEMMA];
  token->score = 1;
  read_ner(token, fields[MISC]);
  return true;
}

static bool read_word(Rows *rows, const Slice fields[COLUMNS])
{
  Token *token = &rows->tokens[rows->count++];
  *token = (Token){.form = fields[FORM], .head = -1};
  token->space_after = !slice_is(misc_value(fields[MISC], "SpaceAfter"), "No");
  return rows->builder->reader->tokens_only || read_annotation(rows, token, fields);
}

static bool read_range(Rows *rows, size_t first, size_t last, const Slice fields[COLUMNS])
{
  const Range *before = rows->range_count ? &rows->ranges[rows->range_count - 1] : NULL;
  if (first != rows->count + 1 || last <= first || last - first >= 255 ||
      (before && before->first + before->words >= first))
    return complain(rows, "bad range of words", fields[ID]);
  const bool space_after = !slice_is(misc_value(fields[MISC], "SpaceAfter"), "No");
  rows->ranges[rows->range_count++] =
      (Range){first - 1, last - first + 1, fields[FORM], space_after};
  return true;
}

static bool read_row(Rows *rows, Slice line)
{
  Slice fields[COLUMNS];
  size_t id, last;
  if (utf8_check(line) != line.len) return complain(rows, "not UTF-8", SLICE(""));
  if (!split_columns(fields, line)) return complain(rows, "not ten columns", line);
  Slice rest = fields[ID];
  if (!take_number(&id, &rest)) return complain(rows, "bad id", fields[ID]);
  if (!rest.len) {
    if (id != rows->count + 1) return complain(rows, "ids are not consecutive", fields[ID]);
    return read_word(rows, fields);
  }
  const char mark = *rest.ptr;
  if (!whole_number(&last, slice_part(rest, 1, rest.len)))
    return complain(rows, "bad id", fields[ID]);
  if (mark == '.') return true; /* an empty node */
  return mark == '-' ? read_range(rows, id, last, fields) : complain(rows, "bad id", fields[ID]);
}

/* A name that goes on where none of its type has begun begins there. */
static void mend_names(Rows *rows)
{
  uint8_t before = NER_O;
  for (size_t i = 0; i < rows->count; i++) {
    Token *token = &rows->tokens[i];
    token->ner_begins |= token->ner != NER_O && token->ner != before;
    before = token->ner;
  }
}

static bool read_rows(Rows *rows, Slice lines)
{
  for (; lines.len; rows->line++) {
    const Slice line = take_line(&lines);
    if (*line.ptr != '#' && !read_row(rows, line)) return false;
  }
  mend_names(rows);
  if (!rows->count) return complain(rows, "no words", SLICE(""));
  const Range *last = rows->range_count ? &rows->ranges[rows->range_count - 1] : NULL;
  return !last || last->first + last->words <= rows->count ||
         complain(rows, "a range of words that are not there", last->form);
}

/* ---------------------------------------------------------------- the tree */

/* Does every word reach a root? STATE: 0 unseen, 1 on the path, 2 good. */
static bool no_cycle(const Token *tokens, size_t count, uint8_t *state)
{
  for (size_t i = 0; i < count; i++) {
    int32_t at = (int32_t)i;
    while (at >= 0 && !state[at]) {
      state[at] = 1;
      at = tokens[at].head;
    }
    if (at >= 0 && state[at] == 1) return false;
    for (at = (int32_t)i; at >= 0 && state[at] == 1; at = tokens[at].head) state[at] = 2;
  }
  return true;
}

/* Hang all roots but the first below it. */
static bool single_root(Rows *rows)
{
  int32_t root = -1;
  bool mended = false;
  for (size_t i = 0; i < rows->count; i++) {
    Token *token = &rows->tokens[i];
    if (token->head >= 0) {
      if (token->deprel == DEPREL_ROOT) token->deprel = DEPREL_PARATAXIS;
      continue;
    }
    if (root < 0) root = (int32_t)i;
    mended |= root != (int32_t)i;
    token->deprel = root == (int32_t)i ? DEPREL_ROOT : DEPREL_PARATAXIS;
    if (root != (int32_t)i) token->head = root;
  }
  const ConlluReader *reader = rows->builder->reader;
  if (mended) {
    report(reader->report, SEVERITY_WARNING, reader->file, rows->line, 0,
           "several roots; all but the first are hung below it");
  }
  return root >= 0;
}

static Status check_tree(bool *good, Rows *rows)
{
  *good = true;
  if (rows->builder->reader->tokens_only) return STATUS_OK;
  for (size_t i = 0; i < rows->count; i++) {
    if (rows->tokens[i].head >= (int32_t)rows->count || rows->tokens[i].head == (int32_t)i) {
      *good = complain(rows, "a head that is not there", rows->tokens[i].form);
      return STATUS_OK;
    }
  }
  uint8_t *state = arena_array(rows->builder->arena, rows->count, 1);
  if (!state) return STATUS_MEMORY;
  *good = (single_root(rows) && no_cycle(rows->tokens, rows->count, state)) ||
          complain(rows, "the heads go round in a circle", SLICE(""));
  return STATUS_OK;
}

/* ---------------------------------------------------------------- the text */

/* Does every word of the written token stand in FORM, one behind the other? */
static bool parts_fit(const Rows *rows, const Range *range)
{
  size_t at = 0;
  for (size_t i = 0; i < range->words; i++) {
    const Slice form = rows->tokens[range->first + i].form;
    if (form.len > range->form.len - at || memcmp(range->form.ptr + at, form.ptr, form.len) != 0)
      return false;
    at += form.len;
  }
  return at == range->form.len;
}

/* Give the words of a range their places; START is where the written token begins. */
static void place_range(Rows *rows, const Range *range, uint32_t start)
{
  const bool parts = parts_fit(rows, range);
  const uint32_t end = start + (uint32_t)range->form.len;
  for (size_t i = 0; i < range->words; i++) {
    Token *token = &rows->tokens[range->first + i];
    token->start = start;
    token->end = parts ? start + (uint32_t)token->form.len : end;
    token->space_after = i + 1 == range->words && range->space_after;
    if (parts) start = token->end;
  }
  rows->tokens[range->first].words = (uint8_t)range->words;
}

/* The written token at word I: its form; the range if it is one. */
static Slice written(const Rows *rows, size_t i, size_t next_range, const Range **range)
{
  *range = NULL;
  if (next_range < rows->range_count && rows->ranges[next_range].first == i) {
    *range = &rows->ranges[next_range];
    return (*range)->form;
  }
  return rows->tokens[i].form;
}

static size_t spaces(Slice text, size_t at)
{
  size_t next = at;
  while (at < text.len && unicode_is_space(utf8_next(text, &next))) at = next;
  return at;
}

/* Walk the written tokens along TEXT, which stands at BASE in the document; with PLACE they get
   their offsets and spaces, else it is only seen whether they agree. */
static bool walk_text(Rows *rows, Slice text, size_t base, bool place)
{
  size_t at = spaces(text, 0), next_range = 0;
  const Range *range;
  for (size_t i = 0; i < rows->count; i += range ? range->words : 1) {
    const Slice form = written(rows, i, next_range, &range);
    if (form.len > text.len - at || memcmp(text.ptr + at, form.ptr, form.len) != 0) return false;
    const size_t behind = spaces(text, at + form.len);
    const bool space = behind > at + form.len;
    if (range) next_range++;
    if (place) {
      Token *token = &rows->tokens[i];
      const bool last = i + (range ? range->words : 1) == rows->count;
      token->start = (uint32_t)(base + at);
      token->end = (uint32_t)(base + at + form.len);
      if (range && !last) rows->ranges[next_range - 1].space_after = space;
      if (!range && !last) token->space_after = space;
      if (range) place_range(rows, range, token->start);
    }
    at = behind;
  }
  return at == text.len;
}

/* The written tokens with a space after each that has one. */
static Status spell(Buffer *out, const Rows *rows)
{
  size_t next_range = 0;
  const Range *range;
  for (size_t i = 0; i < rows->count; i += range ? range->words : 1) {
    const Slice form = written(rows, i, next_range, &range);
    if (range) next_range++;
    TRY(buffer_slice(out, form));
    const bool space = range ? range->space_after : rows->tokens[i].space_after;
    const bool last = i + (range ? range->words : 1) == rows->count;
    if (space && !last) TRY(buffer_add(out, " ", 1));
  }
  return STATUS_OK;
}

static Status add_block(Builder *b, uint32_t start)
{
  Document *document = b->document;
  if (document->block_count == b->block_capacity) {
    Block *grown = arena_grow(b->arena, document->blocks, &b->block_capacity, document->block_count,
                              1, sizeof *grown);
    if (!grown) return STATUS_MEMORY;
    document->blocks = grown;
  }
  document->blocks[document->block_count++] = (Block){BLOCK_PARAGRAPH, {start, start}};
  return STATUS_OK;
}

/* The white space before the sentence, and a new block at a paragraph. */
static Status begin_sentence(Builder *b)
{
  const bool paragraph = b->new_paragraph || !b->count;
  if (b->count && paragraph)
    TRY(buffer_text(&b->text, "\n\n"));
  else if (b->count && !b->glued)
    TRY(buffer_text(&b->text, " "));
  return paragraph ? add_block(b, (uint32_t)b->text.count) : STATUS_OK;
}

static Status lay_text(Rows *rows)
{
  Builder *b = rows->builder;
  const Slice text = rows->comments.text;
  const size_t base = b->text.count;
  if (text.len && utf8_check(text) == text.len && walk_text(rows, text, 0, false)) {
    TRY(buffer_slice(&b->text, text));
  } else {
    TRY(spell(&b->text, rows));
  }
  if (b->text.count > UINT32_MAX / 2) return STATUS_LIMIT;
  walk_text(rows, slice_part(buffer_as_slice(&b->text), base, b->text.count), base, true);
  return STATUS_OK;
}

static Status add_sentence(Rows *rows)
{
  Builder *b = rows->builder;
  if (b->count == b->capacity) {
    Sentence *grown = arena_grow(b->arena, b->sentences, &b->capacity, b->count, 1, sizeof *grown);
    if (!grown) return STATUS_MEMORY;
    b->sentences = grown;
  }
  TRY(begin_sentence(b));
  TRY(lay_text(rows));
  const Token *last = &rows->tokens[rows->count - 1];
  b->sentences[b->count] = (Sentence){rows->tokens,
                                      rows->count,
                                      rows->tokens[0].start,
                                      last->end,
                                      b->new_paragraph || !b->count,
                                      rows->comments.sentence_id};
  b->document->blocks[b->document->block_count - 1].span.end = (uint32_t)b->text.count;
  b->glued = !last->space_after;
  b->new_paragraph = false;
  b->count++;
  return STATUS_OK;
}

/* ---------------------------------------------------------------- documents */

static size_t row_count(Slice lines)
{
  size_t n = 0;
  while (lines.len) n += *take_line(&lines).ptr != '#';
  return n;
}

/* One sentence of LINE_COUNT lines, which begin at the reader's line. */
static Status read_sentence(Builder *b, Slice source)
{
  Slice lines;
  TRY(arena_copy(&lines, b->arena, source));
  Rows rows = {.builder = b, .line = b->reader->line};
  for (Slice rest = lines; rest.len;) {
    const Slice line = take_line(&rest);
    if (*line.ptr == '#') read_comment(&rows.comments, b->document, line);
  }
  b->new_paragraph |= rows.comments.new_paragraph;
  const size_t most = row_count(lines);
  if (!most) return STATUS_OK; /* comments only */
  rows.tokens = arena_alloc(b->arena, most * sizeof *rows.tokens);
  rows.ranges = arena_alloc(b->arena, most * sizeof *rows.ranges);
  if (!rows.tokens || !rows.ranges) return STATUS_MEMORY;
  bool good = read_rows(&rows, lines);
  rows.line = b->reader->line;
  if (good) TRY(check_tree(&good, &rows));
  if (good) return add_sentence(&rows);
  b->reader->skipped++;
  return STATUS_OK;
}

static Status read_document(Builder *b)
{
  ConlluReader *reader = b->reader;
  for (bool first = true;; first = false) {
    size_t before, lines;
    const Slice rest = slice_part(reader->bytes, reader->at, reader->bytes.len);
    const Slice block = sentence_lines(rest, &before, &lines);
    if (!block.len) {
      reader->at = reader->bytes.len;
      return first ? STATUS_NOT_FOUND : STATUS_OK;
    }
    if (!first && begins_document(block)) return STATUS_OK;
    reader->line += before;
    TRY(read_sentence(b, block));
    reader->line += lines;
    reader->at = (size_t)(block.ptr - reader->bytes.ptr) + block.len;
  }
}

Status conllu_next(Document *out, Sentence **sentences, ConlluReader *reader, Arena *arena)
{
  *out = (Document){.arena = arena};
  if (!reader->bytes.len) return STATUS_NOT_FOUND;
  Builder b = {.reader = reader, .arena = arena, .document = out};
  if (!reader->at && slice_starts(reader->bytes, "\xEF\xBB\xBF")) reader->at = 3;
  Status status = read_document(&b);
  if (status == STATUS_OK) status = arena_copy(&out->text, arena, buffer_as_slice(&b.text));
  buffer_clear(&b.text);
  out->sentences = b.sentences;
  out->sentence_count = b.count;
  if (sentences) *sentences = b.sentences;
  return status;
}
