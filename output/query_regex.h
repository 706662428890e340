/* Regex: the regular expressions of XPath and XQuery, for REGEX and REPLACE. Matching takes time in
   proportion to text times pattern, whatever the pattern. */
#ifndef ENTENTE_QUERY_REGEX_H
#define ENTENTE_QUERY_REGEX_H

#include "graph/arena.h"
#include "graph/slice.h"
#include "graph/status.h"

#define REGEX_GROUPS 10u /* group 0 is the whole match */

typedef struct Regex Regex;

typedef struct RegexMatch {
  size_t start[REGEX_GROUPS],
      end[REGEX_GROUPS]; /* bytes; start is SIZE_MAX where it did not match */
} RegexMatch;

/* Compile PATTERN with FLAGS (of "smix") in ARENA. STATUS_INPUT if the pattern or the flags are
   wrong, STATUS_LIMIT for what is legal but not done: back-references, \p{…}, \i, \c, class
   subtraction, more than nine groups, patterns that are too large. */
Status regex_compile(Regex **out, Slice pattern, Slice flags, Arena *arena);

/* Find the first match at or after byte FROM; alternatives and quantifiers prefer as Perl does.
 *FOUND tells whether there is one. SCRATCH is used and not given back. */
Status regex_find(bool *found, RegexMatch *out, const Regex *regex, Slice text, size_t from,
                  Arena *scratch);

unsigned regex_groups(const Regex *regex); /* without group 0 */

#endif
