/* The terms of a query: those of the graph, and those that the query brings or computes, which live
   beside the graph so that asking leaves it as it was. One id, one term, in both. */
#ifndef ENTENTE_QUERY_TERMS_H
#define ENTENTE_QUERY_TERMS_H

#include "graph/graph.h"

#define XSD "http://www.w3.org/2001/XMLSchema#"
#define RDF_LANG_STRING "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString"

/* Ids with this bit are not in the graph: nothing there can match them. */
#define TERM_COMPUTED ((TermId)0x80000000u)

typedef struct QueryTerms {
  Graph *graph; /* borrowed */
  Graph *extra;
} QueryTerms;

/* A term with its datatype spelt out; empty for IRIs, blank nodes and plain or language literals.
 */
typedef struct QueryTerm {
  TermKind kind;
  Slice text, datatype, language;
} QueryTerm;

Status query_terms_init(QueryTerms *terms, Graph *graph);
void query_terms_clear(QueryTerms *terms);

Status query_intern(TermId *out, QueryTerms *terms, QueryTerm term);
QueryTerm query_term(const QueryTerms *terms, TermId id);

#endif
