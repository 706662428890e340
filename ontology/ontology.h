/* Ontology: what can be said (relations), what says it (frames), and the world that helps to read.
   Loaded from Turtle: the files embedded in the binary, then the user's own. Constant once loaded
   and safe to share between threads. Everything returned lives as long as the ontology. */
#ifndef ENTENTE_ONTOLOGY_H
#define ENTENTE_ONTOLOGY_H

#include "graph/fact.h"
#include "graph/report.h"
#include "graph/sink.h"

typedef struct Ontology Ontology;

/* Load the embedded ontology, then FILES over it. Errors in FILES are reported with file and line
   and end in STATUS_QUERY. */
Status ontology_load(Ontology **out, const char *const *files, size_t count, const Report *report);
void ontology_free(Ontology *ontology);

/* ---- relations: the tables of design section 4 ---- */

typedef uint16_t RelationId; /* index, stable for one set of files: order of the files */
#define RELATION_NONE ((RelationId)UINT16_MAX)

typedef enum Family {
  FAMILY_COOPERATION,
  FAMILY_AGREEMENT,
  FAMILY_CRITICISM,
  FAMILY_COERCION,
  FAMILY_FORCE,
  FAMILY_LASTING,
  FAMILY_OTHER
} Family;

typedef struct Relation {
  FactSchema schema;
  Family family;
  bool lasting;
  unsigned subject_classes, object_classes; /* bit 1u << EntityClass for each that is allowed */
  Slice notation;                           /* CAMEO or PLOVER code, may be empty */
} Relation;

size_t ontology_relation_count(const Ontology *ontology);
const Relation *ontology_relation(const Ontology *ontology, RelationId id);
RelationId ontology_find_relation(const Ontology *ontology, Slice name); /* local name */

/* ---- frames: words that evoke a relation, or change how certain it is ---- */

typedef enum TriggerKind { TRIGGER_VERB, TRIGGER_NOUN, TRIGGER_ADJECTIVE } TriggerKind;

/* A place where a role may stand, seen from the trigger, in the terms of Universal Dependencies:
   "nsubj", "obj", "obl:with", "nmod:between", "nmod:poss", "xcomp", "ccomp", "amod", "compound".
   The part after the colon of obl, nmod, acl and advcl is the lemma of the case marker or mark.
   Patterns are for the active voice; the matcher turns them for the passive. */
typedef struct Frame {
  RelationId relation;
  TriggerKind kind;
  const Slice *lemmas; /* of the trigger; more than one word for "hold talks", "put name to":
                          the first is the head, the others its dependents in any order */
  size_t lemma_count;
  const Slice *subject, *object; /* patterns, best first */
  size_t subject_count, object_count;
  Slice name; /* local name of the frame in the Turtle, for --trace */
  bool user;  /* from a file given with --ontology: matched by rule, needs no training */
} Frame;

size_t ontology_frame_count(const Ontology *ontology);
const Frame *ontology_frame(const Ontology *ontology, size_t index);

/* Frames whose head lemma is LEMMA: indexes, in the order of the files. Returns how many. */
size_t ontology_frames_of(const uint32_t **out, const Ontology *ontology, Slice lemma,
                          TriggerKind kind);

/* What a governing word does to the factuality of what depends on it. */
typedef struct FactualityCue {
  Slice lemma;
  TriggerKind kind;
  Factuality makes;
  bool reports; /* a verb of saying or thinking: its subject is the source, the inside keeps its own
                 */
} FactualityCue;
const FactualityCue *ontology_cue(const Ontology *ontology, Slice lemma, TriggerKind kind);

/* ---- the world ---- */

typedef uint32_t WorldId; /* index */
#define WORLD_NONE ((WorldId)UINT32_MAX)

typedef enum NameKind {
  NAME_CANONICAL,
  NAME_ALIAS,     /* abbreviation, former name, other spelling, acronym */
  NAME_ADJECTIVE, /* "Japanese", "Saudi" */
  NAME_PEOPLE,    /* "Japanese", "Russians", "Frenchman" */
  NAME_CAPITAL,   /* "Tokyo" for Japan; the city is an entity of its own too (NAME_CANONICAL) */
  NAME_SEAT,      /* "the Kremlin", "Whitehall", "White House": stands for the government */
  NAME_SURNAME    /* of a person known to the world data; or its short form in the news */
} NameKind;

typedef struct WorldEntity {
  EntityClass class;
  Slice name;        /* canonical */
  Slice wikidata;    /* "Q17", or empty */
  WorldId country;   /* the state of a place, body or person; WORLD_NONE if none or several */
  bool state;        /* a Country */
  bool article;      /* its name stands with "the": "the Netherlands" */
  bool female, male; /* of a person, where known; of a state: neither */
} WorldEntity;

typedef struct WorldName {
  WorldId entity;
  NameKind kind;
} WorldName;

size_t world_count(const Ontology *ontology);
const WorldEntity *world_entity(const Ontology *ontology, WorldId id);

/* All entities that go by NAME: NFC, case kept, single spaces, no leading "the". Best first:
   in the order of NameKind, within a kind in the order of the files. Returns how many; *out is set
   to them. Case matters, but a name of more than four letters is also found in capitals ("JAPAN").
   Names are found without their diacritics too, and whichever apostrophe or hyphen they have. */
size_t world_find(const WorldName **out, const Ontology *ontology, Slice name);

/* The longest name that starts at WORDS[0] and covers whole words: how many words it has (0 if
   none), with *out set like world_find's and *count to how many. Hyphens, commas and "'s" may be
   words of their own: "Jong", "-", "un". */
size_t world_match(const WorldName **out, size_t *count, const Ontology *ontology,
                   const Slice *words, size_t word_count);

/* Other names of an entity, for skos:altLabel (aliases, not adjectives or capitals). */
size_t world_names(const Slice **out, const Ontology *ontology, WorldId id);

/* Offices. TITLE is matched folded: "prime minister", "foreign minister", "president", "king". */
typedef struct Holding {
  WorldId person, country; /* or organisation */
  Slice office;            /* "Prime Minister of Japan" */
  Slice title;             /* "prime minister" */
  Slice from, to;          /* ISO dates at any precision; empty if not known, or still in office */
} Holding;

/* Who held the office called TITLE of COUNTRY on DATE (ISO; empty: any time, the latest first).
   Only answers when sure: WORLD_NONE otherwise. */
WorldId world_holder(const Ontology *ontology, WorldId country, Slice title, Slice date);

/* The offices a person held: indexes into the holdings, latest first. Returns how many. */
size_t world_holdings_of(const Holding *const **out, const Ontology *ontology, WorldId person);

/* Titles and roles: words for people by what they are or do. */
enum {
  TITLE_OFFICE =
      1u << 0, /* can be held of a state or body: "Prime Minister of Japan" makes sense */
  TITLE_HEAD_OF_STATE = 1u << 1,
  TITLE_HEAD_OF_GOVERNMENT = 1u << 2,
  TITLE_FOREIGN_MINISTER = 1u << 3,
  TITLE_DEFENCE_MINISTER = 1u << 4,
  TITLE_MINISTER = 1u << 5, /* of any portfolio */
  TITLE_ENVOY = 1u << 6,    /* speaks for a state abroad: ambassador, special envoy */
  TITLE_SPOKESPERSON = 1u << 7,
  TITLE_MILITARY = 1u << 8, /* a rank or command */
  TITLE_COURTESY = 1u << 9, /* "Mr", "Dr", "Sheikh": says nothing of an office */
  TITLE_LEADER = 1u << 10,  /* stands for whoever leads: "leader", "ruler", "strongman" */
  TITLE_PREFIX = 1u << 11,  /* changes the title after it: "former", "acting", "deputy" */
  TITLE_FEMALE = 1u << 12,
  TITLE_MALE = 1u << 13,
  TITLE_ADDRESS = 1u << 14 /* "Mr", "Ms": stands before the names of persons and nothing else */
};

typedef struct Title {
  Slice name;  /* folded, of synonyms the chief one: "prime minister" */
  Slice label; /* as in the name of an office: "Prime Minister" */
  unsigned flags;
} Title;

/* The longest title that starts at WORDS[0] (folded; "minister of foreign affairs" too): how many
   words it has (0 if none), with *out set. Plurals count: "presidents", "foreign ministers". */
size_t world_is_title(const Title **out, const Ontology *ontology, const Slice *words,
                      size_t count);

/* Append the name of the office TITLE (any case) of the state or body OF: "Prime Minister of
   Japan", "Secretary of State of the United States". With WORLD_NONE the title alone. */
Status world_office_label(Buffer *out, const Ontology *ontology, WorldId of, Slice title);

/* Kinds of bodies that each state has its own of: ministries, parliaments, courts, armed forces. */
typedef struct Body {
  Slice name;  /* folded, of synonyms the chief one: "ministry of foreign affairs" */
  Slice label; /* "Ministry of Foreign Affairs" */
} Body;

/* The longest name of a kind of body that starts at WORDS[0] (folded): how many words it has. */
size_t world_is_body(const Body **out, const Ontology *ontology, const Slice *words, size_t count);

/* The body of that kind that COUNTRY has, if the world data knows it by a name of its own
   ("Pentagon" for the ministry of defence of the United States), else WORLD_NONE. */
WorldId world_body(const Ontology *ontology, WorldId country, const Body *body);

/* Append the name of COUNTRY's body of that kind: its own name if it has one, else the pattern
   "Ministry of Foreign Affairs of Japan". */
Status world_body_label(Buffer *out, const Ontology *ontology, WorldId country, const Body *body);

/* Members of an organisation, and whether ENTITY is one. */
size_t world_members(const WorldId **out, const Ontology *ontology, WorldId organization);
bool world_is_member(const Ontology *ontology, WorldId entity, WorldId organization);

#endif
