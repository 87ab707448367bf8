"""Comparisons are pooled only with their like: by measure, treatment, chance, time and people."""

import math

import pytest
from pools import BASE, evidence_of, reasons
from scipy.stats import norm

from allograph.evidence.pooling.answers import COMPARISON, MEDIAN, Wish
from allograph.evidence.pooling.guards import TOO_FEW
from allograph.evidence.pooling.pool import pool
from allograph.synthesis.pooled import MANTEL_HAENSZEL, PETO, REML_HKSJ

SURVIVAL = f"{BASE}outcome/overall-survival"
INO = f"{BASE}drug/inotuzumab-ozogamicin"
STUDIES = ("p", "q", "r")


def trial(key, comparison="", design="randomised-trial"):
    """A trial of InO against chemotherapy, 100 people in each arm, and one comparison of it."""
    return f"""
    PREFIX {key}: <{BASE}study/{key}#>
    study:{key} a ag:Study ; rdfs:label "{key.upper()}" ; ag:condition condition:relapsed ;
      ag:design <{BASE}design/{design}> .
    {key}:ino a ag:StudyGroup ; ag:study study:{key} ; ag:size 100 ; ag:grouping grouping:arm ;
      ag:regimen regimen:ino ; ag:report report:article ; rdfs:label "InO" .
    {key}:chemo a ag:StudyGroup ; ag:study study:{key} ; ag:size 100 ; ag:grouping grouping:arm ;
      ag:regimen regimen:chemo ; ag:report report:article ; rdfs:label "chemotherapy" .
    {comparison and compared(key, comparison)}
    """


def compared(key, said, name="os"):
    """A comparison of both arms of a trial; ``said`` is about it, in Turtle."""
    return f"""
    {key}:{name} a ag:Comparison ; ag:study study:{key} ; ag:group {key}:ino ;
      ag:comparator {key}:chemo ; ag:report report:article ; ag:outcome outcome:overall-survival ;
      rdfs:label "{name}" ; {said} .
    """


def hazard(value, lower, upper, level=95):
    return (
        f"ag:statistic statistic:hazard-ratio ; ag:value {value} ; ag:lowerLimit {lower} ;"
        f" ag:upperLimit {upper} ; ag:confidenceLevel {level}"
    )


def counts(key, events, others):
    """Events of both arms, and their comparison."""
    sides = "".join(
        f"""
        {key}:n-{arm} a ag:Result , ag:Count ; ag:study study:{key} ; ag:group {key}:{arm} ;
          ag:report report:article ; ag:outcome outcome:overall-survival ; ag:value {number} ;
          ag:statistic statistic:count ; ag:numerator {number} ; ag:denominator 100 .
        """
        for arm, number in (("ino", events), ("chemo", others))
    )
    return trial(key, f"ag:index {key}:n-ino ; ag:reference {key}:n-chemo") + sides


def hazards(*numbers):
    return "".join(trial(key, hazard(*each)) for key, each in zip(STUDIES, numbers, strict=False))


THREE = hazards((0.75, 0.57, 0.99, 97.5), (0.71, 0.55, 0.93), (0.6, 0.4, 0.9))


ARM = "r:ino a ag:StudyGroup ; ag:study study:r ; ag:size 100 ; ag:grouping grouping:arm ;"
SET = (
    "r:arm a ag:StudyGroup ; ag:study study:r ; ag:size 120 ; ag:grouping grouping:arm ."
    + ARM.replace("grouping:arm", "grouping:analysis-set ; ag:subgroupOf r:arm")
)


def asked(text, **wish):
    return pool(evidence_of(text), Wish(**{"outcome": SURVIVAL, **wish}))


def test_hazard_ratios_are_pooled_each_at_the_level_at_which_it_is_printed():
    (found,) = asked(THREE).pools
    assert (found.kind, found.measure, found.refusals) == (COMPARISON, "hr", ())
    assert found.words == (
        "hazard ratio; InO alone against regimen chemo; relapsed; randomised; all of both arms"
    ).replace("regimen chemo", f"{BASE}regimen/chemo")
    first = found.rows[0]
    expected = math.log(0.99 / 0.57) / (2 * norm.ppf(1 - 0.025 / 2))
    assert first.standard_error == pytest.approx(expected)
    assert (first.value, first.level, first.is_printed) == (0.75, 97.5, True)
    assert found.synthesis.model == REML_HKSJ and 0.5 < found.synthesis.estimate < 0.8
    assert sum(row.weight for row in found.rows) == pytest.approx(1)
    assert {one.model for one in found.sensitivity} == {"reml-hksj", "reml", "fixed"}


@pytest.mark.parametrize(
    ("other", "reason"),
    [
        ("ag:statistic statistic:hazard-ratio ; ag:value 0.6", "it prints no interval"),
        (
            "ag:statistic statistic:hazard-ratio ; ag:value 0.6 ; ag:lowerLimit 0.4 ;"
            " ag:upperLimit 0.9",
            "it does not print the level",
        ),
        (hazard(0.6, 0.7, 0.9), "not within"),
        (
            hazard(0.6, 0.4, 0.9) + f" ; ag:flag <{BASE}flag/direction-against-figures>",
            "direction-against-figures",
        ),
    ],
)
def test_an_effect_without_a_weight_or_a_direction_is_left_out(other, reason):
    answer = asked(hazards((0.75, 0.57, 0.99)) + trial("q", other))
    assert reason in reasons(answer)["q#os"]
    assert [one.refusals for one in answer.pools] == [(TOO_FEW,)]


@pytest.mark.parametrize(
    ("said", "name"),
    [
        (f"r:os ag:adjustment <{BASE}adjustment/regression> .", "adjustment"),
        ("r:chemo ag:regimen regimen:other .", "comparator"),
        ("r:ino ag:regimen regimen:blina .", "regimen"),
        ("r:ino as analysed", "analysis-set"),
        ("study:r ag:condition condition:relapsed-in-children .", "population"),
        ("r:os ag:atTime 12 . p:os ag:atTime 6 . q:os ag:atTime 6 .", "time"),
    ],
)
def test_kinds_of_comparisons_are_never_mixed_unless_it_is_asked_for(said, name):
    text = f"{THREE} {said}" if said.endswith(".") else THREE.replace(ARM, SET)
    apart = asked(text)
    assert sorted(len(one.rows) for one in apart.pools) == [1, 2]
    (both,) = asked(text, across=frozenset({name})).pools
    assert len(both.rows) == 3 and both.refusals == ()


def test_what_chance_made_is_apart_from_what_it_did_not():
    text = hazards((0.75, 0.57, 0.99), (0.71, 0.55, 0.93))
    text += trial("r", hazard(0.6, 0.4, 0.9), design="uncontrolled-cohort")
    words = {one.words.split("; ")[3]: len(one.rows) for one in asked(text).pools}
    assert words == {"randomised": 2, "not randomised": 1}
    (both,) = asked(text, across=frozenset({"design"})).pools
    assert "Pooled across design, as asked: not randomised / randomised." in both.remarks


def test_measures_are_never_mixed():
    text = hazards((0.75, 0.57, 0.99)) + counts("q", 30, 40)
    assert {one.measure for one in asked(text).pools if one.kind == COMPARISON} == {"hr", "rr"}


def test_people_of_both_arms_give_the_measure_that_is_asked_for():
    text = counts("p", 30, 40) + counts("q", 20, 35) + counts("r", 25, 30)
    for measure, expected in (("rr", 0.75), ("or", (30 / 70) / (40 / 60)), ("rd", -0.1)):
        (found,) = asked(text, measure=measure).pools
        assert found.rows[0].value == pytest.approx(expected)
        assert (found.rows[0].events, found.rows[0].comparator_events) == (30, 40)
        assert found.synthesis.estimate is not None and found.refusals == ()
        assert MANTEL_HAENSZEL in {one.model for one in found.sensitivity}


def test_where_an_arm_has_nobody_the_people_are_pooled_as_they_are():
    text = counts("p", 0, 4) + counts("q", 2, 5) + counts("r", 1, 3)
    (found,) = asked(text, measure="or").pools
    assert found.synthesis.model == MANTEL_HAENSZEL
    assert any("nothing is added to it unasked" in remark for remark in found.remarks)
    assert found.rows[0].value is None and "zero" in found.rows[0].remarks[0]
    (peto,) = asked(text, model=PETO).pools
    assert (peto.synthesis.model, peto.measure) == (PETO, "or")
    answer = asked(text, measure="or", model=REML_HKSJ)
    assert "nothing is added to it unasked" in reasons(answer)["p#os"]


def test_the_drug_that_is_asked_for_is_the_first_side():
    turned = (
        THREE.replace("ag:group p:ino", "ag:group p:x")
        .replace("ag:comparator p:chemo", "ag:comparator p:ino")
        .replace("ag:group p:x", "ag:group p:chemo")
    )
    (found,) = asked(turned, drug=INO).pools
    first = found.rows[0]
    assert first.value == pytest.approx(1 / 0.75)
    assert (first.people_label, first.derivation) == (
        "InO against chemotherapy",
        "the two sides are exchanged",
    )


def medians(*numbers):
    return "".join(
        trial(key)
        + f"""
        {key}:median a ag:Result , ag:TimeToEvent ; ag:study study:{key} ; ag:group {key}:ino ;
          ag:report report:article ; ag:outcome outcome:overall-survival ; ag:unit "mo" ;
          ag:statistic statistic:median-time-to-event ; {said} .
        """
        for key, said in zip(STUDIES, numbers, strict=False)
    )


def months(value, lower, upper):
    limit = f" ; ag:upperLimit {upper}" if upper else ""
    return f"ag:value {value} ; ag:lowerLimit {lower}{limit} ; ag:confidenceLevel 95"


def test_medians_with_intervals_are_pooled_and_one_not_reached_keeps_all_from_it():
    (found,) = asked(medians(months(7.7, 6, 9.2), months(7.4, 5.7, 9.2), months(8, 6, 10))).pools
    assert (found.kind, found.refusals) == (MEDIAN, ())
    assert 7 < found.synthesis.estimate < 8.2
    (refused,) = asked(medians(months(7.7, 6, 9.2), months(7.4, 5.7, None))).pools
    assert "not reached" in refused.refusals[0] and refused.synthesis is None
    left = reasons(asked(medians(months(7.7, 6, 9.2), "ag:value 9")))
    assert left == {"q#median": "it prints no interval, so its weight is not known"}


def test_an_answer_has_what_is_pooled_before_what_is_not():
    answer = asked(THREE + counts("s", 1, 2))
    assert [bool(one.refusals) for one in answer.pools] == [False, True, True, True]
    kinds = [one.kind for one in answer.refused]
    assert kinds == ["share", "share", "comparison"]
