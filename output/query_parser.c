/* Recursive descent over the grammar of SPARQL 1.1 (section 19.8): this file holds the cursor,
   names and terms, and the query around its patterns. What is legal but not done is refused here,
   where the line is known. */
#include "query_parser.h"

#include "graph/unicode.h"

#include <stdarg.h>
#include <stdio.h>

/* ---- messages ---- */

static void place(size_t *line, size_t *column, Slice text, size_t offset)
{
  size_t start = 0;
  *line = 1;
  for (size_t i = 0; i < offset && i < text.len; i++) {
    if (text.ptr[i] != '\n') continue;
    ++*line;
    start = i + 1;
  }
  *column = utf8_count(slice_part(text, start, offset)) + 1;
}

Status parser_error(const Parser *parser, const char *format, ...)
{
  char message[512];
  va_list args;
  va_start(args, format);
  vsnprintf(message, sizeof message, format, args);
  va_end(args);
  size_t line, column;
  place(&line, &column, parser->text, parser->token.start);
  report(parser->report, SEVERITY_ERROR, "query", line, column, "%s", message);
  return STATUS_QUERY;
}

Status parser_expected(const Parser *parser, const char *what)
{
  const LexToken *const token = &parser->token;
  if (token->kind == TOKEN_BAD) return parser_error(parser, "%.*s", SLICE_ARGS(token->text));
  if (token->kind == TOKEN_END)
    return parser_error(parser, "the query ends where %s should be", what);
  Slice here = slice_part(parser->text, token->start, token->end);
  if (here.len > 40) here.len = 40;
  return parser_error(parser, "expected %s, not '%.*s'", what, SLICE_ARGS(here));
}

Status parser_refuse(const Parser *parser, const char *what, const char *instead)
{
  return parser_error(parser, "%s not supported; %s", what, instead);
}

/* ---- the cursor ---- */

Status parser_advance(Parser *parser)
{
  TRY(lex_next(&parser->token, parser->text, parser->token.end, parser->arena));
  return parser->token.kind == TOKEN_BAD ? parser_expected(parser, "a token") : STATUS_OK;
}

bool parser_is_mark(const Parser *parser, const char *mark)
{
  return parser->token.kind == TOKEN_MARK && slice_is(parser->token.text, mark);
}

static char upper(char c)
{
  return c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
}

bool parser_is_word(const Parser *parser, const char *word)
{
  const Slice text = parser->token.text;
  if (parser->token.kind != TOKEN_WORD || strlen(word) != text.len) return false;
  for (size_t i = 0; i < text.len; i++) {
    if (upper(text.ptr[i]) != word[i]) return false;
  }
  return true;
}

Status parser_skip_mark(bool *found, Parser *parser, const char *mark)
{
  *found = parser_is_mark(parser, mark);
  return *found ? parser_advance(parser) : STATUS_OK;
}

Status parser_skip_word(bool *found, Parser *parser, const char *word)
{
  *found = parser_is_word(parser, word);
  return *found ? parser_advance(parser) : STATUS_OK;
}

Status parser_take_mark(Parser *parser, const char *mark)
{
  char what[16];
  snprintf(what, sizeof what, "'%s'", mark);
  return parser_is_mark(parser, mark) ? parser_advance(parser) : parser_expected(parser, what);
}

Status parser_take_word(Parser *parser, const char *word)
{
  return parser_is_word(parser, word) ? parser_advance(parser) : parser_expected(parser, word);
}

Status parser_deeper(Parser *parser)
{
  if (++parser->depth <= MOST_DEPTH) return STATUS_OK;
  return parser_error(parser, "nested more than %u deep", MOST_DEPTH);
}

void *parser_push(Parser *parser, void *items, size_t *count, size_t *capacity, size_t size)
{
  void *const moved = arena_grow(parser->arena, items, capacity, *count, 1, size);
  if (!moved) return NULL;
  memset((char *)moved + *count * size, 0, size);
  ++*count;
  return moved;
}

/* ---- names ---- */

static Status add_variable(uint32_t *out, Parser *parser, Slice name)
{
  Variables *const all = &parser->select->variables;
  if (all->count >= MOST_VARIABLES - 1) {
    return parser_error(parser, "more than %u variables and blank nodes", MOST_VARIABLES - 1);
  }
  Slice *const names = parser_push(parser, all->names, &all->count, &all->capacity, sizeof *names);
  if (!names) return STATUS_MEMORY;
  all->names = names;
  *out = (uint32_t)all->count - 1;
  all->names[*out] = name;
  return STATUS_OK;
}

Status parser_variable(uint32_t *out, Parser *parser, Slice name)
{
  const Variables *const all = &parser->select->variables;
  for (size_t i = 0; i < all->count; i++) {
    *out = (uint32_t)i;
    if (slice_equal(all->names[i], name)) return STATUS_OK;
  }
  return add_variable(out, parser, name);
}

Status parser_hidden(uint32_t *out, Parser *parser)
{
  return add_variable(out, parser, parser->in_template ? TEMPLATE_BLANK : SLICE_NONE);
}

/* The last declaration of a prefix holds. */
static Status expand(Slice *out, Parser *parser, Slice prefix, Slice local)
{
  const Query *const query = parser->query;
  for (size_t i = query->prefix_count; i-- > 0;) {
    if (!slice_equal(query->prefixes[i].name, prefix)) continue;
    const Slice iri = query->prefixes[i].iri;
    char *const text = arena_alloc(parser->arena, iri.len + local.len + 1);
    if (!text) return STATUS_MEMORY;
    memcpy(text, iri.ptr, iri.len);
    memcpy(text + iri.len, local.ptr, local.len);
    *out = (Slice){text, iri.len + local.len};
    return STATUS_OK;
  }
  return parser_error(parser, "prefix '%.*s:' is not declared", SLICE_ARGS(prefix));
}

static bool has_scheme(Slice iri)
{
  for (size_t i = 0; i < iri.len; i++) {
    const char c = iri.ptr[i];
    if (c == ':') return i > 0;
    if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
          (i > 0 && ((c >= '0' && c <= '9') || c == '+' || c == '-' || c == '.')))) {
      return false;
    }
  }
  return false;
}

/* Relative references: only what needs no path algebra is resolved. */
static Status absolute(Slice *out, Parser *parser, Slice iri)
{
  *out = iri;
  if (has_scheme(iri)) return STATUS_OK;
  return parser_refuse(parser, "relative IRIs are", "write the IRI in full or use a prefix");
}

bool parser_at_iri(const Parser *parser)
{
  return parser->token.kind == TOKEN_IRI || parser->token.kind == TOKEN_NAME;
}

static Status intern_iri(TermId *out, Parser *parser, Slice iri)
{
  return query_intern(out, parser->terms, (QueryTerm){TERM_IRI, iri, SLICE_NONE, SLICE_NONE});
}

static Status iri_text(Slice *out, Parser *parser)
{
  const LexToken token = parser->token;
  if (token.kind == TOKEN_IRI) {
    TRY(absolute(out, parser, token.text));
  } else if (token.kind == TOKEN_NAME) {
    TRY(expand(out, parser, token.prefix, token.text));
  } else {
    return parser_expected(parser, "an IRI");
  }
  return parser_advance(parser);
}

Status parser_iri(TermId *out, Parser *parser)
{
  Slice iri;
  TRY(iri_text(&iri, parser));
  return intern_iri(out, parser, iri);
}

/* ---- literals ---- */

static bool at_number(const Parser *parser)
{
  const TokenKind kind = parser->token.kind;
  return kind == TOKEN_INTEGER || kind == TOKEN_DECIMAL || kind == TOKEN_DOUBLE;
}

static bool at_sign(const Parser *parser)
{
  if (!parser_is_mark(parser, "+") && !parser_is_mark(parser, "-")) return false;
  const size_t next = parser->token.end;
  if (next >= parser->text.len) return false;
  const char c = parser->text.ptr[next];
  return (c >= '0' && c <= '9') || c == '.';
}

bool parser_at_literal(const Parser *parser)
{
  return parser->token.kind == TOKEN_STRING || at_number(parser) || at_sign(parser) ||
         (parser->token.kind == TOKEN_WORD &&
          (slice_is(parser->token.text, "true") || slice_is(parser->token.text, "false")));
}

static Status intern_typed(TermId *out, Parser *parser, Slice text, const char *type)
{
  const QueryTerm term = {TERM_LITERAL, text, slice_of(type), SLICE_NONE};
  return query_intern(out, parser->terms, term);
}

static Status number(TermId *out, Parser *parser)
{
  const size_t start = parser->token.start;
  if (at_sign(parser)) TRY(parser_advance(parser));
  if (!at_number(parser)) return parser_expected(parser, "a number");
  const LexToken token = parser->token;
  const char *const type = token.kind == TOKEN_INTEGER   ? XSD "integer"
                           : token.kind == TOKEN_DECIMAL ? XSD "decimal"
                                                         : XSD "double";
  TRY(parser_advance(parser));
  return intern_typed(out, parser, slice_part(parser->text, start, token.end), type);
}

static Status string(TermId *out, Parser *parser)
{
  QueryTerm term = {TERM_LITERAL, parser->token.text, SLICE_NONE, SLICE_NONE};
  TRY(parser_advance(parser));
  if (parser->token.kind == TOKEN_LANGUAGE) {
    term.language = parser->token.text;
    TRY(parser_advance(parser));
  } else if (parser_is_mark(parser, "^^")) {
    TRY(parser_advance(parser));
    TRY(iri_text(&term.datatype, parser));
  }
  return query_intern(out, parser->terms, term);
}

Status parser_literal(TermId *out, Parser *parser)
{
  if (parser->token.kind == TOKEN_STRING) return string(out, parser);
  if (parser->token.kind != TOKEN_WORD) return number(out, parser);
  const Slice text = parser->token.text;
  TRY(parser_advance(parser));
  return intern_typed(out, parser, text, XSD "boolean");
}

/* ---- prologue ---- */

static const Prefix KNOWN[] = {
    {{"ent", 3}, {"https://w3id.org/entente#", 25}},
    {{"id", 2}, {"https://w3id.org/entente/id/", 28}},
    {{"schema", 6}, {"http://schema.org/", 18}},
    {{"rdf", 3}, {"http://www.w3.org/1999/02/22-rdf-syntax-ns#", 43}},
    {{"rdfs", 4}, {"http://www.w3.org/2000/01/rdf-schema#", 37}},
    {{"owl", 3}, {"http://www.w3.org/2002/07/owl#", 30}},
    {{"xsd", 3}, {"http://www.w3.org/2001/XMLSchema#", 33}},
    {{"skos", 4}, {"http://www.w3.org/2004/02/skos/core#", 36}},
    {{"foaf", 4}, {"http://xmlns.com/foaf/0.1/", 26}},
    {{"org", 3}, {"http://www.w3.org/ns/org#", 25}},
    {{"prov", 4}, {"http://www.w3.org/ns/prov#", 26}},
    {{"sem", 3}, {"http://semanticweb.cs.vu.nl/2009/11/sem/", 40}},
    {{"oa", 2}, {"http://www.w3.org/ns/oa#", 24}},
};

static Status add_prefix(Parser *parser, Prefix prefix)
{
  Query *const query = parser->query;
  Prefix *const prefixes = parser_push(parser, query->prefixes, &query->prefix_count,
                                       &query->prefix_capacity, sizeof *prefixes);
  if (!prefixes) return STATUS_MEMORY;
  query->prefixes = prefixes;
  query->prefixes[query->prefix_count - 1] = prefix;
  return STATUS_OK;
}

static Status declare_prefix(Parser *parser)
{
  TRY(parser_advance(parser));
  const LexToken name = parser->token;
  if (name.kind != TOKEN_NAME || name.text.len) {
    return parser_expected(parser, "a prefix that ends in ':'");
  }
  TRY(parser_advance(parser));
  if (parser->token.kind != TOKEN_IRI) return parser_expected(parser, "an IRI in '<>'");
  Prefix prefix = {name.prefix, SLICE_NONE};
  TRY(absolute(&prefix.iri, parser, parser->token.text));
  TRY(add_prefix(parser, prefix));
  return parser_advance(parser);
}

static Status declare_base(Parser *parser)
{
  TRY(parser_advance(parser));
  if (parser->token.kind != TOKEN_IRI) return parser_expected(parser, "an IRI in '<>'");
  TRY(absolute(&parser->base, parser, parser->token.text));
  return parser_advance(parser);
}

static Status prologue(Parser *parser)
{
  for (;;) {
    if (parser_is_word(parser, "PREFIX")) {
      TRY(declare_prefix(parser));
    } else if (parser_is_word(parser, "BASE")) {
      TRY(declare_base(parser));
    } else {
      return STATUS_OK;
    }
  }
}

static Status refuse_update(const Parser *parser)
{
  static const char *const WORDS[] = {"INSERT", "DELETE", "LOAD", "CLEAR", "CREATE",
                                      "DROP",   "COPY",   "MOVE", "ADD",   "WITH"};
  for (size_t i = 0; i < sizeof WORDS / sizeof *WORDS; i++) {
    if (parser_is_word(parser, WORDS[i])) {
      return parser_refuse(parser, "updates are", "build the graph anew, or use CONSTRUCT");
    }
  }
  return parser_expected(parser, "SELECT, ASK, CONSTRUCT or DESCRIBE");
}

static Status parse_whole(Parser *parser, Select *select)
{
  TRY(parser_advance(parser));
  TRY(prologue(parser));
  static const char *const FORMS[] = {"SELECT", "ASK", "CONSTRUCT", "DESCRIBE"};
  size_t form = 0;
  while (form < 4 && !parser_is_word(parser, FORMS[form])) form++;
  if (form == 4) return refuse_update(parser);
  select->form = (QueryForm)form;
  TRY(parse_form(parser, select));
  if (parser_is_mark(parser, ";")) return refuse_update(parser);
  return parser->token.kind == TOKEN_END ? STATUS_OK : parser_expected(parser, "the end");
}

Status query_parse(Query *out, Slice text, QueryTerms *terms, Arena *arena, const Report *report)
{
  *out = (Query){NULL, NULL, 0, 0};
  Parser parser = {.text = text, .terms = terms, .arena = arena, .report = report, .query = out};
  const size_t bad = utf8_check(text);
  if (bad < text.len) {
    parser.token.start = bad;
    return parser_error(&parser, "not well-formed UTF-8");
  }
  for (size_t i = 0; i < sizeof KNOWN / sizeof *KNOWN; i++) TRY(add_prefix(&parser, KNOWN[i]));
  out->select = arena_array(arena, 1, sizeof *out->select);
  if (!out->select) return STATUS_MEMORY;
  parser.select = out->select;
  return parse_whole(&parser, out->select);
}
