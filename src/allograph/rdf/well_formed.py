"""Keep XML well formed: refuse what XML 1.0 cannot hold before it is written.

Oxigraph writes every character and every predicate as they are. XML 1.0 has no U+0001, not even as
a reference (section 2.2), it reads a carriage return as the end of a line unless it is a reference
(2.11), and an RDF/XML predicate is the name of an element (RDF/XML, sections 5.1 and 8).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from io import RawIOBase
from typing import IO, TYPE_CHECKING
from xml.parsers import expat

from allograph.errors import Unwritable
from allograph.rdf.terms import Literal, NamedNode, Triple

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""A character that is none of XML 1.0, section 2.2."""

_NOT_XML_IN_UTF_8 = re.compile(b"[\x00-\x08\x0b\x0c\x0e-\x1f]|\xef\xbf[\xbe\xbf]")
_COLUMN = re.compile(rb'<binding name="([^"]*)">')
_KEPT = 256


class XmlOutput(RawIOBase):
    """An output for XML alone: raises ``Unwritable`` at what XML cannot hold, and writes no more.

    Carriage returns, which stand in texts alone, become references.
    """

    def __init__(self, output: IO[bytes], label: str, offered: tuple[str, ...]) -> None:
        self._output = output
        self._label = label
        self._offered = offered
        self._before = b""

    def writable(self) -> bool:
        """Say that it can be written."""
        return True

    def write(self, content: ReadableBuffer, /) -> int:
        """Write a piece; what stands in two pieces is seen, too."""
        data = bytes(content)
        seen = self._before + data
        if bad := _NOT_XML_IN_UTF_8.search(seen):
            columns = _COLUMN.findall(seen, 0, bad.start())
            where = f" in ?{columns[-1].decode(errors='replace')}" if columns else ""
            raise self._unwritable(bad[0].decode(), where)
        self._output.write(data.replace(b"\r", b"&#xD;"))
        self._before = seen[-_KEPT:]
        return len(data)

    def flush(self) -> None:
        """Hand on what the output below holds."""
        self._output.flush()

    def _unwritable(self, character: str, where: str) -> Unwritable:
        return Unwritable(
            f"{self._label} cannot hold {_code_point(character)}{where}", self._offered
        )


def well_formed(
    triples: Iterable[Triple],
    write_name: Callable[[NamedNode], bytes],
    offered: tuple[str, ...],
) -> Iterator[Triple]:
    """The triples as they come; raises ``Unwritable`` at one that RDF/XML cannot hold.

    ``write_name`` writes a document with one predicate, which is then read as others would.
    """
    known: set[NamedNode] = set()
    for triple in triples:
        for each in _with_inner(triple):
            predicate = each.predicate
            if predicate not in known:
                if not _is_well_formed(write_name, predicate):
                    raise Unwritable(
                        f"RDF/XML cannot hold the predicate {predicate} of {each.subject}: its end "
                        "is no name that an element of XML can have",
                        offered,
                    )
                known.add(predicate)
            text = each.object.value if isinstance(each.object, Literal) else ""
            if bad := NOT_XML.search(text):
                raise Unwritable(
                    f"RDF/XML cannot hold {_code_point(bad[0])} in {predicate} of {each.subject}",
                    offered,
                )
        yield triple


def _with_inner(triple: Triple) -> Iterator[Triple]:
    """A triple, and the one that is its object (RDF 1.2), down to the last."""
    yield triple
    while isinstance(triple.object, Triple):
        triple = triple.object
        yield triple


def _is_well_formed(write_name: Callable[[NamedNode], bytes], predicate: NamedNode) -> bool:
    try:
        document = write_name(predicate)
        expat.ParserCreate(namespace_separator=" ").Parse(document, True)
    except (OSError, expat.ExpatError):  # the first for names that RDF/XML keeps for itself
        return False
    return True


def _code_point(character: str) -> str:
    return f"the character U+{ord(character):04X}"
