"""``allograph pool --sheet``: a reviewer's own sheet, pooled without entering it.

What cannot be used of the sheet is said on standard error, by file, row and column, and in JSON and
CSV as ``refused``. The status is 1 if a cell is wrong, or if nothing is pooled.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import click

from allograph.cli.base import ALL_WELL, NOT_WELL
from allograph.errors import ParameterError
from allograph.evidence.pooling.answers import Pool
from allograph.intake.sheets.importing import table_in
from allograph.intake.sheets.pooled_rows import MEASURES
from allograph.intake.sheets.pooling import SheetReading, read_studies
from allograph.intake.sheets.profile_files import read_profile, ready_profiles
from allograph.reading.pooled.as_rows import HEADER, as_rows
from allograph.reading.pooled.in_words import lines_of
from allograph.reading.pooled.of_sheet import SheetAnswer, SheetWish, pool_sheet
from allograph.reading.pooled.sheet_json import sheet_as_json
from allograph.tables.table import Remark, write_csv_table

Command = TypeVar("Command", bound=Callable[..., Any])

LEAST_LEVEL = 50
MOST_SHOWN = 20  # remarks on a screen; JSON and CSV have them all
_PROFILES = f"a .toml file, or one of {', '.join(ready_profiles())}"


@dataclass(frozen=True)
class SheetOptions:
    """What the command line says of a sheet."""

    file: Path
    profile: str
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
        click.option(
            "--profile", default="", help=f"What the columns of the sheet mean: {_PROFILES}."
        ),
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
    sheet: SheetOptions, outcome: str, measure: str, model: str, level: str, format_name: str
) -> int:
    """Pool a sheet and say the answer in a format; without an outcome each of the sheet's."""
    if not sheet.profile:
        raise ParameterError("profile", f"--sheet needs --profile, {_PROFILES}")
    measure = measure.lower()
    if measure not in MEASURES:
        given = f", not '{measure}'" if measure else ""
        known = ", ".join(MEASURES)
        raise ParameterError("measure", f"--sheet needs --measure, one of {known}{given}")
    profile = read_profile(sheet.profile, sheet.settings, is_pooled=True)
    reading = read_studies(table_in(sheet.file, profile.table), profile, measure, outcome)
    wish = SheetWish(measure, model or None, _level(level), sheet.continuity)
    pooled = pool_sheet(reading, wish)
    if format_name == "json":
        found = sheet_as_json(reading, pooled, wish, sheet.profile)
        click.echo(json.dumps(found, ensure_ascii=False, indent=2))
    elif format_name == "csv":
        sys.stdout.buffer.write(write_csv_table(HEADER, as_rows(pooled.answer, "")))
    else:
        for pool in pooled.answer.pools:
            _say(pool)
    _say_remarks(reading, pooled)
    is_pooled = any(
        pool.synthesis and pool.synthesis.estimate is not None for pool in pooled.answer.pools
    )
    return ALL_WELL if is_pooled and not reading.faults else NOT_WELL


def _level(text: str) -> float:
    try:
        level = float(text.removesuffix("%") or 95)
    except ValueError:
        level = 0
    if not LEAST_LEVEL <= level < 100:
        message = f"'{text}' is not a confidence level in percent, from {LEAST_LEVEL} to below 100"
        raise ParameterError("level", message)
    return level


def _say(pool: Pool) -> None:
    for line in lines_of(pool):
        click.echo(line)
    for remark in (*pool.remarks, *(pool.synthesis.remarks if pool.synthesis else ())):
        click.echo(f"note: {pool.words}: {remark}", err=True)


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
    if not pooled.answer.pools:
        click.echo(f"not pooled: no study of {reading.table.file_name} can be pooled", err=True)


def _line(reading: SheetReading, remark: Remark) -> str:
    """A remark as people read it: ``bcg.csv:5: tpos: what, cure``."""
    place = f"{reading.table.file_name}:{remark.row}" if remark.row else reading.table.file_name
    column = f"{remark.column}: " if remark.column else ""
    return f"{place}: {column}{remark.what}"
