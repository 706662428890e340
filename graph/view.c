/* From links to a view: links are given the number of the edge they belong to, sorted, and folded
   into edges; then what is too weak, too far from the focus or too much is dropped, and the rest
   numbered anew. Evidence is read last, only for what stays. */
#include "view.h"

#include "links.h"
#include "nearest.h"

#include <stdlib.h>

#define FAR UINT32_MAX

/* An edge before it is known whether it stays. */
typedef struct Draft {
  ViewEdge edge;
  uint32_t first_link, link_count;
  uint32_t distance; /* from the focus, of the nearer end */
  bool kept;
} Draft;

typedef struct Maker {
  View *out;
  Graph *graph;
  const ViewOptions *options;
  const Report *report;
  Vocabulary words;
  Links links;
  Draft *drafts;
  size_t draft_count;
  uint32_t *distance; /* of each node */
  Arena scratch;
} Maker;

/* ---- bundles ---- */

static int compare_numbers(uint32_t a, uint32_t b)
{
  return (a > b) - (a < b);
}

static int compare_links(const void *a, const void *b)
{
  const Link *const x = a, *const y = b;
  int order = compare_numbers(x->a, y->a);
  if (!order) order = compare_numbers(x->b, y->b);
  if (!order) order = compare_numbers(x->bundle, y->bundle);
  if (!order) order = compare_numbers(x->relation, y->relation);
  if (!order) order = compare_numbers(x->way, y->way);
  return order ? order : compare_numbers(x->situation, y->situation);
}

static bool same_pair(const Link *a, const Link *b)
{
  return a->a == b->a && a->b == b->b;
}

/* At the actor level what is symmetric joins an edge that has a direction, if the pair has one. */
static void join_directions(Link *links, size_t count)
{
  bool forward = false, backward = false;
  for (size_t i = 0; i < count; i++) {
    forward |= links[i].way == WAY_FORWARD;
    backward |= links[i].way == WAY_BACKWARD;
  }
  const Way with = forward ? WAY_FORWARD : backward ? WAY_BACKWARD : WAY_SYMMETRIC;
  for (size_t i = 0; i < count; i++)
    links[i].bundle = links[i].way == WAY_SYMMETRIC ? with : links[i].way;
}

static void assign_bundles(Maker *m)
{
  Link *const links = m->links.items;
  const size_t count = m->links.count;
  if (!count) return;
  if (m->options->level == VIEW_COUNTRY) {
    for (size_t i = 0; i < count; i++)
      links[i].bundle = m->links.relations[links[i].relation].family;
  } else {
    qsort(links, count, sizeof *links, compare_links);
    for (size_t first = 0, next; first < count; first = next) {
      next = first + 1;
      while (next < count && same_pair(&links[first], &links[next])) next++;
      join_directions(links + first, next - first);
    }
  }
  qsort(links, count, sizeof *links, compare_links);
  size_t kept = 1;
  for (size_t i = 1; i < count; i++)
    if (compare_links(&links[i], &links[kept - 1])) links[kept++] = links[i];
  m->links.count = kept;
}

static Factuality link_factuality(const Maker *m, const Link *link)
{
  return link->situation == NOWHERE ? FACTUALITY_ACTUAL
                                    : m->links.situations.items[link->situation].factuality;
}

static void take_date(Slice *first, Slice *last, Slice date)
{
  if (!date.len) return;
  if (!first->len || slice_compare(date, *first) < 0) *first = date;
  if (!last->len || slice_compare(date, *last) > 0) *last = date;
}

/* Count LINK, which belongs to EDGE; a new part starts where relation or direction change. */
static void count_link(const Maker *m, ViewEdge *edge, const Link *link, bool new_part)
{
  const Factuality factuality = link_factuality(m, link);
  const bool flipped = edge->from != link->a;
  if (new_part)
    edge->parts[edge->part_count++] =
        (ViewPart){.relation = link->relation,
                   .backward = link->way == (flipped ? WAY_FORWARD : WAY_BACKWARD)};
  ViewPart *const part = &edge->parts[edge->part_count - 1];
  part->count[factuality]++;
  part->total++;
  edge->by_factuality[factuality]++;
  edge->count++;
  edge->families |= 1u << m->links.relations[link->relation].family;
  if (link->way == WAY_FORWARD) *(flipped ? &edge->backward : &edge->forward) = true;
  if (link->way == WAY_BACKWARD) *(flipped ? &edge->forward : &edge->backward) = true;
  if (link->situation != NOWHERE)
    take_date(&edge->first, &edge->last, m->links.situations.items[link->situation].date);
}

static int compare_parts(const void *a, const void *b)
{
  const ViewPart *const x = a, *const y = b;
  int order = compare_numbers(y->total, x->total);
  if (!order) order = compare_numbers(x->relation, y->relation);
  return order ? order : (x->backward > y->backward) - (x->backward < y->backward);
}

static Status fold(Maker *m, Draft *draft)
{
  const Link *const links = m->links.items + draft->first_link;
  const bool flip = m->options->level == VIEW_ACTOR && links[0].bundle == WAY_BACKWARD;
  ViewEdge *const edge = &draft->edge;
  edge->from = flip ? links[0].b : links[0].a;
  edge->to = flip ? links[0].a : links[0].b;
  uint32_t parts = 1;
  for (uint32_t i = 1; i < draft->link_count; i++)
    parts += links[i].relation != links[i - 1].relation || links[i].way != links[i - 1].way;
  edge->parts = arena_array(&m->out->arena, parts, sizeof *edge->parts);
  if (!edge->parts) return STATUS_MEMORY;
  for (uint32_t i = 0; i < draft->link_count; i++) {
    const bool new_part =
        !i || links[i].relation != links[i - 1].relation || links[i].way != links[i - 1].way;
    count_link(m, edge, &links[i], new_part);
  }
  qsort(edge->parts, edge->part_count, sizeof *edge->parts, compare_parts);
  return STATUS_OK;
}

static Status make_drafts(Maker *m)
{
  assign_bundles(m);
  const Link *const links = m->links.items;
  m->drafts = arena_array(&m->scratch, m->links.count + 1, sizeof *m->drafts);
  if (!m->drafts) return STATUS_MEMORY;
  for (size_t first = 0, next; first < m->links.count; first = next) {
    next = first + 1;
    while (next < m->links.count && same_pair(&links[first], &links[next]) &&
           links[first].bundle == links[next].bundle)
      next++;
    Draft *const draft = &m->drafts[m->draft_count++];
    draft->first_link = (uint32_t)first;
    draft->link_count = (uint32_t)(next - first);
    draft->kept = true;
    TRY(fold(m, draft));
  }
  return STATUS_OK;
}

/* ---- what stays ---- */

static void drop_weak(Maker *m)
{
  for (size_t i = 0; i < m->draft_count; i++)
    if (m->drafts[i].edge.count < m->options->min_weight) m->drafts[i].kept = false;
}

static bool is_thing(const Maker *m, uint32_t node)
{
  const EntityClass class = m->links.nodes[node].class;
  return class == ENTITY_THING || class == ENTITY_OFFICE;
}

/* Where a place lies is no dealing either. */
static bool is_detail(const Maker *m, const ViewEdge *edge)
{
  bool lasting = true;
  for (uint32_t i = 0; i < edge->part_count; i++)
    lasting &= m->links.relations[edge->parts[i].relation].lasting;
  const ViewNode *const nodes = m->links.nodes;
  const bool place =
      nodes[edge->from].class == ENTITY_PLACE || nodes[edge->to].class == ENTITY_PLACE;
  return is_thing(m, edge->from) || is_thing(m, edge->to) || (lasting && place);
}

/* What is announced, wanted or rejected says little about who deals with whom. */
static void drop_details(Maker *m)
{
  for (size_t i = 0; i < m->draft_count && !m->options->details; i++) {
    Draft *const draft = &m->drafts[i];
    if (!draft->kept || !is_detail(m, &draft->edge)) continue;
    draft->kept = false;
    m->out->details_left_out++;
  }
}

/* The nodes named by the focus get distance 0. */
static Status find_focus(Maker *m, Slice name)
{
  TermId *terms;
  size_t count;
  TRY(entity_require(&terms, &count, &m->scratch, m->graph, name, m->report));
  bool found = false;
  for (size_t i = 0; i < count; i++) {
    const uint32_t node = links_node_of(&m->links, terms[i]);
    if (node == NOWHERE) continue;
    m->distance[node] = 0;
    found = true;
  }
  if (found) return STATUS_OK;
  report(m->report, SEVERITY_ERROR, NULL, 0, 0, "%.*s has no part in what is to be shown",
         SLICE_ARGS(name));
  return STATUS_NOT_FOUND;
}

/* One more step outwards: the ends of edges that touch what was reached in STEP. */
static void step_out(Maker *m, uint32_t step)
{
  for (size_t i = 0; i < m->draft_count; i++) {
    const ViewEdge *const edge = &m->drafts[i].edge;
    if (!m->drafts[i].kept) continue;
    uint32_t *const from = &m->distance[edge->from], *const to = &m->distance[edge->to];
    if (*from == step && *to == FAR) *to = step + 1;
    if (*to == step && *from == FAR) *from = step + 1;
  }
}

static Status drop_far(Maker *m)
{
  const ViewOptions *const o = m->options;
  m->distance = arena_array(&m->scratch, m->links.node_count + 1, sizeof *m->distance);
  if (!m->distance) return STATUS_MEMORY;
  if (!o->focus_count) return STATUS_OK;
  for (size_t i = 0; i < m->links.node_count; i++) m->distance[i] = FAR;
  for (size_t i = 0; i < o->focus_count; i++) TRY(find_focus(m, o->focus[i]));
  const uint32_t depth = o->depth ? o->depth : 1;
  for (uint32_t step = 0; step < depth && step < m->links.node_count; step++) step_out(m, step);
  for (size_t i = 0; i < m->draft_count; i++) {
    Draft *const draft = &m->drafts[i];
    const uint32_t from = m->distance[draft->edge.from], to = m->distance[draft->edge.to];
    draft->distance = from < to ? from : to;
    if (from == FAR || to == FAR) draft->kept = false;
  }
  return STATUS_OK;
}

static int compare_strength(const void *a, const void *b)
{
  const Draft *const x = *(const Draft *const *)a, *const y = *(const Draft *const *)b;
  int order = compare_numbers(x->distance, y->distance);
  if (!order) order = compare_numbers(y->edge.count, x->edge.count);
  return order ? order : (x > y) - (x < y);
}

/* Keep DRAFT if it fits; USED counts what is taken. */
static bool fits(const ViewOptions *o, bool *taken, const ViewEdge *edge, uint32_t *nodes,
                 uint32_t *edges)
{
  const uint32_t more = (uint32_t)!taken[edge->from] + (uint32_t)!taken[edge->to];
  if (o->max_edges && *edges >= o->max_edges) return false;
  if (o->max_nodes && *nodes + more > o->max_nodes) return false;
  taken[edge->from] = taken[edge->to] = true;
  *nodes += more;
  ++*edges;
  return true;
}

/* Strongest edges first, nearest to the focus before all, until there is no room. */
static Status cut(Maker *m)
{
  const Draft **const order = arena_array(&m->scratch, m->draft_count + 1, sizeof *order);
  bool *const taken = arena_array(&m->scratch, m->links.node_count + 1, sizeof *taken);
  bool *const wanted = arena_array(&m->scratch, m->links.node_count + 1, sizeof *wanted);
  if (!order || !taken || !wanted) return STATUS_MEMORY;
  size_t count = 0;
  for (size_t i = 0; i < m->draft_count; i++)
    if (m->drafts[i].kept) order[count++] = &m->drafts[i];
  qsort(order, count, sizeof *order, compare_strength);
  uint32_t nodes = 0, edges = 0;
  for (size_t i = 0; i < count; i++) {
    Draft *const draft = &m->drafts[order[i] - m->drafts];
    wanted[draft->edge.from] = wanted[draft->edge.to] = true;
    draft->kept = fits(m->options, taken, &draft->edge, &nodes, &edges);
    m->out->edges_left_out += !draft->kept;
  }
  for (size_t i = 0; i < m->links.node_count; i++) m->out->nodes_left_out += wanted[i] && !taken[i];
  return STATUS_OK;
}

/* ---- evidence ---- */

static int compare_ids(const void *a, const void *b)
{
  return compare_numbers(*(const TermId *)a, *(const TermId *)b);
}

static int compare_quotes(const void *a, const void *b)
{
  const QuoteWords *const x = a, *const y = b;
  int order = slice_compare(x->date, y->date);
  if (!order) order = slice_compare(x->document, y->document);
  return order ? order : slice_compare(x->text, y->text);
}

/* The quotes behind the links of DRAFT, each once. */
static Status quotes_of(TermId **out, size_t *count, Maker *m, const Draft *draft)
{
  const Situations *const s = &m->links.situations;
  const Link *const links = m->links.items + draft->first_link;
  size_t total = 0, kept = 0;
  for (uint32_t i = 0; i < draft->link_count; i++)
    if (links[i].situation != NOWHERE) total += s->items[links[i].situation].quote_count;
  TermId *const ids = arena_array(&m->scratch, total + 1, sizeof *ids);
  if (!ids) return STATUS_MEMORY;
  total = 0;
  for (uint32_t i = 0; i < draft->link_count; i++) {
    if (links[i].situation == NOWHERE) continue;
    const Situation *const situation = &s->items[links[i].situation];
    for (uint32_t j = 0; j < situation->quote_count; j++)
      ids[total++] = s->quotes[situation->first_quote + j];
  }
  qsort(ids, total, sizeof *ids, compare_ids);
  for (size_t i = 0; i < total; i++)
    if (!i || ids[i] != ids[i - 1]) ids[kept++] = ids[i];
  *out = ids;
  *count = kept;
  return STATUS_OK;
}

static Status read_evidence(Maker *m, const Draft *draft, ViewEdge *edge, bool *documents)
{
  TermId *ids;
  size_t count;
  TRY(quotes_of(&ids, &count, m, draft));
  QuoteWords *const quotes = arena_array(&m->scratch, count + 1, sizeof *quotes);
  if (!quotes) return STATUS_MEMORY;
  for (size_t i = 0; i < count; i++) {
    TRY(quote_read(&quotes[i], m->graph, &m->words, ids[i]));
    const TermId document = graph_find_iri(m->graph, quotes[i].document);
    m->out->document_count += document != TERM_ANY && !documents[document];
    documents[document] = true;
  }
  qsort(quotes, count, sizeof *quotes, compare_quotes);
  edge->quote_total = (uint32_t)count;
  edge->quote_count = count < m->options->max_quotes ? (uint32_t)count : m->options->max_quotes;
  edge->quotes = arena_array(&m->out->arena, edge->quote_count + 1u, sizeof *quotes);
  if (!edge->quotes) return STATUS_MEMORY;
  memcpy(edge->quotes, quotes, edge->quote_count * sizeof *quotes);
  return STATUS_OK;
}

/* ---- the view ---- */

static Status keep_nodes(Maker *m, uint32_t *number)
{
  View *const out = m->out;
  for (size_t i = 0; i < m->draft_count; i++) {
    if (!m->drafts[i].kept) continue;
    number[m->drafts[i].edge.from] += m->drafts[i].edge.count;
    number[m->drafts[i].edge.to] += m->drafts[i].edge.count;
  }
  out->nodes = arena_array(&out->arena, m->links.node_count + 1, sizeof *out->nodes);
  if (!out->nodes) return STATUS_MEMORY;
  for (size_t i = 0; i < m->links.node_count; i++) {
    if (!number[i]) continue;
    ViewNode *const node = &out->nodes[out->node_count];
    *node = m->links.nodes[i];
    node->weight = number[i];
    node->focus = m->options->focus_count && m->distance[i] == 0;
    number[i] = out->node_count++;
  }
  return STATUS_OK;
}

static void count_situations(Maker *m, const Draft *draft, bool *seen)
{
  for (uint32_t i = 0; i < draft->link_count; i++) {
    const uint32_t situation = m->links.items[draft->first_link + i].situation;
    if (situation == NOWHERE) {
      m->out->situation_count++;
    } else if (!seen[situation]) {
      seen[situation] = true;
      m->out->situation_count++;
      take_date(&m->out->first, &m->out->last, m->links.situations.items[situation].date);
    }
  }
}

static Status keep_edges(Maker *m, const uint32_t *number)
{
  View *const out = m->out;
  bool *const documents = arena_array(&m->scratch, graph_term_count(m->graph) + 1, sizeof(bool));
  bool *const seen = arena_array(&m->scratch, m->links.situations.count + 1, sizeof(bool));
  out->edges = arena_array(&out->arena, m->draft_count + 1, sizeof *out->edges);
  if (!documents || !seen || !out->edges) return STATUS_MEMORY;
  for (size_t i = 0; i < m->draft_count; i++) {
    if (!m->drafts[i].kept) continue;
    ViewEdge *const edge = &out->edges[out->edge_count++];
    *edge = m->drafts[i].edge;
    edge->from = number[edge->from];
    edge->to = number[edge->to];
    count_situations(m, &m->drafts[i], seen);
    TRY(read_evidence(m, &m->drafts[i], edge, documents));
  }
  return STATUS_OK;
}

static Status keep_relations(Maker *m)
{
  View *const out = m->out;
  out->relations = arena_array(&out->arena, m->links.relation_count + 1, sizeof *out->relations);
  if (!out->relations) return STATUS_MEMORY;
  out->relation_count = (uint32_t)m->links.relation_count;
  for (size_t i = 0; i < m->links.relation_count; i++) out->relations[i] = m->links.relations[i];
  return STATUS_OK;
}

static Status check_focus(const Maker *m)
{
  bool shown = !m->options->focus_count;
  for (uint32_t i = 0; i < m->out->node_count; i++) shown |= m->out->nodes[i].focus;
  if (shown) return STATUS_OK;
  report(m->report, SEVERITY_ERROR, NULL, 0, 0, "%.*s has no part in what is to be shown",
         SLICE_ARGS(m->options->focus[0]));
  return STATUS_NOT_FOUND;
}

static Status make(Maker *m)
{
  vocabulary_find(&m->words, m->graph);
  TRY(links_collect(&m->links, &m->scratch, m->graph, &m->words, m->options));
  TRY(make_drafts(m));
  drop_weak(m);
  drop_details(m);
  TRY(drop_far(m));
  TRY(cut(m));
  uint32_t *const number = arena_array(&m->scratch, m->links.node_count + 1, sizeof *number);
  if (!number) return STATUS_MEMORY;
  TRY(keep_nodes(m, number));
  TRY(keep_edges(m, number));
  TRY(keep_relations(m));
  return check_focus(m);
}

Status view_make(View *out, Graph *graph, const ViewOptions *options, const Report *sink)
{
  *out = (View){.level = options->level};
  Maker m = {.out = out, .graph = graph, .options = options, .report = sink};
  const Status status = make(&m);
  arena_clear(&m.scratch);
  if (status) view_clear(out);
  return status;
}

void view_clear(View *view)
{
  arena_clear(&view->arena);
  *view = (View){0};
}
