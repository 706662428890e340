/* Extractor: from an analysed sentence to the relations it states. Frames and a learnt lexicon
   propose triggers and participants, linear models dispose; a user's own frames are matched by
   rule alone. Constant once loaded and shared between threads; each thread has its own space. */
#ifndef ENTENTE_EXTRACT_H
#define ENTENTE_EXTRACT_H

#include "graph/report.h"
#include "input/claim.h"
#include "input/model.h"
#include "ontology/ontology.h"

typedef struct Extractor Extractor;
typedef struct ExtractorSpace ExtractorSpace;

/* Load from MODEL (bytes that outlive the extractor). Without one (NULL), or where it has no
   section "extract", frames work by rule. A damaged section is reported and ends in STATUS_INPUT.
 */
Status extractor_new(Extractor **out, const Model *model, const Ontology *ontology,
                     const Report *report);
void extractor_free(Extractor *extractor); /* NULL is allowed */

Status extractor_space_new(ExtractorSpace **out, const Extractor *extractor);
void extractor_space_free(ExtractorSpace *space);

/* Called with one line of text (NUL-terminated, no line feed) for each frame tried. */
typedef struct ExtractTrace {
  void (*line)(void *handle, const char *text);
  void *handle;
} ExtractTrace;

/* What a sentence's document tells of it; all zero is legal. */
typedef struct ExtractContext {
  bool author;               /* known: a root verb without subject is what the author did */
  const ExtractTrace *trace; /* may be NULL */
} ExtractContext;

/* Append the claims of SENTENCE, which is the document's number INDEX; best first within a trigger,
   triggers in text order. The items are heap memory of OUT: free them with claims_clear. */
Status extract_sentence(Claims *out, const Extractor *extractor, ExtractorSpace *space,
                        const Sentence *sentence, int32_t index, const ExtractContext *context);

/* Could SENTENCE (tagged, names found, not yet parsed) hold a claim at all? */
bool extract_worth_parsing(const Extractor *extractor, const Sentence *sentence);

void claims_clear(Claims *claims);

#endif
