"""Write a figure in words: value with unit and bound, interval or range, time, place in the source.

A figure is a Result or a Comparison as a ``Node``; nothing here knows which one.
"""

from __future__ import annotations

from allograph.evidence.units import IN_WORDS
from allograph.rdf.nodes import Node
from allograph.rdf.vocabularies import OA, RDF
from allograph.reading.names import Names
from allograph.text.numerals import between

EN_DASH = "\u2013"
NO_BREAK = "\u00a0"


def unit_text(code: str) -> str:
    """A UCUM unit as people read it; the unit of a plain number is nothing."""
    return "" if code == "1" else IN_WORDS.get(code, code)


def with_unit(number: str, code: str) -> str:
    """Write a number and its unit so that they stay on one line."""
    gap = "" if code == "%" else NO_BREAK
    unit = unit_text(code)
    return f"{number}{gap}{unit}" if number and unit else number


def value_text(figure: Node, names: Names) -> str:
    """Write the value with its bound and unit, or why there is none."""
    value = with_unit(figure.value("value"), figure.value("unit"))
    words = [names.label(iri) for iri in figure.iris("bound")]
    words += [value] if value else [names.label(iri) for iri in figure.iris("valueStatus")]
    low, high = figure.value("rangeLow"), figure.value("rangeHigh")
    if not words and low:
        words = [with_unit(between(low, high), figure.value("unit"))]
    return " ".join(words)


def share_text(figure: Node) -> str:
    """Write how many of how many, or events in so much time, as far as both are printed."""
    if events := figure.value("events"):
        time = figure.value("personTime")
        return f"{events} events in {time} {_time_of(figure)}" if time else f"{events} events"
    numerator, denominator = figure.value("numerator"), figure.value("denominator")
    return f"{numerator or '?'}/{denominator}" if denominator else numerator


def _time_of(rate: Node) -> str:
    return "patient-months" if rate.value("unit") == "/mo" else "patient-years"


def spread_text(figure: Node) -> str:
    """Write the interval, the quartiles, the range, the deviation and the error of a value."""
    spreads = []
    if lower := figure.value("lowerLimit"):
        level = figure.value("confidenceLevel")
        title = f"{level}% CI" if level else "CI"
        spreads.append(f"{title} {between(lower, figure.value('upperLimit'))}")
    if (low := figure.value("rangeLow")) and figure.value("value"):
        spreads.append(f"range {between(low, figure.value('rangeHigh'))}")
    if lower := figure.value("lowerQuartile"):
        spreads.append(f"IQR {between(lower, figure.value('upperQuartile'))}")
    for name, title in (("standardDeviation", "SD"), ("standardError", "SE")):
        if number := figure.value(name):
            spreads.append(f"{title} {number}")
    return "; ".join(spreads)


def p_text(comparison: Node, names: Names) -> str:
    """Write the p-value with its sides, its bound and its test."""
    sides = {"1": "one-sided p", "2": "two-sided p"}.get(comparison.value("pSides"), "p")
    bounds = " ".join(names.label(iri) for iri in comparison.iris("pBound")) or "="
    p = comparison.value("pValue")
    tests = [names.label(iri) for iri in comparison.iris("test")]
    return ", ".join([f"{sides} {bounds} {p}", *tests] if p else tests)


def adjustment_text(comparison: Node, names: Names) -> str:
    """Write how the groups were made comparable, and for what."""
    adjustments = sorted(names.label(iri) for iri in comparison.iris("adjustment"))
    covariates = sorted(comparison.texts("covariate"))
    return ": ".join(filter(None, ["; ".join(adjustments), ", ".join(covariates)]))


def time_text(figure: Node, names: Names) -> str:
    """Write when: the time point, the cycle, and when the clock starts."""
    parts = []
    if months := figure.value("atTime"):
        parts.append(f"at {months} months")
    if cycle := figure.value("afterCycle"):
        parts.append(f"after cycle {cycle}")
    parts += [f"clock starts: {names.label(iri)}" for iri in figure.iris("timeOrigin")]
    if cutoff := figure.value("dataCutoff"):
        parts.append(f"data up to {cutoff}")
    return "; ".join(parts)


def counting_text(figure: Node, names: Names) -> str:
    """Write what was counted as the outcome: the definition, who judged it, the grades."""
    stated = [*figure.iris("outcomeDefinition"), *figure.iris("assessedBy")]
    grade = figure.value("grade")
    grades = {"": [], "any": ["any grade"]}.get(grade, [f"grade {grade}"])
    return ", ".join([*(names.label(iri) for iri in stated), *grades])


def people_text(group: Node, names: Names) -> str:
    """Write a group with its size, as a denominator is named."""
    size = group.value("size")
    label = names.label(group.iri)
    return f"{size} {label}" if size else f"{label} (size not stated)"


def place_text(locator: Node) -> str:
    """Write where in the held text a figure is printed, or in which cells of a held sheet.

    A cited place says so: "cited: Results, Table 2, row 3, seen 2026-11-27".
    """
    section, sentence = locator.value("section"), locator.value("sentence")
    if seen := locator.value("seenOn"):
        parts = list(dict.fromkeys([section, locator.value("table")]))
        parts += [
            f"{name} {found}" for name in ("row", "sentence") if (found := locator.value(name))
        ]
        return f"cited: {', '.join(part for part in parts if part)}, seen {seen}"
    if cells := locator.value(RDF.value):
        rows = cells.removeprefix("cell=").replace(",", f",{NO_BREAK}").replace(";", "; ")
        return f"{section}, row and column {rows}"
    place = f"{section}, sentence {sentence}" if section and sentence else section
    return place or f"characters {locator.value(OA.start)}{EN_DASH}{locator.value(OA.end)}"


def span_text(locator: Node) -> str:
    """Write which characters or which cells of what was read a locator names."""
    if cells := locator.value(RDF.value):
        return f"{cells} of the held sheet (RFC 7111)"
    if locator.value("seenOn"):
        return "not proved: the text is not held here"
    return f"characters {locator.value(OA.start)} to {locator.value(OA.end)} of the held text"
