"""Sheets for the tests: written as text, as workbooks of openpyxl, or part by part."""

import io
import zipfile

from openpyxl import Workbook

from allograph.intake.sheets.extraction import extract
from allograph.intake.sheets.profile_files import read_profile
from allograph.tables.table import read_table

HEADER = "author,year,ai,n1i,ci,n2i"
SETTINGS = ["study.condition=b-all", "figure.outcome=response"]
PERCENT = [
    *SETTINGS,
    "study.label={author}",
    'figures.response.statistic="percentage"',
    "figures.response.value=p",
    'figures.response.events=""',
    "figures.response.total=n",
]
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def extracted(content, name="sheet.csv", profile="two-arm-binary", settings=SETTINGS, limits=None):
    """What is read of a sheet, as the command reads it."""
    rules = read_profile(profile, settings)
    table = rules.table
    read_as = {"limits": limits} if limits else {}
    return extract(
        read_table(
            content if isinstance(content, bytes) else content.encode(),
            name,
            name,
            worksheet=table.worksheet,
            encoding=table.encoding,
            delimiter=table.delimiter,
            header=table.header,
            **read_as,
        ),
        rules,
    )


def faults(extraction):
    return [extraction.line(fault) for fault in extraction.faults]


def figures(extraction):
    return [figure for study in extraction.studies.values() for figure in study.figures]


def workbook(*rows, formats=(), change=lambda _book, _page: None):
    """A workbook of one worksheet; ``formats`` are number formats of cells."""
    book = Workbook()
    page = book.worksheets[0]
    for row in rows:
        page.append(row)
    for cell, number_format in formats:
        page[cell].number_format = number_format
    change(book, page)
    output = io.BytesIO()
    book.save(output)
    return output.getvalue()


def parts(sheet_data, **more):
    """A workbook with the XML of its sheet as given; a name in ``more`` is another part."""
    named = {
        "_rels/.rels": f'<Relationships xmlns="{RELATIONS}"><Relationship Id="r1" '
        f'Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>'
        '<sheet name="Sheet" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{RELATIONS}"><Relationship Id="r1" '
        f'Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{MAIN}"><sheetData>{sheet_data}'
        "</sheetData></worksheet>",
    }
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as file:
        for name, text in (named | more).items():
            file.writestr(name, text)
    return output.getvalue()


def with_part(content, name, change):
    """A workbook in which the text of one part is changed."""
    source, output = zipfile.ZipFile(io.BytesIO(content)), io.BytesIO()
    with zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as file:
        for part in source.namelist():
            text = source.read(part)
            file.writestr(part, change(text.decode()) if part == name else text)
    return output.getvalue()
