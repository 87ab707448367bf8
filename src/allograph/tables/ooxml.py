"""The parts of a workbook: a ZIP of XML (ECMA-376, part 2), unpacked and parsed within limits.

The parts are streamed through expat (https://docs.python.org/3/library/pyexpat.html): however deep
or long the XML, no tree of it is built. A document type declaration is refused as ``defusedxml``
refuses it, and with it every entity; what is unpacked is counted as it comes, since the sizes that
a ZIP states may be untrue.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import Protocol
from xml.parsers import expat

_CHUNK = 1 << 16
_LONGEST_TOKEN = 1 << 20  # bytes of a tag
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    NotImplementedError,  # a compression or an encryption that the library does not know
    RuntimeError,  # a password is wanted
    ValueError,  # texts that are no UTF-8, numbers that are out of range
)


class WorkbookError(ValueError):
    """A workbook that cannot be read, or not within the limits; the message says why."""


class Listener(Protocol):
    """What is told of a part: names are local, without their namespaces."""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""

    def end(self, name: str) -> None:
        """An element ends."""

    def text(self, text: str) -> None:
        """Some text; a long one comes in pieces."""


class Package:
    """The parts of a workbook by name; all that is read of them has one limit together."""

    def __init__(self, content: bytes, most_unpacked: int) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(content))
        except _BROKEN as error:
            raise WorkbookError(str(error)) from None
        self._most = most_unpacked
        self._unpacked = 0
        # Some programs write backslashes, or another case than their references have.
        self._parts = {_normal(part.filename): part for part in self._zip.infolist()}

    def __contains__(self, name: str) -> bool:
        return _normal(name) in self._parts

    def parse(self, name: str, listener: Listener) -> None:
        """Tell a listener all of a part; raise a ``WorkbookError`` if there is no such part."""
        if (part := self._parts.get(_normal(name))) is None:
            raise WorkbookError(f"its part {name} is missing")
        if part.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise WorkbookError(f"its part {name} is compressed as no spreadsheet program does it")
        parser = _parser(listener)
        try:
            with self._zip.open(part) as file:
                fed = 0
                while chunk := file.read(_CHUNK):
                    fed += len(chunk)
                    self._count(len(chunk))
                    parser.Parse(chunk, False)
                    # Where expat stands is where an unfinished tag began; it would read all of
                    # that again with each chunk, in quadratic time.
                    if fed - parser.CurrentByteIndex > _LONGEST_TOKEN:
                        raise WorkbookError(f"its part {name} has a tag that is too long")
            parser.Parse(b"", True)
        except WorkbookError:
            raise
        except expat.ExpatError as error:
            raise WorkbookError(f"its part {name} is no XML: {error}") from None
        except _BROKEN as error:
            raise WorkbookError(f"its part {name}: {error}") from None

    def _count(self, read: int) -> None:
        self._unpacked += read
        if self._unpacked > self._most:
            raise WorkbookError(
                f"it unpacks to more than {self._most:,} bytes; clear the formats of empty rows"
            )


def _parser(listener: Listener) -> expat.XMLParserType:
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse_doctype
    parser.StartElementHandler = lambda name, attributes: listener.start(
        _local(name), {_local(key): value for key, value in attributes.items()}
    )
    parser.EndElementHandler = lambda name: listener.end(_local(name))
    parser.CharacterDataHandler = listener.text
    return parser


def _refuse_doctype(*_declaration: object) -> None:
    raise WorkbookError("it declares a document type, which no workbook does")


def _local(name: str) -> str:
    return name.rpartition(" ")[2]


def _normal(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").casefold()
