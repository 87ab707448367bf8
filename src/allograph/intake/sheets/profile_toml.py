"""Read the TOML of a profile within bounds, whatever a hostile file says.

``tomllib`` recurses with the depth of a value and takes time and memory in the square of a dotted
key; Python refuses to read or write whole numbers of more than 4,300 digits. A profile has none of
these: a key of six parts is its deepest, and a number has a few digits.
"""

from __future__ import annotations

import tomllib
from typing import Any

MOST_BYTES = 200_000
_DEEPEST = 12
_MOST_POINTS = 300  # in a line, as many as a dotted key may have without costing a second
_LONGEST_NUMBER = 10**9
_SHOWN = 60


class TomlError(ValueError):
    """A text that is no TOML, or none that a profile needs; the message says why."""


def read_toml(text: str) -> dict[str, Any]:
    """The tree of a text; raise a ``TomlError`` if it is none, or is deeper than any profile."""
    for number, line in enumerate(text.split("\n"), start=1):
        if line.count(".") > _MOST_POINTS:
            raise TomlError(f"line {number} has more than {_MOST_POINTS} points; divide it")
    try:
        tree = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise TomlError(f"no TOML: {error}") from None
    except (RecursionError, ValueError):  # ValueError: a number of thousands of digits
        raise TomlError("no TOML of a profile: too deep, or a number too long") from None
    _check(tree, 0)
    return tree


def value_shown(value: Any) -> str:
    """A value as a message quotes it."""
    shown = repr(value)
    return shown if len(shown) <= _SHOWN else f"{shown[:_SHOWN]}..."


def _check(value: Any, depth: int) -> None:
    if depth > _DEEPEST:
        raise TomlError(f"tables in tables, more than {_DEEPEST} deep")
    if isinstance(value, int) and abs(value) > _LONGEST_NUMBER:
        raise TomlError("a number of more than nine digits, which no profile needs")
    items = value.values() if isinstance(value, dict) else value
    for item in items if isinstance(value, dict | list) else ():
        _check(item, depth + 1)
