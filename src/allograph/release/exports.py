"""Write the whole graph in every RDF format, with the same bytes on every build.

The exports are made from the parsed files, not from the store, which would write 0.60 as 0.6.
"""

from __future__ import annotations

import gzip
import hashlib
import io
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from allograph.curated.notices import remarks_on
from allograph.namespaces import Namespaces
from allograph.rdf.formats import FORMAT_BY_NAME, Format, formats_for, write_statements
from allograph.rdf.terms import Quad, Triple
from allograph.rdf.vocabularies import RDF

_TYPE = RDF.type


def export(quads: Iterable[Quad], format: Format, namespaces: Namespaces) -> bytes:
    """The graph in one format: all triples once, or one named graph for each file."""
    output = io.BytesIO()
    stated = tuple(quads)
    triples = sorted_triples(quad.triple for quad in stated)
    statements = sorted_quads(stated) if format.kind == "dataset" else triples
    write_statements(statements, format, output, namespaces, remarks_on(triples))
    return output.getvalue()


def turtle(triples: Iterable[Triple], namespaces: Namespaces) -> bytes:
    """Triples as Turtle, in the order of the exports."""
    output = io.BytesIO()
    write_statements(sorted_triples(triples), FORMAT_BY_NAME["ttl"], output, namespaces)
    return output.getvalue()


def write_exports(folder: Path, quads: Sequence[Quad], namespaces: Namespaces) -> None:
    """Write ``allograph.<suffix>`` and ``allograph.<suffix>.gz`` for every format."""
    folder.mkdir()
    for format in formats_for("graph", "dataset"):
        content = export(quads, format, namespaces)
        (folder / f"allograph.{format.name}").write_bytes(content)
        (folder / f"allograph.{format.name}.gz").write_bytes(gzip.compress(content, mtime=0))


def sorted_triples(triples: Iterable[Triple]) -> list[Triple]:
    """Each triple once, by subject, its types first."""
    return sorted(set(triples), key=_order)


def sorted_quads(quads: Iterable[Quad]) -> list[Quad]:
    """Each quad once, by graph, then as the triples are."""
    return sorted(set(quads), key=lambda quad: (str(quad.graph_name), *_order(quad.triple)))


def _order(triple: Triple) -> tuple[str, bool, str, str]:
    predicate = triple.predicate.value
    return (str(triple.subject), predicate != _TYPE, predicate, str(triple.object))


def concatenate(files: Iterable[tuple[str, str]]) -> str:
    """The texts of curated Turtle files as one, comments included, each under its name."""
    return "\n".join(f"# {name}\n\n{text}" for name, text in files)


def digests(folder: Path) -> dict[str, dict[str, Any]]:
    """Size and SHA-256 of every file in a folder, by name."""
    return {path.name: digest_of(path) for path in sorted(folder.iterdir())}


def digest_of(path: Path) -> dict[str, Any]:
    """Size and SHA-256 of a file."""
    with path.open("rb") as file:
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    return {"bytes": path.stat().st_size, "sha256": sha256}
