"""A release is read by functions of a reader, without a service and without a request."""

from dataclasses import replace

import pytest

from allograph.curated.derived import NEVER_WRITTEN
from allograph.errors import StoreError
from allograph.namespaces import BASE
from allograph.rdf.store import OxigraphStore
from allograph.rdf.vocabularies import AG, RDFS
from allograph.reading.answers.rows import rows_of
from allograph.reading.answers.table import table_of
from allograph.reading.answers.wish import Wish
from allograph.reading.badges import badges
from allograph.reading.behind import look_behind
from allograph.reading.contents import contents
from allograph.reading.described import nodes_of
from allograph.reading.glance import overview
from allograph.reading.ledger import rules_of
from allograph.reading.listing import entries, entries_of, search
from allograph.reading.names import names_in
from allograph.reading.ontology import ontology_view
from allograph.reading.reach import in_turn, reach_of
from allograph.reading.reader import Reader, Shelf, expect_solutions, text
from allograph.reading.record import record_triples, record_view
from allograph.reading.schema_org import structured_data
from allograph.reading.shapes_in_words import rules_by_class
from allograph.reading.terms_in_use import terms_in_use
from allograph.reading.weighed.doubts import doubts_of

STUDY = f"{BASE}study/ino-vate"
DRUG = f"{BASE}drug/inotuzumab-ozogamicin"


class Counting:
    """A store that counts what it is asked, and may fall silent."""

    def __init__(self, store):
        self.store = store
        self.asked = 0
        self.is_silent = False

    def query(self, sparql, **graphs):
        self.asked += 1
        if self.is_silent:
            raise StoreError("the store does not answer")
        return self.store.query(sparql, **graphs)

    def graph(self, iri):
        self.asked += 1
        return self.store.graph(iri)

    def close(self):
        self.store.close()


@pytest.fixture(scope="module")
def store(release):
    return OxigraphStore.on_disk(release.store)


@pytest.fixture
def reader(release, store):
    return Reader(release, Counting(store), release.questions, release.namespaces)


READ_ONCE = (overview, contents, search, rules_by_class, terms_in_use, entries)


@pytest.mark.parametrize("read", READ_ONCE, ids=lambda read: read.__name__)
@pytest.mark.parametrize("is_release", [True, False])
def test_what_does_not_change_is_read_once_by_a_reader(reader, read, is_release):
    reader = replace(reader, is_release=is_release)
    first = read(reader)
    asked = reader.store.asked
    assert read(reader) is first
    assert reader.store.asked == asked


def test_readers_of_another_store_share_nothing(reader):
    """So what changed between two requests is seen by the second."""
    one = replace(reader, is_release=False)
    other = replace(one, shelf=Shelf())
    assert entries(one) == entries(other)
    assert entries(one) is not entries(other)
    assert one.store.asked == 2


def test_what_could_not_be_read_is_tried_again(reader):
    reader.store.is_silent = True
    with pytest.raises(StoreError):
        overview(reader)
    reader.store.is_silent = False
    assert overview(reader).studies


def test_a_record_is_read_whole(reader):
    view = record_view(reader, STUDY, record_triples(reader, STUDY))
    assert view.names.label(STUDY).startswith("INO-VATE")
    assert view.figures
    assert view.groups
    assert view.of("ag:Report") == view.of(AG.Report)
    assert structured_data("study", view)["@id"] == STUDY


def test_a_cut_leaves_out_no_study_and_keeps_the_first_of_each():
    findings = ["a#1", "a#2", "a#3", "b#1", "c#1", "c#2"]
    assert in_turn(findings) == ["a#1", "b#1", "c#1", "a#2", "c#2", "a#3"]


def test_a_page_that_is_cut_has_findings_of_each_study_and_counts_what_it_leaves_out(reader):
    view = record_view(reader, DRUG, record_triples(reader, DRUG))
    assert sum(view.shown.values()) == reach_of(DRUG).most < sum(view.reached.values())
    assert view.shown.keys() == view.reached.keys()
    assert view.cut
    whole = {study: view.reached[study] for study in view.reached.keys() - set(view.cut)}
    assert all(view.shown[study] == number for study, number in whole.items())
    assert min(view.shown[study] for study in view.cut) >= max(whole.values(), default=0)


def test_of_a_study_that_is_cut_a_page_keeps_what_the_nearest_reports_print(reader):
    view = record_view(reader, DRUG, record_triples(reader, DRUG))
    rows = reader.select(
        f"SELECT DISTINCT ?finding ?rank WHERE {{ ?finding <{AG.study}> <{STUDY}> ; "
        f"<{AG.group}>/<{AG.regimen}>/<{AG.drug}> <{DRUG}> ; "
        f"<{AG.report}>/<{AG.tier}>/<{AG.rank}> ?rank }}"
    )
    ranks = {text(row, "finding"): int(text(row, "rank")) for row in rows}
    shown, left_out = ranks.keys() & view.nodes.keys(), ranks.keys() - view.nodes.keys()
    assert shown
    assert max(ranks[iri] for iri in shown) <= min(ranks[iri] for iri in left_out)


def test_a_row_does_not_say_again_what_was_made_for_queries(reader):
    iri = f"{BASE}drug/inotuzumab-ozogamicin"
    view = record_view(reader, iri, record_triples(reader, iri))
    said = {name for part in view.figures for node in part.nodes for name in node.properties()}
    assert said & NEVER_WRITTEN >= {AG.printedValue, AG.flagKeys, AG.findingKeys}
    shown = {curie for part in view.figures for curie in view.columns(part)}
    assert {"ag:value", "ag:flag"} <= shown
    assert {name for name in NEVER_WRITTEN if view.namespaces.compact(name) in shown} == set()


def test_behind_a_row_stand_its_people_and_its_place(reader):
    figure = next(study.key_figures[0] for study in overview(reader).studies if study.key_figures)
    iri = figure.text("result")
    behind = look_behind(reader, [iri, "https://elsewhere.example/"])
    assert set(behind.by_iri) == {iri}
    assert behind.by_iri[iri].chain
    assert behind.by_iri[iri].places


def test_behind_a_row_on_a_comparison_both_sides_have_their_names(reader):
    view = record_view(reader, STUDY, record_triples(reader, STUDY))
    comparison = view.comparisons[0]
    behind = look_behind(reader, [comparison.iri])
    for name in ("group", "comparator"):
        (side,) = comparison.iris(name)
        assert behind.names.label(side) == view.nodes[side].label
    assert not any(
        group.iri == side for step in behind.by_iri[comparison.iri].chain for group in step
    )


def test_a_cell_that_names_concepts_leads_to_them(reader):
    columns = (column for known in reader.questions.values() for column in known.columns)
    column = next(column for column in columns if column.of == "flag")
    found = f'SELECT ?{column.name} {{ VALUES ?{column.name} {{ "impossible-share" }} }}'
    answer = rows_of(reader, expect_solutions(reader.store.query(found)), [column])
    (cell,) = table_of(answer, Wish()).lines[0].cells
    assert cell.concepts == (f"{BASE}flag/impossible-share",)
    assert cell.has_doubts


def test_a_flag_that_a_rule_bears_out_is_told_once_in_its_words(reader):
    both = next(doubt for doubt in doubts_of(reader) if doubt.found_by == "rule and curator")
    flags = [saying.iri for saying in both.sayings if not saying.is_rule]
    finding = both.findings[0]
    names = names_in(reader, [], *flags)
    told = badges(reader, finding.part, flags, names)
    assert finding.message in told[0].explanation
    assert told[0].more == flags[0]
    assert not badges(reader, "https://elsewhere.example/", [], names)


def test_the_ontology_is_read_with_its_rules(reader):
    view = ontology_view(reader)
    study = next(node for node in view.classes if node.iri == AG.Study)
    assert view.rules_of(study).properties
    assert len(rules_of(reader).rules) == len(entries_of(reader, "rule"))


def test_a_node_is_asked_by_curie_by_iri_and_by_bare_name(reader):
    node = nodes_of(record_triples(reader, STUDY), reader.namespaces)[STUDY]
    assert node.value("rdfs:label") == node.value(RDFS.label) == node.label != ""
    assert node.iris("ag:condition") == node.iris("condition") == node.iris(AG.condition)
    assert node.by_curie["rdfs:label"] == node.all(RDFS.label)


def test_what_has_no_name_is_spelt_out(reader):
    names = names_in(reader, [], STUDY)
    assert names.label(STUDY).startswith("INO-VATE")
    assert names.label("http://www.w3.org/2004/02/skos/core#altLabel") == "alt label"
    assert names.label("https://elsewhere.example/x") == "https://elsewhere.example/x"
