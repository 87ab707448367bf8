"""What the rows of an answer find: the figure or comparison of each, its value, and its people.

A row has its value in the column that is drawn, else in ``value`` or ``estimate``. Where that is
the value of the record behind the row, it is of the record's own group; a share that the question
derives is of the people whom its denominator counts, from whom that group was drawn.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from allograph.evidence import Evidence
from allograph.evidence.records import Comparison, Group, Result
from allograph.questions.question import Question
from allograph.rdf.lexical import number_of
from allograph.reading.answers.rows import AnswerRow, AnswerRows, text_of

PERCENT = "%"
BOUNDS = ("share_at_least", "share_at_most"), ("at_least", "at_most")
"""The columns of a share, and of a number of people, that the sources leave open."""


@dataclass(frozen=True)
class Finding:
    """What one row finds: from ``low`` to ``high``, which are equal unless a source leaves it open.

    ``text`` is the value as the answer has it, ``group`` whom it is of, ``whom`` a denominator that
    the question brings all shares to, ``left_open`` what a source leaves open, as ``39 to 46 of
    100``. ``measure`` is its statistic; a share that the question derives has none. ``leading`` is
    the value of the column by which the question tells findings apart.
    """

    row: AnswerRow
    figure: Result | Comparison
    group: str
    low: Decimal | None
    high: Decimal | None
    text: str
    unit: str
    measure: str
    whom: str = ""
    left_open: str = ""
    leading: str = ""

    @property
    def is_derived(self) -> bool:
        """Tell whether the question computed it from what is printed."""
        return bool(self.whom)


@dataclass(frozen=True)
class Columns:
    """Which columns of an answer hold the record, the value, and the people whom it counts."""

    about: str
    value: str
    denominator: str
    whom: str


def columns_of(question: Question, names: Sequence[str]) -> Columns | None:
    """The columns of the findings of an answer; ``None`` of one whose rows are no findings."""
    about = next((column.link for column in question.columns if column.link), "")
    drawn = question.plot.columns if question.plot else {}
    given = [drawn.get("value", ""), "value", "estimate"]
    value = next((name for name in given if name in names), "")
    if not about or not value:
        return None
    denominator = drawn.get("denominator", "denominator")
    labels = {column.name: column.label for column in question.columns}
    is_own = value in ("value", "estimate")
    whom = "" if is_own else labels.get(denominator, "").casefold()
    return Columns(about, value, denominator, whom)


def findings_of(
    evidence: Evidence, question: Question, answer: AnswerRows, rows: Sequence[AnswerRow]
) -> list[Finding]:
    """The findings among rows; what is about no figure of the evidence is none."""
    columns = columns_of(question, answer.names)
    return list(_findings(evidence, columns, question, rows)) if columns else []


def _findings(
    evidence: Evidence, columns: Columns, question: Question, rows: Sequence[AnswerRow]
) -> Iterator[Finding]:
    units = {column.name: column.unit for column in question.columns}
    for row in rows:
        iri = text_of(row.terms[columns.about])
        figure = evidence.results.get(iri) or evidence.comparisons.get(iri)
        if figure is None or not figure.group:
            continue
        if columns.whom:
            found = _derived(evidence, columns, row, figure, units[columns.value])
        else:
            found = _printed(row, figure)
        if found:
            yield replace(found, leading=row.texts.get(question.leading, ""))


def _printed(row: AnswerRow, figure: Result | Comparison) -> Finding:
    value = figure.value
    text = "" if value is None else row.texts.get("estimate") or row.texts.get("value") or ""
    return Finding(
        row,
        figure,
        figure.group or "",
        value,
        value,
        text if text and number_of(text) == value else _plain(value),
        figure.unit or "",
        figure.statistic or "",
    )


def _derived(
    evidence: Evidence, columns: Columns, row: AnswerRow, figure: Result | Comparison, unit: str
) -> Finding | None:
    """A share that the question derives; nothing where its people are not found."""
    value = number_of(row.texts[columns.value] or None)
    whole = _outermost(evidence, figure.group or "", row.texts.get(columns.denominator, ""))
    if value is None or whole is None:
        return None
    (at_least, at_most), counts = BOUNDS
    low = number_of(row.texts.get(at_least) or None)
    high = number_of(row.texts.get(at_most) or None)
    low, high = (value, value) if low is None or high is None else (low, high)
    some, most = (row.texts.get(name, "") for name in counts)
    left_open = f"{some} to {most} of {whole.size}" if some != most else ""
    text = row.texts[columns.value]
    whom = f"of {columns.whom}"
    return Finding(row, figure, whole.iri, low, high, text, unit, "", whom, left_open)


def _outermost(evidence: Evidence, group: str, size: str) -> Group | None:
    """The farthest of the groups from which a group was drawn that has so many people."""
    line = [evidence.groups[group], *evidence.ancestors(group)] if group in evidence.groups else []
    fits = [one for one in line if one.size is not None and str(one.size) == size]
    return fits[-1] if fits else None


def _plain(value: Decimal | None) -> str:
    return "" if value is None else f"{value:f}"
