/* One pass over ent:factuality finds the situations; one look at each collects what it says. The
   same statement may stand in several named graphs, so what is collected is sorted and made unique.
   Sorting by the text of IRIs keeps the order independent of the order in which terms came. */
#include "situation.h"

#include "vocabulary.h"

#include <stdlib.h>

TermId vocabulary_term(const Graph *graph, Slice name)
{
  char iri[256];
  const size_t prefix = sizeof ENT - 1;
  if (name.len > sizeof iri - prefix) return TERM_ANY;
  memcpy(iri, ENT, prefix);
  if (name.len) memcpy(iri + prefix, name.ptr, name.len);
  return graph_find_iri(graph, (Slice){iri, prefix + name.len});
}

static TermId ours(const Graph *graph, const char *name)
{
  return vocabulary_term(graph, slice_of(name));
}

void vocabulary_find(Vocabulary *out, const Graph *graph)
{
  static const char *const factualities[4] = {"Actual", "Planned", "Possible", "Denied"};
  *out = (Vocabulary){
      .type = graph_find_iri(graph, SLICE(RDF "type")),
      .label = graph_find_iri(graph, SLICE(RDFS "label")),
      .alt_label = graph_find_iri(graph, SLICE(SKOS "altLabel")),
      .same_as = graph_find_iri(graph, SLICE(OWL "sameAs")),
      .factuality = ours(graph, "factuality"),
      .date = ours(graph, "date"),
      .evidence = ours(graph, "evidence"),
      .agent = ours(graph, "agent"),
      .co_agent = ours(graph, "coAgent"),
      .exact = ours(graph, "exact"),
      .start = ours(graph, "start"),
      .document = ours(graph, "document"),
      .attributed_to = ours(graph, "attributedTo"),
      .headline = graph_find_iri(graph, SLICE(SCHEMA "headline")),
      .published = graph_find_iri(graph, SLICE(SCHEMA "datePublished")),
  };
  for (int i = 0; i < ENTITY_CLASSES; i++)
    out->classes[i] = ours(graph, entity_class_name((EntityClass)i));
  for (int i = 0; i < 4; i++) out->factualities[i] = ours(graph, factualities[i]);
}

Status graph_text_of(Slice *out, Graph *graph, TermId subject, TermId predicate)
{
  *out = SLICE_NONE;
  if (subject == TERM_ANY || predicate == TERM_ANY) return STATUS_OK;
  GraphCursor *cursor;
  TRY(graph_match(&cursor, graph, (Quad){subject, predicate, TERM_ANY, TERM_ANY}));
  for (Quad quad; graph_next(cursor, &quad);) {
    const Slice text = graph_term(graph, quad.object).text;
    if (!out->ptr || slice_compare(text, *out) < 0) *out = text;
  }
  graph_match_end(cursor);
  return STATUS_OK;
}

typedef struct Reader {
  Graph *graph;
  const Vocabulary *words;
  Arena *arena;
  Situations *out;
  size_t capacity, role_capacity, quote_capacity;
} Reader;

static Status add_role(Reader *reader, Role role)
{
  Situations *const out = reader->out;
  Role *const grown = arena_grow(reader->arena, out->roles, &reader->role_capacity, out->role_count,
                                 1, sizeof *grown);
  if (!grown) return STATUS_MEMORY;
  out->roles = grown;
  out->roles[out->role_count++] = role;
  return STATUS_OK;
}

static Status add_quote(Reader *reader, TermId quote)
{
  Situations *const out = reader->out;
  TermId *const grown = arena_grow(reader->arena, out->quotes, &reader->quote_capacity,
                                   out->quote_count, 1, sizeof *grown);
  if (!grown) return STATUS_MEMORY;
  out->quotes = grown;
  out->quotes[out->quote_count++] = quote;
  return STATUS_OK;
}

static Factuality factuality_of(const Vocabulary *words, TermId object)
{
  for (int i = 0; i < 4; i++)
    if (words->factualities[i] != TERM_ANY && object == words->factualities[i])
      return (Factuality)i;
  return FACTUALITY_POSSIBLE;
}

static bool is_ours(const Graph *graph, TermId term)
{
  return slice_starts(graph_term(graph, term).text, ENT);
}

static Status take_statement(Reader *reader, Situation *situation, Quad quad)
{
  const Vocabulary *const words = reader->words;
  const Term object = graph_term(reader->graph, quad.object);
  if (quad.predicate == words->type) {
    const bool better = situation->class == TERM_ANY || quad.object < situation->class;
    if (better && is_ours(reader->graph, quad.object)) situation->class = quad.object;
  } else if (quad.predicate == words->factuality) {
    situation->factuality = factuality_of(words, quad.object);
  } else if (quad.predicate == words->date) {
    const bool earlier = !situation->date.len || slice_compare(object.text, situation->date) < 0;
    if (earlier) situation->date = object.text;
  } else if (quad.predicate == words->evidence) {
    return add_quote(reader, quad.object);
  } else if (object.kind != TERM_LITERAL && is_ours(reader->graph, quad.predicate)) {
    return add_role(reader, (Role){quad.predicate, quad.object});
  }
  return STATUS_OK;
}

static int compare_roles(const void *a, const void *b)
{
  const Role *const x = a, *const y = b;
  if (x->role != y->role) return x->role < y->role ? -1 : 1;
  return (x->filler > y->filler) - (x->filler < y->filler);
}

static int compare_ids(const void *a, const void *b)
{
  const TermId x = *(const TermId *)a, y = *(const TermId *)b;
  return (x > y) - (x < y);
}

/* Sort the roles and quotes added since the counts in SITUATION and drop doubles. */
static void tidy(Situations *out, Situation *situation)
{
  Role *const roles = out->roles + situation->first_role;
  size_t count = out->role_count - situation->first_role, kept = 0;
  if (count) qsort(roles, count, sizeof *roles, compare_roles);
  for (size_t i = 0; i < count; i++)
    if (!i || compare_roles(&roles[i], &roles[i - 1])) roles[kept++] = roles[i];
  out->role_count = situation->first_role + kept;
  situation->role_count = (uint32_t)kept;
  TermId *const quotes = out->quotes + situation->first_quote;
  count = out->quote_count - situation->first_quote;
  kept = 0;
  if (count) qsort(quotes, count, sizeof *quotes, compare_ids);
  for (size_t i = 0; i < count; i++)
    if (!i || quotes[i] != quotes[i - 1]) quotes[kept++] = quotes[i];
  out->quote_count = situation->first_quote + kept;
  situation->quote_count = (uint32_t)kept;
}

static Status read_situation(Reader *reader, TermId term)
{
  Situations *const out = reader->out;
  Situation *const grown =
      arena_grow(reader->arena, out->items, &reader->capacity, out->count, 1, sizeof *grown);
  if (!grown) return STATUS_MEMORY;
  out->items = grown;
  Situation situation = {.term = term,
                         .first_role = (uint32_t)out->role_count,
                         .first_quote = (uint32_t)out->quote_count};
  GraphCursor *cursor;
  TRY(graph_match(&cursor, reader->graph, (Quad){term, TERM_ANY, TERM_ANY, TERM_ANY}));
  Status status = STATUS_OK;
  for (Quad quad; status == STATUS_OK && graph_next(cursor, &quad);)
    status = take_statement(reader, &situation, quad);
  graph_match_end(cursor);
  TRY(status);
  tidy(out, &situation);
  out->items[out->count++] = situation;
  return STATUS_OK;
}

typedef struct Named {
  Slice text;
  TermId term;
} Named;

static int compare_names(const void *a, const void *b)
{
  return slice_compare(((const Named *)a)->text, ((const Named *)b)->text);
}

/* The subjects of ent:factuality in the order of their names, each once. */
static Status find_subjects(Named **out, size_t *count, Arena *arena, Graph *graph,
                            TermId predicate)
{
  const Quad pattern = {TERM_ANY, predicate, TERM_ANY, TERM_ANY};
  *count = 0;
  *out = arena_array(arena, graph_count(graph, pattern) + 1, sizeof **out);
  bool *const seen = arena_array(arena, graph_term_count(graph) + 1, sizeof *seen);
  if (!*out || !seen) return STATUS_MEMORY;
  GraphCursor *cursor;
  TRY(graph_match(&cursor, graph, pattern));
  for (Quad quad; graph_next(cursor, &quad);) {
    if (seen[quad.subject]) continue;
    seen[quad.subject] = true;
    (*out)[(*count)++] = (Named){graph_term(graph, quad.subject).text, quad.subject};
  }
  graph_match_end(cursor);
  qsort(*out, *count, sizeof **out, compare_names);
  return STATUS_OK;
}

Status situations_read(Situations *out, Arena *arena, Graph *graph, const Vocabulary *words)
{
  *out = (Situations){0};
  if (words->factuality == TERM_ANY) return STATUS_OK;
  Named *subjects;
  size_t count;
  TRY(find_subjects(&subjects, &count, arena, graph, words->factuality));
  Reader reader = {.graph = graph, .words = words, .arena = arena, .out = out};
  for (size_t i = 0; i < count; i++) TRY(read_situation(&reader, subjects[i].term));
  return STATUS_OK;
}

static Status read_source(QuoteWords *out, Graph *graph, const Vocabulary *words, TermId document)
{
  out->document = graph_term(graph, document).text;
  TRY(graph_text_of(&out->headline, graph, document, words->headline));
  return graph_text_of(&out->date, graph, document, words->published);
}

static Status read_speaker(QuoteWords *out, Graph *graph, const Vocabulary *words, TermId speaker)
{
  const Term term = graph_term(graph, speaker);
  if (term.kind != TERM_LITERAL)
    return graph_text_of(&out->attributed_to, graph, speaker, words->label);
  out->attributed_to = term.text;
  return STATUS_OK;
}

Status quote_read(QuoteWords *out, Graph *graph, const Vocabulary *words, TermId quote)
{
  *out = (QuoteWords){0};
  TermId document = TERM_ANY, speaker = TERM_ANY;
  GraphCursor *cursor;
  TRY(graph_match(&cursor, graph, (Quad){quote, TERM_ANY, TERM_ANY, TERM_ANY}));
  for (Quad quad; graph_next(cursor, &quad);) {
    if (quad.predicate == words->exact)
      out->text = graph_term(graph, quad.object).text;
    else if (quad.predicate == words->document)
      document = quad.object;
    else if (quad.predicate == words->attributed_to)
      speaker = quad.object;
  }
  graph_match_end(cursor);
  if (speaker != TERM_ANY) TRY(read_speaker(out, graph, words, speaker));
  return document == TERM_ANY ? STATUS_OK : read_source(out, graph, words, document);
}
