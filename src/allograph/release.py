"""Releases: built once, immutable, each in its own directory, and swapped by a pointer.

::

    <home>/current                   the id of the release that is served
    <home>/releases/<id>/store/      Oxigraph, read-only: the curated graph and its ledger of doubt
                         exports/    allograph.<suffix> and allograph.<suffix>.gz
                         ontology.ttl  shapes.ttl    the curated files, one after another
                         void.ttl  sparql-examples.ttl
                         quality.ttl                 the ledger of doubt
                         manifest.json               written last: it makes the release whole

The id is ``<version>-<12 hex digits of a fingerprint>`` of the sources and of the code that reads
them, so the same sources give the same release. The manifest also says which doubts are new and
which are gone since the release that was current before. A build happens in a folder of its own
and is renamed when it is whole.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import platformdirs

from allograph import __version__
from allograph.describe import NAMESPACES as DESCRIPTION_NAMESPACES
from allograph.describe import date_of, describe_dataset, describe_examples
from allograph.errors import InvalidGraph, ReleaseError
from allograph.evidence import read_evidence
from allograph.exports import concatenate, digests, turtle, write_exports
from allograph.findings import violations
from allograph.integrity import check_integrity
from allograph.ledger import NAMED_GRAPH as LEDGER_GRAPH
from allograph.ledger import check_doubts, whole_graph
from allograph.load import Loaded, load
from allograph.questions import read_questions
from allograph.settings import Settings
from allograph.sources import PACKAGE, Sources, find_sources, reason
from allograph.store import write_store
from allograph.terms import value_of
from allograph.turtle import read_namespaces, read_turtle
from allograph.validate import validate


@dataclass(frozen=True)
class Release:
    """One release, by its directory."""

    directory: Path

    @property
    def id(self) -> str:
        return self.directory.name

    @property
    def store(self) -> Path:
        return self.directory / "store"

    @property
    def exports(self) -> Path:
        return self.directory / "exports"

    @property
    def ontology(self) -> Path:
        return self.directory / "ontology.ttl"

    @property
    def shapes(self) -> Path:
        return self.directory / "shapes.ttl"

    @property
    def void(self) -> Path:
        return self.directory / "void.ttl"

    @property
    def quality(self) -> Path:
        return self.directory / "quality.ttl"

    @property
    def examples(self) -> Path:
        return self.directory / "sparql-examples.ttl"

    @cached_property
    def manifest(self) -> dict[str, Any]:
        """What the release holds: version, date, counts, and size and digest of each file."""
        content: dict[str, Any] = json.loads((self.directory / "manifest.json").read_text())
        return content


def home_folder(settings: Settings, sources: Sources) -> Path:
    """Where releases are built: as set, else in the checkout, else in the user's data folder."""
    if settings.home:
        return Path(settings.home)
    if sources.is_checkout:
        return sources.root / "build"
    return Path(platformdirs.user_data_dir("allograph", appauthor=False))


def release_id(sources: Sources) -> str:
    """The id of the release that these sources give."""
    return f"{__version__}-{fingerprint(sources)[:12]}"


def fingerprint(sources: Sources) -> str:
    """The SHA-256 of the sources, and of the code that makes a release of them."""
    digest = hashlib.sha256(sources.fingerprint().encode())
    for pattern in ("*.py", "evidence/*.py", "rules/*.py"):
        for path in sorted(PACKAGE.glob(pattern)):
            digest.update(path.read_bytes())
    return digest.hexdigest()


def current(settings: Settings) -> Release:
    """The release that the pointer names."""
    home = home_folder(settings, find_sources(settings.root))
    if (release := _named_by_pointer(home)) is None:
        raise ReleaseError(f"{home / 'current'} is not there; build a release: allograph build")
    if not (release.directory / "manifest.json").is_file():
        raise ReleaseError(f"{release.directory} is not whole; build it again: allograph build")
    return release


def _named_by_pointer(home: Path) -> Release | None:
    try:
        return Release(home / "releases" / (home / "current").read_text().strip())
    except OSError:
        return None


def ensure_release(sources: Sources, settings: Settings) -> Release:
    """The release of these sources; it is built only if they have changed."""
    home = home_folder(settings, sources)
    release = Release(home / "releases" / release_id(sources))
    if not (release.directory / "manifest.json").is_file():
        return build(sources, settings)
    _point_to(release, home)
    return release


def build(sources: Sources, settings: Settings) -> Release:
    """Build the release of these sources, and make it the current one."""
    loaded = load(sources)
    _refuse_violations(loaded, sources)
    home = home_folder(settings, sources)
    try:
        return _publish(loaded, sources, home)
    except OSError as error:
        raise ReleaseError(
            f"{error.filename or home} cannot be written: {reason(error)}; choose another folder:"
            " ALLOGRAPH_HOME=FOLDER"
        ) from None


def _refuse_violations(loaded: Loaded, sources: Sources) -> None:
    namespaces = read_namespaces(sources.prefixes, sources.relative(sources.prefixes))
    evidence = read_evidence(quad.triple for quad in loaded.quads)
    found = violations(
        [
            *check_integrity(loaded, namespaces),
            *check_doubts(loaded, evidence),
            *validate(loaded, sources),
        ]
    )
    if found:
        raise InvalidGraph(map(str, found))


def _publish(loaded: Loaded, sources: Sources, home: Path) -> Release:
    """Write the release in a folder of its own, and rename it when it is whole."""
    release = Release(home / "releases" / release_id(sources))
    release.directory.parent.mkdir(parents=True, exist_ok=True)
    unfinished = Path(tempfile.mkdtemp(prefix=".unfinished-", dir=release.directory.parent))
    try:
        _write(loaded, sources, Release(unfinished), release.id, _named_by_pointer(home))
        if not (release.directory / "manifest.json").is_file():
            shutil.rmtree(release.directory, ignore_errors=True)
            unfinished.chmod(0o755)
            unfinished.rename(release.directory)
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)
    _point_to(release, home)
    return release


def _write(
    loaded: Loaded, sources: Sources, release: Release, id: str, before: Release | None
) -> None:
    namespaces = read_namespaces(sources.prefixes, sources.relative(sources.prefixes))
    quads = whole_graph(loaded)
    write_store(release.store, quads)
    write_exports(release.exports, quads, namespaces)
    files = digests(release.exports)
    issued = date_of(quads)
    dataset = describe_dataset(quads, namespaces, release=id, issued=issued, exports=files)
    examples = describe_examples(read_questions(sources).values())
    ledger = [quad.triple for quad in quads if quad.graph_name == LEDGER_GRAPH]
    release.quality.write_bytes(turtle(ledger, namespaces))
    for path, triples in ((release.void, dataset), (release.examples, examples)):
        path.write_bytes(turtle(triples, DESCRIPTION_NAMESPACES))
    for path, curated in (
        (release.ontology, sources.ontology_files()),
        (release.shapes, sources.shape_files()),
    ):
        path.write_text(concatenate((sources.relative(file), file) for file in curated))
    manifest = {
        "release": id,
        "version": __version__,
        "fingerprint": fingerprint(sources),
        "issued": issued,
        "triples": len({quad.triple for quad in quads}),
        "files": len(loaded.files),
        "exports": files,
        "quality": _changes(release, before),
    }
    (release.directory / "manifest.json").write_text(json.dumps(manifest, indent=2) + "\n")


def _changes(release: Release, before: Release | None) -> dict[str, Any]:
    """The findings of a release: how many, and which are new or gone since the one before."""
    found, found_before = (
        {value_of(triple.subject) for triple in read_turtle(it.quality, it.quality.name).triples}
        if it is not None and it.quality.is_file()
        else set()
        for it in (release, before)
    )
    return {
        "findings": len(found),
        "since": before.id if before else None,
        "new": sorted(found - found_before) if before else [],
        "gone": sorted(found_before - found),
    }


def _point_to(release: Release, home: Path) -> None:
    """Make a release the current one; whoever reads the pointer sees the old or the new."""
    pointer = home / "current"
    if pointer.is_file() and pointer.read_text().strip() == release.id:
        return
    new = home / f".current-{os.getpid()}"
    new.write_text(f"{release.id}\n")
    new.replace(pointer)
