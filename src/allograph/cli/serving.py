"""Commands that build the release and serve it: ``build`` and ``serve``."""

from __future__ import annotations

import os

import click

from allograph.cli.base import ALL_WELL, settings_options
from allograph.curated.sources import find_sources
from allograph.release import ensure_release
from allograph.settings import SETTINGS, settings_from


@click.command()
@settings_options("root", "home", "keep")
def build(**options: str | None) -> int:
    """Build the release of the curated files, and make it the current one."""
    settings = settings_from(os.environ, options)
    release = ensure_release(find_sources(settings.root), settings, say_step)
    click.echo(release.id)
    click.echo(f"{release.directory}", err=True)
    return ALL_WELL


def say_step(step: str) -> None:
    """Say on standard error what a build is doing, which takes a while."""
    click.echo(f"allograph: {step}", err=True)


@click.command()
@settings_options(*(setting.name for setting in SETTINGS))
def serve(**options: str | None) -> int:
    """Serve the graph on http://127.0.0.1:8650 until Ctrl-C; build first what has changed."""
    from allograph.service.serve import (
        serve as serve_release,  # Flask, which no other command needs
    )

    serve_release(settings_from(os.environ, options), say_step)
    return ALL_WELL
