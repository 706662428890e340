/* The pattern becomes a tree and the tree a program for a virtual machine that keeps all its
   possible states side by side, in order of preference (R. Pike's; see R. Cox, "Regular expression
   matching: the virtual machine approach"). Each state carries where its groups began and ended. */
#include "query_regex.h"

#include "graph/unicode.h"

#define MOST_CODE 4000u
#define MOST_NESTING 60u
#define MOST_REPEAT 1000u

typedef enum NodeKind {
  NODE_EMPTY,
  NODE_CHARACTER,
  NODE_ANY,
  NODE_CLASS,
  NODE_START,
  NODE_END,
  NODE_CAT,
  NODE_ALT,
  NODE_REPEAT,
  NODE_GROUP
} NodeKind;

typedef struct Range {
  uint32_t first, last;
} Range;

typedef struct Class {
  Range *ranges;
  size_t count, capacity;
  bool negated;
  unsigned sets, not_sets; /* SET_… that belong, and whose complement belongs */
} Class;

enum { SET_DIGIT = 1, SET_WORD = 2, SET_SPACE = 4 };

typedef struct RegexNode RegexNode;
struct RegexNode {
  NodeKind kind;
  uint32_t character;
  Class *class;
  RegexNode *left, *right;
  unsigned least, most; /* of a repeat; most 0 is without end */
  bool lazy;
  unsigned group;
};

typedef enum OpCode {
  OP_CHARACTER,
  OP_ANY,
  OP_CLASS,
  OP_START,
  OP_END,
  OP_SPLIT,
  OP_JUMP,
  OP_SAVE,
  OP_MATCH
} OpCode;

typedef struct Op {
  OpCode code;
  uint32_t x, y; /* character, targets (x is preferred), slot */
  const Class *class;
} Op;

struct Regex {
  Op *code;
  size_t count, capacity;
  unsigned groups;
  bool dot_all, many_lines, ignore_case, spaced;
};

typedef struct Compiler {
  Slice pattern;
  size_t at;
  Arena *arena;
  Regex *regex;
  unsigned depth;
  size_t generated; /* nodes, those that make no code too */
} Compiler;

/* ---- parsing ---- */

static Status new_node(RegexNode **out, Compiler *compiler, NodeKind kind)
{
  *out = arena_array(compiler->arena, 1, sizeof **out);
  if (!*out) return STATUS_MEMORY;
  (*out)->kind = kind;
  return STATUS_OK;
}

static bool more(Compiler *compiler)
{
  const Slice pattern = compiler->pattern;
  while (compiler->regex->spaced && compiler->at < pattern.len &&
         strchr(" \t\n\r", pattern.ptr[compiler->at])) {
    compiler->at++;
  }
  return compiler->at < pattern.len;
}

static bool skip(Compiler *compiler, char c)
{
  if (!more(compiler) || compiler->pattern.ptr[compiler->at] != c) return false;
  compiler->at++;
  return true;
}

static Status add_range(Class *class, Compiler *compiler, uint32_t first, uint32_t last)
{
  if (first > last) return STATUS_INPUT;
  Range *const ranges =
      arena_grow(compiler->arena, class->ranges, &class->capacity, class->count, 1, sizeof *ranges);
  if (!ranges) return STATUS_MEMORY;
  class->ranges = ranges;
  ranges[class->count++] = (Range){first, last};
  return STATUS_OK;
}

/* What stands after a backslash: a character, or a set (then *SET is not 0). */
static Status escape(uint32_t *out, unsigned *set, bool *complement, Compiler *compiler)
{
  static const char SETS[] = "dDwWsS";
  *set = 0;
  if (compiler->at >= compiler->pattern.len) return STATUS_INPUT;
  const char c = compiler->pattern.ptr[compiler->at++];
  const char *const found = strchr(SETS, c);
  if (c && found) {
    *set = 1u << (found - SETS) / 2;
    *complement = (found - SETS) % 2 != 0;
    return STATUS_OK;
  }
  if (c == 'n' || c == 'r' || c == 't') {
    *out = c == 'n' ? '\n' : c == 'r' ? '\r' : '\t';
    return STATUS_OK;
  }
  *out = (unsigned char)c;
  if (c && strchr("\\|.?*+(){}[]-^$", c)) return STATUS_OK;
  return c && strchr("pPiIcC0123456789", c) ? STATUS_LIMIT : STATUS_INPUT;
}

static void add_set(Class *class, unsigned set, bool complement)
{
  if (complement) {
    class->not_sets |= set;
  } else {
    class->sets |= set;
  }
}

static Status class_character(uint32_t *out, unsigned *set, bool *complement, Compiler *compiler)
{
  *set = 0;
  if (compiler->at >= compiler->pattern.len) return STATUS_INPUT;
  const char c = compiler->pattern.ptr[compiler->at];
  if (c == '\\') {
    compiler->at++;
    return escape(out, set, complement, compiler);
  }
  if (c == '[') return STATUS_INPUT;
  *out = utf8_next(compiler->pattern, &compiler->at);
  return STATUS_OK;
}

static bool at_range(const Compiler *compiler)
{
  const Slice pattern = compiler->pattern;
  return compiler->at + 1 < pattern.len && pattern.ptr[compiler->at] == '-' &&
         pattern.ptr[compiler->at + 1] != ']';
}

static Status class_item(Class *class, Compiler *compiler)
{
  uint32_t first = 0, last = 0;
  unsigned set;
  bool complement = false;
  TRY(class_character(&first, &set, &complement, compiler));
  if (set) {
    add_set(class, set, complement);
    return STATUS_OK;
  }
  if (!at_range(compiler)) return add_range(class, compiler, first, first);
  compiler->at++;
  if (compiler->pattern.ptr[compiler->at] == '[') return STATUS_LIMIT; /* subtraction */
  TRY(class_character(&last, &set, &complement, compiler));
  return set ? STATUS_INPUT : add_range(class, compiler, first, last);
}

static Status parse_class(RegexNode **out, Compiler *compiler)
{
  const Slice pattern = compiler->pattern;
  TRY(new_node(out, compiler, NODE_CLASS));
  Class *const class = arena_array(compiler->arena, 1, sizeof *class);
  if (!class) return STATUS_MEMORY;
  (*out)->class = class;
  if (compiler->at < pattern.len && pattern.ptr[compiler->at] == '^') {
    class->negated = true;
    compiler->at++;
  }
  if (compiler->at < pattern.len && pattern.ptr[compiler->at] == ']') return STATUS_INPUT;
  while (compiler->at < pattern.len && pattern.ptr[compiler->at] != ']') {
    TRY(class_item(class, compiler));
  }
  if (compiler->at >= pattern.len) return STATUS_INPUT;
  compiler->at++;
  return STATUS_OK;
}

static Status parse_alternatives(RegexNode **out, Compiler *compiler);

static Status parse_group_node(RegexNode **out, Compiler *compiler)
{
  const Slice pattern = compiler->pattern;
  if (++compiler->depth > MOST_NESTING) return STATUS_LIMIT;
  const bool plain = compiler->at + 1 < pattern.len && pattern.ptr[compiler->at] == '?' &&
                     pattern.ptr[compiler->at + 1] == ':';
  if (plain) {
    compiler->at += 2;
    TRY(parse_alternatives(out, compiler));
  } else {
    TRY(new_node(out, compiler, NODE_GROUP));
    (*out)->group = ++compiler->regex->groups;
    if ((*out)->group >= REGEX_GROUPS) return STATUS_LIMIT;
    TRY(parse_alternatives(&(*out)->left, compiler));
  }
  compiler->depth--;
  return skip(compiler, ')') ? STATUS_OK : STATUS_INPUT;
}

static Status parse_escape(RegexNode **out, Compiler *compiler)
{
  uint32_t character = 0;
  unsigned set;
  bool complement = false;
  TRY(escape(&character, &set, &complement, compiler));
  TRY(new_node(out, compiler, set ? NODE_CLASS : NODE_CHARACTER));
  (*out)->character = character;
  if (!set) return STATUS_OK;
  (*out)->class = arena_array(compiler->arena, 1, sizeof *(*out)->class);
  if (!(*out)->class) return STATUS_MEMORY;
  add_set((*out)->class, set, complement);
  return STATUS_OK;
}

static Status parse_atom(RegexNode **out, Compiler *compiler)
{
  const char c = compiler->pattern.ptr[compiler->at];
  if (strchr("?*+{}])", c) && c) return STATUS_INPUT;
  if (c == '(' || c == '[' || c == '\\' || c == '.' || c == '^' || c == '$') compiler->at++;
  switch (c) {
  case '(':
    return parse_group_node(out, compiler);
  case '[':
    return parse_class(out, compiler);
  case '\\':
    return parse_escape(out, compiler);
  case '.':
    return new_node(out, compiler, NODE_ANY);
  case '^':
    return new_node(out, compiler, NODE_START);
  case '$':
    return new_node(out, compiler, NODE_END);
  default:
    break;
  }
  TRY(new_node(out, compiler, NODE_CHARACTER));
  (*out)->character = utf8_next(compiler->pattern, &compiler->at);
  return STATUS_OK;
}

static Status parse_count(unsigned *out, Compiler *compiler)
{
  const Slice pattern = compiler->pattern;
  const size_t start = compiler->at;
  *out = 0;
  while (compiler->at < pattern.len && pattern.ptr[compiler->at] >= '0' &&
         pattern.ptr[compiler->at] <= '9') {
    *out = *out * 10 + (unsigned)(pattern.ptr[compiler->at++] - '0');
    if (*out > MOST_REPEAT) return STATUS_LIMIT;
  }
  return compiler->at > start ? STATUS_OK : STATUS_INPUT;
}

/* {n}, {n,} or {n,m} after the brace. A most of 0 means no end, so {0} is told by *NONE. */
static Status parse_counts(unsigned *least, unsigned *most, bool *none, Compiler *compiler)
{
  TRY(parse_count(least, compiler));
  *most = *least;
  *none = *least == 0;
  if (skip(compiler, ',')) {
    *none = false;
    *most = 0;
    if (more(compiler) && compiler->pattern.ptr[compiler->at] != '}') {
      TRY(parse_count(most, compiler));
      if (*most < *least) return STATUS_INPUT;
      *none = *most == 0;
    }
  }
  return skip(compiler, '}') ? STATUS_OK : STATUS_INPUT;
}

static Status parse_piece(RegexNode **out, Compiler *compiler)
{
  TRY(parse_atom(out, compiler));
  unsigned least, most = 0;
  bool none = false;
  if (skip(compiler, '*')) {
    least = 0;
  } else if (skip(compiler, '+')) {
    least = 1;
  } else if (skip(compiler, '?')) {
    least = 0;
    most = 1;
  } else if (skip(compiler, '{')) {
    TRY(parse_counts(&least, &most, &none, compiler));
  } else {
    return STATUS_OK;
  }
  RegexNode *const inner = *out;
  TRY(new_node(out, compiler, none ? NODE_EMPTY : NODE_REPEAT));
  (*out)->left = inner;
  (*out)->least = least;
  (*out)->most = most;
  (*out)->lazy = skip(compiler, '?');
  return STATUS_OK;
}

static Status parse_branch(RegexNode **out, Compiler *compiler)
{
  TRY(new_node(out, compiler, NODE_EMPTY));
  while (more(compiler) && !strchr("|)", compiler->pattern.ptr[compiler->at])) {
    RegexNode *cat, *piece;
    TRY(parse_piece(&piece, compiler));
    if ((*out)->kind == NODE_EMPTY && !(*out)->left) {
      *out = piece;
      continue;
    }
    TRY(new_node(&cat, compiler, NODE_CAT));
    cat->left = *out;
    cat->right = piece;
    *out = cat;
  }
  return STATUS_OK;
}

static Status parse_alternatives(RegexNode **out, Compiler *compiler)
{
  TRY(parse_branch(out, compiler));
  while (skip(compiler, '|')) {
    RegexNode *alt;
    TRY(new_node(&alt, compiler, NODE_ALT));
    alt->left = *out;
    TRY(parse_branch(&alt->right, compiler));
    *out = alt;
  }
  return STATUS_OK;
}

/* ---- to a program ---- */

static Status emit(Compiler *compiler, Op op)
{
  Regex *const regex = compiler->regex;
  if (regex->count >= MOST_CODE) return STATUS_LIMIT;
  Op *const code =
      arena_grow(compiler->arena, regex->code, &regex->capacity, regex->count, 1, sizeof *code);
  if (!code) return STATUS_MEMORY;
  regex->code = code;
  code[regex->count++] = op;
  return STATUS_OK;
}

static Status generate(Compiler *compiler, const RegexNode *node);

static uint32_t here(const Compiler *compiler)
{
  return (uint32_t)compiler->regex->count;
}

static Status emit_split(Compiler *compiler)
{
  return emit(compiler, (Op){OP_SPLIT, here(compiler) + 1, here(compiler) + 1, NULL});
}

/* Send the split at AT on to what follows now, by its second choice, or by its first if LAZY. */
static void land(Compiler *compiler, uint32_t at, bool lazy)
{
  Op *const op = &compiler->regex->code[at];
  if (lazy) {
    op->x = here(compiler);
  } else {
    op->y = here(compiler);
  }
}

static Status generate_loop(Compiler *compiler, const RegexNode *node)
{
  const uint32_t start = here(compiler);
  TRY(emit_split(compiler));
  TRY(generate(compiler, node->left));
  TRY(emit(compiler, (Op){OP_JUMP, start, 0, NULL}));
  land(compiler, start, node->lazy);
  return STATUS_OK;
}

static Status generate_repeat(Compiler *compiler, const RegexNode *node)
{
  for (unsigned i = 0; i < node->least; i++) TRY(generate(compiler, node->left));
  if (!node->most) return generate_loop(compiler, node);
  uint32_t splits[MOST_REPEAT];
  const unsigned extra = node->most - node->least;
  for (unsigned i = 0; i < extra; i++) {
    splits[i] = here(compiler);
    TRY(emit_split(compiler));
    TRY(generate(compiler, node->left));
  }
  for (unsigned i = 0; i < extra; i++) land(compiler, splits[i], node->lazy);
  return STATUS_OK;
}

static Status generate_alternatives(Compiler *compiler, const RegexNode *node)
{
  const uint32_t split = here(compiler);
  TRY(emit_split(compiler));
  TRY(generate(compiler, node->left));
  const uint32_t jump = here(compiler);
  TRY(emit(compiler, (Op){OP_JUMP, 0, 0, NULL}));
  land(compiler, split, false);
  TRY(generate(compiler, node->right));
  compiler->regex->code[jump].x = here(compiler);
  return STATUS_OK;
}

static Status generate_cat(Compiler *compiler, const RegexNode *node)
{
  if (++compiler->depth > MOST_CODE) return STATUS_LIMIT;
  TRY(generate(compiler, node->left));
  compiler->depth--;
  return generate(compiler, node->right);
}

static Status generate(Compiler *compiler, const RegexNode *node)
{
  if (++compiler->generated > 20 * MOST_CODE) return STATUS_LIMIT;
  switch (node->kind) {
  case NODE_EMPTY:
    return STATUS_OK;
  case NODE_CHARACTER:
    return emit(compiler, (Op){OP_CHARACTER, node->character, 0, NULL});
  case NODE_ANY:
    return emit(compiler, (Op){OP_ANY, 0, 0, NULL});
  case NODE_CLASS:
    return emit(compiler, (Op){OP_CLASS, 0, 0, node->class});
  case NODE_START:
    return emit(compiler, (Op){OP_START, 0, 0, NULL});
  case NODE_END:
    return emit(compiler, (Op){OP_END, 0, 0, NULL});
  case NODE_CAT:
    return generate_cat(compiler, node);
  case NODE_ALT:
    return generate_alternatives(compiler, node);
  case NODE_REPEAT:
    return generate_repeat(compiler, node);
  case NODE_GROUP:
    TRY(emit(compiler, (Op){OP_SAVE, 2 * node->group, 0, NULL}));
    TRY(generate(compiler, node->left));
    return emit(compiler, (Op){OP_SAVE, 2 * node->group + 1, 0, NULL});
  }
  return STATUS_INTERNAL;
}

static Status read_flags(Regex *regex, Slice flags)
{
  for (size_t i = 0; i < flags.len; i++) {
    switch (flags.ptr[i]) {
    case 's':
      regex->dot_all = true;
      break;
    case 'm':
      regex->many_lines = true;
      break;
    case 'i':
      regex->ignore_case = true;
      break;
    case 'x':
      regex->spaced = true;
      break;
    default:
      return STATUS_INPUT;
    }
  }
  return STATUS_OK;
}

Status regex_compile(Regex **out, Slice pattern, Slice flags, Arena *arena)
{
  Regex *const regex = *out = arena_array(arena, 1, sizeof *regex);
  if (!regex) return STATUS_MEMORY;
  if (pattern.len > MOST_CODE) return STATUS_LIMIT;
  Compiler compiler = {pattern, 0, arena, regex, 0, 0};
  RegexNode *tree;
  TRY(read_flags(regex, flags));
  TRY(parse_alternatives(&tree, &compiler));
  if (more(&compiler)) return STATUS_INPUT;
  TRY(emit(&compiler, (Op){OP_SAVE, 0, 0, NULL}));
  TRY(generate(&compiler, tree));
  TRY(emit(&compiler, (Op){OP_SAVE, 1, 0, NULL}));
  return emit(&compiler, (Op){OP_MATCH, 0, 0, NULL});
}

unsigned regex_groups(const Regex *regex)
{
  return regex->groups;
}

/* ---- matching ---- */

/* All but punctuation, separators and what is neither: XML Schema's \w. */
static bool is_word(uint32_t c)
{
  if (c < 0x80) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           (c && strchr("$+<=>^`|~", (int)c));
  }
  if (c < 0xA0 || c == 0xAD || (c >= 0x2028 && c <= 0x202F) || (c >= 0x200B && c <= 0x200F) ||
      (c >= 0x2060 && c <= 0x206F) || (c >= 0xE000 && c <= 0xF8FF)) {
    return false;
  }
  return !unicode_is_space(c) && !unicode_is_punctuation(c);
}

static bool in_sets(unsigned sets, uint32_t c)
{
  return ((sets & SET_DIGIT) && unicode_is_digit(c)) || ((sets & SET_WORD) && is_word(c)) ||
         ((sets & SET_SPACE) && c && c < 0x80 && strchr(" \t\n\r", (int)c));
}

static bool in_class(const Class *class, uint32_t c)
{
  for (size_t i = 0; i < class->count; i++) {
    if (c >= class->ranges[i].first && c <= class->ranges[i].last) return true;
  }
  if (in_sets(class->sets, c)) return true;
  for (unsigned set = 1; set <= SET_SPACE; set <<= 1) {
    if ((class->not_sets & set) && !in_sets(set, c)) return true;
  }
  return false;
}

static bool class_takes(const Regex *regex, const Class *class, uint32_t c)
{
  bool in = in_class(class, c);
  if (!in && regex->ignore_case) {
    in = in_class(class, unicode_lower(c)) || in_class(class, unicode_upper(c));
  }
  return in != class->negated;
}

static bool same_character(const Regex *regex, uint32_t a, uint32_t b)
{
  return a == b || (regex->ignore_case &&
                    (unicode_lower(a) == unicode_lower(b) || unicode_upper(a) == unicode_upper(b)));
}

static bool takes(const Regex *regex, const Op *op, uint32_t c)
{
  switch (op->code) {
  case OP_CHARACTER:
    return same_character(regex, op->x, c);
  case OP_ANY:
    return regex->dot_all || (c != '\n' && c != '\r');
  case OP_CLASS:
    return class_takes(regex, op->class, c);
  case OP_START:
  case OP_END:
  case OP_SPLIT:
  case OP_JUMP:
  case OP_SAVE:
  case OP_MATCH:
    break;
  }
  return false;
}

/* States in order of preference: where each stands, and its groups. */
typedef struct States {
  uint32_t *at;
  size_t *groups; /* 2 * REGEX_GROUPS for each state */
  size_t count;
} States;

typedef struct Machine {
  const Regex *regex;
  Slice text;
  size_t *seen; /* generation in which an instruction was last entered */
  size_t generation;
  uint32_t *stack; /* instructions to follow; with the high bit: undo a group */
  size_t *undo;    /* the value a group had */
} Machine;

#define UNDO 0x80000000u

static bool at_line_start(const Machine *machine, size_t at)
{
  return at == 0 || (machine->regex->many_lines && machine->text.ptr[at - 1] == '\n' &&
                     at < machine->text.len);
}

static bool at_line_end(const Machine *machine, size_t at)
{
  return at == machine->text.len || (machine->regex->many_lines && machine->text.ptr[at] == '\n');
}

static void add_state(States *states, uint32_t at, const size_t *groups)
{
  memcpy(states->groups + states->count * 2 * REGEX_GROUPS, groups,
         2 * REGEX_GROUPS * sizeof *groups);
  states->at[states->count++] = at;
}

/* Follow the instructions that read nothing from START on, preferred ones first. */
static void follow(Machine *machine, States *states, uint32_t start, size_t at, size_t *groups)
{
  size_t depth = 0;
  machine->stack[depth++] = start;
  while (depth > 0) {
    const uint32_t top = machine->stack[--depth];
    if (top & UNDO) {
      groups[top & ~UNDO] = machine->undo[depth];
      continue;
    }
    if (machine->seen[top] == machine->generation) continue;
    machine->seen[top] = machine->generation;
    const Op *const op = &machine->regex->code[top];
    switch (op->code) {
    case OP_SPLIT:
      machine->stack[depth++] = op->y;
      machine->stack[depth++] = op->x;
      break;
    case OP_JUMP:
      machine->stack[depth++] = op->x;
      break;
    case OP_SAVE:
      machine->undo[depth] = groups[op->x];
      machine->stack[depth++] = UNDO | op->x;
      groups[op->x] = at;
      machine->stack[depth++] = top + 1;
      break;
    case OP_START:
      if (at_line_start(machine, at)) machine->stack[depth++] = top + 1;
      break;
    case OP_END:
      if (at_line_end(machine, at)) machine->stack[depth++] = top + 1;
      break;
    case OP_CHARACTER:
    case OP_ANY:
    case OP_CLASS:
    case OP_MATCH:
      add_state(states, top, groups);
      break;
    }
  }
}

static void keep_match(RegexMatch *out, const size_t *groups)
{
  for (unsigned i = 0; i < REGEX_GROUPS; i++) {
    const bool set = groups[2 * i] != SIZE_MAX && groups[2 * i + 1] != SIZE_MAX;
    out->start[i] = set ? groups[2 * i] : SIZE_MAX;
    out->end[i] = set ? groups[2 * i + 1] : SIZE_MAX;
  }
}

/* Step all states over the character C (or the end); true if a state matched, which ends those
   less preferred. */
static bool step(Machine *machine, States *next, const States *states, bool end, uint32_t c,
                 size_t after, RegexMatch *out)
{
  next->count = 0;
  machine->generation++;
  for (size_t i = 0; i < states->count; i++) {
    const uint32_t at = states->at[i];
    size_t *const groups = states->groups + i * 2 * REGEX_GROUPS;
    if (machine->regex->code[at].code == OP_MATCH) {
      keep_match(out, groups);
      return true;
    }
    if (!end && takes(machine->regex, &machine->regex->code[at], c)) {
      follow(machine, next, at + 1, after, groups);
    }
  }
  return false;
}

static Status machine_init(Machine *machine, States states[2], Arena *scratch)
{
  const size_t count = machine->regex->count;
  machine->seen = arena_array(scratch, count, sizeof *machine->seen);
  machine->stack = arena_array(scratch, 2 * count + 4, sizeof *machine->stack);
  machine->undo = arena_array(scratch, 2 * count + 4, sizeof *machine->undo);
  bool good = machine->seen && machine->stack && machine->undo;
  for (unsigned i = 0; i < 2; i++) {
    states[i].at = arena_alloc(scratch, count * sizeof *states[i].at);
    states[i].groups = arena_alloc(scratch, count * 2 * REGEX_GROUPS * sizeof *states[i].groups);
    states[i].count = 0;
    good = good && states[i].at && states[i].groups;
  }
  return good ? STATUS_OK : STATUS_MEMORY;
}

Status regex_find(bool *found, RegexMatch *out, const Regex *regex, Slice text, size_t from,
                  Arena *scratch)
{
  Machine machine = {.regex = regex, .text = text, .generation = 1};
  States states[2], *now = &states[0], *next = &states[1];
  *found = false;
  TRY(machine_init(&machine, states, scratch));
  for (size_t at = from;;) {
    if (!*found) {
      size_t groups[2 * REGEX_GROUPS];
      memset(groups, 0xFF, sizeof groups);
      follow(&machine, now, 0, at, groups);
    }
    if (!now->count && *found) return STATUS_OK;
    const bool end = at >= text.len;
    const uint32_t c = end ? 0 : utf8_next(text, &at);
    if (step(&machine, next, now, end, c, at, out)) *found = true;
    if (end) return STATUS_OK;
    States *const other = now;
    now = next;
    next = other;
  }
}
