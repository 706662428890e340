/* Page: a sketch that has been laid out gets its labels, title, legend and note. */
#ifndef ENTENTE_PAGE_H
#define ENTENTE_PAGE_H

#include "look.h"

/* Turn SKETCH, a placed sketch of VIEW, into a page: labels of edges are put where nothing is in
   the way (dropped where there is no such place), title above, legend and note below. What is
   added has a class that begins with "mark". */
Status page_compose(Sketch *sketch, const View *view, const LookOptions *options);

#endif
