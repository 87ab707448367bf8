"""A second reading: asked blind, kept with what it says, compared, and settled where it differs."""

import csv
import io
import re
from collections import defaultdict
from decimal import Decimal

import pytest
from approve import SNAPSHOT

from allograph.checks.check import Checked
from allograph.curated.readings.agreement import figures_in
from allograph.curated.readings.asked import PARTS, asked_of, masked, numbers_of
from allograph.curated.readings.cells import AnswerError, answer_of
from allograph.curated.readings.session import studies_of
from allograph.curated.readings.sheet import CELLS
from allograph.curated.snapshot import load, read_snapshot
from allograph.namespaces import BASE, key_of
from allograph.rdf.vocabularies import AG, RDFS
from allograph.text.printed import printed_numbers

pytestmark = pytest.mark.slow

STUDY = "mini-hcvd-ino"
OS = f"{BASE}study/{STUDY}#os"
TEXTS = ("label", "group", "outcome", "statistic", "definition")


@pytest.fixture
def unread(small_checkout):
    """Curated files as they are when nobody has read a figure again."""
    for path in (small_checkout.graph / "reading").glob("*.ttl"):
        path.unlink()
    return small_checkout


@pytest.fixture
def again(allograph, unread):
    """The command over these files."""
    return lambda *arguments, **more: allograph(
        "read-again", *arguments, "--root", unread.root, **more
    )


def rows_in(path):
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write_rows(path, rows):
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    return path


def stated(figure):
    """What a figure states, as a reader writes it into a sheet."""
    bounds = {"more-than": ">", "less-than": "<", "about": "about ", "at-most": "up to "}
    cells = {column: figure.value(part) for column, part in CELLS.items()}
    value = bounds.get(figure.key("bound"), "") + cells["value"]
    if figure.key("valueStatus") in ("not-reached", "not-estimable"):
        value = figure.key("valueStatus").replace("-", " ")
    return cells | {"value": value or ("" if any(cells.values()) else "none")}


@pytest.fixture
def filled(again, unread, tmp_path):
    """A sheet of all studies, blind when it was written, filled in with what the sources say."""
    path = tmp_path / "sheet.csv"
    assert again("all", "--sheet", path).returncode == 0
    nodes = load(unread).nodes
    return write_rows(path, [row | stated(nodes.of(row["figure"])) for row in rows_in(path)])


def changed(path, figure, /, **cells):
    """The sheet with other cells of one figure."""
    rows = rows_in(path)
    next(row for row in rows if row["figure"] == figure).update(cells)
    return write_rows(path, rows)


def findings(sources, rule):
    """What a rule doubts."""
    checked = Checked(read_snapshot(sources))
    return {each.doubt.about: each for each in checked.doubts if each.rule.key == rule}


# Blind


def numbers_in(text):
    return {value for number in printed_numbers(text) for value in number.readings}


def test_nobody_is_told_what_a_figure_says():
    nodes = SNAPSHOT.loaded.nodes
    asked = asked_of(nodes, [study.iri for study in nodes.instances("Study")])
    told = {each.iri: each.told for each in asked}
    said_of_groups = defaultdict(set)
    for each in asked:
        for group in nodes.of(each.iri).iris("group"):
            said_of_groups[group] |= numbers_in(each.told["group"])
    figures = figures_in(nodes)
    assert {figure.iri for figure in figures} == set(told)
    for figure in figures:
        own = numbers_of(figure)
        assert not said_of_groups[figure.value("group")] & own, figure.iri
        for column in TEXTS:
            assert not numbers_in(told[figure.iri][column]) & own, (figure.iri, column)


def test_what_is_asked_of_every_kind_of_figure_is_known():
    kinds = [
        key_of(node.iri)
        for node in SNAPSHOT.loaded.nodes.values()
        if AG.Result in node.iris(RDFS.subClassOf)
    ]
    assert {*PARTS} == {*kinds, "Comparison"}


def test_a_number_that_a_label_gives_away_is_masked():
    assert masked("All treated, under 18", {Decimal(18)}) == "All treated, under …"
    assert masked("Half of them, two years", {Decimal(50)}) == "… of them, two years"
    assert masked("CD22 on 22 cells", {Decimal("22.0")}) == "CD22 on … cells"


def test_a_blind_sheet_has_no_value_and_is_not_written_over(again, tmp_path):
    path = tmp_path / "sheet.csv"
    told = again(STUDY, "--sheet", path)
    rows = rows_in(path)
    assert (told.returncode, told.stderr) == (0, f"{path}: {len(rows)} figures to read\n")
    empty = (
        "value",
        "numerator",
        "denominator",
        "lower",
        "upper",
        "range_low",
        "range_high",
        "note",
    )
    assert {row[column] for row in rows for column in empty} == {""}
    assert {row["report"] for row in rows} == {"jabbour-2018-abstract"}
    assert "may be filled in" in again(STUDY, "--sheet", path).stderr
    assert "written as .csv or .xlsx" in again(STUDY, "--sheet", tmp_path / "sheet.ods").stderr


def test_who_has_nothing_left_to_read_is_told(allograph, tmp_path):
    path = tmp_path / "sheet.csv"
    told = allograph("read-again", STUDY, "--sheet", path)
    assert (told.returncode, told.stdout, path.exists()) == (0, "", False)
    assert "every figure was read a second time; --all asks" in told.stderr
    assert "every figure was read a second time" in allograph("read-again", STUDY).stderr


def test_a_reader_is_led_to_where_a_figure_was_seen(again, unread):
    path = unread.graph / "study" / f"{STUDY}.ttl"
    locator = re.search(r"^:os-at\n    a .*? \.\n", path.read_text(), re.MULTILINE | re.DOTALL)
    cited = (
        ':os-at\n    a ag:CitedPlace ;\n    ag:section "Results" ;\n    ag:table "Table 2" ;\n'
        "    ag:row 3 ;\n    ag:seenAt <https://example.org/tables/2> .\n"
    )
    path.write_text(path.read_text().replace(locator[0], cited))
    told = again(STUDY, stdin="q\n").stderr
    assert "  address: https://example.org/tables/2\n  section: Results\n" in told
    assert "  place: Table 2, row 3\n" in told


def test_a_workbook_is_a_blind_sheet_as_well(again, tmp_path):
    path = tmp_path / "sheet.xlsx"
    assert again(STUDY, "--sheet", path).returncode == 0
    told = again(STUDY, "--from", path)
    assert told.returncode == 0
    assert re.search(r"rows without an answer: \d\d", told.stderr)


# A sheet


def test_a_sheet_that_says_the_same_is_a_second_reading(again, filled, unread):
    told = again("all", "--from", filled)
    figures = len(rows_in(filled))
    assert told.returncode == 0, told.stdout
    assert told.stdout == (
        f"figures: {figures}, read twice: {figures}, read once: 0, differing: 0\n"
    )
    quads = Checked(read_snapshot(unread)).quads
    counts = [quad.object.value for quad in quads if quad.predicate.value == AG.readings]
    assert counts.count("2") == figures
    assert findings(unread, "read-once") == {}


def test_a_sheet_is_read_once(again, filled, unread):
    again("all", "--from", filled)
    path = unread.graph / "reading" / f"{STUDY}.ttl"
    before = path.read_bytes()
    told = again(STUDY, "--from", filled)
    assert "is a figure of another study" in told.stderr
    told = again("all", "--from", filled)
    assert f"readings that were there already: {len(rows_in(filled))}\n" in told.stderr
    assert path.read_bytes() == before


def test_a_dry_run_tells_the_same_and_writes_nothing(again, filled, unread):
    changed(filled, OS, value="26")
    told = again("all", "--from", filled, "--dry-run")
    assert told.returncode == 1
    assert f"{STUDY}#os: value: first 25, second 26 (the second reader, " in told.stdout
    assert not list((unread.graph / "reading").glob("*.ttl"))


def test_a_difference_is_told_until_it_is_settled(again, filled, unread, allograph):
    study = unread.graph / "study" / f"{STUDY}.ttl"
    changed(filled, OS, value="26")
    assert again("all", "--from", filled, "--reader", "Ada Reader").returncode == 1
    told = allograph("check", study, "--root", unread.root)
    assert told.returncode == 0
    assert "warning: Read again by Ada Reader on " in told.stdout
    assert ": value: first 25, second 26. " in told.stdout
    assert [*findings(unread, "readings-differ")] == [OS]
    once = findings(unread, "read-once")[f"{BASE}study/{STUDY}"]
    assert once.doubt.message == "Seen by one pair of eyes: 1 of 20 figures (os)."

    told = again(STUDY, "--settle", "os", "--reason", "The abstract has 25; 26 was a slip.")
    assert (told.returncode, told.stdout.splitlines()[0]) == (0, f"{STUDY}#os: settled")
    assert again(STUDY, "--all", stdin="q\n").returncode == 0
    assert allograph("check", study, "--root", unread.root).stdout == "violations: 0, warnings: 0\n"
    assert findings(unread, "readings-differ") == findings(unread, "read-once") == {}
    written = (unread.graph / "reading" / f"{STUDY}.ttl").read_text()
    assert 'ag:settledBecause "The abstract has 25; 26 was a slip."@en' in written
    assert "ag:value 26" in written  # both are kept
    assert 'owl:versionInfo "2"' in written

    study.write_text(study.read_text().replace("ag:value 25 ;", "ag:value 24 ;"))
    assert [*findings(unread, "readings-differ")] == [OS]


def test_a_figure_that_is_corrected_agrees_at_once(again, filled, unread):
    study = unread.graph / "study" / f"{STUDY}.ttl"
    study.write_text(study.read_text().replace("ag:value 25 ;", "ag:value 24 ;"))
    assert again("all", "--from", filled).returncode == 1
    study.write_text(study.read_text().replace("ag:value 24 ;", "ag:value 25 ;"))
    assert findings(unread, "readings-differ") == {}
    assert again(STUDY, "--all", stdin="q\n").returncode == 0


@pytest.mark.parametrize(
    ("cells", "message"),
    [
        ({"value": "25 mo"}, "value: '25 mo' is no number; write its digits"),
        ({"value": "25,5"}, "value: '25,5' has a comma; write 25.5, or 255 if"),
        ({"numerator": "9", "denominator": "8"}, "numerator: 9 is more than the denominator, 8"),
        ({"numerator": "9.5"}, "numerator: '9.5' is no whole number of people"),
        ({"lower": "9", "upper": "8"}, "lower limit: 9 is more than the upper limit, 8"),
        ({"value": "-", "numerator": "8"}, "value: '-' says not found; clear the other cells"),
        ({"read_on": "today"}, "read_on: 'today' is no day"),
        ({"read_on": "9999-01-01"}, "read_on: 9999-01-01 lies ahead"),
        ({"figure": "study:x#os"}, "no figure is called 'study:x#os'; write the blind sheet anew"),
        ({"figure": ""}, "no figure is named"),
    ],
)
def test_a_row_that_cannot_be_read_is_told_with_its_cure_and_nothing_is_written(
    again, filled, unread, cells, message
):
    rows = [row["figure"] for row in rows_in(filled)]
    changed(filled, OS, **cells)
    told = again("all", "--from", filled)
    assert told.returncode == 2
    assert f"allograph: {filled}:{rows.index(OS) + 2}: {message}" in told.stderr
    assert told.stderr.endswith("nothing was written\n")
    assert not list((unread.graph / "reading").glob("*.ttl"))


def test_a_character_that_no_cell_may_hold_is_told_of_each_row_and_nothing_is_written(
    again, filled, unread
):
    rows = rows_in(filled)
    for place in (1, 4):
        changed(filled, rows[place]["figure"], note="seen\x07")
    told = again("all", "--from", filled)
    column = list(rows[0]).index("note") + 1
    places = re.findall(rf"{re.escape(str(filled))}:(\d+):(\d+): ", told.stderr)
    assert (told.returncode, places) == (2, [("3", str(column)), ("6", str(column))])
    assert not list((unread.graph / "reading").glob("*.ttl"))


def test_a_sheet_as_programs_save_it_is_read(again, unread, tmp_path):
    path = tmp_path / "sheet.csv"
    text = (
        f"Figure;Value;Numerator;Denominator;mine\r\n{STUDY}#orr;92 %;44;48;x\r\n;;;;\r\nos;;;;\r\n"
    )
    path.write_bytes(b"\xef\xbb\xbf" + text.encode())
    told = again(STUDY, "--from", path, "--on", "2026-11-27")
    assert told.returncode == 0
    assert "columns that are not read: mine\n" in told.stderr
    assert "rows without an answer: 1\n" in told.stderr
    written = (unread.graph / "reading" / f"{STUDY}.ttl").read_text()
    assert '"2026-11-27"^^xsd:date' in written
    assert "read twice: 1," in told.stdout


def test_a_figure_stands_once_in_a_sheet(again, filled):
    write_rows(filled, [*rows_in(filled), rows_in(filled)[0]])
    told = again("all", "--from", filled)
    assert (told.returncode, "the figure of row 2 again" in told.stderr) == (2, True)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "a sheet of readings has a column 'figure'"),
        ("figures,value\n", "a sheet of readings has a column 'figure'; did you mean 'figures'?"),
        ("figure,n\n", "a sheet of readings has a column 'value'"),
    ],
)
def test_a_file_that_is_no_sheet_of_readings_is_refused(again, tmp_path, content, message):
    path = tmp_path / "sheet.csv"
    path.write_text(content)
    told = again(STUDY, "--from", path)
    assert told.returncode == 2
    assert message in told.stderr
    assert "no such file" in again(STUDY, "--from", tmp_path / "none.csv").stderr


# A conversation


def test_a_conversation_writes_each_answer_and_compares_at_the_end(again, unread):
    study = f"{BASE}study/ino-hsct-pooled"
    asked = asked_of(load(unread).nodes, [study])
    assert [each.iri.partition("#")[2] for each in asked][:2] == ["hsct-receipt", "os"]
    answers = "43%\n101\n236\n\n\n" + "9.3\nnine\n\n\n\n\n" + "-\n" + "s\n" + "q\n"
    told = again("ino-hsct-pooled", stdin=answers)
    assert told.returncode == 1
    assert "'nine' is no number" in told.stderr
    assert "read: 3 of 9" in told.stderr
    assert "os: value: first 9.2, second 9.3" in told.stdout
    assert "9.2" not in told.stderr
    written = (unread.graph / "reading" / "ino-hsct-pooled.ttl").read_text()
    assert written.count("a ag:Reading ;") == 3
    assert written.count("ag:notFound true") == 1
    assert 'owl:versionInfo "1"' in written
    assert "1 of 7: " in again("ino-hsct-pooled", stdin="q\n").stderr


def test_a_file_that_is_read_on_in_says_when(again, unread):
    path = unread.graph / "reading" / "ino-hsct-pooled.ttl"
    again("ino-hsct-pooled", stdin="43\n101\n236\n\n\nq\n")
    created = re.search('dcterms:created "(.*)"', path.read_text())[1]
    assert "dcterms:modified" not in path.read_text()
    path.write_text(path.read_text().replace(f'created "{created}"', 'created "2026-01-02"'))
    for version in (2, 3):
        again("ino-hsct-pooled", stdin="-\nq\n")
        written = path.read_text()
        assert f'owl:versionInfo "{version}"' in written
        assert written.count(f'dcterms:modified "{created}"^^xsd:date') == 1
        assert written.count("dcterms:modified") == 1
        assert 'dcterms:created "2026-01-02"' in written


def test_a_conversation_is_one_version_of_the_file_of_each_study(again, unread):
    nodes = load(unread).nodes
    studies = [each.study for each in asked_of(nodes, studies_of("all", nodes))]
    firsts = [place == studies.index(study) for place, study in enumerate(studies)]
    for _conversation in range(2):
        again("all", "--all", stdin="".join("-\n" if first else "s\n" for first in firsts))
    files = [*(unread.graph / "reading").glob("*.ttl")]
    assert len(files) == sum(firsts) > 1
    assert [path for path in files if 'owl:versionInfo "2"' not in path.read_text()] == []


def test_a_conversation_that_is_broken_off_keeps_what_was_answered(again, unread):
    told = again("ino-hsct-pooled", stdin="43\n101\n236\n\n\n9.2\n")
    assert told.returncode == 0
    written = (unread.graph / "reading" / "ino-hsct-pooled.ttl").read_text()
    assert written.count("a ag:Reading ;") == 1


def test_parts_that_do_not_fit_together_are_asked_for_again(again):
    told = again("ino-hsct-pooled", stdin="43\n236\n101\n\n\n43\n101\n236\n\n\nq\n")
    assert "numerator: 236 is more than the denominator, 101; read both again" in told.stderr
    assert "read twice: 1," in told.stdout


def test_the_values_of_a_study_do_not_stand_in_its_conversation(again, unread):
    figures = figures_in(load(unread).nodes, f"{BASE}study/ino-vate")
    told = again("ino-vate", stdin="s\n" * len(figures))
    where = ("place: ", "section: ")
    lines = told.stderr.splitlines()[2:]
    asked = [line for line in lines if not line.strip().startswith(where)]
    assert f"read: 0 of {len(figures)}" in told.stderr
    values = set().union(*map(numbers_of, figures))
    assert len(values) > 10
    assert not {number for line in asked for number in numbers_in(line)} & {
        value for value in values if value != value.to_integral_value()
    }


# Who and when


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--reader", "first"], "--reader: the first reader entered the figures"),
        (["--reader", "secnd"], "--reader: 'secnd'; did you mean 'second'?"),
        (["--reader", " "], "--reader is second, third, or a name"),
        (["--reader", "allograph curators"], "--reader: allograph curators entered mini-hcvd-ino;"),
        (["--on", "28.11.2026"], "--on: '28.11.2026' is no day; write it as 2026-11-28"),
        (["--on", "9999-01-01"], "--on: 9999-01-01 lies ahead"),
        (["--report", "jabbour"], "no report is called 'jabbour'"),
        (["--report", "kantarjian-2016"], "no figure of mini-hcvd-ino is printed that could be"),
        (["--dry-run"], "--dry-run goes with --from FILE"),
        (["--reason", "so"], "--reason goes with --settle FIGURE"),
        (["--settle", "os"], "--settle needs --reason"),
        (
            ["--settle", "oss", "--reason", "It is so."],
            "no figure is called 'oss'; did you mean 'os'",
        ),
        (["--settle", "os", "--reason", "It is so."], "nobody has read mini-hcvd-ino#os again"),
        (["--sheet", "a.csv", "--from", "b.csv"], "--sheet and --from do not go together"),
    ],
)
def test_wrong_use_is_told_with_its_cure(again, arguments, message):
    told = again(STUDY, *arguments)
    assert (told.returncode, told.stdout) == (2, "")
    assert message in told.stderr


def test_a_study_that_is_not_known_is_told(again):
    assert "no study is called 'ino-vat'; did you mean 'ino-vate'?" in again("ino-vat").stderr


def test_a_reading_is_no_second_one_if_its_reader_knew_the_figure(again, filled, unread):
    again("all", "--from", filled)
    path = unread.graph / "reading" / f"{STUDY}.ttl"
    path.write_text(path.read_text().replace("ag:blind true", "ag:blind false"))
    assert [*findings(unread, "read-once")] == [f"{BASE}study/{STUDY}"]


# Answers


@pytest.mark.parametrize(
    ("value", "digits", "bound", "status"),
    [
        ("75", "75", None, None),
        (" 75.0 % ", "75.0", None, None),
        (">90%", "90", "more-than", None),
        ("More than 90", "90", "more-than", None),
        ("\u2264 4", "4", "at-most", None),
        ("about 50", "50", "about", None),
        ("under 18", "18", "less-than", None),
        ("\u22121\u00b75", "-1.5", None, None),
        ("Not reached", None, None, "not-reached"),
        ("NE", None, None, "not-estimable"),
        ("none", None, None, None),
    ],
)
def test_an_answer_is_read_as_it_is_printed(value, digits, bound, status):
    answer = answer_of({"value": value})
    assert (answer.numbers.get("value"), answer.bound, answer.status) == (digits, bound, status)


def test_an_answer_may_be_that_nothing_is_found_or_said():
    assert answer_of({"value": "-"}).is_found is False
    assert answer_of({"value": " ", "lowerLimit": ""}) is None
    assert answer_of({"value": "5", "upperLimit": "NR"}).numbers == {"value": "5"}
    with pytest.raises(AnswerError, match="is no number"):
        answer_of({"value": "1e5"})


# What is told of it


def test_the_readings_of_a_figure_are_a_column_and_a_line_of_its_page(client):
    rows = list(csv.DictReader(io.StringIO(client.get("/questions/figures.csv").text)))
    columns = list(rows[0])
    assert columns[columns.index("place") :][:3] == ["place", "readings", "given_to_some"]
    assert {row["readings"] for row in rows if row["study"] == STUDY} == {"2"}
    effects = list(csv.DictReader(io.StringIO(client.get("/questions/effects.csv").text)))
    assert list(effects[0])[-1] == "readings"
    for path in (f"/study/{STUDY}", "/report/jabbour-2018-abstract"):
        page = client.get(path).text
        assert "read twice (2026-11-28)" in page
        assert "read once" not in page


def test_the_page_of_readings_says_what_each_reader_read_and_what_settled_a_difference(client):
    page = " ".join(client.get("/reading/ino-salvage-100").text.split())
    assert "denominator: first 100, second none" in page
    assert "differed, settled" in page
    assert "The figure stands: 28 are those of the 100 treated" in page
    assert 'id="os-24-read-2"' in page
    assert "Readings of " in client.get("/reading").text


@pytest.mark.usefixtures("without_shapes")
def test_a_check_tells_nothing_of_what_is_only_read_once(unread, allograph):
    assert len(findings(unread, "read-once")) >= 5
    assert allograph("check", "--root", unread.root).stdout == "violations: 0, warnings: 0\n"
    severities = {each.rule.severity for each in findings(unread, "read-once").values()}
    assert severities == {"info"}
