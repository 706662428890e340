/* Decode: from the bytes of a file to UTF-8. */
#ifndef ENTENTE_DECODE_H
#define ENTENTE_DECODE_H

#include "graph/arena.h"
#include "graph/report.h"

/* Decode BYTES: UTF-8 with or without byte order mark, UTF-16 with one, or Windows-1252 (with
   Latin-1), the last with a warning. The mark is not part of OUT. What is already UTF-8 is
   borrowed, all else is put in ARENA. Anything that is not text in one of these is reported with
   PATH, LINE (0: whole file) and byte offset, and ends in STATUS_INPUT. */
Status decode(Slice *out, Arena *arena, Slice bytes, const char *path, size_t line,
              const Report *report);

/* The code point of a byte of Windows-1252, from 0xA0 on that of Latin-1; 0 if none is assigned. */
uint32_t windows_code(unsigned char byte);

#endif
