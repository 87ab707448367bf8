"""Shares that no whole number of people gives, after the GRIM test.

Brown NJL, Heathers JAJ. The GRIM test: a simple technique detects numerous anomalies in the
reporting of results in psychology. Soc Psychol Personal Sci 2017;8:363-369.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from allograph.doubts.rules.rounding import gives, nearest
from allograph.doubts.rules.rule import Doubt
from allograph.evidence import Evidence

SHOWN = 3
"""How many denominators that would fit are named."""
SEARCHED = 10_000
"""How many denominators are tried: of a share without rounding, none of any number may fit."""


def impossible_shares(evidence: Evidence) -> Iterator[Doubt]:
    """A percentage that no whole number of its people gives, and denominators that would."""
    for result in evidence.results.values():
        people = result.denominator or evidence.size(result.group)
        value, tolerance = result.value, result.tolerance
        if result.kind != "Proportion" or result.bound or not people:
            continue
        if result.numerator is not None and result.denominator is not None:
            continue  # whether its own people give it is said by another rule
        if value is None or tolerance is None or gives(people, value, tolerance):
            continue
        fitting = (
            n
            for n in range(people - 1, max(people - 1 - SEARCHED, 0), -1)
            if gives(n, value, tolerance)
        )
        named = ", ".join(f"{nearest(n, value)} of {n}" for n in islice(fitting, SHOWN))
        message = f"No whole number of {people} people gives {value}%"
        yield Doubt(
            about=result.iri,
            message=f"{message}; these would: {named}." if named else f"{message}.",
            value=f"{value}%",
            involves=(result.group,) if result.group else (),
        )
