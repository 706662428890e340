#!/usr/bin/env python3
"""The style of diaries: "Met with TITLE NAME and TITLE NAME." of a document whose author is named.

Each trip of the table of presidents' travels becomes a one-line document by the president, dated its
start; of the people whom it says he met, the share that become metWith edges may not fall. Prints
the share; with an argument also the misses."""
import csv, json, os, re, subprocess, sys, tempfile, unicodedata

TABLE = "../shared/travels/president-travels.tsv"
FLOOR = 0.95

TITLE = (r"(?:(?:Deputy |Vice )?Prime Minister|Foreign Minister|(?:Acting |Interim |Vice )?President|Premier|Chancellor"
         r"|King|Queen|Crown Prince|Prince|Emperor|Empress|Emir|Amir|Sultan|Pope|Generalissimo"
         r"|(?:NATO |U\.N\. |UN |General )*Secretary(?:-| )General|General Secretary|Chairman|Secretary|Archbishop|Taoiseach|Marshal)")
NAME = r"(?:[A-Z][\w.'’-]*|bin|al|de|da|van|von|ibn|d')(?: (?:[A-Z][\w.'’-]*|bin|al|de|da|van|von|ibn|al-\w+|ul-\w+))*"
PERSON = re.compile(rf"^(?:the )?(?:former )?(?:[A-Z][\w.-]*(?: [A-Z][\w.-]*)? ){{0,3}}?{TITLE} (?P<name>{NAME})$")
LIST = re.compile(r"[Mm]et (?:separately )?with ([^.;\[]*(?:(?:[A-Z]|Gen|St)\.[^.;\[]*)*)")


def people(remarks):
    """The names in every "Met with A and B"."""
    for listed in LIST.findall(remarks):
        for part in re.split(r", and (?:with )?|, (?:with )?|:| and (?:with )?", listed):
            person = PERSON.match(part.strip())
            if person:
                yield person["name"].strip()


def folded(name):
    plain = unicodedata.normalize("NFKD", name.lower().replace("ö", "oe").replace("ł", "l"))
    return re.sub(r"[^a-z ]", "", plain.replace("-", " "))


def same(asked, found):
    """Do the names share their distinctive words?"""
    a, f = folded(asked).split(), folded(found).split()
    return bool(a) and (set(a) <= set(f) or set(f) <= set(a) or a[-1] in f)


def build(trips, folder):
    lines = [{"id": t["id"] + "-" + str(i), "author": t["name"], "date": t["start"], "text": t["remarks"]}
             for i, t in enumerate(trips)]
    source, out = os.path.join(folder, "trips.jsonl"), os.path.join(folder, "trips.csv")
    with open(source, "w", encoding="utf-8") as f:
        f.writelines(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
    subprocess.run(["./entente", "build", "-q", source, "-o", out], check=True)
    met = {}
    with open(out, encoding="utf-8", newline="") as f:
        for row in csv.DictReader(f):
            if row["relation"] == "metWith" and row["factuality"] == "actual":
                met.setdefault(row["document"].rsplit("/", 1)[-1], []).append((row["subject"], row["object"]))
    return [met.get(line["id"], []) for line in lines]


def main():
    if not os.path.exists(TABLE):
        print(f"no {TABLE}")
        return 77
    with open(TABLE, encoding="utf-8", newline="") as f:
        trips = list(csv.DictReader(f, delimiter="\t"))
    with tempfile.TemporaryDirectory() as folder:
        pairs = build(trips, folder)
    asked = found = 0
    for trip, met in zip(trips, pairs):
        by_author = [b if same(trip["name"], a) else a for a, b in met if same(trip["name"], a) or same(trip["name"], b)]
        for name in people(trip["remarks"]):
            hit = any(same(name, other) for other in by_author)
            asked, found = asked + 1, found + hit
            if len(sys.argv) > 1 and not hit:
                print(f"{name} | {trip['remarks']} | {met}")
    print(f"{found} of {asked} people met: {found / asked:.3f}")
    return found / asked < FLOOR


if __name__ == "__main__":
    sys.exit(main())
