"""Check anew only what changed since an earlier check, and say what a check of everything says.

Two things are kept (``kept``), named for all that they follow from. An *answer* is what a check
said of the same files, by the same code: it is said again. A *state* is the triples' files of a
check of everything, and what the shapes said of them: when a few files differ, the shapes look
at the nodes from which the difference may be seen (``changed``), and of the others is said what
was. Shapes take most of the time; all other checks are always made anew.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from allograph.checks.changed import seen_from
from allograph.checks.code import made_of
from allograph.checks.kept import Kept
from allograph.checks.shapes import shapes_graph_of, validate
from allograph.checks.sight import Sight
from allograph.checks.sights import sights_of
from allograph.curated.results import Severity, ValidationResult
from allograph.curated.snapshot import Snapshot
from allograph.errors import FileError, Location
from allograph.rdf.terms import Triple
from allograph.rdf.turtle import parse_turtle

LOOKED_THROUGH = 3
"""States that are compared with the files, for the one that is nearest."""


@dataclass(frozen=True)
class State:
    """The Turtle of an earlier check, by path, and what the shapes said of it."""

    files: Mapping[str, str]
    results: tuple[ValidationResult, ...]

    def differing(self, files: Mapping[str, str]) -> list[str]:
        """The files that came, went or changed."""
        return [path for path in {**self.files, **files} if self.files.get(path) != files.get(path)]


def answered(
    kept: Kept,
    snapshot: Snapshot,
    only: Iterable[str],
    checks: Iterable[str],
    make: Callable[[], list[ValidationResult]],
) -> list[ValidationResult]:
    """What the checks say of some files, or all: as it was said of the very same, or made."""
    strays = [str(error) for error in (*snapshot.unread, *snapshot.strays)]
    name = (
        f"answer-{_digest([made_of(), snapshot.digest, *strays, '', *sorted(only), '', *checks])}"
    )
    if (results := _results(kept.get(name))) is not None:
        return results
    results = make()
    kept.put(name, [*map(asdict, results)])
    return results


def validated(kept: Kept, snapshot: Snapshot) -> list[ValidationResult]:
    """What the shapes say of everything, sorted; they look only where something has changed."""
    family = _digest([made_of(), *(file.text for file in snapshot.shapes.values())])[:24]
    files = {path: file.text for path, file in snapshot.loaded.files.items()}
    sights = _sights(kept, snapshot, family)
    state = _nearest(kept, family, files) if sights else None
    results = _updated(state, files, sights, snapshot) if state and sights else None
    if results is None:
        results = validate(snapshot.loaded, snapshot.shapes)
    if sights is not None:
        name = f"state-{family}-{_digest([*files, '', *files.values()])}"
        kept.put(name, {"files": files, "results": [*map(asdict, results)]})
    return results


def _updated(
    state: State, files: Mapping[str, str], sights: list[Sight], snapshot: Snapshot
) -> list[ValidationResult] | None:
    """The results of a state, with those of the nodes that may have others now."""
    changed = _changed_triples(state, files, snapshot)
    loaded = snapshot.loaded
    if changed is None:
        return None
    triples = (triple for file in loaded.files.values() for triple in file.triples)
    nodes = seen_from(changed, triples, sights)
    if nodes is None:
        return None
    stay = [
        replace(result, at=loaded.location(result.focus_node))
        for result in state.results
        if result.focus_node not in nodes
    ]
    anew = validate(loaded, snapshot.shapes, nodes=nodes) if nodes else []
    return sorted([*stay, *anew])


def _changed_triples(
    state: State, files: Mapping[str, str], snapshot: Snapshot
) -> set[Triple] | None:
    """The triples that came or went, as each file says them."""
    changed: set[Triple] = set()
    for path in state.differing(files):
        try:
            was = parse_turtle(state.files.get(path, "").encode(), path).triples
        except FileError:  # it was read once, by the same code
            return None
        now = snapshot.loaded.files[path].triples if path in files else ()
        changed |= {*was} ^ {*now}
    return changed


def _nearest(kept: Kept, family: str, files: Mapping[str, str]) -> State | None:
    """The state of the same shapes that differs in the fewest files."""
    states = [
        state
        for name in kept.newest(f"state-{family}-", LOOKED_THROUGH)
        if (state := _state(kept.get(name)))
    ]
    return min(states, key=lambda state: len(state.differing(files)), default=None)


def _state(content: Any) -> State | None:
    if not isinstance(content, dict):
        return None
    results = _results(content["results"])
    return None if results is None else State(content["files"], tuple(results))


def _sights(kept: Kept, snapshot: Snapshot, family: str) -> list[Sight] | None:
    """What the shapes read; nothing where that is not known."""
    name = f"sights-{family}"
    content = kept.get(name)
    if content is None:
        shapes_graph, namespaces = shapes_graph_of(snapshot.shapes)
        sights = sights_of(shapes_graph, dict(namespaces.items()))
        kept.put(name, [sight.written() for sight in sights] if sights else [])
        return sights
    return [Sight.read(each) for each in content] or None


def _results(content: Any) -> list[ValidationResult] | None:
    return None if content is None else [*map(_read, content)]


def _read(content: dict[str, Any]) -> ValidationResult:
    at, severity = Location(**content.pop("at")), Severity(content.pop("severity"))
    return ValidationResult(at=at, severity=severity, **content)


def _digest(texts: Iterable[str]) -> str:
    digest = hashlib.sha256()
    for text in texts:
        content = text.encode(errors="surrogatepass")
        digest.update(b"%d\n%s" % (len(content), content))
    return digest.hexdigest()
