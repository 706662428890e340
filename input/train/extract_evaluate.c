/* A claim is right when an annotated relation has its type and both spans overlap the annotated
   words; a symmetric one either way round. */
#include "input/train/extract_evaluate.h"

#include "graph/memory.h"

#include <stdio.h>

typedef struct Tally {
  int claims, right, gold, found, factuality, trigger, dated, date, by, by_right;
} Tally;

typedef struct Run {
  const Extractor *e;
  Tally all, each[LOCAL_MAX];
  bool verbose;
  Judgements *judgements; /* may be NULL */
} Run;

static Span bytes_of(const Sentence *s, int32_t first, int32_t end)
{
  if (first < 0 || end <= first) return (Span){0, 0};
  return (Span){s->tokens[first].start, s->tokens[end - 1].end};
}

static bool agrees(const Run *run, const GoldSentence *g, const Claim *c, const GoldRelation *r)
{
  const Relation *relation = ontology_relation(run->e->ontology, c->relation);
  if (!slice_equal(relation->schema.name, r->type)) return false;
  const Slice text = g->document->text;
  const Span s = bytes_of(g->sentence, c->subject.first, c->subject.end);
  const Span o = bytes_of(g->sentence, c->object.first, c->object.end);
  if (gold_overlaps(text, r->subject, s.start, s.end) &&
      gold_overlaps(text, r->object, o.start, o.end))
    return true;
  return relation->schema.symmetric && gold_overlaps(text, r->object, s.start, s.end) &&
         gold_overlaps(text, r->subject, o.start, o.end);
}

static bool covers(const GoldSentence *g, int32_t first, int32_t end, Slice words)
{
  const Span span = bytes_of(g->sentence, first, end);
  return span.end > span.start && gold_overlaps(g->document->text, words, span.start, span.end);
}

static void count_found(Tally *t, const GoldSentence *g, const Claim *c, const GoldRelation *r)
{
  t->found++;
  t->factuality += c->factuality == r->factuality;
  t->trigger += !r->trigger.len || covers(g, c->trigger_first, c->trigger_end, r->trigger);
  if (r->date.len) {
    t->dated++;
    t->date += covers(g, c->date_first, c->date_end, r->date);
  }
  if (r->by.len) {
    t->by++;
    t->by_right += c->by.head >= 0 && covers(g, c->by.first, c->by.end, r->by);
  }
}

static void print_claim(const Run *run, const GoldSentence *g, const Claim *c, bool right)
{
  const Slice text = g->document->text;
  const Span s = bytes_of(g->sentence, c->subject.first, c->subject.end);
  const Span o = bytes_of(g->sentence, c->object.first, c->object.end);
  const Span t = bytes_of(g->sentence, c->trigger_first, c->trigger_end);
  printf("%c %.2f %.*s | %.*s | %.*s | %s [%.*s] :: %.*s\n", right ? '=' : '+',
         (double)c->confidence, SLICE_ARGS(slice_part(text, s.start, s.end)),
         SLICE_ARGS(ontology_relation(run->e->ontology, c->relation)->schema.name),
         SLICE_ARGS(slice_part(text, o.start, o.end)), factuality_name(c->factuality),
         SLICE_ARGS(slice_part(text, t.start, t.end)), SLICE_ARGS(text));
}

typedef struct Found {
  Claims claims;
  const GoldSentence *sentence[4096];
} Found;

static int local_of(const Run *run, RelationId id)
{
  for (size_t i = 0; i < run->e->local_count; i++)
    if (run->e->relations[i] == id) return (int)i;
  return 0;
}

static Status note(Judgements *to, const Run *run, const Claim *claim, bool right)
{
  Judgement *grown = memory_grow(to->items, &to->capacity, to->count, 1, sizeof *grown);
  if (!grown) return STATUS_MEMORY;
  to->items = grown;
  const bool place = local_of(run, claim->relation) == run->e->located;
  grown[to->count++] = (Judgement){claim->confidence, right, place};
  return STATUS_OK;
}

static Status judge_claims(Run *run, const Found *found, const GoldDocument *document)
{
  for (size_t i = 0; i < found->claims.count; i++) {
    const Claim *c = &found->claims.items[i];
    bool right = false;
    for (size_t k = 0; k < document->relation_count; k++)
      right |= agrees(run, found->sentence[i], c, &document->relations[k]);
    Tally *t = &run->each[local_of(run, c->relation)];
    t->claims++;
    t->right += right;
    run->all.claims++;
    run->all.right += right;
    if (run->verbose) print_claim(run, found->sentence[i], c, right);
    if (run->judgements) TRY(note(run->judgements, run, c, right));
  }
  return STATUS_OK;
}

static void judge_gold(Run *run, const Found *found, const GoldDocument *document)
{
  for (size_t k = 0; k < document->relation_count; k++) {
    const GoldRelation *r = &document->relations[k];
    Tally *t = &run->each[local_of(run, ontology_find_relation(run->e->ontology, r->type))];
    size_t i = 0;
    while (i < found->claims.count && !agrees(run, found->sentence[i], &found->claims.items[i], r))
      i++;
    t->gold++;
    run->all.gold++;
    if (i < found->claims.count) {
      t->found++;
      count_found(&run->all, found->sentence[i], &found->claims.items[i], r);
    } else if (run->verbose) {
      printf("- %.*s | %.*s | %.*s | [%.*s] :: %.*s\n", SLICE_ARGS(r->subject), SLICE_ARGS(r->type),
             SLICE_ARGS(r->object), SLICE_ARGS(r->trigger), SLICE_ARGS(document->text));
    }
  }
}

static double share(int part, int whole)
{
  return whole ? 100.0 * part / whole : 0.0;
}

static void print_tally(const Run *run, bool brief)
{
  const Tally *t = &run->all;
  const double p = share(t->right, t->claims), r = share(t->found, t->gold);
  printf("precision %.1f  recall %.1f  F1 %.1f  factuality %.1f  trigger %.1f  date %.1f  by %.1f"
         "  (%d claims, %d annotated)\n",
         p, r, p + r > 0 ? 2 * p * r / (p + r) : 0, share(t->factuality, t->found),
         share(t->trigger, t->found), share(t->date, t->dated), share(t->by_right, t->by),
         t->claims, t->gold);
  for (size_t i = 0; i < run->e->local_count && !brief; i++) {
    const Tally *e = &run->each[i];
    if (e->gold || e->claims)
      printf("  %-16.*s right %4d/%-4d found %4d/%-4d\n",
             SLICE_ARGS(ontology_relation(run->e->ontology, run->e->relations[i])->schema.name),
             e->right, e->claims, e->found, e->gold);
  }
}

static Status judge_all(Run *run, const GoldCorpus *corpus)
{
  static Found found;
  ExtractorSpace *space = NULL;
  TRY(extractor_space_new(&space, run->e));
  for (size_t i = 0; i < corpus->count;) {
    const GoldDocument *document = corpus->items[i].document;
    found.claims.count = 0;
    for (; i < corpus->count && corpus->items[i].document == document; i++) {
      const size_t before = found.claims.count;
      TRY(extract_sentence(&found.claims, run->e, space, corpus->items[i].sentence, 0, NULL));
      for (size_t k = before; k < found.claims.count && k < 4096; k++)
        found.sentence[k] = &corpus->items[i];
    }
    TRY(judge_claims(run, &found, document));
    judge_gold(run, &found, document);
  }
  extractor_space_free(space);
  claims_clear(&found.claims);
  return STATUS_OK;
}

Status evaluate(const GoldCorpus *corpus, const Extractor *extractor, bool verbose, bool brief)
{
  Run run = {.e = extractor, .verbose = verbose};
  TRY(judge_all(&run, corpus));
  print_tally(&run, brief);
  return STATUS_OK;
}

Status judge(Judgements *out, const GoldCorpus *corpus, const Extractor *extractor)
{
  Run run = {.e = extractor, .judgements = out};
  return judge_all(&run, corpus);
}
