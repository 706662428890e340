/* Document: one article, decoded. Offsets that leave the program count code points of TEXT. */
#ifndef ENTENTE_DOCUMENT_H
#define ENTENTE_DOCUMENT_H

#include "graph/arena.h"
#include "graph/report.h"
#include "input/sentence.h"

typedef enum BlockKind { BLOCK_HEADLINE, BLOCK_PARAGRAPH, BLOCK_ITEM } BlockKind;

/* A stretch of TEXT that is part of the article: what is not in a block is page furniture. */
typedef struct Block {
  BlockKind kind;
  Span span; /* bytes */
} Block;

typedef struct Document {
  Slice iri;  /* base + "document/" + id; the URL of a .jsonl line that has one but no id */
  Slice id;   /* .jsonl id, or file name without folders and a short hash of the text */
  Slice path; /* as given on the command line; "-" for stdin */
  Slice url, title, publisher, author;
  Slice date;    /* ISO 8601, 2023-01-13, 2023-01 or 2023; empty if unknown */
  Slice day;     /* month and day ("06-12") of a dateline whose year nothing told; else empty */
  Slice text;    /* UTF-8 as decoded, not normalised: what quotes are cut from */
  Block *blocks; /* in order, not overlapping */
  size_t block_count;
  const Sentence *sentences; /* from .conllu: analysed already; else NULL */
  size_t sentence_count;
  Arena *arena; /* where all of it lives */
} Document;

typedef struct DocumentOptions {
  Slice base;   /* of document IRIs */
  Slice date;   /* --date: for documents that give none */
  Slice author; /* --author */
  Slice format; /* --from: "txt", "html", "jsonl", "conllu"; empty: by extension */
  bool whole;   /* all of the text is to be read: nothing is furniture or a dateline */
} DocumentOptions;

/* Called for each document in order; the document dies when it returns (unless the callee takes
   its arena: set document->arena to NULL). A status other than OK ends the reading. */
typedef Status (*DocumentHandler)(void *handle, Document *document);

/* Read PATH ("-" is stdin; a folder is walked in byte order of names). What cannot be read is
   reported with file and place and skipped; *skipped counts such inputs. */
Status documents_read(const char *path, const DocumentOptions *options, DocumentHandler each,
                      void *handle, size_t *skipped, const Report *report);

/* Free an arena that was taken from a document; NULL is allowed. */
void document_arena_free(Arena *arena);

/* Is PATH (without .gz) something documents_read takes? By its extension: txt, html, htm, xhtml,
   jsonl, conllu. */
bool document_path(const char *path);

/* Code points before byte offset OFFSET in TEXT, which must outlive the index; O(1). */
typedef struct CodePoints CodePoints;
Status code_points_new(const CodePoints **out, Arena *arena, Slice text);
uint32_t code_points_before(const CodePoints *index, size_t offset);

#endif
