/* JSON-LD 1.1 (W3C 2020) with contexts inside the document: terms with @id, @type, @language,
   @reverse and the containers list, set, language and index; @base, @vocab and @language; nested
   nodes, named graphs, lists, @reverse and @included. What would need a file elsewhere or is not
   known here (remote and scoped contexts, @json, @nest, @direction, other containers) is refused,
   not guessed. */
#include "input/rdf_jsonld.h"

#include "graph/legal.h"
#include "graph/vocabulary.h"
#include "input/rdf_iri.h"

#include <stdio.h>

/* ---- values ---- */

static Status add(JsonReader *j, TermId subject, TermId predicate, TermId object)
{
  return graph_add(j->reading->graph, (Quad){subject, predicate, object, j->graph});
}

/* xsd:double in canonical form: one digit, a point, digits, "E", the exponent. */
static void canonical_double(char out[64], double number)
{
  char text[64];
  snprintf(text, sizeof text, "%.15E", number);
  char *const e = strchr(text, 'E');
  if (!e) {
    snprintf(out, 64, "%s", text);
    return;
  }
  size_t end = (size_t)(e - text);
  while (end > 3 && text[end - 1] == '0' && text[end - 2] != '.') end--;
  const char *exponent = e + 1;
  const bool negative = *exponent == '-';
  while (*exponent == '+' || *exponent == '-') exponent++;
  while (*exponent == '0' && exponent[1]) exponent++;
  snprintf(out, 64, "%.*sE%s%s", (int)end, text, negative ? "-" : "", exponent);
}

/* A string, number or boolean with TYPE (IRI, or empty) or LANGUAGE (may be NULL). */
static Status take_scalar(TermId *out, JsonReader *j, const json_t *value, Slice type,
                          const json_t *language)
{
  char number[64];
  if (json_is_string(value)) {
    const char *reason = illegal_text(jsonld_text(value));
    const Slice tag = !type.len && json_is_string(language) ? jsonld_text(language) : SLICE_NONE;
    if (!reason && tag.len) reason = illegal_language(tag);
    return reason ? jsonld_fail(j, reason)
                  : rdf_literal(out, j->reading, jsonld_text(value), type, tag);
  }
  const double real = json_number_value(value);
  const char *own = XSD "boolean";
  if (json_is_boolean(value)) {
    snprintf(number, sizeof number, "%s", json_is_true(value) ? "true" : "false");
  } else if (json_is_integer(value) && !slice_is(type, XSD "double")) {
    snprintf(number, sizeof number, "%lld", (long long)json_integer_value(value));
    own = XSD "integer";
  } else if (json_is_number(value)) {
    const bool whole = real == (double)(long long)real && real < 1e15 && real > -1e15;
    if (whole && !slice_is(type, XSD "double")) {
      snprintf(number, sizeof number, "%lld", (long long)real);
      own = XSD "integer";
    } else {
      canonical_double(number, real);
      own = XSD "double";
    }
  } else {
    return jsonld_fail(j, "a value that is no string, number or boolean");
  }
  return rdf_literal(out, j->reading, slice_of(number), type.len ? type : slice_of(own),
                     SLICE_NONE);
}

static Status take_typed(TermId *out, JsonReader *j, const Context *c, const json_t *value,
                         const char *type, const json_t *language)
{
  Buffer iri = BUFFER_EMPTY;
  Status status = type ? jsonld_expand(&iri, j, c, type, true) : STATUS_OK;
  const char *const reason = type && iri.count ? illegal_iri(buffer_as_slice(&iri)) : NULL;
  if (status == STATUS_OK && type && (!iri.count || reason))
    status = jsonld_fail(j, "not a datatype");
  if (status == STATUS_OK) status = take_scalar(out, j, value, buffer_as_slice(&iri), language);
  buffer_clear(&iri);
  return status;
}

static Status take_value_object(TermId *out, JsonReader *j, const Context *c, const json_t *object,
                                const json_t *value)
{
  const json_t *const type = json_object_get(object, "@type");
  const json_t *const language = json_object_get(object, "@language");
  if (json_object_get(object, "@direction"))
    return jsonld_fail(j, "@direction is not handled here");
  if (type && !json_is_string(type)) return jsonld_fail(j, "a @type that is no string");
  if (type && !strcmp(json_string_value(type), "@json")) {
    return jsonld_fail(j, "@json is not handled here");
  }
  return take_typed(out, j, c, value, json_string_value(type), language);
}

/* ---- nodes ---- */

static Status take_node(TermId *out, JsonReader *j, const Context *c, const json_t *node);

/* What a property says of its values. */
typedef struct Coercion {
  const char *type;       /* "@id", "@vocab", a datatype, or NULL */
  const json_t *language; /* NULL or null: none */
  const char *container;  /* or NULL */
  bool reverse;
} Coercion;

static Coercion coercion_of(const Context *c, const char *key)
{
  Coercion out = {NULL, c->language, NULL, false};
  const Definition d = jsonld_term(c, key);
  if (!json_is_object(d.value)) return out;
  const json_t *container = json_object_get(d.value, "@container");
  const json_t *const language = json_object_get(d.value, "@language");
  if (json_is_array(container)) container = json_array_get(container, 0);
  out.type = json_string_value(json_object_get(d.value, "@type"));
  out.container = json_string_value(container);
  out.reverse = json_object_get(d.value, "@reverse") != NULL;
  if (language) out.language = language;
  if (out.type && !strcmp(out.type, "@none")) out.type = NULL;
  return out;
}

/* Where values go: statements of a property, or the cells of a list. */
typedef struct Place {
  TermId subject, predicate;
  bool reverse;
  TermId *head; /* of a list, else NULL */
  TermId last;  /* its last cell so far */
} Place;

static Status put_in_list(JsonReader *j, Place *place, TermId object)
{
  TermId first, rest, cell;
  TRY(rdf_iri(&first, j->reading, SLICE(RDF "first")));
  TRY(rdf_iri(&rest, j->reading, SLICE(RDF "rest")));
  TRY(rdf_new_blank(&cell, j->reading));
  if (place->last == TERM_ANY)
    *place->head = cell;
  else
    TRY(add(j, place->last, rest, cell));
  place->last = cell;
  return add(j, cell, first, object);
}

static Status put(JsonReader *j, Place *place, TermId object)
{
  if (place->head) return put_in_list(j, place, object);
  if (!place->reverse) return add(j, place->subject, place->predicate, object);
  if (graph_term(j->reading->graph, object).kind == TERM_LITERAL) {
    return jsonld_fail(j, "a literal in a reversed property");
  }
  return add(j, object, place->predicate, place->subject);
}

static Status take_values(JsonReader *j, const Context *c, const json_t *value,
                          const Coercion *coercion, Place *place);

static Status take_list(TermId *out, JsonReader *j, const Context *c, const json_t *items,
                        const Coercion *coercion)
{
  TermId nil, rest;
  Place cells = {.head = out};
  Coercion inner = *coercion;
  inner.container = NULL;
  TRY(rdf_iri(&nil, j->reading, SLICE(RDF "nil")));
  *out = nil;
  TRY(take_values(j, c, items, &inner, &cells));
  if (cells.last == TERM_ANY) return STATUS_OK;
  TRY(rdf_iri(&rest, j->reading, SLICE(RDF "rest")));
  return add(j, cells.last, rest, nil);
}

static Status take_object(JsonReader *j, const Context *c, const json_t *value,
                          const Coercion *coercion, Place *place)
{
  TermId object;
  const json_t *const inner = json_object_get(value, "@value");
  const json_t *const list = json_object_get(value, "@list");
  const json_t *const set = json_object_get(value, "@set");
  if (json_is_null(inner)) return STATUS_OK;
  if (set) return take_values(j, c, set, coercion, place);
  if (list)
    TRY(take_list(&object, j, c, list, coercion));
  else if (inner)
    TRY(take_value_object(&object, j, c, value, inner));
  else
    TRY(take_node(&object, j, c, value));
  return put(j, place, object);
}

static Status take_one(JsonReader *j, const Context *c, const json_t *value,
                       const Coercion *coercion, Place *place)
{
  TermId object;
  const char *const type = coercion->type;
  const bool vocab = type && !strcmp(type, "@vocab");
  const bool node = type && (vocab || !strcmp(type, "@id"));
  if (json_is_null(value)) return STATUS_OK;
  if (json_is_object(value)) return take_object(j, c, value, coercion, place);
  if (node && json_is_string(value)) {
    TRY(jsonld_node(&object, j, c, json_string_value(value), vocab));
  } else {
    TRY(take_typed(&object, j, c, value, node ? NULL : type, coercion->language));
  }
  return put(j, place, object);
}

static Status take_values(JsonReader *j, const Context *c, const json_t *value,
                          const Coercion *coercion, Place *place)
{
  if (!json_is_array(value)) return take_one(j, c, value, coercion, place);
  for (size_t i = 0; i < json_array_size(value); i++) {
    const json_t *const item = json_array_get(value, i);
    if (json_is_array(item) && place->head) {
      TermId list;
      TRY(take_list(&list, j, c, item, coercion));
      TRY(put(j, place, list));
    } else {
      TRY(take_values(j, c, item, coercion, place));
    }
  }
  return STATUS_OK;
}

/* A language map or an index: an object whose keys are languages, or say nothing. */
static Status take_map(JsonReader *j, const Context *c, const json_t *map, Coercion coercion,
                       Place *place)
{
  const bool languages = !strcmp(coercion.container, "@language");
  void *at = json_object_iter(jsonld_unconst(map));
  coercion.container = NULL;
  for (; at; at = json_object_iter_next(jsonld_unconst(map), at)) {
    const char *const key = json_object_iter_key(at);
    json_t *const tag = languages && strcmp(key, "@none") ? json_string(key) : NULL;
    if (languages) coercion.language = tag;
    const Status status = take_values(j, c, json_object_iter_value(at), &coercion, place);
    json_decref(tag);
    TRY(status);
  }
  return STATUS_OK;
}

static Status take_property(JsonReader *j, const Context *c, TermId subject, TermId predicate,
                            const char *key, const json_t *value)
{
  const Coercion coercion = coercion_of(c, key);
  Place place = {.subject = subject, .predicate = predicate, .reverse = coercion.reverse};
  const bool list = coercion.container && !strcmp(coercion.container, "@list");
  const bool map = coercion.container && strcmp(coercion.container, "@set") && !list;
  if (map && json_is_object(value)) return take_map(j, c, value, coercion, &place);
  if (!list || (json_is_object(value) && json_object_get(value, "@list"))) {
    return take_values(j, c, value, &coercion, &place);
  }
  TermId head;
  if (json_is_null(value)) return STATUS_OK;
  TRY(take_list(&head, j, c, value, &coercion));
  return put(j, &place, head);
}

static Status take_types(JsonReader *j, const Context *c, TermId subject, const json_t *value)
{
  TermId type, class;
  const size_t count = json_is_array(value) ? json_array_size(value) : 1;
  TRY(rdf_iri(&type, j->reading, SLICE(RDF "type")));
  for (size_t i = 0; i < count; i++) {
    const json_t *const one = json_is_array(value) ? json_array_get(value, i) : value;
    if (!json_is_string(one)) return jsonld_fail(j, "a @type that is no string");
    TRY(jsonld_node(&class, j, c, json_string_value(one), true));
    TRY(add(j, subject, type, class));
  }
  return STATUS_OK;
}

/* Nodes alone or in arrays, whose names are not asked for. */
static Status take_nodes(JsonReader *j, const Context *c, const json_t *value)
{
  TermId node;
  if (!json_is_array(value)) {
    return json_is_object(value) ? take_node(&node, j, c, value)
                                 : jsonld_fail(j, "a node expected");
  }
  for (size_t i = 0; i < json_array_size(value); i++) {
    TRY(take_nodes(j, c, json_array_get(value, i)));
  }
  return STATUS_OK;
}

static Status take_graph(JsonReader *j, const Context *c, TermId name, const json_t *value)
{
  const TermId outside = j->graph;
  j->graph = name;
  const Status status = take_nodes(j, c, value);
  j->graph = outside;
  return status;
}

static Status take_reverse(JsonReader *j, const Context *c, TermId subject, const json_t *value)
{
  if (!json_is_object(value)) return jsonld_fail(j, "a @reverse that is no object");
  void *at = json_object_iter(jsonld_unconst(value));
  for (; at; at = json_object_iter_next(jsonld_unconst(value), at)) {
    const char *const key = json_object_iter_key(at);
    const Coercion coercion = coercion_of(c, key);
    Place place = {.subject = subject, .reverse = !coercion.reverse};
    TRY(jsonld_node(&place.predicate, j, c, key, true));
    TRY(take_values(j, c, json_object_iter_value(at), &coercion, &place));
  }
  return STATUS_OK;
}

static Status take_keyword(JsonReader *j, const Context *c, TermId subject, Slice keyword,
                           const json_t *value)
{
  if (slice_is(keyword, "@id") || slice_is(keyword, "@context") || slice_is(keyword, "@index")) {
    return STATUS_OK;
  }
  if (slice_is(keyword, "@type")) return take_types(j, c, subject, value);
  if (slice_is(keyword, "@graph")) return take_graph(j, c, subject, value);
  if (slice_is(keyword, "@reverse")) return take_reverse(j, c, subject, value);
  if (slice_is(keyword, "@included")) return take_nodes(j, c, value);
  return jsonld_fail(j, "a keyword that is not handled here");
}

static Status take_entry(JsonReader *j, const Context *c, TermId subject, const char *key,
                         const json_t *value)
{
  Buffer name = BUFFER_EMPTY;
  TermId predicate;
  Status status = jsonld_expand(&name, j, c, key, true);
  const Slice iri = buffer_as_slice(&name);
  if (status == STATUS_OK && slice_starts(iri, "@")) {
    status = take_keyword(j, c, subject, iri, value);
  } else if (status == STATUS_OK && iri.len && iri_is_absolute(iri)) {
    const char *const reason = illegal_iri(iri);
    status = reason ? jsonld_fail(j, reason) : rdf_iri(&predicate, j->reading, iri);
    if (status == STATUS_OK) status = take_property(j, c, subject, predicate, key, value);
  } else if (status == STATUS_OK && slice_starts(iri, "_:")) {
    status = jsonld_fail(j, "a blank node as property");
  }
  buffer_clear(&name); /* keys that stand for nothing are passed over, as the standard has it */
  return status;
}

/* The value of KEYWORD in NODE, whatever name the context gives it. */
static Status find_keyword(const json_t **out, JsonReader *j, const Context *c, const json_t *node,
                           const char *keyword)
{
  Buffer name = BUFFER_EMPTY;
  Status status = STATUS_OK;
  *out = NULL;
  void *at = json_object_iter(jsonld_unconst(node));
  for (; at && status == STATUS_OK && !*out; at = json_object_iter_next(jsonld_unconst(node), at)) {
    name.count = 0;
    status = jsonld_expand(&name, j, c, json_object_iter_key(at), true);
    if (slice_is(buffer_as_slice(&name), keyword)) *out = json_object_iter_value(at);
  }
  buffer_clear(&name);
  return status;
}

typedef struct NodeTask {
  TermId *out;
  const json_t *node;
} NodeTask;

/* Of the outermost object without a name, @graph holds the default graph. */
static bool is_wrapper(const json_t *node, const json_t *id)
{
  const size_t own = json_object_get(node, "@context") ? 2 : 1;
  return !id && json_object_get(node, "@graph") && json_object_size(node) == own;
}

static Status take_node_inside(JsonReader *j, const Context *c, void *handle)
{
  const NodeTask *const task = handle;
  const json_t *id;
  TRY(find_keyword(&id, j, c, task->node, "@id"));
  if (id && !json_is_string(id)) return jsonld_fail(j, "an @id that is no string");
  if (j->graph == TERM_ANY && is_wrapper(task->node, id)) {
    return take_nodes(j, c, json_object_get(task->node, "@graph"));
  }
  TRY(id ? jsonld_node(task->out, j, c, json_string_value(id), false)
         : rdf_new_blank(task->out, j->reading));
  void *at = json_object_iter(jsonld_unconst(task->node));
  for (; at; at = json_object_iter_next(jsonld_unconst(task->node), at)) {
    TRY(take_entry(j, c, *task->out, json_object_iter_key(at), json_object_iter_value(at)));
  }
  return STATUS_OK;
}

static Status take_node(TermId *out, JsonReader *j, const Context *c, const json_t *node)
{
  NodeTask task = {out, node};
  const json_t *const local = json_object_get(node, "@context");
  *out = TERM_ANY;
  return local ? jsonld_within(j, c, local, 0, take_node_inside, &task)
               : take_node_inside(j, c, &task);
}

/* ---- the document ---- */

Status rdf_read_jsonld(RdfReading *reading)
{
  JsonReader j = {.reading = reading};
  const Context outermost = {.base = reading->base};
  json_t *root;
  TRY(jsonld_load(&root, reading));
  const Status status = take_nodes(&j, &outermost, root);
  json_decref(root);
  if (status == STATUS_INPUT) {
    report(reading->report, SEVERITY_ERROR, reading->name, 0, 0, "%s",
           j.error ? j.error : "bad JSON-LD");
  }
  return status;
}
