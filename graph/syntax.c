#include "syntax.h"

static const SyntaxInfo table[] = {
    {SYNTAX_TURTLE, "turtle", "ttl", "", "text/turtle", false},
    {SYNTAX_TRIG, "trig", "trig", "", "application/trig", true},
    {SYNTAX_NTRIPLES, "ntriples", "nt", "", "application/n-triples", false},
    {SYNTAX_NQUADS, "nquads", "nq", "", "application/n-quads", true},
    {SYNTAX_RDFXML, "rdfxml", "rdf", "owl rdfs", "application/rdf+xml", false},
    {SYNTAX_RDFA, "rdfa", "xhtml", "", "application/xhtml+xml", false},
    {SYNTAX_RDFJSON, "rdfjson", "rj", "", "application/rdf+json", false},
    {SYNTAX_JSONLD, "jsonld", "jsonld", "", "application/ld+json", true},
};
#define ROWS (sizeof table / sizeof *table)

const SyntaxInfo *syntax_info(Syntax syntax)
{
  for (size_t i = 0; i < ROWS; i++) {
    if (table[i].syntax == syntax) return &table[i];
  }
  return NULL;
}

static char ascii_lower(char c)
{
  return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static bool same_word(Slice a, Slice b)
{
  if (a.len != b.len || a.len == 0) return false;
  for (size_t i = 0; i < a.len; i++) {
    if (ascii_lower(a.ptr[i]) != ascii_lower(b.ptr[i])) return false;
  }
  return true;
}

static bool among(Slice word, const char *words)
{
  while (*words) {
    const size_t n = strcspn(words, " ");
    if (same_word(word, (Slice){words, n})) return true;
    words += n + (words[n] == ' ');
  }
  return false;
}

static bool has_extension(const SyntaxInfo *row, Slice word)
{
  return same_word(word, slice_of(row->extension)) || among(word, row->other);
}

Syntax syntax_find(Slice name)
{
  for (size_t i = 0; i < ROWS; i++) {
    if (same_word(name, slice_of(table[i].name)) || same_word(name, slice_of(table[i].mime)) ||
        has_extension(&table[i], name)) {
      return table[i].syntax;
    }
  }
  return SYNTAX_NONE;
}

bool path_is_gzip(const char *path)
{
  const Slice all = slice_of(path);
  return all.len > 3 && same_word(slice_part(all, all.len - 3, all.len), SLICE(".gz"));
}

Slice path_extension(const char *path)
{
  Slice name = slice_of(path);
  if (path_is_gzip(path)) name.len -= 3;
  for (size_t i = name.len; i > 0 && name.ptr[i - 1] != '/'; i--) {
    if (name.ptr[i - 1] == '.') return slice_part(name, i, name.len);
  }
  return slice_part(name, name.len, name.len);
}

Syntax syntax_of_path(const char *path)
{
  const Slice extension = path_extension(path);
  for (size_t i = 0; i < ROWS; i++) {
    if (has_extension(&table[i], extension)) return table[i].syntax;
  }
  return SYNTAX_NONE;
}
