#!/bin/sh
# A .conllu without our names in MISC says the same as one with them.
set -e
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
./entente parse tests/corpus/kishida-kyiv.txt > "$folder/with.conllu"
sed 's/NER=[BI]-[A-Z]*|//; s/NER=[BI]-[A-Z]*$/_/' "$folder/with.conllu" > "$folder/without.conllu"
! cmp -s "$folder/with.conllu" "$folder/without.conllu"
for name in with without; do
  ./entente build "$folder/$name.conllu" -o "$folder/$name.csv" 2> /dev/null
  cut -d, -f1-7,11- "$folder/$name.csv" | sort > "$folder/$name.rows"
done
test "$(wc -l < "$folder/with.rows")" -gt 10
diff "$folder/with.rows" "$folder/without.rows"
