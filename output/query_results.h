/* The result formats of W3C: CSV and TSV, JSON, XML, and a table for people. */
#ifndef ENTENTE_QUERY_RESULTS_H
#define ENTENTE_QUERY_RESULTS_H

#include "graph/sink.h"
#include "output/query.h"
#include "output/query_ast.h"

/* Rows of terms under the names of variables. */
typedef struct ResultTable {
  const Slice *names;
  size_t column_count, row_count;
  const TermId *cells; /* TERM_ANY where unbound */
  const QueryTerms *terms;
  const Prefix *prefixes;
  size_t prefix_count;
} ResultTable;

/* STATUS_LIMIT, reported, if a term cannot be said in the format. */
Status results_write(const Sink *out, const ResultTable *table, QueryResults format,
                     const Report *report);
Status results_write_truth(const Sink *out, bool truth, QueryResults format);

#endif
