"""Comparisons in words: both figures, whom they favour, what the source claims, the estimate."""

import pytest
from test_web_figures import node

from allograph.namespaces import Namespaces
from allograph.rdf.nodes import Nodes
from allograph.rdf.terms import Literal, NamedNode, Triple
from allograph.rdf.vocabularies import AG
from allograph.reading.compared import compared
from allograph.reading.names import Name, Names

NAMES = Names(
    {
        "regimen:new": Name("new drug"),
        "regimen:old": Name("old drug"),
        "group:new": Name("Arm A"),
        "group:old": Name("Arm B"),
        "statistic:hazard-ratio": Name("hazard ratio"),
        "https://w3id.org/allograph/adjustment/randomisation": Name("randomisation"),
        "https://w3id.org/allograph/adjustment/regression": Name("regression"),
    },
    Namespaces({}),
)
STATED = {
    "group:new": {"regimen": "regimen:new"},
    "group:old": {"regimen": "regimen:old"},
    "result:new": {"value": "80.7", "unit": "%", "numerator": "88", "denominator": "109"},
    "result:old": {"value": "29.4", "unit": "%", "numerator": "32", "denominator": "109"},
}
SIDES = {"group": "group:new", "comparator": "group:old"}
FIGURES = {"index": "result:new", "reference": "result:old"}


def nodes_of(stated):
    return Nodes(
        Triple(NamedNode(iri), NamedNode(AG[name]), term(value))
        for iri, values in stated.items()
        for name, value in values.items()
    )


def term(value):
    return NamedNode(value) if ":" in value else Literal(value)


def direction(key):
    return f"https://w3id.org/allograph/direction/{key}"


def significance(key):
    return f"https://w3id.org/allograph/significance/{key}"


def test_a_comparison_has_both_figures_and_names_the_sides_by_what_they_were_given():
    said = compared(node(**SIDES, **FIGURES), nodes_of(STATED), NAMES)
    assert [(side.name, side.value, side.share) for side in said.sides] == [
        ("new drug", "80.7%", "88/109"),
        ("old drug", "29.4%", "32/109"),
    ]
    assert [side.figure for side in said.sides] == ["result:new", "result:old"]


def test_sides_that_were_given_the_same_are_told_apart_by_their_groups():
    stated = STATED | {"group:old": {"regimen": "regimen:new"}}
    said = compared(node(**SIDES, **FIGURES), nodes_of(stated), NAMES)
    assert [side.name for side in said.sides] == ["Arm A", "Arm B"]


@pytest.mark.parametrize(
    ("key", "clause"),
    [
        ("favours-group", "favours new drug"),
        ("favours-comparator", "favours old drug"),
        ("no-difference", "no difference, as the source says"),
        ("not-stated", "direction not stated"),
    ],
)
def test_a_direction_names_the_side_that_did_better(key, clause):
    said = compared(node(direction=direction(key), **SIDES), nodes_of(STATED), NAMES)
    assert said.clauses[0] == clause


@pytest.mark.parametrize(
    ("key", "clause"),
    [
        ("claimed", "the source claims significance"),
        ("claimed-not", "the source says that it is not significant"),
        ("not-stated", "significance not stated"),
    ],
)
def test_significance_is_what_the_source_says(key, clause):
    said = compared(node(significance=significance(key), **SIDES), nodes_of(STATED), NAMES)
    assert said.clauses[1] == clause


@pytest.mark.parametrize(
    ("stated", "clause"),
    [
        ({"adjustment": "https://w3id.org/allograph/adjustment/randomisation"}, "randomised"),
        ({"adjustment": "https://w3id.org/allograph/adjustment/none"}, "not adjusted"),
        (
            {"adjustment": "https://w3id.org/allograph/adjustment/regression", "covariate": "age"},
            "regression: age",
        ),
    ],
)
def test_a_comparison_says_how_the_groups_were_made_comparable(stated, clause):
    assert compared(node(**stated, **SIDES), nodes_of(STATED), NAMES).clauses[-1] == clause


def test_an_estimate_stands_with_its_measure_interval_and_p_value():
    said = compared(
        node(
            **SIDES,
            statistic="statistic:hazard-ratio",
            value="0.75",
            unit="1",
            lowerLimit="0.57",
            upperLimit="0.99",
            confidenceLevel="97.5",
            pValue="0.0105",
            pSides="1",
        ),
        nodes_of(STATED),
        NAMES,
    )
    assert said.estimate == ("hazard ratio 0.75 (97.5% CI 0.57\u20130.99), one-sided p = 0.0105")


def test_a_comparison_without_figures_and_estimate_says_so():
    said = compared(node(**SIDES), nodes_of(STATED), NAMES)
    assert said.is_without_figures
    assert said.estimate == ""
