/* References to absolute IRIs, as RFC 3986 section 5.2 resolves them (strictly). */
#ifndef ENTENTE_INPUT_RDF_IRI_H
#define ENTENTE_INPUT_RDF_IRI_H

#include "graph/sink.h"

/* Does TEXT begin with a scheme and a colon? */
bool iri_is_absolute(Slice text);

/* Append REFERENCE resolved against the absolute IRI BASE. What has a scheme is taken as it is. */
Status iri_resolve(Buffer *out, Slice base, Slice reference);

#endif
