"""Commands that ask: ``questions``, ``ask`` and ``query``."""

from __future__ import annotations

import io
import os
import shlex
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import click

from allograph.cli.base import ALL_WELL, settings_options, snapshot_of
from allograph.cli.taking import Taking, format_of, output_to
from allograph.curated.snapshot import read_snapshot, readable
from allograph.curated.sources import PREFIXES, find_sources
from allograph.errors import ParameterError
from allograph.namespaces import Namespaces
from allograph.questions.question import (
    Moved,
    Question,
    question_named,
    read_questions,
)
from allograph.rdf.answers import Answer
from allograph.rdf.formats import (
    formats_for,
    formats_of,
    write_answer,
)
from allograph.rdf.sparql import check_query
from allograph.rdf.store import Store, open_store
from allograph.rdf.turtle import namespaces_in, read_turtle
from allograph.reading.reader import Reader
from allograph.reading.taking.extent import LIMIT, OFFSET
from allograph.reading.taking.formats import ANSWER_FORMATS
from allograph.reading.taking.selection import WHOLE
from allograph.reading.unknown_terms import standing_in, unknown_terms
from allograph.reading.unread import is_about_studies, known_trials, unanswered
from allograph.release import Release, ensure_release
from allograph.settings import Settings, settings_from
from allograph.text.files import read_text
from allograph.text.lines import text_of

answer_format = click.option(
    "--format",
    "format_name",
    type=click.Choice([format.name for format in formats_for("solutions", "graph")]),
    help="Format of the answer; by default a table on a terminal, csv elsewhere, ttl for triples.",
)


@click.command()
@settings_options("root")
def questions(**options: str | None) -> int:
    """List the questions, with what they can be asked with."""
    known = read_questions(snapshot_of(options))
    width = max((len(name) for name in known), default=0)
    for name, question in known.items():
        takes = ", ".join(parameter.name for parameter in question.parameters)
        click.echo(f"{name.ljust(width)}  {question.title}{f' ({takes})' if takes else ''}")
    return ALL_WELL


@click.command()
@click.argument("question")
@click.argument("values", nargs=-1, metavar="[NAME=VALUE]...")
@click.option(
    "--format",
    "format_name",
    type=click.Choice([format.name for format in (*ANSWER_FORMATS, *formats_for("graph"))]),
    help="Format of the answer; by default that of the name of --output, else a table on a"
    " terminal, and csv elsewhere.",
)
@click.option("--output", help="File to write the answer to, instead of standard output.")
@click.option("--limit", help="How many rows are wanted.")
@click.option("--offset", help="How many rows are passed over first.")
@settings_options("root", "home", "store", "timeout")
def ask(
    question: str,
    values: tuple[str, ...],
    format_name: str | None,
    output: str | None,
    limit: str | None,
    offset: str | None,
    **options: str | None,
) -> int:
    """Ask a QUESTION; a name may be given several times, and left open with NAME=.

    As on its page, f.COLUMN=VALUE, sort=COLUMN (-COLUMN turns it round) and retellings=no say
    which rows are wanted, and in which order.
    """
    settings = settings_from(os.environ, options)
    asking = _asking(settings)
    pairs = [_argument(value) for value in values]
    asked = question_named(asking.questions, question)
    if isinstance(asked, Moved):
        pairs = asked.asked_with(pairs)
        now = shlex.join(["allograph", "ask", asked.name, *map("=".join, pairs)])
        click.echo(f"note: '{question}' is now asked as: {now}", err=True)
        asked = asking.questions[asked.name]
    parts = [(name, text) for name, text in ((LIMIT, limit), (OFFSET, offset)) if text is not None]
    given: dict[str, list[str]] = {}
    for name, text in (*pairs, *parts):
        given.setdefault(name, []).append(text)
    taking = Taking(asked, given, asking.reader)
    format = format_of(asked, format_name, output)
    with output_to(output, format) as file:
        rows = taking.write(format, file)
    if rows.has_more:
        following = (taking.selection.extent.next or WHOLE).offset
        click.echo(f"note: there are more rows; --offset {following} goes on", err=True)
    if not rows.number and taking.selection.is_all and is_about_studies(asked):
        click.echo(f"note: {unanswered(taking.bound, known_trials(asking.store))}", err=True)
    return ALL_WELL


@click.command()
@click.argument("file", default="-")
@click.option("--endpoint", help="URL of a SPARQL endpoint to ask, instead of the built release.")
@answer_format
@settings_options("root", "home", "store", "timeout")
def query(file: str, endpoint: str | None, format_name: str | None, **options: str | None) -> int:
    """Run the SPARQL query in FILE, or on standard input."""
    settings = settings_from(os.environ, options | ({"store": endpoint} if endpoint else {}))
    if file == "-":
        text = text_of(sys.stdin.buffer.read(), "standard input")
    else:
        text = read_text(Path(file), file)
    check_query(text, namespaces=_declared(settings))
    asking = _asking(settings)
    _write(asking.store.query(text), format_name, asking.namespaces)
    for unknown in unknown_terms(asking.reader, text, partial(standing_in, asking.store)):
        click.echo(f"note: {unknown}", err=True)
    return ALL_WELL


def _argument(value: str) -> tuple[str, str]:
    """The name and the text of a value as it is given on the command line."""
    name, equals, text = value.partition("=")
    if not equals:
        raise ParameterError(value, f"a value is given as name=value, not '{value}'")
    return name, text


def _declared(settings: Settings) -> Namespaces:
    """The prefixes that are declared for queries, read without all the rest."""
    path = find_sources(settings.root).root / PREFIXES
    return namespaces_in(read_turtle(path, PREFIXES).triples)


@dataclass(frozen=True)
class _Asking:
    """A store, and the questions and prefixes that it is asked with; the release, if it is one."""

    store: Store
    questions: Mapping[str, Question]
    namespaces: Namespaces
    release: Release | None = None

    @property
    def reader(self) -> Reader:
        """What answers are taken along from; another store stands for no release."""
        release = self.release or Release(Path())
        is_release = self.release is not None
        return Reader(release, self.store, self.questions, self.namespaces, is_release)


def reader_of(settings: Settings) -> Reader:
    """The release of the curated files, or the store that is set, to be read."""
    return _asking(settings).reader


def _asking(settings: Settings) -> _Asking:
    """The release of the curated files, or the store that is set and the files as they are."""
    sources = find_sources(settings.root)
    if settings.store:
        snapshot = readable(read_snapshot(sources))
        store = open_store(settings.store, settings.timeout)
        return _Asking(store, read_questions(snapshot), snapshot.namespaces)
    release = ensure_release(sources, settings)
    store = open_store(release.store, settings.timeout)
    return _Asking(store, release.questions, release.namespaces, release)


def _write(answer: Answer, format_name: str | None, namespaces: Namespaces) -> None:
    offered = {format.name: format for format in formats_of(answer)}
    readable = "md" if "md" in offered and sys.stdout.isatty() else next(iter(offered))
    name = format_name or readable
    if name not in offered:
        raise ParameterError(
            "format", f"this answer is written as {', '.join(offered)}, not {name}"
        )
    output = io.BytesIO()
    write_answer(answer, offered[name], output, namespaces)
    sys.stdout.buffer.write(output.getvalue())
