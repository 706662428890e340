/* Graphviz writes its elements in a fixed form, one start tag a line, so that looking for a few
   fixed strings is enough; labels cannot contain them, since their quotes are escaped. */
#include "svg.h"

#include "wording.h"

static const char style[] =
    "<style>\n"
    ".node, .edge, .mark.label { transition: opacity .15s }\n"
    ".edge a, .node a { cursor: default }\n"
    ".edge a[*|href], .node a[*|href] { cursor: pointer }\n"
    ".edge:hover path { stroke-opacity: .55 }\n"
    ".node:hover polygon, .node:hover ellipse, .node:hover path { stroke-width: 2.5 }\n"
    "</style>\n";

static const struct {
  const char *from, *to;
} changes[] = {
    {"class=\"node mark", "class=\"mark"},
    {"class=\"edge mark", "class=\"mark"},
    {"<title>entente</title>\n", ""},
    {" stroke=\"transparent\"", " stroke=\"none\""},
};

/* The length of what CHANGES replaces at AT, with *INSTEAD set; 0 if nothing. */
static size_t change_at(Slice svg, size_t at, const char **instead)
{
  for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
    const size_t n = strlen(changes[i].from);
    if (n > svg.len - at || memcmp(svg.ptr + at, changes[i].from, n) != 0) continue;
    *instead = changes[i].to;
    return n;
  }
  return 0;
}

static Status add_head(Buffer *out, Slice title)
{
  TRY(buffer_text(out, "<title>"));
  TRY(words_xml(out, title));
  TRY(buffer_text(out, "</title>\n"));
  return buffer_text(out, style);
}

Status svg_finish(Buffer *out, Slice svg, Slice title)
{
  size_t start = 0;
  bool in_svg = false, headed = false;
  for (size_t i = 0; i < svg.len; i++) {
    const char c = svg.ptr[i];
    const char *instead;
    if (c == '<' && svg.len - i > 4 && memcmp(svg.ptr + i, "<svg", 4) == 0) in_svg = true;
    if (in_svg && !headed && c == '\n' && svg.ptr[i - 1] == '>') {
      TRY(buffer_slice(out, slice_part(svg, start, i + 1)));
      TRY(add_head(out, title));
      start = i + 1;
      headed = true;
    }
    if (c != '<' && c != 'c' && c != ' ') continue;
    const size_t length = change_at(svg, i, &instead);
    if (!length) continue;
    TRY(buffer_slice(out, slice_part(svg, start, i)));
    TRY(buffer_text(out, instead));
    start = i + length;
    i = start - 1;
  }
  return buffer_slice(out, slice_part(svg, start, svg.len));
}
