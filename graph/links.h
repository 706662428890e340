/* Links: the pairs behind a view, before they are bundled. Internal to views. */
#ifndef ENTENTE_LINKS_H
#define ENTENTE_LINKS_H

#include "view.h"

#define NOWHERE UINT32_MAX

typedef enum Way { WAY_SYMMETRIC, WAY_FORWARD, WAY_BACKWARD } Way;

/* One situation between two nodes. */
typedef struct Link {
  uint32_t a, b;      /* nodes, a < b */
  uint32_t bundle;    /* links of a pair with the same number share an edge */
  uint32_t relation;  /* index into the relations */
  uint32_t situation; /* index, or NOWHERE for a plain triple that no situation stands behind */
  Way way;            /* seen from a */
} Link;

typedef struct Links {
  Link *items;
  size_t count, capacity;
  ViewNode *nodes; /* in the order of labels, then IRIs */
  size_t node_count, node_capacity;
  ViewRelation *relations;
  size_t relation_count, relation_capacity;
  Situations situations;
  const uint32_t *node_of_term; /* by term: node + 1; 0 or NOWHERE: none */
} Links;

/* Collect what passes the filters on relations, dates and factualities. Arrays lie in ARENA. */
Status links_collect(Links *out, Arena *arena, Graph *graph, const Vocabulary *words,
                     const ViewOptions *options);

/* The node that an entity is shown as, or NOWHERE. */
uint32_t links_node_of(const Links *links, TermId entity);

#endif
