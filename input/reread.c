/* "Met with the president": at the head of a subjectless sentence taggers see an infinitive or a
   name, and the lemma stays "met". What a form can be is tried in turn, and what has a frame wins.
 */
#include "input/reread.h"

#include "ontology/words.h"

#define VERB_LONGEST 48

static bool evokes(const Ontology *ontology, Slice lemma)
{
  const uint32_t *frames;
  return lemma.len && ontology_frames_of(&frames, ontology, lemma, TRIGGER_VERB) > 0;
}

static bool ends_in(Slice text, const char *ending)
{
  const size_t n = strlen(ending);
  return text.len > n + 1 && memcmp(text.ptr + text.len - n, ending, n) == 0;
}

/* The lemma of FORM less its last CUT bytes with ADD put on, if that evokes something. */
static Slice stripped(char *buffer, const Ontology *ontology, Slice form, size_t cut,
                      const char *add)
{
  const size_t n = form.len - cut, more = strlen(add);
  memmove(buffer, form.ptr, n);
  memcpy(buffer + n, add, more);
  const Slice lemma = {buffer, n + more};
  return evokes(ontology, lemma) ? lemma : SLICE_NONE;
}

/* "signed", "announced", "rallied", "barred". */
static Slice regular_past(char *buffer, const Ontology *ontology, Slice form)
{
  if (!ends_in(form, "ed")) return SLICE_NONE;
  Slice lemma = stripped(buffer, ontology, form, 2, "");
  if (!lemma.len) lemma = stripped(buffer, ontology, form, 1, "");
  if (!lemma.len && ends_in(form, "ied")) lemma = stripped(buffer, ontology, form, 3, "y");
  const bool doubled = form.len > 4 && form.ptr[form.len - 3] == form.ptr[form.len - 4];
  if (!lemma.len && doubled) lemma = stripped(buffer, ontology, form, 3, "");
  return lemma;
}

/* The verb that FORM is the past tense or participle of, if a frame knows it. */
static Slice past_of(char *buffer, const Ontology *ontology, Slice form)
{
  char lower[VERB_LONGEST];
  if (form.len < 3 || form.len >= VERB_LONGEST) return SLICE_NONE;
  for (size_t i = 0; i < form.len; i++) {
    const char c = form.ptr[i];
    lower[i] = c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
  }
  const Slice low = {lower, form.len};
  const Slice irregular = ontology_verb(ontology, low);
  return evokes(ontology, irregular) ? irregular : regular_past(buffer, ontology, low);
}

static bool clause_head(const Token *token)
{
  return token->head < 0 || token->deprel == DEPREL_PARATAXIS || token->deprel == DEPREL_CONJ;
}

/* Does TOKEN open its sentence, or follow a full stop or a semicolon inside of it? */
static bool opens(const Sentence *sentence, size_t token)
{
  if (token == 0) return true;
  const Slice before = sentence->tokens[token - 1].form;
  return slice_is(before, ";") || slice_is(before, ".") || slice_is(before, ":");
}

static bool mistaken_verb(const Sentence *sentence, size_t token)
{
  const Token *const t = &sentence->tokens[token];
  if (t->ner != NER_O || !clause_head(t) || !opens(sentence, token)) return false;
  if (t->upos != UPOS_PROPN && t->upos != UPOS_NOUN && t->upos != UPOS_ADJ && t->upos != UPOS_X)
    return false;
  for (size_t i = 0; i < sentence->count; i++) {
    const Deprel base = deprel_base((Deprel)sentence->tokens[i].deprel);
    if (sentence->tokens[i].head == (int32_t)token &&
        (base == DEPREL_NSUBJ || base == DEPREL_COP || base == DEPREL_DET))
      return false;
  }
  return true;
}

static bool odd_verb(const Token *token, const Ontology *ontology)
{
  return token->upos == UPOS_VERB && !evokes(ontology, token->lemma);
}

bool reread_evokes(const Token *token, const Ontology *ontology)
{
  char buffer[VERB_LONGEST + 1];
  return odd_verb(token, ontology) && past_of(buffer, ontology, token->form).len > 0;
}

static Slice other_reading(char *buffer, const Ontology *ontology, const Sentence *sentence,
                           size_t token)
{
  const Token *const t = &sentence->tokens[token];
  if (!odd_verb(t, ontology) && !mistaken_verb(sentence, token)) return SLICE_NONE;
  return past_of(buffer, ontology, t->form);
}

/* "Egypt requests help" with "requests" taken for a noun: a noun has no object. */
static bool present_verb(const Sentence *sentence, const Ontology *ontology, size_t token)
{
  const Token *const t = &sentence->tokens[token];
  if (t->upos != UPOS_NOUN || t->ner != NER_O || !evokes(ontology, t->lemma)) return false;
  bool subject = false, object = false;
  for (size_t i = 0; i < sentence->count; i++) {
    if (sentence->tokens[i].head != (int32_t)token) continue;
    const Deprel rel = (Deprel)sentence->tokens[i].deprel;
    if (rel == DEPREL_COP || rel == DEPREL_DET || rel == DEPREL_CASE) return false;
    subject |= rel == DEPREL_NSUBJ;
    object |= rel == DEPREL_OBJ || rel == DEPREL_CCOMP || rel == DEPREL_XCOMP;
  }
  return object || (subject && clause_head(t));
}

static Status own_copy(Sentence **out, Arena *arena, const Sentence *sentence)
{
  *out = arena_alloc(arena, sizeof **out);
  if (!*out) return STATUS_MEMORY;
  **out = *sentence;
  (*out)->tokens = arena_array(arena, sentence->count, sizeof *sentence->tokens);
  if (!(*out)->tokens) return STATUS_MEMORY;
  memcpy((*out)->tokens, sentence->tokens, sentence->count * sizeof *sentence->tokens);
  return STATUS_OK;
}

static void make_verb(Token *token, const char *xpos, unsigned features)
{
  token->upos = UPOS_VERB;
  token->xpos = slice_of(xpos);
  token->features = features;
}

static Status reread(Sentence *copy, Arena *arena, size_t token, Slice lemma)
{
  Token *const t = &copy->tokens[token];
  if (!lemma.len) {
    make_verb(t, "VBZ", FEAT_PRES | FEAT_FIN);
    return STATUS_OK;
  }
  if (t->upos != UPOS_VERB || !(t->features & FEAT_PART)) make_verb(t, "VBD", FEAT_PAST | FEAT_FIN);
  return arena_copy(&t->lemma, arena, lemma);
}

Status sentence_reread(const Sentence **out, Arena *arena, const Sentence *sentence,
                       const Ontology *ontology)
{
  Sentence *copy = NULL;
  *out = sentence;
  for (size_t i = 0; i < sentence->count; i++) {
    char buffer[VERB_LONGEST + 1];
    const Slice lemma = other_reading(buffer, ontology, sentence, i);
    if (!lemma.len && !present_verb(sentence, ontology, i)) continue;
    if (!copy) TRY(own_copy(&copy, arena, sentence));
    TRY(reread(copy, arena, i, lemma));
  }
  if (copy) *out = copy;
  return STATUS_OK;
}
