/* Contexts are looked up as they stand, innermost first, without being expanded beforehand: a
   term's definition is read in the context that holds it. */
#include "input/rdf_jsonld.h"

#include "graph/legal.h"
#include "input/rdf_iri.h"

#define DEEPEST_TERM 16u /* prefixes of prefixes */
#define LARGEST ((size_t)1 << 30)

Status jsonld_fail(JsonReader *j, const char *error)
{
  if (!j->error) j->error = error;
  return STATUS_INPUT;
}

json_t *jsonld_unconst(const json_t *value)
{
  json_t *plain;
  memcpy(&plain, &value, sizeof plain);
  return plain;
}

Slice jsonld_text(const json_t *value)
{
  return (Slice){json_string_value(value), json_string_length(value)};
}

/* ---- IRIs ---- */

Definition jsonld_term(const Context *context, const char *term)
{
  for (const Context *c = context; c; c = c->parent) {
    const json_t *const value = term[0] == '@' ? NULL : json_object_get(c->terms, term);
    if (value) return (Definition){value, c};
  }
  return (Definition){NULL, NULL};
}

static Status expand(Buffer *out, JsonReader *j, const Context *c, const char *text, bool vocab,
                     unsigned depth);

/* The IRI or keyword that TERM is defined as. */
static Status expand_term(Buffer *out, JsonReader *j, const Definition *d, const char *term,
                          unsigned depth)
{
  const json_t *id = d->value;
  if (depth > DEEPEST_TERM) return jsonld_fail(j, "terms that define each other");
  if (json_is_object(id)) id = json_object_get(d->value, "@id");
  if (json_is_object(d->value) && !id) id = json_object_get(d->value, "@reverse");
  if (json_is_string(id) && strcmp(json_string_value(id), term) != 0) {
    return expand(out, j, d->context, json_string_value(id), true, depth + 1);
  }
  if (json_is_null(id)) return STATUS_OK;
  /* Defined as itself, or without an IRI: what it would be without the definition. */
  const char *const colon = strchr(term, ':');
  if (colon) {
    char prefix[128];
    const size_t n = (size_t)(colon - term);
    if (n >= sizeof prefix) return buffer_text(out, term);
    memcpy(prefix, term, n);
    prefix[n] = '\0';
    const Definition before = jsonld_term(d->context, prefix);
    if (!before.value || strncmp(colon, "://", 3) == 0) return buffer_text(out, term);
    TRY(expand_term(out, j, &before, prefix, depth + 1));
    return buffer_text(out, colon + 1);
  }
  if (!d->context->vocab) return STATUS_OK;
  TRY(buffer_slice(out, jsonld_text(d->context->vocab)));
  return buffer_text(out, term);
}

static Status expand_compact(Buffer *out, bool *done, JsonReader *j, const Context *c,
                             const char *text, const char *colon, unsigned depth)
{
  char prefix[128];
  const size_t n = (size_t)(colon - text);
  *done = true;
  if (n >= sizeof prefix || strncmp(colon, "://", 3) == 0 || (n == 1 && text[0] == '_')) {
    return buffer_text(out, text);
  }
  memcpy(prefix, text, n);
  prefix[n] = '\0';
  const Definition definition = jsonld_term(c, prefix);
  if (!definition.value || json_is_null(definition.value)) {
    *done = iri_is_absolute(slice_of(text));
    return *done ? buffer_text(out, text) : STATUS_OK;
  }
  TRY(expand_term(out, j, &definition, prefix, depth + 1));
  return buffer_text(out, colon + 1);
}

static Status expand(Buffer *out, JsonReader *j, const Context *c, const char *text, bool vocab,
                     unsigned depth)
{
  if (text[0] == '@') return buffer_text(out, text);
  const Definition definition = vocab ? jsonld_term(c, text) : (Definition){NULL, NULL};
  if (definition.value) return expand_term(out, j, &definition, text, depth);
  const char *const colon = strchr(text, ':');
  if (colon) {
    bool done;
    TRY(expand_compact(out, &done, j, c, text, colon, depth));
    if (done) return STATUS_OK;
  }
  if (!vocab) return iri_resolve(out, c->base, slice_of(text));
  if (!c->vocab) return STATUS_OK;
  TRY(buffer_slice(out, jsonld_text(c->vocab)));
  return buffer_text(out, text);
}

Status jsonld_expand(Buffer *out, JsonReader *j, const Context *context, const char *text,
                     bool vocab)
{
  return expand(out, j, context, text, vocab, 0);
}

Status jsonld_node(TermId *out, JsonReader *j, const Context *c, const char *text, bool vocab)
{
  Buffer name = BUFFER_EMPTY;
  Status status = expand(&name, j, c, text, vocab, 0);
  const Slice iri = buffer_as_slice(&name);
  *out = TERM_ANY;
  if (status == STATUS_OK && slice_starts(iri, "_:")) {
    const Slice label = slice_part(iri, 2, iri.len);
    status = legal_blank_label(label) ? rdf_blank(out, j->reading, label)
                                      : jsonld_fail(j, "not a blank node label");
  } else if (status == STATUS_OK) {
    const char *const reason = illegal_iri(iri);
    status = reason ? jsonld_fail(j, reason) : rdf_iri(out, j->reading, iri);
  }
  buffer_clear(&name);
  return status;
}

/* ---- contexts ---- */

static bool known_container(const json_t *container)
{
  static const char *const known[] = {"@list", "@set", "@language", "@index"};
  if (!container || json_is_null(container)) return true;
  if (json_is_array(container) && json_array_size(container) == 1) {
    container = json_array_get(container, 0);
  }
  for (size_t i = 0; json_is_string(container) && i < sizeof known / sizeof *known; i++) {
    if (strcmp(json_string_value(container), known[i]) == 0) return true;
  }
  return false;
}

static Status check_definition(JsonReader *j, const json_t *definition)
{
  static const char *const known[] = {"@id",      "@type",      "@language", "@container",
                                      "@reverse", "@protected", "@prefix"};
  const char *key;
  json_t *value;
  if (json_is_string(definition) || json_is_null(definition)) return STATUS_OK;
  if (!json_is_object(definition))
    return jsonld_fail(j, "a term that is neither string nor object");
  void *at = json_object_iter(jsonld_unconst(definition));
  for (; at; at = json_object_iter_next(jsonld_unconst(definition), at)) {
    bool found = false;
    key = json_object_iter_key(at);
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) found |= !strcmp(key, known[i]);
    if (!found) return jsonld_fail(j, "a term's definition with what is not handled here");
  }
  if (!known_container(json_object_get(definition, "@container"))) {
    return jsonld_fail(j, "a container that is not handled here");
  }
  value = json_object_get(definition, "@type");
  if (value && !json_is_string(value)) return jsonld_fail(j, "a @type that is no string");
  const bool json = value && !strcmp(json_string_value(value), "@json");
  return json ? jsonld_fail(j, "@json is not handled here") : STATUS_OK;
}

static Status check_setting(JsonReader *j, const char *key, const json_t *value)
{
  if (!strcmp(key, "@version") || !strcmp(key, "@protected")) return STATUS_OK;
  if (strcmp(key, "@base") && strcmp(key, "@vocab") && strcmp(key, "@language")) {
    return jsonld_fail(j, "a context with what is not handled here");
  }
  return json_is_string(value) || json_is_null(value)
             ? STATUS_OK
             : jsonld_fail(j, "a setting that is no string");
}

static Status check_context(JsonReader *j, const json_t *local)
{
  void *at = json_object_iter(jsonld_unconst(local));
  for (; at; at = json_object_iter_next(jsonld_unconst(local), at)) {
    const char *const key = json_object_iter_key(at);
    const json_t *const value = json_object_iter_value(at);
    TRY(key[0] == '@' ? check_setting(j, key, value) : check_definition(j, value));
  }
  return STATUS_OK;
}

static Status set_base(Buffer *out, Context *c, const json_t *base)
{
  if (json_is_null(base)) return STATUS_OK;
  TRY(iri_resolve(out, c->base, jsonld_text(base)));
  c->base = buffer_as_slice(out);
  return STATUS_OK;
}

static Status within_one(JsonReader *j, const Context *outer, const json_t *local,
                         const json_t *rest, size_t index, Inside inside, void *handle)
{
  if (json_is_null(local)) {
    const Context fresh = {.base = j->reading->base};
    return rest ? jsonld_within(j, &fresh, rest, index, inside, handle) : inside(j, &fresh, handle);
  }
  if (json_is_string(local)) return jsonld_fail(j, "a context elsewhere is not fetched");
  if (!json_is_object(local)) return jsonld_fail(j, "a context that is no object");
  TRY(check_context(j, local));
  Context c = {outer, local, outer->vocab, outer->language, outer->base};
  const json_t *const vocab = json_object_get(local, "@vocab");
  const json_t *const language = json_object_get(local, "@language");
  const json_t *const base = json_object_get(local, "@base");
  if (vocab) c.vocab = json_is_string(vocab) ? vocab : NULL;
  if (language) c.language = json_is_string(language) ? language : NULL;
  Buffer resolved = BUFFER_EMPTY;
  Status status = base ? set_base(&resolved, &c, base) : STATUS_OK;
  if (status == STATUS_OK) {
    status = rest ? jsonld_within(j, &c, rest, index, inside, handle) : inside(j, &c, handle);
  }
  buffer_clear(&resolved);
  return status;
}

/* LOCAL is one context or an array of them, of which those from INDEX on are entered. */
Status jsonld_within(JsonReader *j, const Context *outer, const json_t *local, size_t index,
                     Inside inside, void *handle)
{
  if (!json_is_array(local)) return within_one(j, outer, local, NULL, 0, inside, handle);
  if (index >= json_array_size(local)) return inside(j, outer, handle);
  return within_one(j, outer, json_array_get(local, index), local, index + 1, inside, handle);
}

/* ---- loading ---- */

static Status read_all(Buffer *out, RdfReading *reading)
{
  char block[16384];
  size_t count;
  do {
    TRY(rdf_bytes(&count, &reading->bytes, block, sizeof block));
    TRY(buffer_add(out, block, count));
    if (out->count > LARGEST) {
      report(reading->report, SEVERITY_ERROR, reading->name, 0, 0, "JSON of more than 1 GiB");
      return STATUS_LIMIT;
    }
  } while (count > 0);
  return STATUS_OK;
}

Status jsonld_load(json_t **out, RdfReading *reading)
{
  json_error_t error;
  Buffer bytes = BUFFER_EMPTY;
  const Status status = read_all(&bytes, reading);
  Slice text = bytes.bytes ? buffer_as_slice(&bytes) : SLICE("");
  if (slice_starts(text, "\xEF\xBB\xBF")) text = slice_part(text, 3, text.len);
  *out =
      status == STATUS_OK ? json_loadb(text.ptr, text.len, JSON_REJECT_DUPLICATES, &error) : NULL;
  buffer_clear(&bytes);
  TRY(status);
  if (*out) return STATUS_OK;
  report(reading->report, SEVERITY_ERROR, reading->name, error.line > 0 ? (size_t)error.line : 0,
         error.column > 0 ? (size_t)error.column : 0, "%s", error.text);
  return STATUS_INPUT;
}
