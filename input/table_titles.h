/* Table titles: how foreign tables write names. People stand with their titles ("President Hosni
   Mubarak"), which say what office they hold where it is told of which state; states stand as in a
   list ("Korea, South"). */
#ifndef ENTENTE_TABLE_TITLES_H
#define ENTENTE_TABLE_TITLES_H

#include "graph/arena.h"
#include "ontology/ontology.h"

typedef struct TitledName {
  Slice name;   /* without titles; all of it if there are none, or little would be left */
  Slice office; /* "President of Egypt"; empty if the text does not say that one is held */
} TitledName;

/* Take TEXT apart if it names a person. STATE, if not empty, is whom they act for; it may stand in
   TEXT too ("Egyptian President Hosni Mubarak"). PERSON: TEXT is known to name one, which lets
   ranks and courtesies go too. */
Status table_titled(TitledName *out, Arena *arena, const Ontology *ontology, Slice text,
                    Slice state, bool person);

/* *OUT is TEXT, or the name in the world data that it is turned around, as lists have them:
   "Korea, South". */
Status table_upright(Slice *out, Arena *arena, const Ontology *ontology, Slice text);

#endif
