"""Answers to be taken along: which rows, in which format, with what beside them."""

import csv
import io
from datetime import date
from decimal import Decimal

import docx
import openpyxl
import pytest
from approve import QUESTIONS

from allograph.errors import ParameterError, Unwritable
from allograph.rdf.formats import CSV_FOR_SHEETS, FORMATS, write_answer
from allograph.rdf.rows import as_solutions
from allograph.rdf.sparql import check_query
from allograph.rdf.store import OxigraphStore
from allograph.rdf.terms import BlankNode, Literal, NamedNode, Triple
from allograph.rdf.vocabularies import XSD
from allograph.reading.taking.extent import Extent, extent_of, part_of_query
from allograph.reading.taking.formats import ANSWER_FORMATS, formats_of_question, is_picture
from allograph.reading.taking.selection import Rows
from allograph.reading.taking.sources import in_ranges
from allograph.tables.books import Sheet, write_book
from allograph.tables.fields import Unfit, value_of
from allograph.tables.papers import Cell, Paper, Section, write_paper
from allograph.text.guarded import guarded, unguarded

OTHERS = ("text/csv",)
STORE = OxigraphStore.in_memory(())


def typed(text, name):
    return Literal(text, datatype=NamedNode(XSD[name]))


# The table of formats


def test_each_format_of_an_answer_has_a_name_and_a_type_of_its_own():
    names = [format.name for format in ANSWER_FORMATS]
    assert {"xlsx", "docx", "png", "svg", "parquet", "md", "csv", "json"} <= set(names)
    assert len(names) == len(set(names)) == len({it.media_type for it in ANSWER_FORMATS})
    assert [format.name for format in ANSWER_FORMATS][:3] == ["xlsx", "docx", "png"]


def test_a_question_without_a_plot_has_no_picture():
    for question in QUESTIONS.values():
        pictures = [format for format in formats_of_question(question) if is_picture(format)]
        assert bool(pictures) == bool(question.plot)


# Parts


@pytest.mark.parametrize("name", QUESTIONS)
def test_a_part_can_be_asked_of_each_question(name):
    query = part_of_query(QUESTIONS[name].text, Extent(3, 2), beyond=1)
    check_query(query)
    assert query.endswith("\nLIMIT 4\nOFFSET 2\n")
    assert part_of_query(QUESTIONS[name].text, Extent()) == QUESTIONS[name].text


@pytest.mark.parametrize(
    ("arguments", "extent"),
    [
        ({}, Extent()),
        ({"limit": [""], "offset": [""]}, Extent()),
        ({"limit": ["5"]}, Extent(5)),
        ({"limit": ["5", "7"], "offset": ["0"]}, Extent(7)),
        ({"offset": ["12"]}, Extent(None, 12)),
    ],
)
def test_a_part_is_read_from_its_arguments(arguments, extent):
    assert extent_of(arguments) == extent
    assert extent_of({name: [value] for name, value in extent.pairs}) == extent


@pytest.mark.parametrize("text", ["0", "-1", "x", "1.5", "1e3", "٣", "9" * 40, "1;DROP"])
def test_a_limit_that_is_none_is_refused(text):
    with pytest.raises(ParameterError, match=r"^limit: .* is no whole number from 1 to 1,0"):
        extent_of({"limit": [text]})


def test_rows_beyond_the_limit_are_looked_for_and_not_given():
    rows = Rows(["a"], iter([{"a": None}] * 3), 2)
    assert len([*rows]) == rows.number == 2 and rows.has_more
    rows = Rows(["a"], iter([{"a": None}] * 2), 2)
    assert len([*rows]) == 2 and not rows.has_more


# Rows as solutions


def test_rows_become_an_answer_again():
    terms = [
        NamedNode("http://e/a,b"),
        Literal('a"\\\n\u2028é'),
        Literal("a", language="en-gb"),
        typed("12.0", "decimal"),
        typed("x", "string"),
        BlankNode("b"),
        Triple(NamedNode("a:a"), NamedNode("a:b"), Literal("c")),
        None,
    ]
    solutions = as_solutions(["x", "none"], [{"x": term, "none": None} for term in terms])
    assert [variable.value for variable in solutions.variables] == ["x", "none"]
    assert [row["x"] for row in solutions] == terms


# Cells that a spreadsheet program would run

RUN = ["=1+1", "+cmd|' /C calc'!A0", "-A1", "@SUM(A1)", "\t=1", "\r=1", "-2+3", "-8 (SUM(1))", "-"]
NUMBERS = ["-3.2", "+5%", "-1,5", "-1e-5", "12", "-8.7 [95% CI, -16.0 to -1.4]", "-2.0 (-5 to 1)"]


@pytest.mark.parametrize("text", RUN)
def test_a_text_that_would_run_is_harmless_in_csv_and_in_a_workbook(text, namespaces):
    query = f"SELECT ?x {{ VALUES ?x {{ {Literal(text)} }} }}"
    output = io.BytesIO()
    write_answer(STORE.query(query), CSV_FOR_SHEETS, output, namespaces)
    cell = list(csv.reader(io.StringIO(output.getvalue().decode(), newline="")))[1][0]
    assert cell == f"'{text}" == guarded(text) and unguarded(cell) == text
    book = io.BytesIO()
    write_book([Sheet("answer", ["=x"], [[text]], [5])], book, OTHERS)
    sheet = openpyxl.load_workbook(book)["answer"]
    assert (sheet["A1"].value, sheet["A1"].data_type) == ("=x", "s")
    assert sheet["A2"].data_type == "s" and sheet["A2"].quotePrefix
    assert sheet["A2"].value.replace("\n", "\r") == text.replace("\n", "\r")


@pytest.mark.parametrize("text", NUMBERS)
def test_a_printed_number_stays_as_it_is(text):
    assert guarded(text) == text


def test_the_csv_of_the_standard_is_left_to_sparql():
    assert CSV_FOR_SHEETS not in FORMATS


# Values of a type


@pytest.mark.parametrize(
    ("term", "type", "value"),
    [
        (None, "integer", None),
        (Literal("12.0"), "number", Decimal("12.0")),
        (Literal("12.0"), "text", "12.0"),
        (typed("12", "integer"), "integer", 12),
        (typed("12", "integer"), "decimal", Decimal(12)),
        (typed("2016-06-12", "date"), "date", date(2016, 6, 12)),
        (typed("true", "boolean"), "boolean", True),
        (NamedNode("a:a"), "iri", "a:a"),
    ],
)
def test_a_term_is_a_value_of_its_column(term, type, value):
    assert value_of(term, type) == value


@pytest.mark.parametrize(
    ("term", "type"),
    [
        (Literal("about 12"), "number"),
        (Literal("12"), "integer"),
        (typed("1.5", "decimal"), "integer"),
        (typed("9" * 30, "integer"), "integer"),
        (typed("2016-06", "gYearMonth"), "date"),
        (typed("2016-06-12Z", "date"), "date"),
        (NamedNode("a:a"), "boolean"),
    ],
)
def test_a_value_that_is_not_of_its_column_is_refused_and_never_changed(term, type):
    with pytest.raises(Unfit, match=f"is no {type}"):
        value_of(term, type)


# Workbooks


def test_a_workbook_keeps_numbers_dates_and_printed_digits():
    output = io.BytesIO()
    row = [Decimal("12.0"), 7, date(2016, 6, 12), True, None, "text", Decimal("0." + "1" * 20)]
    write_book([Sheet("answer", list("abcdefg"), [row], [3] * 7)], output, OTHERS)
    cells = openpyxl.load_workbook(output)["answer"][2]
    assert [cell.value for cell in cells[:2]] == [12, 7]
    assert cells[0].number_format == "0.0"
    assert cells[2].value.date() == date(2016, 6, 12)
    assert [cell.value for cell in cells[3:]] == [True, None, "text", str(row[-1])]


@pytest.mark.parametrize(
    ("text", "wrong"), [("a\x01", "U\\+0001"), ("x" * 32_768, "32,767"), ("\ufffe", "U\\+FFFE")]
)
def test_what_a_cell_cannot_hold_is_named_with_its_place(text, wrong):
    with pytest.raises(Unwritable, match=rf"answer!B3: .*{wrong}") as error:
        write_book([Sheet("answer", ["a", "b"], [["", ""], ["", text]], [3])], io.BytesIO(), OTHERS)
    assert error.value.offered == OTHERS


def test_a_workbook_that_is_given_up_leaves_no_file_behind(tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    sheets = [Sheet("whole", ["a"], [["b"]], [3]), Sheet("answer", ["a"], [["a\x01"]], [3])]
    with pytest.raises(Unwritable):
        write_book(sheets, io.BytesIO(), OTHERS)
    assert not [*tmp_path.iterdir()]


def test_more_rows_than_a_workbook_holds_are_refused_with_the_cure(monkeypatch):
    monkeypatch.setattr("allograph.tables.books.LAST_ROW", 3)
    for number, is_held in ((2, True), (3, False)):
        sheet = Sheet("answer", ["a"], ([row] for row in range(number)), [3])
        if is_held:
            write_book([sheet], io.BytesIO(), OTHERS)
            continue
        with pytest.raises(Unwritable, match=r"at most 2 rows .* limit= and offset="):
            write_book([sheet], io.BytesIO(), OTHERS)


# Papers


def paper(**changes):
    parts = {
        "title": "What?",
        "lead": ["One row."],
        "heads": ["Row", "Figure"],
        "rows": [[Cell("1"), Cell("50% · 24/48", "percentage")], [Cell("2"), Cell("<&>")]],
        "sections": [Section("Sources", (), ["A. Rows: 1"])],
        "foot": "Release 1",
        "author": "curators",
    }
    return Paper(**parts | changes)


def test_a_paper_is_read_back_with_its_title_table_sources_and_foot():
    output = io.BytesIO()
    write_paper(paper(), output, OTHERS)
    read = docx.Document(output)
    texts = [(it.style.name, it.text) for it in read.paragraphs if it.text]
    assert texts == [
        ("Title", "What?"),
        ("Normal", "One row."),
        ("Heading 1", "Sources"),
        ("List Bullet", "A. Rows: 1"),
    ]
    assert [[cell.text for cell in row.cells] for row in read.tables[0].rows] == [
        ["Row", "Figure"],
        ["1", "50% · 24/48\npercentage"],
        ["2", "<&>"],
    ]
    assert read.sections[0].footer.paragraphs[0].text == "Release 1"
    assert read.core_properties.title == "What?"


def test_a_paper_names_a_character_that_it_cannot_hold():
    with pytest.raises(Unwritable, match=r"DOCX cannot hold .*U\+0001"):
        write_paper(paper(rows=[[Cell("1"), Cell("a\x01")]]), io.BytesIO(), OTHERS)


def test_numbers_of_rows_are_written_as_people_write_them():
    assert in_ranges([2, 3, 4, 7, 9, 10]) == "2-4, 7, 9-10"
    assert in_ranges([]) == ""
