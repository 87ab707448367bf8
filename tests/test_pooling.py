"""Shares of several studies are pooled only when nobody is counted twice."""

import pytest
from approve import SNAPSHOT
from pools import BASE, FAMILIES, PREFIXES, TWO, again, answered, curated, pooled, reasons
from scipy.stats import binomtest

from allograph.evidence import read_evidence
from allograph.evidence.people import People, count_people
from allograph.evidence.pooling.answers import Wish
from allograph.evidence.pooling.guards import NO_SETTING, TOO_FEW
from allograph.evidence.pooling.pool import pool as pool_figures
from allograph.namespaces import key_of
from allograph.rdf.terms import NamedNode, Triple, value_of


def test_people_of_two_studies_are_added_up_with_an_exact_interval():
    pool = pooled(TWO)
    assert pool.refusals == ()
    assert (pool.numerator, pool.denominator) == (40, 90)
    exact = binomtest(40, 90).proportion_ci(method="exact")
    assert (pool.crude.lower, pool.crude.upper) == pytest.approx((exact.low, exact.high))
    assert (pool.crude.lowest, pool.crude.highest) == (0.25, 0.6)


def test_two_studies_have_the_share_of_all_people_and_the_sentence_why_no_model():
    pool = pooled(TWO)
    assert pool.refusals == () and pool.synthesis.estimate is None
    assert "Two studies do not tell the spread" in pool.synthesis.reasons["estimate"]


def test_a_count_that_only_the_percentage_gives_is_marked():
    assert [(row.events, row.derivation) for row in pooled(TWO).rows] == [
        (30, None),
        (10, "10 from 25%"),
    ]


def test_a_percentage_that_several_counts_give_is_left_out():
    pool = pooled(
        TWO.replace("y:all ; ag:report", "y:many ; ag:report")
        + """
        y:many a ag:StudyGroup ; ag:study study:y ; ag:size 4000 ."""
    )
    assert "does not follow from 25%" in reasons(pool)["y#orr"]
    assert pool.refusals == (TOO_FEW,)


@pytest.mark.parametrize(
    "relation",
    [
        "study:x ag:overlapsWith study:y .",
        "study:y ag:poolsStudy study:x .",
        "study:z ag:poolsStudy study:x , study:y .",
    ],
)
def test_of_studies_that_share_people_one_is_taken_even_by_way_of_a_third(relation):
    pool = pooled(TWO + relation)
    assert [row.study[-1] for row in pool.rows] == ["x"]
    assert TOO_FEW in pool.refusals and pool.synthesis is None
    assert reasons(pool) == {
        "y#orr": "some of its people may be among those of X (as their studies state)"
    }


def test_different_times_are_apart_and_one_that_is_not_stated_is_noted():
    one = pooled(TWO + "x:orr ag:afterCycle 1 .")
    assert (one.refusals, one.remarks) == ((), ("Not every figure states this: after cycle (1).",))
    two = answered(TWO + "x:orr ag:afterCycle 1 . y:orr ag:afterCycle 2 .")
    assert [pool.refusals for pool in two.pools] == [(TOO_FEW,), (TOO_FEW,)]
    first, second = two.pools
    assert first.words.endswith("; after cycle 1") and second.words.endswith("; after cycle 2")
    assert [one.name for one in second.apart_by] == ["time"]


def test_of_a_study_with_several_times_the_one_that_more_studies_give_is_taken():
    early = again("x:early", "ag:value 20 ; ag:numerator 10 ; ag:afterCycle 1")
    pool = pooled(TWO + early + "x:orr ag:afterCycle 2 . y:orr ag:afterCycle 2 .")
    assert (pool.denominator, pool.refusals) == (90, ())
    assert reasons(pool) == {
        "x#early": "more studies have a figure like another one of its study (after cycle: 2)"
    }


def test_those_whom_an_outcome_chose_are_a_pool_of_their_own():
    chosen = "x:all ag:selectedBy outcome:hsct-receipt ."
    assert [pool.refusals for pool in answered(TWO + chosen).pools] == [(TOO_FEW,), (TOO_FEW,)]
    (both,) = answered(TWO + chosen + "y:all ag:selectedBy outcome:hsct-receipt .").pools
    assert (both.crude.people, both.refusals) == (90, ())


@pytest.mark.parametrize(
    "said",
    [
        "study:y ag:condition condition:relapsed-in-children .",
        'y:orr ag:grade "3-4" .',
        "x:orr ag:outcomeDefinition <https://w3id.org/allograph/definition/cr> .",
        "y:all ag:regimen regimen:blina .",
        "regimen:with-more a ag:Regimen ; ag:drug drug:inotuzumab-ozogamicin ;"
        " ag:optionalDrug drug:other . y:all ag:regimen regimen:with-more .",
        "regimen:unnamed a ag:Regimen ; ag:drug drug:inotuzumab-ozogamicin ;"
        " ag:flag <https://w3id.org/allograph/flag/drugs-not-named> ."
        " y:all ag:regimen regimen:unnamed .",
    ],
)
def test_another_setting_grade_definition_or_treatment_is_another_pool(said):
    found = answered(TWO + said)
    assert [pool.refusals for pool in found.pools] == [(TOO_FEW,), (TOO_FEW,)]
    assert len({pool.words for pool in found.pools}) == 2


def test_the_words_of_a_harm_are_another_harm_and_those_of_a_benefit_how_it_was_measured():
    words = TWO + 'x:orr ag:definition "during the treatment"@en .'
    harm = "outcome:overall-response ag:desirable false ."
    assert [pool.refusals for pool in answered(words + harm).pools] == [(TOO_FEW,), (TOO_FEW,)]
    (benefit,) = answered(words + harm.replace("false", "true")).pools
    assert benefit.refusals == ()
    assert "how it was measured (during the treatment)" in benefit.remarks[0]


def test_people_of_whom_no_setting_is_known_are_refused():
    bare = PREFIXES.replace(" ; ag:condition condition:relapsed", "")
    (pool,) = answered(TWO, prefixes=bare).pools
    assert (pool.refusals, pool.crude, pool.synthesis) == ((NO_SETTING,), None, None)


def test_a_part_of_the_people_is_left_out():
    found = answered(TWO + "x:all ag:grouping grouping:subgroup .")
    assert "are a part" in reasons(found)["x#orr"]


def test_parts_that_are_the_whole_are_pooled_and_one_of_them_alone_is_not():
    parts = """
        x:one a ag:StudyGroup ; ag:study study:x ; ag:size 20 ; ag:subgroupOf x:all ;
          ag:grouping grouping:subgroup ; ag:regimen regimen:ino .
        x:two a ag:StudyGroup ; ag:study study:x ; ag:size 30 ; ag:subgroupOf x:all ;
          ag:grouping grouping:subgroup ; ag:regimen regimen:ino .
        family:f a ag:Family ; rdfs:label "F" .
        family:sum a ag:SharedPeople ; rdfs:label "All" ; ag:family family:f ;
          ag:sharing sharing:pooled ; ag:whole x:all ; ag:part x:one , x:two .
        """
    first = TWO.replace("ag:group x:all", "ag:group x:one").replace("60", "50")
    first = first.replace("ag:numerator 30 ; ag:denominator 50", "ag:numerator 10")
    second = again("x:second", "ag:value 50 ; ag:numerator 15").replace("x:all", "x:two")
    pool = pooled(FAMILIES + first + second + parts)
    assert (pool.numerator, pool.denominator) == (35, 90)
    alone = pooled(FAMILIES + first + parts)
    assert (alone.denominator, set(reasons(alone))) == (40, {"x#orr"})


def test_an_arm_is_left_out_beside_the_whole_study():
    pool = pooled(
        TWO
        + """
        x:arm a ag:StudyGroup ; ag:study study:x ; ag:size 25 ; ag:subgroupOf x:all .
        x:orr-arm a ag:Result , ag:Proportion ; ag:study study:x ; ag:group x:arm ;
          ag:report report:article ; ag:outcome outcome:overall-response ;
          ag:statistic statistic:percentage ; ag:numerator 20 ; ag:value 80 .
        x:arm ag:regimen regimen:ino ."""
    )
    assert "among those of another" in reasons(pool)["x#orr-arm"]
    assert pool.denominator == 90


def test_of_two_figures_of_the_same_people_nobody_says_which_counts():
    found = answered(TWO + again("x:best", "ag:value 70 ; ag:numerator 35"))
    assert "X gives more than one figure" in reasons(found)["x#best"] == reasons(found)["x#orr"]
    assert found.pooled == ()


def test_figures_of_people_who_are_apart_are_both_counted():
    arms = "".join(
        f"""
        x:{arm} a ag:StudyGroup ; ag:study study:x ; ag:size 25 ; ag:subgroupOf x:all ;
          ag:grouping grouping:arm ; ag:regimen regimen:ino ; ag:report report:article .
        """
        + again(f"x:orr-{arm}", f"ag:value {value} ; ag:numerator {value // 4}").replace(
            "x:all", f"x:{arm}"
        )
        for arm, value in (("low", 40), ("high", 60))
    )
    only_arms = TWO.partition("y:orr")[2]
    pool = pooled("y:orr" + only_arms + arms)
    assert (pool.numerator, pool.denominator) == (35, 90)


def test_a_figure_that_is_printed_again_counts_once():
    pool = pooled(TWO + again("x:same", "ag:value 60 ; ag:numerator 30"))
    assert pool.denominator == 90
    assert "again" in reasons(pool)["x#same"]


def test_what_a_retelling_leaves_open_is_left_to_the_report_that_says_it():
    stated = "x:orr ag:outcomeDefinition <https://w3id.org/allograph/definition/cr> ."
    retold = again("x:retold", "ag:value 50 ; ag:numerator 25").replace("article", "news")
    found = answered(TWO + stated + retold)
    assert reasons(found) == {
        "x#retold": "a report nearer to the study says which states it counted"
    }


@pytest.mark.parametrize("flag", ["denominator-ambiguous", "population-ambiguous"])
def test_a_share_of_which_nobody_says_whose_it_is_is_left_out(flag):
    flagged = f"y:orr ag:flag <https://w3id.org/allograph/flag/{flag}> ."
    assert f"flag:{flag}" in reasons(answered(TWO + flagged))["y#orr"]
    printed = flagged + "y:orr ag:numerator 10 ; ag:denominator 40 ."
    assert reasons(answered(TWO + printed)) == {}


def test_what_was_measured_before_the_treatment_is_left_out():
    before = "y:orr ag:atTime 0 ; ag:timeOrigin <https://w3id.org/allograph/origin/randomisation> ."
    found = reasons(answered(TWO + before))
    assert found == {"y#orr": "it was measured before the treatment"}


def test_a_label_stands_nearer_to_the_study_than_a_news_item():
    text = TWO.replace("ag:report report:article", "ag:report report:label")
    retold = TWO.partition("\ny:orr")[0].replace("x:orr", "x:retold").replace("article", "news")
    assert [row.tier for row in pooled(text + retold).rows] == ["label", "label"]


def test_a_retelling_in_other_words_is_no_further_figure_of_its_study():
    said = (
        'x:orr ag:definition "by one test"@en . tier:retelling ag:secondHand true .'
        " outcome:overall-response ag:desirable true ."
    )
    other = again("x:retold", 'ag:value 50 ; ag:numerator 25 ; ag:definition "by another"@en')
    pool = pooled(TWO + said + other.replace("article", "news"))
    assert (pool.denominator, set(reasons(pool))) == (90, {"x#retold"})


def test_the_report_nearest_to_the_study_is_taken():
    retold = TWO.partition("\ny:orr")[0].replace("x:orr", "x:retold").replace("article", "news")
    pool = pooled(TWO + retold)
    assert reasons(pool) == {
        "x#retold": "a report nearer to the study prints it too: Article (primary),"
        " and the primary is preferred to the retelling"
    }
    assert pool.denominator == 90


def test_a_bound_is_no_count():
    pool = pooled(TWO + "y:orr ag:bound bound:more-than .")
    assert reasons(pool) == {"y#orr": "it is no exact figure"}


COUNT = """
study:z a ag:Study ; rdfs:label "Z" .
<https://w3id.org/allograph/study/z#all> a ag:StudyGroup ; ag:study study:z ; ag:size 60 ;
  ag:regimen regimen:ino .
<https://w3id.org/allograph/study/z#orr> a ag:Result , ag:Count ; ag:study study:z ;
  ag:group <https://w3id.org/allograph/study/z#all> ; ag:report report:article ;
  ag:outcome outcome:overall-response ; ag:statistic statistic:count ; ag:value 30 ;
  ag:numerator 30 ; ag:denominator 60 .
<https://w3id.org/allograph/study/z#time> a ag:Result , ag:TimeToEvent ; ag:study study:z ;
  ag:group <https://w3id.org/allograph/study/z#all> ; ag:report report:article ;
  ag:outcome outcome:overall-response ; ag:statistic statistic:median-time-to-event ; ag:value 2 .
"""


def test_counts_of_people_are_pooled_with_shares():
    pool = pooled(TWO + COUNT)
    assert (pool.numerator, pool.denominator) == (70, 150)


def test_a_count_of_events_is_left_out():
    pool = pooled(TWO + COUNT.replace("ag:numerator 30 ; ", ""))
    assert pool.denominator == 90
    assert "it counts events" in reasons(pool)["z#orr"]


def test_a_study_whose_figure_is_of_another_statistic_is_named_with_the_reason():
    pool = pooled(TWO + COUNT, statistic="percentage")
    assert pool.denominator == 90
    assert reasons(pool) == {
        "z#orr": "it is a count, and a percentage was asked for",
        "z#time": "it is a median-time-to-event, and share was asked for",
    }
    assert set(reasons(pooled(TWO + COUNT, statistic="count"))) == {"x#orr", "y#orr"}


def test_a_study_that_is_pooled_is_not_left_out_for_its_other_figures():
    again = COUNT.replace("study:z", "study:x").replace("study/z#", "study/x#c-")
    assert reasons(pooled(TWO + again, statistic="percentage")) == {}


def test_a_drug_and_a_study_narrow_what_is_pooled():
    other = TWO + "y:all ag:regimen regimen:blina ."
    by_drug = pooled(other, drug=f"{BASE}drug/blinatumomab")
    by_study = pooled(TWO, studies=frozenset([f"{BASE}study/y"]))
    for pool in (by_drug, by_study):
        assert [row.study for row in pool.rows] == [f"{BASE}study/y"]
        assert pool.refusals


def test_probabilities_from_censored_data_are_left_out():
    wish = Wish(f"{BASE}outcome/overall-survival", statistic="survival-probability")
    found = pool_figures(curated(), wish)
    assert found.pools == ()
    assert any("censored" in one.reason for one in found.left_out)


RELAPSED = "relapsed or refractory"
AT_LEAST_THREE = {
    (
        "complete-remission",
        "inotuzumab-ozogamicin",
        f"inotuzumab ozogamicin alone; {RELAPSED}; CR or CRi",
    ): "ino-1010 ino-india ino-two-doses ino-vate",
    (
        "complete-remission",
        "blinatumomab",
        f"blinatumomab alone; {RELAPSED}; CR or CRh",
    ): "blinatumomab-china horai-adults mt103-206 mt103-211",
    (
        "overall-response",
        "inotuzumab-ozogamicin",
        f"inotuzumab ozogamicin alone; {RELAPSED}; definition not stated",
    ): "ino-cd22 ino-extramedullary ino-salvage-100",
    (
        "mrd-negativity",
        "inotuzumab-ozogamicin",
        f"inotuzumab ozogamicin alone; {RELAPSED}; of those with complete remission",
    ): "ino-1010 ino-india ino-vate",
    (
        "hsct-receipt",
        "inotuzumab-ozogamicin",
        f"inotuzumab ozogamicin alone; {RELAPSED}",
    ): "ino-cd22 ino-extramedullary ino-hsct-pooled ino-single-and-weekly",
    (
        "vod-sos",
        "inotuzumab-ozogamicin",
        f"inotuzumab ozogamicin alone; {RELAPSED}",
    ): "ino-cd22 ino-extramedullary ino-vate",
}


@pytest.mark.parametrize("named", AT_LEAST_THREE, ids=" ".join)
def test_at_least_five_outcomes_have_three_studies_that_may_be_pooled(named):
    outcome, drug, words = named
    wish = Wish(f"{BASE}outcome/{outcome}", drug=f"{BASE}drug/{drug}")
    (pool,) = [one for one in pool_figures(curated(), wish).pooled if one.words == words]
    assert {key_of(study) for study in pool.studies} >= set(AT_LEAST_THREE[named].split())
    assert len({outcome for outcome, _drug, _words in AT_LEAST_THREE}) >= 5
    assert pool.synthesis.estimate is not None
    assert sum(row.weight for row in pool.rows) == pytest.approx(1)
    printed = [row for row in pool.rows if not row.is_derived]
    groups = [curated().results[row.figure].group for row in printed]
    people = sum(row.people for row in printed)
    assert count_people(curated(), groups) == People(people, is_exact=True)


def test_a_share_that_arithmetic_refuses_is_left_out_with_the_reason():
    flagged = TWO + "x:orr ag:flag <https://w3id.org/allograph/flag/printed-so> ."
    assert "arithmetic refuses it as it is printed" in reasons(pooled(flagged))["x#orr"]


def test_a_share_outside_its_own_interval_is_left_out_with_the_reason():
    outside = pooled(TWO + "x:orr ag:lowerLimit 61 ; ag:upperLimit 75 .")
    assert reasons(outside)["x#orr"] == "60 lies outside its own interval"


FAMILY = (
    FAMILIES
    + """
PREFIX z: <https://w3id.org/allograph/study/z#>
family:f a ag:Family ; rdfs:label "X, Y and Z" .
z:all a ag:StudyGroup ; ag:study study:z ; ag:size 90 ; ag:regimen regimen:ino .
z:orr a ag:Result , ag:Proportion ; ag:study study:z ; ag:group z:all ; ag:report report:news ;
  ag:outcome outcome:overall-response ; ag:statistic statistic:percentage ; ag:value 44 ;
  ag:tolerance 0.5 ; ag:numerator 40 ; ag:denominator 90 .
family:shared a ag:SharedPeople ; rdfs:label "Treated" ; ag:family family:f ;
"""
)
POOL = FAMILY + "  ag:sharing sharing:pooled ; ag:whole z:all ; ag:part x:all , y:all .\n"


def test_a_pool_is_not_counted_beside_the_trials_that_it_pools():
    pool = pooled(TWO + POOL)
    assert [row.study[-1] for row in pool.rows] == ["x", "y"]
    assert (pool.denominator, pool.refusals) == (90, ())
    assert reasons(pool) == {
        "z#orr": "it counts again the people of X, whose figure is taken"
        " (family X, Y and Z: 50 + 40 = 90 treated)"
    }


def test_of_a_family_the_nearest_report_counts_and_then_the_largest_group():
    near = pooled(TWO.replace("article", "news") + POOL.replace("report:news", "report:article"))
    large = pooled(TWO + POOL.replace("report:news", "report:article"))
    for pool in (near, large):
        assert [row.study[-1] for row in pool.rows] == ["z"]
        assert set(reasons(pool)) == {"x#orr", "y#orr"}
        assert pool.refusals == (TOO_FEW,)
        assert all(
            "family X, Y and Z: 50 + 40 = 90 treated" in why for why in reasons(pool).values()
        )


def test_some_in_common_are_not_pooled_and_the_reason_names_the_family():
    common = "  ag:sharing sharing:partial ; ag:between x:all , z:all .\n"
    pool = pooled(TWO + FAMILY.replace("report:news", "report:article") + common)
    assert [row.study[-1] for row in pool.rows] == ["y", "z"]
    assert reasons(pool) == {
        "x#orr": "some of its people may be among those of Z"
        " (family X, Y and Z: treated, some in common)"
    }


def test_groups_of_a_family_that_are_apart_are_pooled():
    apart = "study:x ag:overlapsWith study:z . study:z ag:overlapsWith study:y ."
    assert pooled(TWO + POOL + apart).denominator == 90


@pytest.mark.slow
def test_the_pool_of_two_trials_is_never_counted_beside_them():
    """Whatever the outcome, also if the trials had printed their transplants in its words."""
    triples = [quad.triple for quad in SNAPSHOT.loaded.quads]
    transplant, allogeneic = (f"{BASE}outcome/{key}" for key in ("transplant", "hsct-receipt"))
    alike = [
        Triple(one.subject, one.predicate, NamedNode(allogeneic))
        if value_of(one.object) == transplant and one.predicate.value.endswith("#outcome")
        else one
        for one in triples
    ]
    counted = set()
    drug = f"{BASE}drug/inotuzumab-ozogamicin"
    for evidence in map(read_evidence, (triples, alike)):
        for outcome in {result.outcome for result in evidence.results.values()}:
            for pool in pool_figures(evidence, Wish(outcome, drug)).pools:
                studies = {key_of(study) for study in pool.studies}
                assert "ino-hsct-pooled" not in studies or not studies & {"ino-vate", "ino-1010"}
                counted |= studies
    assert {"ino-hsct-pooled", "ino-vate", "ino-1010"} <= counted
    left = reasons(pool_figures(evidence, Wish(allogeneic, drug)))
    assert "164 + 72 = 236 treated" in left["ino-hsct-pooled#hsct-receipt"]
