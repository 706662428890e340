/* RDF/JSON (W3C note of 2013): subjects, their predicates, arrays of value objects. (raptor's
   reader leaks where keys are doubled, and does not say the line.) */
#include "input/rdf_jsonld.h"

#include "graph/legal.h"
#include "input/rdf_iri.h"

static Status take_iri(TermId *out, JsonReader *j, Slice text)
{
  Buffer iri = BUFFER_EMPTY;
  Status status = iri_resolve(&iri, j->reading->base, text);
  const char *const reason = illegal_iri(buffer_as_slice(&iri));
  if (status == STATUS_OK) {
    status = reason ? jsonld_fail(j, reason) : rdf_iri(out, j->reading, buffer_as_slice(&iri));
  }
  buffer_clear(&iri);
  return status;
}

static Status take_node(TermId *out, JsonReader *j, Slice text)
{
  if (!slice_starts(text, "_:")) return take_iri(out, j, text);
  const Slice label = slice_part(text, 2, text.len);
  return legal_blank_label(label) ? rdf_blank(out, j->reading, label)
                                  : jsonld_fail(j, "not a blank node label");
}

static Status take_literal(TermId *out, JsonReader *j, const json_t *object, Slice value)
{
  const Slice language = jsonld_text(json_object_get(object, "lang"));
  const Slice datatype = jsonld_text(json_object_get(object, "datatype"));
  const char *reason = illegal_text(value);
  if (!reason && language.len) reason = illegal_language(language);
  if (!reason && datatype.len) reason = illegal_iri(datatype);
  if (!reason && datatype.len && language.len) reason = "a literal with language and datatype";
  return reason ? jsonld_fail(j, reason) : rdf_literal(out, j->reading, value, datatype, language);
}

static Status take_object(TermId *out, JsonReader *j, const json_t *object)
{
  const json_t *const value = json_object_get(object, "value");
  const Slice type = jsonld_text(json_object_get(object, "type"));
  if (!json_is_string(value)) return jsonld_fail(j, "a value object without a value");
  if (slice_is(type, "literal")) return take_literal(out, j, object, jsonld_text(value));
  if (slice_is(type, "uri")) return take_iri(out, j, jsonld_text(value));
  if (slice_is(type, "bnode")) return take_node(out, j, jsonld_text(value));
  return jsonld_fail(j, "a value that is not literal, uri or bnode");
}

static Status take_objects(JsonReader *j, TermId subject, TermId predicate, const json_t *objects)
{
  if (!json_is_array(objects)) return jsonld_fail(j, "an array of values expected");
  for (size_t i = 0; i < json_array_size(objects); i++) {
    TermId object;
    TRY(take_object(&object, j, json_array_get(objects, i)));
    TRY(graph_add(j->reading->graph, (Quad){subject, predicate, object, TERM_ANY}));
  }
  return STATUS_OK;
}

static Status take_predicates(JsonReader *j, TermId subject, json_t *predicates)
{
  if (!json_is_object(predicates)) return jsonld_fail(j, "an object of predicates expected");
  for (void *at = json_object_iter(predicates); at; at = json_object_iter_next(predicates, at)) {
    TermId predicate;
    TRY(take_iri(&predicate, j, slice_of(json_object_iter_key(at))));
    TRY(take_objects(j, subject, predicate, json_object_iter_value(at)));
  }
  return STATUS_OK;
}

static Status take_subjects(JsonReader *j, json_t *root)
{
  if (!json_is_object(root)) return jsonld_fail(j, "an object of subjects expected");
  for (void *at = json_object_iter(root); at; at = json_object_iter_next(root, at)) {
    TermId subject;
    TRY(take_node(&subject, j, slice_of(json_object_iter_key(at))));
    TRY(take_predicates(j, subject, json_object_iter_value(at)));
  }
  return STATUS_OK;
}

Status rdf_read_json(RdfReading *reading)
{
  JsonReader j = {.reading = reading};
  json_t *root;
  TRY(jsonld_load(&root, reading));
  const Status status = take_subjects(&j, root);
  json_decref(root);
  if (status == STATUS_INPUT) {
    report(reading->report, SEVERITY_ERROR, reading->name, 0, 0, "%s", j.error);
  }
  return status;
}
