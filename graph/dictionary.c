/* Each term is one packed record: a byte of flags, the length, the datatype or the length of the
   language tag where there is one, then the text and the tag. Records lie one after the other in
   blocks that never move, so the slices handed out stay good. The hash table holds half of the hash
   beside the id: growing it never touches the text, and a probe rarely meets a wrong record. */
#include "dictionary.h"

#include "memory.h"
#include "varint.h"

#define XSD_STRING SLICE("http://www.w3.org/2001/XMLSchema#string")

#define FIRST_SLOTS 64u
#define FIRST_BLOCK 1024u
#define LARGEST_BLOCK (1u << 18)
#define MOST_TERMS 0x7FFFFFFFu

enum { FLAG_KIND = 3, FLAG_TYPED = 4, FLAG_LANGUAGE = 8 };

void dictionary_clear(Dictionary *dictionary)
{
  arena_clear(&dictionary->arena);
  memory_free(dictionary->records, dictionary->capacity * sizeof *dictionary->records);
  memory_free(dictionary->slots, dictionary->slot_count * sizeof *dictionary->slots);
  *dictionary = DICTIONARY_EMPTY;
}

static Term normal(const Dictionary *dictionary, Term term)
{
  if (term.kind != TERM_LITERAL) {
    term.datatype = TERM_ANY;
    term.language = SLICE_NONE;
  } else if (term.language.len || term.datatype == dictionary->xsd_string) {
    term.datatype = TERM_ANY;
  }
  return term;
}

static uint64_t hash_term(Term term)
{
  uint64_t seed = (uint64_t)term.kind | (uint64_t)term.datatype << 2;
  if (term.language.len) seed = slice_hash(term.language, seed);
  return slice_hash(term.text, seed);
}

static Term read_record(const unsigned char *at)
{
  Term term = {(TermKind)(*at & FLAG_KIND), SLICE_NONE, TERM_ANY, SLICE_NONE};
  const unsigned flags = *at++;
  uint64_t length = 0, extra = 0;
  at = varint_read(&length, at);
  if (flags & (FLAG_TYPED | FLAG_LANGUAGE)) at = varint_read(&extra, at);
  term.text = (Slice){(const char *)at, (size_t)length};
  if (flags & FLAG_TYPED) term.datatype = (TermId)extra;
  if (flags & FLAG_LANGUAGE) term.language = (Slice){(const char *)at + length, (size_t)extra};
  return term;
}

Term dictionary_term(const Dictionary *dictionary, TermId id)
{
  if (id == 0 || id > dictionary->count) return (Term){TERM_IRI, SLICE_NONE, TERM_ANY, SLICE_NONE};
  return read_record(dictionary->records[id - 1]);
}

static bool same_term(Term a, Term b)
{
  return a.kind == b.kind && a.datatype == b.datatype && slice_equal(a.text, b.text) &&
         slice_equal(a.language, b.language);
}

/* The slot of TERM, or the free slot where it belongs. */
static size_t find_slot(const Dictionary *dictionary, Term term, uint64_t hash)
{
  const size_t mask = dictionary->slot_count - 1;
  size_t at = (size_t)hash & mask;
  for (uint64_t slot; (slot = dictionary->slots[at]) != 0; at = (at + 1) & mask) {
    if (slot >> 32 != hash >> 32) continue;
    if (same_term(read_record(dictionary->records[(uint32_t)slot - 1]), term)) break;
  }
  return at;
}

TermId dictionary_find(const Dictionary *dictionary, Term term)
{
  if (!dictionary->slot_count) return TERM_ANY;
  term = normal(dictionary, term);
  return (TermId)dictionary->slots[find_slot(dictionary, term, hash_term(term))];
}

/* The low half of the hash picks the slot and is not kept, so it is told from the text again; the
   kept half alone would cluster. */
static bool grow_slots(Dictionary *dictionary)
{
  const size_t old_count = dictionary->slot_count;
  const size_t count = old_count ? old_count * 2 : FIRST_SLOTS;
  uint64_t *const slots = memory_array(NULL, 0, count, sizeof *slots);
  if (!slots) return false;
  memset(slots, 0, count * sizeof *slots);
  for (size_t i = 0; i < dictionary->count; i++) {
    const uint64_t hash = hash_term(read_record(dictionary->records[i]));
    size_t at = (size_t)hash & (count - 1);
    while (slots[at]) at = (at + 1) & (count - 1);
    slots[at] = hash >> 32 << 32 | (i + 1);
  }
  memory_free(dictionary->slots, old_count * sizeof *slots);
  dictionary->slots = slots;
  dictionary->slot_count = count;
  return true;
}

static unsigned char *take_room(Dictionary *dictionary, size_t size)
{
  if (dictionary->room_left < size) {
    size_t block = dictionary->arena.total / 2;
    if (block < FIRST_BLOCK) block = FIRST_BLOCK;
    if (block > LARGEST_BLOCK) block = LARGEST_BLOCK;
    if (block < size) block = size;
    unsigned char *const room = arena_alloc(&dictionary->arena, block);
    if (!room) return NULL;
    dictionary->room = room;
    dictionary->room_left = block;
  }
  unsigned char *const taken = dictionary->room;
  dictionary->room += size;
  dictionary->room_left -= size;
  return taken;
}

static unsigned char *add_record(Dictionary *dictionary, Term term)
{
  unsigned char head[1 + 2 * VARINT_LONGEST];
  unsigned char *end = head + 1;
  head[0] = (unsigned char)term.kind;
  end = varint_write(end, term.text.len);
  if (term.language.len) {
    head[0] |= FLAG_LANGUAGE;
    end = varint_write(end, term.language.len);
  } else if (term.datatype) {
    head[0] |= FLAG_TYPED;
    end = varint_write(end, term.datatype);
  }
  const size_t length = (size_t)(end - head);
  if (term.text.len > SIZE_MAX / 4 || term.language.len > SIZE_MAX / 4) return NULL;
  unsigned char *const record = take_room(dictionary, length + term.text.len + term.language.len);
  if (!record) return NULL;
  memcpy(record, head, length);
  if (term.text.len) memcpy(record + length, term.text.ptr, term.text.len);
  if (term.language.len) {
    memcpy(record + length + term.text.len, term.language.ptr, term.language.len);
  }
  return record;
}

static Status add_term(TermId *out, Dictionary *dictionary, Term term, uint64_t hash)
{
  if (dictionary->count >= MOST_TERMS) return STATUS_LIMIT;
  const unsigned char **const records = memory_grow(dictionary->records, &dictionary->capacity,
                                                    dictionary->count, 1, sizeof *records);
  if (!records) return STATUS_MEMORY;
  dictionary->records = records;
  const unsigned char *const record = add_record(dictionary, term);
  if (!record) return STATUS_MEMORY;
  dictionary->records[dictionary->count++] = record;
  *out = (TermId)dictionary->count;
  dictionary->slots[find_slot(dictionary, term, hash)] = hash >> 32 << 32 | *out;
  if (term.kind == TERM_IRI && slice_equal(term.text, XSD_STRING)) dictionary->xsd_string = *out;
  return STATUS_OK;
}

Status dictionary_intern(TermId *out, Dictionary *dictionary, Term term)
{
  *out = TERM_ANY;
  if (term.kind == TERM_LITERAL && term.datatype > dictionary->count) return STATUS_ARGUMENT;
  if (dictionary->count >= dictionary->slot_count / 4 * 3 && !grow_slots(dictionary)) {
    return STATUS_MEMORY;
  }
  term = normal(dictionary, term);
  const uint64_t hash = hash_term(term);
  const TermId known = (TermId)dictionary->slots[find_slot(dictionary, term, hash)];
  if (!known) return add_term(out, dictionary, term, hash);
  *out = known;
  return STATUS_OK;
}

size_t dictionary_memory(const Dictionary *dictionary)
{
  return dictionary->arena.total + dictionary->capacity * sizeof *dictionary->records +
         dictionary->slot_count * sizeof *dictionary->slots;
}
