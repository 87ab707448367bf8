"""The command ``summary``: what is known of a drug, alone or against a comparator, in one table."""

from __future__ import annotations

import io
import json
import os
import sys
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

import click

from allograph.cli.base import ALL_WELL, settings_options
from allograph.cli.taking import output_to
from allograph.curated.sources import find_sources
from allograph.errors import ParameterError
from allograph.namespaces import BASE
from allograph.rdf.formats import FORMAT_BY_NAME
from allograph.rdf.store import open_store
from allograph.reading.citation import Citation
from allograph.reading.reader import Reader
from allograph.reading.summary.as_csv import FINDINGS, TABLES, as_csv
from allograph.reading.summary.as_json import as_json
from allograph.reading.summary.as_markdown import as_markdown
from allograph.reading.summary.read import evidence_in, offers_in, subject_in, summary_in
from allograph.reading.summary.said import citation_of
from allograph.reading.summary.subject import AGAINST, Offer
from allograph.reading.summary.table import Summary
from allograph.reading.taking.formats import DOCX, PNG, SVG, XLSX, AnswerFormat, Document
from allograph.release import ensure_release
from allograph.settings import settings_from

JSON = Document("json", "application/json", "JSON")
FORMATS: Mapping[str, AnswerFormat] = {
    format.name: format
    for format in (FORMAT_BY_NAME["md"], JSON, FORMAT_BY_NAME["csv"], XLSX, DOCX, SVG, PNG)
}


@click.command()
@click.argument("drug", required=False)
@click.option("--against", help="The comparator: a drug, a regimen, or a name of several.")
@click.option(
    "--format",
    "format_name",
    type=click.Choice(list(FORMATS)),
    help="Format of the table; by default that of the name of --output, else md on a terminal, and"
    " csv elsewhere.",
)
@click.option(
    "--table",
    type=click.Choice(list(TABLES)),
    default=FINDINGS,
    show_default=True,
    help="As CSV: which table.",
)
@click.option("--output", help="File to write the table to, instead of standard output.")
@settings_options("root", "home", "timeout")
def summary(
    drug: str | None,
    against: str | None,
    format_name: str | None,
    table: str,
    output: str | None,
    **options: str | None,
) -> int:
    """Sum up what is known of a DRUG: a Summary of Findings; without one, list what there is.

    What must not be pooled is not: the table says why, and what the studies print.
    """
    settings = settings_from(os.environ, options)
    release = ensure_release(find_sources(settings.root), settings)
    store = open_store(release.store, settings.timeout)
    try:
        reader = Reader(release, store, release.questions, release.namespaces)
        if drug is None:
            for offer in offers_in(reader):
                _say(offer)
            return ALL_WELL
        name = drug + (f"{AGAINST}{against}" if against else "")
        found = summary_in(reader, subject_in(reader, name))
        format = _format_of(format_name, output, table)
        with output_to(output, format) as file:
            WRITERS[format.name](found, reader, table, file)
    finally:
        store.close()
    return ALL_WELL


def _say(offer: Offer) -> None:
    click.echo(f"{offer.drug.key}: {offer.drug.label}, {_studies(offer.studies)}")
    for one in offer.against:
        treatment = one.treatment
        click.echo(f"  --against {treatment.key}: {treatment.label}, {_studies(one.studies)}")


def _studies(number: int) -> str:
    return "1 study" if number == 1 else f"{number} studies"


def _format_of(name: str | None, output: str | None, table: str) -> AnswerFormat:
    """The format that is named, else that of the file's name, else one to be read or computed with.

    Raises:
        ParameterError: for one in which no table is written.

    """
    wanted = name or (Path(output).suffix.removeprefix(".") if output else "")
    if not wanted:
        wanted = "md" if sys.stdout.isatty() and table == FINDINGS else "csv"
    if wanted not in FORMATS:
        listed = ", ".join(FORMATS)
        raise ParameterError("format", f"a summary is written as {listed}, not {wanted}")
    if table != FINDINGS and wanted != "csv":
        raise ParameterError("table", f"the table {table} is written as csv, not {wanted}")
    return FORMATS[wanted]


def _address(summary: Summary) -> str:
    """The address that a service has for it, under the name that it keeps."""
    return f"{BASE}summary/{summary.subject.key}"


def _citation(summary: Summary) -> Citation:
    return citation_of(summary, _address(summary), datetime.now(UTC).date())


def _markdown(summary: Summary, _reader: Reader, _table: str, file: IO[bytes]) -> None:
    file.write(as_markdown(summary, _citation(summary)).encode())


def _json(summary: Summary, _reader: Reader, _table: str, file: IO[bytes]) -> None:
    content = as_json(summary, _address(summary))
    text = json.dumps(content, ensure_ascii=False, allow_nan=False, indent=1)
    file.write(f"{text}\n".encode())


def _csv(summary: Summary, reader: Reader, table: str, file: IO[bytes]) -> None:
    file.write(as_csv(summary, evidence_in(reader), table).encode())


def _book(summary: Summary, reader: Reader, _table: str, file: IO[bytes]) -> None:
    from allograph.reading.summary.as_book import write_workbook  # a quarter of a second

    held = io.BytesIO()  # a workbook is written to and fro, standard output is not
    write_workbook(summary, evidence_in(reader), _citation(summary), held)
    file.write(held.getvalue())


def _paper(summary: Summary, _reader: Reader, _table: str, file: IO[bytes]) -> None:
    from allograph.reading.summary.as_paper import write_document  # a quarter of a second

    held = io.BytesIO()
    write_document(summary, _citation(summary), held)
    file.write(held.getvalue())


def _svg(summary: Summary, _reader: Reader, _table: str, file: IO[bytes]) -> None:
    file.write(_picture(summary).encode())


def _png(summary: Summary, _reader: Reader, _table: str, file: IO[bytes]) -> None:
    from allograph.drawings.charts.png import png_of

    file.write(png_of(_picture(summary)))


def _picture(summary: Summary) -> str:
    from allograph.drawings.charts.summary_of import svg_of  # for pictures alone

    return svg_of(summary, _address(summary))


WRITERS: Mapping[str, Callable[[Summary, Reader, str, IO[bytes]], None]] = {
    "md": _markdown,
    "json": _json,
    "csv": _csv,
    "xlsx": _book,
    "docx": _paper,
    "svg": _svg,
    "png": _png,
}
