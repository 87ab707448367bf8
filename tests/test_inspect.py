"""The INSPECT-SR worksheet: what the ledger found for each check, for two reviewers to judge."""

import csv
import io
import re
from pathlib import Path

import pytest
from approve import SNAPSHOT, SOURCES
from openpyxl import load_workbook
from reading_client import ReadingClient
from small import SMALL

from allograph.checks import check as check_module
from allograph.checks.check import Checked
from allograph.curated.sources import Sources
from allograph.doubts.rules import RULES
from allograph.namespaces import BASE
from allograph.rdf.store import OxigraphStore
from allograph.rdf.terms import NamedNode, Quad
from allograph.rdf.turtle import parse_turtle
from allograph.reading.inspect import inspect
from allograph.reading.inspect_checks import CHECKS, DOMAINS
from allograph.reading.inspect_written import PEOPLE, as_csv, as_markdown, as_workbook
from allograph.reading.reader import Reader
from allograph.release import Release, ensure_release
from allograph.service.live import serve_release
from allograph.settings import Settings

GRAPH = """
PREFIX ag:      <https://w3id.org/allograph/ontology#>
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX design:  <https://w3id.org/allograph/design/>
PREFIX notice:  <https://w3id.org/allograph/notice/>
PREFIX rdfs:    <http://www.w3.org/2000/01/rdf-schema#>
PREFIX report:  <https://w3id.org/allograph/report/>
PREFIX rule:    <https://w3id.org/allograph/rule/>
PREFIX sh:      <http://www.w3.org/ns/shacl#>
PREFIX study:   <https://w3id.org/allograph/study/>
PREFIX tier:    <https://w3id.org/allograph/tier/>
PREFIX x:       <https://w3id.org/allograph/study/x#>
PREFIX y:       <https://w3id.org/allograph/study/y#>
PREFIX xsd:     <http://www.w3.org/2001/XMLSchema#>
PREFIX quality: <https://w3id.org/allograph/quality#>

design:randomised-trial rdfs:label "randomised trial"@en .
study:x a ag:Study ; rdfs:label "X: a made-up trial"@en ; ag:design design:randomised-trial ;
  ag:accrualStart "2001-01-01"^^xsd:date .
study:y a ag:Study ; rdfs:label "Y: an untouched cohort"@en .
tier:primary rdfs:label "primary"@en .
tier:retelling rdfs:label "retelling"@en ; ag:secondHand true .
report:first a ag:Report ; rdfs:label "The article"@en ; ag:reports study:x ; ag:tier tier:primary ;
  ag:notice report:first-notice .
report:first-notice a ag:Notice ; rdfs:label "Withdrawn by the journal"@en ;
  ag:noticeKind notice:retraction ; ag:seenOn "2026-11-28"^^xsd:date .
notice:retraction rdfs:label "retraction"@en .
report:news a ag:Report ; rdfs:label "The news"@en ; ag:reports study:x ; ag:tier tier:retelling .
x:all a ag:StudyGroup ; rdfs:label "All"@en ; ag:study study:x ; ag:size 17 .
x:some a ag:StudyGroup ; rdfs:label "Some"@en ; ag:study study:x .
x:cr a ag:Result ; rdfs:label "Remission"@en ; ag:study study:x ; ag:report report:first ;
  ag:reportedAs "75%" ; ag:locator x:cr-at .
x:cr-at a ag:CitedPlace ; ag:section "Results" ; ag:sentence 3 ; ag:seenOn "2026-11-28"^^xsd:date .
x:told a ag:Result ; rdfs:label "Remission, as told"@en ; ag:study study:x ; ag:report report:news ;
  ag:reportedAs "80%" .
y:all a ag:StudyGroup ; rdfs:label "All"@en ; ag:study study:y ; ag:size 5 .
rule:granularity a ag:Rule ; rdfs:label "GRIM inconsistency"@en .
rule:contradiction a ag:Rule ; rdfs:label "discrepancy between reports"@en .
quality:one a sh:ValidationResult ; ag:rule rule:granularity ; sh:focusNode x:cr ;
  sh:resultMessage "No whole number of 17 people gives 75%."@en ; ag:asserted true .
quality:two a sh:ValidationResult ; ag:rule rule:contradiction ; sh:focusNode x:told ;
  sh:resultMessage "Reports differ: 75%; 80%."@en ; ag:asserted false ; ag:involves x:cr .
"""


def reader_of(triples, namespaces):
    graph = NamedNode(f"{BASE}graph/made-up")
    store = OxigraphStore.in_memory(Quad(*triple, graph) for triple in triples)
    return Reader(Release(Path()), store, {}, namespaces, is_release=False)


@pytest.fixture(scope="module")
def reader():
    return reader_of(parse_turtle(GRAPH.encode(), "made.ttl").triples, SNAPSHOT.namespaces)


@pytest.fixture(scope="module")
def sheet(reader):
    return inspect(reader, f"{BASE}study/x", "9.9")


@pytest.fixture(scope="module")
def untouched(reader):
    return inspect(reader, f"{BASE}study/y", "9.9")


def check(sheet, number):
    return next(each for each in sheet.checks if each.check.number == number)


def test_the_checks_are_the_21_of_the_four_domains_each_once():
    numbers = [check.number for check in CHECKS]
    per_domain = [sum(one.startswith(f"{key}.") for one in numbers) for key in DOMAINS]
    assert (len(set(numbers)), per_domain) == (21, [3, 5, 2, 11])


def test_each_rule_of_a_check_is_one_that_runs():
    assert {rule for check in CHECKS for rule in check.rules} <= set(RULES)


def test_the_document_says_which_rules_stand_at_which_check():
    text = (SOURCES.root / "docs" / "inspect.md").read_text(encoding="utf-8")
    rows = dict(re.findall(r"^\| ([\d., ]+?)(?:, [a-z][a-z ]+)? \| (`.*) \|$", text, re.MULTILINE))
    told = {number: tuple(re.findall(r"`([a-z-]+)`", rules)) for number, rules in rows.items()}
    assert told == {check.number: check.rules for check in CHECKS if check.rules}


def test_a_finding_has_rule_figure_sentence_and_place(sheet):
    (finding,) = check(sheet, "4.8").findings
    assert (finding.rule, finding.rule_label) == ("granularity", "GRIM inconsistency")
    assert (finding.figure, finding.reported_as) == (f"{BASE}study/x#cr", "75%")
    assert finding.sentence == "No whole number of 17 people gives 75%."
    assert finding.report == "The article"
    assert finding.place == "cited: Results, sentence 3, seen 2026-11-28"
    assert finding.is_asserted


def test_two_reports_that_differ_are_a_matter_of_several_publications(sheet):
    assert check(sheet, "4.4").findings == ()
    (finding,) = check(sheet, "4.11").findings
    assert finding.is_told_again
    told = "1 finding, 1 of them in what tells of the study at second hand."
    assert check(sheet, "4.11").computed == told


def test_without_findings_a_check_says_which_rules_ran_and_over_how_much(untouched, sheet):
    said = check(untouched, "4.8").computed
    assert said.startswith("No finding by 3 rules (GRIM inconsistency; ")
    assert "over 0 figures, 0 comparisons, 1 group, 0 statements" in said
    assert "over 2 figures, 0 comparisons, 2 groups" in check(sheet, "4.9").computed


def test_what_no_rule_looks_at_is_left_to_reviewers(sheet):
    for number in ("1.3", "2.5", "3.2", "4.2", "4.5"):
        inspected = check(sheet, number)
        assert (inspected.computed, inspected.findings) == ("", ())
        assert inspected.check.left


def test_a_retraction_that_is_entered_stands_at_its_check(sheet, untouched):
    (said,) = check(sheet, "1.1").facts
    assert said == "retraction of The article: Withdrawn by the journal, seen 2026-11-28"
    none = "No retraction is entered of 0 reports, which does not show that there is none."
    assert check(untouched, "1.1").facts == (none,)


def test_groups_without_a_size_are_counted(sheet):
    assert check(sheet, "4.6").facts == (
        "1 of 2 groups have no size: nothing of them can be checked.",
    )


def test_a_check_has_an_address_of_its_own_only_where_that_was_seen():
    seen = {check.number for check in CHECKS if check.seen_at}
    assert seen == {"1.1", "1.2", "1.3", "2.1", "2.3", "4.1"}
    assert CHECKS[0].seen_at == "https://inspect.sr/chapters/check_1_1.html"


def test_the_workbook_leaves_answers_agreement_and_judgements_empty(sheet):
    book = load_workbook(io.BytesIO(as_workbook(sheet)))
    assert book.sheetnames == ["checks", "findings", "about"]
    head, *rows = [[cell.value for cell in row] for row in book["checks"].iter_rows()]
    columns = [head.index(name) for name in PEOPLE]
    assert len(rows) == len(CHECKS) + len(DOMAINS) + 1
    assert not any(row[column] for row in rows for column in columns)
    assert [row[0].value for row in book["findings"].iter_rows(min_row=2)] == ["4.8", "4.11"]


def test_markdown_and_csv_hold_the_same_checks_and_findings(sheet):
    text = as_markdown(sheet)
    rows = list(csv.DictReader(io.StringIO(as_csv(sheet).decode())))
    assert [row["check"] for row in rows if row["kind"] == "check"] == [
        check.number for check in CHECKS
    ]
    for check in CHECKS:
        assert f"### {check.number} {check.question}" in text
    for row in rows:
        if row["kind"] == "finding":
            assert row["sentence"] in text
            assert row["address"] in text


def test_the_worksheet_judges_nothing(sheet, untouched):
    for each in (sheet, untouched):
        written = as_markdown(each) + as_csv(each).decode()
        assert "trustworthy" not in written.lower()
        assert "no concerns, some concerns, serious concerns" in written


def test_the_tool_is_said_to_be_for_randomised_trials(sheet, untouched):
    note = "The tool was made for randomised trials, and this study is none."
    assert note not in as_markdown(sheet)
    assert note in as_markdown(untouched)


def test_a_curated_trial_has_its_findings_and_its_places():
    quads = Checked(SMALL).quads
    store = OxigraphStore.in_memory(quads)
    reader = Reader(Release(Path()), store, {}, SMALL.namespaces, is_release=False)
    sheet = inspect(reader, f"{BASE}study/ino-vate", "9.9")
    assert sheet.is_randomised
    assert sheet.counts["figures"] > 100
    found = [finding for each in sheet.checks for finding in each.findings]
    assert found
    assert all(finding.sentence and finding.figure.startswith(BASE) for finding in found)
    assert any(finding.place for finding in found)


@pytest.fixture(scope="module")
def settings(tmp_path_factory):
    """A graph that does not grow, in a folder of its own."""
    root = tmp_path_factory.mktemp("small")
    for path, content in SMALL.contents.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(content)
    return Settings(root=str(root), home=str(root / "home"), workers=1, long_queries=1)


@pytest.fixture(scope="module")
def small_client(settings):
    """A service of that graph; what is checked elsewhere is not checked again."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(check_module, "CHECKS", ())
        release = ensure_release(Sources(Path(settings.root)), settings)
    served = serve_release(settings, release)
    served.app.test_client_class = ReadingClient
    yield served.app.test_client()
    served.pool.close()


@pytest.mark.slow
def test_the_command_and_the_address_give_the_same_worksheet(
    allograph, small_client, settings, tmp_path
):
    where = ("--root", settings.root, "--home", settings.home)
    done = allograph("export", "inspect", "ino-vate", "--format", "md", *where)
    assert done.returncode == 0, done.stderr
    assert small_client.get("/study/ino-vate/inspect.md").text == done.stdout
    allograph("export", "inspect", "ino-vate", "--output", tmp_path / "sheet.xlsx", *where)
    response = small_client.get("/study/ino-vate/inspect.xlsx")
    assert response.headers["Content-Disposition"].endswith('filename="inspect-ino-vate.xlsx"')
    for book in (tmp_path / "sheet.xlsx", io.BytesIO(response.data)):
        assert load_workbook(book).sheetnames == ["checks", "findings", "about"]
    page = small_client.get("/study/ino-vate", headers={"Accept": "text/html"}).text
    assert "/study/ino-vate/inspect.xlsx" in page


@pytest.mark.slow
def test_an_unknown_study_or_format_is_said(allograph, small_client, settings):
    where = ("--root", settings.root, "--home", settings.home)
    done = allograph("export", "inspect", "ino-vato", *where)
    assert done.returncode == 2
    assert "no study is called 'ino-vato'" in done.stderr
    assert small_client.get("/study/nowhere/inspect.xlsx").status_code == 404
    assert small_client.get("/study/ino-vate/inspect.pdf").status_code == 404
