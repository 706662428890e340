/* Titles are looked up in the ontology over a window of folded words beside the name. */
#include "input/titles.h"

#include "graph/unicode.h"

#define WINDOW 12
#define LONGEST_WORD 48

/* Tokens [first, first + count) of a sentence, folded. */
typedef struct Folded {
  Slice words[WINDOW];
  size_t count;
  char bytes[WINDOW * LONGEST_WORD];
} Folded;

/* Fold ASCII; other letters are left as they are, since titles are English. */
static void fold_tokens(Folded *out, const Sentence *s, int32_t first, int32_t end)
{
  size_t used = 0;
  out->count = 0;
  for (int32_t i = first; i < end && out->count < WINDOW; i++) {
    const Slice form = s->tokens[i].form;
    const size_t n = form.len < LONGEST_WORD ? form.len : LONGEST_WORD;
    for (size_t k = 0; k < n; k++) {
      const char c = form.ptr[k];
      out->bytes[used + k] = c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
    }
    out->words[out->count++] = (Slice){out->bytes + used, n};
    used += n;
  }
}

bool title_is_address(const Ontology *ontology, const Sentence *s, int32_t at)
{
  Folded folded;
  const Title *title;
  if (at < 0 || at >= (int32_t)s->count) return false;
  fold_tokens(&folded, s, at, at + 1);
  return world_is_title(&title, ontology, folded.words, 1) && (title->flags & TITLE_ADDRESS);
}

static unsigned gender_of(unsigned flags)
{
  return flags & TITLE_FEMALE ? FEAT_FEM : flags & TITLE_MALE ? FEAT_MASC : 0;
}

/* "Secretary of Defense Austin" of which "Defense Austin" was taken for the name: how many tokens
   of it belong to a title that begins before it. */
static int32_t title_reaching_into(const Ontology *ontology, const Sentence *s, int32_t first,
                                   int32_t end)
{
  for (int32_t start = first > 4 ? first - 4 : 0; start < first; start++) {
    Folded folded;
    const Title *title;
    fold_tokens(&folded, s, start, end);
    const int32_t n = (int32_t)world_is_title(&title, ontology, folded.words, folded.count);
    if (start + n > first && start + n < end) return start + n - first;
  }
  return 0;
}

int32_t titles_before_name(const Ontology *ontology, const Sentence *s, int32_t first, int32_t end)
{
  int32_t skipped = title_reaching_into(ontology, s, first, end);
  while (first + skipped + 1 < end) {
    Folded folded;
    const Title *title;
    fold_tokens(&folded, s, first + skipped, end);
    const size_t n = world_is_title(&title, ontology, folded.words, folded.count);
    if (!n || first + skipped + (int32_t)n >= end) break;
    skipped += (int32_t)n;
  }
  return skipped;
}

int32_t title_at(const Ontology *ontology, const Sentence *s, int32_t at)
{
  Folded folded;
  const Title *title;
  const Slice form = s->tokens[at].form;
  if (!form.len || form.ptr[0] < 'A' || form.ptr[0] > 'Z') return 0;
  fold_tokens(&folded, s, at, (int32_t)s->count);
  return (int32_t)world_is_title(&title, ontology, folded.words, folded.count);
}

/* Does FOLDED hold a title that ends at word END? Its start, or -1. */
static int32_t title_ending_at(const Title **out, const Ontology *ontology, const Folded *folded,
                               size_t end)
{
  for (size_t start = 0; start < end; start++) {
    const Title *title;
    const size_t n = world_is_title(&title, ontology, folded->words + start, folded->count - start);
    if (n && start + n == end && !(title->flags & TITLE_PREFIX)) {
      *out = title;
      return (int32_t)start;
    }
  }
  return -1;
}

bool title_ends_at(const Ontology *ontology, const Sentence *s, int32_t at)
{
  Folded folded;
  const Title *title;
  fold_tokens(&folded, s, at > 5 ? at - 5 : 0, at);
  return folded.count > 0 && title_ending_at(&title, ontology, &folded, folded.count) >= 0;
}

static bool is_modifier(const Token *t)
{
  return t->upos == UPOS_PROPN || t->upos == UPOS_ADJ || t->upos == UPOS_NOUN ||
         t->upos == UPOS_PART || t->upos == UPOS_ADP || slice_is(t->form, "-");
}

/* Where the modifiers before FIRST begin ("Ukraine 's" before "President"): at most five tokens. */
static int32_t modifiers_from(const Sentence *s, int32_t first)
{
  int32_t at = first;
  while (at > 0 && first - at < 5 && is_modifier(&s->tokens[at - 1])) at--;
  return at;
}

/* "President of Ukraine Petro …": the title before "of" and what follows it up to FIRST. */
static bool title_with_of(TitleSpan *out, const Ontology *ontology, const Sentence *s,
                          int32_t first)
{
  for (int32_t of = first - 2; of > 0 && first - of <= 5; of--) {
    if (!slice_is(s->tokens[of].form, "of")) continue;
    Folded folded;
    const Title *title;
    const int32_t from = of > 6 ? of - 6 : 0;
    fold_tokens(&folded, s, from, of);
    const int32_t start = title_ending_at(&title, ontology, &folded, folded.count);
    if (start < 0) return false;
    *out = (TitleSpan){from + start, first, title->name, gender_of(title->flags)};
    return true;
  }
  return false;
}

static bool title_before(TitleSpan *out, const Ontology *ontology, const Sentence *s, int32_t first)
{
  Folded folded;
  const Title *title;
  const int32_t from = first > 7 ? first - 7 : 0;
  fold_tokens(&folded, s, from, first);
  const int32_t start = title_ending_at(&title, ontology, &folded, folded.count);
  if (start < 0) return title_with_of(out, ontology, s, first);
  const int32_t at = from + start;
  const unsigned gender = gender_of(title->flags);
  if (title->flags & TITLE_COURTESY) {
    *out = (TitleSpan){first, first, SLICE_NONE, gender};
  } else {
    *out = (TitleSpan){modifiers_from(s, at), first, title->name, gender};
  }
  return true;
}

/* "X, the Saudi foreign minister": within six tokens of the comma. */
static bool title_after(TitleSpan *out, const Ontology *ontology, const Sentence *s, int32_t end)
{
  if (end + 1 >= (int32_t)s->count || !slice_is(s->tokens[end].form, ",")) return false;
  Folded folded;
  fold_tokens(&folded, s, end + 1, (int32_t)s->count);
  for (size_t start = 0; start < folded.count && start < 6; start++) {
    const Title *title;
    const size_t n = world_is_title(&title, ontology, folded.words + start, folded.count - start);
    if (n && !(title->flags & (TITLE_COURTESY | TITLE_PREFIX))) {
      const int32_t last = end + 1 + (int32_t)(start + n);
      *out = (TitleSpan){end + 1, last, title->name, gender_of(title->flags)};
      if (last + 1 < (int32_t)s->count && slice_is(s->tokens[last].form, "of")) out->end += 2;
      return true;
    }
    const Token *const t = &s->tokens[end + 1 + (int32_t)start];
    if (t->upos != UPOS_DET && !is_modifier(t) && t->upos != UPOS_PRON) return false;
  }
  return false;
}

TitleSpan title_of_name(const Ontology *ontology, const Sentence *sentence, int32_t first,
                        int32_t end)
{
  TitleSpan out = {0, 0, SLICE_NONE, 0};
  if (title_before(&out, ontology, sentence, first) && out.title.len) return out;
  TitleSpan after = {0, 0, SLICE_NONE, out.gender};
  return title_after(&after, ontology, sentence, end) ? after : out;
}

TitleSpan title_in_phrase(const Ontology *ontology, const Sentence *sentence, int32_t first,
                          int32_t end, int32_t head)
{
  Folded folded;
  fold_tokens(&folded, sentence, first, end);
  for (size_t start = 0; start < folded.count && first + (int32_t)start <= head; start++) {
    const Title *title;
    const size_t n = world_is_title(&title, ontology, folded.words + start, folded.count - start);
    if (!n || (title->flags & (TITLE_COURTESY | TITLE_PREFIX))) continue;
    const int32_t from = first + (int32_t)start, to = from + (int32_t)n;
    if (to <= head) continue;
    return (TitleSpan){from, to, title->name, gender_of(title->flags)};
  }
  return (TitleSpan){0, 0, SLICE_NONE, 0};
}
