/* The relation table (design, section 5): one row for each pair and quote, in the order of
   documents, offsets and names. CSV as RFC 4180 has it; TSV with the same quoting. */
#ifndef ENTENTE_OUTPUT_TABLE_H
#define ENTENTE_OUTPUT_TABLE_H

#include "graph/graph.h"
#include "graph/sink.h"
#include "ontology/ontology.h"

/* Write the situations of GRAPH. SEPARATOR is ',' (lines end in CR LF) or a tab (in LF).
   A situation whose class the ontology does not have goes by its class ("Flight" as "flight");
   where agents have no one on the other side they pair with each other. Sources of one quote stand
   in one field, "; " between them. */
Status table_write(const Sink *sink, Graph *graph, const Ontology *ontology, char separator);

#endif
