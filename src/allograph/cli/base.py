"""What all commands share: the group, its statuses, the settings as options, small helpers.

Answers go to standard output, remarks to standard error. The status is 0 when all is well, 1 for
what is wrong in the data, 2 for a wrong command or file.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable, Mapping
from importlib import import_module
from pathlib import Path
from typing import Any, TypeVar

import click

from allograph.curated.snapshot import Snapshot, read_snapshot, readable
from allograph.curated.sources import Sources, find_sources
from allograph.errors import AllographError, FileError, InvalidGraph, Location
from allograph.settings import SETTINGS, settings_from

Command = TypeVar("Command", bound=Callable[..., Any])

ALL_WELL, NOT_WELL, WRONG_USE, BROKEN_PIPE = 0, 1, 2, 141


def settings_options(*names: str) -> Callable[[Command], Command]:
    """Give a command some of the settings as options, and all of them as ``settings``."""

    def decorate(command: Command) -> Command:
        for setting in reversed(SETTINGS):
            if setting.name in names:
                help_text = f"{setting.help} [{setting.variable}]"
                command = click.option(f"--{setting.name}", help=help_text)(command)
        return command

    return decorate


class Group(click.Group):
    """Commands by name, each in the module that ``places`` tells: ``asking:ask``."""

    def __init__(self, *args: Any, places: Mapping[str, str], **attributes: Any) -> None:
        super().__init__(*args, **attributes)
        self._places = places

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All names, sorted."""
        return sorted([*super().list_commands(ctx), *self._places])

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import a command, when it is asked for."""
        if cmd_name not in self._places:
            return super().get_command(ctx, cmd_name)
        module, _colon, name = self._places[cmd_name].partition(":")
        gc.disable()  # nothing that is imported is waste
        try:
            command: click.Command = getattr(import_module(f"allograph.cli.{module}"), name)
        finally:
            gc.enable()
        return command


class Verbs(Group):
    """Commands whose errors are one message and a status, never a traceback."""

    def invoke(self, ctx: click.Context) -> None:
        """Run the command and leave with its status."""
        try:
            status = super().invoke(ctx)
            sys.stdout.flush()
        except InvalidGraph as error:
            click.echo("\n".join((*error.results, f"allograph: {error}")), err=True)
            status = NOT_WELL
        except AllographError as error:
            click.echo(f"allograph: {error}", err=True)
            status = WRONG_USE
        except BrokenPipeError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            status = BROKEN_PIPE
        ctx.exit(status)


def sources_of(options: Mapping[str, str | None]) -> Sources:
    """The curated files that the options and the environment name."""
    return find_sources(settings_from(os.environ, options).root)


def snapshot_of(options: Mapping[str, str | None]) -> Snapshot:
    """Those files, read once; a mistake in one of them is raised."""
    return readable(read_snapshot(sources_of(options)))


def curated(sources: Sources, file: str) -> str:
    """A file that was named on the command line, as results name it.

    A file that lies in the folders of the curated files and is none gives a result, too.
    """
    if not Path(file).is_file():
        raise FileError(Location(file), "no such file")
    shown_as = sources.relative(Path(file))
    if shown_as.partition("/")[0] not in {folder.name for folder in sources.folders}:
        raise FileError(Location(file), f"this is no curated file of {sources.root}")
    return shown_as
