#!/bin/sh
# The merge law and the same bytes, through the command.
entente=$PWD/entente
corpus=$PWD/tests/corpus
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir" || exit 1
bad=0
fail() { echo "FAILED: $*"; bad=1; }
build() { "$entente" build -q "$@" || fail "build $*"; }

build "$corpus"/*.txt -o all.nq -o all.ttl -o all.csv -o all.jsonl -o all.nt
[ -s all.nq ] || fail "nothing was written"

# each alone, then united
for f in "$corpus"/*.txt; do build "$f" -o "one-$(basename "$f").nq"; done
cat one-*.nq | LC_ALL=C sort -u >united.nq
cmp -s all.nq united.nq || { fail "merge law (lines)"; diff all.nq united.nq | head; }
build one-*.nq -o merged.nq
cmp -s all.nq merged.nq || fail "merge law (graphs)"

# two threads, another order, another locale
build --jobs 2 "$corpus"/*.txt -o jobs.nq -o jobs.ttl -o jobs.csv -o jobs.jsonl
for x in nq ttl csv jsonl; do cmp -s all.$x jobs.$x || fail "--jobs 2: .$x differs"; done
build --jobs 2 "$corpus" -o folder.ttl
build "$corpus" -o alone.ttl
cmp -s alone.ttl folder.ttl || fail "--jobs 2 of a folder differs"
build $(ls -r "$corpus"/*.txt) -o order.nq -o order.ttl -o order.csv
for x in nq ttl csv; do cmp -s all.$x order.$x || fail "another order: .$x differs"; done
for locale in C C.UTF-8 tr_TR.UTF-8; do
  LC_ALL=$locale "$entente" build -q "$corpus"/*.txt -o locale.ttl || fail "locale $locale"
  cmp -s all.ttl locale.ttl || fail "locale $locale: other bytes"
done

# other programs read the same statements
if command -v rapper >/dev/null; then
  rapper -q -i turtle -o ntriples all.ttl | LC_ALL=C sort -u >rapper.nt
  rapper -q -i ntriples -o ntriples all.nt | LC_ALL=C sort -u >rapper2.nt
  cmp -s rapper.nt rapper2.nt || fail "rapper reads Turtle and N-Triples differently"
fi
if command -v serdi >/dev/null; then
  serdi -i turtle -o ntriples all.ttl | LC_ALL=C sort -u >serdi.nt
  serdi -i ntriples -o ntriples all.nt | LC_ALL=C sort -u >serdi2.nt
  cmp -s serdi.nt serdi2.nt || fail "serdi reads Turtle and N-Triples differently"
fi
"$entente" check -q all.ttl --text "$corpus" || fail "our own graph does not keep to the ontology"
exit $bad
