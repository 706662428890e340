/* About 16 triples for each situation: itself with its roles, one quote, the plain edge, and a
   share of its document and its entities. Texts have the length of real ones. */
#include "situations.h"

#include "tests/support/check.h"

#include <stdbool.h>

#define ENTITIES 20000u
#define ENT "<https://w3id.org/entente#"
#define ID "<https://w3id.org/entente/id/"
#define TYPE "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
#define LABEL "<http://www.w3.org/2000/01/rdf-schema#label>"
#define XSD "<http://www.w3.org/2001/XMLSchema#"

typedef struct Maker {
  FILE *file;
  uint64_t random;
  size_t count;
} Maker;

static const char *const CLASSES[][2] = {{"Meeting", "metWith"},      {"Conversation", "spokeWith"},
                                         {"Visit", "visited"},        {"Signing", "signed"},
                                         {"Pledge", "pledged"},       {"Support", "supported"},
                                         {"Criticism", "criticized"}, {"Sanction", "sanctioned"}};

static const char *const WORDS[] = {
    "the",     "minister", "said",  "that",   "both",  "sides",   "would",
    "meet",    "again",    "in",    "spring", "to",    "discuss", "trade",
    "and",     "security", "after", "talks",  "on",    "grain",   "shipments",
    "through", "strait",   "while", "allies", "urged", "a",       "ceasefire"};

static void words(Maker *maker, unsigned least, unsigned more)
{
  const unsigned count = least + check_below(&maker->random, more);
  for (unsigned i = 0; i < count; i++) {
    fprintf(maker->file, "%s%s", i ? " " : "",
            WORDS[check_below(&maker->random, sizeof WORDS / sizeof *WORDS)]);
  }
}

static void entity_name(Maker *maker, uint32_t entity)
{
  static const char *const GIVEN[] = {"Anna", "Bashir", "Chen", "Dalia", "Emeka", "Farah", "Goran"};
  static const char *const FAMILY[] = {"Okafor", "Lindqvist", "Haddad",
                                       "Moreau", "Tanaka",    "Novak"};
  fprintf(maker->file, "%s_%s_%u", GIVEN[entity % 7], FAMILY[entity % 6], entity);
}

static void entity(Maker *maker, uint32_t number)
{
  fputs(ID, maker->file);
  entity_name(maker, number);
  fputs(">", maker->file);
}

static void document(Maker *maker, size_t number)
{
  fprintf(maker->file, "<https://news.example.org/2023/%02zu/story-%zu-of-the-day", number % 12 + 1,
          number);
}

static void end(Maker *maker)
{
  fputs(" .\n", maker->file);
  maker->count++;
}

static void write_entities(Maker *maker, uint32_t from, uint32_t to)
{
  for (uint32_t i = from; i < to; i++) {
    entity(maker, i);
    fprintf(maker->file, " " TYPE " " ENT "%s>", i % 5 ? "Person" : "Country");
    end(maker);
    entity(maker, i);
    fputs(" " LABEL " \"", maker->file);
    entity_name(maker, i);
    fputs("\"", maker->file);
    end(maker);
  }
}

static void write_document(Maker *maker, size_t number)
{
  document(maker, number);
  fputs("> " TYPE " <http://schema.org/NewsArticle>", maker->file);
  end(maker);
  document(maker, number);
  fputs("> <http://schema.org/headline> \"", maker->file);
  words(maker, 6, 6);
  fputs("\"", maker->file);
  end(maker);
  document(maker, number);
  fprintf(maker->file, "> <http://schema.org/datePublished> \"2023-%02zu-%02zu\"^^" XSD "date>",
          number % 12 + 1, number % 28 + 1);
  end(maker);
}

typedef struct Quote {
  size_t document;
  unsigned start, end;
} Quote;

static void quote_name(Maker *maker, const Quote *quote)
{
  document(maker, quote->document);
  fprintf(maker->file, "#char=%u,%u>", quote->start, quote->end);
}

static void quote_number(Maker *maker, const Quote *quote, const char *property, unsigned value)
{
  quote_name(maker, quote);
  fprintf(maker->file, " " ENT "%s> \"%u\"^^" XSD "integer>", property, value);
  end(maker);
}

static void write_quote(Maker *maker, const Quote *quote)
{
  quote_name(maker, quote);
  fputs(" " TYPE " " ENT "Quote>", maker->file);
  end(maker);
  quote_name(maker, quote);
  fputs(" " ENT "exact> \"", maker->file);
  words(maker, 12, 18);
  fputs(".\"", maker->file);
  end(maker);
  quote_number(maker, quote, "start", quote->start);
  quote_number(maker, quote, "end", quote->end);
  quote_name(maker, quote);
  fputs(" " ENT "document> ", maker->file);
  document(maker, quote->document);
  fputs(">", maker->file);
  end(maker);
  quote_name(maker, quote);
  fprintf(maker->file, " " ENT "confidence> \"0.%u\"^^" XSD "decimal>",
          50 + check_below(&maker->random, 49));
  end(maker);
}

static void role(Maker *maker, uint64_t name, const char *property, uint32_t who)
{
  fprintf(maker->file, ID "s%015llx> " ENT "%s> ", (unsigned long long)(name >> 4), property);
  entity(maker, who);
  end(maker);
}

static void about(Maker *maker, uint64_t name, const char *rest)
{
  fprintf(maker->file, ID "s%015llx> %s", (unsigned long long)(name >> 4), rest);
}

static void write_situation(Maker *maker, size_t number)
{
  const uint64_t name = check_random(&maker->random);
  const char *const *const class = CLASSES[check_below(&maker->random, 8)];
  const uint32_t a = check_below(&maker->random, ENTITIES),
                 b = check_below(&maker->random, ENTITIES);
  const unsigned start = check_below(&maker->random, 6000);
  const Quote quote = {number / 8, start, start + 90 + check_below(&maker->random, 90)};
  about(maker, name, TYPE " ");
  fprintf(maker->file, ENT "%s>", class[0]);
  end(maker);
  role(maker, name, "agent", a);
  role(maker, name, "coAgent", b);
  about(maker, name, ENT "date> ");
  fprintf(maker->file, "\"20%02u-%02u-%02u\"^^" XSD "date>", check_below(&maker->random, 24),
          check_below(&maker->random, 12) + 1, check_below(&maker->random, 28) + 1);
  end(maker);
  const bool actual = check_below(&maker->random, 5) > 0;
  about(maker, name, ENT "factuality> ");
  fprintf(maker->file, ENT "%s>", actual ? "Actual" : "Planned");
  end(maker);
  about(maker, name, LABEL " \"");
  entity_name(maker, a);
  fprintf(maker->file, " %s ", class[1]);
  entity_name(maker, b);
  fputs("\"", maker->file);
  end(maker);
  about(maker, name, ENT "evidence> ");
  quote_name(maker, &quote);
  end(maker);
  write_quote(maker, &quote);
  if (!actual) return;
  entity(maker, a);
  fprintf(maker->file, " " ENT "%s> ", class[1]);
  entity(maker, b);
  end(maker);
}

size_t situations_write(FILE *file, size_t triples)
{
  Maker maker = {file, 20260101, 0};
  write_entities(&maker, 0, triples < 200000 ? (uint32_t)(triples / 20) : ENTITIES);
  for (size_t i = 0; maker.count < triples; i++) {
    if (i % 8 == 0) write_document(&maker, i / 8);
    write_situation(&maker, i);
  }
  return maker.count;
}
