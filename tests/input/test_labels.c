/* Names of parts of speech, relations, entity types and features. */
#include "input/sentence.h"

#include "tests/support/check.h"

static void test_upos(void **state)
{
  (void)state;
  for (int i = 1; i < UPOS_COUNT; i++) {
    assert_int_equal(upos_of(slice_of(upos_name((Upos)i))), i);
  }
  assert_string_equal(upos_name(UPOS_PROPN), "PROPN");
  assert_string_equal(upos_name(UPOS_NONE), "_");
  assert_int_equal(upos_of(SLICE("_")), UPOS_NONE);
  assert_int_equal(upos_of(SLICE("noun")), UPOS_NONE);
  assert_int_equal(upos_of(SLICE_NONE), UPOS_NONE);
}

static void test_deprel(void **state)
{
  (void)state;
  for (int i = 1; i < DEPREL_COUNT; i++) {
    assert_int_equal(deprel_of(slice_of(deprel_name((Deprel)i))), i);
  }
  assert_int_equal(deprel_of(SLICE("obl:tmod")), DEPREL_OBL);
  assert_int_equal(deprel_of(SLICE("obl:agent")), DEPREL_OBL_AGENT);
  assert_int_equal(deprel_of(SLICE("head")), DEPREL_NONE);
  assert_int_equal(deprel_of(SLICE(":")), DEPREL_NONE);
  assert_int_equal(deprel_base(DEPREL_NSUBJ_PASS), DEPREL_NSUBJ);
  assert_int_equal(deprel_base(DEPREL_OBJ), DEPREL_OBJ);
  assert_int_equal(deprel_base(DEPREL_NONE), DEPREL_NONE);
}

static void test_ner(void **state)
{
  (void)state;
  assert_int_equal(ner_of(SLICE("PER")), NER_PER);
  assert_int_equal(ner_of(SLICE("O")), NER_O);
  assert_int_equal(ner_of(SLICE("TIME")), NER_O);
  assert_string_equal(ner_name(NER_MISC), "MISC");
}

static void test_features(void **state)
{
  (void)state;
  assert_int_equal(features_of(SLICE("Number=Plur|Person=3")), FEAT_PLUR | FEAT_THIRD);
  assert_int_equal(features_of(SLICE("Mood=Ind|Tense=Past|VerbForm=Fin")), FEAT_PAST | FEAT_FIN);
  assert_int_equal(features_of(SLICE("Gender=Fem,Masc|Poss=Yes")),
                   FEAT_FEM | FEAT_MASC | FEAT_POSS);
  assert_int_equal(features_of(SLICE("Polarity=Neg")), FEAT_NEG);
  assert_int_equal(features_of(SLICE_NONE), 0);
  assert_int_equal(features_of(SLICE("_")), 0);
  assert_int_equal(features_of(SLICE("|=|Number|Number=|=Sing|Foo=Bar")), 0);
}

int main(void)
{
  const struct CMUnitTest tests[] = {cmocka_unit_test(test_upos), cmocka_unit_test(test_deprel),
                                     cmocka_unit_test(test_ner), cmocka_unit_test(test_features)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
