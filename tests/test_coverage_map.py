"""The map of coverage: studies by outcomes and drugs, with people, and trials not yet read."""

import re

import pytest
from approve import SNAPSHOT, SOURCES

from allograph.evidence import evidence_of, read_evidence
from allograph.namespaces import BASE
from allograph.rdf.turtle import parse_turtle
from allograph.reading.coverage_map import map_of

PREFIXES = """
PREFIX ag:       <https://w3id.org/allograph/ontology#>
PREFIX drug:     <https://w3id.org/allograph/drug/>
PREFIX grouping: <https://w3id.org/allograph/grouping/>
PREFIX lead:     <https://w3id.org/allograph/lead/>
PREFIX outcome:  <https://w3id.org/allograph/outcome/>
PREFIX progress: <https://w3id.org/allograph/progress/>
PREFIX rdfs:     <http://www.w3.org/2000/01/rdf-schema#>
PREFIX regimen:  <https://w3id.org/allograph/regimen/>
PREFIX skos:     <http://www.w3.org/2004/02/skos/core#>
PREFIX study:    <https://w3id.org/allograph/study/>
PREFIX target:   <https://w3id.org/allograph/target/>
PREFIX x:        <https://w3id.org/allograph/study/x#>
PREFIX y:        <https://w3id.org/allograph/study/y#>
"""
GRAPH = f"""{PREFIXES}
outcome:survival a ag:Outcome ; rdfs:label "survival"@en .
outcome:os a ag:Outcome ; rdfs:label "overall survival"@en ; skos:broader outcome:survival .
outcome:harm a ag:Outcome ; rdfs:label "harm, of any kind"@en .
drug:ino a ag:Drug ; rdfs:label "InO"@en ; ag:binds target:cd22 .
drug:blina a ag:Drug ; rdfs:label "blina"@en ; ag:binds target:cd19 .
drug:other a ag:Drug ; rdfs:label "another drug"@en .
regimen:ino a ag:Regimen ; ag:drug drug:ino , drug:other .
regimen:maybe a ag:Regimen ; ag:drug drug:other ; ag:optionalDrug drug:blina .
study:x a ag:Study ; rdfs:label "X: a trial"@en .
study:y a ag:Study ; rdfs:label "Y: a trial"@en .
x:all a ag:StudyGroup ; ag:study study:x ; ag:size 50 ; ag:grouping grouping:cohort ;
  ag:regimen regimen:ino .
x:part a ag:StudyGroup ; ag:study study:x ; ag:size 20 ; ag:grouping grouping:subgroup ;
  ag:subgroupOf x:all ; ag:regimen regimen:ino .
x:control a ag:StudyGroup ; ag:study study:x ; ag:size 900 ; ag:regimen regimen:maybe ;
  ag:grouping grouping:external-control .
y:all a ag:StudyGroup ; ag:study study:y ; ag:size 30 ; ag:grouping grouping:cohort ;
  ag:regimen regimen:maybe .
x:os a ag:Result ; ag:study study:x ; ag:group x:all ; ag:outcome outcome:os .
x:os-part a ag:Result ; ag:study study:x ; ag:group x:part ; ag:outcome outcome:os .
x:hr a ag:Comparison ; ag:study study:x ; ag:group x:all ; ag:comparator x:control ;
  ag:outcome outcome:os .
y:harm a ag:Result ; ag:study study:y ; ag:group y:all ; ag:outcome outcome:harm .
y:os a ag:Result ; ag:study study:y ; ag:group y:all ; ag:outcome outcome:os .
lead:one a ag:Lead ; rdfs:label "One: a trial to come"@en ; ag:drug drug:ino ;
  ag:plannedSize 70 ; ag:progress progress:recruiting .
progress:recruiting a skos:Concept ; rdfs:label "recruiting"@en .
"""
X, Y = f"{BASE}study/x", f"{BASE}study/y"
SURVIVAL, HARM = f"{BASE}outcome/survival", f"{BASE}outcome/harm"
STYLES = (SOURCES.root / "src" / "allograph" / "web" / "static" / "allograph.css").read_text(
    encoding="utf-8"
)


@pytest.fixture(scope="module")
def covered():
    return map_of(read_evidence(parse_turtle(GRAPH.encode(), "made.ttl").triples))


@pytest.fixture(scope="module")
def curated():
    return map_of(evidence_of(SNAPSHOT.loaded.nodes))


def page(client, address):
    response = client.get(address, headers={"Accept": "text/html"})
    assert response.status_code == 200
    return response.text


def test_a_place_counts_the_people_of_an_outcome_once_and_narrower_outcomes_with_it(covered):
    place = {row.study.iri: row.places for row in covered.studies}[X][SURVIVAL]
    assert (place.figures, place.comparisons) == (2, 1)
    assert (place.people.number, place.people.is_exact) == (50, True)


def test_people_from_outside_are_no_people_of_a_study_and_their_treatment_is_not_its_own(covered):
    row = {row.study.iri: row for row in covered.studies}[X]
    assert row.people == 50
    assert f"{BASE}drug/blina" not in row.drugs


def test_the_drugs_of_the_map_bind_a_target_and_some_of_a_group_may_have_had_one(covered):
    rows = {drug.key: covered.studies_of(drug) for drug in covered.drugs}
    assert rows == {"ino": 1, "blina": 1}


def test_outcomes_are_the_widest_those_of_most_studies_first(covered):
    assert [outcome.iri for outcome in covered.outcomes] == [SURVIVAL, HARM]


def test_a_trial_not_yet_read_stands_with_the_studies_of_its_drug(covered):
    by_label = {section.label: section for section in covered.sections()}
    assert set(by_label) == {"InO", "blina"}
    (trial,) = by_label["InO"].trials
    assert (trial.planned, trial.taken_in, trial.progress) == ("70", "", "recruiting")
    assert by_label["blina"].trials == ()


def test_the_map_of_a_drug_has_its_studies_and_trials_alone(covered):
    narrowed = covered.narrowed("blina")
    assert [row.study.iri for row in narrowed.studies] == [Y]
    assert narrowed.trials == ()
    with pytest.raises(KeyError):
        covered.narrowed("other")


def test_the_small_map_counts_the_studies_and_people_of_a_drug(covered):
    drugs = {drug.key: drug for drug in covered.drugs}
    assert covered.by_drug[drugs["ino"].iri][SURVIVAL].studies == 1
    assert HARM not in covered.by_drug[drugs["ino"].iri]
    assert covered.by_drug[drugs["blina"].iri][HARM].people.number == 30


def test_the_map_has_each_study_and_each_known_trial_once(curated):
    sections = curated.sections()
    studies = [row.study.iri for section in sections for row in section.studies]
    trials = [row.trial.iri for section in sections for row in section.trials]
    assert sorted(studies) == sorted(node.iri for node in SNAPSHOT.loaded.nodes.instances("Study"))
    assert sorted(trials) == sorted(node.iri for node in SNAPSHOT.loaded.nodes.instances("Lead"))


def test_a_narrow_screen_has_a_column_for_each_of_the_widest_outcomes(curated):
    assert f"repeat({len(curated.outcomes)}, minmax(0, 1fr))" in STYLES


def test_the_page_has_a_place_for_each_study_and_outcome_and_hollow_rows(client, curated):
    shown = page(client, "/coverage")
    table = re.search(r'<table class="map".*?</table>', shown, re.DOTALL)[0]
    rows = re.findall(r"<tr[^>]*>.*?</tr>", table, re.DOTALL)
    of_studies = [row for row in rows if 'scope="row"' in row and "hollow" not in row]
    assert len(of_studies) == len(curated.studies)
    assert {row.count('role="cell"') for row in of_studies} == {len(curated.outcomes) + 1}
    hollow = [row for row in rows if "hollow" in row]
    assert len(hollow) == len(curated.trials)
    assert all("not yet read" in row for row in hollow)
    assert table.count('scope="col"') == len(curated.outcomes) + 2


def test_the_map_is_narrowed_to_a_drug_by_a_link_and_says_which(client, curated):
    whole = page(client, "/coverage")
    for drug in curated.drugs:
        assert f'href="/coverage?drug={drug.key}#map"' in whole
        narrowed = page(client, f"/coverage?drug={drug.key}")
        table = re.search(r'<table class="map".*?</table>', narrowed, re.DOTALL)[0]
        assert table.count('class="unread"') == len(curated.trials_of(drug))
        assert f'href="/coverage?drug={drug.key}#map" aria-current="true"' in narrowed


def test_what_is_no_drug_of_the_map_is_refused_by_name(client):
    response = client.get("/coverage?drug=blinatumomap")
    assert response.status_code == 400
    assert "did you mean" in response.text


def test_home_says_what_is_in_below_its_heading_and_has_the_small_map(client, curated):
    shown = page(client, "/")
    told = re.search(r'<h1>.*?</h1>\s*<p class="covers">(.*?)</p>', shown, re.DOTALL)[1]
    assert told.startswith(f"{len(curated.studies)} studies are in")
    assert f"{len(curated.trials)} more trials are known and not yet read" in told
    table = re.search(r'<table class="map small-map">.*?</table>', shown, re.DOTALL)[0]
    assert table.count('scope="row"') == len(curated.outcomes) + 1
    for drug in curated.drugs:
        assert f'href="/coverage?drug={drug.key}#map"' in table


def test_an_empty_answer_shows_the_small_map_of_the_drug_that_was_asked_for(client):
    shown = page(client, "/questions/figures?drug=blinatumomab&outcome=antigen-expression")
    table = re.search(r'<table class="map small-map">.*?</table>', shown, re.DOTALL)[0]
    assert "Blinatumomab" in table
    assert "Inotuzumab" not in table
    assert "small-map" not in page(client, "/questions/figures?study=tower")
