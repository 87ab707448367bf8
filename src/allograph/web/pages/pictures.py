"""Draw the answers of questions as SVG, each once for a release, at an address of their own.

A render takes longer than a page may, so a page shows the plot as a picture that comes from
``/questions/<name>.svg``. Opened by itself, it leads from each figure to its record here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from html import escape, unescape
from http import HTTPStatus

from flask import request

from allograph.drawings.charts.draw import Drawing, draw
from allograph.drawings.charts.palette import in_the_dark
from allograph.drawings.charts.render import svg_of
from allograph.namespaces import BASE
from allograph.questions.question import Question
from allograph.rdf.terms import Literal, NamedNode, Term
from allograph.web.http.problems import Problem
from allograph.web.links import place_href

Rows = Sequence[Mapping[str, Term | None]]

COLOURS = "colours"
"""The argument by which a picture takes the colours of the dark."""
LIGHT, DARK = "light", "dark"
LINK = re.compile(rf'href="({re.escape(BASE)}[^"]*)"')


def drawing_of(question: Question, rows: Rows) -> Drawing | None:
    """Lay out the plot of an answer; ``None`` for a question that has none."""
    if question.plot is None:
        return None
    texts = [{name: text_of(term) for name, term in row.items()} for row in rows]
    return draw(texts, question.plot)


def wanted_colours() -> str:
    """The colours that the request asks for; raises a ``Problem`` for others."""
    colours = request.args.get(COLOURS, LIGHT)
    if colours not in (LIGHT, DARK):
        detail = f"{COLOURS} are {LIGHT} or {DARK}, not '{colours}'"
        raise Problem(HTTPStatus.BAD_REQUEST, detail, parameter=COLOURS)
    return colours


def picture(question: Question, title: str, rows: Rows, colours: str) -> bytes:
    """Render the plot of an answer as SVG; raises a ``Problem`` where no row can be drawn."""
    drawing = drawing_of(question, rows)
    if drawing is None or drawing.spec is None:
        raise Problem(HTTPStatus.NOT_FOUND, "no row of this answer can be drawn")
    svg = svg_of(drawing.spec, title, drawing.text)
    svg = LINK.sub(_link_here, svg)
    return (in_the_dark(svg) if colours == DARK else svg).encode()


def _link_here(link: re.Match[str]) -> str:
    """A link of a picture to something of ours, as it leads here: a figure to its place."""
    iri = unescape(link[1])
    address = place_href(iri, is_external=True)
    return f'href="{escape(address)}"'


def text_of(term: Term | None) -> str:
    """A term as text, empty where it is unbound."""
    return term.value if isinstance(term, NamedNode | Literal) else ""
