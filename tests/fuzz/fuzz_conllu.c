/* Fuzz target: bytes as CoNLL-U. What is read has good trees and offsets; written and read again it
   is the same. */
#undef NDEBUG
#include "fuzz.h"

#include "input/conllu.h"

#include <assert.h>

static void check_sentence(const Document *document, const Sentence *sentence, bool tokens_only)
{
  size_t roots = 0;
  assert(sentence->count > 0);
  for (size_t i = 0; i < sentence->count; i++) {
    const Token *token = &sentence->tokens[i];
    assert(token->start <= token->end && token->end <= document->text.len);
    assert(token->head < (int32_t)sentence->count && token->head != (int32_t)i);
    roots += token->head < 0;
  }
  assert(tokens_only || roots == 1);
}

static void write_all(Buffer *out, Slice bytes, bool tokens_only, size_t *skipped)
{
  const Sink sink = buffer_sink(out);
  ConlluReader reader = conllu_reader(bytes, "fuzz", tokens_only, NULL);
  for (;;) {
    Arena arena = ARENA_EMPTY;
    Document document;
    const Status status = conllu_next(&document, NULL, &reader, &arena);
    assert(status == STATUS_OK || status == STATUS_NOT_FOUND);
    if (status == STATUS_OK) {
      for (size_t i = 0; i < document.sentence_count; i++) {
        check_sentence(&document, &document.sentences[i], tokens_only);
      }
      const Status written =
          conllu_write(&sink, &document, document.sentences, document.sentence_count);
      assert(written == STATUS_OK);
    }
    arena_clear(&arena);
    if (status == STATUS_NOT_FOUND) break;
  }
  *skipped = reader.skipped;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
  const bool tokens_only = size && bytes[0] % 2;
  Buffer first = BUFFER_EMPTY, second = BUFFER_EMPTY;
  size_t skipped;
  write_all(&first, (Slice){(const char *)bytes, size}, tokens_only, &skipped);
  write_all(&second, buffer_as_slice(&first), tokens_only, &skipped);
  assert(skipped == 0);
  assert(slice_equal(buffer_as_slice(&first), buffer_as_slice(&second)));
  buffer_clear(&first);
  buffer_clear(&second);
  return 0;
}
