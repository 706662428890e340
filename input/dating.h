/* Dating: the year of an article whose dateline lacks one, from who is said to hold which office.
 */
#ifndef ENTENTE_DATING_H
#define ENTENTE_DATING_H

#include "input/entities.h"

/* Set DOCUMENT->date from its day and from ENTITIES: the year in which most of the office holders
   it names were in office, weekdays in the text breaking ties. Left empty unless one year is better
   than all others. */
Status document_date_infer(Document *document, const Entities *entities);

#endif
