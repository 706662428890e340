#!/bin/sh
# Static checks: warnings of gcc and clang are errors, headers compile alone, cppcheck, formatting.
passed=0 failed=0
log=$(mktemp)
trap 'rm -f "$log"' EXIT
check() { # NAME COMMAND...
  name=$1; shift
  if "$@" >"$log" 2>&1; then passed=$((passed + 1)); echo "ok $name"
  else failed=$((failed + 1)); echo "FAILED $name"; tail -n 20 "$log"; fi
}
for cc in gcc clang; do
  check "warnings of $cc" make -s -k CC=$cc CFLAGS='-O1 -Werror' BUILD=build/lint-$cc build/lint-$cc/libentente.a build/lint-$cc/entente.o \
    build/lint-$cc/train-model build/lint-$cc/train-extract
done
flags="-std=c11 -D_POSIX_C_SOURCE=200809L -I. -Wall -Wextra -Werror -fsyntax-only -x c"
for header in $(find "$@" -name '*.h'); do
  gcc $flags "$header" >"$log" 2>&1 || { cat "$log"; headers=bad; }
done

check "headers compile alone" test -z "$headers"
check "cppcheck" cppcheck -q --error-exitcode=1 --std=c11 --inline-suppr --enable=warning,portability \
  --suppress=missingIncludeSystem --suppress=internalAstError -I. entente.c "$@"
check "formatting" sh -c 'clang-format --dry-run -Werror entente.c $(find "$@" -name "*.[ch]")' sh "$@"
check "manual page" mandoc -T lint -W error entente.1
echo "$passed passed, $failed failed"
[ $failed = 0 ]
