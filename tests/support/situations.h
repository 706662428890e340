/* Made-up situations in the shape of the data model (design: entities, situations with roles,
   quotes, documents, plain edges), for benchmarks. The same for the same number. */
#ifndef ENTENTE_TESTS_SITUATIONS_H
#define ENTENTE_TESTS_SITUATIONS_H

#include <stddef.h>
#include <stdio.h>

/* Write at least TRIPLES N-Triples, at most 20 more; returns how many. */
size_t situations_write(FILE *file, size_t triples);

#endif
