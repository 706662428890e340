/* How names are spelt in the tables. Text varies in the shape of apostrophes, hyphens and spaces
   and in what the tokeniser makes words of; all of that is made one before looking up. A piece is
   the smallest word a tokeniser could make: it ends at spaces, hyphens, apostrophes and commas. */
#include "store.h"

#include "graph/unicode.h"

static uint32_t plain_sign(uint32_t code)
{
  switch (code) {
  case 0x60:
  case 0xB4:
  case 0x2BC:
  case 0x2018:
  case 0x2019:
    return '\'';
  case 0x2010:
  case 0x2011:
  case 0x2012:
  case 0x2013:
  case 0x2212:
    return '-';
  default:
    return unicode_is_space(code) ? ' ' : code;
  }
}

static bool put(NameKey *key, uint32_t code)
{
  char bytes[4];
  const size_t n = code < 0x80 ? 1 : utf8_encode(bytes, code);
  if (n == 1) bytes[0] = (char)code;
  if (key->len + n > sizeof key->text) return false;
  memcpy(key->text + key->len, bytes, n);
  key->len += n;
  return true;
}

/* Put CODE at the end, with the spaces that belong there. */
static bool append(NameKey *key, uint32_t code)
{
  const char last = key->len ? key->text[key->len - 1] : ' ';
  if (code == ' ' && (last == ' ' || last == '-')) return true;
  if ((code == '-' || code == ',') && last == ' ' && key->len) key->len--;
  return put(key, code);
}

/* The bytes at the start of TEXT that stand for themselves wherever they are. */
static size_t ordinary(Slice text)
{
  size_t n = 0;
  for (; n < text.len; n++) {
    const unsigned char byte = (unsigned char)text.ptr[n];
    if (byte <= ' ' || byte >= 0x80 || byte == '-' || byte == ',' || byte == '`') break;
  }
  return n;
}

static bool add(NameKey *key, Slice text)
{
  for (size_t at = 0; at < text.len;) {
    const size_t n = ordinary(slice_part(text, at, text.len));
    if (key->len + n > sizeof key->text) return false;
    memcpy(key->text + key->len, text.ptr + at, n);
    key->len += n;
    at += n;
    if (at < text.len && !append(key, plain_sign(utf8_next(text, &at)))) return false;
  }
  return true;
}

/* Whether an initial ("J.") starts at AT. */
static bool is_initial(const NameKey *key, size_t at)
{
  return at + 1 < key->len && key->text[at + 1] == '.' && key->text[at] >= 'A' &&
         key->text[at] <= 'Z' && (at == 0 || strchr(" .", key->text[at - 1]));
}

/* A space between two initials, or the comma before "Jr", does not count; nor does its full stop.
 */
static bool is_idle(const NameKey *key, size_t at)
{
  const char *const p = key->text + at;
  if (*p == ' ') return at >= 2 && is_initial(key, at - 2) && is_initial(key, at + 1);
  if (*p == ',') return key->len - at >= 4 && memcmp(p, ", Jr", 4) == 0;
  return *p == '.' && at + 1 == key->len && at >= 3 && memcmp(p - 3, " Jr", 3) == 0;
}

static void finish(NameKey *key)
{
  while (key->len && key->text[key->len - 1] == ' ') key->len--;
  if (!memchr(key->text, '.', key->len) && !memchr(key->text, ',', key->len)) return;
  const NameKey full = *key;
  key->len = 0;
  for (size_t i = 0; i < full.len; i++) {
    if (!is_idle(&full, i)) key->text[key->len++] = full.text[i];
  }
}

bool name_key(NameKey *out, Slice name)
{
  out->len = 0;
  if (!add(out, name)) return false;
  finish(out);
  return true;
}

static bool sticks_to_the_left(Slice word)
{
  if (word.len == 0) return true;
  size_t at = 0;
  return plain_sign(utf8_next(word, &at)) == '\'';
}

bool name_key_join(NameKey *out, const Slice *words, size_t count)
{
  out->len = 0;
  for (size_t i = 0; i < count; i++) {
    if (i && !sticks_to_the_left(words[i]) && !append(out, ' ')) return false;
    if (!add(out, words[i])) return false;
  }
  finish(out);
  return true;
}

static bool is_ascii(Slice text)
{
  for (size_t i = 0; i < text.len; i++) {
    if ((unsigned char)text.ptr[i] >= 0x80) return false;
  }
  return true;
}

static Status fold_any(NameKey *out, Slice key)
{
  Buffer plain = BUFFER_EMPTY, folded = BUFFER_EMPTY;
  Status status = unicode_plain(&plain, key);
  if (status == STATUS_OK) status = unicode_fold(&folded, buffer_as_slice(&plain));
  out->len = 0;
  if (status == STATUS_OK && folded.count <= sizeof out->text) {
    out->len = folded.count;
    if (folded.count) memcpy(out->text, folded.bytes, folded.count);
  }
  buffer_clear(&plain);
  buffer_clear(&folded);
  return status;
}

Status name_fold(NameKey *out, Slice key)
{
  if (key.len > sizeof out->text || !is_ascii(key)) return fold_any(out, key);
  for (size_t i = 0; i < key.len; i++) {
    const char c = key.ptr[i];
    out->text[i] = (char)(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
  }
  out->len = key.len;
  return STATUS_OK;
}

static bool ends_piece(char c)
{
  return c == ' ' || c == '-' || c == '\'' || c == ',';
}

Slice name_first_piece(Slice key)
{
  size_t end = key.len ? 1 : 0;
  while (end < key.len && !ends_piece(key.ptr[end])) end++;
  return slice_part(key, 0, end);
}

uint32_t name_piece_count(Slice key)
{
  uint32_t count = 1;
  for (size_t i = 0; i < key.len; i++) {
    if (key.ptr[i] == '-') count += 2;
    if (key.ptr[i] == ' ' || key.ptr[i] == ',' || key.ptr[i] == '\'') count++;
  }
  return count;
}

Slice name_trim(Slice text)
{
  while (text.len && text.ptr[0] == ' ') text = slice_part(text, 1, text.len);
  while (text.len && text.ptr[text.len - 1] == ' ') text.len--;
  return text;
}

size_t name_find(Slice text, char byte)
{
  const char *const found = text.len ? memchr(text.ptr, byte, text.len) : NULL;
  return found ? (size_t)(found - text.ptr) : text.len;
}

Slice name_cut(Slice *text, char byte)
{
  const size_t at = name_find(*text, byte);
  const Slice before = slice_part(*text, 0, at);
  *text = at < text->len ? slice_part(*text, at + 1, text->len) : slice_part(*text, at, at);
  return before;
}

Status name_local(Slice *out, Arena *arena, Slice name)
{
  char *const text = arena_alloc(arena, name.len + 1);
  if (!text) return STATUS_MEMORY;
  size_t len = 0;
  for (size_t i = 0; i < name.len; i++) {
    const char c = name.ptr[i];
    if (c != '.' && c != ',' && c != '\'') text[len++] = c == ' ' ? '_' : c;
  }
  *out = (Slice){text, len};
  return STATUS_OK;
}

/* Particles that stand in small letters inside names. */
static bool is_small_word(Slice word)
{
  static const char *const small[] = {"OF", "THE", "AND", "FOR", "IN",  "DE",  "DEL", "DU", "DA",
                                      "DI", "DOS", "VON", "VAN", "DER", "BIN", "AL",  "EL", "LA"};
  for (size_t i = 0; i < sizeof small / sizeof *small; i++) {
    if (slice_is(word, small[i])) return true;
  }
  return slice_starts(word, "D'"); /* "Côte d'Ivoire" */
}

/* Append WORD with small letters but for the first one and those after hyphens and apostrophes. */
static bool put_lowered(NameKey *out, Slice word, bool small)
{
  bool start = !small;
  for (size_t at = 0; at < word.len;) {
    const size_t from = at;
    const uint32_t code = utf8_next(word, &at);
    if (!put(out, start ? code : unicode_lower(code))) return false;
    start = code == '-' || code == '\'' || code == '.' || (from == 1 && slice_starts(word, "MC"));
  }
  return true;
}

bool name_lower(NameKey *out, Slice key, bool small_words)
{
  out->len = 0;
  for (size_t at = 0; at < key.len;) {
    const Slice rest = slice_part(key, at, key.len);
    const Slice word = slice_part(rest, 0, name_find(rest, ' '));
    if (at && !put(out, ' ')) return false;
    if (!put_lowered(out, word, small_words && at && is_small_word(word))) return false;
    at += word.len + 1;
  }
  return true;
}

bool name_without_initial(NameKey *out, Slice key)
{
  for (size_t at = 1; at + 3 < key.len; at++) {
    const char c = key.ptr[at + 1];
    if (key.ptr[at] != ' ' || c < 'A' || c > 'Z' || memcmp(key.ptr + at + 2, ". ", 2) != 0)
      continue;
    out->len = key.len - 3;
    memcpy(out->text, key.ptr, at);
    memcpy(out->text + at, key.ptr + at + 3, key.len - at - 3);
    return true;
  }
  return false;
}
