"""Coverage: what is in, what was searched, which trials are not yet read, and what says so."""

import csv
import html
import re
from collections import defaultdict
from io import StringIO

import pytest
from approve import ANSWERS, QUESTIONS, SNAPSHOT

import allograph as package
from allograph.checks.check import check
from allograph.curated.new import skeleton
from allograph.curated.results import Severity
from allograph.curated.snapshot import read_snapshot
from allograph.namespaces import BASE
from allograph.questions.parameters import choices
from allograph.questions.question import bound
from allograph.rdf.store import OxigraphStore
from allograph.rdf.vocabularies import DCTERMS, SKOS
from allograph.reading.unread import (
    NAMED,
    NOTHING,
    KnownTrials,
    Trial,
    Unanswered,
    is_about_studies,
    known_trials,
    unanswered,
)
from allograph.synthesis.overlap import covered_area

NODES = SNAPSHOT.loaded.nodes
LEADS = NODES.instances("Lead")
EMPTY = "study=interfant-blinatumomab&outcome=vod-sos"
"""Arguments of ``figures`` that no figure answers."""
PH_POSITIVE = "newly-diagnosed-ph-positive-all"


def numbers_of(node):
    entries = map(NODES.of, node.iris("registration"))
    return [entry.value(DCTERMS.identifier) for entry in entries]


def rows_of(name):
    return list(csv.DictReader(StringIO((ANSWERS / f"{name}.csv").read_text(encoding="utf-8"))))


def text_of(client, address):
    page = client.get(address, headers={"Accept": "text/html"})
    assert page.status_code == 200
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page.text)).split())


# What is in


def test_the_widest_outcomes_are_those_that_coverage_counts():
    (asked,) = (one for one in QUESTIONS["coverage"].parameters if one.name == "outcome")
    widest = {node.iri for node in NODES.instances("Outcome") if not node.iris(SKOS.broader)}
    assert set(asked.defaults) == widest


def test_coverage_counts_each_figure_and_comparison_of_a_study():
    figures = {"Result": {}, "Comparison": {}}
    for name, counts in figures.items():
        for node in NODES.instances(name):
            study = node.iri_of("study")
            counts[study] = counts.get(study, 0) + 1
    for row in rows_of("coverage-by-study"):
        assert int(row["figures"]) == figures["Result"].get(row["study"], 0)
        assert int(row["comparisons"]) == figures["Comparison"].get(row["study"], 0)
        in_all = int(row["figures"]) + int(row["comparisons"])
        assert int(row["read_twice"]) + int(row["derived"]) <= in_all


def test_every_figure_is_of_one_of_the_outcomes_that_are_counted():
    by_outcome = {}
    for row in rows_of("coverage"):
        by_outcome[row["study"]] = by_outcome.get(row["study"], 0) + int(row["figures"])
    for row in rows_of("coverage-by-study"):
        assert by_outcome[row["study"]] >= int(row["figures"])


def test_the_page_says_what_is_in_and_leads_to_it(client):
    rows = rows_of("coverage-by-study")
    studies = {row["study"]: row for row in rows}
    figures = sum(int(row["figures"]) for row in studies.values())
    comparisons = sum(int(row["comparisons"]) for row in studies.values())
    told = text_of(client, "/coverage")
    assert told.count(f"{len(studies)} studies and ") == 1
    assert f"with {figures} figures and {comparisons} comparisons of outcomes" in told
    page = client.get("/coverage").text
    assert all(f'href="/study/{iri.rpartition("/")[2]}"' in page for iri in studies)
    assert 'href="/questions/figures?study=tower&amp;outcome=survival"' in page
    for name in ("coverage", "coverage-by-study", "searches", "known-trials"):
        assert f'href="/questions/{name}.csv"' in page
        assert f'href="/questions/{name}.json"' in page


def test_the_page_says_what_was_searched_and_what_could_not_be_seen(client):
    told = text_of(client, "/coverage")
    for row in rows_of("searches"):
        assert row["search"] in told
        assert row["searched_on"] in told
        assert all(limit in told for limit in row["limits"].split("; "))
    assert "104 reports" in told
    assert "Cochrane Library" in told


def test_the_page_names_each_trial_that_is_not_yet_read_with_its_people_and_why(client):
    told = text_of(client, "/coverage")
    assert f"{len(LEADS)} more trials are known and not yet read" in told
    for row in rows_of("known-trials"):
        assert all(number in told for number in row["registrations"].split("; "))
        assert row["people"] in told
        assert row["why"] in told


def test_every_page_leads_to_coverage_and_so_does_the_home_page_in_words(client):
    for address in ("/", "/questions", "/study/tower"):
        assert '<li><a href="/coverage">Coverage</a></li>' in client.get(address).text
    assert "which trials are known and not yet read: coverage" in text_of(client, "/")


def test_the_page_of_a_drug_and_of_a_condition_names_their_trials(client):
    for address in ("/drug/blinatumomab", "/condition/infant-kmt2a-rearranged-all"):
        page = client.get(address, headers={"Accept": "text/html"}).text
        assert '<h2 id="_unread">Known and not yet read</h2>' in page
        assert 'href="/lead/nct05327894"' in page


def test_a_trial_is_found_by_its_registration_and_its_name(client):
    for words in ("NCT04994717", "Golden Gate"):
        hits = client.get(f"/search.json?q={words.replace(' ', '+')}").get_json()["hits"]
        assert hits[0]["href"] == "/lead/nct04994717"


# The trials themselves


def test_no_trial_that_is_not_yet_read_is_in():
    read = {number for study in NODES.instances("Study") for number in numbers_of(study)}
    assert {number for lead in LEADS for number in numbers_of(lead)} & read == set()


@pytest.mark.parametrize("lead", LEADS, ids=lambda lead: lead.iri.rpartition("/")[2])
def test_a_lead_is_named_for_its_registration_and_says_where_it_was_seen(lead):
    assert any(number.lower() in lead.iri for number in numbers_of(lead))
    assert all(address.startswith("http") for address in lead.iris("seenAt"))


def written(checkout, number):
    """A lead with a registration, written into a copy of the curated files."""
    text = skeleton("lead", "made-up", {"SEEN_AT": "https://example.org/trials/12"})
    for todo, value in (
        ('"TODO: what it asks, .*?"', '"A made-up trial"'),
        ("drug:TODO", "drug:blinatumomab"),
        ("condition:TODO", "condition:b-all"),
        ('"TODO: whom .*?"', '"Made-up adults"'),
        ("unread:TODO", "unread:ongoing"),
        ('"TODO: the number.*?"', f'"{number}"'),
    ):
        text = re.sub(todo, value, text)
    path = checkout.graph / "lead" / "made-up.ttl"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.slow
@pytest.mark.usefixtures("without_questions")
@pytest.mark.parametrize("asked", ["graph/lead/made-up.ttl", "graph/study/tower.ttl"])
def test_check_tells_that_a_trial_has_been_read_whichever_of_the_two_is_asked(checkout, asked):
    written(checkout, "NCT02013167")
    told = [
        one for one in check(read_snapshot(checkout), [asked]) if one.rule == "shape:Lead-is-in"
    ]
    assert [(one.at.path, one.severity, one.value) for one in told] == [
        ("graph/lead/made-up.ttl", Severity.WARNING, "study:tower")
    ]


@pytest.mark.slow
@pytest.mark.usefixtures("without_questions")
def test_the_study_takes_the_place_of_the_lead(checkout):
    written(checkout, "NCT02013167").write_text(
        """PREFIX dcterms:      <http://purl.org/dc/terms/>
PREFIX lead:         <https://w3id.org/allograph/lead/>
PREFIX organization: <https://w3id.org/allograph/organization/>
PREFIX ag:           <https://w3id.org/allograph/ontology#>
PREFIX owl:          <http://www.w3.org/2002/07/owl#>
PREFIX rdfs:         <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos:         <http://www.w3.org/2004/02/skos/core#>
PREFIX study:        <https://w3id.org/allograph/study/>
PREFIX xsd:          <http://www.w3.org/2001/XMLSchema#>

lead:made-up
    rdfs:label "A made-up trial"@en ;
    owl:deprecated true ;
    dcterms:isReplacedBy study:tower ;
    skos:changeNote "It has been read."@en .

<https://w3id.org/allograph/graph/lead/made-up>
    a ag:RecordGraph ;
    dcterms:creator organization:allograph ;
    dcterms:created "2026-11-28"^^xsd:date ;
    owl:versionInfo "2" .
""",
        encoding="utf-8",
    )
    assert check(read_snapshot(checkout), ["graph/lead/made-up.ttl"]) == []


# Empty answers


@pytest.fixture(scope="module")
def store(whole):
    return OxigraphStore.in_memory(whole)


@pytest.fixture(scope="module")
def known(store):
    return known_trials(store)


@pytest.fixture
def fitting(store, known):
    """The keys of the trials that may answer a question, in their order."""

    def fit(question, **given):
        values = {name: [value] for name, value in given.items()}
        asked = bound(QUESTIONS[question], values, lambda parameter: choices(parameter, store))
        return [trial.iri.rpartition("/")[2] for trial in known.fitting(asked)]

    return fit


def drugs_of(key):
    return {iri.rpartition("/")[2] for iri in NODES.of(f"{BASE}lead/{key}").iris("drug")}


def test_a_question_that_asks_for_anything_may_be_answered_by_any_trial(fitting):
    assert len(fitting("figures")) == len(LEADS)


@pytest.mark.parametrize(
    ("question", "given"),
    [
        ("figures", {"drug": "inotuzumab-ozogamicin"}),
        ("figures", {"regimen": "ino-maintenance-after-transplant"}),
        ("studies-of-a-target", {"target": "cd22"}),
        ("effects", {"study": "ino-vate", "drug": "inotuzumab-ozogamicin"}),
    ],
    ids=str,
)
def test_trials_are_chosen_by_drug_regimen_target_and_study(fitting, question, given):
    found = fitting(question, **given)
    assert found
    assert all("inotuzumab-ozogamicin" in drugs_of(key) for key in found)


def test_a_comparator_tells_nothing_of_what_a_trial_studies(fitting):
    question = "efficacy-against-comparator"
    given = {"drug": "blinatumomab", "comparator": "standard-of-care-chemotherapy"}
    assert fitting(question, **given) == fitting(question, drug="blinatumomab", comparator="")


def test_trials_of_the_very_people_come_before_those_of_wider_ones(fitting):
    found = fitting("known-trials", condition=PH_POSITIVE)
    exact = [
        key
        for key in found
        if f"{BASE}condition/{PH_POSITIVE}" in NODES.of(f"{BASE}lead/{key}").iris("condition")
    ]
    assert found[: len(exact)] == exact
    assert "nct02311998" in found[len(exact) :]  # Philadelphia-positive at any time
    assert "nct05327894" not in found  # infants


def test_trials_of_other_people_do_not_answer_for_a_study(fitting):
    found = fitting("figures", study="interfant-blinatumomab")
    assert found[:2] == ["nct06317662", "nct05327894"]
    assert "nct04994717" not in found  # older adults


def test_of_many_trials_the_first_are_named_and_the_others_counted():
    trials = tuple(
        Trial(f"x:{n}", f"Trial {n}", (f"NCT{n:08}",), frozenset(), frozenset())
        for n in range(NAMED + 2)
    )
    said = str(Unanswered(trials))
    assert said.startswith(f"{NOTHING} Known and not yet read: Trial 0 (NCT00000000); ")
    assert said.endswith(f"Trial {NAMED - 1} (NCT{NAMED - 1:08}); and 2 more.")


def test_where_no_trial_fits_that_is_said():
    nothing = KnownTrials((), {}, {}, {})
    asked = bound(QUESTIONS["figures"], {}, lambda _parameter: ())
    assert str(unanswered(asked, nothing)) == (
        f"{NOTHING} No trial that is known and not yet read fits it."
    )


def test_questions_about_the_release_itself_have_no_remark():
    silent = {name for name, question in QUESTIONS.items() if not is_about_studies(question)}
    assert {"doubts", "rule-findings", "known-trials", "searches", "identifiers"} <= silent
    assert {"figures", "effects", "survival-at-a-time"} & silent == set()


def test_the_page_of_an_empty_answer_names_the_trials_and_leads_to_them(client):
    told = text_of(client, f"/questions/figures?{EMPTY}")
    assert f"{NOTHING} Of its " in told
    assert "Known and not yet read:" in told
    assert "(NCT05327894, 2021-000213-16)" in told
    page = client.get(f"/questions/figures?{EMPTY}").text
    assert 'href="/lead/nct05327894"' in page
    assert 'href="/coverage"' in page


def test_the_page_of_an_answer_with_rows_or_about_doubts_has_no_remark(client):
    assert NOTHING not in text_of(client, "/questions/figures?study=tower")
    told = text_of(client, "/questions/doubts?study=d-alba&flag=printed-so")
    assert "No row of this release answers the question" in told
    assert NOTHING not in told


def test_json_has_the_remark_beside_its_rows_and_no_row_has_it(client):
    answer = client.get(f"/questions/figures.json?{EMPTY}").get_json(force=True)
    assert answer["rows"] == 0
    assert answer["remark"].startswith(f"{NOTHING} Known and not yet read: ")
    assert answer["results"]["bindings"] == []
    assert "remark" not in client.get("/questions/figures.json?study=tower").get_json(force=True)
    lines = client.get(f"/questions/figures.csv?{EMPTY}").text.splitlines()
    assert len(lines) == 1


def test_the_command_line_has_the_remark_on_standard_error(allograph):
    done = allograph("ask", "figures", *EMPTY.split("&"))
    assert done.returncode == 0
    assert len(done.stdout.splitlines()) == 1
    assert done.stderr.startswith(f"note: {NOTHING} Known and not yet read: ")
    assert allograph("ask", "figures", "study=tower").stderr == ""


def test_rows_in_python_have_the_remark(release, home):
    assert release.directory.is_relative_to(home)
    with package.open(home=str(home)) as graph:
        rows = graph.ask("figures", study="interfant-blinatumomab", outcome="vod-sos")
        assert not rows
        assert rows.remark.startswith(f"{NOTHING} Known and not yet read: ")
        assert graph.ask("figures", study="tower").remark == ""


def test_the_page_shows_which_review_includes_which_study_and_how_much_they_overlap(client):
    response = client.get("/coverage", headers={"Accept": "text/html"})
    rows = list(csv.DictReader(StringIO(client.get("/questions/reviews-and-studies.csv").text)))
    included = defaultdict(set)
    for row in rows:
        included[row["review"]].add(row["included_study"])
    area = covered_area(included)
    section = response.text.partition('id="reviews"')[2].partition("</table>")[0]
    assert f"<b>{100 * area.corrected:.1f}%</b>" in section
    assert section.count('class="in"') == area.inclusions == len(rows)
