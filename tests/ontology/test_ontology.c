/* The vocabulary: relations, frames and cues, the built-in ones and a user's own. */
#include "graph/memory.h"
#include "ontology/ontology.h"
#include "tests/support/scratch.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>

#include <cmocka.h>

#define PREFIXES                                                                                   \
  "@prefix ent: <https://w3id.org/entente#> .\n"                                                   \
  "@prefix id: <https://w3id.org/entente/id/> .\n"                                                 \
  "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n"

/* Load the embedded ontology with TEXT as a user's file. */
static Status load_with(Ontology **out, Buffer *messages, const char *text)
{
  char folder[64], path[256];
  scratch_new(folder);
  scratch_write(path, folder, "user.ttl", text, strlen(text));
  const Report to = scratch_report(messages);
  const char *const files[] = {path};
  const Status status = ontology_load(out, files, 1, &to);
  scratch_remove(folder);
  return status;
}

static void refused(const char *text, const char *line, const char *words)
{
  Ontology *ontology;
  Buffer messages = BUFFER_EMPTY;
  assert_int_equal(load_with(&ontology, &messages, text), STATUS_QUERY);
  assert_null(ontology);
  assert_non_null(messages.bytes);
  assert_non_null(strstr(messages.bytes, line));
  assert_non_null(strstr(messages.bytes, words));
  buffer_clear(&messages);
}

static Ontology *loaded(const char *text)
{
  Ontology *ontology;
  Buffer messages = BUFFER_EMPTY;
  const Status status = load_with(&ontology, &messages, text);
  if (status) print_error("%s", messages.bytes ? messages.bytes : "no message");
  assert_int_equal(status, STATUS_OK);
  buffer_clear(&messages);
  return ontology;
}

static const Relation *relation(const Ontology *ontology, const char *name)
{
  const RelationId id = ontology_find_relation(ontology, slice_of(name));
  assert_int_not_equal(id, RELATION_NONE);
  return ontology_relation(ontology, id);
}

static void test_all_relations_of_the_guidelines(void **state)
{
  (void)state;
  static const char *const names[] = {
      "metWith",   "spokeWith",  "negotiatedWith", "visited",    "hosted",         "signed",
      "agreedOn",  "announced",  "pledged",        "supported",  "cooperatedWith", "aided",
      "requested", "criticized", "rejected",       "threatened", "sanctioned",     "withdrewFrom",
      "joined",    "mobilized",  "attacked",       "detained",   "appointed",      "released",
      "eased",     "protested",  "holdsOffice",    "memberOf",   "alliedWith",     "locatedIn"};
  Ontology *const ontology = loaded("");
  assert_int_equal(ontology_relation_count(ontology), sizeof names / sizeof *names);
  for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
    const Relation *const r = relation(ontology, names[i]);
    assert_true(slice_is(r->schema.name, names[i]));
    assert_true(r->schema.class_name.len > 0 && r->schema.phrase.len > 0);
    assert_true(r->schema.object_role.len > 0);
    assert_true(r->subject_classes != 0 && r->object_classes != 0);
    assert_int_not_equal(r->family, FAMILY_OTHER);
  }
  assert_int_equal(ontology_find_relation(ontology, SLICE("teleportedTo")), RELATION_NONE);
  ontology_free(ontology);
}

static void test_schema_of_a_relation(void **state)
{
  (void)state;
  Ontology *const ontology = loaded("");
  const Relation *const met = relation(ontology, "metWith");
  assert_true(slice_is(met->schema.class_name, "Meeting"));
  assert_true(slice_is(met->schema.phrase, "met with"));
  assert_true(slice_is(met->schema.object_role, "coAgent"));
  assert_true(met->schema.symmetric);
  assert_false(met->lasting);
  assert_true(slice_is(met->notation, "040"));
  const Relation *const holds = relation(ontology, "holdsOffice");
  assert_true(holds->lasting);
  assert_int_equal(holds->subject_classes, 1u << ENTITY_PERSON);
  assert_int_equal(holds->object_classes, 1u << ENTITY_OFFICE);
  assert_int_equal(relation(ontology, "attacked")->family, FAMILY_FORCE);
  ontology_free(ontology);
}

static void test_a_relation_in_five_lines(void **state)
{
  (void)state;
  Ontology *const ontology =
      loaded(PREFIXES "ent:exportedTo a ent:Relation ; ent:objectRole ent:recipient ;\n"
                      "  rdfs:domain ent:Country ; rdfs:range ent:Country .\n"
                      "ent:frame-export a ent:Frame ; ent:evokes ent:exportedTo ;\n"
                      "  ent:verb \"zexport\" , \"zship good\" ; ent:noun \"zexport\" ;\n"
                      "  ent:subject \"nsubj nmod:poss\" ; ent:object \"obl:to nmod:to\" .\n");
  const Relation *const r = relation(ontology, "exportedTo");
  assert_true(slice_is(r->schema.class_name, "ExportedTo"));
  assert_true(slice_is(r->schema.phrase, "exported to"));
  assert_int_equal(r->object_classes, 1u << ENTITY_COUNTRY);
  const uint32_t *found;
  assert_int_equal(ontology_frames_of(&found, ontology, SLICE("zship"), TRIGGER_VERB), 1);
  const Frame *const frame = ontology_frame(ontology, found[0]);
  assert_int_equal(frame->lemma_count, 2);
  assert_true(slice_is(frame->lemmas[1], "good"));
  assert_int_equal(frame->subject_count, 2);
  assert_true(slice_is(frame->subject[1], "nmod:poss"));
  assert_true(slice_is(frame->object[0], "obl:to"));
  assert_true(frame->user);
  assert_ptr_equal(ontology_relation(ontology, frame->relation), r);
  assert_int_equal(ontology_frames_of(&found, ontology, SLICE("zexport"), TRIGGER_NOUN), 1);
  assert_int_equal(ontology_frames_of(&found, ontology, SLICE("zexport"), TRIGGER_ADJECTIVE), 0);
  ontology_free(ontology);
}

static void test_a_relation_overridden(void **state)
{
  (void)state;
  Ontology *const ontology = loaded(PREFIXES "ent:signed ent:phrase \"put its name to\" ; "
                                             "rdfs:range ent:Thing .\n");
  const Relation *const r = relation(ontology, "signed");
  assert_true(slice_is(r->schema.phrase, "put its name to"));
  assert_int_equal(r->object_classes, 1u << ENTITY_THING);
  assert_true(slice_is(r->schema.class_name, "Signing"));
  ontology_free(ontology);
}

static void test_a_frame_restated_keeps_the_rest(void **state)
{
  (void)state;
  Ontology *const ontology =
      loaded(PREFIXES "ent:frame-t a ent:Frame ; ent:evokes ent:aided ; ent:verb \"zap\" ;\n"
                      "  ent:subject \"nsubj\" ; ent:object \"obj\" .\n"
                      "ent:signed ent:phrase \"signed\" .\n"
                      "ent:frame-t ent:verb \"zip\" .\n");
  const uint32_t *found;
  assert_int_equal(ontology_frames_of(&found, ontology, SLICE("zap"), TRIGGER_VERB), 0);
  assert_int_equal(ontology_frames_of(&found, ontology, SLICE("zip"), TRIGGER_VERB), 1);
  assert_int_equal(ontology_frame(ontology, found[0])->object_count, 1);
  ontology_free(ontology);
}

static void test_cues(void **state)
{
  (void)state;
  Ontology *const ontology =
      loaded(PREFIXES "ent:cue-x a ent:Cue ; ent:verb \"xplan\" ; ent:makes ent:Planned .\n"
                      "ent:cue-y a ent:Cue ; ent:verb \"xsay\" ; ent:reports true .\n");
  const FactualityCue *cue = ontology_cue(ontology, SLICE("xplan"), TRIGGER_VERB);
  assert_non_null(cue);
  assert_int_equal(cue->makes, FACTUALITY_PLANNED);
  assert_false(cue->reports);
  cue = ontology_cue(ontology, SLICE("xsay"), TRIGGER_VERB);
  assert_true(cue->reports);
  assert_int_equal(cue->makes, FACTUALITY_ACTUAL);
  assert_null(ontology_cue(ontology, SLICE("xsay"), TRIGGER_NOUN));
  ontology_free(ontology);
}

static void test_errors_name_file_and_line(void **state)
{
  (void)state;
  refused(PREFIXES "ent:x a ent:Relation ; ent:phrase \"y\n\" .\n", ":4:", "");
  refused(PREFIXES "\nent:x a ent:Relation ; ent:frase \"y\" .\n", ":5:", "ent:frase");
  refused(PREFIXES "ent:x a ent:Relation ;\n  ent:family ent:Friendship .\n", ":5:", "Friendship");
  refused(PREFIXES "ent:x a ent:Relation ; rdfs:domain ent:Cat .\n", ":4:", "Cat");
  refused(PREFIXES "ent:f a ent:Frame ; ent:evokes ent:nothing ; ent:verb \"x\" .\n",
          ":4:", "unknown relation nothing");
  refused(PREFIXES "ent:f a ent:Frame ; ent:verb \"x\" .\n", ":4:", "evokes no relation");
  refused(PREFIXES "ent:c a ent:Cue ; ent:verb \"x\" ; ent:makes ent:Certain .\n",
          ":4:", "Certain");
  refused(PREFIXES "ent:c a ent:Cue ; ent:verb \"x\" ; ent:reports \"maybe\" .\n", ":4:", "maybe");
  refused(PREFIXES "ent:r ent:phrase \"x\" .\n", ":4:", "no class");
  refused("ent:x a ent:Relation .\n", ":1:", "ent:x");
  refused(PREFIXES "# \xFF\n", ":4:", "UTF-8");
  refused(PREFIXES "ent:f a ent:Frame ;\n ent:evokes \"metWith\" .\n", ":5:", "an IRI expected");
  refused(PREFIXES "ent:r a ent:Relation ; ent:phrase ent:x .\n", ":4:", "a literal expected");
  refused(PREFIXES "ent:r a ent:Relation ; ent:phrase ( \"x\" ) .\n", ":4:", "a literal expected");
  refused(PREFIXES "[] a ent:Relation ; ent:phrase \"x\" .\n", ":4:", "ent: or id:");
}

static void test_deep_nesting_is_refused(void **state)
{
  (void)state;
  Buffer text = BUFFER_EMPTY;
  buffer_text(&text, PREFIXES "ent:a rdfs:seeAlso \"[[[\" , <[> , '''(((''' # (((\n  ");
  for (int i = 0; i < 100000; i++) buffer_text(&text, "[ rdfs:seeAlso ");
  refused(text.bytes, ":5:", "nested too deeply");
  buffer_clear(&text);
}

static void test_a_missing_file(void **state)
{
  (void)state;
  Ontology *ontology;
  Buffer messages = BUFFER_EMPTY;
  const Report to = scratch_report(&messages);
  const char *const files[] = {"no-such-file.ttl"};
  assert_int_equal(ontology_load(&ontology, files, 1, &to), STATUS_IO);
  assert_null(ontology);
  assert_non_null(strstr(messages.bytes, "no-such-file.ttl"));
  buffer_clear(&messages);
}

typedef struct Failing {
  size_t left; /* allocations that still succeed */
} Failing;

static void *failing(void *handle, void *block, size_t old_size, size_t new_size)
{
  Failing *const f = handle;
  (void)old_size;
  if (new_size == 0) {
    free(block);
    return NULL;
  }
  if (f->left == 0) return NULL;
  f->left--;
  return realloc(block, new_size);
}

/* Fail the Nth allocation, N growing by a quarter, until loading gets by. */
static void test_short_memory(void **state)
{
  (void)state;
  Ontology *ontology;
  Status status = STATUS_MEMORY;
  for (size_t n = 0; status != STATUS_OK; n += n / 4 + 1) {
    Failing f = {n};
    memory_set_hook(failing, &f);
    status = ontology_load(&ontology, NULL, 0, NULL);
    if (status) assert_null(ontology);
    ontology_free(ontology);
    memory_set_hook(NULL, NULL);
    assert_true(status == STATUS_OK || status == STATUS_MEMORY);
  }
}

static void test_free_null(void **state)
{
  (void)state;
  ontology_free(NULL);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_all_relations_of_the_guidelines),
      cmocka_unit_test(test_schema_of_a_relation),
      cmocka_unit_test(test_a_relation_in_five_lines),
      cmocka_unit_test(test_a_relation_overridden),
      cmocka_unit_test(test_a_frame_restated_keeps_the_rest),
      cmocka_unit_test(test_cues),
      cmocka_unit_test(test_errors_name_file_and_line),
      cmocka_unit_test(test_deep_nesting_is_refused),
      cmocka_unit_test(test_a_missing_file),
      cmocka_unit_test(test_short_memory),
      cmocka_unit_test(test_free_null),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
