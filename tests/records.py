"""The records of the curated graph that have a page, and some of each kind for quick tests."""

import pytest
from approve import SNAPSHOT, SOURCES

from allograph.namespaces import BASE, KINDS
from allograph.rdf.vocabularies import OWL

# A record that was replaced has no page: its address redirects.
REPLACED = {node.iri for node in SNAPSHOT.loaded.nodes.having(OWL.deprecated)}


def _of_kind(kind):
    """The records of a kind, those with the shortest files first."""
    paths = sorted((SOURCES.graph / kind).glob("*.ttl"), key=lambda path: path.stat().st_size)
    named = [f"{kind}/{path.stem}" for path in paths]
    return [record for record in named if f"{BASE}{record}" not in REPLACED]


_RECORDS = {kind: _of_kind(kind) for kind in KINDS}
RECORDS = sorted(record for records in _RECORDS.values() for record in records)
SOME = {record for of in _RECORDS.values() if of for record in (of[0], of[len(of) // 2], of[-1])}
"""Of each kind the shortest file, the longest, and the one between them."""


def each(records):
    """A test of each of some records; those beside ``SOME`` are left out of quick ones."""
    marks = {True: (), False: pytest.mark.slow}
    return pytest.mark.parametrize(
        "record", [pytest.param(record, marks=marks[record in SOME]) for record in records]
    )
