"""Name the line of the very triple that a result is about, where it can be found.

A parser of triples tells no lines, so results stand at their focus node first. The files that have
results are few, and only they are looked at as text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache

from allograph.curated.results import ValidationResult
from allograph.curated.snapshot import Snapshot
from allograph.errors import Location
from allograph.namespaces import Namespaces
from allograph.rdf.turtle_statements import Written, written_in


def at_exact_lines(
    results: Iterable[ValidationResult], snapshot: Snapshot
) -> Iterator[ValidationResult]:
    """The same results; those about a triple of a curated file stand at its line."""
    loaded, namespaces = snapshot.loaded, snapshot.namespaces

    @cache
    def written(shown_as: str) -> list[Written]:
        return list(written_in(snapshot.text(shown_as), shown_as))

    for result in results:
        if result.at.path not in loaded.files or not (result.path or result.value):
            yield result
            continue
        about = [one for one in written(result.at.path) if one.subject == result.focus_node]
        line = _line(about, result, namespaces)
        yield result if line is None else replace(result, at=Location(result.at.path, line))


def _line(about: list[Written], result: ValidationResult, namespaces: Namespaces) -> int | None:
    """The line of predicate and value, of the predicate alone, or of a value that stands once."""

    def shown(iri: str) -> tuple[str, str]:
        return iri, namespaces.compact(iri)

    by_path = [one for one in about if result.path in shown(one.predicate)]
    by_value = [one for one in about if result.value in shown(one.value)]
    if both := [one for one in by_path if one in by_value]:
        return both[0].line
    if by_path:
        return by_path[0].line
    by_value += [one for one in about if result.value in shown(one.predicate)]
    return by_value[0].line if len(by_value) == 1 else None
