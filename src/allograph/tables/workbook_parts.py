"""What is read of the parts of a workbook beside its cells: relations, sheets, styles, texts.

Each class listens to one kind of part (ECMA-376, part 1, sections 18.2 to 18.8) and keeps what it
``found``.
"""

from __future__ import annotations

import posixpath
import re

from openpyxl.styles.numbers import BUILTIN_FORMATS

from allograph.tables.limits import Limits
from allograph.tables.ooxml import WorkbookError

_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_DATE_FORMATS = {*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)}
"""Numbers of built-in formats that show dates and times, in some languages only (18.8.30)."""


class Part:
    """A listener that waits for some elements, and gathers no text."""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""

    def end(self, name: str) -> None:
        """An element ends."""

    def text(self, text: str) -> None:
        """Some text."""


class Relations(Part):
    """The parts that a part refers to, by identifier: of which kind, and where."""

    def __init__(self, folder: str) -> None:
        self._folder = folder
        self.found: dict[str, tuple[str, str]] = {}

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "Relationship":
            place = posixpath.join("/", self._folder, attributes.get("Target", ""))
            kind = attributes.get("Type", "").rpartition("/")[2]
            found = (kind, posixpath.normpath(place).lstrip("/"))
            self.found[attributes.get("Id", "")] = found


class Sheets(Part):
    """The worksheets in their order: the name, whether it is hidden, its relation."""

    def __init__(self) -> None:
        self.found: list[tuple[str, bool, str]] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "sheet":
            is_hidden = attributes.get("state", "visible") != "visible"
            self.found.append((attributes.get("name", ""), is_hidden, attributes.get("id", "")))


class Styles(Part):
    """The number formats of cells, by the index of their style."""

    def __init__(self) -> None:
        self.of_cells: list[str] = []
        self._own: dict[str, str] = {}
        self._is_of_cells = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "numFmt":
            self._own[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")
        elif name == "cellXfs":
            self._is_of_cells = True
        elif name == "xf" and self._is_of_cells:
            self.of_cells.append(self._format(attributes.get("numFmtId", "0")))

    def end(self, name: str) -> None:
        if name == "cellXfs":
            self._is_of_cells = False

    def _format(self, number: str) -> str:
        if number in self._own:
            return self._own[number]
        known = int(number) if re.fullmatch(r"[0-9]{1,4}", number) else 0
        return "d" if known in _DATE_FORMATS else str(BUILTIN_FORMATS.get(known, "General"))


class Text(Part):
    """A listener that gathers the text of a cell or string, without its phonetic hints."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._pieces: list[str] = []
        self._length = 0
        self._is_in = False
        self._is_hint = False

    def begin(self, name: str) -> None:
        """Note an element that may hold text."""
        if name == "rPh":
            self._is_hint = True
        self._is_in = name in ("t", "v") and not self._is_hint

    def end(self, name: str) -> None:
        if name == "rPh":
            self._is_hint = False
        self._is_in = False

    def text(self, text: str) -> None:
        if self._is_in:
            self._length += len(text)
            if self._length > self._limits.text:
                raise WorkbookError(f"a cell has more than {self._limits.text:,} characters")
            self._pieces.append(text)

    def taken(self) -> str:
        """The text, which is then forgotten; ``_x0001_`` stands for a character (22.9.2.19)."""
        text = "".join(self._pieces)
        self._pieces, self._length = [], 0
        return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text


class Strings(Text):
    """The texts that cells share, in their order."""

    def __init__(self, limits: Limits) -> None:
        super().__init__(limits)
        self.found: list[str] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:  # noqa: ARG002
        self.begin(name)

    def end(self, name: str) -> None:
        super().end(name)
        if name == "si":
            self.found.append(self.taken())
            if len(self.found) > self._limits.cells:
                raise WorkbookError(f"more than {self._limits.cells:,} texts")
