"""A date in words, in a label or a key, against the dates of the record.

``Medivizor summary, 5 June 2019`` was issued on that day, ``Jabbour 2018`` in that year, and
patients who ``were treated from 1 October 2016 to 1 September 2022`` give the study its accrual.
A printed date in digits alone, as ``01.10.2016``, is read both ways.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from allograph.doubts.rules.dates import Period, period, say
from allograph.doubts.rules.printed_numbers import label_of
from allograph.doubts.rules.rule import Doubt
from allograph.doubts.rules.words import KEPT
from allograph.evidence import Evidence, grouped
from allograph.evidence.records import Report, Study
from allograph.namespaces import key_of
from allograph.rdf.vocabularies import DCTERMS, SKOS

MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_MONTH = r"(?P<month>(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*)\.?"
_YEAR = r"(?P<year>(?:1[89]|20)[0-9]{2})(?![0-9])"
DATES = (
    re.compile(
        rf"(?<![0-9])(?P<day>[0-9]{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTH},?\s+{_YEAR}"
    ),
    re.compile(rf"\b{_MONTH}\s+(?P<day>[0-9]{{1,2}})(?:st|nd|rd|th)?,?\s+{_YEAR}"),
    re.compile(rf"(?<![0-9]){_YEAR}-(?P<month>[0-9]{{2}})-(?P<day>[0-9]{{2}})(?![0-9])"),
    re.compile(
        rf"(?<![0-9])(?P<one>[0-9]{{1,2}})(?P<mark>[./])(?P<other>[0-9]{{1,2}})(?P=mark){_YEAR}"
    ),
    re.compile(rf"\b{_MONTH},?\s+{_YEAR}"),
)
"""Dates of a text in lower case; those of a month alone are looked for last."""
YEAR = re.compile(
    r"(?<![0-9:(./-])((?:1[89]|20)[0-9]{2})(?![0-9:(./])(?!\s+(?:patients|people|children|adults))"
)
BETWEEN = re.compile(r"\s*(?:to|and|until|till|through|-|–)\s*")  # noqa: RUF001
OF_REPORT = ("issued", "available", "dateSubmitted", "dateAccepted", "modified", "date")


@dataclass(frozen=True)
class Said:
    """A date that a text gives: the days it may mean, and where it stands."""

    periods: tuple[Period, ...]
    start: int
    end: int


def dates_of_labels(evidence: Evidence) -> Iterator[Doubt]:
    """A label, or a claim, that gives another day, month or year than the record."""
    for report in evidence.reports.values():
        yield from _report(evidence, report)
    claims = grouped(
        (claim for claim in evidence.claims.values() if claim.kind == "design"),
        lambda claim: claim.study,
    )
    for study in evidence.studies.values():
        texts = [label_of(study), *evidence.nodes.of(study.iri).texts(SKOS.altLabel)]
        for claim in claims.get(study.iri, ()):
            if study.iri in claim.about:
                is_told = _span(label_of(claim)) is not None
                texts.append(label_of(claim) if is_told else claim.reported_as)
        yield from _study(study, texts)


@lru_cache(KEPT)
def dates_said(text: str) -> tuple[Said, ...]:
    """The dates that a text gives, in their order."""
    found: dict[int, Said] = {}
    taken: set[int] = set()
    for pattern in DATES:
        for match in pattern.finditer(text.lower()):
            if taken.isdisjoint(range(*match.span())) and (periods := _periods(match)):
                taken.update(range(*match.span()))
                found[match.start()] = Said(periods, *match.span())
    return tuple(found[start] for start in sorted(found))


def _periods(match: re.Match[str]) -> tuple[Period, ...]:
    """The days that a date may mean; none for one that is no date."""
    parts: dict[str, str | None] = defaultdict(lambda: None, match.groupdict())
    year = parts["year"]
    if parts["one"] and parts["other"]:
        pairs = {(parts["other"], parts["one"]), (parts["one"], parts["other"])}
        texts = [f"{year}-{int(month):02}-{int(day):02}" for month, day in sorted(pairs)]
    else:
        month = parts["month"] or ""
        number = int(month) if month.isdigit() else MONTHS.index(month[:3]) + 1
        texts = [f"{year}-{number:02}" + (f"-{int(parts['day']):02}" if parts["day"] else "")]
    return tuple(when for text in texts if (when := period(text)))


def _report(evidence: Evidence, report: Report) -> Iterator[Doubt]:
    node = evidence.nodes.of(report.iri)
    known = [
        when for name in OF_REPORT for text in node.texts(DCTERMS[name]) if (when := period(text))
    ]
    if not known:
        return
    for text in (label_of(report), *node.texts(SKOS.altLabel)):
        said = dates_said(text)
        for one in said:
            if not any(_meet(when, other) for when in one.periods for other in known):
                yield _doubt(report, one.periods, known)
        if not said:
            yield from _years(report, YEAR.findall(text), known)
    yield from _years(
        report, [part for part in key_of(report.iri).split("-") if YEAR.fullmatch(part)], known
    )


def _years(report: Report, years: list[str], known: list[Period]) -> Iterator[Doubt]:
    periods = [when for year in years if (when := period(year))]
    if periods and not any(_meet(when, other) for when in periods for other in known):
        yield _doubt(report, tuple(periods), known)


def _study(study: Study, texts: list[str]) -> Iterator[Doubt]:
    """Two dates with a word between them are the first and the last day of accrual."""
    days = (study.accrual_start, study.accrual_end)
    for text in texts:
        for said, day in zip(_span(text) or (), days, strict=False):
            if day and not any(_meet(when, (day, day)) for when in said.periods):
                yield _doubt(study, said.periods, [(day, day)])


def _span(text: str) -> tuple[Said, Said] | None:
    said = dates_said(text)
    if len(said) == 2 and BETWEEN.fullmatch(text.lower(), said[0].end, said[1].start):
        return said[0], said[1]
    return None


def _meet(one: Period, other: Period) -> bool:
    return one[0] <= other[1] and other[0] <= one[1]


def _doubt(record: Report | Study, said: tuple[Period, ...], known: list[Period]) -> Doubt:
    named = " or ".join(dict.fromkeys(map(say, said)))
    own = " and ".join(dict.fromkeys(map(say, known)))
    return Doubt(record.iri, f"The words give {named}, and the record has {own}.", own)
