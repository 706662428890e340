#include "rdf_graphs.h"

#include "check.h"
#include "graph/memory.h"
#include "graph/vocabulary.h"
#include "output/rdf.h"

#include <assert.h>
#include <raptor2.h>
#include <serd/serd.h>
#include <stdio.h>
#include <stdlib.h>

/* ---- random graphs ---- */

static const char *const iris[] = {
    "http://example.org/a",
    "http://example.org/b#c",
    "http://example.org/Treaty_(1951)",
    "http://example.org/U.S.",
    "http://example.org/U.S._Senate",
    "http://example.org/?q=1&r=%20x",
    "http://example.org/a,b;c",
    "http://example.org/caf\xC3\xA9",
    "http://example.org/\xF0\x9F\x95\x8A",
    "urn:x-test:1:2",
    "mailto:a@example.org",
    "tag:example.org,2023:x",
    ENT_DATA "Joe_Biden",
    ENT_DATA "3rd_party",
    ENT_DATA "-minus",
    ENT_DATA "a.",
    ENT_DATA "a..b",
    ENT_DATA "",
    ENT_DATA "a/b",
    ENT_DATA "a:b",
    ENT_DATA "O'Neil!",
    ENT_DATA "50%25",
    ENT "Meeting",
    ENT "Person",
    ENT "Actual",
    RDF "nil",
    RDF "type",
    "http://example.org/doc#char=10,20",
    "file:///x/y",
    "ent:colon",
    "id:colon",
};

static const char *const predicates[] = {
    RDF "type",
    RDFS "label",
    ENT "factuality",
    ENT "exact",
    ENT "agent",
    ENT "date",
    RDF "first",
    RDF "rest",
    RDF "value",
    "http://example.org/p",
    "http://example.org/q.r",
    "http://example.org/n#p-1",
    SCHEMA "name",
};

/* Not for RDF/XML. */
static const char *const odd_predicates[] = {"http://example.org/p/", "http://example.org/(p)",
                                             "urn:1", "http://example.org/\xC3\xA9",
                                             "http://example.org/p?x=1"};

static const char *const texts[] = {
    "",
    "plain",
    "\"",
    "\"\"",
    "\"\"\"",
    "ends in a quote\"",
    "ends in\ntwo\"\"",
    "\n\"\"\"",
    "a\nlong\nstring ending in quotes\"\"\"\"",
    "back\\slash\\",
    "\\\"",
    "\\u0041 \\n is not an escape",
    "a\rb",
    "a\r\nb\r",
    "\r\"\n\"",
    "tab\tand\ttab",
    "  spaces  ",
    "e\xCC\x81 combining",
    "\xF0\x9F\x95\x8A\xF0\x90\x8D\x88 astral",
    "\xE2\x80\xA8line separator",
    "\xEF\xBB\xBF mark",
    "<tag attr='x'>&amp; ]]> text</tag>",
    "'single' '''three'''",
    "1.5",
    "007",
    "@en",
    "^^<x>",
    "_:b",
    "# no comment",
    "\xE6\x97\xA5\xE6\x9C\xAC",
    "{\"json\": [1]}",
};

static const char *const control_texts[] = {"\x01\x02\x1F", "\x7F", "\b\f\v", "\xEF\xBF\xBE",
                                            "\xC2\x80\xC2\x85"};

static const struct {
  const char *lexical, *datatype;
} typed[] = {
    {"1.5", XSD "double"},
    {"NaN", XSD "double"},
    {"INF", XSD "float"},
    {"1", XSD "integer"},
    {"+1", XSD "integer"},
    {"007", XSD "integer"},
    {"-0", XSD "integer"},
    {"1.50", XSD "decimal"},
    {".5", XSD "decimal"},
    {"5.", XSD "decimal"},
    {"5", XSD "decimal"},
    {"-1.0", XSD "decimal"},
    {"1e6", XSD "double"},
    {"1.0E-7", XSD "double"},
    {"true", XSD "boolean"},
    {"1", XSD "boolean"},
    {"TRUE", XSD "boolean"},
    {"abc", XSD "integer"},
    {"", XSD "integer"},
    {"2023-01-13", XSD "date"},
    {"2023", XSD "gYear"},
    {"x\ny\"", "http://example.org/t(1)"},
    {"99999999999999999999999999999999999", XSD "integer"},
    {"123456789.123456789123456789", XSD "decimal"},
};

static const char *const languages[] = {"en", "en-GB", "de-CH-1901", "zh-Hant-TW", "x-private"};

#define COUNT(ARRAY) (sizeof(ARRAY) / sizeof *(ARRAY))

typedef struct Maker {
  Graph *graph;
  uint64_t random;
  unsigned flags;
  size_t cells; /* of lists made so far */
} Maker;

static uint32_t below(Maker *m, size_t bound)
{
  return check_below(&m->random, (uint32_t)bound);
}

static TermId make_iri(Maker *m, const char *iri)
{
  TermId id;
  assert(graph_iri(&id, m->graph, slice_of(iri)) == STATUS_OK);
  return id;
}

static TermId make_blank(Maker *m)
{
  static const char *const labels[] = {"b", "b1", "genid1", "genid1x", "0", "a.b", "x-y", "n_b"};
  TermId id;
  const char *const label = labels[below(m, COUNT(labels))];
  assert(graph_blank(&id, m->graph, slice_of(label)) == STATUS_OK);
  return id;
}

static TermId make_literal(Maker *m)
{
  TermId id, type = TERM_ANY;
  Slice language = SLICE_NONE, text = slice_of(texts[below(m, COUNT(texts))]);
  const uint32_t kind = below(m, 10);
  if (kind < 4) {
    const size_t i = below(m, COUNT(typed));
    text = slice_of(typed[i].lexical);
    type = make_iri(m, typed[i].datatype);
  } else if (kind < 6) {
    language = slice_of(languages[below(m, COUNT(languages))]);
  } else if (kind < 7 && !(m->flags & RANDOM_XML)) {
    text = slice_of(control_texts[below(m, COUNT(control_texts))]);
  }
  assert(graph_literal(&id, m->graph, text, type, language) == STATUS_OK);
  return id;
}

static TermId make_predicate(Maker *m)
{
  if (!(m->flags & RANDOM_XML) && below(m, 8) == 0) {
    return make_iri(m, odd_predicates[below(m, COUNT(odd_predicates))]);
  }
  return make_iri(m, predicates[below(m, COUNT(predicates))]);
}

static void put(Maker *m, TermId s, TermId p, TermId o, TermId g)
{
  assert(graph_add(m->graph, (Quad){s, p, o, g}) == STATUS_OK);
}

static TermId make_object(Maker *m);

/* A list, at times with a cell that is shared, or with one thing too much. */
static TermId make_list(Maker *m, TermId graph)
{
  TermId rest = make_iri(m, RDF "nil");
  const uint32_t length = below(m, 4) + 1;
  for (uint32_t i = 0; i < length; i++) {
    char label[16];
    TermId cell;
    snprintf(label, sizeof label, "cell%zu", m->cells++);
    assert(graph_blank(&cell, m->graph, slice_of(label)) == STATUS_OK);
    put(m, cell, make_iri(m, RDF "first"), make_object(m), graph);
    put(m, cell, make_iri(m, RDF "rest"), rest, graph);
    if (below(m, 12) == 0) put(m, cell, make_predicate(m), make_object(m), graph);
    if (below(m, 12) == 0) put(m, make_blank(m), make_predicate(m), cell, graph);
    rest = cell;
  }
  return rest;
}

static TermId make_object(Maker *m)
{
  const uint32_t kind = below(m, 10);
  if (kind < 3) return make_iri(m, iris[below(m, COUNT(iris))]);
  return kind < 6 ? make_blank(m) : make_literal(m);
}

static TermId make_graph(Maker *m)
{
  if (!(m->flags & RANDOM_NAMED)) return TERM_ANY;
  const uint32_t kind = below(m, 8);
  if (kind < 3) return TERM_ANY;
  const bool iri = kind < 7 || m->flags & RANDOM_NO_BLANK_GRAPHS;
  return iri ? make_iri(m, iris[below(m, 4)]) : make_blank(m);
}

Graph *random_graph(uint64_t seed, unsigned flags)
{
  Maker m = {.random = seed * 0x9E3779B97F4A7C15u + 1, .flags = flags};
  assert(graph_new(&m.graph) == STATUS_OK);
  const uint32_t count = below(&m, 24);
  for (uint32_t i = 0; i < count; i++) {
    const TermId graph = make_graph(&m);
    const bool named = below(&m, 3) > 0;
    const TermId subject = named ? make_iri(&m, iris[below(&m, COUNT(iris))]) : make_blank(&m);
    const TermId object = below(&m, 5) == 0 ? make_list(&m, graph) : make_object(&m);
    put(&m, subject, make_predicate(&m), object, graph);
  }
  return m.graph;
}

/* ---- equality ---- */

static uint64_t mix(uint64_t a, uint64_t b)
{
  a ^= b + 0x9E3779B97F4A7C15u + (a << 6) + (a >> 2);
  a *= 0xBF58476D1CE4E5B9u;
  return a ^ a >> 29;
}

typedef struct Colours {
  Graph *graph;
  Quad *quads;
  size_t count;
  uint64_t *of; /* by term */
  uint64_t *next;
  size_t terms;
} Colours;

static bool is_blank(const Graph *graph, TermId id)
{
  return id != TERM_ANY && graph_term(graph, id).kind == TERM_BLANK;
}

static uint64_t language_colour(Slice tag, bool any_case)
{
  uint64_t colour = 1;
  for (size_t i = 0; i < tag.len; i++) {
    const char c = tag.ptr[i];
    colour = mix(colour, (uint64_t)(any_case && c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c));
  }
  return colour;
}

static uint64_t fixed_colour(const Graph *graph, TermId id, bool any_case)
{
  const Term t = graph_term(graph, id);
  if (t.kind == TERM_BLANK) return 7;
  uint64_t colour = mix(slice_hash(t.text, t.kind), language_colour(t.language, any_case));
  if (t.datatype != TERM_ANY)
    colour = mix(colour, slice_hash(graph_term(graph, t.datatype).text, 2));
  return colour;
}

static uint64_t quad_colour(const Colours *c, const Quad *q)
{
  return mix(mix(mix(c->of[q->subject], c->of[q->predicate]), c->of[q->object]), c->of[q->graph]);
}

static void refine(Colours *c)
{
  memcpy(c->next, c->of, (c->terms + 1) * sizeof *c->of);
  for (size_t i = 0; i < c->count; i++) {
    const TermId ids[] = {c->quads[i].subject, c->quads[i].object, c->quads[i].graph};
    const uint64_t colour = quad_colour(c, &c->quads[i]);
    for (size_t k = 0; k < 3; k++) {
      if (is_blank(c->graph, ids[k])) c->next[ids[k]] += mix(colour, k + 11);
    }
  }
  memcpy(c->of, c->next, (c->terms + 1) * sizeof *c->of);
}

static int compare_quads(const void *a, const void *b)
{
  return memcmp(a, b, sizeof(Quad));
}

static void collect(Colours *c, Graph *graph, unsigned flags)
{
  GraphCursor *cursor;
  const size_t size = graph_size(graph);
  *c = (Colours){.graph = graph, .terms = graph_term_count(graph)};
  c->quads = calloc(size + 1, sizeof(Quad));
  c->of = calloc(c->terms + 1, sizeof *c->of);
  c->next = calloc(c->terms + 1, sizeof *c->next);
  assert(c->quads && c->of && c->next);
  assert(graph_match(&cursor, graph, (Quad){TERM_ANY, TERM_ANY, TERM_ANY, TERM_ANY}) == STATUS_OK);
  for (Quad q; graph_next(cursor, &q);) {
    if (!(flags & SAME_NAMED)) q.graph = TERM_ANY;
    c->quads[c->count++] = q;
  }
  graph_match_end(cursor);
  qsort(c->quads, c->count, sizeof(Quad), compare_quads);
  size_t kept = 0;
  for (size_t i = 0; i < c->count; i++) {
    if (!kept || compare_quads(&c->quads[i], &c->quads[kept - 1])) c->quads[kept++] = c->quads[i];
  }
  c->count = kept;
  for (TermId id = 1; id <= c->terms; id++)
    c->of[id] = fixed_colour(graph, id, flags & SAME_ANY_CASE);
}

static int compare_numbers(const void *a, const void *b)
{
  const uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
  return (x > y) - (x < y);
}

/* The colours of all statements, sorted; freed with free. */
static uint64_t *fingerprint(Graph *graph, unsigned flags, size_t *count)
{
  Colours c;
  collect(&c, graph, flags);
  for (size_t i = 0; i < 40; i++) refine(&c);
  uint64_t *const out = calloc(c.count + 1, sizeof *out);
  assert(out);
  for (size_t i = 0; i < c.count; i++) out[i] = quad_colour(&c, &c.quads[i]);
  qsort(out, c.count, sizeof *out, compare_numbers);
  *count = c.count;
  free(c.quads);
  free(c.of);
  free(c.next);
  return out;
}

bool same_graphs(Graph *a, Graph *b, unsigned flags)
{
  size_t m, n;
  uint64_t *const x = fingerprint(a, flags, &m), *const y = fingerprint(b, flags, &n);
  const bool same = m == n && memcmp(x, y, m * sizeof *x) == 0;
  free(x);
  free(y);
  return same;
}

void show_difference(Graph *a, Graph *b)
{
  Graph *const graphs[] = {a, b};
  for (size_t i = 0; i < 2; i++) {
    Buffer text = BUFFER_EMPTY;
    const Sink sink = buffer_sink(&text);
    if (rdf_write(&sink, graphs[i], SYNTAX_NQUADS, NULL, NULL) == STATUS_OK && text.bytes) {
      fprintf(stderr, "---- %s\n%s", i ? "read back" : "written", text.bytes);
    }
    buffer_clear(&text);
  }
}

/* ---- Serd ---- */

typedef struct SerdReading {
  Graph *graph;
  SerdEnv *env;
} SerdReading;

static TermId serd_term(SerdReading *r, const SerdNode *node, const SerdNode *type,
                        const SerdNode *language);

static TermId serd_iri(SerdReading *r, const SerdNode *node)
{
  TermId id;
  SerdNode whole = serd_env_expand_node(r->env, node);
  const SerdNode *const use = whole.buf ? &whole : node;
  assert(graph_iri(&id, r->graph, (Slice){(const char *)use->buf, use->n_bytes}) == STATUS_OK);
  serd_node_free(&whole);
  return id;
}

static TermId serd_term(SerdReading *r, const SerdNode *node, const SerdNode *type,
                        const SerdNode *language)
{
  TermId id, datatype = TERM_ANY;
  Slice tag = SLICE_NONE;
  const Slice text = {(const char *)node->buf, node->n_bytes};
  if (node->type == SERD_URI || node->type == SERD_CURIE) return serd_iri(r, node);
  if (node->type == SERD_BLANK) {
    assert(graph_blank(&id, r->graph, text) == STATUS_OK);
    return id;
  }
  if (type && type->buf) datatype = serd_iri(r, type);
  if (language && language->buf) tag = (Slice){(const char *)language->buf, language->n_bytes};
  assert(graph_literal(&id, r->graph, text, datatype, tag) == STATUS_OK);
  return id;
}

static SerdStatus on_statement(void *handle, SerdStatementFlags flags, const SerdNode *graph,
                               const SerdNode *subject, const SerdNode *predicate,
                               const SerdNode *object, const SerdNode *datatype,
                               const SerdNode *language)
{
  SerdReading *const r = handle;
  (void)flags;
  Quad q = {serd_term(r, subject, NULL, NULL), serd_term(r, predicate, NULL, NULL),
            serd_term(r, object, datatype, language), TERM_ANY};
  if (graph && graph->buf) q.graph = serd_term(r, graph, NULL, NULL);
  assert(graph_add(r->graph, q) == STATUS_OK);
  return SERD_SUCCESS;
}

static SerdStatus on_prefix(void *handle, const SerdNode *name, const SerdNode *uri)
{
  return serd_env_set_prefix(((SerdReading *)handle)->env, name, uri);
}

static SerdStatus on_base(void *handle, const SerdNode *uri)
{
  return serd_env_set_base_uri(((SerdReading *)handle)->env, uri);
}

int read_with_serd(Graph *graph, Slice bytes, Syntax syntax)
{
  static const SerdSyntax syntaxes[] = {[SYNTAX_TURTLE] = SERD_TURTLE,
                                        [SYNTAX_TRIG] = SERD_TRIG,
                                        [SYNTAX_NTRIPLES] = SERD_NTRIPLES,
                                        [SYNTAX_NQUADS] = SERD_NQUADS};
  SerdReading r = {graph, serd_env_new(NULL)};
  SerdReader *const reader =
      serd_reader_new(syntaxes[syntax], &r, NULL, on_base, on_prefix, on_statement, NULL);
  char *const text = calloc(bytes.len + 2, 1);
  assert(reader && text);
  if (bytes.len) memcpy(text, bytes.ptr, bytes.len);
  serd_reader_set_strict(reader, true);
  const int status = (int)serd_reader_read_string(reader, (const uint8_t *)text);
  free(text);
  serd_reader_free(reader);
  serd_env_free(r.env);
  return status == SERD_FAILURE ? 0 : status; /* nothing in it */
}

/* ---- raptor ---- */

typedef struct RaptorReading {
  Graph *graph;
  int errors;
} RaptorReading;

static Slice uri_text(raptor_uri *uri)
{
  return slice_of((const char *)raptor_uri_as_string(uri));
}

static TermId raptor_id(Graph *graph, const raptor_term *term)
{
  TermId id, datatype = TERM_ANY;
  if (!term) return TERM_ANY;
  const raptor_term_literal_value *const value = &term->value.literal;
  if (term->type == RAPTOR_TERM_TYPE_URI) {
    assert(graph_iri(&id, graph, uri_text(term->value.uri)) == STATUS_OK);
  } else if (term->type == RAPTOR_TERM_TYPE_BLANK) {
    assert(graph_blank(&id, graph, slice_of((const char *)term->value.blank.string)) == STATUS_OK);
  } else {
    if (value->datatype) {
      assert(graph_iri(&datatype, graph, uri_text(value->datatype)) == STATUS_OK);
    }
    const Slice text = {(const char *)value->string, value->string_len};
    assert(graph_literal(&id, graph, text, datatype, slice_of((const char *)value->language)) ==
           STATUS_OK);
  }
  return id;
}

static void on_triple(void *handle, raptor_statement *s)
{
  RaptorReading *const r = handle;
  const Quad quad = {raptor_id(r->graph, s->subject), raptor_id(r->graph, s->predicate),
                     raptor_id(r->graph, s->object), raptor_id(r->graph, s->graph)};
  assert(graph_add(r->graph, quad) == STATUS_OK);
}

static void on_log(void *handle, raptor_log_message *message)
{
  RaptorReading *const r = handle;
  if (message->level >= RAPTOR_LOG_LEVEL_ERROR) r->errors++;
}

/* What the text calls "genid1" must not meet what raptor generates. */
static unsigned char *on_blank(void *handle, unsigned char *label)
{
  static size_t count;
  char *const name = raptor_alloc_memory((label ? strlen((char *)label) : 0) + 24);
  (void)handle;
  assert(name);
  if (label)
    sprintf(name, "u%s", (char *)label);
  else
    sprintf(name, "g%zu", ++count);
  if (label) raptor_free_memory(label);
  return (unsigned char *)name;
}

int read_with_raptor(Graph *graph, Slice bytes, Syntax syntax)
{
  static const char *const names[] = {
      [SYNTAX_TURTLE] = "turtle", [SYNTAX_TRIG] = "trig",     [SYNTAX_NTRIPLES] = "ntriples",
      [SYNTAX_NQUADS] = "nquads", [SYNTAX_RDFXML] = "rdfxml", [SYNTAX_RDFJSON] = "json"};
  RaptorReading r = {graph, 0};
  raptor_world *const world = raptor_new_world();
  raptor_world_set_log_handler(world, &r, on_log);
  raptor_world_set_generate_bnodeid_handler(world, &r, on_blank);
  raptor_parser *const parser = raptor_new_parser(world, names[syntax]);
  raptor_uri *const base = raptor_new_uri(world, (const unsigned char *)"http://example.org/");
  assert(world && parser && base);
  raptor_parser_set_statement_handler(parser, &r, on_triple);
  int failed = raptor_parser_parse_start(parser, base);
  const unsigned char *const text = (const unsigned char *)(bytes.ptr ? bytes.ptr : "");
  if (!failed) failed = raptor_parser_parse_chunk(parser, text, bytes.len, 1);
  raptor_free_uri(base);
  raptor_free_parser(parser);
  raptor_free_world(world);
  return failed || r.errors;
}
