#!/bin/sh
# Bad input: each with a message that names the file, the documented exit status, the rest processed.
entente=$PWD/entente
corpus=$PWD/tests/corpus
dir=$(mktemp -d)
trap 'chmod -R u+rwx "$dir"; rm -rf "$dir"' EXIT
cd "$dir" || exit 1
bad=0
fail() { echo "FAILED: $*"; bad=1; }

# expect STATUS WORD COMMAND...: the exit status, and WORD in what is said on stderr
expect() {
  want=$1 word=$2; shift 2
  "$@" >out 2>err </dev/null
  got=$?
  [ $got = "$want" ] || { fail "exit $got, not $want: $*"; cat err; }
  grep -q -- "$word" err || { fail "no '$word' in the message of: $*"; cat err; }
}

good=$corpus/kishida-kyiv.txt
processed() { grep -q kishida-kyiv out.nt || fail "the rest was not processed: $1"; rm -f out.nt; }
skipped() { # FILE: named in a message, skipped, the rest processed
  expect 1 "$1" "$entente" build "$good" "$1" -o out.nt
  processed "$1"
}

: >empty.txt
skipped missing.txt
: >empty.gz; mv empty.gz zero.txt.gz
skipped zero.txt.gz
gzip -c "$good" | head -c 700 >cut.txt.gz
skipped cut.txt.gz
printf '\211PNG\r\n\032\n\000\000\000\rIHDR\000\000' >picture.txt
skipped picture.txt
printf 'caf\303\050 \200\201\202 \377\376\375\n\000\001\002' >binary.txt
skipped binary.txt
{ printf '{"id":"a","text":"Japan met France in Paris on Monday."}\n{"id":"b","text":\n'
  printf '{"id":"c","text":"Japan signed a treaty with France."}\n'; } >lines.jsonl
expect 1 'lines.jsonl:2' "$entente" build lines.jsonl -o out.nt
rm -f out.nt
mkdir closed; cp "$good" closed/; chmod 000 closed
if [ "$(id -u)" != 0 ]; then skipped closed; fi
chmod 755 closed

"$entente" build empty.txt "$good" -o out.nt >out 2>err
case $? in 0 | 1) processed empty.txt ;; *) fail "an empty file"; cat err ;; esac

head -c 5000000 /dev/zero | tr '\0' x >long.txt
"$entente" build long.txt "$good" -o out.nt >out 2>err || [ $? = 1 ] || fail "a long line"
processed long.txt
{ for i in $(seq 1 100000); do printf '<div>'; done; echo 'Japan met France.'; } >deep.html
"$entente" build deep.html "$good" -o out.nt >out 2>err || [ $? = 1 ] || fail "deep HTML"
processed deep.html

expect 2 'out.unknown' "$entente" build "$good" -o out.unknown
expect 2 'twice' "$entente" build "$good" -o out.ttl -o out.ttl
[ ! -e out.ttl ] || fail "an output appeared although the command was wrong"
expect 2 'command' "$entente"
expect 2 'nonsense' "$entente" nonsense
expect 2 'option' "$entente" build --nonsense "$good" -o out.ttl
expect 2 '--jobs' "$entente" build --jobs 0 "$good" -o out.ttl
expect 2 '--jobs' "$entente" build --jobs 3x "$good" -o out.ttl
expect 2 '--min-weight' "$entente" build --min-weight 10000000 "$good" -o out.svg
expect 2 '--theme' "$entente" build --theme red "$good" -o out.svg
expect 2 '--scale' "$entente" build --scale 0 "$good" -o out.png
expect 3 'no/such/place' "$entente" build "$good" -o no/such/place.ttl
if [ -c /dev/full ]; then expect 3 '/dev/full' "$entente" build "$good" --to ttl -o /dev/full; fi
printf '@prefix ent: <https://w3id.org/entente#> .\nent:x a ent:Frame ;\n' >broken.ttl
expect 4 'broken.ttl' "$entente" build --ontology broken.ttl "$good" -o out.ttl
[ ! -e out.ttl ] || fail "an output appeared although nothing was read"
exit $bad
