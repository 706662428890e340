/* Running text as numbers: each different word is numbered once, digits being all the same. */
#include "graph/memory.h"
#include "input/analyser.h"
#include "input/train/train.h"

struct Vocabulary {
  Slice *words;
  uint32_t *slots; /* word + 1; 0 is free */
  size_t count, capacity, mask;
  Arena arena;
};

static Status vocabulary_new(Vocabulary **out)
{
  Vocabulary *const v = memory_zero(sizeof *v);
  if (!v) return STATUS_MEMORY;
  v->mask =
      ((size_t)1 << 20) - 1; /* grows no further: free text of tens of millions of words fits */
  v->slots = memory_zero((v->mask + 1) * sizeof *v->slots);
  *out = v;
  return v->slots ? STATUS_OK : STATUS_MEMORY;
}

size_t vocabulary_size(const Vocabulary *vocabulary)
{
  return vocabulary->count;
}

Slice vocabulary_word(const Vocabulary *vocabulary, uint32_t word)
{
  return vocabulary->words[word];
}

static Status add_word(uint32_t *out, Vocabulary *v, Slice word)
{
  size_t at = slice_hash(word, 1) & v->mask;
  while (v->slots[at]) {
    *out = v->slots[at] - 1;
    if (slice_equal(v->words[*out], word)) return STATUS_OK;
    at = (at + 1) & v->mask;
  }
  if (v->count * 10 > v->mask * 9) return STATUS_LIMIT;
  Slice *const words = memory_grow(v->words, &v->capacity, v->count, 1, sizeof *words);
  if (!words) return STATUS_MEMORY;
  v->words = words;
  TRY(arena_copy(&words[v->count], &v->arena, word));
  *out = (uint32_t)v->count++;
  v->slots[at] = *out + 1;
  return STATUS_OK;
}

static Status add_token(Text *text, uint32_t token)
{
  uint32_t *const tokens =
      memory_grow(text->tokens, &text->capacity, text->count, 1, sizeof *tokens);
  if (!tokens) return STATUS_MEMORY;
  text->tokens = tokens;
  tokens[text->count++] = token;
  return STATUS_OK;
}

static Status add_form(Text *text, Slice form)
{
  char plain[256];
  if (form.len > sizeof plain) return STATUS_OK;
  for (size_t i = 0; i < form.len; i++) {
    plain[i] = form.ptr[i] >= '0' && form.ptr[i] <= '9' ? '0' : form.ptr[i];
  }
  uint32_t word;
  TRY(add_word(&word, text->vocabulary, (Slice){plain, form.len}));
  return add_token(text, word);
}

static Status add_sentence(Text *text, const Sentence *sentence)
{
  if (!text->vocabulary) TRY(vocabulary_new(&text->vocabulary));
  for (size_t i = 0; i < sentence->count; i++) TRY(add_form(text, sentence->tokens[i].form));
  return add_token(text, TEXT_BREAK);
}

static Status add_block(Text *text, Slice all, Span block)
{
  Arena arena = ARENA_EMPTY;
  Sentences sentences = {NULL, 0, 0};
  Status status = analyser_segment(&sentences, &arena, all, block);
  for (size_t i = 0; i < sentences.count && status == STATUS_OK; i++) {
    status = add_sentence(text, &sentences.items[i]);
  }
  arena_clear(&arena);
  return status;
}

Status text_add_file(Text *text, const char *path, const Report *sink)
{
  Buffer bytes = BUFFER_EMPTY;
  Status status = read_packed(&bytes, path, sink);
  const Slice all = buffer_as_slice(&bytes);
  for (size_t at = 0; at < all.len && status == STATUS_OK;) {
    const char *const end = memchr(all.ptr + at, '\n', all.len - at);
    const size_t stop = end ? (size_t)(end - all.ptr) : all.len;
    if (stop > at) status = add_block(text, all, (Span){(uint32_t)at, (uint32_t)stop});
    at = stop + 1;
  }
  buffer_clear(&bytes);
  return status;
}

Status text_add_corpus(Text *text, const Corpus *corpus)
{
  for (size_t i = 0; i < corpus->count; i++) {
    if (!corpus->items[i].echo) TRY(add_sentence(text, &corpus->items[i].sentence));
  }
  return STATUS_OK;
}

void text_clear(Text *text)
{
  if (text->vocabulary) {
    memory_free(text->vocabulary->words, 0);
    memory_free(text->vocabulary->slots, 0);
    arena_clear(&text->vocabulary->arena);
    memory_free(text->vocabulary, sizeof *text->vocabulary);
  }
  memory_free(text->tokens, 0);
  *text = (Text){.tokens = NULL};
}
