"""Every question over many results: the curated studies, copied again and again.

python benchmarks/grown.py [RESULTS [SECONDS [QUESTION ...]]]

Each copy has studies, reports and findings of its own; outcomes, drugs and treatments are the same.
A question that takes longer than SECONDS (60) is stopped. Parameters have their defaults.
"""

import multiprocessing
import sys
from collections.abc import Iterator
from time import perf_counter

from allograph.checks.check import Checked
from allograph.curated.snapshot import read_snapshot
from allograph.curated.sources import find_sources
from allograph.namespaces import BASE
from allograph.questions.question import read_questions
from allograph.rdf.store import OxigraphStore
from allograph.rdf.terms import Literal, NamedNode, Quad, Triple
from allograph.rdf.vocabularies import AG, RDF

RESULTS = 20_000
SECONDS = 60.0
COPIED = (f"{BASE}study/", f"{BASE}report/", f"{BASE}quality#")


def renamed(term: NamedNode | Literal, copy: int) -> NamedNode | Literal:
    """A term of a copy: ``study/ino-vate~7#all``."""
    if not isinstance(term, NamedNode) or not term.value.startswith(COPIED):
        return term
    record, hash_, part = term.value.partition("#")
    return NamedNode(f"{record}~{copy}{hash_}{part}")


def grown(triples: list[Triple], copies: int) -> Iterator[Quad]:
    """The triples, and their copies, in the default graph."""
    for subject, predicate, object_ in triples:
        yield Quad(subject, predicate, object_)
    own = [triple for triple in triples if triple.subject.value.startswith(COPIED)]
    for copy in range(1, copies):
        for subject, predicate, object_ in own:
            yield Quad(renamed(subject, copy), predicate, renamed(object_, copy))


def main() -> None:
    """Print one line for each question."""
    results = int(sys.argv[1]) if len(sys.argv) > 1 else RESULTS
    limit = float(sys.argv[2]) if len(sys.argv) > 2 else SECONDS
    snapshot = read_snapshot(find_sources())
    triples = list(dict.fromkeys(quad.triple for quad in Checked(snapshot).quads))
    held = sum(t.predicate.value == RDF.type and t.object.value == AG.Result for t in triples)
    store = OxigraphStore.in_memory(grown(triples, -(-results // held)))
    questions = read_questions(snapshot)
    fork = multiprocessing.get_context("fork")
    for name in sys.argv[3:] or questions:
        receiver, sender = fork.Pipe(duplex=False)

        def ask(text: str = questions[name].text, sender: object = sender) -> None:
            begin = perf_counter()
            rows = sum(1 for _ in store.query(text))
            sender.send((perf_counter() - begin, rows))

        process = fork.Process(target=ask)
        process.start()
        if receiver.poll(limit):
            took, rows = receiver.recv()
            sys.stdout.write(f"{name:45} {took:8.2f} s {rows:8} rows\n")
        else:
            process.kill()
            sys.stdout.write(f"{name:45}  more than {limit:g} s\n")
        sys.stdout.flush()
        process.join()


if __name__ == "__main__":
    main()
