"""Find the files that people wrote: the ontology, the graph and the questions.

In a checkout they lie at its root; in an installed package, in ``allograph/data``.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from allograph.errors import FileError, Location
from allograph.namespaces import BASE

PACKAGE = Path(__file__).parent


@dataclass(frozen=True)
class Sources:
    """The folder that holds ``ontology/``, ``graph/`` and ``queries/``."""

    root: Path

    @property
    def ontology(self) -> Path:
        return self.root / "ontology"

    @property
    def graph(self) -> Path:
        return self.root / "graph"

    @property
    def queries(self) -> Path:
        return self.root / "queries"

    @property
    def prefixes(self) -> Path:
        return self.ontology / "prefixes.ttl"

    @property
    def is_checkout(self) -> bool:
        return (self.root / "pyproject.toml").is_file()

    def ontology_files(self) -> list[Path]:
        """The terms, the prefixes, the alignments, then the closed lists and the rules."""
        return [
            path
            for folder in (".", "schemes", "rules")
            for path in sorted((self.ontology / folder).glob("*.ttl"))
        ]

    def graph_files(self) -> list[Path]:
        """The records, one file each."""
        return sorted(self.graph.glob("*/*.ttl"))

    def turtle_files(self) -> list[Path]:
        """Everything that is loaded: the ontology without its shapes, then the graph."""
        return [*self.ontology_files(), *self.graph_files()]

    def shape_files(self) -> list[Path]:
        return sorted(self.ontology.glob("shapes/*.ttl"))

    def question_files(self) -> list[Path]:
        return sorted(self.queries.glob("*.rq"))

    def relative(self, path: Path) -> str:
        """The path as it is shown to people: from the root, with slashes."""
        resolved = path.resolve()
        root = self.root.resolve()
        return resolved.relative_to(root).as_posix() if resolved.is_relative_to(root) else str(path)

    def named_graph(self, path: Path) -> str:
        """The named graph of a file: ``graph/study/x.ttl`` is ``…/graph/study/x``."""
        place = Path(self.relative(path)).with_suffix("").as_posix()
        return f"{BASE}graph/{place.removeprefix('graph/')}"

    def fingerprint(self) -> str:
        """The SHA-256 of the names and the bytes of all files."""
        digest = hashlib.sha256()
        for path in self.files():
            content = path.read_bytes()
            digest.update(f"{self.relative(path)}\n{len(content)}\n".encode())
            digest.update(content)
        return digest.hexdigest()

    def files(self) -> Iterator[Path]:
        """Every file that people wrote."""
        yield from self.turtle_files()
        yield from self.shape_files()
        yield from self.question_files()


def find_sources(root: str | Path | None = None) -> Sources:
    """Find the sources: where we are told, in the package, or in the checkout around it."""
    candidates = [Path(root)] if root else [PACKAGE / "data", *PACKAGE.parents[1:2]]
    for candidate in candidates:
        sources = Sources(candidate)
        if sources.prefixes.is_file():
            return sources
    raise FileError(
        Location(str(candidates[-1])),
        "ontology/prefixes.ttl is not here; name the folder that holds it: --root FOLDER",
    )


def read_bytes(path: Path, shown_as: str) -> bytes:
    """Read a file that a person named; messages call it ``shown_as``."""
    try:
        return path.read_bytes()
    except OSError as error:
        raise FileError(Location(shown_as), reason(error)) from None


def read_text(path: Path, shown_as: str) -> str:
    """Read a text file that a person named."""
    return decode(read_bytes(path, shown_as), shown_as)


def decode(content: bytes, shown_as: str) -> str:
    """The text of a file that a person wrote."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise FileError(Location(shown_as, line), "this is not UTF-8; save it as UTF-8") from None


def reason(error: OSError) -> str:
    """Why the system refused, in its own words: ``no such file or directory``."""
    return (error.strerror or str(error)).lower()
