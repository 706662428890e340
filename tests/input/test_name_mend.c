/* Names put right: each case a sentence with spans in brackets before and after; "P:" person, "O:"
   organisation, "L:" place, "M:" other. Words stand apart; "~" joins a token to the next. */
#include "input/name_mend.h"

#include "tests/support/check.h"

#include <stdio.h>

#define TOKENS 32

static const char *const cases[][2] = {
    {"The President of [L:Mexico Vicente Roe] called .",
     "The President of [L:Mexico] [P:Vicente Roe] called ."},
    {"Governor of the [L:Northern Territory] spoke .",
     "Governor of the [L:Northern Territory] spoke ."},
    {"Allies of [L:Mexico Vicente Roe] called .", "Allies of [L:Mexico Vicente Roe] called ."},
    {"[M:Somali Premier] [P:Ali] Hassan resigned .",
     "[M:Somali] Premier [P:Ali] Hassan resigned ."},
    {"President of [P:Peru Anna] Roe spoke .", "President of [L:Peru] [P:Anna Roe] spoke ."},
    {"envoy to [L:Peru Anna Roe] spoke .", "envoy to [L:Peru] [P:Anna Roe] spoke ."},
    {"[P:Ali] [P:Mohammed Roe] resigned .", "[P:Ali Mohammed Roe] resigned ."},
    {"[O:Chess Association of] [L:Malaysia] paid .", "[O:Chess Association of Malaysia] paid ."},
    {"the [M:Philippine Senate] met .", "the [M:Philippine] [O:Senate] met ."},
    {"the [O:European Parliament] met .", "the [O:European Parliament] met ."},
    {"the Iranian~ -~ [M:Russian Treaty] holds .", "the [M:Iranian~ -~ Russian Treaty] holds ."},
    {"[O:Ms Roe] met [L:Mr. Abel Tan] .", "Ms [P:Roe] met Mr. [P:Abel Tan] ."},
    {"Mr [L:Lima] left [L:Lima] .", "Mr [P:Lima] left [L:Lima] ."},
    {"the [O:Miss World] show", "the [O:Miss World] show"},
};

typedef struct Marked {
  char words[TOKENS][32];
  Token tokens[TOKENS];
  Sentence sentence;
} Marked;

static NerType type_of(char letter)
{
  return letter == 'P' ? NER_PER : letter == 'O' ? NER_ORG : letter == 'L' ? NER_LOC : NER_MISC;
}

static void read_marked(Marked *m, const char *text)
{
  NerType type = NER_O;
  int used = 0;
  *m = (Marked){.sentence = {.tokens = m->tokens}};
  for (char word[64]; sscanf(text, " %63s%n", word, &used) == 1; text += used) {
    Token *const t = &m->tokens[m->sentence.count];
    const bool opens = word[0] == '[';
    if (opens) type = type_of(word[1]);
    size_t n = 0;
    char *const form = m->words[m->sentence.count++];
    bool closes = false, joins = false;
    for (const char *c = opens ? word + 3 : word; *c; c++) {
      closes |= *c == ']';
      joins |= *c == '~';
      if (*c != ']' && *c != '~') form[n++] = *c;
    }
    t->form = t->lemma = (Slice){form, n};
    t->ner = (uint8_t)type;
    t->ner_begins = opens;
    t->space_after = !joins;
    const bool marker = slice_is(t->form, "of") || slice_is(t->form, "to");
    t->upos = marker ? UPOS_ADP : form[0] >= 'A' && form[0] <= 'Z' ? UPOS_PROPN : UPOS_NOUN;
    if (closes) type = NER_O;
  }
}

static void test_cases(void **state)
{
  (void)state;
  Ontology *ontology = NULL;
  assert_int_equal(ontology_load(&ontology, NULL, 0, NULL), STATUS_OK);
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    static Marked before, after;
    read_marked(&before, cases[i][0]);
    read_marked(&after, cases[i][1]);
    names_mend(&before.sentence, ontology);
    for (size_t k = 0; k < after.sentence.count; k++) {
      const Token *const a = &before.tokens[k], *const b = &after.tokens[k];
      if (a->ner != b->ner || a->ner_begins != b->ner_begins)
        fail_msg("%s: at %.*s", cases[i][0], SLICE_ARGS(a->form));
    }
  }
  ontology_free(ontology);
}

int main(void)
{
  const struct CMUnitTest tests[] = {cmocka_unit_test(test_cases)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
