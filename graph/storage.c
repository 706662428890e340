/* The only file that includes librdf. Nodes are turned into term ids on the way in; on the way out
   a small table keeps the nodes made last, since predicates and subjects come again and again. The
   functions that librdf builds itself upon find_statements (arcs, sources, targets) are left to it.
 */
#include "storage.h"

#include "memory.h"

#include <librdf.h>
#include <limits.h>

#include <rdf_storage_module.h>

#define STORAGE_NAME "entente"
#define KEPT_NODES 256u

typedef struct KeptNode {
  TermId id;
  librdf_node *node;
} KeptNode;

typedef struct Instance {
  Graph *graph;
  bool owned, contexts;
  KeptNode kept[KEPT_NODES]; /* by the low bits of the id */
} Instance;

static Instance *instance_of(librdf_storage *storage)
{
  return librdf_storage_get_instance(storage);
}

Graph *storage_graph(struct librdf_storage_s *storage)
{
  return instance_of(storage)->graph;
}

/* ---- from nodes to terms ---- */

static Slice uri_slice(librdf_uri *uri)
{
  size_t length = 0;
  const unsigned char *const text = librdf_uri_as_counted_string(uri, &length);
  return (Slice){(const char *)text, length};
}

/* TERM without its datatype, which is *DATATYPE or NULL. */
static bool term_of(Term *term, librdf_uri **datatype, librdf_node *node)
{
  size_t length = 0;
  *datatype = NULL;
  *term = (Term){TERM_IRI, SLICE_NONE, TERM_ANY, SLICE_NONE};
  if (librdf_node_is_resource(node)) {
    term->text = uri_slice(librdf_node_get_uri(node));
  } else if (librdf_node_is_blank(node)) {
    const unsigned char *const label = librdf_node_get_counted_blank_identifier(node, &length);
    term->kind = TERM_BLANK;
    term->text = (Slice){(const char *)label, length};
  } else if (librdf_node_is_literal(node)) {
    const unsigned char *const text =
        librdf_node_get_literal_value_as_counted_string(node, &length);
    term->kind = TERM_LITERAL;
    term->text = (Slice){(const char *)text, length};
    term->language = slice_of(librdf_node_get_literal_value_language(node));
    *datatype = librdf_node_get_literal_value_datatype_uri(node);
  } else {
    return false;
  }
  return true;
}

static TermId find_node(const Graph *graph, librdf_node *node)
{
  Term term;
  librdf_uri *datatype;
  if (!term_of(&term, &datatype, node)) return TERM_ANY;
  if (datatype) term.datatype = graph_find_iri(graph, uri_slice(datatype));
  if (datatype && !term.datatype && !term.language.len &&
      !slice_is(uri_slice(datatype), "http://www.w3.org/2001/XMLSchema#string")) {
    return TERM_ANY;
  }
  return graph_find_term(graph, &term);
}

static Status intern_node(TermId *out, Graph *graph, librdf_node *node)
{
  Term term;
  librdf_uri *datatype;
  if (!node || !term_of(&term, &datatype, node)) return STATUS_ARGUMENT;
  switch (term.kind) {
  case TERM_IRI:
    return graph_iri(out, graph, term.text);
  case TERM_BLANK:
    return graph_blank(out, graph, term.text);
  case TERM_LITERAL:
    break;
  }
  if (datatype) TRY(graph_iri(&term.datatype, graph, uri_slice(datatype)));
  return graph_literal(out, graph, term.text, term.datatype, term.language);
}

static Status intern_statement(Quad *out, Graph *graph, librdf_statement *statement,
                               librdf_node *context)
{
  TRY(intern_node(&out->subject, graph, librdf_statement_get_subject(statement)));
  TRY(intern_node(&out->predicate, graph, librdf_statement_get_predicate(statement)));
  TRY(intern_node(&out->object, graph, librdf_statement_get_object(statement)));
  out->graph = TERM_ANY;
  return context ? intern_node(&out->graph, graph, context) : STATUS_OK;
}

/* A missing node is a wildcard; false if a node is given that the graph has never seen. */
static bool find_part(TermId *out, const Graph *graph, librdf_node *node)
{
  *out = node ? find_node(graph, node) : TERM_ANY;
  return !node || *out;
}

static bool find_pattern(Quad *out, const Graph *graph, librdf_statement *statement)
{
  out->graph = TERM_ANY;
  return find_part(&out->subject, graph, librdf_statement_get_subject(statement)) &&
         find_part(&out->predicate, graph, librdf_statement_get_predicate(statement)) &&
         find_part(&out->object, graph, librdf_statement_get_object(statement));
}

/* The quad that stands for STATEMENT in CONTEXT, where no context is the default graph. */
static bool find_quad(Quad *out, const Graph *graph, librdf_statement *statement,
                      librdf_node *context)
{
  if (!find_pattern(out, graph, statement)) return false;
  out->graph = context ? find_node(graph, context) : TERM_DEFAULT_GRAPH;
  return out->subject && out->predicate && out->object && out->graph;
}

/* ---- from terms to nodes ---- */

/* librdf reads a language tag up to a NUL, whatever length it is told. */
static librdf_node *language_node(librdf_world *world, Term term)
{
  char *const language = memory_zero(term.language.len + 1);
  if (!language) return NULL;
  memcpy(language, term.language.ptr, term.language.len);
  librdf_node *const node =
      librdf_new_node_from_typed_counted_literal(world, (const unsigned char *)term.text.ptr,
                                                 term.text.len, language, term.language.len, NULL);
  memory_free(language, term.language.len + 1);
  return node;
}

static librdf_node *literal_node(librdf_world *world, const Graph *graph, Term term)
{
  if (term.language.len) return language_node(world, term);
  librdf_uri *datatype = NULL;
  if (term.datatype) {
    const Slice iri = graph_term(graph, term.datatype).text;
    datatype = librdf_new_uri2(world, (const unsigned char *)iri.ptr, iri.len);
    if (!datatype) return NULL;
  }
  librdf_node *const node = librdf_new_node_from_typed_counted_literal(
      world, (const unsigned char *)term.text.ptr, term.text.len, NULL, 0, datatype);
  if (datatype) librdf_free_uri(datatype);
  return node;
}

static librdf_node *make_node(librdf_world *world, const Graph *graph, TermId id)
{
  const Term term = graph_term(graph, id);
  const unsigned char *const text = (const unsigned char *)term.text.ptr;
  switch (term.kind) {
  case TERM_IRI:
    return librdf_new_node_from_counted_uri_string(world, text, term.text.len);
  case TERM_BLANK:
    return librdf_new_node_from_counted_blank_identifier(world, text, term.text.len);
  case TERM_LITERAL:
    break;
  }
  return literal_node(world, graph, term);
}

/* A reference of the caller's own to the node of ID; NULL if memory is short. */
static librdf_node *node_of(librdf_storage *storage, TermId id)
{
  Instance *const instance = instance_of(storage);
  KeptNode *const kept = &instance->kept[id % KEPT_NODES];
  if (kept->id != id) {
    librdf_node *const node = make_node(librdf_storage_get_world(storage), instance->graph, id);
    if (!node) return NULL;
    if (kept->node) librdf_free_node(kept->node);
    *kept = (KeptNode){id, node};
  }
  return librdf_new_node_from_node(kept->node);
}

/* ---- streams ---- */

typedef struct Stream {
  librdf_storage *storage;
  GraphCursor *cursor;
  librdf_statement *statement;
  librdf_node *context; /* of the statement; NULL in the default graph */
  bool ended;
} Stream;

static bool set_statement(Stream *stream, Quad quad)
{
  librdf_node *const subject = node_of(stream->storage, quad.subject);
  librdf_node *const predicate = node_of(stream->storage, quad.predicate);
  librdf_node *const object = node_of(stream->storage, quad.object);
  librdf_statement_clear(stream->statement);
  if (stream->context) librdf_free_node(stream->context);
  stream->context = quad.graph ? node_of(stream->storage, quad.graph) : NULL;
  librdf_statement_set_subject(stream->statement, subject);
  librdf_statement_set_predicate(stream->statement, predicate);
  librdf_statement_set_object(stream->statement, object);
  return subject && predicate && object && (!quad.graph || stream->context);
}

static int stream_end(void *handle)
{
  return ((Stream *)handle)->ended;
}

static int stream_next(void *handle)
{
  Stream *const stream = handle;
  Quad quad;
  if (!stream->ended) {
    stream->ended = !graph_next(stream->cursor, &quad) || !set_statement(stream, quad);
  }
  return stream->ended;
}

static void *stream_get(void *handle, int flags)
{
  Stream *const stream = handle;
  if (flags == LIBRDF_STREAM_GET_METHOD_GET_OBJECT) return stream->statement;
  return flags == LIBRDF_STREAM_GET_METHOD_GET_CONTEXT ? stream->context : NULL;
}

static void stream_finished(void *handle)
{
  Stream *const stream = handle;
  graph_match_end(stream->cursor);
  if (stream->statement) librdf_free_statement(stream->statement);
  if (stream->context) librdf_free_node(stream->context);
  librdf_storage_remove_reference(stream->storage);
  memory_free(stream, sizeof *stream);
}

static librdf_stream *stream_of(librdf_storage *storage, Quad pattern)
{
  librdf_world *const world = librdf_storage_get_world(storage);
  Stream *const stream = memory_zero(sizeof *stream);
  if (!stream) return NULL;
  stream->storage = storage;
  librdf_storage_add_reference(storage);
  stream->statement = librdf_new_statement(world);
  const Status status = graph_match(&stream->cursor, instance_of(storage)->graph, pattern);
  if (!stream->statement || status != STATUS_OK) {
    stream_finished(stream);
    return NULL;
  }
  (void)stream_next(stream);
  return librdf_new_stream(world, stream, stream_end, stream_next, stream_get, stream_finished);
}

static librdf_stream *find_statements(librdf_storage *storage, librdf_statement *statement)
{
  Quad pattern;
  if (!find_pattern(&pattern, instance_of(storage)->graph, statement)) {
    return librdf_new_empty_stream(librdf_storage_get_world(storage));
  }
  return stream_of(storage, pattern);
}

/* As in librdf's storages, no context at all means none in particular. */
static librdf_stream *find_in_context(librdf_storage *storage, librdf_statement *statement,
                                      librdf_node *context)
{
  const Graph *const graph = instance_of(storage)->graph;
  Quad pattern;
  bool known = find_pattern(&pattern, graph, statement);
  if (known) known = find_part(&pattern.graph, graph, context);
  if (!known) return librdf_new_empty_stream(librdf_storage_get_world(storage));
  if (!context) pattern.graph = TERM_DEFAULT_GRAPH;
  return stream_of(storage, pattern);
}

static librdf_stream *serialise(librdf_storage *storage)
{
  return stream_of(storage, (Quad){TERM_ANY, TERM_ANY, TERM_ANY, TERM_ANY});
}

static librdf_stream *context_serialise(librdf_storage *storage, librdf_node *context)
{
  const Quad pattern = {TERM_ANY, TERM_ANY, TERM_ANY,
                        context ? find_node(instance_of(storage)->graph, context)
                                : TERM_DEFAULT_GRAPH};
  if (pattern.graph) return stream_of(storage, pattern);
  return librdf_new_empty_stream(librdf_storage_get_world(storage));
}

/* ---- contexts ---- */

typedef struct ContextWalk {
  librdf_storage *storage;
  librdf_node *node;
  TermId graph;
} ContextWalk;

static int contexts_end(void *handle)
{
  return ((ContextWalk *)handle)->node == NULL;
}

static int contexts_next(void *handle)
{
  ContextWalk *const walk = handle;
  if (walk->node) librdf_free_node(walk->node);
  walk->node = NULL;
  walk->graph = graph_next_graph(instance_of(walk->storage)->graph, walk->graph);
  if (walk->graph) walk->node = node_of(walk->storage, walk->graph);
  return walk->node == NULL;
}

static void *contexts_get(void *handle, int flags)
{
  ContextWalk *const walk = handle;
  return flags == LIBRDF_ITERATOR_GET_METHOD_GET_OBJECT ? walk->node : NULL;
}

static void contexts_finished(void *handle)
{
  ContextWalk *const walk = handle;
  if (walk->node) librdf_free_node(walk->node);
  librdf_storage_remove_reference(walk->storage);
  memory_free(walk, sizeof *walk);
}

static librdf_iterator *get_contexts(librdf_storage *storage)
{
  ContextWalk *const walk = memory_zero(sizeof *walk);
  if (!walk) return NULL;
  walk->storage = storage;
  librdf_storage_add_reference(storage);
  (void)contexts_next(walk);
  return librdf_new_iterator(librdf_storage_get_world(storage), walk, contexts_end, contexts_next,
                             contexts_get, contexts_finished);
}

/* ---- changes and questions; librdf wants 0 for success ---- */

static int context_add(librdf_storage *storage, librdf_node *context, librdf_statement *statement)
{
  Graph *const graph = instance_of(storage)->graph;
  Quad quad;
  Status status = intern_statement(&quad, graph, statement, context);
  if (status == STATUS_OK) status = graph_add(graph, quad);
  return status != STATUS_OK;
}

static int add(librdf_storage *storage, librdf_statement *statement)
{
  return context_add(storage, NULL, statement);
}

static int context_remove(librdf_storage *storage, librdf_node *context,
                          librdf_statement *statement)
{
  Graph *const graph = instance_of(storage)->graph;
  Quad quad;
  if (!find_quad(&quad, graph, statement, context)) return 1;
  return graph_remove(graph, quad) != STATUS_OK;
}

static int remove_one(librdf_storage *storage, librdf_statement *statement)
{
  return context_remove(storage, NULL, statement);
}

static int context_remove_all(librdf_storage *storage, librdf_node *context)
{
  Graph *const graph = instance_of(storage)->graph;
  Quad pattern = {TERM_ANY, TERM_ANY, TERM_ANY, TERM_DEFAULT_GRAPH};
  if (context) pattern.graph = find_node(graph, context);
  if (!pattern.graph) return 0;
  GraphCursor *cursor;
  Status status = graph_match(&cursor, graph, pattern);
  for (Quad quad; status == STATUS_OK && graph_next(cursor, &quad);) {
    status = graph_remove(graph, quad);
  }
  graph_match_end(cursor);
  return status != STATUS_OK;
}

static int contains(librdf_storage *storage, librdf_statement *statement)
{
  Graph *const graph = instance_of(storage)->graph;
  Quad pattern;
  return find_pattern(&pattern, graph, statement) && graph_count(graph, pattern) > 0;
}

static int size(librdf_storage *storage)
{
  const size_t count = graph_size(instance_of(storage)->graph);
  return count > INT_MAX ? INT_MAX : (int)count;
}

static int has_arc(librdf_storage *storage, librdf_node *subject, librdf_node *predicate,
                   librdf_node *object)
{
  Graph *const graph = instance_of(storage)->graph;
  Quad pattern = {TERM_ANY, TERM_ANY, TERM_ANY, TERM_ANY};
  return find_part(&pattern.subject, graph, subject) &&
         find_part(&pattern.predicate, graph, predicate) &&
         find_part(&pattern.object, graph, object) && graph_count(graph, pattern) > 0;
}

static int has_arc_in(librdf_storage *storage, librdf_node *node, librdf_node *property)
{
  return has_arc(storage, NULL, property, node);
}

static int has_arc_out(librdf_storage *storage, librdf_node *node, librdf_node *property)
{
  return has_arc(storage, node, property, NULL);
}

static int synchronise(librdf_storage *storage)
{
  return graph_index(instance_of(storage)->graph) != STATUS_OK;
}

static librdf_node *get_feature(librdf_storage *storage, librdf_uri *feature)
{
  if (!slice_is(uri_slice(feature), LIBRDF_MODEL_FEATURE_CONTEXTS)) return NULL;
  const char *const value = instance_of(storage)->contexts ? "1" : "0";
  return librdf_new_node_from_typed_literal(librdf_storage_get_world(storage),
                                            (const unsigned char *)value, NULL, NULL);
}

/* ---- life ---- */

static int set_up(librdf_storage *storage, bool contexts)
{
  Instance *const instance = memory_zero(sizeof *instance);
  if (!instance) return 1;
  if (graph_new(&instance->graph) != STATUS_OK) {
    memory_free(instance, sizeof *instance);
    return 1;
  }
  instance->owned = true;
  instance->contexts = contexts;
  librdf_storage_set_instance(storage, instance);
  return 0;
}

static int init(librdf_storage *storage, const char *name, librdf_hash *options)
{
  (void)name;
  const int contexts = options ? librdf_hash_get_as_boolean(options, "contexts") : -1;
  if (options) librdf_free_hash(options);
  return set_up(storage, contexts != 0);
}

static int clone(librdf_storage *copy, librdf_storage *original)
{
  return set_up(copy, instance_of(original)->contexts);
}

static void terminate(librdf_storage *storage)
{
  Instance *const instance = instance_of(storage);
  if (!instance) return;
  for (size_t i = 0; i < KEPT_NODES; i++) {
    if (instance->kept[i].node) librdf_free_node(instance->kept[i].node);
  }
  if (instance->owned) graph_free(instance->graph);
  memory_free(instance, sizeof *instance);
}

static int open_storage(librdf_storage *storage, librdf_model *model)
{
  (void)storage;
  (void)model;
  return 0;
}

static int close_storage(librdf_storage *storage)
{
  (void)storage;
  return 0;
}

static void fill_factory(librdf_storage_factory *factory)
{
  factory->version = LIBRDF_STORAGE_INTERFACE_VERSION;
  factory->init = init;
  factory->clone = clone;
  factory->terminate = terminate;
  factory->open = open_storage;
  factory->close = close_storage;
  factory->size = size;
  factory->add_statement = add;
  factory->remove_statement = remove_one;
  factory->contains_statement = contains;
  factory->has_arc_in = has_arc_in;
  factory->has_arc_out = has_arc_out;
  factory->serialise = serialise;
  factory->find_statements = find_statements;
  factory->find_statements_in_context = find_in_context;
  factory->context_add_statement = context_add;
  factory->context_remove_statement = context_remove;
  factory->context_remove_statements = context_remove_all;
  factory->context_serialise = context_serialise;
  factory->get_contexts = get_contexts;
  factory->sync = synchronise;
  factory->get_feature = get_feature;
}

Status storage_register(struct librdf_world_s *world)
{
  const char *name = NULL, *label = NULL;
  for (unsigned i = 0; librdf_storage_enumerate(world, i, &name, &label) == 0; i++) {
    if (slice_is(slice_of(name), STORAGE_NAME)) return STATUS_OK;
  }
  const int failed =
      librdf_storage_register_factory(world, STORAGE_NAME, "Compressed sorted index", fill_factory);
  return failed ? STATUS_INTERNAL : STATUS_OK;
}

Status storage_over(struct librdf_storage_s **out, struct librdf_world_s *world, Graph *graph)
{
  *out = NULL;
  TRY(storage_register(world));
  librdf_storage *const storage = librdf_new_storage(world, STORAGE_NAME, "graph", NULL);
  if (!storage) return STATUS_MEMORY;
  Instance *const instance = instance_of(storage);
  graph_free(instance->graph);
  instance->graph = graph;
  instance->owned = false;
  *out = storage;
  return STATUS_OK;
}
