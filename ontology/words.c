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
    {"PeopleWord", WORD_PEOPLE},
    {"AdditionWord", WORD_ADDITION},
};

/* "meet met": a verb and its irregular forms. The table leads from each to the entry of the verb.
 */
static Status add_verb(Ontology *ontology, Slice words)
{
  Table *const table = &ontology->verb_forms;
  uint32_t verb = TABLE_NONE;
  for (size_t from = 0, to; from < words.len; from = to + 1) {
    const char *const space = memchr(words.ptr + from, ' ', words.len - from);
    to = space ? (size_t)(space - words.ptr) : words.len;
    const Slice word = slice_part(words, from, to);
    if (verb == TABLE_NONE) verb = table_get(table, word);
    if (verb == TABLE_NONE) verb = (uint32_t)table->count;
    TRY(table_put(table, word, verb));
  }
  return STATUS_OK;
}

Slice ontology_verb(const Ontology *ontology, Slice form)
{
  const uint32_t verb = table_get(&ontology->verb_forms, form);
  return verb == TABLE_NONE ? SLICE_NONE : ontology->verb_forms.entries[verb].key;
}

Status words_block(Ontology *ontology, const Block *block)
{
  if (slice_is(block->subject, "IrregularVerb")) {
    for (size_t i = 0; i < block->count; i++)
      if (block->statements[i].property == PROPERTY_VERB)
        TRY(add_verb(ontology, block->statements[i].object.text));
    return STATUS_OK;
  }
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
