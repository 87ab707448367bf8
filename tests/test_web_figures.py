"""Figures in words, and groups as a tree."""

import pytest

from allograph.namespaces import Namespaces
from allograph.rdf.nodes import Node
from allograph.rdf.terms import Literal, NamedNode
from allograph.rdf.vocabularies import AG, OA, RDF
from allograph.reading.figures import (
    counting_text,
    place_text,
    share_text,
    span_text,
    spread_text,
    time_text,
    value_text,
)
from allograph.reading.groups import group_trees
from allograph.reading.names import Name, Names

NAMES = Names(
    {
        "bound:more-than": Name("more than"),
        "status:not-reached": Name("not reached"),
        "origin:transplant": Name("transplant"),
        "definition:cr-cri": Name("CR or CRi"),
        "assessor:investigator": Name("by investigators"),
    },
    Namespaces({}),
)


def node(iri="a", **values):
    """Make a node; a word with a colon is an IRI, everything else a literal."""
    terms = {
        AG[name]: [NamedNode(v) if ":" in v else Literal(v) for v in value.split()]
        for name, value in values.items()
    }
    return Node(iri, terms)


@pytest.mark.parametrize(
    ("figure", "text"),
    [
        (node(value="80.7", unit="%"), "80.7%"),
        (node(value="7.70", unit="mo"), "7.70\u00a0months"),
        (node(value="16", unit="1"), "16"),
        (node(value="1.8", unit="mg/m2"), "1.8\u00a0mg/m²"),
        (node(value="90", unit="%", bound="bound:more-than"), "more than 90%"),
        (node(valueStatus="status:not-reached", unit="mo"), "not reached"),
        (node(rangeLow="2", rangeHigh="5", unit="{cycle}"), "2\u20135\u00a0cycles"),
        (node(), ""),
    ],
)
def test_a_value_is_written_with_bound_and_unit_or_why_there_is_none(figure, text):
    assert value_text(figure, NAMES) == text


@pytest.mark.parametrize(
    ("figure", "text"),
    [
        (node(numerator="44", denominator="48"), "44/48"),
        (node(denominator="17"), "?/17"),
        (node(numerator="12"), "12"),
        (node(), ""),
    ],
)
def test_a_share_is_written_as_far_as_it_is_printed(figure, text):
    assert share_text(figure) == text


def test_an_interval_names_its_level_and_a_range_is_no_interval():
    figure = node(
        value="9",
        lowerLimit="4",
        upperLimit="13",
        confidenceLevel="95",
        rangeLow="1",
        rangeHigh="30",
    )
    assert spread_text(figure) == "95% CI 4\u201313; range 1\u201330"
    assert spread_text(node(rangeLow="1", rangeHigh="30")) == ""
    below = node(value="-8.7", lowerLimit="-16.0", upperLimit="-1.4", confidenceLevel="95")
    assert spread_text(below) == "95% CI -16.0 to -1.4"
    change = node(
        value="-8", rangeLow="-50", rangeHigh="33", lowerQuartile="-17", upperQuartile="-1"
    )
    assert spread_text(change) == "range -50 to 33; IQR -17 to -1"
    assert value_text(node(rangeLow="-50", rangeHigh="33", unit="1"), NAMES) == "-50 to 33"


def test_a_time_names_its_origin():
    figure = node(atTime="24", timeOrigin="origin:transplant")
    assert time_text(figure, NAMES) == "at 24 months; clock starts: transplant"
    assert time_text(node(afterCycle="2"), NAMES) == "after cycle 2"


def test_a_time_says_up_to_when_the_data_were_gathered():
    figure = node(atTime="24", dataCutoff="2020-03")
    assert time_text(figure, NAMES) == "at 24 months; data up to 2020-03"


def test_a_figure_says_what_was_counted_and_who_judged_it():
    figure = node(outcomeDefinition="definition:cr-cri", assessedBy="assessor:investigator")
    assert counting_text(figure, NAMES) == "CR or CRi, by investigators"
    assert counting_text(node(value="1"), NAMES) == ""
    assert counting_text(node(value="1", grade="3-5"), NAMES) == "grade 3-5"
    assert counting_text(node(value="1", grade="any"), NAMES) == "any grade"


def test_a_cited_place_says_so_and_when_it_was_seen():
    stated = {"section": "Results", "table": "Table 2", "row": "3", "seenOn": "2026-11-27"}
    place = Node("a", {AG[name]: [Literal(text)] for name, text in stated.items()})
    assert place_text(place) == "cited: Results, Table 2, row 3, seen 2026-11-27"
    assert span_text(place) == "not proved: the text is not held here"
    stated["section"] = "Table 2"
    alone = Node("a", {AG[name]: [Literal(text)] for name, text in stated.items()})
    assert place_text(alone) == "cited: Table 2, row 3, seen 2026-11-27"
    sentence = node(section="Abstract", sentence="4", seenOn="2026-11-27")
    assert place_text(sentence) == "cited: Abstract, sentence 4, seen 2026-11-27"


def test_a_place_is_section_and_sentence_or_else_the_characters():
    assert place_text(node(section="Results", sentence="2")) == "Results, sentence 2"
    span = Node("a", {OA.start: [Literal("5")], OA.end: [Literal("9")]})
    assert place_text(span) == "characters 5\u20139"


def test_a_place_is_cells_of_a_sheet_or_characters_of_a_text():
    cells = Node("a", {AG.section: [Literal("bcg.csv")], RDF.value: [Literal("cell=2,4;2,5")]})
    assert place_text(cells) == "bcg.csv, row and column 2,\u00a04; 2,\u00a05"
    assert span_text(cells) == "cell=2,4;2,5 of the held sheet (RFC 7111)"
    span = Node("a", {OA.start: [Literal("5")], OA.end: [Literal("9")]})
    assert span_text(span) == "characters 5 to 9 of the held text"


def shape_of(trees):
    return [(tree.group.iri, shape_of(tree.subgroups)) for tree in trees]


def test_groups_are_nested_largest_first():
    groups = [
        node("x:part", size="24", subgroupOf="x:all"),
        node("x:inner", size="13", subgroupOf="x:part"),
        node("x:all", size="48"),
        node("x:larger", size="44", subgroupOf="x:all"),
        node("x:unsized", subgroupOf="x:all"),
    ]
    assert shape_of(group_trees(groups)) == [
        ("x:all", [("x:larger", []), ("x:part", [("x:inner", [])]), ("x:unsized", [])])
    ]


def test_a_group_of_two_parents_and_a_group_of_another_record_stand_once():
    groups = [
        node("x:a", size="2"),
        node("x:b", size="1"),
        node("x:both", subgroupOf="x:b x:a"),
        node("x:away", subgroupOf="y:elsewhere"),
    ]
    assert shape_of(group_trees(groups)) == [("x:a", [("x:both", [])]), ("x:b", []), ("x:away", [])]


def test_groups_in_a_circle_are_all_shown_once():
    groups = [node("x:a", subgroupOf="x:b"), node("x:b", subgroupOf="x:a")]
    assert shape_of(group_trees(groups)) == [("x:a", [("x:b", [])])]
