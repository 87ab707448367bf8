"""The question ``effects``, asked of a made-up trial, and the plot of its estimates."""

import csv
from io import StringIO
from pathlib import Path

import pytest
from approve import QUESTIONS, SNAPSHOT, answer_as_csv

from allograph.curated.derived import with_derived
from allograph.drawings.charts.axes import axis_of, ticks_of_ratios
from allograph.drawings.charts.draw import draw
from allograph.drawings.charts.drawing import Panel, Undrawn
from allograph.drawings.charts.effects import read_effect
from allograph.drawings.charts.layout import axis_words
from allograph.questions.question import bind
from allograph.rdf.nodes import Nodes
from allograph.rdf.store import OxigraphStore
from allograph.rdf.terms import NamedNode, Quad
from allograph.rdf.turtle import read_turtle
from allograph.reading.compared import compared
from allograph.reading.names import Name, Names
from allograph.reading.pictured import NOTHING_KNOWN

EXAMPLE = Path(__file__).parent / "effects" / "two-arms.ttl"
GRAPH = NamedNode("https://w3id.org/allograph/graph/study/two-arms")
PROMISED_COLUMNS = [
    "study",
    "study_label",
    "report",
    "report_tier",
    "outcome",
    "outcome_label",
    "index_group",
    "index_label",
    "reference_group",
    "reference_label",
    "index_value",
    "reference_value",
    "unit",
    "index_n",
    "index_total",
    "reference_n",
    "reference_total",
    "measure",
    "estimate",
    "lower",
    "upper",
    "level",
    "p",
    "p_bound",
    "p_sides",
    "adjustment",
    "at_time",
    "time_origin",
    "cutoff",
    "direction",
    "flags",
    "reported_as",
    "section",
    "place",
    "comparison",
]
NEW_COLUMNS = [
    "findings",
    "statistic",
    "estimate_unit",
    "estimate_bound",
    "test",
    "covariates",
    "analysis_set",
    "significance",
    "readings",
]
PLOT = QUESTIONS["effects"].plot


@pytest.fixture(scope="module")
def quads():
    """The curated graph, and the example beside it."""
    example = read_turtle(EXAMPLE, EXAMPLE.name).triples
    return with_derived([*SNAPSHOT.loaded.quads, *(Quad(*triple, GRAPH) for triple in example)])


@pytest.fixture(scope="module")
def store(quads):
    return OxigraphStore.in_memory(quads)


def asked(store, **given):
    text = bind(QUESTIONS["effects"], {key: [value] for key, value in given.items()}, store)
    return [*csv.DictReader(StringIO(answer_as_csv(store, text).decode()))]


def test_effects_has_the_promised_columns_and_needs_no_parameter():
    columns = [column.name for column in QUESTIONS["effects"].columns]
    assert columns == [*PROMISED_COLUMNS, *NEW_COLUMNS]
    parameters = QUESTIONS["effects"].parameters
    assert {one.name for one in parameters} == {
        "study",
        "outcome",
        "drug",
        "condition",
        "tier",
        "measure",
    }
    assert not any(parameter.defaults for parameter in parameters)


def test_effects_has_one_row_for_each_comparison_but_those_of_registries(store):
    counted = store.query(
        "SELECT (COUNT(*) AS ?n) { ?c a <https://w3id.org/allograph/ontology#Comparison> }"
    )
    (solution,) = counted
    rows = asked(store)
    assert len({row["comparison"] for row in rows}) == len(rows) == int(solution["n"].value) - 1
    (registry,) = asked(store, tier="registry")
    assert (registry["estimate"], registry["place"]) == ("2.0", "cited")
    assert not asked(store, tier="review")


def test_an_effect_is_told_as_it_is_printed(store):
    (row,) = asked(store, study="two-arms", outcome="overall-survival")
    told = {key: value for key, value in row.items() if value}
    assert told.pop("findings", "") == ""
    assert told == {
        "study": "two-arms",
        "study_label": "Two arms",
        "report": "two-arms-final",
        "report_tier": "primary",
        "outcome": "overall-survival",
        "outcome_label": "overall survival",
        "index_group": "https://w3id.org/allograph/study/two-arms#new",
        "index_label": "New drug",
        "reference_group": "https://w3id.org/allograph/study/two-arms#old",
        "reference_label": "Old drug",
        "index_value": "8.0",
        "reference_value": "5.0",
        "unit": "mo",
        "index_total": "200",
        "reference_total": "100",
        "measure": "hazard-ratio",
        "estimate": "0.70",
        "lower": "0.50",
        "upper": "0.98",
        "level": "97.5",
        "p": "0.010",
        "p_bound": "less-than",
        "p_sides": "1",
        "adjustment": "randomisation|stratification",
        "time_origin": "randomisation",
        "direction": "favours-group",
        "flags": "definition-not-stated",
        "reported_as": "0.70 (97.5% CI, 0.50-0.98), one-sided P<0.010",
        "section": "Results",
        "place": "proved",
        "comparison": "https://w3id.org/allograph/study/two-arms#os",
        "statistic": "median-time-to-event",
        "estimate_unit": "1",
        "test": "stratified-log-rank",
        "covariates": "age|salvage phase",
        "analysis_set": "All randomised",
        "significance": "claimed",
        "readings": "1",
    }


def test_the_people_of_a_share_are_those_printed_with_it(store):
    (row,) = asked(store, measure="difference-of-shares", study="two-arms")
    assert (row["index_n"], row["index_total"]) == ("80", "200")
    assert (row["reference_n"], row["reference_total"]) == ("", "")


def test_effects_are_found_by_the_drug_of_either_side(store):
    given = asked(store, drug="blinatumomab", study="two-arms")
    assert {row["comparison"].partition("#")[2] for row in given} == {"os", "cr"}
    assert not asked(store, drug="inotuzumab-ozogamicin", study="two-arms")


def test_estimates_are_drawn_beside_no_effect_ratios_on_a_logarithmic_axis(store):
    rows = asked(store, study="two-arms")
    difference, ratio = draw(rows, PLOT).chart.panels
    assert (ratio.scale.measure, ratio.scale.is_ratio) == ("hazard ratio", True)
    assert (ratio.scale.null, difference.scale.null) == (1, 0)
    (mark,) = ratio.marks
    assert mark.text == "0.70 (97.5% CI 0.50–0.98)"  # noqa: RUF001
    assert difference.marks[0].text == "15.0 (no interval)"
    axis = axis_of(ratio)
    assert axis.is_logarithmic
    assert axis.low < 0.50 and axis.high >= 2 and 1 in axis.ticks
    assert axis_words(difference.scale) == "Difference of shares, percentage points"
    assert draw(rows, PLOT).drawn == 2


def test_a_logarithmic_axis_has_ticks_on_both_sides_of_no_effect():
    assert ticks_of_ratios(0.3, 4) == [0.5, 1, 2]
    assert ticks_of_ratios(0.009, 110) == [0.01, 0.1, 1, 10, 100]
    row = {"estimate": "60", "measure": "odds-ratio", "upper": "120", "lower": "8"}
    ((scale, mark),) = read_effect(row, PLOT, NOTHING_KNOWN)
    axis = axis_of(Panel(scale, (mark,)))
    assert axis.low <= 0.5 and axis.holds(60) and not axis.holds(120)


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ({"measure": "hazard-ratio"}, "no estimate"),
        ({"estimate": "0.5", "measure": ""}, "neither a ratio nor a difference"),
        ({"estimate": "0", "measure": "risk-ratio"}, "logarithmic"),
        ({"estimate": "0.1", "measure": "risk-ratio", "lower": "0", "upper": "2"}, "logarithmic"),
    ],
)
def test_what_cannot_be_drawn_as_an_effect_is_named(row, reason):
    found = read_effect(row, PLOT, NOTHING_KNOWN)
    assert isinstance(found, Undrawn)
    assert reason in found.reason


def test_a_page_names_the_measure_its_level_and_all_of_the_p_value(quads):
    nodes = Nodes(quad.triple for quad in quads)
    named = {iri: Name(nodes[iri].label) for iri in nodes}
    names = Names(named, SNAPSHOT.namespaces)
    said = compared(nodes["https://w3id.org/allograph/study/two-arms#os"], nodes, names)
    assert said.estimate == (
        "hazard ratio 0.70 (97.5% CI 0.50–0.98),"  # noqa: RUF001
        " one-sided p less than 0.010, stratified log-rank test"
    )
    assert said.clauses[-1] == "randomisation; stratification: age, salvage phase"
    assert said.others == ("analysed: All randomised",)
