/* A ring of slots. The calling thread reads documents into it and takes readings out in the same
   order; workers take the oldest waiting slot. A full ring makes the reader wait, which bounds
   memory. With one job the same path runs without threads. */
#include "input/pipeline.h"

#include "graph/memory.h"

#include <pthread.h>

typedef enum SlotState { SLOT_FREE, SLOT_WAITING, SLOT_WORKING, SLOT_DONE } SlotState;

typedef struct RingSlot {
  SlotState state;
  Document document;
  Reading reading;
  Status status;
} RingSlot;

typedef struct Pipeline {
  const PipelineOptions *options;
  ReadingHandler each;
  void *handle;
  const Report *report;
  ReaderSpace space; /* of the calling thread */
  RingSlot *ring;
  size_t size;
  size_t in, next, out; /* slots filled, given to workers, taken out: counts, not indexes */
  bool closed;
  pthread_mutex_t lock;
  pthread_cond_t changed;
  size_t failed; /* documents that could not be worked on */
} Pipeline;

static Status work(const Pipeline *p, ReaderSpace *space, Document *document, Reading *out)
{
  return p->options->reader.extractor
             ? document_understand(out, &p->options->reader, space, document)
             : document_analyse(out, &p->options->reader, space, document);
}

/* Hand a finished reading on and let the document go. */
static Status deliver(Pipeline *p, Document *document, const Reading *reading, Status status)
{
  if (status) {
    report(p->report, SEVERITY_ERROR, document->path.ptr, 0, 0, "document %.*s left out: %s",
           SLICE_ARGS(document->id), status_text(status));
    p->failed++;
    return STATUS_OK;
  }
  return p->each(p->handle, document, reading);
}

/* ---- one thread ---- */

static Status on_document_alone(void *handle, Document *document)
{
  Pipeline *const p = handle;
  Reading reading;
  const Status status = work(p, &p->space, document, &reading);
  return deliver(p, document, &reading, status);
}

/* ---- many threads ---- */

static void *worker(void *handle)
{
  Pipeline *const p = handle;
  ReaderSpace space;
  const Status ready = reader_space_init(&space, &p->options->reader);
  pthread_mutex_lock(&p->lock);
  for (;;) {
    while (p->next == p->in && !p->closed) pthread_cond_wait(&p->changed, &p->lock);
    if (p->next == p->in) break;
    RingSlot *const slot = &p->ring[p->next++ % p->size];
    slot->state = SLOT_WORKING;
    pthread_mutex_unlock(&p->lock);
    slot->status = ready ? ready : work(p, &space, &slot->document, &slot->reading);
    pthread_mutex_lock(&p->lock);
    slot->state = SLOT_DONE;
    pthread_cond_broadcast(&p->changed);
  }
  pthread_mutex_unlock(&p->lock);
  if (!ready) reader_space_clear(&space);
  return NULL;
}

/* Take the oldest reading out, waiting for it. */
static Status take_out(Pipeline *p)
{
  RingSlot *const slot = &p->ring[p->out % p->size];
  pthread_mutex_lock(&p->lock);
  while (slot->state != SLOT_DONE) pthread_cond_wait(&p->changed, &p->lock);
  pthread_mutex_unlock(&p->lock);
  const Status status = deliver(p, &slot->document, &slot->reading, slot->status);
  document_arena_free(slot->document.arena);
  slot->state = SLOT_FREE;
  p->out++;
  return status;
}

static Status on_document(void *handle, Document *document)
{
  Pipeline *const p = handle;
  if (p->in - p->out == p->size) TRY(take_out(p));
  RingSlot *const slot = &p->ring[p->in % p->size];
  slot->document = *document;
  document->arena = NULL;
  pthread_mutex_lock(&p->lock);
  slot->state = SLOT_WAITING;
  p->in++;
  pthread_cond_broadcast(&p->changed);
  pthread_mutex_unlock(&p->lock);
  return STATUS_OK;
}

/* ---- */

static Status read_paths(Pipeline *p, const char *const *paths, size_t count, DocumentHandler each,
                         size_t *skipped)
{
  for (size_t i = 0; i < count; i++) {
    TRY(documents_read(paths[i], &p->options->documents, each, p, skipped, p->report));
  }
  return STATUS_OK;
}

static Status drain(Pipeline *p, Status status)
{
  while (p->out < p->in) {
    const Status taken = take_out(p);
    if (!status) status = taken;
  }
  return status;
}

static void close_ring(Pipeline *p)
{
  pthread_mutex_lock(&p->lock);
  p->closed = true;
  pthread_cond_broadcast(&p->changed);
  pthread_mutex_unlock(&p->lock);
}

static Status run_threads(Pipeline *p, const char *const *paths, size_t count, size_t *skipped)
{
  pthread_t threads[64];
  unsigned started = 0;
  const unsigned wanted = p->options->jobs > 64 ? 64 : p->options->jobs;
  while (started < wanted && !pthread_create(&threads[started], NULL, worker, p)) started++;
  Status status = started ? read_paths(p, paths, count, on_document, skipped) : STATUS_MEMORY;
  status = drain(p, status);
  close_ring(p);
  for (unsigned i = 0; i < started; i++) pthread_join(threads[i], NULL);
  return status;
}

static Status run_on_many(Pipeline *p, const char *const *paths, size_t count, size_t *skipped)
{
  p->size = 4 * (size_t)(p->options->jobs > 64 ? 64 : p->options->jobs);
  p->ring = memory_zero(p->size * sizeof *p->ring);
  if (!p->ring) return STATUS_MEMORY;
  pthread_mutex_init(&p->lock, NULL);
  pthread_cond_init(&p->changed, NULL);
  const Status status = run_threads(p, paths, count, skipped);
  pthread_cond_destroy(&p->changed);
  pthread_mutex_destroy(&p->lock);
  memory_free(p->ring, p->size * sizeof *p->ring);
  return status;
}

static Status run_alone(Pipeline *p, const char *const *paths, size_t count, size_t *skipped)
{
  TRY(reader_space_init(&p->space, &p->options->reader));
  const Status status = read_paths(p, paths, count, on_document_alone, skipped);
  reader_space_clear(&p->space);
  return status;
}

Status pipeline_run(const PipelineOptions *options, const char *const *paths, size_t count,
                    ReadingHandler each, void *handle, size_t *skipped, const Report *report)
{
  Pipeline p = {.options = options, .each = each, .handle = handle, .report = report};
  const Status status = options->jobs > 1 ? run_on_many(&p, paths, count, skipped)
                                          : run_alone(&p, paths, count, skipped);
  *skipped += p.failed;
  return status;
}
