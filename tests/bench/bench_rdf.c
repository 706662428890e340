/* Reading and writing RDF beside serdi and rapper, on the same file of situation-shaped triples:
     bench_rdf [TRIPLES [FOLDER]]     (1000000, build/bench)
   Prints one line a measure: seconds of ours, seconds of theirs, ratio (below 1: ours is faster).
   "write" is from the graph in memory; "convert" reads the file too, as theirs does. */
#include "input/rdf.h"
#include "output/file.h"
#include "output/rdf.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#define ENT_NS "https://w3id.org/entente#"
#define ID_NS "https://w3id.org/entente/id/"
#define XSD_NS "http://www.w3.org/2001/XMLSchema#"
#define RDF_TYPE "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
#define RDFS_LABEL "<http://www.w3.org/2000/01/rdf-schema#label>"

static double now(void)
{
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (double)t.tv_sec + (double)t.tv_nsec * 1e-9;
}

static unsigned long long random_state = 88172645463325252ull;

static unsigned long long next_random(void)
{
  random_state ^= random_state << 13;
  random_state ^= random_state >> 7;
  return random_state ^= random_state << 17;
}

/* Eleven triples: a meeting with its quote and its edge. */
static void write_meeting(FILE *out, unsigned long i)
{
  const unsigned a = (unsigned)(next_random() % 20000), b = (unsigned)(next_random() % 20000);
  const unsigned at = (unsigned)(i % 5000);
  char s[96], q[96], x[64], y[64];
  snprintf(s, sizeof s, "<" ID_NS "Meeting-%016llx>", next_random());
  snprintf(q, sizeof q, "<http://news.example.org/2023/%05lu#char=%u,%u>", i / 5, at, at + 80);
  snprintf(x, sizeof x, "<" ID_NS "Person_%u>", a);
  snprintf(y, sizeof y, "<" ID_NS "Person_%u>", b);
  fprintf(out, "%s " RDF_TYPE " <" ENT_NS "Meeting> .\n", s);
  fprintf(out, "%s <" ENT_NS "agent> %s .\n%s <" ENT_NS "coAgent> %s .\n", s, x, s, y);
  fprintf(out, "%s <" ENT_NS "date> \"20%02lu-%02lu-%02lu\"^^<" XSD_NS "date> .\n", s, i % 24,
          i % 12 + 1, i % 28 + 1);
  fprintf(out, "%s <" ENT_NS "factuality> <" ENT_NS "Actual> .\n", s);
  fprintf(out, "%s " RDFS_LABEL " \"Person %u met with Person %u\" .\n", s, a, b);
  fprintf(out, "%s <" ENT_NS "evidence> %s .\n", s, q);
  fprintf(out, "%s <" ENT_NS "exact> \"Person %u met \\\"Person %u\\\" on %lu, \u00e9.\" .\n", q, a,
          b, i);
  fprintf(out, "%s <" ENT_NS "document> <http://news.example.org/2023/%05lu> .\n", q, i / 5);
  fprintf(out, "%s <" ENT_NS "confidence> \"0.%lu\"^^<" XSD_NS "decimal> .\n", q, i % 9 + 1);
  fprintf(out, "%s <" ENT_NS "metWith> %s .\n", x, y);
}

static int generate(const char *path, unsigned long triples)
{
  FILE *const out = fopen(path, "w");
  if (!out) return -1;
  for (unsigned long i = 0; i * 11 < triples; i++) write_meeting(out, i);
  return fclose(out);
}

static int write_graph(Graph *graph, const char *path, Syntax syntax)
{
  File *file;
  if (file_open(&file, path, NULL) != STATUS_OK) return -1;
  const Sink sink = file_sink(file);
  if (rdf_write(&sink, graph, syntax, NULL, NULL) != STATUS_OK) {
    file_discard(file);
    return -1;
  }
  return file_commit(file) == STATUS_OK ? 0 : -1;
}

/* Seconds that COMMAND takes; negative if it cannot be run. */
static double seconds_of(const char *command)
{
  const double start = now();
  return system(command) == 0 ? now() - start : -1;
}

static void show(const char *what, double ours, const char *than, double theirs)
{
  if (theirs < 0)
    printf("%-28s %8.2f s   %s is not here\n", what, ours, than);
  else
    printf("%-28s %8.2f s   %s %.2f s   ratio %.2f\n", what, ours, than, theirs, ours / theirs);
  fflush(stdout);
}

static int run(const char *folder, const char *input)
{
  char turtle[300], lines[300], command[900];
  snprintf(turtle, sizeof turtle, "%s/bench-ours.ttl", folder);
  snprintf(lines, sizeof lines, "%s/bench-ours.nq", folder);
  Graph *graph;
  if (graph_new(&graph) != STATUS_OK) return 1;
  double start = now();
  if (rdf_read(graph, input, NULL, NULL) != STATUS_OK || graph_index(graph) != STATUS_OK) return 1;
  const double load = now() - start;
  printf("%zu triples, %.1f bytes each in memory\n", graph_size(graph),
         (double)graph_memory(graph) / (double)graph_size(graph));
  start = now();
  if (write_graph(graph, turtle, SYNTAX_TURTLE)) return 1;
  const double to_turtle = now() - start;
  start = now();
  if (write_graph(graph, lines, SYNTAX_NQUADS)) return 1;
  const double to_lines = now() - start;
  graph_free(graph);
  snprintf(command, sizeof command, "serdi -i ntriples -o turtle %s > %s/bench-theirs", input,
           folder);
  const double serdi_turtle = seconds_of(command);
  snprintf(command, sizeof command, "serdi -i ntriples -o nquads %s > %s/bench-theirs", input,
           folder);
  const double serdi_lines = seconds_of(command);
  snprintf(command, sizeof command,
           "rapper -q -i ntriples -o turtle %s > %s/bench-theirs 2>/dev/null", input, folder);
  const double rapper = seconds_of(command);
  show("read N-Triples and index", load, "serdi", serdi_lines);
  show("write Turtle", to_turtle, "serdi", serdi_turtle);
  show("convert to Turtle", load + to_turtle, "serdi", serdi_turtle);
  show("convert to Turtle", load + to_turtle, "rapper", rapper);
  show("write N-Quads", to_lines, "serdi", serdi_lines);
  show("convert to N-Quads", load + to_lines, "serdi", serdi_lines);
  unlink(turtle);
  unlink(lines);
  snprintf(command, sizeof command, "%s/bench-theirs", folder);
  unlink(command);
  return 0;
}

int main(int argc, char **argv)
{
  const unsigned long triples = argc > 1 ? strtoul(argv[1], NULL, 10) : 1000000;
  const char *const folder = argc > 2 ? argv[2] : "build/bench";
  char input[300];
  snprintf(input, sizeof input, "%s/bench-input.nt", folder);
  if (generate(input, triples)) return 1;
  const int failed = run(folder, input);
  unlink(input);
  return failed;
}
