/* The only file that includes Graphviz. A picture is made in two steps: an engine lays the sketch
   out and we read the positions; then the page, which may have got a title, a legend and labels in
   the meantime, goes through the engine nop2, which draws everything where it is told to. */
#include "graphviz.h"

#include "graph/memory.h"

#include <graphviz/gvc.h>
#include <setjmp.h>

static int swallow(char *message)
{
  (void)message;
  return 0;
}

/* cgraph takes char * where it does not write. */
static char *text_of(const char *text)
{
  union {
    const char *in;
    char *out;
  } both = {text};
  return both.out;
}

#define KNOWN_NAMES 40

/* The symbols of the attributes of nodes, or of edges, by the address of their names. */
typedef struct Symbols {
  Agraph_t *graph;
  int kind;
  size_t count;
  const char *names[KNOWN_NAMES];
  Agsym_t *symbols[KNOWN_NAMES];
} Symbols;

static Agsym_t *symbol_of(Symbols *s, const char *name)
{
  for (size_t i = 0; i < s->count; i++)
    if (s->names[i] == name) return s->symbols[i];
  Agsym_t *symbol = agattr(s->graph, s->kind, text_of(name), NULL);
  if (!symbol) symbol = agattr(s->graph, s->kind, text_of(name), text_of(""));
  if (s->count < KNOWN_NAMES) {
    s->names[s->count] = name;
    s->symbols[s->count++] = symbol;
  }
  return symbol;
}

static void set(Symbols *symbols, void *object, const SketchAttribute *attribute)
{
  Agsym_t *const symbol = symbol_of(symbols, attribute->name);
  if (!symbol) return;
  if (!attribute->html) {
    agxset(object, symbol, text_of(attribute->value));
    return;
  }
  char *const html = agstrdup_html(symbols->graph, text_of(attribute->value));
  agxset(object, symbol, html);
  agstrfree(symbols->graph, html);
}

static void set_all(Symbols *symbols, void *object, const SketchAttributes *attributes)
{
  for (size_t i = 0; i < attributes->count; i++) set(symbols, object, &attributes->items[i]);
}

static void declare(Agraph_t *graph, int kind, const SketchAttributes *defaults)
{
  for (size_t i = 0; i < defaults->count; i++)
    agattr(graph, kind, text_of(defaults->items[i].name), text_of(defaults->items[i].value));
}

static Agnode_t **add_nodes(Agraph_t *graph, const Sketch *sketch, Arena *arena)
{
  Agnode_t **const nodes = arena_array(arena, sketch->node_count + 1, sizeof(Agnode_t *));
  Symbols symbols = {.graph = graph, .kind = AGNODE};
  for (size_t i = 0; nodes && i < sketch->node_count; i++) {
    nodes[i] = agnode(graph, text_of(sketch->nodes[i].name), 1);
    set_all(&symbols, nodes[i], &sketch->nodes[i].attributes);
  }
  return nodes;
}

static char *key_of(const SketchEdge *edge)
{
  return edge->key[0] ? text_of(edge->key) : NULL;
}

static Agedge_t **add_edges(Agraph_t *graph, const Sketch *sketch, Agnode_t **nodes, Arena *arena)
{
  Agedge_t **const edges = arena_array(arena, sketch->edge_count + 1, sizeof(Agedge_t *));
  Symbols symbols = {.graph = graph, .kind = AGEDGE};
  for (size_t i = 0; edges && i < sketch->edge_count; i++) {
    const SketchEdge *const edge = &sketch->edges[i];
    edges[i] = agedge(graph, nodes[edge->from], nodes[edge->to], key_of(edge), 1);
    set_all(&symbols, edges[i], &edge->attributes);
  }
  return edges;
}

/* A graph of cgraph's that has what SKETCH has. */
typedef struct Built {
  Agraph_t *graph;
  Agnode_t **nodes;
  Agedge_t **edges;
  Arena arena;
} Built;

static void demolish(Built *built)
{
  if (built->graph) agclose(built->graph);
  arena_clear(&built->arena);
  *built = (Built){0};
}

/* DISCIPLINE: where memory comes from and text goes to; NULL: cgraph's own. */
static Status build(Built *out, const Sketch *sketch, Agdisc_t *discipline)
{
  agseterrf(swallow);
  *out = (Built){.graph = agopen(text_of("entente"), Agdirected, discipline)};
  if (!out->graph) return STATUS_MEMORY;
  declare(out->graph, AGNODE, &sketch->node_defaults);
  declare(out->graph, AGEDGE, &sketch->edge_defaults);
  Symbols symbols = {.graph = out->graph, .kind = AGRAPH};
  set_all(&symbols, out->graph, &sketch->graph);
  out->nodes = add_nodes(out->graph, sketch, &out->arena);
  if (out->nodes) out->edges = add_edges(out->graph, sketch, out->nodes, &out->arena);
  if (out->nodes && out->edges) return STATUS_OK;
  demolish(out);
  return STATUS_MEMORY;
}

/* ---- DOT ---- */

static int write_text(void *channel, const char *text)
{
  return buffer_text(channel, text) ? EOF : 0;
}

static int flush_text(void *channel)
{
  (void)channel;
  return 0;
}

/* A graph that is only written: its memory is an arena, so that freeing costs nothing, and want of
   memory, which cgraph does not bear, leads straight out. (With a close function of ours, cgraph
   would leave the heads of its dictionaries, which come from malloc all the same, behind.) */
typedef struct DotWriter {
  Agdisc_t discipline; /* first: cgraph hands its address to open_memory */
  Agmemdisc_t memory;
  Agiodisc_t io;
  Arena arena;
  Built built;
  jmp_buf out_of_memory;
} DotWriter;

static void *open_memory(Agdisc_t *discipline)
{
  return discipline;
}

static void *take_memory(void *handle, size_t size)
{
  DotWriter *const writer = handle;
  void *const block = arena_alloc(&writer->arena, size);
  if (!block) longjmp(writer->out_of_memory, 1);
  return memset(block, 0, size);
}

static void *resize_memory(void *handle, void *block, size_t old_size, size_t size)
{
  void *const moved = take_memory(handle, size);
  if (block) memcpy(moved, block, old_size < size ? old_size : size);
  return moved;
}

static void leave_memory(void *handle, void *block)
{
  (void)handle;
  (void)block;
}

static Status write_dot(Buffer *out, const Sketch *sketch, DotWriter *writer)
{
  if (setjmp(writer->out_of_memory)) return STATUS_MEMORY;
  TRY(build(&writer->built, sketch, &writer->discipline));
  return agwrite(writer->built.graph, out) ? STATUS_MEMORY : STATUS_OK;
}

Status graphviz_dot(Buffer *out, const Sketch *sketch)
{
  DotWriter *const writer = memory_zero(sizeof *writer);
  if (!writer) return STATUS_MEMORY;
  writer->memory = (Agmemdisc_t){open_memory, take_memory, resize_memory, leave_memory, NULL};
  writer->io = (Agiodisc_t){NULL, write_text, flush_text};
  writer->discipline = (Agdisc_t){&writer->memory, &AgIdDisc, &writer->io};
  const Status status = write_dot(out, sketch, writer);
  if (!status) agclose(writer->built.graph);
  arena_clear(&writer->built.arena);
  arena_clear(&writer->arena);
  memory_free(writer, sizeof *writer);
  return status;
}

/* ---- layout ---- */

static void read_node(SketchNode *out, Agnode_t *node)
{
  out->at = (SketchPoint){ND_coord(node).x, ND_coord(node).y};
  out->width = ND_width(node) * POINTS_PER_INCH;
  out->height = ND_height(node) * POINTS_PER_INCH;
}

static Status read_curve(Sketch *sketch, SketchEdge *out, const splines *curves)
{
  const bezier *const curve = &curves->list[0];
  out->points = arena_array(&sketch->arena, (size_t)curve->size + 1, sizeof *out->points);
  if (!out->points) return STATUS_MEMORY;
  out->point_count = (uint32_t)curve->size;
  for (int i = 0; i < curve->size; i++)
    out->points[i] = (SketchPoint){curve->list[i].x, curve->list[i].y};
  out->has_start = curve->sflag != 0;
  out->has_end = curve->eflag != 0;
  out->start = (SketchPoint){curve->sp.x, curve->sp.y};
  out->end = (SketchPoint){curve->ep.x, curve->ep.y};
  return STATUS_OK;
}

static Status read_edge(Sketch *sketch, SketchEdge *out, Agedge_t *edge)
{
  const splines *const curves = ED_spl(edge);
  const textlabel_t *const label = ED_label(edge);
  if (label) {
    out->label_width = label->dimen.x;
    out->label_height = label->dimen.y;
    out->label_at = (SketchPoint){label->pos.x, label->pos.y};
    out->label_placed = label->set;
  }
  return curves && curves->size > 0 ? read_curve(sketch, out, curves) : STATUS_OK;
}

static Status read_positions(Sketch *sketch, const Built *built)
{
  for (size_t i = 0; i < sketch->node_count; i++) read_node(&sketch->nodes[i], built->nodes[i]);
  for (size_t i = 0; i < sketch->edge_count; i++)
    TRY(read_edge(sketch, &sketch->edges[i], built->edges[i]));
  return STATUS_OK;
}

/* ---- positions given ---- */

static Status add_point(Buffer *out, SketchPoint point)
{
  TRY(number_add(out, point.x));
  TRY(buffer_text(out, ","));
  return number_add(out, point.y);
}

/* The value of "pos" for an edge: "s,x,y e,x,y p p p p". */
static Status edge_position(Buffer *out, const SketchEdge *edge)
{
  out->count = 0;
  if (edge->has_start) {
    TRY(buffer_text(out, "s,"));
    TRY(add_point(out, edge->start));
    TRY(buffer_text(out, " "));
  }
  if (edge->has_end) {
    TRY(buffer_text(out, "e,"));
    TRY(add_point(out, edge->end));
    TRY(buffer_text(out, " "));
  }
  for (uint32_t i = 0; i < edge->point_count; i++) {
    if (i) TRY(buffer_text(out, " "));
    TRY(add_point(out, edge->points[i]));
  }
  return STATUS_OK;
}

static void pin(void *object, const Buffer *value)
{
  agsafeset(object, text_of("pos"), value->bytes, text_of(""));
}

static Status pin_nodes(const Built *built, const Sketch *sketch)
{
  Buffer text = BUFFER_EMPTY;
  Status status = STATUS_OK;
  for (size_t i = 0; !status && i < sketch->node_count; i++) {
    text.count = 0;
    status = add_point(&text, sketch->nodes[i].at);
    if (!status) pin(built->nodes[i], &text);
  }
  buffer_clear(&text);
  return status;
}

static Status pin_edges(const Built *built, const Sketch *sketch)
{
  Buffer text = BUFFER_EMPTY;
  Status status = STATUS_OK;
  for (size_t i = 0; !status && i < sketch->edge_count; i++) {
    if (!sketch->edges[i].points) continue;
    status = edge_position(&text, &sketch->edges[i]);
    if (!status) pin(built->edges[i], &text);
  }
  buffer_clear(&text);
  return status;
}

struct Graphviz {
  GVC_t *context;
};

Status graphviz_open(Graphviz **out)
{
  Graphviz *const graphviz = memory_zero(sizeof *graphviz);
  if (!graphviz) return STATUS_MEMORY;
  agseterrf(swallow);
  graphviz->context = gvContext();
  *out = graphviz;
  if (graphviz->context) return STATUS_OK;
  graphviz_close(graphviz);
  return STATUS_MEMORY;
}

void graphviz_close(Graphviz *graphviz)
{
  if (!graphviz) return;
  if (graphviz->context) gvFreeContext(graphviz->context);
  memory_free(graphviz, sizeof *graphviz);
}

Status graphviz_place(Graphviz *graphviz, Sketch *sketch, const char *layout, bool pinned)
{
  Built built;
  TRY(build(&built, sketch, NULL));
  Status status = pinned ? pin_nodes(&built, sketch) : STATUS_OK;
  if (!status) agsafeset(built.graph, text_of("layout"), text_of(layout), text_of(""));
  if (!status && gvLayout(graphviz->context, built.graph, layout) != 0) status = STATUS_INTERNAL;
  if (!status) status = read_positions(sketch, &built);
  if (!status) gvFreeLayout(graphviz->context, built.graph);
  demolish(&built);
  return status;
}

/* ---- rendering ---- */

static Status draw_pinned(Buffer *out, GVC_t *context, const Built *built, const char *format)
{
  char *bytes = NULL;
  unsigned count = 0;
  if (gvLayout(context, built->graph, "nop2") != 0) return STATUS_INTERNAL;
  const int failed = gvRenderData(context, built->graph, format, &bytes, &count);
  const Status status = failed || !bytes ? STATUS_INTERNAL : buffer_add(out, bytes, count);
  if (bytes) gvFreeRenderData(bytes);
  gvFreeLayout(context, built->graph);
  return status;
}

Status graphviz_render(Buffer *out, Graphviz *graphviz, const Sketch *sketch, const char *format)
{
  Built built;
  TRY(build(&built, sketch, NULL));
  Status status = pin_nodes(&built, sketch);
  if (!status) status = pin_edges(&built, sketch);
  if (!status) {
    agsafeset(built.graph, text_of("layout"), text_of("nop2"), text_of(""));
    status = draw_pinned(out, graphviz->context, &built, format);
  }
  demolish(&built);
  return status;
}
