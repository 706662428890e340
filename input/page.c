/* The article is the box that says so (articleBody, <article>, <main>) and holds a good part of the
   running text; else one goes down from the outermost box as long as one box inside it holds most
   of the text. In that box, what is mostly links is left out, and what stands in boxes named as
   furniture, unless most of the page would go. After readability scoring by text and link density
   (Kohlschütter, Fankhauser, Nejdl: Boilerplate Detection using Shallow Text Features, 2010). */
#include "page.h"

#define RUNNING 60 /* bytes from which a run without many links is running text */

static uint32_t length_of(const Run *run)
{
  return run->span.end - run->span.start;
}

/* Bytes of running text in a run. */
static uint32_t prose_of(const Run *run, uint32_t least)
{
  const uint32_t length = length_of(run);
  return length >= least && run->level == 0 && run->links < length / 3 + 1 ? length - run->links
                                                                           : 0;
}

/* Let go of marks of furniture that would take most of the page. */
static void clear_junk(Page *page, uint32_t least)
{
  uint64_t total = 0;
  for (size_t i = 0; i < page->run_count; i++) total += prose_of(&page->runs[i], least);
  for (size_t i = 0; i < page->run_count;) {
    const uint32_t junk = page->runs[i].junk;
    uint64_t inside = 0;
    size_t end = i;
    for (; end < page->run_count && page->runs[end].junk == junk; end++) {
      inside += prose_of(&page->runs[end], least);
    }
    for (; i < end; i++) {
      if (inside * 2 > total) page->runs[i].junk = PAGE_NONE;
    }
  }
}

/* Sum the running text of every box; 0 if there is none in the page. */
static uint32_t sum_prose(Page *page, uint32_t least)
{
  uint32_t total = 0;
  for (size_t i = 0; i < page->box_count; i++) page->boxes[i].prose = 0;
  for (size_t i = 0; i < page->run_count; i++) {
    const Run *const run = &page->runs[i];
    if (run->junk != PAGE_NONE || run->box == PAGE_NONE) continue;
    page->boxes[run->box].prose += prose_of(run, least);
    total += prose_of(run, least);
  }
  for (size_t i = page->box_count; i-- > 0;) {
    const Box *const box = &page->boxes[i];
    if (box->parent != PAGE_NONE) page->boxes[box->parent].prose += box->prose;
  }
  return total;
}

/* The innermost box of KIND with nearly the most text of its kind. */
static uint32_t best_box(const Page *page, BoxKind kind)
{
  uint32_t most = 0, best = PAGE_NONE;
  for (size_t i = 0; i < page->box_count; i++) {
    if (page->boxes[i].kind == kind && page->boxes[i].prose > most) most = page->boxes[i].prose;
  }
  for (size_t i = 0; i < page->box_count && most; i++) {
    if (page->boxes[i].kind == kind && page->boxes[i].prose >= most / 5 * 4) best = (uint32_t)i;
  }
  return best;
}

/* Down from the outermost box, while one inside has three quarters of the text. Boxes are in the
   order in which they open, so one pass is enough. */
static uint32_t densest_box(const Page *page)
{
  uint32_t best = PAGE_NONE;
  for (size_t i = 0; i < page->box_count; i++) {
    const Box *const box = &page->boxes[i];
    if (best == PAGE_NONE) {
      if (box->parent == PAGE_NONE && box->prose > 0) best = (uint32_t)i;
    } else if (box->parent == best && box->prose > page->boxes[best].prose / 4 * 3) {
      best = (uint32_t)i;
    }
  }
  return best;
}

static uint32_t choose_box(const Page *page, uint32_t total)
{
  static const BoxKind kinds[] = {BOX_BODY, BOX_ARTICLE, BOX_MAIN};
  for (size_t i = 0; i < 3; i++) {
    const uint32_t box = best_box(page, kinds[i]);
    if (box != PAGE_NONE && page->boxes[box].prose >= total / 3) return box;
  }
  return densest_box(page);
}

static bool is_inside(const Page *page, const Run *run, uint32_t box)
{
  return run->box != PAGE_NONE && run->box >= box && run->box <= page->boxes[box].last;
}

/* The main heading: the last one before the article's text, or the first inside. */
static size_t find_heading(const Page *page, uint32_t box)
{
  size_t found = page->run_count;
  for (size_t i = 0; i < page->run_count; i++) {
    const Run *const run = &page->runs[i];
    const bool inside = is_inside(page, run, box);
    const bool linked = !inside && run->links * 2 > length_of(run); /* the site's name */
    if (run->level == 1 && run->junk == PAGE_NONE && !linked) {
      found = i;
      if (inside) return i;
    } else if (inside && prose_of(run, RUNNING) && found < page->run_count) {
      return found;
    }
  }
  return found;
}

static Slice run_text(const Page *page, const Run *run)
{
  return slice_part(buffer_as_slice(&page->text), run->span.start, run->span.end);
}

/* Append RUN to the text, TEXT being large enough, and note where it stands. */
static void put_run(Span *span, char *text, uint32_t *length, const Page *page, const Run *run)
{
  if (*length) memcpy(text + *length, "\n\n", 2), *length += 2;
  memcpy(text + *length, run_text(page, run).ptr, length_of(run));
  *span = (Span){*length, *length + length_of(run)};
  *length += length_of(run);
}

static Status add_unit(Units *units, Document *document, Span span, const Run *run)
{
  TRY(units_add(units, document->arena, document->text, span, run->item));
  Unit *const unit = &units->items[units->count - 1];
  if (run->level == 0) return STATUS_OK;
  unit->shape = UNIT_SHORT;
  unit->marked = unit->heading = true;
  return STATUS_OK;
}

static bool is_kept(const Page *page, const Run *run, uint32_t box)
{
  return is_inside(page, run, box) && run->junk == PAGE_NONE && run->links * 2 <= length_of(run);
}

static Status put_article(Document *document, Units *units, const Page *page, uint32_t box)
{
  const size_t heading = find_heading(page, box);
  size_t size = 1;
  for (size_t i = 0; i < page->run_count; i++) size += length_of(&page->runs[i]) + 2;
  char *const text = arena_alloc(document->arena, size);
  if (!text) return STATUS_MEMORY;
  uint32_t length = 0;
  Span span;
  document->text = (Slice){text, 0};
  for (size_t i = 0; i < page->run_count; i++) {
    const Run *const run = &page->runs[i];
    if (i != heading && !is_kept(page, run, box)) continue;
    put_run(&span, text, &length, page, run);
    document->text.len = length;
    TRY(add_unit(units, document, span, run));
  }
  return STATUS_OK;
}

/* Part "Pact signed | Example News" into the title and the name of the site; false if it is one. */
static bool part_title(Slice *title, Slice *site, Slice whole)
{
  static const char *const dividers[] = {" | ", " - ", " \xe2\x80\x93 ", " \xe2\x80\x94 "};
  for (size_t at = whole.len; at-- > whole.len / 3;) {
    const Slice rest = slice_part(whole, at, whole.len);
    for (size_t i = 0; i < 4; i++) {
      if (!slice_starts(rest, dividers[i])) continue;
      *title = slice_part(whole, 0, at);
      *site = slice_part(rest, strlen(dividers[i]), rest.len);
      return true;
    }
  }
  *title = whole;
  return false;
}

/* The page's title, if nothing better is known; its site, if what is before it is the headline. */
static void fill_title(Document *document, const Page *page, const Units *units)
{
  Slice title, site = SLICE_NONE, headline = document->title;
  const bool parted = part_title(&title, &site, page->heading);
  if (headline.len == 0 && units->count && units->items[0].heading) {
    const Span span = units->items[0].span;
    headline = slice_part(document->text, span.start, span.end);
  }
  if (headline.len == 0) document->title = title;
  if (document->publisher.len == 0 && parted && slice_equal(title, headline)) {
    document->publisher = site;
  }
}

static Status fill_about(Document *document, const Page *page)
{
  if (document->title.len == 0) document->title = page->title;
  if (document->publisher.len == 0) document->publisher = page->site;
  if (document->author.len == 0) document->author = page->author;
  if (document->url.len == 0) document->url = page->url;
  if (document->date.len == 0) TRY(date_read(&document->date, document->arena, page->published));
  if (document->date.len == 0) TRY(date_read(&document->date, document->arena, page->time));
  return STATUS_OK;
}

Status page_article(Document *document, Units *units, Page *page, Slice body)
{
  uint32_t least = RUNNING;
  clear_junk(page, least);
  uint32_t total = sum_prose(page, least);
  if (total == 0) {
    least = 1;
    clear_junk(page, least);
    total = sum_prose(page, least);
  }
  TRY(fill_about(document, page));
  const uint32_t box = choose_box(page, total);
  if (total > 0 && box != PAGE_NONE && total >= body.len / 3) {
    TRY(put_article(document, units, page, box));
  } else {
    document->text = body;
    TRY(layout_units(units, document->arena, body));
  }
  fill_title(document, page, units);
  return units->count ? STATUS_OK : STATUS_NOT_FOUND;
}
