"""What ``check`` and ``verify`` share: how results are written, and what is kept of them."""

from __future__ import annotations

import os
from collections.abc import Mapping

import click

from allograph.checks.formats import FORMATS, Told
from allograph.checks.kept import Kept
from allograph.cli.base import ALL_WELL, NOT_WELL
from allograph.curated.home import folder_of_checks, home_folder
from allograph.curated.results import violations
from allograph.curated.sources import Sources
from allograph.settings import settings_from

result_format = click.option(
    "--format",
    "format_name",
    type=click.Choice([format.name for format in FORMATS]),
    default=FORMATS[0].name,
    show_default=True,
    help="How the results are written.",
)


def say_results(told: Told, format_name: str) -> int:
    """Write results in a format; the status says whether one is a violation."""
    (format,) = (format for format in FORMATS if format.name == format_name)
    for line in format.answer(told):
        click.echo(line)
    for line in format.remark(told):
        click.echo(line, err=True)
    return NOT_WELL if violations(told.results) else ALL_WELL


def kept_of(options: Mapping[str, str | None], sources: Sources) -> Kept:
    """What earlier checks kept in the home that the options and the environment name."""
    home = home_folder(settings_from(os.environ, options), sources)
    return Kept(folder_of_checks(home), lambda remark: click.echo(f"allograph: {remark}", err=True))
