/* What follows from a class or property is found once, by a walk over the vocabulary, and kept by
   term; then one pass over the statements adds what they ask for. */
#include "output/aligned.h"

#include "graph/arena.h"
#include "graph/vocabulary.h"

typedef struct Targets {
  bool known;
  TermId *ids;
  size_t count;
} Targets;

typedef struct Aligner {
  Graph *graph, *vocabulary;
  Arena arena;
  Targets *classes, *properties; /* by term of the graph */
  size_t term_count;
  TermId type, label, name;
} Aligner;

/* ---- the walk over the vocabulary ---- */

typedef struct Walk {
  TermId *found; /* in the order they were come to */
  size_t count, capacity;
} Walk;

static bool theirs(Slice iri)
{
  static const char *const spaces[] = {SCHEMA, FOAF, ORG, PROV, SEM, OA, DCTERMS};
  for (size_t i = 0; i < sizeof spaces / sizeof *spaces; i++) {
    if (slice_starts(iri, spaces[i])) return true;
  }
  return false;
}

static Status visit(Aligner *a, Walk *walk, TermId id)
{
  for (size_t i = 0; i < walk->count; i++) {
    if (walk->found[i] == id) return STATUS_OK;
  }
  TermId *const grown =
      arena_grow(&a->arena, walk->found, &walk->capacity, walk->count, 1, sizeof *grown);
  if (!grown) return STATUS_MEMORY;
  walk->found = grown;
  grown[walk->count++] = id;
  return STATUS_OK;
}

static Status follow(Aligner *a, Walk *walk, TermId from, const char *link)
{
  const TermId predicate = graph_find_iri(a->vocabulary, slice_of(link));
  GraphCursor *cursor;
  Status status = STATUS_OK;
  if (predicate == TERM_ANY) return STATUS_OK;
  TRY(graph_match(&cursor, a->vocabulary, (Quad){from, predicate, TERM_ANY, TERM_ANY}));
  for (Quad q; status == STATUS_OK && graph_next(cursor, &q);) {
    if (graph_term(a->vocabulary, q.object).kind == TERM_IRI) status = visit(a, walk, q.object);
  }
  graph_match_end(cursor);
  return status;
}

static Status walk_links(Aligner *a, Walk *walk, bool properties)
{
  const char *const links[] = {properties ? RDFS "subPropertyOf" : RDFS "subClassOf",
                               properties ? OWL "equivalentProperty" : OWL "equivalentClass"};
  for (size_t i = 0; i < walk->count; i++) {
    TRY(follow(a, walk, walk->found[i], links[0]));
    TRY(follow(a, walk, walk->found[i], links[1]));
    if (i == 0) TRY(follow(a, walk, walk->found[i], RDFS "seeAlso"));
  }
  return STATUS_OK;
}

static Status find_targets(Targets *out, Aligner *a, TermId term, bool properties)
{
  Walk walk = {0};
  const Slice iri = graph_term(a->graph, term).text;
  const TermId start = graph_find_iri(a->vocabulary, iri);
  *out = (Targets){.known = true};
  if (start == TERM_ANY) return STATUS_OK;
  TRY(visit(a, &walk, start));
  TRY(walk_links(a, &walk, properties));
  if (!(out->ids = arena_array(&a->arena, walk.count, sizeof *out->ids))) return STATUS_MEMORY;
  for (size_t i = 1; i < walk.count; i++) {
    const Slice target = graph_term(a->vocabulary, walk.found[i]).text;
    if (theirs(target)) TRY(graph_iri(&out->ids[out->count++], a->graph, target));
  }
  return STATUS_OK;
}

static Status targets_of(const Targets **out, Aligner *a, TermId term, bool properties)
{
  Targets *const targets = properties ? &a->properties[term] : &a->classes[term];
  *out = targets;
  return targets->known ? STATUS_OK : find_targets(targets, a, term, properties);
}

/* ---- the statements ---- */

/* Properties of theirs whose objects are things, whatever ours may have as a literal. */
static bool takes_literals(const Aligner *a, TermId property)
{
  return !slice_is(graph_term(a->graph, property).text, PROV "wasAttributedTo");
}

static Status align_statement(Aligner *a, Quad quad)
{
  const Targets *targets;
  const bool literal = graph_term(a->graph, quad.object).kind == TERM_LITERAL;
  if (quad.predicate == a->label) {
    return graph_add(a->graph, (Quad){quad.subject, a->name, quad.object, quad.graph});
  }
  if (quad.predicate == a->type) {
    TRY(targets_of(&targets, a, quad.object, false));
    for (size_t i = 0; i < targets->count; i++) {
      TRY(graph_add(a->graph, (Quad){quad.subject, a->type, targets->ids[i], quad.graph}));
    }
    return STATUS_OK;
  }
  TRY(targets_of(&targets, a, quad.predicate, true));
  for (size_t i = 0; i < targets->count; i++) {
    if (literal && !takes_literals(a, targets->ids[i])) continue;
    TRY(graph_add(a->graph, (Quad){quad.subject, targets->ids[i], quad.object, quad.graph}));
  }
  return STATUS_OK;
}

/* The cursor goes over the state at its start: what is added meanwhile is not met. */
static Status align_all(Aligner *a)
{
  GraphCursor *cursor;
  Status status = STATUS_OK;
  TRY(graph_match(&cursor, a->graph, (Quad){TERM_ANY, TERM_ANY, TERM_ANY, TERM_ANY}));
  for (Quad q; status == STATUS_OK && graph_next(cursor, &q);) status = align_statement(a, q);
  graph_match_end(cursor);
  return status;
}

Status graph_align(Graph *graph, Graph *vocabulary)
{
  Aligner a = {.graph = graph, .vocabulary = vocabulary, .arena = ARENA_EMPTY};
  a.type = graph_find_iri(graph, SLICE(RDF "type"));
  a.label = graph_find_iri(graph, SLICE(RDFS "label"));
  TRY(graph_iri(&a.name, graph, SLICE(SCHEMA "name")));
  a.term_count = graph_term_count(graph) + 1;
  a.classes = arena_array(&a.arena, a.term_count, sizeof *a.classes);
  a.properties = arena_array(&a.arena, a.term_count, sizeof *a.properties);
  const Status status = a.classes && a.properties ? align_all(&a) : STATUS_MEMORY;
  arena_clear(&a.arena);
  return status;
}
