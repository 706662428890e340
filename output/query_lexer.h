/* The tokens of SPARQL 1.1 (section 19.8 of the Recommendation). */
#ifndef ENTENTE_QUERY_LEXER_H
#define ENTENTE_QUERY_LEXER_H

#include "graph/arena.h"
#include "graph/slice.h"
#include "graph/status.h"

typedef enum TokenKind {
  TOKEN_END,
  TOKEN_BAD,      /* text is what is wrong, in words */
  TOKEN_IRI,      /* text without <>, escapes undone */
  TOKEN_NAME,     /* prefixed: prefix and local part, escapes undone */
  TOKEN_BLANK,    /* label */
  TOKEN_VARIABLE, /* name without ? or $ */
  TOKEN_LANGUAGE, /* tag without @ */
  TOKEN_INTEGER,
  TOKEN_DECIMAL,
  TOKEN_DOUBLE,
  TOKEN_STRING, /* text, escapes undone */
  TOKEN_WORD,   /* keyword, "a" or function */
  TOKEN_MARK    /* punctuation: text */
} TokenKind;

typedef struct LexToken {
  TokenKind kind;
  Slice text, prefix;
  size_t start, end; /* bytes of the query */
} LexToken;

/* Read the token at or after AT. Undone escapes are put in ARENA. */
Status lex_next(LexToken *out, Slice text, size_t at, Arena *arena);

#endif
