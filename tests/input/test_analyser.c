/* The analyser with its own model: what it says of sentences written for the purpose, and which models
   it refuses. */
#include "graph/memory.h"
#include "input/analyser.h"
#include "input/model.h"
#include "tests/support/check.h"

#include <string.h>

typedef struct Tool {
  Analyser *analyser;
  AnalyserSpace *space;
  Arena arena;
  Sentences sentences;
} Tool;

static Tool tool;

static const Sentence *analyse(const char *text, AnalyserMode mode)
{
  const Slice all = slice_of(text);
  tool.sentences = (Sentences){NULL, 0, 0};
  assert_int_equal(
      analyser_segment(&tool.sentences, &tool.arena, all, (Span){0, (uint32_t)all.len}), STATUS_OK);
  for (size_t i = 0; i < tool.sentences.count; i++) {
    Sentence *const s = &tool.sentences.items[i];
    assert_int_equal(analyser_tag(tool.analyser, tool.space, s, &tool.arena), STATUS_OK);
    assert_int_equal(analyser_names(tool.analyser, tool.space, s, 1), STATUS_OK);
    assert_int_equal(analyser_parse(tool.analyser, tool.space, s, &tool.arena, mode), STATUS_OK);
  }
  assert_true(tool.sentences.count > 0);
  return &tool.sentences.items[0];
}

static int find(const Sentence *s, const char *form)
{
  for (size_t i = 0; i < s->count; i++) {
    if (slice_equal(s->tokens[i].form, slice_of(form))) return (int)i;
  }
  fail_msg("no word %s", form);
  return -1;
}

/* Is WORD below ABOVE, or the same? */
static bool hangs_below(const Sentence *s, const char *word, const char *above)
{
  const int goal = find(s, above);
  int at = find(s, word);
  for (size_t steps = 0; at >= 0 && steps <= s->count; steps++) {
    if (at == goal) return true;
    at = s->tokens[at].head;
  }
  return false;
}

static void test_titles_and_roles_hang_together_with_the_name(void **state)
{
  static const char *const texts[] = {
      "Secretary of State Helena Marsh met Japanese Foreign Minister Takeda Kenji in Geneva.",
      "Prince Salim bin Rashid, the Omani foreign minister, met the envoy Helena Marsh.",
  };
  (void)state;
  const Sentence *s = analyse(texts[0], ANALYSE_FULL);
  const int met = find(s, "met");
  assert_int_equal(s->tokens[met].head, -1);
  const int subject = s->tokens[find(s, "Helena")].head == met ? find(s, "Helena") : find(s, "Secretary");
  assert_int_equal(s->tokens[subject].deprel, DEPREL_NSUBJ);
  assert_true(hangs_below(s, "Marsh", subject == find(s, "Helena") ? "Helena" : "Secretary"));
  assert_true(hangs_below(s, "State", subject == find(s, "Helena") ? "Helena" : "Secretary"));
  assert_int_equal(s->tokens[find(s, "Marsh")].ner, NER_PER);
  assert_true(hangs_below(s, "Japanese", "met") && hangs_below(s, "Takeda", "met"));
  s = analyse(texts[1], ANALYSE_FULL);
  assert_int_equal(s->tokens[find(s, "met")].head, -1);
  assert_true(hangs_below(s, "minister", "Salim") || hangs_below(s, "minister", "Prince"));
}

static void assert_lemma(const char *text, const char *form, const char *lemma)
{
  const Sentence *const s = analyse(text, ANALYSE_FULL);
  const Token *const token = &s->tokens[find(s, form)];
  if (!slice_equal(token->lemma, slice_of(lemma))) {
    fail_msg("%s: lemma %.*s, not %s", form, SLICE_ARGS(token->lemma), lemma);
  }
}

static void test_lemmas_of_verbs_are_words(void **state)
{
  (void)state;
  assert_lemma("The court extradited the two men to Spain.", "extradited", "extradite");
  assert_lemma("The minister toasted his guests in the palace.", "toasted", "toast");
  assert_lemma("They committed troops to the mission.", "committed", "commit");
  assert_lemma("The envoys are negotiating a treaty.", "negotiating", "negotiate");
  assert_lemma("The president met the king.", "met", "meet");
}

static void assert_well_formed(const Sentence *s)
{
  size_t roots = 0;
  for (size_t i = 0; i < s->count; i++) {
    int at = (int)i;
    for (size_t steps = 0; at >= 0; steps++) {
      assert_true(steps <= s->count);
      at = s->tokens[at].head;
    }
    roots += s->tokens[i].head < 0;
    assert_true((s->tokens[i].head < 0) == (s->tokens[i].deprel == DEPREL_ROOT));
    assert_true(s->tokens[i].score >= 0 && s->tokens[i].score <= 1);
  }
  assert_int_equal(roots, 1);
}

static void test_every_tree_is_well_formed(void **state)
{
  static const char *const words[] = {"Norway", "met", ",",   "the", "(", "of",  "\"", "Ibn Salah",
                                      "3.5",    "and", "who", "-",   ")", "not", "is", "東京"};
  uint64_t seed = 3;
  (void)state;
  for (size_t round = 0; round < 120; round++) {
    char text[8192] = "";
    const uint32_t count = round % 20 ? 1 + check_below(&seed, 50) : 700;
    for (uint32_t i = 0; i < count; i++) {
      strcat(text, words[check_below(&seed, 16)]);
      strcat(text, " ");
    }
    for (int mode = ANALYSE_FULL; mode <= ANALYSE_FAST; mode++) {
      (void)analyse(text, (AnalyserMode)mode);
      for (size_t i = 0; i < tool.sentences.count; i++) {
        assert_well_formed(&tool.sentences.items[i]);
      }
    }
    arena_clear(&tool.arena);
  }
}

static Status open_changed(const char *name, Slice content)
{
  Model model;
  Buffer file = BUFFER_EMPTY;
  Analyser *analyser = NULL;
  assert_int_equal(model_open(&model, analyser_embedded_model(), NULL), STATUS_OK);
  assert_int_equal(model_replace(&file, &model, name, content), STATUS_OK);
  const Status status = analyser_new(&analyser, buffer_as_slice(&file), NULL, NULL);
  analyser_free(analyser);
  buffer_clear(&file);
  return status;
}

static void test_a_network_of_another_shape_is_refused(void **state)
{
  Model model;
  (void)state;
  assert_int_equal(model_open(&model, analyser_embedded_model(), NULL), STATUS_OK);
  const Slice whole = model_section(&model, "network");
  assert_int_equal(open_changed("network", whole), STATUS_OK);
  assert_int_equal(open_changed("network", slice_part(whole, 0, whole.len - 2)), STATUS_INPUT);
  assert_int_equal(open_changed("network", slice_part(whole, 0, 10)), STATUS_INPUT);
  char *const changed = memory_zero(whole.len);
  for (size_t at = 0; at < 24; at += 4) {
    memcpy(changed, whole.ptr, whole.len);
    memset(changed + at, 0xFF, 4);
    assert_int_equal(open_changed("network", (Slice){changed, whole.len}), STATUS_INPUT);
  }
  memory_free(changed, whole.len);
}

static int set_up(void **state)
{
  (void)state;
  if (analyser_new(&tool.analyser, analyser_embedded_model(), NULL, NULL)) return -1;
  return (int)analyser_space_new(&tool.space, tool.analyser);
}

static int take_down(void **state)
{
  (void)state;
  analyser_space_free(tool.space);
  analyser_free(tool.analyser);
  arena_clear(&tool.arena);
  return 0;
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_titles_and_roles_hang_together_with_the_name),
      cmocka_unit_test(test_lemmas_of_verbs_are_words),
      cmocka_unit_test(test_every_tree_is_well_formed),
      cmocka_unit_test(test_a_network_of_another_shape_is_refused),
  };
  return cmocka_run_group_tests(tests, set_up, take_down);
}
