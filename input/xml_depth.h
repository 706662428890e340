/* How deep the elements of an XML document are nested, byte by byte and without parsing it: a guard
   before parsers whose time grows with the square of the depth. */
#ifndef ENTENTE_XML_DEPTH_H
#define ENTENTE_XML_DEPTH_H

#include "graph/slice.h"

typedef struct XmlDepth {
  int state;
  char quote;     /* inside an attribute or declaration: the quote that ends it */
  char last[2];   /* the two bytes before this one */
  size_t depth;   /* elements open now */
  size_t deepest; /* most so far */
  size_t subset;  /* brackets open in a document type */
  size_t name;    /* bytes of "<!..." seen */
} XmlDepth;

void xml_depth_feed(XmlDepth *depth, Slice bytes);

#endif
