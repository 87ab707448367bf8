"""Retracted reports: marked wherever their figures are shown, and left out of pools."""

import csv
import io
import re
import shutil
from pathlib import Path

import pytest
from approve import SNAPSHOT, SOURCES
from reading_client import ReadingClient

from allograph.curated.derived import with_derived
from allograph.curated.notices import remarks_on
from allograph.curated.sources import Sources
from allograph.evidence import read_evidence
from allograph.evidence.pooling.answers import Wish
from allograph.evidence.pooling.pool import pool
from allograph.namespaces import BASE
from allograph.rdf.formats import FORMAT_BY_NAME
from allograph.rdf.nodes import Nodes
from allograph.rdf.terms import NamedNode, Quad
from allograph.rdf.turtle import parse_turtle
from allograph.release.building import ensure_release
from allograph.release.exports import export
from allograph.service.live import serve_release
from allograph.settings import Settings

MADE_UP = Path(__file__).parent / "made_up"
PREFIXES = """
PREFIX ag: <https://w3id.org/allograph/ontology#>
PREFIX notice: <https://w3id.org/allograph/notice/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX report: <https://w3id.org/allograph/report/>
PREFIX study: <https://w3id.org/allograph/study/>
PREFIX tier: <https://w3id.org/allograph/tier/>
PREFIX x: <https://w3id.org/allograph/study/x#>
tier:retelling ag:secondHand true .
tier:primary ag:secondHand false .
report:gone a ag:Report ; rdfs:label "Gone" ; ag:tier tier:primary ; ag:notice report:n .
report:good a ag:Report ; rdfs:label "Good" ; ag:tier tier:primary .
report:news a ag:Report ; ag:tier tier:retelling ; ag:basedOn report:gone .
report:review a ag:Report ; ag:tier tier:retelling ; ag:basedOn report:gone , report:good .
report:later a ag:Report ; ag:tier tier:primary ; ag:basedOn report:gone .
report:round a ag:Report ; ag:tier tier:retelling ; ag:basedOn report:round .
x:gone a ag:Result ; ag:report report:gone .
x:good a ag:Result ; ag:report report:good .
x:news a ag:Comparison ; ag:report report:news .
x:review a ag:Claim ; ag:report report:review .
x:later a ag:Result ; ag:report report:later .
"""


def flagged(kind):
    """The flags that follow in a made-up graph whose first report has a notice of a kind."""
    text = PREFIXES + f"report:n a ag:Notice ; ag:noticeKind notice:{kind} ."
    graph = NamedNode(f"{BASE}graph/x")
    triples = parse_turtle(text.encode(), "x.ttl").triples
    nodes = Nodes(quad.triple for quad in with_derived(Quad(*triple, graph) for triple in triples))
    return {
        node.iri.removeprefix(BASE): node.text("flagKeys")
        for node in nodes.values()
        if node.text("flagKeys")
    }


def test_all_that_a_retracted_report_prints_is_flagged_and_what_only_retells_it():
    names = ("report/gone", "study/x#gone", "report/news", "study/x#news")
    assert flagged("retraction") == dict.fromkeys(names, "retracted")
    assert flagged("expression-of-concern") == dict.fromkeys(names, "expression-of-concern")


def test_a_correction_flags_nothing():
    assert flagged("correction") == {}


def test_the_erratum_of_a_report_of_the_graph_is_a_correction():
    nodes = Nodes(quad.triple for quad in SNAPSHOT.loaded.quads)
    erratum = nodes[f"{BASE}report/gokbuget-2018#erratum"]
    assert (erratum.key("noticeKind"), erratum.label) == (
        "correction",
        "Erratum, Blood 133(24):2625",
    )


@pytest.fixture(scope="module")
def made_up(tmp_path_factory):
    """A copy of the curated files with a made-up study, whose report was retracted."""
    root = tmp_path_factory.mktemp("made-up")
    for folder in ("ontology", "graph", "queries"):
        shutil.copytree(SOURCES.root / folder, root / folder)
    shutil.copytree(MADE_UP, root / "graph", dirs_exist_ok=True)
    return Sources(root)


def made_up_evidence():
    triples = [quad.triple for quad in SNAPSHOT.loaded.quads]
    for path in sorted(MADE_UP.rglob("*.ttl")):
        triples += parse_turtle(path.read_bytes(), path.name).triples
    return read_evidence(triples)


OUTCOME, INO = f"{BASE}outcome/hsct-receipt", f"{BASE}drug/inotuzumab-ozogamicin"


def test_a_retracted_report_is_left_out_of_pools_unless_it_is_asked_for():
    evidence = made_up_evidence()
    without = pool(evidence, Wish(OUTCOME, INO))
    assert f"{BASE}study/made-up" not in without.pools[0].studies
    own = (one for one in without.left_out if one.row.study == f"{BASE}study/made-up")
    reasons = {one.row.figure.rpartition("#")[2]: one.reason for one in own}
    assert reasons["transplant"] == "its report is retracted: Made-up 2030"
    assert reasons["transplant-news"] == "its report is retracted: Made-up news"
    asked = pool(evidence, Wish(OUTCOME, INO, with_retracted=True)).pools[0]
    assert asked.crude.people == without.pools[0].crude.people + 40
    assert "Retracted: Made-up 2030." in asked.remarks


def test_an_expression_of_concern_is_pooled_and_told():
    triples = [quad.triple for quad in SNAPSHOT.loaded.quads]
    for path in sorted(MADE_UP.rglob("*.ttl")):
        text = path.read_text().replace("notice:retraction", "notice:expression-of-concern")
        triples += parse_turtle(text.encode(), path.name).triples
    first = pool(read_evidence(triples), Wish(OUTCOME, INO)).pools[0]
    assert f"{BASE}study/made-up" in first.studies
    assert "Under an expression of concern: Made-up 2030." in first.remarks


@pytest.mark.slow
def test_the_command_leaves_a_retracted_report_out_and_an_option_takes_it(allograph, made_up):
    choice = (
        "pool",
        "hsct-receipt",
        "--drug",
        "inotuzumab-ozogamicin",
        "--root",
        str(made_up.root),
    )
    told = "left out: made-up#transplant: its report is retracted: Made-up 2030"
    assert told in allograph(*choice).stderr
    asked = allograph(*choice, "--with-retracted")
    assert re.search(r"made-up#transplant +30 of 40 +75\.0% .* printed, primary", asked.stdout)
    assert "Retracted: Made-up 2030." in asked.stderr


def test_exports_with_comments_say_above_their_triples_what_is_retracted(namespaces):
    text = PREFIXES + "report:n a ag:Notice ; ag:noticeKind notice:retraction ."
    graph = NamedNode(f"{BASE}graph/x")
    triples = parse_turtle(text.encode(), "x.ttl").triples
    quads = with_derived(Quad(*triple, graph) for triple in triples)
    (remark,) = remarks_on([quad.triple for quad in quads])
    assert remark.startswith("RETRACTED: 4 of the nodes below")
    for name in ("ttl", "nt", "trig", "nq"):
        assert export(quads, FORMAT_BY_NAME[name], namespaces).startswith(b"# RETRACTED: 4 ")
    for name in ("jsonld", "rdf"):
        content = export(quads, FORMAT_BY_NAME[name], namespaces)
        assert b"RETRACTED" not in content and b"flag/retracted" in content
    plain = export(quads[: len(triples)], FORMAT_BY_NAME["ttl"], namespaces)
    assert not plain.startswith(b"#")


@pytest.fixture(scope="module")
def pages(made_up, tmp_path_factory, home):
    own = tmp_path_factory.mktemp("home")
    (home / "checks").mkdir(exist_ok=True)
    (own / "checks").symlink_to(home / "checks")  # what did not change is not checked again
    settings = Settings(home=str(own), workers=1, long_queries=1, root=str(made_up.root))
    served = serve_release(settings, ensure_release(made_up, settings))
    served.app.test_client_class = ReadingClient
    yield served.app.test_client()
    served.pool.close()


BANNER = 'class="notice bad banner" role="note"'


@pytest.mark.slow
@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("/report/made-up-2030", "This report was retracted."),
        ("/report/made-up-news", "All that this report retells was retracted."),
        ("/study/made-up", "This page shows what retracted reports print."),
        ("/outcome/hsct-receipt", "This page shows what retracted reports print."),
        ("/questions/figures?study=made-up", "(1 row)"),
    ],
)
def test_a_page_that_shows_a_retracted_report_has_a_banner_that_leads_to_the_notice(
    pages, address, said
):
    page = pages.get(address, headers={"Accept": "text/html"}).text
    assert page.count(BANNER) == 1
    assert said in page
    if "news" not in address:
        assert 'href="https://example.org/retraction">Retraction, Made-up J 2(1):3</a>' in page


@pytest.mark.slow
@pytest.mark.parametrize(
    "address",
    [
        "/study/ino-1010",
        "/questions/figures?study=ino-1010",
        "/report/gokbuget-2018",
        "/study/blast",
    ],
)
def test_other_pages_have_no_banner_and_a_correction_is_told_among_the_facts(pages, address):
    page = pages.get(address, headers={"Accept": "text/html"}).text
    assert BANNER not in page
    if address == "/report/gokbuget-2018":
        assert "Erratum, Blood 133(24):2625" in page


@pytest.mark.slow
def test_answers_and_records_as_data_hold_the_flag(pages):
    answer = pages.get("/questions/figures.csv?study=made-up").text
    flags = [row["flags"] for row in csv.DictReader(io.StringIO(answer))]
    assert flags == ["retracted", "retracted|secondary-source"]
    for suffix in ("ttl", "nt"):
        for path in ("study/made-up", "report/made-up-2030"):
            text = pages.get(f"/{path}.{suffix}").text
            assert text.startswith("# RETRACTED: ")
            assert "flag:retracted" in text or "flag/retracted" in text
    assert "flag/retracted" in pages.get("/report/made-up-2030.jsonld").text
    assert (
        '"creativeWorkStatus": "Retracted"'
        in pages.get("/report/made-up-2030", headers={"Accept": "text/html"}).text
    )
