/* What is to be drawn and how, in words as a user gives them. */
#ifndef ENTENTE_DRAW_WORDS_H
#define ENTENTE_DRAW_WORDS_H

#include "draw.h"

typedef struct DrawWords { /* NULL: not given */
  const char *level, *depth, *since, *until, *factuality, *min_weight;
  const char *layout, *theme, *scale, *link, *title, *layout_timeout;
  bool all;
} DrawWords;

/* Set in OUT what WORDS say; the rest stays. STATUS_ARGUMENT, reported, if a word makes no sense.
 */
Status draw_words_read(DrawOptions *out, const DrawWords *words, const Report *report);

#endif
