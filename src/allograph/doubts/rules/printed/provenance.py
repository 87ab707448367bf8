"""Where a figure comes from: a retelling, another register, a general statement, a loose word."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from itertools import chain

from allograph.doubts.rules.counting import may_be_one
from allograph.doubts.rules.rule import Doubt
from allograph.evidence import Evidence, grouped
from allograph.evidence.records import Figure, Printed, Report, Result

NOT_MEASURED, NOT_HUMAN = "background", "non-human"


def retold(evidence: Evidence) -> Iterator[Doubt]:
    """What only a retelling prints, a review or a guideline, or what one prints again."""
    first_hand = grouped(
        (one for one in evidence.results.values() if _is_first_hand(evidence, one)), _what
    )
    printed: list[Printed] = [
        *evidence.results.values(),
        *evidence.comparisons.values(),
        *evidence.claims.values(),
    ]
    seen = frozenset(node.report for node in printed if node.report)
    for node in printed:
        report = evidence.reports.get(node.report or "")
        if report is None or not evidence.is_second_hand(report):
            continue
        known = (
            [result for result in first_hand.get(_what(node), []) if may_be_one(result, node)]
            if isinstance(node, Result)
            else []
        )
        if known:
            labels = sorted({evidence.reports[result.report or ""].label for result in known})
            message = f"A {report.tier} prints it, as does {' and '.join(labels)}."
        else:
            message = f"Only a {report.tier} prints it; {_unread(evidence, report, seen)}."
        yield Doubt(node.iri, message, node.reported_as, tuple(sorted(r.iri for r in known)))


def _is_first_hand(evidence: Evidence, result: Result) -> bool:
    report = evidence.reports.get(result.report or "")
    return report is not None and report.tier is not None and not evidence.is_second_hand(report)


def _what(result: Figure) -> tuple[object, ...]:
    what = (result.study, result.group, result.outcome, result.statistic)
    return (*what, result.at_time, getattr(result, "after_cycle", None))


def _unread(evidence: Evidence, report: Report, seen: Collection[str]) -> str:
    """What is known of the reports that it retells; of those in ``seen``, other figures are."""
    retold = [evidence.reports[iri] for iri in report.based_on if iri in evidence.reports]
    if not retold:
        return "which report it retells is not known"
    labels = " and ".join(sorted(other.label for other in retold))
    if any(other.is_held for other in retold):
        return f"in {labels}, which was read, it has not been found"
    if any(other.iri in seen for other in retold):
        return f"in what was seen of {labels} it has not been found"
    return f"{labels} has not been read"


def loose_statistics(evidence: Evidence) -> Iterator[Doubt]:
    """A figure whose statistic is an average of a kind that is not stated."""
    for figure in chain(evidence.results.values(), evidence.comparisons.values()):
        if figure.statistic == "unspecified-average":
            message = "An average is printed; whether it is a mean or a median is not."
            yield Doubt(figure.iri, message, figure.reported_as)


def curated_registrations(evidence: Evidence) -> Iterator[Doubt]:
    """A registration that a curator found, and no report that was read prints."""
    for registration in evidence.registrations.values():
        if registration.basis == "curated":
            message = "A curator found the registration; no report that was read prints it."
            yield Doubt(registration.iri, message, registration.label)


def background_statements(evidence: Evidence) -> Iterator[Doubt]:
    """A figure of people whom the study did not count."""
    for result in evidence.results.values():
        group = evidence.groups.get(result.group or "")
        if group is None:
            continue
        if group.grouping == NOT_MEASURED:
            message = f'The study did not measure it: "{group.label}" are people in general.'
            yield Doubt(result.iri, message, result.reported_as, (group.iri,))
        elif group.grouping == NOT_HUMAN and group.size is None:
            message = f'The study did not measure it: how many "{group.label}" is not said.'
            yield Doubt(result.iri, message, result.reported_as, (group.iri,))
