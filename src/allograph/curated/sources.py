"""Find the files that people wrote: the ontology, the graph and the questions.

In a checkout they lie at its root; in an installed package, in ``allograph/data``.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fnmatch import fnmatchcase
from pathlib import Path

from allograph.errors import FileError, Location
from allograph.namespaces import BASE

PACKAGE = Path(__file__).parents[1]


class Part(StrEnum):
    """What a curated file is, by where it lies."""

    ONTOLOGY = "ontology"
    SHAPES = "shapes"
    GRAPH = "graph"
    QUESTIONS = "questions"
    CODE_BOOK = "code book"


PREFIXES = "ontology/prefixes.ttl"
CODE_BOOK = "queries/columns.yaml"

PATTERNS: tuple[tuple[Part, str], ...] = (
    (Part.ONTOLOGY, "ontology/*.ttl"),
    (Part.ONTOLOGY, "ontology/schemes/*.ttl"),
    (Part.ONTOLOGY, "ontology/rules/*.ttl"),
    (Part.GRAPH, "graph/*/*.ttl"),
    (Part.SHAPES, "ontology/shapes/*.ttl"),
    (Part.QUESTIONS, "queries/*.rq"),
    (Part.CODE_BOOK, CODE_BOOK),
)
"""Where the files of each part lie, in the order in which they are loaded; ``*`` is one name."""


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
    def folders(self) -> tuple[Path, Path, Path]:
        return (self.ontology, self.graph, self.queries)

    @property
    def prefixes(self) -> Path:
        return self.root / PREFIXES

    @property
    def is_checkout(self) -> bool:
        return (self.root / "pyproject.toml").is_file()

    def files(self, *parts: Part) -> list[Path]:
        """The curated files of some parts, in the order of ``PATTERNS``; without a part, of all."""
        return [
            path
            for part, pattern in PATTERNS
            if not parts or part in parts
            for path in sorted(self.root.glob(pattern))
            if not is_passed_over(path.name)
        ]

    def relative(self, path: Path) -> str:
        """The path as it is shown to people: from the root, with slashes."""
        resolved = path.resolve()
        root = self.root.resolve()
        return resolved.relative_to(root).as_posix() if resolved.is_relative_to(root) else str(path)


def part_of(shown_as: str) -> Part | None:
    """What the file at this path is, as people see it; nothing if no pattern takes it."""
    rank = rank_of(shown_as)
    return None if rank is None else PATTERNS[rank][0]


def rank_of(shown_as: str) -> int | None:
    """The place in ``PATTERNS`` of the pattern that takes a path; nothing if none does."""
    names = shown_as.split("/")
    for rank, (_part, pattern) in enumerate(PATTERNS):
        wanted = pattern.split("/")
        if len(names) == len(wanted) and all(map(fnmatchcase, names, wanted)):
            return rank
    return None


def named_graph(shown_as: str) -> str:
    """The named graph of a file: ``graph/study/x.ttl`` is ``…/graph/study/x``."""
    return f"{BASE}graph/{shown_as.removeprefix('graph/').removesuffix('.ttl')}"


def is_passed_over(name: str) -> bool:
    """Tell names of files that editors and systems make for themselves: ``.x.ttl.swp``, ``x~``."""
    return name.startswith((".", "#")) or name.endswith("~") or name == "README.md"


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
