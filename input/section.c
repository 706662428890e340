/* Reading and writing of the learnt section; every read is checked against what is left. */
#include "input/section.h"

#define VERSION 1u
#define NAME_MAX_LENGTH 64

typedef struct Cursor {
  const unsigned char *at;
  size_t left;
} Cursor;

static Status take(const unsigned char **out, Cursor *c, size_t size)
{
  if (c->left < size) return STATUS_INPUT;
  *out = c->at;
  c->at += size;
  c->left -= size;
  return STATUS_OK;
}

static Status take32(uint32_t *out, Cursor *c)
{
  const unsigned char *b = NULL;
  TRY(take(&b, c, 4));
  *out = (uint32_t)b[0] | (uint32_t)b[1] << 8 | (uint32_t)b[2] << 16 | (uint32_t)b[3] << 24;
  return STATUS_OK;
}

static Status take_float(float *out, Cursor *c)
{
  uint32_t raw = 0;
  TRY(take32(&raw, c));
  memcpy(out, &raw, sizeof raw);
  return *out == *out ? STATUS_OK : STATUS_INPUT;
}

static Status take_relation(Extractor *extractor, Cursor *c, size_t local)
{
  uint32_t length = 0;
  const unsigned char *name = NULL;
  TRY(take32(&length, c));
  if (length > NAME_MAX_LENGTH) return STATUS_INPUT;
  TRY(take(&name, c, length));
  const Slice text = {(const char *)name, length};
  const RelationId id = ontology_find_relation(extractor->ontology, text);
  extractor->relations[local] = id;
  extractor->symmetric[local] =
      id != RELATION_NONE && ontology_relation(extractor->ontology, id)->schema.symmetric;
  if (slice_is(text, "locatedIn")) extractor->located = (int)local;
  Calibration *k = &extractor->calibration[local];
  TRY(take_float(&k->a, c));
  TRY(take_float(&k->b, c));
  return take_float(&k->threshold, c);
}

static Status take_lexicon(Extractor *extractor, Cursor *c)
{
  uint32_t count = 0, lemma = 0, low = 0, high = 0;
  TRY(take32(&count, c));
  if (count > c->left / 12) return STATUS_INPUT;
  for (uint32_t i = 0; i < count; i++) {
    TRY(take32(&lemma, c));
    TRY(take32(&low, c));
    TRY(take32(&high, c));
    TRY(lexicon_add(&extractor->lexicon, lemma, (uint64_t)high << 32 | low, -1));
  }
  return STATUS_OK;
}

Status section_open(Extractor *extractor, Slice section)
{
  Cursor c = {(const unsigned char *)section.ptr, section.len};
  uint32_t version = 0, count = 0;
  TRY(take32(&version, &c));
  TRY(take32(&count, &c));
  if (version != VERSION || count > LOCAL_MAX) return STATUS_INPUT;
  for (size_t i = 0; i < count; i++) TRY(take_relation(extractor, &c, i));
  extractor->trained_count = extractor->local_count = count;
  TRY(take_lexicon(extractor, &c));
  for (int part = 0; part < PART_COUNT; part++) {
    size_t used = 0;
    TRY(linear_open(&extractor->weights[part], &used, (Slice){(const char *)c.at, c.left}));
    c.at += used;
    c.left -= used;
  }
  return STATUS_OK;
}

static Status put32(Buffer *out, uint32_t value)
{
  const unsigned char b[4] = {(unsigned char)value, (unsigned char)(value >> 8),
                              (unsigned char)(value >> 16), (unsigned char)(value >> 24)};
  return buffer_add(out, b, sizeof b);
}

static Status put_float(Buffer *out, float value)
{
  uint32_t raw;
  memcpy(&raw, &value, sizeof raw);
  return put32(out, raw);
}

static Status put_relation(Buffer *out, const Extractor *extractor, size_t local)
{
  const Relation *r = ontology_relation(extractor->ontology, extractor->relations[local]);
  const Calibration *k = &extractor->calibration[local];
  TRY(put32(out, (uint32_t)r->schema.name.len));
  TRY(buffer_slice(out, r->schema.name));
  TRY(put_float(out, k->a));
  TRY(put_float(out, k->b));
  return put_float(out, k->threshold);
}

Status section_write(Buffer *out, const Extractor *extractor, const Buffer *tables)
{
  const Lexicon *lexicon = &extractor->lexicon;
  TRY(put32(out, VERSION));
  TRY(put32(out, (uint32_t)extractor->trained_count));
  for (size_t i = 0; i < extractor->trained_count; i++) TRY(put_relation(out, extractor, i));
  TRY(put32(out, (uint32_t)lexicon->count));
  for (size_t i = 0; i < lexicon->capacity; i++) {
    const LexiconEntry *entry = &lexicon->slots[i];
    if (!entry->lemma) continue;
    TRY(put32(out, entry->lemma));
    TRY(put32(out, (uint32_t)entry->relations));
    TRY(put32(out, (uint32_t)(entry->relations >> 32)));
  }
  for (int part = 0; part < PART_COUNT; part++)
    TRY(buffer_slice(out, buffer_as_slice(&tables[part])));
  return STATUS_OK;
}
