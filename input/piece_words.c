/* Flat lists: they are short, and most are asked only behind a hyphen, an apostrophe, a full stop
   or a number. */
#include "input/piece_words.h"

typedef struct Words {
  const char *const *items;
  size_t count;
} Words;
#define WORDS(array) ((Words){array, sizeof(array) / sizeof *(array)})

static const char *const prefixes[] = {
    "anti",  "arch",  "co",   "counter", "cross",  "e",     "ex",    "extra", "hyper", "inter",
    "intra", "macro", "mega", "micro",   "mid",    "mini",  "multi", "neo",   "non",   "over",
    "para",  "post",  "pre",  "pro",     "pseudo", "re",    "semi",  "socio", "sub",   "super",
    "trans", "tri",   "uber", "ultra",   "un",     "under", "vice"};

static const char *const units[] = {
    "am",  "pm",  "k",   "m",  "b",   "bn",  "mn", "mm",      "cm",      "km",  "kg", "g",
    "mg",  "lb",  "lbs", "ft", "oz",  "hz",  "hr", "hrs",     "mph",     "kw",  "mw", "gw",
    "kwh", "mhz", "ghz", "gb", "mb",  "kb",  "tb", "min",     "mins",    "sec", "yr", "yrs",
    "a.m", "p.m", "c",   "f",  "kph", "kmh", "tn", "million", "billion", "ha",  "kt", "mt"};

static const char *const ordinals[] = {"st", "nd", "rd", "th", "s"};

static const char *const abbreviations[] = {
    "mr",   "mrs",    "ms",   "dr",   "prof", "messrs", "mlle",  "mme",   "st",   "ste",  "ft",
    "sen",  "col",    "lt",   "sgt",  "capt", "cmdr",   "brig",  "adm",   "cpl",  "pvt",  "reps",
    "sens", "govs",   "gens", "vs",   "inc",  "corp",   "co",    "ltd",   "bros", "llc",  "plc",
    "jr",   "sr",     "esq",  "jan",  "feb",  "apr",    "aug",   "sept",  "sep",  "oct",  "nov",
    "dec",  "dept",   "univ", "assn", "ave",  "blvd",   "rd",    "hwy",   "vol",  "pp",   "cf",
    "al",   "approx", "e.g",  "i.e",  "ph.d", "etc",    "eg",    "ie",    "attn", "supt", "amb",
    "atty", "insp",   "msgr", "cmte", "intl", "natl",   "gov't", "calif", "mich", "okla", "tenn",
    "wis",  "colo",   "ariz", "ky",   "nev",  "esp"};

/* Other words when they are written small; compared as they are. */
static const char *const capital_abbreviations[] = {
    "Mass", "Wash", "Penn", "Conn", "Det", "Est", "Ed",   "Eds", "Ca",
    "Fr",   "Ont",  "Que",  "Tex",  "Va",  "Sec", "Rep",  "Gen", "Gov",
    "Pres", "Rev",  "Hon",  "Mt",   "Fla", "Maj", "Cont", "Ala", "Minn"};

static const char *const numbered[] = {
    "no",  "rs",  "nos",  "art", "fig", "sec",  "p",     "ch",  "par", "mar", "jun", "jul", "sun",
    "mon", "tue", "tues", "wed", "thu", "thur", "thurs", "fri", "sat", "ext", "c",   "v"};

static const char *const clitics[] = {"s", "m", "re", "ve", "ll", "d"};

static const char *const domains[] = {"com", "org",  "net", "gov", "edu",
                                      "int", "info", "mil", "io"};

static const char *const emoticons[] = {
    ":-)", ":-(", ":-D", ":-P", ";-)", ":')", ":'(", ":)",  ":(", ":D", ":P", ":p", ";)", ";D",
    "=)",  "=(",  ":]",  ":/",  ":|",  "<3",  "^_^", "-_-", "xD", "XD", ":o", ":O", "8)"};

static const struct {
  const char *whole;
  size_t cut;
} fused[] = {{"cannot", 3},   {"gonna", 3},  {"wanna", 3}, {"gotta", 3},  {"dont", 2},
             {"didnt", 3},    {"doesnt", 4}, {"isnt", 2},  {"wasnt", 3},  {"wouldnt", 5},
             {"couldnt", 5},  {"cant", 2},   {"wont", 2},  {"ive", 1},    {"youre", 3},
             {"theyre", 4},   {"thats", 4},  {"arent", 3}, {"havent", 4}, {"hasnt", 3},
             {"shouldnt", 6}, {"aint", 2},   {"im", 1}};

static bool same_fold(Slice a, const char *b)
{
  size_t i = 0;
  for (; i < a.len && b[i]; i++) {
    const char c = a.ptr[i];
    if ((c >= 'A' && c <= 'Z' ? c + 32 : c) != b[i]) return false;
  }
  return i == a.len && !b[i];
}

static bool among(Slice word, Words list)
{
  for (size_t i = 0; i < list.count; i++) {
    if (same_fold(word, list.items[i])) return true;
  }
  return false;
}

bool word_is_prefix(Slice word)
{
  return among(word, WORDS(prefixes));
}

bool word_is_unit(Slice word)
{
  return among(word, WORDS(units)) && !slice_is(word, "G"); /* 5G */
}

bool word_is_ordinal(Slice word)
{
  return among(word, WORDS(ordinals));
}

bool word_is_clitic(Slice word)
{
  return among(word, WORDS(clitics));
}

bool word_is_domain(Slice word)
{
  return among(word, WORDS(domains));
}

bool word_is_abbreviation(Slice word, bool before_number)
{
  if (among(word, WORDS(abbreviations))) return true;
  for (size_t i = 0; i < sizeof capital_abbreviations / sizeof *capital_abbreviations; i++) {
    if (slice_is(word, capital_abbreviations[i])) return true;
  }
  return before_number && among(word, WORDS(numbered));
}

size_t word_fused(Slice word)
{
  for (size_t i = 0; i < sizeof fused / sizeof *fused; i++) {
    if (same_fold(word, fused[i].whole)) return fused[i].cut;
  }
  return 0;
}

size_t word_emoticon(Slice text)
{
  for (size_t i = 0; i < sizeof emoticons / sizeof *emoticons; i++) {
    if (slice_starts(text, emoticons[i])) return strlen(emoticons[i]);
  }
  return 0;
}
