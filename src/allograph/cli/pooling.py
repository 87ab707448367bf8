"""The command ``pool``: what figures of an outcome say together, or the reason why not."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from pathlib import Path

import click

from allograph.checks.check import Checked
from allograph.cli.base import ALL_WELL, NOT_WELL, settings_options, snapshot_of
from allograph.cli.pooling_sheet import SheetOptions, pool_a_sheet, sheet_options
from allograph.evidence.pooling.answers import Answer
from allograph.evidence.pooling.differences import DIFFERENCES
from allograph.evidence.pooling.effect import MEASURES
from allograph.evidence.pooling.pool import pool as pool_figures
from allograph.namespaces import key_of
from allograph.reading.pooled.as_json import as_json
from allograph.reading.pooled.as_rows import HEADER, as_rows
from allograph.reading.pooled.asked import MODELS, Asked, wish_of
from allograph.reading.pooled.in_words import (
    apart_in_words,
    lines_of,
    refused_in_words,
    row_in_words,
)
from allograph.release.building import release_id
from allograph.tables.table import write_csv_table

FORMATS = ("text", "json", "csv")
EPILOG = "\b\nDifferences that --across takes:\n" + "\n".join(
    f"  {name.ljust(13)}{words}" for name, words in DIFFERENCES.items()
)


@click.command(epilog=EPILOG)
@click.argument("outcome", default="")
@click.option("--drug", default="", help="Only people who were given this drug, or regimen.")
@click.option("--comparator", default="", help="Only comparisons with this drug, or regimen.")
@click.option("--study", "studies", multiple=True, help="Only this study; may be given again.")
@click.option("--statistic", default="", help="Only figures of this statistic, as percentage.")
@click.option("--measure", default="", help=f"Only comparisons, by {', '.join(MEASURES)}.")
@click.option("--at-time", default="", help="Only figures at this time, in months.")
@click.option("--time-origin", default="", help="Only times counted from this, as randomisation.")
@click.option(
    "--across",
    multiple=True,
    metavar="NAME,…",
    help="Pool figures that differ in this (names below); may be given again.",
)
@click.option("--model", default="", help=f"The model: {', '.join(MODELS)}.")
@click.option("--level", default="", help="The confidence level in percent; by default 95.")
@click.option("--with-retracted", is_flag=True, help="Also figures of retracted reports.")
@click.option("--format", "format_name", type=click.Choice(FORMATS), default=FORMATS[0])
@sheet_options
@settings_options("root")
def pool(
    outcome: str,
    drug: str,
    comparator: str,
    studies: tuple[str, ...],
    statistic: str,
    measure: str,
    at_time: str,
    time_origin: str,
    across: tuple[str, ...],
    model: str,
    level: str,
    with_retracted: bool,
    format_name: str,
    sheet: Path | None,
    profile: str,
    settings: tuple[str, ...],
    continuity: float,
    **options: str | None,
) -> int:
    """Pool the figures of an OUTCOME over studies, or say why they must not be pooled.

    What differs in treatment, population, definition, grade or time is pooled apart, unless it is
    asked for by its name. Nobody is counted twice. The status is 1 if nothing is pooled.

    With --sheet, a reviewer's own sheet is pooled instead, and nothing of it is entered; OUTCOME is
    then one of its outcomes, or left out for all. A wrong cell gives the status 1, too.
    """
    if sheet:
        of_sheet = SheetOptions(sheet, profile, settings, continuity)
        return pool_a_sheet(of_sheet, outcome, measure, model, level, format_name)
    if not outcome:
        raise click.UsageError("Name an OUTCOME, or a --sheet.")
    asked = Asked(outcome, drug, comparator, studies, statistic, measure, at_time, time_origin)
    asked = replace(asked, across=across, model=model, level=level, with_retracted=with_retracted)
    snapshot = snapshot_of(options)
    evidence = Checked(snapshot).evidence
    answer = pool_figures(evidence, wish_of(evidence, asked))
    release = release_id(snapshot)
    if format_name == "json":
        click.echo(json.dumps(as_json(answer, release), ensure_ascii=False, indent=2))
    elif format_name == "csv":
        sys.stdout.buffer.write(write_csv_table(HEADER, as_rows(answer, release)))
    else:
        _say(answer, release)
    return ALL_WELL if answer.pooled else NOT_WELL


def _say(answer: Answer, release: str) -> None:
    """What is pooled, on standard output; what is not, and what is to be known, beside it."""
    for pool in answer.pooled:
        for line in lines_of(pool):
            click.echo(line)
        for remark in (*pool.remarks, *(pool.synthesis.remarks if pool.synthesis else ())):
            click.echo(f"note: {pool.words}: {remark}", err=True)
    for pool in answer.refused:
        for refusal in pool.refusals:
            click.echo(f"not pooled: {pool.words}: {refusal}", err=True)
        if pool.apart_by:
            ask = ",".join(one.name for one in pool.apart_by)
            click.echo(f"not pooled: {apart_in_words(pool)} (--across {ask})", err=True)
        for row in pool.rows:
            click.echo(f"not pooled: {row_in_words(pool, row)}", err=True)
    for one in answer.left_out:
        click.echo(f"left out: {refused_in_words(one)}", err=True)
    if not answer.pools:
        what = key_of(answer.wish.outcome)
        click.echo(f"not pooled: No figure of {what} can be pooled.", err=True)
    click.echo(f"release: {release}", err=not answer.pooled)
