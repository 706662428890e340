/* Reading: all that one document says, from sentences to facts. */
#ifndef ENTENTE_READING_H
#define ENTENTE_READING_H

#include "graph/record.h"
#include "input/analyser.h"
#include "input/document.h"
#include "input/extract.h"

/* Shared by all documents and threads; borrowed. */
typedef struct Reader {
  const Ontology *ontology;
  const Analyser *analyser;
  const Extractor *extractor;
  AnalyserMode mode;
  Slice base;                /* of entity IRIs */
  uint32_t min_confidence;   /* in hundredths: claims below are left out */
  bool parse_all;            /* also sentences that cannot hold a claim */
  const ExtractTrace *trace; /* NULL for none; only with one thread */
} Reader;

/* What a thread needs for itself. */
typedef struct ReaderSpace {
  AnalyserSpace *analyser;
  ExtractorSpace *extractor;
} ReaderSpace;

Status reader_space_init(ReaderSpace *out, const Reader *reader);
void reader_space_clear(ReaderSpace *space);

typedef struct Reading {
  FactSet facts; /* one document */
  DocumentFacts document;
  const Record *records;
  size_t record_count;
  const Sentence *sentences;
  size_t sentence_count, parsed_count, word_count;
} Reading;

/* Split, tag and parse DOCUMENT; with an extractor, sentences that cannot hold a claim are left
   without a tree. Everything is allocated in the document's arena. */
Status document_analyse(Reading *out, const Reader *reader, ReaderSpace *space,
                        const Document *document);

/* document_analyse, then claims, entities and facts. Sets the document's date where its day and
   what the text tells of the world give the year. */
Status document_understand(Reading *out, const Reader *reader, ReaderSpace *space,
                           Document *document);

#endif
