"""Write a paper of a word processor: DOCX, with a title, a table, lists, and a foot on each page.

Rows are written as XML at once, since the library looks through a table for each of its cells.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import IO, Any
from xml.sax.saxutils import escape

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Mm, Pt

from allograph.errors import Unwritable
from allograph.tables.characters import strange_character

_MARGIN = Mm(15)
_LONG, _SHORT = Mm(297), Mm(210)
_TWIPS = 635  # EMU in a twentieth of a point, in which tables are measured
_PARAGRAPH = '<w:p><w:pPr><w:spacing w:after="0"/></w:pPr>{runs}</w:p>'
_RUN = (
    '<w:r><w:rPr>{bold}<w:sz w:val="{size}"/></w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'
)


@dataclass(frozen=True)
class Cell:
    """What is read, and what stands small below it."""

    text: str
    small: str = ""


@dataclass(frozen=True)
class Section:
    """A heading, and below it paragraphs or the items of a list."""

    heading: str
    paragraphs: Sequence[str] = ()
    items: Sequence[str] = ()


@dataclass(frozen=True)
class Paper:
    """A title, what it is about, a table with its heads, sections, and the foot of each page."""

    title: str
    lead: Sequence[str]
    heads: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    sections: Sequence[Section]
    foot: str
    author: str


def write_paper(paper: Paper, output: IO[bytes], others: Sequence[str]) -> None:
    """Write a paper.

    Raises:
        Unwritable: for a character that no XML can hold; ``others`` are media types that can.

    """
    _check(paper, others)
    document = Document()
    _lay_out(document)
    document.core_properties.title = paper.title[:255]
    document.core_properties.author = paper.author
    document.core_properties.comments = paper.foot[:255]
    document.core_properties.created = datetime.now(UTC).replace(tzinfo=None)
    document.add_heading(paper.title, level=0)
    for text in paper.lead:
        document.add_paragraph(text)
    if paper.rows:
        _add_table(document, paper)
    for section in paper.sections:
        document.add_heading(section.heading, level=1)
        for text in section.paragraphs:
            document.add_paragraph(text)
        for text in section.items:
            document.add_paragraph(text, style="List Bullet")
    document.sections[0].footer.paragraphs[0].text = paper.foot
    document.save(output)


def _lay_out(document: Any) -> None:
    """A page of A4 on its side, and letters of a size to be read in a table."""
    section = document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = _LONG, _SHORT
    section.left_margin = section.right_margin = _MARGIN
    section.top_margin = section.bottom_margin = _MARGIN
    document.styles["Normal"].font.size = Pt(10)
    document.styles["Normal"].font.name = "Calibri"
    document.styles["Title"].font.size = Pt(18)
    document.styles["Footer"].font.size = Pt(8)


def _add_table(document: Any, paper: Paper) -> None:
    width = (_LONG - 2 * _MARGIN) // _TWIPS // len(paper.heads)
    columns = f'<w:gridCol w:w="{width}"/>' * len(paper.heads)
    head = _row([Cell(text) for text in paper.heads], width, is_head=True)
    rows = "".join(_row(row, width, is_head=False) for row in paper.rows)
    table = parse_xml(
        f"<w:tbl {nsdecls('w')}><w:tblPr>"
        f'<w:tblStyle w:val="TableGrid"/><w:tblW w:w="5000" w:type="pct"/></w:tblPr>'
        f"<w:tblGrid>{columns}</w:tblGrid>{head}{rows}</w:tbl>"
    )
    document.add_paragraph()._p.addprevious(table)


def _row(cells: Sequence[Cell], width: int, *, is_head: bool) -> str:
    """One row: a row is not divided between pages, and the heads stand on each of them."""
    repeated = "<w:tblHeader/>" if is_head else ""
    shade = '<w:shd w:val="clear" w:color="auto" w:fill="E3ECF1"/>' if is_head else ""
    written = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{shade}</w:tcPr>'
        f"{_paragraph(cell.text, 18, is_bold=is_head)}"
        f"{_paragraph(cell.small, 15) if cell.small else ''}</w:tc>"
        for cell in cells
    )
    return f"<w:tr><w:trPr><w:cantSplit/>{repeated}</w:trPr>{written}</w:tr>"


def _paragraph(text: str, size: int, *, is_bold: bool = False) -> str:
    bold = "<w:b/>" if is_bold else ""
    run = _RUN.format(bold=bold, size=size, text=escape(text)) if text else ""
    return _PARAGRAPH.format(runs=run)


def _check(paper: Paper, others: Sequence[str]) -> None:
    texts = [paper.title, *paper.lead, *paper.heads, paper.foot]
    texts += [text for row in paper.rows for cell in row for text in (cell.text, cell.small)]
    texts += [
        text
        for section in paper.sections
        for text in (section.heading, *section.paragraphs, *section.items)
    ]
    for text in texts:
        if wrong := strange_character(text):
            raise Unwritable(f"DOCX cannot hold this text: {wrong}", others)
