"""The command ``read-again``: figures are read a second time, without sight of the first."""

from __future__ import annotations

from pathlib import Path

import click

from allograph.cli.base import ALL_WELL, NOT_WELL, WRONG_USE, settings_options, sources_of
from allograph.cli.reading_options import check_name, check_options, day_of, reader_of, report_of
from allograph.cli.reading_questions import NOTHING_LEFT, read_figures
from allograph.curated.readings.agreement import SECOND, THIRD
from allograph.curated.readings.session import Session, studies_of
from allograph.curated.readings.sheet import FilledSheet, blind_sheet, read_filled
from allograph.curated.snapshot import load
from allograph.errors import FileError, Location, ParameterError
from allograph.namespaces import key_of
from allograph.text.files import reason as why_not

MOST_TOLD = 20  # mistakes of a sheet


@click.command("read-again")
@click.argument("study")
@click.option("--report", metavar="KEY", help="Only what this report prints.")
@click.option("--reader", metavar="ROLE|NAME", help="Who reads: second, third, or a name.")
@click.option("--on", "day", metavar="DATE", help="The day of the reading; by default today.")
@click.option("--all", "again", is_flag=True, help="Ask for figures that were read again, too.")
@click.option("--sheet", metavar="FILE", help="Write a blind sheet to fill in, .csv or .xlsx.")
@click.option("--from", "filled", metavar="FILE", help="Read a sheet that was filled in.")
@click.option("--dry-run", "is_dry", is_flag=True, help="With --from: compare, and write nothing.")
@click.option(
    "--settle", metavar="FIGURE", help="Say that a figure stands though a reading differs."
)
@click.option("--reason", "because", metavar="WHY", help="With --settle: what the source shows.")
@settings_options("root")
def read_again(
    study: str,
    report: str | None,
    reader: str | None,
    day: str | None,
    again: bool,
    sheet: str | None,
    filled: str | None,
    is_dry: bool,
    settle: str | None,
    because: str | None,
    **options: str | None,
) -> int:
    """Read the figures of STUDY, or of all, a second time in their sources, and compare.

    Each figure is asked for by what it is and where it stands; what was entered is not shown. The
    status is 1 while a reading differs and nobody has settled it.
    """
    check_options(sheet, filled, settle, because, is_dry)
    sources = sources_of(options)
    loaded = load(sources)
    session = Session(
        sources,
        loaded,
        studies_of(study, loaded.nodes),
        report_of(report, loaded.nodes),
        reader_of(reader, THIRD if settle else SECOND, is_settling=bool(settle)),
        day_of(day),
    )
    if not settle:
        check_name(session)
    if not session.asked:
        raise ParameterError("study", f"no figure of {study} is printed that could be read again")
    if sheet is not None:
        return _write_sheet(sheet, session, again=again)
    if filled is not None:
        return _read_sheet(Path(filled), session, is_dry=is_dry)
    if settle is not None:
        figure = session.figure(settle)
        session.write([session.settlement(figure, because or "")])
        click.echo(f"{key_of(figure)}: settled")
    else:
        read_figures(session, session.to_read(again=again))
    return _told(session.with_loaded(load(sources)))


def _write_sheet(name: str, session: Session, *, again: bool) -> int:
    path = Path(name)
    if path.suffix.lower() not in (".csv", ".xlsx"):
        raise FileError(Location(name), "a sheet is written as .csv or .xlsx")
    asked = session.to_read(again=again)
    if not asked:
        click.echo(NOTHING_LEFT, err=True)
        return ALL_WELL
    content = blind_sheet(asked, is_workbook=path.suffix.lower() == ".xlsx")
    try:
        with path.open("xb") as file:
            file.write(content)
    except FileExistsError:
        message = "exists already, and may be filled in; name another file"
        raise FileError(Location(name), message) from None
    except OSError as error:
        raise FileError(Location(name), f"cannot be written: {why_not(error)}") from None
    click.echo(f"{name}: {len(asked)} figures to read", err=True)
    return ALL_WELL


def _read_sheet(path: Path, session: Session, *, is_dry: bool) -> int:
    sheet = read_filled(path, session.names, session.others)
    if sheet.mistakes:
        for mistake in sheet.mistakes[:MOST_TOLD]:
            click.echo(f"allograph: {mistake}", err=True)
        more = len(sheet.mistakes) - MOST_TOLD
        click.echo(f"{f'{more} more; ' if more > 0 else ''}nothing was written", err=True)
        return WRONG_USE
    readings = [session.reading(row.figure, row.answer, row.day) for row in sheet.rows]
    new = [reading for reading in readings if not session.is_known(reading)]
    _remark(sheet, len(readings) - len(new))
    after = session.with_readings(new)
    if not is_dry:
        for shown_as in session.write(new):
            click.echo(f"{shown_as}: written", err=True)
    return _told(after)


def _remark(sheet: FilledSheet, known: int) -> None:
    if sheet.ignored:
        click.echo(f"columns that are not read: {', '.join(sheet.ignored)}", err=True)
    if sheet.empty:
        click.echo(f"rows without an answer: {sheet.empty}", err=True)
    if known:
        click.echo(f"readings that were there already: {known}", err=True)


def _told(session: Session) -> int:
    """Tell what differs, and how many figures were read once and twice."""
    known = session.known
    counts = [known[each.iri].count if each.iri in known else 1 for each in session.asked]
    for name, reading in session.open:
        differences = "; ".join(map(str, reading.differences))
        click.echo(f"{name}: {differences} ({reading.reader}, {reading.day})")
    if session.open:
        click.echo(
            "look at the source once more; then correct the figure, or: allograph read-again STUDY"
            " --settle FIGURE --reason WHY",
            err=True,
        )
    click.echo(
        f"figures: {len(counts)}, read twice: {counts.count(2)}, read once: {counts.count(1)},"
        f" differing: {len({name for name, _reading in session.open})}"
    )
    return NOT_WELL if session.open else ALL_WELL
