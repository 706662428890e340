#include "rows.h"

#include "graph/memory.h"
#include "graph/vocabulary.h"

#include <stdlib.h>

static Entity entity_of(const char *text)
{
  static const char letters[] = "PCOLAFT";
  const char *const at = strchr(letters, text[0]);
  if (!at || text[1] != ':') abort();
  return (Entity){.class = (EntityClass)(at - letters), .label = slice_of(text + 2)};
}

static Fact fact_of(const Ontology *ontology, const Row *row, uint32_t index)
{
  const RelationId relation = ontology_find_relation(ontology, slice_of(row->relation));
  if (relation == RELATION_NONE) abort();
  const size_t length = row->quote ? strlen(row->quote) : 0;
  return (Fact){.schema = &ontology_relation(ontology, relation)->schema,
                .subject = 2 * index,
                .object = 2 * index + 1,
                .date = slice_of(row->date),
                .factuality = row->factuality,
                .attributed_entity = -1,
                .confidence = 90,
                .document = slice_of(row->document),
                .start = row->start,
                .end = row->start + (uint32_t)length,
                .quote = slice_of(row->quote)};
}

void rows_add(Graph *graph, const Ontology *ontology, const Row *rows, size_t count)
{
  Entity *const entities = memory_zero(2 * count * sizeof *entities);
  Fact *const facts = memory_zero(count * sizeof *facts);
  DocumentFacts *const documents = memory_zero(count * sizeof *documents);
  size_t document_count = 0;
  if (!entities || !facts || !documents) abort();
  for (size_t i = 0; i < count; i++) {
    entities[2 * i] = entity_of(rows[i].subject);
    entities[2 * i + 1] = entity_of(rows[i].object);
    facts[i] = fact_of(ontology, &rows[i], (uint32_t)i);
    if (rows[i].document)
      documents[document_count++] = (DocumentFacts){
          .iri = facts[i].document, .headline = SLICE("A headline"), .date = SLICE("2023-01-15")};
  }
  const FactSet set = {.base = SLICE(ENT_DATA),
                       .entities = entities,
                       .entity_count = 2 * count,
                       .facts = facts,
                       .fact_count = count,
                       .documents = documents,
                       .document_count = document_count};
  if (facts_add(graph, &set) != STATUS_OK) abort();
  memory_free(entities, 0);
  memory_free(facts, 0);
  memory_free(documents, 0);
}

static Ontology *loaded;

static void unload(void)
{
  ontology_free(loaded);
}

const Ontology *rows_ontology(void)
{
  if (loaded) return loaded;
  if (ontology_load(&loaded, NULL, 0, NULL) != STATUS_OK) abort();
  atexit(unload);
  return loaded;
}
