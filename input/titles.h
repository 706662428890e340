/* Titles: roles beside names and in noun phrases ("the Saudi foreign minister"). */
#ifndef ENTENTE_TITLES_H
#define ENTENTE_TITLES_H

#include "input/sentence.h"
#include "ontology/ontology.h"

/* Tokens [first, end) of a title with the state or body it belongs to ("Japanese Prime Minister",
   "President of Ukraine"); empty if first >= end. */
typedef struct TitleSpan {
  int32_t first, end;
  Slice title;     /* canonical, folded ("prime minister") */
  unsigned gender; /* FEAT_MASC or FEAT_FEM if the title or an honorific tells; else 0 */
} TitleSpan;

/* How many tokens at the start of the name [first, end) are titles or honorifics; at least one
   token is left. */
int32_t titles_before_name(const Ontology *ontology, const Sentence *sentence, int32_t first,
                           int32_t end);

/* How many tokens the title (not in lower case) that starts at token AT has; 0 if there is none. */
int32_t title_at(const Ontology *ontology, const Sentence *sentence, int32_t at);

/* Does a title end right before token AT ("Secretary" before a name)? */
bool title_ends_at(const Ontology *ontology, const Sentence *sentence, int32_t at);

/* Is token AT a form of address ("Mr")? False outside of the sentence. */
bool title_is_address(const Ontology *ontology, const Sentence *sentence, int32_t at);

/* The title that stands with the name [first, end): before it, or after it in apposition. */
TitleSpan title_of_name(const Ontology *ontology, const Sentence *sentence, int32_t first,
                        int32_t end);

/* The title in the noun phrase [first, end) that holds token HEAD. */
TitleSpan title_in_phrase(const Ontology *ontology, const Sentence *sentence, int32_t first,
                          int32_t end, int32_t head);

#endif
