"""A date in words, in a label or a key, against the dates of the record.

``Medivizor summary, 5 June 2019`` was issued on that day, ``Jabbour 2018`` in that year, and
patients who ``were treated from 1 October 2016 to 1 September 2022`` give the study its accrual.
A printed date in digits alone, as ``01.10.2016``, is read both ways.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from allograph.doubts.rules.dates.dates import Period, period, say
from allograph.doubts.rules.rule import Doubt
from allograph.doubts.rules.words.printed_numbers import label_of
from allograph.evidence import Evidence, grouped
from allograph.evidence.records import Report, Study
from allograph.namespaces import key_of
from allograph.rdf.vocabularies import DCTERMS, SKOS
from allograph.text.dates import PrintedDate, printed_dates

YEAR = re.compile(
    r"(?<![0-9:(./-])((?:1[89]|20)[0-9]{2})(?![0-9:(./])(?!\s+(?:patients|people|children|adults))"
)
BETWEEN = re.compile(r"\s*(?:to|and|until|till|through|-|–)\s*")  # noqa: RUF001
OF_REPORT = ("issued", "available", "dateSubmitted", "dateAccepted", "modified", "date")


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


def _periods(printed: PrintedDate) -> tuple[Period, ...]:
    """The days that a date may mean, read either way."""
    return tuple(when for text in printed.readings if (when := period(text)))


def _report(evidence: Evidence, report: Report) -> Iterator[Doubt]:
    node = evidence.nodes.of(report.iri)
    known = [
        when for name in OF_REPORT for text in node.texts(DCTERMS[name]) if (when := period(text))
    ]
    if not known:
        return
    for text in (label_of(report), *node.texts(SKOS.altLabel)):
        said = list(printed_dates(text))
        for periods in map(_periods, said):
            if not any(_meet(when, other) for when in periods for other in known):
                yield _doubt(report, periods, known)
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
            if day and not any(_meet(when, (day, day)) for when in _periods(said)):
                yield _doubt(study, _periods(said), [(day, day)])


def _span(text: str) -> tuple[PrintedDate, PrintedDate] | None:
    said = list(printed_dates(text))
    if len(said) == 2 and BETWEEN.fullmatch(text.lower(), said[0].end, said[1].start):
        return said[0], said[1]
    return None


def _meet(one: Period, other: Period) -> bool:
    return one[0] <= other[1] and other[0] <= one[1]


def _doubt(record: Report | Study, said: tuple[Period, ...], known: list[Period]) -> Doubt:
    named = " or ".join(dict.fromkeys(map(say, said)))
    own = " and ".join(dict.fromkeys(map(say, known)))
    return Doubt(record.iri, f"The words give {named}, and the record has {own}.", own)
