/* N-Triples and N-Quads in canonical form: the terms are ready, so a line is three or four copies
   into a block that is handed on when full. */
#include "order.h"

#include "graph/memory.h"

#define BLOCK ((size_t)1 << 16)

static Status flush(Buffer *block, const Sink *sink, size_t least)
{
  if (block->count < least) return STATUS_OK;
  TRY(sink_write(sink, block->bytes, block->count));
  block->count = 0;
  return STATUS_OK;
}

static Status write_line(Buffer *block, const Order *order, const Quad *quad)
{
  const TermId ids[] = {quad->subject, quad->predicate, quad->object, quad->graph};
  for (size_t i = 0; i < 4 && ids[i] != TERM_ANY; i++) {
    TRY(buffer_slice(block, order_token(order, ids[i])));
    TRY(buffer_add(block, " ", 1));
  }
  return buffer_add(block, ".\n", 2);
}

static Status write_lines(const Sink *sink, const Order *order, Buffer *block)
{
  for (size_t i = 0; i < order->count; i++) {
    TRY(write_line(block, order, &order->quads[i]));
    TRY(flush(block, sink, BLOCK));
  }
  return flush(block, sink, 1);
}

Status lines_write(const Sink *sink, Graph *graph, bool quads, const RdfWriteOptions *options,
                   const Report *report)
{
  Order order;
  TRY(order_new(&order, graph, quads ? 0 : ORDER_UNION, options, report));
  Buffer block = BUFFER_EMPTY;
  const Status status = write_lines(sink, &order, &block);
  buffer_clear(&block);
  order_clear(&order);
  return status;
}
