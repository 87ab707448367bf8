"""Draw the answers of questions as SVG and PNG, once for a release, at addresses of their own.

A page shows a plot as a picture that comes from ``/questions/<name>.svg``, in the colours of the
page and in the shape that its width has room for. Opened by itself, it leads from each figure to
its record here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from http import HTTPStatus
from urllib.parse import urlencode

from flask import request, url_for

from allograph.drawings.charts.draw import Drawing, draw, svg_of
from allograph.drawings.charts.drawing import Caption
from allograph.drawings.charts.palette import in_the_dark
from allograph.namespaces import BASE
from allograph.questions.question import Question
from allograph.rdf.terms import Literal, NamedNode, Term
from allograph.reading.answers.rows import AnswerRows
from allograph.reading.answers.wish import FILTER, RETELLINGS, Wish, sifted
from allograph.reading.pictured import look_at, people_of
from allograph.reading.reader import Reader
from allograph.web.http.problems import Problem
from allograph.web.service import current_reader

Rows = Sequence[Mapping[str, Term | None]]

COLOURS, WIDTH = "colours", "width"
"""The arguments by which a picture takes the colours of the dark, and the shape of a phone."""
LIGHT, DARK = "light", "dark"
WIDE, NARROW = "wide", "narrow"
CHOICES: Mapping[str, tuple[str, str]] = {COLOURS: (LIGHT, DARK), WIDTH: (WIDE, NARROW)}
"""Each argument with its values, the default first."""

NOT_ADVICE = "Not medical advice."


@dataclass(frozen=True)
class Look:
    """The colours and the shape that a request asks for."""

    colours: str = LIGHT
    width: str = WIDE

    @property
    def meaning(self) -> tuple[str, str]:
        """What tells a picture by this look from others."""
        return self.colours, self.width


def wanted_look() -> Look:
    """The look that the request asks for; raises a ``Problem`` for another value."""
    return Look(*(_chosen(argument) for argument in (COLOURS, WIDTH)))


def _chosen(argument: str) -> str:
    first, second = CHOICES[argument]
    value = request.args.get(argument, first)
    if value not in (first, second):
        verb = "is" if argument == WIDTH else "are"
        detail = f"{argument} {verb} {first} or {second}, not '{value}'"
        raise Problem(HTTPStatus.BAD_REQUEST, detail, parameter=argument)
    return value


def rows_to_draw(answer: AnswerRows, wish: Wish) -> Rows:
    """The rows that are wanted, in the order of the answer: a plot has an order of its own."""
    return [row.terms for row in sifted(answer, replace(wish, sort=""))]


def drawing_of(question: Question, rows: Rows, width: str = WIDE) -> Drawing | None:
    """Read what is drawn of an answer; ``None`` for a question that has no plot."""
    if question.plot is None:
        return None
    texts = [{name: text_of(term) for name, term in row.items()} for row in rows]
    link = question.plot.columns.get("link", "")
    known = look_at(current_reader(), (row.get(link, "") for row in texts))
    return draw(texts, question.plot, known, is_narrow=width == NARROW)


def picture(question: Question, title: str, rows: Rows, look: Look) -> str:
    """Draw an answer as SVG; raises a ``Problem`` where no row can be drawn."""
    drawing = drawing_of(question, rows, look.width)
    if drawing is None or drawing.chart is None:
        raise Problem(HTTPStatus.NOT_FOUND, "no row of this answer can be drawn")
    caption = caption_of(current_reader(), question, title, drawing)
    svg = svg_of(drawing, caption)
    svg = svg.replace(f'href="{BASE}', f'href="{request.url_root}')
    return in_the_dark(svg) if look.colours == DARK else svg


def caption_of(reader: Reader, question: Question, title: str, drawing: Drawing) -> Caption:
    """What stands in the picture beside its marks, so that it can stand on a slide."""
    release = f"release {reader.release.id}, " if reader.is_release else ""
    address = url_for("questions.answer_question", name=question.name, _external=True)
    source = f"Source: ALLograph, {release}{address}. {NOT_ADVICE}"
    return Caption(title, people_in(reader, drawing), source)


def people_in(reader: Reader, drawing: Drawing) -> str:
    """How many studies are drawn, and how many people they have together, each counted once."""
    if not drawing.studies:
        return ""
    studies = f"{drawing.studies} stud{'y' if drawing.studies == 1 else 'ies'}"
    people = people_of(reader, drawing.groups)
    return f"{studies}, {people} people" if people else f"{studies}; not all say of how many people"


def sources_of(question: Question, arguments: str, wish: Wish) -> dict[str, str]:
    """The addresses of the pictures of a page, by shape and colours, as in ``narrow dark``.

    ``arguments`` are those of the question, encoded; a picture leaves out the rows that the table
    leaves out.
    """
    picture = url_for("questions.answer_question", name=question.name, suffix="svg")
    wanted = [(f"{FILTER}{name}", one) for name, many in wish.filters.items() for one in many]
    if not wish.with_retellings:
        wanted.append((RETELLINGS, "no"))
    found = {}
    for width in CHOICES[WIDTH]:
        for colours in CHOICES[COLOURS]:
            look = [
                (argument, value)
                for argument, value in ((WIDTH, width), (COLOURS, colours))
                if value != CHOICES[argument][0]
            ]
            asked = "&".join(filter(None, (arguments, urlencode([*wanted, *look]))))
            found[f"{width} {colours}"] = f"{picture}?{asked}" if asked else picture
    return found


def text_of(term: Term | None) -> str:
    """A term as text, empty where it is unbound."""
    return term.value if isinstance(term, NamedNode | Literal) else ""
