/* Reread: other readings of words that the analyser mistook, so that triggers are found whatever
   the tagger makes of their form. Inside of the extractor. */
#ifndef ENTENTE_REREAD_H
#define ENTENTE_REREAD_H

#include "graph/arena.h"
#include "input/sentence.h"
#include "ontology/ontology.h"

/* SENTENCE with every verb that has a frame under its lemma: where the lemma says nothing, the form
   is looked up among the irregular verbs, then stripped of its endings. The first word of a clause
   without subject counts as a verb in the past tense if it can be read so, and a noun with an
   object as one in the present tense. *OUT is SENTENCE itself
   where nothing changes, else a copy in ARENA. */
Status sentence_reread(const Sentence **out, Arena *arena, const Sentence *sentence,
                       const Ontology *ontology);

/* Is TOKEN a verb that has a frame under another lemma than its own? */
bool reread_evokes(const Token *token, const Ontology *ontology);

#endif
