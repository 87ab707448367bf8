"""Send triples in the RDF format that was chosen."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from io import BytesIO
from typing import IO

from flask import Response

from allograph.curated.notices import remarks_on
from allograph.rdf.formats import FORMAT_BY_NAME, write_statements
from allograph.rdf.terms import Triple
from allograph.reading.citation import NOTICE
from allograph.web.http.negotiate import Chosen, respond
from allograph.web.service import current_reader

JSON_LD = "jsonld"


def respond_triples(
    chosen: Chosen, key: Sequence[str], triples: Callable[[], Iterable[Triple]]
) -> Response:
    """Send triples, which are asked for only if the client does not hold them already."""
    namespaces = current_reader().namespaces

    def write(body: IO[bytes]) -> None:
        stated = tuple(triples())
        if chosen.format.name != JSON_LD:
            write_statements(stated, chosen.format, body, namespaces, remarks_on(stated))
            return
        held = BytesIO()
        write_statements(stated, chosen.format, held, namespaces)
        body.write(with_notice(held.getvalue()))

    return respond(chosen, key, write)


def with_notice(json_ld: bytes) -> bytes:
    """JSON-LD that says what it is not: of a key that no context knows, no triple is made.

    https://www.w3.org/TR/json-ld11/#syntax-tokens-and-keywords
    """
    begun = b"[{"
    if not json_ld.startswith(begun):
        return json_ld
    notice = json.dumps({"notice": NOTICE})[:-1].encode()
    return b"[" + notice + b", " + json_ld.removeprefix(begun)


def turtle(triples: Iterable[Triple]) -> str:
    """Write triples as Turtle for people to read."""
    text = BytesIO()
    write_statements(triples, FORMAT_BY_NAME["ttl"], text, current_reader().namespaces)
    return text.getvalue().decode()
