/* Reading and writing CoNLL-U: what comes back is what went out, what is damaged is said. */
#include "input/analyser.h"
#include "input/conllu.h"

#include "tests/support/check.h"
#include "tests/support/failing_memory.h"
#include "tests/support/scratch.h"

#include <stdio.h>

static Arena arena;
static Buffer messages, output;
static Document document;
static Sentence *sentences;
static ConlluReader reader;

static int set_up(void **state)
{
  (void)state;
  arena = ARENA_EMPTY;
  messages = output = BUFFER_EMPTY;
  return 0;
}

static int tear_down(void **state)
{
  (void)state;
  arena_clear(&arena);
  buffer_clear(&messages);
  buffer_clear(&output);
  return 0;
}

static Status read_text(const char *text, bool tokens_only)
{
  static Report report;
  report = scratch_report(&messages);
  reader = conllu_reader(slice_of(text), "a.conllu", tokens_only, &report);
  return conllu_next(&document, &sentences, &reader, &arena);
}

static bool said(const char *words)
{
  return messages.count && strstr(messages.bytes, words);
}

static const char *written(void)
{
  const Sink sink = buffer_sink(&output);
  output.count = 0;
  assert_int_equal(conllu_write(&sink, &document, sentences, document.sentence_count), STATUS_OK);
  return output.count ? output.bytes : "";
}

static const char whole[] =
    "# newdoc id = talks\n"
    "# newpar\n"
    "# sent_id = talks-1\n"
    "# text = Ann Ray didn't meet Oslo's envoy (yet).\n"
    "1\tAnn\tAnn\tPROPN\tNNP\tNumber=Sing\t5\tnsubj\t_\tNER=B-PER\n"
    "2\tRay\tRay\tPROPN\tNNP\tNumber=Sing\t1\tflat\t_\tNER=I-PER\n"
    "3-4\tdidn't\t_\t_\t_\t_\t_\t_\t_\t_\n"
    "3\tdid\tdo\tAUX\tVBD\tMood=Ind|Tense=Past|VerbForm=Fin\t5\taux\t_\t_\n"
    "4\tn't\tnot\tPART\tRB\tPolarity=Neg\t5\tadvmod\t_\t_\n"
    "5\tmeet\tmeet\tVERB\tVB\tVerbForm=Inf\t0\troot\t_\t_\n"
    "6-7\tOslo's\t_\t_\t_\t_\t_\t_\t_\t_\n"
    "6\tOslo\tOslo\tPROPN\tNNP\tNumber=Sing\t8\tnmod:poss\t_\tNER=B-LOC\n"
    "7\t's\t's\tPART\tPOS\t_\t6\tcase\t_\t_\n"
    "8\tenvoy\tenvoy\tNOUN\tNN\tNumber=Sing\t5\tobj\t_\t_\n"
    "9\t(\t(\tPUNCT\t-LRB-\t_\t10\tpunct\t_\tSpaceAfter=No\n"
    "10\tyet\tyet\tADV\tRB\t_\t5\tadvmod\t_\tSpaceAfter=No\n"
    "11\t)\t)\tPUNCT\t-RRB-\t_\t10\tpunct\t_\tSpaceAfter=No\n"
    "12\t.\t.\tPUNCT\t.\t_\t5\tpunct\t_\t_\n"
    "\n"
    "# sent_id = talks-2\n"
    "# text = Café closed\n"
    "1\tCafé\tcafé\tNOUN\tNN\tNumber=Sing\t2\tnsubj\t_\t_\n"
    "2\tclosed\tclose\tVERB\tVBD\tMood=Ind|Tense=Past|VerbForm=Fin\t0\troot\t_\t_\n"
    "\n";

static void test_round_trip(void **state)
{
  (void)state;
  assert_int_equal(read_text(whole, false), STATUS_OK);
  assert_string_equal(written(), whole);
  assert_int_equal(messages.count, 0);
  assert_int_equal(reader.skipped, 0);
}

static void test_what_is_read(void **state)
{
  (void)state;
  assert_int_equal(read_text(whole, false), STATUS_OK);
  assert_true(slice_is(document.id, "talks"));
  assert_true(slice_is(document.text, "Ann Ray didn't meet Oslo's envoy (yet). Café closed"));
  assert_int_equal(document.block_count, 1);
  assert_int_equal(document.blocks[0].span.end, document.text.len);
  assert_int_equal(document.sentence_count, 2);
  const Token *token = document.sentences[0].tokens;
  assert_int_equal(token[0].ner, NER_PER);
  assert_true(token[0].ner_begins && !token[1].ner_begins);
  assert_int_equal(token[2].words, 2);
  assert_int_equal(token[2].start, 8);
  assert_int_equal(token[3].start, 11);
  assert_true(!token[2].space_after && token[3].space_after);
  assert_true(token[3].features & FEAT_NEG);
  assert_int_equal(token[4].head, -1);
  assert_int_equal(token[5].deprel, DEPREL_NMOD_POSS);
  assert_int_equal(document.sentences[1].start, 40);
  assert_int_equal(conllu_next(&document, NULL, &reader, &arena), STATUS_NOT_FOUND);
}

/* Each token's form stands in the text at its place. */
static void check_places(void)
{
  for (size_t i = 0; i < document.sentence_count; i++) {
    for (size_t k = 0; k < document.sentences[i].count; k++) {
      const Token *token = &document.sentences[i].tokens[k];
      assert_true(slice_equal(slice_part(document.text, token->start, token->end), token->form));
    }
  }
}

static void test_documents(void **state)
{
  (void)state;
  const Status status = read_text("# newdoc id = a\n"
                                  "# meta::dateCreated = 1999\n"
                                  "# date = 2023-01-13\n"
                                  "# author = Ann Ray\n"
                                  "1\tYes\tyes\tINTJ\t_\t_\t0\troot\t_\t_\n\n\n"
                                  "# newpar id = p2\n"
                                  "1\tNo\tno\tINTJ\t_\t_\t0\troot\t_\tSpaceAfter=No\n\n"
                                  "1\t?\t?\tPUNCT\t_\t_\t0\troot\t_\t_\n\n"
                                  "# newdoc id = b\n"
                                  "1\tGo\tgo\tVERB\t_\t_\t0\troot\t_\t_",
                                  false);
  assert_int_equal(status, STATUS_OK);
  assert_true(slice_is(document.date, "2023-01-13"));
  assert_true(slice_is(document.author, "Ann Ray"));
  assert_true(slice_is(document.text, "Yes\n\nNo?"));
  assert_int_equal(document.block_count, 2);
  assert_false(document.sentences[2].new_paragraph);
  check_places();
  assert_int_equal(conllu_next(&document, &sentences, &reader, &arena), STATUS_OK);
  assert_true(slice_is(document.id, "b"));
  assert_true(slice_is(document.text, "Go"));
  assert_int_equal(conllu_next(&document, &sentences, &reader, &arena), STATUS_NOT_FOUND);
}

/* Where FORM and "# text" agree, the text is taken as it is; else it is made from the forms. */
static void test_text(void **state)
{
  (void)state;
  read_text("# text = (A b)\n1\t(\t(\tPUNCT\t_\t_\t2\tpunct\t_\t_\n"
            "2\tA\ta\tNOUN\t_\t_\t0\troot\t_\t_\n3\tb\tb\tNOUN\t_\t_\t2\tdep\t_\t_\n"
            "4\t)\t)\tPUNCT\t_\t_\t2\tpunct\t_\t_\n",
            false);
  assert_true(slice_is(document.text, "(A b)"));
  assert_false(document.sentences[0].tokens[0].space_after);
  check_places();
  read_text("# text = something else\n1\tA\ta\tNOUN\t_\t_\t0\troot\t_\tSpaceAfter=No\n"
            "2\t,\t,\tPUNCT\t_\t_\t1\tpunct\t_\t_\n3\tb\tb\tNOUN\t_\t_\t1\tdep\t_\t_\n",
            false);
  assert_true(slice_is(document.text, "A, b"));
  check_places();
}

static void test_ranges(void **state)
{
  (void)state;
  read_text("1-2\tdu\t_\t_\t_\t_\t_\t_\t_\tSpaceAfter=No\n1\tde\tde\tADP\t_\t_\t2\tcase\t_\t_\n"
            "2\tle\tle\tDET\t_\t_\t0\troot\t_\t_\n2.1\tx\tx\tVERB\t_\t_\t_\t_\t2:dep\t_\n"
            "3\t!\t!\tPUNCT\t_\t_\t2\tpunct\t_\t_\n",
            false);
  assert_int_equal(document.sentence_count, 1);
  assert_true(slice_is(document.text, "du!"));
  const Token *token = document.sentences[0].tokens;
  assert_int_equal(document.sentences[0].count, 3);
  assert_true(token[0].start == 0 && token[0].end == 2 && token[1].start == 0 && token[1].end == 2);
  assert_int_equal(token[2].start, 2);
  assert_non_null(strstr(written(), "# text = du!\n1-2\tdu\t"));
}

static void test_tokens_only(void **state)
{
  (void)state;
  const Status status = read_text("1-2\tcan't\t_\t_\t_\t_\t_\t_\t_\tSpaceAfter=No\n"
                                  "1\tca\t_\t_\t_\t_\t_\t_\t_\t_\n2\tn't\t_\t_\t_\t_\t_\t_\t_\t_\n"
                                  "3\t.\t_\t_\t_\t_\t_\t_\t_\t_\n",
                                  true);
  assert_int_equal(status, STATUS_OK);
  assert_int_equal(document.sentence_count, 1);
  assert_int_equal(sentences[0].tokens[2].upos, UPOS_NONE);
  assert_string_equal(written(), "# newdoc id = document\n# newpar\n# sent_id = document-1\n"
                                 "# text = can't.\n"
                                 "1-2\tcan't\t_\t_\t_\t_\t_\t_\t_\tSpaceAfter=No\n"
                                 "1\tca\t_\t_\t_\t_\t_\t_\t_\t_\n2\tn't\t_\t_\t_\t_\t_\t_\t_\t_\n"
                                 "3\t.\t_\t_\t_\t_\t_\t_\t_\t_\n\n");
}

static void test_foreign_names(void **state)
{
  (void)state;
  read_text("1\tIMF\t_\tPROPN\t_\t_\t0\troot\t_\tNER=S-ORG\n"
            "2\tRome\t_\tPROPN\t_\t_\t1\tdep\t_\tNER=B-GPE|X=1\n"
            "3\tCity\t_\tPROPN\t_\t_\t1\tdep\t_\tNER=E-GPE\n"
            "4\tFriday\t_\tPROPN\t_\t_\t1\tdep\t_\tNER=B-DATE\n"
            "5\tAnn\t_\tPROPN\t_\t_\t1\tdep\t_\tNER=I-PERSON\n",
            false);
  const Token *token = document.sentences[0].tokens;
  assert_true(token[0].ner == NER_ORG && token[0].ner_begins);
  assert_true(token[1].ner == NER_LOC && token[1].ner_begins);
  assert_true(token[2].ner == NER_LOC && !token[2].ner_begins);
  assert_int_equal(token[3].ner, NER_O);
  assert_true(token[4].ner == NER_PER && token[4].ner_begins);
  assert_true(slice_is(token[0].lemma, "IMF"));
}

/* A damaged sentence, what is said of it and on which line. */
static void test_damaged(void **state)
{
  (void)state;
  static const struct {
    const char *rows, *words;
  } cases[] = {
      {"1\tA\ta\tNOUN\t_\t_\t0\troot\t_\n", "a.conllu:3: not ten columns"},
      {"1\tA\ta\tNOUN\t_\t_\t0\troot\t_\t_\n3\tb\tb\tNOUN\t_\t_\t1\tdep\t_\t_\n",
       "a.conllu:4: ids are not consecutive"},
      {"x\tA\ta\tNOUN\t_\t_\t0\troot\t_\t_\n", "a.conllu:3: bad id"},
      {"1\tA\ta\tN\t_\t_\t0\troot\t_\t_\n", "unknown part of speech: N"},
      {"1\tA\ta\tNOUN\t_\t_\t0\thead\t_\t_\n", "unknown relation: head"},
      {"1\tA\ta\tNOUN\t_\t_\t_\troot\t_\t_\n", "no head"},
      {"1\tA\ta\tNOUN\t_\t_\t2\tdep\t_\t_\n", "a head that is not there"},
      {"1\tA\ta\tNOUN\t_\t_\t1\tdep\t_\t_\n", "a head that is not there"},
      {"1\tA\ta\tNOUN\t_\t_\t2\tdep\t_\t_\n2\tb\tb\tNOUN\t_\t_\t1\tdep\t_\t_\n", "circle"},
      {"1\tA\ta\tNOUN\t_\t_\t0\troot\t_\t_\n2\tb\tb\tNOUN\t_\t_\t3\tdep\t_\t_\n"
       "3\tc\tc\tNOUN\t_\t_\t2\tdep\t_\t_\n",
       "circle"},
      {"1-2\tA\t_\t_\t_\t_\t_\t_\t_\t_\n1\tA\ta\tNOUN\t_\t_\t0\troot\t_\t_\n",
       "words that are not there"},
      {"1\tA\xFF\ta\tNOUN\t_\t_\t0\troot\t_\t_\n", "not UTF-8"},
      {"1\t\ta\tNOUN\t_\t_\t0\troot\t_\t_\n", "not ten columns"},
      {"99999999999999999999\tA\ta\tNOUN\t_\t_\t0\troot\t_\t_\n", "bad id"},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    Buffer text = BUFFER_EMPTY;
    messages.count = 0;
    buffer_printf(&text, "# newdoc id = a\n\n%s\n1\tGo\tgo\tVERB\t_\t_\t0\troot\t_\t_\n",
                  cases[i].rows);
    assert_int_equal(read_text(text.bytes, false), STATUS_OK);
    assert_int_equal(reader.skipped, 1);
    assert_int_equal(document.sentence_count, 1);
    assert_true(slice_is(document.text, "Go"));
    if (!said(cases[i].words)) fail_msg("case %zu: %s", i, messages.bytes);
    buffer_clear(&text);
  }
}

static void test_two_roots(void **state)
{
  (void)state;
  read_text("1\tA\ta\tNOUN\t_\t_\t0\troot\t_\t_\n2\tb\tb\tNOUN\t_\t_\t0\troot\t_\t_\n"
            "3\tc\tc\tNOUN\t_\t_\t2\troot\t_\t_\n",
            false);
  assert_true(said("several roots"));
  const Token *token = document.sentences[0].tokens;
  assert_true(token[0].head == -1 && token[0].deprel == DEPREL_ROOT);
  assert_true(token[1].head == 0 && token[1].deprel == DEPREL_PARATAXIS);
  assert_int_equal(token[2].deprel, DEPREL_PARATAXIS);
}

static void test_empty(void **state)
{
  (void)state;
  assert_int_equal(read_text("", false), STATUS_NOT_FOUND);
  assert_int_equal(read_text("\n\n \n", false), STATUS_NOT_FOUND);
  assert_int_equal(read_text("# a comment\n", false), STATUS_OK);
  assert_int_equal(document.sentence_count, 0);
  assert_string_equal(written(), "");
}

/* White space and marks that are not in NFC never reach the columns. */
static void test_strict_writing(void **state)
{
  (void)state;
  Token tokens[] = {
      {.form = SLICE("e\xCC\x81t\tat"), .head = -1, .deprel = DEPREL_ROOT, .upos = UPOS_NOUN},
      {.form = SLICE("\xFF\n"),
       .head = 0,
       .deprel = DEPREL_DEP,
       .upos = UPOS_X,
       .space_after = true}};
  const Sentence sentence = {tokens, 2, 0, 0, false, SLICE("s1")};
  const Document nameless = {.arena = &arena};
  const Sink sink = buffer_sink(&output);
  assert_int_equal(conllu_write(&sink, &nameless, &sentence, 1), STATUS_OK);
  assert_string_equal(output.bytes, "# newdoc id = document\n# sent_id = s1\n# text = ét\xEF\xBF\xBD"
                                    "at\xEF\xBF\xBD\xEF\xBF\xBD\n"
                                    "1\tét\xEF\xBF\xBD"
                                    "at\t_\tNOUN\t_\t_\t0\troot\t_\tSpaceAfter=No\n"
                                    "2\t\xEF\xBF\xBD\xEF\xBF\xBD\t_\tX\t_\t_\t1\tdep\t_\t_\n\n");
}

/* Segmented text, written and read as tokens: the same tokens, the same text up to white space. */
static void test_segmented(void **state)
{
  (void)state;
  const Slice text = SLICE("Ann didn't go  to the U.S.; \"Oslo's\" Café -- closed.\nYes (really)!");
  Sentences cut = {NULL, 0, 0};
  assert_int_equal(analyser_segment(&cut, &arena, text, (Span){0, (uint32_t)text.len}), STATUS_OK);
  const Document made = {.id = SLICE("a b/c"), .text = text};
  const Sink sink = buffer_sink(&output);
  assert_int_equal(conllu_write(&sink, &made, cut.items, cut.count), STATUS_OK);
  assert_non_null(strstr(output.bytes, "# newdoc id = a-b-c\n"));
  assert_non_null(strstr(output.bytes, "# sent_id = a-b-c-2\n"));
  assert_int_equal(read_text(output.bytes, true), STATUS_OK);
  assert_true(slice_is(document.text,
                       "Ann didn't go to the U.S.; \"Oslo's\" Café -- closed. Yes (really)!"));
  assert_int_equal(document.sentence_count, cut.count);
  for (size_t i = 0; i < cut.count; i++) {
    assert_int_equal(document.sentences[i].count, cut.items[i].count);
    for (size_t k = 0; k < cut.items[i].count; k++) {
      assert_true(slice_equal(document.sentences[i].tokens[k].form, cut.items[i].tokens[k].form));
      assert_int_equal(document.sentences[i].tokens[k].words, cut.items[i].tokens[k].words);
    }
  }
  check_places();
}

static bool try_round_trip(void *handle)
{
  (void)handle;
  Arena own = ARENA_EMPTY;
  Buffer out = BUFFER_EMPTY;
  Document read;
  const Sink sink = buffer_sink(&out);
  ConlluReader from = conllu_reader(slice_of(whole), "a.conllu", false, NULL);
  Status status = conllu_next(&read, NULL, &from, &own);
  if (status == STATUS_OK) status = conllu_write(&sink, &read, read.sentences, read.sentence_count);
  buffer_clear(&out);
  arena_clear(&own);
  return status == STATUS_OK;
}

static void test_failing_memory(void **state)
{
  (void)state;
  assert_true(failing_memory_each(try_round_trip, NULL, 500) > 1);
}

int main(void)
{
#define CASE(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)
  const struct CMUnitTest tests[] = {
      CASE(test_round_trip),    CASE(test_what_is_read),   CASE(test_documents),
      CASE(test_text),          CASE(test_ranges),         CASE(test_tokens_only),
      CASE(test_damaged),       CASE(test_foreign_names),  CASE(test_two_roots),
      CASE(test_empty),         CASE(test_strict_writing), CASE(test_segmented),
      CASE(test_failing_memory)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
