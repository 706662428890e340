/* Names of parts of speech, relations, entity types and features: flat tables, looked through in
   order. They are asked for while reading CoNLL-U and loading a model, never inside the analysis
   loop. */
#include "input/sentence.h"

static const char *const upos_names[UPOS_COUNT] = {
    "_",   "ADJ",  "ADP",  "ADV",   "AUX",   "CCONJ", "DET", "INTJ", "NOUN",
    "NUM", "PART", "PRON", "PROPN", "PUNCT", "SCONJ", "SYM", "VERB", "X"};

const char *upos_name(Upos upos)
{
  return (unsigned)upos < UPOS_COUNT ? upos_names[upos] : "_";
}

Upos upos_of(Slice name)
{
  for (int i = 1; i < UPOS_COUNT; i++) {
    if (slice_is(name, upos_names[i])) return (Upos)i;
  }
  return UPOS_NONE;
}

static const char *const deprel_names[DEPREL_COUNT] = {
#define DEPREL_WRITTEN(name, written) written,
    DEPRELS(DEPREL_WRITTEN)
#undef DEPREL_WRITTEN
};

const char *deprel_name(Deprel deprel)
{
  return (unsigned)deprel < DEPREL_COUNT ? deprel_names[deprel] : "_";
}

static Deprel deprel_exact(Slice name)
{
  for (int i = 1; i < DEPREL_COUNT; i++) {
    if (slice_is(name, deprel_names[i])) return (Deprel)i;
  }
  return DEPREL_NONE;
}

static Slice before_colon(Slice name)
{
  const char *colon = name.len ? memchr(name.ptr, ':', name.len) : NULL;
  return colon ? (Slice){name.ptr, (size_t)(colon - name.ptr)} : name;
}

Deprel deprel_of(Slice name)
{
  const Deprel exact = deprel_exact(name);
  return exact != DEPREL_NONE ? exact : deprel_exact(before_colon(name));
}

Deprel deprel_base(Deprel deprel)
{
  const Slice name = slice_of(deprel_name(deprel));
  const Slice base = before_colon(name);
  return base.len == name.len ? deprel : deprel_exact(base);
}

static const char *const ner_names[] = {"O", "PER", "ORG", "LOC", "MISC"};

const char *ner_name(NerType type)
{
  return (unsigned)type <= NER_MISC ? ner_names[type] : "O";
}

NerType ner_of(Slice name)
{
  for (int i = NER_PER; i <= NER_MISC; i++) {
    if (slice_is(name, ner_names[i])) return (NerType)i;
  }
  return NER_O;
}

static const struct {
  const char *key, *value;
  uint32_t bit;
} feature_table[] = {
    {"Number", "Sing", FEAT_SING}, {"Number", "Plur", FEAT_PLUR},   {"Number", "Ptan", FEAT_PLUR},
    {"Person", "1", FEAT_FIRST},   {"Person", "2", FEAT_SECOND},    {"Person", "3", FEAT_THIRD},
    {"Gender", "Masc", FEAT_MASC}, {"Gender", "Fem", FEAT_FEM},     {"Gender", "Neut", FEAT_NEUT},
    {"Tense", "Past", FEAT_PAST},  {"Tense", "Pres", FEAT_PRES},    {"VerbForm", "Fin", FEAT_FIN},
    {"VerbForm", "Inf", FEAT_INF}, {"VerbForm", "Part", FEAT_PART}, {"VerbForm", "Ger", FEAT_GER},
    {"Voice", "Pass", FEAT_PASS},  {"Mood", "Imp", FEAT_IMP},       {"Mood", "Sub", FEAT_SUB},
    {"Poss", "Yes", FEAT_POSS},    {"Reflex", "Yes", FEAT_REFL},    {"Polarity", "Neg", FEAT_NEG},
    {"PronType", "Neg", FEAT_NEG}, {"Degree", "Cmp", FEAT_CMP},     {"Degree", "Sup", FEAT_SUP},
    {"Definite", "Def", FEAT_DEF}, {"Definite", "Ind", FEAT_INDEF}, {"NumType", "Card", FEAT_CARD},
    {"NumType", "Ord", FEAT_ORD},  {"PronType", "Rel", FEAT_REL},   {"PronType", "Int", FEAT_INT},
    {"PronType", "Prs", FEAT_PRS}, {"PronType", "Rcp", FEAT_RCP},   {"PronType", "Dem", FEAT_DEM},
};

static uint32_t feature_bit(Slice key, Slice value)
{
  for (size_t i = 0; i < sizeof feature_table / sizeof *feature_table; i++) {
    if (slice_is(value, feature_table[i].value) && slice_is(key, feature_table[i].key)) {
      return feature_table[i].bit;
    }
  }
  return 0;
}

/* The next part of *REST up to MARK; *REST moves behind the mark. */
static Slice cut(Slice *rest, char mark)
{
  const char *found = memchr(rest->ptr, mark, rest->len);
  const size_t n = found ? (size_t)(found - rest->ptr) : rest->len;
  const Slice part = {rest->ptr, n};
  const size_t step = found ? n + 1 : n;
  *rest = slice_part(*rest, step, rest->len);
  return part;
}

uint32_t features_of(Slice feats)
{
  uint32_t bits = 0;
  while (feats.len) {
    Slice values = cut(&feats, '|');
    const Slice key = values.len ? cut(&values, '=') : values;
    while (values.len) bits |= feature_bit(key, cut(&values, ','));
  }
  return bits;
}
