#!/usr/bin/env python3
"""Load N-Triples into rdflib and join three patterns: what bench_graph does, in Python.
Usage: rdflib_load.py FILE [TRIPLES]: only that many lines, since it is slow and large."""
import io
import resource
import sys
import time

try:
    import rdflib
except ImportError:
    sys.exit("  rdflib is not installed: left out")

path = sys.argv[1]
most = int(sys.argv[2]) if len(sys.argv) > 2 else 100000
with open(path, "rb") as file:
    data = b"".join(line for _, line in zip(range(most), file))

start = time.process_time()
graph = rdflib.Graph()
graph.parse(io.BytesIO(data), format="nt")
loaded = time.process_time() - start
memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024

start = time.process_time()
rows = list(graph.query("""PREFIX ent: <https://w3id.org/entente#>
SELECT ?a ?b { ?s a ent:Meeting . ?s ent:agent ?a . ?s ent:coAgent ?b }"""))
joined = time.process_time() - start
print(f"  rdflib {rdflib.__version__}, {len(graph)} triples: {loaded:.2f} s, {memory:.0f} MB, "
      f"three patterns joined to {len(rows)} rows in {joined:.2f} s")
