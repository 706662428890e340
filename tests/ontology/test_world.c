/* The world data: names and who goes by them, offices and their holders, members, titles, bodies; a
   user's additions; and that the data itself is sound. */
#include "ontology/ontology.h"
#include "tests/support/scratch.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

#define PREFIXES                                                                                   \
  "@prefix ent: <https://w3id.org/entente#> .\n"                                                   \
  "@prefix id: <https://w3id.org/entente/id/> .\n"                                                 \
  "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n"                                      \
  "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n"

static Ontology *world;

static int load(void **state)
{
  (void)state;
  return ontology_load(&world, NULL, 0, NULL);
}

static int unload(void **state)
{
  (void)state;
  ontology_free(world);
  return 0;
}

/* Whether NAME stands for the entity ENTITY, in the way of KIND. */
static bool means(const char *name, const char *entity, NameKind kind)
{
  const WorldName *found;
  const size_t count = world_find(&found, world, slice_of(name));
  for (size_t i = 0; i < count; i++) {
    if (found[i].kind == kind && slice_is(world_entity(world, found[i].entity)->name, entity))
      return true;
  }
  return false;
}

static WorldId first(const char *name)
{
  const WorldName *found;
  return world_find(&found, world, slice_of(name)) ? found[0].entity : WORLD_NONE;
}

static void is_first(const char *name, const char *entity)
{
  const WorldId id = first(name);
  if (id == WORLD_NONE || !slice_is(world_entity(world, id)->name, entity))
    fail_msg("%s is not first of all %s", name, entity);
}

static void means_all(NameKind kind, const char *const (*pairs)[2], size_t count)
{
  for (size_t i = 0; i < count; i++) {
    if (!means(pairs[i][0], pairs[i][1], kind)) fail_msg("%s: not %s", pairs[i][0], pairs[i][1]);
  }
}

#define MEANS(KIND, ...)                                                                           \
  do {                                                                                             \
    static const char *const pairs_[][2] = {__VA_ARGS__};                                          \
    means_all((KIND), pairs_, sizeof pairs_ / sizeof *pairs_);                                     \
  } while (0)

static void test_names_of_states(void **state)
{
  (void)state;
  MEANS(NAME_CANONICAL, {"United States", "United States"}, {"Ivory Coast", "Ivory Coast"},
        {"Czech Republic", "Czech Republic"}, {"Myanmar", "Myanmar"});
  MEANS(NAME_ALIAS, {"US", "United States"}, {"U.S.", "United States"}, {"UK", "United Kingdom"},
        {"Britain", "United Kingdom"}, {"UAE", "United Arab Emirates"}, {"DPRK", "North Korea"},
        {"ROK", "South Korea"}, {"PRC", "China"}, {"Türkiye", "Turkey"}, {"Holland", "Netherlands"},
        {"Burma", "Myanmar"}, {"Czechia", "Czech Republic"}, {"Swaziland", "Eswatini"},
        {"USSR", "Soviet Union"}, {"Islamic Republic of Iran", "Iran"},
        {"Holy See", "Vatican City"}, {"State of Palestine", "Palestine"});
  MEANS(NAME_ADJECTIVE, {"Japanese", "Japan"}, {"Saudi", "Saudi Arabia"},
        {"British", "United Kingdom"}, {"Emirati", "United Arab Emirates"},
        {"Congolese", "Republic of the Congo"}, {"Congolese", "Democratic Republic of the Congo"},
        {"Dutch", "Netherlands"}, {"Soviet", "Soviet Union"}, {"Palestinian", "Palestine"});
  MEANS(NAME_PEOPLE, {"Russians", "Russia"}, {"Frenchman", "France"}, {"Britons", "United Kingdom"},
        {"Israelis", "Israel"}, {"Filipinos", "Philippines"}, {"Afghans", "Afghanistan"});
  MEANS(NAME_CAPITAL, {"Tokyo", "Japan"}, {"Kiev", "Ukraine"}, {"Washington", "United States"},
        {"Nay Pyi Taw", "Myanmar"}, {"Beijing", "China"});
  MEANS(NAME_SEAT, {"Kremlin", "Russia"}, {"White House", "United States"},
        {"Downing Street", "United Kingdom"}, {"Élysée", "France"}, {"Elysee", "France"},
        {"Blue House", "South Korea"}, {"Zhongnanhai", "China"});
}

static void test_case_counts(void **state)
{
  (void)state;
  assert_true(means("JAPAN", "Japan", NAME_CANONICAL));
  assert_true(means("UNITED STATES OF AMERICA", "United States", NAME_ALIAS));
  assert_true(means("CÔTE D'IVOIRE", "Ivory Coast", NAME_ALIAS));
  assert_true(means("KIM JONG-UN", "Kim Jong Un", NAME_ALIAS));
  assert_true(means("MITCH MCCONNELL", "Mitch McConnell", NAME_CANONICAL));
  assert_int_equal(first("japan"), WORLD_NONE);
  assert_int_equal(first("turkey"), WORLD_NONE);
  assert_int_equal(first("us"), WORLD_NONE);
  assert_int_equal(first("CHAD"), WORLD_NONE); /* four letters: too short to trust */
  assert_int_equal(first("who"), WORLD_NONE);
}

static void test_spelling_does_not_count(void **state)
{
  (void)state;
  MEANS(NAME_CANONICAL, {"Recep Tayyip Erdogan", "Recep Tayyip Erdoğan"},
        {"Nicolas Maduro", "Nicolás Maduro"}, {"Lech Walesa", "Lech Wałęsa"},
        {"Robert O’Brien", "Robert O'Brien"}, {"Fayez al-Sarraj", "Fayez al-Sarraj"},
        {"Fayez el-Sarraj", "Fayez al-Sarraj"}, {"Fayez Al Sarraj", "Fayez al-Sarraj"},
        {"Antonio Guterres", "António Guterres"}, {"N’Djamena", "N'Djamena"},
        {"Guinea‑Bissau", "Guinea-Bissau"}, {"Ban Ki Moon", "Ban Ki-moon"},
        {"H.R. McMaster", "H. R. McMaster"}, {"Bashar Assad", "Bashar al-Assad"},
        {"Ferdinand Marcos, Jr", "Ferdinand Marcos Jr."}, {"John R. Bolton", "John Bolton"});
  assert_int_equal(first("South X. Korea"), WORLD_NONE);
  MEANS(NAME_ALIAS, {"Kim Jong-un", "Kim Jong Un"}, {"Kim Jong-Un", "Kim Jong Un"},
        {"Cote d'Ivoire", "Ivory Coast"}, {"Al Qaeda", "al-Qaeda"}, {"U. S.", "United States"},
        {"Joseph R. Biden, Jr.", "Joe Biden"});
  assert_true(means("The Hague", "The Hague", NAME_CANONICAL));
  assert_true(means("Hague", "The Hague", NAME_CANONICAL));
  assert_true(means("Recep  Tayyip Erdoğan", "Recep Tayyip Erdoğan", NAME_CANONICAL));
}

static void test_ambiguous_names(void **state)
{
  (void)state;
  is_first("Georgia", "Georgia");
  assert_true(world_entity(world, first("Georgia"))->state);
  const WorldName *found;
  assert_int_equal(world_find(&found, world, SLICE("Georgia")), 2);
  assert_int_equal(world_entity(world, found[1].entity)->class, ENTITY_PLACE);
  is_first("Washington", "Washington, D.C.");
  assert_true(means("Congo", "Democratic Republic of the Congo", NAME_ALIAS));
  assert_true(means("Congo", "Republic of the Congo", NAME_ALIAS));
  is_first("Korea", "South Korea");
  assert_true(means("Korea", "North Korea", NAME_ALIAS));
  is_first("Guinea", "Guinea");
  is_first("Guinea-Bissau", "Guinea-Bissau");
  is_first("Jordan", "Jordan");
  is_first("Niger", "Niger");
  is_first("NYC", "New York City");
  is_first("New York", "New York"); /* city or state */
  assert_true(means("Bush", "George W. Bush", NAME_SURNAME));
  assert_true(means("Bush", "George H. W. Bush", NAME_SURNAME));
}

static void test_names_of_people(void **state)
{
  (void)state;
  MEANS(NAME_SURNAME, {"Kishida", "Fumio Kishida"}, {"Xi", "Xi Jinping"}, {"Moon", "Moon Jae-in"},
        {"Abiy", "Abiy Ahmed"}, {"Lula", "Luiz Inácio Lula da Silva"},
        {"López Obrador", "Andrés Manuel López Obrador"}, {"Sisi", "Abdel Fattah el-Sisi"},
        {"von der Leyen", "Ursula von der Leyen"}, {"Von der Leyen", "Ursula von der Leyen"},
        {"Leyen", "Ursula von der Leyen"}, {"Zelensky", "Volodymyr Zelenskyy"},
        {"MBS", "Mohammed bin Salman"}, {"Erdogan", "Recep Tayyip Erdoğan"});
  MEANS(NAME_ALIAS, {"Kishida Fumio", "Fumio Kishida"}, {"Jinping Xi", "Xi Jinping"},
        {"Orban Viktor", "Viktor Orbán"}, {"Queen Elizabeth II", "Elizabeth II"},
        {"Pope Leo XIV", "Leo XIV"}, {"Binyamin Netanyahu", "Benjamin Netanyahu"});
  assert_false(means("II", "Elizabeth II", NAME_SURNAME));
  assert_true(means("Marcos", "Ferdinand Marcos Jr.", NAME_SURNAME));
  assert_int_equal(first("Jr."), WORLD_NONE);
  assert_false(means("Washington", "George Washington", NAME_SURNAME));
  assert_true(means("George Washington", "George Washington", NAME_CANONICAL));
  const WorldEntity *const merkel = world_entity(world, first("Angela Merkel"));
  assert_true(merkel->female);
  assert_false(merkel->male);
  assert_true(slice_is(world_entity(world, merkel->country)->name, "Germany"));
  assert_true(world_entity(world, first("Fumio Kishida"))->male);
}

static void test_other_names(void **state)
{
  (void)state;
  const Slice *names;
  const size_t count = world_names(&names, world, first("NATO"));
  bool full = false;
  for (size_t i = 0; i < count; i++)
    full |= slice_is(names[i], "North Atlantic Treaty Organization");
  assert_true(full);
  assert_true(slice_is(world_entity(world, first("Japan"))->wikidata, "Q17"));
  assert_int_equal(world_names(&names, world, WORLD_NONE), 0);
  assert_null(world_entity(world, WORLD_NONE));
}

/* WORDS are cut at spaces; returns how many of them the longest name at the start covers. */
static size_t match(const char *words, const char *entity)
{
  Slice cut[16];
  size_t count = 0;
  for (const char *p = words; *p; p += strspn(p, " ")) {
    const size_t n = strcspn(p, " ");
    cut[count++] = (Slice){p, n};
    p += n;
  }
  const WorldName *found;
  size_t found_count;
  const size_t n = world_match(&found, &found_count, world, cut, count);
  if (n) assert_string_equal(entity, world_entity(world, found[0].entity)->name.ptr);
  return n;
}

static void test_longest_match(void **state)
{
  (void)state;
  assert_int_equal(match("United States and Japan", "United States"), 2);
  assert_int_equal(match("United Nations Security Council members", "UN Security Council"), 4);
  assert_int_equal(match("South Korea said", "South Korea"), 2);
  assert_int_equal(match("Kim Jong - un met", "Kim Jong Un"), 4);
  assert_int_equal(match("Kim Jong-un met", "Kim Jong Un"), 2);
  assert_int_equal(match("Washington , D.C. today", "Washington, D.C."), 3);
  assert_int_equal(match("People 's Republic of China", "China"), 5);
  assert_int_equal(match("UNITED NATIONS TALKS", "United Nations"), 2);
  assert_int_equal(match("Paris Agreement of 2015", "Paris Agreement"), 2);
  assert_int_equal(match("Banana republic", ""), 0);
  assert_int_equal(match("", ""), 0);
}

static void test_long_and_broken_names(void **state)
{
  (void)state;
  static char text[100000];
  memset(text, 'a', sizeof text);
  const WorldName *found;
  assert_int_equal(world_find(&found, world, (Slice){text, sizeof text}), 0);
  assert_int_equal(world_find(&found, world, SLICE("")), 0);
  assert_int_equal(world_find(&found, world, SLICE("\xFF\xC3")), 0);
  assert_int_equal(world_find(&found, world, SLICE("Japan\xC3")), 0);
}

static const char *holder(const char *country, const char *title, const char *date)
{
  const WorldId id = world_holder(world, first(country), slice_of(title), slice_of(date));
  return id == WORLD_NONE ? "nobody" : world_entity(world, id)->name.ptr;
}

static void test_holders(void **state)
{
  (void)state;
  static const char *const cases[][4] = {
      {"Japan", "prime minister", "2023-01-13", "Fumio Kishida"},
      {"Japan", "premier", "2023-01-13", "Fumio Kishida"},
      {"Japan", "leader", "2015", "Shinzo Abe"},
      {"Japan", "prime minister", "2021", "nobody"}, /* two that year */
      {"Japan", "prime minister", "2021-10", "nobody"},
      {"Japan", "prime minister", "2021-10-04", "Fumio Kishida"}, /* the day of the change */
      {"Japan", "prime minister", "2021-10-03", "Yoshihide Suga"},
      {"United States", "president", "2009-01-19", "George W. Bush"},
      {"United States", "president", "2009-01-20", "Barack Obama"},
      {"United States", "secretary of state", "2022", "Antony Blinken"},
      {"United States", "foreign minister", "2022", "Antony Blinken"},
      {"United Kingdom", "foreign secretary", "2004", "Jack Straw"},
      {"United Kingdom", "minister of foreign affairs", "2004", "Jack Straw"},
      {"United Kingdom", "queen", "2010", "Elizabeth II"},
      {"Germany", "chancellor", "2010", "Angela Merkel"},
      {"Germany", "leader", "2010", "Angela Merkel"},
      {"Russia", "president", "2010", "Dmitry Medvedev"},
      {"United Nations", "secretary general", "2012-05", "Ban Ki-moon"},
      {"NATO", "secretary-general", "2016", "Jens Stoltenberg"},
      {"Hungary", "president", "2012-04-20", "nobody"}, /* a gap */
      {"Japan", "president", "2012", "nobody"},
      {"Japan", "archbishop", "2012", "nobody"},
      {"Japan", "prime minister", "1850", "nobody"},
      {"Vatican City", "pope", "2024", "Pope Francis"},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    const char *const found = holder(cases[i][0], cases[i][1], cases[i][2]);
    if (strcmp(found, cases[i][3]) != 0)
      fail_msg("%s of %s in %s: %s", cases[i][1], cases[i][0], cases[i][2], found);
  }
  assert_int_equal(world_holder(world, WORLD_NONE, SLICE("king"), SLICE("2001")), WORLD_NONE);
}

static void test_what_a_person_held(void **state)
{
  (void)state;
  const Holding *const *held;
  const size_t count = world_holdings_of(&held, world, first("Ban Ki-moon"));
  assert_int_equal(count, 2);
  assert_true(slice_is(held[0]->office, "Secretary-General of the United Nations"));
  assert_true(slice_is(held[1]->office, "Foreign Minister of South Korea"));
  assert_true(slice_is(held[0]->from, "2007-01-01"));
  assert_int_equal(world_holdings_of(&held, world, first("Japan")), 0);
}

static void test_members(void **state)
{
  (void)state;
  const WorldId *members;
  assert_int_equal(world_members(&members, world, first("NATO")), 32);
  assert_int_equal(world_members(&members, world, first("EU")), 27);
  assert_int_equal(world_members(&members, world, first("UN")), 193);
  assert_true(world_is_member(world, first("Finland"), first("NATO")));
  assert_false(world_is_member(world, first("Austria"), first("NATO")));
  assert_false(world_is_member(world, first("Britain"), first("European Union")));
  assert_int_equal(world_members(&members, world, first("Japan")), 0);
}

static size_t title(const Title **out, const char *words)
{
  Slice cut[8];
  size_t count = 0;
  for (const char *p = words; *p; p += strspn(p, " ")) {
    const size_t n = strcspn(p, " ");
    cut[count++] = (Slice){p, n};
    p += n;
  }
  return world_is_title(out, world, cut, count);
}

static void test_titles(void **state)
{
  (void)state;
  static const struct {
    const char *words;
    size_t covered;
    const char *label;
    unsigned flag;
  } cases[] = {
      {"prime minister fumio", 2, "Prime Minister", TITLE_HEAD_OF_GOVERNMENT},
      {"premier li", 1, "Prime Minister", TITLE_HEAD_OF_GOVERNMENT},
      {"president of france", 1, "President", TITLE_HEAD_OF_STATE},
      {"minister of foreign affairs", 4, "Foreign Minister", TITLE_FOREIGN_MINISTER},
      {"external affairs minister", 3, "Foreign Minister", TITLE_FOREIGN_MINISTER},
      {"secretary of state antony", 3, "Secretary of State", TITLE_FOREIGN_MINISTER},
      {"minister of defence", 3, "Defence Minister", TITLE_DEFENCE_MINISTER},
      {"defense secretary", 2, "Defense Secretary", TITLE_DEFENCE_MINISTER},
      {"minister for trade", 3, "Trade Minister", TITLE_MINISTER},
      {"foreign ministers", 2, "Foreign Minister", TITLE_FOREIGN_MINISTER},
      {"secretaries of state", 3, "Secretary of State", TITLE_OFFICE},
      {"spokeswoman maria", 1, "Spokeswoman", TITLE_FEMALE},
      {"secretary - general", 3, "Secretary-General", TITLE_OFFICE},
      {"king salman", 1, "King", TITLE_MALE},
      {"mr. trump", 1, "Mr", TITLE_COURTESY},
      {"former president", 1, "Former", TITLE_PREFIX},
      {"ambassador to japan", 1, "Ambassador", TITLE_ENVOY},
      {"leaders", 1, "Leader", TITLE_LEADER},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    const Title *found;
    if (title(&found, cases[i].words) != cases[i].covered) fail_msg("%s", cases[i].words);
    if (!slice_is(found->label, cases[i].label) || !(found->flags & cases[i].flag))
      fail_msg("%s: %.*s", cases[i].words, SLICE_ARGS(found->label));
  }
  const Title *none;
  assert_int_equal(title(&none, "table"), 0);
  assert_null(none);
}

static void office_is(const char *of, const char *words, const char *label)
{
  Buffer text = BUFFER_EMPTY;
  assert_int_equal(world_office_label(&text, world, of ? first(of) : WORLD_NONE, slice_of(words)),
                   STATUS_OK);
  assert_string_equal(text.bytes, label);
  buffer_clear(&text);
}

static void test_names_of_offices(void **state)
{
  (void)state;
  office_is("Canada", "Prime Minister", "Prime Minister of Canada");
  office_is("Canada", "premier", "Prime Minister of Canada");
  office_is("US", "secretary of state", "Secretary of State of the United States");
  office_is("UAE", "minister of foreign affairs", "Foreign Minister of the United Arab Emirates");
  office_is("Russia", "Defense Minister", "Defense Minister of Russia");
  office_is("France", "minister for the sea", "Minister for the Sea of France");
  office_is(NULL, "chief of staff", "Chief of Staff");
}

static void body_is(const char *country, const char *words, const char *label)
{
  Slice cut[8];
  size_t count = 0;
  for (const char *p = words; *p; p += strspn(p, " ")) {
    const size_t n = strcspn(p, " ");
    cut[count++] = (Slice){p, n};
    p += n;
  }
  const Body *body;
  assert_int_equal(world_is_body(&body, world, cut, count), count);
  Buffer text = BUFFER_EMPTY;
  assert_int_equal(world_body_label(&text, world, first(country), body), STATUS_OK);
  assert_string_equal(text.bytes, label);
  buffer_clear(&text);
}

static void test_bodies(void **state)
{
  (void)state;
  body_is("Japan", "foreign ministry", "Ministry of Foreign Affairs of Japan");
  body_is("Japan", "ministry of foreign affairs", "Ministry of Foreign Affairs of Japan");
  body_is("Japan", "parliament", "National Diet");
  body_is("Israel", "supreme court", "Supreme Court of Israel");
  body_is("Chile", "supreme court", "Supreme Court of Chile");
  body_is("Philippines", "coast guard", "Coast Guard of the Philippines");
  MEANS(NAME_ALIAS, {"Pentagon", "United States Department of Defense"},
        {"State Department", "United States Department of State"},
        {"Foreign Office", "Foreign, Commonwealth and Development Office"}, {"Duma", "State Duma"},
        {"Congress", "United States Congress"});
  assert_true(slice_is(world_entity(world, world_entity(world, first("Knesset"))->country)->name,
                       "Israel"));
}

/* ---- a user's file ---- */

static Status load_with(Ontology **out, Buffer *messages, const char *text)
{
  char folder[64], path[256];
  scratch_new(folder);
  scratch_write(path, folder, "user.ttl", text, strlen(text));
  const Report to = scratch_report(messages);
  const char *const files[] = {path};
  const Status status = ontology_load(out, files, 1, &to);
  scratch_remove(folder);
  return status;
}

static void test_a_users_world(void **state)
{
  (void)state;
  Ontology *own;
  Buffer messages = BUFFER_EMPTY;
  const Status status = load_with(
      &own, &messages,
      PREFIXES
      "id:Ruritania a ent:Country ; rdfs:label \"Ruritania\" ; ent:adjective \"Ruritanian\" ;\n"
      "  ent:capital id:Strelsau .\n"
      "id:Strelsau a ent:Place ; rdfs:label \"Strelsau\" ; skos:altLabel \"Strelzau\" .\n"
      "id:NATO ent:member id:Ruritania .\n"
      "id:x a ent:Country ; rdfs:label \"Japan\" ; skos:altLabel \"Land of the Rising Sun\" .\n"
      "id:King_of_Ruritania a ent:Office ; ent:of id:Ruritania ; ent:title \"king\" ;\n"
      "  ent:held \"1890/1894-05 /Rudolf/ Elphberg\" , \"1894-05/.. Flavia (f) | Queen Flavia\" "
      ".\n");
  if (status) fail_msg("%s", messages.bytes);
  const WorldName *found;
  assert_int_equal(world_find(&found, own, SLICE("Strelzau")), 2);
  assert_int_equal(found[1].kind, NAME_CAPITAL);
  const WorldId ruritania = found[1].entity;
  assert_int_equal(world_find(&found, own, SLICE("NATO")), 1);
  assert_true(world_is_member(own, ruritania, found[0].entity));
  assert_int_equal(world_find(&found, own, SLICE("Land of the Rising Sun")), 1);
  assert_true(slice_is(world_entity(own, found[0].entity)->wikidata, "Q17"));
  assert_int_equal(world_find(&found, own, SLICE("Rudolf")), 1);
  assert_int_equal(world_holder(own, ruritania, SLICE("king"), SLICE("1892")), found[0].entity);
  const WorldId flavia = world_holder(own, ruritania, SLICE("king"), SLICE("1999"));
  assert_true(world_entity(own, flavia)->female);
  ontology_free(own);
  buffer_clear(&messages);
}

static void refused(const char *text, const char *line, const char *words)
{
  Ontology *own;
  Buffer messages = BUFFER_EMPTY;
  assert_int_equal(load_with(&own, &messages, text), STATUS_QUERY);
  assert_null(own);
  if (!strstr(messages.bytes, line) || !strstr(messages.bytes, words))
    fail_msg("%s", messages.bytes);
  buffer_clear(&messages);
}

static void test_errors_in_a_users_world(void **state)
{
  (void)state;
  refused(PREFIXES "id:A a ent:Country .\n", ":5", "no rdfs:label");
  refused(PREFIXES "id:A a ent:Place ; rdfs:label \"A\" ;\n ent:country id:Nowhere .\n", ":6",
          "Nowhere is nowhere declared");
  refused(PREFIXES "id:Japan ent:capital \"Tokyo\" .\n", ":5", "an IRI expected");
  refused(PREFIXES "id:A rdfs:label \"A\" .\n", ":5", "no class");
  refused(PREFIXES "id:Japan a ent:Place ; rdfs:label \"Japan\" .\n", ":5", "another class");
  refused(PREFIXES "id:O a ent:Office ; ent:of id:Japan .\n", ":5", "without title");
  refused(PREFIXES "id:O a ent:Office ; ent:title \"king\" .\n", ":5", "of nothing");
  refused(PREFIXES "id:O a ent:Office ; ent:title \"king\" ; ent:of id:Japan ;\n"
                   "  ent:held \"2001-13/ Nobody\" .\n",
          ":6", "not a holding");
  refused(PREFIXES "id:O a ent:Office ; ent:title \"king\" ; ent:of id:Japan ;\n"
                   "  ent:held \"2005/2001 Nobody\" .\n",
          ":6", "not a holding");
}

/* ---- the data itself ---- */

static void test_every_entity_is_sound(void **state)
{
  (void)state;
  for (WorldId id = 0; id < world_count(world); id++) {
    const WorldEntity *const e = world_entity(world, id);
    const WorldName *found;
    bool itself = false;
    const size_t count = world_find(&found, world, e->name);
    for (size_t i = 0; i < count; i++) {
      const WorldEntity *const other = world_entity(world, found[i].entity);
      itself |= found[i].entity == id && found[i].kind == NAME_CANONICAL;
      if (found[i].kind != NAME_CANONICAL || found[i].entity == id) continue;
      if (other->class != e->class || !slice_equal(other->name, e->name)) continue;
      if (e->class != ENTITY_PLACE || other->country == e->country)
        fail_msg("two are called %.*s", SLICE_ARGS(e->name));
    }
    if (!itself) fail_msg("%.*s is not found", SLICE_ARGS(e->name));
    assert_true(e->country == WORLD_NONE || world_entity(world, e->country)->state);
    assert_false(e->female && e->male);
  }
}

static void test_every_state_is_complete(void **state)
{
  (void)state;
  size_t states = 0;
  const WorldId *members;
  const size_t count = world_members(&members, world, first("United Nations"));
  for (size_t i = 0; i < count; i++) {
    const WorldEntity *const e = world_entity(world, members[i]);
    states += e->state;
    if (e->wikidata.len < 2) fail_msg("%.*s has no Wikidata item", SLICE_ARGS(e->name));
  }
  assert_int_equal(states, 193);
}

static void test_there_is_enough(void **state)
{
  (void)state;
  size_t counts[ENTITY_CLASSES] = {0};
  for (WorldId id = 0; id < world_count(world); id++) counts[world_entity(world, id)->class]++;
  assert_true(counts[ENTITY_PERSON] >= 1500);
  assert_true(counts[ENTITY_COUNTRY] >= 200);
  assert_true(counts[ENTITY_ORGANIZATION] >= 250);
  assert_true(counts[ENTITY_PLACE] >= 900);
}

int main(void)
{
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(test_names_of_states),
      cmocka_unit_test(test_case_counts),
      cmocka_unit_test(test_spelling_does_not_count),
      cmocka_unit_test(test_ambiguous_names),
      cmocka_unit_test(test_names_of_people),
      cmocka_unit_test(test_other_names),
      cmocka_unit_test(test_longest_match),
      cmocka_unit_test(test_long_and_broken_names),
      cmocka_unit_test(test_holders),
      cmocka_unit_test(test_what_a_person_held),
      cmocka_unit_test(test_members),
      cmocka_unit_test(test_titles),
      cmocka_unit_test(test_names_of_offices),
      cmocka_unit_test(test_bodies),
      cmocka_unit_test(test_a_users_world),
      cmocka_unit_test(test_errors_in_a_users_world),
      cmocka_unit_test(test_every_entity_is_sound),
      cmocka_unit_test(test_every_state_is_complete),
      cmocka_unit_test(test_there_is_enough),
  };
  return cmocka_run_group_tests(tests, load, unload);
}
