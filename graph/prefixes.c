#include "prefixes.h"

#define ROW(NAME, IRI)                                                                             \
  {                                                                                                \
    {NAME, sizeof(NAME) - 1},                                                                      \
    {                                                                                              \
      IRI, sizeof(IRI) - 1                                                                         \
    }                                                                                              \
  }

static const Prefix table[] = {
    ROW("ent", ENT),         ROW("id", ENT_DATA), ROW("rdf", RDF),     ROW("rdfs", RDFS),
    ROW("owl", OWL),         ROW("xsd", XSD),     ROW("skos", SKOS),   ROW("schema", SCHEMA),
    ROW("dcterms", DCTERMS), ROW("foaf", FOAF),   ROW("org", ORG),     ROW("prov", PROV),
    ROW("sem", SEM),         ROW("oa", OA),       ROW("wd", WIKIDATA),
};

const Prefix *prefixes(size_t *count)
{
  *count = sizeof table / sizeof *table;
  return table;
}
