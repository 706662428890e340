/* entente: the command. Parses arguments, calls the library, maps status to exit code. */
#include "graph/memory.h"
#include "graph/vocabulary.h"
#include "input/conllu.h"
#include "input/model.h"
#include "input/pipeline.h"
#include "input/rdf.h"
#include "input/source.h"
#include "input/table.h"
#include "input/texts.h"
#include "ontology/embedded.h"
#include "output/aligned.h"
#include "output/check.h"
#include "output/draw_words.h"
#include "output/explain.h"
#include "output/file.h"
#include "output/outputs.h"
#include "output/query.h"
#include "output/summary.h"

#include <getopt.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#define VERSION "0.1.0"

typedef enum Exit {
  EXIT_DONE = 0,
  EXIT_SKIPPED = 1, /* done, but some input was skipped */
  EXIT_USAGE = 2,
  EXIT_IO = 3,   /* cannot read or write */
  EXIT_QUERY = 4 /* bad query or ontology */
} Exit;

/* ---- messages ---- */

static pthread_mutex_t message_lock = PTHREAD_MUTEX_INITIALIZER;

static bool quiet, complained;

static void print_message(void *handle, const Message *message)
{
  static const char *const severities[] = {"", "warning: ", ""};
  (void)handle;
  if (quiet && message->severity != SEVERITY_ERROR) return;
  pthread_mutex_lock(&message_lock);
  complained |= message->severity == SEVERITY_ERROR;
  fputs("entente: ", stderr);
  if (message->file) fprintf(stderr, "%s:", message->file);
  if (message->line) fprintf(stderr, "%zu:", message->line);
  if (message->column) fprintf(stderr, "%zu:", message->column);
  fprintf(stderr, "%s%s%s\n", message->file ? " " : "", severities[message->severity],
          message->text);
  pthread_mutex_unlock(&message_lock);
}

static const Report to_stderr = {print_message, NULL};

/* What has failed is said, if only by its kind. */
static Exit exit_of(Status status, size_t skipped)
{
  if (status && !complained)
    report(&to_stderr, SEVERITY_ERROR, NULL, 0, 0, "%s", status_text(status));
  switch (status) {
  case STATUS_OK:
    return skipped ? EXIT_SKIPPED : EXIT_DONE;
  case STATUS_ARGUMENT:
    return EXIT_USAGE;
  case STATUS_QUERY:
    return EXIT_QUERY;
  case STATUS_INPUT:
  case STATUS_NOT_FOUND:
  case STATUS_MEMORY:
  case STATUS_IO:
  case STATUS_LIMIT:
  case STATUS_INTERNAL:
    break;
  }
  return EXIT_IO;
}

static Exit usage(const char *text, const char *detail)
{
  fprintf(stderr, "entente: %s%s\nTry 'entente --help'.\n", text, detail ? detail : "");
  return EXIT_USAGE;
}

/* ---- options ---- */

#define MOST_FILES 64

typedef struct List {
  const char *items[MOST_FILES];
  size_t count;
} List;

typedef struct Options {
  List outputs, ontologies;
  const char *base, *date, *author, *from, *to, *model, *pretokenized, *vocabulary;
  const char *min_confidence, *jobs, *map;
  const char *results, *query_file, *text;
  DrawWords draw;
  List focus, relations;
  bool fast, trace, progress, skip_bad, help, version;
  const char *const *inputs;
  size_t input_count;
} Options;

typedef enum OptionKind { OPTION_FLAG, OPTION_TEXT, OPTION_LIST } OptionKind;

enum {
  BUILD = 1u << 0,
  PARSE = 1u << 1,
  QUERY = 1u << 2,
  DRAW = 1u << 3,
  EXPLAIN = 1u << 4,
  CHECK = 1u << 5,
  ALL = 0x3F,
  PICTURE = BUILD | DRAW
};

typedef struct OptionRow {
  const char *name;
  char letter; /* 0 if none */
  OptionKind kind;
  unsigned commands;
  size_t field; /* offset in Options */
  const char *value, *help;
} OptionRow;

#define FIELD(NAME) offsetof(Options, NAME)

/* In the order in which --help lists them. */
static const OptionRow option_rows[] = {
    {"output", 'o', OPTION_LIST, ALL, FIELD(outputs), "FILE",
     "write to FILE, in the format of its extension; may be repeated"},
    {"to", 0, OPTION_TEXT, BUILD | QUERY | DRAW, FIELD(to), "FORMAT",
     "the format of outputs whose name does not tell"},
    {"from", 0, OPTION_TEXT, ALL, FIELD(from), "FORMAT", "the format of all inputs"},
    {"date", 0, OPTION_TEXT, BUILD, FIELD(date), "DATE", "the date of documents that give none"},
    {"author", 0, OPTION_TEXT, BUILD, FIELD(author), "NAME",
     "the author of documents that name none"},
    {"base", 0, OPTION_TEXT, BUILD | PARSE | EXPLAIN, FIELD(base), "IRI",
     "the namespace of the data"},
    {"ontology", 0, OPTION_LIST, ALL, FIELD(ontologies), "FILE",
     "relations, frames and world data of your own"},
    {"model", 0, OPTION_TEXT, BUILD | PARSE | EXPLAIN, FIELD(model), "FILE",
     "another model than the one built in"},
    {"min-confidence", 0, OPTION_TEXT, BUILD, FIELD(min_confidence), "NUMBER",
     "leave out claims that are less sure (0 to 1)"},
    {"vocabulary", 0, OPTION_TEXT, BUILD, FIELD(vocabulary), "aligned",
     "also write the types and properties that others use"},
    {"map", 0, OPTION_TEXT, BUILD, FIELD(map), "MAPPING",
     "how the columns of a table become a relation"},
    {"pretokenized", 0, OPTION_TEXT, PARSE, FIELD(pretokenized), "FILE",
     "keep the tokens of a .conllu and annotate them anew"},
    {"jobs", 'j', OPTION_TEXT, BUILD | PARSE, FIELD(jobs), "NUMBER",
     "work on so many documents at once"},
    {"fast", 0, OPTION_FLAG, BUILD | PARSE, FIELD(fast), NULL,
     "parse greedily: faster, a little less exact"},
    {"trace", 0, OPTION_FLAG, BUILD, FIELD(trace), NULL,
     "say which frames were tried, matched or refused"},
    {"results", 0, OPTION_TEXT, QUERY, FIELD(results), "FORMAT", "table, csv, tsv, json or xml"},
    {"query", 'q', OPTION_TEXT, QUERY, FIELD(query_file), "FILE", "read the query from FILE"},
    {"text", 0, OPTION_TEXT, CHECK, FIELD(text), "FOLDER",
     "where the source texts of the quotes are"},
    {"level", 0, OPTION_TEXT, PICTURE, FIELD(draw.level), "LEVEL",
     "actor, or country: each counted for its state"},
    {"focus", 0, OPTION_LIST, PICTURE, FIELD(focus), "NAME",
     "only what is near NAME; may be repeated"},
    {"depth", 0, OPTION_TEXT, PICTURE, FIELD(draw.depth), "STEPS", "how near"},
    {"relation", 0, OPTION_LIST, PICTURE, FIELD(relations), "NAME",
     "only this relation; may be repeated"},
    {"since", 0, OPTION_TEXT, PICTURE, FIELD(draw.since), "DATE", "only from this date on"},
    {"until", 0, OPTION_TEXT, PICTURE, FIELD(draw.until), "DATE", "only up to this date"},
    {"factuality", 0, OPTION_TEXT, PICTURE, FIELD(draw.factuality), "LIST",
     "of actual, planned, possible, denied, with commas"},
    {"min-weight", 0, OPTION_TEXT, PICTURE, FIELD(draw.min_weight), "COUNT",
     "only edges of at least so many situations"},
    {"all", 0, OPTION_FLAG, PICTURE, FIELD(draw.all), NULL, "draw everything, however large"},
    {"layout", 0, OPTION_TEXT, PICTURE, FIELD(draw.layout), "ENGINE",
     "dot, neato, fdp, sfdp, circo or twopi"},
    {"layout-timeout", 0, OPTION_TEXT, PICTURE, FIELD(draw.layout_timeout), "SECONDS",
     "give up on layouts that take longer"},
    {"theme", 0, OPTION_TEXT, PICTURE, FIELD(draw.theme), "THEME", "light or dark"},
    {"scale", 0, OPTION_TEXT, PICTURE, FIELD(draw.scale), "NUMBER", "enlarge a PNG"},
    {"link", 0, OPTION_TEXT, PICTURE, FIELD(draw.link), "TEMPLATE",
     "link each node to this address, with {iri} in it"},
    {"title", 0, OPTION_TEXT, PICTURE, FIELD(draw.title), "TEXT", "what stands above the picture"},
    {"progress", 0, OPTION_FLAG, BUILD, FIELD(progress), NULL, "show progress"},
    {"skip-bad", 0, OPTION_FLAG, ALL & ~PARSE, FIELD(skip_bad), NULL,
     "go on after a bad statement where the syntax allows"},
    {"quiet", 'q', OPTION_FLAG, ALL & ~QUERY, SIZE_MAX, NULL, "say nothing but errors"},
    {"help", 'h', OPTION_FLAG, ALL, FIELD(help), NULL, "print this"},
    {"version", 'V', OPTION_FLAG, ALL, FIELD(version), NULL, "print the version"},
};
#define OPTION_COUNT (sizeof option_rows / sizeof *option_rows)

static Exit set_option(Options *options, const OptionRow *row, const char *value)
{
  char *const field = (char *)options + row->field;
  switch (row->kind) {
  case OPTION_FLAG:
    *(row->field == SIZE_MAX ? &quiet : (bool *)(void *)field) = true;
    break;
  case OPTION_TEXT:
    *(const char **)(void *)field = value;
    break;
  case OPTION_LIST: {
    List *const list = (List *)(void *)field;
    if (list->count == MOST_FILES) return usage("too many of --", row->name);
    list->items[list->count++] = value;
    break;
  }
  }
  return EXIT_DONE;
}

/* The getopt_long tables of one command. */
typedef struct OptionTables {
  struct option longs[OPTION_COUNT + 1];
  char shorts[2 * OPTION_COUNT + 2];
} OptionTables;

static void fill_tables(OptionTables *tables, unsigned command)
{
  size_t n = 0, letters = 0;
  memset(tables, 0, sizeof *tables);
  for (size_t i = 0; i < OPTION_COUNT; i++) {
    const OptionRow *const row = &option_rows[i];
    if (!(row->commands & command)) continue;
    const int takes = row->kind == OPTION_FLAG ? no_argument : required_argument;
    tables->longs[n++] = (struct option){row->name, takes, NULL, 1000 + (int)i};
    if (!row->letter) continue;
    tables->shorts[letters++] = row->letter;
    if (row->kind != OPTION_FLAG) tables->shorts[letters++] = ':';
  }
}

static const OptionRow *row_of(int code, unsigned command)
{
  if (code >= 1000) return &option_rows[code - 1000];
  for (size_t i = 0; i < OPTION_COUNT; i++) {
    if ((option_rows[i].commands & command) && option_rows[i].letter == code) {
      return &option_rows[i];
    }
  }
  return NULL;
}

static Exit read_options(Options *options, unsigned command, int argc, char **argv)
{
  OptionTables tables;
  fill_tables(&tables, command);
  int code;
  while ((code = getopt_long(argc, argv, tables.shorts, tables.longs, NULL)) != -1) {
    const OptionRow *const row = row_of(code, command);
    if (!row) return usage("see the options of this command", "");
    const Exit exit = set_option(options, row, optarg);
    if (exit) return exit;
  }
  options->inputs = (const char *const *)(argv + optind);
  options->input_count = (size_t)(argc - optind);
  return EXIT_DONE;
}

/* "0.8" -> 80; false unless it is a decimal between 0 and 1. */
static bool read_hundredths(uint32_t *out, const char *text)
{
  if (*text != '0' && *text != '1') return false;
  *out = (uint32_t)(*text++ - '0') * 100;
  if (*text == '.') text++;
  for (uint32_t unit = 10; *text >= '0' && *text <= '9'; text++, unit /= 10) {
    *out += (uint32_t)(*text - '0') * unit;
  }
  return *text == '\0' && *out <= 100;
}

/* ---- what reading text needs ---- */

typedef struct Engine {
  Buffer model_file;
  Ontology *ontology;
  Analyser *analyser;
  Extractor *extractor;
} Engine;

static void engine_clear(Engine *engine)
{
  extractor_free(engine->extractor);
  analyser_free(engine->analyser);
  ontology_free(engine->ontology);
  buffer_clear(&engine->model_file);
}

static Status load_model(Engine *engine, const Options *options, bool extracts)
{
  Slice bytes = analyser_embedded_model();
  if (options->model) {
    TRY(model_read_file(&engine->model_file, options->model, &to_stderr));
    bytes = buffer_as_slice(&engine->model_file);
  }
  TRY(analyser_new(&engine->analyser, bytes, engine->ontology, &to_stderr));
  if (!extracts) return STATUS_OK;
  Model model;
  TRY(model_open(&model, bytes, &to_stderr));
  return extractor_new(&engine->extractor, &model, engine->ontology, &to_stderr);
}

static Status engine_load(Engine *engine, const Options *options, bool extracts)
{
  *engine = (Engine){BUFFER_EMPTY, NULL, NULL, NULL};
  TRY(ontology_load(&engine->ontology, options->ontologies.items, options->ontologies.count,
                    &to_stderr));
  return load_model(engine, options, extracts);
}

static void print_trace(void *handle, const char *text)
{
  (void)handle;
  fprintf(stderr, "%s\n", text);
}

static const ExtractTrace trace_to_stderr = {print_trace, NULL};

static Exit pipeline_options(PipelineOptions *out, const Engine *engine, const Options *options)
{
  *out = (PipelineOptions){
      .reader = {.ontology = engine->ontology,
                 .analyser = engine->analyser,
                 .extractor = engine->extractor,
                 .mode = options->fast ? ANALYSE_FAST : ANALYSE_FULL,
                 .base = options->base ? slice_of(options->base) : SLICE(ENT_DATA),
                 .trace = options->trace ? &trace_to_stderr : NULL},
      .documents = {.date = slice_of(options->date),
                    .author = slice_of(options->author),
                    .format = slice_of(options->from)},
      .jobs = 1};
  out->documents.base = out->reader.base;
  if (options->min_confidence &&
      !read_hundredths(&out->reader.min_confidence, options->min_confidence)) {
    return usage("--min-confidence takes a number from 0 to 1, not ", options->min_confidence);
  }
  if (options->jobs && !slice_count(&out->jobs, slice_of(options->jobs))) {
    return usage("--jobs takes a number from 1, not ", options->jobs);
  }
  if (options->trace) out->jobs = 1;
  return EXIT_DONE;
}

/* ---- parse ---- */

typedef struct ParseRun {
  const Engine *engine;
  Sink sink;
  size_t skipped;
} ParseRun;

static Status write_analysis(void *handle, const Document *document, const Reading *reading)
{
  const ParseRun *const run = handle;
  return conllu_write(&run->sink, document, reading->sentences, reading->sentence_count);
}

static Status annotate(const ParseRun *run, AnalyserSpace *space, AnalyserMode mode,
                       const Document *document, Sentence *sentences)
{
  const size_t count = document->sentence_count;
  const Analyser *const analyser = run->engine->analyser;
  for (size_t i = 0; i < count; i++) {
    TRY(analyser_tag(analyser, space, &sentences[i], document->arena));
  }
  TRY(analyser_names(analyser, space, sentences, count));
  for (size_t i = 0; i < count; i++)
    TRY(analyser_parse(analyser, space, &sentences[i], document->arena, mode));
  return conllu_write(&run->sink, document, sentences, count);
}

/* Keep the tokens of a .conllu and annotate them anew. */
static Status parse_pretokenized(ParseRun *run, const char *path, AnalyserMode mode)
{
  Buffer bytes = BUFFER_EMPTY;
  AnalyserSpace *space = NULL;
  Status status = source_read_all(&bytes, path, SIZE_MAX, &to_stderr);
  if (!status) status = analyser_space_new(&space, run->engine->analyser);
  ConlluReader reader = conllu_reader(buffer_as_slice(&bytes), path, true, &to_stderr);
  while (!status) {
    Arena arena = ARENA_EMPTY;
    Document document;
    Sentence *sentences;
    status = conllu_next(&document, &sentences, &reader, &arena);
    if (!status) status = annotate(run, space, mode, &document, sentences);
    arena_clear(&arena);
  }
  run->skipped += reader.skipped;
  analyser_space_free(space);
  buffer_clear(&bytes);
  return status == STATUS_NOT_FOUND ? STATUS_OK : status;
}

static Exit parse_with(const Engine *engine, const Options *options)
{
  PipelineOptions pipeline;
  const Exit exit = pipeline_options(&pipeline, engine, options);
  if (exit) return exit;
  File *file;
  Status status =
      file_open(&file, options->outputs.count ? options->outputs.items[0] : "-", &to_stderr);
  if (status) return exit_of(status, 0);
  ParseRun run = {engine, file_sink(file), 0};
  pipeline.documents.whole = true;
  if (options->pretokenized) {
    status = parse_pretokenized(&run, options->pretokenized, pipeline.reader.mode);
  }
  if (!status) {
    status = pipeline_run(&pipeline, options->inputs, options->input_count, write_analysis, &run,
                          &run.skipped, &to_stderr);
  }
  if (status) {
    file_discard(file);
  } else {
    status = file_commit(file);
  }
  return exit_of(status, run.skipped);
}

static Exit run_parse(const Options *options)
{
  if (!options->input_count && !options->pretokenized) return usage("parse what?", "");
  if (options->outputs.count > 1) return usage("parse has one output", "");
  Engine engine;
  const Status status = engine_load(&engine, options, false);
  const Exit exit = status ? exit_of(status, 0) : parse_with(&engine, options);
  engine_clear(&engine);
  return exit;
}

/* ---- pictures ---- */

/* What DrawOptions borrows. */
typedef struct DrawParts {
  Slice focus[MOST_FILES], relations[MOST_FILES];
} DrawParts;

static void slices_of(Slice *out, const List *list)
{
  for (size_t i = 0; i < list->count; i++) out[i] = slice_of(list->items[i]);
}

static Exit draw_options(DrawOptions *out, DrawParts *parts, const Options *o,
                         const Ontology *ontology)
{
  slices_of(parts->focus, &o->focus);
  slices_of(parts->relations, &o->relations);
  *out = (DrawOptions){.ontology = ontology,
                       .focus = parts->focus,
                       .focus_count = o->focus.count,
                       .relations = parts->relations,
                       .relation_count = o->relations.count};
  return exit_of(draw_words_read(out, &o->draw, &to_stderr), 0);
}

/* ---- graphs in ---- */

typedef struct Inputs {
  const Options *options;
  const Ontology *ontology;
  Graph *graph;
  size_t skipped;
} Inputs;

static Syntax syntax_of_input(const Options *options, const char *path)
{
  return options->from ? syntax_find(slice_of(options->from)) : syntax_of_path(path);
}

/* A file with bad syntax counts as skipped; what came before the error is kept. */
static Status read_graph(Inputs *inputs, const char *path)
{
  const RdfReadOptions options = {.syntax = syntax_of_input(inputs->options, path),
                                  .skip_bad = inputs->options->skip_bad,
                                  .skipped = &inputs->skipped};
  const Status status = rdf_read(inputs->graph, path, &options, &to_stderr);
  if (status != STATUS_INPUT && status != STATUS_LIMIT) return status;
  inputs->skipped++;
  return STATUS_OK;
}

static Status read_graphs(Inputs *inputs, const char *const *paths, size_t count)
{
  for (size_t i = 0; i < count; i++) {
    if (syntax_of_input(inputs->options, paths[i]) == SYNTAX_NONE) {
      report(&to_stderr, SEVERITY_ERROR, paths[i], 0, 0, "is no graph: say its syntax with --from");
      return STATUS_ARGUMENT;
    }
    TRY(read_graph(inputs, paths[i]));
  }
  return STATUS_OK;
}

/* ---- build ---- */

typedef struct BuildRun {
  Inputs inputs;
  Outputs *outputs;
  size_t documents, sentences, words;
} BuildRun;

static Status take_reading(void *handle, const Document *document, const Reading *reading)
{
  BuildRun *const run = handle;
  Sink sink;
  run->documents++;
  run->sentences += reading->sentence_count;
  run->words += reading->word_count;
  if (run->inputs.options->progress) {
    fprintf(stderr, "\r%zu documents, %zu sentences", run->documents, run->sentences);
  }
  TRY(outputs_records(run->outputs, reading->records, reading->record_count));
  for (size_t i = 0; outputs_sink(&sink, run->outputs, FORMAT_CONLLU, i); i++) {
    TRY(conllu_write(&sink, document, reading->sentences, reading->sentence_count));
  }
  return facts_add(run->inputs.graph, &reading->facts);
}

typedef enum InputKind { INPUT_DOCUMENT, INPUT_TABLE, INPUT_GRAPH } InputKind;

static InputKind kind_of_input(const Options *options, const char *path)
{
  const Slice name = options->from ? slice_of(options->from) : path_extension(path);
  if (slice_is(name, "csv") || slice_is(name, "tsv")) return INPUT_TABLE;
  if (document_path(path) && !options->from) return INPUT_DOCUMENT;
  return syntax_of_input(options, path) == SYNTAX_NONE ? INPUT_DOCUMENT : INPUT_GRAPH;
}

static Status read_table(BuildRun *run, const char *path)
{
  const Options *const o = run->inputs.options;
  Buffer map = BUFFER_EMPTY;
  Status status = o->map ? table_map_text(&map, o->map, &to_stderr) : STATUS_OK;
  const TableOptions options = {.ontology = run->inputs.ontology,
                                .base = slice_of(o->base),
                                .map = buffer_as_slice(&map),
                                .skipped = &run->inputs.skipped};
  if (!status) status = table_read(run->inputs.graph, path, &options, &to_stderr);
  buffer_clear(&map);
  if (status != STATUS_INPUT && status != STATUS_IO) return status;
  run->inputs.skipped++;
  return STATUS_OK;
}

/* A graph or table that is not there is skipped like a document. */
static Status read_other(BuildRun *run, const char *path)
{
  if (kind_of_input(run->inputs.options, path) == INPUT_TABLE) return read_table(run, path);
  const Status status = read_graph(&run->inputs, path);
  if (status != STATUS_IO) return status;
  run->inputs.skipped++;
  return STATUS_OK;
}

/* Documents that follow each other share the pipeline. */
static Status read_inputs(BuildRun *run, const PipelineOptions *pipeline)
{
  const Options *const o = run->inputs.options;
  for (size_t first = 0, next; first < o->input_count; first = next) {
    next = first;
    while (next < o->input_count && kind_of_input(o, o->inputs[next]) == INPUT_DOCUMENT) next++;
    if (next > first) {
      TRY(pipeline_run(pipeline, o->inputs + first, next - first, take_reading, run,
                       &run->inputs.skipped, &to_stderr));
    } else {
      TRY(read_other(run, o->inputs[next++]));
    }
  }
  return STATUS_OK;
}

static double seconds_since(const struct timespec *start)
{
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (double)(now.tv_sec - start->tv_sec) + (double)(now.tv_nsec - start->tv_nsec) / 1e9;
}

static Status print_bytes(void *handle, const void *bytes, size_t count)
{
  return fwrite(bytes, 1, count, handle) == count ? STATUS_OK : STATUS_IO;
}

static Status print_summary(const BuildRun *run, double seconds)
{
  const Sink sink = {print_bytes, stderr};
  const SummaryCounts counts = {run->documents, run->sentences, seconds};
  return summary_write(&sink, run->inputs.graph, &counts);
}

/* The embedded vocabulary as a graph. */
static Status read_vocabulary(Graph *graph)
{
  const RdfReadOptions options = {.syntax = SYNTAX_TURTLE};
  for (const EmbeddedFile *file = embedded_files; file->name; file++) {
    if (strcmp(file->name, "ontology/relations.ttl")) continue;
    TRY(rdf_read_bytes(graph, (Slice){file->bytes, file->size}, file->name, &options, &to_stderr));
  }
  return STATUS_OK;
}

static Status align(Graph *graph)
{
  Graph *vocabulary;
  TRY(graph_new(&vocabulary));
  Status status = read_vocabulary(vocabulary);
  if (!status) status = graph_align(graph, vocabulary);
  graph_free(vocabulary);
  return status;
}

static Status build_into(BuildRun *run, const PipelineOptions *pipeline,
                         const OutputOptions *output)
{
  struct timespec start;
  clock_gettime(CLOCK_MONOTONIC, &start);
  TRY(graph_new(&run->inputs.graph));
  TRY(read_inputs(run, pipeline));
  if (run->inputs.options->progress) fputc('\n', stderr);
  if (!quiet) TRY(print_summary(run, seconds_since(&start)));
  if (run->inputs.options->vocabulary) TRY(align(run->inputs.graph));
  return outputs_commit(run->outputs, run->inputs.graph, output);
}

static Exit build_with(const Engine *engine, const Options *options)
{
  PipelineOptions pipeline;
  DrawOptions draw;
  DrawParts parts;
  Exit exit = pipeline_options(&pipeline, engine, options);
  if (!exit) exit = draw_options(&draw, &parts, options, engine->ontology);
  if (exit) return exit;
  const OutputOptions output = {.rdf = {.base = slice_of(options->base)}, .draw = &draw};
  BuildRun run = {.inputs = {options, engine->ontology, NULL, 0}};
  Status status = outputs_open(&run.outputs, options->outputs.items, options->outputs.count,
                               options->to, &to_stderr);
  if (!status) {
    pipeline.reader.parse_all = outputs_has(run.outputs, FORMAT_CONLLU);
    status = build_into(&run, &pipeline, &output);
  }
  outputs_free(run.outputs);
  graph_free(run.inputs.graph);
  return exit_of(status, run.inputs.skipped);
}

static Exit run_build(const Options *options)
{
  if (!options->input_count) return usage("build from what?", "");
  if (!options->outputs.count) return usage("where to? Give an output with -o", "");
  if (options->vocabulary && strcmp(options->vocabulary, "aligned")) {
    return usage("--vocabulary is aligned, not ", options->vocabulary);
  }
  Engine engine;
  const Status status = engine_load(&engine, options, true);
  const Exit exit = status ? exit_of(status, 0) : build_with(&engine, options);
  engine_clear(&engine);
  return exit;
}

/* ---- commands that start from graphs ---- */

/* Load the ontology and the graphs, then do the work. */
static Exit with_graphs(const Options *options, const char *const *paths, size_t count,
                        Status (*work)(Inputs *inputs))
{
  Inputs inputs = {options, NULL, NULL, 0};
  Ontology *ontology = NULL;
  Status status =
      ontology_load(&ontology, options->ontologies.items, options->ontologies.count, &to_stderr);
  inputs.ontology = ontology;
  if (!status) status = graph_new(&inputs.graph);
  if (!status) status = read_graphs(&inputs, paths, count);
  if (!status) status = work(&inputs);
  graph_free(inputs.graph);
  ontology_free(ontology);
  return exit_of(status, inputs.skipped);
}

/* Write through SINK to the one output, or to stdout. */
static Status with_output(const Options *options, Inputs *inputs,
                          Status (*write)(Inputs *inputs, const Sink *sink))
{
  File *file;
  TRY(file_open(&file, options->outputs.count ? options->outputs.items[0] : "-", &to_stderr));
  const Sink sink = file_sink(file);
  const Status status = write(inputs, &sink);
  if (!status) return file_commit(file);
  file_discard(file);
  return status;
}

static Status do_draw(Inputs *inputs)
{
  const Options *const o = inputs->options;
  DrawOptions draw;
  DrawParts parts;
  Outputs *outputs;
  if (draw_options(&draw, &parts, o, inputs->ontology)) return STATUS_ARGUMENT;
  const OutputOptions output = {.draw = &draw};
  TRY(outputs_open(&outputs, o->outputs.items, o->outputs.count, o->to, &to_stderr));
  const Status status = outputs_commit(outputs, inputs->graph, &output);
  outputs_free(outputs);
  return status;
}

static Exit run_draw(const Options *options)
{
  if (!options->input_count) return usage("draw which graph?", "");
  if (!options->outputs.count) return usage("where to? Give a picture with -o", "");
  return with_graphs(options, options->inputs, options->input_count, do_draw);
}

/* Documents are read anew, so that explain can say which words were taken for whom. */
typedef struct Rereading {
  const Options *options;
  Engine engine;
  bool loaded;
  Status (*take)(void *taker, Slice text, const Record *record);
  void *taker;
} Rereading;

static Status take_again(void *handle, const Document *document, const Reading *reading)
{
  const Rereading *const again = handle;
  for (size_t i = 0; i < reading->record_count; i++) {
    TRY(again->take(again->taker, document->text, &reading->records[i]));
  }
  return STATUS_OK;
}

static Status read_again(void *handle, Slice source,
                         Status (*take)(void *taker, Slice text, const Record *record), void *taker)
{
  Rereading *const again = handle;
  const Report silent = {NULL, NULL};
  PipelineOptions pipeline;
  char path[4096];
  size_t skipped = 0;
  if (source.len >= sizeof path) return STATUS_NOT_FOUND;
  snprintf(path, sizeof path, "%.*s", SLICE_ARGS(source));
  if (!document_path(path) || access(path, R_OK)) return STATUS_NOT_FOUND;
  if (!again->loaded) TRY(engine_load(&again->engine, again->options, true));
  again->loaded = true;
  if (pipeline_options(&pipeline, &again->engine, again->options)) return STATUS_ARGUMENT;
  again->take = take;
  again->taker = taker;
  const char *const paths[] = {path};
  return pipeline_run(&pipeline, paths, 1, take_again, again, &skipped, &silent);
}

static Status write_explanation(Inputs *inputs, const Sink *sink)
{
  const Options *const o = inputs->options;
  const ExplainQuestion question = {.name = slice_of(o->inputs[1]),
                                    .relation = slice_of(o->input_count > 2 ? o->inputs[2] : NULL),
                                    .other = slice_of(o->input_count > 3 ? o->inputs[3] : NULL)};
  size_t found;
  Rereading again = {.options = o};
  const ExplainSource sources = {read_again, &again};
  const Status status =
      explain_write(&found, sink, inputs->graph, inputs->ontology, &question, &sources, &to_stderr);
  if (again.loaded) engine_clear(&again.engine);
  TRY(status);
  if (!found) report(&to_stderr, SEVERITY_NOTE, NULL, 0, 0, "the graph says nothing of that");
  return STATUS_OK;
}

static Status do_explain(Inputs *inputs)
{
  return with_output(inputs->options, inputs, write_explanation);
}

static Exit run_explain(const Options *options)
{
  if (options->input_count < 2 || options->input_count > 4) {
    return usage("explain takes a graph, a name and perhaps a relation and another name", "");
  }
  return with_graphs(options, options->inputs, 1, do_explain);
}

/* ---- query ---- */

static Status query_text(Buffer *out, const Options *options)
{
  if (options->query_file) {
    return source_read_all(out, options->query_file, 1u << 20, &to_stderr);
  }
  return buffer_text(out, options->inputs[options->input_count - 1]);
}

/* CONSTRUCT and DESCRIBE give a graph, written in the syntax of the output or of --to. */
static Status write_constructed(const Sink *sink, Graph *graph, const Options *options)
{
  Syntax syntax = SYNTAX_TURTLE;
  if (options->to) {
    syntax = syntax_find(slice_of(options->to));
  } else if (options->outputs.count) {
    syntax = syntax_of_path(options->outputs.items[0]);
  }
  return rdf_write(sink, graph, syntax, NULL, &to_stderr);
}

static Status write_answer(Inputs *inputs, const Sink *sink)
{
  const Options *const o = inputs->options;
  QueryResults results = RESULTS_TABLE;
  Graph *constructed = NULL;
  Buffer text = BUFFER_EMPTY;
  if (o->results && !query_results_named(&results, slice_of(o->results))) return STATUS_ARGUMENT;
  Status status = query_text(&text, o);
  if (!status) {
    status =
        query_run(&constructed, sink, inputs->graph, buffer_as_slice(&text), results, &to_stderr);
  }
  if (!status && constructed) status = write_constructed(sink, constructed, o);
  graph_free(constructed);
  buffer_clear(&text);
  return status;
}

static Status do_query(Inputs *inputs)
{
  return with_output(inputs->options, inputs, write_answer);
}

static Exit run_query(const Options *options)
{
  QueryResults results;
  const size_t graphs = options->input_count - (options->query_file ? 0 : 1);
  if (options->input_count < (options->query_file ? 1u : 2u)) {
    return usage("query takes graphs and a query (or -q FILE)", "");
  }
  if (options->results && !query_results_named(&results, slice_of(options->results))) {
    return usage("--results is table, csv, tsv, json or xml, not ", options->results);
  }
  return with_graphs(options, options->inputs, graphs, do_query);
}

/* ---- check ---- */

static Status write_findings(Inputs *inputs, const Sink *sink)
{
  const Options *const o = inputs->options;
  const DocumentOptions documents = {.base = SLICE(ENT_DATA)};
  Texts *texts;
  CheckCounts counts = {0};
  TRY(texts_new(&texts, o->text, &documents));
  const CheckOptions options = {inputs->ontology, texts_find, texts};
  const Status status = check_graph(&counts, sink, inputs->graph, &options);
  texts_free(texts);
  TRY(status);
  inputs->skipped += counts.findings;
  report(&to_stderr, SEVERITY_NOTE, NULL, 0, 0,
         "%zu situations, %zu quotes (%zu held against their text), %zu edges: %zu findings",
         counts.situations, counts.quotes, counts.compared, counts.edges, counts.findings);
  return STATUS_OK;
}

static Status do_check(Inputs *inputs)
{
  return with_output(inputs->options, inputs, write_findings);
}

static Exit run_check(const Options *options)
{
  if (!options->input_count) return usage("check which graph?", "");
  return with_graphs(options, options->inputs, options->input_count, do_check);
}

/* ---- commands ---- */

typedef struct Command {
  const char *name;
  unsigned bit;
  Exit (*run)(const Options *options);
  const char *arguments, *help;
} Command;

static const Command commands[] = {
    {"build", BUILD, run_build, "INPUT... -o FILE...",
     "read documents, tables, graphs; write a graph"},
    {"parse", PARSE, run_parse, "FILE...", "analyse text; CoNLL-U to stdout"},
    {"query", QUERY, run_query, "GRAPH... 'SELECT ...'", "ask a graph, in SPARQL"},
    {"draw", DRAW, run_draw, "GRAPH... -o PICTURE...", "draw the network"},
    {"check", CHECK, run_check, "GRAPH...", "hold a graph against the ontology and its sources"},
    {"explain", EXPLAIN, run_explain, "GRAPH NAME [RELATION [NAME]]",
     "show the words behind an edge"},
};
#define COMMAND_COUNT (sizeof commands / sizeof *commands)

static Exit print_help(void)
{
  puts(
      "Usage: entente COMMAND [OPTION]... ARGUMENT...\n\n"
      "Read news into a knowledge graph of who met, signed, backed, accused or sanctioned whom.\n");
  for (size_t i = 0; i < COMMAND_COUNT; i++) {
    printf("  entente %-8s %-29s %s\n", commands[i].name, commands[i].arguments, commands[i].help);
  }
  puts("\n'entente COMMAND --help' lists its options; see entente(1) for formats and examples.");
  return EXIT_DONE;
}

static void print_option(const OptionRow *row)
{
  char name[64];
  snprintf(name, sizeof name, "--%s%s%s", row->name, row->value ? " " : "",
           row->value ? row->value : "");
  if (row->letter) {
    printf("  -%c, %-25s %s\n", row->letter, name, row->help);
  } else {
    printf("      %-25s %s\n", name, row->help);
  }
}

static Exit print_command_help(const Command *command)
{
  printf("Usage: entente %s [OPTION]... %s\n\n%c%s.\n\n", command->name, command->arguments,
         command->help[0] - 'a' + 'A', command->help + 1);
  for (size_t i = 0; i < OPTION_COUNT; i++) {
    if (option_rows[i].commands & command->bit) print_option(&option_rows[i]);
  }
  return EXIT_DONE;
}

static Exit print_version(void)
{
  puts("entente " VERSION);
  return EXIT_DONE;
}

/* What was printed must have arrived. */
static Exit close_stdout(Exit exit)
{
  if (fflush(stdout) == 0 && !ferror(stdout)) return exit;
  fputs("entente: cannot write to standard output\n", stderr);
  return exit ? exit : EXIT_IO;
}

static Exit run_command(const Command *command, int argc, char **argv)
{
  Options options = {.base = NULL};
  const Exit exit = read_options(&options, command->bit, argc, argv);
  if (exit) return exit;
  if (options.help) return print_command_help(command);
  if (options.version) return print_version();
  return command->run(&options);
}

static Exit run(int argc, char **argv)
{
  if (argc < 2) return usage("which command?", "");
  if (!strcmp(argv[1], "--help") || !strcmp(argv[1], "-h") || !strcmp(argv[1], "help")) {
    return close_stdout(print_help());
  }
  if (!strcmp(argv[1], "--version") || !strcmp(argv[1], "-V")) return close_stdout(print_version());
  for (size_t i = 0; i < COMMAND_COUNT; i++) {
    if (!strcmp(argv[1], commands[i].name)) {
      return close_stdout(run_command(&commands[i], argc - 1, argv + 1));
    }
  }
  return usage("no such command: ", argv[1]);
}

int main(int argc, char **argv)
{
  return (int)run(argc, argv);
}
