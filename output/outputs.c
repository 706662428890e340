#include "output/outputs.h"

#include "graph/memory.h"
#include "output/file.h"
#include "output/records.h"
#include "output/table.h"

typedef struct Output {
  const char *path;
  const Format *format;
  File *file; /* NULL once committed */
} Output;

struct Outputs {
  Output *items;
  size_t count;
  const Report *report;
};

static Status find_format(const Format **out, const char *path, const char *to,
                          const Report *messages)
{
  *out = to ? format_find(slice_of(to)) : format_of_path(path);
  if (*out) return STATUS_OK;
  if (to) {
    report(messages, SEVERITY_ERROR, NULL, 0, 0, "cannot write the format '%s'", to);
  } else if (!strcmp(path, "-")) {
    report(messages, SEVERITY_ERROR, NULL, 0, 0, "say with --to which format to write");
  } else {
    report(messages, SEVERITY_ERROR, path, 0, 0, "its extension is no format that can be written");
  }
  return STATUS_ARGUMENT;
}

static Status check_twice(const Outputs *outputs, const char *path)
{
  for (size_t i = 0; i < outputs->count; i++) {
    if (strcmp(outputs->items[i].path, path)) continue;
    report(outputs->report, SEVERITY_ERROR, path, 0, 0, "is given twice as an output");
    return STATUS_ARGUMENT;
  }
  return STATUS_OK;
}

/* Everything is checked before anything is opened. */
static Status open_all(Outputs *outputs, const char *const *paths, size_t count, const char *to)
{
  for (size_t i = 0; i < count; i++) {
    Output *const output = &outputs->items[i];
    TRY(check_twice(outputs, paths[i]));
    TRY(find_format(&output->format, paths[i], to, outputs->report));
    output->path = paths[i];
    outputs->count++;
  }
  for (size_t i = 0; i < count; i++) {
    TRY(file_open(&outputs->items[i].file, paths[i], outputs->report));
  }
  return STATUS_OK;
}

Status outputs_open(Outputs **out, const char *const *paths, size_t count, const char *to,
                    const Report *report)
{
  *out = memory_zero(sizeof **out);
  if (!*out) return STATUS_MEMORY;
  (*out)->report = report;
  (*out)->items = memory_zero(count * sizeof *(*out)->items);
  const Status status = (*out)->items ? open_all(*out, paths, count, to) : STATUS_MEMORY;
  if (!status) return STATUS_OK;
  outputs_free(*out);
  *out = NULL;
  return status;
}

bool outputs_has(const Outputs *outputs, FormatKind kind)
{
  Sink sink;
  return outputs_sink(&sink, outputs, kind, 0);
}

bool outputs_sink(Sink *out, const Outputs *outputs, FormatKind kind, size_t index)
{
  for (size_t i = 0; i < outputs->count; i++) {
    if (outputs->items[i].format->kind != kind || index-- > 0) continue;
    *out = file_sink(outputs->items[i].file);
    return true;
  }
  return false;
}

Status outputs_records(Outputs *outputs, const Record *records, size_t count)
{
  Sink sink;
  for (size_t i = 0; outputs_sink(&sink, outputs, FORMAT_CLAIMS, i); i++) {
    TRY(records_write(&sink, records, count));
  }
  return STATUS_OK;
}

static Status write_graph(const Output *output, Graph *graph, const OutputOptions *options,
                          const Report *report)
{
  const Sink sink = file_sink(output->file);
  RdfWriteOptions rdf = options->rdf;
  rdf.file = output->path;
  switch (output->format->kind) {
  case FORMAT_RDF:
    return rdf_write(&sink, graph, output->format->syntax, &rdf, report);
  case FORMAT_TABLE: {
    const bool tabs = !strcmp(output->format->name, "tsv");
    return table_write(&sink, graph, options->draw->ontology, tabs ? '\t' : ',');
  }
  case FORMAT_DIAGRAM:
  case FORMAT_CLAIMS:
  case FORMAT_CONLLU:
    break;
  }
  return STATUS_OK;
}

/* ---- diagrams: one layout serves all of them ---- */

/* The picture could not be made: its DOT source goes beside where it would have been. */
static Status write_source(const char *path, Slice dot, const Report *messages)
{
  File *file;
  Buffer name = BUFFER_EMPTY;
  Status status = buffer_printf(&name, "%s.dot", path);
  if (!status) status = file_open(&file, name.bytes, messages);
  if (!status) {
    const Sink sink = file_sink(file);
    status = sink_slice(&sink, dot);
    if (status)
      file_discard(file);
    else
      status = file_commit(file);
  }
  if (!status)
    report(messages, SEVERITY_NOTE, name.bytes, 0, 0, "holds the diagram as DOT instead");
  buffer_clear(&name);
  return status;
}

static Status take_drawing(Output *output, const DrawOutput *drawing, const Report *report)
{
  const Slice bytes = buffer_as_slice(&drawing->bytes);
  if (drawing->failed) {
    file_discard(output->file);
    output->file = NULL;
    return strcmp(output->path, "-") ? write_source(output->path, bytes, report) : STATUS_OK;
  }
  const Sink sink = file_sink(output->file);
  return sink_slice(&sink, bytes);
}

static Status draw_into(Outputs *outputs, DrawOutput *drawings, Graph *graph,
                        const DrawOptions *options)
{
  size_t count = 0;
  for (size_t i = 0; i < outputs->count; i++) {
    const Format *const format = outputs->items[i].format;
    if (format->kind != FORMAT_DIAGRAM) continue;
    if (!draw_format_of(&drawings[count++].format, slice_of(format->name))) return STATUS_INTERNAL;
  }
  const Status drawn = draw(drawings, count, graph, options, outputs->report);
  if (drawn && drawn != STATUS_LIMIT && drawn != STATUS_INTERNAL) return drawn;
  count = 0;
  for (size_t i = 0; i < outputs->count; i++) {
    if (outputs->items[i].format->kind != FORMAT_DIAGRAM) continue;
    TRY(take_drawing(&outputs->items[i], &drawings[count++], outputs->report));
  }
  return drawn;
}

static Status write_diagrams(Outputs *outputs, Graph *graph, const DrawOptions *options)
{
  if (!outputs_has(outputs, FORMAT_DIAGRAM)) return STATUS_OK;
  DrawOutput *const drawings = memory_zero(outputs->count * sizeof *drawings);
  if (!drawings) return STATUS_MEMORY;
  const Status status = draw_into(outputs, drawings, graph, options);
  for (size_t i = 0; i < outputs->count; i++) buffer_clear(&drawings[i].bytes);
  memory_free(drawings, outputs->count * sizeof *drawings);
  return status;
}

/* ---- */

static Status write_all(Outputs *outputs, Graph *graph, const OutputOptions *options)
{
  for (size_t i = 0; i < outputs->count; i++) {
    TRY(write_graph(&outputs->items[i], graph, options, outputs->report));
  }
  const Status drawn = write_diagrams(outputs, graph, options->draw);
  if (drawn && drawn != STATUS_LIMIT && drawn != STATUS_INTERNAL) return drawn;
  for (size_t i = 0; i < outputs->count; i++) {
    if (outputs->items[i].file) TRY(file_finish(outputs->items[i].file));
  }
  return drawn;
}

/* A picture that failed does not keep the other files from appearing. */
Status outputs_commit(Outputs *outputs, Graph *graph, const OutputOptions *options)
{
  const Status written = write_all(outputs, graph, options);
  if (written && written != STATUS_LIMIT && written != STATUS_INTERNAL) return written;
  for (size_t i = 0; i < outputs->count; i++) {
    File *const file = outputs->items[i].file;
    outputs->items[i].file = NULL;
    if (file) TRY(file_commit(file));
  }
  return written;
}

void outputs_free(Outputs *outputs)
{
  if (!outputs) return;
  for (size_t i = 0; i < outputs->count; i++) file_discard(outputs->items[i].file);
  memory_free(outputs->items, 0);
  memory_free(outputs, sizeof *outputs);
}
