"""The IRIs of ALLograph, and the prefixes that ``ontology/prefixes.ttl`` declares.

A record is ``https://w3id.org/allograph/<kind>/<key>``; a part of it adds ``#<part>``. CURIEs are
those of https://www.w3.org/TR/curie/, so ``study:ino-vate#cr-ino`` names a part.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

BASE = "https://w3id.org/allograph/"

ENDPOINT = f"{BASE}sparql"
"""The address of the service, and the base of relative IRIs in queries."""

KEY = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
"""How the key of a record is written: ``ino-vate``."""

KINDS = (
    "study",
    "report",
    "drug",
    "regimen",
    "target",
    "procedure",
    "condition",
    "outcome",
    "organization",
    "family",
    "reading",
    "lead",
    "lookup",
    "discrepancy",
    "judgement",
)


class Namespaces:
    """Prefixes and their namespaces."""

    def __init__(self, namespaces: Mapping[str, str]) -> None:
        self._namespaces = dict(sorted(namespaces.items()))
        self._longest_first = sorted(
            self._namespaces.items(), key=lambda item: len(item[1]), reverse=True
        )

    def __getitem__(self, prefix: str) -> str:
        return self._namespaces[prefix]

    def items(self) -> Iterator[tuple[str, str]]:
        """The prefixes and their namespaces, sorted by prefix."""
        yield from self._namespaces.items()

    def expand(self, curie: str) -> str | None:
        """The IRI of a CURIE, or nothing if its prefix is not declared."""
        prefix, colon, reference = curie.partition(":")
        namespace = self._namespaces.get(prefix)
        return f"{namespace}{reference}" if colon and namespace else None

    def compact(self, iri: str) -> str:
        """The CURIE of an IRI, or the IRI itself if no declared namespace fits."""
        for prefix, namespace in self._longest_first:
            if iri.startswith(namespace) and len(iri) > len(namespace):
                return f"{prefix}:{iri[len(namespace) :]}"
        return iri


NO_NAMESPACES = Namespaces({})
"""For a query that nothing is known about."""


def graph_of(record: str) -> str:
    """The named graph of a record: ``…/graph/study/x`` of ``…/study/x``."""
    return f"{BASE}graph/{record.removeprefix(BASE)}"


def key_of(iri: str) -> str:
    """The key of a record, or the last part of any other IRI: ``ino-vate``, ``ino-vate#cr-ino``."""
    if iri.startswith(BASE):
        return iri.removeprefix(BASE).partition("/")[2] or iri.rpartition("#")[2]
    return iri.replace("#", "/").rpartition("/")[2]
