/* The queries whose answer is a graph. */
#ifndef ENTENTE_QUERY_CONSTRUCT_H
#define ENTENTE_QUERY_CONSTRUCT_H

#include "output/query_plan.h"

/* Answer a CONSTRUCT or DESCRIBE with a new graph, which the caller frees. */
Status construct_run(Graph **out, Exec *exec, SelectPlan *plan);

#endif
