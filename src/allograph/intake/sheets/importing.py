"""Import a sheet: from its file and a profile to the curated files that say the same.

The records that a profile names (condition, outcomes, regimens) are curated by people and must be
there; the studies and their reports are made here.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from allograph.curated.sources import PREFIXES, Sources
from allograph.errors import FileError, Location
from allograph.intake.sheets.extraction import Extraction, Progress, extract
from allograph.intake.sheets.profile import Profile, TableRules
from allograph.intake.sheets.render import Writer
from allograph.namespaces import BASE
from allograph.rdf.nodes import Nodes
from allograph.rdf.turtle import namespaces_in, read_turtle
from allograph.tables.characters import strange_character
from allograph.tables.limits import LIMITS
from allograph.tables.table import Table, read_table
from allograph.text.files import read_regular


def read_sheet(path: Path, profile: Profile, progress: Progress) -> Extraction:
    """Read a sheet by a profile; rows that are wrong are in its ``faults``."""
    return extract(table_in(path, profile.table), profile, progress)


def table_in(path: Path, rules: TableRules) -> Table:
    """The table in a file, read as the rules of a profile say; raise a ``FileError`` if none is."""
    if wrong := strange_character(path.name):
        raise FileError(Location(ascii(path.name)), f"the name of the file: {wrong}")
    return read_table(
        read_regular(path, str(path), LIMITS.file_bytes),
        path.name,
        str(path),
        worksheet=rules.worksheet,
        encoding=rules.encoding,
        delimiter=rules.delimiter,
        header=rules.header,
    )


def curated_files(
    extraction: Extraction, profile: Profile, sources: Sources, created: date
) -> dict[Path, str]:
    """The text of each file to write; raise a ``FileError`` if a record is missing."""
    check_records(profile, sources)
    namespaces = namespaces_in(read_turtle(sources.prefixes, PREFIXES).triples)
    labels = {key: label_of("outcome", key, sources) for key in outcomes_of(profile)}
    writer = Writer(extraction, profile, labels, namespaces, created.isoformat())
    files: dict[Path, str] = {}
    for kind, key, text in writer.files():
        path = sources.graph / kind / f"{key}.ttl"
        if path in files:
            message = f"study.prefix: {kind}:{key} would be both the sheet and a study of it"
            raise FileError(Location(profile.name), message)
        files[path] = text
    return files


def outcomes_of(profile: Profile) -> tuple[str, ...]:
    """The keys of all outcomes that a profile names."""
    keys = [key for figure in profile.figures.values() for key in figure.outcome.known()]
    return tuple(dict.fromkeys(keys))


def label_of(kind: str, key: str, sources: Sources) -> str:
    """The label of a record, read from its file alone."""
    path = sources.graph / kind / f"{key}.ttl"
    file = read_turtle(path, sources.relative(path))
    return Nodes(file.triples).of(f"{BASE}{kind}/{key}").label or key


def check_records(profile: Profile, sources: Sources) -> None:
    """Every record and every concept that a profile names is there."""
    unset = [
        f"figures.{name}.outcome"
        for name, rules in profile.figures.items()
        if not rules.outcome.known()
    ]
    if not profile.study.condition:
        unset.append("study.condition")
    if unset:
        cure = "in a profile of your own that extends this one, or by --set KEY=VALUE"
        raise FileError(Location(profile.name), f"say {', '.join(unset)}, {cure}")
    missing = [
        f"allograph new {kind} {key}"
        for kind, key in dict.fromkeys(_records(profile))
        if not (sources.graph / kind / f"{key}.ttl").is_file()
    ]
    if missing:
        message = f"records that are not there yet; make them first: {'; '.join(missing)}"
        raise FileError(Location(profile.name), message)
    for scheme, key in dict.fromkeys(_concepts(profile)):
        path = sources.ontology / "schemes" / f"{scheme}.ttl"
        file = read_turtle(path, sources.relative(path))
        if f"{BASE}{scheme}/{key}" not in file.lines:
            known = [iri.removeprefix(f"{BASE}{scheme}/") for iri in file.lines]
            names = ", ".join(sorted(name for name in known if "/" not in name))
            raise FileError(
                Location(profile.name), f"no {scheme} is called '{key}'; there are {names}"
            )


def _records(profile: Profile) -> Iterator[tuple[str, str]]:
    yield "condition", profile.study.condition
    yield "organization", profile.table.curator
    for key in outcomes_of(profile):
        yield "outcome", key
    for arm in profile.arms.values():
        if arm.regimen:
            yield "regimen", arm.regimen
    for key in profile.table.based_on:
        yield "report", key


def _concepts(profile: Profile) -> Iterator[tuple[str, str]]:
    for key in profile.study.design.known():
        yield "design", key
    for arm in profile.arms.values():
        yield "grouping", arm.grouping
    for figure in profile.figures.values():
        yield "origin", figure.time_origin
