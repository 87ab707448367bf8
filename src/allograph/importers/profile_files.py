"""Read a profile: TOML that a reviewer writes, with every mistake named by its key.

``extends`` names another profile, a ready one or a file beside it, whose keys hold where this one
is silent. A key that the dataclasses of ``profile`` do not have is refused.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import MISSING, fields
from pathlib import Path
from typing import Any

from allograph.errors import FileError, Location, nearest
from allograph.importers.profile import (
    ArmRules,
    Choice,
    FigureRules,
    Profile,
    SkipRules,
    StudyRules,
    TableRules,
)
from allograph.importers.statistics import STATISTICS
from allograph.importers.tables import DELIMITERS
from allograph.namespaces import KEY
from allograph.sources import PACKAGE, read_text

READY = PACKAGE / "importers" / "profiles"


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
    name: str, seen: tuple[Path, ...], beside: Path | None = None
) -> tuple[dict[str, Any], str]:
    ready = ready_profiles()
    path = ready.get(name) or (beside / name if beside else Path(name))
    shown_as = path.name if name in ready else str(path)
    if name not in ready and path.suffix != ".toml":
        message = (
            f"no profile is called so{nearest(name, ready)}; or name a file that ends in .toml"
        )
        raise FileError(Location(name), message)
    if path in seen:
        raise FileError(Location(shown_as), "extends: a profile cannot extend itself")
    try:
        tree = tomllib.loads(read_text(path, shown_as))
    except tomllib.TOMLDecodeError as error:
        raise FileError(Location(shown_as), f"no TOML: {error}") from None
    parent = tree.pop("extends", None)
    if parent is None:
        return tree, shown_as
    if not isinstance(parent, str):
        raise FileError(Location(shown_as), "extends: the name of a profile, in quotation marks")
    inherited, _shown_as = _read_tree(parent, (*seen, path), path.parent)
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
        value = tomllib.loads(f"value = {text}")["value"]
    except tomllib.TOMLDecodeError:
        value = text
    *tables, key = path.split(".")
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
                return value
            case "str", int() | float() if key.rpartition(".")[2] in ("at_time", "level"):
                return str(value)
            case "int", int() if not isinstance(value, bool):
                return value
            case "tuple[str, ...]", list() if all(isinstance(item, str) for item in value):
                return tuple(value)
            case "Choice", str():
                return Choice(value)
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
                return value
        wanted = {"str": "a text", "int": "a whole number", "tuple[str, ...]": "a list of texts"}
        raise self.error(key, f"{wanted.get(type_name, 'a text, or a table')}, not {value!r}")


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
    if not profile.label_columns():
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


def _check_table(table: TableRules, reader: _Reader) -> None:
    if table.decimal not in (".", ","):
        raise reader.error("table.decimal", f'"." or ",", not "{table.decimal}"')
    if table.delimiter and table.delimiter not in DELIMITERS:
        raise reader.error("table.delimiter", f"one of {', '.join(DELIMITERS)}")
    if table.header < 1:
        raise reader.error("table.header", "the row of the column names, from 1")
    if table.key and not KEY.fullmatch(table.key):
        raise reader.error(
            "table.key", "a key is written in lower case with hyphens, as in bcg-trials"
        )
    _compiled(table.totals, "table.totals", reader)


def _compiled(pattern: str, key: str, reader: _Reader) -> None:
    try:
        re.compile(pattern)
    except re.error as error:
        raise reader.error(key, f"no regular expression: {error}") from None


def _check_figure(key: str, figure: FigureRules, profile: Profile, reader: _Reader) -> None:
    where = f"figures.{key}"
    if not KEY.fullmatch(key):
        raise reader.error(where, "a key is written in lower case with hyphens")
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
    if figure.at_time and not re.fullmatch(r"\d+(\.\d+)?", figure.at_time):
        raise reader.error(f"{where}.at_time", "a number of months, as in 24")
    if not re.fullmatch(r"\d+(\.\d+)?", figure.level) or not 50 <= float(figure.level) < 100:
        raise reader.error(f"{where}.level", "a confidence level in percent, as in 95")
