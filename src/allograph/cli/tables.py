"""Commands for the sheets of reviewers: ``import table`` and ``export table``."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from uuid import uuid4

import click

from allograph.cli.base import ALL_WELL, NOT_WELL, settings_options, sources_of
from allograph.curated.snapshot import load
from allograph.curated.sources import Sources
from allograph.errors import FileError, Location, ParameterError, nearest
from allograph.intake.sheets.exporting import export_sheet
from allograph.intake.sheets.extraction import Extraction
from allograph.intake.sheets.files import write_files
from allograph.intake.sheets.importing import check_records, curated_files, read_sheet
from allograph.intake.sheets.preview import preview_table
from allograph.intake.sheets.profile_files import read_profile, ready_profiles
from allograph.intake.sheets.wide import wide_sheet
from allograph.namespaces import KEY
from allograph.tables.table import write_csv_table
from allograph.tables.workbooks import write_workbook
from allograph.text.files import reason

MOST_SHOWN = 20  # remarks on a screen
_LONGEST = 100  # characters of a key that a message quotes
STEP = 1000  # rows or files between two lines of progress
PROFILES = f"a .toml file, or one of {', '.join(ready_profiles())}"

set_option = click.option(
    "--set",
    "profile_settings",
    multiple=True,
    metavar="KEY=VALUE",
    help="Set a key of the profile, as study.condition=b-all; may be given several times.",
)


@click.group("import")
def imports() -> None:
    """Make curated files of what others keep."""


@imports.command("table")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--profile", required=True, help=f"What the columns mean: {PROFILES}.")
@set_option
@click.option(
    "--preview",
    type=click.Choice(["table", "turtle"]),
    is_flag=False,
    flag_value="table",
    help="Show what would be written, as a table or as Turtle, and write nothing.",
)
@click.option("--skip-bad-rows", is_flag=True, help="Write the other rows; list those left out.")
@click.option("--replace", is_flag=True, help="Write files anew that are there already.")
@click.option(
    "--remarks",
    "remarks_file",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="CSV file for all that was wrong or not understood, with rows and columns.",
)
@settings_options("root")
def import_table(
    file: Path,
    profile: str,
    profile_settings: tuple[str, ...],
    preview: str | None,
    skip_bad_rows: bool,
    replace: bool,
    remarks_file: Path | None,
    **options: str | None,
) -> int:
    """Turn the extraction sheet FILE (CSV or XLSX) into files of studies and reports.

    Nothing is written if a row is wrong.
    """
    sources = sources_of(options)
    rules = read_profile(profile, profile_settings)
    if remarks_file and remarks_file.exists() and file.exists() and remarks_file.samefile(file):
        raise ParameterError("remarks", f"--remarks: {file} is the sheet itself; name another file")
    extraction = read_sheet(file, rules, _progress("rows read"))
    check_records(rules, sources)
    _remark(extraction, skip_bad_rows)
    if remarks_file:
        _write(remarks_file, write_csv_table(*_remarks(extraction)))
    if extraction.faults and not (skip_bad_rows and extraction.studies):
        cure = "" if skip_bad_rows else ", or give --skip-bad-rows"
        what = "" if extraction.studies else "no row can be read; "
        click.echo(f"{what}nothing was written; mend the rows{cure}", err=True)
        return NOT_WELL
    if not extraction.studies:
        raise FileError(Location(str(file)), "no study in any row, so nothing was written")
    files = curated_files(extraction, rules, sources, date.today())
    if preview == "turtle":
        for path, text in files.items():
            click.echo(f"# {sources.relative(path)}\n\n{text}")
    elif preview:
        click.echo(preview_table(extraction), nl=False)
    else:
        progress = _progress("files written")
        written = write_files(sources, files, replace=replace, progress=progress)
        for path in written:
            click.echo(sources.relative(path))
        counts = {"studies": extraction.studies, "files": written, "unchanged": files}
        numbers = {name: len(things) for name, things in counts.items()}
        numbers["unchanged"] -= numbers["files"]
        click.echo(", ".join(f"{name}: {number}" for name, number in numbers.items()), err=True)
        click.echo("then: allograph check", err=True)
    return NOT_WELL if extraction.faults else ALL_WELL


@click.command("table")
@click.option("--profile", help=f"The columns to write: {PROFILES}. By default all figures.")
@set_option
@click.option("--study", "studies", multiple=True, metavar="KEY", help="A study; by default all.")
@click.option("--report", default="", metavar="KEY", help="Only what this report says.")
@click.option(
    "--output",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="File to write, .csv or .xlsx; by default CSV on standard output.",
)
@settings_options("root")
def export_table(
    profile: str | None,
    profile_settings: tuple[str, ...],
    studies: tuple[str, ...],
    report: str,
    output: Path | None,
    **options: str | None,
) -> int:
    """Write a sheet: by a profile as it was imported, else a row for each study and group."""
    suffix = output.suffix.lower() if output else ".csv"
    if suffix not in (".csv", ".xlsx"):
        raise FileError(Location(str(output)), "a sheet is written as .csv or .xlsx")
    if profile_settings and not profile:
        raise ParameterError("set", "--set sets a key of a profile; name one by --profile")
    sources = sources_of(options)
    _check_keys(sources, "study", studies)
    _check_keys(sources, "report", [report] if report else [])
    rules = read_profile(profile, profile_settings) if profile else None
    nodes = load(sources).nodes
    sheet = (
        export_sheet(nodes, rules, studies, report) if rules else wide_sheet(nodes, studies, report)
    )
    for remark in sheet.remarks:
        click.echo(f"remark: {remark}", err=True)
    content = (write_workbook if suffix == ".xlsx" else write_csv_table)(sheet.header, sheet.rows)
    if output:
        _write(output, content)
    else:
        sys.stdout.buffer.write(content)
    click.echo(f"rows: {len(sheet.rows)}", err=True)
    return ALL_WELL


def _progress(what: str) -> Callable[[int, int], None]:
    """Say each thousandth of many rows or files; a short sheet is read in silence."""

    def show(done: int, of: int) -> None:
        if of > STEP and (done % STEP == 0 or done == of):
            click.echo(f"{what}: {done} of {of}", err=True)

    return show


def _remark(extraction: Extraction, skip_bad_rows: bool) -> None:
    """Say what is wrong in full, and what was not understood as far as it fits a screen."""
    for fault in extraction.faults:
        left_out = " (row left out)" if skip_bad_rows else ""
        click.echo(f"{extraction.line(fault)}{left_out}", err=True)
    for remark in extraction.remarks[:MOST_SHOWN]:
        click.echo(f"remark: {extraction.line(remark)}", err=True)
    if (more := len(extraction.remarks) - MOST_SHOWN) > 0:
        click.echo(f"remark: {more} more; --remarks FILE lists all", err=True)
    if extraction.unmapped:
        columns = ", ".join(extraction.unmapped)
        click.echo(f"columns that the profile does not map: {columns}", err=True)


def _remarks(extraction: Extraction) -> tuple[list[str], list[list[str]]]:
    """Everything that was wrong or not understood, as a table."""
    rows = [
        [kind, str(remark.row or ""), remark.column or "", remark.what]
        for kind, remarks in (("error", extraction.faults), ("remark", extraction.remarks))
        for remark in remarks
    ]
    rows += [["remark", "", column, "column not mapped"] for column in extraction.unmapped]
    return ["kind", "row", "column", "what"], rows


def _check_keys(sources: Sources, kind: str, keys: Sequence[str]) -> None:
    for key in keys:
        if not KEY.fullmatch(key) or key not in _keys(sources, kind):
            known = nearest(key[:_LONGEST], _keys(sources, kind))
            raise ParameterError(kind, f"no {kind} is called '{key[:_LONGEST]}'{known}")


def _keys(sources: Sources, kind: str) -> list[str]:
    return [path.stem for path in sources.graph.glob(f"{kind}/*.ttl")]


def _write(file: Path, content: bytes) -> None:
    """Write a file whole or not at all; a device or a pipe takes it as it comes."""
    try:
        if file.exists() and not file.is_file():
            file.write_bytes(content)
            return
        beside = file.resolve().with_name(f".{uuid4().hex}.new")
        try:
            beside.write_bytes(content)
            if file.exists():
                beside.chmod(file.stat().st_mode)
            beside.replace(file.resolve())
        finally:
            beside.unlink(missing_ok=True)
    except (OSError, RuntimeError) as error:  # RuntimeError: links that lead in a circle
        why = reason(error) if isinstance(error, OSError) else "its links lead in a circle"
        raise FileError(Location(str(file)), f"cannot be written: {why}") from None
