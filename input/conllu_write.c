/* Writing CoNLL-U by the official rules: ten columns, forms in NFC without tabs or line ends,
   SpaceAfter on the line of the written token, "# text" made of the very forms written. */
#include "graph/unicode.h"
#include "input/conllu.h"

typedef struct Writer {
  const Sink *sink;
  Slice text; /* of the document */
  Buffer line, scratch;
} Writer;

static bool plain(Slice text)
{
  for (size_t i = 0; i < text.len; i++) {
    const unsigned char c = (unsigned char)text.ptr[i];
    if (c < ' ' || c >= 127) return false;
  }
  return true;
}

/* Copy TEXT as valid UTF-8 with white space of any kind as one space, control characters as U+FFFD.
 */
static Status cleaned(Buffer *out, Slice text)
{
  char encoded[4];
  for (size_t at = 0; at < text.len;) {
    uint32_t code = utf8_next(text, &at);
    if (code < ' ' || code == 127 || (code != ' ' && unicode_is_space(code))) code = 0xFFFD;
    TRY(buffer_add(out, encoded, utf8_encode(encoded, code)));
  }
  return STATUS_OK;
}

static Status put(Writer *w, Slice text)
{
  if (plain(text)) return buffer_slice(&w->line, text);
  w->scratch.count = 0;
  TRY(cleaned(&w->scratch, text));
  return unicode_nfc(&w->line, buffer_as_slice(&w->scratch));
}

static Status put_field(Writer *w, Slice text)
{
  TRY(buffer_add(&w->line, "\t", 1));
  return text.len ? put(w, text) : buffer_add(&w->line, "_", 1);
}

static Status flush(Writer *w)
{
  const Status status = sink_slice(w->sink, buffer_as_slice(&w->line));
  w->line.count = 0;
  return status;
}

/* The words of the written token that begins at word I. */
static size_t words_at(const Sentence *sentence, size_t i)
{
  const size_t words = sentence->tokens[i].words;
  return words > 1 && words <= sentence->count - i ? words : 1;
}

/* The form of a written token of several words: the parts laid end to end ("did", "n't"), or what
   the text has for all of them ("du" for "de", "le"). */
static Status put_written(Writer *w, const Sentence *sentence, size_t i, size_t words)
{
  const Token *token = &sentence->tokens[i];
  if (words == 1) return put(w, token->form);
  if (token[1].start == token->start && token->end <= w->text.len) {
    return put(w, slice_part(w->text, token->start, token->end));
  }
  for (size_t k = 0; k < words; k++) TRY(put(w, token[k].form));
  return STATUS_OK;
}

static Status write_text(Writer *w, const Sentence *sentence)
{
  TRY(buffer_text(&w->line, "# text = "));
  for (size_t i = 0; i < sentence->count;) {
    const size_t words = words_at(sentence, i);
    TRY(put_written(w, sentence, i, words));
    i += words;
    if (i < sentence->count && sentence->tokens[i - 1].space_after) {
      TRY(buffer_add(&w->line, " ", 1));
    }
  }
  return buffer_add(&w->line, "\n", 1);
}

static Status write_range(Writer *w, const Sentence *sentence, size_t i, size_t words)
{
  TRY(buffer_printf(&w->line, "%zu-%zu\t", i + 1, i + words));
  TRY(put_written(w, sentence, i, words));
  const bool space = sentence->tokens[i + words - 1].space_after;
  return buffer_printf(&w->line, "\t_\t_\t_\t_\t_\t_\t_\t%s\n", space ? "_" : "SpaceAfter=No");
}

static Status put_misc(Writer *w, const Token *token, bool alone)
{
  const bool glued = alone && !token->space_after;
  const char *bar = glued ? "|" : "";
  if (token->ner != NER_O) {
    return buffer_printf(&w->line, "\t_\tNER=%c-%s%s%s\n", token->ner_begins ? 'B' : 'I',
                         ner_name((NerType)token->ner), bar, glued ? "SpaceAfter=No" : "");
  }
  return buffer_printf(&w->line, "\t_\t%s\n", glued ? "SpaceAfter=No" : "_");
}

/* One word; ALONE if it is a written token by itself. */
static Status write_word(Writer *w, const Token *token, size_t id, bool alone)
{
  TRY(buffer_printf(&w->line, "%zu", id));
  TRY(put_field(w, token->form));
  TRY(put_field(w, token->lemma));
  TRY(put_field(w, slice_of(upos_name((Upos)token->upos))));
  TRY(put_field(w, token->xpos));
  TRY(put_field(w, token->feats));
  if (token->deprel == DEPREL_NONE) {
    TRY(buffer_text(&w->line, "\t_\t_"));
  } else {
    TRY(buffer_printf(&w->line, "\t%ld\t%s", (long)token->head + 1,
                      deprel_name((Deprel)token->deprel)));
  }
  return put_misc(w, token, alone);
}

static Status write_words(Writer *w, const Sentence *sentence)
{
  size_t range_end = 0;
  for (size_t i = 0; i < sentence->count; i++) {
    const size_t words = i < range_end ? 1 : words_at(sentence, i);
    if (words > 1) {
      TRY(write_range(w, sentence, i, words));
      range_end = i + words;
    }
    TRY(write_word(w, &sentence->tokens[i], i + 1, i >= range_end));
  }
  return buffer_add(&w->line, "\n", 1);
}

static Status write_sentence(Writer *w, const Sentence *sentence, Slice id, size_t number)
{
  if (sentence->new_paragraph) TRY(buffer_text(&w->line, "# newpar\n"));
  TRY(buffer_text(&w->line, "# sent_id = "));
  TRY(put(w, id));
  if (number) TRY(buffer_printf(&w->line, "-%zu", number));
  TRY(buffer_add(&w->line, "\n", 1));
  TRY(write_text(w, sentence));
  TRY(write_words(w, sentence));
  return flush(w);
}

static void writer_clear(Writer *w)
{
  buffer_clear(&w->line);
  buffer_clear(&w->scratch);
}

/* An id as the rules have it: no white space, no slash. */
static Status clean_id(Buffer *out, Slice id)
{
  for (size_t i = 0; i < id.len; i++) {
    const unsigned char c = (unsigned char)id.ptr[i];
    TRY(buffer_add(out, c <= ' ' || c == '/' || c == 127 ? "-" : &id.ptr[i], 1));
  }
  return out->count ? STATUS_OK : buffer_text(out, "document");
}

static Status write_document(Writer *w, Slice id, const Sentence *sentences, size_t count)
{
  TRY(buffer_text(&w->line, "# newdoc id = "));
  TRY(put(w, id));
  TRY(buffer_add(&w->line, "\n", 1));
  for (size_t i = 0; i < count; i++) {
    const bool own = sentences[i].id.len > 0;
    TRY(write_sentence(w, &sentences[i], own ? sentences[i].id : id, own ? 0 : i + 1));
  }
  return flush(w);
}

Status conllu_write(const Sink *sink, const Document *document, const Sentence *sentences,
                    size_t count)
{
  Writer w = {sink, document->text, BUFFER_EMPTY, BUFFER_EMPTY};
  Buffer id = BUFFER_EMPTY;
  Status status = clean_id(&id, document->id);
  if (status == STATUS_OK && count) {
    status = write_document(&w, buffer_as_slice(&id), sentences, count);
  }
  buffer_clear(&id);
  writer_clear(&w);
  return status;
}
