/* From text to trees and to the graph, on one core and in seconds of the processor: start-up, words
   a second of each stage of the analyser and of the whole, beside Link Grammar's link-parser on
   the first sentences of the same text; sentences a second from text to graph; memory, also of the
   command on a text of 10 MB.
   Usage: bench_text [FOLDER]: what is written goes to build/bench, or FOLDER. */
#include "graph/graph.h"
#include "input/pipeline.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define TEXTS "tests/corpus"
#define ROUNDS 12
#define REPEATS 30
#define LINKED 100 /* sentences for link-parser */
#define LARGE 10000000u

static double now(void)
{
  struct timespec time;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
  return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

static void must(Status status)
{
  if (!status) return;
  fprintf(stderr, "bench_text: %s\n", status_text(status));
  exit(1);
}

static double megabytes(const struct rusage *usage)
{
  return (double)usage->ru_maxrss / 1024;
}

/* ---- what is loaded ---- */

typedef struct Engine {
  Ontology *ontology;
  Analyser *analyser;
  Extractor *extractor;
} Engine;

static void load(Engine *engine)
{
  const double start = now();
  const Slice bytes = analyser_embedded_model();
  Model model;
  must(ontology_load(&engine->ontology, NULL, 0, NULL));
  must(analyser_new(&engine->analyser, bytes, engine->ontology, NULL));
  const double analyses = now() - start;
  must(model_open(&model, bytes, NULL));
  must(extractor_new(&engine->extractor, &model, engine->ontology, NULL));
  printf("start-up: %.0f ms for the analyser (wanted: under 60), %.0f ms with the extraction\n",
         1000 * analyses, 1000 * (now() - start));
}

static void unload(Engine *engine)
{
  extractor_free(engine->extractor);
  analyser_free(engine->analyser);
  ontology_free(engine->ontology);
}

/* ---- the analyser ---- */

#define MOST_DOCUMENTS 64

typedef struct Texts {
  Document documents[MOST_DOCUMENTS];
  Sentences sentences[MOST_DOCUMENTS];
  size_t count;
} Texts;

static Status keep(void *handle, Document *document)
{
  Texts *const texts = handle;
  if (texts->count == MOST_DOCUMENTS) return STATUS_LIMIT;
  texts->documents[texts->count++] = *document;
  document->arena = NULL;
  return STATUS_OK;
}

static void free_texts(Texts *texts)
{
  for (size_t i = 0; i < texts->count; i++) document_arena_free(texts->documents[i].arena);
}

enum { SPLIT, TAG, NAME, PARSE_FULL, PARSE_FAST, STAGES };
static const char *const stages[STAGES] = {"sentences and tokens", "tags, lemmas", "names",
                                           "trees, default", "trees, --fast"};

typedef struct Bench {
  const Engine *engine;
  AnalyserSpace *space;
  Texts texts;
  double seconds[STAGES];
  size_t words, sentences;
} Bench;

static void split(Bench *b, Arena *arena)
{
  for (size_t i = 0; i < b->texts.count; i++) {
    const Document *const document = &b->texts.documents[i];
    b->texts.sentences[i] = (Sentences){NULL, 0, 0};
    for (size_t j = 0; j < document->block_count; j++)
      must(analyser_segment(&b->texts.sentences[i], arena, document->text,
                            document->blocks[j].span));
  }
}

static void run_stage(Bench *b, int stage, Arena *arena)
{
  const Analyser *const analyser = b->engine->analyser;
  for (size_t i = 0; i < b->texts.count && stage != SPLIT; i++) {
    const Sentences *const s = &b->texts.sentences[i];
    if (stage == NAME) must(analyser_names(analyser, b->space, s->items, s->count));
    for (size_t j = 0; j < s->count && stage != NAME; j++) {
      if (stage == TAG)
        must(analyser_tag(analyser, b->space, &s->items[j], arena));
      else
        must(analyser_parse(analyser, b->space, &s->items[j], arena,
                            stage == PARSE_FAST ? ANALYSE_FAST : ANALYSE_FULL));
    }
  }
  if (stage == SPLIT) split(b, arena);
}

static void one_round(Bench *b)
{
  Arena arena = ARENA_EMPTY;
  for (int stage = 0; stage < STAGES; stage++) {
    const double start = now();
    run_stage(b, stage, &arena);
    b->seconds[stage] += now() - start;
  }
  for (size_t i = 0; i < b->texts.count; i++) {
    b->sentences += b->texts.sentences[i].count;
    for (size_t j = 0; j < b->texts.sentences[i].count; j++)
      b->words += b->texts.sentences[i].items[j].count;
  }
  arena_clear(&arena);
}

/* ---- beside Link Grammar ---- */

static double run_linked(const char *path)
{
  char command[1000];
  struct rusage before, after;
  snprintf(command, sizeof command,
           "link-parser en -batch -verbosity=0 -timeout=30 <'%s' >/dev/null 2>&1", path);
  getrusage(RUSAGE_CHILDREN, &before);
  if (system(command) != 0) return -1;
  getrusage(RUSAGE_CHILDREN, &after);
  return (double)(after.ru_utime.tv_sec - before.ru_utime.tv_sec) +
         1e-6 * (double)(after.ru_utime.tv_usec - before.ru_utime.tv_usec);
}

/* The first sentences, one a line; how many words they have. */
static size_t write_sentences(const Bench *b, const char *path, size_t most)
{
  FILE *const file = fopen(path, "w");
  size_t words = 0;
  if (!file) must(STATUS_IO);
  for (size_t i = 0; i < b->texts.count; i++) {
    const Sentences *const s = &b->texts.sentences[i];
    for (size_t j = 0; j < s->count && most > 0; j++, most--) {
      const Sentence *const sentence = &s->items[j];
      words += sentence->count;
      for (uint32_t at = sentence->start; at < sentence->end; at++) {
        const char c = b->texts.documents[i].text.ptr[at];
        fputc(c == '\n' ? ' ' : c, file);
      }
      fputc('\n', file);
    }
  }
  if (fclose(file)) must(STATUS_IO);
  return words;
}

/* Words a second, its start-up taken off; 0 if it is not here. */
static double linked_speed(Bench *b, const char *folder)
{
  char path[1000];
  Arena arena = ARENA_EMPTY;
  snprintf(path, sizeof path, "%s/link-parser.txt", folder);
  split(b, &arena);
  write_sentences(b, path, 1);
  const double alone = run_linked(path);
  const size_t words = write_sentences(b, path, LINKED);
  const double all = alone < 0 ? 0 : run_linked(path);
  arena_clear(&arena);
  return all > alone ? (double)words / (all - alone) : 0;
}

static void print_whole(const Bench *b, const char *what, int parse, double wanted, double linked)
{
  const double seconds = b->seconds[SPLIT] + b->seconds[TAG] + b->seconds[NAME] + b->seconds[parse];
  const double speed = (double)b->words / seconds;
  printf("  %-22s %9.0f words/s (wanted: %.0f)", what, speed, wanted);
  if (linked > 0) printf(", %.0f times link-parser", speed / linked);
  printf("\n");
}

static void bench_analyser(const Engine *engine, const char *folder)
{
  Bench b = {.engine = engine};
  const DocumentOptions options = {.base = SLICE("http://example.org/")};
  size_t skipped = 0;
  must(documents_read(TEXTS, &options, keep, &b.texts, &skipped, NULL));
  must(analyser_space_new(&b.space, engine->analyser));
  one_round(&b); /* everything in the caches */
  memset(b.seconds, 0, sizeof b.seconds);
  b.words = b.sentences = 0;
  for (int i = 0; i < ROUNDS; i++) one_round(&b);
  printf("the analyser, %zu words\n", b.words);
  for (int i = 0; i < STAGES; i++)
    printf("  %-22s %9.0f words/s\n", stages[i], (double)b.words / b.seconds[i]);
  const double linked = linked_speed(&b, folder);
  print_whole(&b, "whole, default", PARSE_FULL, 12000, linked);
  print_whole(&b, "whole, --fast", PARSE_FAST, 60000, linked);
  if (linked > 0)
    printf("  %-22s %9.0f words/s (wanted: 8 and 40 times)\n", "link-parser", linked);
  else
    printf("  link-parser is not here\n");
  struct rusage usage;
  getrusage(RUSAGE_SELF, &usage);
  printf("  most memory %.0f MB (wanted: under 120)\n", megabytes(&usage));
  analyser_space_free(b.space);
  free_texts(&b.texts);
}

/* ---- text to graph ---- */

typedef struct Run {
  Graph *graph;
  size_t sentences;
} Run;

static Status take(void *handle, const Document *document, const Reading *reading)
{
  Run *const run = handle;
  (void)document;
  run->sentences += reading->sentence_count;
  return facts_add(run->graph, &reading->facts);
}

static void bench_pipeline(const Engine *engine, AnalyserMode mode, double wanted)
{
  const PipelineOptions options = {.reader = {.ontology = engine->ontology,
                                              .analyser = engine->analyser,
                                              .extractor = engine->extractor,
                                              .mode = mode,
                                              .base = SLICE("http://example.org/")},
                                   .documents = {.base = SLICE("http://example.org/")},
                                   .jobs = 1};
  const char *paths[REPEATS];
  Run run = {NULL, 0};
  size_t skipped = 0;
  for (size_t i = 0; i < REPEATS; i++) paths[i] = TEXTS;
  must(graph_new(&run.graph));
  const double start = now();
  must(pipeline_run(&options, paths, REPEATS, take, &run, &skipped, NULL));
  const double seconds = now() - start;
  graph_free(run.graph);
  printf("text to graph, %-8s %6zu sentences: %6.0f a second (wanted: %.0f)\n",
         mode == ANALYSE_FAST ? "--fast" : "default", run.sentences,
         (double)run.sentences / seconds, wanted);
}

/* ---- one large text ---- */

static Status append(void *handle, Document *document)
{
  fwrite(document->text.ptr, 1, document->text.len, handle);
  fputs("\n\n", handle);
  return STATUS_OK;
}

static void write_large(const char *path)
{
  const DocumentOptions options = {.base = SLICE("http://example.org/")};
  FILE *const file = fopen(path, "w");
  size_t skipped = 0;
  if (!file) must(STATUS_IO);
  while (ftell(file) < (long)LARGE)
    must(documents_read(TEXTS, &options, append, file, &skipped, NULL));
  if (fclose(file)) must(STATUS_IO);
}

static void bench_large(const char *folder)
{
  char in[1000], out[1000];
  struct rusage usage;
  int status;
  snprintf(in, sizeof in, "%s/large.txt", folder);
  snprintf(out, sizeof out, "%s/large.nt", folder);
  write_large(in);
  fflush(stdout);
  const pid_t child = fork();
  if (child == 0) {
    execl("./entente", "entente", "build", "-q", "--fast", in, "-o", out, (char *)NULL);
    _exit(127);
  }
  if (child < 0 || waitpid(child, &status, 0) < 0 || status != 0) {
    printf("a text of 10 MB: ./entente could not read it\n");
    return;
  }
  getrusage(RUSAGE_CHILDREN, &usage); /* of the only child so far */
  printf("a text of 10 MB: %.0f MB of memory (wanted: under 1000), %ld s\n", megabytes(&usage),
         (long)usage.ru_utime.tv_sec);
}

int main(int argc, char **argv)
{
  const char *const folder = argc > 1 ? argv[1] : "build/bench";
  Engine engine;
  mkdir(folder, 0777);
  load(&engine);
  bench_large(folder);
  bench_analyser(&engine, folder);
  bench_pipeline(&engine, ANALYSE_FULL, 600);
  bench_pipeline(&engine, ANALYSE_FAST, 2500);
  unload(&engine);
  return 0;
}
