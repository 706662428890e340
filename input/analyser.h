/* Analyser: from plain text to sentences with parts of speech, names and trees. The model is
   constant and shared between threads; each thread has a workspace of its own. */
#ifndef ENTENTE_ANALYSER_H
#define ENTENTE_ANALYSER_H

#include "graph/arena.h"
#include "graph/report.h"
#include "input/sentence.h"
#include "ontology/ontology.h"

typedef struct Analyser Analyser;
typedef struct AnalyserSpace AnalyserSpace;

typedef enum AnalyserMode { ANALYSE_FULL, ANALYSE_FAST } AnalyserMode;

/* Load from MODEL (bytes that outlive the analyser). ONTOLOGY gives the gazetteers; may be NULL. A
   damaged or foreign model is reported and ends in STATUS_INPUT. */
Status analyser_new(Analyser **out, Slice model, const Ontology *ontology, const Report *report);
void analyser_free(Analyser *analyser);

/* The model inside the binary; empty if the program was built without. */
Slice analyser_embedded_model(void);

Status analyser_space_new(AnalyserSpace **out, const Analyser *analyser);
void analyser_space_free(AnalyserSpace *space);

/* Split the bytes [from, to) of TEXT (one paragraph or block) into sentences of tokens: forms and
   offsets only. Appends to OUT; everything is allocated in ARENA. */
typedef struct Sentences {
  Sentence *items;
  size_t count, capacity;
} Sentences;
Status analyser_segment(Sentences *out, Arena *arena, Slice text, Span block);

/* Part of speech, features, lemma of each token. */
Status analyser_tag(const Analyser *analyser, AnalyserSpace *space, Sentence *sentence,
                    Arena *arena);

/* Names in all sentences of one document. It begins the document: what analyser_parse remembers of
   names in the full mode (a name once sure helps its later short forms) is of what it parsed since.
 */
Status analyser_names(const Analyser *analyser, AnalyserSpace *space, Sentence *sentences,
                      size_t count);

/* Head, relation and score of each token. The full mode knows better about tags, lemmas and names
   of the sentence, too, and sets them anew. */
Status analyser_parse(const Analyser *analyser, AnalyserSpace *space, Sentence *sentence,
                      Arena *arena, AnalyserMode mode);

#endif
