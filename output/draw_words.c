#include "draw_words.h"

static bool read_factualities(unsigned *out, Slice text)
{
  for (size_t at = 0; at < text.len;) {
    size_t end = at;
    while (end < text.len && text.ptr[end] != ',') end++;
    unsigned bit = 0;
    for (unsigned f = 0; f < 4; f++) {
      if (slice_is(slice_part(text, at, end), factuality_name((Factuality)f))) bit = 1u << f;
    }
    if (!bit) return false;
    *out |= bit;
    at = end + 1;
  }
  return true;
}

/* A decimal above 0 and at most 20, without regard to the locale. */
static bool read_scale(double *out, const char *text)
{
  double unit = 1;
  *out = 0;
  for (; *text >= '0' && *text <= '9'; text++) *out = *out * 10 + (*text - '0');
  if (*text == '.') text++;
  for (; *text >= '0' && *text <= '9'; text++) *out += (*text - '0') * (unit /= 10);
  return *text == '\0' && *out > 0 && *out <= 20;
}

static bool read_level(ViewLevel *out, const char *text)
{
  *out = strcmp(text, "country") ? VIEW_ACTOR : VIEW_COUNTRY;
  return *out == VIEW_COUNTRY || !strcmp(text, "actor");
}

static bool read_theme(ThemeName *out, const char *text)
{
  *out = strcmp(text, "dark") ? THEME_LIGHT : THEME_DARK;
  return *out == THEME_DARK || !strcmp(text, "light");
}

static Status complain(const Report *sink, const char *what, const char *given)
{
  report(sink, SEVERITY_ERROR, NULL, 0, 0, "%s, not %s", what, given);
  return STATUS_ARGUMENT;
}

static Status read_numbers(DrawOptions *out, const DrawWords *w, const Report *sink)
{
  unsigned weight = 0;
  if (w->depth && !slice_count(&out->depth, slice_of(w->depth))) {
    return complain(sink, "--depth takes a number from 1", w->depth);
  }
  if (w->min_weight && !slice_count(&weight, slice_of(w->min_weight))) {
    return complain(sink, "--min-weight takes a number from 1", w->min_weight);
  }
  if (w->layout_timeout && !slice_count(&out->timeout, slice_of(w->layout_timeout))) {
    return complain(sink, "--layout-timeout takes seconds from 1", w->layout_timeout);
  }
  if (w->scale && !read_scale(&out->scale, w->scale)) {
    return complain(sink, "--scale takes a number up to 20", w->scale);
  }
  out->min_weight = weight;
  return STATUS_OK;
}

static Status read_names(DrawOptions *out, const DrawWords *w, const Report *sink)
{
  if (w->level && !read_level(&out->level, w->level)) {
    return complain(sink, "--level is actor or country", w->level);
  }
  if (w->theme && !read_theme(&out->theme, w->theme)) {
    return complain(sink, "--theme is light or dark", w->theme);
  }
  if (w->factuality && !read_factualities(&out->factualities, slice_of(w->factuality))) {
    return complain(sink, "--factuality lists actual, planned, possible, denied", w->factuality);
  }
  if (w->layout && !draw_layout_known(slice_of(w->layout))) {
    return complain(sink, "--layout is dot, neato, fdp, sfdp, circo or twopi", w->layout);
  }
  return STATUS_OK;
}

Status draw_words_read(DrawOptions *out, const DrawWords *words, const Report *sink)
{
  out->since = slice_of(words->since);
  out->until = slice_of(words->until);
  out->layout = words->layout;
  out->title = slice_of(words->title);
  out->link = words->link != NULL;
  out->link_template = slice_of(words->link);
  out->all = words->all;
  TRY(read_names(out, words, sink));
  return read_numbers(out, words, sink);
}
