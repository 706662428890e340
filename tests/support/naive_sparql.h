/* SPARQL answered straight from the definitions of section 18 of the Recommendation, by trying
   everything: slow, for small graphs, and sharing no code with the engine it is compared with. Also
   makes random graphs and queries, and writes queries as text. */
#ifndef ENTENTE_TESTS_NAIVE_SPARQL_H
#define ENTENTE_TESTS_NAIVE_SPARQL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define NV 6       /* variables ?a to ?f */
#define NO_TERM -1 /* unbound; an error */
#define ALL_GRAPHS -1

typedef enum { N_IRI, N_STRING, N_LANGUAGE, N_INTEGER, N_DECIMAL, N_BOOLEAN } NKind;

typedef struct NTerm {
  NKind kind;
  char text[64];
  char language[8];
} NTerm;

int n_term(NKind kind, const char *text, const char *language); /* interned */
const NTerm *n_term_at(int id);
void n_term_tsv(char *out, size_t size, int id); /* as in SPARQL's TSV and in Turtle */

typedef struct NQuad {
  int s, p, o, g; /* g is NO_TERM in the default graph */
} NQuad;

typedef struct NData {
  NQuad quads[64];
  size_t count;
} NData;

/* A term, or -2 - v for variable v. */
typedef int NNode;
#define N_VARIABLE(V) (-2 - (V))

typedef enum {
  X_TERM,
  X_VARIABLE,
  X_AND,
  X_OR,
  X_NOT,
  X_EQ,
  X_NE,
  X_LT,
  X_GT,
  X_LE,
  X_GE,
  X_IN,
  X_NOT_IN,
  X_ADD,
  X_SUB,
  X_MUL,
  X_BOUND,
  X_ISIRI,
  X_ISLITERAL,
  X_ISNUMERIC,
  X_STR,
  X_LANG,
  X_DATATYPE,
  X_SAMETERM,
  X_COALESCE,
  X_IF,
  X_STRLEN,
  X_CONTAINS,
  X_CONCAT,
  X_EXISTS,
  X_NOT_EXISTS,
  X_COUNT_STAR,
  X_COUNT,
  X_SUM,
  X_MIN,
  X_MAX,
  X_SAMPLE,
  X_GROUP_CONCAT
} XKind;

typedef struct NGroup NGroup;
typedef struct NExpr NExpr;
struct NExpr {
  XKind kind;
  int term, variable;
  bool distinct;
  NExpr *args[3];
  size_t count;
  NGroup *pattern;
};

typedef enum {
  E_TRIPLES,
  E_PATH,
  E_OPTIONAL,
  E_MINUS,
  E_UNION,
  E_GROUP,
  E_GRAPH,
  E_FILTER,
  E_BIND,
  E_VALUES,
  E_SELECT
} EKind;

typedef enum { P_IRI, P_INVERSE, P_SEQUENCE, P_ALTERNATIVE, P_STAR, P_PLUS, P_MAYBE } PKind;

typedef struct NPath NPath;
struct NPath {
  PKind kind;
  int iri;
  NPath *parts[2];
};

typedef struct NSelect NSelect;
typedef struct NElement {
  EKind kind;
  NNode triples[3][3];
  size_t triple_count;
  NPath *path; /* E_PATH: from triples[0][0] to triples[0][2] */
  NGroup *groups[2];
  size_t group_count;
  NNode graph;
  NExpr *expr;
  int variable;
  int values[3][2]; /* of ?variable and, if wide, ?second; NO_TERM is UNDEF */
  size_t value_count;
  bool wide;
  int second;
  NSelect *select;
} NElement;

struct NGroup {
  NElement elements[4];
  size_t count;
};

typedef struct NItem {
  int variable;
  NExpr *expr; /* NULL: the variable itself */
} NItem;

struct NSelect {
  bool distinct, ask, grouped;
  NItem items[4];
  size_t item_count;
  NGroup *where;
  NItem keys[2];
  size_t key_count;
  NExpr *having;
  int order[2]; /* variables */
  bool descending[2];
  size_t order_count;
  int limit, offset; /* -1: none */
};

typedef struct NRow {
  int terms[NV];
} NRow;

typedef struct NRows {
  NRow *rows;
  size_t count, capacity;
  bool too_many, undefined; /* given up; the Recommendation leaves it open */
} NRows;

/* All rows before OFFSET and LIMIT, projected, sorted by ORDER BY if there is one. */
NRows n_select(const NData *data, const NSelect *select);
int n_order(int a, int b); /* of terms, by ORDER BY; 0 also where it is left open */
void n_rows_free(NRows *rows);

/* Random things, from one seed; what they hold lives until n_random_free. */
void n_random_data(NData *out, uint64_t *random);
NSelect *n_random_select(uint64_t *random);
void n_write_select(char *out, size_t size, const NSelect *select);
void n_random_free(void);

#endif
