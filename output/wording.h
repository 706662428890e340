/* Words in pictures: cleaned of what no XML may hold, wrapped, shortened, and escaped. */
#ifndef ENTENTE_WORDING_H
#define ENTENTE_WORDING_H

#include "graph/sink.h"

/* Append TEXT with white space as single blanks, without control characters, direction overrides,
   noncharacters, and with U+FFFD for what is not UTF-8. */
Status words_clean(Buffer *out, Slice text);

/* Append TEXT, clean already, broken into at most LINES lines (separated by line feeds) of about
   WIDTH ems; what does not fit ends in an ellipsis. */
Status words_wrap(Buffer *out, Slice text, double width, unsigned lines);

/* Append TEXT, clean already, shortened to at most LIMIT characters with an ellipsis. */
Status words_shorten(Buffer *out, Slice text, size_t limit);

/* Append TEXT for an HTML-like label; line feeds become <BR/>. */
Status words_html(Buffer *out, Slice text);

/* Append TEXT for an attribute that Graphviz unescapes (tooltips, URLs). */
Status words_escaped(Buffer *out, Slice text);

/* Append TEXT for XML text or an attribute value. */
Status words_xml(Buffer *out, Slice text);

/* The width of TEXT in ems when set in a sans-serif like Helvetica: an estimate, rather large. */
double words_width(Slice text);

/* Append an ISO date as people write it: "13 Jan 2023", "Jan 2023", "2023". */
Status words_date(Buffer *out, Slice date);

/* Append "13 Jan 2023 – 4 Mar 2024", or one date if both are the same. */
Status words_period(Buffer *out, Slice first, Slice last);

#endif
