#include "block.h"
Status titles_title(Ontology *ontology, const Block *block)
{
  (void)ontology;
  (void)block;
  return STATUS_OK;
}
Status titles_portfolio(Ontology *ontology, const Block *block)
{
  (void)ontology;
  (void)block;
  return STATUS_OK;
}
Status titles_body(Ontology *ontology, const Block *block)
{
  (void)ontology;
  (void)block;
  return STATUS_OK;
}
