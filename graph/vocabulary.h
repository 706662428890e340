/* Namespaces and names that the graph itself is written in (design, section 3). */
#ifndef ENTENTE_VOCABULARY_H
#define ENTENTE_VOCABULARY_H

#define ENT "https://w3id.org/entente#"
#define ENT_DATA "https://w3id.org/entente/id/"
#define RDF "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
#define RDFS "http://www.w3.org/2000/01/rdf-schema#"
#define OWL "http://www.w3.org/2002/07/owl#"
#define XSD "http://www.w3.org/2001/XMLSchema#"
#define SKOS "http://www.w3.org/2004/02/skos/core#"
#define SCHEMA "http://schema.org/"
#define WIKIDATA "http://www.wikidata.org/entity/"
#define FOAF "http://xmlns.com/foaf/0.1/"
#define ORG "http://www.w3.org/ns/org#"
#define PROV "http://www.w3.org/ns/prov#"
#define SEM "http://semanticweb.cs.vu.nl/2009/11/sem/"
#define OA "http://www.w3.org/ns/oa#"
#define DCTERMS "http://purl.org/dc/terms/"

#endif
