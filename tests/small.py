"""A graph that does not grow with the curated one: its first studies, and all that they refer to.

For tests of what holds of any graph, and that check it whole, many times over.
"""

from collections.abc import Iterable
from dataclasses import replace

from approve import SNAPSHOT

from allograph.namespaces import BASE
from allograph.rdf.terms import NamedNode

STUDIES = ("ino-vate", "mini-hcvd-ino", "ino-hsct-pooled", "ino-salvage-100", "ino-children")


def _mentioned(path: str) -> Iterable[str]:
    """The files of the records that a file refers to."""
    for triple in SNAPSHOT.loaded.files[path].triples:
        for term in (triple.subject, triple.predicate, triple.object):
            if isinstance(term, NamedNode) and term.value.startswith(BASE):
                yield f"graph/{term.value.removeprefix(BASE).partition('#')[0]}.ttl"


def _reported(path: str) -> bool:
    """Whether a file is a report or a reading of these studies."""
    is_about = path.startswith(("graph/report/", "graph/reading/"))
    return is_about and any(f"graph/study/{key}.ttl" in _mentioned(path) for key in STUDIES)


def _paths() -> set[str]:
    paths = {path for path in SNAPSHOT.contents if not path.startswith("graph/")}
    waiting = [*(path for path in paths if path in SNAPSHOT.loaded.files)]
    waiting += (f"graph/study/{key}.ttl" for key in STUDIES)
    waiting += filter(_reported, SNAPSHOT.loaded.files)
    while waiting:
        path = waiting.pop()
        paths.add(path)
        waiting.extend(it for it in {*_mentioned(path)} - paths if it in SNAPSHOT.loaded.files)
    return paths


_PATHS = _paths()
SMALL = replace(
    SNAPSHOT,
    contents={path: content for path, content in SNAPSHOT.contents.items() if path in _PATHS},
)
