/* Order: the statements of a graph in an order that depends on nothing but the statements, with
   the N-Triples form of every term in them. What all RDF writers walk over. */
#ifndef ENTENTE_ORDER_H
#define ENTENTE_ORDER_H

#include "graph/graph.h"
#include "graph/sink.h"
#include "output/rdf.h"

typedef enum OrderFlag {
  ORDER_UNION = 1u << 0,       /* leave the graph names out, and what is then said twice */
  ORDER_GRAPH_FIRST = 1u << 1, /* by graph, the default graph first; else the graph comes last */
  ORDER_READABLE = 1u << 2     /* subjects by section, rdf:type before other predicates */
} OrderFlag;

/* Where a subject stands in what people read. */
typedef enum Section {
  SECTION_ENTITIES,
  SECTION_SITUATIONS,
  SECTION_QUOTES,
  SECTION_DOCUMENTS,
  SECTION_REST
} Section;
#define SECTIONS 5

typedef struct Order {
  const Graph *graph;
  Quad *quads;
  size_t count;
  size_t term_count; /* ids run from 1 to this */
  size_t *token;     /* by id and id + 1: where its N-Triples form begins and ends in text */
  Buffer text;
  unsigned char *section; /* by id; NULL without ORDER_READABLE */
  size_t left_out;        /* illegal statements, with options->skip_bad */
} Order;

/* Collect and sort. A statement that no syntax can hold ends it with STATUS_INPUT and a report that
   names it, unless OPTIONS say to leave such out. */
Status order_new(Order *out, Graph *graph, unsigned flags, const RdfWriteOptions *options,
                 const Report *report);
void order_clear(Order *order);

static inline Slice order_token(const Order *order, TermId id)
{
  return (Slice){order->text.bytes + order->token[id], order->token[id + 1] - order->token[id]};
}

/* Tell REPORT that QUAD cannot be written, and why. */
void order_complain(const Order *order, Quad quad, const char *reason, Severity severity,
                    const RdfWriteOptions *options, const Report *report);

#endif
