/* Turtle and TriG. Terms are turned into their Turtle form once, then statements are walked in
   readable order. A blank node is nested at the one place that mentions it, if there is exactly one
   and following such places upwards ends at a node that is not (no cycle); cells that make a proper
   list are written in parentheses. Nesting deeper than DEEPEST falls back on labels. */
#include "order.h"

#include "graph/legal.h"
#include "graph/memory.h"

#define BLOCK ((size_t)1 << 16)
#define WIDTH 100u
#define DEEPEST 6u
#define MOST_PREFIXES 256u

enum { NEST_LABEL = 1, NEST_INSIDE, NEST_LIST }; /* how a blank node is written; 0: not known */

typedef struct Writer {
  const Sink *sink;
  const Order *order;
  Prefix prefixes[MOST_PREFIXES];
  bool used[MOST_PREFIXES];
  size_t prefix_count;
  Buffer text;   /* Turtle forms of all terms in use */
  size_t *token; /* by id and id + 1, in text */
  Buffer block;  /* not handed on yet */
  size_t column;
  unsigned char *blank; /* by id: is a blank node */
  size_t *first;        /* by id: the blank node's first statement as subject, plus 1; else 0 */
  size_t *mention;      /* by id: the statement that mentions it as object, plus 1 */
  unsigned char *nest;  /* by id */
  unsigned char *depth; /* by id: how deep it is nested */
  bool quiet;           /* the term is one that is often written otherwise ("a", lists) */
  TermId type, list_first, list_rest, list_nil;
} Writer;

/* ---- terms ---- */

static Slice id_namespace(const RdfWriteOptions *options)
{
  return options && options->base.len ? options->base : SLICE(ENT_DATA);
}

static bool prefix_known(const Writer *w, Slice name)
{
  for (size_t i = 0; i < w->prefix_count; i++) {
    if (slice_equal(w->prefixes[i].name, name)) return true;
  }
  return false;
}

static bool prefix_fits(const Prefix *prefix)
{
  return !illegal_iri(prefix->iri) && legal_local_name(prefix->name) &&
         !memchr(prefix->name.ptr ? prefix->name.ptr : "", '%', prefix->name.len) &&
         (prefix->name.len == 0 || ((unsigned char)prefix->name.ptr[0] | 0x20) > '`');
}

static void add_prefixes(Writer *w, const RdfWriteOptions *options)
{
  size_t count;
  const Prefix *const ours = prefixes(&count);
  for (size_t i = 0; i < count; i++) {
    w->prefixes[w->prefix_count] = ours[i];
    if (slice_is(ours[i].name, "id")) w->prefixes[w->prefix_count].iri = id_namespace(options);
    w->prefix_count += prefix_fits(&w->prefixes[w->prefix_count]);
  }
  for (size_t i = 0; options && i < options->prefix_count; i++) {
    const Prefix *const more = &options->prefixes[i];
    if (w->prefix_count == MOST_PREFIXES) break;
    if (!prefix_known(w, more->name) && prefix_fits(more)) w->prefixes[w->prefix_count++] = *more;
  }
}

/* The prefix with the longest namespace that leaves a local name, or NULL. */
static const Prefix *prefix_of(const Writer *w, Slice iri)
{
  const Prefix *best = NULL;
  for (size_t i = 0; i < w->prefix_count; i++) {
    const Prefix *const p = &w->prefixes[i];
    if (p->iri.len > iri.len || (best && p->iri.len <= best->iri.len)) continue;
    if (memcmp(p->iri.ptr, iri.ptr, p->iri.len) == 0) best = p;
  }
  if (!best || !legal_local_name(slice_part(iri, best->iri.len, iri.len))) return NULL;
  return best;
}

static Status add_iri(Writer *w, Slice iri)
{
  const Prefix *const prefix = prefix_of(w, iri);
  Buffer *const out = &w->text;
  if (prefix) {
    if (!w->quiet) w->used[prefix - w->prefixes] = true;
    TRY(buffer_slice(out, prefix->name));
    TRY(buffer_add(out, ":", 1));
    return buffer_slice(out, slice_part(iri, prefix->iri.len, iri.len));
  }
  TRY(buffer_add(out, "<", 1));
  TRY(buffer_slice(out, iri));
  return buffer_add(out, ">", 1);
}

/* In a long string only line feeds stand bare; a quote is escaped where another, or the end,
   follows. */
static Status add_long_string(Buffer *out, Slice text)
{
  TRY(buffer_text(out, "\"\"\""));
  for (size_t i = 0; i < text.len; i++) {
    const unsigned char c = (unsigned char)text.ptr[i];
    const bool last = i + 1 == text.len || text.ptr[i + 1] == '"';
    if (c == '\\' || (c == '"' && last)) TRY(buffer_add(out, "\\", 1));
    if (c == '\r')
      TRY(buffer_text(out, "\\r"));
    else if ((c < 0x20 && c != '\n' && c != '\t') || c == 0x7F)
      TRY(buffer_printf(out, "\\u%04X", c));
    else
      TRY(buffer_add(out, &text.ptr[i], 1));
  }
  return buffer_text(out, "\"\"\"");
}

static size_t run_of_digits(Slice s, size_t at)
{
  size_t n = 0;
  while (at + n < s.len && s.ptr[at + n] >= '0' && s.ptr[at + n] <= '9') n++;
  return n;
}

/* The forms that Turtle takes without quotes, of which each reader keeps the very characters. */
static bool stands_bare(Slice lexical, Slice datatype)
{
  if (slice_is(datatype, XSD "boolean")) {
    return slice_is(lexical, "true") || slice_is(lexical, "false");
  }
  const size_t sign = lexical.len && (lexical.ptr[0] == '-' || lexical.ptr[0] == '+');
  const size_t whole = run_of_digits(lexical, sign);
  const size_t end = sign + whole;
  if (whole == 0 || whole > 15) return false;
  if (slice_is(datatype, XSD "integer")) return end == lexical.len;
  if (!slice_is(datatype, XSD "decimal") || end == lexical.len || lexical.ptr[end] != '.') {
    return false;
  }
  const size_t part = run_of_digits(lexical, end + 1);
  return part > 0 && end + 1 + part == lexical.len;
}

/* NT is the N-Triples form, whose quoted part serves here as well. */
static Status add_literal(Writer *w, const Term *term, Slice nt)
{
  const Slice datatype =
      term->datatype == TERM_ANY ? SLICE_NONE : graph_term(w->order->graph, term->datatype).text;
  if (datatype.len && stands_bare(term->text, datatype)) return buffer_slice(&w->text, term->text);
  size_t quoted = nt.len;
  if (term->language.len) quoted -= term->language.len + 1;
  if (datatype.len) quoted -= datatype.len + 4;
  if (term->text.len && memchr(term->text.ptr, '\n', term->text.len)) {
    TRY(add_long_string(&w->text, term->text));
  } else {
    TRY(buffer_slice(&w->text, slice_part(nt, 0, quoted)));
  }
  if (term->language.len) {
    return buffer_slice(&w->text, slice_part(nt, quoted, nt.len));
  }
  if (!datatype.len) return STATUS_OK;
  TRY(buffer_add(&w->text, "^^", 2));
  return add_iri(w, datatype);
}

static bool written_otherwise(const Writer *w, TermId id)
{
  return id == w->type || id == w->list_first || id == w->list_rest || id == w->list_nil;
}

static Status add_term(Writer *w, TermId id, Slice nt)
{
  const Term term = graph_term(w->order->graph, id);
  w->quiet = written_otherwise(w, id);
  switch (term.kind) {
  case TERM_IRI:
    return add_iri(w, term.text);
  case TERM_BLANK:
    return buffer_slice(&w->text, nt);
  case TERM_LITERAL:
    return add_literal(w, &term, nt);
  }
  return STATUS_INTERNAL;
}

static Status make_tokens(Writer *w)
{
  const size_t n = w->order->term_count;
  w->token[0] = 0;
  for (TermId id = 1; id <= n; id++) {
    w->token[id] = w->text.count;
    const Slice nt = order_token(w->order, id);
    if (nt.len) TRY(add_term(w, id, nt));
    w->blank[id] = nt.len > 0 && nt.ptr[0] == '_';
  }
  w->token[n + 1] = w->text.count;
  return STATUS_OK;
}

/* ---- which blank nodes are nested ---- */

/* Blank nodes that are a graph's name, or stand in two graphs, keep their labels. */
static void note_blank(Writer *w, TermId id, size_t at, bool object)
{
  const Quad *const quads = w->order->quads;
  const size_t other = w->mention[id] ? w->mention[id] : w->first[id];
  if (other && quads[other - 1].graph != quads[at].graph) w->nest[id] = NEST_LABEL;
  if (object) {
    if (w->mention[id]) w->nest[id] = NEST_LABEL;
    w->mention[id] = at + 1;
  } else if (!w->first[id]) {
    w->first[id] = at + 1;
  }
}

static void note_blanks(Writer *w)
{
  for (size_t i = 0; i < w->order->count; i++) {
    const Quad *const q = &w->order->quads[i];
    if (w->blank[q->graph]) w->nest[q->graph] = NEST_LABEL;
    if (w->blank[q->subject]) note_blank(w, q->subject, i, false);
    if (w->blank[q->object]) note_blank(w, q->object, i, true);
  }
}

/* The statements of a list's cell: rdf:first, then rdf:rest, and no third. NULL for other nodes. */
static const Quad *cell(const Writer *w, TermId id)
{
  if (!w->blank[id] || !w->first[id] || !w->mention[id] || w->nest[id] == NEST_LABEL) return NULL;
  const size_t at = w->first[id] - 1, count = w->order->count;
  const Quad *const q = &w->order->quads[at];
  if (at + 1 >= count || q[0].predicate != w->list_first || q[1].predicate != w->list_rest ||
      q[1].subject != id || q[1].graph != q[0].graph) {
    return NULL;
  }
  if (at + 2 < count && q[2].subject == id && q[2].graph == q[0].graph) return NULL;
  return q;
}

/* Walk a chain of cells to its end; all of it is a list, or nothing is. Depth 1 marks, for the time
   being, what is known to be no list. */
static void settle_list(Writer *w, TermId head)
{
  enum { UNDER_WAY = 255 };
  TermId id = head;
  const Quad *q;
  while (w->nest[id] == 0 && w->depth[id] == 0 && (q = cell(w, id))) {
    w->nest[id] = UNDER_WAY;
    id = q[1].object;
  }
  const bool good = id == w->list_nil || w->nest[id] == NEST_LIST;
  for (id = head; w->nest[id] == UNDER_WAY;) {
    const TermId next = w->order->quads[w->first[id]].object;
    w->nest[id] = good ? NEST_LIST : 0;
    w->depth[id] = !good;
    id = next;
  }
}

static void find_lists(Writer *w)
{
  if (w->list_first == TERM_ANY || w->list_rest == TERM_ANY || w->list_nil == TERM_ANY) return;
  for (size_t i = 0; i < w->order->count; i++) {
    if (w->order->quads[i].predicate == w->list_first) settle_list(w, w->order->quads[i].subject);
  }
  memset(w->depth, 0, w->order->term_count + 1);
}

/* The subject whose description mentions ID. */
static TermId parent_of(const Writer *w, TermId id)
{
  return w->order->quads[w->mention[id] - 1].subject;
}

/* A cell of a list that is not its head. */
static bool inner_cell(const Writer *w, TermId id)
{
  return w->nest[id] == NEST_LIST && w->nest[parent_of(w, id)] == NEST_LIST &&
         w->order->quads[w->mention[id] - 1].predicate == w->list_rest;
}

/* The node of the ring that ends PATH at which it is cut open: one that is no inner cell. */
static TermId cut_ring(const Writer *w, const TermId *path, size_t count, TermId at)
{
  size_t i = count;
  while (i > 0 && path[i - 1] != at) i--;
  for (i = i ? i - 1 : 0; i < count; i++) {
    if (!inner_cell(w, path[i])) return path[i];
  }
  return at;
}

/* Decide for ID and all above it. Going up ends at a node that is not nested, at one that is
   decided, or comes back to this very path. PATH has room for all blank nodes. */
static void settle_nesting(Writer *w, TermId id, TermId *path)
{
  enum { ON_PATH = 255 };
  size_t count = 0;
  TermId at = id;
  while (w->blank[at] && w->mention[at] && w->depth[at] == 0 && w->nest[at] != NEST_LABEL) {
    w->depth[at] = ON_PATH;
    path[count++] = at;
    at = parent_of(w, at);
  }
  const bool ring = w->blank[at] && w->depth[at] == ON_PATH;
  const TermId cut = ring ? cut_ring(w, path, count, at) : TERM_ANY;
  if (ring) w->nest[cut] = NEST_LABEL;
  unsigned depth = !ring && w->blank[at] && w->nest[at] != NEST_LABEL ? w->depth[at] : 0;
  while (count > 0) {
    const TermId node = path[--count];
    if (!inner_cell(w, node)) {
      depth++;
      if (depth > DEEPEST) w->nest[node] = NEST_LABEL;
      if (w->nest[node] == NEST_LABEL) depth = 0;
    }
    if (w->nest[node] == 0) w->nest[node] = NEST_INSIDE;
    w->depth[node] = (unsigned char)(depth ? depth : 1);
  }
}

static Status decide_nesting(Writer *w)
{
  const size_t n = w->order->term_count + 1;
  TermId *const path = memory_array(NULL, 0, n, sizeof(TermId));
  if (!path) return STATUS_MEMORY;
  note_blanks(w);
  find_lists(w);
  for (size_t i = 0; i < w->order->count; i++) {
    const TermId id = w->order->quads[i].object;
    if (w->blank[id]) settle_nesting(w, id, path);
  }
  memory_free(path, n * sizeof(TermId));
  return STATUS_OK;
}

/* ---- writing ---- */

/* Is a term that is written otherwise still written as itself in this statement? */
static bool shows_rdf(const Writer *w, const Quad *q)
{
  const bool cell = w->nest[q->subject] == NEST_LIST;
  if (cell) return q->predicate == w->list_first && written_otherwise(w, q->object);
  return (q->predicate != w->type && written_otherwise(w, q->predicate)) ||
         written_otherwise(w, q->subject) || written_otherwise(w, q->object);
}

static void mark_rdf(Writer *w)
{
  bool shown = false;
  for (size_t i = 0; i < w->order->count && !shown; i++) shown = shows_rdf(w, &w->order->quads[i]);
  for (size_t i = 0; i < w->prefix_count && shown; i++) {
    if (slice_is(w->prefixes[i].iri, RDF)) w->used[i] = true;
  }
}

static Status put(Writer *w, const char *bytes, size_t count)
{
  TRY(buffer_add(&w->block, bytes, count));
  w->column += count;
  if (w->block.count < BLOCK) return STATUS_OK;
  TRY(sink_write(w->sink, w->block.bytes, w->block.count));
  w->block.count = 0;
  return STATUS_OK;
}

static Status put_text(Writer *w, const char *text)
{
  return put(w, text, strlen(text));
}

static Status put_slice(Writer *w, Slice text)
{
  return put(w, text.ptr, text.len);
}

static Status new_line(Writer *w, unsigned indent)
{
  TRY(put_text(w, "\n"));
  w->column = 0;
  for (unsigned i = 0; i < indent; i++) TRY(put_text(w, "    "));
  return STATUS_OK;
}

static Slice token(const Writer *w, TermId id)
{
  return (Slice){w->text.bytes + w->token[id], w->token[id + 1] - w->token[id]};
}

static Status put_node(Writer *w, TermId id, unsigned indent);

/* The predicates and objects of the subject whose statements begin at AT. */
static Status put_description(Writer *w, size_t at, unsigned indent)
{
  const Quad *const q = w->order->quads;
  for (size_t i = at; i < w->order->count; i++) {
    const bool more = i > at;
    if (more && (q[i].subject != q[at].subject || q[i].graph != q[at].graph)) break;
    if (more && q[i].predicate == q[i - 1].predicate) {
      const bool wrap = w->column + 2 + token(w, q[i].object).len > WIDTH;
      TRY(put_text(w, wrap ? "," : ", "));
      if (wrap) TRY(new_line(w, indent + 1));
    } else {
      if (more) {
        TRY(put_text(w, " ;"));
        TRY(new_line(w, indent));
      }
      TRY(q[i].predicate == w->type ? put_text(w, "a") : put_slice(w, token(w, q[i].predicate)));
      TRY(put_text(w, " "));
    }
    TRY(put_node(w, q[i].object, indent));
  }
  return STATUS_OK;
}

static Status put_list(Writer *w, TermId head, unsigned indent)
{
  TRY(put_text(w, "("));
  for (TermId id = head; id != w->list_nil; id = w->order->quads[w->first[id]].object) {
    const TermId item = w->order->quads[w->first[id] - 1].object;
    if (w->column + 1 + token(w, item).len > WIDTH)
      TRY(new_line(w, indent + 1));
    else
      TRY(put_text(w, " "));
    TRY(put_node(w, item, indent + 1));
  }
  return put_text(w, " )");
}

static Status put_node(Writer *w, TermId id, unsigned indent)
{
  if (!w->blank[id] || w->nest[id] == NEST_LABEL) return put_slice(w, token(w, id));
  if (w->nest[id] == NEST_LIST) return put_list(w, id, indent);
  if (!w->first[id]) return put_text(w, "[]");
  TRY(put_text(w, "["));
  TRY(new_line(w, indent + 1));
  TRY(put_description(w, w->first[id] - 1, indent + 1));
  TRY(new_line(w, indent));
  return put_text(w, "]");
}

static Status put_section(Writer *w, Section section)
{
  static const char *const titles[SECTIONS] = {"Entities", "Situations", "Quotes", "Documents",
                                               "Other"};
  TRY(put_text(w, "\n# "));
  TRY(put_text(w, titles[section]));
  return new_line(w, 0);
}

static Status put_subject(Writer *w, size_t at, unsigned indent)
{
  const TermId subject = w->order->quads[at].subject;
  TRY(new_line(w, indent));
  TRY(put_slice(w, token(w, subject)));
  TRY(put_text(w, " "));
  TRY(put_description(w, at, indent + 1));
  return put_text(w, " .\n");
}

static bool is_nested(const Writer *w, TermId id)
{
  return w->blank[id] && (w->nest[id] == NEST_INSIDE || w->nest[id] == NEST_LIST);
}

static Status put_graph_border(Writer *w, TermId before, TermId now)
{
  if (before != TERM_ANY) TRY(put_text(w, "}\n"));
  if (now == TERM_ANY) return STATUS_OK;
  TRY(new_line(w, 0));
  TRY(put_slice(w, token(w, now)));
  return put_text(w, " {");
}

static Status put_prefixes(Writer *w)
{
  for (size_t i = 0; i < w->prefix_count; i++) {
    if (!w->used[i]) continue;
    TRY(put_text(w, "@prefix "));
    TRY(put_slice(w, w->prefixes[i].name));
    TRY(put_text(w, ": <"));
    TRY(put_slice(w, w->prefixes[i].iri));
    TRY(put_text(w, "> .\n"));
  }
  return STATUS_OK;
}

static Status put_statements(Writer *w, bool graphs)
{
  const Quad *const q = w->order->quads;
  TermId graph = TERM_ANY;
  int section = -1;
  for (size_t i = 0; i < w->order->count; i++) {
    if (q[i].graph != graph) {
      TRY(put_graph_border(w, graph, q[i].graph));
      graph = q[i].graph;
    } else if (i > 0 && q[i].subject == q[i - 1].subject) {
      continue;
    }
    if (is_nested(w, q[i].subject)) continue;
    if (!graphs && section != w->order->section[q[i].subject]) {
      section = w->order->section[q[i].subject];
      TRY(put_section(w, (Section)section));
    }
    TRY(put_subject(w, i, graph != TERM_ANY));
  }
  return put_graph_border(w, graph, TERM_ANY);
}

static Status write_all(Writer *w, bool graphs)
{
  TRY(make_tokens(w));
  TRY(decide_nesting(w));
  mark_rdf(w);
  TRY(put_prefixes(w));
  TRY(put_statements(w, graphs));
  return sink_write(w->sink, w->block.bytes, w->block.count);
}

/* Per-term tables in one block. */
static Status with_tables(Writer *w, bool graphs)
{
  const size_t n = w->order->term_count + 2;
  const size_t size = n * (3 * sizeof(size_t) + 3);
  size_t *const block = memory_zero(size);
  if (!block) return STATUS_MEMORY;
  w->token = block;
  w->first = w->token + n;
  w->mention = w->first + n;
  w->blank = (unsigned char *)(w->mention + n);
  w->nest = w->blank + n;
  w->depth = w->nest + n;
  const Status status = write_all(w, graphs);
  memory_free(block, size);
  return status;
}

Status turtle_write(const Sink *sink, Graph *graph, bool graphs, const RdfWriteOptions *options,
                    const Report *report)
{
  const unsigned flags = ORDER_READABLE | (graphs ? ORDER_GRAPH_FIRST : ORDER_UNION);
  Order order;
  TRY(order_new(&order, graph, flags, options, report));
  Writer w = {.sink = sink, .order = &order};
  add_prefixes(&w, options);
  w.type = graph_find_iri(graph, SLICE(RDF "type"));
  w.list_first = graph_find_iri(graph, SLICE(RDF "first"));
  w.list_rest = graph_find_iri(graph, SLICE(RDF "rest"));
  w.list_nil = graph_find_iri(graph, SLICE(RDF "nil"));
  const Status status = with_tables(&w, graphs);
  buffer_clear(&w.text);
  buffer_clear(&w.block);
  order_clear(&order);
  return status;
}
