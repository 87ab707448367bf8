"""Give the templates what they call: links, short forms, figures in words, kinds of terms."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from flask import Flask, request, url_for

from allograph.drawings.diagrams.schedule import (
    cycles_text,
    dose_text,
    patients_of,
    patients_text,
)
from allograph.rdf.nodes import Node
from allograph.rdf.terms import Literal, NamedNode
from allograph.reading import badges as doubts
from allograph.reading import tiers
from allograph.reading.described import document
from allograph.reading.figures import (
    counting_text,
    people_text,
    place_text,
    share_text,
    span_text,
    spread_text,
    time_text,
    unit_text,
    value_text,
    with_unit,
)
from allograph.reading.listing import plural_of, topic_of
from allograph.reading.names import Names
from allograph.reading.place import at_words
from allograph.reading.readings import first_read_on, read_figures, read_text
from allograph.reading.registers import register_address
from allograph.text.contacts import Contact, contacts_in
from allograph.web.anchors import fresh_id, section_id
from allograph.web.bundle import bundled
from allograph.web.http.problems import shortened
from allograph.web.links import compact, href, is_finding, place_href
from allograph.web.pages.search import looked_for
from allograph.web.service import current_reader, current_service


def badges(
    about: str, flags: Sequence[str], names: Names, rules: Sequence[str] = ()
) -> list[doubts.Badge]:
    """The doubts about a part, which has these flags, and others that rules found behind it."""
    return doubts.badges(current_reader(), about, flags, names, rules)


def tier_of(node: Node) -> tiers.Tier | None:
    """The tier of the report that prints a node."""
    return tiers.tier_of(current_reader(), node)


def order_of_tiers(nodes: Iterable[Node]) -> str:
    """Which tier comes before which among nodes, in a sentence."""
    return tiers.order_in_words(current_reader(), nodes)


def contacts() -> tuple[Contact, ...]:
    """Whom readers may write to: by mail, by an issue, by both or by none."""
    return contacts_in(current_service().settings.contact) or ()


LONGEST_PRINTED = 300
"""Letters of an address that fit into the foot of a sheet."""


def printed_address() -> str:
    """The address that a printed page bears: without arguments, and no longer than it is of use."""
    path = request.path.rstrip("/")
    return shortened(f"{request.url_root.rstrip('/')}{path or '/'}", LONGEST_PRINTED)


FUNCTIONS = (
    at_words,
    badges,
    bundled,
    compact,
    contacts,
    counting_text,
    cycles_text,
    document,
    dose_text,
    first_read_on,
    fresh_id,
    href,
    is_finding,
    looked_for,
    order_of_tiers,
    patients_of,
    patients_text,
    people_text,
    place_href,
    place_text,
    plural_of,
    printed_address,
    read_figures,
    read_text,
    register_address,
    section_id,
    share_text,
    span_text,
    spread_text,
    tier_of,
    time_text,
    topic_of,
    unit_text,
    value_text,
    with_unit,
)

Row = tuple[str, dict[str, Any], str]
"""A place of a navigation: an endpoint, what its address holds, and what to call it."""

# What a reader comes for, in few words.
MAIN: tuple[Row, ...] = (
    ("questions.list_questions", {}, "Questions"),
    ("pool.list_pools", {}, "Pooled"),
    ("records.list_records", {"kind": "study"}, "Studies"),
    ("coverage.show_coverage", {}, "Coverage"),
    ("quality.show_quality", {}, "Doubts"),
    ("sparql.query_by_get", {}, "SPARQL"),
    ("downloads.list_downloads", {}, "Download"),
    ("documents.about", {}, "About"),
)
# In the foot: who and how, then what those look for who compute.
FOOT: tuple[Row, ...] = (
    ("documents.methods", {}, "Methods"),
    ("documents.contact", {}, "Contact"),
    ("documents.show_changes", {}, "Changes"),
    ("api.docs", {}, "Documentation and API"),
    ("vocabulary.ontology", {}, "Ontology"),
    ("api.licences", {}, "Licences"),
)


@dataclass(frozen=True)
class Place:
    """A place of a navigation; ``current`` is its value of ``aria-current``, if any."""

    label: str
    address: str
    current: str


def prepare_templates(app: Flask) -> None:
    """Register functions, tests and what every page shows."""
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    app.jinja_env.globals.update({function.__name__: function for function in FUNCTIONS})
    app.jinja_env.tests.update(iri=is_iri, literal=is_literal)
    app.jinja_env.filters.update(
        size=in_words,
        first_sentence=first_sentence,
        first_upper=first_upper,
        host=host_of,
        named=named,
        vocabulary=vocabulary_name,
    )
    app.context_processor(every_page)


def every_page() -> dict[str, object]:
    """What the frame around every page shows."""
    reader = current_reader()
    return {
        "release": reader.release,
        "is_release": reader.is_release,
        "places": list(places(MAIN)),
        "foot": list(places(FOOT)),
    }


def places(rows: Iterable[Row]) -> Iterator[Place]:
    """A navigation: ``page`` where we are, ``true`` where we are somewhere below."""
    here = (request.script_root + request.path).rstrip("/")
    for endpoint, values, label in rows:
        address = url_for(endpoint, **values)
        is_below = here.startswith(f"{address}/")
        yield Place(label, address, "page" if here == address else "true" if is_below else "")


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


def first_sentence(text: str) -> str:
    """What a text says first, in one line."""
    words = " ".join(text.split())
    end = re.search(r"[.:](?= [A-Z]|$)", words)
    return f"{words[: end.start()]}." if end else words


def first_upper(text: str) -> str:
    """A text with its first letter as a capital, and all others as they are."""
    return text[:1].upper() + text[1:]


def host_of(address: str) -> str:
    """The host of an address, by which a link to it is called."""
    return urlsplit(address).hostname or address


def named(iri: str, names: Names) -> str:
    """What an IRI is called."""
    return names.label(iri)


def vocabulary_name(namespace: str) -> str:
    """What a vocabulary is called for short: the prefix that we declare for it."""
    prefixes = current_reader().namespaces.items()
    return next((prefix for prefix, known in prefixes if known == namespace), namespace)
