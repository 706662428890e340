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

/* A name as read, before the names are sorted into groups of one spelling. */
typedef struct RawName {
  uint32_t group;
  WorldName name;
} RawName;

typedef struct Pair {
  WorldId first, second;
} Pair;

typedef struct Alias {
  WorldId entity;
  Slice text;
} Alias;

typedef struct HeldOffice {
  Holding holding;
  const Title *title; /* NULL if the vocabulary does not know it */
  bool open;          /* still in office, so that no end is not an unknown end */
  Slice seen;         /* in office at this date, for all that is known; empty if for good */
} HeldOffice;

/* What is known of an entity while files are read, beside its WorldEntity. */
typedef struct WorldDraft {
  Slice id;
  const char *file; /* where it was first referred to, while it is not declared */
  size_t line;
  bool declared;
  Slice leader;       /* of a state: title of whom news calls its leader; may be empty */
  bool surname_first; /* of a state: its people's names stand surname first too */
} WorldDraft;

typedef struct OfficeDraft {
  Slice id, label, title;
  WorldId of;
  List held; /* of Slice */
  const char *file;
  size_t line;
} OfficeDraft;

/* A person of a state who held no office that we know of, with the marks of world_people.c. */
typedef struct Citizen {
  WorldId state;
  Slice text;
  const char *file;
  size_t line;
} Citizen;

/* Numbers of one kind by entity: those of entity E are items[starts[E]] to items[starts[E + 1]]. */
typedef struct Shelf {
  uint32_t *starts;
  uint32_t *items;
} Shelf;

typedef struct World {
  List entities;  /* WorldEntity */
  List drafts;    /* WorldDraft, one for each entity */
  Table ids;      /* local name of the IRI -> entity */
  Table labels;   /* digit of the class and canonical name -> entity */
  List capitals;  /* Pair: city, state */
  List members;   /* Pair: organisation, member */
  List bodies_of; /* Pair: organisation, index of the body */
  List offices;   /* OfficeDraft */
  Table office_ids;
  List citizens; /* Citizen */

  List raw;    /* RawName */
  Table exact; /* spelling -> group */
  Table first; /* first piece without case -> most pieces of a name that starts with it */
  uint32_t group_count;
  Span *groups; /* into names */
  WorldName *names;
  List aliases;       /* Alias */
  Slice *alias_texts; /* shelf of texts */
  Shelf aliases_of;
  Shelf members_of;         /* ids, ascending */
  List held;                /* HeldOffice */
  Shelf held_by, held_in;   /* indexes into held, latest first */
  const Holding **holdings; /* beside held_by.items */

  List titles; /* Title */
  Table title_words;
  List bodies; /* Body */
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
  Table words;      /* lemma -> WORD_ bits */
  Table verb_forms; /* irregular form, or verb -> the entry of the verb */
  World world;
};

/* A spelling as the tables know it: apostrophes, hyphens and spaces of one kind, no space beside a
   hyphen or before a comma. Names that do not fit are not found. */
typedef struct NameKey {
  char text[256];
  size_t len;
} NameKey;

bool name_key(NameKey *out, Slice name); /* false if it does not fit */
bool name_key_join(NameKey *out, const Slice *words, size_t count);
Status name_fold(NameKey *out, Slice key);          /* without case and diacritics */
bool name_without_initial(NameKey *out, Slice key); /* "Donald J. Trump" -> "Donald Trump" */
bool name_lower(NameKey *out, Slice key, bool small_words); /* "UNITED STATES" -> "United States" */
Slice name_first_piece(Slice key); /* up to a space, hyphen, apostrophe, comma */
uint32_t name_piece_count(Slice key);

/* Small cuts in lists that stand in one literal. */
Slice name_trim(Slice text);
size_t name_find(Slice text, char byte); /* offset, or TEXT.len */
Slice name_cut(Slice *text, char byte);  /* what is before BYTE; *TEXT becomes what is after it */
Status name_local(Slice *out, Arena *arena, Slice name); /* local name of the IRI of NAME */

static inline Slice key_slice(const NameKey *key)
{
  return (Slice){key->text, key->len};
}

/* Add NAME in all its spellings (world_index.c). */
Status world_add_name(Ontology *ontology, WorldId entity, NameKind kind, Slice name);
Status world_build_names(World *world, Arena *arena);

/* Turn COUNT pairs into a shelf over ENTITIES entities, in the order given. */
Status shelf_build(Shelf *out, Arena *arena, const Pair *pairs, size_t count, size_t entities);

/* The entity of an IRI, known or not yet (world_build.c). */
Status world_intern(WorldId *out, Ontology *ontology, Slice id, const char *file, size_t line);

Status world_add_alias(Ontology *ontology, WorldId id, Slice text);

/* "1Vatican City": what tells entities of one name and different class apart. */
Status world_label_key(Slice *out, Arena *arena, EntityClass class, Slice label);

/* Offices and who held them (world_people.c). */
Status world_build_offices(Ontology *ontology, const Report *report);
Status world_add_surname(Ontology *ontology, WorldId person, Slice name);

const Title *title_find(const Ontology *ontology, Slice folded);

#endif
