/* Pictures by size: DOT of 10,000 nodes and 30,000 edges, SVG of 1,000 and 10,000 nodes laid out by
   sfdp; wall-clock seconds from the graph in memory to the bytes. */
#include "output/draw.h"

#include "tests/support/check.h"
#include "tests/support/rows.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static double now(void)
{
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

typedef struct Names {
  char text[40];
  char quote[64];
} Names;

/* Some nodes are chosen far more often than others, as in life. */
static uint32_t choose(uint64_t *seed, uint32_t count)
{
  const uint32_t most = check_below(seed, 3) ? count : count / 50 + 1;
  return check_below(seed, most);
}

static Row row_between(const Names *names, uint32_t from, uint32_t to, uint64_t *seed,
                       const char *quote)
{
  static const char *const relations[] = {"metWith",   "visited",    "criticized", "signed",
                                          "supported", "sanctioned", "attacked"};
  static const char *const dates[] = {NULL, "2021", "2022-05", "2023-01-13"};
  return (Row){.subject = names[from].text,
               .relation = relations[check_below(seed, 7)],
               .object = names[to].text,
               .date = dates[check_below(seed, 4)],
               .factuality = check_below(seed, 4) ? FACTUALITY_ACTUAL : FACTUALITY_PLANNED,
               .document = "http://example.org/document",
               .quote = quote,
               .start = check_below(seed, 1u << 30)};
}

static Graph *make_graph(uint32_t node_count, uint32_t edge_count)
{
  Graph *graph;
  Names *const names = calloc(edge_count, sizeof *names);
  Row *const rows = calloc(edge_count, sizeof *rows);
  uint64_t seed = 42;
  if (!names || !rows || graph_new(&graph)) abort();
  for (uint32_t i = 0; i < edge_count; i++) {
    snprintf(names[i].text, sizeof names[i].text, "%c:Somebody No. %u", "PPCO"[i % 4], i);
    snprintf(names[i].quote, sizeof names[i].quote, "What is said in sentence %u.", i);
  }
  for (uint32_t i = 0; i < edge_count; i++) {
    const uint32_t from = i < node_count ? i : choose(&seed, node_count);
    uint32_t to = choose(&seed, node_count);
    if (to == from) to = (from + 1) % node_count;
    rows[i] = row_between(names, from, to, &seed, names[i].quote);
  }
  rows_add(graph, rows_ontology(), rows, edge_count);
  if (graph_index(graph)) abort();
  free(names);
  free(rows);
  return graph;
}

static void measure(const char *what, uint32_t nodes, uint32_t edges, DrawFormat format,
                    double wanted)
{
  Graph *const graph = make_graph(nodes, edges);
  DrawOutput output = {.format = format};
  const DrawOptions options = {
      .ontology = rows_ontology(), .all = true, .layout = "sfdp", .timeout = 300};
  const double start = now();
  const Status status = draw(&output, 1, graph, &options, NULL);
  const double seconds = now() - start;
  printf("%-4s %6u nodes %6u edges: %6.2f s (wanted: under %g), %.1f MB%s\n", what, nodes, edges,
         seconds, wanted, (double)output.bytes.count / 1e6, status ? " FAILED" : "");
  buffer_clear(&output.bytes);
  graph_free(graph);
}

int main(void)
{
  measure("dot", 10000, 30000, DRAW_DOT, 1);
  measure("svg", 1000, 3000, DRAW_SVG, 3);
  measure("svg", 10000, 30000, DRAW_SVG, 30);
  return 0;
}
