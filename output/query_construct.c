/* CONSTRUCT fills its template with every row; what is not a legal triple is left out, as section
   16.2 wants it. DESCRIBE gives the triples about a resource, with the blank nodes they lead to. */
#include "query_construct.h"

#include <stdio.h>

typedef struct Builder {
  Exec *exec;
  const Select *select;
  Graph *graph; /* being made */
  size_t row;
  char mark[16]; /* of new blank nodes: no label of the graph asked begins with it */
  RowSet described;
} Builder;

static Status copy_term(TermId *out, Graph *graph, QueryTerm term)
{
  TermId datatype = TERM_ANY;
  switch (term.kind) {
  case TERM_IRI:
    return graph_iri(out, graph, term.text);
  case TERM_BLANK:
    return graph_blank(out, graph, term.text);
  case TERM_LITERAL:
    break;
  }
  if (term.datatype.len) TRY(graph_iri(&datatype, graph, term.datatype));
  return graph_literal(out, graph, term.text, datatype, term.language);
}

/* ---- CONSTRUCT ---- */

static Status new_blank(TermId *out, const Builder *builder, uint32_t variable)
{
  char label[64];
  snprintf(label, sizeof label, "%s%zu-%u", builder->mark, builder->row, variable);
  return graph_blank(out, builder->graph, slice_of(label));
}

/* The term at one place of the template; TERM_ANY if it makes the triple illegal. */
static Status build_node(TermId *out, const Builder *builder, Node node, const TermId *row,
                         unsigned place)
{
  *out = TERM_ANY;
  const Slice name = node.is_variable ? builder->select->variables.names[node.id] : SLICE_NONE;
  if (node.is_variable && slice_equal(name, SLICE("[]"))) {
    return place == 1 ? STATUS_OK : new_blank(out, builder, node.id);
  }
  const TermId id = node.is_variable ? row[node.id] : node.id;
  if (!id) return STATUS_OK;
  const QueryTerm term = query_term(builder->exec->terms, id);
  if (place == 0 && term.kind == TERM_LITERAL) return STATUS_OK;
  if (place == 1 && term.kind != TERM_IRI) return STATUS_OK;
  return copy_term(out, builder->graph, term);
}

static Status build_triple(const Builder *builder, const Triple *triple, const TermId *row)
{
  const Node nodes[3] = {triple->subject, triple->predicate, triple->object};
  TermId ids[3];
  for (unsigned i = 0; i < 3; i++) {
    TRY(build_node(&ids[i], builder, nodes[i], row, i));
    if (!ids[i]) return STATUS_OK;
  }
  return graph_add(builder->graph, (Quad){ids[0], ids[1], ids[2], TERM_ANY});
}

static Status take_construct(void *handle, const Solutions *batch)
{
  Builder *const builder = handle;
  for (size_t i = 0; i < batch->count; i++, builder->row++) {
    for (size_t k = 0; k < builder->select->template_count; k++) {
      TRY(build_triple(builder, &builder->select->template_[k], solution_at(batch, i)));
    }
  }
  return STATUS_OK;
}

/* ---- DESCRIBE ---- */

static Status add_described(Builder *builder, TermId id)
{
  uint32_t index;
  bool is_new;
  if (!id || id & TERM_COMPUTED) return STATUS_OK;
  return row_set_add(&index, &is_new, &builder->described, builder->exec, &id);
}

static Status take_describe(void *handle, const Solutions *batch)
{
  Builder *const builder = handle;
  for (size_t i = 0; i < batch->count; i++) {
    for (size_t k = 0; k < builder->select->described_count; k++) {
      const Node node = builder->select->described[k];
      TRY(add_described(builder, node.is_variable ? solution_at(batch, i)[node.id] : node.id));
    }
  }
  return STATUS_OK;
}

static Status describe_quad(Builder *builder, Quad quad)
{
  const QueryTerms *const terms = builder->exec->terms;
  const QueryTerm object = query_term(terms, quad.object);
  TermId ids[3];
  TRY(copy_term(&ids[0], builder->graph, query_term(terms, quad.subject)));
  TRY(copy_term(&ids[1], builder->graph, query_term(terms, quad.predicate)));
  TRY(copy_term(&ids[2], builder->graph, object));
  TRY(graph_add(builder->graph, (Quad){ids[0], ids[1], ids[2], TERM_ANY}));
  return object.kind == TERM_BLANK ? add_described(builder, quad.object) : STATUS_OK;
}

/* The list grows by the blank nodes found while it is walked. */
static Status describe_all(Builder *builder)
{
  for (size_t i = 0; i < builder->described.rows.count; i++) {
    const TermId subject = builder->described.rows.cells[i];
    GraphCursor *cursor;
    TRY(graph_match(&cursor, builder->exec->terms->graph,
                    (Quad){subject, TERM_ANY, TERM_ANY, TERM_ANY}));
    Status status = STATUS_OK;
    for (Quad quad; status == STATUS_OK && graph_next(cursor, &quad);) {
      status = exec_spend(builder->exec, 1);
      if (status == STATUS_OK) status = describe_quad(builder, quad);
    }
    graph_match_end(cursor);
    TRY(status);
  }
  return STATUS_OK;
}

/* ---- both ---- */

/* A beginning for new labels that no blank node of the graph has. */
static void choose_mark(Builder *builder)
{
  const Graph *const graph = builder->exec->terms->graph;
  size_t length = 1;
  for (TermId id = 1; id <= graph_term_count(graph); id++) {
    const Term term = graph_term(graph, id);
    if (term.kind != TERM_BLANK) continue;
    size_t c = 0;
    while (c < term.text.len && term.text.ptr[c] == 'c') c++;
    if (c >= length) length = c + 1;
  }
  if (length > sizeof builder->mark - 1) length = sizeof builder->mark - 1;
  memset(builder->mark, 'c', length);
  builder->mark[length] = '\0';
}

Status construct_run(Graph **out, Exec *exec, SelectPlan *plan)
{
  Builder builder = {.exec = exec, .select = plan->select};
  builder.described.rows.width = 1;
  TRY(graph_new(&builder.graph));
  const bool describe = plan->select->form == QUERY_DESCRIBE;
  const RowSink sink = {describe ? take_describe : take_construct, &builder};
  if (!describe) choose_mark(&builder);
  Status status = select_run(exec, plan, TERM_ANY, &sink);
  if (status == STATUS_OK && describe) status = describe_all(&builder);
  row_set_clear(&builder.described, exec);
  if (status != STATUS_OK) {
    graph_free(builder.graph);
    return status;
  }
  *out = builder.graph;
  return STATUS_OK;
}
