"""``allograph pool --sheet``: a reviewer's own sheet, pooled without entering it.

What cannot be used of the sheet is said on standard error, by file, row and column, and in JSON and
CSV as ``refused``. The status is 1 if a cell is wrong, or if nothing is pooled.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import click

from allograph.cli.base import ALL_WELL, NOT_WELL
from allograph.errors import ParameterError, nearest
from allograph.evidence.pooling.answers import Pool, Row
from allograph.intake.sheets.importing import table_in
from allograph.intake.sheets.pooled_rows import MEASURES
from allograph.intake.sheets.pooling import SheetReading, read_studies
from allograph.intake.sheets.profile_files import read_profile, ready_profiles
from allograph.reading.pooled.of_sheet import SheetAnswer, SheetWish, pool_sheet
from allograph.reading.pooled.sheet_json import sheet_as_json
from allograph.reading.pooled.sheet_rows import HEADER, sheet_as_rows
from allograph.synthesis.pooled import MODELS, Synthesis
from allograph.tables.table import Remark, write_csv_table

Command = TypeVar("Command", bound=Callable[..., Any])

NOT_OF_MODEL = "this model has none"
MOST_SHOWN = 20  # remarks on a screen; JSON and CSV have them all
_PROFILES = f"a .toml file, or one of {', '.join(ready_profiles())}"


@dataclass(frozen=True)
class SheetOptions:
    """What the command line says of a sheet."""

    file: Path
    profile: str | None
    settings: tuple[str, ...] = ()
    continuity: float = 0.0


def sheet_options(command: Command) -> Command:
    """Give ``pool`` what ``SheetOptions`` holds as options."""
    for option in (
        click.option(
            "--continuity",
            type=click.FloatRange(min=0, max=1),
            default=0.0,
            help="Add so much to each cell of two arms with a cell of zero; by default nothing.",
        ),
        click.option(
            "--set",
            "settings",
            multiple=True,
            metavar="KEY=VALUE",
            help="Set a key of the profile, as study.label={author}; may be given several times.",
        ),
        click.option("--profile", help=f"What the columns of the sheet mean: {_PROFILES}."),
        click.option(
            "--sheet",
            type=click.Path(path_type=Path),
            metavar="FILE",
            help="Pool this sheet (CSV or XLSX) in place of figures of the graph.",
        ),
    ):
        command = option(command)
    return command


def pool_a_sheet(
    sheet: SheetOptions,
    outcome: str | None,
    measure: str | None,
    model: str | None,
    level: float,
    format_name: str,
) -> int:
    """Pool a sheet and say the answer in a format; without an outcome each of the sheet's."""
    if sheet.profile is None:
        raise ParameterError("profile", f"--sheet needs --profile, {_PROFILES}")
    if measure is None or measure not in MEASURES:
        known = ", ".join(MEASURES)
        near = nearest(measure or "", MEASURES)
        raise ParameterError("measure", f"--sheet needs --measure, one of {known}{near}")
    profile = read_profile(sheet.profile, sheet.settings, is_pooled=True)
    table = table_in(sheet.file, profile.table)
    reading = read_studies(table, profile, measure, outcome or "")
    wish = SheetWish(measure, model, level, sheet.continuity)
    pooled = pool_sheet(reading, wish)
    if format_name == "json":
        content = json.dumps(
            sheet_as_json(reading, pooled, sheet.profile), ensure_ascii=False, indent=2
        )
        click.echo(content)
    elif format_name == "csv":
        sys.stdout.buffer.write(write_csv_table(HEADER, sheet_as_rows(pooled)))
    else:
        for line in _in_words(pooled, measure):
            click.echo(line)
    _say_remarks(reading, pooled)
    is_pooled = any(
        pool.synthesis and pool.synthesis.estimate is not None for pool in pooled.answer.pools
    )
    return ALL_WELL if is_pooled and not reading.faults else NOT_WELL


def _say_remarks(reading: SheetReading, pooled: SheetAnswer) -> None:
    """Say mistakes in full, and what else was not used or understood as far as a screen holds."""
    for fault in reading.faults:
        click.echo(_line(reading, fault), err=True)
    others = [remark for remark in pooled.refused if remark not in reading.faults]
    lines = [f"not pooled: {_line(reading, remark)}" for remark in others]
    lines += [f"remark: {_line(reading, remark)}" for remark in reading.remarks]
    for line in lines[:MOST_SHOWN]:
        click.echo(line, err=True)
    if (more := len(lines) - MOST_SHOWN) > 0:
        click.echo(f"remark: {more} more; --format json has all", err=True)
    if reading.unmapped:
        columns = ", ".join(reading.unmapped)
        click.echo(f"columns that the profile does not map: {columns}", err=True)


def _line(reading: SheetReading, remark: Remark) -> str:
    """A remark as people read it: ``bcg.csv:5: tpos: what, cure``."""
    place = f"{reading.table.file_name}:{remark.row}" if remark.row else reading.table.file_name
    column = f"{remark.column}: " if remark.column else ""
    return f"{place}: {column}{remark.what}"


def _in_words(pooled: SheetAnswer, measure: str) -> Iterator[str]:
    """Each pool as lines: its studies, the number with all that belongs beside it, its remarks."""
    for pool, studies in zip(pooled.answer.pools, pooled.studies, strict=True):
        yield f"{pool.words}, {MEASURES[measure]}:"
        cells = [
            (
                f"row {'+'.join(map(str, study.rows))}",
                row.label,
                *_people(row),
                _interval(row.value, row.lower, row.upper, measure),
                "" if row.weight is None else f"{100 * row.weight:.1f}%",
            )
            for row, study in zip(pool.rows, studies, strict=True)
        ]
        yield from _aligned(cells)
        yield from _pooled_words(pool, measure)
        yield from (f"note: {remark}" for remark in pool.remarks)
        yield ""


def _pooled_words(pool: Pool, measure: str) -> Iterator[str]:
    found = pool.synthesis
    if found is None or found.estimate is None:
        reason = found.reasons.get("estimate", "") if found else ""
        yield f"not pooled: {reason}"
        if pool.crude:
            crude = pool.crude
            exact = _interval(crude.share, crude.lower, crude.upper, measure)
            range_ = f"{_number(crude.lowest, measure)} to {_number(crude.highest, measure)}"
            yield f"all people: {crude.events} of {crude.people}, {exact} exact; range {range_}"
        return
    people = "" if found.people is None else f", {found.people:,} people"
    interval = _interval(found.estimate, found.lower, found.upper, measure)
    yield f"pooled: {interval} ({found.level:g}%), {found.studies} studies{people}"
    yield f"model: {MODELS[found.model]}"
    if found.prediction_lower is not None and found.prediction_upper is not None:
        lower, upper = (
            _number(limit, measure) for limit in (found.prediction_lower, found.prediction_upper)
        )
        yield f"prediction interval: {lower} to {upper}"
    else:
        why = found.reasons.get("prediction_lower", NOT_OF_MODEL)
        yield f"prediction interval: none; {why}"
    yield f"heterogeneity: {_heterogeneity(found)}"
    for other in pool.sensitivity:
        if other.model != found.model and other.estimate is not None:
            numbers = _interval(other.estimate, other.lower, other.upper, measure)
            yield f"beside it: {numbers}, {MODELS[other.model]}"


def _heterogeneity(found: Synthesis) -> str:
    named = {"tau²": found.tau2, "Q": found.q}
    words = [f"{name} {value:.4g}" for name, value in named.items() if value is not None]
    if found.i2 is not None:
        words.insert(1, f"I² {found.i2:.1f}%")
    return ", ".join(words) or found.reasons.get("tau2", NOT_OF_MODEL)


def _people(row: Row) -> tuple[str, ...]:
    if row.events is None:
        return ("" if row.people is None else f"{row.people} people",)
    arms = [f"{row.events}/{row.people}"]
    if row.comparator_people is not None:
        arms.append(f"{row.comparator_events}/{row.comparator_people}")
    return tuple(arms)


def _interval(value: float | None, lower: float | None, upper: float | None, measure: str) -> str:
    if value is None:
        return "no ratio"
    if lower is None or upper is None:
        return _number(value, measure)
    return f"{_number(value, measure)} [{_number(lower, measure)}, {_number(upper, measure)}]"


def _number(value: float, measure: str) -> str:
    """A share in percent, a difference with its sign, a ratio with two decimals or more."""
    if measure == "share":
        return f"{100 * value:.1f}%"
    return f"{value:+.4f}" if measure == "rd" else f"{value:.3g}" if value < 0.1 else f"{value:.2f}"


def _aligned(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)] if rows else []
    for row in rows:
        cells = (text.ljust(width) for text, width in zip(row, widths, strict=True))
        yield "  ".join(cells).rstrip()
