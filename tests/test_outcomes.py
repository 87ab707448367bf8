"""In which order pages tell outcomes: primary ones, then topic by topic, background apart."""

import pytest
from approve import SNAPSHOT
from test_compared import nodes_of
from test_web_figures import node

from allograph.rdf.vocabularies import AG, SKOS
from allograph.reading.outcomes import (
    BACKGROUND,
    PRIMARY,
    Outcomes,
    Placed,
    Section,
    by_outcome,
    is_background,
)

OUTCOMES = Outcomes(
    {
        "outcome:cr": Placed(1, "Response", 30),
        "outcome:mrd": Placed(1, "Response", 20),
        "outcome:os": Placed(2, "Survival", 40),
        "outcome:vod": Placed(5, "Adverse event", 10),
        "outcome:age": Placed(9, "Baseline characteristic", 50),
    }
)


def told(*keys, primary=()):
    results = [node(iri=f"result:{key}", outcome=f"outcome:{key}") for key in keys]
    sections = by_outcome(results, OUTCOMES, str, lambda _: (0, "", 0))
    topics = OUTCOMES.topics(sections, primary)
    return [(topic.label, [part.heading[8:] for part in topic.sections]) for topic in topics]


def test_outcomes_are_told_by_topic_and_within_one_what_most_studies_report_comes_first():
    assert told("age", "vod", "mrd", "os", "cr") == [
        ("Response", ["cr", "mrd"]),
        ("Survival", ["os"]),
        ("Adverse event", ["vod"]),
        ("Baseline characteristic", ["age"]),
    ]


def test_the_primary_outcomes_of_a_study_come_before_all():
    assert told("cr", "os", "mrd", primary=("outcome:os", "outcome:mrd"))[0] == (
        PRIMARY,
        ["mrd", "os"],
    )


def test_an_outcome_under_no_topic_comes_last_without_a_heading():
    assert told("unknown", "age") == [
        ("Baseline characteristic", ["age"]),
        ("", ["unknown"]),
    ]


def test_results_on_one_outcome_are_sorted_by_rank_and_else_stay_in_their_order():
    results = [node(iri=iri, outcome="outcome:cr") for iri in ("r:far", "r:near", "r:near-too")]
    rank = {"r:far": 7, "r:near": 1, "r:near-too": 1}
    (section,) = by_outcome(results, OUTCOMES, str, lambda result: (rank[result.iri], "", 0))
    assert isinstance(section, Section)
    assert [each.iri for each in section.nodes] == ["r:near", "r:near-too", "r:far"]


GROUPING = "https://w3id.org/allograph/grouping/"
GROUPS = nodes_of(
    {
        "group:people": {"grouping": f"{GROUPING}background"},
        "group:cells": {"grouping": f"{GROUPING}non-human"},
        "group:arm": {"grouping": f"{GROUPING}arm"},
    }
)


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        ({"group": "group:people"}, True),
        ({"group": "group:cells"}, True),
        ({"group": "group:arm"}, False),
        ({"group": "group:arm group:people"}, False),
        ({"group": "group:arm", "flag": BACKGROUND}, True),
        ({}, False),
    ],
)
def test_what_no_study_counted_is_background(stated, expected):
    assert is_background(node(**stated), GROUPS) is expected


def test_every_topic_of_outcomes_has_a_place_of_its_own():
    nodes = SNAPSHOT.loaded.nodes
    tops = [one for one in nodes.instances("Outcome") if one.iris(SKOS.topConceptOf)]
    places = sorted(int(one.value(AG.order)) for one in tops)
    assert places == list(range(1, len(tops) + 1))
