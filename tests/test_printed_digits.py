"""The printed digits of numbers: made of the number, the same wherever they are read."""

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from allograph.checks.check import check
from allograph.curated.derived import NAMED_GRAPH, NEVER_WRITTEN, with_derived
from allograph.curated.printed import PRINTED
from allograph.curated.snapshot import read_snapshot
from allograph.rdf.spelling import read_spelling, respelt, spelling_of, write_spelling
from allograph.rdf.store import OxigraphStore, open_store, write_store
from allograph.rdf.vocabularies import AG, XSD

FIGURE, GRAPH = NamedNode("urn:x:figure"), NamedNode("urn:x:graph")


def quad(text, datatype="decimal", predicate=AG.value):
    literal = Literal(text, datatype=NamedNode(XSD[datatype]))
    return Quad(FIGURE, NamedNode(predicate), literal, GRAPH)


def test_each_printed_number_has_its_digits_beside_it(whole):
    terms = {quad.subject.value for quad in whole}
    assert PRINTED.keys() | set(PRINTED.values()) <= terms, "each property is a term"
    numbers = {(quad.subject, quad.predicate.value): quad.object.value for quad in whole}
    found = [(subject, name) for subject, name in numbers if name in PRINTED]
    assert len(found) > 70
    for subject, name in found:
        assert numbers[subject, PRINTED[name]] == numbers[subject, name]


def test_the_digits_are_a_text_in_the_graph_of_what_is_derived():
    number, digits = with_derived([quad("12.0")])
    assert number == quad("12.0")
    printed = NamedNode(AG.printedValue)
    assert digits == Quad(FIGURE, printed, Literal("12.0"), NamedNode(NAMED_GRAPH))


def test_what_is_no_printed_number_has_none():
    numerator = quad("12", "integer", AG.numerator)
    assert with_derived([numerator]) == (numerator,)


@pytest.mark.slow
def test_digits_and_keys_that_are_written_by_hand_are_refused(small_checkout):
    names = sorted(iri.removeprefix(AG) for iri in NEVER_WRITTEN)
    assert {"printedValue", "flagKeys", "findingKeys"} <= set(names)
    written = "".join(f'    ag:{name} "80.7" ;\n' for name in names)
    path = small_checkout.root / "graph" / "study" / "ino-vate.ttl"
    value = "    ag:value 80.7 ;\n"
    path.write_text(path.read_text().replace(value, value + written, 1))
    found = check(read_snapshot(small_checkout), ["graph/study/ino-vate.ttl"])
    results = [result for result in found if result.rule == "integrity:derived"]
    assert [result.value for result in results] == [f"ag:{name}" for name in names]
    assert all("leave them out" in result.message for result in results)


@pytest.mark.parametrize(
    ("text", "datatype"),
    [
        ("12.0", "decimal"),
        ("0.60", "decimal"),
        ("007", "integer"),
        ("1", "boolean"),
        ("1e3", "double"),
    ],
)
@pytest.mark.parametrize("is_on_disk", [False, True])
def test_a_store_gives_back_the_terms_that_it_was_given(tmp_path, text, datatype, is_on_disk):
    given = quad(text, datatype)
    if is_on_disk:
        write_store(tmp_path / "store", [given])
        store = open_store(tmp_path / "store", 30)
    else:
        store = OxigraphStore.in_memory([given])
    for triples in (
        store.graph(GRAPH.value),
        store.graph(None),
        store.query("CONSTRUCT WHERE { ?s ?p ?o }"),
        store.query("DESCRIBE <urn:x:figure>"),
    ):
        assert [*triples] == [given.triple]


def test_a_number_that_a_query_computes_is_left_as_it_is():
    store = OxigraphStore.in_memory([quad("12.0")])
    (triple,) = store.query("CONSTRUCT { <urn:x:other> ?p ?o } WHERE { ?s ?p ?o }")
    assert triple.object.value == "12"


def test_a_spelling_is_read_as_it_was_written():
    spelling = spelling_of([quad("12.0").triple, quad("7.5", predicate=AG.rangeLow).triple])
    assert [*spelling.values()] == [quad("12.0").triple]
    assert read_spelling(write_spelling(spelling)) == spelling
    assert [*respelt([quad("12").triple], spelling)] == [quad("12.0").triple]
