/* Legal: what may stand in an RDF document. Each check answers NULL if all is well, else the reason
   in a few words. */
#ifndef ENTENTE_LEGAL_H
#define ENTENTE_LEGAL_H

#include "graph.h"

/* An absolute IRI with no character that IRIREF forbids, in well-formed UTF-8. */
const char *illegal_iri(Slice iri);

/* A well-formed language tag (BCP 47): letters, then groups of letters and digits, each at most 8.
 */
const char *illegal_language(Slice tag);

/* A literal's text: well-formed UTF-8 without U+0000. */
const char *illegal_text(Slice text);

/* The same for XML 1.0: also no control characters but tab, line feed and carriage return. */
const char *illegal_xml_text(Slice text);

/* The lexical form against its datatype, for the XML Schema types that we know; others are taken
   as they come. An ill-typed literal is legal RDF, but no reader can compute with it. */
const char *ill_typed(Slice lexical, Slice datatype);

/* A term that may stand in any syntax; TERM_ANY is one. */
const char *illegal_term(const Graph *graph, TermId id);

/* May CODE begin a blank node's label or a local name (PN_CHARS_U or a digit), or go on in one
   (PN_CHARS)? */
bool legal_name_start(uint32_t code);
bool legal_name_part(uint32_t code);

/* The label can stand after "_:". */
bool legal_blank_label(Slice label);

/* The local name can stand after a prefix in Turtle without escapes. */
bool legal_local_name(Slice name);

#endif
