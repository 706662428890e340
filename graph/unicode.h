/* UTF-8, normalisation and case, the latter through utf8proc. */
#ifndef ENTENTE_UNICODE_H
#define ENTENTE_UNICODE_H

#include "sink.h"
#include "slice.h"
#include "status.h"

/* Decode the code point at TEXT[*AT] and step over it. Bytes that are not UTF-8 (RFC 3629) are
   given one by one as U+FFFD. *AT must be below TEXT.len. */
uint32_t utf8_next(Slice text, size_t *at);

/* Encode CODE (a scalar value) in at most 4 bytes; returns how many. */
size_t utf8_encode(char out[4], uint32_t code);

/* The offset of the first byte that is not well-formed UTF-8, or TEXT.len. */
size_t utf8_check(Slice text);

/* The number of code points. */
size_t utf8_count(Slice text);

/* Append TEXT in Normalization Form C. */
Status unicode_nfc(Buffer *out, Slice text);

/* Append TEXT with full case folding, in NFC: what compares without regard to case. */
Status unicode_fold(Buffer *out, Slice text);

/* Append TEXT folded and without diacritics ("Erdoğan" -> "erdogan"): for fuzzy look-up. */
Status unicode_strip(Buffer *out, Slice text);

/* Append TEXT without diacritics, its case kept ("Erdoğan" -> "Erdogan", "Łódź" -> "Lodz"). */
Status unicode_plain(Buffer *out, Slice text);

uint32_t unicode_lower(uint32_t code);
uint32_t unicode_upper(uint32_t code);
bool unicode_is_upper(uint32_t code);
bool unicode_is_lower(uint32_t code);
bool unicode_is_letter(uint32_t code);
bool unicode_is_digit(uint32_t code); /* category Nd */
bool unicode_is_mark(uint32_t code);
bool unicode_is_space(uint32_t code);       /* White_Space, and U+200B, U+FEFF */
bool unicode_is_punctuation(uint32_t code); /* categories P* */
bool unicode_is_symbol(uint32_t code);      /* categories S* */

#endif
