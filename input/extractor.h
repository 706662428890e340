/* Inside of the extractor, shared with its trainer: the learnt parts, the compiled frames, and the
   decisions in the order they are taken. Relations go by a local index: those of the model first,
   in its order, then the ontology's others. */
#ifndef ENTENTE_EXTRACTOR_H
#define ENTENTE_EXTRACTOR_H

#include "input/extract.h"
#include "input/scene.h"
#include "input/time.h"

#define LOCAL_MAX 64
#define PATTERNS_MAX 12
#define FRAME_WORDS 6

typedef struct Pattern {
  uint8_t rel;   /* Deprel, subtype kept */
  uint32_t prep; /* hash of the marker's lemma, 0 if none is asked for */
} Pattern;

typedef struct CompiledFrame {
  const Frame *frame;
  uint32_t index;              /* in the ontology */
  uint32_t words[FRAME_WORDS]; /* hashed lemmas, head first */
  size_t word_count;
  Pattern subject[PATTERNS_MAX], object[PATTERNS_MAX];
  size_t subject_count, object_count;
  int local;    /* relation */
  int32_t next; /* frame with the same head lemma, -1 after the last */
} CompiledFrame;

/* A lemma that may evoke relations. */
typedef struct LexiconEntry {
  uint32_t lemma; /* 0: free slot */
  int32_t frame;  /* first compiled frame, -1 if none */
  uint64_t relations;
} LexiconEntry;

typedef struct Lexicon {
  LexiconEntry *slots;
  size_t capacity, count;
} Lexicon;

typedef struct Calibration {
  float a, b;      /* confidence = logistic(a * score + b) */
  float threshold; /* on the confidence */
} Calibration;

/* Which linear model; the order they stand in the section. */
typedef enum Part {
  PART_TRIGGER,  /* does the token evoke the relation? */
  PART_ARGUMENT, /* does the mention fill the role? */
  PART_PAIR,     /* are trigger, subject and object one claim? */
  PART_PLACE,    /* does the first place lie in the second? */
  PART_FACTUALITY,
  PART_DATE,
  PART_COUNT
} Part;

struct Extractor {
  const Ontology *ontology;
  size_t local_count, trained_count;
  RelationId relations[LOCAL_MAX]; /* RELATION_NONE where the ontology lacks it */
  bool symmetric[LOCAL_MAX];
  Calibration calibration[LOCAL_MAX];
  Linear weights[PART_COUNT];
  Words words;
  bool has_words;
  Lexicon lexicon;
  CompiledFrame *frames;
  size_t frame_count, frame_capacity;
  int located; /* local index of locatedIn, -1 if none */
};

struct ExtractorSpace {
  Arena arena;
};

/* ---- lexicon and frames (frames.c) ---- */

Status lexicon_add(Lexicon *lexicon, uint32_t lemma, uint64_t relations, int32_t frame);
const LexiconEntry *lexicon_find(const Lexicon *lexicon, uint32_t lemma);
void lexicon_clear(Lexicon *lexicon);

Status frames_compile(Extractor *extractor);

typedef enum Role { ROLE_SUBJECT, ROLE_OBJECT } Role;

/* Does FRAME's head stand at TRIGGER, with its other words below it? */
bool frame_at(const CompiledFrame *frame, const Scene *scene, int32_t trigger);

/* The rank (from 1, best) of the pattern by which MENTION fills ROLE, 0 if none does. */
int frame_fills(const CompiledFrame *frame, const Scene *scene, int32_t trigger,
                const SceneMention *mention, Role role);

/* Best rank over all frames of LOCAL at TRIGGER; *found says whether there is such a frame. */
int frames_fill(const Extractor *extractor, const Scene *scene, int32_t trigger, int local,
                const SceneMention *mention, Role role, bool *found);

/* ---- features (features.c) ---- */

void features_trigger(Features *out, const Scene *scene, int32_t trigger);
/* Of one relation at TRIGGER: what its frames find there. */
void features_evoked(Features *out, const Extractor *extractor, const Scene *scene, int32_t trigger,
                     int local);
void features_argument(Features *out, const Scene *scene, int32_t trigger,
                       const SceneMention *mention);
void features_frame(Features *out, int frame_rank, bool has_frame, int role);
void features_pair(Features *out, const Scene *scene, int32_t trigger, const SceneMention *subject,
                   const SceneMention *object);
void features_place(Features *out, const Scene *scene, const SceneMention *inner,
                    const SceneMention *outer);
void features_factuality(Features *out, const Scene *scene, int32_t trigger);
/* Of the date at AT among COUNT in DATES. */
void features_date(Features *out, const Scene *scene, int32_t trigger, const TimeExpression *dates,
                   size_t count, size_t at);

/* Keys that features are mixed with. */
#define KEY_SHARED 0x10000u
static inline uint32_t key_of(int local, int role)
{
  return (uint32_t)local * 2u + (uint32_t)role + 1u;
}
static inline uint32_t key_shared(int role)
{
  return KEY_SHARED + (uint32_t)role;
}

/* Sum with the relation's own weights and with those that all relations share. */
static inline float score_both(const Linear *weights, const Features *features, int local, int role)
{
  return linear_sum(weights, features, key_of(local, role)) +
         linear_sum(weights, features, key_shared(role));
}

/* ---- decisions (candidates.c) ---- */

#define TRIGGER_FLOOR (-3.5f) /* log-odds below which a trigger, or a participant, is dropped */
#define ARGUMENT_FLOOR (-3.5f)
#define ARGUMENT_RANK 8

/* How well a mention fills the two roles of one relation at one trigger. */
typedef struct ArgumentScore {
  float score[2]; /* log-odds by Role */
  int frame[2];   /* rank of the frame's pattern, 0 if none */
  int rank[2];    /* among the mentions, 0 is best */
} ArgumentScore;

/* A relation's standing at its trigger. */
typedef struct TriggerScore {
  float score; /* log-odds */
  float lead;  /* over the best other relation there */
  int rank;    /* 0 is best */
} TriggerScore;

typedef struct PairScores {
  TriggerScore trigger;
  float best[2]; /* of all mentions, by Role */
  const ArgumentScore *subject, *object;
  bool has_frame;
} PairScores;

/* Local relations that TOKEN may evoke, as bits; 0 for most tokens. */
uint64_t trigger_relations(const Extractor *extractor, const Scene *scene, int32_t token);

/* May MENTION fill ROLE at all? */
bool argument_allowed(const SceneMention *mention, Role role);
bool pair_allowed(bool symmetric, const SceneMention *subject, const SceneMention *object);
bool place_allowed(const Scene *scene, const SceneMention *inner, const SceneMention *outer);

/* Fill lead and rank of SCORES, by local relation, from the scores of those in RELATIONS. */
void rank_relations(TriggerScore *scores, uint64_t relations);

void best_scores(float best[2], const ArgumentScore *scores, size_t count);
void rank_arguments(ArgumentScore *scores, size_t count);
static inline bool argument_kept(const ArgumentScore *score, Role role)
{
  return score->score[role] > ARGUMENT_FLOOR && score->rank[role] < ARGUMENT_RANK;
}

/* Features of a pair that stem from the earlier decisions. */
void features_scores(Features *out, const PairScores *scores);

#endif
