/* From situations to pairs of nodes. Classes and offices are read first, since the country level
   needs them to tell whom a participant acts for. Nodes are made when the first situation needs
   them and numbered anew by name at the end; so nothing depends on the order of statements. */
#include "links.h"

#include "vocabulary.h"

#include <stdlib.h>

/* An office that a person is said to hold. */
typedef struct Office {
  TermId holder;
  Slice name;
  Slice date;      /* the latest given; empty if none */
  uint32_t quotes; /* that say so */
  int reach;       /* 0: of whom is not known; 1: of a body; 2: of a state */
} Office;

/* A plain triple that a situation stands behind. */
typedef struct Known {
  TermId subject, object;
  uint32_t relation;
} Known;

typedef struct Collector {
  Links *out;
  Arena *arena;
  Graph *graph;
  const Vocabulary *words;
  const ViewOptions *options;
  uint8_t *classes;    /* by term: class + 1 */
  uint32_t *nodes;     /* by term: node + 1; NOWHERE: not shown */
  uint32_t *relations; /* by term of the class: relation + 1 */
  Slice *offices;      /* by term: of a person; empty if none */
  Office *stated;
  size_t stated_count, stated_capacity;
  uint32_t *by_label; /* hash table of nodes + 1 at the country level */
  size_t label_mask;
  Known *known;
  size_t known_count, known_capacity;
} Collector;

/* ---- what is known of entities ---- */

static Status read_classes(Collector *c)
{
  for (int i = ENTITY_CLASSES - 1; i >= 0; i--) {
    const TermId class = c->words->classes[i];
    if (class == TERM_ANY || c->words->type == TERM_ANY) continue;
    GraphCursor *cursor;
    TRY(graph_match(&cursor, c->graph, (Quad){TERM_ANY, c->words->type, class, TERM_ANY}));
    for (Quad quad; graph_next(cursor, &quad);) c->classes[quad.subject] = (uint8_t)(i + 1);
    graph_match_end(cursor);
  }
  return STATUS_OK;
}

static EntityClass class_of(const Collector *c, TermId term)
{
  return c->classes[term] ? (EntityClass)(c->classes[term] - 1) : ENTITY_THING;
}

static Slice last_segment(Slice iri)
{
  size_t start = iri.len;
  while (start > 0 && iri.ptr[start - 1] != '/' && iri.ptr[start - 1] != '#') start--;
  return start < iri.len ? slice_part(iri, start, iri.len) : iri;
}

static Status label_of(Slice *out, const Collector *c, TermId term)
{
  TRY(graph_text_of(out, c->graph, term, c->words->label));
  if (!out->len) *out = last_segment(graph_term(c->graph, term).text);
  return STATUS_OK;
}

/* ---- relations ---- */

static Status read_schema(Collector *c)
{
  Links *const out = c->out;
  out->relations = arena_array(c->arena, c->options->schema_count + 1, sizeof *out->relations);
  if (!out->relations) return STATUS_MEMORY;
  out->relation_capacity = c->options->schema_count + 1;
  for (size_t i = 0; i < c->options->schema_count; i++) {
    out->relations[i] = c->options->schema[i];
    const TermId class = vocabulary_term(c->graph, out->relations[i].schema.class_name);
    if (class != TERM_ANY && !c->relations[class]) c->relations[class] = (uint32_t)i + 1;
  }
  out->relation_count = c->options->schema_count;
  return STATUS_OK;
}

/* The relation of a class; one that the schema does not have goes by the name of the class. */
static Status relation_of(uint32_t *out, Collector *c, TermId class)
{
  Links *const links = c->out;
  if (!c->relations[class]) {
    ViewRelation *const grown = arena_grow(c->arena, links->relations, &links->relation_capacity,
                                           links->relation_count, 1, sizeof *grown);
    if (!grown) return STATUS_MEMORY;
    links->relations = grown;
    const Slice name = last_segment(graph_term(c->graph, class).text);
    grown[links->relation_count++] =
        (ViewRelation){{name, name, name, SLICE_NONE, false}, c->options->other_family, false};
    c->relations[class] = (uint32_t)links->relation_count;
  }
  *out = c->relations[class] - 1;
  return STATUS_OK;
}

/* ---- offices ---- */

static int office_reach(const Collector *c, Slice name)
{
  EntityClass class = ENTITY_OFFICE;
  if (!c->options->state_of) return 0;
  if (!c->options->state_of(c->options->handle, &class, name, SLICE_NONE).len) return 0;
  return class == ENTITY_COUNTRY ? 2 : 1;
}

static Status add_stated(Collector *c, Office office)
{
  Office *const grown =
      arena_grow(c->arena, c->stated, &c->stated_capacity, c->stated_count, 1, sizeof *grown);
  if (!grown) return STATUS_MEMORY;
  c->stated = grown;
  grown[c->stated_count++] = office;
  return STATUS_OK;
}

static Status take_office(Collector *c, const Situation *situation)
{
  const Role *const roles = c->out->situations.roles + situation->first_role;
  for (uint32_t i = 0; i < situation->role_count; i++) {
    if (class_of(c, roles[i].filler) != ENTITY_OFFICE) continue;
    Office office = {TERM_ANY, SLICE_NONE, situation->date, situation->quote_count, 0};
    TRY(label_of(&office.name, c, roles[i].filler));
    office.reach = office_reach(c, office.name);
    for (uint32_t j = 0; j < situation->role_count; j++) {
      office.holder = roles[j].filler;
      if (roles[j].role == c->words->agent) TRY(add_stated(c, office));
    }
  }
  return STATUS_OK;
}

static int compare_stated(const void *a, const void *b)
{
  const Office *const x = a, *const y = b;
  if (x->holder != y->holder) return x->holder < y->holder ? -1 : 1;
  return slice_compare(x->name, y->name);
}

/* Add up what says the same. */
static void fold_stated(Collector *c)
{
  size_t kept = 0;
  if (c->stated_count) qsort(c->stated, c->stated_count, sizeof *c->stated, compare_stated);
  for (size_t i = 0; i < c->stated_count; i++) {
    const Office *const office = &c->stated[i];
    Office *const last = kept ? &c->stated[kept - 1] : NULL;
    if (!last || compare_stated(office, last)) {
      c->stated[kept++] = *office;
      continue;
    }
    last->quotes += office->quotes;
    if (slice_compare(office->date, last->date) > 0) last->date = office->date;
  }
  c->stated_count = kept;
}

/* What is known to be of a state or body before what is not; then what most quotes say, what is of
   a state, the latest, the longest name. */
static bool better_office(const Office *new, const Office *old)
{
  int order = (new->reach > 0) - (old->reach > 0);
  if (!order) order = (new->quotes > old->quotes) - (new->quotes < old->quotes);
  if (!order) order = new->reach - old->reach;
  if (!order) order = slice_compare(new->date, old->date);
  if (!order) order = (new->name.len > old->name.len) - (new->name.len < old->name.len);
  return order > 0;
}

static void choose_offices(Collector *c)
{
  fold_stated(c);
  for (size_t i = 0, best = 0; i < c->stated_count; i++) {
    const Office *const office = &c->stated[i];
    const bool first = !i || office->holder != c->stated[i - 1].holder;
    if (!first && !better_office(office, &c->stated[best])) continue;
    best = i;
    c->offices[office->holder] = office->name;
  }
}

/* Offices come from lasting relations, whatever the filters say. */
static Status read_offices(Collector *c)
{
  const Situations *const situations = &c->out->situations;
  for (size_t i = 0; i < situations->count; i++) {
    const Situation *const situation = &situations->items[i];
    if (situation->class == TERM_ANY || situation->factuality != FACTUALITY_ACTUAL) continue;
    uint32_t relation;
    TRY(relation_of(&relation, c, situation->class));
    if (c->out->relations[relation].lasting) TRY(take_office(c, situation));
  }
  choose_offices(c);
  return STATUS_OK;
}

/* ---- nodes ---- */

static Status add_node(uint32_t *out, Collector *c, ViewNode node)
{
  Links *const links = c->out;
  ViewNode *const grown = arena_grow(c->arena, links->nodes, &links->node_capacity,
                                     links->node_count, 1, sizeof *grown);
  if (!grown) return STATUS_MEMORY;
  links->nodes = grown;
  *out = (uint32_t)links->node_count;
  grown[links->node_count++] = node;
  return STATUS_OK;
}

static Slice state_of(const Collector *c, const ViewNode *node, EntityClass *class)
{
  *class = node->class;
  if (!c->options->state_of) return node->class == ENTITY_COUNTRY ? node->label : SLICE_NONE;
  return c->options->state_of(c->options->handle, class, node->label, node->office);
}

/* The node of the country level that is called LABEL; ENTITY makes it if it is not there yet. */
static Status node_called(uint32_t *out, Collector *c, Slice label, const ViewNode *entity)
{
  size_t at = slice_hash(label, 0) & c->label_mask;
  while (c->by_label[at]) {
    *out = c->by_label[at] - 1;
    if (slice_equal(c->out->nodes[*out].label, label)) return STATUS_OK;
    at = (at + 1) & c->label_mask;
  }
  TRY(add_node(out, c, *entity));
  c->by_label[at] = *out + 1;
  return STATUS_OK;
}

/* The node of the country level for ENTITY, which acts for one of CLASS. What is of that class
   itself, under whatever name, is the node; others are counted for it. */
static Status node_of_state(uint32_t *out, Collector *c, const ViewNode *entity, EntityClass class)
{
  *out = NOWHERE;
  if (!entity->state.len) return STATUS_OK;
  ViewNode node = {.class = class, .label = entity->state, .state = entity->state};
  if (entity->class == class) {
    node = *entity;
    node.label = entity->state;
  }
  TRY(node_called(out, c, node.label, &node));
  ViewNode *const kept = &c->out->nodes[*out];
  const bool better =
      kept->term == TERM_ANY || (node.term && slice_compare(node.iri, kept->iri) < 0);
  if (node.term && better) *kept = node;
  return STATUS_OK;
}

static Status node_of(uint32_t *out, Collector *c, TermId term)
{
  if (c->nodes[term]) {
    *out = c->nodes[term] == NOWHERE ? NOWHERE : c->nodes[term] - 1;
    return STATUS_OK;
  }
  ViewNode node = {.term = term,
                   .class = class_of(c, term),
                   .iri = graph_term(c->graph, term).text,
                   .office = c->offices[term]};
  TRY(label_of(&node.label, c, term));
  TRY(graph_text_of(&node.same_as, c->graph, term, c->words->same_as));
  EntityClass class;
  node.state = state_of(c, &node, &class);
  TRY(c->options->level == VIEW_ACTOR ? add_node(out, c, node)
                                      : node_of_state(out, c, &node, class));
  c->nodes[term] = *out == NOWHERE ? NOWHERE : *out + 1;
  return STATUS_OK;
}

/* ---- filters ---- */

static bool relation_wanted(const Collector *c, uint32_t relation)
{
  const Slice name = c->out->relations[relation].schema.name;
  for (size_t i = 0; i < c->options->relation_count; i++)
    if (slice_equal(c->options->relations[i], name)) return true;
  return c->options->relation_count == 0;
}

/* Compare as far as both are precise. */
static int compare_dates(Slice a, Slice b)
{
  const size_t n = a.len < b.len ? a.len : b.len;
  return n ? memcmp(a.ptr, b.ptr, n) : 0;
}

/* The date of a situation or, failing one, of the first document that tells of it. */
static Status effective_date(Slice *out, const Collector *c, const Situation *situation)
{
  *out = situation->date;
  for (uint32_t i = 0; !situation->date.len && i < situation->quote_count; i++) {
    QuoteWords quote;
    const TermId id = c->out->situations.quotes[situation->first_quote + i];
    TRY(quote_read(&quote, c->graph, c->words, id));
    if (!out->len || (quote.date.len && slice_compare(quote.date, *out) < 0)) *out = quote.date;
  }
  return STATUS_OK;
}

static Status in_period(bool *out, const Collector *c, const Situation *situation)
{
  const Slice since = c->options->since, until = c->options->until;
  *out = true;
  if (!since.len && !until.len) return STATUS_OK;
  Slice date;
  TRY(effective_date(&date, c, situation));
  *out = date.len && compare_dates(date, since) >= 0 && compare_dates(date, until) <= 0;
  return STATUS_OK;
}

static Status wanted(bool *out, const Collector *c, const Situation *situation, uint32_t relation)
{
  const unsigned factualities = c->options->factualities;
  *out = false;
  if (factualities && !(factualities & 1u << situation->factuality)) return STATUS_OK;
  if (!relation_wanted(c, relation)) return STATUS_OK;
  return in_period(out, c, situation);
}

/* ---- links ---- */

static Status add_link(Collector *c, uint32_t from, uint32_t to, uint32_t relation,
                       uint32_t situation, bool symmetric)
{
  Links *const out = c->out;
  if (from == to || from == NOWHERE || to == NOWHERE) return STATUS_OK;
  Link *const grown =
      arena_grow(c->arena, out->items, &out->capacity, out->count, 1, sizeof *grown);
  if (!grown) return STATUS_MEMORY;
  out->items = grown;
  grown[out->count++] =
      (Link){from, to, 0, relation, situation, symmetric ? WAY_SYMMETRIC : WAY_FORWARD};
  return STATUS_OK;
}

static Status remember(Collector *c, TermId subject, uint32_t relation, TermId object)
{
  Known *const grown =
      arena_grow(c->arena, c->known, &c->known_capacity, c->known_count, 1, sizeof *grown);
  if (!grown) return STATUS_MEMORY;
  c->known = grown;
  grown[c->known_count++] = (Known){subject, object, relation};
  return STATUS_OK;
}

/* One situation being taken apart. */
typedef struct Taking {
  const Role *roles;
  uint32_t role_count;
  uint32_t relation, situation;
  bool symmetric, shown;
} Taking;

static Status take_pair(Collector *c, const Taking *t, TermId subject, TermId object, bool together)
{
  if (!together) TRY(remember(c, subject, t->relation, object));
  if (!t->shown) return STATUS_OK;
  if (c->out->relations[t->relation].lasting && class_of(c, object) == ENTITY_OFFICE)
    return STATUS_OK;
  uint32_t from, to;
  TRY(node_of(&from, c, subject));
  TRY(node_of(&to, c, object));
  return add_link(c, from, to, t->relation, t->situation, t->symmetric || together);
}

/* Pair each agent with those after it. */
static Status pair_agents(Collector *c, const Taking *t, bool together)
{
  const TermId agent = c->words->agent;
  for (uint32_t i = 0; i < t->role_count; i++)
    for (uint32_t j = i + 1; j < t->role_count; j++)
      if (t->roles[i].role == agent && t->roles[j].role == agent)
        TRY(take_pair(c, t, t->roles[i].filler, t->roles[j].filler, together));
  return STATUS_OK;
}

static Status pair_with(Collector *c, const Taking *t, TermId role, size_t *found)
{
  *found = 0;
  for (uint32_t i = 0; i < t->role_count; i++) {
    if (t->roles[i].role != role) continue;
    ++*found;
    for (uint32_t j = 0; j < t->role_count; j++)
      if (t->roles[j].role == c->words->agent)
        TRY(take_pair(c, t, t->roles[j].filler, t->roles[i].filler, false));
  }
  return STATUS_OK;
}

/* The role of the object where the schema does not say: the first that is not the agent. */
static TermId other_role(const Collector *c, const Taking *t)
{
  for (uint32_t i = 0; i < t->role_count; i++)
    if (t->roles[i].role == c->words->co_agent) return c->words->co_agent;
  Slice least = SLICE_NONE;
  TermId best = TERM_ANY;
  for (uint32_t i = 0; i < t->role_count; i++) {
    const Slice name = graph_term(c->graph, t->roles[i].role).text;
    if (t->roles[i].role == c->words->agent) continue;
    if (least.ptr && slice_compare(name, least) >= 0) continue;
    least = name;
    best = t->roles[i].role;
  }
  return best;
}

/* Whether agents who did one thing to what is no state are counted as having done it together. */
static bool no_object_shown(const Collector *c, const Taking *t)
{
  for (uint32_t i = 0; i < t->role_count; i++) {
    if (t->roles[i].role == c->words->agent) continue;
    const uint32_t node = c->nodes[t->roles[i].filler];
    if (node && node != NOWHERE) return false;
  }
  return true;
}

static Status take_apart(Collector *c, Taking *t)
{
  const FactSchema *const schema = &c->out->relations[t->relation].schema;
  size_t found = 0;
  TermId role = t->symmetric ? c->words->co_agent : vocabulary_term(c->graph, schema->object_role);
  if (role != TERM_ANY) TRY(pair_with(c, t, role, &found));
  if (!found && !t->symmetric && (role = other_role(c, t)) != TERM_ANY)
    TRY(pair_with(c, t, role, &found));
  if (!found) return pair_agents(c, t, false);
  const bool together = c->options->level == VIEW_COUNTRY && !t->symmetric && t->shown;
  return together && no_object_shown(c, t) ? pair_agents(c, t, true) : STATUS_OK;
}

static Status take_situations(Collector *c)
{
  const Situations *const situations = &c->out->situations;
  for (size_t i = 0; i < situations->count; i++) {
    const Situation *const situation = &situations->items[i];
    if (situation->class == TERM_ANY) continue;
    Taking t = {.roles = situations->roles + situation->first_role,
                .role_count = situation->role_count,
                .situation = (uint32_t)i};
    TRY(relation_of(&t.relation, c, situation->class));
    t.symmetric = c->out->relations[t.relation].schema.symmetric;
    TRY(wanted(&t.shown, c, situation, t.relation));
    TRY(take_apart(c, &t));
  }
  return STATUS_OK;
}

/* ---- plain triples that no situation stands behind ---- */

static int compare_known(const void *a, const void *b)
{
  const Known *const x = a, *const y = b;
  if (x->relation != y->relation) return x->relation < y->relation ? -1 : 1;
  if (x->subject != y->subject) return x->subject < y->subject ? -1 : 1;
  return (x->object > y->object) - (x->object < y->object);
}

static bool is_known(const Collector *c, TermId subject, uint32_t relation, TermId object)
{
  const Known known = {subject, object, relation};
  return c->known_count && bsearch(&known, c->known, c->known_count, sizeof known, compare_known);
}

static Status take_triple(Collector *c, uint32_t relation, Quad quad)
{
  const bool symmetric = c->out->relations[relation].schema.symmetric;
  if (graph_term(c->graph, quad.object).kind == TERM_LITERAL) return STATUS_OK;
  if (is_known(c, quad.subject, relation, quad.object)) return STATUS_OK;
  if (symmetric && is_known(c, quad.object, relation, quad.subject)) return STATUS_OK;
  const Taking t = {
      .relation = relation, .situation = NOWHERE, .symmetric = symmetric, .shown = true};
  uint32_t from, to;
  TRY(node_of(&from, c, quad.subject));
  TRY(node_of(&to, c, quad.object));
  return add_link(c, from, to, t.relation, t.situation, t.symmetric);
}

static Status take_triples(Collector *c)
{
  const ViewOptions *const o = c->options;
  if (o->since.len || o->until.len) return STATUS_OK;
  if (o->factualities && !(o->factualities & 1u << FACTUALITY_ACTUAL)) return STATUS_OK;
  if (c->known_count) qsort(c->known, c->known_count, sizeof *c->known, compare_known);
  for (uint32_t i = 0; i < o->schema_count; i++) {
    const TermId property = vocabulary_term(c->graph, c->out->relations[i].schema.name);
    if (property == TERM_ANY || !relation_wanted(c, i)) continue;
    GraphCursor *cursor;
    Status status = graph_match(&cursor, c->graph, (Quad){TERM_ANY, property, TERM_ANY, TERM_ANY});
    if (status) return status;
    for (Quad quad; !status && graph_next(cursor, &quad);) status = take_triple(c, i, quad);
    graph_match_end(cursor);
    TRY(status);
  }
  return STATUS_OK;
}

/* ---- numbering by name ---- */

typedef struct Named {
  Slice label, iri;
  uint32_t node;
} Named;

static int compare_named(const void *a, const void *b)
{
  const Named *const x = a, *const y = b;
  const int order = slice_compare(x->label, y->label);
  return order ? order : slice_compare(x->iri, y->iri);
}

static void turn(Link *link, const uint32_t *number)
{
  const uint32_t from = number[link->a], to = number[link->b];
  link->a = from < to ? from : to;
  link->b = from < to ? to : from;
  if (link->way == WAY_FORWARD && from > to) link->way = WAY_BACKWARD;
}

static Status number_nodes(Collector *c)
{
  Links *const out = c->out;
  Named *const names = arena_array(c->arena, out->node_count + 1, sizeof *names);
  uint32_t *const number = arena_array(c->arena, out->node_count + 1, sizeof *number);
  ViewNode *const nodes = arena_array(c->arena, out->node_count + 1, sizeof *nodes);
  if (!names || !number || !nodes) return STATUS_MEMORY;
  for (uint32_t i = 0; i < out->node_count; i++)
    names[i] = (Named){out->nodes[i].label, out->nodes[i].iri, i};
  qsort(names, out->node_count, sizeof *names, compare_named);
  for (uint32_t i = 0; i < out->node_count; i++) {
    number[names[i].node] = i;
    nodes[i] = out->nodes[names[i].node];
  }
  for (size_t i = 0; i < out->count; i++) turn(&out->items[i], number);
  const size_t terms = graph_term_count(c->graph) + 1;
  for (size_t i = 0; i < terms; i++)
    if (c->nodes[i] && c->nodes[i] != NOWHERE) c->nodes[i] = number[c->nodes[i] - 1] + 1;
  out->nodes = nodes;
  return STATUS_OK;
}

static Status prepare(Collector *c)
{
  const size_t terms = graph_term_count(c->graph) + 1;
  c->classes = arena_array(c->arena, terms, sizeof *c->classes);
  c->nodes = arena_array(c->arena, terms, sizeof *c->nodes);
  c->relations = arena_array(c->arena, terms, sizeof *c->relations);
  c->offices = arena_array(c->arena, terms, sizeof *c->offices);
  size_t slots = 64;
  while (c->options->level == VIEW_COUNTRY && slots < 2 * terms) slots *= 2;
  c->by_label = arena_array(c->arena, slots, sizeof *c->by_label);
  c->label_mask = slots - 1;
  const bool all = c->classes && c->nodes && c->relations && c->offices && c->by_label;
  return all ? STATUS_OK : STATUS_MEMORY;
}

Status links_collect(Links *out, Arena *arena, Graph *graph, const Vocabulary *words,
                     const ViewOptions *options)
{
  *out = (Links){0};
  Collector c = {.out = out, .arena = arena, .graph = graph, .words = words, .options = options};
  TRY(prepare(&c));
  TRY(situations_read(&out->situations, arena, graph, words));
  TRY(read_classes(&c));
  TRY(read_schema(&c));
  TRY(read_offices(&c));
  TRY(take_situations(&c));
  TRY(take_triples(&c));
  TRY(number_nodes(&c));
  out->node_of_term = c.nodes;
  return STATUS_OK;
}

uint32_t links_node_of(const Links *links, TermId entity)
{
  const uint32_t node = links->node_of_term[entity];
  return node && node != NOWHERE ? node - 1 : NOWHERE;
}
