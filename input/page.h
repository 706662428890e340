/* Page: what is left of a web page once its tags are read: runs of text, the boxes they stood in,
   and what its head says about it. html.c fills it, page.c finds the article in it. */
#ifndef ENTENTE_PAGE_H
#define ENTENTE_PAGE_H

#include "graph/sink.h"
#include "input/reader.h"

#define PAGE_NONE UINT32_MAX

typedef enum BoxKind { BOX_OTHER, BOX_ARTICLE, BOX_MAIN, BOX_BODY } BoxKind;

/* A block element. Boxes are numbered in the order in which they open. */
typedef struct Box {
  uint32_t parent; /* PAGE_NONE for the outermost */
  uint32_t last;   /* the last box inside it, itself if none */
  uint32_t prose;  /* bytes of running text in it and in the boxes inside */
  uint8_t kind;    /* BoxKind; BOX_BODY: marked up as the body of an article */
} Box;

typedef struct Run {
  Span span;      /* in text, white space made single blanks */
  uint32_t links; /* bytes of it that are links */
  uint32_t box;
  uint32_t junk; /* the outermost box around it whose name says furniture, or PAGE_NONE */
  uint8_t level; /* of a heading, 1 to 6; else 0 */
  bool item;     /* of a list */
} Run;

typedef struct Page {
  Buffer text;
  Run *runs;
  size_t run_count, run_capacity;
  Box *boxes;
  size_t box_count, box_capacity;
  Slice title, heading, site, author, published, time, url; /* in the document's arena */
} Page;

void page_clear(Page *page);

/* Put the article of PAGE, its headline first, into DOCUMENT as text and UNITS, and what is known
   of it. BODY is the text that the page's own data gives, used if there is no other.
   STATUS_NOT_FOUND if there is no text at all. */
Status page_article(Document *document, Units *units, Page *page, Slice body);

#endif
