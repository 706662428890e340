/* Radix sort of quads by chosen fields, stable. */
#ifndef ENTENTE_RADIX_H
#define ENTENTE_RADIX_H

#include "graph.h"

/* Sort by FIELD[0], then stably by FIELD[1] and so on: the least significant comes first. Fields
   are 0 subject, 1 predicate, 2 object, 3 graph. SCRATCH has room for COUNT quads. */
void radix_sort(Quad *quads, Quad *scratch, size_t count, const unsigned char *field,
                unsigned fields);

#endif
