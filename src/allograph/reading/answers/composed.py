"""Several columns of an answer as one cell: a share with its people, an estimate with its interval.

A cell is made where the answer has its leading column. What it takes in is not shown by itself,
and stays a column of the data. The names of columns mean the same in every question.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from functools import partial

from allograph.reading.answers.rows import DESIGN
from allograph.reading.figures import NO_BREAK, with_unit
from allograph.text.numerals import between

Texts = Mapping[str, str]
"""The values of a row by column, keys replaced by their labels; a missing one is empty."""

SIGNS = {"more than": ">", "less than": "<", "at most": "≤", "at least": "≥", "about": "≈"}
FIGURES = frozenset({"figure", "estimate", "index", "group", "comparator", "reference"})
"""The cells for whose sake there is an answer."""
PLAIN = frozenset({"", "percentage", "count", "incidence"})
"""Statistics that the figure says by itself."""
NOT_STATED = "not stated"
FIRST_SIDES = ("index_", "group_")


REPORT = ("report_label", "report")
TIER = ("report_tier", "tier")


@dataclass(frozen=True)
class Written:
    """A cell: what is read first, what stands small below it; ``full`` is what was shortened."""

    text: str
    small: str = ""
    full: str = ""


@dataclass(frozen=True)
class Composed:
    """One cell of several columns; ``leads`` are tried in order, and the first one is linked.

    ``target`` is the column that it leads to, where that is not the one of its lead. What is a
    detail is shown as a column only if it is chosen.
    """

    key: str
    label: str
    leads: tuple[str, ...]
    parts: tuple[str, ...]
    write: Callable[[Texts], Written]
    target: str = ""
    is_detail: bool = False

    @property
    def is_figure(self) -> bool:
        """Tell whether it holds a figure, or the effect of a comparison."""
        return self.key in FIGURES

    def lead(self, names: Collection[str]) -> str | None:
        """The column of an answer that it is made for, if the answer has one."""
        return next((name for name in self.leads if name in names), None)


def _figure(texts: Texts, side: str = "") -> Written:
    value, unit = texts.get(f"{side}value", ""), texts.get("unit", "")
    numerator = texts.get(f"{side}numerator", "") or texts.get(f"{side}n", "")
    denominator = texts.get(f"{side}denominator", "") or texts.get(f"{side}total", "")
    counted = f"{numerator} people" if numerator else ""
    people = (
        f"{numerator}/{denominator}" if numerator else f"n = {denominator}".replace(" ", NO_BREAK)
    )
    people = people if denominator else counted
    if unit == "1" and value == numerator:
        shown = f"{value} of {denominator} people" if denominator else f"{value} people"
    else:
        amount = with_unit(value, unit)
        bound = "" if side else _sign(texts.get("bound", ""), amount)
        shown = " · ".join(filter(None, [f"{bound}{amount}", people]))
    small = _side_below(texts, side) if side else _spread(texts)
    if side:
        return Written(shown, small) if shown else Written(small)
    return Written(shown or texts.get("reported_as", ""), small)


def _side_below(texts: Texts, side: str) -> str:
    """The people of a side, and, with the first side, what kind of figures both are."""
    statistic = texts.get("statistic", "") if side in FIRST_SIDES else ""
    said = (texts.get(f"{side}label", ""), "" if statistic.casefold() in PLAIN else statistic)
    return " · ".join(filter(None, said))


def _sign(bound: str, amount: str) -> str:
    return SIGNS.get(bound, f"{bound} " if bound and amount else bound)


def _spread(texts: Texts) -> str:
    """The statistic, where the figure does not say it, and how far the values lie apart."""
    statistic = texts.get("statistic", "")
    said = [statistic if statistic.casefold() not in PLAIN else ""]
    if "estimate" not in texts:
        said.append(_interval(texts))
    for low, high, title in (("range_low", "range_high", "range"), ("q1", "q3", "IQR")):
        if texts.get(low):
            said.append(f"{title} {between(texts[low], texts.get(high, ''))}")
    for name, title in (("sd", "SD"), ("se", "SE")):
        if texts.get(name):
            said.append(f"{title} {texts[name]}")
    if texts.get("events"):
        time = texts.get("person_time")
        said.append(f"{texts['events']} events" + (f" in {time} of person-time" if time else ""))
    return "; ".join(filter(None, said))


def _interval(texts: Texts) -> str:
    lower, upper, level = (texts.get(name, "") for name in ("lower", "upper", "level"))
    if lower and upper:
        limits = between(lower, upper)
    else:
        limits = f"from {lower}" if lower else f"up to {upper}" if upper else ""
    return f"{f'{level}% ' if level else ''}CI {limits}" if limits else ""


def _estimate(texts: Texts) -> Written:
    estimate = with_unit(texts.get("estimate", ""), texts.get("estimate_unit", ""))
    sides = {"1": "one-sided P", "2": "two-sided P"}.get(texts.get("p_sides", ""), "P")
    sign = SIGNS.get(texts.get("p_bound", ""), "=")
    p = f"{sides} {sign} {texts['p']}" if texts.get("p") else ""
    difference = with_unit(texts.get("difference", ""), texts.get("difference_unit", ""))
    derived = f"difference, derived: {difference}" if difference else ""
    small = "; ".join(filter(None, [_interval(texts), p, derived]))
    if not estimate:
        return Written("none printed", small)
    bound = _sign(texts.get("estimate_bound", ""), estimate)
    return Written(" ".join(filter(None, [texts.get("measure", ""), f"{bound}{estimate}"])), small)


def _people(texts: Texts) -> Written:
    size = texts.get("group_size", "")
    return Written(texts.get("group_label", ""), f"{size} people" if size else "")


def _study(texts: Texts) -> Written:
    """The name that a study goes by, without what it was about: TOWER, INO-VATE."""
    label = texts.get("study_label", "")
    name, _, about = label.partition(": ")
    design = texts.get(DESIGN, "")
    return Written(name, "" if design == NOT_STATED else design, label if about else "")


def _outcome(texts: Texts) -> Written:
    grade = texts.get("grade", "")
    grades = {"": "", "any": "any grade"}.get(grade, f"grade {grade}")
    said = (texts.get("definition", ""), grades)
    return Written(texts.get("outcome_label", ""), " · ".join(filter(None, said)))


def _source(texts: Texts) -> Written:
    report = next((texts[name] for name in REPORT if texts.get(name)), "")
    tier = next((texts[name] for name in TIER if texts.get(name)), "")
    said = (tier if report else "", texts.get("section", ""))
    return Written(report or tier, " · ".join(filter(None, said)))


def _time(texts: Texts) -> Written:
    at, origin = texts.get("at_time", ""), texts.get("time_origin", "")
    after = texts.get("after_cycle", "")
    when = with_unit(at, "mo") or (f"after cycle {after}" if after else "")
    since = f"from {origin}" if origin and origin != NOT_STATED else ""
    return Written(when, since) if when else Written(since)


def _alone(name: str) -> Callable[[Texts], Written]:
    """One column by itself."""
    return lambda texts: Written(texts.get(name, ""))


def _side(side: str, label: str) -> Composed:
    names = ("label", "group", "value", "numerator", "denominator", "n", "total")
    parts = (*(f"{side}{name}" for name in names), "unit", "statistic")
    write = partial(_figure, side=side)
    return Composed(side.rstrip("_"), label, (f"{side}value",), parts, write, f"{side}group")


COMPOSED = (
    Composed(
        "outcome",
        "Outcome",
        ("outcome_label",),
        ("outcome_label", "outcome", "definition", "grade"),
        _outcome,
    ),
    _side("index_", "Group"),
    _side("reference_", "Comparator"),
    _side("group_", "Group"),
    _side("comparator_", "Comparator"),
    Composed(
        "figure",
        "Figure",
        ("value",),
        (
            "value",
            "unit",
            "numerator",
            "denominator",
            "bound",
            "statistic",
            "lower",
            "upper",
            "level",
            "range_low",
            "range_high",
            "q1",
            "q3",
            "sd",
            "se",
            "events",
            "person_time",
        ),
        _figure,
    ),
    Composed(
        "estimate",
        "Effect",
        ("estimate",),
        (
            "estimate",
            "measure",
            "estimate_bound",
            "estimate_unit",
            "lower",
            "upper",
            "level",
            "p",
            "p_bound",
            "p_sides",
            "difference",
            "difference_unit",
        ),
        _estimate,
    ),
    Composed(
        "people", "Of whom", ("group_label",), ("group_label", "group", "group_size"), _people
    ),
    Composed("study", "Study", ("study_label",), ("study_label", "study"), _study),
    Composed(
        "time", "When", ("at_time", "time_origin"), ("at_time", "time_origin", "after_cycle"), _time
    ),
    Composed("doubts", "Doubts", ("flags", "findings"), ("flags", "findings"), _alone("flags")),
    Composed(
        "report",
        "Source",
        (*REPORT, *TIER),
        (*REPORT, *TIER, "section"),
        _source,
    ),
    Composed(
        "printed",
        "As printed",
        ("reported_as",),
        ("reported_as",),
        _alone("reported_as"),
        is_detail=True,
    ),
)
"""In the order in which people read: outcome, figure, people, study, then what stands around."""
