/* Words of layout, not of meaning: what sites print around an article, in the English of many of
   them. A line is compared as a whole, by its start or by what it holds; a line of menu words is
   furniture whatever their order. */
#include "phrases.h"

#include "graph/unicode.h"

#include <stdlib.h>

/* BRIEF: by its start, but only a line of at most BRIEF_WORDS words. */
typedef enum Match { WHOLE, BRIEF, START, HOLDS } Match;

#define BRIEF_WORDS 25

typedef struct Phrase {
  const char *words; /* folded */
  uint8_t match, kind;
} Phrase;

static const Phrase phrases[] = {
    /* buttons, players, forms */
    {"skip to ", BRIEF, PHRASE_FURNITURE},
    {"jump to ", BRIEF, PHRASE_FURNITURE},
    {"loading", WHOLE, PHRASE_FURNITURE},
    {"loading...", WHOLE, PHRASE_FURNITURE},
    {"loading\xe2\x80\xa6", WHOLE, PHRASE_FURNITURE},
    {"share this", BRIEF, PHRASE_FURNITURE},
    {"share on ", BRIEF, PHRASE_FURNITURE},
    {"share via ", BRIEF, PHRASE_FURNITURE},
    {"share to ", BRIEF, PHRASE_FURNITURE},
    {"email this", BRIEF, PHRASE_FURNITURE},
    {"print this", BRIEF, PHRASE_FURNITURE},
    {"copy link", BRIEF, PHRASE_FURNITURE},
    {"link copied", BRIEF, PHRASE_FURNITURE},
    {"click here", BRIEF, PHRASE_FURNITURE},
    {"tap here", HOLDS, PHRASE_FURNITURE},
    {"if you're unable to load", START, PHRASE_FURNITURE},
    {"if you are unable to load", START, PHRASE_FURNITURE},
    {"your browser does not support", HOLDS, PHRASE_FURNITURE},
    {"enable javascript", HOLDS, PHRASE_FURNITURE},
    {"playback is unsupported", HOLDS, PHRASE_FURNITURE},
    {"please enter your", BRIEF, PHRASE_FURNITURE},
    {"please enter a valid", BRIEF, PHRASE_FURNITURE},
    {"please log in", BRIEF, PHRASE_FURNITURE},
    {"please sign in", BRIEF, PHRASE_FURNITURE},
    {"you must be logged in", START, PHRASE_FURNITURE},
    {"you have entered an incorrect", BRIEF, PHRASE_FURNITURE},
    {"your email address will not be published", HOLDS, PHRASE_FURNITURE},
    {"required fields are marked", HOLDS, PHRASE_FURNITURE},
    {"save my name", START, PHRASE_FURNITURE},
    {"notify me of ", BRIEF, PHRASE_FURNITURE},
    {"was this article", BRIEF, PHRASE_FURNITURE},
    {"was this page", BRIEF, PHRASE_FURNITURE},
    {"did you find this", BRIEF, PHRASE_FURNITURE},
    {"back to top", WHOLE, PHRASE_FURNITURE},
    {"show more", BRIEF, PHRASE_FURNITURE},
    {"load more", BRIEF, PHRASE_FURNITURE},
    {"see more", WHOLE, PHRASE_FURNITURE},
    {"view all", BRIEF, PHRASE_FURNITURE},
    {"log in to ", BRIEF, PHRASE_FURNITURE},
    {"already a subscriber", BRIEF, PHRASE_FURNITURE},
    {"already a member", BRIEF, PHRASE_FURNITURE},
    {"advertisement", WHOLE, PHRASE_FURNITURE},
    {"advertisement - ", BRIEF, PHRASE_FURNITURE},
    {"story continues below", BRIEF, PHRASE_FURNITURE},
    {"article continues below", BRIEF, PHRASE_FURNITURE},
    {"sponsored", WHOLE, PHRASE_FURNITURE},
    {"sponsored content", BRIEF, PHRASE_FURNITURE},
    {"paid content", BRIEF, PHRASE_FURNITURE},
    {"content warning", WHOLE, PHRASE_FURNITURE},
    {"key points:", WHOLE, PHRASE_FURNITURE},
    {"listen to this article", BRIEF, PHRASE_FURNITURE},
    {"listen to article", BRIEF, PHRASE_FURNITURE},
    {"min read", HOLDS, PHRASE_FURNITURE},
    {"minute read", HOLDS, PHRASE_FURNITURE},
    /* the end of the article */
    {"leave a reply", BRIEF, PHRASE_END},
    {"leave a comment", BRIEF, PHRASE_END},
    {"post a comment", BRIEF, PHRASE_END},
    {"write a comment", BRIEF, PHRASE_END},
    {"join the conversation", BRIEF, PHRASE_END},
    {"join the discussion", BRIEF, PHRASE_END},
    {"comments (", BRIEF, PHRASE_END},
    {"comments:", WHOLE, PHRASE_END},
    {"comments", WHOLE, PHRASE_END},
    {"no comments", WHOLE, PHRASE_END},
    {"view comments", BRIEF, PHRASE_END},
    {"show comments", BRIEF, PHRASE_END},
    {"read comments", BRIEF, PHRASE_END},
    {"reader comments", BRIEF, PHRASE_END},
    {"be the first to comment", BRIEF, PHRASE_END},
    {"about the author", WHOLE, PHRASE_END},
    /* other articles */
    {"read also", BRIEF, PHRASE_LIST},
    {"also read", BRIEF, PHRASE_LIST},
    {"read more", BRIEF, PHRASE_LIST},
    {"read next", BRIEF, PHRASE_LIST},
    {"read our ", BRIEF, PHRASE_LIST},
    {"read:", BRIEF, PHRASE_FURNITURE},
    {"see also", BRIEF, PHRASE_LIST},
    {"watch:", BRIEF, PHRASE_FURNITURE},
    {"watch now", BRIEF, PHRASE_FURNITURE},
    {"watch live", BRIEF, PHRASE_FURNITURE},
    {"watch more", BRIEF, PHRASE_LIST},
    {"related:", BRIEF, PHRASE_LIST},
    {"related", WHOLE, PHRASE_LIST},
    {"related news", BRIEF, PHRASE_LIST},
    {"related articles", BRIEF, PHRASE_LIST},
    {"related stories", BRIEF, PHRASE_LIST},
    {"related story", BRIEF, PHRASE_LIST},
    {"related topics", BRIEF, PHRASE_LIST},
    {"related posts", BRIEF, PHRASE_LIST},
    {"related content", BRIEF, PHRASE_LIST},
    {"related coverage", BRIEF, PHRASE_LIST},
    {"related links", BRIEF, PHRASE_LIST},
    {"related tags", BRIEF, PHRASE_LIST},
    {"more on this", BRIEF, PHRASE_LIST},
    {"more on: ", BRIEF, PHRASE_LIST},
    {"explore more on", BRIEF, PHRASE_LIST},
    {"more from ", BRIEF, PHRASE_LIST},
    {"more stories", BRIEF, PHRASE_LIST},
    {"more news", WHOLE, PHRASE_LIST},
    {"more:", BRIEF, PHRASE_LIST},
    {"latest news", BRIEF, PHRASE_LIST},
    {"latest stories", BRIEF, PHRASE_LIST},
    {"latest headlines", BRIEF, PHRASE_LIST},
    {"top stories", BRIEF, PHRASE_LIST},
    {"top news", WHOLE, PHRASE_LIST},
    {"in other news", WHOLE, PHRASE_LIST},
    {"most read", BRIEF, PHRASE_LIST},
    {"most popular", BRIEF, PHRASE_LIST},
    {"most viewed", BRIEF, PHRASE_LIST},
    {"most shared", BRIEF, PHRASE_LIST},
    {"trending now", BRIEF, PHRASE_LIST},
    {"trending", WHOLE, PHRASE_LIST},
    {"popular posts", BRIEF, PHRASE_LIST},
    {"recent posts", BRIEF, PHRASE_LIST},
    {"recommended for you", BRIEF, PHRASE_LIST},
    {"recommended", WHOLE, PHRASE_LIST},
    {"recommended stories", BRIEF, PHRASE_LIST},
    {"you may also like", BRIEF, PHRASE_LIST},
    {"you might also like", BRIEF, PHRASE_LIST},
    {"you may be interested in", BRIEF, PHRASE_LIST},
    {"don't miss", BRIEF, PHRASE_LIST},
    {"up next", WHOLE, PHRASE_LIST},
    {"what to read next", BRIEF, PHRASE_LIST},
    {"editor's pick", BRIEF, PHRASE_LIST},
    {"editors' pick", BRIEF, PHRASE_LIST},
    {"explore more", BRIEF, PHRASE_LIST},
    {"from around the web", BRIEF, PHRASE_LIST},
    {"around the web", WHOLE, PHRASE_LIST},
    {"previous article", BRIEF, PHRASE_LIST},
    {"next article", BRIEF, PHRASE_LIST},
    {"previous post", BRIEF, PHRASE_LIST},
    {"next post", BRIEF, PHRASE_LIST},
    {"on this page", WHOLE, PHRASE_LIST},
    {"in this article", WHOLE, PHRASE_LIST},
    {"table of contents", WHOLE, PHRASE_LIST},
    {"things to know", HOLDS, PHRASE_LIST},
    {"tags:", BRIEF, PHRASE_LIST},
    {"tags", WHOLE, PHRASE_LIST},
    {"topics:", BRIEF, PHRASE_LIST},
    {"topics", WHOLE, PHRASE_LIST},
    {"filed under", BRIEF, PHRASE_LIST},
    {"categories:", BRIEF, PHRASE_LIST},
    {"keywords:", BRIEF, PHRASE_LIST},
    {"continued on ", BRIEF, PHRASE_FURNITURE},
    {"continued from ", BRIEF, PHRASE_FURNITURE},
    {"posted in ", BRIEF, PHRASE_FURNITURE},
    /* newsletters, apps, money */
    {"sign up for ", BRIEF, PHRASE_FURNITURE},
    {"sign up to ", BRIEF, PHRASE_FURNITURE},
    {"sign up here", BRIEF, PHRASE_FURNITURE},
    {"subscribe to ", BRIEF, PHRASE_FURNITURE},
    {"subscribe now", BRIEF, PHRASE_FURNITURE},
    {"subscribe for ", BRIEF, PHRASE_FURNITURE},
    {"our newsletter", HOLDS, PHRASE_FURNITURE},
    {"get the latest news", BRIEF, PHRASE_FURNITURE},
    {"get our ", BRIEF, PHRASE_FURNITURE},
    {"stay informed", BRIEF, PHRASE_FURNITURE},
    {"stay up to date", BRIEF, PHRASE_FURNITURE},
    {"stay connected", BRIEF, PHRASE_FURNITURE},
    {"follow us on", HOLDS, PHRASE_FURNITURE},
    {"follow us", WHOLE, PHRASE_FURNITURE},
    {"like us on facebook", HOLDS, PHRASE_FURNITURE},
    {"join our ", BRIEF, PHRASE_FURNITURE},
    {"join us on ", BRIEF, PHRASE_FURNITURE},
    {"download our ", BRIEF, PHRASE_FURNITURE},
    {"download the app", BRIEF, PHRASE_FURNITURE},
    {"support our journalism", HOLDS, PHRASE_FURNITURE},
    {"support independent journalism", HOLDS, PHRASE_FURNITURE},
    {"make a donation", BRIEF, PHRASE_FURNITURE},
    {"donate now", BRIEF, PHRASE_FURNITURE},
    {"got a tip", BRIEF, PHRASE_FURNITURE},
    {"have a news tip", HOLDS, PHRASE_FURNITURE},
    /* law and origin */
    {"all rights reserved", HOLDS, PHRASE_FURNITURE},
    {"copyright ", START, PHRASE_FURNITURE},
    {"\xc2\xa9", START, PHRASE_FURNITURE},
    {"(c) 19", START, PHRASE_FURNITURE},
    {"(c) 20", START, PHRASE_FURNITURE},
    {"may not be published, broadcast", HOLDS, PHRASE_FURNITURE},
    {"terms of use", BRIEF, PHRASE_FURNITURE},
    {"terms of service", BRIEF, PHRASE_FURNITURE},
    {"terms and conditions", BRIEF, PHRASE_FURNITURE},
    {"terms & conditions", BRIEF, PHRASE_FURNITURE},
    {"privacy policy", BRIEF, PHRASE_FURNITURE},
    {"privacy notice", BRIEF, PHRASE_FURNITURE},
    {"cookie policy", BRIEF, PHRASE_FURNITURE},
    {"cookie settings", BRIEF, PHRASE_FURNITURE},
    {"we use cookies", START, PHRASE_FURNITURE},
    {"we value your privacy", START, PHRASE_FURNITURE},
    {"this website uses cookies", START, PHRASE_FURNITURE},
    {"this site uses cookies", START, PHRASE_FURNITURE},
    {"this site is protected by", START, PHRASE_FURNITURE},
    {"by using this site", START, PHRASE_FURNITURE},
    {"by signing up", START, PHRASE_FURNITURE},
    {"by subscribing", START, PHRASE_FURNITURE},
    {"disclaimer", START, PHRASE_FURNITURE},
    {"views expressed", START, PHRASE_FURNITURE},
    {"the views expressed", START, PHRASE_FURNITURE},
    {"(the views expressed", START, PHRASE_FURNITURE},
    {"opinions expressed", START, PHRASE_FURNITURE},
    {"the opinions expressed", START, PHRASE_FURNITURE},
    {"(the opinions expressed", START, PHRASE_FURNITURE},
    {"reporting by ", BRIEF, PHRASE_FURNITURE},
    {"(reporting by ", START, PHRASE_FURNITURE},
    {"additional reporting by", BRIEF, PHRASE_FURNITURE},
    {"(additional reporting", START, PHRASE_FURNITURE},
    {"editing by ", BRIEF, PHRASE_FURNITURE},
    {"(editing by ", START, PHRASE_FURNITURE},
    {"writing by ", BRIEF, PHRASE_FURNITURE},
    {"(writing by ", START, PHRASE_FURNITURE},
    {"edited by ", BRIEF, PHRASE_FURNITURE},
    {"(with inputs from", BRIEF, PHRASE_FURNITURE},
    {"with inputs from", BRIEF, PHRASE_FURNITURE},
    {"with agency inputs", BRIEF, PHRASE_FURNITURE},
    {"our standards:", START, PHRASE_FURNITURE},
    {"this article was originally published", START, PHRASE_FURNITURE},
    {"this article was first published", START, PHRASE_FURNITURE},
    {"this article originally appeared", START, PHRASE_FURNITURE},
    {"this article first appeared", START, PHRASE_FURNITURE},
    {"this article has been updated", START, PHRASE_FURNITURE},
    {"this article was updated", START, PHRASE_FURNITURE},
    {"this story was originally published", START, PHRASE_FURNITURE},
    {"this story has been updated", START, PHRASE_FURNITURE},
    {"this story was updated", START, PHRASE_FURNITURE},
    {"this story has been published from a wire", START, PHRASE_FURNITURE},
    {"this article is more than", BRIEF, PHRASE_FURNITURE},
    {"this story has not been edited", START, PHRASE_FURNITURE},
    {"(this story has not been edited", START, PHRASE_FURNITURE},
    {"source:", BRIEF, PHRASE_FURNITURE},
    {"author:", BRIEF, PHRASE_FURNITURE},
    {"url:", BRIEF, PHRASE_FURNITURE},
    {"this is a developing story", BRIEF, PHRASE_FURNITURE},
    {"this post appeared first", BRIEF, PHRASE_FURNITURE},
    {"from staff ", BRIEF, PHRASE_FURNITURE},
    {"from our foreign", BRIEF, PHRASE_FURNITURE},
    {"from our correspondent", BRIEF, PHRASE_FURNITURE},
    {"from our staff", BRIEF, PHRASE_FURNITURE},
    {"from our own", BRIEF, PHRASE_FURNITURE},
    {"from our special", BRIEF, PHRASE_FURNITURE},
    {"by our correspondent", BRIEF, PHRASE_FURNITURE},
    {"by our staff", BRIEF, PHRASE_FURNITURE},
    {"by our reporter", BRIEF, PHRASE_FURNITURE},
    {"by our special", BRIEF, PHRASE_FURNITURE},
    {"by our foreign", BRIEF, PHRASE_FURNITURE},
    {"by staff ", BRIEF, PHRASE_FURNITURE},
    {"published:", BRIEF, PHRASE_FURNITURE},
    {"published on ", BRIEF, PHRASE_FURNITURE},
    {"first published", BRIEF, PHRASE_FURNITURE},
    {"last updated", BRIEF, PHRASE_FURNITURE},
    {"last modified", BRIEF, PHRASE_FURNITURE},
    {"updated:", BRIEF, PHRASE_FURNITURE},
    {"updated on ", BRIEF, PHRASE_FURNITURE},
    {"posted on ", BRIEF, PHRASE_FURNITURE},
    {"posted by ", BRIEF, PHRASE_FURNITURE},
    {"posted:", BRIEF, PHRASE_FURNITURE},
    /* pictures */
    {"image caption", START, PHRASE_FURNITURE},
    {"image source", START, PHRASE_FURNITURE},
    {"image credit", BRIEF, PHRASE_FURNITURE},
    {"image:", START, PHRASE_FURNITURE},
    {"image courtesy", BRIEF, PHRASE_FURNITURE},
    {"photo:", START, PHRASE_FURNITURE},
    {"photo by ", BRIEF, PHRASE_FURNITURE},
    {"photo credit", BRIEF, PHRASE_FURNITURE},
    {"photo courtesy", BRIEF, PHRASE_FURNITURE},
    {"photos by ", BRIEF, PHRASE_FURNITURE},
    {"photograph:", START, PHRASE_FURNITURE},
    {"picture:", START, PHRASE_FURNITURE},
    {"picture by ", BRIEF, PHRASE_FURNITURE},
    {"pic courtesy", BRIEF, PHRASE_FURNITURE},
    {"pic:", BRIEF, PHRASE_FURNITURE},
    {"credit:", BRIEF, PHRASE_FURNITURE},
    {"courtesy:", BRIEF, PHRASE_FURNITURE},
    {"file photo", BRIEF, PHRASE_FURNITURE},
    {"caption:", START, PHRASE_FURNITURE},
    {"video caption", START, PHRASE_FURNITURE},
    {"gallery", WHOLE, PHRASE_FURNITURE},
    {"view gallery", BRIEF, PHRASE_FURNITURE},
};

/* How credits read; the first column says how near the end they must begin. */
static const struct {
  size_t within;
  const char *words;
} credits[] = {
    {90, "photo by "},
    {90, "photograph by "},
    {90, "photograph: "},
    {90, "photo: "},
    {90, "picture by "},
    {90, "image credit"},
    {90, "photo credit"},
    {90, "(ap photo"},
    {60, "(photo"},
    {60, "getty images"},
    {60, "afp via "},
    {40, "/ upi"},
    {40, "license photo"},
    {40, "file photo"},
    {40, "epa-efe"},
    {40, "handout via "},
    {40, "handout/"},
    {20, "/reuters"},
    {20, "/ap"},
    {20, "/afp"},
    {20, "/bloomberg"},
    {60, "image courtesy"},
    {60, "photo courtesy"},
};

/* Words that menus, share bars, date lines and weather boxes are made of; sorted. */
static const char *const menu_words[] = {
    "a.m",
    "about",
    "account",
    "ad",
    "africa",
    "ago",
    "alerts",
    "all",
    "am",
    "america",
    "americas",
    "and",
    "app",
    "apps",
    "apr",
    "april",
    "archive",
    "archives",
    "arts",
    "asia",
    "at",
    "aug",
    "august",
    "australia",
    "blog",
    "blogs",
    "bookmark",
    "books",
    "breaking",
    "bst",
    "business",
    "by",
    "cars",
    "categories",
    "cet",
    "classifieds",
    "climate",
    "close",
    "cloudy",
    "comment",
    "comments",
    "contact",
    "cookies",
    "copy",
    "courts",
    "crime",
    "culture",
    "day",
    "days",
    "dec",
    "december",
    "donate",
    "e-paper",
    "east",
    "economy",
    "edition",
    "edt",
    "education",
    "email",
    "english",
    "entertainment",
    "environment",
    "epaper",
    "est",
    "et",
    "europe",
    "events",
    "facebook",
    "faq",
    "faqs",
    "fashion",
    "features",
    "feb",
    "february",
    "film",
    "finance",
    "follow",
    "food",
    "football",
    "for",
    "fri",
    "friday",
    "gallery",
    "games",
    "gmt",
    "headlines",
    "health",
    "help",
    "home",
    "hour",
    "hours",
    "hrs",
    "humidity",
    "in",
    "india",
    "instagram",
    "international",
    "investing",
    "ist",
    "jan",
    "january",
    "jobs",
    "jul",
    "july",
    "jun",
    "june",
    "just",
    "latest",
    "law",
    "letters",
    "life",
    "lifestyle",
    "like",
    "link",
    "linkedin",
    "links",
    "listen",
    "live",
    "local",
    "login",
    "logout",
    "magazine",
    "mail",
    "mar",
    "march",
    "markets",
    "may",
    "media",
    "menu",
    "messenger",
    "middle",
    "min",
    "mins",
    "minute",
    "minutes",
    "mon",
    "monday",
    "money",
    "more",
    "movies",
    "music",
    "my",
    "nation",
    "national",
    "navigation",
    "news",
    "newsletter",
    "newsletters",
    "no",
    "nov",
    "november",
    "obituaries",
    "oct",
    "october",
    "of",
    "off",
    "on",
    "opinion",
    "opinions",
    "or",
    "our",
    "p.m",
    "photo",
    "photos",
    "pinterest",
    "pm",
    "podcast",
    "podcasts",
    "politics",
    "popular",
    "posted",
    "print",
    "privacy",
    "profile",
    "pst",
    "published",
    "puzzles",
    "radio",
    "rain",
    "read",
    "real-estate",
    "reddit",
    "region",
    "register",
    "rss",
    "sat",
    "saturday",
    "save",
    "science",
    "search",
    "sep",
    "sept",
    "september",
    "services",
    "sgt",
    "share",
    "shares",
    "shop",
    "show",
    "sign",
    "sitemap",
    "skype",
    "society",
    "sport",
    "sports",
    "stories",
    "style",
    "subscribe",
    "subscriptions",
    "sun",
    "sunday",
    "sunny",
    "support",
    "tech",
    "technology",
    "telegram",
    "terms",
    "the",
    "threads",
    "thu",
    "thurs",
    "thursday",
    "tiktok",
    "to",
    "today",
    "toggle",
    "top",
    "topics",
    "travel",
    "trending",
    "tue",
    "tues",
    "tuesday",
    "tumblr",
    "tv",
    "tweet",
    "twitter",
    "uk",
    "up",
    "update",
    "updated",
    "us",
    "use",
    "utc",
    "viber",
    "video",
    "videos",
    "views",
    "watch",
    "weather",
    "wed",
    "wednesday",
    "weekend",
    "whatsapp",
    "wind",
    "world",
    "x",
    "yes",
    "you",
    "your",
    "youtube",
};

/* A curly quote or no-break space as ASCII writes it; 0 for what stays as it is. */
static char straight(uint32_t code)
{
  switch (code) {
  case 0x2018:
  case 0x2019:
    return '\'';
  case 0x201c:
  case 0x201d:
    return '"';
  default:
    return unicode_is_space(code) ? ' ' : '\0';
  }
}

Slice phrase_fold(char out[FOLDED], Slice text, bool from_end)
{
  size_t at = from_end && text.len > FOLDED - 5 ? text.len - (FOLDED - 5) : 0;
  size_t length = 0;
  while (at < text.len && length + 5 < FOLDED) {
    const size_t start = at;
    const uint32_t code = utf8_next(text, &at);
    const char plain = straight(code);
    if (plain == ' ' && (length == 0 || out[length - 1] == ' ')) continue;
    if (plain) {
      out[length++] = plain;
    } else if (code < 0x80) {
      out[length++] = (char)(code >= 'A' && code <= 'Z' ? code - 'A' + 'a' : code);
    } else {
      memcpy(out + length, text.ptr + start, at - start);
      length += at - start;
    }
  }
  out[length] = '\0';
  return (Slice){out, length};
}

static const char *find(Slice text, const char *words)
{
  return strstr(text.ptr, words); /* folded text is terminated */
}

PhraseKind phrase_line(Slice folded, size_t words)
{
  if (folded.len == 0) return PHRASE_NONE;
  for (size_t i = 0; i < sizeof phrases / sizeof *phrases; i++) {
    const Phrase *const phrase = &phrases[i];
    bool found = false;
    if (phrase->match != HOLDS && phrase->words[0] != folded.ptr[0]) continue;
    switch ((Match)phrase->match) {
    case WHOLE:
      found = slice_is(folded, phrase->words);
      break;
    case BRIEF:
      found = words <= BRIEF_WORDS && slice_starts(folded, phrase->words);
      break;
    case START:
      found = slice_starts(folded, phrase->words);
      break;
    case HOLDS:
      found = find(folded, phrase->words) != NULL;
      break;
    }
    if (found) return (PhraseKind)phrase->kind;
  }
  return PHRASE_NONE;
}

bool phrase_credit(Slice folded)
{
  for (size_t i = 0; i < sizeof credits / sizeof *credits; i++) {
    const size_t within = credits[i].within;
    const Slice end = slice_part(folded, folded.len > within ? folded.len - within : 0, folded.len);
    if (find(end, credits[i].words)) return true;
  }
  return false;
}

static int compare_words(const void *a, const void *b)
{
  return slice_compare(*(const Slice *)a, slice_of(*(const char *const *)b));
}

static bool is_menu_word(Slice word)
{
  if (word.len && word.ptr[0] >= '0' && word.ptr[0] <= '9') return true;
  return bsearch(&word, menu_words, sizeof menu_words / sizeof *menu_words, sizeof *menu_words,
                 compare_words) != NULL;
}

bool phrase_menu(Slice folded)
{
  for (size_t at = 0; at < folded.len;) {
    size_t end = at;
    while (end < folded.len && folded.ptr[end] != ' ') end++;
    Slice word = slice_part(folded, at, end);
    while (word.len && strchr(",.:;()|/-!?+", word.ptr[word.len - 1])) word.len--;
    while (word.len && strchr("(|/-+", word.ptr[0])) word = slice_part(word, 1, word.len);
    if (word.len && (unsigned char)word.ptr[0] < 0x80 && !is_menu_word(word)) return false;
    at = end + 1;
  }
  return true;
}
