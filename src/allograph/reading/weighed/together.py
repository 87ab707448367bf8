"""Put together the rows of the ledger that are one doubt.

Of one part, what a flag says and what the rules say that bear it out. Of several parts, what stands
between them and is told at each; and what is said of a group and again of its figures.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from allograph.rdf.vocabularies import FLAG, RULE
from allograph.reading.reader import Row, text

BETWEEN = frozenset(
    {FLAG["reports-differ"], FLAG["discrepancy"], RULE["contradiction"], RULE["discrepancy"]}
)
"""What stands between parts: one part may be a side of several, so each finding is for itself."""


def put_together(rows: Iterable[Row], involved: Mapping[str, Sequence[str]]) -> list[list[Row]]:
    """Gather the rows of each doubt; ``involved`` is what a finding names beside its part."""
    said = _of_one_part(rows)
    whats = [_what(of_part[0]) for of_part in said]
    parts = [{text(row, "part") for row in of_part} for of_part in said]
    others = [
        {other for row in of_part for other in involved.get(text(row, "finding"), ())}
        for of_part in said
    ]
    places: dict[tuple[str, str], list[int]] = {}
    for at, what in enumerate(whats):
        for part in parts[at]:
            places.setdefault((what, part), []).append(at)
    first = list(range(len(said)))
    for at, what in enumerate(whats):
        for other in others[at]:
            for beside in places.get((what, other), ()):
                is_same = parts[at] | others[at] == parts[beside] | others[beside]
                if is_same or what not in BETWEEN:
                    _join(first, at, beside)
    together: dict[int, list[Row]] = {}
    for at, of_part in enumerate(said):
        together.setdefault(_root(first, at), []).extend(of_part)
    return list(together.values())


def _of_one_part(rows: Iterable[Row]) -> list[list[Row]]:
    """The rows that say the same of one part: by one flag, else by one finding."""
    found: dict[tuple[str, str], list[Row]] = {}
    key_of_finding: dict[str, tuple[str, str]] = {}
    for row in rows:
        finding, what = text(row, "finding"), _what(row)
        key = (text(row, "part"), finding if what in BETWEEN and finding else what)
        if finding:
            key = key_of_finding.setdefault(finding, key)
        found.setdefault(key, []).append(row)
    return list(found.values())


def _what(row: Row) -> str:
    return text(row, "flag") or text(row, "rule")


def _root(first: list[int], at: int) -> int:
    while first[at] != at:
        at = first[at]
    return at


def _join(first: list[int], one: int, other: int) -> None:
    """Let the two, and all that are one with them, be one; the earlier row leads."""
    low, high = sorted((_root(first, one), _root(first, other)))
    first[high] = low
