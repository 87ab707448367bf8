"""Commands for curators: ``check``, ``fmt`` and ``new``."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import datetime

import click

from allograph.checks.check import check as check_snapshot
from allograph.checks.formats import FORMATS, Told
from allograph.checks.kept import Kept
from allograph.cli.base import ALL_WELL, NOT_WELL, curated, settings_options, sources_of
from allograph.cli.results import result_format, say_results
from allograph.curated.formatter.fmt import format_file
from allograph.curated.home import folder_of_checks, home_folder
from allograph.curated.new import known_of, write_skeleton
from allograph.curated.results import ValidationResult, summary
from allograph.curated.snapshot import read_snapshot
from allograph.curated.sources import Part, Sources
from allograph.curated.watch import changes_of
from allograph.errors import AllographError, ParameterError
from allograph.namespaces import KINDS
from allograph.settings import settings_from


@click.command()
@click.argument("files", nargs=-1)
@click.option("--watch", "is_watch", is_flag=True, help="Check again after each change, to Ctrl-C.")
@click.option(
    "--no-cache", "is_anew", is_flag=True, help="Check everything anew, and keep nothing."
)
@result_format
@settings_options("root", "home")
def check(
    files: tuple[str, ...],
    is_watch: bool,
    is_anew: bool,
    format_name: str,
    **options: str | None,
) -> int:
    """Check all curated files, or report on FILES only: syntax, shapes, integrity, questions.

    What was checked before is kept in the home (its folder checks/), so that only what changed
    is checked anew; the results are the same.
    """
    sources = sources_of(options)
    chosen = [curated(sources, file) for file in files]
    kept = None if is_anew else _kept_of(options, sources)
    if is_watch:
        if format_name != FORMATS[0].name:
            raise ParameterError("format", f"--watch writes {FORMATS[0].name}, for people")
        return _watch(sources, chosen, kept)
    gc.disable()  # what is read is needed to the end; to look for waste in it costs a seventh
    try:
        return _report(check_snapshot(read_snapshot(sources), chosen, kept), format_name)
    finally:
        gc.enable()


@click.command()
@click.argument("files", nargs=-1)
@click.option("--check", "is_check", is_flag=True, help="Change nothing; name the files to format.")
@settings_options("root")
def fmt(files: tuple[str, ...], is_check: bool, **options: str | None) -> int:
    """Write the curated Turtle, or FILES only, in the project's style; comments are kept."""
    sources = sources_of(options)
    chosen = {curated(sources, file) for file in files}
    found = 0
    for path in sources.files(Part.ONTOLOGY, Part.SHAPES, Part.GRAPH):
        shown_as = sources.relative(path)
        if chosen and shown_as not in chosen:
            continue
        if format_file(path, shown_as, write=not is_check):
            found += 1
            click.echo(f"{shown_as}: {'to format: allograph fmt' if is_check else 'formatted'}")
    return NOT_WELL if found and is_check else ALL_WELL


@click.command()
@click.argument("kind", type=click.Choice(KINDS))
@click.argument("key")
@click.option("--report", metavar="KEY", help="The report that prints what a study found.")
@click.option("--design", metavar="KEY", help="How a study was set up, as in randomised-trial.")
@click.option("--text", metavar="FILE", help="The text that was read for a report.")
@click.option(
    "--seen-at",
    metavar="URL",
    help="Where a report was seen whose text is not held, or a trial that is not yet read.",
)
@click.option(
    "--of",
    multiple=True,
    metavar="WHAT",
    help="What is judged: figures, as study:ino-vate#os-ino; a study; an answer, as /pool/relapse.",
)
@click.option("--tool", default="", metavar="KEY", help="The tool that judges bias, as rob-2.")
@click.option("--pool", "number", default=0, metavar="N", help="Which pool of the answer, from 1.")
@settings_options("root")
def new(
    kind: str,
    key: str,
    report: str | None,
    design: str | None,
    text: str | None,
    seen_at: str | None,
    of: tuple[str, ...],
    tool: str,
    number: int,
    **options: str | None,
) -> int:
    """Write the skeleton of a new record, to be filled in."""
    for value, name, *wanted in (
        (report, "report", "study"),
        (design, "design", "study"),
        (text, "text", "report"),
        (seen_at, "seen-at", "report", "lead"),
        (of, "of", "judgement"),
        (tool, "tool", "judgement"),
        (number, "pool", "judgement"),
    ):
        if value and kind not in wanted:
            raise ParameterError(name, f"--{name} is for a new {' or '.join(map(str, wanted))}")
    if text and seen_at:
        raise ParameterError("seen-at", "a text that is held (--text) needs no --seen-at")
    sources = sources_of(options)
    known = known_of(sources, report=report, text=text, seen_at=seen_at, design=design)
    if kind == "judgement":
        from allograph.cli.judging import known_of_judgement  # pools, which other records need not

        known |= known_of_judgement(sources, of, tool, number)
    shown_as = sources.relative(write_skeleton(kind, key, sources, known))
    click.echo(shown_as)
    click.echo(f"fill it in, then: allograph check {shown_as}", err=True)
    return ALL_WELL


def _kept_of(options: Mapping[str, str | None], sources: Sources) -> Kept:
    """What earlier checks kept in the home that the options and the environment name."""
    home = home_folder(settings_from(os.environ, options), sources)
    return Kept(folder_of_checks(home), lambda remark: click.echo(f"allograph: {remark}", err=True))


def _watch(sources: Sources, chosen: Sequence[str], kept: Kept | None) -> int:
    """Check now and after each change; on a terminal, only the last results are shown."""
    with suppress(KeyboardInterrupt):
        for changed in changes_of(sources):
            if sys.stdout.isatty():
                click.clear()
            click.echo(" ".join([f"{datetime.now():%H:%M:%S}", *changed]))
            try:
                _report(check_snapshot(read_snapshot(sources), chosen, kept))
            except AllographError as error:
                click.echo(f"allograph: {error}", err=True)
            sys.stdout.flush()
    return ALL_WELL


def _report(results: Sequence[ValidationResult], format_name: str = FORMATS[0].name) -> int:
    return say_results(Told(results, [summary(results)]), format_name)
