/* Everything is a hash, so that a feature is a mix of a few integers. Long words are looked at by
   their first and last bytes only. */
#include "input/words.h"

#include "graph/unicode.h"

#define LONGEST 64 /* bytes of a word that are looked at, apart from its hash */

uint32_t form_hash(Slice form)
{
  const uint64_t hash = slice_hash(form, 7);
  return (uint32_t)(hash ^ hash >> 32);
}

uint32_t word_look_up_hash(Slice form)
{
  char plain[LONGEST];
  const size_t count = form.len < LONGEST ? form.len : LONGEST;
  for (size_t i = 0; i < count; i++) {
    plain[i] = form.ptr[i] >= '0' && form.ptr[i] <= '9' ? '0' : form.ptr[i];
  }
  return form_hash((Slice){plain, count});
}

uint64_t word_key(uint32_t hash)
{
  return feature_1(1, hash);
}

uint64_t word_caps_key(uint32_t lower_hash)
{
  return feature_1(2, lower_hash);
}

Status words_open(Words *out, const Model *model)
{
  TRY(sparse_open(&out->table, model_section(model, "words")));
  const Slice clusters = model_section(model, "clusters");
  const void *const start = clusters.ptr;
  out->coarse = start;
  out->cluster_count = clusters.len / (WORD_LEVELS * sizeof(uint16_t));
  return STATUS_OK;
}

static size_t lower_ascii(char *out, Slice form)
{
  size_t n = 0;
  for (; n < form.len && (unsigned char)form.ptr[n] < 0x80; n++) {
    const char c = form.ptr[n];
    out[n] = c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
  }
  return n;
}

size_t word_lower(char *out, size_t size, Slice form)
{
  const Slice part = slice_part(form, 0, form.len < size ? form.len : size);
  size_t at = lower_ascii(out, part), n = at;
  while (at < part.len && n + 4 <= size) {
    const uint32_t code = utf8_next(part, &at);
    n += utf8_encode(out + n, unicode_lower(code));
  }
  return n;
}

static void find_affixes(WordFacts *out, const char *lower, size_t count)
{
  uint32_t head = 2166136261u, tail = 2166136261u;
  for (size_t i = 0; i < WORD_AFFIXES; i++) {
    head = i < count ? (head ^ (unsigned char)lower[i]) * 16777619u : 0;
    tail = i < count ? (tail ^ (unsigned char)lower[count - 1 - i]) * 16777619u : 0;
    out->prefix[i] = head;
    out->suffix[i] = tail;
  }
}

static char shape_of(uint32_t code)
{
  if (code < 0x80) {
    if (code >= 'A' && code <= 'Z') return 'X';
    if (code >= 'a' && code <= 'z') return 'x';
    return code >= '0' && code <= '9' ? 'd' : (char)code;
  }
  if (unicode_is_upper(code)) return 'X';
  if (unicode_is_letter(code)) return 'x';
  return unicode_is_digit(code) ? 'd' : '*';
}

/* Shape and the flags that go with it; runs of the same count at most two. */
static void find_shape(WordFacts *out, Slice part)
{
  uint32_t hash = 2166136261u, run = 0;
  char last = 0;
  bool upper = false, lower = false;
  for (size_t at = 0, n = 0; at < part.len; n++) {
    const char c = shape_of(utf8_next(part, &at));
    if (n == 0) out->upper = c == 'X';
    upper |= c == 'X';
    lower |= c == 'x';
    out->digit |= c == 'd';
    out->hyphen |= c == '-';
    run = c == last ? run + 1 : 1;
    if (run <= 2) hash = (hash ^ (unsigned char)c) * 16777619u;
    last = c;
  }
  out->letter = upper || lower;
  out->all_upper = upper && !lower;
  out->shape = hash;
}

static void look_up(WordFacts *out, const Words *words, Slice form)
{
  const uint64_t own = word_key(out->digit ? word_look_up_hash(form) : out->form);
  const uint64_t key = sparse_row(&words->table, own).count ? own : word_key(out->lower);
  const int32_t cluster = sparse_value(&words->table, key, WORD_CLUSTER, 0);
  out->tags = (uint16_t)sparse_value(&words->table, key, WORD_TAGS, 0);
  out->caps = (uint8_t)sparse_value(&words->table, word_caps_key(out->lower), WORD_CAPS, 0);
  if (cluster <= 0 || (size_t)cluster >= words->cluster_count) return;
  out->cluster = (uint16_t)cluster;
  memcpy(out->coarse, words->coarse + (size_t)cluster * WORD_LEVELS, sizeof out->coarse);
}

void word_facts(WordFacts *out, const Words *words, Slice form)
{
  char lower[LONGEST];
  *out = (WordFacts){0};
  const size_t count = word_lower(lower, sizeof lower, form);
  out->form = form_hash(form);
  out->lower = form_hash((Slice){lower, count});
  find_affixes(out, lower, count);
  find_shape(out, slice_part(form, 0, form.len < LONGEST ? form.len : LONGEST));
  if (words) look_up(out, words, form);
}
