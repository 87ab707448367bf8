"""What a plot shows of its rows beside their columns: design, of whom, treatment."""

import pytest

from allograph.evidence import evidence_of
from allograph.namespaces import BASE
from allograph.rdf.nodes import Nodes
from allograph.rdf.turtle import read_turtle
from allograph.reading.pictured import DESIGNS, among, pictured

TURTLE = """
PREFIX ag:      <https://w3id.org/allograph/ontology#>
PREFIX design:  <https://w3id.org/allograph/design/>
PREFIX outcome: <https://w3id.org/allograph/outcome/>
PREFIX rdfs:    <http://www.w3.org/2000/01/rdf-schema#>
PREFIX regimen: <https://w3id.org/allograph/regimen/>
PREFIX skos:    <http://www.w3.org/2004/02/skos/core#>
PREFIX study:   <https://w3id.org/allograph/study/>

outcome:death a ag:Outcome ; rdfs:label "death"@en ; ag:desirable false .
outcome:transplant a ag:Outcome ; rdfs:label "transplant, donor not stated"@en .
outcome:death-in-remission
    a ag:Outcome ; rdfs:label "death in remission"@en ; skos:broader outcome:death .
outcome:philadelphia-positive a ag:Outcome ; rdfs:label "Philadelphia positive"@en .
regimen:chemo a ag:Regimen ; rdfs:label "chemotherapy, not specified"@en .
study:s a ag:Study ; rdfs:label "S"@en ; ag:design design:randomised-trial .
study:c a ag:Study ; rdfs:label "C"@en .
<https://w3id.org/allograph/study/s#all>
    a ag:StudyGroup ; ag:study study:s ; ag:size 100 ; ag:regimen regimen:chemo .
<https://w3id.org/allograph/study/s#ph>
    a ag:StudyGroup ; ag:study study:s ;
    ag:subgroupOf <https://w3id.org/allograph/study/s#all> ;
    ag:selectedBy outcome:philadelphia-positive .
<https://w3id.org/allograph/study/s#untransplanted>
    a ag:StudyGroup ; ag:study study:s ;
    ag:subgroupOf <https://w3id.org/allograph/study/s#all> ;
    ag:withoutOutcome outcome:transplant .
<https://w3id.org/allograph/study/s#died>
    a ag:StudyGroup ; ag:study study:s ; ag:size 9 ;
    ag:subgroupOf <https://w3id.org/allograph/study/s#untransplanted> ;
    ag:selectedBy outcome:death-in-remission .
"""


@pytest.fixture(scope="module")
def evidence(tmp_path_factory):
    path = tmp_path_factory.mktemp("pictured") / "s.ttl"
    path.write_text(TURTLE, encoding="utf-8")
    return evidence_of(Nodes(read_turtle(path, path.name).triples))


def iris(study, group, against="", outcome="death-in-remission"):
    parts = {"study": f"study/{study}", "group": f"study/{group}", "outcome": f"outcome/{outcome}"}
    found = {name: f"{BASE}{part}" for name, part in parts.items()}
    limits = {"lower": "28", "upper": "40", "level": "95"}
    return found | limits | {"against": f"{BASE}study/{against}" if against else ""}


@pytest.mark.parametrize(
    ("group", "said"),
    [
        ("s#all", ""),
        ("s#ph", ""),
        ("s#untransplanted", "those without transplant"),
        ("s#died", "those who died among those without transplant"),
    ],
)
def test_people_chosen_by_what_befell_them_under_treatment_are_told_from_all(evidence, group, said):
    assert among(evidence, f"{BASE}study/{group}") == said


def test_a_figure_has_the_design_the_sizes_and_the_treatments_of_its_groups(evidence):
    found = pictured(evidence, iris("s", "s#all", "s#died"))
    assert (found.design, found.rank) == ("randomised trial", 0)
    assert (found.size, found.other_size) == (100, 9)
    assert (found.treatment, found.other_treatment) == ("chemotherapy", "")
    assert found.is_desirable is False
    assert found.limits == ("28", "40", "95")


def test_a_study_that_does_not_say_its_design_comes_last(evidence):
    assert pictured(evidence, iris("c", "c#all")).rank == len(DESIGNS)
