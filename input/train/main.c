/* The trainer: train-model [-o MODEL] [-p PARTS] [-r ROUNDS] [-w TAGS] TREEBANK TEXT, or
   train-model -e [-o MODEL] TREEBANK-FILE... to measure. Reads the
   training parts of the treebanks and the free text, writes a model. PARTS ("words lemmas taggers
   names network fast", by default all) are trained, the rest is taken from MODEL as it is; the
   section of the extraction is kept. */
#include "graph/memory.h"
#include "input/analyser.h"
#include "input/train/train.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

enum {
  WORDS,
  CLUSTERS,
  TAGS,
  LEMMAS,
  RULES,
  FEATS,
  TAGGER,
  TAGGER_2,
  NAMES,
  NETWORK,
  PARSER_FAST,
  SECTIONS
};
static const char *const section_names[SECTIONS] = {"words", "clusters", "tags",       "lemmas",
                                                    "rules", "feats",    "tagger",     "tagger2",
                                                    "names", "network",  "parser-fast"};

/* Unless -r says otherwise. */
#define NETWORK_ROUNDS 14
#define FAST_ROUNDS 10

typedef struct Training {
  bool measure, whole;
  const char *from;
  const char *treebank, *text, *model, *parts, *kept_tags;
  size_t rounds;
  Corpus corpus;
  Arena arena;
  Buffer old_bytes;
  Model old;
  Buffer sections[SECTIONS];
  Words words;
  TagSet tags;
} Training;

static void print_message(void *handle, const Message *message)
{
  struct timespec now;
  (void)handle;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  fprintf(stderr, "%5ld s  %s%s%s\n", (long)now.tv_sec, message->file ? message->file : "",
          message->file ? ": " : "", message->text);
}

static const Report talk = {print_message, NULL};

static bool wanted(const Training *t, const char *part)
{
  return !t->parts || strstr(t->parts, part);
}

static Status keep_old(Training *t, int section)
{
  const Slice content = model_section(&t->old, section_names[section]);
  if (!content.ptr) {
    report(&talk, SEVERITY_ERROR, t->from, 0, 0, "has no section %s to keep",
           section_names[section]);
    return STATUS_NOT_FOUND;
  }
  return buffer_slice(&t->sections[section], content);
}

static Status read_treebanks(Training *t)
{
  static const char *const files[] = {"ewt-train.conllu.xz", "gum-train.conllu.xz"};
  char path[1024];
  for (size_t i = 0; i < 2; i++) {
    snprintf(path, sizeof path, "%s/%s", t->treebank, files[i]);
    TRY(corpus_read_treebank(&t->corpus, path, &talk));
  }
  snprintf(path, sizeof path, "%s/wikigold.conll.txt.xz", t->treebank);
  TRY(corpus_read_names(&t->corpus, path, &talk));
  return corpus_add_echoes(&t->corpus);
}

static Status read_text(Text *text, const Training *t)
{
  static const char *const files[] = {"current-events.txt.xz", "white-house.txt.xz",
                                      "state-historian.txt.xz", "presidents.txt.xz"};
  char path[1024];
  TRY(text_add_corpus(text, &t->corpus));
  for (size_t i = 0; i < 4; i++) {
    snprintf(path, sizeof path, "%s/%s", t->text, files[i]);
    if (access(path, R_OK) == 0) TRY(text_add_file(text, path, &talk));
  }
  return STATUS_OK;
}

/* A view of the lexicon that has just been made, as the analyser will have it. */
static Status use_lexicon(Training *t)
{
  const ModelSection sections[] = {{"words", buffer_as_slice(&t->sections[WORDS])},
                                   {"clusters", buffer_as_slice(&t->sections[CLUSTERS])}};
  Buffer file = BUFFER_EMPTY;
  Slice bytes;
  Model model;
  Status status = model_write(&file, sections, 2);
  if (status == STATUS_OK) status = arena_copy(&bytes, &t->arena, buffer_as_slice(&file));
  if (status == STATUS_OK) status = model_open(&model, bytes, &talk);
  if (status == STATUS_OK) status = words_open(&t->words, &model);
  buffer_clear(&file);
  return status;
}

static Status make_words(Training *t)
{
  if (!wanted(t, "words")) {
    TRY(keep_old(t, TAGS));
    TRY(keep_old(t, WORDS));
    TRY(keep_old(t, CLUSTERS));
  } else {
    TRY(train_tag_set(&t->sections[TAGS], &t->corpus));
  }
  TRY(tag_set_read(&t->tags, buffer_as_slice(&t->sections[TAGS])));
  corpus_set_tags(&t->corpus, &t->tags);
  if (wanted(t, "words")) {
    Text text = {.tokens = NULL};
    Status status = read_text(&text, t);
    if (status == STATUS_OK) {
      status = train_words(&t->sections[WORDS], &t->sections[CLUSTERS], &text, &t->corpus, &t->tags,
                           &talk);
    }
    text_clear(&text);
    TRY(status);
  }
  TRY(use_lexicon(t));
  return corpus_look_up(&t->corpus, &t->words);
}

static Status make_lemmas(Training *t)
{
  if (wanted(t, "lemmas")) {
    return train_lemmas(&t->sections[LEMMAS], &t->sections[RULES], &t->sections[FEATS], &t->corpus,
                        &t->arena);
  }
  TRY(keep_old(t, LEMMAS));
  TRY(keep_old(t, RULES));
  return keep_old(t, FEATS);
}

static Status write_tags(const Training *t)
{
  Buffer out = BUFFER_EMPTY;
  for (size_t i = 0; i < t->corpus.count; i++) {
    const Example *const e = &t->corpus.items[i];
    TRY(buffer_add(&out, e->first, e->sentence.count));
    TRY(buffer_add(&out, e->tags, e->sentence.count));
  }
  const Status status = model_write_file(t->kept_tags, buffer_as_slice(&out), &talk);
  buffer_clear(&out);
  return status;
}

static Status read_tags(Training *t)
{
  Buffer in = BUFFER_EMPTY;
  TRY(model_read_file(&in, t->kept_tags, &talk));
  size_t at = 0;
  for (size_t i = 0; i < t->corpus.count; i++) {
    const Example *const e = &t->corpus.items[i];
    const size_t n = e->sentence.count;
    if (at + 2 * n > in.count) return STATUS_INPUT;
    memcpy(e->first, in.bytes + at, n);
    memcpy(e->tags, in.bytes + at + n, n);
    at += 2 * n;
  }
  buffer_clear(&in);
  return STATUS_OK;
}

static Status make_taggers(Training *t)
{
  if (!wanted(t, "taggers")) {
    TRY(keep_old(t, TAGGER));
    TRY(keep_old(t, TAGGER_2));
    return t->kept_tags ? read_tags(t) : STATUS_OK;
  }
  TRY(train_taggers(&t->sections[TAGGER], &t->sections[TAGGER_2], &t->corpus, &t->tags, &talk));
  return t->kept_tags ? write_tags(t) : STATUS_OK;
}

static Status make_network(Training *t)
{
  Text text = {.tokens = NULL};
  WordVectors vectors = {.rows = NULL};
  Status status = read_text(&text, t);
  if (status == STATUS_OK) status = train_vectors(&vectors, &text, &talk);
  text_clear(&text);
  if (status == STATUS_OK) {
    status = train_network(&t->sections[NETWORK], &t->corpus, &vectors,
                           t->rounds ? t->rounds : NETWORK_ROUNDS, &talk);
  }
  word_vectors_clear(&vectors);
  return status;
}

static Status make_rest(Training *t)
{
  TRY(wanted(t, "names") ? train_names(&t->sections[NAMES], &t->corpus, &talk)
                         : keep_old(t, NAMES));
  TRY(wanted(t, "fast") ? train_fast_parser(&t->sections[PARSER_FAST], &t->corpus,
                                            t->rounds ? t->rounds : FAST_ROUNDS, &talk)
                        : keep_old(t, PARSER_FAST));
  return wanted(t, "network") ? make_network(t) : keep_old(t, NETWORK);
}

/* So that the whole is below 14 MB. */
static const size_t budgets[SECTIONS] = {
    [TAGGER] = 2000000, [TAGGER_2] = 2000000, [NAMES] = 1000000, [PARSER_FAST] = 1500000};

static Status shrink_sections(Training *t)
{
  for (int i = 0; i < SECTIONS && !t->whole; i++) {
    if (budgets[i]) TRY(shrink_weights(&t->sections[i], budgets[i], section_names[i], &talk));
  }
  return STATUS_OK;
}

static Status write_model(const Training *t)
{
  ModelSection all[SECTIONS + 1];
  size_t count = 0;
  for (; count < SECTIONS; count++) {
    all[count] = (ModelSection){section_names[count], buffer_as_slice(&t->sections[count])};
    report(&talk, SEVERITY_NOTE, NULL, 0, 0, "section %-12s %9zu bytes", section_names[count],
           t->sections[count].count);
  }
  const Slice extract = t->old.bytes.ptr ? model_section(&t->old, "extract") : SLICE_NONE;
  if (extract.ptr) all[count++] = (ModelSection){"extract", extract};
  Buffer file = BUFFER_EMPTY;
  Status status = model_write(&file, all, count);
  if (status == STATUS_OK) status = model_write_file(t->model, buffer_as_slice(&file), &talk);
  buffer_clear(&file);
  return status;
}

static Status run(Training *t)
{
  if (!t->from) t->from = t->model;
  if (access(t->from, R_OK) == 0) {
    TRY(model_read_file(&t->old_bytes, t->from, &talk));
    if (model_open(&t->old, buffer_as_slice(&t->old_bytes), &talk) != STATUS_OK) {
      report(&talk, SEVERITY_WARNING, t->from, 0, 0, "is not read and will be replaced");
    }
  }
  TRY(read_treebanks(t));
  TRY(make_words(t));
  report(&talk, SEVERITY_NOTE, NULL, 0, 0, "words done");
  TRY(make_lemmas(t));
  TRY(make_taggers(t));
  TRY(make_rest(t));
  TRY(shrink_sections(t));
  return write_model(t);
}

static Status measure(Training *t, char **files, int count)
{
  TRY(model_read_file(&t->old_bytes, t->model, &talk));
  for (int i = 0; i < count; i++) TRY(evaluate(buffer_as_slice(&t->old_bytes), files[i], &talk));
  return STATUS_OK;
}

static int usage(void)
{
  fputs("usage: train-model [-o MODEL] [-p PARTS] [-r ROUNDS] [-w TAGS] TREEBANK TEXT\n"
        "       train-model -e [-o MODEL] FILE.conllu.xz...\n",
        stderr);
  return 2;
}

int main(int argc, char **argv)
{
  static Training t = {.model = "input/english.model"};
  for (int option; (option = getopt(argc, argv, "eaf:o:p:r:w:")) != -1;) {
    switch (option) {
    case 'a':
      t.whole = true;
      break;
    case 'f':
      t.from = optarg;
      break;
    case 'e':
      t.measure = true;
      break;
    case 'o':
      t.model = optarg;
      break;
    case 'p':
      t.parts = optarg;
      break;
    case 'r':
      t.rounds = (size_t)strtoul(optarg, NULL, 10);
      break;
    case 'w':
      t.kept_tags = optarg;
      break;
    default:
      return usage();
    }
  }
  if (t.measure ? argc == optind : argc - optind != 2) return usage();
  t.treebank = argv[optind];
  t.text = t.measure ? NULL : argv[optind + 1];
  const Status status = t.measure ? measure(&t, argv + optind, argc - optind) : run(&t);
  if (status != STATUS_OK) report(&talk, SEVERITY_ERROR, NULL, 0, 0, "%s", status_text(status));
  for (int i = 0; i < SECTIONS; i++) buffer_clear(&t.sections[i]);
  buffer_clear(&t.old_bytes);
  corpus_clear(&t.corpus);
  arena_clear(&t.arena);
  return status == STATUS_OK ? 0 : 3;
}
