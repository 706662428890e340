/* Entities by name, and the nearest names for one that nobody goes by. */
#ifndef ENTENTE_NEAREST_H
#define ENTENTE_NEAREST_H

#include "arena.h"
#include "graph.h"
#include "report.h"

/* All entities that go by NAME (rdfs:label, else skos:altLabel; else without regard to case and
   diacritics), in the order of their IRIs. *COUNT is 0 if there are none. Lives in ARENA. */
Status entity_find(TermId **out, size_t *count, Arena *arena, Graph *graph, Slice name);

/* At most LIMIT labels that NAME may have meant, nearest first: those that share a word with it,
   then those few letters away (Damerau-Levenshtein over letters without case and diacritics). */
Status nearest_names(Slice *out, size_t *count, size_t limit, Arena *arena, Graph *graph,
                     Slice name);

/* entity_find, but finding nothing is STATUS_NOT_FOUND, reported with the nearest names. */
Status entity_require(TermId **out, size_t *count, Arena *arena, Graph *graph, Slice name,
                      const Report *report);

#endif
