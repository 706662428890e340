#include "block.h"
Status world_block(bool *mine, Ontology *ontology, const Block *block)
{
  (void)ontology;
  (void)block;
  *mine = false;
  return STATUS_OK;
}
Status world_finish(Ontology *ontology, const Report *report_to)
{
  (void)ontology;
  (void)report_to;
  return STATUS_OK;
}
void world_clear(Ontology *ontology)
{
  (void)ontology;
}
