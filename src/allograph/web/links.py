"""Lead from an IRI to the address here that tells about it.

An IRI of ours is its own address under another host: ``https://w3id.org/allograph/study/ino-vate``
is ``/study/ino-vate``, with the fragment kept. Other IRIs lead to themselves, if they are of the
web at all.
"""

from flask import request

from allograph.namespaces import BASE
from allograph.web.service import current_service

WEB = ("https://", "http://")


def href(iri: str) -> str | None:
    """Return where a link to this IRI leads; none for an IRI that no browser should follow."""
    if iri.startswith(BASE):
        return f"{request.script_root}/{iri.removeprefix(BASE)}"
    return iri if iri.startswith(WEB) else None


def compact(iri: str) -> str:
    """Return the short form of an IRI, or the IRI itself where no prefix fits."""
    return current_service().namespaces.compact(iri)


def fragment(iri: str) -> str:
    """Return what follows the ``#`` of a part's IRI; empty for a record."""
    return iri.partition("#")[2]


def document(iri: str) -> str:
    """Return the IRI of the record that a part belongs to."""
    return iri.partition("#")[0]
