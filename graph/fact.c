/* From facts to statements. Facts that rest on the same quote and agree in relation, factuality and
   date are one happening: their pairs are split into groups in which every subject goes with every
   object (graph/grouping.h), and each group becomes one situation. All IRIs are computed from
   content, so facts of different documents meet in the same nodes. */
#include "fact.h"

#include "arena.h"
#include "grouping.h"
#include "memory.h"
#include "unicode.h"
#include "vocabulary.h"

#include <stdlib.h>

/* Terms used again and again, and scratch space. */
typedef struct Writer {
  Graph *graph;
  const FactSet *set;
  Arena arena;
  Buffer text;
  TermId *entity_ids; /* of set->entities; TERM_ANY until written */
  TermId type, label, alt_label, same_as, date, factuality, evidence, agent, co_agent;
  TermId exact, start, end, document, attributed_to, confidence, quote_class;
  TermId xsd_integer, xsd_decimal, xsd_date, xsd_month, xsd_year;
} Writer;

const char *factuality_name(Factuality factuality)
{
  static const char *const names[] = {"actual", "planned", "possible", "denied"};
  return names[factuality];
}

static const char *factuality_iri(Factuality factuality)
{
  static const char *const iris[] = {ENT "Actual", ENT "Planned", ENT "Possible", ENT "Denied"};
  return iris[factuality];
}

const char *entity_class_name(EntityClass class)
{
  static const char *const names[ENTITY_CLASSES] = {"Person",    "Country", "Organization", "Place",
                                                    "Agreement", "Office",  "Thing"};
  return names[class];
}

/* Characters of a name that an IRI's last segment cannot hold as they are (RFC 3987 ipchar, and
   those that would end the segment). */
static bool must_be_escaped(unsigned char c)
{
  return c <= 0x20 || c == 0x7F || strchr("\"<>\\^`{|}%#?/[]", c) != NULL;
}

static Status add_escaped(Buffer *out, Slice name)
{
  for (size_t i = 0; i < name.len; i++) {
    const unsigned char c = (unsigned char)name.ptr[i];
    if (c == ' ') {
      TRY(buffer_text(out, "_"));
    } else if (must_be_escaped(c)) {
      TRY(buffer_printf(out, "%%%02X", c));
    } else {
      TRY(buffer_add(out, &name.ptr[i], 1));
    }
  }
  return STATUS_OK;
}

/* The longest name that stands whole in an IRI; longer ones are cut and told apart by a hash. */
#define LONGEST_IRI_NAME 80u

static size_t cut_at_character(Slice name, size_t limit)
{
  while (limit > 0 && ((unsigned char)name.ptr[limit] & 0xC0) == 0x80) limit--;
  return limit;
}

Status entity_iri(Buffer *out, Slice base, const Entity *entity)
{
  const Slice name = entity->label;
  const bool whole = name.len <= LONGEST_IRI_NAME;
  TRY(buffer_slice(out, base));
  TRY(add_escaped(out,
                  whole ? name : slice_part(name, 0, cut_at_character(name, LONGEST_IRI_NAME))));
  if (!whole) TRY(buffer_printf(out, "-%08x", (unsigned)slice_hash(name, 0)));
  if (entity->scope.len) TRY(buffer_printf(out, "-%08x", (unsigned)slice_hash(entity->scope, 1)));
  return STATUS_OK;
}

static Status intern(TermId *out, Graph *graph, const char *iri)
{
  return graph_iri(out, graph, slice_of(iri));
}

static Status intern_vocabulary(Writer *w)
{
  const struct {
    TermId *id;
    const char *iri;
  } terms[] = {
      {&w->type, RDF "type"},
      {&w->label, RDFS "label"},
      {&w->alt_label, SKOS "altLabel"},
      {&w->same_as, OWL "sameAs"},
      {&w->date, ENT "date"},
      {&w->factuality, ENT "factuality"},
      {&w->evidence, ENT "evidence"},
      {&w->agent, ENT "agent"},
      {&w->co_agent, ENT "coAgent"},
      {&w->exact, ENT "exact"},
      {&w->start, ENT "start"},
      {&w->end, ENT "end"},
      {&w->document, ENT "document"},
      {&w->attributed_to, ENT "attributedTo"},
      {&w->confidence, ENT "confidence"},
      {&w->quote_class, ENT "Quote"},
      {&w->xsd_integer, XSD "integer"},
      {&w->xsd_decimal, XSD "decimal"},
      {&w->xsd_date, XSD "date"},
      {&w->xsd_month, XSD "gYearMonth"},
      {&w->xsd_year, XSD "gYear"},
  };
  for (size_t i = 0; i < sizeof terms / sizeof *terms; i++) {
    TRY(intern(terms[i].id, w->graph, terms[i].iri));
  }
  return STATUS_OK;
}

static Status add(Writer *w, TermId graph, TermId subject, TermId predicate, TermId object)
{
  return graph_add(w->graph, (Quad){subject, predicate, object, graph});
}

static Status add_literal(Writer *w, TermId graph, TermId subject, TermId predicate, Slice lexical,
                          TermId datatype)
{
  TermId literal;
  TRY(graph_literal(&literal, w->graph, lexical, datatype, SLICE_NONE));
  return add(w, graph, subject, predicate, literal);
}

static Status add_string(Writer *w, TermId graph, TermId subject, TermId predicate, Slice text)
{
  w->text.count = 0;
  TRY(unicode_nfc(&w->text, text));
  return add_literal(w, graph, subject, predicate, buffer_as_slice(&w->text), TERM_ANY);
}

static Status ent_term(TermId *out, Writer *w, Slice local_name)
{
  w->text.count = 0;
  TRY(buffer_text(&w->text, ENT));
  TRY(buffer_slice(&w->text, local_name));
  return graph_iri(out, w->graph, buffer_as_slice(&w->text));
}

static Status entity_id(TermId *out, Writer *w, uint32_t index)
{
  if (w->entity_ids[index] == TERM_ANY) {
    w->text.count = 0;
    TRY(entity_iri(&w->text, w->set->base, &w->set->entities[index]));
    TRY(graph_iri(&w->entity_ids[index], w->graph, buffer_as_slice(&w->text)));
  }
  *out = w->entity_ids[index];
  return STATUS_OK;
}

static Status add_entity(Writer *w, TermId graph, uint32_t index)
{
  const Entity *const entity = &w->set->entities[index];
  TermId id, class;
  TRY(entity_id(&id, w, index));
  TRY(ent_term(&class, w, slice_of(entity_class_name(entity->class))));
  if (graph_contains(w->graph, (Quad){id, w->type, class, graph})) return STATUS_OK;
  TRY(add(w, graph, id, w->type, class));
  TRY(add_string(w, graph, id, w->label, entity->label));
  for (size_t i = 0; i < entity->name_count; i++) {
    if (slice_equal(entity->names[i], entity->label)) continue;
    TRY(add_string(w, graph, id, w->alt_label, entity->names[i]));
  }
  if (!entity->same_as.len) return STATUS_OK;
  TermId same;
  TRY(graph_iri(&same, w->graph, entity->same_as));
  return add(w, graph, id, w->same_as, same);
}

static TermId date_type(const Writer *w, Slice date)
{
  return date.len <= 4 ? w->xsd_year : date.len <= 7 ? w->xsd_month : w->xsd_date;
}

static Status document_graph(TermId *out, Writer *w, Slice document)
{
  *out = TERM_ANY;
  return document.len ? graph_iri(out, w->graph, document) : STATUS_OK;
}

/* ---- situations ---- */

static Status add_side(Buffer *out, Writer *w, const Side *side)
{
  for (size_t i = 0; i < side->count; i++) {
    TermId id;
    TRY(entity_id(&id, w, side->members[i]));
    TRY(buffer_slice(out, graph_term(w->graph, id).text));
    TRY(buffer_text(out, "\n"));
  }
  return STATUS_OK;
}

/* The IRI: base, class, and a hash of all that makes the happening what it is. */
static Status situation_id(TermId *out, Writer *w, const Fact *fact, const Group *group)
{
  Buffer content = BUFFER_EMPTY;
  Status status = buffer_printf(&content, "%.*s\n%.*s\n%s\n", SLICE_ARGS(fact->schema->class_name),
                                SLICE_ARGS(fact->date), factuality_name(fact->factuality));
  if (!status) status = add_side(&content, w, &group->subjects);
  if (!status) status = buffer_text(&content, "\n");
  if (!status) status = add_side(&content, w, &group->objects);
  const uint64_t hash = slice_hash(buffer_as_slice(&content), 0);
  buffer_clear(&content);
  TRY(status);
  w->text.count = 0;
  TRY(buffer_printf(&w->text, "%.*s%.*s-%016llx", SLICE_ARGS(w->set->base),
                    SLICE_ARGS(fact->schema->class_name), (unsigned long long)hash));
  return graph_iri(out, w->graph, buffer_as_slice(&w->text));
}

static Status list_names(Buffer *out, Writer *w, const Side *side)
{
  for (size_t i = 0; i < side->count; i++) {
    if (i > 0) TRY(buffer_text(out, i + 1 == side->count ? " and " : ", "));
    TRY(buffer_slice(out, w->set->entities[side->members[i]].label));
  }
  return STATUS_OK;
}

static Status situation_label(Buffer *out, Writer *w, const Fact *fact, const Group *group)
{
  TRY(list_names(out, w, &group->subjects));
  TRY(buffer_printf(out, " %.*s ", SLICE_ARGS(fact->schema->phrase)));
  TRY(group->objects.count ? list_names(out, w, &group->objects) : buffer_text(out, "each other"));
  if (fact->factuality == FACTUALITY_ACTUAL) {
    return fact->date.len ? buffer_printf(out, " (%.*s)", SLICE_ARGS(fact->date)) : STATUS_OK;
  }
  TRY(buffer_printf(out, " (%s", factuality_name(fact->factuality)));
  if (fact->date.len) TRY(buffer_printf(out, ", %.*s", SLICE_ARGS(fact->date)));
  return buffer_text(out, ")");
}

static Status add_label(Writer *w, TermId graph, TermId situation, const Fact *fact,
                        const Group *group)
{
  Buffer label = BUFFER_EMPTY;
  Status status = situation_label(&label, w, fact, group);
  if (!status) status = add_string(w, graph, situation, w->label, buffer_as_slice(&label));
  buffer_clear(&label);
  return status;
}

static Status add_roles(Writer *w, TermId graph, TermId situation, TermId role, const Side *side)
{
  for (size_t i = 0; i < side->count; i++) {
    TermId id;
    TRY(entity_id(&id, w, side->members[i]));
    TRY(add(w, graph, situation, role, id));
  }
  return STATUS_OK;
}

/* Plain triples: subjects with objects, or, where there is only one side, each with those after it.
 */
static Status add_edges(Writer *w, TermId graph, const FactSchema *schema, const Group *group)
{
  const bool one_side = group->objects.count == 0;
  const Side *const others = one_side ? &group->subjects : &group->objects;
  TermId relation;
  TRY(ent_term(&relation, w, schema->name));
  for (size_t i = 0; i < group->subjects.count; i++) {
    for (size_t j = one_side ? i + 1 : 0; j < others->count; j++) {
      TermId subject, object;
      TRY(entity_id(&subject, w, group->subjects.members[i]));
      TRY(entity_id(&object, w, others->members[j]));
      TRY(add(w, graph, subject, relation, object));
    }
  }
  return STATUS_OK;
}

static Status add_situation(Writer *w, TermId graph, TermId quote, const Fact *fact,
                            const Group *group)
{
  TermId id, class, role, factuality;
  TRY(situation_id(&id, w, fact, group));
  TRY(ent_term(&class, w, fact->schema->class_name));
  TRY(ent_term(&role, w, fact->schema->object_role));
  TRY(intern(&factuality, w->graph, factuality_iri(fact->factuality)));
  TRY(add(w, graph, id, w->type, class));
  TRY(add_label(w, graph, id, fact, group));
  TRY(add_roles(w, graph, id, w->agent, &group->subjects));
  TRY(add_roles(w, graph, id, fact->schema->symmetric ? w->co_agent : role, &group->objects));
  TRY(add(w, graph, id, w->factuality, factuality));
  if (fact->date.len) {
    TRY(add_literal(w, graph, id, w->date, fact->date, date_type(w, fact->date)));
  }
  if (quote != TERM_ANY) TRY(add(w, graph, id, w->evidence, quote));
  return fact->factuality == FACTUALITY_ACTUAL ? add_edges(w, graph, fact->schema, group)
                                               : STATUS_OK;
}

/* ---- quotes ---- */

static Status add_number(Writer *w, TermId graph, TermId subject, TermId predicate, uint32_t number)
{
  w->text.count = 0;
  TRY(buffer_printf(&w->text, "%u", (unsigned)number));
  return add_literal(w, graph, subject, predicate, buffer_as_slice(&w->text), w->xsd_integer);
}

/* xsd:decimal in canonical form: at least one digit after the point, no trailing zeros. */
static Status add_confidence(Writer *w, TermId graph, TermId quote, uint32_t hundredths)
{
  w->text.count = 0;
  TRY(hundredths % 10 ? buffer_printf(&w->text, "%u.%02u", hundredths / 100, hundredths % 100)
                      : buffer_printf(&w->text, "%u.%u", hundredths / 100, hundredths / 10 % 10));
  return add_literal(w, graph, quote, w->confidence, buffer_as_slice(&w->text), w->xsd_decimal);
}

static Status add_source(Writer *w, TermId graph, TermId quote, const Fact *fact)
{
  if (fact->attributed_entity >= 0) {
    TermId id;
    TRY(add_entity(w, graph, (uint32_t)fact->attributed_entity));
    TRY(entity_id(&id, w, (uint32_t)fact->attributed_entity));
    return add(w, graph, quote, w->attributed_to, id);
  }
  return fact->attributed_to.len
             ? add_string(w, graph, quote, w->attributed_to, fact->attributed_to)
             : STATUS_OK;
}

/* One quote for FACTS, which all have the same document and span; its confidence is their best. */
static Status add_quote(TermId *out, Writer *w, TermId graph, const Fact *const *facts,
                        size_t count)
{
  const Fact *const fact = facts[0];
  uint32_t best = 0;
  *out = TERM_ANY;
  if (graph == TERM_ANY || fact->end <= fact->start) return STATUS_OK;
  w->text.count = 0;
  TRY(buffer_printf(&w->text, "%.*s#char=%u,%u", SLICE_ARGS(fact->document), fact->start,
                    fact->end));
  TRY(graph_iri(out, w->graph, buffer_as_slice(&w->text)));
  TRY(add(w, graph, *out, w->type, w->quote_class));
  TRY(add_literal(w, graph, *out, w->exact, fact->quote, TERM_ANY));
  TRY(add_number(w, graph, *out, w->start, fact->start));
  TRY(add_number(w, graph, *out, w->end, fact->end));
  TRY(add(w, graph, *out, w->document, graph));
  for (size_t i = 0; i < count; i++) {
    if (facts[i]->confidence > best) best = facts[i]->confidence;
    TRY(add_source(w, graph, *out, facts[i]));
  }
  return add_confidence(w, graph, *out, best);
}

/* ---- facts, grouped ---- */

static int compare_numbers(uint64_t a, uint64_t b)
{
  return (a > b) - (a < b);
}

static int compare_quotes(const Fact *a, const Fact *b)
{
  int order = slice_compare(a->document, b->document);
  if (!order) order = compare_numbers(a->start, b->start);
  return order ? order : compare_numbers(a->end, b->end);
}

static int compare_happenings(const Fact *a, const Fact *b)
{
  int order = compare_quotes(a, b);
  if (!order) order = slice_compare(a->schema->name, b->schema->name);
  if (!order) order = compare_numbers(a->factuality, b->factuality);
  if (!order) order = slice_compare(a->date, b->date);
  /* Rows without a source stand for themselves. */
  if (!order && !a->document.len) order = compare_numbers((uintptr_t)a, (uintptr_t)b);
  return order;
}

static int compare_for_sort(const void *a, const void *b)
{
  const Fact *const x = *(const Fact *const *)a, *const y = *(const Fact *const *)b;
  const int order = compare_happenings(x, y);
  return order ? order : compare_numbers((uintptr_t)x, (uintptr_t)y);
}

/* Entities are told apart, and ordered, by IRI. */
static int compare_entities(const void *handle, uint32_t a, uint32_t b)
{
  const Writer *const w = handle;
  const TermId x = w->entity_ids[a], y = w->entity_ids[b];
  return x == y ? 0 : slice_compare(graph_term(w->graph, x).text, graph_term(w->graph, y).text);
}

static Status add_happening(Writer *w, TermId graph, TermId quote, const Fact *const *facts,
                            size_t count)
{
  Pair *const pairs = arena_array(&w->arena, count, sizeof *pairs);
  if (!pairs) return STATUS_MEMORY;
  for (size_t i = 0; i < count; i++) {
    TRY(add_entity(w, graph, facts[i]->subject));
    TRY(add_entity(w, graph, facts[i]->object));
    pairs[i] = (Pair){facts[i]->subject, facts[i]->object};
  }
  Group *groups = NULL;
  size_t group_count = 0;
  TRY(group_pairs(&groups, &group_count, &w->arena, pairs, count, facts[0]->schema->symmetric,
                  compare_entities, w));
  for (size_t i = 0; i < group_count; i++) {
    TRY(add_situation(w, graph, quote, facts[0], &groups[i]));
  }
  return STATUS_OK;
}

static Status add_facts_of_quote(Writer *w, const Fact *const *facts, size_t count)
{
  TermId graph, quote;
  TRY(document_graph(&graph, w, facts[0]->document));
  TRY(add_quote(&quote, w, graph, facts, count));
  for (size_t first = 0, next; first < count; first = next) {
    next = first + 1;
    while (next < count && !compare_happenings(facts[first], facts[next])) next++;
    TRY(add_happening(w, graph, quote, facts + first, next - first));
  }
  return STATUS_OK;
}

static Status add_facts(Writer *w)
{
  const size_t count = w->set->fact_count;
  const Fact **const sorted = arena_array(&w->arena, count, sizeof *sorted);
  if (!sorted) return STATUS_MEMORY;
  for (size_t i = 0; i < count; i++) sorted[i] = &w->set->facts[i];
  if (count) qsort(sorted, count, sizeof *sorted, compare_for_sort);
  for (size_t first = 0, next; first < count; first = next) {
    next = first + 1;
    while (next < count && !compare_quotes(sorted[first], sorted[next])) next++;
    TRY(add_facts_of_quote(w, sorted + first, next - first));
  }
  return STATUS_OK;
}

/* ---- documents ---- */

static Status add_document(Writer *w, const DocumentFacts *document)
{
  TermId id, class;
  TRY(graph_iri(&id, w->graph, document->iri));
  TRY(intern(&class, w->graph, SCHEMA "NewsArticle"));
  TRY(add(w, id, id, w->type, class));
  const struct {
    Slice text;
    const char *property;
    TermId datatype;
  } parts[] = {
      {document->headline, SCHEMA "headline", TERM_ANY},
      {document->date, SCHEMA "datePublished", date_type(w, document->date)},
      {document->publisher, SCHEMA "publisher", TERM_ANY},
      {document->author, SCHEMA "author", TERM_ANY},
      {document->source, ENT "source", TERM_ANY},
  };
  for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
    TermId property;
    if (!parts[i].text.len) continue;
    TRY(intern(&property, w->graph, parts[i].property));
    TRY(parts[i].datatype ? add_literal(w, id, id, property, parts[i].text, parts[i].datatype)
                          : add_string(w, id, id, property, parts[i].text));
  }
  return STATUS_OK;
}

static Status add_set(Writer *w)
{
  w->entity_ids = arena_array(&w->arena, w->set->entity_count, sizeof *w->entity_ids);
  if (!w->entity_ids) return STATUS_MEMORY;
  TRY(intern_vocabulary(w));
  for (size_t i = 0; i < w->set->document_count; i++) {
    TRY(add_document(w, &w->set->documents[i]));
  }
  return add_facts(w);
}

Status facts_add(Graph *graph, const FactSet *set)
{
  Writer w = {.graph = graph, .set = set, .arena = ARENA_EMPTY, .text = BUFFER_EMPTY};
  const Status status = add_set(&w);
  arena_clear(&w.arena);
  buffer_clear(&w.text);
  return status;
}
