"""What was counted when the release was built: its VoID description.

VoID: https://www.w3.org/TR/void/.
"""

from __future__ import annotations

from allograph.rdf.nodes import Nodes
from allograph.rdf.turtle import read_turtle
from allograph.rdf.vocabularies import VOID
from allograph.reading.reader import Reader


def description(reader: Reader) -> Nodes:
    """The description of the release."""
    return reader.once(read_description)


def read_description(reader: Reader) -> Nodes:
    """Read the description from the file of the release."""
    void = reader.release.void
    return Nodes(read_turtle(void, void.name).triples)


def classes_used(reader: Reader) -> dict[str, int]:
    """How many entities there are of each class, by its IRI."""
    return _parts(reader, "class", "entities")


def properties_used(reader: Reader) -> dict[str, int]:
    """How many triples there are with each property, by its IRI."""
    return _parts(reader, "property", "triples")


def _parts(reader: Reader, what: str, count: str) -> dict[str, int]:
    parts = description(reader).having(VOID[what])
    return {part.value(VOID[what]): int(part.value(VOID[count])) for part in parts}
