/* Scene: an analysed sentence seen by the extractor: hashed words, children, logical subjects and
   objects, and the mentions that may take part in a relation. Inside of the extractor. */
#ifndef ENTENTE_SCENE_H
#define ENTENTE_SCENE_H

#include "graph/arena.h"
#include "input/claim.h"
#include "input/linear.h"
#include "input/words.h"

typedef enum MentionKind {
  MENTION_PERSON,
  MENTION_STATE,
  MENTION_DEMONYM,
  MENTION_ORGANIZATION,
  MENTION_PLACE,
  MENTION_NAME,
  MENTION_PRONOUN,
  MENTION_NOUN,
  MENTION_CLAUSE,
  MENTION_NUMBER,
  MENTION_KINDS
} MentionKind;

/* What a noun stands for ("minister", "troops", "alliance", "treaty"), doubled: with or without a
   name inside of its span ("Kenyan minister"). Follows MENTION_KINDS. */
enum {
  SORT_OTHER,
  SORT_OFFICE,
  SORT_PEOPLE,
  SORT_FORCES,
  SORT_STATE,
  SORT_GROUP,
  SORT_AGREEMENT,
  SORTS
};
#define MENTION_SORTS (MENTION_KINDS + 2 * SORTS)

typedef struct SceneMention {
  int32_t head, first, end; /* the span as it is quoted */
  int32_t anchor;           /* head after climbing conjuncts, appositions, titles */
  uint8_t kind;             /* MentionKind */
  uint8_t climbed;          /* CLIMB_… bits */
  uint8_t sort;             /* the kind, and of a noun what it stands for: below MENTION_SORTS */
  bool world;               /* the world data knows the name */
  WorldId entity;           /* best guess, or WORLD_NONE */
} SceneMention;

enum { CLIMB_CONJ = 1, CLIMB_APPOS = 2, CLIMB_NAME = 4 };

/* How a logical subject or object was found. */
typedef enum LogicalBy {
  BY_NONE,
  BY_DIRECT,
  BY_AGENT,
  BY_CONJ,
  BY_XCOMP,
  BY_CONTROL,
  BY_ADVCL,
  BY_PARTICIPLE,
  BY_RELATIVE,
  BY_INFINITIVE,
  BY_POSSESSIVE,
  BY_MODIFIER,
  BY_LIGHT,
  BY_NOUN,
  BY_COPULA
} LogicalBy;

typedef struct Node {
  uint32_t lemma, form;              /* hashes of the lower-case text */
  uint32_t prep;                     /* lemma of the case marker or mark, 0 if none */
  uint32_t cluster[2];               /* coarse and fine word class, 0 if unknown */
  int32_t head;                      /* -1 for the root and for what cannot be reached */
  int32_t first_child, next_sibling; /* -1 after the last; in text order */
  int32_t depth;
  int32_t subject, object; /* logical ones, -1 if none */
  uint8_t subject_by, object_by;
  int32_t mention; /* headed here, -1 if none */
  bool passive;
} Node;

typedef struct Scene {
  const Sentence *sentence;
  const Ontology *ontology;
  Node *nodes;
  SceneMention *mentions;
  size_t mention_count, mention_capacity;
  uint16_t *actors; /* names and pronouns headed before each token; one more than tokens */
  Arena *arena;
} Scene;

/* Look at SENTENCE; everything lives in ARENA. WORDS gives the word classes; may be NULL. */
Status scene_new(Scene *out, Arena *arena, const Sentence *sentence, const Ontology *ontology,
                 const Words *words);

/* The steps of scene_new in mentions.c. */
Status scene_find_mentions(Scene *scene);

/* The path from one token to another, as a hash of its relations and markers. */
typedef struct ScenePath {
  uint32_t hash;
  int up, down; /* steps */
} ScenePath;
ScenePath scene_path(const Scene *scene, int32_t from, int32_t to);

/* The first child of HEAD with relation REL (subtypes count), or -1. */
int32_t scene_child(const Scene *scene, int32_t head, Deprel rel);

bool scene_dominates(const Scene *scene, int32_t above, int32_t below);

/* Climb from TOKEN over conjuncts, appositions and parts of names; sets CLIMB_… bits. */
int32_t scene_anchor(const Scene *scene, int32_t token, uint8_t *climbed);

static inline const Token *scene_token(const Scene *scene, int32_t index)
{
  return &scene->sentence->tokens[index];
}

/* Hash of TEXT with ASCII letters lowered. */
uint32_t text_hash(Slice text);
#define TEXT_HASH(LITERAL) text_hash(SLICE(LITERAL))

/* Does the kind name an actor by itself? */
static inline bool kind_actor(uint8_t kind)
{
  return kind <= MENTION_ORGANIZATION || kind == MENTION_PRONOUN;
}

static inline bool upos_nominal(uint8_t upos)
{
  return upos == UPOS_NOUN || upos == UPOS_PROPN || upos == UPOS_PRON;
}

#endif
