/* Reading what is learnt from. The .xz files are unpacked by the program xz. */
#include "graph/memory.h"
#include "input/conllu.h"
#include "input/train/train.h"

#include <stdio.h>

void corpus_clear(Corpus *corpus)
{
  memory_free(corpus->items, corpus->capacity * sizeof *corpus->items);
  arena_clear(&corpus->arena);
  *corpus = (Corpus){.items = NULL};
}

static Status read_pipe(Buffer *out, FILE *pipe)
{
  char block[1 << 16];
  size_t got;
  while ((got = fread(block, 1, sizeof block, pipe)) > 0) TRY(buffer_add(out, block, got));
  return STATUS_OK;
}

Status read_packed(Buffer *out, const char *path, const Report *sink)
{
  if (strchr(path, '\'')) return STATUS_ARGUMENT;
  Buffer command = BUFFER_EMPTY;
  TRY(buffer_printf(&command, "xz -dc -- '%s'", path));
  FILE *const pipe = popen(command.bytes, "r");
  Status status = pipe ? read_pipe(out, pipe) : STATUS_IO;
  if (pipe && pclose(pipe) != 0 && status == STATUS_OK) status = STATUS_IO;
  if (status == STATUS_IO) report(sink, SEVERITY_ERROR, path, 0, 0, "cannot unpack");
  buffer_clear(&command);
  return status;
}

static Status add_example(Corpus *corpus, Sentence sentence, bool names_only)
{
  if (sentence.count == 0) return STATUS_OK;
  Example *const items =
      memory_grow(corpus->items, &corpus->capacity, corpus->count, 1, sizeof *items);
  if (!items) return STATUS_MEMORY;
  corpus->items = items;
  Example *const example = &items[corpus->count++];
  *example = (Example){.sentence = sentence,
                       .document = corpus->documents,
                       .treebank = corpus->treebanks,
                       .names_only = names_only};
  example->facts = arena_array(&corpus->arena, sentence.count, sizeof *example->facts);
  example->gold = arena_array(&corpus->arena, sentence.count, 1);
  example->first = arena_array(&corpus->arena, sentence.count, 1);
  example->tags = arena_array(&corpus->arena, sentence.count, 1);
  const bool made = example->facts && example->gold && example->first && example->tags;
  return made ? STATUS_OK : STATUS_MEMORY;
}

static Status add_documents(Corpus *corpus, ConlluReader *reader)
{
  for (;;) {
    Document document;
    Sentence *sentences;
    const Status status = conllu_next(&document, &sentences, reader, &corpus->arena);
    if (status == STATUS_NOT_FOUND) return STATUS_OK;
    TRY(status);
    for (size_t i = 0; i < document.sentence_count; i++) {
      TRY(add_example(corpus, sentences[i], false));
    }
    corpus->documents++;
  }
}

/* Bytes of a file that live as long as the corpus. */
static Status keep_packed(Slice *out, Corpus *corpus, const char *path, const Report *sink)
{
  Buffer bytes = BUFFER_EMPTY;
  Status status = read_packed(&bytes, path, sink);
  if (status == STATUS_OK) status = arena_copy(out, &corpus->arena, buffer_as_slice(&bytes));
  buffer_clear(&bytes);
  return status;
}

Status corpus_read_treebank(Corpus *corpus, const char *path, const Report *sink)
{
  Slice bytes;
  TRY(keep_packed(&bytes, corpus, path, sink));
  ConlluReader reader = conllu_reader(bytes, path, false, sink);
  TRY(add_documents(corpus, &reader));
  corpus->treebanks++;
  return STATUS_OK;
}

/* A line "Paris I-LOC": a name begins where the type changes or with B-. */
static Token name_token(Slice line, uint8_t type_before)
{
  const char *const space = memchr(line.ptr, ' ', line.len);
  Token token = {.form = space ? slice_part(line, 0, (size_t)(space - line.ptr)) : line};
  const Slice label = space ? slice_part(line, token.form.len + 1, line.len) : SLICE("O");
  token.head = -1;
  token.space_after = true;
  if (label.len > 2) token.ner = (uint8_t)ner_of(slice_part(label, 2, label.len));
  token.ner_begins = token.ner && (label.ptr[0] == 'B' || token.ner != type_before);
  return token;
}

static Status add_lines(Corpus *corpus, Slice text)
{
  Token tokens[1024];
  size_t count = 0;
  for (size_t at = 0; at < text.len;) {
    const char *const end = memchr(text.ptr + at, '\n', text.len - at);
    const size_t stop = end ? (size_t)(end - text.ptr) : text.len;
    const Slice line = slice_part(text, at, stop);
    at = stop + 1;
    if (line.len && count < 1024) {
      tokens[count] = name_token(line, count ? tokens[count - 1].ner : NER_O);
      count++;
    }
    if (count && (line.len == 0 || at >= text.len)) {
      Token *const kept = arena_array(&corpus->arena, count, sizeof *kept);
      if (!kept) return STATUS_MEMORY;
      memcpy(kept, tokens, count * sizeof *kept);
      TRY(add_example(corpus, (Sentence){.tokens = kept, .count = count}, true));
      count = 0;
    }
  }
  corpus->documents++;
  return STATUS_OK;
}

Status corpus_read_names(Corpus *corpus, const char *path, const Report *sink)
{
  Slice text;
  TRY(keep_packed(&text, corpus, path, sink));
  return add_lines(corpus, text);
}

/* ---- echoes ---- */

#define ECHO_SMALL 16 /* one of so many sentences */
#define ECHO_CAPITAL 50

static Status copy_form(Slice *form, Corpus *corpus, bool capital)
{
  TRY(arena_copy(form, &corpus->arena, *form));
  char *const bytes = (char *)(uintptr_t)form->ptr;
  for (size_t i = 0; i < form->len; i++) {
    const char c = bytes[i];
    if (capital ? c >= 'a' && c <= 'z' : c >= 'A' && c <= 'Z') bytes[i] = (char)(c ^ 0x20);
  }
  return STATUS_OK;
}

static Status add_echo(Corpus *corpus, size_t of, bool capital)
{
  const Example original = corpus->items[of];
  Sentence sentence = original.sentence;
  sentence.tokens = arena_array(&corpus->arena, sentence.count, sizeof *sentence.tokens);
  if (!sentence.tokens) return STATUS_MEMORY;
  memcpy(sentence.tokens, original.sentence.tokens, sentence.count * sizeof *sentence.tokens);
  for (size_t i = 0; i < sentence.count; i++) {
    TRY(copy_form(&sentence.tokens[i].form, corpus, capital));
  }
  TRY(add_example(corpus, sentence, original.names_only));
  Example *const echo = &corpus->items[corpus->count - 1];
  echo->document = original.document;
  echo->treebank = original.treebank;
  echo->echo = true;
  return STATUS_OK;
}

Status corpus_add_echoes(Corpus *corpus)
{
  const size_t count = corpus->count;
  for (size_t i = 0; i < count; i++) {
    if (i % ECHO_SMALL == 3) TRY(add_echo(corpus, i, false));
    if (i % ECHO_CAPITAL == 7) TRY(add_echo(corpus, i, true));
  }
  return STATUS_OK;
}

Status corpus_look_up(Corpus *corpus, const Words *words)
{
  for (size_t i = 0; i < corpus->count; i++) {
    const Example *const example = &corpus->items[i];
    for (size_t k = 0; k < example->sentence.count; k++) {
      word_facts(&example->facts[k], words, example->sentence.tokens[k].form);
    }
  }
  return STATUS_OK;
}

void corpus_set_tags(Corpus *corpus, const TagSet *tags)
{
  for (size_t i = 0; i < corpus->count; i++) {
    const Example *const example = &corpus->items[i];
    for (size_t k = 0; k < example->sentence.count && !example->names_only; k++) {
      const Token *const token = &example->sentence.tokens[k];
      example->gold[k] = tag_find(tags, token->upos, token->xpos);
    }
  }
}

void shuffle(uint32_t *order, size_t count, uint64_t seed)
{
  for (size_t i = 0; i < count; i++) order[i] = (uint32_t)i;
  for (size_t i = count; i > 1; i--) {
    seed = feature_mix(seed, i + 0x9E37u);
    const size_t k = (size_t)((seed >> 16) % i);
    const uint32_t kept = order[k];
    order[k] = order[i - 1];
    order[i - 1] = kept;
  }
}
