"""Check a profile for what no single key can say, and for what its texts must look like."""

from __future__ import annotations

import re
from collections.abc import Iterator

from allograph.errors import nearest
from allograph.intake.sheets.patterns import PatternError, compiled
from allograph.intake.sheets.profile import (
    LOG,
    LONGEST_KEY,
    PRINTED,
    Choice,
    EffectRules,
    FigureRules,
    Profile,
    TableRules,
)
from allograph.intake.sheets.statistics import STATISTICS
from allograph.namespaces import KEY
from allograph.tables.delimited import DELIMITERS
from allograph.tables.limits import LAST_ROW
from allograph.text.trees import TreePath

Mistakes = Iterator[tuple[TreePath, str]]
"""The path of a key, what is wrong with it, and the cure."""

_MOST_DECIMALS = 6
_MOST_HEADER_ROWS = 5
_NUMBER = re.compile(r"[0-9]{1,6}(?:\.[0-9]{1,6})?")
_LEVEL = "a confidence level in percent, as in 95"
_AS_KEY = "a key is written in lower case with hyphens"


def mistakes_of(profile: Profile, *, is_pooled: bool = False) -> Mistakes:
    """The mistakes of a profile; a check may rely on those before it, so the first one counts.

    A sheet that is only pooled has no records: its outcomes may be called as the sheet calls them,
    and it may hold effects alone.
    """
    if not profile.figures and not (is_pooled and profile.effect.value):
        cure = (
            "; an [effect] is read by allograph pool --sheet alone" if profile.effect.value else ""
        )
        yield ("figures",), f"at least one figure, as in [figures.response]{cure}"
    try:
        named = profile.label_columns()
    except ValueError:
        named = ()
    if not named:
        yield ("study", "label"), 'the columns that name a study, as in "{author} {year}"'
    yield from _of_table(profile.table)
    if not is_pooled:
        yield from _of_choices(profile)
    yield from _of_keys(profile)
    for key, message in _of_effect(profile.effect):
        yield ("effect", key), message
    for place, rule in enumerate(profile.skip):
        yield from _of_pattern(("skip", place, "matches"), rule.matches)
    for key, arm in profile.arms.items():
        if not KEY.fullmatch(key):
            yield ("arms", key), _AS_KEY
        if profile.arm and not arm.match:
            yield ("arms", key, "match"), f"what stands in the column '{profile.arm}'"
    for key, figure in profile.figures.items():
        if not KEY.fullmatch(key):
            yield ("figures", key), _AS_KEY
        for field, message in _of_figure(figure, profile):
            yield ("figures", key, field), message


def _of_choices(profile: Profile) -> Mistakes:
    """A choice by columns says what each of their texts means."""
    choices: dict[TreePath, Choice] = {("study", "design"): profile.study.design}
    choices |= {("figures", key, "outcome"): it.outcome for key, it in profile.figures.items()}
    for path, choice in choices.items():
        if choice.columns and not choice.values:
            yield (*path, "values"), "is missing: what each text of the column means"


def _of_keys(profile: Profile) -> Mistakes:
    """Keys of records become names of files, so they are written as keys."""
    prefix = profile.study.prefix
    if prefix and not KEY.fullmatch(f"{prefix}x"):
        yield ("study", "prefix"), "small letters, digits and hyphens, as in bcg-"
    named: dict[TreePath, tuple[str, ...]] = {
        ("table", "curator"): (profile.table.curator,),
        ("table", "based_on"): profile.table.based_on,
        ("study", "condition"): (profile.study.condition,),
        ("study", "design"): profile.study.design.known(),
    }
    named |= {("arms", key, "regimen"): (arm.regimen,) for key, arm in profile.arms.items()}
    for key, figure in profile.figures.items():
        named["figures", key, "outcome"] = figure.outcome.known()
        named["figures", key, "time_origin"] = (figure.time_origin,)
    for path, keys in named.items():
        for key in filter(None, keys):
            if not KEY.fullmatch(key):
                yield path, f"{_AS_KEY}, not '{key}'"
    named |= {("study", "prefix"): (prefix,), ("table", "key"): (profile.table.key,)}
    for path, keys in named.items():
        if any(len(key) > LONGEST_KEY for key in keys):
            yield path, f"a key has at most {LONGEST_KEY} characters"


def _of_table(table: TableRules) -> Mistakes:
    if table.decimal not in ("", ".", ","):
        yield ("table", "decimal"), f'"." or ",", not "{table.decimal}"'
    if table.delimiter and table.delimiter not in DELIMITERS:
        yield ("table", "delimiter"), f"one of {', '.join(DELIMITERS)}"
    if not 1 <= table.header <= LAST_ROW:
        yield ("table", "header"), "the row of the column names, from 1"
    if not 1 <= table.header_rows <= _MOST_HEADER_ROWS:
        yield ("table", "header_rows"), f"how many rows name a column, 1 to {_MOST_HEADER_ROWS}"
    if table.key and not KEY.fullmatch(table.key):
        yield ("table", "key"), f"{_AS_KEY}, as in bcg-trials"
    yield from _of_pattern(("table", "totals"), table.totals)


def _of_pattern(path: TreePath, pattern: str) -> Mistakes:
    try:
        compiled(pattern)
    except PatternError as error:
        yield path, str(error)


def _of_effect(effect: EffectRules) -> Iterator[tuple[str, str]]:
    """The mistakes of an effect, each by its key alone."""
    if not effect.value:
        if effect.columns():
            yield "value", "the column of the estimate"
        return
    spreads = (effect.lower or effect.upper, effect.standard_error, effect.variance)
    if sum(map(bool, spreads)) != 1:
        yield "lower", "name the columns of both limits, or of the standard error, or the variance"
    if bool(effect.lower) != bool(effect.upper):
        yield "upper" if effect.lower else "lower", "an interval has two limits; name both columns"
    if effect.scale not in (PRINTED, LOG):
        yield "scale", f"one of {PRINTED}, {LOG}"
    if not _is_level(effect.level):
        yield "level", _LEVEL


def _of_figure(figure: FigureRules, profile: Profile) -> Iterator[tuple[str, str]]:
    """The mistakes of a figure, each by its key alone."""
    if figure.decimals > _MOST_DECIMALS:
        yield "decimals", f"at most {_MOST_DECIMALS} digits"
    if figure.arm not in profile.arms and not (profile.arm and not figure.arm):
        yield "arm", f"an arm of [arms]{nearest(figure.arm, profile.arms)}"
    if figure.statistic not in STATISTICS:
        yield "statistic", f"no such statistic{nearest(figure.statistic, STATISTICS)}"
        return
    statistic = STATISTICS[figure.statistic]
    if figure.scale_name() not in statistic.scales:
        yield "scale", f"one of {', '.join(statistic.scales)}"
    if statistic.needs_value and not figure.value:
        yield "value", f"the column of the {figure.statistic}"
    if figure.value and figure.statistic == "count":
        yield "statistic", 'a share is no count; say "percentage"'
    if figure.decimals >= 0 and figure.scale_name() != "fraction":
        yield "decimals", "only of fractions: a percentage keeps its digits"
    if not figure.value and not figure.events:
        yield "events", "the column of the events, or value, that of a share"
    if figure.nonevents and figure.total:
        yield "nonevents", "the events and the others make the total: name one"
    if statistic.at_time and not figure.at_time:
        yield "at_time", "the time point in months, as in 24"
    if figure.at_time and not _NUMBER.fullmatch(figure.at_time):
        yield "at_time", "a number of months, as in 24"
    if not _is_level(figure.level):
        yield "level", _LEVEL


def _is_level(text: str) -> bool:
    return bool(_NUMBER.fullmatch(text)) and 50 <= float(text) < 100
