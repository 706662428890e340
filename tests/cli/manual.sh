#!/bin/sh
# Every option that --help lists stands in the manual page and is completed, and the reverse; the
# examples of the manual page run.
entente=$PWD/entente
manual=$PWD/entente.1
completion=$PWD/output/completion.bash
corpus=$PWD/tests/corpus
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
bad=0
fail() { echo "FAILED: $*"; bad=1; }
commands="build parse query draw explain check"

# complete WORD...: what is offered for the last word of a command line
complete() {
  bash -c '. "$0"; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _entente; printf "%s\n" "${COMPREPLY[@]}"' \
    "$completion" "$@" | sort
}
helped() { "$entente" "$1" --help | grep -o '^  *\(-.,\)\{0,1\} *--[a-z-]*' | grep -o -e '--[a-z-]*' | sort; }

complete entente '' >"$dir/commands"
for c in $commands; do
  grep -qx -e "$c" "$dir/commands" || fail "$c is not completed"
  "$entente" --help | grep -q "entente $c" || fail "$c is not in --help"
  grep -q "^.It Cm $c" "$manual" || fail "$c is not in the manual page"
  helped "$c" >"$dir/helped"
  [ -s "$dir/helped" ] || fail "$c --help lists no option"
  complete entente "$c" -- >"$dir/completed"
  diff "$dir/helped" "$dir/completed" || fail "$c: options in --help (<) and completed (>)"
  cat "$dir/helped" >>"$dir/all"
done
[ "$(complete entente draw --level c)" = country ] || fail "values are not completed"
sort -u "$dir/all" >"$dir/options"
sed -n '/^.Sh OPTIONS/,/^.Sh EXIT/p' "$manual" | grep '^.It Fl' | grep -o -e ' -[a-z][a-z-]*' |
  sed 's/^ /-/' | sort -u >"$dir/manual"
diff "$dir/options" "$dir/manual" || fail "options in --help (<) and in the manual page (>)"

# the examples, one after the other where their inputs are
sed -n '/^.Sh EXAMPLES/,/^.Sh STANDARDS/s/^.Dl //p' "$manual" >"$dir/examples"
[ "$(wc -l <"$dir/examples")" -ge 4 ] || fail "there are few examples"
cd "$dir" || exit 1
mkdir articles bin
cp "$corpus"/*.txt articles/
ln -s "$entente" bin/entente
printf 'visitor,from,country,start\nPresident Ann Lee,Peru,Japan,2021-05-06\n' >visits.csv
PATH=$dir/bin:$PATH
while read -r line; do
  sh -c "$line" >out 2>err </dev/null || { fail "$line"; cat err; }
done <examples
for f in alliance.ttl alliance.csv alliance.svg visits.ttl visits.png; do
  [ -s $f ] || fail "the examples did not write $f"
done
exit $bad
