/* Paths with *, + and ?: nodes reached, each once, as the function ALP of section 18.4 finds them.
   A path between two variables starts from every node of the graph. */
#include "query_plan.h"

typedef struct Search {
  Exec *exec;
  TermId graph; /* TERM_ANY: all graphs together */
} Search;

static Status expand(const Search *search, const Path *path, TermId node, bool forward,
                     RowSet *into);

static RowSet empty_set(void)
{
  return (RowSet){{NULL, 1, 0, 0}, NULL, 0};
}

static Status add_node(const Search *search, RowSet *set, TermId node)
{
  uint32_t index;
  bool is_new;
  return row_set_add(&index, &is_new, set, search->exec, &node);
}

static TermId node_at(const RowSet *set, size_t index)
{
  return set->rows.cells[index];
}

static Status expand_iri(const Search *search, TermId iri, TermId node, bool forward, RowSet *into)
{
  if ((iri | node | search->graph) & TERM_COMPUTED) return STATUS_OK;
  const Quad pattern = {forward ? node : TERM_ANY, iri, forward ? TERM_ANY : node, search->graph};
  GraphCursor *cursor;
  TRY(graph_match(&cursor, search->exec->terms->graph, pattern));
  Status status = STATUS_OK;
  for (Quad quad; status == STATUS_OK && graph_next(cursor, &quad);) {
    status = exec_spend(search->exec, 1);
    if (status != STATUS_OK) break;
    status = add_node(search, into, forward ? quad.object : quad.subject);
  }
  graph_match_end(cursor);
  return status;
}

/* From all nodes of FROM. */
static Status expand_all(const Search *search, const Path *path, const RowSet *from, bool forward,
                         RowSet *into)
{
  for (size_t i = 0; i < from->rows.count; i++) {
    TRY(expand(search, path, node_at(from, i), forward, into));
  }
  return STATUS_OK;
}

static Status expand_sequence(const Search *search, const Path *path, TermId node, bool forward,
                              RowSet *into)
{
  RowSet now = empty_set();
  Status status = add_node(search, &now, node);
  for (size_t i = 0; i < path->count && status == STATUS_OK; i++) {
    const Path *const part = path->parts[forward ? i : path->count - 1 - i];
    const bool last = i + 1 == path->count;
    RowSet next = empty_set();
    status = expand_all(search, part, &now, forward, last ? into : &next);
    row_set_clear(&now, search->exec);
    now = next;
  }
  row_set_clear(&now, search->exec);
  return status;
}

/* All that repeating the path reaches; the set grows while it is walked. */
static Status expand_repeat(const Search *search, const Path *path, TermId node, bool forward,
                            RowSet *into)
{
  RowSet seen = empty_set();
  Status status = path->kind == PATH_ZERO_OR_MORE
                      ? add_node(search, &seen, node)
                      : expand(search, path->parts[0], node, forward, &seen);
  for (size_t i = 0; i < seen.rows.count && status == STATUS_OK; i++) {
    status = expand(search, path->parts[0], node_at(&seen, i), forward, &seen);
  }
  for (size_t i = 0; i < seen.rows.count && status == STATUS_OK; i++) {
    status = add_node(search, into, node_at(&seen, i));
  }
  row_set_clear(&seen, search->exec);
  return status;
}

static Status expand(const Search *search, const Path *path, TermId node, bool forward,
                     RowSet *into)
{
  TRY(exec_spend(search->exec, 1));
  switch (path->kind) {
  case PATH_IRI:
    return expand_iri(search, path->iri, node, forward, into);
  case PATH_INVERSE:
    return expand(search, path->parts[0], node, !forward, into);
  case PATH_SEQUENCE:
    return expand_sequence(search, path, node, forward, into);
  case PATH_ALTERNATIVE:
    for (size_t i = 0; i < path->count; i++) {
      TRY(expand(search, path->parts[i], node, forward, into));
    }
    return STATUS_OK;
  case PATH_ZERO_OR_ONE:
    TRY(add_node(search, into, node));
    return expand(search, path->parts[0], node, forward, into);
  case PATH_ZERO_OR_MORE:
  case PATH_ONE_OR_MORE:
    return expand_repeat(search, path, node, forward, into);
  }
  return STATUS_INTERNAL;
}

/* ---- matching ---- */

typedef struct PathMatch {
  Search search;
  const QuadPattern *pattern;
  const TermId *row;
  TermId *merged; /* the row with its ends filled in */
  size_t width;
  RowTaker take;
  void *handle;
} PathMatch;

static TermId end_of(const PathMatch *match, unsigned part)
{
  const Node node = match->pattern->part[part];
  return node.is_variable ? match->row[node.id] : node.id;
}

/* Hand on the row with SUBJECT and OBJECT, unless it has others. */
static Status hand_on(const PathMatch *match, TermId subject, TermId object)
{
  const TermId ends[2] = {subject, object};
  memcpy(match->merged, match->row, match->width * sizeof *match->merged);
  for (unsigned i = 0; i < 2; i++) {
    const Node node = match->pattern->part[2 * i];
    TermId *const cell = node.is_variable ? &match->merged[node.id] : NULL;
    if (!cell && node.id != ends[i]) return STATUS_OK;
    if (cell && *cell && *cell != ends[i]) return STATUS_OK;
    if (cell) *cell = ends[i];
  }
  return match->take(match->handle, match->merged);
}

static Status from_node(const PathMatch *match, TermId node, bool forward)
{
  RowSet found = empty_set();
  Status status = expand(&match->search, match->pattern->path, node, forward, &found);
  for (size_t i = 0; i < found.rows.count && status == STATUS_OK; i++) {
    const TermId other = node_at(&found, i);
    status = forward ? hand_on(match, node, other) : hand_on(match, other, node);
  }
  row_set_clear(&found, match->search.exec);
  return status;
}

static bool in_graph(const PathMatch *match, TermId node)
{
  Graph *const graph = match->search.exec->terms->graph;
  const TermId where = match->search.graph;
  if ((node | where) & TERM_COMPUTED) return false;
  return graph_count(graph, (Quad){node, TERM_ANY, TERM_ANY, where}) ||
         graph_count(graph, (Quad){TERM_ANY, TERM_ANY, node, where});
}

static Status all_nodes(const PathMatch *match, RowSet *nodes)
{
  const Search *const search = &match->search;
  if (search->graph & TERM_COMPUTED) return STATUS_OK;
  GraphCursor *cursor;
  TRY(graph_match(&cursor, search->exec->terms->graph,
                  (Quad){TERM_ANY, TERM_ANY, TERM_ANY, search->graph}));
  Status status = STATUS_OK;
  for (Quad quad; status == STATUS_OK && graph_next(cursor, &quad);) {
    status = add_node(search, nodes, quad.subject);
    if (status == STATUS_OK) status = add_node(search, nodes, quad.object);
  }
  graph_match_end(cursor);
  return status;
}

static Status from_everywhere(const PathMatch *match)
{
  RowSet nodes = empty_set();
  Status status = all_nodes(match, &nodes);
  for (size_t i = 0; i < nodes.rows.count && status == STATUS_OK; i++) {
    status = from_node(match, node_at(&nodes, i), true);
  }
  row_set_clear(&nodes, match->search.exec);
  return status;
}

/* A path of no length from a constant is there even if the graph does not know it; between
   variables both ends are nodes of the graph. */
Status path_match(Exec *exec, const QuadPattern *pattern, const TermId *row, size_t width,
                  RowTaker take, void *handle)
{
  TermId merged[MOST_VARIABLES];
  PathMatch match = {{exec, TERM_ANY}, pattern, row, merged, width, take, handle};
  match.search.graph = end_of(&match, 3);
  const TermId subject = end_of(&match, 0), object = end_of(&match, 2);
  if (!pattern->part[0].is_variable) return from_node(&match, subject, true);
  if (!pattern->part[2].is_variable) return from_node(&match, object, false);
  if (subject) return in_graph(&match, subject) ? from_node(&match, subject, true) : STATUS_OK;
  if (object) return in_graph(&match, object) ? from_node(&match, object, false) : STATUS_OK;
  return from_everywhere(&match);
}
