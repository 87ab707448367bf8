"""Releases: built once, immutable, each in its own directory, and swapped by a pointer.

::

    <home>/checks/                   what checks keep (``checks/kept``); may be removed at any time
    <home>/current                   the id of the release that is served
    <home>/named/<id>                the releases that have a name, and are never removed
    <home>/releases/<id>/store/      Oxigraph, read-only: the curated graph and its ledger of doubt
                         exports/    allograph.<suffix> and allograph.<suffix>.gz
                         ontology.ttl  shapes.ttl    the curated files, one after another
                         void.ttl  sparql-examples.ttl
                         quality.ttl                 the ledger of doubt
                         questions.json  prefixes.json  search.json    what it is served from
                         manifest.json               written last: it makes the release whole

The id is ``<version>-<12 hex digits of a fingerprint>`` of the sources and of the code that reads
them, so the same sources give the same release. ``building`` makes a release of a snapshot,
``home`` is where releases live, ``release`` is one of them.
"""

from allograph.release.building import build, ensure_release
from allograph.release.home import Home, current, home_of
from allograph.release.release import Release

__all__ = ["Home", "Release", "build", "current", "ensure_release", "home_of"]
