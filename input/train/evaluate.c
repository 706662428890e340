/* Measuring a model on a treebank with its own tokens, as the trainer's user wants to see it. */
#include "graph/memory.h"
#include "input/analyser.h"
#include "input/train/train.h"

#include <time.h>

typedef struct Counts {
  size_t words, upos, xpos, feats, lemma, head, label, full;
  size_t names_right, names_gold, names_found;
} Counts;

static double seconds(void)
{
  struct timespec now;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

static Status bare_copy(Sentence *out, const Sentence *gold, Arena *arena)
{
  *out = *gold;
  out->tokens = arena_array(arena, gold->count, sizeof *out->tokens);
  if (!out->tokens) return STATUS_MEMORY;
  for (size_t i = 0; i < gold->count; i++) {
    out->tokens[i].form = gold->tokens[i].form;
    out->tokens[i].space_after = gold->tokens[i].space_after;
  }
  return STATUS_OK;
}

static bool same_lower(Slice a, Slice b)
{
  char x[256], y[256];
  const Slice p = {x, word_lower(x, sizeof x, a)}, q = {y, word_lower(y, sizeof y, b)};
  return slice_equal(p, q);
}

static void count_words(Counts *c, const Sentence *gold, const Sentence *found)
{
  for (size_t i = 0; i < gold->count; i++) {
    const Token *const g = &gold->tokens[i], *const f = &found->tokens[i];
    const bool head = g->head == f->head;
    c->words++;
    c->upos += g->upos == f->upos;
    c->xpos += slice_equal(g->xpos, f->xpos);
    c->feats += slice_equal(g->feats, f->feats);
    c->lemma += slice_is(g->lemma, "_") || same_lower(g->lemma, f->lemma);
    c->head += head;
    c->label += head && deprel_base((Deprel)g->deprel) == deprel_base((Deprel)f->deprel);
    c->full += head && g->deprel == f->deprel;
  }
}

/* Where the name that begins at I ends; I if none does. */
static size_t name_end(const Sentence *s, size_t i)
{
  const uint8_t type = s->tokens[i].ner;
  const bool begins = s->tokens[i].ner_begins || i == 0 || s->tokens[i - 1].ner != type;
  if (type == NER_O || type == NER_MISC || !begins) return i;
  size_t end = i + 1;
  while (end < s->count && s->tokens[end].ner == type && !s->tokens[end].ner_begins) end++;
  return end;
}

static void count_names(Counts *c, const Sentence *gold, const Sentence *found)
{
  for (size_t i = 0; i < gold->count; i++) {
    const size_t g = name_end(gold, i), f = name_end(found, i);
    c->names_gold += g > i;
    c->names_found += f > i;
    c->names_right += g > i && g == f && gold->tokens[i].ner == found->tokens[i].ner;
  }
}

static double percent(size_t a, size_t b)
{
  return b ? 100.0 * (double)a / (double)b : 0.0;
}

typedef struct Trial {
  const Analyser *analyser;
  AnalyserSpace *space;
  Sentence *found;
  const Corpus *corpus;
  Arena arena;
  double tag, names, parse;
} Trial;

static Status run_names(Trial *t)
{
  const Corpus *const corpus = t->corpus;
  for (size_t i = 0, n; i < corpus->count; i += n) {
    for (n = 1; i + n < corpus->count; n++) {
      if (corpus->items[i + n].document != corpus->items[i].document) break;
    }
    TRY(analyser_names(t->analyser, t->space, t->found + i, n));
  }
  return STATUS_OK;
}

static Status run_trial(Trial *t, AnalyserMode mode)
{
  const size_t count = t->corpus->count;
  for (size_t i = 0; i < count; i++) {
    TRY(bare_copy(&t->found[i], &t->corpus->items[i].sentence, &t->arena));
  }
  const double start = seconds();
  for (size_t i = 0; i < count; i++) {
    TRY(analyser_tag(t->analyser, t->space, &t->found[i], &t->arena));
  }
  const double tagged = seconds();
  TRY(run_names(t));
  const double named = seconds();
  for (size_t i = 0; i < count; i++) {
    TRY(analyser_parse(t->analyser, t->space, &t->found[i], &t->arena, mode));
  }
  t->tag = tagged - start;
  t->names = named - tagged;
  t->parse = seconds() - named;
  return STATUS_OK;
}

static void report_trial(const Trial *t, const char *path, AnalyserMode mode, const Report *sink)
{
  Counts c = {0};
  for (size_t i = 0; i < t->corpus->count; i++) {
    count_words(&c, &t->corpus->items[i].sentence, &t->found[i]);
    count_names(&c, &t->corpus->items[i].sentence, &t->found[i]);
  }
  const double w = (double)c.words;
  report(
      sink, SEVERITY_NOTE, path, 0, 0,
      "%s UPOS %.2f XPOS %.2f FEATS %.2f lemma %.2f UAS %.2f LAS %.2f (subtypes too %.2f) NER %.2f"
      " (P %.1f R %.1f); words/s: tags %.0f names %.0f trees %.0f",
      mode == ANALYSE_FAST ? "fast" : "full", percent(c.upos, c.words), percent(c.xpos, c.words),
      percent(c.feats, c.words), percent(c.lemma, c.words), percent(c.head, c.words),
      percent(c.label, c.words), percent(c.full, c.words),
      percent(2 * c.names_right, c.names_gold + c.names_found),
      percent(c.names_right, c.names_found), percent(c.names_right, c.names_gold), w / t->tag,
      w / t->names, w / t->parse);
}

static Status evaluate_mode(const Analyser *analyser, const Corpus *corpus, const char *path,
                            AnalyserMode mode, const Report *sink)
{
  Trial t = {.analyser = analyser, .corpus = corpus, .arena = ARENA_EMPTY};
  t.found = memory_zero(corpus->count * sizeof *t.found);
  Status status = t.found ? analyser_space_new(&t.space, analyser) : STATUS_MEMORY;
  if (status == STATUS_OK) status = run_trial(&t, mode);
  if (status == STATUS_OK) report_trial(&t, path, mode, sink);
  analyser_space_free(t.space);
  arena_clear(&t.arena);
  memory_free(t.found, 0);
  return status;
}

Status evaluate(Slice model, const char *path, const Report *sink)
{
  Analyser *analyser = NULL;
  Corpus corpus = {.items = NULL};
  Status status = analyser_new(&analyser, model, NULL, sink);
  if (status == STATUS_OK) status = corpus_read_treebank(&corpus, path, sink);
  if (status == STATUS_OK) status = evaluate_mode(analyser, &corpus, path, ANALYSE_FULL, sink);
  if (status == STATUS_OK) status = evaluate_mode(analyser, &corpus, path, ANALYSE_FAST, sink);
  analyser_free(analyser);
  corpus_clear(&corpus);
  return status;
}
