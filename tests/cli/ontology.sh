#!/bin/sh
# A user's own relation, and a new trigger of a known one, from five lines of Turtle and no training.
entente=$PWD/entente
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir" || exit 1
bad=0
fail() { echo "FAILED: $*"; bad=1; }

cat >my.ttl <<'EOF'
@prefix ent: <https://w3id.org/entente#> .
ent:decorated a ent:Relation .
ent:decorating a ent:Frame ; ent:evokes ent:decorated ; ent:verb "decorate" , "pin medal" ; ent:subject "nsubj" ; ent:object "obj obl:on" .
ent:decoration a ent:Frame ; ent:evokes ent:decorated ; ent:noun "decoration" ; ent:subject "nmod:by" ; ent:object "nmod:of" .
ent:hobnobbing a ent:Frame ; ent:evokes ent:metWith ; ent:verb "hobnob" ; ent:subject "nsubj" ; ent:object "obl:with" .
EOF
cat >text.txt <<'EOF'
President Aalto decorated General Anna Vogel in Lima on 3 May 2023.

Two pilots were decorated by Norway.

Chile will decorate the rescuers.

France did not decorate Paul Weber.

Finland pinned a medal on Erik Lund on Friday.

The decoration of Marta Soto by Denmark was a surprise.

Prime Minister Lee hobnobbed with Chancellor Weber.

The room was full of light.
EOF
"$entente" build -q --ontology my.ttl text.txt -o out.csv -o out.ttl || fail "build"
has() { grep -q "^$1,$2,$3,$4,$5," out.csv || fail "no $1 $2 $3 ($4 $5)"; }
has 'Aalto' decorated 'Anna Vogel' 2023-05-03 actual
has 'Norway' decorated 'Two pilots' '' actual
has 'Chile' decorated 'rescuers' '' planned
has 'France' decorated 'Paul Weber' '' denied
grep -q '^Finland,decorated,Erik Lund,' out.csv || fail "a trigger of two words"
has 'Denmark' decorated 'Marta Soto' '' actual
grep -Eq '^(Lee,metWith,Weber|Weber,metWith,Lee|.*Lee.*,metWith,.*Weber)' out.csv ||
  fail "the new trigger of a known relation"
[ "$(grep -c ',decorated,' out.csv)" = 6 ] || fail "decorated where nobody was"
grep -q 'a ent:Decorated ' out.ttl || fail "no situation of the new class"
"$entente" query --ontology my.ttl out.ttl 'SELECT ?who ?whom { ?who ent:decorated ?whom }' >rows 2>err ||
  "$entente" query out.ttl 'SELECT ?who ?whom { ?who ent:decorated ?whom }' >rows || fail "query"
grep -q Vogel rows || fail "the query finds nothing"

# Without the file, nothing of it.
"$entente" build -q text.txt -o plain.csv || fail "build without"
grep -q ',decorated,' plain.csv && fail "decorated without the ontology"

# What is wrong in it is said with its line.
echo 'ent:x a ent:Frame ; ent:evokes ent:nothingKnown ; ent:verb "x" .' >>my.ttl
"$entente" build -q --ontology my.ttl text.txt -o no.csv 2>err
[ $? = 4 ] || fail "a bad ontology: exit status"
grep -q 'my.ttl' err || fail "a bad ontology: message"
exit $bad
