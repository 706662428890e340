/* Prefixes: short names of namespaces, those of our vocabulary predeclared. */
#ifndef ENTENTE_PREFIXES_H
#define ENTENTE_PREFIXES_H

#include "slice.h"
#include "vocabulary.h"

typedef struct Prefix {
  Slice name; /* without the colon */
  Slice iri;
} Prefix;

/* The predeclared ones, in the order in which they are written; *count to how many. */
const Prefix *prefixes(size_t *count);

#endif
