"""Take the answer of a question along: which rows, as which file, and where that goes."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from tempfile import NamedTemporaryFile, SpooledTemporaryFile
from typing import IO
from urllib.parse import urlencode

from allograph.errors import FileError, Location, ParameterError, Unwritable
from allograph.namespaces import BASE
from allograph.questions.parameters import choices
from allograph.questions.question import Bound, Question, bound
from allograph.rdf.formats import FORMAT_BY_NAME, read_answer, write_answer
from allograph.reading.answers.wish import is_wish, wish_of
from allograph.reading.citation import Citation
from allograph.reading.controls import controls_of, sentence_of, words_of
from allograph.reading.reader import Reader, expect_solutions
from allograph.reading.taking.extent import NAMES, extent_of
from allograph.reading.taking.formats import (
    PNG,
    AnswerFormat,
    Document,
    formats_of_question,
    is_picture,
    others_than,
)
from allograph.reading.taking.selection import Rows, Selection
from allograph.reading.taking.taken import Taken
from allograph.reading.taking.write import HELD_IN_MEMORY, write_taken
from allograph.text.files import reason

_JSON = FORMAT_BY_NAME["json"]


@dataclass(frozen=True)
class Taking:
    """A question with all that is given of it: values, filters, order, part."""

    question: Question
    given: Mapping[str, Sequence[str]]
    reader: Reader

    @cached_property
    def bound(self) -> Bound:
        """The question with its values."""
        values = {
            name: texts
            for name, texts in self.given.items()
            if not is_wish(name) and name not in NAMES
        }
        return bound(self.question, values, lambda parameter: choices(parameter, self.reader.store))

    @cached_property
    def selection(self) -> Selection:
        """Which rows are wanted."""
        names = [column.name for column in self.question.columns]
        return Selection(wish_of(self.given, names), extent_of(self.given))

    def write(self, format: AnswerFormat, output: IO[bytes]) -> Rows:
        """Ask, and write the rows that are wanted.

        Raises:
            ParameterError: for a value or a column that the question does not take.
            Unwritable: for what the format cannot hold.

        """
        query = self.selection.query(self.bound.query, beyond=1)
        namespaces = self.reader.namespaces
        with SpooledTemporaryFile(HELD_IN_MEMORY) as held:
            write_answer(self.reader.store.query(query), _JSON, held, namespaces)
            held.seek(0)
            solutions = expect_solutions(read_answer(held, _JSON))
            rows = self.selection.rows(self.reader, solutions, self.question.columns)
            if is_picture(format):
                output.write(self._picture(rows, format))
            else:
                write_taken(self._taken(rows), format, output)
        return rows

    def _taken(self, rows: Rows) -> Taken:
        return Taken(
            self.reader, self.question, self._citation, self.selection, rows, self.bound.query
        )

    @property
    def _sentence(self) -> str:
        return sentence_of(words_of(self.question, controls_of(self.bound)))

    @property
    def _citation(self) -> Citation:
        """Cited by the address that a service has for it, under the name that it keeps."""
        reader = self.reader
        release = reader.release.id if reader.is_release else ""
        issued = reader.release.manifest.get("issued", "") if reader.is_release else ""
        given = [
            (argument.parameter.name, value)
            for argument in self.bound.arguments
            for value in [value.key for value in argument.values] or [""]
        ]
        of_release = [("release", release)] if release else []
        arguments = urlencode([*given, *of_release, *self.selection.pairs])
        address = f"{BASE}questions/{self.question.name}{'?' if arguments else ''}{arguments}"
        today = datetime.now(UTC).date()
        return Citation(self.question.name, self._sentence, release, issued, today, address)

    def _picture(self, rows: Rows, format: AnswerFormat) -> bytes:
        from allograph.drawings.charts.answers import drawing_of, picture_of  # for pictures alone
        from allograph.drawings.charts.png import png_of

        drawing = drawing_of(self.reader, self.question, rows)
        if drawing is None or drawing.chart is None:
            raise Unwritable("no row of this answer can be drawn", others_than(format.name))
        address = f"{BASE}questions/{self.question.name}"
        svg = picture_of(self.reader, drawing, self._sentence, address)
        return png_of(svg) if format is PNG else svg.encode()


def format_of(question: Question, name: str | None, output: str | None) -> AnswerFormat:
    """The format that is named, else that of the file's name, else a table or CSV.

    Raises:
        ParameterError: for one that the question is not answered in.

    """
    offered = {format.name: format for format in formats_of_question(question)}
    wanted = name or (Path(output).suffix.removeprefix(".") if output else "")
    if not wanted:
        return offered["md" if sys.stdout.isatty() and not output else "csv"]
    if wanted not in offered:
        listed = ", ".join(sorted(offered))
        raise ParameterError("format", f"this answer is written as {listed}, not {wanted}")
    return offered[wanted]


@contextmanager
def output_to(output: str | None, format: AnswerFormat) -> Iterator[IO[bytes]]:
    """The file that is named, or standard output; nothing stands there until all is written.

    Raises:
        ParameterError: for a document that would go to a terminal.
        FileError: for a file that cannot be written.

    """
    if output is None:
        if isinstance(format, Document) and sys.stdout.isatty():
            message = f"{format.name} is no text for a terminal; name a file: --output FILE"
            raise ParameterError("output", message)
        with SpooledTemporaryFile(HELD_IN_MEMORY) as held:
            yield held
            held.seek(0)
            for piece in iter(lambda: held.read(HELD_IN_MEMORY), b""):
                sys.stdout.buffer.write(piece)
        return
    path = Path(output)
    try:
        with NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as written:
            part = Path(written.name)
            try:
                yield written
            except BaseException:
                part.unlink()
                raise
        part.chmod(0o666 & ~_umask())
        part.replace(path)
    except OSError as error:
        raise FileError(Location(output), f"cannot be written: {reason(error)}") from None


def _umask() -> int:
    mask = os.umask(0o022)
    os.umask(mask)
    return mask
