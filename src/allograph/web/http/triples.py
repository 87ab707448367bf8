"""Send triples in the RDF format that was chosen."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from io import BytesIO
from typing import IO

from flask import Response

from allograph.curated.notices import remarks_on
from allograph.rdf.formats import FORMAT_BY_NAME, write_statements
from allograph.rdf.terms import Triple
from allograph.web.http.negotiate import Chosen, respond
from allograph.web.service import current_reader


def respond_triples(
    chosen: Chosen, key: Sequence[str], triples: Callable[[], Iterable[Triple]]
) -> Response:
    """Send triples, which are asked for only if the client does not hold them already."""
    namespaces = current_reader().namespaces

    def write(body: IO[bytes]) -> None:
        stated = tuple(triples())
        write_statements(stated, chosen.format, body, namespaces, remarks_on(stated))

    return respond(chosen, key, write)


def turtle(triples: Iterable[Triple]) -> str:
    """Write triples as Turtle for people to read."""
    text = BytesIO()
    write_statements(triples, FORMAT_BY_NAME["ttl"], text, current_reader().namespaces)
    return text.getvalue().decode()
