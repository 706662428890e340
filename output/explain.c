/* Situations are read once and those that fit are sorted by date; each is written with its roles in
   words and its quotes in the order of documents and offsets. */
#include "output/explain.h"

#include "graph/nearest.h"
#include "graph/situation.h"
#include "graph/unicode.h"
#include "graph/vocabulary.h"

#include <stdlib.h>

typedef struct Explainer {
  Graph *graph;
  Arena arena;
  Vocabulary words;
  Situations situations;
  const ExplainSource *sources;
  Buffer text;
} Explainer;

/* The entities that go by a name; none asked for fits everybody. */
typedef struct Wanted {
  TermId *items;
  size_t count;
  bool anybody;
} Wanted;

static bool is_wanted(const Wanted *wanted, TermId term)
{
  for (size_t i = 0; i < wanted->count; i++) {
    if (wanted->items[i] == term) return true;
  }
  return wanted->anybody;
}

static bool takes_part(const Explainer *e, const Situation *s, const Wanted *wanted)
{
  for (uint32_t i = 0; i < s->role_count; i++) {
    if (is_wanted(wanted, e->situations.roles[s->first_role + i].filler)) return true;
  }
  return false;
}

static int compare_situations(const void *a, const void *b)
{
  const Situation *const x = *(const Situation *const *)a, *const y = *(const Situation *const *)b;
  const int order = slice_compare(x->date, y->date);
  return order ? order : (x > y) - (x < y);
}

static Status find_wanted(Wanted *out, Explainer *e, Slice name, const Report *report)
{
  *out = (Wanted){NULL, 0, name.len == 0};
  return name.len ? entity_require(&out->items, &out->count, &e->arena, e->graph, name, report)
                  : STATUS_OK;
}

static Slice local_name(Slice iri)
{
  size_t at = iri.len;
  while (at > 0 && iri.ptr[at - 1] != '#' && iri.ptr[at - 1] != '/') at--;
  return slice_part(iri, at, iri.len);
}

/* ---- writing ---- */

static Status add_line(Explainer *e, const char *lead, Slice text)
{
  TRY(buffer_text(&e->text, lead));
  for (size_t i = 0; i < text.len; i++) {
    const char c = text.ptr[i];
    const bool control = (unsigned char)c < 0x20 || c == 0x7F;
    TRY(buffer_add(&e->text, control ? " " : &c, 1));
  }
  return STATUS_OK;
}

/* ---- how it was read ---- */

/* The quote whose claims are wanted; lines already written are not written again. */
typedef struct Search {
  Explainer *e;
  uint32_t start, end;
  Slice relation; /* of the situation */
  size_t from;    /* where the lines of this quote begin in the text */
} Search;

/* The part of TEXT from code point START to END. */
static Slice words_at(Slice text, uint32_t start, uint32_t end)
{
  size_t at = 0, from = 0;
  for (uint32_t i = 0; at < text.len && i < end; i++) {
    if (i == start) from = at;
    utf8_next(text, &at);
  }
  return start < end ? slice_part(text, from, at) : SLICE_NONE;
}

static Status add_words(Buffer *out, Slice text, const RecordPart *part)
{
  const Slice words = words_at(text, part->start, part->end);
  if (!words.len || slice_equal(words, part->label)) return buffer_slice(out, part->label);
  return buffer_printf(out, "%.*s = \xE2\x80\x9C%.*s\xE2\x80\x9D", SLICE_ARGS(part->label),
                       SLICE_ARGS(words));
}

static bool said_before(const Buffer *text, size_t from, Slice line)
{
  for (size_t at = from; at + line.len <= text->count; at++) {
    if (!memcmp(text->bytes + at, line.ptr, line.len)) return true;
  }
  return false;
}

static Status describe(Buffer *line, Slice text, const Record *record)
{
  const Slice trigger = words_at(text, record->trigger.start, record->trigger.end);
  TRY(buffer_text(line, "      read as "));
  TRY(add_words(line, text, &record->subject));
  TRY(buffer_printf(line, "; %.*s", SLICE_ARGS(record->relation)));
  if (trigger.len) {
    TRY(buffer_printf(line, " by \xE2\x80\x9C%.*s\xE2\x80\x9D", SLICE_ARGS(trigger)));
  }
  if (record->frame.len) TRY(buffer_printf(line, " (%.*s)", SLICE_ARGS(record->frame)));
  TRY(buffer_text(line, "; "));
  TRY(add_words(line, text, &record->object));
  return buffer_text(line, "\n");
}

static Status take_record(void *taker, Slice text, const Record *record)
{
  Search *const search = taker;
  if (record->start < search->start || record->end > search->end) return STATUS_OK;
  if (!slice_equal(record->relation, search->relation)) return STATUS_OK;
  Buffer line = BUFFER_EMPTY;
  Status status = describe(&line, text, record);
  Buffer *const out = &search->e->text;
  if (!status && !said_before(out, search->from, buffer_as_slice(&line))) {
    status = buffer_slice(out, buffer_as_slice(&line));
  }
  buffer_clear(&line);
  return status;
}

static uint32_t number_of(Slice text)
{
  uint32_t n = 0;
  for (size_t i = 0; i < text.len && text.ptr[i] >= '0' && text.ptr[i] <= '9'; i++) {
    n = n * 10 + (uint32_t)(text.ptr[i] - '0');
  }
  return n;
}

static Status add_reading(Explainer *e, TermId quote, Slice document, Slice relation)
{
  Slice source, start, end;
  if (!e->sources) return STATUS_OK;
  const TermId of = graph_find_iri(e->graph, document);
  TRY(graph_text_of(&source, e->graph, of, vocabulary_term(e->graph, SLICE("source"))));
  TRY(graph_text_of(&start, e->graph, quote, e->words.start));
  TRY(graph_text_of(&end, e->graph, quote, vocabulary_term(e->graph, SLICE("end"))));
  if (!source.len) return STATUS_OK;
  Search search = {e, number_of(start), number_of(end), relation, e->text.count};
  const Status status = e->sources->records(e->sources->handle, source, take_record, &search);
  return status == STATUS_NOT_FOUND ? STATUS_OK : status;
}

static Status add_quote(Explainer *e, TermId quote, Slice relation)
{
  QuoteWords words;
  TRY(quote_read(&words, e->graph, &e->words, quote));
  TRY(add_line(e, "    \xE2\x80\x9C", words.text));
  TRY(buffer_text(&e->text, "\xE2\x80\x9D\n"));
  TRY(add_line(e, "      ", graph_term(e->graph, quote).text));
  if (words.headline.len) TRY(add_line(e, "\n      ", words.headline));
  if (words.date.len) TRY(add_line(e, words.headline.len ? ", " : "\n      ", words.date));
  Slice confidence;
  const TermId property = vocabulary_term(e->graph, SLICE("confidence"));
  TRY(graph_text_of(&confidence, e->graph, quote, property));
  if (confidence.len) TRY(add_line(e, "\n      confidence ", confidence));
  if (words.attributed_to.len) TRY(add_line(e, ", according to ", words.attributed_to));
  TRY(buffer_text(&e->text, "\n"));
  return add_reading(e, quote, words.document, relation);
}

/* The relation that a class of situations stands for; empty if the ontology has none. */
static Slice relation_of(const Explainer *e, const Ontology *ontology, TermId class)
{
  const Slice name = class ? local_name(graph_term(e->graph, class).text) : SLICE_NONE;
  for (size_t i = 0; i < ontology_relation_count(ontology); i++) {
    const FactSchema *const schema = &ontology_relation(ontology, (RelationId)i)->schema;
    if (slice_equal(schema->class_name, name)) return schema->name;
  }
  return SLICE_NONE;
}

static Status add_situation(Explainer *e, const Ontology *ontology, const Situation *s)
{
  Slice label;
  TRY(graph_text_of(&label, e->graph, s->term, e->words.label));
  TRY(add_line(e, "", label));
  TRY(buffer_printf(&e->text, "\n  %s", factuality_name(s->factuality)));
  if (s->class) TRY(add_line(e, " ", local_name(graph_term(e->graph, s->class).text)));
  if (s->date.len) TRY(add_line(e, ", ", s->date));
  for (uint32_t i = 0; i < s->role_count; i++) {
    const Role *const role = &e->situations.roles[s->first_role + i];
    Slice name;
    TRY(graph_text_of(&name, e->graph, role->filler, e->words.label));
    TRY(add_line(e, i ? ", " : "; ", local_name(graph_term(e->graph, role->role).text)));
    TRY(add_line(e, " ", name.len ? name : graph_term(e->graph, role->filler).text));
  }
  TRY(buffer_text(&e->text, "\n"));
  for (uint32_t i = 0; i < s->quote_count; i++) {
    TRY(add_quote(e, e->situations.quotes[s->first_quote + i], relation_of(e, ontology, s->class)));
  }
  return STATUS_OK;
}

static Status write_all(const Sink *sink, Explainer *e, const Ontology *ontology,
                        const Situation **found, size_t count)
{
  for (size_t i = 0; i < count; i++) {
    e->text.count = 0;
    if (i) TRY(buffer_text(&e->text, "\n"));
    TRY(add_situation(e, ontology, found[i]));
    TRY(sink_slice(sink, buffer_as_slice(&e->text)));
  }
  return STATUS_OK;
}

/* ---- finding ---- */

/* The class that evokes a relation; TERM_ANY for any. */
static Status class_of(TermId *out, const Explainer *e, const Ontology *ontology, Slice relation,
                       const Report *messages)
{
  *out = TERM_ANY;
  if (!relation.len) return STATUS_OK;
  const RelationId id = ontology_find_relation(ontology, relation);
  if (id == RELATION_NONE) {
    report(messages, SEVERITY_ERROR, NULL, 0, 0, "no relation is called '%.*s'",
           SLICE_ARGS(relation));
    return STATUS_ARGUMENT;
  }
  *out = vocabulary_term(e->graph, ontology_relation(ontology, id)->schema.class_name);
  return *out == TERM_ANY ? STATUS_NOT_FOUND : STATUS_OK;
}

static Status explain(size_t *found, const Sink *sink, Explainer *e, const Ontology *ontology,
                      const ExplainQuestion *question, const Report *report)
{
  Wanted who, other;
  TermId class;
  vocabulary_find(&e->words, e->graph);
  TRY(find_wanted(&who, e, question->name, report));
  TRY(find_wanted(&other, e, question->other, report));
  const Status known = class_of(&class, e, ontology, question->relation, report);
  if (known) return known == STATUS_NOT_FOUND ? STATUS_OK : known;
  TRY(situations_read(&e->situations, &e->arena, e->graph, &e->words));
  const Situation **const list = arena_array(&e->arena, e->situations.count, sizeof *list);
  if (!list) return STATUS_MEMORY;
  for (size_t i = 0; i < e->situations.count; i++) {
    const Situation *const s = &e->situations.items[i];
    if (class != TERM_ANY && s->class != class) continue;
    if (takes_part(e, s, &who) && takes_part(e, s, &other)) list[(*found)++] = s;
  }
  if (*found) qsort(list, *found, sizeof *list, compare_situations);
  return write_all(sink, e, ontology, list, *found);
}

Status explain_write(size_t *found, const Sink *sink, Graph *graph, const Ontology *ontology,
                     const ExplainQuestion *question, const ExplainSource *sources,
                     const Report *report)
{
  Explainer e = {.graph = graph, .arena = ARENA_EMPTY, .sources = sources, .text = BUFFER_EMPTY};
  *found = 0;
  const Status status = explain(found, sink, &e, ontology, question, report);
  arena_clear(&e.arena);
  buffer_clear(&e.text);
  return status;
}
