"""Every question in Oxigraph and, in the same run, in rdflib's engine: seconds and their ratio.

python benchmarks/questions.py [RUNS]
"""

import sys
from collections.abc import Callable
from statistics import median
from time import perf_counter

import rdflib

from allograph.checks.check import Checked
from allograph.curated.snapshot import read_snapshot
from allograph.curated.sources import find_sources
from allograph.questions.question import read_questions
from allograph.rdf.store import OxigraphStore
from allograph.rdf.terms import add_triples


def seconds(action: Callable[[], object], runs: int) -> float:
    """The median of some runs, after one that does not count."""
    action()
    times = []
    for _ in range(runs):
        start = perf_counter()
        action()
        times.append(perf_counter() - start)
    return median(times)


def main() -> None:
    """Print one line for each question."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    snapshot = read_snapshot(find_sources())
    quads = Checked(snapshot).quads
    store = OxigraphStore.in_memory(quads)
    merged = rdflib.Graph()
    add_triples(merged, (quad.triple for quad in quads))
    ratios = []
    for name, question in read_questions(snapshot).items():
        text = question.text
        oxigraph = seconds(lambda text=text: list(store.query(text)), runs)
        peer = seconds(lambda text=text: list(merged.query(text)), runs)
        ratios.append(peer / oxigraph)
        times = f"{oxigraph * 1000:8.2f} ms {peer * 1000:8.1f} ms"
        sys.stdout.write(f"{name:45} {times} {ratios[-1]:7.1f} times\n")
    sys.stdout.write(f"median ratio {median(ratios):.0f}, lowest {min(ratios):.0f}\n")


if __name__ == "__main__":
    main()
