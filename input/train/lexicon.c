/* The lexicon: for each word of the free text and the treebanks its cluster, for each lower-case
   form how often it has a capital inside sentences, and for each word of the treebanks that is not
   rare the class of its tags. */
#include "graph/memory.h"
#include "input/train/exchange.h"
#include "input/train/train.h"

#include <stdlib.h>

#define CLUSTERS 640
#define CLUSTER_ROUNDS 8
#define SEEN_AT_LEAST 4 /* times, to have a cluster */
#define TAGS_AT_LEAST 4 /* times, to have a class of tags */

typedef struct Cells {
  SparseCell *items;
  size_t count, capacity;
} Cells;

static Status add_cell(Cells *cells, uint64_t feature, uint8_t label, size_t value)
{
  SparseCell *const items =
      memory_grow(cells->items, &cells->capacity, cells->count, 1, sizeof *items);
  if (!items) return STATUS_MEMORY;
  cells->items = items;
  items[cells->count++] = (SparseCell){feature, (int16_t)value, label};
  return STATUS_OK;
}

/* ---- clusters ---- */

typedef struct Ranked {
  uint32_t word, times;
} Ranked;

static int compare_ranked(const void *a, const void *b)
{
  const Ranked *const x = a, *const y = b;
  if (x->times != y->times) return x->times > y->times ? -1 : 1;
  return (x->word > y->word) - (x->word < y->word);
}

/* Words by falling frequency; returns how many are frequent enough. */
static size_t rank_words(Ranked *ranked, const Text *text)
{
  const size_t words = vocabulary_size(text->vocabulary);
  for (size_t i = 0; i < words; i++) ranked[i].word = (uint32_t)i;
  for (size_t i = 0; i < text->count; i++) {
    if (text->tokens[i] != TEXT_BREAK) ranked[text->tokens[i]].times++;
  }
  qsort(ranked, words, sizeof *ranked, compare_ranked);
  size_t n = 0;
  while (n < words && ranked[n].times >= SEEN_AT_LEAST) n++;
  return n;
}

/* Neighbouring words; item N stands for the edge of a sentence and for all rare words. */
static size_t pair_words(Pair *pairs, const Text *text, const uint32_t *item_of, uint32_t edge)
{
  size_t n = 0;
  uint32_t last = edge;
  for (size_t i = 0; i < text->count; i++) {
    const uint32_t word = text->tokens[i];
    const uint32_t item = word == TEXT_BREAK ? edge : item_of[word];
    if (item != edge || last != edge) pairs[n++] = (Pair){last, item, 1};
    last = item;
  }
  return n;
}

static Status cluster_bigrams(Bigrams *out, const Text *text, const Ranked *ranked, size_t items)
{
  const size_t words = vocabulary_size(text->vocabulary);
  uint32_t *const item_of = memory_zero(words * sizeof *item_of);
  Pair *const pairs = memory_zero((text->count + 1) * sizeof *pairs);
  Status status = item_of && pairs ? STATUS_OK : STATUS_MEMORY;
  if (status == STATUS_OK) {
    for (size_t i = 0; i < words; i++) item_of[i] = (uint32_t)items;
    for (size_t i = 0; i < items; i++) item_of[ranked[i].word] = (uint32_t)i;
    const size_t count = pair_words(pairs, text, item_of, (uint32_t)items);
    status = bigrams_make(out, pairs, count, items + 1);
  }
  memory_free(item_of, 0);
  memory_free(pairs, 0);
  return status;
}

/* Group the clusters themselves in the same way, COUNT groups; -1 in GROUPS + 1 is never used. */
static Status group_clusters(uint16_t *groups, const Bigrams *words, const uint16_t *classes,
                             size_t clusters, size_t count)
{
  Pair *const pairs = memory_zero((words->after.start[words->items] + 1) * sizeof *pairs);
  if (!pairs) return STATUS_MEMORY;
  size_t n = 0;
  for (size_t item = 0; item < words->items; item++) {
    for (uint32_t i = words->after.start[item]; i < words->after.start[item + 1]; i++) {
      pairs[n++] = (Pair){classes[item], classes[words->after.other[i]], words->after.times[i]};
    }
  }
  Bigrams bigrams = {.items = 0};
  Status status = bigrams_make(&bigrams, pairs, n, clusters);
  if (status == STATUS_OK) status = exchange(groups, &bigrams, count, 30);
  bigrams_clear(&bigrams);
  memory_free(pairs, 0);
  return status;
}

static Status write_groups(Buffer *out, const Bigrams *bigrams, const uint16_t *classes)
{
  static const size_t sizes[WORD_LEVELS] = {16, 64, 256};
  uint16_t groups[WORD_LEVELS][CLUSTERS] = {{0}};
  for (size_t level = 0; level < WORD_LEVELS; level++) {
    TRY(group_clusters(groups[level], bigrams, classes, CLUSTERS, sizes[level]));
  }
  for (size_t cluster = 0; cluster <= CLUSTERS; cluster++) {
    for (size_t level = 0; level < WORD_LEVELS; level++) {
      const uint16_t group = cluster ? (uint16_t)(groups[level][cluster - 1] + 1) : 0;
      TRY(buffer_add(out, &group, sizeof group));
    }
  }
  return STATUS_OK;
}

static Status add_clusters(Cells *cells, const Text *text, const Ranked *ranked,
                           const uint16_t *classes, size_t items)
{
  for (size_t i = 0; i < items; i++) {
    const Slice word = vocabulary_word(text->vocabulary, ranked[i].word);
    TRY(add_cell(cells, word_key(form_hash(word)), WORD_CLUSTER, classes[i] + 1u));
  }
  return STATUS_OK;
}

static Status cluster_words(Cells *cells, Buffer *clusters, const Text *text, const Report *sink)
{
  Bigrams bigrams = {.items = 0};
  Ranked *const ranked = memory_zero(vocabulary_size(text->vocabulary) * sizeof *ranked);
  if (!ranked) return STATUS_MEMORY;
  const size_t items = rank_words(ranked, text);
  report(sink, SEVERITY_NOTE, NULL, 0, 0, "clusters: %zu tokens, %zu of %zu words", text->count,
         items, vocabulary_size(text->vocabulary));
  uint16_t *const classes = memory_zero((items + 1) * sizeof *classes);
  Status status = classes ? cluster_bigrams(&bigrams, text, ranked, items) : STATUS_MEMORY;
  if (status == STATUS_OK) status = exchange(classes, &bigrams, CLUSTERS, CLUSTER_ROUNDS);
  if (status == STATUS_OK) status = write_groups(clusters, &bigrams, classes);
  if (status == STATUS_OK) status = add_clusters(cells, text, ranked, classes, items);
  bigrams_clear(&bigrams);
  memory_free(classes, 0);
  memory_free(ranked, 0);
  return status;
}

/* ---- capitals ---- */

typedef struct CapsEntry {
  uint32_t lower; /* hash */
  bool capital;
} CapsEntry;

static int compare_caps(const void *a, const void *b)
{
  const CapsEntry *const x = a, *const y = b;
  return (x->lower > y->lower) - (x->lower < y->lower);
}

static uint32_t lower_hash(Slice word)
{
  char lower[64] = "";
  const size_t size = word_lower(lower, sizeof lower, word);
  return form_hash((Slice){lower, size});
}

static bool starts_upper(Slice word)
{
  WordFacts facts;
  word_facts(&facts, NULL, word);
  return facts.upper;
}

static bool is_letter(char c)
{
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (unsigned char)c >= 0x80;
}

/* Words that follow a lower-case word: there a capital means something. */
static size_t collect_caps(CapsEntry *out, const Text *text, const CapsEntry *facts)
{
  size_t n = 0;
  for (size_t i = 1; i < text->count; i++) {
    const uint32_t word = text->tokens[i], last = text->tokens[i - 1];
    if (word == TEXT_BREAK || last == TEXT_BREAK || facts[last].capital) continue;
    if (!is_letter(vocabulary_word(text->vocabulary, last).ptr[0])) continue;
    if (!is_letter(vocabulary_word(text->vocabulary, word).ptr[0])) continue;
    out[n++] = facts[word];
  }
  return n;
}

static size_t caps_class(size_t capitals, size_t all)
{
  if (all < 3) return 0;
  const size_t percent = capitals * 100 / all;
  return percent < 2    ? 1
         : percent < 20 ? 2
         : percent < 60 ? 3
         : percent < 90 ? 4
         : percent < 98 ? 5
                        : 6;
}

static Status add_caps_classes(Cells *cells, const CapsEntry *entries, size_t count)
{
  for (size_t i = 0, n; i < count; i += n) {
    size_t capitals = 0;
    for (n = 0; i + n < count && entries[i + n].lower == entries[i].lower; n++) {
      capitals += entries[i + n].capital;
    }
    const size_t class = caps_class(capitals, n);
    if (class) TRY(add_cell(cells, word_caps_key(entries[i].lower), WORD_CAPS, class));
  }
  return STATUS_OK;
}

static Status count_caps(Cells *cells, const Text *text)
{
  const size_t words = vocabulary_size(text->vocabulary);
  CapsEntry *const facts = memory_zero(words * sizeof *facts);
  CapsEntry *const entries = memory_zero(text->count * sizeof *entries);
  Status status = facts && entries ? STATUS_OK : STATUS_MEMORY;
  if (status == STATUS_OK) {
    for (size_t i = 0; i < words; i++) {
      const Slice word = vocabulary_word(text->vocabulary, (uint32_t)i);
      facts[i] = (CapsEntry){lower_hash(word), starts_upper(word)};
    }
    const size_t count = collect_caps(entries, text, facts);
    qsort(entries, count, sizeof *entries, compare_caps);
    status = add_caps_classes(cells, entries, count);
  }
  memory_free(facts, 0);
  memory_free(entries, 0);
  return status;
}

/* ---- tags ---- */

typedef struct TagEntry {
  uint64_t key;
  uint8_t tag;
} TagEntry;

static int compare_tags(const void *a, const void *b)
{
  const TagEntry *const x = a, *const y = b;
  if (x->key != y->key) return x->key < y->key ? -1 : 1;
  return (x->tag > y->tag) - (x->tag < y->tag);
}

/* A hash of the tags that make up a tenth or more of the COUNT entries of one word. */
static size_t tag_class(const TagEntry *entries, size_t count)
{
  uint64_t hash = 17;
  for (size_t i = 0, n; i < count; i += n) {
    for (n = 0; i + n < count && entries[i + n].tag == entries[i].tag; n++) continue;
    if (n * 10 < count) continue;
    hash = feature_mix(hash, entries[i].tag + (n * 10 > count * 6 ? 256u : 0u));
  }
  return 1 + hash % 32000;
}

static Status add_tag_classes(Cells *cells, TagEntry *entries, size_t count)
{
  qsort(entries, count, sizeof *entries, compare_tags);
  for (size_t i = 0, n; i < count; i += n) {
    for (n = 0; i + n < count && entries[i + n].key == entries[i].key; n++) continue;
    if (n < TAGS_AT_LEAST) continue;
    TRY(add_cell(cells, entries[i].key, WORD_TAGS, tag_class(entries + i, n)));
  }
  return STATUS_OK;
}

static Status count_tags(Cells *cells, const Corpus *corpus)
{
  size_t words = 0, n = 0;
  for (size_t i = 0; i < corpus->count; i++) words += corpus->items[i].sentence.count;
  TagEntry *const entries = memory_zero(words * sizeof *entries);
  if (!entries) return STATUS_MEMORY;
  for (size_t i = 0; i < corpus->count; i++) {
    const Example *const e = &corpus->items[i];
    for (size_t k = 0; k < e->sentence.count && !e->names_only && !e->echo; k++) {
      if (e->gold[k] == TAG_EDGE) continue;
      const uint32_t hash = word_look_up_hash(e->sentence.tokens[k].form);
      entries[n++] = (TagEntry){word_key(hash), e->gold[k]};
    }
  }
  const Status status = add_tag_classes(cells, entries, n);
  memory_free(entries, 0);
  return status;
}

Status train_words(Buffer *words, Buffer *clusters, const Text *text, const Corpus *corpus,
                   const TagSet *tags, const Report *sink)
{
  (void)tags;
  Cells cells = {NULL, 0, 0};
  Status status = cluster_words(&cells, clusters, text, sink);
  if (status == STATUS_OK) status = count_caps(&cells, text);
  if (status == STATUS_OK) status = count_tags(&cells, corpus);
  if (status == STATUS_OK) status = sparse_make(words, cells.items, cells.count);
  memory_free(cells.items, 0);
  return status;
}

typedef struct TagCount {
  uint8_t upos;
  Slice xpos;
  size_t times;
} TagCount;

static int compare_counts(const void *a, const void *b)
{
  const TagCount *const x = a, *const y = b;
  if (x->times != y->times) return x->times > y->times ? -1 : 1;
  if (x->upos != y->upos) return x->upos < y->upos ? -1 : 1;
  return slice_compare(x->xpos, y->xpos);
}

#define RARE_TAG 5

Status train_tag_set(Buffer *out, const Corpus *corpus)
{
  TagCount counts[1024] = {0};
  size_t n = 0;
  for (size_t i = 0; i < corpus->count; i++) {
    const Example *const e = &corpus->items[i];
    for (size_t k = 0; k < e->sentence.count && !e->names_only && !e->echo; k++) {
      const Token *const t = &e->sentence.tokens[k];
      size_t at = 0;
      while (at < n && (counts[at].upos != t->upos || !slice_equal(counts[at].xpos, t->xpos))) at++;
      if (at == n && n < 1024) counts[n++] = (TagCount){t->upos, t->xpos, 0};
      if (at < n) counts[at].times++;
    }
  }
  qsort(counts, n, sizeof *counts, compare_counts);
  for (size_t i = 0; i < n && i < TAG_LIMIT && counts[i].times >= RARE_TAG; i++) {
    TRY(buffer_printf(out, "%s %.*s\n", upos_name((Upos)counts[i].upos),
                      SLICE_ARGS(counts[i].xpos)));
  }
  return STATUS_OK;
}
