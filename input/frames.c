/* Frames on the tree: the ontology's patterns, compiled once, and the matcher that tries them. A
   subject is the logical subject and an object the logical one, so passives, relative clauses,
   control and coordination need no patterns of their own. */
#include "graph/memory.h"
#include "input/extractor.h"

/* ---- lexicon ---- */

static LexiconEntry *slot_of(const Lexicon *lexicon, uint32_t lemma)
{
  const size_t mask = lexicon->capacity - 1;
  for (size_t at = lemma & mask;; at = (at + 1) & mask)
    if (lexicon->slots[at].lemma == lemma || lexicon->slots[at].lemma == 0)
      return &lexicon->slots[at];
}

const LexiconEntry *lexicon_find(const Lexicon *lexicon, uint32_t lemma)
{
  if (!lexicon->capacity || !lemma) return NULL;
  const LexiconEntry *entry = slot_of(lexicon, lemma);
  return entry->lemma ? entry : NULL;
}

static Status lexicon_grow(Lexicon *lexicon)
{
  Lexicon bigger = {NULL, lexicon->capacity ? lexicon->capacity * 2 : 1024, lexicon->count};
  bigger.slots = memory_array(NULL, 0, bigger.capacity, sizeof *bigger.slots);
  if (!bigger.slots) return STATUS_MEMORY;
  memset(bigger.slots, 0, bigger.capacity * sizeof *bigger.slots);
  for (size_t i = 0; i < lexicon->capacity; i++)
    if (lexicon->slots[i].lemma) *slot_of(&bigger, lexicon->slots[i].lemma) = lexicon->slots[i];
  memory_free(lexicon->slots, 0);
  *lexicon = bigger;
  return STATUS_OK;
}

Status lexicon_add(Lexicon *lexicon, uint32_t lemma, uint64_t relations, int32_t frame)
{
  if (2 * (lexicon->count + 1) > lexicon->capacity) TRY(lexicon_grow(lexicon));
  LexiconEntry *entry = slot_of(lexicon, lemma ? lemma : 1);
  if (!entry->lemma) {
    *entry = (LexiconEntry){lemma ? lemma : 1, -1, 0};
    lexicon->count++;
  }
  entry->relations |= relations;
  if (frame >= 0) entry->frame = frame;
  return STATUS_OK;
}

void lexicon_clear(Lexicon *lexicon)
{
  memory_free(lexicon->slots, lexicon->capacity * sizeof *lexicon->slots);
  *lexicon = (Lexicon){NULL, 0, 0};
}

/* ---- compiling ---- */

static Pattern compile_pattern(Slice text)
{
  const char *colon = memchr(text.ptr, ':', text.len);
  const size_t base = colon ? (size_t)(colon - text.ptr) : text.len;
  const Deprel whole = deprel_of(text);
  const Slice rest = colon ? slice_part(text, base + 1, text.len) : SLICE_NONE;
  const Deprel plain = deprel_of(slice_part(text, 0, base));
  if (!colon || (whole != plain && whole != DEPREL_NONE)) return (Pattern){(uint8_t)whole, 0};
  return (Pattern){(uint8_t)plain, text_hash(rest)};
}

static size_t compile_patterns(Pattern *out, const Slice *texts, size_t count)
{
  size_t n = 0;
  for (size_t i = 0; i < count && n < PATTERNS_MAX; i++) out[n++] = compile_pattern(texts[i]);
  return n;
}

static int local_of(const Extractor *extractor, RelationId relation)
{
  for (size_t i = 0; i < extractor->local_count; i++)
    if (extractor->relations[i] == relation) return (int)i;
  return -1;
}

static Status compile_frame(Extractor *extractor, const Frame *frame, uint32_t index)
{
  CompiledFrame c = {.frame = frame, .index = index, .local = local_of(extractor, frame->relation)};
  if (c.local < 0 || frame->lemma_count == 0 || frame->lemma_count > FRAME_WORDS) return STATUS_OK;
  for (size_t i = 0; i < frame->lemma_count; i++) c.words[i] = text_hash(frame->lemmas[i]);
  c.word_count = frame->lemma_count;
  c.subject_count = compile_patterns(c.subject, frame->subject, frame->subject_count);
  c.object_count = compile_patterns(c.object, frame->object, frame->object_count);
  const LexiconEntry *same = lexicon_find(&extractor->lexicon, c.words[0]);
  c.next = same ? same->frame : -1;
  CompiledFrame *grown = memory_grow(extractor->frames, &extractor->frame_capacity,
                                     extractor->frame_count, 1, sizeof c);
  if (!grown) return STATUS_MEMORY;
  extractor->frames = grown;
  grown[extractor->frame_count] = c;
  return lexicon_add(&extractor->lexicon, c.words[0], (uint64_t)1 << c.local,
                     (int32_t)extractor->frame_count++);
}

Status frames_compile(Extractor *extractor)
{
  const size_t n = ontology_frame_count(extractor->ontology);
  for (size_t i = 0; i < n; i++)
    TRY(compile_frame(extractor, ontology_frame(extractor->ontology, i), (uint32_t)i));
  return STATUS_OK;
}

/* ---- matching ---- */

static bool kind_fits(TriggerKind kind, uint8_t upos)
{
  switch (kind) {
  case TRIGGER_VERB:
    return upos == UPOS_VERB || upos == UPOS_AUX;
  case TRIGGER_NOUN:
    return upos == UPOS_NOUN || upos == UPOS_PROPN;
  case TRIGGER_ADJECTIVE:
    return upos == UPOS_ADJ || upos == UPOS_VERB || upos == UPOS_ADV;
  }
  return false;
}

static bool word_below(const Scene *scene, int32_t head, uint32_t lemma, int depth)
{
  for (int32_t c = scene->nodes[head].first_child; c >= 0; c = scene->nodes[c].next_sibling)
    if (scene->nodes[c].lemma == lemma || (depth > 0 && word_below(scene, c, lemma, depth - 1)))
      return true;
  return false;
}

bool frame_at(const CompiledFrame *frame, const Scene *scene, int32_t trigger)
{
  if (frame->words[0] != scene->nodes[trigger].lemma) return false;
  if (!kind_fits(frame->frame->kind, scene_token(scene, trigger)->upos)) return false;
  for (size_t i = 1; i < frame->word_count; i++)
    if (!word_below(scene, trigger, frame->words[i], 1)) return false;
  return true;
}

static bool oblique(Deprel base)
{
  return base == DEPREL_OBL || base == DEPREL_NMOD || base == DEPREL_ACL || base == DEPREL_ADVCL;
}

static bool hangs_at(const Scene *scene, int32_t trigger, int32_t token)
{
  const Node *node = &scene->nodes[token];
  if (node->head == trigger) return true;
  const uint8_t rel = scene_token(scene, trigger)->deprel;
  return node->head >= 0 && node->head == scene->nodes[trigger].head &&
         (rel == DEPREL_OBJ || rel == DEPREL_CONJ || deprel_base((Deprel)rel) == DEPREL_OBL);
}

/* "the arrest of the mayor by the army", with "by the army" hung on the mayor. */
static bool hangs_below(const Scene *scene, int32_t trigger, int32_t token)
{
  const int32_t head = scene->nodes[token].head;
  return head > trigger && head < token && scene->nodes[head].head == trigger &&
         upos_nominal(scene_token(scene, trigger)->upos) &&
         scene_token(scene, head)->deprel == DEPREL_NMOD &&
         scene->nodes[head].prep != scene->nodes[token].prep;
}

static bool pattern_at(const Pattern *pattern, const Scene *scene, int32_t trigger, int32_t token)
{
  const Node *node = &scene->nodes[trigger];
  const Deprel mine = (Deprel)scene_token(scene, token)->deprel;
  const Deprel want = (Deprel)pattern->rel;
  if (want == DEPREL_NSUBJ) return node->subject == token;
  if (want == DEPREL_OBJ) return node->object == token;
  const bool marked = oblique(want) && pattern->prep;
  if (marked && (!oblique(deprel_base(mine)) || scene->nodes[token].prep != pattern->prep))
    return false;
  if (!hangs_at(scene, trigger, token)) return marked && hangs_below(scene, trigger, token);
  if (marked) return true;
  return mine == want || deprel_base(mine) == want;
}

/* Is TOKEN a part of the trigger itself, like "fun" in "poke fun"? */
static bool trigger_part(const CompiledFrame *frame, const Scene *scene, int32_t trigger,
                         int32_t token)
{
  if (scene->nodes[token].head != trigger) return false;
  for (size_t i = 1; i < frame->word_count; i++)
    if (frame->words[i] == scene->nodes[token].lemma) return true;
  return false;
}

/* "pin a medal on X", with X hung on a word of the trigger itself. */
static bool hangs_on_part(const CompiledFrame *frame, const Pattern *pattern, const Scene *scene,
                          int32_t trigger, int32_t token)
{
  const Node *node = &scene->nodes[token];
  const Deprel mine = deprel_base((Deprel)scene_token(scene, token)->deprel);
  return pattern->prep && node->prep == pattern->prep && oblique(mine) && node->head >= 0 &&
         trigger_part(frame, scene, trigger, node->head);
}

static bool fills(const CompiledFrame *frame, const Pattern *pattern, const Scene *scene,
                  int32_t trigger, int32_t token)
{
  return pattern_at(pattern, scene, trigger, token) ||
         hangs_on_part(frame, pattern, scene, trigger, token);
}

int frame_fills(const CompiledFrame *frame, const Scene *scene, int32_t trigger,
                const SceneMention *mention, Role role)
{
  const Pattern *patterns = role == ROLE_SUBJECT ? frame->subject : frame->object;
  const size_t count = role == ROLE_SUBJECT ? frame->subject_count : frame->object_count;
  if (trigger_part(frame, scene, trigger, mention->head)) return 0;
  for (size_t i = 0; i < count; i++)
    if (fills(frame, &patterns[i], scene, trigger, mention->head) ||
        fills(frame, &patterns[i], scene, trigger, mention->anchor))
      return (int)i + 1;
  return 0;
}

int frames_fill(const Extractor *extractor, const Scene *scene, int32_t trigger, int local,
                const SceneMention *mention, Role role, bool *found)
{
  const LexiconEntry *entry = lexicon_find(&extractor->lexicon, scene->nodes[trigger].lemma);
  int best = 0;
  *found = false;
  for (int32_t f = entry ? entry->frame : -1; f >= 0; f = extractor->frames[f].next) {
    const CompiledFrame *frame = &extractor->frames[f];
    if (frame->local != local || !frame_at(frame, scene, trigger)) continue;
    *found = true;
    const int rank = frame_fills(frame, scene, trigger, mention, role);
    if (rank && (!best || rank < best)) best = rank;
  }
  return best;
}
