/* Query: SPARQL 1.1 over a graph. What is answered is what the standard says; what is not done is
   refused with a message that names the construct. The default graph is the union of the default
   graph and all named graphs, each triple once. The prefixes ent, id, schema, rdf, rdfs, owl, xsd,
   skos, foaf, org, prov, sem and oa are known without being declared. */
#ifndef ENTENTE_QUERY_H
#define ENTENTE_QUERY_H

#include "graph/graph.h"
#include "graph/report.h"
#include "graph/sink.h"

typedef enum QueryResults {
  RESULTS_TABLE, /* aligned text for people, IRIs by prefix */
  RESULTS_CSV,
  RESULTS_TSV,
  RESULTS_JSON,
  RESULTS_XML
} QueryResults;

/* The format called "table", "csv", "tsv", "json" or "xml"; false if there is none of that name. */
bool query_results_named(QueryResults *out, Slice name);

/* Answer QUERY. SELECT and ASK write their results to OUT; CONSTRUCT and DESCRIBE write nothing
   and set *CONSTRUCTED to a new graph, which the caller writes as RDF and frees (NULL after SELECT
   and ASK). A query that is not legal or not done is reported with its line and ends in
   STATUS_QUERY; one that would need too much time or memory, in STATUS_LIMIT. */
Status query_run(Graph **constructed, const Sink *out, Graph *graph, Slice query,
                 QueryResults results, const Report *report);

/* What a query may spend: rows looked at, and bytes held in rows at once. */
typedef struct QueryLimits {
  uint64_t steps;
  size_t bytes;
} QueryLimits;

#define QUERY_LIMITS ((QueryLimits){UINT64_C(500000000), (size_t)3 << 30})

/* The same within other limits than QUERY_LIMITS. */
Status query_run_within(Graph **constructed, const Sink *out, Graph *graph, Slice query,
                        QueryResults results, QueryLimits limits, const Report *report);

#endif
