/* Files that travel inside the binary: the ontology and the model. Written by the Makefile. */
#ifndef ENTENTE_EMBEDDED_H
#define ENTENTE_EMBEDDED_H

#include <stdint.h>

typedef struct EmbeddedFile {
  const char *name;  /* path in the sources ("ontology/relations.ttl"), NULL after the last */
  const char *bytes; /* NUL-terminated */
  uint64_t size;
} EmbeddedFile;

extern const EmbeddedFile embedded_files[];

#endif
