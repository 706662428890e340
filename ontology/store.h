/* What an ontology is made of, for the files of this folder. */
#ifndef ENTENTE_STORE_H
#define ENTENTE_STORE_H

#include "graph/arena.h"
#include "ontology.h"
#include "table.h"

/* A growable array in the arena of the ontology. */
typedef struct List {
  void *items;
  size_t count, capacity;
} List;

/* Append a zeroed element of SIZE bytes; NULL if memory is short. */
void *list_add(List *list, Arena *arena, size_t size);

#define LIST_AT(TYPE, LIST, INDEX) (&((TYPE *)(LIST).items)[INDEX])

/* A frame as the Turtle says it: several triggers share the patterns. */
typedef struct FrameDraft {
  Slice name, relation;
  List words[3]; /* of Slice, by TriggerKind */
  List subject, object;
  bool user;
  size_t line; /* for messages; file of the last block */
  const char *file;
} FrameDraft;

typedef struct CueDraft {
  Slice name;
  List words[3];
  Factuality makes;
  bool reports;
} CueDraft;

typedef struct Span {
  uint32_t start, count;
} Span;

/* A name as read, before the names are sorted into groups. */
typedef struct RawName {
  Slice text;
  WorldName name;
} RawName;

typedef struct Pair {
  WorldId first, second;
} Pair;

typedef struct RawHolding {
  Holding holding;
  uint32_t title; /* index into the titles, or TABLE_NONE */
  bool open;      /* still in office: no end, rather than an unknown one */
} RawHolding;

typedef struct WorldDraft {
  size_t line; /* where the entity was first referred to, while it is not declared */
  const char *file;
  bool declared, article, surname_first;
} WorldDraft;

typedef struct OfficeDraft {
  Slice id, label, title;
  WorldId of;
  List held; /* of Slice */
  const char *file;
  size_t line;
} OfficeDraft;

typedef struct World {
  List entities;          /* WorldEntity */
  List drafts;            /* WorldDraft, beside the entities */
  Table ids;              /* local name of the IRI -> entity */
  Table labels;           /* class digit and canonical name -> entity */
  List raw;               /* RawName */
  List capitals, members; /* Pair: city and state, organisation and member */
  List offices;           /* OfficeDraft */
  Table office_ids;

  Table exact, folded; /* name, name without case -> group */
  Table first;         /* first word -> most words of a name that starts with it */
  List groups;         /* Span into names */
  WorldName *names;
  Span *alias_spans; /* by entity, into aliases */
  Slice *aliases;
  Span *member_spans; /* by entity, into member_ids */
  WorldId *member_ids;
  List holdings;      /* RawHolding */
  Table held;         /* office key -> span of holdings_sorted */
  Span *person_spans; /* by entity, into by_person */
  const Holding **by_person;
  Span *country_spans;
  const RawHolding **by_country;

  List titles;       /* Title */
  Table title_words; /* folded -> title */
  List bodies;       /* BodyKind */
  Table body_words;
} World;

struct Ontology {
  Arena arena;
  List relations; /* Relation */
  Table relation_names;
  List frame_drafts, cue_drafts; /* FrameDraft, CueDraft */
  Table frame_names, cue_names;
  Table classes; /* local name of a situation class -> 0 */

  List frames; /* Frame */
  Table frame_lemmas[3];
  List frame_spans; /* Span into frame_order */
  uint32_t *frame_order;
  List cues; /* FactualityCue */
  Table cue_lemmas[3];
  Table words; /* lemma -> WORD_ bits */
  World world;
};

#endif
