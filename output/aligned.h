/* Alignment: the words of other vocabularies beside our own (--vocabulary aligned). */
#ifndef ENTENTE_ALIGNED_H
#define ENTENTE_ALIGNED_H

#include "graph/graph.h"

/* Add to GRAPH, in the graphs where ours stand, the types and properties of schema.org, FOAF, ORG,
   PROV-O, SEM, Web Annotation and Dublin Core that follow from VOCABULARY: the ontology as a graph,
   with rdfs:subClassOf, owl:equivalentClass, rdfs:subPropertyOf, owl:equivalentProperty and
   rdfs:seeAlso from our terms to theirs. Labels also become schema:name. Adding twice changes
   nothing. The two may not be the same graph. */
Status graph_align(Graph *graph, Graph *vocabulary);

#endif
