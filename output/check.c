/* Situations are read as views read them; from the Actual ones follow the plain edges that must be
   there, which are sorted and held against those that are. */
#include "output/check.h"

#include "graph/legal.h"
#include "graph/memory.h"
#include "graph/situation.h"
#include "graph/unicode.h"
#include "graph/vocabulary.h"

#include <stdlib.h>

typedef struct Edge {
  TermId subject, predicate, object;
} Edge;

typedef struct Checker {
  const Sink *sink;
  Graph *graph;
  const CheckOptions *options;
  CheckCounts *counts;
  Arena arena;
  Buffer line;
  Vocabulary words;
  TermId end, confidence, source;
  Slice text; /* of the document whose quotes are checked; ptr NULL if it is not at hand */
  size_t *marks, mark_count;
  Situations situations;
  Edge *edges; /* that follow from Actual situations, sorted */
  size_t edge_count, edge_capacity;
} Checker;

/* ---- findings ---- */

static Slice text_of(const Checker *c, TermId id)
{
  return id == TERM_ANY ? SLICE("") : graph_term(c->graph, id).text;
}

static Status finding_with(Checker *c, TermId subject, const char *reason, Slice detail)
{
  c->counts->findings++;
  c->line.count = 0;
  TRY(buffer_text(&c->line, "<"));
  TRY(buffer_slice(&c->line, text_of(c, subject)));
  TRY(buffer_text(&c->line, "> "));
  TRY(buffer_text(&c->line, reason));
  if (detail.len) {
    TRY(buffer_text(&c->line, ": "));
    TRY(buffer_slice(&c->line, slice_part(detail, 0, detail.len < 300 ? detail.len : 300)));
  }
  for (size_t i = 0; i < c->line.count; i++) {
    if (c->line.bytes[i] == '\n' || c->line.bytes[i] == '\r') c->line.bytes[i] = ' ';
  }
  TRY(buffer_text(&c->line, "\n"));
  return sink_write(c->sink, c->line.bytes, c->line.count);
}

static Status finding(Checker *c, TermId subject, const char *reason)
{
  return finding_with(c, subject, reason, SLICE_NONE);
}

/* ---- entities ---- */

static bool has(Checker *c, TermId subject, TermId predicate)
{
  if (predicate == TERM_ANY) return false;
  return graph_count(c->graph, (Quad){subject, predicate, TERM_ANY, TERM_ANY}) > 0;
}

/* The classes of ours that ENTITY has, as bits. */
static unsigned classes_of(Checker *c, TermId entity)
{
  unsigned classes = 0;
  for (int i = 0; i < ENTITY_CLASSES; i++) {
    const Quad pattern = {entity, c->words.type, c->words.classes[i], TERM_ANY};
    if (c->words.type == TERM_ANY || c->words.classes[i] == TERM_ANY) continue;
    if (graph_count(c->graph, pattern) > 0) classes |= 1u << i;
  }
  return classes;
}

static Status check_filler(Checker *c, TermId situation, TermId filler, unsigned allowed,
                           const char *outside)
{
  const unsigned classes = classes_of(c, filler);
  if (graph_term(c->graph, filler).kind == TERM_LITERAL) {
    return finding_with(c, situation, "has a literal in a role", text_of(c, filler));
  }
  if (!classes) TRY(finding(c, filler, "plays a role but has no class"));
  if (!has(c, filler, c->words.label)) TRY(finding(c, filler, "plays a role but has no label"));
  if (!classes || classes & allowed) return STATUS_OK;
  return finding_with(c, situation, outside, text_of(c, filler));
}

/* ---- situations ---- */

static Slice local_name(const Checker *c, TermId id)
{
  const Slice iri = text_of(c, id);
  return slice_starts(iri, ENT) ? slice_part(iri, sizeof ENT - 1, iri.len) : SLICE("");
}

static const Relation *relation_of(const Checker *c, const Situation *s)
{
  const Slice class_name = local_name(c, s->class);
  for (size_t i = 0; i < ontology_relation_count(c->options->ontology); i++) {
    const Relation *const r = ontology_relation(c->options->ontology, (RelationId)i);
    if (slice_equal(r->schema.class_name, class_name)) return r;
  }
  return NULL;
}

static bool known_role(Slice name)
{
  static const char *const names[] = {"agent",  "coAgent",     "theme",    "patient", "recipient",
                                      "source", "destination", "location", "topic"};
  for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
    if (slice_is(name, names[i])) return true;
  }
  return false;
}

static bool is_object_role(const Checker *c, const Relation *relation, TermId role)
{
  return role == c->words.co_agent ||
         slice_equal(local_name(c, role), relation->schema.object_role);
}

static Status check_roles(Checker *c, const Situation *s, const Relation *relation)
{
  size_t agents = 0, objects = 0;
  for (size_t i = 0; i < s->role_count; i++) {
    const Role *const role = &c->situations.roles[s->first_role + i];
    const bool agent = role->role == c->words.agent;
    agents += agent;
    objects += !agent;
    if (!known_role(local_name(c, role->role))) {
      TRY(finding_with(c, s->term, "has an unknown role", text_of(c, role->role)));
    } else if (relation && agent) {
      TRY(check_filler(c, s->term, role->filler, relation->subject_classes,
                       "has an agent outside of the relation's domain"));
    } else if (relation && is_object_role(c, relation, role->role)) {
      TRY(check_filler(c, s->term, role->filler, relation->object_classes,
                       "has a filler outside of the relation's range"));
    }
  }
  if (!agents) TRY(finding(c, s->term, "has no agent"));
  const bool mutual = relation && relation->schema.symmetric && agents > 1;
  return agents && !objects && !mutual ? finding(c, s->term, "has an agent alone") : STATUS_OK;
}

static const char *date_type(Slice date)
{
  return date.len <= 4 ? XSD "gYear" : date.len <= 7 ? XSD "gYearMonth" : XSD "date";
}

static Status check_date(Checker *c, TermId subject, TermId object)
{
  const Term date = graph_term(c->graph, object);
  const Slice type = text_of(c, date.datatype);
  const bool fits = date.kind == TERM_LITERAL && slice_is(type, date_type(date.text));
  if (!fits) return finding_with(c, subject, "has a date of another type", date.text);
  return ill_typed(date.text, type) ? finding_with(c, subject, "has a date that is none", date.text)
                                    : STATUS_OK;
}

static bool is_factuality(const Checker *c, TermId object)
{
  for (size_t i = 0; i < 4; i++) {
    if (object == c->words.factualities[i]) return true;
  }
  return false;
}

/* Things that can be told from single statements; counts of some. */
typedef struct Seen {
  size_t factualities, dates, classes;
} Seen;

static Status check_statement(Checker *c, Seen *seen, Quad quad)
{
  if (quad.predicate == c->words.date) {
    seen->dates++;
    return check_date(c, quad.subject, quad.object);
  }
  if (quad.predicate == c->words.type) seen->classes += local_name(c, quad.object).len > 0;
  if (quad.predicate != c->words.factuality) return STATUS_OK;
  seen->factualities++;
  return is_factuality(c, quad.object)
             ? STATUS_OK
             : finding_with(c, quad.subject, "has an unknown factuality", text_of(c, quad.object));
}

static int compare_statements(const void *a, const void *b)
{
  const Quad *const x = a, *const y = b;
  if (x->predicate != y->predicate) return x->predicate < y->predicate ? -1 : 1;
  return (x->object > y->object) - (x->object < y->object);
}

/* The statements about SUBJECT, each once, whatever graphs they stand in. */
static Status statements_of(Quad **out, size_t *count, Checker *c, TermId subject)
{
  const Quad pattern = {subject, TERM_ANY, TERM_ANY, TERM_ANY};
  const size_t most = graph_count(c->graph, pattern);
  GraphCursor *cursor;
  *count = 0;
  if (!(*out = arena_array(&c->arena, most + 1, sizeof **out))) return STATUS_MEMORY;
  TRY(graph_match(&cursor, c->graph, pattern));
  while (*count < most && graph_next(cursor, &(*out)[*count])) ++*count;
  graph_match_end(cursor);
  if (*count) qsort(*out, *count, sizeof **out, compare_statements);
  size_t kept = 0;
  for (size_t i = 0; i < *count; i++) {
    if (!kept || compare_statements(&(*out)[i], &(*out)[kept - 1])) (*out)[kept++] = (*out)[i];
  }
  *count = kept;
  return STATUS_OK;
}

static Status check_statements(Checker *c, TermId situation)
{
  Quad *quads;
  size_t count;
  Seen seen = {0};
  TRY(statements_of(&quads, &count, c, situation));
  for (size_t i = 0; i < count; i++) TRY(check_statement(c, &seen, quads[i]));
  if (seen.factualities > 1) TRY(finding(c, situation, "has more than one factuality"));
  if (seen.dates > 1) TRY(finding(c, situation, "has more than one date"));
  return seen.classes > 1 ? finding(c, situation, "has more than one class") : STATUS_OK;
}

static Status check_evidence(Checker *c, const Situation *s)
{
  if (!s->quote_count) return finding(c, s->term, "has no evidence");
  for (size_t i = 0; i < s->quote_count; i++) {
    const TermId quote = c->situations.quotes[s->first_quote + i];
    if (has(c, quote, c->words.exact)) continue;
    TRY(finding_with(c, s->term, "has evidence that is no quote", text_of(c, quote)));
  }
  return STATUS_OK;
}

static Status check_situation(Checker *c, const Situation *s)
{
  const Relation *const relation = relation_of(c, s);
  c->counts->situations++;
  if (s->class == TERM_ANY)
    TRY(finding(c, s->term, "has no class"));
  else if (!relation) {
    TRY(finding_with(c, s->term, "has a class of no relation", text_of(c, s->class)));
  }
  if (!has(c, s->term, c->words.label)) TRY(finding(c, s->term, "has no label"));
  TRY(check_statements(c, s->term));
  TRY(check_roles(c, s, relation));
  return check_evidence(c, s);
}

/* ---- edges ---- */

static int compare_edges(const void *a, const void *b)
{
  return memcmp(a, b, sizeof(Edge));
}

static Status note_edge(Checker *c, Edge edge)
{
  Edge *const grown =
      arena_grow(&c->arena, c->edges, &c->edge_capacity, c->edge_count, 1, sizeof *grown);
  if (!grown) return STATUS_MEMORY;
  c->edges = grown;
  grown[c->edge_count++] = edge;
  return STATUS_OK;
}

static bool stated(Checker *c, Edge e)
{
  return graph_count(c->graph, (Quad){e.subject, e.predicate, e.object, TERM_ANY}) > 0;
}

/* The edge that an Actual situation asks for; symmetric ones may stand either way round. */
static Status expect_edge(Checker *c, const Situation *s, const FactSchema *schema, Edge edge)
{
  const Edge turned = {edge.object, edge.predicate, edge.subject};
  const bool there =
      edge.predicate != TERM_ANY && (stated(c, edge) || (schema->symmetric && stated(c, turned)));
  TRY(note_edge(c, edge));
  if (schema->symmetric) TRY(note_edge(c, turned));
  if (there) return STATUS_OK;
  return finding_with(c, s->term, "is Actual but has no plain edge to", text_of(c, edge.object));
}

static Status expect_edges(Checker *c, const Situation *s)
{
  const Relation *const relation = relation_of(c, s);
  if (!relation || s->factuality != FACTUALITY_ACTUAL) return STATUS_OK;
  const Role *const roles = c->situations.roles + s->first_role;
  const TermId predicate = vocabulary_term(c->graph, relation->schema.name);
  bool one_side = true;
  for (size_t i = 0; i < s->role_count; i++) one_side &= roles[i].role == c->words.agent;
  for (size_t i = 0; i < s->role_count; i++) {
    if (roles[i].role != c->words.agent) continue;
    for (size_t j = 0; j < s->role_count; j++) {
      const bool pair = one_side ? i < j && relation->schema.symmetric
                                 : is_object_role(c, relation, roles[j].role);
      if (!pair) continue;
      TRY(expect_edge(c, s, &relation->schema,
                      (Edge){roles[i].filler, predicate, roles[j].filler}));
    }
  }
  return STATUS_OK;
}

typedef struct NamedEdge {
  Slice subject, object;
  Edge edge;
} NamedEdge;

static int compare_named(const void *a, const void *b)
{
  const NamedEdge *const x = a, *const y = b;
  const int order = slice_compare(x->subject, y->subject);
  return order ? order : slice_compare(x->object, y->object);
}

static Status check_edges_of(Checker *c, TermId predicate)
{
  const Quad pattern = {TERM_ANY, predicate, TERM_ANY, TERM_ANY};
  const size_t most = graph_count(c->graph, pattern);
  NamedEdge *const found = arena_array(&c->arena, most + 1, sizeof *found);
  GraphCursor *cursor;
  size_t count = 0;
  if (!found) return STATUS_MEMORY;
  TRY(graph_match(&cursor, c->graph, pattern));
  for (Quad q; count < most && graph_next(cursor, &q);) {
    const Edge edge = {q.subject, q.predicate, q.object};
    found[count++] = (NamedEdge){text_of(c, q.subject), text_of(c, q.object), edge};
  }
  graph_match_end(cursor);
  if (count) qsort(found, count, sizeof *found, compare_named);
  for (size_t i = 0; i < count; i++) {
    const Edge *const e = &found[i].edge;
    if (i > 0 && compare_edges(e, &found[i - 1].edge) == 0) continue;
    c->counts->edges++;
    if (c->edge_count && bsearch(e, c->edges, c->edge_count, sizeof *e, compare_edges)) continue;
    c->line.count = 0;
    Slice detail;
    TRY(buffer_printf(&c->line, "%.*s %.*s", SLICE_ARGS(local_name(c, predicate)),
                      SLICE_ARGS(found[i].object)));
    TRY(arena_copy(&detail, &c->arena, buffer_as_slice(&c->line)));
    TRY(finding_with(c, e->subject, "has a plain edge without an Actual situation", detail));
  }
  return STATUS_OK;
}

static Status check_edges(Checker *c)
{
  if (c->edge_count) qsort(c->edges, c->edge_count, sizeof *c->edges, compare_edges);
  for (size_t i = 0; i < ontology_relation_count(c->options->ontology); i++) {
    const Relation *const r = ontology_relation(c->options->ontology, (RelationId)i);
    const TermId predicate = vocabulary_term(c->graph, r->schema.name);
    if (predicate != TERM_ANY) TRY(check_edges_of(c, predicate));
  }
  return STATUS_OK;
}

/* ---- quotes ---- */

typedef struct QuoteParts {
  TermId term;
  Slice iri, document, exact, start, end, confidence, source;
} QuoteParts;

static bool parse_offset(size_t *out, Slice text)
{
  *out = 0;
  for (size_t i = 0; i < text.len; i++) {
    if (text.ptr[i] < '0' || text.ptr[i] > '9' || i > 9) return false;
    *out = *out * 10 + (size_t)(text.ptr[i] - '0');
  }
  return text.len > 0;
}

static Status read_parts(QuoteParts *out, Checker *c, TermId quote)
{
  *out = (QuoteParts){.term = quote, .iri = text_of(c, quote)};
  const struct {
    Slice *slot;
    TermId predicate;
  } parts[] = {{&out->exact, c->words.exact},
               {&out->start, c->words.start},
               {&out->end, c->end},
               {&out->confidence, c->confidence},
               {&out->document, c->words.document}};
  for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
    TRY(graph_text_of(parts[i].slot, c->graph, quote, parts[i].predicate));
  }
  const TermId document = graph_find_iri(c->graph, out->document);
  return graph_text_of(&out->source, c->graph, document, c->source);
}

/* RFC 5147: the document, "#char=", start and end. */
static Status check_quote_iri(Checker *c, const QuoteParts *q, size_t start, size_t end)
{
  c->line.count = 0;
  TRY(buffer_printf(&c->line, "%.*s#char=%zu,%zu", SLICE_ARGS(q->document), start, end));
  if (slice_equal(buffer_as_slice(&c->line), q->iri)) return STATUS_OK;
  return finding(c, q->term, "has an IRI that does not say its document and offsets");
}

static bool is_share(Slice text)
{
  if (ill_typed(text, SLICE(XSD "decimal")) || !text.len) return false;
  if (text.ptr[0] == '-') return false;
  size_t at = text.ptr[0] == '+';
  while (at < text.len && text.ptr[at] == '0') at++;
  if (at == text.len || text.ptr[at] == '.') return true;
  if (text.ptr[at] != '1') return false;
  for (at++; at < text.len; at++) {
    if (text.ptr[at] != '0' && text.ptr[at] != '.') return false;
    if (text.ptr[at] == '0' && !memchr(text.ptr, '.', at)) return false;
  }
  return true;
}

/* Byte offsets of every code point whose number is a multiple of MARK, so that finding one costs
   the same anywhere in a text. */
#define MARK 1024u

static Status mark_text(Checker *c, Slice text)
{
  size_t count = 0;
  c->text = text;
  c->mark_count = 0;
  c->marks = arena_array(&c->arena, text.len / MARK + 1, sizeof *c->marks);
  if (!c->marks) return STATUS_MEMORY;
  for (size_t at = 0; at < text.len; count++) {
    if (count % MARK == 0) c->marks[c->mark_count++] = at;
    utf8_next(text, &at);
  }
  return STATUS_OK;
}

/* Byte offset of code point number COUNT, or past the end if there are not so many. */
static size_t offset_of(const Checker *c, size_t count)
{
  const Slice text = c->text;
  if (count / MARK > c->mark_count) return text.len + 1;
  size_t at = count / MARK < c->mark_count ? c->marks[count / MARK] : text.len;
  count %= MARK;
  while (count > 0 && at < text.len) {
    utf8_next(text, &at);
    count--;
  }
  return count ? text.len + 1 : at;
}

static Status compare_with_text(Checker *c, const QuoteParts *q, size_t start, size_t end)
{
  c->counts->compared++;
  const size_t from = offset_of(c, start), to = offset_of(c, end);
  if (from > c->text.len || to > c->text.len) {
    return finding(c, q->term, "lies outside of its text");
  }
  const Slice there = slice_part(c->text, from, to);
  if (slice_equal(there, q->exact)) return STATUS_OK;
  return finding_with(c, q->term, "is not what its text says there", there);
}

static Status check_quote(Checker *c, const QuoteParts *q)
{
  size_t start, end;
  c->counts->quotes++;
  if (!q->document.len) TRY(finding(c, q->term, "has no document"));
  if (!is_share(q->confidence)) {
    TRY(finding_with(c, q->term, "has no confidence from 0 to 1", q->confidence));
  }
  if (!parse_offset(&start, q->start) || !parse_offset(&end, q->end)) {
    return finding(c, q->term, "has no start or no end");
  }
  if (end <= start) return finding(c, q->term, "ends before it starts");
  if (q->document.len) TRY(check_quote_iri(c, q, start, end));
  if (utf8_count(q->exact) != end - start) {
    TRY(finding(c, q->term, "has words that are not as long as its offsets say"));
  }
  return c->text.ptr ? compare_with_text(c, q, start, end) : STATUS_OK;
}

static int compare_quotes(const void *a, const void *b)
{
  const QuoteParts *const x = a, *const y = b;
  const int order = slice_compare(x->document, y->document);
  return order ? order : slice_compare(x->iri, y->iri);
}

/* The subjects of ent:exact, in the order of documents, each once. */
static Status find_quotes(QuoteParts **out, size_t *count, Checker *c)
{
  const Quad pattern = {TERM_ANY, c->words.exact, TERM_ANY, TERM_ANY};
  const size_t most = c->words.exact == TERM_ANY ? 0 : graph_count(c->graph, pattern);
  *count = 0;
  *out = arena_array(&c->arena, most + 1, sizeof **out);
  if (!*out) return STATUS_MEMORY;
  if (!most) return STATUS_OK;
  GraphCursor *cursor;
  Status status = STATUS_OK;
  TRY(graph_match(&cursor, c->graph, pattern));
  for (Quad q; status == STATUS_OK && *count < most && graph_next(cursor, &q);) {
    status = read_parts(&(*out)[(*count)++], c, q.subject);
  }
  graph_match_end(cursor);
  qsort(*out, *count, sizeof **out, compare_quotes);
  return status;
}

static Status check_quotes(Checker *c)
{
  QuoteParts *quotes;
  size_t count;
  Slice text = SLICE_NONE;
  TRY(find_quotes(&quotes, &count, c));
  for (size_t i = 0; i < count; i++) {
    const QuoteParts *const q = &quotes[i];
    if (i > 0 && q->term == q[-1].term) continue;
    const bool same = i > 0 && slice_equal(q->document, q[-1].document);
    if (!same && c->options->text) {
      TRY(c->options->text(&text, c->options->handle, q->document, q->source));
      TRY(mark_text(c, text));
    }
    TRY(check_quote(c, q));
  }
  return STATUS_OK;
}

/* ---- things of a relation's class that are no situations ---- */

static Status check_class(Checker *c, TermId class)
{
  const Quad pattern = {TERM_ANY, c->words.type, class, TERM_ANY};
  const size_t most = graph_count(c->graph, pattern);
  NamedEdge *const found = arena_array(&c->arena, most + 1, sizeof *found);
  GraphCursor *cursor;
  size_t count = 0;
  if (!found) return STATUS_MEMORY;
  TRY(graph_match(&cursor, c->graph, pattern));
  for (Quad q; count < most && graph_next(cursor, &q);) {
    if (has(c, q.subject, c->words.factuality)) continue;
    const Edge edge = {q.subject, q.predicate, q.object};
    found[count++] = (NamedEdge){text_of(c, q.subject), SLICE(""), edge};
  }
  graph_match_end(cursor);
  if (count) qsort(found, count, sizeof *found, compare_named);
  for (size_t i = 0; i < count; i++) {
    if (i > 0 && found[i].edge.subject == found[i - 1].edge.subject) continue;
    TRY(finding(c, found[i].edge.subject, "has no factuality"));
  }
  return STATUS_OK;
}

static Status check_classes(Checker *c)
{
  if (c->words.type == TERM_ANY) return STATUS_OK;
  for (size_t i = 0; i < ontology_relation_count(c->options->ontology); i++) {
    const Relation *const r = ontology_relation(c->options->ontology, (RelationId)i);
    const TermId class = vocabulary_term(c->graph, r->schema.class_name);
    if (class != TERM_ANY) TRY(check_class(c, class));
  }
  return STATUS_OK;
}

/* ---- values ---- */

typedef struct BadValue {
  Slice subject, value;
  TermId term;
} BadValue;

static int compare_values(const void *a, const void *b)
{
  const BadValue *const x = a, *const y = b;
  const int order = slice_compare(x->subject, y->subject);
  return order ? order : slice_compare(x->value, y->value);
}

static Status note_value(Checker *c, BadValue **values, size_t *capacity, size_t *count, Quad quad)
{
  const Term term = graph_term(c->graph, quad.object);
  if (quad.predicate == c->words.date || term.datatype == TERM_ANY) return STATUS_OK;
  if (!ill_typed(term.text, text_of(c, term.datatype))) return STATUS_OK;
  BadValue *const grown = arena_grow(&c->arena, *values, capacity, *count, 1, sizeof *grown);
  if (!grown) return STATUS_MEMORY;
  *values = grown;
  grown[(*count)++] = (BadValue){text_of(c, quad.subject), term.text, quad.subject};
  return STATUS_OK;
}

static Status check_values(Checker *c)
{
  BadValue *values = NULL;
  size_t capacity = 0, count = 0;
  GraphCursor *cursor;
  Status status = STATUS_OK;
  TRY(graph_match(&cursor, c->graph, (Quad){TERM_ANY, TERM_ANY, TERM_ANY, TERM_ANY}));
  for (Quad q; status == STATUS_OK && graph_next(cursor, &q);) {
    status = note_value(c, &values, &capacity, &count, q);
  }
  graph_match_end(cursor);
  TRY(status);
  if (count) qsort(values, count, sizeof *values, compare_values);
  for (size_t i = 0; i < count; i++) {
    if (i > 0 && compare_values(&values[i], &values[i - 1]) == 0) continue;
    TRY(finding_with(c, values[i].term, "has a value that its datatype does not have",
                     values[i].value));
  }
  return STATUS_OK;
}

/* ---- all ---- */

static Status check_all(Checker *c)
{
  TRY(situations_read(&c->situations, &c->arena, c->graph, &c->words));
  for (size_t i = 0; i < c->situations.count; i++) {
    TRY(check_situation(c, &c->situations.items[i]));
    TRY(expect_edges(c, &c->situations.items[i]));
  }
  TRY(check_classes(c));
  TRY(check_quotes(c));
  TRY(check_edges(c));
  return check_values(c);
}

Status check_graph(CheckCounts *out, const Sink *sink, Graph *graph, const CheckOptions *options)
{
  *out = (CheckCounts){0};
  Checker c = {.sink = sink, .graph = graph, .options = options, .counts = out};
  vocabulary_find(&c.words, graph);
  c.end = vocabulary_term(graph, SLICE("end"));
  c.confidence = vocabulary_term(graph, SLICE("confidence"));
  c.source = vocabulary_term(graph, SLICE("source"));
  const Status status = check_all(&c);
  buffer_clear(&c.line);
  arena_clear(&c.arena);
  return status;
}
