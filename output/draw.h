/* Draw: from a graph to pictures of its network (DOT, SVG, PNG, PDF) and to files for those who
   lay out elsewhere (GraphML, GEXF). */
#ifndef ENTENTE_DRAW_H
#define ENTENTE_DRAW_H

#include "look.h"

#include "graph/report.h"

typedef enum DrawFormat {
  DRAW_DOT,
  DRAW_SVG,
  DRAW_PNG,
  DRAW_PDF,
  DRAW_GRAPHML,
  DRAW_GEXF
} DrawFormat;

/* The format whose file names end so ("svg", without the dot); false if none. */
bool draw_format_of(DrawFormat *out, Slice extension);
const char *draw_extension(DrawFormat format);

/* Zeros are the defaults. Names, relations and dates are borrowed. */
typedef struct DrawOptions {
  const Ontology *ontology; /* what relations mean, whom people act for; NULL: roles alone */
  ViewLevel level;
  const Slice *focus; /* names */
  size_t focus_count;
  unsigned depth;         /* 0: 1 */
  const Slice *relations; /* local names; unknown ones are STATUS_ARGUMENT */
  size_t relation_count;
  Slice since, until;    /* ISO dates of any precision */
  unsigned factualities; /* bits 1u << Factuality; 0: all */
  uint32_t min_weight;
  bool all;           /* no limit on nodes and edges */
  const char *layout; /* engine; NULL: by size */
  unsigned timeout;   /* seconds for layout and rendering; 0: 60 */
  ThemeName theme;
  double scale; /* of PNG; 0: 1 */
  Slice title;  /* empty: said of what is shown */
  bool link;    /* nodes lead to their IRI (Wikidata where known), edges to their first document */
  Slice link_template; /* or nodes to this, with "{iri}" replaced */
} DrawOptions;

typedef struct DrawOutput {
  DrawFormat format;
  Buffer bytes; /* the caller's to clear */
  bool failed;  /* the picture could not be made; bytes are DOT then */
} DrawOutput;

/* Draw GRAPH in all FORMATS of OUTPUTS, whose buffers are empty. One layout serves all. If it takes
   too long or fails, that is reported, each picture's buffer gets the DOT source instead (failed is
   set) and the status is STATUS_LIMIT or STATUS_INTERNAL. An empty view is no error: the picture
   says so. Forks; no other thread may be holding locks of Graphviz. */
Status draw(DrawOutput *outputs, size_t count, Graph *graph, const DrawOptions *options,
            const Report *report);

/* Whether LAYOUT names an engine that can be asked for. */
bool draw_layout_known(Slice layout);

Status graphml_write(Buffer *out, const View *view);
Status gexf_write(Buffer *out, const View *view);

#endif
