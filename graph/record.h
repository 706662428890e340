/* Record: one claim with the words it rests on, as the .jsonl output writes it. All offsets count
   code points of the document's text, end exclusive. */
#ifndef ENTENTE_RECORD_H
#define ENTENTE_RECORD_H

#include "fact.h"

/* Words of the text, and what they denote. */
typedef struct RecordPart {
  Slice label;         /* of the entity; empty for a trigger or date */
  uint32_t start, end; /* empty if the words are not in the text */
} RecordPart;

typedef struct Record {
  Slice document; /* IRI */
  Slice quote;
  uint32_t start, end;
  Slice relation; /* local name */
  Factuality factuality;
  Slice date;          /* ISO, or empty */
  uint32_t confidence; /* in hundredths */
  RecordPart subject, object, trigger, date_text;
  RecordPart by; /* label empty if nobody */
  Slice frame;   /* that proposed it; empty if it was learnt. Not written */
} Record;

#endif
