/* A computed term is looked for in the graph first, so that equal terms have equal ids; only then
   is it interned in a graph of the query's own, whose ids carry the bit TERM_COMPUTED. */
#include "query_terms.h"

Status query_terms_init(QueryTerms *terms, Graph *graph)
{
  terms->graph = graph;
  return graph_new(&terms->extra);
}

void query_terms_clear(QueryTerms *terms)
{
  graph_free(terms->extra);
  terms->extra = NULL;
}

/* False if the term cannot be in GRAPH because its datatype is not. */
static bool find(TermId *out, const Graph *graph, QueryTerm term)
{
  Term wanted = {term.kind, term.text, TERM_ANY, term.language};
  *out = TERM_ANY;
  if (term.datatype.len) {
    wanted.datatype = graph_find_iri(graph, term.datatype);
    if (!wanted.datatype) return false;
  }
  *out = graph_find_term(graph, &wanted);
  return *out != TERM_ANY;
}

static Status intern_extra(TermId *out, Graph *extra, QueryTerm term)
{
  TermId datatype = TERM_ANY;
  switch (term.kind) {
  case TERM_IRI:
    return graph_iri(out, extra, term.text);
  case TERM_BLANK:
    return graph_blank(out, extra, term.text);
  case TERM_LITERAL:
    break;
  }
  if (term.datatype.len) TRY(graph_iri(&datatype, extra, term.datatype));
  return graph_literal(out, extra, term.text, datatype, term.language);
}

Status query_intern(TermId *out, QueryTerms *terms, QueryTerm term)
{
  if (term.kind != TERM_LITERAL || term.language.len || slice_is(term.datatype, XSD "string") ||
      slice_is(term.datatype, RDF_LANG_STRING)) {
    term.datatype = SLICE_NONE;
  }
  if (term.kind != TERM_LITERAL) term.language = SLICE_NONE;
  if (find(out, terms->graph, term)) return STATUS_OK;
  TRY(intern_extra(out, terms->extra, term));
  *out |= TERM_COMPUTED;
  return STATUS_OK;
}

QueryTerm query_term(const QueryTerms *terms, TermId id)
{
  const Graph *const graph = id & TERM_COMPUTED ? terms->extra : terms->graph;
  const Term term = graph_term(graph, id & ~TERM_COMPUTED);
  QueryTerm out = {term.kind, term.text, SLICE_NONE, term.language};
  if (term.datatype) out.datatype = graph_term(graph, term.datatype).text;
  return out;
}
