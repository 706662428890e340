/* CoNLL-U (https://universaldependencies.org/format.html), read and written. Entity types stand in
   MISC as NER=B-PER, NER=I-PER. */
#ifndef ENTENTE_CONLLU_H
#define ENTENTE_CONLLU_H

#include "graph/sink.h"
#include "input/document.h"

/* A pass over the documents in BYTES. */
typedef struct ConlluReader {
  Slice bytes;      /* must outlive the reader, not the documents */
  const char *file; /* for messages */
  const Report *report;
  bool tokens_only; /* --pretokenized: words and paragraphs are kept, the annotation is not read */
  size_t at, line;  /* where the next sentence begins */
  size_t skipped;   /* damaged sentences, each reported with its line */
} ConlluReader;

static inline ConlluReader conllu_reader(Slice bytes, const char *file, bool tokens_only,
                                         const Report *report)
{
  return (ConlluReader){bytes, file, report, tokens_only, 0, 1, 0};
}

/* Read on to the next "# newdoc" (or the end) and make a document of it, all in ARENA: text, blocks
   (one a paragraph), sentences, and id, url, title, publisher, author and date from the comments
   "# newdoc id = …", "# date = …", "# meta::date = …"; iri and path are left empty. The text is
   that of "# text" where it agrees with the words, else FORM and SpaceAfter. Sentences that are
   damaged are reported, counted and left out; a second root is hung below the first with a warning.
   SENTENCES, if not NULL, gets the same sentences for writing to. STATUS_NOT_FOUND at the end. */
Status conllu_next(Document *out, Sentence **sentences, ConlluReader *reader, Arena *arena);

/* Write "# newdoc id" and all sentences of a document, ids being its id and a number where a
   sentence has none. The forms are those of the tokens in NFC; "# text" is made from them. */
Status conllu_write(const Sink *sink, const Document *document, const Sentence *sentences,
                    size_t count);

#endif
