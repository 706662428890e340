/* Dictionary: terms to 32-bit ids and back. Ids run from 1 without gaps, in the order of first use.
 */
#ifndef ENTENTE_DICTIONARY_H
#define ENTENTE_DICTIONARY_H

#include "arena.h"
#include "graph.h"

typedef struct Dictionary {
  Arena arena;
  unsigned char *room; /* unused bytes of the newest block, not aligned */
  size_t room_left;
  const unsigned char **records; /* of id - 1 */
  size_t count, capacity;
  uint64_t *slots;   /* open addressing: high half of the hash, then the id; 0 is free */
  size_t slot_count; /* a power of two, or 0 */
  TermId xsd_string; /* 0 until it is interned */
} Dictionary;

#define DICTIONARY_EMPTY ((Dictionary){ARENA_EMPTY, NULL, 0, NULL, 0, 0, NULL, 0, 0})

void dictionary_clear(Dictionary *dictionary);

/* A literal of type xsd:string is the plain literal; a language tag makes the datatype moot. */
Status dictionary_intern(TermId *out, Dictionary *dictionary, Term term);
TermId dictionary_find(const Dictionary *dictionary, Term term); /* TERM_ANY if unknown */
Term dictionary_term(const Dictionary *dictionary, TermId id);
size_t dictionary_memory(const Dictionary *dictionary);

#endif
