#!/bin/sh
# Run test programs (cmocka) and scripts; print what failed and end with "N passed, N failed".
# A script passes with exit status 0 and is skipped with 77, saying why in its last line.
passed=0 failed=0 skipped=0
log=$(mktemp)
trap 'rm -f "$log"' EXIT
for test in "$@"; do
  case $test in
  *.py) "${PYTHON:-python3}" "$test" >"$log" 2>&1 ;;
  *.sh) sh "$test" >"$log" 2>&1 ;;
  *) "$test" >"$log" 2>&1 ;;
  esac
  status=$?
  good=$(sed -n 's/^\[  PASSED  \] \([0-9]*\) test.*/\1/p' "$log" | awk '{n += $1} END {print n + 0}')
  bad=$(sed -n 's/^\[  FAILED  \] \([0-9]*\) test.*/\1/p' "$log" | awk '{n += $1} END {print n + 0}')
  if [ $status = 77 ]; then
    skipped=$((skipped + 1))
    echo "skipped $test: $(tail -n 1 "$log")"
    continue
  fi
  [ "$good" = 0 ] && [ $status = 0 ] && good=1
  [ "$bad" = 0 ] && [ $status != 0 ] && bad=1
  passed=$((passed + good)) failed=$((failed + bad))
  if [ $status != 0 ]; then
    echo "FAILED $test (status $status)"
    grep -v '^\[ *\(RUN\|OK\) *\]' "$log" | tail -n 40
  else
    echo "ok $test ($good)"
    grep -i 'skip' "$log" | head -n 3
  fi
done
echo "$passed passed, $failed failed, $skipped skipped"
[ $failed = 0 ]
