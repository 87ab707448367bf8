"""What two readers read differently is refused; what only looks odd is read as it is meant."""

from decimal import Decimal

import pytest
from sheets import HEADER, PERCENT, SETTINGS, extracted, faults, figures, with_part, workbook

from allograph.errors import FileError
from allograph.intake.sheets.numbers import NumberError, decimal_number, whole_number
from allograph.tables.number_formats import shown
from allograph.tables.table import read_table

# Numbers.


@pytest.mark.parametrize(
    ("text", "decimal", "people"),
    [
        ("12.0", "", 12),
        ("1,476", "", 1476),
        ("1,000", ".", 1000),
        ("1.000", ",", 1000),
        ("1.234.567", ",", 1234567),
        ("1'000", "", 1000),
        ("1\u2019000", "", 1000),
        ("1\u202f476", "", 1476),
        ("1\u2009000", ",", 1000),
        ("1\u00a0000", "", 1000),
        ("\uff11\uff12", "", 12),
        ("1234.000", "", 1234),
        ("0.000", "", 0),
    ],
)
def test_people_are_counted_as_every_reader_counts_them(text, decimal, people):
    assert whole_number(text, decimal) == people


@pytest.mark.parametrize(
    ("text", "decimal", "message"),
    [
        ("1.000", "", 'is 1000 to one reader and 1 to another; write 1000 or 1; .*decimal = ","'),
        ("1.000", ".", "is 1000 to one reader and 1 to another"),
        ("\uff11\uff0e\uff10\uff10\uff10", "", "is 1000 to one reader"),
        ("1,000", "", 'is 1000 to one reader and 1 to another; .*say decimal = "."'),
        ("1,000", ",", "is 1000 to one reader and 1 to another"),
        ("1 000", "", "a space among the digits: one number, or two"),
        ("1.476", "", "nobody counts parts of people"),
        ("12,0", "", 'say decimal = ","'),
        ("1e3", "", "a number as programs shorten it"),
        ("5\u00b2", "", "a number with a mark"),
        ("\u00b2", "", "no whole number"),
        ("9" * 5000, "", "it has 5000 characters"),
    ],
)
def test_a_number_of_people_that_is_in_doubt_is_refused(text, decimal, message):
    with pytest.raises(NumberError, match=message):
        whole_number(text, decimal)


@pytest.mark.parametrize(
    ("text", "decimal"), [("1,476", ""), ("1,476", "."), ("1.476", ","), ("9" * 5000, "")]
)
def test_a_decimal_number_that_is_in_doubt_is_refused(text, decimal):
    with pytest.raises(NumberError):
        decimal_number(text, decimal)


def test_a_number_of_a_workbook_has_a_point_whatever_the_language_of_the_sheet():
    rows = [HEADER.split(","), ("A", 2011, 12.345, 40, "1.000", "2.000")]
    (found,) = faults(extracted(workbook(*rows), "s.xlsx", settings=[*SETTINGS, "table.decimal=,"]))
    assert "ai: '12.345' is no whole number of people; nobody counts parts" in found
    rows = [HEADER.split(","), ("A", 2011, 12, 40, "1.000", "2.000")]
    read = extracted(workbook(*rows), "s.xlsx", settings=[*SETTINGS, "table.decimal=,"])
    assert [figure.numbers["value"] for figure in figures(read)] == ["12", "1000"]


# Fractions among percentages.


def test_a_fraction_among_percentages_is_refused_until_the_scale_is_said():
    sheet = "author,p,n\nA,0.555,400\nB,60,50\n"
    (found,) = faults(extracted(sheet, profile="single-arm", settings=PERCENT))
    assert found.startswith("sheet.csv:2: p: 0.555 among percentages: is it 55.5% or 0.555%?")
    said = [*PERCENT, 'figures.response.scale="percent"']
    assert faults(extracted(sheet, profile="single-arm", settings=said)) == []


def test_a_small_percentage_with_its_sign_is_no_fraction():
    sheet = "author,p,n\nA,0.5%,400\nB,50,50\n"
    values = figures(extracted(sheet, profile="single-arm", settings=PERCENT))
    assert [figure.numbers["value"] for figure in values] == ["0.5", "50"]


def test_a_share_of_less_than_one_person_is_refused():
    sheet = "author,p,n\nA,0.5%,40\nB,60,50\n"
    (found,) = faults(extracted(sheet, profile="single-arm", settings=PERCENT))
    assert "p: 0.5% of 40 people is less than one person; is it a fraction" in found


@pytest.mark.parametrize(
    ("row", "column"), [("A,60,0.5,70,50", "lo"), ("A,60,50,0.7,50", "hi"), ("A,60,50,70,50", "")]
)
def test_a_limit_of_another_scale_than_its_estimate_is_refused(row, column):
    settings = [*PERCENT, "figures.response.lower=lo", "figures.response.upper=hi"]
    sheet = f"author,p,lo,hi,n\n{row}\nB,3,0.6,8,50\n"
    found = faults(extracted(sheet, profile="single-arm", settings=settings))
    assert [line.split(": ")[1] for line in found] == ([column] if column else [])


def test_one_fraction_in_a_sheet_of_one_row_is_refused():
    with pytest.raises(FileError, match="every percentage is at most 1"):
        extracted("author,p,n\nA,0.46,100\n", profile="single-arm", settings=PERCENT)


# Number formats of workbooks.


@pytest.mark.parametrize(
    ("number", "number_format", "text"),
    [
        ("0.005", "0.0%", "0.5%"),
        ("0.5", '0.0"%"', "0.5%"),
        ("0.5", "0.0\\%", "0.5%"),
        ("0.5", "0.0_%", "0.5"),
        ("0.5", "[Red]0.0%;[Blue]-0.0%", "50%"),
        ("0.5", "[<=1]0%;0", "50%"),
        ("60", "[<=1]0%;0", "60"),
        ("60", '0;"%"0', "60"),
        ("0.5", "# ?/?", "0.5"),
        ("1200", "0.00E+00", "1200"),
        ("1476", "#,##0", "1476"),
        ("12", '_-* #,##0.00\\ "€"_-;-* #,##0.00\\ "€"_-;_-* "-"??\\ "€"_-;_-@_-', "12"),
        ("0", '_-* #,##0_-;-* #,##0_-;_-* "-"??_-', "0"),
        ("5", "General", "5"),
        ("5", '0" d"', "5"),
        ("5", "@", "5"),
        ("0.5", "[$%-409]0.0", "0.5%"),
    ],
)
def test_a_number_is_read_with_the_sign_that_its_format_shows(number, number_format, text):
    assert shown(Decimal(number), number_format) == (text, "")


@pytest.mark.parametrize(
    ("number_format", "message"),
    [
        ("yyyy-mm-dd", "a date"),
        ("d. mmm", "a date"),
        ("[h]:mm", "a date"),
        ("0,", "shown in thousands"),
        ("0.0,,", "shown in thousands"),
        ('"<"0', "its number format shows '<'"),
        ('0" of 40"', "its number format shows 'of 40'"),
        ('"none"', "its number format shows 'none'"),
        ('0"\u2030"', "shows '\u2030'"),
    ],
)
def test_a_number_that_is_shown_as_something_else_is_a_mistake(number_format, message):
    assert message in shown(Decimal(5), number_format)[1]


def test_a_percent_sign_in_quotation_marks_does_not_scale():
    rows = [("author", "p", "n"), ("A", 0.5, 200), ("B", 0.3, 200)]
    content = workbook(*rows, formats=[("B2", '0.0"%"'), ("B3", "0%")])
    values = figures(extracted(content, "s.xlsx", "single-arm", PERCENT))
    assert [figure.numbers["value"] for figure in values] == ["0.5", "30"]
    assert values[0].cells.printed == "200 | 0.5%"


# Years.


@pytest.mark.parametrize(
    ("text", "year", "label"),
    [
        ("2011a", "2011", "A 2011a"),
        ("2011.0", "2011", "A 2011"),
        ("2011 ", "2011", "A 2011"),
        ("2011 b", "2011", "A 2011 b"),
        ("\uff12\uff10\uff11\uff11", "2011", "A \uff12\uff10\uff11\uff11"),
        ("in press", "", "A in press"),
        ("n.d.", "", "A n.d."),
    ],
)
def test_a_year_is_read_as_people_and_programs_write_it(text, year, label):
    extraction = extracted(f"{HEADER}\nA,{text},1,10,3,10\n")
    assert faults(extraction) == []
    (study,) = extraction.studies.values()
    assert (study.year, study.label) == (year, label)
    assert any("no year" in remark.what for remark in extraction.remarks) == (not year)


@pytest.mark.parametrize("text", ["11", "'11", "2011-2012", "20111", "1.1.2011", "0000", "2011*"])
def test_what_may_be_another_year_is_refused(text):
    (found,) = faults(extracted(f"{HEADER}\nA,{text},1,10,3,10\n"))
    assert f"year: '{text}' is no year of four digits, as in 1948; " in found


def test_two_studies_of_one_year_are_two():
    sheet = f"{HEADER}\nA,2011a,1,10,3,10\nA,2011b,1,10,3,10\n"
    assert list(extracted(sheet).studies) == ["sheet-a-2011a", "sheet-a-2011b"]


# Encodings.


def test_the_words_that_depend_on_a_guess_of_the_encoding_are_shown():
    (remark,) = extracted(f"{HEADER}\nMüller,2011,1,10,3,10\n".encode("mac-roman")).remarks
    assert "read as Windows-1252, which makes 'MŸller' of it" in remark.what


def test_what_no_guess_can_read_is_told_with_the_encodings_that_can():
    content = f"{HEADER}\nÅngström,2011,1,10,3,10\n".encode("mac-roman")
    with pytest.raises(FileError, match=r"sheet.csv:2: .*'Ångström' in mac-roman.*table.encoding"):
        extracted(content)
    read = extracted(content, settings=[*SETTINGS, 'table.encoding="mac-roman"'])
    assert list(read.studies) == ["sheet-angstrom-2011"]


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32", "iso8859-15", "cp1250"])
def test_a_name_is_read_in_the_encoding_that_is_found_or_named(encoding):
    content = f"{HEADER}\nŽižek,2011,1,10,3,10\n".encode(encoding)
    named = [] if encoding.startswith("utf") else [f'table.encoding="{encoding}"']
    (study,) = extracted(content, settings=[*SETTINGS, *named]).studies.values()
    assert study.label == "Žižek 2011"


def test_a_stray_byte_does_not_turn_a_whole_file_of_utf_8_into_another_encoding():
    content = f"{HEADER}\nMüller,2011,1,10,3,10\nDvořák,2012,1,10,3,10\nX".encode() + b"\x96"
    with pytest.raises(FileError, match=r"sheet.csv:4: byte 0x96 in 'X.' is not UTF-8, though"):
        extracted(content)


@pytest.mark.parametrize("encoding", ["hex", "idna", "undefined", "no such", "utf-8\\u0000"])
def test_an_encoding_that_is_none_is_one_message(encoding):
    with pytest.raises(FileError):
        extracted("a,b\nü,1\n", settings=[*SETTINGS, f'table.encoding="{encoding}"'])


# Delimiters and quotation marks.


@pytest.mark.parametrize("delimiter", [";", "\t", "|", ","])
def test_a_title_above_the_names_does_not_hide_the_delimiter(delimiter):
    lines = ["Table 2, of four. Responses", "", HEADER, "A,2011,1,10,3,10"]
    sheet = "\n".join([*lines[:2], *(line.replace(",", delimiter) for line in lines[2:])])
    assert figures(extracted(sheet, settings=[*SETTINGS, "table.header=3"]))
    with pytest.raises(FileError, match=r"it stands in row 3: say table.header = 3"):
        extracted(sheet)


@pytest.mark.parametrize(
    ("cell", "message"),
    [
        ('"Baker" et al', r"sheet.csv:3: ';' \(semicolon\) expected after a closing '\"'; write"),
        ('"Baker et al', "sheet.csv:3: a quotation mark opens here and none closes"),
        ('"Baker""', "sheet.csv:3: a quotation mark opens here and none closes"),
    ],
)
def test_a_quotation_mark_that_does_not_fit_is_told_with_its_row(cell, message):
    header = HEADER.replace(",", ";")
    with pytest.raises(FileError, match=message):
        extracted(f"{header}\nA;2011;1;10;3;10\n{cell};2012;1;10;3;10\nC;2012;1;10;3;10\n")


def test_a_row_as_r_writes_it_is_told_with_its_cure():
    sheet = f"{HEADER}\n1,A,2011,1,10,3,10\n"
    (found,) = faults(extracted(sheet))
    assert "more cells than the header has columns: '10'" in found
    assert "give the first column a name" in found


# Names of columns.

TWO_ROWS = [
    ("author", "year", "Ino", None, "Chemo", None),
    (None, None, "n", "N", "n", "N"),
    ("A", 2011, 1, 10, 3, 12),
]
JOINED = [
    "table.header_rows=2",
    "figures.treated.events=Ino n",
    "figures.treated.total=Ino N",
    "figures.control.events=Chemo n",
    "figures.control.total=Chemo N",
]


def merged(_book, page):
    for cells in ("A1:A2", "B1:B2", "C1:D1", "E1:F1"):
        page.merge_cells(cells)


def test_names_in_two_rows_are_joined():
    read = extracted(workbook(*TWO_ROWS, change=merged), "s.xlsx", settings=[*SETTINGS, *JOINED])
    assert [figure.numbers["denominator"] for figure in figures(read)] == ["10", "12"]
    as_csv = "\n".join(
        ",".join("" if cell is None else str(cell) for cell in row) for row in TWO_ROWS
    )
    read = extracted(as_csv, settings=[*SETTINGS, *JOINED])
    assert [figure.cells.row for figure in figures(read)] == [3, 3]


@pytest.mark.parametrize("header", [1, 2])
def test_a_sheet_with_two_rows_of_names_says_how_to_name_them(header):
    with pytest.raises(
        FileError, match=r"say table.header = 1 and table.header_rows = 2; .*'Ino n', 'Ino N'"
    ):
        extracted(workbook(*TWO_ROWS), "s.xlsx", settings=[*SETTINGS, f"table.header={header}"])


def test_a_column_is_named_by_all_of_its_name():
    settings = ["study.label={No. treated} {a[0]}", *SETTINGS, "figures.response.events=xi"]
    read = extracted("No. treated,a[0],xi,ni\nA,B,1,10\n", profile="single-arm", settings=settings)
    assert [study.label for study in read.studies.values()] == ["A B"]


# What a person does not see in a workbook.


def test_the_first_worksheet_that_is_seen_is_read():
    def hide(book, page):
        page.title = "Seen"
        lists = book.create_sheet("Lists", 0)
        lists.append(["a", "b"])
        lists.sheet_state = "veryHidden"
        page.column_dimensions["B"].hidden = True

    rows = [HEADER.split(","), ("A", 2011, 1, 10, 3, 12)]
    read = extracted(workbook(*rows, change=hide), "s.xlsx")
    assert read.table.sheet == "Seen"
    told = " ".join(f"{remark.column} {remark.what}" for remark in read.remarks)
    assert "read the worksheet 'Seen'; table.worksheet names another: 'Lists' (hidden)" in told
    assert "B a hidden column, read like the others" in told


def test_the_colours_of_a_workbook_do_not_matter():
    content = workbook(HEADER.split(","), ("A", 2011, 1, 10, 3, 12))

    def without_fill(text):
        return text.replace("<patternFill />", "", 1).replace(
            '<patternFill patternType="none"/>', ""
        )

    changed = with_part(content, "xl/styles.xml", without_fill)
    assert len(figures(extracted(changed, "s.xlsx"))) == 2


def test_an_error_of_the_spreadsheet_is_nothing_when_the_profile_says_so():
    for content, name in (
        (workbook(HEADER.split(","), ("A", 2011, "#N/A", 10, 3, 12)), "s.xlsx"),
        (f"{HEADER}\nA,2011,#N/A,10,3,12\n", "s.csv"),
    ):
        (found,) = faults(extracted(content, name))
        assert "ai: an error of the spreadsheet: #N/A; mend its formula" in found
        read = extracted(content, name, settings=[*SETTINGS, 'table.missing=["#N/A"]'])
        assert (faults(read), len(figures(read))) == ([], 1)


# Characters.


@pytest.mark.parametrize("letter", ["\x01", "\x7f", "\x9d", "\ufffe", "\ud800", "\0"])
def test_a_character_that_no_graph_can_hold_is_named_with_its_cell(letter):
    sheet = f"{HEADER},note\nA{letter},2011,1,10,3,12\nB,2011,1,10,3,12,x{letter}\n"
    content = sheet.encode("utf-8", "surrogatepass")
    if letter == "\ud800":  # which no encoding holds, but a workbook can write
        rows = [[*HEADER.split(","), "note"], ("A_xD800_", 2011, 1, 10, 3, 12)]
        rows.append(("B", 2011, 1, 10, 3, 12, "x_xD800_"))
        read = extracted(workbook(*rows), "s.xlsx")
    else:
        read = extracted(content + b"C,2011,1,10,3,12\n" * 50)
    assert f"author: character 2 is U+{ord(letter):04X}" in faults(read)[0]
    assert any(
        (remark.row, remark.column) == (3, "column G") and f"U+{ord(letter):04X}" in remark.what
        for remark in read.remarks
    )


# Names that become names of files.


def test_long_titles_that_begin_alike_have_short_keys_of_their_own():
    title = "Weekly antibody for adults " * 11
    sheet = f"title,xi,ni\n{title}one,1,10\n{title}two,1,10\n"
    settings = [*SETTINGS, "study.label={title}"]
    read = extracted(sheet, profile="single-arm", settings=settings)
    first, second = read.studies
    assert first != second
    assert all(len(key) <= 90 and key.startswith("sheet-weekly-antibody") for key in read.studies)
    assert sum("a long name; its key is cut" in remark.what for remark in read.remarks) == 2


@pytest.mark.parametrize("name", ["..", "...", "!!"])
def test_a_study_without_letters_is_refused(name):
    (found,) = faults(
        extracted(
            f"a,xi,ni\n{name},1,10\n", profile="single-arm", settings=[*SETTINGS, "study.label={a}"]
        )
    )
    assert f"a: '{name}' has no letters a to z for a key" in found


@pytest.mark.parametrize("name", ["CON.csv", "nul", "lpt1.csv"])
def test_a_sheet_named_like_a_device_needs_a_key(name):
    with pytest.raises(FileError, match="names a device in Windows; say another"):
        extracted(f"{HEADER}\nA,2011,1,10,3,12\n", name)


@pytest.mark.parametrize("name", ["sheet.csv.", "sheet", ".sheet", "s" * 240 + ".csv"])
def test_a_sheet_of_an_odd_name_has_a_key(name):
    assert len(extracted(f"{HEADER}\nA,2011,1,10,3,12\n", name).key) <= 80


@pytest.mark.parametrize("suffix", ["xls", "ods", "pdf", "xlsb"])
def test_a_file_of_another_program_is_told_how_to_be_saved(suffix):
    with pytest.raises(FileError, match="is not read; save the sheet as XLSX or CSV"):
        read_table(b"x", f"s.{suffix}", f"s.{suffix}")
    with pytest.raises(FileError, match=r"no text but a workbook; name it .xlsx"):
        read_table(workbook(["a"]), "s.csv", "s.csv")
