"""The command ``numbers``: each number of a held text, and who enters it or why nobody does."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import click

from allograph.checks.numbers import OPEN, Account, Accountant, Accounts
from allograph.cli.base import ALL_WELL, NOT_WELL, settings_options, snapshot_of
from allograph.cli.locating import folder_of, text_of
from allograph.curated.held.locate import as_passage, located
from allograph.curated.held.locators import Held, Locator
from allograph.curated.snapshot import Snapshot
from allograph.errors import ParameterError
from allograph.namespaces import BASE, Namespaces, key_of

COLUMNS = (
    "start", "end", "line", "section", "sentence", "number", "kind", "context", "status",
    "entered_by", "reason",
)  # fmt: skip


@click.command()
@click.argument("report")
@click.option("--sources", "folder", metavar="DIR", help="Folder of the texts that were read.")
@click.option("--format", "format", type=click.Choice(("table", "csv", "json")), default="table")
@click.option("--draft", "is_draft", is_flag=True, help="Write passages for the open numbers.")
@settings_options("root")
def numbers(
    report: str, folder: str | None, format: str, is_draft: bool, **options: str | None
) -> int:
    """List each number of the text held for a REPORT (its key, its record or the text itself).

    The status is 1 while a number is neither entered nor passed over.
    """
    snapshot = snapshot_of(options)
    key, folder = _asked_for(report, folder, snapshot)
    read, known = text_of(key, folder_of(folder), snapshot)
    loaded = snapshot.loaded
    accounts = Accountant(loaded.nodes, Held(loaded)).account(f"{BASE}report/{key}", read)
    if is_draft:
        for text in _drafts(accounts, known):
            click.echo(text)
    else:
        click.echo(FORMATS[format](accounts, snapshot.namespaces), nl=False)
    click.echo(accounts.summary, err=True)
    return NOT_WELL if accounts.with_status(OPEN) else ALL_WELL


def _asked_for(report: str, folder: str | None, snapshot: Snapshot) -> tuple[str, str]:
    """The key of the report, and the folder of its text, which a file that is named tells, too."""
    path = Path(report)
    if path.suffix == ".ttl":
        report = path.stem
    elif path.is_file():
        held = Held(snapshot.loaded)
        names = {
            text.file_name: key_of(one) for one in held.reports() if (text := held.text_of(one))
        }
        if path.name not in names:
            raise ParameterError("report", f"no report is held as {path.name}")
        report, folder = names[path.name], folder or str(path.parent)
    if folder is None:
        message = "--sources names the folder of the texts that were read"
        raise ParameterError("sources", message)
    return key_of(snapshot.namespaces.expand(report) or report), folder


def _row(one: Account, namespaces: Namespaces) -> dict[str, object]:
    place = one.place
    return {
        "start": place.number.start,
        "end": place.number.end,
        "line": place.line,
        "section": place.section,
        "sentence": place.sentence if place.section else None,
        "number": " ".join(place.number.text.split()),
        "kind": place.number.kind.value,
        "context": place.context,
        "status": one.status,
        "entered_by": [
            f"{namespaces.compact(entry.node)} {namespaces.compact(entry.property)}"
            for entry in one.entries
        ],
        "reason": [*_reasons(one, namespaces)],
    }


def _reasons(one: Account, namespaces: Namespaces) -> Iterator[str]:
    """The curated reasons; the one that the program sees only where nothing else is said."""
    for passage in one.passages:
        yield namespaces.compact(passage.reason)
    if one.rule and not one.passages and not one.entries:
        named = f" {namespaces.compact(one.named)}" if one.named else ""
        yield f"reason:{one.rule}{named}"


def _as_table(accounts: Accounts, namespaces: Namespaces) -> str:
    """A line for each number: its line in the text, the status, the place, who or why, context."""
    lines = []
    for one in accounts.numbers:
        row = _row(one, namespaces)
        said = ", ".join([*_texts(row["entered_by"]), *_texts(row["reason"])]) or "-"
        where = f"{one.place.number.start}-{one.place.number.end}"
        lines.append(
            f"{where:<11} {one.status:<11} {row['number']:<12} {one.place.where}: "
            f"{one.place.context} {said}\n"
        )
    return "".join(lines)


def _as_csv(accounts: Accounts, namespaces: Namespaces) -> str:
    output = io.StringIO(newline="")
    writer = csv.DictWriter(output, COLUMNS, lineterminator="\n")
    writer.writeheader()
    for one in accounts.numbers:
        row = _row(one, namespaces)
        writer.writerow(
            {
                name: "|".join(value) if isinstance(value, list) else value
                for name, value in row.items()
            }
        )
    return output.getvalue()


def _as_json(accounts: Accounts, namespaces: Namespaces) -> str:
    text = accounts.read.held
    tree = {
        "text": text.file_name,
        "sha256": text.sha256,
        "summary": accounts.summary,
        "numbers": [_row(one, namespaces) for one in accounts.numbers],
    }
    return json.dumps(tree, ensure_ascii=False, indent=2) + "\n"


FORMATS: Mapping[str, Callable[[Accounts, Namespaces], str]] = {
    "table": _as_table,
    "csv": _as_csv,
    "json": _as_json,
}


def _texts(value: object) -> list[str]:
    return [str(one) for one in value] if isinstance(value, list) else []


def _drafts(accounts: Accounts, known: list[Locator]) -> Iterator[str]:
    """A passage for each run of open numbers in a line, as comments: enter the figure, or keep it.

    Between the numbers of a run stands no number that is entered.
    """
    runs: list[list[Account]] = []
    before: Account | None = None
    for one in accounts.numbers:
        if one.status == OPEN:
            is_same_run = before and before.status == OPEN and before.place.line == one.place.line
            runs[-1].append(one) if is_same_run else runs.append([one])
        before = one
    placed = [one for one in known if not one.reason]
    for count, run in enumerate(runs, start=1):
        span = (run[0].place.number.start, run[-1].place.number.end)
        found = located(span, accounts.read, placed)
        contexts = "\n".join(f"# {one.place.context}" for one in run)
        turtle = as_passage(found, f"passed-over-{count}", "TODO")
        yield f"{contexts}\n" + "\n".join(f"# {line}" for line in turtle.split("\n")) + "\n"
