"""``allograph export inspect``: the INSPECT-SR worksheet of a study, for two reviewers."""

from __future__ import annotations

import os
from pathlib import Path

import click

from allograph import __version__
from allograph.cli.asking import reader_of
from allograph.cli.base import ALL_WELL, settings_options
from allograph.cli.taking import output_to
from allograph.errors import ParameterError, nearest
from allograph.namespaces import BASE
from allograph.reading.inspect import inspect
from allograph.reading.inspect_written import FORMATS, MARKDOWN, WRITERS
from allograph.reading.listing import entries_of
from allograph.settings import settings_from

_BY_NAME = {format.name: format for format in FORMATS}


@click.command("inspect")
@click.argument("study")
@click.option(
    "--format",
    "format_name",
    type=click.Choice(list(_BY_NAME)),
    help="Format of the worksheet; by default that of the name of --output, else md.",
)
@click.option("--output", metavar="FILE", help="File to write; by default standard output.")
@settings_options("root", "home", "store", "timeout")
def export_inspect(
    study: str, format_name: str | None, output: str | None, **options: str | None
) -> int:
    """Write the INSPECT-SR worksheet of a STUDY, with what the rules found for its checks.

    Answers and judgements are empty: they are those of two reviewers.
    """
    reader = reader_of(settings_from(os.environ, options))
    known = {entry.key: entry.iri for entry in entries_of(reader, "study")}
    key = study.removeprefix(f"{BASE}study/").removeprefix("study:")
    if key not in known:
        raise ParameterError("study", f"no study is called '{study}'{nearest(key, known)}")
    suffix = Path(output).suffix.removeprefix(".") if output else ""
    name = format_name or suffix or MARKDOWN.name
    if name not in _BY_NAME:
        listed = ", ".join(_BY_NAME)
        raise ParameterError("format", f"a worksheet is written as {listed}, not {name}")
    with output_to(output, _BY_NAME[name]) as file:
        file.write(WRITERS[name](inspect(reader, known[key], __version__)))
    return ALL_WELL
