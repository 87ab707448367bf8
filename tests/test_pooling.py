"""Shares of several studies are pooled only when nobody is counted twice."""

import pytest
from approve import SNAPSHOT
from scipy.stats import binomtest

from allograph.evidence import read_evidence
from allograph.rdf.terms import NamedNode, Triple, value_of
from allograph.rdf.turtle import read_turtle
from allograph.synthesis.pooling import pool_shares

BASE = "https://w3id.org/allograph/"
RESPONSE = f"{BASE}outcome/overall-response"
PREFIXES = """
PREFIX ag:        <https://w3id.org/allograph/ontology#>
PREFIX bound:     <https://w3id.org/allograph/bound/>
PREFIX drug:      <https://w3id.org/allograph/drug/>
PREFIX grouping:  <https://w3id.org/allograph/grouping/>
PREFIX outcome:   <https://w3id.org/allograph/outcome/>
PREFIX rdfs:      <http://www.w3.org/2000/01/rdf-schema#>
PREFIX regimen:   <https://w3id.org/allograph/regimen/>
PREFIX report:    <https://w3id.org/allograph/report/>
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
study:x a ag:Study ; rdfs:label "X" .
study:y a ag:Study ; rdfs:label "Y" .
study:z a ag:Study ; rdfs:label "Z" .
x:all a ag:StudyGroup ; ag:study study:x ; ag:size 50 ; ag:regimen regimen:ino .
y:all a ag:StudyGroup ; ag:study study:y ; ag:size 40 ; ag:regimen regimen:blina .
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
def pooled(tmp_path):
    def pool(text, **choice):
        path = tmp_path / "case.ttl"
        path.write_text(PREFIXES + text, encoding="utf-8")
        evidence = read_evidence(read_turtle(path, "case.ttl").triples)
        return pool_shares(evidence, RESPONSE, **choice)

    return pool


@pytest.fixture(scope="module")
def curated():
    return read_evidence(quad.triple for quad in SNAPSHOT.loaded.quads)


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
    assert pool.refusals == ("There are not two studies whose people are counted.",)


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


def test_different_times_are_refused_and_one_that_is_not_stated_is_noted(pooled):
    one = pooled(TWO + "x:orr ag:afterCycle 1 .")
    assert (one.refusals, one.remarks) == (
        (),
        ("Not every figure states its time (after cycle).",),
    )
    two = pooled(TWO + "x:orr ag:afterCycle 1 . y:orr ag:afterCycle 2 .")
    assert two.refusals == ("The figures are of different times: after cycle 1, 2.",)


def test_a_part_of_the_people_is_left_out(pooled):
    pool = pooled(TWO + "x:all ag:selectedBy outcome:hsct-receipt .")
    assert "are a part" in reasons(pool)["x#orr"]


def test_an_arm_is_left_out_beside_the_whole_study(pooled):
    pool = pooled(
        TWO
        + """
        x:arm a ag:StudyGroup ; ag:study study:x ; ag:size 25 ; ag:subgroupOf x:all .
        x:orr-arm a ag:Result , ag:Proportion ; ag:study study:x ; ag:group x:arm ;
          ag:report report:article ; ag:outcome outcome:overall-response ;
          ag:statistic statistic:percentage ; ag:numerator 20 ; ag:value 80 ."""
    )
    assert "among those of another" in reasons(pool)["x#orr-arm"]
    assert pool.denominator == 90


def test_two_figures_of_the_same_people_are_refused(pooled):
    again = TWO.partition("\ny:orr")[0].replace("x:orr", "x:best").replace("30", "35")
    assert "X gives more than one figure" in pooled(TWO + again).refusals[0]


def test_figures_that_count_other_states_as_the_outcome_are_refused(pooled):
    definition = "<https://w3id.org/allograph/definition/{}>"
    stated = "".join(
        f"{name} ag:outcomeDefinition {definition.format(key)} . "
        for name, key in (("x:orr", "cr"), ("y:orr", "cr-cri"))
    )
    assert pooled(TWO + stated).refusals == (
        "The figures count different states as the outcome: cr, cr-cri.",
    )
    assert pooled(TWO + stated.partition(" . ")[0] + " .").refusals == ()


def test_a_label_stands_nearer_to_the_study_than_a_news_item(pooled):
    text = TWO.replace("ag:report report:article", "ag:report report:label")
    retold = TWO.partition("\ny:orr")[0].replace("x:orr", "x:retold").replace("article", "news")
    assert [share.tier for share in pooled(text + retold).shares] == ["label", "label"]


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
<https://w3id.org/allograph/study/z#all> a ag:StudyGroup ; ag:study study:z ; ag:size 60 .
<https://w3id.org/allograph/study/z#orr> a ag:Result , ag:Count ; ag:study study:z ;
  ag:group <https://w3id.org/allograph/study/z#all> ; ag:report report:article ;
  ag:outcome outcome:overall-response ; ag:statistic statistic:count ; ag:value 30 ;
  ag:numerator 30 ; ag:denominator 60 .
<https://w3id.org/allograph/study/z#time> a ag:Result , ag:TimeToEvent ; ag:study study:z ;
  ag:group <https://w3id.org/allograph/study/z#all> ; ag:report report:article ;
  ag:outcome outcome:overall-response ; ag:statistic statistic:median-time-to-event ; ag:value 2 .
"""


def test_a_study_whose_figure_is_of_another_statistic_is_named_with_the_reason(pooled):
    pool = pooled(TWO + COUNT)
    assert pool.denominator == 90
    assert reasons(pool) == {
        "z#orr": "it is a count, and a percentage was asked for",
        "z#time": "it is a median-time-to-event, which counts nobody",
    }
    assert set(reasons(pooled(TWO + COUNT, statistic="count"))) == {"x#orr", "y#orr"}


def test_a_study_that_is_pooled_is_not_left_out_for_its_other_figures(pooled):
    again = COUNT.replace("study:z", "study:x").replace("study/z#", "study/x#c-")
    assert reasons(pooled(TWO + again)) == {}


def test_a_drug_and_a_study_narrow_what_is_pooled(pooled):
    by_drug = pooled(TWO, drug=f"{BASE}drug/blinatumomab")
    by_study = pooled(TWO, studies=[f"{BASE}study/y"])
    for pool in (by_drug, by_study):
        assert [share.result.study for share in pool.shares] == [f"{BASE}study/y"]
        assert pool.refusals


def test_probabilities_from_censored_data_are_left_out(curated):
    pool = pool_shares(curated, f"{BASE}outcome/overall-survival", "survival-probability")
    assert pool.shares == ()
    assert "censored" in " ".join(reason for _result, reason in pool.left_out)


def test_the_share_reaching_transplant_is_pooled_over_the_curated_studies(curated):
    ino = f"{BASE}drug/inotuzumab-ozogamicin"
    pool = pool_shares(curated, f"{BASE}outcome/hsct-receipt", drug=ino)
    assert (pool.numerator, pool.denominator, pool.refusals) == (125, 284, ())


def test_the_command_says_what_is_pooled_and_what_was_left_out(allograph):
    done = allograph("pool", "hsct-receipt", "--drug", "inotuzumab-ozogamicin")
    assert done.returncode == 0, done.stderr
    assert "pooled: 125 of 284 (44.0%, exact 95% interval 38.2 to 50.0%)" in done.stdout
    assert "left out: ino-salvage-100#hsct-receipt-cycle-2" in done.stderr


def test_the_command_refuses_with_the_reason_and_status_1(allograph):
    done = allograph("pool", "outcome:overall-response")
    assert done.returncode == 1
    assert "pooled:" not in done.stdout
    assert "not pooled: The figures are of different times: after cycle 1, 2." in done.stderr


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


FAMILY = """
PREFIX family: <https://w3id.org/allograph/family/>
PREFIX sharing: <https://w3id.org/allograph/sharing/>
PREFIX z: <https://w3id.org/allograph/study/z#>
family:f a ag:Family ; rdfs:label "X, Y and Z" .
z:all a ag:StudyGroup ; ag:study study:z ; ag:size 90 ; ag:regimen regimen:ino .
z:orr a ag:Result , ag:Proportion ; ag:study study:z ; ag:group z:all ; ag:report report:news ;
  ag:outcome outcome:overall-response ; ag:statistic statistic:percentage ; ag:value 44 ;
  ag:tolerance 0.5 ; ag:numerator 40 ; ag:denominator 90 .
family:shared a ag:SharedPeople ; rdfs:label "Treated" ; ag:family family:f ;
"""
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
        assert "There are not two studies whose people are counted." in pool.refusals
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
            for statistic in ("percentage", "count"):
                drug = f"{BASE}drug/inotuzumab-ozogamicin"
                pool = pool_shares(evidence, outcome, statistic, drug)
                studies = {share.result.study.rpartition("/")[2] for share in pool.shares}
                assert "ino-hsct-pooled" not in studies or not studies & {"ino-vate", "ino-1010"}
                counted |= studies
    assert {"ino-hsct-pooled", "ino-vate", "ino-1010"} <= counted
    left = reasons(pool_shares(evidence, allogeneic, drug=drug))
    assert "164 + 72 = 236 treated" in left["ino-hsct-pooled#hsct-receipt"]
