"""Read the plot that a question's header asks for: its kind, and templates over its columns.

``{column}`` stands for the value in a row, and what stands in square brackets is left out where a
column in it is empty: ``"{group_label}[, after cycle {after_cycle}]"``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from allograph.errors import QuestionError, nearest
from allograph.questions.header import Header

Row = Mapping[str, str]
"""One row of an answer: the text of each column, empty where it is unbound."""

_COLUMN = re.compile(r"\{(\w+)\}")
_OPTIONAL = re.compile(r"\[([^\[\]]*)\]")

DOUBTED = ("flags", "findings")
INTERVAL = ("lower", "upper", "level", "bound")
EFFECT = ("estimate", "measure", "estimate_unit", "direction")
COLUMNS: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "forest": (
        ("value",),
        (
            "unit",
            "statistic",
            "numerator",
            "denominator",
            "size",
            "derived",
            *INTERVAL,
            *EFFECT,
            *DOUBTED,
        ),
    ),
    "timeline": (("value", "statistic"), ("unit", "size", *INTERVAL, *DOUBTED)),
    "bars": (
        ("group", "comparator"),
        (
            "unit",
            "statistic",
            "group_numerator",
            "group_denominator",
            "comparator_numerator",
            "comparator_denominator",
            *INTERVAL,
            *EFFECT,
            *DOUBTED,
        ),
    ),
    "effects": (
        ("estimate", "measure"),
        ("estimate_unit", "direction", "size", "other_size", *INTERVAL, *DOUBTED),
    ),
    "map": (("value",), ()),
    "traffic": (("value", "words"), ("state",)),
}
"""Kind: the columns that it needs, and those that it takes as well.

``derived`` names the column of the value again where the answer computes it: it is not printed.
"""

IN_PANELS = ("panel", "heading", "source", "group_name", "comparator_name")
TEMPLATES: Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "forest": (("label",), IN_PANELS),
    "timeline": (("label",), IN_PANELS),
    "bars": (("label", "comparator_label"), IN_PANELS),
    "effects": (("label",), IN_PANELS),
    "map": (("row", "column"), ()),
    "traffic": (("row", "column"), ("panel",)),
}
"""Kind: the templates that it needs, and those that it takes as well.

``panel`` says what is measured: what differs in it stands over another axis. ``heading`` is the
study, ``label`` the people, ``source`` the kind of report.
"""

EVERY_KIND = ("link",)
"""Columns that each kind takes: the IRI of what a row is about."""


@dataclass(frozen=True)
class PlotHeader:
    """A kind of plot, the columns by what they show, templates likewise, and the columns' units."""

    kind: str
    columns: Mapping[str, str]
    templates: Mapping[str, str]
    units: Mapping[str, str]

    def value(self, row: Row, shown: str) -> str:
        """The text of the column that shows something; empty where there is none."""
        return row.get(self.columns.get(shown, ""), "")

    def number(self, row: Row, shown: str) -> float | None:
        """The number in that column, or ``None``."""
        text = self.value(row, shown)
        return float(text) if text else None

    def count(self, row: Row, shown: str) -> int | None:
        """The number of people in that column, or ``None``."""
        number = self.number(row, shown)
        return None if number is None else int(number)

    def text(self, row: Row, template: str) -> str:
        """A template, filled in from a row; empty where the header has none."""
        return filled(self.templates.get(template, ""), lambda column: row.get(column, ""))

    def unit(self, row: Row, shown: str = "value") -> str:
        """The unit of a row: that of its own or of the unit column, else that of the head."""
        for column in (f"{shown}_unit", "unit"):
            if column in self.columns:
                return self.value(row, column)
        return self.units.get(self.columns[shown], "")

    @property
    def is_derived(self) -> bool:
        """Tell whether the answer computes its values, so that no source prints them."""
        return "derived" in self.columns


def filled(template: str, text_of: Callable[[str], str]) -> str:
    """Fill in a template; a part in brackets goes with its empty columns."""

    def part(match: re.Match[str]) -> str:
        names = _COLUMN.findall(match[1])
        return match[1] if all(text_of(name) for name in names) else ""

    return _COLUMN.sub(lambda match: text_of(match[1]), _OPTIONAL.sub(part, template))


def columns_in(template: str) -> list[str]:
    """Return the columns that a template names."""
    return _COLUMN.findall(template)


def read_plot(header: Header, units: Mapping[str, str]) -> PlotHeader | None:
    """Read the ``plot`` of a header; ``units`` are those of the question's columns, by name.

    Raises ``QuestionError`` for a kind or a key that there is none of, and for a column that the
    question does not describe.
    """
    if header.said.plot is None:
        return None
    texts = dict(header.said.plot)
    kind = texts.pop("kind", "")
    if kind not in COLUMNS:
        raise header.error(f"a plot has a kind: one of {', '.join(COLUMNS)}", "plot", "kind")
    required, taken = ({*COLUMNS[kind][place], *TEMPLATES[kind][place]} for place in (0, 1))
    taken |= {*required, *EVERY_KIND}
    for key in sorted(texts.keys() - taken):
        raise header.error(f"a {kind} shows no '{key}'{nearest(key, taken)}", "plot", key)
    for key in sorted(required - texts.keys()):
        raise header.error(f"a {kind} needs '{key}'", "plot")
    are_templates = {*TEMPLATES[kind][0], *TEMPLATES[kind][1]}
    templates = {key: text for key, text in texts.items() if key in are_templates}
    columns = {key: text for key, text in texts.items() if key not in are_templates}
    for key, text in texts.items():
        for column in columns_in(text) if key in templates else [text]:
            if column not in units:
                raise _unknown(header, key, column, units)
    return PlotHeader(kind, columns, templates, units)


def _unknown(header: Header, key: str, column: str, known: Collection[str]) -> QuestionError:
    message = f"'{key}' of the plot names the column '{column}'{nearest(column, known)}"
    return header.error(message, "plot", key)
