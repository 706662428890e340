/* Trainer of the extractor: train-extract MODEL SENTENCES [-n] [-v]. Reads SENTENCES/train.jsonl,
   puts the section "extract" into MODEL and prints figures on SENTENCES/dev.jsonl. -n keeps the
   model as it is and only measures; -v lists what was missed and what was found wrongly.
   Each later decision is learnt on scores that earlier ones gave to sentences they had not seen;
   confidence is calibrated on the sentences kept for choosing. */
#include "graph/memory.h"
#include "input/attribution.h"
#include "input/model.h"
#include "input/section.h"
#include "input/train/extract_evaluate.h"
#include "input/train/extract_learner.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#define LEXICON_LEAST 2
#define ENRICHED_WEIGHT 0.7f /* of sentences drawn by trigger words */

/* On confidence: what is written to be judged, and what is kept in the end. */
#define LEAST_CONFIDENCE 0.10f
#define PAIR_THRESHOLD 0.43f
#define PLACE_THRESHOLD 0.50f

static const LearnerOptions options[PART_COUNT] = {
    [PART_TRIGGER] = {0.08f, 1.0f, 0.8f, 2.0f, 12},
    [PART_ARGUMENT] = {0.08f, 1.0f, 0.8f, 2.0f, 8},
    [PART_PAIR] = {0.02f, 1.0f, 1.2f, 4.0f, 8},
    [PART_PLACE] = {0.08f, 1.0f, 0.8f, 2.0f, 10},
    [PART_FACTUALITY] = {0.08f, 1.0f, 0.8f, 2.0f, 10},
    [PART_DATE] = {0.08f, 1.0f, 0.8f, 2.0f, 10},
};

typedef struct Trainer {
  Extractor e;
  GoldSet train, dev;
  GoldCorpus train_corpus, dev_corpus;
  Dataset data[PART_COUNT];
  float *folds[PART_COUNT][GOLD_FOLDS];
  float *final[PART_COUNT];
  int *pair_local; /* by example of PART_PAIR */
  size_t pair_capacity;
} Trainer;

static float weight_of(const GoldSentence *g)
{
  return g->document->sampled ? 1.0f : ENRICHED_WEIGHT;
}

/* ---- the lexicon of triggers ---- */

typedef struct Mined {
  uint32_t lemma;
  uint16_t count[LOCAL_MAX];
} Mined;

static Mined *mined_at(Mined *table, size_t capacity, uint32_t lemma)
{
  size_t at = lemma & (capacity - 1);
  while (table[at].lemma && table[at].lemma != lemma) at = (at + 1) & (capacity - 1);
  table[at].lemma = lemma;
  return &table[at];
}

static void mine_sentence(Mined *table, size_t capacity, const GoldSentence *g)
{
  for (size_t k = 0; k < g->aligned_count; k++) {
    const Aligned *a = &g->aligned[k];
    bool first = a->trigger >= 0;
    for (size_t j = 0; j < k; j++)
      first &= g->aligned[j].trigger != a->trigger || g->aligned[j].local != a->local;
    if (first) mined_at(table, capacity, g->scene.nodes[a->trigger].lemma)->count[a->local]++;
  }
}

static Status mine_lexicon(Trainer *t)
{
  const size_t capacity = 1u << 14;
  Mined *table = memory_zero(capacity * sizeof *table);
  if (!table) return STATUS_MEMORY;
  for (size_t i = 0; i < t->train_corpus.count; i++)
    mine_sentence(table, capacity, &t->train_corpus.items[i]);
  for (size_t i = 0; i < capacity; i++) {
    uint64_t relations = 0;
    for (int r = 0; r < LOCAL_MAX; r++)
      if (table[i].count[r] >= LEXICON_LEAST && r != t->e.located) relations |= (uint64_t)1 << r;
    if (relations) TRY(lexicon_add(&t->e.lexicon, table[i].lemma, relations, -1));
  }
  memory_free(table, 0);
  return STATUS_OK;
}

/* ---- triggers ---- */

static bool evokes(const GoldSentence *g, int32_t trigger, int local)
{
  for (size_t k = 0; k < g->aligned_count; k++)
    if (g->aligned[k].trigger == trigger && g->aligned[k].local == local) return true;
  return false;
}

static Status trigger_examples(Trainer *t, const GoldSentence *g)
{
  for (int32_t i = 0; i < (int32_t)g->sentence->count; i++) {
    const uint64_t relations = trigger_relations(&t->e, &g->scene, i);
    if (!relations) continue;
    Features features, evoked;
    features_trigger(&features, &g->scene, i);
    for (int local = 0; local < (int)t->e.trained_count; local++) {
      if (!(relations >> local & 1)) continue;
      TRY(dataset_begin(&t->data[PART_TRIGGER], evokes(g, i, local), weight_of(g), g->fold));
      TRY(dataset_add(&t->data[PART_TRIGGER], &features, key_of(local, 0)));
      features_evoked(&evoked, &t->e, &g->scene, i, local);
      TRY(dataset_add(&t->data[PART_TRIGGER], &evoked, key_of(local, 0)));
      TRY(dataset_add(&t->data[PART_TRIGGER], &evoked, key_shared(0)));
    }
  }
  return STATUS_OK;
}

static float trigger_score(const Trainer *t, const float *w, const GoldSentence *g,
                           const Features *features, int32_t trigger, int local)
{
  const Dataset *d = &t->data[PART_TRIGGER];
  Features evoked;
  features_evoked(&evoked, &t->e, &g->scene, trigger, local);
  return dataset_sum(d, w, features, key_of(local, 0)) +
         dataset_sum(d, w, &evoked, key_of(local, 0)) + dataset_sum(d, w, &evoked, key_shared(0));
}

static void trigger_scores(const Trainer *t, const GoldSentence *g, int32_t trigger,
                           uint64_t relations, TriggerScore *scores)
{
  Features features;
  features_trigger(&features, &g->scene, trigger);
  for (int local = 0; local < (int)t->e.trained_count; local++)
    if (relations >> local & 1)
      scores[local].score =
          trigger_score(t, t->folds[PART_TRIGGER][g->fold], g, &features, trigger, local);
  rank_relations(scores, relations);
}

/* ---- participants ---- */

static bool fills(const GoldSentence *g, int32_t trigger, int local, int32_t mention, int role)
{
  for (size_t k = 0; k < g->aligned_count; k++) {
    const Aligned *a = &g->aligned[k];
    const int32_t filler = role == ROLE_SUBJECT ? a->subject : a->object;
    if (a->trigger == trigger && a->local == local && filler == mention) return true;
  }
  return false;
}

static Status argument_examples_at(Trainer *t, const GoldSentence *g, int32_t trigger, int local)
{
  Dataset *d = &t->data[PART_ARGUMENT];
  for (size_t m = 0; m < g->scene.mention_count; m++) {
    const SceneMention *mention = &g->scene.mentions[m];
    Features features;
    features_argument(&features, &g->scene, trigger, mention);
    for (int role = 0; role < 2; role++) {
      Features frame = {.count = 0};
      bool has_frame = false;
      if (!argument_allowed(mention, (Role)role)) continue;
      const int rank =
          frames_fill(&t->e, &g->scene, trigger, local, mention, (Role)role, &has_frame);
      features_frame(&frame, rank, has_frame, role);
      TRY(dataset_begin(d, fills(g, trigger, local, (int32_t)m, role), weight_of(g), g->fold));
      TRY(dataset_add(d, &features, key_of(local, role)));
      TRY(dataset_add(d, &features, key_shared(role)));
      TRY(dataset_add(d, &frame, key_of(local, role)));
      TRY(dataset_add(d, &frame, key_shared(role)));
    }
  }
  return STATUS_OK;
}

static Status argument_examples(Trainer *t, const GoldSentence *g)
{
  for (size_t k = 0; k < g->aligned_count; k++) {
    const Aligned *a = &g->aligned[k];
    bool first = a->trigger >= 0;
    for (size_t j = 0; j < k; j++)
      first &= g->aligned[j].trigger != a->trigger || g->aligned[j].local != a->local;
    if (first) TRY(argument_examples_at(t, g, a->trigger, a->local));
  }
  return STATUS_OK;
}

/* ---- pairs ---- */

static float argument_sum(const Trainer *t, int fold, const Features *features, int local, int role)
{
  const Dataset *d = &t->data[PART_ARGUMENT];
  const float *w = t->folds[PART_ARGUMENT][fold];
  return dataset_sum(d, w, features, key_of(local, role)) +
         dataset_sum(d, w, features, key_shared(role));
}

static bool score_mentions(const Trainer *t, const GoldSentence *g, int32_t trigger, int local,
                           const Features *base, ArgumentScore *scores)
{
  bool has_frame = false;
  for (size_t m = 0; m < g->scene.mention_count; m++)
    for (int role = 0; role < 2; role++) {
      const SceneMention *mention = &g->scene.mentions[m];
      ArgumentScore *s = &scores[m];
      Features frame = {.count = 0};
      s->frame[role] =
          frames_fill(&t->e, &g->scene, trigger, local, mention, (Role)role, &has_frame);
      s->score[role] = -100;
      if (!argument_allowed(mention, (Role)role)) continue;
      features_frame(&frame, s->frame[role], has_frame, role);
      s->score[role] = argument_sum(t, g->fold, &base[m], local, role) +
                       argument_sum(t, g->fold, &frame, local, role);
    }
  rank_arguments(scores, g->scene.mention_count);
  return has_frame;
}

typedef enum Truth { TRUTH_NO, TRUTH_YES, TRUTH_ELSEWHERE } Truth;

static Truth truth_of(const GoldSentence *g, int32_t trigger, int local, int32_t s, int32_t o)
{
  Truth truth = TRUTH_NO;
  for (size_t k = 0; k < g->aligned_count; k++) {
    const Aligned *a = &g->aligned[k];
    if (a->local != local || a->subject != s || a->object != o) continue;
    if (a->trigger == trigger) return TRUTH_YES;
    truth = TRUTH_ELSEWHERE;
  }
  return truth;
}

static Status pair_example(Trainer *t, const GoldSentence *g, int32_t trigger, int local,
                           const PairScores *scores, int32_t s, int32_t o)
{
  Dataset *d = &t->data[PART_PAIR];
  Features pair, stacked = {.count = 0};
  const Truth truth = truth_of(g, trigger, local, s, o);
  features_pair(&pair, &g->scene, trigger, &g->scene.mentions[s], &g->scene.mentions[o]);
  features_scores(&stacked, scores);
  TRY(dataset_begin(d, truth == TRUTH_YES, truth == TRUTH_ELSEWHERE ? 0 : weight_of(g), g->fold));
  TRY(dataset_add(d, &pair, key_of(local, 0)));
  TRY(dataset_add(d, &pair, key_shared(0)));
  TRY(dataset_add(d, &stacked, key_of(local, 0)));
  TRY(dataset_add(d, &stacked, key_shared(0)));
  int *grown = memory_grow(t->pair_local, &t->pair_capacity, d->count - 1, 1, sizeof *grown);
  if (!grown) return STATUS_MEMORY;
  t->pair_local = grown;
  grown[d->count - 1] = g->document->sampled ? local : -1 - local;
  return STATUS_OK;
}

static Status pair_examples_at(Trainer *t, const GoldSentence *g, int32_t trigger, int local,
                               const TriggerScore *evoked, const Features *base,
                               ArgumentScore *scores)
{
  if (evoked->score <= TRIGGER_FLOOR) return STATUS_OK;
  PairScores p = {.trigger = *evoked};
  p.has_frame = score_mentions(t, g, trigger, local, base, scores);
  best_scores(p.best, scores, g->scene.mention_count);
  const int32_t n = (int32_t)g->scene.mention_count;
  for (int32_t s = 0; s < n; s++)
    for (int32_t o = 0; o < n && argument_kept(&scores[s], ROLE_SUBJECT); o++) {
      if (!argument_kept(&scores[o], ROLE_OBJECT) ||
          !pair_allowed(t->e.symmetric[local], &g->scene.mentions[s], &g->scene.mentions[o]))
        continue;
      p.subject = &scores[s];
      p.object = &scores[o];
      TRY(pair_example(t, g, trigger, local, &p, s, o));
    }
  return STATUS_OK;
}

static Status pair_examples(Trainer *t, const GoldSentence *g)
{
  const size_t n = g->scene.mention_count;
  Features *base = memory_zero((n + 1) * sizeof *base);
  ArgumentScore *scores = memory_zero((n + 1) * sizeof *scores);
  if (!base || !scores) return STATUS_MEMORY;
  for (int32_t i = 0; i < (int32_t)g->sentence->count; i++) {
    const uint64_t relations = trigger_relations(&t->e, &g->scene, i);
    if (!relations) continue;
    TriggerScore evoked[LOCAL_MAX];
    trigger_scores(t, g, i, relations, evoked);
    for (size_t m = 0; m < n; m++) features_argument(&base[m], &g->scene, i, &g->scene.mentions[m]);
    for (int local = 0; local < (int)t->e.trained_count; local++)
      if (relations >> local & 1)
        TRY(pair_examples_at(t, g, i, local, &evoked[local], base, scores));
  }
  memory_free(base, 0);
  memory_free(scores, 0);
  return STATUS_OK;
}

/* ---- places, factuality, dates ---- */

static Status place_examples(Trainer *t, const GoldSentence *g)
{
  for (size_t i = 0; i < g->scene.mention_count; i++)
    for (size_t k = 0; k < g->scene.mention_count; k++) {
      const SceneMention *in = &g->scene.mentions[i], *out = &g->scene.mentions[k];
      if (!place_allowed(&g->scene, in, out)) continue;
      bool label = false;
      for (size_t j = 0; j < g->aligned_count; j++)
        label |= g->aligned[j].local == t->e.located && g->aligned[j].subject == (int32_t)i &&
                 g->aligned[j].object == (int32_t)k;
      Features features;
      features_place(&features, &g->scene, in, out);
      TRY(dataset_begin(&t->data[PART_PLACE], label, weight_of(g), g->fold));
      TRY(dataset_add(&t->data[PART_PLACE], &features, key_shared(0)));
    }
  return STATUS_OK;
}

static Status factuality_examples(Trainer *t, const GoldSentence *g)
{
  for (size_t k = 0; k < g->aligned_count; k++) {
    const Aligned *a = &g->aligned[k];
    if (a->trigger < 0) continue;
    Features features;
    features_factuality(&features, &g->scene, a->trigger);
    for (int f = FACTUALITY_ACTUAL; f <= FACTUALITY_DENIED; f++) {
      Dataset *d = &t->data[PART_FACTUALITY];
      TRY(dataset_begin(d, a->factuality == (Factuality)f, weight_of(g), g->fold));
      TRY(dataset_add(d, &features, key_shared(f)));
      TRY(dataset_add(d, &features, key_of(a->local, f) * 4u));
    }
  }
  return STATUS_OK;
}

static Status date_examples(Trainer *t, const GoldSentence *g)
{
  TimeExpression *dates = NULL;
  size_t n = 0;
  TRY(time_find(&dates, &n, &t->train.arena, g->sentence));
  for (size_t k = 0; k < g->aligned_count; k++) {
    const Aligned *a = &g->aligned[k];
    if (a->trigger < 0) continue;
    for (size_t i = 0; i < n; i++) {
      Features features;
      const bool label = a->dated && dates[i].first < a->date_end && a->date_first < dates[i].end;
      features_date(&features, &g->scene, a->trigger, dates, n, i);
      Dataset *d = &t->data[PART_DATE];
      TRY(dataset_begin(d, label, weight_of(g), g->fold));
      TRY(dataset_add(d, &features, key_shared(0)));
      TRY(dataset_add(d, &features, key_of(a->local, 0)));
    }
  }
  return STATUS_OK;
}

/* ---- calibration ---- */

typedef struct Point {
  double x;
  bool label;
} Point;

/* Fit confidence = logistic(a * x + b) by Newton's method. */
static Calibration fit_points(const Point *points, size_t count)
{
  double a = 1, b = 0;
  for (int round = 0; round < 200; round++) {
    double ga = 0, gb = 0, haa = 1e-6, hab = 0, hbb = 1e-6;
    for (size_t i = 0; i < count; i++) {
      const double x = points[i].x;
      const double p = (double)logistic((float)(a * x + b)), e = p - points[i].label;
      ga += e * x;
      gb += e;
      haa += p * (1 - p) * x * x;
      hab += p * (1 - p) * x;
      hbb += p * (1 - p);
    }
    const double det = haa * hbb - hab * hab;
    const double da = (hbb * ga - hab * gb) / det, db = (haa * gb - hab * ga) / det;
    a -= 0.5 * da;
    b -= 0.5 * db;
    if (da * da + db * db < 1e-8) break;
  }
  return (Calibration){(float)a, (float)b, 0};
}

/* On scores that were given to unseen sentences. */
static Status fit(Calibration *out, const Trainer *t, Part part)
{
  const Dataset *d = &t->data[part];
  Point *points = memory_array(NULL, 0, d->count + 1, sizeof *points);
  size_t n = 0;
  if (!points) return STATUS_MEMORY;
  for (size_t i = 0; i < d->count; i++) {
    if (d->examples[i].weight <= 0 || (part == PART_PAIR && t->pair_local[i] < 0)) continue;
    const float *weights = t->folds[part][d->examples[i].fold];
    points[n++] = (Point){(double)dataset_score(d, i, weights), d->examples[i].label};
  }
  *out = fit_points(points, n);
  memory_free(points, 0);
  return STATUS_OK;
}

typedef struct Scored {
  float confidence;
  bool label;
} Scored;

static int by_confidence(const void *a, const void *b)
{
  const float x = ((const Scored *)a)->confidence, y = ((const Scored *)b)->confidence;
  return (x < y) - (x > y);
}

/* Precision and recall of pairs on unseen sentences with the rates of real text. */
static Status print_curve(const Trainer *t, const Calibration *k)
{
  const Dataset *d = &t->data[PART_PAIR];
  Scored *all = memory_array(NULL, 0, d->count + 1, sizeof *all);
  size_t n = 0, gold = 0, right = 0, next = 20;
  double best = 0;
  if (!all) return STATUS_MEMORY;
  for (size_t i = 0; i < d->count; i++) {
    if (t->pair_local[i] < 0 || d->examples[i].weight <= 0) continue;
    const float score = dataset_score(d, i, t->folds[PART_PAIR][d->examples[i].fold]);
    all[n++] = (Scored){logistic(k->a * score + k->b), d->examples[i].label};
  }
  for (size_t i = 0; i < t->train.count; i++)
    for (size_t j = 0; t->train.items[i].sampled && j < t->train.items[i].relation_count; j++)
      gold += !slice_is(t->train.items[i].relations[j].type, "locatedIn");
  qsort(all, n, sizeof *all, by_confidence);
  for (size_t i = 0; i < n; i++) {
    right += all[i].label;
    const double p = (double)right / (double)(i + 1), r = (double)right / (double)gold;
    const double f = right ? 2 * p * r / (p + r) : 0;
    if (f > best) best = f;
    if (r * 100 < (double)next) continue;
    printf("unseen: recall %2zu precision %.1f confidence %.2f\n", next, 100 * p,
           (double)all[i].confidence);
    next += 5;
  }
  printf("unseen: best F1 %.2f\n", 100 * best);
  memory_free(all, 0);
  return STATUS_OK;
}

static void set_calibration(Trainer *t, Calibration pair, Calibration place)
{
  for (size_t r = 0; r < t->e.trained_count; r++)
    t->e.calibration[r] = (int)r == t->e.located ? place : pair;
}

static Status calibrate(Trainer *t)
{
  Calibration pair, place;
  TRY(fit(&pair, t, PART_PAIR));
  TRY(fit(&place, t, PART_PLACE));
  pair.threshold = place.threshold = LEAST_CONFIDENCE;
  set_calibration(t, pair, place);
  printf("calibration: pair %.2f %.2f  place %.2f %.2f\n", (double)pair.a, (double)pair.b,
         (double)place.a, (double)place.b);
  return print_curve(t, &pair);
}

/* BEFORE mended so that it is right as often as it says on what was judged. */
static Status recalibrate(Calibration *out, Calibration before, const Judgements *judged,
                          bool place, float threshold)
{
  Point *points = memory_array(NULL, 0, judged->count + 1, sizeof *points);
  size_t n = 0;
  if (!points) return STATUS_MEMORY;
  for (size_t i = 0; i < judged->count; i++) {
    const Judgement *j = &judged->items[i];
    if (j->place != place) continue;
    points[n++] = (Point){log((double)j->confidence / (1 - (double)j->confidence)), j->right};
  }
  const Calibration k = fit_points(points, n);
  memory_free(points, 0);
  *out = (Calibration){k.a * before.a, k.a * before.b + k.b, threshold};
  printf("recalibrated %s on %zu claims: %.2f %.2f\n", place ? "place" : "pair", n, (double)k.a,
         (double)k.b);
  return STATUS_OK;
}

/* How often claims are right by the confidence they have. */
static void print_deciles(const Judgements *judged)
{
  for (int lo = 0; lo < 10; lo++) {
    int n = 0, right = 0;
    double said = 0;
    for (size_t i = 0; i < judged->count; i++) {
      const Judgement *j = &judged->items[i];
      if ((int)(j->confidence * 10) != lo && !(lo == 9 && j->confidence >= 1)) continue;
      n++;
      right += j->right;
      said += (double)j->confidence;
    }
    if (n)
      printf("confidence %.1f: %4d claims, say %.2f, right %.2f\n", lo / 10.0, n, said / n,
             (double)right / n);
  }
}

/* ---- where relations get lost ---- */

typedef struct Losses {
  int all, spans, mentions, known, evoked, subject, object, both;
} Losses;

static float final_sum(const Trainer *t, Part part, const Features *f, int local, int role)
{
  return dataset_sum(&t->data[part], t->final[part], f, key_of(local, role)) +
         dataset_sum(&t->data[part], t->final[part], f, key_shared(role));
}

static void lose(Losses *l, const Trainer *t, const GoldSentence *g, const Aligned *a)
{
  Features features;
  static ArgumentScore scores[1024];
  bool has_frame = false;
  l->spans++;
  if (a->subject < 0 || a->object < 0) return;
  l->mentions++;
  if (a->trigger < 0 || !(trigger_relations(&t->e, &g->scene, a->trigger) >> a->local & 1)) return;
  l->known++;
  features_trigger(&features, &g->scene, a->trigger);
  if (trigger_score(t, t->final[PART_TRIGGER], g, &features, a->trigger, a->local) <= TRIGGER_FLOOR)
    return;
  l->evoked++;
  for (size_t m = 0; m < g->scene.mention_count; m++)
    for (int role = 0; role < 2; role++) {
      const SceneMention *mention = &g->scene.mentions[m];
      Features frame = {.count = 0};
      scores[m].frame[role] =
          frames_fill(&t->e, &g->scene, a->trigger, a->local, mention, (Role)role, &has_frame);
      scores[m].score[role] = -100;
      if (!argument_allowed(mention, (Role)role)) continue;
      features_argument(&features, &g->scene, a->trigger, mention);
      features_frame(&frame, scores[m].frame[role], has_frame, role);
      scores[m].score[role] = final_sum(t, PART_ARGUMENT, &features, a->local, role) +
                              final_sum(t, PART_ARGUMENT, &frame, a->local, role);
    }
  rank_arguments(scores, g->scene.mention_count);
  const bool subject = argument_kept(&scores[a->subject], ROLE_SUBJECT);
  const bool object = argument_kept(&scores[a->object], ROLE_OBJECT);
  l->subject += subject;
  l->object += object;
  l->both += subject && object;
}

static Status print_losses(Trainer *t)
{
  Losses l = {0};
  TRY(gold_align(&t->dev_corpus, &t->dev, &t->e));
  for (size_t i = 0; i < t->dev.count; i++)
    for (size_t k = 0; k < t->dev.items[i].relation_count; k++)
      l.all += !slice_is(t->dev.items[i].relations[k].type, "locatedIn");
  for (size_t i = 0; i < t->dev_corpus.count; i++)
    for (size_t k = 0; k < t->dev_corpus.items[i].aligned_count; k++)
      if (t->dev_corpus.items[i].aligned[k].local != t->e.located)
        lose(&l, t, &t->dev_corpus.items[i], &t->dev_corpus.items[i].aligned[k]);
  printf("of %d: in one sentence %d, mentions %d, trigger known %d, evoked %d, subject kept %d, "
         "object kept %d, both %d\n",
         l.all, l.spans, l.mentions, l.known, l.evoked, l.subject, l.object, l.both);
  return STATUS_OK;
}

/* ---- the steps ---- */

typedef Status (*Maker)(Trainer *, const GoldSentence *);

static Status train_part(Trainer *t, Part part, Maker make, bool folds)
{
  Dataset *d = &t->data[part];
  for (size_t i = 0; i < t->train_corpus.count; i++) TRY(make(t, &t->train_corpus.items[i]));
  size_t positive = 0;
  for (size_t i = 0; i < d->count; i++) positive += d->examples[i].label;
  dataset_finish(d, 2);
  printf("part %d: %zu examples, %zu positive, %zu features\n", (int)part, d->count, positive,
         d->feature_count);
  fflush(stdout);
  if (folds) TRY(learn_folds(t->folds[part], d, &options[part], GOLD_FOLDS));
  return learn(&t->final[part], d, &options[part], -1);
}

static Status train_all(Trainer *t)
{
  TRY(train_part(t, PART_TRIGGER, trigger_examples, true));
  TRY(train_part(t, PART_ARGUMENT, argument_examples, true));
  TRY(train_part(t, PART_PAIR, pair_examples, true));
  TRY(train_part(t, PART_PLACE, place_examples, true));
  TRY(train_part(t, PART_FACTUALITY, factuality_examples, false));
  TRY(train_part(t, PART_DATE, date_examples, false));
  return calibrate(t);
}

static void prepare(Trainer *t, const Ontology *ontology)
{
  t->e.ontology = ontology;
  t->e.located = -1;
  const size_t n = ontology_relation_count(ontology);
  for (size_t i = 0; i < n && i < LOCAL_MAX; i++) {
    const Relation *r = ontology_relation(ontology, (RelationId)i);
    t->e.relations[i] = (RelationId)i;
    t->e.symmetric[i] = r->schema.symmetric;
    if (slice_is(r->schema.name, "locatedIn")) t->e.located = (int)i;
    t->e.local_count = t->e.trained_count = i + 1;
  }
}

static void print_reach(const Trainer *t)
{
  size_t all = 0, aligned = 0, triggers = 0, known = 0, both = 0;
  for (size_t i = 0; i < t->train_corpus.count; i++) {
    const GoldSentence *g = &t->train_corpus.items[i];
    for (size_t k = 0; k < g->aligned_count; k++) {
      const Aligned *a = &g->aligned[k];
      aligned++;
      both += a->subject >= 0 && a->object >= 0;
      if (a->trigger < 0) continue;
      triggers++;
      known += trigger_relations(&t->e, &g->scene, a->trigger) >> a->local & 1;
    }
  }
  for (size_t i = 0; i < t->train.count; i++) all += t->train.items[i].relation_count;
  printf("%zu relations, %zu in one sentence, %zu with mentions; %zu triggers, %zu known\n", all,
         aligned, both, triggers, known);
}

static Status write_section(Buffer *out, const Trainer *t)
{
  Buffer tables[PART_COUNT] = {BUFFER_EMPTY};
  for (int part = 0; part < PART_COUNT; part++) {
    TRY(dataset_write(&tables[part], &t->data[part], t->final[part], 0.04f));
    printf("part %d: %zu bytes\n", part, tables[part].count);
  }
  TRY(section_write(out, &t->e, tables));
  for (int part = 0; part < PART_COUNT; part++) buffer_clear(&tables[part]);
  return STATUS_OK;
}

static Status load_gold(Trainer *t, const Model *model, const char *folder, bool dev_only,
                        const Report *report)
{
  char path[1024];
  Analyser *analyser = NULL;
  TRY(words_open(&t->e.words, model));
  TRY(analyser_new(&analyser, model->bytes, t->e.ontology, report));
  snprintf(path, sizeof path, "%s/dev.jsonl", folder);
  TRY(gold_read(&t->dev, path, report));
  TRY(gold_analyse(&t->dev_corpus, &t->dev, analyser, &t->e));
  if (!dev_only) {
    snprintf(path, sizeof path, "%s/train.jsonl", folder);
    TRY(gold_read(&t->train, path, report));
    TRY(gold_analyse(&t->train_corpus, &t->train, analyser, &t->e));
  }
  analyser_free(analyser);
  return STATUS_OK;
}

static Status judge_section(Judgements *out, const Trainer *t, const Model *model, Slice section,
                            const Report *report)
{
  Buffer whole = BUFFER_EMPTY;
  Extractor *extractor = NULL;
  Model judged;
  TRY(model_replace(&whole, model, "extract", section));
  TRY(model_open(&judged, buffer_as_slice(&whole), report));
  TRY(extractor_new(&extractor, &judged, t->e.ontology, report));
  const Status status = judge(out, &t->dev_corpus, extractor);
  extractor_free(extractor);
  buffer_clear(&whole);
  return status;
}

/* Calibrate anew on the sentences kept for choosing: the folds know less than the final weights. */
static Status calibrate_section(Buffer *section, Trainer *t, const Model *model,
                                const Report *report)
{
  Judgements judged = {NULL, 0, 0}, again = {NULL, 0, 0};
  const int any = t->e.located == 0 ? 1 : 0;
  Calibration pair = t->e.calibration[any], place = t->e.calibration[t->e.located];
  TRY(judge_section(&judged, t, model, buffer_as_slice(section), report));
  TRY(recalibrate(&pair, pair, &judged, false, PAIR_THRESHOLD));
  TRY(recalibrate(&place, place, &judged, true, PLACE_THRESHOLD));
  set_calibration(t, pair, place);
  buffer_clear(section);
  TRY(write_section(section, t));
  TRY(judge_section(&again, t, model, buffer_as_slice(section), report));
  print_deciles(&again);
  memory_free(judged.items, 0);
  memory_free(again.items, 0);
  return STATUS_OK;
}

static Status learn_section(Buffer *out, Trainer *t)
{
  TRY(gold_align(&t->train_corpus, &t->train, &t->e));
  TRY(mine_lexicon(t));
  TRY(frames_compile(&t->e));
  TRY(gold_align(&t->train_corpus, &t->train, &t->e));
  print_reach(t);
  TRY(train_all(t));
  TRY(print_losses(t));
  return write_section(out, t);
}

static Status sweep(const Trainer *t, Extractor *extractor)
{
  for (int percent = 30; percent <= 70; percent += 5) {
    for (size_t r = 0; r < extractor->trained_count; r++)
      extractor->calibration[r].threshold = (float)percent / 100.0f;
    printf("threshold %.2f  ", percent / 100.0);
    TRY(evaluate(&t->dev_corpus, extractor, false, true));
  }
  return STATUS_OK;
}

static Status measure(const Trainer *t, Slice bytes, bool verbose, const Report *report)
{
  Extractor *extractor = NULL;
  Model model;
  TRY(model_open(&model, bytes, report));
  TRY(extractor_new(&extractor, &model, t->e.ontology, report));
  const Status status = evaluate(&t->dev_corpus, extractor, verbose, false);
  if (status == STATUS_OK) TRY(sweep(t, extractor));
  extractor_free(extractor);
  return status;
}

static Status run(const char *path, const char *folder, bool keep, bool verbose,
                  const Report *report)
{
  static Trainer t;
  Ontology *ontology = NULL;
  Buffer bytes = BUFFER_EMPTY, section = BUFFER_EMPTY, whole = BUFFER_EMPTY;
  Model model;
  TRY(ontology_load(&ontology, NULL, 0, report));
  TRY(model_read_file(&bytes, path, report));
  TRY(model_open(&model, buffer_as_slice(&bytes), report));
  prepare(&t, ontology);
  TRY(load_gold(&t, &model, folder, keep, report));
  if (keep) return measure(&t, model.bytes, verbose, report);
  TRY(learn_section(&section, &t));
  TRY(calibrate_section(&section, &t, &model, report));
  printf("section: %zu bytes\n", section.count);
  TRY(model_replace(&whole, &model, "extract", buffer_as_slice(&section)));
  TRY(measure(&t, buffer_as_slice(&whole), verbose, report));
  return model_write_file(path, buffer_as_slice(&whole), report);
}

static void say(void *handle, const Message *message)
{
  (void)handle;
  fprintf(stderr, "%s: %s\n", message->file ? message->file : "train-extract", message->text);
}

int main(int argc, char **argv)
{
  const Report report = {say, NULL};
  bool keep = false, verbose = false;
  for (int i = 3; i < argc; i++) {
    keep |= strcmp(argv[i], "-n") == 0;
    verbose |= strcmp(argv[i], "-v") == 0;
  }
  if (argc < 3) {
    fprintf(stderr, "usage: train-extract MODEL SENTENCES [-n] [-v]\n");
    return 2;
  }
  const Status status = run(argv[1], argv[2], keep, verbose, &report);
  if (status != STATUS_OK) fprintf(stderr, "train-extract: %s\n", status_text(status));
  return status == STATUS_OK ? 0 : 1;
}
