"""What must not be pooled is refused with the reason, or asked for by its name, and then said."""

from decimal import Decimal

import pytest
from pools import PREFIXES, TWO, again, answered, pooled, reasons

from allograph.evidence.pooling.guards import NO_TREATMENT, TOO_FEW

UNUSABLE = again("x:orr", "ag:value 60 ; ag:tolerance 5")
"""A primary of which nobody knows how many people it counts: 60 % of 50, give or take five."""


def test_a_retelling_never_stands_for_a_primary_that_cannot_be_pooled():
    second_hand = "tier:retelling ag:secondHand true ."
    retold = again("x:retold", "ag:value 60 ; ag:numerator 30").replace("article", "news")
    other = "y:orr" + TWO.partition("y:orr")[2]
    pool = pooled(UNUSABLE + retold + other + second_hand)
    assert [row.study[-1] for row in pool.rows] == ["y"]
    assert reasons(pool)["x#retold"] == (
        "its primary is there (Article), and cannot be pooled:"
        " the number of people with the outcome does not follow from 60%"
    )
    alone = pooled(retold + other + second_hand)
    assert "Told at second hand: X." in alone.remarks


def test_a_retelling_in_words_of_its_own_says_the_same_of_the_same_people():
    harm = "outcome:overall-response ag:desirable false . tier:retelling ag:secondHand true ."
    words = 'ag:value 60 ; ag:numerator 30 ; ag:denominator 50 ; ag:definition "by another"@en'
    pool = pooled(TWO + harm + again("x:retold", words).replace("article", "news"))
    assert "a report nearer to the study prints it too" in reasons(pool)["x#retold"]


def test_people_of_whom_no_treatment_is_known_are_refused():
    pool = pooled(TWO, prefixes=PREFIXES.replace(" ; ag:regimen regimen:ino .", " ."))
    assert pool.refusals == (NO_TREATMENT,)


def test_of_two_data_cut_offs_the_later_one_is_taken():
    dated = 'x:orr ag:dataCutoff "2019" . x:later ag:dataCutoff "2020-03" .'
    pool = pooled(TWO + again("x:later", "ag:value 70 ; ag:numerator 35") + dated)
    assert reasons(pool) == {"x#orr": "its study has a later data cut-off: 2020-03"}


def test_a_transplant_may_leave_the_donor_open_beside_allogeneic_ones():
    chosen = (
        "x:all ag:selectedBy outcome:hsct-receipt . y:all ag:selectedBy outcome:transplant ."
        ' outcome:hsct-receipt skos:broader outcome:transplant ; rdfs:label "allogeneic" .'
    )
    pool = pooled(TWO + chosen)
    assert pool.refusals == () and "of those with allogeneic" in pool.words
    assert "Not every figure states this: transplant (allogeneic)." in pool.remarks


CENTRE = """
drug:inotuzumab-ozogamicin rdfs:label "InO" .
study:x ag:site <https://w3id.org/allograph/organization/centre> .
study:y ag:site <https://w3id.org/allograph/organization/centre> .
"""


def test_studies_that_may_share_people_are_refused_unless_it_is_asked_for():
    pool = pooled(TWO + CENTRE)
    (left,) = pool.left_out
    assert (left.row.figure[-5:], left.across) == ("y#orr", "overlap")
    assert "a centre, a drug and years in common" in left.reason
    asked = pooled(TWO + CENTRE, across=frozenset({"overlap"}))
    assert asked.crude.people == 90
    assert any("Pooled across overlap, as asked: X" in one for one in asked.remarks)


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("study:y ag:condition condition:relapsed-in-children .", "population"),
        ("y:all ag:selectedBy outcome:hsct-receipt .", "denominator"),
        ("x:orr ag:outcomeDefinition <https://w3id.org/allograph/definition/cr> .", "definition"),
        ('y:orr ag:grade "3-4" .', "grade"),
        ("y:all ag:regimen regimen:blina .", "regimen"),
        ("x:orr ag:atTime 6 . y:orr ag:atTime 12 .", "time"),
        (
            "x:orr ag:timeOrigin <https://w3id.org/allograph/origin/randomisation> ."
            " y:orr ag:timeOrigin <https://w3id.org/allograph/origin/transplant> .",
            "time-origin",
        ),
    ],
)
def test_what_differs_is_refused_or_asked_for_by_its_name_and_then_said(said, name):
    apart = answered(TWO + said)
    assert [pool.refusals for pool in apart.pools] == [(TOO_FEW,), (TOO_FEW,)]
    pool = pooled(TWO + said, across=frozenset({name}))
    assert (pool.crude.people, pool.refusals) == (90, ())
    assert any(remark.startswith(f"Pooled across {name}, as asked: ") for remark in pool.remarks)


def test_two_definitions_of_a_study_are_one_figure_across_definitions():
    cr = "ag:outcomeDefinition <https://w3id.org/allograph/definition/cr> ."
    narrow = again("x:cr", "ag:value 20 ; ag:numerator 10") + f"x:cr {cr} y:orr {cr}"
    pool = pooled(TWO + narrow, across=frozenset({"definition"}))
    assert {row.figure[-4:] for row in pool.rows} == {"x#cr", "#orr"}
    assert set(reasons(pool)) == {"x#orr"}


def test_of_several_definitions_the_one_with_all_states_is_taken_or_none():
    definition = "<https://w3id.org/allograph/definition/{}> ."
    figures = again("x:cr", "ag:value 20 ; ag:numerator 10")
    figures += "x:cr ag:outcomeDefinition " + definition.format("cr")
    across = frozenset({"definition"})
    wide = "x:orr ag:outcomeDefinition " + definition.format("cr-cri")
    taken = pooled(TWO + figures + wide, across=across)
    assert {row.figure[-4:] for row in taken.rows} == {"#orr"}
    alone = "x:orr ag:outcomeDefinition " + definition.format("cri")
    without = pooled(TWO + figures + alone, across=across)
    assert {row.figure[-4:] for row in without.rows} == {"x#cr", "#orr"}
    assert reasons(without)["x#orr"].startswith("it counts one state of remission alone")
    other = "x:cr ag:outcomeDefinition " + definition.format("cr-crh") + wide
    several = again("x:cr", "ag:value 20 ; ag:numerator 10") + other
    assert "X gives more than one figure" in reasons(pooled(TWO + several, across=across))["x#cr"]


def test_a_time_that_is_asked_for_leaves_the_others_out_with_the_reason():
    times = "x:orr ag:atTime 6 . y:orr ag:atTime 12 ."
    pool = pooled(TWO + times, at_time=Decimal(6))
    assert [row.study[-1] for row in pool.rows] == ["x"]
    assert reasons(pool) == {"y#orr": "its time is another: 12"}


@pytest.mark.parametrize(
    "wrong",
    [{"across": frozenset({"everything"})}, {"measure": "smd"}, {"model": "dl"}, {"level": 0.0}],
)
def test_a_name_that_there_is_not_is_an_error(wrong):
    with pytest.raises(ValueError, match=r"is called|not between"):
        answered(TWO, **wrong)
