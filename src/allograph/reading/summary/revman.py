"""What stands behind a summary in the columns of RevMan's tables: studies, arms, results, bias.

The names of the columns, and the address at which each was seen, are told in ``docs/summary.md``;
none is there that was not seen. Whether RevMan takes a file was not tried.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from allograph.evidence import Evidence
from allograph.evidence.judgements.biased import domains_of, risk_of, risks_of_bias
from allograph.evidence.records import Group, Study
from allograph.namespaces import BASE
from allograph.reading.summary.people import sides_of
from allograph.reading.summary.table import Figure, Finding, Summary
from allograph.reading.summary.words import SHORT
from allograph.tables.fields import Value

INFORMATION, ARMS, RESULTS, BIAS = (
    "study-information",
    "study-arms",
    "study-results",
    "risk-of-bias",
)
INFORMATION_HEADS = ("Study", "Char: Identification", "Char: Notes")
ARMS_HEADS = ("Study", "Arm", "Description", "Intervention")
RESULTS_HEADS = (
    "Study",
    "Outcome",
    "Data type",
    "Effect measure",
    "Arm",
    "Reference arm",
    "Sample size",
    "Cases",
    "CI level",
    "Exp mean",
    "Exp CI start",
    "Exp CI end",
    "Footnotes",
)
DICHOTOMOUS = "Dichotomous"
RATIOS = frozenset({"rr", "or", "hr"})
TOOL = f"{BASE}tool/rob-2"
"""The tool for results of randomised trials, whose domains RevMan has."""
JUDGED = ("judgement", "support")

Rows = Iterable[Sequence[Value]]


def study_information(summary: Summary, evidence: Evidence) -> tuple[Sequence[str], Rows]:
    """One row a study: its registrations, and who its people are."""
    return INFORMATION_HEADS, (
        [study.label, _registrations(evidence, study), _people(evidence, study)]
        for study in _studies(summary, evidence)
    )


def _registrations(evidence: Evidence, study: Study) -> str:
    known = (evidence.registrations.get(iri) for iri in study.registrations)
    return "; ".join(registration.label for registration in known if registration)


def _people(evidence: Evidence, study: Study) -> str:
    conditions = ", ".join(evidence.nodes.of(iri).label for iri in sorted(study.conditions))
    wholes = [
        group.size
        for group in evidence.groups_of_study.get(study.iri, ())
        if group.grouping == "whole-study" and group.size
    ]
    people = f"{max(wholes)} people" if wholes else ""
    return "; ".join(filter(None, (conditions, people)))


def study_arms(summary: Summary, evidence: Evidence) -> tuple[Sequence[str], Rows]:
    """One row an arm of a study: what it is called, what it was given, and which side it is."""

    def rows() -> Iterator[list[Value]]:
        told: set[tuple[str, str]] = set()
        for figure, group, side in _sides(summary, evidence):
            if group is not None and (figure.row.study, group.label) not in told:
                told.add((figure.row.study, group.label))
                given = [evidence.nodes.of(iri).label for iri in sorted(group.regimens)]
                yield [figure.row.label, group.label, ", ".join(given), side]

    return ARMS_HEADS, rows()


def study_results(summary: Summary, evidence: Evidence) -> tuple[Sequence[str], Rows]:
    """One row an arm where people are counted, else one an effect that a study prints."""

    def rows() -> Iterator[list[Value]]:
        for finding in summary.findings:
            for figure in finding.figures:
                for row in _result(evidence, finding, figure):
                    yield [row.get(head) for head in RESULTS_HEADS]

    return RESULTS_HEADS, rows()


def _result(evidence: Evidence, finding: Finding, figure: Figure) -> Iterator[Mapping[str, Value]]:
    row = figure.row
    group, other = _groups(evidence, figure)
    head: dict[str, Value] = {
        "Study": row.label,
        "Outcome": ", ".join(filter(None, (finding.label, finding.words))),
        "Data type": DICHOTOMOUS,
        "Footnotes": f"{row.report_label}: {row.reported_as}"
        if row.reported_as
        else row.report_label,
    }
    counted = (
        (group, row.events, row.people),
        (other, row.comparator_events, row.comparator_people),
    )
    if row.events is not None:
        for side, cases, people in counted:
            if side is not None and cases is not None:
                yield {**head, "Arm": side.label, "Cases": cases, "Sample size": people}
        return
    measure = finding.relative.measure if finding.relative else ""
    if measure in RATIOS and row.value is not None and group and other:
        yield {
            **head,
            "Effect measure": SHORT[measure],
            "Arm": group.label,
            "Reference arm": other.label,
            "Sample size": group.size,
            "CI level": _number(row.level),
            "Exp mean": _number(row.value),
            "Exp CI start": _number(row.lower),
            "Exp CI end": _number(row.upper),
        }


def risk_of_bias(summary: Summary, evidence: Evidence) -> tuple[Sequence[str], Rows]:
    """One row a study, and two columns a domain; a cell of which nobody judged is empty."""
    domains = domains_of(evidence, TOOL)
    heads = [
        "Study",
        *(f"Domain ({what}): {label}" for _key, label in domains for what in JUDGED),
    ]
    risks = [risk for risk in risks_of_bias(evidence) if not risk.is_stale]

    def rows() -> Iterator[list[Value]]:
        for study in _studies(summary, evidence):
            figures = _figures_of(summary, study.iri)
            judged = next(filter(None, (risk_of(risks, iri, study.iri) for iri in figures)), None)
            by_key = {part.domain: part for part in judged.domains} if judged else {}
            parts = [by_key.get(key) for key, _label in domains]
            cells = [(part.risk_label, part.reason) if part else (None, None) for part in parts]
            yield [study.label, *(cell for pair in cells for cell in pair)]

    return heads, rows()


def _figures_of(summary: Summary, study: str) -> list[str]:
    return [
        figure.iri
        for finding in summary.findings
        for figure in finding.figures
        if figure.row.study == study
    ]


def _studies(summary: Summary, evidence: Evidence) -> list[Study]:
    wanted = dict.fromkeys(
        figure.row.study for finding in summary.findings for figure in finding.figures
    )
    return [evidence.studies[iri] for iri in wanted if iri in evidence.studies]


def _sides(summary: Summary, evidence: Evidence) -> Iterator[tuple[Figure, Group | None, str]]:
    """The groups behind all figures, each with what it stands for in the comparison."""
    drug, against = summary.subject.drug, summary.subject.against
    for finding in summary.findings:
        for figure in finding.figures:
            group, other = _groups(evidence, figure)
            yield figure, group, drug.label
            if other is not None:
                yield figure, other, against.label if against else ""


def _groups(evidence: Evidence, figure: Figure) -> tuple[Group | None, Group | None]:
    if comparison := evidence.comparisons.get(figure.iri):
        return sides_of(evidence, comparison)
    result = evidence.results.get(figure.iri)
    return (evidence.groups.get(result.group or "") if result else None), None


def _number(number: float | None) -> Value:
    return None if number is None else Decimal(f"{number:.6g}")


TABLES: Mapping[str, Callable[[Summary, Evidence], tuple[Sequence[str], Rows]]] = {
    INFORMATION: study_information,
    ARMS: study_arms,
    RESULTS: study_results,
    BIAS: risk_of_bias,
}
"""The tables by name, as RevMan calls them."""
