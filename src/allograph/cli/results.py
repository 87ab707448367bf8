"""How ``check`` and ``verify`` say what they found."""

from __future__ import annotations

import click

from allograph.checks.formats import FORMATS, Told
from allograph.cli.base import ALL_WELL, NOT_WELL
from allograph.curated.results import violations

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
