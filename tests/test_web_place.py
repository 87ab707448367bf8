"""The place of a figure: where it is printed, of whom it is, what is doubted, how to report it."""

import html
import re
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from reading_client import ReadingClient
from test_web_figures import node

from allograph.namespaces import BASE
from allograph.reading.elsewhere import verdict_on
from allograph.reading.place import at_words, findings, place_of
from allograph.service.live import serve_release
from allograph.settings import Settings
from allograph.web.service import current_reader

HTML = {"Accept": "text/html"}
CONTACTS = "curators@data.example https://git.example/allograph/issues"


@pytest.fixture(scope="module")
def reader(app):
    with app.test_request_context("/"):
        return current_reader()


def article(client, address):
    """The text of what a panel shows, without its marks."""
    response = client.get(address, headers=HTML)
    assert response.status_code == 200, response.text
    found = re.search(r'<article class="place">(.*?)</article>', response.text, re.DOTALL)
    return " ".join(html.unescape(re.sub("<[^>]*>", " ", found[1])).split())


def links(client, address):
    text = client.get(address, headers=HTML).text
    return [html.unescape(each) for each in re.findall(r'href="([^"]+)"', text)]


def test_a_place_says_the_printed_form_its_sentence_its_report_and_who_retells_it(client):
    told = article(client, "/study/ino-vate/figure/cr-ino")
    assert "As printed 80.7%" in told
    assert "Body, sentence 4" in told
    assert "Proved: the curators hold a copy of the text" in told
    assert "Printed in Research in Review" in told
    assert "No public address of it is known." in told
    assert "Retold from Kantarjian 2016" in told
    assert "https://doi.org/10.1056/NEJMoa1509277" in links(client, "/study/ino-vate/figure/cr-ino")


def test_a_place_says_of_whom_the_figure_is_back_to_all(client):
    told = article(client, "/study/ino-vate/figure/cr-ino")
    people = told.partition("Of whom")[2].partition("What was counted")[0]
    sizes = re.findall(r"\b(\d{3}) (?=[A-Z])", people.replace("first 218", ""))
    assert sizes[0] == "109"
    assert sizes[-1] == "326"
    assert "drawn from" in people


def test_a_place_names_what_other_reports_print_of_the_same_people(client):
    told = article(client, "/study/ino-vate/figure/cr-ino-2016")
    others = told.partition("The same people in other places")[2].partition("Who has read it")[0]
    assert "80.7% the same figure, in" in others
    assert "81% the same figure, otherwise rounded, in" in others
    assert "35.8% · 39/109 counted otherwise, in" in others
    assert "INO-VATE: complete remission in 80.7%, 73.8% or 35.8% : does not go together" in others
    assert "29.4%" not in others


def test_a_place_weighs_the_doubts_the_gravest_first(client):
    told = article(client, "/study/ino-salvage-100/figure/mrd")
    doubts = told.partition("Doubts")[2].partition("The same people")[0]
    assert doubts.index("could change a decision") < doubts.index("weakens")
    assert "No whole number of 67 people gives 63.1%" in doubts


def test_the_place_of_a_comparison_is_a_sentence_with_both_figures_and_both_groups(client):
    told = article(client, "/study/ino-vate/figure/os-2019")
    assert "7.7 months with inotuzumab ozogamicin against 6.2 months with" in told
    assert "favours inotuzumab ozogamicin" in told
    assert "Hazard ratio 0.75 (97.5% CI 0.57\u20130.99), one-sided p = 0.0105" in told
    people = told.partition("Of whom")[2].partition("What was counted")[0]
    assert people.index("164") < people.index("Compared with") < people.index("162")


def test_a_statement_has_a_place_as_well(client):
    told = article(client, "/study/ino-children/figure/well-tolerated")
    assert "The treatment was well tolerated" in told
    assert "The same people in other places" not in told


def test_every_figure_of_the_release_has_a_place(reader):
    known = reader.once(findings)
    assert len(known) > 1200
    for iri in sorted(known)[::40]:
        place = place_of(reader, iri)
        assert place.figure.iri == iri
        assert place.label
        assert place.sources or not place.figure.iris("report")


def test_a_place_is_cited_by_the_name_of_the_figure_and_its_release(client, release):
    told = article(client, "/study/ino-vate/figure/cr-ino")
    assert f"release {release.id}" in told
    assert f"at {BASE}study/ino-vate#cr-ino" in told


def test_an_unknown_figure_names_those_that_may_have_been_meant(client):
    response = client.get("/study/ino-vate/figure/cr-inoo")
    assert response.status_code == 404
    assert response.json["detail"] == "study 'ino-vate' has no figure 'cr-inoo'"
    assert "/study/ino-vate/figure/cr-ino" in response.json["near"]


@pytest.mark.parametrize("part", ["nct01564784", "ino", "cr-at"])
def test_what_is_no_figure_has_no_place(client, part):
    assert client.get(f"/study/ino-vate/figure/{part}").status_code == 404


def test_there_is_no_place_in_a_study_that_is_not_there(client):
    response = client.get("/study/nothing/figure/cr")
    assert response.status_code == 404
    assert "/study/nothing" in response.json["detail"]


@pytest.mark.parametrize(
    "address",
    [
        "/study/ino-vate",
        "/drug/inotuzumab-ozogamicin",
        "/outcome/complete-remission",
        "/report/research-in-review",
        "/questions/remission-across-studies",
        "/questions/effects?study=ino-vate",
    ],
)
def test_figures_on_pages_lead_to_their_place(client, address):
    text = client.get(address, headers=HTML).text
    found = re.findall(r'<a href="(/study/[\w-]+/figure/[\w-]+)" data-place', text)
    assert found
    assert client.get(found[0], headers=HTML).status_code == 200
    assert "data-place" not in re.sub(r'<a href="/study/[\w-]+/figure/[\w-]+" data-place', "", text)


def test_the_rows_of_a_plot_by_itself_lead_to_the_place_of_each_figure(client):
    svg = client.get("/questions/share-reaching-transplant.svg").text
    assert "http://localhost/study/ino-hsct-pooled/figure/hsct-receipt" in svg
    assert "http://localhost/study/ino-hsct-pooled#" not in svg


@pytest.fixture(scope="module")
def reachable(release):
    """A client of a service that names whom readers write to."""
    served = serve_release(Settings(workers=1, long_queries=1, contact=CONTACTS), release)
    served.app.test_client_class = ReadingClient
    yield served.app.test_client()
    served.pool.close()


def test_an_error_is_reported_by_a_message_that_is_prepared(reachable, release):
    found = links(reachable, "/study/ino-vate/figure/cr-ino")
    (mail,) = (each for each in found if each.startswith("mailto:"))
    (issue,) = (each for each in found if each.startswith("https://git.example/"))
    assert unquote(urlsplit(mail).path) == "curators@data.example"
    asked = parse_qs(urlsplit(issue).query)
    (title,) = asked["title"]
    assert title == "Error in a figure: ino-vate, Complete remission, inotuzumab ozogamicin"
    for said in (
        "As printed: 80.7%",
        "Where: Body, sentence 4",
        "Identifier: https://w3id.org/allograph/study/ino-vate#cr-ino",
        "/study/ino-vate/figure/cr-ino",
        f"Release: {release.id}",
    ):
        assert said in asked["body"][0]
    assert "What is wrong" in parse_qs(urlsplit(mail).query)["body"][0]


def test_a_service_without_a_contact_leads_to_the_page_that_says_so(client):
    found = links(client, "/study/ino-vate/figure/cr-ino")
    assert "/contact" in found
    assert not any(each.startswith("mailto:") for each in found)


@pytest.mark.parametrize(
    ("address", "printed", "expected"),
    [
        ("https://a.example/x", "80.7%", "https://a.example/x#:~:text=80.7%25"),
        (
            "https://a.example/x",
            "1-sided, P<.1",
            "https://a.example/x#:~:text=1%2Dsided%2C%20P%3C.1",
        ),
        ("https://a.example/x.pdf", "80.7%", "https://a.example/x.pdf"),
        ("https://a.example/x#page=2", "80.7%", "https://a.example/x#page=2"),
        ("https://a.example/x", "", "https://a.example/x"),
    ],
)
def test_an_address_names_the_printed_words_where_a_browser_can_find_them(
    address, printed, expected
):
    assert at_words(address, printed) == expected


@pytest.mark.parametrize(
    ("one", "other", "verdict"),
    [
        ({"value": "80.7"}, {"value": "80.70"}, "the same figure, otherwise rounded"),
        ({"value": "80.7"}, {"value": "80.7"}, "the same figure"),
        (
            {"value": "80.7", "tolerance": "0.05"},
            {"value": "81", "tolerance": "0.5"},
            "the same figure, otherwise rounded",
        ),
        ({"value": "80.7"}, {"value": "73.8"}, "another figure"),
        ({"value": "81", "numerator": "88"}, {"value": "81", "numerator": "87"}, "another figure"),
        (
            {"value": "80.7", "outcomeDefinition": "definition:cr-cri"},
            {"value": "35.8", "outcomeDefinition": "definition:cr"},
            "counted otherwise",
        ),
        ({"valueStatus": "status:not-reached"}, {"value": "7"}, "another figure"),
        ({"valueStatus": "status:a"}, {"valueStatus": "status:a"}, "the same figure"),
        ({"numerator": "28"}, {"value": "58.3"}, "told in another way"),
    ],
)
def test_two_figures_of_the_same_people_agree_or_not(one, other, verdict):
    assert verdict_on(node(**one), node(**other)) == verdict
