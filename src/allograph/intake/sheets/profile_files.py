"""Read a profile: TOML that a reviewer writes, with every mistake named by its key.

``extends`` names another profile, a ready one or a file beside it, whose keys hold where this one
is silent. A key that the dataclasses of ``profile`` do not have is refused.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from dataclasses import MISSING, fields
from pathlib import Path
from typing import Any

from allograph.errors import FileError, Location, nearest
from allograph.intake.sheets.patterns import PatternError, compiled
from allograph.intake.sheets.profile import (
    LONGEST_KEY,
    ArmRules,
    Choice,
    FigureRules,
    Profile,
    SkipRules,
    StudyRules,
    TableRules,
)
from allograph.intake.sheets.profile_toml import MOST_BYTES, TomlError, read_toml, value_shown
from allograph.intake.sheets.statistics import STATISTICS
from allograph.namespaces import KEY
from allograph.tables.characters import strange_character
from allograph.tables.delimited import DELIMITERS
from allograph.tables.limits import LAST_ROW
from allograph.text.files import read_regular_text

READY = Path(__file__).parent / "profiles"
_LONGEST_CHAIN = 10  # profiles that extend each other
_DEEPEST = 4  # tables in tables that a setting may name
_MOST_DECIMALS = 6
_MOST_HEADER_ROWS = 5
_NUMBER = re.compile(r"[0-9]{1,6}(?:\.[0-9]{1,6})?")


def ready_profiles() -> dict[str, Path]:
    """The profiles that come with the program, by name."""
    return {path.stem: path for path in sorted(READY.glob("*.toml"))}


def read_profile(name: str, settings: Iterable[str] = ()) -> Profile:
    """Read a profile, ready or a file, with ``key=value`` settings on top; all of it is checked."""
    tree, shown_as = _read_tree(name, ())
    for setting in settings:
        _set(tree, setting)
    return _profile(tree, name, shown_as)


def _read_tree(
    name: str, seen: tuple[str, ...], beside: Path | None = None
) -> tuple[dict[str, Any], str]:
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
    try:
        tree = read_toml(read_regular_text(path, shown_as, MOST_BYTES))
    except TomlError as error:
        raise FileError(Location(shown_as), str(error)) from None
    parent = tree.pop("extends", None)
    if parent is None:
        return tree, shown_as
    if not isinstance(parent, str):
        raise FileError(Location(shown_as), "extends: the name of a profile, in quotation marks")
    inherited, _shown_as = _read_tree(parent, (*seen, same), path.parent)
    return _merged(inherited, tree), shown_as


def _merged(below: dict[str, Any], above: dict[str, Any]) -> dict[str, Any]:
    """Two trees; where both have a table, key by key."""
    merged = dict(below)
    for key, value in above.items():
        known = merged.get(key)
        both = isinstance(known, dict) and isinstance(value, dict)
        merged[key] = _merged(known, value) if both and isinstance(known, dict) else value
    return merged


def _set(tree: dict[str, Any], setting: str) -> None:
    """Set ``figures.control.events=ci``: the value is TOML, or else a text."""
    path, equals, text = setting.partition("=")
    if not equals:
        raise FileError(Location("--set"), f"a key is set as key=value, not '{setting}'")
    try:
        value = read_toml(f"value = {text}")["value"]
    except TomlError:
        value = text
    *tables, key = path.split(".", _DEEPEST)
    for table in tables:
        tree = tree.setdefault(table, {})
        if not isinstance(tree, dict):
            raise FileError(Location("--set"), f"'{path}': {table} is no table of keys")
    tree[key] = value


class _Reader:
    """Turns a tree into dataclasses, and names the key of each mistake."""

    def __init__(self, shown_as: str) -> None:
        self._at = Location(shown_as)

    def error(self, key: str, message: str) -> FileError:
        return FileError(self._at, f"{key}: {message}")

    def text(self, text: str, key: str) -> str:
        """A text that a graph can hold."""
        if wrong := strange_character(text):
            raise self.error(key, wrong)
        return text

    def table(self, tree: Any, key: str) -> dict[str, Any]:
        if not isinstance(tree, dict):
            raise self.error(key, "a table of keys")
        return tree

    def values(self, tree: Any, kind: type, key: str, **given: Any) -> Any:
        """An instance of a dataclass; what is ``given`` was read already."""
        values = dict(given)
        known = {row.name: row for row in fields(kind)}
        for name, value in self.table(tree, key).items():
            where = f"{key}.{name}" if key else name
            if name not in known:
                raise self.error(where, f"no such key{nearest(name, known)}")
            if name not in given:
                values[name] = self._value(value, str(known[name].type), where)
        for name, row in known.items():
            required = row.default is MISSING and row.default_factory is MISSING
            if required and name not in values:
                raise self.error(f"{key}.{name}" if key else name, "is missing")
        return kind(**values)

    def _value(self, value: Any, type_name: str, key: str) -> Any:
        match type_name, value:
            case "str", str():
                return self.text(value, key)
            case "str", int() | float() if key.rpartition(".")[2] in ("at_time", "level"):
                return str(value)
            case "int", int() if not isinstance(value, bool):
                return value
            case "tuple[str, ...]", list() if all(isinstance(item, str) for item in value):
                return tuple(self.text(item, key) for item in value)
            case "Choice", str():
                return Choice(self.text(value, key))
            case "Choice", dict():
                choice = self.values(value, Choice, key)
                if choice.columns and not choice.values:
                    raise self.error(
                        f"{key}.values", "is missing: what each text of the column means"
                    )
                return choice
            case "Mapping[str, str]", dict() if all(
                isinstance(item, str) for item in value.values()
            ):
                return {self.text(word, key): self.text(item, key) for word, item in value.items()}
        wanted = {"str": "a text", "int": "a whole number", "tuple[str, ...]": "a list of texts"}
        raise self.error(
            key, f"{wanted.get(type_name, 'a text, or a table')}, not {value_shown(value)}"
        )


def _profile(tree: dict[str, Any], name: str, shown_as: str) -> Profile:
    reader = _Reader(shown_as)
    defaults = reader.table(tree.pop("figure", {}), "figure")
    figures = {
        key: reader.values(
            _merged(defaults, reader.table(rules, f"figures.{key}")), FigureRules, f"figures.{key}"
        )
        for key, rules in reader.table(tree.pop("figures", {}), "figures").items()
    }
    arms = {
        key: reader.values(rules, ArmRules, f"arms.{key}")
        for key, rules in reader.table(tree.pop("arms", {}), "arms").items()
    }
    skip = tuple(
        reader.values(rules, SkipRules, f"skip[{number}]")
        for number, rules in enumerate(tree.pop("skip", []), start=1)
    )
    study = reader.values(tree.pop("study", {}), StudyRules, "study")
    table = reader.values(tree.pop("table", {}), TableRules, "table")
    given = {"name": name, "study": study, "arms": arms, "figures": figures, "table": table}
    profile: Profile = reader.values(tree, Profile, "", **given, skip=skip)
    _check(profile, reader)
    return profile


def _check(profile: Profile, reader: _Reader) -> None:
    """What no single key can say."""
    if not profile.figures:
        raise reader.error("figures", "at least one figure, as in [figures.response]")
    try:
        named = profile.label_columns()
    except ValueError:
        named = ()
    if not named:
        raise reader.error("study.label", 'the columns that name a study, as in "{author} {year}"')
    _check_table(profile.table, reader)
    _check_keys(profile, reader)
    for number, rule in enumerate(profile.skip, start=1):
        _compiled(rule.matches, f"skip[{number}].matches", reader)
    for key, arm in profile.arms.items():
        if not KEY.fullmatch(key):
            raise reader.error(f"arms.{key}", "a key is written in lower case with hyphens")
        if profile.arm and not arm.match:
            raise reader.error(f"arms.{key}.match", f"what stands in the column '{profile.arm}'")
    for key, figure in profile.figures.items():
        _check_figure(key, figure, profile, reader)


def _check_keys(profile: Profile, reader: _Reader) -> None:
    """Keys of records become names of files, so they are written as keys."""
    prefix = profile.study.prefix
    if prefix and not KEY.fullmatch(f"{prefix}x"):
        raise reader.error("study.prefix", "small letters, digits and hyphens, as in bcg-")
    _check_length(prefix, "study.prefix", reader)
    _check_length(profile.table.key, "table.key", reader)
    named = {
        "table.curator": [profile.table.curator],
        "table.based_on": profile.table.based_on,
        "study.condition": [profile.study.condition],
        "study.design": profile.study.design.known(),
    }
    named |= {f"arms.{key}.regimen": [arm.regimen] for key, arm in profile.arms.items()}
    for name, figure in profile.figures.items():
        named[f"figures.{name}.outcome"] = figure.outcome.known()
        named[f"figures.{name}.time_origin"] = [figure.time_origin]
    for where, keys in named.items():
        for key in filter(None, keys):
            if not KEY.fullmatch(key):
                message = f"a key is written in lower case with hyphens, not '{key}'"
                raise reader.error(where, message)
            _check_length(key, where, reader)


def _check_length(key: str, where: str, reader: _Reader) -> None:
    if len(key) > LONGEST_KEY:
        raise reader.error(where, f"a key has at most {LONGEST_KEY} characters")


def _check_table(table: TableRules, reader: _Reader) -> None:
    if table.decimal not in ("", ".", ","):
        raise reader.error("table.decimal", f'"." or ",", not "{table.decimal}"')
    if table.delimiter and table.delimiter not in DELIMITERS:
        raise reader.error("table.delimiter", f"one of {', '.join(DELIMITERS)}")
    if not 1 <= table.header <= LAST_ROW:
        raise reader.error("table.header", "the row of the column names, from 1")
    if not 1 <= table.header_rows <= _MOST_HEADER_ROWS:
        raise reader.error(
            "table.header_rows", f"how many rows name a column, 1 to {_MOST_HEADER_ROWS}"
        )
    if table.key and not KEY.fullmatch(table.key):
        raise reader.error(
            "table.key", "a key is written in lower case with hyphens, as in bcg-trials"
        )
    _compiled(table.totals, "table.totals", reader)


def _compiled(pattern: str, key: str, reader: _Reader) -> None:
    try:
        compiled(pattern)
    except PatternError as error:
        raise reader.error(key, str(error)) from None


def _check_figure(key: str, figure: FigureRules, profile: Profile, reader: _Reader) -> None:
    where = f"figures.{key}"
    if not KEY.fullmatch(key):
        raise reader.error(where, "a key is written in lower case with hyphens")
    if figure.decimals > _MOST_DECIMALS:
        raise reader.error(f"{where}.decimals", f"at most {_MOST_DECIMALS} digits")
    if figure.arm not in profile.arms and not (profile.arm and not figure.arm):
        raise reader.error(f"{where}.arm", f"an arm of [arms]{nearest(figure.arm, profile.arms)}")
    if figure.statistic not in STATISTICS:
        raise reader.error(
            f"{where}.statistic", f"no such statistic{nearest(figure.statistic, STATISTICS)}"
        )
    statistic = STATISTICS[figure.statistic]
    if figure.scale_name() not in statistic.scales:
        raise reader.error(f"{where}.scale", f"one of {', '.join(statistic.scales)}")
    if statistic.needs_value and not figure.value:
        raise reader.error(f"{where}.value", f"the column of the {figure.statistic}")
    if figure.value and figure.statistic == "count":
        raise reader.error(f"{where}.statistic", 'a share is no count; say "percentage"')
    if figure.decimals >= 0 and figure.scale_name() != "fraction":
        raise reader.error(f"{where}.decimals", "only of fractions: a percentage keeps its digits")
    if not figure.value and not figure.events:
        raise reader.error(f"{where}.events", "the column of the events, or value, that of a share")
    if figure.nonevents and figure.total:
        raise reader.error(
            f"{where}.nonevents", "the events and the others make the total: name one"
        )
    if statistic.at_time and not figure.at_time:
        raise reader.error(f"{where}.at_time", "the time point in months, as in 24")
    if figure.at_time and not _NUMBER.fullmatch(figure.at_time):
        raise reader.error(f"{where}.at_time", "a number of months, as in 24")
    if not _NUMBER.fullmatch(figure.level) or not 50 <= float(figure.level) < 100:
        raise reader.error(f"{where}.level", "a confidence level in percent, as in 95")
