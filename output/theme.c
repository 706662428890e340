/* The colours: a restrained ground of slate and white on which the relations speak. Those of the
   families are the palette of Okabe and Ito, darkened where they would be faint on white, so that
   they can be told apart with any kind of colour vision; letters get a darker shade. */
#include "look.h"

static const Theme light = {
    .background = "#FFFFFF",
    .text = "#1F2933",
    .muted = "#61707F",
    .rule = "#D5DCE3",
    .nodes =
        {
            [ENTITY_PERSON] = {"box", "rounded,filled", "#FFFFFF", "#52606D", "#1F2933", 12, NULL},
            [ENTITY_COUNTRY] = {"ellipse", "filled", "#243B53", "#243B53", "#FFFFFF", 13,
                                "0.05,0.03"},
            [ENTITY_ORGANIZATION] = {"hexagon", "filled", "#DFE9F3", "#5B7B9A", "#1F2933", 11,
                                     "0.01,0.02"},
            [ENTITY_PLACE] = {"invhouse", "filled", "#F1F3F5", "#9AA5B1", "#3E4C59", 10,
                              "0.03,0.02"},
            [ENTITY_AGREEMENT] = {"note", "filled", "#FFF3CF", "#B98A1E", "#3D3008", 10.5, NULL},
            [ENTITY_OFFICE] = {"tab", "filled", "#F3EEF8", "#9A86B5", "#3E4C59", 10, NULL},
            [ENTITY_THING] = {"box", "filled", "#F5F6F7", "#E1E6EB", "#52606D", 9.5, NULL},
        },
    .families =
        {
            [FAMILY_COOPERATION] = "#0072B2",
            [FAMILY_AGREEMENT] = "#009E73",
            [FAMILY_CRITICISM] = "#E39A00",
            [FAMILY_COERCION] = "#B9579A",
            [FAMILY_FORCE] = "#C8401A",
            [FAMILY_LASTING] = "#9AA5B1",
            [FAMILY_OTHER] = "#6B7885",
        },
    .family_words =
        {
            [FAMILY_COOPERATION] = "#005A8D",
            [FAMILY_AGREEMENT] = "#00674B",
            [FAMILY_CRITICISM] = "#8A5A00",
            [FAMILY_COERCION] = "#8A3A71",
            [FAMILY_FORCE] = "#A02F10",
            [FAMILY_LASTING] = "#61707F",
            [FAMILY_OTHER] = "#4A5560",
        },
    .denied = "#B4BDC6",
    .focus = "#E39A00",
};

static const Theme dark = {
    .background = "#11181F",
    .text = "#E6EBF0",
    .muted = "#98A6B4",
    .rule = "#2C3A47",
    .nodes =
        {
            [ENTITY_PERSON] = {"box", "rounded,filled", "#1C2833", "#8FA3B5", "#E6EBF0", 12, NULL},
            [ENTITY_COUNTRY] = {"ellipse", "filled", "#DCE6EF", "#DCE6EF", "#11181F", 13,
                                "0.05,0.03"},
            [ENTITY_ORGANIZATION] = {"hexagon", "filled", "#22384D", "#7FA2C2", "#E6EBF0", 11,
                                     "0.01,0.02"},
            [ENTITY_PLACE] = {"invhouse", "filled", "#1A242D", "#5C6B79", "#B8C4CF", 10,
                              "0.03,0.02"},
            [ENTITY_AGREEMENT] = {"note", "filled", "#3A3216", "#C9A23A", "#F4E9C4", 10.5, NULL},
            [ENTITY_OFFICE] = {"tab", "filled", "#2A2436", "#8D79A8", "#D5CBE2", 10, NULL},
            [ENTITY_THING] = {"box", "filled", "#19222B", "#2C3A47", "#98A6B4", 9.5, NULL},
        },
    .families =
        {
            [FAMILY_COOPERATION] = "#56B4E9",
            [FAMILY_AGREEMENT] = "#2FBF96",
            [FAMILY_CRITICISM] = "#F0B429",
            [FAMILY_COERCION] = "#E08DBB",
            [FAMILY_FORCE] = "#F0703A",
            [FAMILY_LASTING] = "#66747F",
            [FAMILY_OTHER] = "#9AA9B5",
        },
    .family_words =
        {
            [FAMILY_COOPERATION] = "#7CC6F0",
            [FAMILY_AGREEMENT] = "#5FD3B1",
            [FAMILY_CRITICISM] = "#F4C763",
            [FAMILY_COERCION] = "#EBACCF",
            [FAMILY_FORCE] = "#F59A73",
            [FAMILY_LASTING] = "#98A6B4",
            [FAMILY_OTHER] = "#B5C1CB",
        },
    .denied = "#4A5763",
    .focus = "#F0B429",
};

const Theme *look_theme(ThemeName name)
{
  return name == THEME_DARK ? &dark : &light;
}

const char *look_family_name(Family family)
{
  static const char *const names[] = {"cooperation", "agreement", "criticism", "coercion",
                                      "force",       "lasting",   "other"};
  return names[family];
}

const char *look_class_name(EntityClass class, bool plural)
{
  static const char *const names[ENTITY_CLASSES][2] = {
      {"person", "people"}, {"state", "states"},         {"organisation", "organisations"},
      {"place", "places"},  {"agreement", "agreements"}, {"office", "offices"},
      {"thing", "things"}};
  return names[class][plural];
}
