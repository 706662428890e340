"""What `entente parse` writes keeps the rules of CoNLL-U (universaldependencies.org/format.html)."""
import glob
import re
import subprocess
import sys
import tempfile
import unicodedata

UPOS = set("ADJ ADP ADV AUX CCONJ DET INTJ NOUN NUM PART PRON PROPN PUNCT SCONJ SYM VERB X".split())
DEPRELS = set(
    "acl advcl advmod amod appos aux case cc ccomp clf compound conj cop csubj dep det discourse "
    "dislocated expl fixed flat goeswith iobj list mark nmod nsubj nummod obj obl orphan parataxis "
    "punct reparandum root vocative xcomp".split())
HARD = """Don't panic -- it's "only" a test... isn't it?!

They couldn't've gone to the U.S.'s office (e.g. at 7:30pm) for $2.5m; see www.example.org/x?y=z.
\u0645\u0631\u062d\u0628\u0627 \u6771\u4eac\u3002 \U0001F468\u200d\U0001F469\u200d\U0001F467 \U0001F1EF\U0001F1F5 e\u0301te\u0301 \u212b A\u030a =\u0338
* item one
- item two\ttabbed\u00a0and\u2028broken
"""


def problems(line_number, text, seen):
    """Yield what is wrong with one sentence."""
    rows, comments = [], {}
    for line in text.split("\n"):
        if line != unicodedata.normalize("NFC", line):
            yield "not NFC: " + line
        if line.startswith("#"):
            key, _, value = line[1:].partition("=")
            comments[key.strip()] = value.strip()
        else:
            rows.append(line.split("\t"))
    if not comments.get("sent_id") or comments["sent_id"] in seen or "/" in comments["sent_id"]:
        yield "bad sent_id %r" % comments.get("sent_id")
    seen.add(comments.get("sent_id"))
    words, written, inside, expected = [], "", 0, 1
    for row in rows:
        if len(row) != 10 or any(not f or f != f.strip() for f in row):
            yield "bad columns %r" % row
            return
        misc = dict(kv.split("=", 1) for kv in row[9].split("|") if "=" in kv)
        space = "" if misc.get("SpaceAfter") == "No" else " "
        if "-" in row[0]:
            first, last = map(int, row[0].split("-"))
            if first != expected or last <= first or inside >= first:
                yield "bad range " + row[0]
            if any(f != "_" for f in row[2:9]):
                yield "a range with annotation"
            inside = last
            written += row[1] + space
            continue
        if row[0] != str(expected):
            yield "bad id " + row[0]
        if expected > inside:
            written += row[1] + space
        elif "SpaceAfter" in misc:
            yield "SpaceAfter inside a range"
        expected += 1
        words.append(row)
    if written.strip() != comments.get("text"):
        yield "text %r is not %r" % (comments.get("text"), written)
    if inside >= expected:
        yield "a range beyond the sentence"
    yield from tree_problems(words)


def tree_problems(words):
    roots = 0
    for row in words:
        feats = [] if row[5] == "_" else row[5].split("|")
        if row[3] not in UPOS:
            yield "upos " + row[3]
        if feats != sorted(feats, key=str.lower) or not all(
                re.fullmatch(r"[A-Z][A-Za-z0-9]*=[A-Z0-9][A-Za-z0-9,]*", f) for f in feats):
            yield "feats " + row[5]
        if not row[6].isdigit() or int(row[6]) > len(words) or row[6] == row[0]:
            yield "head " + row[6]
            return
        if row[7].split(":")[0] not in DEPRELS or (row[6] == "0") != (row[7] == "root"):
            yield "deprel %s of head %s" % (row[7], row[6])
        roots += row[6] == "0"
    if roots != 1:
        yield "%d roots" % roots
    for row in words:
        at, steps = row, 0
        while at[6] != "0" and steps <= len(words):
            at, steps = words[int(at[6]) - 1], steps + 1
        if steps > len(words):
            yield "a cycle"
            return


def main():
    with tempfile.NamedTemporaryFile("w", suffix=".txt", encoding="utf-8") as hard:
        hard.write(HARD)
        hard.flush()
        paths = sorted(glob.glob("tests/corpus/*.txt")) + [hard.name]
        done = subprocess.run(["./entente", "parse"] + paths, capture_output=True, check=True)
    text, seen, wrong = done.stdout.decode("utf-8"), set(), 0
    if not text.endswith("\n\n"):
        sys.exit("no empty line at the end")
    for number, sentence in enumerate(text[:-2].split("\n\n")):
        for problem in problems(number, sentence, seen):
            print("%s\n%s\n" % (problem, sentence))
            wrong += 1
    if len(seen) < 50:
        sys.exit("only %d sentences" % len(seen))
    sys.exit(1 if wrong else 0)


main()
