"""Send the answer of a question to be taken along: a part of it, sifted rows, or a document.

Rows wait in a file until the last of them is there, so what is sent is whole.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from tempfile import SpooledTemporaryFile
from typing import IO
from urllib.parse import urlencode

from flask import Response, request

from allograph.rdf.answers import Solutions
from allograph.rdf.formats import FORMAT_BY_NAME, read_answer
from allograph.reading.citation import Citation
from allograph.reading.completeness import PIECE, with_completeness
from allograph.reading.reader import expect_solutions
from allograph.reading.taking.extent import NAMES, Extent
from allograph.reading.taking.formats import AnswerFormat, is_document
from allograph.reading.taking.selection import WHOLE, Rows
from allograph.reading.taking.taken import Taken
from allograph.reading.taking.write import HELD_IN_MEMORY, write_taken
from allograph.web.http.evaluate import answer
from allograph.web.http.negotiate import Chosen, respond, respond_pieces
from allograph.web.http.permalinks import RELEASE
from allograph.web.http.runs import Pieces, charged_work
from allograph.web.links import arguments_of
from allograph.web.pages.asking import Asking, today
from allograph.web.service import current_reader
from allograph.workers.jobs import Job
from allograph.workers.patience import Watch

JSON_NAME = "json"


def take_along(asked: Asking, chosen: Chosen, format: AnswerFormat) -> Response:
    """Send the rows that are wanted, and say where the next are; HEAD only asks whether it can."""
    meaning = (*asked.asked.meaning, *asked.selection.meaning)
    if is_document(format):
        meaning = (request.root_url, today().isoformat(), *meaning)
    if request.method == "HEAD":
        return named(respond_pieces(chosen, meaning, lambda: _pieces(asked)), asked, format)
    read: list[Rows] = []
    response = respond(chosen, meaning, lambda body: read.append(_write(asked, format, body)))
    if read and read[0].has_more:
        response.headers.add("Link", f'<{_address(asked.selection.extent.next)}>; rel="next"')
    return named(response, asked, format)


def named(response: Response, asked: Asking, format: AnswerFormat) -> Response:
    """Give an answer its name as a file; documents are for keeping, and are not shown."""
    kind = "attachment" if is_document(format) else "inline"
    name = f'{kind}; filename="{asked.question.name}.{format.name}"'
    response.headers["Content-Disposition"] = name
    return response


def citation_of(asked: Asking) -> Citation:
    """How these rows of the answer are cited, with an address that asks for them alone."""
    reader = current_reader()
    release = reader.release.id if reader.is_release else ""
    issued = reader.release.manifest.get("issued", "") if reader.is_release else ""
    of_release = {RELEASE: release} if release else {}
    arguments = arguments_of(asked.controls, **of_release)
    pairs = urlencode(asked.selection.pairs)
    address = f"{asked.address}?{'&'.join(filter(None, (arguments, pairs)))}"
    return Citation(
        asked.question.name, asked.sentence, release, issued, today(), address.rstrip("?")
    )


def taken_address(asked: Asking, arguments: str) -> str:
    """What stands behind the suffix of an address that answers with the rows of this page."""
    found = "&".join(filter(None, (arguments, urlencode(asked.selection.pairs))))
    return f"?{found}" if found else ""


@dataclass(frozen=True)
class PartOfPage:
    """That a page shows a part of an answer: from which row on, and where the others are."""

    first: int
    limit: int | None
    next: str
    all: str


def part_of_page(asked: Asking) -> PartOfPage | None:
    """What a page says of its part; nothing, if it is of the whole answer."""
    extent = asked.selection.extent
    if not extent.is_part:
        return None
    return PartOfPage(extent.offset + 1, extent.limit, _address(extent.next), _address(WHOLE))


def _pieces(asked: Asking) -> Pieces:
    return answer(asked.run, Job(asked.run.sparql, (JSON_NAME,)))


def _write(asked: Asking, format: AnswerFormat, body: IO[bytes]) -> Rows:
    """Ask, and write what is wanted; at the expense of its reader."""
    reader, run = current_reader(), asked.run
    watch = Watch(run.patience)
    with charged_work(run), SpooledTemporaryFile(HELD_IN_MEMORY) as held:
        with closing(_pieces(asked)) as pieces:
            held.writelines(pieces)
        held.seek(0)
        solutions: Solutions = expect_solutions(read_answer(held, FORMAT_BY_NAME[JSON_NAME]))
        rows = asked.selection.rows(reader, solutions, asked.question.columns, watch.check)
        taken = Taken(
            reader, asked.question, citation_of(asked), asked.selection, rows, asked.asked.query
        )
        if format.name == JSON_NAME:
            _write_json(taken, format, body)
        else:
            write_taken(taken, format, body)
        run.rows = rows.number
    return rows


def _write_json(taken: Taken, format: AnswerFormat, body: IO[bytes]) -> None:
    """JSON says that it is whole, and how many rows it has, before them."""
    with SpooledTemporaryFile(HELD_IN_MEMORY) as held:
        write_taken(taken, format, held)
        held.seek(0)
        release = taken.citation.release or None
        body.writelines(with_completeness(_read(held), release, lambda _rows: None))


def _read(held: IO[bytes]) -> Pieces:
    pieces: Iterator[bytes] = iter(lambda: held.read(PIECE), b"")
    yield from pieces


def _address(extent: Extent | None) -> str:
    """The address of another part of the same answer; empty where there is none."""
    if extent is None:
        return ""
    kept = [pair for pair in request.args.items(multi=True) if pair[0] not in NAMES]
    arguments = urlencode([*kept, *extent.pairs])
    return f"{request.base_url}?{arguments}" if arguments else request.base_url
