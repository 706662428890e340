#!/bin/sh
# Dates that follow from what was told before, through the command.
entente=$PWD/entente
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir" || exit 1
bad=0
fail() { echo "FAILED: $*"; bad=1; }

cat >text.txt <<'EOF'
Danish Foreign Minister Anna Vogel visited Chile on Tuesday. She also condemned the coup in Niger.

Kenyan President Omar Diallo had come from Peru, where he met President Luis Ortega on Monday. He also praised Norway.

Finland agreed to reduce taxes by 2030.

Eva Horn, who met Paul Weber on Sunday, criticized Sweden.
EOF
"$entente" build -q --date 2023-05-04 text.txt -o out.csv || fail "build"
has() { grep -Eq "^$1,$2,$3,$4,actual," out.csv || fail "no $1 $2 $3 on $4"; }
has 'Anna Vogel' visited Chile 2023-05-02
has 'Anna Vogel' criticized '.*coup.*' 2023-05-02
has '(Omar Diallo|Luis Ortega)' metWith '(Omar Diallo|Luis Ortega)' 2023-05-01
grep -q '^Omar Diallo,supported,Norway,2023-05-01' out.csv && fail "dated by what was before"
grep -q ',2030,' out.csv && fail "a deadline dates what happened"
has 'Eva Horn' criticized Sweden 2023-04-30
[ $bad = 0 ] || cat out.csv
exit $bad
