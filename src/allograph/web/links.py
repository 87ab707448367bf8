"""Lead from an IRI to the address here that tells about it.

An IRI of ours is its own address under another host: ``https://w3id.org/allograph/study/ino-vate``
is ``/study/ino-vate``, with the fragment kept. A finding stands on one of the pages of the list of
doubts, and no server learns of a fragment: its address names it in the query, too. Other IRIs lead
to themselves, if they are of the web at all.
"""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlencode

from flask import request, url_for

from allograph.namespaces import BASE
from allograph.reading.controls import Control
from allograph.reading.place import findings
from allograph.web.service import current_reader

WEB = ("https://", "http://")
STUDY = f"{BASE}study/"
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


def place_href(iri: str, *, is_external: bool = False) -> str:
    """Where a link to a figure leads that is to show its place; any other IRI leads as ever.

    A figure is a result, a comparison or a claim; it stands in the record of its study. An external
    link holds the address of the service, for what is opened apart from its pages.
    """
    if is_finding(iri):
        key, _, part = iri.removeprefix(STUDY).partition("#")
        return url_for("figures.show_figure", key=key, part=part, _external=is_external)
    if is_external and iri.startswith(BASE):
        return f"{request.url_root}{iri.removeprefix(BASE)}"
    return href(iri) or iri


def is_finding(iri: str) -> bool:
    """Tell whether an IRI is that of a figure of a study, whose place can be shown."""
    return iri.startswith(STUDY) and iri in current_reader().once(findings)


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
