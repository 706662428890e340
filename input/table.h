/* Relation tables in: CSV or TSV (design, section 5) to situations, edges and quotes.

   Without a map the header names the columns: subject, relation and object must be there; date,
   factuality, attributedTo, confidence, document, start, end, quote, subjectClass, objectClass,
   subjectState and objectState may. With one (input/table_map.h) any table will do:
     subject=name relation=visited object=country date=start
     subject=visitor relation=visited object="United States" date=start document="http://…/{id}"
   subjectState and objectState tell whom a person acts for: "President Hosni Mubarak" of "Egypt" is
   Hosni Mubarak, who holdsOffice "President of Egypt"; "Korea, South" is South Korea. A table with
   a column confidence is taken for our own, in which names are names as they stand.
   Separators (comma, semicolon, tab) are guessed, encodings decoded as for documents.

   Names that the world data knows become the entity it has; the others are classed by what their
   relations allow, by the words in them and by how they are written; what holds no name ("the
   deal") is kept to its document. A relation that the ontology does not have gets a property and a
   class of its own, with a warning. A quote without start and end columns counts as the whole text
   of its document. */
#ifndef ENTENTE_INPUT_TABLE_H
#define ENTENTE_INPUT_TABLE_H

#include "graph/graph.h"
#include "ontology/ontology.h"

typedef struct TableOptions {
  const Ontology *ontology;
  Slice base;      /* of entity IRIs; empty: the default */
  Slice map;       /* empty: columns go by the header */
  size_t limit;    /* most bytes of input; 0: 4 GiB */
  size_t *skipped; /* counts rows passed over, may be NULL */
} TableOptions;

/* Add the rows of PATH ("-" is stdin) to GRAPH. Bad rows are reported with file and line, counted
   and passed over; a table without the columns it needs is STATUS_INPUT, a bad map
   STATUS_ARGUMENT. */
Status table_read(Graph *graph, const char *path, const TableOptions *options,
                  const Report *report);

/* The same from memory; NAME takes the place of the path in messages. */
Status table_read_bytes(Graph *graph, Slice bytes, const char *name, const TableOptions *options,
                        const Report *report);

/* What --map was given: the text itself, or for "@file" what stands in the file. */
Status table_map_text(Buffer *out, const char *argument, const Report *report);

#endif
