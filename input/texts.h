/* Texts: the text of a document that a graph speaks of, found by where it was read from. */
#ifndef ENTENTE_TEXTS_H
#define ENTENTE_TEXTS_H

#include "input/document.h"

typedef struct Texts Texts;

/* FOLDER, if not NULL, is where files lie that are no longer where the graph says: they are looked
   for by name. OPTIONS as those that the graph was built with; both must outlive the texts. */
Status texts_new(Texts **out, const char *folder, const DocumentOptions *options);
void texts_free(Texts *texts); /* NULL is allowed */

/* The text of DOCUMENT (IRI) from the file SOURCE; OUT->ptr is NULL if it is not at hand. A file
   that holds one document only is taken for it even if its content, and so its IRI, has changed.
   The text lasts until the next call. The handle is the Texts: fits output/check.h. */
Status texts_find(Slice *out, void *texts, Slice document, Slice source);

#endif
