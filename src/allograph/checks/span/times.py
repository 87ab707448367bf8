"""Time points and grades that the words around a figure give."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from allograph.checks.span.reading import Reading, Told
from allograph.curated.results import Severity
from allograph.doubts.rules.labels.numbers import MONTHS, is_near, times_said
from allograph.doubts.rules.words.grades import forms_of, grades_of
from allograph.evidence.records import Result
from allograph.rdf.vocabularies import OUTCOME


def time_points(reading: Reading) -> Iterator[Told]:
    """A time point that is none of those that the text gives."""
    for place in reading.by_class["Figure"]:
        figure = reading.figure(place)
        if figure.at_time is None:
            continue
        at_time = figure.at_time
        own = figure.value if figure.unit in MONTHS else None
        given = next((times for text in place.scopes if (times := times_said(text, own))), set())
        if not any(is_near(time, unit, at_time) for time, unit in given):
            named = " and ".join(f"{time:g}" for time in sorted({time for time, _ in given}))
            says = f"gives month {named}" if given else "gives no time point"
            month = f"{float(at_time):g}"
            message = f"The time point is month {month} here, and the text {says}: correct it."
            grave = Severity.VIOLATION if given else Severity.WARNING
            yield Told(place.node.iri, "time-point", message, place.sentence, grave)


def grades(reading: Reading) -> Iterator[Told]:
    """A grade that the text does not give, or one that it gives and the figure leaves out."""
    for place in reading.of("Result"):
        result = reading.evidence.results[place.node.iri]
        in_span, around = grades_of(place.span), grades_of(place.sentence)
        if result.grade is not None:
            given = in_span or around
            if not forms_of(result.grade) & given:
                says = f"gives {_shown(given)}" if given else "gives none"
                message = f"The grade is {result.grade} here, and the text {says}: correct it."
                yield Told(place.node.iri, "grade", message, place.sentence)
        elif in_span or (around and _is_adverse(reading, result)):
            message = f"The text gives {_shown(in_span or around)}, and ag:grade is not entered."
            grave = Severity.VIOLATION if in_span else Severity.WARNING
            yield Told(place.node.iri, "grade", message, place.sentence, grave)


def _shown(grades: Iterable[str]) -> str:
    return " and ".join(f"grade {grade}" for grade in sorted(grades))


def _is_adverse(reading: Reading, result: Result) -> bool:
    return OUTCOME["adverse-event"] in reading.evidence.broader(result.outcome)
