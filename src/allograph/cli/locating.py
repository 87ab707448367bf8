"""Commands about the texts that were read: ``locate`` and ``verify``."""

from __future__ import annotations

from pathlib import Path

import click

from allograph.checks.counted import count_numbers
from allograph.checks.formats import Told
from allograph.checks.verify import Verification
from allograph.checks.verify import verify as verify_locators
from allograph.cli.base import (
    ALL_WELL,
    curated,
    settings_options,
    sources_of,
)
from allograph.cli.results import result_format, say_results
from allograph.curated.held.locate import (
    MOST_PRINTED,
    as_passage,
    as_turtle,
    find,
    find_near,
    located,
    told,
)
from allograph.curated.held.locators import Held, Locator, ReadText, read_held_text
from allograph.curated.held.moved import changes_for, update
from allograph.curated.held.proved import write_proved
from allograph.curated.loaded import Loaded
from allograph.curated.snapshot import Snapshot, load, read_snapshot
from allograph.curated.sources import Sources
from allograph.errors import FileError, Location, ParameterError, nearest
from allograph.namespaces import BASE, KEY, key_of

held_texts = click.option(
    "--sources", "folder", required=True, metavar="DIR", help="Folder of the texts that were read."
)


@click.command()
@click.argument("report")
@click.argument("words")
@held_texts
@click.option("--name", default="x", show_default=True, help="Name of the figure: orr for :orr-at.")
@click.option("--section", default="", help="Name for a part of the text that has no heading.")
@click.option(
    "--pass-over", "reason", metavar="REASON", help="Pass the numbers there over, and why."
)
@settings_options("root")
def locate(
    report: str,
    words: str,
    folder: str,
    name: str,
    section: str,
    reason: str | None,
    **options: str | None,
) -> int:
    """Find WORDS in the text held for a REPORT, and write the locator of their place."""
    if not KEY.fullmatch(name):
        raise ParameterError(
            "name", f"a name is written in lower case with hyphens, as in orr, not '{name}'"
        )
    read, known = text_of(report, folder_of(folder), read_snapshot(sources_of(options)))
    spans = find(words, read)
    if len(spans) != 1:
        near = spans or find_near(words, read)
        click.echo("\n".join(told(near, read, known)), err=True, nl=bool(near))
        raise ParameterError("words", _ask_again(words, len(spans), bool(near), read))
    found = located(spans[0], read, known, section)
    if reason is not None:
        click.echo(as_passage(found, name, _reason(reason, sources_of(options))))
        return ALL_WELL
    click.echo(as_turtle(found, name))
    for line in told(spans, read, known):
        click.echo(line, err=True)
    if found.guess:
        guessed = f'is a guess, "{found.section}"' if found.section else "is not known"
        click.echo(f"the section {guessed}: {found.guess}; state it: --section NAME", err=True)
    if len(found.text) <= MOST_PRINTED:
        printed = " ".join(found.text.split()).replace('"', '\\"')
        click.echo(f'the figure: ag:reportedAs "{printed}" ; ag:locator :{name}-at', err=True)
    return ALL_WELL


@click.command()
@click.argument("files", nargs=-1)
@held_texts
@click.option("--update", "is_update", is_flag=True, help="Write the new places into the files.")
@click.option("--numbers", "is_counted", is_flag=True, help="Account for each number of the texts.")
@result_format
@settings_options("root")
def verify(
    files: tuple[str, ...],
    folder: str,
    is_update: bool,
    is_counted: bool,
    format_name: str,
    **options: str | None,
) -> int:
    """Prove the locators of all files, or of FILES, against the texts that were read.

    A place that is cited is proved once its text lies in the folder as <key of the report>.txt.

    What a node says is held against the words of its span and of the sentence around it, too:
    significance, statistic, outcome, times, units, drugs, companies, directions, identifiers.
    """
    sources = sources_of(options)
    chosen = [curated(sources, file) for file in files]
    loaded = load(sources)
    verification = verify_locators(loaded, folder_of(folder), chosen)
    if is_update and (names := _written(verification, loaded, sources)):
        for name in names:
            click.echo(f"{name}: updated", err=True)
        loaded = load(sources)
        verification = verify_locators(loaded, folder_of(folder), chosen)
    counted = count_numbers(loaded, verification.reads.values()) if is_counted else None
    results = sorted([*verification.results, *(counted.results if counted else ())])
    summary = ", ".join(f"{name}: {count}" for name, count in verification.counts.items())
    return say_results(
        Told(
            results,
            [*([counted.summary] if counted else ()), summary],
            {**verification.counts, **({"numbers": counted.by_name} if counted else {})},
        ),
        format_name,
    )


def _written(verification: Verification, loaded: Loaded, sources: Sources) -> list[str]:
    """Write what has moved, and what was cited and is proved now; name the files."""
    names = []
    if verification.moved:
        names += update(changes_for(verification.moved, verification.reads), loaded, sources)
    proved = [
        (one.locator, one.spans[0], one.read)
        for one in verification.supplied
        if len(one.spans) == 1
    ]
    return list(dict.fromkeys([*names, *write_proved(proved, loaded, sources)]))


def folder_of(folder: str) -> Path:
    """The folder of the held texts."""
    if not Path(folder).is_dir():
        raise FileError(Location(folder), "no such folder")
    return Path(folder)


def text_of(report: str, folder: Path, snapshot: Snapshot) -> tuple[ReadText, list[Locator]]:
    """The text that was read for a report, and the locators that point into it."""
    held = Held(snapshot.loaded)
    key = key_of(snapshot.namespaces.expand(report) or report)
    text = held.text_of(f"{BASE}report/{key}")
    if text is None:
        known = [key_of(one) for one in held.reports()]
        raise ParameterError("report", f"no text is held for report:{key}{nearest(key, known)}")
    if text.format:
        raise ParameterError("report", f"{text.file_name} is a sheet: its places are cells")
    read = read_held_text(text, folder)
    if not read.is_same:
        at = snapshot.loaded.location(text.iri)
        cure = f'if it is the text that was read: ag:sha256 "{read.sha256}"'
        raise FileError(at, f"{text.file_name} has another SHA-256; {cure}")
    return read, [one for one in held.locators if one.held_text == text.iri]


def _reason(key: str, sources: Sources) -> str:
    """A reason of the scheme, by its key."""
    nodes = read_snapshot(sources).loaded.nodes
    known = sorted(key_of(iri) for iri in nodes if iri.startswith(f"{BASE}reason/"))
    if key not in known:
        raise ParameterError("pass-over", f"a reason is one of {', '.join(known)}, not '{key}'")
    return key


def _ask_again(words: str, count: int, is_near: bool, read: ReadText) -> str:
    if count:
        return f"'{words}' stands at {count} places; give more of the words around it"
    hint = "above is what is near" if is_near else "copy the words from the text"
    return f"'{words}' does not stand in {read.held.file_name}; {hint}"
