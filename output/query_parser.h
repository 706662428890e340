/* What the two halves of the SPARQL parser share: the token under the cursor, names and messages.
 */
#ifndef ENTENTE_QUERY_PARSER_H
#define ENTENTE_QUERY_PARSER_H

#include "output/query_ast.h"
#include "output/query_lexer.h"

#define MOST_DEPTH 100u /* of nesting: groups, brackets, expressions */

/* A blank node label and where it was used: it may not be used in two basic graph patterns. */
typedef struct Label {
  Slice name;
  uint32_t variable;
  size_t pattern;
} Label;

typedef struct Parser {
  Slice text;
  LexToken token; /* under the cursor */
  QueryTerms *terms;
  Arena *arena;
  const Report *report;
  Query *query;
  Select *select; /* the one being parsed */
  size_t depth;
  size_t bgp; /* number of the basic graph pattern under the cursor */
  size_t bgp_count;
  bool in_aggregate; /* aggregates do not nest */
  bool aggregates_allowed;
  bool in_template; /* of CONSTRUCT: blank nodes are no variables there */
  Slice base;
  Label *labels;
  size_t label_count, label_capacity;
} Parser;

/* Report FORMAT at the token under the cursor; always STATUS_QUERY. */
Status parser_error(const Parser *parser, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* "expected WHAT" at the cursor. */
Status parser_expected(const Parser *parser, const char *what);

/* Refuse WHAT, at the cursor, and say what to do INSTEAD. */
Status parser_refuse(const Parser *parser, const char *what, const char *instead);

Status parser_advance(Parser *parser);
bool parser_is_mark(const Parser *parser, const char *mark);
bool parser_is_word(const Parser *parser, const char *word); /* in any case */
Status parser_take_mark(Parser *parser, const char *mark);   /* or an error */
Status parser_take_word(Parser *parser, const char *word);

/* If the cursor is on MARK or WORD, go over it and set *FOUND. */
Status parser_skip_mark(bool *found, Parser *parser, const char *mark);
Status parser_skip_word(bool *found, Parser *parser, const char *word);

/* Enter one more level of nesting; undone by parser->depth--. */
Status parser_deeper(Parser *parser);

/* Room for one more element, and it is counted. NULL if memory is short. */
void *parser_push(Parser *parser, void *items, size_t *count, size_t *capacity, size_t size);

Status parser_variable(uint32_t *out, Parser *parser, Slice name); /* by name, made if new */
Status parser_hidden(uint32_t *out, Parser *parser); /* for a blank node of a pattern or template */

/* An IRI or prefixed name at the cursor. */
Status parser_iri(TermId *out, Parser *parser);
bool parser_at_iri(const Parser *parser);

/* A literal at the cursor, a sign before a number included. */
Status parser_literal(TermId *out, Parser *parser);
bool parser_at_literal(const Parser *parser);

/* query_form.c: from the word after the form (SELECT …) to the end of the query. */
Status parse_form(Parser *parser, Select *select);

/* query_patterns.c: a group in braces; the template of CONSTRUCT. */
Status parse_group(Pattern **out, Parser *parser);
Status parse_template(Parser *parser);
Status parse_values(Values **out, Parser *parser); /* after the word VALUES */

#define TEMPLATE_BLANK SLICE("[]") /* name of a variable that stands for a new blank node */

/* query_expression.c. A constraint is what FILTER and HAVING take: (…), a call, EXISTS. */
Status parse_expression(Expr **out, Parser *parser);
Status parse_constraint(Expr **out, Parser *parser);
Status parser_expr(Expr **out, Parser *parser, ExprKind kind, size_t args);
bool parser_at_call(const Parser *parser); /* does a word or IRI start a call here? */

#endif
