"""Lead from an IRI to the address here that tells about it.

An IRI of ours is its own address under another host: ``https://w3id.org/allograph/study/ino-vate``
is ``/study/ino-vate``, with the fragment kept. A finding stands on one of the pages of the list of
doubts, and no server learns of a fragment: its address names it in the query, too. Other IRIs lead
to themselves, if they are of the web at all.
"""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlencode

from flask import request

from allograph.namespaces import BASE
from allograph.reading.controls import Control
from allograph.web.service import current_reader

WEB = ("https://", "http://")
FINDINGS = f"{BASE}quality#"
"""How the IRIs of what rules find begin."""


def href(iri: str) -> str | None:
    """Where a link to this IRI leads; none for an IRI that no browser should follow."""
    if iri.startswith(FINDINGS):
        finding = iri.removeprefix(FINDINGS)
        return f"{request.script_root}/quality?{urlencode({'finding': finding})}#{finding}"
    if iri.startswith(BASE):
        return f"{request.script_root}/{iri.removeprefix(BASE)}"
    return iri if iri.startswith(WEB) else None


def compact(iri: str) -> str:
    """The short form of an IRI, or the IRI itself where no prefix fits."""
    return current_reader().namespaces.compact(iri)


def arguments_of(controls: Iterable[Control], **others: str) -> str:
    """Write parameters into the arguments of an address, the open ones without a value.

    An argument that is sent without a value leaves its parameter open, so each list of boxes sends
    one in front: with no box ticked, the question is asked of anything.
    """
    pairs = [
        (control.parameter.name, value) for control in controls for value in control.keys or [""]
    ]
    return urlencode([*pairs, *others.items()])
