/* Load and index N-Triples, and join three patterns: our graph beside librdf's "trees" storage, in
   one run on the same file. Each case has a process of its own, so that its memory is its own;
   seconds are of the processor.
   Usage: bench_graph [FOLDER [TRIPLES...]]; the files written are left for other benchmarks. */
#include "graph/storage.h"
#include "input/rdf.h"
#include "output/query.h"
#include "tests/support/situations.h"

#include <librdf.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

typedef struct Measure {
  double seconds;
  double megabytes; /* most held in memory, with libraries */
  double each;      /* bytes a triple, as the graph counts them */
  double joins[2];  /* seconds of the slowest in good and in bad order */
  size_t triples;
} Measure;

static double now(void)
{
  struct timespec time;
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
  return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

static Status swallow(void *handle, const void *bytes, size_t count)
{
  (void)bytes;
  *(size_t *)handle += count;
  return STATUS_OK;
}

static double ask(Graph *graph, const char *text)
{
  size_t count = 0;
  const Sink sink = {swallow, &count};
  Graph *none;
  const double start = now();
  if (query_run(&none, &sink, graph, slice_of(text), RESULTS_CSV, NULL) != STATUS_OK) exit(1);
  return now() - start;
}

/* Three patterns each, from the rare to the frequent and the other way round. */
static const char *const JOINS[][2] = {
    {"SELECT ?a ?b { ?s ent:date \"2011-05-04\"^^xsd:date . ?s ent:agent ?a . ?s ent:coAgent ?b }",
     "SELECT ?a ?b { ?s ent:coAgent ?b . ?s ent:agent ?a . ?s ent:date \"2011-05-04\"^^xsd:date }"},
    {"SELECT ?a ?b { ?s a ent:Meeting . ?s ent:agent ?a . ?s ent:coAgent ?b }",
     "SELECT ?a ?b { ?s ent:coAgent ?b . ?s ent:agent ?a . ?s a ent:Meeting }"},
    {"SELECT ?n (COUNT(*) AS ?c) { ?s ent:factuality ent:Planned . ?s ent:agent ?a . "
     "?a rdfs:label ?n } GROUP BY ?n",
     "SELECT ?n (COUNT(*) AS ?c) { ?a rdfs:label ?n . ?s ent:agent ?a . "
     "?s ent:factuality ent:Planned } GROUP BY ?n"}};

static void join(Measure *out, Graph *graph)
{
  for (size_t i = 0; i < sizeof JOINS / sizeof *JOINS; i++) {
    for (size_t k = 0; k < 2; k++) {
      const double seconds = ask(graph, JOINS[i][k]);
      if (seconds > out->joins[k]) out->joins[k] = seconds;
    }
  }
}

static void load_ours(Measure *out, const char *path)
{
  Graph *graph;
  const double start = now();
  if (graph_new(&graph) != STATUS_OK || rdf_read(graph, path, NULL, NULL) != STATUS_OK ||
      graph_index(graph) != STATUS_OK) {
    exit(1);
  }
  out->seconds = now() - start;
  out->triples = graph_size(graph);
  out->each = (double)graph_memory(graph) / (double)out->triples;
  join(out, graph);
  graph_free(graph);
}

static int quiet(void *handle, librdf_log_message *message)
{
  (void)handle;
  (void)message;
  return 1;
}

static void load_librdf(Measure *out, const char *path, const char *name)
{
  char uri[1024];
  librdf_world *const world = librdf_new_world();
  librdf_world_open(world);
  librdf_world_set_logger(world, NULL, quiet);
  if (storage_register(world) != STATUS_OK) exit(1);
  librdf_storage *const storage = librdf_new_storage(world, name, "bench", NULL);
  librdf_model *const model = librdf_new_model(world, storage, NULL);
  librdf_parser *const parser = librdf_new_parser(world, "ntriples", NULL, NULL);
  char here[512] = "";
  if (path[0] != '/' && !getcwd(here, sizeof here - 1)) exit(1);
  if (here[0]) strcat(here, "/");
  snprintf(uri, sizeof uri, "file://%s%s", here, path);
  librdf_uri *const from = librdf_new_uri(world, (const unsigned char *)uri);
  const double start = now();
  if (librdf_parser_parse_into_model(parser, from, from, model)) exit(1);
  if (librdf_model_sync(model)) exit(1);
  out->seconds = now() - start;
  out->triples = (size_t)librdf_model_size(model);
}

/* Run one case in a child. NAME NULL: our graph, else a librdf storage. */
static Measure measure(const char *path, const char *name)
{
  Measure out = {0};
  int ends[2];
  if (pipe(ends)) exit(1);
  fflush(stdout);
  const pid_t child = fork();
  if (child == 0) {
    if (name) {
      load_librdf(&out, path, name);
    } else {
      load_ours(&out, path);
    }
    const ssize_t written = write(ends[1], &out, sizeof out);
    _exit(written == sizeof out ? 0 : 1);
  }
  close(ends[1]);
  if (child < 0 || read(ends[0], &out, sizeof out) != sizeof out) exit(1);
  close(ends[0]);
  struct rusage usage;
  memset(&usage, 0, sizeof usage);
  int status = 0;
  waitpid(child, &status, 0);
  getrusage(RUSAGE_CHILDREN, &usage);
  out.megabytes = (double)usage.ru_maxrss / 1024;
  return out;
}

static void print(const char *name, const Measure *measure)
{
  printf("  %-22s %8.2f s %8.0f MB", name, measure->seconds, measure->megabytes);
  if (measure->each > 0) printf("   (graph alone %.1f bytes a triple)", measure->each);
  printf("\n");
}

/* RUSAGE_CHILDREN keeps the largest child, so the small ones go first. */
static void compare(const char *path, size_t triples)
{
  printf("%zu triples (%s)\n", triples, path);
  const Measure ours = measure(path, NULL);
  print("entente", &ours);
  const Measure module = measure(path, "entente");
  print("librdf on entente", &module);
  const Measure trees = measure(path, "trees");
  print("librdf trees", &trees);
  printf("  load and index %.1f times as fast as trees, in %.2f of its memory\n",
         trees.seconds / ours.seconds, ours.megabytes / trees.megabytes);
  printf("  slowest of three joins of three patterns: %.4f s in good order, %.4f s in bad order\n",
         ours.joins[0], ours.joins[1]);
  if (ours.triples != trees.triples || module.triples != trees.triples) {
    printf("  DIFFERENT COUNTS: %zu, %zu, %zu\n", ours.triples, module.triples, trees.triples);
    exit(1);
  }
}

static void run(const char *folder, size_t triples)
{
  char path[512];
  snprintf(path, sizeof path, "%s/situations-%zu.nt", folder, triples);
  if (access(path, R_OK) != 0) {
    FILE *const file = fopen(path, "w");
    if (!file) exit(1);
    situations_write(file, triples);
    if (fclose(file) != 0) exit(1);
  }
  compare(path, triples);
}

int main(int argc, char **argv)
{
  const char *const folder = argc > 1 ? argv[1] : "build/bench";
  mkdir("build", 0777);
  mkdir(folder, 0777);
  if (argc < 3) {
    run(folder, 1000000);
    run(folder, 5000000);
  }
  for (int i = 2; i < argc; i++) run(folder, strtoull(argv[i], NULL, 10));
  return 0;
}
