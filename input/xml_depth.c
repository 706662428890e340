#include "input/xml_depth.h"

enum {
  IN_TEXT,
  AFTER_LESS, /* behind "<" */
  IN_START,   /* in a start tag */
  IN_END,     /* in an end tag */
  IN_PI,
  AFTER_BANG, /* behind "<!" */
  IN_COMMENT,
  IN_CDATA,
  IN_DOCTYPE
};

static void end_start_tag(XmlDepth *d)
{
  d->state = IN_TEXT;
  if (d->last[0] == '/') return;
  if (++d->depth > d->deepest) d->deepest = d->depth;
}

/* In a tag or document type: quotes hide everything. True if C is not quoted. */
static bool unquoted(XmlDepth *d, char c)
{
  if (d->quote) {
    if (c == d->quote) d->quote = 0;
    return false;
  }
  if (c == '"' || c == '\'') d->quote = c;
  return d->quote == 0;
}

static void in_doctype(XmlDepth *d, char c)
{
  if (!unquoted(d, c)) return;
  if (c == '[')
    d->subset++;
  else if (c == ']' && d->subset)
    d->subset--;
  else if (c == '>' && !d->subset)
    d->state = IN_TEXT;
}

static void after_less(XmlDepth *d, char c)
{
  d->state = c == '/' ? IN_END : c == '?' ? IN_PI : c == '!' ? AFTER_BANG : IN_START;
  d->name = 0;
  d->quote = 0;
}

static void after_bang(XmlDepth *d, char c)
{
  d->name++;
  if (c == '[')
    d->state = IN_CDATA;
  else if (c == '-')
    d->state = d->name == 2 ? IN_COMMENT : AFTER_BANG;
  else
    d->state = IN_DOCTYPE;
  d->subset = 0;
}

static void feed_byte(XmlDepth *d, char c)
{
  switch (d->state) {
  case IN_TEXT:
    if (c == '<') d->state = AFTER_LESS;
    break;
  case AFTER_LESS:
    after_less(d, c);
    break;
  case IN_START:
    if (unquoted(d, c) && c == '>') end_start_tag(d);
    break;
  case IN_END:
    if (c != '>') break;
    d->state = IN_TEXT;
    if (d->depth) d->depth--;
    break;
  case IN_PI:
    if (c == '>' && d->last[0] == '?') d->state = IN_TEXT;
    break;
  case AFTER_BANG:
    after_bang(d, c);
    break;
  case IN_COMMENT:
    if (c == '>' && d->last[0] == '-' && d->last[1] == '-') d->state = IN_TEXT;
    break;
  case IN_CDATA:
    if (c == '>' && d->last[0] == ']' && d->last[1] == ']') d->state = IN_TEXT;
    break;
  default:
    in_doctype(d, c);
    break;
  }
  d->last[1] = d->last[0];
  d->last[0] = c;
}

void xml_depth_feed(XmlDepth *depth, Slice bytes)
{
  for (size_t i = 0; i < bytes.len; i++) feed_byte(depth, bytes.ptr[i]);
}
