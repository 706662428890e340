/* Sentence: what the analyser makes of text, in the terms of Universal Dependencies (version 2).
   Plain visible structs; strings are borrowed from the document's text, its arena or the model. */
#ifndef ENTENTE_SENTENCE_H
#define ENTENTE_SENTENCE_H

#include "graph/slice.h"

typedef enum Upos {
  UPOS_NONE,
  UPOS_ADJ,
  UPOS_ADP,
  UPOS_ADV,
  UPOS_AUX,
  UPOS_CCONJ,
  UPOS_DET,
  UPOS_INTJ,
  UPOS_NOUN,
  UPOS_NUM,
  UPOS_PART,
  UPOS_PRON,
  UPOS_PROPN,
  UPOS_PUNCT,
  UPOS_SCONJ,
  UPOS_SYM,
  UPOS_VERB,
  UPOS_X,
  UPOS_COUNT
} Upos;

/* clang-format off */
/* Relations with the subtypes of the English treebanks. X(name, "written") */
#define DEPRELS(X)                                                                                 \
  X(NONE, "_") X(ACL, "acl") X(ACL_RELCL, "acl:relcl") X(ADVCL, "advcl")                           \
  X(ADVCL_RELCL, "advcl:relcl") X(ADVMOD, "advmod") X(AMOD, "amod") X(APPOS, "appos")              \
  X(AUX, "aux") X(AUX_PASS, "aux:pass") X(CASE, "case") X(CC, "cc") X(CC_PRECONJ, "cc:preconj")    \
  X(CCOMP, "ccomp") X(CLF, "clf") X(COMPOUND, "compound") X(COMPOUND_PRT, "compound:prt")          \
  X(CONJ, "conj") X(COP, "cop") X(CSUBJ, "csubj") X(CSUBJ_OUTER, "csubj:outer")                    \
  X(CSUBJ_PASS, "csubj:pass") X(DEP, "dep") X(DET, "det") X(DET_PREDET, "det:predet")              \
  X(DISCOURSE, "discourse") X(DISLOCATED, "dislocated") X(EXPL, "expl") X(FIXED, "fixed")          \
  X(FLAT, "flat") X(GOESWITH, "goeswith") X(IOBJ, "iobj") X(LIST, "list") X(MARK, "mark")          \
  X(NMOD, "nmod") X(NMOD_DESC, "nmod:desc") X(NMOD_POSS, "nmod:poss")                              \
  X(NMOD_UNMARKED, "nmod:unmarked") X(NSUBJ, "nsubj") X(NSUBJ_OUTER, "nsubj:outer")                \
  X(NSUBJ_PASS, "nsubj:pass") X(NUMMOD, "nummod") X(OBJ, "obj") X(OBL, "obl")                      \
  X(OBL_AGENT, "obl:agent") X(OBL_UNMARKED, "obl:unmarked") X(ORPHAN, "orphan")                    \
  X(PARATAXIS, "parataxis") X(PUNCT, "punct") X(REPARANDUM, "reparandum") X(ROOT, "root")          \
  X(VOCATIVE, "vocative") X(XCOMP, "xcomp")

typedef enum Deprel {
#define DEPREL_ENUM(name, written) DEPREL_##name,
  DEPRELS(DEPREL_ENUM)
#undef DEPREL_ENUM
  DEPREL_COUNT
} Deprel;

/* Named-entity types; GUM's EVENT, TIME, OBJ, OTH and Wikigold's MISC are NER_MISC or dropped. */
typedef enum NerType { NER_O, NER_PER, NER_ORG, NER_LOC, NER_MISC } NerType;

/* Features that rules ask for, as bits; the whole FEATS column is Token.feats. */
enum {
  FEAT_SING = 1u << 0, FEAT_PLUR = 1u << 1, FEAT_FIRST = 1u << 2, FEAT_SECOND = 1u << 3,
  FEAT_THIRD = 1u << 4, FEAT_MASC = 1u << 5, FEAT_FEM = 1u << 6, FEAT_NEUT = 1u << 7,
  FEAT_PAST = 1u << 8, FEAT_PRES = 1u << 9, FEAT_FIN = 1u << 10, FEAT_INF = 1u << 11,
  FEAT_PART = 1u << 12, FEAT_GER = 1u << 13, FEAT_PASS = 1u << 14, FEAT_IMP = 1u << 15,
  FEAT_SUB = 1u << 16, FEAT_POSS = 1u << 17, FEAT_REFL = 1u << 18, FEAT_NEG = 1u << 19,
  FEAT_CMP = 1u << 20, FEAT_SUP = 1u << 21, FEAT_DEF = 1u << 22, FEAT_INDEF = 1u << 23,
  FEAT_CARD = 1u << 24, FEAT_ORD = 1u << 25, FEAT_REL = 1u << 26, FEAT_INT = 1u << 27,
  FEAT_PRS = 1u << 28, FEAT_RCP = 1u << 29, FEAT_DEM = 1u << 30
};

/* clang-format on */

typedef struct Token {
  Slice form, lemma;
  Slice xpos, feats;    /* "NNP", "Number=Sing"; empty for none */
  uint32_t start, end;  /* bytes in the document's text, half-open; words of one written token
                           ("don't" -> do n't) have their own parts where they can be told apart,
                           else all the whole */
  uint32_t features;    /* FEAT_… bits */
  int32_t head;         /* index of the head in the sentence, -1 for the root */
  float score;          /* confidence in head and relation, 0 to 1 */
  uint8_t upos, deprel; /* Upos, Deprel */
  uint8_t ner;          /* NerType */
  bool ner_begins;      /* first token of its name */
  bool space_after;
  uint8_t words; /* on the first word of a multiword token: how many words; else 0 */
} Token;

typedef struct Sentence {
  Token *tokens;
  size_t count;
  uint32_t start, end; /* bytes in the document's text */
  bool new_paragraph;  /* first of its paragraph */
  Slice id;            /* sent_id of a .conllu, else empty */
} Sentence;

typedef struct Span {
  uint32_t start, end; /* half-open */
} Span;

const char *upos_name(Upos upos);
Upos upos_of(Slice name); /* UPOS_NONE if unknown */
const char *deprel_name(Deprel deprel);
Deprel deprel_of(Slice name); /* an unknown subtype gives its relation; DEPREL_NONE if unknown */
Deprel deprel_base(Deprel deprel); /* without subtype */
const char *ner_name(NerType type);
NerType ner_of(Slice name); /* "PER"; NER_O if unknown */

/* The bits for a FEATS column ("Number=Plur|Person=3"). */
uint32_t features_of(Slice feats);

#endif
