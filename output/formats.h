/* Formats: everything that can be written, one row each. */
#ifndef ENTENTE_FORMATS_H
#define ENTENTE_FORMATS_H

#include "graph/syntax.h"

typedef enum FormatKind {
  FORMAT_RDF,     /* see Format.syntax */
  FORMAT_TABLE,   /* relation table */
  FORMAT_CLAIMS,  /* JSON Lines, with the words */
  FORMAT_DIAGRAM, /* see Format.name: dot, svg, png, pdf */
  FORMAT_CONLLU
} FormatKind;

typedef struct Format {
  FormatKind kind;
  const char *name; /* as in --to */
  const char *extension;
  const char *mime;
  Syntax syntax; /* of FORMAT_RDF, else SYNTAX_NONE */
} Format;

/* All rows; *count to how many. */
const Format *formats(size_t *count);

/* By name, extension or media type, without regard to case; NULL if there is none. */
const Format *format_find(Slice name);

/* By the extension of PATH, a final .gz aside; NULL if there is none. */
const Format *format_of_path(const char *path);

#endif
