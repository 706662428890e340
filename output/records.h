/* Records: claims as JSON lines, one a line, with the words they rest on (design, section 5). */
#ifndef ENTENTE_RECORDS_H
#define ENTENTE_RECORDS_H

#include "graph/record.h"

/* Write RECORDS, each on a line of its own; needs UTF-8 throughout. */
Status records_write(const Sink *sink, const Record *records, size_t count);

#endif
