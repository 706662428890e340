#include "input/lemma.h"

#include "graph/memory.h"
#include "graph/unicode.h"

uint64_t lemma_word_key(Slice form, uint8_t tag)
{
  return feature_2(1000, form_hash(form), tag);
}

uint64_t lemma_ending_key(Slice lower, size_t n, uint8_t tag)
{
  const Slice ending = slice_part(lower, lower.len - n, lower.len);
  return feature_3(1001, form_hash(ending), n, tag);
}

static size_t count_lines(Slice text)
{
  size_t lines = 0;
  for (size_t i = 0; i < text.len; i++) lines += text.ptr[i] == '\n';
  return lines;
}

/* Take the next line, without its line feed, off the front of *TEXT. */
static Slice take_line(Slice *text)
{
  const char *const end = text->len ? memchr(text->ptr, '\n', text->len) : NULL;
  const size_t n = end ? (size_t)(end - text->ptr) : text->len;
  const Slice line = slice_part(*text, 0, n);
  *text = slice_part(*text, end ? n + 1 : n, text->len);
  return line;
}

/* A line of the section "rules": one digit for the case kept, two for the cut, then what to add. */
static bool read_rule(LemmaRule *out, Slice line)
{
  if (line.len < 3) return false;
  for (size_t i = 0; i < 3; i++) {
    if (line.ptr[i] < '0' || line.ptr[i] > '9') return false;
  }
  out->keep_case = line.ptr[0] == '1';
  out->cut = (uint16_t)((line.ptr[1] - '0') * 10 + (line.ptr[2] - '0'));
  out->add = slice_part(line, 3, line.len);
  return out->add.len < LEMMA_LONGEST;
}

static Status read_rules(Lemmas *out, Slice text)
{
  const size_t count = count_lines(text);
  out->rules = memory_zero(count * sizeof *out->rules);
  if (!out->rules) return STATUS_MEMORY;
  out->rule_count = count;
  for (size_t i = 0; i < count; i++) {
    if (!read_rule(&out->rules[i], take_line(&text))) return STATUS_INPUT;
  }
  return STATUS_OK;
}

static Status read_feats(Lemmas *out, Slice text)
{
  const size_t count = count_lines(text);
  out->feats = memory_zero(count * sizeof *out->feats);
  out->bits = memory_zero(count * sizeof *out->bits);
  if (!out->feats || !out->bits) return STATUS_MEMORY;
  out->feats_count = count;
  for (size_t i = 0; i < count; i++) {
    out->feats[i] = take_line(&text);
    out->bits[i] = features_of(out->feats[i]);
  }
  return STATUS_OK;
}

Status lemmas_open(Lemmas *out, const Model *model, const Words *words)
{
  *out = (Lemmas){.rules = NULL, .words = words};
  TRY(sparse_open(&out->table, model_section(model, "lemmas")));
  TRY(read_rules(out, model_section(model, "rules")));
  return read_feats(out, model_section(model, "feats"));
}

void lemmas_close(Lemmas *lemmas)
{
  memory_free(lemmas->rules, 0);
  memory_free(lemmas->feats, 0);
  memory_free(lemmas->bits, 0);
  *lemmas = (Lemmas){.rules = NULL};
}

bool lemma_apply(char *out, size_t *length, const LemmaRule *rule, Slice form)
{
  size_t n = form.len;
  if (n > LEMMA_LONGEST) return false;
  if (rule->keep_case) {
    memcpy(out, form.ptr, n);
  } else {
    n = word_lower(out, LEMMA_LONGEST, form);
  }
  if (rule->cut > n) return false;
  n -= rule->cut;
  memcpy(out + n, rule->add.ptr, rule->add.len);
  *length = n + rule->add.len;
  return *length > 0;
}

static const LemmaRule *rule_at(const Lemmas *lemmas, int32_t rule)
{
  return rule < 0 || (size_t)rule >= lemmas->rule_count ? NULL : &lemmas->rules[rule];
}

/* The rule that FORM has for itself. */
static const LemmaRule *own_rule(const Lemmas *lemmas, Slice form, uint8_t tag)
{
  return rule_at(lemmas, sparse_value(&lemmas->table, lemma_word_key(form, tag), LEMMA_RULE, -1));
}

/* The rule of the longest known ending. */
static const LemmaRule *ending_rule(const Lemmas *lemmas, Slice lower, uint8_t tag)
{
  int32_t rule = -1;
  const size_t longest = lower.len < LEMMA_ENDING ? lower.len : LEMMA_ENDING;
  for (size_t n = longest + 1; n-- > 0 && rule < 0;) {
    rule = sparse_value(&lemmas->table, lemma_ending_key(lower, n, tag), LEMMA_RULE, -1);
  }
  return rule_at(lemmas, rule);
}

static bool is_word(const Lemmas *lemmas, const char *lemma, size_t length)
{
  return sparse_row(&lemmas->words->table, word_key(form_hash((Slice){lemma, length}))).count > 0;
}

/* "extradit" is no word but "extradite" is, "toaste" but "toast", "committ" but "commit": mend the
   end of LEMMA, which has room for one more byte. */
static void mend_verb(char *lemma, size_t *length, const Lemmas *lemmas)
{
  const size_t n = *length;
  if (n < 4 || is_word(lemmas, lemma, n)) return;
  lemma[n] = 'e';
  if (is_word(lemmas, lemma, n + 1)) {
    *length = n + 1;
  } else if ((lemma[n - 1] == 'e' || lemma[n - 1] == lemma[n - 2]) &&
             is_word(lemmas, lemma, n - 1)) {
    *length = n - 1;
  }
}

static void set_feats(Token *token, const Lemmas *lemmas, Slice lower, uint8_t tag)
{
  const Sparse *const table = &lemmas->table;
  const int32_t usual = sparse_value(table, lemma_ending_key(lower, 0, tag), LEMMA_FEATS, -1);
  const int32_t own = sparse_value(table, lemma_word_key(lower, tag), LEMMA_FEATS, usual);
  const bool known = own >= 0 && (size_t)own < lemmas->feats_count;
  token->feats = known ? lemmas->feats[own] : SLICE_NONE;
  token->features = known ? lemmas->bits[own] : 0;
}

Status lemma_token(Token *token, const Lemmas *lemmas, uint8_t tag, Arena *arena)
{
  char lower[LEMMA_LONGEST], lemma[2 * LEMMA_LONGEST];
  const Slice form = token->form;
  token->lemma = form;
  if (form.len > LEMMA_LONGEST) return STATUS_OK;
  const Slice low = {lower, word_lower(lower, sizeof lower, form)};
  set_feats(token, lemmas, low, tag);
  const LemmaRule *const own = own_rule(lemmas, form, tag);
  const LemmaRule *const rule = own ? own : ending_rule(lemmas, low, tag);
  size_t length;
  if (!rule || !lemma_apply(lemma, &length, rule, form)) return STATUS_OK;
  const bool changed = rule->cut || rule->add.len;
  if (!own && changed && token->upos == UPOS_VERB) mend_verb(lemma, &length, lemmas);
  if (slice_equal((Slice){lemma, length}, form)) return STATUS_OK;
  return arena_copy(&token->lemma, arena, (Slice){lemma, length});
}
