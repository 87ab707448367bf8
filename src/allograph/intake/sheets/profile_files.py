"""Read a profile: TOML that a reviewer writes, with every mistake named by its line and its key.

``extends`` names another profile, a ready one or a file beside it, whose keys hold where this one
is silent, and ``--set`` holds before all files. The result is one tree; whoever said a key last is
who a mistake in it is told to.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from allograph.errors import FileError, Location, nearest
from allograph.intake.sheets.profile import Choice, Numeral, Profile
from allograph.intake.sheets.profile_checks import mistakes_of
from allograph.intake.sheets.profile_toml import MOST_BYTES, TomlError, line_by_path, read_toml
from allograph.tables.characters import strange_character
from allograph.text.files import read_regular_text
from allograph.text.trees import (
    Mistake,
    TreeError,
    TreePath,
    TreeReader,
    Unfit,
    Wrong,
    shown_path,
    unfit,
)

READY = Path(__file__).parent / "profiles"
SET = "--set"
_LONGEST_CHAIN = 10  # profiles that extend each other
_DEEPEST = 4  # tables in tables that a setting may name
_TABLE = "a table of keys"


def ready_profiles() -> dict[str, Path]:
    """The profiles that come with the program, by name."""
    return {path.stem: path for path in sorted(READY.glob("*.toml"))}


def read_profile(name: str, settings: Iterable[str] = (), *, is_pooled: bool = False) -> Profile:
    """Read a profile, ready or a file, with ``key=value`` settings on top; all of it is checked.

    ``is_pooled`` tells that the sheet is only pooled, and nothing of it entered.

    Raises:
        FileError: for the first mistake, at the line that makes it, or at ``--set``.

    """
    sources = [*_read_files(name, ())]
    tree: dict[str, Any] = {}
    for source in reversed(sources):
        tree = _merged(tree, source.tree)
    lines = {path: None for text in settings for path in _set(tree, text)}
    sources.insert(0, _Source(SET, {}, lines))
    try:
        profile = replace(_READER.read(_with_defaults(tree), Profile), name=name)
    except TreeError as error:
        raise _error(sources, error.mistake.path, error.mistake.message) from None
    for path, message in mistakes_of(profile, is_pooled=is_pooled):
        raise _error(sources, path, message)
    return profile


@dataclass(frozen=True)
class _Source:
    """A file, or the settings: what it says, and the line of each key, if it has lines."""

    shown_as: str
    tree: dict[str, Any]
    lines: Mapping[TreePath, int | None]


def _read_files(name: str, seen: tuple[str, ...], beside: Path | None = None) -> Iterator[_Source]:
    """The file of a profile, then those that it extends."""
    ready = ready_profiles()
    path = ready.get(name) or (beside / name if beside else Path(name))
    shown_as = path.name if name in ready else str(path)
    if name not in ready and path.suffix != ".toml":
        message = (
            f"no profile is called so{nearest(name, ready)}; or name a file that ends in .toml"
        )
        raise FileError(Location(name), message)
    if wrong := strange_character(name):
        raise FileError(Location(ascii(name)), f"the name of a profile: {wrong}")
    same = os.path.realpath(path)
    if same in seen:
        raise FileError(Location(shown_as), "extends: a profile cannot extend itself")
    if len(seen) > _LONGEST_CHAIN:
        raise FileError(Location(shown_as), f"extends: a chain of more than {_LONGEST_CHAIN}")
    text = read_regular_text(path, shown_as, MOST_BYTES)
    try:
        tree = read_toml(text)
    except TomlError as error:
        raise FileError(Location(shown_as), str(error)) from None
    lines = line_by_path(text)
    parent = tree.pop("extends", None)
    yield _Source(shown_as, tree, lines)
    if parent is None:
        return
    if not isinstance(parent, str):
        at = Location(shown_as, lines.get(("extends",)))
        raise FileError(at, "extends: the name of a profile, in quotation marks")
    yield from _read_files(parent, (*seen, same), path.parent)


def _merged(below: dict[str, Any], above: dict[str, Any]) -> dict[str, Any]:
    """Two trees; where both have a table, key by key."""
    merged = dict(below)
    for key, value in above.items():
        known = merged.get(key)
        both = isinstance(known, dict) and isinstance(value, dict)
        merged[key] = _merged(known, value) if both and isinstance(known, dict) else value
    return merged


def _set(tree: dict[str, Any], setting: str) -> Iterator[TreePath]:
    """Set ``figures.control.events=ci``: the value is TOML, or else a text; give what was set."""
    path, equals, text = setting.partition("=")
    if not equals:
        raise FileError(Location(SET), f"a key is set as key=value, not '{setting}'")
    try:
        value = read_toml(f"value = {text}")["value"]
    except TomlError:
        value = text
    *tables, key = path.split(".", _DEEPEST)
    for table in tables:
        tree = tree.setdefault(table, {})
        if not isinstance(tree, dict):
            raise FileError(Location(SET), f"'{path}': {table} is no table of keys")
    tree[key] = value
    yield (*tables, key)


def _with_defaults(tree: dict[str, Any]) -> dict[str, Any]:
    """A tree in which each figure says what ``[figure]`` says of all of them."""
    whole: dict[str, Any] = {"study": {}, "arms": {}, "figures": {}} | tree
    defaults = whole.pop("figure", {})
    if not isinstance(defaults, dict):
        raise TreeError(Mistake(("figure",), Wrong.UNFIT, str(unfit(_TABLE, defaults))))
    if isinstance(whole["figures"], dict):
        whole["figures"] = {
            key: _merged(defaults, figure) if isinstance(figure, dict) else figure
            for key, figure in whole["figures"].items()
        }
    return whole


def _error(sources: Sequence[_Source], path: TreePath, message: str) -> FileError:
    """A mistake, at the key or else at the table of it, in the source that holds before others."""
    shown = f"{shown_path(path)}: {message}"
    for end in range(len(path), 0, -1):
        spellings = [path[:end]]
        if path[0] == "figures" and end > 2:
            spellings.append(("figure", *path[2:end]))
        for spelling in spellings:
            for source in sources:
                if spelling in source.lines:
                    return FileError(Location(source.shown_as, source.lines[spelling]), shown)
    return FileError(Location(sources[1].shown_as), shown)


def _text(text: str) -> str:
    """A text that a graph can hold."""
    if wrong := strange_character(text):
        raise Unfit(wrong)
    return text


def _choice(value: Any, usual: Callable[[Any], Choice]) -> Choice:
    """A key that is always the same, or a table that says how columns choose it."""
    if isinstance(value, str):
        return Choice(_text(value))
    if not isinstance(value, dict):
        raise unfit("a text, or a table", value)
    return usual(value)


def _numeral(value: Any, usual: Callable[[Any], Numeral]) -> Numeral:
    """A number, in quotation marks or without."""
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return usual(str(value) if is_number else value)


_READER = TreeReader(_TABLE, "a list of tables", text=_text)
_READER.reads(Choice, _choice)
_READER.reads(Numeral, _numeral)
