/* The analyser puts the model's parts to work on sentences. What a stage needs of a word is
   computed anew by each, so that stages can be used alone (a foreign CoNLL-U may bring its own
   tags). */
#include "input/analyser.h"

#include "graph/memory.h"
#include "input/lemma.h"
#include "input/name_mend.h"
#include "input/names.h"
#include "input/network.h"
#include "input/parser.h"
#include "input/tree.h"
#include "ontology/embedded.h"

struct Analyser {
  Model model;
  Words words;
  TagSet tags;
  Lemmas lemmas;
  Sparse tagger, second_tagger, names, fast_parser;
  Network network;
  const Ontology *ontology; /* may be NULL */
};

#define SEEN_WORDS 4096

/* A word with a capital in the document at hand: how often it was a name of each type. */
typedef struct Seen {
  uint32_t form; /* hash; 0: none */
  float times, types[NER_MISC + 1];
} Seen;

struct AnalyserSpace {
  WordFacts *facts;
  ParserWord *words;
  ParserArc *arcs;
  uint8_t *tags, *first, *labels;
  size_t capacity; /* of each of the above */
  ParserSpace parser;
  Seen seen[SEEN_WORDS];
  float shares[NAMES_LONGEST * NAME_LABELS];
  NetworkSpace network;
  TreeSpace tree;
};

/* ---- the model ---- */

Slice analyser_embedded_model(void)
{
  for (const EmbeddedFile *file = embedded_files; file->name; file++) {
    if (strcmp(file->name, "input/english.model") == 0) {
      return (Slice){file->bytes, (size_t)file->size};
    }
  }
  return SLICE_NONE;
}

static Status open_sections(Analyser *analyser)
{
  const Model *const model = &analyser->model;
  TRY(words_open(&analyser->words, model));
  TRY(tag_set_read(&analyser->tags, model_section(model, "tags")));
  TRY(lemmas_open(&analyser->lemmas, model, &analyser->words));
  TRY(sparse_open(&analyser->tagger, model_section(model, "tagger")));
  TRY(sparse_open(&analyser->second_tagger, model_section(model, "tagger2")));
  TRY(sparse_open(&analyser->names, model_section(model, "names")));
  if (analyser->tags.count > NETWORK_TAGS) return STATUS_INPUT;
  TRY(network_open(&analyser->network, model));
  return sparse_open(&analyser->fast_parser, model_section(model, "parser-fast"));
}

Status analyser_new(Analyser **out, Slice model, const Ontology *ontology, const Report *sink)
{
  *out = NULL;
  Analyser *const analyser = memory_zero(sizeof *analyser);
  if (!analyser) return STATUS_MEMORY;
  analyser->ontology = ontology;
  Status status = model_open(&analyser->model, model, sink);
  if (status == STATUS_OK) {
    status = open_sections(analyser);
    if (status == STATUS_INPUT) {
      report(sink, SEVERITY_ERROR, NULL, 0, 0, "model lacks a section that the analyser needs");
    }
  }
  if (status == STATUS_OK) {
    *out = analyser;
  } else {
    analyser_free(analyser);
  }
  return status;
}

void analyser_free(Analyser *analyser)
{
  if (!analyser) return;
  lemmas_close(&analyser->lemmas);
  network_close(&analyser->network);
  memory_free(analyser, sizeof *analyser);
}

/* ---- the workspace ---- */

Status analyser_space_new(AnalyserSpace **out, const Analyser *analyser)
{
  (void)analyser;
  *out = memory_zero(sizeof **out);
  return *out ? STATUS_OK : STATUS_MEMORY;
}

static void free_arrays(AnalyserSpace *space)
{
  memory_free(space->facts, space->capacity * sizeof *space->facts);
  memory_free(space->words, space->capacity * sizeof *space->words);
  memory_free(space->arcs, space->capacity * sizeof *space->arcs);
  memory_free(space->tags, space->capacity);
  memory_free(space->first, space->capacity);
  memory_free(space->labels, space->capacity);
}

void analyser_space_free(AnalyserSpace *space)
{
  if (!space) return;
  free_arrays(space);
  memory_free(space, sizeof *space);
}

static Status grow_space(AnalyserSpace *space, size_t count)
{
  if (count <= space->capacity) return STATUS_OK;
  const size_t wanted = count < 256 ? 256 : count * 2;
  if (wanted < count || wanted > SIZE_MAX / sizeof(WordFacts)) return STATUS_MEMORY;
  free_arrays(space);
  space->capacity = wanted;
  space->facts = memory_zero(wanted * sizeof *space->facts);
  space->words = memory_zero(wanted * sizeof *space->words);
  space->arcs = memory_zero(wanted * sizeof *space->arcs);
  space->tags = memory_zero(wanted);
  space->first = memory_zero(wanted);
  space->labels = memory_zero(wanted);
  if (space->facts && space->words && space->arcs && space->tags && space->first && space->labels) {
    return STATUS_OK;
  }
  free_arrays(space);
  const ParserSpace *const keep = &space->parser;
  memset(space, 0, (size_t)((const char *)keep - (const char *)space));
  return STATUS_MEMORY;
}

static Status look_at_words(AnalyserSpace *space, const Analyser *analyser,
                            const Sentence *sentence)
{
  TRY(grow_space(space, sentence->count));
  for (size_t i = 0; i < sentence->count; i++) {
    word_facts(&space->facts[i], &analyser->words, sentence->tokens[i].form);
  }
  return STATUS_OK;
}

/* ---- the stages ---- */

Status analyser_tag(const Analyser *analyser, AnalyserSpace *space, Sentence *sentence,
                    Arena *arena)
{
  TRY(look_at_words(space, analyser, sentence));
  const size_t count = sentence->count, labels = analyser->tags.count;
  tagger_pass(space->first, space->facts, count, NULL, scorer_of(&analyser->tagger), labels);
  tagger_pass(space->tags, space->facts, count, space->first, scorer_of(&analyser->second_tagger),
              labels);
  for (size_t i = 0; i < count; i++) {
    Token *const token = &sentence->tokens[i];
    token->upos = analyser->tags.upos[space->tags[i]];
    token->xpos = analyser->tags.xpos[space->tags[i]];
    TRY(lemma_token(token, &analyser->lemmas, space->tags[i], arena));
  }
  return STATUS_OK;
}

static void find_tags(AnalyserSpace *space, const Analyser *analyser, const Sentence *sentence)
{
  for (size_t i = 0; i < sentence->count; i++) {
    const Token *const token = &sentence->tokens[i];
    space->tags[i] = tag_find(&analyser->tags, token->upos, token->xpos);
  }
}

static Status name_sentence(const Analyser *analyser, AnalyserSpace *space, Sentence *sentence)
{
  TRY(look_at_words(space, analyser, sentence));
  find_tags(space, analyser, sentence);
  const NameView view = {.words = space->facts, .tags = space->tags, .count = sentence->count};
  names_pass(space->labels, NULL, &view, scorer_of(&analyser->names));
  for (size_t i = 0; i < sentence->count; i++) {
    sentence->tokens[i].ner = name_type(space->labels[i]);
    sentence->tokens[i].ner_begins = name_begins(space->labels[i]);
  }
  return STATUS_OK;
}

Status analyser_names(const Analyser *analyser, AnalyserSpace *space, Sentence *sentences,
                      size_t count)
{
  memset(space->seen, 0, sizeof space->seen);
  for (size_t i = 0; i < count; i++) TRY(name_sentence(analyser, space, &sentences[i]));
  return STATUS_OK;
}

static bool continues_name(const Token *token)
{
  return token->ner != NER_O && !token->ner_begins;
}

static void see_names(ParserWord *words, const Token *tokens, size_t count)
{
  size_t first = 0;
  for (size_t i = 0; i < count; i++) {
    if (!continues_name(&tokens[i])) first = i;
    words[i].name_first = (uint16_t)first;
  }
  size_t last = count - 1;
  for (size_t i = count; i-- > 0;) {
    words[i].name_last = (uint16_t)last;
    if (!continues_name(&tokens[i]) && i) last = i - 1;
  }
}

/* What the parser needs of COUNT words from FIRST on; indexes count from FIRST. */
static void see_words(AnalyserSpace *space, const Sentence *sentence, size_t first, size_t count)
{
  for (size_t i = 0; i < count; i++) {
    const size_t at = first + i;
    parser_word(&space->words[i], &space->facts[at], space->tags[at]);
  }
  see_names(space->words, sentence->tokens + first, count);
}

/* Margins of the linear model are some thousands; squash them to a confidence. */
static float confidence(int32_t margin)
{
  if (margin <= 0) return 0.25f + 0.25f / (1.0f - (float)margin / 2000.0f);
  return 0.5f + 0.5f * (float)margin / ((float)margin + 2000.0f);
}

/* ---- the parts of a sentence ---- */

/* A part of a sentence that is parsed as a whole. */
typedef struct Part {
  const Analyser *analyser;
  AnalyserSpace *space;
  Token *tokens; /* of the part */
  size_t first, count;
} Part;

static void mend_names(const Part *part)
{
  Sentence sentence = {.tokens = part->tokens, .count = part->count};
  if (part->analyser->ontology) names_mend(&sentence, part->analyser->ontology);
}

static void parse_fast(const Part *part, const Sentence *sentence)
{
  AnalyserSpace *const space = part->space;
  mend_names(part);
  see_words(space, sentence, part->first, part->count);
  parser_greedy(space->arcs, &space->parser, space->words, part->count,
                scorer_of(&part->analyser->fast_parser));
  for (size_t i = 0; i < part->count; i++) {
    part->tokens[i].head = space->arcs[i].head;
    part->tokens[i].deprel = space->arcs[i].label;
    part->tokens[i].score = confidence(space->arcs[i].margin);
  }
}

static size_t best_score(const float *scores, size_t count)
{
  size_t best = 0;
  for (size_t i = 1; i < count; i++) {
    if (scores[i] > scores[best]) best = i;
  }
  return best;
}

static Status set_tags(const Part *part, Arena *arena)
{
  const TagSet *const tags = &part->analyser->tags;
  for (size_t i = 0; i < part->count; i++) {
    const uint8_t tag =
        (uint8_t)best_score(part->space->network.tags + i * NETWORK_TAGS, tags->count);
    Token *const token = &part->tokens[i];
    if (token->upos == tags->upos[tag] && slice_equal(token->xpos, tags->xpos[tag])) continue;
    token->upos = tags->upos[tag];
    token->xpos = tags->xpos[tag];
    TRY(lemma_token(token, &part->analyser->lemmas, tag, arena));
  }
  return STATUS_OK;
}

/* The network's score of a label is raised by so much times the share that the linear model gives
   it: the two err in different places. */
#define SECOND_OPINION 2.0f
/* So is that of the labels whose type the word had earlier in the document. */
#define EARLIER 2.0f

/* What a word has been in the document so far. */
static Seen *seen_word(AnalyserSpace *space, uint32_t form)
{
  size_t at = form % SEEN_WORDS;
  for (size_t steps = 0; steps < 8; steps++, at = (at + 1) % SEEN_WORDS) {
    Seen *const seen = &space->seen[at];
    if (seen->form == form) return seen;
    if (seen->form) continue;
    seen->form = form;
    return seen;
  }
  return NULL;
}

static void raise_scores(float *scores, const float *shares, const Seen *seen)
{
  for (uint8_t label = 0; label < NAME_LABELS; label++) {
    scores[label] += SECOND_OPINION * shares[label];
    if (seen && seen->times > 0) {
      scores[label] += EARLIER * seen->types[name_type(label)] / seen->times;
    }
  }
}

/* Let later mentions know how likely each type is here. */
static void remember(Seen *seen, const float *scores)
{
  float shares[NAME_LABELS];
  if (!seen) return;
  memcpy(shares, scores, sizeof shares);
  vector_softmax(shares, NAME_LABELS);
  for (uint8_t label = 0; label < NAME_LABELS; label++) {
    seen->types[name_type(label)] += shares[label];
  }
  seen->times++;
}

_Static_assert(PARSER_LONGEST <= NAMES_LONGEST, "the names of a part are found at once");

static void set_names(const Part *part, bool *continues)
{
  AnalyserSpace *const space = part->space;
  float *const names = space->network.names;
  uint8_t *const labels = space->labels + part->first;
  const NameView view = {
      .words = space->facts + part->first, .tags = space->tags + part->first, .count = part->count};
  names_pass(labels, space->shares, &view, scorer_of(&part->analyser->names));
  for (size_t i = 0; i < part->count; i++) {
    const WordFacts *const facts = &view.words[i];
    Seen *const seen = facts->upper ? seen_word(space, facts->form) : NULL;
    raise_scores(names + i * NETWORK_NAMES, space->shares + i * NAME_LABELS, seen);
    remember(seen, names + i * NETWORK_NAMES);
  }
  names_decode(labels, names, NETWORK_NAMES, part->count);
  for (size_t i = 0; i < part->count; i++) {
    part->tokens[i].ner = name_type(labels[i]);
    part->tokens[i].ner_begins = name_begins(labels[i]);
  }
  mend_names(part);
  for (size_t i = 0; i < part->count; i++) continues[i] = i && continues_name(&part->tokens[i]);
}

static Deprel best_relation(const float *scores, bool root)
{
  size_t best = DEPREL_ROOT;
  for (size_t i = 0; i < DEPREL_COUNT && !root; i++) {
    if (i == DEPREL_NONE || i == DEPREL_ROOT) continue;
    if (best == DEPREL_ROOT || scores[i] > scores[best]) best = i;
  }
  return (Deprel)best;
}

static void set_arcs(const Part *part, const int32_t *heads)
{
  NetworkSpace *const network = &part->space->network;
  network_relations(network, part->analyser->network.dense, heads, part->count);
  for (size_t i = 0; i < part->count; i++) {
    float *const scores = network->relations + i * NETWORK_RELATIONS;
    Token *const token = &part->tokens[i];
    const size_t head = heads[i] < 0 ? part->count : (size_t)heads[i];
    token->head = heads[i];
    token->deprel = (uint8_t)best_relation(scores, heads[i] < 0);
    vector_softmax(scores, NETWORK_RELATIONS);
    token->score =
        network->arcs[i * NETWORK_HEADS + head] * (heads[i] < 0 ? 1 : scores[token->deprel]);
  }
}

static Status parse_fully(const Part *part, Arena *arena)
{
  const Network *const network = &part->analyser->network;
  NetworkSpace *const space = &part->space->network;
  NetworkWord words[NETWORK_LONGEST];
  bool continues[NETWORK_LONGEST];
  int32_t heads[NETWORK_LONGEST];
  for (size_t i = 0; i < part->count; i++) {
    network_keys(&words[i], &part->space->facts[part->first + i],
                 part->space->tags[part->first + i]);
    network_rows(&words[i], &network->wide, &network->narrow);
  }
  network_input(space, network, words, part->count);
  network_encode(space, network->dense, part->count, NULL);
  network_tags(space, network->dense, part->count);
  TRY(set_tags(part, arena));
  set_names(part, continues);
  network_arcs(space, network->dense, part->count);
  tree_find(heads, &part->space->tree, space->arcs, continues, part->count);
  set_arcs(part, heads);
  return STATUS_OK;
}

/* Let heads count from the start of the sentence; returns the root. */
static size_t place_part(const Part *part)
{
  size_t root = part->first;
  for (size_t i = 0; i < part->count; i++) {
    Token *const token = &part->tokens[i];
    if (token->head < 0) {
      root = part->first + i;
    } else {
      token->head += (int32_t)part->first;
    }
  }
  return root;
}

/* How many words from FIRST on to parse together: all, or up to a mark near the limit. */
static size_t part_length(const Sentence *sentence, size_t first)
{
  const size_t left = sentence->count - first;
  if (left <= PARSER_LONGEST) return left;
  for (size_t n = PARSER_LONGEST; n > PARSER_LONGEST / 2; n--) {
    if (sentence->tokens[first + n - 1].upos == UPOS_PUNCT) return n;
  }
  return PARSER_LONGEST;
}

Status analyser_parse(const Analyser *analyser, AnalyserSpace *space, Sentence *sentence,
                      Arena *arena, AnalyserMode mode)
{
  TRY(look_at_words(space, analyser, sentence));
  find_tags(space, analyser, sentence);
  size_t root = 0;
  for (size_t first = 0, n; first < sentence->count; first += n) {
    n = part_length(sentence, first);
    const Part part = {analyser, space, sentence->tokens + first, first, n};
    if (mode == ANALYSE_FAST) {
      parse_fast(&part, sentence);
    } else {
      TRY(parse_fully(&part, arena));
    }
    const size_t part_root = place_part(&part);
    if (first == 0) {
      root = part_root;
    } else {
      sentence->tokens[part_root].head = (int32_t)root;
      sentence->tokens[part_root].deprel = DEPREL_PARATAXIS;
    }
  }
  return STATUS_OK;
}
