/* HTML through the event interface of libxml2, used nowhere else: no tree is built, so memory stays
   near the size of the text and nothing recurses. A stack of our own, of limited depth, knows what
   the open elements mean for the text inside them. */
#include "page.h"

#include "graph/memory.h"
#include "graph/unicode.h"
#include "input/decode.h"

#include <libxml/HTMLparser.h>
#include <libxml/SAX2.h>
#include <stdlib.h>

#define DEEPEST 512 /* open elements; libxml2 takes time by their number */
#define MOST_RUNS ((size_t)1 << 22)
#define MOST_BOXES ((size_t)1 << 21)
#define MOST_ATTRIBUTES 5000           /* libxml2 compares each with each */
#define LONGEST_DATA ((size_t)1 << 22) /* bytes of JSON-LD or title that are kept */

/* What an element is to us. */
enum {
  TAG_BLOCK = 1, /* text before and behind it is not one run */
  TAG_DROP = 2,  /* its text is no text */
  TAG_ITEM = 4,
  TAG_LINK = 8,
  TAG_BREAK = 16,
  TAG_PLAIN = 32 /* class and role do not make it furniture */
};

typedef struct Tag {
  const char *name;
  unsigned flags;
  uint8_t kind, level; /* BoxKind; heading */
} Tag;

static const Tag tags[] = {
    {"a", TAG_LINK, 0, 0},
    {"address", TAG_BLOCK, 0, 0},
    {"article", TAG_BLOCK | TAG_PLAIN, BOX_ARTICLE, 0},
    {"aside", TAG_BLOCK | TAG_DROP, 0, 0},
    {"audio", TAG_DROP, 0, 0},
    {"blockquote", TAG_BLOCK, 0, 0},
    {"body", TAG_BLOCK | TAG_PLAIN, 0, 0},
    {"br", TAG_BREAK, 0, 0},
    {"button", TAG_DROP, 0, 0},
    {"canvas", TAG_DROP, 0, 0},
    {"center", TAG_BLOCK, 0, 0},
    {"dd", TAG_BLOCK, 0, 0},
    {"details", TAG_BLOCK, 0, 0},
    {"dialog", TAG_BLOCK | TAG_DROP, 0, 0},
    {"div", TAG_BLOCK, 0, 0},
    {"dl", TAG_BLOCK, 0, 0},
    {"dt", TAG_BLOCK, 0, 0},
    {"fieldset", TAG_BLOCK, 0, 0},
    {"figcaption", TAG_BLOCK | TAG_DROP, 0, 0},
    {"figure", TAG_BLOCK, 0, 0},
    {"footer", TAG_BLOCK | TAG_DROP, 0, 0},
    {"form", TAG_BLOCK, 0, 0},
    {"h1", TAG_BLOCK, 0, 1},
    {"h2", TAG_BLOCK, 0, 2},
    {"h3", TAG_BLOCK, 0, 3},
    {"h4", TAG_BLOCK, 0, 4},
    {"h5", TAG_BLOCK, 0, 5},
    {"h6", TAG_BLOCK, 0, 6},
    {"head", TAG_DROP, 0, 0},
    {"header", TAG_BLOCK, 0, 0},
    {"hr", TAG_BLOCK, 0, 0},
    {"html", TAG_BLOCK | TAG_PLAIN, 0, 0},
    {"iframe", TAG_DROP, 0, 0},
    {"label", TAG_DROP, 0, 0},
    {"legend", TAG_BLOCK | TAG_DROP, 0, 0},
    {"li", TAG_BLOCK | TAG_ITEM, 0, 0},
    {"main", TAG_BLOCK | TAG_PLAIN, BOX_MAIN, 0},
    {"map", TAG_DROP, 0, 0},
    {"menu", TAG_BLOCK | TAG_DROP, 0, 0},
    {"nav", TAG_BLOCK | TAG_DROP, 0, 0},
    {"noscript", TAG_DROP, 0, 0},
    {"object", TAG_DROP, 0, 0},
    {"ol", TAG_BLOCK, 0, 0},
    {"option", TAG_DROP, 0, 0},
    {"p", TAG_BLOCK, 0, 0},
    {"pre", TAG_BLOCK, 0, 0},
    {"script", TAG_DROP, 0, 0},
    {"section", TAG_BLOCK, 0, 0},
    {"select", TAG_DROP, 0, 0},
    {"style", TAG_DROP, 0, 0},
    {"summary", TAG_BLOCK, 0, 0},
    {"svg", TAG_DROP, 0, 0},
    {"table", TAG_BLOCK, 0, 0},
    {"tbody", TAG_BLOCK, 0, 0},
    {"td", TAG_BLOCK, 0, 0},
    {"template", TAG_DROP, 0, 0},
    {"textarea", TAG_DROP, 0, 0},
    {"th", TAG_BLOCK, 0, 0},
    {"title", TAG_DROP, 0, 0},
    {"tr", TAG_BLOCK, 0, 0},
    {"ul", TAG_BLOCK, 0, 0},
    {"video", TAG_DROP, 0, 0},
};

/* Words in class names and ids of what stands around an article. */
static const char *const junk_words[] = {
    "ad",         "ads",        "advert",          "advertisement", "breadcrumb", "breadcrumbs",
    "caption",    "comment",    "comments",        "consent",       "cookie",     "cookies",
    "credit",     "disclaimer", "disqus",          "footer",        "hidden",     "masthead",
    "menu",       "modal",      "mostread",        "nav",           "navbar",     "navigation",
    "newsletter", "outbrain",   "pagination",      "popular",       "popup",      "promo",
    "promotion",  "recirc",     "recommendations", "recommended",   "related",    "reply",
    "share",      "sharing",    "sidebar",         "signup",        "skip",       "social",
    "sponsor",    "sponsored",  "subscribe",       "subscription",  "taboola",    "tags",
    "toolbar",    "trending",   "weather",         "widget",
};

/* Names of the box that holds nothing but the article. */
static const char *const body_words[] = {
    "articlebody",      "article-body", "article_body", "article-content", "article__body",
    "article__content", "story-body",   "storybody",    "story-content",   "entry-content",
    "post-content",     "post-body",    "news-content", "article-text",    "story-text",
};

typedef struct Open {
  const Tag *tag; /* NULL for an element that means nothing to us */
  uint32_t box, junk;
  uint8_t level;
  bool drop, link, item;
} Open;

typedef struct Builder {
  Page *page;
  Document *document;
  htmlParserCtxtPtr parser;
  const Reader *reader;
  Slice body;  /* from JSON-LD */
  Buffer data; /* of the script or title that is open */
  enum { DATA_NONE, DATA_JSON, DATA_TITLE } keeps;
  Run run;         /* the open one; empty while run.span.end is its start */
  bool space;      /* white space before the next text */
  unsigned breaks; /* line breaks before the next text */
  Open open[DEEPEST];
  size_t depth;
  Status status;
  bool cut; /* not all of the page was read */
} Builder;

void page_clear(Page *page)
{
  buffer_clear(&page->text);
  memory_free(page->runs, page->run_capacity * sizeof *page->runs);
  memory_free(page->boxes, page->box_capacity * sizeof *page->boxes);
}

static void stop(Builder *builder, Status status)
{
  if (builder->status == STATUS_OK) builder->status = status;
  xmlStopParser(builder->parser);
}

/* What has been read is kept. */
static void stop_at_limit(Builder *builder, const char *what)
{
  report(builder->reader->report, SEVERITY_WARNING, builder->reader->path,
         (size_t)xmlSAX2GetLineNumber(builder->parser), 0, "%s; the rest is left out", what);
  builder->cut = true;
  xmlStopParser(builder->parser);
}

static int compare_tags(const void *name, const void *tag)
{
  return strcmp(name, ((const Tag *)tag)->name);
}

static const Tag *find_tag(const char *name)
{
  return bsearch(name, tags, sizeof tags / sizeof *tags, sizeof *tags, compare_tags);
}

/* The value of an attribute; empty if it is not there. */
static Slice attribute(const xmlChar **attributes, const char *name)
{
  for (size_t i = 0; attributes && attributes[i]; i += 2) {
    if (strcmp((const char *)attributes[i], name) != 0) continue;
    return slice_of((const char *)attributes[i + 1]);
  }
  return SLICE_NONE;
}

static bool is_one_of(Slice word, const char *const *words, size_t count)
{
  for (size_t i = 0; i < count; i++) {
    if (text_is(word, words[i])) return true;
  }
  return false;
}

/* Cut the next piece of NAMES at white space, and at - and _ if PARTS. */
static Slice next_piece(Slice *names, bool parts)
{
  const char *const between = parts ? " \t\r\n-_:" : " \t\r\n";
  size_t start = 0, end;
  while (start < names->len && strchr(between, names->ptr[start])) start++;
  for (end = start; end < names->len && !strchr(between, names->ptr[end]);) end++;
  const Slice piece = slice_part(*names, start, end);
  *names = slice_part(*names, end, names->len);
  return piece;
}

static bool names_hold(Slice names, const char *const *words, size_t count, bool parts)
{
  if (names.len > 1000) names.len = 1000;
  for (Slice piece; (piece = next_piece(&names, parts)).len;) {
    if (is_one_of(piece, words, count)) return true;
  }
  return false;
}

static bool names_junk(Slice names)
{
  return names_hold(names, junk_words, sizeof junk_words / sizeof *junk_words, true);
}

static bool names_body(Slice names)
{
  return names_hold(names, body_words, sizeof body_words / sizeof *body_words, false);
}

static bool is_hidden(const xmlChar **attributes)
{
  for (size_t i = 0; attributes && attributes[i]; i += 2) {
    if (strcmp((const char *)attributes[i], "hidden") == 0) return true;
  }
  const Slice style = attribute(attributes, "style");
  return text_holds(style.len < 200 ? style : SLICE_NONE, "display:none") ||
         text_is(attribute(attributes, "aria-hidden"), "true");
}

/* Close the run that is open, if it has text. */
static void end_run(Builder *builder)
{
  Page *const page = builder->page;
  Run run = builder->run;
  run.span.end = (uint32_t)page->text.count;
  builder->run = (Run){.span = {run.span.end, run.span.end}};
  builder->space = false;
  builder->breaks = 0;
  if (run.span.start == run.span.end) return;
  if (page->run_count == MOST_RUNS) {
    stop_at_limit(builder, "has too many paragraphs");
    return;
  }
  Run *const runs = memory_grow(page->runs, &page->run_capacity, page->run_count, 1, sizeof *runs);
  if (!runs) {
    stop(builder, STATUS_MEMORY);
    return;
  }
  page->runs = runs;
  runs[page->run_count++] = run;
}

static uint32_t new_box(Builder *builder, uint32_t parent, uint8_t kind)
{
  Page *const page = builder->page;
  if (page->box_count == MOST_BOXES) return parent;
  Box *const boxes =
      memory_grow(page->boxes, &page->box_capacity, page->box_count, 1, sizeof *boxes);
  if (!boxes) {
    stop(builder, STATUS_MEMORY);
    return parent;
  }
  page->boxes = boxes;
  const uint32_t box = (uint32_t)page->box_count++;
  boxes[box] = (Box){parent, box, 0, kind};
  return box;
}

/* Fill FIELD, which is empty, from VALUE. */
static void fill(Builder *builder, Slice *field, Slice value)
{
  if (field->len || value.len == 0 || value.len > 2000) return;
  const Span span = text_trim(value, (Span){0, (uint32_t)value.len});
  const Status status =
      arena_copy(field, builder->document->arena, slice_part(value, span.start, span.end));
  if (status != STATUS_OK) stop(builder, status);
}

static void read_meta(Builder *builder, const xmlChar **attributes)
{
  static const char *const dates[] = {"article:published_time",
                                      "og:published_time",
                                      "article:published",
                                      "datepublished",
                                      "date",
                                      "pubdate",
                                      "publishdate",
                                      "publish-date",
                                      "publish_date",
                                      "dc.date",
                                      "dc.date.issued",
                                      "dcterms.date",
                                      "dcterms.created",
                                      "parsely-pub-date",
                                      "sailthru.date"};
  static const char *const titles[] = {"og:title", "twitter:title", "dc.title", "parsely-title"};
  static const char *const authors[] = {"author", "article:author", "dc.creator", "parsely-author",
                                        "byl"};
  static const char *const sites[] = {"og:site_name", "publisher", "dc.publisher"};
  const Slice value = attribute(attributes, "content");
  Slice name = attribute(attributes, "property");
  if (name.len == 0) name = attribute(attributes, "name");
  if (name.len == 0) name = attribute(attributes, "itemprop");
  Page *const page = builder->page;
#define ONE_OF(names) is_one_of(name, names, sizeof names / sizeof *names)
  if (ONE_OF(dates))
    fill(builder, &page->published, value);
  else if (ONE_OF(titles))
    fill(builder, &page->title, value);
  else if (ONE_OF(sites))
    fill(builder, &page->site, value);
  else if (ONE_OF(authors) && !text_starts(value, "http"))
    fill(builder, &page->author, value);
  else if (text_is(name, "og:url"))
    fill(builder, &page->url, value);
#undef ONE_OF
}

/* Elements that say something about the page. */
static void read_about(Builder *builder, const char *name, const xmlChar **attributes)
{
  builder->keeps = DATA_NONE;
  if (strcmp(name, "meta") == 0) {
    read_meta(builder, attributes);
  } else if (strcmp(name, "link") == 0 && text_is(attribute(attributes, "rel"), "canonical")) {
    fill(builder, &builder->page->url, attribute(attributes, "href"));
  } else if (strcmp(name, "time") == 0) {
    fill(builder, &builder->page->time, attribute(attributes, "datetime"));
  } else if (strcmp(name, "title") == 0) {
    builder->keeps = DATA_TITLE;
  } else if (strcmp(name, "script") == 0 &&
             text_is(attribute(attributes, "type"), "application/ld+json")) {
    builder->keeps = DATA_JSON;
  }
  builder->data.count = 0;
}

/* What an element inherits from the one around it, and what it adds. */
static Open open_element(Builder *builder, const Tag *tag, const xmlChar **attributes)
{
  Open open = {NULL, PAGE_NONE, PAGE_NONE, 0, false, false, false};
  if (builder->depth > 0) open = builder->open[builder->depth - 1];
  open.tag = tag;
  if (is_hidden(attributes)) open.drop = true;
  if (!tag) return open;
  if (tag->flags & TAG_DROP) open.drop = true;
  if (tag->flags & TAG_LINK) open.link = true;
  if (!(tag->flags & TAG_BLOCK)) return open;
  const Slice class = attribute(attributes, "class"), id = attribute(attributes, "id");
  const bool body = text_is(attribute(attributes, "itemprop"), "articleBody") ||
                    names_body(class) || names_body(id);
  open.box = new_box(builder, open.box, body ? BOX_BODY : tag->kind);
  if (tag->level) open.level = tag->level;
  if (tag->flags & TAG_ITEM) open.item = true;
  const bool junk = !body && !(tag->flags & TAG_PLAIN) && (names_junk(class) || names_junk(id));
  if (junk && open.junk == PAGE_NONE) open.junk = open.box;
  return open;
}

static void start_element(void *handle, const xmlChar *xml_name, const xmlChar **attributes)
{
  Builder *const builder = handle;
  const char *const name = (const char *)xml_name;
  const Tag *const tag = find_tag(name);
  if (builder->depth == DEEPEST) {
    stop_at_limit(builder, "is nested too deep");
    return;
  }
  if (tag && (tag->flags & TAG_BLOCK)) end_run(builder);
  if (tag && (tag->flags & TAG_BREAK)) builder->breaks++;
  read_about(builder, name, attributes);
  const Open open = open_element(builder, tag, attributes);
  builder->open[builder->depth++] = open;
}

static void end_data(Builder *builder)
{
  const Slice data = buffer_as_slice(&builder->data);
  if (builder->keeps == DATA_TITLE) fill(builder, &builder->page->heading, data);
  if (builder->keeps == DATA_JSON) {
    const Status status = jsonld_read(builder->document, &builder->body, data);
    if (status != STATUS_OK) stop(builder, status);
  }
  builder->keeps = DATA_NONE;
}

static void end_element(void *handle, const xmlChar *name)
{
  Builder *const builder = handle;
  (void)name;
  if (builder->depth == 0) return;
  end_data(builder);
  const Open *const open = &builder->open[--builder->depth];
  if (!open->tag || !(open->tag->flags & TAG_BLOCK)) return;
  end_run(builder);
  if (open->box != PAGE_NONE) {
    builder->page->boxes[open->box].last = (uint32_t)builder->page->box_count - 1;
  }
}

/* Append text without white space inside; the open elements say what it is. */
static void add_word(Builder *builder, Slice word)
{
  Page *const page = builder->page;
  const Open *const open = &builder->open[builder->depth - 1];
  if (builder->breaks > 1) end_run(builder);
  if (builder->run.span.start == page->text.count) {
    builder->run.box = open->box;
    builder->run.junk = open->junk;
    builder->run.level = open->level;
    builder->run.item = open->item;
  } else if (builder->space || builder->breaks) {
    if (buffer_add(&page->text, " ", 1) != STATUS_OK) stop(builder, STATUS_MEMORY);
  }
  builder->space = false;
  builder->breaks = 0;
  if (buffer_slice(&page->text, word) != STATUS_OK) stop(builder, STATUS_MEMORY);
  if (open->link) builder->run.links += (uint32_t)word.len;
}

/* "&#146;" stands for a byte of Windows-1252 in many pages, though it means a control character. */
static void add_control(Builder *builder, unsigned char byte)
{
  char code[4];
  const uint32_t meant = windows_code(byte);
  if (meant) add_word(builder, (Slice){code, utf8_encode(code, meant)});
}

static bool is_control(Slice text)
{
  return text.len > 1 && text.ptr[0] == '\xc2' && (unsigned char)text.ptr[1] < 0xa0;
}

/* The length of white space or of a character that is not text at the start of TEXT; 0 if none. */
static size_t blank_at(Slice text)
{
  if (strchr(" \t\r\n\f", text.ptr[0])) return 1;
  if (slice_starts(text, "\xc2\xa0") || slice_starts(text, "\xc2\xad")) return 2;
  return slice_starts(text, "\xe2\x80\x8b") || slice_starts(text, "\xef\xbb\xbf") ? 3 : 0;
}

static bool is_blank_kept(Slice text)
{
  return !slice_starts(text, "\xc2\xad") && !slice_starts(text, "\xe2\x80\x8b") &&
         !slice_starts(text, "\xef\xbb\xbf");
}

static void add_text(Builder *builder, Slice text)
{
  size_t start = 0, at = 0;
  while (at < text.len) {
    const Slice rest = slice_part(text, at, text.len);
    const bool control = is_control(rest);
    const size_t blank = control ? 2 : blank_at(rest);
    if (blank && at > start) add_word(builder, slice_part(text, start, at));
    if (control)
      add_control(builder, (unsigned char)rest.ptr[1]);
    else if (blank && is_blank_kept(rest))
      builder->space = true;
    if (blank) start = at + blank;
    at += blank ? blank : 1;
  }
  if (at > start) add_word(builder, slice_part(text, start, at));
}

static void characters(void *handle, const xmlChar *bytes, int count)
{
  Builder *const builder = handle;
  if (builder->status != STATUS_OK || builder->depth == 0 || count <= 0) return;
  const Slice text = {(const char *)bytes, (size_t)count};
  if (builder->keeps != DATA_NONE) {
    if (builder->data.count + text.len > LONGEST_DATA)
      builder->keeps = DATA_NONE;
    else if (buffer_slice(&builder->data, text) != STATUS_OK)
      stop(builder, STATUS_MEMORY);
  } else if (!builder->open[builder->depth - 1].drop) {
    add_text(builder, text);
  }
}

/* The line of a tag with too many attributes, 0 if there is none: quoted values are passed over. */
static size_t crowded_tag(Slice text)
{
  size_t line = 1, parts = 0;
  bool inside = false;
  for (size_t i = 0; i + 1 < text.len; i++) {
    const char c = text.ptr[i], next = text.ptr[i + 1];
    if (c == '\n') line++;
    if (c == '<' && (next == '!' || next == '/' || (next | 32) >= 'a')) inside = true, parts = 0;
    if (!inside) continue;
    if (c == '>') inside = false;
    if (c == '=' && (next == '"' || next == '\'')) {
      const char *const close = memchr(text.ptr + i + 2, next, text.len - i - 2);
      if (!close) return 0;
      for (; text.ptr + i < close; i++) line += text.ptr[i] == '\n';
    }
    if ((c == ' ' || c == '\n' || c == '/') && ++parts > MOST_ATTRIBUTES) return line;
  }
  return 0;
}

static Status parse(Builder *builder, Slice text)
{
  xmlSAXHandler events = {.startElement = start_element,
                          .endElement = end_element,
                          .characters = characters,
                          .cdataBlock = characters,
                          .ignorableWhitespace = characters,
                          .initialized = 1};
  const int options = HTML_PARSE_RECOVER | HTML_PARSE_NOERROR | HTML_PARSE_NOWARNING |
                      HTML_PARSE_NONET | HTML_PARSE_IGNORE_ENC;
  builder->parser = htmlNewParserCtxt();
  if (!builder->parser) return STATUS_MEMORY;
  *builder->parser->sax = events;
  builder->parser->userData = builder;
  xmlFreeDoc(htmlCtxtReadMemory(builder->parser, text.ptr, (int)text.len, NULL, "UTF-8", options));
  htmlFreeParserCtxt(builder->parser);
  end_run(builder);
  while (builder->depth > 0) end_element(builder, NULL);
  return builder->status;
}

static Status read_page(Document *document, Units *units, Reader *reader, Slice text)
{
  Page page = {.text = BUFFER_EMPTY};
  Builder *const builder = memory_zero(sizeof *builder);
  if (!builder) return STATUS_MEMORY;
  builder->page = &page;
  builder->document = document;
  builder->reader = reader;
  Status status = parse(builder, text);
  if (status == STATUS_OK) status = page_article(document, units, &page, builder->body);
  if (status == STATUS_OK && builder->cut) ++*reader->skipped;
  buffer_clear(&builder->data);
  memory_free(builder, sizeof *builder);
  page_clear(&page);
  return status;
}

Status html_read(Reader *reader)
{
  Document document;
  Units units = {NULL, 0, 0};
  TRY(reader_text(&document, reader));
  const Slice text = document.text;
  const size_t crowded = crowded_tag(text);
  if (crowded) {
    report(reader->report, SEVERITY_ERROR, reader->path, crowded, 0,
           "has a tag with too many attributes");
    return STATUS_LIMIT;
  }
  document.text = SLICE_NONE;
  const Status status = read_page(&document, &units, reader, text);
  if (status == STATUS_NOT_FOUND) {
    report(reader->report, SEVERITY_ERROR, reader->path, 0, 0, "holds no article");
    return STATUS_INPUT;
  }
  TRY(status);
  TRY(document_make_id(
      &document)); /* before its URL is taken for its name: this is not that text */
  return reader_give(reader, &document, &units);
}
