"""Build a release of a snapshot, in a folder of its own that is put in its place when it is whole.

Everything in a release, and its id, is made from one reading of the curated files; the code that
makes it was read when the process started. The manifest also says which doubts are new and which
are gone since the release that was current before.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict
from typing import Any

from allograph import __version__
from allograph.checks.check import Checked
from allograph.checks.kept import Kept
from allograph.curated.home import folder_of_checks
from allograph.curated.results import violations
from allograph.curated.snapshot import Snapshot, read_snapshot
from allograph.curated.sources import PACKAGE, Part, Sources
from allograph.doubts.ledger import NAMED_GRAPH as LEDGER_GRAPH
from allograph.errors import FileError, InvalidGraph, ReleaseError
from allograph.questions.code_book import as_tree, code_book_of
from allograph.questions.question import Question, read_questions
from allograph.rdf.store import Store, write_store
from allograph.rdf.terms import value_of
from allograph.rdf.turtle import read_turtle
from allograph.release.catalogue import read_catalogue
from allograph.release.describe import NAMESPACES as DESCRIPTION_NAMESPACES
from allograph.release.describe import date_of, describe_dataset, describe_examples
from allograph.release.exports import (
    concatenate,
    digest_of,
    digests,
    turtle,
    write_exports,
)
from allograph.release.home import Home, home_of
from allograph.release.release import LOCK, Release
from allograph.release.searchable import items
from allograph.release.statements import broader, statements
from allograph.settings import Settings
from allograph.text.files import reason

Say = Callable[[str], None]
"""Is told each step of a build as it begins."""

CODE = (
    "text",
    "rdf",
    "tables",
    "curated",
    "synthesis",
    "evidence",
    "doubts",
    "questions",
    "checks",
    "release",
)
"""The folders whose code says what is in a release."""


def _code_digest() -> bytes:
    digest = hashlib.sha256()
    for folder in CODE:
        for path in sorted((PACKAGE / folder).rglob("*.py")):
            digest.update(path.read_bytes())
    return digest.digest()


# Read with the code itself: what is saved later does not run in this process.
_CODE = _code_digest()


def in_silence(_step: str) -> None:
    """Tell nobody."""


def fingerprint(snapshot: Snapshot) -> str:
    """The SHA-256 of the curated files, and of the code that makes a release of them."""
    return hashlib.sha256(snapshot.digest.encode() + _CODE).hexdigest()


def release_id(snapshot: Snapshot) -> str:
    """The id of the release that these files give."""
    return f"{__version__}-{fingerprint(snapshot)[:12]}"


def ensure_release(sources: Sources, settings: Settings, say: Say = in_silence) -> Release:
    """The current release, made of the files as they are; it is built only if they have changed."""
    snapshot = read_snapshot(sources)
    home = home_of(settings, sources)
    release = home.release(release_id(snapshot))
    if not release.is_whole:
        return _build(snapshot, home, settings, say)
    with _refusals_named(home):
        home.use(release)
    _tidy(home, settings)
    return release


def build(sources: Sources, settings: Settings, say: Say = in_silence) -> Release:
    """Build the release of the files as they are, and make it the current one.

    Raises:
        InvalidGraph: ``check`` finds violations, and nothing is built.
        ReleaseError: it cannot be written.

    """
    say("reading the curated files")
    return _build(read_snapshot(sources), home_of(settings, sources), settings, say)


def _build(snapshot: Snapshot, home: Home, settings: Settings, say: Say) -> Release:
    with _refusals_named(home):
        home.prepare()
    say(f"checking {len(snapshot.contents)} files")
    checked = Checked(snapshot, kept=Kept(folder_of_checks(home.folder), say))
    if found := violations(checked.results):
        raise InvalidGraph(map(str, found))
    with _refusals_named(home), home.unfinished() as folder:
        _write(checked, Release(folder), release_id(snapshot), home.pointed_to(), say)
        say("putting it in place")
        release = home.put(folder, release_id(snapshot))
    _tidy(home, settings)
    return release


def _tidy(home: Home, settings: Settings) -> None:
    with suppress(OSError):  # a home that may only be read is never tidied
        home.tidy(settings.keep)


@contextmanager
def _refusals_named(home: Home) -> Iterator[None]:
    """Say which folder cannot be written, and the cure."""
    try:
        yield
    except OSError as error:
        raise ReleaseError(
            f"{error.filename or home.folder} cannot be written: {reason(error)}; choose another"
            " folder: ALLOGRAPH_HOME=FOLDER"
        ) from None


def _write(checked: Checked, release: Release, id: str, before: Release | None, say: Say) -> None:
    snapshot, quads = checked.snapshot, checked.quads
    namespaces, questions = snapshot.namespaces, read_questions(snapshot)
    say("writing the store")
    write_store(release.store, quads)
    say("writing the exports")
    write_exports(release.exports, quads, namespaces)
    exports = digests(release.exports)
    issued = date_of(quads)
    dataset = describe_dataset(quads, namespaces, release=id, issued=issued, exports=exports)
    ledger = [quad.triple for quad in quads if quad.graph_name == LEDGER_GRAPH]
    for path, content in (
        (release.quality, turtle(ledger, namespaces)),
        (release.void, turtle(dataset, DESCRIPTION_NAMESPACES)),
        (
            release.examples,
            turtle(describe_examples(questions.values()), DESCRIPTION_NAMESPACES),
        ),
        (release.ontology, _concatenated(snapshot, Part.ONTOLOGY)),
        (release.shapes, _concatenated(snapshot, Part.SHAPES)),
        (release.questions_file, _as_json({name: it.text for name, it in questions.items()})),
        (release.code_book_file, _as_json(as_tree(code_book_of(snapshot)))),
        (release.prefixes_file, _as_json(dict(namespaces.items()))),
        (release.search_file, _as_json(_searchable(checked.store, questions.values()))),
    ):
        path.write_bytes(content)
    manifest = {
        "release": id,
        "version": __version__,
        "fingerprint": fingerprint(snapshot),
        "issued": issued,
        "triples": len({quad.triple for quad in quads}),
        "files": len(snapshot.loaded.files),
        "exports": exports,
        "quality": _changes(release, before),
        "contents": _contents(release),
    }
    release.manifest_file.write_bytes(_as_json(manifest))


def _searchable(store: Store, questions: Collection[Question]) -> dict[str, object]:
    """What lists and search are made of."""
    entries = read_catalogue(store)
    found = items(store, entries, questions)
    return {
        "entries": [*map(asdict, entries)],
        "items": [*map(asdict, found)],
        "statements": [*map(asdict, statements(store))],
        "broader": broader(store),
    }


def _concatenated(snapshot: Snapshot, part: Part) -> bytes:
    return concatenate((path, snapshot.text(path)) for path in snapshot.paths(part)).encode()


def _as_json(content: object) -> bytes:
    return (json.dumps(content, indent=2, ensure_ascii=False) + "\n").encode()


def _contents(release: Release) -> dict[str, dict[str, Any]]:
    """Size and digest of every file beside the store, whose bytes differ from build to build."""
    files = (path for path in sorted(release.directory.rglob("*")) if path.is_file())
    return {
        path.relative_to(release.directory).as_posix(): digest_of(path)
        for path in files
        if release.store not in path.parents and path.name != LOCK
    }


def _changes(release: Release, before: Release | None) -> dict[str, Any]:
    """The findings of a release: how many, and which are new or gone since the one before."""
    found, found_before = map(_findings_in, (release, before))
    return {
        "findings": len(found),
        "since": before.id if before else None,
        "new": sorted(found - found_before) if before else [],
        "gone": sorted(found_before - found),
    }


def _findings_in(release: Release | None) -> set[str]:
    """The IRIs of the findings of a release; none of one that is damaged or not there."""
    if release is None:
        return set()
    try:
        triples = read_turtle(release.quality, release.quality.name).triples
    except FileError:
        return set()
    return {value_of(triple.subject) for triple in triples}
