"""Read the header of a question file: YAML behind ``#+``, as in grlc (https://grlc.io)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import yaml
from yaml.reader import ReaderError

from allograph.errors import Location, QuestionError, nearest
from allograph.text.lines import code_point, line_ends, lines_of

_LINE = re.compile(r"^#\+(?: (?P<yaml>.*))?$")
_KEY = re.compile(r"^#\+ (?P<key>\w+):")
_YAML_BREAK = re.compile("[\x85\u2028\u2029]")
"""What ends a line in YAML 1.1, and in no editor."""
_KEYS = ("title", "sentence", "description", "tags", "params", "columns", "plot")


@dataclass(frozen=True)
class Header:
    """The header as plain text, lists and mappings; every scalar is text."""

    shown_as: str
    values: Mapping[str, Any]
    lines: Mapping[str, int]

    def error(self, key: str, message: str) -> QuestionError:
        """A mistake in the value of a key, with its line."""
        return QuestionError(Location(self.shown_as, self.lines.get(key, 1)), message)

    def text(self, key: str) -> str:
        """A value that is text; folded lines are joined."""
        value = self.values.get(key, "")
        if not isinstance(value, str):
            raise self.error(key, f"'{key}' is text")
        return " ".join(value.split())

    def texts(self, key: str) -> tuple[str, ...]:
        """A value that is a list of texts."""
        value = self.values.get(key, [])
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise self.error(key, f"'{key}' is a list, as in [survival, transplant]")
        return tuple(value)

    def mappings(self, key: str, allowed: Sequence[str]) -> list[dict[str, Any]]:
        """A value that is a list of mappings, each with a name and known keys."""
        value = self.values.get(key, [])
        if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
            raise self.error(key, f"'{key}' is a list of '- {{name: …}}'")
        for item in value:
            if "name" not in item:
                raise self.error(key, f"each of '{key}' has a name, as in {{name: drug}}")
            for unknown in item.keys() - set(allowed):
                message = f"'{key}' has no '{unknown}'{nearest(str(unknown), allowed)}"
                raise self.error(key, message)
        return value


def read_header(text: str, shown_as: str) -> Header:
    """Read the lines that start with ``#+``."""
    lines = []
    key_lines: dict[str, int] = {}
    for number, line in enumerate(lines_of(text), start=1):
        if not line.startswith("#+"):
            break
        if not (match := _LINE.match(line)):
            raise QuestionError(Location(shown_as, number), "a header line reads '#+ key: value'")
        lines.append(match["yaml"] or "")
        if key := _KEY.match(line):
            key_lines.setdefault(key["key"], number)
    header_text = _YAML_BREAK.sub(" ", "\n".join(lines))
    try:
        values = yaml.BaseLoader(header_text).get_single_data()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        at = Location(shown_as, mark.line + 1 if mark else 1)
        raise QuestionError(at, f"the header is no YAML: {error.problem}") from None
    except ReaderError as error:
        at = Location(shown_as, line_ends(header_text[: error.position]) + 1)
        message = f"{code_point(chr(error.character))} is no character of YAML; take it away"
        raise QuestionError(at, f"the header is no YAML: {message}") from None
    if not isinstance(values, dict) or not values.get("title"):
        raise QuestionError(Location(shown_as, 1), "a question starts with '#+ title: …?'")
    header = Header(shown_as, values, key_lines)
    for unknown in values.keys() - set(_KEYS):
        message = f"a header has no '{unknown}'{nearest(str(unknown), _KEYS)}"
        raise header.error(str(unknown), message)
    return header
