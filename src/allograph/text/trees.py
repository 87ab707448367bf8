"""Read the tree of a TOML or YAML text into frozen dataclasses, each mistake named by its key.

cattrs follows the types of the fields. Nothing is converted (a number is no text, a text no list),
a key that no field has is refused, and a mistake knows the path that leads to it, which the reader
of the file turns into a line. A field is called like its key; ``class_`` is the key ``class``, and
a field with the metadata ``NO_KEY`` is none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import Field, dataclass, fields, is_dataclass
from enum import IntEnum
from typing import Any, TypeVar

from cattrs import Converter
from cattrs.cols import (
    homogenous_tuple_structure_factory,
    is_mapping,
    mapping_structure_factory,
)
from cattrs.dispatch import StructureHook
from cattrs.errors import (
    AttributeValidationNote,
    BaseValidationError,
    ForbiddenExtraKeysError,
    IterableValidationNote,
)
from cattrs.gen import make_dict_structure_fn, override

from allograph.errors import nearest

TreePath = tuple[str | int, ...]
"""The keys, and the places in lists (from 0), that lead to a value."""

NO_KEY: Mapping[str, bool] = {"is_key": False}
"""Metadata of a field that the file does not give; it has a default."""

Kind = TypeVar("Kind")
_QUOTED = 60


class Wrong(IntEnum):
    """What is wrong with a key; what explains other mistakes comes first."""

    UNKNOWN = 1
    UNFIT = 2
    MISSING = 3


@dataclass(frozen=True)
class Mistake:
    """A mistake in a tree: at which path, and what is wrong there, with the nearest known key."""

    path: TreePath
    wrong: Wrong
    message: str


class Unfit(ValueError):
    """A value is not what its key takes; the message begins with what is."""


class TreeError(ValueError):
    """A tree that is not what the dataclasses say: its first mistake."""

    def __init__(self, mistake: Mistake) -> None:
        super().__init__(f"{shown_path(mistake.path)}: {mistake.message}")
        self.mistake = mistake


def shown_path(path: TreePath) -> str:
    """A path as people write it: ``figures.treated.events``, ``skip[1].column``.

    A key that cannot be printed is escaped, and a long one is cut.
    """
    steps = (f"[{step + 1}]" if isinstance(step, int) else f".{_printed(step)}" for step in path)
    return "".join(steps).removeprefix(".")


def unfit(wanted: str, value: object) -> Unfit:
    """Say what is wanted in place of a value, which is quoted shortly."""
    return Unfit(f"{wanted}, not {_cut(repr(value))}")


def _printed(key: str) -> str:
    return _cut(key if key.isprintable() else ascii(key))


def _cut(text: str) -> str:
    return text if len(text) <= _QUOTED else f"{text[:_QUOTED]}..."


class TreeReader:
    """Reads trees of one language: what it calls mappings and lists, and what it takes as text."""

    def __init__(
        self,
        table: str,
        tables: str,
        texts: str = "a list of texts",
        text: Callable[[str], str] = str,
    ) -> None:
        """The first three are words for messages, as in "a table of keys".

        ``text`` returns each text, those of keys too, or raises ``Unfit``.
        """
        self._converter = _strict_converter(table, tables, texts, text)

    def reads(self, kind: Any, read: Callable[[Any, Callable[[Any], Any]], Any]) -> None:
        """Read a type in a way of its own: ``read`` gets the value, and the usual way to read it.

        It raises ``Unfit`` for what it does not take.
        """
        usual = self._converter.get_structure_hook(kind)
        self._converter.register_structure_hook_func(
            lambda asked: asked is kind,
            lambda value, _: read(value, lambda taken: usual(taken, kind)),
        )

    def read(self, tree: object, kind: type[Kind]) -> Kind:
        """Read a tree as an instance of a dataclass.

        Raises:
            TreeError: for the first mistake, a key that there is none of before all others.

        """
        try:
            return self._converter.structure(tree, kind)
        except (BaseValidationError, Unfit) as error:
            mistakes = sorted(_mistakes(error, ()), key=lambda mistake: mistake.wrong)
            raise TreeError(mistakes[0]) from None


def _strict_converter(table: str, tables: str, texts: str, text: Callable[[str], str]) -> Converter:
    converter = Converter(detailed_validation=True, forbid_extra_keys=True)

    @converter.register_structure_hook
    def _text(value: Any, _: Any) -> str:
        if not isinstance(value, str):
            raise unfit("a text", value)
        return text(value)

    @converter.register_structure_hook
    def _whole_number(value: Any, _: Any) -> int:
        if type(value) is not int:  # a bool is an int, too
            raise unfit("a whole number", value)
        return value

    @converter.register_structure_hook_factory(is_dataclass)
    def _dataclass(kind: Any, converter: Converter) -> StructureHook:
        overrides: Any = {
            row.name: override(rename=key) if (key := _key(row)) else override(omit=True)
            for row in fields(kind)
        }
        return _only(dict, table, make_dict_structure_fn(kind, converter, **overrides))

    @converter.register_structure_hook_factory(is_mapping)
    def _mapping(kind: Any, converter: Converter) -> StructureHook:
        return _only(dict, table, mapping_structure_factory(kind, converter))

    @converter.register_structure_hook_factory(_is_list)
    def _list(kind: Any, converter: Converter) -> StructureHook:
        wanted = texts if kind.__args__[0] is str else tables
        return _only(list, wanted, homogenous_tuple_structure_factory(kind, converter))

    return converter


def _key(row: Field[Any]) -> str:
    """The key of a field; nothing, if it has none."""
    return row.name.rstrip("_") if row.metadata.get("is_key", True) else ""


def _is_list(kind: Any) -> bool:
    """Tell whether a type is ``tuple[X, ...]``, as a list is read."""
    return getattr(kind, "__origin__", None) is tuple and kind.__args__[1:] == (...,)


def _only(taken: type, wanted: str, read: Any) -> StructureHook:
    """Read only what is of a type; cattrs alone would take a text for a list, or for a mapping."""

    def hook(value: Any, kind: Any) -> Any:
        if not isinstance(value, taken):
            raise unfit(wanted, value)
        return read(value, kind)

    return hook


def _mistakes(error: BaseException, path: TreePath) -> Iterator[Mistake]:
    """The mistakes that cattrs found below a path; any other error is a bug, and is raised."""
    match error:
        case BaseValidationError():
            for found in error.exceptions:
                yield from _mistakes(found, path + _step(found))
        case ForbiddenExtraKeysError():
            known = [key for row in fields(error.cl) if (key := _key(row))]
            for key in sorted(map(str, error.extra_fields)):
                yield Mistake((*path, key), Wrong.UNKNOWN, f"no such key{nearest(key, known)}")
        case Unfit():
            yield Mistake(path, Wrong.UNFIT, str(error))
        case KeyError():
            yield Mistake(path, Wrong.MISSING, "is missing")
        case _:
            raise error


def _step(error: BaseException) -> TreePath:
    """The key or the place at which an error was met."""
    for note in reversed(getattr(error, "__notes__", ())):
        if isinstance(note, AttributeValidationNote):
            return (note.name.rstrip("_"),)
        if isinstance(note, IterableValidationNote):
            return (note.index,)
    return ()
