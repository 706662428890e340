#!/bin/sh
# make install puts the program, its manual page and completion under DESTDIR and PREFIX;
# make uninstall takes them away again.
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
bad=0
fail() { echo "FAILED: $*"; bad=1; }
unset MAKEFLAGS MFLAGS MAKELEVEL

make -s install DESTDIR="$dir/root" PREFIX=/opt/here >/dev/null || fail "make install"
(cd "$dir/root" && find . -type f | LC_ALL=C sort) >"$dir/installed"
cat >"$dir/expected" <<'END'
./opt/here/bin/entente
./opt/here/share/bash-completion/completions/entente
./opt/here/share/man/man1/entente.1
END
diff "$dir/expected" "$dir/installed" || fail "what is installed (>)"
"$dir/root/opt/here/bin/entente" --version | grep -q '^entente [0-9]' || fail "the installed program"
[ ! -x "$dir/root/opt/here/share/man/man1/entente.1" ] || fail "the manual page is executable"

# it works where nothing of the project is
echo 'Japan signed a treaty with France on 3 May 2021.' >"$dir/text.txt"
(cd "$dir" && root/opt/here/bin/entente build -q text.txt -o out.csv) || fail "the installed program"
grep -q signed "$dir/out.csv" || fail "the installed program found nothing"

make -s uninstall DESTDIR="$dir/root" PREFIX=/opt/here >/dev/null || fail "make uninstall"
[ -z "$(find "$dir/root" -type f)" ] || fail "make uninstall left something"
exit $bad
