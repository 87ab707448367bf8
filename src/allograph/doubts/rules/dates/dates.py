"""Dates of studies and reports, which follow each other."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import combinations

from allograph.doubts.rules.rule import Doubt
from allograph.evidence import Evidence
from allograph.evidence.records import Report
from allograph.rdf.vocabularies import DCTERMS

DATE = re.compile("([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
Period = tuple[date, date]
"""The first and the last day that a date may mean: a year is all of its days."""


LONGEST = timedelta(days=10 * 366)
"""How long it may take from submission to print."""
LONGEST_ONLINE = timedelta(days=3 * 366)
"""How long an article may stand online before it is in print."""
LONGEST_STUDY = timedelta(days=40 * 366)
"""How long it may take from the first person to the first report."""


def dates_in_order(evidence: Evidence) -> Iterator[Doubt]:
    """A report before what came before it: accrual, submission, acceptance, what it retells.

    What came so long before that a digit must be wrong is doubted, too.
    """
    last_of_study = _last_reports(evidence)
    for report in evidence.reports.values():
        available = evidence.nodes.of(report.iri).text(DCTERMS.available)
        steps: list[tuple[str, Period | None]] = [
            ("submitted", _day(report.submitted)),
            ("accepted", _day(report.accepted)),
            ("online", period(available)),
            ("issued", period(report.issued)),
        ]
        for (earlier, first), (later, second) in combinations(steps, 2):
            if first and second and second[1] < first[0]:
                yield _doubt(report, f"{later} {say(second)}", f"{earlier} {say(first)}")
            longest = LONGEST_ONLINE if earlier == "online" else LONGEST
            if first and second and second[0] - first[1] > longest:
                yield _doubt(report, f"{later} only {say(second)}", f"{earlier} {say(first)}")
        yield from _after_accrual(evidence, report, steps, last_of_study)
        yield from _after_reports(evidence, report)


def _after_accrual(
    evidence: Evidence,
    report: Report,
    steps: list[tuple[str, Period | None]],
    last_of_study: dict[str, str],
) -> Iterator[Doubt]:
    """Nothing is written before the first person enters; the last primary report has them all."""
    first = next(((name, when) for name, when in steps if when), None)
    for study in (evidence.studies.get(iri) for iri in sorted(report.studies)):
        if first is None or study is None:
            continue
        name, when = first
        if study.accrual_start and when[1] < study.accrual_start:
            yield _doubt(report, f"{name} {say(when)}", f"accrual began {study.accrual_start}")
            continue
        if study.accrual_start and when[0] - study.accrual_start > LONGEST_STUDY:
            yield _doubt(report, f"{name} only {say(when)}", f"accrual began {study.accrual_start}")
        has_everybody = last_of_study.get(study.iri) == report.iri
        if has_everybody and study.accrual_end and when[1] < study.accrual_end:
            yield _doubt(report, f"{name} {say(when)}", f"accrual ended {study.accrual_end}")


def _after_reports(evidence: Evidence, report: Report) -> Iterator[Doubt]:
    """A retelling comes after what it retells, an update after what it updates or cites.

    What stood online before it was in print could be retold from then on.
    """
    own = period(report.issued)
    retold = report.based_on if evidence.is_second_hand(report) else ()
    cited = evidence.nodes.of(report.iri).iris("cites")
    for iri in dict.fromkeys((*retold, *report.updates, *cited)):
        other = evidence.reports.get(iri)
        if other is None or own is None:
            continue
        online = period(evidence.nodes.of(iri).text(DCTERMS.available))
        issued = period(other.issued)
        theirs = min(filter(None, (online, issued)), default=None)
        if theirs and own[1] < theirs[0]:
            word = "was issued" if theirs == issued else "was online"
            yield _doubt(report, f"issued {say(own)}", f"{other.label} {word} {say(theirs)}")


def _last_reports(evidence: Evidence) -> dict[str, str]:
    """The primary report of each study that was issued last."""
    dated = [
        (when[1], report.iri, study)
        for report in evidence.reports.values()
        if report.tier == "primary" and (when := period(report.issued))
        for study in report.studies
    ]
    return {study: iri for _when, iri, study in sorted(dated)}


def period(text: str | None) -> Period | None:
    """The days that a date means: of a year, of a month, or one; None for anything else."""
    match = DATE.fullmatch(text or "")
    if match is None:
        return None
    year, month, day = (int(part) if part else None for part in match.groups())
    try:
        if month is None:
            return date(year or 0, 1, 1), date(year or 0, 12, 31)
        last = calendar.monthrange(year or 0, month)[1]
        return date(year or 0, month, day or 1), date(year or 0, month, day or last)
    except ValueError:
        return None


def _day(day: date | None) -> Period | None:
    return None if day is None else (day, day)


def say(when: Period) -> str:
    """A period as a message says it."""
    first, last = when
    return f"{first}" if first == last else f"{first} to {last}"


def _doubt(report: Report, later: str, earlier: str) -> Doubt:
    message = f"{later[:1].upper()}{later[1:]}, although {earlier}."
    return Doubt(report.iri, message, report.issued)
