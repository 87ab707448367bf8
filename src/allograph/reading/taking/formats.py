"""What an answer can be taken along as: one table for the page, its address, and ``--format``.

Solutions are formats of any query (``rdf.formats``); documents and pictures are made of a question,
since they say what was asked, and of which release it is.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from allograph.questions.question import Question
from allograph.rdf.formats import Format, formats_for
from allograph.tables.limits import LAST_ROW

Kind = Literal["view", "document", "picture"]


@dataclass(frozen=True)
class Document:
    """A representation that is written here or by a view, and is no format of any query.

    ``name`` is its suffix; ``most_rows`` is how many rows it can hold.
    """

    name: str
    media_type: str
    label: str
    also: tuple[str, ...] = ()
    kind: Kind = "view"
    most_rows: int | None = None


XLSX = Document(
    "xlsx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "Excel (XLSX)",
    kind="document",
    most_rows=LAST_ROW - 1,
)
DOCX = Document(
    "docx",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "Word (DOCX)",
    kind="document",
    most_rows=2_000,
)
PARQUET = Document("parquet", "application/vnd.apache.parquet", "Parquet", kind="document")
PNG = Document("png", "image/png", "Picture (PNG)", kind="picture")
SVG = Document("svg", "image/svg+xml", "Picture (SVG)", kind="picture")

AnswerFormat = Format | Document
ANSWER_FORMATS: tuple[AnswerFormat, ...] = (
    XLSX,
    DOCX,
    PNG,
    SVG,
    *formats_for("solutions"),
    PARQUET,
)
"""In the order in which people want them; a workbook has one row for its heads."""


def formats_of_question(question: Question) -> tuple[AnswerFormat, ...]:
    """Those of a question: pictures only where it has a plot."""
    return tuple(format for format in ANSWER_FORMATS if question.plot or not is_picture(format))


def is_picture(format: AnswerFormat) -> bool:
    """Tell whether a format is drawn."""
    return format.kind == "picture"


def is_document(format: AnswerFormat) -> bool:
    """Tell whether a format is a document, which says what was asked."""
    return format.kind == "document"


def others_than(name: str) -> tuple[str, ...]:
    """The media types of data that hold what a document cannot."""
    return tuple(
        format.media_type
        for format in ANSWER_FORMATS
        if format.name != name and not is_picture(format) and format not in (XLSX, DOCX)
    )
