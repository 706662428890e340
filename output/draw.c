/* View, look, layout, page, rendering, in this order. DOT, GraphML and GEXF are written here; what
   Graphviz must lay out goes through one child process, which sends all pictures back through a
   pipe, each after its length. */
#include "draw.h"

#include "arrange.h"
#include "child.h"
#include "graphviz.h"
#include "page.h"
#include "star.h"
#include "svg.h"
#include "wording.h"

#include <math.h>

/* ---- names ---- */

static const char *const extensions[] = {"dot", "svg", "png", "pdf", "graphml", "gexf"};
static const char *const engines[] = {"dot", "neato", "fdp", "sfdp", "circo", "twopi"};

bool draw_format_of(DrawFormat *out, Slice extension)
{
  for (size_t i = 0; i < sizeof extensions / sizeof *extensions; i++) {
    if (!slice_is(extension, extensions[i])) continue;
    *out = (DrawFormat)i;
    return true;
  }
  if (slice_is(extension, "gv")) *out = DRAW_DOT;
  return slice_is(extension, "gv");
}

const char *draw_extension(DrawFormat format)
{
  return extensions[format];
}

bool draw_layout_known(Slice layout)
{
  for (size_t i = 0; i < sizeof engines / sizeof *engines; i++)
    if (slice_is(layout, engines[i])) return true;
  return false;
}

static bool is_picture(DrawFormat format)
{
  return format == DRAW_SVG || format == DRAW_PNG || format == DRAW_PDF;
}

/* ---- whom one acts for ---- */

static WorldId state_or_body(const Ontology *ontology, WorldId id)
{
  const WorldEntity *const entity = world_entity(ontology, id);
  if (entity->state || entity->country == WORLD_NONE)
    return entity->state || entity->class == ENTITY_ORGANIZATION ? id : WORLD_NONE;
  return entity->country;
}

/* The state that NAME is, or belongs to, among the entities of CLASS (ENTITY_CLASSES: any). */
static WorldId state_behind(const Ontology *ontology, Slice name, int class)
{
  const WorldName *names;
  const size_t count = world_find(&names, ontology, name);
  for (size_t i = 0; i < count; i++) {
    const WorldEntity *const entity = world_entity(ontology, names[i].entity);
    if (class != ENTITY_CLASSES && (int)entity->class != class) continue;
    const WorldId state = state_or_body(ontology, names[i].entity);
    if (state != WORLD_NONE) return state;
  }
  return WORLD_NONE;
}

/* "Prime Minister of Japan" acts for Japan. */
static WorldId state_in_office(const Ontology *ontology, Slice office)
{
  for (size_t i = office.len; i > 4; i--) {
    if (memcmp(office.ptr + i - 4, " of ", 4) != 0) continue;
    Slice rest = slice_part(office, i, office.len);
    if (slice_starts(rest, "the ")) rest = slice_part(rest, 4, rest.len);
    const WorldId state = state_behind(ontology, rest, ENTITY_CLASSES);
    if (state != WORLD_NONE) return state;
  }
  return WORLD_NONE;
}

static WorldId state_of_entity(const Ontology *ontology, EntityClass class, Slice label,
                               Slice office)
{
  switch (class) {
  case ENTITY_COUNTRY:
  case ENTITY_ORGANIZATION:
  case ENTITY_PLACE:
    return state_behind(ontology, label, (int)class);
  case ENTITY_PERSON: {
    const WorldId state = state_in_office(ontology, office);
    return state != WORLD_NONE ? state : state_behind(ontology, label, ENTITY_PERSON);
  }
  case ENTITY_OFFICE:
    return state_in_office(ontology, label);
  case ENTITY_AGREEMENT:
  case ENTITY_THING:
    return WORLD_NONE;
  }
  return WORLD_NONE;
}

static Slice state_of(void *handle, EntityClass *class, Slice label, Slice office)
{
  const Ontology *const ontology = *(const Ontology *const *)handle;
  const WorldId state = state_of_entity(ontology, *class, label, office);
  if (state == WORLD_NONE) return *class == ENTITY_COUNTRY ? label : SLICE_NONE;
  *class = world_entity(ontology, state)->class;
  return world_entity(ontology, state)->name;
}

/* ---- the view ---- */

#define MOST_NODES 40u
#define MOST_EDGES 64u
#define QUOTES_SHOWN 3u

static Status check_relations(const DrawOptions *options, const Report *sink)
{
  if (!options->ontology) return STATUS_OK;
  for (size_t i = 0; i < options->relation_count; i++) {
    const Slice name = options->relations[i];
    if (ontology_find_relation(options->ontology, name) != RELATION_NONE) continue;
    report(sink, SEVERITY_ERROR, NULL, 0, 0, "there is no relation called %.*s", SLICE_ARGS(name));
    return STATUS_ARGUMENT;
  }
  return STATUS_OK;
}

static Status read_schema(ViewRelation **out, size_t *count, Arena *arena, const Ontology *ontology)
{
  *count = ontology ? ontology_relation_count(ontology) : 0;
  *out = arena_array(arena, *count + 1, sizeof **out);
  if (!*out) return STATUS_MEMORY;
  for (size_t i = 0; i < *count; i++) {
    const Relation *const relation = ontology_relation(ontology, (RelationId)i);
    (*out)[i] = (ViewRelation){relation->schema, relation->family, relation->lasting};
  }
  return STATUS_OK;
}

static Status make_view(View *out, Graph *graph, const DrawOptions *o, const Report *sink)
{
  Arena arena = ARENA_EMPTY;
  ViewRelation *schema;
  size_t count;
  TRY(check_relations(o, sink));
  TRY(read_schema(&schema, &count, &arena, o->ontology));
  const Ontology *ontology = o->ontology;
  const ViewOptions options = {.level = o->level,
                               .schema = schema,
                               .schema_count = count,
                               .other_family = FAMILY_OTHER,
                               .state_of = ontology ? state_of : NULL,
                               .handle = &ontology,
                               .focus = o->focus,
                               .focus_count = o->focus_count,
                               .depth = o->depth,
                               .relations = o->relations,
                               .relation_count = o->relation_count,
                               .since = o->since,
                               .until = o->until,
                               .factualities = o->factualities,
                               .min_weight = o->min_weight,
                               .max_nodes = o->all ? 0 : MOST_NODES,
                               .max_edges = o->all ? 0 : MOST_EDGES,
                               .max_quotes = QUOTES_SHOWN,
                               .details = o->all || o->focus_count > 0};
  const Status status = view_make(out, graph, &options, sink);
  arena_clear(&arena);
  return status;
}

/* ---- pictures ---- */

#define SMALL 14u
#define MIDDLE 160u
#define LARGE_STAR 60u

static const char *layout_for(const View *view, const DrawOptions *options)
{
  if (options->layout) return options->layout;
  uint32_t hub;
  if (view->node_count <= SMALL && view->edge_count <= 2 * SMALL) return "dot";
  if (view->node_count <= LARGE_STAR && star_hub(&hub, view)) return "twopi";
  return view->node_count <= MIDDLE ? "neato" : "sfdp";
}

typedef struct Job {
  DrawOutput *outputs;
  size_t count;
  Sketch *sketch;
  const View *view;
  const DrawOptions *options;
  const LookOptions *look;
} Job;

static Status finish_svg(Buffer *out, const Job *job, const Buffer *raw)
{
  Buffer title = BUFFER_EMPTY;
  Status status = look_title(&title, job->view, job->look);
  if (!status) status = svg_finish(out, buffer_as_slice(raw), buffer_as_slice(&title));
  buffer_clear(&title);
  return status;
}

#define USUAL_DPI 96.0
#define MOST_PIXELS 24e6      /* of a picture whose scale is not asked for */
#define MOST_PIXELS_ASKED 2e8 /* of any: what Cairo can do, and memory holds */

/* Dots per inch: fewer for a very large picture, whose bitmap would be beyond use. */
static double dots(const Sketch *sketch, double scale)
{
  double left = INFINITY, right = -INFINITY, bottom = INFINITY, top = -INFINITY;
  for (size_t i = 0; i < sketch->node_count; i++) {
    const SketchPoint at = sketch->nodes[i].at;
    left = fmin(left, at.x);
    right = fmax(right, at.x);
    bottom = fmin(bottom, at.y);
    top = fmax(top, at.y);
  }
  const double inches = fmax(1, (right - left + 100) / 72 * (top - bottom + 100) / 72);
  const double most = sqrt((scale > 0 ? MOST_PIXELS_ASKED : MOST_PIXELS) / inches);
  const double longest = 30000 / (fmax(right - left, top - bottom) / 72 + 2);
  return fmin(fmin(most, longest), USUAL_DPI * (scale > 0 ? scale : 1));
}

static Status render_one(Buffer *out, Graphviz *graphviz, const Job *job, DrawFormat format)
{
  const double dpi = format == DRAW_PNG ? dots(job->sketch, job->options->scale) : 0;
  TRY(sketch_set_number(job->sketch, &job->sketch->graph, "dpi", dpi));
  if (format != DRAW_SVG) return graphviz_render(out, graphviz, job->sketch, extensions[format]);
  Buffer raw = BUFFER_EMPTY;
  Status status = graphviz_render(&raw, graphviz, job->sketch, "svg");
  if (!status) status = finish_svg(out, job, &raw);
  buffer_clear(&raw);
  return status;
}

static Status render_framed(Buffer *out, Graphviz *graphviz, const Job *job, DrawFormat format)
{
  Buffer picture = BUFFER_EMPTY;
  Status status = render_one(&picture, graphviz, job, format);
  const uint64_t size = picture.count;
  if (!status) status = buffer_add(out, &size, sizeof size);
  if (!status) status = buffer_add(out, picture.bytes, picture.count);
  buffer_clear(&picture);
  return status;
}

static Status render_pictures(Buffer *out, Graphviz *graphviz, const Job *job)
{
  TRY(arrange(graphviz, job->sketch, job->view, job->look->layout));
  TRY(page_compose(job->sketch, job->view, job->look));
  for (size_t i = 0; i < job->count; i++)
    if (is_picture(job->outputs[i].format))
      TRY(render_framed(out, graphviz, job, job->outputs[i].format));
  return STATUS_OK;
}

/* What the child does. */
static Status render_all(void *handle, Buffer *out)
{
  Graphviz *graphviz;
  TRY(graphviz_open(&graphviz));
  const Status status = render_pictures(out, graphviz, handle);
  graphviz_close(graphviz);
  return status;
}

static Status unpack(const Job *job, Slice all)
{
  for (size_t i = 0; i < job->count; i++) {
    uint64_t size;
    if (!is_picture(job->outputs[i].format)) continue;
    if (all.len < sizeof size) return STATUS_INTERNAL;
    memcpy(&size, all.ptr, sizeof size);
    all = slice_part(all, sizeof size, all.len);
    if (all.len < size) return STATUS_INTERNAL;
    TRY(buffer_add(&job->outputs[i].bytes, all.ptr, size));
    all = slice_part(all, size, all.len);
  }
  return STATUS_OK;
}

static Status fall_back(const Job *job, Status why, unsigned seconds, const Report *sink)
{
  if (why == STATUS_LIMIT) {
    report(sink, SEVERITY_ERROR, NULL, 0, 0,
           "laying out %u nodes and %u edges with %s took more than %u s; giving the DOT source",
           job->view->node_count, job->view->edge_count, job->look->layout, seconds);
  } else {
    report(sink, SEVERITY_ERROR, NULL, 0, 0,
           "Graphviz could not draw %u nodes and %u edges with %s; giving the DOT source",
           job->view->node_count, job->view->edge_count, job->look->layout);
  }
  for (size_t i = 0; i < job->count; i++) {
    if (!is_picture(job->outputs[i].format)) continue;
    job->outputs[i].bytes.count = 0;
    TRY(graphviz_dot(&job->outputs[i].bytes, job->sketch));
    job->outputs[i].failed = true;
  }
  return why;
}

static Status make_pictures(Job *job, const Report *sink)
{
  const unsigned seconds = job->options->timeout ? job->options->timeout : 60;
  Buffer all = BUFFER_EMPTY;
  Status status = child_run(&all, seconds, render_all, job);
  if (!status) status = unpack(job, buffer_as_slice(&all));
  buffer_clear(&all);
  if (status == STATUS_LIMIT || status == STATUS_INTERNAL)
    return fall_back(job, status, seconds, sink);
  return status;
}

static Status set_graph_label(Job *job)
{
  Buffer label = BUFFER_EMPTY;
  SketchAttributes *const graph = &job->sketch->graph;
  Status status = look_graph_label(&label, job->view, job->look);
  if (!status) status = sketch_set_html(job->sketch, graph, "label", buffer_as_slice(&label));
  if (!status) status = sketch_set_text(job->sketch, graph, "labelloc", "t");
  buffer_clear(&label);
  return status;
}

static void drop_graph_label(Job *job)
{
  SketchAttributes *const graph = &job->sketch->graph;
  while (graph->count && strncmp(graph->items[graph->count - 1].name, "label", 5) == 0)
    graph->count--;
}

/* DOT carries the title and legend as label of the graph; pictures get them from the page. */
static Status write_all(Job *job, const Report *sink)
{
  bool pictures = false;
  TRY(set_graph_label(job));
  for (size_t i = 0; i < job->count; i++) {
    DrawOutput *const output = &job->outputs[i];
    if (output->format == DRAW_DOT) TRY(graphviz_dot(&output->bytes, job->sketch));
    if (output->format == DRAW_GRAPHML) TRY(graphml_write(&output->bytes, job->view));
    if (output->format == DRAW_GEXF) TRY(gexf_write(&output->bytes, job->view));
    pictures |= is_picture(output->format);
  }
  drop_graph_label(job);
  return pictures ? make_pictures(job, sink) : STATUS_OK;
}

static Status draw_view(DrawOutput *outputs, size_t count, const View *view,
                        const DrawOptions *options, const Report *sink)
{
  Sketch sketch;
  const LookOptions look = {.theme = options->theme,
                            .layout = layout_for(view, options),
                            .title = options->title,
                            .link = options->link || options->link_template.len,
                            .link_template = options->link_template};
  TRY(look_sketch(&sketch, view, &look));
  Job job = {outputs, count, &sketch, view, options, &look};
  const Status status = write_all(&job, sink);
  sketch_clear(&sketch);
  return status;
}

Status draw(DrawOutput *outputs, size_t count, Graph *graph, const DrawOptions *options,
            const Report *sink)
{
  View view;
  if (options->layout && !draw_layout_known(slice_of(options->layout))) {
    report(sink, SEVERITY_ERROR, NULL, 0, 0, "there is no layout called %s", options->layout);
    return STATUS_ARGUMENT;
  }
  TRY(make_view(&view, graph, options, sink));
  const Status status = draw_view(outputs, count, &view, options, sink);
  view_clear(&view);
  return status;
}
