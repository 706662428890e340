#include "words.h"

#include "block.h"

static const struct {
  const char *name;
  unsigned bit;
} word_classes[] = {
    {"StateBody", WORD_STATE_BODY},
    {"StateOwnedBody", WORD_BODY},
    {"StateWord", WORD_STATE},
    {"GroupWord", WORD_GROUP},
    {"SideWord", WORD_SIDE},
    {"LeaderWord", WORD_LEADER},
    {"CounterpartWord", WORD_COUNTERPART},
    {"AgreementWord", WORD_AGREEMENT},
    {"NameParticle", WORD_PARTICLE},
};

Status words_block(Ontology *ontology, const Block *block)
{
  unsigned bit = 0;
  for (size_t i = 0; i < sizeof word_classes / sizeof *word_classes; i++) {
    if (slice_is(block->subject, word_classes[i].name)) bit = word_classes[i].bit;
  }
  if (!bit) return block_error(block, NULL, "no such class of words", SLICE(""));
  for (size_t i = 0; i < block->count; i++) {
    const Statement *const s = &block->statements[i];
    if (s->property != PROPERTY_NOUN) continue;
    const uint32_t before = table_get(&ontology->words, s->object.text);
    const uint32_t bits = before == TABLE_NONE ? bit : before | bit;
    TRY(table_put(&ontology->words, s->object.text, bits));
  }
  return STATUS_OK;
}

unsigned ontology_word(const Ontology *ontology, Slice lemma)
{
  const uint32_t bits = table_get(&ontology->words, lemma);
  return bits == TABLE_NONE ? 0 : bits;
}
