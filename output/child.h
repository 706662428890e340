/* Work in a child process: what may hang, crash or leak does so there. */
#ifndef ENTENTE_CHILD_H
#define ENTENTE_CHILD_H

#include "graph/sink.h"

typedef Status (*ChildWork)(void *handle, Buffer *out);

/* Run WORK in a child and append to OUT what it put in its buffer. The status is that of WORK;
   STATUS_LIMIT if it took more than SECONDS (then it is killed), STATUS_INTERNAL if it died. */
Status child_run(Buffer *out, unsigned seconds, ChildWork work, void *handle);

#endif
