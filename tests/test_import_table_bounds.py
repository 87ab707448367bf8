"""Hostile, damaged and outsized sheets and profiles: one message with a cure, in bounded work."""

import os

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sheets import HEADER, SETTINGS, extracted, figures, parts, with_part, workbook

from allograph.errors import FileError
from allograph.intake.sheets.importing import read_sheet
from allograph.intake.sheets.patterns import PatternError, fullmatch
from allograph.intake.sheets.profile_files import read_profile
from allograph.tables.limits import Limits
from allograph.tables.table import read_table
from allograph.tables.worksheets import read_worksheet
from allograph.text.files import read_regular

ROWS = [HEADER.split(","), ("A", 2011, 1, 10, 3, 12)]
GOOD = workbook(*ROWS)
SHEET = "xl/worksheets/sheet1.xml"
DOCTYPE = '<?xml version="1.0"?><!DOCTYPE w [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>'


def read(content, **limits):
    return read_worksheet(content, "s.xlsx", limits=Limits(**limits))


# Workbooks.


def test_the_work_grows_with_the_cells_that_hold_something_and_not_with_the_last_row():
    def colour(_book, page):
        page.cell(1_048_576, 1).number_format = "0.0"

    content = workbook(*ROWS, change=colour)
    assert list(read(content).rows) == [1, 2]
    assert len(figures(extracted(content, "s.xlsx"))) == 2


def test_a_cell_far_out_is_named():
    far = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    with pytest.raises(FileError, match="XFD1048576 holds something, beyond the 1,000 columns"):
        read(parts(far))


@pytest.mark.parametrize(
    ("limits", "message"),
    [
        ({"rows": 1}, "more than 1 rows; divide the sheet"),
        ({"cells": 7}, "more than 7 (?:cells; divide the sheet|texts)"),
        ({"columns": 5}, "F1 holds something, beyond the 5 columns"),
        ({"text": 3}, "a cell has more than 3 characters"),
        ({"unpacked_bytes": 900}, "it unpacks to more than 900 bytes; clear"),
    ],
)
def test_a_workbook_beyond_a_limit_is_refused(limits, message):
    with pytest.raises(FileError, match=message):
        read(GOOD, **limits)


def test_a_part_that_says_it_is_small_is_counted_as_it_unpacks():
    bomb = parts("<row><c/></row>" * 200_000)
    assert len(bomb) < 30_000
    with pytest.raises(FileError, match="it unpacks to more than 100,000 bytes"):
        read(bomb, unpacked_bytes=100_000)


@pytest.mark.parametrize("name", [SHEET, "xl/workbook.xml", "xl/styles.xml"])
def test_a_document_type_is_refused_and_with_it_every_entity(name):
    content = with_part(GOOD, name, lambda text: DOCTYPE + text.replace("<v>1<", "<v>&b;<"))
    with pytest.raises(FileError, match="it declares a document type"):
        read(content)


def test_deep_xml_builds_no_tree():
    deep = "<row>" + "<x>" * 50_000 + "</x>" * 50_000 + "</row>"
    assert read(parts(deep)).rows == {}


def test_a_tag_is_not_read_again_and_again():
    with pytest.raises(FileError, match="has a tag that is too long"):
        read(parts(f'<row x="{"a" * 3_000_000}"/>'))


@pytest.mark.parametrize(
    ("sheet", "message"),
    [
        ("<row", "is no XML"),
        ('<row r="0"/>', "no row is called '0'"),
        ('<row r="1048577"/>', "no row is called"),
        ('<row r="1"><c r="ZZZ1"><v>1</v></c></row>', "no cell is called 'ZZZ1'"),
        ('<row r="1"><c r="1A"><v>1</v></c></row>', "no cell is called '1A'"),
        ('<row r="1"><c t="s"><v>7</v></c></row>', "there is no shared text 7"),
        ('<row r="1"><c t="s"><v>x</v></c></row>', "there is no shared text x"),
    ],
)
def test_a_broken_worksheet_is_one_message(sheet, message):
    with pytest.raises(FileError, match=rf"no workbook that can be read \(.*{message}.*save it as"):
        read(parts(sheet))


@pytest.mark.parametrize(
    ("value", "fault"),
    [
        ("1e999", "is too large a number"),
        ("nan", "is none"),
        ("1_0", "is none"),
        ("\u0661", "is none"),
    ],
)
def test_a_number_that_is_none_is_a_mistake_of_its_cell(value, fault):
    assert fault in read(parts(f'<row r="1"><c r="A1"><v>{value}</v></c></row>')).faults[1, 1]


def test_rows_and_cells_without_references_stand_in_their_order():
    sheet = read(parts("<row><c><v>1</v></c><c/><c><v>2</v></c></row><row><c><v>3</v></c></row>"))
    assert sheet.rows == {1: {1: "1", 3: "2"}, 2: {1: "3"}}


def test_the_hints_of_how_to_say_a_text_are_no_text_of_it():
    rich = "<is><r><t>東</t></r><r><t>京</t></r><rPh><t>toukyou</t></rPh></is>"
    assert read(parts(f'<row><c t="inlineStr">{rich}</c></row>')).rows == {1: {1: "東京"}}


@pytest.mark.parametrize(
    "damage",
    [
        lambda content: content[: len(content) // 2],
        lambda content: content.replace(b"\x00\x00\x08\x00", b"\x00\x00\x63\x00"),
        lambda content: content.replace(
            b"PK\x01\x02\x14\x03\x14\x00\x00", b"PK\x01\x02\x14\x03\x14\x00\x01"
        ),
        lambda _content: b"",
        lambda _content: b"PK\x05\x06" + bytes(18),
        lambda _content: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
    ],
)
def test_a_damaged_or_locked_file_is_one_message(damage):
    with pytest.raises(FileError, match="no workbook that can be read"):
        read(damage(GOOD))


# Text files.


@pytest.mark.parametrize(
    ("text", "limits", "message"),
    [
        ("a,b\n" * 5, {"rows": 3}, r"s.csv:4: more than 3 rows"),
        ("a,b,c,d\n", {"columns": 3}, "s.csv:1: more than 3 columns; is the delimiter right"),
        ("a,b\n" * 5, {"cells": 6}, "more than .* 6 cells; divide"),
        ("a\nbbbb\n", {"text": 3}, "s.csv:2: a cell has 4 characters, from 'bbbb' on"),
        ('a\n"' + "b\n" * 100_000, {}, "s.csv:2: a quotation mark opens here and none closes"),
    ],
)
def test_a_text_beyond_a_limit_is_refused(text, limits, message):
    with pytest.raises(FileError, match=message):
        read_table(text.encode(), "s.csv", "s.csv", limits=Limits(**limits))


@pytest.mark.parametrize("cell", ["9" * 30_000, "10.1000/" + ";" * 30_000 + " ", "é" * 30_000])
def test_a_long_cell_is_named_shortly(cell):
    settings = [*SETTINGS, "study.doi=doi"]
    extraction = extracted(f"{HEADER},doi\nA,2011,1,10,3,12,{cell}\n", settings=settings)
    (fault,) = extraction.faults
    assert len(fault.what) < 200


# Files that are no files.


@pytest.mark.parametrize("kind", ["pipe", "folder", "loop", "device", "socket", "none", "nul"])
def test_what_is_no_regular_file_is_one_message_and_no_wait(tmp_path, kind):
    path = tmp_path / "s.csv"
    match kind:
        case "pipe":
            os.mkfifo(path)
        case "folder":
            path.mkdir()
        case "loop":
            path.symlink_to(path)
        case "device":
            path.symlink_to("/dev/zero")
        case "socket":
            import socket

            bound = socket.socket(socket.AF_UNIX)
            bound.bind(str(path))
            bound.close()
        case "nul":
            path = tmp_path / "s\0.csv"
    profile = read_profile("two-arm-binary", SETTINGS)
    with pytest.raises(FileError):
        read_sheet(path, profile, lambda _done, _of: None)
    with pytest.raises(FileError):
        read_profile(str(path.with_suffix(".toml")) if kind == "none" else str(path))


def test_a_profile_that_is_a_pipe_is_one_message(tmp_path):
    os.mkfifo(tmp_path / "p.toml")
    with pytest.raises(FileError, match=r"p.toml: this is a pipe; name a file"):
        read_profile(str(tmp_path / "p.toml"))


def test_a_file_is_read_as_far_as_its_limit(tmp_path):
    (tmp_path / "s.csv").write_bytes(b"x" * 11)
    assert read_regular(tmp_path / "s.csv", "s.csv", 11) == b"x" * 11
    with pytest.raises(FileError, match=r"s.csv: more than 10 bytes; divide it"):
        read_regular(tmp_path / "s.csv", "s.csv", 10)


def test_a_name_that_no_graph_can_hold_is_refused(tmp_path):
    for name in ("a\nb.csv", "a\udc80.csv"):
        path = tmp_path / name
        path.write_text(f"{HEADER}\nA,2011,1,10,3,12\n", encoding="utf-8")
        if "\n" not in name:
            with pytest.raises(FileError, match="the name of the file"):
                read_sheet(path, read_profile("two-arm-binary", SETTINGS), lambda _d, _o: None)


# Profiles.


@pytest.mark.parametrize(
    "text",
    [
        "a = " + "[" * 5000,
        "a = " + "{b = " * 5000,
        "a" + ".a" * 50_000 + " = 1",
        "[" + "a." * 50_000 + "a]",
        "\n".join(f"a{number}{'.b' * 250} = 1" for number in range(3)),
        "[table]\nheader = " + "9" * 5000,
        "[table]\nheader = 0x" + "f" * 5000,
        "[table]\nheader = 9999999999",
        "[table]\nheader = 1e400",
        "[table]\nheader_rows = 100",
        '[table]\nkey = "' + "a" * 300 + '"',
        '[table]\nlabel = "a\\u0001"',
        '[study]\nlabel = "{"',
        '[study]\nlabel = "{}"',
        '[study]\nlabel = "{author!r:>99999999}"',
        '[figure]\ndecimals = 400\nscale = "fraction"\nvalue = "p"\nstatistic = "percentage"',
        '[figure]\nat_time = "\u0662\u0664"\nvalue = "p"\nstatistic = "survival-probability"',
        '[table]\ntotals = "' + "(" * 600 + '"',
        '[table]\ntotals = "(?:a{1000}){1000}"',
        '[table]\ntotals = "(?R)*"',
        "\0",
        "x" * 300_000,
    ],
)
def test_a_hostile_profile_is_one_message(tmp_path, text):
    path = tmp_path / "p.toml"
    path.write_text('extends = "two-arm-binary"\n' + text, encoding="utf-8")
    with pytest.raises(FileError) as raised:
        read_profile(str(path), SETTINGS)
    assert len(str(raised.value)) < 1000


@pytest.mark.parametrize(
    "setting", ["a" + ".b" * 50_000 + "=1", "a=" + "[" * 5000, "a=" + "9" * 5000]
)
def test_a_hostile_setting_is_one_message(setting):
    with pytest.raises(FileError):
        read_profile("two-arm-binary", [setting])


def test_profiles_that_extend_each_other_by_other_names_are_found_out(tmp_path):
    (tmp_path / "a.toml").write_text(f'extends = "../{tmp_path.name}/a.toml"\n', encoding="utf-8")
    with pytest.raises(FileError, match="a profile cannot extend itself"):
        read_profile(str(tmp_path / "a.toml"))


def test_an_expression_that_tries_too_many_ways_is_stopped():
    with pytest.raises(PatternError, match=r"takes too long to match 'aaaa.*; write it without"):
        fullmatch("(a|aa)+$", "a" * 5000 + "!", seconds=0.05)
    assert fullmatch("(?!Consensus$).*", "Reviewer 1")


@pytest.mark.slow
def test_a_slow_expression_is_a_mistake_of_the_row():
    settings = [*SETTINGS, "table.totals=(a|aa)+$"]
    extraction = extracted(f"{HEADER}\n{'a' * 5000}!,2011,1,10,3,12\n", settings=settings)
    assert "takes too long" in extraction.faults[0].what


# Whatever the bytes are.

CELLS = st.sampled_from(
    ["", "1.000", "12", "2011a", "A", "#N/A", "½", "²", "nan", "\x01", "0.5", "50%", "'1", "{}",
     '"', "a;b", "%", "\u2028", "\x85", "..", "9" * 500, "x" * 200, "10.1000/x"]
)  # fmt: skip


def read_any(content, name):
    for profile, settings in (
        ("two-arm-binary", SETTINGS),
        ("two-by-two", [*SETTINGS, "table.decimal=,"]),
    ):
        try:
            extraction = extracted(content, name, profile, settings)
        except FileError:
            continue
        for remark in (*extraction.faults, *extraction.remarks):
            assert extraction.line(remark)


@given(
    st.lists(st.lists(CELLS, max_size=8), max_size=6),
    st.sampled_from(",;\t|"),
    st.binary(max_size=3),
)
def test_any_text_is_read_or_refused(rows, delimiter, tail):
    lines = [HEADER.replace(",", delimiter), *(delimiter.join(row) for row in rows)]
    read_any("\n".join(lines).encode() + tail, "s.csv")


@given(st.binary(max_size=200), st.sampled_from(["s.csv", "s.xlsx", "s"]))
def test_any_bytes_are_read_or_refused(content, name):
    read_any(content, name)


@given(
    st.sampled_from([SHEET, "xl/workbook.xml", "xl/styles.xml", "xl/_rels/workbook.xml.rels"]),
    st.integers(0, 3000),
    st.integers(0, 20),
    st.sampled_from(
        ["", "&b;", DOCTYPE, ' t="e"', ' r="ZZ99"', "<v>1e999</v>", "<f/>", "_xD800_", "9"]
    ),
)
def test_any_changed_workbook_is_read_or_refused(name, place, deleted, inserted):
    def change(text):
        at = place % (len(text) + 1)
        return text[:at] + inserted + text[at + deleted :]

    read_any(with_part(GOOD, name, change), "s.xlsx")


@given(st.integers(0, len(GOOD) - 1), st.integers(0, 255))
def test_any_changed_byte_of_a_workbook_is_read_or_refused(place, byte):
    read_any(GOOD[:place] + bytes([byte]) + GOOD[place + 1 :], "s.xlsx")
