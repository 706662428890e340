/* The look of the network: what shape, colour, width and words each node and edge gets. */
#ifndef ENTENTE_LOOK_H
#define ENTENTE_LOOK_H

#include "graph/view.h"
#include "ontology/ontology.h"
#include "sketch.h"

typedef enum ThemeName { THEME_LIGHT, THEME_DARK } ThemeName;

typedef struct NodeStyle {
  const char *shape, *style;
  const char *fill, *line, *text;
  double size;        /* of the letters */
  const char *margin; /* NULL: as all have it */
} NodeStyle;

typedef struct Theme {
  const char *background, *text, *muted, *rule;
  NodeStyle nodes[ENTITY_CLASSES];
  const char *families[FAMILY_OTHER + 1];     /* lines */
  const char *family_words[FAMILY_OTHER + 1]; /* letters, with more contrast */
  const char *denied;
  const char *focus; /* rim of the node in focus */
} Theme;

#define LOOK_FONT "Liberation Sans,Arial,Helvetica,DejaVu Sans,sans-serif"

const Theme *look_theme(ThemeName name);
const char *look_family_name(Family family);
const char *look_class_name(EntityClass class, bool plural);

typedef struct LookOptions {
  ThemeName theme;
  const char *layout;  /* engine of Graphviz */
  Slice title;         /* empty: said of what is shown */
  bool link;           /* nodes and edges lead somewhere */
  Slice link_template; /* "{iri}" stands for the percent-encoded IRI; empty: the IRI itself */
} LookOptions;

/* What the legend tells: only what occurs. */
typedef struct Legend {
  uint32_t classes[ENTITY_CLASSES];    /* nodes */
  uint32_t families[FAMILY_OTHER + 1]; /* situations */
  uint32_t factualities[4];            /* situations */
  bool directed;
  uint32_t heaviest; /* situations of the heaviest edge */
} Legend;

void look_legend(Legend *out, const View *view);

Status look_title(Buffer *out, const View *view, const LookOptions *options);
Status look_subtitle(Buffer *out, const View *view); /* period, documents, counts */
Status look_note(Buffer *out, const View *view);     /* what was left out; empty if nothing */

/* Append title, counts and legend as one HTML-like label. */
Status look_graph_label(Buffer *out, const View *view, const LookOptions *options);

/* Append the relations of EDGE (local names) or its families, separated by blanks. */
Status look_relations(Buffer *out, const View *view, const ViewEdge *edge);
Status look_families(Buffer *out, const ViewEdge *edge);

double look_width(uint32_t count, uint32_t heaviest); /* of a line, in points */

/* Fill OUT, which is empty, with a sketch of VIEW. */
Status look_sketch(Sketch *out, const View *view, const LookOptions *options);

#endif
