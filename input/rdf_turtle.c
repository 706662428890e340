/* Turtle and TriG (W3C 2014) by recursive descent over a window of the document, so that memory
   grows with the longest term and the statement at hand, not with the document. The statements of
   one sentence are held back until its full stop: a bad one leaves nothing behind. After it, with
   skip_bad, reading goes on behind the next full stop that ends a line. (raptor's TriG knows no
   blank graph names, both it and Serd take some things that are not Turtle, and neither can go on
   after an error: hence a reader of our own.) */
#include "input/rdf_turtle.h"

#include "graph/memory.h"
#include "graph/vocabulary.h"

#define DEEPEST 1000u
#define MOST_PENDING ((size_t)1 << 16)

static int peek(Turtle *t, size_t ahead)
{
  return window_peek(&t->window, ahead);
}

static Status expect(Turtle *t, int c, const char *error)
{
  if (turtle_next(t) != c) return turtle_fail(t, error);
  window_skip(&t->window, 1);
  return STATUS_OK;
}

/* ---- statements ---- */

static Status flush(Turtle *t)
{
  for (size_t i = 0; i < t->pending_count; i++) TRY(graph_add(t->reading->graph, t->pending[i]));
  t->pending_count = 0;
  return STATUS_OK;
}

static Status add(Turtle *t, TermId subject, TermId predicate, TermId object)
{
  if (t->pending_count == MOST_PENDING) TRY(flush(t));
  Quad *const grown =
      memory_grow(t->pending, &t->pending_capacity, t->pending_count, 1, sizeof *grown);
  if (!grown) return STATUS_MEMORY;
  t->pending = grown;
  grown[t->pending_count++] = (Quad){subject, predicate, object, t->graph};
  return STATUS_OK;
}

static Status rdf_term(TermId *out, Turtle *t, const char *iri)
{
  return rdf_iri(out, t->reading, slice_of(iri));
}

/* ---- terms that hold others ---- */

static Status take_object(TermId *out, Turtle *t);
static Status take_description(Turtle *t, TermId subject);

static Status go_deeper(Turtle *t)
{
  if (++t->depth <= DEEPEST) return STATUS_OK;
  t->unlimited = true;
  return turtle_fail(t, "brackets nested more than 1000 deep");
}

/* "[ ... ]", at its bracket; *EMPTY if nothing is said inside. */
static Status take_bracket(TermId *out, bool *empty, Turtle *t)
{
  TRY(go_deeper(t));
  window_skip(&t->window, 1);
  TRY(rdf_new_blank(out, t->reading));
  *empty = turtle_next(t) == ']';
  if (!*empty) TRY(take_description(t, *out));
  t->depth--;
  return expect(t, ']', "a closing bracket expected");
}

/* "( ... )", at its bracket. */
static Status take_list(TermId *out, Turtle *t)
{
  TermId first, rest, nil, cell = TERM_ANY;
  TRY(rdf_term(&first, t, RDF "first"));
  TRY(rdf_term(&rest, t, RDF "rest"));
  TRY(rdf_term(&nil, t, RDF "nil"));
  TRY(go_deeper(t));
  window_skip(&t->window, 1);
  *out = nil;
  while (turtle_next(t) != ')') {
    TermId next, item;
    if (peek(t, 0) < 0) return turtle_fail(t, "a closing bracket expected");
    TRY(rdf_new_blank(&next, t->reading));
    if (cell == TERM_ANY)
      *out = next;
    else
      TRY(add(t, cell, rest, next));
    TRY(take_object(&item, t));
    TRY(add(t, next, first, item));
    cell = next;
  }
  window_skip(&t->window, 1);
  t->depth--;
  return cell == TERM_ANY ? STATUS_OK : add(t, cell, rest, nil);
}

static Status take_word(TermId *out, Turtle *t)
{
  const bool yes = turtle_at_word(t, "true", false);
  if (!yes && !turtle_at_word(t, "false", false)) return turtle_iri(out, t);
  window_skip(&t->window, yes ? 4 : 5);
  return rdf_literal(out, t->reading, yes ? SLICE("true") : SLICE("false"), SLICE(XSD "boolean"),
                     SLICE_NONE);
}

static Status take_object(TermId *out, Turtle *t)
{
  bool empty;
  const int c = turtle_next(t);
  switch (c) {
  case '<':
    return turtle_iri(out, t);
  case '_':
    return turtle_blank(out, t);
  case '[':
    return take_bracket(out, &empty, t);
  case '(':
    return take_list(out, t);
  case '"':
  case '\'':
    return turtle_string(out, t);
  default:
    break;
  }
  const bool number = (c >= '0' && c <= '9') || c == '+' || c == '-' || c == '.';
  return number ? turtle_number(out, t) : take_word(out, t);
}

static Status take_verb(TermId *out, Turtle *t)
{
  turtle_next(t);
  if (!turtle_at_word(t, "a", false)) return turtle_iri(out, t);
  window_skip(&t->window, 1);
  return rdf_term(out, t, RDF "type");
}

static Status take_objects(Turtle *t, TermId subject, TermId predicate)
{
  for (;;) {
    TermId object;
    TRY(take_object(&object, t));
    TRY(add(t, subject, predicate, object));
    if (turtle_next(t) != ',') return STATUS_OK;
    window_skip(&t->window, 1);
  }
}

static bool ends_description(int c)
{
  return c < 0 || c == '.' || c == ']' || c == '}';
}

/* Predicates with their objects (predicateObjectList). */
static Status take_description(Turtle *t, TermId subject)
{
  for (;;) {
    TermId predicate;
    TRY(take_verb(&predicate, t));
    TRY(take_objects(t, subject, predicate));
    if (turtle_next(t) != ';') return STATUS_OK;
    while (turtle_next(t) == ';') window_skip(&t->window, 1);
    if (ends_description(peek(t, 0))) return STATUS_OK;
  }
}

/* *ALONE: the subject can stand without predicates. *NAME: it can name a graph. */
static Status take_subject(TermId *out, bool *alone, bool *name, Turtle *t)
{
  bool empty = true;
  *alone = *name = false;
  switch (turtle_next(t)) {
  case '[': {
    const Status status = take_bracket(out, &empty, t);
    *alone = !empty;
    *name = empty;
    return status;
  }
  case '(':
    return take_list(out, t);
  case '_':
    *name = true;
    return turtle_blank(out, t);
  default:
    *name = true;
    return turtle_iri(out, t);
  }
}

/* ---- directives ---- */

/* The IRI of a base or prefix; SPARQL's forms have no full stop. */
static Status take_declared_iri(Turtle *t, bool dot)
{
  if (turtle_next(t) != '<') return turtle_fail(t, "an IRI in angle brackets expected");
  TRY(turtle_reference(t));
  return dot ? expect(t, '.', "a full stop expected") : STATUS_OK;
}

static Status take_base(Turtle *t, bool dot)
{
  TRY(take_declared_iri(t, dot));
  t->base.count = 0;
  return buffer_slice(&t->base, buffer_as_slice(&t->token));
}

static Status take_prefix_directive(Turtle *t, bool dot)
{
  turtle_next(t);
  TRY(turtle_prefix(t));
  Buffer name = t->name;
  t->name = BUFFER_EMPTY;
  Status status = take_declared_iri(t, dot);
  if (status == STATUS_OK) {
    const Slice text = name.bytes ? buffer_as_slice(&name) : SLICE("");
    status = turtle_declare(t, text, buffer_as_slice(&t->token));
  }
  buffer_clear(&name);
  return status;
}

static bool take_keyword(Turtle *t, const char *word, bool any_case)
{
  if (!turtle_at_word(t, word, any_case)) return false;
  window_skip(&t->window, strlen(word));
  return true;
}

static Status take_at_directive(Turtle *t)
{
  window_skip(&t->window, 1);
  if (t->in_block) return turtle_fail(t, "a directive inside of a graph");
  if (take_keyword(t, "prefix", false)) return take_prefix_directive(t, true);
  if (take_keyword(t, "base", false)) return take_base(t, true);
  return turtle_fail(t, "an unknown directive");
}

/* ---- graphs ---- */

static Status open_block(Turtle *t, TermId graph)
{
  if (t->in_block) return turtle_fail(t, "a graph inside of a graph");
  window_skip(&t->window, 1);
  t->graph = graph;
  t->in_block = true;
  return STATUS_OK;
}

static Status close_block(Turtle *t)
{
  window_skip(&t->window, 1);
  t->graph = TERM_ANY;
  t->in_block = false;
  return STATUS_OK;
}

/* Behind the word GRAPH. */
static Status take_graph(Turtle *t)
{
  TermId name;
  bool alone, can_name;
  TRY(take_subject(&name, &alone, &can_name, t));
  if (!can_name) return turtle_fail(t, "a graph's name expected");
  if (turtle_next(t) != '{') return turtle_fail(t, "an opening brace expected");
  return open_block(t, name);
}

static Status end_sentence(Turtle *t)
{
  const int c = turtle_next(t);
  if (c == '.')
    window_skip(&t->window, 1);
  else if (!t->in_block || c != '}')
    return turtle_fail(t, "a full stop expected");
  return flush(t);
}

static Status take_triples(Turtle *t)
{
  const bool trig = t->reading->syntax == SYNTAX_TRIG;
  TermId subject;
  bool alone, name;
  TRY(take_subject(&subject, &alone, &name, t));
  const int c = turtle_next(t);
  if (trig && name && c == '{') return open_block(t, subject);
  if (!alone || !ends_description(c)) TRY(take_description(t, subject));
  return end_sentence(t);
}

static Status take_sentence(Turtle *t, int c)
{
  const bool trig = t->reading->syntax == SYNTAX_TRIG;
  if (c == '@') return take_at_directive(t);
  if (trig && c == '{') return open_block(t, TERM_ANY);
  if (trig && c == '}' && t->in_block) return close_block(t);
  if (!t->in_block) {
    if (take_keyword(t, "prefix", true)) return take_prefix_directive(t, false);
    if (take_keyword(t, "base", true)) return take_base(t, false);
    if (trig && take_keyword(t, "graph", true)) return take_graph(t);
  }
  return take_triples(t);
}

/* ---- going on after what is bad ---- */

static bool line_ends(Turtle *t, size_t ahead)
{
  while (peek(t, ahead) == ' ' || peek(t, ahead) == '\t') ahead++;
  const int c = peek(t, ahead);
  return c < 0 || c == '\n' || c == '\r' || c == '#';
}

/* Are we at the end of a line, and behind a full stop: a string was left open that far. */
static bool behind_full_stop(Turtle *t)
{
  const Window *const w = &t->window;
  size_t at = w->at;
  if (peek(t, 0) != '\n' && peek(t, 0) != '\r') return false;
  while (at > 0 && (w->bytes[at - 1] == ' ' || w->bytes[at - 1] == '\t')) at--;
  return at > 0 && w->bytes[at - 1] == '.';
}

/* To behind the next full stop that ends a line, or, in a graph, to a brace that begins one. */
static void skip_sentence(Turtle *t)
{
  bool line_start = false;
  if (behind_full_stop(t)) return;
  for (int c = peek(t, 0); c >= 0; c = peek(t, 0)) {
    if (line_start && c == '}' && t->in_block) return;
    if (c == '\n')
      line_start = true;
    else if (c != ' ' && c != '\t')
      line_start = false;
    window_skip(&t->window, 1);
    if (c == '.' && line_ends(t, 0)) return;
  }
}

static Status recover(Turtle *t)
{
  Window *const w = &t->window;
  if (w->status != STATUS_OK) return w->status;
  if (t->unlimited) {
    report(t->reading->report, SEVERITY_ERROR, t->reading->name, w->line, w->column, "%s",
           t->error);
    return STATUS_LIMIT;
  }
  TRY(rdf_bad(t->reading, w->line, w->column, t->error));
  t->error = NULL;
  t->pending_count = 0;
  t->depth = 0;
  skip_sentence(t);
  return STATUS_OK;
}

static Status take_document(Turtle *t)
{
  for (int c = turtle_next(t); c >= 0; c = turtle_next(t)) {
    const Status status = take_sentence(t, c);
    if (status != STATUS_OK && (status != STATUS_INPUT || !t->error)) return status;
    if (status != STATUS_OK) TRY(recover(t));
  }
  TRY(t->window.status);
  if (!t->in_block) return STATUS_OK;
  turtle_fail(t, "a graph without its closing brace");
  return recover(t);
}

Status rdf_read_turtle(RdfReading *reading)
{
  Turtle t = {.reading = reading, .arena = ARENA_EMPTY};
  Status status = window_start(&t.window, &reading->bytes);
  if (status == STATUS_OK) status = buffer_slice(&t.base, reading->base);
  if (status == STATUS_OK) status = take_document(&t);
  window_clear(&t.window);
  buffer_clear(&t.token);
  buffer_clear(&t.name);
  buffer_clear(&t.base);
  table_clear(&t.prefixes);
  memory_free(t.pending, t.pending_capacity * sizeof *t.pending);
  arena_clear(&t.arena);
  return status;
}
