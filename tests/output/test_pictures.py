"""What the command draws, read by others: Graphviz, xmllint, networkx."""
import csv
import os
import re
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree

try:
    import networkx
except ImportError:
    print("python3-networkx is not installed: skipped")
    sys.exit(77)
if not shutil.which("dot"):
    print("Graphviz's dot is not installed: skipped")
    sys.exit(77)

ENTENTE = os.path.abspath("entente")
HEADER = ["subject", "relation", "object", "date", "factuality"]
ROWS = [
    ["France", "visited", "Germany", "2023-01-22", "actual"],
    ["France", "visited", "Germany", "2024-05", "planned"],
    ["Germany", "metWith", "Poland", "2022", "actual"],
    ["Poland", "criticized", "Russia", "", "actual"],
    ["Russia", "attacked", "Ukraine", "2022-02-24", "actual"],
    ["Japan", "supported", "Ukraine", "2023-03-21", "possible"],
    ["A & B <\"C\"> \\N", "metWith", "اللغة العربية 😀", "2023", "denied"],
    ["x" * 400, "metWith", "Japan", "2024-02-29", "actual"],
]


def run(*arguments, status=(0,)):
    done = subprocess.run(arguments, capture_output=True, text=True, check=False)
    assert done.returncode in status, (arguments, done.returncode, done.stderr)
    return done


def make_graph(folder):
    table = os.path.join(folder, "rows.csv")
    with open(table, "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADER)
        writer.writerows(ROWS)
    graph = os.path.join(folder, "graph.ttl")
    run(ENTENTE, "build", table, "-o", graph)
    return graph


def pairs():
    return {(row[0], row[2]) for row in ROWS}


def names():
    return {name for row in ROWS for name in (row[0], row[2])}


def check_dot(path):
    """dot -Tcanon keeps all nodes, edges and attributes."""
    canon = run("dot", "-Tcanon", path).stdout
    with open(path, encoding="utf-8") as file:
        mine = file.read()
    for text in (mine, canon):
        assert len(re.findall(r"^\t[^\t].* -> ", text, re.M)) == len(pairs())
    for attribute in ("tooltip=", "penwidth=", "id=", "count=", "relations="):
        assert mine.count(attribute) == canon.count(attribute), attribute
    assert mine.count("id=") == len(pairs()) + len(names())


def check_svg(path):
    run("xmllint", "--noout", path)
    tree = ElementTree.parse(path)
    groups = [g.get("class", "") for g in tree.iter("{http://www.w3.org/2000/svg}g")]
    assert sum(c.startswith("node ") for c in groups) == len(names())
    assert sum(c.startswith("edge ") for c in groups) == len(pairs())
    ids = [e.get("id") for e in tree.iter() if e.get("id")]
    assert len(ids) == len(set(ids))


def check_graphml(path):
    graph = networkx.read_graphml(path)
    assert graph.number_of_nodes() == len(names())
    assert graph.number_of_edges() == len(pairs())
    labels = {data["label"] for _, data in graph.nodes(data=True)}
    assert labels == names(), labels ^ names()
    assert sum(data["count"] for *_, data in graph.edges(data=True)) == len(ROWS)


def check_gexf(path):
    graph = networkx.read_gexf(path)
    assert graph.number_of_nodes() == len(names())
    assert graph.number_of_edges() == len(pairs())
    text = open(path, encoding="utf-8").read()
    assert 'start="2023-01-22" end="2024-05-31"' in text
    assert 'start="2022-01-01" end="2022-12-31"' in text


def check_country(graph, folder):
    """One edge per pair and family: parallel edges."""
    counts = []
    for extension, read in (("graphml", networkx.read_graphml), ("gexf", networkx.read_gexf)):
        path = os.path.join(folder, "country." + extension)
        run(ENTENTE, "draw", graph, "--all", "--level", "country", "-o", path)
        loaded = read(path)
        counts.append((loaded.number_of_nodes(), loaded.number_of_edges()))
        assert {"France", "Ukraine"} <= {d["label"] for _, d in loaded.nodes(data=True)}
    assert counts[0] == counts[1] and counts[0][1] > 3, counts


def check_options(graph, folder):
    picture = os.path.join(folder, "other.svg")
    for extra in (["--focus", "Ukraine", "--depth", "2"], ["--level", "country"],
                  ["--theme", "dark", "--layout", "circo"], ["--layout", "twopi"],
                  ["--since", "2022", "--until", "2022-12", "--relation", "attacked"]):
        run(ENTENTE, "draw", graph, "-o", picture, *extra)
        run("xmllint", "--noout", picture)
    missing = run(ENTENTE, "draw", graph, "-o", picture, "--focus", "Ukrane", status=(2, 3))
    assert "Ukraine" in missing.stderr, missing.stderr


def main():
    folder = tempfile.mkdtemp()
    try:
        graph = make_graph(folder)
        path = {e: os.path.join(folder, "out." + e) for e in ("dot", "svg", "graphml", "gexf", "png")}
        for extension, file in path.items():
            run(ENTENTE, "draw", graph, "--all", "-o", file)
        check_dot(path["dot"])
        check_svg(path["svg"])
        check_graphml(path["graphml"])
        check_gexf(path["gexf"])
        check_country(graph, folder)
        check_options(graph, folder)
    finally:
        shutil.rmtree(folder)


main()
