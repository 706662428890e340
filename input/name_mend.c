#include "input/name_mend.h"

#include "input/titles.h"
#include "input/words.h"
#include "ontology/words.h"

#define NAME_WORDS 10
#define PERSON_WORDS 4

static bool capital(const Token *token)
{
  const unsigned char c = token->form.len ? (unsigned char)token->form.ptr[0] : 0;
  return (c >= 'A' && c <= 'Z') || c >= 0xC3;
}

static int32_t name_end(const Sentence *s, int32_t first)
{
  const int32_t count = (int32_t)s->count;
  int32_t end = first + 1;
  while (end < count && s->tokens[end].ner == s->tokens[first].ner && !s->tokens[end].ner_begins)
    end++;
  return end;
}

static void set_name(Sentence *s, int32_t first, int32_t end, NerType type)
{
  for (int32_t i = first; i < end; i++) {
    s->tokens[i].ner = (uint8_t)type;
    s->tokens[i].ner_begins = i == first && type != NER_O;
  }
}

/* How many of the words at FIRST are a name that the world data knows, up to END. */
static int32_t known_words(const Sentence *s, const Ontology *ontology, int32_t first, int32_t end)
{
  Slice forms[NAME_WORDS];
  size_t n = 0, count = 0;
  const WorldName *names = NULL;
  for (int32_t i = first; i < end && n < NAME_WORDS; i++) forms[n++] = s->tokens[i].form;
  const size_t words = world_match(&names, &count, ontology, forms, n);
  if (!words || !count || world_entity(ontology, names[0].entity)->class == ENTITY_PERSON) return 0;
  return (int32_t)words;
}

/* Does "TITLE of" or "TITLE to the" stand right before token AT? */
static bool after_title_of(const Sentence *s, const Ontology *ontology, int32_t at)
{
  int32_t of = at - 1;
  if (of >= 0 && slice_is(s->tokens[of].form, "the")) of--;
  return of > 0 && s->tokens[of].upos == UPOS_ADP && title_ends_at(ontology, s, of);
}

static int32_t capitals_end(const Sentence *s, int32_t from)
{
  int32_t end = from;
  while (end < (int32_t)s->count && end - from < PERSON_WORDS && capital(&s->tokens[end]) &&
         (s->tokens[end].upos == UPOS_PROPN || s->tokens[end].ner == NER_PER))
    end++;
  return end;
}

/* "President of Mexico Vicente Fox": returns where the person ends, or END. */
static int32_t part_title_of(Sentence *s, const Ontology *ontology, int32_t first, int32_t end)
{
  if (!after_title_of(s, ontology, first)) return end;
  const int32_t known = first + known_words(s, ontology, first, end);
  if (known == first || known >= end) return end;
  const int32_t person = capitals_end(s, known);
  if (person < known + 2 || person < end) return end;
  if (s->tokens[first].ner == NER_PER) set_name(s, first, known, NER_LOC);
  set_name(s, known, person, NER_PER);
  return person;
}

/* "Somali Premier" of "Somali Premier Ali": the title, with nothing but the state before it. */
static void cut_title(Sentence *s, const Ontology *ontology, int32_t first, int32_t end)
{
  const Token *const next = end < (int32_t)s->count ? &s->tokens[end] : NULL;
  if (s->tokens[first].ner == NER_PER || !next || next->ner != NER_PER) return;
  const int32_t known = first + known_words(s, ontology, first, end);
  if (known > first && known < end && known + title_at(ontology, s, known) == end)
    set_name(s, known, end, NER_O);
}

/* "Philippine Senate": a body of a state; the state is a name of its own, as in "Peru's Congress".
 */
static void split_body(Sentence *s, const Ontology *ontology, int32_t first, int32_t end)
{
  if (end - first != 2 || s->tokens[first].ner == NER_PER) return;
  char lower[64];
  const Slice word = {lower, word_lower(lower, sizeof lower, s->tokens[end - 1].form)};
  if (!(ontology_word(ontology, word) & WORD_BODY)) return;
  if (known_words(s, ontology, first, end) != 1) return;
  set_name(s, first, end - 1, NER_MISC);
  set_name(s, end - 1, end, NER_ORG);
}

static void join_person(Sentence *s, int32_t first, int32_t end)
{
  if (s->tokens[first].ner != NER_PER || end >= (int32_t)s->count) return;
  Token *const next = &s->tokens[end];
  if (next->ner != NER_PER || !capital(next) || !capital(&s->tokens[end - 1])) return;
  if (s->tokens[end - 1].upos == UPOS_PROPN && end - first == 1) next->ner_begins = false;
}

static void join_of(Sentence *s, int32_t first, int32_t end)
{
  if (s->tokens[first].ner != NER_ORG || !slice_is(s->tokens[end - 1].form, "of")) return;
  if (end >= (int32_t)s->count || s->tokens[end].ner == NER_O) return;
  const int32_t last = name_end(s, end);
  set_name(s, first, last, NER_ORG);
}

static bool dash_at(const Sentence *s, int32_t at)
{
  if (at < 1 || s->tokens[at].space_after || s->tokens[at - 1].space_after) return false;
  const Slice form = s->tokens[at].form;
  return slice_is(form, "-") || slice_is(form, "\xe2\x80\x93") || slice_is(form, "\xe2\x80\x94");
}

/* "Iranian-Russian Treaty", if the two names before the noun are states. */
static void join_dash(Sentence *s, const Ontology *ontology, int32_t first, int32_t end)
{
  const NerType type = (NerType)s->tokens[first].ner;
  if (type == NER_PER || type == NER_LOC || end - first < 2 || !dash_at(s, first - 1)) return;
  const int32_t left = first - 2;
  if (s->tokens[left].ner == NER_PER || known_words(s, ontology, left, left + 1) != 1) return;
  set_name(s, left, end, type);
}

/* "Ms Roe": a person, whatever the name was taken for; the form of address is no part of it. */
static void see_address(Sentence *s, const Ontology *ontology, int32_t first, int32_t end)
{
  const bool inside = end - first > 1 && title_is_address(ontology, s, first);
  const int32_t name = inside ? first + 1 : first;
  if (!inside && (s->tokens[first].ner == NER_PER || !title_is_address(ontology, s, first - 1)))
    return;
  if (!capital(&s->tokens[name])) return;
  set_name(s, first, name, NER_O);
  set_name(s, name, end, NER_PER);
}

void names_mend(Sentence *sentence, const Ontology *ontology)
{
  for (int32_t i = 0; i < (int32_t)sentence->count;) {
    if (sentence->tokens[i].ner == NER_O) {
      i++;
      continue;
    }
    int32_t end = name_end(sentence, i);
    join_of(sentence, i, end);
    join_person(sentence, i, end);
    end = name_end(sentence, i);
    see_address(sentence, ontology, i, end);
    if (sentence->tokens[i].ner == NER_O) i++;
    cut_title(sentence, ontology, i, end);
    split_body(sentence, ontology, i, end);
    join_dash(sentence, ontology, i, end);
    i = part_title_of(sentence, ontology, i, end);
  }
}
