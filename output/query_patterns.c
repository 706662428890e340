/* Graph patterns of the SPARQL grammar. Property paths are taken apart as section 18.2.2.4 says:
   sequences become triples over hidden variables, alternatives a UNION, inverses are turned round;
   only what needs a search (* + ?) stays a path. */
#include "query_parser.h"
#include "query_scope.h"

#define MOST_TRIPLES 1000u

#define RDF_NS "http://www.w3.org/1999/02/22-rdf-syntax-ns#"

/* ---- building ---- */

static Status new_pattern(Pattern **out, Parser *parser, PatternKind kind)
{
  *out = arena_array(parser->arena, 1, sizeof **out);
  if (!*out) return STATUS_MEMORY;
  (*out)->kind = kind;
  return STATUS_OK;
}

static Status add_part(Pattern *group, Parser *parser, Pattern *part)
{
  Pattern **const parts =
      parser_push(parser, group->parts, &group->count, &group->capacity, sizeof *parts);
  if (!parts) return STATUS_MEMORY;
  group->parts = parts;
  group->parts[group->count - 1] = part;
  return STATUS_OK;
}

static Status add_new_part(Pattern **out, Pattern *group, Parser *parser, PatternKind kind)
{
  TRY(new_pattern(out, parser, kind));
  return add_part(group, parser, *out);
}

static Status add_triple(Pattern *group, Parser *parser, Triple triple)
{
  Pattern *block = group->count ? group->parts[group->count - 1] : NULL;
  if (!block || block->kind != PATTERN_TRIPLES) {
    TRY(add_new_part(&block, group, parser, PATTERN_TRIPLES));
  }
  if (block->triple_count >= MOST_TRIPLES) {
    return parser_error(parser, "more than %u triple patterns in a row", MOST_TRIPLES);
  }
  Triple *const triples = parser_push(parser, block->triples, &block->triple_count,
                                      &block->triple_capacity, sizeof *triples);
  if (!triples) return STATUS_MEMORY;
  block->triples = triples;
  block->triples[block->triple_count - 1] = triple;
  return STATUS_OK;
}

static Status hidden_node(Node *out, Parser *parser)
{
  out->is_variable = true;
  return parser_hidden(&out->id, parser);
}

static Status rdf_term(TermId *out, Parser *parser, const char *iri)
{
  const QueryTerm term = {TERM_IRI, slice_of(iri), SLICE_NONE, SLICE_NONE};
  return query_intern(out, parser->terms, term);
}

static void new_bgp(Parser *parser)
{
  parser->bgp = ++parser->bgp_count;
}

/* ---- paths ---- */

static Status parse_path(Path **out, Parser *parser);

static Status new_path(Path **out, Parser *parser, PathKind kind)
{
  *out = arena_array(parser->arena, 1, sizeof **out);
  if (!*out) return STATUS_MEMORY;
  (*out)->kind = kind;
  return STATUS_OK;
}

static Status wrap_path(Path **out, Parser *parser, PathKind kind, Path *part)
{
  TRY(new_path(out, parser, kind));
  (*out)->parts = arena_array(parser->arena, 1, sizeof *(*out)->parts);
  if (!(*out)->parts) return STATUS_MEMORY;
  (*out)->parts[(*out)->count++] = part;
  return STATUS_OK;
}

static Status path_add(Path *path, size_t *capacity, Parser *parser, Path *part)
{
  Path **const parts = parser_push(parser, path->parts, &path->count, capacity, sizeof *parts);
  if (!parts) return STATUS_MEMORY;
  path->parts = parts;
  path->parts[path->count - 1] = part;
  return STATUS_OK;
}

static Status path_iri(Path **out, Parser *parser)
{
  TRY(new_path(out, parser, PATH_IRI));
  if (parser->token.kind == TOKEN_WORD && slice_is(parser->token.text, "a")) {
    TRY(parser_advance(parser));
    return rdf_term(&(*out)->iri, parser, RDF_NS "type");
  }
  return parser_iri(&(*out)->iri, parser);
}

static Status path_primary(Path **out, Parser *parser)
{
  if (parser_is_mark(parser, "!")) {
    return parser_refuse(parser, "negated property sets are",
                         "use a variable as property and FILTER(?p NOT IN (…))");
  }
  if (!parser_is_mark(parser, "(")) return path_iri(out, parser);
  TRY(parser_advance(parser));
  TRY(parse_path(out, parser));
  return parser_take_mark(parser, ")");
}

static Status path_element(Path **out, Parser *parser)
{
  static const struct {
    const char *mark;
    PathKind kind;
  } REPEATS[] = {{"*", PATH_ZERO_OR_MORE}, {"+", PATH_ONE_OR_MORE}, {"?", PATH_ZERO_OR_ONE}};
  bool inverse;
  TRY(parser_skip_mark(&inverse, parser, "^"));
  TRY(path_primary(out, parser));
  for (size_t i = 0; i < sizeof REPEATS / sizeof *REPEATS; i++) {
    if (!parser_is_mark(parser, REPEATS[i].mark)) continue;
    TRY(parser_advance(parser));
    TRY(wrap_path(out, parser, REPEATS[i].kind, *out));
    break;
  }
  return inverse ? wrap_path(out, parser, PATH_INVERSE, *out) : STATUS_OK;
}

static Status path_list(Path **out, Parser *parser, const char *mark, PathKind kind,
                        Status (*part)(Path **, Parser *))
{
  TRY(part(out, parser));
  if (!parser_is_mark(parser, mark)) return STATUS_OK;
  Path *list;
  size_t capacity = 0;
  TRY(new_path(&list, parser, kind));
  TRY(path_add(list, &capacity, parser, *out));
  for (bool more = true; more;) {
    TRY(parser_skip_mark(&more, parser, mark));
    if (!more) break;
    TRY(part(out, parser));
    TRY(path_add(list, &capacity, parser, *out));
  }
  *out = list;
  return STATUS_OK;
}

static Status path_sequence(Path **out, Parser *parser)
{
  return path_list(out, parser, "/", PATH_SEQUENCE, path_element);
}

static Status parse_path(Path **out, Parser *parser)
{
  TRY(parser_deeper(parser));
  TRY(path_list(out, parser, "|", PATH_ALTERNATIVE, path_sequence));
  parser->depth--;
  return STATUS_OK;
}

static Status add_path(Pattern *group, Parser *parser, Node subject, Path *path, Node object);

static Status add_sequence(Pattern *group, Parser *parser, Node subject, const Path *path,
                           Node object)
{
  for (size_t i = 0; i < path->count; i++) {
    Node next = object;
    if (i + 1 < path->count) TRY(hidden_node(&next, parser));
    TRY(add_path(group, parser, subject, path->parts[i], next));
    subject = next;
  }
  return STATUS_OK;
}

static Status add_alternatives(Pattern *group, Parser *parser, Node subject, const Path *path,
                               Node object)
{
  Pattern *either, *branch;
  TRY(add_new_part(&either, group, parser, PATTERN_UNION));
  for (size_t i = 0; i < path->count; i++) {
    TRY(add_new_part(&branch, either, parser, PATTERN_GROUP));
    TRY(add_path(branch, parser, subject, path->parts[i], object));
  }
  return STATUS_OK;
}

static Status add_path(Pattern *group, Parser *parser, Node subject, Path *path, Node object)
{
  switch (path->kind) {
  case PATH_IRI:
    return add_triple(group, parser, (Triple){subject, {false, path->iri}, object, NULL});
  case PATH_INVERSE:
    return add_path(group, parser, object, path->parts[0], subject);
  case PATH_SEQUENCE:
    return add_sequence(group, parser, subject, path, object);
  case PATH_ALTERNATIVE:
    return add_alternatives(group, parser, subject, path, object);
  case PATH_ZERO_OR_MORE:
  case PATH_ONE_OR_MORE:
  case PATH_ZERO_OR_ONE:
    break;
  }
  return add_triple(group, parser, (Triple){subject, {false, TERM_ANY}, object, path});
}

/* ---- nodes ---- */

static Status parse_node(Node *out, Pattern *group, Parser *parser);
static Status property_list(Pattern *group, Parser *parser, Node subject);

static Status blank_node(Node *out, Parser *parser)
{
  const Slice name = parser->token.text;
  TRY(parser_advance(parser));
  out->is_variable = true;
  for (size_t i = 0; i < parser->label_count; i++) {
    const Label *const label = &parser->labels[i];
    if (!slice_equal(label->name, name)) continue;
    out->id = label->variable;
    if (label->pattern == parser->bgp) return STATUS_OK;
    return parser_error(parser, "blank node _:%.*s is used in two graph patterns",
                        SLICE_ARGS(name));
  }
  TRY(parser_hidden(&out->id, parser));
  Label *const labels = parser_push(parser, parser->labels, &parser->label_count,
                                    &parser->label_capacity, sizeof *labels);
  if (!labels) return STATUS_MEMORY;
  parser->labels = labels;
  labels[parser->label_count - 1] = (Label){name, out->id, parser->bgp};
  return STATUS_OK;
}

/* [ … ]; *BARE tells whether it was empty. */
static Status blank_properties(Node *out, bool *bare, Pattern *group, Parser *parser)
{
  TRY(parser_deeper(parser));
  TRY(parser_take_mark(parser, "["));
  TRY(hidden_node(out, parser));
  TRY(parser_skip_mark(bare, parser, "]"));
  if (!*bare) {
    TRY(property_list(group, parser, *out));
    TRY(parser_take_mark(parser, "]"));
  }
  parser->depth--;
  return STATUS_OK;
}

/* ( … ): a list of rdf:first and rdf:rest. */
static Status collection(Node *out, Pattern *group, Parser *parser)
{
  Node first = {false, TERM_ANY}, rest = first, end = first, item, next;
  bool done;
  TRY(rdf_term(&first.id, parser, RDF_NS "first"));
  TRY(rdf_term(&rest.id, parser, RDF_NS "rest"));
  TRY(rdf_term(&end.id, parser, RDF_NS "nil"));
  TRY(parser_deeper(parser));
  TRY(parser_take_mark(parser, "("));
  TRY(parser_skip_mark(&done, parser, ")"));
  *out = end;
  if (!done) TRY(hidden_node(out, parser));
  for (Node at = *out; !done; at = next) {
    TRY(parse_node(&item, group, parser));
    TRY(add_triple(group, parser, (Triple){at, first, item, NULL}));
    TRY(parser_skip_mark(&done, parser, ")"));
    next = end;
    if (!done) TRY(hidden_node(&next, parser));
    TRY(add_triple(group, parser, (Triple){at, rest, next, NULL}));
  }
  parser->depth--;
  return STATUS_OK;
}

static bool at_node(const Parser *parser)
{
  return parser->token.kind == TOKEN_VARIABLE || parser->token.kind == TOKEN_BLANK ||
         parser_at_iri(parser) || parser_at_literal(parser) || parser_is_mark(parser, "[") ||
         parser_is_mark(parser, "(");
}

static Status variable_or_term(Node *out, Parser *parser)
{
  if (parser->token.kind == TOKEN_VARIABLE) {
    out->is_variable = true;
    TRY(parser_variable(&out->id, parser, parser->token.text));
    return parser_advance(parser);
  }
  out->is_variable = false;
  if (parser_at_iri(parser)) return parser_iri(&out->id, parser);
  if (parser_at_literal(parser)) return parser_literal(&out->id, parser);
  return parser_expected(parser, "a variable or a term");
}

static Status parse_node(Node *out, Pattern *group, Parser *parser)
{
  bool bare;
  if (parser->token.kind == TOKEN_BLANK) return blank_node(out, parser);
  if (parser_is_mark(parser, "[")) return blank_properties(out, &bare, group, parser);
  if (parser_is_mark(parser, "(")) return collection(out, group, parser);
  return variable_or_term(out, parser);
}

/* ---- triples ---- */

static bool at_verb(const Parser *parser)
{
  return parser->token.kind == TOKEN_VARIABLE || parser_at_iri(parser) ||
         (parser->token.kind == TOKEN_WORD && slice_is(parser->token.text, "a")) ||
         parser_is_mark(parser, "^") || parser_is_mark(parser, "!") || parser_is_mark(parser, "(");
}

static Status object_list(Pattern *group, Parser *parser, Node subject, Node predicate, Path *path)
{
  for (bool more = true; more;) {
    Node object;
    TRY(parse_node(&object, group, parser));
    if (path) {
      TRY(add_path(group, parser, subject, path, object));
    } else {
      TRY(add_triple(group, parser, (Triple){subject, predicate, object, NULL}));
    }
    TRY(parser_skip_mark(&more, parser, ","));
  }
  return STATUS_OK;
}

static Status property(Pattern *group, Parser *parser, Node subject)
{
  Node predicate = {false, TERM_ANY};
  Path *path = NULL;
  if (parser->token.kind == TOKEN_VARIABLE) {
    TRY(variable_or_term(&predicate, parser));
  } else {
    TRY(parse_path(&path, parser));
    if (parser->in_template && path->kind != PATH_IRI) {
      return parser_error(parser, "a property path cannot be constructed");
    }
  }
  return object_list(group, parser, subject, predicate, path);
}

static Status property_list(Pattern *group, Parser *parser, Node subject)
{
  if (!at_verb(parser)) return parser_expected(parser, "a property");
  TRY(property(group, parser, subject));
  for (bool more;;) {
    TRY(parser_skip_mark(&more, parser, ";"));
    if (!more) return STATUS_OK;
    if (at_verb(parser)) TRY(property(group, parser, subject));
  }
}

/* One subject with its properties. Brackets and lists may stand alone. */
static Status same_subject(Pattern *group, Parser *parser)
{
  Node subject;
  bool alone = false, bare = true;
  if (parser_is_mark(parser, "[")) {
    TRY(blank_properties(&subject, &bare, group, parser));
    alone = !bare;
  } else {
    alone = parser_is_mark(parser, "(");
    TRY(parse_node(&subject, group, parser));
    if (alone && !subject.is_variable) alone = false; /* () says nothing alone */
  }
  return alone && !at_verb(parser) ? STATUS_OK : property_list(group, parser, subject);
}

static Status triples_block(Pattern *group, Parser *parser)
{
  for (bool more = true; more && at_node(parser);) {
    TRY(same_subject(group, parser));
    TRY(parser_skip_mark(&more, parser, "."));
  }
  return STATUS_OK;
}

Status parse_template(Parser *parser)
{
  Pattern *group;
  TRY(new_pattern(&group, parser, PATTERN_GROUP));
  TRY(parser_take_mark(parser, "{"));
  parser->in_template = true;
  new_bgp(parser);
  TRY(triples_block(group, parser));
  parser->in_template = false;
  parser->label_count = 0; /* the labels of the pattern are others */
  if (group->count) {
    parser->select->template_ = group->parts[0]->triples;
    parser->select->template_count = group->parts[0]->triple_count;
  }
  return parser_take_mark(parser, "}");
}

/* ---- VALUES ---- */

static Status add_value_variable(Values *values, size_t *capacity, Parser *parser)
{
  if (parser->token.kind != TOKEN_VARIABLE) return parser_expected(parser, "a variable");
  uint32_t variable;
  TRY(parser_variable(&variable, parser, parser->token.text));
  for (size_t i = 0; i < values->variable_count; i++) {
    if (values->variables[i] == variable) return parser_error(parser, "a variable twice in VALUES");
  }
  uint32_t *const variables =
      parser_push(parser, values->variables, &values->variable_count, capacity, sizeof *variables);
  if (!variables) return STATUS_MEMORY;
  values->variables = variables;
  variables[values->variable_count - 1] = variable;
  return parser_advance(parser);
}

typedef struct Cells {
  size_t count, capacity;
} Cells;

static Status add_cell(Values *values, Cells *cells, Parser *parser)
{
  TermId term = TERM_ANY;
  if (parser_at_iri(parser)) {
    TRY(parser_iri(&term, parser));
  } else if (parser_at_literal(parser)) {
    TRY(parser_literal(&term, parser));
  } else {
    TRY(parser_take_word(parser, "UNDEF"));
  }
  TermId *const all =
      parser_push(parser, values->cells, &cells->count, &cells->capacity, sizeof *all);
  if (!all) return STATUS_MEMORY;
  values->cells = all;
  all[cells->count - 1] = term;
  return STATUS_OK;
}

static Status value_row(Values *values, Cells *cells, Parser *parser, bool bracketed)
{
  values->row_count++;
  if (!bracketed) return add_cell(values, cells, parser);
  TRY(parser_take_mark(parser, "("));
  size_t count = 0;
  for (; !parser_is_mark(parser, ")"); count++) {
    if (count == values->variable_count) return parser_error(parser, "too many values in a row");
    TRY(add_cell(values, cells, parser));
  }
  if (count < values->variable_count) return parser_error(parser, "too few values in a row");
  return parser_advance(parser);
}

Status parse_values(Values **out, Parser *parser)
{
  Values *const values = *out = arena_array(parser->arena, 1, sizeof *values);
  if (!values) return STATUS_MEMORY;
  size_t capacity = 0;
  Cells cells = {0, 0};
  bool bracketed;
  TRY(parser_skip_mark(&bracketed, parser, "("));
  if (bracketed) {
    while (!parser_is_mark(parser, ")")) TRY(add_value_variable(values, &capacity, parser));
    TRY(parser_advance(parser));
  } else {
    TRY(add_value_variable(values, &capacity, parser));
  }
  TRY(parser_take_mark(parser, "{"));
  while (!parser_is_mark(parser, "}")) TRY(value_row(values, &cells, parser, bracketed));
  return parser_advance(parser);
}

/* ---- groups ---- */

static Status group_part(Pattern *group, Parser *parser, PatternKind kind)
{
  Pattern *part, *inner;
  TRY(add_new_part(&part, group, parser, kind));
  TRY(parser_advance(parser));
  if (kind == PATTERN_GRAPH) {
    if (parser->token.kind == TOKEN_VARIABLE || parser_at_iri(parser)) {
      TRY(variable_or_term(&part->graph, parser));
    } else {
      return parser_expected(parser, "a variable or an IRI");
    }
  }
  TRY(parse_group(&inner, parser));
  return add_part(part, parser, inner);
}

static Status group_or_union(Pattern *group, Parser *parser)
{
  Pattern *inner;
  TRY(parse_group(&inner, parser));
  if (!parser_is_word(parser, "UNION")) return add_part(group, parser, inner);
  Pattern *either;
  TRY(add_new_part(&either, group, parser, PATTERN_UNION));
  TRY(add_part(either, parser, inner));
  for (bool more;;) {
    TRY(parser_skip_word(&more, parser, "UNION"));
    if (!more) return STATUS_OK;
    TRY(parse_group(&inner, parser));
    TRY(add_part(either, parser, inner));
  }
}

static Status filter(Pattern *group, Parser *parser)
{
  Pattern *part;
  TRY(parser_advance(parser));
  TRY(new_pattern(&part, parser, PATTERN_FILTER));
  TRY(parse_constraint(&part->expr, parser));
  return add_part(group, parser, part);
}

static Status bind(Pattern *group, Parser *parser)
{
  Pattern *part;
  TRY(parser_advance(parser));
  TRY(new_pattern(&part, parser, PATTERN_BIND));
  TRY(parser_take_mark(parser, "("));
  TRY(parse_expression(&part->expr, parser));
  TRY(parser_take_word(parser, "AS"));
  if (parser->token.kind != TOKEN_VARIABLE) return parser_expected(parser, "a variable");
  TRY(parser_variable(&part->variable, parser, parser->token.text));
  VariableSet before = {{0}};
  scope_possible(&before, group, parser->select);
  if (set_has(&before, part->variable)) {
    return parser_error(parser, "?%.*s after AS has a value already; take another name",
                        SLICE_ARGS(parser->token.text));
  }
  TRY(parser_advance(parser));
  TRY(add_part(group, parser, part));
  return parser_take_mark(parser, ")");
}

static Status values_part(Pattern *group, Parser *parser)
{
  Pattern *part;
  TRY(parser_advance(parser));
  TRY(add_new_part(&part, group, parser, PATTERN_VALUES));
  return parse_values(&part->values, parser);
}

/* What is not triples. *FOUND is false if the cursor is on none of it. */
static Status other_part(bool *found, Pattern *group, Parser *parser)
{
  static const struct {
    const char *word;
    PatternKind kind;
  } PARTS[] = {{"OPTIONAL", PATTERN_OPTIONAL}, {"MINUS", PATTERN_MINUS}, {"GRAPH", PATTERN_GRAPH}};
  *found = true;
  for (size_t i = 0; i < sizeof PARTS / sizeof *PARTS; i++) {
    if (parser_is_word(parser, PARTS[i].word)) return group_part(group, parser, PARTS[i].kind);
  }
  if (parser_is_word(parser, "BIND")) return bind(group, parser);
  if (parser_is_word(parser, "VALUES")) return values_part(group, parser);
  if (parser_is_mark(parser, "{")) return group_or_union(group, parser);
  if (parser_is_word(parser, "SERVICE")) {
    return parser_refuse(parser, "SERVICE is", "give the other graph as a file");
  }
  *found = false;
  return STATUS_OK;
}

static Status group_body(Pattern *group, Parser *parser)
{
  new_bgp(parser);
  while (!parser_is_mark(parser, "}")) {
    bool found, dot;
    if (parser_is_word(parser, "FILTER")) {
      TRY(filter(group, parser));
      found = true;
    } else {
      TRY(other_part(&found, group, parser));
      if (found) new_bgp(parser);
    }
    if (found) {
      TRY(parser_skip_mark(&dot, parser, "."));
    } else if (at_node(parser)) {
      TRY(triples_block(group, parser));
      if (at_node(parser)) return parser_expected(parser, "'.'");
    } else {
      return parser_expected(parser, "a graph pattern or '}'");
    }
  }
  return STATUS_OK;
}

/* A sub-select has variables of its own. */
static Status sub_select(Pattern *group, Parser *parser)
{
  Pattern *part;
  TRY(add_new_part(&part, group, parser, PATTERN_SELECT));
  part->select = arena_array(parser->arena, 1, sizeof *part->select);
  if (!part->select) return STATUS_MEMORY;
  Select *const outer = parser->select;
  const bool allowed = parser->aggregates_allowed;
  parser->select = part->select;
  parser->aggregates_allowed = false;
  TRY(parse_form(parser, part->select));
  parser->aggregates_allowed = allowed;
  parser->select = outer;
  for (size_t i = 0; i < part->select->item_count; i++) {
    const uint32_t inner = part->select->items[i].variable;
    uint32_t index;
    TRY(parser_variable(&index, parser, part->select->variables.names[inner]));
  }
  return STATUS_OK;
}

Status parse_group(Pattern **out, Parser *parser)
{
  TRY(parser_deeper(parser));
  TRY(new_pattern(out, parser, PATTERN_GROUP));
  TRY(parser_take_mark(parser, "{"));
  if (parser_is_word(parser, "SELECT")) {
    TRY(sub_select(*out, parser));
    new_bgp(parser);
  } else {
    TRY(group_body(*out, parser));
  }
  TRY(parser_take_mark(parser, "}"));
  new_bgp(parser);
  parser->depth--;
  return STATUS_OK;
}
