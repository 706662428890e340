/* Who does what to whom, read off the tree: besides the plain dependents of a word its logical
   subject and object are sought through passives, participles, relative clauses, control, light
   verbs and nominalisations, with a note of the way taken. */
#include "input/scene.h"

#include "input/reread.h"

#define CLIMB_LIMIT 12
#define LOGICAL_LIMIT 6

uint32_t text_hash(Slice text)
{
  char lower[64];
  const size_t n = text.len < sizeof lower ? text.len : sizeof lower;
  for (size_t i = 0; i < n; i++) {
    const char c = text.ptr[i];
    lower[i] = c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
  }
  return (uint32_t)slice_hash((Slice){lower, n}, 0);
}

int32_t scene_child(const Scene *scene, int32_t head, Deprel rel)
{
  for (int32_t c = scene->nodes[head].first_child; c >= 0; c = scene->nodes[c].next_sibling) {
    const Deprel mine = (Deprel)scene_token(scene, c)->deprel;
    if (mine == rel || deprel_base(mine) == rel) return c;
  }
  return -1;
}

bool scene_dominates(const Scene *scene, int32_t above, int32_t below)
{
  while (below >= 0 && below != above) below = scene->nodes[below].head;
  return below == above;
}

static bool name_part(const Scene *scene, int32_t token)
{
  const Token *t = scene_token(scene, token);
  const Token *head = scene_token(scene, scene->nodes[token].head);
  return t->ner == NER_PER || head->ner == NER_PER;
}

static uint8_t climb_step(const Scene *scene, int32_t token)
{
  if (scene->nodes[token].head < 0) return 0;
  switch (scene_token(scene, token)->deprel) {
  case DEPREL_CONJ:
    return CLIMB_CONJ;
  case DEPREL_APPOS:
    return CLIMB_APPOS;
  case DEPREL_FLAT:
  case DEPREL_NMOD_DESC:
    return CLIMB_NAME;
  case DEPREL_COMPOUND:
    return name_part(scene, token) ? CLIMB_NAME : 0;
  default:
    return 0;
  }
}

int32_t scene_anchor(const Scene *scene, int32_t token, uint8_t *climbed)
{
  *climbed = 0;
  for (int i = 0; i < CLIMB_LIMIT; i++) {
    const uint8_t step = climb_step(scene, token);
    if (!step) break;
    *climbed |= step;
    token = scene->nodes[token].head;
  }
  return token;
}

/* ---- logical subjects and objects ---- */

typedef struct Logical {
  int32_t token;
  uint8_t by;
} Logical;

#define LOGICAL_NONE ((Logical){-1, BY_NONE})

static bool relative_pronoun(const Token *token)
{
  if (token->features & FEAT_REL) return true;
  return slice_is(token->lemma, "who") || slice_is(token->lemma, "which") ||
         (slice_is(token->lemma, "that") && token->upos == UPOS_PRON);
}

/* The noun that a relative pronoun below TOKEN's clause stands for. */
static Logical through_relative(const Scene *scene, int32_t clause, int32_t found, uint8_t by)
{
  const Node *node = &scene->nodes[clause];
  const uint8_t rel = scene_token(scene, clause)->deprel;
  if (relative_pronoun(scene_token(scene, found)) && node->head >= 0 &&
      deprel_base((Deprel)rel) == DEPREL_ACL)
    return (Logical){node->head, BY_RELATIVE};
  return (Logical){found, by};
}

static int32_t agent_child(const Scene *scene, int32_t token)
{
  for (int32_t c = scene->nodes[token].first_child; c >= 0; c = scene->nodes[c].next_sibling) {
    const Token *t = scene_token(scene, c);
    if (t->deprel == DEPREL_OBL_AGENT) return c;
    const int32_t marker = scene_child(scene, c, DEPREL_CASE);
    if (marker >= 0 && slice_is(scene_token(scene, marker)->lemma, "by") &&
        (t->deprel == DEPREL_OBL || t->deprel == DEPREL_NMOD))
      return c;
  }
  return -1;
}

/* "State visit; met with the king": what stands before a semicolon is no subject. */
static int32_t subject_child(const Scene *scene, int32_t token)
{
  const int32_t subject = scene_child(scene, token, DEPREL_NSUBJ);
  for (int32_t i = subject + 1; subject >= 0 && i < token; i++)
    if (slice_is(scene_token(scene, i)->form, ";")) return -1;
  return subject;
}

static Logical own_subject(const Scene *scene, int32_t token)
{
  const Node *node = &scene->nodes[token];
  const int32_t subject = subject_child(scene, token);
  if (subject >= 0 && scene_token(scene, subject)->deprel != DEPREL_NSUBJ_PASS && !node->passive) {
    const bool copula = scene_child(scene, token, DEPREL_COP) >= 0;
    return through_relative(scene, token, subject, copula ? BY_COPULA : BY_DIRECT);
  }
  const int32_t agent = agent_child(scene, token);
  if (agent >= 0 && (node->passive || scene_token(scene, token)->upos != UPOS_VERB))
    return (Logical){agent, BY_AGENT};
  const int32_t owner = scene_child(scene, token, DEPREL_NMOD_POSS);
  if (owner >= 0) return (Logical){owner, BY_POSSESSIVE};
  return LOGICAL_NONE;
}

static Logical subject_of(const Scene *scene, int32_t token, int depth);

static Logical governed_subject(const Scene *scene, int32_t head, int depth, uint8_t by)
{
  Logical found = subject_of(scene, head, depth + 1);
  if (found.token >= 0) found.by = by;
  return found;
}

static Logical xcomp_subject(const Scene *scene, int32_t head, int depth)
{
  const int32_t object = scene_child(scene, head, DEPREL_OBJ);
  if (object >= 0) return (Logical){object, BY_CONTROL};
  if (scene->nodes[head].passive) {
    const int32_t subject = scene_child(scene, head, DEPREL_NSUBJ);
    if (subject >= 0) return through_relative(scene, head, subject, BY_CONTROL);
  }
  return governed_subject(scene, head, depth, BY_XCOMP);
}

static Logical participle_subject(const Scene *scene, int32_t token, int depth)
{
  const Node *node = &scene->nodes[token];
  const Token *t = scene_token(scene, token);
  if (node->passive) return LOGICAL_NONE;
  if (t->deprel == DEPREL_ACL_RELCL) {
    const bool gap = scene_child(scene, token, DEPREL_NSUBJ) < 0;
    return gap ? (Logical){node->head, BY_RELATIVE} : LOGICAL_NONE;
  }
  if (t->features & FEAT_INF) return governed_subject(scene, node->head, depth, BY_INFINITIVE);
  return (Logical){node->head, BY_PARTICIPLE};
}

static Logical subject_of(const Scene *scene, int32_t token, int depth)
{
  const Logical own = own_subject(scene, token);
  const int32_t head = scene->nodes[token].head;
  if (own.token >= 0 || head < 0 || depth > LOGICAL_LIMIT) return own;
  switch (deprel_base((Deprel)scene_token(scene, token)->deprel)) {
  case DEPREL_CONJ:
    return governed_subject(scene, head, depth, BY_CONJ);
  case DEPREL_XCOMP:
    return xcomp_subject(scene, head, depth);
  case DEPREL_ADVCL:
  case DEPREL_CCOMP:
    return scene->nodes[token].passive ? LOGICAL_NONE
                                       : governed_subject(scene, head, depth, BY_ADVCL);
  case DEPREL_ACL:
    return participle_subject(scene, token, depth);
  case DEPREL_OBJ:
  case DEPREL_OBL:
    return governed_subject(scene, head, depth, BY_LIGHT);
  case DEPREL_NMOD:
  case DEPREL_COMPOUND:
    return governed_subject(scene, head, depth, BY_NOUN);
  default:
    return LOGICAL_NONE;
  }
}

static Logical object_of(const Scene *scene, int32_t token)
{
  const Node *node = &scene->nodes[token];
  const Token *t = scene_token(scene, token);
  const int32_t object = scene_child(scene, token, DEPREL_OBJ);
  if (object >= 0) return through_relative(scene, token, object, BY_DIRECT);
  if (node->passive) {
    const int32_t subject = scene_child(scene, token, DEPREL_NSUBJ);
    if (subject >= 0) return through_relative(scene, token, subject, BY_AGENT);
    if (deprel_base((Deprel)t->deprel) == DEPREL_ACL && node->head >= 0)
      return (Logical){node->head, BY_PARTICIPLE};
  }
  if (t->deprel == DEPREL_ACL_RELCL && node->head >= 0) {
    const int32_t subject = scene_child(scene, token, DEPREL_NSUBJ);
    if (subject >= 0 && !relative_pronoun(scene_token(scene, subject)))
      return (Logical){node->head, BY_RELATIVE};
  }
  return LOGICAL_NONE;
}

/* ---- paths ---- */

static uint32_t step_label(const Scene *scene, int32_t token, bool down)
{
  const Node *node = &scene->nodes[token];
  const uint8_t rel = scene_token(scene, token)->deprel;
  const Deprel base = deprel_base((Deprel)rel);
  const bool marked = base == DEPREL_NMOD || base == DEPREL_OBL || base == DEPREL_ACL;
  return mix_hash((uint32_t)rel * 2u + down, marked ? node->prep : 0);
}

ScenePath scene_path(const Scene *scene, int32_t from, int32_t to)
{
  ScenePath path = {17, 0, 0};
  uint32_t down = 31;
  while (from != to && (from >= 0 || to >= 0)) {
    const bool climb = to < 0 || (from >= 0 && scene->nodes[from].depth >= scene->nodes[to].depth);
    if (climb) {
      path.hash = mix_hash(path.hash, step_label(scene, from, false));
      path.up++;
      from = scene->nodes[from].head;
    } else {
      down = mix_hash(down, step_label(scene, to, true));
      path.down++;
      to = scene->nodes[to].head;
    }
  }
  path.hash = mix_hash(path.hash, down);
  return path;
}

/* ---- building ---- */

static bool passive_of(const Scene *scene, int32_t token)
{
  const Token *t = scene_token(scene, token);
  if (t->upos != UPOS_VERB) return false;
  if (scene_child(scene, token, DEPREL_AUX_PASS) >= 0) return true;
  const int32_t subject = scene_child(scene, token, DEPREL_NSUBJ);
  if (subject >= 0) return scene_token(scene, subject)->deprel == DEPREL_NSUBJ_PASS;
  if (!slice_is(t->xpos, "VBN") || scene_child(scene, token, DEPREL_AUX) >= 0) return false;
  return scene_child(scene, token, DEPREL_OBJ) < 0;
}

static int32_t depth_of(const Scene *scene, int32_t token)
{
  int32_t depth = 0;
  const int32_t most = (int32_t)scene->sentence->count;
  while (scene->nodes[token].head >= 0 && depth <= most) {
    token = scene->nodes[token].head;
    depth++;
  }
  return depth <= most ? depth : -1;
}

static void link_heads(Scene *scene)
{
  const int32_t n = (int32_t)scene->sentence->count;
  for (int32_t i = 0; i < n; i++) {
    const int32_t head = scene_token(scene, i)->head;
    scene->nodes[i].head = head >= 0 && head < n && head != i ? head : -1;
    scene->nodes[i].first_child = scene->nodes[i].next_sibling = -1;
  }
  for (int32_t i = 0; i < n; i++) {
    scene->nodes[i].depth = depth_of(scene, i);
    if (scene->nodes[i].depth < 0) {
      scene->nodes[i].head = -1;
      scene->nodes[i].depth = 0;
    }
  }
}

static void link_children(Scene *scene)
{
  for (int32_t i = (int32_t)scene->sentence->count - 1; i >= 0; i--) {
    const int32_t head = scene->nodes[i].head;
    if (head < 0) continue;
    scene->nodes[i].next_sibling = scene->nodes[head].first_child;
    scene->nodes[head].first_child = i;
  }
}

static uint32_t prep_of(const Scene *scene, int32_t token)
{
  int32_t marker = scene_child(scene, token, DEPREL_CASE);
  if (marker < 0) marker = scene_child(scene, token, DEPREL_MARK);
  return marker < 0 ? 0 : text_hash(scene_token(scene, marker)->lemma);
}

static void fill_classes(Node *node, const Words *words, Slice form)
{
  WordFacts facts;
  word_facts(&facts, words, form);
  node->cluster[0] = facts.coarse[1];
  node->cluster[1] = facts.cluster;
}

static void fill_words(Scene *scene, const Words *words)
{
  for (size_t i = 0; i < scene->sentence->count; i++) {
    Node *node = &scene->nodes[i];
    const Token *t = &scene->sentence->tokens[i];
    node->form = text_hash(t->form);
    node->lemma = t->lemma.len ? text_hash(t->lemma) : node->form;
    node->prep = prep_of(scene, (int32_t)i);
    node->passive = passive_of(scene, (int32_t)i);
    node->mention = -1;
    if (words) fill_classes(node, words, t->form);
  }
}

static void fill_logical(Scene *scene)
{
  for (int32_t i = 0; i < (int32_t)scene->sentence->count; i++) {
    const uint8_t upos = scene_token(scene, i)->upos;
    Logical subject = LOGICAL_NONE, object = LOGICAL_NONE;
    if (upos == UPOS_VERB || upos == UPOS_ADJ || upos_nominal(upos)) {
      subject = subject_of(scene, i, 0);
      object = object_of(scene, i);
    }
    scene->nodes[i].subject = subject.token;
    scene->nodes[i].subject_by = subject.by;
    scene->nodes[i].object = object.token;
    scene->nodes[i].object_by = object.by;
  }
}

static Status count_actors(Scene *scene)
{
  const size_t n = scene->sentence->count;
  scene->actors = arena_array(scene->arena, n + 1, sizeof *scene->actors);
  if (!scene->actors) return STATUS_MEMORY;
  for (size_t i = 0; i < n; i++) {
    const int32_t m = scene->nodes[i].mention;
    const bool actor = m >= 0 && kind_actor(scene->mentions[m].kind);
    scene->actors[i + 1] = (uint16_t)(scene->actors[i] + actor);
  }
  return STATUS_OK;
}

Status scene_new(Scene *out, Arena *arena, const Sentence *sentence, const Ontology *ontology,
                 const Words *words)
{
  *out = (Scene){.ontology = ontology, .arena = arena};
  TRY(sentence_reread(&out->sentence, arena, sentence, ontology));
  out->nodes = arena_array(arena, sentence->count, sizeof *out->nodes);
  if (!out->nodes && sentence->count) return STATUS_MEMORY;
  link_heads(out);
  link_children(out);
  fill_words(out, words);
  fill_logical(out);
  TRY(scene_find_mentions(out));
  return count_actors(out);
}
