"""Read the header of a question file: YAML behind ``#+``, as in grlc (https://grlc.io).

The dataclasses are what a header may say, and their fields are its keys. Every scalar is text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, NewType

from allograph.errors import Location, QuestionError
from allograph.questions.yaml_tree import read_yaml
from allograph.text.lines import lines_of
from allograph.text.trees import TreeError, TreePath, TreeReader

_LINE = re.compile(r"^#\+(?: (?P<yaml>.*))?$")

OneOrMore = NewType("OneOrMore", tuple[str, ...])
"""One text, or a list of them."""


@dataclass(frozen=True)
class ParameterHeader:
    """One of ``params``: what a question can be asked with."""

    name: str
    type: str = ""
    variable: str = ""
    class_: str = ""
    default: OneOrMore = OneOrMore(())
    description: str = ""
    values: tuple[str, ...] = ()
    unit: str = ""
    open: str = ""


@dataclass(frozen=True)
class ColumnHeader:
    """One of ``columns``: what the column of an answer is."""

    name: str
    label: str = ""
    type: str = ""
    unit: str = ""
    link: str = ""
    of: str = ""
    meaning: str = ""


@dataclass(frozen=True)
class Said:
    """The keys of a header."""

    title: str
    sentence: str = ""
    description: str = ""
    answer: str = ""
    finding: str = ""
    leading: str = ""
    tags: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    params: tuple[ParameterHeader, ...] = ()
    columns: tuple[ColumnHeader, ...] = ()
    plot: Mapping[str, str] | None = None


@dataclass(frozen=True)
class Header:
    """What a header says, and the line of each of its keys."""

    shown_as: str
    said: Said
    lines: Mapping[TreePath, int]

    def error(self, message: str, *path: str | int) -> QuestionError:
        """A mistake in the value of a key, with its line."""
        return QuestionError(Location(self.shown_as, _line(self.lines, path)), message)


def read_header(text: str, shown_as: str) -> Header:
    """Read the lines that start with ``#+``.

    Raises:
        QuestionError: for the first mistake, with the line of its key.

    """
    lines = []
    for number, line in enumerate(lines_of(text), start=1):
        if not line.startswith("#+"):
            break
        if not (match := _LINE.match(line)):
            raise QuestionError(Location(shown_as, number), "a header line reads '#+ key: value'")
        lines.append(match["yaml"] or "")
    found = read_yaml("\n".join(lines), shown_as)
    if not isinstance(found.tree, dict) or not found.tree.get("title"):
        raise QuestionError(Location(shown_as, 1), "a question starts with '#+ title: …?'")
    try:
        return Header(shown_as, _READER.read(found.tree, Said), found.lines)
    except TreeError as error:
        at = Location(shown_as, _line(found.lines, error.mistake.path))
        raise QuestionError(at, str(error)) from None


def one_line(text: str) -> str:
    """A text whose folded lines are joined."""
    return " ".join(text.split())


def _line(lines: Mapping[TreePath, int], path: TreePath) -> int:
    """The line of a key, or else of the nearest that it is in."""
    ends = range(len(path), 0, -1)
    return next((lines[path[:end]] for end in ends if path[:end] in lines), 1)


def _one_or_more(value: Any, usual: Callable[[Any], OneOrMore]) -> OneOrMore:
    return usual([value] if isinstance(value, str) else value)


_READER = TreeReader(
    "a mapping, as in {name: drug}",
    "a list of '- {name: …}'",
    "a list of texts, as in [survival, transplant]",
)
_READER.reads(OneOrMore, _one_or_more)
