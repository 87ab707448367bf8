"""The ontology page: every term at its anchor, its rules in words, an example, its matches."""

import re
from html import unescape

import pytest
from approve import SOURCES

from allograph.curated.sources import Part
from allograph.namespaces import BASE
from allograph.rdf.terms import NamedNode
from allograph.rdf.turtle import read_turtle
from allograph.rdf.vocabularies import RDFS, SKOS
from allograph.reading.shapes_in_words import rules_by_class
from allograph.web.pages.records import record_page
from allograph.web.service import current_reader
from allograph.workers.store import PooledStore

ONTOLOGY = f"{BASE}ontology#"
SH = "http://www.w3.org/ns/shacl#"
HEAVY = ("study/ino-salvage-100", "drug/inotuzumab-ozogamicin", "target/cd22", "basis/reported")
# Bytes as they are sent to a browser, which takes them compressed, and queries to the store.
WEIGHT, QUERIES = 80_000, 9
REPORTS = len([*SOURCES.graph.glob("report/*.ttl")])


@pytest.fixture
def page(client):
    return unescape(client.get("/ontology", headers={"Accept": "text/html"}).text)


def terms_of(files, predicate):
    return {
        triple.subject.value: triple.object.value
        for path in files
        for triple in read_turtle(path, path.name, blank_nodes=True).triples
        if triple.predicate.value == predicate and isinstance(triple.subject, NamedNode)
    }


def section(page, anchor):
    return page[page.index(f'id="{anchor}"') :].partition("</section>")[0]


def test_every_term_has_an_anchor_that_is_the_fragment_of_its_iri(page):
    anchors = re.findall(r'\bid="([^"]+)"', page)
    assert len(anchors) == len(set(anchors))
    labels = terms_of([SOURCES.root / "ontology/allograph.ttl"], RDFS.label)
    fragments = {iri.partition("#")[2] for iri in labels if iri.startswith(ONTOLOGY)}
    assert fragments
    assert fragments <= set(anchors)


def test_every_link_within_the_page_leads_to_an_anchor(page):
    anchors = set(re.findall(r'\bid="([^"]+)"', page))
    assert set(re.findall(r'href="#([^"]+)"', page)) <= anchors


def test_every_rule_of_the_shapes_is_told_in_words(page):
    messages = terms_of(SOURCES.files(Part.SHAPES), f"{SH}message")
    assert len(messages) > 100
    for shape, message in messages.items():
        if "{?" not in message and shape.partition("#")[2] not in BORROWED:
            assert message in page, shape


# Shapes of classes of other vocabularies, which have no section here.
BORROWED = {
    shape.partition("#")[2]
    for path in SOURCES.files(Part.SHAPES)
    if path.stem in ("concept", "locator", "scheme")
    for shape in terms_of([path], f"{SH}message")
}


def test_a_class_says_of_each_property_how_many_and_of_which_kind(page):
    row = re.search(
        r'<tr><th scope="row"><a href="#grouping">.*?</tr>', section(page, "StudyGroup")
    )
    assert row
    assert "exactly one" in row[0]
    assert 'href="/grouping"' in row[0]
    assert "at most one" in re.search(r'<a href="#size">.*?</tr>', section(page, "StudyGroup"))[0]


def test_the_values_that_a_message_would_name_are_left_out_of_the_rule(app):
    with app.test_request_context():
        further = rules_by_class(current_reader())[f"{ONTOLOGY}StudyGroup"].further
    assert "A subgroup is not larger than any group from which it is drawn." in further
    assert not any("{" in message for message in further)


def test_each_class_that_the_graph_uses_shows_one_of_its_members(page):
    assert 'href="/condition/' in section(page, "Condition").partition("<details")[0]
    assert f"one of {REPORTS} in this release" in section(page, "Report")


def test_each_property_that_the_graph_uses_shows_a_use_of_it(page):
    row = page[page.index('<tr id="doseUnit"') :].partition("</tr>")[0]
    assert 'href="/regimen/' in row
    assert re.search(r": (mg/m2|ug/d)<", row)


def test_matches_to_other_vocabularies_stand_with_the_term_and_in_a_list(page):
    assert "schema:MedicalStudy" in section(page, "Study")
    assert "schema:MedicalStudy" in page[page.index('id="_alignments"') :]


def test_every_closed_list_stands_with_its_concepts(page):
    schemes = [path.stem for path in (SOURCES.root / "ontology/schemes").glob("*.ttl")]
    for scheme in schemes:
        assert f'href="/{scheme}"' in page
    assert 'href="/statistic/percentage"' in page


def test_a_concept_that_nothing_uses_says_so(page, whole):
    ours = {SKOS.hasTopConcept, SKOS.broader}
    used = {quad.object.value for quad in whole if quad.predicate.value not in ours}
    concepts = {quad.subject.value for quad in whole if quad.predicate.value == SKOS.inScheme}
    unused = {iri for iri in concepts - used if not iri.startswith(f"{BASE}rule/")}
    assert f"{BASE}statistic/percentage" in used
    assert page.count("Not used in this release.") == len(unused)


def test_the_page_tells_of_borrowed_terms_prefixes_and_what_follows(page):
    for name in ("borrowed", "prefixes"):
        assert f'href="/{name}.ttl"' in section(page + "</section>", f"_{name}")
    assert "graph/derived" in page[page.index('id="_derived"') :]


@pytest.mark.parametrize("address", ["ontology", *HEAVY])
def test_the_heaviest_pages_stay_light(client, address):
    browser = {"Accept": "text/html", "Accept-Encoding": "gzip"}
    response = client.get(f"/{address}", headers=browser)
    assert response.status_code == 200
    assert response.headers["Content-Encoding"] == "gzip"
    assert len(response.data) < WEIGHT


@pytest.mark.parametrize("record", HEAVY)
def test_a_page_asks_the_store_a_few_times_only(app, monkeypatch, record):
    """A graph is asked for by a query; what all pages share is asked once, by the first."""
    asked = []
    query = PooledStore.query
    monkeypatch.setattr(PooledStore, "query", lambda *a, **k: asked.append(a) or query(*a, **k))
    kind, _, key = record.partition("/")
    with app.test_request_context(f"/{record}"):
        record_page("procedure", "hsct", f"{BASE}procedure/hsct")
        asked.clear()
        record_page(kind, key, f"{BASE}{record}")
    assert 0 < len(asked) <= QUERIES


def test_a_page_that_leaves_findings_out_says_so(client):
    page = client.get("/basis/reported", headers={"Accept": "text/html"}).text
    assert "This page does not hold everything that was found" in page
    assert (
        "does not hold everything"
        not in client.get("/study/ino-vate", headers={"Accept": "text/html"}).text
    )
