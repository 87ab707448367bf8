"""Draw the answers of questions as SVG and PNG, once for a release, at addresses of their own.

A page shows a plot as a picture that comes from ``/questions/<name>.svg``, in the colours of the
page and in the shape that its width has room for. Opened by itself, it leads from each figure to
its record here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from html import escape, unescape
from http import HTTPStatus
from urllib.parse import urlencode

from flask import request, url_for

from allograph.drawings.charts import answers
from allograph.drawings.charts.answers import Rows
from allograph.drawings.charts.draw import Drawing
from allograph.drawings.charts.palette import in_the_dark
from allograph.namespaces import BASE
from allograph.questions.question import Question
from allograph.reading.answers.rows import AnswerRows
from allograph.reading.answers.wish import Wish, sifted
from allograph.reading.taking.formats import SVG
from allograph.web.http.problems import Problem
from allograph.web.links import place_href
from allograph.web.service import current_reader

COLOURS, WIDTH = "colours", "width"
"""The arguments by which a picture takes the colours of the dark, and the shape of a phone."""
LIGHT, DARK = "light", "dark"
WIDE, NARROW = "wide", "narrow"
CHOICES: Mapping[str, tuple[str, str]] = {COLOURS: (LIGHT, DARK), WIDTH: (WIDE, NARROW)}
"""Each argument with its values, the default first."""
LINK = re.compile(rf'href="({re.escape(BASE)}[^"]*)"')


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
    return answers.drawing_of(current_reader(), question, rows, is_narrow=width == NARROW)


def picture(question: Question, title: str, rows: Rows, look: Look) -> str:
    """Draw an answer as SVG; raises a ``Problem`` where no row can be drawn."""
    drawing = drawing_of(question, rows, look.width)
    if drawing is None or drawing.chart is None:
        raise Problem(HTTPStatus.NOT_FOUND, "no row of this answer can be drawn")
    address = url_for("questions.answer_question", name=question.name, _external=True)
    svg = answers.picture_of(current_reader(), drawing, title, address)
    svg = LINK.sub(link_here, svg)
    return in_the_dark(svg) if look.colours == DARK else svg


def sources_of(question: Question, taken: str) -> dict[str, str]:
    """The addresses of the pictures of a page, by shape and colours, as in ``narrow dark``.

    ``taken`` is what stands behind the suffix of an address that answers with the rows of the page.
    """
    picture = url_for("questions.answer_question", name=question.name, suffix=SVG.name)
    found = {}
    for width in CHOICES[WIDTH]:
        for colours in CHOICES[COLOURS]:
            look = [
                (argument, value)
                for argument, value in ((WIDTH, width), (COLOURS, colours))
                if value != CHOICES[argument][0]
            ]
            asked = "&".join(filter(None, (taken.removeprefix("?"), urlencode(look))))
            found[f"{width} {colours}"] = f"{picture}?{asked}" if asked else picture
    return found


def link_here(link: re.Match[str]) -> str:
    """A link of a picture to something of ours, as it leads here: a figure to its place."""
    iri = unescape(link[1])
    address = place_href(iri, is_external=True)
    return f'href="{escape(address)}"'
