/* Syntax: the RDF syntaxes, one row each; readers, writers and the guess from a file's name all
   look here. */
#ifndef ENTENTE_SYNTAX_H
#define ENTENTE_SYNTAX_H

#include "slice.h"

typedef enum Syntax {
  SYNTAX_NONE,
  SYNTAX_TURTLE,
  SYNTAX_TRIG,
  SYNTAX_NTRIPLES,
  SYNTAX_NQUADS,
  SYNTAX_RDFXML,
  SYNTAX_RDFA, /* read only */
  SYNTAX_RDFJSON,
  SYNTAX_JSONLD
} Syntax;

typedef struct SyntaxInfo {
  Syntax syntax;
  const char *name;      /* as in --from and --to: "turtle" */
  const char *extension; /* without the dot; the one we write */
  const char *other;     /* further extensions, separated by blanks */
  const char *mime;
  bool graphs; /* can name graphs */
} SyntaxInfo;

/* The row of SYNTAX; NULL for SYNTAX_NONE. */
const SyntaxInfo *syntax_info(Syntax syntax);

/* By name, extension or media type, without regard to case; SYNTAX_NONE if it is none of ours. */
Syntax syntax_find(Slice name);

/* By the extension of PATH, a final .gz aside; SYNTAX_NONE if it is none of ours. Files ending in
   .html are articles, not RDFa: that one has to be asked for by name. */
Syntax syntax_of_path(const char *path);

/* The extension of PATH without its dot, a final ".gz" aside; empty if there is none. */
Slice path_extension(const char *path);

/* Does PATH end in ".gz"? */
bool path_is_gzip(const char *path);

#endif
