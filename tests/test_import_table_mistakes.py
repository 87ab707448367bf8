"""Mistakes in a sheet or a profile: each is named with its row, its column and its cure."""

import re
from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import Workbook

from allograph.errors import FileError, Location
from allograph.intake.sheets import files as files_module
from allograph.intake.sheets.files import write_files
from allograph.intake.sheets.importing import curated_files, read_sheet
from allograph.intake.sheets.profile_files import read_profile
from allograph.intake.sheets.profile_toml import line_by_path
from allograph.tables.table import read_table, write_csv_table
from allograph.tables.workbooks import write_workbook
from allograph.text.guarded import guarded, unguarded
from allograph.text.trees import shown_path

TABLES = Path(__file__).parent / "tables"
HEADER = "author,year,ai,n1i,ci,n2i"
SETTINGS = ["study.condition=b-all", "figure.outcome=response"]


def read(path, profile="two-arm-binary", *settings):
    return read_sheet(path, read_profile(profile, [*SETTINGS, *settings]), lambda _done, _of: None)


@pytest.fixture
def sheet(tmp_path):
    """Write a sheet of these lines below the usual header."""

    def sheet(*lines, header=HEADER, name="sheet.csv"):
        path = tmp_path / name
        path.write_text("\n".join((header, *lines)) + "\n", encoding="utf-8")
        return path

    return sheet


def faults(extraction):
    return [extraction.line(fault) for fault in extraction.faults]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("A,1990,12,10,3,10", r"ai: 12 events in 10 people: .*slip"),
        ("A,1990,1,0,3,10", r"n1i: a total of 0: nobody was counted; clear"),
        ("A,1990,<5,10,3,10", r"ai: '<5' is no whole number of people: a bound, not a figure"),
        ("A,1990,3/10,10,3,10", r"ai: '3/10' .*two figures in one cell; give each its own column"),
        ("A,1990,3 (30%),10,3,10", r"ai: '3 \(30%\)' .*two figures in one cell"),
        ("A,1990,3*,10,3,10", r"ai: '3\*' .*a number with a mark; write the number alone"),
        ("A,1990,-3,10,3,10", r"ai: '-3' is no whole number of people; write digits"),
        ('A,1990,"3,5",10,3,10', r"ai: '3,5' .*say decimal = \",\" in the profile"),
        ("A,1990,2.5,10,3,10", r"ai: '2.5' is no whole number of people"),
        (
            "A,19xx,1,10,3,10",
            r"year: the row names no study|year: '19xx' is no year of four digits",
        ),
        (",1990,1,10,3,10", r"author: the row names no study; name it"),
        ("李,,1,10,3,10", r"year: the row names no study"),
        ("A,1990,1,10,3,10,,x", r"row: more cells than the header has columns: 'x'; put quotation"),
    ],
)
def test_a_wrong_row_is_named_with_row_column_and_cure(sheet, line, message):
    extraction = read(sheet("B,1980,1,10,2,20", line))
    (found,) = faults(extraction)
    assert re.search(rf"^sheet.csv:3: (?:{message})", found), found
    assert list(extraction.studies) == ["sheet-b-1980"]


def test_every_wrong_row_is_named_at_once(sheet):
    extraction = read(sheet("A,1990,12,10,3,10", "B,1980,1,10,2,20", "C,1990,1,10,x,10"))
    assert [fault.row for fault in extraction.faults] == [2, 4]


def test_two_studies_of_one_name_are_not_one_study(sheet):
    extraction = read(sheet("Vaira,2020,1,10,2,20", "Vaira,2020,3,30,4,40"))
    (found,) = faults(extraction)
    assert "sheet.csv:3: author: 'Vaira 2020' has this figure in row 2 already" in found
    assert "two studies of one name need a further column in study.label" in found


def test_rows_of_one_study_must_agree_on_the_study(sheet):
    path = sheet("1,A,0.46,0.1,1990", "1,B,0.40,0.1,1991", header="study,trt,yi,sei,y")
    arms = ["arms.treated.match=A", "arms.control.match=B", "study.year=y"]
    (found,) = faults(read(path, "study-and-arm", *arms))
    assert "has the year '1991' here and '1990' in row 2; if they are two studies" in found


def test_an_arm_that_the_profile_does_not_know_is_named_with_those_it_knows(sheet):
    path = sheet("1,placebo,0.46,0.1", header="study,trt,yi,sei")
    (found,) = faults(read(path, "study-and-arm"))
    assert found.endswith("trt: 'placebo' is no arm of the profile; there are 'treated', 'control'")


@pytest.mark.parametrize(
    ("rows", "settings", "message"),
    [
        (["1,treated,46,0.1"], [], r"yi: 46 is more than 1; .*say scale = \"percent\""),
        (["1,treated,0.5,0.1"], ["figures.rate.decimals=-1"], r"one decimal.*say decimals = 2"),
        (["1,treated,-0.5,0.1"], [], r"yi: -0.5 is negative"),
        (["1,treated,50%,0.1"], [], r"yi: 50% among fractions; write 0.5 for 50%"),
    ],
)
def test_a_percentage_and_a_fraction_are_not_mixed_up(sheet, rows, settings, message):
    path = sheet(*rows, header="study,trt,yi,sei")
    (found,) = faults(read(path, "study-and-arm", *settings))
    assert re.search(message, found), found


def test_percentages_that_are_all_at_most_1_are_read_only_when_the_profile_says_so(sheet):
    path = sheet("A,0.46,100", "B,0.25,100", header="authors,p,n")
    share = ["figures.response.value=p", 'figures.response.statistic="percentage"']
    share += ['figures.response.events=""', "figures.response.total=n"]
    with pytest.raises(FileError, match=r"sheet.csv: p: every percentage is at most 1; if these"):
        read(path, "single-arm", *share)
    small = read(path, "single-arm", *share, "figures.response.scale=percent")
    numbers = [study.figures[0].numbers["value"] for study in small.studies.values()]
    assert numbers == ["0.46", "0.25"]


def test_a_percentage_that_its_counts_do_not_give_is_a_mistake(sheet):
    path = sheet("A,16,17,91.4", header="authors,xi,ni,p")
    share = ["figures.response.value=p", 'figures.response.statistic="percentage"']
    (found,) = faults(read(path, "single-arm", *share))
    assert "p: 91.4% is not 16 of 17, which is 94.12%; look into the report" in found


def test_an_interval_without_its_estimate_is_a_mistake(sheet):
    lines = (TABLES / "decimal-comma.csv").read_text(encoding="utf-8").replace("6,0;9,2", "8,0;9,2")
    header, *rows = lines.splitlines()
    path = sheet(*rows, header=header)
    (found,) = faults(read(path, str(TABLES / "decimal-comma.toml")))
    assert "low: an interval contains its estimate, and 8.0 is beyond 7.7" in found


def test_a_column_that_is_missing_or_doubled_is_named(sheet):
    with pytest.raises(FileError, match=r"sheet.csv:1: no column is called 'n1i'; did you mean"):
        read(sheet("A,1990,1,10,3,10", header="author,year,ai,n1,ci,n2i"))
    with pytest.raises(FileError, match=r"2 columns are called 'ai'; rename them"):
        read(sheet("A,1990,1,10,3,10", header="author,year,ai,n1i,ai,n2i,ci"))


def test_rows_of_totals_and_empty_rows_are_no_studies(sheet):
    extraction = read(
        sheet("A,1990,1,10,3,10", ",,,,,", "Total,1990,1,10,3,10", "Pooled (RE),x,,,,")
    )
    assert list(extraction.studies) == ["sheet-a-1990"]
    assert [remark.row for remark in extraction.remarks] == [4, 5]
    assert (
        extraction.remarks[0].what == "row skipped: a row of totals, 'Total' in the column author"
    )


# How tables are read.


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_the_delimiter_and_the_encoding_are_found(delimiter, encoding):
    lines = [["name", "n"], ["Müller", "3"], [f"a{delimiter}b", "4"], ["two\nlines", "5"]]
    text = "\n".join(f'"{name}"{delimiter}{number}' for name, number in lines)
    table = read_table(text.encode(encoding), "t.csv", "t.csv")
    assert [list(row.cells) for row in table.rows] == lines
    assert [row.number for row in table.rows] == [1, 2, 3, 4]


def test_a_file_that_is_no_sheet_is_named(tmp_path):
    with pytest.raises(FileError, match=r"no workbook that can be read"):
        read_table(b"PK no zip", "t.xlsx", "t.xlsx")
    with pytest.raises(FileError, match=r"this is no text; save the sheet as CSV or XLSX"):
        read_table(b"\0\1\2", "t.csv", "t.csv")
    with pytest.raises(FileError, match=r"t.csv:1: this is not ascii \(byte 0xC3\) but UTF-8"):
        read_table("ü,1".encode(), "t.csv", "t.csv", encoding="ascii")
    with pytest.raises(FileError, match="no such file"):
        read(tmp_path / "none.csv")


def workbook(path, *rows, formats=()):
    book = Workbook()
    page = book.worksheets[0]
    page.title = "Extraction"
    for row in rows:
        page.append(row)
    for cell, number_format in formats:
        page[cell].number_format = number_format
    page.row_dimensions[3].hidden = True
    book.save(path)
    return path


def test_a_workbook_is_read_like_the_same_csv(tmp_path, sheet):
    rows = [("A", 1990, 1, 10, 3, 10), ("B", 1991, 2, 20, 4.0, 20)]
    path = workbook(tmp_path / "sheet.xlsx", tuple(HEADER.split(",")), *rows)
    from_workbook = read(path)
    from_csv = read(sheet("A,1990,1,10,3,10", "B,1991,2,20,4,20"))
    numbers = [
        [figure.numbers for study in extraction.studies.values() for figure in study.figures]
        for extraction in (from_workbook, from_csv)
    ]
    assert numbers[0] == numbers[1]
    assert len(numbers[0]) == 4
    assert from_workbook.table.sheet == "Extraction"
    (hidden,) = from_workbook.remarks
    assert (hidden.row, hidden.what) == (3, "a hidden row, read like the others")


def test_cells_of_a_workbook_that_hold_no_figure_are_mistakes(tmp_path):
    rows = [("A", 1990, "=1+1", 10, datetime(2020, 3, 17), 10), ("B", 1991, 2, 20, "#DIV/0!", 20)]
    extraction = read(workbook(tmp_path / "sheet.xlsx", tuple(HEADER.split(",")), *rows))
    found = faults(extraction)
    assert (
        "sheet.xlsx:2: ai: a formula without the value that it last had; open the sheet" in found[0]
    )
    assert "sheet.xlsx:3: ci: an error of the spreadsheet: #DIV/0!" in found[1]
    dates = [("A", 1990, 1, 10, datetime(2020, 3, 17), 10)]
    extraction = read(workbook(tmp_path / "dates.xlsx", tuple(HEADER.split(",")), *dates))
    assert (
        "dates.xlsx:2: ci: a date: a spreadsheet program makes one of 3/17" in faults(extraction)[0]
    )


def test_a_cell_that_is_shown_as_a_percentage_is_one(tmp_path):
    rows = [("authors", "xi", "ni", "p"), ("A", 1, 4, 0.25)]
    path = workbook(tmp_path / "sheet.xlsx", *rows, formats=[("D2", "0%")])
    share = ["figures.response.value=p", 'figures.response.statistic="percentage"']
    extraction = read(path, "single-arm", *share)
    ((figure,),) = [study.figures for study in extraction.studies.values()]
    assert figure.numbers["value"] == "25"
    assert figure.cells.printed == "1 | 4 | 25%"


def test_a_worksheet_that_is_not_there_is_named_with_those_that_are(tmp_path):
    path = workbook(tmp_path / "sheet.xlsx", tuple(HEADER.split(",")))
    with pytest.raises(FileError, match=r"no worksheet is called 'Data'; there are 'Extraction'"):
        read(path, "two-arm-binary", "table.worksheet=Data")


# Spreadsheet programs run what begins like a formula.


@pytest.mark.parametrize("text", ["=1+1", "+cmd", "-A1", "@SUM(A1)", '=HYPERLINK("x")', "\t=1"])
def test_an_exported_text_is_never_a_formula(text):
    assert write_csv_table(["h"], [[text]]).decode().splitlines()[1].strip('"').startswith("'")
    assert unguarded(guarded(text)) == text
    again = read_table(write_workbook(["h"], [[text]]), "t.xlsx", "t.xlsx")
    assert again.rows[1].cells == (text,)
    assert again.faults == {}


@pytest.mark.parametrize("text", ["-1.5", "+3", "12", "-0,5", "4%"])
def test_an_exported_number_is_left_as_it_is(text):
    assert guarded(text) == text


def test_a_guarded_name_is_read_without_its_guard(sheet):
    (study,) = read(sheet("'=A,1990,1,10,3,10")).studies.values()
    assert study.label == "=A 1990"


# How files are written.


@pytest.fixture
def files(small_checkout):
    profile = read_profile("two-arm-binary", SETTINGS)

    def files(path):
        extraction = read_sheet(path, profile, lambda _done, _of: None)
        return curated_files(extraction, profile, small_checkout, date(2026, 11, 20))

    return files


def snapshot(small_checkout):
    paths = [path for path in small_checkout.root.rglob("*") if path.is_file()]
    return {path: path.read_bytes() for path in paths}


def test_a_file_that_is_there_is_never_overwritten_unless_told_so(small_checkout, files, sheet):
    texts = files(sheet("A,1990,1,10,3,10", "B,1990,1,10,3,10"))
    write_files(small_checkout, texts, replace=False)
    before = snapshot(small_checkout)
    changed = files(sheet("A,1990,2,10,3,10", "B,1990,1,10,3,10"))
    with pytest.raises(FileError, match=r"graph/\w+/sheet-a-1990.ttl: exists already, and nothing"):
        write_files(small_checkout, changed, replace=False)
    assert snapshot(small_checkout) == before
    written = write_files(small_checkout, changed, replace=True)
    study = small_checkout.graph / "study" / "sheet-a-1990.ttl"
    assert study in written
    assert 'owl:versionInfo "2"' in study.read_text(encoding="utf-8")
    assert write_files(small_checkout, changed, replace=True) == []


@pytest.mark.parametrize("replace", [False, True])
def test_all_files_are_written_or_none(small_checkout, files, sheet, monkeypatch, replace):
    texts = files(sheet("A,1990,1,10,3,10", "B,1990,1,10,3,10"))
    if replace:
        write_files(small_checkout, texts, replace=False)
        texts = {path: f"{text}# more\n" for path, text in texts.items()}
    before = snapshot(small_checkout)
    moved = []

    def fail_at_the_third(self, target):
        moved.append(target)
        if len(moved) == 3:
            raise OSError(28, "No space left on device", str(target))
        return original(self, target)

    original = files_module.Path.replace
    monkeypatch.setattr(files_module.Path, "replace", fail_at_the_third)
    with pytest.raises(FileError, match="nothing was written: no space left on device"):
        write_files(small_checkout, texts, replace=replace)
    assert snapshot(small_checkout) == before


@pytest.mark.parametrize("kind", ["folder", "bytes", "link"])
def test_what_stands_in_the_way_of_a_file_is_one_message(small_checkout, files, sheet, kind):
    texts = files(sheet("A,1990,1,10,3,10", "B,1990,1,10,3,10"))
    path = small_checkout.graph / "study" / "sheet-b-1990.ttl"
    match kind:
        case "folder":
            path.mkdir()
        case "bytes":
            path.write_bytes(b"\xff")
        case "link":
            path.symlink_to("nowhere.ttl")
    before = snapshot(small_checkout)
    for replace in (False, True):
        with pytest.raises(FileError, match="nothing was written"):
            write_files(small_checkout, texts, replace=replace)
    assert snapshot(small_checkout) == before


# What a profile may say.


@pytest.mark.parametrize(
    ("setting", "message"),
    [
        ("study.lable=x", r"study.lable: no such key; did you mean 'label'\?"),
        ("figures.treated.event=x", r"figures.treated.event: no such key; did you mean 'events'"),
        ("figures.treated.arm=x", r"figures.treated.arm: an arm of \[arms\]; there are control"),
        (
            'figure.statistic="mean"',
            r"figures.control.statistic|figures.treated.statistic: no such",
        ),
        ("table.header=0", r"table.header: the row of the column names, from 1"),
        ('table.header="1"', r"table.header: a whole number, not '1'"),
        ("table.decimal=;", r'table.decimal: "." or ","'),
        ("table.delimiter=:", r"table.delimiter: one of comma, semicolon, tab, pipe"),
        ("table.totals=(", r"table.totals: no regular expression"),
        ("arms.Treated.label=x", r"arms.Treated: a key is written in lower case"),
        ("study.label=authors", r"study.label: the columns that name a study"),
        ("study.prefix=../", r"study.prefix: small letters, digits and hyphens"),
        ("study.condition=../x", r"study.condition: a key is written in lower case"),
        ("figure.outcome=CR", r"figures.\w+.outcome: a key is written in lower case with hyphens"),
        ("figures.treated.value=x", r"figures.treated.statistic: a share is no count"),
        ("figures.treated.nonevents=x", r"figures.treated.nonevents: the events and the others"),
    ],
)
def test_a_mistake_in_a_profile_is_named_by_its_key(setting, message):
    with pytest.raises(FileError, match=message):
        read_profile("two-arm-binary", [setting])


PROFILE = """extends = "two-arm-binary"

[study]
label = "{author} {year}"
design = { columns = [
    "allocation",
], values = { random = "randomised-trial" } }

[figure]
outcome = "cure"

[figures.treated]
events = "ai"
level = 95.0

[[skip]]
column = "a"
matches = "x"
reason = "r"

[[skip]]
column = "b"
matches = "y"
reason = "s"
"""


@pytest.mark.parametrize(
    ("old", "new", "line", "message"),
    [
        ('label = "{', 'lable = "{', 4, "study.lable: no such key; did you mean 'label'"),
        ('"allocation"', "1", 5, "study.design.columns[1]: a text, not 1"),
        ('"randomised-trial"', "2", 5, "study.design.values.random: a text, not 2"),
        ("], values = { random", "], walues = { random", 5, "study.design.walues: no such key"),
        (', values = { random = "randomised-trial" }', "", 5, "study.design.values: is missing"),
        ('outcome = "cure"', "outcome = 3", 10, "outcome: a text, or a table, not 3"),
        ('outcome = "cure"', 'outcome = "CR"', 10, "outcome: a key is written in lower case"),
        (
            'outcome = "cure"',
            'outcmoe = "cure"',
            10,
            "outcmoe: no such key; did you mean 'outcome'",
        ),
        ('events = "ai"', "events = true", 13, "figures.treated.events: a text, not True"),
        ('events = "ai"', 'value = "p"', 12, "figures.treated.statistic: a share is no count"),
        ("level = 95.0", "level = true", 14, "figures.treated.level: a text, not True"),
        ("level = 95.0", "level = 20", 14, "figures.treated.level: a confidence level"),
        ("level = 95.0", "decimals = 2.5", 14, "figures.treated.decimals: a whole number, not 2.5"),
        ("[figures.treated]", "[figures.third]", 12, "figures.third.arm: an arm of [arms]"),
        ('"y"', '"("', 23, "skip[2].matches: no regular expression"),
        ('reason = "s"', "", 21, "skip[2].reason: is missing"),
        ('column = "a"', "colunm = 'a'", 17, "skip[1].colunm: no such key; did you mean 'column'"),
        ("[study]", "name = 'x'\n[study]", 3, "name: no such key"),
        ("[study]", "arms = 3\n[study]", 3, "arms: a table of keys, not 3"),
        ("[figure]", "[[figure]]", 9, "figure: a table of keys, not [{"),
        ("[study]", "[table]\nmissing = 'NA'\n[study]", 4, "table.missing: a list of texts, not"),
        ("[study]", "[table]\nheader = true\n[study]", 4, "table.header: a whole number, not True"),
        ('extends = "two-arm-binary"', "extends = ['two-arm-binary']", 1, "extends: the name of a"),
    ],
)
def test_a_mistake_in_a_profile_is_named_with_the_line_of_its_key(
    tmp_path, old, new, line, message
):
    assert old in PROFILE
    path = tmp_path / "p.toml"
    path.write_text(PROFILE, encoding="utf-8")
    assert read_profile(str(path)).figures["treated"].level == "95.0"
    path.write_text(PROFILE.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(FileError, match=re.escape(message)) as raised:
        read_profile(str(path))
    assert raised.value.location == Location(str(path), line)


def test_a_mistake_is_told_to_the_file_or_the_setting_that_makes_it(tmp_path):
    (tmp_path / "below.toml").write_text(
        'extends = "two-arm-binary"\n[table]\nheader = 0\n', encoding="utf-8"
    )
    (tmp_path / "above.toml").write_text('extends = "below.toml"\n', encoding="utf-8")
    above, below = str(tmp_path / "above.toml"), str(tmp_path / "below.toml")
    with pytest.raises(FileError, match=r"table.header: the row") as raised:
        read_profile(above)
    assert raised.value.location == Location(below, 3)
    with pytest.raises(FileError, match=r"table.header: a whole number, not 'x'") as raised:
        read_profile(above, ["table.header=x"])
    assert raised.value.location == Location("--set")
    assert read_profile(above, ["table.header=2"]).table.header == 2


LINES = '''# comment
a = 1
"b.c" . d = { e = [1, { f = 2 }] }
text = """
[fake]
x = 1
"""
list = [
  [1],
]

[t.u]
v = 1
[[w]]
x = 1
[[w.y]]
z = 1
[[w]]
[w.q]
r = 1
'''


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_each_key_of_a_profile_has_its_line(end):
    shown = {
        shown_path(path): line for path, line in line_by_path(LINES.replace("\n", end)).items()
    }
    assert shown == {
        "a": 2, "b.c": 3, "b.c.d": 3, "b.c.d.e": 3, "b.c.d.e[1]": 3, "b.c.d.e[2]": 3,
        "b.c.d.e[2].f": 3, "text": 4, "list": 8, "list[1]": 8, "list[1][1]": 8,
        "t": 12, "t.u": 12, "t.u.v": 13, "w": 14, "w[1]": 14, "w[1].x": 15, "w[1].y": 16,
        "w[1].y[1]": 16, "w[1].y[1].z": 17, "w[2]": 18, "w[2].q": 19, "w[2].q.r": 20,
    }  # fmt: skip


def test_a_statement_of_very_many_lines_is_not_read_again_and_again():
    text = "[t]\na = [\n" + "'x',\n" * 40_000 + "]\nb = 1\n"
    assert line_by_path(text) == {("t",): 1}


def test_a_profile_that_is_not_there_is_named_with_the_nearest():
    with pytest.raises(
        FileError, match=r"two-arm: no profile is called so; did you mean 'two-arm-bi"
    ):
        read_profile("two-arm")


def test_a_profile_cannot_extend_itself(tmp_path):
    for name, other in (("a", "b"), ("b", "a")):
        (tmp_path / f"{name}.toml").write_text(f'extends = "{other}.toml"\n', encoding="utf-8")
    with pytest.raises(FileError, match="a profile cannot extend itself"):
        read_profile(str(tmp_path / "a.toml"))


def test_records_that_are_missing_are_named_with_the_commands_that_make_them(small_checkout, sheet):
    settings = ["study.condition=tuberculosis", "figure.outcome=cure", "arms.treated.regimen=bcg"]
    profile = read_profile("two-arm-binary", settings)
    extraction = read_sheet(sheet("A,1990,1,10,3,10"), profile, lambda _done, _of: None)
    with pytest.raises(FileError) as raised:
        curated_files(extraction, profile, small_checkout, date(2026, 11, 20))
    commands = ("condition tuberculosis", "outcome cure", "regimen bcg")
    assert all(f"allograph new {command}" in str(raised.value) for command in commands)


def test_a_ready_profile_says_what_must_still_be_said(small_checkout, sheet):
    profile = read_profile("two-arm-binary")
    extraction = read_sheet(sheet("A,1990,1,10,3,10"), profile, lambda _done, _of: None)
    with pytest.raises(
        FileError, match=r"say figures.treated.outcome, .*study.condition, in a prof"
    ):
        curated_files(extraction, profile, small_checkout, date(2026, 11, 20))


def test_a_design_that_does_not_exist_is_named_with_those_that_do(small_checkout, sheet):
    profile = read_profile("two-arm-binary", [*SETTINGS, "study.design=rct"])
    extraction = read_sheet(sheet("A,1990,1,10,3,10"), profile, lambda _done, _of: None)
    with pytest.raises(
        FileError,
        match=r"no design is called 'rct'; there are .*controlled-trial, .*randomised-trial",
    ):
        curated_files(extraction, profile, small_checkout, date(2026, 11, 20))
