/* Pipeline: documents on any number of threads, readings in the order of the documents. */
#ifndef ENTENTE_PIPELINE_H
#define ENTENTE_PIPELINE_H

#include "input/reading.h"

typedef struct PipelineOptions {
  Reader reader;
  DocumentOptions documents;
  unsigned jobs; /* threads; 0 and 1: the calling one */
} PipelineOptions;

/* Called on the calling thread for each document in order; both die when it returns. */
typedef Status (*ReadingHandler)(void *handle, const Document *document, const Reading *reading);

/* Read PATHS (files, folders, "-") one after the other. Inputs that cannot be read are reported and
   counted in *SKIPPED. Memory is bounded by a few documents for each thread. */
Status pipeline_run(const PipelineOptions *options, const char *const *paths, size_t count,
                    ReadingHandler each, void *handle, size_t *skipped, const Report *report);

#endif
