/* Name mend: what is surely wrong in the spans of names, put right before parsing: what is known of
   titles and of the world says more there than the recogniser. */
#ifndef ENTENTE_NAME_MEND_H
#define ENTENTE_NAME_MEND_H

#include "input/sentence.h"
#include "ontology/ontology.h"

/* In place, of SENTENCE tagged and with names:
   "President of [Mexico Vicente] Fox"    the state ends where the world data's name ends, the rest
                                          is the person whose title it is
   "[Somali Premier] [Ali] Hassan"        a title before a person is no part of another name
   "[Ali] [Mohammed Ghedi]"               a person's name is one
   "[Football Association of] [Malaysia]" a body's name does not end in "of"
   "[Philippine Senate]"                  the state and its body are two names
   "Iranian-[Russian Treaty]"             what a dash joins belongs together */
void names_mend(Sentence *sentence, const Ontology *ontology);

#endif
