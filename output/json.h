/* JSON strings. */
#ifndef ENTENTE_JSON_H
#define ENTENTE_JSON_H

#include "graph/sink.h"

/* Append TEXT (UTF-8) between quotes, with escapes for quotes, backslashes and control characters.
 */
Status json_add_string(Buffer *out, Slice text);

/* The same without the quotes around it. */
Status json_add_escaped(Buffer *out, Slice text);

#endif
