"""Figures, statements and groups set side by side in a sentence: what is printed, and by whom."""

from __future__ import annotations

from allograph.evidence import Evidence
from allograph.evidence.records import Claim, Comparison, Group, Printed, Result
from allograph.evidence.units import IN_WORDS


def value_of(result: Result, people: str = "") -> str:
    """The value with bound and interval: ``more than 90%``, ``6.2 months [4.7 to ?]``."""
    words = f"{result.bound.replace('-', ' ')} " if result.bound else ""
    unit = "%" if result.unit == "%" else f" {IN_WORDS.get(result.unit or '', '')}".rstrip()
    return f"{words}{result.value}{unit}{people}{_interval(result)}"


def source_of(evidence: Evidence, printed: Printed) -> tuple[str, str, str]:
    """Tier, report and date: what is not known is said so."""
    report = evidence.reports.get(printed.report or "")
    label = report.label if report else "no report"
    when = (report.issued if report else None) or "no date"
    return evidence.tier(printed) or "no tier", label, when


def in_words(evidence: Evidence, iri: str) -> str:
    """One side of a discrepancy: its label, what is printed, and in which report."""
    side = _side(evidence, iri)
    if side is None:
        return evidence.nodes.of(iri).label or iri
    tier, label, when = source_of(evidence, side)
    said = _said(side)
    return f"{side.label}{': ' if said else ''}{said} ({tier}, {label}, {when})"


def order_of(evidence: Evidence, iri: str) -> tuple[int, str, str]:
    """Nearest to the study first, then by date, as reports that differ are shown."""
    side = _side(evidence, iri)
    return (
        (0, "", iri)
        if side is None
        else (evidence.distance(side), source_of(evidence, side)[2], iri)
    )


def _side(evidence: Evidence, iri: str) -> Printed | None:
    for records in (evidence.results, evidence.comparisons, evidence.claims, evidence.groups):
        if iri in records:
            return records[iri]
    return None


def _said(side: Printed) -> str:
    """What a side says besides its label, which says all of a claim."""
    match side:
        case Claim():
            return ""
        case Group():
            return f"{side.size} people" if side.size is not None else "size not stated"
        case Comparison() if side.value is None:
            return f'"{side.reported_as}"'
        case Comparison():
            return f"{side.value}{_interval(side)}"
        case Result() if side.value is None:
            return (side.status or "no value").replace("-", " ") + _interval(side)
        case Result():
            return value_of(side, _of_people(side))
        case _:
            return ""


def _of_people(result: Result) -> str:
    if result.kind == "Count":
        return " people"
    if result.numerator is None:
        return ""
    return f", {result.numerator}" + (f"/{result.denominator}" if result.denominator else " people")


def _interval(figure: Result | Comparison) -> str:
    limits = (figure.lower, figure.upper)
    return f" [{limits[0] or '?'} to {limits[1] or '?'}]" if any(limits) else ""
