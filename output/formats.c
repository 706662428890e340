#include "formats.h"

#include <strings.h>

static const Format table[] = {
    {FORMAT_RDF, "turtle", "ttl", "text/turtle", SYNTAX_TURTLE},
    {FORMAT_RDF, "trig", "trig", "application/trig", SYNTAX_TRIG},
    {FORMAT_RDF, "ntriples", "nt", "application/n-triples", SYNTAX_NTRIPLES},
    {FORMAT_RDF, "nquads", "nq", "application/n-quads", SYNTAX_NQUADS},
    {FORMAT_RDF, "rdfxml", "rdf", "application/rdf+xml", SYNTAX_RDFXML},
    {FORMAT_RDF, "rdfjson", "rj", "application/rdf+json", SYNTAX_RDFJSON},
    {FORMAT_RDF, "jsonld", "jsonld", "application/ld+json", SYNTAX_JSONLD},
    {FORMAT_TABLE, "csv", "csv", "text/csv", SYNTAX_NONE},
    {FORMAT_TABLE, "tsv", "tsv", "text/tab-separated-values", SYNTAX_NONE},
    {FORMAT_CLAIMS, "jsonl", "jsonl", "application/jsonl", SYNTAX_NONE},
    {FORMAT_DIAGRAM, "dot", "dot", "text/vnd.graphviz", SYNTAX_NONE},
    {FORMAT_DIAGRAM, "svg", "svg", "image/svg+xml", SYNTAX_NONE},
    {FORMAT_DIAGRAM, "png", "png", "image/png", SYNTAX_NONE},
    {FORMAT_DIAGRAM, "pdf", "pdf", "application/pdf", SYNTAX_NONE},
    {FORMAT_DIAGRAM, "graphml", "graphml", "application/graphml+xml", SYNTAX_NONE},
    {FORMAT_DIAGRAM, "gexf", "gexf", "application/gexf+xml", SYNTAX_NONE},
    {FORMAT_CONLLU, "conllu", "conllu", "text/plain", SYNTAX_NONE},
};
#define ROWS (sizeof table / sizeof *table)

const Format *formats(size_t *count)
{
  *count = ROWS;
  return table;
}

static bool same(Slice a, const char *b)
{
  return a.len == strlen(b) && strncasecmp(a.ptr, b, a.len) == 0;
}

const Format *format_find(Slice name)
{
  for (size_t i = 0; i < ROWS; i++) {
    if (same(name, table[i].name) || same(name, table[i].extension) || same(name, table[i].mime)) {
      return &table[i];
    }
  }
  return NULL;
}

const Format *format_of_path(const char *path)
{
  const Slice extension = path_extension(path);
  for (size_t i = 0; i < ROWS && extension.len; i++) {
    if (same(extension, table[i].extension)) return &table[i];
  }
  return NULL;
}
