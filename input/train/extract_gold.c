/* The annotation gives substrings without offsets. Each is looked for as whole words; of several
   places those are taken that lie closest together, trigger and participants. */
#include "input/train/extract_gold.h"

#include "graph/memory.h"
#include "graph/unicode.h"
#include "input/model.h"

/* ---- reading: objects of strings, numbers and null, one a line ---- */

typedef struct Json {
  Slice text;
  size_t at;
  Arena *arena;
} Json;

static bool skip_to(Json *j, char c)
{
  while (j->at < j->text.len && j->text.ptr[j->at] != c) j->at++;
  if (j->at == j->text.len) return false;
  j->at++;
  return true;
}

static uint32_t hex4(Json *j)
{
  uint32_t value = 0;
  for (int i = 0; i < 4 && j->at < j->text.len; i++, j->at++) {
    const char c = j->text.ptr[j->at];
    value = value * 16 + (uint32_t)(c <= '9' ? c - '0' : (c | 32) - 'a' + 10);
  }
  return value;
}

static size_t escape(Json *j, char *to)
{
  const char c = j->text.ptr[j->at++];
  if (c != 'u') {
    *to = c == 'n' ? '\n' : c == 't' ? '\t' : c == 'r' ? '\r' : c;
    return 1;
  }
  uint32_t code = hex4(j);
  if (code >= 0xD800 && code < 0xDC00 && j->at + 6 <= j->text.len) {
    j->at += 2;
    code = 0x10000 + ((code - 0xD800) << 10) + (hex4(j) - 0xDC00);
  }
  return utf8_encode(to, code);
}

/* The string that begins after the next quote; null gives the empty slice. */
static Status string(Slice *out, Json *j)
{
  while (j->at < j->text.len && j->text.ptr[j->at] != '"' && j->text.ptr[j->at] != 'n') j->at++;
  *out = SLICE_NONE;
  if (j->at >= j->text.len) return STATUS_INPUT;
  if (j->text.ptr[j->at] == 'n') {
    j->at += 4;
    return STATUS_OK;
  }
  j->at++;
  char *to = arena_alloc(j->arena, j->text.len - j->at + 1);
  if (!to) return STATUS_MEMORY;
  size_t n = 0;
  while (j->at < j->text.len && j->text.ptr[j->at] != '"') {
    if (j->text.ptr[j->at] == '\\') {
      j->at++;
      n += escape(j, to + n);
    } else {
      to[n++] = j->text.ptr[j->at++];
    }
  }
  j->at++;
  *out = (Slice){to, n};
  return STATUS_OK;
}

static Factuality factuality_named(Slice name)
{
  for (int f = FACTUALITY_ACTUAL; f <= FACTUALITY_DENIED; f++)
    if (slice_is(name, factuality_name((Factuality)f))) return (Factuality)f;
  return FACTUALITY_ACTUAL;
}

static Status read_relation(GoldRelation *out, Json *j)
{
  Slice factuality;
  TRY(string(&out->type, j));
  TRY(string(&out->subject, j));
  TRY(string(&out->object, j));
  TRY(string(&factuality, j));
  TRY(string(&out->trigger, j));
  TRY(string(&out->date, j));
  TRY(string(&out->by, j));
  out->factuality = factuality_named(factuality);
  return skip_to(j, ']') ? STATUS_OK : STATUS_INPUT;
}

static bool is_sampled(Slice id)
{
  return !slice_starts(id, "ce2-") && !slice_starts(id, "wh2-") && !slice_starts(id, "sh2-") &&
         !slice_starts(id, "ps2-");
}

static Status read_document(GoldDocument *out, Json *j)
{
  Slice key;
  size_t capacity = 0;
  TRY(string(&key, j));
  TRY(string(&out->id, j));
  TRY(string(&key, j));
  TRY(string(&out->text, j));
  TRY(string(&key, j));
  if (!skip_to(j, '[')) return STATUS_INPUT;
  out->sampled = is_sampled(out->id);
  while (j->at < j->text.len) {
    const char c = j->text.ptr[j->at++];
    if (c == ']') return STATUS_OK;
    if (c != '[') continue;
    GoldRelation *grown =
        arena_grow(j->arena, out->relations, &capacity, out->relation_count, 1, sizeof *grown);
    if (!grown) return STATUS_MEMORY;
    out->relations = grown;
    TRY(read_relation(&grown[out->relation_count++], j));
  }
  return STATUS_INPUT;
}

static Status read_lines(GoldSet *out, Slice bytes)
{
  for (size_t at = 0; at < bytes.len;) {
    const char *end = memchr(bytes.ptr + at, '\n', bytes.len - at);
    const size_t to = end ? (size_t)(end - bytes.ptr) : bytes.len;
    Json j = {slice_part(bytes, at, to), 0, &out->arena};
    at = to + 1;
    if (j.text.len < 3) continue;
    GoldDocument *grown = memory_grow(out->items, &out->capacity, out->count, 1, sizeof *grown);
    if (!grown) return STATUS_MEMORY;
    out->items = grown;
    grown[out->count] = (GoldDocument){0};
    TRY(read_document(&grown[out->count++], &j));
  }
  return STATUS_OK;
}

Status gold_read(GoldSet *out, const char *path, const Report *report)
{
  Buffer bytes = BUFFER_EMPTY;
  Status status = model_read_file(&bytes, path, report);
  if (status == STATUS_OK) status = read_lines(out, buffer_as_slice(&bytes));
  buffer_clear(&bytes);
  return status;
}

/* ---- analysing ---- */

static Status analyse_one(GoldCorpus *out, GoldSet *set, const GoldDocument *document,
                          const Analyser *analyser, AnalyserSpace *space, const Extractor *e)
{
  Sentences sentences = {NULL, 0, 0};
  TRY(analyser_segment(&sentences, &set->arena, document->text,
                       (Span){0, (uint32_t)document->text.len}));
  for (size_t i = 0; i < sentences.count; i++)
    TRY(analyser_tag(analyser, space, &sentences.items[i], &set->arena));
  TRY(analyser_names(analyser, space, sentences.items, sentences.count));
  for (size_t i = 0; i < sentences.count; i++) {
    TRY(analyser_parse(analyser, space, &sentences.items[i], &set->arena, ANALYSE_FULL));
    GoldSentence *grown = memory_grow(out->items, &out->capacity, out->count, 1, sizeof *grown);
    if (!grown) return STATUS_MEMORY;
    out->items = grown;
    GoldSentence *g = &grown[out->count++];
    *g = (GoldSentence){.document = document, .sentence = &sentences.items[i]};
    g->fold = (uint8_t)(slice_hash(document->id, 7) % GOLD_FOLDS);
    TRY(scene_new(&g->scene, &set->arena, g->sentence, e->ontology, &e->words));
  }
  return STATUS_OK;
}

Status gold_analyse(GoldCorpus *out, GoldSet *set, const Analyser *analyser, const Extractor *e)
{
  AnalyserSpace *space = NULL;
  TRY(analyser_space_new(&space, analyser));
  Status status = STATUS_OK;
  for (size_t i = 0; i < set->count && status == STATUS_OK; i++)
    status = analyse_one(out, set, &set->items[i], analyser, space, e);
  analyser_space_free(space);
  return status;
}

/* ---- finding ---- */

#define PLACES_MAX 16

static bool word_char(Slice text, size_t at)
{
  const unsigned char c = (unsigned char)text.ptr[at];
  return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_' ||
         c >= 0xC3;
}

static size_t find_places(Span *out, Slice text, Slice words, bool whole)
{
  size_t n = 0;
  for (size_t i = 0; words.len && i + words.len <= text.len && n < PLACES_MAX; i++) {
    if (memcmp(text.ptr + i, words.ptr, words.len) != 0) continue;
    const size_t end = i + words.len;
    if (whole && ((i && word_char(text, i - 1)) || (end < text.len && word_char(text, end))))
      continue;
    out[n++] = (Span){(uint32_t)i, (uint32_t)end};
  }
  return n;
}

static size_t places(Span *out, Slice text, Slice words)
{
  const size_t n = find_places(out, text, words, true);
  return n ? n : find_places(out, text, words, false);
}

bool gold_overlaps(Slice text, Slice words, uint32_t start, uint32_t end)
{
  Span found[PLACES_MAX];
  const size_t n = places(found, text, words);
  for (size_t i = 0; i < n; i++) {
    const uint32_t low = found[i].start > start ? found[i].start : start;
    const uint32_t high = found[i].end < end ? found[i].end : end;
    const uint32_t a = end - start, b = found[i].end - found[i].start;
    if (high > low && 2 * (high - low) >= (a < b ? a : b)) return true;
  }
  return false;
}

/* Tokens that lie in SPAN; false if none of this sentence does. */
static bool tokens_in(int32_t *first, int32_t *end, const Sentence *s, Span span)
{
  *first = *end = -1;
  for (size_t i = 0; i < s->count; i++) {
    const Token *t = &s->tokens[i];
    if (t->end <= span.start || t->start >= span.end) continue;
    if (*first < 0) *first = (int32_t)i;
    *end = (int32_t)i + 1;
  }
  return *first >= 0;
}

typedef struct Place {
  int32_t first, end;
} Place;

static size_t token_places(Place *out, const GoldSentence *g, Slice words)
{
  Span spans[PLACES_MAX];
  const size_t n = places(spans, g->document->text, words);
  size_t count = 0;
  for (size_t i = 0; i < n; i++)
    if (tokens_in(&out[count].first, &out[count].end, g->sentence, spans[i])) count++;
  return count;
}

static int32_t apart(Place a, Place b)
{
  if (a.first < b.end && b.first < a.end) return 0;
  return a.first >= b.end ? a.first - b.end + 1 : b.first - a.end + 1;
}

static int32_t head_of(const Scene *scene, Place p)
{
  for (int32_t i = p.first; i < p.end; i++) {
    const int32_t head = scene->nodes[i].head;
    const uint8_t upos = scene_token(scene, i)->upos;
    const bool outside = head < p.first || head >= p.end;
    if (outside && upos != UPOS_DET && upos != UPOS_ADP && upos != UPOS_PUNCT && upos != UPOS_PART)
      return i;
  }
  return p.end - 1;
}

/* The mention that PLACE is about: the one headed at its head, else the first headed inside. */
static int32_t mention_in(const Scene *scene, Place p)
{
  const int32_t at = scene->nodes[head_of(scene, p)].mention;
  if (at >= 0) return at;
  for (int32_t i = p.end - 1; i >= p.first; i--)
    if (scene->nodes[i].mention >= 0) return scene->nodes[i].mention;
  for (size_t i = 0; i < scene->mention_count; i++) /* inside a longer name */
    if (scene->mentions[i].first <= p.first && p.end <= scene->mentions[i].end &&
        scene->mentions[i].kind != MENTION_CLAUSE)
      return (int32_t)i;
  return -1;
}

/* Of the words of a trigger the one that the lexicon knows best for the relation. */
static int32_t trigger_in(const Extractor *e, const Scene *scene, Place p, int local)
{
  const int32_t head = head_of(scene, p);
  if (trigger_relations(e, scene, head) >> local & 1) return head;
  for (int32_t i = p.end - 1; i >= p.first; i--)
    if (trigger_relations(e, scene, i) >> local & 1) return i;
  return head;
}

typedef struct Choice {
  Place subject, object, trigger;
  int32_t cost;
} Choice;

static void choose(Choice *best, const Place *s, size_t sn, const Place *o, size_t on,
                   const Place *t, size_t tn)
{
  best->cost = INT32_MAX;
  for (size_t i = 0; i < sn; i++)
    for (size_t k = 0; k < on; k++)
      for (size_t m = 0; m < (tn ? tn : 1); m++) {
        int32_t cost = apart(s[i], o[k]);
        if (tn) cost += 2 * (apart(s[i], t[m]) + apart(o[k], t[m]));
        if (s[i].first == o[k].first) cost += 100;
        if (cost >= best->cost) continue;
        *best = (Choice){s[i], o[k], tn ? t[m] : (Place){-1, -1}, cost};
      }
}

static void align_date(Aligned *a, const GoldSentence *g)
{
  Place dates[PLACES_MAX];
  const size_t n = token_places(dates, g, a->relation->date);
  a->dated = n > 0;
  for (size_t i = 0; i < n; i++)
    if (a->date_first < 0 ||
        (a->trigger >= 0 &&
         apart(dates[i], (Place){a->trigger, a->trigger + 1}) <
             apart((Place){a->date_first, a->date_end}, (Place){a->trigger, a->trigger + 1}))) {
      a->date_first = dates[i].first;
      a->date_end = dates[i].end;
    }
}

static bool align_one(Aligned *a, const GoldSentence *g, const Extractor *e)
{
  Place s[PLACES_MAX], o[PLACES_MAX], t[PLACES_MAX];
  const size_t sn = token_places(s, g, a->relation->subject);
  const size_t on = token_places(o, g, a->relation->object);
  const size_t tn = token_places(t, g, a->relation->trigger);
  if (!sn || !on) return false;
  Choice best = {.trigger = {-1, -1}};
  choose(&best, s, sn, o, on, t, tn);
  a->subject = mention_in(&g->scene, best.subject);
  a->object = mention_in(&g->scene, best.object);
  a->trigger = tn ? trigger_in(e, &g->scene, best.trigger, a->local) : -1;
  if (e->symmetric[a->local] && a->subject >= 0 && a->object >= 0 &&
      g->scene.mentions[a->subject].head > g->scene.mentions[a->object].head) {
    const int32_t swap = a->subject;
    a->subject = a->object;
    a->object = swap;
  }
  align_date(a, g);
  return true;
}

static int local_named(const Extractor *e, Slice name)
{
  const RelationId id = ontology_find_relation(e->ontology, name);
  for (size_t i = 0; i < e->local_count; i++)
    if (e->relations[i] == id) return (int)i;
  return -1;
}

Status gold_align(GoldCorpus *corpus, GoldSet *set, const Extractor *e)
{
  for (size_t i = 0; i < corpus->count; i++) {
    GoldSentence *g = &corpus->items[i];
    g->aligned_count = 0;
    g->aligned = arena_array(&set->arena, g->document->relation_count + 1, sizeof *g->aligned);
    if (!g->aligned) return STATUS_MEMORY;
    for (size_t k = 0; k < g->document->relation_count; k++) {
      Aligned a = {.relation = &g->document->relations[k], .date_first = -1, .date_end = -1};
      a.local = local_named(e, a.relation->type);
      a.factuality = a.relation->factuality;
      if (a.local >= 0 && align_one(&a, g, e)) g->aligned[g->aligned_count++] = a;
    }
  }
  return STATUS_OK;
}
