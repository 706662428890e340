/* Graph: a set of quads over interned terms, with an index for every access pattern.
   Terms are 32-bit ids into a dictionary; an id never changes its meaning while the graph lives.
   No foreign types here. Not thread-safe while being written. Out parameters come first. */
#ifndef ENTENTE_GRAPH_H
#define ENTENTE_GRAPH_H

#include "slice.h"
#include "status.h"

typedef struct Graph Graph;
typedef uint32_t TermId;

#define TERM_ANY ((TermId)0) /* in patterns; as Quad.graph of a stored quad: the default graph */
#define TERM_DEFAULT_GRAPH ((TermId)UINT32_MAX) /* in patterns: only the default graph */

typedef enum TermKind { TERM_IRI, TERM_LITERAL, TERM_BLANK } TermKind;

typedef struct Term {
  TermKind kind;
  Slice text;      /* IRI, lexical form, or blank node label without "_:" */
  TermId datatype; /* of a typed literal; TERM_ANY for plain (xsd:string) and language literals */
  Slice language;  /* as given; empty if none */
} Term;

typedef struct Quad {
  TermId subject, predicate, object, graph;
} Quad;

Status graph_new(Graph **out);
void graph_free(Graph *graph); /* NULL is allowed */

/* Intern a term; the same term always gets the same id. The text is copied. */
Status graph_iri(TermId *out, Graph *graph, Slice iri);
Status graph_blank(TermId *out, Graph *graph, Slice label);
Status graph_literal(TermId *out, Graph *graph, Slice lexical, TermId datatype, Slice language);

/* Look a term up without interning it; TERM_ANY if the graph has never seen it. */
TermId graph_find_iri(const Graph *graph, Slice iri);
TermId graph_find_term(const Graph *graph, const Term *term);

/* The term behind ID; borrowed until the graph is freed. */
Term graph_term(const Graph *graph, TermId id);
size_t graph_term_count(const Graph *graph); /* ids run from 1 to this */

/* Add a quad; one that is there already is not added again. */
Status graph_add(Graph *graph, Quad quad);
Status graph_remove(Graph *graph, Quad quad); /* STATUS_NOT_FOUND if it is not there */
bool graph_contains(const Graph *graph, Quad quad);
size_t graph_size(const Graph *graph); /* quads */

/* Bring the indexes up to date; called by the look-ups themselves, but before several threads read
   at once it must be called by hand. */
Status graph_index(Graph *graph);

/* A pass over all quads that match PATTERN, in the order of the chosen index: stable for the same
   sequence of calls. Adding or removing while a cursor is open is allowed and does not disturb it
   (it goes over the state at the start); graph_match_end frees it. */
typedef struct GraphCursor GraphCursor;
Status graph_match(GraphCursor **out, Graph *graph, Quad pattern);
bool graph_next(GraphCursor *cursor, Quad *out);
void graph_match_end(GraphCursor *cursor);

/* How many quads match PATTERN: exact, O(log n). */
size_t graph_count(Graph *graph, Quad pattern);

/* The named graph with the least id above AFTER that holds a quad; TERM_ANY if there is none. Start
   with TERM_ANY to go over all of them. */
TermId graph_next_graph(Graph *graph, TermId after);

/* Bytes held by dictionary, quads and indexes. */
size_t graph_memory(const Graph *graph);

#endif
