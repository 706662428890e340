/* Chronology: days that the text does not repeat. Where a sentence gives no date for an event, a
   reader takes it from the same happening told elsewhere, from the clause that the event hangs on,
   or, for what the headline and the first paragraph report, from the day that the article is about.
 */
#ifndef ENTENTE_CHRONOLOGY_H
#define ENTENTE_CHRONOLOGY_H

#include "input/evidence.h"
#include "input/resolve.h"

/* Fill the empty dates of EVIDENCE (beside CLAIMS) where that is sure enough; needs the claims in
   the order of the text. Lasting relations and what is only possible or denied stay as they are. */
Status chronology_fill(Evidence *evidence, const Entities *entities, const Claims *claims,
                       const ResolvedClaim *resolved);

#endif
