"""Draw the answer of a question from the release that was asked, for a page or for a file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from allograph.drawings.charts.draw import Drawing, draw, svg_of
from allograph.drawings.charts.drawing import Caption
from allograph.questions.question import Question
from allograph.rdf.terms import Term
from allograph.reading.answers.rows import text_of
from allograph.reading.pictured import look_at, people_of
from allograph.reading.reader import Reader

Rows = Iterable[Mapping[str, Term | None]]
NOT_ADVICE = "Not medical advice."


def drawing_of(
    reader: Reader, question: Question, rows: Rows, *, is_narrow: bool = False
) -> Drawing | None:
    """Read what is drawn of an answer; ``None`` for a question that has no plot."""
    if question.plot is None:
        return None
    texts = [{name: text_of(term) for name, term in row.items()} for row in rows]
    link = question.plot.columns.get("link", "")
    known = look_at(reader, (row.get(link, "") for row in texts))
    return draw(texts, question.plot, known, is_narrow=is_narrow)


def picture_of(reader: Reader, drawing: Drawing, sentence: str, address: str) -> str:
    """The picture as SVG, with all that it needs to stand on a slide: ``address`` is its source.

    Raises ``ValueError`` where nothing of an answer can be drawn.
    """
    release = f"release {reader.release.id}, " if reader.is_release else ""
    source = f"Source: ALLograph, {release}{address}. {NOT_ADVICE}"
    return svg_of(drawing, Caption(sentence, people_in(reader, drawing), source))


def people_in(reader: Reader, drawing: Drawing) -> str:
    """How many studies are drawn, and how many people they have together, each counted once."""
    if not drawing.studies:
        return ""
    studies = f"{drawing.studies} stud{'y' if drawing.studies == 1 else 'ies'}"
    people = people_of(reader, drawing.groups)
    return f"{studies}, {people} people" if people else f"{studies}; not all say of how many people"
