#include "output/summary.h"

#include "graph/situation.h"

#include <stdlib.h>

typedef struct ClassCount {
  TermId class;
  size_t count;
} ClassCount;

static int compare_classes(const void *a, const void *b)
{
  const TermId x = *(const TermId *)a, y = *(const TermId *)b;
  return (x > y) - (x < y);
}

static int compare_counts(const void *a, const void *b)
{
  const ClassCount *const x = a, *const y = b;
  if (x->count != y->count) return x->count > y->count ? -1 : 1;
  return (x->class > y->class) - (x->class < y->class);
}

static size_t count_classes(ClassCount *out, TermId *classes, size_t count)
{
  size_t n = 0;
  if (count) qsort(classes, count, sizeof *classes, compare_classes);
  for (size_t i = 0; i < count; i++) {
    if (i == 0 || classes[i] != classes[i - 1]) out[n++] = (ClassCount){classes[i], 0};
    out[n - 1].count++;
  }
  if (n) qsort(out, n, sizeof *out, compare_counts);
  return n;
}

/* Entities of a class, each once however many documents name it. */
static Status count_entities(size_t *out, Graph *graph, const Vocabulary *words)
{
  *out = 0;
  for (int c = 0; c < ENTITY_CLASSES; c++) {
    GraphCursor *cursor;
    Quad quad;
    TermId last = TERM_ANY;
    if (words->classes[c] == TERM_ANY) continue;
    TRY(graph_match(&cursor, graph, (Quad){TERM_ANY, words->type, words->classes[c], TERM_ANY}));
    while (graph_next(cursor, &quad)) {
      *out += quad.subject != last;
      last = quad.subject;
    }
    graph_match_end(cursor);
  }
  return STATUS_OK;
}

static Slice local_name(Slice iri)
{
  size_t at = iri.len;
  while (at > 0 && iri.ptr[at - 1] != '#') at--;
  return slice_part(iri, at, iri.len);
}

static Status add_classes(Buffer *out, Arena *arena, Graph *graph, const Situations *situations)
{
  TermId *const classes = arena_array(arena, situations->count, sizeof *classes);
  ClassCount *const counts = arena_array(arena, situations->count, sizeof *counts);
  if (!classes || !counts) return STATUS_MEMORY;
  for (size_t i = 0; i < situations->count; i++) classes[i] = situations->items[i].class;
  const size_t n = count_classes(counts, classes, situations->count);
  for (size_t i = 0; i < n; i++) {
    if (counts[i].class == TERM_ANY) continue;
    TRY(buffer_printf(out, "%s%zu %.*s",
                      i % 8 ? ", "
                      : i   ? ",\n  "
                            : "\n  ",
                      counts[i].count,
                      SLICE_ARGS(local_name(graph_term(graph, counts[i].class).text))));
  }
  return buffer_text(out, "\n");
}

static Status summarise(Buffer *out, Arena *arena, Graph *graph, const SummaryCounts *counts)
{
  Vocabulary words;
  Situations situations;
  size_t entities;
  vocabulary_find(&words, graph);
  TRY(situations_read(&situations, arena, graph, &words));
  TRY(count_entities(&entities, graph, &words));
  if (counts->documents) {
    TRY(buffer_printf(out, "%zu document%s, %zu sentences: ", counts->documents,
                      counts->documents == 1 ? "" : "s", counts->sentences));
  }
  TRY(buffer_printf(out, "%zu entities, %zu situations in %ld.%02ld s", entities, situations.count,
                    (long)counts->seconds, (long)(counts->seconds * 100) % 100));
  return add_classes(out, arena, graph, &situations);
}

Status summary_write(const Sink *sink, Graph *graph, const SummaryCounts *counts)
{
  Arena arena = ARENA_EMPTY;
  Buffer text = BUFFER_EMPTY;
  Status status = summarise(&text, &arena, graph, counts);
  if (!status) status = sink_slice(sink, buffer_as_slice(&text));
  buffer_clear(&text);
  arena_clear(&arena);
  return status;
}
