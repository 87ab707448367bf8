"""Give the templates what they call: links, short forms, figures in words, kinds of terms."""

from flask import Flask

from allograph.terms import Literal, NamedNode
from allograph.web.bundle import bundled
from allograph.web.figures import (
    place_text,
    share_text,
    spread_text,
    time_text,
    unit_text,
    value_text,
)
from allograph.web.links import compact, href
from allograph.web.service import current_service

FUNCTIONS = (
    bundled,
    compact,
    href,
    place_text,
    share_text,
    spread_text,
    time_text,
    unit_text,
    value_text,
)


def prepare_templates(app: Flask) -> None:
    """Register functions, tests and what every page shows."""
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals.update({function.__name__: function for function in FUNCTIONS})
    app.jinja_env.tests.update(iri=is_iri, literal=is_literal)
    app.jinja_env.filters.update(size=in_words)
    app.context_processor(every_page)


def every_page() -> dict[str, object]:
    """Return what the frame around every page shows."""
    return {"release": current_service().release}


def is_iri(value: object) -> bool:
    """Tell whether a term is an IRI."""
    return isinstance(value, NamedNode)


def is_literal(value: object) -> bool:
    """Tell whether a term is a literal."""
    return isinstance(value, Literal)


def in_words(size: int) -> str:
    """Write a number of bytes as people read it."""
    kilobytes = size / 1000
    return f"{kilobytes / 1000:.1f} MB" if kilobytes >= 1000 else f"{kilobytes:.0f} kB"
