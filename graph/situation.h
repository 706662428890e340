/* Situations as they stand in a graph: read once into flat arrays, for views and explanations.
   The slices live as long as the graph, the arrays as long as the arena. */
#ifndef ENTENTE_SITUATION_H
#define ENTENTE_SITUATION_H

#include "arena.h"
#include "fact.h"
#include "graph.h"

/* The terms of the data model, TERM_ANY where the graph does not use one. */
typedef struct Vocabulary {
  TermId type, label, alt_label, same_as, factuality, date, evidence, agent, co_agent;
  TermId exact, start, document, attributed_to, headline, published;
  TermId classes[ENTITY_CLASSES];
  TermId factualities[4];
} Vocabulary;

void vocabulary_find(Vocabulary *out, const Graph *graph);

/* The term of a local name in our namespace, TERM_ANY if the graph has never seen it. */
TermId vocabulary_term(const Graph *graph, Slice name);

typedef struct Role {
  TermId role, filler;
} Role;

typedef struct Situation {
  TermId term;
  TermId class; /* TERM_ANY if it has none of ours */
  Factuality factuality;
  Slice date; /* the earliest given; empty if none */
  uint32_t first_role, role_count;
  uint32_t first_quote, quote_count;
} Situation;

typedef struct Situations {
  Situation *items; /* in the order of their IRIs */
  size_t count;
  Role *roles;
  size_t role_count;
  TermId *quotes;
  size_t quote_count;
} Situations;

/* Read every situation: whatever has an ent:factuality. Named graphs are taken together. */
Status situations_read(Situations *out, Arena *arena, Graph *graph, const Vocabulary *words);

typedef struct QuoteWords {
  Slice text, attributed_to;
  Slice document, headline, date; /* IRI, headline and date of the document */
} QuoteWords;

/* The words behind a quote; what is not known stays empty. */
Status quote_read(QuoteWords *out, Graph *graph, const Vocabulary *words, TermId quote);

/* The least object of (SUBJECT, PREDICATE) by its text, empty if there is none. */
Status graph_text_of(Slice *out, Graph *graph, TermId subject, TermId predicate);

#endif
