"""The columns of a Summary of Findings as a flat table: one row a finding, numbers as numbers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from allograph.namespaces import key_of
from allograph.reading.summary.absolute import PER, Limits
from allograph.reading.summary.table import MONTHS, Absolute, Finding, Summary
from allograph.reading.summary.words import certainty_reasons, certainty_text
from allograph.tables.fields import Value

DIVIDER = " | "


@dataclass(frozen=True)
class Column:
    """A column: its name, what people call it, what it means, and its value of a row."""

    name: str
    label: str
    meaning: str
    value: Callable[[Finding], Value]


def _risk(finding: Finding) -> Value:
    risk = finding.absolute.without if finding.absolute else None
    return _decimal(PER * risk.share, 1) if risk else None


def _source(finding: Finding) -> Value:
    risk = finding.absolute.without if finding.absolute else None
    return risk.source if risk else None


def _time(finding: Finding) -> Value:
    risk = finding.absolute.without if finding.absolute else None
    return _decimal(risk.at_time, 1) if risk and risk.at_time is not None else None


def _given(part: str) -> Callable[[Finding], Value]:
    return lambda finding: _absolute(
        finding.absolute, finding.absolute.given if finding.absolute else None, part
    )


def _difference(part: str) -> Callable[[Finding], Value]:
    return lambda finding: _absolute(
        finding.absolute, finding.absolute.difference if finding.absolute else None, part
    )


def _absolute(absolute: Absolute | None, limits: Limits | None, part: str) -> Value:
    number = getattr(limits, part) if absolute and limits else None
    if absolute is None or number is None:
        return None
    return _decimal(number, 2) if absolute.unit == MONTHS else _decimal(PER * number, 1)


def _relative(part: str) -> Callable[[Finding], Value]:
    def value(finding: Finding) -> Value:
        relative = finding.relative
        if relative is None or not relative.measure:
            return None
        return _decimal(getattr(relative.limits, part), 3)

    return value


def _prediction(part: str) -> Callable[[Finding], Value]:
    def value(finding: Finding) -> Value:
        relative = finding.relative
        number = getattr(relative.prediction, part) if relative and relative.prediction else None
        if relative is None or number is None:
            return None
        is_share = not relative.measure and relative.words == "share"
        return _decimal(PER * number, 1) if is_share else _decimal(number, 3)

    return value


def _of_model(name: str, digits: int) -> Callable[[Finding], Value]:
    return lambda finding: (
        _decimal(getattr(finding.relative, name), digits) if finding.relative else None
    )


def _extreme(place: int) -> Callable[[Finding], Value]:
    def value(finding: Finding) -> Value:
        if finding.extremes is None:
            return None
        is_median = bool(finding.absolute and finding.absolute.unit == MONTHS)
        number = finding.extremes[place]
        return _decimal(number, 2) if is_median else _decimal(PER * number, 1)

    return value


def _decimal(number: float | None, digits: int) -> Value:
    return None if number is None else Decimal(f"{number:.{digits}f}")


def _level(finding: Finding) -> Value:
    level = finding.relative.level if finding.relative else None
    if level is None and finding.absolute:
        level = finding.absolute.level
    return None if level is None else Decimal(f"{level:g}")


def _measure(finding: Finding) -> Value:
    return finding.relative.measure if finding.relative else None


def _model(finding: Finding) -> Value:
    return finding.relative.model or None if finding.relative else None


def _origin(finding: Finding) -> Value:
    if finding.relative:
        return finding.relative.origin
    return finding.absolute.method if finding.absolute else None


COLUMNS: tuple[Column, ...] = (
    Column("outcome", "Outcome", "The key of the outcome.", lambda it: it.key),
    Column("outcome_label", "Outcome", "What it is called.", lambda it: it.label),
    Column(
        "importance", "Importance", "Critical or important, as proposed.", lambda it: it.importance
    ),
    Column(
        "in_table",
        "In the table",
        "1 for a row of the table, 0 for one behind it.",
        lambda it: int(it.is_main),
    ),
    Column(
        "population",
        "People",
        "Who they are; of a drug alone also what they were given.",
        lambda it: it.section,
    ),
    Column(
        "words",
        "What they share",
        "The definition, the time, the grade, or a part of the people.",
        lambda it: it.words,
    ),
    Column(
        "state", "State", "pooled, one (study), range, refused or nothing.", lambda it: it.state
    ),
    Column(
        "unit",
        "Unit",
        "Of the absolute numbers: per 1,000, or months.",
        lambda it: it.absolute.unit if it.absolute else None,
    ),
    Column(
        "without", "Without the drug", "People of 1,000 with the outcome, without the drug.", _risk
    ),
    Column("without_at_time", "At months", "The time of that share, in months.", _time),
    Column("without_source", "From", "Where that share is from.", _source),
    Column(
        "with", "With the drug", "People of 1,000 with the outcome, or months.", _given("value")
    ),
    Column("with_lower", "Lower", "The lower limit of it.", _given("lower")),
    Column("with_upper", "Upper", "The upper limit of it.", _given("upper")),
    Column(
        "difference",
        "Difference",
        "People of 1,000 more, or fewer if negative.",
        _difference("value"),
    ),
    Column("difference_lower", "Lower", "The lower limit of it.", _difference("lower")),
    Column("difference_upper", "Upper", "The upper limit of it.", _difference("upper")),
    Column("measure", "Measure", "rr, or, hr, rd or md.", _measure),
    Column("estimate", "Relative effect", "The estimate.", _relative("value")),
    Column("lower", "Lower", "Its lower limit.", _relative("lower")),
    Column("upper", "Upper", "Its upper limit.", _relative("upper")),
    Column("level", "Level", "The confidence level of the limits, in percent.", _level),
    Column("model", "Model", "The key of the model; empty if nothing was pooled.", _model),
    Column("origin", "Where from", "The model in words, or which study it is.", _origin),
    Column(
        "prediction_lower",
        "Prediction, lower",
        "The lower limit of the prediction interval.",
        _prediction("lower"),
    ),
    Column(
        "prediction_upper",
        "Prediction, upper",
        "The upper limit of the prediction interval.",
        _prediction("upper"),
    ),
    Column("i2", "I²", "In percent.", _of_model("i2", 1)),
    Column("tau2", "τ²", "On the scale of the model.", _of_model("tau2", 4)),
    Column("range_low", "Range, low", "The least of the studies.", _extreme(0)),
    Column("range_high", "Range, high", "The largest of the studies.", _extreme(1)),
    Column("number_of_studies", "Studies", "How many.", lambda it: len(it.studies)),
    Column(
        "randomised", "Randomised", "How many of them are randomised.", lambda it: it.randomised
    ),
    Column("people", "People", "How many, on both sides.", lambda it: it.people),
    Column("certainty", "Certainty", "As judged, or as proposed, which is told.", certainty_text),
    Column(
        "certainty_reasons", "Reasons", "Each step with its reason, by whom.", certainty_reasons
    ),
    Column(
        "why",
        "Why not",
        "Why there is no pooled number, or no absolute one.",
        lambda it: DIVIDER.join(filter(None, (*it.why, it.absolute_why))),
    ),
    Column(
        "studies",
        "Studies",
        "Their keys.",
        lambda it: DIVIDER.join(key_of(one.iri) for one in it.studies),
    ),
    Column(
        "figures", "Figures", "Their IRIs.", lambda it: DIVIDER.join(one.iri for one in it.figures)
    ),
)
NOTES = Column(
    "notes", "Notes", "What is to be known of it: doubts, and what differs.", lambda _: None
)


def rows_of(summary: Summary) -> Iterator[list[Value]]:
    """The rows, those of the table first; the last column holds the notes in words."""
    texts = {note.number: note.text for note in summary.notes}
    for finding in (*summary.main, *summary.others):
        notes = DIVIDER.join(texts[number] for number in finding.notes)
        yield [*(column.value(finding) for column in COLUMNS), notes or None]
