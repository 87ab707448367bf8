"""Median, average, mean; survival or risk; hazard, odds or risk ratio; range or interval."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from allograph.checks.span.reading import Place, Reading, Told, decided, shown, words
from allograph.curated.results import Severity
from allograph.evidence.measures import DIFFERENCES
from allograph.evidence.records import Comparison, Result

MIDDLES = words(median=r"\bmedians?\b", average=r"\baverages?d?\b", mean=r"\bmean\b(?! that)")
MIDDLE_OF = {
    "median": "median",
    "median-time-to-event": "median",
    "unspecified-average": "average",
    "mean": "mean",
    "least-squares-mean": "mean",
    "mean-change": "mean",
    "restricted-mean-time": "mean",
}
"""The word that each statistic needs."""
CHANCES = words(
    cumulative_incidence=r"\brisks?\b(?! ratio)|\bincidences?\b|\bprobability of (?:relapse|death)",
    survival_probability=r"\bsurviv\w+|(?-i:\b(?:OS|PFS|EFS|DFS|RFS|LFS)\b)",
)
RATIOS = words(
    hazard_ratio=r"\bhazards?\b|(?-i:\ba?HRs?\b)",
    odds_ratio=r"\bodds\b|(?-i:\ba?ORs?\b(?= ?[\d=,:(]| of))",
    risk_ratio=r"\brisk ratios?\b|\brelative risks?\b|(?-i:\ba?RRs?\b)",
    rate_ratio=r"\brate ratios?\b|(?-i:\ba?I?RRs?\b)",
)
SPREADS = words(
    interval=r"\bconfidence\b|\bcredible\b|(?-i:\bC(?:r)?Is?(?![a-z]))|\d\s?%\s?interval",
    range=r"(?<!interquartile )\branges?\b|\branging\b|\bbetween\b",
    quartiles=r"\binter-?quartile\b|\bquartiles?\b|(?-i:\bIQR\b)",
)
LEVEL = re.compile(r"(\d\d(?:\.\d+)?)\s?%\s?(?:confidence|C(?:r)?I\b|credible|interval)", re.I)


def statistics(reading: Reading) -> Iterator[Told]:
    """A figure that is another statistic by the words around it."""
    for place in reading.of("Result"):
        result = reading.evidence.results[place.node.iri]
        if result.value is not None and (needed := MIDDLE_OF.get(result.statistic or "")):
            yield from _needs(place, result.statistic or "", needed, MIDDLES)
        elif result.statistic in CHANCES:
            yield from _rival(place, result.statistic, CHANCES)
        yield from _spreads(place, result)
    for place in reading.of("Comparison"):
        comparison = reading.evidence.comparisons[place.node.iri]
        if comparison.value is not None and comparison.statistic in RATIOS:
            yield from _needs(place, comparison.statistic, comparison.statistic, RATIOS)
        elif comparison.value is not None and comparison.statistic in DIFFERENCES:
            yield from _no_ratio(place, comparison.statistic or "")
        yield from _spreads(place, comparison)


def _no_ratio(place: Place, statistic: str) -> Iterator[Told]:
    """A difference is not called a ratio where it is printed."""
    found = decided((place.printed, place.span), RATIOS)
    if found and "differen" not in place.span.casefold():
        message = (
            f"The measure is a {statistic} here, and the text says {shown(found)}: "
            "correct ag:statistic."
        )
        yield Told(place.node.iri, "statistic", message, place.span)


def _needs(
    place: Place, statistic: str, needed: str, table: Mapping[str, re.Pattern[str]]
) -> Iterator[Told]:
    """The word of a statistic stands in the text, and not only that of another."""
    found = decided((*place.scopes, place.previous), table)
    if needed not in found:
        says = f'the text says "{shown(found)}"' if found else f'the text has no "{needed}"'
        message = f"The statistic is {statistic} here, and {says}: correct ag:statistic."
        grave = Severity.VIOLATION if found else Severity.WARNING
        yield Told(place.node.iri, "statistic", message, place.sentence, grave)


def _rival(place: Place, statistic: str, table: Mapping[str, re.Pattern[str]]) -> Iterator[Told]:
    """The words are not those of another statistic alone."""
    found = decided(place.scopes, table)
    if found and statistic not in found:
        message = (
            f"The statistic is {statistic} here, and the text speaks of {shown(found)}: "
            "correct ag:statistic."
        )
        yield Told(place.node.iri, "statistic", message, place.sentence)


def _spreads(place: Place, figure: Result | Comparison) -> Iterator[Told]:
    """An interval is called one, a range a range, and the level is the printed one."""
    found = decided(place.scopes, SPREADS)
    has_range = isinstance(figure, Result) and figure.range_low is not None
    if figure.lower is not None and "interval" not in found:
        says = f'the text says "{shown(found)}"' if found else "the text calls it none"
        message = f"The limits are those of an interval here, and {says}: enter what is printed."
        grave = Severity.VIOLATION if found else Severity.WARNING
        yield Told(place.node.iri, "interval", message, place.sentence, grave)
    has_quartiles = isinstance(figure, Result) and figure.lower_quartile is not None
    if has_quartiles and found and "quartiles" not in found:
        message = f'Quartiles are entered here, and the text says "{shown(found)}": enter that.'
        yield Told(place.node.iri, "interval", message, place.sentence)
    if has_range and found and "range" not in found:
        message = f'A range is entered here, and the text says "{shown(found)}": enter that.'
        yield Told(place.node.iri, "interval", message, place.sentence)
    levels = {float(level) for level in LEVEL.findall(place.span)}
    if figure.level is not None and levels and float(figure.level) not in levels:
        named = " and ".join(f"{level:g}" for level in sorted(levels))
        message = f"The level is {figure.level}% here, and the text prints {named}%: correct it."
        yield Told(place.node.iri, "interval", message, place.sentence)
