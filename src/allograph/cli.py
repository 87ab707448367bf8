"""The command line: ``allograph <verb> …``.

Answers go to standard output, remarks to standard error. The status is 0 when all is well, 1 for
findings in the data, 2 for a wrong command or file.
"""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

import click

from allograph import __version__
from allograph.answers import Answer
from allograph.check import check as check_sources
from allograph.errors import (
    AllographError,
    FileError,
    InvalidGraph,
    Location,
    ParameterError,
)
from allograph.exports import export as export_quads
from allograph.findings import ValidationResult, summary, violations
from allograph.formats import FORMAT_BY_NAME, formats_for, formats_of, write_answer
from allograph.ledger import whole_graph
from allograph.load import load
from allograph.namespaces import KINDS, Namespaces
from allograph.new import write_skeleton
from allograph.questions import bind, question_named, read_questions
from allograph.release import ensure_release
from allograph.serve import serve as serve_release
from allograph.settings import SETTINGS, Settings, settings_from
from allograph.sources import Sources, decode, find_sources, read_text, reason
from allograph.sparql import check_query
from allograph.store import Store, open_store
from allograph.turtle import read_namespaces
from allograph.verify import verify as verify_locators

Command = TypeVar("Command", bound=Callable[..., Any])

ALL_WELL, FINDINGS, WRONG_USE, BROKEN_PIPE = 0, 1, 2, 141
ANSWER_FORMATS = [format.name for format in formats_for("solutions", "graph")]
EXPORT_FORMATS = [format.name for format in formats_for("graph", "dataset")]


def settings_options(*names: str) -> Callable[[Command], Command]:
    """Give a command some of the settings as options, and all of them as ``settings``."""

    def decorate(command: Command) -> Command:
        for setting in reversed(SETTINGS):
            if setting.name in names:
                help_text = f"{setting.help} [{setting.variable}]"
                command = click.option(f"--{setting.name}", help=help_text)(command)
        return command

    return decorate


answer_format = click.option(
    "--format",
    "format_name",
    type=click.Choice(ANSWER_FORMATS),
    help="Format of the answer; by default a table on a terminal, csv elsewhere, ttl for triples.",
)


class Verbs(click.Group):
    """Commands whose errors are one message and a status, never a traceback."""

    def invoke(self, ctx: click.Context) -> None:
        """Run the command and leave with its status."""
        try:
            status = super().invoke(ctx)
            sys.stdout.flush()
        except InvalidGraph as error:
            click.echo("\n".join((*error.findings, f"allograph: {error}")), err=True)
            status = FINDINGS
        except AllographError as error:
            click.echo(f"allograph: {error}", err=True)
            status = WRONG_USE
        except BrokenPipeError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            status = BROKEN_PIPE
        ctx.exit(status)


@click.group(
    cls=Verbs,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, prog_name="allograph", message="%(prog)s %(version)s")
def commands() -> None:
    """What clinical studies of acute lymphoblastic leukaemia found, as a graph to ask."""


@commands.command()
@click.argument("files", nargs=-1)
@settings_options("root")
def check(files: tuple[str, ...], **options: str | None) -> int:
    """Check all curated files, or report on FILES only: syntax, shapes, integrity, questions."""
    sources = _sources(options)
    return _report(check_sources(sources, [_curated(sources, file) for file in files]))


@commands.command()
@settings_options("root", "home")
def build(**options: str | None) -> int:
    """Build the release of the curated files, and make it the current one."""
    settings = settings_from(os.environ, options)
    release = ensure_release(find_sources(settings.root), settings)
    click.echo(release.id)
    click.echo(f"{release.directory}", err=True)
    return ALL_WELL


@commands.command()
@settings_options(*(setting.name for setting in SETTINGS))
def serve(**options: str | None) -> int:
    """Serve the graph on http://127.0.0.1:8650 until Ctrl-C; build first what has changed."""
    serve_release(settings_from(os.environ, options))
    return ALL_WELL


@commands.command()
@settings_options("root")
def questions(**options: str | None) -> int:
    """List the questions, with what they can be asked with."""
    known = read_questions(_sources(options))
    width = max((len(name) for name in known), default=0)
    for name, question in known.items():
        takes = ", ".join(parameter.name for parameter in question.parameters)
        click.echo(f"{name.ljust(width)}  {question.title}{f' ({takes})' if takes else ''}")
    return ALL_WELL


@commands.command()
@click.argument("question")
@click.argument("values", nargs=-1, metavar="[NAME=VALUE]...")
@answer_format
@settings_options("root", "home", "store", "timeout")
def ask(
    question: str, values: tuple[str, ...], format_name: str | None, **options: str | None
) -> int:
    """Ask a QUESTION; a name may be given several times, and left open with NAME=."""
    settings = settings_from(os.environ, options)
    sources = find_sources(settings.root)
    asked = question_named(read_questions(sources), question)
    given: dict[str, list[str]] = {}
    for value in values:
        name, equals, text = value.partition("=")
        if not equals:
            raise ParameterError(value, f"a value is given as name=value, not '{value}'")
        given.setdefault(name, []).append(text)
    store = _store(settings, sources)
    _write(store.query(bind(asked, given, store)), format_name, sources)
    return ALL_WELL


@commands.command()
@click.argument("file", default="-")
@click.option("--endpoint", help="URL of a SPARQL endpoint to ask, instead of the built release.")
@answer_format
@settings_options("root", "home", "store", "timeout")
def query(file: str, endpoint: str | None, format_name: str | None, **options: str | None) -> int:
    """Run the SPARQL query in FILE, or on standard input."""
    settings = settings_from(os.environ, options | ({"store": endpoint} if endpoint else {}))
    sources = find_sources(settings.root)
    if file == "-":
        text = decode(sys.stdin.buffer.read(), "standard input")
    else:
        text = read_text(Path(file), file)
    check_query(text)
    _write(_store(settings, sources).query(text), format_name, sources)
    return ALL_WELL


@commands.command()
@click.option(
    "--format",
    "format_name",
    type=click.Choice(EXPORT_FORMATS),
    default="ttl",
    show_default=True,
    help="All triples once; trig and nq hold one named graph for each file.",
)
@click.option("--output", metavar="FILE", help="File to write; by default standard output.")
@settings_options("root")
def export(format_name: str, output: str | None, **options: str | None) -> int:
    """Write the whole graph."""
    sources = _sources(options)
    format = FORMAT_BY_NAME[format_name]
    content = export_quads(whole_graph(load(sources)), format, _namespaces(sources))
    if output is None:
        sys.stdout.buffer.write(content)
        return ALL_WELL
    try:
        Path(output).write_bytes(content)
    except OSError as error:
        raise FileError(Location(output), f"cannot be written: {reason(error)}") from None
    return ALL_WELL


@commands.command()
@click.argument("kind", type=click.Choice(KINDS))
@click.argument("key")
@settings_options("root")
def new(kind: str, key: str, **options: str | None) -> int:
    """Write the skeleton of a new record, to be filled in."""
    sources = _sources(options)
    path = write_skeleton(kind, key, sources)
    click.echo(sources.relative(path))
    click.echo("fill it in, then: allograph check", err=True)
    return ALL_WELL


@commands.command()
@click.option(
    "--sources", "folder", required=True, metavar="DIR", help="Folder of the texts that were read."
)
@settings_options("root")
def verify(folder: str, **options: str | None) -> int:
    """Prove every locator against the texts that were read."""
    if not Path(folder).is_dir():
        raise FileError(Location(folder), "no such folder")
    verification = verify_locators(load(_sources(options)), Path(folder))
    for result in verification.results:
        click.echo(result)
    click.echo(f"locators: {verification.locators}, proved: {verification.proved}")
    return FINDINGS if verification.results else ALL_WELL


@commands.command()
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


def _sources(options: Mapping[str, str | None]) -> Sources:
    return find_sources(settings_from(os.environ, options).root)


def _namespaces(sources: Sources) -> Namespaces:
    return read_namespaces(sources.prefixes, sources.relative(sources.prefixes))


def _curated(sources: Sources, file: str) -> str:
    """A file that was named on the command line, as findings name it."""
    if not Path(file).is_file():
        raise FileError(Location(file), "no such file")
    shown_as = sources.relative(Path(file))
    if shown_as not in map(sources.relative, sources.files()):
        raise FileError(Location(file), f"this is no curated file of {sources.root}")
    return shown_as


def _store(settings: Settings, sources: Sources) -> Store:
    place = settings.store or ensure_release(sources, settings).store
    return open_store(place, settings.timeout)


def _write(answer: Answer, format_name: str | None, sources: Sources) -> None:
    offered = {format.name: format for format in formats_of(answer)}
    readable = "md" if "md" in offered and sys.stdout.isatty() else next(iter(offered))
    name = format_name or readable
    if name not in offered:
        raise ParameterError(
            "format", f"this answer is written as {', '.join(offered)}, not {name}"
        )
    output = io.BytesIO()
    write_answer(answer, offered[name], output, _namespaces(sources))
    sys.stdout.buffer.write(output.getvalue())


def _report(results: Sequence[ValidationResult]) -> int:
    for result in results:
        click.echo(result)
    click.echo(summary(results))
    return FINDINGS if violations(results) else ALL_WELL


main = commands
