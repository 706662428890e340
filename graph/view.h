/* View: the network behind a graph: who deals with whom, and how. Participants of situations become
   nodes, the situations between two of them one edge. Filters say what counts; the strongest edges
   stay when there are too many. Pure graph work: what relations mean comes from the caller.

   Everything in a View borrows from the graph or lies in the view's arena; view_clear frees it.
   Nodes and edges are ordered by their names, so the same statements give the same view. */
#ifndef ENTENTE_VIEW_H
#define ENTENTE_VIEW_H

#include "arena.h"
#include "fact.h"
#include "report.h"
#include "situation.h"

typedef enum ViewLevel {
  VIEW_ACTOR,  /* people, organisations, states as they act; one edge per pair and direction */
  VIEW_COUNTRY /* each counted for the state it acts for; one edge per pair and family */
} ViewLevel;

#define VIEW_FAMILIES 8u

/* What a view must know of a relation. */
typedef struct ViewRelation {
  FactSchema schema;
  unsigned family; /* below VIEW_FAMILIES; the numbers are the caller's */
  bool lasting;
} ViewRelation;

/* The state that an entity of *CLASS acts for: its canonical name, empty if none. OFFICE is the
   office of a person, else empty. A state is its own; so may a body be that acts for
   several: *CLASS is set to the class of what is returned. */
typedef Slice (*ViewStateOf)(void *handle, EntityClass *class, Slice label, Slice office);

typedef struct ViewOptions {
  ViewLevel level;
  const ViewRelation *schema; /* relations that are known; others are read by their roles */
  size_t schema_count;
  unsigned other_family; /* of relations that are not in the schema */
  ViewStateOf state_of;  /* for the country level; NULL: only states themselves count */
  void *handle;

  const Slice *focus; /* names; none: everything */
  size_t focus_count;
  unsigned depth;         /* steps from the focus; 0 means 1 */
  const Slice *relations; /* local names; none: all */
  size_t relation_count;
  Slice since, until;    /* ISO dates of any precision, both inclusive; empty: open. An undated
                            situation counts with the date of the document that tells of it */
  unsigned factualities; /* bits 1u << Factuality; 0: all */
  uint32_t min_weight;   /* situations an edge must have */
  uint32_t max_nodes, max_edges; /* 0: no limit; beyond, the strongest edges stay */
  uint32_t max_quotes;           /* kept for each edge */
  bool details;                  /* show also things, offices and where places lie */
} ViewOptions;

typedef struct ViewNode {
  TermId term; /* TERM_ANY for a state that stands only for others */
  EntityClass class;
  Slice iri; /* empty if term is TERM_ANY */
  Slice label;
  Slice office;    /* of a person, the one that most says; empty if none */
  Slice state;     /* whom it acts for, if the caller knows; empty otherwise */
  Slice same_as;   /* IRI; empty if none */
  uint32_t weight; /* situations shown that it takes part in, with each partner once */
  bool focus;
} ViewNode;

/* One relation inside an edge. */
typedef struct ViewPart {
  uint32_t relation; /* index into View.relations */
  bool backward;     /* from the edge's end to its start */
  uint32_t count[4]; /* situations by factuality */
  uint32_t total;
} ViewPart;

typedef struct ViewEdge {
  uint32_t from, to;      /* indexes of nodes */
  bool forward, backward; /* some relation points that way; neither: all are symmetric */
  unsigned families;      /* bits 1u << family */
  uint32_t count;         /* situations */
  uint32_t by_factuality[4];
  ViewPart *parts; /* most frequent first */
  uint32_t part_count;
  Slice first, last; /* dates of its situations; empty if none is dated */
  QuoteWords *quotes;
  uint32_t quote_count, quote_total;
} ViewEdge;

typedef struct View {
  ViewLevel level;
  ViewNode *nodes;
  uint32_t node_count;
  ViewEdge *edges;
  uint32_t edge_count;
  ViewRelation *relations; /* the schema, then what the graph has beyond it */
  uint32_t relation_count;
  uint32_t situation_count, document_count; /* behind the edges shown */
  Slice first, last;                        /* period of the situations shown */
  uint32_t nodes_left_out, edges_left_out;  /* for want of room */
  uint32_t details_left_out;                /* edges, where the options leave out details */
  Arena arena;
} View;

/* Make the view of GRAPH that OPTIONS ask for. STATUS_NOT_FOUND if a name in focus is not in the
   graph (reported with the nearest names) or does not take part in what is shown. */
Status view_make(View *out, Graph *graph, const ViewOptions *options, const Report *report);
void view_clear(View *view);

#endif
