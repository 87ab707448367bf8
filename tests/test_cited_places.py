"""A cited place is counted apart, and is proved once somebody supplies the text."""

import re

import pytest

from allograph.checks.check import Checked
from allograph.checks.verify import verify
from allograph.curated.snapshot import load, read_snapshot
from allograph.curated.sources import Part

TEXT = """Results

Of 48 patients, 44 (92%) responded.

Discussion

That 44 (92%) responded is much.
"""
REPORT = """# A report whose text nobody here holds.

PREFIX ag:     <https://w3id.org/allograph/ontology#>
PREFIX rdfs:   <http://www.w3.org/2000/01/rdf-schema#>
PREFIX report: <https://w3id.org/allograph/report/>
PREFIX tier:   <https://w3id.org/allograph/tier/>

report:seen
    a ag:Report ;
    rdfs:label "Seen 2020"@en ;
    ag:tier tier:primary .
"""
FIGURE = """# A figure at a place that is cited.

PREFIX :       <https://w3id.org/allograph/study/seen#>
PREFIX ag:     <https://w3id.org/allograph/ontology#>
PREFIX report: <https://w3id.org/allograph/report/>
PREFIX xsd:    <http://www.w3.org/2001/XMLSchema#>

:orr
    ag:report report:seen ;
    ag:reportedAs "44 (92%)" ;
    ag:locator :orr-at .

# Seen on a page that may not be kept.
:orr-at
    a ag:CitedPlace ;
    ag:section "Results" ;
    ag:sentence 1 ;
    ag:seenAt <https://example.org/articles/12> ;
    ag:seenOn "2026-11-27"^^xsd:date .
"""


@pytest.fixture
def folder(small_checkout, tmp_path):
    """A graph of one figure that is cited, and an empty folder of texts."""
    for path in small_checkout.files(Part.GRAPH):
        path.unlink()
    (small_checkout.graph / "report" / "seen.ttl").write_text(REPORT)
    (small_checkout.graph / "study" / "seen.ttl").write_text(FIGURE)
    (tmp_path / "held").mkdir()
    return tmp_path / "held"


@pytest.fixture
def verified(small_checkout, folder, allograph):
    def run(*options):
        done = allograph("verify", "--sources", folder, "--root", small_checkout.root, *options)
        return done.returncode, done.stdout.splitlines()

    return run


def test_a_cited_place_is_counted_apart_and_never_fails(verified):
    assert verified() == (0, ["locators: 1, proved: 0, cited: 1"])


def test_a_text_that_is_supplied_says_where_a_cited_place_stands(verified, folder):
    (folder / "seen.txt").write_text(TEXT)
    status, (told, counts) = verified()
    assert status == 0
    start = TEXT.index("44 (92%)")
    assert told.startswith("graph/study/seen.ttl:14: info: The cited place can be proved: ")
    assert f"characters {start} to {start + 8} of seen.txt" in told
    assert counts == "locators: 1, proved: 0, cited: 1"


def test_a_text_in_which_a_cited_figure_does_not_stand_leaves_it_cited(verified, folder):
    (folder / "seen.txt").write_text(TEXT.replace("92%", "91%"))
    status, (told, counts) = verified("--update")
    assert (status, counts) == (0, "locators: 1, proved: 0, cited: 1")
    assert 'warning: "44 (92%)" does not stand in seen.txt' in told


def test_a_cited_figure_that_stands_twice_in_its_section_stays_cited(verified, folder):
    (folder / "seen.txt").write_text(TEXT.replace("responded.\n\nD", "responded, 44 (92%).\n\nD"))
    status, (told, counts) = verified("--update")
    assert (status, counts) == (0, "locators: 1, proved: 0, cited: 1")
    assert "It stands more than once in seen.txt" in told


def test_a_cited_place_becomes_a_proved_one_in_the_files(verified, folder, small_checkout):
    (folder / "seen.txt").write_text(TEXT)
    assert verified("--update") == (0, ["locators: 1, proved: 1, cited: 0"])
    assert verified() == (0, ["locators: 1, proved: 1, cited: 0"])
    figure = (small_checkout.graph / "study" / "seen.ttl").read_text()
    assert (
        "# Seen on a page that may not be kept.\n:orr-at\n    a oa:TextPositionSelector ;" in figure
    )
    assert 'ag:section "Results" ;\n    ag:sentence 1 ;' in figure
    assert "seenAt" not in figure
    report = (small_checkout.graph / "report" / "seen.ttl").read_text()
    assert "ag:heldAs <https://w3id.org/allograph/report/seen#text>" in report
    assert re.search(r'ag:fileName "seen.txt" ;\n    ag:sha256 "[0-9a-f]{64}" \.', report)


def test_a_text_without_headings_keeps_the_section_that_was_cited(verified, folder, small_checkout):
    (folder / "seen.txt").write_text("Of 48 patients, 44 (92%) responded.\n")
    assert verified("--update") == (0, ["locators: 1, proved: 1, cited: 0"])
    assert 'ag:section "Results" ;' in (small_checkout.graph / "study" / "seen.ttl").read_text()


def test_a_place_of_a_held_text_is_proved_where_it_was_only_cited(verified, folder, small_checkout):
    (folder / "seen.txt").write_text(TEXT)
    verified("--update")
    path = small_checkout.graph / "study" / "seen.ttl"
    path.write_text(FIGURE)
    assert verified() == (0, [*verified()[1][:1], "locators: 1, proved: 0, cited: 1"])
    assert verified("--update") == (0, ["locators: 1, proved: 1, cited: 0"])


def test_only_the_files_that_are_asked_about_are_counted(small_checkout, folder):
    loaded = load(small_checkout)
    assert verify(loaded, folder, ["graph/report/seen.ttl"]).cited == 0
    assert verify(loaded, folder, ["graph/study/seen.ttl"]).cited == 1


@pytest.mark.usefixtures("folder")
def test_the_place_of_a_cited_figure_is_known_to_the_rules(small_checkout):
    place = Checked(read_snapshot(small_checkout)).evidence.places[
        "https://w3id.org/allograph/study/seen#orr-at"
    ]
    assert (place.start, place.end, place.section, place.sentence) == (None, None, "Results", 1)


def test_the_section_of_an_abstract_inside_an_article_is_the_first_of_its_name(
    verified, folder, small_checkout
):
    study = small_checkout.graph / "study" / "seen.ttl"
    study.write_text(FIGURE.replace('"Results"', '"Abstract, Results"'))
    (folder / "seen.txt").write_text(f"Abstract\n\n{TEXT}\n{TEXT}")
    assert verified("--update") == (0, ["locators: 1, proved: 1, cited: 0"])
    written = study.read_text()
    assert f"oa:start {len('Abstract') + 2 + TEXT.index('44 (92%)')} ;" in written
