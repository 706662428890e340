/* Storage: a Graph as a storage of Redland librdf, under the name "entente", so that every librdf
   function and every Rasqal query runs on our index. Contexts are named graphs; a statement without
   a context is in the default graph. Behaves as librdf's own storages do, but a statement is kept
   once per context, and "x" and "x"^^xsd:string are one term, as in RDF 1.1.

   Option contexts='no' turns contexts off; they are on if nothing is said. Changing the storage
   while a stream is open is allowed: the stream goes over the state at its start. */
#ifndef ENTENTE_STORAGE_H
#define ENTENTE_STORAGE_H

#include "graph.h"

struct librdf_world_s;
struct librdf_storage_s;

/* Make the storage known to WORLD, which is open; again is harmless. */
Status storage_register(struct librdf_world_s *world);

/* A new storage over GRAPH, which is borrowed and outlives it. Free it with librdf_free_storage. */
Status storage_over(struct librdf_storage_s **out, struct librdf_world_s *world, Graph *graph);

/* The graph behind a storage of this kind; borrowed. */
Graph *storage_graph(struct librdf_storage_s *storage);

#endif
