/* Learning lemmas: the rule that most words with an ending and a tag follow; endings whose rule is
   that of the next shorter one are left out, and so are words that the endings get right. */
#include "graph/memory.h"
#include "input/train/train.h"

#include <stdlib.h>

typedef struct Vote {
  uint64_t key;
  uint16_t value; /* rule, or feats */
} Vote;

typedef struct Ballot {
  Vote *items;
  size_t count, capacity;
} Ballot;

typedef struct Strings {
  Slice *items;
  size_t count, capacity;
} Strings;

static Status add_vote(Ballot *ballot, uint64_t key, uint16_t value)
{
  Vote *const items =
      memory_grow(ballot->items, &ballot->capacity, ballot->count, 1, sizeof *items);
  if (!items) return STATUS_MEMORY;
  ballot->items = items;
  items[ballot->count++] = (Vote){key, value};
  return STATUS_OK;
}

static Status intern(uint16_t *out, Strings *strings, Slice text, Arena *arena)
{
  for (size_t i = 0; i < strings->count; i++) {
    *out = (uint16_t)i;
    if (slice_equal(strings->items[i], text)) return STATUS_OK;
  }
  if (strings->count == LEMMA_RULES) return STATUS_LIMIT;
  Slice *const items =
      memory_grow(strings->items, &strings->capacity, strings->count, 1, sizeof *items);
  if (!items) return STATUS_MEMORY;
  strings->items = items;
  *out = (uint16_t)strings->count;
  return arena_copy(&items[strings->count++], arena, text);
}

static size_t common_prefix(Slice a, Slice b)
{
  size_t n = 0;
  while (n < a.len && n < b.len && a.ptr[n] == b.ptr[n]) n++;
  while (n > 0 && n < a.len && ((unsigned char)a.ptr[n] & 0xC0) == 0x80) n--;
  return n;
}

/* Write the rule that makes LEMMA of FORM as a line of the section; false if there is none. */
static bool write_rule(Buffer *out, Slice form, Slice lower, Slice lemma)
{
  const size_t low = common_prefix(lower, lemma), kept = common_prefix(form, lemma);
  const bool keep_case = kept > low;
  const Slice base = keep_case ? form : lower;
  const size_t n = keep_case ? kept : low;
  if (base.len - n > 99 || lemma.len - n > 60) return false;
  out->count = 0;
  return buffer_printf(out, "%d%02zu%.*s", keep_case, base.len - n, (int)(lemma.len - n),
                       lemma.ptr + n) == STATUS_OK;
}

typedef struct Learning {
  Ballot words, endings, feats, tag_feats;
  Strings rules, feat_strings;
  Arena *arena;
} Learning;

static Status learn_token(Learning *l, const Token *token, uint8_t tag)
{
  char low[LEMMA_LONGEST];
  if (tag == TAG_EDGE || token->form.len > 200 || slice_is(token->lemma, "_")) return STATUS_OK;
  const Slice lower = {low, word_lower(low, sizeof low, token->form)};
  Buffer line = BUFFER_EMPTY;
  uint16_t rule, feats;
  Status status = intern(&feats, &l->feat_strings, token->feats, l->arena);
  if (status == STATUS_OK) status = add_vote(&l->feats, lemma_word_key(lower, tag), feats);
  if (status == STATUS_OK) status = add_vote(&l->tag_feats, lemma_ending_key(lower, 0, tag), feats);
  if (status == STATUS_OK && write_rule(&line, token->form, lower, token->lemma)) {
    status = intern(&rule, &l->rules, buffer_as_slice(&line), l->arena);
    if (status == STATUS_OK) status = add_vote(&l->words, lemma_word_key(token->form, tag), rule);
    for (size_t n = 0; n <= LEMMA_ENDING && n <= lower.len && status == STATUS_OK; n++) {
      status = add_vote(&l->endings, lemma_ending_key(lower, n, tag), rule);
    }
  }
  buffer_clear(&line);
  return status;
}

static int compare_votes(const void *a, const void *b)
{
  const Vote *const x = a, *const y = b;
  if (x->key != y->key) return x->key < y->key ? -1 : 1;
  return (x->value > y->value) - (x->value < y->value);
}

/* Keep one vote a key, the most frequent; those with fewer than LEAST votes go. */
static void decide(Ballot *ballot, size_t least)
{
  if (ballot->count) qsort(ballot->items, ballot->count, sizeof *ballot->items, compare_votes);
  size_t kept = 0;
  for (size_t i = 0, n; i < ballot->count; i += n) {
    const uint64_t key = ballot->items[i].key;
    size_t most = 0, best = i;
    for (n = 0; i + n < ballot->count && ballot->items[i + n].key == key;) {
      const size_t at = i + n;
      size_t run = 0;
      while (at + run < ballot->count && ballot->items[at + run].key == key &&
             ballot->items[at + run].value == ballot->items[at].value) {
        run++;
      }
      if (run > most) {
        most = run;
        best = at;
      }
      n += run;
    }
    const Vote winner = ballot->items[best];
    if (most >= least) ballot->items[kept++] = winner;
  }
  ballot->count = kept;
}

static int look_up(const Ballot *ballot, uint64_t key)
{
  size_t low = 0, high = ballot->count;
  while (low < high) {
    const size_t middle = (low + high) / 2;
    if (ballot->items[middle].key < key) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low < ballot->count && ballot->items[low].key == key ? ballot->items[low].value : -1;
}

typedef struct Cells {
  SparseCell *items;
  size_t count, capacity;
} Cells;

static Status add_cell(Cells *cells, uint64_t key, uint8_t label, int value)
{
  for (size_t i = cells->count; i-- > 0 && i + 8 > cells->count;) {
    if (cells->items[i].feature == key && cells->items[i].label == label) return STATUS_OK;
  }
  SparseCell *const items =
      memory_grow(cells->items, &cells->capacity, cells->count, 1, sizeof *items);
  if (!items) return STATUS_MEMORY;
  cells->items = items;
  items[cells->count++] = (SparseCell){key, (int16_t)value, label};
  return STATUS_OK;
}

/* What the endings of LOWER no longer than LONGEST say. */
static int rule_by_ending(const Ballot *endings, Slice lower, uint8_t tag, size_t longest)
{
  for (size_t n = (lower.len < longest ? lower.len : longest) + 1; n-- > 0;) {
    const int rule = look_up(endings, lemma_ending_key(lower, n, tag));
    if (rule >= 0) return rule;
  }
  return -1;
}

static Status write_token(Cells *cells, const Learning *l, const Token *token, uint8_t tag)
{
  char low[LEMMA_LONGEST];
  if (tag == TAG_EDGE || token->form.len > 200) return STATUS_OK;
  const Slice lower = {low, word_lower(low, sizeof low, token->form)};
  for (size_t n = 0; n <= LEMMA_ENDING && n <= lower.len; n++) {
    const uint64_t key = lemma_ending_key(lower, n, tag);
    const int rule = look_up(&l->endings, key);
    if (rule < 0) continue;
    if (n && rule_by_ending(&l->endings, lower, tag, n - 1) == rule) continue;
    TRY(add_cell(cells, key, LEMMA_RULE, rule));
  }
  const int own = look_up(&l->words, lemma_word_key(token->form, tag));
  if (own >= 0 && own != rule_by_ending(&l->endings, lower, tag, LEMMA_ENDING)) {
    TRY(add_cell(cells, lemma_word_key(token->form, tag), LEMMA_RULE, own));
  }
  const int usual = look_up(&l->tag_feats, lemma_ending_key(lower, 0, tag));
  const int feats = look_up(&l->feats, lemma_word_key(lower, tag));
  if (usual >= 0) TRY(add_cell(cells, lemma_ending_key(lower, 0, tag), LEMMA_FEATS, usual));
  if (feats >= 0 && feats != usual) {
    TRY(add_cell(cells, lemma_word_key(lower, tag), LEMMA_FEATS, feats));
  }
  return STATUS_OK;
}

static int compare_cells(const void *a, const void *b)
{
  const SparseCell *const x = a, *const y = b;
  if (x->feature != y->feature) return x->feature < y->feature ? -1 : 1;
  return (x->label > y->label) - (x->label < y->label);
}

static Status write_cells(Buffer *out, Cells *cells)
{
  if (cells->count) qsort(cells->items, cells->count, sizeof *cells->items, compare_cells);
  size_t n = 0;
  for (size_t i = 0; i < cells->count; i++) {
    if (n && compare_cells(&cells->items[n - 1], &cells->items[i]) == 0) continue;
    cells->items[n++] = cells->items[i];
  }
  return sparse_make(out, cells->items, n);
}

static Status write_strings(Buffer *out, const Strings *strings)
{
  for (size_t i = 0; i < strings->count; i++) {
    TRY(buffer_slice(out, strings->items[i]));
    TRY(buffer_text(out, "\n"));
  }
  return STATUS_OK;
}

typedef Status (*TokenVisitor)(void *handle, const Token *token, uint8_t tag);

static Status each_token(const Corpus *corpus, TokenVisitor visit, void *handle)
{
  for (size_t i = 0; i < corpus->count; i++) {
    const Example *const e = &corpus->items[i];
    for (size_t k = 0; k < e->sentence.count && !e->names_only && !e->echo; k++) {
      TRY(visit(handle, &e->sentence.tokens[k], e->gold[k]));
    }
  }
  return STATUS_OK;
}

static Status visit_learn(void *handle, const Token *token, uint8_t tag)
{
  return learn_token(handle, token, tag);
}

typedef struct Writing {
  const Learning *learning;
  Cells cells;
} Writing;

static Status visit_write(void *handle, const Token *token, uint8_t tag)
{
  Writing *const writing = handle;
  return write_token(&writing->cells, writing->learning, token, tag);
}

Status train_lemmas(Buffer *lemmas, Buffer *rules, Buffer *feats, const Corpus *corpus,
                    Arena *arena)
{
  Learning l = {.arena = arena};
  Writing writing = {&l, {NULL, 0, 0}};
  Status status = each_token(corpus, visit_learn, &l);
  decide(&l.words, 1);
  decide(&l.endings, 2);
  decide(&l.feats, 2);
  decide(&l.tag_feats, 1);
  if (status == STATUS_OK) status = each_token(corpus, visit_write, &writing);
  if (status == STATUS_OK) status = write_cells(lemmas, &writing.cells);
  if (status == STATUS_OK) status = write_strings(rules, &l.rules);
  if (status == STATUS_OK) status = write_strings(feats, &l.feat_strings);
  memory_free(l.words.items, 0);
  memory_free(l.endings.items, 0);
  memory_free(l.feats.items, 0);
  memory_free(l.tag_feats.items, 0);
  memory_free(l.rules.items, 0);
  memory_free(l.feat_strings.items, 0);
  memory_free(writing.cells.items, 0);
  return status;
}
