/* Every term in use is written once in N-Triples form; the forms are sorted by multikey quicksort
   (Bentley and Sedgewick 1997), which suits the long common prefixes of IRIs, and from then on
   terms are their ranks: statements are sorted by radix on those. Since no N-Triples form is cut
   short by a character below the space that follows it, the order of ranks is the order of lines.
 */
#include "order.h"

#include "graph/legal.h"
#include "graph/memory.h"

#include <stdlib.h>

/* ---- the N-Triples form of a term ---- */

static Status add_escape(Buffer *out, unsigned char c)
{
  static const char *const short_forms[] = {"\\b", "\\t", "\\n", NULL, "\\f", "\\r"};
  if (c == '"') return buffer_text(out, "\\\"");
  if (c == '\\') return buffer_text(out, "\\\\");
  if (c >= 8 && c <= 13 && c != 11) return buffer_text(out, short_forms[c - 8]);
  return buffer_printf(out, "\\u%04X", c);
}

static bool needs_escape(unsigned char c)
{
  return c < 0x20 || c == '"' || c == '\\' || c == 0x7F;
}

static Status add_quoted(Buffer *out, Slice text)
{
  TRY(buffer_add(out, "\"", 1));
  size_t start = 0;
  for (size_t i = 0; i < text.len; i++) {
    if (!needs_escape((unsigned char)text.ptr[i])) continue;
    TRY(buffer_slice(out, slice_part(text, start, i)));
    TRY(add_escape(out, (unsigned char)text.ptr[i]));
    start = i + 1;
  }
  TRY(buffer_slice(out, slice_part(text, start, text.len)));
  return buffer_add(out, "\"", 1);
}

static Status add_iri(Buffer *out, Slice iri)
{
  TRY(buffer_add(out, "<", 1));
  TRY(buffer_slice(out, iri));
  return buffer_add(out, ">", 1);
}

static Status add_blank(Buffer *out, Slice label)
{
  TRY(buffer_add(out, "_:", 2));
  if (legal_blank_label(label)) return buffer_slice(out, label);
  return buffer_printf(out, "x%016llx", (unsigned long long)slice_hash(label, 0));
}

static Status add_literal(Buffer *out, const Graph *graph, const Term *term)
{
  TRY(add_quoted(out, term->text));
  if (term->language.len) {
    TRY(buffer_add(out, "@", 1));
    return buffer_slice(out, term->language);
  }
  if (term->datatype == TERM_ANY) return STATUS_OK;
  TRY(buffer_add(out, "^^", 2));
  return add_iri(out, graph_term(graph, term->datatype).text);
}

static Status add_term(Buffer *out, const Graph *graph, TermId id)
{
  const Term term = graph_term(graph, id);
  switch (term.kind) {
  case TERM_IRI:
    return add_iri(out, term.text);
  case TERM_BLANK:
    return add_blank(out, term.text);
  case TERM_LITERAL:
    return add_literal(out, graph, &term);
  }
  return STATUS_INTERNAL;
}

/* ---- collecting ---- */

enum { UNSEEN, LEGAL, ILLEGAL };

void order_complain(const Order *order, Quad quad, const char *reason, Severity severity,
                    const RdfWriteOptions *options, const Report *to)
{
  Buffer text = BUFFER_EMPTY;
  const TermId ids[] = {quad.subject, quad.predicate, quad.object};
  for (size_t i = 0; i < 3; i++) {
    if (add_term(&text, order->graph, ids[i]) != STATUS_OK) break;
    if (buffer_add(&text, " ", i < 2) != STATUS_OK) break;
  }
  report(to, severity, options ? options->file : NULL, 0, 0, "%s%s: %.*s",
         severity == SEVERITY_ERROR ? "cannot write " : "", reason,
         (int)(text.count < 800 ? text.count : 800), text.bytes ? text.bytes : "");
  buffer_clear(&text);
}

/* Why ID cannot be written, remembering the answer in SEEN. */
static const char *check_term(const Graph *graph, TermId id, unsigned char *seen)
{
  if (id == TERM_ANY || seen[id] == LEGAL) return NULL;
  const char *const reason = illegal_term(graph, id);
  if (!reason) seen[id] = LEGAL;
  return reason;
}

static const char *check_kinds(const Graph *graph, Quad quad)
{
  if (graph_term(graph, quad.predicate).kind != TERM_IRI) return "a predicate that is not an IRI";
  if (graph_term(graph, quad.subject).kind == TERM_LITERAL) return "a literal as subject";
  if (quad.graph != TERM_ANY && graph_term(graph, quad.graph).kind == TERM_LITERAL) {
    return "a literal as graph";
  }
  return NULL;
}

static const char *check_quad(const Graph *graph, Quad quad, unsigned char *seen)
{
  const char *reason = check_kinds(graph, quad);
  if (!reason) reason = check_term(graph, quad.subject, seen);
  if (!reason) reason = check_term(graph, quad.predicate, seen);
  if (!reason) reason = check_term(graph, quad.object, seen);
  if (!reason) reason = check_term(graph, quad.graph, seen);
  return reason;
}

static Status keep_legal(Order *order, unsigned char *seen, const RdfWriteOptions *options,
                         const Report *to)
{
  const bool skip = options && options->skip_bad;
  size_t kept = 0;
  for (size_t i = 0; i < order->count; i++) {
    const char *const reason = check_quad(order->graph, order->quads[i], seen);
    if (!reason) {
      order->quads[kept++] = order->quads[i];
      continue;
    }
    order_complain(order, order->quads[i], reason, skip ? SEVERITY_WARNING : SEVERITY_ERROR,
                   options, to);
    if (!skip) return STATUS_INPUT;
    order->left_out++;
  }
  order->count = kept;
  if (options && options->skipped) *options->skipped += order->left_out;
  return STATUS_OK;
}

static Status collect(Order *order, Graph *graph, bool drop_graphs)
{
  const size_t size = graph_size(graph);
  if (!(order->quads = memory_array(NULL, 0, size ? size : 1, sizeof(Quad)))) return STATUS_MEMORY;
  GraphCursor *cursor = NULL;
  TRY(graph_match(&cursor, graph, (Quad){TERM_ANY, TERM_ANY, TERM_ANY, TERM_ANY}));
  Quad quad;
  while (order->count < size && graph_next(cursor, &quad)) {
    if (drop_graphs) quad.graph = TERM_ANY;
    order->quads[order->count++] = quad;
  }
  graph_match_end(cursor);
  return STATUS_OK;
}

static Status write_tokens(Order *order, const unsigned char *seen)
{
  order->token = memory_array(NULL, 0, order->term_count + 2, sizeof(size_t));
  if (!order->token) return STATUS_MEMORY;
  order->token[0] = 0;
  for (TermId id = 1; id <= order->term_count; id++) {
    order->token[id] = order->text.count;
    if (seen[id]) TRY(add_term(&order->text, order->graph, id));
  }
  order->token[order->term_count + 1] = order->text.count;
  return STATUS_OK;
}

/* ---- sorting terms ---- */

typedef struct Sorter {
  const Order *order;
  TermId *ids;
} Sorter;

static int byte_at(const Order *order, TermId id, size_t depth)
{
  const size_t at = order->token[id] + depth;
  return at < order->token[id + 1] ? (unsigned char)order->text.bytes[at] : -1;
}

static void swap_ids(TermId *ids, size_t a, size_t b)
{
  const TermId id = ids[a];
  ids[a] = ids[b];
  ids[b] = id;
}

static void insertion_sort(const Sorter *sorter, size_t low, size_t high, size_t depth)
{
  for (size_t i = low + 1; i < high; i++) {
    const TermId id = sorter->ids[i];
    Slice text = order_token(sorter->order, id);
    text = slice_part(text, depth, text.len);
    size_t at = i;
    for (; at > low; at--) {
      const Slice other = order_token(sorter->order, sorter->ids[at - 1]);
      if (slice_compare(slice_part(other, depth, other.len), text) <= 0) break;
      sorter->ids[at] = sorter->ids[at - 1];
    }
    sorter->ids[at] = id;
  }
}

static int median(int a, int b, int c)
{
  if (a > b) return c > a ? a : c > b ? c : b;
  return c > b ? b : c > a ? c : a;
}

/* Split [low, high) by the byte at DEPTH into less, equal [*FROM, *TO), greater. */
static int split(const Sorter *sorter, size_t low, size_t high, size_t depth, size_t *from,
                 size_t *to)
{
  const Order *const order = sorter->order;
  const int pivot = median(byte_at(order, sorter->ids[low], depth),
                           byte_at(order, sorter->ids[low + (high - low) / 2], depth),
                           byte_at(order, sorter->ids[high - 1], depth));
  size_t less = low, greater = high, i = low;
  while (i < greater) {
    const int c = byte_at(order, sorter->ids[i], depth);
    if (c < pivot)
      swap_ids(sorter->ids, less++, i++);
    else if (c > pivot)
      swap_ids(sorter->ids, i, --greater);
    else
      i++;
  }
  *from = less;
  *to = greater;
  return pivot;
}

/* The longest part is done in the loop, so that the stack stays logarithmic. All ids in the range
   share their first DEPTH bytes and are longer than that, but for at most one. */
static void sort_range(const Sorter *sorter, size_t low, size_t high, size_t depth)
{
  while (high - low > 12) {
    size_t from, to;
    const int pivot = split(sorter, low, high, depth, &from, &to);
    const size_t less = from - low, equal = pivot < 0 ? 0 : to - from, greater = high - to;
    if (less >= equal && less >= greater) {
      if (equal) sort_range(sorter, from, to, depth + 1);
      sort_range(sorter, to, high, depth);
      high = from;
    } else if (greater >= equal) {
      sort_range(sorter, low, from, depth);
      if (equal) sort_range(sorter, from, to, depth + 1);
      low = to;
    } else {
      sort_range(sorter, low, from, depth);
      sort_range(sorter, to, high, depth);
      low = from;
      high = to;
      depth++;
    }
  }
  insertion_sort(sorter, low, high, depth);
}

static Status rank_terms(uint32_t *rank, const Order *order, const unsigned char *seen)
{
  TermId *const ids = memory_array(NULL, 0, order->term_count + 1, sizeof(TermId));
  if (!ids) return STATUS_MEMORY;
  size_t count = 0;
  for (TermId id = 1; id <= order->term_count; id++) {
    if (seen[id]) ids[count++] = id;
  }
  sort_range(&(Sorter){order, ids}, 0, count, 0);
  for (size_t i = 0; i < count; i++) rank[ids[i]] = (uint32_t)i + 1;
  memory_free(ids, (order->term_count + 1) * sizeof(TermId));
  return STATUS_OK;
}

/* ---- sorting statements ---- */

#define DIGIT_BITS 11u
#define BUCKETS (1u << DIGIT_BITS)

/* Keys of one field of all statements, by id. */
typedef struct Field {
  const uint32_t *key;
  size_t offset; /* of the id in Quad */
} Field;

static TermId field_of(const Quad *quad, size_t offset)
{
  TermId id;
  memcpy(&id, (const char *)quad + offset, sizeof id);
  return id;
}

/* One stable pass by the digit at SHIFT; false if all share it and nothing was moved. */
static bool radix_pass(Quad *to, const Quad *from, size_t count, const Field *field, unsigned shift)
{
  size_t starts[BUCKETS] = {0};
  for (size_t i = 0; i < count; i++) {
    starts[field->key[field_of(&from[i], field->offset)] >> shift & (BUCKETS - 1)]++;
  }
  size_t sum = 0;
  for (size_t b = 0; b < BUCKETS; b++) {
    const size_t here = starts[b];
    if (here == count) return false;
    starts[b] = sum;
    sum += here;
  }
  for (size_t i = 0; i < count; i++) {
    to[starts[field->key[field_of(&from[i], field->offset)] >> shift & (BUCKETS - 1)]++] = from[i];
  }
  return true;
}

/* Sort by FIELDS, the last of them first. */
static Status sort_quads(Order *order, const Field *fields, size_t field_count)
{
  const size_t count = order->count;
  Quad *spare = memory_array(NULL, 0, count ? count : 1, sizeof(Quad));
  if (!spare) return STATUS_MEMORY;
  Quad *now = order->quads;
  for (size_t f = field_count; f > 0 && count; f--) {
    for (unsigned shift = 0; shift < 32; shift += DIGIT_BITS) {
      if (!radix_pass(spare, now, count, &fields[f - 1], shift)) continue;
      Quad *const done = spare;
      spare = now;
      now = done;
    }
  }
  order->quads = now;
  memory_free(spare, 0);
  return STATUS_OK;
}

static void drop_repeats(Order *order)
{
  size_t kept = 0;
  for (size_t i = 0; i < order->count; i++) {
    const Quad *const q = &order->quads[i];
    if (kept && memcmp(q, &order->quads[kept - 1], sizeof *q) == 0) continue;
    order->quads[kept++] = *q;
  }
  order->count = kept;
}

/* ---- sections ---- */

static TermId find(const Graph *graph, const char *iri)
{
  return graph_find_iri(graph, slice_of(iri));
}

typedef struct Marks {
  TermId type, factuality, exact, article;
  TermId classes[7];
} Marks;

static Marks marks_of(const Graph *graph)
{
  return (Marks){find(graph, RDF "type"),
                 find(graph, ENT "factuality"),
                 find(graph, ENT "exact"),
                 find(graph, SCHEMA "NewsArticle"),
                 {find(graph, ENT "Person"), find(graph, ENT "Country"),
                  find(graph, ENT "Organization"), find(graph, ENT "Place"),
                  find(graph, ENT "Agreement"), find(graph, ENT "Office"),
                  find(graph, ENT "Thing")}};
}

/* A term that the graph has never seen is TERM_ANY and equals no predicate or object. */
static Section section_of(const Marks *marks, const Quad *q)
{
  if (q->predicate == marks->factuality) return SECTION_SITUATIONS;
  if (q->predicate == marks->exact) return SECTION_QUOTES;
  if (q->predicate != marks->type) return SECTION_REST;
  if (q->object == marks->article) return SECTION_DOCUMENTS;
  for (size_t i = 0; i < sizeof marks->classes / sizeof *marks->classes; i++) {
    if (q->object == marks->classes[i]) return SECTION_ENTITIES;
  }
  return SECTION_REST;
}

static Status find_sections(Order *order)
{
  order->section = memory_array(NULL, 0, order->term_count + 1, 1);
  if (!order->section) return STATUS_MEMORY;
  memset(order->section, SECTION_REST, order->term_count + 1);
  const Marks marks = marks_of(order->graph);
  for (size_t i = 0; i < order->count; i++) {
    const Section section = section_of(&marks, &order->quads[i]);
    unsigned char *const best = &order->section[order->quads[i].subject];
    if (section < *best) *best = (unsigned char)section;
  }
  return STATUS_OK;
}

/* ---- all together ---- */

/* KEY holds a rank and a reading rank for each id, in two runs. */
static Status sort_readable(Order *order, uint32_t *rank, const Field *graph_field, unsigned flags)
{
  const size_t n = order->term_count + 1;
  uint32_t *const section = memory_array(NULL, 0, 2 * n, sizeof(uint32_t));
  if (!section) return STATUS_MEMORY;
  uint32_t *const predicate = section + n;
  const TermId type = find(order->graph, RDF "type");
  for (size_t id = 0; id < n; id++) {
    section[id] = order->section[id];
    predicate[id] = id == type ? 0 : rank[id];
  }
  const Field fields[] = {*graph_field,
                          {section, offsetof(Quad, subject)},
                          {rank, offsetof(Quad, subject)},
                          {predicate, offsetof(Quad, predicate)},
                          {rank, offsetof(Quad, object)}};
  const size_t from = flags & ORDER_UNION ? 1 : 0;
  const Status status = sort_quads(order, fields + from, 5 - from);
  memory_free(section, 2 * n * sizeof(uint32_t));
  return status;
}

static Status sort_all(Order *order, uint32_t *rank, unsigned flags)
{
  const Field graph_field = {rank, offsetof(Quad, graph)};
  if (flags & ORDER_READABLE) {
    TRY(find_sections(order));
    return sort_readable(order, rank, &graph_field, flags);
  }
  const Field fields[] = {graph_field,
                          {rank, offsetof(Quad, subject)},
                          {rank, offsetof(Quad, predicate)},
                          {rank, offsetof(Quad, object)},
                          graph_field};
  if (flags & ORDER_UNION) return sort_quads(order, fields + 1, 3);
  return sort_quads(order, flags & ORDER_GRAPH_FIRST ? fields : fields + 1, 4);
}

static Status prepare(Order *order, unsigned char *seen, uint32_t *rank, unsigned flags,
                      const RdfWriteOptions *options, const Report *to)
{
  TRY(keep_legal(order, seen, options, to));
  TRY(write_tokens(order, seen));
  TRY(rank_terms(rank, order, seen));
  TRY(sort_all(order, rank, flags));
  drop_repeats(order);
  return STATUS_OK;
}

Status order_new(Order *out, Graph *graph, unsigned flags, const RdfWriteOptions *options,
                 const Report *to)
{
  memset(out, 0, sizeof *out);
  out->graph = graph;
  Status status = collect(out, graph, flags & ORDER_UNION);
  out->term_count = graph_term_count(graph);
  const size_t n = out->term_count + 1;
  unsigned char *const seen = memory_zero(n);
  uint32_t *const rank = memory_zero(n * sizeof *rank);
  if (status == STATUS_OK) {
    status = seen && rank ? prepare(out, seen, rank, flags, options, to) : STATUS_MEMORY;
  }
  memory_free(seen, n);
  memory_free(rank, n * sizeof *rank);
  if (status != STATUS_OK) order_clear(out);
  return status;
}

void order_clear(Order *order)
{
  memory_free(order->quads, 0);
  memory_free(order->token, (order->term_count + 2) * sizeof(size_t));
  memory_free(order->section, order->term_count + 1);
  buffer_clear(&order->text);
  memset(order, 0, sizeof *order);
}
