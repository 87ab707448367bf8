"""A share of some is brought to all where both ends of the chain are printed, and said so."""

import csv
from pathlib import Path

import pytest
from pools import BASE, PREFIXES, curated, evidence_of

from allograph.evidence.pooling.answers import Wish
from allograph.evidence.pooling.pool import pool
from allograph.evidence.pooling.traits import BASELINE

TRANSPLANT = "hsct-receipt"
STEPS = """
outcome:philadelphia-positive skos:broader outcome:baseline .
outcome:hsct-receipt skos:broader outcome:transplant .
outcome:complete-remission skos:broader outcome:overall-response .
"""


def chosen(study, size, events, by="overall-response", name="responders", of="all"):
    """Those whom an outcome chose in a study, and how many of them were transplanted."""
    return f"""
    {study}:{name} a ag:StudyGroup ; ag:study study:{study} ; ag:size {size} ;
      ag:subgroupOf {study}:{of} ; ag:grouping grouping:subgroup ; ag:regimen regimen:ino ;
      ag:selectedBy outcome:{by} ; rdfs:label "{name}" .
    {study}:transplant-{name} a ag:Result , ag:Count ; ag:study study:{study} ;
      ag:group {study}:{name} ; ag:report report:article ; ag:outcome outcome:{TRANSPLANT} ;
      ag:statistic statistic:count ; ag:value {events} ; ag:numerator {events} ;
      rdfs:label "{name}" ; ag:denominator {size} .
    """


def transplants(text):
    """The pool of transplants of all treated in a small graph."""
    answer = pool(evidence_of(text + STEPS), Wish(f"{BASE}outcome/{TRANSPLANT}"))
    (whole,) = [one for one in answer.pools if "of those" not in one.words]
    return whole


def test_a_share_of_responders_becomes_one_of_all_treated_and_is_marked():
    (row,) = transplants(chosen("x", 30, 12)).rows
    assert (row.events, row.people, row.is_derived) == (12, 50, True)
    assert row.derivation.startswith("12 of 30, of 50")


def test_several_steps_are_climbed_one_after_the_other():
    second = chosen("x", 20, 12, "complete-remission", "remission", of="responders")
    first = chosen("x", 30, 12).partition("x:transplant-")[0]
    (row,) = transplants(first + second).rows
    assert (row.events, row.people) == (12, 50)


def test_an_end_that_the_source_leaves_open_is_pooled_with_both():
    both = chosen("x", 30, 12) + chosen("x", 28, 5, name="early-responders")
    whole = transplants(both + chosen("y", 20, 8))
    row = next(row for row in whole.rows if row.study.endswith("/x"))
    assert (row.events, row.events_at_most, row.people) == (12, 17, 50)
    assert [iri[-28:] for iri in row.further] == ["#transplant-early-responders"]
    assert any("leaves open whether 12 or 17 of 50" in remark for remark in whole.remarks)
    assert whole.with_most is not None


def test_people_who_are_known_to_be_apart_are_added_up():
    family = """
    <https://w3id.org/allograph/family/f> a ag:Family ; rdfs:label "F" .
    <https://w3id.org/allograph/family/f#apart> a ag:SharedPeople ;
      ag:family <https://w3id.org/allograph/family/f> ;
      ag:sharing <https://w3id.org/allograph/sharing/apart> ;
      ag:between x:responders , x:late-responders .
    """
    both = chosen("x", 20, 12) + chosen("x", 18, 5, name="late-responders")
    (row,) = transplants(both + family).rows
    assert (row.events, row.events_at_most, row.people) == (17, None, 50)


@pytest.mark.parametrize(
    "text",
    [
        chosen("x", 30, 12, by="philadelphia-positive"),
        chosen("x", 30, 12).replace("ag:selectedBy", "ag:withoutOutcome"),
        chosen("x", 30, 12) + "x:all ag:size 20 .",
        chosen("x", 30, 12).replace(TRANSPLANT, "vod-sos"),
    ],
    ids=["kind-of-disease", "without", "whole-not-known", "harm"],
)
def test_nothing_else_is_climbed_over(text):
    bare = PREFIXES.replace("ag:size 50 ; ", "") if "ag:size 20" in text else PREFIXES
    outcome = "vod-sos" if "vod-sos" in text else TRANSPLANT
    evidence = evidence_of(text.replace("x:all ag:size 20 .", "") + STEPS, bare)
    answer = pool(evidence, Wish(f"{BASE}outcome/{outcome}"))
    assert all("of those" in one.words for one in answer.pools)


def test_a_share_that_is_printed_of_all_is_not_derived_as_well():
    printed = (
        chosen("x", 50, 14, name="whole")
        .replace("x:whole", "x:all")
        .partition("x:transplant-whole")[2]
    )
    (row,) = transplants(chosen("x", 30, 12) + "x:transplant-whole" + printed).rows
    assert (row.events, row.people, row.is_derived) == (14, 50, False)


def test_the_people_of_whom_a_share_is_follow_from_the_figure_that_chose_them():
    of_remission = """
    x:cr a ag:Result , ag:Proportion ; ag:study study:x ; ag:group x:all ; ag:value 60 ;
      ag:report report:article ; ag:outcome outcome:overall-response ; ag:tolerance 0.5 ;
      ag:statistic statistic:percentage .
    """
    share = chosen("x", 30, 12).replace("ag:size 30 ; ", "").replace("ag:denominator 30", "")
    share = share.replace("ag:value 12 ; ag:numerator 12 ;", "ag:value 40 ; ag:tolerance 0.5 ;")
    share = share.replace("statistic:count", "statistic:percentage")
    (row,) = transplants(share.replace("ag:size 30 ;", "") + of_remission).rows
    assert (row.events, row.people) == (12, 50)
    assert row.derivation.startswith("30 of 50 were chosen; 12 of 30, of 50")


QUESTION = Path(__file__).parent / "answers" / "transplant-share-of-all-treated.csv"


def test_the_question_and_the_pool_agree_on_the_transplanted_of_all_treated():
    """Each count of the question is a row of the pool, with the same ends and the same whole.

    A count of an analysis set, or of a kind of disease, stays one of these in the pool.
    """
    answer = pool(curated(), Wish(f"{BASE}outcome/{TRANSPLANT}"))
    rows = [row for one in answer.pools for row in one.rows]
    with QUESTION.open(encoding="utf-8", newline="") as file:
        asked = list(csv.DictReader(file))
    ends = {}
    for counted in asked:
        own = [one for one in rows if counted["result"] in (one.figure, *one.further)]
        ends[counted["result"]] = {
            (one.events, one.events_at_most or one.events, one.people) for one in own
        }
        group = curated().groups[curated().results[counted["result"]].group]
        whole = int(counted["treated"])
        if not group.selected_by or BASELINE in curated().broader(min(group.selected_by)):
            whole = group.size
        assert (int(counted["at_least"]), int(counted["at_most"]), whole) in ends[counted["result"]]
    assert len(asked) >= 20
    salvage = f"{BASE}study/ino-salvage-100#hsct-receipt-cycle-"
    assert (39, 46, 100) in ends[f"{salvage}1"] & ends[f"{salvage}2"]


def test_groups_in_a_circle_end_the_walk():
    circle = chosen("x", 30, 12, of="others") + chosen("x", 28, 5, name="others", of="responders")
    bare = circle.replace("ag:size 30 ; ", "").replace("ag:size 28 ;", "")
    bare = bare.replace("ag:size 30 ;", "").replace("ag:denominator", "ag:other")
    answer = pool(evidence_of(bare + STEPS), Wish(f"{BASE}outcome/{TRANSPLANT}"))
    assert {one.reason for one in answer.left_out} == {"the number of its people is not known"}
