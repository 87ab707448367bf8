"""A reviewer's sheet becomes curated files that pass the check, and the same sheet again."""

import csv
import io
import shutil
from datetime import date
from pathlib import Path

import pytest
from approve import SOURCES

from allograph.checks.check import check
from allograph.checks.verify import verify
from allograph.curated.formatter.fmt import format_file
from allograph.curated.held.cells import HeldSheet
from allograph.curated.results import Severity
from allograph.curated.snapshot import load, read_snapshot
from allograph.curated.sources import Part, Sources
from allograph.intake.sheets.exporting import export_sheet
from allograph.intake.sheets.files import write_files
from allograph.intake.sheets.importing import curated_files, read_sheet
from allograph.intake.sheets.profile_files import read_profile, ready_profiles
from allograph.intake.sheets.wide import wide_sheet
from allograph.tables.table import XLSX
from allograph.tables.workbooks import write_workbook

pytestmark = pytest.mark.slow

TABLES = Path(__file__).parent / "tables"
EXAMPLES = sorted(path.stem for path in TABLES.glob("*.csv"))
META = SOURCES.root.parent / "shared" / "data" / "meta"
OWN = ["study.condition=b-all", "figure.outcome=response"]
# Sheets that reviewers made, with the profile and what must be said beside it, and their studies.
REAL = {
    "bcg": ("two-by-two", OWN, 13),
    "nielweise2007": ("two-arm-binary", OWN, 18),
    "pritz1997": ("single-arm", OWN, 14),
    "begg1989": (
        "study-and-arm",
        [
            OWN[0],
            "figure.outcome=overall-survival",
            "arms.treated.match=BMT",
            "arms.control.match=CMO",
        ],
        16,
    ),
    "miller1978": ("single-arm", [*OWN, 'study.label="Study {study}"'], 4),
    "Fleiss1993_revman_export": (
        "revman",
        [OWN[0], 'figure.outcome.values={"1.1"="death"}'],
        7,
    ),
    "hannum2020": (
        "single-arm",
        [
            *OWN,
            'study.label="{authorName}"',
            "study.doi=DOI",
            "figures.response.statistic=percentage",
            "figures.response.value=percentOlfactoryLoss",
        ],
        35,
    ),
}
FILES_OF_EXAMPLES = [f"graph/{kind}/{name}" for kind in ("study", "report") for name in EXAMPLES]
needs_real = pytest.mark.skipif(
    not META.is_dir(), reason="the reviewers' sheets do not lie beside this checkout"
)


def example(name):
    return TABLES / f"{name}.csv", read_profile(str(TABLES / f"{name}.toml"))


def real(name):
    profile, settings, _studies = REAL[name]
    return META / f"{name}.csv", read_profile(profile, settings)


def write(sheet, profile, sources):
    extraction = read_sheet(sheet, profile, lambda _done, _of: None)
    assert extraction.faults == []
    write_files(sources, curated_files(extraction, profile, sources, date.today()), replace=False)
    return extraction


def copied(root):
    for folder in ("ontology", "graph", "queries"):
        shutil.copytree(SOURCES.root / folder, root / folder)
    return Sources(root)


@pytest.fixture(scope="module")
def imported(tmp_path_factory):
    """The curated files with all our example sheets imported, and what was read of each."""
    sources = copied(tmp_path_factory.mktemp("imported"))
    return sources, {name: write(*example(name), sources) for name in EXAMPLES}


@pytest.fixture(scope="module")
def nodes(imported):
    return load(imported[0]).nodes


def cell_locators(sources):
    """How many places in sheets the curated files name."""
    texts = [path.read_text(encoding="utf-8") for path in sources.files(Part.GRAPH)]
    return sum(text.count("a oa:FragmentSelector") for text in texts)


def rows_of(path):
    """The rows of a sheet as a spreadsheet program reads them, by the names of the columns."""
    content = path.read_bytes()
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252")
    delimiter = max(",;\t", key=text.partition("\n")[0].count)
    above = {}
    for row in csv.DictReader(io.StringIO(text), delimiter=delimiter):
        if path.stem == "decimal-comma":
            row["study"] = row["study"] or above["study"]
        yield (above := row)


def test_each_ready_profile_of_figures_has_an_example_of_ours():
    of_figures = {name for name in ready_profiles() if read_profile(name, is_pooled=True).figures}
    assert of_figures <= set(EXAMPLES)


@pytest.mark.slow
def test_what_was_imported_passes_the_check_as_well_as_what_was_there(imported):
    sources, extractions = imported
    keys = {key for extraction in extractions.values() for key in extraction.studies}
    names = {f"graph/study/{key}.ttl" for key in keys} | {f"graph/report/{key}.ttl" for key in keys}
    names |= {f"graph/report/{extraction.key}.ttl" for extraction in extractions.values()}
    assert len(names) == 2 * len(keys) + len(extractions)
    results = check(read_snapshot(sources))
    assert [str(result) for result in results if result.severity is Severity.VIOLATION] == []
    assert [str(result) for result in results if result.at.path in names] == []


def test_every_imported_figure_is_proved_in_the_cells_of_its_sheet(imported):
    sources, _extractions = imported
    verification = verify(load(sources), TABLES)
    wrong = [str(result) for result in verification.results]
    assert [line for line in wrong if line.startswith(tuple(FILES_OF_EXAMPLES))] == []
    assert verification.proved == cell_locators(sources) > 50


def test_a_changed_cell_is_found_by_the_proof(imported, tmp_path):
    sources, _extractions = imported
    shutil.copytree(sources.root, tmp_path / "root")
    path = tmp_path / "root" / "graph" / "study" / "two-by-two-aronson-1948.ttl"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("cell=2,3;2,4", "cell=3,3;3,4", 1), encoding="utf-8")
    found = [str(result) for result in verify(load(Sources(tmp_path / "root")), TABLES).results]
    assert any("Cells cell=3,3;3,4 are not the span that was read" in line for line in found)
    assert any("Found: 6 | 300" in line for line in found)


def test_imported_files_are_written_in_the_style_of_the_project(imported):
    sources, _extractions = imported
    paths = [path for path in sources.files(Part.GRAPH) if path.stem.startswith(tuple(EXAMPLES))]
    assert len(paths) > 40
    loose = [path.name for path in paths if format_file(path, path.name, write=False)]
    assert loose == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('rdf:value "cell=2,3;2,4"', 'rdf:value "row=2"'),
        ('rdf:value "cell=2,3;2,4"', 'rdf:value "cell=200,3"'),
        ('ag:reportedAs "4 | 119"', 'ag:reportedAs "5 | 119"'),
    ],
)
def test_a_locator_that_proves_nothing_is_named(imported, tmp_path, old, new):
    sources = Sources(shutil.copytree(imported[0].root, tmp_path / "root"))
    path = sources.graph / "study" / "two-by-two-aronson-1948.ttl"
    path.write_text(path.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    found = [str(result) for result in verify(load(sources), TABLES).results]
    assert any("two-by-two-aronson-1948.ttl" in line for line in found)


def test_cells_of_a_worksheet_that_is_not_there_are_no_text():
    content = write_workbook(["a"], [["1"]])
    sheet = HeldSheet(content, "t.xlsx", XLSX)
    assert sheet.text("cell=2,1", "Sheet") == "1"
    assert sheet.text("cell=2,1", "Data") is None
    assert sheet.text("row=2", "Sheet") is None


def test_a_figure_says_what_the_sheet_prints_and_what_was_added_up(nodes):
    study = "https://w3id.org/allograph/study/two-by-two-aronson-1948#"
    assert nodes.of(f"{study}response-treated").value("numerator") == "4"
    assert nodes.of(f"{study}response-treated").value("denominator") == ""
    assert nodes.of(f"{study}response-treated").value("reportedAs") == "4"
    assert nodes.of(f"{study}treated").value("reportedAs") == "4 | 119"
    assert nodes.of(f"{study}response-treated").key("basis") == "reported"
    assert nodes.of(f"{study}treated").value("size") == "123"
    assert nodes.of(f"{study}treated").key("basis") == "derived"
    binary = "https://w3id.org/allograph/study/two-arm-binary-bach-1996#"
    assert nodes.of(f"{binary}vod-sos-treated").value("denominator") == "116"
    assert nodes.of(f"{binary}treated").key("basis") == "reported"


def test_a_fraction_becomes_a_derived_percentage_and_keeps_its_printed_form(nodes):
    rate = "https://w3id.org/allograph/study/study-and-arm-study-1"
    rate += "#overall-survival-treated-survival-probability-at-24-months"
    names = ("value", "standardError", "tolerance", "atTime")
    assert [nodes.of(rate).value(name) for name in names] == ["46", "11.8", "0.5", "24"]
    assert nodes.of(rate).key("basis") == "derived"
    assert nodes.of(rate).value("reportedAs") == "0.46 | 0.118"
    assert "https://w3id.org/allograph/flag/denominator-not-stated" in nodes.of(rate).texts("flag")


def test_a_percentage_that_a_spreadsheet_computed_is_no_printed_figure(nodes):
    figure = "https://w3id.org/allograph/study/single-arm-muller#complete-remission-treated"
    assert nodes.of(figure).key("statistic") == "count"
    assert [nodes.of(figure).value(name) for name in ("numerator", "denominator")] == ["10", "12"]


def test_the_sheet_is_a_retelling_of_one_report_for_each_study(nodes):
    sheet = "https://w3id.org/allograph/report/two-by-two"
    assert nodes.of(sheet).key("tier") == "retelling"
    assert len(nodes.of(sheet).texts("basedOn")) == len(nodes.of(sheet).texts("reports")) + 1
    assert nodes.of(nodes.of(sheet).value("heldAs")).value("fileName") == "two-by-two.csv"


def test_totals_that_differ_are_analysis_sets_and_not_one_arm(nodes):
    study = "https://w3id.org/allograph/study/revman-mrc-1-1974#"
    assert nodes.of(f"{study}treated").value("size") == ""
    assert nodes.of(nodes.of(f"{study}death-treated").value("group")).value("size") == "615"
    assert nodes.of(nodes.of(f"{study}early-death-treated").value("group")).value("size") == "600"
    assert nodes.of(f"{study}death-treated-set").texts("subgroupOf") == [f"{study}treated"]


@pytest.fixture(scope="module")
def reviewers(tmp_path_factory):
    """The curated files with all sheets of reviewers imported."""
    sources = copied(tmp_path_factory.mktemp("reviewers"))
    return sources, {name: write(*real(name), sources) for name in REAL}


@needs_real
def test_the_sheets_of_reviewers_give_files_that_pass_the_check(reviewers):
    sources, extractions = reviewers
    found = {name: len(extraction.studies) for name, extraction in extractions.items()}
    assert found == {name: studies for name, (_profile, _settings, studies) in REAL.items()}
    violations = [
        each for each in check(read_snapshot(sources)) if each.severity is Severity.VIOLATION
    ]
    # One sheet gives two of its studies one DOI.
    twice = {("rule:identifier-twice", "doi:10.1007/s00405-020-05999-5")}
    assert {(each.rule, each.value) for each in violations} == twice


@needs_real
def test_every_figure_of_the_reviewers_is_proved_in_the_cells_of_its_sheet(reviewers):
    sources, extractions = reviewers
    verification = verify(load(sources), META)
    keys = tuple(f"graph/study/{extraction.key}-" for extraction in extractions.values())
    assert [str(each) for each in verification.results if each.at.path.startswith(keys)] == []
    assert verification.proved == cell_locators(sources) > 200


@pytest.mark.parametrize("name", EXAMPLES)
def test_what_was_imported_is_exported_with_equal_cells(name, nodes):
    assert_equal_cells(*example(name), nodes, name)


@needs_real
@pytest.mark.parametrize("name", REAL)
def test_what_reviewers_wrote_is_exported_with_equal_cells(name, reviewers):
    nodes = load(reviewers[0]).nodes
    assert_equal_cells(*real(name), nodes, reviewers[1][name].key)


def assert_equal_cells(path, profile, nodes, report):
    sheet = export_sheet(nodes, profile, [], report)
    assert sheet.rows
    expected = [
        [as_exported(cells[column]) for column in sheet.header]
        for cells in rows_of(path)
        if has_figures(cells, profile)
    ]
    assert sheet.rows == expected


def has_figures(cells, profile):
    """Not a heading, a row of totals, an empty row or another outcome, by what stands in it."""
    names = [column for rules in profile.figures.values() for column in (rules.events, rules.value)]
    is_known = any(cells[name] for name in names if name)
    outcomes = [rules.outcome for rules in profile.figures.values() if rules.outcome.columns]
    is_asked = all(
        ".".join(cells[column] for column in outcome.columns) in outcome.values
        for outcome in outcomes
    )
    is_study = cells.get("User defined order") != "" and "Total" not in cells.values()
    return is_known and is_asked and is_study


# What the graph keeps in another spelling than the sheet, and why.
SPELT = {
    "NR": "",  # a word for nothing is nothing
    "NA": "",
    "bmt": "BMT",  # an arm is spelt as the profile spells it
    "83.33333333": "",  # computed by a spreadsheet, so never taken for a printed figure
    "10.1002/hed.26204": "10.1002/hed.26204",
    "doi:10.5555/made.31720.": "10.5555/made.31720",
}


def as_exported(text):
    if text.startswith("10.") and text.endswith("."):
        return text.rstrip(".")
    is_computed = text.replace(".", "").isdigit() and len(text.partition(".")[2]) > 4
    return "" if is_computed else SPELT.get(text, text.strip())


SOME_TOTALS = """
[table]
key = "some-totals"
[study]
label = "{author} {year}"
condition = "b-all"
year = "year"
[arms.all]
label = "All treated"
grouping = "cohort"
size = "ni"
[figure]
arm = "all"
[figures.early]
outcome = "response"
events = "early"
total = "early_of"
[figures.late]
outcome = "complete-remission"
events = "late"
SECOND = "late_of"
"""


@pytest.mark.parametrize(
    ("second", "rows"),
    [
        ("total", ["A,2011,58,21,,12,48", "B,2012b,123,58,96,36,", "C,2013,38,18,38,12,38"]),
        ("total", ["A,2011,,21,48,12,48"]),  # the size of the arm is empty, and follows from totals
        ("nonevents", ["A,2011,70,21,,12,48", "B,2012,,21,,12,48", "C,2013,38,18,,12,"]),
    ],
)
def test_a_cell_that_was_empty_comes_back_empty(checkout, tmp_path, second, rows):
    header = "author,year,ni,early,early_of,late,late_of"
    (tmp_path / "p.toml").write_text(SOME_TOTALS.replace("SECOND", second), encoding="utf-8")
    (tmp_path / "s.csv").write_text("\n".join([header, *rows]), encoding="utf-8")
    profile = read_profile(str(tmp_path / "p.toml"))
    write(tmp_path / "s.csv", profile, checkout)
    sheet = export_sheet(load(checkout).nodes, profile, [], "some-totals")
    known = dict(zip(sheet.header, zip(*sheet.rows, strict=True), strict=True))
    again = [[known[name][place] for name in header.split(",")] for place in range(len(rows))]
    assert [",".join(cells) for cells in again] == rows


def test_the_curated_graph_is_exported_with_a_row_for_each_study_and_group(nodes):
    sheet = wide_sheet(nodes, ["ino-vate"])
    rows = [dict(zip(sheet.header, row, strict=True)) for row in sheet.rows]
    remission = "complete-remission, percentage [%]"
    by_group = {row["group"].rpartition("#")[2]: row for row in rows}
    assert by_group["ino-first-218"][remission] == "80.7"
    assert by_group["standard-therapy-first-218"][remission] == "29.4"
    assert by_group["ino-first-218"]["report_tier"] == "retelling"
    assert "secondary-source" in by_group["ino-first-218"][f"{remission}: flags"].split("|")


def test_no_figure_is_lost_in_the_export_of_the_whole_graph(nodes):
    sheet = wide_sheet(nodes)
    parts = (": status", ": range low")
    figures = [place for place, name in enumerate(sheet.header) if name.endswith("]")]
    for row in sheet.rows:
        assert len(row) == len(sheet.header)
    alone = {name.rpartition(":")[0] for name in sheet.header if name.endswith(parts)}
    written = sum(bool(row[place]) for row in sheet.rows for place in figures)
    without_value = [result for result in nodes.instances("Result") if not result.value("value")]
    assert written == len(nodes.instances("Result")) - len(without_value)
    assert alone or not without_value


def test_an_export_by_a_profile_finds_curated_arms_by_their_regimens(nodes):
    profile = read_profile(
        "two-arm-binary",
        [
            'study.label="{study}"',
            'study.year=""',
            "figure.outcome=complete-remission",
            'figure.statistic="percentage"',
            "figures.treated.value=percent_treated",
            "figures.control.value=percent_control",
            "arms.treated.regimen=inotuzumab-ozogamicin",
            "arms.control.regimen=standard-intensive-chemotherapy",
        ],
    )
    sheet = export_sheet(nodes, profile, ["ino-vate"])
    found = [dict(zip(sheet.header, row, strict=True)) for row in sheet.rows]
    both = {(cells["percent_treated"], cells["percent_control"]) for cells in found}
    assert {("80.7", "29.4"), ("73.8", "30.9")} <= both


def test_a_trial_has_both_arms_of_its_profile_where_the_sheet_has_figures_of_one(nodes):
    for study, arm in (("two-arm-binary-maki-1997", "control"), ("decimal-comma-beta-2002", "b")):
        node = nodes.of(f"https://w3id.org/allograph/study/{study}#{arm}")
        assert node.key("grouping") == "arm"
        assert node.value("size") == ""
