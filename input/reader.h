/* Reader: what the readers of the formats share: the document being made, where it goes, and how
   what cannot be read is told and counted. Inside documents_read. */
#ifndef ENTENTE_READER_H
#define ENTENTE_READER_H

#include "input/article.h"
#include "input/calendar.h"

#define DOCUMENT_LIMIT ((size_t)1 << 28) /* bytes of one document */

typedef struct Reader {
  const char *path;
  const DocumentOptions *options;
  DocumentHandler each;
  void *handle;
  size_t *skipped;
  const Report *report;
  Arena *arena; /* of the next document; NULL if none is at hand */
  bool stopped; /* the handler does not want more */
  size_t line;  /* of a .jsonl, that is being read; else 0 */
} Reader;

/* Start a document with an arena and the reader's path. */
Status reader_begin(Document *out, Reader *reader);

/* Complete DOCUMENT, which has its text, from UNITS (NULL: plain text) and hand it on. One without
   a sentence or headline is reported, with STATUS_INPUT. */
Status reader_give(Reader *reader, Document *document, Units *units);

/* Start a document with the text of the file, decoded. Empty files are reported. */
Status reader_text(Document *document, Reader *reader);

/* Name DOCUMENT after its file, with a hash of the text so that equal names stay apart. */
Status document_make_id(Document *document);

/* Give DOCUMENT its id, where it has none, and its IRI. */
Status document_name(Document *document, Slice base);

/* STATUS_OK after counting what has been reported as skipped; a lack of memory, and what is not
   about the input, stays what it is. */
Status reader_skip(Reader *reader, Status status);

/* Read the documents of reader->path. */
Status jsonl_read(Reader *reader);
Status html_read(Reader *reader);

/* The data that a page carries as JSON-LD: fill what DOCUMENT does not know; *BODY is set if the
   data has the whole text. What is not JSON or not an article is passed over. */
Status jsonld_read(Document *document, Slice *body, Slice json);

#endif
