"""The command that shows the settings: ``settings``."""

from __future__ import annotations

import os

import click

from allograph.cli.base import ALL_WELL, settings_options
from allograph.settings import SETTINGS, settings_from


@click.command()
@settings_options(*(setting.name for setting in SETTINGS))
def settings(**options: str | None) -> int:
    """List the settings, with their values here."""
    values = settings_from(os.environ, options)
    rows = [
        (setting.variable, str(getattr(values, setting.name)) or '""', setting.help)
        for setting in SETTINGS
    ]
    widths = [max(len(row[column]) for row in rows) for column in (0, 1)]
    for variable, value, help_text in rows:
        click.echo(f"{variable.ljust(widths[0])}  {value.ljust(widths[1])}  {help_text}")
    return ALL_WELL
