/* Which variables a pattern can bind, and which it always binds (section 18.2.1: in scope). */
#ifndef ENTENTE_QUERY_SCOPE_H
#define ENTENTE_QUERY_SCOPE_H

#include "output/query_ast.h"

/* Add what solutions of PATTERN may bind. OUTER is the SELECT that PATTERN stands in. */
void scope_possible(VariableSet *set, const Pattern *pattern, const Select *outer);

/* Add what every solution of PATTERN binds. */
void scope_certain(VariableSet *set, const Pattern *pattern, const Select *outer);

/* Add what an expression mentions, the inside of EXISTS included. */
void scope_mentioned(VariableSet *set, const Expr *expr, const Select *outer);

/* Add all variables inside PATTERN, in scope or not. */
void scope_mentioned_in(VariableSet *set, const Pattern *pattern, const Select *outer);

bool scope_has_exists(const Expr *expr);

/* Must GRAPH with the name GRAPH be answered graph by graph, the name joined afterwards? So if
   something inside could see the name before. */
bool scope_needs_each_graph(const Pattern *group, Node graph, const Select *outer);

/* The variable of OUTER that has the name of item ITEM of the sub-select INNER. */
uint32_t scope_outer(const Select *outer, const Select *inner, size_t item);

/* Row by row: may PATTERN, a group, be answered starting from rows that bind some of SHARED, and
   give what joining those rows with its own answers gives? */
bool scope_can_start_from(const Pattern *pattern, const VariableSet *shared, const Select *outer);

static inline void set_unite(VariableSet *set, const VariableSet *other)
{
  for (size_t i = 0; i < MOST_VARIABLES / 64; i++) set->bits[i] |= other->bits[i];
}

static inline void set_intersect(VariableSet *set, const VariableSet *other)
{
  for (size_t i = 0; i < MOST_VARIABLES / 64; i++) set->bits[i] &= other->bits[i];
}

static inline void set_subtract(VariableSet *set, const VariableSet *other)
{
  for (size_t i = 0; i < MOST_VARIABLES / 64; i++) set->bits[i] &= ~other->bits[i];
}

static inline bool set_is_empty(const VariableSet *set)
{
  uint64_t any = 0;
  for (size_t i = 0; i < MOST_VARIABLES / 64; i++) any |= set->bits[i];
  return any == 0;
}

static inline bool set_within(const VariableSet *set, const VariableSet *other)
{
  for (size_t i = 0; i < MOST_VARIABLES / 64; i++) {
    if (set->bits[i] & ~other->bits[i]) return false;
  }
  return true;
}

#endif
