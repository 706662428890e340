#include "store.h"
size_t world_count(const Ontology *ontology)
{
  (void)ontology;
  return 0;
}
const WorldEntity *world_entity(const Ontology *ontology, WorldId id)
{
  (void)ontology;
  (void)id;
  return NULL;
}
size_t world_find(const WorldName **out, const Ontology *ontology, Slice name)
{
  (void)ontology;
  (void)name;
  *out = NULL;
  return 0;
}
size_t world_match(const WorldName **out, size_t *count, const Ontology *ontology,
                   const Slice *words, size_t word_count)
{
  (void)ontology;
  (void)words;
  (void)word_count;
  *out = NULL;
  *count = 0;
  return 0;
}
size_t world_names(const Slice **out, const Ontology *ontology, WorldId id)
{
  (void)ontology;
  (void)id;
  *out = NULL;
  return 0;
}
WorldId world_holder(const Ontology *ontology, WorldId country, Slice title, Slice date)
{
  (void)ontology;
  (void)country;
  (void)title;
  (void)date;
  return WORLD_NONE;
}
size_t world_holdings_of(const Holding *const **out, const Ontology *ontology, WorldId person)
{
  (void)ontology;
  (void)person;
  *out = NULL;
  return 0;
}
size_t world_members(const WorldId **out, const Ontology *ontology, WorldId organization)
{
  (void)ontology;
  (void)organization;
  *out = NULL;
  return 0;
}
bool world_is_member(const Ontology *ontology, WorldId entity, WorldId organization)
{
  (void)ontology;
  (void)entity;
  (void)organization;
  return false;
}
