/* Who is whom: texts with participants and whom they must be, in tests/data/resolve/cases.txt. */
#include "input/resolve.h"

#include "input/analyser.h"
#include "input/source.h"
#include "tests/support/check.h"

#include <stdio.h>

typedef struct Tool {
  Ontology *ontology;
  Analyser *analyser;
  AnalyserSpace *space;
} Tool;

typedef struct Case {
  Arena arena;
  Document document;
  Sentences sentences;
  Entities entities;
  bool open;
} Case;

static void clear(Case *c)
{
  if (c->open) entities_clear(&c->entities);
  arena_clear(&c->arena);
  *c = (Case){.arena = ARENA_EMPTY};
}

static void analyse(Case *c, const Tool *tool, Slice text, Slice date)
{
  c->document = (Document){.iri = SLICE("urn:x:document"), .text = text, .date = date};
  const Span whole = {0, (uint32_t)text.len};
  assert_int_equal(analyser_segment(&c->sentences, &c->arena, text, whole), 0);
  for (size_t i = 0; i < c->sentences.count; i++) {
    analyser_tag(tool->analyser, tool->space, &c->sentences.items[i], &c->arena);
  }
  analyser_names(tool->analyser, tool->space, c->sentences.items, c->sentences.count);
  for (size_t i = 0; i < c->sentences.count; i++) {
    analyser_parse(tool->analyser, tool->space, &c->sentences.items[i], &c->arena, ANALYSE_FULL);
  }
  assert_int_equal(entities_find(&c->entities, &c->arena, tool->ontology, &c->document,
                                 c->sentences.items, c->sentences.count),
                   0);
  c->open = true;
}

/* The mention at the NTHth place of WORDS. */
static Mention mention_of(const Case *c, Slice words, int nth)
{
  const char *at = c->document.text.ptr;
  for (int i = 0; i < nth; i++) {
    at = strstr(i ? at + 1 : at, words.ptr);
    assert_non_null(at);
  }
  const uint32_t start = (uint32_t)(at - c->document.text.ptr), end = start + (uint32_t)words.len;
  for (size_t s = 0; s < c->sentences.count; s++) {
    const Sentence *const sentence = &c->sentences.items[s];
    Mention m = {(int32_t)s, -1, -1, -1};
    for (int32_t i = 0; i < (int32_t)sentence->count; i++) {
      const Token *const t = &sentence->tokens[i];
      if (t->start >= end || t->end <= start) continue;
      if (m.first < 0) m.first = i;
      m.end = i + 1;
    }
    if (m.first < 0) continue;
    for (int32_t i = m.first; i < m.end; i++) {
      const int32_t head = sentence->tokens[i].head;
      if (m.head < 0 && (head < m.first || head >= m.end)) m.head = i;
    }
    return m;
  }
  fail_msg("no token at '%s'", words.ptr);
  return (Mention){0, 0, 0, 0};
}

static void labels(char *out, size_t size, const Case *c, const Referents *r)
{
  size_t n = 0;
  out[0] = '\0';
  if (!r->count) snprintf(out, size, "-");
  /* in the order of their names */
  for (uint32_t i = 0; i < r->count; i++) {
    const Slice label = c->entities.items[r->items[i]].entity.label;
    n += (size_t)snprintf(out + n, size - n, "%s%.*s", n ? " ; " : "", SLICE_ARGS(label));
  }
}

static bool same_labels(const char *found, char *wanted)
{
  size_t length = 0;
  for (char *label = strtok(wanted, ";"); label; label = strtok(NULL, ";")) {
    while (*label == ' ') label++;
    size_t n = strlen(label);
    while (n && label[n - 1] == ' ') label[--n] = '\0';
    if (!strstr(found, label)) return false;
    length += n + (length ? 3 : 0);
  }
  return strlen(found) == length;
}

/* "metWith subject #2 Kishida = Fumio Kishida" */
static bool check_line(Case *c, const Tool *tool, char *line)
{
  char relation[32], side[16];
  int used = 0, nth = 1, skip = 0;
  assert_int_equal(sscanf(line, "%31s %15s %n", relation, side, &used), 2);
  char *words = line + used, *equals = strstr(words, " = ");
  assert_non_null(equals);
  *equals = '\0';
  if (sscanf(words, "#%d %n", &nth, &skip) == 1) words += skip;
  const bool subject = !strcmp(side, "subject");
  const Mention m = mention_of(c, slice_of(words), nth), none = {-1, -1, 0, 0};
  Claim claim = {.relation = ontology_find_relation(tool->ontology, slice_of(relation)),
                 .subject = subject ? m : none,
                 .object = subject ? none : m,
                 .by = none};
  assert_int_not_equal(claim.relation, RELATION_NONE);
  const Claims claims = {&claim, 1, 1};
  ResolvedClaim *resolved;
  assert_int_equal(resolve_claims(&resolved, &c->entities, &claims), 0);
  char found[512];
  labels(found, sizeof found, c, subject ? &resolved->subject : &resolved->object);
  char wanted[512];
  snprintf(wanted, sizeof wanted, "%s", equals + 3);
  if (same_labels(found, wanted)) return true;
  print_error("%s %s: found '%s', wanted '%s'\n", side, words, found, equals + 3);
  return false;
}

static void cases(void **state)
{
  const Tool *const tool = *state;
  Case c = {.arena = ARENA_EMPTY};
  char line[1024];
  Slice date = SLICE_NONE;
  int wrong = 0, right = 0;
  FILE *const file = fopen("tests/data/resolve/cases.txt", "r");
  assert_non_null(file);
  static char dates[16], text[1024];
  while (fgets(line, sizeof line, file)) {
    line[strcspn(line, "\n")] = '\0';
    if (!line[0] || line[0] == '#') continue;
    if (!strncmp(line, "date: ", 6)) {
      snprintf(dates, sizeof dates, "%.10s", line + 6);
      date = slice_of(dates);
    } else if (!strncmp(line, "text: ", 6)) {
      clear(&c);
      snprintf(text, sizeof text, "%s", line + 6);
      analyse(&c, tool, slice_of(text), date);
    } else if (check_line(&c, tool, line)) {
      right++;
    } else {
      wrong++;
    }
  }
  fclose(file);
  clear(&c);
  print_message("%d right, %d wrong\n", right, wrong);
  assert_int_equal(wrong, 0);
}

static int set_up(void **state)
{
  static Tool tool;
  if (ontology_load(&tool.ontology, NULL, 0, NULL)) return -1;
  if (analyser_new(&tool.analyser, analyser_embedded_model(), tool.ontology, NULL)) return -1;
  *state = &tool;
  return (int)analyser_space_new(&tool.space, tool.analyser);
}

static int tear_down(void **state)
{
  const Tool *const tool = *state;
  analyser_space_free(tool->space);
  analyser_free(tool->analyser);
  ontology_free(tool->ontology);
  return 0;
}

int main(void)
{
  const struct CMUnitTest tests[] = {cmocka_unit_test(cases)};
  return cmocka_run_group_tests(tests, set_up, tear_down);
}
