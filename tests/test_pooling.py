"""Shares of several studies are pooled only when nobody is counted twice."""

from types import SimpleNamespace

import pytest
from approve import SNAPSHOT
from scipy.stats import binomtest

from allograph.evidence import evidence_of, read_evidence
from allograph.evidence.people import People, count_people
from allograph.evidence.pooling.pooled import TOO_FEW
from allograph.evidence.pooling.pooling import NO_SETTING, pool_shares
from allograph.namespaces import key_of
from allograph.rdf.terms import NamedNode, Triple, value_of
from allograph.rdf.turtle import read_turtle

BASE = "https://w3id.org/allograph/"
RESPONSE = f"{BASE}outcome/overall-response"
PREFIXES = """
PREFIX ag:        <https://w3id.org/allograph/ontology#>
PREFIX bound:     <https://w3id.org/allograph/bound/>
PREFIX condition: <https://w3id.org/allograph/condition/>
PREFIX drug:      <https://w3id.org/allograph/drug/>
PREFIX grouping:  <https://w3id.org/allograph/grouping/>
PREFIX outcome:   <https://w3id.org/allograph/outcome/>
PREFIX rdfs:      <http://www.w3.org/2000/01/rdf-schema#>
PREFIX regimen:   <https://w3id.org/allograph/regimen/>
PREFIX report:    <https://w3id.org/allograph/report/>
PREFIX setting:   <https://w3id.org/allograph/setting/>
PREFIX skos:      <http://www.w3.org/2004/02/skos/core#>
PREFIX statistic: <https://w3id.org/allograph/statistic/>
PREFIX study:     <https://w3id.org/allograph/study/>
PREFIX tier:      <https://w3id.org/allograph/tier/>
PREFIX x:         <https://w3id.org/allograph/study/x#>
PREFIX y:         <https://w3id.org/allograph/study/y#>

tier:primary ag:rank 1 .
tier:label ag:rank 4 .
tier:retelling ag:rank 7 .
report:article a ag:Report ; rdfs:label "Article" ; ag:tier tier:primary .
report:label a ag:Report ; ag:tier tier:label .
report:news a ag:Report ; ag:tier tier:retelling .
study:x a ag:Study ; rdfs:label "X" ; ag:condition condition:relapsed .
study:y a ag:Study ; rdfs:label "Y" ; ag:condition condition:relapsed .
study:z a ag:Study ; rdfs:label "Z" ; ag:condition condition:relapsed .
x:all a ag:StudyGroup ; ag:study study:x ; ag:size 50 ; ag:regimen regimen:ino .
y:all a ag:StudyGroup ; ag:study study:y ; ag:size 40 ; ag:regimen regimen:ino .
condition:relapsed a ag:Condition ; ag:setting setting:relapsed .
condition:relapsed-in-children a ag:Condition ; skos:broader condition:relapsed ;
  ag:setting setting:children .
setting:relapsed rdfs:label "relapsed" .
drug:inotuzumab-ozogamicin a ag:Drug ; rdfs:label "InO" .
regimen:ino a ag:Regimen ; ag:drug drug:inotuzumab-ozogamicin .
regimen:blina a ag:Regimen ; ag:drug drug:blinatumomab .
"""
TWO = """
x:orr a ag:Result , ag:Proportion ; ag:study study:x ; ag:group x:all ; ag:report report:article ;
  ag:outcome outcome:overall-response ; ag:statistic statistic:percentage ; ag:value 60 ;
  ag:tolerance 0.5 ; ag:numerator 30 ; ag:denominator 50 .
y:orr a ag:Result , ag:Proportion ; ag:study study:y ; ag:group y:all ; ag:report report:article ;
  ag:outcome outcome:overall-response ; ag:statistic statistic:percentage ; ag:value 25 ;
  ag:tolerance 0.5 .
"""


@pytest.fixture
def pooling(tmp_path):
    def pool(text, prefixes=PREFIXES, **choice):
        path = tmp_path / "case.ttl"
        path.write_text(prefixes + text, encoding="utf-8")
        evidence = read_evidence(read_turtle(path, "case.ttl").triples)
        return pool_shares(evidence, RESPONSE, **choice)

    return pool


@pytest.fixture
def pooled(pooling):
    """The one pool that there is, with what was left out of it."""

    def pool(text, **choice):
        found = pooling(text, **choice)
        (one,) = found.pools
        return SimpleNamespace(
            shares=one.shares,
            refusals=one.refusals,
            remarks=one.remarks,
            numerator=one.numerator,
            denominator=one.denominator,
            interval=one.interval,
            left_out=found.left_out,
        )

    return pool


@pytest.fixture(scope="module")
def curated():
    return evidence_of(SNAPSHOT.loaded.nodes)


def reasons(pool):
    return {result.iri.removeprefix(f"{BASE}study/"): reason for result, reason in pool.left_out}


def test_people_of_two_studies_are_added_up_with_an_exact_interval(pooled):
    pool = pooled(TWO)
    assert pool.refusals == ()
    assert (pool.numerator, pool.denominator) == (40, 90)
    exact = binomtest(40, 90).proportion_ci(method="exact")
    assert pool.interval() == pytest.approx((100 * exact.low, 100 * exact.high))


def test_a_count_that_only_the_percentage_gives_is_marked(pooled):
    assert [(share.numerator, share.is_printed) for share in pooled(TWO).shares] == [
        (30, True),
        (10, False),
    ]


def test_a_percentage_that_several_counts_give_is_left_out(pooled):
    pool = pooled(
        TWO.replace("y:all ; ag:report", "y:many ; ag:report")
        + """
        y:many a ag:StudyGroup ; ag:study study:y ; ag:size 4000 ."""
    )
    assert "does not follow from 25%" in reasons(pool)["y#orr"]
    assert pool.refusals == ("Fewer than two studies say how many people they counted.",)


@pytest.mark.parametrize(
    "relation",
    [
        "study:x ag:overlapsWith study:y .",
        "study:y ag:poolsStudy study:x .",
        "study:z ag:poolsStudy study:x , study:y .",
    ],
)
def test_studies_that_share_people_are_refused_even_by_way_of_a_third(pooled, relation):
    assert pooled(TWO + relation).refusals == ("X and Y may have counted the same people.",)


def test_different_times_are_apart_and_one_that_is_not_stated_is_noted(pooled, pooling):
    one = pooled(TWO + "x:orr ag:afterCycle 1 .")
    assert (one.refusals, one.remarks) == ((), ("Not every figure states this: after cycle (1).",))
    two = pooling(TWO + "x:orr ag:afterCycle 1 . y:orr ag:afterCycle 2 .")
    assert [pool.refusals for pool in two.pools] == [(TOO_FEW,), (TOO_FEW,)]


def again(name, said):
    """Another figure of all people of a study; ``said`` is about it, in Turtle."""
    return f"""
{name} a ag:Result , ag:Proportion ; ag:study study:{name[0]} ; ag:group {name[0]}:all ;
  ag:report report:article ; ag:outcome outcome:overall-response ;
  ag:statistic statistic:percentage ; {said} .
"""


def test_of_a_study_with_several_times_the_one_that_more_studies_give_is_taken(pooled):
    early = again("x:early", "ag:value 20 ; ag:numerator 10 ; ag:afterCycle 1")
    pool = pooled(TWO + early + "x:orr ag:afterCycle 2 . y:orr ag:afterCycle 2 .")
    assert (pool.denominator, pool.refusals) == (90, ())
    assert reasons(pool) == {
        "x#early": "more studies have a figure like another one of its study (after cycle: 2)"
    }


def test_those_whom_an_outcome_chose_are_a_pool_of_their_own(pooling):
    chosen = "x:all ag:selectedBy outcome:hsct-receipt ."
    assert [pool.refusals for pool in pooling(TWO + chosen).pools] == [(TOO_FEW,), (TOO_FEW,)]
    (both,) = pooling(TWO + chosen + "y:all ag:selectedBy outcome:hsct-receipt .").pools
    assert (both.denominator, both.refusals) == (90, ())


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
def test_another_setting_grade_definition_or_treatment_is_another_pool(pooling, said):
    found = pooling(TWO + said)
    assert [pool.refusals for pool in found.pools] == [(TOO_FEW,), (TOO_FEW,)]
    assert len({pool.words for pool in found.pools}) == 2


def test_the_words_of_a_harm_are_another_harm_and_those_of_a_benefit_how_it_was_measured(pooling):
    words = TWO + 'x:orr ag:definition "during the treatment"@en .'
    harm = "outcome:overall-response ag:desirable false ."
    assert [pool.refusals for pool in pooling(words + harm).pools] == [(TOO_FEW,), (TOO_FEW,)]
    (benefit,) = pooling(words + harm.replace("false", "true")).pools
    assert benefit.refusals == ()
    assert "how it was measured (during the treatment)" in benefit.remarks[0]


def test_people_of_whom_no_setting_is_known_are_refused(pooling):
    bare = PREFIXES.replace(" ; ag:condition condition:relapsed", "")
    (pool,) = pooling(TWO, prefixes=bare).pools
    assert pool.refusals == (NO_SETTING,)


def test_a_part_of_the_people_is_left_out(pooling):
    found = pooling(TWO + "x:all ag:grouping grouping:subgroup .")
    assert "are a part" in reasons(found)["x#orr"]


def test_parts_that_are_the_whole_are_pooled_and_one_of_them_alone_is_not(pooled):
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


def test_an_arm_is_left_out_beside_the_whole_study(pooled):
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


def test_of_two_figures_of_the_same_people_nobody_says_which_counts(pooling):
    found = pooling(TWO + again("x:best", "ag:value 70 ; ag:numerator 35"))
    assert "X gives more than one figure" in reasons(found)["x#best"] == reasons(found)["x#orr"]
    assert found.pooled == ()


def test_figures_of_people_who_are_apart_are_both_counted(pooled):
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


def test_a_figure_that_is_printed_again_counts_once(pooled):
    pool = pooled(TWO + again("x:same", "ag:value 60 ; ag:numerator 30"))
    assert pool.denominator == 90
    assert "again" in reasons(pool)["x#same"]


def test_what_a_retelling_leaves_open_is_left_to_the_report_that_says_it(pooling):
    stated = "x:orr ag:outcomeDefinition <https://w3id.org/allograph/definition/cr> ."
    retold = again("x:retold", "ag:value 50 ; ag:numerator 25").replace("article", "news")
    found = pooling(TWO + stated + retold)
    assert reasons(found) == {
        "x#retold": "a report nearer to the study says which states it counted"
    }


@pytest.mark.parametrize("flag", ["denominator-ambiguous", "population-ambiguous"])
def test_a_share_of_which_nobody_says_whose_it_is_is_left_out(pooling, flag):
    flagged = f"y:orr ag:flag <https://w3id.org/allograph/flag/{flag}> ."
    assert f"flag:{flag}" in reasons(pooling(TWO + flagged))["y#orr"]
    printed = flagged + "y:orr ag:numerator 10 ; ag:denominator 40 ."
    assert reasons(pooling(TWO + printed)) == {}


def test_a_label_stands_nearer_to_the_study_than_a_news_item(pooled):
    text = TWO.replace("ag:report report:article", "ag:report report:label")
    retold = TWO.partition("\ny:orr")[0].replace("x:orr", "x:retold").replace("article", "news")
    assert [share.tier for share in pooled(text + retold).shares] == ["label", "label"]


def test_a_retelling_in_other_words_is_no_further_figure_of_its_study(pooled):
    said = (
        'x:orr ag:definition "by one test"@en . tier:retelling ag:secondHand true .'
        " outcome:overall-response ag:desirable true ."
    )
    other = again("x:retold", 'ag:value 50 ; ag:numerator 25 ; ag:definition "by another"@en')
    pool = pooled(TWO + said + other.replace("article", "news"))
    assert (pool.denominator, set(reasons(pool))) == (90, {"x#retold"})


def test_the_report_nearest_to_the_study_is_taken(pooled):
    retold = TWO.partition("\ny:orr")[0].replace("x:orr", "x:retold").replace("article", "news")
    pool = pooled(TWO + retold)
    assert reasons(pool) == {
        "x#retold": "a report nearer to the study prints it too: Article (primary),"
        " and the primary is preferred to the retelling"
    }
    assert pool.denominator == 90


def test_a_bound_is_no_count(pooled):
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


def test_counts_of_people_are_pooled_with_shares(pooled):
    pool = pooled(TWO + COUNT)
    assert (pool.numerator, pool.denominator) == (70, 150)


def test_a_count_of_events_is_left_out(pooled):
    pool = pooled(TWO + COUNT.replace("ag:numerator 30 ; ", ""))
    assert pool.denominator == 90
    assert "it counts events" in reasons(pool)["z#orr"]


def test_a_study_whose_figure_is_of_another_statistic_is_named_with_the_reason(pooled):
    pool = pooled(TWO + COUNT, statistic="percentage")
    assert pool.denominator == 90
    assert reasons(pool) == {
        "z#orr": "it is a count, and a percentage was asked for",
        "z#time": "it is a median-time-to-event, which counts nobody",
    }
    assert set(reasons(pooled(TWO + COUNT, statistic="count"))) == {"x#orr", "y#orr"}


def test_a_study_that_is_pooled_is_not_left_out_for_its_other_figures(pooled):
    again = COUNT.replace("study:z", "study:x").replace("study/z#", "study/x#c-")
    assert reasons(pooled(TWO + again, statistic="percentage")) == {}


def test_a_drug_and_a_study_narrow_what_is_pooled(pooled):
    other = TWO + "y:all ag:regimen regimen:blina ."
    by_drug = pooled(other, drug=f"{BASE}drug/blinatumomab")
    by_study = pooled(TWO, studies=[f"{BASE}study/y"])
    for pool in (by_drug, by_study):
        assert [share.result.study for share in pool.shares] == [f"{BASE}study/y"]
        assert pool.refusals


def test_probabilities_from_censored_data_are_left_out(curated):
    found = pool_shares(curated, f"{BASE}outcome/overall-survival", "survival-probability")
    assert found.pools == ()
    named = {result.statistic: reason for result, reason in found.left_out if not result.bound}
    assert "censored" in named["survival-probability"]
    assert named["median-time-to-event"] == "it is a median-time-to-event, which counts nobody"


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
        "complete-remission",
        "blinatumomab",
        f"blinatumomab alone; {RELAPSED}; CR",
    ): "blinatumomab-china mt103-206 tower",
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
def test_at_least_five_outcomes_have_three_studies_that_may_be_pooled(curated, named):
    outcome, drug, words = named
    found = pool_shares(curated, f"{BASE}outcome/{outcome}", drug=f"{BASE}drug/{drug}")
    (pool,) = [one for one in found.pooled if one.words == words]
    assert {key_of(study) for study in pool.studies} >= set(AT_LEAST_THREE[named].split())
    assert len({outcome for outcome, _drug, _words in AT_LEAST_THREE}) >= 5
    groups = [share.group for share in pool.shares]
    assert count_people(curated, groups) == People(pool.denominator, is_exact=True)


def test_the_command_says_what_is_pooled_and_what_was_left_out(allograph):
    done = allograph("pool", "hsct-receipt", "--drug", "inotuzumab-ozogamicin")
    assert done.returncode == 0, done.stderr
    assert "inotuzumab ozogamicin alone; relapsed or refractory:\n" in done.stdout
    assert "ino-hsct-pooled#hsct-receipt: 101 of 236 (42.8%), printed, retelling" in done.stdout
    assert "not pooled: mini-hcvd-ino#hsct-receipt: 24 of 48" in done.stderr
    assert "left out: " in done.stderr


def test_the_command_refuses_with_the_reason_and_status_1(allograph):
    done = allograph("pool", "outcome:early-death", "--drug", "blinatumomab")
    assert done.returncode == 1
    assert "pooled:" not in done.stdout
    assert f"not pooled: {TOO_FEW}" in done.stderr


def test_the_command_names_the_outcome_that_was_meant(allograph):
    done = allograph("pool", "complete-remision")
    assert done.returncode == 2
    assert "did you mean 'complete-remission'?" in done.stderr


def test_a_share_that_arithmetic_refuses_is_left_out_with_the_reason(pooled):
    flagged = TWO + "x:orr ag:flag <https://w3id.org/allograph/flag/printed-so> ."
    assert "arithmetic refuses it as it is printed" in reasons(pooled(flagged))["x#orr"]


def test_a_share_outside_its_own_interval_is_left_out_with_the_reason(pooled):
    outside = pooled(TWO + "x:orr ag:lowerLimit 61 ; ag:upperLimit 75 .")
    assert reasons(outside)["x#orr"] == "60 lies outside its own interval"


FAMILIES = """
PREFIX family: <https://w3id.org/allograph/family/>
PREFIX sharing: <https://w3id.org/allograph/sharing/>
"""
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


def test_a_pool_is_not_counted_beside_the_trials_that_it_pools(pooled):
    pool = pooled(TWO + POOL)
    assert [share.result.study[-1] for share in pool.shares] == ["x", "y"]
    assert (pool.denominator, pool.refusals) == (90, ())
    assert reasons(pool) == {
        "z#orr": "it counts again the people of X, whose figure is taken"
        " (family X, Y and Z: 50 + 40 = 90 treated)"
    }


def test_of_a_family_the_nearest_report_counts_and_then_the_largest_group(pooled):
    near = pooled(TWO.replace("article", "news") + POOL.replace("report:news", "report:article"))
    large = pooled(TWO + POOL.replace("report:news", "report:article"))
    for pool in (near, large):
        assert [share.result.study[-1] for share in pool.shares] == ["z"]
        assert set(reasons(pool)) == {"x#orr", "y#orr"}
        assert "Fewer than two studies say how many people they counted." in pool.refusals
        assert any("family X, Y and Z: 50 + 40 = 90 treated" in one for one in pool.refusals)


def test_some_in_common_are_not_pooled_and_the_reason_names_the_family(pooled):
    common = "  ag:sharing sharing:partial ; ag:between x:all , z:all .\n"
    pool = pooled(TWO + FAMILY.replace("report:news", "report:article") + common)
    assert [share.result.study[-1] for share in pool.shares] == ["y", "z"]
    assert reasons(pool) == {
        "x#orr": "some of its people may be among those of Z"
        " (family X, Y and Z: treated, some in common)"
    }


def test_groups_of_a_family_that_are_apart_are_pooled(pooled):
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
    for evidence in map(read_evidence, (triples, alike)):
        for outcome in {result.outcome for result in evidence.results.values()}:
            drug = f"{BASE}drug/inotuzumab-ozogamicin"
            for pool in pool_shares(evidence, outcome, drug=drug).pools:
                studies = {key_of(study) for study in pool.studies}
                assert "ino-hsct-pooled" not in studies or not studies & {"ino-vate", "ino-1010"}
                counted |= studies
    assert {"ino-hsct-pooled", "ino-vate", "ino-1010"} <= counted
    left = reasons(pool_shares(evidence, allogeneic, drug=drug))
    assert "164 + 72 = 236 treated" in left["ino-hsct-pooled#hsct-receipt"]
