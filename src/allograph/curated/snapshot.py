"""Read every curated file once, into one value from which all else is made.

What a check says, what a release holds and what it is called are functions of a ``Snapshot``, so
a file that is saved meanwhile changes none of them. The files are looked at before and after they
are read: when one was saved in between, all are read again, so that a snapshot is the state of
one moment and never half of two.
"""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property, partial
from pathlib import Path

from allograph.curated.loaded import Loaded
from allograph.curated.sources import (
    PREFIXES,
    Part,
    Sources,
    is_passed_over,
    named_graph,
    part_of,
    rank_of,
)
from allograph.errors import FileError, Location
from allograph.namespaces import Namespaces
from allograph.rdf.nodes import Nodes
from allograph.rdf.turtle import MOST_BYTES, TurtleFile, namespaces_in, parse_turtle
from allograph.rdf.vocabularies import SH
from allograph.text.files import read_regular, reason
from allograph.text.lines import text_of

ATTEMPTS = 10
SETTLED = 0.05
"""Seconds after which a file that was saved again would show another time of its change."""

Stamps = Mapping[str, tuple[int, int, int]]
"""Inode, size and time of change of each file, by its path: another content has another stamp."""


@dataclass(frozen=True)
class Snapshot:
    """All curated files as they were at one moment, by the path that people see.

    ``unread`` are curated files that cannot be read, ``strays`` what lies beside them and is none.
    """

    contents: Mapping[str, bytes]
    unread: tuple[FileError, ...] = ()
    strays: tuple[FileError, ...] = ()

    @cached_property
    def digest(self) -> str:
        """The SHA-256 of the names and the bytes of all files."""
        digest = hashlib.sha256()
        for shown_as, content in self.contents.items():
            digest.update(f"{shown_as}\n{len(content)}\n".encode())
            digest.update(content)
        return digest.hexdigest()

    def paths(self, *parts: Part) -> list[str]:
        """The files of some parts, in the order in which they are loaded."""
        return [shown_as for shown_as in self.contents if part_of(shown_as) in parts]

    def of(self, *parts: Part) -> Snapshot:
        """The files of some parts alone, and the prefixes that they are read with."""
        wanted = {*self.paths(*parts), PREFIXES}
        return Snapshot({path: it for path, it in self.contents.items() if path in wanted})

    def text(self, shown_as: str) -> str:
        """The text of a file; a ``FileError`` if it is not UTF-8."""
        return text_of(self.contents[shown_as], shown_as)

    @cached_property
    def loaded(self) -> Loaded:
        """The ontology and the graph, without the files that cannot be read."""
        files = self._turtle(Part.ONTOLOGY, Part.GRAPH)
        return Loaded(files, {shown_as: named_graph(shown_as) for shown_as in files})

    @cached_property
    def shapes(self) -> Mapping[str, TurtleFile]:
        """The shapes, and the prefixes that they speak of."""
        return {PREFIXES: self.loaded.files[PREFIXES], **self._turtle(Part.SHAPES)}

    @cached_property
    def namespaces(self) -> Namespaces:
        """The prefixes that ``ontology/prefixes.ttl`` declares."""
        return namespaces_in(self.loaded.files[PREFIXES].triples)

    @property
    def mistakes(self) -> list[FileError]:
        """Why files cannot be read, each with its place."""
        mistakes = [file for _path, file in self._parsed.items() if isinstance(file, FileError)]
        return [*self.unread, *mistakes, *_half_declared(self.loaded.files.get(PREFIXES))]

    @cached_property
    def _parsed(self) -> Mapping[str, TurtleFile | FileError]:
        return {
            shown_as: _parse(self.contents[shown_as], shown_as)
            for shown_as in self.paths(Part.ONTOLOGY, Part.GRAPH, Part.SHAPES)
        }

    def _turtle(self, *parts: Part) -> dict[str, TurtleFile]:
        return {
            shown_as: file
            for shown_as, file in self._parsed.items()
            if part_of(shown_as) in parts and not isinstance(file, FileError)
        }


def _half_declared(prefixes: TurtleFile | None) -> Iterator[FileError]:
    """Declarations of prefixes that shapes cannot be read with (SHACL, section 5.2.1)."""
    for node in Nodes(prefixes.triples).values() if prefixes else ():
        counts = (len(node.all(SH.prefix)), len(node.all(SH.namespace)))
        if prefixes and counts not in ((0, 0), (1, 1)):
            message = "a declaration has one sh:prefix and one sh:namespace"
            yield FileError(Location(PREFIXES, prefixes.lines.get(node.iri)), message)


def load(sources: Sources) -> Loaded:
    """Read the ontology and the graph; a mistake in one of the files is raised."""
    return readable(read_snapshot(sources)).loaded


def readable(snapshot: Snapshot) -> Snapshot:
    """The same snapshot; the first mistake of a file that cannot be read is raised."""
    if mistakes := snapshot.mistakes:
        raise mistakes[0]
    return snapshot


def read_snapshot(
    sources: Sources, read: Callable[[Path, str], bytes] | None = None, pause: float = SETTLED
) -> Snapshot:
    """Read all curated files as they are at one moment.

    Raises:
        FileError: a file changed each time while they were read.

    """
    for _ in range(ATTEMPTS):
        before = _stamps(sources)
        snapshot = _read(sources, before, read or read_curated)
        if _is_fresh(before):
            time.sleep(pause)
        if _stamps(sources) == before:
            return snapshot
    raise FileError(
        Location(str(sources.root)), "files change while they are read; try again when they rest"
    )


def read_curated(path: Path, shown_as: str) -> bytes:
    """The bytes of one file, if it is a regular one that is not too large."""
    return read_regular(path, shown_as, MOST_BYTES)


def _read(sources: Sources, stamps: Stamps, read: Callable[[Path, str], bytes]) -> Snapshot:
    contents: dict[str, bytes] = {}
    unread, strays = [], []
    resolved = cache(partial(Path.resolve, strict=True))
    root = sources.root.resolve()
    for name in stamps:
        shown_as = _shown(name)
        if part_of(shown_as) is None:
            strays.append(FileError(Location(shown_as), _STRAY))
            continue
        try:
            contents[shown_as] = _content(sources.root / name, shown_as, read, root, resolved)
        except FileError as error:
            unread.append(error)
    in_order = sorted(contents, key=lambda path: (rank_of(path), path))
    return Snapshot({path: contents[path] for path in in_order}, tuple(unread), tuple(strays))


_STRAY = (
    "this file is not read: a curated file is graph/<kind>/<key>.ttl, queries/<name>.rq,"
    " ontology/<name>.ttl, or such a file in ontology/schemes, rules or shapes; move or rename it"
)


def _content(
    path: Path,
    shown_as: str,
    read: Callable[[Path, str], bytes],
    root: Path,
    resolved: Callable[[Path], Path],
) -> bytes:
    """The bytes of a file below the root; a link is followed, a folder is looked at once."""
    try:
        where = resolved(path) if path.is_symlink() else resolved(path.parent)
        if not where.is_relative_to(root):
            raise FileError(Location(shown_as), "a link that leads elsewhere; put the file here")
    except (OSError, RuntimeError) as error:  # RuntimeError: links that lead in a circle
        why = reason(error) if isinstance(error, OSError) else "links lead in a circle"
        raise FileError(Location(shown_as), why) from None
    return read(path, shown_as)


def _stamps(sources: Sources) -> Stamps:
    """The stamps of all files below the three folders; a link has that of what it leads to."""
    stamps: dict[str, tuple[int, int, int]] = {}
    for folder in sources.folders:
        for path in _files_below(folder, sources.root):
            try:
                status = path.stat()
            except (OSError, RuntimeError):
                stamps[str(path.relative_to(sources.root))] = (0, 0, 0)
            else:
                stamp = (status.st_ino, status.st_size, status.st_mtime_ns)
                stamps[str(path.relative_to(sources.root))] = stamp
    return stamps


def _files_below(folder: Path, root: Path) -> Iterator[Path]:
    """Files, links, and folders that have the name of a file; links to folders are not followed."""
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError:
        return
    for entry in entries:
        path = folder / entry.name
        if is_passed_over(entry.name):
            continue
        if entry.is_dir(follow_symlinks=False) and not part_of(str(path.relative_to(root))):
            yield from _files_below(path, root)
        else:
            yield path


def _is_fresh(stamps: Stamps) -> bool:
    """Tell whether a file was saved so lately that its next change might show the same time."""
    newest = max((changed for _inode, _size, changed in stamps.values()), default=0)
    return time.time_ns() - newest < SETTLED * 1_000_000_000


def _shown(name: str) -> str:
    """A path as it can be printed: what is no character of a line stands as its code."""
    readable = name.encode(errors="surrogateescape").decode(errors="backslashreplace")
    return "".join(
        letter if letter.isprintable() else letter.encode("unicode_escape").decode()
        for letter in readable
    )


def _parse(content: bytes, shown_as: str) -> TurtleFile | FileError:
    try:
        return parse_turtle(content, shown_as, blank_nodes=part_of(shown_as) is Part.SHAPES)
    except FileError as error:
        return error
