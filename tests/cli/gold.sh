#!/bin/sh
# What is read from whole articles, against what careful readers found: the figures may not fall
# below these floors. The gold is kept outside the project.
gold=../shared/gold
if [ ! -d $gold ]; then echo "there is no $gold"; exit 77; fi
figures=$(mktemp)
trap 'rm -f "$figures"' EXIT
bad=0

# floor NAME TEXTS F1 PRECISION
floor() {
  "${PYTHON:-python3}" $gold/score.py --run './entente build -q {text} -o {out}' --texts "$2" \
    $gold/"$1"/*.json --json "$figures" >/dev/null || bad=1
  "${PYTHON:-python3}" - "$figures" "$@" <<'END' || bad=1
import json, sys
figures, name, _, f1, precision = sys.argv[1:]
got = json.load(open(figures))["all"]
print(f"{name}: F1 {got['f1']:.3f} (floor {f1}), precision {got['precision']:.3f} (floor {precision})")
sys.exit(got["f1"] < float(f1) or got["precision"] < float(precision))
END
}

floor seeds ../shared/seeds 0.60 0.70
floor corpus tests/corpus 0.58 0.70
exit $bad
