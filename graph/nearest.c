/* Names are compared folded and without diacritics. All labels are gone through once: a name that
   shares whole words with the one asked for scores better than one that is merely spelt alike, and
   the spelling distance is cut off early, so the cost is linear in the labels. */
#include "nearest.h"

#include "memory.h"
#include "unicode.h"
#include "vocabulary.h"

#include <stdio.h>
#include <stdlib.h>

#define LONGEST 64u /* letters compared */

typedef struct Candidate {
  Slice label;
  TermId term;
  unsigned distance; /* 0 is best */
} Candidate;

static const char *const name_properties[] = {RDFS "label", SKOS "altLabel"};
#define NAME_PROPERTIES 2

/* ---- exact look-up ---- */

static int compare_candidates(const void *a, const void *b)
{
  const Candidate *const x = a, *const y = b;
  if (x->distance != y->distance) return x->distance < y->distance ? -1 : 1;
  const int order = slice_compare(x->label, y->label);
  return order ? order : (x->term > y->term) - (x->term < y->term);
}

/* Situations have labels too, but are not what one asks for by name. */
static bool is_entity(Graph *graph, TermId term)
{
  const TermId factuality = graph_find_iri(graph, SLICE(ENT "factuality"));
  if (graph_term(graph, term).kind == TERM_LITERAL) return false;
  return factuality == TERM_ANY ||
         graph_count(graph, (Quad){term, factuality, TERM_ANY, TERM_ANY}) == 0;
}

typedef struct Search {
  Arena *arena;
  Graph *graph;
  Slice wanted; /* as given, or stripped */
  Buffer text;  /* scratch */
  Candidate *found;
  size_t count, capacity;
} Search;

static Status add_candidate(Search *s, Candidate candidate)
{
  Candidate *const grown = arena_grow(s->arena, s->found, &s->capacity, s->count, 1, sizeof *grown);
  if (!grown) return STATUS_MEMORY;
  s->found = grown;
  grown[s->count++] = candidate;
  return STATUS_OK;
}

typedef Status (*Judge)(Search *s, TermId subject, Slice name);

static Status judge_folded(Search *s, TermId subject, Slice name)
{
  s->text.count = 0;
  TRY(unicode_strip(&s->text, name));
  if (!slice_equal(buffer_as_slice(&s->text), s->wanted) || !is_entity(s->graph, subject))
    return STATUS_OK;
  return add_candidate(s, (Candidate){graph_term(s->graph, subject).text, subject, 0});
}

static Status judge_exact(Search *s, TermId subject, Slice name)
{
  if (!slice_equal(name, s->wanted) || !is_entity(s->graph, subject)) return STATUS_OK;
  return add_candidate(s, (Candidate){graph_term(s->graph, subject).text, subject, 0});
}

static Status go_through(Search *s, const char *property, Judge judge)
{
  const TermId predicate = graph_find_iri(s->graph, slice_of(property));
  if (predicate == TERM_ANY) return STATUS_OK;
  GraphCursor *cursor;
  TRY(graph_match(&cursor, s->graph, (Quad){TERM_ANY, predicate, TERM_ANY, TERM_ANY}));
  Status status = STATUS_OK;
  for (Quad quad; !status && graph_next(cursor, &quad);)
    status = judge(s, quad.subject, graph_term(s->graph, quad.object).text);
  graph_match_end(cursor);
  return status;
}

/* Order what was found, drop doubles. */
static void settle(Search *s)
{
  if (s->count) qsort(s->found, s->count, sizeof *s->found, compare_candidates);
  size_t kept = 0;
  for (size_t i = 0; i < s->count; i++)
    if (!i || s->found[i].term != s->found[kept - 1].term) s->found[kept++] = s->found[i];
  s->count = kept;
}

static Status find_with(Search *s, Judge judge)
{
  for (int i = 0; i < NAME_PROPERTIES && !s->count; i++)
    TRY(go_through(s, name_properties[i], judge));
  settle(s);
  return STATUS_OK;
}

Status entity_find(TermId **out, size_t *count, Arena *arena, Graph *graph, Slice name)
{
  Search s = {.arena = arena, .graph = graph, .wanted = name};
  Buffer stripped = BUFFER_EMPTY;
  Status status = find_with(&s, judge_exact);
  if (!status && !s.count) status = unicode_strip(&stripped, name);
  if (!status && !s.count) {
    s.wanted = buffer_as_slice(&stripped);
    status = find_with(&s, judge_folded);
  }
  buffer_clear(&stripped);
  buffer_clear(&s.text);
  TRY(status);
  *out = arena_array(arena, s.count + 1, sizeof **out);
  if (!*out) return STATUS_MEMORY;
  for (size_t i = 0; i < s.count; i++) (*out)[i] = s.found[i].term;
  *count = s.count;
  return STATUS_OK;
}

/* ---- nearness ---- */

static size_t letters_of(uint32_t out[LONGEST], Slice text)
{
  size_t count = 0;
  for (size_t at = 0; at < text.len && count < LONGEST;) out[count++] = utf8_next(text, &at);
  return count;
}

static unsigned least(unsigned a, unsigned b)
{
  return a < b ? a : b;
}

/* Optimal string alignment distance: Damerau-Levenshtein without editing a transposed pair. */
static unsigned spelling_distance(Slice a, Slice b)
{
  uint32_t x[LONGEST], y[LONGEST];
  unsigned rows[3][LONGEST + 1];
  const size_t n = letters_of(x, a), m = letters_of(y, b);
  for (unsigned j = 0; j <= m; j++) rows[0][j] = j;
  for (size_t i = 1; i <= n; i++) {
    unsigned *const row = rows[i % 3];
    const unsigned *const above = rows[(i + 2) % 3], *const higher = rows[(i + 1) % 3];
    row[0] = (unsigned)i;
    for (size_t j = 1; j <= m; j++) {
      row[j] = least(least(above[j], row[j - 1]) + 1, above[j - 1] + (x[i - 1] != y[j - 1]));
      if (i > 1 && j > 1 && x[i - 1] == y[j - 2] && x[i - 2] == y[j - 1])
        row[j] = least(row[j], higher[j - 2] + 1);
    }
  }
  return rows[n % 3][m];
}

static bool next_word(Slice text, size_t *at, Slice *word)
{
  while (*at < text.len && (text.ptr[*at] == ' ' || text.ptr[*at] == '-')) ++*at;
  const size_t start = *at;
  while (*at < text.len && text.ptr[*at] != ' ' && text.ptr[*at] != '-') ++*at;
  *word = slice_part(text, start, *at);
  return word->len > 0;
}

/* How many letters of WANTED's words stand as words in NAME. */
static size_t shared_letters(Slice wanted, Slice name)
{
  size_t shared = 0;
  Slice word, other;
  for (size_t i = 0; next_word(wanted, &i, &word);)
    for (size_t j = 0; word.len > 2 && next_word(name, &j, &other);)
      if (slice_equal(word, other)) {
        shared += word.len;
        break;
      }
  return shared;
}

/* The least distance of WANTED to a single word of NAME ("Kishda" is near "Fumio Kishida"). */
static unsigned word_distance(Slice wanted, Slice name)
{
  unsigned best = UINT32_MAX;
  Slice word;
  for (size_t at = 0; next_word(name, &at, &word);) {
    const size_t apart = word.len > wanted.len ? word.len - wanted.len : wanted.len - word.len;
    if (apart <= wanted.len / 3) best = least(best, spelling_distance(wanted, word));
  }
  return best;
}

/* 0 to 999: shares words; from 1000: spelling; UINT32_MAX: not near. */
static unsigned distance(Slice wanted, Slice name)
{
  const size_t shared = shared_letters(wanted, name);
  if (shared) {
    const size_t rest = wanted.len + name.len - 2 * (shared < name.len ? shared : name.len);
    return rest < 999 ? (unsigned)rest : 999;
  }
  const unsigned limit = (unsigned)(wanted.len < 5 ? 1 : wanted.len / 3);
  const size_t apart = name.len > wanted.len ? name.len - wanted.len : wanted.len - name.len;
  unsigned best = apart <= limit + wanted.len / 2 ? spelling_distance(wanted, name) : UINT32_MAX;
  best = least(best, word_distance(wanted, name));
  return best <= limit ? 1000 + best : UINT32_MAX;
}

static Status judge_near(Search *s, TermId subject, Slice name)
{
  s->text.count = 0;
  TRY(unicode_strip(&s->text, name));
  const unsigned apart = distance(s->wanted, buffer_as_slice(&s->text));
  if (apart == UINT32_MAX || !is_entity(s->graph, subject)) return STATUS_OK;
  Candidate candidate = {SLICE_NONE, subject, apart};
  const TermId label = graph_find_iri(s->graph, SLICE(RDFS "label"));
  GraphCursor *cursor;
  TRY(graph_match(&cursor, s->graph, (Quad){subject, label, TERM_ANY, TERM_ANY}));
  for (Quad quad; graph_next(cursor, &quad);) {
    const Slice text = graph_term(s->graph, quad.object).text;
    if (!candidate.label.len || slice_compare(text, candidate.label) < 0) candidate.label = text;
  }
  graph_match_end(cursor);
  return candidate.label.len ? add_candidate(s, candidate) : STATUS_OK;
}

static void take_best(Slice *out, size_t *count, size_t limit, const Search *s)
{
  for (size_t i = 0; i < s->count && *count < limit; i++) {
    bool known = false;
    for (size_t j = 0; j < *count; j++) known |= slice_equal(out[j], s->found[i].label);
    if (!known) out[(*count)++] = s->found[i].label;
  }
}

Status nearest_names(Slice *out, size_t *count, size_t limit, Arena *arena, Graph *graph,
                     Slice name)
{
  *count = 0;
  Search s = {.arena = arena, .graph = graph};
  Buffer stripped = BUFFER_EMPTY;
  Status status = unicode_strip(&stripped, name);
  s.wanted = buffer_as_slice(&stripped);
  for (int i = 0; i < NAME_PROPERTIES && !status; i++)
    status = go_through(&s, name_properties[i], judge_near);
  if (!status && s.count) qsort(s.found, s.count, sizeof *s.found, compare_candidates);
  if (!status) take_best(out, count, limit, &s);
  buffer_clear(&stripped);
  buffer_clear(&s.text);
  return status;
}

#define SUGGESTIONS 5u

Status entity_require(TermId **out, size_t *count, Arena *arena, Graph *graph, Slice name,
                      const Report *sink)
{
  TRY(entity_find(out, count, arena, graph, name));
  if (*count) return STATUS_OK;
  Slice near[SUGGESTIONS];
  size_t found;
  TRY(nearest_names(near, &found, SUGGESTIONS, arena, graph, name));
  char text[512] = "";
  size_t used = 0;
  for (size_t i = 0; i < found && used < sizeof text; i++)
    used += (size_t)snprintf(text + used, sizeof text - used, "%s%.*s",
                             !i               ? ""
                             : i + 1 == found ? " or "
                                              : ", ",
                             SLICE_ARGS(near[i]));
  report(sink, SEVERITY_ERROR, NULL, 0, 0,
         found ? "nobody is called %.*s; did you mean %s?" : "nobody is called %.*s",
         SLICE_ARGS(name), text);
  return STATUS_NOT_FOUND;
}
