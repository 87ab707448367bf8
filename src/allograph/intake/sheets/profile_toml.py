"""Read the TOML of a profile within bounds, whatever a hostile file says.

``tomllib`` recurses with the depth of a value and takes time and memory in the square of a dotted
key; Python refuses to read or write whole numbers of more than 4,300 digits. A profile has none of
these: a key of six parts is its deepest, and a number has a few digits.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from typing import Any

from allograph.text.trees import TreePath

MOST_BYTES = 200_000
_DEEPEST = 12
_MOST_POINTS = 300  # in a line, as many as a dotted key may have without costing a second
_LONGEST_NUMBER = 10**9
_MOST_READ_AGAIN = 5 * MOST_BYTES  # characters: a profile of usual lines is read again once


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


def line_by_path(text: str) -> dict[TreePath, int]:
    """The line, from 1, of each key and each table of a text that ``read_toml`` has read.

    ``tomllib`` keeps no places, so each statement (the fewest lines that are TOML by themselves) is
    read once more. Lines are missing behind a statement of so many lines that this takes long.
    """
    found: dict[TreePath, int] = {}
    last_of: dict[TreePath, int] = {}
    table: TreePath = ()
    statement, first, work = "", 1, 0
    for number, line in enumerate(text.split("\n"), start=1):
        statement, first = f"{statement}{line}\n", first if statement else number
        if (work := work + len(statement)) > _MOST_READ_AGAIN:
            break
        try:
            said = tomllib.loads(statement)
        except tomllib.TOMLDecodeError:
            continue  # a text or a list that goes on in the next line
        if statement.lstrip().startswith("["):
            table = _table_named(said, last_of)
            paths = [table[: end + 1] for end in range(len(table))]
        else:
            paths = [table + path for path in _paths(said)]
        for path in paths:
            found.setdefault(path, first)
        statement = ""
    return found


def _table_named(said: Any, last_of: dict[TreePath, int]) -> TreePath:
    """The path of a header, ``[a.b]`` or ``[[a]]``; ``last_of`` counts the tables of a list."""
    path: TreePath = ()
    while said:
        if isinstance(said, list):
            last_of[path] = last_of.get(path, -1) + 1
            said = said[0]
        else:
            ((key, said),) = said.items()
            path = (*path, key)
        if path in last_of and not isinstance(said, list):
            path = (*path, last_of[path])
    return path


def _paths(said: Any) -> Iterator[TreePath]:
    """The paths of all keys in a value, those of tables before those in them."""
    items = said.items() if isinstance(said, dict) else enumerate(said)
    for step, value in items:
        yield (step,)
        if isinstance(value, dict | list):
            yield from ((step, *path) for path in _paths(value))


def _check(value: Any, depth: int) -> None:
    if depth > _DEEPEST:
        raise TomlError(f"tables in tables, more than {_DEEPEST} deep")
    if isinstance(value, int) and abs(value) > _LONGEST_NUMBER:
        raise TomlError("a number of more than nine digits, which no profile needs")
    items = value.values() if isinstance(value, dict) else value
    for item in items if isinstance(value, dict | list) else ():
        _check(item, depth + 1)
