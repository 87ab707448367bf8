"""Graphs that do not grow with the curated one.

``SMALL`` are its first studies, and all that they refer to: for tests of what holds of any graph,
and that check it whole, many times over.
"""

from collections.abc import Collection, Iterable
from dataclasses import replace

from approve import SNAPSHOT

from allograph.curated.snapshot import Snapshot
from allograph.namespaces import BASE
from allograph.rdf.terms import NamedNode

STUDIES = ("ino-vate", "mini-hcvd-ino", "ino-hsct-pooled", "ino-salvage-100", "ino-children")


def _mentioned(path: str) -> Iterable[str]:
    """The files of the records that a file refers to."""
    for triple in SNAPSHOT.loaded.files[path].triples:
        for term in (triple.subject, triple.predicate, triple.object):
            if isinstance(term, NamedNode) and term.value.startswith(BASE):
                yield f"graph/{term.value.removeprefix(BASE).partition('#')[0]}.ttl"


def _reported(path: str, studies: Collection[str]) -> bool:
    """Whether a file is a report or a reading of these studies."""
    is_about = path.startswith(("graph/report/", "graph/reading/"))
    return is_about and any(f"graph/study/{key}.ttl" in _mentioned(path) for key in studies)


def _with_what_they_refer_to(studies: Collection[str]) -> Snapshot:
    """Studies with their reports and readings, all that these refer to, ontology and questions."""
    paths = {path for path in SNAPSHOT.contents if not path.startswith("graph/")}
    waiting = [*(path for path in paths if path in SNAPSHOT.loaded.files)]
    waiting += (f"graph/study/{key}.ttl" for key in studies)
    waiting += (path for path in SNAPSHOT.loaded.files if _reported(path, studies))
    while waiting:
        path = waiting.pop()
        paths.add(path)
        waiting.extend(it for it in {*_mentioned(path)} - paths if it in SNAPSHOT.loaded.files)
    contents = {path: it for path, it in SNAPSHOT.contents.items() if path in paths}
    return replace(SNAPSHOT, contents=contents)


SMALL = _with_what_they_refer_to(STUDIES)
FEW = _with_what_they_refer_to(STUDIES[1:])


def _is_of_few(path: str) -> bool:
    if path.startswith("queries/"):
        return path == "queries/figures.rq"
    folders = ("graph/drug/", "graph/target/", "ontology/shapes/", "ontology/schemes/")
    return path.startswith(folders) or path.count("/") == 1


TINY = replace(
    SMALL,
    contents={path: content for path, content in SMALL.contents.items() if _is_of_few(path)},
)
"""Drugs, what they are aimed at, and one question: for tests of how releases are built and kept.

What its drugs refer to elsewhere is missing, so it passes no check.
"""
