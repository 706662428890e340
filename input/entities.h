/* Entities: who and what a document names, and which names are the same one. Built once over all
   sentences of a document, before any claim is resolved. Lives in the document's arena. */
#ifndef ENTENTE_ENTITIES_H
#define ENTENTE_ENTITIES_H

#include "input/document.h"
#include "ontology/ontology.h"
#include "ontology/table.h"

#define ENTITY_NONE UINT32_MAX

/* Something a document names. */
typedef struct Known {
  Entity entity;   /* names: as seen here and as the world data has them */
  WorldId world;   /* WORLD_NONE if the world data does not have it */
  WorldId state;   /* the state it acts for, lives in or is; WORLD_NONE if unknown */
  unsigned gender; /* FEAT_MASC or FEAT_FEM; 0 if unknown */
  Slice title;     /* folded title of a person ("prime minister"), or empty */
  uint32_t next;   /* with the same last word, or ENTITY_NONE */
} Known;

/* A name as it stands in a sentence: tokens [first, end). */
typedef struct NameMention {
  int32_t sentence, first, end, head;
  uint32_t actor; /* what it is when it acts: for a capital, the state */
  uint32_t place; /* what it is as a place; the same as actor for most */
  bool adjective; /* "Japanese" */
} NameMention;

typedef struct Entities {
  Arena *arena;
  const Ontology *ontology;
  const Document *document;
  const Sentence *sentences;
  size_t sentence_count;
  Known *items;
  size_t count, capacity;
  NameMention *mentions; /* in the order of the text */
  size_t mention_count, mention_capacity;
  uint32_t *first_mention; /* of each sentence; one more at the end */
  Table by_name;           /* class digit and folded name -> entity */
  Table by_word;           /* folded last or first word of a person's name -> entity */
  Table acronyms;          /* introduced in brackets, as written -> entity */
} Entities;

/* Find the names of all SENTENCES (analysed, names found). */
Status entities_find(Entities *out, Arena *arena, const Ontology *ontology,
                     const Document *document, const Sentence *sentences, size_t count);

/* Free what is not in the arena. */
void entities_clear(Entities *entities);

/* The entity of CLASS called NAME, made if the document does not have it yet. WORLD may be
   WORLD_NONE. SCOPED: another document's entity of that name is another one. */
Status entities_add(uint32_t *out, Entities *entities, EntityClass class, Slice name, WorldId world,
                    bool scoped);

/* The entity of something in the world data, made if need be. */
Status entities_world(uint32_t *out, Entities *entities, WorldId world);

/* The person called NAME (full, or a bare surname that the document knows). */
Status entities_person(uint32_t *out, Entities *entities, Slice name);

/* Whom the capitalised word TOKEN names by a word of a full name used elsewhere in the document;
   ENTITY_NONE if nobody. For names the analyser took for common nouns. */
Status entities_by_word(uint32_t *out, Entities *entities, int32_t sentence, int32_t token);

/* The mention that covers or holds token HEAD of SENTENCE, the longest first; NULL if none. */
const NameMention *entities_mention_at(const Entities *entities, int32_t sentence, int32_t head);

/* The text of tokens [first, end) on one line, in the arena. */
Status entities_text(Slice *out, Entities *entities, int32_t sentence, int32_t first, int32_t end);

#endif
