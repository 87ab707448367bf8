"""The ledger of doubt: computed, compared with what curators flagged, and part of the release."""

import csv
import json
from collections import Counter
from io import StringIO

import pytest
import rdflib
from approve import ANSWERS
from doubt_pages import all_pages
from rdflib.namespace import SH

from allograph.checks.check import check
from allograph.curated.results import Severity
from allograph.curated.snapshot import load, read_snapshot
from allograph.doubts.ledger import check_doubts, find_doubts
from allograph.doubts.rules import RULES
from allograph.errors import InvalidGraph
from allograph.evidence import evidence_of
from allograph.rdf import vocabularies
from allograph.release import ensure_release
from allograph.settings import Settings

AG = rdflib.Namespace(vocabularies.AG)
STUDY = "graph/study/ino-children.ttl"
CHILDREN = "https://w3id.org/allograph/study/ino-children#orr"


@pytest.fixture(scope="module")
def findings(loaded):
    return find_doubts(evidence_of(loaded.nodes))


@pytest.fixture
def edited(small_checkout):
    """Curated files, one text replaced in one of them."""

    def edit(path, old, new):
        file = small_checkout.graph / path
        text = file.read_text(encoding="utf-8")
        assert text.count(old) >= 1
        file.write_text(text.replace(old, new, 1), encoding="utf-8")
        return small_checkout

    return edit


def test_75_percent_of_17_children_is_found_and_acknowledged(findings):
    found = {it.rule.key: it for it in findings if it.doubt.about == CHILDREN}
    assert set(found) == {"granularity", "figure-without-denominator"}
    finding = found["granularity"]
    assert "12 of 16" in finding.doubt.message
    assert finding.is_asserted


def test_every_finding_has_an_iri_of_its_own(findings):
    assert len({finding.iri for finding in findings}) == len(findings)


def test_arithmetic_and_curators_agree_on_the_curated_graph(loaded):
    evidence = evidence_of(loaded.nodes)
    results = check_doubts(loaded, evidence, find_doubts(evidence))
    assert [str(result) for result in results if result.severity is not Severity.INFO] == []


@pytest.mark.slow
def test_a_doubt_without_its_flag_is_a_violation_with_line_and_cure(edited):
    sources = edited("study/ino-children.ttl", "flag:impossible-share", "flag:secondary-source")
    (result,) = [
        it for it in check(read_snapshot(sources), [STUDY]) if it.rule == "rule:granularity"
    ]
    assert str(result).startswith("graph/study/ino-children.ttl:")
    assert result.at.line
    assert result.severity == "violation"
    assert "ag:flag flag:impossible-share" in result.message


@pytest.mark.slow
def test_a_flag_that_arithmetic_does_not_bear_out_is_a_violation(edited):
    sources = edited("study/ino-children.ttl", "ag:size 17 ;", "ag:size 16 ;")
    results = [it for it in check(read_snapshot(sources), [STUDY]) if it.rule == "rule:granularity"]
    assert CHILDREN in {it.focus_node for it in results if it.value == "flag:impossible-share"}


MINI = "graph/study/mini-hcvd-ino.ttl"
AS_PRINTED = 'ag:reportedAs "44 patients (92%)" ;'
NINETY_THREE = (
    ("ag:value 92 ;", "ag:value 93 ;"),
    (AS_PRINTED, 'ag:reportedAs "44 patients (93%)" ;'),
)
FLAG = (
    'ag:reportedAs "44 patients (',
    'ag:flag flag:printed-so ;\n    ag:reportedAs "44 patients (',
)
REASON = ("ag:flag flag:printed-so ;", 'ag:flag flag:printed-so ; rdfs:comment "So printed."@en ;')


@pytest.mark.slow
@pytest.mark.parametrize(
    ("edits", "rules"),
    [
        (NINETY_THREE, {"shape:Proportion-percentage", "rule:printed-so"}),
        ((*NINETY_THREE, FLAG), {"shape:Printed-so-reason"}),
        ((*NINETY_THREE, FLAG, REASON), set()),
        ((FLAG, REASON), {"rule:printed-so"}),
    ],
    ids=["no flag", "no reason", "flag and reason", "flag alone"],
)
def test_what_arithmetic_refuses_is_entered_with_a_flag_and_a_reason(edited, edits, rules):
    for old, new in edits:
        sources = edited("study/mini-hcvd-ino.ttl", old, new)
    found = check(read_snapshot(sources), [MINI])
    told = [result for result in found if result.rule != "rule:readings-differ"]
    assert {result.rule for result in told} == rules
    if edits == NINETY_THREE:
        assert all("mistyped" in it.message and "flag:printed-so" in it.message for it in told)


@pytest.mark.slow
@pytest.mark.parametrize("severity", ["sh:Grave", '"Warning"'])
def test_a_severity_that_shacl_does_not_know_is_a_violation_at_its_line(edited, severity):
    path = "ontology/rules/granularity.ttl"
    sources = edited(f"../{path}", "sh:severity sh:Warning", f"sh:severity {severity}")
    lines = (sources.root / path).read_text(encoding="utf-8").splitlines()
    (line,) = (number for number, line in enumerate(lines, start=1) if "sh:severity" in line)
    told = map(str, check(read_snapshot(sources), [path]))
    assert any(
        text.startswith(f"{path}:{line}: violation: A rule is as severe as ") for text in told
    )


@pytest.mark.usefixtures("without_shapes", "without_questions")
def test_a_release_is_refused_while_arithmetic_and_curators_differ(edited, tmp_path):
    sources = edited("study/ino-children.ttl", "flag:impossible-share", "flag:secondary-source")
    with pytest.raises(InvalidGraph):
        ensure_release(sources, Settings(home=str(tmp_path / "home")))


@pytest.mark.slow
def test_the_findings_are_shacl_results_in_store_exports_and_release(release, whole, client):
    files = (release.quality, release.exports / "allograph.ttl")
    graphs = [rdflib.Graph().parse(path, format="turtle") for path in files]
    graphs.append(rdflib.Graph().parse(data=client.get("/quality.ttl").text, format="turtle"))
    for graph in graphs:
        found = set(graph.subjects(rdflib.RDF.type, SH.ValidationResult))
        assert len(found) == release.manifest["quality"]["findings"] > 0
        for finding in found:
            assert graph.value(finding, SH.focusNode)
            assert graph.value(finding, SH.resultMessage)
            assert graph.value(finding, AG.rule)
    assert {str(quad.graph_name.value) for quad in whole} >= {
        "https://w3id.org/allograph/graph/quality"
    }


def test_no_finding_describes_a_curated_node(loaded, whole):
    curated = {quad.subject for quad in loaded.quads}
    ledger = {quad.subject for quad in whole if quad.graph_name.value.endswith("/graph/quality")}
    assert ledger
    assert ledger.isdisjoint(curated)


@pytest.mark.slow
@pytest.mark.usefixtures("unchecked")
def test_a_release_says_which_doubts_are_new_and_which_are_gone(edited, small_checkout, tmp_path):
    settings = Settings(home=str(tmp_path / "home"))
    first = ensure_release(small_checkout, settings)
    assert first.manifest["quality"]["since"] is None
    before = {finding.iri for finding in find_doubts(evidence_of(load(small_checkout).nodes))}
    second = ensure_release(
        edited("study/ino-children.ttl", "ag:size 17 ;", "ag:size 19 ;"), settings
    )
    after = {finding.iri for finding in find_doubts(evidence_of(load(small_checkout).nodes))}
    changes = second.manifest["quality"]
    assert changes["since"] == first.id
    assert set(changes["new"]) == after - before != set()
    assert set(changes["gone"]) == before - after


def test_the_ledger_is_one_table_of_findings_and_flags(client, findings):
    rows = list(csv.DictReader(StringIO(client.get("/quality.csv").text)))
    assert {row["finding"] for row in rows if row["finding"]} == {it.iri for it in findings}
    assert {row["found_by"] for row in rows} <= {"rule", "curator", "rule and curator"}
    bindings = json.loads(client.get("/quality.json").text)["results"]["bindings"]
    assert len(bindings) == len(rows)


def test_the_page_shows_each_finding_at_the_anchor_of_its_iri(client, findings):
    page = "".join(all_pages(client))
    for finding in findings:
        assert page.count(f'id="{finding.iri.partition("#")[2]}"') == 1


def test_the_rules_are_explained_each_at_its_anchor(client, findings):
    page = client.get("/quality/rules", headers={"Accept": "text/html"}).text
    for finding in findings:
        assert f'id="{finding.rule.key}"' in page
        label = finding.rule.label
        assert f"<h3>{label[0].upper()}{label[1:]}</h3>" in page


def test_the_figures_name_the_rules_that_doubt_them(client, findings):
    rows = list(csv.DictReader(StringIO(client.get("/questions/figures.csv").text)))
    shown = {(row["result"], key) for row in rows for key in row["findings"].split("|") if key}
    results = {row["result"] for row in rows}
    found = {(it.doubt.about, it.rule.key) for it in findings if it.doubt.about in results}
    assert shown == found != set()


def test_the_whole_graph_is_the_curated_one_and_its_ledger(loaded, whole):
    assert whole[: len(loaded.quads)] == loaded.quads


def test_one_question_lists_what_each_rule_finds(findings):
    with (ANSWERS / "rule-findings.csv").open(newline="", encoding="utf-8") as file:
        listed = [(row["finding"], row["rule"], row["rule_label"]) for row in csv.DictReader(file)]
    assert sorted(listed) == sorted((it.iri, it.rule.key, it.rule.label) for it in findings)


def test_what_one_rule_finds_is_its_part_of_what_all_find(client, findings):
    address = "/questions/rule-findings.csv"
    all_rows = list(csv.DictReader(StringIO(client.get(address).text)))
    assert {row["finding"] for row in all_rows} == {it.iri for it in findings}
    for key in [*RULES][::8]:
        found = list(csv.DictReader(StringIO(client.get(f"{address}?rule={key}").text)))
        assert found == [row for row in all_rows if row["rule"] == key], key


@pytest.mark.parametrize(
    "name",
    [
        "granularity",
        "rule:granularity",
        "https://w3id.org/allograph/rule/granularity",
        "GRIM inconsistency",
        "share that no whole number gives",
    ],
)
def test_a_rule_may_be_named_by_key_curie_iri_or_label(client, name):
    address = "/questions/rule-findings.csv"
    found = client.get(address, query_string={"rule": name})
    assert found.data == client.get(f"{address}?rule=granularity").data
    assert "granularity" in found.text


def test_the_page_of_the_rules_leads_to_what_each_finds(client, findings):
    page = client.get("/quality/rules", headers={"Accept": "text/html"}).text
    for finding in findings:
        assert f'href="/questions/rule-findings?rule={finding.rule.key}"' in page


def test_a_finding_of_a_rule_without_a_flag_is_one_row_of_the_ledger(client):
    """An unbound flag must not be joined with whatever has a label."""
    rows = list(csv.DictReader(StringIO(client.get("/quality.csv").text)))
    assert (
        max(Counter((row["finding"], row["flag"]) for row in rows if row["finding"]).values()) == 1
    )
    unflagged = [row for row in rows if row["rule"].endswith("/read-once")]
    assert unflagged and not any(row["flag"] or row["flag_label"] for row in unflagged)
